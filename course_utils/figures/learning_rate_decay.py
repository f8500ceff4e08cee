"""Pictures of learning rates that fall, and of where stochastic descent then settles."""

import functools

import numpy as np

from course_utils import learning_rate_decay as lecture
from course_utils.experiments.learning_rate_decay import (
    KAPPA,
    STEPS_AN_EPOCH,
    likely_ends,
    noisy_descent,
    noisy_ends,
    start_and_noise,
)
from course_utils.figures import style
from course_utils.support import validation
from course_utils.support.formulas import Formula
from course_utils.support.handles import Handle
from course_utils.support.words import many

EPOCHS = 60

_LEAST = 3e-5  # of the alphas that are shown

_DECAY = Formula(
    r"\alpha = \frac{\now{alpha0}{\alpha_0}}{1 + \now{rate}{\text{rate}} \cdot"
    r" \now{epoch}{\text{epoch}}} = \now{alpha}{\alpha}\ \text{for “1 / (1 + rate · epoch)”}",
    alpha=lambda epoch, alpha0, rate, **_: alpha0 / (1 + rate * epoch),
)
_AT_HAND = {
    "constant": lambda alpha0, rate: lecture.constant(alpha0),
    "1 / (1 + rate · epoch)": lambda alpha0, rate: lecture.inverse_time(alpha0, decay_rate=rate),
    "exponential": lambda alpha0, rate: lecture.exponential(alpha0, base=1 / (1 + rate / 10)),
    "1 / √epoch": lambda alpha0, rate: lecture.inverse_sqrt(alpha0, k=1 / np.sqrt(max(rate, 0.01))),
    "staircase": lambda alpha0, rate: lecture.staircase(alpha0, factor=1 / (1 + rate), every=10),
    "cosine": lambda alpha0, rate: lecture.cosine(alpha0, epochs=EPOCHS),
}
NAMES = tuple(_AT_HAND)
"""Schedules that the pictures know."""


MOMENTS = {
    "curves": {
        "the lecture's": (
            {"name": "1 / (1 + rate · epoch)", "alpha0": 0.2, "rate": 1.0, "epoch": 4},
            "0.2, 0.1, 0.0667, 0.05, and 0.04 in the fifth epoch.",
        ),
        "where they cross": (
            {"name": "exponential", "alpha0": 0.2, "rate": 1.0, "epoch": 39},
            "From here on the exponential lies below 1/(1 + epoch): 0.0049 against 0.0050.",
        ),
        "the lecture's 0.95": (
            {"name": "exponential", "alpha0": 0.2, "rate": 0.5, "epoch": 14},
            "The rate 0.5 makes the base 1/1.05 = 0.952: half of α₀ is left after 14 epochs.",
        ),
    },
    "forces": {
        "a constant α": (
            {"name": "constant", "alpha0": 0.02},
            "The two cross in epoch 18: until about then α is too small, then too large.",
        ),
        "too fast": (
            {"name": "1 / (1 + rate · epoch)", "alpha0": 0.02, "rate": 10.0},
            "α falls before the start has faded: 3.0 of 4.5 is left of it.",
        ),
        "about right": (
            {"name": "1 / (1 + rate · epoch)", "alpha0": 0.2, "rate": 1.0},
            "From epoch 2 on there is more noise than start, and the noise goes down with α.",
        ),
    },
}
"""Values worth a look, by explorer of the notebook, and what there is to see."""


def _in_formula(name, rate):
    """Say what the rate makes of a schedule."""
    return {
        "constant": "α₀, whatever the rate",
        "1 / (1 + rate · epoch)": f"α₀ / (1 + {rate:g} · epoch)",
        "exponential": f"α₀ · {1 / (1 + rate / 10):.3g}^epoch",
        "1 / √epoch": f"α₀ · k/√epoch, at most α₀, with k = {1 / np.sqrt(max(rate, 0.01)):.3g}",
        "staircase": f"α₀ · {1 / (1 + rate):.3g}^⌊epoch/10⌋",
        "cosine": "α₀ (1 + cos(π epoch/60))/2, whatever the rate",
    }[name]


