"""Checks of the exercises and the challenge about why batch norm works."""

from functools import partial

import numpy as np

from course_utils.checks.diagnosis import Case, Mistake, Stub, diagnose, named
from course_utils.checks.verdict import Verdict
from course_utils.experiments import why_batch_norm_works as lecture

_MEANS = np.array([[0.0, 1.0], [1.0, 0.5], [3.0, 0.25], [2.0, 2.0]])
_SPREADS = np.array([[1.0, 2.0], [0.5, 2.0], [4.0, 0.5], [1.0, 3.0]])
_FIVE_MEANS = np.array(
    [[0.0, 1.0, -2.0, 0.5, 3.0], [1.5, 0.2, -1.0, 0.7, 2.0], [1.0, 0.6, 0.5, -0.4, 2.5],
     [2.2, 0.1, 0.0, -0.1, 4.0], [1.8, 0.9, 1.2, 0.3, 3.1], [2.6, 1.4, 0.8, 0.9, 2.7]]
)  # fmt: skip
_FIVE_SPREADS = np.array(
    [[1.0, 0.5, 2.0, 0.4, 1.5], [0.8, 0.7, 1.0, 0.6, 1.2], [1.6, 0.3, 0.9, 0.5, 0.7],
     [0.6, 1.1, 1.4, 0.8, 1.0], [1.3, 0.4, 0.5, 1.2, 0.9], [0.9, 0.6, 1.8, 0.7, 1.1]]
)  # fmt: skip
_DRIFT_CASES = (
    Case((_MEANS, _SPREADS), says="four steps, two units"),
    Case((10 * _MEANS[:, :1], _SPREADS[:, :1]), says="four steps, one unit that goes to and fro"),
    Case((_FIVE_MEANS, _FIVE_SPREADS), says="six steps, five units"),
)


def _draw_drift(rng):
    shape = rng.integers(3, 7), rng.integers(2, 7)
    means = rng.choice(np.arange(-90, 91) / 10, shape, replace=False)
    return Case((means, rng.uniform(0.3, 3, shape).round(2)), says="means drawn just now")


def _drift_stub(means, spreads):
    way = np.zeros(means.shape[1])
    return way


def _steps(means):
    return np.diff(means, axis=0)


def _before(spreads):
    return spreads[:-1]


def _drift(means, spreads, *, steps=_steps, sides=_before, way=np.abs, total=np.sum, axis=0):
    """Drift in exchangeable parts: the right ones by default."""
    return total(way(steps(means) / sides(spreads)), axis=axis)


def _drift_mistake(identity, look, hint, **parts):
    return Mistake(identity, partial(_drift, **parts), hint, look)


