"""Optimizers against PyTorch, the lecture's numbers, and what their formulas promise."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from course_utils import optimizers as lecture
from course_utils import surfaces
from course_utils.figures import optimizers as figures
from course_utils.widgets.live_picture import LivePicture
from tests import notebooks

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


@pytest.mark.parametrize("name", ["Adam", "RMSprop"])
def test_the_rules_that_notebook_11_writes_out_are_the_packages(name, oracle):
    cells = notebooks.code_cells(notebooks.FOLDER / "11_batch_norm.ipynb")
    namespace = {"np": np}
    exec(next(s for s in cells if s.startswith("rules = {")), namespace)
    alpha, beta_s, rule = namespace["rules"][name]
    theta, v, s = oracle["theta"], 0, 0
    makers = {"Adam": lecture.Adam(alpha=alpha, beta2=beta_s),
              "RMSprop": lecture.RMSprop(alpha=alpha, beta=beta_s)}  # fmt: skip
    ours, state = theta, makers[name].init(theta)
    for t, g in enumerate(oracle["gradients"], start=1):
        v, s = 0.9 * v + 0.1 * g, beta_s * s + (1 - beta_s) * g**2
        theta = theta - alpha * rule(g, v, s, t)
        ours, state = makers[name].step(ours, g, state)
        np.testing.assert_allclose(ours, theta, rtol=1e-9, atol=1e-12)


def test_adams_first_step_is_alpha_whatever_the_gradient_o4():
    g = np.array([1e-3, -5.0, 1e6])
    adam = lecture.Adam(alpha=0.1)
    theta, _ = adam.step(np.zeros(3), g, adam.init(np.zeros(3)))
    np.testing.assert_allclose(theta, -0.1 * np.sign(g), rtol=1e-4)
    assert (adam.beta1, adam.beta2, adam.epsilon) == (0.9, 0.999, 1e-8)


def test_adam_without_correction_o5():
    steps = figures.adam_steps(np.ones(3000), bias_correction=False)
    assert round(steps[0], 3) == 3.162
    assert (round(steps.max(), 3), steps.argmax() + 1) == (6.569, 12)
    assert np.flatnonzero(steps > 1.1)[-1] + 1 == 1750
    np.testing.assert_allclose(figures.adam_steps(np.ones(50)), 1, rtol=1e-6)


def test_adam_with_corrected_moments_stored_back_freezes_x8():
    adam, theta, steps = figures.FrozenAdam(alpha=1.0), np.zeros(1), []
    state = adam.init(theta)
    for _ in range(20):
        moved, state = adam.step(theta, np.ones(1), state)
        steps.append(float((theta - moved)[0]))
        theta = moved
    assert steps[0] == pytest.approx(1, rel=1e-6)
    assert round(steps[2], 3) == 0.044
    assert steps[19] < 1e-15


@pytest.mark.parametrize(("kappa", "descent", "momentum"), [(100, 691, 69), (1000, 6908, 218)])
def test_steps_to_a_millionth_by_formula_o6(kappa, descent, momentum):
    assert [round(n) for n in figures.predicted_steps(kappa)] == [descent, momentum]


@pytest.mark.parametrize("kappa", [10, 100, 1000])
def test_steps_to_a_millionth_measured_o6(kappa):
    alpha, alpha_momentum, beta = figures.best_parameters(kappa)
    rng, predicted = np.random.default_rng(0), figures.predicted_steps(kappa)
    starts = rng.standard_normal((10, 2))
    descent = [
        figures.measured_steps(lecture.GradientDescent(alpha=alpha), kappa, s) for s in starts
    ]
    momentum = [figures.measured_steps(lecture.Momentum(alpha=alpha_momentum, beta=beta), kappa, s)
                for s in starts]  # fmt: skip
    np.testing.assert_allclose(descent, predicted[0], rtol=0.02, atol=3)
    assert min(momentum) / predicted[1] >= 1
    assert max(momentum) / predicted[1] < 1.7  # the two roots are equal: t r^t, not r^t
    assert max(momentum) < min(descent) / 2 or kappa == 10


def test_where_momentum_does_not_help_o6():
    alpha, _, _ = figures.best_parameters(100)
    slow = figures.measured_steps(lecture.Momentum(alpha=alpha, beta=0.99), 100, (1, 1))
    plain = figures.measured_steps(lecture.GradientDescent(alpha=alpha), 100, (1, 1))
    assert slow > plain


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
    assert (theta == 1).all()
    assert (g == 0.5).all()
    for part, before in zip(state, kept, strict=True):
        np.testing.assert_array_equal(part, before)


@given(arrays(float, 4, elements=st.floats(-100, 100)), st.sampled_from(sorted(ALL)))
def test_every_first_step_goes_downhill(g, name):
    optimizer = ALL[name] if name != "adamw" else ALL["adam"]
    theta, _ = optimizer.step(np.zeros(4), g, optimizer.init(np.zeros(4)))
    assert (theta * g <= 0).all()


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


def test_divergence_is_said_in_words():
    live = LivePicture(figures.race)
    words = live.draw({"step": 150, "alpha": 1.0, "beta": 0.9, "surface": "valley, κ = 100"})
    assert "descent diverged" in words


@pytest.mark.parametrize(("make", "says"), [
    (lambda: lecture.GradientDescent(alpha=0), "alpha > 0 must hold, but got alpha=0"),
    (lambda: lecture.Momentum(beta=1), "0 <= beta < 1 must hold, but got beta=1"),
    (lambda: lecture.RMSprop(epsilon=-1), "epsilon >= 0 must hold"),
    (lambda: lecture.Adam(beta2=1.5), "0 <= beta2 < 1 must hold, but got beta2=1.5"),
    (lambda: lecture.Adam(weight_decay=-1), "weight_decay >= 0 must hold"),
    (lambda: lecture.Adam().step(np.ones(2), np.ones(3), lecture.Adam().init(np.ones(2))),
     r"theta and gradient should have the same shape, but got \(2,\) and \(3,\)"),
    (lambda: lecture.path(lecture.Adam(), lambda t: t, [np.nan], 3), "theta"),
    (lambda: lecture.path(lecture.Adam(), lambda t: t, [1.0], -1), "steps >= 0, whole must hold"),
])  # fmt: skip
def test_bad_input_is_named(make, says):
    with pytest.raises(ValueError, match=says):
        make()