def schedule(name, alpha0, rate):
    """Return one of the schedules, with one number for how fast it falls.

    Parameters
    ----------
    name : str
        One of `NAMES`.
    alpha0 : float
        Learning rate of epoch 0.
    rate : float
        The decay rate; exponential keeps ``1 / (1 + rate / 10)`` of alpha an epoch, the staircase
        ``1 / (1 + rate)`` every ten, and ``1 / sqrt(epoch)`` starts to fall at epoch 1 / rate.

    Returns
    -------
    callable
        ``epoch -> alpha``.
    """
    rate = validation.require("rate >= 0", rate=rate)
    return _AT_HAND[validation.one_of("name", name, NAMES)](alpha0, rate)


def curves(fig, make=schedule):
    """Alpha over the epochs for every schedule, one of them in front."""
    left, right = style.axes(fig, 1, 2, height=3.6, top=0.75, wspace=0.3, left=0.75)
    epochs, lines = np.arange(EPOCHS + 1), _stairs(left, right)
    markers = [ax.plot([], [], "o", color=style.INK, ms=7)[0] for ax in (left, right)]
    left.set(xlim=(0, EPOCHS), ylim=(0, 0.5), xlabel="epoch", ylabel="α")
    right.set(
        xlim=(0, EPOCHS), ylim=(_LEAST, 1), xlabel="epoch", yscale="log", title="the same, log"
    )
    fig.legend(
        *left.get_legend_handles_labels(), ncols=3, frameon=False, loc="upper center", fontsize=9
    )

    def update(epoch, name, alpha0, rate):
        for other, pair in lines.items():
            alphas = np.clip(make(other, alpha0, rate)(epochs), 1e-9, 9)
            for line in pair:
                line.set_data(epochs, alphas)
                line.set_alpha(1.0 if other == name else 0.25)
                line.set_linewidth(3.0 if other == name else 1.2)
        now = float(make(name, alpha0, rate)(epoch))
        for marker in markers:
            marker.set_data([epoch], [max(now, 1e-9)])
        shown = "is under 0.0001" if 0 < now < 5e-5 else f"= {now:.4f}"
        return f"{_in_formula(name, rate)}: α {shown} in epoch {epoch}, from α₀ = {alpha0:g}"

    update.handles, update.formula = _hold_curve(left, right, make), _DECAY
    return update


def _stairs(*axes):
    """Draw each schedule in all axes, empty, with one alpha an epoch; return the lines by name."""
    looks = zip(NAMES, (style.GREY, *style.CLASSES), strict=False)
    return {
        name: [ax.plot([], [], color=c, label=name, drawstyle="steps-post")[0] for ax in axes]
        for name, c in looks
    }


def _hold_curve(left, right, make):
    """Hold the dot on the left curve and, on the right one, where it starts and falls."""

    def now(epoch, name, alpha0, rate):
        return make(name, alpha0, rate)(epoch)

    def first(epoch, name, alpha0, rate):
        return make(name, alpha0, rate)(0)

    def fallen(epoch, name, alpha0, rate):
        return max(make(name, alpha0, rate)(_pulled(name)), _LEAST)

    return (
        Handle(left, x="epoch", y=now),
        Handle(right, x=0.5, y="alpha0", to_y=first),
        Handle(right, x=lambda name, **others: _pulled(name) + 0.5, y="rate", to_y=fallen),
    )


def _pulled(name):
    """Return the epoch in which a curve is pulled up and down; stairs fall in the tenth."""
    return 5 if name == "exponential" else 10


def settling(fig, make=schedule):
    """Where stochastic descent settles, one run in the plane and twenty over the epochs."""
    left, right = style.axes(fig, 1, 2, height=3.7, wspace=0.3)
    show_run = _one_run(left)
    band = _band(right)
    now = right.axvline(0, color=style.GREY, lw=1)
    right.set(xlim=(0, EPOCHS), ylim=(1e-3, 40), xlabel="epoch", title="distance, 20 runs")
    right.legend(frameon=False, loc="lower left", fontsize=9)

    def update(epoch, name, alpha0, rate):
        alphas = make(name, alpha0, rate)(np.arange(epoch))
        points = noisy_descent(alphas, noise=1.0, seeds=20)
        show_run(np.clip(points[:, :, 0].T, -50, 50))
        away = np.hypot(points[::STEPS_AN_EPOCH, 0], points[::STEPS_AN_EPOCH, 1])
        for line, q in zip(band, np.quantile(away, (0.1, 0.5, 0.9), axis=1), strict=True):
            line.set_data(np.arange(epoch + 1), q)
        now.set_xdata([epoch, epoch])
        low, mid, high = np.quantile(away[-1], (0.1, 0.5, 0.9))
        far = style.DIVERGED if high > 1e3 else f"{mid:.3f} away ({low:.3f} to {high:.3f})"
        return f"{_in_formula(name, rate)}, with α₀ = {alpha0:g}, epoch {epoch}: {far}"

    update.handles = (Handle(right, x="epoch", y=7.0),)
    return update


