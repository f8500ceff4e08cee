"""What batch norm buys by learning rate: the bundled numbers, and that they can be had again."""

import numpy as np
import pytest

from course_utils.experiments import batch_norm_by_alpha as by_alpha
from course_utils.experiments import cost_along_gradient as along
from course_utils.experiments import ghost_batches
from course_utils.experiments import why_batch_norm_works as why
from course_utils.gradient_checking import check
from course_utils.layers import Activate, BatchNorm
from course_utils.network import Network
from tests.thorough import once_a_week

OTHERS = range(5, 15)
"""Seeds that the bundled numbers do not rest on."""


def at(start, alpha):
    """The costs of five seeds, by kind."""
    return by_alpha.final_costs(start)[:, by_alpha.ALPHAS.index(alpha)]


@pytest.mark.parametrize(
    ("start", "kind", "alpha"), [("He", 0, 0.1), ("large", 1, 0.02), ("too small", 2, 0.5)]
)
def test_bundled_costs_can_be_had_again(start, kind, alpha):
    again = by_alpha.final_cost(why.KINDS[kind], start, alpha, 3)
    assert again == pytest.approx(at(start, alpha)[kind, 3], rel=0.05)


def test_the_shift_put_back_costs_little_at_the_papers_strength_b10():
    plain, normed, noisy = at("He", 0.1)
    assert normed.max() < noisy.min() < noisy.max() < plain.min()
    plain, normed, noisy = at("He", 0.5)
    assert plain.min() > 0.5
    assert noisy.max() < 0.1
    for alpha, taken in ((0.1, 1 / 3), (0.5, 0.0)):  # how much of the gain the shift takes away
        plain, normed, noisy = np.median(at("He", alpha), axis=1)
        assert (noisy - normed) / (plain - normed) == pytest.approx(taken, abs=0.05)


def test_the_shift_put_back_takes_a_third_of_the_gain_or_less_from_hes_weights_b10():
    plain, normed, noisy = np.median(by_alpha.final_costs("He"), axis=2)[:, :-1]  # 5 diverges
    assert ((noisy - normed) / (plain - normed)).max() < 1 / 3


def drift_of_layer_3(kind, alpha, seed, strength):
    """The median unit's drift in 120 steps of the race, shifting noise included."""
    run, rng = why.begin(kind, "He", seed, alpha=alpha, strength=strength), np.random.default_rng(0)
    values = []
    for _ in range(by_alpha.TRAINED + 1):
        a, passed, kept = run.X[:, :200], 0, run.network.statistics.copy()
        for layer in run.network.layers:
            passed += isinstance(layer, Activate)
            if passed == 3:
                break
            trains = isinstance(layer, BatchNorm | why.ShiftingNoise)
            a = layer.forward(a, rng) if trains else layer.inference(a)
        run.network.statistics[:] = kept
        values.append(a)
        why.take_step(run)
    return np.median(why.drift(np.mean(values, axis=2), np.std(values, axis=2)))


@pytest.mark.parametrize(
    ("kind", "alpha", "strength", "low", "high"),
    [
        (0, 0.1, 1, 24, 34),
        (2, 0.1, 1, 33, 34),
        (2, 0.1, 4, 103, 106),
        (0, 0.5, 1, 60, 90),
        (2, 0.5, 3, 74, 77),
    ],
)
def test_how_far_layer_3_drifts_without_batch_norm_and_with_the_shift_put_back_b10(
    kind, alpha, strength, low, high
):
    drifts = [drift_of_layer_3(why.KINDS[kind], alpha, seed, strength) for seed in range(5)]
    assert 0.9 * low < min(drifts) < max(drifts) < 1.1 * high
    quoted = {(2, 1): 34, (2, 4): 105, (2, 3): 75}
    if kind == 2:
        assert np.median(drifts) == pytest.approx(quoted[kind, strength], abs=2)


def test_at_alpha_01_the_shift_that_uses_up_the_gain_is_twice_the_plain_networks_own_b10():
    plain, noisy = (
        np.median([drift_of_layer_3(kind, 0.1, seed, 2) for seed in range(5)])
        for kind in (why.KINDS[0], why.KINDS[2])
    )
    assert noisy / plain == pytest.approx(2.2, abs=0.3)


