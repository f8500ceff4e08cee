"""Pictures of why batch norm works, as far as anybody knows."""

import numpy as np
from matplotlib.colors import to_rgb

from course_utils import datasets
from course_utils.experiments import why_batch_norm_works as experiments
from course_utils.figures import style
from course_utils.figures.batch_norm_measured import spread
from course_utils.support.handles import Handle
from course_utils.support.words import percent

_STILL, _MOVING = "the cats stay, the light changes", "other cats, the same border"
PLACES = (_MOVING, _STILL)
"""What may make the second data set differ from the first."""

MOMENTS = {
    "cats": {
        "black cats": ({"shift": 0.0}, "On black cats the network is right 98 times in 100."),
        "coloured cats": (
            {"shift": 3.0, "what": PLACES[0], "normalised": False},
            "Where it has learned nothing, a coin would do better.",
        ),
        "other light": ({"shift": 3.0, "what": PLACES[1]}, "Now switch normalising on."),
    },
    "drift": {
        "calm": (
            {"alpha": 0.05},
            "At a small α the values move little from step to step even without batch norm.",
        ),
        "lively": ({"alpha": 0.5}, "Without batch norm they widen and wander from step to step."),
        "lost": ({"alpha": 2.0, "step": 120}, "Without it they leave for −8, where tanh is flat."),
    },
}
"""Values worth a look in each picture, with what there is to see there."""


def cats(fig):
    """How a network that has learned from black cats fares with other cats."""
    rng = np.random.default_rng(12)
    X, y = datasets.cats(300, rng, place=-1.5)
    network = experiments.fit_cats(X, y)
    X_test, y_black = datasets.cats(300, rng, place=-1.5)
    ax = style.axes(fig, height=3.6, right=1.9)
    (way,) = ax.plot([], [], color=style.INK, lw=3, label="shift of $x_1$")
    (*dots, border), at_first = _animals(ax, network), X_test[0].mean()
    x1 = np.linspace(-7, 7, 400)

    def update(shift, what, normalised):
        way_there = np.array([[shift], [0.0]])
        moved = X_test + way_there
        truth = y_black[0] > 0.5 if what == _STILL else moved[1] > datasets.border(moved[0])
        true = np.array([x1, datasets.border(x1)]) + (way_there if what == _STILL else 0)
        if normalised:
            true = experiments.to_statistics_of(X, moved, true)
        seen = experiments.to_statistics_of(X, moved, moved) if normalised else moved
        border.set_data(*true)
        for dot, chosen in zip(dots, (truth, ~truth), strict=True):
            dot.set_data(*seen[:, chosen])
        way.set_data([at_first, at_first + shift], [_WAY, _WAY])
        right = np.mean((network.predict(seen)[0] > 0.5) == truth)
        done = ", each set normalised" if normalised else ""
        return f"shift {shift:.1f} ({what}{done}): {percent(right)} right"

    update.handles = (Handle(ax, x="shift", to_x=lambda shift, **_: at_first + shift, y=_WAY),)
    return update


_WAY = -2.3  # how high the line of the shift lies


def _animals(ax, network):
    """Draw what a network calls a cat; return the dots of both kinds and the true border."""
    shown = (-3.2, 3.2, -2.6, 2.6)
    ink = np.array([to_rgb(style.SKY), to_rgb(style.YELLOW)])
    says_cat = network.predict(_grid(shown, 120))[0] > 0.5
    ground = (1 - 0.35 * (1 - ink[says_cat.astype(int)])).reshape(120, 120, 3)
    ax.imshow(ground, origin="lower", extent=shown, aspect="auto", zorder=0)
    border, dots = ax.plot([], [], color=style.INK, lw=1.5, label="true border"), []
    for marker, colour, label in (("o", style.ORANGE, "cat"), ("s", style.BLUE, "not a cat")):
        dots += ax.plot([], [], marker, ms=4, color=colour, mec="white", mew=0.3, label=label)
    ax.set(xlim=shown[:2], ylim=shown[2:], xlabel="$x_1$, colour", ylabel="$x_2$")
    ax.legend(frameon=False, bbox_to_anchor=(1.0, 1.0), loc="upper left", fontsize=10)
    return dots + border


