"""Pictures of optimizers at work on surfaces of two parameters."""

from dataclasses import replace
from functools import cache

import numpy as np

from course_utils import optimizers as lecture
from course_utils import surfaces
from course_utils.experiments import optimizers as convergence
from course_utils.figures import style
from course_utils.support.formulas import Formula
from course_utils.support.handles import Handle
from course_utils.support.words import typeset

SURFACES = convergence.SURFACES

MOMENTS = {
    "race": {
        "α = 0.03 in the long valley": (
            {"alpha": 0.03, "surface": "valley, κ = 100", "step": 60},
            "Above 2/κ = 0.02 descent is thrown out of the valley; the other three stay.",
        ),
        "the saddle": (
            {"alpha": 0.018, "surface": "saddle", "step": 150},
            "Only the two that divide by the gradient's size have left the ridge.",
        ),
        "the saddle, α = 0.3": (
            {"alpha": 0.3, "surface": "saddle", "step": 150},
            "With a larger α descent is the nearest of all.",
        ),
    },
    "own_best": {
        "the long valley": (
            {"surface": "valley, κ = 100", "factor": 1.0, "step": 100},
            "Here a memory is worth its price: 19 % of the distance is left for descent.",
        ),
        "twice the best α": (
            {"surface": "valley, κ = 100", "factor": 2.0, "step": 300},
            "Descent and the tuned momentum diverge; momentum with β = 0.9 and Adam do not mind.",
        ),
    },
    "condition": {
        "both at their best": (
            {"kappa": 100.0, "factor_alpha": 1.0, "factor_beta": 1.0},
            "691 steps against 85 to 95.",
        ),
        "α too large": (
            {"kappa": 100.0, "factor_alpha": 1.05, "factor_beta": 1.0},
            "5 % above the best, and neither arrives.",
        ),
        "too long a memory": (
            {"kappa": 100.0, "factor_alpha": 1.0, "factor_beta": 0.1},
            "With a tenth of the best 1 − β momentum needs about as many steps as descent.",
        ),
    },
    "first": {
        "step 1": (
            {"t": 1, "beta1": 0.9, "beta2": 0.999, "gradient": "constant"},
            "0.1/√0.001 = 3.16: the first step is three times too long.",
        ),
        "β₂ = β₁": (
            {"t": 1, "beta1": 0.9, "beta2": 0.9, "gradient": "constant"},
            "0.1/√0.1 = 0.316: now the first step is too short.",
        ),
        "noisy gradients": (
            {"t": 12, "beta1": 0.9, "beta2": 0.999, "gradient": "noisy"},
            "A spread of 2 around 1: corrected steps stay within about α.",
        ),
    },
}
"""Values worth a look, by explorer of the notebook, and what there is to see."""

KINDS = ("descent", "momentum", "RMSprop", "Adam")
STEPS = 150
_LOOKS = (
    (style.GREY, "-", "o"),
    (style.BLUE, "-", "s"),
    (style.GREEN, "--", "^"),
    (style.ORANGE, "-", "D"),
)
_FIFTH = (style.SKY, "-", "v")
_FAR = 1e6


def four(alpha, beta, Adam=lecture.Adam):
    """Return the four optimizers of the lecture with the same alpha.

    Parameters
    ----------
    alpha, beta : float
        Learning rate, and the share kept of every average of gradients.
    Adam : callable
        What makes the Adam, so that another can take its place.
    """
    return dict(
        zip(
            KINDS,
            (
                lecture.GradientDescent(alpha=alpha),
                lecture.Momentum(alpha=alpha, beta=beta),
                lecture.RMSprop(alpha=alpha),
                Adam(alpha=alpha, beta1=beta),
            ),
            strict=True,
        )
    )


