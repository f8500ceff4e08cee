"""Pictures of softmax over a plane of inputs: regions, borders, a point, the class vectors."""

import numpy as np

from course_utils import datasets
from course_utils import softmax as lecture
from course_utils.experiments.softmax import classifier_of, linear_classifier, points_of
from course_utils.figures import planes, style
from course_utils.support.handles import Handle
from course_utils.support.words import percent

_MARKERS = "os^DvP"
_X1, _X2 = (np.linspace(-side, side, cells) for side, cells in ((4.2, 106), (3.4, 86)))
_PLANE = np.array(np.meshgrid(_X1, _X2)).reshape(2, -1)
_COLOURS = (*style.CLASSES[:5], "#6E6E6E")
"""Of up to six classes in a circle: the last has the blue one and the yellow one beside it."""
_PALE = np.array([[255 - 0.45 * (255 - x) for x in bytes.fromhex(c[1:])] for c in _COLOURS])


def regions(fig, classifier=linear_classifier):
    """Regions of the most likely class in the plane, and the scores along a cut through it."""
    left, right = style.axes(fig, 1, 2, height=4.1, top=0.7, width_ratios=(3, 2), wspace=0.3)
    show_plane, show_cut = _plane(left), _cut(left, right)
    show_names = _names(right.lines[1:])
    left.set(xlabel="$x_1$", ylabel="$x_2$", title="regions, black: borders")

    def update(classes, steps, cut=0.0, soft=False):
        X, labels = datasets.blobs(classes, 40, np.random.default_rng(1))
        Y = lecture.one_hot(labels, classes)
        with np.errstate(all="ignore"):  # a reader's classifier may diverge: that is shown
            W, b = classifier(X, Y, np.random.default_rng(7), alpha=0.3, steps=steps)
        well = bool(np.isfinite(W).all() and np.isfinite(b).all())
        W, b = (W, b) if well else (np.zeros((classes, 2)), np.zeros((classes, 1)))
        show_cut(cut, W @ [_X1, np.full(len(_X1), cut)] + b)
        show_names(classes)
        show_plane(X, labels, W, b, lecture.softmax if soft else lecture.hard_max, well)
        judged = _judged(W @ X + b, Y) if well else style.DIVERGED
        return f"C = {classes}, step {steps}: {judged}{_along(cut, W, b) if well else ''}"

    update.handles = (Handle(left, x=_X1[0], y="cut"),)
    return update


def _cut(plane, scores):
    """Draw a dashed cut through the plane, and the scores along it; return what moves them."""
    dashed = plane.plot(_X1[[0, -1]], [0, 0], "--", color=style.INK, linewidth=1)[0]
    lead = scores.plot(_X1, _X1, color="#C9C9C9", linewidth=7)[0]
    looks = zip(_COLOURS, _MARKERS, strict=True)
    lines = [scores.plot([], [], m + "-", color=c, lw=1.8, markevery=15)[0] for c, m in looks]
    scores.set(xlabel="$x_1$", ylabel="$z$", ylim=(-12, 12), title="logits on the dashed cut")
    scores.yaxis.labelpad = -2
    scores.set_xlim(_X1[[0, -1]])

    def show(cut, z):
        for k, line in enumerate(lines):
            line.set_data(_X1, z[k]) if k < len(z) else line.set_data([], [])
        lead.set_ydata(z.max(axis=0))
        dashed.set_ydata([cut, cut])

    return show


def _names(lines):
    """Name colours and markers above both panels; return what lists the first of the classes."""
    names = [f"class {k}" for k in range(1, 1 + len(lines))]
    look = {"frameon": False, "loc": "upper center", "columnspacing": 1.2, "handlelength": 1.2}
    legend = lines[0].figure.legend(lines, names, ncols=len(names), fontsize=10, **look)

    def show(classes):
        if classes == sum(text.get_visible() for text in legend.get_texts()):
            return  # else its places would be looked for at every move
        for k, parts in enumerate(zip(legend.legend_handles, legend.get_texts(), strict=True)):
            for part in parts:
                part.set_visible(k < classes)
        legend.stale = True  # which its parts do not tell

    return show


