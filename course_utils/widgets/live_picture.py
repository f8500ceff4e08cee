"""A figure that is drawn once and then redraws only what moved.

matplotlib marks an artist that was changed as `stale`. Everything that neither moves nor lies over
what moves is kept as a background; a move restores the background and draws the rest over it in the
usual order, so that the result equals a fresh drawing pixel for pixel. A moving artist that is
clipped to its axes costs least: titles and labels outside then stay in the background.
"""

import contextlib
import inspect
import math
import time
from collections.abc import Iterator, Sequence

import numpy as np
from matplotlib.axis import Axis
from matplotlib.figure import Figure

from course_utils.support import protocols
from course_utils.support.arrays import shown
from course_utils.support.looks import in_house_looks
from course_utils.widgets.lettering import Canvas
from course_utils.widgets.standing import Standing

DPI = 100
"""Dots an inch of a picture on a screen that has one pixel for each of the page's."""

FAILURES = (Exception, SystemExit)
"""What a picture's own code may raise: ``exit()`` there must not end the kernel."""


class LivePicture:
    """The picture of one figure function.

    Parameters
    ----------
    figure : callable
        ``figure(fig) -> update`` and ``update(**values) -> readout``; or an update that yields a
        readout after each frame on the way to the one asked for, such as a network in training.
    """

    @in_house_looks
    def __init__(self, figure: protocols.Figure):
        self.canvas = Canvas(Figure(dpi=DPI))
        self.update = figure(self.canvas.figure)
        self.done = True
        self._standing = Standing()
        self._moving = self._found = set()
        self._drawn_layout = None

    @in_house_looks
    def find_moving_artists(self, settings: Sequence[dict]) -> None:
        """Find out what moves before anything is drawn: then no move has to draw the background.

        Parameters
        ----------
        settings : sequence of dict
            Values to update to; where that fails the reader will be told on going there. An
            update that yields is not tried: it would have to train. An axis is left out: where its
            limits change, everything is drawn anyway, and else it mostly stands still.
        """
        if inspect.isgeneratorfunction(self.update):
            return
        with contextlib.suppress(*FAILURES):
            self.update(**settings[0])
        for artist in self._artists():
            artist.stale = False
        for values in settings[1:]:
            with contextlib.suppress(*FAILURES):
                self.update(**values)
        stale = {artist for artist in self._artists() if artist.stale}
        self._found = {artist for artist in stale if not isinstance(artist, Axis)}

    @in_house_looks
    def draw(self, values: dict, seconds: float = math.inf) -> str:
        """Move the artists to `values` and return the readout; `pixels` then holds the picture.

        An update that yields is left on its way when the time is over: then `done` is False,
        the picture is of the frame that was reached, and `advance` goes on.
        """
        self.done = True
        answer = self.update(**values)
        if isinstance(answer, Iterator):
            self._frames, self._readout = answer, None
            return self.advance(seconds)
        self._redraw()
        return _line(answer, "return")

    @in_house_looks
    def draw_anew(self, values: dict, seconds: float = math.inf) -> str:
        """Draw as if nothing had been drawn before: a picture that has a history forgets it."""
        getattr(self.update, "forget", lambda: None)()
        return self.draw(values, seconds)

    @in_house_looks
    def advance(self, seconds: float = math.inf) -> str:
        """Go on with an update that was left on its way, and return the readout."""
        end = time.perf_counter() + seconds
        self.done = True  # also if the update fails now
        for readout in self._frames:
            self._readout = readout
            if time.perf_counter() >= end:
                self.done = False
                break
        self._redraw()
        return _line(self._readout, "yield")

    @in_house_looks
    def draw_all(self) -> None:
        """Draw everything as it stands now, whatever has moved."""
        self.canvas.draw()

    @in_house_looks
    def draw_as_sharp_as(self, sharpness: float) -> None:
        """Have as many pixels for every one of 1/100 inch; what was drawn is drawn again."""
        figure = self.canvas.figure
        if figure.dpi == DPI * sharpness:
            return
        figure.set_dpi(DPI * sharpness)
        if self._drawn_layout is not None:
            self._redraw()

    def _redraw(self):
        """Draw what moved since the last time."""
        artists = self._artists()
        moved = {a for a in artists if a.stale}
        if self._layout(artists) != self._drawn_layout:
            self._moving, self._found = self._found, set()
            self._keep_background()
        elif not moved <= self._moving:
            self._moving |= moved
            self._keep_background()
        self._draw_moving()

    @property
    def pixels(self) -> np.ndarray:
        """The picture as a ``(height, width, 4)`` uint8 view, valid until the next draw."""
        return np.asarray(self.canvas.buffer_rgba())

    @property
    def layout(self):
        """The layout that was drawn last: another object once anything but the artists moved."""
        return self._drawn_layout

    def _artists(self):
        """Return every artist but the grounds and the axes themselves, in drawing order."""
        figure = self.canvas.figure
        parents = [*sorted(figure.axes, key=lambda ax: ax.get_zorder()), figure]
        return [a for parent in parents for a in _children(parent)]

    def _layout(self, artists):
        """Return what moves everything: the size, the axes with their limits, the artists."""
        figure = self.canvas.figure
        boxes = [(ax.viewLim.bounds, ax.get_position(original=True).bounds) for ax in figure.axes]
        return figure.dpi, tuple(figure.get_size_inches()), boxes, list(map(id, artists))

    def _keep_background(self):
        """Draw what lies under the moving artists, once, and remember it."""
        artists = self._artists()
        self._animated = self._to_redraw(artists)
        self._drawn_layout = ()  # none, should drawing fail: then all is drawn anew
        for artist in self._animated:
            artist.set_animated(True)
        try:
            self.canvas.draw()
        finally:
            for artist in self._animated:
                artist.set_animated(False)
        for artist in artists:
            artist.stale = False
        self._standing.forget()
        self._background = self.canvas.copy_from_bbox(self.canvas.figure.bbox)
        self._drawn_layout = self._layout(artists)

    def _to_redraw(self, artists):
        """Return, in drawing order, what moves and what lies over anything that is redrawn."""
        extents, result = [], []
        for artist in artists:
            if not extents and artist not in self._moving:
                continue  # nothing to lie over: measuring a text takes longer than drawing it
            extent = self._extent(artist)
            if artist in self._moving or (extent and any(extent.overlaps(e) for e in extents)):
                extents.append(extent)
                result.append(artist)
        return result

    def _extent(self, artist):
        """Return the box that an artist can touch, in pixels; None if it shows nothing."""
        if artist in self._moving:
            clipped = artist.get_clip_on() and artist.get_clip_box() is not None
            return artist.get_clip_box() if clipped else self.canvas.figure.bbox
        extent = artist.get_tightbbox(self.canvas.get_renderer())
        if extent is None or not artist.get_visible():
            return None
        return extent.padded(2) if extent.width >= 0 else None

    def _draw_moving(self):
        self.canvas.restore_region(self._background)
        renderer = self.canvas.get_renderer()
        for artist in self._animated:
            self._standing.draw(artist, renderer)


def _line(readout, verb):
    """Return the readout, refusing what an update gives by mistake, such as nothing."""
    if not isinstance(readout, str):
        raise TypeError(
            f"the update should {verb} its readout, one line of text, but gave {shown(readout)}"
        )
    return readout


def _children(parent):
    """Return a parent's own artists by drawing order, without its ground and inner axes."""
    hidden = {parent.patch, *_frame_not_drawn(parent)}
    hidden.update(parent.axes if isinstance(parent, Figure) else [])
    own = [a for a in parent.get_children() if a not in hidden]
    return sorted(own, key=lambda a: a.get_zorder())


def _frame_not_drawn(parent):
    """Return the spines and axes of a picture that has them switched off."""
    if isinstance(parent, Figure) or parent.axison:
        return []
    return [*parent.spines.values(), parent.xaxis, parent.yaxis]
