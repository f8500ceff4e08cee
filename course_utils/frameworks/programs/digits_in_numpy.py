"""The digit classifier by hand, in NumPy: the backward pass and Adam are yours to write."""

import digits_data as data
import numpy as np

sizes = (64, 128), (128,), (128, 10), (10,)
theta = [data.rng.normal(0, (2 / n[0]) ** 0.5, n) * (len(n) > 1) for n in sizes]
v, s, t = [np.zeros(n) for n in sizes], [np.zeros(n) for n in sizes], 0


def scores(X):
    """Return the hidden activations and the logits."""
    a = np.maximum(X @ theta[0] + theta[1], 0)
    return a, a @ theta[2] + theta[3]


def epoch():
    """Train for one epoch."""
    global t
    for part in data.batches(data.rng):
        X, y = data.X[part], data.labels[part]
        a, z = scores(X)
        dz = np.exp(z - z.max(axis=1, keepdims=True))
        dz /= dz.sum(axis=1, keepdims=True)
        dz[np.arange(64), y] -= 1
        dz /= 64
        da = dz @ theta[2].T * (a > 0)
        gradients = X.T @ da, da.sum(axis=0), a.T @ dz, dz.sum(axis=0)
        t += 1
        for p, g, m, q in zip(theta, gradients, v, s, strict=True):
            m += 0.1 * (g - m)
            q += 0.001 * (g * g - q)
            p -= 0.01 * (m / (1 - 0.9**t)) / (np.sqrt(q / (1 - 0.999**t)) + 1e-8)


def predicted():
    """Return the class of each test digit."""
    return scores(data.x_test)[1].argmax(axis=1)
