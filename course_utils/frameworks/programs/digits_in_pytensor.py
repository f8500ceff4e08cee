"""The digit classifier in PyTensor, Theano's heir; Adam is written out."""

import digits_data as data
import numpy as np
import pytensor
import pytensor.tensor as pt

sizes = (64, 128), (128,), (128, 10), (10,)
start = [data.rng.normal(0, (2 / n[0]) ** 0.5, n) * (len(n) > 1) for n in sizes]
theta = [pytensor.shared(np.float32(p)) for p in start]
X, labels = pt.fmatrix(), pt.lvector()
z = pt.maximum(X @ theta[0] + theta[1], 0) @ theta[2] + theta[3]
cost = -pt.special.log_softmax(z, axis=1)[pt.arange(labels.shape[0]), labels].mean()
t = pytensor.shared(np.float32(1))
updates = [(t, t + np.float32(1))]
for p, g in zip(theta, pt.grad(cost, theta), strict=True):
    v, s = (pytensor.shared(np.zeros_like(p.get_value())) for _ in range(2))
    new_v, new_s = np.float32(0.9) * v + np.float32(0.1) * g, np.float32(0.999) * s
    new_s = new_s + np.float32(0.001) * g**2
    corrected = new_v / (1 - np.float32(0.9) ** t)
    root = pt.sqrt(new_s / (1 - np.float32(0.999) ** t)) + np.float32(1e-8)
    updates += [(v, new_v), (s, new_s), (p, p - np.float32(0.01) * corrected / root)]
step = pytensor.function([X, labels], cost, updates=updates)
scores = pytensor.function([X], z)


def epoch():
    """Train for one epoch."""
    for part in data.batches(data.rng):
        step(data.X[part], data.labels[part])


def predicted():
    """Return the class of each test digit."""
    return scores(data.x_test).argmax(axis=1)
