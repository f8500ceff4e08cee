"""Outputs: what becomes of a network's last z: the cost with its gradient, probabilities, answers.

Columns are examples: `z` and `y` are ``(C, m)``. One unit answers yes or no, by the logistic
function; two or more are classes, by softmax. These are a network's inner loop and unchecked, but
softmax gives no probabilities of logits that are NaN or infinite.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from course_utils import activations, softmax


class Output(NamedTuple):
    """``cost_and_gradient(z, y)``, ``probabilities(z)`` and ``correct(z, y)``, one an example."""

    cost_and_gradient: Callable
    probabilities: Callable
    correct: Callable


def for_units(units):
    """Return the `Output` of a last layer with so many units."""
    return LOGISTIC if units == 1 else SOFTMAX


def _logistic_cost_and_gradient(z, y):
    """``J = mean(log(1 + exp(z)) - y z)`` and ``dz = (sigma(z) - y) / m``."""
    cost = float((np.logaddexp(0, z) - y * z).mean())
    return cost, (activations.sigmoid.function(z) - y) / z.shape[1]


def _same_side(z, y):
    return (z > 0)[0] == (y > 0.5)[0]


def _same_class(z, y):
    return z.argmax(axis=0) == y.argmax(axis=0)


LOGISTIC = Output(_logistic_cost_and_gradient, activations.sigmoid.function, _same_side)
SOFTMAX = Output(softmax.cost_and_gradient_unchecked, softmax.softmax, _same_class)
