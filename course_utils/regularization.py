"""Regularization: L2 keeps weights small, dropout keeps units from relying on each other.

Columns are examples: activations `a` and dropout's `mask` are ``(units, m)``; weights may have any
shape. `lambda_` is the strength of L2, `m` the number of training examples, `keep_prob` the
probability that a unit is kept, `rng` a numpy.random.Generator. NaN, infinity and what is out of
its range are a ValueError.
"""

import numpy as np

from course_utils.support import validation


def l2_cost(weights, lambda_, m):
    """Return what L2 adds to the cost: ``lambda / (2 m) * sum_l ||W[l]||^2``.

    The squares of all weights of all layers; biases, and batch norm's gamma and beta, are left out.

    >>> l2_cost([[[1, 2]], [[3]]], lambda_=0.5, m=7)
    0.5
    """
    rate, weights = _rate(lambda_, m), validation.sequence("weights", weights)
    return l2_cost_unchecked([validation.finite("weights", W) for W in weights], rate)


def l2_cost_unchecked(weights, rate):
    """Return what `l2_cost` does at ``rate = lambda / m``: networks call this at every step."""
    squares = [np.square(W, dtype=np.float64).sum() for W in weights]
    return float(rate / 2 * sum(squares))


def l2_gradient(W, lambda_, m):
    """Return what L2 adds to the gradient of one layer's weights: ``(lambda / m) W``.

    With descent, every step first shrinks W by the factor ``1 - alpha lambda / m``, hence "weight
    decay".

    >>> l2_gradient([[1, 2]], lambda_=0.5, m=5)
    array([[0.1, 0.2]])
    """
    return _rate(lambda_, m) * validation.finite("W", W)


def dropout(a, keep_prob, rng):
    """Keep each unit of each example with probability `keep_prob`, and divide by it.

    ``a_dropped = a * d / keep_prob`` with ``d = 1`` where a uniform draw is below `keep_prob`. The
    division keeps the expected activation, so that nothing need be changed at test time: then
    simply do not call it ("inverted dropout"). The mask, ``d / keep_prob``, is returned besides.

    >>> a, mask = dropout(np.ones((1, 6)), 0.5, np.random.default_rng(0))
    >>> a
    array([[0., 2., 2., 2., 0., 0.]])

    .. [1] N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever and R. Salakhutdinov (2014),
       "Dropout: a simple way to prevent neural networks from overfitting".
    """
    a = validation.finite("a", a)
    keep_prob = validation.require("0 < keep_prob <= 1", keep_prob=keep_prob)
    mask = dropout_mask_unchecked(a, keep_prob, validation.generator(rng))
    return a * mask, mask


def dropout_mask_unchecked(a, keep_prob, rng):
    """Return dropout's mask for activations of the shape and type of `a`."""
    kept = rng.random(a.shape, dtype=a.dtype) < keep_prob
    return kept / a.dtype.type(keep_prob)


def dropout_backward(da, mask):
    """Gradient of the cost through `dropout`: the same units, the same division.

    >>> dropout_backward([[3, 3]], [[0, 2]])
    array([[0., 6.]])
    """
    da, mask = validation.finite("da", da), validation.finite("mask", mask)
    validation.same_shape("da", da, "mask", mask)
    return da * mask


def expected_dropout_cost(X, y, w, keep_prob):
    """Expect the squared error of linear regression with dropout on its inputs, over all masks.

    With each input kept with probability p, and not divided by it, the expected sum of squares is
    ``||y - p w^T X||^2 + p (1 - p) ||Gamma w||^2``, where Gamma is diagonal with
    ``Gamma_ii^2 = sum_k X_ik^2``: ridge regression, each weight charged by the size of its input.
    `X` is ``(n_x, m)``, `y` ``(m,)`` and `w` ``(n_x,)``.

    >>> expected_dropout_cost([[1.0], [2.0]], [3.0], [1.0, 1.0], 0.5)
    3.5

    .. [1] Srivastava and others (2014), section 9.1.
    """
    X = validation.matrix("X", X, "inputs")
    y, w = validation.finite("y", y), validation.finite("w", w)
    validation.same_shape("y", y, "a row of X", X[0])
    validation.same_shape("w", w, "a column of X", X[:, 0])
    p = validation.require("0 < keep_prob <= 1", keep_prob=keep_prob)
    gamma = np.sqrt(np.square(X).sum(axis=1))
    return float(np.square(y - p * w @ X).sum() + p * (1 - p) * np.square(gamma * w).sum())


def _rate(lambda_, m):
    lambda_ = validation.require("lambda_ >= 0", lambda_=lambda_)
    return lambda_ / validation.whole("m >= 1", m=m)
