"""Pictures of gradient checking: secants, errors against h, verdicts on backward passes."""

from functools import cache

import numpy as np

from course_utils import activations, datasets, optimizers
from course_utils import gradient_checking as lecture
from course_utils.experiments import gradient_checking as backward_passes
from course_utils.figures import style
from course_utils.network import Network

FINE, WRONG = 1e-7, 1e-3
"""Relative differences below which a gradient is called right, and above which wrong."""

LAMBDA = 0.5
_LOWEST = 1e-13  # where the bars stand


def examples():
    """Return the 30 points that all networks here look at: X ``(2, 30)`` and Y ``(1, 30)``."""
    X, Y = datasets.moons(40, np.random.default_rng(0))
    return X[:, 10:], Y[:, 10:]


def _bent(x):
    return 0.2 * x + np.maximum(x, 0)


CURVES = {
    "smooth": (lambda x: np.sin(2 * x) + x**2 / 4, lambda x: 2 * np.cos(2 * x) + x / 2),
    "parabola": (lambda x: x**2 / 2 - 1, lambda x: x),
    "kink at 0": (_bent, lambda x: 0.2 + (x > 0)),
}
"""Curves of `secants`, with their slopes."""


def secants(fig, algorithm=lecture.numerical_gradient, one_sided=lecture.one_sided_gradient):
    """Show a curve with its tangent and two secants, and the place itself, magnified by 1/h."""
    left, right = style.axes(fig, 1, 2, height=3.6, top=0.7, width_ratios=(3, 2), wspace=0.22)
    x, u = np.linspace(-2, 2, 401), np.linspace(-1.5, 1.5, 241)
    looks = {
        "curve": {"color": style.GREY, "linewidth": 4},
        "tangent": {"color": style.INK, "linestyle": ":"},
        "one-sided": {"color": style.ORANGE, "linestyle": "--", "marker": "s"},
        "two-sided": {"color": style.BLUE, "marker": "o"},
    }
    lines = [
        [ax.plot([], [], label=n, **look)[0] for n, look in looks.items()] for ax in (left, right)
    ]
    left.set(xlim=(-2, 2), ylim=(-2.2, 2.6), xlabel="θ")
    right.set(xlim=(-1.5, 1.5), ylim=(-3, 3), xlabel="(θ − here) / h")
    left.set_title("f(θ)", pad=8)
    right.set_title("magnified by 1/h", pad=8)
    left.set_xticks(range(-2, 3))
    fig.legend(*left.get_legend_handles_labels(), ncols=4, frameon=False, loc="upper center")

    def update(here, h, curve="smooth"):
        f, slope = CURVES[curve]
        slopes = (
            float(slope(here)),
            *(
                float(g(lambda theta: float(f(theta[0])), np.array([here]), h=h)[0])
                for g in (one_sided, algorithm)
            ),
        )
        ends = np.array([[here - 4, here + 4], [here, here + h], [here - h, here + h]])
        meets = np.array([here, here, here - h])  # a secant that misses its other end is wrong
        straights = f(meets)[:, None] + np.array(slopes)[:, None] * (ends - meets[:, None])
        for line, points in zip(
            lines[0], [(x, f(x)), *zip(ends, straights, strict=True)], strict=True
        ):
            line.set_data(*points)
        near = [(here + h * u, f(here + h * u)), *zip(ends, straights, strict=True)]
        for line, (a, b) in zip(lines[1], near, strict=True):
            line.set_data((a - here) / h, (b - f(here)) / h)
        return _said_of(here, h, *slopes)

    return update


def _said_of(here, h, tangent, one, two):
    said = f"at θ = {here:g} with h = {h:g}: the slope is {tangent:.4f}; ".replace("-", "−")
    if not np.isfinite([one, two]).all():
        return said + "a secant is no number"
    parts = [f"{k:.4f} (off by {abs(k - tangent):.2g})".replace("-", "−") for k in (one, two)]
    return f"{said}one-sided {parts[0]}, two-sided {parts[1]}"


_H = np.geomspace(1e-14, 1, 43)


def _sine(theta):
    return np.sin(theta).sum()