def race(fig, make=four):
    """The paths of four optimizers on a surface, and the distance left after each step.

    A start is a share of the map's width and one of its height; by default it is the surface's own.
    """
    left, right, show = _track(fig, make(0.1, 0.9), STEPS)
    right.set(ylim=(1e-4, 30), title="distance to the minimum")

    def update(alpha, surface, step=STEPS, beta=0.9, start_x=None, start_y=None):
        hill = SURFACES[surface]
        start = hill.start if start_x is None else _on_the_hill(hill, start_x, start_y)
        ends = show(hill, start, step, make(alpha, beta))
        words = ", ".join(f"{kind} {_in_words(away[-1])}" for kind, away in ends.items())
        place = "" if start_x is None else f" from {style.row(start, 2)}"
        return f"{surface}{place}, α = {alpha:g}, step {step}: distances {words}"

    update.handles = Handle(right, x="step", y=15.0), Handle(left, x="start_x", y="start_y")
    return update


FAIR_STEPS = 300


def fair(fig):
    """Each optimizer on a surface at its own best α, and how much of the distance is left."""
    best = convergence.at_their_best
    _, right, show = _track(fig, best("saddle"), FAIR_STEPS, as_share=True)
    right.set(ylim=(1e-4, 20), title="fraction of the distance left")
    right.axhline(convergence.NEAR, color=style.INK, lw=0.8, ls=":")

    def update(step, surface, factor):
        hill = SURFACES[surface]
        ends = show(hill, hill.start, step, best(surface, factor))
        words = ", ".join(f"{kind} {_in_words(share[-1])}" for kind, share in ends.items())
        times = "" if factor == 1 else f" times {factor:g}"
        place = f"{surface}, each at its own best α{times}"
        return f"{place}, step {step}; fraction of the distance left: {words}"

    update.handles = (Handle(right, x="step", y=10.0),)
    return update


def _track(fig, kinds, steps, as_share=False):
    """Draw a map and a plane of distances for optimizers; return both and what runs the race."""
    left, right = style.axes(fig, 1, 2, height=3.9, top=0.75, wspace=0.3, width_ratios=[1.25, 1])
    show_hill, write = _map(left), _writing(_note(left))
    lines, (ball, here) = _ways_and_distances(left, right, kinds), _marks(left, right)
    labels = {"ncols": 4, "fontsize": 10} if len(kinds) < 5 else {"ncols": 5, "fontsize": 8.5}
    place = {"frameon": False, "loc": "upper center", "columnspacing": 1.2, "handlelength": 1.6}
    fig.legend(*left.get_legend_handles_labels(), **place, **labels)
    right.set(yscale="log", xlim=(0, steps), xlabel="step")

    def show(hill, start, step, optimizers):
        show_hill(hill)
        ball.set_data(*_unit(np.array(start)[:, None], hill))
        here.set_xdata([step, step])
        ends = {}
        for kind, optimizer in optimizers.items():
            points = lecture.path(optimizer, hill.gradient, start, step).T
            away = convergence.distance_left(points, hill)
            ends[kind] = away / away[0] if as_share else away
            way, curve = lines[kind]
            way.set_data(*_unit(points, hill))
            curve.set_data(np.arange(step + 1), _shown(ends[kind]))
        lost = [kind for kind, away in ends.items() if _in_words(away[-1]) == style.DIVERGED]
        write(f"{style.DIVERGED}: {', '.join(lost)}" if lost else "")
        return ends

    return left, right, show


def _ways_and_distances(left, right, kinds):
    """Draw a way and a curve of distances for each kind of optimizer; return these lines."""
    lines = {}
    looks = _LOOKS if len(kinds) < 5 else (*_LOOKS[:2], _FIFTH, *_LOOKS[2:])
    for kind, (colour, dash, marker) in zip(kinds, looks, strict=True):
        look = {"color": colour, "ls": dash, "marker": marker, "ms": 6, "lw": 1.6}
        look["zorder"] = 3 if dash == "--" else 2  # through its gaps the line below is seen
        left.plot([], [], label=kind, **look)
        lines[kind] = [ax.plot([0], [1], markevery=[-1], **look)[0] for ax in (left, right)]
    return lines


