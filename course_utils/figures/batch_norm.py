"""Pictures of batch normalization.

The pictures take ``algorithm(z, gamma, beta, epsilon) -> z_tilde``, so that yours can take the
package's place.
"""

from functools import partial

import numpy as np
from matplotlib.collections import LineCollection

from course_utils import batch_norm as lecture
from course_utils.experiments import batch_norm as trainings
from course_utils.experiments.batch_norm import MOST_STEPS, descent_in_a_valley
from course_utils.figures import style
from course_utils.support.formulas import Formula
from course_utils.support.handles import Handle

MOMENTS = {
    "valleys": {
        "a long valley": (
            {"ratio": 10.0, "offset": 0.0, "correlation": 0.0, "rate": 0.5},
            "κ = 100, and 491 steps.",
        ),
        "an offset": (
            {"ratio": 1.0, "offset": 2.0, "correlation": 0.0, "rate": 0.5},
            "Equal spreads, and still a valley: the mean adds its square to the curvature.",
        ),
        "correlation": (
            {"ratio": 1.0, "offset": 0.0, "correlation": 0.9, "rate": 0.5},
            "Normalising changes the scale only: mean 0 and equal spreads were there already.",
        ),
        "too large an α": (
            {"ratio": 10.0, "offset": 0.0, "correlation": 0.0, "rate": 1.1},
            "Above the largest stable α both diverge, however round the bowl.",
        ),
    },
    "stages": {
        "a silenced unit": ({"gamma": 0.0, "beta": 1.0}, "γ = 0: every example gives β."),
        "z hardly varies": (
            {"spread": 0.001, "gamma": 1.0, "beta": 0.0},
            "σ is below √ε = 0.003, so z_norm's spread is only 0.3.",
        ),
        "turned over": ({"spread": 2.0, "gamma": -1.0, "beta": 0.0}, "A negative γ mirrors z."),
    },
    "constants": {
        "a large bias": (
            {"b": 5.0, "c": 1.0, "place": "before ReLU"},
            "Nothing of b gets through.",
        ),
        "after ReLU": (
            {"b": -1.0, "c": 1.0, "place": "after ReLU"},
            "b decides which values ReLU cuts before the mean is taken, so it does not cancel.",
        ),
        "a tiny factor": (
            {"b": 0.0, "c": 0.001, "place": "before ReLU"},
            "c · σ is below √ε, and now the scale does get through.",
        ),
    },
    "one_example": {
        "one far away": (
            {"value": 7.0, "m": 25},
            "The others draw together, and their mean moves left.",
        ),
        "among 100": ({"value": 7.0, "m": 100}, "They do the same, but much less."),
        "among 5": (
            {"value": 7.0, "m": 5},
            "It makes up a fifth of the mean, so the others move most.",
        ),
    },
    "by_alpha": {
        "usual α": (
            {"start": 1, "factor": 1, "step": 50},
            "Batch norm is ahead in all four panels.",
        ),
        "30 times α": (
            {"start": 1, "factor": 30, "step": 50},
            "Plain descent is lost here, and descent with batch norm is at its best.",
        ),
        "where it loses": (
            {"start": 3, "factor": 0.1, "step": 50},
            "Large weights and a small α: descent and momentum are behind with batch norm.",
        ),
    },
}
"""Moments of the pictures, by their names."""

_EPSILON = 1e-5
_LINES = Formula(
    r"\now{mean}{\mu} = \frac{1}{m} \sum_i z^{(i)}, \quad "
    r"\now{variance}{\sigma^2} = \frac{1}{m} \sum_i (z^{(i)} - \mu)^2, \quad "
    r"z_{\text{norm}}^{(i)} = \frac{z^{(i)} - \mu}{\sqrt{\sigma^2 + \varepsilon}}, \quad "
    r"\tilde{z}^{(i)} = \now{gamma}{\gamma} z_{\text{norm}}^{(i)} + \now{beta}{\beta}",
    variance=lambda spread, **_: spread**2,
)
_ONE, _ZERO = np.ones((1, 1)), np.zeros((1, 1))
_NO_VALLEY = "no valley: all 0, or NaN"


def z_tilde(z, gamma, beta, epsilon):
    """Return only the first result of `course_utils.batch_norm.forward`."""
    return lecture.forward_unchecked(z, gamma, beta, epsilon)[0]


