"""Checks of the exercises and the challenges about the tuning process."""

import math
from dataclasses import dataclass
from functools import cache, partial
from types import SimpleNamespace

import numpy as np

from course_utils import search
from course_utils.checks.engine.diagnosis import Case, Mistake, Stub
from course_utils.checks.engine.exercise import Exercise
from course_utils.checks.engine.showing import against
from course_utils.checks.engine.symptoms import Symptom, any_run
from course_utils.checks.engine.verdict import Verdict
from course_utils.experiments import searches
from course_utils.experiments import tuning_process as lecture
from course_utils.support.words import many, percent

# random_search


@dataclass(frozen=True)
class _Search:
    """What a reader's search asked the objective in one case, and what it returned."""

    n: int
    asked: np.ndarray
    errors: np.ndarray
    answer: np.ndarray | None
    kind: str

    @property
    def count(self):
        """How often the objective was called."""
        return len(self.asked)

    @property
    def times(self):
        """The same in words."""
        return many(self.count, "time")

    @property
    def diverges(self):
        """Whether some of the trials failed."""
        return bool(np.isnan(self.errors).any())

    @property
    def point(self):
        """The answer as a point; None if it is none."""
        return self.answer if np.shape(self.answer) == (2,) else None

    @property
    def shown(self):
        """The answer in words."""
        if self.answer is None:
            return f"a {self.kind} that holds something else"
        shape = self.answer.shape
        return f"a {self.kind} of shape {shape}" if shape else f"the number {self.answer:.4g}"

    def returns(self, place):
        """Whether the answer is the point that was asked for at a place."""
        return self.point is not None and np.allclose(self.point, self.asked[place], rtol=1e-6)

    @property
    def right(self):
        """Whether the answer is the best of the points."""
        return not np.isnan(self.errors).all() and self.returns(np.nanargmin(self.errors))

    @property
    def tried(self):
        """Whether the answer is one of the points."""
        return any(self.returns(i) for i in range(self.count))


MOST_CALLS = 200_000  # a search that asks for more seems not to end


def _watch_search(function, kind, n, rng):
    asked, errors = [], []

    def objective(x, y):
        if np.ndim(x) or np.ndim(y):
            raise TypeError("objective(x, y) takes two numbers, but got an array")
        if len(asked) > MOST_CALLS:
            most = f"{MOST_CALLS:,}".replace(",", " ")
            raise RuntimeError(f"objective was called more than {most} times for n={n}")
        asked.append([float(x), float(y)])
        errors.append(kind(len(asked), *asked[-1]))
        return errors[-1]

    objective.__qualname__ = "objective"  # an error says so
    answer = function(objective, n, rng)
    points = np.reshape(np.array(asked, np.float64), (-1, 2))
    kind = type(answer).__name__
    return _Search(n, points, np.array(errors), _as_numbers(answer), kind)


def _as_numbers(answer):
    """Return an answer as an array of numbers; None if it is none, or holds something else."""
    try:
        return None if answer is None else np.asarray(answer, dtype=np.float64)
    except Exception:  # an object may raise whatever it likes
        return None


def _bowl(_, x, y):
    return (x - 0.3) ** 2 + (y - 0.8) ** 2


def _below_zero(_, x, y):
    return x * y - 3.0


def _often_diverges(number, x, y):
    """Diverge at the first trial, and at every other one, as trainings with a large alpha do."""
    return math.nan if number % 2 else 2000.0 + x - y


def _search_case(kind, n, seed, says):
    return Case((kind, n, np.random.default_rng(seed)), says=says)


_SEARCHES = (
    _search_case(_bowl, 40, 3, "40 trials"),
    _search_case(_bowl, 40, 3, "40 trials, the same rng once more"),
    _search_case(_bowl, 40, 4, "40 trials, another rng"),
    _search_case(_bowl, 400, 5, "400 trials"),
    _search_case(_below_zero, 30, 6, "30 trials, all errors below zero"),
    _search_case(lambda _, x, y: 2.0 - y, 2, 7, "two trials"),
    _search_case(_often_diverges, 33, 9, "33 trials, of which every other one diverges"),
    _search_case(_often_diverges, 25, 8, "25 trials, of which every other one diverges"),
)
_FIRST, _AGAIN, _OTHER, _LONG = range(4)  # their places


def _spread_unevenly(runs):
    """Find a quarter of the way along x or y that holds too many, or too few, of 400 trials."""
    for name, values in zip("xy", runs[_LONG].asked.T, strict=True):
        counts = np.histogram(values, bins=4, range=(0, 1))[0]
        off = np.abs(counts - len(values) / 4)
        if off.max() > 0.15 * len(values):  # more than six standard deviations
            k = int(off.argmax())
            return SimpleNamespace(name=name, count=counts[k], low=k / 4, high=(k + 1) / 4)
    return None


