"""Checks of the exercises and challenges on sampling scales.

A sampler's answer is random, so what is compared is how its draws are spread: the share of them
below each of many thresholds. With 9000 draws and more the right spread is met to within
`_TOLERANCE` however the draws were made: a miss has a chance below 1e-12, by the inequality of
Dvoretzky, Kiefer and Wolfowitz.
"""

import math
from dataclasses import replace
from functools import partial

import numpy as np

from course_utils import weighted_averages
from course_utils.checks.engine.diagnosis import Case, Mistake, Stub, made_in
from course_utils.checks.engine.exercise import Exercise, noted
from course_utils.checks.engine.running import call
from course_utils.checks.engine.showing import against
from course_utils.checks.engine.trial import not_yet
from course_utils.checks.engine.verdict import Verdict
from course_utils.sampling_scales import Choice, Integer, Linear, Log, OneMinusLog

_TOLERANCE = 0.04
_POWERS = 1.1 * 10.0 ** np.arange(-12, 6, 0.25)
_THRESHOLDS = np.unique(
    np.concatenate([-_POWERS, _POWERS, 1 - _POWERS, 1 + _POWERS, np.arange(-20.25, 110, 0.5)])
)


def _case(low, high, size, says, seed=7):
    return Case((low, high, size, np.random.default_rng(seed)), says=f"{size} {says}")


def _drawn(low, high, rng):
    return _case(low, high, 9000, f"draws from {low:g} to {high:g}", int(rng.integers(2**31)))


def _u(size):
    """Return evenly spaced u: all spread, and no chance in it."""
    return (np.arange(size) + 0.5) / size


def _line(low, high, u):
    """Go from `low` to `high` evenly as u goes from 0 to 1."""
    return low + (high - low) * u


def _same(x):
    return x


def _triangle(u):
    """Return how the mean of two draws is spread, if `u` is even."""
    return np.where(u < 0.5, np.sqrt(u / 2), 1 - np.sqrt((1 - u) / 2))


def _sample(
    low,
    high,
    size,
    rng,
    *,
    there,
    back,
    ends=lambda low, high: (low, high),
    bent=_same,
    line=_line,
    whole=_same,
):
    """Draw on a scale in exchangeable parts: there, evenly along a line, and back."""
    low, high = ends(low, high)
    return back(whole(line(there(low), there(high), bent(_u(size)))))


def _alpha(*args, there=np.log10, back=lambda r: 10.0**r, **parts):
    return _sample(*args, there=there, back=back, **parts)


def _beta(*args, there=lambda x: np.log10(1 - x), back=lambda r: 1 - 10.0**r, **parts):
    return _sample(*args, there=there, back=back, **parts)


_ENDS = "Put in u = 0 and u = 1 for low = 0.3 and high = 0.7: do these two come out?"
_ODD_ENDS = "Try low = 0.3 and high = 0.7: do your draws reach from one to the other, no farther?"
_EVEN = "Which number is drawn evenly in your lines, and which should be?"
_BASES = "Look at the function that leads there, and the one that leads back."
_BENT = "Print what you make of u first: does every part of it come up equally often?"


_EITHER = (
    Mistake(
        "no-difference",
        "What u multiplies is not the distance from the one end to the other. Which number is it?",
        {"line": lambda a, b, u: a + b * u},
        {"line": lambda a, b, u: a * u + b},
        look=_ENDS,
    ),
    Mistake(
        "middle-too-often",
        "You draw from the middle more often than from the ends, as when draws are averaged or "
        "normal. Which draws are even?",
        {"bent": _triangle},
        look=_BENT,
    ),
    Mistake(
        "u-bent",
        "You draw from one end too often, as after a power or a root of u: u has to stay even "
        "until it is used.",
        {"bent": lambda u: u**2},
        {"bent": lambda u: u**3},
        {"bent": np.sqrt},
        look=_BENT,
    ),
    Mistake(
        "whole-exponents",
        "You keep only whole numbers of what you draw, so that few values come up. Any number "
        "between the two ends should be possible.",
        {"whole": np.round},
        {"whole": np.floor},
        {"whole": np.ceil},
        {"whole": np.trunc},
        {"line": lambda a, b, u: np.floor(_line(int(a), int(b), u))},
        look="Print what you draw evenly: which numbers come up?",
    ),
    Mistake(
        "whole-decades",
        "You round the ends between which you draw to whole numbers, so your range is not the one "
        "from low to high.",
        {"line": lambda a, b, u: _line(np.floor(a), np.ceil(b), u)},
        {"line": lambda a, b, u: _line(np.round(a), np.round(b), u)},
        {"line": lambda a, b, u: _line(np.ceil(a), np.floor(b), u)},
        {"line": lambda a, b, u: _line(int(a), int(b), u)},
        look=_ODD_ENDS,
    ),
    Mistake(
        "even-on-the-square-root",
        "You draw on the scale of the square root. What should be drawn evenly?",
        {"there": np.sqrt, "back": np.square},
        look=_EVEN,
    ),
)


