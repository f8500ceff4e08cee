"""Two noisy moons, and a network that learns them."""

import copy
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from course_utils import batch_norm, datasets, optimizers, regularization, training
from course_utils.experiments import live
from course_utils.layers import Dropout, checked_network
from course_utils.network import Network
from course_utils.support import data_files, validation


class Settings(NamedTuple):
    """What a reader chooses for a training."""

    lambda_: float = 0.0
    keep_prob: float = 1.0
    alpha: float = 0.01


def _checked(**given):
    settings = Settings(**given)
    return Settings(
        validation.require("lambda_ >= 0", lambda_=settings.lambda_),
        validation.require("0 < keep_prob <= 1", keep_prob=settings.keep_prob),
        validation.require("alpha > 0", alpha=settings.alpha),
    )


class _State(NamedTuple):
    """A training at a frame, and the shares of both sets' examples that are right there."""

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
    X_dev, y_dev : ndarray, shapes (2, 500) and (1, 500)
        The development set: fresh ones, to choose settings by.
    X_test, y_test : ndarray, shapes (2, 500) and (1, 500)
        The test set: fresh ones again, to look at once.
    """

    frames, steps_a_frame = 60, 10

    def __init__(self, seed=0):
        rng = validation.seeded(seed)
        self.X, self.y = datasets.moons(80, rng, spread=0.32)
        self.X_dev, self.y_dev = datasets.moons(500, rng, spread=0.32)
        self.X_test, self.y_test = datasets.moons(
            500, np.random.default_rng([seed, 1]), spread=0.32
        )
        network = Network([2, 32, 32, 1], rng, keep_prob=0.5)
        adam = optimizers.Adam(alpha=0.01)
        self._training = training.Training(network, self.X, self.y, adam, rng, size=80)
        self._runs = live.Runs(self._state(), self._advance)

    def reach(self, frame, **settings):
        """Yield ``(number, network)`` of each frame on the way to the one asked for.

        It is one network, set to what it was at that frame, and its dropout to those settings.
        """
        settings = _checked(**settings)
        for number, states in self._runs.reach(frame, settings):
            self._training.restore(states[-1].snapshot)
            self._keep(settings.keep_prob)  # a stored frame was not trained just now
            yield number, self._training.network

    def network(self, frame=frames, **settings):
        """Return the network as it is at a frame."""
        *_, (_, network) = self.reach(frame, **settings)
        return network

    def accuracies(self, frame=frames, **settings):
        """Return the shares of training and development examples that are right at a frame."""
        return self.right(self.network(frame, **settings))

    def curves(self, frame=frames, **settings):
        """Return the same of every frame up to that one, shape (2, frames)."""
        states = self._runs.states(frame, _checked(**settings))
        return np.array([state.right for state in states]).T

    def right(self, network):
        """Return the shares of training and development examples that a network gets right."""
        return network.accuracy(self.X, self.y), network.accuracy(self.X_dev, self.y_dev)

    def test(self, frame=frames, **settings):
        """Return the share of the test examples that are right at a frame."""
        return self.network(frame, **settings).accuracy(self.X_test, self.y_test)

    def _state(self):
        return _State(self._training.snapshot(), self.right(self._training.network))

    def _advance(self, state, settings):
        self._training.restore(state.snapshot)
        self.run_on(settings, 1)
        return self._state()

    @property
    def now(self):
        """The network as it is now."""
        return self._training.network

    def run_on(self, settings, frames):
        """Train for some frames more."""
        run = self._training
        run.lambda_, run.optimizer = settings.lambda_, replace(run.optimizer, alpha=settings.alpha)
        self._keep(settings.keep_prob)
        for _ in range(frames * self.steps_a_frame):
            run.step(run.X, run.Y)

    def _keep(self, keep_prob):
        for layer in self._training.network.layers:
            if isinstance(layer, Dropout):
                layer.keep_prob = keep_prob


CURVATURE, BEST = np.array([[1.8, 0.4], [0.4, 0.3]]), np.array([1.0, 1.5])
"""Two weights of which the data's cost is ``(w - BEST)^T CURVATURE (w - BEST) / 2``: a valley."""


def data_cost(w):
    """Return the data's cost at weights of shape (2, ...)."""
    off = w - BEST.reshape(2, *[1] * (np.ndim(w) - 1))
    return np.einsum("i...,ij,j...->...", off, CURVATURE, off) / 2


def cheapest(rates, price):
    """Return where ``data_cost(w) + rate / 2 * price(w)`` is lowest, shape (2, rates).

    A rate is the lecture's ``lambda / m``. L2 has the closed form ``(H + rate I)^-1 H w``; L1 is
    brought down along one weight after the other, each set to 0 where that costs least.
    """
    if price == "L2":
        pull = CURVATURE @ BEST
        return np.stack([np.linalg.solve(CURVATURE + r * np.eye(2), pull) for r in rates], axis=1)
    rates, w = np.asarray(rates), np.repeat(BEST[:, None], len(rates), axis=1)
    for _ in range(200):
        for i, h in enumerate(np.diag(CURVATURE)):
            pull = h * w[i] - CURVATURE[i] @ (w - BEST[:, None])
            w[i] = np.sign(pull) * np.maximum(np.abs(pull) - rates / 2, 0) / h
    return w


_FEW, _SPREAD = 40, 0.25


@lru_cache(maxsize=1)
def few_moons():
    """Return 40 examples of two noisy moons; the first is there to be moved."""
    return datasets.moons(_FEW, np.random.default_rng(7), spread=_SPREAD)


def moons_with(dot, copies=()):
    """Return `few_moons` with the first of them at (x1, x2), and copies of it at other places."""
    X, y = few_moons()
    X = np.hstack([np.transpose([dot]), X[:, 1:], np.reshape(copies, (-1, 2)).T])
    return X, np.hstack([y, np.full((1, len(copies)), y[0, 0])])


