"""What a reader can turn: sliders on the lecture's scales, choices and switches.

Every control is a row of values with a text each; its position in that row is what travels between
page and kernel, so page and kernel always mean the same number.
"""

import contextlib
import math
import numbers
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from course_utils.sampling_scales import Choice, Integer, Linear, Log, OneMinusLog
from course_utils.support import validation
from course_utils.support.arrays import shown
from course_utils.support.protocols import Scale
from course_utils.support.words import typeset

MOST_STEPS = 10_000
"""Steps of a slider: no screen could show more, and the text of each goes to the page."""


@dataclass(frozen=True)
class Control:
    """A labelled row of values.

    Parameters
    ----------
    kind : str
        How the page draws it: ``"slider"``, ``"choice"`` or ``"switch"``.
    values : tuple
        The values, in the order of the slider.
    texts : tuple of str
        What the page shows for each value.
    default : object
        The value at the start; one of `values`.
    label : str or None
        What the page calls it; the keyword's name if None.
    scale : object or None
        The sampling scale of a slider: `set` accepts any value inside it.
    play : bool
        Whether a Play button steps through the values.
    rate : float
        How many steps a second Play aims at.
    """

    kind: str
    values: tuple
    texts: tuple[str, ...]
    default: object
    label: str | None = None
    scale: Scale | None = None
    play: bool = False
    rate: float = 8.0

    def __post_init__(self):
        validation.text("label", "" if self.label is None else self.label)
        validation.flag("play", self.play)

    def value(self, value):
        """Return a value as this control holds it, refusing what the control cannot be set to."""
        if self.scale is None:
            return self.values[self._option(value)]
        value = _number(value)
        self.scale.to_unit(value)
        return int(value) if isinstance(self.scale, Integer) else value

    def position(self, value) -> int:
        """Return the position nearest to a value, refusing what `value` refuses."""
        if self.scale is None:
            return self._option(value)
        return int(np.argmin(np.abs(self._units - self.scale.to_unit(self.value(value)))))

    @cached_property
    def _units(self):
        """Return how far along the slider each step lies, 0 to 1."""
        return self.scale.to_unit(np.array(self.values))

    def has(self, position) -> bool:
        """Return whether there is such a position; a page may send anything."""
        return type(position) is int and 0 <= position < len(self.values)

    def _option(self, value):
        """Return the place of an option, named by its value or by its text."""
        for options in (self.values, self.texts):
            for position, option in enumerate(options):
                if _same(option, value):
                    return position
        raise ValueError(f"{shown(value)} is not one of {', '.join(map(repr, self.values))}")

    def text(self, value) -> str:
        """Return what the page shows for a value, on or between the slider's steps."""
        return self.shown(value)[1]

    def shown(self, value) -> tuple[int, str]:
        """Return the position nearest to a value, and the text of the value itself."""
        position = self.position(value)
        on_a_step = self.scale is None or self.values[position] == value
        return position, self.texts[position] if on_a_step else _text(value)


def scale(
    scale: Scale,
    default: float,
    *,
    label: str | None = None,
    points: int = 101,
    play: bool = False,
    rate: float = 8.0,
) -> Control:
    """Make a slider that moves evenly on one of the lecture's scales.

    Each step is the roundest number near it, so that 0.9, 0.99 or 0.001 can be reached.

    Parameters
    ----------
    scale : Linear, Log, OneMinusLog or Integer
        The scale from `course_utils.sampling_scales`.
    default : float
        Where it starts; always one of the slider's steps.
    label : str, optional
        What the page calls it.
    points : int
        Steps from end to end; an `Integer` scale has one a number.
    play : bool
        Whether a Play button steps through the values.
    rate : float
        How many steps a second Play aims at: 8 to look at each, 25 for a film.

    Examples
    --------
    >>> scale(OneMinusLog(0.9, 0.999), 0.9, points=3).texts
    ('0.9', '0.99', '0.999')
    """
    _require_scale(scale)
    rate = validation.require("rate > 0", rate=rate)
    default = _number(default)
    scale.to_unit(default)
    if isinstance(scale, Integer):
        default, steps = int(default), _whole_numbers(scale)
    else:
        steps = {default, *_round_steps(scale, points)}
    values = tuple(sorted(steps))
    return Control("slider", values, tuple(map(_text, values)), default, label, scale, play, rate)


