"""Descent by mini-batches: walks down a bowl, gradients, races on a clock, orders, seconds."""

import time
from functools import cache
from itertools import cycle, islice
from typing import NamedTuple

import numpy as np

from course_utils import (
    datasets,
    learning_rate_decay,
    network,
    optimizers,
    regression,
    softmax,
    training,
)
from course_utils import mini_batches as lecture
from course_utils.support import validation

EPOCHS = 4
"""How long a walk is."""

SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 365)


class Walk(NamedTuple):
    """A walk over the two weights: after each step w, the epochs so far, J, the batch's own J."""

    w: np.ndarray
    epochs: np.ndarray
    cost: np.ndarray
    own: np.ndarray


def _two_weights(start):
    start = validation.finite("start", start)
    if start.size != 2:
        raise ValueError(f"start should be two numbers, but got shape {start.shape}")
    return start.reshape(2, 1)


def walk(algorithm, X, y, size, alpha, seed, start=None):
    """Return the `Walk` from a start with mini-batches of a size and one learning rate."""
    validation.function("algorithm", algorithm)
    alpha = validation.require("alpha > 0", alpha=alpha)
    X, y = validation.examples(X, y, ("X", "y"))
    start = regression.START if start is None else _two_weights(start)
    steps = lecture.descent(
        start,
        X,
        y,
        regression.linear_gradient,
        size=size,
        epochs=EPOCHS,
        batches=algorithm,
        schedule=learning_rate_decay.constant(alpha),
        rng=validation.seeded(seed),
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
    [3331, 3196, 2680]
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
        regression.linear_gradient_unchecked,
        size=size,
        epochs=RACE_ENDS,
        schedule=learning_rate_decay.constant(alpha),
        rng=np.random.default_rng(0),
    )
    return (w for w, _, _ in walk)


FEW_DAYS, LONG, ORDERS = slice(None, None, 5), 30, 6
"""Every fifth day of the year, the epochs and the orders of the examples of `settled`."""


def settled(schedules):
    """Return where descent is after each epoch, and where the cost is lowest, shape (2,).

    ``places[labels, size][name]`` are weights, shape (orders, epochs + 1, 2), for each of the
    schedules by name. *without noise* the labels are what the best weights say.
    """
    validation.mapping("schedules", schedules)
    X, y = (values[:, FEW_DAYS] for values in datasets.next_day())
    best = regression.linear_minimum(X, y)
    places = {}
    for labels, given in {"as measured": y, "without noise": best.T @ X}.items():
        for size in (1, 8, X.shape[1]):
            places[labels, size] = {
                name: np.array([_after_each_epoch(X, given, size, alpha, s) for s in range(ORDERS)])
                for name, alpha in schedules.items()
            }
    return places, best[:, 0]


def _after_each_epoch(
    X,
    y,
    size,
    schedule,
    seed,
    epochs=LONG,
    start=regression.START,
    batches=lecture.mini_batches,
):
    walk = lecture.descent(
        start,
        X,
        y,
        regression.linear_gradient_unchecked,
        size=size,
        epochs=epochs,
        schedule=schedule,
        rng=validation.seeded(seed),
        batches=batches,
    )
    w = np.array([start, *(w for w, _, _ in walk)])
    return w[:: lecture.steps_per_epoch(X.shape[1], size), :, 0]


def drawn_anew(X, Y, size, rng):
    """Yield as many mini-batches as an epoch has, each of examples drawn from all of them."""
    m = X.shape[1]
    for _ in range(lecture.steps_per_epoch(m, size)):
        columns = rng.integers(m, size=size)
        yield X[:, columns], Y[:, columns]


WAYS_TO_DRAW = {"shuffled": lecture.mini_batches, "drawn": drawn_anew}


