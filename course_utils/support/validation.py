"""Errors that say what must hold, what was given and how to mend it.

A check takes an argument by its name and returns it clean: go on with what it returns. What is no
number, array, function … at all is a TypeError, a number or shape that does not fit a ValueError.
A condition is written once, as comparisons of the argument's name with numbers:

>>> require("0 <= beta < 1", beta=0.9)
0.9
>>> require("0 <= beta < 1", beta=1.2)
Traceback (most recent call last):
...
ValueError: 0 <= beta < 1 must hold, but got beta=1.2
"""

import contextlib
import inspect
import math
import numbers
import operator
import os
from collections.abc import Mapping, Set
from functools import wraps
from itertools import pairwise
from pathlib import Path

import numpy as np

from course_utils.support.arrays import (  # noqa: F401 - found here, beside the others
    examples,
    finite,
    labels,
    matrix,
    named_arrays,
    reals,
    same_shape,
    shares,
    shown,
)

LARGEST = 10**8
"""The most numbers that an array of a reader's own size may hold: 800 MB."""

_COMPARE = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


def require(condition, **named):
    """Return a number as a float if the condition on it holds."""
    ((name, value),) = named.items()
    x = _real(name, value)
    if not _holds(condition, name, x):
        raise ValueError(f"{condition} must hold, but got {name}={x:.12g}")
    return number(name, x)


def require_all(condition, **named):
    """Return numbers of any shape as a floating-point array if the condition holds for all."""
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
    """Return True or False; nothing else is taken for one of them."""
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{name} should be True or False, but got {shown(value)}")
    return bool(value)


def text(name, value):
    """Return a string."""
    if not isinstance(value, str):
        raise TypeError(f"{name} should be a string, but got {shown(value)}")
    return value


def one_of(name, value, options):
    """Return a value that is one of some strings."""
    if text(name, value) not in options:
        names = ", ".join(map(repr, options))
        raise ValueError(f"{name} should be one of {names}, but got {shown(value)}")
    return value


def mapping(name, value):
    """Return a dict, or something like it."""
    if not isinstance(value, Mapping):
        raise TypeError(f"{name} should be a dict, but got {shown(value)}")
    return value


def path(name, value):
    """Return where a path leads from here, wherever the process goes later."""
    if not isinstance(value, str | os.PathLike):
        raise TypeError(f"{name} should be a path, but got {shown(value)}")
    with contextlib.suppress(ValueError):
        if b"\0" not in os.fsencode(value):
            return Path(value).absolute()
    raise ValueError(f"{name} should be a path that can be written, but got {shown(value)}")


def function(name, value):
    """Return something that can be called."""
    if not callable(value) or isinstance(value, type):
        raise TypeError(f"{name} should be a function, but got {shown(value)}")
    return value


def offers(name, value, kind, *attributes):
    """Return an object that has some attributes; `kind` says what it should be."""
    if isinstance(value, type):
        raise TypeError(f"{name} should be {kind}, but got the class itself: {value.__name__}")
    if not all(hasattr(value, attribute) for attribute in attributes):
        raise TypeError(f"{name} should be {kind}, but got {shown(value)}")
    return value


def instance(name, value, kind):
    """Return an object of a class."""
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
    with contextlib.suppress(Exception):  # whatever a foreign object's items raise
        if is_one:
            return list(values)
    raise TypeError(f"{name} should be a list, but got {shown(values)}: use [...] or list(...)")


def room(**counts):
    """Refuse whole numbers whose product, the size of an array, would not fit into memory."""
    if math.prod(counts.values()) > LARGEST:
        given = ", ".join(f"{name}={n}" for name, n in counts.items())
        condition = f"{' * '.join(counts)} <= {LARGEST:g}"
        raise ValueError(f"{condition} must hold for memory, but got {given}")


def generator(rng):
    """Return `rng` if it is a random generator, else say how to make one."""
    if not isinstance(rng, np.random.Generator):
        seed = shown(rng) if isinstance(rng, (int, np.integer)) and rng >= 0 else "seed"
        raise TypeError(
            f"rng should be a numpy.random.Generator, but got {shown(rng)}: "
            f"use np.random.default_rng({seed})"
        )
    return rng


def seeded(seed):
    """Return the random generator of a seed: a whole number, so that all can be had again."""
    return np.random.default_rng(whole("seed >= 0", seed=seed))


def plain_arguments(function):
    """Let a function that remembers its results refuse in words what it cannot look up."""
    taken = inspect.signature(function)

    @wraps(function)
    def checked(*args, **named):
        for name, value in taken.bind(*args, **named).arguments.items():
            try:
                hash(value)
            except Exception:  # whatever a foreign object's hash raises
                said = f"{name} should be a number or a word, but got {shown(value)}"
                raise TypeError(said) from None
        return function(*args, **named)

    return checked
