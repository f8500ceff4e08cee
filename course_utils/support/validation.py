"""Errors that say what must hold, what was given and how to mend it.

A check takes an argument by its name and returns it clean: go on with what it returns. What is no
number, array, function … at all is a TypeError, a number or shape that does not fit a ValueError.
"""

import contextlib
import math
import numbers
import operator
import os
from collections.abc import Mapping, Set
from itertools import pairwise
from pathlib import Path

import numpy as np

LARGEST = 10**8
"""The most numbers that an array of a reader's own size may hold: 800 MB."""

_COMPARE = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}

_INSTEAD = {
    "c": "complex numbers: use {0}.real",
    "U": "text: use np.asarray({0}, float)",
    "S": "bytes: use np.asarray({0}, float)",
    "M": "dates: use ({0} - {0}[0]) / np.timedelta64(1, 'D')",
    "m": "durations: use {0} / np.timedelta64(1, 'D')",
    "O": "objects: use a list of numbers, in rows of equal length",
    "V": "records: use one of its fields",
}


def require(condition, **named):
    """Return a number as a float if the condition on it holds.

    Parameters
    ----------
    condition : str
        Comparisons of the argument's name with numbers, such as ``"0 <= beta < 1"``.
    **named
        The argument, by its name.

    Examples
    --------
    >>> require("0 <= beta < 1", beta=0.9)
    0.9
    >>> require("0 <= beta < 1", beta=1.2)
    Traceback (most recent call last):
    ...
    ValueError: 0 <= beta < 1 must hold, but got beta=1.2
    """
    ((name, value),) = named.items()
    x = _real(name, value)
    if not _holds(condition, name, x):
        raise ValueError(f"{condition} must hold, but got {name}={x:.12g}")
    return number(name, x)


def require_all(condition, **named):
    """Return numbers of any shape as a floating-point array if the condition holds for all.

    Examples
    --------
    >>> require_all("epoch >= 0", epoch=[0, 1, -1])
    Traceback (most recent call last):
    ...
    ValueError: epoch >= 0 must hold, but got epoch=-1
    """
    ((name, values),) = named.items()
    a = finite(name, values)
    wrong = a[~_holds(condition, name, a)]
    if wrong.size:
        raise ValueError(f"{condition} must hold, but got {name}={wrong.flat[0]:.12g}")
    return a


def _holds(condition, name, x):
    words = condition.split()
    sides = [x if word == name else float(word) for word in words[::2]]
    signs = (_COMPARE[word] for word in words[1::2])
    return np.logical_and.reduce(
        [holds(a, b) for holds, (a, b) in zip(signs, pairwise(sides), strict=True)]
    )


def whole(condition, **named):
    """Return a whole number as an int if the condition on it holds, as `require` writes it.

    Examples
    --------
    >>> whole("steps >= 0", steps=3.0)
    3
    >>> whole("steps >= 0", steps=2.5)
    Traceback (most recent call last):
    ...
    ValueError: steps should be a whole number, but got steps=2.5
    """
    x = require(condition, **named)
    ((name, value),) = named.items()
    if x % 1:
        raise ValueError(f"{name} should be a whole number, but got {name}={x:.12g}")
    if abs(x) >= 2**63:
        raise ValueError(f"{name} should fit into 64 bits, but got {name}={x:.12g}")
    return int(value)


def number(name, value):
    """Return a finite number as a float.

    Truth values and text are refused, even where Python would convert them: they are other
    arguments in the wrong place.

    Examples
    --------
    >>> number("alpha", "0.1")
    Traceback (most recent call last):
    ...
    TypeError: alpha should be a number, but got '0.1': use float('0.1')
    """
    x = _real(name, value)
    if not math.isfinite(x):
        raise ValueError(f"{name} should be a finite number, but got {name}={x}")
    return x


def _real(name, value):
    value = value[()] if isinstance(value, np.ndarray) and value.ndim == 0 else value
    if not isinstance(value, numbers.Real) or isinstance(value, (bool, np.timedelta64)):
        cure = f": use float({shown(value)})" if isinstance(value, (str, bytes)) else ""
        raise TypeError(f"{name} should be a number, but got {shown(value)}{cure}")
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def flag(name, value):
    """Return True or False; nothing else is taken for one of them.

    Examples
    --------
    >>> flag("batch_norm", "no")
    Traceback (most recent call last):
    ...
    TypeError: batch_norm should be True or False, but got 'no'
    """
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{name} should be True or False, but got {shown(value)}")
    return bool(value)


