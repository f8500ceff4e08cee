"""Pictures of frameworks: their family on a time axis, and two of their programs side by side."""

import numpy as np

from course_utils.figures import style
from course_utils.frameworks import catalogue, roles
from course_utils.support.handles import Handle

FAMILY = catalogue.family()
NAMES = tuple(one["name"] for one in FAMILY)
"""The frameworks in the order of their years."""

_ROWS = {name: len(NAMES) - 1 - k for k, name in enumerate(NAMES)}
_NOW = 2026.9
_APART = 0.19  # years
_LIVING, _ENDED, _CHOSEN = style.GREEN, "#B5B5B5", style.ORANGE


def family(fig):
    """When each framework lived, and from which others it comes."""
    ax = style.axes(fig, height=5.4, left=1.25, right=0.3, top=0.5)
    bars, links, (ring,) = _bars(ax), _links(ax), ax.plot([], [], "o", ms=11, color=_CHOSEN)

    def update(framework):
        for one, bar in zip(FAMILY, bars, strict=True):
            bar.set_color(_CHOSEN if one["name"] == framework else _colour(one))
        for (parent, child), line in links.items():
            near = framework in (parent, child)
            line.set(color=_CHOSEN if near else style.GREY, linewidth=2.2 if near else 0.8)
        chosen = _called(framework)
        ring.set_data([chosen["began"]], [_ROWS[framework]])
        return _in_words(chosen)

    update.handles = (Handle(ax, x=_beginning, y="framework", to_y=_row, pressed=True),)
    return update


def _called(name):
    return FAMILY[NAMES.index(name)]


def _beginning(framework):
    return _called(framework)["began"]


def _row(framework):
    return _ROWS[framework]


def _colour(one):
    return _ENDED if one["ended"] else _LIVING


def _in_words(one):
    until = f"to {int(one['ended'])}" if one["ended"] else "to today"
    heirs = [other["name"] for other in FAMILY if one["name"] in other["parents"]]
    to = f"; led to {', '.join(heirs)}" if heirs else ""
    comes = f"; comes from {', '.join(one['parents'])}" if one["parents"] else ""
    years = f"{one['name']}, {int(one['began'])} {until}"
    return f"{years}: {one['who']}; {one['became']}{comes}{to}"


def _bars(ax):
    """Draw the life of each framework, and return the bars."""
    bars = []
    for one in FAMILY:
        ends = (one["began"], one["ended"] or _NOW)
        bars += ax.plot(ends, [_ROWS[one["name"]]] * 2, lw=7, solid_capstyle="butt")
    for colour, words in ((_LIVING, "still released"), (_ENDED, "until the last release or end")):
        ax.plot([], [], lw=7, color=colour, label=words)
    ax.set(xlim=(2001, 2027.3), ylim=(-0.8, len(NAMES) - 0.2))
    ax.set_yticks(range(len(NAMES))[::-1], NAMES)
    for label, one in zip(ax.get_yticklabels(), FAMILY, strict=True):
        label.set_fontweight("bold" if one["lecture"] else "normal")
    ax.set_xticks(range(2002, 2027, 4))
    ax.grid(axis="x", alpha=0.25)
    ax.legend(frameon=False, ncols=2, loc="lower center", bbox_to_anchor=(0.45, 1.0))
    return bars


def _links(ax):
    """Draw a line from each framework to those it led to; return the lines by their two ends."""
    lines, taken = {}, []
    for child in FAMILY:
        for name in child["parents"]:
            began, ended = child["began"], _called(name)["ended"] or _NOW
            merged = _beginning(name) > began  # into one that was there already
            x = [ended, ended] if merged else [min(ended, began), began]
            while any(abs(x[1] - other) < _APART for other in taken):
                x = [year + _APART for year in x]  # beside another line, not on it
            taken.append(x[1])
            y = [_ROWS[name], _ROWS[child["name"]]]
            lines[name, child["name"]] = ax.plot(x, y, zorder=1)[0]
    return lines


