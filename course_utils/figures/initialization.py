"""Pictures of initialization: what becomes of signals, and of the cost.

`signals` takes ``algorithm(n_out, n_in, rng) -> W``, so that your scheme can take the package's
place. The others take what a notebook has trained before.
"""

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgb

from course_utils import activations
from course_utils import initialization as lecture
from course_utils.experiments.initialization import LAYERS, measured_networks
from course_utils.figures import style
from course_utils.support.handles import Handle
from course_utils.support.words import percent, typeset

_TINY, _HUGE = 1e-13, 1e13
_BINS = np.arange(-12.5, 33) / 10  # a bin around 0, one around 1
_AT = np.arange(LAYERS + 1)
_HELD = 8  # a layer where the dotted line is in the picture, whatever the variance
_FINE = np.linspace(-1.6, 1.6, 65)
_STARTS = (
    (style.GREY, ":", "s"),
    (style.ORANGE, "--", "^"),
    (style.GREEN, "-.", "v"),
    (style.BLUE, "-", "o"),
    (style.PINK, (0, (6, 1)), "D"),
)

_WIDE = {"activation": activations.relu, "layer": 50, "width": 256}
MOMENTS = {
    "signals": {
        "1/n": ({**_WIDE, "factor": 1.0}, "ReLU takes half of the mean square in each layer."),
        "2/n": ({**_WIDE, "factor": 2.0}, "He's rule: the weights give back what ReLU takes."),
        "3/n": (
            {**_WIDE, "factor": 3.0},
            "The mean square grows by half in each layer, fifty times.",
        ),
        "2/n, n = 8": (
            {**_WIDE, "factor": 2.0, "width": 8},
            "Right on average, and most networks fade: with few units each layer's factor "
            "scatters widely.",
        ),
        "sigmoid, 1/n": (
            {**_WIDE, "factor": 1.0, "activation": activations.sigmoid},
            "The a scatter around ½ from unit to unit and look alive, but each is the same for "
            "every example; and the gradient, times ¼ a layer and less, is gone.",
        ),
    },
    "ripple": {
        "0.25/n": (
            {"factor": 0.25, "activation": activations.tanh},
            "Each layer halves the standard deviation: after a dozen layers all are close to 0.",
        ),
        "1/n": (
            {"factor": 1.0, "activation": activations.tanh},
            "The lecture's Xavier: a bell that narrows slowly, and a gradient that lives.",
        ),
        "25/n": (
            {"factor": 25.0, "activation": activations.tanh},
            "Dark bands at −1 and 1 are saturated units. The dashed gradient explodes.",
        ),
        "ReLU, 2/n": (
            {"factor": 2.0, "activation": activations.relu},
            "Half of the activations are 0 in every row; the others keep their spread.",
        ),
    },
}


def signals(fig, algorithm=lecture.xavier):
    """Fifty layers before any training: how large activations and gradients are in each.

    Every network is drawn once. With ReLU, weights r times as large make the activations of layer l
    just r ** l times as large, so nothing is computed again when they are scaled; with tanh and
    sigmoid the layers are run through at every move.
    """
    left, right = style.axes(fig, 1, 2, height=3.95, width_ratios=(2, 3), top=0.7, wspace=0.3)
    histogram = left.stairs(np.zeros(len(_BINS) - 1), _BINS, fill=True, color=style.BLUE)
    left.set(xlim=_BINS[[0, -1]], ylim=(0, 1.05), xlabel="activation a (edges: and beyond)")
    _title(left, "share of the activations\nin the layer marked at the right")
    linear = right.plot([], [], ":", color=style.INK, lw=1.2, label=_LINEAR)[0]
    forward = _Bundle(right, style.BLUE, "-", "a")
    backward = _Bundle(right, style.ORANGE, "--", "da, 1 in layer 50")
    right.legend(*_named_lines(forward.median, backward.median, linear), ncols=3, **_LEGEND)
    here = right.axvline(1, color=style.GREY, linewidth=1)
    note = _deviations(right)

    def update(factor, activation, layer, width):
        measured = measured_networks(algorithm, width, activation, factor)
        shares = _shares(measured.first[layer - 1])
        histogram.set_data(shares)
        here.set_xdata([layer, layer])
        linear.set_data(_AT, _linear(_AT, factor))
        forward.show(measured.forward)
        backward.show(measured.backward)
        note.set_text(_beyond(measured))
        return _said(measured, layer)

    update.handles = (
        Handle(right, x=_HELD, y="factor", to_y=lambda factor, **_: _linear(_HELD, factor)),
        Handle(right, x="layer", y=1e12),
    )
    return update


_LINEAR = "if each a were its z"
_LEGEND = {
    "loc": "lower center",
    "bbox_to_anchor": (0.47, 1.02),
    "frameon": False,
    "fontsize": 9,
    "handlelength": 2.2,
    "columnspacing": 0.9,
    "handletextpad": 0.4,
}
_NOTE = {
    "ha": "center",
    "fontsize": 10,
    "bbox": {"facecolor": "white", "edgecolor": "none", "pad": 2},
    "clip_on": True,
}


def _named_lines(*lines):
    """Return lines and their names as a legend takes them."""
    return lines, [line.get_label() for line in lines]


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
    ax.set_title("standard deviation layer by layer", pad=30)
    return ax.text(25.5, 1e-11, "", **_NOTE)


def ripple(fig, algorithm=lecture.xavier):
    """The activations of all fifty layers at once, and their standard deviations."""
    left, right = style.axes(fig, 1, 2, height=4.6, width_ratios=(3, 2), top=0.65, wspace=0.12)
    show_layers, show_spreads = _histograms(left), _spreads_upwards(right)

    def update(factor, activation):
        measured = measured_networks(algorithm, 256, activation, factor)
        show_layers(measured.first)
        show_spreads(measured, factor)
        return _said(measured, LAYERS)

    held = Handle(right, x="factor", y=_HELD, to_x=lambda factor, **_: _linear(_HELD, factor))
    update.handles = (held,)
    return update


