"""Pictures of where sampled hyperparameters fall.

A sampler is a function ``sampler(low, high, size, rng)`` that returns `size` draws.
"""

import numpy as np

from course_utils import sampling_scales as lecture
from course_utils import weighted_averages
from course_utils.experiments import sampling_scales as experiments
from course_utils.figures import style
from course_utils.support.formulas import Formula
from course_utils.support.handles import Handle
from course_utils.support.words import many, percent, typeset

MOMENTS = {
    "rates": {
        "even axis": (
            {"bend": 0.0},
            "The even draws fill it; of the log draws about three of four crowd left.",
        ),
        "log axis": (
            {"bend": 1.0},
            "Now the log draws fill it, and the even ones crowd at the right.",
        ),
    },
    "costs": {
        "5 draws": ({"draws": 5}, "Half of the even searches have nothing better than 9 %."),
        "20 draws": (
            {"draws": 20},
            "A good α in 69 % of the even searches, in 99 % of the others.",
        ),
        "100 draws": (
            {"draws": 100},
            "With so many draws the even searches find a good α, too.",
        ),
    },
}
"""Values worth a look, by explorer of the notebook, and what there is to see."""

_PER_CENT = {"yticks": [0, 0.25, 0.5, 0.75, 1]}
_PER_CENT["yticklabels"] = [f"{100 * tick:.0f} %" for tick in _PER_CENT["yticks"]]


def sampler(scale):
    """Return the package's sampler on a kind of scale, such as `Integer`."""
    return lambda low, high, size, rng: scale(low, high).sample(rng, size)


_LINEAR, _LOG = sampler(lecture.Linear), sampler(lecture.Log)
_EXPONENT = Formula(
    r"r = \now{factor}{\text{factor}} \cdot u + \now{start}{\text{start}}, \qquad "
    r"\alpha = 10^r \ \text{from}\ \now{low}{10^{\text{start}}}\ \text{to}\ "
    r"\now{high}{10^{\text{start} + \text{factor}}}",
    low=lambda factor, start: 10.0**start,
    high=lambda factor, start: 10.0 ** (factor + start),
)
_WINDOW = Formula(
    r"\frac{1}{1 - \now{beta}{\beta}} = \now{window}{\text{steps}}",
    window=lambda beta, **_: 1 / (1 - beta),
)
_ONE_MINUS_LOG = sampler(lecture.OneMinusLog)


def learning_rates(fig, linear=_LINEAR, log=_LOG):
    """Learning rates from 0.0001 to 1, sampled linearly and on the log scale."""
    axis = _Bent([0.0001, 0.001, 0.01, 0.1, 1.0], np.log10, _power_of_ten, held=0.1)
    return _comparison(fig, {"linear": linear, "log": log}, "α", "α", axis)


def momenta(fig, linear=_LINEAR, one_minus=_ONE_MINUS_LOG):
    """Values of β from 0.9 to 0.999, sampled linearly and on the 1 − β scale."""
    axis = _Bent([0.9, 0.99, 0.999], _from_one, _back_from_one, held=0.99)
    return _comparison(fig, {"linear": linear, "1 − β": one_minus}, "β", "1 − β", axis)


