"""Checks of the averages: their cases tell all mistakes; the challenges."""

import numpy as np
import pytest

from course_utils import weighted_averages as wa
from course_utils.checks import weighted_averages as checks
from course_utils.sampling_scales import OneMinusLog
from course_utils.widgets import controls


def test_no_hint_gives_the_line_away():
    for mistake in (*checks._EWA_MISTAKES, *checks._CORRECTED_MISTAKES):
        assert "beta * v + (1 - beta)" not in mistake.look + mistake.hint
        assert "/ (1 - beta**t)" not in mistake.look + mistake.hint


@pytest.mark.parametrize(
    ("check", "says"),
    [
        (checks.ewa, "v₁, divided by (1 − β) times the first day, should be 1"),
        (checks.ewa_corrected, "Your first average, divided by the first day, should be 1"),
    ],
)
def test_the_first_average_is_held_against_the_first_day(check, says):
    verdict = check(lambda values, beta: np.sqrt(np.abs(values)) + beta)
    assert verdict.mistake == "invariant"
    assert says in verdict.hint


def test_wrong_numbers_that_also_spoil_the_days_are_told_so():
    def into_the_days(values, beta):
        values[:] = wa.ewa(values, beta)
        return values

    assert "writes into what was passed in" in checks.ewa(into_the_days).hint


# Challenges


@pytest.mark.parametrize(
    ("beta", "passed"),
    [(0.9, False), (0.964, False), (0.9645, True), (0.967, True), (0.9685, True), (0.969, False)],
)
def test_goal_month(beta, passed):
    verdict = checks.goal_month(beta=beta, days=10)
    assert verdict.passed == passed
    assert f"{wa.window(beta):.1f} days" in verdict.hint


@pytest.mark.parametrize(
    ("beta", "mistake"),
    [
        (0.5, "too-rough"),
        (0.9, "too-rough"),
        (0.951, "too-rough"),
        (0.955, None),
        (0.96, None),
        (0.965, "too-late"),
        (0.99, "too-late"),
    ],
)
def test_goal_smooth_and_prompt(beta, mistake):
    verdict = checks.goal_smooth_and_prompt(beta=beta, year=2012)
    assert (verdict.passed, verdict.mistake) == (mistake is None, mistake)
    assert "from day to day" in verdict.hint


@pytest.mark.parametrize(
    ("goal", "scale"),
    [
        (checks.goal_month, OneMinusLog(0.5, 0.98)),
        (checks.goal_smooth_and_prompt, OneMinusLog(0.5, 0.99)),
    ],
)
def test_several_steps_of_the_slider_reach_the_goal(goal, scale):
    steps_reaching = [b for b in controls.scale(scale, 0.9).values if goal(beta=b).passed]
    assert len(steps_reaching) >= 3
