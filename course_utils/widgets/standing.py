"""What stands still over what moves: drawn again only if something under it has changed.

A legend takes longer to draw than most curves, and lies over them. Where the pixels under it are
those of the last time, those it gave then are put in their place; where they are others, its parts
are drawn where they were, since finding their places takes longest.
"""

import math

import numpy as np
from matplotlib.image import AxesImage
from matplotlib.legend import Legend
from matplotlib.text import Text

_WORTH_IT = (AxesImage, Legend, Text)
"""What takes long to draw and stays within the box that it says."""


class Standing:
    """Remembers what artists gave over which pixels."""

    def __init__(self):
        self.forget()

    def forget(self) -> None:
        """Draw everything again next time: its place may be another."""
        self._seen = {}

    def draw(self, artist, renderer) -> None:
        """Draw an artist, or put in place what it gave before over the same pixels.

        Parameters
        ----------
        artist : matplotlib.artist.Artist
            What is drawn.
        renderer : matplotlib.backends.backend_agg.RendererAgg
            Where it is drawn, always the same one until `forget`.
        """
        if type(artist) not in _WORTH_IT or _has_changed(artist):
            self._seen.pop(artist, None)
            artist.draw(renderer)
            _settle(artist)
            return
        first = artist not in self._seen
        if first:
            self._seen[artist] = [_place(artist, renderer), None, None]
        place, under, given = self._seen[artist]
        here = np.asarray(renderer.buffer_rgba())[place]
        if under is not None and np.array_equal(here, under):
            here[...] = given
            return
        under = here.copy()
        for part in [artist] if first else _parts(artist):
            part.draw(renderer)
        self._seen[artist][1:] = under, here.copy()


def _parts(artist):
    """Return what an artist draws, in this order, once it has found its places."""
    if not isinstance(artist, Legend):
        return [artist]
    frame = artist.get_frame()
    return [frame, *artist.findobj(lambda part: part is not frame and not part.get_children())]


def _has_changed(artist):
    """Whether an artist, or a part of a legend, was changed since it was drawn."""
    return any(part.stale for part in _with_entries(artist))


def _settle(artist):
    """Take what was drawn as unchanged from now on, also the parts that are not visible."""
    for part in _with_entries(artist):
        part.stale = False


def _with_entries(artist):
    entries = [*artist.get_texts(), *artist.legend_handles] if isinstance(artist, Legend) else []
    return [artist, *entries]


def _place(artist, renderer):
    """Return the rows and columns of pixels that an artist may touch; none if it shows nothing."""
    boxes = [artist.get_tightbbox(renderer)]
    if isinstance(artist, Text) and (patch := artist.get_bbox_patch()):
        artist.update_bbox_position_size(renderer)
        boxes.append(patch.get_window_extent(renderer))
    boxes = [box for box in boxes if box and np.isfinite(box.extents).all()]
    if not boxes:
        return slice(0), slice(0)
    rim = 0 if isinstance(artist, Legend) and not artist.get_frame_on() else 2
    left, bottom = (math.floor(min(box.min[axis] for box in boxes)) - rim for axis in (0, 1))
    right, top = (math.ceil(max(box.max[axis] for box in boxes)) + rim for axis in (0, 1))
    height = int(renderer.height)
    return slice(max(height - top, 0), max(height - bottom, 0)), slice(max(left, 0), max(right, 0))
