"""Pandas against caviar: one model watched all the time, or many at once and the best one kept.

Both spend epochs of the digits' network of `digit_tuning`, with momentum. Long runs are bundled:
ten draws of 27 configurations, and babysitters that begin with two different guesses.
"""

import math
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from typing import NamedTuple

import numpy as np

from course_utils import halving, optimizers, search, training
from course_utils.experiments import digit_tuning, live, luck
from course_utils.experiments.digit_tuning import CHANCE
from course_utils.experiments.watched import Watched
from course_utils.sampling_scales import Choice, Integer, Log, OneMinusLog
from course_utils.support import data_files, validation

SPACE = {
    "alpha": Log(0.001, 10.0),
    "beta": OneMinusLog(0.5, 0.99),
    "units": Integer(4, 64),
    "layers": Integer(1, 3),
    "size": Choice((64, 128, 256)),
    "decay": Log(0.001, 1.0),
}
"""What the caviar draws from."""

GUESS = {"optimizer": "momentum", "alpha": 0.01, "beta": 0.9}
"""A first guess by hand: 32 units in one layer, and an alpha that is far too small."""

DRAWS, MODELS, EPOCHS, WATCHED = 10, 27, 81, 324
"""Draws, configurations a draw, their epochs, and the epochs of a babysitter: as bundled."""


def draw(number):
    """Return the configurations of one draw, at random from `SPACE`.

    Parameters
    ----------
    number : int
        Which draw, from 0; it seeds the random numbers.

    Returns
    -------
    list of dict

    Examples
    --------
    >>> configurations = draw(0)
    >>> len(configurations), configurations[0]["units"]
    (27, 6)
    """
    number = validation.whole("number >= 0", number=number)
    drawn = search.random(SPACE, MODELS, np.random.default_rng(number))
    return [{"optimizer": "momentum", **configuration} for configuration in drawn]


def objective(configuration, rng):
    """Train with momentum for its epochs; return the validation error, and the curve.

    An objective for `evaluation.evaluate` and for the searches over `SPACE`.

    Examples
    --------
    >>> found = objective({"alpha": 0.01, "epochs": 2}, np.random.default_rng(0))
    >>> len(found["curve"])
    2
    """
    return digit_tuning.validation_error({"optimizer": "momentum", **configuration}, rng)


def learning_curve(configuration, rng, *, epochs):
    """Train one configuration and return its validation error after each epoch.

    Parameters
    ----------
    configuration : dict
        As `digit_tuning.epochs` wants it.
    rng : numpy.random.Generator
    epochs : int

    Returns
    -------
    ndarray, shape (epochs,)
        NaN from the epoch on in which the cost became infinite or NaN.

    Examples
    --------
    >>> curve = learning_curve({"alpha": 0.01}, np.random.default_rng(0), epochs=3)
    >>> curve.shape, bool(curve[2] < curve[0])
    ((3,), True)
    """
    configuration = validation.mapping("configuration", configuration)
    epochs = validation.whole("epochs >= 1", epochs=epochs)
    validation.room(epochs=epochs)
    curve = np.full(epochs, np.nan)
    try:
        going = digit_tuning.epochs({**configuration, "epochs": epochs}, rng)
        for epoch, (_, error) in enumerate(going):
            curve[epoch] = error
    except training.DivergenceError:
        pass  # the rest stays NaN
    return curve


class Look(NamedTuple):
    """What a babysitter saw after an epoch.

    Attributes
    ----------
    alpha : float
        The learning rate of this epoch.
    cost : float
        The training cost; infinite if it diverged.
    error : float
        The validation error; that of the checkpoint if the epoch was thrown away.
    kept : bool
        Whether the epoch became the new checkpoint; else it was thrown away.
    """

    alpha: float
    cost: float
    error: float
    kept: bool


