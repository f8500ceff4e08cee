"""Compute in JAX and optax what this course computes: ``python same_in_jax.py given.npz out.npz``.

JAX is a library of arrays: it has no layers that keep running averages, and no dropout. Each
quantity is computed twice: given our numbers as they are ("plain"), and with optax' conventions
set right ("right").
"""

import sys

import jax
import jax.numpy as jnp
import numpy as np
import optax

jax.config.update("jax_enable_x64", True)


def batch_norm(given, **settings):
    """Return the mini-batch normalised."""
    normed = jax.nn.standardize(jnp.array(given["z"]), axis=1, **settings)
    return np.asarray(given["gamma"] * normed + given["beta"])


def path(given, optimizer):
    """Return theta after steps along the given gradients."""
    theta = jnp.array(given["theta"])
    state = optimizer.init(theta)
    for gradient in given["gradients"]:
        change, state = optimizer.update(jnp.array(gradient), state, theta)
        theta = optax.apply_updates(theta, change)
    return np.asarray(theta)


def softmax_cost(z, given):
    """Return the mean cross-entropy of what is taken for logits."""
    return np.asarray(optax.softmax_cross_entropy(z, given["y"].T).mean())


def compute(given):
    """Return all quantities, by name and convention."""
    alpha, momentum = given["alpha"].item(), given["momentum"].item()
    lambda_, examples = given["lambda"].item(), given["examples"].item()
    z = jnp.array(given["logits"].T)

    def decayed(rate):
        return path(given, optax.chain(optax.add_decayed_weights(rate), optax.sgd(alpha)))

    return {
        "batch norm: a mini-batch": (batch_norm(given), batch_norm(given, epsilon=1e-5)),
        "gradient descent with L2": (decayed(lambda_), decayed(lambda_ / examples)),
        "momentum": (
            path(given, optax.sgd(alpha, momentum=momentum)),
            path(given, optax.sgd(alpha * (1 - momentum), momentum=momentum)),
        ),
        "RMSprop": (
            path(given, optax.rmsprop(alpha)),
            path(given, optax.rmsprop(alpha, decay=momentum, eps_in_sqrt=False)),
        ),
        "Adam": (path(given, optax.adam(alpha)),) * 2,
        "softmax cost": (softmax_cost(jax.nn.softmax(z), given), softmax_cost(z, given)),
    }


if __name__ == "__main__":
    found = compute(dict(np.load(sys.argv[1])))
    both = {
        f"{n}|{k}": x
        for n, pair in found.items()
        for k, x in zip(("plain", "right"), pair, strict=True)
    }
    np.savez(sys.argv[2], version=jax.__version__, **both)