_ALPHA_CASES = (
    _case(1e-4, 1, 10_000, "draws from 0.0001 to 1"),
    _case(0.08, 0.7, 9000, "draws from 0.08 to 0.7"),
    _case(0.02, 50, 9000, "draws from 0.02 to 50"),
)


def _draw_alpha(rng):
    low = float(f"{10 ** rng.uniform(-5, -2):.2g}")
    return _drawn(low, float(f"{low * 10 ** rng.uniform(1.6, 3.5):.2g}"), rng)


_ALPHA_MISTAKES = (
    Mistake(
        "linear",
        "You draw on the scale of α itself, where the uppermost decade is most of the range.",
        partial(_alpha, there=_same, back=_same),
        look=_EVEN,
    ),
    Mistake(
        "returns-the-exponent",
        "These are the exponents r. One step is missing from r to α.",
        partial(_alpha, back=_same),
        partial(_alpha, there=np.log, back=_same),
        partial(_alpha, there=np.log2, back=_same),
        look="Compare your numbers with low and high.",
    ),
    Mistake(
        "sign-missing",
        "There is a minus sign missing, or one too many. What comes out for u = 0, and what for "
        "u = 1?",
        partial(_alpha, line=lambda a, b, u: 4 * u),
        partial(_alpha, line=lambda a, b, u: -a * u),
        partial(_alpha, line=lambda a, b, u: -_line(a, b, u)),
        partial(_alpha, line=lambda a, b, u: -a + (b - a) * u),
        look=_ENDS,
    ),
    Mistake(
        "power-of-a-part",
        "The power of ten is taken of a part of r only, and the other part comes to it afterwards. "
        "Where does your exponent end?",
        lambda low, high, size, rng: low + np.log10(high / low) * _u(size),
        lambda low, high, size, rng: high / low * _u(size),
        look=_ENDS,
    ),
    Mistake(
        "starts-at-exponent-0",
        "What you make of u starts at 0, as u does. Where should it start?",
        partial(_alpha, line=lambda a, b, u: (b - a) * u),
        look=_ENDS,
    ),
    Mistake(
        "forgets-an-end",
        "An end of your range is left out, or written in as a number: both should come from low "
        "and high.",
        partial(_alpha, line=lambda a, b, u: a * u),
        partial(_alpha, line=lambda a, b, u: -4 * u),
        partial(_alpha, line=lambda a, b, u: _line(-4, b, u)),
        partial(_alpha, line=lambda a, b, u: -(b - a) * u),
        look="Change low, then high: do your draws follow?",
    ),
    Mistake(
        "limits-an-end",
        "An end is changed before you draw: low and high may be any numbers above 0.",
        partial(_alpha, ends=lambda low, high: (low, min(high, 1))),
        look="Try a range that reaches above 1.",
    ),
    Mistake(
        "no-logarithm",
        "Your r is made of low and high themselves, and not of their exponents.",
        partial(_alpha, there=_same),
        partial(_alpha, there=_same, back=np.exp),
        partial(_alpha, there=_same, back=np.exp2),
        look="Which power of ten is low, and what is your r for u = 0?",
    ),
    Mistake(
        "logarithm-of-the-difference",
        "You take the logarithm of a difference. What u should multiply is the difference of two "
        "logarithms.",
        lambda low, high, size, rng: low * (high - low) ** _u(size),
        look=_ENDS,
    ),
    Mistake(
        "mixed-bases",
        "You mix two bases: the natural logarithm belongs to e, log10 to 10, and one does not undo "
        "the other.",
        partial(_alpha, there=np.log),
        partial(_alpha, back=np.exp),
        partial(_alpha, there=np.log2),
        partial(_alpha, back=np.exp2),
        look=_BASES,
    ),
    Mistake(
        "logarithm-of-linear-draws",
        "You draw first and then take the logarithm. The order is the other way round: first the "
        "two logarithms, then an even draw between them, then the way back to α.",
        partial(_alpha, there=_same, back=np.log10),
        partial(_alpha, there=lambda x: 10.0**x, back=np.log10),
        look=_EVEN,
    ),
    Mistake(
        "one-minus",
        "You subtract from 1 at the end, as on the scale of β. α itself is the power of ten.",
        partial(_alpha, back=lambda r: 1 - 10.0**r),
        look="Look at the last step: where does the 1 come from?",
    ),
    Mistake(
        "even-on-the-reciprocal",
        "You draw on the scale of 1/α, where the low end is nearly all of the range.",
        partial(_alpha, there=lambda x: 1 / x, back=lambda r: 1 / r),
        look=_EVEN,
    ),
    Mistake(
        "mirrored",
        "The draws crowd at the high end, as on the 1 − β scale. A learning rate matters by "
        "factors: which end should they crowd at?",
        lambda low, high, size, rng: high + low - _alpha(low, high, size, rng),
        look="Look at where your draws crowd.",
    ),
    Mistake(
        "cut-to-the-range",
        "You draw from a range that is too wide and cut off what is outside, so that low and high "
        "themselves come up again and again.",
        lambda low, high, size, rng: np.clip(
            _alpha(low, high, size, rng, line=lambda a, b, u: _line(np.floor(a), np.ceil(b), u)),
            low,
            high,
        ),
        look="How often are your draws exactly low, or exactly high?",
    ),
    *made_in(_alpha, _EITHER),
)