def _network_cost(p, X, Y):
    """Return the cost as a function of the vector theta."""
    inside = lecture.flatten(p)
    views = lecture.unflatten(inside, p)  # cut once: a check asks for the cost again and again

    def cost(theta):
        inside[:] = theta
        return backward_passes.cost(views, X, Y, lambda_=LAMBDA)

    return cost


def _subjects(precision):
    """Return for each subject the cost f, the place theta and the right gradient there."""
    X, Y = (a.astype(precision) for a in examples())
    drawn = backward_passes.start(np.random.default_rng(1), widths=(2, 3, 3, 1))
    p = {name: a.astype(precision) for name, a in drawn.items()}
    exact = {name: a.astype(np.float64) for name, a in p.items()}
    gradient = backward_passes.backward(exact, *map(np.float64, (X, Y)), lambda_=LAMBDA)
    one = np.array([1.1], precision)
    return {
        "cost of a network": (
            _network_cost(p, X, Y),
            lecture.flatten(p),
            lecture.flatten(gradient),
        ),
        "sine": (_sine, one, np.cos(one.astype(np.float64))),
        "square": (lambda theta: (theta**2).sum(), one, 2 * one.astype(np.float64)),
    }


SUBJECTS = tuple(_subjects(np.float64))
"""What `v_curve` differentiates."""


@cache
def _errors(algorithm, subject, precision):
    """Return the relative difference from the right gradient for each h."""
    f, theta, right = _subjects(precision)[subject]
    return np.array([_difference(algorithm(f, theta, h=h), right) for h in _H])


def _difference(a, b):
    """Return the relative difference, or NaN if there are no numbers to compare."""
    return lecture.relative_difference(a, b) if np.isfinite(a).all() else np.nan


def v_curve(fig, algorithm=lecture.numerical_gradient, one_sided=lecture.one_sided_gradient):
    """Show how far a numerical gradient is off against h, one-sided and two-sided."""
    ax = style.axes(fig, height=3.9, right=1.75)
    two = ax.plot(_H, _H, color=style.BLUE, linewidth=2, label="two-sided")[0]
    one = ax.plot(_H, _H, "--", color=style.ORANGE, linewidth=1.6, label="one-sided")[0]
    ax.plot(_H, _H**2, "-.", color=style.GREY, linewidth=1, label="h²")
    ax.plot(_H, _H, ":", color=style.GREY, linewidth=1.3, label="h")
    rounding = ax.plot(_H, _H, color=style.YELLOW, linewidth=1, label="rounding,\nε / h")[0]
    marker = ax.axvline(1e-5, color=style.INK, linewidth=0.8)
    note = ax.text(0.5, 0.5, "", transform=ax.transAxes, ha="center", fontsize=12, clip_on=True)
    dots = ax.scatter(
        [1e-5] * 2, [1, 1], color=(style.BLUE, style.ORANGE), s=55, edgecolor="white", zorder=3
    )
    ax.set(xscale="log", yscale="log", xlim=(_H[0], 1.3), ylim=(1e-14, 2), xlabel="h")
    _plain_powers(ax.xaxis, range(-14, 1, 2))
    _plain_powers(ax.yaxis, range(-14, 1, 2))
    ax.set_title("relative difference from the right gradient", pad=10)
    ax.legend(loc="center left", bbox_to_anchor=(1.01, 0.5), frameon=False)

    def update(h, precision="float64", subject=SUBJECTS[0]):
        kind = np.dtype(precision).type
        curves = [_errors(g, subject, kind) for g in (algorithm, one_sided)]
        f, theta, right = _subjects(kind)[subject]
        here = [_difference(g(f, theta, h=h), right) for g in (algorithm, one_sided)]
        for line, errors in zip((two, one), curves, strict=True):
            line.set_ydata(np.maximum(errors, 1e-17))
        rounding.set_ydata(np.finfo(kind).eps / _H)
        marker.set_xdata([h, h])
        dots.set_offsets(np.column_stack([[h, h], np.clip(here, 1e-14, 2)]))
        note.set_text("" if np.isfinite(here).all() else "here the gradient is no number")
        best = _H[np.nanargmin(curves[0])] if np.isfinite(curves[0]).any() else None
        least = f"; two-sided is best near h = {_power(best)}" if best else ""
        pair = f"two-sided {_short(here[0])}, one-sided {_short(here[1])}"
        return f"{precision}, {subject}, h = {_short(h)}: {pair}{least}"

    return update


