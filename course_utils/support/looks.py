"""matplotlib's and NumPy's own settings for every picture, whatever a reader's say."""

import contextlib
import functools

import numpy as np

NUMPYS_OWN = {"divide": "warn", "over": "warn", "under": "ignore", "invalid": "warn"}
"""A reader who looks for the first NaN has NumPy raise: no picture should end there."""


def in_house_looks(method):
    """Draw with matplotlib's own settings, and NumPy's.

    Comparing first keeps this off the time of a move: most readers have changed nothing.
    """

    @functools.wraps(method)
    def drawn(*args, **kwargs):
        from matplotlib import rc_context, rcParams  # whoever draws nothing need not load it

        changed = {k: v for k, v in _looks().items() if dict.__getitem__(rcParams, k) != v}
        looks = rc_context(changed) if changed else contextlib.nullcontext()
        with looks, np.errstate(**NUMPYS_OWN):
            return method(*args, **kwargs)

    return drawn


@functools.cache
def _looks():
    from matplotlib import rcParamsDefault

    return {k: v for k, v in rcParamsDefault.items() if not k.startswith("backend")}
