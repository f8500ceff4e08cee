"""Pictures of searches: where they look, how likely they find, what matters, what goes stale."""

from functools import cache

import numpy as np
from matplotlib.collections import LineCollection

from course_utils import search
from course_utils.experiments import tuning_process
from course_utils.figures import style
from course_utils.sampling_scales import Linear
from course_utils.support import validation

UNIT = {"x": Linear(0.0, 1.0), "y": Linear(0.0, 1.0)}


def one_matters(points):
    """Return errors that depend on the first hyperparameter, and hardly on the second."""
    x, y = np.transpose(points)
    return 0.9 - 0.85 * np.exp(-(((x - 0.63) / 0.07) ** 2)) + 0.02 * np.sin(7 * y)


def both_matter(points):
    """Return errors that depend on both hyperparameters alike."""
    x, y = np.transpose(points)
    return 0.9 - 0.85 * np.exp(-((x - 0.63) ** 2 + (y - 0.36) ** 2) / 0.2**2)


def two_valleys(points):
    """Return errors with a wide valley, and a narrow one that goes deeper."""
    x, y = np.transpose(points)
    wide = 0.7 * np.exp(-((x - 0.3) ** 2 + (y - 0.6) ** 2) / 0.3**2)
    narrow = 0.85 * np.exp(-((x - 0.8) ** 2 + (y - 0.2) ** 2) / 0.08**2)
    return 0.9 - np.maximum(wide, narrow)


def digits(points):
    """Return measured errors of the digits' network: Adam's alpha and epsilon."""
    return tuning_process.digits_surface()(points)


SURFACES = {
    "digits: α and ε": digits,
    "only one matters": one_matters,
    "both matter": both_matter,
    "two valleys": two_valleys,
}


def grid(space, trials, rng):
    """Return a square grid of about that many trials; nothing is random about it."""
    return search.grid(space, round(trials**0.5))


METHODS = {"grid": grid, "random": search.random, "Sobol": search.sobol}


def best_of(method, trials, seed, surface):
    """Return the least error that a search finds on a surface."""
    method = validation.one_of("method", method, METHODS)
    surface = validation.one_of("surface", surface, SURFACES)
    drawn = METHODS[method](UNIT, trials, np.random.default_rng(seed))
    return float(SURFACES[surface]([[c["x"], c["y"]] for c in drawn]).min())


@cache
def _image(name):
    u = (np.arange(100) + 0.5) / 100
    return SURFACES[name](np.transpose(np.meshgrid(u, u)).reshape(-1, 2)).reshape(100, 100).T


def _surface(ax):
    """Draw a surface over the unit square; return what exchanges it."""
    image = ax.imshow(_image("both matter"), origin="lower", extent=(0, 1, 0, 1), cmap="Blues_r",
                      vmin=0, vmax=1.1, aspect="auto")  # fmt: skip
    ax.set(xlabel="first hyperparameter", ylabel="second hyperparameter")
    return lambda name: image.set_data(_image(name))


def points(fig, methods=METHODS):
    """Show where a search looks, and its shadows on both axes."""
    left, right = style.axes(fig, 1, 2, height=3.7, wspace=0.28)
    show = _surface(left)
    (dots,) = left.plot([], [], "o", color=style.ORANGE, mec="white", ms=7)
    (below,) = left.plot([], [], "|", color=style.ORANGE, ms=10, mew=1.5)
    (beside,) = left.plot([], [], "_", color=style.ORANGE, ms=10, mew=1.5)
    left.set(xlim=(-0.1, 1.03), ylim=(-0.1, 1.03), title="trials, and their shadows")
    (profile,) = right.plot([], [], color=style.GREY, lw=1)
    (seen,) = right.plot([], [], "o", color=style.ORANGE, mec="white", ms=7, label="trials")
    (best,) = right.plot([], [], "*", color=style.INK, ms=15, label="best trial")
    right.set(xlim=(-0.03, 1.03), ylim=(0, 1.25), xlabel="first hyperparameter")
    right.set_title("error (grey: the best there)")
    right.legend(frameon=False, ncols=2, loc="upper center")
    u = (np.arange(100) + 0.5) / 100

    def update(method, trials, seed, surface):
        drawn = methods[method](UNIT, trials, np.random.default_rng(seed))
        at = np.array([[c["x"], c["y"]] for c in drawn])
        errors = SURFACES[surface](at)
        show(surface)
        dots.set_data(*at.T)
        below.set_data(at[:, 0], np.full(len(at), -0.05))
        beside.set_data(np.full(len(at), -0.05), at[:, 1])
        profile.set_data(u, _image(surface).min(axis=0))
        seen.set_data(at[:, 0], errors)
        best.set_data([at[errors.argmin(), 0]], [errors.min()])
        x, y = (len(np.unique(column.round(9))) for column in at.T)
        said = (
            f"{method}, {len(at)} trials, seed {seed}: {x} values of the first, {y} of the second"
        )
        return f"{said}; best error {errors.min():.3f}, best there is {_image(surface).min():.3f}"

    return update


