"""Hyperparameter search: which configurations to try, and how long each.

A *space* is a dict of scales from `sampling_scales`, by the names of the hyperparameters. A
*configuration* is a dict of values. `grid`, `random` and `sobol` choose all configurations ahead;
`coarse_to_fine`, `successive_halving` and `hyperband` look at results on the way. What runs them is
`trials.evaluate`.

A search that the reader stops raises `Interrupted`, with the trials of all its rounds.
"""

import itertools
import math
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from course_utils.sampling_scales import Choice
from course_utils.support import validation
from course_utils.trials import Trials, attempt, numbered, whole


def grid(space, points):
    """Every combination of evenly spaced values.

    Parameters
    ----------
    space : dict of str to scale
    points : int or dict of str to int
        How many values of each hyperparameter; a scale that has fewer gives all it has.

    Returns
    -------
    list of dict

    Raises
    ------
    ValueError
        If a number of points is below 2 or not whole.

    Examples
    --------
    >>> from course_utils.sampling_scales import Linear, Log
    >>> configurations = grid({"alpha": Log(0.001, 1), "beta": Linear(0, 0.9)}, 4)
    >>> len(configurations), configurations[-1]
    (16, {'alpha': 1.0, 'beta': 0.9})
    """
    _checked_space(space)
    counts = points if isinstance(points, dict) else dict.fromkeys(space, points)
    _refuse_unknown(space, counts, "points")
    columns = [scale.grid(counts[name]) for name, scale in space.items()]
    return [_configuration(space, values) for values in itertools.product(*columns)]


def random(space, trials, rng):
    """Draw configurations, each hyperparameter uniformly on its own scale.

    Parameters
    ----------
    space : dict of str to scale
    trials : int
        How many.
    rng : numpy.random.Generator

    Returns
    -------
    list of dict

    Raises
    ------
    ValueError
        If `trials` is not a whole number of at least 1.

    Examples
    --------
    >>> from course_utils.sampling_scales import Log
    >>> configurations = random({"alpha": Log(0.001, 1)}, 2, np.random.default_rng(0))
    >>> [round(c["alpha"], 3) for c in configurations]
    [0.081, 0.006]

    References
    ----------
    .. [1] J. Bergstra and Y. Bengio (2012), "Random search for hyper-parameter optimization".
    """
    shape = _count("trials", trials), len(_checked_space(space))
    return from_unit(space, validation.generator(rng).random(shape))


def sobol(space, trials, rng):
    """Draw configurations from a scrambled Sobol sequence: random, but evenly spread.

    Parameters
    ----------
    space : dict of str to scale
    trials : int
        How many; a power of 2 is spread best.
    rng : numpy.random.Generator
        Scrambles the sequence.

    Returns
    -------
    list of dict

    Raises
    ------
    ValueError
        If `trials` is not a whole number of at least 1.

    References
    ----------
    .. [1] A. Owen (1998), "Scrambling Sobol' and Niederreiter-Xing points".
    """
    from scipy.stats import qmc  # takes a while to load

    trials = _count("trials", trials)
    sequence = qmc.Sobol(len(_checked_space(space)), rng=validation.generator(rng))
    return from_unit(space, sequence.random_base2(math.ceil(math.log2(trials)))[:trials])


def from_unit(space, points):
    """Turn points of the unit cube into configurations, each coordinate by its scale.

    Parameters
    ----------
    space : dict of str to scale
    points : array_like, shape (trials, len(space))
        Between 0 and 1.

    Returns
    -------
    list of dict

    Examples
    --------
    >>> from course_utils.sampling_scales import Integer, Log
    >>> from_unit({"alpha": Log(0.0001, 1), "layers": Integer(1, 4)}, [[0.5, 1.0]])
    [{'alpha': 0.01, 'layers': 4}]
    """
    points = validation.finite("points", points)
    if points.ndim != 2 or points.shape[1] != len(_checked_space(space)):
        raise ValueError(
            f"points should have a row for each trial and {len(space)} columns, one for each "
            f"hyperparameter, but got shape {points.shape}"
        )
    columns = [scale.from_unit(u) for scale, u in zip(space.values(), points.T, strict=True)]
    return [_configuration(space, values) for values in zip(*columns, strict=True)]


