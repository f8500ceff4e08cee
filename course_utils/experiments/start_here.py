"""A small network that is trained anew whenever one of its points is moved."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from course_utils import (
    datasets,
    initialization,
    learning_rate_decay,
    mini_batches,
    optimizers,
    training,
)
from course_utils.activations import tanh
from course_utils.experiments.regularization import moons_with
from course_utils.network import Network

STEPS, SHOWN_EVERY = 600, 10
PLAIN, ALPHA = "plain descent", 0.3


@dataclass(frozen=True)
class Recipe:
    """How a network is trained; each idea of the course changes one thing about plain descent."""

    optimizer: object = optimizers.GradientDescent()
    start: object = initialization.xavier
    lambda_: float = 0.0
    keep_prob: float = 1.0
    size: int | None = None  # all
    batch_norm: bool = False
    decay: float = 0.0


RECIPES = {
    PLAIN: Recipe(),
    "01: all weights start at 0": Recipe(start=initialization.zeros),
    "02: L2, λ = 1": Recipe(lambda_=1.0),
    "02: dropout, keep_prob = 0.7": Recipe(keep_prob=0.7),
    "04: mini-batches of 8": Recipe(size=8),
    "06: momentum, β = 0.9": Recipe(optimizers.Momentum()),
    "06: Adam": Recipe(optimizers.Adam()),
    "07: mini-batches of 8, α decays": Recipe(size=8, decay=0.1),
    "11: batch norm": Recipe(batch_norm=True),
}


class Trained(NamedTuple):
    """A trained network, its cost at every tenth step, and how much of each set it gets right."""

    network: Network
    costs: np.ndarray
    right: tuple[float, float]


@lru_cache(maxsize=1)
def points():
    """Return 40 points of two noisy moons to learn from, and 400 fresh ones to be judged by."""
    rng = np.random.default_rng(7)
    return datasets.moons(40, rng, spread=0.25), datasets.moons(400, rng, spread=0.25)


@lru_cache(maxsize=256)
def trained(dot, name, alpha, more=()):
    """Train by the recipe of that name on 40 points, one of them a dot that is moved, and more.

    The dot and each of the others is (x1, x2, class).
    """
    recipe, (_, fresh) = RECIPES[name], points()
    (X, labels), rng = moons_with(dot, more), np.random.default_rng(0)
    network = Network(
        [2, 8, 8, 1],
        rng,
        activation=tanh,
        initialization=recipe.start,
        batch_norm=recipe.batch_norm,
        keep_prob=recipe.keep_prob,
    )
    optimizer = replace(recipe.optimizer, alpha=alpha)
    run = training.Training(
        network, X, labels, optimizer, rng, size=recipe.size or X.shape[1], lambda_=recipe.lambda_
    )
    costs = _descend(run, learning_rate_decay.inverse_time(alpha, decay_rate=recipe.decay))
    return Trained(network, costs, (network.accuracy(X, labels), network.accuracy(*fresh)))


def _descend(run, schedule):
    """Train for `STEPS` steps; return the cost of all points at the start and every tenth step."""
    costs, step = [run.network.cost(run.X, run.Y)], 0
    while step < STEPS:
        run.optimizer = replace(run.optimizer, alpha=schedule(run.epoch))
        for x, y in mini_batches.mini_batches_unchecked(run.X, run.Y, run.size, run.rng):
            run.step(x, y)
            step += 1
            if step % SHOWN_EVERY == 0:
                costs.append(run.network.cost(run.X, run.Y))
        run.epoch += 1
    return np.array(costs)
