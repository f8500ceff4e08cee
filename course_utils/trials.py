"""Trials: run configurations of hyperparameters, one by one or many at once, and keep the results.

`evaluate` runs an objective for a list of configurations and returns a table. Where they run is an
`executor`'s business: any `concurrent.futures.Executor`, in this process, on this machine or on a
cluster. Trial number i gets the same random numbers wherever it runs and whenever it ends.
"""

import copy
import csv
import json
import math
import pickle
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import BrokenExecutor, as_completed
from functools import partial
from pathlib import Path

import numpy as np

from course_utils.support import long_runs, validation
from course_utils.support.fingerprints import fingerprint
from course_utils.support.trial_log import Trial, TrialLog


class Trials(Sequence):
    """A table of trials, in the order of their numbers.

    Parameters
    ----------
    trials : iterable of Trial
    stopped : str
        Why the search ended early; empty if it did not.
    """

    def __init__(self, trials=(), stopped=""):
        self._trials, self.stopped = sorted(trials, key=lambda trial: trial.number), stopped

    def __len__(self):
        return len(self._trials)

    def __getitem__(self, place):
        if isinstance(place, slice):
            return Trials(self._trials[place], self.stopped)
        return self._trials[place]

    def __eq__(self, other):
        """Equal if they tried the same with the same results, whatever time it took."""
        return isinstance(other, Trials) and [_key(t) + _outcome(t) for t in self] == [
            _key(t) + _outcome(t) for t in other
        ]

    __hash__ = None

    @property
    def finished(self):
        """The trials that have a value."""
        return Trials(t for t in self if not t.failed)

    @property
    def failed(self):
        """The trials that have none; each says its `reason`."""
        return Trials(t for t in self if t.failed)

    @property
    def best(self):
        """The trial with the least value; of equal ones the first.

        Raises
        ------
        ValueError
            If no trial finished.
        """
        if not self.finished:
            why = f": the first one says {self[0].reason!r}" if self else ""
            why += self.stopped and f": {self.stopped}"
            raise ValueError(f"there is no best of {len(self)} trials, as none finished{why}")
        return min(self.finished, key=lambda trial: trial.value)

    def column(self, name):
        """Return one hyperparameter, or one attribute of `Trial`, of all trials, as an array."""
        if name in {"number", "value", "seconds", "reason"}:
            return np.array([getattr(trial, name) for trial in self])
        missing = [t.number for t in self if name not in t.configuration and name not in t.more]
        if missing:
            there = ", ".join(self[0].configuration)
            raise KeyError(f"trial {missing[0]} has no {name!r}: it has {there}")
        return np.array([{**t.more, **t.configuration}[name] for t in self])

    def best_so_far(self):
        """Return the least value after each trial, in the order of their numbers."""
        values = self.column("value").astype(float)
        return np.fmin.accumulate(np.where(np.isnan(values), np.inf, values))

    def to_csv(self, path):
        """Write a row for each trial: number, hyperparameters, value, seconds, reason."""
        rows = self._rows()
        names = list(dict.fromkeys(name for row in rows for name in row))
        with Path(path).open("w", newline="", encoding="utf-8", errors="backslashreplace") as file:
            writer = csv.DictWriter(file, names or ["number"])
            writer.writeheader()
            writer.writerows(rows)

    def to_frame(self):
        """Return a pandas data frame with the same rows; pandas has to be installed."""
        try:
            import pandas as pd
        except ImportError:
            message = "pandas is not installed: pip install pandas, or use to_csv"
            raise ImportError(message) from None
        return pd.DataFrame(self._rows())

    def _rows(self):
        return [
            {"number": t.number, **t.configuration, "value": t.value, "seconds": t.seconds,
             "reason": t.reason}
            for t in self
        ]  # fmt: skip

    def __repr__(self):
        said = f"{len(self)} trials"
        if self.finished:
            said += f", best {self.best.value:.4g}: {described(self.best.configuration)}"
        if self.failed:
            said += f"; {len(self.failed)} failed: {self.failed[0].reason}"
        return _writable(said + (self.stopped and f"; {self.stopped}"))


def described(configuration):
    """Return a configuration in words: ``alpha=0.01, units=32``."""
    return ", ".join(
        f"{name}={value:.3g}" if isinstance(value, float) else f"{name}={value}"
        for name, value in configuration.items()
    )


