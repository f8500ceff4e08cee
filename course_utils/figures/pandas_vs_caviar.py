"""Pictures of pandas and caviar: a model to watch, many that grow together, and their races."""

from functools import partial
from itertools import groupby

import numpy as np
from matplotlib.patches import Rectangle

from course_utils.experiments import pandas_vs_caviar as experiments
from course_utils.experiments import population as populations
from course_utils.figures import style
from course_utils.halving import successive_halving
from course_utils.support.handles import Handle
from course_utils.support.words import many, percent

STARTS = {"guessed by hand": "guessed", "drawn at random": "drawn"}
"""What a babysitter begins with."""

EPOCHS = 40
"""How long a reader may watch one model."""

_LOW, _TOP = 0.025, 1.35  # of the errors that are shown; where a line of time is held
_DIVERGED, _LOST = f"{style.TOO_LARGE}; roll back", "lost: it only guesses; roll back"


MOMENTS = {
    "panda": {
        "1: five at α = 1": (
            {"alpha": 1, "epoch": 10},
            "A new cub (press Reset), nudged up: its error falls at once.",
        ),
        "2: two at α = 30": (
            {"alpha": 30, "epoch": 12},
            "Right after 1, too far: from now on it only guesses.",
        ),
        "3: back to 10": (
            {"alpha": 1, "epoch": 10},
            "Right after 2, rolled back: the checkpoint is as good as it was.",
        ),
        "4: and on": (
            {"alpha": 1, "epoch": 18},
            "With a new cub, 1 to 4 in turn: 20 epochs paid, two of them for nothing.",
        ),
    },
    "lives": {
        "left alone": (
            {"life": "left alone", "paid": 25},
            "α = 0.001: hardly better than guessing.",
        ),
        "lowered only": (
            {"life": "too far, then lowered", "paid": 25},
            "After α = 30 no smaller α helps: its units are dead.",
        ),
        "rolled back": ({"life": "too far, rolled back", "paid": 25}, "Two epochs lost, no more."),
        "the babysitter": (
            {"life": "by the babysitter", "paid": 25},
            "By itself it comes to α between 0.4 and 2.2, but for the four epochs thrown away.",
        ),
    },
    "caviar": {
        "early": ({"epoch": 2, "draw": 0, "models": 25}, "Nobody is good yet."),
        "all 25": (
            {"epoch": 20, "draw": 0, "models": 25},
            "The best misreads 6 %, and about half are useless.",
        ),
        "5 only": ({"epoch": 20, "draw": 2, "models": 5}, "Five eggs, and all of them bad luck."),
    },
    "machines": {
        "one machine": (
            {"way": "caviar", "machines": 1, "time": 27},
            "27 models, one epoch each: none is ready. The panda has had all 27.",
        ),
        "27 machines": (
            {"way": "caviar", "machines": 27, "time": 27},
            "All are ready at once, and 729 epochs are paid.",
        ),
        "halving idles": (
            {"way": "successive halving", "machines": 27, "time": 27},
            "After the first epoch most machines have nothing to do: the white part.",
        ),
    },
    "halving": {
        "a tie": (
            {"eta": 3, "smallest": 1, "epoch": 81, "draw": 2},
            "The best of all goes at 9 epochs, in a tie for the third place.",
        ),
        "another draw": (
            {"eta": 3, "smallest": 1, "epoch": 81, "draw": 0},
            "Here the best of all is kept to the last rung, for 405 epochs.",
        ),
        "a later look": (
            {"eta": 3, "smallest": 3, "epoch": 81, "draw": 2},
            "Three epochs before the first look: found, but for 972 epochs.",
        ),
    },
}
"""Values of each picture that are worth a look, with what there is to see."""


