"""The lecture's program in autograd: NumPy, with gradients."""

from autograd import grad

w = 0.0


def cost(w):
    """Return (w − 5)²."""
    return w**2 - 10 * w + 25


gradient = grad(cost)


def step():
    """Take one step of gradient descent."""
    global w
    w = w - 0.01 * gradient(w)


def value():
    """Return w as a number."""
    return float(w)
