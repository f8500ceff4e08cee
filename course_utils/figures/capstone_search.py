"""Pictures of the capstone's search: one that a reader plays, and two finalists digit by digit."""

import numpy as np
from matplotlib.colors import LogNorm

from course_utils.experiments import paired as pairs
from course_utils.experiments import search_game
from course_utils.figures import style
from course_utils.support.handles import Handle
from course_utils.support.words import many, percent

_NORM = LogNorm(14, 360)
_LEAST, _MOST = 12, 420


def game(fig, *, game):
    """The trials that a reader placed on the plane, and how random search did by then."""
    left, right = style.axes(fig, 1, 2, height=4.0, width_ratios=(5, 4), left=0.85, wspace=0.28)
    show_trials, show_race = _plane(left), _race(right)

    def update(alpha, lambda_, trials, reveal=False):
        placed = game.reach(trials, alpha, lambda_)
        show_trials(placed, (alpha, lambda_), reveal)
        counts = [count for *_, count in placed]
        show_race(np.minimum.accumulate(counts) if counts else np.array([]))
        spent = f"{trials} of {search_game.TRIALS} trials, {trials * search_game.EPOCHS} epochs"
        if not counts:
            there = f"α = {alpha:g}, λ = {lambda_:g}"
            return f"{spent}: nothing trained yet; the next one would be at {there}"
        part = search_game.beaten(min(counts), trials)
        last = f"the last at α = {placed[-1][0]:g}, λ = {placed[-1][1]:g}: {counts[-1]} wrong"
        return (
            f"{spent}; {last}; best {min(counts)}, better than {percent(part)} of random searches"
        )

    update.forget = game.begin
    update.handles = (Handle(left, x="alpha", y="lambda_", pressed=True),)
    return update


def _plane(ax):
    """Draw the plane of alpha and lambda; return what shows trials on it."""
    alpha, lambda_, wrong = search_game.plane()
    look = {"norm": _NORM, "cmap": "viridis"}
    middle = {"ha": "center", "va": "center"}
    everything = ax.scatter(alpha, lambda_, c=wrong, s=14, **look)
    mine = ax.scatter([], [], c=[], s=440, edgecolor=style.INK, lw=1, zorder=3, **look)
    texts = [
        ax.text(1, 1, "", fontsize=8, linespacing=0.9, zorder=4, clip_on=True, **middle)
        for _ in range(search_game.TRIALS)
    ]
    (coming,) = ax.plot([0.01], [1], "o", ms=22, mfc="none", mec=style.ORANGE, mew=2.5, zorder=5)
    ax.set(xscale="log", yscale="log", xlim=(5.4e-5, 1.85), ylim=(0.0047, 215))
    style.ticks(ax.xaxis, (1e-4, 1e-3, 0.01, 0.1, 1))
    style.ticks(ax.yaxis, (0.01, 0.1, 1, 10, 100))
    ax.set(xlabel="learning rate α", ylabel="L2 strength λ", title="wrong of 360 (dark: few)")

    def show(placed, here, reveal):
        everything.set_visible(reveal)
        coming.set_data(*np.reshape(here, (2, 1)))
        mine.set_offsets([trial[:2] for trial in placed] or np.empty((0, 2)))
        mine.set_array(np.array([count for *_, count in placed], float))
        for k, text in enumerate(texts):
            text.set_text(_counts_there(placed, k))
            if k < len(placed):
                text.set(position=placed[k][:2], color="white" if placed[k][3] < 70 else "black")

    return show


def _counts_there(placed, k):
    """Write the last two counts of a place, over its last trial only."""
    there = [trial for trial in placed if k < len(placed) and trial[:2] == placed[k][:2]]
    last = there and there[-1] == placed[k]
    return "\n".join(str(count) for *_, count in there[-2:]) if last else ""


def _race(ax):
    """Draw how random searches get on; return what shows the reader's best so far."""
    at = np.arange(1, search_game.TRIALS + 1)
    low, middle, high = np.percentile(search_game.random_searches(), [10, 50, 90], axis=0)
    ax.fill_between(at, low, high, color="#DDDDDD", label="80 % of random searches")
    ax.plot(at, middle, "--", color=style.GREY, label="their median")
    (mine,) = ax.plot([], [], "o-", ms=5, color=style.BLUE, label="you")
    ax.set(xlim=(0.5, search_game.TRIALS + 0.5), ylim=(_LEAST, _MOST), yscale="log")
    ax.set(xlabel="trials", title="fewest wrong so far")
    ax.set_xticks([1, 3, 6, 9, 12])
    style.ticks(ax.yaxis, (15, 20, 30, 50, 100, 200))
    ax.legend(loc="upper right", bbox_to_anchor=(1, 0.8), fontsize=9, **style.GROUND)

    def show(best):
        mine.set_data(at[: len(best)], best)

    return show


