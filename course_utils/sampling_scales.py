"""Scales on which a hyperparameter is sampled, gridded, or moved by a slider.

A scale maps the unit interval onto the values of a hyperparameter: ``from_unit(u)``, and back by
``to_unit(x)``. Sampling is uniform in `u`, so the scale decides where the points fall, and on a
continuous scale ``to_unit(x)`` is the share of the samples below `x`. There both keep float32. Both
take single values and arrays, but for the options of a `Choice`, which come one by one; what lies
outside is a ValueError, as are ends without ``low < high``.
"""

import math
from dataclasses import dataclass

import numpy as np

from course_utils.support import validation


class _Scale:
    """What all scales share: sampling and gridding through the unit interval."""

    _count = math.inf

    def sample(self, rng, size=None):
        """Draw a value, or an array of the shape `size`, uniformly on this scale."""
        return self.from_unit(validation.generator(rng).random(_size(size)))

    def grid(self, points):
        """Return `points` values from first to last, evenly spaced on this scale.

        A scale that has fewer values than that gives each of them once.
        """
        points = min(validation.whole("points >= 2", points=points), self._count)
        validation.room(points=points)
        return self.from_unit(np.linspace(0, 1, points))


class _Continuous(_Scale):
    """A scale that is linear after the monotone map `_warp`; `_unwarp` is its inverse."""

    def __post_init__(self):
        _ends(self, validation.number)
        if not 0 < abs(self._warp(self.high) - self._warp(self.low)) < np.inf:
            raise ValueError(
                f"the range from low={self.low:.12g} to high={self.high:.12g} is too narrow or "
                "too wide to be divided on this scale"
            )

    def from_unit(self, u):
        """Map `u` in [0, 1] onto this scale: 0 gives exactly `low`, 1 exactly `high`."""
        u = _inside("u", u, 0, 1)
        a, b = self._warp(self.low), self._warp(self.high)
        x = self._unwarp(a + u * (b - a))
        return _pinned(x, u == 0, u == 1, self.low, self.high).astype(u.dtype)[()]

    def to_unit(self, x):
        """Map `x` in [low, high] back to [0, 1]."""
        x = _inside("x", x, self.low, self.high)
        a, b = self._warp(self.low), self._warp(self.high)
        u = (self._warp(x.astype(np.float64)) - a) / (b - a)
        low, high = x.dtype.type(self.low), x.dtype.type(self.high)
        return _pinned(u, x == low, x == high, 0, 1).astype(x.dtype)[()]


@dataclass(frozen=True)
class Linear(_Continuous):
    """Evenly spread values: right where equal differences matter equally.

    >>> Linear(0, 10).grid(3)
    array([ 0.,  5., 10.])
    """

    low: float
    high: float

    def _warp(self, x):
        return x

    def _unwarp(self, r):
        return r


@dataclass(frozen=True)
class Log(_Continuous):
    """Evenly spread exponents: ``x = 10^r`` with r uniform from log10(low) to log10(high).

    Every factor of ten gets the same share, as a learning rate needs [1]_. ``0 < low < high``.

    >>> Log(0.0001, 1).grid(5)
    array([1.e-04, 1.e-03, 1.e-02, 1.e-01, 1.e+00])

    .. [1] J. Bergstra and Y. Bengio (2012), "Random search for hyper-parameter optimization".
    """

    low: float
    high: float

    def __post_init__(self):
        low = validation.number("low", self.low)
        if low <= 0:
            raise ValueError(f"low > 0 must hold on a log scale, but got low={low:.12g}")
        super().__post_init__()

    def _warp(self, x):
        return np.log10(x)

    def _unwarp(self, r):
        return 10.0**r


@dataclass(frozen=True)
class OneMinusLog(_Continuous):
    """Evenly spread exponents of ``1 - beta``: ``beta = 1 - 10^r``, ``low < high < 1``.

    The scale for a momentum or any weight of an exponentially weighted average, whose window
    ``1 / (1 - beta)`` depends on the distance from 1.

    >>> OneMinusLog(0.9, 0.999).grid(3)
    array([0.9  , 0.99 , 0.999])
    """

    low: float
    high: float

    def __post_init__(self):
        high = validation.number("high", self.high)
        if high >= 1:
            raise ValueError(f"high < 1 must hold on a 1 - beta scale, but got high={high:.12g}")
        super().__post_init__()

    def _warp(self, x):
        return np.log10(1 - x)

    def _unwarp(self, r):
        return 1 - 10.0**r


