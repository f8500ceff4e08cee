"""Pictures of gradient checking: secants, errors against h, verdicts on backward passes.

Each draws on an empty `fig` and returns the `update` that moves it and says what it shows.
"""

import numpy as np

from course_utils import activations
from course_utils import gradient_checking as lecture
from course_utils.experiments import backward_passes
from course_utils.experiments import gradient_errors as experiments
from course_utils.experiments.gradient_errors import CURVES, FINE, MASKS, STEPS, SUBJECTS, WRONG
from course_utils.figures import style
from course_utils.support.formulas import Formula
from course_utils.support.handles import Handle
from course_utils.support.words import many, typeset

_NETWORK = {"subject": SUBJECTS[0]}
_RELU = {"activation": activations.relu, "m": 100}
MOMENTS = {
    "secants": {
        "a wide step": (
            {"curve": "smooth", "here": 0.6, "h": 0.5},
            "One-sided is off by 0.85, two-sided by 0.11.",
        ),
        "a tenth of it": (
            {"curve": "smooth", "here": 0.6, "h": 0.05},
            "One-sided is off by about a tenth of that, two-sided by a hundredth.",
        ),
        "a parabola": (
            {"curve": "parabola", "here": 0.6, "h": 1.0},
            "Its third derivative is 0, so two-sided is exact at any h.",
        ),
    },
    "v_curve": {
        "the best h": (
            {"precision": "float64", "h": 1e-5, **_NETWORK},
            "The bottom of the V: to the right truncation grows, to the left rounding.",
        ),
        "the lecture's": (
            {"precision": "float64", "h": 1e-7, **_NETWORK},
            "A hundred times worse than the best, and still good enough: below 1e−7.",
        ),
        "float32": (
            {"precision": "float32", "h": 0.01, **_NETWORK},
            "About the best there is, and far above 1e−7.",
        ),
    },
    "gallery": {
        "a slope forgotten": (
            {"mistake": "dZ2: the slope 1 − A2² left out", "scale": 1.0, "h": 1e-5},
            "Wrong from there back to the input.",
        ),
        "tiny weights hide it": (
            {"mistake": "dZ2: the slope 1 − A2² left out", "scale": 0.01, "h": 1e-5},
            "All dots lie where those of the right pass lie, because 1 − A² is nearly 1 here.",
        ),
        "a bad h": (
            {"mistake": backward_passes.right, "scale": 1.0, "h": 0.1},
            "Nothing is broken, and yet no dot is in the green zone: h is too large.",
        ),
    },
    "dropped": {
        "fresh masks": (
            {"mask": MASKS[0], "keep_prob": 0.8, "h": 1e-5},
            "Each call of J draws another mask: the verdict is wrong, the gradient is right.",
        ),
        "one mask for all": (
            {"mask": MASKS[1], "keep_prob": 0.8, "h": 1e-5},
            "The same mask at each call: right, and the lines that apply the mask are checked too.",
        ),
        "keep_prob = 1": (
            {"mask": MASKS[0], "keep_prob": 1.0, "h": 1e-5},
            "Every mask keeps all units, so J is an ordinary function again.",
        ),
    },
    "after_training": {
        "the first weights": (
            {"step": 0, "mistake": "db: λ/m b added", "scale": 0.01},
            "b = 0, so what is too much is 0 as well.",
        ),
        "one step later": (
            {"step": 1, "mistake": "db: λ/m b added", "scale": 0.01},
            "Now all three db are wrong.",
        ),
        "hidden for longer": (
            {"step": 1, "mistake": "dZ2: the slope taken at z − b", "scale": 0.01},
            "After one step this one is still below 1e−3, in the zone where you look closer.",
        ),
    },
    "kinks": {
        "a kink within h": (
            {"h": 1e-3, "shifted": True, **_RELU},
            "Four fail, and a unit switches for each of them.",
        ),
        "a smaller h": (
            {"h": 1e-5, "shifted": True, **_RELU},
            "No unit switches within h: all is well.",
        ),
        "on the kink": (
            {"h": 1e-5, "shifted": False, **_RELU},
            "With b = 0 some z are exactly 0, and no h helps. With tanh there would be no kink.",
        ),
    },
}
"""Moments of the pictures, by their names."""