def _marks(left, right):
    """Draw a ball where all start, and a line at the present step."""
    (ball,) = left.plot([], [], "o", ms=9, color=style.YELLOW, mec=style.INK)
    return ball, right.axvline(1, color=style.GREY, lw=1, zorder=0)


def _on_the_hill(hill, x, y):
    """Return the point at shares of the map's width and height."""
    left, right, bottom, top = hill.limits
    return left + x * (right - left), bottom + y * (top - bottom)


def _in_words(distance):
    if not distance < _FAR:  # also NaN
        return style.DIVERGED
    if 0 < distance < 1e-3:
        return typeset(f"{distance:.0e}")
    plain = f"{distance:.3g}"
    return f"{float(plain):,.0f}".replace(",", " ") if distance >= 1000 else plain


def _shown(distance):
    """Return distances that a logarithmic axis can take; what is lost goes through its top."""
    return np.where(distance < _FAR, np.maximum(distance, 1e-12), _FAR)  # NaN is lost, too


def _unit(points, hill):
    """Return points in the unit square of the picture; what is lost lies far outside."""
    left, right, bottom, top = hill.limits
    x, y = np.nan_to_num(points, nan=_FAR, posinf=_FAR, neginf=-_FAR)
    place = np.array([(x - left) / (right - left), (y - bottom) / (top - bottom)])
    return np.clip(place, -50, 50)


def _map(ax):
    """Draw a surface, darker where it is lower, and stars at its minima; return what moves it."""
    image = ax.imshow(
        np.zeros((140, 180)),
        cmap="Greys_r",
        vmin=-14,
        vmax=12,
        aspect="auto",
        extent=(0, 1, 0, 1),
        origin="lower",
    )
    (star,) = ax.plot([], [], "*", ms=15, color=style.INK, mec="white")
    ax.set(xticks=[], yticks=[], xlim=(0, 1), ylim=(0, 1), title="dark is low, ★ a minimum")
    ax.set_xlabel("θ₁", fontsize=11)
    ax.set_ylabel("θ₂", fontsize=11)
    shown = {}

    def show(hill):
        if shown.get("hill") is not hill:  # to draw it costs as much as all the rest
            image.set_data(_stairs(hill))
            shown["hill"] = hill
        star.set_data(*_unit(convergence.minima(hill), hill))

    return show


def _stairs(hill):
    left, right, bottom, top = hill.limits
    x, y = np.linspace(left, right, 180), np.linspace(bottom, top, 140)
    J = hill.value(np.stack(np.meshgrid(x, y)))
    depth = np.log10(J - J.min() + 0.01)
    return np.floor(12 * (depth - depth.min()) / np.ptp(depth))


def _note(ax):
    ground = {"facecolor": "white", "edgecolor": "none", "pad": 2, "alpha": 0.9}
    return ax.text(
        0.5,
        0.05,
        "",
        ha="center",
        fontsize=10,
        clip_on=True,
        bbox=ground,
        zorder=5,
        transform=ax.transAxes,
    )


_LINE = 40  # letters that have room beside each other


def _writing(note):
    """Return what writes in a note: in two lines, the second at its place, what is too long."""

    def write(words):
        words = words if len(words) <= _LINE else words.replace(", ", ",\n", 1)
        note.set(text=words, va="bottom" if "\n" in words else "baseline")

    return write


GRADIENTS = {
    "constant": np.ones(50),
    "noisy": 1 + 2 * np.random.default_rng(6).standard_normal(50),
    "turns round after step 20": np.where(np.arange(50) < 20, 1.0, -1.0),
}
"""Gradients of `first_steps`."""


_ADAM = Formula(
    r"\hat{v} = \frac{v}{\now{first}{1 - \beta_1^t}}, \quad"
    r"\hat{s} = \frac{s}{\now{second}{1 - \beta_2^t}}, \quad"
    r"\theta := \theta - \alpha \frac{\hat{v}}{\sqrt{\hat{s}} + \varepsilon},"
    r"\qquad t = \now{t}{t}",
    first=lambda t, beta1, **_: 1 - beta1**t,
    second=lambda t, beta2, **_: 1 - beta2**t,
)


