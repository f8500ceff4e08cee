"""Learning rate decay: a schedule says with which alpha each epoch is trained.

Each function returns a schedule, ``epoch -> alpha``, that takes one epoch number (the first is 0)
or an array of them.
"""

import numpy as np

from course_utils.support import validation


def constant(alpha0):
    """``alpha = alpha0`` for ever.

    Parameters
    ----------
    alpha0 : float
        Learning rate.

    Returns
    -------
    callable
        ``epoch -> alpha``.

    Raises
    ------
    ValueError
        If ``alpha0 > 0`` does not hold.

    Examples
    --------
    >>> constant(0.2)([0, 1])
    array([0.2, 0.2])
    """
    alpha0 = _positive("alpha0", alpha0)
    return lambda epoch: alpha0 + 0 * _epoch(epoch)


def inverse_time(alpha0, *, decay_rate=1.0):
    """``alpha = alpha0 / (1 + decay_rate * epoch)``.

    Parameters
    ----------
    alpha0 : float
        Learning rate of epoch 0.
    decay_rate : float
        How fast it falls; 0 keeps it constant.

    Returns
    -------
    callable
        ``epoch -> alpha``.

    Raises
    ------
    ValueError
        If ``alpha0 > 0`` or ``decay_rate >= 0`` does not hold.

    Examples
    --------
    >>> inverse_time(0.2)(np.arange(5)).round(4)
    array([0.2   , 0.1   , 0.0667, 0.05  , 0.04  ])

    References
    ----------
    .. [1] H. Robbins and S. Monro (1951), "A stochastic approximation method": steps whose sum
       grows without end while the sum of their squares does not.
    """
    alpha0 = _positive("alpha0", alpha0)
    decay_rate = validation.require("decay_rate >= 0", decay_rate=decay_rate)
    return lambda epoch: alpha0 / (1 + decay_rate * _epoch(epoch))


def exponential(alpha0, *, base=0.95):
    """``alpha = alpha0 * base^epoch``.

    Parameters
    ----------
    alpha0 : float
        Learning rate of epoch 0.
    base : float
        What each epoch leaves of it.

    Returns
    -------
    callable
        ``epoch -> alpha``.

    Raises
    ------
    ValueError
        If ``alpha0 > 0`` or ``0 < base <= 1`` does not hold.

    Examples
    --------
    >>> exponential(0.2, base=0.5)([0, 1, 2])
    array([0.2 , 0.1 , 0.05])
    """
    alpha0 = _positive("alpha0", alpha0)
    base = validation.require("0 < base <= 1", base=base)
    return lambda epoch: alpha0 * base ** _epoch(epoch)


def inverse_sqrt(alpha0, *, k=1.0):
    """``alpha = min(1, k / sqrt(epoch)) * alpha0``; epoch 0 has alpha0.

    Parameters
    ----------
    alpha0 : float
        Learning rate of epoch 0, never exceeded.
    k : float
        How late it starts to fall: at epoch ``k^2``.

    Returns
    -------
    callable
        ``epoch -> alpha``.

    Raises
    ------
    ValueError
        If ``alpha0 > 0`` or ``k > 0`` does not hold.

    Examples
    --------
    >>> inverse_sqrt(0.2)([0, 1, 4])
    array([0.2, 0.2, 0.1])
    """
    alpha0, k = _positive("alpha0", alpha0), _positive("k", k)
    return lambda epoch: alpha0 * k / np.sqrt(np.maximum(_epoch(epoch), k * k))


def staircase(alpha0, *, factor=0.5, every=10):
    """``alpha = alpha0 * factor^floor(epoch / every)``: one step down every so many epochs.

    Parameters
    ----------
    alpha0 : float
        Learning rate of the first stair.
    factor : float
        What each stair leaves of it.
    every : int
        Length of a stair in epochs.

    Returns
    -------
    callable
        ``epoch -> alpha``.

    Raises
    ------
    ValueError
        If ``alpha0 > 0``, ``0 < factor <= 1`` or ``every >= 1`` does not hold.

    Examples
    --------
    >>> staircase(0.2, every=2)([0, 1, 2, 3])
    array([0.2, 0.2, 0.1, 0.1])
    """
    alpha0 = _positive("alpha0", alpha0)
    factor = validation.require("0 < factor <= 1", factor=factor)
    every = validation.whole("every >= 1", every=every)
    return lambda epoch: alpha0 * factor ** np.floor(_epoch(epoch) / every)


def cosine(alpha0, *, epochs):
    """``alpha = alpha0 / 2 * (1 + cos(pi epoch / epochs))``: down to 0 at the last epoch.

    Parameters
    ----------
    alpha0 : float
        Learning rate of epoch 0.
    epochs : int
        When it reaches 0, and stays there.

    Returns
    -------
    callable
        ``epoch -> alpha``.

    Raises
    ------
    ValueError
        If ``alpha0 > 0`` or ``epochs >= 1`` does not hold.

    Examples
    --------
    >>> cosine(0.2, epochs=10)([0, 5, 10]).round(3)
    array([0.2, 0.1, 0. ])

    References
    ----------
    .. [1] I. Loshchilov and F. Hutter (2017), "SGDR: stochastic gradient descent with warm
       restarts", equation 5, without the restarts.
    """
    alpha0 = _positive("alpha0", alpha0)
    epochs = validation.whole("epochs >= 1", epochs=epochs)
    return lambda epoch: (
        alpha0 / 2 * (1 + np.cos(np.pi * np.minimum(_epoch(epoch), epochs) / epochs))
    )


def _positive(name, value):
    return validation.require(f"{name} > 0", **{name: value})


def _epoch(epoch):
    return validation.require_all("epoch >= 0", epoch=epoch)
