"""Models of pandas and caviar in training: one that is steered on the way, many that grow together.

The settings of a watched model are pairs ``(alpha, beta)``; errors are shares of the validation
digits that are read wrong.
"""

from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np

from course_utils import digit_tuning, learning_rate_decay, optimizers, training
from course_utils import pandas_vs_caviar as lecture
from course_utils.experiments import live


class Day(NamedTuple):
    """A watched model after an epoch; `failed` if its cost is no longer finite."""

    snapshot: training.Snapshot
    cost: float
    error: float
    failed: bool = False


class Panda:
    """One model that is watched, steered on the way and rolled back.

    Attributes
    ----------
    line : live.Timeline
        Its days, and the settings that made each.
    paid : int
        How many epochs were trained, with those that were thrown away.
    """

    def __init__(self, seed=0):
        self._seed = seed
        self.begin()

    def begin(self):
        """Take a new model; nothing is paid yet."""
        self._model = digit_tuning.start(lecture.GUESS, np.random.default_rng(self._seed))
        self.line, self.paid = live.Timeline(self._look(), self._advance), 0

    @property
    def best(self):
        """The least validation error up to the day shown."""
        return min(day.error for day in self.line.states)

    def _advance(self, day, settings):
        after = day if day.failed else self._after_an_epoch(day, *settings)
        self.paid += 1
        return after

    def _after_an_epoch(self, day, alpha, beta):
        self._model.restore(day.snapshot)
        self._model.optimizer = optimizers.Momentum(alpha=alpha, beta=beta)
        try:
            self._model.run_epoch()
            return self._look()
        except (training.DivergenceError, ValueError):  # the second: its answers are not numbers
            return day._replace(failed=True)

    def _look(self):
        network, sets = self._model.network, digit_tuning.sets()
        with np.errstate(all="ignore"):
            cost = network.cost(*sets.training)
        if not np.isfinite(cost):
            raise ValueError(f"the cost should be finite, but is {cost}")
        error = 1 - network.accuracy(*sets.validation)
        return Day(self._model.snapshot(), float(cost), float(error))


class Stretch(NamedTuple):
    """Epochs of a life with one alpha; those that are not kept end with a roll-back."""

    epochs: int
    alpha: float
    kept: bool = True


LIVES = {
    "left alone": (Stretch(25, 0.001),),
    "too far, then lowered": (
        Stretch(5, 0.001), Stretch(5, 1.0), Stretch(2, 30.0), Stretch(13, 1.0),
    ),
    "too far, rolled back": (
        Stretch(5, 0.001), Stretch(5, 1.0), Stretch(2, 30.0, kept=False), Stretch(13, 1.0),
    ),
    "by the babysitter": None,
}  # fmt: skip
"""Lives of one model, 25 epochs each; the babysitter writes its own."""

LIVED = 25


@cache
def lived(name):
    """Return what was seen of one of `LIVES`, a `pandas_vs_caviar.Look` for each epoch paid."""
    rng, stretches = np.random.default_rng(0), LIVES[name]
    if stretches is None:
        return tuple(lecture.babysit(lecture.GUESS, rng, epochs=LIVED))
    model, looks = digit_tuning.start(lecture.GUESS, rng), []
    for stretch in stretches:
        looks += _stretch(model, stretch)
    return tuple(looks)


def _stretch(model, stretch):
    checkpoint, looks = model.snapshot(), []
    model.optimizer = optimizers.Momentum(alpha=stretch.alpha, beta=lecture.GUESS["beta"])
    for _ in range(stretch.epochs):
        cost, _ = model.run_epoch()
        error = 1 - model.network.accuracy(*digit_tuning.sets().validation)
        looks.append(lecture.Look(stretch.alpha, cost, error, stretch.kept))
    if not stretch.kept:
        model.restore(checkpoint)
    return looks


class Caviar:
    """Draws of models that are trained when they are first looked at."""

    epochs = 20

    def __init__(self):
        self._draws = {}

    def reach(self, epoch, draw, models):
        """Train all to an epoch; yield errors, shape (models, epochs that all have), on the way."""
        growing = self._models(draw)[:models]
        for now in range(1, epoch + 1):
            for model in growing:
                if len(model.errors) < now:
                    model.grow()
                    if now > 1:
                        yield _errors(growing, now - 1)
        yield _errors(growing, epoch)

    def curves(self, epoch, draw, models):
        """Return their validation errors, shape (models, epoch)."""
        *_, errors = self.reach(epoch, draw, models)
        return errors

    def _models(self, draw):
        if draw not in self._draws:
            drawn = lecture.draw(draw)
            self._draws[draw] = [_Model(c, draw, i) for i, c in enumerate(drawn)]
        return self._draws[draw]


class _Model:
    """One configuration of a draw in training, as `digit_tuning.epochs` trains it."""

    def __init__(self, configuration, draw, number):
        full = digit_tuning.completed(configuration)
        self._run = digit_tuning.start(full, np.random.default_rng([draw, number]))
        self._alpha = learning_rate_decay.inverse_time(full["alpha"], decay_rate=full["decay"])
        self.errors = []

    def grow(self):
        """Train one epoch; a model that has diverged has an error of NaN from then on."""
        run = self._run
        run.optimizer = replace(run.optimizer, alpha=self._alpha(len(self.errors)))
        try:
            run.run_epoch()
            self.errors.append(1 - run.network.accuracy(*digit_tuning.sets().validation))
        except training.DivergenceError:  # and the cost stays what it became
            self.errors.append(np.nan)


def _errors(models, epochs):
    return np.array([model.errors[:epochs] for model in models])


@cache
def ten_studies():
    """Return the least error so far of ten Optuna studies after each epoch, shape (10, 108).

    They were trained once and for all by ``tests/tools/bundle_optuna.py``: seeds 0 to 9.
    """
    with np.load(files("course_utils") / "data" / "optuna.npz") as file:
        best = file["wrong"] / digit_tuning.sets().validation[0].shape[1]
    best.flags.writeable = False
    return best
