"""Pictures of frameworks: what programs cost, whom your weights choose, what is the same."""

import json

import numpy as np

from course_utils.figures import style
from course_utils.frameworks import catalogue
from course_utils.frameworks import conventions as same
from course_utils.support.handles import Handle
from course_utils.support.words import many, typeset

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
    """One criterion for all programs that ran, the least on top."""
    results = [r for r in catalogue.stored()[0] if r.measured]
    names = list(dict.fromkeys(r.program.framework for r in results))
    show = _rows(style.axes(fig, height=5.0, left=1.75, right=1.0, top=0.45), results, names)

    def update(criterion):
        key, form = CRITERIA[criterion]
        numbers = np.array([r.measured[key] for r in results])
        show(numbers, form)
        least, most = results[numbers.argmin()].program, results[numbers.argmax()].program
        little, much = (typeset(form.format(end)) for end in (numbers.min(), numbers.max()))
        return (
            f"{criterion}: least {least.framework}, {least.way}, {little}; "
            f"most {most.framework}, {most.way}, {much}"
        )

    return update


def _rows(ax, results, names):
    """Draw a row for each framework and a dot for each program; return what sorts and moves."""
    looks = [_WAYS[r.program.way] for r in results]
    dots = [ax.plot([1], [0], marker, color=c, ms=7.5, alpha=0.85)[0] for c, marker in looks]
    left = {"transform": ax.get_yaxis_transform(), "va": "center", "fontsize": 10}
    called = [ax.text(-0.02, 0, name, ha="right", **left) for name in names]
    least = [ax.text(1.02, 0, "", **left) for _ in names]
    for way, (colour, marker) in _WAYS.items():
        ax.plot([], [], marker, color=colour, ms=7.5, label=way)
    ax.set(xscale="log", ylim=(-0.7, len(names) - 0.3), yticks=[])
    ax.set_xlabel("how many times the least (at the right: the best of each)")
    ax.grid(axis="x", alpha=0.25)
    ax.legend(frameon=False, ncols=3, loc="lower center", bbox_to_anchor=(0.5, 1.0))
    of = np.array([names.index(r.program.framework) for r in results])
    beside = _beside_each_other(of)

    def show(numbers, form):
        best = np.array([numbers[of == k].min() for k in range(len(names))])
        row = np.empty(len(names))
        row[np.argsort(-best, kind="stable")] = np.arange(len(names))
        times = numbers / numbers.min()
        _reach_as_far_as(ax, times.max())
        for dot, x, y in zip(dots, times, row[of] + beside, strict=True):
            dot.set_data([x], [y])
        for k, (name, number) in enumerate(zip(called, least, strict=True)):
            name.set_y(row[k])
            number.set(y=row[k], text=typeset(form.format(best[k])))

    return show


def _beside_each_other(of):
    """Return by how much each program stands above or below its framework's row."""
    rows = [np.flatnonzero(of == k) for k in of]
    return [0.25 * (row.mean() - i) for i, row in enumerate(rows)]


def _reach_as_far_as(ax, most):
    """Have a logarithmic axis reach from 1 to the most there is, with round numbers on it."""
    limits = most**-0.05, most**1.06
    if ax.get_xlim() != limits:
        ax.set_xlim(limits)
        round_ones = (1, 1.5, 2, 3, 5, 10, 20, 50) if most < 100 else (1, 10, 100, 1000, 10_000)
        style.ticks(ax.xaxis, [n for n in round_ones if n < limits[1]])


_WEIGHTS = {
    "ease": ("few\nlines", style.BLUE),
    "speed": ("short\nepoch", style.ORANGE),
    "wait": ("short\nstart", style.PINK),
    "openness": ("truly\nopen", style.GREEN),
}


def choose(fig):
    """Which framework comes first under a reader's weights, and what adds up to that."""
    left, ax = style.axes(
        fig, 1, 2, height=3.9, top=0.7, width_ratios=(2, 3), left=0.35, wspace=0.5
    )
    weights, names = _weights(left), catalogue.points()[0]
    show_points = _points(ax, names)

    def update(ease, speed, wait, openness):
        given = (ease, speed, wait, openness)
        _, parts = catalogue.chosen(*given)
        score = parts.sum(axis=0)
        for bar, weight in zip(weights, given, strict=True):
            bar.set_height(weight)
        show_points(parts, np.isclose(score, score.max()) & any(given))
        return _ranking(names, score) if any(given) else _NOTHING_COUNTS

    update.handles = tuple(Handle(left, x=k, y=name) for k, name in enumerate(_WEIGHTS))
    return update


