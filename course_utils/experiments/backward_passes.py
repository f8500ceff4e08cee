"""A small network written out, its backward pass, and backward passes with one mistake each.

Two hidden layers of tanh units and one logistic output: something to check gradients on.
Parameters are a dict of W1, b1, W2, b2, W3, b3. Columns are examples. What does not fit together is
refused by name.
"""

from functools import partial
from itertools import pairwise

import numpy as np

from course_utils import activations, initialization
from course_utils.support import validation

_NAMES = ("W1", "b1", "W2", "b2", "W3", "b3")


def start(rng, *, scale=1.0, widths=(2, 4, 4, 1)):
    """Draw first weights, with Xavier's variance times ``scale ** 2``; biases are 0.

    Parameters
    ----------
    rng : numpy.random.Generator
        The source of randomness.
    scale : float
        Factor of all weights.
    widths : sequence of four int
        Inputs, units of two hidden layers, outputs.

    Returns
    -------
    dict of str to ndarray
        W of shape ``(n_out, n_in)``, b of shape ``(n_out, 1)``.

    Raises
    ------
    ValueError
        If ``scale >= 0`` does not hold.

    Examples
    --------
    >>> {name: p.shape for name, p in start(np.random.default_rng(0)).items()}
    {'W1': (4, 2), 'b1': (4, 1), 'W2': (4, 4), 'b2': (4, 1), 'W3': (1, 4), 'b3': (1, 1)}
    """
    scale, widths = validation.require("scale >= 0", scale=scale), _widths(widths)
    parameters = {}
    for layer, (n_in, n_out) in enumerate(pairwise(widths), start=1):
        parameters[f"W{layer}"] = scale * initialization.xavier(n_out, n_in, rng)
        parameters[f"b{layer}"] = np.zeros((n_out, 1))
    return parameters


def _widths(widths):
    widths = validation.sequence("widths", widths)
    if len(widths) != 4:
        raise ValueError(f"widths should be four numbers of units, but got {len(widths)}")
    return [validation.whole("widths >= 1", widths=n) for n in widths]


def forward(p, X):
    """Return the activations of the two hidden layers and z of the output.

    ``A1 = tanh(W1 X + b1), A2 = tanh(W2 A1 + b2), Z3 = W3 A2 + b3``.

    Parameters
    ----------
    p : dict of str to ndarray
        Parameters, as `start` draws them.
    X : ndarray, shape (n_x, m)
        Inputs, of the dtype of the parameters.

    Returns
    -------
    A1, A2, Z3 : ndarray
        Of shapes ``(n_1, m)``, ``(n_2, m)`` and ``(1, m)``.

    Examples
    --------
    >>> forward(start(np.random.default_rng(0)), np.zeros((2, 3)))[2]
    array([[0., 0., 0.]])
    """
    return _forward(*_fitting(p, X))


def _forward(p, X):
    A1 = np.tanh(p["W1"] @ X + p["b1"])
    A2 = np.tanh(p["W2"] @ A1 + p["b2"])
    return A1, A2, p["W3"] @ A2 + p["b3"]


def _fitting(p, X):
    """Return the parameters and inputs as arrays, each layer as wide as the next one takes."""
    p, X = validation.named_arrays("p", p), validation.matrix("X", X, "inputs")
    if missing := [name for name in _NAMES if name not in p]:
        raise ValueError(f"p should hold {', '.join(_NAMES)}, but {missing[0]} is missing")
    n_in = len(X)
    for W, b in zip(_NAMES[::2], _NAMES[1::2], strict=True):
        n_out = 1 if W == "W3" else p[W].shape[0] if p[W].ndim else 0
        for name, shape in ((W, (n_out, n_in)), (b, (n_out, 1))):
            if p[name].shape != shape:
                raise ValueError(f"{name} should have shape {shape}, but got {p[name].shape}")
        n_in = n_out
    return p, X


def _with_labels(p, X, Y, lambda_):
    (p, X), (_, Y) = _fitting(p, X), validation.examples(X, Y)
    if len(Y) != 1:
        raise ValueError(f"Y should be (1, examples), but got shape {Y.shape}: use Y[None]")
    Y = validation.require_all("0 <= Y <= 1", Y=Y)
    return p, X, Y, validation.require("lambda_ >= 0", lambda_=lambda_)


def cost(p, X, Y, *, lambda_=0.0):
    """Mean logistic loss plus L2 regularization: ``lambda / (2 m)`` times the squares of all W.

    Parameters
    ----------
    p, X
        As in `forward`.
    Y : ndarray, shape (1, m)
        Zeros and ones.
    lambda_ : float
        Strength of the regularization.

    Returns
    -------
    float

    Examples
    --------
    >>> p = start(np.random.default_rng(0))
    >>> round(cost(p, np.zeros((2, 3)), np.ones((1, 3))), 4)  # log 2: it knows nothing yet
    0.6931
    """
    p, X, Y, lambda_ = _with_labels(p, X, Y, lambda_)
    _, _, Z3 = _forward(p, X)
    squares = sum(np.square(p[name]).sum() for name in ("W1", "W2", "W3"))
    return float((np.logaddexp(0, Z3) - Y * Z3).mean() + lambda_ / (2 * X.shape[1]) * squares)


