"""What a picture says, without the picture: painting it takes most of the time."""

from collections.abc import Iterator
from functools import lru_cache

from matplotlib.figure import Figure

from course_utils.support.looks import in_house_looks


@in_house_looks
def words_of(figure, values):
    """Return the readout of a figure function at these values."""
    update = _made(figure)
    getattr(update, "forget", lambda: None)()
    answer = update(**values)
    return list(answer)[-1] if isinstance(answer, Iterator) else answer


@lru_cache(maxsize=2)
def _made(figure):
    return figure(Figure())
