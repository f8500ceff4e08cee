"""matplotlib's own settings for every picture, whatever a reader's matplotlibrc or style says."""

import contextlib
import functools

import matplotlib as mpl

_LOOKS = {k: v for k, v in mpl.rcParamsDefault.items() if not k.startswith("backend")}


def in_house_looks(method):
    """Draw with matplotlib's own settings.

    Comparing first keeps this off the time of a move: most readers have changed nothing.
    """

    @functools.wraps(method)
    def drawn(*args, **kwargs):
        changed = {k: v for k, v in _LOOKS.items() if dict.__getitem__(mpl.rcParams, k) != v}
        with mpl.rc_context(changed) if changed else contextlib.nullcontext():
            return method(*args, **kwargs)

    return drawn
