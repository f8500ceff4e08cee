"""Pictures of start here: what they say and how they move."""

import numpy as np
import pytest

from course_utils import datasets
from course_utils.figures import start_here
from course_utils.widgets.live_picture import LivePicture


def test_the_picture_shows_the_example_and_counts_its_ink():
    live = LivePicture(start_here.digit)
    X, labels = datasets.digits()
    readout = live.draw({"example": 3, "threshold": 0.5})
    inked = np.count_nonzero(X[:, 3] >= 0.5)
    assert readout == f"Example 3 is a {labels[3]}. Pixels with ink: {inked} of 64."
    shown = live.canvas.figure.axes[1].images[0].get_array()
    assert np.array_equal(shown.ravel() > 0, X[:, 3] >= 0.5)


@pytest.mark.parametrize("threshold", [0.0, 0.37, 1.0])
def test_the_handle_lies_on_the_line_of_the_threshold(threshold):
    live = LivePicture(start_here.digit)
    values = {"example": 3, "threshold": threshold}
    live.draw(values)
    (handle,) = live.update.handles
    (line,) = handle.ax.lines
    assert handle.place(values) == (0.5, line.get_ydata()[0]) == (0.5, threshold)