_LOOK_SIGN = "Let a mean go up by 1 and down by 1: what should the drift be, what is yours?"
_LOOK_SIDE = "Look at what you divide each step by."
_LOOK_WAY = "Look at what one step adds to the drift."
_LOOK_TOTAL = "Look at how the steps are put together."
_LOOK_SHAPE = "Compare the shape of your answer with (units,)."
_LOOK_STEPS = "Count the steps: from how many rows of means to how many steps?"
_DRIFT_MISTAKES = (
    _drift_mistake("to-and-fro-cancels", _LOOK_SIGN, "A mean that goes up by 1 and down by 1 has "
                   "drifted by 2; with you the steps cancel. What makes every step count?",
                   way=lambda q: q),
    *named("to-and-fro-cancels", "You take the absolute value of the sum, so that steps up and "
           "down have already cancelled. Take it of every step.",
           lambda means, spreads: np.abs((_steps(means) / spreads[:-1]).sum(axis=0)),
           look=_LOOK_SIGN),
    *named("only-first-and-last", "You compare the end with the start. What happened in between "
           "counts, too.", lambda means, spreads: np.abs(means[-1] - means[0]) / spreads[0],
           lambda means, spreads: np.abs(means[-1] - means[0]),
           lambda means, spreads: np.abs(means[-1] - means[0]) / spreads[-1], look=_LOOK_SIGN),
    _drift_mistake("only-upwards", _LOOK_SIGN, "Steps in one direction are left out. Those down "
                   "count as much as those up.", way=lambda q: np.maximum(q, 0)),
    _drift_mistake("only-upwards", _LOOK_SIGN, "Steps in one direction are left out. Those up "
                   "count as much as those down.", way=lambda q: np.maximum(-q, 0)),
    _drift_mistake("not-in-spreads", _LOOK_SIDE, "Your steps are measured in the units of z. A "
                   "step of 1 is far for a unit whose spread is 0.1.", sides=lambda s: 1.0),
    _drift_mistake("spread-after-the-step", _LOOK_SIDE, "You divide by the spread after each step. "
                   "The layer above was used to the one before it.", sides=lambda s: s[1:]),
    _drift_mistake("first-spread", _LOOK_SIDE, "You divide every step by the spread at the start. "
                   "The spread changes, too: which one was there just before the step?",
                   sides=lambda s: s[0]),
    _drift_mistake("average-spread", _LOOK_SIDE, "You divide by an average of spreads. Each step "
                   "has its own: the one just before it.", sides=lambda s: s.mean(axis=0)),
    _drift_mistake("average-spread", _LOOK_SIDE, "You divide by an average of spreads. Each step "
                   "has its own: the one just before it.", sides=lambda s: (s[1:] + s[:-1]) / 2),
    _drift_mistake("average-spread", _LOOK_SIDE, "You divide by an average of spreads. Each step "
                   "has its own: the one just before it.", sides=lambda s: s[:-1].mean(axis=0)),
    _drift_mistake("last-spread", _LOOK_SIDE, "You divide every step by the spread at the end. "
                   "Which one was there just before the step?", sides=lambda s: s[-1]),
    _drift_mistake("times-the-spread", _LOOK_SIDE, "You multiply by the spread. A step is far if "
                   "the spread is small.", sides=lambda s: 1 / s[:-1]),
    _drift_mistake("variance-for-spread", _LOOK_SIDE, "You divide by the squared spread.",
                   sides=lambda s: s[:-1] ** 2),
    _drift_mistake("root-of-spread", _LOOK_SIDE, "You divide by the root of the spread. What is "
                   "passed is a standard deviation already.", sides=lambda s: np.sqrt(s[:-1])),
    *(_drift_mistake("added-to-the-spread", _LOOK_SIDE, "A small number is added to the spread. "
                     "Divide by the spread as it is.", sides=lambda s, e=e: s[:-1] + e)
      for e in (1e-3, 1e-2, 0.1, 1.0)),
    _drift_mistake("squared-steps", _LOOK_WAY, "You square the steps: long ones then count more "
                   "than their length.", way=np.square),
    *named("squared-steps", "You square the steps: long ones then count more than their length.",
           lambda means, spreads: (_steps(means) ** 2 / spreads[:-1]).sum(axis=0),
           lambda means, spreads: np.sqrt(((_steps(means) / spreads[:-1]) ** 2).sum(axis=0)),
           lambda means, spreads: np.sqrt((_steps(means) ** 2).sum(axis=0)),
           look=_LOOK_WAY),
    _drift_mistake("mean-for-sum", _LOOK_TOTAL, "You average the steps. Asked for is how far the "
                   "mean has drifted in all.", total=np.mean),
    _drift_mistake("largest-step", _LOOK_TOTAL, "That is the longest step alone. All of them "
                   "count.", total=np.max),
    _drift_mistake("median-step", _LOOK_TOTAL, "That is the step of middle length. All of them "
                   "count.", total=np.median),
    _drift_mistake("last-step", _LOOK_TOTAL, "That is one step alone, the last. Do your steps add "
                   "up, or does each replace the one before?",
                   total=lambda q, axis: np.take(q, -1, axis=axis)),
    _drift_mistake("first-step", _LOOK_TOTAL, "That is one step alone, the first. Where does "
                   "your return stand: inside a loop?",
                   total=lambda q, axis: np.take(q, 0, axis=axis)),
    _drift_mistake("every-step", _LOOK_SHAPE, "These are the steps, or the drift up to each of "
                   "them. Asked for is one number a unit.", total=np.cumsum),
    _drift_mistake("every-step", _LOOK_SHAPE, "These are the steps, or the drift up to each of "
                   "them. Asked for is one number a unit.", total=lambda q, axis: q),
    _drift_mistake("without-the-last-step", _LOOK_STEPS, "The last step is missing.",
                   total=lambda q, axis: q[:-1].sum(axis=axis)),
    _drift_mistake("without-the-first-step", _LOOK_STEPS, "The first step is missing.",
                   total=lambda q, axis: q[1:].sum(axis=axis)),
    *named("round-trip", "There is one step too many: from the last mean back to the first.",
           lambda means, spreads: (np.abs(np.roll(means, -1, 0) - means) / spreads).sum(axis=0),
           lambda means, spreads: (np.abs(np.roll(means, 1, 0) - means) / spreads).sum(axis=0),
           look=_LOOK_STEPS),
    *named("from-the-start", "You measure each mean from the first one. A step leads from one mean "
           "to the next.",
           lambda means, spreads: (np.abs(means[1:] - means[0]) / spreads[:-1]).sum(axis=0),
           lambda means, spreads: (np.abs(means - means[0]) / spreads).sum(axis=0),
           lambda means, spreads: (np.abs(means - means[0]) / spreads[0]).sum(axis=0),
           look="Look at the two means of which you take the difference."),
    *named("sums-divided", "You add up the steps, and the spreads, and divide then. Each step is "
           "divided by its own spread first.",
           lambda means, spreads: np.abs(_steps(means)).sum(axis=0) / spreads[:-1].sum(axis=0),
           lambda means, spreads: np.abs(_steps(means)).sum(axis=0) / spreads.sum(axis=0),
           look="Look at the order: divide first, then add up?"),
    *named("divided-first", "Each mean is divided by its own spread before the difference is "
           "taken: then a spread that changes counts as drift, too.",
           lambda means, spreads: np.abs(_steps(means / spreads)).sum(axis=0),
           look="Look at the order: the difference first, or the division?"),
    *named("only-one-mean-divided", "Division comes before subtraction: only one of the two means "
           "is divided. Mind the brackets.",
           lambda means, spreads: np.abs(means[1:] - means[:-1] / spreads[:-1]).sum(axis=0),
           lambda means, spreads: np.abs(means[1:] / spreads[:-1] - means[:-1]).sum(axis=0),
           look="Look at the order in which Python subtracts and divides."),
    _drift_mistake("all-units-together", _LOOK_SHAPE, "You add up the units as well: one number "
                   "for each is asked for.", axis=None),
    _drift_mistake("over-units", _LOOK_SHAPE, "You add up the units. Steps run along the first "
                   "axis.", axis=1),
    *named("differences-between-units", "You take differences between units. Steps run along the "
           "first axis.",
           lambda means, spreads: (np.abs(np.diff(means, axis=1)) / spreads[:, :-1]).sum(axis=1),
           lambda means, spreads: (np.abs(np.diff(means, axis=1)) / spreads[:, :-1]).sum(axis=0),
           lambda means, spreads: (np.abs(np.diff(means, axis=1, append=means[:, -1:]))
                                   / spreads).sum(axis=0),
           look="Look at the axis along which you take differences."),
)  # fmt: skip