PROGRAMS = {f"{p.framework}, {p.way}": p for p in catalogue.PROGRAMS}
"""What each program is called in a list."""

_PALE = dict(
    zip(
        roles.ROLES, ("#CFE3F3", "#F9D9C3", "#E9D3E6", "#CDEBDF", "#FBEBC8", "#E3E3E3"), strict=True
    )
)
_MOST = 26


def side_by_side(fig):
    """The lecture's program in two frameworks; lines that do the same have one colour."""
    axes = style.axes(fig, 1, 2, height=5.6, left=0.1, right=0.1, bottom=0.1, top=0.75, wspace=0.03)
    panes = [_pane(ax) for ax in axes]
    at = 0.02
    for role, colour in _PALE.items():
        box = {"facecolor": colour, "edgecolor": "none", "pad": 3}
        fig.text(at, 0.965, role, fontsize=9, va="center", bbox=box)
        at += 0.032 + 0.0098 * len(role)

    def update(left, right):
        both = [roles.lines_of(PROGRAMS[name]) for name in (left, right)]
        for show, lines, name in zip(panes, both, (left, right), strict=True):
            show(lines, name)
        return f"{_counted(left, both[0])}; {_counted(right, both[1])}"

    return update


def _counted(name, lines):
    """Say how many lines a program has, and which roles have none of their own."""
    there = {role for _, role in lines}
    missing = [role for role in roles.ROLES if role not in there]
    none = f", none of their own for {', '.join(missing)}" if missing else ""
    return f"{name}: {roles.count(PROGRAMS[name])} lines{none}"


def _pane(ax):
    """Draw room for a program; return what writes it."""
    rows = np.arange(_MOST)
    bands = ax.barh(-rows, np.ones(_MOST), 0.95, color="white")
    texts = [ax.text(0.01, -y, "", fontsize=7, family="monospace", va="center") for y in rows]
    ax.set(xlim=(0, 1), ylim=(-_MOST + 0.4, 0.6), xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    title = ax.text(
        0.01, 1.0, "", fontsize=10.5, weight="bold", va="bottom", transform=ax.transAxes
    )

    def show(lines, name):
        title.set_text(name)
        padded = [*lines, *[("", "")] * (_MOST - len(lines))]
        for band, text, (line, role) in zip(bands, texts, padded, strict=True):
            band.set_color(_PALE.get(role, "white"))
            text.set_text(line)

    return show


MOMENTS = {
    "family": {
        "Theano": (
            {"framework": "Theano"},
            "Keras and Lasagne were built on it, and PyTensor continues it.",
        ),
        "Chainer": (
            {"framework": "Chainer"},
            "It built the graph while the program ran, and PyTorch took that up.",
        ),
        "MXNet": ({"framework": "MXNet"}, "A foundation alone does not keep a framework alive."),
        "PyTorch": (
            {"framework": "PyTorch"},
            "It comes from four others: two gave it code, and two gave it an idea.",
        ),
    },
    "programs": {
        "the lecture's, and PyTorch": (
            {"left": "TensorFlow, graph", "right": "PyTorch, eager"},
            "Nothing is built or run in PyTorch: each line computes when it is reached.",
        ),
        "TensorFlow 1 and 2": (
            {"left": "TensorFlow, graph", "right": "TensorFlow, eager"},
            "The session is gone; a tape records what the gradient needs.",
        ),
        "by hand, and autograd": (
            {"left": "NumPy by hand, eager", "right": "autograd, eager"},
            "The derivative 2 w − 10 is replaced by the cost and grad.",
        ),
        "Theano and its heir": (
            {"left": "Theano, graph", "right": "PyTensor, graph"},
            "Almost line for line the same, fourteen years apart.",
        ),
    },
}
"""Values of the pictures' controls at which there is something to see, and what it is."""
