"""Stochastic descent in a valley, with a learning rate of its own for each epoch."""

import numpy as np

from course_utils.support import validation

STEPS_AN_EPOCH = 10

KAPPA = 4.0


def noisy_descent(alphas, *, noise, seeds=1, start=(-4.0, 2.0)):
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
    curvatures = np.array([[1.0], [KAPPA]])
    for t, alpha in enumerate(steps):
        theta = np.clip(theta - alpha * (curvatures * theta + shaken[t]), -1e6, 1e6)
        points[t + 1] = theta
    return points