def exponents(fig, power=lambda r: 10.0**r):
    """Which learning rates α = 10^r the line r = factor · u + start gives, for u in [0, 1)."""
    ax = style.axes(fig, height=3.0, right=1.0)
    ends, u = np.arange(-6, 7), (np.arange(1000) + 0.5) / 1000
    ax.axvspan(-4, 0, color=style.SKY, alpha=0.25, linewidth=0)
    bars = _bars(ax, ends, style.BLUE)
    show_path, message = _path(ax), _message(ax, 0.02)
    ax.set(xlim=(-6.2, 6.2), ylim=(0, 1.3), xlabel="α", **_PER_CENT)
    ax.set_title("fraction of the draws in each decade (shaded: the range asked for)")
    _powers_of_ten(ax.xaxis, ends)
    ax.legend(loc="center left", bbox_to_anchor=(1.0, 0.5), fontsize=10, frameon=False)

    def update(factor, start):
        alpha, stop = power(factor * u + start), start + factor
        bars.set_data(_shares(alpha, 10.0**ends))
        show_path(start, stop)
        message.set_text(_outside(alpha, 1e-6, 1e6, "outside the picture"))
        ends_of_alpha = np.sort(power(np.array([start, stop])))
        runs = " to ".join(typeset(f"{float(f'{x:.3g}'):g}") for x in ends_of_alpha)
        four = _between(_shares(alpha, _ASKED), _ASKED)
        line = f"r = {factor:g} · u {'-' if start < 0 else '+'} {abs(start):g}".replace("-", "−")
        return f"{line}: α runs from {runs}; draws: {four}"

    update.formula = _EXPONENT
    update.handles = (
        Handle(ax, x="start", y=_PATH),
        Handle(ax, x="factor", to_x=lambda factor, start: np.clip(start + factor, -6, 6), y=_PATH),
    )
    return update


_ASKED = 10.0 ** np.arange(-4, 1)  # the marks of the four decades
_PATH = 1.12  # how high the line from u = 0 to u = 1 lies


def _powers_of_ten(axis, ends):
    axis.set_ticks(ends, [rf"$10^{{{end}}}$".replace("-", "−") for end in ends])
    axis.to_value = _power_of_ten


def _path(ax):
    """Draw where r goes as u goes from 0 to 1; return what moves it."""
    (path,) = ax.plot([], [], color=style.INK, linewidth=2)
    (first,) = ax.plot([], [], "o", color=style.INK, markersize=7, label="u = 0")
    (last,) = ax.plot([], [], "D", color=style.ORANGE, markersize=7, label="u = 1")

    def show(start, stop):
        path.set_data([start, stop], [_PATH, _PATH])
        first.set_data([start], [_PATH])
        last.set_data([stop], [_PATH])

    return show


def windows(fig, window=weighted_averages.window):
    """Window 1/(1 − β) before and after a step of β, on two axes, and the weights of the past."""
    grid = {"left": 0.9, "wspace": 0.2, "width_ratios": (1, 1.3, 1.1)}
    even, stretched, past = style.axes(fig, 1, 3, height=3.2, **grid)
    show_weights = _weights(past)
    panels = [_Step(even, lambda beta: beta, window), _Step(stretched, _from_one, window)]
    even.axvline(1, color=style.GREY, linewidth=1, linestyle=":")
    even.set(title="on an even axis", xlabel="β", ylabel="window", xlim=(0.897, 1.003))
    _stretch(stretched)
    even.legend(loc="upper left", fontsize=10, frameon=False)
    message = _message(stretched, 0.03)

    def update(beta, step):
        after = beta + step
        ends = [beta, after] if after < 1 - 1e-9 else [beta]
        heights = [window(end) for end in ends]
        for panel in panels:
            panel.show(np.array(ends), heights)
        show_weights(ends)
        message.set_text("" if len(ends) == 2 else "β + step is\nnot below 1:\nno window")
        moved = f"β from {beta:.6g} to {after:.6g}: the window goes from {_steps(heights[0])} to "
        if len(ends) == 1:
            return moved + "none, because β has to stay below 1"
        return moved + f"{_steps(heights[1])} steps, × {heights[1] / heights[0]:.4g}"

    update.handles, update.formula = _hold_step(even, stretched, window), _WINDOW
    return update


def _weights(ax):
    """Draw how much the past counts beside the present, before and after a step of β."""
    back = np.geomspace(1, 1e5, 300)
    (before,) = ax.plot(back, back, color=style.BLUE, linewidth=3)
    (after,) = ax.plot(back, back, "--", color=style.ORANGE, linewidth=2)
    ax.set(title="weights βᵏ", xlabel="k steps ago", xscale="log", ylim=(-0.03, 1.05))
    ax.set(xlim=(1, 1e5), yticks=[0, 0.5, 1], yticklabels=["0", "½", "1"])
    style.ticks(ax.xaxis, [1, 100, 10_000], ["1", "100", "10 000"])
    ax.grid(color="#eeeeee")

    def show(betas):
        before.set_ydata(betas[0] ** back)
        after.set_ydata(betas[1] ** back if len(betas) == 2 else np.full_like(back, np.nan))

    return show


