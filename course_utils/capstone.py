"""Tuning on a budget: a leaderboard of trials, a test set that is opened once, and luck.

The network and its digits are those of `digit_tuning`. Every trial costs its epochs, whichever
search asks for it; everything is chosen by the validation error; the test set comes last.
"""

import math
from dataclasses import dataclass, replace
from html import escape
from typing import NamedTuple

import numpy as np

from course_utils import digit_tuning, learning_rate_decay, validation
from course_utils.trial_log import TrialLog
from course_utils.trials import Trials, attempt, described, evaluate, whole

SEEDS = 3
"""A configuration that was tried with fewer seeds may lead by luck: it cannot win."""


class BudgetError(ValueError):
    """What was asked for takes more epochs than are left; nothing was trained."""


class Leaderboard:
    """Trials of the digits' network within a budget of epochs, kept in a file.

    The file is all that counts: a leaderboard that is opened again on the same file, after a
    restart say, goes on where the last one ended. A trial that is in the file is not trained, and
    not charged, again. One that fails costs all its epochs. While one process trains, another that
    wants to spend from the same budget waits.

    Parameters
    ----------
    file : str or Path
        A line of JSON for each trial, and for each opening of the test set. Need not exist yet.
    budget : int
        Epochs in all.

    Raises
    ------
    ValueError
        If the file holds anything else, or `budget` is not a whole number of at least 1.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     board = Leaderboard(Path(folder) / "trials.jsonl", budget=10)
    ...     trial = board.try_({"alpha": 0.01, "epochs": 4})
    ...     board.spent, board.left
    (4, 6)
    """

    def __init__(self, file, *, budget=600):
        self.budget = validation.whole("budget >= 1", budget=budget)
        self._log = TrialLog(file, accepts=_belongs_to_a_board)
        self._log.trials()

    @property
    def file(self):
        """Where the trials are kept."""
        return self._log.path

    @property
    def trials(self):
        """All trials in the order in which they were done, as `Trials`."""
        lines = [line for line in self._log.trials() if "test_set" not in line.configuration]
        return Trials(replace(trial, number=i) for i, trial in enumerate(lines))

    @property
    def spent(self):
        """Epochs spent."""
        return sum(trial.configuration["epochs"] for trial in self.trials)

    @property
    def left(self):
        """Epochs left."""
        return max(0, self.budget - self.spent)

    def try_(self, configuration, seed=0):
        """Train one configuration; return its `Trial`. `run` says what may be raised."""
        return self.run([configuration], seeds=[validation.whole("seed >= 0", seed=seed)])[0]

    def run(self, configurations, *, seeds=(0,), executor=None):
        """Train configurations, each with every seed.

        Parameters
        ----------
        configurations : sequence of dict
            Any of the names in `digit_tuning.DEFAULTS`.
        seeds : sequence of int
            Of first weights, shuffling and dropout.
        executor : concurrent.futures.Executor, optional
            Where to train; in this process if not given.

        Returns
        -------
        Trials
            In the order asked for; those that the file already held are among them.

        Raises
        ------
        Interrupted
            By the square button or Ctrl+C; what is done is in the file, and is paid.
        BudgetError
            If all that is to be trained takes more epochs than are left. Nothing is trained then.
        ValueError
            If a hyperparameter has an unknown name or a value that it cannot have.
        """
        given = validation.sequence("configurations", configurations)
        configurations, seeds = [_checked(c) for c in given], validation.sequence("seeds", seeds)
        seeds = [validation.whole("seeds >= 0", seeds=s) for s in seeds]
        wanted = [(c, seed) for seed in seeds for c in configurations]
        with self._log.lock:
            done = [((t.configuration, t.seed), t) for t in self.trials]
            missing = _distinct(job for job in wanted if _find(done, job) is None)
            self._refuse_what_is_too_much(missing)
            new, cause = self._train(missing, executor)
        done += [((t.configuration, t.seed), t) for t in new]
        found = [trial for job in wanted if (trial := _find(done, job))]
        asked_for = Trials((replace(t, number=i) for i, t in enumerate(found)), new.stopped)
        return whole(asked_for, cause)

    def _train(self, jobs, executor):
        """Train what is missing, seed by seed; return the trials, and what ended that, or None."""
        done, cause = Trials(), None
        for seed in dict.fromkeys(seed for _, seed in jobs):
            mine = [c for c, s in jobs if s == seed]
            new, cause = attempt(digit_tuning.validation_error, mine, seed=seed, executor=executor,
                                 numbers=[0] * len(mine), file=self.file,
                                 progress=False)  # fmt: skip
            done = Trials([*done, *new], new.stopped)
            if cause:
                break
        return done, cause

    def objective(self, configuration, rng):
        """Return the validation error of a configuration, for any search; each call is charged.

        Parameters
        ----------
        configuration : dict
        rng : numpy.random.Generator
            Draws the seed: the same numbers, the same trial.

        Returns
        -------
        float
            NaN if the trial failed.
        """
        seed = int(validation.generator(rng).integers(10_000))
        trial = self.try_(configuration, seed)
        if trial.reason:
            raise ArithmeticError(trial.reason)
        return trial.value

    def _refuse_what_is_too_much(self, missing):
        cost = sum(c["epochs"] for c, _ in missing)
        if cost > self.left:
            raise BudgetError(
                f"epochs <= {self.left} must hold, as {self.spent} of {self.budget} are spent, but "
                f"got {len(missing)} new trials of {cost} epochs in all: try fewer, or for fewer "
                "epochs. Nothing was trained"
            )

    def __getstate__(self):
        raise TypeError(
            "a leaderboard counts in one place and cannot be sent to other processes: use "
            "board.run(configurations, executor=...), which sends the trials"
        )

    def __deepcopy__(self, memo):
        return Leaderboard(self.file, budget=self.budget)  # the file is the board

    @property
    def standings(self):
        """The configurations, as a list of `Standing`, by their mean validation error."""
        groups = []
        for trial in self.trials:
            errors = _find(groups, trial.configuration)
            if errors is None:
                groups.append((trial.configuration, errors := {}))
            errors[trial.seed] = trial.value
        return sorted((Standing(*group) for group in groups), key=lambda s: s.mean)

    def winner(self, seeds=SEEDS):
        """Return the `Standing` of least mean validation error, tried with enough seeds.

        Raises
        ------
        ValueError
            If there is none.
        """
        seeds = validation.whole("seeds >= 1", seeds=seeds)
        for standing in self.standings:
            if len(standing.errors) >= seeds and standing.mean < math.inf:
                return standing
        most = max((len(s.errors) for s in self.standings), default=0)
        raise ValueError(
            f"a winner needs {seeds} seeds, but the most that a configuration was tried with is "
            f"{most}: use board.run([configuration], seeds=range({seeds}))"
        )

    def open_test_set(self, configuration=None):
        """Judge a configuration by the test set: once, at the very end.

        The networks of its trials are trained again, to the same weights, which costs nothing.
        What is opened is written into the file. A second configuration is judged too, but the file
        will say so for ever: whoever chooses by the test set has no test set.

        Parameters
        ----------
        configuration : dict, optional
            The winner's if not given.

        Returns
        -------
        Opening

        Raises
        ------
        ValueError
            If the configuration was not tried with `SEEDS` seeds; the test set stays closed.
        """
        chosen = self.winner() if configuration is None else self._tried(_checked(configuration))
        for opening in self.openings:
            if opening.configuration == chosen.configuration:
                return opening
        job = {"test_set": chosen.configuration, "seeds": sorted(chosen.errors)}
        with self._log.lock:
            judged = evaluate(judge, [job], file=self.file, progress=False)[0]
        if judged.failed:
            raise ArithmeticError(f"the test set could not be opened: {judged.reason}")
        return self.openings[-1]

    def _tried(self, configuration):
        """Return the standing of a configuration that is ready for the test set."""
        found = [s for s in self.standings if s.configuration == configuration]
        seeds = len(found[0].errors) if found else 0
        if seeds < SEEDS or found[0].mean == math.inf:
            raise ValueError(
                f"a configuration should have been tried with {SEEDS} seeds, none of them failed, "
                f"before the test set is opened for it, but {in_words(configuration)} was tried "
                f"with {seeds}: the test set stays closed"
            )
        return found[0]

    @property
    def openings(self):
        """Every opening of the test set, in order, as a list of `Opening`."""
        found, trials = [], 0
        for line in self._log.trials():
            if "test_set" in line.configuration and not line.failed:
                job, more = line.configuration, line.more
                found.append(Opening(job["test_set"], tuple(job["seeds"]), tuple(more["errors"]),
                                     tuple(more["validation"]), len(found) + 1,
                                     trials))  # fmt: skip
            trials += "test_set" not in line.configuration
        return found

    def caveats(self):
        """Return what an honest report has to add, as a list of sentences."""
        openings, trials, standings = self.openings, len(self.trials), self.standings
        said = []
        if len(openings) > 1:
            second = "the second number is" if len(openings) == 2 else "all but the first are"
            times = "twice" if len(openings) == 2 else f"{len(openings)} times"
            said.append(f"The test set was opened {times}: {second} no longer honest.")
        if openings and (late := trials - openings[0].trials):
            said.append(f"Trials run after the test set was opened: {late}. It does not judge "
                        "what they choose.")  # fmt: skip
        if standings and len(standings[0].errors) < SEEDS:
            said.append(f"The lowest mean has {_seeds(standings[0])}: perhaps luck, so it cannot "
                        "win.")  # fmt: skip
        said += self._tie() if any(len(s.errors) >= SEEDS for s in standings) else []
        said += [opening.against_chance() for opening in openings[:1]]
        if len(standings) > 1:
            said.append(f"The best of {len(standings)} configurations looks better on the "
                        "validation digits than it is.")  # fmt: skip
        return said

    def _tie(self):
        full = [s for s in self.standings if len(s.errors) >= SEEDS and s.mean < math.inf]
        if len(full) < 2 or not full[0].mean < 1:
            return []
        gap, noise = full[1].mean - full[0].mean, standard_error(full[0].mean, _validation_digits())
        if gap >= noise:
            return []
        return [f"First and second differ by {_percent(gap, '')} points; the standard error of "
                f"{_validation_digits()} digits is {_percent(noise, '')}: a tie."]  # fmt: skip

    def report(self):
        """Return everything in words: budget, winner, test set, caveats."""
        said = [self._headline()]
        try:
            best = self.winner()
            said.append(f"Winner: {in_words(best.configuration)}, {best.epochs} epochs. "
                        f"Validation error {best.in_words()}.")  # fmt: skip
        except ValueError as error:
            said.append(f"No winner yet: {error}.")
        said += [str(opening) for opening in self.openings] or ["The test set is closed."]
        return "\n".join([*said, *(f"– {caveat}" for caveat in self.caveats())])

    def _headline(self):
        over = f", {self.spent - self.budget} too many" if self.spent > self.budget else ""
        trials, configurations = len(self.trials), len(self.standings)
        return (f"{_many(trials, 'trial')} of {_many(configurations, 'configuration')}: "
                f"{self.spent} of {self.budget} epochs spent{over}, {self.left} left")  # fmt: skip

    def _rows(self, most=10):
        head = ["rank", "validation error", "seeds", "epochs", "configuration"]
        standings = self.standings[:most]
        return [head] + [
            [str(rank), s.in_words(seeds=False), str(len(s.errors)) + s.doubt(), str(s.epochs),
             in_words(s.configuration)]
            for rank, s in enumerate(standings, 1)
        ]  # fmt: skip

    def _notes(self):
        opened = [str(opening) for opening in self.openings] or ["The test set is closed."]
        more = len(self.standings) - 10
        return [f"and {more} more"] * (more > 0) + opened + self.caveats()[: len(opened) > 1]

    def __repr__(self):
        """Return the table as text."""
        rows = self._rows()
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
        return "\n".join([self._headline(), *lines, *self._notes()])

    def _repr_html_(self):
        head, *rows = self._rows()
        cell = '<{0} style="text-align:left;white-space:{2}">{1}</{0}>'
        table = ["".join(cell.format("th", escape(text), "nowrap") for text in head)]
        for *numbers, configuration in rows:
            texts = [cell.format("td", escape(text), "nowrap") for text in numbers]
            table.append("".join([*texts, cell.format("td", escape(configuration), "normal")]))
        body = "".join(f"<tr>{row}</tr>" for row in table)
        notes = "".join(f"<p>{escape(note)}</p>" for note in self._notes())
        return f"<div><p>{escape(self._headline())}</p><table>{body}</table>{notes}</div>"


