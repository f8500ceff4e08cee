"""What notebook 04 says about walks, gradients, races and orders, in numbers."""

import numpy as np
import pytest

from course_utils import datasets, mini_batches, regression
from course_utils.experiments import mini_batches as experiments
from course_utils.learning_rate_decay import constant
from tests.thorough import once_a_week


def walk(size, alpha, seed=0):
    return experiments.walk(mini_batches.mini_batches, *datasets.next_day(), size, alpha, seed)


def cost_after(size, epochs, **how):
    at = walk(size, 0.1, **how)
    return at.cost[np.searchsorted(at.epochs, epochs + 1e-9, "right") - 1]


def test_o1_23_steps_go_further_than_one():
    assert walk(16, 0.1).cost[0] == pytest.approx(1.08, abs=5e-3)
    assert cost_after(16, 1) == pytest.approx(0.1437, abs=5e-5)
    assert cost_after(365, 1) == pytest.approx(0.91, abs=5e-3)
    assert cost_after(365, 4) == pytest.approx(0.56, abs=5e-3)


def test_single_days_wander_at_the_bottom():
    ends = [cost_after(1, 4, seed=seed) for seed in range(10)]
    assert (min(ends), max(ends)) == pytest.approx((0.0572, 0.0735), abs=5e-5)
    X, y = datasets.next_day()
    lowest = regression.linear_cost(regression.linear_minimum(X, y), X, y)[0]
    assert lowest == pytest.approx(0.0572, abs=5e-5)


def ends(size, alpha, *, start, epochs, orders):
    """Return how far above the lowest cost each epoch ends, (epochs, orders), by another loop."""
    X, y = datasets.next_day()
    rngs, w, found = [np.random.default_rng(k) for k in range(orders)], start.T, []
    for _ in range(epochs):
        order = np.array([rng.permutation(X.shape[1]) for rng in rngs])
        for first in range(0, X.shape[1], size):
            days = order[:, first : first + size]
            off = (w * X[:, days].T).sum(axis=2).T - y[0, days]
            w = w - alpha * (X[:, days] * off).mean(axis=2).T
        found.append(np.square(w @ X - y).mean(axis=1) / 2)
    lowest = regression.linear_cost(regression.linear_minimum(X, y), X, y)[0]
    return np.array(found) / lowest - 1


def test_a_single_day_left_over_is_noisy_and_47_are_not():
    best = regression.linear_minimum(*datasets.next_day())
    off = [ends(n, 0.7, start=best, epochs=40, orders=500)[5:].mean() for n in (52, 53)]
    assert (365 % 52, 365 % 53) == (1, 47)
    assert off == pytest.approx([0.6, 0.01], rel=0.05)


def test_without_the_day_left_over_size_8_hovers_much_closer():
    X, y = (values[:, experiments.FEW_DAYS] for values in datasets.next_day())
    best, how = regression.linear_minimum(X, y), {"size": 8, "schedule": constant(0.2)}

    def full(*given):
        return (pair for pair in mini_batches.mini_batches(*given) if pair[0].shape[1] == 8)

    def off(batches, steps, seed):
        how.update(epochs=60, batches=batches, rng=np.random.default_rng(seed))
        walk = mini_batches.descent(best, X, y, regression.linear_gradient_unchecked, **how)
        ends = [w for w, _, _ in walk][steps - 1 :: steps]
        return np.linalg.norm(np.hstack(ends[10:]) - best, axis=0).mean()

    all_days = [off(mini_batches.mini_batches, 10, seed) for seed in range(60)]
    assert np.mean(all_days) == pytest.approx(0.061, abs=3e-3)
    assert np.mean([off(full, 9, seed) for seed in range(6)]) == pytest.approx(0.017, abs=3e-3)


def test_over_many_orders_three_sizes_end_3_to_5_percent_above_in_two_epochs():
    def least(size, low, high):
        alphas, start = np.geomspace(low, high, 9), regression.START
        return min(ends(size, a, start=start, epochs=2, orders=300)[-1].mean() for a in alphas)

    assert all(0.025 < least(n, n**0.9 / 50, n**0.9 / 12) < 0.05 for n in (1, 4, 16))
    assert least(64, 0.8, 2) == pytest.approx(0.09, abs=5e-3)
    assert least(365, 0.8, 2) > 1


def test_errors_of_gradients():
    gradients = experiments.drawn_gradients(mini_batches.mini_batches)
    truth = gradients[365][0]
    X, y = datasets.next_day()
    each = X * (regression.START.T @ X - y)
    sigma = np.sqrt(((each.T - truth[0]) ** 2).sum(axis=1).mean())
    assert sigma == pytest.approx(1.5, abs=0.05)
    uphill = {n: (g[0] @ truth[0] < 0).mean() for n, g in gradients.items()}
    assert uphill[1] == pytest.approx(0.08, abs=0.006)
    assert all(uphill[n] == 0 for n in experiments.SIZES if n >= 4)
    off = [np.sqrt(((gradients[16][k] - gradients[365][k][0]) ** 2).sum(1).mean()) for k in (0, 1)]
    assert off == pytest.approx([0.35, 0.09], abs=0.006)


