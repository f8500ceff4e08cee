"""Tuning on a budget: a leaderboard of trials, and a test set that is opened once.

The network and its digits are those of `digit_tuning`. Every trial costs its epochs, whichever
search asks for it; everything is chosen by the validation error; the test set comes last.
"""

import math
from dataclasses import replace

import numpy as np

from course_utils.experiments import digit_tuning, paired, report
from course_utils.experiments.standings import SEEDS, Opening, Standing, in_words, key
from course_utils.support import validation
from course_utils.support.evaluation import attempt, evaluate, whole
from course_utils.support.trial_log import TrialLog
from course_utils.support.trials import Trials

BUDGET = 600
"""Epochs of a leaderboard, if no other number is given."""


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

    def __init__(self, file, *, budget=BUDGET):
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

        If that takes more epochs than are left, `BudgetError` says so, and nothing is trained. At
        an interrupt what is done is in the file, and is paid.

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
        """
        given = validation.sequence("configurations", configurations)
        configurations, seeds = [_checked(c) for c in given], validation.sequence("seeds", seeds)
        seeds = [validation.whole("seeds >= 0", seeds=s) for s in seeds]
        wanted = [(c, seed) for seed in seeds for c in configurations]
        with self._log.lock:
            done = {_job((t.configuration, t.seed)): t for t in self.trials}
            missing = {_job(job): job for job in wanted if _job(job) not in done}.values()
            self._refuse_what_is_too_much(missing)
            new, cause = self._train(missing, executor)
        done.update({_job((t.configuration, t.seed)): t for t in new})
        found = [done[_job(job)] for job in wanted if _job(job) in done]
        asked_for = Trials((replace(t, number=i) for i, t in enumerate(found)), new.stopped)
        return whole(asked_for, cause)

    def _train(self, jobs, executor):
        """Train what is missing, seed by seed; return the trials, and what ended that, or None."""
        done, cause = Trials(), None
        for seed in dict.fromkeys(seed for _, seed in jobs):
            mine = [c for c, s in jobs if s == seed]
            new, cause = attempt(
                digit_tuning.validation_error,
                mine,
                seed=seed,
                executor=executor,
                numbers=[0] * len(mine),
                file=self.file,
                progress=False,
            )
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

        Raises
        ------
        ArithmeticError
            If the trial failed: to a search it is a failed one, too.
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

    def caveats(self):
        """Return what an honest report has to add, as a list of sentences."""
        return report.caveats(self)

    def report(self):
        """Return everything in words: budget, winner, test set, caveats."""
        return report.report(self)

    def __repr__(self):
        """Return the table as text."""
        return report.as_text(self)

    def _repr_html_(self):
        return report.as_html(self)

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
        found = {}
        for trial in self.trials:
            standing = Standing(trial.configuration, {})
            standing = found.setdefault(key(trial.configuration), standing)
            standing.errors[trial.seed] = trial.value
        return sorted(found.values(), key=lambda s: s.mean)

    def winner(self, seeds=SEEDS):
        """Return the `Standing` of least mean validation error, tried with enough seeds."""
        seeds = validation.whole("seeds >= 1", seeds=seeds)
        for standing in self.standings:
            if len(standing.errors) >= seeds and standing.mean < math.inf:
                return standing
        whole = [len(s.errors) for s in self.standings if s.mean < math.inf]
        raise ValueError(
            f"a winner needs {seeds} seeds, but the most that a configuration without a failed "
            f"trial was tried with is {max(whole, default=0)}: use board.run([configuration], "
            f"seeds=range({seeds}))"
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
                found.append(
                    Opening(
                        job["test_set"],
                        tuple(job["seeds"]),
                        tuple(more["errors"]),
                        tuple(more["validation"]),
                        len(found) + 1,
                        trials,
                    )
                )
            trials += "test_set" not in line.configuration
        return found


def trained(configuration, seed):
    """Train a configuration once more, to the same weights as its trial; return the network."""
    rng = np.random.default_rng([validation.whole("seed >= 0", seed=seed), 0])
    *_, (training, _) = digit_tuning.stages(_checked(configuration), rng)
    return training.network


def judge(job, rng=None):
    """Return test and validation errors of ``{"test_set": configuration, "seeds": [...]}``."""
    asked = job["test_set"], job["seeds"]
    errors, validation_errors = (
        paired.wrong_digits(*asked, digits).mean(axis=1).round(6).tolist()
        for digits in ("test", "validation")
    )
    return {"value": np.mean(errors), "errors": errors, "validation": validation_errors}


def _checked(configuration):
    """Return a completed configuration, refusing values that it cannot have, also together."""
    full = digit_tuning.completed(configuration)
    digit_tuning.start(full, np.random.default_rng(0))
    return full


def _job(job):
    configuration, seed = job
    return key(configuration), seed


def _belongs_to_a_board(trial):
    """Tell whether a trial is of the digits' network, or an opening of the test set."""
    asked = trial.configuration
    if "test_set" not in asked:
        whole_number = isinstance(asked["epochs"], int) and asked["epochs"] >= 1
        return whole_number and not set(asked) - set(digit_tuning.DEFAULTS)
    lists = [
        asked["seeds"],
        *([] if trial.failed else (trial.more["errors"], trial.more["validation"])),
    ]
    numbers = [all(isinstance(x, int | float) for x in values) for values in lists]
    return isinstance(asked["test_set"], dict) and all(numbers)