_HALF = (_X1[1] - _X1[0]) / 2
_SIDES = (_X1[0] - _HALF, _X1[-1] + _HALF, _X2[0] - _HALF, _X2[-1] + _HALF)


def _clouds(ax):
    look = {"markersize": 5.5, "markeredgecolor": style.INK, "markeredgewidth": 0.6}
    pairs = zip(_MARKERS, _COLOURS, strict=True)
    return [ax.plot([], [], m, color=c, **look)[0] for m, c in pairs]


def _plane(ax):
    """Draw regions, borders and points; return what moves them."""
    paint = planes.cells(ax, _SIDES)
    borders = ax.plot([], [], color=style.INK, linewidth=1.6)[0]
    clouds = _clouds(ax)
    note = style.note(ax, 0, 0)
    ax.set(aspect="auto", xlim=_X1[[0, -1]], ylim=_X2[[0, -1]])

    def show(X, labels, W, b, winner, well):
        for k, cloud in enumerate(clouds):
            cloud.set_data(*X[:, labels == k])
        paint(_mixed(winner(W @ _PLANE + b)))
        borders.set_data(*_borders(W, b))
        note.set_text("" if well else style.DIVERGED)

    return show


def point(fig):
    """A point of the plane, its logits and the probabilities that softmax makes of them."""
    left, right = style.axes(fig, 1, 2, height=3.8, width_ratios=(3, 2), wspace=0.2)
    show_plane, show_bars = _soft_plane(left), _five(right)
    (dot,) = left.plot([0], [0], "o", ms=11, mfc="white", mec=style.INK, mew=2)
    left.set(xlabel="$x_1$", ylabel="$x_2$", title="colours mixed by probability")

    def update(x1, x2, points, hidden):
        network = classifier_of(points, hidden)
        X, labels = points_of(points)
        show_plane(X, labels, lecture.softmax(network.inference(_PLANE)))
        z = network.inference([[x1], [x2]])[:, 0]
        dot.set_data([x1], [x2])
        a = lecture.softmax(z)
        show_bars(z, a)
        right_ones = (network.inference(X).argmax(axis=0) == labels).mean()
        layer = f"{hidden} hidden units" if hidden else "no hidden layer"
        share = percent(right_ones, int(0.995 <= right_ones < 1))  # 100 % are all of them
        said = f"{points}, {layer}: {share} of the points in their region; "
        at = f"at ({x1:.1f}, {x2:.1f}) z = {style.row(_rounded(z), 1)}, a = {style.row(a, 3)}"
        return said + at.replace("-", "−")

    update.handles = (Handle(left, x="x1", y="x2"),)
    return update


def _soft_plane(ax):
    """Draw colours and points of a plane; return what moves them."""
    paint = planes.cells(ax, _SIDES)
    clouds = _clouds(ax)
    ax.set(aspect="auto", xlim=_X1[[0, -1]], ylim=_X2[[0, -1]])

    def show(X, labels, shares):
        for k, cloud in enumerate(clouds):
            cloud.set_data(*X[:, labels == k])
        paint(_mixed(shares))

    return show


def _rounded(z):
    """Return logits to one decimal, none of them −0.0."""
    return np.round(z, 1) + 0.0


def _five(ax):
    """Draw bars of up to five probabilities over their logits; return what moves them."""
    bars = ax.bar(range(5), np.zeros(5), color=style.CLASSES[:5])
    over = [ax.text(k, 0, "", ha="center", fontsize=9.5) for k in range(5)]
    under = [ax.text(k, -0.09, "", ha="center", fontsize=9) for k in range(5)]
    ax.set_xticks(range(5), [f"$a_{k}$" for k in range(1, 6)], fontsize=12)
    ax.set(xlim=(-0.6, 4.6), ylim=(-0.14, 1.15), yticks=(0, 0.5, 1))
    ax.axhline(0, color=style.INK, linewidth=0.8)
    ax.set_title("probabilities; below: logits")

    def show(z, a):
        for k, bar in enumerate(bars):
            there = k < len(a)
            bar.set_height(a[k] if there else 0)
            over[k].set(text=f"{a[k]:.3f}" if there else "–", y=(a[k] if there else 0) + 0.02)
            under[k].set_text(f"{_rounded(z[k]):.1f}".replace("-", "−") if there else "")

    return show


