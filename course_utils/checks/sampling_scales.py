"""Checks of the exercises and challenges on sampling scales.

A sampler's answer is random, so what is compared is how its draws are spread: the share of them
below each of many thresholds. With 9000 draws and more the right spread is met to within
`_TOLERANCE` however the draws were made: a miss has a chance of at most 6e-13, by the inequality of
Dvoretzky, Kiefer and Wolfowitz.
"""

import numpy as np

from course_utils import weighted_averages
from course_utils.checks.diagnosis import Case, Mistake, diagnose
from course_utils.checks.running import call, one_wait
from course_utils.checks.verdict import Verdict
from course_utils.sampling_scales import Choice, Integer, Linear, Log, OneMinusLog

_TOLERANCE = 0.04
_POWERS = 1.1 * 10.0 ** np.arange(-12, 6, 0.25)
_THRESHOLDS = np.unique(
    np.concatenate([-_POWERS, _POWERS, 1 - _POWERS, 1 + _POWERS, np.arange(-20.25, 110, 0.5)])
)


def _case(low, high, size, says):
    return Case((low, high, size, np.random.default_rng(7)), says=f"{size} {says}")


def _evenly(formula):
    """Turn ``formula(low, high, u)`` into a sampler with evenly spaced u: all spread, no chance."""
    return lambda low, high, size, rng: formula(low, high, (np.arange(size) + 0.5) / size)


def _mistake(id, formula, hint):
    return Mistake(id, _evenly(formula), hint)


_STUB = _mistake(
    "still-the-stub",
    lambda low, high, u: np.zeros_like(u),
    "This is the stub as it came. Start from u = rng.random(size), and decide where u should go.",
)


def _line(low, high, u):
    """Go from `low` to `high` evenly as u goes from 0 to 1."""
    return low + (high - low) * u


_ALPHA_CASES = (
    _case(1e-4, 1, 10_000, "draws from 0.0001 to 1"),
    _case(0.003, 0.3, 9000, "draws from 0.003 to 0.3"),
)
_FORGETS_AN_END = (
    "For low = 0.0001 and high = 1 the exponents are right, for low = 0.003 and high = 0.3 they "
    "are not: both ends of r should come from low and high."
)
_ALPHA_MISTAKES = (
    _STUB,
    _mistake(
        "linear",
        _line,
        "You sample α itself evenly, and 90 % of the draws fall into the uppermost decade. What "
        "should be drawn evenly instead of α?",
    ),
    _mistake(
        "returns-the-exponent",
        lambda low, high, u: _line(np.log10(low), np.log10(high), u),
        "These are the exponents r, spread just right. One step is missing from r to α.",
    ),
    _mistake(
        "sign-missing",
        lambda low, high, u: 10 ** (4 * u),
        "α runs from 1 to 10 000: r = 4 · u lacks a sign. Put in u = 0 and u = 1: which r should "
        "they give?",
    ),
    _mistake(
        "sign-missing",
        lambda low, high, u: 10 ** (-np.log10(low) * u),
        "α runs upwards from 1. Put in u = 0 and u = 1: which r, and which sign of r, should they "
        "give?",
    ),
    _mistake(
        "sign-missing",
        lambda low, high, u: 10 ** -_line(np.log10(low), np.log10(high), u),
        "You get 1/α: one minus sign too many in the exponent.",
    ),
    _mistake(
        "starts-at-exponent-0",
        lambda low, high, u: 10 ** _line(0, np.log10(high) - np.log10(low), u),
        "The exponents cover the right width and start at 0, so α starts at 1. Where should r "
        "start?",
    ),
    _mistake("forgets-an-end", lambda low, high, u: 10 ** (np.log10(low) * u), _FORGETS_AN_END),
    _mistake("forgets-an-end", lambda low, high, u: 10 ** (-4 * u), _FORGETS_AN_END),
    _mistake(
        "no-logarithm",
        lambda low, high, u: 10 ** _line(low, high, u),
        "r runs from low to high here, so α runs from about 1 to 10. Of which number is r the "
        "power of ten?",
    ),
    _mistake(
        "mixed-bases",
        lambda low, high, u: 10 ** _line(np.log(low), np.log(high), u),
        "np.log is the natural logarithm and does not undo 10 ** r. Which logarithm does?",
    ),
    _mistake(
        "mixed-bases",
        lambda low, high, u: np.exp(_line(np.log10(low), np.log10(high), u)),
        "np.exp does not undo np.log10. Use one base for both directions.",
    ),
    _mistake(
        "logarithm-of-linear-draws",
        lambda low, high, u: np.log10(_line(low, high, u)),
        "You draw evenly and then take the logarithm. The order is the other way round: draw r "
        "evenly between two logarithms, then go back to α.",
    ),
)


