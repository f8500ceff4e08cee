"""Pictures of computation graphs: both passes, the lecture's descent, a classifier of digits."""

from functools import cache
from itertools import zip_longest

import numpy as np

import course_utils.graph as tf
from course_utils.experiments import computation_graphs as experiments
from course_utils.figures import style
from course_utils.support.handles import Handle
from course_utils.support.words import percent, typeset

MOMENTS = {
    "passes": {
        "forward, done": ({"step": 9, "w": 2.0, "b": -10.0}, "All values, and no gradient yet."),
        "two paths meet": ({"step": 18, "w": 2.0, "b": -10.0}, "4 and −10 arrive at w: −6."),
        "at the minimum": ({"step": 18, "w": 5.0, "b": -10.0}, "10 and −10 arrive, and cancel."),
    },
    "one_step": {
        "the program's α": ({"alpha": 0.01, "w": 2.0}, "It goes 2 % of the distance."),
        "in one step": ({"alpha": 0.5, "w": 2.0}, "Half the slope is the whole distance."),
        "there and back": ({"alpha": 1.0, "w": 2.0}, "As high as before, on the other side."),
    },
    "descent": {
        "it stalls": (
            {"precision": "float32", "step": 1000.0, "b": -10.0, "alpha": 0.01},
            "Level from step 636 on.",
        ),
        "float64": (
            {"precision": "float64", "step": 1000.0, "b": -10.0, "alpha": 0.01},
            "The line goes on falling, by a factor of 0.98 a step.",
        ),
        "α = 1": (
            {"precision": "float32", "step": 100.0, "b": -10.0, "alpha": 1.0},
            "w jumps between 0 and 10 for as long as you run it.",
        ),
    },
    "digits": {
        "ten steps": (
            {"step": 10.0, "alpha": 0.01, "size": 64, "optimizer": "Adam"},
            "Blurred digits, and 84 % are right; after other shuffles mostly 70 to 83 %.",
        ),
        "one digit at a time": (
            {"step": 400.0, "alpha": 1.0, "size": 1, "optimizer": "descent"},
            "Each step follows one digit, and the curve jumps.",
        ),
        "all at every step": (
            {"step": 400.0, "alpha": 0.1, "size": 1797, "optimizer": "descent"},
            "Smooth, and 400 passes through all the digits.",
        ),
    },
}
"""Moments of the pictures, by their names."""

_PLACES = {
    "a": (0.0, 3.3),
    "w": (0.0, 1.9),
    "b": (0.0, 0.8),
    "c": (0.0, -0.3),
    "w²": (1.0, 2.2),
    "a w²": (2.0, 2.5),
    "b w": (2.0, 1.1),
    "a w² + b w": (3.0, 1.8),
    "cost": (4.0, 0.8),
}
"""Where each node of the graph is drawn; inputs on the left."""

_START = 4.0, 3.2
"""Where a hand finds the step before the first."""


def square():
    """Return the nodes of ``cost = a w^2 + b w + c`` by name."""
    a, b, c = (tf.placeholder(tf.float64, (), name=name) for name in "abc")
    w = tf.placeholder(tf.float64, (), name="w")
    w2 = tf.square(w)
    aw2, bw = a * w2, b * w
    together = aw2 + bw
    return dict(zip(_PLACES, (a, w, b, c, w2, aw2, bw, together, together + c), strict=True))