_NAMES = "ABCDE"


def digit_by_digit(fig, *, finalists):
    """Two finalists on the same digits: where each is wrong, and what their difference is."""
    left, right = style.axes(fig, 1, 2, height=3.6, width_ratios=(4, 5), left=0.9, wspace=0.3)
    show_table, show_error = _two_by_two(left), _errors(right)

    def update(first, second, seeds):
        wrong = [finalists[_NAMES.index(name)][:seeds] for name in (first, second)]
        found = pairs.compare(*wrong)
        show_table(pairs.table(*wrong), first, second)
        show_error(found)
        return _compared(f"{first} minus {second}, {many(seeds, 'seed')}", found)

    return update


def _compared(who, found):
    """Say the two standard errors, in halves of a point: chance moves the digits behind them."""
    if not found.paired:
        return f"{who}: the same network, so there is nothing to compare"
    halves = [round(200 * error) / 2 for error in (found.unpaired, found.paired)]
    return (
        f"{who}: the standard error is about {halves[0]:.1f} points on different digits, about "
        f"{halves[1]:.1f} on the same ones"
    )


def _two_by_two(ax):
    """Draw four cells; return what writes the number of digits into them."""
    image = ax.imshow(np.ones((2, 2)), cmap="Blues", norm=LogNorm(0.5, 1000), aspect="auto")
    middle = {"ha": "center", "va": "center", "clip_on": True}
    texts = [[ax.text(x, y, "", **middle) for x in (0, 1)] for y in (0, 1)]
    ax.set_xticks([0, 1], ["right", "wrong"])
    ax.set_yticks([0, 1], ["right", "wrong"])
    ax.set_title("digits, mean over seeds")

    def show(counts, first, second):
        image.set_data(np.maximum(counts, 0.5))
        ax.set(xlabel=second, ylabel=first)
        for row, numbers in zip(texts, counts, strict=True):
            for text, number in zip(row, numbers, strict=True):
                text.set(text=f"{number:.1f}", color="white" if number > 150 else style.INK)

    return show


def _errors(ax):
    """Draw the difference of two finalists with two error bars; return what moves them."""
    bars = [ax.plot([0, 0], [y, y], lw=9, solid_capstyle="butt")[0] for y in (2, 1, 0)]
    (mark,) = ax.plot([0, 0], [-0.35, 2.35], lw=3, color=style.INK)
    ax.axvline(0, color=style.GREY, lw=1)
    for bar, colour in zip(bars, (style.ORANGE, style.BLUE, style.GREEN), strict=True):
        bar.set(color=colour, alpha=0.6)
    ax.set_yticks([2, 1, 0], ["different\ndigits", "the same\ndigits", "and luck\nof seeds"])
    ax.set(xlim=(-0.055, 0.055), ylim=(-0.6, 2.6), xlabel="difference of the errors, in points")
    ax.set_xticks([-0.04, -0.02, 0, 0.02, 0.04], ["−4", "−2", "0", "2", "4"])
    ax.set_title("difference, ± two standard errors")

    def show(found):
        mark.set_xdata([found.difference] * 2)
        for bar, error in zip(bars, (found.unpaired, found.paired, found.total), strict=True):
            bar.set_xdata(found.difference + np.array([-2, 2]) * error)

    return show


MOMENTS = {
    "digit_by_digit": {
        "A and B": (
            {"first": "A", "second": "B", "seeds": 5},
            "The blue bar reaches across 0: these two cannot be told apart.",
        ),
        "A and C": (
            {"first": "A", "second": "C", "seeds": 5},
            "The blue bar ends before 0; with the luck of the seeds added, the green one ends "
            "close to it.",
        ),
        "one seed": (
            {"first": "A", "second": "C", "seeds": 1},
            "With one seed each, nothing is known of the luck of the seeds: green equals blue.",
        ),
    },
}
"""Values of `digit_by_digit` at which there is something to see, and what it is."""
