"""Pictures of pandas and caviar: a model to watch, many that grow together, and their races."""

from typing import NamedTuple

import numpy as np

from course_utils import digit_tuning, optimizers, search, training
from course_utils import pandas_vs_caviar as lecture
from course_utils.experiments import live
from course_utils.figures import style

STARTS = {"guessed by hand": "guessed", "drawn at random": "drawn"}
"""What a babysitter begins with."""

_LOW = 0.025


class _Day(NamedTuple):
    """The state after an epoch of a model that a reader watches."""

    snapshot: training.Snapshot
    cost: float
    error: float
    alpha: float
    beta: float
    failed: str = ""


class _Life:
    """One model from its first weights on, and the epochs that were paid for it."""

    def __init__(self, first, seed):
        self._first, self._seed = first, seed
        self.begin()

    def begin(self):
        """Take a new model; nothing is paid yet."""
        self._model = digit_tuning.start(lecture.GUESS, np.random.default_rng(self._seed))
        self.line, self.paid = live.Timeline(self._look(*self._first), self._advance), 0

    def _advance(self, day, settings):
        self.paid += 1
        alpha, beta = settings
        if day.failed:
            return day._replace(alpha=alpha, beta=beta)
        self._model.restore(day.snapshot)
        self._model.optimizer = optimizers.Momentum(alpha=alpha, beta=beta)
        try:
            self._model.run_epoch()
            return self._look(alpha, beta)
        except (training.DivergenceError, ValueError):  # the second: its answers are no numbers
            words = f"diverged at α = {alpha:g}: go back, choose a smaller α"
            return day._replace(alpha=alpha, beta=beta, failed=words)

    def _look(self, alpha, beta):
        network, sets = self._model.network, digit_tuning.sets()
        with np.errstate(all="ignore"):
            cost = network.cost(*sets.training)
        if not np.isfinite(cost):
            raise ValueError("the cost is no number")
        error = 1 - network.accuracy(*sets.validation)
        return _Day(self._model.snapshot(), cost, error, alpha, beta)


class PandaRun:
    """One model that a reader watches, changes on the way and rolls back; and its picture.

    Parameters
    ----------
    alpha, beta : float
        The first settings. Epoch 0 with both of them begins with a new model and nothing paid.
    seed : int
        Of first weights and shuffling.
    """

    epochs = 40

    def __init__(self, alpha=0.001, beta=0.9, seed=0):
        self._first, self._seed, self._lives = (alpha, beta), seed, []

    @property
    def life(self):
        """The life in the first picture that was made; stills have lives of their own."""
        return self._lives[0] if self._lives else self._new_life()

    @property
    def paid(self):
        """How many epochs were trained, with those that were thrown away."""
        return self.life.paid

    @property
    def best(self):
        """The least validation error on the way to the epoch shown."""
        return min(day.error for day in self.life.line.states)

    def reach(self, epoch, alpha, beta):
        """Train, or go back, without drawing."""
        _to(self.life, epoch, (alpha, beta), self._first)

    def _new_life(self):
        self._lives.append(_Life(self._first, self._seed))
        return self._lives[-1]

    def picture(self, fig):
        """Show one model in training: cost, validation error, and its settings below."""
        life = self._new_life()
        seen, settings = style.axes(fig, 2, 1, height=4.8, left=0.85, hspace=0.42)
        show_curves, show_settings = _watched(seen, self.epochs), _settings(settings, self.epochs)

        def update(epoch, alpha, beta):
            for number, day in _way(life, epoch, (alpha, beta), self._first):
                days = life.line.states
                show_curves(days)
                show_settings(days)
                yield f"epoch {number}, α = {alpha:g}, β = {beta:g}: {_said(day, days, life.paid)}"

        return update


def _way(life, epoch, settings, first):
    if epoch == 0 and settings == first:
        life.begin()
    return life.line.reach(epoch, settings)


def _to(life, epoch, settings, first):
    for _ in _way(life, epoch, settings, first):
        pass