_BANDS = 2000
_LOOKS = {"grid": (style.GREY, "s"), "random": (style.BLUE, "o"), "Sobol": (style.GREEN, "D")}


def hits(fig, random_hit=tuning_process.random_hit, grid_hit=tuning_process.grid_hit):
    """Show how likely a search hits a band of good values of one hyperparameter."""
    ax = style.axes(fig, height=3.5, right=2.0)
    n = np.arange(1, 101)
    lines, dots = {}, {}
    for name, (colour, marker) in _LOOKS.items():
        if name != "Sobol":
            (lines[name],) = ax.plot([], [], color=colour, lw=1.5, label=f"{name}, formula",
                                     drawstyle="steps-post")  # fmt: skip
        (dots[name],) = ax.plot([], [], marker, color=colour, ms=9, label=f"{name}, counted")
    ax.axhline(0.95, color=style.INK, lw=0.8, ls=":")
    ax.set(xlim=(0, 101), ylim=(0, 1.03), xlabel="trials", ylabel="probability")
    ax.set_title("a trial falls into the band (dotted: 95 %)")
    ax.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
    corners = np.random.default_rng(0).random(_BANDS)

    def update(width, trials, knobs):
        # 100 ** (1 / 2) may come out below 10: a little is added before it is cut off
        values = np.floor(n ** (1 / knobs) + 1e-9)
        lines["grid"].set_data(n, grid_hit(width, values))
        lines["random"].set_data(n, random_hit(width, n))
        low = corners * (1 - width)
        here = {
            "grid": (np.arange(values[trials - 1]) + 0.5) / values[trials - 1],
            "random": np.random.default_rng(1).random((_BANDS, trials)),
            "Sobol": _sobol(knobs)[:, :trials],
        }
        counted = {name: ((x > low[:, None]) & (x < low[:, None] + width)).any(axis=1).mean()
                   for name, x in here.items()}  # fmt: skip
        for name, share in counted.items():
            dots[name].set_data([trials], [share])
        said = ", ".join(f"{name} {share:.2f}" for name, share in counted.items())
        formulas = f"{grid_hit(width, values[trials - 1]):.3f}, {random_hit(width, trials):.3f}"
        return f"width {width:g}, {trials} trials, {knobs} knobs: {said}; formulas {formulas}"

    return update


