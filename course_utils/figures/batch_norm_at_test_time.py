"""Pictures of batch norm at test time: the statistics that stay when there is no mini-batch."""

from functools import cache

import numpy as np

from course_utils import batch_norm
from course_utils.experiments import batch_norm_at_test_time as experiments
from course_utils.experiments import small_mini_batches as small
from course_utils.experiments.batch_norm_at_test_time import MODES, SIZES, STEPS, TEST_SIZES
from course_utils.figures import style
from course_utils.support.handles import Handle
from course_utils.support.words import many

MOMENTS = {
    "company": {
        "alone": ({"size": 1}, "By its own statistics z̃ is 0 = β, wherever you drag z."),
        "a pair": ({"size": 2}, "One z̃ is +1 and the other −1, unless the two all but meet."),
        "the others move": (
            {"size": 32, "shift": 5.0},
            "z stays, but now it lies below the mean of its batch.",
        ),
    },
    "statistics": {
        "nervous": ({"momentum": 0.1, "size": 4}, "It follows every mini-batch up and down."),
        "calm": ({"momentum": 0.9, "size": 64}, "It stays close to the dashed line."),
        "calm and late": ({"momentum": 0.99, "size": 64}, "It lags behind the dashed line."),
        "too low": (
            {"momentum": 0.9, "size": 4},
            "σ² of four examples is about a quarter too small.",
        ),
    },
    "failing": {
        "noisy": (
            {"size": 4, "momentum": 0.0},
            "Only the last mini-batch counts; statistics taken once more help.",
        ),
        "stale": ({"size": 64, "momentum": 0.99}, "150 mini-batches are too few for 0.99."),
        "hopeless": ({"size": 2, "momentum": 0.9}, "No statistics help after a training in pairs."),
    },
}
"""Values worth a look in each picture, with what there is to see there."""

_ONE, _ZERO, _EPSILON = np.ones((1, 1)), np.zeros((1, 1)), 1e-5


def company(fig, algorithm=experiments.by_given_statistics):
    """One example among changing others, normalised by its batch and by running statistics."""
    above, below = style.axes(fig, 2, 1, height=3.6, left=0.25, hspace=0.85)
    others = np.random.default_rng(4).normal(size=63)
    show_values, show_answers = _values(above), _answers(below)
    for ax, limits, title in ((above, (-9, 11.5), "z"), (below, (-6.5, 6.5), "z̃ of the example")):
        ax.set(xticks=range(-8, 11, 2), xlim=limits, ylim=(-1, 1), yticks=[])
        ax.set_title(title, loc="left")
        ax.spines["left"].set_visible(False)
        ax.legend(ncols=3, fontsize=9, frameon=False, loc="lower right", bbox_to_anchor=(1, 1))

    def update(size, shift, z):
        values = np.append(z, 1 + shift + 2 * others[: size - 1])[None, :]
        answers = _three_ways(values, algorithm)
        show_values(values[0], 1 + shift)
        show_answers(answers)
        own, inside, alone = (_short(x) for x in answers)
        moved = f", the others moved by {_short(shift)}" if size > 1 else ""
        return (
            f"{size} in the batch{moved}: by its batch z̃ = {own}; "
            f"by running statistics {inside} in the batch, {alone} alone"
        )

    update.handles = (
        Handle(above, x="shift", y=_UNDER, to_x=lambda shift, **_: 1 + shift),
        Handle(above, x="z", y=0),
    )
    return update


def _three_ways(values, algorithm):
    """Return z̃ of the first value: by its batch, by running statistics in it, and alone."""
    kept = _ONE, 4 * _ONE, _EPSILON
    answers = (
        batch_norm.forward_unchecked(values, _ONE, _ZERO, _EPSILON)[0],
        algorithm(values.copy(), _ONE, _ZERO, *kept),
        algorithm(values[:, :1].copy(), _ONE, _ZERO, *kept),
    )
    return [np.ravel(answer)[0] for answer in answers]