def _said(day, days, paid):
    best = int(np.argmin([d.error for d in days]))
    now = day.failed or f"cost {day.cost:.3f}, validation error {day.error:.1%}"
    lost = " (lost: it only guesses)" if _lost(days) else ""
    return f"{now}{lost}; best {days[best].error:.1%} after epoch {best}; {paid} epochs paid"


def _lost(days):
    """Whether a model that had learned has fallen back to guessing."""
    return days[-1].error > 0.85 and min(day.error for day in days) < 0.5


def _watched(ax, epochs):
    """Draw cost and error over the epochs; return what moves them."""
    (cost,) = ax.plot([], [], ".-", ms=4, color=style.BLUE, label="training cost")
    (error,) = ax.plot([], [], ".--", ms=4, color=style.ORANGE, label="validation error")
    (best,) = ax.plot([], [], "*", ms=14, color=style.GREEN, label="best checkpoint")
    ax.axhline(0.04, color=style.GREY, lw=1, ls=":")
    ax.set(xlim=(-0.5, epochs + 0.5), ylim=(0.002, 4), yscale="log")
    ax.set_yticks([0.01, 0.1, 1], ["0.01", "0.1", "1"])
    ax.minorticks_off()
    ax.set_title("one model (dotted: 4 % of the validation digits wrong)")
    ax.legend(frameon=False, loc="lower left", fontsize=9, ncols=3)
    note = _note(ax, 0.7 * epochs, 0.35)

    def show(days):
        at = np.arange(len(days))
        errors = np.array([day.error for day in days])
        cost.set_data(at, np.clip([day.cost for day in days], 1e-4, 99))
        error.set_data(at, errors)
        best.set_data([errors.argmin()], [errors.min()])
        lost = "lost: it only guesses; roll back" if _lost(days) else ""
        note.set_text("diverged: α is too large; roll back" if days[-1].failed else lost)

    return show


def _settings(ax, epochs):
    """Draw alpha and 1 - beta as steps, with marks where one was changed; return what moves."""
    (alpha,) = ax.step([], [], ".-", where="mid", color=style.INK, lw=2, label="α")
    (rest,) = ax.step([], [], ".--", where="mid", color=style.PINK, lw=2, label="1 − β")
    (changes,) = ax.plot([], [], "v", ms=8, color=style.ORANGE, label="changed")
    ax.set(xlim=(-0.5, epochs + 0.5), ylim=(5e-5, 4000), yscale="log", xlabel="epoch")
    ax.set_title("settings of each epoch")
    ax.set_yticks([1e-4, 1e-2, 1, 100], ["0.0001", "0.01", "1", "100"])
    ax.minorticks_off()
    ax.legend(frameon=False, loc="upper right", ncols=3, fontsize=9)

    def show(days):
        values = np.array([(day.alpha, 1 - day.beta) for day in days])
        at = np.arange(len(days))
        alpha.set_data(at, values[:, 0])
        rest.set_data(at, values[:, 1])
        changed = 1 + np.flatnonzero((values[1:] != values[:-1]).any(axis=1))
        changes.set_data(at[changed], values[changed].max(axis=1) * 3)

    return show


def _note(ax, x, y):
    ground = {"facecolor": "white", "edgecolor": "none", "alpha": 0.85}
    return ax.text(x, y, "", ha="center", va="center", fontsize=11, clip_on=True, bbox=ground)


