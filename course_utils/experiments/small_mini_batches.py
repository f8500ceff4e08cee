"""Batch norm in training by size of the mini-batch, at an equal number of digits, and without it.

What `by_training_size` returns was measured by ``tests/tools/bundle_small_mini_batches.py``.
"""

from functools import cache

import numpy as np

from course_utils import optimizers, training
from course_utils.experiments import batch_norm_at_test_time as experiments
from course_utils.network import Network
from course_utils.support import data_files, validation

SIZES = (2, 4, 8, 16, 32, 64)

DIGITS = 9600
"""How many digits each training sees, one mini-batch after the other."""

MOMENTA = (0.0, 0.5, 0.9, 0.99)

LATER, PLAIN = "once more, after training", "without batch norm"
"""Statistics of all training digits by the last weights, and the network that needs none."""

SEEDS = 15
"""Networks of each size: five would leave the median of those trained in pairs to luck."""


def accuracies(size, seed):
    """Train with batch norm and without; return what is right on the test digits, in a dict.

    By each of `MOMENTA`, by `LATER` and by `PLAIN`. Equal numbers of digits mean that smaller
    mini-batches get more steps.
    """
    (X, _), test = experiments.split()
    network, seen = _trained(size, seed, batch_norm=True)
    result = {}
    for momentum in MOMENTA:
        network.statistics[:] = experiments.averages(seen, momentum=momentum)[-1]
        result[momentum] = network.accuracy(*test)
    result[LATER] = experiments.re_estimate(network, X).accuracy(*test)
    result[PLAIN] = _trained(size, seed, batch_norm=False)[0].accuracy(*test)
    return result


@validation.plain_arguments
@cache
def once_more(size, seed, *, alpha):
    """Train with batch norm at this learning rate; return what is right by `LATER` alone."""
    (X, _), test = experiments.split()
    network, _ = _trained(size, seed, batch_norm=True, alpha=alpha)
    return experiments.re_estimate(network, X).accuracy(*test)


def _trained(size, seed, *, batch_norm, alpha=0.01):
    """Return a network that has seen `DIGITS` digits, and the statistics of each mini-batch."""
    size = validation.whole("size >= 2", size=size)
    ((X, Y), _), rng = experiments.split(), validation.seeded(seed)
    network = Network((64, 64, 32, 10), rng, batch_norm=batch_norm, momentum=0.0)
    run, seen = training.Training(network, X, Y, optimizers.Adam(alpha=alpha), rng), []
    for _ in range(DIGITS // size):
        chosen = rng.integers(0, X.shape[1], size)
        run.step(X[:, chosen], Y[:, chosen])
        seen.append(network.statistics.copy())
    return network, np.array(seen)


def by_training_size():
    """Return the bundled accuracies, by each of `MOMENTA`, by `LATER` and by `PLAIN`.

    >>> by_training_size()[PLAIN].shape
    (15, 6)
    """
    accuracies = data_files.arrays("small_mini_batches")["accuracies"].astype(float)
    return dict(zip((*MOMENTA, LATER, PLAIN), accuracies, strict=True))
