"""Population-based training: models that grow together, and every few epochs the worst start anew.

They start anew as copies of the best, weights and all, with a changed alpha: caviar that are also
pandas.
"""

import copy
from dataclasses import replace
from functools import cache
from typing import NamedTuple

import numpy as np

from course_utils.experiments import digit_tuning
from course_utils.experiments import pandas_vs_caviar as caviar
from course_utils.support import data_files, validation

MODELS, EPOCHS, EVERY, REPLACED = 9, 27, 3, 3
"""Models of a population, their epochs, after how many of them how many are replaced."""


class History(NamedTuple):
    """What became of populations, each array of shape (..., epochs, models).

    Attributes
    ----------
    alpha : ndarray
        The learning rate with which each model was trained in each epoch.
    error : ndarray
        Its validation error after the epoch.
    parent : ndarray
        Which model it was before the epoch: itself, or the one that it is a copy of.
    """

    alpha: np.ndarray
    error: np.ndarray
    parent: np.ndarray


def grow(number, *, epochs=EPOCHS):
    """Train the first models of a draw as a population; return its `History`.

    Examples
    --------
    >>> history = grow(0, epochs=4)
    >>> history.error.shape, history.parent[2].tolist()
    ((4, 9), [0, 1, 2, 3, 4, 5, 6, 7, 8])
    >>> bool((history.parent[3] != history.parent[2]).sum() == REPLACED)
    True

    References
    ----------
    .. [1] M. Jaderberg and others (2017), "Population based training of neural networks".
    """
    epochs = validation.whole("epochs >= 1", epochs=epochs)
    rng, drawn = np.random.default_rng([number, 99]), caviar.draw(number)[:MODELS]
    models = [
        digit_tuning.start(c, np.random.default_rng([number, i])) for i, c in enumerate(drawn)
    ]
    rows, errors = [], None
    for epoch in range(epochs):
        parents = np.arange(MODELS)
        if epoch and epoch % EVERY == 0:
            parents = _replace_the_worst(models, errors, rng)
        alphas = [model.optimizer.alpha for model in models]
        errors = [caviar.run_epoch(model)[1] for model in models]
        rows.append((alphas, errors, parents))
    return History(*map(np.array, zip(*rows, strict=True)))


def _replace_the_worst(models, errors, rng):
    """Put changed copies of the best in the places of the worst; return whose copies they are."""
    parents, order = np.arange(MODELS), np.argsort(errors, kind="stable")
    for worst, best in zip(order[-REPLACED:], order[:REPLACED], strict=True):
        models[worst] = copy.deepcopy(models[best])
        optimizer = models[worst].optimizer
        alpha = optimizer.alpha * rng.choice([0.5, 2.0])
        models[worst].optimizer = replace(optimizer, alpha=float(alpha))
        parents[worst] = best
    return parents


@cache
def bundled():
    """Return the `History` of the ten draws, as ``tests/tools/bundle_population.py`` grew them.

    Examples
    --------
    >>> bundled().error.shape
    (10, 27, 9)
    """
    stored, m = data_files.arrays("population"), digit_tuning.validation_digits()
    found = History(stored["alpha"], stored["wrong"] / m, stored["parent"])
    for array in found:
        array.flags.writeable = False
    return found


def founders(parent):
    """Return from which of the first models each one descends, after each epoch.

    Examples
    --------
    >>> founders(np.array([[0, 1], [1, 1]])).tolist()
    [[0, 1], [1, 1]]
    """
    found, now = [], np.arange(parent.shape[1])
    for row in parent:
        now = now[row]
        found.append(now)
    return np.array(found)
