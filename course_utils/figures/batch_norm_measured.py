"""Pictures of what batch norm buys, measured: the cost it reaches, the shift, the smoothness."""

import numpy as np

from course_utils.experiments import batch_norm_by_alpha as by_alpha
from course_utils.experiments import cost_along_gradient as along
from course_utils.experiments.why_batch_norm_works import KINDS
from course_utils.figures import style
from course_utils.support.handles import Handle

_LOOKS = ((style.ORANGE, "-"), (style.BLUE, "-"), (style.GREEN, "--"))
_AWAY = 99
"""Where a training that diverged is drawn: above the picture."""

MOMENTS = {
    "shifts": {
        "small steps": ({"alpha": 0.02}, "Batch norm (blue) lies above: more shift, not less."),
        "large steps": ({"alpha": 0.5}, "Without batch norm 1 − cos is five times as large."),
    },
    "final_costs": {
        "plain at its best": (
            {"alpha": 0.2, "start": "He"},
            "With batch norm the cost is less than half as high.",
        ),
        "where it wins most": (
            {"alpha": 1.0, "start": "He"},
            "The plain networks guess; with batch norm this α is the best of all.",
        ),
        "where it loses": ({"alpha": 0.02, "start": "large"}, "All five plain ones are ahead."),
    },
    "smoothness": {
        "the first step": (
            {"step": 0, "start": "He"},
            "With batch norm the cost varies more here: it falls all the way.",
        ),
        "on the way": ({"step": 50, "start": "He"}, "Without it, t = 0.5 is too far already."),
        "too small": (
            {"step": 50, "start": "too small"},
            "The plain cost is smooth because it is flat, and nothing is learned on it.",
        ),
    },
}
"""Values worth a look in each picture, with what there is to see there."""


def final_costs(fig):
    """The cost after 120 steps by learning rate, without batch norm, with it, with noise."""
    ax = style.axes(fig, height=3.6, right=0.2)
    ax.set(xscale="log", xlim=(0.0043, 5.8), ylim=(0, 3.2), xlabel="α")
    ax.set_ylabel("cost J after 120 steps")
    style.ticks(ax.xaxis, by_alpha.ALPHAS)
    bands = [_Seeds(ax, by_alpha.ALPHAS, *look, label=kind) for look, kind in _looks()]
    chosen = ax.axvline(1, color=style.GREY, lw=1, label="_α chosen")
    fig.legend(*ax.get_legend_handles_labels(), frameon=False, ncols=3, loc="upper center")

    def update(alpha, start):
        costs, k = by_alpha.final_costs(start), by_alpha.ALPHAS.index(alpha)
        for band, of_kind in zip(bands, costs, strict=True):
            band.show(of_kind)
        chosen.set_xdata([alpha, alpha])
        said = (f"{kind} {spread(of_kind[k])}" for kind, of_kind in zip(KINDS, costs, strict=True))
        return f"α = {alpha:g}, first weights {start}: cost {'; '.join(said)}"

    update.handles = (Handle(ax, x="alpha", y=3.0),)
    return update


def _looks():
    return zip(_LOOKS, KINDS, strict=True)


def spread(costs):
    """Return in words what costs lie between, and how many of them are none."""
    lost = np.isnan(costs).sum()
    if lost == len(costs):
        return style.DIVERGED
    low, high = f"{np.nanmin(costs):.2f}", f"{np.nanmax(costs):.2f}"
    said = low if low == high else f"{low} to {high}"
    return f"{said}, {style.DIVERGED} in {lost} of {len(costs)}" if lost else said


class _Seeds:
    """Five seeds' values as a line through the medians and a stroke from lowest to highest."""

    def __init__(self, ax, at, colour, line, label):
        self._at = np.array(at)
        (self._line,) = ax.plot(at, at, line + "o", color=colour, ms=4, label=label)
        (self._strokes,) = ax.plot([], [], color=colour, lw=4, alpha=0.35, label="_seeds")

    def show(self, values):
        """Move them to values of shape (places, seeds)."""
        values = np.nan_to_num(values, nan=_AWAY)
        self._line.set_ydata(np.median(values, axis=1))
        self._strokes.set_data(*_upright(self._at, values.min(axis=1), values.max(axis=1)))


