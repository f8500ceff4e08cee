"""The first picture: handwritten digits, one at a time."""

import numpy as np

from course_utils import datasets
from course_utils.figures import style
from course_utils.support.handles import Handle


def digit(fig, data=datasets.digits):
    """One handwritten digit beside the average of all digits with the same label."""
    X, labels = data()
    scale, one, average = style.axes(
        fig, 1, 3, height=3.0, right=0.4, bottom=0.2, width_ratios=(1, 14, 14)
    )
    show_scale = _greys(scale)
    means = [X[:, labels == k].mean(axis=1).reshape(8, 8) for k in range(10)]
    images = [_paper(ax) for ax in (one, average)]
    one.set_title("this example")
    average.set_title("average of its kind")

    def update(example, threshold):
        picture, label = X[:, example].reshape(8, 8), labels[example]
        shown = np.where(picture >= threshold, picture, 0)
        images[0].set_array(shown)
        images[1].set_array(means[label])
        show_scale(threshold)
        return f"Example {example} is a {label}. Pixels with ink: {np.count_nonzero(shown)} of 64."

    update.handles = (Handle(scale, x=0.5, y="threshold"),)
    return update


def _greys(ax):
    """Draw a scale of greys; return what hides those below a threshold."""
    greys = np.linspace(0, 1, 101)
    look = {"cmap": "Greys", "vmin": 0, "vmax": 1, "aspect": "auto", "origin": "lower"}
    image = ax.imshow(greys[:, None], extent=(0, 1, 0, 1), **look)
    line = ax.axhline(0, color=style.BLUE, linewidth=2.5, clip_on=False)
    ax.set(xticks=[], yticks=[0, 0.5, 1], title="grey")

    def show(threshold):
        image.set_array(np.where(greys >= threshold, greys, 0)[:, None])
        line.set_ydata([threshold, threshold])

    return show


def _paper(ax):
    ax.set_axis_off()
    return ax.imshow(np.zeros((8, 8)), cmap="Greys", vmin=0, vmax=1)
