"""Checks of the exercises and the challenge about why batch norm works."""

from functools import partial

import numpy as np

from course_utils.checks.engine.diagnosis import Case, Mistake, Stub
from course_utils.checks.engine.exercise import Exercise
from course_utils.checks.engine.verdict import Verdict
from course_utils.experiments import why_batch_norm_works as lecture

_MEANS = np.array([[0.0, 1.0], [1.0, 0.5], [3.0, 0.25], [2.0, 2.0]])
_SPREADS = np.array([[1.0, 2.0], [0.5, 2.0], [4.0, 0.5], [1.0, 3.0]])
_FIVE_MEANS = np.array(
    [
        [0.0, 1.0, -2.0, 0.5, 3.0],
        [1.5, 0.2, -1.0, 0.7, 2.0],
        [1.0, 0.6, 0.5, -0.4, 2.5],
        [2.2, 0.1, 0.0, -0.1, 4.0],
        [1.8, 0.9, 1.2, 0.3, 3.1],
        [2.6, 1.4, 0.8, 0.9, 2.7],
    ]
)
_FIVE_SPREADS = np.array(
    [
        [1.0, 0.5, 2.0, 0.4, 1.5],
        [0.8, 0.7, 1.0, 0.6, 1.2],
        [1.6, 0.3, 0.9, 0.5, 0.7],
        [0.6, 1.1, 1.4, 0.8, 1.0],
        [1.3, 0.4, 0.5, 1.2, 0.9],
        [0.9, 0.6, 1.8, 0.7, 1.1],
    ]
)
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