def sample_alpha(function):
    """Check ``sample_alpha(low, high, size, rng)``: draws that are even on the log scale."""
    return _check(function, Log, _ALPHA_CASES, _ALPHA_MISTAKES)


_BETA_CASES = (
    _case(0.9, 0.999, 10_000, "draws from 0.9 to 0.999"),
    _case(0.02, 0.99, 9000, "draws from 0.02 to 0.99"),
)


def _gap_exponents(low, high, u):
    """Exponents r of 1 - beta, evenly from the one of `low` to the one of `high`."""
    return _line(np.log10(1 - low), np.log10(1 - high), u)


_BETA_MISTAKES = (
    _STUB,
    _mistake(
        "linear",
        _line,
        "You sample β itself evenly: from 0.9 to 0.999 only 9 % of the draws lie above 0.99. Which "
        "distance should shrink by factors of ten?",
    ),
    _mistake(
        "log-of-beta",
        lambda low, high, u: 10 ** _line(np.log10(low), np.log10(high), u),
        "That is the log scale of β. Between 0.9 and 0.999 it is almost linear. The window depends "
        "on 1 − β: take the logarithm of that.",
    ),
    _mistake(
        "log-of-beta",
        lambda low, high, u: 1 - 10 ** _line(np.log10(low), np.log10(high), u),
        "Going back you subtract from 1, which is right. Going there you took log10 of β itself: "
        "of what should it be?",
    ),
    _mistake(
        "returns-one-minus-beta",
        lambda low, high, u: 10 ** _gap_exponents(low, high, u),
        "These are draws of 1 − β, spread just right. One step is missing to β.",
    ),
    _mistake(
        "returns-the-exponent",
        _gap_exponents,
        "These are the exponents r, spread just right. Two steps are missing: to 1 − β, then to β.",
    ),
    _mistake(
        "sign-missing",
        lambda low, high, u: 1 - 10 ** -_gap_exponents(low, high, u),
        "β comes out far below 0, because 10^r is above 1. Which sign does r have when 1 − β is "
        "0.1?",
    ),
    _mistake(
        "sign-missing",
        lambda low, high, u: 1 - 10 ** (1 + 2 * u),
        "β comes out far below 0, because 10^r is above 1. Which sign does r have when 1 − β is "
        "0.1?",
    ),
    _mistake(
        "forgets-an-end",
        lambda low, high, u: 1 - 10 ** _line(-3, -1, u),
        "Right from 0.9 to 0.999, but low and high may be others: work the ends of r out from "
        "them.",
    ),
    _mistake(
        "forgets-an-end",
        lambda low, high, u: 1 - 10 ** (np.log10(1 - high) * u),
        "r starts at 0, so β starts at 0. Which r belongs to low?",
    ),
    _mistake(
        "mixed-bases",
        lambda low, high, u: 1 - 10 ** _line(np.log(1 - low), np.log(1 - high), u),
        "np.log is the natural logarithm and does not undo 10 ** r. Which logarithm does?",
    ),
    _mistake(
        "mixed-bases",
        lambda low, high, u: 1 - np.exp(_gap_exponents(low, high, u)),
        "np.exp does not undo np.log10. Use one base for both directions.",
    ),
)


def sample_beta(function):
    """Check ``sample_beta(low, high, size, rng)``: draws that are even on the 1 - beta scale."""
    return _check(function, OneMinusLog, _BETA_CASES, _BETA_MISTAKES)


