"""Checks about learning rate decay: their cases tell all mistakes, and the challenge."""

from functools import partial

from course_utils.checks import learning_rate_decay as checks
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
