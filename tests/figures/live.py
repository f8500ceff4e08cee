"""What every picture of a network keeps to, whatever it shows."""

import numpy as np

from course_utils.widgets.live_picture import LivePicture


def assert_each_value_counts_and_no_other(figure, start, others):
    """Each control moves the picture, and the same values give the same picture and words."""
    live = LivePicture(figure)
    words, first = live.draw(start), live.pixels.copy()
    for other in others:
        live.draw({**start, **other})
        assert not np.array_equal(live.pixels, first), other
    assert live.draw(start) == words
    assert np.array_equal(live.pixels, first)
