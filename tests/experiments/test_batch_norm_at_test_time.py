"""Batch norm at test time: running averages, the wrong mode, and their pictures."""

from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from course_utils import batch_norm, weighted_averages
from course_utils.experiments import batch_norm_at_test_time as at_test_time
from course_utils.network import Network

SERIES = arrays(
    np.float64, st.tuples(st.integers(1, 30), st.integers(1, 3)), elements=st.floats(-1e3, 1e3)
)
MOMENTA = st.floats(0, 0.999)


@given(SERIES, MOMENTA)
def test_b9_averages_are_the_running_statistics_of_the_lecture(values, momentum):
    running = batch_norm.RunningStatistics(values[0][:, None], np.ones((values.shape[1], 1)))
    followed = [running.mean[:, 0]]
    for value in values[1:]:
        running = running.update(value[:, None], running.variance, momentum=momentum)
        followed.append(running.mean[:, 0])
    ours = at_test_time.averages(values, momentum=momentum)
    np.testing.assert_allclose(ours, followed, rtol=1e-12, atol=1e-9)


@given(SERIES, MOMENTA)
def test_b9_started_at_zero_they_are_exponentially_weighted_averages(values, momentum):
    series = values[:, 0]
    ours = at_test_time.averages(series, momentum=momentum, start=0)
    oracle = weighted_averages.ewa(series, momentum)
    np.testing.assert_allclose(ours, oracle, rtol=1e-12, atol=1e-9)


@given(SERIES, MOMENTA)
def test_averages_stay_within_what_was_seen(values, momentum):
    followed = at_test_time.averages(values, momentum=momentum)
    assert (followed <= values.max(axis=0) + 1e-9).all()
    assert (followed >= values.min(axis=0) - 1e-9).all()
    np.testing.assert_allclose(followed[0], values[0], rtol=1e-12)


def test_x13_the_wrong_way_round_shakes_four_times_as_much():
    noise = np.random.default_rng(0).normal(size=100_000)
    shakes = [at_test_time.averages(noise, momentum=k).std() for k in (0.9, 0.1)]
    np.testing.assert_allclose(shakes, [0.2294, 0.9045], rtol=0.03)


@pytest.mark.parametrize(("momentum", "steps"), [(0.5, 4), (0.9, 22), (0.99, 230)])
def test_nine_tenths_of_a_jump_take_this_many_mini_batches(momentum, steps):
    followed = at_test_time.averages(np.ones(400), momentum=momentum, start=0)
    assert 1 + np.argmax(followed >= 0.9) == steps


def test_after_5_mini_batches_a_start_at_zero_shows_41_percent():
    followed = at_test_time.averages(np.ones(5), momentum=0.9, start=0)
    assert followed[-1] == pytest.approx(1 - 0.9**5)
    assert round(followed[-1], 2) == 0.41


def test_float32_and_the_input_are_kept():
    values = np.arange(6, dtype=np.float32).reshape(3, 2)
    before = values.copy()
    assert at_test_time.averages(values).dtype == np.float32
    assert at_test_time.averages(values, start=0).dtype == np.float32
    np.testing.assert_array_equal(values, before)


@pytest.mark.parametrize(
    ("values", "kwargs", "message"),
    [
        ([], {}, "with at least one mini-batch"),
        ([1, np.nan], {}, "values should hold finite numbers"),
        ([1.0], {"momentum": 1}, "0 <= momentum < 1 must hold, but got momentum=1"),
        ([1.0], {"momentum": -0.1}, "0 <= momentum < 1 must hold"),
        ([1.0], {"start": np.inf}, "start should be a finite number"),
    ],
)
def test_averages_refuse(values, kwargs, message):
    with pytest.raises(ValueError, match=message):
        at_test_time.averages(values, **kwargs)


@pytest.fixture(scope="module")
def network():
    made = Network([3, 6, 4, 2], np.random.default_rng(0), batch_norm=True)
    for seed in range(5):
        made.forward(np.random.default_rng(seed).normal(1, 2, (3, 20)))
    return made


X = np.random.default_rng(7).normal(1, 2, (3, 25))


def test_b9_alone_or_in_a_batch_the_answer_is_the_same(network):
    together = network.inference(X)
    for k in range(X.shape[1]):
        alone = network.inference(X[:, [k]])
        np.testing.assert_allclose(alone, together[:, [k]], rtol=1e-12, atol=1e-12)


def test_x13_alone_by_batch_statistics_every_example_is_exactly_beta(network):
    for value in (-5.0, 0.0, 123.0):
        beta = np.array([[0.7]])
        z_tilde, _ = batch_norm.forward_unchecked(
            np.array([[value]]), np.array([[2.0]]), beta, 1e-5
        )
        assert z_tilde == beta
    z = at_test_time.by_batch_statistics(network, X, size=1)
    assert (z == z[:, :1]).all()


@pytest.mark.parametrize("size", [2, 10, 25, None])
def test_by_batch_statistics_is_the_training_pass_batch_by_batch(network, size):
    kept = network.statistics.copy()
    z = at_test_time.by_batch_statistics(network, X, size=size)
    np.testing.assert_array_equal(network.statistics, kept)
    first = network.forward(X[:, : size or 25])
    network.statistics[:] = kept
    np.testing.assert_allclose(z[:, : size or 25], first, rtol=1e-12)
    assert z.shape == (2, 25)


def test_x13_by_batch_statistics_the_company_decides(network):
    moved = X.copy()
    moved[:, 1:] += 3
    by_batch, by_running = partial(at_test_time.by_batch_statistics, network), network.inference
    assert np.abs(by_batch(moved)[:, 0] - by_batch(X)[:, 0]).max() > 0.1
    np.testing.assert_allclose(by_running(moved)[:, 0], by_running(X)[:, 0], rtol=1e-12)


