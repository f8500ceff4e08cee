"""The first picture: handwritten digits, one at a time."""

import numpy as np

from course_utils import datasets
from course_utils.figures import style


def digit(fig, data=datasets.digits):
    """One handwritten digit beside the average of all digits with the same label."""
    X, labels = data()
    one, average = style.axes(fig, 1, 2, height=3.0, left=0.4, right=0.4, bottom=0.2)
    means = [X[:, labels == k].mean(axis=1).reshape(8, 8) for k in range(10)]
    images = [_paper(ax) for ax in (one, average)]
    one.set_title("this example")
    average.set_title("average of its kind")

    def update(example, threshold):
        picture, label = X[:, example].reshape(8, 8), labels[example]
        shown = np.where(picture >= threshold, picture, 0)
        images[0].set_array(shown)
        images[1].set_array(means[label])
        return f"Example {example} is a {label}. Pixels with ink: {np.count_nonzero(shown)} of 64."

    return update


def _paper(ax):
    ax.set_axis_off()
    return ax.imshow(np.zeros((8, 8)), cmap="Greys", vmin=0, vmax=1)
