"""Pictures of the two passes of a small network, and of the way back through batch norm."""

import numpy as np

from course_utils.experiments import passes as experiments
from course_utils.experiments.passes import EXAMPLE, KINDS
from course_utils.figures import style
from course_utils.figures.passes_in_words import explained, name_of, path_explained
from course_utils.support.handles import Handle

WAYS = ("forward", "backward")
STEPS = len(experiments.COLUMNS) - 1
"""From one column of the network to the next, in either direction."""

MOMENTS = {
    "masks": {
        "the mask, forward": (
            {"kind": "dropout", "way": "forward", "step": 4, "unit": 2},
            "The edge into a′₂ carries × 0, those of the units that are kept carry × 2.",
        ),
        "the mask, backward": (
            {"kind": "dropout", "way": "backward", "step": 2, "unit": 2},
            "The same × 0 stands on the same edge, so nothing comes back to a₂.",
        ),
        "ReLU, backward": (
            {"kind": "dropout", "way": "backward", "step": 3, "unit": 3},
            "This unit is kept, and yet nothing comes back: its z is negative.",
        ),
    },
    "graph": {
        "where it starts": (
            {"way": "backward", "step": 0, "kind": "plain"},
            "The first gradient is (ŷ − y) / m.",
        ),
        "three paths meet": (
            {"way": "backward", "step": 5, "unit": 1, "kind": "plain"},
            "What comes back from z₁, z₂ and z₃ is added at x₁.",
        ),
        "through batch norm": (
            {"way": "backward", "step": 4, "unit": 3, "kind": "batch norm"},
            "Nothing comes back to this example's z̃₃, but its z₃ still gets a gradient: the others "
            "used it in their μ and σ².",
        ),
    },
    "paths": {
        "one example pushes": (
            {"path": "all three", "push": "1 from example 1"},
            "Only example 1 sends anything back, and yet all four z get a gradient.",
        ),
        "all push alike": (
            {"path": "all three", "push": "1 from all"},
            "Direct and through μ cancel, because the n add up to 0 whatever z is.",
        ),
        "a push to stretch": (
            {"path": "all three", "push": "equal to z_norm"},
            "Direct and through σ² cancel, but for ε, because the squares of the n add up to m.",
        ),
    },
}
"""Moments of the pictures, by their names."""

_ROWS = ((0.5, -0.5), *((1.0, 0.0, -1.0),) * 4, (0.0,))
_HEADS = "inputs", "z", "batch norm", "ReLU", "dropout", "output"
_PARTS = "comes in:", "local rule:", "goes out:"


def network(fig):
    """Both passes of a small network, step by step: what each node gets, does and hands on."""
    ax = style.axes(fig, height=4.9, left=0.1, right=0.1, bottom=0.1, top=0.12)
    ax.set(xlim=(-0.5, STEPS + 0.5), ylim=(-2.75, 1.75))
    ax.set_axis_off()
    show_edges, show_nodes, show_words = _edges(ax), _nodes(ax), _strip(ax)

    def update(step, unit, way, kind):
        column, row = _node(step, unit, way)
        show_edges(kind, way, column, row)
        show_nodes(kind, way, column, row)
        name, parts = name_of(column, row), explained(kind, way, column, row)
        show_words(f"{way}, at {name}", parts)
        said = "; ".join(f"{title} {part}" for title, part in zip(_PARTS, parts, strict=True))
        return f"{kind}, {way}, at {name}: {said}"

    update.handles = (Handle(ax, x="step", to_x=_across, y="unit", to_y=_up, pressed=True),)
    return update


def _node(step, unit, way):
    """Return column and row of the node that is looked at."""
    column = step if way == "forward" else STEPS - step
    return column, min(unit, len(_ROWS[column])) - 1


def _across(step, unit, way, kind):
    return _node(step, unit, way)[0]


def _up(step, unit, way, kind):
    column, row = _node(step, unit, way)
    return _ROWS[column][row]