def test_a_shift_as_large_as_the_plain_networks_own_leaves_most_of_the_gain_at_alpha_05_b10():
    noisy = [by_alpha.final_cost(why.KINDS[2], "He", 0.5, seed, strength=3) for seed in range(5)]
    plain, normed, _ = np.median(at("He", 0.5), axis=1)
    assert 0.1 < min(noisy) < max(noisy) < 0.25
    assert max(noisy) - normed < 0.15 * (plain - normed)


def test_batch_norm_bears_a_larger_alpha_b10():
    best = by_alpha.final_costs("He")
    medians = np.nan_to_num(np.median(best, axis=2), nan=99)
    plain, normed, noisy = (by_alpha.ALPHAS[k] for k in medians.argmin(axis=1))
    assert (plain, normed) == (0.2, 1.0)
    assert noisy in (0.5, 1.0)
    assert medians.min(axis=1).round(3).tolist() == [0.192, 0.011, 0.039]


def test_the_range_of_good_alphas_is_wider_with_batch_norm_b10():
    plain, normed, _ = np.median(by_alpha.final_costs("He"), axis=2)
    assert [a for a, J in zip(by_alpha.ALPHAS, normed, strict=True) if J < 0.1] == [0.2, 0.5, 1, 2]
    assert not (plain < 0.1).any()
    ahead = plain[:5] / normed[:5]  # up to 0.1
    assert 1 < ahead.min() < ahead.max() < 2
    assert plain[5] / normed[5] == pytest.approx(3, abs=0.2)  # at 0.2
    assert plain[5] / normed[5] < normed[5] / normed.min()  # larger steps: more, in factors,
    assert plain[5] - normed[5] > normed[5] - normed.min()  # and less, in differences
    assert np.nanmin(plain) / normed.min() == pytest.approx(17, abs=0.5)


def test_on_other_seeds_the_gain_at_alpha_02_is_two_to_threefold_b10():
    plain, normed = (
        np.median([by_alpha.final_cost(kind, "He", 0.2, seed) for seed in OTHERS])
        for kind in why.KINDS[:2]
    )
    assert 1.8 < plain / normed < 3.2


@once_a_week
def test_each_at_its_best_they_are_a_factor_of_ten_apart_in_45_seeds_b10():
    plain, normed = (
        np.median([by_alpha.final_cost(kind, "He", alpha, seed) for seed in range(45)])
        for kind, alpha in zip(why.KINDS[:2], (0.2, 1.0), strict=True)
    )
    assert plain / normed == pytest.approx(11, abs=2)


def test_a_strong_shift_is_not_harmless_b10():
    plain = at("He", 0.1)[0]
    strong = [by_alpha.final_cost(why.KINDS[2], "He", 0.1, s, strength=4) for s in range(5)]
    assert 0.45 < min(strong) < max(strong) < 0.6
    assert max(plain) < min(strong)
    twice = [by_alpha.final_cost(why.KINDS[2], "He", 0.1, s, strength=2) for s in range(5)]
    assert np.median(twice) == pytest.approx(np.median(plain), abs=0.03)


class NoiseOfEachExample(why.ShiftingNoise):
    """The paper's noise in full: scale and shift also differ a little from example to example."""

    def forward(self, z, rng):
        units, r = (len(z), 1), self.strength
        scale, shift = 1 + rng.uniform(0, r / 4, units), rng.uniform(-r / 2, r / 2, units)
        self._scale = (scale + 0.1 * rng.standard_normal(z.shape)).astype(z.dtype)
        return self._scale * z + (shift + rng.uniform(-0.1, 0.1, z.shape)).astype(z.dtype)


def test_noise_that_differs_from_example_to_example_changes_little_b10():
    for seed in range(why.SEEDS):
        run = why.begin(why.KINDS[2], "He", seed, alpha=0.1)
        run.network.layers = [
            NoiseOfEachExample(layer.strength) if isinstance(layer, why.ShiftingNoise) else layer
            for layer in run.network.layers
        ]
        costs = [why.take_step(run) for _ in range(by_alpha.TRAINED)]
        known = at("He", 0.1)[2, seed]
        assert np.mean(costs[-by_alpha.AVERAGED :]) == pytest.approx(known, abs=0.05)


def test_where_batch_norm_loses_and_where_it_wins_most_b10():
    plain, normed, _ = at("large", 0.02)
    assert (plain.min().round(2), plain.max().round(2)) == (0.59, 0.74)
    assert (normed.min().round(2), normed.max().round(2)) == (1.22, 1.62)
    plain, normed, _ = at("He", 1.0)
    assert plain.min() > 2
    assert normed.max() < 0.03


