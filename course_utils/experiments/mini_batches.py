"""Walks by mini-batches down the cost of a linear model, and gradients of many mini-batches."""

from functools import cache
from itertools import cycle, islice
from typing import NamedTuple

import numpy as np

from course_utils import datasets, learning_rate_decay, regression
from course_utils import mini_batches as lecture

EPOCHS = 4
"""How long a walk is."""

SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 365)


class Walk(NamedTuple):
    """A walk over the two weights: after each step w, the epochs so far, J, the batch's own J."""

    w: np.ndarray
    epochs: np.ndarray
    cost: np.ndarray
    own: np.ndarray


def walk(algorithm, X, y, size, alpha, seed, start=None):
    """Return the `Walk` from a start with mini-batches of a size and one learning rate."""
    start = regression.START if start is None else np.reshape(start, (2, 1))
    steps = lecture.descent(
        start,
        X,
        y,
        regression.linear_gradient,
        size=size,
        epochs=EPOCHS,
        batches=algorithm,
        schedule=learning_rate_decay.constant(alpha),
        rng=np.random.default_rng(seed),
    )
    w, seen, own = [start], [0], [np.nan]
    with np.errstate(all="ignore"):  # a walk may diverge: that is shown
        for after, x_batch, y_batch in steps:
            own.append(regression.linear_cost(w[-1], x_batch, y_batch)[0])
            w.append(after)
            seen.append(seen[-1] + x_batch.shape[1])
        w = np.hstack(w)
        w = np.where(np.abs(w) < 1e6, w, np.nan)
        return Walk(w, np.array(seen) / X.shape[1], regression.linear_cost(w, X, y), np.array(own))


DRAWS = 200


def drawn_gradients(algorithm):
    """Return for each size gradients of full mini-batches, shape (2, draws, 2): start and best."""
    X, y = datasets.next_day()
    places, rng = (regression.START, regression.linear_minimum(X, y)), np.random.default_rng(0)
    found = {}
    for size in SIZES:
        drawn = islice(_full(algorithm, X, y, size, rng), DRAWS)
        both = [[regression.linear_gradient(w, *pair).ravel() for w in places] for pair in drawn]
        found[size] = np.array(both).transpose(1, 0, 2)
    return found


def _full(algorithm, X, y, size, rng):
    """Yield mini-batches of just this size, epoch after epoch."""
    for epoch in cycle(range(2)):
        full = [pair for pair in algorithm(X, y, size, rng) if pair[0].shape[1] == size]
        if not full and not epoch:
            raise ValueError(f"there should be mini-batches of {size} examples, but none was")
        yield from full


RACING = (1, 64, None)
"""Sizes of the mini-batches that race; None is all examples at once."""

RATES = {"each its own α": (0.04, 0.7, 1.5), "α = 0.04 for all": (0.04, 0.04, 0.04)}
"""The learning rate of each size in `RACING`."""

A_STEP, AN_EXAMPLE = 3.0, 0.002
"""Microseconds of a step before its first example, and of each example, rounded from a measurement
of `regression.linear_gradient`'s line in NumPy on one core."""

RACE_ENDS = 10_000
"""Microseconds after which a race is over."""


class Racer(NamedTuple):
    """One size on the clock: after each step the microseconds, w, and the cost above the lowest."""

    time: np.ndarray
    w: np.ndarray
    excess: np.ndarray


@cache
def race(copies, rate, a_step=A_STEP):
    """Return a `Racer` for each size in `RACING`, on days that are there so many times.

    Examples
    --------
    >>> [len(racer.time) - 1 for racer in race(1, "each its own α")]
    [3331, 3196, 2681]
    """
    return tuple(
        _racer(copies, size, alpha, a_step) for size, alpha in zip(RACING, RATES[rate], strict=True)
    )


def _racer(copies, size, alpha, a_step):
    X, y = datasets.next_day()
    m = X.shape[1] * copies
    each = a_step + AN_EXAMPLE * (size or m)
    steps = int(RACE_ENDS // each)
    if size:
        X, y = np.tile(X, copies), np.tile(y, copies)
    size = size or X.shape[1]  # copies change nothing about the gradient of all
    w = np.hstack([regression.START, *islice(_forever(X, y, size, alpha), steps)])
    lowest = regression.linear_cost(regression.linear_minimum(X, y), X, y)
    X, y = datasets.next_day()
    return Racer(each * np.arange(steps + 1), w, regression.linear_cost(w, X, y) - lowest)


def _forever(X, y, size, alpha):
    walk = lecture.descent(
        regression.START,
        X,
        y,
        regression.linear_gradient,
        size=size,
        epochs=RACE_ENDS,
        schedule=learning_rate_decay.constant(alpha),
        rng=np.random.default_rng(0),
    )
    return (w for w, _, _ in walk)
