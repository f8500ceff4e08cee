"""The lecture's program by hand, in NumPy: the gradient of w² − 10 w + 25 is yours to write."""

import numpy as np

w = np.float32(0)


def step():
    """Take one step of gradient descent."""
    global w
    w = w - np.float32(0.01) * (2 * w - 10)


def value():
    """Return w as a number."""
    return float(w)
