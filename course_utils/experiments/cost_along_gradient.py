"""How the cost runs along the line that descent is about to follow, at many moments of a training.

A line is that of `why_batch_norm_works.along_the_gradient`.
"""

from functools import cache

import numpy as np

from course_utils.experiments import why_batch_norm_works as experiments
from course_utils.support import validation

LENGTHS = np.linspace(0, 2, 41)
"""Lengths t at which the cost is asked for."""

MOMENTS = tuple(range(0, 101, 5))
"""After how many steps of a training the line is looked at."""


@validation.plain_arguments
@cache
def looked_along(kind, start, seed=0):
    """Return the costs along the gradient at all `MOMENTS` of a training of the race.

    Returns
    -------
    ndarray, shape (moments, lengths)
    """
    run = experiments.begin(kind, start, seed)
    few, seen = (run.X[:, :200], run.Y[:, :200]), []
    for step in range(MOMENTS[-1] + 1):
        if step in MOMENTS:
            seen.append(experiments.along_the_gradient(run.network, *few, LENGTHS))
        experiments.take_step(run)
    return np.array(seen)