def _sampler_stub(low, high, size, rng):
    return np.zeros(size)


_BEGIN = "Begin with u: draw `size` numbers from 0 to 1, and decide where u should go."


_BETA_CASES = (
    _case(0.9, 0.999, 10_000, "draws from 0.9 to 0.999"),
    _case(0.02, 0.99, 9000, "draws from 0.02 to 0.99"),
    _case(-2, 0.95, 9000, "draws from −2 to 0.95"),
)


def _draw_beta(rng):
    above = float(f"{10 ** rng.uniform(-1, 0):.2g}")  # the distance of low from 1
    return _drawn(1 - above, 1 - float(f"{above * 10 ** -rng.uniform(1.5, 2.5):.2g}"), rng)


_LOGARITHM = "Of which number do you take the logarithm?"
_OF_BETA = "You take the logarithm of β itself. The window depends on the distance of β from 1."


_BETA_MISTAKES = (
    Mistake(
        "linear",
        "You draw on the scale of β itself: of the way from 0.9 to 0.999 only 9 % lie above 0.99. "
        "Which distance should shrink by factors of ten?",
        partial(_beta, there=_same, back=_same),
        look=_EVEN,
    ),
    Mistake(
        "log-of-beta",
        _OF_BETA,
        partial(_beta, there=np.log10, back=lambda r: 10.0**r),
        partial(_beta, there=np.log10),
        partial(_beta, there=math.log10, back=lambda r: 10.0**r),
        partial(_beta, there=math.log10),
        look=_LOGARITHM,
    ),
    Mistake(
        "log-of-beta",
        _OF_BETA,
        lambda low, high, size, rng: 10 ** rng.uniform(np.log10(low), np.log10(high), size),
        lambda low, high, size, rng: 1 - 10 ** rng.uniform(np.log10(low), np.log10(high), size),
        lambda low, high, size, rng: Log(low, high).sample(rng, size),
        look=_LOGARITHM,
    ),
    Mistake(
        "returns-one-minus-beta",
        "These are draws of 1 − β. One step is missing to β.",
        partial(_beta, back=lambda r: 10.0**r),
        look="Compare your numbers with low and high.",
    ),
    Mistake(
        "returns-the-exponent",
        "These are the exponents r. Two steps are missing: to 1 − β, then to β.",
        partial(_beta, back=_same),
        partial(_beta, there=lambda x: np.log(1 - x), back=_same),
        look="Compare your numbers with low and high.",
    ),
    Mistake(
        "returns-the-window",
        "These are windows, 1/(1 − β). Which β belongs to a window?",
        partial(_beta, back=lambda r: 10.0**-r),
        look="Compare your numbers with low and high.",
    ),
    Mistake(
        "plus",
        "Your last step goes up from 1, and β lies below it.",
        partial(_beta, back=lambda r: 1 + 10.0**r),
        look="Compare your numbers with low and high.",
    ),
    Mistake(
        "minus",
        "Your last step subtracts the wrong way. What leads from 1 − β to β?",
        partial(_beta, back=lambda r: -(10.0**r)),
        partial(_beta, back=lambda r: 10.0**r - 1),
        look="Compare your numbers with low and high.",
    ),
    Mistake(
        "even-in-the-window",
        "You draw on the scale of the window 1/(1 − β), where the high end is nearly all of the "
        "range. Equal factors of the window should come up equally often.",
        partial(_beta, there=lambda x: 1 / (1 - x), back=lambda w: 1 - 1 / w),
        look=_EVEN,
    ),
    Mistake(
        "sign-missing",
        "A minus is missing, or one too many: what you make of u has the wrong sign.",
        partial(_beta, line=lambda a, b, u: -_line(a, b, u)),
        look="Which sign does r have when 1 − β is 0.1?",
    ),
    Mistake(
        "sign-missing",
        "A minus is missing, or one too many: what you make of u has the wrong sign.",
        lambda low, high, size, rng: 1 - 10 ** (1 + 2 * _u(size)),
        look="Which sign does r have when 1 − β is 0.1?",
    ),
    Mistake(
        "forgets-an-end",
        "An end of your range does not come from low and high: work both ends out from them.",
        partial(_beta, line=lambda a, b, u: _line(-3, -1, u)),
        partial(_beta, line=lambda a, b, u: b * u),
        partial(_beta, ends=lambda low, high: (0.9, high)),
        partial(_beta, ends=lambda low, high: (low, 0.999)),
        look="Change low, then high: do your draws follow?",
    ),
    Mistake(
        "limits-an-end",
        "An end is changed before you draw. low may be any number below high, also one below 0.",
        partial(_beta, ends=lambda low, high: (max(low, 0), high)),
        partial(_beta, ends=lambda low, high: (abs(low), high)),
        partial(_beta, ends=lambda low, high: (max(low, 0.5), high)),
        look="Try a low end below 0.",
    ),
    Mistake(
        "cut-at-zero",
        "Draws below 0 are replaced. low may be below 0, and then so are some of the draws.",
        partial(_beta, back=lambda r: np.maximum(1 - 10.0**r, 0)),
        partial(_beta, back=lambda r: np.abs(1 - 10.0**r)),
        look="Try a low end below 0.",
    ),
    Mistake(
        "mixed-bases",
        "You mix two bases: the natural logarithm belongs to e, log10 to 10, and one does not undo "
        "the other.",
        partial(_beta, there=lambda x: np.log(1 - x)),
        partial(_beta, back=lambda r: 1 - np.exp(r)),
        look=_BASES,
    ),
    Mistake(
        "mirrored",
        "The draws crowd at the low end. The window grows ever faster towards 1: at which end "
        "should they crowd?",
        lambda low, high, size, rng: high + low - _beta(low, high, size, rng),
        look="Look at where your draws crowd.",
    ),
    *made_in(_beta, _EITHER),
)


