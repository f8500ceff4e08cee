"""Pictures of tuning on a budget: the tuner's seat, the search as it grows, luck, the report."""

import io
import json
import textwrap
from functools import lru_cache

import numpy as np
from matplotlib.figure import Figure

from course_utils import capstone, digit_tuning, learning_rate_decay
from course_utils.figures import style
from course_utils.figures.training_softmax import Life, confusions, curves, worst_mistakes

GOAL = 14
"""The challenge at the tuner's seat: this many of the 360 validation digits wrong, or fewer."""

_TICKS = (0.02, 0.05, 0.1, 0.2, 0.5, 1)
_NAMES = "ABCDE"


class TunerRun:
    """A network that a reader tunes while it learns, and its picture.

    Its number of units and its dropout begin a new life; α may be changed on the way.
    """

    epochs = 20

    def __init__(self, seed=0):
        self._seed, self._settings, self.life = seed, None, None

    def reach(self, epoch, alpha, units, keep_prob):
        """Train, or go back, to an epoch; yield ``(number, frame)`` of each on the way."""
        if self._settings != (units, keep_prob):
            configuration = {"units": units, "keep_prob": keep_prob}
            run = digit_tuning.start(configuration, _rng(self._seed))
            self.life = Life(run, *digit_tuning.sets().validation)
            self._settings = units, keep_prob
        yield from self.life.line.reach(epoch, alpha)

    @property
    def wrong(self):
        """How many validation digits the frame shown gets wrong."""
        frame = self.life.line.states[-1]
        return len(self.life.labels) if frame.failed else _count(frame, self.life)

    def picture(self, fig):
        """Show a network that learns with the settings of your sliders."""
        goal = GOAL / digit_tuning.sets().validation[1].shape[1]
        show = curves(*style.axes(fig, 1, 2, height=3.2, wspace=0.25), self.epochs,
                      other="validation", goal=goal)  # fmt: skip

        def update(epoch, alpha, units, keep_prob):
            for number, frame in self.reach(epoch, alpha, units, keep_prob):
                show(self.life.line.states)
                at = f"epoch {number}, α = {alpha:g}, {units} units, keep_prob {keep_prob:g}"
                yield f"{at}: {self._said(number, frame)}"

        return update

    def _said(self, number, frame):
        if frame.failed or number == 0:
            return frame.failed or "not trained yet"
        count = f"{_count(frame, self.life)} of {len(self.life.labels)}"
        known, other = frame.wrong
        return f"wrong in training {known:.1%}, in validation {other:.1%} ({count})"


def _count(frame, life):
    return round(frame.wrong[1] * len(life.labels))


def growth(fig, *, board):
    """Show a search as it grows: each trial, the best so far, the epochs spent."""
    ax = style.axes(fig, height=3.6)
    show, trials = _grow(ax, board), board.trials

    def update(trials_shown):
        spent, best, mean = show(trials_shown)
        if not trials_shown:
            return f"no trial of {len(trials)} yet: 0 of {board.budget} epochs spent"
        said = f"trial {trials_shown} of {len(trials)}: {spent} of {board.budget} epochs spent; "
        said += f"best single trial {best:.1%}" if np.isfinite(best) else "none finished yet"
        return said + (f", best mean of {capstone.SEEDS} seeds or more {mean:.1%}"
                       if np.isfinite(mean) else "")  # fmt: skip

    return update


