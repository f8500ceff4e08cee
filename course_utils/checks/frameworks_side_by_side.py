"""Checks of the exercises and the challenge about frameworks."""

import numpy as np

from course_utils.checks.diagnosis import Case, Mistake, diagnose
from course_utils.checks.verdict import Verdict


def _settings(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, lambda_ / m


_SETTINGS_CASES = (
    Case((0.1, 0.9, 0.7, 50), says="α = 0.1, β = 0.9, λ = 0.7, m = 50"),
    Case((0.02, 0.5, 0.3, 1000), says="α = 0.02, β = 0.5, λ = 0.3, m = 1000"),
    Case((0.1, 0.0, 0.0, 8), says="no momentum, no L2"),
)

_SETTINGS_MISTAKES = (
    Mistake("still-the-stub", lambda a, b, r, m: (0.0, 0.0, 0.0), "This is the stub as it came: a "
            "learning rate of 0 goes nowhere."),
    Mistake("numbers-as-they-are", lambda a, b, r, m: (a, b, r), "You hand on our numbers as they "
            "are. PyTorch's velocity has no factor 1 − β, and its decay no 1/m."),
    Mistake("alpha-as-it-is", lambda a, b, r, m: (a, b, r / m), "The decay is right. PyTorch's "
            "velocity adds up whole gradients: it is 1/(1 − β) times ours. What makes up for it?"),
    Mistake("alpha-divided", lambda a, b, r, m: (a / (1 - b), b, r / m), "PyTorch's velocity is "
            "already 1/(1 − β) times ours: you make the step larger still."),
    Mistake("alpha-times-beta", lambda a, b, r, m: (a * b, b, r / m), "The gradient's share in our "
            "average is not β but the rest."),
    Mistake("momentum-turned-round", lambda a, b, r, m: (a * (1 - b), 1 - b, r / m), "PyTorch's "
            "momentum of SGD is the share of the old, as ours. (In its batch norm it is not.)"),
    Mistake("decay-not-divided", lambda a, b, r, m: (a * (1 - b), b, r), "α and β are right. Our "
            "L2 term is λ/(2m) ‖W‖²: look at the m."),
    Mistake("decay-halved", lambda a, b, r, m: (a * (1 - b), b, r / (2 * m)), "That is the factor "
            "in the cost. The decay is added to the *gradient*: the square's 2 cancels the ½."),
    Mistake("decay-times-alpha", lambda a, b, r, m: (a * (1 - b), b, a * r / m), "PyTorch adds the "
            "decay to the gradient before it multiplies by the learning rate: α comes by itself."),
    Mistake("decay-doubled", lambda a, b, r, m: (a * (1 - b), b, 2 * r / m), "The cost has λ/(2m): "
            "its derivative has no 2 left."),
)  # fmt: skip


def pytorch_settings(function):
    """Check ``pytorch_settings(alpha, beta, lambda_, m)``: (lr, momentum, weight_decay)."""
    return diagnose(function, _settings, _SETTINGS_CASES, _SETTINGS_MISTAKES, measure=_as_three)


def _as_three(answer):
    """Take a tuple, a list or an array of three numbers; a dict as PyTorch's keywords."""
    if isinstance(answer, dict):
        answer = [answer.get(name, np.nan) for name in ("lr", "momentum", "weight_decay")]
    return np.asarray(answer, float)


def _running(old, variance, m, momentum):
    return (1 - momentum) * old + momentum * variance * m / (m - 1)


def _case(old, variance, m, momentum, says):
    return Case((np.array(old), np.array(variance), m, momentum), says=says)


_RUNNING_CASES = (
    _case([1.0, 2.0, 0.5], [4.0, 0.25, 3.0], 5, 0.1, "three units, m = 5, momentum 0.1"),
    _case([1.0, 3.0], [2.0, 6.0], 2, 0.25, "two units, m = 2, momentum 0.25"),
)

_RUNNING_MISTAKES = (
    Mistake("still-the-stub", lambda o, v, m, k: o, "This is the stub as it came: the average "
            "never moves."),
    Mistake("biased", lambda o, v, m, k: (1 - k) * o + k * v, "The average is right. But PyTorch "
            "averages the *unbiased* variance, divided by m − 1 and not by m."),
    Mistake("keeps-momentum", lambda o, v, m, k: k * o + (1 - k) * v * m / (m - 1),
            "In PyTorch's batch norm momentum is the share of the *new*."),
    Mistake("our-convention", lambda o, v, m, k: k * o + (1 - k) * v, "That is the lecture's "
            "average. PyTorch differs twice: momentum is the share of the new, and the variance "
            "is unbiased."),
    Mistake("corrected-twice", lambda o, v, m, k: ((1 - k) * o + k * v) * m / (m - 1), "The old "
            "average is unbiased already: only the new variance is corrected."),
    Mistake("corrected-the-wrong-way", lambda o, v, m, k: (1 - k) * o + k * v * (m - 1) / m,
            "Unbiased is larger: divided by m − 1, it was divided by m."),
    Mistake("only-the-new", lambda o, v, m, k: v * m / (m - 1), "That is this mini-batch alone. "
            "Where is the old average?"),
    Mistake("no-share-of-the-new", lambda o, v, m, k: (1 - k) * o + v * m / (m - 1), "The shares "
            "should add up to 1."),
)  # fmt: skip


def running_variance(function):
    """Check ``running_variance(old, variance, m, momentum)``: PyTorch's new average."""
    return diagnose(function, _running, _RUNNING_CASES, _RUNNING_MISTAKES)


def goal_another_first(chosen, *, ease, speed, room, alive):
    """Judge the challenge: weights, none of them 0, under which another framework comes first."""
    names, score = chosen(ease, speed, room, alive)
    _, equal = chosen(1, 1, 1, 1)
    first, usual = names[int(np.argmax(score))], names[int(np.argmax(equal))]
    if min(ease, speed, room, alive) == 0:
        return Verdict(False, "a-zero", f"no weight may be 0: all four count. Now {first}.")
    if first != usual:
        return Verdict(True, None, f"now {first} comes first. Would you choose it?")
    return Verdict(False, "not-yet", f"with these weights {first} comes first, as with equal ones.")
