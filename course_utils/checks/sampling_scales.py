"""Checks of the exercises and challenges on sampling scales.

A sampler's answer is random, so what is compared is how its draws are spread: the share of them
below each of many thresholds. With 9000 draws and more the right spread is met to within
`_TOLERANCE` however the draws were made: a miss has a chance of at most 6e-13, by the inequality of
Dvoretzky, Kiefer and Wolfowitz.
"""

import math
from dataclasses import replace
from functools import partial

import numpy as np

from course_utils import weighted_averages
from course_utils.checks.diagnosis import Case, Mistake, Stub, diagnose, named
from course_utils.checks.running import call, one_wait
from course_utils.checks.trial import not_yet
from course_utils.checks.verdict import Verdict
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
    low, high, size, rng, *, there, back, ends=lambda low, high: (low, high), bent=_same,
    line=_line, whole=_same,
):  # fmt: skip
    """Draw on a scale in exchangeable parts: there, evenly along a line, and back."""
    low, high = ends(low, high)
    return back(whole(line(there(low), there(high), bent(_u(size)))))


def _alpha(*args, there=np.log10, back=lambda r: 10.0**r, **parts):
    return _sample(*args, there=there, back=back, **parts)


def _beta(*args, there=lambda x: np.log10(1 - x), back=lambda r: 1 - 10.0**r, **parts):
    return _sample(*args, there=there, back=back, **parts)


_ENDS = "Put in u = 0 and u = 1: do low and high come out?"
_EVEN = "Which number is drawn evenly in your lines, and which should be?"
_BASES = "Look at the function that leads there, and the one that leads back."
_BENT = "Look at the logarithms of your draws: does every part come up equally often?"


def _either(base):
    """Return the mistakes that are made alike on both scales."""
    return (
        *named(
            "no-difference",
            "u multiplies one of the two ends of r, and not what lies between them. How wide is "
            "the range from the one end to the other?",
            partial(base, line=lambda a, b, u: a + b * u),
            partial(base, line=lambda a, b, u: a * u + b), look=_ENDS,
        ),
        *named(
            "middle-too-often",
            "The middle of the range comes up more often than its ends, as when draws are averaged "
            "or normal. Which draws are even?",
            partial(base, bent=_triangle), look=_BENT,
        ),
        *named(
            "u-bent",
            "One end of the range comes up too often, as after a power or a root of u: u has to "
            "stay even until it is used.",
            partial(base, bent=lambda u: u**2), partial(base, bent=lambda u: u**3),
            partial(base, bent=np.sqrt), look=_BENT,
        ),
        *named(
            "whole-exponents",
            "Your exponents are whole numbers, so that only a few values come up. r may be any "
            "number between its ends.",
            partial(base, whole=np.round), partial(base, whole=np.floor),
            partial(base, whole=np.ceil), partial(base, whole=np.trunc),
            partial(base, line=lambda a, b, u: np.floor(_line(int(a), int(b), u))),
            look="Print your exponents r: which of them come up?",
        ),
        *named(
            "whole-decades",
            "The ends of r are rounded to whole numbers, so your range is not the one from low to "
            "high.",
            partial(base, line=lambda a, b, u: _line(np.floor(a), np.ceil(b), u)),
            partial(base, line=lambda a, b, u: _line(np.round(a), np.round(b), u)),
            partial(base, line=lambda a, b, u: _line(np.ceil(a), np.floor(b), u)),
            partial(base, line=lambda a, b, u: _line(int(a), int(b), u)), look=_ENDS,
        ),
        *named(
            "even-on-the-square-root",
            "You draw evenly between two square roots. What should be drawn evenly?",
            partial(base, there=np.sqrt, back=np.square), look=_EVEN,
        ),
    )  # fmt: skip


_ALPHA_CASES = (
    _case(1e-4, 1, 10_000, "draws from 0.0001 to 1"),
    _case(0.003, 0.3, 9000, "draws from 0.003 to 0.3"),
    _case(0.02, 50, 9000, "draws from 0.02 to 50"),
)


def _draw_alpha(rng):
    low = float(f"{10 ** rng.uniform(-5, -2):.2g}")
    return _drawn(low, float(f"{low * 10 ** rng.uniform(1.6, 3.5):.2g}"), rng)


def _alpha_mistake(identity, look, hint, *ways):
    return named(identity, hint, *(partial(_alpha, **way) for way in ways), look=look)