def panda(fig, life):
    """One model that is steered on the way: cost, error, what each epoch was made with.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
    life : experiments.pandas_vs_caviar.Panda
        All pictures of a life show the same life.
    """
    seen, settings = style.axes(fig, 2, 1, height=4.8, left=0.85, hspace=0.42)
    show_curves = _watched(seen, (-0.5, EPOCHS + 1.5))
    show_settings = _settings(settings, EPOCHS)

    def update(epoch, alpha, beta):
        for number, day in life.line.reach(epoch, (alpha, beta)):
            days, made = life.line.states, life.line.settings
            errors = [day.wrong[1] for day in days]
            note = _DIVERGED if day.failed else _LOST if _lost(errors) else ""
            show_curves(np.arange(number + 1), [day.costs[0] for day in days], errors, note)
            show_settings(made, (alpha, beta))
            now = note or f"cost {day.costs[0]:.3f}, validation error {percent(day.wrong[1], 1)}"
            best = f"best {percent(min(errors), 1)} after epoch {np.argmin(errors)}"
            history = _history(made, (alpha, beta))
            yield f"epoch {number}: {now}; {best}; {many(life.paid, 'epoch')} paid. {history}"

    update.forget, update.handles = life.begin, _hold_life(seen, settings)
    return update


def _hold_life(seen, settings):
    """Hold the epoch, and the dots of what the next one will be made with."""

    def coming(epoch, alpha, beta):
        return epoch + 1

    def distance(epoch, alpha, beta):
        return 1 - beta

    return (
        Handle(seen, x="epoch", y=_HELD, pressed=True),
        Handle(settings, x=coming, y="alpha"),
        Handle(settings, x=coming, y="beta", to_y=distance),
    )


_HELD = 7.0  # how high the grip lies on the line of the present epoch


def _history(made, coming):
    """Say which epochs were made with which settings, and what the next one will be made with."""
    said, first, before = [], 1, (None, None)
    for settings, epochs in groupby(made):
        last = first + len(list(epochs)) - 1
        at = f"{first}–{last}" if last > first else f"{first}"
        said.append(f"{at}: {_changed(settings, before)}")
        first, before = last + 1, settings
    history = f"Epochs {'; '.join(said)}" if said else "Not trained yet"
    if coming == before:
        return history
    when = "from the next epoch on" if len(made) < EPOCHS else "no epoch is left for"
    return f"{history}; {when} {_changed(coming, before)}"


def _changed(settings, before):
    """Write the settings that are not as before."""
    pairs = zip(("α", "β"), settings, before, strict=True)
    return ", ".join(f"{name} = {now:g}" for name, now, then in pairs if now != then)


def _lost(errors):
    """Whether a model that had learned has fallen back to guessing."""
    return errors[-1] > 0.85 and min(errors) < 0.5


def _watched(ax, reach):
    """Draw cost and error of one model; return what moves them."""
    (cost,) = ax.plot([], [], ".-", ms=4, color=style.BLUE, label="training cost")
    (error,) = ax.plot([], [], ".--", ms=4, color=style.ORANGE, label="validation error")
    (best,) = ax.plot([], [], "*", ms=14, color=style.GREEN, label="best checkpoint")
    show_band = _band(ax)
    ax.axhline(0.04, color=style.GREY, lw=1, ls=":")
    now = ax.axvline(0, color=style.GREY, lw=1)
    ax.set(xlim=reach, ylim=(0.0006, 12), yscale="log")
    ax.set_yticks([0.01, 0.1, 1], ["0.01", "0.1", "1"])
    ax.minorticks_off()
    ax.set_title("one model (dotted: 4 % wrong; band: one standard error)")
    ax.legend(loc="lower left", fontsize=9, ncols=3, **style.GROUND)
    note = _note(ax, 0.7 * reach[1], 0.35)

    def show(at, costs, errors, words):
        now.set_xdata(at[[-1, -1]])
        cost.set_data(at, np.clip(costs, 1e-4, 99))
        error.set_data(at, errors)
        show_band(at, errors)
        best.set_data([at[np.argmin(errors)]], [min(errors)])
        note.set_text(words)

    return show


def _band(ax, colour=style.ORANGE, label=None):
    """Draw a band of one standard error about a validation error; return what moves it."""
    (band,) = ax.fill([], [], color=colour, alpha=0.2, lw=0, label=label)

    def show(at, errors, colour=colour):
        errors = np.asarray(errors, float)
        off = experiments.standard_error(errors)
        low, high = np.maximum(errors - off, 1e-4), errors + off
        ends = np.append(at, at[::-1]), np.append(low, high[::-1])
        band.set_xy(np.transpose(ends))
        band.set_color(colour)

    return show


_ONE = "one standard error"