@lru_cache(maxsize=256)
def fitted(dot, lambda_, copies=()):
    """Train a network by Adam on `moons_with` a dot and its copies.

    Returns
    -------
    tuple of (Network, float, float)
        The network, the probability of class 1 it gives the dot, and the share of 500 development
        examples that it gets right.
    """
    X, labels = moons_with(dot, copies)
    rng = np.random.default_rng(0)
    network = Network([2, 16, 16, 1], rng)
    adam = optimizers.Adam(alpha=0.02)
    run = training.Training(network, X, labels, adam, rng, size=X.shape[1], lambda_=lambda_)
    for _ in range(400):
        run.step(run.X, run.Y)
    dev = datasets.moons(500, np.random.default_rng(8), spread=_SPREAD)
    return network, network.predict(X[:, :1]).item(), network.accuracy(*dev)


LAMBDAS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)
KEEP_PROBS = (0.9, 0.8, 0.7, 0.5, 0.3)
METHODS = ("nothing", "L2", "dropout", "early stopping")


class Compared(NamedTuple):
    """What pairs of data set and first weights say of the ways to regularize.

    `by_lambda` are development errors, (seeds, lambdas); `chosen` the settings with the least of
    them, a dict for each seed; `test` the test errors of those settings, (seeds, methods).
    """

    by_lambda: np.ndarray
    chosen: list
    test: np.ndarray


@validation.plain_arguments
@lru_cache(maxsize=2)
def compared(seeds=10):
    """Choose lambda, keep_prob and the step to stop at by the development set, for each seed.

    What the first 36 found is bundled by ``tests/tools/bundle_regularization.py``, as their 504
    trainings take a minute; those of further seeds are made here.
    """
    seeds = validation.whole("seeds >= 1", seeds=seeds)
    stored = data_files.arrays("regularization")
    found = [*zip(*(stored[name] for name in Compared._fields), strict=True)]
    found = [*found, *map(choose, range(len(found), seeds))][:seeds]
    by_lambda, chosen, test = map(np.array, zip(*found, strict=True))
    settings = [
        {"lambda_": lambda_, "keep_prob": keep_prob, "step": round(step)}
        for lambda_, keep_prob, step in chosen.tolist()
    ]
    return Compared(by_lambda, settings, test)


def choose(seed):
    """Do it for one seed: return development errors by lambda, what is chosen, test errors."""
    run = MoonsRun(seed)
    plain = run.curves()[1]
    l2 = [_straight(seed, Settings(lambda_=lambda_)) for lambda_ in LAMBDAS]
    dropout = [_straight(seed, Settings(keep_prob=keep_prob)) for keep_prob in KEEP_PROBS]
    best, kept, stop = (int(np.argmax(dev)) for dev in (_devs(l2), _devs(dropout), plain))
    test = [run.test(), l2[best][1], dropout[kept][1], run.test(stop)]
    chosen = LAMBDAS[best], KEEP_PROBS[kept], stop * run.steps_a_frame
    return 1 - _devs(l2), np.array(chosen), 1 - np.array(test)


def _devs(tried):
    return np.array([dev for dev, _ in tried])


def _straight(seed, settings):
    """Train to the last step without a look on the way; return what is right of dev and test."""
    run = MoonsRun(seed)
    run.run_on(settings, run.frames)
    network = run.now
    return network.accuracy(run.X_dev, run.y_dev), network.accuracy(run.X_test, run.y_test)


def never_divided(network, keep_prob):
    """Return the network that does in training without division what this one does with it.

    Its weights behind dropout are ``1 / keep_prob`` times as large, to make up for what is missing.
    """
    keep_prob = validation.require("0 < keep_prob <= 1", keep_prob=keep_prob)
    other = copy.deepcopy(checked_network(network))
    for W in other.weights[1:]:
        W /= keep_prob
    return other


def thinned(network, keep_prob, rng):
    """Return one of the networks that dropout trains: the units of one mask, for all examples.

    A unit that is missing sends nothing on, so its weights behind it are 0; the others are divided.
    """
    keep_prob = validation.require("0 < keep_prob <= 1", keep_prob=keep_prob)
    other, rng = copy.deepcopy(checked_network(network)), validation.generator(rng)
    for W in other.weights[1:]:
        W *= regularization.dropout_mask_unchecked(W[0], keep_prob, rng)
    return other


def costs_with_and_without_masks(keep_prob, seed=0):
    """Train on the moons; return the cost after every tenth step, of a masked pass and a plain one.

    Returns
    -------
    tuple of (ndarray, ndarray), shapes (60,)
    """
    run, masked, plain = MoonsRun(seed), [], []
    for frame in range(run.frames):
        run.run_on(_checked(keep_prob=keep_prob), 1)
        masked.append(run.now.cost_and_gradient(run.X, run.y, np.random.default_rng(frame)))
        plain.append(run.now.cost(run.X, run.y))
    return np.array(masked), np.array(plain)


def dropout_noise(m, keep_prob):
    """Return the standard deviation of an activation of 1 under dropout, in mini-batches of m."""
    rng = np.random.default_rng(m)  # coins of its own for each m
    a, _ = regularization.dropout(np.ones((max(2**15 // m, 1), m)), keep_prob, rng)
    return float(a.std())


def batch_norm_noise(m):
    """Return the standard deviation of a mini-batch's mean of values with spread 1."""
    z = np.random.default_rng(0).standard_normal((400, m))
    one, zero = np.ones((400, 1)), np.zeros((400, 1))
    return float(batch_norm.forward(z, one, zero)[1].mean.std())