_ALPHA_MISTAKES = (
    *_alpha_mistake(
        "linear", _EVEN,
        "You draw on the scale of α itself, so that most draws fall into the uppermost decade.",
        {"there": _same, "back": _same},
    ),
    *_alpha_mistake(
        "returns-the-exponent", "Compare your numbers with low and high.",
        "These are the exponents r. One step is missing from r to α.",
        {"back": _same}, {"there": np.log, "back": _same},
    ),
    *_alpha_mistake(
        "sign-missing", _ENDS,
        "A minus sign is missing, or one too many, in the exponent: α runs upwards from 1, or you "
        "get 1/α.",
        {"line": lambda a, b, u: 4 * u}, {"line": lambda a, b, u: -a * u},
        {"line": lambda a, b, u: -_line(a, b, u)}, {"line": lambda a, b, u: -a + (b - a) * u},
    ),
    *_alpha_mistake(
        "starts-at-exponent-0", _ENDS,
        "The exponents cover the right width and start at 0, so that α starts at 1. Where should r "
        "start?",
        {"line": lambda a, b, u: (b - a) * u},
    ),
    *_alpha_mistake(
        "forgets-an-end", "Change low, then high: do your draws follow?",
        "Your range is right for the lecture's 0.0001 to 1, and not for others: both ends of r "
        "should come from low and high.",
        {"line": lambda a, b, u: a * u}, {"line": lambda a, b, u: -4 * u},
        {"line": lambda a, b, u: _line(-4, b, u)}, {"line": lambda a, b, u: -(b - a) * u},
    ),
    *_alpha_mistake(
        "limits-an-end", "Try a range that reaches above 1.",
        "An end is changed before you draw: low and high may be any numbers above 0.",
        {"ends": lambda low, high: (low, min(high, 1))},
    ),
    *_alpha_mistake(
        "no-logarithm", "Of which number is r the power of ten?",
        "r runs from low to high here, so that α starts near 1 = 10⁰.",
        {"there": _same}, {"there": _same, "back": np.exp},
    ),
    *_alpha_mistake(
        "mixed-bases", _BASES,
        "You mix two bases: the natural logarithm belongs to e, log10 to 10, and one does not "
        "undo the other.",
        {"there": np.log}, {"back": np.exp}, {"there": np.log2}, {"back": np.exp2},
    ),
    *_alpha_mistake(
        "logarithm-of-linear-draws", _EVEN,
        "You draw evenly and then take the logarithm. The order is the other way round: first the "
        "two logarithms, then an even draw between them, then the way back to α.",
        {"there": _same, "back": np.log10}, {"there": lambda x: 10.0**x, "back": np.log10},
    ),
    *_alpha_mistake(
        "one-minus", "Look at the last step: where does the 1 come from?",
        "You subtract from 1 at the end, as on the scale of β. α itself is the power of ten.",
        {"back": lambda r: 1 - 10.0**r},
    ),
    *_alpha_mistake(
        "even-on-the-reciprocal", _EVEN,
        "You draw 1/α evenly, so that nearly all draws lie at the low end.",
        {"there": lambda x: 1 / x, "back": lambda r: 1 / r},
    ),
    *named(
        "mirrored",
        "The draws crowd at the high end, as on the 1 − β scale. A learning rate matters by "
        "factors: which end should they crowd at?",
        lambda low, high, size, rng: high + low - _alpha(low, high, size, rng),
        look="Look at where your draws crowd.",
    ),
    *named(
        "cut-to-the-range",
        "You draw from a range that is too wide and cut off what is outside, so that low and high "
        "themselves come up again and again.",
        lambda low, high, size, rng: np.clip(
            _alpha(low, high, size, rng, line=lambda a, b, u: _line(np.floor(a), np.ceil(b), u)),
            low, high),
        look="How often are your draws exactly low, or exactly high?",
    ),
    *_either(_alpha),
)  # fmt: skip


def _sampler_stub(low, high, size, rng):
    return np.zeros(size)


_BEGIN = "Begin with u: draw `size` numbers from 0 to 1, and decide where u should go."


def sample_alpha(function):
    """Check ``sample_alpha(low, high, size, rng)``: draws that are even on the log scale."""
    return _check(function, _alpha, _ALPHA_CASES, _ALPHA_MISTAKES, _draw_alpha,
                  Stub(_sampler_stub, _BEGIN))  # fmt: skip


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


def _beta_mistake(identity, look, hint, *ways):
    return named(identity, hint, *(partial(_beta, **way) for way in ways), look=look)


