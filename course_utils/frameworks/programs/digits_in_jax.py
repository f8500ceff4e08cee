"""The digit classifier in JAX, its step compiled; optax has Adam."""

import digits_data as data
import jax
import jax.numpy as jnp
import optax

sizes = (64, 128), (128,), (128, 10), (10,)
theta = [jnp.float32(data.rng.normal(0, (2 / n[0]) ** 0.5, n) * (len(n) > 1)) for n in sizes]
adam = optax.adam(0.01)
state = adam.init(theta)


def scores(theta, X):
    """Return the logits."""
    return jax.nn.relu(X @ theta[0] + theta[1]) @ theta[2] + theta[3]


def cost(theta, X, labels):
    """Return the mean loss."""
    return optax.softmax_cross_entropy_with_integer_labels(scores(theta, X), labels).mean()


@jax.jit
def step(theta, state, X, labels):
    """Return the parameters and Adam's state after one step."""
    updates, state = adam.update(jax.grad(cost)(theta, X, labels), state)
    return optax.apply_updates(theta, updates), state


def epoch():
    """Train for one epoch."""
    global theta, state
    for part in data.batches(data.rng):
        theta, state = step(theta, state, data.X[part], data.labels[part])


def predicted():
    """Return the class of each test digit."""
    return scores(theta, data.x_test).argmax(axis=1)
