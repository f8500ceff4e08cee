"""The bank of answers to the exercises about learning rate decay."""

from functools import partial

import numpy as np
import pytest

from course_utils import learning_rate_decay as lecture
from course_utils.checks import learning_rate_decay as checks
from course_utils.figures import learning_rate_decay as figures


@pytest.mark.parametrize("right", [
    lambda a, r, n: a / (1 + r * n),
    lambda a, r, n: a * (1 + r * n) ** -1,
    lambda a, r, n: np.float32(a) / np.float32(1 + r * n),
    lambda a, r, n: lecture.inverse_time(a, decay_rate=r)(n),
    lambda a, r, n, one=1: np.divide(a, one + r * n),
])  # fmt: skip
def test_right_inverse_time_passes(right):
    assert checks.inverse_time(right).passed


def compounded(a, r, n):
    for k in range(n + 1):
        a = a / (1 + r * k)
    return a


@pytest.mark.parametrize(("mistake", "wrong"), [
    ("still-the-stub", lambda a, r, n: a),
    ("counts-from-1", lambda a, r, n: a / (1 + r * n + r)),
    ("multiplied", lambda a, r, n: a + a * r * n),
    ("rate-for-all", lambda a, r, n: a / (r + r * n)),
    ("rate-forgotten", lambda a, r, n: a / (n + 1)),
    ("epoch-forgotten", lambda a, r, n: a / (r + 1)),
    ("exponential", lambda a, r, n: a * (1 / (1 + r)) ** n),
    ("compounded", compounded),
    ("root", lambda a, r, n: a * (1 + r * n) ** -0.5),
    ("raises", lambda a, r, n: a / (r * n)),
    ("returns-none", lambda a, r, n: None),
])  # fmt: skip
def test_wrong_inverse_time_is_named(mistake, wrong):
    assert checks.inverse_time(wrong).mistake == mistake


def by_steps(a, f, e, n):
    for k in range(1, n + 1):
        if k % e == 0:
            a *= f
    return a


@pytest.mark.parametrize("right", [
    by_steps,
    lambda a, f, e, n: a * f ** (n // e),
    lambda a, f, e, n: a * f ** int(n / e),
    lambda a, f, e, n: a * np.power(f, np.floor(n / e)),
])  # fmt: skip
def test_right_staircase_passes(right):
    assert checks.staircase(right).passed


@pytest.mark.parametrize(("mistake", "wrong"), [
    ("still-the-stub", lambda a, f, e, n: a),
    ("slope-for-stairs", lambda a, f, e, n: a * np.exp(np.log(f) * n / e)),
    ("one-epoch-late", lambda a, f, e, n: a * f ** (max(0, n - 1) // e)),
    ("one-epoch-early", lambda a, f, e, n: by_steps(a, f, e, n + 1)),
    ("rounded", lambda a, f, e, n: a * f ** int(np.round(n / e))),
    ("rounded-up", lambda a, f, e, n: a * f ** (-(-n // e))),
    ("one-stair", lambda a, f, e, n: a * f ** min(n // e, 1)),
    ("every-epoch", lambda a, f, e, n: by_steps(a, f, 1, n)),
    ("divided", lambda a, f, e, n: a * f ** -(n // e)),
])  # fmt: skip
def test_wrong_staircase_is_named(mistake, wrong):
    assert checks.staircase(wrong).mistake == mistake


def test_factor_times_the_number_of_stairs_is_named():
    wrong = checks.staircase(lambda a, f, e, n: a * f * (n // e) if n // e else a)
    assert wrong.mistake == "linear"


def test_the_challenge():
    goal = partial(checks.goal_settle, figures.hand_made)
    assert not goal(first=1, second=2, alpha0=0.2).passed
    assert not goal(first=60, second=60, alpha0=0.2).passed
    assert (
        goal(first=10, second=35, alpha0=0.3).passed or goal(first=5, second=25, alpha0=0.2).passed
    )