def gallery(fig, passes=backward_passes.mistakes, algorithm=lecture.numerical_gradient):
    """Show how far a backward pass is off in each parameter of a network."""
    ax = style.axes(fig, height=3.7, left=0.85, right=0.75, bottom=0.75)
    X, Y = examples()
    show = _verdicts(ax, list(backward_passes.start(np.random.default_rng(1))))
    ax.set_xlabel("← the way back, from the output to the input", labelpad=8)

    def update(mistake, h=1e-5, scale=1.0):
        p = backward_passes.start(np.random.default_rng(1), scale=scale)
        differences = _by_name(passes[mistake], p, X, Y, algorithm, h)
        return f"{mistake}; h = {_short(h)}, weights × {scale:g}: {show(differences)}"

    return update


def _by_name(backward, p, X, Y, algorithm=lecture.numerical_gradient, h=1e-5):
    """Return the relative difference of each parameter's gradient, and of all together."""
    theta = lecture.flatten(p)
    slopes = algorithm(_network_cost(p, X, Y), theta, h=h)
    gradient = {name: backward(p, X, Y, lambda_=LAMBDA)[name] for name in p}
    if not (np.isfinite(slopes).all() and all(np.isfinite(g).all() for g in gradient.values())):
        return dict.fromkeys([*p, "all"], np.nan)
    apart = {
        n: lecture.relative_difference(gradient[n], g)
        for n, g in lecture.unflatten(slopes, p).items()
    }
    return {**apart, "all": lecture.relative_difference(lecture.flatten(gradient), slopes)}


def _verdicts(ax, names):
    """Draw a bar for each parameter between zones; return what moves them and says who is off."""
    names = [*names, "all"]
    ax.axhspan(_LOWEST, FINE, color=style.GREEN, alpha=0.12, linewidth=0)
    ax.axhspan(WRONG, 2, color=style.ORANGE, alpha=0.14, linewidth=0)
    colours = [style.BLUE] * (len(names) - 1) + [style.GREY]
    bars = ax.bar(range(len(names)), 1, 0.62, bottom=_LOWEST, color=colours)
    note = ax.text(0.5, 0.5, "", transform=ax.transAxes, ha="center", fontsize=12, clip_on=True)
    ax.set(yscale="log", ylim=(_LOWEST, 2), xlim=(-0.6, len(names) - 0.4))
    for y, word in ((1e-10, "right"), (1e-5, "look\ncloser"), (0.05, "wrong")):
        ax.text(len(names) - 0.3, y, word, va="center", fontsize=10, color=style.INK)
    ax.set_xticks(range(len(names)), names, fontsize=11)
    _plain_powers(ax.yaxis, range(-13, 0, 2))
    ax.set_title("relative difference from the numerical gradient", pad=8)

    def show(differences):
        values = np.array([differences[name] for name in names])
        well = bool(np.isfinite(values).all())
        for bar, plain, d in zip(bars, colours, values, strict=True):
            bar.set_height(max(d, _LOWEST) - _LOWEST if well else 0)
            bar.set_color(style.ORANGE if d > WRONG else plain)
        note.set_text("" if well else "a gradient is no number")
        return _judged(differences) if well else "a gradient is no number"

    return show


def _judged(differences):
    """Say what a reader would conclude."""
    d = differences["all"]
    word = "right" if d < FINE else "wrong" if d > WRONG else "look closer"
    off = [n for n, x in differences.items() if x > WRONG and n != "all"]
    size = "below 1e−7" if d < FINE else _short(d)  # its digits would be those of rounding
    return f"all together {size}, {word}; above 1e−3: {', '.join(off) or 'none'}"


MASKS = ("a new one at each call", "the same at each call", "none")
"""The choices of `dropped`: which mask the cost uses."""


