"""Networks that are watched while they learn: cats, a hidden layer's values, a race of fifteen."""

from functools import cache, partial
from typing import NamedTuple

import numpy as np

from course_utils import batch_norm, datasets, optimizers, softmax, training
from course_utils import initialization as schemes
from course_utils import why_batch_norm_works as lecture
from course_utils.activations import tanh
from course_utils.experiments import live
from course_utils.network import Network


def fit_cats(X, y):
    """Return a network that has learned which animals are cats."""
    network = Network([2, 12, 12, 1], np.random.default_rng(3), activation=tanh)
    adam, rng = optimizers.Adam(alpha=0.02), np.random.default_rng(0)
    training.fit(network, X, y, adam, epochs=40, rng=rng, size=60, progress=False)
    return network


def to_statistics_of(X, moved):
    """Give `moved` the mean and the spread of `X`."""
    spread, mean = X.std(axis=1, keepdims=True), X.mean(axis=1, keepdims=True)
    return batch_norm.forward(moved, spread, mean, epsilon=0)[0]


@cache
def digits():
    """Return the first 640 digits and their one-hot labels."""
    X, labels = datasets.digits()
    return X[:, :640], softmax.one_hot(labels[:640], 10)


STEPS, DEPTH = 120, 3
RATES = (0.05, 0.5, 2.0)
"""Learning rates of the picture of drift."""


def wander(X, Y, *, with_norm, alpha, seed):
    """Train for `STEPS` steps and watch what hidden layer 3 gives its activation.

    Returns
    -------
    values : ndarray, shape (STEPS + 1, units, 200)
        Of the first 200 examples, after each step.
    costs : ndarray, shape (STEPS,)
    """
    widths, rng = (len(X), 24, 24, 24, len(Y)), np.random.default_rng(seed)
    network = Network(widths, rng, activation=tanh, initialization=schemes.xavier,
                      batch_norm=with_norm)  # fmt: skip
    descent = optimizers.GradientDescent(alpha=alpha)
    run = training.Training(network, X, Y, descent, np.random.default_rng(seed + 100))
    order = np.random.default_rng(seed).permutation(X.shape[1])
    values, costs = [lecture.before_activation(network, X[:, :200], DEPTH)], []
    for step in range(STEPS):
        chosen = np.take(order, np.arange(64 * step, 64 * step + 64), mode="wrap")
        costs.append(run.step(X[:, chosen], Y[:, chosen]))
        values.append(lecture.before_activation(network, X[:, :200], DEPTH))
    return np.array(values), np.array(costs)


@cache
def wandering(alpha, with_norm):
    """Return the values of `wander` for the digits and one seed."""
    X, Y = digits()
    return wander(X, Y, with_norm=with_norm, alpha=alpha, seed=1)[0]


def one_units_values():
    """Return one hidden unit's values for every digit, with mean 0 and spread 1."""
    X, _ = datasets.digits()
    z = schemes.he(1, 64, np.random.default_rng(5)) @ X
    return batch_norm.forward(z, [[1.0]], [[0.0]], epsilon=0)[0][0]


KINDS = ("without batch norm", "with batch norm", "with batch norm and shifting noise")
STARTS = {
    "He": schemes.he,
    "too small": partial(schemes.normal, scale=0.05),
    "large": partial(schemes.normal, scale=0.5),
}
"""With which weights the networks of the race may start."""

SEEDS = 5


def begin(kind, start, seed, *, alpha=0.1):
    """Return the training of one network of the race, before its first step."""
    X, Y = digits()
    network = Network((64, 32, 32, 32, 10), np.random.default_rng(seed),
                      initialization=STARTS[start], batch_norm=kind != KINDS[0],
                      dtype=np.float32)  # fmt: skip
    if kind == KINDS[2]:
        lecture.add_noise(network, 1.0)
    descent = optimizers.GradientDescent(alpha=alpha)
    return training.Training(network, X, Y, descent, np.random.default_rng(seed + 50))


def take_step(run):
    """Take one step on 64 examples drawn at random; return their cost before it."""
    chosen = run.rng.integers(0, run.X.shape[1], 64)
    return run.step(run.X[:, chosen], run.Y[:, chosen])


class _State(NamedTuple):
    """Snapshots and smoothed costs of all networks after a frame."""

    snapshots: tuple
    costs: np.ndarray


class Race:
    """Fifteen networks that learn the digits side by side: five of each kind."""

    frames, steps_a_frame = 80, 3

    def __init__(self):
        self._trainings, self._runs = _line_up("He"), {}

    def reach(self, frame, alpha, start):
        """Yield ``(number, costs)`` of each frame on the way to the one asked for.

        The costs of all frames so far: an array of shape (frames, kinds, seeds).
        """
        for number, states in self._runs_from(start).reach(frame, alpha):
            costs = np.array([state.costs for state in states])
            yield number, costs.reshape(-1, len(KINDS), SEEDS)

    def _runs_from(self, start):
        if start not in self._runs:  # a run of fifteen networks is 20 MB: the last one is kept
            self._runs[start] = live.Runs(_first(_line_up(start)), self._advance, kept=1)
        return self._runs[start]

    def _advance(self, state, alpha):
        snapshots, costs = [], []
        for run, snapshot, before in zip(self._trainings, *state, strict=True):
            run.restore(snapshot)
            run.optimizer = optimizers.GradientDescent(alpha=alpha)
            cost = np.mean([take_step(run) for _ in range(self.steps_a_frame)])
            costs.append(0.7 * before + 0.3 * cost if np.isfinite(cost) else before)
            snapshots.append(run.snapshot())
        return _State(tuple(snapshots), np.array(costs))


def _line_up(start):
    return [begin(kind, start, seed) for kind in KINDS for seed in range(SEEDS)]


def _first(trainings):
    costs = [run.network.cost_and_gradient(run.X, run.Y, run.rng) for run in trainings]
    return _State(tuple(run.snapshot() for run in trainings), np.array(costs))
