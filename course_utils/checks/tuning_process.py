"""Checks of the exercises and the challenges about the tuning process."""

import math
from dataclasses import dataclass
from functools import cache

import numpy as np

from course_utils import search
from course_utils import tuning_process as lecture
from course_utils.checks.diagnosis import Case, Mistake, diagnose
from course_utils.checks.running import call
from course_utils.checks.verdict import Verdict


@dataclass
class _Run:
    """One call of a reader's search: what it asked the objective, and what it returned."""

    asked: np.ndarray
    errors: np.ndarray
    answer: object
    n: int


def _bowl(x, y):
    return (x - 0.3) ** 2 + (y - 0.8) ** 2


def _with_holes(x, y):
    """Diverge for half of all points, as trainings with a large alpha do."""
    return math.nan if x > 0.5 else 1.0 - x


_OBJECTIVES = ((_bowl, 40), (_with_holes, 25), (lambda x, y: 2.0 - y, 1))


def _watched(function, objective, n, seed=3):
    """Run the reader's search; return a `_Run`, or the verdict on a call that went wrong."""
    asked = []

    def watching(*point):
        point = point[0] if len(point) == 1 else point
        asked.append([float(point[0]), float(point[1])])
        return objective(*asked[-1])

    outcome = call(function, watching, n, np.random.default_rng(seed))
    if outcome.endless:
        return Verdict(False, "endless", f"It did not come back ({outcome.where}).")
    if outcome.error is not None:
        said, where = f"{type(outcome.error).__name__}: {outcome.error}", outcome.where
        return Verdict(False, "raises", f"It raised {said} in {where}.")
    errors = np.array([objective(*point) for point in asked])
    return _Run(np.reshape(asked, (-1, 2)), errors, outcome.value, n)


def _point(run):
    """Return the answer as a point; None if it is none."""
    try:
        point = np.asarray(run.answer, dtype=np.float64)
    except (TypeError, ValueError):
        return None
    return point if point.shape == (2,) else None


def _is(run, place):
    """Whether the answer is the point that was asked for at some place."""
    return np.allclose(_point(run), run.asked[place])


def _a_number(run):
    return np.isscalar(run.answer) or getattr(run.answer, "shape", None) == ()


def _is_an_error(run):
    return _a_number(run) and np.isclose(float(run.answer), run.errors, equal_nan=True).any()


def _is_a_place(run):
    return _a_number(run) and float(run.answer).is_integer() and 0 <= run.answer < len(run.errors)


def _few_values(run):
    return run.n > 1 and min(len(np.unique(column)) for column in run.asked.T) < run.n / 2


_FAULTS = (
    ("still-the-stub", lambda r: not len(r.asked) and _point(r) is not None and not any(r.answer),
     "This is the stub as it came: it has tried nothing yet."),
    ("nothing-tried", lambda r: not len(r.asked), "It never calls objective(x, y)."),
    ("returns-none", lambda r: r.answer is None, "It returned None: does its last line say "
     "return?"),
    ("outside", lambda r: (r.asked < 0).any() or (r.asked > 1).any(), "Some points lie outside the "
     "unit square. rng.random() is between 0 and 1."),
    ("one-point", lambda r: r.n > 1 and len(np.unique(r.asked, axis=0)) == 1, "It tries one point "
     "again and again. Each trial draws anew."),
    ("both-the-same", lambda r: r.n > 1 and np.allclose(*r.asked.T), "x and y are the same number "
     "in each trial: all points lie on the diagonal. Each needs a draw of its own."),
    ("a-grid", _few_values, "Some values come up again and again, as in a grid. Draw both "
     "coordinates of each trial at random."),
    ("wrong-count", lambda r: len(r.asked) != r.n, "It should try n points, but another number "
     "was tried. (Is the objective called again for the best one?)"),
    ("returns-the-error", _is_an_error, "It returns the best error. Asked for is the point (x, y) "
     "where it was."),
    ("returns-the-place", _is_a_place, "It returns which trial was best. Asked for is its point "
     "(x, y)."),
    ("not-a-point", lambda r: _point(r) is None, "It should return two numbers, (x, y)."),
    ("nan-wins", lambda r: np.isnan(r.errors[(r.asked == _point(r)).all(axis=1)]).any(),
     "One objective here diverges for half of all points, and your best is one of these. "
     "np.argmin takes NaN for the least; np.nanargmin, or a comparison with <, does not."),
    ("returns-the-worst", lambda r: r.n > 1 and _is(r, np.nanargmax(r.errors)), "That is the point "
     "with the largest error."),
    ("not-tried", lambda r: not np.isclose(r.asked, _point(r)).all(axis=1).any(), "It returns a "
     "point that was never tried. (x and y swapped? Or new random numbers?)"),
    ("returns-the-last", lambda r: _is(r, -1) and not _is(r, np.nanargmin(r.errors)),
     "It returns the last point. Which one was best so far?"),
    ("returns-the-first", lambda r: _is(r, 0) and not _is(r, np.nanargmin(r.errors)),
     "It returns the first point. When does a later one take its place?"),
    ("not-the-best", lambda r: not _is(r, np.nanargmin(r.errors)), "It returns a point that was "
     "tried, but not the one with the least error."),
)  # fmt: skip