def passes(fig, backward=tf.backward):
    """Numbers that flow forward through the graph of a cost, and gradients that flow back."""
    ax = style.axes(fig, height=3.6, left=0.1, right=0.1, bottom=0.1, top=0.35)
    nodes = square()
    forward = tf.order([nodes["cost"]])
    steps = [(node, False) for node in forward] + [(node, True) for node in reversed(forward)]
    show_numbers, (handle, mark) = _graph(ax, nodes), _hold_steps(ax, nodes, steps)

    def update(step, w, b):
        with tf.Session() as session:
            fed = {nodes[name]: value for name, value in zip("abcw", (1, b, 25, w), strict=True)}
            found = session.values([nodes["cost"]], fed)
        gradients = backward(nodes["cost"], found)
        show_numbers(steps[:step], found, gradients)
        mark.set_data(*np.transpose([handle.place({"step": step})]))
        given = f"w = {_short(w)}, b = {_short(b)}"
        if not step:
            return f"{given}: nothing is computed yet"
        node, back = steps[step - 1]
        number, name = _short((gradients if back else found)[node]), _names(nodes)[node]
        way = f"∂cost/∂{_named(name)}" if back else name
        return f"{given}, step {step} of {len(steps)}: {way} = {number}"

    update.handles = (handle,)
    return update


def _names(nodes):
    return {node: name for name, node in nodes.items()}


def _hold_steps(ax, nodes, steps):
    """Let a hand take each step beside the number it writes; return the handle and a dot there."""
    ax.text(_START[0] + 0.15, _START[1], "start", color=style.GREY, va="center", fontsize=10)
    names = _names(nodes)
    places = [_START, *(_beside(names[node], back) for node, back in steps)]
    (mark,) = ax.plot([], [], "o", color=style.ORANGE, ms=6)
    x, y = ((lambda step, k=k, **_: places[step][k]) for k in (0, 1))
    return Handle(ax, x="step", to_x=x, y="step", to_y=y, pressed=True), mark


def _named(name):
    """Put a node's name into brackets if it is a formula."""
    return f"({name})" if " " in name else name


def _graph(ax, nodes):
    """Draw nodes and edges; return what writes the numbers of the steps that are done."""
    ax.set(xlim=(-1.0, 4.5), ylim=(-0.9, 3.7))
    ax.set_title("blue: values, forward; orange: gradients of the cost, backward")
    ax.set_axis_off()
    arrives, (values, slopes) = _edges(ax, nodes), _circles(ax, nodes)
    (here,) = ax.plot([], [], "o", ms=34, mfc="none", mec=style.ORANGE, mew=3, zorder=3)
    at = {node: _PLACES[name] for name, node in nodes.items()}

    def show(shown, found, gradients):
        for node in at:
            back = (node, True) in shown
            values[node].set_text(_short(found[node]) if (node, False) in shown else "")
            slopes[node].set_text(_short(gradients[node]) if back else "")
            handed = _handed_on(node, gradients, found) if back and node.inputs else ()
            for text, words in zip_longest(arrives[node], handed, fillvalue=""):
                text.set_text(words)
        here.set_data(*np.transpose([at[shown[-1][0]]] if shown else np.empty((0, 2))))

    return show


def _handed_on(node, gradients, found):
    """Write for each input the local derivative, and below it what is handed on."""
    slopes = experiments.handed_on(node, {node: np.ones_like(found[node])}, found)
    parts = experiments.handed_on(node, gradients, found)
    return [f"× {_short(k)}\n{_short(part)}" for k, part in zip(slopes, parts, strict=True)]


def _written(name, back):
    """Return where a node's value is written, or its gradient: beside inputs, around the others."""
    x, y = _PLACES[name]
    if x == 0:
        return x - 0.5, y - 0.25 if back else y + 0.17
    return x, y + 0.5 if back else y - 0.55


def _beside(name, back):
    """Return where a hand takes hold of the step that writes this number: it hides none."""
    x, y = _written(name, back)
    return (x - 0.32 if _PLACES[name][0] < 3 else x + 0.4), y


def _circles(ax, nodes):
    """Draw the nodes; return the texts of their values and of their gradients, by node."""
    x, y = np.transpose(list(_PLACES.values()))
    colours = [style.YELLOW if name in "abcw" else style.SKY for name in _PLACES]
    ax.scatter(x, y, s=900, c=colours, edgecolors=style.INK, linewidths=0.8, zorder=2)
    look = {"ha": "center", "va": "center", "fontsize": 10, "clip_on": True, "zorder": 4}
    values, slopes = {}, {}
    for name, (px, py) in _PLACES.items():
        label = name.replace(" + ", "\n+ ")  # the longest has two lines
        ax.text(px, py, label, **look | {"fontsize": 8 if label != name else 10})
        values[nodes[name]] = ax.text(*_written(name, False), "", color=style.BLUE, **look)
        slopes[nodes[name]] = ax.text(*_written(name, True), "", color=style.ORANGE, **look)
    return values, slopes


