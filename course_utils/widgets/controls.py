"""What a reader can turn: sliders on the lecture's scales, choices and switches.

Every control is a row of values with a text each; its position in that row is what travels between
page and kernel, so page and kernel always mean the same number.
"""

from dataclasses import dataclass

import numpy as np

from course_utils.sampling_scales import Integer


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
    """

    kind: str
    values: tuple
    texts: tuple
    default: object
    label: str | None = None
    scale: object = None
    play: bool = False

    def position(self, value):
        """Return the position nearest to a value, refusing what the control cannot be set to.

        Raises
        ------
        ValueError
            If the value is outside the scale or not among the options.
        """
        if self.scale is None:
            if value not in self.values:
                raise ValueError(f"{value!r} is not one of {', '.join(map(repr, self.values))}")
            return self.values.index(value)
        u = self.scale.to_unit(value)
        return int(np.argmin(np.abs(self.scale.to_unit(np.array(self.values)) - u)))

    def text(self, value):
        """Return what the page shows for a value, on or between the slider's steps."""
        position = self.position(value)
        return self.texts[position] if self.values[position] == value else f"{value:.6g}"


def scale(scale, default, *, label=None, points=101, play=False):
    """Make a slider that moves evenly on one of the lecture's scales.

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

    Returns
    -------
    Control

    Raises
    ------
    ValueError
        If the default is outside the scale.

    Examples
    --------
    >>> from course_utils.sampling_scales import OneMinusLog
    >>> scale(OneMinusLog(0.9, 0.999), 0.9, points=3).texts
    ('0.90', '0.990', '0.999')
    """
    scale.to_unit(default)
    if isinstance(scale, Integer):
        values = tuple(range(int(scale.low), int(scale.high) + 1))
        return Control("slider", values, tuple(map(str, values)), default, label, scale, play)
    exact = scale.grid(points)
    digits = _digits(exact)
    steps = {round(float(x), int(d)): f"{x:.{d}f}" for x, d in zip(exact, digits, strict=True)}
    if default not in steps:
        steps[default] = repr(default)
    values = tuple(sorted(x for x in steps if scale.low <= x <= scale.high))
    return Control("slider", values, tuple(steps[x] for x in values), default, label, scale, play)


def choice(options, default, *, label=None):
    """Make a list to choose from.

    Parameters
    ----------
    options : dict or sequence
        Texts and their values, or values that are their own texts.
    default : object
        The value at the start.
    label : str, optional
        What the page calls it.

    Returns
    -------
    Control

    Raises
    ------
    ValueError
        If the default is not among the options.

    Examples
    --------
    >>> choice(["linear", "log"], "log").values
    ('linear', 'log')
    """
    options = options if isinstance(options, dict) else {str(o): o for o in options}
    control = Control("choice", tuple(options.values()), tuple(options), default, label)
    control.position(default)
    return control


def switch(default=False, *, label=None):
    """Make a box to tick.

    Parameters
    ----------
    default : bool
        Whether it is ticked at the start.
    label : str, optional
        What the page calls it.

    Returns
    -------
    Control
    """
    return Control("switch", (False, True), ("off", "on"), bool(default), label)


def _digits(x):
    """Return how many decimals tell each step from its neighbours."""
    gaps = np.diff(x)
    nearest = np.minimum(np.append(gaps, gaps[-1]), np.insert(gaps, 0, gaps[0]))
    return np.maximum(0, np.ceil(-np.log10(nearest))).astype(int)
