"""Pictures of frameworks: what programs cost, whom your weights choose, what is the same."""

import json

import numpy as np

from course_utils.figures import style
from course_utils.frameworks import catalogue
from course_utils.frameworks import conventions as same
from course_utils.support.handles import Handle

CRITERIA = {
    "lines of the program": ("lines", "{:.0f} lines"),
    "room on the disk": ("megabytes", "{:.0f} MB"),
    "import": ("import_seconds", "{:.2f} s"),
    "first step": ("first_seconds", "{:.2g} s"),
    "1000 steps": ("seconds", "{:.2g} s"),
}
"""What is measured, its key in the results, and how it is written."""

_WAYS = {"eager": (style.BLUE, "o"), "graph": (style.GREEN, "s"), "compiled": (style.ORANGE, "D")}


def measured(fig):
    """Show one criterion for all programs that ran."""
    results = [r for r in catalogue.stored()[0] if r.measured]
    dots = _dots(style.axes(fig, height=4.2, left=1.75, right=0.3, top=0.45), results)

    def update(criterion):
        key, form = CRITERIA[criterion]
        numbers = np.array([r.measured[key] for r in results])
        for dot, x in zip(dots, numbers / numbers.min(), strict=True):
            dot.set_xdata([x])
        least, most = results[numbers.argmin()].program, results[numbers.argmax()].program
        return (
            f"{criterion}: least {least.framework}, {least.way}, {form.format(numbers.min())}; "
            f"most {most.framework}, {most.way}, {form.format(numbers.max())}"
        )

    return update


def _dots(ax, results):
    """Draw a row for each framework, and return a dot for each program in its row."""
    names, dots = list(dict.fromkeys(r.program.framework for r in results)), []
    for result in results:
        colour, marker = _WAYS[result.program.way]
        row = len(names) - 1 - names.index(result.program.framework)
        dots += ax.plot([1], [row], marker, color=colour, ms=9, alpha=0.85)
    for way, (colour, marker) in _WAYS.items():
        ax.plot([], [], marker, color=colour, ms=9, label=way)
    ax.set_yticks(range(len(names))[::-1], names)
    ax.set_xscale("log")
    ax.set(xlim=(0.7, 3e4), ylim=(-0.7, len(names) - 0.3), xlabel="how many times the least")
    ax.grid(axis="both", alpha=0.25)
    ax.legend(frameon=False, ncols=3, loc="lower center", bbox_to_anchor=(0.5, 1.0))
    return dots


_WEIGHTS = {
    "ease": "few\nlines",
    "speed": "speed",
    "room": "small\non disk",
    "alive": "released\nlately",
}


def choose(fig):
    """Show which framework comes first under a reader's weights."""
    left, ax = style.axes(fig, 1, 2, height=4.0, width_ratios=(2, 3), left=0.35, wspace=0.42)
    weights, names = _weights(left), catalogue.chosen(1, 1, 1, 1)[0]
    rows = np.arange(len(names))[::-1]
    bars = ax.barh(rows, np.zeros(len(rows)), 0.6)
    ax.set_yticks(rows, names)
    ax.set(xlim=(0, 1), ylim=(-0.6, len(rows) - 0.4), title="points, by your weights")

    def update(ease, speed, room, alive):
        _, score = catalogue.chosen(ease, speed, room, alive)
        for bar, weight in zip(weights, (ease, speed, room, alive), strict=True):
            bar.set_height(weight)
        for k, bar in enumerate(bars):
            bar.set_width(score[k])
            bar.set_color(style.ORANGE if k == score.argmax() else style.SKY)
        if not ease + speed + room + alive:
            return "all weights are 0: nothing counts, nobody wins"
        first, second, *_ = np.argsort(-score, kind="stable")
        return (
            f"first {names[first]} with {score[first]:.2f}, then {names[second]} with "
            f"{score[second]:.2f}; last {names[score.argmin()]}"
        )

    update.handles = tuple(Handle(left, x=k, y=name) for k, name in enumerate(_WEIGHTS))
    return update


def _weights(ax):
    """Draw the weights as bars, and return them."""
    ax.set(ylim=(-0.25, 5.4), title="your weights")
    ax.set_xticks(range(len(_WEIGHTS)), _WEIGHTS.values())
    ax.tick_params(axis="x", labelsize=9, length=0, pad=12)
    ax.spines["bottom"].set_position("zero")
    return ax.bar(range(len(_WEIGHTS)), np.zeros(len(_WEIGHTS)), 0.6, color=style.GREY)


WIDTHS = (16, 32, 64, 128, 256, 512)


def crossover(fig):
    """Show how long an epoch takes here and in PyTorch, as networks get wider."""
    kept = json.loads((catalogue.DATA / "training_speed.json").read_text(encoding="utf-8"))
    show = _two_times(style.axes(fig, height=3.5, right=1.6))

    def update(k, threads, norm):
        rows = [r for r in kept["threads"][threads - 1] if r["name"].startswith("width")]
        rows = [r for r in rows if r["norm"] == norm]
        show(rows, 2**k)
        ours, theirs = (rows[WIDTHS.index(2**k)][who] for who in ("ours", "pytorch"))
        faster, times = ("PyTorch", ours / theirs) if theirs < ours else ("NumPy", theirs / ours)
        given = "1 thread" if threads == 1 else f"{threads} threads"
        return (
            f"width {2**k}, {given}: NumPy {ours:.1f} ms, PyTorch {theirs:.1f} ms an epoch; "
            f"{faster} is {times:.1f} × faster"
        )

    update.handles = (Handle(fig.axes[0], x="k", to_x=lambda k, **_: 2**k, y=2.6),)
    return update