_TENTHS = np.log(9)
"""The lead in logits at which one of two classes has nine tenths of their probability."""


def vectors(fig):
    """Two class vectors of three, and the regions that they cut out of the plane."""
    left, right = style.axes(fig, 1, 2, height=4.0, width_ratios=(6, 5), wspace=0.25)
    show_plane, show_soft = _fan(left), _crossing(right)

    def update(w11, w12, w21, w22):
        W = np.array([[w11, w12], [w21, w22], [0.0, 0.0]])
        difference = W[0] - W[1]
        length = float(np.hypot(*difference))
        show_plane(W)
        show_soft(length)
        ends = f"w₁ = {style.row(W[0], 1)}, w₂ = {style.row(W[1], 1)}, w₃ = 0: "
        if not length:
            return ends + "classes 1 and 2 have one vector, so no border lies between them"
        across = f"w₁ − w₂ = {style.row(difference, 1)} of length {length:.2f}"
        return f"{ends}{across}; from 10 % to 90 % in {2 * _TENTHS / length:.2f}"

    update.handles = (Handle(left, x="w11", y="w12"), Handle(left, x="w21", y="w22"))
    return update


def _fan(ax):
    """Draw regions, borders and class vectors from the origin; return what moves them."""
    paint = planes.cells(ax, _SIDES)
    borders = ax.plot([], [], color=style.INK, linewidth=1.6)[0]
    (apart,) = ax.plot([], [], ":", color=style.INK, linewidth=1.6)
    stems = [ax.plot([], [], color=c, linewidth=2.5)[0] for c in style.CLASSES[:3]]
    look = {"markersize": 10, "markeredgecolor": style.INK}
    tips = [
        ax.plot([], [], m, color=c, **look)[0]
        for m, c in zip(_MARKERS[:3], style.CLASSES[:3], strict=True)
    ]
    names = [ax.text(0, 0, f"$w_{k}$", fontsize=12, clip_on=True) for k in (1, 2, 3)]
    ax.set(aspect="equal", xlim=(-3.4, 3.4), ylim=(-3.4, 3.4), xlabel="$x_1$", ylabel="$x_2$")
    ax.set_title("regions; dotted: from w₂ to w₁")

    def show(W):
        paint(_mixed(lecture.softmax(W @ _PLANE)))
        borders.set_data(*_borders(W, np.zeros((3, 1))))
        apart.set_data(*W[:2].T)
        for stem, tip, w in zip(stems, tips, W, strict=True):
            stem.set_data([0, w[0]], [0, w[1]])
            tip.set_data([w[0]], [w[1]])
        for name, place in zip(names, _places(W), strict=True):
            name.set_position(place)

    return show


_TO_THE_RIGHT, _TO_THE_LEFT = np.array([[0.18, 0.18], [-0.65, 0.18]])


def _places(W):
    """Return where the names of the three vectors stand: within the picture, and apart."""
    besides = (_TO_THE_RIGHT, _TO_THE_LEFT, -0.5)
    places = [w + _inside(w, beside) for w, beside in zip(W, besides, strict=True)]
    x, y = places[0]
    if (np.abs(places[1] - places[0]) < 0.5).all():  # equal vectors at the left or the right end
        places[1] = np.array([x, y - 0.5 if y > 0 else y + 0.5])
    return places


def _inside(w, beside):
    """Return where the name of a vector stands from its tip: within the picture."""
    across, up = np.broadcast_to(beside, 2)
    if abs(w[0]) > 2.6:
        across = _TO_THE_LEFT[0] if w[0] > 0 else _TO_THE_RIGHT[0]
    return across, -0.55 if w[1] > 2.6 else up