def _settings(ax, epochs):
    """Draw alpha and 1 - beta of each epoch, and of the next one; return what moves them."""
    lines = [
        ax.step([], [], look, where="mid", color=colour, lw=2, label=label)[0]
        for look, colour, label in ((".-", style.INK, "α"), (".--", style.PINK, "1 − β"))
    ]
    (changes,) = ax.plot([], [], "v", ms=8, color=style.ORANGE, label="changed")
    (following,) = ax.plot([], [], "o", ms=7, mfc="white", mec=style.INK, label="next epoch")
    ax.set(xlim=(-0.5, epochs + 1.5), ylim=(5e-5, 4000), yscale="log", xlabel="epoch")
    ax.set_title("what each epoch was made with")
    ax.set_yticks([1e-4, 1e-2, 1, 100], ["0.0001", "0.01", "1", "100"])
    ax.minorticks_off()
    ax.legend(frameon=False, loc="upper right", ncols=4, fontsize=9)

    def show(made, coming):
        values = np.array([(alpha, 1 - beta) for alpha, beta in [*made, coming]])
        at = np.arange(1, len(values) + 1)
        for line, column in zip(lines, values.T, strict=True):
            line.set_data(at[:-1], column[:-1])
        changed = 1 + np.flatnonzero((values[1:-1] != values[:-2]).any(axis=1))
        changes.set_data(at[changed], values[changed].max(axis=1) * 3)
        following.set_data(np.repeat(at[-1], 2), values[-1])

    return show


def _note(ax, x, y):
    ground = {"facecolor": "white", "edgecolor": "none", "alpha": 0.85}
    return ax.text(x, y, "", ha="center", va="center", fontsize=11, clip_on=True, bbox=ground)


def lives(fig):
    """Four lives of one model: left alone, taken too far, rolled back, babysat."""
    seen, alphas = style.axes(fig, 2, 1, height=4.8, left=0.85, hspace=0.55)
    reach = (0.5, experiments.LIVED + 0.5)
    show_curves, show_alphas = _watched(seen, reach), _alphas(alphas, reach)
    seen.set_xlabel("epochs paid")

    def update(paid, life):
        looks = experiments.lived(life)[:paid]
        at, errors = np.arange(1, paid + 1), [look.error for look in looks]
        used, kept = np.array([(look.alpha, look.kept) for look in looks]).T
        show_curves(at, [look.cost for look in looks], errors, _LOST if _lost(errors) else "")
        show_alphas(at, used, kept == 0)
        last = f"validation error {percent(errors[-1])}, best {percent(min(errors))}"
        return (
            f"{life}, {many(paid, 'epoch')} paid, {(kept == 0).sum()} of them thrown away: α from"
            f" {used.min():.2g} to {used.max():.2g}, {used[-1]:.2g} at the end; {last}"
        )

    update.handles = (Handle(seen, x="paid", y=_HELD),)
    return update


def _alphas(ax, reach):
    """Draw the alpha of each epoch, crossed out if it was thrown away; return what moves them."""
    (alpha,) = ax.step([], [], ".-", where="mid", color=style.INK, lw=2, label="kept")
    (thrown,) = ax.plot([], [], "x", ms=8, mew=2, color=style.ORANGE, label="thrown away")
    ax.set(xlim=reach, ylim=(3e-4, 4000), yscale="log", xlabel="epochs paid", title="α")
    ax.set_yticks([1e-2, 1, 100], ["0.01", "1", "100"])
    ax.minorticks_off()
    ax.legend(frameon=False, loc="upper right", ncols=2, fontsize=9)

    def show(at, used, wasted):
        alpha.set_data(at, used)
        thrown.set_data(at[wasted], used[wasted])

    return show


def caviar(fig, run):
    """Many models that grow in parallel, and the error of each by its alpha.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
    run : experiments.pandas_vs_caviar.Caviar
    """
    curves, by_alpha = style.axes(fig, 1, 2, height=3.6, width_ratios=(3, 2), wspace=0.26)
    lines, show_best, now = _caviar_curves(curves, run.epochs)
    dots, star = _by_alpha(by_alpha)

    def update(epoch, draw, models):
        alphas = np.array([c["alpha"] for c in experiments.draw(draw)[:models]])
        for errors in run.reach(epoch, draw, models):
            at, last = np.arange(1, errors.shape[1] + 1), errors[:, -1]
            first = int(np.nanargmin(last))
            for line, row in zip(lines, errors, strict=False):
                line.set_data(at, row)
            for line in lines[models:]:
                line.set_data([], [])
            show_best(at, errors[first])
            now.set_xdata(at[[-1, -1]])
            dots.set_data(alphas, last)
            star.set_data([alphas[first]], [last[first]])
            yield _caviar_said(draw, alphas, errors)

    update.handles = (Handle(curves, x="epoch", y=_TOP),)
    return update


