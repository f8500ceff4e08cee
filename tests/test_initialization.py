"""Initialization on the ground floor and in its pictures; I1, I2, I3 and X11."""

from functools import partial

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from course_utils import datasets, initialization, optimizers, softmax
from course_utils.activations import identity, relu, sigmoid, tanh
from course_utils.network import Network
from course_utils.training import fit

RANDOM = {
    "xavier": (initialization.xavier, lambda n_out, n_in: 1 / n_in),
    "he": (initialization.he, lambda n_out, n_in: 2 / n_in),
    "glorot": (initialization.glorot, lambda n_out, n_in: 2 / (n_in + n_out)),
    "normal": (initialization.normal, lambda n_out, n_in: 1e-4),
}
EACH = pytest.mark.parametrize(("scheme", "variance"), RANDOM.values(), ids=RANDOM)


def half(n_out, n_in, rng):
    return np.full((n_out, n_in), 0.5)


@EACH
@given(n_out=st.integers(1, 40), n_in=st.integers(1, 40), seed=st.integers(0, 99))
@settings(max_examples=20)
def test_i3_variances(scheme, variance, n_out, n_in, seed):
    W = scheme(n_out, n_in, np.random.default_rng(seed))
    assert W.shape == (n_out, n_in)
    assert W.dtype == np.float64
    expected = np.random.default_rng(seed).standard_normal((n_out, n_in))
    assert np.allclose(W, np.sqrt(variance(n_out, n_in)) * expected, rtol=1e-12)


@EACH
def test_i3_weights_are_normal_of_that_variance(scheme, variance):
    W = scheme(150, 400, np.random.default_rng(0))
    standard = W.ravel() / np.sqrt(variance(150, 400))
    assert stats.kstest(standard, "norm").pvalue > 0.01
    assert standard.var() == pytest.approx(1, abs=0.02)


def test_x11_two_variances_for_two_activations():
    rng = np.random.default_rng(0)
    he, glorot = (
        scheme(64, 1024, rng).var() for scheme in (initialization.he, initialization.glorot)
    )
    assert 1024 * he == pytest.approx(2, rel=0.03)
    assert 1024 * glorot == pytest.approx(2 * 1024 / 1088, rel=0.03)
    equal = initialization.glorot(300, 300, np.random.default_rng(1))
    assert np.array_equal(equal, initialization.xavier(300, 300, np.random.default_rng(1)))


def test_zeros_take_no_generator():
    assert not initialization.zeros(3, 2).any()
    assert initialization.zeros(3, 2, np.random.default_rng(0)).shape == (3, 2)


@EACH
def test_every_scheme_says_what_is_wrong(scheme, variance):
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match="n_in >= 1 must hold, but got n_in=0"):
        scheme(3, 0, rng)
    with pytest.raises(ValueError, match=r"n_out should be a whole number, but got n_out=2.5"):
        scheme(2.5, 3, rng)
    with pytest.raises(TypeError, match=r"use np.random.default_rng\(0\)"):
        scheme(3, 2, 0)
    with pytest.raises(ValueError, match="n_out >= 1"):
        initialization.zeros(0, 3)


def test_normal_says_what_is_wrong():
    with pytest.raises(ValueError, match="scale >= 0 must hold, but got scale=-1"):
        initialization.normal(2, 2, np.random.default_rng(0), scale=-1)


@given(st.integers(0, 99), st.sampled_from([sigmoid, tanh, relu, identity]))
@settings(max_examples=30)
def test_backward_equals_finite_differences(seed, activation):
    rng = np.random.default_rng(seed)
    weights = [rng.standard_normal(shape) for shape in ((4, 3), (5, 4), (2, 5))]
    x, da = rng.standard_normal((3, 2)), rng.standard_normal((2, 2))
    layers = initialization.forward(weights, x, activation)
    assume(all(np.abs(a).sum(axis=0).min() > 1e-3 for a in layers))  # no column on ReLU's edge
    gradients = initialization.backward(weights, layers, da, activation)
    assert [g.shape for g in gradients] == [a.shape for a in layers]
    assert gradients[-1] is da
    for i, j in ((0, 0), (3, 1)):  # of the first layer's activations
        ends = []
        for step in (1e-6, -1e-6):
            moved = layers[0].copy()
            moved[i, j] += step
            ends.append((initialization.forward(weights[1:], moved, activation)[-1] * da).sum())
        slope = (ends[0] - ends[1]) / 2e-6
        assert gradients[0][i, j] == pytest.approx(slope, rel=1e-6, abs=1e-8)


