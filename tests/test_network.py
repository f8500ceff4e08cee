"""Networks: gradients of every layer and of random stacks, one vector for all parameters."""

import copy
import pickle
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import scipy.special
from hypothesis import example, given, settings
from hypothesis import strategies as st

from course_utils import activations, batch_norm, initialization, regularization, softmax
from course_utils.gradient_checking import check, numerical_gradient
from course_utils.layers import Activate, BatchNorm, Dense, Dropout
from course_utils.network import Network
from course_utils.optimizers import Adam, Momentum, RMSprop

SMOOTH = [activations.tanh, activations.sigmoid, activations.identity]
ALL = [*SMOOTH, activations.relu]


def examples(n_x, outputs, m, rng):
    X = rng.standard_normal((n_x, m))
    if outputs == 1:
        return X, rng.integers(0, 2, (1, m)).astype(float)
    return X, softmax.one_hot(rng.integers(0, outputs, m), outputs)


def assert_gradient_is_the_slope(network, X, Y, **penalty):
    """Relative difference below 1e-7, dropout drawing the same masks each time.

    Where batch norm meets a unit that hardly varies, J bends so much that h = 1e-5 is too far:
    then 1e-6 or 1e-7 decides. A gradient of almost 0 is lost in the rounding of J.
    """

    def cost(theta):
        network.theta[:] = theta
        return network.cost_and_gradient(X, Y, np.random.default_rng(5), **penalty)

    theta = network.theta.copy()
    cost(theta)
    a, apart = network.gradient.copy(), []
    for h in (1e-5, 1e-6, 1e-7):
        b = numerical_gradient(cost, theta, h=h)
        size = max(np.linalg.norm(a) + np.linalg.norm(b), 1e-2)
        apart.append(np.linalg.norm(a - b) / size)
        if apart[-1] < 1e-7:
            return
    raise AssertionError(f"relative differences {apart}")


def alone(layer, rng):
    """Give a layer arrays of its own, as a network would."""
    layer.p = {name: rng.normal(1, 0.5, shape) for name, shape in layer.shapes.items()}
    layer.d = {name: np.zeros(shape) for name, shape in layer.shapes.items()}
    layer.statistics = {name: np.zeros(shape) for name, shape in layer.statistics_shapes.items()}
    return layer


LAYERS = {
    "dense": Dense(4, 3),
    "dense without bias": Dense(4, 3, bias=False),
    "batch norm": BatchNorm(3),
    "dropout": Dropout(0.6),
    **{activation.name: Activate(activation) for activation in ALL},
}


@pytest.mark.parametrize("layer", LAYERS.values(), ids=LAYERS.keys())
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


@settings(max_examples=40, deadline=None)
@given(
    hidden=st.lists(st.integers(1, 6), max_size=3),
    outputs=st.integers(1, 4),
    activation=st.sampled_from(SMOOTH),
    batch_norm=st.booleans(),
    keep_prob=st.sampled_from([0.5, 0.8, 1.0]),
    lambda_=st.sampled_from([0.0, 0.7]),
    seed=st.integers(0, 2**32 - 1),
)
@example(
    [1, 3, 1], 1, activations.tanh, True, 0.5, 0.0, 11888
)  # dropout leaves little to normalise
def test_random_stacks_pass_gradient_checking(
    hidden, outputs, activation, batch_norm, keep_prob, lambda_, seed
):
    rng = np.random.default_rng(seed)
    network = Network(
        [3, *hidden, outputs],
        rng,
        activation=activation,
        initialization=initialization.xavier,
        batch_norm=batch_norm,
        keep_prob=keep_prob,
    )
    network.theta += 0.1 * rng.standard_normal(network.theta.shape)
    X, Y = examples(3, outputs, 9, rng)
    assert_gradient_is_the_slope(network, X, Y, lambda_=lambda_)


@pytest.mark.parametrize("batch_norm", [False, True])
@pytest.mark.parametrize("keep_prob", [1.0, 0.7])
@pytest.mark.parametrize("outputs", [1, 5])
def test_relu_stacks_pass_gradient_checking(batch_norm, keep_prob, outputs):
    rng = np.random.default_rng(2)
    network = Network([4, 8, 6, outputs], rng, batch_norm=batch_norm, keep_prob=keep_prob)
    network.theta += 0.1 * rng.standard_normal(network.theta.shape)
    X, Y = examples(4, outputs, 11, rng)
    assert_gradient_is_the_slope(network, X, Y, lambda_=0.3, m=50)


