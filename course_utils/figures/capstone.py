"""Pictures of tuning on a budget: the tuner's seat, the search as it grows, luck, the report."""

import io
import textwrap
from functools import partial

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from course_utils.experiments import capstone as experiments
from course_utils.experiments import digit_tuning
from course_utils.experiments.luck import LUCK_ERROR, best_of, equal_models, standard_error
from course_utils.experiments.standings import SEEDS, best_means, finals, in_words, points
from course_utils.figures import style
from course_utils.figures.training_softmax import confusions, curves, epoch_cursor, worst_mistakes
from course_utils.support.handles import Handle
from course_utils.support.looks import in_house_looks
from course_utils.support.words import many, percent

_TICKS = (0.02, 0.05, 0.1, 0.2, 0.5, 1)
_NAMES = "ABCDE"
_AREA = 4
"""Of a trial's disc for each epoch that it cost, in square points."""


def tuner(fig, run):
    """A network of a `Tuner` that learns with the settings of your sliders."""
    both = style.axes(fig, 1, 2, height=3.2, wspace=0.25)
    most, digits = experiments.TUNER_WRONG, digit_tuning.validation_digits()
    show = curves(*both, run.epochs, other="validation", goal=most / digits)
    both[1].set_title(f"wrong answers (dotted: {most} of {digits})")
    move_cursor, handle = epoch_cursor(*both)

    def update(epoch, alpha, units, keep_prob):
        move_cursor(epoch)
        for number, frames in run.reach(epoch, alpha, units, keep_prob):
            show(frames)
            most = np.nanmax([frame.costs for frame in frames])
            style.reach(both[0], 0, np.clip(1.05 * most, 3, 99))
            at = f"epoch {number}, α = {alpha:g}, {units} units, keep_prob {keep_prob:g}"
            yield f"{at}: {_said(frames)}"

    update.handles = (handle,)
    return update


def _said(frames):
    last = frames[-1]
    if last.failed:
        return style.TOO_LARGE
    if len(frames) == 1:
        return "not trained yet"
    count = f"{experiments.count(last)} of {digit_tuning.validation_digits()}"
    known, other = last.wrong
    return f"wrong in training {percent(known, 1)}, in validation {percent(other, 1)} ({count})"


def growth(fig, *, board):
    """A search as it grows: each trial, the best so far, the epochs spent."""
    ax = style.axes(fig, height=3.6)
    show, trials = _grow(ax, board), board.trials
    spent_after = [0, *np.cumsum(trials.column("epochs").astype(int))]
    here = ax.axvline(0, color=style.GREY, lw=1, zorder=0.4, label="_trial")  # behind the legend

    def update(trials_shown):
        here.set_xdata([spent_after[trials_shown]] * 2)
        spent, best, mean = show(trials_shown)
        if not trials_shown:
            return f"no trial of {len(trials)} yet: 0 of {board.budget} epochs spent"
        said = f"trial {trials_shown} of {len(trials)}: {spent} of {board.budget} epochs spent; "
        said += f"best single trial {percent(best)}" if np.isfinite(best) else "none finished yet"
        return said + (
            f", best mean of {SEEDS} seeds or more {percent(mean)}" if np.isfinite(mean) else ""
        )

    def after(trials_shown):
        return spent_after[trials_shown]

    update.handles = (Handle(ax, x="trials_shown", to_x=after, y=0.0185),)
    return update


def _grow(ax, board):
    """Draw the axes of `growth`; return what shows the first n trials."""
    trials = board.trials
    epochs, values = trials.column("epochs").astype(int), trials.column("value").astype(float)
    spent, best, means = np.cumsum(epochs), trials.best_so_far(), best_means(trials)
    failed = np.isnan(values)
    look = {"color": style.SKY, "edgecolor": style.BLUE, "lw": 0.7}
    dots = ax.scatter([], [], **look, label="_trials")
    for n in sorted({min(epochs, default=1), max(epochs, default=1)}):
        ax.scatter([], [], _AREA * n, **look, label=f"a trial of {many(n, 'epoch')}")
    (crosses,) = ax.plot([], [], "x", color=style.ORANGE, label="failed" if failed.any() else "_")
    steps = {"drawstyle": "steps-post"}
    (single,) = ax.plot([], [], "-", color=style.INK, label="best single trial", **steps)
    (mean,) = ax.plot(
        [], [], "--", color=style.PINK, label=f"best mean of ≥ {SEEDS} seeds", **steps
    )
    _dress_growth(ax, board.budget, max(board.budget, spent[-1] if len(spent) else 0))

    def show(n):
        at = np.column_stack([spent, values])[:n]
        dots.set_offsets(at[~failed[:n]])
        dots.set_sizes(_AREA * epochs[:n][~failed[:n]])
        crosses.set_data(spent[:n][failed[:n]], np.full(failed[:n].sum(), 0.9))
        for line, seen in ((single, best), (mean, means)):
            line.set_data(spent[:n], np.where(np.isfinite(seen), seen, np.nan)[:n])
        return (spent[n - 1], best[n - 1], means[n - 1]) if n else (0, np.inf, np.inf)

    return show