def _two_times(ax):
    """Draw an epoch's time by width, here and in PyTorch; return what moves it."""
    (ours,) = ax.plot(WIDTHS, [1] * 6, "o-", color=style.BLUE, label="NumPy, here")
    (theirs,) = ax.plot(WIDTHS, [1] * 6, "s--", color=style.ORANGE, label="PyTorch")
    (here,) = ax.plot([16, 16], [1, 1e4], color=style.GREY, lw=1, ls=":", label="_width")
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.set(xlim=(14, 600), ylim=(2, 400), xlabel="units in each of two hidden layers")
    ax.set_xticks(WIDTHS, [str(n) for n in WIDTHS])
    ax.minorticks_off()
    ax.set_title("ms for an epoch of the digits")
    ax.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))

    def show(rows, width):
        ours.set_ydata([row["ours"] for row in rows])
        theirs.set_ydata([row["pytorch"] for row in rows])
        here.set_xdata([width] * 2)

    return show


_LOOKS = {
    "lecture, PyTorch": (style.BLUE, "-", "√ŝ + ε: lecture, PyTorch"),
    "Keras": (style.ORANGE, "--", "√s + ε: Keras"),
    "inside the root": (style.GREEN, ":", "√(ŝ + ε): inside the root"),
}
_DIRECTIONS = np.random.default_rng(0).normal(1, 0.5, (100, 1))


def conventions(fig, adam=same.adam_by_convention):
    """Show how far Adam comes with its epsilon in three places."""
    ax = style.axes(fig, height=4.8, left=0.85, right=2.35, bottom=1.85)
    strip = fig.add_axes(_STRIP)
    steps, show_sizes = np.arange(101), _sizes(strip)
    lines = {
        name: ax.plot(steps, steps * 0.0, ls, color=colour, label=label, lw=2)[0]
        for name, (colour, ls, label) in _LOOKS.items()
    }
    ax.set(
        xlim=(0, 100), ylim=(-0.005, 0.105), xlabel="step", title="how far θ has come, α = 0.001"
    )
    ax.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5), title="divided by")

    def update(epsilon, size):
        show_sizes(epsilon, size)
        ends = {}
        for name, line in lines.items():
            path = -adam(size * _DIRECTIONS, name, alpha=0.001, epsilon=epsilon)[:, 0]
            line.set_ydata(path)
            ends[name] = f"{name} {path[-1]:.4f}"
        return f"ε = {epsilon:.1e}, gradients near {size:.1e}; way: {', '.join(ends.values())}"

    update.handles = (Handle(strip, x="size", y=1), Handle(strip, x="epsilon", y=0))
    return update


_STRIP = (0.85 / style.WIDTH, 0.4 / 4.8, 1 - 3.2 / style.WIDTH, 0.8 / 4.8)


def _sizes(ax):
    """Draw epsilon under the size of the gradients, on one axis; return what moves them."""
    dots = [ax.plot([1], [y], "o", color=style.PINK, ms=9)[0] for y in (0, 1)]
    ax.set(xscale="log", xlim=(3e-11, 30), ylim=(-0.6, 1.6))
    style.ticks(ax.xaxis, np.logspace(-10, 0, 6), ["10⁻¹⁰", "10⁻⁸", "10⁻⁶", "10⁻⁴", "0.01", "1"])
    ax.set_yticks([0, 1], ["ε", "gradients"])
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.tick_params(labelsize=10)

    def show(epsilon, size):
        for dot, x in zip(dots, (epsilon, size), strict=True):
            dot.set_xdata([x])

    return show


def equal(fig):
    """Show how far a library is from this course: given our numbers as they are, and set right."""
    given, answers = same.given(), same.answers()
    found = {library: same.differences(mine, given) for library, (_, mine) in answers.items()}
    names = list(next(iter(found.values())))
    ax = style.axes(fig, height=3.8, left=2.3, right=0.3, top=0.45)
    rows = np.arange(len(names))[::-1]
    (plain,) = ax.plot(
        [], [], "o", ms=9, mfc="none", mec=style.ORANGE, mew=2, label="our numbers as they are"
    )
    (right,) = ax.plot([], [], "o", ms=6, color=style.BLUE, label="conventions set right")
    ax.set_yticks(rows, names)
    ax.set_xscale("log")
    ax.set(xlim=(4e-18, 10), ylim=(-0.7, len(rows) - 0.3), xlabel="largest relative difference")
    ax.grid(axis="both", alpha=0.25)
    ax.legend(frameon=False, ncols=2, loc="lower center", bbox_to_anchor=(0.4, 1.0))

    def update(library):
        both = np.maximum(list(found[library].values()), 1.2e-17)
        plain.set_data(both[:, 0], rows)
        right.set_data(both[:, 1], rows)
        there = both[~np.isnan(both[:, 0])]
        off = (there[:, 0] > 1e-9).sum()
        return (
            f"{library} {answers[library][0]}: of {len(there)} quantities {off} differ with "
            f"our numbers; set right, none by more than {there[:, 1].max():.0e}"
        )

    return update
