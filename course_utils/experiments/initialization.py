"""Deep networks before any training: what becomes of a signal and of its gradient."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from course_utils import activations
from course_utils import initialization as lecture

LAYERS = 50

_EXAMPLES = 4  # so small a product is not shared among threads, which would cost more than it

_LIFT = np.float32(2.0**60)  # float32 ends at 1e-38: gradients are carried this much larger

_SEEDS, _FEW_SEEDS = 20, 5


class Measured(NamedTuple):
    """Standard deviations ``(networks, layers)`` of a and da, and all a of the first network."""

    forward: np.ndarray
    backward: np.ndarray
    first: np.ndarray


class _Drawn(NamedTuple):
    """The weights of a few networks, with their inputs and last gradients, and many measured."""

    few: list
    relu: Measured


@lru_cache(maxsize=6)
def drawn_networks(algorithm, width):
    """Draw all networks of one width, once."""
    few, measured = [], []
    for seed in range(_SEEDS):
        rng = np.random.default_rng(seed)
        x, da = rng.standard_normal((2, width, _EXAMPLES))
        weights = [algorithm(width, width, rng) for _ in range(LAYERS)]
        measured.append(_run(weights, x, da, activations.relu))
        if seed < _FEW_SEEDS:
            few.append([np.asarray(part, np.float32) for part in (weights, x, _LIFT * da)])
    return _Drawn(few, _together(measured))


@lru_cache(maxsize=8)
def measured_networks(algorithm, width, activation, factor):
    """Measure networks whose weights have `factor` times the variance of the scheme's."""
    drawn, root = drawn_networks(algorithm, width), np.sqrt(factor)
    with np.errstate(all="ignore"):
        if activation is activations.relu:
            power = root ** np.arange(1, LAYERS + 1)
            forward, backward, first = drawn.relu
            first = first * power[:, None, None]
            return Measured(forward * power, backward * power[-1] / power, first)
        steeper = _steeper(activation, np.float32(root))
        measured = _together([_run(*network, steeper) for network in drawn.few])
    return measured._replace(backward=measured.backward / _LIFT)


@lru_cache(maxsize=16)
def sums_of(n):
    """Draw 4000 sums of n terms w a; w and a are independent normal numbers of variance 1."""
    w, a = np.random.default_rng(n).standard_normal((2, 4000, n))
    return (w * a).sum(axis=1)


def _steeper(activation, root):
    """Return the activation that makes of z what the given one makes of weights `root` times W."""
    g, slope = activation.function, activation.derivative
    return activations.Activation(activation.name, lambda z: g(root * z), lambda a: root * slope(a))


def _run(weights, x, da, activation):
    layers = np.array(lecture.forward(weights, x, activation))
    gradients = np.array(lecture.backward(weights, list(layers), da, activation))
    spreads = (parts.std(axis=(1, 2), dtype=np.float64) for parts in (layers, gradients))
    return *spreads, layers


def _together(runs):
    forward, backward, layers = zip(*runs, strict=True)
    return Measured(np.array(forward, float), np.array(backward, float), layers[0])
