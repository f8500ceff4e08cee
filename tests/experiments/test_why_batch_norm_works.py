"""Why batch norm works: the shift, the noise, and the experiment that disputes the shift."""

import re

import numpy as np
import pytest

from course_utils import datasets, initialization, optimizers
from course_utils.activations import tanh
from course_utils.experiments import why_batch_norm_works as why
from course_utils.gradient_checking import check
from course_utils.layers import BatchNorm
from course_utils.network import Network
from course_utils.training import Training
from tests import notebooks


def costs_after(kind, start, alpha, steps=200):
    """Mean cost of the last 20 mini-batches, for each of five seeds."""
    runs = [why.begin(kind, start, s, alpha=alpha) for s in range(why.SEEDS)]
    return np.array([np.mean([why.take_step(run) for _ in range(steps)][-20:]) for run in runs])


def test_a_network_that_knows_black_cats_fails_on_coloured_ones_b7():
    rng = np.random.default_rng(0)
    rights = []
    for _ in range(5):
        network = why.fit_cats(*datasets.cats(300, rng, place=-1.5))
        rights.append([network.accuracy(*datasets.cats(300, rng, place=p)) for p in (-1.5, 1.5)])
    black, coloured = np.transpose(rights)
    assert black.min() > 0.93
    assert coloured.max() < 0.7


def test_batch_norm_lessens_the_drift_of_layer_3_b7():
    X, Y = why.digits()
    for seed in range(5):
        ways = []
        for with_norm in (False, True):
            z, _ = why.wander(X, Y, with_norm=with_norm, alpha=0.5, seed=seed)
            ways.append(np.median(why.drift(z.mean(axis=2), z.std(axis=2))))
        assert ways[0] > 5 * ways[1]


def gradient_shifts(alpha, *, with_norm):
    X, Y = why.digits()
    result = []
    for seed in range(5):
        rng = np.random.default_rng(seed)
        network = Network(
            (64, 24, 24, 24, 10),
            rng,
            activation=tanh,
            initialization=initialization.xavier,
            batch_norm=with_norm,
        )
        run, seen = Training(network, X, Y, optimizers.GradientDescent(alpha=alpha), rng), []
        for _ in range(60):
            shift = why.gradient_shift(network, X[:, :200], Y[:, :200], 3, alpha=alpha)
            seen.append(shift)
            why.take_step(run)
        result.append(np.median(seen))
    return np.array(result)


def test_what_a_layer_is_told_shifts_less_only_where_alpha_is_large_b10():
    plain, with_norm = (gradient_shifts(0.5, with_norm=n) for n in (False, True))
    assert plain.min() > with_norm.max()
    plain, with_norm = (gradient_shifts(0.05, with_norm=n) for n in (False, True))
    assert np.median(plain) < np.median(with_norm)


def test_gradient_shift_leaves_the_network_as_it_was():
    X, Y = why.digits()
    network = Network((64, 8, 8, 10), np.random.default_rng(0), batch_norm=True)
    theta, statistics = network.theta.copy(), network.statistics.copy()
    assert why.gradient_shift(network, X, Y, 1, alpha=0.5) == pytest.approx(0, abs=1e-12)
    assert why.gradient_shift(network, X, Y, 3, alpha=0.5) > 1e-3
    np.testing.assert_array_equal(network.theta, theta)
    np.testing.assert_array_equal(network.statistics, statistics)


def test_batch_norm_holds_mean_and_spread_where_gamma_and_beta_say_b7():
    rng = np.random.default_rng(0)
    network = Network([3, 5, 4, 2], rng, batch_norm=True)
    network.parameters["gamma2"][:] = 3
    network.parameters["beta2"][:] = -1
    before = network.statistics.copy()
    z_tilde = why.before_activation(network, 10 * rng.standard_normal((3, 400)), 2)
    np.testing.assert_allclose(z_tilde.mean(axis=1), -1, atol=1e-9)
    np.testing.assert_allclose(z_tilde.std(axis=1), 3, rtol=1e-3)
    np.testing.assert_array_equal(network.statistics, before)


def test_noise_of_512_is_2_83_times_less_than_of_64_b8():
    ratios = []
    for seed in range(5):
        rng = np.random.default_rng(seed)
        values = rng.standard_normal(2000)
        noises = [why.noise_of_the_mean(values, m, 8000, rng) for m in (64, 512)]
        ratios.append(noises[0] / noises[1])
    assert np.mean(ratios) == pytest.approx(np.sqrt(8), rel=0.02)
    assert round(np.sqrt(8), 2) == 2.83


