"""What this course computes, beside what frameworks compute from the same numbers.

The frameworks' side is ``programs/same_in_*.py``, run in an environment of its own; what it
answered is kept in ``data/frameworks_same.npz``. This side is computed anew each time.
"""

from pathlib import Path

import numpy as np

from course_utils import batch_norm, regularization, softmax
from course_utils.optimizers import Adam, GradientDescent, Momentum, RMSprop
from course_utils.support import validation

FILE = Path(__file__).parents[1] / "data" / "frameworks_same.npz"
LIBRARIES = {
    "PyTorch": ("same_in_pytorch.py", "torch"),
    "Keras": ("same_in_keras.py", "keras"),
    "JAX, optax": ("same_in_jax.py", "optax"),
}
"""For each library the program that answers, and the module it needs."""
STEPS = 100


def given(seed=0):
    """Draw the numbers that everybody computes with.

    Parameters
    ----------
    seed : int

    Returns
    -------
    dict of str to ndarray
        A mini-batch ``z`` of shape (4, 6) with ``gamma`` and ``beta``; a start ``theta`` and
        ``gradients`` of shape (100, 5); activations ``a``; ``logits`` and one-hot ``y`` of shape
        (3, 8); the hyperparameters ``alpha``, ``momentum``, ``keep_prob`` and ``lambda``, and
        ``examples``, how many the L2 term is divided by.

    Examples
    --------
    >>> given()["z"].shape
    (4, 6)
    """
    rng = np.random.default_rng(validation.whole("seed >= 0", seed=seed))
    labels = rng.integers(0, 3, 8)
    return {
        "z": rng.normal(3, 2, (4, 6)),
        "gamma": rng.normal(1, 1, (4, 1)),
        "beta": rng.standard_normal((4, 1)),
        "theta": rng.standard_normal(5),
        "gradients": rng.standard_normal((STEPS, 5)),
        "a": rng.uniform(1, 2, (20, 20)),
        "logits": 3 * rng.standard_normal((3, 8)),
        "y": softmax.one_hot(labels, 3),
        "alpha": np.array(0.01),
        "momentum": np.array(0.9),
        "keep_prob": np.array(0.8),
        "lambda": np.array(0.7),
        "examples": np.array(50),
    }


def here(given):
    """Compute everything with this course's functions.

    Parameters
    ----------
    given : dict of str to ndarray
        As `given` draws it.

    Returns
    -------
    dict of str to ndarray
        By quantity.
    """
    alpha, beta, keep_prob = (given[n].item() for n in ("alpha", "momentum", "keep_prob"))
    z_tilde, cache = batch_norm.forward(given["z"], given["gamma"], given["beta"])
    units = (len(z_tilde), 1)
    running = batch_norm.RunningStatistics(mean=np.zeros(units), variance=np.ones(units))
    running = running.update(cache.mean, cache.variance, momentum=beta)
    optimizers = {
        "momentum": Momentum(alpha=alpha, beta=beta),
        "RMSprop": RMSprop(alpha=alpha, beta=beta),
        "Adam": Adam(alpha=alpha),
    }
    return {
        "batch norm: a mini-batch": z_tilde,
        "batch norm: running mean": running.mean,
        "batch norm: running variance": running.variance,
        "gradient descent with L2": _descent_with_l2(given),
        **{name: _end(optimizer, given) for name, optimizer in optimizers.items()},
        "dropout": _growth(given["a"], keep_prob),
        "softmax cost": softmax.cost(given["logits"], given["y"]),
    }


def _end(optimizer, given):
    theta, state = given["theta"], optimizer.init(given["theta"])
    for gradient in given["gradients"]:
        theta, state = optimizer.step(theta, gradient, state)
    return theta


def _descent_with_l2(given):
    theta, descent = given["theta"], GradientDescent(alpha=given["alpha"].item())
    for gradient in given["gradients"]:
        shrink = regularization.l2_gradient(theta, given["lambda"].item(), given["examples"].item())
        theta, _ = descent.step(theta, gradient + shrink)
    return theta


def _growth(a, keep_prob):
    """Return by how much dropout multiplies what it keeps."""
    dropped, _ = regularization.dropout(a, keep_prob, np.random.default_rng(0))
    return np.unique((dropped / a)[dropped != 0].round(12))


