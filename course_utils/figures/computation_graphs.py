"""Pictures of computation graphs: both passes, the lecture's descent, a classifier of digits."""

from typing import NamedTuple

import numpy as np

import course_utils.graph as tf
from course_utils import datasets, softmax
from course_utils.experiments import live
from course_utils.figures import style

_PLACES = {
    "a": (0.0, 3.0), "w": (0.0, 1.9), "b": (0.0, 0.8), "c": (0.0, -0.3), "w²": (1.0, 1.9),
    "a w²": (2.0, 2.5), "b w": (2.0, 1.1), "sum": (3.0, 1.8), "cost": (4.0, 0.8),
}  # fmt: skip
"""Where each node of the graph is drawn; inputs on the left."""


def square():
    """Return the nodes of ``cost = a w^2 + b w + c`` by name."""
    a, b, c = (tf.placeholder(tf.float64, (), name=name) for name in "abc")
    w = tf.placeholder(tf.float64, (), name="w")
    w2 = tf.square(w)
    aw2, bw = a * w2, b * w
    together = aw2 + bw
    return dict(zip(_PLACES, (a, w, b, c, w2, aw2, bw, together, together + c), strict=True))


def passes(fig, backward=tf.backward):
    """Show numbers flow forward through the graph of a cost, and gradients flow back."""
    ax = style.axes(fig, height=3.6, left=0.1, right=0.1, bottom=0.1, top=0.35)
    nodes = square()
    names = {node: name for name, node in nodes.items()}
    forward = tf.order([nodes["cost"]])
    steps = [(node, False) for node in forward] + [(node, True) for node in reversed(forward)]
    ax.set(xlim=(-1.0, 4.5), ylim=(-0.9, 3.6))
    ax.set_axis_off()
    for node in forward:
        for one in node.inputs:
            ax.annotate("", _PLACES[names[node]], _PLACES[names[one]], zorder=1,
                        arrowprops={"arrowstyle": "-|>", "color": style.GREY, "shrinkA": 17,
                                    "shrinkB": 17})  # fmt: skip
    x, y = np.transpose(list(_PLACES.values()))
    colours = [style.YELLOW if name in "abcw" else style.SKY for name in _PLACES]
    ax.scatter(x, y, s=900, c=colours, edgecolors=style.INK, linewidths=0.8, zorder=2)
    (here,) = ax.plot([], [], "o", ms=34, mfc="none", mec=style.ORANGE, mew=3, zorder=3)
    look = {"ha": "center", "fontsize": 10, "clip_on": True, "zorder": 4}
    for name, (px, py) in _PLACES.items():
        ax.text(px, py, name, va="center", **look)
    values, slopes = {}, {}
    for name, (px, py) in _PLACES.items():
        (vx, vy), (gx, gy) = ((-0.5, 0.17), (-0.5, -0.25)) if px == 0 else ((0, -0.55), (0, 0.5))
        values[name] = ax.text(px + vx, py + vy, "", color=style.BLUE, va="center", **look)
        slopes[name] = ax.text(px + gx, py + gy, "", color=style.ORANGE, va="center", **look)
    ax.set_title("blue: value, forward; orange: gradient of the cost, backward")

    def update(step, w, b):
        with tf.Session() as session:
            fed = {nodes[name]: value for name, value in zip("abcw", (1, b, 25, w), strict=True)}
            found = session.values([nodes["cost"]], fed)
        gradients = backward(nodes["cost"], found)
        shown = steps[:step]
        for name, node in nodes.items():
            values[name].set_text(_short(found[node]) if (node, False) in shown else "")
            slopes[name].set_text(_short(gradients[node]) if (node, True) in shown else "")
        if not shown:
            here.set_data([], [])
            return f"w = {w:g}, b = {b:g}: nothing is computed yet"
        node, back = shown[-1]
        here.set_data(*np.transpose([_PLACES[names[node]]]))
        number = _short((gradients if back else found)[node])
        way = f"∂cost/∂({names[node]})" if back else names[node]
        return f"w = {w:g}, b = {b:g}, step {step} of {len(steps)}: {way} = {number}"

    return update


STEPS = 2 * len(_PLACES)
"""Forward and backward through every node of `passes`."""


def _short(x):
    return f"{float(x) + 0.0:.4g}".replace("-", "−")


class _State(NamedTuple):
    """Every w so far, and the session that holds the last one."""

    way: tuple


PRECISIONS = {"float32": tf.float32, "float64": tf.float64}
FRAMES, STEPS_A_FRAME = 44, 25
_LOST = 1e6