_BETA_MISTAKES = (
    *_beta_mistake(
        "linear", _EVEN,
        "You sample β itself evenly: from 0.9 to 0.999 only 9 % of the draws lie above 0.99. Which "
        "distance should shrink by factors of ten?",
        {"there": _same, "back": _same},
    ),
    *_beta_mistake(
        "log-of-beta", _LOGARITHM, _OF_BETA,
        {"there": np.log10, "back": lambda r: 10.0**r}, {"there": np.log10},
        {"there": math.log10, "back": lambda r: 10.0**r}, {"there": math.log10},
    ),
    *named(
        "log-of-beta", _OF_BETA,  # with a low end below 0 these raise instead
        lambda low, high, size, rng: 10 ** rng.uniform(np.log10(low), np.log10(high), size),
        lambda low, high, size, rng: 1 - 10 ** rng.uniform(np.log10(low), np.log10(high), size),
        lambda low, high, size, rng: Log(low, high).sample(rng, size),
        look=_LOGARITHM,
    ),
    *_beta_mistake(
        "returns-one-minus-beta", "Compare your numbers with low and high.",
        "These are draws of 1 − β. One step is missing to β.",
        {"back": lambda r: 10.0**r},
    ),
    *_beta_mistake(
        "returns-the-exponent", "Compare your numbers with low and high.",
        "These are the exponents r. Two steps are missing: to 1 − β, then to β.",
        {"back": _same}, {"there": lambda x: np.log(1 - x), "back": _same},
    ),
    *_beta_mistake(
        "returns-the-window", "Compare your numbers with low and high.",
        "These are windows, 1/(1 − β). Which β belongs to a window?",
        {"back": lambda r: 10.0**-r},
    ),
    *_beta_mistake(
        "plus", "Compare your numbers with low and high.",
        "Your numbers lie above 1 by as much as β should lie below it. Look at the last step.",
        {"back": lambda r: 1 + 10.0**r},
    ),
    *_beta_mistake(
        "minus", "Compare your numbers with low and high.",
        "Your numbers are 1 − β with a minus before them. Look at the last step.",
        {"back": lambda r: -(10.0**r)}, {"back": lambda r: 10.0**r - 1},
    ),
    *_beta_mistake(
        "even-in-the-window", _EVEN,
        "You draw the window 1/(1 − β) evenly, so that nearly all draws lie at the high end. Equal "
        "*factors* of the window should come up equally often.",
        {"there": lambda x: 1 / (1 - x), "back": lambda w: 1 - 1 / w},
    ),
    *_beta_mistake(
        "sign-missing", "Which sign does r have when 1 − β is 0.1?",
        "The sign of r is lost: 10^r is above 1 where it should be below.",
        {"line": lambda a, b, u: -_line(a, b, u)},
    ),
    Mistake(
        "sign-missing", lambda low, high, size, rng: 1 - 10 ** (1 + 2 * _u(size)),
        "The sign of r is lost: 10^r is above 1 where it should be below.",
        "Which sign does r have when 1 − β is 0.1?",
    ),
    *_beta_mistake(
        "forgets-an-end", "Change low, then high: do your draws follow?",
        "An end of your range does not come from low and high: work both ends of r out from them.",
        {"line": lambda a, b, u: _line(-3, -1, u)}, {"line": lambda a, b, u: b * u},
        {"ends": lambda low, high: (0.9, high)}, {"ends": lambda low, high: (low, 0.999)},
    ),
    *_beta_mistake(
        "limits-an-end", "Try a low end below 0.",
        "An end is changed before you draw. low may be any number below high, also one below 0.",
        {"ends": lambda low, high: (max(low, 0), high)},
        {"ends": lambda low, high: (abs(low), high)},
        {"ends": lambda low, high: (max(low, 0.5), high)},
    ),
    *_beta_mistake(
        "cut-at-zero", "Try a low end below 0.",
        "Draws below 0 are replaced. low may be below 0, and then so are some of the draws.",
        {"back": lambda r: np.maximum(1 - 10.0**r, 0)}, {"back": lambda r: np.abs(1 - 10.0**r)},
    ),
    *_beta_mistake(
        "mixed-bases", _BASES,
        "You mix two bases: the natural logarithm belongs to e, log10 to 10, and one does not "
        "undo the other.",
        {"there": lambda x: np.log(1 - x)}, {"back": lambda r: 1 - np.exp(r)},
    ),
    *named(
        "mirrored",
        "The draws crowd at the low end. The window grows ever faster towards 1: at which end "
        "should they crowd?",
        lambda low, high, size, rng: high + low - _beta(low, high, size, rng),
        look="Look at where your draws crowd.",
    ),
    *_either(_beta),
)  # fmt: skip