def _few_values(runs):
    """Find a coordinate of which the values come again and again, in no more than n trials."""
    if runs[_LONG].count > runs[_LONG].n:
        return None  # then a point may have been asked for twice
    for name, values in zip("xy", runs[_LONG].asked.T, strict=True):
        if len(np.unique(values)) < 0.9 * len(values):
            return SimpleNamespace(name=name, count=len(np.unique(values)), trials=len(values))
    return None


def _tied(runs):
    return runs[_LONG].count > 2 and abs(np.corrcoef(runs[_LONG].asked.T)[0, 1]) > 0.3


def _fixed_point(runs):
    """Find a point that is tried whatever the generator."""
    for x, y in runs[_FIRST].asked.tolist():
        if (runs[_OTHER].asked == [x, y]).all(axis=1).any():
            return SimpleNamespace(x=x, y=y)
    return None


def _differ(runs, place):
    return not np.array_equal(runs[_FIRST].asked, runs[place].asked)


def _picks(place):
    """Return what finds out whether the point at ``place(errors)`` is returned where none fails."""

    def find(runs):
        sound = [run for run in runs if not run.diverges]
        return any(not r.right for r in sound) and all(r.returns(place(r.errors)) for r in sound)

    return find


def _last_step_down(errors):
    return max((i for i in range(1, len(errors)) if errors[i] < errors[i - 1]), default=0)


def _only_where_some_diverge(holds):
    """Return what finds a run with failed trials for which something holds, if all others fit."""

    def find(runs):
        sound, failing = ([r for r in runs if r.diverges == d] for d in (False, True))
        fit = all(r.right and r.count == r.n for r in sound)
        return fit and any_run(holds)(failing)

    return find


def _shifted(runs):
    """Find out whether the number of the best one counts those only that did not diverge."""
    failing = [run for run in runs if run.diverges and run.count == run.n]
    return len(failing) > 1 and all(
        run.returns(np.argmin(run.errors[~np.isnan(run.errors)])) for run in failing
    )


def _is_an_error(run):
    return (
        np.shape(run.answer) == ()
        and run.answer is not None
        and np.isclose(run.answer, run.errors, equal_nan=True).any()
    )


def _is_a_place(run):
    return (
        np.shape(run.answer) == ()
        and run.answer is not None
        and float(run.answer).is_integer()
        and 0 <= run.answer < run.count
    )


def _rounded(run):
    best = run.asked[np.nanargmin(run.errors)]
    return (
        run.point is not None
        and np.abs(run.point - best).max() < 0.06
        and any(np.allclose(run.point, best.round(digits)) for digits in range(1, 6))
    )


def _ended_at_a_failure(run):
    return 0 < run.count < run.n and np.isnan(run.errors[-1])