def dropped(fig, algorithm=lecture.numerical_gradient):
    """Show the cost along one weight under dropout, and the verdict on a right gradient."""
    left, right = style.axes(fig, 1, 2, height=3.6, right=0.75, width_ratios=(2, 3), wspace=0.42)
    X, Y = examples()
    shifts = np.linspace(-1.5, 1.5, 41)
    dots = left.plot(shifts, shifts, "o", color=style.SKY, markersize=3)[0]
    line = left.plot(shifts[[0, -1]], [0, 0], color=style.INK, linewidth=1.4)[0]
    left.set(xlim=(-1.5, 1.5), ylim=(0.4, 1.3), xlabel="change of a weight of W3")
    left.set_title("cost, and backprop's slope", pad=8)
    show = _verdicts(right, Network([2, 4, 4, 1], np.random.default_rng(4)).parameters)
    right.set_title("relative difference", pad=8)

    def update(keep_prob, mask=MASKS[0], h=1e-5):
        rng = np.random.default_rng(5)
        network = Network(
            [2, 4, 4, 1],
            rng,
            activation=activations.tanh,
            keep_prob=1.0 if mask == "none" else keep_prob,
        )

        def cost(theta):
            network.theta[:] = theta
            masks = rng if mask == MASKS[0] else np.random.default_rng(6)
            return network.cost_and_gradient(X, Y, masks)

        theta = network.theta.copy()
        here, gradient = cost(theta), network.gradient.copy()
        line.set_ydata(here + gradient[-3] * shifts[[0, -1]])
        way = np.eye(len(theta))[-3]
        dots.set_ydata([cost(theta + s * way) for s in shifts])
        apart = _named(network, gradient, algorithm(cost, theta, h=h))
        p = f"keep_prob {keep_prob:g}, " if mask != "none" else ""
        return f"{p}mask: {mask}; h = {_short(h)}: {show(apart)}"

    return update


def _named(network, gradient, slopes):
    """Return the relative difference in each parameter of a `Network`, and in all."""
    a, b = (lecture.unflatten(g, network.parameters) for g in (gradient, slopes))
    apart = {name: _difference(b[name], a[name]) for name in a}
    return {**apart, "all": _difference(slopes, gradient)}


def kinks(fig, algorithm=lecture.numerical_gradient):
    """Show the verdict on every single number of a right gradient, and where a unit switches."""
    ax = style.axes(fig, height=3.7, left=0.85, top=0.75)
    look = {"linestyle": "", "markersize": 7, "markeredgecolor": "white", "markeredgewidth": 0.5}
    calm = ax.plot([], [], "o", color=style.BLUE, label="no unit switches within h", **look)[0]
    torn = ax.plot([], [], "s", color=style.ORANGE, label="a unit switches within h", **look)[0]
    ax.axhspan(_LOWEST, FINE, color=style.GREEN, alpha=0.12, linewidth=0)
    ax.axhspan(WRONG, 2, color=style.ORANGE, alpha=0.14, linewidth=0)
    note = ax.text(0.5, 0.4, "", transform=ax.transAxes, ha="center", fontsize=12, clip_on=True)
    n = len(Network([2, 4, 4, 1], np.random.default_rng(0)).theta)
    ax.set(yscale="log", ylim=(_LOWEST, 2), xlim=(-1, n), xlabel="number of the parameter in θ")
    _plain_powers(ax.yaxis, range(-13, 0, 2))
    ax.set_title("relative difference", pad=8, loc="left")
    fig.legend(*ax.get_legend_handles_labels(), ncols=2, frameon=False, loc="upper right")

    def update(h, activation=activations.relu, m=100, shifted=True):
        X, Y = datasets.moons(m, np.random.default_rng(2))
        network = Network([2, 4, 4, 1], np.random.default_rng(3), activation=activation)
        if shifted:
            for name in ("b1", "b2", "b3"):
                b = network.parameters[name]
                b[:] = 0.3 * np.random.default_rng(7).standard_normal(b.shape)
        network.cost_and_gradient(X, Y)
        apart, switched = _one_by_one(network, X, Y, algorithm, h)
        for line, chosen in ((calm, ~switched), (torn, switched)):
            line.set_data(np.flatnonzero(chosen), np.maximum(apart[chosen], 1.5 * _LOWEST))
        lost = np.isnan(apart).sum()
        note.set_text(f"no number for {lost} of {n}" if lost else "")
        off = apart > WRONG
        where = f"{activation.name}, m = {m}, biases {'drawn' if shifted else '0'}, h = {_short(h)}"
        why = f"a unit switches for {(off & switched).sum()} of these"
        missing = f"; no number for {lost} of {n}" if lost else ""
        return f"{where}: {off.sum()} of {n} above 1e−3; {why}{missing}"

    return update