@dataclass(frozen=True)
class Standing:
    """A configuration and what it reached.

    Attributes
    ----------
    configuration : dict
        With all its names.
    errors : dict of int to float
        Validation error by seed; NaN where the trial failed.
    """

    configuration: dict
    errors: dict

    @property
    def mean(self):
        """Mean validation error over the seeds; infinite if one of them failed."""
        mean = float(np.mean(list(self.errors.values())))
        return math.inf if math.isnan(mean) else mean

    @property
    def epochs(self):
        """Epochs of each of its trials."""
        return self.configuration["epochs"]

    def doubt(self):
        """Return a mark for a mean of too few seeds."""
        return " (luck?)" if len(self.errors) < SEEDS else ""

    def in_words(self, seeds=True):
        """Return the mean and the range of the errors: ``3.2 % (2.8 to 3.6)``."""
        if self.mean == math.inf:
            return "failed"
        return _mean_and_range(list(self.errors.values())) + (f", {_seeds(self)}" if seeds else "")


class Opening(NamedTuple):
    """The test set, opened.

    Attributes
    ----------
    configuration : dict
    seeds : tuple of int
    errors, validation : tuple of float
        Test and validation error of its networks, one a seed.
    place : int
        1 for the first opening; only that one is honest.
    trials : int
        How many trials had been run by then.
    """

    configuration: dict
    seeds: tuple
    errors: tuple
    validation: tuple
    place: int
    trials: int

    @property
    def error(self):
        """Mean test error over the seeds."""
        return float(np.mean(self.errors))

    def against_chance(self):
        """Return a sentence that compares test and validation error with their noise."""
        pair, digits = [self.error, float(np.mean(self.validation))], _validation_digits()
        noise = np.hypot(*standard_error(np.array(pair), digits))
        return (f"Test and validation differ by {_percent(abs(pair[0] - pair[1]), '')} points; two "
                f"samples of {digits} digits differ by about {_percent(noise, '')}.")  # fmt: skip

    def __repr__(self):
        honest = "" if self.place == 1 else f"; opening {self.place}, no longer honest"
        return (f"Test set: error {_mean_and_range(self.errors)}, where validation said "
                f"{_percent(np.mean(self.validation))}{honest}")  # fmt: skip