_WHOLE_CASES = (
    _case(2, 4, 10_000, "numbers of layers from 2 to 4"),
    _case(5, 12, 9000, "whole numbers from 5 to 12"),
    _case(-3, 4, 9000, "whole numbers from −3 to 4"),
)


def _draw_whole(rng):
    low = int(rng.integers(-9, 10))
    return _drawn(low, low + int(rng.integers(2, 9)), rng)


def _whole(
    low,
    high,
    size,
    rng,
    *,
    ends=lambda low, high: (low, high + 1),
    cut=np.floor,
    bent=_same,
):
    """Draw whole numbers in exchangeable parts: the right ones by default."""
    return cut(_line(*ends(low, high), bent(_u(size))))


_COUNT = "Count how often each number comes up, with low = 2 and high = 4."
_WHOLE_MISTAKES = (
    Mistake(
        "never-the-highest",
        "`high` never comes up. Does what you use include its upper end?",
        partial(_whole, ends=lambda low, high: (low, high)),
        look=_COUNT,
    ),
    Mistake(
        "ends-half-as-often",
        "The two ends come up half as often as the numbers between. Which stretch of the line is "
        "rounded to low, and which to low + 1?",
        partial(_whole, ends=lambda low, high: (low, high), cut=np.round),
        look=_COUNT,
    ),
    Mistake(
        "never-the-lowest",
        "`low` never comes up. Which number does your range begin at?",
        partial(_whole, ends=lambda low, high: (low + 1, high + 1)),
        look=_COUNT,
    ),
    Mistake(
        "not-whole",
        "Your numbers have decimals. 2.7 layers cannot be built: whole numbers are asked for.",
        partial(_whole, ends=lambda low, high: (low, high), cut=_same),
        partial(_whole, cut=_same),
        look="Look at one of your numbers: can it be a number of layers?",
    ),
    Mistake(
        "one-too-many",
        "high + 1 belongs to your range, too. How many whole numbers are there from low to high?",
        partial(_whole, ends=lambda low, high: (low, high + 2)),
        look=_COUNT,
    ),
    Mistake(
        "one-too-low",
        "low − 1 belongs to your range, too. Which number does it begin at?",
        partial(_whole, ends=lambda low, high: (low - 1, high + 1)),
        look=_COUNT,
    ),
    Mistake(
        "one-beyond-both-ends",
        "low − 1 and high + 1 belong to your range, too.",
        partial(_whole, ends=lambda low, high: (low - 1, high + 2)),
        look=_COUNT,
    ),
    Mistake(
        "shifted",
        "Your range is moved by one: as many numbers as asked for, but not from low to high.",
        partial(_whole, ends=lambda low, high: (low + 1, high + 2)),
        partial(_whole, ends=lambda low, high: (low - 1, high)),
        look=_COUNT,
    ),
    Mistake(
        "starts-at-0",
        "Your numbers start at 0. Where should they start?",
        partial(_whole, ends=lambda low, high: (0, high - low + 1)),
        partial(_whole, ends=lambda low, high: (0, high + 1)),
        partial(_whole, ends=lambda low, high: (0, high)),
        partial(_whole, ends=lambda low, high: (0, high - low)),
        look="Change low: do your draws follow?",
    ),
    Mistake(
        "starts-at-1",
        "Your numbers start at 1. Where should they start?",
        partial(_whole, ends=lambda low, high: (1, high + 1)),
        partial(_whole, ends=lambda low, high: (1, high - low + 2)),
        partial(_whole, ends=lambda low, high: (1, high)),
        look="Change low: do your draws follow?",
    ),
    Mistake(
        "no-negative-numbers",
        "Your numbers never fall below 0. low may, and then so should some of the draws.",
        partial(_whole, ends=lambda low, high: (max(low, 0), high + 1)),
        partial(_whole, cut=lambda x: np.abs(np.floor(x))),
        partial(_whole, cut=lambda x: np.maximum(np.floor(x), 0)),
        partial(_whole, ends=lambda low, high: (abs(low), high + 1)),
        partial(_whole, ends=lambda low, high: (abs(low), abs(high) + 1)),
        look="Try a low end below 0.",
    ),
    Mistake(
        "cut-towards-zero",
        "The decimals are cut off. Below 0 that moves a number up instead of down, so that one "
        "number comes up too often.",
        partial(_whole, cut=np.trunc),
        look="Try a low end below 0: how often does 0 come up, and how often low?",
    ),
    Mistake(
        "forgets-an-end",
        "An end of your range is a number of your own: both should come from low and high.",
        partial(_whole, ends=lambda low, high: (2, 5)),
        partial(_whole, ends=lambda low, high: (2, high + 1)),
        partial(_whole, ends=lambda low, high: (low, 5)),
        look="Change low, then high: do your draws follow?",
    ),
    Mistake(
        "only-the-ends",
        "Only low and high themselves come up, and nothing between.",
        partial(
            _whole,
            cut=_same,
            ends=lambda low, high: (low, high),
            bent=lambda u: (u > 0.5).astype(float),
        ),
        look=_COUNT,
    ),
    Mistake(
        "middle-too-often",
        "You draw from the middle more often than from the ends, as when draws are averaged.",
        partial(_whole, bent=_triangle),
        partial(_whole, bent=_triangle, cut=np.round, ends=lambda low, high: (low, high)),
        look=_COUNT,
    ),
)


