"""What the operations of a `course_utils.graph` do: forward and backward, in a line each.

A new operation is a new line in `OPERATIONS`, and a function that makes its node:
``OPERATIONS["cube"] = Operation(lambda x: x**3, lambda d, y, x: (3 * d * x**2,))`` and
``cube = lambda x: Node("cube", [as_node(x)])``. Where NumPy repeats an input along an axis,
`as_shaped` sums its gradient over that axis again.
"""

from typing import NamedTuple

import numpy as np

from course_utils import softmax
from course_utils.activations import relu, sigmoid
from course_utils.support import validation


class Operation(NamedTuple):
    """What an operation does.

    ``forward(*values, **settings)`` gives its value y. ``backward(d, y, *values, **settings)``
    takes the gradient d of the cost by y, and gives those by the inputs, in a tuple.
    """

    forward: object
    backward: object


def _spread(d, x, axis):
    """Give a gradient of a sum back to everything that was summed."""
    return np.broadcast_to(d if axis is None else np.expand_dims(d, axis), x.shape)


def _scatter(d, x, index):
    gradient = np.zeros_like(x)
    np.add.at(gradient, index, d)
    return gradient


def _matmul(a, b):
    if a.ndim != 2 or b.ndim != 2:
        raise ValueError("it takes two matrices")
    return a @ b


def _matmul_backward(d, _, a, b):
    return d @ b.T, a.T @ d


def _cross_entropy(labels, logits):
    if labels.shape != logits.shape:
        raise ValueError("labels and logits should have one shape: use one_hot for class numbers")
    return -(labels * softmax.log_softmax(logits, axis=-1)).sum(axis=-1)


def _cross_entropy_backward(d, _, labels, logits):
    log_p = softmax.log_softmax(logits, axis=-1)
    d, total = d[..., None], labels.sum(axis=-1, keepdims=True)
    return -d * log_p, d * (total * np.exp(log_p) - labels)


def _power_backward(d, _, x, exponent):
    return (d * exponent * x ** (exponent - 1),)


def _sum(x, axis):
    return x.sum(axis=axis)


def _mean(x, axis):
    return x.mean(axis=axis)


def _mean_backward(d, y, x, axis):
    return (_spread(d, x, axis) * (y.size / x.size),)


OPERATIONS = {
    "add": Operation(np.add, lambda d, y, a, b: (d, d)),
    "subtract": Operation(np.subtract, lambda d, y, a, b: (d, -d)),
    "multiply": Operation(np.multiply, lambda d, y, a, b: (d * b, d * a)),
    "divide": Operation(np.divide, lambda d, y, a, b: (d / b, -d * y / b)),
    "matmul": Operation(_matmul, _matmul_backward),
    "power": Operation(lambda x, exponent: x**exponent, _power_backward),
    "square": Operation(np.square, lambda d, y, x: (2 * d * x,)),
    "exp": Operation(np.exp, lambda d, y, x: (d * y,)),
    "log": Operation(np.log, lambda d, y, x: (d / x,)),
    "maximum": Operation(np.maximum, lambda d, y, a, b: (d * (a >= b), d * (a < b))),
    "relu": Operation(relu.function, lambda d, y, x: (d * (x > 0),)),
    "sigmoid": Operation(sigmoid.function, lambda d, y, x: (d * y * (1 - y),)),
    "tanh": Operation(np.tanh, lambda d, y, x: (d * (1 - y**2),)),
    "transpose": Operation(np.transpose, lambda d, y, x: (d.T,)),
    "index": Operation(lambda x, index: x[index], lambda d, y, x, index: (_scatter(d, x, index),)),
    "reduce_sum": Operation(_sum, lambda d, y, x, axis: (_spread(d, x, axis),)),
    "reduce_mean": Operation(_mean, _mean_backward),
    "softmax_cross_entropy": Operation(_cross_entropy, _cross_entropy_backward),
}
"""Every operation by name."""


def as_shaped(gradient, x):
    """Undo broadcasting: sum a gradient over the axes along which x was repeated."""
    gradient, x = validation.reals("gradient", gradient), validation.reals("x", x)
    if gradient.shape == x.shape:
        return gradient
    lengths = zip(x.shape[::-1], gradient.shape[::-1], strict=False)
    if gradient.ndim < x.ndim or any(n not in (1, repeated) for n, repeated in lengths):
        raise ValueError(
            f"gradient and x should have shapes such that x can be repeated to gradient's, but got "
            f"{gradient.shape} and {x.shape}"
        )
    gradient = gradient.sum(axis=tuple(range(gradient.ndim - x.ndim)))
    repeated = tuple(k for k, n in enumerate(x.shape) if n == 1 and gradient.shape[k] != 1)
    return gradient.sum(axis=repeated, keepdims=True).reshape(x.shape)
