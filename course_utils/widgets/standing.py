"""What is as it was: drawn again only if something under it has changed.

Half of what a move has to draw gives the same pixels as at the move before: a legend over a curve
that moves, a curve that was set to the numbers it had. Which pixels an artist touches is found by
drawing it alone. Where those under it are the ones of the last time, those it gave then are put in
their place.
"""

import numpy as np
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Annotation

_READABLE = (Line2D, Rectangle)
"""Kinds whose attributes are replaced when they are set, never changed in place."""

_WORKED_OUT = {"_stale", "_invalidx", "_invalidy", "_xy", "_x", "_y", "_x_filled", "_subslice"}
_WORKED_OUT |= {"_path", "_transformed_path"}
"""What a line derives from its data when it is drawn."""


class Standing:
    """Remembers what artists gave over which pixels."""

    def __init__(self):
        self.forget()

    def forget(self) -> None:
        """Draw everything again next time: its place may be another."""
        self._seen, self._blank = {}, None

    def draw(self, artist, renderer) -> None:
        """Draw an artist, or put in place what it gave before over the same pixels.

        Parameters
        ----------
        artist : matplotlib.artist.Artist
            What is drawn.
        renderer : matplotlib.backends.backend_agg.RendererAgg
            Where it is drawn, always the same one until `forget`.
        """
        seen = self._seen.get(artist)
        if seen and seen.is_still(artist):
            seen.draw_again(artist, renderer, self._touched)
        else:
            artist.draw(renderer)
            self._seen[artist] = _Seen(artist)
        _settle(artist)

    def _touched(self, artist, renderer):
        """Return where in the row of pixels an artist leaves anything, by drawing it alone."""
        if self._blank is None:
            self._blank = type(renderer)(renderer.width, renderer.height, renderer.dpi)
            _pixels(self._blank)[:] = 0
        artist.draw(self._blank)
        pixels = _pixels(self._blank)
        touched = np.flatnonzero(pixels)
        pixels[touched] = 0
        return touched


class _Seen:
    """One artist as it was drawn last: its attributes, the pixels it touched and what it gave."""

    def __init__(self, artist):
        self._attributes = dict(vars(artist)) if type(artist) in _READABLE else None
        self._was_still = False
        self._touched = self._under = self._given = None

    def is_still(self, artist):
        """Whether an artist looks as it did."""
        if _can_change_unseen(artist):
            return False
        if not any(part.stale for part in _with_entries(artist)):
            return True
        return self._attributes is not None and _is_as_it_was(vars(artist), self._attributes)

    def draw_again(self, artist, renderer, touched):
        """Draw what has not changed; whatever was still only once may move at the next move."""
        if not self._was_still:
            self._was_still = True
            artist.draw(renderer)
            return
        if self._touched is None:
            self._touched = touched(artist, renderer)
        pixels = _pixels(renderer)
        here = pixels[self._touched]
        if self._under is not None and np.array_equal(here, self._under):
            pixels[self._touched] = self._given
            return
        for part in _parts(artist):
            part.draw(renderer)
        self._under, self._given = here, pixels[self._touched]


def _pixels(renderer):
    """Return a renderer's pixels as one row of words, to be read and set."""
    return np.asarray(renderer.buffer_rgba()).view(np.uint32).reshape(-1)


def _is_as_it_was(attributes, before):
    return attributes.keys() == before.keys() and all(
        name in _WORKED_OUT or _are_equal(value, before[name]) for name, value in attributes.items()
    )


def _are_equal(one, other):
    """Whether two are one, or the same number, text, or array bit by bit."""
    if one is other or type(one) is not type(other):
        return one is other
    if type(one) in (list, tuple):
        return len(one) == len(other) and all(map(_are_equal, one, other))
    if type(one) is np.ndarray and one.dtype != object:
        alike = (one.shape, one.dtype) == (other.shape, other.dtype)
        return alike and one.tobytes() == other.tobytes()
    return isinstance(one, str | int | float | np.number) and one == other


def _can_change_unseen(artist):
    """Whether an artist has parts that may change while it is not marked as stale itself."""
    return isinstance(artist, Annotation) or (
        bool(artist.get_children()) and not isinstance(artist, Legend)
    )


def _parts(artist):
    """Return what an artist draws, in this order, once it has found its places."""
    if not isinstance(artist, Legend):
        return [artist]
    frame = artist.get_frame()
    return [frame, *artist.findobj(lambda part: part is not frame and not part.get_children())]


def _settle(artist):
    """Take what was drawn as unchanged from now on, also the parts that are not visible."""
    for part in _with_entries(artist):
        part.stale = False


def _with_entries(artist):
    entries = [*artist.get_texts(), *artist.legend_handles] if isinstance(artist, Legend) else []
    return [artist, *entries]
