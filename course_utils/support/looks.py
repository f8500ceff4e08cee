"""matplotlib's own settings for every picture, whatever a reader's matplotlibrc or style says."""

import contextlib
import functools


def in_house_looks(method):
    """Draw with matplotlib's own settings.

    Comparing first keeps this off the time of a move: most readers have changed nothing.
    """

    @functools.wraps(method)
    def drawn(*args, **kwargs):
        from matplotlib import rc_context, rcParams  # whoever draws nothing need not load it

        changed = {k: v for k, v in _looks().items() if dict.__getitem__(rcParams, k) != v}
        with rc_context(changed) if changed else contextlib.nullcontext():
            return method(*args, **kwargs)

    return drawn


@functools.cache
def _looks():
    from matplotlib import rcParamsDefault

    return {k: v for k, v in rcParamsDefault.items() if not k.startswith("backend")}
