"""The network that the search notebooks tune: it reads the bundled handwritten digits.

Every choice that the lecture names is a hyperparameter here. The 1797 digits are divided once and
for all: to learn from, to compare configurations by, and to be opened at the very end.
"""

from functools import cache
from typing import NamedTuple

import numpy as np

from course_utils import (
    activations,
    datasets,
    initialization,
    learning_rate_decay,
    optimizers,
    softmax,
    training,
)
from course_utils.network import Network
from course_utils.sampling_scales import Choice, Integer, Log, OneMinusLog
from course_utils.support import validation

SPACE = {
    "alpha": Log(1e-5, 1.0),
    "beta1": OneMinusLog(0.5, 0.99),
    "units": Integer(4, 64),
    "size": Choice((16, 32, 64, 128, 256)),
    "layers": Integer(1, 4),
    "decay": Log(0.001, 1.0),
    "beta2": OneMinusLog(0.9, 0.9999),
    "epsilon": Log(1e-10, 1e-4),
}
"""Adam's hyperparameters and the network's, on the lecture's scales."""

DEFAULTS = {
    "optimizer": "Adam",
    "alpha": 0.001,
    "beta1": 0.9,
    "beta2": 0.999,
    "epsilon": 1e-8,
    "beta": 0.9,
    "units": 32,
    "layers": 1,
    "size": 64,
    "decay": 0.0,
    "lambda_": 0.0,
    "keep_prob": 1.0,
    "batch_norm": False,
    "activation": "relu",
    "initialization": "he",
    "epochs": 10,
}
"""What a configuration leaves out. `beta` is momentum's and RMSprop's."""

_REAL = {
    "alpha": "alpha > 0",
    "beta1": "0 <= beta1 < 1",
    "beta2": "0 <= beta2 < 1",
    "epsilon": "epsilon >= 0",
    "beta": "0 <= beta < 1",
    "decay": "decay >= 0",
    "lambda_": "lambda_ >= 0",
    "keep_prob": "0 < keep_prob <= 1",
}
_WHOLE = {
    "units": "units >= 1",
    "layers": "layers >= 0",
    "size": "size >= 1",
    "epochs": "epochs >= 1",
}
_NAMES = {
    "optimizer": ("descent", "momentum", "RMSprop", "Adam"),
    "activation": ("relu", "tanh", "sigmoid", "identity"),
    "initialization": ("he", "glorot", "xavier", "zeros"),
}


CHANCE = 0.9
"""The error of a guess among ten digits: what a model counts as that diverged, or never learned."""


class Sets(NamedTuple):
    """Inputs and one-hot labels: to learn from, to choose by, to judge by at the end."""

    training: tuple
    validation: tuple
    test: tuple


@cache
def sets():
    """Return the digits in three `Sets` of 1077, 360 and 360 examples, as float32.

    Each set is a pair ``(X, Y)`` of shapes (64, m) and (10, m). They are shared: do not write to
    them.
    """
    X, labels = datasets.digits()
    X, Y = X.astype(np.float32), softmax.one_hot(labels, 10).astype(np.float32)
    order = np.random.default_rng(0).permutation(len(labels))
    return Sets(*((X[:, part], Y[:, part]) for part in (order[720:], order[360:720], order[:360])))


def validation_digits():
    """Return how many validation digits there are."""
    return sets().validation[1].shape[1]


def start(configuration, rng, examples=None):
    """Return a `training.Training` of the network that a configuration describes.

    Parameters
    ----------
    configuration : dict
        Any of the names in `DEFAULTS`.
    rng : numpy.random.Generator
        First weights, shuffling and dropout.
    examples : tuple of ndarray, optional
        ``(X, Y)`` to learn from, instead of the training set.

    Examples
    --------
    >>> started = start({"units": 16, "layers": 2}, np.random.default_rng(0))
    >>> started.network.widths
    [64, 16, 16, 10]
    """
    full = completed(configuration)
    network = Network(
        [64, *[full["units"]] * full["layers"], 10],
        rng,
        activation=getattr(activations, full["activation"]),
        initialization=getattr(initialization, full["initialization"]),
        batch_norm=full["batch_norm"],
        keep_prob=full["keep_prob"],
        dtype=np.float32,
    )
    given = network, *(examples or sets().training), optimizer(full), rng
    return training.Training(*given, size=full["size"], lambda_=full["lambda_"])


def completed(configuration):
    """Return a configuration with all its names; what it leaves out comes from `DEFAULTS`."""
    configuration = validation.mapping("configuration", configuration)
    unknown = [name for name in configuration if name not in DEFAULTS]
    if unknown:
        raise ValueError(f"there is no hyperparameter {unknown[0]!r}: {', '.join(DEFAULTS)}")
    return {name: _checked(name, value) for name, value in {**DEFAULTS, **configuration}.items()}


def _checked(name, value):
    if name in _REAL:
        return validation.require(_REAL[name], **{name: value})
    if name in _WHOLE:
        return validation.whole(_WHOLE[name], **{name: value})
    if name in _NAMES:
        return validation.one_of(name, value, _NAMES[name])
    return validation.flag(name, value)


def optimizer(full):
    """Return the optimizer of a completed configuration."""
    alpha, beta, epsilon = full["alpha"], full["beta"], full["epsilon"]
    if full["optimizer"] == "descent":
        return optimizers.GradientDescent(alpha=alpha)
    if full["optimizer"] == "momentum":
        return optimizers.Momentum(alpha=alpha, beta=beta)
    if full["optimizer"] == "RMSprop":
        return optimizers.RMSprop(alpha=alpha, beta=beta, epsilon=epsilon)
    return optimizers.Adam(alpha=alpha, beta1=full["beta1"], beta2=full["beta2"], epsilon=epsilon)


def schedule(full):
    """Return a completed configuration's learning rate by epoch."""
    return learning_rate_decay.inverse_time(full["alpha"], decay_rate=full["decay"])


def stages(configuration, rng, examples=None):
    """Train epoch after epoch; yield ``(training, its cost in this epoch)`` after each.

    What it learns from is the training set, if no `examples` are given.

    A cost that becomes NaN or infinite ends it with `training.DivergenceError`.
    """
    full = completed(configuration)
    started, alpha = start(full, rng, examples), schedule(full)
    for epoch in range(full["epochs"]):
        started.optimizer = optimizer({**full, "alpha": alpha(epoch)})
        cost, _ = started.run_epoch()
        yield started, cost


def epochs(configuration, rng):
    """Train as `stages` does; yield ``(training cost, validation error)`` after each epoch."""
    for started, cost in stages(configuration, rng):
        yield cost, 1 - started.network.accuracy(*sets().validation)


def validation_error(configuration, rng):
    """Train for its epochs; return the share of validation digits that are wrong, and the curve.

    An objective for `evaluation.evaluate`.

    Returns
    -------
    dict
        ``value``, and ``curve``: the share after each epoch.
    """
    curve = [round(error, 6) for _, error in epochs(configuration, rng)]
    return {"value": curve[-1], "curve": curve}