def sample_beta(function):
    """Check ``sample_beta(low, high, size, rng)``: draws that are even on the 1 - beta scale."""
    return _check(function, _beta, _BETA_CASES, _BETA_MISTAKES, _draw_beta,
                  Stub(_sampler_stub, _BEGIN))  # fmt: skip


_WHOLE_CASES = (
    _case(2, 4, 10_000, "numbers of layers from 2 to 4"),
    _case(5, 12, 9000, "whole numbers from 5 to 12"),
    _case(-3, 4, 9000, "whole numbers from −3 to 4"),
)


def _draw_whole(rng):
    low = int(rng.integers(-9, 10))
    return _drawn(low, low + int(rng.integers(2, 9)), rng)


def _whole(
    low, high, size, rng, *, ends=lambda low, high: (low, high + 1), cut=np.floor, bent=_same,
):  # fmt: skip
    """Draw whole numbers in exchangeable parts: the right ones by default."""
    return cut(_line(*ends(low, high), bent(_u(size))))


def _whole_mistake(identity, look, hint, *ways):
    return named(identity, hint, *(partial(_whole, **way) for way in ways), look=look)


_COUNT = "Count how often each number comes up, with low = 2 and high = 4."
_WHOLE_MISTAKES = (
    *_whole_mistake(
        "never-the-highest", _COUNT,
        "`high` never comes up. Does what you use include its upper end?",
        {"ends": lambda low, high: (low, high)},
    ),
    *_whole_mistake(
        "ends-half-as-often", _COUNT,
        "The two ends come up half as often as the numbers between. Which stretch of the line is "
        "rounded to low, and which to low + 1?",
        {"ends": lambda low, high: (low, high), "cut": np.round},
    ),
    *_whole_mistake(
        "never-the-lowest", _COUNT, "`low` never comes up. Which number does your range begin at?",
        {"ends": lambda low, high: (low + 1, high + 1)},
    ),
    *_whole_mistake(
        "not-whole", "Look at one of your numbers: can it be a number of layers?",
        "Your numbers have decimals. 2.7 layers cannot be built: whole numbers are asked for.",
        {"ends": lambda low, high: (low, high), "cut": _same}, {"cut": _same},
    ),
    *_whole_mistake(
        "one-too-many", _COUNT,
        "high + 1 comes up too. How many whole numbers are there from low to high?",
        {"ends": lambda low, high: (low, high + 2)},
    ),
    *_whole_mistake(
        "one-too-low", _COUNT, "low − 1 comes up too. Which number does your range begin at?",
        {"ends": lambda low, high: (low - 1, high + 1)},
    ),
    *_whole_mistake(
        "one-beyond-both-ends", _COUNT, "low − 1 and high + 1 come up too.",
        {"ends": lambda low, high: (low - 1, high + 2)},
    ),
    *_whole_mistake(
        "shifted", _COUNT,
        "All your numbers are one too large, or one too small: as many as asked for, but not from "
        "low to high.",
        {"ends": lambda low, high: (low + 1, high + 2)},
        {"ends": lambda low, high: (low - 1, high)},
    ),
    *_whole_mistake(
        "starts-at-0", "Change low: do your draws follow?",
        "Your numbers start at 0. Where should they start?",
        {"ends": lambda low, high: (0, high - low + 1)}, {"ends": lambda low, high: (0, high + 1)},
        {"ends": lambda low, high: (0, high)}, {"ends": lambda low, high: (0, high - low)},
    ),
    *_whole_mistake(
        "starts-at-1", "Change low: do your draws follow?",
        "Your numbers start at 1. Where should they start?",
        {"ends": lambda low, high: (1, high + 1)}, {"ends": lambda low, high: (1, high - low + 2)},
        {"ends": lambda low, high: (1, high)},
    ),
    *_whole_mistake(
        "no-negative-numbers", "Try a low end below 0.",
        "Your numbers never fall below 0. low may, and then so should some of the draws.",
        {"ends": lambda low, high: (max(low, 0), high + 1)},
        {"cut": lambda x: np.abs(np.floor(x))}, {"cut": lambda x: np.maximum(np.floor(x), 0)},
        {"ends": lambda low, high: (abs(low), high + 1)},
        {"ends": lambda low, high: (abs(low), abs(high) + 1)},
    ),
    *_whole_mistake(
        "cut-towards-zero", "Try a low end below 0: how often does 0 come up, and how often low?",
        "The decimals are cut off. Below 0 that moves a number up instead of down, so that low "
        "comes up too rarely and another number too often.",
        {"cut": np.trunc},
    ),
    *_whole_mistake(
        "forgets-an-end", "Change low, then high: do your draws follow?",
        "An end of your range is a number of your own: both should come from low and high.",
        {"ends": lambda low, high: (2, 5)}, {"ends": lambda low, high: (2, high + 1)},
        {"ends": lambda low, high: (low, 5)},
    ),
    *_whole_mistake(
        "only-the-ends", _COUNT, "Only low and high themselves come up, and nothing between.",
        {"cut": _same, "ends": lambda low, high: (low, high),
         "bent": lambda u: (u > 0.5).astype(float)},
    ),
    *_whole_mistake(
        "middle-too-often", _COUNT,
        "The middle of the range comes up more often than its ends, as when draws are averaged.",
        {"bent": _triangle}, {"bent": _triangle, "cut": np.round,
                              "ends": lambda low, high: (low, high)},
    ),
)  # fmt: skip