def norms(network):
    return [layer for layer in network.layers if isinstance(layer, BatchNorm)]


def as_pytorch_keeps_them(now, first, m=16, steps=100):
    """Return running statistics as PyTorch has them.

    It averages the variance that divides by m - 1, and starts at mean 0 and variance 1 where ours
    start at the first mini-batch's own; of the start 0.9^steps is left.
    """
    unbiased, left = m / (m - 1), 0.9**steps
    mean = now["mean"] - left * first["mean"]
    return mean, unbiased * now["variance"] - left * (unbiased * first["variance"] - 1)


@pytest.mark.parametrize(
    "optimizer",
    [Momentum(alpha=0.1), RMSprop(alpha=0.01), Adam(alpha=0.01)],
    ids=lambda o: type(o).__name__,
)
def test_a_hundred_steps_equal_pytorchs(optimizer):
    with np.load(Path(__file__).parent / "oracles" / "network.npz", allow_pickle=False) as file:
        oracle = dict(file)
    rng, name = np.random.default_rng(0), type(optimizer).__name__
    network = Network([4, 6, 5, 3], rng, activation=activations.tanh, batch_norm=True)
    for key, p in network.parameters.items():
        p[:] = oracle[f"start_{key}"]
    state, costs, first = optimizer.init(network.theta), [], []
    for x, y in zip(oracle["X"], oracle["Y"], strict=True):
        costs.append(network.cost_and_gradient(x, y))
        first = first or [{n: a.copy() for n, a in bn.statistics.items()} for bn in norms(network)]
        network.theta[:], state = optimizer.step(network.theta, network.gradient, state)
    close = partial(np.testing.assert_allclose, rtol=1e-6, atol=1e-9)
    close(costs, oracle[f"{name}_cost"])
    for key, p in network.parameters.items():
        close(p, oracle[f"{name}_{key}"])
    for depth, (bn, start) in enumerate(zip(norms(network), first, strict=True), start=1):
        mean, variance = as_pytorch_keeps_them(bn.statistics, start)
        close(mean, oracle[f"{name}_mean{depth}"])
        close(variance, oracle[f"{name}_variance{depth}"])
        bn.statistics["mean"][:], bn.statistics["variance"][:] = mean, variance
    close(network.predict(oracle["X_test"]), oracle[f"{name}_probabilities"])


@pytest.mark.parametrize("outputs", [1, 4])
def test_a_training_pass_without_batch_norm_and_dropout_is_an_inference_pass(outputs):
    rng = np.random.default_rng(0)
    network = Network([3, 5, outputs], rng, activation=activations.tanh)
    X, Y = examples(3, outputs, 8, rng)
    cost = network.cost_and_gradient(X, Y, lambda_=2.0)
    assert network.cost(X, Y, lambda_=2.0) == pytest.approx(cost, rel=1e-12)
    np.testing.assert_array_equal(network.inference(X), network.z)


def test_outputs_are_softmax_or_logistic_m3():
    rng = np.random.default_rng(0)
    X = rng.standard_normal((3, 8))
    many, one = Network([3, 4], rng), Network([3, 1], rng)
    np.testing.assert_allclose(many.predict(X), softmax.softmax(many.inference(X)), rtol=1e-12)
    np.testing.assert_allclose(one.predict(X), scipy.special.expit(one.inference(X)), rtol=1e-9)
    pair = Network([3, 2], rng)
    pair.parameters["W1"][:] = np.vstack([one.parameters["W1"], np.zeros((1, 3))])
    y = rng.integers(0, 2, 8)
    one_cost = one.cost_and_gradient(X, y[None].astype(float))
    assert one_cost == pytest.approx(pair.cost_and_gradient(X, np.stack([y, 1.0 - y])), rel=1e-12)
    np.testing.assert_allclose(one.gradients["W1"], pair.gradients["W1"][:1], rtol=1e-9)
    assert one.accuracy(X, y[None]) == np.mean((one.predict(X)[0] > 0.5) == y)
    assert pair.accuracy(X, softmax.one_hot(1 - y, 2)) == one.accuracy(X, y[None])


