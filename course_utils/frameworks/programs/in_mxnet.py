"""The lecture's program in MXNet, with its Gluon interface."""

import mxnet as mx
from mxnet import autograd, gluon

w = gluon.Parameter("w", shape=(1,))
w.initialize(mx.init.Zero())
trainer = gluon.Trainer([w], "sgd", {"learning_rate": 0.01})


def step():
    """Take one step of gradient descent."""
    with autograd.record():
        cost = w.data() ** 2 - 10 * w.data() + 25
    cost.backward()
    trainer.step(1)


def value():
    """Return w as a number."""
    return float(w.data().asscalar())
