"""Two noisy moons, and a network that learns them."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from course_utils import batch_norm, datasets, optimizers, regularization, training
from course_utils.experiments import live
from course_utils.layers import Dropout
from course_utils.network import Network


class Settings(NamedTuple):
    """What a reader chooses for a training."""

    lambda_: float = 0.0
    keep_prob: float = 1.0
    alpha: float = 0.01


class _State(NamedTuple):
    """A training at a frame, and the shares of training and test examples that are right there."""

    snapshot: object
    right: tuple[float, float]


class MoonsRun:
    """A network that learns two noisy moons, by Adam, with the settings a reader chooses.

    Parameters
    ----------
    seed : int
        Of the data, the first weights and dropout's masks.

    Attributes
    ----------
    X, y : ndarray, shapes (2, 80) and (1, 80)
        The examples that it learns from.
    X_test, y_test : ndarray, shapes (2, 500) and (1, 500)
        Fresh ones.
    """

    frames, steps_a_frame = 60, 10

    def __init__(self, seed=0):
        rng = np.random.default_rng(seed)
        self.X, self.y = datasets.moons(80, rng, spread=0.32)
        self.X_test, self.y_test = datasets.moons(500, rng, spread=0.32)
        network = Network([2, 32, 32, 1], rng, keep_prob=0.5)
        adam = optimizers.Adam(alpha=0.01)
        self._training = training.Training(network, self.X, self.y, adam, rng, size=80)
        self._runs = live.Runs(self._state(), self._advance)

    def reach(self, frame, **settings):
        """Yield ``(number, network)`` of each frame on the way to the one asked for.

        It is one network, set to what it was at that frame.
        """
        for number, states in self._runs.reach(frame, Settings(**settings)):
            self._training.restore(states[-1].snapshot)
            yield number, self._training.network

    def network(self, frame=frames, **settings):
        """Return the network as it is at a frame."""
        *_, (_, network) = self.reach(frame, **settings)
        return network

    def accuracies(self, frame=frames, **settings):
        """Return the shares of the training and of the test examples that are right at a frame."""
        return self.right(self.network(frame, **settings))

    def curves(self, frame=frames, **settings):
        """Return the same of every frame up to that one, shape (2, frames)."""
        return np.array([s.right for s in self._runs.states(frame, Settings(**settings))]).T

    def right(self, network):
        """Return the shares of the training and of the test examples that a network gets right."""
        return network.accuracy(self.X, self.y), network.accuracy(self.X_test, self.y_test)

    def _state(self):
        return _State(self._training.snapshot(), self.right(self._training.network))

    def _advance(self, state, settings):
        run = self._training
        run.restore(state.snapshot)
        run.lambda_, run.optimizer = settings.lambda_, replace(run.optimizer, alpha=settings.alpha)
        for layer in run.network.layers:
            if isinstance(layer, Dropout):
                layer.keep_prob = settings.keep_prob
        for _ in range(self.steps_a_frame):
            run.step(run.X, run.Y)
        return self._state()


def dropout_noise(m, keep_prob, draws=4096, seed=0):
    """Return the standard deviation of an activation of 1 under dropout, in mini-batches of m."""
    rng = np.random.default_rng(seed)
    a, _ = regularization.dropout(np.ones((max(draws // m, 1), m)), keep_prob, rng)
    return float(a.std())


def batch_norm_noise(m, draws=400, seed=0):
    """Return the standard deviation of a mini-batch's mean of values with spread 1."""
    z = np.random.default_rng(seed).standard_normal((draws, m))
    one, zero = np.ones((draws, 1)), np.zeros((draws, 1))
    return float(batch_norm.forward(z, one, zero)[1].mean.std())