def _crossing(ax):
    """Draw how the odds of two classes turn across their border; return what moves it."""
    s = np.linspace(-3, 3, 241)
    curves = [
        ax.plot(s, s * 0 + 0.5, look, color=c, label=f"class {k}")[0]
        for k, c, look in ((1, style.CLASSES[0], "-"), (2, style.CLASSES[1], "--"))
    ]
    (strip,) = ax.plot([0, 0], [0.5, 0.5], color="#C9C9C9", lw=9, solid_capstyle="butt", zorder=0.5)
    ax.set(xlim=(-3, 3), ylim=(-0.03, 1.05), xlabel="distance from their border")
    ax.set_title("class 1 against class 2")
    look = {"ha": "right", "va": "bottom", "fontsize": 9, "color": "#6A6A6A"}
    words = ax.text(0, 0.55, "10 to 90 % ", **look)
    ax.set_yticks([0, 0.1, 0.5, 0.9, 1])
    ax.legend(loc="upper left", bbox_to_anchor=(0, 0.35), **style.GROUND)

    def show(length):
        shares = lecture.softmax(np.array([length * s, 0 * s]))
        for curve, share in zip(curves, shares, strict=True):
            curve.set_ydata(share)
        half = min(_TENTHS / length, 3) if length else 0  # the odds do not turn
        strip.set_xdata([-half, half])
        words.set_visible(half > 0)

    return show


_CORNERS = np.array([[1.0, 0.0], [0.5, np.sqrt(0.75)], [0.0, 0.0]])
"""Of the triangle: where one of three classes has all the probability."""


def triangle(fig):
    """Three probabilities as a point in a triangle, and its path from cold to warm."""
    left, right = style.axes(fig, 1, 2, height=3.8, width_ratios=(3, 1), wspace=0.15)
    show_point = _in_the_triangle(left)
    bars = right.bar(range(3), np.zeros(3), color=style.CLASSES[:3])
    right.axhline(0, color=style.INK, linewidth=0.8)
    right.set_xticks(range(3), ["$z_1$", "$z_2$", "$z_3$"], fontsize=12)
    right.set(ylim=(-6.3, 6.3), title="logits z")

    def update(z1, z2, temperature):
        z = np.array([z1, z2, 0.0])
        a = lecture.softmax(z / temperature)
        show_point(a, lecture.softmax(z[:, None] / _TEMPERATURES))
        for bar, height in zip(bars, z, strict=True):
            bar.set_height(height)
        return f"z = {style.row(z, 1)}, T = {temperature:.3g}: a = {style.row(a, 3)}"

    update.handles = (
        Handle(left, x="temperature", to_x=_across, y=_upwards),
        Handle(right, x=0, y="z1"),
        Handle(right, x=1, y="z2"),
    )
    return update


_TEMPERATURES = np.geomspace(0.02, 1000, 161)


def _at(z1, z2, temperature):
    return lecture.softmax(np.array([z1, z2, 0.0]) / temperature) @ _CORNERS


def _across(**values):
    return _at(**values)[0]


def _upwards(**values):
    return _at(**values)[1]


