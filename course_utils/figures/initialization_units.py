"""Pictures of one hidden unit's sum, and of four units that start alike, or nearly so."""

from contextlib import contextmanager

import numpy as np

from course_utils.activations import sigmoid, tanh
from course_utils.experiments.initialization import sums_of
from course_utils.experiments.initialization_training import spread
from course_utils.figures import style
from course_utils.support.handles import Handle
from course_utils.support.words import many, percent, typeset

_PLANE_X, _PLANE_Y = np.linspace(-4, 4, 60), np.linspace(-4, 4, 50)
_PLANE = np.array(np.meshgrid(_PLANE_X, _PLANE_Y)).reshape(2, -1)
_UNITS = ((style.INK, 19), (style.YELLOW, 14), (style.GREEN, 9.5), (style.PINK, 5))

RULES = {
    "1": lambda n: 1.0,
    "1/n": lambda n: 1 / n,
    "2/n": lambda n: 2 / n,
}
_COUNTS = 2 ** np.arange(11)
MOMENTS = {
    "sums": {
        "v = 1": (
            {"exponent": 8, "rule": "1"},
            "256 terms, and the sum is 16 times as large as one term: √n. Its bar leaves the "
            "picture.",
        ),
        "v = 1/n": (
            {"exponent": 8, "rule": "1/n"},
            "z is as large as a, whatever n is. Then ReLU takes half of its mean square.",
        ),
        "v = 2/n": (
            {"exponent": 8, "rule": "2/n"},
            "z gets twice the mean square, ReLU takes half: the next a is as large as this one.",
        ),
    },
    "twins": {
        "all ½": (
            {"start": "W = ½, tanh", "epoch": 50},
            "Four dots, one inside the other: four units cut the plane like one.",
        ),
        "all 0, tanh": (
            {"start": "W = 0, tanh", "epoch": 50},
            "No weight has moved: every activation and every gradient of a weight is 0.",
        ),
        "all 0, sigmoid": (
            {"start": "W = 0, sigmoid", "epoch": 50},
            "The sigmoid gives ½ at 0, so the weights do move, but all four the same way.",
        ),
        "random": (
            {"start": "W random, tanh", "epoch": 50},
            "Three of the four go their own ways, and their three edges cut both blue clouds out.",
        ),
    },
    "symmetry": {
        "10⁻⁴": (
            {"epsilon": 1e-4, "activation": tanh, "epoch": 120},
            "A straight line on this scale is exponential growth: the units part after 51 epochs.",
        ),
        "10⁻⁸": (
            {"epsilon": 1e-8, "activation": tanh, "epoch": 120},
            "Ten thousand times less noise, and only 47 epochs more.",
        ),
        "10⁻¹²": (
            {"epsilon": 1e-12, "activation": tanh, "epoch": 120},
            "47 epochs more again: after 120 epochs the four dots still lie one in the other.",
        ),
        "sigmoid": (
            {"epsilon": 1e-4, "activation": sigmoid, "epoch": 200},
            "The slope is ¼ at 0: the distance grows by less than 5 % an epoch, and later by 1 or "
            "2 %, while the four learn as one.",
        ),
    },
}


def sums(fig):
    """How large a sum of n terms gets, and what ReLU leaves of it."""
    left, right = style.axes(fig, 1, 2, height=3.6, top=0.65, wspace=0.3)
    show_sizes, show_squares = _sizes(left), _mean_squares(right)

    def update(exponent, rule):
        n, v = int(_COUNTS[exponent]), RULES[rule](_COUNTS[exponent])
        z = np.sqrt(v) * sums_of(n)
        squares = (z**2).mean(), (np.maximum(z, 0) ** 2).mean()
        show_sizes(rule, exponent)
        show_squares(*squares)
        return (
            f"n = {n}, v = {rule}: mean square of z {_size(squares[0])} (n v = {n * v:.4g}), "
            f"after ReLU {_size(squares[1])}"
        )

    update.handles = (
        Handle(left, x="exponent", y=_deviation_of_a_sum, to_x=lambda exponent, **_: 2**exponent),
    )
    return update


def _size(x):
    """Write two digits: the others are those of chance."""
    return f"{float(f'{x:.2g}'):g}"


def _deviation_of_a_sum(exponent, rule):
    n = int(_COUNTS[exponent])
    return np.sqrt(RULES[rule](n)) * sums_of(n).std()


def _sizes(ax):
    """Draw the standard deviation of z against n; return what moves it."""
    line = ax.plot([], [], "o-", color=style.BLUE, ms=4, lw=1)[0]
    here = ax.plot([], [], "o", color=style.BLUE, ms=11)[0]
    ax.set(xscale="log", yscale="log", xlim=(0.7, 1500), ylim=(0.3, 60))
    ax.set(xlabel="number of terms n", ylabel="standard deviation of z")
    style.ticks(ax.xaxis, _COUNTS[::2])
    style.ticks(ax.yaxis, [0.5, 1, 2, 5, 10, 20, 50])
    _title(ax, "4000 sums of n terms each")

    def show(rule, exponent):
        heights = [_deviation_of_a_sum(k, rule) for k in range(len(_COUNTS))]
        line.set_data(_COUNTS, heights)
        here.set_data([_COUNTS[exponent]], [heights[exponent]])

    return show


def _mean_squares(ax):
    """Draw the mean squares of a, of z and of the next a; return what moves them."""
    names = ("a", "z", "next a\n(ReLU)")
    colours = (style.GREY, style.BLUE, style.GREEN)
    bars = ax.bar(names, [1, 1, 1], 0.6, color=colours)
    ax.axhline(1, color=style.INK, lw=0.8, ls=":")
    ax.set(ylim=(0, 3.2), ylabel="mean square")
    _title(ax, "one layer further\n(bars beyond 3 leave the picture)")

    def show(of_z, of_next):
        bars[1].set_height(of_z)
        bars[2].set_height(of_next)

    return show