class CaviarRun:
    """Draws of models that are trained while a reader looks, and their picture."""

    epochs = 20

    def __init__(self):
        self._draws = {}

    def curves(self, draw, models, epoch):
        """Train where needed, and return the validation errors, shape (models, epoch)."""
        for _ in self._grow(draw, models, epoch):
            pass
        return np.array([m.errors[:epoch] for m in self._models(draw)[:models]])

    def _models(self, draw):
        if draw not in self._draws:
            drawn = lecture.draw(draw)
            self._draws[draw] = [_Model(c, draw, i) for i, c in enumerate(drawn)]
        return self._draws[draw]

    def _grow(self, draw, models, epoch):
        """Train all of them to an epoch, one epoch at a time; yield the epoch under way."""
        growing = self._models(draw)[:models]
        for now in range(1, epoch + 1):
            for model in growing:
                if len(model.errors) < now:
                    model.grow()
                    yield now
        yield epoch

    def picture(self, fig):
        """Show many models that grow in parallel, and the error of each by its alpha."""
        curves, by_alpha = style.axes(fig, 1, 2, height=3.6, width_ratios=(3, 2), wspace=0.26)
        lines, best = _caviar_curves(curves, self.epochs)
        dots, star, note = _by_alpha(by_alpha)

        def update(epoch, draw, models):
            for now in self._grow(draw, models, epoch):
                seen = [m.errors[:now] for m in self._models(draw)[:models]]
                last = np.array([errors[-1] if errors else lecture.CHANCE for errors in seen])
                alphas = np.array([m.alpha for m in self._models(draw)[:models]])
                first = int(np.nanargmin(last)) if now else 0
                for line, errors in zip(lines, [*seen, *[[]] * (len(lines) - models)], strict=True):
                    line.set_data(np.arange(1, len(errors) + 1), errors)
                best.set_data(np.arange(1, len(seen[first]) + 1), seen[first])
                dots.set_data(alphas, last)
                star.set_data(*(([alphas[first]], [last[first]]) if now else ([], [])))
                note.set_text("" if now else "nothing trained yet")
                yield _caviar_said(now, draw, alphas, last, first)

        return update


class _Model:
    """One configuration of a draw in training."""

    def __init__(self, configuration, draw, number):
        self._going = digit_tuning.epochs(
            {**configuration, "epochs": CaviarRun.epochs}, np.random.default_rng([draw, number])
        )
        self.alpha, self.errors = configuration["alpha"], []

    def grow(self):
        """Train one epoch; a model that has diverged has an error of NaN from then on."""
        try:
            _, error = next(self._going)
        except (training.DivergenceError, StopIteration):
            error = np.nan
        self.errors.append(error)


def _caviar_curves(ax, epochs):
    lines = [ax.plot([], [], color=style.SKY, lw=1)[0] for _ in range(lecture.MODELS)]
    (best,) = ax.plot([], [], ".-", color=style.ORANGE, lw=2.5, label="best now")
    ax.set(xlim=(0.5, epochs + 0.5), xlabel="epoch")
    ax.set_xticks([1, *range(5, epochs + 1, 5)])
    _error_axis(ax, "validation error of each model")
    ax.legend(frameon=False, loc="lower left")
    return lines, best


def _by_alpha(ax):
    (dots,) = ax.plot([], [], "o", ms=5, color=style.SKY, mec=style.BLUE, mew=0.6)
    (star,) = ax.plot([], [], "*", ms=15, color=style.ORANGE)
    ax.set(xscale="log", xlim=(7e-4, 14), xlabel="α of the model")
    ax.axhline(0.2, color=style.GREY, lw=1, ls=":")
    _error_axis(ax, "error now (dotted: 20 %)")
    return dots, star, _note(ax, 0.1, 0.4)


def _error_axis(ax, title, high=1.2):
    ax.set(yscale="log", ylim=(_LOW, high), title=title)
    ax.set_yticks([0.03, 0.1, 0.3, 1], ["3 %", "10 %", "30 %", "100 %"])
    ax.minorticks_off()


def _caviar_said(epoch, draw, alphas, last, best):
    if epoch == 0:
        return f"draw {draw}: {len(alphas)} models, none trained yet"
    useless = int((~(last <= 0.2)).sum())
    return (
        f"draw {draw}, epoch {epoch}: best {last[best]:.1%} at α = {alphas[best]:.3g}; {useless} of"
        f" {len(alphas)} wrong on more than 20 %; {epoch * len(alphas)} epochs paid"
    )


