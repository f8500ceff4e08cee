"""Checks about optimizers: their cases tell all mistakes; the challenge and the suspects."""

import re

import numpy as np
import pytest

from course_utils import optimizers, surfaces
from course_utils.checks import optimizers as checks
from course_utils.experiments import optimizers as convergence


def in_float32(arguments):
    return [a if isinstance(a, int) else np.float32(a) for a in arguments]


@pytest.mark.parametrize(
    "exercise",
    [checks.momentum_step, checks.rmsprop_step, checks.adam_step],
    ids=lambda e: e.__name__,
)
def test_no_case_drawn_anew_is_too_fine_for_float32(exercise):
    for seed in range(2000):
        arguments = exercise.draw(np.random.default_rng(seed)).args
        pairs = zip(exercise.right(*in_float32(arguments)), exercise.right(*arguments), strict=True)
        assert all(np.allclose(a, b, exercise.rtol, exercise.atol) for a, b in pairs), seed


@pytest.mark.parametrize("seen", [lambda g, theta: g**2, lambda g, theta: theta])
def test_of_a_sum_of_something_else_it_is_not_said_that_v_is_pytorchs(seen):
    def step(theta, v, g, alpha, beta):
        v = beta * v + seen(g, theta)
        return theta - alpha * v, v

    verdict = checks.momentum_step(step)
    assert verdict.mistake.startswith("sum-for-average+")
    assert "+ g" not in verdict.hint


def test_the_challenge_wants_a_millionth_in_100_steps():
    best = convergence.best_momentum(100)
    assert not checks.goal_a_millionth(alpha=0.02, beta=0.5).passed  # where the sliders start
    assert checks.goal_a_millionth(alpha=best.alpha, beta=best.beta).passed
    assert checks.goal_a_millionth(alpha=0.1, beta=0.67).passed
    assert "more than a million" in checks.goal_a_millionth(alpha=5.0, beta=0.0).hint
    assert "Now 0.12 of it is left" in checks.goal_a_millionth(alpha=0.02, beta=0.5).hint
    said = checks.goal_a_millionth(alpha=0.1, beta=0.7).hint
    assert re.fullmatch(r"\de−[78] of the distance is left\.", said), "as in the picture"
    assert "Now 0.13 of it is left" in checks.goal_a_millionth(alpha=0.02, beta=0.5, start=0.1).hint
    elsewhere = checks.goal_a_millionth(alpha=best.alpha, beta=best.beta, kappa=90.0)
    assert not elsewhere.passed
    assert "set κ back to 100" in elsewhere.hint


def test_a_curve_that_was_below_the_line_and_rose_again_is_told_which_step_counts():
    hill, momentum = surfaces.quadratic(100), optimizers.Momentum(alpha=0.12, beta=0.78)
    away = hill.distance(optimizers.path(momentum, hill.gradient, hill.start, 100).T)
    assert away[:100].min() < 0.9e-6 * away[0] < 1.2e-6 * away[0] < away[100]
    verdict = checks.goal_a_millionth(alpha=0.12, beta=0.78)
    assert not verdict.passed
    assert verdict.hint.startswith("after 100 steps less than a millionth of the first distance")


def test_the_challenge_is_not_passed_just_outside():
    hill, seen = surfaces.quadratic(100), set()
    for beta in np.linspace(0.6, 0.8, 41):
        momentum = optimizers.Momentum(alpha=0.1, beta=beta)
        end = optimizers.path(momentum, hill.gradient, hill.start, 100)[-1]
        inside = bool(hill.distance(end) < 1e-6 * np.hypot(*hill.start))
        verdict = checks.goal_a_millionth(alpha=0.1, beta=beta)
        assert verdict.passed == inside
        seen.add(inside)
    assert seen == {True, False}


def test_one_suspect_is_frozen_and_the_others_differ():
    made = checks.suspects(0.1, 0.9)
    assert [name for name, adam in made.items() if isinstance(adam, checks.FrozenAdam)] == ["C"]
    ends = {tuple(optimizers.steps_along(adam, [1.0, -2.0, 3.0])) for adam in made.values()}
    assert len(ends) == 4