class _Cells(_Scale):
    """A scale of `_count` values that share [0, 1] in cells of the same length."""

    def _cell(self, u):
        """Return the number of the cell that holds `u`; 1 belongs to the last."""
        u = _inside("u", u, 0, 1).astype(np.float64)
        return np.minimum((u * self._count).astype(int), self._count - 1)


@dataclass(frozen=True)
class Integer(_Cells):
    """Whole numbers from `low` to `high`, both included, each with the same share.

    >>> Integer(2, 4).grid(3)
    array([2, 3, 4])
    """

    low: int
    high: int

    def __post_init__(self):
        _ends(self, _whole_end)

    @property
    def _count(self):
        return self.high - self.low + 1

    def from_unit(self, u):
        """Map `u` in [0, 1] to a whole number: each has a cell of the same length."""
        return self.low + self._cell(u)

    def to_unit(self, x):
        """Map the whole number `x` to the middle of its cell in [0, 1]."""
        x = _inside("x", x, self.low, self.high).astype(np.float64)
        part = x[x != np.floor(x)]
        if part.size:
            raise ValueError(f"x should be a whole number, but got x={part[0]:.12g}")
        return (x - self.low + 0.5) / self._count


@dataclass(frozen=True)
class Choice(_Cells):
    """One of several options, at least one, each with the same share.

    >>> Choice(("sgd", "adam")).from_unit(0.7)
    'adam'
    """

    options: tuple

    def __post_init__(self):
        if isinstance(self.options, str):
            raise TypeError(
                f"options should be a tuple of options, but got the string {self.options!r}: "
                f"use ({self.options!r},)"
            )
        if not validation.sequence("options", self.options):
            raise ValueError("a Choice needs at least one option, but got options=()")

    @property
    def _count(self):
        return len(self.options)

    def from_unit(self, u):
        """Map `u` in [0, 1] to an option; an array of `u` to an array of options."""
        return np.frompyfunc(self.options.__getitem__, 1, 1)(self._cell(u))

    def to_unit(self, x):
        """Map one option to the middle of its cell in [0, 1]."""
        try:
            return (self.options.index(x) + 0.5) / self._count
        except Exception:  # also of an array, which does not know whether it equals an option
            given = validation.shown(x)
            raise ValueError(f"x should be one of {self.options}, but got {given}") from None


def _ends(scale, checked):
    """Put checked numbers in the place of a scale's ends."""
    low, high = checked("low", scale.low), checked("high", scale.high)
    if not low < high:
        raise ValueError(f"low < high must hold, but got low={low:.12g} and high={high:.12g}")
    object.__setattr__(scale, "low", low)
    object.__setattr__(scale, "high", high)


def _whole_end(name, end):
    return validation.whole(f"-1e15 <= {name} <= 1e15", **{name: end})  # floats count so far


def _size(size):
    """Return None or the numbers of a shape."""
    if size is None:
        return None
    sizes = size if isinstance(size, (tuple, list)) else [size]
    sizes = tuple(validation.whole("size >= 0", size=n) for n in sizes)
    if math.prod(sizes) > validation.LARGEST:
        validation.room(size=math.prod(sizes))
    return sizes


def _inside(name, x, low, high):
    x = validation.finite(name, x)
    # Ends of the same type as x: float32(0.9) is a little less than 0.9, and still the end.
    outside = x[(x < x.dtype.type(low)) | (x > x.dtype.type(high))]
    if outside.size:
        raise ValueError(
            f"{low:.12g} <= {name} <= {high:.12g} must hold, but got {outside.flat[0]:.12g}"
        )
    return x


def _pinned(x, at_low, at_high, low, high):
    """Put the ends where rounding missed or passed them."""
    return np.where(at_low, low, np.where(at_high, high, np.clip(x, low, high)))