_NAN_OR_LARGE = (
    "Try an objective that is NaN for some points, the first among them, and above 1000 for the "
    "others."
)
_SEARCH_SYMPTOMS = (
    Symptom(
        "nothing-tried",
        "It returns an answer without a single call of objective(x, y): only the objective knows "
        "how good a point is.",
        any_run(lambda r: r.count == 0),
        look="Count how often your function calls the objective.",
    ),
    Symptom(
        "outside",
        "Some of your points lie outside the unit square: both x and y should be between 0 and 1.",
        any_run(lambda r: (r.asked < 0).any() or (r.asked > 1).any()),
        look="Print the points that you try. Where do they lie?",
    ),
    Symptom(
        "one-point",
        "It is one point again and again. Is each trial drawn anew, and can it fall on any number "
        "between 0 and 1?",
        any_run(lambda r: r.count > 2 and len(np.unique(r.asked, axis=0)) == 1),
        look="Print the points that you try.",
    ),
    Symptom(
        "both-the-same",
        "x and y are the same number in each trial, so all points lie on the diagonal. Each "
        "coordinate needs a draw of its own.",
        any_run(lambda r: r.count > 2 and np.allclose(*r.asked.T)),
        look="Compare x and y of the points that you try.",
    ),
    Symptom(
        "few-values",
        "In {found.trials} trials {found.name} takes only {found.count} different values, as in a "
        "grid, or after rounding. Which values may a random coordinate take?",
        _few_values,
        look="Print the coordinates that you try. Do some of them come again and again?",
    ),
    Symptom(
        "stops-at-nan",
        "After {found.count} of {found.n} trials, at one that diverges, your search ends. The "
        "others are still to be tried.",
        _only_where_some_diverge(_ended_at_a_failure),
        look="What does your function do after a trial whose error is NaN?",
    ),
    Symptom(
        "failed-not-counted",
        "Where some trials diverge yours tries more than n: {found.count} where n = {found.n}. One "
        "that diverged is a trial, too.",
        _only_where_some_diverge(lambda r: r.count > r.n),
        look="Count your trials where some of them diverge.",
    ),
    Symptom(
        "wrong-count",
        "With n = {found.n} yours calls the objective {found.times}. Each of the n points should "
        "be tried once.",
        any_run(lambda r: r.count != r.n),
        look="Count how often your function calls the objective.",
    ),
    Symptom(
        "returns-none",
        "It returned None: does its last line say return, and does a trial ever become the best?",
        lambda runs: all(r.kind == "NoneType" for r in runs),
        look="Compare what you return with what is asked for.",
    ),
    Symptom(
        "none-stays",
        "Sometimes it returns a point, and sometimes None. Does every path end in a return, and "
        "does a trial become the best one so far even if it is the first, or comes after a NaN?",
        any_run(lambda r: r.kind == "NoneType"),
        look="Print the best one so far after each trial.",
    ),
    Symptom(
        "returns-the-error",
        "It returns an error. The task asks for the point (x, y) at which the error was the least.",
        any_run(_is_an_error),
        look="Compare what you return with what is asked for.",
    ),
    Symptom(
        "returns-the-place",
        "It returns which trial was the best one. The task asks for its point (x, y).",
        any_run(_is_a_place),
        look="Compare what you return with what is asked for.",
    ),
    Symptom(
        "not-a-point",
        "It should return two numbers, (x, y), but it returned {found.shown}.",
        any_run(lambda r: r.point is None),
        look="Compare what you return with what is asked for.",
    ),
    Symptom(
        "places-shifted",
        "The best point is found as long as no training diverges. Where some do, yours takes the "
        "number of the best error among those that are left, and looks that number up among all "
        "points.",
        _shifted,
        look="Try an objective that is NaN for some points, the first among them. To which list "
        "does the number of the best one belong?",
    ),
    Symptom(
        "nan-wins",
        "The best point is found as long as no training diverges. Where some do, your answer is "
        "one that diverged. What do your comparisons make of NaN, or what do you put in its place?",
        _only_where_some_diverge(
            lambda r: any(r.returns(i) for i in np.flatnonzero(np.isnan(r.errors)))
        ),
        look=_NAN_OR_LARGE,
    ),
    Symptom(
        "begins-too-low",
        "The best point is found as long as errors are small. Where all of them are large, yours "
        "returns a point that was never tried. With which error does your search begin?",
        lambda runs: (
            all(r.right for r in runs if _small(r))
            and any_run(lambda r: not _small(r) and not r.tried)(runs)
        ),
        look="Try an objective that is never below 1000.",
    ),
    Symptom(
        "nan-upsets",
        "The best point is found as long as no training diverges. Where some do, yours returns "
        "another one. What do your comparisons make of NaN, or what do you put in its place?",
        _only_where_some_diverge(lambda r: not r.right),
        look=_NAN_OR_LARGE,
    ),
    Symptom(
        "returns-the-worst",
        "It returns the point with the largest error.",
        _picks(lambda errors: errors.argmax()),
        look="Is a large error good, or a small one?",
    ),
    Symptom(
        "returns-the-last",
        "It returns the point that was tried last. When should a point take the place of the best "
        "one so far, and what has to be remembered then?",
        _picks(lambda errors: -1),
        look="When does a point become the best one so far?",
    ),
    Symptom(
        "returns-the-first",
        "It returns the point that was tried first. When should a later one take its place?",
        _picks(lambda errors: 0),
        look="When does a point become the best one so far?",
    ),
    Symptom(
        "compares-with-the-one-before",
        "A point becomes the best one where its error is below that of the trial before. It should "
        "be below the least so far.",
        _picks(_last_step_down),
        look="With which error do you compare the error of each point?",
    ),
    Symptom(
        "nearest-to-zero",
        "Right as long as errors are above zero. Where they are below, yours returns the one "
        "nearest to zero. The task asks for the least.",
        _picks(lambda errors: np.abs(errors).argmin()),
        look="Try an objective whose values are below zero.",
    ),
    Symptom(
        "stays-at-zero",
        "It returns (0, 0), where no trial was: nothing took the place of the point that the stub "
        "begins with. With which error does your search begin, and what changes when a smaller one "
        "comes?",
        any_run(lambda r: r.point is not None and not r.point.any() and not r.tried),
        look="When does a point become the best one so far?",
    ),
    Symptom(
        "exchanged",
        "It returns the best point with x and y exchanged: what the objective got as x comes back "
        "as y.",
        any_run(
            lambda r: (
                not r.right
                and r.point is not None
                and np.allclose(r.point[::-1], r.asked[np.nanargmin(r.errors)])
            )
        ),
        look="Compare the order of x and y where you call the objective and where you return.",
    ),
    Symptom(
        "rounded-answer",
        "It returns the best point, rounded. The task asks for the point that was tried.",
        any_run(lambda r: not r.right and _rounded(r)),
        look="Compare what you return with the points that you tried.",
    ),
    Symptom(
        "not-tried",
        "It returns a point that was never tried. Which x and which y belong to the least error?",
        any_run(lambda r: not r.tried),
        look="Compare what you return with the points that you tried.",
    ),
    Symptom(
        "not-the-best",
        "It returns a point that was tried, but not the one with the least error.",
        any_run(lambda r: not r.right),
        look="Print the errors of all points, and that of the point that you return.",
    ),
    Symptom(
        "not-from-rng",
        "The same generator twice, but two different searches: nobody could repeat yours. Where do "
        "your random numbers come from?",
        lambda runs: _differ(runs, _AGAIN),
        look="Call your function twice, with two generators of one seed: is the search the same?",
    ),
    Symptom(
        "same-every-time",
        "Two generators gave the same search. Where do your random numbers come from?",
        lambda runs: not _differ(runs, _OTHER),
        look="Call your function with two different generators.",
    ),
    Symptom(
        "fixed-point",
        "The point ({found.x:.3g}, {found.y:.3g}) is tried whatever the generator is. All n points "
        "should be random.",
        _fixed_point,
        look="Which of your points are not drawn?",
    ),
    Symptom(
        "uneven",
        "Of 400 trials {found.count} have {found.name} between {found.low} and {found.high}; about "
        "100 should. Every place of the square should be as likely as any other, wherever the best "
        "one so far lies.",
        _spread_unevenly,
        look="Plot some hundred of the points that you try.",
    ),
    Symptom(
        "go-together",
        "Your points lie along a line: where x is known, y is half known, too. Each coordinate "
        "needs a draw of its own.",
        _tied,
        look="Plot some hundred of the points that you try.",
    ),
)