def _stretch(ax):
    """Have an axis of β that is even in the distance from 1."""
    ticks = np.array([0.9, 0.99, 0.999, 0.9999])
    ax.set(title="on the 1 − β axis", xlabel="β", xlim=(0.87, 4.6))
    ax.set_xticks(_from_one(ticks), [f"{tick:g}" for tick in ticks], fontsize=9)
    ax.tick_params(labelleft=False)  # as on the even axis
    ax.xaxis.to_value = _back_from_one


def _hold_step(even, stretched, window):
    """Hold the end of the step on the even axis, up to 1, and β on the other."""

    def after(beta, step):
        return min(beta + step, 1.0)

    def there(beta, step):
        return min(window(beta + step), _MOST) if beta + step < 1 - 1e-9 else _MOST

    def before(beta, step):
        return window(beta)

    def place(beta, step):
        return _from_one(beta)

    return (
        Handle(even, x="step", to_x=after, y=there),
        Handle(stretched, x="beta", to_x=place, y=before),
    )


_MOST = 3.3e4  # of the windows that are shown


def whole_numbers(fig):
    """How often a sampler gives each number of layers, and each number of hidden units."""
    axes = style.axes(fig, 1, 2, height=3.2, width_ratios=[1, 2], left=0.85, wspace=0.25)
    panels = [_Counts(axes[0], 2, 4, 0.7), _Counts(axes[1], 50, 100, 0.04)]
    axes[0].set(
        title="layers",
        ylabel="fraction of the draws",
        yticks=[0, 1 / 3, 0.5],
        yticklabels=["0 %", "33.3 %", "50 %"],
    )
    axes[1].set(title="hidden units", yticks=[0, 0.01, 1 / 51, 0.03])
    axes[1].set_yticklabels(["0 %", "1 %", "1.96 %", "3 %"])

    def update(sampler, points):
        layers, units = (panel.show(sampler, int(points)) for panel in panels)
        return (
            f"{int(points)} draws: 2, 3 and 4 layers {_percent(layers)}; "
            f"50 and 100 units {_percent(units[[0, -1]])}, the 49 between "
            f"{100 * units[1:-1].mean():.2f} % on average"
        )

    return update


GOOD = 0.06
"""The validation error below which a learning rate counts as good in `found`."""

_SEARCHED = {"even": lecture.Linear, "log": lecture.Log}


def found(fig):
    """The digits' error by learning rate, and the best error that so many draws find."""
    errors, best = style.axes(fig, 1, 2, height=3.6, left=0.85, wspace=0.3, top=0.65)
    _error_by_alpha(errors)
    now, bands = style.here(best, 1), _bands(best)
    best.legend(fontsize=9, loc="upper right", **style.GROUND)
    ends = experiments.LOW, experiments.HIGH

    def update(draws):
        told = []
        now.set_xdata([draws, draws])
        for (name, scale), dot in zip(_SEARCHED.items(), bands, strict=True):
            errors_found = experiments.best_of_draws(scale(*ends))[:, draws - 1]
            low, middle, high = np.quantile(errors_found, (0.1, 0.5, 0.9))
            dot.set_data([draws], [middle])
            hit = np.mean(errors_found < GOOD)
            spread = f"80 % of the searches from {percent(low, 1)} to {percent(high, 1)}"
            said = f"median {percent(middle, 1)}, {spread}, a good α in {percent(hit)}"
            told.append(f"{name} scale: {said}")
        return f"best of {many(draws, 'draw')}; " + "; ".join(told)

    update.handles = (Handle(best, x="draws", y=_middle_of_even),)
    return update


