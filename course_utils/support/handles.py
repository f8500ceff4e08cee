"""What a reader can take hold of in a picture: a place that *is* one or two of its controls."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Handle:
    """A place in an axes that moves controls when it is dragged.

    A picture lists its handles on its update: ``update.handles = (Handle(ax, x="w", y=cost),)``.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        The axes in which the handle lies.
    x, y : str, float or callable
        A control's name: the handle lies at the control's value, and dragging it along this axis
        moves the control. A number, or ``place(**values)`` that returns one: only where it lies.
        Where both are the same control, a drag goes to that of its places in the plane that is
        nearest, as from node to node of a graph.
    to_x, to_y : callable, optional
        ``to_x(**values)``, the place on the axis, where it is not the control's value itself.
    pressed : bool
        Whether it comes to wherever its axes are pressed: for places that are chosen, as nodes are.

    Examples
    --------
    >>> Handle(None, x="w", y=0.0).controls
    ('w',)
    """

    ax: Any
    x: str | float | Callable
    y: str | float | Callable
    to_x: Callable | None = None
    to_y: Callable | None = None
    pressed: bool = False

    @property
    def controls(self) -> tuple[str, ...]:
        """The names of the controls that it moves."""
        return tuple(dict.fromkeys(part for part in (self.x, self.y) if isinstance(part, str)))

    def place(self, values: dict) -> tuple[float, float]:
        """Return where it lies at these values, in the units of its axes."""
        return _along(self.x, self.to_x, values), _along(self.y, self.to_y, values)

    def bends(self, axis: str) -> bool:
        """Whether places along an axis are not the control's values themselves."""
        return getattr(self, f"to_{axis}") is not None

    def along(self, axis: str, options: tuple, values: dict) -> list[float]:
        """Return where it lies along ``"x"`` or ``"y"`` at each value of its control there."""
        name, to_place = getattr(self, axis), getattr(self, f"to_{axis}")
        if to_place is None:
            return list(map(float, options))
        return [_along(name, to_place, {**values, name: option}) for option in options]


def _along(part, to_place, values):
    if isinstance(part, str):
        return float(to_place(**values) if to_place else values[part])
    return float(part(**values) if callable(part) else part)