_UNDER = -0.72
"""Where, under the others, a mark says around which place they are drawn."""


def _values(ax):
    """Draw the example, the others and where those are drawn from; return what moves them."""
    (mates,) = ax.plot([], [], "o", color=style.GREY, ms=5, label="the others")
    (middle,) = ax.plot([], [], "^", color=style.GREY, ms=9, label="drawn around")
    (one,) = ax.plot([], [], "o", color=style.ORANGE, ms=9, label="the example")

    def show(z, around):
        middle.set_data([around], [_UNDER])
        mates.set_data(z[1:], np.arange(1, len(z)) * 0.618 % 1 - 0.4)
        one.set_data(z[:1], [0])

    return show


def _answers(ax):
    """Draw the three answers; return what moves them."""
    (batch,) = ax.plot([], [], "s", color=style.BLUE, ms=9, label="by its batch")
    hollow = {"mfc": "none", "color": style.INK, "ms": 15, "mew": 1.5}
    (ring,) = ax.plot([], [], "o", **hollow, label="running, alone")
    (running,) = ax.plot([], [], "D", color=style.GREEN, ms=7, label="running, in the batch")
    message = ax.text(0, -0.75, "", ha="center", color=style.ORANGE, clip_on=True)

    def show(answers):
        for artist, x, y in zip((batch, running, ring), answers, (0.4, -0.3, -0.3), strict=True):
            artist.set_data([x], [y])
        message.set_text("" if np.isfinite(answers).all() else style.NO_NUMBERS)

    return show


def statistics(fig, algorithm=experiments.averages):
    """A unit's mean and variance while its network trains, and their running averages."""
    axes = style.axes(fig, 2, 1, height=4.85, top=0.7, hspace=0.15)
    axes[0].set_zorder(1)  # its title, which changes, lies over nothing then
    rows = [_followed(axes[0], "μ", (-2.5, 2.5)), _followed(axes[1], "σ²", (0, 1.5))]
    middle = {"ha": "center", "color": style.ORANGE, "clip_on": True}
    message = axes[0].text(STEPS / 2, -2, "", **middle)
    here = _dress_statistics(fig, axes)
    for size in SIZES:
        experiments.learning(size)

    def update(momentum, step, size, unit):
        words, fine = [], True
        for line in here:
            line.set_xdata([step, step])
        for show, (seen, of_all) in zip(rows, experiments.learning(size), strict=True):
            values, truth = seen[: step + 1, unit], of_all[: step + 1, unit]
            followed = np.asarray(algorithm(values, momentum=momentum))
            words.append(show(values, truth, followed))
            fine = fine and bool(np.isfinite(followed).all())
        message.set_text("" if fine else style.NO_NUMBERS)
        axes[0].title.set_text(f"z of unit {unit} in layer 1, mini-batches of {size}")
        at = f"momentum {momentum:g}, mini-batch {step}, m = {size}, unit {unit}"
        return f"{at}; {'; '.join(words)}"

    update.handles = (Handle(axes[0], x="step", y=2.1),)
    return update


def _dress_statistics(fig, axes):
    """Name the lines and the axis; return the upright lines at one mini-batch."""
    axes[0].tick_params(labelbottom=False)
    axes[1].set_xlabel("mini-batch")
    fig.legend(*axes[0].get_legend_handles_labels(), ncols=3, frameon=False, loc="upper center")
    look = {"color": style.GREY, "lw": 1, "label": "_mini-batch chosen"}
    return [ax.axvline(0, **look) for ax in axes]


