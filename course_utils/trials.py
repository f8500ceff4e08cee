"""Trials: run configurations of hyperparameters, one by one or many at once, and keep the results.

`evaluate` runs an objective for a list of configurations and returns a table. Where they run is an
`executor`'s business: any `concurrent.futures.Executor`, in this process, on this machine or on a
cluster. Trial number i gets the same random numbers wherever it runs and whenever it ends.
"""

import csv
import json
import math
import os
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import BrokenExecutor, as_completed
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

import numpy as np

from course_utils.validation import number as checked_number


@dataclass(frozen=True)
class Trial:
    """One configuration, tried once.

    Attributes
    ----------
    number : int
        Its place in the search, from 0.
    configuration : dict
        Hyperparameters by name.
    value : float
        What the objective returned, such as an error: less is better. NaN if it failed.
    seconds : float
        How long it ran.
    reason : str
        Why it failed; empty if it did not.
    more : dict
        What the objective returned beside its value.
    seed : int
        The search's seed; with `number` it gives the trial's random numbers.
    """

    number: int
    configuration: dict
    value: float
    seconds: float = 0.0
    reason: str = ""
    more: dict = field(default_factory=dict)
    seed: int = 0


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
        return Trials(t for t in self if not t.reason)

    @property
    def failed(self):
        """The trials that have none; each says its `reason`."""
        return Trials(t for t in self if t.reason)

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
        with Path(path).open("w", newline="", encoding="utf-8") as file:
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
        return said + (self.stopped and f"; {self.stopped}")


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
        trials that it holds are not run again.
    numbers : sequence of int, optional
        The trials' numbers; 0, 1, 2, ... if not given.
    progress : bool
        Whether to show a bar with the best value so far.

    Returns
    -------
    Trials
        Also after an interrupt (Ctrl+C, or the square button), or when the executor broke: what is
        done by then. Its `stopped` says so, and with a `file` the same call goes on from there.

    Raises
    ------
    ValueError
        If a configuration holds what JSON cannot, or `numbers` are not as many as configurations.

    Examples
    --------
    >>> def objective(configuration, rng):
    ...     return (configuration["x"] - 2) ** 2
    >>> evaluate(objective, [{"x": 0}, {"x": 3}], progress=False)
    2 trials, best 1: x=3
    """
    done, stopped = [], ""
    arriving = stream(objective, configurations, executor=executor, seed=seed, file=file,
                      numbers=numbers)  # fmt: skip
    with _bar(len(configurations), progress) as bar:
        try:
            for trial in arriving:
                done.append(trial)
                _tell(bar, done)
        except KeyboardInterrupt:
            stopped = f"interrupted after {len(done)} of {len(configurations)} trials"
        except BrokenExecutor as error:
            stopped = f"the executor broke after {len(done)} of {len(configurations)}: {error}"
        finally:
            arriving.close()
    return Trials(done, stopped)


def stream(objective, configurations, *, executor=None, seed=0, file=None, numbers=None):
    """Yield each `Trial` as soon as it is done; `evaluate` says what the arguments are."""
    numbers = range(len(configurations)) if numbers is None else numbers
    if len(numbers) != len(configurations):
        raise ValueError(
            f"there should be a number for each of the {len(configurations)} configurations, "
            f"but got {len(numbers)}"
        )
    checked_number("seed", seed, "seed >= 0, whole", lambda s: s >= 0 and s % 1 == 0)
    wanted = [(int(i), _plain(c), int(seed)) for i, c in zip(numbers, configurations, strict=True)]
    with _File(file) as kept:
        missing = []
        for job in wanted:
            if (trial := kept.get(job)) is None:
                missing.append(job)
            else:
                yield trial
        run = _here if executor is None else _there
        for trial in run(executor, objective, missing):
            kept.add(trial)
            yield trial


def _here(_, objective, jobs):
    for job in jobs:
        yield run_trial(objective, *job)


def _there(executor, objective, jobs):
    """Send all, yield what comes back; cancel the rest if nobody waits for it any more."""
    futures = {executor.submit(run_trial, objective, *job): job for job in jobs}
    try:
        for future in as_completed(futures):
            try:
                yield future.result()
            except BrokenExecutor:
                raise
            except Exception as error:  # not the objective's: it lost its worker, or never left
                number, configuration, seed = futures[future]
                reason = f"{_NOT_RUN}{type(error).__name__}: {error}"
                yield Trial(number, configuration, math.nan, reason=reason, seed=seed)
    finally:
        for future in futures:
            future.cancel()


_NOT_RUN = "could not be run: "


def run_trial(objective, number, configuration, seed):
    """Run one trial; whatever the objective does, a `Trial` comes back."""
    rng, start, more = np.random.default_rng([seed, number]), time.perf_counter(), {}
    try:
        value = objective(dict(configuration), rng)
        if isinstance(value, Mapping):
            more = _plain({k: v for k, v in value.items() if k != "value"})
            value = value["value"]
        value = float(value)
        reason = "" if math.isfinite(value) else f"its value is {value}"
    except Exception as error:
        value, reason = math.nan, f"{type(error).__name__}: {error}"
    seconds = time.perf_counter() - start
    return Trial(number, configuration, math.nan if reason else value, seconds, reason, more, seed)


class _File:
    """A file with a line of JSON for each trial; one that does not exist holds none."""

    def __init__(self, path):
        self._path, self._kept, self._file = path and Path(path), {}, None

    def __enter__(self):
        if self._path is None:
            return self
        if self._path.exists():
            whole = self._whole_lines()
            for line_number, line in enumerate(whole, 1):
                trial = self._read(line_number, line)
                self._kept[_text(_key(trial))] = trial
        self._file = self._path.open("a", encoding="utf-8")
        return self

    def _whole_lines(self):
        """Return the lines, and cut off a last one that a crash left unfinished."""
        content = self._path.read_bytes()
        end = content.rfind(b"\n") + 1
        if end < len(content):
            os.truncate(self._path, end)
        return content[:end].decode().splitlines()

    def _read(self, line_number, line):
        names = {f.name for f in fields(Trial)}
        try:
            values = json.loads(line)
            value = math.nan if values["value"] is None else values["value"]
            return Trial(**{**{k: values[k] for k in names}, "value": value})
        except (json.JSONDecodeError, KeyError, TypeError):
            raise ValueError(
                f"{self._path} should hold a trial in each line, but line {line_number} is none: "
                "name another file, or mend that line"
            ) from None

    def __exit__(self, *error):
        if self._file:
            self._file.close()

    def get(self, job):
        return self._kept.get(_text(job)) if self._kept else None

    def add(self, trial):
        """Write a trial, at once and for good; one that could not be run is left out."""
        if self._file is None or trial.reason.startswith(_NOT_RUN):
            return
        value = None if math.isnan(trial.value) else trial.value
        self._file.write(_text({**asdict(trial), "value": value}) + "\n")
        self._file.flush()
        os.fsync(self._file.fileno())


def _key(trial):
    return trial.number, trial.configuration, trial.seed


def _outcome(trial):
    return None if trial.reason else trial.value, trial.reason, trial.more


def _text(values):
    return json.dumps(values, sort_keys=True, ensure_ascii=False)


def _plain(configuration):
    """Return a configuration as a file will give it back."""
    try:
        return json.loads(json.dumps(dict(configuration), default=_number_or_list))
    except (TypeError, ValueError) as error:
        raise ValueError(
            f"a configuration should be a dict of numbers, words and lists, but got "
            f"{configuration!r:.100}: {error}"
        ) from None


def _number_or_list(value):
    if isinstance(value, np.generic | np.ndarray):
        return value.tolist()
    raise TypeError(f"{type(value).__name__} is none of them")


def _bar(total, progress):
    from tqdm.auto import tqdm  # loads what draws the bar, which `import course_utils` should not

    return tqdm(total=total, unit="trial", leave=False, disable=not progress)


def _tell(bar, done):
    if not bar.disable:
        best = min((t.value for t in done if not t.reason), default=math.nan)
        failed = sum(bool(t.reason) for t in done)
        words = f"best {best:.4g}" + (f", {failed} failed" if failed else "")
        bar.set_postfix_str(words, refresh=False)
        bar.update()