def _grow(ax, board):
    """Draw the axes of `growth`; return what shows the first n trials."""
    trials = board.trials
    epochs, values = trials.column("epochs").astype(int), trials.column("value").astype(float)
    spent, best, means = np.cumsum(epochs), trials.best_so_far(), _best_means(trials)
    failed = np.isnan(values)
    dots = ax.scatter([], [], color=style.SKY, edgecolor=style.BLUE, lw=0.7, label="a trial")
    (crosses,) = ax.plot([], [], "x", color=style.ORANGE,
                        label="failed" if failed.any() else "_")  # fmt: skip
    lines = [ax.plot([], [], look, color=colour, drawstyle="steps-post", label=label)[0]
             for look, colour, label in (("-", style.INK, "best single trial"),
                                         ("--", style.PINK, "best mean of seeds"))]  # fmt: skip
    ax.set(xlim=(0, max(board.budget, spent[-1] if len(spent) else 0) * 1.02), ylim=(0.015, 1.1),
           yscale="log", xlabel="epochs spent", title="validation error of each trial")  # fmt: skip
    ax.set_yticks(_TICKS, [f"{100 * tick:g} %" for tick in _TICKS])
    ax.minorticks_off()
    ax.axvline(board.budget, color=style.GREY, ls=":")
    ax.legend(frameon=False, ncols=2, loc="upper right", fontsize=9).set_zorder(0.5)

    def show(n):
        at = np.column_stack([spent, values])[:n]
        dots.set_offsets(at[~failed[:n]])
        dots.set_sizes(4 * epochs[:n][~failed[:n]])
        crosses.set_data(spent[:n][failed[:n]], np.full(failed[:n].sum(), 0.9))
        for line, seen in zip(lines, (best, means), strict=True):
            line.set_data(spent[:n], np.where(np.isfinite(seen), seen, np.nan)[:n])
        return (spent[n - 1], best[n - 1], means[n - 1]) if n else (0, np.inf, np.inf)

    return show


def _best_means(trials):
    """Return the least mean of a configuration with enough seeds, after each trial."""
    groups, found = [], []
    for trial in trials:
        errors = next((e for c, e in groups if c == trial.configuration), None)
        if errors is None:
            groups.append((trial.configuration, errors := []))
        errors.append(trial.value)
        means = [np.mean(e) for _, e in groups if len(e) >= capstone.SEEDS]
        found.append(np.nanmin([np.inf, *means]))
    return np.array(found)


def finalists(fig, *, board):
    """Show the finalists seed by seed, and how far chance reaches."""
    show = _compare(style.axes(fig, height=3.2), board)
    for y, standing in enumerate(_finals(board)):
        fig.axes[0].text(0.001, y - 0.3, capstone.in_words(standing.configuration), fontsize=9,
                         zorder=0.5)  # fmt: skip

    def update(seeds):
        means, noise = show(seeds)
        if not seeds or len(means) == 0:
            return "no seed seen yet: all are equal" if len(means) else "no finalist yet"
        said = ", ".join(f"{name} {mean:.1%}" for name, mean in zip(_NAMES, means, strict=False))
        gap = np.diff(np.sort(means))[:1]
        lead = "".join(f"; the first leads by {100 * g:.1f} points" for g in gap)
        return f"{seeds} seed{'s' * (seeds > 1)}: {said}{lead}; standard error {100 * noise:.1f}"

    return update


def _finals(board, most=3):
    """Return the best standings with enough seeds, in the order in which they were tried."""
    found = [s for s in board.standings if len(s.errors) >= capstone.SEEDS and np.isfinite(s.mean)]
    tried = [trial.configuration for trial in board.trials]
    return sorted(found[:most], key=lambda s: tried.index(s.configuration))