def test_a_layers_gradient_turns_less_with_batch_norm_only_where_alpha_is_large_b10():
    plain, normed = by_alpha.typical_shifts()
    (said_plain, said_normed) = np.median([plain, normed], axis=2)[:, [1, 5]]
    assert said_normed[0] / said_plain[0] == pytest.approx(4, abs=0.3)
    assert (said_plain[1].round(2), said_normed[1].round(2)) == (0.66, 0.13)
    assert said_plain[1] / said_normed[1] == pytest.approx(5, abs=0.3)  # "five times as large"
    for alpha, less in ((0.02, False), (0.05, False), (0.2, True), (0.5, True), (1.0, True)):
        k = by_alpha.SHIFT_ALPHAS.index(alpha)
        smaller, larger = (normed, plain) if less else (plain, normed)
        assert smaller[k].max() < larger[k].min(), alpha
    again = by_alpha.typical_shift(0.2, 4, with_norm=True)
    assert again == pytest.approx(normed[by_alpha.SHIFT_ALPHAS.index(0.2), 4], rel=0.05)


@once_a_week
def test_on_other_seeds_the_gradient_turns_less_from_alpha_05_on_and_more_at_002_b10():
    def shifts(alpha):
        return np.array(
            [[by_alpha.typical_shift(alpha, s, with_norm=n) for s in OTHERS] for n in (False, True)]
        )

    for alpha in (0.5, 1.0):
        plain, normed = shifts(alpha)
        assert (normed < plain).all(), alpha
    plain, normed = shifts(0.02)
    assert np.median(normed) / np.median(plain) == pytest.approx(4.5, abs=1)


def test_the_line_along_the_gradient_begins_at_the_cost_and_leaves_the_network_alone():
    X, Y = why.digits()
    network = Network((64, 8, 10), np.random.default_rng(0), batch_norm=True)
    theta, statistics = network.theta.copy(), network.statistics.copy()
    costs = why.along_the_gradient(network, X, Y, [0.0, 0.01])
    np.testing.assert_array_equal(network.theta, theta)
    np.testing.assert_array_equal(network.statistics, statistics)
    assert costs[0] == network.cost_and_gradient(X, Y)
    slope = np.linalg.norm(network.gradient)
    assert (costs[0] - costs[1]) / 0.01 == pytest.approx(slope, rel=0.05)


def test_the_cost_varies_less_along_the_gradient_with_batch_norm_b10():
    ranges = {
        (start, kind): np.median(np.ptp(along.looked_along(kind, start), axis=1))
        for start in why.STARTS
        for kind in why.KINDS[:2]
    }
    for start in ("He", "large"):
        assert ranges[start, why.KINDS[0]] > 5 > 1 > ranges[start, why.KINDS[1]]
    assert ranges["too small", why.KINDS[0]] < ranges["too small", why.KINDS[1]]


@pytest.mark.parametrize(("scale", "least", "most"), [(1, 0.7, 1.5), (3, 0, 0.4)])
def test_from_small_weights_the_cost_varies_because_the_walk_is_as_long_as_they_b10(
    scale, least, most
):
    run = why.begin(why.KINDS[1], "too small", 0)
    hidden, seen = [run.network.parameters[f"W{layer}"] for layer in (1, 2, 3)], []
    for W in hidden:
        W *= scale  # a twin: the same costs at every step
    for step in range(along.MOMENTS[-1] + 1):
        if step in along.MOMENTS:
            few = run.X[:, :200], run.Y[:, :200]
            seen.append(np.ptp(why.along_the_gradient(run.network, *few, along.LENGTHS)))
        chosen = run.rng.integers(0, run.X.shape[1], 64)
        run.network.cost_and_gradient(run.X[:, chosen], run.Y[:, chosen])
        for layer in (1, 2, 3):
            run.network.gradients[f"W{layer}"][:] *= scale**2
        run.network.theta -= np.float32(0.1) * run.network.gradient
    assert 2 * scale < np.linalg.norm(hidden[0]) < 2.6 * scale, "the walk's length is 2"
    assert least < np.median(seen) < most


def test_only_in_the_first_steps_can_the_cost_vary_more_with_batch_norm_b10():
    for seed in range(3):
        plain, normed = (
            np.ptp(along.looked_along(kind, "He", seed=seed), axis=1) for kind in why.KINDS[:2]
        )
        assert normed[0] > 2 * plain[0]
        assert (normed < plain)[along.MOMENTS.index(20) :].all()
        assert along.looked_along(why.KINDS[1], "He", seed=seed)[0].argmin() > 35  # all the way