def _grid(limits, points):
    left, right, bottom, top = limits
    x, y = np.linspace(left, right, points), np.linspace(bottom, top, points)
    return np.stack(np.meshgrid(x, y)).reshape(2, -1)


def drift(fig):
    """Values of one unit of the third hidden layer while the network learns."""
    ax_plain, ax_norm = style.axes(fig, 1, 2, height=3.3, wspace=0.12)
    plain, norm = (_by_step(ax) for ax in (ax_plain, ax_norm))
    ax_plain.set(title="without batch norm: z", ylabel="the unit's values")
    ax_norm.set(title="with batch norm: z̃")
    ax_norm.legend(frameon=False, loc="lower right", fontsize=9)
    ax_norm.tick_params(labelleft=False)

    def update(step, unit, alpha):
        said = []
        for show, with_norm in ((plain, False), (norm, True)):
            z = experiments.wandering(alpha, with_norm)[:, unit]
            show(z, step)
            said.append(f"mean {z[step].mean():.2f}, spread {z[step].std():.2f}".replace("-", "−"))
        return f"α = {alpha:g}, unit {unit}, step {step}: {said[0]}; with batch norm {said[1]}"

    update.handles = tuple(Handle(ax, x="step", y=3.6) for ax in (ax_plain, ax_norm))
    return update


def _by_step(ax):
    """Draw a unit's values by step, and a note if they leave the picture; return what moves it."""
    ax.set(xlim=(0, experiments.STEPS), ylim=(-_FAR, _FAR), xlabel="step")
    lines = [
        ax.plot([], [], look, color=style.BLUE, lw=w, label=f"{share} % lie below")[0]
        for share, look, w in ((85, "--", 1.2), (50, "-", 2.5), (15, ":", 1.5))
    ]
    marker = ax.axvline(0, color=style.GREY, lw=1, label="_step")
    note = ax.text(experiments.STEPS / 2, -3.6, "", ha="center", fontsize=9, clip_on=True)

    def show(z, step):
        levels = np.quantile(z, (0.85, 0.5, 0.15), axis=1)
        for line, level in zip(lines, levels, strict=True):
            line.set_data(np.arange(len(level)), np.clip(level, -50, 50))
        marker.set_xdata([step, step])
        middle = levels[1, step]
        outside = f"outside the picture: half lie below {middle:.1f}".replace("-", "−")
        note.set_text(outside if abs(middle) > _FAR else "")

    return show


_FAR = 4  # how far up and down the picture of drift reaches


def noise(fig):
    """How far the mean of a mini-batch lies from the mean of all, by its size."""
    values = experiments.one_units_values()
    left, right = style.axes(fig, 1, 2, height=3.2, wspace=0.35)
    sums = np.random.default_rng(8).choice(values, (400, 512)).cumsum(axis=1)
    show_means, ring = _histogram(left, sums), _noise_by_size(right, sums)

    def update(size):
        m = round(size)
        here = _spread_of_means(sums, m)
        show_means(sums[:, m - 1] / m, here)
        ring.set_data([m], [here])
        return f"m = {m}: the mean is off by {here:.3f} σ; 1/√m = {1 / np.sqrt(m):.3f}"

    def spread(size):
        return _spread_of_means(sums, round(size))

    update.handles = (
        Handle(left, x="size", to_x=spread, y=_SPREAD),
        Handle(right, x="size", to_x=lambda size: round(size), y=spread),
    )
    return update


_SPREAD = -0.09  # how high the bar of the spread lies


