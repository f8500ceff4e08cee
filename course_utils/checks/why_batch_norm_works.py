"""Checks of the exercises and the challenge about why batch norm works."""

from functools import partial

import numpy as np

from course_utils import why_batch_norm_works as lecture
from course_utils.checks.diagnosis import Case, Mistake, diagnose
from course_utils.checks.verdict import Verdict

_MEANS = np.array([[0.0, 1.0], [1.0, 0.5], [3.0, 0.25], [2.0, 2.0]])
_SPREADS = np.array([[1.0, 2.0], [0.5, 2.0], [4.0, 0.5], [1.0, 3.0]])
_DRIFT_CASES = (
    Case((_MEANS, _SPREADS), says="three steps, two units"),
    Case((10 * _MEANS[:, :1], _SPREADS[:, :1]), says="three steps, one unit that goes to and fro"),
)


def _drift(means, spreads, *, way=np.abs, sides=lambda s: s[:-1], total=np.sum, axis=0):
    """Drift in exchangeable parts: the right ones by default."""
    return total(way(np.diff(means, axis=0)) / sides(spreads), axis=axis)


def _drift_mistake(identity, hint, **parts):
    return Mistake(identity, partial(_drift, **parts), hint)


_DRIFT_MISTAKES = (
    Mistake("still-the-stub", lambda means, spreads: np.zeros(means.shape[1]),
            "This is the stub as it came: zeros. Begin with np.diff(means, axis=0)."),
    _drift_mistake("to-and-fro-cancels", "A mean that goes up by 1 and down by 1 has gone a way of "
                   "2; yours says 0. What makes every step count?", way=lambda d: d),
    Mistake("to-and-fro-cancels",
            lambda means, spreads: np.abs(((means[1:] - means[:-1]) / spreads[:-1]).sum(axis=0)),
            "You take the absolute value of the sum. Take it of every step."),
    _drift_mistake("not-in-spreads", "The way is right, but measured in the units of z. A step of "
                   "1 is far for a unit whose spread is 0.1: divide.", sides=lambda s: 1.0),
    _drift_mistake("spread-after-the-step", "You divide by the spread after each step. The layer "
                   "above was used to the one before it.", sides=lambda s: s[1:]),
    _drift_mistake("times-the-spread", "You multiply by the spread. A step is far if the spread is "
                   "small.", sides=lambda s: 1 / s[:-1]),
    _drift_mistake("variance-for-spread", "You divide by the squared spread.",
                   sides=lambda s: s[:-1] ** 2),
    _drift_mistake("squared-steps", "You square the steps: long ones then count more than their "
                   "length.", way=np.square),
    _drift_mistake("mean-for-sum", "That is the mean way of a step. Asked for is the whole way.",
                   total=np.mean),
    _drift_mistake("all-units-together", "You sum over the units as well: one number each is asked "
                   "for.", axis=None),
    _drift_mistake("over-units", "You sum over the units. Steps run along the first axis.", axis=1),
    Mistake("only-first-and-last", lambda means, spreads: np.abs(means[-1] - means[0]) / spreads[0],
            "You compare the end with the start. What happened in between counts too."),
)  # fmt: skip


def drift(function):
    """Check ``drift(means, spreads)``: the way of each unit's mean, in its own spreads."""
    return diagnose(function, lecture.drift, _DRIFT_CASES, _DRIFT_MISTAKES)


_NOISE_CASES = tuple(
    Case((sigma, m), says=f"sigma = {sigma:g}, m = {m}")
    for sigma, m in ((2.0, 64), (0.5, 512), (3.0, 16), (1.0, 100))
)
_NOISE_MISTAKES = (
    Mistake("still-the-stub", lambda sigma, m: 0.0, "This is the stub as it came: 0."),
    Mistake("variance", lambda sigma, m: sigma**2 / m, "That is the variance of the mean. Its "
            "standard deviation is asked for."),
    Mistake("no-root", lambda sigma, m: sigma / m, "Four times as many examples halve the noise; "
            "yours falls to a quarter. Which power of m does that?"),
    Mistake("noise-grows", lambda sigma, m: sigma * np.sqrt(m), "Yours grows with m. Averaging "
            "more values should calm it."),
    Mistake("sum", lambda sigma, m: sigma * m, "Yours grows with m. Averaging should calm it."),
    Mistake("no-sigma", lambda sigma, m: 1 / np.sqrt(m), "sigma is not in it: a unit that varies "
            "twice as much has a mean twice as noisy."),
    Mistake("m-minus-1", lambda sigma, m: sigma / np.sqrt(m - 1), "You have m − 1. That belongs to "
            "estimating a variance; here sigma is known."),
    Mistake("no-dependence-on-m", lambda sigma, m: sigma, "That is the noise of one example. What "
            "does averaging m of them do?"),
)  # fmt: skip


def noise_of_the_mean(function):
    """Check ``noise_of_the_mean(sigma, m)``: the standard deviation of a mini-batch's mean."""
    return diagnose(function, lambda sigma, m: sigma / np.sqrt(m), _NOISE_CASES, _NOISE_MISTAKES)


def goal_half_the_noise(*, size, **_):
    """Judge the challenge: a mini-batch whose mean is half as noisy as that of 64."""
    noise = np.sqrt(64 / round(size))
    if 0.48 <= noise <= 0.52:
        return Verdict(True, None, f"m = {round(size)}: four times 64, half the noise.")
    hint = f"find the m whose mean is half as noisy as at m = 64. Now it is {noise:.2f} of that."
    return Verdict(False, "too-noisy" if noise > 0.5 else "too-calm", hint)
