"""Checks of the exercises and the challenge about learning rate decay."""

import numpy as np

from course_utils import learning_rate_decay as lecture
from course_utils.checks.diagnosis import Case, Mistake, diagnose
from course_utils.checks.verdict import Verdict

_INVERSE_CASES = tuple(
    Case((alpha0, rate, epoch), says=f"alpha0 = {alpha0}, rate = {rate}, epoch = {epoch}")
    for alpha0, rate, epoch in ((0.2, 1.0, 0), (0.2, 1.0, 3), (0.5, 0.25, 10), (0.1, 2.0, 1))
)
_INVERSE_MISTAKES = (
    Mistake("still-the-stub", lambda a, r, n: a, "This is the stub as it came: α never falls."),
    Mistake("counts-from-1", lambda a, r, n: a / (1 + r * (n + 1)), "Epoch 0 already has less than "
            "α0. From which number are epochs counted?"),
    Mistake("forgot-the-1", lambda a, r, n: a / max(r * n, 1e-300), "Without the 1 epoch 0 divides "
            "by 0."),
    Mistake("multiplied", lambda a, r, n: a * (1 + r * n), "Yours grows with the epoch. Divide."),
    Mistake("rate-for-all", lambda a, r, n: a / (r * (1 + n)), "The rate multiplies the epoch "
            "alone, not the 1."),
    Mistake("rate-forgotten", lambda a, r, n: a / (1 + n), "The decay rate is not in it."),
    Mistake("epoch-forgotten", lambda a, r, n: a / (1 + r), "The epoch is not in it: α falls once "
            "and never again."),
    Mistake("exponential", lambda a, r, n: a / (1 + r) ** n, "That is divided anew at every epoch: "
            "1/(1 + rate)^epoch falls far faster."),
    Mistake("compounded", lambda a, r, n: a / np.prod([1 + r * k for k in range(n + 1)]), "You "
            "divide the α of the epoch before again. Each epoch starts from α0."),
    Mistake("root", lambda a, r, n: a / np.sqrt(1 + r * n), "There is a root too many."),
)  # fmt: skip


def _inverse_time(alpha0, decay_rate, epoch):
    return float(lecture.inverse_time(alpha0, decay_rate=decay_rate)(epoch))


def inverse_time(function):
    """Check ``inverse_time(alpha0, decay_rate, epoch)``."""
    return diagnose(function, _inverse_time, _INVERSE_CASES, _INVERSE_MISTAKES)


_STAIR_CASES = tuple(
    Case((alpha0, factor, every, epoch), says=f"factor = {factor}, every {every}, epoch {epoch}")
    for alpha0, factor, every, epoch in (
        (0.2, 0.5, 10, 0), (0.2, 0.5, 10, 7), (0.2, 0.5, 10, 9), (0.2, 0.5, 10, 10),
        (0.4, 0.1, 3, 7), (1.0, 0.9, 4, 3),
    )
)  # fmt: skip
_STAIR_MISTAKES = (
    Mistake("still-the-stub", lambda a, f, e, n: a, "This is the stub as it came: α never falls."),
    Mistake("slope-for-stairs", lambda a, f, e, n: a * f ** (n / e), "That is a slope: α falls at "
            "every epoch. What makes n/every a whole number?"),
    Mistake("one-epoch-late", lambda a, f, e, n: a * f ** (max(n - 1, 0) // e), "The step comes "
            "one epoch late: with every = 10, epoch 10 is the first of the second stair."),
    Mistake("one-epoch-early", lambda a, f, e, n: a * f ** ((n + 1) // e), "The step comes one "
            "epoch early: epochs count from 0."),
    Mistake("rounded", lambda a, f, e, n: a * f ** round(n / e), "You round: the step comes half a "
            "stair early. Round down."),
    Mistake("rounded-up", lambda a, f, e, n: a * f ** int(np.ceil(n / e)), "You round up: the step "
            "comes a stair early."),
    Mistake("one-stair", lambda a, f, e, n: a * f if n >= e else a, "One step down, and no more. "
            "How many stairs lie behind epoch n?"),
    Mistake("linear", lambda a, f, e, n: a * f * (n // e) if n >= e else a, "You multiply by the "
            "number of stairs. Each stair multiplies by the factor once more."),
    Mistake("every-epoch", lambda a, f, e, n: a * f**n, "α falls at every epoch: every is not "
            "in it."),
    Mistake("divided", lambda a, f, e, n: a / f ** (n // e), "Yours grows: multiply."),
)  # fmt: skip


def _staircase(alpha0, factor, every, epoch):
    return float(lecture.staircase(alpha0, factor=factor, every=every)(epoch))


def staircase(function):
    """Check ``staircase(alpha0, factor, every, epoch)``."""
    return diagnose(function, _staircase, _STAIR_CASES, _STAIR_MISTAKES)


def goal_settle(distance, *, first, second, alpha0, **_):
    """Judge the challenge: half of twenty runs nearer than 0.05 after the last epoch.

    Parameters
    ----------
    distance : callable
        ``distance(first, second, alpha0)``: the distances after each epoch, a column a run.
    first, second, alpha0
        The sliders.
    """
    away = float(np.median(distance(first, second, alpha0)[-1]))
    if away < 0.05:
        return Verdict(True, None, f"half of the runs are nearer than {away:.3f}.")
    hint = f"bring half of the runs nearer than 0.05. Now {away:.3f}."
    return Verdict(False, "too-far", hint)
