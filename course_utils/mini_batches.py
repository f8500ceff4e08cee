"""Mini-batches: every example once an epoch, a few at a time, in a new order each time.

Columns are examples. `descent` walks down by mini-batches on any cost; the linear model at the end
is the smallest one on which its way can be watched.
"""

import numpy as np

from course_utils.support import validation

START = np.array([[-0.5], [1.5]])
"""Where a walk over the two weights of `course_utils.datasets.next_day` may begin."""


def mini_batches(X, Y, size, rng):
    """Return an iterator over the mini-batches of one epoch.

    The columns of `X` and `Y` are shuffled alike, then cut into pieces of `size`; the last piece
    is smaller if `size` does not divide m. ``size = m`` is batch descent, 1 is stochastic descent.

    Parameters
    ----------
    X : array_like, shape (n_x, m)
        Inputs; columns are examples.
    Y : array_like, shape (C, m)
        Labels of the same examples.
    size : int
        Examples a mini-batch; more than m means all of them.
    rng : numpy.random.Generator
        Shuffles.

    Yields
    ------
    X_batch : ndarray, shape (n_x, size or fewer)
    Y_batch : ndarray, shape (C, size or fewer)

    Raises
    ------
    ValueError
        If `X` and `Y` differ in their examples, one is empty or holds NaN or infinity, or `size`
        is not a whole number of at least 1.
    TypeError
        If `rng` is no generator.

    Examples
    --------
    >>> X, Y = np.arange(10.0).reshape(2, 5), np.arange(5.0).reshape(1, 5)
    >>> [x.shape for x, y in mini_batches(X, Y, 2, np.random.default_rng(0))]
    [(2, 2), (2, 2), (2, 1)]

    References
    ----------
    .. [1] H. Robbins and S. Monro (1951), "A stochastic approximation method".
    .. [2] L. Bottou, F. Curtis and J. Nocedal (2018), "Optimization methods for large-scale machine
       learning".
    """
    X, Y = validation.examples(X, Y)
    return mini_batches_unchecked(X, Y, _whole("size", size), validation.generator(rng))


def mini_batches_unchecked(X, Y, size, rng):
    """Yield what `mini_batches` yields: a training calls this in every epoch."""
    order = rng.permutation(X.shape[1])
    X, Y = X[:, order], Y[:, order]
    for start in range(0, X.shape[1], size):
        yield X[:, start : start + size], Y[:, start : start + size]


def steps_per_epoch(m, size):
    """Count the mini-batches of an epoch: ``m / size``, rounded up.

    Parameters
    ----------
    m : int
        Examples.
    size : int
        Examples a mini-batch.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If `m` or `size` is not a whole number of at least 1.

    Examples
    --------
    >>> steps_per_epoch(365, 64)
    6
    """
    return -(-_whole("m", m) // _whole("size", size))


def descent(w, X, Y, gradient, *, size, schedule, epochs, rng, batches=mini_batches):
    """Return an iterator over the steps of gradient descent by mini-batches.

    Each step is ``w -= alpha * gradient(w, x, y)`` with the gradient of one mini-batch (x, y).

    Parameters
    ----------
    w : array_like
        The start.
    X, Y : array_like, shapes (n_x, m) and (C, m)
        Inputs and labels; columns are examples.
    gradient : callable
        ``gradient(w, x, y)``, of the shape of w.
    size : int
        Examples a mini-batch.
    schedule : callable
        ``epoch -> alpha``, from `course_utils.learning_rate_decay`; the first epoch is 0.
    epochs : int
        How many epochs.
    rng : numpy.random.Generator
        Shuffles.
    batches : callable
        ``batches(X, Y, size, rng)``: the mini-batches of one epoch.

    Yields
    ------
    w : ndarray
        The parameters after the step; after a divergence infinity or NaN.
    x, y : ndarray
        The mini-batch of this step.

    Raises
    ------
    ValueError
        If `w` holds NaN or infinity, or `epochs` is not a whole number of at least 1; or as
        `mini_batches` does.

    Examples
    --------
    >>> X, y, half = np.array([[1.0, 2.0]]), np.array([[3.0, 6.0]]), lambda epoch: 0.5
    >>> steps = descent([[0.0]], X, y, linear_gradient, size=2, schedule=half, epochs=3,
    ...                 rng=np.random.default_rng(0))
    >>> [w.item() for w, x, y in steps]
    [3.75, 2.8125, 3.046875]
    """
    w, (X, Y) = validation.finite("w", w), validation.examples(X, Y)
    size, epochs = _whole("size", size), _whole("epochs", epochs)
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


def linear_cost(w, X, y):
    """Cost of the linear model ``y_hat = w^T x``: ``J = 1/(2m) sum_k (w^T x_k - y_k)^2``.

    Parameters
    ----------
    w : ndarray, shape (n_x, k)
        Weights; k columns are k models. After a divergence they may be infinite.
    X : ndarray, shape (n_x, m)
        Inputs.
    y : ndarray, shape (1, m)
        What should come out.

    Returns
    -------
    ndarray, shape (k,)

    Examples
    --------
    >>> linear_cost(np.array([[0.0, 3.0]]), np.array([[1.0, 2.0]]), np.array([[3.0, 6.0]]))
    array([11.25,  0.  ])
    """
    w, X, y = _linear(w, X, y)
    error = w.T @ X - y
    return (error * error).sum(axis=1) / (2 * X.shape[1])


def linear_gradient(w, X, y):
    """Gradient of `linear_cost`: ``1/m X (w^T X - y)^T``.

    Parameters
    ----------
    w : ndarray, shape (n_x, 1)
        Weights.
    X : ndarray, shape (n_x, m)
        Inputs.
    y : ndarray, shape (1, m)
        What should come out.

    Returns
    -------
    ndarray, shape (n_x, 1)

    Examples
    --------
    >>> linear_gradient(np.array([[0.0]]), np.array([[1.0, 2.0]]), np.array([[3.0, 6.0]]))
    array([[-7.5]])
    """
    w, X, y = _linear(w, X, y)
    if w.shape[1] != 1:
        raise ValueError(f"w should be ({len(X)}, 1), the weights of one model, got {w.shape}")
    return X @ (w.T @ X - y).T / X.shape[1]


def _linear(w, X, y):
    (X, y), w = _one_output(X, y), validation.reals("w", w)
    if w.ndim != 2 or len(w) != len(X):
        raise ValueError(
            f"w should be ({len(X)}, models), a weight for each row of X, but got shape {w.shape}"
        )
    return w, X, y


def _one_output(X, y):
    X, y = validation.examples(X, y, names=("X", "y"))
    if len(y) != 1:
        raise ValueError(f"y should be (1, examples), but got shape {y.shape}")
    return X, y


def linear_minimum(X, y):
    """Weights at which `linear_cost` is lowest.

    Parameters
    ----------
    X : array_like, shape (n_x, m)
        Inputs.
    y : array_like, shape (1, m)
        What should come out.

    Returns
    -------
    ndarray, shape (n_x, 1)

    Raises
    ------
    ValueError
        If `X` and `y` differ in their examples, or one is empty or holds NaN or infinity.

    Examples
    --------
    >>> linear_minimum([[1.0, 2.0]], [[3.0, 6.0]]).round(6)
    array([[3.]])
    """
    X, y = _one_output(X, y)
    return np.linalg.lstsq(X.T, y.T)[0]


def _whole(name, value):
    return validation.whole(f"{name} >= 1", **{name: value})
