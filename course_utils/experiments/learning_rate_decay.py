"""Stochastic descent in a valley, with a learning rate of its own for each epoch."""

import csv
from functools import cache
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from course_utils import learning_rate_decay as lecture
from course_utils.experiments import digit_tuning, live
from course_utils.support import data_files, validation

STEPS_AN_EPOCH = 10

KAPPA, START = 4.0, (-4.0, 2.0)
_CURVATURES = np.array([[1.0], [KAPPA]])
_FAR = 1e6  # no run goes farther


def noisy_descent(alphas, *, noise, seeds=1, start=START):
    """Follow stochastic descent on a valley, ``J = (theta_1^2 + 4 theta_2^2) / 2``.

    Every gradient has normal noise on it, as that of a small mini-batch has.

    Parameters
    ----------
    alphas : array_like, shape (epochs,)
        The learning rate of each epoch of `STEPS_AN_EPOCH` steps.
    noise : float
        Standard deviation of the noise in each parameter.
    seeds : int
        How many runs, side by side.
    start : tuple of float
        Where all of them start.

    Returns
    -------
    ndarray, shape (epochs * STEPS_AN_EPOCH + 1, 2, seeds)
    """
    alphas, start = validation.finite("alphas", alphas), validation.finite("start", start)
    validation.same_shape("start", start, "the minimum", [0.0, 0.0])
    noise = validation.require("noise >= 0", noise=noise)
    seeds = validation.whole("1 <= seeds <= 1e4", seeds=seeds)
    rng = np.random.default_rng(7)
    theta = np.repeat(start.reshape(2, 1), seeds, axis=1)
    steps = np.repeat(alphas.ravel(), STEPS_AN_EPOCH)
    points = np.empty((len(steps) + 1, 2, seeds))
    points[0] = theta
    shaken = noise * rng.standard_normal((len(steps), 2, seeds))
    for t, alpha in enumerate(steps):
        theta = np.clip(theta - alpha * (_CURVATURES * theta + shaken[t]), -_FAR, _FAR)
        points[t + 1] = theta
    return points


_where_steps_diverge = np.errstate(over="ignore", invalid="ignore")  # the ends say so


@_where_steps_diverge
def noisy_ends(alphas, *, noise, seeds):
    """Return where the runs of `noisy_descent` end, shape (2, seeds), without the way there.

    A step makes an error at curvature c ``1 - alpha c`` times itself and subtracts ``alpha`` times
    its noise. So the start arrives multiplied by all of these factors, and the noise of a step by
    those of the steps after it.
    """
    alphas = validation.finite("alphas", alphas)
    noise = validation.require("noise >= 0", noise=noise)
    seeds = validation.whole("1 <= seeds <= 1e4", seeds=seeds)
    start, weights = _what_arrives(alphas)
    shaken = np.random.default_rng(7).standard_normal((weights.shape[1], 2, seeds))
    return _within(start - noise * np.einsum("ct,tcs->cs", weights, shaken))


@_where_steps_diverge
def likely_ends(alphas, *, noise):
    """Return equally likely places where runs of `noisy_descent` end, of any length, ``(2, n)``.

    Normal noise adds up to normal noise, whose variance is the sum of the variances.
    """
    alphas = validation.finite("alphas", alphas)
    noise = validation.require("noise >= 0", noise=noise)
    start, weights = _what_arrives(alphas)
    spread = noise * np.linalg.norm(weights, axis=1, keepdims=True)
    return _within(start + spread * _normal_points())


@cache
def _normal_points(parts=500):
    """Return the middles of equally likely parts of the normal distribution, all pairs of them."""
    middles = [NormalDist().inv_cdf((part + 0.5) / parts) for part in range(parts)]
    return np.reshape(np.meshgrid(middles, middles), (2, -1))


def _what_arrives(alphas):
    """Return what is left of the start, (2, 1), and how much of each step's noise, (2, steps)."""
    steps = np.repeat(alphas.ravel(), STEPS_AN_EPOCH)
    onwards = np.cumprod(1 - steps[::-1] * _CURVATURES, axis=1)[:, ::-1]
    after = np.hstack([onwards[:, 1:], np.ones((2, 1))])
    return onwards[:, :1] * np.reshape(START, (2, 1)), steps * after


def _within(ends):
    return np.clip(np.nan_to_num(ends, nan=_FAR), -_FAR, _FAR)


