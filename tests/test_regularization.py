"""Regularization: L2 and dropout, and what is claimed of them."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import Ridge

from course_utils import datasets, optimizers
from course_utils import regularization as lecture
from course_utils.experiments import regularization as experiments
from course_utils.gradient_checking import check
from course_utils.network import Network


def test_the_gradient_is_the_slope_of_the_cost_r1():
    W = np.random.default_rng(0).standard_normal((3, 4))
    assert (
        check(lambda W: lecture.l2_cost([W], 0.7, 5), lambda W: lecture.l2_gradient(W, 0.7, 5), W)
        < 1e-7
    )


def test_each_step_shrinks_weights_by_the_factor_r1():
    W = np.array([[2.0, -3.0]])
    descent = optimizers.GradientDescent(alpha=0.1)
    stepped, _ = descent.step(W, lecture.l2_gradient(W, 4.0, 8), ())
    np.testing.assert_allclose(stepped, (1 - 0.1 * 4 / 8) * W)


def test_biases_are_left_out_r1():
    network = Network([2, 3, 1], np.random.default_rng(0))
    network.parameters["b1"][:] = 100
    squares = sum(np.square(W).sum() for W in network.weights)
    assert lecture.l2_cost(network.weights, 3.0, 10) == pytest.approx(3 / 20 * squares)


@given(st.floats(0.05, 1), st.integers(0, 2**32 - 1))
def test_kept_units_are_divided_and_dropped_ones_are_zero_r2(keep_prob, seed):
    a = np.full((20, 30), 3.0)
    dropped, mask = lecture.dropout(a, keep_prob, np.random.default_rng(seed))
    np.testing.assert_allclose(np.unique(mask)[-1:], [1 / keep_prob] if mask.any() else [0])
    np.testing.assert_allclose(dropped, a * mask)
    assert set(np.unique(mask)) <= {0.0, 1 / keep_prob}


@pytest.mark.parametrize("keep_prob", [0.2, 0.5, 0.9])
def test_the_mean_is_kept_within_sampling_error_r2(keep_prob):
    draws = 100_000
    a, _ = lecture.dropout(np.ones((1, draws)), keep_prob, np.random.default_rng(0))
    error = np.sqrt((1 - keep_prob) / keep_prob / draws)
    assert abs(a.mean() - 1) < 4 * error


def test_backward_passes_gradient_checking_with_the_same_mask_r2():
    rng = np.random.default_rng(0)
    a, weights = rng.standard_normal((3, 4)), rng.standard_normal((3, 4))
    _, mask = lecture.dropout(a, 0.6, rng)

    def cost(a):
        return float((weights * a * mask).sum())

    assert check(cost, lecture.dropout_backward(weights, mask), a) < 1e-7


def every_mask_cost(X, y, w, p):
    """Return the expected cost by trying all masks of each example."""
    n, total = len(X), 0.0
    for x, target in zip(X.T, y, strict=True):
        for bits in itertools.product((0, 1), repeat=n):
            chance = p ** sum(bits) * (1 - p) ** (n - sum(bits))
            total += chance * (target - w @ (np.array(bits) * x)) ** 2
    return total


@pytest.mark.parametrize("keep_prob", [0.3, 0.5, 0.9, 1.0])
def test_dropout_in_linear_regression_is_ridge_in_expectation_r3(keep_prob):
    for seed in range(5):
        rng = np.random.default_rng(seed)
        X, y, w = rng.standard_normal((4, 6)), rng.standard_normal(6), rng.standard_normal(4)
        exact = every_mask_cost(X, y, w, keep_prob)
        assert lecture.expected_dropout_cost(X, y, w, keep_prob) == pytest.approx(exact, abs=1e-10)


def test_its_minimum_is_ridge_regressions_r3():
    rng = np.random.default_rng(0)
    X, p = rng.standard_normal((3, 40)), 0.6
    X /= np.sqrt(np.square(X).sum(axis=1, keepdims=True))  # Gamma is the identity
    y = rng.standard_normal(40)
    ridge = Ridge(alpha=(1 - p) / p, fit_intercept=False).fit(X.T, y)
    w = ridge.coef_ / p
    least = lecture.expected_dropout_cost(X, y, w, p)
    for _ in range(50):
        assert lecture.expected_dropout_cost(X, y, w + 0.1 * rng.standard_normal(3), p) > least


def test_dropout_left_on_at_test_time_gives_two_answers_x14():
    network = Network([4, 30, 1], np.random.default_rng(0), keep_prob=0.5)
    x, rng = np.ones((4, 1)), np.random.default_rng(1)
    assert network.forward(x, rng).item() != network.forward(x, rng).item()
    assert network.predict(x).item() == network.predict(x).item()


def test_lambda_narrows_the_gap_but_helps_the_development_set_only_sometimes():
    gaps, gains = [], []
    for seed in range(5):
        run = experiments.MoonsRun(seed)
        (plain_train, plain_dev), (train, dev) = (run.accuracies(lambda_=x) for x in (0.0, 1.0))
        gaps.append((plain_train - plain_dev) - (train - dev))
        gains.append(dev - plain_dev)
    assert min(gaps) > 0
    assert max(gains) > 0.03
    assert min(gains) < 0


def test_dropout_helps_the_development_set_where_the_gap_was_widest():
    gaps, gains, left = [], [], []
    for seed in range(5):
        run = experiments.MoonsRun(seed)
        (plain_train, plain_dev), (train, dev) = (run.accuracies(keep_prob=p) for p in (1.0, 0.5))
        gaps.append(plain_train - plain_dev)
        gains.append(dev - plain_dev)
        left.append(abs(train - dev))
        assert train < plain_train
    assert left[0] < 0.03 < min(left[1:]), "only on the first draw the two end together"
    widest = np.argsort(gaps)[-2:]
    assert np.take(gains, widest).min() > 0.03
    assert np.delete(gains, widest).max() < 0.03


SETTINGS = ({"lambda_": 0.0}, {"lambda_": 10.0}, {"keep_prob": 0.5}, {"alpha": 0.1})


def test_a_training_is_a_function_of_its_settings():
    run, anew = experiments.MoonsRun(), [experiments.MoonsRun() for _ in SETTINGS]
    weights = [
        new.network(20, **chosen).theta.copy() for new, chosen in zip(anew, SETTINGS, strict=True)
    ]
    for i in (0, 1, 0, 2, 3, 1):
        np.testing.assert_array_equal(run.network(20, **SETTINGS[i]).theta, weights[i])
        run.network(10, **SETTINGS[i])
    assert len({theta.tobytes() for theta in weights}) == len(SETTINGS)


def test_moons_are_two_half_circles():
    X, y = datasets.moons(200, np.random.default_rng(0), spread=0.0)
    upper, lower = X[:, y[0] == 0], X[:, y[0] == 1]
    np.testing.assert_allclose(np.hypot(*upper), 1)
    np.testing.assert_allclose(np.hypot(lower[0] - 1, lower[1] - 0.5), 1)
    assert upper.shape == lower.shape == (2, 100)


def test_float32_stays_float32():
    a = np.ones((2, 3), np.float32)
    dropped, mask = lecture.dropout(a, 0.5, np.random.default_rng(0))
    assert dropped.dtype == mask.dtype == lecture.l2_gradient(a, 1.0, 2).dtype == np.float32


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: lecture.l2_cost([[1.0]], -1, 5), "lambda_ >= 0 must hold, but got lambda_=-1"),
        (lambda: lecture.l2_gradient([[1.0]], 1, 0), "m >= 1 must hold, but got m=0"),
        (
            lambda: lecture.dropout([[1.0]], 0, np.random.default_rng(0)),
            "0 < keep_prob <= 1 must hold",
        ),
        (lambda: lecture.dropout([[1.0]], 1.2, np.random.default_rng(0)), "got keep_prob=1.2"),
        (
            lambda: lecture.dropout_backward([[1.0]], [[1.0, 2.0]]),
            "da and mask should have the same",
        ),
        (lambda: lecture.l2_cost([[np.nan]], 1, 5), "weights should hold finite numbers"),
        (
            lambda: lecture.expected_dropout_cost(
                np.ones((2, 3)), np.ones((3, 1)), np.ones(2), 0.5
            ),
            "y and a row of X should have the same shape",
        ),
        (
            lambda: lecture.expected_dropout_cost(np.ones((2, 3)), np.ones(3), np.ones(3), 0.5),
            "w and a column of X should have the same shape",
        ),
        (lambda: datasets.moons(1, np.random.default_rng(0)), "examples >= 2 must hold"),
    ],
)
def test_bad_input_is_named(call, says):
    with pytest.raises(ValueError, match=says):
        call()