_LOWEST = 1e-13  # where the bars stand


_TWO_SIDED = Formula(
    r"\frac{\now{above}{f(\theta + h)} - \now{below}{f(\theta - h)}}{\now{step}{2h}}"
    r" = \now{secant}{\text{slope of the secant}}\ \approx\ \now{slope}{f'(\theta)}",
    above=lambda here, h, curve="smooth": float(CURVES[curve][0](here + h)),
    below=lambda here, h, curve="smooth": float(CURVES[curve][0](here - h)),
    step=lambda h, **_: 2 * h,
    secant=lambda **at: _secant(**at),
    slope=lambda here, curve="smooth", **_: float(CURVES[curve][1](here)),
)


def secants(fig, algorithm=lecture.numerical_gradient, one_sided=lecture.one_sided_gradient):
    """A curve with its tangent and two secants, and the place itself, magnified by 1/h."""
    left, right = style.axes(fig, 1, 2, height=3.6, top=0.7, width_ratios=(3, 2), wspace=0.22)
    x, u = np.linspace(-2.6, 2.6, 521), np.linspace(-1.5, 1.5, 241)
    show, show_near = _straights(left), _straights(right)
    left.set(xlim=(-2.6, 2.6), ylim=(-2.2, 3.2), xlabel="θ")
    right.set(xlim=(-1.5, 1.5), ylim=(-3, 3), xlabel="(θ − here) / h")
    left.set_title("f(θ)", pad=8)
    right.set_title("magnified by 1/h", pad=8)
    left.set_xticks(range(-2, 3))
    fig.legend(*left.get_legend_handles_labels(), ncols=4, frameon=False, loc="upper center")

    def update(here, h, curve="smooth"):
        f, slope = CURVES[curve]
        slopes = [float(slope(here)), *(_slope(g, f, here, h) for g in (one_sided, algorithm))]
        ends = np.array([[here - 4, here + 4], [here, here + h], [here - h, here + h]])
        meets = np.array([here, here, here - h])  # a secant that misses its other end is wrong
        straights = f(meets)[:, None] + np.array(slopes)[:, None] * (ends - meets[:, None])
        lines = list(zip(ends, straights, strict=True))
        show([(x, f(x)), *lines])
        near = [(here + h * u, f(here + h * u)), *lines]
        show_near([((a - here) / h, (b - f(here)) / h) for a, b in near])
        return _said_of(here, h, curve, *slopes)

    update.handles, update.formula = _hold_curve(left), _TWO_SIDED
    return update


def _hold_curve(ax):
    """Hold the place on the curve, and the end of the secant beyond it."""
    return (
        Handle(ax, x="h", to_x=_other_end, y=lambda **at: _height(_other_end(**at), **at)),
        Handle(ax, x="here", y=lambda **at: _height(at["here"], **at)),
    )


def _other_end(here, h, curve="smooth"):
    return here + h


def _height(x, here, h, curve="smooth"):
    return CURVES[curve][0](x)


def _secant(here, h, curve="smooth"):
    f = CURVES[curve][0]
    return float((f(here + h) - f(here - h)) / (2 * h))


def _slope(algorithm, f, here, h):
    return float(algorithm(lambda theta: float(f(theta[0])), np.array([here]), h=h)[0])


def _straights(ax):
    """Draw a curve, its tangent and two secants; return what moves them."""
    looks = {
        "curve": {"color": style.GREY, "linewidth": 4},
        "tangent": {"color": style.INK, "linestyle": ":"},
        "one-sided": {"color": style.ORANGE, "linestyle": "--", "marker": "s"},
        "two-sided": {"color": style.BLUE, "marker": "o"},
    }
    lines = [ax.plot([], [], label=name, **look)[0] for name, look in looks.items()]

    def show(all_points):
        for line, points in zip(lines, all_points, strict=True):
            line.set_data(*points)

    return show