def _points(ax, names):
    """Draw a row for each framework, in pieces by criterion; return what sorts and moves them."""
    rows = np.arange(len(names))[::-1]
    bars = [ax.barh(rows, rows * 0.0, 0.6, color=c) for _, c in _WEIGHTS.values()]
    look = {"transform": ax.get_yaxis_transform(), "ha": "right", "va": "center", "fontsize": 10}
    called = [ax.text(-0.02, row, name, **look) for row, name in zip(rows, names, strict=True)]
    (first,) = ax.plot([], [], "*", ms=13, color=style.INK)
    ax.set(xlim=(0, 1.06), ylim=(-0.6, len(rows) - 0.4), yticks=[], title="points, by your weights")
    words = [label.replace("\n", " ") for label, _ in _WEIGHTS.values()]
    ax.figure.legend(bars, words, ncols=len(words), frameon=False, loc="upper center")

    def show(parts, best):
        score = parts.sum(axis=0)
        row = np.empty(len(names))
        row[np.argsort(-score.round(9), kind="stable")] = rows
        for pieces, part, before in zip(bars, parts, parts.cumsum(axis=0) - parts, strict=True):
            for bar, width, start, y in zip(pieces, part, before, row, strict=True):
                bar.set(width=width, x=start, y=y - 0.3)
        for name, y in zip(called, row, strict=True):
            name.set_y(y)
        first.set_data(score[best] + 0.03, row[best])

    return show


_NOTHING_COUNTS = "all weights are 0: nothing counts, nobody wins"


def _ranking(names, score):
    _, second, *_ = np.sort(score)[::-1]
    ends = score.max(), second, score.min()
    best, next_, last = (np.array(names)[np.isclose(score, end)] for end in ends)
    then = "" if len(best) > 1 else f", then {' and '.join(next_)} with {second:.2f}"
    return f"first {' and '.join(best)} with {score.max():.2f}{then}; last {', '.join(last)}"


def _weights(ax):
    """Draw the weights as bars, and return them."""
    ax.set(ylim=(-0.25, 5.4), title="your weights")
    ax.set_xticks(range(len(_WEIGHTS)), [words for words, _ in _WEIGHTS.values()])
    ax.tick_params(axis="x", labelsize=9, length=0, pad=12)
    ax.spines["bottom"].set_position("zero")
    colours = [colour for _, colour in _WEIGHTS.values()]
    return ax.bar(range(len(_WEIGHTS)), np.zeros(len(_WEIGHTS)), 0.6, color=colours)


WIDTHS = (16, 32, 64, 128, 256, 512)


def crossover(fig):
    """How long an epoch takes here and in PyTorch, as networks get wider."""
    kept = json.loads((catalogue.DATA / "training_speed.json").read_text(encoding="utf-8"))
    show = _two_times(style.axes(fig, height=3.5, right=1.6))

    def update(k, threads, norm):
        rows = [r for r in kept["threads"][threads - 1] if r["name"].startswith("width")]
        rows = [r for r in rows if r["norm"] == norm]
        show(rows, 2**k)
        ours, theirs = (rows[WIDTHS.index(2**k)][who] for who in ("ours", "pytorch"))
        faster, times = ("PyTorch", ours / theirs) if theirs < ours else ("NumPy", theirs / ours)
        given = many(threads, "thread")
        return (
            f"width {2**k}, {given}: NumPy {ours:.1f} ms, PyTorch {theirs:.1f} ms an epoch; "
            f"{faster} is {times:.1f} times as fast"
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
    style.ticks(ax.yaxis, (3, 10, 30, 100, 300))
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
    """How far Adam comes with its epsilon in three places."""
    ax = style.axes(fig, height=4.8, left=0.85, right=2.35, bottom=1.85)
    strip = fig.add_axes(_STRIP)
    show_sizes, lines = _sizes(strip), _ways(ax)

    def update(epsilon, size):
        show_sizes(epsilon, size)
        ends = {}
        for name, line in lines.items():
            path = -adam(size * _DIRECTIONS, name, alpha=0.001, epsilon=epsilon)[:, 0]
            line.set_ydata(path)
            ends[name] = f"{name} {path[-1]:.4f}"
        return (
            f"ε = {style.short(epsilon)}, gradients near {style.short(size)}; "
            f"θ has come: {', '.join(ends.values())}"
        )

    update.handles = (Handle(strip, x="size", y=1), Handle(strip, x="epsilon", y=0))
    return update


def _ways(ax):
    """Draw how far theta comes with each place of epsilon; return the lines by their names."""
    steps = np.arange(101)
    lines = {
        name: ax.plot(steps, steps * 0.0, ls, color=colour, label=label, lw=2)[0]
        for name, (colour, ls, label) in _LOOKS.items()
    }
    ax.set(
        xlim=(0, 100),
        ylim=(-0.005, 0.105),
        xlabel="step",
        ylabel="−θ",
        title="how far θ has come, α = 0.001",
    )
    ax.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5), title="divided by")
    return lines


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
    """How far a library is from this course: given our numbers as they are, and set right."""
    given, answers = same.given(), same.answers()
    found = {library: same.differences(mine, given) for library, (_, mine) in answers.items()}
    names = list(next(iter(found.values())))
    rows = np.arange(len(names))[::-1]
    ax = style.axes(fig, height=3.8, left=2.3, right=0.3, top=0.45)
    plain, right, absent = _differences(ax, rows, names)

    def update(library):
        both = np.maximum(list(found[library].values()), 1.2e-17)
        plain.set_data(both[:, 0], rows)
        right.set_data(both[:, 1], rows)
        for text, one in zip(absent, both[:, 0], strict=True):
            text.set_text("not in this library" if np.isnan(one) else "")
        there = both[~np.isnan(both[:, 0])]
        off = (there[:, 0] > 1e-9).sum()
        name, _, more = library.partition(", ")
        called = f"{name} {answers[library][0]}" + (f" with {more}" if more else "")
        return (
            f"{called}: of {len(there)} quantities {off} differ with our numbers; "
            f"set right, the largest difference is {typeset(f'{there[:, 1].max():.0e}')}"
        )

    return update