_WHOLE_CASES = (
    _case(2, 4, 10_000, "numbers of layers from 2 to 4"),
    _case(5, 12, 9000, "whole numbers from 5 to 12"),
)
_WHOLE_MISTAKES = (
    _STUB,
    _mistake(
        "never-the-highest",
        lambda low, high, u: np.floor(_line(low, high, u)),
        "`high` never comes up. Does the function you use, or the rounding down, include its "
        "upper end?",
    ),
    _mistake(
        "ends-half-as-often",
        lambda low, high, u: np.round(_line(low, high, u)),
        "The two ends come up half as often as the numbers between. Which stretch of the line is "
        "rounded to low, and which to low + 1?",
    ),
    _mistake(
        "never-the-lowest",
        lambda low, high, u: np.ceil(_line(low, high, u)),
        "`low` never comes up: rounding up leaves it to a single point.",
    ),
    _mistake(
        "not-whole",
        _line,
        "The range is right, but 2.7 layers cannot be built: whole numbers are asked for.",
    ),
    _mistake(
        "not-whole",
        lambda low, high, u: _line(low, high + 1, u),
        "Nearly: every number now has a stretch of length 1. What turns the stretch into its "
        "number?",
    ),
    _mistake(
        "one-too-many",
        lambda low, high, u: np.floor(_line(low, high + 2, u)),
        "high + 1 comes up too. How many whole numbers are there from low to high?",
    ),
    _mistake(
        "starts-at-0",
        lambda low, high, u: np.floor(_line(0, high - low + 1, u)),
        "The count is right, but the numbers start at 0. Where should they start?",
    ),
    _mistake(
        "starts-at-0",
        lambda low, high, u: np.floor(_line(0, high + 1, u)),
        "The numbers start at 0: `low` has no say in them.",
    ),
    _mistake(
        "starts-at-0",
        lambda low, high, u: np.floor(_line(0, high, u)),
        "The numbers run from 0 to high − 1: `low` has no say in them, and `high` never comes up.",
    ),
    _mistake(
        "forgets-an-end",
        lambda low, high, u: np.floor(_line(2, 5, u)),
        "Right for 2 to 4, but low and high may be others.",
    ),
)


def sample_whole(function):
    """Check ``sample_whole(low, high, size, rng)``: every whole number with the same share."""
    return _check(function, Integer, _WHOLE_CASES, _WHOLE_MISTAKES)


@one_wait()
def _check(function, scale, cases, mistakes):
    right = _evenly(lambda low, high, u: scale(low, high).from_unit(u))
    verdict = diagnose(function, right, cases, mistakes, measure=_spread, rtol=0, atol=_TOLERANCE)
    if verdict.passed:
        strays = filter(None, (_out_of_range(_again(function, case), case) for case in cases))
        return next(strays, None) or _not_from_rng(function, cases[0]) or verdict
    if verdict.mistake == "raises" and "high - low < 0" in verdict.hint:
        return Verdict(
            False, "ends-swapped",
            "rng.uniform wants its smaller end first. Of 0.1 and 0.001, and of their logarithms, "
            f"which is smaller? {verdict.hint}",
        )  # fmt: skip
    if verdict.mistake == "wrong-numbers":
        return next(filter(None, (_describe(function, right, case) for case in cases)), verdict)
    return verdict


def _spread(draws):
    """Return the draws' shape, as zeros of it, and their share below each threshold."""
    x = np.asarray(draws, dtype=np.float64)
    return np.zeros(x.shape), np.searchsorted(np.sort(x.ravel()), _THRESHOLDS) / max(x.size, 1)


def _again(function, case, *, size=None, seed=7):
    low, high, full_size, _ = case.args
    outcome = call(function, low, high, size or full_size, np.random.default_rng(seed))
    return np.asarray(outcome.value, dtype=np.float64)


def _not_from_rng(function, case):
    """Say so if the draws do not come from the `rng` that was passed in."""
    a, b, c = (_again(function, case, size=50, seed=seed) for seed in (1, 1, 2))
    if not np.array_equal(a, b):
        return Verdict(
            False, "not-from-rng",
            "The spread is right, but two generators with the same seed gave different draws: "
            "nobody could repeat your search. Draw from `rng` alone.",
        )  # fmt: skip
    if np.array_equal(a, c):
        return Verdict(
            False, "same-every-time",
            "The spread is right, but two different generators gave the very same numbers. Draw "
            "from the `rng` that is passed in.",
        )  # fmt: skip
    return None


