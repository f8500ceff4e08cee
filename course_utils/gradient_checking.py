"""Gradient checking: whether what backpropagation returns is the slope of the cost.

All parameters are one vector `theta`; a network's layers are views into it.
"""

import numpy as np

from course_utils import validation


def numerical_gradient(f, theta, *, h=1e-5):
    """Gradient of `f` by two-sided differences, one parameter at a time.

    ``(f(theta + h e_i) - f(theta - h e_i)) / (2 h)`` for each i. The error falls as h^2 until the
    rounding of f, divided by h, takes over: in float64 the best h is near 1e-5.

    Parameters
    ----------
    f : callable
        ``f(theta) -> float``. It gets a new array each time, so it may keep or change it.
    theta : array_like, any shape
        Where to take the gradient.
    h : float
        Half the distance between the two points.

    Returns
    -------
    ndarray, same shape as `theta`

    Raises
    ------
    ValueError
        If ``h > 0`` does not hold, a parameter is NaN or infinite, or `f` returns NaN or infinity.

    Examples
    --------
    >>> numerical_gradient(lambda theta: theta @ theta, [1.0, 2.0]).round(6)
    array([2., 4.])
    """
    theta = validation.finite("theta", theta)
    validation.number("h", h, "h > 0", lambda x: x > 0)
    gradient = np.empty_like(theta)
    for i in np.ndindex(theta.shape):
        step = np.zeros_like(theta)
        step[i] = h
        gradient[i] = (_value(f, theta + step) - _value(f, theta - step)) / (2 * h)
    return gradient


def one_sided_gradient(f, theta, *, h=1e-5):
    """Gradient of `f` by one-sided differences, for comparison: its error falls only as h.

    ``(f(theta + h e_i) - f(theta)) / h`` for each i.

    Parameters
    ----------
    f, theta, h
        As in `numerical_gradient`.

    Returns
    -------
    ndarray, same shape as `theta`

    Raises
    ------
    ValueError
        As `numerical_gradient`.

    Examples
    --------
    >>> one_sided_gradient(lambda theta: theta @ theta, [1.0, 2.0], h=0.01).round(6)
    array([2.01, 4.01])
    """
    theta = validation.finite("theta", theta)
    validation.number("h", h, "h > 0", lambda x: x > 0)
    gradient, here = np.empty_like(theta), _value(f, theta.copy())
    for i in np.ndindex(theta.shape):
        step = np.zeros_like(theta)
        step[i] = h
        gradient[i] = (_value(f, theta + step) - here) / h
    return gradient


def relative_difference(a, b):
    """How far apart two gradients are, as a share of their sizes.

    ``||a - b|| / (||a|| + ||b||)``: 0 if they are equal, 1 if they are opposite. Two zero
    gradients are equal.

    Parameters
    ----------
    a, b : array_like, same shape
        Two gradients.

    Returns
    -------
    float
        From 0 to 1.

    Raises
    ------
    ValueError
        If the shapes differ or a number is NaN or infinite.

    Examples
    --------
    >>> relative_difference([3, 4], [3, 4]), relative_difference([3, 4], [-3, -4])
    (0.0, 1.0)
    """
    a, b = validation.finite("a", a), validation.finite("b", b)
    validation.same_shape("a", a, "b", b)
    size = np.linalg.norm(a) + np.linalg.norm(b)
    return float(np.linalg.norm(a - b) / size) if size > 0 else 0.0


def check(f, gradient, theta, *, h=1e-5):
    """Relative difference between a gradient and the slope of the cost.

    Below 1e-7 it is right; above 1e-3 it is wrong; between, look closer: a kink of ReLU within h,
    or a small mistake. Not with dropout on: the cost would be another one at each call.

    Parameters
    ----------
    f : callable
        ``f(theta) -> float``, the cost.
    gradient : array_like or callable
        The gradient at `theta`, or ``gradient(theta)``.
    theta : array_like
        Where to check.
    h : float
        As in `numerical_gradient`.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If the gradient has not the shape of `theta`, or as `numerical_gradient`.

    Examples
    --------
    >>> check(lambda theta: theta @ theta, lambda theta: 2 * theta, [1.0, 2.0]) < 1e-7
    True
    >>> round(check(lambda theta: theta @ theta, lambda theta: theta, [1.0, 2.0]), 3)
    0.333
    """
    theta = validation.finite("theta", theta)
    analytic = gradient(theta.copy()) if callable(gradient) else gradient
    analytic = validation.finite("gradient", analytic)
    validation.same_shape("gradient", analytic, "theta", theta)
    return relative_difference(analytic, numerical_gradient(f, theta, h=h))


def _value(f, theta):
    return validation.number("f(theta)", f(theta), "f(theta) finite", np.isfinite)
