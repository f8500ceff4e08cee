"""A graph of operations that is built first and run later, after TensorFlow 1's names.

``import course_utils.graph as tf`` runs the lecture's program as it was written: building makes
`nodes`, and a `session` gives them numbers.
"""

from types import SimpleNamespace

import numpy as np

from course_utils.graph import nodes
from course_utils.graph.nodes import (
    Node,
    Variable,
    add,
    as_node,
    constant,
    divide,
    exp,
    global_variables_initializer,
    log,
    matmul,
    maximum,
    multiply,
    order,
    placeholder,
    reduce_mean,
    reduce_sum,
    softmax_cross_entropy_with_logits,
    square,
    subtract,
    tanh,
    transpose,
)
from course_utils.graph.session import Session, backward
from course_utils.optimizers import Adam, GradientDescent, Momentum, RMSprop
from course_utils.support import validation

float32, float64 = np.float32, np.float64

nn = SimpleNamespace(
    relu=nodes.relu,
    sigmoid=nodes.sigmoid,
    softmax_cross_entropy_with_logits=softmax_cross_entropy_with_logits,
)


class _Optimizer:
    """One of the package's optimizers, with TensorFlow's `minimize`."""

    def __init__(self, optimizer):
        self._optimizer = optimizer

    def minimize(self, cost, var_list=None):
        """Make a node that changes variables so that a cost falls, each time it is run."""
        validation.instance("cost", cost, Node)
        there = [n for n in order([cost]) if n.operation == "variable"]
        variables = there if var_list is None else validation.sequence("var_list", var_list)
        if not variables or not set(variables) <= set(there):
            names = [v.name for v in there] or "no variable"
            raise ValueError(f"there is nothing to learn: {cost.name!r} depends on {names}")
        return Node("minimize", [cost], optimizer=self._optimizer, variables=variables)


def _gradient_descent(learning_rate):
    return _Optimizer(GradientDescent(alpha=_rate(learning_rate)))


def _momentum(learning_rate, momentum=0.9):
    momentum = validation.require("0 <= momentum < 1", momentum=momentum)
    # TensorFlow's v adds up gradients; the lecture's is their average, (1 - beta) of it
    return _Optimizer(Momentum(alpha=_rate(learning_rate) / (1 - momentum), beta=momentum))


def _rmsprop(learning_rate, decay=0.9, epsilon=1e-8):
    decay = validation.require("0 <= decay < 1", decay=decay)
    return _Optimizer(RMSprop(alpha=_rate(learning_rate), beta=decay, epsilon=epsilon))


def _adam(learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    alpha = _rate(learning_rate)
    return _Optimizer(Adam(alpha=alpha, beta1=beta1, beta2=beta2, epsilon=epsilon))


def _rate(learning_rate):
    return validation.require("learning_rate > 0", learning_rate=learning_rate)


train = SimpleNamespace(
    GradientDescentOptimizer=_gradient_descent,
    MomentumOptimizer=_momentum,
    RMSPropOptimizer=_rmsprop,
    AdamOptimizer=_adam,
)