def _said_of(here, h, curve, tangent, one, two):
    slope = "the slope left of the kink" if experiments.KINKS.get(curve) == here else "the slope"
    said = typeset(f"at θ = {here:g} with h = {h:g}: {slope} is {tangent:.4f}; ")
    if not np.isfinite([one, two]).all():
        return said + "a secant is not a number"
    parts = [typeset(f"{k:.4f} (off by {abs(k - tangent):.2g})") for k in (one, two)]
    return f"{said}one-sided {parts[0]}, two-sided {parts[1]}"


def v_curve(fig, algorithm=lecture.numerical_gradient, one_sided=lecture.one_sided_gradient):
    """How far a numerical gradient is off against h, one-sided and two-sided."""
    ax = style.axes(fig, height=3.9, right=1.75)
    show = _curves_of_errors(ax)

    def update(h, precision="float64", subject=SUBJECTS[0]):
        kind, both = np.dtype(precision).type, (algorithm, one_sided)
        curves = [experiments.errors(g, subject, kind) for g in both]
        f, theta, right = experiments.subjects(kind)[subject]
        here = [experiments.difference(g(f, theta, h=h), right) for g in both]
        show(curves, here, h, np.finfo(kind).eps)
        known = np.isfinite(curves[0]).any()
        best = experiments.STEP_SIZES[np.nanargmin(curves[0])] if known else None
        least = f"; two-sided is best near h = {_power(best)}" if best else ""
        pair = f"two-sided {_short(here[0])}, one-sided {_short(here[1])}"
        return f"{precision}, {subject}, h = {_short(h)}: {pair}{least}"

    update.handles = (Handle(ax, x="h", y=0.4),)
    return update


def _curves_of_errors(ax):
    """Draw errors against h, with what theory says of them; return what moves them."""
    h = experiments.STEP_SIZES
    two = ax.plot(h, h, color=style.BLUE, linewidth=2, label="two-sided")[0]
    one = ax.plot(h, h, "--", color=style.ORANGE, linewidth=1.6, label="one-sided")[0]
    ax.plot(h, h**2, "-.", color=style.GREY, linewidth=1, label="h²")
    ax.plot(h, h, ":", color=style.GREY, linewidth=1.3, label="h")
    rounding = ax.plot(h, h, color=style.YELLOW, linewidth=1, label="rounding,\nε / h")[0]
    show_here = _marked_errors(ax)
    ax.set(xscale="log", yscale="log", xlim=(h[0], 1.3), ylim=(1e-14, 2), xlabel="h")
    _powers(ax.xaxis, range(-14, 1, 2))
    _powers(ax.yaxis, range(-14, 1, 2))
    ax.set_title("relative difference from the right gradient", pad=10)
    ax.legend(loc="center left", bbox_to_anchor=(1.01, 0.5), frameon=False)

    def show(curves, here, at, epsilon):
        for line, errors in zip((two, one), curves, strict=True):
            line.set_ydata(np.maximum(errors, 1e-17))
        rounding.set_ydata(epsilon / h)
        show_here(at, here)

    return show


def _marked_errors(ax):
    """Draw the errors at one h; return what moves them."""
    marker = ax.axvline(1e-5, color=style.INK, linewidth=0.8)
    note = ax.text(0.5, 0.5, "", transform=ax.transAxes, ha="center", fontsize=12, clip_on=True)
    look = {"color": (style.BLUE, style.ORANGE), "s": 55, "edgecolor": "white", "zorder": 3}
    dots = ax.scatter([1e-5] * 2, [1, 1], **look)

    def show(h, errors):
        marker.set_xdata([h, h])
        dots.set_offsets(np.column_stack([[h, h], np.clip(errors, 1e-14, 2)]))
        note.set_text("" if np.isfinite(errors).all() else "here the gradient is not a number")

    return show