def babysit(configuration, rng, *, epochs, bolder=1.5, careful=3.0):
    """Watch one model: raise alpha while its cost falls, else go back and lower it.

    An epoch that lowered the training cost is kept, and ``alpha *= bolder``. One that did not is
    thrown away: back to the last checkpoint, and ``alpha /= careful``. It counts all the same.

    Parameters
    ----------
    configuration : dict
        What to begin with; the optimizer is momentum, and nothing but alpha is changed.
    rng : numpy.random.Generator
    epochs : int
        How many in all, with those that are thrown away.
    bolder, careful : float
        The two factors, above 1.

    Returns
    -------
    list of Look
        One for each epoch.

    Raises
    ------
    ValueError
        If a factor is not above 1, or `epochs` is not a whole number of at least 1.

    Examples
    --------
    >>> looks = babysit(GUESS, np.random.default_rng(0), epochs=3)
    >>> [round(look.alpha, 4) for look in looks], all(look.kept for look in looks)
    ([0.01, 0.015, 0.0225], True)

    References
    ----------
    .. [1] R. Battiti (1989), "Accelerated backpropagation learning: two optimization methods": the
       "bold driver".
    """
    configuration = validation.mapping("configuration", configuration)
    bolder = validation.require("bolder > 1", bolder=bolder)
    careful = validation.require("careful > 1", careful=careful)
    model = digit_tuning.start({**configuration, "optimizer": "momentum"}, rng)
    checkpoint, least, best, looks = model.snapshot(), math.inf, CHANCE, []
    for _ in range(validation.whole("epochs >= 1", epochs=epochs)):
        alpha = model.optimizer.alpha
        cost, error = run_epoch(model)
        kept = cost < least
        if kept:
            checkpoint, least, best, factor = model.snapshot(), cost, error, bolder
        else:
            model.restore(checkpoint)
            factor = 1 / careful
        beta = model.optimizer.beta
        model.optimizer = optimizers.Momentum(alpha=alpha * factor, beta=beta)
        looks.append(Look(alpha, cost, best, kept))
    return looks


def run_epoch(model):
    """Train an epoch; return its cost, infinite if it diverged, and the validation error."""
    try:
        cost, _ = model.run_epoch()
        return cost, 1 - model.network.accuracy(*digit_tuning.sets().validation)
    except training.DivergenceError:
        return math.inf, CHANCE


def best_so_far(errors):
    """Return the least error up to each epoch, along the last axis; NaN is passed over.

    Examples
    --------
    >>> best_so_far([0.5, 0.2, 0.3, np.nan])
    array([0.5, 0.2, 0.2, 0.2])
    """
    errors = _errors("errors", errors)
    return np.minimum.accumulate(np.where(np.isnan(errors), CHANCE, errors), axis=-1)