def _middle_of_even(draws):
    even = lecture.Linear(experiments.LOW, experiments.HIGH)
    return np.median(experiments.best_of_draws(even)[:, draws - 1])


def _error_by_alpha(ax):
    alphas = np.geomspace(experiments.LOW, experiments.HIGH, 200)
    errors = experiments.error_at(alphas)
    ax.plot(alphas, errors, color=style.INK, lw=1.5)
    good = alphas[errors < GOOD]
    ax.axvspan(good.min(), good.max(), color=style.GREEN, alpha=0.2, lw=0)
    ax.set(xscale="log", yscale="log", ylim=(0.04, 1.2), xlabel="α", ylabel="validation error")
    ax.set_title(f"ten epochs on the digits (green: below {percent(GOOD)})")
    style.ticks(ax.xaxis, [1e-4, 1e-3, 1e-2, 0.1, 1], ["0.0001", "0.001", "0.01", "0.1", "1"])
    style.ticks(ax.yaxis, [0.05, 0.1, 0.2, 0.5, 1], ["5 %", "10 %", "20 %", "50 %", "100 %"])


def _bands(ax):
    """Draw what each scale finds by the number of draws; return a dot for the present one."""
    draws, dots = np.arange(1, 101), []
    for (name, scale), colour in zip(_SEARCHED.items(), (style.ORANGE, style.BLUE), strict=True):
        found = experiments.best_of_draws(scale(experiments.LOW, experiments.HIGH))
        low, middle, high = np.quantile(found, (0.1, 0.5, 0.9), axis=0)
        ax.fill_between(draws, low, high, color=colour, alpha=0.18, lw=0)
        ax.plot(draws, middle, color=colour, lw=2, label=f"drawn on the {name} scale")
        dots += ax.plot([], [], "o", color=colour, ms=9, zorder=3)
    ax.set(xscale="log", yscale="log", xlim=(0.9, 110), ylim=(0.04, 1.2), xlabel="draws")
    ax.set_title("best of so many draws")
    style.ticks(ax.xaxis, [1, 3, 10, 30, 100])
    style.ticks(ax.yaxis, [0.05, 0.1, 0.2, 0.5, 1], ["5 %", "10 %", "20 %", "50 %", "100 %"])
    return dots


def _comparison(fig, samplers, symbol, stretched, axis):
    """Draw a row for each sampler: its draws on an axis to bend, and its share of each decade."""
    grid = style.axes(fig, 2, 2, height=4.3, wspace=0.24, hspace=0.4)
    colours = style.ORANGE, style.BLUE
    rows = [
        _Row(axes, name, axis, colour)
        for axes, name, colour in zip(grid, samplers, colours, strict=True)
    ]
    grid[0, 0].set_title(f"the draws on an axis of {symbol}")
    grid[0, 1].set_title(f"fraction in each decade of {stretched}")
    for ax in grid[1]:
        ax.set_xlabel(symbol)
    low, high = axis.marks[[0, -1]]

    def update(points, seed, bend=0.0):
        said = [
            row.show(_draws(sampler, low, high, int(points), seed), bend)
            for row, sampler in zip(rows, samplers.values(), strict=True)
        ]
        said += [f"axis bent by {bend:g}"] if bend else []
        return f"{int(points)} draws; " + "; ".join(said)

    update.handles = tuple(Handle(ax, x="bend", to_x=axis.of_held, y=1.325) for ax in grid[:, 0])
    return update