def _upright(x, low, high):
    """Return upright strokes as one line with gaps."""
    gap = np.full(len(x), np.nan)
    return np.column_stack([x, x, x]).ravel(), np.column_stack([low, high, gap]).ravel()


def shifts(fig):
    """How far a step of the layers below turns the gradient of layer 3, by learning rate."""
    ax = style.axes(fig, height=3.4, left=0.95, right=0.2)
    ax.set(xscale="log", yscale="log", xlim=(0.0088, 1.13), ylim=(2e-5, 1.6), xlabel="α")
    ax.set_ylabel("1 − cos of the turn")
    style.ticks(ax.xaxis, by_alpha.SHIFT_ALPHAS)
    style.ticks(ax.yaxis, [1e-4, 1e-3, 0.01, 0.1, 1], ["0.0001", "0.001", "0.01", "0.1", "1"])
    known, bands = by_alpha.typical_shifts(), []
    for (look, kind), values in zip(list(_looks())[:2], known, strict=True):
        bands.append(_Seeds(ax, by_alpha.SHIFT_ALPHAS, *look, label=kind))
        bands[-1].show(values)
    chosen = ax.axvline(1, color=style.GREY, lw=1, label="_α chosen")
    ax.legend(loc="upper left", **style.GROUND)

    def update(alpha):
        k = by_alpha.SHIFT_ALPHAS.index(alpha)
        chosen.set_xdata([alpha, alpha])
        said = (_shift(values[k]) for values in known)
        return f"α = {alpha:g}: " + "; ".join(
            f"{kind} {words}" for kind, words in zip(KINDS, said, strict=False)
        )

    update.handles = (Handle(ax, x="alpha", y=4e-5),)
    return update


def _shift(values):
    low, middle, high = map(style.short, np.quantile(values, (0, 0.5, 1)))
    return f"{middle} ({low} to {high})"


def smoothness(fig):
    """The cost along the gradient now, and how much it varies there in the whole training."""
    now, whole = style.axes(fig, 1, 2, height=3.5, wspace=0.1)
    lines, bars, dots = [], [], []
    for (colour, _), kind in list(_looks())[:2]:
        lines += now.plot(along.LENGTHS, along.LENGTHS, color=colour, label=kind)
        dots += now.plot([], [], "o", color=colour, label="_here")
        bars += whole.plot([], [], color=colour, lw=4, alpha=0.6, label="_range")
    _two_views(now, whole)
    length = now.axvline(0, color=style.GREY, lw=1, label="_length chosen")
    moment = whole.axvline(0, color=style.GREY, lw=1, label="_step chosen")

    def update(step, t, start):
        said = [_look(kind, start, step, t) for kind in KINDS[:2]]
        for line, dot, bar, (costs, here) in zip(lines, dots, bars, said, strict=True):
            line.set_ydata(costs[along.MOMENTS.index(step)])
            dot.set_data([t], [here])
            bar.set_data(*_upright(along.MOMENTS, costs.min(axis=1), costs.max(axis=1)))
        length.set_xdata([t, t])
        moment.set_xdata([step, step])
        (_, plain), (_, normed) = said
        return f"step {step}, t = {t:g}: cost {plain:.2f} without batch norm, {normed:.2f} with it"

    update.handles = (Handle(now, x="t", y=0.042), Handle(whole, x="step", y=40.0))
    return update


def _two_views(now, whole):
    """Set up both axes: the same costs up, the length of a step and the training across."""
    for ax in (now, whole):
        ax.set(yscale="log", ylim=(0.03, 60))
        style.ticks(ax.yaxis, [0.1, 0.3, 1, 3, 10])
    now.set(xlim=(0, along.LENGTHS[-1]), xlabel="length t of the step", ylabel="cost J")
    now.set_title("along the gradient, now")
    now.legend(loc="upper left", fontsize=9, **style.GROUND)
    whole.set(xlim=(-3, along.MOMENTS[-1] + 3), xlabel="step of the training")
    whole.set_title("from lowest to highest cost on it")
    whole.tick_params(labelleft=False)


def _look(kind, start, step, t):
    """Return the costs at all moments, and the one at this length of this moment's step."""
    costs = along.looked_along(kind, start)
    return costs, float(np.interp(t, along.LENGTHS, costs[along.MOMENTS.index(step)]))