def random_search(function):
    """Check ``random_search(objective, n, rng)``: the best of n random points."""
    if not callable(function):
        return Verdict(False, "not-a-function", "Pass the function itself, without calling it.")
    runs = [_watched(function, objective, n) for objective, n in _OBJECTIVES]
    for run in runs:
        if isinstance(run, Verdict):
            return run
    for name, holds, hint in _FAULTS:
        if any(holds(run) for run in runs):
            return Verdict(False, name, hint)
    again = [_watched(function, _bowl, 40, seed) for seed in (3, 4)]
    if not np.array_equal(runs[0].asked, again[0].asked):
        hint = "Twice the same generator, two searches: nobody could repeat yours. Draw from rng."
        return Verdict(False, "not-from-rng", hint)
    if np.array_equal(runs[0].asked, again[1].asked):
        hint = "Two generators gave the same search. Draw from the rng that is passed in."
        return Verdict(False, "same-every-time", hint)
    return Verdict(True, None, "The best of n random points, also where some diverge.")


def _edge(x, low, high, *, position=None, near=0.05, low_end=-1, high_end=1):
    u = math.log(x / low) / math.log(high / low) if position is None else position(x, low, high)
    return low_end if u < near else high_end if u > 1 - near else 0


_EDGE_CASES = tuple(
    Case((x, low, high), says=f"best {x:g} of a range from {low:g} to {high:g}")
    for x, low, high in ((0.00011, 1e-4, 1.0), (0.8, 1e-4, 1.0), (0.01, 1e-4, 1.0),
                         (0.00025, 1e-4, 1.0), (0.3, 1e-4, 1.0), (9.9, 1.0, 10.0), (5.0, 1.0, 10.0),
                         (1e-4, 1e-4, 1.0), (1.0, 1e-4, 1.0), (0.00014, 1e-4, 1.0),
                         (950.0, 1.0, 1e6), (0.97, 1e-4, 1.0), (6.0, 5.0, 200.0))
)  # fmt: skip


def _edge_mistake(identity, hint, **parts):
    return Mistake(identity, lambda x, low, high: _edge(x, low, high, **parts), hint)


_EDGE_MISTAKES = (
    Mistake("still-the-stub", lambda x, low, high: 0, "This is the stub as it came: never on the "
            "edge."),
    _edge_mistake("measured-linearly", "You measure on an even scale, where 0.0025 of a range from "
                  "0.0001 to 1 is almost at its end. On the log scale it is a third of the way up.",
                  position=lambda x, low, high: (x - low) / (high - low)),
    _edge_mistake("only-the-end-itself", "You ask whether it is the end. 5 % of the way counts, "
                  "too.", near=1e-12),
    _edge_mistake("only-the-low-end", "You look at the low end alone.", high_end=0),
    _edge_mistake("only-the-high-end", "You look at the high end alone.", low_end=0),
    _edge_mistake("ends-swapped", "−1 is the low end, +1 the high one: yours have changed places.",
                  low_end=1, high_end=-1),
    Mistake("five-percent-of-the-value", lambda x, low, high: -1 if x < 1.05 * low else
            1 if x > 0.95 * high else 0, "You take 5 % of the end itself. Take 5 % of the way from "
            "end to end, on the log scale."),
    Mistake("not-divided-by-the-way", lambda x, low, high: -1 if math.log10(x / low) < 0.05 else
            1 if math.log10(high / x) < 0.05 else 0, "You measure in decades. How many decades is "
            "the whole way? Divide by it."),
    Mistake("returns-the-position", lambda x, low, high: math.log(x / low) / math.log(high / low),
            "That is how far up it lies. Is that below 0.05, or above 0.95?"),
    Mistake("nearer-end", lambda x, low, high: -1 if x * x < low * high else 1, "You say which end "
            "is nearer. In the middle it is neither: 0."),
    _edge_mistake("ten-percent", "Your edge is 10 % wide. Asked for is 5 %.", near=0.1),
)  # fmt: skip