def _one_by_one(network, X, Y, algorithm, h):
    """Return for each parameter how far it is off, and whether a ReLU switches within h."""
    gradient, theta = network.gradient.copy(), network.theta.copy()

    def cost(theta):
        network.theta[:] = theta
        return network.cost_and_gradient(X, Y)

    def pattern(theta):
        network.theta[:] = theta
        a, active = X, []
        for layer in network.layers[:-1]:
            a = layer.inference(a)
            active.append(a > 0)
        return np.concatenate(active[1::2])

    slopes = algorithm(cost, theta, h=h)
    steps = h * np.eye(len(theta))
    switched = np.array([(pattern(theta + s) != pattern(theta - s)).any() for s in steps])
    bent = network.layers[1].activation is activations.relu
    apart = np.array([_difference([b], [a]) for a, b in zip(gradient, slopes, strict=True)])
    return apart, switched & bent


STEPS = 25
"""How many steps `after_training` trains."""


@cache
def _trained(backward, scale):
    """Return the differences after each step of Adam with a backward pass."""
    X, Y = examples()
    p = backward_passes.start(np.random.default_rng(1), scale=scale)
    adam = optimizers.Adam(alpha=0.04)

    def gradient(theta):
        return lecture.flatten(backward(lecture.unflatten(theta, p), X, Y, lambda_=LAMBDA))

    way = optimizers.path(adam, gradient, lecture.flatten(p), STEPS)
    return [_by_name(backward, lecture.unflatten(theta, p), X, Y) for theta in way]


def after_training(fig, passes=backward_passes.hiding):
    """Show the verdict on a backward pass before and after training steps with it."""
    left, right = style.axes(fig, 1, 2, height=3.9, left=0.85, right=0.75, top=0.75)
    steps = np.arange(STEPS + 1)
    left.axhspan(_LOWEST, FINE, color=style.GREEN, alpha=0.12, linewidth=0)
    left.axhspan(WRONG, 2, color=style.ORANGE, alpha=0.14, linewidth=0)
    curve = left.plot(steps, steps, color=style.ORANGE, linewidth=2, label="this pass")[0]
    good = left.plot(steps, steps, "--", color=style.BLUE, label="the right pass")[0]
    dot = left.plot([0], [1], "o", color=style.INK)[0]
    left.set(yscale="log", ylim=(_LOWEST, 2), xlim=(-1, STEPS), xlabel="training step")
    _plain_powers(left.yaxis, range(-13, 0, 2))
    left.set_title("relative difference, all", pad=8)
    fig.legend(*left.get_legend_handles_labels(), ncols=2, frameon=False, loc="upper center")
    show = _verdicts(right, list(backward_passes.start(np.random.default_rng(1))))
    right.set_title("at this step", pad=8)
    for scale in (0.01, 0.1, 1.0):  # ahead of time: no move should have to wait for a training
        for backward in (backward_passes.backward, *passes.values()):
            _trained(backward, scale)

    def update(step, mistake, scale=0.01):
        mine = _trained(passes[mistake], scale)
        for line, found in ((curve, mine), (good, _trained(backward_passes.backward, scale))):
            line.set_ydata([max(d["all"], _LOWEST) for d in found])
        dot.set_data([step], [max(mine[step]["all"], _LOWEST)])
        return f"{mistake}; weights × {scale:g}, after {step} steps: {show(mine[step])}"

    return update


def _plain_powers(axis, powers):
    """Label powers of ten in plain text, which is drawn several times as fast as formulas."""
    axis.set_ticks([10.0**k for k in powers], [_power(10.0**k) for k in powers])
    axis.set_ticks([], minor=True)


def _power(x):
    return f"1e{round(np.log10(x))}".replace("-", "−").replace("1e0", "1")


def _short(x):
    if not np.isfinite(x):
        return "no number"
    if x == 0 or 0.01 <= x < 1000:
        return f"{x:.3g}"
    digits, power = f"{x:.1e}".split("e")
    return f"{digits}e{int(power)}".replace("-", "−").replace(".0e", "e")