def _band(ax):
    """Draw three lines for the middle of some runs and where four of five lie; return them."""
    looks = ((1, 0.5, "80 % of the runs"), (2.5, 1, "median"), (1, 0.5, None))
    return [ax.semilogy([], [], color=style.BLUE, lw=w, alpha=a, label=n)[0] for w, a, n in looks]


def _one_run(ax):
    """Draw the valley and a path in it; return what moves the path."""
    x = y = np.linspace(-5, 5, 120)
    hill = (x[None, :] ** 2 + KAPPA * y[:, None] ** 2) / 2
    ax.contour(x, y, hill, levels=np.geomspace(0.05, 60, 10), colors=[style.GREY], linewidths=0.6)
    (path,) = ax.plot([], [], color=style.BLUE, lw=0.6, alpha=0.7)
    (head,) = ax.plot([], [], "o", color=style.ORANGE, mec=style.INK, ms=8, zorder=4)
    ax.plot([0], [0], "*", color=style.INK, ms=11)
    ax.set(xlim=(-5, 5), ylim=(-5, 5), xlabel="θ₁", ylabel="θ₂", title="one run")

    def show(points):
        path.set_data(*points)
        head.set_data(*points[:, -1:])

    return show


def by_hand(fig):
    """Descent whose alpha is divided by ten twice, in the epochs that you choose."""
    ax = style.axes(fig, height=3.3)
    band = _band(ax)
    ax.axhline(0.035, color=style.GREEN, lw=1, ls=":", label="0.035")
    ax.legend(frameon=False, loc="lower left", fontsize=9, ncols=3)
    cuts = [ax.axvline(0, color=style.ORANGE, ls="--") for _ in range(2)]
    ax.set(xlim=(0, EPOCHS), ylim=(3e-3, 40), xlabel="epoch", ylabel="distance, 20 runs")

    def update(first, second, alpha0):
        away = hand_made(first, second, alpha0)
        for line, q in zip(band, np.quantile(away, (0.1, 0.5, 0.9), axis=1), strict=True):
            line.set_data(np.arange(EPOCHS + 1), q)
        for cut, epoch in zip(cuts, (first, second), strict=True):
            cut.set_xdata([epoch, epoch])
        divided = f"÷ 10 after {first} and after {many(second, 'epoch')}"
        return f"α₀ = {alpha0:g}, {divided}: {_last(away):.3f} away"

    update.handles = (Handle(ax, x="first", y=6.5), Handle(ax, x="second", y=3.2))
    return update


def operator(fig, run):
    """Twenty runs that you steer: their distance, and the α that each epoch was made with.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
    run : experiments.learning_rate_decay.Operator
        All pictures of a run show the same run.
    """
    top, bottom = style.axes(fig, 2, 1, height=4.8, left=0.85, hspace=0.42)
    band, now = _band(top), top.axvline(0, color=style.GREY, lw=1)
    top.axhline(0.05, color=style.GREEN, lw=1, ls=":")
    top.set(xlim=(-1, EPOCHS + 2), ylim=(3e-3, 10), ylabel="distance")
    top.legend(frameon=False, loc="lower left", fontsize=9)
    show_alphas = _made_with(bottom)

    def update(epoch, alpha):
        for number, day in run.line.reach(epoch, alpha):
            quantiles = np.quantile([d.away for d in run.line.states], (0.1, 0.5, 0.9), axis=1)
            for line, q in zip(band, quantiles, strict=True):
                line.set_data(np.arange(number + 1), q)
            now.set_xdata([number, number])
            show_alphas(run.line.settings, alpha)
            far = f"epoch {number}: {np.median(day.away):.3f} away"
            yield f"{far}; {_steered(run.line.settings, alpha)}"

    update.forget = run.begin
    update.handles = (
        Handle(top, x="epoch", y=6.5),
        Handle(bottom, x=lambda epoch, alpha: epoch + 1, y="alpha"),
    )
    return update