def test_all_parameters_are_views_into_one_theta():
    network = Network([2, 3, 3, 2], np.random.default_rng(0), batch_norm=True)
    names = ["W1", "gamma1", "beta1", "W2", "gamma2", "beta2", "W3", "b3"]
    assert list(network.parameters) == list(network.gradients) == names
    assert network.theta.size == sum(p.size for p in network.parameters.values())
    network.theta[:] = np.arange(network.theta.size)
    flat = np.concatenate([p.ravel() for p in network.parameters.values()])
    np.testing.assert_array_equal(flat, network.theta)
    assert all(np.shares_memory(p, network.theta) for p in network.parameters.values())
    assert all(np.shares_memory(d, network.gradient) for d in network.gradients.values())
    assert [W.shape for W in network.weights] == [(3, 2), (3, 3), (2, 3)]


@pytest.mark.parametrize("duplicate", [copy.deepcopy, lambda n: pickle.loads(pickle.dumps(n))])
def test_a_copy_has_a_theta_of_its_own_that_its_layers_see(duplicate):
    rng = np.random.default_rng(0)
    network = Network([3, 4, 2], rng, batch_norm=True)
    X, Y = examples(3, 2, 8, rng)
    network.cost_and_gradient(X, Y)
    twin = duplicate(network)
    np.testing.assert_array_equal(twin.predict(X), network.predict(X))
    before = network.predict(X)
    twin.theta[:] = 1
    np.testing.assert_array_equal(network.predict(X), before)
    assert not np.allclose(twin.predict(X), before)
    assert twin.cost_and_gradient(X, Y) != network.cost_and_gradient(X, Y)


def test_it_starts_as_its_scheme_says():
    network = Network(
        [50, 400, 3],
        np.random.default_rng(0),
        batch_norm=True,
        initialization=initialization.xavier,
    )
    assert network.parameters["W1"].var() == pytest.approx(1 / 50, rel=0.05)
    assert (network.parameters["gamma1"] == 1).all()
    assert (network.parameters["beta1"] == 0).all()
    assert (network.parameters["b2"] == 0).all()


def test_float32_stays_float32_all_the_way():
    rng = np.random.default_rng(0)
    network = Network([3, 5, 2], rng, batch_norm=True, keep_prob=0.9, dtype=np.float32)
    X, Y = network.examples(*examples(3, 2, 8, rng))
    assert network.forward(X, rng).dtype == np.float32
    network.cost_and_gradient(X, Y, rng, lambda_=0.1)
    arrays = [network.theta, network.gradient, network.statistics, network.z, network.predict(X)]
    assert {a.dtype for a in arrays} == {np.dtype(np.float32)}
    for optimizer in (Momentum(), RMSprop(), Adam(weight_decay=0.1)):
        theta, state = optimizer.step(
            network.theta, network.gradient, optimizer.init(network.theta)
        )
        assert theta.dtype == np.float32
        assert all(part.dtype == np.float32 for part in state if isinstance(part, np.ndarray))


def test_l2_counts_weights_alone_and_its_m_can_be_given_r1():
    rng = np.random.default_rng(0)
    network = Network([3, 4, 2], rng, batch_norm=True)
    X, Y = examples(3, 2, 10, rng)
    plain, slope = network.cost_and_gradient(X, Y), network.gradient.copy()
    squares = sum(np.square(W).sum() for W in network.weights)
    cost = network.cost_and_gradient(X, Y, lambda_=3.0, m=200)
    assert cost - plain == pytest.approx(3.0 / 400 * squares, rel=1e-9)
    network.gradient -= slope
    for name, d in network.gradients.items():
        expected = 3.0 / 200 * network.parameters[name] if name.startswith("W") else 0 * d
        np.testing.assert_allclose(d, expected, atol=1e-12)


