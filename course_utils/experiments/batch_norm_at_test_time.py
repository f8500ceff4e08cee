"""Batch norm at test time: running statistics as they follow, and networks in the wrong mode.

`course_utils.batch_norm` has the formulas of one layer: `RunningStatistics` and `inference`.
"""

import numpy as np

from course_utils import layers
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
        result[t] = now = keep * now + (1 - keep) * value
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