def _caviar_curves(ax, epochs):
    lines = [
        ax.plot([], [], ".-", ms=3, color=style.SKY, lw=1)[0] for _ in range(experiments.MODELS)
    ]
    (best,) = ax.plot([], [], ".-", color=style.ORANGE, lw=2.5, label="best now")
    show_band = _band(ax, label=_ONE)
    ax.set(xlim=(0.5, epochs + 0.5), xlabel="epoch")
    ax.set_xticks([1, *range(5, epochs + 1, 5)])
    now = ax.axvline(1, color=style.GREY, lw=1)
    _error_axis(ax, "validation error of each model")
    ax.legend(loc="lower left", fontsize=9, **style.GROUND)

    def show_best(at, errors):
        best.set_data(at, errors)
        show_band(at, errors)

    return lines, show_best, now


def _by_alpha(ax):
    (dots,) = ax.plot([], [], "o", ms=5, color=style.SKY, mec=style.BLUE, mew=0.6)
    (star,) = ax.plot([], [], "*", ms=15, color=style.ORANGE)
    ax.set(xscale="log", xlim=(7e-4, 14), xlabel="α of the model")
    ax.axhline(0.2, color=style.GREY, lw=1, ls=":")
    _error_axis(ax, "error now (dotted: 20 %)")
    return dots, star


def _error_axis(ax, title, high=1.7):
    ax.set(yscale="log", ylim=(_LOW, high), title=title)
    ax.set_yticks([0.03, 0.1, 0.3, 1], ["3 %", "10 %", "30 %", "100 %"])
    ax.minorticks_off()


def _caviar_said(draw, alphas, errors):
    last, (models, epochs) = errors[:, -1], errors.shape
    best, useless = int(np.nanargmin(last)), int((~(last <= 0.2)).sum())
    return (
        f"draw {draw}, epoch {epochs}: best {percent(last[best])} at α = {alphas[best]:.3g};"
        f" {useless} of {models} wrong on more than 20 %; {epochs * models} epochs paid"
    )


def race(fig, in_parallel=experiments.in_parallel):
    """The best error of pandas and of caviar over time, ten draws each."""
    over_time, pairs = style.axes(fig, 1, 2, height=3.7, width_ratios=(3, 1.2), wspace=0.2)
    show_lines, show_pairs = _both_over_time(over_time), _each_draw(pairs)
    t = np.arange(1, experiments.WATCHED + 1)

    def update(time, machines, models, start):
        watched = experiments.best_so_far(getattr(experiments.bundled(), start))
        drawn = experiments.bundled().curves[:, :models]
        grown = np.array([in_parallel(c, machines=machines, time=len(t)) for c in drawn])
        show_lines(t, watched, grown, time)
        a, b = watched[:, time - 1], grown[:, time - 1]
        show_pairs(a, b)
        better, worse = (a < b).sum(), (a > b).sum()
        return (
            f"panda {_short(start)}; {models} models on {many(machines, 'machine')}, time {time}:"
            f" median {percent(np.median(a), 1)} against {percent(np.median(b), 1)}; the panda is"
            f" better in {better} of {len(a)}, worse in {worse}"
        )

    update.handles = (Handle(over_time, x="time", y=_TOP),)
    return update


def _both_over_time(ax):
    """Draw the errors of pandas and caviar over time; return what moves them."""
    show_panda = _ten(ax, style.ORANGE, "--", "panda")
    show_caviar = _ten(ax, style.BLUE, "-", "caviar")
    (cursor,) = ax.plot([], [], color=style.INK, lw=1, ls=":")
    ax.set(xscale="log", xlim=(1, experiments.WATCHED), xlabel="time (epochs on one machine)")
    ax.set_xticks([1, 3, 9, 27, 81, 324], [1, 3, 9, 27, 81, 324])
    _error_axis(ax, "best error so far; thick: median ± standard error", high=3)
    ax.legend(frameon=False, loc="upper right", ncols=2)

    def show(t, watched, grown, time):
        show_panda(t, watched)
        show_caviar(t, grown)
        cursor.set_data([time, time], [_LOW, 2])

    return show