def _edges(ax, nodes):
    """Draw an arrow from each input to its node; return the texts on them, by node."""
    names, arrives = _names(nodes), {}
    arrow = {"arrowstyle": "-|>", "color": style.GREY, "shrinkA": 17, "shrinkB": 17}
    ground = {"facecolor": "white", "edgecolor": "none", "pad": 1}
    look = {"fontsize": 9, "ha": "center", "va": "center", "clip_on": True, "bbox": ground}
    for node in nodes.values():
        arrives[node] = []
        for one in node.inputs:
            end, start = _PLACES[names[node]], _PLACES[names[one]]
            ax.annotate("", end, start, zorder=1, arrowprops=arrow)
            far = 0.42 if (names[one], names[node]) == ("b", "b w") else 0.64  # its end is crowded
            x, y = np.average([start, end], axis=0, weights=[1 - far, far])
            arrives[node].append(ax.text(x, y, "", color=style.ORANGE, **look))
    return arrives


STEPS = 2 * len(_PLACES)
"""Forward and backward through every node of `passes`."""


def _short(x):
    return typeset(f"{float(x) + 0.0:.4g}")


_W = np.linspace(-4, 14, 181)


def _cost(w, b=-10.0):
    return w**2 + b * w + 25


def one_step(fig):
    """One step of descent: from w, against the slope that the graph hands back."""
    ax = style.axes(fig, height=3.6, top=0.15)
    ax.plot(_W, _cost(_W), color=style.GREY, label="cost")
    (tangent,) = ax.plot([], [], "--", color=style.ORANGE, lw=1.5, label="slope at w")
    (way,) = ax.plot([], [], color=style.GREEN, lw=1.5, label="step: −α · slope")
    (after,) = ax.plot([], [], "o", color=style.GREEN, ms=8, label="next w")
    (here,) = ax.plot([], [], "o", color=style.BLUE, ms=9, label="w")
    ax.set(xlim=(-4.5, 14.5), ylim=(-14, 112), xlabel="w", xticks=range(-4, 15, 2))
    ax.legend(frameon=False, ncols=5, loc="upper center", fontsize=9, columnspacing=1.5)

    def update(w, alpha):
        slope, now = _slope(w), _cost(w)
        then = w - alpha * slope
        tangent.set_data([w - 2, w + 2], [now - 2 * slope, now + 2 * slope])
        way.set_data([w, then, then], [now, now, _cost(then)])
        after.set_data([then], [_cost(then)])
        here.set_data([w], [now])
        there = f"next w = {_short(then)}, cost {_short(_cost(then))}"
        return f"w = {_short(w)}, cost {_short(now)}, slope {_short(slope)}; α = {alpha:g}: {there}"

    update.handles = (
        Handle(ax, x="alpha", to_x=_next, y=lambda **at: _cost(_next(**at))),
        Handle(ax, x="w", y=lambda w, **_: _cost(w)),
    )
    return update


def _next(w, alpha):
    return w - alpha * _slope(w)


@cache  # a handle asks for it at every place on the axis
def _slope(w):
    """Return the gradient of the cost by w, as the graph hands it back."""
    nodes = square()
    with tf.Session() as session:
        fed = {nodes[name]: value for name, value in zip("abcw", (1, -10, 25, w), strict=True)}
        found = session.values([nodes["cost"]], fed)
    return float(tf.backward(nodes["cost"], found)[nodes["w"]])


_LOST = 1e6


