"""Errors that say what must hold, what was given and how to mend it."""

import numpy as np


def finite(name, values):
    """Return `values` as a floating-point array, refusing NaN and infinity.

    float32 stays float32; anything else becomes float64.

    Parameters
    ----------
    name : str
        What to call the argument in the error.
    values : array_like
        Numbers of any shape.

    Raises
    ------
    TypeError
        If the values are not numbers.
    ValueError
        If a value is NaN or infinite.

    Examples
    --------
    >>> finite("z", [1, 2])
    array([1., 2.])
    """
    try:
        a = np.asarray(values)
        a = a if a.dtype == np.float32 else a.astype(np.float64)
    except (TypeError, ValueError):
        message = f"{name} should be an array of numbers, but got {values!r:.60}"
        raise TypeError(message) from None
    bad = np.argwhere(~np.isfinite(a))
    if len(bad):
        where = tuple(int(i) for i in bad[0])
        if not where:
            raise ValueError(f"{name} should be a finite number, but got {name}={a}")
        raise ValueError(
            f"{name} should hold finite numbers, but {name}[{', '.join(map(str, where))}] is "
            f"{a[where]}: {len(bad)} of {a.size} values are NaN or infinite"
        )
    return a


def matrix(name, values, rows="units"):
    """Return `values` as a finite ``(rows, examples)`` array with at least one example.

    Parameters
    ----------
    name : str
        What to call the argument in the error.
    values : array_like, shape (rows, examples)
        Columns are examples.
    rows : str
        What a row is, for the error.

    Raises
    ------
    ValueError
        If the array is not 2-d, is empty, or holds NaN or infinity.

    Examples
    --------
    >>> matrix("z", [1.0, 2.0])
    Traceback (most recent call last):
    ...
    ValueError: z should be (units, examples), got a 1-d array of shape (2,): use z[:, None]
    """
    a = finite(name, values)
    if a.ndim != 2:
        cure = f": use {name}[:, None]" if a.ndim == 1 else ""
        raise ValueError(
            f"{name} should be ({rows}, examples), got a {a.ndim}-d array of shape {a.shape}{cure}"
        )
    if a.size == 0:
        raise ValueError(
            f"{name} should hold at least one example, but got an empty array of shape {a.shape}"
        )
    return a


def examples(X, Y):
    """Return inputs and labels as finite matrices with the same examples as columns.

    Parameters
    ----------
    X : array_like, shape (n_x, m)
        Inputs.
    Y : array_like, shape (C, m)
        Labels.

    Raises
    ------
    ValueError
        If a matrix is wrong as `matrix` says, or they differ in their number of columns.

    Examples
    --------
    >>> examples([[1, 2]], [[1, 2, 3]])
    Traceback (most recent call last):
    ...
    ValueError: X and Y should have the same examples as columns, but got (1, 2) and (1, 3)
    """
    X, Y = matrix("X", X, "inputs"), matrix("Y", Y, "classes")
    if X.shape[1] != Y.shape[1]:
        raise ValueError(
            f"X and Y should have the same examples as columns, but got {X.shape} and {Y.shape}"
        )
    return X, Y


def same_shape(name_a, a, name_b, b):
    """Refuse two arrays of different shapes.

    Raises
    ------
    ValueError
        Naming both arrays and both shapes.

    Examples
    --------
    >>> same_shape("y_hat", np.zeros((3, 1)), "y", np.zeros((3, 1)))
    """
    if a.shape != b.shape:
        raise ValueError(
            f"{name_a} and {name_b} should have the same shape, but got {a.shape} and {b.shape}"
        )


def number(name, value, condition, holds):
    """Return `value` as a float if ``holds(value)``, else say the `condition` that must hold.

    Parameters
    ----------
    name : str
        What to call the argument in the error.
    value : float
        The number to look at.
    condition : str
        The condition in the lecture's symbols, such as ``"0 <= beta < 1"``.
    holds : callable
        The same condition as a function of the value. NaN holds for none that compares.

    Raises
    ------
    TypeError
        If the value is not a number.
    ValueError
        If the condition does not hold.

    Examples
    --------
    >>> number("beta", 1.2, "0 <= beta < 1", lambda b: 0 <= b < 1)
    Traceback (most recent call last):
    ...
    ValueError: 0 <= beta < 1 must hold, but got beta=1.2
    """
    try:
        x = float(value)
    except (TypeError, ValueError):
        raise TypeError(f"{name} should be a number, but got {value!r:.60}") from None
    if not holds(x):
        raise ValueError(f"{condition} must hold, but got {name}={value:g}")
    return x


def generator(rng):
    """Return `rng` if it is a random generator, else say how to make one.

    Parameters
    ----------
    rng : numpy.random.Generator
        The source of randomness.

    Raises
    ------
    TypeError
        If it is anything else, such as a seed.

    Examples
    --------
    >>> generator(0)
    Traceback (most recent call last):
    ...
    TypeError: rng should be a numpy.random.Generator, but got 0: use np.random.default_rng(0)
    """
    if not isinstance(rng, np.random.Generator):
        seed = rng if isinstance(rng, int) else "seed"
        raise TypeError(
            f"rng should be a numpy.random.Generator, but got {rng!r:.60}: "
            f"use np.random.default_rng({seed})"
        )
    return rng
