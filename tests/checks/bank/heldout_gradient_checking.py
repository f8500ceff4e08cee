"""More answers to the exercises of gradient_checking, written from their texts alone."""

import numpy as np

from tests.checks.bank import right, wrong


@wrong("gradient_checking.numerical_gradient", "one-sided", named="one-sided")
def one_sided(f, theta, h):
    theta = theta.astype(float)
    gradient = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        p, q = theta.copy(), theta.copy()
        p[i] += h
        q[i] -= h
        gradient[i] = (f(p) - f(theta)) / h
    return gradient


@wrong("gradient_checking.numerical_gradient", "backward", named="one-sided-backward")
def backward(f, theta, h):
    theta = theta.astype(float)
    gradient = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        p, q = theta.copy(), theta.copy()
        p[i] += h
        q[i] -= h
        gradient[i] = (f(theta) - f(q)) / h
    return gradient


@wrong("gradient_checking.numerical_gradient", "over h", named="divided-by-h")
def over_h(f, theta, h):
    theta = theta.astype(float)
    gradient = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        p, q = theta.copy(), theta.copy()
        p[i] += h
        q[i] -= h
        gradient[i] = (f(p) - f(q)) / h
    return gradient


@wrong("gradient_checking.numerical_gradient", "precedence", named="times-h")
def precedence(f, theta, h):
    theta = theta.astype(float)
    gradient = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        p, q = theta.copy(), theta.copy()
        p[i] += h
        q[i] -= h
        gradient[i] = (f(p) - f(q)) / 2 * h
    return gradient


@wrong("gradient_checking.numerical_gradient", "exchanged")
def exchanged(f, theta, h):
    theta = theta.astype(float)
    gradient = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        p, q = theta.copy(), theta.copy()
        p[i] += h
        q[i] -= h
        gradient[i] = (f(q) - f(p)) / (2 * h)
    return gradient


@wrong("gradient_checking.numerical_gradient", "own h", named="another-h")
def own_h(f, theta, h):
    theta, h = theta.astype(float), 1e-3
    gradient = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        p, q = theta.copy(), theta.copy()
        p[i] += h
        q[i] -= h
        gradient[i] = (f(p) - f(q)) / (2 * h)
    return gradient


@wrong("gradient_checking.numerical_gradient", "sum, not difference", named="sum")
def added(f, theta, h):
    theta = theta.astype(float)
    gradient = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        p, q = theta.copy(), theta.copy()
        p[i] += h
        q[i] -= h
        gradient[i] = (f(p) + f(q)) / (2 * h)
    return gradient


@wrong("gradient_checking.numerical_gradient", "returns a flat vector", named="flattened")
def flat(f, theta, h):
    theta = theta.astype(float)
    gradient = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        p, q = theta.copy(), theta.copy()
        p[i] += h
        q[i] -= h
        gradient[i] = (f(p) - f(q)) / (2 * h)
    return gradient.ravel()


@wrong("gradient_checking.numerical_gradient", "all at once", named="all-at-once")
def all_at_once(f, theta, h):
    return np.full(theta.shape, (f(theta + h) - f(theta - h)) / (2 * h))


@right("gradient_checking.numerical_gradient")
def with_a_unit(f, theta, h):
    g = np.empty(theta.size)
    for i, e in enumerate(np.eye(theta.size)):
        e = h * e.reshape(theta.shape)
        g[i] = (f(theta + e) - f(theta - e)) / 2 / h
    return g.reshape(theta.shape)


@wrong("gradient_checking.relative_difference", "squares", named="squared")
def squared(a, b):
    n = np.linalg.norm
    return n(a - b) ** 2 / (n(a) ** 2 + n(b) ** 2) if a.any() or b.any() else 0.0


@wrong("gradient_checking.relative_difference", "norm of the sum", named="norm-of-the-sum")
def of_the_sum(a, b):
    n = np.linalg.norm(a + b)
    return np.linalg.norm(a - b) / n if n else 0.0


@wrong("gradient_checking.relative_difference", "NaN at zeros", named="two-zeros")
def nan_at_zeros(a, b):
    return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))


@wrong("gradient_checking.relative_difference", "zero if one is zero", named="one-zero-is-enough")
def zero_if_one_is(a, b):
    n = np.linalg.norm
    return n(a - b) / (n(a) + n(b)) if a.any() and b.any() else 0.0


@wrong("gradient_checking.relative_difference", "precedence", named="brackets-missing")
def divides_once(a, b):
    n = np.linalg.norm
    return n(a - b) / n(a) + n(b) if a.any() else 0.0


@wrong("gradient_checking.relative_difference", "L1", named="sums-of-sizes")
def l1(a, b):
    s = np.abs(a).sum() + np.abs(b).sum()
    return np.abs(a - b).sum() / s if s else 0.0


@wrong("gradient_checking.relative_difference", "difference of norms", named="difference-of-norms")
def of_norms(a, b):
    x, y = np.linalg.norm(a), np.linalg.norm(b)
    return abs(x - y) / (x + y) if x + y else 0.0


@wrong("gradient_checking.relative_difference", "larger norm", named="divided-by-the-larger")
def by_the_larger(a, b):
    s = max(np.linalg.norm(a), np.linalg.norm(b))
    return np.linalg.norm(a - b) / s if s else 0.0


@right("gradient_checking.relative_difference")
def by_roots(a, b):
    size = np.sqrt((a**2).sum()) + np.sqrt((b**2).sum())
    return np.sqrt(((a - b) ** 2).sum()) / size if size else 0