@cache
def _sobol(knobs):
    """Return the first coordinates of Sobol sequences, one for each band."""
    spaces = {f"x{i}": Linear(0.0, 1.0) for i in range(knobs)}
    first = []
    for seed in range(40):
        drawn = search.sobol(spaces, 100, np.random.default_rng(seed))
        first.append([c["x0"] for c in drawn])
    shifts = np.random.default_rng(2).random(_BANDS // 40)
    shifted = (np.array(first)[:, None] + shifts[:, None]) % 1.0
    return shifted.reshape(_BANDS, 100)


ROUNDS, TRIALS, SEEDS = 4, 32, 50


def _objective(surface):
    return lambda c, rng: float(SURFACES[surface]([[c["x"], c["y"]]])[0])


@cache
def _fine(surface, share, seed):
    return search.coarse_to_fine(_objective(surface), UNIT, trials=TRIALS, rounds=ROUNDS,
                                 share=share, rng=np.random.default_rng(seed),
                                 progress=False)  # fmt: skip


@cache
def ends(surface, share):
    """Return the least errors of coarse to fine and of random search, for each of 50 seeds."""
    surface = validation.one_of("surface", surface, SURFACES)
    fine = [_fine(surface, share, seed).best.value for seed in range(SEEDS)]
    plain = []
    for seed in range(SEEDS):
        drawn = search.random(UNIT, TRIALS, np.random.default_rng(seed + 1000))
        plain.append(SURFACES[surface]([[c["x"], c["y"]] for c in drawn]).min())
    return np.array(fine), np.array(plain)


SHARES = (0.5, 0.8)
TO_ZOOM = ("digits: α and ε", "both matter", "two valleys")
"""Boxes and surfaces of `coarse_to_fine`."""


def coarse_to_fine(fig):
    """Show a search that zooms in round by round, and what 50 of them found."""
    left, right = style.axes(fig, 1, 2, height=3.7, wspace=0.28)
    show = _surface(left)
    left.set(xlim=(0, 1), ylim=(0, 1), title="rounds so far")
    colours = (style.INK, style.YELLOW, style.PINK, style.ORANGE)
    dots = [left.plot([], [], "o", color=c, mec="white", ms=7)[0] for c in colours]
    boxes = [left.plot([], [], "-", color=c, lw=1.5)[0] for c in colours]
    right.loglog([0.02, 1], [0.02, 1], ":", color=style.GREY)
    (pairs,) = right.plot([], [], "o", color=style.SKY, mec=style.BLUE, ms=6)
    (this,) = right.plot([], [], "*", color=style.ORANGE, ms=15)
    right.set(xlim=(0.03, 1), ylim=(0.03, 1), xlabel="error of random search")
    for axis in (right.xaxis, right.yaxis):
        axis.set_ticks([0.05, 0.1, 0.2, 0.5, 1], ["0.05", "0.1", "0.2", "0.5", "1"])
        axis.set_ticks([], minor=True)
    right.set_title("error of coarse to fine, 50 seeds")
    for surface in TO_ZOOM:  # ahead of time: no move should have to wait
        for share in SHARES:
            ends(surface, share)

    def update(rounds, share, seed, surface):
        show(surface)
        found = _fine(surface, share, seed)
        at, rounds_of = (
            search.to_unit(UNIT, [t.configuration for t in found]),
            found.column("round"),
        )
        for k, (dot, box) in enumerate(zip(dots, boxes, strict=True)):
            chosen = at[(rounds_of == k) & (k < rounds)]
            dot.set_data(*chosen.T)
            box.set_data(*_outline(found, share, k) if k < rounds else ([], []))
        fine, plain = ends(surface, share)
        pairs.set_data(plain, fine)
        this.set_data([plain[seed]], [fine[seed]])
        so_far = min(t.value for t in found if t.more["round"] < rounds)
        said = f"after {rounds} rounds {so_far:.3f}; medians of 50: coarse to fine "
        said += f"{np.median(fine):.3f}, random {np.median(plain):.3f}"
        return f"{surface}: {said}; better for {np.count_nonzero(fine < plain)} of 50"

    return update


def _outline(found, share, k):
    """Return the box in which round k looked."""
    before = [t for t in found if t.more["round"] < k]
    space = UNIT
    if before:
        best = min(before, key=lambda trial: trial.value).configuration
        space = search.zoom(UNIT, best, share**k)
    x, y = space["x"], space["y"]
    return [x.low, x.high, x.high, x.low, x.low], [y.low, y.low, y.high, y.high, y.low]


NAMES = {"alpha": "α", "beta1": "β1", "beta2": "β2", "beta": "β", "epsilon": "ε", "units": "units",
         "size": "batch size", "layers": "layers", "decay": "decay"}  # fmt: skip
_SHOWN = 250


def parallel(fig):
    """Show trials as lines through all their hyperparameters, and brush some of them."""
    ax, errors = style.axes(fig, 1, 2, height=3.9, left=0.2, right=0.5, wspace=0.1,
                            width_ratios=(4, 1))  # fmt: skip
    space, trials = tuning_process.SPACE, tuning_process.study("Adam")[:_SHOWN]
    u = search.to_unit(space, [t.configuration for t in trials])
    value = np.nan_to_num(trials.column("value"), nan=tuning_process.CHANCE)
    knobs = np.arange(len(space))
    lines = np.stack([np.broadcast_to(knobs, u.shape), u], axis=2)
    ax.add_collection(LineCollection(lines, colors=style.GREY, linewidths=0.3, alpha=0.4))
    brushed = LineCollection([], cmap="viridis", linewidths=0.9)
    brushed.set_clim(0, 0.9)
    ax.add_collection(brushed)
    (gate,) = ax.plot([], [], color=style.ORANGE, lw=7, alpha=0.8, solid_capstyle="butt")
    ax.set(xlim=(-0.3, len(space) - 0.7), ylim=(-0.03, 1.03), yticks=[])
    ax.set_xticks(knobs, [NAMES[name] for name in space], fontsize=11)
    ax.set_title("each line a trial; from low (bottom) to high (top)")
    ax.spines["left"].set_visible(False)
    jitter = np.random.default_rng(0).uniform(-0.3, 0.3, len(value))
    errors.plot(jitter, value, ".", color=style.GREY, ms=3, alpha=0.5)
    (chosen,) = errors.plot([], [], "o", color=style.ORANGE, ms=4)
    errors.set(xlim=(-0.5, 0.5), ylim=(0, 1), xticks=[], title="error")
    errors.yaxis.tick_right()
    errors.spines[["left", "right"]].set_visible([False, True][0])

    def update(knob, low, high):
        inside = tuning_process.brush(u, list(space).index(knob), low, high)
        brushed.set_segments(list(lines[inside]))
        brushed.set_array(value[inside])
        at = list(space).index(knob)
        gate.set_data([at, at], [min(low, high), max(low, high)])
        chosen.set_data(jitter[inside], value[inside])
        ends = _ends(space[knob], low, high)
        middle = f"median error {np.median(value[inside]):.3f}" if inside.any() else "none there"
        best = tuning_process.best_share(value, 0.1)
        kept = f"{(inside & best).sum()} of the best {best.sum()}"
        return f"{NAMES[knob]} from {ends}: {inside.sum()} of {len(u)} trials, {middle}; {kept}"

    return update


def _ends(scale, low, high):
    low, high = sorted((low, high))
    ends = [scale.from_unit(float(x)) for x in (low, high)]
    return " to ".join(f"{x:.3g}" if isinstance(x, float) else f"{x}" for x in ends)


_PLACES = {
    "Adam": (("alpha", "1st"), ("units", "2nd"), ("size", "2nd"), ("layers", "3rd"),
             ("decay", "3rd"), ("beta1", "never"), ("beta2", "never"), ("epsilon", "never")),
    "momentum": (("alpha", "1st"), ("beta", "2nd"), ("units", "2nd"), ("size", "2nd"),
                 ("layers", "3rd"), ("decay", "3rd")),
}  # fmt: skip
_SHADES = {"1st": style.BLUE, "2nd": style.GREEN, "3rd": style.YELLOW, "never": style.GREY}
GOOD_ALPHA = {"Adam": (0.001, 0.03), "momentum": (0.05, 1.0)}
"""Where alpha is not what goes wrong."""


def importance(fig):
    """Show which share of the variance of the error each hyperparameter explains by itself."""
    ax = style.axes(fig, height=3.6)
    bars = ax.bar(np.arange(8), np.zeros(8), 0.6)
    spread = ax.errorbar(np.arange(8), np.zeros(8), np.zeros(8), fmt="none", ecolor=style.INK)
    names = [ax.text(k, -0.06, "", ha="center", va="top", fontsize=11) for k in range(8)]
    for label, colour in _SHADES.items():
        ax.bar([0], [0], color=colour, label=label)
    ax.legend(frameon=False, title="the lecture's order", loc="upper right")
    ax.axhline(0, color=style.INK, lw=0.8)
    ax.set(xlim=(-0.6, 7.6), ylim=(-0.05, 0.85), xticks=[], title="share of variance explained")

    def update(optimizer, trials, narrow):
        found = tuning_process.study(optimizer)[: round(trials)]
        if narrow:
            low, high = GOOD_ALPHA[optimizer]
            found = [t for t in found if low <= t.configuration["alpha"] <= high]
        shares = spreads(optimizer, tuple(t.number for t in found))
        segments = []
        for k, bar in enumerate(bars):
            knob, place = _PLACES[optimizer][k] if k < len(_PLACES[optimizer]) else ("", "never")
            mean, low, high = shares.get(knob, (0, 0, 0))
            bar.set_height(mean)
            bar.set_color(_SHADES[place])
            names[k].set_text(NAMES.get(knob, ""))
            segments.append([[k, low], [k, high]])
        spread[2][0].set_segments(segments)
        order = sorted(shares, key=lambda knob: -shares[knob][0])[:3]
        said = ", ".join(f"{NAMES[knob]} {shares[knob][0]:.0%}" for knob in order)
        which = f", α from {low_high(optimizer)}" if narrow else ""
        return f"{optimizer}, {len(found)} trials{which}: most explain {said}"

    return update


def low_high(optimizer):
    """Return the good range of alpha in words."""
    optimizer = validation.one_of("optimizer", optimizer, GOOD_ALPHA)
    return " to ".join(f"{x:g}" for x in GOOD_ALPHA[optimizer])


@cache
def _measured(optimizer):
    """Return where each trial of a study lies in the unit cube, and its error."""
    space, trials = tuning_process.SPACES[optimizer], tuning_process.study(optimizer)
    u = search.to_unit(space, [t.configuration for t in trials])
    return u, np.nan_to_num(trials.column("value"), nan=tuning_process.CHANCE)


@cache
def spreads(optimizer, numbers):
    """Return the share of each hyperparameter, and the least and the most of ten resamples."""
    u, values = (part[list(numbers)] for part in _measured(optimizer))
    again = np.random.default_rng(0).integers(0, len(values), (10, len(values)))
    explained, found = tuning_process.variance_explained, {}
    for name, column in zip(tuning_process.SPACES[optimizer], u.T, strict=True):
        resampled = [explained(column[i], values[i]) for i in again]
        found[name] = explained(column, values), min(resampled), max(resampled)
    return found


CHANGES = {
    "brighter images": ("brightness", "pixels × {}"),
    "larger batches": ("size", "mini-batches of {}"),
    "another optimizer": ("optimizer", "{}"),
}
"""What may change: the data, the hardware, the algorithm."""


def stale(fig):
    """Show the error by alpha before and after something changed, and what the old best loses."""
    ax = style.axes(fig, height=3.5, right=1.9)
    measured = tuning_process.stale_settings()
    alphas, looks = measured.alpha, (("before", style.GREY, "--"), ("after", style.BLUE, "-"))
    lines = [ax.plot(alphas, alphas, look, color=c, label=label)[0] for label, c, look in looks]
    seeds = [ax.plot(alphas, alphas, ".", color=style.SKY, ms=3)[0] for _ in range(5)]
    (old,) = ax.plot([], [], "o", color=style.ORANGE, ms=9, label="the old best α, now")
    (new,) = ax.plot([], [], "*", color=style.GREEN, ms=14, label="the new best α")
    ax.set(xscale="log", xlim=(8e-5, 12), ylim=(0, 1), xlabel="α", title="error")
    ax.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))

    def update(change, step):
        name, says = CHANGES[change]
        errors, values = measured.errors[name], measured.values[name]
        before, after = errors[0].mean(axis=1), errors[step].mean(axis=1)
        for line, curve in zip(lines, (before, after), strict=True):
            line.set_ydata(curve)
        for dots, curve in zip(seeds, errors[step].T, strict=True):
            dots.set_ydata(curve)
        kept, best = before.argmin(), after.argmin()
        old.set_data([alphas[kept]], [after[kept]])
        new.set_data([alphas[best]], [after[best]])
        was, now = (says.format(values[i]) for i in (0, step))
        said = f"best α was {alphas[kept]:.2g}, and gives {after[kept]:.3f} now"
        return f"{was} → {now}: {said}; the new best, {alphas[best]:.2g}, gives {after[best]:.3f}"

    return update