def stages(fig, algorithm=z_tilde, formula=_LINES):
    """One unit's mini-batch in three stages: as it comes, normalised, scaled and moved.

    `formula` stands beside the picture: None for an algorithm that does something else.
    """
    rows = _rows(fig, 3, half=_HALF, height=4.4)
    titles = "z, as it comes", "z_norm, normalised", "z̃ = γ · z_norm + β, for the activation"
    _name(rows, titles)
    standard = _skewed(25)

    def update(mean, spread, gamma, beta):
        z = mean + spread * standard[None, :]
        z_norm = algorithm(z, _ONE, _ZERO, _EPSILON)
        result = algorithm(z, gamma * _ONE, beta * _ONE, _EPSILON)
        named = zip(("z", "z_norm", "z̃"), rows, (z, z_norm, result), strict=True)
        return " → ".join(f"{name}: {row.show(np.ravel(values))}" for name, row, values in named)

    update.handles = _hold_stages(rows[0].ax, rows[2].ax, algorithm, standard)
    update.formula = formula
    return update


def _hold_stages(first, last, algorithm, standard):
    """Hold the mean and an end of the spread of z in the first row, and of z̃ in the last."""

    def end(mean, spread, gamma, beta):
        return mean + spread

    def scaled(mean, spread, gamma, beta):
        z = mean + spread * standard[None, :]
        z_tilde = np.ravel(algorithm(z, gamma * _ONE, beta * _ONE, _EPSILON))
        return np.array([z_tilde.mean(), z_tilde.mean() + np.sign(gamma) * z_tilde.std()])

    def middle_of_scaled(**values):  # a reader's algorithm may leave the picture, or numbers
        return np.nan_to_num(np.clip(scaled(**values)[0], -_HALF, _HALF))

    def end_of_scaled(**values):
        return np.nan_to_num(np.clip(scaled(**values)[1], -_HALF, _HALF))

    return (
        Handle(first, x="mean", y=_MEAN),
        Handle(first, x="spread", to_x=end, y=_SPREAD),
        Handle(last, x="beta", to_x=middle_of_scaled, y=_MEAN),
        Handle(last, x="gamma", to_x=end_of_scaled, y=_SPREAD),
    )


_HALF = 11  # of the axis of the three stages
_MEAN, _SPREAD = 1.1, -0.28  # where in a row they are held


PLACES = ("before ReLU", "after ReLU", "nowhere")
"""Where batch norm may sit."""


def constants(fig, algorithm=z_tilde):
    """One unit's values with a constant added, and what the next layer gets of them."""
    rows = _rows(fig, 2, half=11, height=3.1)
    z_0 = 0.5 + _skewed(25)
    after = {
        "before ReLU": lambda z: _relu(_normalised(algorithm, z)),
        "after ReLU": lambda z: _normalised(algorithm, _relu(z)),
        "nowhere": _relu,
    }
    ghosts = [row.ax.plot([], [], "o", mfc="none", color=style.GREY, ms=9)[0] for row in rows]
    ghosts[0].set_label("with b = 0, c = 1")
    _name(rows, ("c · z + b", "what the next layer gets"))

    def update(b, c, place):
        before, now = z_0, c * z_0 + b
        moved = []
        for row, ghost, f in zip(rows, ghosts, (_same, after[place]), strict=True):
            ghost.set_data(f(before), row.heights(len(before)))
            row.show(f(now))
            moved.append(_largest(f(now) - f(before)))
        at = f"b = {style.rounded(b)}, c = {style.rounded(c)}, batch norm {place}"
        return f"{at}: z moves by {moved[0]}, what the next layer gets moves by {moved[1]}"

    update.handles = _hold_constants(rows[0].ax, z_0.mean(), z_0.std())
    return update


def _hold_constants(ax, mean, spread):
    """Hold the mean of the values for b, and an end of their spread for c."""
    return (
        Handle(ax, x="b", to_x=lambda b, c, place: c * mean + b, y=_MEAN),
        Handle(ax, x="c", to_x=lambda b, c, place: c * (mean + spread) + b, y=_SPREAD),
    )


