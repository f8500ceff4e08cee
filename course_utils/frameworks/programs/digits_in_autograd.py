"""The digit classifier in autograd, which differentiates NumPy; Adam is written out."""

import autograd.numpy as np
import digits_data as data
from autograd import grad
from autograd.scipy.special import logsumexp

sizes = (64, 128), (128,), (128, 10), (10,)
theta = [data.rng.normal(0, (2 / n[0]) ** 0.5, n) * (len(n) > 1) for n in sizes]
v, s, t = [np.zeros(n) for n in sizes], [np.zeros(n) for n in sizes], 0


def scores(theta, X):
    """Return the logits."""
    return np.maximum(X @ theta[0] + theta[1], 0) @ theta[2] + theta[3]


def cost(theta, X, labels):
    """Return the mean loss."""
    z = scores(theta, X)
    return np.mean(logsumexp(z, axis=1) - z[np.arange(64), labels])


gradient = grad(cost)


def epoch():
    """Train for one epoch."""
    global t
    for part in data.batches(data.rng):
        t += 1
        for p, g, m, q in zip(
            theta, gradient(theta, data.X[part], data.labels[part]), v, s, strict=True
        ):
            m += 0.1 * (g - m)
            q += 0.001 * (g * g - q)
            p -= 0.01 * (m / (1 - 0.9**t)) / (np.sqrt(q / (1 - 0.999**t)) + 1e-8)


def predicted():
    """Return the class of each test digit."""
    return scores(theta, data.x_test).argmax(axis=1)
