"""Optimizers against PyTorch, the lecture's numbers, and what their formulas promise."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from course_utils import optimizers as lecture
from course_utils import surfaces
from course_utils.checks.optimizers import FrozenAdam, suspects
from course_utils.experiments import optimizers as convergence

ORACLE = Path(__file__).parent / "oracles" / "optimizers.npz"
ALL = {
    "descent": lecture.GradientDescent(alpha=0.01),
    "momentum": lecture.Momentum(alpha=0.01, beta=0.9),
    "rmsprop": lecture.RMSprop(alpha=0.01, beta=0.9),
    "adam": lecture.Adam(alpha=0.01),
    "adamw": lecture.Adam(alpha=0.01, weight_decay=0.1),
}
EACH = pytest.mark.parametrize("name", ALL)


@pytest.fixture(scope="module")
def oracle():
    with np.load(ORACLE, allow_pickle=False) as file:
        return dict(file)


@EACH
def test_a_hundred_steps_equal_pytorchs_o2_o3_o4(name, oracle):
    optimizer, theta = ALL[name], oracle["theta"]
    state = optimizer.init(theta)
    for g, expected in zip(oracle["gradients"], oracle[name], strict=True):
        theta, state = optimizer.step(theta, g, state)
        np.testing.assert_allclose(theta, expected, rtol=1e-9, atol=1e-12)


def test_adams_first_step_is_alpha_whatever_the_gradient_o4():
    g = np.array([1e-3, -5.0, 1e6])
    adam = lecture.Adam(alpha=0.1)
    theta, _ = adam.step(np.zeros(3), g, adam.init(np.zeros(3)))
    np.testing.assert_allclose(theta, -0.1 * np.sign(g), rtol=1e-4)
    assert (adam.beta1, adam.beta2, adam.epsilon) == (0.9, 0.999, 1e-8)


def test_momentum_is_pytorchs_with_another_alpha_o2(oracle):
    assert lecture.Momentum().beta == 0.9
    sums = lecture.GradientDescent(alpha=0.001)  # along PyTorch's v, in which 1 - beta is missing
    v, theta = np.zeros(5), oracle["theta"]
    for g, expected in zip(oracle["gradients"], oracle["momentum"], strict=True):
        v = 0.9 * v + g
        theta, _ = sums.step(theta, v)
        np.testing.assert_allclose(theta, expected, rtol=1e-9, atol=1e-12)


def test_adam_without_correction_o5():
    uncorrected = lecture.Adam(alpha=1.0, bias_correction=False)
    steps = lecture.steps_along(uncorrected, np.ones(3000))
    assert round(steps[0], 3) == 3.162
    assert (round(steps.max(), 3), steps.argmax() + 1) == (6.569, 12)
    assert np.flatnonzero(steps > 1.1)[-1] + 1 == 1750
    corrected = lecture.steps_along(lecture.Adam(alpha=1.0), np.ones(50))
    np.testing.assert_allclose(corrected, 1, rtol=1e-6)


def test_adam_with_corrected_moments_stored_back_freezes_x8():
    steps = lecture.steps_along(FrozenAdam(alpha=1.0), np.ones(20))
    assert steps[0] == pytest.approx(1, rel=1e-6)
    assert round(steps[2], 3) == 0.044
    assert f"{steps[19]:.0e}" == "2e-16"


def test_among_the_suspects_one_stands_still_x8():
    hill = surfaces.quadratic(10.0)
    left = {
        name: hill.distance(lecture.path(adam, hill.gradient, hill.start, 150)[-1])
        for name, adam in suspects(0.05, 0.9).items()
    }
    assert left.pop("C") > 4
    assert max(left.values()) < 0.3


@pytest.mark.parametrize(("kappa", "descent", "momentum"), [(100, 691, 69), (1000, 6908, 218)])
def test_steps_to_a_millionth_by_formula_o6(kappa, descent, momentum):
    assert [round(n) for n in convergence.predicted_steps(kappa)] == [descent, momentum]


@pytest.mark.parametrize("kappa", [10, 100, 1000])
def test_steps_to_a_millionth_measured_o6(kappa):
    starts = np.random.default_rng(0).standard_normal((2, 10))
    formula = convergence.predicted_steps(kappa)
    descent = convergence.measured_steps(convergence.best_descent(kappa), kappa, starts)
    momentum = convergence.measured_steps(convergence.best_momentum(kappa), kappa, starts)
    np.testing.assert_allclose(descent, formula[0], rtol=0.02, atol=1)
    assert (momentum >= formula[1]).all()
    assert (momentum < 1.6 * formula[1]).all()  # the two roots are equal: t r^t, not r^t
    assert momentum.max() < descent.min() / 2


def test_counted_steps_are_the_first_that_are_near_enough_o6():
    best, starts = convergence.best_momentum(30), np.random.default_rng(1).normal(size=(2, 20))
    counted = convergence.measured_steps(best, 30, starts)
    hill = surfaces.quadratic(30)
    points = lecture.path(best, hill.gradient, starts, 100)
    share = hill.distance(points.transpose(1, 0, 2)) / hill.distance(starts)
    np.testing.assert_array_equal(counted, (share < 1e-6).argmax(axis=0))
    assert convergence.measured_steps(best, 30, starts[:, 0]).shape == ()
    slow = lecture.GradientDescent(alpha=1e-3)
    np.testing.assert_array_equal(convergence.measured_steps(slow, 30, starts, most=70), 71)
    lost = lecture.GradientDescent(alpha=10.0)
    assert convergence.measured_steps(lost, 30, [1.0, 1.0]) == 20_001


@pytest.mark.parametrize("kappa", [2, 25, 100])
def test_no_alpha_and_beta_shrink_faster_than_the_best_o6(kappa):
    best = convergence.best_momentum(kappa)
    least = slowest_factor(best.alpha, best.beta, kappa)
    assert least == pytest.approx((np.sqrt(kappa) - 1) / (np.sqrt(kappa) + 1), abs=1e-6)
    descent = convergence.best_descent(kappa)
    factor = slowest_factor(descent.alpha, 0, kappa)
    assert factor == pytest.approx((kappa - 1) / (kappa + 1))
    for alpha in descent.alpha * np.linspace(0.5, 1.5, 11):
        assert slowest_factor(alpha, 0, kappa) >= factor - 1e-12
        for beta in np.linspace(0, 0.99, 12):
            assert slowest_factor(best.alpha * alpha / descent.alpha, beta, kappa) >= least - 1e-6


def slowest_factor(alpha, beta, kappa):
    """Return the spectral radius of a momentum step on a valley."""
    step = [[1 - alpha * (1 - beta) * c, -alpha * beta] for c in (1, kappa)]
    return max(
        np.abs(np.linalg.eigvals([row, [(1 - beta) * c, beta]])).max()
        for row, c in zip(step, (1, kappa), strict=True)
    )


def test_momentum_bears_an_alpha_19_times_larger_than_descent():
    for factor, diverges in ((0.999, False), (1.001, True)):
        assert (slowest_factor(factor * 2 / 100, 0, 100) > 1) == diverges
        assert (slowest_factor(factor * 19 * 2 / 100, 0.9, 100) > 1) == diverges


def test_momentum_with_too_long_a_memory_is_no_faster_than_descent_o6():
    best = convergence.best_momentum(100)
    slow = lecture.Momentum(alpha=best.alpha, beta=1 - 0.05 * (1 - best.beta))
    descent = convergence.measured_steps(convergence.best_descent(100), 100, [1.0, 1.0])
    assert convergence.measured_steps(slow, 100, [1.0, 1.0]) > descent


def test_the_two_places_of_epsilon_differ_o3():
    g, epsilon = 1e-5, 1e-8
    outside = g / (np.sqrt(g**2) + epsilon)
    inside = g / np.sqrt(g**2 + epsilon)
    assert outside == pytest.approx(1, rel=2e-3)
    assert inside == pytest.approx(0.1, rel=1e-2)
    rmsprop = lecture.RMSprop(alpha=1.0, beta=0.0)
    theta, _ = rmsprop.step(np.zeros(1), np.array([g]), rmsprop.init([0.0]))
    assert -theta[0] == pytest.approx(outside, rel=1e-12)


@EACH
def test_nothing_is_changed_in_place_and_float32_stays(name):
    theta, g = np.ones(3, np.float32), np.full(3, 0.5, np.float32)
    state = ALL[name].init(theta)
    first, state = ALL[name].step(theta, g, state)
    kept = [np.copy(part) for part in state]
    ALL[name].step(first, g, state)
    assert first.dtype == np.float32
    assert all(part.dtype == np.float32 for part in state if np.ndim(part))
    assert (theta == 1).all()
    assert (g == 0.5).all()
    for part, before in zip(state, kept, strict=True):
        np.testing.assert_array_equal(part, before)
    assert lecture.path(ALL[name], lambda theta: theta, theta, 3).dtype == np.float32
    assert lecture.steps_along(ALL[name], g[None]).dtype == np.float32


GRADIENTS = arrays(float, (12, 4), elements=st.floats(-100, 100).map(lambda x: round(x, 3)))
PLAIN = st.sampled_from(["descent", "momentum", "rmsprop", "adam"])


@given(arrays(float, 4, elements=st.floats(-100, 100)), PLAIN)
def test_every_first_step_goes_downhill(g, name):
    assert (lecture.steps_along(ALL[name], [g])[0] * g >= 0).all()


@given(GRADIENTS, st.sampled_from([1e-3, 0.5, 40.0]))
def test_a_scale_of_all_gradients_scales_steps_or_not_at_all(g, factor):
    for name in ("descent", "momentum"):
        steps, scaled = (lecture.steps_along(ALL[name], x) for x in (g, factor * g))
        np.testing.assert_allclose(scaled, factor * steps, atol=1e-12)
    g = np.where(g == 0, 1.0, g)  # without epsilon 0/0 is no number
    for optimizer in (lecture.RMSprop(epsilon=0), lecture.Adam(epsilon=0)):
        steps, scaled = (lecture.steps_along(optimizer, x) for x in (g, factor * g))
        np.testing.assert_allclose(scaled, steps, rtol=1e-9, atol=1e-15)


@given(GRADIENTS, st.permutations(range(4)), PLAIN)
def test_every_parameter_is_moved_by_its_own_gradient_alone(g, order, name):
    steps = lecture.steps_along(ALL[name], g)
    np.testing.assert_array_equal(lecture.steps_along(ALL[name], g[:, order]), steps[:, order])


@given(GRADIENTS)
def test_no_gradients_make_adams_steps_longer_than_cauchy_and_schwarz_allow(g):
    steps = lecture.steps_along(lecture.Adam(alpha=1.0, bias_correction=False), g)
    assert np.abs(steps).max() <= 0.1 / np.sqrt(0.001 * (1 - 0.9**2 / 0.999)) + 1e-9  # 7.27


def test_decay_shrinks_theta_by_alpha_times_decay_apart_from_the_step():
    theta, g = np.array([2.0, -3.0]), np.array([1.0, 1.0])
    (plain, _), (decayed, _) = (
        adam.step(theta, g, adam.init(theta))
        for adam in (lecture.Adam(alpha=0.1), lecture.Adam(alpha=0.1, weight_decay=0.5))
    )
    np.testing.assert_allclose(plain - decayed, 0.05 * theta)


def test_steps_along_are_the_steps_of_a_path():
    hill, adam = surfaces.ravine(), lecture.Adam(alpha=0.1)
    points = lecture.path(adam, hill.gradient, hill.start, 30)
    steps = lecture.steps_along(adam, hill.gradient(points[:-1].T).T)
    np.testing.assert_allclose(steps, points[:-1] - points[1:], rtol=1e-9, atol=1e-12)


def test_momentum_of_beta_0_is_descent():
    g = np.array([1.0, -3.0])
    for optimizer in (lecture.Momentum(alpha=0.1, beta=0), lecture.GradientDescent(alpha=0.1)):
        theta, _ = optimizer.step(np.zeros(2), g, optimizer.init(np.zeros(2)))
        np.testing.assert_allclose(theta, [-0.1, 0.3])


def test_path_starts_at_the_start_and_survives_a_divergence():
    hill = surfaces.quadratic(100.0)
    points = lecture.path(lecture.GradientDescent(alpha=1.0), hill.gradient, hill.start, 300)
    assert points.shape == (301, 2)
    assert tuple(points[0]) == hill.start
    assert not np.isfinite(points[-1]).all()


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: lecture.GradientDescent(alpha=0), "alpha > 0 must hold, but got alpha=0"),
        (lambda: lecture.Momentum(beta=1), "0 <= beta < 1 must hold, but got beta=1"),
        (lambda: lecture.RMSprop(epsilon=-1), "epsilon >= 0 must hold"),
        (lambda: lecture.Adam(beta2=1.5), "0 <= beta2 < 1 must hold, but got beta2=1.5"),
        (lambda: lecture.Adam(weight_decay=-1), "weight_decay >= 0 must hold"),
        (
            lambda: lecture.Adam().step(np.ones(2), np.ones(3), lecture.Adam().init(np.ones(2))),
            r"theta and gradient should have the same shape, but got \(2,\) and \(3,\)",
        ),
        (lambda: lecture.path(lecture.Adam(), lambda t: t, [np.nan], 3), "theta"),
        (lambda: lecture.path(lecture.Adam(), lambda t: t, [1.0], -1), "steps >= 0 must hold"),
        (lambda: lecture.path(lecture.Adam(), lambda t: t, [1.0], 2.5), "steps should be a whole"),
        (lambda: lecture.steps_along(lecture.Adam(), [1.0, np.inf]), r"gradients\[1\] is inf"),
        (lambda: convergence.best_descent(0.5), "kappa >= 1 must hold, but got kappa=0.5"),
        (lambda: convergence.best_momentum(np.nan), "kappa >= 1 must hold"),
        (lambda: convergence.measured_steps(lecture.Adam(), 0, [1.0, 1.0]), "kappa >= 1 must hold"),
        (
            lambda: convergence.measured_steps(lecture.Adam(), 2, [0.0, 0.0]),
            r"one of them is \(0, 0\)",
        ),
        (lambda: convergence.measured_steps(lecture.Adam(), 2, [np.nan, 0]), "starts"),
    ],
)
def test_bad_input_is_named(make, says):
    with pytest.raises(ValueError, match=says):
        make()


def test_x18_adam_whose_t_begins_at_two_takes_short_first_steps():
    v, s, t, lengths = 0.0, 0.0, 1, []
    for _ in range(2):
        t += 1
        v, s = 0.9 * v + 0.1, 0.999 * s + 0.001
        lengths.append(v / (1 - 0.9**t) / np.sqrt(s / (1 - 0.999**t)))
    assert lengths == pytest.approx([0.744, 0.858], abs=1e-3)
    assert lecture.steps_along(lecture.Adam(alpha=1.0), np.ones(2)) == pytest.approx([1, 1])


def test_adam_that_counts_epochs_steps_too_far_at_first_and_for_long_too_short():
    v, s, lengths = 0.0, 0.0, []
    for step in range(1, 1001):
        v, s, t = 0.9 * v + 0.1, 0.999 * s + 0.001, 1 + (step - 1) // 100
        lengths.append(v / (1 - 0.9**t) / np.sqrt(s / (1 - 0.999**t)))
    assert max(lengths) == pytest.approx(2.08, abs=5e-3)
    assert min(lengths[:100]) > 0.99
    assert max(lengths[100:]) < 1
    assert lengths[-1] == pytest.approx(0.19, abs=5e-3)
    assert np.isclose(1 - 0.999**10, 0.01, atol=1e-4)


def _late_steps_of_rmsprop(slope, beta, start):
    """Return the last thousand steps beside a minimum, as multiples of alpha."""
    rmsprop = lecture.RMSprop(alpha=0.05, beta=beta)
    walk = lecture.path(rmsprop, lambda theta: slope * theta, [start], 8000)
    return np.abs(np.diff(walk[-1001:, 0])) / 0.05


@pytest.mark.parametrize("slope", [0.5, 4, 100])
@pytest.mark.parametrize("start", [1e-9, 1e-3])
def test_rmsprop_enlarges_small_oscillations_until_a_step_is_about_alpha_long(slope, start):
    for beta in (0.9, 0.99):
        steps = _late_steps_of_rmsprop(slope, beta, start)
        assert 0.9 < steps.min() <= steps.max() < 1.1


def test_a_longer_memory_only_puts_the_hovering_of_rmsprop_off():
    """With a little noise, since without any the gradient may become 0 before."""
    rng, hovering_from = np.random.default_rng(0), []
    for beta, steps in ((0.9, 1000), (0.99, 4000), (0.999, 30_000)):
        tiny = iter(1e-12 * rng.standard_normal(steps))
        rmsprop = lecture.RMSprop(alpha=0.1, beta=beta, epsilon=1e-30)
        walk = lecture.path(rmsprop, lambda theta, tiny=tiny: theta + next(tiny), [1.0], steps)
        long = np.abs(np.diff(walk[:, 0])) > 0.09
        assert long[-steps // 20 :].all()
        hovering_from.append(steps - long[::-1].argmin())
    assert hovering_from[0] < 200 < hovering_from[1] < 2000 < hovering_from[2]


def test_without_noise_a_long_memory_may_end_the_hovering_where_the_step_is_rounded_to_0():
    hill = convergence.SURFACES["valley, κ = 100"]
    for beta, at_rest in ((0.99, False), (0.999, True)):
        rmsprop = lecture.RMSprop(alpha=0.018, beta=beta)
        steps = np.diff(lecture.path(rmsprop, hill.gradient, hill.start, 8000), axis=0)[-100:]
        assert not steps.any() if at_rest else np.abs(steps).max(axis=1).min() > 0.9 * 0.018