def in_parallel(curves, *, machines, time):
    """Return the best error of models that grow together, after 1, 2, ... units of time.

    One unit is an epoch on one machine. The models share the machines evenly; no model runs on two
    machines at once. After t units each has had ``min(t, t * machines // models)`` epochs.

    Parameters
    ----------
    curves : array_like, shape (models, epochs)
        Validation errors; NaN where a model has diverged.
    machines : int
    time : int
        How many units.

    Returns
    -------
    ndarray, shape (time,)
        `CHANCE` before the first epoch; no change after the last one of the curves.

    Raises
    ------
    ValueError
        If `machines` or `time` is not a whole number of at least 1.

    Examples
    --------
    >>> curves = [[0.5, 0.4, 0.3], [0.6, 0.2, 0.1]]
    >>> in_parallel(curves, machines=1, time=5)
    array([0.9, 0.5, 0.5, 0.2, 0.2])
    >>> in_parallel(curves, machines=2, time=5)
    array([0.5, 0.2, 0.1, 0.1, 0.1])
    """
    machines = validation.whole("machines >= 1", machines=machines)
    time = validation.whole("time >= 1", time=time)
    validation.room(time=time)
    best = best_so_far(_curves(curves))
    models, epochs = best.shape
    t = np.arange(1, time + 1)
    had = np.minimum.reduce([t, t * machines // models, np.full_like(t, epochs)])
    together = np.append(CHANCE, best.min(axis=0))
    return together[had]


class Bundled(NamedTuple):
    """Runs that were trained once and for all; read-only.

    Attributes
    ----------
    curves : ndarray, shape (draws, models, epochs)
        Validation errors of the configurations of `draw`; NaN where a model has diverged.
    drawn, guessed : ndarray, shape (draws, epochs)
        The babysitter's validation errors, from the first configuration of each draw and from
        `GUESS`.
    """

    curves: np.ndarray
    drawn: np.ndarray
    guessed: np.ndarray


@cache
def bundled():
    """Return the bundled runs.

    Trial i of draw d was trained with ``np.random.default_rng([d, i])``, and so were the
    babysitters, with i = 0: they can be had again with `learning_curve` and `babysit`.

    Examples
    --------
    >>> bundled().curves.shape
    (10, 27, 81)
    """
    stored, m = data_files.arrays("pandas_vs_caviar"), digit_tuning.validation_digits()
    wrong = [stored[name] for name in Bundled._fields]  # whole numbers; -1 where it diverged
    shares = [np.where(counts < 0, np.nan, counts / m) for counts in wrong]
    for share in shares:
        share.flags.writeable = False
    return Bundled(*shares)


def look_up(curves):
    """Return an objective that reads learning curves instead of training.

    Parameters
    ----------
    curves : array_like, shape (models, epochs)

    Returns
    -------
    callable
        For `evaluate` and `successive_halving`: its configurations hold ``model``
        and ``epochs``.

    Examples
    --------
    >>> look_up([[0.5, 0.4]])({"model": 0, "epochs": 2}, None)
    0.4
    """
    curves = _curves(curves)
    models, most = curves.shape

    def objective(configuration, rng):
        model = validation.whole(f"0 <= model < {models}", model=configuration["model"])
        epochs = validation.whole(f"1 <= epochs <= {most}", epochs=configuration["epochs"])
        return float(curves[model, epochs - 1])

    return objective


def _curves(curves):
    """Return curves as an array of a row for each model; NaN is where one has diverged."""
    curves = _errors("curves", curves)
    if curves.ndim != 2 or not curves.size:
        raise ValueError(f"curves should be (models, epochs), but got shape {curves.shape}")
    return curves


def _errors(name, values):
    values = validation.reals(name, values)
    if np.isinf(values).any():
        raise ValueError(f"{name} should be errors, or NaN, but one is infinite")
    return values


def eighty_one(draw):
    """Return the bundled curves of 81 models, shape (81, 81): draws 0 to 2, three in each."""
    draw = validation.whole("0 <= draw <= 2", draw=draw)
    return bundled().curves[3 * draw : 3 * draw + 3].reshape(3 * MODELS, EPOCHS)


class Halved(NamedTuple):
    """What successive halving did with learning curves.

    Attributes
    ----------
    rungs : tuple of (int, int)
        How many models came to each rung, and its epochs.
    last : ndarray, shape (models,)
        For how many epochs each model was trained.
    found : float
        The least error on the last rung; NaN if every model there had failed.
    best : int
        The model with the least error, had all been trained to the end.
    slow : int
        The slowest starter: of the five best in the end, the last after the first epoch.
    first : int
        The model that the search returns.
    """

    rungs: tuple
    last: np.ndarray
    found: float
    best: int
    slow: int
    first: int

    @property
    def paid(self):
        """Epochs in all, each rung trained from the beginning."""
        return sum(models * epochs for models, epochs in self.rungs)

    @property
    def kept(self):
        """Whether the best of all came to the last rung."""
        return bool(self.last[self.best] == self.last.max())


def halve(curves, *, smallest, eta, algorithm=halving.successive_halving):
    """Run successive halving on learning curves.

    Parameters
    ----------
    curves : array_like, shape (models, epochs)
        Validation errors.
    smallest, eta : int
        As for `halving.successive_halving`; the largest number of epochs is that of the curves.
    algorithm : callable
        Of the same signature as `halving.successive_halving`.

    Returns
    -------
    Halved

    Examples
    --------
    >>> slow_starter = [0.5, 0.4, 0.1]
    >>> done = halve([[0.3, 0.3, 0.3], slow_starter, [0.4, 0.3, 0.2]], smallest=1, eta=3)
    >>> done.rungs, done.found, done.best, done.kept
    (((3, 1), (1, 3)), 0.3, 1, False)
    """
    curves = _curves(curves)
    models, largest = curves.shape
    trials = algorithm(
        look_up(curves),
        [{"model": i} for i in range(models)],
        smallest=smallest,
        largest=largest,
        eta=eta,
        progress=False,
    )
    epochs, model = trials.column("epochs"), trials.column("model")
    last = np.zeros(models, int)
    np.maximum.at(last, model, epochs)
    rungs = tuple((int((epochs == e).sum()), int(e)) for e in np.unique(epochs))
    found = trials.column("value").astype(float)[epochs == epochs.max()]
    found = np.where(np.isnan(found), np.inf, found)
    first = int(model[epochs == epochs.max()][found.argmin()])
    order = np.argsort(np.nan_to_num(curves[:, -1], nan=np.inf), kind="stable")
    slow = max(order[:5], key=lambda model: curves[model, 0])
    found = float(found.min()) if np.isfinite(found.min()) else np.nan
    return Halved(rungs, last, found, int(order[0]), int(slow), first)


WAYS = ("panda", "caviar", "successive halving", "Hyperband")
"""Ways to spend epochs on machines; all but the panda share them."""

CHART = 81
"""How many units of time a `Plan` covers."""


class Plan(NamedTuple):
    """Who trains on which machine when; a unit of time is an epoch on one machine.

    Attributes
    ----------
    model : ndarray, shape (machines, CHART)
        The model in training there; -1 where the machine is idle.
    error : ndarray, shape (machines, CHART)
        Its validation error after that epoch; NaN where the machine is idle.
    """

    model: np.ndarray
    error: np.ndarray

    @property
    def best(self):
        """The least error up to each unit of time, shape (CHART,)."""
        return best_so_far(np.fmin.reduce(self.error))


@cache
def plan(way, machines, draw):
    """Return the `Plan` of one of `WAYS` on models of a draw of `eighty_one`.

    Each model goes on from its checkpoint, on one machine at a time; the next rung begins when the
    last model of a rung is done. 27 models are drawn, for Hyperband with R = 27 as many as it asks.

    Examples
    --------
    >>> plan("caviar", 9, 0).model[0, :6].tolist()
    [0, 9, 18, 0, 9, 18]
    """
    way = validation.one_of("way", way, WAYS)
    curves = bundled().guessed[3 * draw : 3 * draw + 1] if way == "panda" else eighty_one(draw)
    made = Plan(np.full((machines, CHART), -1), np.full((machines, CHART), np.nan))
    now = 0
    for stage in _stages(way, curves):
        for first in range(0, len(stage), machines):
            together = stage[first : first + machines]
            for row, (model, before, after) in enumerate(together):
                room = slice(now, now + after - before)
                made.model[row, room] = model
                made.error[row, room] = curves[model, before:after][: max(CHART - now, 0)]
            now += max(after - before for _, before, after in together)
    return made


def _stages(way, curves):
    """Yield what has to be done before the rest can begin: rows of (model, from, to epoch)."""
    if way == "panda":
        yield [(0, 0, CHART)]
    elif way == "caviar":
        for epoch in range(CHART):
            yield [(model, epoch, epoch + 1) for model in range(MODELS)]
    elif way == "successive halving":
        yield from _climb(curves, range(MODELS), 1)
    else:
        first = 0
        for bracket in halving.brackets(MODELS).values():
            n, smallest = bracket[0]
            yield from _climb(curves, range(first, first + n), smallest)
            first += n


def _climb(curves, models, smallest):
    alive, before = list(models), 0
    for n, epochs in halving.rungs(len(alive), smallest, MODELS):
        alive = sorted(alive[:n])
        yield [(model, before, epochs) for model in alive]
        alive.sort(key=lambda model: np.nan_to_num(curves[model, epochs - 1], nan=np.inf))
        before = epochs


def standard_error(error):
    """Return how far an error on the validation digits may be off by chance: one standard error.

    Examples
    --------
    >>> print(standard_error(0.04).round(4))
    0.0103
    """
    return luck.standard_error(error, digit_tuning.validation_digits())


def processes(count):
    """Return an executor with new processes on this machine.

    They are spawned: a forked copy of a notebook's kernel, which has threads, may hang.

    Parameters
    ----------
    count : int

    Returns
    -------
    concurrent.futures.ProcessPoolExecutor
    """
    count = validation.whole("count >= 1", count=count)
    return ProcessPoolExecutor(count, mp_context=get_context("spawn"))


class Panda:
    """One model that is watched, steered on the way and rolled back.

    Attributes
    ----------
    line : live.Timeline
        Its days, each a `watched.Frame` of training and validation digits, and the settings that
        made each: pairs ``(alpha, beta)``.
    errors : list of float
        The validation error after each epoch that was paid, with those that were thrown away.
    """

    def __init__(self, seed=0):
        self._seed = validation.whole("seed >= 0", seed=seed)
        self.begin()

    def begin(self):
        """Take a new model; nothing is paid yet."""
        run = digit_tuning.start(GUESS, np.random.default_rng(self._seed))
        sets = digit_tuning.sets()
        self._model = Watched(run, sets.training, sets.validation)
        self.line, self.errors = live.Timeline(self._model.start, self._advance), []

    @property
    def paid(self):
        """How many epochs were trained, with those that were thrown away."""
        return len(self.errors)

    @property
    def best(self):
        """The least validation error up to the day shown."""
        return min(day.wrong[1] for day in self.line.states)

    def _advance(self, day, settings):
        alpha, beta = settings
        after = self._model.after(day, alpha=alpha, beta=beta)
        if not np.isfinite(after.costs[0]):
            after = day._replace(failed=True)
        self.errors.append(after.wrong[1])
        return after


class Stretch(NamedTuple):
    """Epochs of a life with one alpha; those that are not kept end with a roll-back."""

    epochs: int
    alpha: float
    kept: bool = True


LIVES = {
    "left alone": (Stretch(25, 0.001),),
    "too far, then lowered": (
        Stretch(5, 0.001),
        Stretch(5, 1.0),
        Stretch(2, 30.0),
        Stretch(13, 1.0),
    ),
    "too far, rolled back": (
        Stretch(5, 0.001),
        Stretch(5, 1.0),
        Stretch(2, 30.0, kept=False),
        Stretch(13, 1.0),
    ),
    "by the babysitter": None,
}
"""Lives of one model, 25 epochs each; the babysitter writes its own."""

LIVED = 25


@cache
def lived(name):
    """Return what was seen of one of `LIVES`, a `Look` for each epoch paid."""
    rng, stretches = np.random.default_rng(0), LIVES[name]
    if stretches is None:
        return tuple(babysit(GUESS, rng, epochs=LIVED))
    model, looks = digit_tuning.start(GUESS, rng), []
    for stretch in stretches:
        looks += _stretch(model, stretch)
    return tuple(looks)


def _stretch(model, stretch):
    checkpoint, looks = model.snapshot(), []
    model.optimizer = optimizers.Momentum(alpha=stretch.alpha, beta=GUESS["beta"])
    for _ in range(stretch.epochs):
        cost, _ = model.run_epoch()
        error = 1 - model.network.accuracy(*digit_tuning.sets().validation)
        looks.append(Look(stretch.alpha, cost, error, stretch.kept))
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
        epoch = validation.whole("epoch >= 1", epoch=epoch)
        models = validation.whole("models >= 1", models=models)
        growing = self._models(draw)[:models]
        for now in range(1, epoch + 1):
            for model in growing:
                if len(model.errors) < now:
                    model.grow()
                    if now > 1:
                        yield _errors_of(growing, now - 1)
        yield _errors_of(growing, epoch)

    def curves(self, epoch, draw, models):
        """Return their validation errors, shape (models, epoch)."""
        *_, errors = self.reach(epoch, draw, models)
        return errors

    def _models(self, number):
        if number not in self._draws:
            self._draws[number] = [_Model(c, number, i) for i, c in enumerate(draw(number))]
        return self._draws[number]


class _Model:
    """One configuration of a draw in training, as `learning_curve` trains it."""

    def __init__(self, configuration, draw, number):
        rng = np.random.default_rng([draw, number])
        self._going = digit_tuning.epochs({**configuration, "epochs": Caviar.epochs}, rng)
        self.errors = []

    def grow(self):
        """Train one epoch; a model that has diverged has an error of NaN from then on."""
        try:
            _, error = next(self._going, (np.nan, np.nan))
        except training.DivergenceError:
            error = np.nan
        self.errors.append(error)


def _errors_of(models, epochs):
    return np.array([model.errors[:epochs] for model in models])


@cache
def ten_studies():
    """Return the least error so far of ten Optuna studies after each epoch, shape (10, 108).

    They were trained once and for all by ``tests/tools/bundle_optuna.py``: seeds 0 to 9.
    """
    best = data_files.arrays("optuna")["wrong"] / digit_tuning.validation_digits()
    best.flags.writeable = False
    return best


BUDGET = 108
"""Epochs that each way of `same_budget` pays."""


def same_budget():
    """Return the least error so far of four ways to pay 108 epochs: arrays of shape (10, 108).

    They are Optuna's ten studies, successive halving of 27 models with up to 27 epochs, four random
    models of 27 epochs each, and one babysat model, guessed by hand.
    """
    stored = bundled()
    random = stored.curves[:, :4, :27].reshape(DRAWS, BUDGET)
    return {
        "Optuna": ten_studies(),
        "halving": np.array([_paid_by_halving(curves) for curves in stored.curves]),
        "random": best_so_far(random),
        "panda": best_so_far(stored.guessed[:, :BUDGET]),
    }


def _paid_by_halving(curves):
    """Return the least error so far along the epochs that successive halving pays one by one."""
    done = halve(curves[:, :27], smallest=1, eta=3)
    rungs = [(m, epochs) for _, epochs in done.rungs for m in np.flatnonzero(done.last >= epochs)]
    return best_so_far(np.concatenate([curves[m, :epochs] for m, epochs in rungs]))