def test_the_five_draws_that_are_printed_lie_about_where_all_draws_do_b8():
    path = next(path for path in notebooks.LESSONS if path.stem.startswith("12"))
    printed = "".join(notebooks.stored(cell)[0] for cell in notebooks.cells(path, "code"))
    draws = np.array(re.search(r"five mini-batches: z̃ = \[(.*)\]", printed)[1].split(), float)
    z = np.random.default_rng(0).standard_normal((20_000, 63))
    z = np.hstack([np.full((len(z), 1), 1.5), z])
    z_norm = (1.5 - z.mean(axis=1)) / z.std(axis=1)
    assert draws.mean() == pytest.approx(z_norm.mean(), abs=2 * z_norm.std() / np.sqrt(5))
    assert draws.min() < 1.5 < draws.max()


def test_with_shifting_noise_behind_batch_norm_it_still_trains_b10():
    without, with_norm, noisy = (costs_after(kind, "too small", 0.1) for kind in why.KINDS)
    assert without.min() > 2
    assert with_norm.max() < 0.2
    assert noisy.max() < 0.6


def test_at_alpha_01_plain_networks_catch_up_with_the_noisy_ones_between_120_and_240_steps_b10():
    ahead = []
    for steps in (120, 240):
        plain, _, noisy = (np.median(costs_after(kind, "He", 0.1, steps)) for kind in why.KINDS)
        ahead.append(plain / noisy)
    assert ahead[0] > 1.3
    assert 0.7 < ahead[1] < 1.2


def steepness_at_the_first_layer(depth, *, with_norm):
    """How much the cost changes with W1's logarithm, before the first step."""
    rng = np.random.default_rng(0)
    network = Network((64, *[64] * depth, 10), rng, batch_norm=with_norm)
    network.cost_and_gradient(rng.standard_normal((64, 128)), np.eye(10)[:, np.arange(128) % 10])
    return np.linalg.norm(network.gradients["W1"]) * np.linalg.norm(network.parameters["W1"])


def test_with_batch_norm_the_gradients_of_the_first_step_explode_with_depth():
    """Yang and others (2019); for wide layers of ReLU by sqrt(pi / (pi - 1)) = 1.21 a layer."""
    shallow, deep = (steepness_at_the_first_layer(depth, with_norm=True) for depth in (10, 40))
    assert (deep / shallow) ** (1 / 30) == pytest.approx(1.21, abs=0.03)
    shallow, deep = (steepness_at_the_first_layer(depth, with_norm=False) for depth in (10, 40))
    assert 0.1 < deep / shallow < 10


def test_where_batch_norm_loses_b10():
    without, with_norm, _ = (costs_after(kind, "large", 0.02) for kind in why.KINDS)
    assert without.max() < with_norm.min()


def test_a_race_is_a_function_of_its_settings():
    race = why.Race()

    def costs(frame, alpha, start):
        *_, (_, costs) = race.reach(frame, alpha, start)
        return costs

    chosen = ((5, 0.1, "He"), (5, 1.0, "He"), (5, 0.1, "too small"), (3, 1.0, "He"))
    first = [costs(*choice) for choice in chosen]
    for choice, before in zip(chosen, first, strict=True):
        costs(8, 0.02, choice[-1])
        np.testing.assert_array_equal(costs(*choice), before)
        assert before.shape == (choice[0] + 1, 3, why.SEEDS)
    assert len({c.tobytes() for c in first}) == len(chosen)


def roughnesses(start, *, with_norm):
    """Median cost range along the gradient, steps up to 2, for each of five seeds."""
    X, Y = why.digits()
    result = []
    for seed in range(5):
        rng = np.random.default_rng(seed)
        network = Network(
            (64, 32, 32, 32, 10), rng, initialization=why.STARTS[start], batch_norm=with_norm
        )
        run, seen = Training(network, X, Y, optimizers.GradientDescent(alpha=0.1), rng), []
        for _ in range(30):
            seen.append(why.roughness(network, X[:, :200], Y[:, :200], longest=2.0))
            why.take_step(run)
        result.append(np.median(seen))
    return np.array(result)


def test_the_cost_is_smoother_with_batch_norm_b10():
    plain, with_norm = (roughnesses("He", with_norm=n) for n in (False, True))
    assert plain.min() > with_norm.max()


