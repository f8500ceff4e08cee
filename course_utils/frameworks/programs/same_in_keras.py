"""Compute in Keras what this course computes: ``python same_in_keras.py given.npz out.npz``.

Keras keeps examples in rows. What is given and what is returned has them in columns. Each
quantity is computed twice: given our numbers as they are ("plain"), and with Keras' conventions
set right ("right").
"""

import os
import sys

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
import keras
import numpy as np
import tensorflow as tf
from keras import ops

keras.config.set_floatx("float64")


def batch_norm(given, **settings):
    """Return the mini-batch normalised, and the running mean and variance after it."""
    layer = keras.layers.BatchNormalization(**settings)
    layer.build(given["z"].T.shape)
    layer.gamma.assign(given["gamma"][:, 0])
    layer.beta.assign(given["beta"][:, 0])
    z_tilde = ops.convert_to_numpy(layer(given["z"].T, training=True)).T
    running = (layer.moving_mean, layer.moving_variance)
    return z_tilde, *(ops.convert_to_numpy(x)[:, None] for x in running)


def path(given, optimizer):
    """Return theta after steps along the given gradients."""
    theta = keras.Variable(given["theta"])
    for gradient in given["gradients"]:
        optimizer.apply([ops.convert_to_tensor(gradient)], [theta])
    return ops.convert_to_numpy(theta)


def path_with_l2(given, rate):
    """Return theta after steps of descent along the gradients and those of an L2 term."""
    theta, penalty = keras.Variable(given["theta"]), keras.regularizers.L2(rate)
    descent = keras.optimizers.SGD(given["alpha"].item())
    for gradient in given["gradients"]:
        with tf.GradientTape() as tape:
            cost = penalty(theta)
        descent.apply([gradient + tape.gradient(cost, theta.value)], [theta])
    return ops.convert_to_numpy(theta)


def softmax_cost(z, given, **settings):
    """Return the mean cross-entropy."""
    cost = keras.losses.CategoricalCrossentropy(**settings)
    return ops.convert_to_numpy(cost(given["y"].T, z))


def growth(given, rate):
    """Return by how much dropout multiplies what it keeps."""
    a, layer = given["a"], keras.layers.Dropout(rate, seed=0)
    dropped = ops.convert_to_numpy(layer(a, training=True))
    return np.unique((dropped / a)[dropped != 0].round(12))


def compute(given):
    """Return all quantities, by name and convention."""
    alpha, momentum = given["alpha"].item(), given["momentum"].item()
    plain = batch_norm(given, momentum=momentum)
    right = batch_norm(given, momentum=momentum, epsilon=1e-5)
    sgd, adam, rmsprop = (getattr(keras.optimizers, n) for n in ("SGD", "Adam", "RMSprop"))
    z, keep_prob, lambda_ = given["logits"].T, given["keep_prob"].item(), given["lambda"].item()
    return {
        "batch norm: a mini-batch": (plain[0], right[0]),
        "batch norm: running mean": (plain[1], right[1]),
        "batch norm: running variance": (plain[2], right[2]),
        "gradient descent with L2": (
            path_with_l2(given, lambda_),
            path_with_l2(given, lambda_ / (2 * given["examples"].item())),
        ),
        "momentum": (
            path(given, sgd(alpha, momentum=momentum)),
            path(given, sgd(alpha * (1 - momentum), momentum=momentum)),
        ),
        # Keras adds epsilon elsewhere: next to nothing of it is the same in both places
        "RMSprop": (path(given, rmsprop(alpha)), path(given, rmsprop(alpha, epsilon=1e-30))),
        "Adam": (path(given, adam(alpha)), path(given, adam(alpha, epsilon=1e-30))),
        "dropout": (growth(given, keep_prob), growth(given, 1 - keep_prob)),
        "softmax cost": (softmax_cost(z, given), softmax_cost(z, given, from_logits=True)),
    }


if __name__ == "__main__":
    found = compute(dict(np.load(sys.argv[1])))
    both = {
        f"{n}|{k}": x
        for n, pair in found.items()
        for k, x in zip(("plain", "right"), pair, strict=True)
    }
    np.savez(sys.argv[2], version=keras.__version__, **both)
