"""The checks about frameworks name every mistake and refuse no right answer."""

from functools import partial

import numpy as np
import pytest

from course_utils.checks import frameworks_side_by_side as checks
from course_utils.figures import frameworks_side_by_side as figures


def by_running(alpha, beta, lambda_, m):
    """Find lr from the first step: ours is alpha (1 - beta) g, PyTorch's lr g."""
    first = alpha * (1 - beta) * 1.0
    return [first / 1.0, beta, 2 * lambda_ / (2 * m)]


@pytest.mark.parametrize("right", [
    lambda alpha, beta, lambda_, m: (alpha * (1 - beta), beta, lambda_ / m),
    lambda alpha, beta, lambda_, m: (alpha - alpha * beta, beta, lambda_ * m**-1),
    lambda alpha, beta, lambda_, m: np.float32([alpha * (1 - beta), beta, lambda_ / m]),
    lambda alpha, beta, lambda_, m: {"lr": alpha * (1 - beta), "momentum": beta,
                                     "weight_decay": lambda_ / m},
    by_running,
])  # fmt: skip
def test_right_settings_pass(right):
    assert checks.pytorch_settings(right).passed


@pytest.mark.parametrize(("mistake", "wrong"), [
    ("still-the-stub", lambda a, b, r, m: (0, 0, 0)),
    ("numbers-as-they-are", lambda a, b, r, m: [a, b, r]),
    ("alpha-as-it-is", lambda a, b, r, m: (a, b, 2 * r / (2 * m))),
    ("alpha-divided", lambda a, b, r, m: (a * (1 - b) ** -1, b, r / m)),
    ("alpha-times-beta", lambda a, b, r, m: (b * a, b, r / m)),
    ("momentum-turned-round", lambda a, b, r, m: (a - a * b, 1 - b, r / m)),
    ("decay-not-divided", lambda a, b, r, m: (a * (1 - b), b, r)),
    ("decay-halved", lambda a, b, r, m: (a * (1 - b), b, 0.5 * r / m)),
    ("decay-times-alpha", lambda a, b, r, m: (a * (1 - b), b, r / m * a)),
    ("decay-doubled", lambda a, b, r, m: (a * (1 - b), b, r / (m / 2))),
    ("returns-none", lambda a, b, r, m: None),
    ("wrong-shape", lambda a, b, r, m: (a * (1 - b), b)),
    ("raises", lambda a, b, r, m: a.lr),
])  # fmt: skip
def test_wrong_settings_are_named(mistake, wrong):
    assert checks.pytorch_settings(wrong).mistake == mistake


def in_place(old, variance, m, momentum):
    old *= 1 - momentum
    old += momentum * variance * m / (m - 1)
    return old


@pytest.mark.parametrize("right", [
    lambda old, variance, m, momentum: (1 - momentum) * old + momentum * variance * m / (m - 1),
    lambda old, variance, m, momentum: old + momentum * (variance / (1 - 1 / m) - old),
    lambda old, variance, m, momentum: np.float32(
        [(1 - momentum) * o + momentum * m * v / (m - 1)
         for o, v in zip(old, variance, strict=True)]),
    lambda old, variance, m, momentum: in_place(old.copy(), variance, m, momentum),
])  # fmt: skip
def test_right_running_variance_passes(right):
    assert checks.running_variance(right).passed


@pytest.mark.parametrize(("mistake", "wrong"), [
    ("still-the-stub", lambda o, v, m, k: o.copy()),
    ("biased", lambda o, v, m, k: o + k * (v - o)),
    ("keeps-momentum", lambda o, v, m, k: k * o + (1 - k) * v / (m - 1) * m),
    ("our-convention", lambda o, v, m, k: v + k * (o - v)),
    ("corrected-twice", lambda o, v, m, k: (o + k * (v - o)) / (1 - 1 / m)),
    ("corrected-the-wrong-way", lambda o, v, m, k: (1 - k) * o + k * v * (1 - 1 / m)),
    ("only-the-new", lambda o, v, m, k: m * v / (m - 1)),
    ("no-share-of-the-new", lambda o, v, m, k: o - k * o + v * m / (m - 1)),
    ("changes-its-input", in_place),
    ("returns-none", lambda o, v, m, k: None),
    ("wrong-shape", lambda o, v, m, k: o[:1]),
])  # fmt: skip
def test_wrong_running_variance_is_named(mistake, wrong):
    assert checks.running_variance(wrong).mistake == mistake


EQUAL = {"ease": 1, "speed": 1, "room": 1, "alive": 1}


def test_the_challenge_to_choose_by_weights():
    judge = partial(checks.goal_another_first, figures.chosen)
    assert judge(**EQUAL).mistake == "not-yet"
    assert judge(**(EQUAL | {"speed": 0, "room": 5})).mistake == "a-zero"
    every = [dict(zip(EQUAL, w, strict=True)) for w in np.ndindex(6, 6, 6, 6)]
    passed = [weights for weights in every if judge(**weights).passed]
    assert 5 < len(passed) < 400
    assert all(min(weights.values()) > 0 for weights in passed)
