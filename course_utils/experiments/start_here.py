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
def fresh():
    """Return 400 points of the same two noisy moons, drawn after the 40 to learn from."""
    rng = np.random.default_rng(7)
    datasets.moons(40, rng, spread=0.25)  # those
    return datasets.moons(400, rng, spread=0.25)


@lru_cache(maxsize=256)
def trained(x, y, name, alpha, seed=0):
    """Train by the recipe of that name, with the first of the points moved to (x, y)."""
    learned = moons_with((x, y))
    run, costs = _learned(*learned, RECIPES[name], alpha, seed)
    right = tuple(run.network.accuracy(*those) for those in (learned, fresh()))
    return Trained(run.network, costs, right)


CORNERS = ((-1.0, 1.0, 0), (1.0, 1.0, 1), (-1.0, -1.0, 1))
"""Three of four corners, (x1, x2, class): opposite ones have the same class."""


@lru_cache(maxsize=256)
def taught(examples, name):
    """Train by a recipe, with `alpha_of` it, on examples (x1, x2, class).

    Returns
    -------
    tuple of (Network, ndarray, float)
        The network, the cost at the start and at every tenth step, and the share of the examples
        that it gets right.
    """
    X, labels = np.split(np.transpose(examples), [2])
    run, costs = _learned(X, labels, RECIPES[name], alpha_of(name))
    return run.network, costs, run.network.accuracy(X, labels)


def alpha_of(name):
    """Return an alpha with which a recipe learns a few points well."""
    return 0.02 if name == "06: Adam" else ALPHA


def _learned(X, labels, recipe, alpha, seed=0):
    rng = np.random.default_rng(seed)
    network = Network(
        [2, 8, 8, 1],
        rng,
        activation=tanh,
        initialization=recipe.start,
        batch_norm=recipe.batch_norm,
        keep_prob=recipe.keep_prob,
    )
    optimizer = replace(recipe.optimizer, alpha=alpha)
    size = recipe.size or X.shape[1]
    run = training.Training(network, X, labels, optimizer, rng, size=size, lambda_=recipe.lambda_)
    return run, _descend(run, learning_rate_decay.inverse_time(alpha, decay_rate=recipe.decay))


def _descend(run, schedule):
    """Train for `STEPS` steps; return the cost of all points at the start and every tenth step."""
    costs, step = [run.network.cost(run.X, run.Y)], 0
    alphas = schedule(np.arange(STEPS)).tolist()
    while step < STEPS:
        if run.optimizer.alpha != alphas[run.epoch]:
            run.optimizer = replace(run.optimizer, alpha=alphas[run.epoch])
        for x, y in mini_batches.mini_batches_unchecked(run.X, run.Y, run.size, run.rng):
            run.step(x, y)
            step += 1
            if step % SHOWN_EVERY == 0:
                costs.append(run.network.cost(run.X, run.Y))
        run.epoch += 1
    return np.array(costs)