def _whole_stub(low, high, size, rng):
    return np.zeros(size, dtype=int)


def _by_its_draws(exercise, function, verdict):
    """Say of draws what no measure of them tells."""
    right, cases = exercise.right, exercise.cases
    if verdict.passed or verdict.mistake == "only-the-cases":
        strays = (_stray(_again(function, case), right, case) for case in cases)
        found = next(filter(None, strays), None)
        return found or (verdict.passed and _not_from_rng(function, cases[0])) or verdict
    if "+" in verdict.mistake:  # two mistakes at once may come out as one number by chance
        found = [_one_number(_again(function, case), case) for case in cases]
        return found[0] if all(found) else verdict
    if verdict.mistake == "raises" and all(_ends_swapped(function, case) for case in cases):
        look = "Of 0.1 and 0.001, and of their logarithms, which is smaller?"
        return replace(verdict, mistake="ends-swapped", look=look)
    if verdict.mistake in ("wrong-numbers", "not-finite"):
        found = (_describe(function, right, case) for case in cases)
        return next(filter(None, found), verdict)
    return verdict


def _ends_swapped(function, case):
    """Whether `rng.uniform` gets its larger end first."""
    outcome = call(function, *case.args[:3], np.random.default_rng(7), quiet=True)
    return "high - low < 0" in outcome.message


