"""Activation functions: what a unit does with its sum z, and how steep it is there.

Each works element by element on finite numbers of any shape; float32 stays float32. Its derivative
is written in terms of the activation ``a = g(z)``, which the forward pass has already computed.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from course_utils.support import validation


@dataclass(frozen=True)
class Activation:
    """A function g of one number and its derivative.

    `function` takes z unchecked: networks call it. `derivative` takes a, not z.

    >>> relu([-1.0, 2.0])
    array([0., 2.])
    >>> sigmoid.derivative(sigmoid(0.0))
    np.float64(0.25)
    """

    name: str
    function: Callable = field(repr=False)
    derivative: Callable = field(repr=False)

    def __post_init__(self):
        validation.text("name", self.name)
        validation.function("function", self.function)
        validation.function("derivative", self.derivative)

    def __call__(self, z):
        """Return ``a = g(z)``."""
        return self.function(validation.finite("z", z))


def checked(activation):
    """Return an `Activation`, or what has its two functions; refuse anything else."""
    kind = "an Activation such as activations.relu"
    return validation.offers("activation", activation, kind, "function", "derivative")


def _sigmoid(z):
    # exp(z) alone would overflow for z < -709; log(1 + exp(-z)) never does.
    return np.exp(-np.logaddexp(0, -z))


def _sigmoid_derivative(a):
    return a * (1 - a)


def _tanh_derivative(a):
    return 1 - a * a


def _relu(z):
    return np.maximum(z, 0)


def _relu_derivative(a):
    return (a > 0).astype(a.dtype)


def _identity(z):
    return z


sigmoid = Activation("sigmoid", _sigmoid, _sigmoid_derivative)
"""``1 / (1 + exp(-z))``, from 0 to 1; flat at both ends, at most 1/4 steep."""

tanh = Activation("tanh", np.tanh, _tanh_derivative)
"""From -1 to 1, steepness 1 at 0; flat at both ends."""

relu = Activation("ReLU", _relu, _relu_derivative)
"""``max(0, z)``; its derivative at 0 is taken as 0."""

identity = Activation("identity", _identity, np.ones_like)
"""``z`` itself: layers of it are together no more than one layer."""
