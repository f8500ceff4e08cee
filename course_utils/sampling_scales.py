"""Scales on which a hyperparameter is sampled, gridded, or moved by a slider.

A scale maps the unit interval onto the values of a hyperparameter: ``from_unit(u)`` and back by
``to_unit(x)``. Sampling is uniform in `u`, so the scale decides where the points fall.
"""

from dataclasses import dataclass

import numpy as np

from course_utils import validation


class _Scale:
    """What all scales share: sampling and gridding through the unit interval."""

    def sample(self, rng, size=None):
        """Draw values, uniformly on this scale.

        Parameters
        ----------
        rng : numpy.random.Generator
            The source of randomness.
        size : int or tuple, optional
            How many; a single value if left out.
        """
        return self.from_unit(rng.random(size))

    def grid(self, points):
        """Return `points` values from low to high, evenly spaced on this scale.

        Raises
        ------
        ValueError
            If fewer than 2 points are asked for.
        """
        validation.number("points", points, "points >= 2", lambda n: n >= 2)
        return self.from_unit(np.linspace(0, 1, points))


class _Continuous(_Scale):
    """A scale that is linear after the monotone map `_warp`; `_unwarp` is its inverse."""

    def __post_init__(self):
        _below(self.low, self.high)

    def from_unit(self, u):
        """Map `u` in [0, 1] onto this scale: 0 gives exactly `low`, 1 exactly `high`.

        Raises
        ------
        ValueError
            If a value lies outside [0, 1].
        """
        u = _unit(u)
        a, b = self._warp(self.low), self._warp(self.high)
        x = np.where(u == 0, self.low, np.where(u == 1, self.high, self._unwarp(a + u * (b - a))))
        return x[()]

    def to_unit(self, x):
        """Map `x` in [low, high] back to [0, 1].

        Raises
        ------
        ValueError
            If a value lies outside [low, high].
        """
        x = _inside(x, self.low, self.high)
        a, b = self._warp(self.low), self._warp(self.high)
        return np.clip((self._warp(x) - a) / (b - a), 0, 1)[()]


@dataclass(frozen=True)
class Linear(_Continuous):
    """Evenly spread values: right where equal differences matter equally.

    Parameters
    ----------
    low, high : float
        The ends, ``low < high``.

    Raises
    ------
    ValueError
        If ``low < high`` does not hold.

    Examples
    --------
    >>> Linear(0, 10).grid(3)
    array([ 0.,  5., 10.])
    """

    low: float
    high: float

    def _warp(self, x):
        return np.asarray(x, dtype=np.float64)

    def _unwarp(self, r):
        return r


@dataclass(frozen=True)
class Log(_Continuous):
    """Evenly spread exponents: ``x = 10^r`` with r uniform from log10(low) to log10(high).

    Every factor of ten gets the same share, as a learning rate needs.

    Parameters
    ----------
    low, high : float
        The ends, ``0 < low < high``.

    Raises
    ------
    ValueError
        If ``0 < low < high`` does not hold.

    Examples
    --------
    >>> Log(0.0001, 1).grid(5)
    array([1.e-04, 1.e-03, 1.e-02, 1.e-01, 1.e+00])
    """

    low: float
    high: float

    def __post_init__(self):
        validation.number("low", self.low, "low > 0 on a log scale", lambda x: x > 0)
        super().__post_init__()

    def _warp(self, x):
        return np.log10(x)

    def _unwarp(self, r):
        return 10.0**r


@dataclass(frozen=True)
class OneMinusLog(_Continuous):
    """Evenly spread exponents of ``1 - beta``: ``beta = 1 - 10^r``.

    The scale for a momentum or any weight of an exponentially weighted average, whose window
    ``1 / (1 - beta)`` depends on the distance from 1.

    Parameters
    ----------
    low, high : float
        The ends, ``low < high < 1``.

    Raises
    ------
    ValueError
        If ``low < high < 1`` does not hold.

    Examples
    --------
    >>> OneMinusLog(0.9, 0.999).grid(3)
    array([0.9  , 0.99 , 0.999])
    """

    low: float
    high: float

    def __post_init__(self):
        validation.number("high", self.high, "high < 1 on a 1 - beta scale", lambda x: x < 1)
        super().__post_init__()

    def _warp(self, x):
        return np.log10(1 - np.asarray(x, dtype=np.float64))

    def _unwarp(self, r):
        return 1 - 10.0**r


@dataclass(frozen=True)
class Integer(_Scale):
    """Whole numbers from `low` to `high`, both included, each with the same share.

    Parameters
    ----------
    low, high : int
        The ends, ``low < high``.

    Raises
    ------
    ValueError
        If ``low < high`` does not hold or an end is not a whole number.

    Examples
    --------
    >>> Integer(2, 4).grid(3)
    array([2, 3, 4])
    """

    low: int
    high: int

    def __post_init__(self):
        _below(self.low, self.high)
        for name in ("low", "high"):
            value = getattr(self, name)
            validation.number(name, value, f"{name} a whole number", lambda x: x == np.floor(x))

    def from_unit(self, u):
        """Map `u` in [0, 1] to a whole number: each has an interval of the same length.

        Raises
        ------
        ValueError
            If a value lies outside [0, 1].
        """
        count = self.high - self.low + 1
        return self.low + np.minimum(np.floor(_unit(u) * count), count - 1).astype(int)[()]

    def to_unit(self, x):
        """Map `x` to the middle of its interval in [0, 1].

        Raises
        ------
        ValueError
            If a value lies outside [low, high].
        """
        x = _inside(x, self.low, self.high)
        return (np.floor(x) - self.low + 0.5) / (self.high - self.low + 1)


@dataclass(frozen=True)
class Choice(_Scale):
    """One of several options, each with the same share.

    Parameters
    ----------
    options : tuple
        What can be chosen; at least one.

    Raises
    ------
    ValueError
        If there are no options.

    Examples
    --------
    >>> Choice(("sgd", "adam")).from_unit(0.7)
    'adam'
    """

    options: tuple

    def __post_init__(self):
        if not self.options:
            raise ValueError("a Choice needs at least one option, but got options=()")

    def from_unit(self, u):
        """Map `u` in [0, 1] to an option; an array of `u` to a list of options.

        Raises
        ------
        ValueError
            If a value lies outside [0, 1].
        """
        index = np.minimum(np.floor(_unit(u) * len(self.options)), len(self.options) - 1)
        if index.ndim == 0:
            return self.options[int(index)]
        return [self.options[int(i)] for i in index.ravel()]

    def to_unit(self, x):
        """Map an option to the middle of its interval in [0, 1].

        Raises
        ------
        ValueError
            If `x` is not one of the options.
        """
        if x not in self.options:
            raise ValueError(f"{x!r} is not one of the options {self.options}")
        return (self.options.index(x) + 0.5) / len(self.options)


def _below(low, high):
    validation.number("low", low, f"low < high={high:g}", lambda x: x < high)


def _unit(u):
    return _inside(u, 0, 1, name="u")


def _inside(x, low, high, name="x"):
    x = validation.finite(name, x)
    outside = x[(x < low) | (x > high)]
    if outside.size:
        raise ValueError(f"{low:g} <= {name} <= {high:g} must hold, but got {outside.flat[0]:g}")
    return x