def _followed(ax, name, limits):
    """Draw a statistic and its running average; return what moves them and says the last."""
    ax.set(xlim=(0, STEPS), ylim=limits, ylabel=name)
    (dots,) = ax.plot([], [], ".", color=style.SKY, ms=6, label="of the mini-batch")
    (dashed,) = ax.plot([], [], "--", color=style.INK, lw=1.5, label="of all digits")
    (line,) = ax.plot([], [], color=style.GREEN, lw=2, label="running average")

    def show(values, truth, followed):
        for artist, heights in ((dots, values), (dashed, truth), (line, followed)):
            artist.set_data(np.arange(len(values)), heights)
        return f"{name}: running {_short(followed[-1])}, of all {_short(truth[-1])}"

    return show


STARTS = "the first mini-batch", "zero"
"""Where the averages of `lag` may start."""

_CHANGE, _BEFORE, _AFTER = 60, 2.0, 4.0


def lag(fig, algorithm=experiments.averages):
    """How late a running average follows a mean that jumps, and how much it shakes."""
    noise = 2 * np.random.default_rng(3).standard_normal(STEPS)
    ax, impulse = style.axes(fig, height=3.3, top=0.15), (_TIMES == 0).astype(float)
    show, arrival = _jump(ax), cache(lambda momentum: _arrival(algorithm, momentum))

    def update(momentum, size, start):
        values, first = _TRUTH + noise / np.sqrt(round(size)), None if start == STARTS[0] else 0.0
        followed = np.asarray(algorithm(values, momentum=momentum, start=first))
        weights = np.asarray(algorithm(impulse, momentum=momentum, start=0.0))
        when, _, in_time = arrival(momentum)
        show(values, followed, arrival(momentum))
        late = many(when - _CHANGE + 1, "mini-batch")
        late = f"after {late}" if in_time else "after more than the 140 mini-batches seen here"
        shakes = 2 * np.sqrt(np.sum(weights**2) / round(size))
        return (
            f"momentum {momentum:g}, m = {round(size)}: shakes by {_short(shakes)}; "
            f"90 % of the jump {late}; started at {start}, after 5 mini-batches it "
            f"reads {_short(followed[4])} for {_BEFORE:g}"
        )

    when, height = (lambda momentum, k=k, **_: arrival(momentum)[k] for k in (0, 1))
    update.handles = (Handle(ax, x="momentum", to_x=when, y=height),)
    return update


_TIMES = np.arange(STEPS)
_TRUTH = np.where(_TIMES < _CHANGE, _BEFORE, _AFTER)


def _arrival(algorithm, momentum):
    """Return where 90 % of the jump is there, without noise, how high, and whether in time.

    If it is not there in time, it is the last place.
    """
    calm = np.nan_to_num(algorithm(_TRUTH, momentum=momentum, start=_BEFORE))
    there = np.flatnonzero(calm >= _BEFORE + 0.9 * (_AFTER - _BEFORE) - 1e-9)
    when = there[0] if len(there) else STEPS - 1
    return when, calm[when], len(there) > 0


def _jump(ax):
    """Draw a mean that jumps and the average that follows it; return what moves them."""
    (dots,) = ax.plot([], [], ".", color=style.SKY, label="mean of a mini-batch")
    ax.step(_TIMES, _TRUTH, "--", color=style.INK, lw=1.5, where="mid", label="mean of all")
    (line,) = ax.plot([], [], color=style.GREEN, lw=2, label="running average")
    look = {"color": style.ORANGE, "ms": 8, "mew": 1.5}
    (place,) = ax.plot([], [], "D", **look, label="90 % there (hollow: later)")
    message = ax.text(STEPS / 2, 0, "", ha="center", color=style.ORANGE, clip_on=True)
    ax.set(xlim=(0, STEPS), ylim=(-1, 8.6), xlabel="mini-batch", ylabel="μ")
    close = {"columnspacing": 1.2, "handletextpad": 0.5, "handlelength": 1.5}
    ax.legend(frameon=False, ncols=4, loc="upper center", fontsize=9, **close)

    def show(values, followed, arrival):
        dots.set_data(_TIMES, values)
        line.set_data(_TIMES, followed)
        when, height, in_time = arrival
        place.set_data([when], [height])
        place.set_markerfacecolor(style.ORANGE if in_time else "none")
        message.set_text("" if np.isfinite(followed).all() else style.NO_NUMBERS)

    return show


