"""The tuning process: which hyperparameters matter, and how likely a search finds what does."""

import csv
import math
from functools import cache
from typing import NamedTuple

import numpy as np

from course_utils import search
from course_utils.experiments.digit_tuning import CHANCE, SPACE
from course_utils.sampling_scales import Log, OneMinusLog
from course_utils.support import data_files, validation
from course_utils.support.trials import Trial, Trials


def random_hit(width, trials):
    """Probability that at least one of n random trials falls into a band: ``1 - (1 - width)^n``.

    Parameters
    ----------
    width : float or ndarray
        Width of the band as a share of the hyperparameter's range.
    trials : int or ndarray
        The number n.

    Returns
    -------
    float or ndarray

    Examples
    --------
    >>> round(random_hit(0.1, 9), 3), round(random_hit(0.05, 25), 3)
    (0.613, 0.723)
    """
    width, trials = _chances(width, "trials", trials)
    hit = 1 - (1 - width) ** trials
    return hit if np.ndim(hit) else float(hit)


def grid_hit(width, points):
    """Probability that a grid has a value in a band: ``points * width``, at most 1.

    The band may lie anywhere, and is narrower than the steps of the grid.

    Parameters
    ----------
    width : float or ndarray
        Width of the band as a share of the hyperparameter's range.
    points : int or ndarray
        How many values of that hyperparameter the grid has: 3 of a 3 x 3 grid.

    Returns
    -------
    float or ndarray

    Examples
    --------
    >>> print(round(grid_hit(0.1, 3), 2), round(grid_hit(0.05, 5), 2))
    0.3 0.25
    """
    width, points = _chances(width, "points", points)
    return np.minimum(1.0, points * width)[()]


def _chances(width, name, counts):
    """Return widths of a band and whole numbers, of shapes that go together."""
    width = validation.require_all("0 <= width <= 1", width=width)
    counts = validation.require_all(f"{name} >= 0", **{name: counts})
    if (counts % 1).any():
        raise ValueError(
            f"{name} should be whole numbers, but got {validation.shown(counts.tolist())}"
        )
    if width.ndim and counts.ndim:
        validation.same_shape("width", width, name, counts)
    return width, counts


def trials_needed(share, probability):
    """How many random trials find a setting among the best `share`, with some probability.

    The smallest n with ``1 - (1 - share)^n >= probability``.

    Parameters
    ----------
    share : float
        0.05 for a setting among the best 5 %.
    probability : float
        How sure you want to be.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If ``0 < share < 1`` or ``0 < probability < 1`` does not hold.

    Examples
    --------
    >>> trials_needed(0.05, 0.95)
    59
    """
    share = validation.require("0 < share < 1", share=share)
    probability = validation.require("0 < probability < 1", probability=probability)
    n = math.log1p(-probability) / math.log1p(-share)
    return math.ceil(n - 1e-9)  # rounding must not ask for one more


class Surface(NamedTuple):
    """Measured errors over two hyperparameters.

    Attributes
    ----------
    space : dict of str to scale
        ``alpha`` and ``epsilon``.
    errors : ndarray, shape (41, 13)
        Mean validation error of five seeds at each point of an even grid on their scales.
    """

    space: dict
    errors: np.ndarray

    def __call__(self, points):
        """Return the errors at points of the unit square, shape (n, 2)."""
        points = validation.require_all("0 <= points <= 1", points=points)
        if points.ndim != 2 or points.shape[1] != 2:
            raise ValueError(f"points should be (n, 2), but got shape {points.shape}")
        cells = [
            self._cell(u, n) for u, n in zip(np.transpose(points), self.errors.shape, strict=True)
        ]
        (i, a), (j, b) = cells
        E = self.errors
        near = (1 - a) * E[i, j] + a * E[i + 1, j]
        far = (1 - a) * E[i, j + 1] + a * E[i + 1, j + 1]
        return (1 - b) * near + b * far

    @staticmethod
    def _cell(u, count):
        """Return the measured point before each u, and how far u is on its way to the next."""
        x = u * (count - 1)
        before = np.minimum(x.astype(int), count - 2)
        return before, x - before


@cache
def digits_surface():
    """Return the measured `Surface` of the digits' network, Adam's alpha against its epsilon."""
    measured = data_files.arrays("tuning_surface")["errors"].astype(float)
    errors = np.nan_to_num(measured, nan=CHANCE).mean(axis=2)
    return Surface({name: SPACE[name] for name in ("alpha", "epsilon")}, errors)