def _in_the_triangle(ax):
    """Draw the triangle of three probabilities; return what moves the point in it."""
    ax.set_zorder(1)  # its names, which change, lie over nothing then
    ax.fill(*_CORNERS.T, facecolor="#F4F4F4", edgecolor=style.INK, linewidth=1.2)
    names = []
    for k, (x, y) in enumerate(_CORNERS):
        look = {"color": style.CLASSES[k], "fontsize": 11, "ha": "center"}
        names.append(ax.text(x, y + (0.03 if k == 1 else -0.1), "", **look))
    (path,) = ax.plot([], [], color=style.GREY, linewidth=1.5)
    lines = [ax.plot([], [], color=c, linewidth=2)[0] for c in style.CLASSES[:3]]
    (dot,) = ax.plot([], [], "o", ms=10, color=style.INK)
    ax.set(aspect="equal", xlim=(-0.25, 1.25), ylim=(-0.13, 1.0), xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    ax.set_title("grey: the path from 1/3 each to the winner")

    def show(a, everywhere):
        here = a @ _CORNERS
        path.set_data(*(everywhere.T @ _CORNERS).T)
        dot.set_data(*here[:, None])
        for k, (line, name) in enumerate(zip(lines, names, strict=True)):
            foot = (a + a[k] * _SPLIT[k]) @ _CORNERS  # on the side that faces corner k
            line.set_data(*np.column_stack([here, foot]))
            name.set_text(f"class {k + 1}: {a[k]:.3f}")

    return show


_SPLIT = np.full((3, 3), 0.5) - 1.5 * np.eye(3)


def _along(cut, W, b):
    """Say which classes win along a cut, from left to right."""
    winner = (W @ [_X1, np.full(len(_X1), cut)] + b).argmax(axis=0)
    turns = np.flatnonzero(np.diff(winner, prepend=-1))
    row = ", ".join(str(k + 1) for k in winner[turns])
    classes = "classes" if len(turns) > 1 else "class"
    return f"; on the cut at x₂ = {cut:.1f} from left to right: {classes} {row}".replace("-", "−")


def _judged(z, Y):
    right = (lecture.hard_max(z) * Y).sum() / Y.shape[1]
    return f"cost {lecture.cost(z, Y):.3f}, {100 * right:.1f} % of the points in their region"


def _mixed(shares):
    """Mix the colours of the classes by their shares in each cell."""
    return (shares.T @ _PALE[: len(shares)]).astype(np.uint8).reshape(len(_X2), len(_X1), 3)


def _borders(W, b):
    """Return, as one broken line, where two classes are level and no third is ahead of them."""
    i, j = np.triu_indices(len(W), 1)
    normal, offset = W[i] - W[j], b[i] - b[j]
    along = np.linspace(-6, 6, 301)  # from the foot of the line, far enough for every corner
    with np.errstate(all="ignore"):  # two equal rows of W have no line between them
        length = np.linalg.norm(normal, axis=1, keepdims=True)
        foot = -offset * normal / length**2
        turned = normal[:, ::-1] * (-1, 1) / length
        points = foot[:, :, None] + turned[:, :, None] * along
        z = W @ points + b
        behind = ~(z[np.arange(len(i)), i] >= z.max(axis=1) - 1e-9)
    points[..., -1] = np.nan  # lifts the pen between two lines
    return np.where(behind[:, None], np.nan, points).transpose(1, 0, 2).reshape(2, -1)


_RING = "a ring round a cloud"
MOMENTS = {
    "regions": {
        "untrained": (
            {"classes": 3, "steps": 0},
            "The borders are straight already, but in the wrong places.",
        ),
        "C = 2": ({"classes": 2, "steps": 30}, "One straight line: logistic regression."),
        "C = 6": ({"classes": 6, "steps": 60}, "Six regions; 95 % of the points lie in their own."),
    },
    "vectors": {
        "as it opens": (
            {"w11": 1.5, "w12": 1, "w21": -1, "w22": 1.5},
            "The dotted line falls to the right, by 11°.",
        ),
        "w₁ doubled": (
            {"w11": 3, "w12": 2, "w21": -1, "w22": 1.5},
            "The dotted line rises to the right, by 7°: the border has turned by 18°.",
        ),
        "both doubled": (
            {"w11": 3, "w12": 2, "w21": -2, "w22": 3},
            "The borders are those at the start, and twice as sharp.",
        ),
    },
    "triangle": {
        "T = 100": (
            {"z1": 2, "z2": 1, "temperature": 100},
            "Near the middle: each class has about 1/3.",
        ),
        "T = 0.05": (
            {"z1": 2, "z2": 1, "temperature": 0.05},
            "In the corner of class 1: the hard max.",
        ),
        "a tie": (
            {"z1": 2, "z2": 2, "temperature": 0.05},
            "The path ends in the middle of a side, not in a corner.",
        ),
    },
    "point": {
        "no hidden layer": (
            {"points": _RING, "hidden": 0},
            "54 % of the points lie in their region: no direction lowers the cost by much.",
        ),
        "2 hidden units": ({"points": _RING, "hidden": 2}, "A strip that stays open: 88 %."),
        "3 hidden units": ({"points": _RING, "hidden": 3}, "A closed region: 100 %."),
    },
}
"""Values of the pictures' controls at which there is something to see, and what it is."""