def text(name, value):
    """Return a string.

    Examples
    --------
    >>> text("name", 3)
    Traceback (most recent call last):
    ...
    TypeError: name should be a string, but got 3
    """
    if not isinstance(value, str):
        raise TypeError(f"{name} should be a string, but got {shown(value)}")
    return value


def one_of(name, value, options):
    """Return a value that is one of some strings.

    Examples
    --------
    >>> one_of("optimizer", "adam", ["Adam", "momentum"])
    Traceback (most recent call last):
    ...
    ValueError: optimizer should be one of 'Adam', 'momentum', but got 'adam'
    """
    if text(name, value) not in options:
        names = ", ".join(map(repr, options))
        raise ValueError(f"{name} should be one of {names}, but got {shown(value)}")
    return value


def mapping(name, value):
    """Return a dict, or something like it.

    Examples
    --------
    >>> mapping("configuration", "alpha")
    Traceback (most recent call last):
    ...
    TypeError: configuration should be a dict, but got 'alpha'
    """
    if not isinstance(value, Mapping):
        raise TypeError(f"{name} should be a dict, but got {shown(value)}")
    return value


def path(name, value):
    """Return where a path leads from here, wherever the process goes later.

    Examples
    --------
    >>> path("file", 3)
    Traceback (most recent call last):
    ...
    TypeError: file should be a path, but got 3
    """
    if not isinstance(value, str | os.PathLike):
        raise TypeError(f"{name} should be a path, but got {shown(value)}")
    return Path(value).absolute()


def function(name, value):
    """Return something that can be called.

    Examples
    --------
    >>> function("gradient", [1.0])
    Traceback (most recent call last):
    ...
    TypeError: gradient should be a function, but got [1.0]
    """
    if not callable(value) or isinstance(value, type):
        raise TypeError(f"{name} should be a function, but got {shown(value)}")
    return value


def offers(name, value, kind, *attributes):
    """Return an object that has some attributes; `kind` says what it should be.

    Examples
    --------
    >>> offers("optimizer", "adam", "an optimizer such as Adam()", "init", "step")
    Traceback (most recent call last):
    ...
    TypeError: optimizer should be an optimizer such as Adam(), but got 'adam'
    """
    if isinstance(value, type):
        raise TypeError(f"{name} should be {kind}, but got the class itself: {value.__name__}")
    if not all(hasattr(value, attribute) for attribute in attributes):
        raise TypeError(f"{name} should be {kind}, but got {shown(value)}")
    return value


def instance(name, value, kind):
    """Return an object of a class.

    Examples
    --------
    >>> instance("running", None, np.random.Generator)
    Traceback (most recent call last):
    ...
    TypeError: running should be of type Generator, but got None
    """
    if not isinstance(value, kind):
        raise TypeError(f"{name} should be of type {kind.__name__}, but got {shown(value)}")
    return value


def sequence(name, values):
    """Return the items of a list, a tuple or what is like one as a list; text and sets are not.

    Examples
    --------
    >>> sequence("configurations", {"alpha": 0.1})
    Traceback (most recent call last):
    ...
    TypeError: configurations should be a list, but got {'alpha': 0.1}: use [...] or list(...)
    """
    is_one = hasattr(values, "__len__") and not isinstance(values, str | bytes | Mapping | Set)
    with contextlib.suppress(TypeError):  # an array without a dimension has a length method, too
        if is_one:
            return list(values)
    raise TypeError(f"{name} should be a list, but got {shown(values)}: use [...] or list(...)")


def room(**counts):
    """Refuse whole numbers whose product, the size of an array, would not fit into memory.

    Examples
    --------
    >>> room(n_out=10**9, n_in=4)
    Traceback (most recent call last):
    ...
    ValueError: n_out * n_in <= 1e+08 must hold for memory, but got n_out=1000000000, n_in=4
    """
    if math.prod(counts.values()) > LARGEST:
        given = ", ".join(f"{name}={n}" for name, n in counts.items())
        condition = f"{' * '.join(counts)} <= {LARGEST:g}"
        raise ValueError(f"{condition} must hold for memory, but got {given}")