def race(fig, in_parallel=lecture.in_parallel):
    """Show the best error of pandas and of caviar over time, ten draws each."""
    over_time, pairs = style.axes(fig, 1, 2, height=3.7, width_ratios=(3, 1.2), wspace=0.2)
    panda, panda_median = _ten(over_time, style.ORANGE, "--", "panda")
    caviar, caviar_median = _ten(over_time, style.BLUE, "-", "caviar")
    (cursor,) = over_time.plot([], [], color=style.INK, lw=1, ls=":")
    over_time.set(xscale="log", xlim=(1, lecture.WATCHED), xlabel="time (epochs on one machine)")
    over_time.set_xticks([1, 3, 9, 27, 81, 324], [1, 3, 9, 27, 81, 324])
    _error_axis(over_time, "best validation error so far, ten draws and their median")
    over_time.legend(frameon=False, loc="lower left")
    (links,) = pairs.plot([], [], color=style.GREY, lw=0.8)
    (ends,) = pairs.plot([], [], "o", color=style.INK, ms=4)
    pairs.set(xlim=(-0.3, 1.3))
    pairs.set_xticks([0, 1], ["panda", "caviar"])
    _error_axis(pairs, "each draw, at that time")
    t = np.arange(1, lecture.WATCHED + 1)

    def update(time, machines, models, start):
        watched = lecture.best_so_far(getattr(lecture.bundled(), start))
        drawn = lecture.bundled().curves[:, :models]
        grown = np.array([in_parallel(c, machines=machines, time=len(t)) for c in drawn])
        for line, median, errors in (
            (panda, panda_median, watched), (caviar, caviar_median, grown)
        ):  # fmt: skip
            line.set_data(*_broken(t, errors))
            median.set_data(t, np.median(errors, axis=0))
        cursor.set_data([time, time], [_LOW, 2])
        a, b = watched[:, time - 1], grown[:, time - 1]
        links.set_data(*_broken(np.array([0, 1]), np.stack([a, b], axis=1)))
        ends.set_data(np.repeat([0, 1], len(a)), np.concatenate([a, b]))
        better, worse = (a < b).sum(), (a > b).sum()
        return (
            f"panda {_short(start)}; {models} models on {_machines(machines)}, time {time}: median"
            f" {np.median(a):.1%} against {np.median(b):.1%}; the panda is better in {better} of"
            f" {len(a)}, worse in {worse}"
        )

    return update


def _short(start):
    return next(words for words, name in STARTS.items() if name == start)


def _machines(n):
    return "1 machine" if n == 1 else f"{n} machines"


def _ten(ax, colour, look, label):
    (thin,) = ax.plot([], [], look, color=colour, lw=0.7, alpha=0.5)
    (thick,) = ax.plot([], [], look, color=colour, lw=2.6, label=label)
    return thin, thick


def _broken(x, rows):
    """Return rows over the same x as one line with gaps."""
    gap = np.full((len(rows), 1), np.nan)
    return np.tile(np.append(x, np.nan), len(rows)), np.hstack([rows, gap]).ravel()