def first_steps(fig, Adam=lecture.Adam):
    """The size of Adam's first steps, with and without bias correction."""
    ax = style.axes(fig, height=3.3)
    ax.axhline(0, color=style.INK, lw=0.8)
    looks = (style.ORANGE, "o", "without correction"), (style.BLUE, "s", "with correction")
    lines = [ax.plot([], [], m, ls="-", ms=4, color=c, label=label)[0] for c, m, label in looks]
    here = ax.axvline(1, color=style.GREY, lw=1)
    ax.set(xlim=(0, 50.5), xlabel="step t", ylabel="step ÷ α")
    ax.legend(frameon=False, ncols=2, loc="lower left", bbox_to_anchor=(0, 0.99))

    def update(t, beta1, beta2, gradient):
        said, reach = [], 8.5
        for line, corrected in zip(lines, (False, True), strict=True):
            adam = Adam(alpha=1.0, beta1=beta1, beta2=beta2, bias_correction=corrected)
            steps = lecture.steps_along(adam, GRADIENTS[gradient])
            line.set_data(np.arange(1, 51), steps)
            reach = max(reach, 1.1 * np.abs(steps).max())
            said.append(f"{steps[t - 1]:.3f}".replace("-", "−"))
        style.reach(ax, -0.88 * reach, reach)
        here.set_xdata([t, t])
        return f"step {t}: {said[0]} α without, {said[1]} α with correction"

    update.handles, update.formula = (Handle(ax, x="t", y=7.6),), _ADAM
    return update


_STARTS = np.array([np.cos(angles := np.radians(np.arange(6, 90, 13))), np.sin(angles)])
_MOST = 1500
_PAIR = ((style.GREY, "-", "o", "descent"), (style.BLUE, "--", "s", "momentum"))


def condition(fig):
    """How many steps to a millionth of the distance descent and momentum need, by kappa."""
    ax = style.axes(fig, height=3.6, left=0.85, top=0.75)
    note = _note(ax)
    heads = _steps_by_kappa(ax)
    here = style.here(ax, 2)

    def update(kappa, factor_alpha, factor_beta):
        counted, runs = [], _off_the_best(kappa, factor_alpha, factor_beta)
        here.set_xdata([kappa, kappa])
        for head, run in zip(heads, runs, strict=True):
            n = convergence.measured_steps(run, kappa, _STARTS, most=_MOST)
            head.set_data(np.full(len(n), kappa), np.minimum(n, _MOST))
            counted.append(_counted(n))
        late = [look[3] for look, n in zip(_PAIR, counted, strict=True) if "over" in n]
        note.set_text(f"not there after {_MOST} steps: {', '.join(late)}" if late else "")
        formulas = "formulas {:.0f} and {:.0f}".format(*convergence.predicted_steps(kappa))
        formulas += "; 1 − β is at most 1" if runs[1].beta == 0 else ""
        return f"κ = {kappa:g}: descent {counted[0]} steps, momentum {counted[1]}; {formulas}"

    update.handles = (Handle(ax, x="kappa", y=7.0),)
    return update


def _steps_by_kappa(ax):
    """Draw the formulas' steps by kappa; return the dots of those counted."""
    kappas, heads = np.geomspace(2, 200, 40), []
    predicted = zip(_PAIR, convergence.predicted_steps(kappas), strict=True)
    for (colour, dash, marker, name), n in predicted:
        ax.loglog(kappas, n, color=colour, ls=dash, label=f"{name}, formula")
        counted = {"ms": 8, "alpha": 0.6, "zorder": 3, "label": f"{name}, counted from 7 starts"}
        heads += ax.loglog([], [], marker, color=colour, **counted)
    at_best = {"lw": 1, "ls": ":", "label": "momentum, counted at its best"}
    ax.loglog(*_counted_at_best(), color=style.BLUE, **at_best)
    ax.axhline(_MOST, color=style.INK, lw=0.8, ls=":")
    ax.set(xlabel="condition number κ", ylabel="steps to a millionth", xlim=(1.9, 215))
    ax.set_ylim(5, 5e3)
    above = {"loc": "lower left", "bbox_to_anchor": (-0.02, 0.99)}
    ax.legend(frameon=False, ncols=2, fontsize=9, **above)
    return heads