def test_at_step_30_the_plain_cost_turns_round_much_earlier_b10():
    turns = [
        [along.LENGTHS[along.looked_along(kind, "He", seed=s)[6].argmin()] for s in range(3)]
        for kind in why.KINDS[:2]
    ]
    assert along.MOMENTS[6] == 30
    assert np.median(turns, axis=1) == pytest.approx([0.2, 1.8], abs=0.1)


@pytest.mark.parametrize(("kind", "least", "most"), [(why.KINDS[0], 0, 4), (why.KINDS[1], 10, 50)])
def test_at_step_30_descents_own_step_leaves_room_only_with_batch_norm_b10(kind, least, most):
    for seed in range(why.SEEDS):
        run = why.begin(kind, "He", seed)
        for _ in range(30):
            why.take_step(run)
        run.network.cost_and_gradient(run.X[:, :200], run.Y[:, :200])
        step = 0.1 * np.linalg.norm(run.network.gradient)
        assert 0.04 < step < 0.25
        turn = along.LENGTHS[along.looked_along(kind, "He", seed=seed)[6].argmin()]
        assert least < turn / step < most


def test_the_numbers_of_several_seeds_that_the_text_quotes():
    def ranges(kind, start):
        seen = [along.looked_along(kind, start, seed=seed) for seed in range(3)]
        return [np.median(np.ptp(costs, axis=1)) for costs in seen]

    plain, normed = (ranges(kind, "He") for kind in why.KINDS[:2])
    assert 7.5 < min(plain) < max(plain) < 11.5
    assert 0.15 < min(normed) < max(normed) < 0.45
    drifts = {False: [], True: []}
    for with_norm, seed in ((n, seed) for n in drifts for seed in range(5)):
        z, _ = why.wander(*why.digits(), with_norm=with_norm, alpha=0.5, seed=seed)
        drifts[with_norm].append(np.median(why.drift(z.mean(axis=2), z.std(axis=2))))
    assert 46 < min(drifts[False]) < max(drifts[False]) < 54
    assert max(drifts[True]) < 0.4


def test_weights_that_are_too_small_grow_where_alpha_is_too_large():
    run, squares = why.begin(why.KINDS[1], "too small", 0, alpha=2.0), []
    for _ in range(121):
        squares.append((run.network.parameters["W1"] ** 2).sum())
        why.take_step(run)
    assert squares[1] / squares[0] == pytest.approx(1.7, abs=0.05)
    assert squares[-1] > 10 * squares[0]
    assert (np.diff(squares[:20]) > 0).all()


def cost_at_fixed_lengths(start, alpha, seed):
    """The cost after a training in which each unit's weights keep the length they begin with."""
    run = why.begin(why.KINDS[1], start, seed, alpha=alpha)
    hidden = [run.network.parameters[f"W{layer}"] for layer in (1, 2, 3)]
    lengths, costs = [np.linalg.norm(W, axis=1, keepdims=True) for W in hidden], []
    for _ in range(by_alpha.TRAINED):
        costs.append(why.take_step(run))
        for W, length in zip(hidden, lengths, strict=True):
            W *= length / np.linalg.norm(W, axis=1, keepdims=True)
    return np.mean(costs[-by_alpha.AVERAGED :])


@pytest.mark.parametrize("alpha", [0.5, 1.0, 2.0])
def test_from_small_weights_a_large_alpha_is_borne_because_they_grow(alpha):
    fixed = [cost_at_fixed_lengths("too small", alpha, seed) for seed in range(3)]
    assert np.median(fixed) > 10 * np.median(at("too small", alpha)[1])


@once_a_week
def test_on_other_seeds_the_median_cost_with_lengths_held_fixed_is_ten_times_as_high():
    fixed = [cost_at_fixed_lengths("too small", 0.5, seed) for seed in OTHERS]
    free = [by_alpha.final_cost(why.KINDS[1], "too small", 0.5, seed) for seed in OTHERS]
    assert np.median(fixed) > 10 * np.median(free)


def test_from_small_weights_nothing_saves_batch_norm_at_alpha_5():
    assert at("too small", 5.0)[1].min() > 1
    assert at("too small", 2.0)[1].max() < 0.1


@pytest.mark.parametrize("alpha", [0.2, 0.5, 1.0])
def test_from_hes_weights_a_large_alpha_is_borne_without_that(alpha):
    fixed = [cost_at_fixed_lengths("He", alpha, seed) for seed in range(3)]
    assert fixed == pytest.approx(at("He", alpha)[1, :3], abs=0.01)


