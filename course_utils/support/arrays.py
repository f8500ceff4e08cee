"""Arrays as the lecture wants them: finite numbers, columns are examples.

`course_utils.support.validation` offers these checks beside its own, and says what they raise.
"""

from collections.abc import Mapping

import numpy as np

_INSTEAD = {
    "c": "complex numbers: use {0}.real",
    "U": "text: use np.asarray({0}, float)",
    "S": "bytes: use np.asarray({0}, float)",
    "M": "dates: use ({0} - {0}[0]) / np.timedelta64(1, 'D')",
    "m": "durations: use {0} / np.timedelta64(1, 'D')",
    "O": "objects: use a list of numbers, in rows of equal length",
    "V": "records: use one of its fields",
}


def reals(name, values):
    """Return `values` as a floating-point array of real numbers; NaN and infinity are let through.

    float32 stays float32; anything else becomes float64. True and False are 1 and 0. What NumPy
    would misread is refused: imaginary parts, masked values, dates, digits in text.
    """
    if type(values) is np.ndarray and values.dtype.char in "fd":
        return values
    if np.ma.is_masked(values):
        cure = f"use {name}.compressed() or {name}.filled(...)"
        raise TypeError(f"{name} should be an array of numbers, but some are masked: {cure}")
    try:
        a = np.asarray(values)
    except Exception:  # whatever a foreign object's conversion raises
        a = np.asarray(None)
    if a.dtype.kind not in "fiub":
        instead = _INSTEAD.get(a.dtype.kind, "something else").format(name)
        raise TypeError(f"{name} should be an array of numbers, but got {shown(values)}, {instead}")
    if a.dtype == np.float32:
        return a
    with np.errstate(over="ignore"):  # longer floats: what overflows is infinite here
        return a.astype(np.float64, copy=False)


def finite(name, values):
    """Return `values` as a floating-point array, refusing NaN and infinity besides; see `reals`."""
    a = reals(name, values)
    if np.isfinite(a).all():
        return a
    if not a.ndim:
        raise ValueError(f"{name} should be a finite number, but got {name}={a}")
    bad = np.argwhere(~np.isfinite(a))
    where = tuple(int(i) for i in bad[0])
    raise ValueError(
        f"{name} should hold finite numbers, but {name}[{', '.join(map(str, where))}] is "
        f"{a[where]}: {len(bad)} of {a.size} values are NaN or infinite"
    )


def matrix(name, values, rows="units"):
    """Return `values` as a finite ``(rows, examples)`` array with at least one example.

    `rows` is what the error calls a row.

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


def labels(name, values):
    """Return labels as a finite ``(classes, examples)`` matrix; see `matrix`."""
    a = finite(name, values)
    if a.ndim == 1:
        raise ValueError(
            f"{name} should be (classes, examples), got a 1-d array of shape {a.shape}: use "
            f"one_hot({name}, classes) for class numbers, {name}[None] for one output, or "
            f"{name}[:, None] for a single example"
        )
    return matrix(name, a, "classes")


def shares(name, values):
    """Return labels as a finite ``(classes, examples)`` matrix whose columns sum to 1."""
    y = labels(name, values)
    wrong = np.flatnonzero((np.abs(y.sum(axis=0) - 1) > 1e-4) | (y < 0).any(axis=0))
    if wrong.size:
        raise ValueError(
            f"each column of {name} must be shares that sum to 1, but column "
            f"{wrong[0]} is {y[:, wrong[0]]}: use one_hot(labels, classes)"
        )
    return y


def examples(X, Y, names=("X", "Y")):
    """Return inputs and labels as finite matrices with the same examples as columns."""
    X, Y = matrix(names[0], X, "inputs"), labels(names[1], Y)
    if X.shape[1] != Y.shape[1]:
        raise ValueError(
            f"{' and '.join(names)} should have the same examples as columns, "
            f"but got {X.shape} and {Y.shape}"
        )
    return X, Y


def named_arrays(name, values):
    """Return a dict of finite arrays, at least one, by name."""
    if not isinstance(values, Mapping):
        raise TypeError(f"{name} should be a dict of arrays, but got {shown(values)}")
    if not values:
        raise ValueError(f"{name} should hold at least one array, but got none")
    return {key: finite(f"{key}", array) for key, array in values.items()}


def same_shape(name_a, a, name_b, b):
    """Refuse two arrays of different shapes."""
    if np.shape(a) != np.shape(b):
        raise ValueError(
            f"{name_a} and {name_b} should have the same shape, "
            f"but got {np.shape(a)} and {np.shape(b)}"
        )


def shown(value):
    """Return what an error says of a value: its beginning, on one line."""
    try:
        return f"{' '.join(repr(value).split()):.60}"
    except Exception:  # whatever a foreign repr raises; Python's own fails for a very long int
        return f"an {type(value).__name__}"


def number_type(dtype):
    """Return a NumPy type of numbers."""
    try:
        found = np.dtype(dtype)
    except Exception:  # NumPy has a kind of error for each kind of nonsense
        found = np.dtype(object)
    if dtype is None or found.kind not in "fiu":
        given = shown(dtype)
        raise TypeError(f"dtype should be one of numbers, such as tf.float32, but got {given}")
    return found


def cast(name, values, dtype):
    """Return numbers as an array of a type that can hold them."""
    a = reals(name, values)
    if dtype is None:
        return a
    cast = a.astype(number_type(dtype))
    if cast.dtype.kind in "iub" and (cast != a).any():
        raise ValueError(f"{name} should hold whole numbers for {cast.dtype}, but got {a}")
    return cast
