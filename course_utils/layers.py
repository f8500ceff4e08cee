"""Layers of a network: each knows its way forward, its way back and its parameters.

Columns are examples: what goes in and comes out of a layer is ``(units, m)``. ``forward`` is the
training pass, which keeps what ``backward`` needs; ``inference`` is the pass that answers
questions, one example at a time or many. ``backward`` takes the gradient of the cost with respect
to what ``forward`` returned, writes the gradients of the layer's own parameters and returns that of
its input.

A layer names the shapes of its parameters in ``shapes`` (and of what it remembers besides, in
``statistics_shapes``); `Network` gives it the arrays, views into one vector, as ``p``, ``d`` (their
gradients) and ``statistics``. The methods are a network's inner loop and unchecked; what a layer is
made of is checked.
"""

from types import MappingProxyType

import numpy as np

from course_utils import activations, batch_norm, regularization
from course_utils.support import validation


class _NoArrays:
    """Stands for the arrays of a layer that is in no network."""

    def __getitem__(self, name):
        raise TypeError(
            f"the layer should be in a network, which gives it {name}, but it is in none"
        )


class Layer:
    """What layers without parameters share: nothing to learn, nothing to remember."""

    shapes = MappingProxyType({})
    statistics_shapes = MappingProxyType({})
    draws = False  # whether the training pass is drawn, and needs an rng
    p = d = statistics = _NoArrays()


class Dense(Layer):
    """``z = W a + b``; without b where batch norm follows, as it would cancel."""

    def __init__(self, n_out, n_in, *, bias=True):
        n_out = validation.whole("n_out >= 1", n_out=n_out)
        n_in = validation.whole("n_in >= 1", n_in=n_in)
        validation.room(n_out=n_out, n_in=n_in)
        self.shapes = {"W": (n_out, n_in)}
        if validation.flag("bias", bias):
            self.shapes["b"] = (n_out, 1)

    def forward(self, a, rng):
        """Return z."""
        self._a = a
        return self.inference(a)

    def inference(self, a):
        """Return z."""
        z = self.p["W"] @ a
        if "b" in self.p:
            z += self.p["b"]
        return z

    def backward(self, dz):
        """``dW = dz a^T; db = sum dz; da = W^T dz``."""
        np.matmul(dz, self._a.T, out=self.d["W"])
        if "b" in self.d:
            np.sum(dz, axis=1, keepdims=True, out=self.d["b"])
        return self.p["W"].T @ dz


class BatchNorm(Layer):
    """Batch normalization of z, as in `course_utils.batch_norm`."""

    def __init__(self, units, *, momentum=0.9, epsilon=1e-5):
        units = validation.whole("units >= 1", units=units)
        self.shapes = {"gamma": (units, 1), "beta": (units, 1)}
        self.statistics_shapes = {"mean": (units, 1), "variance": (units, 1), "batches": (1, 1)}
        self.momentum = validation.require("0 <= momentum < 1", momentum=momentum)
        self.epsilon = validation.require("epsilon >= 0", epsilon=epsilon)

    def forward(self, z, rng):
        """Return z_tilde by the mini-batch's statistics, and move the running statistics."""
        z_tilde, self._cache = batch_norm.forward_unchecked(
            z, self.p["gamma"], self.p["beta"], self.epsilon
        )
        self._remember(self._cache.mean, self._cache.variance)
        return z_tilde

    def _remember(self, mean, variance):
        running = self.statistics
        momentum = self.momentum if running["batches"] else 0  # the first mini-batch is the start
        average = batch_norm.running_average_unchecked
        running["mean"][:] = average(running["mean"], mean, momentum)
        running["variance"][:] = average(running["variance"], variance, momentum)
        running["batches"] += 1

    def backward(self, d_z_tilde):
        """Return dz."""
        dz, self.d["gamma"][:], self.d["beta"][:] = batch_norm.backward_unchecked(
            d_z_tilde, self._cache
        )
        return dz

    def inference(self, z):
        """Return z_tilde by the running statistics; before any training they are 0 and 1."""
        running = self.statistics
        return batch_norm.inference_unchecked(
            z,
            self.p["gamma"],
            self.p["beta"],
            running["mean"],
            running["variance"],
            self.epsilon,
        )


class Activate(Layer):
    """``a = g(z)``, element by element, with an activation of `course_utils.activations`."""

    def __init__(self, activation):
        self.activation = activations.checked(activation)

    def forward(self, z, rng):
        """Return a."""
        self._a = self.activation.function(z)
        return self._a

    def backward(self, da):
        """``dz = da g'(z)``."""
        return da * self.activation.derivative(self._a)

    def inference(self, z):
        """Return a; what `backward` needs stays as the training pass left it."""
        return self.activation.function(z)


class Dropout(Layer):
    """Inverted dropout of a hidden layer's activations; at inference it does nothing."""

    draws = True

    def __init__(self, keep_prob):
        self.keep_prob = validation.require("0 < keep_prob <= 1", keep_prob=keep_prob)

    def forward(self, a, rng):
        """Return the activations with some units set to 0."""
        self._mask = regularization.dropout_mask_unchecked(a, self.keep_prob, rng)
        return a * self._mask

    def backward(self, da):
        """Return the gradient through the same mask."""
        return da * self._mask

    def inference(self, a):
        """Return the activations as they are."""
        return a


def checked_network(network):
    """Return a `Network`, or what has its layers and checks its inputs; refuse anything else."""
    kind = "a Network"
    return validation.offers("network", network, kind, "layers", "statistics", "inputs")


def require_batch_norm(network):
    """Refuse a network without a layer of batch norm."""
    if not any(isinstance(layer, BatchNorm) for layer in checked_network(network).layers):
        raise ValueError("the network has no batch norm: make it with batch_norm=True")