def own_steps_and_turns(kind, seeds):
    """Return the lengths of descent's step at step 30, and where the cost along it turns round."""
    lengths, found = np.linspace(0, 2, 201), []
    for seed in seeds:
        run = why.begin(kind, "He", seed)
        for _ in range(30):
            why.take_step(run)
        few = run.X[:, :200], run.Y[:, :200]
        turn = lengths[why.along_the_gradient(run.network, *few, lengths).argmin()]
        run.network.cost_and_gradient(*few)
        found.append((0.1 * np.linalg.norm(run.network.gradient), turn))
    return np.transpose(found)


def test_descents_own_step_is_as_long_as_the_plain_cost_falls_and_far_shorter_with_batch_norm():
    """At step 30, where the picture of the cost along the gradient begins, alpha = 0.1."""
    steps, turns = own_steps_and_turns(why.KINDS[0], range(12))
    assert steps[0] == pytest.approx(0.09, abs=0.01)
    assert 0.05 < steps.min() < steps.max() < 0.25
    assert np.mean((turns > 0.09) & (turns < 0.23)) > 0.7, "mostly at 0.1 to 0.2"
    assert turns.max() < 0.6
    steps, turns = own_steps_and_turns(why.KINDS[1], range(12))
    assert steps == pytest.approx(0.07, abs=0.02)
    assert turns.min() > 1.35, "at 1.4 or beyond"


def test_where_the_plain_cost_is_smoother_b10():
    plain, with_norm = (roughnesses("too small", with_norm=n) for n in (False, True))
    assert plain.max() < with_norm.min()


def test_noise_is_drawn_anew_at_each_pass_and_left_out_at_inference():
    layer, z = why.ShiftingNoise(1.0), np.ones((3, 5))
    first, second = (layer.forward(z, np.random.default_rng(seed)) for seed in (0, 1))
    assert not np.allclose(first, second)
    assert np.ptp(first, axis=1).max() == 0  # the same for all examples of the mini-batch
    assert layer.inference(z) is z
    assert layer.forward(z.astype(np.float32), np.random.default_rng(0)).dtype == np.float32


def test_noise_passes_gradient_checking():
    layer, rng = why.ShiftingNoise(0.7), np.random.default_rng(0)
    z, weights = rng.standard_normal((3, 5)), rng.standard_normal((3, 5))

    def cost(z):
        return float((weights * layer.forward(z, np.random.default_rng(2))).sum())

    cost(z)
    assert check(cost, layer.backward(weights), z) < 1e-7


def test_noise_goes_behind_every_batch_norm():
    network = why.add_noise(Network([2, 3, 3, 1], np.random.default_rng(0), batch_norm=True), 1)
    kinds = [type(layer).__name__ for layer in network.layers]
    assert kinds == ["Dense", "BatchNorm", "ShiftingNoise", "Activate"] * 2 + ["Dense"]
    assert sum(isinstance(layer, BatchNorm) for layer in network.layers) == 2


def test_roughness_leaves_the_network_as_it_was_and_is_right_on_a_line():
    network = Network([1, 1], np.random.default_rng(0))
    X, Y = np.ones((1, 3)), np.ones((1, 3))
    theta = network.theta.copy()
    longest = why.roughness(network, X, Y, longest=1.0)
    np.testing.assert_array_equal(network.theta, theta)
    start = network.cost_and_gradient(X, Y)
    network.theta -= network.gradient / np.linalg.norm(network.gradient)
    assert longest == pytest.approx(start - network.cost(X, Y), rel=1e-9)


def test_cats_live_at_their_place_and_the_border_is_the_same_everywhere():
    rng = np.random.default_rng(0)
    for place in (-1.5, 1.5):
        X, y = datasets.cats(2000, rng, place=place)
        assert X[0].mean() == pytest.approx(place, abs=0.05)
        np.testing.assert_array_equal(y[0] == 1, X[1] > 1.2 * np.sin(1.3 * X[0]))


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: why.ShiftingNoise(-1), "strength >= 0 must hold, but got strength=-1"),
        (lambda: why.add_noise(Network([2, 3, 1], np.random.default_rng(0)), 1), "batch_norm=True"),
        (lambda: why.drift([[1.0]], [[1.0], [2.0]]), "should have the same shape"),
        (lambda: why.noise_of_the_mean([1.0, 2.0], 0, 5, None), "size >= 1 must hold"),
        (lambda: datasets.cats(0, np.random.default_rng(0)), "examples >= 1 must hold"),
    ],
)
def test_bad_input_is_named(call, says):
    with pytest.raises(ValueError, match=says):
        call()