def test_with_large_weights_batch_norm_loses_by_its_small_gradients_b10():
    ends = []
    for seed in range(why.SEEDS):
        run, costs = why.begin(why.KINDS[1], "large", seed, alpha=0.02), []
        for _ in range(by_alpha.TRAINED):
            chosen = run.rng.integers(0, run.X.shape[1], 64)
            costs.append(run.network.cost_and_gradient(run.X[:, chosen], run.Y[:, chosen]))
            for layer, boost in ((1, 8), (2, 4), (3, 4)):
                run.network.gradients[f"W{layer}"][:] *= boost
            run.network.theta -= np.float32(0.02) * run.network.gradient
        ends.append(np.mean(costs[-by_alpha.AVERAGED :]))
    assert np.median(ends) < np.median(at("large", 0.02)[0])


@pytest.mark.parametrize("alpha", [0.1, 0.5, 1.0])
def test_from_small_weights_plain_networks_hardly_move_for_a_hundred_steps(alpha):
    for seed in range(3):
        run = why.begin(why.KINDS[0], "too small", seed, alpha=alpha)
        costs = [why.take_step(run) for _ in range(100)]
        assert np.mean(costs[-10:]) > 2.1


def test_twins_with_scaled_weights_and_alpha_learn_the_same_b10():
    def costs_of_twin(c):
        network, costs = why.begin(why.KINDS[1], "He", 0).network, []
        hidden = [network.parameters[f"W{layer}"] for layer in (1, 2, 3)]
        for W in hidden:
            W *= c
        for _ in range(20):
            costs.append(network.cost_and_gradient(*why.digits()))
            for layer in (1, 2, 3):
                network.gradients[f"W{layer}"][:] *= c**2
            network.theta -= 0.1 * network.gradient
        return costs

    assert costs_of_twin(3) == pytest.approx(costs_of_twin(1), abs=1e-3)


def test_groups_pass_gradient_checking():
    network = ghost_batches.group_norms(
        Network([3, 4, 2], np.random.default_rng(0), batch_norm=True), 5
    )
    X, Y = np.random.default_rng(1).standard_normal((3, 10)), np.eye(2)[:, [0, 1] * 5]

    def cost(theta):
        network.theta[:] = theta
        return network.cost_and_gradient(X, Y)

    theta = network.theta.copy()
    cost(theta)
    assert check(cost, network.gradient.copy(), theta) < 1e-7


def test_each_group_is_normalised_by_itself():
    network = Network([3, 4, 2], np.random.default_rng(0), batch_norm=True)
    X = np.random.default_rng(1).standard_normal((3, 10))
    halves = np.hstack([network.forward(part) for part in (X[:, :5], X[:, 5:])])
    grouped = ghost_batches.group_norms(network, 5)
    np.testing.assert_allclose(grouped.forward(X), halves, rtol=1e-12)


def test_a_little_noise_of_the_statistics_helps_a_little_and_much_harms_b8():
    errors = 100 * ghost_batches.test_errors()
    assert errors.mean(axis=1).round(1).tolist() == [4.1, 3.3, 3.5, 3.7]
    gains = errors[-1] - errors[:-1]
    spread = gains.std(axis=1, ddof=1) / np.sqrt(ghost_batches.SPLITS)
    assert gains.mean(axis=1).round(1).tolist() == [-0.3, 0.4, 0.2]
    assert spread[0] < 0.15
    assert spread[1:].max() < 0.1
    beyond_chance = gains.mean(axis=1) / spread
    assert -beyond_chance[0] == pytest.approx(3, abs=0.2)
    assert beyond_chance[1:].min() > 5
    again = ghost_batches.test_error(256, 2, alpha=ghost_batches.ALPHA)
    assert 100 * again == pytest.approx(errors[-1, 2], abs=0.5)


@once_a_week
def test_at_a_larger_alpha_those_of_256_do_as_well_and_smaller_groups_gain_nothing_b8():
    splits, known = range(10), 100 * ghost_batches.test_errors()
    *smaller, large = (
        100 * np.array([ghost_batches.test_error(group, s, alpha=0.01) for s in splits])
        for group in (16, 64, 256)
    )
    assert large.mean() == pytest.approx(known[1, splits].mean(), abs=0.2)  # those of 16 at 0.003
    assert (large - smaller).mean(axis=1).max() < 0.15
