"""Mini-batches: every example once an epoch, a few at a time, in a new order each time."""

from course_utils import validation


def mini_batches(X, Y, size, rng):
    """Yield the mini-batches of one epoch.

    The columns of `X` and `Y` are shuffled alike, then cut into pieces of `size`; the last piece
    is smaller if `size` does not divide m. ``size = m`` is batch descent, 1 is stochastic descent.

    Parameters
    ----------
    X : ndarray, shape (n_x, m)
        Inputs; columns are examples.
    Y : ndarray, shape (C, m)
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

    Examples
    --------
    >>> import numpy as np
    >>> X, Y = np.arange(10.0).reshape(2, 5), np.arange(5.0).reshape(1, 5)
    >>> [x.shape for x, y in mini_batches(X, Y, 2, np.random.default_rng(0))]
    [(2, 2), (2, 2), (2, 1)]
    """
    X, Y = validation.examples(X, Y)
    validation.number("size", size, "size >= 1, whole", lambda n: n >= 1 and n % 1 == 0)
    return shuffled(X, Y, int(size), validation.generator(rng))


def shuffled(X, Y, size, rng):
    """Yield what `mini_batches` yields, from arrays that are known to be in order."""
    order = rng.permutation(X.shape[1])
    X, Y = X[:, order], Y[:, order]
    for start in range(0, X.shape[1], size):
        yield X[:, start : start + size], Y[:, start : start + size]
