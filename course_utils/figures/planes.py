"""A plane of points of two classes over the colours of a network's answers."""

import numpy as np
from contourpy import contour_generator
from matplotlib.colors import to_rgb
from matplotlib.image import PcolorImage

from course_utils.figures import style

COLUMNS, ROWS = 50, 38
REACH = 0.12
"""How near to a point, in the plane's units, a hand has to come down to take it: its size."""
_LOOKS = ((style.BLUE, "o"), (style.ORANGE, "s"))


def ground(ax, limits):
    """Colour a plane by a network's answers; return ``show(network)``, which paints it."""
    paint = cells(ax, limits)
    ax.set(xlim=limits[:2], ylim=limits[2:], xlabel="$x_1$", ylabel="$x_2$")
    grid = _places(limits).reshape(2, -1)

    def show(network):
        paint(_mixed(network.predict(grid)[0]).reshape(ROWS, COLUMNS, 3))

    return show


def cells(ax, limits):
    """Return ``paint(colours)``, which colours the cells of a plane, the lowest row first.

    An image of ``imshow`` would be scaled anew at every move, which takes ten times as long.
    """
    image = ax.add_image(PcolorImage(ax))
    image.set_clip_path(ax.patch)

    def paint(colours):
        rows, columns, _ = colours.shape
        sides = np.linspace(*limits[:2], columns + 1), np.linspace(*limits[2:], rows + 1)
        image.set_data(*sides, colours)

    return paint


def boundaries(ax, limits):
    """Return ``show(networks)``, which draws where each network's z is 0, and its answer ½."""
    (line,) = ax.plot([], [], color=style.INK, lw=0.7, solid_capstyle="round")
    places = _places(limits)

    def show(networks):
        pieces = [_PEN_UP]
        for network in networks:
            z = network.inference(places.reshape(2, -1)).reshape(ROWS, COLUMNS)
            for piece in contour_generator(*places, z).lines(0.0):
                pieces += [piece, _PEN_UP]
        line.set_data(*np.concatenate(pieces).T)

    return show


_PEN_UP = np.full((1, 2), np.nan)


def _places(limits):
    """Return the places of the plane that are coloured, shape (2, ROWS, COLUMNS)."""
    x1, x2 = np.linspace(*limits[:2], COLUMNS), np.linspace(*limits[2:], ROWS)
    return np.stack(np.meshgrid(x1, x2))


def points(ax, X, y):
    """Draw examples, those of class 0 as blue dots and those of class 1 as orange squares."""
    for label, (colour, marker) in enumerate(_LOOKS):
        ax.plot(*X[:, y[0] == label], marker, color=colour, ms=5, mec="white", mew=0.5)


def moving_points(ax):
    """Draw the example that is held, larger than a page's ring, and those it has left behind.

    Return ``show(example, left_behind)``, which moves them; an example is (x1, x2, class).
    """
    held = [ax.plot([], [], m, color=c, ms=17, mec="white", mew=1.5)[0] for c, m in _LOOKS]
    left = [ax.plot([], [], m, color=c, ms=10, mec="white", mew=1.0)[0] for c, m in _LOOKS]

    def show(example, left_behind):
        for lines, examples in ((left, left_behind), (held, [example])):
            for label, line in enumerate(lines):
                line.set_data(*np.reshape([e[:2] for e in examples if e[2] == label], (-1, 2)).T)

    return show


def in_words(left_behind):
    """Say where examples (x1, x2, class) were left; empty if there are none."""
    return f"; left behind: {', '.join(map(place, left_behind))}" if left_behind else ""


def place(example):
    """Say of what class an example (x1, x2, class) is, and where."""
    x, y, label = example
    return f"{('blue', 'orange')[label]} ({x:g}, {y:g})".replace("-", "−")


def _mixed(p):
    """Return the colours of a ground: blue where p is 0, orange where it is 1."""
    blue, orange = (255 * (0.55 + 0.45 * np.array(to_rgb(c))) for c in (style.BLUE, style.ORANGE))
    return ((1 - p[:, None]) * blue + p[:, None] * orange).astype(np.uint8)
