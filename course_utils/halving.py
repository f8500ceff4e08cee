"""Successive halving and Hyperband: many configurations shortly, the better ones longer.

A configuration's budget (`smallest` to `largest`, such as epochs) stands in it under the name
`budget`; from rung to rung it grows by the factor `eta`, and one configuration in `eta` is kept.
What runs them is `evaluation.evaluate`; `options` are its options. A number that is not whole or
too small is a ValueError.
"""

import itertools
from typing import NamedTuple

from course_utils.search import random
from course_utils.support import validation
from course_utils.support.evaluation import attempt, numbered, whole
from course_utils.support.trials import Trials, joined


class Rung(NamedTuple):
    """How many configurations are trained, and how long each."""

    configurations: int
    budget: int


def rungs(configurations, smallest, largest, *, eta=3):
    """Return the rungs of successive halving.

    >>> [tuple(rung) for rung in rungs(81, 1, 81)]
    [(81, 1), (27, 3), (9, 9), (3, 27), (1, 81)]
    """
    n = validation.whole("configurations >= 1", configurations=configurations)
    budget = validation.whole("smallest >= 1", smallest=smallest)
    largest = validation.whole(f"largest >= {smallest}", largest=largest)
    eta = validation.whole("eta >= 2", eta=eta)
    found = [Rung(n, budget)]
    while n // eta and budget * eta <= largest:
        n, budget = n // eta, budget * eta
        found.append(Rung(n, budget))
    return found


def successive_halving(
    objective, configurations, *, smallest, largest, budget="epochs", eta=3, numbers=None, **options
):
    """Try many configurations shortly, the better ones longer, and so on [1]_.

    A configuration keeps its number, and so its random numbers, from rung to rung.

    >>> def noisy(configuration, rng):
    ...     return configuration["x"] + rng.normal() / configuration["epochs"]
    >>> found = successive_halving(noisy, [{"x": x} for x in range(9)], smallest=1, largest=9,
    ...                            progress=False)
    >>> sorted(found.column("epochs").tolist())
    [1, 1, 1, 1, 1, 1, 1, 1, 1, 3, 3, 3, 9]

    .. [1] K. Jamieson and A. Talwalkar (2016), "Non-stochastic best arm identification and
       hyperparameter optimization".
    """
    configurations = validation.sequence("configurations", configurations)
    numbers = numbered(numbers, configurations)
    if len(set(numbers)) < len(numbers):
        raise ValueError(f"numbers should differ, but got {validation.shown(numbers)}")
    ladder = rungs(len(configurations), smallest, largest, eta=eta)
    return whole(*_climb(objective, configurations, ladder, budget, numbers, **options))


def _climb(objective, configurations, ladder, budget, numbers, **options):
    """Go up the rungs; return the trials, and what ended that early, or None."""
    if not isinstance(budget, str):
        shown = validation.shown(budget)
        raise TypeError(f"budget should be a name, such as 'epochs', but got {shown}")
    for configuration in configurations:
        validation.mapping("configurations", configuration)
    alive, done, cause = dict(zip(numbers, configurations, strict=True)), Trials(), None
    for count, amount in ladder:
        alive = dict(itertools.islice(alive.items(), count))
        longer = [{**configuration, budget: amount} for configuration in alive.values()]
        new, cause = attempt(objective, longer, numbers=list(alive), **options)
        done = joined(done, new)
        values = {trial.number: trial.value for trial in new.finished}
        best_first = sorted((number for number in alive if number in values), key=values.get)
        alive = {number: alive[number] for number in best_first}
        if cause or not alive:
            break
    return done, cause


def brackets(largest, *, eta=3):
    """Return the brackets of Hyperband: successive halvings that begin with more or less.

    They stand by s: how often the bracket's first budget has been divided by `eta`.

    >>> {s: tuple(rungs[0]) for s, rungs in brackets(81).items()}
    {4: (81, 1), 3: (34, 3), 2: (15, 9), 1: (8, 27), 0: (5, 81)}
    """
    largest = validation.whole("largest >= 1", largest=largest)
    eta = validation.whole("eta >= 2", eta=eta)
    most = 0
    while eta ** (most + 1) <= largest:
        most += 1
    found = {}
    for s in range(most, -1, -1):
        n = -(-(most + 1) * eta**s // (s + 1))  # rounded up
        found[s] = [Rung(n // eta**i, largest // eta ** (s - i)) for i in range(s + 1)]
    return found


def hyperband(objective, space, *, largest, rng, budget="epochs", eta=3, **options):
    """Successive halving in brackets [1]_: from many tried shortly to few tried long.

    `rng` draws configurations from `space`. Each trial has its bracket s in `more`.

    .. [1] L. Li and others (2018), "Hyperband: a novel bandit-based approach to hyperparameter
       optimization".
    """
    done, first = Trials(), 0
    for s, bracket in brackets(largest, eta=eta).items():
        n = bracket[0].configurations
        drawn, numbers = random(space, n, rng), range(first, first + n)
        new, cause = _climb(objective, drawn, bracket, budget, numbers, **options)
        done, first = joined(done, new, bracket=s), first + n
        if cause:
            break
    return whole(done, cause)