def test_o1_on_the_clock_the_whole_batch_wins_on_few_examples_and_loses_on_many():
    def at(clock, copies):
        found = experiments.race(copies, "each its own α")
        steps = [np.searchsorted(racer.time, clock, "right") - 1 for racer in found]
        return steps, [racer.excess[k] for racer, k in zip(found, steps, strict=True)]

    steps, excess = at(100, 1000)
    assert steps[1:] == [31, 0]
    assert excess[1] <= 0.00205
    steps, excess = at(100, 1)
    assert steps[1:] == [31, 26]
    assert excess[2] < 0.05 * excess[1]
    steps, excess = at(732, 1000)
    assert steps[1:] == [234, 0]
    assert at(734, 1000)[0][2] == 1
    found = experiments.race(1000, "each its own α")
    assert found[1].excess[30] < 0.005 * found[1].excess[0]


def test_x12_hovering_halves_with_alpha():
    far = [np.mean([experiments.hovering(a, s) for s in range(6)]) for a in (0.2, 0.1, 0.05)]
    assert far[0] / far[1] == pytest.approx(2, rel=0.15)
    assert far[1] / far[2] == pytest.approx(2, rel=0.15)


@once_a_week
def test_x12_hovering_of_examples_drawn_anew_falls_as_the_root_of_alpha():
    def far(alpha):
        return np.mean([experiments.hovering(alpha, s, experiments.drawn_anew) for s in range(6)])

    assert far(0.2) / far(0.1) == pytest.approx(np.sqrt(2), rel=0.15)
    assert far(0.1) / far(0.05) == pytest.approx(np.sqrt(2), rel=0.15)


def test_settled_places_begin_at_the_start_and_size_8_falls_too_soon():
    places, best = experiments.settled({"slow": constant(0.2)})
    assert sorted({size for _, size in places}) == [1, 8, 73]
    assert places["as measured", 8]["slow"].shape == (6, 31, 2)
    assert (places["without noise", 1]["slow"][:, 0] == regression.START.ravel()).all()
    assert places["without noise", 1]["slow"][:, -1] == pytest.approx(np.tile(best, (6, 1)))


def test_sorted_digits_end_in_one_answer():
    def sorted_by_label(labels, rng):
        return np.argsort(labels, kind="stable")

    nines = (datasets.digits()[1][:400] == 9).mean()
    assert nines == 39 / 400
    for seed in range(5):
        right = experiments.learned_in_order(sorted_by_label, 1, seed)
        assert right == pytest.approx(nines, abs=1e-6)


@pytest.mark.parametrize("size", experiments.OWN)
def test_each_size_has_a_learning_rate_that_half_and_twice_do_not_beat(size):
    def steps(factor):
        ends = [
            experiments._costs(size, factor * experiments.OWN[size], s, 1.0)[-1] for s in (0, 1)
        ]
        return np.mean([end[1] if end[2] < 0.35 else np.inf for end in ends])

    assert steps(1) <= min(steps(0.5), steps(2))


def test_with_one_alpha_for_all_sizes_from_60_on_need_as_many_steps():
    ends = [experiments._costs(size, 1, 0, 1.0)[-1] for size in (60, 64, 256, 1600)]
    assert {end[1] for end in ends} == {70}


def test_with_one_alpha_for_all_single_examples_do_not_arrive():
    assert min(experiments._costs(1, 1, seed, 1.0)[-1, 2] for seed in range(5)) > 1


def test_at_a_tenth_the_far_corners_do_not_arrive_in_four_epochs():
    X, y = datasets.next_day()
    best = regression.linear_minimum(X, y)
    for corner in [(-1.2, -1.2), (-1.2, 2.2), (2.2, -1.2), (2.2, 2.2)]:
        off = [
            experiments.walk(mini_batches.mini_batches, X, y, 16, alpha, 0, corner).w[:, [-1]]
            - best
            for alpha in (0.5, 0.1)
        ]
        assert np.linalg.norm(off[0]) < 0.1
        assert np.linalg.norm(off[1]) > 0.3


def test_falling_as_one_over_the_root_arrives_too():
    """The condition on the squares is sufficient, and here it is not needed."""
    X, y = (values[:, experiments.FEW_DAYS] for values in datasets.next_day())
    best = regression.linear_minimum(X, y)

    def off(epochs):
        w = experiments._after_each_epoch(X, y, 1, lambda k: 0.2 / (k + 1) ** 0.5, 0, epochs)
        return np.linalg.norm(w[-10:] - best.T, axis=1).mean()

    assert off(400) < 0.5 * off(40)


def test_times_come_with_steps_and_costs():
    measured = experiments.seconds({"a": {64: 5, 1600: 5}}, rounds=1, seeds=2)["a"]
    assert {n: len(runs) for n, runs in measured.items()} == {64: 2, 1600: 2}
    for run in (*measured[64], *measured[1600]):
        assert (np.diff(run[:, 0]) > 0).all()
        assert run[:, 0] / run[:, 1] == pytest.approx(run[0, 0] / run[0, 1])
        assert run[-1, 2] < 0.35
    assert measured[1600][0][-1, 1] == 12