def _each_draw(ax):
    """Draw a link from panda to caviar for each draw; return what moves them."""
    (links,) = ax.plot([], [], color=style.GREY, lw=0.8)
    (ends,) = ax.plot([], [], "o", color=style.INK, ms=4)
    ax.set(xlim=(-0.3, 1.3))
    ax.set_xticks([0, 1], ["panda", "caviar"])
    _error_axis(ax, "each draw", high=3)

    def show(a, b):
        links.set_data(*_broken(np.array([0, 1]), np.stack([a, b], axis=1)))
        ends.set_data(np.repeat([0, 1], len(a)), np.concatenate([a, b]))

    return show


def _short(start):
    return next(words for words, name in STARTS.items() if name == start)


def _ten(ax, colour, look, label):
    """Draw ten draws, their median and its standard error; return what moves them."""
    (thin,) = ax.plot([], [], look, color=colour, lw=0.7, alpha=0.5)
    (thick,) = ax.plot([], [], look, color=colour, lw=2.6, label=label)
    show_band = _band(ax, colour)

    def show(t, errors):
        median = np.median(errors, axis=0)
        thin.set_data(*_broken(t, errors))
        thick.set_data(t, median)
        show_band(t, median)

    return show


def _broken(x, rows):
    """Return rows over the same x as one line with gaps."""
    gap = np.full((len(rows), 1), np.nan)
    return np.tile(np.append(x, np.nan), len(rows)), np.hstack([rows, gap]).ravel()


def machines(fig):
    """Who trains on which machine when, and the best error so far of each way."""
    chart, best = style.axes(fig, 2, 1, height=5.2, left=0.85, right=0.35, hspace=0.4)
    show_chart, show_best = _chart(chart), _best_of_each_way(best)

    def update(way, machines, time, draw):
        plan = experiments.plan(way, machines, draw)
        show_chart(plan, machines, time)
        show_best(
            {w: experiments.plan(w, machines, draw).best for w in experiments.WAYS}, way, time
        )
        paid = np.count_nonzero(plan.model[:, :time] >= 0)
        return (
            f"{way} on {many(machines, 'machine')}, time {time}: {many(paid, 'epoch')} paid,"
            f" {machines * time - paid} not used; best so far {percent(plan.best[time - 1], 1)}"
        )

    update.handles = (
        Handle(chart, x="time", y=1.0),
        Handle(chart, x=experiments.CHART - 2.0, y="machines"),
    )
    return update


_ROWS = 27


def _chart(ax):
    """Draw machines by time, dark where the error is low; return what moves it."""
    image = ax.imshow(
        np.zeros((_ROWS, experiments.CHART)),
        extent=(0, experiments.CHART, _ROWS, 0),
        cmap="Blues_r",
        vmin=np.log(0.02),
        vmax=np.log(1.3),
        aspect="auto",
        interpolation="nearest",
    )
    there = ax.add_patch(Rectangle((0, 0), 1, 1, color="white", lw=0, zorder=-1))
    (begins,) = ax.plot([], [], color=style.ORANGE, lw=0.6)
    (floor,) = ax.plot([0, experiments.CHART], [1, 1], color=style.INK, lw=1.5)
    now = ax.axvline(1, color=style.GREY, lw=1.5)
    ax.set(xlim=(0, experiments.CHART), ylim=(_ROWS + 0.5, -0.5), facecolor="#EFEFEF")
    ax.set(ylabel="machines", yticks=[1, 3, 9, 27])
    ax.set_title("dark: a low error; white: an idle machine; strokes: another model")

    def show(plan, machines, time):
        shown = np.full((_ROWS, experiments.CHART), np.nan)
        shown[:machines, :time] = np.log(plan.error[:, :time])
        image.set_data(np.ma.masked_invalid(shown))
        there.set(width=time, height=machines)
        begins.set_data(*_beginnings(plan.model[:, :time]))
        floor.set_ydata([machines, machines])
        now.set_xdata([time, time])

    return show


def _beginnings(model):
    """Return upright strokes where a machine turns to another model."""
    before = np.pad(model[:, :-1], ((0, 0), (1, 0)), constant_values=-1)
    row, time = np.nonzero((model != before) & (model >= 0))
    gap = np.full(len(row), np.nan)
    return np.stack([time, time, gap], axis=1).ravel(), np.stack([row, row + 1, gap], 1).ravel()