_LOOK_SIGN = "Let a mean go up by 1 and down by 1: what should the drift be, what is yours?"
_LOOK_SIDE = "Look at what you divide each step by."
_LOOK_WAY = "Look at what one step adds to the drift."
_LOOK_TOTAL = "Look at how the steps are put together."
_LOOK_SHAPE = "Try one step of three units: is the shape of your answer (3,)?"
_LOOK_STEPS = "Count the steps: from how many rows of means to how many steps?"
_DRIFT_MISTAKES = (
    Mistake(
        "to-and-fro-cancels",
        "A mean that goes up by 1 and down by 1 has drifted by 2; in yours a step down is "
        "negative. What makes every step count?",
        partial(_drift, way=lambda q: q),
        look=_LOOK_SIGN,
    ),
    Mistake(
        "to-and-fro-cancels",
        "You take the absolute value of the sum, so that steps up and down have already cancelled. "
        "Take it of every step.",
        lambda means, spreads: np.abs((_steps(means) / spreads[:-1]).sum(axis=0)),
        look=_LOOK_SIGN,
    ),
    Mistake(
        "only-first-and-last",
        "You compare the end with the start. What happened in between counts, too.",
        lambda means, spreads: np.abs(means[-1] - means[0]) / spreads[0],
        lambda means, spreads: np.abs(means[-1] - means[0]),
        lambda means, spreads: np.abs(means[-1] - means[0]) / spreads[-1],
        look=_LOOK_SIGN,
    ),
    Mistake(
        "only-upwards",
        "Steps in one direction are left out. Those down count as much as those up.",
        partial(_drift, way=lambda q: np.maximum(q, 0)),
        look=_LOOK_SIGN,
    ),
    Mistake(
        "only-upwards",
        "Steps in one direction are left out. Those up count as much as those down.",
        partial(_drift, way=lambda q: np.maximum(-q, 0)),
        look=_LOOK_SIGN,
    ),
    Mistake(
        "not-in-spreads",
        "Your steps are measured in the units of z. A step of 1 is far for a unit whose spread is "
        "0.1.",
        partial(_drift, sides=lambda s: 1.0),
        look=_LOOK_SIDE,
    ),
    Mistake(
        "spread-after-the-step",
        "You divide by the spread after each step. The layer above was used to the one before it.",
        partial(_drift, sides=lambda s: s[1:]),
        look=_LOOK_SIDE,
    ),
    Mistake(
        "first-spread",
        "You divide by the spread at the start. The spread changes, too: which one was there just "
        "before the step?",
        partial(_drift, sides=lambda s: s[0]),
        look=_LOOK_SIDE,
    ),
    Mistake(
        "average-spread",
        "You divide by an average of spreads. Each step has its own: the one just before it.",
        partial(_drift, sides=lambda s: s.mean(axis=0)),
        look=_LOOK_SIDE,
    ),
    Mistake(
        "average-spread",
        "You divide by an average of spreads. Each step has its own: the one just before it.",
        partial(_drift, sides=lambda s: (s[1:] + s[:-1]) / 2),
        look=_LOOK_SIDE,
    ),
    Mistake(
        "average-spread",
        "You divide by an average of spreads. Each step has its own: the one just before it.",
        partial(_drift, sides=lambda s: s[:-1].mean(axis=0)),
        look=_LOOK_SIDE,
    ),
    Mistake(
        "last-spread",
        "You divide by the spread at the end. Which one was there just before the step?",
        partial(_drift, sides=lambda s: s[-1]),
        look=_LOOK_SIDE,
    ),
    Mistake(
        "times-the-spread",
        "You multiply by the spread. A step is far if the spread is small.",
        partial(_drift, sides=lambda s: 1 / s[:-1]),
        look=_LOOK_SIDE,
    ),
    Mistake(
        "variance-for-spread",
        "You divide by the squared spread.",
        partial(_drift, sides=lambda s: s[:-1] ** 2),
        look=_LOOK_SIDE,
    ),
    Mistake(
        "root-of-spread",
        "You divide by the root of the spread. What is passed is a standard deviation already.",
        partial(_drift, sides=lambda s: np.sqrt(s[:-1])),
        look=_LOOK_SIDE,
    ),
    *(
        Mistake(
            "added-to-the-spread",
            "A small number is added to the spread. Divide by the spread as it is.",
            partial(_drift, sides=lambda s, e=e: s[:-1] + e),
            look=_LOOK_SIDE,
        )
        for e in (1e-3, 1e-2, 0.1, 1.0)
    ),
    Mistake(
        "squared-steps",
        "You square the steps: long ones then count more than their length.",
        partial(_drift, way=np.square),
        look=_LOOK_WAY,
    ),
    Mistake(
        "squared-steps",
        "You square the steps: long ones then count more than their length.",
        lambda means, spreads: (_steps(means) ** 2 / spreads[:-1]).sum(axis=0),
        lambda means, spreads: np.sqrt(((_steps(means) / spreads[:-1]) ** 2).sum(axis=0)),
        lambda means, spreads: np.sqrt((_steps(means) ** 2).sum(axis=0)),
        look=_LOOK_WAY,
    ),
    Mistake(
        "mean-for-sum",
        "You take an average. The drift is how far the mean has gone in all.",
        partial(_drift, total=np.mean),
        look=_LOOK_TOTAL,
    ),
    Mistake(
        "largest-step",
        "You take a maximum. All steps count.",
        partial(_drift, total=np.max),
        look=_LOOK_TOTAL,
    ),
    Mistake(
        "median-step",
        "You take the median. All steps count.",
        partial(_drift, total=np.median),
        look=_LOOK_TOTAL,
    ),
    Mistake(
        "last-step",
        "You take the last entry alone. Do your steps add up, or does each replace the one before?",
        partial(_drift, total=lambda q, axis: np.take(q, -1, axis=axis)),
        look=_LOOK_TOTAL,
    ),
    Mistake(
        "first-step",
        "You take the first entry alone. Where does your return stand: inside a loop?",
        partial(_drift, total=lambda q, axis: np.take(q, 0, axis=axis)),
        look=_LOOK_TOTAL,
    ),
    Mistake(
        "every-step",
        "Nothing is added up, or each sum on the way is kept. Each unit needs one number.",
        partial(_drift, total=np.cumsum),
        look=_LOOK_SHAPE,
    ),
    Mistake(
        "every-step",
        "Nothing is added up, or each sum on the way is kept. Each unit needs one number.",
        partial(_drift, total=lambda q, axis: q),
        look=_LOOK_SHAPE,
    ),
    Mistake(
        "without-the-last-step",
        "The last step is missing.",
        partial(_drift, total=lambda q, axis: q[:-1].sum(axis=axis)),
        look=_LOOK_STEPS,
    ),
    Mistake(
        "without-the-first-step",
        "The first step is missing.",
        partial(_drift, total=lambda q, axis: q[1:].sum(axis=axis)),
        look=_LOOK_STEPS,
    ),
    Mistake(
        "round-trip",
        "There is one step too many: from the last mean back to the first.",
        lambda means, spreads: (np.abs(np.roll(means, -1, 0) - means) / spreads).sum(axis=0),
        lambda means, spreads: (np.abs(np.roll(means, 1, 0) - means) / spreads).sum(axis=0),
        look=_LOOK_STEPS,
    ),
    Mistake(
        "from-the-start",
        "You measure each mean from the first one. A step leads from one mean to the next.",
        lambda means, spreads: (np.abs(means[1:] - means[0]) / spreads[:-1]).sum(axis=0),
        lambda means, spreads: (np.abs(means - means[0]) / spreads).sum(axis=0),
        lambda means, spreads: (np.abs(means - means[0]) / spreads[0]).sum(axis=0),
        look="Look at the two means of which you take the difference.",
    ),
    Mistake(
        "sizes-of-means",
        "You take the absolute values of the means themselves: from −1 to 1 is then no step at "
        "all. It is each step's size that counts.",
        lambda means, spreads: (_steps(np.abs(means)) / spreads[:-1]).sum(axis=0),
        lambda means, spreads: np.abs(_steps(np.abs(means)) / spreads[:-1]).sum(axis=0),
        look="Let a mean go from −1 to 1: what should the drift be, what is yours?",
    ),
    Mistake(
        "relative-to-the-mean",
        "You divide each step by the mean before it. A step is measured in spreads.",
        lambda means, spreads: (np.abs(_steps(means)) / np.abs(means[:-1])).sum(axis=0),
        lambda means, spreads: np.abs(_steps(means) / means[:-1]).sum(axis=0),
        look=_LOOK_SIDE,
    ),
    Mistake(
        "range-of-means",
        "That is how far the lowest and the highest mean lie apart. A mean that goes to and fro "
        "drifts further.",
        lambda means, spreads: np.ptp(means, axis=0) / spreads[0],
        lambda means, spreads: np.ptp(means, axis=0) / spreads.mean(axis=0),
        lambda means, spreads: np.ptp(means, axis=0),
        look=_LOOK_SIGN,
    ),
    Mistake(
        "floor-division",
        "Decimals are lost: each quotient is rounded down.",
        lambda means, spreads: (np.abs(_steps(means)) // spreads[:-1]).sum(axis=0),
        look="Look for what is rounded on the way.",
    ),
    Mistake(
        "sums-divided",
        "You add up the steps, and the spreads, and divide then. Each step is divided by its own "
        "spread first.",
        lambda means, spreads: np.abs(_steps(means)).sum(axis=0) / spreads[:-1].sum(axis=0),
        lambda means, spreads: np.abs(_steps(means)).sum(axis=0) / spreads.sum(axis=0),
        look="Look at the order: divide first, then add up?",
    ),
    Mistake(
        "divided-first",
        "Each mean is divided by its own spread before the difference is taken: then a spread that "
        "changes counts as drift, too.",
        lambda means, spreads: np.abs(_steps(means / spreads)).sum(axis=0),
        look="Look at the order: the difference first, or the division?",
    ),
    Mistake(
        "only-one-mean-divided",
        "Division comes before subtraction: only one of the two means is divided. Mind the "
        "brackets.",
        lambda means, spreads: np.abs(means[1:] - means[:-1] / spreads[:-1]).sum(axis=0),
        lambda means, spreads: np.abs(means[1:] / spreads[:-1] - means[:-1]).sum(axis=0),
        look="Look at the order in which Python subtracts and divides.",
    ),
    Mistake(
        "all-units-together",
        "You take all units together: each of them needs a number of its own.",
        partial(_drift, axis=None),
        look=_LOOK_SHAPE,
    ),
    Mistake(
        "over-units",
        "Your axis is that of the units. Steps run along the first axis.",
        partial(_drift, axis=1),
        look=_LOOK_SHAPE,
    ),
    Mistake(
        "differences-between-units",
        "You take differences between units. Steps run along the first axis.",
        lambda means, spreads: (np.abs(np.diff(means, axis=1)) / spreads[:, :-1]).sum(axis=1),
        lambda means, spreads: (np.abs(np.diff(means, axis=1)) / spreads[:, :-1]).sum(axis=0),
        lambda means, spreads: (np.abs(np.diff(means, axis=1, append=means[:, -1:])) / spreads).sum(
            axis=0
        ),
        look="Look at the axis along which you take differences.",
    ),
)


drift = Exercise(
    "``drift(means, spreads)``: how far each unit's mean drifts, in its own spreads",
    right=lecture.drift,
    cases=_DRIFT_CASES,
    mistakes=_DRIFT_MISTAKES,
    draw=_draw_drift,
    stub=Stub(_drift_stub, "Begin with one unit: how far does its mean move in each step?"),
)


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


_LOOK_M = "Let m grow from 100 to 400: what should happen to the noise, and what happens to it?"
_LOOK_SIGMA = "Let σ be twice as large: what should happen to the noise, and what happens to it?"
_NOISE_MISTAKES = (
    Mistake(
        "variance",
        "That is a variance. The exercise asks for the mean's standard deviation.",
        partial(_noise, above=lambda sigma: sigma**2, below=lambda m: m),
        look=_LOOK_SIGMA,
    ),
    Mistake(
        "no-root",
        "No root is taken. Four times as many examples halve the noise: which power of m is that?",
        partial(_noise, below=lambda m: m),
        look=_LOOK_M,
    ),
    Mistake(
        "power-of-m",
        "Four times as many examples halve the noise. Yours falls by another factor: which power "
        "of m is right?",
        partial(_noise, below=lambda m: m**2),
        look=_LOOK_M,
    ),
    Mistake(
        "power-of-m",
        "Four times as many examples halve the noise. Yours falls by another factor: which power "
        "of m is right?",
        partial(_noise, below=np.cbrt),
        look=_LOOK_M,
    ),
    Mistake(
        "power-of-m",
        "Four times as many examples halve the noise. Yours falls by another factor: which power "
        "of m is right?",
        partial(_noise, below=lambda m: m**0.25),
        look=_LOOK_M,
    ),
    *(
        Mistake(
            "logarithm",
            "You divide by a logarithm of m, which hardly grows. Four times as many examples halve "
            "the noise.",
            partial(_noise, below=log),
            look=_LOOK_M,
        )
        for log in (np.log, np.log2, np.log10, np.log1p)
    ),
    Mistake(
        "noise-grows",
        "Yours grows with m. Averaging more values should calm it.",
        partial(_noise, below=lambda m: 1 / np.sqrt(m)),
        look=_LOOK_M,
    ),
    Mistake(
        "noise-grows",
        "Yours grows with m. Averaging more values should calm it.",
        partial(_noise, below=lambda m: 1 / m),
        look=_LOOK_M,
    ),
    Mistake(
        "no-dependence-on-m",
        "m makes no difference to your answer. What does averaging m values do to the noise of "
        "one?",
        partial(_noise, below=lambda m: 1.0),
        look=_LOOK_M,
    ),
    Mistake(
        "power-of-half",
        "There is m and a 2 where the root of m belongs. In m ** 1 / 2 Python takes the power "
        "first and divides then: mind the brackets.",
        lambda sigma, m: sigma / m / 2,
        lambda sigma, m: sigma / (m / 2),
        look="Look at the order in which Python takes powers and divides.",
    ),
    Mistake(
        "power-of-half",
        "Half the variance stands where its root belongs. In ** 1 / 2 Python takes the power first "
        "and divides then: mind the brackets.",
        lambda sigma, m: sigma**2 / m / 2,
        look="Look at the order in which Python takes powers and divides.",
    ),
    Mistake(
        "root-of-all",
        "The root goes over σ as well. σ is a standard deviation already: four times as large an m "
        "halves the noise, twice as large a σ doubles it.",
        lambda sigma, m: np.sqrt(sigma / m),
        look=_LOOK_SIGMA,
    ),
    Mistake(
        "no-sigma",
        "σ makes no difference to your answer: a unit that varies twice as much has a mean twice "
        "as noisy.",
        partial(_noise, above=lambda sigma: 1.0),
        look=_LOOK_SIGMA,
    ),
    Mistake(
        "sigma-squared",
        "You take σ² for σ. Twice as large a σ doubles the noise.",
        partial(_noise, above=lambda sigma: sigma**2),
        look=_LOOK_SIGMA,
    ),
    Mistake(
        "arguments-exchanged",
        "σ and m have changed places: the noise grows with σ and falls with m.",
        lambda sigma, m: m / np.sqrt(sigma),
        look=_LOOK_M,
    ),
    Mistake(
        "upside-down",
        "Your fraction is upside down: the noise grows with σ and falls with m.",
        lambda sigma, m: np.sqrt(m) / sigma,
        lambda sigma, m: m / sigma,
        lambda sigma, m: m / sigma**2,
        lambda sigma, m: np.sqrt(m),
        look=_LOOK_M,
    ),
    Mistake(
        "m-minus-1",
        "You have m − 1. That belongs to estimating a variance; here σ is known.",
        partial(_noise, count=lambda m: m - 1),
        look="Look at the number you divide by.",
    ),
    Mistake(
        "m-plus-1",
        "You have m + 1. How many values are averaged?",
        partial(_noise, count=lambda m: m + 1),
        look="Look at the number you divide by.",
    ),
    Mistake(
        "floor-division",
        "Decimals are lost: a division, or the root, is rounded down.",
        partial(_noise, below=lambda m: np.floor(np.sqrt(m))),
        look="Look for what is rounded on the way.",
    ),
    Mistake(
        "floor-division",
        "Decimals are lost: a division, or the root, is rounded down.",
        lambda sigma, m: sigma // np.sqrt(m),
        lambda sigma, m: np.sqrt(sigma // m),
        look="Look for what is rounded on the way.",
    ),
)


noise_of_the_mean = Exercise(
    "``noise_of_the_mean(sigma, m)``: the standard deviation of a mini-batch's mean",
    right=_noise,
    cases=_NOISE_CASES,
    mistakes=_NOISE_MISTAKES,
    draw=_draw_noise,
    stub=Stub(
        _noise_stub,
        "Begin with the variance of a sum of m values: what happens to it when you divide by m?",
    ),
)


def goal_half_the_noise(*, size, **_):
    """Judge the challenge: a mini-batch whose mean is half as noisy as that of 64."""
    noise = np.sqrt(64 / round(size))
    if 0.48 <= noise <= 0.52:
        times = f"m = {round(size)} is {round(size) / 64:.2g} times 64"
        return Verdict(True, None, f"{times}, and its mean is {noise:.2f} times as noisy.")
    hint = f"find the m whose mean is half as noisy as at m = 64. Now: {noise:.2f} times as noisy."
    return Verdict(False, "too-noisy" if noise > 0.5 else "too-calm", hint)