def _small(run):
    return run.count and np.nanmin(run.errors) < 1


def _search_stub(objective, n, rng):
    best = (0.0, 0.0)
    # your lines
    return best


def _best_of(objective, n, rng):
    points = rng.random((n, 2)).tolist()
    errors = [objective(*point) for point in points]
    return tuple(points[np.nanargmin(errors)])


random_search = Exercise(
    "``random_search(objective, n, rng)``: the best of n random points",
    right=_best_of,
    cases=_SEARCHES,
    stub=Stub(_search_stub, "Begin with one random point: what does the objective say of it?"),
    watch=_watch_search,
    symptoms=_SEARCH_SYMPTOMS,
)


# on_edge


def _position(x, low, high):
    return np.log(x / low) / np.log(high / low)


def _edge(x, low, high, *, position=_position, near=0.05, low_end=-1, high_end=1):
    """Say at which end x is, in exchangeable parts: the right ones by default."""
    u = position(x, low, high)
    return low_end if u < near else high_end if u > 1 - near else 0


def _edge_case(x, low, high):
    return Case((x, low, high), says=f"best {x:g} of a range from {low:g} to {high:g}")


_EDGE_CASES = tuple(
    _edge_case(*case)
    for case in (
        (0.00011, 1e-4, 1.0),
        (0.8, 1e-4, 1.0),
        (0.01, 1e-4, 1.0),
        (0.00025, 1e-4, 1.0),
        (0.3, 1e-4, 1.0),
        (9.9, 1.0, 10.0),
        (5.0, 1.0, 10.0),
        (8.0, 1.0, 10.0),
        (1e-4, 1e-4, 1.0),
        (1.0, 1e-4, 1.0),
        (0.00014, 1e-4, 1.0),
        (1.8e-6, 1e-6, 1.0),
        (950.0, 1.0, 1e6),
        (0.97, 1e-4, 1.0),
        (6.0, 5.0, 200.0),
        (7.0, 5.0, 200.0),
        (1400.0, 1e3, 1e6),
        (2e3, 1e3, 1e6),
        (1e5, 1.0, 1e6),
        (0.04, 1e-4, 1.0),
        (0.000107, 1e-4, 1.0),
        (1.07e-6, 1e-6, 1.0),
        (1.3e-6, 1e-6, 1.0),
        (930.0, 1.0, 1e3),
    )
)


def _draw_edge(rng):
    low = float(rng.choice([1e-5, 1e-3, 0.2, 3.0, 50.0]))
    high = low * 10.0 ** int(rng.integers(2, 6))
    u = rng.choice([rng.uniform(0, 0.04), rng.uniform(0.06, 0.94), rng.uniform(0.96, 1)])
    return _edge_case(float(f"{low * (high / low) ** u:.4g}"), low, high)


def _ends(below, above):
    """Return wrong code that asks by itself whether x is near the low end, or the high one."""
    return lambda x, low, high: int(above(x, low, high)) - int(below(x, low, high))


def _within(amount, log=np.log10):
    return _ends(
        lambda x, low, high: log(x / low) < amount, lambda x, low, high: log(high / x) < amount
    )


def _within_of(length):
    """Return wrong code that takes 5 % of another length at both ends."""
    return _ends(
        lambda x, low, high: np.log(x / low) < 0.05 * length(low, high),
        lambda x, low, high: np.log(high / x) < 0.05 * length(low, high),
    )


def _width_of_amounts(low, high):
    return 0.05 * (abs(np.log(low)) + abs(np.log(high)))


