"""Descent in the valley of a linear unit, with and without batch norm before it."""

import numpy as np

MOST_STEPS = 10_000


def descent_in_a_valley(hessian, rate, *, start=(-1.4, 1.0)):
    """Descend on a quadratic cost until a millionth of it is left, or a million times as much.

    Parameters
    ----------
    hessian : ndarray, shape (2, 2)
        Of the cost ½ wᵀ H w; symmetric, with a largest eigenvalue λ_max above 0.
    rate : float
        The learning rate, in units of 2 / λ_max: from 1 on, descent does not converge.
    start : tuple of float
        The first w.

    Returns
    -------
    ndarray, shape (steps + 1, 2)
        Every w, at most `MOST_STEPS` of them after the first.

    Examples
    --------
    >>> descent_in_a_valley(np.eye(2), 0.5)
    array([[-1.4,  1. ],
           [ 0. ,  0. ]])
    """
    (a, b), (_, d) = (hessian * rate * 2 / np.linalg.eigvalsh(hessian)[-1]).tolist()
    (x, y), path = start, [start]
    first = cost = a * x * x + 2 * b * x * y + d * y * y
    while 1e-6 * first < cost < 1e6 * first and len(path) <= MOST_STEPS:
        x, y = x - a * x - b * y, y - b * x - d * y
        cost = a * x * x + 2 * b * x * y + d * y * y
        path.append((x, y))
    return np.array(path)