def evaluation(fig):
    """The test accuracy of five networks by how many digits come at a time."""
    known = experiments.accuracies()
    looks = (style.GREEN, "-", "o", MODES[0]), (style.BLUE, "--", "s", MODES[1])
    show = _bands(fig, looks, TEST_SIZES)
    fig.axes[0].set_xlabel(
        "digits in a batch at test time (lowest, middle, highest of five networks)"
    )

    def update(size, order):
        found = show([known[mode, order] for mode in MODES], TEST_SIZES.index(size))
        said = "; ".join(f"{mode} {share}" for mode, share in zip(MODES, found, strict=True))
        return f"batches of {size}, {order}: {said} right"

    update.handles = (Handle(fig.axes[0], x="size", to_x=_among(TEST_SIZES), y=0.04),)
    return update


def _among(sizes):
    return lambda size, **_: sizes.index(size)


def _bands(fig, looks, sizes):
    """Draw networks' curves, several ways, by size; return what moves and says them."""
    ax = style.axes(fig, height=3.4)
    bands = [_Band(ax, *look) for look in looks]
    chosen = ax.axvline(0, color=style.GREY, lw=1, label="_size chosen")
    ax.set(xlim=(-0.3, len(sizes) - 0.7), ylim=(0, 1.03), ylabel="fraction right")
    ax.set_xticks(range(len(sizes)), sizes)
    fig.legend(*ax.get_legend_handles_labels(), frameon=False, ncols=3, loc="upper center")

    def show(known, here):
        chosen.set_xdata([here, here])
        at = np.arange(len(sizes))
        return [band.show(at, values, here) for band, values in zip(bands, known, strict=True)]

    return show


def failing(fig):
    """The test accuracy of networks that were trained with mini-batches of different size."""
    known, (later, plain) = small.by_training_size(), (small.LATER, small.PLAIN)
    looks = (
        (style.GREEN, "-", "o", MODES[0]),
        (style.ORANGE, "--", "s", later),
        (style.GREY, ":", "D", plain),
    )
    show = _bands(fig, looks, small.SIZES)
    fig.axes[0].set_xlabel(
        "examples in a mini-batch of training (lowest, middle, highest of fifteen networks)"
    )

    def update(size, momentum):
        here = small.SIZES.index(size)
        running, once_more, without = show([known[momentum], known[later], known[plain]], here)
        return (
            f"trained with m = {size}, momentum {momentum:g}: by running statistics {running}; "
            f"by statistics taken once more {once_more}; without batch norm {without} right"
        )

    update.handles = (Handle(fig.axes[0], x="size", to_x=_among(small.SIZES), y=0.04),)
    return update


class _Band:
    """Several networks' curves as three: the lowest, the middle, the highest at each place."""

    def __init__(self, ax, colour, line, marker, label):
        thin = {"color": colour, "lw": 1, "alpha": 0.6}
        self._lines = [
            ax.plot([], [], line, **thin)[0],
            ax.plot([], [], line + marker, color=colour, lw=2.5, ms=5, label=label)[0],
            ax.plot([], [], line, **thin)[0],
        ]

    def show(self, at, values, here):
        """Move the curves and return median and range at one place in words."""
        levels = np.min(values, axis=0), np.median(values, axis=0), np.max(values, axis=0)
        for line, heights in zip(self._lines, levels, strict=True):
            line.set_data(at, heights)
        low, middle, high = (100 * heights[here] for heights in levels)
        return f"{middle:.0f} % ({low:.0f} to {high:.0f})"


def _short(x):
    return f"{np.round(x, 2) + 0.0:.2f}".replace("-", "−") if np.isfinite(x) else style.NOT_A_NUMBER
