"""How the cost runs along the line that descent is about to follow, at many moments of a training.

J is the mean loss; the line is ``theta - t g / ||g||``, so t is the length of the step.
"""

from functools import cache

import numpy as np

from course_utils.experiments import why_batch_norm_works as experiments
from course_utils.support import validation

LENGTHS = np.linspace(0, 2, 41)
"""Lengths t at which the cost is asked for."""

MOMENTS = tuple(range(0, 101, 5))
"""After how many steps of a training the line is looked at."""


def along_the_gradient(network, X, Y, lengths):
    """Return the cost at each length of a step along the gradient; the network is left as it is.

    Examples
    --------
    >>> from course_utils.network import Network
    >>> network = Network([1, 1], np.random.default_rng(0))
    >>> costs = along_the_gradient(network, [[1.0, 1.0]], [[1.0, 1.0]], [0.0, 0.5])
    >>> bool(costs[1] < costs[0])
    True
    """
    theta, statistics = network.theta.copy(), network.statistics.copy()
    network.cost_and_gradient(X, Y)
    direction = network.gradient / max(np.linalg.norm(network.gradient), 1e-12)
    costs = []
    for t in lengths:
        network.theta[:] = theta - t * direction
        costs.append(network.cost_and_gradient(X, Y))
    network.theta[:], network.statistics[:] = theta, statistics
    return np.array(costs)


@validation.plain_arguments
@cache
def looked_along(kind, start, alpha=0.1, seed=0):
    """Return the costs along the gradient at all `MOMENTS` of a training of the race.

    Returns
    -------
    ndarray, shape (moments, lengths)
    """
    run = experiments.begin(kind, start, seed, alpha=alpha)
    few, seen = (run.X[:, :200], run.Y[:, :200]), []
    for step in range(MOMENTS[-1] + 1):
        if step in MOMENTS:
            seen.append(along_the_gradient(run.network, *few, LENGTHS))
        experiments.take_step(run)
    return np.array(seen)