def _steered(made, alpha):
    """Say what the next epoch is made with, and after which epochs alpha was changed."""
    coming = "the next epoch is made with" if len(made) < EPOCHS else "no epoch is left for"
    said = f"{coming} α = {alpha:g}"
    changes = np.flatnonzero(np.diff([*made, alpha][:EPOCHS])) + 1
    if not len(changes):
        return said
    *before, last = map(str, changes)
    after = f"epochs {', '.join(before)} and {last}" if before else f"epoch {last}"
    return f"{said}; α was changed after {after}"


def _made_with(ax):
    """Draw the alpha of each epoch and of the next one; return what moves them."""
    (made,) = ax.step([], [], ".-", where="mid", color=style.INK, lw=2)
    (coming,) = ax.plot([], [], "o", ms=8, mfc="white", mec=style.INK, label="the next epoch")
    ax.set(xlim=(-1, EPOCHS + 2), ylim=(7e-5, 1), yscale="log", xlabel="epoch", ylabel="α")
    style.ticks(ax.yaxis, [0.0002, 0.002, 0.02, 0.2])
    ax.legend(frameon=False, loc="lower left", fontsize=9)

    def show(alphas, following):
        made.set_data(np.arange(1, len(alphas) + 1), alphas)
        coming.set_data([len(alphas) + 1], [following])

    return show


def forces(fig, make=schedule):
    """What a schedule leaves of the start and what noise adds to it, epoch by epoch."""
    ax = style.axes(fig, height=3.6, left=0.85)
    looks = ("-", style.GREY, "left of the start"), ("--", style.ORANGE, "added by the noise")
    looks += (("-", style.BLUE, "both together"),)
    lines = [ax.semilogy([], [], dash, color=c, lw=2, label=n)[0] for dash, c, n in looks]
    lines[2].set(linewidth=7, alpha=0.3)
    (here,) = ax.plot([], [], "o", color=style.BLUE, ms=8)
    ax.set(xlim=(-1, EPOCHS + 1), ylim=(1e-3, 100), xlabel="epoch", ylabel="distance")
    ax.legend(frameon=False, loc="upper right", fontsize=10, ncols=3)

    def update(name, alpha0, rate):
        start, noise = start_and_noise(make(name, alpha0, rate)(np.arange(EPOCHS)))
        both = np.hypot(start, noise)
        for line, y in zip(lines, (start, noise, both), strict=True):
            line.set_data(np.arange(EPOCHS + 1), np.clip(y, 1e-12, 1e9))
        here.set_data([EPOCHS], [min(both[-1], 1e9)])
        if both[-1] > 1e3:
            return f"{_in_formula(name, rate)}, with α₀ = {alpha0:g}: {style.DIVERGED}"
        told = f"left of the start {_in_digits(start[-1])}, added by the noise {noise[-1]:.3f}"
        return f"{_in_formula(name, rate)}, with α₀ = {alpha0:g}, after {EPOCHS} epochs: {told}"

    return update


def _in_digits(x):
    return f"{x:.3f}" if x >= 5e-4 else "nothing"


@functools.lru_cache(maxsize=8)  # a picture and its challenge ask one after the other
def hand_made(first, second, alpha0, *, seeds=20):
    """Return the distances of some runs, epoch by epoch, with alpha divided by ten twice."""
    epochs = np.arange(EPOCHS)
    alphas = alpha0 * 0.1 ** ((epochs >= first).astype(float) + (epochs >= second))
    points = noisy_descent(alphas, noise=1.0, seeds=seeds)
    return np.hypot(points[::STEPS_AN_EPOCH, 0], points[::STEPS_AN_EPOCH, 1])


def _last(away):
    return float(np.median(away[-1]))


def final_distance(name, alpha0, rate, *, epochs=EPOCHS, seeds=20):
    """Return the distance to the minimum after the last epoch, for each seed."""
    epochs = validation.whole("1 <= epochs <= 1e5", epochs=epochs)
    alphas = schedule(name, alpha0, rate)(np.arange(epochs))
    return np.hypot(*noisy_ends(alphas, noise=1.0, seeds=seeds))


def typical_distance(name, alpha0, rate, *, epochs):
    """Return the median distance to the minimum after the last epoch, of all runs there can be."""
    epochs = validation.whole("1 <= epochs <= 1e5", epochs=epochs)
    alphas = schedule(name, alpha0, rate)(np.arange(epochs))
    return float(np.median(np.hypot(*likely_ends(alphas, noise=1.0))))
