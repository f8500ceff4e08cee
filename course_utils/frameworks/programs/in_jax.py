"""The lecture's program in JAX, each operation at once: a function gives another, its gradient."""

import jax
import jax.numpy as jnp

w = jnp.float32(0)


def cost(w):
    """Return (w − 5)²."""
    return w**2 - 10 * w + 25


def step():
    """Take one step of gradient descent."""
    global w
    w = w - 0.01 * jax.grad(cost)(w)


def value():
    """Return w as a number."""
    return float(w)
