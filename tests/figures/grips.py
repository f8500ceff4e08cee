"""How far the handles of a picture are from what they move."""

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from matplotlib import cbook
from matplotlib.lines import Line2D

from course_utils.widgets.live_picture import LivePicture

NEAR = 3
"""Pixels; a grip on the page is 18 wide."""


def off_target(figure, values, others):
    """Return the handles, by their controls, that lie outside their axes or on nothing they move.

    Parameters
    ----------
    figure : callable
        A figure function.
    values : dict
        Where its handles are looked at.
    others : dict
        Another value of each control that has a handle: what moves on the way there is held.
        Handles of other controls are left out, as a page leaves them out.
    """
    live = _live(figure)
    live.draw(values)
    held = [h for h in live.update.handles if set(h.controls) <= set(others)]
    assert held
    return [
        handle.controls
        for handle in held
        if not _lies_on(handle, values, _moved_by(live, handle, values, others))
    ]


@lru_cache(maxsize=1)
def _live(figure):
    return LivePicture(figure)


def _moved_by(live, handle, values, others):
    answer = live.update(**{**values, **{name: others[name] for name in handle.controls}})
    if isinstance(answer, Iterator):
        list(answer)
    moved = [artist for artist in (*handle.ax.lines, *handle.ax.patches) if artist.stale]
    live.draw(values)
    return moved


def _lies_on(handle, values, artists):
    at = handle.ax.transData.transform(handle.place(values))
    inside = handle.ax.bbox.padded(1).contains(*at)
    return inside and any(_distance(at, _outline(artist)) < NEAR for artist in artists)


def pixels_apart(handle, values, artist):
    """Return how far a handle lies from the nearest point of a line or bar; it is in its axes."""
    at = handle.ax.transData.transform(handle.place(values))
    assert handle.ax.bbox.padded(1).contains(*at), f"{handle} is outside its axes at {values}"
    return _distance(at, _outline(artist))


def _outline(artist):
    """Return the corners of what is drawn of a line or a patch, in pixels."""
    if not isinstance(artist, Line2D):
        return artist.get_transform().transform(artist.get_path().vertices)
    x, y = (np.asarray(part, float) for part in artist.get_data())
    if artist.get_linestyle() != "None" and len(x):
        x, y = cbook.STEP_LOOKUP_MAP[artist.get_drawstyle()](x, y)
    points = artist.get_transform().transform(np.column_stack([x, y]))
    if artist.get_linestyle() == "None":  # each dot is a stretch of no length
        points = np.repeat(points, 3, axis=0)
        points[2::3] = np.nan
    return points


def _distance(at, points):
    if len(points) == 1:
        points = np.repeat(points, 2, axis=0)
    start, way = points[:-1], np.diff(points, axis=0)
    lengths = np.maximum((way**2).sum(axis=1), 1e-9)
    along = np.clip(((at - start) * way).sum(axis=1) / lengths, 0, 1)
    away = np.hypot(*(start + along[:, None] * way - at).T)
    return away[np.isfinite(away)].min(initial=np.inf)