def answers(path=FILE):
    """Read what the frameworks answered to ``given(0)``.

    Parameters
    ----------
    path : path-like, optional

    Returns
    -------
    dict
        For each library ``(version, {quantity: (plain, right)})``: given our numbers as they are,
        and with the library's conventions set right.
    """
    with np.load(path) as file:
        kept = dict(file)
    found = {}
    for library in LIBRARIES:
        mine = {k.split("|", 1)[1]: v for k, v in kept.items() if k.startswith(f"{library}|")}
        version = mine.pop("version").item()
        names = dict.fromkeys(name.split("|")[0] for name in mine)
        found[library] = version, {n: (mine[f"{n}|plain"], mine[f"{n}|right"]) for n in names}
    return found


def difference(ours, theirs):
    """Return the largest difference of two arrays, relative to the largest number in them.

    Examples
    --------
    >>> difference([1.0, 100.0], [1.0, 101.0])
    0.00990...
    """
    ours, theirs = validation.finite("ours", ours), validation.finite("theirs", theirs)
    if ours.shape != theirs.shape or not ours.size:
        raise ValueError(
            f"ours and theirs should have the same shape, but got {ours.shape} and {theirs.shape}"
        )
    largest = max(np.abs(ours).max(), np.abs(theirs).max())
    return float(np.abs(ours - theirs).max() / largest) if largest else 0.0


def differences(theirs, given):
    """Compare a library's answers with this course's.

    Parameters
    ----------
    theirs : dict of str to pair of ndarray
        By quantity, plain and right: see `answers`.
    given : dict of str to ndarray

    Returns
    -------
    dict of str to pair of float
        By quantity, the relative difference of both. NaN where the library has no such thing.
    """
    ours = here(given)
    none = (np.nan, np.nan)
    return {
        name: tuple(difference(x, y) for y in theirs[name]) if name in theirs else none
        for name, x in ours.items()
    }


CONVENTIONS = {
    "lecture, PyTorch": lambda v, s, c, d, epsilon: v / c / (np.sqrt(s / d) + epsilon),
    "Keras": lambda v, s, c, d, epsilon: v / c * np.sqrt(d) / (np.sqrt(s) + epsilon),
    "inside the root": lambda v, s, c, d, epsilon: v / c / np.sqrt(s / d + epsilon),
}
"""Where Adam adds epsilon: the step by v, s, their bias corrections 1 - beta1^t and 1 - beta2^t."""


def adam_by_convention(gradients, convention, *, alpha=0.001, beta1=0.9, beta2=0.999, epsilon):
    """Follow Adam along given gradients, epsilon added where a library adds it.

    Parameters
    ----------
    gradients : array_like, shape (steps, n)
    convention : str
        One of `CONVENTIONS`.
    alpha, beta1, beta2, epsilon : float
        Adam's hyperparameters.

    Returns
    -------
    ndarray, shape (steps + 1, n)
        theta, from 0.

    Raises
    ------
    ValueError
        If the convention is none of `CONVENTIONS`.

    Examples
    --------
    >>> adam_by_convention([[2.0]], "Keras", alpha=0.1, epsilon=0)
    array([[ 0. ],
           [-0.1]])
    """
    validation.one_of("convention", convention, CONVENTIONS)
    gradients = validation.matrix("gradients", gradients, "steps")
    alpha = validation.require("alpha > 0", alpha=alpha)
    beta1 = validation.require("0 <= beta1 < 1", beta1=beta1)
    beta2 = validation.require("0 <= beta2 < 1", beta2=beta2)
    epsilon = validation.require("epsilon >= 0", epsilon=epsilon)
    path = np.zeros((len(gradients) + 1, gradients.shape[1]))
    v = s = np.zeros(gradients.shape[1])
    for t, g in enumerate(gradients, 1):
        v, s = beta1 * v + (1 - beta1) * g, beta2 * s + (1 - beta2) * g**2
        step = CONVENTIONS[convention](v, s, 1 - beta1**t, 1 - beta2**t, epsilon)
        path[t] = path[t - 1] - alpha * step
    return path