_PROGRAM = (
    "dZ3 = (A3 − Y) / m",
    "dW3 = dZ3 A2ᵀ + λ/m W3",
    "db3 = Σ dZ3",
    "dZ2 = W3ᵀ dZ3 ∗ (1 − A2²)",
    "dW2 = dZ2 A1ᵀ + λ/m W2",
    "db2 = Σ dZ2",
    "dZ1 = W2ᵀ dZ2 ∗ (1 − A1²)",
    "dW1 = dZ1 Xᵀ + λ/m W1",
    "db1 = Σ dZ1",
)
_BROKEN = {
    "dZ3: Y − A3 for A3 − Y": (-0.2, "dZ3 = (Y − A3) / m"),
    "dZ3: not divided by m": (0.2, "dZ3 = A3 − Y"),
    "dW3: A1 for A2": (1, "dW3 = dZ3 A1ᵀ + λ/m W3"),
    "dZ2: the slope 1 − A2² left out": (3, "dZ2 = W3ᵀ dZ3"),
    "dW2: λ/m W2 left out": (3.8, "dW2 = dZ2 A1ᵀ"),
    "dW2: one example left out": (4.2, "dW2 without example 1"),
    "dZ1: the slope 1 − A1² left out": (5.8, "dZ1 = W2ᵀ dZ2"),
    "dZ1: W2 for W2ᵀ": (6.2, "dZ1 = W2 dZ2 ∗ (1 − A1²)"),
    "db1: mean for sum": (8, "db1 = mean of dZ1"),
}
"""What a mistake makes of a line of the program, and the line's number; a bit above or below."""


def gallery(fig, passes=backward_passes.mistakes, algorithm=lecture.numerical_gradient):
    """How far a backward pass is off in each parameter of a network, and its lines."""
    left, right = style.axes(
        fig, 1, 2, height=4, left=0.15, right=0.75, bottom=0.75, width_ratios=(3, 4), wspace=0.42
    )
    X, Y = experiments.examples()
    show_program = _program(left)
    show = _verdicts(right, list(backward_passes.start(np.random.default_rng(1))))
    right.set_xlabel("← the order in which backpropagation runs", labelpad=8)
    left.set_title("drag the dot to a line to break it", pad=8, loc="left")
    right.set_title("relative difference", pad=8)

    def update(mistake, h=1e-5, scale=1.0):
        p = backward_passes.start(np.random.default_rng(1), scale=scale)
        differences = experiments.by_name(passes[mistake], p, X, Y, algorithm, h)
        show_program(mistake)
        return f"{mistake}; h = {_short(h)}, weights × {scale:g}: {show(differences)}"

    update.handles = (Handle(left, x=0, y="mistake", to_y=_line_of, pressed=True),)
    return update


def _line_of(mistake, **_):
    """Return where a mistake is pinned: on its line, above all if there is none, or below."""
    if mistake == backward_passes.right:
        return -1
    return _BROKEN[mistake][0] if mistake in _BROKEN else len(_PROGRAM)


def _program(ax):
    """Write the lines of a backward pass; return what breaks one of them."""
    ax.set(xlim=(-0.6, 10), ylim=(len(_PROGRAM) + 0.6, -1.6))
    ax.set_axis_off()
    look = {"fontsize": 10, "va": "center", "clip_on": True}
    lines = [ax.text(0.7, y, "", **look) for y in range(len(_PROGRAM))]
    head, foot = (ax.text(0.7, y, "", color=style.GREY, **look) for y in (-1, len(_PROGRAM)))
    (pin,) = ax.plot([0], [0], "o", color=style.ORANGE, ms=9)

    def show(mistake):
        place, broken = _BROKEN.get(mistake, (None, ""))
        for number, (line, right) in enumerate(zip(lines, _PROGRAM, strict=True)):
            hit = place is not None and round(place) == number
            line.set_text(broken if hit else right)
            line.set_color(style.ORANGE if hit else style.INK)
        pinned = _line_of(mistake)
        head.set_text("no line is broken" if pinned < 0 else "")
        foot.set_text(mistake if pinned == len(_PROGRAM) else "")
        pin.set_ydata([pinned])

    return show