def _differences(ax, rows, names):
    """Draw the axes of `equal`; return the two rows of dots and the texts of what is not there."""
    (plain,) = ax.plot(
        [], [], "o", ms=9, mfc="none", mec=style.ORANGE, mew=2, label="our numbers as they are"
    )
    (right,) = ax.plot([], [], "o", ms=6, color=style.BLUE, label="conventions set right")
    ax.set_yticks(rows, names)
    ax.set_xscale("log")
    ax.set(xlim=(4e-18, 10), ylim=(-0.7, len(rows) - 0.3), xlabel="largest relative difference")
    powers = ["equal", "10⁻¹⁵", "10⁻¹²", "10⁻⁹", "10⁻⁶", "0.001", "1"]
    style.ticks(ax.xaxis, [1.2e-17, *np.logspace(-15, 0, 6)], powers)
    absent = [ax.text(1e-8, row, "", fontsize=9, va="center", color=style.GREY) for row in rows]
    ax.grid(axis="both", alpha=0.25)
    ax.legend(frameon=False, ncols=2, loc="lower center", bbox_to_anchor=(0.4, 1.0))
    return plain, right, absent


MOMENTS = {
    "crossover": {
        "16 units": ({"k": 4, "threads": 1, "norm": True}, "NumPy is 4.5 times as fast."),
        "256 units": (
            {"k": 8, "threads": 1, "norm": True},
            "The two are nearly equal; without batch norm NumPy is clearly ahead.",
        ),
        "512 units": (
            {"k": 9, "threads": 1, "norm": True},
            "PyTorch needs about half the time; with two threads it is a little ahead.",
        ),
    },
    "choose": {
        "all equal": (
            {"ease": 1, "speed": 1, "wait": 1, "openness": 1},
            "PyTorch is best in one criterion, and worst in none.",
        ),
        "only short programs": (
            {"ease": 1, "speed": 0, "wait": 0, "openness": 0},
            "Keras: twelve lines.",
        ),
        "only short epochs": (
            {"ease": 0, "speed": 1, "wait": 0, "openness": 0},
            "PyTensor, then JAX: both compile a whole step.",
        ),
        "only truly open": (
            {"ease": 0, "speed": 0, "wait": 0, "openness": 1},
            "A foundation stands behind PyTorch and behind PyTensor: both are first.",
        ),
    },
    "conventions": {
        "usual": ({"epsilon": 1e-8, "size": 1.0}, "The three curves lie on each other."),
        "ε = 0.1": (
            {"epsilon": 0.1, "size": 1.0},
            "Keras's Adam has come a quarter less far than the lecture's.",
        ),
        "tiny gradients": (
            {"epsilon": 1e-8, "size": 1e-6},
            "Under the root ε is added to g², and Adam hardly moves.",
        ),
    },
}
"""Values of the pictures' controls at which there is something to see, and what it is."""