@cache
def _counted_at_best():
    """Return some kappas, and how many steps momentum takes there at its best, on average."""
    kappas = np.geomspace(2, 200, 12)
    counted = [convergence.measured_steps(convergence.best_momentum(k), k, _STARTS) for k in kappas]
    return kappas, [n.mean() for n in counted]


def _off_the_best(kappa, factor_alpha, factor_beta):
    """Return descent and momentum with their best alpha and 1 - beta, times a factor each."""
    descent, momentum = convergence.best_descent(kappa), convergence.best_momentum(kappa)
    beta = max(0.0, 1 - factor_beta * (1 - momentum.beta))
    momentum = replace(momentum, alpha=factor_alpha * momentum.alpha, beta=beta)
    return replace(descent, alpha=factor_alpha * descent.alpha), momentum


def _counted(n):
    least, most = (f"over {_MOST}" if x > _MOST else str(x) for x in (n.min(), n.max()))
    return least if least == most else f"{least} to {most}"


_LAST, _LATE, _SEEDS = 400, 100, 10


def noisy(fig):
    """Descent and momentum in a valley whose gradients are noisy, over ten seeds."""
    ax = style.axes(fig, height=3.4, left=0.85, top=0.2)
    noises = np.random.default_rng(6).standard_normal((_LAST, 2, _SEEDS))
    show = _seeds_and_means(ax)
    note = _note(ax)

    def update(noise, kappa, factor_descent, factor_momentum):
        words, hill = [], surfaces.quadratic(kappa)
        both = convergence.best_descent(kappa), convergence.best_momentum(kappa)
        for k, factor in enumerate((factor_descent, factor_momentum)):
            optimizer = replace(both[k], alpha=factor * both[k].alpha)
            away = convergence.noisy_distances(optimizer, hill, noise * noises)
            show(k, away)
            words.append(_with_spread(away[-_LATE:].mean(axis=0)))
        lost = [look[3] for look, told in zip(_PAIR, words, strict=True) if told == style.DIVERGED]
        note.set_text(f"{style.DIVERGED}: {', '.join(lost)}" if lost else "")
        late = f"over the last {_LATE} steps descent {words[0]}, momentum {words[1]}"
        return f"noise {noise:g}, κ = {kappa:g}, {late}"

    return update


def _seeds_and_means(ax):
    """Draw each seed's distance and their mean, for both optimizers; return what moves them."""
    thin = [ax.plot([], [], color=c, lw=0.6, alpha=0.3)[0] for c, *_ in _PAIR]
    thick = []
    for colour, dash, _, name in _PAIR:
        label = f"{name}, mean of {_SEEDS} seeds"
        thick += ax.plot([], [], color=colour, ls=dash, lw=2, label=label)
    ax.set(yscale="log", xlim=(0, _LAST), ylim=(1e-6, 100), xlabel="step")
    ax.set_ylabel("distance to the minimum")
    ax.legend(frameon=False, loc="upper right", ncols=2)
    gaps = np.append(np.arange(_LAST + 1.0), np.nan)  # lifts the pen between two seeds

    def show(k, away):
        rows = np.vstack([_shown(away), np.full(_SEEDS, np.nan)])
        thin[k].set_data(np.tile(gaps, _SEEDS), rows.T.ravel())
        thick[k].set_data(gaps[:-1], _shown(away.mean(axis=1)))

    return show


def _with_spread(away):
    """Say the mean over seeds, and the least and the most."""
    mean, least, most = (_in_words(x) for x in (away.mean(), away.min(), away.max()))
    return mean if mean == style.DIVERGED or least == most else f"{mean} ({least} to {most})"


