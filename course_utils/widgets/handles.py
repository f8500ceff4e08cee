"""Where a picture's handles and axes lie on the page, as shares of its width and height.

The page gets the place of every position of a control, once: a drag then finds the nearest one
without asking, on whatever scale the axis is.
"""

import numpy as np

from course_utils.support.handles import Handle


def offered(update, controls: dict) -> tuple[Handle, ...]:
    """Return the handles of a picture whose controls are there; refuse what is no handle."""
    handles = tuple(getattr(update, "handles", ()))
    for handle in handles:
        if not isinstance(handle, Handle) or not handle.controls:
            raise TypeError(
                f"update.handles should hold handles of controls, such as Handle(ax, x='w', y=0), "
                f"but holds {handle!r:.60}"
            )
    return tuple(handle for handle in handles if set(handle.controls) <= set(controls))


def tracks(handles: tuple, controls: dict, values: dict) -> list[dict]:
    """Return, for each handle, its controls and where each of their positions lies.

    Parameters
    ----------
    handles : tuple of Handle
        What can be held.
    controls : dict of str to Control
        All controls.
    values : dict
        Their present values.

    Returns
    -------
    list of dict
        ``{"x": {"control": name, "places": [...]}, "y": ...}``, None where it only lies.
    """
    return [_track(handle, controls, values) for handle in handles]


def _track(handle, controls, values):
    track: dict = {"x": None, "y": None}
    here = handle.place(values)
    for k, (axis, part) in enumerate((("x", handle.x), ("y", handle.y))):
        if isinstance(part, str):
            points = np.tile(here, (len(controls[part].values), 1))
            points[:, k] = handle.along(axis, controls[part].values, values)
            track[axis] = {"control": part, "places": _shares(handle.ax, points)[:, k].tolist()}
    return track


def grips(handles: tuple, values: dict) -> list[list[float]]:
    """Return where each handle lies now, ``[x, y]`` as shares from the left and from the top."""
    return [_shares(handle.ax, [handle.place(values)])[0].tolist() for handle in handles]


def _shares(ax, points):
    figure = ax.figure
    size = figure.get_size_inches() * figure.dpi
    across, up = (ax.transData.transform(points) / size).T
    return np.clip(np.column_stack([across, 1 - up]), -1, 2).round(5)