def to_unit(space, configurations):
    """Turn configurations into points of the unit cube, shape (trials, len(space))."""
    for configuration in validation.sequence("configurations", configurations):
        _refuse_unknown(_checked_space(space), configuration, "configurations")
    columns = [np.asarray([scale.to_unit(c[name]) for c in configurations], float)
               for name, scale in space.items()]  # fmt: skip
    return np.transpose(columns)


def zoom(space, configuration, share):
    """Return a smaller space around a configuration.

    Each range becomes `share` of what it was, measured on its scale, with the configuration in its
    middle, or as near to it as the old range allows. A `Choice` stays whole: nothing in it is near.

    Parameters
    ----------
    space : dict of str to scale
    configuration : dict
        The middle.
    share : float
        Between 0 and 1.

    Returns
    -------
    dict of str to scale

    Raises
    ------
    ValueError
        If ``0 < share <= 1`` does not hold, or the configuration lies outside the space.

    Examples
    --------
    >>> from course_utils.sampling_scales import Log
    >>> zoom({"alpha": Log(0.0001, 1)}, {"alpha": 0.01}, 0.5)
    {'alpha': Log(low=0.001, high=0.1)}
    >>> zoom({"alpha": Log(0.0001, 1)}, {"alpha": 0.5}, 0.5)
    {'alpha': Log(low=0.01, high=1.0)}
    """
    share = validation.require("0 < share <= 1", share=share)
    _refuse_unknown(_checked_space(space), configuration, "configuration")
    smaller = {}
    for name, scale in space.items():
        if isinstance(scale, Choice):
            smaller[name] = scale
            continue
        low = np.clip(scale.to_unit(configuration[name]) - share / 2, 0, 1 - share)
        ends = (_round(scale.from_unit(float(u))) for u in (low, min(low + share, 1.0)))
        smaller[name] = _between(scale, *ends)
    return smaller


def _between(scale, low, high):
    """Return the part of a scale between two of its values; of whole numbers at least two."""
    if low == high:
        low, high = (low, high + 1) if high < scale.high else (low - 1, high)
    return replace(scale, low=low, high=high)


def coarse_to_fine(objective, space, *, trials, rounds, rng, share=0.5, seed=0, executor=None,
                   file=None, progress=True):  # fmt: skip
    """Random search in rounds, each in a smaller space around the best configuration so far.

    Parameters
    ----------
    objective : callable
        As `trials.evaluate` wants it.
    space : dict of str to scale
        Where the first round looks.
    trials : int
        How many in all; shared evenly among the rounds, the first one gets what is over.
    rounds : int
        How many rounds.
    rng : numpy.random.Generator
        Draws the configurations.
    share : float
        By what each range shrinks from round to round, see `zoom`.
    seed, executor, file, progress
        As for `trials.evaluate`.

    Returns
    -------
    Trials
        Of all rounds; each has its round, from 0, in `more`.

    Raises
    ------
    ValueError
        If there are fewer trials than rounds, or ``0 < share <= 1`` does not hold.

    Examples
    --------
    >>> from course_utils.sampling_scales import Linear
    >>> found = coarse_to_fine(lambda c, rng: (c["x"] - 0.3) ** 2, {"x": Linear(0, 1)}, trials=30,
    ...                        rounds=3, rng=np.random.default_rng(0), progress=False)
    >>> abs(found.best.configuration["x"] - 0.3) < 0.01
    True
    """
    rounds, trials = _count("rounds", rounds), _count("trials", trials)
    share = validation.require("0 < share <= 1", share=share)
    if trials < rounds:
        raise ValueError(f"each round needs a trial, but got trials={trials} for rounds={rounds}")
    done, here = Trials(), space
    for k in range(rounds):
        count = trials // rounds + (trials % rounds if k == 0 else 0)
        new, cause = attempt(objective, random(here, count, rng), executor=executor, seed=seed,
                             file=file, numbers=range(len(done), len(done) + count),
                             progress=progress)  # fmt: skip
        noted = [replace(t, more={**t.more, "round": k}) for t in new]
        done = Trials([*done, *noted], new.stopped)
        if cause:
            break
        if done.finished:
            here = zoom(space, done.best.configuration, share ** (k + 1))
    return whole(done, cause)