def _best_of_each_way(ax):
    """Draw the least error so far of each way, one of them thick; return what moves them."""
    t = np.arange(1, experiments.CHART + 1)
    lines = {
        way: ax.plot([], [], look, color=colour, label=way)[0]
        for way, (colour, look) in zip(experiments.WAYS, _SEARCHES, strict=True)
    }
    show_band, now = _band(ax), ax.axvline(1, color=style.GREY, lw=1.5)
    ax.set(xlim=(0, experiments.CHART), xlabel="time (epochs on one machine)")
    _error_axis(ax, "best validation error so far (band: one standard error)")
    ax.legend(loc="upper right", fontsize=9, ncols=4, borderaxespad=0, **style.GROUND)

    def show(best, way, time):
        for name, line in lines.items():
            line.set_data(t[:time], best[name][:time])
            line.set_linewidth(2.8 if name == way else 1.2)
        show_band(t[:time], best[way][:time], lines[way].get_color())
        now.set_xdata([time, time])

    return show


def halving(fig, algorithm=successive_halving):
    """Which models successive halving goes on with, and what that costs."""
    ax, cost = style.axes(fig, 1, 2, height=3.7, width_ratios=(3, 1.5), wspace=0.26)
    show, show_cost = _halved_curves(ax), _rung_costs(cost)

    def update(eta, smallest, epoch, draw):
        curves = experiments.eighty_one(draw)
        done = experiments.halve(curves, smallest=smallest, eta=eta, algorithm=algorithm)
        show(curves, done, smallest, epoch)
        show_cost([n * each for n, each in done.rungs if each <= epoch], curves.size)
        said = _halved_said if epoch >= done.last.max() else partial(_halved_so_far, epoch)
        return f"η = {eta}: {said(done, curves)}"

    update.handles = Handle(ax, x="smallest", y=_TOP), Handle(ax, x="epoch", y=0.03)
    return update


def _halved_curves(ax):
    """Draw curves up to their rungs, and a line at the first rung; return what moves them."""
    (dropped,) = ax.plot([], [], ".-", ms=3, color=style.SKY, lw=0.9, label="dropped")
    (winner,) = ax.plot([], [], ".-", ms=4, color=style.BLUE, lw=1.8, label="still in")
    (missed,) = ax.plot([], [], "--", color=style.ORANGE, lw=2, label="best, had all gone on")
    (slow,) = ax.plot([], [], ":", color=style.PINK, lw=2.5, label="slowest start of the best 5")
    show_band = _band(ax)
    (ends,) = ax.plot([], [], "|", color=style.INK, ms=9, mew=1.2)
    first, now = (ax.axvline(1, color=style.GREY, lw=lw) for lw in (1, 1.5))
    ax.set(xscale="log", xlim=(0.93, 88), xlabel="epoch")
    ax.set_xticks([1, 3, 9, 27, 81], [1, 3, 9, 27, 81])
    _error_axis(ax, "validation error (band: one standard error)", high=5)
    ax.legend(loc="upper right", fontsize=9, ncols=2, columnspacing=1, **style.GROUND)

    def show(curves, done, smallest, epoch):
        epochs = np.arange(1, epoch + 1)
        shown = np.where(epochs <= done.last[:, None], curves[:, :epoch], np.nan)
        out = _out(done, epoch)
        dropped.set_data(*_broken(epochs, shown[out]))
        winner.set_data(*_broken(epochs, shown[~out]))
        missed.set_data(epochs, curves[done.best, :epoch])
        show_band(epochs, curves[done.best, :epoch])
        slow.set_data(epochs, curves[done.slow, :epoch])
        ended = np.flatnonzero(done.last <= epoch)
        ends.set_data(done.last[ended], curves[ended, done.last[ended] - 1])
        first.set_xdata([smallest] * 2)
        now.set_xdata([epoch] * 2)

    return show


def _out(done, epoch):
    """Which models have been dropped by an epoch."""
    return (done.last <= epoch) & (done.last < done.last.max())


_EPOCHS = 81  # of each curve that is halved