def trained(configuration, seed):
    """Train a configuration once more, to the same weights as its trial; return the network."""
    full, rng = _checked(configuration), np.random.default_rng([seed, 0])
    training = digit_tuning.start(full, rng)
    schedule = learning_rate_decay.inverse_time(full["alpha"], decay_rate=full["decay"])
    for epoch in range(full["epochs"]):
        training.optimizer = replace(training.optimizer, alpha=schedule(epoch))
        training.run_epoch()
    return training.network


def judge(job, rng=None):
    """Return test and validation errors of ``{"test_set": configuration, "seeds": [...]}``."""
    networks = [trained(job["test_set"], seed) for seed in job["seeds"]]
    sets = digit_tuning.sets()
    errors, validation_errors = (
        [round(1 - network.accuracy(*examples), 6) for network in networks]
        for examples in (sets.test, sets.validation)
    )
    return {"value": np.mean(errors), "errors": errors, "validation": validation_errors}


def split(m, rng):
    """Divide the numbers 0 to m − 1 at random into training, validation and test set.

    Validation and test get a fifth each, rounded down; training gets all others.

    Parameters
    ----------
    m : int
        How many examples there are.
    rng : numpy.random.Generator

    Returns
    -------
    tuple of three ndarrays of int

    Raises
    ------
    ValueError
        If there are fewer than five examples.

    Examples
    --------
    >>> [len(part) for part in split(1797, np.random.default_rng(0))]
    [1079, 359, 359]
    """
    m = validation.whole("m >= 5", m=m)
    order, fifth = validation.generator(rng).permutation(m), m // 5
    return order[2 * fifth :], order[:fifth], order[fifth : 2 * fifth]