def _verdicts(ax, names):
    """Draw a dot for each parameter between zones; return what moves them and says who is off."""
    names = [*names, "all"]
    n, last = np.arange(len(names)), len(names) - 1
    _zones(ax)
    ax.axvline(last - 0.5, color=style.GREY, linewidth=0.8)
    dots = ax.scatter(n, np.ones(len(n)), s=70, edgecolors="white", zorder=3)
    note = ax.text(0.5, 0.5, "", transform=ax.transAxes, ha="center", fontsize=12, clip_on=True)
    ax.set(yscale="log", ylim=(_LOWEST, 2), xlim=(-0.6, last + 0.6))
    for y, word in ((1e-10, "right"), (1e-5, "look\ncloser"), (0.05, "wrong")):
        ax.text(last + 0.7, y, word, va="center", fontsize=10, color=style.INK)
    ax.set_xticks(n, names, fontsize=10)
    _powers(ax.yaxis, range(-13, 0, 2))
    ax.set_title("relative difference from the numerical gradient", pad=8)

    def show(differences):
        values = np.array([differences[name] for name in names])
        well = bool(np.isfinite(values).all())
        heights = np.maximum(values, 1.5 * _LOWEST) if well else np.full(len(n), np.nan)
        dots.set_offsets(np.column_stack([n, heights]))
        dots.set_facecolors([style.ORANGE if d > WRONG else style.BLUE for d in values])
        note.set_text("" if well else "a gradient is not a number")
        return _judged(differences) if well else "a gradient is not a number"

    return show


def _zones(ax):
    """Colour where a difference is called right, and where wrong."""
    ax.axhspan(_LOWEST, FINE, color=style.GREEN, alpha=0.12, linewidth=0)
    ax.axhspan(WRONG, 2, color=style.ORANGE, alpha=0.14, linewidth=0)


def _judged(differences):
    """Say what a reader would conclude."""
    d = differences["all"]
    word = "right" if d < FINE else "wrong" if d > WRONG else "look closer"
    off = [n for n, x in differences.items() if x > WRONG and n != "all"]
    size = "below 1e−7" if d < FINE else _short(d)  # its digits would be those of rounding
    return f"all together {size}, {word}; above 1e−3: {', '.join(off) or 'none'}"


def dropped(fig, algorithm=lecture.numerical_gradient):
    """The cost along one weight under dropout, and the verdict on a right gradient."""
    left, right = style.axes(fig, 1, 2, height=3.6, right=0.75, width_ratios=(2, 3), wspace=0.42)
    shifts = np.linspace(-1.5, 1.5, 41)
    dots = left.plot(shifts, shifts, "o", color=style.SKY, markersize=3)[0]
    line = left.plot(shifts[[0, -1]], [0, 0], color=style.INK, linewidth=1.4)[0]
    left.set(xlim=(-1.5, 1.5), ylim=(0.4, 1.4), xlabel="change of a weight of W3")
    left.set_title("cost, and backprop's slope", pad=8)
    show = _verdicts(right, experiments.parameters_of_dropped())
    right.set_title("relative difference", pad=8)

    def update(keep_prob, mask=MASKS[0], h=1e-5):
        network = experiments.Dropped(keep_prob, mask)
        here, gradient, costs = network.along(shifts)
        line.set_ydata(here + gradient[-3] * shifts[[0, -1]])
        dots.set_ydata(costs)
        p = f"keep_prob {keep_prob:g}, " if mask != "none" else ""
        verdict = show(network.apart(gradient, algorithm, h))
        return f"{p}mask: {mask}; h = {_short(h)}: {verdict}"

    return update


def kinks(fig, algorithm=lecture.numerical_gradient):
    """The verdict on every single number of a right gradient, and where a unit switches."""
    ax = style.axes(fig, height=3.7, left=0.85, top=0.75)
    n = len(experiments.network_with_kinks(activations.relu, 2, shifted=False)[0].theta)
    show = _switching(ax, n)
    fig.legend(*ax.get_legend_handles_labels(), ncols=2, frameon=False, loc="upper right")

    def update(h, activation=activations.relu, m=100, shifted=True):
        network, X, Y = experiments.network_with_kinks(activation, m, shifted)
        apart, switched = experiments.one_by_one(network, X, Y, algorithm, h)
        show(apart, switched)
        off, lost = apart > WRONG, np.isnan(apart).sum()
        biases = "drawn" if shifted else "0"
        missing = f"; not a number for {lost} of {n}" if lost else ""
        return (
            f"{activation.name}, m = {m}, biases {biases}, h = {_short(h)}: "
            f"{off.sum()} of {n} above 1e−3; "
            f"a unit switches for {(off & switched).sum()} of these{missing}"
        )

    return update


