"""Learning rate decay: a schedule says with which alpha each epoch is trained.

Each function takes `alpha0`, the learning rate of epoch 0 and the largest, and returns a schedule,
``epoch -> alpha``. That takes one epoch number (the first is 0) or an array of them; float32 stays
float32. A number out of its range is a ValueError.
"""

import numpy as np

from course_utils.support import validation


def constant(alpha0):
    """``alpha = alpha0`` for ever.

    >>> constant(0.2)([0, 1])
    array([0.2, 0.2])
    """
    alpha0 = validation.require("alpha0 > 0", alpha0=alpha0)

    def alpha(epoch):
        return alpha0 + 0 * _checked(epoch)  # as many as there are epochs

    return alpha


def inverse_time(alpha0, *, decay_rate=1.0):
    """``alpha = alpha0 / (1 + decay_rate * epoch)``.

    >>> inverse_time(0.2)(np.arange(5)).round(4)
    array([0.2   , 0.1   , 0.0667, 0.05  , 0.04  ])

    .. [1] H. Robbins and S. Monro (1951), "A stochastic approximation method": steps whose sum
       grows without end while the sum of their squares does not.
    """
    alpha0 = validation.require("alpha0 > 0", alpha0=alpha0)
    decay_rate = validation.require("decay_rate >= 0", decay_rate=decay_rate)

    def alpha(epoch):
        return alpha0 / (1 + decay_rate * _checked(epoch))

    return alpha


def exponential(alpha0, *, base=0.95):
    """``alpha = alpha0 * base^epoch``.

    >>> exponential(0.2, base=0.5)([0, 1, 2])
    array([0.2 , 0.1 , 0.05])
    """
    alpha0 = validation.require("alpha0 > 0", alpha0=alpha0)
    base = validation.require("0 < base <= 1", base=base)

    def alpha(epoch):
        return alpha0 * base ** _checked(epoch)

    return alpha


def inverse_sqrt(alpha0, *, k=1.0):
    """``alpha = min(1, k / sqrt(epoch)) * alpha0``: it starts to fall at epoch ``k^2``.

    >>> inverse_sqrt(0.2)([0, 1, 4])
    array([0.2, 0.2, 0.1])
    """
    alpha0 = validation.require("alpha0 > 0", alpha0=alpha0)
    k = validation.require("k > 0", k=k)

    def alpha(epoch):
        # The same as the minimum, without a division by the root of epoch 0.
        return alpha0 * k / np.sqrt(np.maximum(_checked(epoch), k * k))

    return alpha


def staircase(alpha0, *, factor=0.5, every=10):
    """``alpha = alpha0 * factor^floor(epoch / every)``: one step down every so many epochs.

    >>> staircase(0.2, every=2)([0, 1, 2, 3])
    array([0.2, 0.2, 0.1, 0.1])
    """
    alpha0 = validation.require("alpha0 > 0", alpha0=alpha0)
    factor = validation.require("0 < factor <= 1", factor=factor)
    every = validation.whole("every >= 1", every=every)

    def alpha(epoch):
        return alpha0 * factor ** np.floor(_checked(epoch) / every)

    return alpha


def cosine(alpha0, *, epochs):
    """``alpha = alpha0 / 2 * (1 + cos(pi epoch / epochs))``: 0 from epoch `epochs` on.

    >>> cosine(0.2, epochs=10)([0, 5, 10]).round(3)
    array([0.2, 0.1, 0. ])

    .. [1] I. Loshchilov and F. Hutter (2017), "SGDR: stochastic gradient descent with warm
       restarts", equation 5, without the restarts.
    """
    alpha0 = validation.require("alpha0 > 0", alpha0=alpha0)
    epochs = validation.whole("epochs >= 1", epochs=epochs)

    def alpha(epoch):
        done = np.minimum(_checked(epoch), epochs)
        return alpha0 / 2 * (1 + np.cos(np.pi * done / epochs))

    return alpha


def _checked(epoch):
    return validation.require_all("epoch >= 0", epoch=epoch)