def descent(fig):
    """Show the lecture's program: w on its way, and how far it is from the minimum."""
    left, right = style.axes(fig, 1, 2, height=3.4, wspace=0.3)
    w = np.linspace(-4, 14, 181)
    (curve,) = left.plot(w, w, color=style.GREY)
    (points,) = left.plot([], [], ".", color=style.SKY)
    (here,) = left.plot([], [], "o", color=style.BLUE, ms=9)
    left.set(xlim=(-4, 14), ylim=(-90, 130), xlabel="w", title="cost")
    (far,) = right.semilogy([], [], color=style.BLUE)
    right.set(xlim=(0, FRAMES * STEPS_A_FRAME), ylim=(1e-12, 100), xlabel="step")
    right.set_title("distance from the minimum")
    lines = {name: live.Timeline(_State((0.0,)), _program(dtype))
             for name, dtype in PRECISIONS.items()}  # fmt: skip

    def update(frame, b, alpha, precision):
        for number, state in lines[precision].reach(frame, (b, alpha)):
            way = np.clip(np.nan_to_num(state.way, nan=_LOST), -_LOST, _LOST)
            curve.set_ydata(w**2 + b * w + 25)
            points.set_data(way, way**2 + b * way + 25)
            here.set_data([way[-1]], [way[-1] ** 2 + b * way[-1] + 25])
            away = np.abs(way + b / 2)
            far.set_data(np.arange(len(way)), np.maximum(away, 1e-15))
            said = f"w = {way[-1]:.9g}".replace("-", "−") if abs(way[-1]) < _LOST else "w is lost"
            yield f"{precision}, b = {b:g}, α = {alpha:g}, step {number * STEPS_A_FRAME}: {said}"

    return update


def _program(dtype):
    """Return what goes on with the lecture's program for a frame."""

    def advance(state, settings):
        b, alpha = settings
        w, x = tf.Variable(state.way[-1], dtype=dtype), tf.placeholder(dtype, [3, 1])
        cost = x[0][0] * w**2 + x[1][0] * w + x[2][0]
        train, way = tf.train.GradientDescentOptimizer(alpha).minimize(cost), list(state.way)
        with tf.Session() as session:
            session.run(tf.global_variables_initializer())
            for _ in range(STEPS_A_FRAME):
                session.run(train, feed_dict={x: [[1.0], [b], [25.0]]})
                way.append(float(session.run(w)))
        return _State(tuple(way))

    return advance


OPTIMIZERS = {
    "descent": tf.train.GradientDescentOptimizer,
    "momentum": tf.train.MomentumOptimizer,
    "RMSprop": tf.train.RMSPropOptimizer,
    "Adam": tf.train.AdamOptimizer,
}


class _Learned(NamedTuple):
    """The weights after a frame, and the accuracy after each."""

    W: np.ndarray
    b: np.ndarray
    accuracy: tuple


def digits(fig):
    """Show a softmax classifier, written as a graph and fed mini-batches, learn the digits."""
    X, labels = datasets.digits()
    X, Y = X.T.astype(np.float32), softmax.one_hot(labels, 10).T.astype(np.float32)
    curve_ax = style.axes(fig, height=3.4, left=4.7)
    images = []
    for k in range(10):
        ax = fig.add_axes([0.015 + 0.115 * (k % 5), 0.1 + 0.43 * (1 - k // 5), 0.1, 0.34])
        images.append(ax.imshow(np.zeros((8, 8)), cmap="RdBu_r", vmin=-1.2, vmax=1.2))
        ax.set_axis_off()
        ax.set_title(f"{k}", fontsize=10)
    (curve,) = curve_ax.plot([], [], ".-", color=style.BLUE)
    curve_ax.set(xlim=(-0.5, 40.5), ylim=(0, 1.02), xlabel="time (10 steps each)")
    curve_ax.set_title("share right")
    start = _Learned(np.zeros((64, 10), np.float32), np.zeros(10, np.float32), (0.1,))
    line = live.Timeline(start, lambda state, settings: _ten_steps(X, Y, state, *settings))

    def update(frame, alpha, size, optimizer):
        for number, state in line.reach(frame, (alpha, size, optimizer)):
            for k, image in enumerate(images):
                image.set_data(state.W[:, k].reshape(8, 8))
            curve.set_data(np.arange(len(state.accuracy)), state.accuracy)
            said = f"{state.accuracy[-1]:.1%} right"
            yield f"{optimizer}, α = {alpha:g}, size {size}, step {10 * number}: {said}"

    return update


def _ten_steps(X, Y, state, alpha, size, optimizer):
    """Go on with the weights of a state for ten mini-batches; optimizers begin anew."""
    x, y = tf.placeholder(tf.float32, [None, 64]), tf.placeholder(tf.float32, [None, 10])
    W, b = tf.Variable(state.W), tf.Variable(state.b)
    logits = x @ W + b
    cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=y, logits=logits))
    train = OPTIMIZERS[optimizer](alpha).minimize(cost)
    rng = np.random.default_rng(len(state.accuracy))
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        for _ in range(10):
            part = rng.integers(0, len(X), size)
            session.run(train, feed_dict={x: X[part], y: Y[part]})
        z, W, b = session.run([logits, W, b], feed_dict={x: X})
    right = float(np.mean(z.argmax(axis=1) == Y.argmax(axis=1)))
    return _Learned(W, b, (*state.accuracy, right))
