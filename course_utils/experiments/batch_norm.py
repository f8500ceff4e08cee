"""Descent in the valley of a linear unit, and a small network at many learning rates.

The network reads 256 handwritten digits, all of them at every step: 64 pixels, 16 hidden units with
ReLU, softmax over 10 classes.
"""

from functools import cache

import numpy as np

from course_utils import datasets, optimizers, softmax
from course_utils.network import Network
from course_utils.support import data_files, validation

MOST_STEPS, START = 10_000, (-1.4, 1.0)

OPTIMIZERS = {
    "descent": (optimizers.GradientDescent, 0.1),
    "momentum": (optimizers.Momentum, 0.1),
    "RMSprop": (optimizers.RMSprop, 0.01),
    "Adam": (optimizers.Adam, 0.01),
}
"""Each optimizer and its usual learning rate."""

FACTORS = (0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000)
"""Of the usual learning rate."""

SCALES = (1, 3)
"""By which the first weights are multiplied."""

SEEDS, STEPS = 5, 50


def digits():
    """Return the 256 digits: X ``(64, 256)``, and Y one-hot, ``(10, 256)``."""
    X, labels = datasets.digits()
    return X[:, :256], softmax.one_hot(labels[:256], 10)


def network(seed, *, normed, scale=1):
    """Return the network at weights drawn by He's scheme, times `scale`."""
    rng, scale = validation.seeded(seed), validation.require("scale > 0", scale=scale)
    normed = validation.flag("normed", normed)
    made = Network([64, 16, 10], rng, batch_norm=normed)
    for name in ("W1", "W2"):
        made.parameters[name][:] *= scale
    return made


def costs(name, scale, normed):
    """Return the bundled costs with one of `OPTIMIZERS`, ``(factors, seeds, steps + 1)``."""
    name = validation.one_of("name", name, OPTIMIZERS)
    if scale not in SCALES:
        raise ValueError(f"scale should be one of {SCALES}, but got {scale}")
    normed = validation.flag("normed", normed)
    return _bundled()[[*OPTIMIZERS].index(name), SCALES.index(scale), int(normed)]


@cache
def _bundled():
    return data_files.arrays("batch_norm")["costs"].astype(float)


def trained_costs(name, scale, normed, factor, seed):
    """Train one of the networks whose `costs` are bundled; return its cost at every step."""
    make, usual = OPTIMIZERS[validation.one_of("name", name, OPTIMIZERS)]
    factor = validation.require("factor > 0", factor=factor)
    return train(network(seed, normed=normed, scale=scale), make(alpha=usual * factor))


@np.errstate(all="ignore")  # a cost may diverge: its value says so
def train(trained, optimizer, *, steps=STEPS):
    """Train a network on `digits`; return its cost before each step and after the last."""
    steps = validation.whole("steps >= 0", steps=steps)
    validation.instance("trained", trained, Network)
    optimizers.checked(optimizer)
    X, Y = digits()
    state, found = optimizer.init(trained.theta), []
    for _ in range(steps + 1):
        found.append(trained.cost_and_gradient_unchecked(X, Y))
        trained.theta[:], state = optimizer.step(trained.theta, trained.gradient, state)
    return np.nan_to_num(found, nan=np.inf)


def best(name, scale, normed):
    """Return the factor whose median cost after all steps is least, and the five costs there."""
    last = costs(name, scale, normed)[:, :, -1]
    place = int(np.median(last, axis=1).argmin())
    return FACTORS[place], last[place]


def descent_in_a_valley(hessian, rate):
    """Descend on a quadratic cost until a millionth of it is left, or a million times as much.

    Parameters
    ----------
    hessian : ndarray, shape (2, 2)
        Of the cost ½ wᵀ H w; symmetric, with a largest eigenvalue λ_max above 0.
    rate : float
        The learning rate, in units of 2 / λ_max: from 1 on, descent does not converge.

    Returns
    -------
    ndarray, shape (steps + 1, 2)
        Every w from `START` on, at most `MOST_STEPS` of them after it.

    Examples
    --------
    >>> descent_in_a_valley(np.eye(2), 0.5)
    array([[-1.4,  1. ],
           [ 0. ,  0. ]])
    """
    (a, b), (_, d) = (hessian * rate * 2 / np.linalg.eigvalsh(hessian)[-1]).tolist()
    (x, y), path = START, [START]
    first = cost = a * x * x + 2 * b * x * y + d * y * y
    while 1e-6 * first < cost < 1e6 * first and len(path) <= MOST_STEPS:
        x, y = x - a * x - b * y, y - b * x - d * y
        cost = a * x * x + 2 * b * x * y + d * y * y
        path.append((x, y))
    return np.array(path)