def _spread(draws):
    """Return zeros of the draws' shape, the share below each threshold, whether any is not 0."""
    x = np.asarray(draws)
    if x.dtype.kind not in "biuf":
        raise TypeError("no real numbers")
    below = np.searchsorted(np.sort(x.ravel()), _THRESHOLDS) / max(x.size, 1)
    return np.zeros(x.shape), below, np.array([float(np.any(x))])


def _again(function, case, *, size=None, seed=7):
    low, high, full_size, _ = case.args
    outcome = call(function, low, high, size or full_size, np.random.default_rng(seed), quiet=True)
    return np.asarray(outcome.value, dtype=np.float64)


def _not_from_rng(function, case):
    """Say so if the draws do not come from the `rng` that was passed in."""
    a, b, c = (_again(function, case, size=200, seed=seed) for seed in (1, 1, 2))
    if not np.array_equal(a, b):
        return Verdict(
            False,
            "not-from-rng",
            "The spread is right, but two generators with the same seed gave different draws: "
            "nobody could repeat your search. Draw from `rng` alone.",
        )
    in_any_order = np.sort if len(np.unique(a)) > 100 else _same  # few numbers agree by chance
    if np.array_equal(in_any_order(a), in_any_order(c)):
        return Verdict(
            False,
            "same-every-time",
            "The spread is right, but two different generators gave the very same numbers. Draw "
            "from the `rng` that is passed in.",
        )
    if np.all(np.diff(a) >= 0):
        return Verdict(
            False,
            "sorted",
            "The spread is right, but your draws come in order of size: whoever takes the first "
            "ten gets only the smallest.",
        )
    return None


def _stray(x, right, case):
    """Say so if draws leave the range, or if far too few different numbers come up."""
    low, high = case.args[:2]
    near = 1e-6 * max(abs(low), abs(high))
    if x.min() < low - near or x.max() > high + near:
        return _told(
            "out-of-range",
            f"Your draws run from {x.min():.4g} to {x.max():.4g}, but the range is {low:g} to "
            f"{high:g}.",
            case,
        )
    if one := _one_number(x, case):
        return one
    different, asked = len(np.unique(x)), len(np.unique(right(*case.args)))
    if different < 0.8 * asked and asked > 1000:
        return _told(
            "few-values",
            f"Among your {x.size} draws are only {different} different numbers. Any number of the "
            f"range should be able to come up.",
            case,
        )
    return None


def _one_number(x, case):
    if np.ptp(x) != 0:
        return None
    return _told(
        "one-draw",
        "All draws are one and the same number. Does each of the `size` draws get a random number "
        "of its own, and does that number make a difference?",
        case,
    )


def _told(identity, hint, case):
    return Verdict(False, identity, f"{hint} The case: {case.says}.".replace("-", "−"))


def _describe(function, right, case):
    """Describe a spread that no known mistake explains; None if this case is right."""
    x, wanted = _again(function, case), right(*case.args)
    if np.abs(_spread(x)[1] - _spread(wanted)[1]).max() <= _TOLERANCE:
        return None
    if not np.isfinite(x).all():
        return _told("not-finite", "Some draws are NaN or infinite.", case)
    return _stray(x, right, case) or _told("wrong-spread", _largest_gap(x, wanted), case)


