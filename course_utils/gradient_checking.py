"""Gradient checking: whether what backpropagation returns is the slope of the cost.

All parameters are one vector `theta`; `flatten` makes it of a dict of arrays, ``{"W1": ..., "b1":
...}``, and `unflatten` cuts it up again. A cost is a function ``f(theta) -> float``; it gets a new
array each time, so it may keep or change it. NaN or infinity, no numbers at all, and shapes that do
not fit are a ValueError.
"""

import numpy as np

from course_utils.support import validation


def flatten(parameters):
    """Lay the arrays of a dict one behind the other in one vector.

    >>> flatten({"W": [[1, 2], [3, 4]], "b": [[5], [6]]})
    array([1., 2., 3., 4., 5., 6.])
    """
    arrays = validation.named_arrays("parameters", parameters)
    return np.concatenate([a.ravel() for a in arrays.values()])


def unflatten(theta, like):
    """Cut a vector into arrays of the names and shapes of `like`: the inverse of `flatten`.

    They are views: what is written into them is written into theta.

    >>> unflatten([1.0, 2.0, 3.0], {"W": [[0, 0]], "b": [[0]]})
    {'W': array([[1., 2.]]), 'b': array([[3.]])}
    """
    theta, like = validation.reals("theta", theta), validation.named_arrays("like", like)
    needed = sum(a.size for a in like.values())
    if theta.shape != (needed,):
        raise ValueError(
            f"theta should be a vector of {needed} numbers for {', '.join(like)}, "
            f"but got shape {theta.shape}"
        )
    start, parts = 0, {}
    for name, a in like.items():
        parts[name] = theta[start : start + a.size].reshape(a.shape)
        start += a.size
    return parts


def numerical_gradient(f, theta, *, h=1e-5):
    """Gradient of `f` by two-sided differences, one parameter at a time.

    ``(f(theta + h e_i) - f(theta - h e_i)) / (2 h)`` for each i. The error falls as h^2 until the
    rounding of f, divided by h, takes over: in float64 the best h is near 1e-5, in float32 near
    1e-2.

    >>> numerical_gradient(lambda theta: theta @ theta, [1.0, 2.0]).round(6)
    array([2., 4.])

    .. [1] J. E. Dennis and R. B. Schnabel (1983), "Numerical methods for unconstrained optimization
       and nonlinear equations", section 5.6.
    """
    theta = _filled("theta", theta)
    f, h = validation.function("f", f), validation.require("h > 0", h=h)
    gradient = np.empty_like(theta)
    for i in np.ndindex(theta.shape):
        step = np.zeros_like(theta)
        step[i] = h
        gradient[i] = (_value(f, theta + step) - _value(f, theta - step)) / (2 * h)
    return gradient


def one_sided_gradient(f, theta, *, h=1e-5):
    """Gradient of `f` by one-sided differences, for comparison: its error falls only as h.

    ``(f(theta + h e_i) - f(theta)) / h`` for each i.

    >>> one_sided_gradient(lambda theta: theta @ theta, [1.0, 2.0], h=0.01).round(6)
    array([2.01, 4.01])
    """
    theta = _filled("theta", theta)
    f, h = validation.function("f", f), validation.require("h > 0", h=h)
    gradient, at_theta = np.empty_like(theta), _value(f, theta.copy())
    for i in np.ndindex(theta.shape):
        step = np.zeros_like(theta)
        step[i] = h
        gradient[i] = (_value(f, theta + step) - at_theta) / h
    return gradient


def relative_difference(a, b):
    """How far apart two gradients are relative to their sizes: ``||a - b|| / (||a|| + ||b||)``.

    0 if they are equal, 1 if they are opposite or just one of them is 0. Two zero gradients are
    equal.

    >>> relative_difference([3, 4], [3, 4]), relative_difference([3, 4], [-3, -4])
    (0.0, 1.0)
    """
    a, b = _filled("a", a), _filled("b", b)
    validation.same_shape("a", a, "b", b)
    a, b = a.astype(np.float64), b.astype(np.float64)
    largest = max(np.abs(a).max(), np.abs(b).max())
    if largest == 0:
        return 0.0
    a, b = a / largest, b / largest  # or the squares of tiny and huge numbers end at 0 and infinity
    difference = np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))
    return float(min(difference, 1.0))


def check(f, gradient, theta, *, h=1e-5):
    """Relative difference between a gradient, an array or ``gradient(theta)``, and f's slope.

    Below 1e-7 it is right; above 1e-3 it is wrong; between, look closer: a kink of ReLU within h,
    or a small mistake. Not with dropout on: the cost would be another one at each call.

    >>> check(lambda theta: theta @ theta, lambda theta: 2 * theta, [1.0, 2.0]) < 1e-7
    True
    >>> round(check(lambda theta: theta @ theta, lambda theta: theta, [1.0, 2.0]), 3)
    0.333
    """
    theta = _filled("theta", theta)
    if callable(gradient):
        gradient = validation.function("gradient", gradient)(theta.copy())
    analytic = validation.finite("gradient", gradient)
    validation.same_shape("gradient", analytic, "theta", theta)
    h = validation.require("h > 0", h=h)
    if (theta + theta.dtype.type(h) == theta).any():
        raise ValueError(f"h should be large enough to change theta, but got h={h:g}: use h=1e-5")
    return relative_difference(analytic, numerical_gradient(f, theta, h=h))


def _filled(name, values):
    """Refuse no numbers at all: their gradient would pass for a right one."""
    a = validation.finite(name, values)
    if not a.size:
        raise ValueError(f"{name} should hold at least one number, but got shape {a.shape}")
    return a


def _value(f, theta):
    return validation.number("f(theta)", f(theta))