def tune(fig):
    """Momentum on a long valley by α, β, κ and its start, and the fraction of the distance left."""
    knobs, left, right = style.axes(fig, 1, 3, height=3.2, wspace=0.32, width_ratios=[1.2, 1, 1])
    show_knobs, show_path = _knobs(knobs), _path(left)
    (curve,) = right.semilogy([], [], color=style.BLUE)
    right.axhline(convergence.TARGET, color=style.ORANGE, ls="--")
    right.set(xlim=(0, 100), ylim=(1e-9, 100), xlabel="step", title="fraction left")

    def update(alpha, beta, kappa, start):
        hill, momentum = _valley(kappa), lecture.Momentum(alpha=alpha, beta=beta)
        does = show_knobs(alpha, beta, kappa)
        points = lecture.path(momentum, hill.gradient, [hill.start[0], start], 100).T
        share = hill.distance(points) / hill.distance(points[:, 0])
        curve.set_data(np.arange(101), _shown(share))
        words = _in_words(share[-1])
        show_path(hill, points, style.TOO_LARGE if words == style.DIVERGED else "")
        end = words if words == style.DIVERGED else f"{words} of the distance is left"
        at = f"κ = {kappa:g}, α = {alpha:g}, β = {beta:g}"
        return f"{at}: momentum {does}; after 100 steps {end}"

    held = Handle(left, x=lambda start, **_: _first(start)[0], y="start", to_y=_across)
    update.handles = Handle(knobs, x="alpha", y="beta"), held
    return update


def _path(ax):
    """Draw a map, a path and the ball at its start; return what moves them and writes below."""
    show_hill, note = _map(ax), _note(ax)
    ax.set_title("the path")
    (way,) = ax.plot([], [], ".-", color=style.BLUE, lw=1, ms=3)
    (ball,) = ax.plot([], [], "o", ms=8, color=style.YELLOW, mec=style.INK)

    def show(hill, points, words):
        show_hill(hill)
        way.set_data(*_unit(points, hill))
        ball.set_data(*_unit(points[:, :1], hill))
        note.set_text(words)

    return show


def _across(start, **_):
    return _first(start)[1]


def _first(start):
    """Return where in the picture a valley's start lies that is moved across it; κ is the same."""
    hill = _valley(100.0)
    return _unit(np.array([hill.start[0], start]), hill)


_valley = cache(surfaces.quadratic)
_REGIMES = "creeps", "swings", "diverges"


def _knobs(ax):
    """Draw how momentum moves in the plane of α and β; return what moves it and says how."""
    ax.set(xscale="log", xlim=(0.004, 0.63), ylim=(-0.03, 0.99), xlabel="α", title="β")
    style.ticks(ax.xaxis, [0.005, 0.02, 0.1, 0.5])
    alphas = np.geomspace(0.004, 0.63, 200)
    swings, diverges = (
        ax.fill([0.1, 0.1, 0.2], [0.1, 0.2, 0.2], color=c, lw=0)[0] for c in ("#cfe6f5", "#f6d5c2")
    )
    middle = {"ha": "center", "va": "center", "clip_on": True}
    words = [ax.text(0.1, 0.1, w, fontsize=9, **middle) for w in _REGIMES]
    (dot,) = ax.plot([], [], "o", color=style.BLUE, ms=9)

    def show(alpha, beta, kappa):
        above, below = convergence.borders(alphas, kappa)
        swings.set_xy(_between(alphas, above, 0.99))
        diverges.set_xy(_between(alphas, 0, np.maximum(below, 0)))
        for word, place in zip(words, _amid(kappa), strict=True):
            word.set_position(place)
        dot.set_data([alpha], [beta])
        return _REGIMES[int(convergence.regimes(alpha, beta, kappa))]

    return show


def _between(x, low, high):
    """Return the outline of a field between two curves."""
    low, high = np.broadcast_to(low, x.shape), np.broadcast_to(high, x.shape)
    return np.column_stack([np.append(x, x[::-1]), np.append(low, high[::-1])])


