"""Checks of the exercises and challenges about pandas and caviar."""

import math

import numpy as np

from course_utils import pandas_vs_caviar as lecture
from course_utils.checks.diagnosis import Case, Mistake, diagnose
from course_utils.checks.verdict import Verdict


def _rungs(n, r, R, eta, *, fewer=lambda n, eta: n // eta, more=lambda e, r, eta: e * eta,
           goes_on=lambda n, e, R: n >= 1 and e <= R):  # fmt: skip
    """Compute the rungs in exchangeable parts: the right ones by default."""
    found, epochs = [(n, r)], r
    while len(found) < 20:
        n, epochs = fewer(n, eta), more(epochs, r, eta)
        if not goes_on(n, epochs, R):
            break
        found.append((n, epochs))
    return found


def _rungs_mistake(identity, hint, **parts):
    return Mistake(identity, lambda n, r, R, eta: _rungs(n, r, R, eta, **parts), hint)


_RUNGS_CASES = (
    Case((81, 1, 81, 3), says="81 models, from 1 to 81 epochs, η = 3"),
    Case((34, 3, 81, 3), says="34 models, from 3 to 81 epochs, η = 3"),
    Case((10, 1, 100, 2), says="10 models, η = 2: the models run out before the epochs"),
    Case((50, 2, 20, 4), says="50 models, from 2 to 20 epochs, η = 4: the epochs run out"),
    Case((15, 9, 81, 3), says="15 models, from 9 to 81 epochs, η = 3"),
)
_RUNGS_MISTAKES = (
    Mistake("still-the-stub", lambda n, r, R, eta: [(n, r)],
            "This is the stub as it came: the first rung alone. Which one comes next?"),
    _rungs_mistake("rounded-up", "34 models, η = 3: you keep 12, more than a third. Of n models "
                   "at most n/η go on.", fewer=lambda n, eta: -(-n // eta) if n > 1 else 0),
    _rungs_mistake("rounded-to-nearest", "11/3 is 3.67, and you keep 4. At most a third goes on.",
                   fewer=lambda n, eta: round(n / eta)),
    _rungs_mistake("part-of-a-model", "There is a rung with a part of a model: you divided, and "
                   "did not round. // rounds down.", fewer=lambda n, eta: n / eta),
    _rungs_mistake("no-models-left", "Your last rungs hold 0 models. When does it end, if the "
                   "models run out before the epochs?", goes_on=lambda n, e, R: e <= R),
    _rungs_mistake("more-than-largest", "A rung has more than R epochs. When does it end, if the "
                   "epochs run out before the models?", goes_on=lambda n, e, R: n >= 1),
    _rungs_mistake("last-rung-missing", "The rung with just R epochs is missing: R itself is "
                   "allowed.", goes_on=lambda n, e, R: n >= 1 and e < R),
    _rungs_mistake("last-model-missing", "The rung with one model is missing. It is the one that "
                   "wins: it should get its epochs.", goes_on=lambda n, e, R: n > 1 and e <= R),
    _rungs_mistake("epochs-stay", "Every rung has the same epochs. Those that go on get η times "
                   "as many.", more=lambda e, r, eta: e, goes_on=lambda n, e, R: n >= 1),
    _rungs_mistake("epochs-added", "Your epochs grow by r from rung to rung. They should be "
                   "multiplied, by η.", more=lambda e, r, eta: e + r),
    _rungs_mistake("one-dropped-each-time", "You take η models away. One in η should be left.",
                   fewer=lambda n, eta: n - eta),
    _rungs_mistake("drops-one-in-eta", "You drop one in η and keep the others. It is the other "
                   "way round: one in η goes on.", fewer=lambda n, eta: n - n // eta),
    _rungs_mistake("eta-always-3", "η = 3 is right, others are not: is a 3 written somewhere?",
                   fewer=lambda n, eta: n // 3, more=lambda e, r, eta: 3 * e),
    _rungs_mistake("eta-always-2", "You halve, as the name says, whatever η is.",
                   fewer=lambda n, eta: n // 2, more=lambda e, r, eta: 2 * e),
    Mistake("epochs-first", lambda n, r, R, eta: [(e, k) for k, e in _rungs(n, r, R, eta)],
            "Right, but the wrong way round: models first, then epochs."),
    Mistake("first-rung-missing", lambda n, r, R, eta: _rungs(n, r, R, eta)[1:],
            "The first rung is missing: all n models get r epochs."),
)  # fmt: skip


def rungs(function):
    """Check ``rungs(n, r, R, eta)``: pairs of models and epochs, the first is (n, r)."""
    return diagnose(function, _rungs, _RUNGS_CASES, _RUNGS_MISTAKES, measure=np.array)


def _survivors(errors, eta, *, count=lambda errors, eta: len(errors) // eta, worst=math.inf,
               failed=False, sign=1, later=1):  # fmt: skip
    """Compute who goes on in exchangeable parts: the right ones by default."""
    keep = count(errors, eta)
    ranked = sorted(range(len(errors)), key=lambda i: (
        sign * (worst if np.isnan(errors[i]) else errors[i]), later * i))  # fmt: skip
    return np.sort([i for i in ranked[:keep] if failed or not np.isnan(errors[i])]).astype(int)


def _survivors_mistake(identity, hint, **parts):
    return Mistake(identity, lambda errors, eta: _survivors(errors, eta, **parts), hint)


def _threshold(errors, eta):
    """Return the error of the last one that goes on."""
    return np.sort(errors)[max(len(errors) // eta, 1) - 1]


_E = np.array([0.5, 0.08, 0.3, 0.9, 0.1, 0.6, 0.2])
_TIES = np.array([0.4, 0.2, 0.3, 0.2, 0.2, 0.5])
_FAILED = np.array([np.nan, 0.5, np.nan, 0.3, 0.4, np.nan, np.nan, 0.6, np.nan])
_MOST_FAILED = np.array([np.nan, np.nan, 0.7, np.nan, np.nan, np.nan])
_SURVIVORS_CASES = (
    Case((_E, 2), says="seven models, η = 2"),
    Case((_E, 3), says="seven models, η = 3"),
    Case((_TIES, 3), says="six models, η = 3, three of them with the least error"),
    Case((_FAILED, 3), says="nine models, five have failed, η = 3"),
    Case((_MOST_FAILED, 2), says="six models, all but one have failed, η = 2"),
)
_SURVIVORS_MISTAKES = (
    Mistake("still-the-stub", lambda errors, eta: np.arange(len(errors)),
            "This is the stub as it came: all go on."),
    _survivors_mistake("keeps-the-worst", "The models with the largest errors go on. Which end of "
                       "the sorted list is the good one?", sign=-1, worst=-math.inf),
    _survivors_mistake("failed-are-best", "Failed models go on, and first of all: NaN was taken "
                       "for 0, or for something smaller.", worst=-1.0, failed=True),
    _survivors_mistake("failed-go-on", "np.argsort puts NaN last. But if most have failed, some of "
                       "the last go on. A failed model never does.", failed=True),
    _survivors_mistake("failed-not-counted", "One in η of all models that ran goes on, not of "
                       "those that came back: len(errors) // η.",
                       count=lambda errors, eta: int(np.isfinite(errors).sum()) // eta),
    _survivors_mistake("rounded-up", "Of seven models and η = 2 three go on: round down.",
                       count=lambda errors, eta: -(-len(errors) // eta)),
    _survivors_mistake("drops-one-in-eta", "You drop one in η and keep the others. It is the other "
                       "way round.", count=lambda errors, eta: len(errors) - len(errors) // eta),
    _survivors_mistake("eta-models", "You keep η models. One *in* η goes on.",
                       count=lambda errors, eta: eta),
    _survivors_mistake("half", "You keep half of them, whatever η is.",
                       count=lambda errors, eta: len(errors) // 2),
    _survivors_mistake("later-first", "Of equal errors the earlier number goes on. Is your sort "
                       "turned round?", later=-1),
    Mistake("ties-all-go-on", lambda e, eta: np.flatnonzero(e <= _threshold(e, eta)),
            "Equal to the threshold: all of them go on, and these are too many. Count."),
    Mistake("ties-all-dropped", lambda e, eta: np.flatnonzero(e < _threshold(e, eta)),
            "Equal to the threshold: none goes on, and these are too few. Count."),
    Mistake("best-first", lambda e, eta: [i for i in np.argsort(e, kind="stable")[: len(e) // eta]
                                          if not np.isnan(e[i])],
            "The right models, the best first. Asked for are their numbers in ascending order."),
    Mistake("errors-for-numbers", lambda e, eta: np.sort(e)[: len(e) // eta],
            "These are their errors. Asked for are their numbers: np.argsort."),
    Mistake("errors-for-numbers", lambda e, eta: e[_survivors(e, eta)],
            "These are their errors. Asked for are their numbers."),
    Mistake("counts-from-1", lambda e, eta: _survivors(e, eta) + 1,
            "Every number is one too large: the first model is 0."),
    Mistake("mask", lambda e, eta: np.isin(np.arange(len(e)), _survivors(e, eta)),
            "The right models, as a mask of True and False. np.flatnonzero makes numbers of it."),
)  # fmt: skip


def survivors(function):
    """Check ``survivors(errors, eta)``: the numbers of the models that go on, ascending."""
    return diagnose(function, _survivors, _SURVIVORS_CASES, _SURVIVORS_MISTAKES, measure=np.array)


def goal_four_percent(life, **_):
    """Judge the life of a panda: 4 % within 25 epochs, with those that were thrown away."""
    best, paid = life.best, life.paid
    now = f"{best:.1%} for {paid} epochs"
    if best <= 0.04 and paid <= 25:
        return Verdict(True, None, f"{now}.")
    asked = "an error of 4 % or less for at most 25 epochs, those thrown away included"
    if paid > 25:
        return Verdict(False, "too-dear", f"{asked}. Now {now}: Reset brings a new model.")
    return Verdict(False, "too-many-wrong", f"{asked}. Now {now}.")


def goal_keep_the_best(*, eta, models, smallest, draw, **_):
    """Judge successive halving: the best of the 81 of draw 2, kept to the end for 600 epochs."""
    asked = "keep the best of all 81 models of draw 2 to the end, for at most 600 epochs"
    if (models, draw) != (81, 2):
        return Verdict(False, "other-models", f"{asked}. Take those models.")
    done = lecture.halve(lecture.eighty_one(draw), smallest=smallest, eta=eta)
    kept = "kept" if done.kept else f"dropped after {done.last[done.best]} epochs"
    now = f"{kept}, {done.paid} epochs"
    if done.kept and done.paid <= 600:
        return Verdict(True, None, f"{now}.")
    return Verdict(False, "too-dear" if done.kept else "dropped", f"{asked}. Now: {now}.")