def evaluate(objective, configurations, *, executor=None, seed=0, file=None, numbers=None,
             progress=True):  # fmt: skip
    """Try every configuration.

    Parameters
    ----------
    objective : callable
        ``objective(configuration, rng) -> value``: less is better. It may also return a dict with
        a ``"value"`` and more that JSON can hold. What it raises, and a value that is NaN or
        infinite, become the `reason` of a failed trial; the search goes on. For an executor with
        other processes it has to be importable, or the executor must know how to send it.
    configurations : sequence of dict
        Hyperparameters by name; values that JSON can hold.
    executor : concurrent.futures.Executor, optional
        Where to run: a `ProcessPoolExecutor`, ``dask.distributed.Client(...).get_executor()``,
        ``ipyparallel.Client(...).executor()``. In this process, one after the other, if not given.
    seed : int
        Trial i draws from ``np.random.default_rng([seed, i])``, whatever the executor.
    file : str or Path, optional
        Results are written there as they come, a line of JSON each. If the file is there already,
        trials that it holds are not run again, unless the objective was rewritten since: then a
        line says so. Several searches may write into one file.
    numbers : sequence of int, optional
        The trials' numbers; 0, 1, 2, ... if not given.
    progress : bool
        Whether to show a bar with the best value so far.

    Returns
    -------
    Trials
        All of them; if the executor broke, those that were done by then, and `stopped` says so.

    Raises
    ------
    Interrupted
        By the square button or Ctrl+C: the cell ends, and `long_runs.kept` returns what is done.
        With a `file` the same call goes on from there.
    TypeError, ValueError
        If a configuration holds what JSON cannot, or `numbers` are not as many as configurations.

    Examples
    --------
    >>> def objective(configuration, rng):
    ...     return (configuration["x"] - 2) ** 2
    >>> evaluate(objective, [{"x": 0}, {"x": 3}], progress=False)
    2 trials, best 1: x=3
    """
    return whole(*attempt(objective, configurations, executor=executor, seed=seed, file=file,
                          numbers=numbers, progress=progress))  # fmt: skip


def attempt(objective, configurations, *, progress=True, **options):
    """Return the trials that `evaluate` comes to, and what ended it early, or None."""
    done, stopped, cause = [], "", None
    progress = validation.flag("progress", progress)
    arriving = stream(objective, configurations, **options)
    with long_runs.bar(len(configurations), "trial", show=progress) as bar:
        try:
            for trial in _shown(arriving, bar):
                done.append(trial)
        except (KeyboardInterrupt, BrokenExecutor, OSError) as error:
            cause = error
            stopped = _why_stopped(error, f"{len(done)} of {len(configurations)} trials", objective)
        finally:
            arriving.close()
    return Trials(done, stopped), cause


def whole(trials, cause):
    """Return the trials of an `attempt`, unless the reader or the disk ended it."""
    if isinstance(cause, KeyboardInterrupt):
        raise long_runs.Interrupted(trials.stopped, trials) from None
    if isinstance(cause, OSError):
        long_runs.note(cause, trials)
        raise cause
    return trials


def _why_stopped(error, done, objective):
    if isinstance(error, KeyboardInterrupt):
        return f"interrupted after {done}"
    if isinstance(error, BrokenExecutor):
        cure = _why_nothing_ran(objective) if done.startswith("0 ") else ""
        return f"the executor broke after {done}: {error}{cure}"
    return f"stopped after {done}: {error}"


_CURE = (
    "put it into a file of its own, objective.py say, and import it from there, or use an executor "
    "that sends the code along, such as loky.get_reusable_executor()"
)


def _why_nothing_ran(objective):
    """Say what a new process lacks: it reads a script once more, and sees nothing of a notebook."""
    if getattr(sys.modules["__main__"], "__file__", None):
        return '; a script has to start its search below `if __name__ == "__main__":`'
    if getattr(objective, "__module__", "__main__") != "__main__":
        return ""
    return f"; other processes cannot find an objective that was written in a notebook: {_CURE}"


def _shown(arriving, bar):
    """Pass trials on, and show the best value so far."""
    best, failed = math.inf, 0
    for trial in arriving:
        best = best if trial.failed else min(best, trial.value)
        failed += trial.failed
        words = f"best {best:.4g}" + (f", {failed} failed" if failed else "")
        bar.set_postfix_str(words, refresh=False)
        bar.update()
        yield trial


def stream(objective, configurations, *, executor=None, seed=0, file=None, numbers=None):
    """Yield each `Trial` as soon as it is done; `evaluate` says what the arguments are."""
    objective = validation.function("objective", objective)
    configurations = [_plain(c) for c in validation.sequence("configurations", configurations)]
    numbers = numbered(numbers, configurations)
    seed = validation.whole("seed >= 0", seed=seed)
    jobs = [(i, c, seed) for i, c in zip(numbers, configurations, strict=True)]
    if executor is not None:
        validation.offers(
            "executor", executor, "an Executor such as ThreadPoolExecutor()", "submit"
        )
    run = _here if executor is None else partial(_there, executor)
    if file is None:
        return run(objective, jobs)
    return _logged(TrialLog(file), run, objective, jobs)