def test_dropout_is_of_hidden_layers_only_and_of_training_only_r2():
    network = Network([3, 4, 4, 2], np.random.default_rng(0), keep_prob=0.5)
    kinds = [type(layer).__name__ for layer in network.layers]
    assert kinds == ["Dense", "Activate", "Dropout"] * 2 + ["Dense"]
    X = np.random.default_rng(1).standard_normal((3, 6))
    np.testing.assert_array_equal(network.predict(X), network.predict(X))
    passes = [network.forward(X, np.random.default_rng(seed)) for seed in (0, 0, 1)]
    np.testing.assert_array_equal(passes[0], passes[1])
    assert not np.array_equal(passes[0], passes[2])


def test_one_example_is_answered_alone_as_in_a_batch_b9():
    rng = np.random.default_rng(0)
    network = Network([3, 8, 2], rng, batch_norm=True)
    X, Y = examples(3, 2, 40, rng)
    for _ in range(5):
        network.cost_and_gradient(X, Y)
    alone = np.hstack([network.predict(X[:, [i]]) for i in range(40)])
    np.testing.assert_allclose(alone, network.predict(X), rtol=1e-12)


def test_running_statistics_are_the_ground_floors_m_first_batch_is_the_start():
    rng = np.random.default_rng(0)
    network, running = Network([3, 4, 2], rng, batch_norm=True, momentum=0.7), None
    W = network.parameters["W1"]
    for _ in range(4):
        X, Y = examples(3, 2, 6, rng)
        network.cost_and_gradient(X, Y)
        z = W @ X
        mean, variance = z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True)
        if running is None:
            running = batch_norm.RunningStatistics(mean, variance)
        else:
            running = running.update(mean, variance, momentum=0.7)
    statistics = norms(network)[0].statistics
    np.testing.assert_allclose(statistics["mean"], running.mean, rtol=1e-12)
    np.testing.assert_allclose(statistics["variance"], running.variance, rtol=1e-12)


def test_layers_are_the_ground_floors_functions():
    rng = np.random.default_rng(0)
    a, bn = rng.standard_normal((3, 7)), alone(BatchNorm(3), rng)
    expected, cache = batch_norm.forward(a, bn.p["gamma"], bn.p["beta"])
    np.testing.assert_array_equal(bn.forward(a, None), expected)
    d = rng.standard_normal((3, 7))
    dz, dgamma, dbeta = batch_norm.backward(d, cache)
    np.testing.assert_array_equal(bn.backward(d), dz)
    np.testing.assert_array_equal(bn.d["gamma"], dgamma)
    np.testing.assert_array_equal(bn.d["beta"], dbeta)
    drop = Dropout(0.5)
    dropped, mask = regularization.dropout(a, 0.5, np.random.default_rng(3))
    np.testing.assert_array_equal(drop.forward(a, np.random.default_rng(3)), dropped)
    np.testing.assert_array_equal(drop.backward(d), regularization.dropout_backward(d, mask))


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda n, rng: Network([3], rng), r"at least inputs and outputs, but got \[3\]"),
        (lambda n, rng: Network([3, 0, 1], rng), "widths >= 1 must hold, but got widths=0"),
        (lambda n, rng: Network([3, 2], rng, keep_prob=0), "0 < keep_prob <= 1 must hold"),
        (lambda n, rng: Network([3, 2], rng, momentum=1), "0 <= momentum < 1 must hold"),
        (lambda n, rng: n.predict(np.zeros((2, 5))), r"X should have 3 rows.*got shape \(2, 5\)"),
        (lambda n, rng: n.predict(np.zeros(3)), r"use X\[:, None\]"),
        (lambda n, rng: n.predict(np.full((3, 1), np.nan)), "3 of 3 values are NaN"),
        (
            lambda n, rng: n.cost(np.zeros((3, 5)), np.zeros((1, 5))),
            r"Y should be \(2, ex.*one_hot",
        ),
        (lambda n, rng: n.accuracy(np.zeros((3, 5)), np.zeros((2, 4))), "same examples as columns"),
    ],
)
def test_bad_input_is_named(call, says):
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match=says):
        call(Network([3, 4, 2], rng), rng)


def test_a_seed_is_no_generator():
    with pytest.raises(TypeError, match=r"use np.random.default_rng\(3\)"):
        Network([3, 2], 3)