def _edges(ax):
    """Draw every edge with the number on it; return what moves them."""
    ground = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
    look = {"ha": "center", "va": "center", "fontsize": 8, "clip_on": True, "bbox": ground}
    drawn = {}
    for column, start, end in experiments.edges():
        y = np.array([_ROWS[column][start], _ROWS[column + 1][end]])
        (line,) = ax.plot([column, column + 1], y, color=style.GREY, lw=0.8, zorder=1)
        at = {0: 0.65, STEPS - 1: 0.4}.get(column, 0.5)
        text = ax.text(column + at, (1 - at) * y[0] + at * y[1], "", linespacing=0.95, **look)
        drawn[column, start, end] = line, text

    def show(kind, way, column, row):
        for edge, (line, text) in drawn.items():
            back = way == "backward"
            into = (edge[0] + (not back), edge[1 if back else 2]) == (column, row)
            line.set(lw=2.5 if into else 0.8, color=_colour(way) if into else style.GREY)
            returned = back and edge[0] >= column
            text.set_text(_on(kind, edge, returned) if back or edge[0] < column else "")
            text.set_color(style.ORANGE if returned else style.BLUE)

    return show


def _on(kind, edge, returned):
    """Return the number on an edge, under what multiplied it."""
    number, slope = experiments.carried(kind, edge)[returned], experiments.local(kind, edge)
    written = style.rounded(number)
    if slope is None:
        return f"all 4\n{written}" if returned else written
    by_weight_or_mask = edge[0] in (0, 3, 4)
    return f"× {style.rounded(slope)}\n{written}" if returned or by_weight_or_mask else written


def _nodes(ax):
    """Draw the nodes with their names; return what writes their numbers and moves the ring."""
    places = [(x, y) for x, rows in enumerate(_ROWS) for y in rows]
    circles = ax.scatter(*np.transpose(places), s=560, edgecolors=style.INK, lw=0.8, zorder=2)
    look = {"ha": "center", "va": "center", "clip_on": True, "zorder": 4}
    for x, head in enumerate(_HEADS):
        ax.text(x, 1.62, head, fontsize=10, **look)
    texts = {}
    for x, y in places:
        row = _ROWS[x].index(y)
        ax.text(x, y, name_of(x, row), fontsize=10, **look)
        value = ax.text(x, y + 0.33, "", fontsize=9, color=style.BLUE, **look)
        texts[x, row] = value, ax.text(x, y - 0.33, "", fontsize=9, color=style.ORANGE, **look)
    (ring,) = ax.plot([], [], "o", ms=30, mfc="none", mew=3, zorder=3)

    def show(kind, way, column, row):
        seen = experiments.passed(kind)
        circles.set_facecolors([_face(kind, x) for x, _ in places])
        for (x, line), (value, gradient) in texts.items():
            arrived = way == "backward" or x <= column
            value.set_text(style.rounded(seen.values[x][line, EXAMPLE]) if arrived else "")
            back = way == "backward" and x >= column
            gradient.set_text(style.rounded(seen.gradients[x][line, EXAMPLE]) if back else "")
        ring.set_data([column], [_ROWS[column][row]])
        ring.set_color(_colour(way))

    return show


def _face(kind, column):
    """Return the colour of a column's nodes; white if it is switched off."""
    normed, keep_prob = KINDS[kind]
    off = (column == 2 and not normed) or (column == 4 and keep_prob == 1)
    return "white" if off else style.YELLOW if column == 0 else style.SKY


def _colour(way):
    return style.BLUE if way == "forward" else style.ORANGE


def _strip(ax):
    """Draw three lines on the node that is looked at; return what writes them."""
    look = {"fontsize": 10, "va": "center", "clip_on": True}
    ax.plot([-0.45, STEPS + 0.45], [-1.62] * 2, color=style.GREY, lw=0.6)
    head = ax.text(-0.4, -1.8, "", weight="bold", **look)
    lines = []
    for y, title in zip((-2.07, -2.34, -2.61), _PARTS, strict=True):
        ax.text(-0.4, y, title, color=style.GREY, **look)
        lines.append(ax.text(0.42, y, "", **look))

    def show(said, parts):
        head.set_text(said)
        for line, part in zip(lines, parts, strict=True):
            line.set_text(part)

    return show


PATHS = ("direct", "through μ", "through σ²", "all three")
_AT = (1.5, 0.5, -0.5, -1.5)  # the rows of the four examples
_MU, _SIGMA2 = (1.5, 2.15), (1.5, -2.15)


