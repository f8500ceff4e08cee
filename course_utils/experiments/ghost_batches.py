"""Batch norm by the statistics of smaller groups than the mini-batch that the gradient comes from.

So only the noise of the statistics changes, and neither the number of steps nor the noise of the
gradient: "ghost" batches, after E. Hoffer, I. Hubara and D. Soudry (2017), "Train longer,
generalize better".
"""

import numpy as np

from course_utils import datasets, layers, optimizers, softmax, training
from course_utils.network import Network
from course_utils.support import data_files

GROUPS = (4, 16, 64, 256)
"""Examples that share their statistics, of the 256 of a mini-batch."""

SPLITS = 30
TRAINING_DIGITS, EPOCHS, ALPHA = 512, 150, 0.003


class GroupedBatchNorm(layers.BatchNorm):
    """Batch norm that normalises each group of a mini-batch by its own mean and variance."""

    def __init__(self, units, group):
        super().__init__(units)
        self.group = group

    def forward(self, z, rng):
        """Return z_tilde, group by group."""
        passed, self._caches = [], []
        for k in range(0, z.shape[1], self.group):
            passed.append(super().forward(z[:, k : k + self.group], rng))
            self._caches.append(self._cache)
        return np.hstack(passed)

    def backward(self, d_z_tilde):
        """Return dz, group by group; the gradients of gamma and beta add up."""
        parts, d_gamma, d_beta = [], 0, 0
        for number, cache in enumerate(self._caches):
            k, self._cache = number * self.group, cache
            parts.append(super().backward(d_z_tilde[:, k : k + self.group]))
            d_gamma, d_beta = d_gamma + self.d["gamma"], d_beta + self.d["beta"]
        self.d["gamma"][:], self.d["beta"][:] = d_gamma, d_beta
        return np.hstack(parts)


def group_norms(network, group):
    """Let every batch norm of a network work in groups, in place; return the network."""
    network.layers = [
        GroupedBatchNorm(layer.shapes["gamma"][0], group)
        if isinstance(layer, layers.BatchNorm)
        else layer
        for layer in network.layers
    ]
    network.__setstate__(network.__dict__)  # the new layers see theta
    return network


def test_error(group, split, *, alpha):
    """Train by Adam with groups of this size; return the error on digits that were kept apart.

    The bundled errors have `ALPHA`. At the end, all training digits give the statistics, so that
    running averages play no part.
    """
    (X, labels), rng = datasets.digits(), np.random.default_rng(split)
    Y, order = softmax.one_hot(labels, 10), rng.permutation(len(labels))
    few, others = order[:TRAINING_DIGITS], order[TRAINING_DIGITS:]
    network = Network((64, 64, 32, 10), rng, batch_norm=True, dtype=np.float32)
    group_norms(network, group)
    adam = optimizers.Adam(alpha=alpha)
    run = training.Training(network, X[:, few], Y[:, few], adam, rng, size=256)
    for _ in range(EPOCHS):
        run.run_epoch()
    group_norms(network, TRAINING_DIGITS).statistics[:] = 0
    network.forward(X[:, few])
    return 1 - network.accuracy(X[:, others], Y[:, others])


def test_errors():
    """Return the bundled test errors, by group and split.

    >>> test_errors().shape
    (4, 30)
    """
    return data_files.arrays("why_batch_norm_works")["test_errors"].astype(float)