def backward(p, X, Y, *, lambda_=0.0):
    """Gradient of `cost` by backpropagation.

    ``dZ3 = (sigma(Z3) - Y) / m``, then ``dZ2 = W3^T dZ3 * (1 - A2^2)`` and
    ``dZ1 = W2^T dZ2 * (1 - A1^2)``; in each layer ``dW = dZ A_before^T + lambda / m W`` and db is
    the sum of dZ over the examples.

    Parameters
    ----------
    p, X, Y, lambda_
        As in `cost`.

    Returns
    -------
    dict of str to ndarray
        The gradient of each parameter, by its name.

    Examples
    --------
    >>> p = start(np.random.default_rng(0))
    >>> backward(p, np.zeros((2, 3)), np.ones((1, 3)))["b3"]
    array([[-0.5]])
    """
    return _backward(p, X, Y, lambda_)


def _slope(A, p):
    return 1 - A * A


def _weights(dZ, A, W, rate):
    return dZ @ A.T + rate * W


def _biases(dZ, b, rate):
    return dZ.sum(axis=1, keepdims=True)


def _backward(
    p,
    X,
    Y,
    lambda_=0.0,
    *,
    inputs=lambda X, A1, A2: (X, A1, A2),
    output=lambda A3, Y: (A3 - Y) / Y.shape[1],
    turn=lambda W: W.T,
    slopes=(_slope, _slope),
    weights=(_weights,) * 3,
    biases=(_biases,) * 3,
):
    """Go back in exchangeable parts: the right ones by default."""
    p, X, Y, lambda_ = _with_labels(p, X, Y, lambda_)
    A1, A2, Z3 = _forward(p, X)
    dZ3 = output(activations.sigmoid.function(Z3), Y)
    dZ2 = p["W3"].T @ dZ3 * slopes[1](A2, p)
    dZ1 = turn(p["W2"]) @ dZ2 * slopes[0](A1, p)
    rate, gradient = lambda_ / X.shape[1], {}
    layers = zip((dZ1, dZ2, dZ3), inputs(X, A1, A2), weights, biases, strict=True)
    for layer, (dZ, A, weigh, total) in enumerate(layers, start=1):
        gradient[f"W{layer}"] = weigh(dZ, A, p[f"W{layer}"], rate)
        gradient[f"b{layer}"] = total(dZ, p[f"b{layer}"], rate)
    return gradient


def _flat(A, p):
    return 1.0


def _without_rate(dZ, A, W, rate):
    return dZ @ A.T


def _mean(dZ, b, rate):
    return dZ.mean(axis=1, keepdims=True)


def _one_short(dZ, A, W, rate):
    return dZ[:, 1:] @ A[:, 1:].T + rate * W


def _shrunk(dZ, b, rate):
    return _biases(dZ, b, rate) + rate * b


def _without_bias(A, p):
    # atanh gives z back; a unit that is full up gives infinity, whose slope is 0.
    with np.errstate(divide="ignore"):
        return 1 - np.tanh(np.arctanh(A) - p["b2"]) ** 2


right = "nothing: it is right"
mistakes = {
    right: backward,
    "dZ1: the slope 1 − A1² left out": partial(_backward, slopes=(_flat, _slope)),
    "dZ2: the slope 1 − A2² left out": partial(_backward, slopes=(_slope, _flat)),
    "dZ1: W2 for W2ᵀ": partial(_backward, turn=lambda W: W),
    "dZ3: Y − A3 for A3 − Y": partial(_backward, output=lambda A3, Y: (Y - A3) / Y.shape[1]),
    "dZ3: not divided by m": partial(_backward, output=lambda A3, Y: A3 - Y),
    "dW3: A1 for A2": partial(_backward, inputs=lambda X, A1, A2: (X, A1, A1)),
    "dW2: λ/m W2 left out": partial(_backward, weights=(_weights, _without_rate, _weights)),
    "dW2: one example left out": partial(_backward, weights=(_weights, _one_short, _weights)),
    "db1: mean for sum": partial(_backward, biases=(_mean, _biases, _biases)),
}
"""Backward passes by what is wrong with them; each is called like `backward`."""

hiding = {
    "dZ1 and dZ2: the slopes left out": partial(_backward, slopes=(_flat, _flat)),
    "db: λ/m b added": partial(_backward, biases=(_shrunk,) * 3),
    "dZ2: the slope taken at z − b": partial(_backward, slopes=(_slope, _without_bias)),
}
"""Backward passes whose mistake shows little, or not at all, at the first weights."""

suspects = {
    "a": partial(_backward, slopes=(lambda A, p: (1 + A) * (1 - A), _slope)),
    "b": partial(_backward, biases=(_biases, _shrunk, _biases)),
    "c": partial(_backward, biases=(lambda dZ, b, rate: dZ @ np.ones((dZ.shape[1], 1)),) * 3),
    "d": partial(_backward, output=lambda A3, Y: A3 / Y.shape[1] - Y / Y.shape[1]),
}
"""Four backward passes; one is wrong, in one parameter, and hides it at the first weights."""