def drift(function):
    """Check ``drift(means, spreads)``: how far each unit's mean drifts, in its own spreads."""
    begin = "Begin with one unit: how far does its mean move in each step?"
    return diagnose(
        function, lecture.drift, _DRIFT_CASES, _DRIFT_MISTAKES, draw=_draw_drift,
        stub=Stub(_drift_stub, begin),
    )  # fmt: skip


_NOISE_CASES = tuple(
    Case((sigma, m), says=f"σ = {sigma:g}, m = {m}")
    for sigma, m in ((2.0, 64), (0.5, 512), (30.0, 16), (1.0, 100), (7.0, 5))
)


def _draw_noise(rng):
    sigma, m = round(rng.uniform(0.5, 9), 2), int(rng.integers(2, 300))
    return Case((sigma, m), says="σ and m drawn just now")


def _noise_stub(sigma, m):
    noise = 0.0
    return noise


def _noise(sigma, m, *, above=lambda sigma: sigma, count=lambda m: m, below=np.sqrt):
    """Noise in exchangeable parts: the right ones by default."""
    return above(sigma) / below(count(m))


def _noise_mistake(identity, look, hint, **parts):
    return Mistake(identity, partial(_noise, **parts), hint, look)


_LOOK_M = "Let m be four times as large: what should happen to the noise, and what happens to it?"
_LOOK_SIGMA = "Let σ be twice as large: what should happen to the noise, and what happens to it?"
_NOISE_MISTAKES = (
    _noise_mistake("variance", _LOOK_SIGMA, "That is the variance of the mean. Its standard "
                   "deviation is asked for.", above=lambda sigma: sigma**2, below=lambda m: m),
    _noise_mistake("no-root", _LOOK_M, "Four times as many examples halve the noise; yours falls "
                   "to a quarter. Which power of m does that?", below=lambda m: m),
    _noise_mistake("power-of-m", _LOOK_M, "Four times as many examples halve the noise. Yours "
                   "falls by another factor: which power of m is right?", below=lambda m: m**2),
    _noise_mistake("power-of-m", _LOOK_M, "Four times as many examples halve the noise. Yours "
                   "falls by another factor: which power of m is right?", below=np.cbrt),
    _noise_mistake("power-of-m", _LOOK_M, "Four times as many examples halve the noise. Yours "
                   "falls by another factor: which power of m is right?", below=lambda m: m**0.25),
    *(_noise_mistake("logarithm", _LOOK_M, "You divide by a logarithm of m, which hardly grows. "
                     "Four times as many examples halve the noise.", below=log)
      for log in (np.log, np.log2, np.log10, np.log1p)),
    _noise_mistake("noise-grows", _LOOK_M, "Yours grows with m. Averaging more values should calm "
                   "it.", below=lambda m: 1 / np.sqrt(m)),
    _noise_mistake("noise-grows", _LOOK_M, "Yours grows with m. Averaging more values should calm "
                   "it.", below=lambda m: 1 / m),
    _noise_mistake("no-dependence-on-m", _LOOK_M, "m is not in it. What does averaging m values "
                   "do to the noise of one?", below=lambda m: 1.0),
    *named("power-of-half", "Python takes the power first and divides then: m ** 1 / 2 is m / 2. "
           "Mind the brackets.",
           lambda sigma, m: sigma / m / 2, lambda sigma, m: sigma / (m / 2),
           look="Look at the order in which Python takes powers and divides."),
    *named("root-of-all", "The root goes over σ as well. σ is a standard deviation already: four "
           "times as large an m halves the noise, twice as large a σ doubles it.",
           lambda sigma, m: np.sqrt(sigma / m), look=_LOOK_SIGMA),
    _noise_mistake("no-sigma", _LOOK_SIGMA, "σ is not in it: a unit that varies twice as much has "
                   "a mean twice as noisy.", above=lambda sigma: 1.0),
    _noise_mistake("sigma-squared", _LOOK_SIGMA, "You take σ² for σ. Twice as large a σ doubles "
                   "the noise.", above=lambda sigma: sigma**2),
    *named("arguments-exchanged", "σ and m have changed places: the noise grows with σ and falls "
           "with m.", lambda sigma, m: m / np.sqrt(sigma), look=_LOOK_M),
    *named("upside-down", "Your fraction is upside down: the noise grows with σ and falls with m.",
           lambda sigma, m: np.sqrt(m) / sigma, lambda sigma, m: m / sigma,
           lambda sigma, m: m / sigma**2, lambda sigma, m: np.sqrt(m), look=_LOOK_M),
    _noise_mistake("m-minus-1", "Look at the number you divide by.", "You have m − 1. That belongs "
                   "to estimating a variance; here σ is known.", count=lambda m: m - 1),
    _noise_mistake("m-plus-1", "Look at the number you divide by.", "You have m + 1. How many "
                   "values are averaged?", count=lambda m: m + 1),
    _noise_mistake("floor-division", "Look for what is rounded on the way.", "Decimals are lost: a "
                   "division, or the root, is rounded down.",
                   below=lambda m: np.floor(np.sqrt(m))),
    *named("floor-division", "Decimals are lost: a division, or the root, is rounded down.",
           lambda sigma, m: sigma // np.sqrt(m), lambda sigma, m: np.sqrt(sigma // m),
           look="Look for what is rounded on the way."),
)  # fmt: skip


def noise_of_the_mean(function):
    """Check ``noise_of_the_mean(sigma, m)``: the standard deviation of a mini-batch's mean."""
    begin = "Begin with the variance of a sum of m values: what happens to it when you divide by m?"
    return diagnose(
        function, _noise, _NOISE_CASES, _NOISE_MISTAKES, draw=_draw_noise,
        stub=Stub(_noise_stub, begin),
    )  # fmt: skip


def goal_half_the_noise(*, size, **_):
    """Judge the challenge: a mini-batch whose mean is half as noisy as that of 64."""
    noise = np.sqrt(64 / round(size))
    if 0.48 <= noise <= 0.52:
        return Verdict(True, None, f"m = {round(size)}: four times 64, half the noise.")
    hint = f"find the m whose mean is half as noisy as at m = 64. Now it is {noise:.2f} of that."
    return Verdict(False, "too-noisy" if noise > 0.5 else "too-calm", hint)