def numbered(numbers, configurations):
    """Return the trials' numbers, 0, 1, 2, ... if none are given."""
    if numbers is None:
        return list(range(len(configurations)))
    numbers = [validation.whole("numbers >= 0", numbers=i)
               for i in validation.sequence("numbers", numbers)]  # fmt: skip
    if len(numbers) != len(configurations):
        raise ValueError(
            f"numbers should be as many as the {len(configurations)} configurations, but got "
            f"{len(numbers)}"
        )
    return numbers


def _logged(log, run, objective, jobs):
    """Yield the trials that a file holds, then run the others and write them."""
    log.trials()
    mark = fingerprint(objective)
    missing = [job for job in jobs if log.get(job, mark) is None]
    if rewritten := sum(log.has_of_another(job, mark) for job in missing):
        long_runs.say(
            f"{log.path} holds {rewritten} of these trials from another objective, or from this "
            "one before it was rewritten: they are run anew. Name another file to keep both apart"
        )
    yield from (trial for job in jobs if (trial := log.get(job, mark)) is not None)
    if missing:
        log.require_room()
    for trial in run(objective, missing):
        if not trial.reason.startswith(_NOT_RUN):
            log.add(trial, mark)
        yield trial


def _here(objective, jobs):
    for job in jobs:
        yield run_trial(objective, *job)


def _there(executor, objective, jobs):
    """Send all, yield what comes back; cancel the rest if nobody waits for it any more."""
    futures = {}
    try:
        for job in jobs:
            futures[executor.submit(run_trial, objective, *job)] = job
        for future in as_completed(futures):
            try:
                yield future.result()
            except BrokenExecutor:
                raise
            except Exception as error:  # not the objective's: it lost its worker, or never left
                number, configuration, seed = futures[future]
                unsent = isinstance(error, pickle.PicklingError | AttributeError | TypeError)
                cure = f"; other processes cannot be sent it: {_CURE}" if unsent else ""
                reason = f"{_NOT_RUN}{_said(error)}{cure}"
                yield Trial(number, configuration, math.nan, reason=reason, seed=seed)
    finally:
        for future in futures:
            future.cancel()


_NOT_RUN = "could not be run: "


def run_trial(objective, number, configuration, seed):
    """Run one trial; whatever the objective does, a `Trial` comes back."""
    rng, start = np.random.default_rng([seed, number]), time.perf_counter()
    try:
        value, more = _value_and_more(objective(copy.deepcopy(configuration), rng))
        reason = "" if math.isfinite(value) else f"its value is {value}"
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # sys.exit() ends its trial, not the search
        value, more, reason = math.nan, {}, _said(error)
    seconds = time.perf_counter() - start
    return Trial(number, configuration, math.nan if reason else value, seconds, reason, more, seed)


def _value_and_more(returned):
    """Take apart what an objective returned."""
    value, more = returned, {}
    if isinstance(returned, Mapping):
        more = _plain({k: v for k, v in returned.items() if k != "value"}, "what is returned")
        value = returned.get("value")
    if isinstance(value, str | bytes) or np.ndim(value) or np.iscomplexobj(value):
        raise TypeError(f"the objective should return a number, but returned {value!r:.60}")
    try:
        return float(value), more
    except OverflowError:
        return math.inf, more
    except (TypeError, ValueError):
        hint = ": is its return missing?" if value is None else ""
        raise TypeError(
            f"the objective should return a number, but returned {value!r:.60}{hint}"
        ) from None


def _said(error):
    """Return an error in words that a file and a page can take."""
    try:
        return _writable(f"{type(error).__name__}: {error}")
    except Exception:  # its own __str__ fails
        return f"{type(error).__name__}, which cannot say why"


def _writable(text):
    """Return a text without the halves of characters that UTF-8 cannot write."""
    return text.encode("utf-8", "backslashreplace").decode()


def _key(trial):
    return trial.number, trial.configuration, trial.seed


def _outcome(trial):
    return None if trial.failed else trial.value, trial.reason, trial.more


def _plain(values, name="configurations"):
    """Return a dict as a file will give it back."""
    try:
        return json.loads(json.dumps(validation.mapping(name, values), default=_number_or_list))
    except (TypeError, ValueError, RecursionError) as error:
        raise ValueError(
            f"{name} should hold numbers, words and lists by name, but got "
            f"{validation.shown(values)}: {error}"
        ) from None


def _number_or_list(value):
    if isinstance(value, np.generic | np.ndarray):
        return value.tolist()
    raise TypeError(f"{type(value).__name__} is none of them")