def one_example(fig, algorithm=z_tilde):
    """One example of a mini-batch moves, and the others with it once they are normalised."""
    rows = _rows(fig, 2, half=8, height=3.1)
    ghosts = [row.ax.plot([], [], "o", mfc="none", color=style.GREY, ms=9)[0] for row in rows]
    ghosts[0].set_label("with it at 0")
    _name(rows, ("z, as it comes", "z_norm, normalised"))
    normalised = partial(_normalised, algorithm)

    def update(value, m):
        before, now = _skewed(m), _skewed(m)
        before[_ONE_OF_ALL], now[_ONE_OF_ALL] = 0.0, value
        for row, ghost, f in zip(rows, ghosts, (_same, normalised), strict=True):
            ghost.set_data(f(before), row.heights(m))
            row.show(f(now))
        others = np.delete(normalised(now) - normalised(before), _ONE_OF_ALL)
        return (
            f"one of {m} examples at {style.rounded(value)}: z of the others stays, "
            f"their z_norm moves by {_largest(others)}"
        )

    def height(value, m):
        return rows[0].heights(m)[_ONE_OF_ALL]

    update.handles = (Handle(rows[0].ax, x="value", y=height),)
    return update


_ONE_OF_ALL = -4  # the example in a colour of its own


def valleys(fig, algorithm=z_tilde):
    """Two inputs and the cost of their weights, as they come and normalised."""
    (left, right), (steep, round_) = style.axes(fig, 2, 2, height=5.4, wspace=0.25, hspace=0.5)
    sides = [
        _Side(left, steep, (-27, 49), style.ORANGE, "inputs as they come"),
        _Side(right, round_, (-4.2, 4.2), style.BLUE, "inputs normalised"),
    ]
    standard = _white(80)

    def update(ratio, offset, correlation, rate):
        lean, wide = np.array([correlation, np.sqrt(1 - correlation**2)]), _spread_of_x2(ratio)
        x = wide * np.array([standard[0] / ratio, lean @ standard + offset])
        x_norm = algorithm(x, np.ones((2, 1)), np.zeros((2, 1)), _EPSILON)
        said = [side.show(inputs, rate) for side, inputs in zip(sides, (x, x_norm), strict=True)]
        return f"as they come: {said[0]}; normalised: {said[1]}"

    def end(up, ratio, offset, **others):
        return _spread_of_x2(ratio) * (offset + up)

    update.handles = (
        Handle(left, x=sides[0].beside, y="offset", to_y=partial(end, 0)),
        Handle(left, x=sides[0].beside, y="ratio", to_y=partial(end, 2)),
    )
    return update


def _spread_of_x2(ratio):
    """Return the spread of x₂: that of x₁ falls as it grows, so that no cloud is a mere speck."""
    return np.sqrt(10 * ratio)


def by_alpha(fig):
    """Cost after some steps against the learning rate, with and without batch norm."""
    axes = style.axes(fig, 2, 2, height=5, top=0.65, left=1.05, wspace=0.1, hspace=0.5)
    panels = [_Panel(ax, name) for ax, name in zip(axes.flat, trainings.OPTIMIZERS, strict=True)]
    for ax in axes[:, 0]:
        ax.set_ylabel("cost J")
    for ax in axes[:, 1]:
        ax.tick_params(labelleft=False)
    for ax in axes[1]:
        ax.set_xlabel("learning rate α")
    lines = axes[0, 0].get_legend_handles_labels()
    fig.legend(*lines, ncols=2, frameon=False, loc="upper center", fontsize=10)
    for scale in (1, 3):  # ahead of time: no move should have to wait for a training
        for panel in panels:
            panel.costs(scale)

    def update(start, factor, step):
        said = ", ".join(panel.show(start, factor, step) for panel in panels)
        rate = f"usual α × {factor:g}"
        steps = f"{step} step{'s' if step != 1 else ''}"
        return f"{rate}, median cost after {steps}, without → with batch norm: {said}"

    update.handles = tuple(
        Handle(panel.ax, x="factor", to_x=panel.rate, y=_HELD_AT) for panel in panels
    )
    return update


_COSTS = (2e-6, 20)
_HELD_AT = 6.0
_MOST = 12.0  # a cost above it is drawn as this


def _rows(fig, count, *, half, height):
    axes = style.axes(fig, count, height=height, left=0.25, bottom=0.3, hspace=0.75)
    return [_Row(ax, half) for ax in axes]