def choose(trials):
    """Return the configuration of least mean value over its seeds.

    One with a failed trial is not chosen.

    Parameters
    ----------
    trials : sequence of Trial
        Several of each configuration.

    Returns
    -------
    dict

    Raises
    ------
    ValueError
        If every configuration failed at least once.

    Examples
    --------
    >>> from course_utils.trials import Trial
    >>> choose([Trial(0, {"x": 1}, 0.2), Trial(0, {"x": 2}, 0.1), Trial(0, {"x": 2}, 0.4, seed=1)])
    {'x': 1}
    """
    groups = []
    for trial in validation.sequence("trials", trials):
        validation.offers("trials", trial, "a list of trials", "configuration", "value", "reason")
        values = _find(groups, trial.configuration)
        if values is None:
            groups.append((trial.configuration, values := []))
        values.append(math.nan if trial.reason else trial.value)
    whole = [(float(np.mean(v)), i) for i, (_, v) in enumerate(groups) if not np.isnan(v).any()]
    if not whole:
        raise ValueError(f"there is nothing to choose: all of {len(groups)} configurations failed")
    return groups[min(whole)[1]][0]


def standard_error(error, digits):
    """Return the standard error of a share of wrong digits: ``sqrt(error (1 - error) / digits)``.

    Parameters
    ----------
    error : float or ndarray
        The share, from 0 to 1; NaN where there is none.
    digits : int or ndarray
        How many digits it was counted on.

    Returns
    -------
    float or ndarray

    Examples
    --------
    >>> float(standard_error(0.02, 360).round(4))
    0.0074
    """
    error, digits = validation.reals("error", error), validation.finite("digits", digits)
    if ((error < 0) | (error > 1)).any():
        raise ValueError(
            f"0 <= error <= 1 must hold, but got error={validation.shown(error.tolist())}"
        )
    if not (digits >= 1).all():
        raise ValueError(
            f"digits >= 1 must hold, but got digits={validation.shown(digits.tolist())}"
        )
    return np.sqrt(error * (1 - error) / digits)[()]