def _whole_stub(low, high, size, rng):
    return np.zeros(size, dtype=int)


def sample_whole(function):
    """Check ``sample_whole(low, high, size, rng)``: every whole number with the same share."""
    return _check(
        function, _whole, _WHOLE_CASES, _WHOLE_MISTAKES, _draw_whole,
        Stub(_whole_stub, "How many whole numbers are there from 2 to 4, and from low to high?"),
    )  # fmt: skip


@one_wait()
def _check(function, right, cases, mistakes, draw, stub):
    verdict = diagnose(
        function, right, cases, mistakes, draw=draw, stub=stub, measure=_spread, rtol=0,
        atol=_TOLERANCE,
    )  # fmt: skip
    if verdict.passed or verdict.mistake == "only-the-cases":
        strays = (_stray(_again(function, case), right, case) for case in cases)
        found = next(filter(None, strays), None)
        return found or (verdict.passed and _not_from_rng(function, cases[0])) or verdict
    if "+" in verdict.mistake:  # two mistakes at once may come out as one number by chance
        found = (_one_number(_again(function, case), case) for case in cases)
        return next(filter(None, found), verdict)
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
    return "high - low < 0" in outcome.said


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
            False, "not-from-rng",
            "The spread is right, but two generators with the same seed gave different draws: "
            "nobody could repeat your search. Draw from `rng` alone.",
        )  # fmt: skip
    in_any_order = np.sort if len(np.unique(a)) > 100 else _same  # few numbers agree by chance
    if np.array_equal(in_any_order(a), in_any_order(c)):
        return Verdict(
            False, "same-every-time",
            "The spread is right, but two different generators gave the very same numbers. Draw "
            "from the `rng` that is passed in.",
        )  # fmt: skip
    if np.all(np.diff(a) >= 0):
        return Verdict(
            False, "sorted",
            "The spread is right, but your draws come in order of size: whoever takes the first "
            "ten gets only the smallest.",
        )  # fmt: skip
    return None


def _stray(x, right, case):
    """Say so if draws leave the range, or if far too few different numbers come up."""
    low, high = case.args[:2]
    near = 1e-6 * max(abs(low), abs(high))
    if x.min() < low - near or x.max() > high + near:
        return _told("out-of-range", f"Your draws run from {x.min():.4g} to {x.max():.4g}, but the "
                     f"range is {low:g} to {high:g}.", case)  # fmt: skip
    if one := _one_number(x, case):
        return one
    different, asked = len(np.unique(x)), len(np.unique(right(*case.args)))
    if different < 0.8 * asked and asked > 1000:
        return _told("few-values", f"Among your {x.size} draws are only {different} different "
                     "numbers. Any number of the range should be able to come up.",
                     case)  # fmt: skip
    return None


