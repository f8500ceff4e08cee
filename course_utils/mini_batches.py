"""Mini-batches: every example once an epoch, a few at a time, in a new order each time.

Columns are examples: `X` is ``(n_x, m)``, `Y` is ``(C, m)``; a mini-batch has `size` of them,
the last one perhaps fewer. `rng`, a `numpy.random.Generator`, shuffles. Labels of other examples,
NaN, infinity and a `size` or `epochs` that is not whole or below 1 are a ValueError.
"""

from course_utils.support import validation


def mini_batches(X, Y, size, rng):
    """Return an iterator over the mini-batches (x, y) of one epoch [1]_ [2]_.

    The columns of `X` and `Y` are shuffled alike, then cut into pieces of `size`; the last piece
    is smaller if `size` does not divide m. ``size = m`` is batch descent, 1 is stochastic descent.

    >>> import numpy as np
    >>> X, Y = np.arange(10.0).reshape(2, 5), np.arange(5.0).reshape(1, 5)
    >>> [x.shape for x, y in mini_batches(X, Y, 2, np.random.default_rng(0))]
    [(2, 2), (2, 2), (2, 1)]

    .. [1] H. Robbins and S. Monro (1951), "A stochastic approximation method".
    .. [2] L. Bottou, F. Curtis and J. Nocedal (2018), "Optimization methods for large-scale machine
       learning".
    """
    X, Y = validation.examples(X, Y)
    size = validation.whole("size >= 1", size=size)
    return mini_batches_unchecked(X, Y, size, validation.generator(rng))


def mini_batches_unchecked(X, Y, size, rng):
    """Yield what `mini_batches` yields: a training calls this in every epoch."""
    order = rng.permutation(X.shape[1])
    X, Y = X[:, order], Y[:, order]
    for start in range(0, X.shape[1], size):
        yield X[:, start : start + size], Y[:, start : start + size]


def steps_per_epoch(m, size):
    """Count the mini-batches of an epoch: ``m / size``, rounded up.

    >>> steps_per_epoch(365, 64)
    6
    """
    m, size = validation.whole("m >= 1", m=m), validation.whole("size >= 1", size=size)
    return -(-m // size)


def descent(w, X, Y, gradient, *, size, schedule, epochs, rng, batches=mini_batches):
    """Return an iterator over (w, x, y), the steps of gradient descent by mini-batches.

    Each step is ``w -= alpha * gradient(w, x, y)`` with the gradient of one mini-batch (x, y);
    after a divergence w is infinite or NaN. ``schedule(epoch)`` gives alpha, the first epoch is 0,
    and ``batches(X, Y, size, rng)`` the mini-batches of an epoch.

    >>> import numpy as np
    >>> X, y, half = np.array([[1.0, 2.0]]), np.array([[3.0, 6.0]]), lambda epoch: 0.5
    >>> steps = descent([[0.0]], X, y, lambda w, x, y: x @ (w.T @ x - y).T / x.shape[1], size=2,
    ...                 schedule=half, epochs=3, rng=np.random.default_rng(0))
    >>> [w.item() for w, x, y in steps]
    [3.75, 2.8125, 3.046875]
    """
    w, (X, Y) = validation.finite("w", w), validation.examples(X, Y)
    size = validation.whole("size >= 1", size=size)
    epochs = validation.whole("epochs >= 1", epochs=epochs)
    gradient = validation.function("gradient", gradient)
    schedule = validation.function("schedule", schedule)
    batches = validation.function("batches", batches)
    return _steps(w, X, Y, gradient, size, schedule, epochs, rng, batches)


def _steps(w, X, Y, gradient, size, schedule, epochs, rng, batches):
    for epoch in range(epochs):
        alpha = validation.number("schedule(epoch)", schedule(epoch))
        for x, y in batches(X, Y, size, rng):
            g = validation.reals("gradient(w, x, y)", gradient(w, x, y))
            validation.same_shape("gradient(w, x, y)", g, "w", w)
            w = w - alpha * g
            yield w, x, y