_SCALE = (
    "Print how far up the range your function finds x, from 0 at low to 1 at high: is 0.01 halfway "
    "from 0.0001 to 1?"
)
_WIDE = "From which x on do you call it the edge? Try some near the ends."
_EDGE_MISTAKES = (
    Mistake(
        "measured-linearly",
        "You measure on an even scale, where 0.0025 of a range from 0.0001 to 1 is almost at its "
        "end. On the log scale it is about a third of the way up.",
        partial(_edge, position=lambda x, low, high: (x - low) / (high - low)),
        look=_SCALE,
    ),
    Mistake(
        "only-the-end-itself",
        "You leave no margin at an end. What is within 5 % of the way from it counts, too.",
        partial(_edge, near=1e-12),
        look=_WIDE,
    ),
    Mistake(
        "only-the-low-end",
        "At the high end yours never gives +1. Is that end looked at, and does a later line undo "
        "what was found there?",
        partial(_edge, high_end=0),
        look="Try x just below high.",
    ),
    Mistake(
        "only-the-high-end",
        "At the low end yours never gives −1. Is that end looked at, and does a later line undo "
        "what was found there?",
        partial(_edge, low_end=0),
        look="Try x just above low.",
    ),
    Mistake(
        "ends-swapped",
        "−1 stands for the low end, +1 for the high one: yours have changed places.",
        partial(_edge, low_end=1, high_end=-1),
        look="Which number stands for which end?",
    ),
    Mistake(
        "no-sign",
        "For the low end you give +1, which stands for the high one. −1 stands for the low one.",
        partial(_edge, low_end=1),
        look="Compare what you return at the two ends.",
    ),
    Mistake(
        "never-zero",
        "One end is right, and everything else counts as the other end. In between it is neither: "
        "0.",
        lambda x, low, high: -1 if _position(x, low, high) < 0.05 else 1,
        lambda x, low, high: 1 if _position(x, low, high) > 0.95 else -1,
        look="Try an x in the middle of its range.",
    ),
    Mistake(
        "two-logarithms",
        "One of your logarithms has the base 10, the other the base e. Any base will do, if it is "
        "the same for both.",
        partial(_edge, position=lambda x, low, high: np.log10(x / low) / np.log(high / low)),
        partial(_edge, position=lambda x, low, high: np.log(x / low) / np.log10(high / low)),
        look=_SCALE,
    ),
    Mistake(
        "always-low",
        "Yours says −1 wherever x lies: does it ever find a place above 0.05? A quotient may be "
        "upside down, low and high exchanged, or one number in percent.",
        lambda x, low, high: -1,
        look=_SCALE,
    ),
    Mistake(
        "logarithm-missing",
        "x / low stands without its logarithm. The way from low to x should be measured like the "
        "whole way, from low to high.",
        *(
            partial(_edge, position=lambda x, low, high, log=log: x / low / log(high / low))
            for log in (np.log, np.log10)
        ),
        look=_SCALE,
    ),
    Mistake(
        "other-length",
        "How far x is from low is right. What you divide that by should be the whole way from low "
        "to high, measured alike.",
        partial(_edge, position=lambda x, low, high: np.log(x / low) / np.log(high)),
        partial(_edge, position=lambda x, low, high: np.log(x / low) / np.log(high - low)),
        partial(_edge, position=lambda x, low, high: np.log(x / low) / (high - low)),
        _within_of(lambda low, high: np.log(high - low)),
        look=_SCALE,
    ),
    Mistake(
        "five-percent-of-the-logarithm",
        "You take 5 % of the logarithm of each end, which is 0 for an end at 1. The task asks for "
        "5 % of the way from end to end.",
        _ends(
            lambda x, low, high: abs(np.log(x / low)) < 0.05 * abs(np.log(low)),
            lambda x, low, high: abs(np.log(high / x)) < 0.05 * abs(np.log(high)),
        ),
        _ends(
            lambda x, low, high: np.log(x) < 1.05 * np.log(low),
            lambda x, low, high: np.log(x) > 0.95 * np.log(high),
        ),
        look=_WIDE,
    ),
    Mistake(
        "five-percent-of-the-value",
        "You take 5 % of the number at the end. Asked for are 5 % of the way from end to end, on "
        "the log scale.",
        _ends(lambda x, low, high: x < 1.05 * low, lambda x, low, high: x > 0.95 * high),
        _ends(lambda x, low, high: x < 1.05 * low, lambda x, low, high: x > high / 1.05),
        look=_WIDE,
    ),
    Mistake(
        "same-width-for-all",
        "The edge has the same width, in decades, whether the range is long or short. It should be "
        "5 % of the way from end to end: how long is that way?",
        *(_within(amount) for amount in (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.5, 1.0)),
        _within(1.5, np.asarray),
        _within(1.2, np.asarray),
        _within(2.0, np.asarray),
        look="Does the width of your edge depend on how wide the range is?",
    ),
    Mistake(
        "returns-the-position",
        "That is how far up it lies, from 0 to 1. The task asks whether that is near one of the "
        "ends, as −1, 0 or 1.",
        _position,
        look="Which three numbers may your function return?",
    ),
    Mistake(
        "nearer-end",
        "Yours says which end is nearer. In between it is neither: 0.",
        lambda x, low, high: -1 if x * x < low * high else 1,
        lambda x, low, high: 1 if x > np.sqrt(low * high) else -1,
        look="Try an x in the middle of its range.",
    ),
    Mistake(
        "one-end-linearly",
        "One end is measured on the log scale, the other on an even one. Both should be measured "
        "on the log scale.",
        _ends(
            lambda x, low, high: _position(x, low, high) < 0.05,
            lambda x, low, high: x > high - 0.05 * (high - low),
        ),
        _ends(
            lambda x, low, high: x < low + 0.05 * (high - low),
            lambda x, low, high: _position(x, low, high) > 0.95,
        ),
        look="Compare how you measure at the low end and at the high end.",
    ),
    *(
        Mistake(
            "too-wide",
            "You take more than 5 % of the way for the edge.",
            partial(_edge, near=near),
            look=_WIDE,
        )
        for near in (0.1, 0.2, 0.25, 1 / 3)
    ),
    *(
        Mistake(
            "too-narrow",
            "You take less than 5 % of the way for the edge at each end.",
            partial(_edge, near=near),
            look=_WIDE,
        )
        for near in (0.025, 0.02, 0.01)
    ),
    Mistake(
        "percent-for-parts",
        "One of your numbers is in percent, another is not: 5 % is 0.05 of the way.",
        _ends(
            lambda x, low, high: 100 * _position(x, low, high) < 0.05,
            lambda x, low, high: 100 * _position(x, low, high) > 0.95,
        ),
        look=_SCALE,
    ),
    Mistake(
        "percent-for-parts",
        "Your edge reaches halfway up from the low end: 5 % of the way is 0.05 of it, not 0.5.",
        _ends(
            lambda x, low, high: _position(x, low, high) < 0.5,
            lambda x, low, high: _position(x, low, high) > 0.95,
        ),
        look=_WIDE,
    ),
    *(
        Mistake(
            "low-not-taken-off",
            "How far up x lies should be 0 at low. In yours it is 0 at x = 1: from where do you "
            "measure?",
            partial(_edge, position=position),
            look=_SCALE,
        )
        for position in (
            lambda x, low, high: np.log(x) / np.log(high / low),
            lambda x, low, high: np.log(x) / (np.log(high) - np.log(low)),
            lambda x, low, high: np.log(x) / np.log(high),
        )
    ),
    *(
        Mistake(
            "brackets",
            "A division comes before a difference. Which of your differences need brackets?",
            partial(_edge, position=position),
            look=_SCALE,
        )
        for position in (
            lambda x, low, high: np.log(x) - np.log(low) / np.log(high) - np.log(low),
            lambda x, low, high: (np.log(x) - np.log(low)) / np.log(high) - np.log(low),
            lambda x, low, high: np.log(x) - np.log(low) / (np.log(high) - np.log(low)),
        )
    ),
    *(
        Mistake(
            "one-range-written-in",
            "Your measure fits some ranges only: which end is written in as a number, or left out?",
            partial(_edge, position=position),
            look="Try 5, and then 9.9, in a range from 1 to 10.",
        )
        for position in (
            lambda x, low, high: 1 - np.log(x) / np.log(low),
            lambda x, low, high: (np.log10(x) + 4) / 4,
            lambda x, low, high: (np.log10(x) - np.log10(low)) / 4,
        )
    ),
    *(
        Mistake(
            "log-of-the-position",
            "You measure on an even scale first, and take a logarithm of that. On the log scale "
            "the logarithms of x, low and high are compared.",
            partial(_edge, position=position),
            look=_SCALE,
        )
        for position in (
            lambda x, low, high: np.log1p((x - low) / (high - low)) / np.log(2),
            lambda x, low, high: np.log(x - low) / np.log(high - low),
        )
    ),
    Mistake(
        "lengths-added",
        "The length of the way is the difference of the two logarithms. Adding up their sizes is "
        "the same only if one is below zero and the other is not.",
        _ends(
            lambda x, low, high: np.log(x / low) < _width_of_amounts(low, high),
            lambda x, low, high: np.log(high / x) < _width_of_amounts(low, high),
        ),
        look="Try 7 in a range from 5 to 200: how far up is it?",
    ),
)


