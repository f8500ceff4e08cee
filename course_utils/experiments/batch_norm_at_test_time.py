"""Batch norm at test time: running statistics as they follow, and networks in the wrong mode.

`course_utils.batch_norm` has the formulas of one layer: `RunningStatistics` and `inference`.
"""

from functools import cache

import numpy as np

from course_utils import batch_norm, datasets, layers, optimizers, softmax, training
from course_utils.network import Network
from course_utils.support import validation


def averages(values, *, momentum=0.9, start=None):
    """Return the running average after each mini-batch.

    ``average[t] = momentum * average[t-1] + (1 - momentum) * values[t]``: what
    `batch_norm.RunningStatistics.update` does to mean and variance, for a whole training at once.

    Parameters
    ----------
    values : array_like, shape (steps,) or (steps, units)
        A statistic of each mini-batch.
    momentum : float
        The share of the old average that is kept.
    start : float or array_like, shape (units,), optional
        The average before the first mini-batch. If not given, the first mini-batch is the start,
        and there is no start-up bias.

    Returns
    -------
    ndarray, same shape as `values`

    Raises
    ------
    ValueError
        If there are no values, one is NaN or infinite, or ``0 <= momentum < 1`` does not hold.

    Examples
    --------
    >>> averages([10, 20], momentum=0.9), averages([10, 20], momentum=0.9, start=0)
    (array([10., 11.]), array([1. , 2.9]))

    References
    ----------
    .. [1] S. Ioffe and C. Szegedy (2015), "Batch normalization: accelerating deep network training
       by reducing internal covariate shift", section 3.1.
    """
    values = validation.finite("values", values)
    keep = validation.require("0 <= momentum < 1", momentum=momentum)
    if values.ndim not in (1, 2) or not values.size:
        raise ValueError(
            "values should be (steps,) or (steps, units), with at least one mini-batch, "
            f"but got an array of shape {values.shape}"
        )
    now = values[0] if start is None else _start(start, values[0])
    result = np.empty_like(values)
    for t, value in enumerate(values):
        result[t] = now = batch_norm.running_average_unchecked(now, value, keep)
    return result


def _start(start, first):
    start = validation.finite("start", start)
    if start.shape not in ((), first.shape):
        raise ValueError(
            f"start should be a number or have shape {first.shape}, but got {start.shape}"
        )
    return start


def by_batch_statistics(network, X, *, size=None):
    """Evaluate in the wrong mode: normalise by the statistics of the examples at hand.

    Parameters
    ----------
    network : Network
        Without dropout. Left as it is.
    X : array_like, shape (n_x, m)
        The examples, which come in this order.
    size : int, optional
        How many come at a time; all of them if not given. The last batch may be smaller.

    Returns
    -------
    ndarray, shape (C, m)
        The last layer's z.

    Raises
    ------
    ValueError
        If `X` does not fit the network, or ``size >= 1, whole`` does not hold.

    Examples
    --------
    >>> from course_utils.network import Network
    >>> network = Network([2, 3, 2], np.random.default_rng(0), batch_norm=True)
    >>> z = by_batch_statistics(network, [[0.0, 5.0], [1.0, 2.0]], size=1)
    >>> bool(np.allclose(z[:, 0], z[:, 1]))  # alone, every example gets the same answer
    True
    """
    X = layers.checked_network(network).inputs(X)
    if any(isinstance(layer, layers.Dropout) for layer in network.layers):
        raise ValueError("network should have no dropout here: make it with keep_prob=1")
    size = validation.whole("size >= 1", size=X.shape[1] if size is None else size)
    kept, starts = network.statistics.copy(), range(0, X.shape[1], size)
    z = np.hstack([network.forward_unchecked(X[:, k : k + size]) for k in starts])
    network.statistics[:] = kept  # testing is not training
    return z


def re_estimate(network, X):
    """Put the statistics of all training examples in the place of the running ones.

    The weights stay. What the running averages hold was measured with older weights, on few
    mini-batches; this is measured with the last weights, on all examples at once.

    Parameters
    ----------
    network : Network
        Its running statistics are changed in place.
    X : array_like, shape (n_x, m)
        The training examples, at least two.

    Returns
    -------
    Network
        The same.

    Raises
    ------
    ValueError
        If `X` does not fit the network or holds a single example, or there is no batch norm.

    References
    ----------
    .. [1] Y. Wu and J. Johnson (2021), "Rethinking 'batch' in BatchNorm", section 3. They average
       over many mini-batches ("PreciseBN"), for training sets that do not fit into memory.
    """
    layers.require_batch_norm(network)
    X = network.inputs(X)
    if X.shape[1] < 2:
        raise ValueError("X should hold at least two training examples, but got 1")
    network.statistics[:] = 0  # no mini-batches seen: the next one is the start
    network.forward_unchecked(X)
    return network


