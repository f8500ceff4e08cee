"""What a page needs to say where the pointer is in a picture: axes, their scales, named curves.

Places are shares of the picture's width and height, from its top left corner.
"""

import contextlib
import re

import numpy as np

MOST_POINTS = 200
"""Points of a curve that a page gets: more lie closer together than a pointer can tell."""


def axes(figure) -> list[dict]:
    """Return the box of every axes that has numbers, and what its two axes are called and mean.

    Returns
    -------
    list of dict
        ``box``: left, top, right, bottom; ``x`` and ``y``: None for an axis without numbers, or for
        one whose numbers are not its places and that has no ``to_value``; else ``name`` and either
        ``names``, a list of (place, name), or ``scale``, ``from`` and ``to``, the values at the
        box's ends, ``unit`` and, where places are not the values themselves, ``values`` evenly
        along the axis.
    """
    return [_axes(ax) for ax in shown(figure)]


def shown(figure) -> list:
    """Return the axes that a reader sees as such, in the order in which the page counts them."""
    return [ax for ax in figure.axes if ax.axison and ax.get_visible()]


def line(figure, at: tuple[str, int], value: float) -> list[float] | None:
    """Return the line through the axes at a value of one of its axis, None where that is outside.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        The picture.
    at : tuple of (str, int)
        ``"x"`` or ``"y"``, and the number of the axes.
    value : float
        A number as the axis counts it.

    Returns
    -------
    list of float or None
        Left, top, right and bottom of the line.
    """
    letter, number = at
    ax = shown(figure)[number]
    axis = getattr(ax, f"{letter}axis")
    place = _place(axis, value)
    low, high = sorted(axis.get_view_interval())
    if not low <= place <= high:
        return None
    share = _share(axis, place, *axis.get_view_interval())
    left, top, right, bottom = box(ax)
    if letter == "x":
        left = right = left + share * (right - left)
    else:
        top = bottom = bottom + share * (top - bottom)
    return np.round([left, top, right, bottom], 5).tolist()


def _place(axis, value):
    """Return where a number stands on an axis whose places may not be its numbers."""
    to_value = getattr(axis, "to_value", None)
    if to_value is None:
        return value
    low, high = axis.get_view_interval()
    places = np.linspace(low, high, 601)
    numbers = np.array([float(to_value(place)) for place in places])
    order = np.argsort(numbers)
    return float(np.interp(value, numbers[order], places[order], left=np.nan, right=np.nan))


def _axes(ax):
    return {
        "box": np.round(box(ax), 5).tolist(),
        "x": _axis(ax.xaxis, "x"),
        "y": _axis(ax.yaxis, "y"),
    }


def box(ax) -> list[float]:
    """Return the sides of an axes: left, top, right and bottom."""
    sides = ax.get_position()
    return [sides.x0, 1 - sides.y1, sides.x1, 1 - sides.y0]


def _axis(axis, letter):
    low, high = map(float, axis.get_view_interval())
    name = _plain(axis.get_label().get_text())
    described = {"name": name if 0 < len(name) <= 24 else letter}
    places = [float(t) for t in axis.get_majorticklocs() if min(low, high) <= t <= max(low, high)]
    texts = list(map(str, axis.get_major_formatter().format_ticks(places)))
    if not any(texts):
        return None
    mapped = hasattr(axis, "to_value") or not _mean_their_places(places, texts)
    if not all(map(_number, texts)) or (mapped and all(text.isdigit() for text in texts)):
        shares = [_share(axis, place, low, high) for place in places]
        names = [_plain(text).replace("\n", " ") for text in texts]
        return {**described, "names": [list(pair) for pair in zip(shares, names, strict=True)]}
    if mapped and not hasattr(axis, "to_value"):
        return None
    described |= {"scale": axis.get_scale(), "from": low, "to": high}
    described["unit"] = "%" if texts and texts[-1].endswith("%") else ""
    if to_value := getattr(axis, "to_value", None):
        described["values"] = [float(to_value(place)) for place in np.linspace(low, high, 601)]
    return described


def _mean_their_places(places, texts):
    """Whether plain numbers at an axis are the places at which they stand."""
    for place, text in zip(places, texts, strict=True):
        plain = text.replace("−", "-").replace(" ", "").removesuffix("%")
        with contextlib.suppress(ValueError):
            value = float(plain) / (100 if text.endswith("%") else 1)
            if abs(value - place) > 0.06 * max(abs(value), abs(place)):
                return False
    return True


def _share(axis, place, low, high):
    """Return how far along an axis a place lies."""
    bend = np.log if axis.get_scale() == "log" else float
    return float((bend(place) - bend(low)) / (bend(high) - bend(low)))


_NUMBER = re.compile(r"[-−]?[\d. ]+(e[-−]?\d+)? ?%?|10[⁻⁰¹²³⁴-⁹]+|\$[\\a-z{]*10\^\{?[-−\d]+\}*\$")


def _number(text):
    return not text or bool(_NUMBER.fullmatch(text))


def _plain(label):
    """Return a label without what it is set in."""
    return re.sub(r"[$\\{}]", "", label).replace("mathdefault", "").strip()


def curves(figure) -> list[dict]:
    """Return every curve that a legend names: the number of its axes, its name and its points."""
    lines = [(i, line) for i, ax in enumerate(shown(figure)) for line in ax.lines]
    named = [(i, line, line.get_label()) for i, line in lines if line.get_visible()]
    found = [
        {"axes": i, "name": _plain(name), "points": _points(line)}
        for i, line, name in named
        if not name.startswith("_")
    ]
    return [curve for curve in found if curve["points"]]


def _points(line):
    """Return the points of a line within its axes, thinned."""
    x, y = (np.asarray(line.convert_xunits(part), float) for part in line.get_data(orig=False))
    there = np.isfinite(x) & np.isfinite(y)
    points = np.column_stack([x[there], y[there]])
    points = points[:: 1 + len(points) // MOST_POINTS]
    if not len(points):
        return []
    with np.errstate(all="ignore"):
        places = line.axes.transAxes.inverted().transform(line.get_transform().transform(points))
    inside = np.isfinite(places).all(axis=1) & (abs(places - 0.5) <= 0.5).all(axis=1)
    return places[inside].round(4).tolist()