def _histograms(ax):
    """Draw a row of colours for each layer; return what moves them."""
    look = {"cmap": "Blues", "vmin": 0, "vmax": 0.7, "aspect": "auto", "origin": "lower"}
    extent = (*_FINE[[0, -1]], 0.5, LAYERS + 0.5)
    image = ax.imshow(np.zeros((LAYERS, len(_FINE) - 1)), extent=extent, **look)
    ax.set(
        ylabel="layer", xlabel="activation a (edges: and beyond)", yticks=[1, 10, 20, 30, 40, 50]
    )
    _title(ax, "one row a layer: the darker,\nthe more activations are there")

    def show(layers):
        image.set_data([np.sqrt(_shares(a, _FINE)) for a in layers])

    return show


def _spreads_upwards(ax):
    """Draw the standard deviations of a and da layer by layer, upwards; return what moves them."""
    linear = ax.plot([], [], ":", color=style.INK, lw=1.2, label=_LINEAR)[0]
    backward = ax.plot([], [], "--", color=style.ORANGE, lw=2, label="da")[0]
    forward = ax.plot([], [], color=style.BLUE, lw=2, label="a")[0]
    ax.set(xscale="log", xlim=(_TINY, _HUGE), ylim=(0.5, LAYERS + 0.5), yticks=[])
    style.ticks(ax.xaxis, [1e-8, 1e-4, 1, 1e4, 1e8], ("10⁻⁸", "10⁻⁴", "1", "10⁴", "10⁸"))
    ax.set_xlabel("standard deviation")
    ax.legend(*_named_lines(forward, backward, linear), ncols=2, **_LEGEND)

    def show(measured, factor):
        for line, runs in ((forward, measured.forward), (backward, measured.backward)):
            medians = np.nan_to_num(np.median(runs, axis=0), nan=1e99, posinf=1e99)
            line.set_data(np.clip(medians, 1e-99, 1e99), _AT[1:])
        linear.set_data(_linear(_AT, factor), _AT)

    return show


def curves(fig, costs):
    """Cost while training, by start: the median of some seeds, and the least and the largest.

    The readout gives each median in two digits.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        An empty figure.
    costs : dict
        ``costs[network, alpha][start]``, of shape ``(seeds, epochs + 1)``: the cost before training
        and in each epoch; NaN once it diverged.
    """
    ax = style.axes(fig, height=3.8, right=1.8)
    starts = list(next(iter(costs.values())))
    epochs = np.shape(next(iter(costs.values()))[starts[0]])[1] - 1
    bands = [_Band(ax, start, *look) for start, look in zip(starts, _STARTS, strict=False)]
    ax.axhline(np.log(10), color=style.GREY, lw=0.8)
    ax.set(yscale="log", xlim=(-0.2, epochs + 0.2), ylim=(0.05, 100))
    ax.set(xlabel="epoch", ylabel="cost J")
    style.ticks(ax.yaxis, [10.0**k for k in range(-1, 3)], ("0.1", "1", "10", "100"))
    ax.set_title("thick: median of the seeds,  band: all of them,  grey line: ln 10, guessing")
    ax.title.set_fontsize(10)
    ax.legend(frameon=False, loc="center left", bbox_to_anchor=(1.01, 0.5), fontsize=10)
    note = ax.text(epochs / 2, 55, "", **_NOTE)
    here = ax.axvline(epochs, color=style.GREY, linewidth=1)

    def update(network, alpha, epoch):
        shown = [np.asarray(costs[network, alpha][band.name])[:, : epoch + 1] for band in bands]
        said = [band.show(rows) for band, rows in zip(bands, shown, strict=True)]
        lost = [band.name for band, rows in zip(bands, shown, strict=True) if not rows.max() < 100]
        here.set_xdata([epoch, epoch])
        note.set_text(f"partly above the picture: {', '.join(lost)}" if lost else "")
        return f"{network}, α {_named(alpha)}, epoch {epoch}, median cost: {'; '.join(said)}"

    update.handles = (Handle(ax, x="epoch", y=25.0),)
    return update


def _named(alpha):
    return alpha if isinstance(alpha, str) else f"= {alpha:g}"


def _shares(a, bins=_BINS):
    """Return the share of the activations in each bin; what is beyond counts at the edge."""
    inside = np.clip(np.nan_to_num(a.ravel(), nan=bins[-1]), bins[0] + 1e-6, bins[-1] - 1e-6)
    return np.histogram(inside, bins)[0] / a.size


class _Bundle:
    """A thin line for each network and a thick one for their median.

    The thin ones are pale without being transparent: twenty on top of one another stay pale, and
    the dashes of the median stand out from them.
    """

    def __init__(self, ax, colour, dash, name):
        pale = 0.35 * np.array(to_rgb(colour)) + 0.65
        lines = LineCollection([], colors=[pale], linewidths=0.6, zorder=1)
        self._lines = ax.add_collection(lines, autolim=False)
        self.median = ax.plot([], [], dash, color=colour, lw=2.4, label=name)[0]
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
        return f"{self.name} {style.in_two_digits(np.median(costs[:, -1]))}"


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
        f"layer 1 {_spread(measured.backward[:, 0])}; |a| > 0.99: {percent(full)}"
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
    return typeset(f"{x:.1e}")


def _title(ax, text):
    """Set a title so far above that it need not be drawn again when something moves below."""
    ax.set_title(text, pad=10)