_WIDTHS = (64, 64, 32, 10)


def by_given_statistics(z, gamma, beta, mean, variance, epsilon):
    """Return `course_utils.batch_norm.inference`, mean and variance as arrays."""
    running = batch_norm.RunningStatistics(mean, variance)
    return batch_norm.inference(z, gamma, beta, running, epsilon=epsilon)


STEPS = 200

SIZES = (4, 16, 64)
"""Mini-batches of a training, and the sizes that `statistics` knows."""


@validation.plain_arguments
@cache
def learning(size, seed=0):
    """Return statistics of the first hidden layer's z while a network learns the digits.

    Parameters
    ----------
    size : int
        Examples a mini-batch.
    seed : int
        Of the first weights and the mini-batches.

    Returns
    -------
    means, variances : tuple of two ndarrays, each of shape (STEPS, 64)
        Of each unit, before each step: in the mini-batch, and over all digits.
    """
    size = validation.whole("size >= 2", size=size)
    validation.room(size=size, pixels=64)
    X, labels = datasets.digits()
    rng = validation.seeded(seed)
    network = Network(_WIDTHS, rng, batch_norm=True)
    run = training.Training(network, X, softmax.one_hot(labels, 10), _adam(), rng)
    kept, first = [], network.parameters["W1"]
    of_all = X.mean(axis=1), np.cov(X, bias=True)
    for _ in range(STEPS):
        chosen = rng.integers(0, X.shape[1], size)
        z = first @ run.X[:, chosen]
        everywhere = first @ of_all[0], np.vecdot(first @ of_all[1], first)
        kept.append((z.mean(axis=1), everywhere[0], z.var(axis=1), everywhere[1]))
        run.step(run.X[:, chosen], run.Y[:, chosen])
    series = [np.array(s) for s in zip(*kept, strict=True)]
    return tuple(series[:2]), tuple(series[2:])


MODES = "running statistics", "batch statistics"

ORDERS = "mixed", "sorted by digit"

TEST_SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256)
"""How `evaluation` evaluates: by which statistics, in which order, how many digits at a time."""


def split():
    """Return digits as pixels and one-hot labels: 1437 to train with, 360 to test with."""
    X, labels = datasets.digits()
    order = np.random.default_rng(0).permutation(len(labels))
    Y, test, rest = softmax.one_hot(labels, 10), order[:360], order[360:]
    return (X[:, rest], Y[:, rest]), (X[:, test], Y[:, test])


def trained(seed):
    """Return a network with batch norm that has learned the training digits of `split`."""
    (X, Y), _ = split()
    rng = validation.seeded(seed)
    network = Network(_WIDTHS, rng, batch_norm=True)
    training.fit(network, X, Y, _adam(), epochs=8, rng=rng, progress=False)
    return network


@cache
def accuracies(seeds=5):
    """Return the share of the test digits that is right, by statistics and order.

    By running statistics an answer does not depend on the batch: they are asked once.

    Returns
    -------
    dict
        ``[mode, order]``: shape (seeds, sizes), with `MODES`, `ORDERS` and `TEST_SIZES`.
    """
    networks = [trained(seed) for seed in range(seeds)]
    X, Y = split()[1]
    by_digit = np.argsort(Y.argmax(axis=0), kind="stable")
    result = {}
    for order, chosen in zip(ORDERS, (np.arange(len(by_digit)), by_digit), strict=True):
        x, y = X[:, chosen], Y[:, chosen]
        result[MODES[0], order] = np.array(
            [[network.accuracy(x, y)] * len(TEST_SIZES) for network in networks]
        )
        result[MODES[1], order] = np.array(
            [
                [_right(n, by_batch_statistics(n, x, size=m), y) for m in TEST_SIZES]
                for n in networks
            ]
        )
    return result


def _right(network, z, Y):
    return float(network.correct_unchecked(z, Y).mean())


def _adam():
    return optimizers.Adam(alpha=0.01)