def _name(rows, titles):
    for row, title in zip(rows, titles, strict=True):
        row.ax.set_title(title, loc="left")
    rows[0].ax.legend(ncols=5, fontsize=9, frameon=False, loc="lower right", bbox_to_anchor=(1, 1))


class _Row:
    """One stage of a mini-batch: its values as dots, their mean and their spread."""

    def __init__(self, ax, half):
        self.ax, self._half = ax, half
        ax.set(xlim=(-half, half), ylim=(-0.5, 1.25), yticks=[])
        ax.set_xticks(range(-half + half % 2, half + 1, 2))
        ax.spines["left"].set_visible(False)
        self._bar = ax.plot([], [], color=style.SKY, lw=7, alpha=0.7, label="mean ± std")[0]
        self._mean = ax.plot([], [], color=style.INK, lw=1.5, label="mean")[0]
        self._dots = ax.plot([], [], "o", color=style.BLUE, ms=5)[0]
        self._one = ax.plot([], [], "D", color=style.ORANGE, ms=8, label="one example")[0]
        self._message = ax.text(
            0, 0.5, "", ha="center", color=style.ORANGE, fontsize=11, clip_on=True
        )

    def heights(self, m):
        return np.arange(m) * 0.618 % 1

    def show(self, values):
        """Move the dots and return the mean and the spread in words."""
        mean, spread = values.mean(), values.std()
        heights, one = self.heights(len(values)), _ONE_OF_ALL
        self._dots.set_data(values, heights)
        self._one.set_data(values[[one]], heights[[one]])
        self._mean.set_data([mean, mean], [-0.45, 1.2])
        self._bar.set_data([mean - spread, mean + spread], [_SPREAD, _SPREAD])
        fine = bool(np.isfinite(mean + spread))
        away = "all are outside the picture" if np.abs(values).min() > self._half else ""
        self._message.set_text(away if fine else style.NO_NUMBERS)
        said = f"mean {style.rounded(mean)}, std {style.rounded(spread)}"
        return said if fine else style.NO_NUMBERS


class _Side:
    """Two inputs above, and below the valley of the cost over their two weights."""

    def __init__(self, inputs, valley, y_limits, colour, title):
        half = 0.78 * (y_limits[1] - y_limits[0])
        self.beside = 0.55 * half
        inputs.set(xlim=(-half, half), ylim=y_limits, title=title, xlabel="x₁", ylabel="x₂")
        valley.set(xlim=(-2.1, 2.1), ylim=(-1.35, 1.35), title="cost: from square to star")
        valley.set(xlabel="w₁ from its best", ylabel="w₂ from its best")
        self._dots = inputs.plot([], [], ".", color=colour, ms=4)[0]
        self._reach = inputs.plot([], [], "o-", color=style.INK, ms=4, lw=1.5)[0]
        self._levels = valley.add_collection(LineCollection([], colors=style.GREY, linewidths=1))
        self._path = valley.plot([], [], "o-", color=colour, ms=3.5, lw=1.2)[0]
        self._start = valley.plot([], [], "s", color=style.INK, ms=6)[0]
        valley.plot(0, 0, "*", color=style.INK, ms=11)
        box = {"facecolor": "white", "edgecolor": "none", "pad": 2}
        self._text = valley.text(2.0, -1.25, "", ha="right", fontsize=10, bbox=box, clip_on=True)

    def show(self, x, rate):
        """Move everything and return the condition and the steps in words."""
        self._dots.set_data(x)
        if not (np.isfinite(x).all() and x.any()):
            self._levels.set_segments([])
            self._path.set_data([], [])
            self._start.set_data([], [])
            self._reach.set_data([], [])
            self._text.set_text(_NO_VALLEY)
            return _NO_VALLEY
        mean, spread = x[1].mean(), x[1].std()
        self._reach.set_data([self.beside] * 2, [mean, mean + 2 * spread])
        hessian = x @ x.T / x.shape[1]
        path = descent_in_a_valley(hessian, rate)
        self._levels.set_segments(_ellipses(hessian, path[0]))
        self._path.set_data(*_thinned(path).T)
        self._start.set_data(path[0][:, None])
        low, high = np.linalg.eigvalsh(hessian)
        kappa = f"{high / low:.{0 if high > 9.95 * low else 1}f}" if high < 1e12 * low else "∞"
        count = _count(path)
        self._text.set_text(f"κ = {kappa}: {count}")
        return f"κ = {kappa}, {count}"