def _dress_growth(ax, budget, most):
    ax.set(xlim=(0, most * 1.02), ylim=(0.015, 1.1), yscale="log")
    ax.set(xlabel="epochs spent", title="validation error of each trial")
    ax.set_yticks(_TICKS, [f"{100 * tick:g} %" for tick in _TICKS])
    ax.minorticks_off()
    ax.axvline(budget, color=style.GREY, ls=":")
    place = {"loc": "upper right", "bbox_to_anchor": (0.96, 1.02)}
    ax.legend(ncols=2, fontsize=9, **place, **style.GROUND).set_zorder(0.5)


def finalists(fig, *, board):
    """The finalists seed by seed, and how far chance reaches."""
    show = _compare(style.axes(fig, height=3.3, left=0.4), board)
    for y, standing in enumerate(finals(board)):
        fig.axes[0].text(0.0005, y - 0.29, in_words(standing.configuration), zorder=0.5)

    def update(seeds):
        means, noise = show(seeds)
        if not seeds or len(means) == 0:
            return "no seed seen yet: all are equal" if len(means) else "no finalist yet"
        said = ", ".join(
            f"{name} {percent(mean)}" for name, mean in zip(_NAMES, means, strict=False)
        )
        return (
            f"{many(seeds, 'seed')}: {said}; "
            f"each has a standard error of about {many(round(100 * noise), 'point')}"
        )

    return update


def _compare(ax, board):
    """Draw the axes of `finalists`; return what shows the first k seeds."""
    best, digits = finals(board), digit_tuning.validation_digits()
    errors = [np.array([s.errors[seed] for seed in sorted(s.errors)]) for s in best]
    rows = [_finalist(ax, y, c) for y, c in zip(range(len(best)), style.CLASSES, strict=False)]
    widest = max(map(max, errors), default=0.06)
    ax.set(ylim=(max(len(best), 1) - 0.5, -0.5), xlim=(0, 1.6 * widest))
    ax.set_title("○ a seed, | their mean, band: ± standard error of 360 digits")
    style.percent(ax.xaxis)
    ax.set_yticks(range(len(best)), _NAMES[: len(best)])
    ax.set_xlabel("validation error")

    def show(k):
        means = np.array([e[:k].mean() if k else np.nan for e in errors])
        noise = standard_error(means, digits)
        for move, e, mean, se in zip(rows, errors, means, noise, strict=True):
            move(e[:k], mean, se)
        return means, noise[means.argmin()] if k and len(means) else np.nan

    return show


def _finalist(ax, y, colour):
    """Draw a finalist's seeds, their mean and its noise in a row; return what moves them."""
    (chance,) = ax.plot([], [], color=colour, alpha=0.25, lw=18, solid_capstyle="butt")
    (dots,) = ax.plot([], [], "o", color=colour, mfc="none", ms=6)
    (mark,) = ax.plot([], [], "|", color=colour, ms=22, mew=3)

    def show(errors, mean, noise):
        chance.set_data([mean - noise, mean + noise], [y, y])
        dots.set_data(errors, y + 0.06 * (np.arange(len(errors)) % 5 - 2))
        mark.set_data([mean], [y])

    return show


def luck(fig, best_of=best_of):
    """How good the best of equal models looks."""
    drawn, curve = style.axes(fig, 1, 2, height=3.4, wspace=0.25)
    show_draw = _one_draw(drawn)
    for ax in (drawn, curve):
        ax.axhline(LUCK_ERROR, color=style.INK, lw=1, ls="--", label="true error of all")
        ax.set(ylim=(-0.003, _TOP))
        style.percent(ax.yaxis)
    show_curve = _the_best_of(curve, best_of)
    for ax in (drawn, curve):
        ax.legend(loc="upper right", fontsize=9, **style.GROUND)

    def update(models, digits, draw):
        models, digits = round(models), round(digits)
        seen = equal_models(digits, draw)[:models]
        show_draw(seen)
        on_average = show_curve(models, digits)
        looks = f"the best looks {percent(on_average, 1)} on average"
        here = f"{percent(seen.min(), 1)} in this draw; it is {percent(LUCK_ERROR, 1)}"
        above = (seen > _TOP).sum()
        drawn_lower = f"; {above} of {models} look worse than {percent(_TOP)}" if above else ""
        return f"k = {models}, {digits} digits: {looks}, {here}{drawn_lower}"

    def expected(models, digits, **_):
        return best_of(round(models), LUCK_ERROR, round(digits)).mean

    update.handles = (
        Handle(curve, x="models", to_x=lambda models, **_: round(models), y=expected),
    )
    return update


