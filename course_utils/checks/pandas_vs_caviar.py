"""Checks of the exercises and challenges about pandas and caviar."""

import math
from functools import partial

import numpy as np

from course_utils.checks.engine.diagnosis import Case, Mistake, Stub
from course_utils.checks.engine.exercise import Exercise
from course_utils.checks.engine.showing import against
from course_utils.checks.engine.verdict import Verdict
from course_utils.experiments import pandas_vs_caviar as lecture


def _rungs(
    n,
    r,
    R,
    eta,
    *,
    fewer=lambda n, eta: n // eta,
    more=lambda e, r, eta: e * eta,
    goes_on=lambda n, e, R: n >= 1 and e <= R,
    order=lambda pairs: pairs,
):
    """Compute the rungs in exchangeable parts: the right ones by default."""
    found, epochs = [(n, r)], r
    while len(found) < 20:
        n, epochs = fewer(n, eta), more(epochs, r, eta)
        if not goes_on(n, epochs, R):
            break
        found.append((n, epochs))
    return order(found)


def _asked_before(n, r, R, eta, *, goes_on):
    """Compute the rungs, and ask of each, when it is in the list, whether another one follows."""
    found = [(n, r)]
    while goes_on(*found[-1], R):
        n, r = found[-1]
        found.append((n // eta, r * eta))
    return found


_NEARLY_RIGHT = (
    lambda n, e, R: n > 1 and e < R,
    lambda n, e, R: n > 1 and e <= R,
    lambda n, e, R: n >= 1 and e < R,
)


def _by_powers(n, r, R, eta, *, models, rungs=lambda n, r, R, eta: 20):
    """Compute every rung from the first one."""
    pairs = [(models(n, eta, i), r * eta**i) for i in range(rungs(n, r, R, eta))]
    return [pair for i, pair in enumerate(pairs) if not i or (pair[0] >= 1 and pair[1] <= R)]


def _rungs_of(models=True, epochs=True):
    """Return what counts the rungs by a rounded logarithm of models, of epochs or of both."""

    def rungs(n, r, R, eta):
        ratio = min(n if models else math.inf, R / r if epochs else math.inf)
        return int(math.log(ratio) / math.log(eta)) + 1

    return rungs


_RUNGS_CASES = (
    Case((81, 1, 81, 3), says="81 models, from 1 to 81 epochs, η = 3"),
    Case((34, 3, 81, 3), says="34 models, from 3 to 81 epochs, η = 3"),
    Case((10, 1, 100, 2), says="10 models, η = 2: the models run out before the epochs"),
    Case((90, 2, 20, 4), says="90 models, from 2 to 20 epochs, η = 4: the epochs run out"),
    Case((10, 1, 1000, 4), says="10 models, from 1 to 1000 epochs, η = 4"),
    Case((100, 7, 7, 2), says="100 models, η = 2: the first rung has R epochs"),
    Case((98, 1, 98, 7), says="98 models, from 1 to 98 epochs, η = 7"),
    Case((243, 1, 243, 3), says="243 models, from 1 to 243 epochs, η = 3"),
)


def _first_rung(n, r, R, eta):
    found = [(n, r)]
    return found


_RUNGS_STUB = Stub(_first_rung, "The first rung alone: which one comes next?")
_LAST = "Look at the last rung. When does it end?"
_NEXT = (
    "Begin with 11 models and η = 3: how many should your second rung have, and how many has it?"
)
_GROWS = "Look at how the epochs grow from rung to rung."
_ENTRY = "Look at what one entry of your list holds."
_RUNGS_MISTAKES = (
    Mistake(
        "rounded-up",
        "You round the number of models up. Of n models at most n/η go on.",
        partial(_rungs, fewer=lambda n, eta: -(-n // eta) if n > 1 else 0),
        partial(_rungs, fewer=lambda n, eta: math.ceil(n / eta)),
        look=_NEXT,
    ),
    Mistake(
        "rounded-to-nearest",
        "A third of 11 is 3.67, and you keep 4. At most a third goes on.",
        partial(_rungs, fewer=lambda n, eta: round(n / eta)),
        partial(_by_powers, models=lambda n, eta, i: round(n / eta**i)),
        look=_NEXT,
    ),
    Mistake(
        "part-of-a-model",
        "You divided, and there is a part of a model in a rung. Only whole ones can go on: how are "
        "they rounded?",
        partial(_rungs, fewer=lambda n, eta: n / eta),
        partial(_by_powers, models=lambda n, eta, i: n / eta**i),
        look="Begin with 11 models and η = 3: how many models has your second rung?",
    ),
    Mistake(
        "no-models-left",
        "You go on with 0 models. What should happen when the models run out before the epochs?",
        partial(_rungs, goes_on=lambda n, e, R: e <= R),
        look=_LAST,
    ),
    Mistake(
        "one-always-goes-on",
        "One model goes on for ever in your rungs, though one in η of it is none.",
        partial(_rungs, fewer=lambda n, eta: max(1, n // eta)),
        look=_LAST,
    ),
    Mistake(
        "more-than-largest",
        "You go on past R epochs. What should happen when the epochs run out before the models?",
        partial(_rungs, goes_on=lambda n, e, R: n >= 1),
        look=_LAST,
    ),
    Mistake(
        "one-rung-too-many",
        "You ask whether it is over one rung too late: your last rung has more than R epochs.",
        lambda n, r, R, eta: _too_late(n, r, R, eta),
        lambda n, r, R, eta: _too_late(n, r, R, eta) if r < R else [(n, r)],
        look=_LAST,
    ),
    Mistake(
        "put-in-before-asked",
        "You put a rung into the list before you ask whether it still counts: your last one has no "
        "model left, or more than R epochs.",
        lambda n, r, R, eta: _one_more(_rungs(n, r, R, eta), eta),
        *(partial(_asked_before, goes_on=goes_on) for goes_on in _NEARLY_RIGHT),
        look=_LAST,
    ),
    Mistake(
        "cut-to-largest",
        "Your last rung is cut down to R epochs. A rung that would take more than R is left out.",
        lambda n, r, R, eta: _cut(n, r, R, eta),
        look=_LAST,
    ),
    Mistake(
        "last-rung-missing",
        "The rung with just R epochs is missing: R itself is allowed.",
        partial(_rungs, goes_on=lambda n, e, R: n >= 1 and e < R),
        lambda n, r, R, eta: _rungs(n, r, R - 1, eta) if r < R else [],
        look=_LAST,
    ),
    Mistake(
        "last-model-missing",
        "The rung with one model is missing. It is the one that wins: it should get its epochs.",
        partial(_rungs, goes_on=lambda n, e, R: n > 1 and e <= R),
        look=_LAST,
    ),
    Mistake(
        "last-model-missing",
        "A rung with fewer than η models is missing. None goes on from it, but its own models "
        "should get their epochs.",
        lambda n, r, R, eta: [pair for pair in _rungs(n, r, R, eta) if pair[0] >= eta],
        look=_LAST,
    ),
    Mistake(
        "until-both-end",
        "You go on while there are models or epochs. It ends as soon as one of them runs out.",
        partial(_rungs, goes_on=lambda n, e, R: n >= 1 or e <= R),
        look=_LAST,
    ),
    Mistake(
        "models-against-largest",
        "You compare the models with R. R is a number of epochs.",
        partial(_rungs, goes_on=lambda n, e, R: n >= 1 and n <= R),
        partial(_rungs, goes_on=lambda n, e, R: n <= R),
        lambda n, r, R, eta: _rungs(n, r, R, eta) if n <= R else [],
        look=_LAST,
    ),
    Mistake(
        "epochs-of-a-rung",
        "You compare the epochs of all models of a rung together with R. R is the most that each "
        "of them gets.",
        partial(_rungs, goes_on=lambda n, e, R: n >= 1 and n * e <= R),
        lambda n, r, R, eta: _within(n, r, R, eta),
        look=_LAST,
    ),
    Mistake(
        "rounded-logarithm",
        "You count the rungs by a logarithm, and its last digit is rounded: log 243 / log 3 comes "
        "out as 4.99…, and a rung is lost.",
        partial(_by_powers, models=lambda n, eta, i: n // eta**i, rungs=_rungs_of()),
        partial(_by_powers, models=lambda n, eta, i: n // eta**i, rungs=_rungs_of(models=False)),
        partial(_by_powers, models=lambda n, eta, i: n // eta**i, rungs=_rungs_of(epochs=False)),
        look="Look at 243 models and R = 243: how many rungs are there?",
    ),
    Mistake(
        "rounded-power",
        "You multiply by a negative power of η, whose last digit is rounded: 98 · 7⁻² comes out as "
        "1.99…, and a model is lost.",
        partial(_by_powers, models=lambda n, eta, i: int(n * float(eta) ** -i)),
        look="Look at 98 models and η = 7: how many are left in the third rung?",
    ),
    Mistake(
        "epochs-stay",
        "Each model gets the same epochs in every rung. Those that go on get η times as many.",
        partial(_rungs, more=lambda e, r, eta: e),
        partial(_rungs, more=lambda e, r, eta: e, goes_on=lambda n, e, R: n >= 1),
        look="Look at the epochs of the second rung.",
    ),
    Mistake(
        "epochs-added",
        "A model's epochs grow by r from rung to rung. They should be multiplied, by η.",
        partial(_rungs, more=lambda e, r, eta: e + r),
        look=_GROWS,
    ),
    Mistake(
        "eta-added",
        "A model's epochs grow by η from rung to rung. They should be multiplied.",
        partial(_rungs, more=lambda e, r, eta: e + eta),
        look=_GROWS,
    ),
    Mistake(
        "epochs-doubled",
        "A model's epochs double from rung to rung, whatever η is.",
        partial(_rungs, more=lambda e, r, eta: 2 * e),
        look=_GROWS,
    ),
    Mistake(
        "models-stay",
        "Every rung has all n models. Only one in η goes on.",
        partial(_rungs, fewer=lambda n, eta: n),
        look=_NEXT,
    ),
    Mistake(
        "one-dropped-each-time",
        "You take η models away. One in η should be left.",
        partial(_rungs, fewer=lambda n, eta: n - eta),
        look=_NEXT,
    ),
    Mistake(
        "drops-one-in-eta",
        "You drop one in η and keep the others. It is the other way round: one in η goes on.",
        partial(_rungs, fewer=lambda n, eta: n - n // eta),
        look=_NEXT,
    ),
    Mistake(
        "eta-always-3",
        "You take 3 for η, whatever is passed in: is a 3 written somewhere?",
        partial(_rungs, fewer=lambda n, eta: n // 3, more=lambda e, r, eta: 3 * e),
        look="Look at η = 2.",
    ),
    Mistake(
        "eta-always-2",
        "You halve, as the name says, whatever η is.",
        partial(_rungs, fewer=lambda n, eta: n // 2, more=lambda e, r, eta: 2 * e),
        look="Look at η = 3.",
    ),
    Mistake(
        "five-rungs",
        "You make five rungs, as many as the example above has. How many there are depends on n, "
        "r, R and η.",
        lambda n, r, R, eta: [(n // eta**i, r * eta**i) for i in range(5)],
        look="Count your rungs for 10 models, from 1 to 1000 epochs with η = 4.",
    ),
    Mistake(
        "begins-with-one-epoch",
        "Your first rung has 1 epoch, whatever r is.",
        lambda n, r, R, eta: _rungs(n, 1, R, eta),
        look="Look at a first rung with r = 3.",
    ),
    Mistake(
        "epochs-first",
        "Your pairs are turned round: models first, then epochs.",
        partial(_rungs, order=lambda pairs: [pair[::-1] for pair in pairs]),
        look="Look at the order within a pair.",
    ),
    Mistake(
        "last-first",
        "Your last rung comes first.",
        partial(_rungs, order=lambda pairs: pairs[::-1]),
        look="Look at the order of the rungs.",
    ),
    Mistake(
        "two-lists",
        "You return the models and the epochs each in a list. The task asks for one list of pairs.",
        partial(_rungs, order=lambda pairs: [*zip(*pairs, strict=True)]),
        look=_ENTRY,
    ),
    Mistake(
        "only-the-models",
        "You return the models alone. Each entry is a pair: models, epochs.",
        partial(_rungs, order=lambda pairs: [n for n, _ in pairs]),
        look=_ENTRY,
    ),
    Mistake(
        "only-the-epochs",
        "You return the epochs alone. Each entry is a pair: models, epochs.",
        partial(_rungs, order=lambda pairs: [e for _, e in pairs]),
        look=_ENTRY,
    ),
    Mistake(
        "epochs-of-all",
        "You return the epochs of all models of a rung together. Asked for are those of each one.",
        partial(_rungs, order=lambda pairs: [(n, n * e) for n, e in pairs]),
        look="Look at the second number of your first pair.",
    ),
    Mistake(
        "epochs-on-top",
        "You return the epochs that come on top of those already trained. Asked for are the epochs "
        "each model has had in all.",
        lambda n, r, R, eta: _on_top(_rungs(n, r, R, eta)),
        look="Look at the second number of your second pair.",
    ),
    Mistake(
        "one-and-the-same",
        "All your entries are equal: perhaps one and the same list was put in again and again, and "
        "changed afterwards.",
        partial(_rungs, order=lambda pairs: [pairs[-1]] * len(pairs)),
        look="Look at your first rung: is it (n, r)?",
    ),
    Mistake(
        "first-rung-missing",
        "The first rung is missing: all n models get r epochs.",
        partial(_rungs, order=lambda pairs: pairs[1:]),
        look="Look at your first rung.",
    ),
    Mistake(
        "first-rung-twice",
        "The first rung stands there twice.",
        partial(_rungs, order=lambda pairs: [pairs[0], *pairs]),
        look="Look at your first rungs.",
    ),
)


def _too_late(n, r, R, eta):
    pairs = _rungs(n, r, R, eta)
    n, e = pairs[-1][0] // eta, pairs[-1][1] * eta
    return [*pairs, (n, e)] if n else pairs


def _one_more(pairs, eta):
    n, epochs = pairs[-1]
    return [*pairs, (n // eta, epochs * eta)]


def _within(n, r, R, eta):
    pairs = _rungs(n, r, R, eta, goes_on=lambda n, e, R: n >= 1 and n * e <= R)
    return pairs if n * r <= R else []


def _cut(n, r, R, eta):
    pairs = _rungs(n, r, R, eta)
    left = pairs[-1][0] // eta
    return [*pairs, (left, R)] if left and pairs[-1][1] < R else pairs


def _on_top(pairs):
    before = [0, *(e for _, e in pairs)]
    return [(n, e - b) for (n, e), b in zip(pairs, before, strict=False)]


def _draw_rungs(rng):
    r = int(rng.integers(1, 6))
    return Case(
        (int(rng.integers(5, 300)), r, r + int(rng.integers(0, 200)), int(rng.integers(2, 6)))
    )


rungs = Exercise(
    "``rungs(n, r, R, eta)``: pairs of models and epochs, the first is (n, r)",
    right=_rungs,
    cases=_RUNGS_CASES,
    mistakes=_RUNGS_MISTAKES,
    draw=_draw_rungs,
    stub=_RUNGS_STUB,
)


def _survivors(
    errors,
    eta,
    *,
    count=lambda errors, eta: len(errors) // eta,
    worst=math.inf,
    failed=False,
    sign=1,
    later=1,
    give=lambda found, errors: found,
):
    """Compute who goes on in exchangeable parts: the right ones by default."""
    keep = count(errors, eta)
    ranked = sorted(
        range(len(errors)),
        key=lambda i: (sign * (worst if np.isnan(errors[i]) else errors[i]), later * i),
    )
    found = [i for i in ranked[:keep] if failed or not np.isnan(errors[i])]
    return np.asarray(give(sorted(found), errors), dtype=None if found else int)


def _best_first(found, errors):
    return sorted(found, key=lambda i: (np.isnan(errors[i]), errors[i], i))


def _threshold(errors, eta):
    """Return the error of the last one that goes on."""
    return np.sort(errors)[max(len(errors) // eta, 1) - 1]


def _quantile(errors, eta):
    finished = errors[~np.isnan(errors)]
    return np.quantile(finished, 1 / eta) if finished.size else np.nan


_E = np.array([0.5, 0.08, 0.3, 0.9, 0.1, 0.6, 0.2])
_SHARED = np.array([0.5, 0.3, 0.3, 0.9, 0.1, 0.6, 0.4])
_TIES = np.array([0.4, 0.2, 0.3, 0.2, 0.2, 0.5])
_FAILED = np.array([np.nan, 0.5, np.nan, 0.3, 0.4, np.nan, np.nan, 0.6, np.nan])
_MOST_FAILED = np.array([np.nan, np.nan, 0.7, np.nan, np.nan, np.nan])
_COSTS = np.array([2.5, np.nan, 1.5, 30.0, np.nan, 2.0, 4.0, np.nan])
_IN_TURN = np.tile([0.3, 0.1], 12)  # more than 16: below, NumPy's plain sort happens to be stable
_SURVIVORS_CASES = (
    Case((_E, 2), says="seven models, η = 2"),
    Case((_SHARED, 3), says="seven models, η = 3, two equal errors for one place"),
    Case((_TIES, 3), says="six models, η = 3, three of them with the least error"),
    Case((_IN_TURN, 4), says="24 models with the errors 0.3 and 0.1 in turn, η = 4"),
    Case((_FAILED, 3), says="nine models, five have failed, η = 3"),
    Case((_MOST_FAILED, 2), says="six models, all but one have failed, η = 2"),
    Case((_COSTS, 2), says="eight models with errors above 1, three have failed, η = 2"),
    Case((np.array([0.3, 0.1]), 3), says="two models, η = 3: none goes on"),
    Case((np.array([np.nan, np.nan, np.nan, np.nan]), 2), says="four models, all have failed"),
)


def _everybody(errors, eta):
    numbers = np.arange(len(errors))
    return numbers


_SURVIVORS_STUB = Stub(_everybody, "All go on: how many should?")
_COUNT = "Let 7 of 11 models fail, with η = 4: how many go on, and how many should?"
_WHAT = "Look at what your answer holds: errors, numbers, or something else?"
_FAILED_LOOK = "Try the errors NaN, 2.5, NaN and NaN with η = 2: which of the four should go on?"
_EQUAL = "Let the errors of all models be equal: which of them should go on?"
_SURVIVORS_MISTAKES = (
    Mistake(
        "keeps-the-worst",
        "The models with the largest errors go on. Which end is the good one?",
        partial(_survivors, sign=-1, worst=-math.inf),
        partial(_survivors, sign=-1, worst=math.inf),
        partial(_survivors, sign=-1, worst=math.inf, failed=True),
        lambda e, eta: np.sort(np.argsort(e, kind="stable")[-(len(e) // eta) :]),
        look="Look at the errors of those that go on.",
    ),
    Mistake(
        "failed-are-best",
        "Failed models go on, and first of all: NaN was taken for 0, or for something smaller.",
        partial(_survivors, worst=-1.0, failed=True),
        partial(_survivors, worst=0.0, failed=True),
        look=_FAILED_LOOK,
    ),
    Mistake(
        "failed-go-on",
        "Where most have failed, some of them go on in the places that stay free. A failed model "
        "never does.",
        partial(_survivors, failed=True),
        look=_FAILED_LOOK,
    ),
    Mistake(
        "failed-count-as-1",
        "You count NaN as an error of 1. Errors can be above 1, and then a failed model goes "
        "before one that came back.",
        partial(_survivors, worst=1.0, failed=True),
        partial(_survivors, worst=1.0),
        look=_FAILED_LOOK,
    ),
    Mistake(
        "failed-not-counted",
        "Your count is one in η of those that came back. One in η of all goes on, the failed ones "
        "counted.",
        partial(_survivors, count=lambda errors, eta: int(np.isfinite(errors).sum()) // eta),
        partial(_survivors, count=lambda errors, eta: -(-int(np.isfinite(errors).sum()) // eta)),
        look=_COUNT,
    ),
    Mistake(
        "counted-after-failures",
        "You number the models after the failed ones were taken out. Their numbers are their "
        "places among all.",
        lambda e, eta: np.flatnonzero(np.isin(np.flatnonzero(~np.isnan(e)), _survivors(e, eta))),
        look=_FAILED_LOOK,
    ),
    Mistake(
        "counted-after-failures",
        "You go on with the errors of those that came back alone. Then their numbers are places in "
        "a shorter list, and one in η of it is fewer.",
        lambda e, eta: _survivors(e[~np.isnan(e)], eta),
        look=_FAILED_LOOK,
    ),
    Mistake(
        "looked-up-by-error",
        "You look for the number of each error among all errors. Of equal ones you find the same "
        "number again and again.",
        lambda e, eta: sorted(
            int(np.argmax(e == least)) for least in np.sort(e)[: len(e) // eta] if least == least
        ),
        look=_EQUAL,
    ),
    Mistake(
        "rounded-up",
        "Of seven models and η = 2, your code lets four go on; the count is to be rounded down.",
        partial(_survivors, count=lambda errors, eta: -(-len(errors) // eta)),
        look=_COUNT,
    ),
    Mistake(
        "rounded-to-nearest",
        "You round to the nearest whole number. At most one in η goes on.",
        partial(_survivors, count=lambda errors, eta: round(len(errors) / eta)),
        look=_COUNT,
    ),
    Mistake(
        "one-at-least",
        "You let one go on where one in η is none.",
        partial(_survivors, count=lambda errors, eta: max(1, len(errors) // eta)),
        look="Count how many go on of two models with η = 3.",
    ),
    Mistake(
        "one-too-many",
        "One more goes on than should: where does your cut lie?",
        partial(_survivors, count=lambda errors, eta: len(errors) // eta + 1),
        lambda e, eta: np.flatnonzero(e <= np.sort(e)[len(e) // eta]),
        look=_COUNT,
    ),
    Mistake(
        "below-a-quantile",
        "You keep whatever lies below a quantile of the errors. How many that are depends on "
        "equals, on the failed ones and on how it is interpolated. Count one in η of all instead.",
        lambda e, eta: np.flatnonzero(e <= _quantile(e, eta)),
        lambda e, eta: np.flatnonzero(e < _quantile(e, eta)),
        look=_COUNT,
    ),
    Mistake(
        "all-for-none",
        "Where none should go on, all do: a slice that begins at −0 begins at the front.",
        partial(_survivors, count=lambda e, eta: len(e) // eta or len(e)),
        look="Count how many go on of two models with η = 3.",
    ),
    Mistake(
        "drops-one-in-eta",
        "You drop one in η and keep the others. It is the other way round.",
        partial(_survivors, count=lambda errors, eta: len(errors) - len(errors) // eta),
        look=_COUNT,
    ),
    Mistake(
        "eta-models",
        "You keep η models. One in η goes on.",
        partial(_survivors, count=lambda errors, eta: eta),
        look=_COUNT,
    ),
    Mistake(
        "half",
        "You keep half of the models, whatever η is.",
        partial(_survivors, count=lambda errors, eta: len(errors) // 2),
        look=_COUNT,
    ),
    Mistake(
        "a-third",
        "You keep a third of the models, whatever η is.",
        partial(_survivors, count=lambda errors, eta: len(errors) // 3),
        look=_COUNT,
    ),
    Mistake(
        "later-first",
        "Of equal errors you let the later number go on. The earlier goes first: is your sort "
        "turned round?",
        partial(_survivors, later=-1),
        look=_EQUAL,
    ),
    Mistake(
        "sorted-in-any-order",
        "Of many equal errors the earlier number does not always go first: a plain argsort may put "
        'equals in any order. Ask it for kind="stable".',
        lambda e, eta: np.sort([i for i in np.argsort(e)[: len(e) // eta] if e[i] == e[i]]),
        look="Let 24 models have the errors 0.3 and 0.1 in turn, with η = 4: which six go on?",
    ),
    Mistake(
        "ties-all-go-on",
        "Whoever equals the last one goes on, too, and these are too many.",
        lambda e, eta: np.flatnonzero(e <= _threshold(e, eta)),
        lambda e, eta: np.flatnonzero(e <= _threshold(e, eta))[: len(e) if len(e) >= eta else 0],
        lambda e, eta: np.flatnonzero(np.isin(e, np.sort(e)[: len(e) // eta])),
        look="Let the errors of all models be equal: how many go on?",
    ),
    Mistake(
        "first-below-the-last",
        "Of all that are no worse than the last one you take those that come first in the list. A "
        "better one may come behind its equals.",
        lambda e, eta: np.flatnonzero(e <= _threshold(e, eta))[: len(e) // eta],
        lambda e, eta: np.flatnonzero(e <= np.nanmax(np.sort(e)[: len(e) // eta], initial=-1))[
            : len(e) // eta
        ],
        look="Try the errors 0.3, 0.3, 0.1, 0.5, 0.6 and 0.9 with η = 3: which two should go on?",
    ),
    Mistake(
        "last-left-out",
        "You ask for errors below that of the last one that should go on, so that it is dropped "
        "itself.",
        lambda e, eta: np.flatnonzero(e < _threshold(e, eta)),
        look=_COUNT,
    ),
    Mistake(
        "ties-all-dropped",
        "Whoever equals the first one that is dropped is dropped, too, and these are too few.",
        lambda e, eta: np.flatnonzero(e < np.sort(e)[len(e) // eta]),
        look="Let the errors of all models be equal: how many go on?",
    ),
    Mistake(
        "best-first",
        "Of those that go on the best comes first. Asked for are the numbers in ascending order.",
        partial(_survivors, give=_best_first),
        look="Look at the order of your numbers.",
    ),
    Mistake(
        "descending",
        "The largest number comes first. The task asks for ascending order.",
        partial(_survivors, give=lambda found, e: found[::-1]),
        look="Look at the order of your numbers.",
    ),
    Mistake(
        "errors-for-numbers",
        "You return errors. Asked for are the numbers of the models.",
        lambda e, eta: np.sort(e)[: len(e) // eta],
        partial(_survivors, give=lambda found, e: [e[i] for i in found]),
        partial(_survivors, give=lambda found, e: sorted(e[i] for i in found)),
        look=_WHAT,
    ),
    Mistake(
        "counts-from-1",
        "You number the models from 1: the first is 0.",
        partial(_survivors, give=lambda found, e: [i + 1 for i in found]),
        look="Look at the number of the first model.",
    ),
    Mistake(
        "ranks",
        "You return ranks among all errors. Asked for are the numbers of the models.",
        lambda e, eta: np.sort(np.argsort(np.argsort(e, kind="stable"))[: len(e) // eta]),
        look=_WHAT,
    ),
    Mistake(
        "mask",
        "You return True and False, for each model. Asked for are the numbers of those that go on.",
        partial(_survivors, give=lambda found, e: [i in found for i in range(len(e))]),
        lambda e, eta: np.isin(np.arange(len(e)), _survivors(e, eta)),
        look=_WHAT,
    ),
    Mistake(
        "first-in-the-list",
        "You let the first ones of the list go on. Their errors decide.",
        lambda e, eta: np.arange(len(e) // eta),
        lambda e, eta: np.flatnonzero(~np.isnan(e))[: len(e) // eta],
        look="Look at the errors of those that go on.",
    ),
    Mistake(
        "every-eta-th",
        "You let every η-th of the list go on. Their errors decide.",
        lambda e, eta: np.arange(len(e))[::eta],
        look="Look at the errors of those that go on.",
    ),
)


def _draw_errors(rng):
    m = int(rng.integers(6, 15))
    errors = rng.permutation(m) / 20 + 0.05
    errors[rng.permutation(m)[: rng.integers(0, m // 2)]] = np.nan
    return Case((errors.round(2), int(rng.integers(2, 5))))


survivors = Exercise(
    "``survivors(errors, eta)``: the numbers of the models that go on, ascending",
    right=_survivors,
    cases=_SURVIVORS_CASES,
    mistakes=_SURVIVORS_MISTAKES,
    draw=_draw_errors,
    stub=_SURVIVORS_STUB,
)


def goal_four_percent(life, **_):
    """Judge the life of a panda: 4 % within 25 epochs, with those that were thrown away.

    What was reached stays reached, however long the model lives on.
    """
    for paid, error in enumerate(life.errors[:25], 1):
        if error <= 0.04:
            return Verdict(True, None, f"{against(error, 0.04, '.1%')} for {paid} epochs.")
    best, paid = life.best, life.paid
    now = f"{against(best, 0.04, '.1%')} for {paid} epochs"
    asked = "an error of 4 % or less for at most 25 epochs, those thrown away included"
    if paid >= 25:
        return Verdict(False, "too-dear", f"{asked}. Now {now}: Reset brings a new model.")
    return Verdict(False, "too-many-wrong", f"{asked}. Now {now}.")


def goal_keep_the_best(*, eta, smallest, draw, **_):
    """Judge successive halving: it returns the best of the 81 of draw 2, for 600 epochs."""
    asked = "find the best of all 81 models of draw 2, for at most 600 epochs"
    if draw != 2:
        return Verdict(False, "other-models", f"{asked}. Take that draw.")
    done = lecture.halve(lecture.eighty_one(draw), smallest=smallest, eta=eta)
    kept = "kept" if done.kept else f"dropped after {done.last[done.best]} epochs"
    found = "found" if done.first == done.best else kept
    now = f"{found}, {done.paid} epochs"
    if found == "found" and done.paid <= 600:
        return Verdict(True, None, f"{now}.")
    if found == "kept":
        now = f"kept to the last rung, where another model was ahead, {done.paid} epochs"
    mistake = "too-dear" if done.paid > 600 else "dropped" if not done.kept else "not-found"
    return Verdict(False, mistake, f"{asked}. Now: {now}.")