def _compare(ax, board):
    """Draw the axes of `finalists`; return what shows the first k seeds."""
    finals, digits = _finals(board), digit_tuning.sets().validation[1].shape[1]
    errors = [np.array([s.errors[seed] for seed in sorted(s.errors)]) for s in finals]
    rows = []
    for y, colour in zip(range(len(finals)), style.CLASSES, strict=False):
        (chance,) = ax.plot([], [], color=colour, alpha=0.25, lw=18, solid_capstyle="butt")
        (dots,) = ax.plot([], [], "o", color=colour, mfc="none", ms=6)
        (mean,) = ax.plot([], [], "|", color=colour, ms=22, mew=3)
        rows.append((y, chance, dots, mean))
    widest = max(map(max, errors), default=0.06)
    ax.set(ylim=(max(len(finals), 1) - 0.5, -0.5), xlim=(0, 1.6 * widest),
           title="○ a seed, | their mean, band: ± standard error of 360 digits")  # fmt: skip
    ax.xaxis.set_major_formatter(lambda share, _: f"{100 * share:.3g} %")
    ax.set_yticks(range(len(finals)), _NAMES[: len(finals)])
    ax.set_xlabel("validation error")

    def show(k):
        means = np.array([e[:k].mean() if k else np.nan for e in errors])
        noise = capstone.standard_error(means, digits)
        for (y, chance, dots, mark), e, mean, se in zip(rows, errors, means, noise, strict=True):
            chance.set_data([mean - se, mean + se], [y, y])
            dots.set_data(e[:k], y + 0.06 * (np.arange(len(e[:k])) % 5 - 2))
            mark.set_data([mean], [y])
        return means, noise[means.argmin()] if k and len(means) else np.nan

    return show


LUCK_ERROR = 0.035
"""The true error of the equal models in `luck`."""


def luck(fig, best_of=capstone.best_of):
    """Show how good the best of equal models looks."""
    drawn, curve = style.axes(fig, 1, 2, height=3.4, wspace=0.25)
    counts = np.unique(np.geomspace(1, 200, 20).round().astype(int))
    (dots,) = drawn.plot([], [], "o", color=style.SKY, ms=5, label="a model")
    (least,) = drawn.plot([], [], "*", color=style.ORANGE, ms=15, label="the best")
    for ax in (drawn, curve):
        ax.axhline(LUCK_ERROR, color=style.INK, lw=1, ls="--", label="true error of all")
        ax.set(ylim=(-0.003, 0.1))
        ax.yaxis.set_major_formatter(lambda share, _: f"{100 * share:.0f} %")
    drawn.set(xlim=(-5, 205), xlabel="model", title="validation error of k equal models")
    band = [curve.plot([], [], color=style.ORANGE, lw=1, ls=":")[0] for _ in range(2)]
    (mean,) = curve.plot([], [], color=style.ORANGE, label="the best, on average")
    (here,) = curve.plot([], [], "o", color=style.ORANGE, ms=9)
    curve.set(
        xscale="log",
        xlim=(0.9, 220),
        xlabel="models k",
        title="the best of k (dotted: 80 % of cases)",
    )
    curve.set_xticks([1, 3, 10, 30, 100], [1, 3, 10, 30, 100])
    curve.minorticks_off()
    for ax in (drawn, curve):
        ax.legend(frameon=False, loc="upper right", fontsize=9).set_zorder(0.5)

    def update(models, digits, draw):
        models, digits = round(models), round(digits)
        rng = np.random.default_rng([draw, digits])
        seen = rng.binomial(digits, LUCK_ERROR, 200)[:models] / digits
        dots.set_data(np.arange(1, models + 1), np.minimum(seen, 0.0985))
        least.set_data([seen.argmin() + 1], [min(seen.min(), 0.0985)])
        table = np.array([best_of(int(k), LUCK_ERROR, digits) for k in counts])
        for line, values in zip((mean, *band), table.T, strict=True):
            line.set_data(counts, values)
        expected = best_of(models, LUCK_ERROR, digits).mean
        here.set_data([models], [expected])
        looks = f"the best looks {expected:.1%} on average, {seen.min():.1%} in this draw"
        return f"k = {models}, {digits} digits: {looks}; it is {LUCK_ERROR:.1%}"

    return update