MOMENTUM_SPACE = {
    "alpha": Log(1e-4, 10.0),
    "beta": OneMinusLog(0.5, 0.99),
    **{name: SPACE[name] for name in ("units", "size", "layers", "decay")},
}
"""The hyperparameters of the digits' network when momentum trains it."""

SPACES = {"Adam": SPACE, "momentum": MOMENTUM_SPACE}


def study(optimizer):
    """Return 1000 random `Trials` of the digits' network, trained for ten epochs each.

    Parameters
    ----------
    optimizer : str
        ``"Adam"`` or ``"momentum"``.

    Returns
    -------
    Trials
        Their values are validation errors. They are shared: do not change them.

    Examples
    --------
    >>> trials = study("Adam")
    >>> len(trials), list(trials[0].configuration)[:2]
    (1000, ['alpha', 'beta1'])
    """
    return _study(validation.one_of("optimizer", optimizer, SPACES))


@cache
def _study(optimizer):
    space = SPACES[optimizer]
    (middle,) = search.from_unit(space, [[0.5] * len(space)])  # tells the types of the values
    with (data_files.FOLDER / f"tuning_{optimizer.lower()}.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    found = []
    for number, row in enumerate(rows):
        configuration = {name: type(middle[name])(row[name]) for name in space}
        error = float(row["error"])
        reason = "diverged" if math.isnan(error) else ""
        found.append(Trial(number, configuration, error, reason=reason))
    return Trials(found)


BINS = 8
"""In how many bins the trials of a study are sorted along a hyperparameter."""


def variance_explained(u, values, *, bins=BINS):
    """Share of the variance of `values` that one hyperparameter explains by itself.

    The trials are sorted into bins along the hyperparameter. If it matters, the means of the bins
    differ: ``omega^2 = (SS_between - (k - 1) MS_within) / (SS_total + MS_within)`` for k bins.
    That is 0 on average for a hyperparameter that does nothing.

    Parameters
    ----------
    u : array_like, shape (trials,)
        The hyperparameter on its scale, from 0 to 1.
    values : array_like, shape (trials,)
        What the trials gave.
    bins : int
        How many bins, each with equally many trials; a hyperparameter of fewer values has a bin
        for each.

    Returns
    -------
    float
        At most 1; may be slightly below 0.

    Raises
    ------
    ValueError
        If there are not more trials than bins.

    References
    ----------
    .. [1] W. L. Hays (1963), "Statistics for psychologists": omega squared.
    """
    u = validation.require_all("0 <= u <= 1", u=u)
    values, bins = validation.finite("values", values), validation.whole("bins >= 2", bins=bins)
    validation.same_shape("u", u, "values", values)
    if u.ndim != 1:
        raise ValueError(f"u should be (trials,), one place a trial, but got shape {u.shape}")
    return _explained(_bins(u, bins), values)


def _bins(u, bins):
    """Return in which bin each u lies: bins of equally many, or one for each of fewer values."""
    distinct = np.unique(u)
    edges = distinct[1:] if len(distinct) <= bins else np.quantile(u, np.arange(1, bins) / bins)
    return np.searchsorted(edges, u, side="right")


def _explained(where, values):
    counts = np.bincount(where)
    k, n = np.count_nonzero(counts), len(values)
    if n <= k:
        raise ValueError(f"there should be more trials than bins, but got {n} for {k} bins")
    means = np.bincount(where, values) / np.maximum(counts, 1)
    within = ((values - means[where]) ** 2).sum() / (n - k)
    between = (counts * (means - values.mean()) ** 2).sum()
    total = ((values - values.mean()) ** 2).sum()
    return float((between - (k - 1) * within) / (total + within)) if total > 0 else 0.0


class Pair(NamedTuple):
    """How alpha and another hyperparameter of a study go together.

    Attributes
    ----------
    errors : ndarray, shape (bins of the other, bins of alpha)
        Mean errors of the trials in each cell.
    alpha, other : ndarray
        The medians of both in each bin.
    alone, together : tuple of float, float
        What alpha and the other explain alone; what both explain together.
    """

    errors: np.ndarray
    alpha: np.ndarray
    other: np.ndarray
    alone: tuple
    together: float


@cache
def pair(optimizer, other):
    """Return the `Pair` of alpha and another hyperparameter."""
    u, values = in_unit_cube(optimizer)
    space = SPACES[optimizer]
    trials = [trial.configuration for trial in study(optimizer)]
    both = [u[:, list(space).index(name)] for name in ("alpha", other)]
    i, j = (_bins(column, BINS) for column in both)
    errors = [[values[(i == x) & (j == y)].mean() for x in range(BINS)] for y in np.unique(j)]
    alpha, others = (
        np.array(
            [
                np.median([t[name] for t, k in zip(trials, at, strict=True) if k == n])
                for n in np.unique(at)
            ]
        )
        for name, at in (("alpha", i), (other, j))
    )
    alone = tuple(variance_explained(column, values) for column in both)
    return Pair(np.array(errors), alpha, others, alone, _explained(i * BINS + j, values))


def importances(space, trials, *, bins=BINS):
    """Return the share of the variance that each hyperparameter explains by itself.

    Parameters
    ----------
    space : dict of str to scale
    trials : Trials
        Drawn at random from the space; a failed one counts as an error of `CHANCE`.
    bins : int
        As for `variance_explained`.

    Returns
    -------
    dict of str to float

    References
    ----------
    .. [1] F. Hutter, H. Hoos and K. Leyton-Brown (2014), "An efficient approach for assessing
       hyperparameter importance": the same question, answered through a model of the surface.
    """
    if not validation.instance("space", space, dict):
        raise ValueError("space should hold at least one hyperparameter, but got {}")
    validation.instance("trials", trials, Trials)
    u = search.to_unit(space, [trial.configuration for trial in trials])
    values = np.nan_to_num(trials.column("value"), nan=CHANCE)
    return {
        name: variance_explained(column, values, bins=bins)
        for name, column in zip(space, u.T, strict=True)
    }


GOOD_ALPHA = {"Adam": (0.001, 0.03), "momentum": (0.05, 1.0)}
"""Where alpha is not what goes wrong."""


def with_good_alpha(optimizer, trials):
    """Return those of a study's trials whose alpha is not what goes wrong."""
    low, high = GOOD_ALPHA[optimizer]
    return [trial for trial in trials if low <= trial.configuration["alpha"] <= high]


@validation.plain_arguments
@cache
def in_unit_cube(optimizer):
    """Return where each trial of a study lies in the unit cube, and its error."""
    trials = study(optimizer)
    u = search.to_unit(SPACES[optimizer], [trial.configuration for trial in trials])
    return u, np.nan_to_num(trials.column("value"), nan=CHANCE)


@cache
def spreads(optimizer, numbers):
    """Return the share of each hyperparameter, and the least and the most of ten random halves.

    Halves and no draws with replacement: a trial that comes twice seems to be explained.
    """
    u, values = (part[list(numbers)] for part in in_unit_cube(optimizer))
    rng, half = np.random.default_rng(0), len(values) // 2
    halves = [rng.permutation(len(values))[:half] for _ in range(10)]
    found = {}
    for name, column in zip(SPACES[optimizer], u.T, strict=True):
        drawn = [variance_explained(column[i], values[i]) for i in halves]
        found[name] = variance_explained(column, values), min(drawn), max(drawn)
    return found


def brush(u, column, low, high):
    """Return which trials lie between two places of one hyperparameter, each from 0 to 1."""
    u = validation.require_all("0 <= u <= 1", u=u)
    if u.ndim != 2:
        raise ValueError(f"u should be (trials, hyperparameters), but got shape {u.shape}")
    column = validation.whole(f"0 <= column < {u.shape[1]}", column=column)
    low, high = sorted((validation.number("low", low), validation.number("high", high)))
    return (u[:, column] >= low) & (u[:, column] <= high)


def best_share(values, share):
    """Return which trials are among the best `share`, at least one; NaN is never among them."""
    values = validation.reals("values", values)
    share = validation.require("0 < share <= 1", share=share)
    if values.ndim != 1 or not values.size:
        raise ValueError(f"values should be (trials,), one or more, but got shape {values.shape}")
    return values <= np.sort(values)[max(int(share * len(values)), 1) - 1]


class Stale(NamedTuple):
    """How the best alpha moves when something else changes.

    Attributes
    ----------
    alpha : ndarray, shape (26,)
        Learning rates that were tried.
    errors : dict of str to ndarray, shape (4, 26, 5)
        Validation errors of five seeds, by the name of what changes.
    values : dict of str to list
        The four values it takes.
    """

    alpha: np.ndarray
    errors: dict
    values: dict


@cache
def stale_settings():
    """Return the measured `Stale` settings of the digits' network.

    ``brightness`` multiplies the pixels, ``size`` is that of the mini-batches. Both were measured
    with plain descent, all with ten epochs.
    """
    names = ("brightness", "size", "optimizer")
    stored = data_files.arrays("tuning_stale")
    errors = {name: np.nan_to_num(stored[name].astype(float), nan=CHANCE) for name in names}
    values = {name: stored[f"{name}_values"].tolist() for name in names}
    return Stale(stored["alpha"], errors, values)
