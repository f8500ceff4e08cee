"""The linear model ``y_hat = w^T x``: the smallest one on which a way down can be watched.

Columns are examples: `X` is ``(n_x, m)``, `y` is ``(1, m)``, weights `w` are ``(n_x, 1)``. After a
divergence they may be infinite. float64; a wrong shape is a ValueError.
"""

import numpy as np

from course_utils.support import validation

START = np.array([[-0.5], [1.5]])
"""Where a walk over the two weights of `course_utils.datasets.next_day` may begin."""


def linear_cost(w, X, y):
    """Cost of each of several models, columns of w: ``J = 1/(2m) sum_k (w^T x_k - y_k)^2``.

    >>> linear_cost(np.array([[0.0, 3.0]]), np.array([[1.0, 2.0]]), np.array([[3.0, 6.0]]))
    array([11.25,  0.  ])
    """
    w, X, y = _linear(w, X, y)
    error = w.T @ X - y
    return (error * error).sum(axis=1) / (2 * X.shape[1])


def linear_gradient(w, X, y):
    """Gradient of `linear_cost`: ``1/m X (w^T X - y)^T``.

    >>> linear_gradient(np.array([[0.0]]), np.array([[1.0, 2.0]]), np.array([[3.0, 6.0]]))
    array([[-7.5]])
    """
    w, X, y = _linear(w, X, y)
    if w.shape[1] != 1:
        raise ValueError(f"w should be ({len(X)}, 1), the weights of one model, got {w.shape}")
    return linear_gradient_unchecked(w, X, y)


def linear_gradient_unchecked(w, X, y):
    """Return what `linear_gradient` returns: a walk asks for it at each of its steps."""
    return X @ (w.T @ X - y).T / X.shape[1]


def _linear(w, X, y):
    (X, y), w = _one_output(X, y), validation.reals("w", w)
    if w.ndim != 2 or len(w) != len(X):
        raise ValueError(
            f"w should be ({len(X)}, models), a weight for each row of X, but got shape {w.shape}"
        )
    return w, X, y


def _one_output(X, y):
    X, y = validation.examples(X, y, names=("X", "y"))
    if len(y) != 1:
        raise ValueError(f"y should be (1, examples), but got shape {y.shape}")
    return X, y


def linear_minimum(X, y):
    """Weights at which `linear_cost` is lowest.

    >>> linear_minimum([[1.0, 2.0]], [[3.0, 6.0]]).round(6)
    array([[3.]])
    """
    X, y = _one_output(X, y)
    return np.linalg.lstsq(X.T, y.T)[0]