class Luck(NamedTuple):
    """How good the best of equal models looks: its mean error, and what 80 % lie between."""

    mean: float
    low: float
    high: float


def best_of(models, error, digits):
    """Least error seen among equally good models, each counted on digits of its own.

    A model with the true error p is wrong on a binomial number of m digits; of k models the least
    number is at least j with probability ``P(one >= j) ** k``.

    Parameters
    ----------
    models : int
        How many models k.
    error : float
        The true error p of each, between 0 and 1.
    digits : int
        How many digits m.

    Returns
    -------
    Luck

    Raises
    ------
    ValueError
        If ``0 < error < 1`` does not hold or a number is below 1 or not whole.

    Examples
    --------
    >>> [round(best_of(k, 0.03, 360).mean, 4) for k in (1, 10, 100)]
    [0.03, 0.017, 0.0102]
    """
    error = validation.require("0 < error < 1", error=error)
    models = validation.whole("models >= 1", models=models)
    m = validation.whole("digits >= 1", digits=digits)
    at_least = np.exp(models * np.log1p(-_cumulative(error, m)))  # P(least > j) for j = 0 ... m-1
    low, high = (int((1 - at_least < q).sum()) / m for q in (0.1, 0.9))
    return Luck(float(at_least.sum() / m), low, high)


