"""Initialization: with which weights a layer starts to learn.

Every scheme is a function ``(n_out, n_in, rng) -> W`` with one row a unit. Biases start at 0.
"""

import numpy as np

from course_utils import validation


def zeros(n_out, n_in, rng=None):
    """All weights 0: every unit of the layer is and stays the same unit.

    Parameters
    ----------
    n_out, n_in : int
        Units of this layer and of the layer before it.
    rng : numpy.random.Generator, optional
        Not used; taken so that every scheme is called alike.

    Returns
    -------
    ndarray, shape (n_out, n_in)

    Raises
    ------
    ValueError
        If a layer has not at least one unit.

    Examples
    --------
    >>> zeros(1, 2)
    array([[0., 0.]])
    """
    return np.zeros(_shape(n_out, n_in))


def normal(n_out, n_in, rng, *, scale=0.01):
    """Draw normal weights of one standard deviation, however wide the layer is.

    ``W ~ N(0, scale^2)``.

    Parameters
    ----------
    n_out, n_in : int
        Units of this layer and of the layer before it.
    rng : numpy.random.Generator
        The source of randomness.
    scale : float
        The standard deviation.

    Returns
    -------
    ndarray, shape (n_out, n_in)

    Raises
    ------
    ValueError
        If a layer has not at least one unit or ``scale >= 0`` does not hold.

    Examples
    --------
    >>> normal(2, 3, np.random.default_rng(0)).shape
    (2, 3)
    """
    validation.number("scale", scale, "scale >= 0", lambda s: s >= 0)
    return scale * validation.generator(rng).standard_normal(_shape(n_out, n_in))


def xavier(n_out, n_in, rng):
    """Variance ``1 / n_in``: for tanh, the sum z keeps the variance of its inputs.

    Parameters
    ----------
    n_out, n_in : int
        Units of this layer and of the layer before it.
    rng : numpy.random.Generator
        The source of randomness.

    Returns
    -------
    ndarray, shape (n_out, n_in)

    Raises
    ------
    ValueError
        If a layer has not at least one unit.

    Notes
    -----
    This is the lecture's "Xavier" and LeCun's older rule. Frameworks call something else Xavier:
    `glorot` here, with the mean of both widths.

    Examples
    --------
    >>> W = xavier(500, 400, np.random.default_rng(0))
    >>> round(float(400 * W.var()), 2)
    1.0

    References
    ----------
    .. [1] Y. LeCun, L. Bottou, G. Orr and K.-R. Müller (1998), "Efficient backprop".
    """
    return normal(n_out, n_in, rng, scale=np.sqrt(1 / _units("n_in", n_in)))


def glorot(n_out, n_in, rng):
    """Variance ``2 / (n_in + n_out)``: between what forward and backward pass would like.

    Parameters
    ----------
    n_out, n_in : int
        Units of this layer and of the layer before it.
    rng : numpy.random.Generator
        The source of randomness.

    Returns
    -------
    ndarray, shape (n_out, n_in)

    Raises
    ------
    ValueError
        If a layer has not at least one unit.

    Examples
    --------
    >>> W = glorot(300, 500, np.random.default_rng(0))
    >>> round(float(400 * W.var()), 2)
    1.0

    References
    ----------
    .. [1] X. Glorot and Y. Bengio (2010), "Understanding the difficulty of training deep
       feedforward neural networks", equation 12.
    """
    n_in, n_out = _units("n_in", n_in), _units("n_out", n_out)
    return normal(n_out, n_in, rng, scale=np.sqrt(2 / (n_in + n_out)))


def he(n_out, n_in, rng):
    """Variance ``2 / n_in``: for ReLU, which lets half of the signal through.

    Parameters
    ----------
    n_out, n_in : int
        Units of this layer and of the layer before it.
    rng : numpy.random.Generator
        The source of randomness.

    Returns
    -------
    ndarray, shape (n_out, n_in)

    Raises
    ------
    ValueError
        If a layer has not at least one unit.

    Examples
    --------
    >>> W = he(500, 400, np.random.default_rng(0))
    >>> round(float(400 * W.var()), 2)
    2.0

    References
    ----------
    .. [1] K. He, X. Zhang, S. Ren and J. Sun (2015), "Delving deep into rectifiers", equation 10.
    """
    return normal(n_out, n_in, rng, scale=np.sqrt(2 / _units("n_in", n_in)))


def _units(name, n):
    condition = f"{name} >= 1, whole"
    return int(validation.number(name, n, condition, lambda n: n >= 1 and n % 1 == 0))


def _shape(n_out, n_in):
    return _units("n_out", n_out), _units("n_in", n_in)
