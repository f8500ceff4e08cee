"""The trials of a search: what was tried, what came of it, which was best."""

import csv
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from course_utils.support.executors import writable
from course_utils.support.trial_log import Trial  # noqa: F401 - found here, beside its table


class Trials(Sequence):
    """A table of trials, in the order of their numbers; `stopped` says why a search ended early."""

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
        return isinstance(other, Trials) and [t.job + _outcome(t) for t in self] == [
            t.job + _outcome(t) for t in other
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
        """The trial with the least value; of equal ones the first."""
        if not self.finished:
            why = f": the first one says {self[0].reason!r}" if self else ""
            why += self.stopped and f": {self.stopped}"
            raise ValueError(f"there is no best of {len(self)} trials, as none finished{why}")
        return min(self.finished, key=lambda trial: trial.value)

    def column(self, name):
        """Return one hyperparameter of all trials, as an array.

        Also ``number``, ``value``, ``seconds``, ``reason``, and what stands in `more`.
        """
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
        return [_row(trial) for trial in self]

    def __repr__(self):
        said = f"{len(self)} trials"
        if self.finished:
            said += f", best {self.best.value:.4g}: {described(self.best.configuration)}"
        if self.failed:
            said += f"; {len(self.failed)} failed: {self.failed[0].reason}"
        return writable(said + (self.stopped and f"; {self.stopped}"))


def described(configuration):
    """Return a configuration in words: ``alpha=0.01, units=32``."""
    return ", ".join(
        f"{name}={value:.3g}" if isinstance(value, float) else f"{name}={value}"
        for name, value in configuration.items()
    )


def joined(done, new, **noted):
    """Return the trials so far and those of a next part, which note in `more` which it is."""
    marked = [replace(t, more={**t.more, **noted}) for t in new]
    return Trials([*done, *marked], new.stopped)


def _row(trial):
    values = {"value": trial.value, "seconds": trial.seconds, "reason": trial.reason}
    return {"number": trial.number, **trial.configuration, **values}


def _outcome(trial):
    return None if trial.failed else trial.value, trial.reason, trial.more
