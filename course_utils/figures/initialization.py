"""Pictures of initialization.

`signals` takes ``algorithm(n_out, n_in, rng) -> W``, so that your scheme can take the package's
place. The others take what a notebook has trained before.
"""

from contextlib import contextmanager

import numpy as np
from matplotlib.collections import LineCollection

from course_utils import initialization as lecture
from course_utils.experiments.initialization import LAYERS, measured_networks
from course_utils.figures import style
from course_utils.support.handles import Handle

_TINY, _HUGE = 1e-13, 1e13
_BINS = np.arange(-12.5, 33) / 10  # a bin around 0, one around 1
_AT = np.arange(LAYERS + 1)
_HELD = 8  # a layer where the dotted line is in the picture, whatever the variance
_PLANE_X, _PLANE_Y = np.linspace(-4, 4, 60), np.linspace(-4, 4, 50)
_PLANE = np.array(np.meshgrid(_PLANE_X, _PLANE_Y)).reshape(2, -1)
_UNITS = ((style.ORANGE, 19), (style.INK, 14), (style.SKY, 9.5), (style.PINK, 5))
_STARTS = (
    (style.GREY, ":", "s"),
    (style.ORANGE, "--", "^"),
    (style.GREEN, "-.", "v"),
    (style.BLUE, "-", "o"),
    (style.PINK, (0, (6, 1)), "D"),
)


def signals(fig, algorithm=lecture.xavier):
    """Fifty layers before any training: how large activations and gradients are in each.

    Every network is drawn once. With ReLU, weights r times as large make the activations of layer l
    just r ** l times as large, so nothing is computed again when they are scaled; with tanh and
    sigmoid the layers are run through at every move.
    """
    left, right = style.axes(fig, 1, 2, height=4.1, width_ratios=(2, 3), top=0.85, wspace=0.3)
    histogram = left.stairs(np.zeros(len(_BINS) - 1), _BINS, fill=True, color=style.BLUE)
    left.set(xlim=_BINS[[0, -1]], ylim=(0, 1.05), xlabel="activation a (edges: and beyond)")
    _title(left, "share of the activations\nin the layer marked at the right")
    linear = right.plot([], [], ":", color=style.INK, lw=1.2)[0]
    forward, backward = _Bundle(right, style.BLUE, "-"), _Bundle(right, style.ORANGE, "--")
    here = right.axvline(1, color=style.GREY, linewidth=1)
    note = _deviations(right)

    def update(factor, activation, layer, width):
        measured = measured_networks(algorithm, width, activation, factor)
        histogram.set_data(_shares(measured.first[layer - 1]))
        here.set_xdata([layer, layer])
        linear.set_data(_AT, _linear(_AT, factor))
        forward.show(measured.forward), backward.show(measured.backward)
        note.set_text(_beyond(measured))
        return _said(measured, layer)

    update.handles = (
        Handle(right, x=_HELD, y="factor", to_y=lambda factor, **_: _linear(_HELD, factor)),
        Handle(right, x="layer", y=1e12),
    )
    return update


def _linear(layer, factor):
    """Return the standard deviation in a layer where no activation takes anything away."""
    return np.sqrt(factor) ** layer


def _deviations(ax):
    """Name what is drawn layer by layer; return a note for what leaves the picture."""
    ax.set(yscale="log", xlim=(0, LAYERS + 1), ylim=(_TINY, _HUGE), xlabel="layer")
    style.ticks(
        ax.yaxis,
        [10.0**k for k in range(-12, 13, 4)],
        ("10⁻¹²", "10⁻⁸", "10⁻⁴", "1", "10⁴", "10⁸", "10¹²"),
    )
    words = "blue: a,  dashed: da, from 1 at the end"
    _title(ax, f"standard deviation layer by layer\n{words}\ndotted: times √(variance × n) a layer")
    box = {"facecolor": "white", "edgecolor": "none", "pad": 2}
    return ax.text(25.5, 1e-11, "", ha="center", fontsize=10, bbox=box, clip_on=True)


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
            reached = f"cost {network.cost(X, Y):.3f}, {network.accuracy(X, Y):.0%} right"
        units = "1 different unit" if count == 1 else f"{count} different units"
        return f"{start}, after {epoch} epochs: {units} among 4; {reached}"

    return update


def _ground(ax, X, Y):
    """Draw points on a ground of what a network says; return the ground."""
    look = {"cmap": "RdBu", "vmin": -0.4, "vmax": 1.4, "aspect": "auto", "origin": "lower"}
    image = ax.imshow(np.full((50, 60), 0.5), extent=(-4, 4, -4, 4), **look)
    for k, (colour, marker) in enumerate(((style.ORANGE, "s"), (style.BLUE, "o"))):
        ax.plot(*X[:, Y[0] == k], marker, color=colour, ms=4.5, mec="white", mew=0.5)
    ax.set(xlabel="x₁", ylabel="x₂")
    _title(ax, "ground: what the network says\n(white: can't tell)")
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