class _Bent:
    """An axis from its first mark, at 0, to its last, at 1: even, stretched or between them."""

    def __init__(self, marks, stretch, back, held):
        self.marks, self.stretch, self.back, self._held = np.array(marks), stretch, back, held
        self.decades = stretch(self.marks)

    def place(self, x, bend):
        """Return where numbers lie; `bend` 0 is even, 1 stretched."""
        even = (x - self.marks[0]) / np.ptp(self.marks)
        return (1 - bend) * even + bend * (self.stretch(x) - self.decades[0]) / np.ptp(self.decades)

    def of_held(self, bend, **others):
        """Return where the mark lies that is pulled."""
        return self.place(self._held, bend)

    def names(self, bend):
        """Return the marks' names; one that has no room beside the next but one is left out."""
        places, shown = self.place(self.marks, bend), {}
        for i in (0, *range(len(places) - 1, 0, -1)):
            name = f"{self.marks[i]:g}"
            level = {j: other for j, other in shown.items() if (i - j) % 2 == 0}
            if all(abs(places[i] - places[j]) > _LETTER * len(name + n) for j, n in level.items()):
                shown[i] = name
        return [shown.get(i, "") for i in range(len(places))]


_LETTER = 0.017  # half a letter's share of an axis


class _Row:
    """The draws of one sampler, once on an axis to bend and once above the bars of the decades."""

    def __init__(self, axes, name, axis, colour):
        bent, decades = axes
        self._name, self._axis, places = name, axis, axis.decades
        self._bars = _bars(decades, places, colour)
        self._dots = [ax.plot([], [], "o", color=style.INK, ms=2.5, alpha=0.7)[0] for ax in axes]
        self._message = _message(bent, 0.03, 0.8)  # below the grip
        (self._lines,) = bent.plot([], [], color=style.GREY, linewidth=1)
        look = {"ha": "center", "fontsize": 9, "clip_on": True}
        levels = (1.01 + 0.04 * (i % 2) for i in range(len(places)))  # names side by side
        self._names = [bent.text(0, level, "", **look) for level in levels]
        bent.set(xlim=(-0.1, 1.09), ylim=(1.0, 1.35), xticks=[], yticks=[])
        bent.set_ylabel(name, fontsize=11)
        decades.set(xlim=(places[0] - 0.1, places[-1] + 0.1), ylim=(0, 1.35), **_PER_CENT)
        decades.set_xticks(places, [f"{edge:g}" for edge in axis.marks])
        decades.xaxis.to_value = axis.back
        decades.grid(axis="y", color="#dddddd")

    def show(self, x, bend):
        """Move the dots and bars and return the shares in words."""
        axis, (low, high) = self._axis, self._axis.marks[[0, -1]]
        heights = 1.1 + 0.19 * (np.arange(len(x)) * 0.618 % 1)
        inside = np.where((x >= low - 1e-9) & (x <= high + 1e-9), x, np.nan)
        self._dots[0].set_data(axis.place(inside, bend), heights)
        self._dots[1].set_data(axis.stretch(inside), heights)
        self._bend(bend)
        shares = _shares(x, axis.marks)
        self._bars.set_data(shares)
        trouble = _outside(x, low, high, "out of range")
        self._message.set_text(trouble)
        told = f"{self._name}: {_between(shares, axis.marks)}"
        return told + (f" ({trouble})" if trouble else "")

    def _bend(self, bend):
        places = self._axis.place(self._axis.marks, bend)
        self._lines.set_data(np.repeat(places, 3), np.tile([1.085, 1.35, np.nan], len(places)))
        for text, place, name in zip(self._names, places, self._axis.names(bend), strict=True):
            text.set(x=place, text=name)


class _Step:
    """The curve of the window over one axis of β, and a step along it."""

    def __init__(self, ax, place, window):
        self._place = place
        betas = 1 - np.geomspace(0.1, 3e-5, 200)
        ax.plot(place(betas), [window(beta) for beta in betas], color=style.GREY, linewidth=1.5)
        (self._step,) = ax.plot([], [], color=style.ORANGE, linewidth=4, solid_capstyle="butt")
        (self._before,) = ax.plot([], [], "o", color=style.BLUE, markersize=10, label="β")
        (self._after,) = ax.plot([], [], "D", color=style.ORANGE, markersize=6, label="β + step")
        ax.set(yscale="log", ylim=(6, 4e4))
        ax.set_yticks([10, 100, 1000, 10_000], ["10", "100", "1000", "10 000"])
        ax.grid(color="#eeeeee")

    def show(self, ends, heights):
        """Draw the step as a stair: first along β, then up."""
        x = self._place(ends)
        self._step.set_data(np.repeat(x, 2)[1:], np.repeat(heights, 2)[:-1])
        self._before.set_data(x[:1], heights[:1])
        self._after.set_data(x[1:], heights[1:])


