"""The lecture's program in Theano."""

import numpy as np
import theano
import theano.tensor as tt

w = theano.shared(np.float32(0), "w")
cost = w**2 - np.float32(10) * w + np.float32(25)
gradient = tt.grad(cost, w)
step = theano.function([], cost, updates=[(w, w - np.float32(0.01) * gradient)])


def value():
    """Return w as a number."""
    return float(w.get_value())