def _cumulative(p, m):
    """Return P(X <= j) of a binomial X for j = 0 ... m-1."""
    j = np.arange(m)
    log_choose = np.concatenate([[0.0], np.cumsum(np.log((m - j[:-1]) / (j[:-1] + 1)))])
    pmf = np.exp(log_choose + j * np.log(p) + (m - j) * np.log1p(-p))
    return np.minimum(np.cumsum(pmf), 1 - 1e-16)


class Optimism(NamedTuple):
    """The chosen model on the digits that chose it, and on others; and the mean of all models."""

    chosen_by: float
    on_others: float
    average: float


def optimism(wrong, rng, *, halvings=500):
    """Choose the best model by half of the digits, look at it on the other half, many times.

    Parameters
    ----------
    wrong : array_like of bool, shape (models, digits)
        Which digits each model gets wrong.
    rng : numpy.random.Generator
        Halves the digits.
    halvings : int
        How many times.

    Returns
    -------
    Optimism
        Mean errors over the halvings.

    Raises
    ------
    ValueError
        If `wrong` is not 2-d or `halvings` is below 1.

    Examples
    --------
    >>> luck = optimism(np.random.default_rng(0).random((50, 400)) < 0.05, np.random.default_rng(1))
    >>> luck.chosen_by < 0.03 < 0.04 < luck.on_others
    True
    """
    wrong = validation.matrix("wrong", wrong, "models")
    halvings, rng = validation.whole("halvings >= 1", halvings=halvings), validation.generator(rng)
    m, seen = wrong.shape[1], []
    for _ in range(halvings):
        order = rng.permutation(m)
        here, there = (wrong[:, part].mean(axis=1) for part in np.split(order, [m // 2]))
        best = here.argmin()
        seen.append((here[best], there[best]))
    return Optimism(*map(float, np.mean(seen, axis=0)), float(wrong.mean()))


def in_words(configuration):
    """Return what a configuration has that the defaults have not, epochs left out."""
    full = {**digit_tuning.DEFAULTS, **configuration}
    other = {k: full[k] for k, v in digit_tuning.DEFAULTS.items() if k != "epochs" and full[k] != v}
    return described(other) or "the defaults"


def _checked(configuration):
    """Return a completed configuration, refusing values that it cannot have, also together."""
    full = digit_tuning.completed(configuration)
    digit_tuning.start(full, np.random.default_rng(0))
    return full


def _find(pairs, key):
    """Return what stands beside an equal key; dicts are equal in any order, and 32 is 32.0."""
    return next((value for known, value in pairs if known == key), None)


def _distinct(jobs):
    found = []
    for job in jobs:
        if job not in found:
            found.append(job)
    return found


def _belongs_to_a_board(trial):
    """Tell whether a trial is of the digits' network, or an opening of the test set."""
    asked = trial.configuration
    if "test_set" not in asked:
        whole_number = isinstance(asked["epochs"], int) and asked["epochs"] >= 1
        return whole_number and not set(asked) - set(digit_tuning.DEFAULTS)
    lists = [asked["seeds"], *([] if trial.failed else (trial.more["errors"],
                                                        trial.more["validation"]))]  # fmt: skip
    numbers = [all(isinstance(x, int | float) for x in values) for values in lists]
    return isinstance(asked["test_set"], dict) and all(numbers)


def _validation_digits():
    return digit_tuning.sets().validation[1].shape[1]


def _percent(share, unit=" %"):
    return f"{100 * share:.1f}{unit}"


def _mean_and_range(errors):
    low, high = _percent(min(errors), ""), _percent(max(errors), "")
    return _percent(np.mean(errors)) + (f" ({low} to {high})" if len(errors) > 1 else "")


def _seeds(standing):
    return _many(len(standing.errors), "seed")


def _many(count, name):
    return f"{count} {name}" + "s" * (count != 1)