class Rung(NamedTuple):
    """How many configurations are trained, and how long each."""

    configurations: int
    budget: int


def rungs(configurations, smallest, largest, *, eta=3):
    """Return the rungs of successive halving.

    Each rung keeps one configuration in `eta`, and gives it `eta` times the budget.

    Parameters
    ----------
    configurations : int
        How many on the first rung.
    smallest, largest : int
        The budget of the first rung, and what no rung exceeds.
    eta : int
        The factor, at least 2.

    Returns
    -------
    list of Rung

    Raises
    ------
    ValueError
        If a number is too small or not whole.

    Examples
    --------
    >>> [tuple(rung) for rung in rungs(81, 1, 81)]
    [(81, 1), (27, 3), (9, 9), (3, 27), (1, 81)]
    """
    n, budget = _count("configurations", configurations), _count("smallest", smallest)
    largest, eta = _count("largest", largest, smallest), _count("eta", eta, 2)
    found = [Rung(n, budget)]
    while n // eta and budget * eta <= largest:
        n, budget = n // eta, budget * eta
        found.append(Rung(n, budget))
    return found


def successive_halving(objective, configurations, *, smallest, largest, budget="epochs", eta=3,
                       seed=0, executor=None, file=None, numbers=None, progress=True):  # fmt: skip
    """Try many configurations shortly, the better ones longer, and so on.

    Parameters
    ----------
    objective : callable
        As `trials.evaluate` wants it. Its configuration also holds the budget.
    configurations : sequence of dict
    smallest, largest, eta : int
        As for `rungs`.
    budget : str
        The name under which an objective finds its budget.
    seed, executor, file, numbers, progress
        As for `trials.evaluate`. A configuration keeps its number, and so its random numbers, from
        rung to rung.

    Returns
    -------
    Trials
        Of all rungs; the budget is among the hyperparameters.

    References
    ----------
    .. [1] K. Jamieson and A. Talwalkar (2016), "Non-stochastic best arm identification and
       hyperparameter optimization".

    Examples
    --------
    >>> def noisy(configuration, rng):
    ...     return configuration["x"] + rng.normal() / configuration["epochs"]
    >>> found = successive_halving(noisy, [{"x": x} for x in range(9)], smallest=1, largest=9,
    ...                            progress=False)
    >>> sorted(found.column("epochs").tolist())
    [1, 1, 1, 1, 1, 1, 1, 1, 1, 3, 3, 3, 9]
    """
    configurations = validation.sequence("configurations", configurations)
    numbers = numbered(numbers, configurations)
    if len(set(numbers)) < len(numbers):
        raise ValueError(f"numbers should differ, but got {validation.shown(numbers)}")
    ladder = rungs(len(configurations), smallest, largest, eta=eta)
    return whole(*_climb(objective, configurations, ladder, budget, numbers, seed=seed,
                         executor=executor, file=file, progress=progress))  # fmt: skip


def _climb(objective, configurations, ladder, budget, numbers, **options):
    """Go up the rungs; return the trials, and what ended that early, or None."""
    if not isinstance(budget, str):
        shown = validation.shown(budget)
        raise TypeError(f"budget should be a name, such as 'epochs', but got {shown}")
    for configuration in configurations:
        validation.mapping("configurations", configuration)
    alive, done = list(zip(numbers, configurations, strict=True)), []
    for count, amount in ladder:
        alive = alive[:count]
        at, cause = attempt(objective, [{**c, budget: amount} for _, c in alive],
                            numbers=[n for n, _ in alive], **options)  # fmt: skip
        done = Trials([*done, *at], at.stopped)
        values = {t.number: t.value for t in at.finished}
        alive = sorted((pair for pair in alive if pair[0] in values),
                       key=lambda pair: values[pair[0]])  # fmt: skip
        if cause or not alive:
            break
    return done, cause


