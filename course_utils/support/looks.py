"""matplotlib's and NumPy's own settings for every picture, whatever a reader's say."""

import contextlib
import functools

import numpy as np


def with_numpys_own() -> np.errstate:
    """Warn as NumPy does by itself: of a reader who has it raise no picture should end there."""
    return np.errstate(divide="warn", over="warn", under="ignore", invalid="warn")


def in_house_looks(method):
    """Draw with matplotlib's own settings and NumPy's, letters as far apart as their font says."""

    @functools.wraps(method)
    def drawn(*args, **kwargs):
        with _matplotlib_as_here(), with_numpys_own():
            return method(*args, **kwargs)

    return drawn


@contextlib.contextmanager
def _matplotlib_as_here():
    """Set all settings, and set them back; ``rc_context`` would check each at every move."""
    from matplotlib import rcParams  # whoever draws nothing need not load it

    before = {key: dict.__getitem__(rcParams, key) for key in _looks()}
    dict.update(rcParams, _looks())
    try:
        yield
    finally:
        dict.update(rcParams, before)


@functools.cache
def _looks():
    from matplotlib import rcParamsDefault

    # Asked for the backend, as by a copy of all, matplotlib chooses one and loads pyplot.
    own = {k: v for k, v in rcParamsDefault.items() if not k.startswith("backend")}
    return own | {"text.hinting": "none"}