def start_and_noise(alphas):
    """Return what is left of the start, and what normal noise of spread 1 has added, by epoch.

    A step makes an error at curvature c ``1 - alpha c`` times itself and adds ``alpha`` times the
    noise. So the part of the start shrinks by that factor, and the variance of the noise's part
    becomes ``(1 - alpha c)^2 variance + alpha^2``.

    Returns
    -------
    tuple of two ndarray, shape (epochs + 1,)
        Lengths: the second is a root mean square.
    """
    left, variance = np.array(START), np.zeros(2)
    lengths = [(np.hypot(*left), 0.0)]
    for alpha in validation.finite("alphas", alphas):
        for _ in range(STEPS_AN_EPOCH):
            factor = 1 - alpha * _CURVATURES[:, 0]
            left, variance = left * factor, variance * factor**2 + alpha**2
        lengths.append((np.hypot(*left), np.sqrt(variance.sum())))
    return tuple(np.array(lengths).T)


class Day(NamedTuple):
    """Twenty runs after an epoch: how many epochs so far, and where they are, shape (2, runs)."""

    epoch: int
    theta: np.ndarray

    @property
    def away(self):
        """The distance of each run from the minimum."""
        return np.hypot(*self.theta)


class Operator:
    """Twenty noisy descents that somebody steers: each epoch is made with the alpha of its time.

    The noise is that of `noisy_descent`: whoever never moves alpha sees its runs.
    """

    def __init__(self, epochs=60, runs=20):
        epochs = validation.whole("epochs >= 1", epochs=epochs)
        runs = validation.whole("runs >= 1", runs=runs)
        validation.room(epochs=epochs, steps=2 * STEPS_AN_EPOCH, runs=runs)
        self._noise = np.random.default_rng(7).standard_normal((epochs, STEPS_AN_EPOCH, 2, runs))
        self.begin()

    def begin(self):
        """Go back to the start and forget what was."""
        start = np.repeat(np.reshape(START, (2, 1)), self._noise.shape[-1], axis=1)
        self.line = live.Timeline(Day(0, start), self._advance)

    def _advance(self, day, alpha):
        theta = day.theta
        for noise in self._noise[day.epoch]:
            theta = theta - alpha * (_CURVATURES * theta + noise)
        return Day(day.epoch + 1, np.clip(theta, -_FAR, _FAR))


DIGIT_EPOCHS = 20
SCHEDULES = {
    "constant": lecture.constant,
    "1 / (1 + epoch / 2)": lambda alpha: lecture.inverse_time(alpha, decay_rate=0.5),
    "cosine": lambda alpha: lecture.cosine(alpha, epochs=DIGIT_EPOCHS),
}
"""Schedules that the digits' network is trained with, made from the first alpha."""


class Score(NamedTuple):
    """A trained network: its cost on the training and validation digits, and how many are wrong."""

    cost: float
    validation_cost: float
    wrong: int


@validation.plain_arguments
@cache
def on_digits(name, alpha0, seed, *, optimizer="Adam", size=16):
    """Train the digits' network for 20 epochs with a schedule and return its `Score`.

    What the notebook trains is bundled, as these 55 trainings take five seconds.
    """
    name = validation.one_of("name", name, list(SCHEDULES))
    alpha0 = validation.require("alpha0 > 0", alpha0=alpha0)
    seed = validation.whole("seed >= 0", seed=seed)
    run = name, alpha0, seed, optimizer, size
    return _bundled().get(run) or trained_on_digits(*run)


@cache
def _bundled():
    with (data_files.FOLDER / "learning_rate_decay.csv").open() as file:
        _, *rows = csv.reader(file)
    return {
        (name, float(alpha0), int(seed), optimizer, int(size)): Score(
            *map(float, costs), int(wrong)
        )
        for name, alpha0, seed, optimizer, size, *costs, wrong in rows
    }


def trained_on_digits(name, alpha0, seed, optimizer, size):
    """Train what `on_digits` returns the score of, bundled or not."""
    full = digit_tuning.completed({"optimizer": optimizer, "size": size})
    run = digit_tuning.start(full, validation.seeded(seed))
    schedule = SCHEDULES[name](alpha0)
    for epoch in range(DIGIT_EPOCHS):
        run.optimizer = digit_tuning.optimizer({**full, "alpha": schedule(epoch)})
        run.run_epoch()
    sets, network = digit_tuning.sets(), run.network
    error = 1 - network.accuracy(*sets.validation)
    wrong = round(digit_tuning.validation_digits() * error)
    return Score(float(network.cost(*sets.training)), float(network.cost(*sets.validation)), wrong)