def halving(fig, algorithm=search.successive_halving):
    """Show which models successive halving goes on with, and what that costs."""
    ax, cost = style.axes(fig, 1, 2, height=3.7, width_ratios=(3, 1.5), wspace=0.26)
    (dropped,) = ax.plot([], [], color=style.SKY, lw=0.9, alpha=0.9, label="dropped")
    (winner,) = ax.plot([], [], color=style.BLUE, lw=1.8, label="kept to the end")
    (missed,) = ax.plot([], [], "--", color=style.ORANGE, lw=2, label="best, had all gone on")
    (ends,) = ax.plot([], [], "|", color=style.INK, ms=9, mew=1.2)
    ax.set(xscale="log", xlim=(0.93, 88), xlabel="epoch")
    ax.set_xticks([1, 3, 9, 27, 81], [1, 3, 9, 27, 81])
    _error_axis(ax, "validation error; each curve ends at its rung")
    ax.legend(frameon=False, loc="lower left", fontsize=9)
    places = np.arange(1, 8)
    bars = cost.bar(places, np.ones(7), 0.7, color=style.BLUE)
    (everything,) = cost.plot([0, 8], [1, 1], "--", color=style.ORANGE, lw=2)
    cost.set(yscale="log", ylim=(5, 12000), xlim=(0.3, 7.7), xlabel="rung")
    cost.set_title("epochs paid (dashed: all)")
    cost.set_yticks([10, 100, 1000, 10000], ["10", "100", "1000", "10 000"])
    cost.minorticks_off()
    cost.set_xticks(places)

    def update(eta, models, smallest, draw):
        curves = lecture.eighty_one(draw)[:models]
        done = lecture.halve(curves, smallest=smallest, eta=eta, algorithm=algorithm)
        epochs = np.arange(1, curves.shape[1] + 1)
        shown = np.where(epochs <= done.last[:, None], curves, np.nan)
        to_the_end = done.last == done.last.max()
        dropped.set_data(*_broken(epochs, shown[~to_the_end]))
        winner.set_data(*_broken(epochs, shown[to_the_end]))
        missed.set_data(epochs, curves[done.best])
        ends.set_data(done.last, curves[np.arange(models), done.last - 1])
        paid = [count * each for count, each in done.rungs]
        for bar, height in zip(bars, [*paid, *[0] * (len(bars) - len(paid))], strict=True):
            bar.set_height(height)
        everything.set_ydata([curves.size] * 2)
        return f"η = {eta}: {_halved_said(done, curves)}"

    return update


def _halved_said(done, curves):
    rungs = ", ".join(f"{models} at {epochs}" for models, epochs in done.rungs)
    kept = "kept to the end" if done.kept else f"dropped after {done.last[done.best]}"
    return (
        f"{rungs}; {done.paid} epochs of {curves.size} ({done.paid / curves.size:.0%}); found"
        f" {done.found:.1%}; the best of all, {curves[done.best, -1]:.1%}, was {kept}"
    )


def same_budget(fig, results):
    """Show the best error of several searches over the epochs they have paid.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
    results : dict of str to array_like, shape (seeds, epochs)
        For each search the least validation error after each epoch that was paid.
    """
    results = {name: np.asarray(r, float) for name, r in results.items()}
    names, budget = list(results), len(next(iter(results.values()))[0])
    ax, now = style.axes(fig, 1, 2, height=3.7, width_ratios=(3, 2), wspace=0.2)
    looks = list(zip(style.CLASSES, ("-", "--", ":", "-."), strict=False))
    t = np.arange(1, budget + 1)
    for (colour, look), (name, errors) in zip(looks, results.items(), strict=False):
        ax.plot(t, np.median(errors, axis=0), look, color=colour, lw=2.4, label=name)
    (thin,) = ax.plot([], [], color=style.INK, lw=0.7, alpha=0.6)
    (cursor,) = ax.plot([], [], color=style.INK, lw=1, ls=":")
    ax.set(xlim=(0, budget + 1), xlabel="epochs paid")
    _error_axis(ax, "best error so far: medians; thin: each seed", high=3)
    ax.legend(frameon=False, loc="upper right", fontsize=9, ncols=2)
    shown = [now.plot([], [], "o", ms=5, color=colour, alpha=0.8)[0]
             for (colour, _), _ in zip(looks, names, strict=False)]  # fmt: skip
    now.set(xlim=(-0.6, len(names) - 0.4))
    now.set_xticks(range(len(names)), names)
    now.tick_params(axis="x", labelsize=9)
    _error_axis(now, "each seed, then")

    def update(paid, method):
        thin.set_data(*_broken(t, results[method]))
        cursor.set_data([paid, paid], [_LOW, 1])
        for place, (dots, errors) in enumerate(zip(shown, results.values(), strict=True)):
            beside = place + np.linspace(-0.25, 0.25, len(errors))
            dots.set_data(beside, errors[:, paid - 1])
        at = results[method][:, paid - 1]
        return (
            f"after {paid} epochs, {method}: median {np.median(at):.1%},"
            f" {len(at)} seeds from {at.min():.1%} to {at.max():.1%}"
        )

    return update
