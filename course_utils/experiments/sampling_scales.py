"""What the scale of a learning rate costs a search: errors of the digits' network, looked up."""

from functools import cache

import numpy as np

from course_utils.experiments import tuning_process
from course_utils.support import validation

LOW, HIGH = 1e-4, 1.0
"""The range in which the learning rate is searched for."""

DRAWS, SEARCHES = 100, 10_000
"""Draws of a search, and how many searches, each with its own draws."""


def error_at(alphas):
    """Return the validation error of the digits' network for values of Adam's alpha.

    Measured at eight values of alpha in each decade, with epsilon = 1e-8, ten epochs, five seeds;
    between two of them a straight line.

    >>> bool(error_at([0.01])[0] < 0.06 < 0.8 < error_at([0.0001])[0])
    True
    """
    surface = tuning_process.digits_surface()
    alphas = validation.require_all(f"{LOW} <= alpha <= {HIGH}", alpha=alphas)
    epsilon = surface.space["epsilon"].to_unit(1e-8)
    x = surface.space["alpha"].to_unit(alphas)
    return surface(np.column_stack([x, np.full(x.shape, epsilon)]))


@cache
def best_of_draws(scale):
    """Return the least error found after 1 to `DRAWS` draws on a scale, a row each search.

    Parameters
    ----------
    scale : Linear or Log
        A scale from `LOW` to `HIGH`.

    Returns
    -------
    ndarray, shape (SEARCHES, DRAWS)
    """
    drawn = scale.sample(np.random.default_rng(0), (SEARCHES, DRAWS))
    return np.minimum.accumulate(error_at(drawn.ravel()).reshape(drawn.shape), axis=1)
