"""A plane of points of two classes over the colours of a network's answers."""

import numpy as np
from matplotlib.colors import to_rgb

from course_utils.figures import style

COLUMNS, ROWS = 50, 38
_LOOKS = ((style.BLUE, "o"), (style.ORANGE, "s"))


def ground(ax, limits):
    """Colour a plane by a network's answers; return ``show(network)``, which paints it."""
    empty = np.zeros((ROWS, COLUMNS, 3), np.uint8)
    image = ax.imshow(empty, origin="lower", extent=limits, aspect="auto", interpolation="nearest")
    ax.set(xlim=limits[:2], ylim=limits[2:], xlabel="$x_1$", ylabel="$x_2$")
    grid = _places(limits).reshape(2, -1)

    def show(network):
        image.set_data(_mixed(network.predict(grid)[0]).reshape(ROWS, COLUMNS, 3))

    return show


def boundaries(ax, limits):
    """Return ``show(networks)``, which draws where each network's z is 0, and its answer ½."""
    (line,) = ax.plot([], [], color=style.INK, lw=0.7, solid_capstyle="round")
    places = _places(limits)

    def show(networks):
        z = [
            network.inference(places.reshape(2, -1)).reshape(ROWS, COLUMNS) for network in networks
        ]
        line.set_data(*np.hstack([np.empty((2, 0)), *(_crossings(*places, each) for each in z)]))

    return show


def _crossings(x, y, height):
    """Return the pieces of line on which a height over a grid is 0, shape (2, 3 * pieces).

    Each square of the grid is two triangles, and a line that enters one by a side leaves it by
    another. NaN stands behind each piece, where the pen is lifted.
    """
    grid = np.stack([x, y, height], axis=-1)
    a, b, c, d = grid[:-1, :-1], grid[:-1, 1:], grid[1:, 1:], grid[1:, :-1]
    begins = np.concatenate([np.stack(corners, axis=2) for corners in ((a, b, c), (a, c, d))])
    ends = np.roll(begins, -1, axis=2)
    crossed = (begins[..., 2] > 0) != (ends[..., 2] > 0)
    begin, end = begins[crossed], ends[crossed]
    part = begin[:, 2:] / (begin[:, 2:] - end[:, 2:])
    pieces = (begin + part * (end - begin))[:, :2].reshape(-1, 2, 2)
    return np.insert(pieces, 2, np.nan, axis=1).reshape(-1, 2).T


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
