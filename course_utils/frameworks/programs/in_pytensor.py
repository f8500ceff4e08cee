"""The lecture's program in PyTensor, Theano's heir: the graph is compiled into one function."""

import numpy as np
import pytensor
import pytensor.tensor as pt

w = pytensor.shared(np.float32(0), "w")
cost = w**2 - 10 * w + 25
gradient = pt.grad(cost, w)
step = pytensor.function([], cost, updates={w: w - np.float32(0.01) * gradient})


def value():
    """Return w as a number."""
    return float(w.get_value())
