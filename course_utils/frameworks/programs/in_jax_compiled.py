"""The lecture's program in JAX, compiled."""

import jax
import jax.numpy as jnp

w = jnp.float32(0)


def cost(w):
    """Return (w − 5)²."""
    return w**2 - 10 * w + 25


@jax.jit
def descend(w):
    """Return w after one step of gradient descent."""
    return w - 0.01 * jax.grad(cost)(w)


def step():
    """Take one step of gradient descent."""
    global w
    w = descend(w)


def value():
    """Return w as a number."""
    return float(w)
