"""Checks of the averages: their cases tell all mistakes; the challenges."""

import re

import numpy as np
import pytest

from course_utils import weighted_averages as wa
from course_utils.checks import weighted_averages as checks
from course_utils.sampling_scales import OneMinusLog
from course_utils.widgets import controls
from tests.checks import joined


def test_no_hint_gives_the_line_away():
    for mistake in (*checks._EWA_MISTAKES, *checks._CORRECTED_MISTAKES):
        assert "beta * v + (1 - beta)" not in mistake.look + mistake.hint
        assert "/ (1 - beta**t)" not in mistake.look + mistake.hint


def by_day(step, shown=lambda v, b, t: v, start=lambda values: 0.0):
    def averages(values, beta):
        v, shown_so_far = start(values), []
        for t, theta in enumerate(values, start=1):
            v = step(v, theta, beta)
            shown_so_far.append(shown(v, beta, t))
        return np.array(shown_so_far)

    return averages


def lecture_step(v, x, b):
    return b * v + (1 - b) * x


@pytest.mark.parametrize(
    ("check", "answer", "false"),
    [
        (checks.ewa, by_day(lambda v, x, b: (1 - b) * v + x), "near 100"),  # but near 11
        (checks.ewa, by_day(lambda v, x, b: v + b * x), "jumps nearly all the way"),
        (checks.ewa, by_day(lambda v, x, b: b * ((1 - b) * v + x)), "1 − β multiplies"),
        (
            checks.ewa,
            by_day(lambda v, x, b: b * v - (1 - b) * x, start=lambda values: values[0]),
            "All your averages have the wrong sign",
        ),
        (
            checks.ewa_corrected,
            by_day(lambda v, x, b: v + (1 - b) * x, lambda v, b, t: v / t),
            "keeps growing",  # but stays where it is
        ),
        (
            checks.ewa_corrected,
            by_day(lecture_step, lambda v, b, t: v * (1 - b**t), start=lambda values: values[0]),
            "too low",
        ),
        (
            checks.ewa_corrected,
            by_day(lecture_step, lambda v, b, t: v * (1 - b ** (t + 1))),
            "you divide",
        ),
    ],
)
def test_of_two_mistakes_each_is_told_so_that_it_is_true_beside_the_other(check, answer, false):
    verdict = check(answer)
    assert "+" in verdict.mistake
    assert false not in verdict.hint


_OF_ALL = re.compile(
    "10 °C on every day|wrong sign|runs away|growing|far above|lower still"
    "|with a 0 in front|same first value|start at 0|today and yesterday|own day alone|goes to 1"
    "|From day 1 on|each of them also|that is a plain mean|the same 1 − β"
    "|On the first day it is 0|it is 2 already|average the squares"
)


@pytest.mark.parametrize("check", [checks.ewa, checks.ewa_corrected])
def test_no_mistake_that_is_told_beside_another_says_what_comes_out_of_both(check):
    assert joined.saying(_OF_ALL, check.mistakes) == []


def swapped_step(v, x, b):
    return (1 - b) * v + b * x


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (
            by_day(lecture_step, lambda v, b, t: v / (1 - b ** (t - 1) + 1e-3)),
            "Your t is one too small. Python counts from 0, where 1 − βᵗ is 0. You add a small "
            "number to 1 − βᵗ. With t = 1 on day 1 it is above 0 without it.",
        ),
        (
            by_day(
                lecture_step,
                lambda v, b, t: v / (1 - b) if t == 1 else v,
                start=lambda values: values[0],
            ),
            "Only day 1 is corrected. Is the start forgotten by day 2? Your average starts at the "
            "first day instead of at v₀ = 0, so that this day counts for too much. Day 1 is a step "
            "like all others.",
        ),
        (
            lambda values, beta: (
                wa.ewa(values, beta) / (1 - float(beta) ** np.arange(len(values))[::-1])
            ),
            "Your t is one too small. Python counts from 0, where 1 − βᵗ is 0. Your t counts down: "
            "the first day gets the number of the last.",
        ),
        (
            by_day(swapped_step, lambda v, b, t: v / b),
            "On every day your answer is the average divided by the same number. Is today's weight "
            "missing, or the day's number t in what you divide by? β and 1 − β have changed "
            "places. Which of them says how much of the old average is kept?",
        ),
        (
            by_day(lambda v, x, b: b * v + x, lambda v, b, t: v / b**t),
            "You divide by βᵗ, which goes to 0. What should the correction do to an average in the "
            "long run? Today's weight is missing, so each day counts in full.",
        ),
        (
            by_day(swapped_step, lambda v, b, t: v * (1 - b) / (1 - b**t)),
            "You divide by the sum of the powers of β. Which other factor should the weights in "
            "v_t have? β and 1 − β have changed places. Which of them says how much of the old "
            "average is kept?",
        ),
    ],
)
def test_two_mistakes_in_a_corrected_average_are_told_in_full(answer, told):
    assert checks.ewa_corrected(answer).hint == told


def test_who_forgets_todays_weight_and_corrects_nothing_is_not_told_to_divide():
    """Both give v / (1 − β) on every day, so the hint leaves open which was done."""
    forgotten = checks.ewa_corrected(by_day(lambda v, x, b: b * v + x))
    divided = checks.ewa_corrected(by_day(lecture_step, lambda v, b, t: v / (1 - b)))
    assert forgotten.mistake == divided.mistake == "power-missing"
    assert "today's weight missing" in forgotten.hint
    assert "You divide" not in forgotten.hint


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