def _amid(kappa):
    """Return a place in the field where momentum creeps, where it swings, and where it diverges."""
    alphas = np.array([0.0085, min(0.22, kappa**-0.5), 0.27])
    above, below = convergence.borders(alphas, kappa)
    low = max(below[0], 0.0)
    betas = 0.6 * low + 0.4 * above[0], (above[1] + 0.99) / 2, below[2] / 2
    return [*zip(alphas, betas, strict=True)]


def directions(fig):
    """Where descent's step and RMSprop's first step point from a place in a valley."""
    ax, bars = style.axes(fig, 1, 2, height=3.6, width_ratios=[2, 1], top=0.7, wspace=0.32)
    rings = [ax.plot([], [], color=style.GREY, lw=0.8)[0] for _ in range(5)]
    arrows = [_arrow(ax, colour, dash, name) for colour, dash, _, name in _POINTING]
    (here,) = ax.plot([], [], "o", color=style.INK, ms=8)
    ax.plot([0], [0], "*", color=style.INK, ms=14)
    ax.set(xlim=(-5, 5), ylim=(-3.2, 3.2), xlabel="θ₁", ylabel="θ₂")
    fig.legend(*ax.get_legend_handles_labels(), ncols=3, frameon=False, loc="upper center")
    sides = _sides(bars)

    def update(theta1, theta2, kappa):
        theta, g = np.array([theta1, theta2]), np.array([theta1, kappa * theta2])
        for ring, size in zip(rings, (0.25, 0.5, 1.0, 1.5, 2.0), strict=True):
            ring.set_data(*_level(theta, kappa, size))
        pointing = [-_unit_vector(v) for v in (g, np.sign(g), theta)]
        for show, v in zip(arrows, pointing, strict=True):
            show(theta, v)
        here.set_data([theta1], [theta2])
        sides(np.abs(g))
        return f"κ = {kappa:g}, g = {style.row(g, 1)}: {_pointing_in_words(*pointing)}"

    update.handles = (Handle(ax, x="theta1", y="theta2"),)
    return update


_POINTING = (
    (style.GREY, "-", "o", "descent, −g"),
    (style.GREEN, "-", "^", "RMSprop, −g ÷ its size"),
    (style.INK, ":", "", "to the minimum"),
)


def _pointing_in_words(descent, rmsprop, minimum):
    if not minimum.any():
        return "this is the minimum, and neither takes a step"
    off = [np.degrees(np.arccos(np.clip(v @ minimum, -1, 1))) for v in (descent, rmsprop)]
    return f"descent points {off[0]:.0f}° away from the minimum, RMSprop {off[1]:.0f}°"


def _arrow(ax, colour, dash, name):
    """Draw an arrow of fixed length; return what puts it at a place in a direction."""
    (shaft,) = ax.plot([], [], dash, color=colour, lw=2.2, label=name)
    (head,) = ax.plot([], [], "o" if dash == "-" else "", color=colour, ms=5)

    def show(place, v):
        end = place + 1.6 * v
        shaft.set_data(*np.column_stack([place, end]))
        head.set_data(*end[:, None])

    return show


def _sides(ax):
    """Draw the two parts of a gradient as bars; return what moves them."""
    bars = ax.stairs([1.0, 1.0], [-0.4, 0.5, 1.4], fill=True, color=style.GREY, baseline=0.01)
    ax.set(yscale="log", ylim=(0.03, 500), xlim=(-0.7, 1.7), title="size of g, by direction")
    ax.set_xticks([0, 1], ["θ₁", "θ₂"])
    style.ticks(ax.yaxis, [0.1, 1, 10, 100])
    return bars.set_data


def _level(theta, kappa, size):
    """Return a line of equal cost in the valley, as large as the one through theta times a size."""
    angles = np.linspace(0, 2 * np.pi, 121)
    radius = size * np.sqrt(theta[0] ** 2 + kappa * theta[1] ** 2)
    return radius * np.cos(angles), radius * np.sin(angles) / np.sqrt(kappa)


def _unit_vector(v):
    length = np.hypot(*v)
    return v / length if length > 0 else v
