"""Checks about optimizers: their cases tell all mistakes; the challenge and the suspects."""

import re

import numpy as np
import pytest

from course_utils import optimizers, surfaces
from course_utils.checks import optimizers as checks
from course_utils.checks.engine import known
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


def mean(old, new, beta):
    return beta * old + (1 - beta) * new


def momentum(take, average=mean):
    def step(theta, v, g, alpha, beta):
        return take(theta, average(v, g, beta), g, alpha, beta)

    return step


def rmsprop(take, average=mean):
    def step(theta, s, g, alpha, beta, epsilon):
        s = average(s, g, beta)
        return theta - alpha * take(g, s, epsilon), s

    return step


def adam(take, swapped=False):
    def step(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
        one, other = (beta2, beta1) if swapped else (beta1, beta2)
        v, s = mean(v, g, one), mean(s, g**2, other)
        return theta - alpha * take(v, s, g, (beta1, beta2), epsilon), v, s

    return step


_TOLD_OF_TWO = [
    (
        checks.momentum_step,
        momentum(lambda theta, v, g, a, b: (theta - v, a * v)),
        "α is missing from the step. In place of v you return α · v. α belongs to the step alone.",
    ),
    (
        checks.momentum_step,
        momentum(lambda theta, v, g, a, b: (v, a * v)),
        "In place of θ you return the step itself. The task asks for the place that it leads to. "
        "Your results come in reversed order. The task asks for θ, then v.",
    ),
    (
        checks.momentum_step,
        lambda theta, v, g, a, b: (theta - a * (w := mean(v, theta, b)) - a * g, w),
        "The parameters θ stand in your v, where the gradient should. Your step follows v and g. "
        "It should follow the new v alone.",
    ),
    (
        checks.momentum_step,
        momentum(
            lambda theta, v, g, a, b: (theta - a * (1 - b) * v, v),
            average=lambda v, g, b: (1 - b) * v + b * g,
        ),
        "β and 1 − β have changed places. With β = 0.9 the old average should count for nine "
        "tenths, the new gradient for one. Your step multiplies v by 1 − β. That factor belongs to "
        "the new part of v.",
    ),
    (
        checks.rmsprop_step,
        rmsprop(lambda g, s, e: g * (s + e), average=lambda s, g, b: mean(s, g**2, b)),
        "There is no root in your step. Which power of s has the size of a gradient? Your step "
        "multiplies where it should divide, so that large gradients get larger still.",
    ),
    (
        checks.rmsprop_step,
        rmsprop(lambda g, s, e: g / (np.sqrt(s) + e), average=lambda s, g, b: s + np.abs(g)),
        "|g| stands in your s. It should be g². Your s adds up what is new and forgets nothing, as "
        "AdaGrad's does.",
    ),
    (
        checks.rmsprop_step,
        rmsprop(lambda g, s, e: 1 / np.sqrt(s), average=lambda s, g, b: mean(s, g**2, b)),
        "ε is missing. It keeps a parameter without a gradient, whose s is 0, from 0/0. g is "
        "missing above the line, and with it the direction of the step.",
    ),
    (
        checks.adam_step,
        adam(lambda v, s, g, betas, e: g),
        "s plays no part in your step, just as in momentum. Where does it come in? g itself "
        "stands in your step, as in RMSprop. Where is v?",
    ),
    (
        checks.adam_step,
        adam(
            lambda v, s, g, betas, e: (
                v / (1 + betas[0] ** 2) / (np.sqrt(s / (1 + betas[1] ** 2)) + e)
            )
        ),
        "You divide by 1 + βᵗ. Does that make v and s larger? You take 2 for t at every step, as "
        "if each were the second. Where does t come in?",
    ),
    (
        checks.adam_step,
        adam(lambda v, s, g, betas, e: v / (np.sqrt(s) + e), swapped=True),
        "You take the step without correcting v and s for their start at 0. β1 and β2 have changed "
        "places throughout.",
    ),
]


@pytest.mark.parametrize(("check", "answer", "told"), _TOLD_OF_TWO)
@np.errstate(all="ignore")
def test_of_two_mistakes_each_is_told_so_that_it_is_true_beside_the_other(check, answer, told):
    verdict = check(answer)
    assert verdict.look.startswith("Two things at once.")
    assert verdict.hint == told


_ONLY_IF_NOTHING_ELSE_IS_WRONG = re.compile(
    r"You (average|walk)|You divide by (s|the s|a power)\b|(the [vs]|average) that was passed in|"
    r"first of your results|You return (θ|[vs] first)|already;|The gradient is subtracted|"
    r"new gradient is|multiplies (g²|the gradient)|both the old|(β|and g) as well|g² lacks|"
    r"always goes|would (give|average|multiply|start)|β[12]? and 1 − β[12]|what you multiply by α|"
    r"corrected with β|in the averages and|without brackets yours|divide by 1 − β²"
)


@pytest.mark.parametrize(
    "mistakes",
    [checks._MOMENTUM_MISTAKES, checks._RMSPROP_MISTAKES, checks._ADAM_MISTAKES],
    ids=["momentum", "rmsprop", "adam"],
)
def test_what_is_told_beside_another_mistake_says_nothing_of_the_whole_step(mistakes):
    told = {f"{pair.look} {pair.hint}" for pair in known._pairs(mistakes)}
    assert len(told) > 200
    swapped = "β and 1 − β have changed places"  # of every average: true whatever else is wrong
    said = [text.replace(swapped, "") for text in told]
    assert [text for text in said if _ONLY_IF_NOTHING_ELSE_IS_WRONG.search(text)] == []


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
