"""Initialization: with which weights a layer starts to learn.

Every scheme is a function ``(n_out, n_in, rng) -> W`` with one row a unit, in float64; a network
takes it over into its own dtype. Biases start at 0. `forward` and `backward` show what the weights
of a deep network make of a signal, before any training.
"""

import numpy as np

from course_utils import activations
from course_utils.support import validation


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
    scale = validation.require("scale >= 0", scale=scale)
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


def forward(weights, x, activation):
    """Activations of every layer of a network without biases.

    ``a[l] = g(W[l] a[l-1])``, from ``a[0] = x`` on.

    Parameters
    ----------
    weights : sequence of ndarray
        ``[W1, ..., WL]``, each ``(n[l], n[l-1])``.
    x : ndarray, shape (n[0], m)
        Inputs; columns are examples.
    activation : Activation
        g, from `course_utils.activations`.

    Returns
    -------
    list of ndarray
        ``[a1, ..., aL]``, each ``(n[l], m)``.

    Raises
    ------
    ValueError
        If `x` is wrong as `course_utils.support.validation.matrix` says, or two layers do not fit.

    Examples
    --------
    >>> from course_utils import activations
    >>> forward([np.eye(2), np.ones((1, 2))], [[3.0], [-4.0]], activations.relu)
    [array([[3.],
           [0.]]), array([[3.]])]
    """
    a, layers = validation.matrix("x", x, "inputs"), []
    activation = activations.checked(activation)
    for number, W in enumerate(_weights(weights), 1):
        if W.shape[1:] != a.shape[:1]:
            raise ValueError(
                f"W{number} should have {len(a)} columns, one a unit of the layer before it, but "
                f"got shape {W.shape}"
            )
        a = activation.function(W @ a)
        layers.append(a)
    return layers


def backward(weights, layers, da, activation):
    """Gradients with respect to the activations of every layer, by the chain rule.

    ``da[l-1] = W[l]^T (da[l] * g'(z[l]))``, from the last layer back to the first.

    Parameters
    ----------
    weights, activation
        Those of the forward pass.
    layers : list of ndarray
        ``[a1, ..., aL]``, as `forward` returned them.
    da : ndarray, shape (n[L], m)
        Gradient with respect to the last layer's activations.

    Returns
    -------
    list of ndarray
        ``[da1, ..., daL]``; the last is `da` itself.

    Raises
    ------
    ValueError
        If `da` has not the shape of the last layer.

    Examples
    --------
    >>> from course_utils import activations
    >>> weights = [np.eye(2), np.ones((1, 2))]
    >>> layers = forward(weights, [[3.0], [-4.0]], activations.relu)
    >>> backward(weights, layers, np.array([[5.0]]), activations.relu)
    [array([[5.],
           [5.]]), array([[5.]])]
    """
    weights, activation = _weights(weights), activations.checked(activation)
    layers = [validation.reals("layers", a) for a in validation.sequence("layers", layers)]
    shapes, ours = [len(W) for W in weights], [a.shape[:1] for a in layers]
    if ours != [(n,) for n in shapes]:
        raise ValueError(f"layers should have {shapes} units, as weights have, but got {ours}")
    da = validation.reals("da", da)
    validation.same_shape("da", da, "the last layer", layers[-1])
    gradients = [da]
    for W, a in zip(weights[:0:-1], layers[:0:-1], strict=True):
        gradients.append(W.T @ (gradients[-1] * activation.derivative(a)))
    return gradients[::-1]


def _weights(weights):
    weights = [validation.reals("weights", W) for W in validation.sequence("weights", weights)]
    if not weights or any(W.ndim != 2 for W in weights):
        shapes = [W.shape for W in weights]
        raise ValueError(f"weights should be matrices [W1, ..., WL], but got shapes {shapes}")
    return weights


def _units(name, n):
    return validation.whole(f"{name} >= 1", **{name: n})


def _shape(n_out, n_in):
    shape = _units("n_out", n_out), _units("n_in", n_in)
    validation.room(n_out=shape[0], n_in=shape[1])
    return shape