def choice(options: dict | Iterable, default, *, label: str | None = None) -> Control:
    """Make a list to choose from.

    Parameters
    ----------
    options : dict or sequence
        Texts and their values, or values that are their own texts.
    default : object
        The value at the start.
    label : str, optional
        What the page calls it.

    Examples
    --------
    >>> choice(["linear", "log"], "log").values
    ('linear', 'log')
    """
    if isinstance(options, str):
        raise TypeError(f"options should be several, but got {options!r}: use [{options!r}]")
    options = options if isinstance(options, dict) else {str(o): o for o in _several(options)}
    texts = tuple(map(str, options))
    control = Control("choice", tuple(options.values()), texts, default, label)
    control.position(default)
    return control


def switch(default: bool = False, *, label: str | None = None) -> Control:
    """Make a box to tick.

    Parameters
    ----------
    default : bool
        Whether it is ticked at the start.
    label : str, optional
        What the page calls it.
    """
    default = validation.flag("default", default)
    return Control("switch", (False, True), ("off", "on"), default, label)


def _several(options):
    with contextlib.suppress(Exception):  # whatever a foreign object's items raise
        return list(options)
    raise TypeError(f"options should be a list or a dict, but got {shown(options)}")


def _number(x):
    """Return a number as Python's own, whether it came from NumPy or from a reader."""
    if isinstance(x, bool | np.timedelta64) or not isinstance(x, numbers.Real):
        raise TypeError(f"x should be a number, but got {shown(x)}")
    try:
        return int(x) if isinstance(x, numbers.Integral) and math.isfinite(x) else float(x)
    except OverflowError:
        raise ValueError("x should be a number below 1e308, but got a larger one") from None


def _same(a, b):
    """Return whether two options are one; arrays and other things that do not compare are not."""
    with contextlib.suppress(Exception):
        return a is b or bool(a == b)
    return False


def _require_scale(scale):
    if isinstance(scale, Choice):
        raise TypeError(
            "a Choice has no order to slide along: "
            f"use controls.choice({shown(scale.options)}, ...)"
        )
    if not isinstance(scale, Linear | Log | OneMinusLog | Integer):
        raise TypeError(f"a slider needs a scale, such as Linear(0, 1), but got {shown(scale)}")


def _whole_numbers(scale):
    """Return every number of an `Integer` scale, unless they are too many for a slider."""
    low, high = int(scale.low), int(scale.high)
    if high - low >= MOST_STEPS:
        raise ValueError(
            f"a slider has at most {MOST_STEPS} steps, but Integer({low}, {high}) has "
            f"{high - low + 1}: take a narrower range, or Log or Linear, which need not stop at "
            "every number"
        )
    return range(low, high + 1)


def _text(x):
    """Write a number with as many digits as it has, up to 12."""
    return typeset(f"{x + 0.0:.12g}")


def _round_steps(scale, points: int):
    """Return both ends and, between them, a round number near each of `points` even steps."""
    if not (isinstance(points, numbers.Integral) and 2 <= points <= MOST_STEPS):
        raise ValueError(
            f"points should be a whole number, 2 <= points <= {MOST_STEPS}, but got {shown(points)}"
        )
    inner = scale.grid(points)[1:-1]
    step = f"{(scale.high - scale.low) / (points - 1):.6e}"
    if isinstance(scale, Linear) and float(step.split("e")[0]) in (1, 2, 2.5, 5):
        return [scale.low, *(float(f"{x:.12g}") for x in inner), scale.high]
    edges = scale.from_unit((np.arange(points - 1) + 0.5) / (points - 1))
    cells = zip(inner, edges[:-1], edges[1:], strict=True)
    return [scale.low, *(_roundest(*map(float, cell)) for cell in cells), scale.high]


def _roundest(x, low, high):
    """Return the number with the fewest decimals in ``low <= number < high``, nearest to `x`.

    So the values one would name, 0.9 or 0.001, are on the slider. Of numbers with equally many
    decimals one that ends in 5 goes first: 0.15 rather than 0.14.
    """
    for digits in range(-math.ceil(math.log10(max(abs(low), abs(high)))), 18):
        for unit in (10.0**-digits, 0.5 * 10.0**-digits):
            counts = math.ceil(low / unit), round(x / unit), math.floor(high / unit)
            numbers = [round(n * unit, digits + 1) for n in counts]
            inside = [number for number in numbers if low <= number < high]
            if inside:
                return min(inside, key=lambda number: abs(number - x))
    return x
