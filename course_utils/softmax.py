"""Softmax: C scores become C probabilities, and the cost that trains them.

Columns are examples: logits `z`, probabilities `y_hat` and labels `y`, one-hot or smoothed, are
``(C, m)``; `axis` runs over the classes. float32 stays float32. Losses are in nats. NaN, infinity,
an empty array or a column of `y` that does not sum to 1 is a ValueError.
"""

import numpy as np

from course_utils.support import validation


def softmax(z, axis=0):
    """Probabilities of the classes from their logits.

    ``a_i = t_i / sum_j t_j`` with ``t = exp(z)`` [1]_. The largest logit is subtracted first: that
    changes nothing, because the factor ``exp(-max z)`` cancels, and no ``exp`` can overflow.

    >>> softmax([5, 2, -1, 3]).round(3)
    array([0.842, 0.042, 0.002, 0.114])

    .. [1] J. S. Bridle (1990), "Probabilistic interpretation of feedforward classification network
       outputs".
    """
    t = np.exp(_shifted(z, axis))
    return t / t.sum(axis=axis, keepdims=True)


def log_softmax(z, axis=0):
    """Logarithm of softmax, without ever taking the logarithm of a rounded zero.

    ``log a_i = z_i - log sum_j exp(z_j)``, the sum again after subtracting the largest logit.

    >>> log_softmax([0.0, -1000.0])
    array([    0., -1000.])
    """
    shifted = _shifted(z, axis)
    return shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True))


def hard_max(z, axis=0):
    """1 for the largest logit, 0 for the others; the first of equals wins.

    >>> hard_max([5, 2, -1, 3])
    array([1., 0., 0., 0.])
    """
    z, axis = _logits(z, axis)
    winner = np.expand_dims(z.argmax(axis=axis), axis)
    result = np.zeros_like(z)
    np.put_along_axis(result, winner, 1.0, axis=axis)
    return result


def one_hot(labels, classes):
    """Columns with a single 1 in the row of the label, a class number from 0 to ``classes - 1``.

    >>> one_hot([0, 2], classes=3)
    array([[1., 0.],
           [0., 0.],
           [0., 1.]])
    """
    classes = validation.whole("classes >= 1", classes=classes)
    labels = validation.finite("labels", labels)
    if labels.ndim != 1:
        raise ValueError(f"labels should be 1-d, one per example, but got shape {labels.shape}")
    validation.room(classes=classes, examples=len(labels))
    wrong = labels[(labels < 0) | (labels >= classes) | (labels != np.floor(labels))]
    if len(wrong):
        raise ValueError(
            f"labels must be whole numbers from 0 to {classes - 1} for {classes} classes, "
            f"but got {wrong[0]:g}: number the classes from 0"
        )
    return (np.arange(classes)[:, None] == labels).astype(np.float64)


def smooth(y, smoothing):
    """Smoothed labels: a share of the certainty is spread over all classes.

    ``(1 - smoothing) y + smoothing / C`` [1]_. Trained on them, logits need not run off to
    infinity: the cost is least where the right one leads by `optimal_gap`.

    >>> smooth([[1], [0]], 0.1).ravel()
    array([0.95, 0.05])

    .. [1] C. Szegedy and others (2016), "Rethinking the Inception architecture", section 7.
    """
    y = validation.shares("y", y)
    smoothing = validation.require("0 <= smoothing <= 1", smoothing=smoothing)
    return (1 - smoothing) * y + smoothing / len(y)


def optimal_gap(smoothing, classes):
    """Lead of the right logit over the others, all equal, that smoothed labels ask for.

    The cost is least where the probabilities equal the labels: ``softmax(z) = smooth(y)`` where
    the gap is ``log((1 - s + s / C) / (s / C))``; it is infinite for hard labels, ``s = 0``.

    >>> round(optimal_gap(0.1, classes=10), 2)
    4.51
    """
    smoothing = validation.require("0 <= smoothing <= 1", smoothing=smoothing)
    classes = validation.whole("classes >= 2", classes=classes)
    if smoothing == 0:
        return float("inf")
    return float(np.log1p(classes * (1 - smoothing) / smoothing))


def cross_entropy(y_hat, y):
    """Loss of each example, shape (m,): ``L = -sum_i y_i log y_hat_i``.

    Where ``y_i = 0`` the term is 0, even if ``y_hat_i = 0``; a true class given probability 0 costs
    infinity.

    >>> cross_entropy([[0.3], [0.2], [0.1], [0.4]], [[0], [1], [0], [0]]).round(4)
    array([1.6094])
    """
    y_hat = validation.matrix("y_hat", y_hat, "classes")
    y = _labels(y, "y_hat", y_hat)
    if y_hat.min() < 0 or y_hat.max() > 1:
        raise ValueError(
            f"probabilities y_hat must lie in [0, 1], but they run from {y_hat.min():g} to "
            f"{y_hat.max():g}: pass logits through softmax first, or use cost(z, y)"
        )
    log_y_hat = np.full_like(y_hat, -np.inf)
    np.log(y_hat, out=log_y_hat, where=y_hat > 0)
    terms = np.zeros_like(y_hat)
    np.multiply(y, log_y_hat, out=terms, where=y > 0)
    return 0 - terms.sum(axis=0)  # a bare minus would print a loss of zero as -0


def cost(z, y):
    """Mean cross-entropy over the examples, straight from the logits.

    ``J = -(1/m) sum_k sum_i y_ik log softmax(z)_ik``, by `log_softmax`, so that logits of any size
    give a finite cost. PyTorch's ``CrossEntropyLoss`` is the same mean with rows as examples.

    >>> round(cost([[5.0], [2.0], [-1.0], [3.0]], [[1], [0], [0], [0]]), 4)
    0.1719
    """
    z = validation.matrix("z", z, "classes")
    y = _labels(y, "z", z)
    return float(0 - (y * log_softmax(z)).sum() / z.shape[1])


def cost_gradient(z, y):
    """Gradient of `cost` by the logits: ``dJ/dz = (softmax(z) - y) / m``.

    >>> z = np.log([[0.3], [0.2], [0.1], [0.4]])
    >>> cost_gradient(z, [[0], [1], [0], [0]]).round(3).ravel()
    array([ 0.3, -0.8,  0.1,  0.4])
    """
    z = validation.matrix("z", z, "classes")
    return cost_gradient_unchecked(z, _labels(y, "z", z))


def cost_gradient_unchecked(z, y):
    """Return `cost_gradient` of labels that were checked before the first step."""
    return (softmax(z) - y) / z.shape[1]


def cost_and_gradient_unchecked(z, y):
    """Return `cost` and `cost_gradient` at once: networks call this at every step."""
    shifted = z - z.max(axis=0)
    t = np.exp(shifted)
    total = t.sum(axis=0)
    cost = float((y * (np.log(total) - shifted)).sum() / z.shape[1])
    return cost, (t / total - y) / z.shape[1]


def _labels(y, name, like):
    """Return labels of the shape and type of `like`, called `name`."""
    y = validation.labels("y", y).astype(like.dtype, copy=False)
    validation.same_shape(name, like, "y", y)
    return validation.shares("y", y)


def _logits(z, axis):
    z = validation.finite("z", z)
    if z.ndim == 0 or z.size == 0:
        raise ValueError(f"z should hold at least one logit, but got shape {z.shape}")
    axis = validation.whole(f"{-z.ndim} <= axis < {z.ndim}", axis=axis)
    return z, axis


def _shifted(z, axis):
    z, axis = _logits(z, axis)
    return z - z.max(axis=axis, keepdims=True)