def reals(name, values):
    """Return `values` as a floating-point array of real numbers; NaN and infinity are let through.

    float32 stays float32; anything else becomes float64. True and False are 1 and 0. What NumPy
    would misread is refused: imaginary parts, masked values, dates, digits in text.

    Examples
    --------
    >>> reals("z", ["1.5"])
    Traceback (most recent call last):
    ...
    TypeError: z should be an array of numbers, but got ['1.5'], text: use np.asarray(z, float)
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
    """Return `values` as a floating-point array, refusing NaN and infinity besides; see `reals`.

    Examples
    --------
    >>> finite("z", [1, 2])
    array([1., 2.])
    """
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

    Parameters
    ----------
    name : str
        What to call the argument in the error.
    values : array_like, shape (rows, examples)
        Columns are examples.
    rows : str
        What a row is, for the error.

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
    """Return labels as a finite ``(classes, examples)`` matrix; see `matrix`.

    Examples
    --------
    >>> labels("y", [[0, 1]])
    array([[0., 1.]])
    """
    a = finite(name, values)
    if a.ndim == 1:
        raise ValueError(
            f"{name} should be (classes, examples), got a 1-d array of shape {a.shape}: use "
            f"one_hot({name}, classes) for class numbers, {name}[None] for one output, or "
            f"{name}[:, None] for a single example"
        )
    return matrix(name, a, "classes")


def examples(X, Y, names=("X", "Y")):
    """Return inputs and labels as finite matrices with the same examples as columns.

    Parameters
    ----------
    X : array_like, shape (n_x, m)
        Inputs.
    Y : array_like, shape (C, m)
        Labels.
    names : tuple of two str
        What to call them in the error.

    Examples
    --------
    >>> examples([[1, 2]], [[1, 2, 3]])
    Traceback (most recent call last):
    ...
    ValueError: X and Y should have the same examples as columns, but got (1, 2) and (1, 3)
    """
    X, Y = matrix(names[0], X, "inputs"), labels(names[1], Y)
    if X.shape[1] != Y.shape[1]:
        raise ValueError(
            f"{' and '.join(names)} should have the same examples as columns, "
            f"but got {X.shape} and {Y.shape}"
        )
    return X, Y


def named_arrays(name, values):
    """Return a dict of finite arrays, at least one, by name.

    Examples
    --------
    >>> named_arrays("parameters", {"W1": [[1, 2]]})
    {'W1': array([[1., 2.]])}
    """
    if not isinstance(values, Mapping):
        raise TypeError(f"{name} should be a dict of arrays, but got {shown(values)}")
    if not values:
        raise ValueError(f"{name} should hold at least one array, but got none")
    return {key: finite(f"{key}", array) for key, array in values.items()}


def shares(name, values):
    """Return labels as a finite ``(classes, examples)`` matrix whose columns sum to 1.

    Examples
    --------
    >>> shares("Y", [[1, 0], [0, 1]])
    array([[1., 0.],
           [0., 1.]])
    """
    y = labels(name, values)
    wrong = np.flatnonzero((np.abs(y.sum(axis=0) - 1) > 1e-4) | (y < 0).any(axis=0))
    if wrong.size:
        raise ValueError(
            f"each column of {name} must be shares that sum to 1, but column "
            f"{wrong[0]} is {y[:, wrong[0]]}: use one_hot(labels, classes)"
        )
    return y


def same_shape(name_a, a, name_b, b):
    """Refuse two arrays of different shapes.

    Examples
    --------
    >>> same_shape("y_hat", [[0], [0]], "y", [0, 0])
    Traceback (most recent call last):
    ...
    ValueError: y_hat and y should have the same shape, but got (2, 1) and (2,)
    """
    if np.shape(a) != np.shape(b):
        raise ValueError(
            f"{name_a} and {name_b} should have the same shape, "
            f"but got {np.shape(a)} and {np.shape(b)}"
        )


def generator(rng):
    """Return `rng` if it is a random generator, else say how to make one.

    Examples
    --------
    >>> generator(0)
    Traceback (most recent call last):
    ...
    TypeError: rng should be a numpy.random.Generator, but got 0: use np.random.default_rng(0)
    """
    if not isinstance(rng, np.random.Generator):
        seed = shown(rng) if isinstance(rng, (int, np.integer)) and rng >= 0 else "seed"
        raise TypeError(
            f"rng should be a numpy.random.Generator, but got {shown(rng)}: "
            f"use np.random.default_rng({seed})"
        )
    return rng


def shown(value):
    """Return what an error says of a value: its beginning, on one line.

    Examples
    --------
    >>> shown([[1.0], [2.0]]), shown(10**5000)
    ('[[1.0], [2.0]]', 'an int')
    """
    try:
        return f"{' '.join(repr(value).split()):.60}"
    except Exception:  # whatever a foreign repr raises; Python's own fails for a very long int
        return f"an {type(value).__name__}"