def _largest_gap(x, wanted):
    """Say where the draws differ most from the right spread."""
    numbers = np.unique(wanted)
    if len(numbers) < 30:
        shares = [(100 * np.mean(x == n), 100 * np.mean(wanted == n), n) for n in numbers]
        got, asked, n = max(shares, key=lambda share: abs(share[0] - share[1]))
        return (
            f"The number {n:g} comes up in {got:.0f} % of your draws. If all were equally likely, "
            f"it would be {asked:.0f} %."
        )
    marks = [float(f"{m:.3g}") for m in np.quantile(wanted, np.linspace(0.05, 0.95, 19))]
    shares = [(100 * np.mean(x <= m), 100 * np.mean(wanted <= m), m) for m in marks]
    got, asked, mark = max(shares, key=lambda share: abs(share[0] - share[1]))
    return (
        f"{got:.0f} % of your draws are at most {mark:.3g}. On the right scale {asked:.0f} % would "
        f"be."
    )


_RANGES = {
    "hidden units": (50, 100),
    "layers": (2, 4),
    "learning rate": (0.0001, 1),
    "beta": (0.9, 0.999),
    "mini-batch size": (16, 1024),
    "keep_prob": (0.5, 1),
}
_FITTING = {
    "hidden units": Integer,
    "layers": Integer,
    "learning rate": Log,
    "beta": OneMinusLog,
    "mini-batch size": Log,
    "keep_prob": Linear,
}
_NOT_WHOLE = (
    "A linear scale draws numbers with decimals. Which scale draws whole numbers, both ends "
    "included?"
)
_ONE_DOUBLING = "From end to end is one doubling, so a logarithm would change little."
_AND_WHOLE = f"{_ONE_DOUBLING} What is needed here are whole numbers."
_WHY = {
    ("hidden units", Linear): _NOT_WHOLE,
    ("hidden units", Log): _AND_WHOLE,
    ("layers", Linear): _NOT_WHOLE,
    ("layers", Log): _AND_WHOLE,
    ("learning rate", Linear): "90 % of the draws would lie between 0.1 and 1. Which scale gives "
    "each decade the same chance?",
    ("learning rate", OneMinusLog): "That scale crowds the draws towards 1. A learning rate "
    "matters by factors, down to 0.0001.",
    ("beta", Linear): "91 % of the draws would lie below 0.99, where the window is at most 100. "
    "What does the window depend on?",
    ("beta", Log): "Between 0.9 and 0.999 the log scale of β is almost linear. The window depends "
    "on the distance from 1.",
    ("mini-batch size", Linear): "Half of the draws would lie above 520 and only one in twenty "
    "below 64. Batch sizes are compared by doubling.",
    ("mini-batch size", Integer): "They are whole numbers, but evenly drawn half of them would lie "
    "above 520 and only one in twenty below 64. Sizes are compared by doubling: draw on the scale "
    "of factors and round afterwards.",
    ("keep_prob", Log): _ONE_DOUBLING,
    ("keep_prob", OneMinusLog): "A keep_prob has no window that grows without end near 1.",
}


_by_spread = partial(Exercise, measure=_spread, rtol=0, atol=_TOLERANCE, after=(_by_its_draws,))


sample_alpha = _by_spread(
    "``sample_alpha(low, high, size, rng)``: draws that are even on the log scale",
    right=_alpha,
    cases=_ALPHA_CASES,
    mistakes=_ALPHA_MISTAKES,
    draw=_draw_alpha,
    stub=Stub(_sampler_stub, _BEGIN),
)


sample_beta = _by_spread(
    "``sample_beta(low, high, size, rng)``: draws that are even on the 1 - beta scale",
    right=_beta,
    cases=_BETA_CASES,
    mistakes=_BETA_MISTAKES,
    draw=_draw_beta,
    stub=Stub(_sampler_stub, _BEGIN),
)


sample_whole = _by_spread(
    "``sample_whole(low, high, size, rng)``: every whole number with the same chance",
    right=_whole,
    cases=_WHOLE_CASES,
    mistakes=_WHOLE_MISTAKES,
    draw=_draw_whole,
    stub=Stub(_whole_stub, "How many whole numbers are there from 2 to 4, and from low to high?"),
)


@noted
def pick_scales(picks):
    """Check six picks: a dict from the hyperparameter's name to its scale."""
    if not isinstance(picks, dict):
        kind = type(picks).__name__
        return not_yet("not-a-dict", f"Pass the dict of your six picks, not a {kind}.")
    missing = [name for name in _RANGES if name not in picks]
    if missing:
        hint = f"There is no pick for {missing[0]!r}. Keep the six names as they stand."
        return not_yet("missing", hint)
    if all(_is_linear(picks[name], *ends) for name, ends in _RANGES.items()):
        return not_yet(
            "still-the-stub",
            "All six are linear, as they came. Take them one by one: are they whole numbers, and "
            "do differences or factors matter?",
        )
    verdicts = (_judge_pick(name, picks[name]) for name in _RANGES)
    right = Verdict(True, None, "All six. Each scale spreads its draws where they matter.")
    return next(filter(None, verdicts), right)