def _rung_costs(ax):
    """Draw what each rung costs as dots, which a log axis does not cut; return what moves them."""
    (paid,) = ax.plot([], [], "o", color=style.BLUE, ms=8)
    (everything,) = ax.plot([0, 8], [1, 1], "--", color=style.ORANGE, lw=2)
    ax.set(yscale="log", ylim=(5, 12000), xlim=(0.3, 7.7), xlabel="rung")
    ax.set_title("epochs paid (dashed: all)")
    ax.set_yticks([10, 100, 1000, 10000], ["10", "100", "1000", "10 000"])
    ax.minorticks_off()
    ax.set_xticks(range(1, 8))

    def show(costs, total):
        paid.set_data(np.arange(1, len(costs) + 1), costs)
        everything.set_ydata([total] * 2)

    return show


def _halved_said(done, curves):
    rungs = ", ".join(f"{models} at {epochs}" for models, epochs in done.rungs)
    best, slow = _fate(done, done.best), _fate(done, done.slow)
    return (
        f"{rungs}; {done.paid} epochs of {curves.size} ({percent(done.paid / curves.size)}); the"
        f" one found has {percent(done.found, 1)} after {done.last.max()}; the best of all,"
        f" {percent(curves[done.best, -1], 1)} after {_EPOCHS}, was {best}; of the five best the"
        f" slowest starter, {percent(curves[done.slow, -1], 1)} after {_EPOCHS}, was {slow}"
    )


def _halved_so_far(epoch, done, curves):
    rungs = [rung for rung in done.rungs if rung[1] <= epoch]
    paid = many(sum(n * each for n, each in rungs), "epoch")
    said = ", ".join(f"{models} at {epochs}" for models, epochs in rungs)
    said = f"{said}; {paid} paid for these rungs" if rungs else "the first rung is not done yet"
    left = np.count_nonzero(~_out(done, epoch))
    out = f", the best of all not among them: it was {_fate(done, done.best)}"
    lost = out if _out(done, epoch)[done.best] else ", the best of all among them"
    return f"{said}; {left} of {len(curves)} still in{lost}"


def _fate(done, model):
    last = done.last[model]
    return "kept to the last rung" if last == done.last.max() else f"dropped after {last}"


def population(fig):
    """Nine models whose worst are replaced by changed copies of the best, and their alphas."""
    alphas, errors = style.axes(fig, 1, 2, height=3.8, wspace=0.3, top=0.65)
    show_alphas, show_errors = _lineages(alphas), _lineages(errors)
    show_band = _band(errors, style.ORANGE, f"{_ONE} about the best")
    _name_lineages(alphas, errors)

    def update(epoch, draw):
        history = populations.History(*(part[draw, :epoch] for part in populations.bundled()))
        every = populations.founders(populations.bundled().parent[draw])
        winner = np.bincount(every[-1]).argmax()
        show_alphas(history.alpha, history.parent, every[:epoch] == winner)
        show_errors(history.error, history.parent, every[:epoch] == winner)
        show_band(np.arange(1, epoch + 1), history.error.min(axis=1))
        last, left = history.error[-1], len(set(every[epoch - 1]))
        return (
            f"draw {draw}, epoch {epoch}: {many(left, 'family')} left; best"
            f" {percent(last.min(), 1)}, worst {percent(last.max(), 1)}; α from"
            f" {history.alpha[-1].min():.2g} to {history.alpha[-1].max():.2g};"
            f" {9 * epoch} epochs paid"
        )

    update.handles = Handle(alphas, x="epoch", y=20.0), Handle(errors, x="epoch", y=_TOP)
    return update


def _name_lineages(alphas, errors):
    """Write what is drawn in both panels, and over which values."""
    alphas.set(yscale="log", ylim=(5e-4, 40))
    alphas.set_yticks([0.001, 0.01, 0.1, 1, 10], ["0.001", "0.01", "0.1", "1", "10"])
    alphas.minorticks_off()
    alphas.set_title("α of each model", pad=30)
    _error_axis(errors, "validation error")
    errors.set_title("validation error", pad=30)
    above = {"loc": "lower center", "bbox_to_anchor": (0.5, 1.0), "frameon": False, "fontsize": 9}
    alphas.legend(ncols=2, **above)
    errors.legend(handles=errors.patches, **above)