def test_taken_once_more_statistics_are_those_of_all_examples():
    network = Network([3, 6, 4, 2], np.random.default_rng(0), batch_norm=True)
    network.forward(X + 5)
    assert at_test_time.re_estimate(network, X) is network
    Z = network.parameters["W1"] @ X
    stored = network.layers[1].statistics
    np.testing.assert_allclose(stored["mean"], Z.mean(axis=1, keepdims=True), rtol=1e-12)
    np.testing.assert_allclose(stored["variance"], Z.var(axis=1, keepdims=True), rtol=1e-12)
    together = at_test_time.by_batch_statistics(network, X)
    np.testing.assert_allclose(network.inference(X), together, rtol=1e-9)


def test_the_networks_dtype_is_kept():
    network = Network([3, 4, 2], np.random.default_rng(0), batch_norm=True, dtype=np.float32)
    assert at_test_time.by_batch_statistics(network, X).dtype == np.float32
    assert at_test_time.re_estimate(network, X).statistics.dtype == np.float32


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda n: at_test_time.by_batch_statistics(n, X, size=0), "size >= 1 must hold"),
        (
            lambda n: at_test_time.by_batch_statistics(n, X, size=1.5),
            "size should be a whole number",
        ),
        (lambda n: at_test_time.by_batch_statistics(n, X[:2]), "X should have 3 rows"),
        (
            lambda n: at_test_time.re_estimate(n, X[:, :1]),
            "at least two training examples, but got 1",
        ),
        (lambda n: at_test_time.re_estimate(n, X[:2]), "X should have 3 rows"),
    ],
)
def test_what_does_not_fit_is_refused(network, call, message):
    kept = network.statistics.copy()
    with pytest.raises(ValueError, match=message):
        call(network)
    np.testing.assert_array_equal(network.statistics, kept)


def test_without_batch_norm_there_is_nothing_to_estimate():
    plain = Network([3, 4, 2], np.random.default_rng(0))
    with pytest.raises(ValueError, match="no batch norm: make it with batch_norm=True"):
        at_test_time.re_estimate(plain, X)


def test_x13_by_batch_statistics_accuracy_depends_on_the_company():
    known = at_test_time.accuracies()
    mixed, by_digit = (known["batch statistics", order] for order in at_test_time.ORDERS)
    running = [known["running statistics", order] for order in at_test_time.ORDERS]
    np.testing.assert_array_equal(*running)
    assert running[0].min() > 0.95
    assert mixed[:, 0].max() < 0.2  # alone, every digit gets the same answer
    assert mixed[:, 5].min() > 0.95
    assert by_digit[:, 5].max() < 1 / 3
    assert len(mixed) == 5


def test_b9_on_the_digits_batches_do_not_matter_by_running_statistics():
    network, (x, y) = at_test_time.trained(0), at_test_time.split()[1]
    z = np.hstack([network.inference(x[:, k : k + 7]) for k in range(0, 360, 7)])
    np.testing.assert_allclose(z, network.inference(x), rtol=1e-9, atol=1e-9)
    known = at_test_time.accuracies()["running statistics", "mixed"][0]
    assert (known == network.correct_unchecked(z, y).mean()).all()


def test_what_the_wrong_mode_costs_hides_in_large_mixed_batches_x13():
    known = {key: 100 * np.median(a, axis=0) for key, a in at_test_time.accuracies().items()}
    at = {m: k for k, m in enumerate(at_test_time.TEST_SIZES)}
    right, mixed = known["running statistics", "mixed"], known["batch statistics", "mixed"]
    by_digit = known["batch statistics", "sorted by digit"]
    assert right.round().tolist() == [98] * len(at)
    assert (right - mixed)[at[32]] == pytest.approx(1, abs=0.5)
    assert by_digit[[at[1], at[32]]].round().tolist() == [11, 28]


def test_a_single_pass_in_training_mode_changes_answers_though_hardly_that_to_the_first_digit():
    X = at_test_time.split()[1][0][:, :10]
    for seed in range(3):
        network = at_test_time.trained(seed)
        before = network.predict(X)
        network.forward(X)
        off = np.abs(network.predict(X) - before).max(axis=0)
        assert off[0] < 1e-3
        assert off.max() == pytest.approx(0.06, abs=0.03)


def test_twenty_passes_in_training_mode_cost_a_network_eleven_points_if_they_are_of_the_same_ten():
    (X, Y), after = at_test_time.split()[1], []
    for seed in (0, 1, 15):  # the middle, the best and the worst of seventeen
        network = at_test_time.trained(seed)
        before, kept = network.accuracy(X, Y), network.statistics.copy()
        for _ in range(20):
            network.forward(X[:, :10])
        assert before == pytest.approx(0.98, abs=0.015)
        after.append(network.accuracy(X, Y))
        network.statistics[:] = kept
        for k in range(0, 200, 10):
            network.forward(X[:, k : k + 10])
        assert network.accuracy(X, Y) == pytest.approx(before, abs=0.015)
    assert after[0] == pytest.approx(0.87, abs=0.01), "the notebook's network"
    assert 0.81 < min(after) < max(after) < 0.94


def test_the_running_variance_of_small_mini_batches_is_too_low_by_their_share():
    _, (seen, of_all) = at_test_time.learning(4)
    assert (seen / of_all).mean() == pytest.approx(3 / 4, abs=0.03)
    _, (seen, of_all) = at_test_time.learning(64)
    assert (seen / of_all).mean() == pytest.approx(63 / 64, abs=0.03)