@validation.plain_arguments
@cache
def hovering(alpha, seed, batches=lecture.mini_batches):
    """Return how far from the minimum single examples hold w: root mean square over 50 epochs.

    The walk begins at the minimum; 50 epochs with this alpha go before. If the examples are
    shuffled, the distance is proportional to alpha for a small alpha, and if each is drawn from
    all of them, to its root.
    """
    alpha = validation.require("alpha > 0", alpha=alpha)
    X, y = (values[:, FEW_DAYS] for values in datasets.next_day())
    best, schedule = regression.linear_minimum(X, y), learning_rate_decay.constant(alpha)
    walk = _after_each_epoch(X, y, 1, schedule, seed, epochs=100, start=best, batches=batches)
    return float(np.sqrt(((walk[51:] - best.T) ** 2).sum(axis=1).mean()))


def learned_in_order(order, epochs, seed):
    """Return the share of 400 digits that a softmax classifier reads after mini-batches of 16.

    ``order(labels, rng)`` gives the order of the examples, anew in each epoch.
    """
    validation.function("order", order)
    epochs = validation.whole("epochs >= 0", epochs=epochs)
    X, labels = (values[..., :400] for values in datasets.digits())
    Y, rng = softmax.one_hot(labels, 10), validation.seeded(seed)
    model = network.Network([len(X), 10], rng)
    run = training.Training(model, X, Y, optimizers.GradientDescent(alpha=0.5), rng)
    for _ in range(epochs):
        places = order(labels, rng)
        for first in range(0, 400, 16):
            batch = places[first : first + 16]
            run.step(X[:, batch], Y[:, batch])
    return model.accuracy(X, Y)


OWN = {1: 0.1, 4: 0.5, 16: 1.5, 60: 5, 64: 5, 256: 10, 1600: 10}
"""For each size a learning rate that takes no more steps than half or twice of it: what `seconds`
compares the sizes at."""

_TARGET, _MOST_STEPS = 0.35, 1200


def seconds(rates, rounds=30, seeds=5):
    """Measure on this computer how soon each size brings the cost of 1600 digits down.

    ``rates[name][size]`` are learning rates. Returns ``measured[name][size]``, for each seed rows
    of (seconds, steps, cost). A step's time is that of the fastest of some short runs, warmed up:
    whatever else the computer does only adds to it, and least to what is soon over.
    """
    validation.mapping("rates", rates)
    rounds = validation.whole("rounds >= 1", rounds=rounds)
    seeds = validation.whole("seeds >= 1", seeds=seeds)
    sizes = next(iter(rates.values()))
    times = [[_seconds_a_step(size) for size in sizes] for _ in range(rounds)]
    a_step = dict(zip(sizes, np.min(times, axis=0), strict=True))
    return {
        name: {n: [_costs(n, alpha[n], s, a_step[n]) for s in range(seeds)] for n in sizes}
        for name, alpha in rates.items()
    }


@cache
def _small_digits():
    """Return 1600 digits of 4 x 4 grey values, normalised, and their labels as columns."""
    pixels, labels = (values[..., :1600] for values in datasets.digits())
    X = pixels.reshape(4, 2, 4, 2, 1600).mean(axis=(1, 3)).reshape(16, 1600)
    X = (X - X.mean(axis=1, keepdims=True)) / X.std(axis=1, keepdims=True)
    return X, softmax.one_hot(labels, 10)


def _steps(size, alpha, seed):
    X, Y = _small_digits()
    rng = np.random.default_rng(seed)
    model = network.Network([16, 10], rng)
    run = training.Training(model, X, Y, optimizers.GradientDescent(alpha=alpha), rng)
    while True:
        for pair in lecture.mini_batches(X, Y, size, rng):
            yield model, run.step(*pair)


def _seconds_a_step(size):
    run, steps = _steps(size, 1, seed=0), min(lecture.steps_per_epoch(1600, size), 50)
    next(run)  # warmed up
    start = time.perf_counter()
    for _ in range(steps):
        next(run)
    return (time.perf_counter() - start) / steps


def _costs(size, alpha, seed, a_step):
    rows = [(0, 0, np.inf)]
    for steps, (model, _) in enumerate(_steps(size, alpha, seed), 1):
        if steps >= 1.2 * rows[-1][1]:
            rows.append((steps * a_step, steps, model.cost(*_small_digits())))
        if rows[-1][2] < _TARGET or steps > _MOST_STEPS:
            break
    return np.array(rows[1:])
