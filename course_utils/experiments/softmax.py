"""The smallest classifier that softmax makes: straight borders between the classes.

Columns are examples: inputs `X` are ``(n_x, m)``, one-hot labels `Y` are ``(C, m)``.
"""

import numpy as np

from course_utils import softmax
from course_utils.support import validation


def linear_classifier(X, Y, rng, *, alpha, steps):
    """Train softmax without a hidden layer, by batch gradient descent; return W and b.

    ``Z = W X + b`` and, with ``dZ = dJ/dZ``, each step ``W -= alpha dZ X^T`` and
    ``b -= alpha sum_k dZ_k``. The cost is convex: the start decides how long the way is, not
    where it leads. W starts standard normal, so that untrained regions can be seen.

    >>> X, Y = [[-1.0, 1.0]], softmax.one_hot([0, 1], classes=2)
    >>> W, b = linear_classifier(X, Y, np.random.default_rng(0), alpha=1.0, steps=20)
    >>> softmax.hard_max(W @ X + b)
    array([[1., 0.],
           [0., 1.]])
    """
    X, Y = validation.examples(X, Y)
    Y, alpha = validation.shares("Y", Y), validation.require("alpha > 0", alpha=alpha)
    steps, rng = validation.whole("steps >= 0", steps=steps), validation.generator(rng)
    W, b = rng.standard_normal((len(Y), len(X))), np.zeros((len(Y), 1))
    for _ in range(steps):
        dZ = softmax.cost_gradient_unchecked(W @ X + b, Y)
        W -= alpha * dZ @ X.T
        b -= alpha * dZ.sum(axis=1, keepdims=True)
    return W, b