def paths(fig):
    """The three paths along which a gradient comes back through batch norm, one of them lit."""
    ax = style.axes(fig, height=5.2, left=0.1, right=0.1, bottom=0.1, top=0.12)
    ax.set(xlim=(-0.9, 4.4), ylim=(-4.25, 3.1))
    ax.set_axis_off()
    show_edges, show_nodes = _mini_batch(ax), _examples(ax)
    look = {"fontsize": 10, "va": "center", "clip_on": True}
    lines = [ax.text(-0.8, y, "", **look) for y in (-3.1, -3.55, -4.0)]
    pushes = experiments.pushes()

    def update(path, example, push):
        found = experiments.unit("batch norm", 0, pushes[push])
        show_edges(found, path, example - 1)
        show_nodes(found, path, example - 1)
        said = path_explained(found, path, example - 1)
        for line, words in zip(lines, said, strict=True):
            line.set_text(words)
        return f"example {example}: {said[-1]}"

    update.handles = (Handle(ax, x=0.0, y="example", to_y=lambda example, **_: _AT[example - 1]),)
    return update


def _mini_batch(ax):
    """Draw the edges of a mini-batch through batch norm; return what lights a path of them."""
    drawn = {}
    for k, y in enumerate(_AT):
        drawn[PATHS[0], k, "z"] = _edge(ax, (0, y), (3, y), 0.5)
        for path, node in zip(PATHS[1:], (_MU, _SIGMA2), strict=False):
            drawn[path, k, "z"] = _edge(ax, (0, y), node, 0.45)
            drawn[path, k, "z_norm"] = _edge(ax, node, (3, y), 0.55)

    def show(found, path, example):
        for (own, k, end), (line, text) in drawn.items():
            lit = path in (own, PATHS[3]) and (end == "z_norm" or k == example)
            line.set(lw=2 if lit else 0.6, color=_COLOURS[own] if lit else style.GREY)
            numbers = _flowing(found, own, end)
            text.set_text(style.rounded(numbers[k]) if lit else "")

    return show


_COLOURS = dict(zip(PATHS, (style.GREEN, style.PINK, style.BLUE, style.ORANGE), strict=True))


def _flowing(found, path, end):
    """Return what flows back on a path: out of each z_norm, or into each z."""
    if end == "z":
        return dict(zip(PATHS, (found.direct, found.mean, found.variance), strict=False))[path]
    return found.to_mean if path == PATHS[1] else found.to_variance


def _edge(ax, start, end, at):
    look = {"ha": "center", "va": "center", "fontsize": 8, "clip_on": True, "zorder": 2}
    look["bbox"] = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
    (line,) = ax.plot(*np.transpose([start, end]), color=style.GREY, lw=0.6, zorder=1)
    x, y = np.average([start, end], axis=0, weights=[1 - at, at])
    return line, ax.text(x, y, "", **look)


def _examples(ax):
    """Draw the nodes; return what writes what arrives at them, and moves the ring."""
    look = {"ha": "center", "va": "center", "clip_on": True, "zorder": 4}
    places = [*((x, y) for x in (0, 3) for y in _AT), _MU, _SIGMA2]
    ax.scatter(*np.transpose(places), s=560, c=style.SKY, edgecolors=style.INK, lw=0.8, zorder=3)
    names = [f"{letter}{k}" for letter in ("z", "n") for k in "1234"]
    for (x, y), name in zip(places, [*names, "μ", "σ²"], strict=True):
        ax.text(x, y, name.translate(_LOW), fontsize=10, **look)
    for x, head in ((0, "z"), (3, "n = z_norm"), (3.95, "∂J/∂z̃")):
        ax.text(x, 2.85, head, fontsize=10, **look)
    result_head = ax.text(-0.6, 2.85, "", fontsize=10, **look)
    arriving = [ax.text(3.95, y, "", fontsize=10, color=style.ORANGE, **look) for y in _AT]
    results = [ax.text(-0.6, y, "", fontsize=10, **look) for y in _AT]
    (ring,) = ax.plot([], [], "o", ms=30, mfc="none", mew=3, color=style.INK, zorder=3)

    def show(found, path, example):
        parts = dict(zip(PATHS, (found.direct, found.mean, found.variance), strict=False))
        arrived = parts.get(path, found.direct + found.mean + found.variance)
        for texts, numbers in ((arriving, found.d), (results, arrived)):
            for text, number in zip(texts, numbers, strict=True):
                text.set_text(style.rounded(number))
        result_head.set_text("part of\n∂J/∂z" if path in parts else "∂J/∂z")
        for text in results:
            text.set_color(_COLOURS[path])
        ring.set_data([0], [_AT[example]])

    return show


_LOW = str.maketrans("1234", "₁₂₃₄")