def _one_number(x, case):
    if np.ptp(x) != 0:
        return None
    return _told("one-draw", "All draws are one and the same number: asked for are `size` of them, "
                 "each drawn by itself.", case)  # fmt: skip


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
        return (f"The number {n:g} comes up in {got:.0f} % of your draws. If all were equally "
                f"likely, it would be {asked:.0f} %.")  # fmt: skip
    marks = [float(f"{m:.3g}") for m in np.quantile(wanted, np.linspace(0.05, 0.95, 19))]
    shares = [(100 * np.mean(x <= m), 100 * np.mean(wanted <= m), m) for m in marks]
    got, asked, mark = max(shares, key=lambda share: abs(share[0] - share[1]))
    return (f"{got:.0f} % of your draws are at most {mark:.3g}. On the right scale {asked:.0f} % "
            "would be.")  # fmt: skip


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
_ONE_DOUBLING = (
    "The whole range is one doubling, so equal differences matter equally: no logarithm is needed."
)
_WHY = {
    ("hidden units", Linear): _NOT_WHOLE,
    ("hidden units", Log): _ONE_DOUBLING,
    ("layers", Linear): _NOT_WHOLE,
    ("layers", Log): _ONE_DOUBLING,
    ("learning rate", Linear): "90 % of the draws would lie between 0.1 and 1. Which scale gives "
    "each decade the same share?",
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
        )  # fmt: skip
    verdicts = (_judge_pick(name, picks[name]) for name in _RANGES)
    right = Verdict(True, None, "All six. Each scale spreads its draws where they matter.")
    return next(filter(None, verdicts), right)


def _is_linear(pick, low, high):
    return isinstance(pick, Linear) and (pick.low, pick.high) == (low, high)


def _judge_pick(name, pick):
    """Return what is wrong with a pick, or None."""
    low, high = _RANGES[name]
    if isinstance(pick, type):
        return not_yet("no-range", f"{name}: {pick.__name__} is a kind, not yet a scale. Give it "
                       f"its ends, {low:g} and {high:g}.")  # fmt: skip
    if isinstance(pick, Choice):
        return _judge_choice(name, pick)
    if not isinstance(pick, (Linear, Log, OneMinusLog, Integer)):
        return not_yet("no-scale", f"{name}: asked for is a scale, such as Linear({low:g}, "
                       f"{high:g}). You passed {_kind(pick)}.")  # fmt: skip
    fits = isinstance(pick, _FITTING[name])
    never_up_to_1 = isinstance(pick, OneMinusLog) and not fits  # cannot have these ends
    if (pick.low, pick.high) != (low, high) and not never_up_to_1:
        return not_yet(
            "wrong-ends",
            f"{name}: asked for is the range from {low:g} to {high:g}, but your scale runs from "
            f"{pick.low:g} to {pick.high:g}.",
        )  # fmt: skip
    if fits:
        return None
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
    return not_yet("unfit-choice", f"{name}: a list draws only what is in it, and each of it "
                   "equally often. Which values would it leave out?")  # fmt: skip


def goal_every_decade(*, factor, start, **_):
    """Judge the challenge: 20 % to 30 % of the draws in each decade from 0.0001 to 1."""
    low, high = sorted((start, start + factor))
    decades = np.arange(-4, 0)
    if low == high:
        shares = ((decades <= low) & (low < decades + 1)).astype(float)
    else:
        inside = np.minimum(high, decades + 1) - np.maximum(low, decades)
        shares = np.maximum(0, inside) / (high - low)
    told = ", ".join(f"{100 * share:.0f} %" for share in shares)
    if ((shares >= 0.2) & (shares <= 0.3)).all():
        return Verdict(True, None, f"the four decades from 0.0001 to 1 get {told}.")
    return Verdict(False, "uneven", "give each of the four decades from 0.0001 to 1 between 20 % "
                   f"and 30 % of the draws. Now they get {told}.")  # fmt: skip


def goal_double_the_window(*, beta, step, **_):
    """Judge the challenge: a step that doubles the window, from a beta of at most 0.99."""
    asked = "double the window (times 1.9 to 2.1) from a β of at most 0.99"
    if beta > 0.99:
        return Verdict(False, "beta-too-high", f"{asked}. Now β is {beta:g}.")
    if beta + step >= 1:
        return Verdict(False, "no-window", f"{asked}. Now β + step is not below 1.")
    ratio = weighted_averages.window(beta + step) / weighted_averages.window(beta)
    if 1.9 <= ratio <= 2.1:
        return Verdict(True, None, f"from β = {beta:g} a step of {step:g} doubles the window: it "
                       f"covers {100 * step / (1 - beta):.0f} % of the way to 1.")  # fmt: skip
    return Verdict(False, "not-doubled", f"{asked}. Now it grows × {ratio:.4g}.")