def _edge_stub(x, low, high):
    end = 0
    # your lines
    return end


on_edge = Exercise(
    "``on_edge(x, low, high)``: -1, 0 or +1 on the log scale",
    right=_edge,
    cases=_EDGE_CASES,
    mistakes=_EDGE_MISTAKES,
    draw=_draw_edge,
    stub=Stub(_edge_stub, "Begin with how far up its range x lies, from 0 at low to 1 at high."),
)


# trials_needed


def _miss(share, p):
    return np.log(1 - p) / np.log(1 - share)


def _summed(share, p):
    """Add up shares until the probability is reached, as a loop does it, with its rounding."""
    n, hit = 0, 0.0
    while hit < p:
        n, hit = n + 1, hit + share
    return n


def _needed(share, p, *, number=_miss, whole=np.ceil):
    """Count the trials in exchangeable parts: the right ones by default."""
    return whole(number(share, p))


def _needed_case(share, probability):
    says = f"the best {100 * share:g} %, {percent(probability)} sure"
    return Case((share, probability), says=says)


_NEEDED_CASES = tuple(
    _needed_case(*case)
    for case in (
        (0.05, 0.95),
        (0.1, 0.9),
        (0.01, 0.5),
        (0.3, 0.99),
        (0.2, 0.8),
        (0.7, 0.2),
        (0.01, 0.95),
        (0.001, 0.95),
        (0.4, 0.6),
        (0.5, 0.75),
        (0.5, 0.5),
    )
)


