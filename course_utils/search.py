"""Hyperparameter search: which configurations to try.

A *space* is a dict of scales from `sampling_scales`, by the names of the hyperparameters. A
*configuration* is a dict of values. `grid`, `random` and `sobol` choose a list of them ahead;
`coarse_to_fine` looks at results on the way, as `course_utils.halving` does. What runs them is
`evaluation.evaluate`; `options` are its options. A search that the reader stops raises
`Interrupted`, with the trials of all its rounds. `rng`, a `numpy.random.Generator`, draws; a count
that is not whole or too small is a ValueError.
"""

import itertools
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from course_utils.sampling_scales import Choice
from course_utils.sobol import points as sobol_points
from course_utils.support import validation
from course_utils.support.evaluation import attempt, whole
from course_utils.support.trials import Trials, joined


def grid(space, points):
    """Every combination of evenly spaced values, `points` of each hyperparameter.

    `points` may be a dict of counts. A scale that has fewer values gives all it has.

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
    """Draw configurations, each hyperparameter uniformly on its own scale [1]_.

    >>> from course_utils.sampling_scales import Log
    >>> configurations = random({"alpha": Log(0.001, 1)}, 2, np.random.default_rng(0))
    >>> [round(c["alpha"], 3) for c in configurations]
    [0.081, 0.006]

    .. [1] J. Bergstra and Y. Bengio (2012), "Random search for hyper-parameter optimization".
    """
    shape = validation.whole("trials >= 1", trials=trials), len(_checked_space(space))
    validation.room(trials=shape[0], hyperparameters=shape[1])
    return from_unit(space, validation.generator(rng).random(shape))


def sobol(space, trials, rng):
    """Draw configurations from a scrambled Sobol sequence: random, but evenly spread.

    A power of 2 is spread best. A space has at most 10 hyperparameters.

    >>> from course_utils.sampling_scales import Linear
    >>> four = sobol({"beta": Linear(0, 1)}, 4, np.random.default_rng(0))
    >>> sorted(int(4 * c["beta"]) for c in four)
    [0, 1, 2, 3]
    """
    trials = validation.whole("trials >= 1", trials=trials)
    dimensions = len(_checked_space(space))
    return from_unit(space, sobol_points(trials, dimensions, validation.generator(rng)))


def from_unit(space, points):
    """Turn points of the unit cube into configurations, each coordinate by its scale.

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
    columns = [[scale.to_unit(c[name]) for c in configurations] for name, scale in space.items()]
    return np.transpose([np.asarray(column, float) for column in columns])


def zoom(space, configuration, share):
    """Return a smaller space around a configuration.

    Each range becomes `share` of what it was, measured on its scale, with the configuration in its
    middle, or as near to it as the old range allows. A `Choice` stays whole: nothing in it is near.

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
        low = np.clip(_place(scale, configuration, name) - share / 2, 0, 1 - share)
        ends = (_round(scale.from_unit(float(u))) for u in (low, min(low + share, 1.0)))
        smaller[name] = _between(scale, *ends)
    return smaller


def _between(scale, low, high):
    """Return the part of a scale between two of its values; of whole numbers at least two."""
    if low == high:
        low, high = (low, high + 1) if high < scale.high else (low - 1, high)
    return replace(scale, low=low, high=high)


def coarse_to_fine(objective, space, *, trials, rounds, rng, share=0.5, **options):
    """Random search in rounds, each in a smaller space around the best configuration so far.

    `trials` in all are shared evenly among the rounds, the first one gets what is over; each range
    shrinks by `share` from round to round, see `zoom`. Each trial has its round, from 0, in `more`.

    >>> from course_utils.sampling_scales import Linear
    >>> found = coarse_to_fine(lambda c, rng: (c["x"] - 0.3) ** 2, {"x": Linear(0, 1)}, trials=30,
    ...                        rounds=3, rng=np.random.default_rng(0), progress=False)
    >>> abs(found.best.configuration["x"] - 0.3) < 0.01
    True
    """
    rounds = validation.whole("rounds >= 1", rounds=rounds)
    trials = validation.whole("trials >= 1", trials=trials)
    share = validation.require("0 < share <= 1", share=share)
    if trials < rounds:
        raise ValueError(f"each round needs a trial, but got trials={trials} for rounds={rounds}")
    done, current = Trials(), space
    for k in range(rounds):
        count = trials // rounds + (trials % rounds if k == 0 else 0)
        drawn, numbers = random(current, count, rng), range(len(done), len(done) + count)
        new, cause = attempt(objective, drawn, numbers=numbers, **options)
        done = joined(done, new, round=k)
        if cause:
            break
        if done.finished:
            current = zoom(space, done.best.configuration, share ** (k + 1))
    return whole(done, cause)


def on_edge(space, configuration, *, share=0.05):
    """Return the names of hyperparameters whose value is within `share` of an end of its range.

    A best trial there says that the range may be too small on that side. A `Choice` has no end.

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
        and not share < _place(scale, configuration, name) < 1 - share
    ]


def _place(scale, configuration, name):
    """Return where one hyperparameter of a configuration lies on its scale."""
    return float(scale.to_unit(validation.number(name, configuration[name])))


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
