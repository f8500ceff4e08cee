"""Small networks that learn from different first weights."""

from dataclasses import dataclass
from functools import lru_cache, partial
from typing import NamedTuple

import numpy as np

from course_utils import datasets, initialization, optimizers, softmax
from course_utils.activations import relu, sigmoid, tanh
from course_utils.network import Network
from course_utils.support import data_files, validation
from course_utils.training import DivergenceError, Training, fit

SEEDS = 5
EPOCHS_OF_UNITS, EPOCHS_APART, EPOCHS_OF_DIGITS = 50, 200, 7


class Units(NamedTuple):
    """A network of widths ``[2, 4, 1]`` and its theta after every epoch, one a row."""

    network: Network
    thetas: np.ndarray

    @property
    def different(self):
        """How many of the hidden units differ in at least one bit at the end."""
        p = self.network.parameters
        return len(np.unique(np.hstack([p["W1"], p["b1"], p["W2"].T]), axis=0))


@dataclass(frozen=True)
class Start:
    """First weights and biases of hidden units, and their activation."""

    weights: object
    activation: object
    bias: float = 0.0


def half(n_out, n_in, rng):
    """All weights ½."""
    return np.full((n_out, n_in), 0.5)


STARTS = {
    "W = 0, tanh": Start(initialization.zeros, tanh),
    "W = 0, sigmoid": Start(initialization.zeros, sigmoid),
    "W = ½, tanh": Start(half, tanh),
    "W = 0, b random, tanh": Start(initialization.zeros, tanh, bias=1.0),
    "W random, tanh": Start(initialization.xavier, tanh),
}


@lru_cache(maxsize=1)
def clouds():
    """Return five clouds of 24 points each; two of the clouds are class 1."""
    X, labels = datasets.blobs(5, 24, np.random.default_rng(0))
    return X, labels[None] % 2


@validation.plain_arguments
@lru_cache(maxsize=64)
def four_units(start, seed=0):
    """Train four hidden units on the clouds, by mini-batches of 40 with alpha = 2."""
    rng, how = validation.seeded(seed), STARTS[validation.one_of("start", start, STARTS)]
    network = Network([2, 4, 1], rng, activation=how.activation, initialization=how.weights)
    network.parameters["b1"][:] = how.bias * rng.standard_normal((4, 1))
    return _followed(network, rng, EPOCHS_OF_UNITS, alpha=2.0, size=40)


@validation.plain_arguments
@lru_cache(maxsize=64)
def nearly_alike(epsilon, activation=tanh, seed=0):
    """Train four hidden units whose first weights are 0, but for noise of size epsilon.

    The noise of W1 has exactly the spread `epsilon`, see `spread`. All 120 points make a step.
    """
    rng, epsilon = validation.seeded(seed), validation.require("epsilon > 0", epsilon=epsilon)
    network = Network([2, 4, 1], rng, activation=activation, initialization=initialization.normal)
    network.theta *= epsilon / spread(network.theta)
    return _followed(network, rng, EPOCHS_APART, alpha=1.0, size=120)


def spread(thetas):
    """Return how far apart the four units' weights lie: the root mean square from their mean."""
    thetas = validation.finite("thetas", thetas)
    if thetas.shape[-1:] != (17,):
        raise ValueError(f"thetas should have 17 numbers as rows, but got shape {thetas.shape}")
    W1 = thetas[..., :8].reshape(*np.shape(thetas)[:-1], 4, 2)
    return np.sqrt(W1.var(axis=-2).sum(axis=-1))


def _followed(network, rng, epochs, *, alpha, size):
    rule = optimizers.GradientDescent(alpha=alpha)
    training, thetas = Training(network, *clouds(), rule, rng, size=size), [network.theta.copy()]
    for _ in range(epochs):
        training.run_epoch()
        thetas.append(network.theta.copy())
    return Units(network, np.array(thetas))


KINDS = {
    "ReLU": {"activation": relu},
    "tanh": {"activation": tanh},
    "ReLU with batch norm": {"activation": relu, "batch_norm": True},
}
FIRST_WEIGHTS = {
    "all 0": initialization.zeros,
    "0.01 · normal": initialization.normal,
    "1/n (Xavier)": initialization.xavier,
    "2/n (He)": initialization.he,
    "1 · normal": partial(initialization.normal, scale=1.0),
}
ALPHAS = (0.01, 0.03, 0.1, 0.3, 1.0)
BEST = "each at its own best"


@lru_cache(maxsize=1)
def costs_by_start():
    """Return bundled costs of four hidden layers of 24 units that learn 256 digits.

    Returns
    -------
    dict
        ``costs[network, alpha][start]``, of shape (seeds, epochs + 1): the cost before training
        and in each epoch. Under `BEST` each start has the alpha with the lowest median at the end.
    """
    stored, costs = data_files.arrays("initialization")["costs"].astype(float), {}
    for name, of_kind in zip(KINDS, stored, strict=True):
        for alpha, of_alpha in zip(ALPHAS, of_kind, strict=True):
            costs[name, alpha] = dict(zip(FIRST_WEIGHTS, of_alpha, strict=True))
        each = {s: [costs[name, alpha][s] for alpha in ALPHAS] for s in FIRST_WEIGHTS}
        costs[name, BEST] = {s: min(tried, key=_final_median) for s, tried in each.items()}
    return costs


def _final_median(costs):
    return np.median(np.nan_to_num(costs[:, -1], nan=np.inf))


def curves(start, alpha, kind):
    """Train five of the networks whose costs are bundled, ``(seeds, epochs + 1)``.

    `start` is one of `FIRST_WEIGHTS`' functions, `kind` of `KINDS`' arguments.
    """
    alpha = validation.require("alpha > 0", alpha=alpha)
    return np.array([_curve(start, alpha, kind, seed) for seed in range(SEEDS)])


def _curve(start, alpha, kind, seed):
    """Return the costs of one training; after a divergence they stay NaN."""
    X, labels = datasets.digits()
    X, Y = X[:, :256], softmax.one_hot(labels[:256], 10)
    rng, costs = np.random.default_rng(seed), np.full(EPOCHS_OF_DIGITS + 1, np.nan)
    network = Network([64, 24, 24, 24, 24, 10], rng, initialization=start, **kind)
    costs[0] = network.cost_and_gradient(X, Y)
    rule = optimizers.GradientDescent(alpha=alpha)
    how = {"epochs": EPOCHS_OF_DIGITS, "size": 32, "progress": False}
    try:
        history = fit(network, X, Y, rule, rng=rng, **how)
    except DivergenceError as error:
        history = error.history
    costs[1 : 1 + len(history)] = history.cost
    return costs
