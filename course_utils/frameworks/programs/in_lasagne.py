"""The lecture's program in Lasagne, which stands on Theano."""

import sys

import numpy as np
import theano
import theano.tensor.signal.pool

# Lasagne 0.1 asks Theano for pooling by the name that it had in 2015
sys.modules["theano.tensor.signal.downsample"] = theano.tensor.signal.pool
theano.tensor.signal.downsample = theano.tensor.signal.pool
import lasagne  # noqa: E402

w = theano.shared(np.float32(0), "w")
cost = w**2 - np.float32(10) * w + np.float32(25)
updates = lasagne.updates.sgd(cost, [w], learning_rate=np.float32(0.01))
step = theano.function([], cost, updates=updates)


def value():
    """Return w as a number."""
    return float(w.get_value())