def descent(fig):
    """The lecture's program: w on its way, and how far it is from the minimum."""
    left, right = style.axes(fig, 1, 2, height=3.4, wspace=0.3)
    show_way, show_far = _way(left), _far(right)

    def update(step, b, alpha, precision):
        for way in experiments.descent(precision).reach(round(step), b, alpha):
            way = np.clip(np.nan_to_num(way, nan=_LOST), -_LOST, _LOST)
            show_way(way, b)
            show_far(np.abs(way + b / 2), step)
            said = (
                f"w = {way[-1]:.9g}".replace("-", "−")
                if abs(way[-1]) < _LOST
                else f"w {style.DIVERGED}"
            )
            yield f"{precision}, b = {_short(b)}, α = {alpha:g}, step {len(way) - 1}: {said}"

    update.handles = (
        Handle(left, x="b", to_x=lambda b, **_: -b / 2, y=115),
        Handle(right, x="step", y=20),
    )
    return update


def _way(ax):
    """Draw the cost, its minimum and w on its way; return what moves them."""
    (curve,) = ax.plot(_W, _W, color=style.GREY)
    least = ax.axvline(0, color=style.GREY, lw=1, ls=":", label="_minimum")
    (points,) = ax.plot([], [], ".", color=style.SKY)
    (here,) = ax.plot([], [], "o", color=style.BLUE, ms=9)
    ax.set(xlim=(-4, 14), ylim=(-90, 130), xlabel="w", title="cost (dotted: its minimum)")

    def show(way, b):
        curve.set_ydata(_cost(_W, b))
        least.set_xdata([-b / 2] * 2)
        points.set_data(way, _cost(way, b))
        here.set_data(way[-1:], _cost(way[-1:], b))

    return show


def _far(ax):
    """Draw the distance from the minimum; return what moves it, and a line at the step."""
    (far,) = ax.semilogy([], [], color=style.BLUE)
    asked = ax.axvline(0, color=style.GREY, lw=1, label="_step")
    ax.set(xlim=(-20, experiments.STEPS + 20), ylim=(1e-12, 100), xlabel="step")
    ax.set_title("distance from the minimum")

    def show(distances, step):
        far.set_data(np.arange(len(distances)), np.maximum(distances, 1e-15))
        asked.set_xdata([step] * 2)

    return show


def digits(fig):
    """A softmax classifier, written as a graph and fed mini-batches, that learns the digits."""
    run = experiments.Classifier()
    curve_ax = style.axes(fig, height=3.4, left=4.7)
    images = [_image(fig, k) for k in range(10)]
    (curve,) = curve_ax.plot([], [], ".-", color=style.BLUE)
    curve_ax.set(xlim=(-5, run.steps + 5), ylim=(0, 1.02), xlabel="step")
    curve_ax.set_title("training accuracy")
    asked = curve_ax.axvline(0, color=style.GREY, lw=1, label="_step")

    def update(step, alpha, size, optimizer):
        asked.set_xdata([step] * 2)
        for states in run.reach(round(step), alpha, size, optimizer):
            largest = np.abs(states[-1].W).max() or 1.0
            for image, weights in zip(images, states[-1].W.T, strict=True):
                image.set_data(weights.reshape(8, 8) / largest)
            curve.set_data([s.steps for s in states], [s.accuracy for s in states])
            at = f"{optimizer}, α = {alpha:g}, mini-batches of {size}, step {states[-1].steps}"
            right = percent(states[-1].accuracy)
            yield f"{at}: {right} of the 1797 digits it learns from are right"

    update.handles = (Handle(curve_ax, x="step", y=0.05),)
    return update


def _image(fig, k):
    ax = fig.add_axes([0.015 + 0.115 * (k % 5), 0.1 + 0.43 * (1 - k // 5), 0.1, 0.34])
    ax.set_axis_off()
    ax.set_title(f"{k}", fontsize=10)
    return ax.imshow(np.zeros((8, 8)), cmap="RdBu_r", vmin=-1, vmax=1)