def on_edge(function):
    """Check ``on_edge(x, low, high)``: -1, 0 or +1 on the log scale."""
    return diagnose(function, _edge, _EDGE_CASES, _EDGE_MISTAKES)


_NEEDED_CASES = tuple(
    Case((share, probability), says=f"the best {share:.0%}, {probability:.0%} sure")
    for share, probability in ((0.05, 0.95), (0.1, 0.9), (0.01, 0.5), (0.3, 0.99), (0.2, 0.8))
)
_NEEDED_MISTAKES = (
    Mistake("still-the-stub", lambda share, p: 0, "This is the stub as it came: 0 trials."),
    Mistake("rounded-down", lambda share, p: math.floor(math.log(1 - p) / math.log(1 - share)),
            "With that many the probability is still below what is asked for. Round up."),
    Mistake("rounded-down", lambda share, p: round(math.log(1 - p) / math.log(1 - share)),
            "You round to the nearest number: sometimes that is one too few. Round up."),
    Mistake("not-rounded", lambda share, p: math.log(1 - p) / math.log(1 - share), "That is not a "
            "whole number of trials. Which way to round?"),
    Mistake("one-over-share", lambda share, p: math.ceil(1 / share - 1e-9), "1/share trials hit "
            "once on average; some searches hit twice, and some never."),
    Mistake("probability-over-share", lambda share, p: math.ceil(p / share - 1e-9), "You add the "
            "trials' probabilities. Two trials may both hit: multiply what they *miss*."),
    Mistake("log-of-p", lambda share, p: math.ceil(math.log(p) / math.log(1 - share)), "That makes "
            "the probability to miss p. It should be 1 − p."),
    Mistake("log-of-share", lambda share, p: math.ceil(math.log(1 - p) / math.log(share)), "share "
            "is what one trial hits. What does it miss?"),
    Mistake("one-too-many", lambda share, p: math.floor(math.log(1 - p) / math.log(1 - share)) + 2,
            "One fewer would do."),
    Mistake("arguments-swapped", lambda share, p: math.ceil(math.log(1 - share) / math.log(1 - p)),
            "The fraction stands on its head, or share and probability have "
            "changed places."),
)  # fmt: skip


def trials_needed(function):
    """Check ``trials_needed(share, probability)``: a whole number of random trials."""
    return diagnose(function, lecture.trials_needed, _NEEDED_CASES, _NEEDED_MISTAKES)


def goal_beat_the_grid(best_of, *, method, trials, seed, surface, **_):
    """Judge the challenge: at most 16 trials that find more than a grid of 64."""
    wanted, found = best_of("grid", 64, 0, surface), best_of(method, trials, seed, surface)
    now = f"{method} with {trials} trials found {found:.3f}; a grid of 64 finds {wanted:.3f}"
    if surface != "only one matters":
        return Verdict(False, "other-surface", "choose the surface where only one matters.")
    if method == "grid":
        return Verdict(False, "a-grid", f"no grid, please: one may be lucky, too. {now}.")
    if trials <= 16 and found < wanted:
        return Verdict(True, None, f"{now}. Does it with the next seed?")
    return Verdict(False, "not-better", f"find more with at most 16 trials. Now {now}.")


@cache
def _drawn_trials():
    """Return where the trials of the picture lie in the unit cube, and which are the best tenth."""
    trials = lecture.study("Adam")[:250]
    u = search.to_unit(lecture.SPACE, [t.configuration for t in trials])
    return u, lecture.best_share(trials.column("value"), 0.1)


def goal_find_the_knob(*, knob, low, high, **_):
    """Judge the challenge: a narrow gate that keeps nearly all of the best trials."""
    u, best = _drawn_trials()
    inside = lecture.brush(u, list(lecture.SPACE).index(knob), low, high)
    kept, width = (inside & best).sum() / best.sum(), inside.mean()
    now = f"{width:.0%} of all trials pass, and {kept:.0%} of the best"
    if width <= 0.35 and kept >= 0.9:
        return Verdict(True, None, f"{now}: that hyperparameter matters.")
    hint = "let at most 35 % of all trials pass, but at least 90 % of the best tenth."
    return Verdict(False, "not-yet", f"{hint} Now {now}.")