def _switching(ax, n):
    """Draw how far each of n parameters is off, with and without a switch; return what moves it."""
    look = {"linestyle": "", "markersize": 7, "markeredgecolor": "white", "markeredgewidth": 0.5}
    calm = ax.plot([], [], "o", color=style.BLUE, label="no unit switches within h", **look)[0]
    torn = ax.plot([], [], "s", color=style.ORANGE, label="a unit switches within h", **look)[0]
    _zones(ax)
    note = ax.text(0.5, 0.4, "", transform=ax.transAxes, ha="center", fontsize=12, clip_on=True)
    ax.set(yscale="log", ylim=(_LOWEST, 2), xlim=(-1, n), xlabel="number of the parameter in θ")
    _powers(ax.yaxis, range(-13, 0, 2))
    ax.set_title("relative difference", pad=8, loc="left")

    def show(apart, switched):
        for line, chosen in ((calm, ~switched), (torn, switched)):
            line.set_data(np.flatnonzero(chosen), np.maximum(apart[chosen], 1.5 * _LOWEST))
        lost = np.isnan(apart).sum()
        note.set_text(f"not a number for {lost} of {n}" if lost else "")

    return show


def after_training(fig, passes=backward_passes.hiding):
    """The verdict on a backward pass before and after training steps with it."""
    left, right = style.axes(fig, 1, 2, height=3.9, left=0.85, right=0.75, top=0.75)
    show_curves = _over_steps(left)
    fig.legend(*left.get_legend_handles_labels(), ncols=2, frameon=False, loc="upper center")
    show = _verdicts(right, list(backward_passes.start(np.random.default_rng(1))))
    right.set_title("at this step", pad=8)
    for scale in (0.01, 0.1, 1.0):  # ahead of time: no move should have to wait for a training
        for backward in (backward_passes.backward, *passes.values()):
            experiments.trained(backward, scale)

    def update(step, mistake, scale=0.01):
        mine = experiments.trained(passes[mistake], scale)
        show_curves(mine, experiments.trained(backward_passes.backward, scale), step)
        return f"{mistake}; weights × {scale:g}, after {many(step, 'step')}: {show(mine[step])}"

    def height(step, mistake, scale=0.01):
        return np.clip(_drawn(experiments.trained(passes[mistake], scale)[step]), _LOWEST, 1.5)

    update.handles = (Handle(left, x="step", y=height),)
    return update


def _drawn(differences):
    """Return the height at which a difference is drawn; one that is no number has none."""
    return max(differences["all"], _LOWEST)


def _over_steps(ax):
    """Draw how far two passes are off over the steps of a training; return what moves them."""
    steps = np.arange(STEPS + 1)
    _zones(ax)
    curve = ax.plot(steps, steps, color=style.ORANGE, linewidth=2, label="this pass")[0]
    good = ax.plot(steps, steps, "--", color=style.BLUE, label="the right pass")[0]
    dot = ax.plot([0], [1], "o", color=style.INK)[0]
    ax.set(yscale="log", ylim=(_LOWEST, 2), xlim=(-1, STEPS + 1), xlabel="training step")
    _powers(ax.yaxis, range(-13, 0, 2))
    ax.set_title("relative difference, all", pad=8)

    def show(mine, right, step):
        for line, found in ((curve, mine), (good, right)):
            line.set_ydata([_drawn(d) for d in found])
        dot.set_data([step], [_drawn(mine[step])])

    return show


def _powers(axis, powers):
    places = [10.0**k for k in powers]
    style.ticks(axis, places, [_power(place) for place in places])


def _power(x):
    return f"1e{round(np.log10(x))}".replace("-", "−").replace("1e0", "1")


def _short(x):
    if not np.isfinite(x):
        return style.NOT_A_NUMBER
    if x == 0 or 0.01 <= x < 1000:
        return f"{x:.3g}"
    return typeset(f"{x:.1e}").replace(".0e", "e")