def _lineages(ax):
    """Draw a stretch from each model's parent to it, epoch by epoch; return what moves them."""
    (others,) = ax.plot([], [], ".-", color=style.SKY, ms=4, lw=1, label="other families")
    (winners,) = ax.plot([], [], ".-", color=style.ORANGE, ms=4, lw=1.5, label="the last family")
    now = ax.axvline(1, color=style.GREY, lw=1)
    ax.set(xlim=(0.5, populations.EPOCHS + 0.5), xlabel="epoch", xticks=[1, 9, 18, 27])

    def show(values, parent, of_the_last):
        before = np.vstack([values[:1], np.take_along_axis(values[:-1], parent[1:], axis=1)])
        at = np.arange(1, len(values) + 1)[:, None] + np.zeros_like(values)
        x = np.stack([np.maximum(at - 1, 1), at, np.full_like(at, np.nan)], axis=2)
        y = np.stack([before, values, np.full_like(values, np.nan)], axis=2)
        winners.set_data(x[of_the_last].ravel(), y[of_the_last].ravel())
        others.set_data(x[~of_the_last].ravel(), y[~of_the_last].ravel())
        now.set_xdata([len(values)] * 2)

    return show


def same_budget(fig, results):
    """The best error of several searches over the epochs they have paid.

    `results` has for each search the least validation error after each epoch that was paid, of
    shape (seeds, epochs).
    """
    results = {name: np.asarray(r, float) for name, r in results.items()}
    ax, now = style.axes(fig, 1, 2, height=3.7, width_ratios=(3, 2), wspace=0.2)
    show_seeds, show_now = _medians(ax, results), _now(now, list(results))

    def update(paid, method):
        show_seeds(method, paid)
        show_now([errors[:, paid - 1] for errors in results.values()])
        at = results[method][:, paid - 1]
        return (
            f"after {many(paid, 'epoch')}, {method}: median {percent(np.median(at), 1)},"
            f" {len(at)} seeds from {percent(at.min(), 1)} to {percent(at.max(), 1)}"
        )

    update.handles = (Handle(ax, x="paid", y=1.0),)
    return update


_SEARCHES = tuple(zip(style.CLASSES, ("-", "--", ":", "-."), strict=False))


def _medians(ax, results):
    """Draw the median of each search; return what shows one's seeds and band, and the time."""
    budget = len(next(iter(results.values()))[0])
    t = np.arange(1, budget + 1)
    medians = {name: np.median(errors, axis=0) for name, errors in results.items()}
    colours = dict(zip(results, style.CLASSES, strict=False))
    for (colour, look), (name, median) in zip(_SEARCHES, medians.items(), strict=False):
        ax.plot(t, median, look, color=colour, lw=2.4, label=name)
    show_band = _band(ax)
    (thin,) = ax.plot([], [], color=style.INK, lw=0.7, alpha=0.6)
    (cursor,) = ax.plot([], [], color=style.INK, lw=1, ls=":")
    ax.set(xlim=(0, budget + 1), xlabel="epochs paid")
    _error_axis(ax, "best error so far: medians; thin: each seed", high=3)
    ax.legend(frameon=False, loc="upper right", fontsize=9, ncols=2)

    def show(name, paid):
        thin.set_data(*_broken(t, results[name]))
        show_band(t, medians[name], colours[name])
        cursor.set_data([paid, paid], [_LOW, 1])

    return show


def _now(ax, names):
    """Draw the seeds of each search at one time; return what moves them."""
    colours = [colour for (colour, _), _ in zip(_SEARCHES, names, strict=False)]
    shown = [ax.plot([], [], "o", ms=5, color=colour, alpha=0.8)[0] for colour in colours]
    bands = [_band(ax, colour) for colour in colours]
    ax.set(xlim=(-0.6, len(names) - 0.4))
    ax.set_xticks(range(len(names)), names)
    ax.tick_params(axis="x", labelsize=9)
    _error_axis(ax, "each seed, at that time", high=3)
    ax.fill([], [], color=style.GREY, alpha=0.3, lw=0, label="median ± standard error")
    ax.legend(loc="upper right", fontsize=9, frameon=False)

    def show(errors):
        for place, (dots, band, at) in enumerate(zip(shown, bands, errors, strict=True)):
            dots.set_data(place + np.linspace(-0.25, 0.25, len(at)), at)
            band(place + np.array([-0.4, 0.4]), np.repeat(np.median(at), 2))

    return show