def _out_of_range(x, case):
    low, high = case.args[:2]
    if x.min() >= low - 1e-6 * abs(low) and x.max() <= high + 1e-6 * abs(high):
        return None
    return Verdict(
        False, "out-of-range",
        f"The draws run from {x.min():.3g} to {x.max():.3g}. Put in u = 0 and u = 1: what comes "
        f"out? The case: {case.says}.",
    )  # fmt: skip


def _describe(function, right, case):
    """Describe a spread that no known mistake explains; None if this case is right."""
    x, wanted = _again(function, case), right(*case.args)
    if np.abs(_spread(x)[1] - _spread(wanted)[1]).max() <= _TOLERANCE:
        return None
    tried = f" The case: {case.says}."
    if not np.isfinite(x).all():
        return Verdict(False, "not-finite", f"Some draws are NaN or infinite.{tried}")
    if np.ptp(x) == 0:
        return Verdict(False, "one-draw", "All draws are one and the same number: `size` of them "
                       f"are asked for, each with a u of its own.{tried}")  # fmt: skip
    if len(np.unique(x)) < 30 < len(np.unique(wanted)):
        return Verdict(False, "few-values", f"Only {len(np.unique(x))} different values come up. "
                       f"The exponents need not be whole numbers.{tried}")  # fmt: skip
    middle = np.median(wanted)
    got, asked = (100 * np.mean(draws <= middle) for draws in (x, wanted))
    return _out_of_range(x, case) or Verdict(
        False, "wrong-spread",
        f"{got:.0f} % of the draws are at most {middle:.3g}; on the right scale {asked:.0f} % "
        f"are.{tried}",
    )  # fmt: skip


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
_NOT_WHOLE = "It gives parts of a unit. Which scale draws whole numbers, both ends included?"
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
        return Verdict(False, "not-a-dict", f"Pass the dict of your six picks, not a {kind}.")
    missing = [name for name in _RANGES if name not in picks]
    if missing:
        return Verdict(False, "missing", f"There is no pick for {missing[0]!r}.")
    if all(isinstance(picks[name], Linear) for name in _RANGES):
        return Verdict(
            False, "still-the-stub",
            "All six are linear, as they came. Take them one by one: are they whole numbers, and "
            "do differences or factors matter?",
        )  # fmt: skip
    verdicts = (_judge_pick(name, picks[name]) for name in _RANGES)
    right = Verdict(True, None, "All six. Each scale spreads its draws where they matter.")
    return next(filter(None, verdicts), right)


def _judge_pick(name, pick):
    """Return what is wrong with a pick, or None."""
    low, high = _RANGES[name]
    if isinstance(pick, type):
        return Verdict(False, "no-range", f"{name}: {pick.__name__} is the kind of scale. Give it "
                       f"its ends, {low:g} and {high:g}.")  # fmt: skip
    if isinstance(pick, Choice):
        return _judge_choice(name, pick)
    if not isinstance(pick, (Linear, Log, OneMinusLog, Integer)):
        return Verdict(False, "no-scale", f"{name}: {pick!r:.40} is no scale.")
    if (pick.low, pick.high) != (low, high):
        return Verdict(
            False, "wrong-ends",
            f"{name}: asked for is the range from {low:g} to {high:g}, but your scale runs from "
            f"{pick.low:g} to {pick.high:g}.",
        )  # fmt: skip
    if isinstance(pick, _FITTING[name]):
        return None
    kind = type(pick).__name__
    default = "Do differences matter here, or factors, and are all values allowed?"
    id = f"{name} {kind}".lower().replace(" ", "-").replace("_", "-")
    return Verdict(False, id, f"{name}: {_WHY.get((name, type(pick)), default)}")


def _judge_choice(name, pick):
    """Let a list pass where it holds every whole number, or every doubling, of the range."""
    lists = {
        "layers": [2, 3, 4],
        "hidden units": list(range(50, 101)),
        "mini-batch size": [16, 32, 64, 128, 256, 512, 1024],
    }
    if list(pick.options) == lists.get(name):
        return None
    return Verdict(False, "unfit-choice", f"{name}: a list draws only what is in it, and each of "
                   "it equally often. Which values would it leave out?")  # fmt: skip


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
