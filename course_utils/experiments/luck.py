"""Luck in a choice by validation error: how far the best of many looks better than it is."""

from typing import NamedTuple

import numpy as np

from course_utils.support import validation


def standard_error(error, digits):
    """Return the standard error of a share of wrong digits: ``sqrt(error (1 - error) / digits)``.

    Parameters
    ----------
    error : float or ndarray
        The share, from 0 to 1; NaN where there is none.
    digits : int or ndarray
        How many digits it was counted on.

    Examples
    --------
    >>> float(standard_error(0.02, 360).round(4))
    0.0074
    """
    error, digits = validation.reals("error", error), validation.finite("digits", digits)
    if ((error < 0) | (error > 1)).any():
        raise ValueError(
            f"0 <= error <= 1 must hold, but got error={validation.shown(error.tolist())}"
        )
    if not (digits >= 1).all():
        raise ValueError(
            f"digits >= 1 must hold, but got digits={validation.shown(digits.tolist())}"
        )
    return np.sqrt(error * (1 - error) / digits)[()]


LUCK_ERROR = 0.035
"""The true error of `equal_models`."""


def equal_models(digits, draw):
    """Return the errors of 200 models of the same true error, each on digits of its own."""
    return np.random.default_rng([draw, digits]).binomial(digits, LUCK_ERROR, 200) / digits


class Luck(NamedTuple):
    """How good the best of equal models looks: its mean error, and what 80 % lie between."""

    mean: float
    low: float
    high: float


def best_of(models, error, digits):
    """Least error seen among equally good models, each counted on digits of its own.

    A model with the true error p is wrong on a binomial number of m digits; of k models the least
    number is at least j with probability ``P(one >= j) ** k``.

    Parameters
    ----------
    models : int
        How many models k.
    error : float
        The true error p of each, between 0 and 1.
    digits : int
        How many digits m.

    Examples
    --------
    >>> [round(best_of(k, 0.03, 360).mean, 4) for k in (1, 10, 100)]
    [0.03, 0.017, 0.0102]
    """
    error = validation.require("0 < error < 1", error=error)
    models = validation.whole("models >= 1", models=models)
    m = validation.whole("digits >= 1", digits=digits)
    validation.room(digits=m)
    at_least = np.exp(models * np.log1p(-_cumulative(error, m)))  # P(least > j) for j = 0 ... m-1
    low, high = (int((1 - at_least < q).sum()) / m for q in (0.1, 0.9))
    return Luck(float(at_least.sum() / m), low, high)


def _cumulative(p, m):
    """Return P(X <= j) of a binomial X for j = 0 ... m-1."""
    j = np.arange(m)
    log_choose = np.concatenate([[0.0], np.cumsum(np.log((m - j[:-1]) / (j[:-1] + 1)))])
    pmf = np.exp(log_choose + j * np.log(p) + (m - j) * np.log1p(-p))
    return np.minimum(np.cumsum(pmf), 1 - 1e-16)


class Optimism(NamedTuple):
    """The chosen model on the digits that chose it, and on others; and the mean of all models."""

    chosen_by: float
    on_others: float
    average: float


def optimism(wrong, rng, *, halvings=500):
    """Choose the best model by half of the digits, look at it on the other half, many times.

    Parameters
    ----------
    wrong : array_like of bool, shape (models, digits)
        Which digits each model gets wrong.
    rng : numpy.random.Generator
        Halves the digits.
    halvings : int
        How many times.

    Returns
    -------
    Optimism
        Mean errors over the halvings.

    Examples
    --------
    >>> luck = optimism(np.random.default_rng(0).random((50, 400)) < 0.05, np.random.default_rng(1))
    >>> luck.chosen_by < 0.03 < 0.04 < luck.on_others
    True
    """
    wrong = _checked(wrong)
    halvings, rng = validation.whole("halvings >= 1", halvings=halvings), validation.generator(rng)
    m, seen = wrong.shape[1], []
    for _ in range(halvings):
        order = rng.permutation(m)
        here, there = (wrong[:, part].mean(axis=1) for part in np.split(order, [m // 2]))
        best = here.argmin()
        seen.append((here[best], there[best]))
    return Optimism(*map(float, np.mean(seen, axis=0)), float(wrong.mean()))


def halves(wrong, rng, *, divisions=1000):
    """Divide digits into two random halves, many times; return how far apart their errors are.

    `wrong` is as in `optimism`; the errors are means over the models.

    >>> apart = halves(np.random.default_rng(0).random((5, 400)) < 0.05, np.random.default_rng(1))
    >>> apart.shape, 0.005 < apart.mean() < 0.02
    ((1000,), np.True_)
    """
    hard = _checked(wrong).mean(axis=0)
    divisions = validation.whole("divisions >= 1", divisions=divisions)
    rng, middle = validation.generator(rng), len(hard) // 2
    orders = [rng.permutation(hard) for _ in range(divisions)]
    return np.abs([order[:middle].mean() - order[middle:].mean() for order in orders])


def _checked(wrong):
    """Return which digits models get wrong, refusing what cannot be halved."""
    wrong = validation.require_all("0 <= wrong <= 1", wrong=wrong)
    wrong = validation.matrix("wrong", wrong, "models")
    if wrong.shape[1] < 2:
        raise ValueError(f"wrong should have at least two digits as columns, got {wrong.shape}")
    return wrong