def _histogram(ax, sums):
    """Draw the means of mini-batches and a bar of their spread; return what moves them.

    The heights are counts on one axis for all sizes, whose top is the tallest bar of the largest.
    """
    edges = np.linspace(-1, 1, 41)
    most = np.histogram(sums[:, -1] / sums.shape[1], edges)[0].max()
    bars = ax.bar(edges[:-1], np.zeros(40), np.diff(edges), align="edge", color=style.SKY)
    (spread,) = ax.plot([], [], color=style.ORANGE, lw=5, solid_capstyle="butt")
    ax.set(xlim=(-1, 1), ylim=(-0.18, 1.05), xlabel="mean of a mini-batch", ylabel="how many")
    ticks = np.arange(0, most, 50)
    ax.set_yticks(ticks / most, ticks)
    ax.set_title("400 mini-batches (bar: ± their noise)")

    def show(means, noise):
        counts, _ = np.histogram(means, edges)
        for bar, count in zip(bars, counts / most, strict=True):
            bar.set_height(count)
        spread.set_data([-noise, noise], [_SPREAD, _SPREAD])

    return show


def _noise_by_size(ax, sums):
    """Draw the noise of the mean, measured and by formula; return the ring around one size."""
    sizes = 2 ** np.arange(3, 10)
    measured = [_spread_of_means(sums, m) for m in sizes]
    ax.loglog(sizes, 1 / np.sqrt(sizes), color=style.GREY, label="1 / √m")
    ax.loglog(sizes, measured, "o", color=style.BLUE, label="measured")
    (ring,) = ax.plot([], [], "o", ms=13, mfc="none", mec=style.ORANGE, mew=2)
    ax.set(xlabel="mini-batch size m", ylabel="noise of the mean, in σ")
    ax.set_xticks(sizes, [str(m) for m in sizes])
    ax.minorticks_off()
    ax.set_yticks([0.05, 0.1, 0.2, 0.4], ["0.05", "0.1", "0.2", "0.4"])
    ax.legend(frameon=False)
    return ring


def _spread_of_means(sums, size):
    return float((sums[:, size - 1] / size).std())


def experiment(fig, race):
    """Fifteen networks learn the digits: five without batch norm, five with, five with noise."""
    kinds, ax = experiments.KINDS, style.axes(fig, height=3.5, right=0.2)
    ax.set(xlim=(0, race.frames * race.steps_a_frame), ylim=(0, 3.2))
    ax.set(xlabel="step", ylabel="cost J")
    looks = zip(("-", "-", "--"), (style.ORANGE, style.BLUE, style.GREEN), strict=True)
    lines = [ax.plot([], [], look, color=colour, lw=1, alpha=0.8)[0] for look, colour in looks]
    now = ax.axvline(0, color=style.GREY, lw=1)
    fig.legend(lines, kinds, frameon=False, ncols=3, loc="upper center")

    def update(step, alpha, start, strength=1.0):
        frame = round(step) // race.steps_a_frame
        for number, costs in race.reach(frame, alpha, start, strength):
            for line, curves in zip(lines, np.moveaxis(costs, 1, 0), strict=True):
                gaps = np.vstack([np.minimum(curves, 50), np.full(curves.shape[1], np.nan)])
                at = np.tile(np.arange(len(gaps)) * race.steps_a_frame, gaps.shape[1])
                line.set_data(at, gaps.T.ravel())  # five curves in one line
            reached = number * race.steps_a_frame
            now.set_xdata([reached, reached])
            where = f"step {reached}, α = {alpha:g}, first weights {start}"
            yield f"{where}: cost {_spreads(costs[-1])}"

    def last_frame(step, **others):
        return round(step) // race.steps_a_frame * race.steps_a_frame

    update.handles = (Handle(ax, x="step", to_x=last_frame, y=3.0),)
    return update


def _spreads(costs):
    kinds = zip(experiments.KINDS, np.minimum(costs, 1e6), strict=True)
    return "; ".join(f"{kind} {spread(c)}" for kind, c in kinds)
