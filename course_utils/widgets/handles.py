"""Where a picture's handles and axes lie on the page, as shares of its width and height.

The page gets the place of every position of a control, once: a drag then finds the nearest one
without asking, on whatever scale the axis is.
"""

import operator

import numpy as np

from course_utils.support.arrays import shown
from course_utils.support.handles import Handle
from course_utils.widgets.pointing import box


def offered(update, controls: dict) -> tuple[Handle, ...]:
    """Return the handles of a picture whose controls are there; refuse what is no handle."""
    handles = getattr(update, "handles", ())
    if not isinstance(handles, tuple | list):
        raise TypeError(f"update.handles should be a tuple of handles, but is {shown(handles)}")
    for handle in handles:
        if not isinstance(handle, Handle) or not handle.controls:
            raise TypeError(
                f"update.handles should hold handles of controls, such as Handle(ax, x='w', y=0), "
                f"but holds {shown(handle)}"
            )
    return tuple(handle for handle in handles if set(handle.controls) <= set(controls))


class Tracks:
    """Where each handle lies at every position of its controls.

    A handle's track along an axis hangs on the values of all other controls: while one control is
    moved, its own handle's need not be worked out again.

    Parameters
    ----------
    handles : tuple of Handle
        What can be held.
    controls : dict of str to Control
        All controls.
    """

    def __init__(self, handles: tuple, controls: dict):
        self._handles, self._controls = handles, controls
        self._known: dict = {}
        self._layout = None

    def at(self, values: dict, layout: object) -> list[dict]:
        """Return each handle's tracks at these values, in a layout of the picture.

        Returns
        -------
        list of dict
            ``{"x": {"control": name, "places": [...]}, "y": ..., "pressed": box}``, None where it
            only lies, and where a press does not call it.
        """
        if layout is not self._layout:
            self._known, self._layout = {}, layout
        return [
            {axis: self._along(number, handle, axis, values) for axis in "xy"}
            | {"pressed": np.round(box(handle.ax), 5).tolist() if handle.pressed else None}
            for number, handle in enumerate(self._handles)
        ]

    def _along(self, number, handle, axis, values):
        name = getattr(handle, axis)
        if not isinstance(name, str):
            return None
        others = [value for n, value in values.items() if n != name and handle.bends(axis)]
        before, track = self._known.get((number, axis), (None, None))
        if before is None or not all(map(operator.is_, before, others)):
            places = _places(handle, axis, self._controls[name].values, values)
            track = {"control": name, "places": places}
            self._known[number, axis] = others, track
        return track


def _places(handle, axis, options, values):
    """Return where a handle lies along an axis at each option of its control, as shares."""
    k = "xy".index(axis)
    points = np.tile(handle.place(values), (len(options), 1))
    points[:, k] = handle.along(axis, options, values)
    return _shares(handle.ax, points)[:, k].tolist()


def grips(handles: tuple, values: dict) -> list[list[float]]:
    """Return where each handle lies now, ``[x, y]`` as shares from the left and from the top."""
    return [_shares(handle.ax, [handle.place(values)])[0].tolist() for handle in handles]


def _shares(ax, points):
    figure = ax.figure
    size = figure.get_size_inches() * figure.dpi
    across, up = (ax.transData.transform(points) / size).T
    return np.clip(np.column_stack([across, 1 - up]), -1, 2).round(5)
