"""Networks: gradients of every layer and of random stacks, one vector for all parameters."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_utils import activations, initialization, softmax
from course_utils.gradient_checking import check, relative_difference
from course_utils.layers import Activate, BatchNorm, Dense, Dropout
from course_utils.network import Network
from course_utils.regularization import l2_cost

SMOOTH = [activations.tanh, activations.sigmoid, activations.identity]
ALL = [*SMOOTH, activations.relu]


def examples(n_x, outputs, m, rng):
    X = rng.standard_normal((n_x, m))
    if outputs == 1:
        return X, rng.integers(0, 2, (1, m)).astype(float)
    return X, softmax.one_hot(rng.integers(0, outputs, m), outputs)


def check_network(network, X, Y, **penalty):
    """Gradient check of a training pass; dropout draws the same masks each time."""

    def cost(theta):
        network.theta[:] = theta
        return network.cost_and_gradient(X, Y, np.random.default_rng(5), **penalty)

    theta = network.theta.copy()
    cost(theta)
    return check(cost, network.gradient.copy(), theta)


def alone(layer, rng):
    """Give a layer arrays of its own, as a network would."""
    layer.p = {name: rng.normal(1, 0.5, shape) for name, shape in layer.shapes.items()}
    layer.d = {name: np.zeros(shape) for name, shape in layer.shapes.items()}
    layer.statistics = {name: np.zeros(shape) for name, shape in layer.statistics_shapes.items()}
    return layer


@pytest.mark.parametrize("layer", [
    Dense(4, 3), Dense(4, 3, bias=False), BatchNorm(3), Dropout(0.6), *map(Activate, ALL),
], ids=lambda layer: type(layer).__name__ + getattr(getattr(layer, "activation", None), "name", ""))  # fmt: skip
def test_each_layer_alone_passes_gradient_checking_r1(layer):
    rng = np.random.default_rng(0)
    layer, a = alone(layer, rng), rng.standard_normal((3, 7))
    a += np.sign(a) * 0.01  # away from ReLU's kink
    weights = rng.standard_normal(layer.forward(a, np.random.default_rng(1)).shape)

    def cost(_=None, a=a):
        return float((weights * layer.forward(a, np.random.default_rng(1))).sum())

    cost()
    da = layer.backward(weights)
    gradients = {name: d.copy() for name, d in layer.d.items()}
    assert check(lambda x: cost(a=x), da, a) < 1e-7
    for name, p in layer.p.items():
        kept = p.copy()

        def of_parameter(values, p=p):
            p[:] = values
            return cost()

        assert check(of_parameter, gradients[name], kept) < 1e-7, name
        p[:] = kept


@settings(max_examples=60, deadline=None)
@given(
    hidden=st.lists(st.integers(1, 6), max_size=4),
    outputs=st.integers(1, 4),
    activation=st.sampled_from(SMOOTH),
    batch_norm=st.booleans(),
    keep_prob=st.sampled_from([0.5, 0.8, 1.0]),
    lambda_=st.sampled_from([0.0, 0.7]),
    seed=st.integers(0, 2**32 - 1),
)
def test_random_stacks_pass_gradient_checking(
    hidden, outputs, activation, batch_norm, keep_prob, lambda_, seed
):
    rng = np.random.default_rng(seed)
    network = Network(
        [3, *hidden, outputs], rng, activation=activation, initialization=initialization.xavier,
        batch_norm=batch_norm, keep_prob=keep_prob,
    )  # fmt: skip
    network.theta += 0.1 * rng.standard_normal(network.theta.shape)
    X, Y = examples(3, outputs, 9, rng)
    difference = check_network(network, X, Y, lambda_=lambda_)
    assert difference < 1e-7 or np.linalg.norm(network.gradient) < 1e-4


@pytest.mark.parametrize("batch_norm", [False, True])
@pytest.mark.parametrize("keep_prob", [1.0, 0.7])
@pytest.mark.parametrize("outputs", [1, 5])
def test_relu_stacks_pass_gradient_checking(batch_norm, keep_prob, outputs):
    rng = np.random.default_rng(2)
    network = Network([4, 8, 6, outputs], rng, batch_norm=batch_norm, keep_prob=keep_prob)
    network.theta += 0.1 * rng.standard_normal(network.theta.shape)
    X, Y = examples(4, outputs, 11, rng)
    assert check_network(network, X, Y, lambda_=0.3, m=50) < 1e-7