def brackets(largest, *, eta=3):
    """Return the brackets of Hyperband: successive halvings that begin with more or less.

    Parameters
    ----------
    largest : int
        The budget R of the last rung of each bracket.
    eta : int
        The factor, at least 2.

    Returns
    -------
    dict of int to list of Rung
        By s: how often the bracket's first budget has been divided by `eta`.

    Raises
    ------
    ValueError
        If a number is too small or not whole.

    Examples
    --------
    >>> {s: tuple(rungs[0]) for s, rungs in brackets(81).items()}
    {4: (81, 1), 3: (34, 3), 2: (15, 9), 1: (8, 27), 0: (5, 81)}
    """
    largest, eta = _count("largest", largest), _count("eta", eta, 2)
    most = 0
    while eta ** (most + 1) <= largest:
        most += 1
    found = {}
    for s in range(most, -1, -1):
        n = -(-(most + 1) * eta**s // (s + 1))  # rounded up
        found[s] = [Rung(n // eta**i, largest // eta ** (s - i)) for i in range(s + 1)]
    return found


def hyperband(objective, space, *, largest, rng, budget="epochs", eta=3, seed=0, executor=None,
              file=None, progress=True):  # fmt: skip
    """Successive halving in brackets: from many configurations tried shortly to few tried long.

    Parameters
    ----------
    objective, budget, seed, executor, file, progress
        As for `successive_halving`.
    space : dict of str to scale
    largest, eta : int
        As for `brackets`.
    rng : numpy.random.Generator
        Draws the configurations.

    Returns
    -------
    Trials
        Of all brackets; each has its bracket s in `more`.

    References
    ----------
    .. [1] L. Li and others (2018), "Hyperband: a novel bandit-based approach to hyperparameter
       optimization".
    """
    done, first = Trials(), 0
    for s, bracket in brackets(largest, eta=eta).items():
        n = bracket[0].configurations
        at, cause = _climb(objective, random(space, n, rng), bracket, budget,
                           range(first, first + n), seed=seed, executor=executor, file=file,
                           progress=progress)  # fmt: skip
        noted = [replace(t, more={**t.more, "bracket": s}) for t in at]
        done, first = Trials([*done, *noted], at.stopped), first + n
        if cause:
            break
    return whole(done, cause)


def on_edge(space, configuration, *, share=0.05):
    """Return the names of hyperparameters whose value is within `share` of an end of its range.

    A best trial there says that the range may be too small on that side. A `Choice` has no end.

    Examples
    --------
    >>> from course_utils.sampling_scales import Linear, Log
    >>> on_edge({"alpha": Log(0.001, 1), "beta": Linear(0, 1)}, {"alpha": 0.9, "beta": 0.5})
    ['alpha']
    """
    share = validation.require("0 < share < 0.5", share=share)
    _refuse_unknown(_checked_space(space), configuration, "configuration")
    return [
        name
        for name, scale in space.items()
        if not isinstance(scale, Choice)
        and not share < float(scale.to_unit(configuration[name])) < 1 - share
    ]


def _checked_space(space):
    """Return a space, refusing what is none."""
    if not isinstance(space, Mapping) or not space:
        raise TypeError(
            'space should be a dict of scales, such as {"alpha": Log(0.001, 1)}, but got '
            f"{validation.shown(space)}"
        )
    for name, scale in space.items():
        kind = "a scale, such as Log(0.001, 1)"
        validation.offers(f"space[{name!r}]", scale, kind, "grid", "from_unit", "to_unit")
    return space


def _refuse_unknown(space, values, name):
    """Refuse a dict that lacks one of the hyperparameters; it may hold more."""
    missing = [key for key in space if not isinstance(values, Mapping) or key not in values]
    if missing:
        raise ValueError(f"{name} should have {', '.join(space)}, but there is no {missing[0]!r}")


def _configuration(space, values):
    return {name: _python(value) for name, value in zip(space, values, strict=True)}


def _python(value):
    return value.item() if isinstance(value, np.generic) else value


def _round(end):
    """Take off what rounding has added, such as 0.010000000000000002."""
    return int(end) if isinstance(end, int | np.integer) else float(f"{end:.12g}")


def _count(name, value, least=1):
    return validation.whole(f"{name} >= {least}", **{name: value})