def test_forward_equals_a_network_without_biases():
    rng = np.random.default_rng(0)
    network = Network([3, 5, 4, 2], rng, activation=tanh)
    x = rng.standard_normal((3, 7))
    *hidden, last = network.weights
    layers = initialization.forward(hidden, x, tanh)
    assert last @ layers[-1] == pytest.approx(network.inference(x), rel=1e-12)


@given(st.floats(0.1, 10), st.integers(0, 99))
@settings(max_examples=30)
def test_relu_lets_a_scale_through(scale, seed):
    rng = np.random.default_rng(seed)
    weights = [initialization.he(6, 6, rng) for _ in range(5)]
    x, da = rng.standard_normal((2, 6, 3))
    layers = initialization.forward(weights, x, relu)
    scaled = [scale * W for W in weights]
    for number, (a, b) in enumerate(
        zip(layers, initialization.forward(scaled, x, relu), strict=True), 1
    ):
        assert b == pytest.approx(scale**number * a, rel=1e-9)
    gradients = initialization.backward(weights, layers, da, relu)
    again = initialization.backward(scaled, layers, da, relu)
    for number, (a, b) in enumerate(zip(gradients[::-1], again[::-1], strict=True)):
        assert b == pytest.approx(scale**number * a, rel=1e-9)


def test_forward_and_backward_keep_float32_and_their_arguments():
    rng = np.random.default_rng(0)
    weights = [rng.standard_normal((3, 3)).astype(np.float32) for _ in range(2)]
    x, da = rng.standard_normal((2, 3, 4), np.float32)
    kept = [part.copy() for part in (*weights, x, da)]
    layers = initialization.forward(weights, x, tanh)
    gradients = initialization.backward(weights, layers, da, tanh)
    assert {part.dtype for part in (*layers, *gradients)} == {np.dtype(np.float32)}
    assert all(map(np.array_equal, kept, (*weights, x, da)))


def test_forward_and_backward_say_what_is_wrong():
    W1, W2 = np.ones((4, 3)), np.ones((2, 5))
    with pytest.raises(ValueError, match=r"x should be \(inputs, examples\).*use x\[:, None\]"):
        initialization.forward([W1], [1.0, 2.0, 3.0], relu)
    with pytest.raises(ValueError, match=r"W2 should have 4 columns.*but got shape \(2, 5\)"):
        initialization.forward([W1, W2], np.ones((3, 1)), relu)
    layers = initialization.forward([W1], np.ones((3, 1)), relu)
    with pytest.raises(ValueError, match=r"da and the last layer .* got \(3, 1\) and \(4, 1\)"):
        initialization.backward([W1], layers, np.ones((3, 1)), relu)


@pytest.fixture(scope="module")
def deep_relu():
    """Standard deviations of the last of 50 ReLU layers of width 256 at 2/n, for 20 seeds."""
    result = []
    for seed in range(20):
        rng = np.random.default_rng(seed + 100)
        weights = [initialization.he(256, 256, rng) for _ in range(50)]
        x = rng.standard_normal((256, 4))
        result.append(initialization.forward(weights, x, relu)[-1].std())
    return np.array(result)


@pytest.mark.parametrize(("factor", "order"), [(1, -8), (2, 0), (3, 4)])
def test_i3_orders_of_magnitude_after_50_relu_layers(deep_relu, factor, order):
    deviations = deep_relu * (factor / 2) ** 25  # as test_relu_lets_a_scale_through says
    assert round(np.log10(np.median(deviations))) == order
    assert np.abs(np.log10(deviations) - order).max() < 1.1


def test_i3_scaling_is_the_same_as_drawing_with_another_variance():
    x = np.random.default_rng(0).standard_normal((64, 4))
    last = []
    for scheme in (initialization.he, initialization.xavier):
        rng = np.random.default_rng(1)
        weights = [scheme(64, 64, rng) for _ in range(50)]
        last.append(initialization.forward(weights, x, relu)[-1].std())
    assert last[1] == pytest.approx(last[0] / 2**25, rel=1e-9)


