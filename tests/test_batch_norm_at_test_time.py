"""Batch norm at test time: pictures and experiments."""

import numpy as np
import pytest

from course_utils import batch_norm, weighted_averages
from course_utils.figures import batch_norm_at_test_time as figures
from course_utils.widgets.live_picture import LivePicture


def test_running_averages_are_exponentially_weighted_b9():
    means, variances = np.random.default_rng(0).random((2, 30))
    smooth, spread = figures.running(means, variances, 0.9)
    for values, average in ((means, smooth), (variances, spread)):
        # started at the first value instead of 0: what ewa gives, and what is left of the start
        left = 0.9 ** np.arange(1, 31) * values[0]
        np.testing.assert_allclose(average, weighted_averages.ewa(values, 0.9) + left, rtol=1e-12)


def test_one_example_is_answered_alike_alone_and_in_company_b9():
    live = LivePicture(figures.company)
    for size in (1, 7, 64):
        words = live.draw({"size": size, "shift": 3.0, "z": 4.0})
        assert words.endswith("by running ones 1.50, alone 1.50")


def test_alone_by_batch_statistics_it_is_exactly_beta_x13():
    for z in (-5.0, 4.0):
        z_tilde, _ = batch_norm.normalise(
            np.array([[z]]), np.array([[2.0]]), np.array([[0.7]]), 1e-5
        )
        assert z_tilde.item() == 0.7


def test_momentum_the_wrong_way_round_shakes_x13():
    means, _ = figures.batch_statistics(8)
    ones = np.ones(len(means))
    shakes = [np.diff(figures.running(means[:, 3], ones, momentum)[0]).std()
              for momentum in (0.9, 0.1)]  # fmt: skip
    assert shakes[1] > 5 * shakes[0]


def test_by_batch_statistics_accuracy_depends_on_the_company_x13():
    known = figures.accuracies()
    mixed, by_digit = (known["batch statistics", order] for order in figures.ORDERS)
    running = [known["running statistics", order] for order in figures.ORDERS]
    np.testing.assert_array_equal(*running)
    assert np.ptp(running[0], axis=1).max() == 0
    assert running[0].min() >= 0.96
    assert mixed[:, 0].max() < 0.2  # alone, every digit gets the same answer
    assert mixed[:, -1].min() > 0.95
    assert by_digit[:, 5].max() < 0.5
    assert len(mixed) == 5


def test_accuracies_leave_no_trace_in_the_network():
    network = figures.trained(1)
    kept = network.statistics.copy()
    figures.by_batch_statistics(network, np.random.default_rng(0).random((64, 9)))
    np.testing.assert_array_equal(network.statistics, kept)


@pytest.mark.parametrize(("momentum", "steps"), [(0.9, 22), (0.5, 4)])
def test_how_late_an_average_is(momentum, steps):
    words = LivePicture(figures.lag).draw({"momentum": momentum, "size": 512, "start": "zero"})
    late = int(words.split("there ")[1].split()[0])
    assert late == pytest.approx(steps, abs=2)


def test_the_start_at_zero_pulls_the_first_averages_down():
    means, ones = np.full(5, 3.0), np.ones(5)
    assert figures.running(means, ones, 0.9)[0][0] == 3
    from_zero = figures.running(np.append(0.0, means), np.ones(6), 0.9)[0]
    assert from_zero[1] == pytest.approx(0.3)