def _draw_needed(rng):
    """Draw a case that does not come out even: there rounding errors decide."""
    while True:
        share, probability = rng.integers(2, 40) / 100, rng.integers(50, 100) / 100
        if 0.02 < _miss(share, probability) % 1 < 0.98:
            return _needed_case(share, probability)


_COIN = "Try share=0.5, probability=0.5: how many times has a coin to be thrown?"
_ENOUGH = (
    "Put your n into the probability that at least one of n trials hits. Is it enough, and would "
    "one trial fewer be too few?"
)
_MEANING = "What is the probability that one trial misses? That all n of them do?"
_NEEDED_MISTAKES = (
    Mistake(
        "rounded-down",
        "You round down: fewer trials than the exact number are too few.",
        partial(_needed, whole=np.floor),
        look=_ENOUGH,
    ),
    Mistake(
        "rounded-to-nearest",
        "You round to the nearest whole number, which sometimes is below the exact one.",
        partial(_needed, whole=np.rint),
        look=_ENOUGH,
    ),
    Mistake(
        "not-rounded",
        "You do not round. A number of trials should be a whole one: which way is it to be "
        "rounded?",
        partial(_needed, whole=lambda n: n),
        look="Can there be so many trials?",
    ),
    *(
        Mistake(
            "one-more-where-it-comes-out-even",
            "Where the number comes out even, you add one trial to it. The task asks for “at "
            "least” that probability.",
            partial(_needed, whole=whole),
            look=_COIN,
        )
        for whole in (lambda n: np.floor(n) + 1, lambda n: np.rint(n + 0.5))
    ),
    Mistake(
        "one-too-many",
        "You add one trial that is not needed.",
        partial(_needed, whole=lambda n: np.ceil(n) + 1),
        look=_COIN,
    ),
    Mistake(
        "one-too-few",
        "You leave out one trial that is needed.",
        partial(_needed, whole=lambda n: np.ceil(n) - 1),
        look=_COIN,
    ),
    Mistake(
        "one-over-share",
        "1/share trials hit once on average. But some searches hit twice, and some not at all.",
        partial(_needed, number=lambda share, p: 1 / share),
        partial(_needed, number=lambda share, p: 1 / share - 1e-9),
        look=_ENOUGH,
    ),
    Mistake(
        "probability-over-share",
        "You add up the probabilities of the trials. But two of them may both hit: what is "
        "multiplied are the probabilities to miss.",
        partial(_needed, number=lambda share, p: p / share),
        partial(_needed, number=lambda share, p: p / share - 1e-9),
        partial(_needed, number=lambda share, p: p // share),
        lambda share, p: _summed(share, p),
        look=_ENOUGH,
    ),
    Mistake(
        "written-for-95",
        "For 95 % your answer is about right. It should depend on the probability, too.",
        partial(_needed, number=lambda share, p: 3 / share),
        partial(_needed, number=lambda share, p: 3 / share - 1e-9),
        look="Change the probability: does your answer follow?",
    ),
    Mistake(
        "complements-forgotten",
        "You take the logarithms of the probability and of the share themselves: then all n trials "
        "hit. The task asks that not all of them miss.",
        partial(_needed, number=lambda share, p: np.log(p) / np.log(share)),
        look=_MEANING,
    ),
    Mistake(
        "log-of-p",
        "In your formula all trials miss with probability p. They should with a probability of 1 − "
        "p.",
        partial(_needed, number=lambda share, p: np.log(p) / np.log(1 - share)),
        look=_MEANING,
    ),
    Mistake(
        "log-of-share",
        "share is the probability that one trial hits. What belongs in its place is the "
        "probability that it misses.",
        partial(_needed, number=lambda share, p: np.log(1 - p) / np.log(share)),
        partial(_needed, number=lambda share, p: np.log(1 - p) / np.log(share) - 1e-9),
        look=_MEANING,
    ),
    Mistake(
        "minus",
        "Yours is below zero. Both logarithms are negative already: which sign has their quotient?",
        lambda share, p: np.ceil(-_miss(share, p)),
        look="Can there be so many trials?",
    ),
    Mistake(
        "one-logarithm",
        "You take one logarithm, of a fraction or of one part of it. Which logarithms are there if "
        "you take that of both sides, and what becomes of the n?",
        partial(_needed, number=lambda share, p: np.log((1 - p) / (1 - share))),
        partial(_needed, number=lambda share, p: np.log(1 - p) / (1 - share)),
        look=_MEANING,
    ),
    Mistake(
        "two-logarithms",
        "One of your logarithms has the base 10, the other the base e. Any base will do, if it is "
        "the same for both.",
        partial(_needed, number=lambda share, p: np.log10(1 - p) / np.log(1 - share)),
        partial(_needed, number=lambda share, p: np.log(1 - p) / np.log10(1 - share)),
        look=_ENOUGH,
    ),
    Mistake(
        "upside-down",
        "The two logarithms, or share and probability, have changed places.",
        partial(_needed, number=lambda share, p: np.log(1 - share) / np.log(1 - p)),
        look="Is your answer larger for a smaller share?",
    ),
    Mistake(
        "small-shares-only",
        "Your formula is a good approximation for a small share, as log(1 − share) is then about "
        "−share. The task asks for the exact number.",
        partial(_needed, number=lambda share, p: -np.log(1 - p) / share),
        partial(_needed, number=lambda share, p: -np.log(1 - p) / share + 0.5 * np.log(1 - p)),
        look=_ENOUGH,
    ),
    Mistake(
        "percents",
        "share and probability are divided by 100, but are not percentages: 5 % comes as 0.05.",
        partial(_needed, number=lambda share, p: np.log(1 - p / 100) / np.log(1 - share / 100)),
        look="In which unit are share and probability passed in?",
    ),
    Mistake(
        "not-a-power",
        "A product of n equal numbers is a power. How do you get n out of (1 − share)ⁿ?",
        partial(_needed, number=lambda share, p: (1 - p) / (1 - share)),
        partial(_needed, number=lambda share, p: (1 - share) / (1 - p)),
        partial(_needed, number=lambda share, p: p / (1 - share)),
        look=_MEANING,
    ),
    Mistake(
        "brackets",
        "A division comes before a difference. Which of your differences needs brackets?",
        partial(_needed, number=lambda share, p: np.log(1 - p) / 1 - share),
        partial(_needed, number=lambda share, p: np.log(1 - p / 1 - share)),
        partial(_needed, number=lambda share, p: 1 - np.log(p) / 1 - np.log(share)),
        partial(_needed, number=lambda share, p: 1 - np.log(p) / np.log(1 - share)),
        look=_MEANING,
    ),
    *(
        Mistake(
            "rounded-too-early",
            "Each logarithm is rounded before you divide, and small ones lose most of their "
            "digits.",
            lambda share, p, k=k: np.ceil(
                np.round(np.log(1 - p), k) / np.round(np.log(1 - share), k)
            ),
            look="Where do you round?",
        )
        for k in (1, 2, 3)
    ),
    *(
        Mistake(
            "ends-too-early",
            "Your search for n ends too early: a small share needs more trials than that.",
            lambda share, p, most=most: min(np.ceil(_miss(share, p)), most),
            look="Try share=0.01, probability=0.95: are your trials enough?",
        )
        for most in (99, 100, 101, 200)
    ),
)


def _needed_stub(share, probability):
    n = 0
    # your lines
    return n


trials_needed = Exercise(
    "``trials_needed(share, probability)``: a whole number of random trials",
    right=lecture.trials_needed,
    cases=_NEEDED_CASES,
    mistakes=_NEEDED_MISTAKES,
    draw=_draw_needed,
    stub=Stub(_needed_stub, "Begin with n = 2: how likely is it that both miss?"),
)


# The challenges


def goal_nine_trials(board, **_):
    """Judge the trials that a reader has placed: an error of at most 0.1 with nine."""
    errors = searches.hidden(board.points)
    asked = "find an error of 0.1 or less with at most nine trials"
    if not len(errors):
        return Verdict(False, "none", f"{asked}. No trial is placed yet.")
    now = f"{against(errors.min(), 0.1, '.2f')} with {len(errors)}"
    if errors.min() <= 0.1:
        return Verdict(True, None, f"{now}.")
    if len(errors) == searches.NINE:
        return Verdict(False, "all-spent", f"{asked}. Now {now}: Reset gives you six again.")
    return Verdict(False, "not-yet", f"{asked}. Now {now}.")


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
    passing, best_kept = against(width, 0.35, ".0%"), against(kept, 0.9, ".0%")
    now = f"{passing} of all trials pass, and {best_kept} of the best"
    if width <= 0.35 and kept >= 0.9:
        return Verdict(True, None, f"{now}: that hyperparameter matters.")
    hint = "let at most 35 % of all trials pass, but at least 90 % of the best tenth."
    return Verdict(False, "not-yet", f"{hint} Now {now}.")