def twins(fig, X, Y, runs):
    """Four hidden units while they learn: where their weights go, and what the network can tell.

    `X` and `Y`, of shapes (2, m) and (1, m), are the points and their labels. ``runs[start]`` is a
    `Network` of widths ``[2, 4, 1]``, and its theta after every epoch, one a row.
    """
    left, right = style.axes(fig, 1, 2, height=4.0, top=0.65, wspace=0.25)
    image, show_weights = _ground(right, X, Y), _weights_of_units(left)

    def update(start, epoch):
        network, thetas = runs[start]
        show_weights(thetas[: epoch + 1])
        with _as_it_was(network, thetas[epoch]):
            image.set_data(network.predict(_PLANE).reshape(50, 60))
            count = _distinct(network.parameters)
            reached = f"cost {network.cost(X, Y):.3f}, {percent(network.accuracy(X, Y))} right"
        units = many(count, "different unit")
        return f"{start}, after {many(epoch, 'epoch')}: {units} among 4; {reached}"

    return update


def symmetry(fig, learn):
    """Four hidden units that start at 0 but for a little noise, and how far apart they get.

    ``learn(epsilon, activation)`` gives a network and its thetas, one a row for each epoch.
    """
    left, right = style.axes(fig, 1, 2, height=4.0, top=0.65, wspace=0.3)
    show_weights, show_spreads = _weights_of_units(left), _spreads(right)

    def update(epsilon, activation, epoch):
        _, thetas = learn(epsilon, activation)
        spreads = spread(thetas)
        show_weights(thetas[: epoch + 1])
        show_spreads(spreads, epoch)
        apart = np.flatnonzero(spreads.round(3) >= 0.3)  # in the digits that are shown
        last = len(spreads) - 1
        until = many(apart[0], "epoch") if len(apart) else f"more than {last} epochs"
        return (
            f"{activation.name}, ε = {typeset(f'{epsilon:g}')}: after {many(epoch, 'epoch')} the "
            f"units are {typeset(f'{spreads[epoch]:.3g}')} apart; it takes {until} to be 0.3 apart"
        )

    update.handles = (Handle(right, x=0, y="epsilon"), Handle(right, x="epoch", y=8.0))
    return update


def _spreads(ax):
    """Draw how far apart the units are against the epoch; return what moves it."""
    whole = ax.plot([], [], color=style.GREY, lw=1)[0]
    so_far = ax.plot([], [], color=style.BLUE, lw=2.5)[0]
    here = ax.axvline(0, color=style.INK, lw=0.8)
    ax.axhline(0.3, color=style.GREY, lw=0.8, ls=":")
    ax.set(yscale="log", xlim=(-4, 204), ylim=(1e-13, 30), xlabel="epoch")
    style.ticks(ax.yaxis, [1e-12, 1e-8, 1e-4, 1], ("10⁻¹²", "10⁻⁸", "10⁻⁴", "1"))
    _title(ax, "how far apart the units are\n(dotted: 0.3)")

    def show(spreads, epoch):
        epochs = np.arange(len(spreads))
        whole.set_data(epochs, spreads)
        so_far.set_data(epochs[: epoch + 1], spreads[: epoch + 1])
        here.set_xdata([epoch, epoch])

    return show


def _ground(ax, X, Y):
    """Draw points on a ground of what a network says; return the ground."""
    look = {"cmap": "RdBu", "vmin": -0.4, "vmax": 1.4, "aspect": "auto", "origin": "lower"}
    image = ax.imshow(np.full((50, 60), 0.5), extent=(-4, 4, -4, 4), **look)
    for k, (colour, marker) in enumerate(((style.ORANGE, "s"), (style.BLUE, "o"))):
        ax.plot(*X[:, Y[0] == k], marker, color=colour, ms=4.5, mec="white", mew=0.5)
    ax.set(xlabel="x₁", ylabel="x₂")
    _title(ax, "colours: what the network answers\n(white: it cannot tell)")
    return image


def _weights_of_units(ax):
    """Draw the weights of four units and their paths; return what moves them."""
    paths = [ax.plot([], [], color=colour, lw=1.2)[0] for colour, _ in _UNITS]
    dots = [ax.plot([], [], "o", color=colour, ms=size)[0] for colour, size in _UNITS]
    ax.set(xlim=(-4.5, 4.5), ylim=(-4.5, 4.5), xlabel="weight w₁", ylabel="weight w₂")
    _title(ax, "weights: one dot a hidden unit\n(nested where they are equal)")

    def show(thetas):
        for unit, (path, dot) in enumerate(zip(paths, dots, strict=True)):
            corners = thetas[:, 2 * unit : 2 * unit + 2].T  # theta begins with W1
            path.set_data(corners)
            dot.set_data(corners[:, -1:])

    return show


@contextmanager
def _as_it_was(network, theta):
    """Lend a network earlier parameters; afterwards it has its own again."""
    own = network.theta.copy()
    network.theta[:] = theta
    try:
        yield
    finally:
        network.theta[:] = own


def _distinct(parameters):
    """Count the hidden units of a ``[n_x, n, 1]`` network that differ in at least one bit."""
    rows = np.hstack([parameters["W1"], parameters["b1"], parameters["W2"].T])
    return len(np.unique(rows, axis=0))


def _title(ax, text):
    """Set a title so far above that it need not be drawn again when something moves below."""
    ax.set_title(text, pad=10)