class _Counts:
    """The share of each whole number, the two ends in a colour of their own."""

    def __init__(self, ax, low, high, top):
        self._low, self._high = low, high
        self._edges = np.arange(low, high + 2) - 0.5
        self._is_end = np.isin(np.arange(low, high + 1), [low, high])
        self._bars = ax.stairs(np.zeros(high - low + 1), self._edges, fill=True, color=style.SKY)
        self._ends = ax.stairs(np.zeros(high - low + 1), self._edges, fill=True, color=style.ORANGE)
        self._message = _message(ax, 0.02)
        ax.axhline(1 / (high - low + 1), color=style.INK, linewidth=1.2, linestyle="--")
        ax.set(xlim=(low - 1, high + 1), ylim=(0, top))
        ax.set_xticks(np.linspace(low, high, 3 if high - low < 10 else 6))

    def show(self, sampler, points):
        """Move the bars and return the shares."""
        x = _draws(sampler, self._low, self._high, points, seed=0)
        shares = _shares(np.where(x == np.round(x), x, np.nan), self._edges)
        self._bars.set_data(shares)
        self._ends.set_data(np.where(self._is_end, shares, 0))
        lost = 1 - shares.sum()
        self._message.set_text(
            f"{100 * lost:.0f} % not whole or\nout of range" if lost > 1e-9 else ""
        )
        return shares


def _bars(ax, edges, colour):
    """Draw empty bars with a white gap between neighbours."""
    bars = ax.stairs(np.zeros(len(edges) - 1), edges, fill=True, color=colour)
    ax.vlines(edges, 0, 1.35, color="white", linewidth=2)
    return bars


def _from_one(beta):
    """Place β by its distance from 1: 0.9, 0.99 and 0.999 become 1, 2 and 3."""
    return -np.log10(1 - beta)


def _back_from_one(place):
    return 1 - 10.0**-place


def _power_of_ten(place):
    return 10.0**place


def _draws(sampler, low, high, size, seed):
    """Return what a sampler gives, as one row of numbers."""
    draws = sampler(low, high, size, np.random.default_rng(seed))
    return np.asarray(draws, dtype=np.float64).ravel()


def _shares(x, edges):
    """Return the share of all values that lies between each edge and the next."""
    wide = np.array(edges, dtype=np.float64)
    wide[[0, -1]] += np.array([-1e-9, 1e-9]) * (wide[-1] - wide[0])
    return np.histogram(x[np.isfinite(x)], wide)[0] / max(len(x), 1)


def _outside(x, low, high, words):
    """Say how many values miss the range, if any."""
    slack = 1e-9 * (high - low)
    count = len(x) - np.count_nonzero((x >= low - slack) & (x <= high + slack))
    return f"{count} of {len(x)} are {words}" if count else ""


def _message(ax, x, y=0.95):
    look = {"va": "top", "fontsize": 10, "color": style.ORANGE, "clip_on": True}
    message = ax.text(x, y, "", transform=ax.transAxes, **look)
    message.set_bbox({"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1})
    return message


def _percent(shares):
    return ", ".join(f"{100 * share:.1f} %" for share in shares)


def _between(shares, marks):
    """Say which share lies from each mark to the next."""
    first, *others = (f"{100 * share:.1f} %" for share in shares)
    told = [f"{first} from {marks[0]:g} to {marks[1]:g}"]
    return ", ".join(told + [f"{s} to {m:g}" for s, m in zip(others, marks[2:], strict=True)])


def _steps(window):
    return f"{window:.2f}" if window < 100 else f"{window:.0f}"