def final(fig, *, board):
    """Show the networks that the test set judged: how they learned, where they are wrong."""
    if not board.openings:
        raise ValueError("the test set is closed: use board.open_test_set() first")
    axes = style.axes(fig, 2, 2, height=5.0, hspace=0.55, wspace=0.3, bottom=0.5)
    (costs, wrong), (table, worst) = axes
    opening = board.openings[0]
    show_curves = curves(costs, wrong, opening.configuration["epochs"], other="validation")
    show_table, show_worst = confusions(table), worst_mistakes(worst)
    table.set_title("wrong answers")
    words = json.dumps(opening.configuration)
    lives = {seed: _life(words, seed) for seed in opening.seeds}

    def update(seed, digits):
        states, network_says = lives[seed]
        X, Y = getattr(digit_tuning.sets(), digits)
        labels, y_hat = Y.argmax(axis=0), network_says[digits]
        answers = y_hat.argmax(axis=0)
        show_curves(states)
        show_table(labels, answers)
        show_worst(X, labels, y_hat)
        count, m = np.count_nonzero(answers != labels), len(labels)
        return f"seed {seed}, {digits} digits: {count} of {m} wrong, {1 - count / m:.1%} right"

    return update


@lru_cache(maxsize=10)
def _life(words, seed):
    """Train a network of a trial again; return its frames and what it says of the digits."""
    configuration = json.loads(words)
    sets, run = digit_tuning.sets(), digit_tuning.start(configuration, _rng(seed))
    life = Life(run, *sets.validation)
    schedule = learning_rate_decay.inverse_time(
        configuration["alpha"], decay_rate=configuration["decay"]
    )
    for epoch in range(configuration["epochs"]):
        for _ in life.line.reach(epoch + 1, schedule(epoch)):
            pass
    says = {name: run.network.predict(getattr(sets, name)[0]) for name in ("validation", "test")}
    return life.line.states, says


def _rng(seed):
    return np.random.default_rng([seed, 0])


class Report:
    """Everything about a leaderboard on one page: its picture, its words as text.

    Parameters
    ----------
    board : capstone.Leaderboard
    """

    def __init__(self, board):
        self.words, self.figure = board.report(), Figure(dpi=100)
        report(self.figure, board)

    def __repr__(self):
        return self.words

    def _repr_png_(self):
        file = io.BytesIO()
        self.figure.savefig(file, format="png")
        return file.getvalue()

    def save(self, path):
        """Write the page; the ending of its name says how: ``.png``, ``.pdf``, ``.svg``."""
        self.figure.savefig(path)


def report(fig, board):
    """Draw the page of a `Report`."""
    (page, grown), (compared, tested) = style.axes(
        fig, 2, 2, height=6.8, hspace=0.45, wspace=0.28, width_ratios=(1, 1), left=0.6
    )
    _grow(grown, board)(len(board.trials))
    grown.get_legend().remove()
    grown.set_title("best trial; dashed: best mean")
    _compare(compared, board)(max((len(s.errors) for s in _finals(board)), default=0))
    compared.set_title("finalists: seeds, mean, noise")
    _judged(tested, board)
    page.set_axis_off()
    lines = [textwrap.fill(line, 54, subsequent_indent="   ") for line in
             board.report().splitlines()]  # fmt: skip
    page.text(-0.15, 1.08, "\n".join(lines), va="top", fontsize=8.5, transform=page.transAxes,
              linespacing=1.35)  # fmt: skip


def _judged(ax, board):
    """Draw validation against test error of each opening, one point a seed."""
    openings = board.openings
    most = max([e for o in openings for e in (*o.errors, *o.validation)], default=0.05) * 1.4
    ax.plot([0, most], [0, most], "--", color=style.GREY, lw=1)
    for opening, look in zip(openings, ("o", "x", "+", "s", "d"), strict=False):
        colour = style.BLUE if opening.place == 1 else style.ORANGE
        ax.plot(opening.validation, opening.errors, look, color=colour, ms=7,
                label=f"opening {opening.place}")  # fmt: skip
    if openings:
        ax.legend(frameon=False, loc="upper left", fontsize=9)
    else:
        ax.text(most / 2, most / 2, "the test set is closed", ha="center", fontsize=11)
    ax.set(xlim=(0, most), ylim=(0, most), xlabel="validation error", title="test error, by seed")
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(lambda share, _: f"{100 * share:.3g} %")
