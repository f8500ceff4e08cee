"""Initialization: with which weights a layer starts to learn.

Every scheme is a function ``(n_out, n_in, rng) -> W``, ``(n_out, n_in)`` with one row a unit, in
float64; a network takes it over into its own dtype. `rng` is a numpy.random.Generator. Biases start
at 0. `forward` and `backward` show what the weights ``[W1, ..., WL]`` of a deep network without
biases make of a signal, before any training; columns are examples, `activation` is one of
`course_utils.activations`. A layer without units and shapes that do not fit are a ValueError.
"""

import numpy as np

from course_utils import activations
from course_utils.support import validation


def zeros(n_out, n_in, rng=None):
    """All weights 0: every unit of the layer is and stays the same unit.

    >>> zeros(1, 2)
    array([[0., 0.]])
    """
    return np.zeros(_shape(n_out, n_in))


def normal(n_out, n_in, rng, *, scale=0.01):
    """Draw ``W ~ N(0, scale^2)``: one standard deviation, however wide the layer is.

    >>> normal(2, 3, np.random.default_rng(0)).shape
    (2, 3)
    """
    scale = validation.require("scale >= 0", scale=scale)
    return scale * validation.generator(rng).standard_normal(_shape(n_out, n_in))


def xavier(n_out, n_in, rng):
    """Variance ``1 / n_in``: for tanh, the sum z keeps the variance of its inputs.

    This is the lecture's "Xavier" and LeCun's older rule [1]_. Frameworks call something else
    Xavier: `glorot` here, with the mean of both widths.

    >>> W = xavier(500, 400, np.random.default_rng(0))
    >>> round(float(400 * W.var()), 2)
    1.0

    .. [1] Y. LeCun, L. Bottou, G. Orr and K.-R. Müller (1998), "Efficient backprop".
    """
    n_out, n_in = _shape(n_out, n_in)
    return normal(n_out, n_in, rng, scale=np.sqrt(1 / n_in))


def glorot(n_out, n_in, rng):
    """Variance ``2 / (n_in + n_out)``: between what forward and backward pass would like.

    >>> W = glorot(300, 500, np.random.default_rng(0))
    >>> round(float(400 * W.var()), 2)
    1.0

    .. [1] X. Glorot and Y. Bengio (2010), "Understanding the difficulty of training deep
       feedforward neural networks", equation 12.
    """
    n_out, n_in = _shape(n_out, n_in)
    return normal(n_out, n_in, rng, scale=np.sqrt(2 / (n_in + n_out)))


def he(n_out, n_in, rng):
    """Variance ``2 / n_in``: for ReLU, which lets half of the signal through.

    >>> W = he(500, 400, np.random.default_rng(0))
    >>> round(float(400 * W.var()), 2)
    2.0

    .. [1] K. He, X. Zhang, S. Ren and J. Sun (2015), "Delving deep into rectifiers", equation 10.
    """
    n_out, n_in = _shape(n_out, n_in)
    return normal(n_out, n_in, rng, scale=np.sqrt(2 / n_in))


def forward(weights, x, activation):
    """Activations ``[a1, ..., aL]`` of every layer: ``a[l] = g(W[l] a[l-1])``, from ``a[0] = x``.

    >>> forward([np.eye(2), np.ones((1, 2))], [[3.0], [-4.0]], activations.relu)
    [array([[3.],
           [0.]]), array([[3.]])]
    """
    a, layers = validation.matrix("x", x, "inputs"), []
    activation = activations.checked(activation)
    for number, W in enumerate(_weights(weights), 1):
        if W.shape[1] != len(a):
            raise ValueError(
                f"W{number} should have {len(a)} columns, one a unit of the layer before it, but "
                f"got shape {W.shape}"
            )
        a = activation.function(W @ a)
        layers.append(a)
    return layers


def backward(weights, layers, da, activation):
    """Gradients ``[da1, ..., daL]`` with respect to every layer's activations, by the chain rule.

    ``da[l-1] = W[l]^T (da[l] * g'(z[l]))``, from the last layer's `da` back to the first; `layers`
    are what `forward` returned.

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
    for W, a in zip(reversed(weights[1:]), reversed(layers[1:]), strict=True):
        gradients.append(W.T @ (gradients[-1] * activation.derivative(a)))
    return gradients[::-1]


def _weights(weights):
    weights = [validation.reals("weights", W) for W in validation.sequence("weights", weights)]
    if not weights or any(W.ndim != 2 for W in weights):
        shapes = [W.shape for W in weights]
        raise ValueError(f"weights should be matrices [W1, ..., WL], but got shapes {shapes}")
    return weights


def _shape(n_out, n_in):
    n_out = validation.whole("n_out >= 1", n_out=n_out)
    n_in = validation.whole("n_in >= 1", n_in=n_in)
    validation.room(n_out=n_out, n_in=n_in)
    return n_out, n_in