_TOP = 0.1
"""The greatest error there is room for; worse ones are drawn at the edge, and counted in words."""

_ROOM = (1, 2, 5, 10, 20, 50, 100, 200)
"""For how many models there is room on an axis: one that went along would be drawn at each move."""


def _one_draw(ax):
    """Draw the errors of equal models and the least of them; return what moves them."""
    (dots,) = ax.plot([], [], "o", color=style.SKY, ms=5, label="a model")
    (least,) = ax.plot([], [], "*", color=style.ORANGE, ms=15, label="the best")
    ax.set(xlabel="model", title="validation error of k equal models")
    ax.xaxis.set_major_locator(MaxNLocator(5, integer=True, steps=(1, 2, 5, 10), min_n_ticks=1))

    def show(seen):
        room = next(many for many in _ROOM if many >= len(seen))
        edge = max(0.9, 0.04 * room)
        style.reach_across(ax, 1 - edge, room + edge)
        inside = np.minimum(seen, _TOP - 0.0015)
        dots.set_data(np.arange(1, len(seen) + 1), inside)
        least.set_data([seen.argmin() + 1], [inside.min()])

    return show


def _the_best_of(ax, best_of):
    """Draw the least error by the number of models; return what moves it and says it."""
    counts = np.unique(np.geomspace(1, 200, 20).round().astype(int))
    band = [ax.plot([], [], color=style.ORANGE, lw=1, ls=":")[0] for _ in range(2)]
    (mean,) = ax.plot([], [], color=style.ORANGE, label="the best, on average")
    (here,) = ax.plot([], [], "o", color=style.ORANGE, ms=9)
    ax.set(xscale="log", xlim=(0.9, 220), xlabel="models k")
    ax.set_title("the best of k (dotted: 80 % of cases)")
    ax.set_xticks([1, 3, 10, 30, 100], [1, 3, 10, 30, 100])
    ax.minorticks_off()

    def show(models, digits):
        table = np.array([best_of(int(k), LUCK_ERROR, digits) for k in counts])
        for line, values in zip((mean, *band), table.T, strict=True):
            line.set_data(counts, values)
        expected = best_of(models, LUCK_ERROR, digits).mean
        here.set_data([models], [expected])
        return expected

    return show


def final(fig, *, board):
    """The networks that the test set judged: how they learned, where they are wrong."""
    if not board.openings:
        raise ValueError("the test set is closed: use board.open_test_set() first")
    (costs, wrong), (table, worst) = style.axes(
        fig, 2, 2, height=5.0, hspace=0.55, wspace=0.3, bottom=0.5
    )
    configuration = board.openings[0].configuration
    epochs = configuration["epochs"]
    show_curves = curves(costs, wrong, epochs, other="validation", goal=None)
    costs.set(yscale="log", ylim=(5e-4, 5))
    style.ticks(costs.yaxis, [0.001, 0.01, 0.1, 1])
    (star,) = wrong.plot([], [], "*", ms=15, color=style.GREEN, mec="white")
    wrong.legend([star], ["the digits below"], frameon=False, loc="upper right", fontsize=9)
    show_table, show_worst = confusions(table), worst_mistakes(worst)

    def update(seed, digits):
        frames, says = experiments.judged(configuration, seed)
        X, Y = getattr(digit_tuning.sets(), digits)
        labels, y_hat = Y.argmax(axis=0), says[digits]
        wrong_ones = y_hat.argmax(axis=0) != labels
        show_curves(frames)
        star.set_data([epochs], [wrong_ones.mean()])
        show_table(labels, y_hat.argmax(axis=0))
        show_worst(X, labels, y_hat)
        table.set_title(f"wrong: {wrong_ones.sum()} of {len(labels)} {digits} digits")
        return f"seed {seed}, {digits} digits: {percent(wrong_ones.mean())} wrong"

    return update


class Page:
    """A page about a leaderboard: a picture in a notebook, and its words as text.

    Chance moves the last digit of an error from processor to processor. So a notebook's own text
    is the first line, of what was spent; the numbers are in the picture and in `words`.

    Parameters
    ----------
    words : str
    draw : callable
        ``draw(fig)``.

    Attributes
    ----------
    words : str
        Everything on the page, as text.
    """

    @in_house_looks
    def __init__(self, words, draw):
        self.words, self.figure = words, Figure(dpi=100)
        draw(self.figure)

    def __repr__(self):
        return self.words.splitlines()[0]

    @in_house_looks
    def _repr_png_(self):
        file = io.BytesIO()
        self.figure.savefig(file, format="png")
        return file.getvalue()

    @in_house_looks
    def save(self, path):
        """Write the page; the ending of its name says how: ``.png``, ``.pdf``, ``.svg``."""
        self.figure.savefig(path)


