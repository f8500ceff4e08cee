"""What batch norm buys, by learning rate: the cost after a short training, and layer 3's shift.

Both are measured by ``tests/tools/bundle_why_batch_norm_works.py`` and bundled. A training is one
of `why_batch_norm_works.begin`; NaN means that it diverged.
"""

import numpy as np

from course_utils import initialization as schemes
from course_utils import optimizers, training
from course_utils.activations import tanh
from course_utils.experiments import why_batch_norm_works as experiments
from course_utils.network import Network
from course_utils.support import data_files, validation

ALPHAS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
"""Learning rates of the trainings whose last cost is bundled."""

SHIFT_ALPHAS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
"""Learning rates of the trainings whose shift is bundled."""

TRAINED, AVERAGED, WATCHED = 120, 25, 60
"""Steps of a training; how many of the last are averaged; steps in which the shift is watched."""


def final_cost(kind, start, alpha, seed, *, strength=1.0):
    """Train for `TRAINED` steps; return the mean cost of the last `AVERAGED` mini-batches.

    Examples
    --------
    >>> bool(final_cost("with batch norm", "He", 0.5, 0) < 0.05)
    True
    """
    run = experiments.begin(kind, start, seed, alpha=alpha, strength=strength)
    costs = [experiments.take_step(run) for _ in range(TRAINED)]
    return float(np.mean(costs[-AVERAGED:]))


def typical_shift(alpha, seed, *, with_norm):
    """Return the median over `WATCHED` steps of how far layer 3's gradient turns.

    The network is that of `why_batch_norm_works.wander`; see `why_batch_norm_works.gradient_shift`.
    """
    (X, Y), rng = experiments.digits(), np.random.default_rng(seed)
    network = Network(
        (64, 24, 24, 24, 10),
        rng,
        activation=tanh,
        initialization=schemes.xavier,
        batch_norm=with_norm,
    )
    run, seen = training.Training(network, X, Y, optimizers.GradientDescent(alpha=alpha), rng), []
    for _ in range(WATCHED):
        few = X[:, :200], Y[:, :200]
        seen.append(experiments.gradient_shift(network, *few, experiments.DEPTH, alpha=alpha))
        experiments.take_step(run)
    return float(np.median(seen))


def final_costs(start):
    """Return the bundled costs from these first weights, by kind, α and seed.

    Examples
    --------
    >>> final_costs("He").shape
    (3, 10, 5)
    """
    validation.one_of("start", start, experiments.STARTS)
    costs = data_files.arrays("why_batch_norm_works")["costs"]
    return costs[list(experiments.STARTS).index(start)].astype(float)


def typical_shifts():
    """Return the bundled shifts without and with batch norm, by α and seed.

    Examples
    --------
    >>> typical_shifts().shape
    (2, 7, 5)
    """
    return data_files.arrays("why_batch_norm_works")["shifts"].astype(float)
