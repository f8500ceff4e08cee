"""Walks by mini-batches down the cost of a linear model, and gradients of many mini-batches."""

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