class _Panel:
    """The two curves of one optimizer with the spread of five starts, and a line at one α."""

    def __init__(self, ax, name):
        self.ax, self._name = ax, name
        self._rates = trainings.OPTIMIZERS[name][1] * np.array(trainings.FACTORS)
        ax.set(title=name, xscale="log", yscale="log", ylim=_COSTS)
        ax.set_xlim(self._rates[0] / 1.5, self._rates[-1] * 1.5)
        style.ticks(ax.xaxis, self._rates[::2])
        style.ticks(ax.yaxis, [1e-5, 1e-3, 0.1, 10], ["0.00001", "0.001", "0.1", "10"])
        looks = (style.ORANGE, "s--", "without"), (style.BLUE, "o-", "with batch norm")
        self._curves = [
            (
                ax.plot([], [], line, color=colour, lw=2, ms=4, label=label)[0],
                ax.fill([], [], color=colour, alpha=0.2, lw=0)[0],
            )
            for colour, line, label in looks
        ]
        (self._line,) = ax.plot([], [], color=style.GREY, lw=1, label="_alpha")

    def costs(self, scale):
        """Return the costs without and with batch norm."""
        return [trainings.costs(self._name, scale, normed) for normed in (False, True)]

    def rate(self, factor, **_):
        """Return the learning rate that is so many times the usual one."""
        return trainings.OPTIMIZERS[self._name][1] * factor

    def show(self, scale, factor, step):
        """Move the curves and the line; return the costs at the line in words."""
        self._line.set_data([self.rate(factor)] * 2, _COSTS)
        said = []
        for (curve, band), found in zip(self._curves, self.costs(scale), strict=True):
            runs = np.minimum(found[:, :, step], _MOST)
            curve.set_data(self._rates, np.median(runs, axis=1))
            outline = [*runs.min(axis=1), *runs.max(axis=1)[::-1]]
            band.set_xy(np.column_stack([[*self._rates, *self._rates[::-1]], outline]))
            here = runs[trainings.FACTORS.index(factor)]
            median = np.median(here)
            said.append(style.in_two_digits(median) if median < _MOST else f"above {_MOST:g}")
        return f"{self._name} {' → '.join(said)}"


def _count(path):
    """Say after how many steps a descent ended."""
    steps = len(path) - 1
    if np.hypot(*path[-1]) > np.hypot(*path[0]):
        return style.DIVERGED
    if steps >= MOST_STEPS:
        return f"over {MOST_STEPS} steps"
    return f"{steps} step{'s' if steps > 1 else ''}"


def _thinned(path):
    """Keep every point of the first hundred, where it zigzags, and about 200 of the rest."""
    return np.concatenate([path[:100], path[100 :: 1 + len(path) // 200], path[-1:]])


def _ellipses(hessian, start):
    """Return lines of equal cost, the outermost through `start`."""
    eigenvalues, vectors = np.linalg.eigh(hessian)
    turn = np.linspace(0, 2 * np.pi, 181)
    circle = np.array([np.cos(turn), np.sin(turn)])
    lengths = np.sqrt(start @ hessian @ start / np.maximum(eigenvalues, 1e-12 * eigenvalues[-1]))
    outer = (vectors * lengths @ circle).T
    return [outer * size for size in (1, 0.75, 0.5, 0.25)]


def _skewed(m):
    """Return values with mean 0 and standard deviation 1 that lean to one side."""
    values = np.linspace(0, 1, m) ** 2
    return (values - values.mean()) / values.std()


def _white(m):
    """Return two rows of mean 0, standard deviation 1 and correlation 0."""
    cloud = np.random.default_rng(0).standard_normal((m, 2))
    return np.linalg.qr(cloud - cloud.mean(axis=0))[0].T * np.sqrt(m)


def _normalised(algorithm, z):
    return np.ravel(algorithm(z[None, :], _ONE, _ZERO, _EPSILON))


def _relu(z):
    return np.maximum(0, z)


def _same(z):
    return z


def _largest(change):
    size = np.abs(change).max()
    if not np.isfinite(size):
        return style.NO_NUMBERS
    return (
        f"up to {style.rounded(size)}"
        if size >= 5e-4
        else "under 0.0005"
        if size > 1e-12
        else "0 (below 1e−12)"
    )
