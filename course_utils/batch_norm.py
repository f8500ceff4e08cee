"""Batch normalization: each unit's values get a mean and a spread that are learned.

Columns are examples: `z`, `z_tilde` and their gradients are ``(units, m)``; `gamma`, `beta` and all
statistics ``(units, 1)``. `epsilon` stands inside the root, as in the paper and in PyTorch (1e-5);
Keras takes 1e-3. A wrong shape, NaN, infinity and 0/0 are a ValueError.

S. Ioffe and C. Szegedy (2015), "Batch normalization: accelerating deep network training by reducing
internal covariate shift".
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from course_utils.support import validation


class Cache(NamedTuple):
    """What `forward` leaves for `backward`; its statistics also feed `RunningStatistics`."""

    z_norm: np.ndarray
    mean: np.ndarray
    variance: np.ndarray
    gamma: np.ndarray
    epsilon: float


def forward(z, gamma, beta, *, epsilon=1e-5):
    """Normalise each unit over the mini-batch; return z_tilde and a `Cache` (Algorithm 1).

    ``z_norm = (z - mean) / sqrt(variance + epsilon)`` and ``z_tilde = gamma * z_norm + beta``, with
    the mean and the variance of each row; the variance divides by m. It is taken of ``z - mean``,
    in a second pass: ``mean(z^2) - mean(z)^2`` loses all its digits where the mean is large.

    >>> z_tilde, cache = forward([[1, 2, 3, 6]], [[1]], [[0]])
    >>> z_tilde.round(3)
    array([[-1.069, -0.535,  0.   ,  1.604]])
    >>> cache.mean, cache.variance
    (array([[3.]]), array([[3.5]]))
    """
    z, gamma, beta, epsilon = _checked(z, gamma, beta, epsilon)
    _refuse_single_example(z)
    if epsilon == 0:
        _refuse_zero_root(z.var(axis=1, keepdims=True), epsilon)
    return forward_unchecked(z, gamma, beta, epsilon)


def forward_unchecked(z, gamma, beta, epsilon):
    """Return what `forward` does: networks call this at every step."""
    m = z.shape[1]
    mean = z.sum(axis=1, keepdims=True) / m
    centred = z - mean
    variance = np.vecdot(centred, centred)[:, None] / m
    z_norm = centred / np.sqrt(variance + epsilon)
    return gamma * z_norm + beta, Cache(z_norm, mean, variance, gamma, epsilon)


def backward(d_z_tilde, cache):
    """Gradients of the cost through `forward`: dz, dgamma and dbeta (section 3).

    Every example moves the mean and the variance, so each gradient depends on all examples:
    ``dz = gamma / sqrt(variance + epsilon) * (d - mean(d) - z_norm * mean(d * z_norm))`` with
    ``d = d_z_tilde`` and means over the mini-batch; ``dgamma = sum(d * z_norm)``,
    ``dbeta = sum(d)``.

    >>> z_tilde, cache = forward([[1, 2, 3, 6]], [[2]], [[0]])
    >>> dz, dgamma, dbeta = backward([[1, 0, 0, 0]], cache)
    >>> dz.round(3)
    array([[ 0.496, -0.42 , -0.267,  0.191]])
    >>> dgamma.round(3), dbeta
    (array([[-1.069]]), array([[1.]]))
    """
    d, cache = validation.matrix("d_z_tilde", d_z_tilde), validation.instance("cache", cache, Cache)
    validation.same_shape("d_z_tilde", d, "z", cache.z_norm)
    return backward_unchecked(d, cache)


def backward_unchecked(d, cache):
    """Return what `backward` does: networks call this at every step."""
    m = d.shape[1]
    dbeta = d.sum(axis=1, keepdims=True)
    dgamma = np.vecdot(d, cache.z_norm)[:, None]
    slope = cache.gamma / np.sqrt(cache.variance + cache.epsilon)
    dz = slope * (d - dbeta / m - cache.z_norm * (dgamma / m))
    return dz, dgamma, dbeta


@dataclass(frozen=True, eq=False)
class RunningStatistics:
    """Exponentially weighted averages of the mini-batches' statistics, for `inference`.

    Start it with the first mini-batch's own mean and variance: then there is no start-up bias to
    correct. (PyTorch starts at mean 0 and variance 1.)

    >>> running = RunningStatistics(mean=[[0]], variance=[[1]])
    >>> running.update([[10]], [[3]]).mean
    array([[1.]])
    """

    mean: np.ndarray
    variance: np.ndarray

    def __post_init__(self):
        mean, variance = _statistics(self.mean, self.variance)
        object.__setattr__(self, "mean", mean)
        object.__setattr__(self, "variance", variance)

    def update(self, mean, variance, *, momentum=0.9):
        """Return the averages after one more mini-batch, each by `running_average_unchecked`.

        PyTorch writes the same average with momentum 0.1, the weight of the *new*, and averages the
        unbiased variance, m/(m-1) times ours. Keras keeps 0.99 of the old.
        """
        momentum = validation.require("0 <= momentum < 1", momentum=momentum)
        mean, variance = _statistics(mean, variance)
        validation.same_shape("the mini-batch's mean", mean, "the running mean", self.mean)
        return RunningStatistics(
            running_average_unchecked(self.mean, mean, momentum),
            running_average_unchecked(self.variance, variance, momentum),
        )


def running_average_unchecked(old, new, momentum):
    """Return ``momentum * old + (1 - momentum) * new``: one more mini-batch in an average."""
    return momentum * old + (1 - momentum) * new


def inference(z, gamma, beta, running, *, epsilon=1e-5):
    """Normalise by `RunningStatistics`, so that each example's answer is its own.

    ``z_tilde = gamma * (z - running.mean) / sqrt(running.variance + epsilon) + beta``: no example
    enters another's result, and one example alone will do. Take the epsilon of the training.

    >>> running = RunningStatistics(mean=[[3]], variance=[[4]])
    >>> inference([[5]], [[1]], [[0]], running, epsilon=0)
    array([[1.]])
    """
    z, gamma, beta, epsilon = _checked(z, gamma, beta, epsilon)
    validation.instance("running", running, RunningStatistics)
    validation.same_shape("running.mean", running.mean, "gamma", gamma)
    _refuse_zero_root(running.variance, epsilon)
    return inference_unchecked(z, gamma, beta, running.mean, running.variance, epsilon)


def inference_unchecked(z, gamma, beta, mean, variance, epsilon):
    """Return what `inference` does by a running mean and variance: networks call this."""
    return gamma * (z - mean) / np.sqrt(variance + epsilon) + beta


def _checked(z, gamma, beta, epsilon):
    z = validation.matrix("z", z)
    epsilon = validation.require("epsilon >= 0", epsilon=epsilon)
    return z, _per_unit("gamma", gamma, len(z)), _per_unit("beta", beta, len(z)), epsilon


def _per_unit(name, values, units):
    """Return `values` as a finite ``(units, 1)`` array."""
    a = validation.finite(name, values)
    if a.shape != (units, 1):
        cure = f": use {name}[:, None]" if a.shape == (units,) else ""
        raise ValueError(
            f"{name} should be (units, 1) = ({units}, 1), one value a unit, "
            f"but got shape {a.shape}{cure}"
        )
    return a


def _statistics(mean, variance):
    mean = validation.finite("mean", mean)
    units = max(1, len(mean)) if mean.ndim else 1
    mean, variance = _per_unit("mean", mean, units), _per_unit("variance", variance, units)
    return mean, validation.require_all("variance >= 0", variance=variance)


def _refuse_single_example(z):
    if z.shape[1] == 1:
        raise ValueError(
            "z should hold at least two examples in training, but got 1: a single value is its own "
            "mean, so z_tilde would be exactly beta whatever z is; for one example use "
            "inference(z, gamma, beta, running)"
        )


def _refuse_zero_root(variance, epsilon):
    if epsilon == 0 and not variance.all():
        unit = int(np.argmin(variance))
        raise ValueError(
            f"unit {unit} has variance 0, and with epsilon=0 that is 0/0: use epsilon > 0"
        )