def report(board):
    """Return everything about a leaderboard on one `Page`."""
    return Page(board.report(), partial(_report, board=board))


def divisions(apart, observed):
    """Return a `Page` with how far two halves of some digits lie apart, division by division.

    Parameters
    ----------
    apart : ndarray
        As `luck.halves` returns it.
    observed : float
        How far the two parts that were really compared lie apart; it is marked.
    """
    words = f"{len(apart)} divisions of the digits into two halves\n"
    words += f"the two that were compared lie {points(observed)} points apart"
    return Page(words, partial(_divisions, apart=apart, observed=observed))


def _divisions(fig, apart, observed):
    ax = style.axes(fig, height=2.9)
    found, counts = np.unique(apart.round(9), return_counts=True)
    further = found > observed - 1e-6
    step = np.diff(found).min(initial=1)
    for some, colour, label in (
        (~further, style.SKY, "less"),
        (further, style.ORANGE, f"{points(observed)}, as between test and validation, or more"),
    ):
        ax.bar(100 * found[some], counts[some], 80 * step, color=colour, label=label)
    ax.set(xlabel="points between the errors of the two halves", ylabel="divisions")
    ax.set_title("the same digits, divided again and again")
    ax.legend(frameon=False, loc="upper right")


def standings(board, most=10):
    """Return a `Page` with the best configurations of a leaderboard, seed by seed."""
    return Page(repr(board), partial(_standings, board=board, most=most))


def _standings(fig, board, most):
    best = [s for s in board.standings if np.isfinite(s.mean)][:most]
    ax = style.axes(fig, height=1.1 + 0.44 * max(len(best), 1), right=4.4, left=0.4, bottom=0.5)
    errors = [list(s.errors.values()) for s in best]
    widest = max(map(max, errors), default=0.1)
    ax.set(xlim=(0, 1.15 * widest), ylim=(max(len(best), 1) - 0.5, -0.5), yticks=range(len(best)))
    ax.set_yticklabels(range(1, len(best) + 1))
    ax.set_title("○ a seed, | the mean", loc="left")
    ax.set_xlabel("validation error")
    style.percent(ax.xaxis)
    for y, (standing, seen) in enumerate(zip(best, errors, strict=True)):
        ax.plot(seen, [y] * len(seen), "o", ms=5, mfc="none", color=style.BLUE)
        ax.plot([standing.mean], [y], "|", ms=16, mew=3, color=style.INK)
        result = f"{standing.in_words()}{standing.doubt()}, {standing.epochs} epochs"
        words = f"{result}: {in_words(standing.configuration)}"
        ax.text(1.2 * widest, y, textwrap.fill(words, 66), va="center", fontsize=8.5)
    more = len(board.standings) - len(best)
    hidden = f"; {more} more configurations" if more > 0 else ""
    spent = f"{board.spent} of {board.budget} epochs spent{hidden}"
    ax.text(1.2 * widest, -0.9, spent, va="center", fontsize=9)


def _report(fig, board):
    lines = [
        textwrap.fill(line, 92, subsequent_indent="   ") for line in board.report().split("\n")
    ]
    words = "\n".join(lines)
    above = 0.15 + 0.2 * len(words.split("\n"))  # inches
    grown, compared, tested = style.axes(
        fig, 1, 3, height=3.3 + above, top=0.4 + above, wspace=0.42, left=0.6
    )
    fig.text(0.02, 1 - 0.1 / (3.3 + above), words, va="top", linespacing=1.35)
    _grow(grown, board)(len(board.trials))
    grown.get_legend().remove()
    grown.set_title("best trial; dashed: best mean")
    _compare(compared, board)(max((len(s.errors) for s in finals(board)), default=0))
    compared.set_title("finalists, by seed")
    _judged(tested, board)


def _judged(ax, board):
    """Draw validation against test error of each opening, one point a seed."""
    openings = board.openings
    most = max([e for o in openings for e in (*o.errors, *o.validation)], default=0.05) * 1.4
    ax.plot([0, most], [0, most], "--", color=style.GREY, lw=1)
    for opening, look in zip(openings, ("o", "x", "+", "s", "d"), strict=False):
        colour = style.BLUE if opening.place == 1 else style.ORANGE
        ax.plot(
            opening.validation,
            opening.errors,
            look,
            color=colour,
            ms=7,
            label=f"opening {opening.place}",
        )
    if openings:
        ax.legend(frameon=False, loc="upper left", fontsize=9)
    else:
        ax.text(most / 2, most / 2, "the test set is closed", ha="center", fontsize=11)
    ax.set(xlim=(0, most), ylim=(0, most), xlabel="validation error", title="test error, by seed")
    for axis in (ax.xaxis, ax.yaxis):
        style.percent(axis)
