"""Classifiers of points in a plane: without a hidden layer, and with one.

Columns are examples: inputs `X` are ``(n_x, m)``, one-hot labels `Y` are ``(C, m)``.
"""

from functools import cache

import numpy as np

from course_utils import activations, datasets, optimizers, softmax, training
from course_utils.network import Network
from course_utils.support import validation

CLOUDS = ("three clouds", "five clouds", "a ring round a cloud")
"""Made-up points of the plane that `classifier_of` learns to tell apart."""


def linear_classifier(X, Y, rng, *, alpha, steps):
    """Train softmax without a hidden layer, by batch gradient descent; return W and b.

    ``Z = W X + b`` and, with ``dZ = dJ/dZ``, each step ``W -= alpha dZ X^T`` and
    ``b -= alpha sum_k dZ_k``. The cost is convex: the start decides how long the way is, not
    where it leads. W starts standard normal, so that untrained regions can be seen.

    >>> X, Y = [[-1.0, 1.0]], softmax.one_hot([0, 1], classes=2)
    >>> W, b = linear_classifier(X, Y, np.random.default_rng(0), alpha=1.0, steps=20)
    >>> softmax.hard_max(W @ X + b)
    array([[1., 0.],
           [0., 1.]])
    """
    X, Y = validation.examples(X, Y)
    Y, alpha = validation.shares("Y", Y), validation.require("alpha > 0", alpha=alpha)
    steps, rng = validation.whole("steps >= 0", steps=steps), validation.generator(rng)
    W, b = rng.standard_normal((len(Y), len(X))), np.zeros((len(Y), 1))
    for _ in range(steps):
        dZ = softmax.cost_gradient_unchecked(W @ X + b, Y)
        W -= alpha * dZ @ X.T
        b -= alpha * dZ.sum(axis=1, keepdims=True)
    return W, b


@validation.plain_arguments
@cache
def points_of(name):
    """Return the points of one of the `CLOUDS` and their class numbers.

    >>> X, labels = points_of("a ring round a cloud")
    >>> X.shape, np.unique(labels)
    ((2, 120), array([0, 1]))
    """
    validation.one_of("name", name, CLOUDS)
    rng = np.random.default_rng(1)
    if name == "three clouds":
        return datasets.blobs(3, 40, rng)
    if name == "five clouds":
        return datasets.blobs(5, 40, rng, spread=0.4)
    labels = np.repeat([0, 1], 60)
    angles = rng.uniform(0, 2 * np.pi, 120)
    ring = 2.3 * labels * np.array([np.cos(angles), np.sin(angles)])
    return ring + 0.35 * rng.standard_normal((2, 120)), labels


@validation.plain_arguments
@cache
def classifier_of(name, hidden):
    """Return a network that has learned the points of one of the `CLOUDS`.

    `hidden` is how many units its hidden layer has; with 0 there is none, and every border is
    straight. Batch gradient descent with Adam for 300 epochs.

    >>> X, labels = points_of("a ring round a cloud")
    >>> Y = softmax.one_hot(labels, 2)
    >>> [round(classifier_of("a ring round a cloud", n).accuracy(X, Y), 1) for n in (0, 8)]
    [0.5, 1.0]
    """
    X, labels = points_of(name)
    Y = softmax.one_hot(labels, labels.max() + 1)
    rng = np.random.default_rng(0)
    hidden = validation.whole("hidden >= 0", hidden=hidden)
    widths = [2, *([hidden] if hidden else []), len(Y)]
    network = Network(widths, rng, activation=activations.tanh)
    optimizer = optimizers.Adam(alpha=0.03)
    settings = {"epochs": 300, "size": X.shape[1], "rng": rng, "progress": False}
    training.fit(network, X, Y, optimizer, **settings)
    return network
