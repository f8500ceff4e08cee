"""Checks about learning rate decay: their cases tell all mistakes, and the challenge."""

import re
from functools import partial

import numpy as np
import pytest

from course_utils.checks import learning_rate_decay as checks
from course_utils.checks.engine import known
from course_utils.experiments import learning_rate_decay as experiments
from course_utils.figures import learning_rate_decay as figures


def test_a_path_without_a_return_is_told_from_none_at_all():
    def nothing_at_first(alpha0, factor, every, epoch):
        if epoch >= every:
            return alpha0 * factor ** (epoch // every)

    def nothing(alpha0, factor, every, epoch):
        alpha0 * factor ** (epoch // every)

    assert "every path" in checks.staircase(nothing_at_first).hint
    assert "its last line" in checks.staircase(nothing).hint


def test_the_challenge():
    goal = partial(checks.goal_settle, figures.hand_made)
    assert not goal(first=1, second=2, alpha0=0.2).passed
    assert not goal(first=60, second=60, alpha0=0.2).passed
    assert (
        goal(first=10, second=35, alpha0=0.3).passed or goal(first=5, second=25, alpha0=0.2).passed
    )


def test_goal_of_the_operator():
    run = experiments.Operator()
    list(run.line.reach(20, 0.2))
    assert checks.goal_steer(run, epoch=20).mistake == "not-there"
    list(run.line.reach(60, 0.2))
    verdict = checks.goal_steer(run, epoch=60)
    assert verdict.mistake == "too-far"
    assert "It became 0.381" in verdict.hint
    for epoch, alpha in ((20, 0.2), (40, 0.02), (60, 0.002)):
        list(run.line.reach(epoch, alpha))
    verdict = checks.goal_steer(run, epoch=60)
    assert verdict.passed
    assert "nearer than 0.046" in verdict.hint


def test_the_challenge_of_the_two_cuts_can_ask_for_more():
    goal = partial(checks.goal_settle, figures.hand_made, nearer=0.035)
    assert not goal(first=20, second=40, alpha0=0.2).passed
    assert goal(first=16, second=37, alpha0=0.15).passed


_INVERSE_AT = {
    "first": (0.2, 0.5, 0),
    "1": (0.2, 1.0, 1),
    "2": (0.2, 1.0, 2),
    "late": (0.2, 0.5, 9),
}
_STAIR_AT = {
    "first": (0.2, 0.5, 10, 0),
    "1": (0.2, 0.5, 10, 10),
    "2": (0.2, 0.5, 10, 20),
    "late": (0.2, 0.5, 10, 95),
}
_CLAIMS = {
    "α grows|grows back": lambda α: α["2"] > α["1"],
    "α falls|falls too fast": lambda α: α["late"] < 0.2,
    "already has less": lambda α: α["first"] < 0.2,
    "starts at 1,": lambda α: α["first"] == 1,
    "epoch 0 gets 1": lambda α: α["first"] == 1,
    "back at α₀": lambda α: α["late"] == 0.2,
    "You divide by rate": lambda α: α["late"] < 0.2,
    r"You multiply by 1 \+ rate": lambda α: α["1"] == 0.4,
    "been multiplied by the factor already": lambda α: α["first"] == 0.1,
    "nothing has happened yet": lambda α: α["1"] == 0.2,
}


@pytest.mark.parametrize(
    ("exercise", "at"), [(checks.inverse_time, _INVERSE_AT), (checks.staircase, _STAIR_AT)]
)
@np.errstate(all="ignore")
def test_what_is_told_of_two_mistakes_at_once_is_true_of_both_together(exercise, at):
    untrue = {}
    for pair in known._pairs(exercise.mistakes):
        found = {when: pair.wrong[0](*call) for when, call in at.items()}
        said = [claim for claim in _CLAIMS if re.search(claim, pair.hint)]
        if false := [claim for claim in said if not _CLAIMS[claim](found)]:
            untrue[pair.id] = false
    assert untrue == {}


def test_alpha_times_rate_times_epoch_is_not_said_to_divide_by_it():
    verdict = checks.inverse_time(lambda alpha0, decay_rate, epoch: alpha0 * decay_rate * epoch)
    assert verdict.mistake == "forgot-the-1+multiplied"
    assert "You divide" not in verdict.hint


def test_the_denominator_or_the_factor_alone_is_called_so():
    assert checks.inverse_time(lambda a, r, n: 1 + r * n).mistake == "denominator-alone"
    assert checks.staircase(lambda a, f, e, n: f).mistake == "factor-alone"