def _is_linear(pick, low, high):
    return isinstance(pick, Linear) and (pick.low, pick.high) == (low, high)


def _judge_pick(name, pick):
    """Return what is wrong with a pick, or None."""
    low, high = _RANGES[name]
    if isinstance(pick, type):
        hint = (
            f"{pick.__name__} is a kind, not yet a scale. Give it its ends, {low:g} and {high:g}."
        )
        return not_yet("no-range", f"{name}: {hint}")
    if isinstance(pick, Choice):
        return _judge_choice(name, pick)
    if not isinstance(pick, (Linear, Log, OneMinusLog, Integer)):
        such_as = f"Linear({low:g}, {high:g})"
        hint = f"the task asks for a scale, such as {such_as}. You passed {_kind(pick)}."
        return not_yet("no-scale", f"{name}: {hint}")
    fits = isinstance(pick, _FITTING[name])
    never_up_to_1 = isinstance(pick, OneMinusLog) and not fits  # cannot have these ends
    if (pick.low, pick.high) != (low, high) and not never_up_to_1:
        asked = f"the task asks for the range from {low:g} to {high:g}"
        hint = f"{asked}, but your scale runs from {pick.low:g} to {pick.high:g}."
        return not_yet("wrong-ends", f"{name}: {hint}")
    return None if fits else _judge_kind(name, pick)


def _judge_kind(name, pick):
    kind = type(pick).__name__
    default = "Do differences matter here, or factors, and are all values allowed?"
    identity = f"{name} {kind}".lower().replace(" ", "-").replace("_", "-")
    return not_yet(identity, f"{name}: {_WHY.get((name, type(pick)), default)}")


def _kind(pick):
    return "None" if pick is None else f"a {type(pick).__name__}"


def _judge_choice(name, pick):
    """Let a list pass where it holds every whole number, or every doubling, of the range."""
    lists = {
        "layers": [2, 3, 4],
        "hidden units": list(range(50, 101)),
        "mini-batch size": [16, 32, 64, 128, 256, 512, 1024],
    }
    if name in lists and np.array_equal(pick.options, lists[name]):
        return None
    return not_yet(
        "unfit-choice",
        f"{name}: a list draws only what is in it, and each of it equally often. Which values "
        f"would it leave out?",
    )


def goal_every_decade(*, factor, start, **_):
    """Judge the challenge: a quarter of the draws in each decade from 0.0001 to 1."""
    low, high = sorted((start, start + factor))
    decades = np.arange(-4, 0)
    if low == high:
        place = low if low else -1  # 1 is the end of the last decade
        shares = ((decades <= place) & (place < decades + 1)).astype(float)
    else:
        inside = np.minimum(high, decades + 1) - np.maximum(low, decades)
        shares = np.maximum(0, inside) / (high - low)
    told = ", ".join(f"{100 * share:.0f} %" for share in shares)
    if (np.abs(shares - 0.25) <= 0.01).all():
        return Verdict(True, None, f"the four decades from 0.0001 to 1 get {told}.")
    return Verdict(
        False,
        "uneven",
        f"give each of the four decades from 0.0001 to 1 a quarter of the draws. Now they get "
        f"{told}.",
    )


def goal_double_the_window(*, beta, step, **_):
    """Judge the challenge: a step that doubles the window, from a beta of at most 0.99."""
    asked = "double the window (times 1.9 to 2.1) from a β of at most 0.99"
    if beta > 0.99:
        return Verdict(False, "beta-too-high", f"{asked}. Now β is {beta:g}.")
    if beta + step >= 1:
        return Verdict(False, "no-window", f"{asked}. Now β + step is not below 1.")
    ratio = weighted_averages.window(beta + step) / weighted_averages.window(beta)
    if 1.9 <= ratio <= 2.1:
        return Verdict(
            True,
            None,
            f"from β = {beta:g} a step of {step:g} doubles the window: it covers "
            f"{100 * step / (1 - beta):.0f} % of the way to 1.",
        )
    now = against(ratio, 1.9 if ratio < 2 else 2.1, ".4g")
    return Verdict(False, "not-doubled", f"{asked}. Now it grows × {now}.")