def curves(fig, costs):
    """Cost while training, by start: the median of some seeds, and the least and the largest.

    The readout rounds a median to what the seeds leave of it.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        An empty figure.
    costs : dict
        ``costs[network][start]``, of shape ``(seeds, epochs + 1)``: the cost before training and
        in each epoch; NaN once it diverged.
    """
    ax = style.axes(fig, height=3.8, right=1.8)
    starts = list(next(iter(costs.values())))
    epochs = np.shape(costs[next(iter(costs))][starts[0]])[1] - 1
    bands = [_Band(ax, start, *look) for start, look in zip(starts, _STARTS, strict=False)]
    ax.axhline(np.log(10), color=style.GREY, lw=0.8)
    ax.set(yscale="log", xlim=(-0.2, epochs + 0.2), ylim=(0.1, 100))
    ax.set(xlabel="epoch", ylabel="cost J")
    style.ticks(ax.yaxis, [10.0**k for k in range(-1, 3)], ("0.1", "1", "10", "100"))
    ax.set_title("thick: median of the seeds,  band: all of them,  grey line: ln 10, guessing")
    ax.title.set_fontsize(10)
    ax.legend(frameon=False, loc="center left", bbox_to_anchor=(1.01, 0.5), fontsize=10)
    note = ax.text(epochs / 2, 55, "", ha="center", fontsize=10, clip_on=True)
    here = ax.axvline(epochs, color=style.GREY, linewidth=1)

    def update(network, epoch):
        shown = [np.asarray(costs[network][band.name])[:, : epoch + 1] for band in bands]
        said = [band.show(rows) for band, rows in zip(bands, shown, strict=True)]
        lost = [band.name for band, rows in zip(bands, shown, strict=True) if not rows.max() < 100]
        here.set_xdata([epoch, epoch])
        note.set_text(f"partly above the picture: {', '.join(lost)}" if lost else "")
        return f"{network}, epoch {epoch}, median cost: {'; '.join(said)}"

    update.handles = (Handle(ax, x="epoch", y=25.0),)
    return update


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


def _shares(a):
    """Return the share of the activations in each bin; what is beyond counts at the edge."""
    inside = np.clip(np.nan_to_num(a.ravel(), nan=_BINS[-1]), _BINS[0] + 1e-6, _BINS[-1] - 1e-6)
    return np.histogram(inside, _BINS)[0] / a.size


class _Bundle:
    """A thin line for each network and a thick one for their median."""

    def __init__(self, ax, colour, dash):
        lines = LineCollection([], colors=colour, linewidths=0.6, alpha=0.45)
        self._lines = ax.add_collection(lines, autolim=False)
        self.median = ax.plot([], [], dash, color=colour, lw=2.4)[0]
        self._at = np.arange(1, LAYERS + 1)

    def show(self, deviations):
        heights = np.clip(np.nan_to_num(deviations, nan=1e99, posinf=1e99), 1e-99, 1e99)
        self._lines.set_segments([np.column_stack([self._at, row]) for row in heights])
        self.median.set_data(self._at, np.median(heights, axis=0))


class _Band:
    """The costs of one start: all seeds between two edges, and their median."""

    def __init__(self, ax, name, colour, dash, marker):
        self.name = name
        self._band = ax.fill([], [], color=colour, alpha=0.2, lw=0)[0]
        look = {"marker": marker, "ms": 4.5, "color": colour, "lw": 2}
        self._median = ax.plot([], [], linestyle=dash, label=name, **look)[0]

    def show(self, costs):
        heights = np.clip(np.nan_to_num(costs, nan=1e9, posinf=1e9), 1e-9, 1e9)
        at, middle = np.arange(costs.shape[1]), np.median(heights, axis=0)
        edges = np.concatenate([heights.min(axis=0), heights.max(axis=0)[::-1]])
        self._band.set_xy(np.column_stack([np.concatenate([at, at[::-1]]), edges]))
        self._median.set_data(at, middle)
        lost = int((~np.isfinite(costs[:, -1])).sum())
        if lost:
            return f"{self.name} {style.DIVERGED} in {lost} of {len(costs)}"
        return f"{self.name} {style.typical(costs[:, -1])}"


def _beyond(measured):
    """Say in the picture what can no longer be seen in it."""
    medians = [np.median(measured.forward, axis=0), np.median(measured.backward, axis=0)]
    lost = [
        name
        for name, m in zip(("a", "da"), medians, strict=True)
        if not ((m > _TINY) & (m < _HUGE)).all()
    ]
    return f"{' and '.join(lost)} leave{'s' if len(lost) < 2 else ''} the picture" if lost else ""


def _said(measured, layer):
    a = measured.forward[:, layer - 1]
    full = np.mean(np.abs(measured.first[layer - 1]) > 0.99)
    return (
        f"layer {layer}: standard deviation of a {_spread(a)} in {len(a)} networks; of da in "
        f"layer 1 {_spread(measured.backward[:, 0])}; |a| > 0.99: {full:.0%}"
    )


def _spread(values):
    low, middle, high = (_short(v) for v in np.quantile(values, [0, 0.5, 1], method="nearest"))
    return f"{middle} ({low} to {high})"


def _short(x):
    if not x < 1e99:
        return style.NOT_A_NUMBER
    if x < 1e-99:
        return "0"
    if 1e-3 <= x < 99.5:
        return f"{x:.2g}"
    digits, power = f"{x:.1e}".split("e")
    return f"{digits}e{int(power)}".replace("-", "−")


def _title(ax, text):
    """Set a title so far above that it need not be drawn again when something moves below."""
    ax.set_title(text, pad=10)
