"""A canvas on which a text that was drawn once is drawn again from memory.

matplotlib sets every text glyph by glyph at each drawing, which takes as long as a dozen curves.
Here it does so once for each text, size and angle, on a sheet of its own; from then on the sheet
is stamped wherever the text stands, at whole pixels.
"""

import functools
import math

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg

RIM = 0.25
"""How far letters may reach beyond a text's box, in heights of the text."""


class Canvas(FigureCanvasAgg):
    """A canvas that stamps its texts."""

    def __init__(self, figure):
        super().__init__(figure)
        self._size = None

    def get_renderer(self) -> RendererAgg:
        """Return the renderer for the figure as large as it is now."""
        size = *self.figure.bbox.size, self.figure.dpi
        if size != self._size:
            self.renderer, self._size = _Renderer(*size), size
        return self.renderer


class _Renderer(RendererAgg):
    """Draws as matplotlib's does, but for texts."""

    def get_text_width_height_descent(self, s, prop, ismath):
        return _measured(s, prop.copy(), ismath, self.dpi)

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):
        if not gc.get_antialiased() or _is_set_its_own_way(mtext):
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
            return
        stamp, left, bottom = _stamp(s, prop.copy(), angle, ismath, self.dpi)
        self._renderer.draw_text_image(stamp, round(x) + left, round(y) + bottom, 0, gc)


def _is_set_its_own_way(text):
    """Whether a text asks for letters other than its font's usual ones; matplotlib 3.11 can."""
    ways = (getattr(text, way, None) for way in ("get_fontfeatures", "get_language"))
    return any(way and way() for way in ways)


@functools.lru_cache(maxsize=4096)
def _stamp(s, prop, angle, ismath, dpi):
    """Return how dark a text makes the pixels of its box, and where the box's corner lies.

    That is the lower left one, to the right of and below where the text begins.
    """
    left, bottom, right, top = _box(s, prop, angle, ismath, dpi)
    sheet = RendererAgg(right - left, top - bottom, dpi)
    sheet.draw_text(sheet.new_gc(), -left, top, s, prop, angle, ismath)
    return np.asarray(sheet.buffer_rgba())[..., 3].copy(), left, -bottom


def _box(s, prop, angle, ismath, dpi):
    """Return the sides of the box around a text that is turned about where it begins, y up."""
    width, height, depth = _measured(s, prop, ismath, dpi)
    turn = np.exp(1j * math.radians(angle))
    corners = turn * (np.array([0, width]) + 1j * np.array([[-depth], [height - depth]]))
    rim = 1 + RIM * height
    low = [math.floor(side.min() - rim) for side in (corners.real, corners.imag)]
    high = [math.ceil(side.max() + rim) for side in (corners.real, corners.imag)]
    return *low, *high


@functools.lru_cache(maxsize=4096)
def _measured(s, prop, ismath, dpi):
    """Return width, height and depth of a text, in pixels."""
    return RendererAgg(1, 1, dpi).get_text_width_height_descent(s, prop, ismath)