def points():
    X, labels = datasets.blobs(5, 24, np.random.default_rng(0))
    return X, labels[None] % 2


def trained(scheme, activation, seed=0, widths=(2, 4, 1), bias=0.0):
    rng = np.random.default_rng(seed)
    network = Network(widths, rng, activation=activation, initialization=scheme)
    network.parameters["b1"][:] = bias * rng.standard_normal((widths[1], 1))
    rule = optimizers.GradientDescent(alpha=2.0)
    fit(network, *points(), rule, epochs=50, rng=rng, size=40, progress=False)
    return network


def kinds_of_units(network):
    p = network.parameters
    return len(np.unique(np.hstack([p["W1"], p["b1"], p["W2"].T]), axis=0))


@pytest.mark.parametrize("widths", [(2, 4, 1), (2, 4, 4, 1), (2, 8, 1)])
@pytest.mark.parametrize(
    ("scheme", "activation"),
    [(initialization.zeros, sigmoid), (initialization.zeros, tanh), (half, tanh), (half, relu)],
)
def test_i1_units_that_start_alike_are_bitwise_equal_after_training(scheme, activation, widths):
    network = trained(scheme, activation, widths=widths)
    for layer in range(1, len(widths) - 1):
        W, b = network.parameters[f"W{layer}"], network.parameters[f"b{layer}"]
        assert np.array_equal(W, np.tile(W[0], (len(W), 1)))
        assert (b == b[0]).all()
        outgoing = network.parameters[f"W{layer + 1}"]
        assert np.array_equal(outgoing, np.tile(outgoing[:, :1], len(W)))


@pytest.mark.parametrize("seed", range(5))
def test_i1_twins_are_no_better_than_one_unit(seed):
    X, Y = points()
    four = trained(half, tanh, seed)
    one = Network([2, 1, 1], np.random.default_rng(0), activation=tanh)
    for name in ("W1", "b1", "b2"):
        one.parameters[name][:] = four.parameters[name][:1]
    one.parameters["W2"][:] = four.parameters["W2"].sum()
    assert one.predict(X) == pytest.approx(four.predict(X), rel=1e-12)
    assert (
        four.accuracy(X, Y) < 0.8 < 0.95 < trained(initialization.xavier, tanh, seed).accuracy(X, Y)
    )


@pytest.mark.parametrize("activation", [tanh, relu])
def test_i1_with_all_weights_0_only_the_output_bias_learns(activation):
    network = trained(initialization.zeros, activation)
    moved = [name for name, p in network.parameters.items() if p.any()]
    assert moved == ["b2"]


def test_i1_random_biases_are_enough_to_tell_units_apart():
    network = trained(initialization.zeros, tanh, bias=1.0)
    assert kinds_of_units(network) == 4
    assert network.accuracy(*points()) > 0.9


def test_i2_too_large_costs_more_at_first_and_later():
    X, labels = datasets.digits()
    X, Y = X[:, :256], softmax.one_hot(labels[:256], 10)
    large = partial(initialization.normal, scale=1.0)
    for seed in range(5):
        firsts, lasts = [], []
        for scheme in (initialization.xavier, large):
            rng = np.random.default_rng(seed)
            network = Network([64, 24, 24, 24, 24, 10], rng, activation=tanh, initialization=scheme)
            firsts.append(network.cost_and_gradient(X, Y))
            rule = optimizers.GradientDescent(alpha=0.1)
            history = fit(network, X, Y, rule, epochs=3, rng=rng, size=32, progress=False)
            lasts.append(history.cost[-1])
        assert firsts[0] == pytest.approx(np.log(10), abs=0.4)
        assert firsts[1] > 4
        assert lasts[1] > lasts[0] + 0.2


def test_i2_large_weights_saturate_tanh():
    rng = np.random.default_rng(0)
    weights = [initialization.xavier(128, 128, rng) for _ in range(20)]
    x = rng.standard_normal((128, 4))
    shares = [
        np.mean(np.abs(initialization.forward([k * W for W in weights], x, tanh)[-1]) > 0.99)
        for k in (1, 5)
    ]
    assert shares[0] == 0
    assert shares[1] > 0.5
