"""One trial, and the file that keeps trials: whole lines, whatever happens.

A line is the JSON of one trial, and of the objective that gave it. Lines are added, never changed.
"""

import errno
import json
import math
import os
import threading
from dataclasses import asdict, dataclass, field, fields

from course_utils.support import file_lock, fingerprints, validation


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

    @property
    def job(self):
        """What was tried: number, configuration and seed."""
        return self.number, self.configuration, self.seed

    @property
    def failed(self):
        """Whether it has no value."""
        return bool(self.reason) or math.isnan(self.value)


class TrialLog:
    """A file with a line for each trial; one that does not exist holds none.

    Several searches, also of several processes, may add to one file. A last line that a crash left
    unfinished counts for nothing, and is cut off when the next one is written.

    Parameters
    ----------
    path : str or Path
        A relative one is meant from where the process stands now, wherever it goes later.
    accepts : callable, optional
        Tells of a trial whether it belongs there; any trial does if not given.
    """

    def __init__(self, path, accepts=lambda trial: True):
        self.path, self._accepts = validation.path("file", path), accepts
        self.lock, self._reading = file_lock.of(self.path), threading.Lock()
        self._forget()

    def _forget(self):
        self._end, self._count, self._trials, self._found = 0, 0, [], {}

    def trials(self):
        """Return all trials in the order in which they were written, others' since then, too."""
        with self._reading:
            self._catch_up()
            return list(self._trials)

    def require_room(self):
        """Raise an OSError if nothing can be written there: better before a trial than after."""
        with self.lock:  # makes the file if there is none
            pass

    def get(self, job, objective):
        """Return the trial of ``(number, configuration, seed)`` if the objective has tried it.

        `objective` is a fingerprint.
        """
        found = self._found.get(_text(job), {})
        if objective in found:
            return found[objective]
        same = [t for known, t in found.items() if not fingerprints.differ(known, objective)]
        return same[-1] if same else None

    def has_of_another(self, job, objective):
        """Tell whether a job was tried, but by other objectives alone."""
        return _text(job) in self._found and self.get(job, objective) is None

    def add(self, trial, objective):
        """Write a trial, at once and for good, unless another process was faster."""
        value = None if math.isnan(trial.value) else trial.value
        line = _text({**asdict(trial), "value": value, "objective": objective}) + "\n"
        with self.lock, self._reading:
            self._catch_up()
            if objective in self._found.get(_text(trial.job), {}):
                return
            with self.path.open("r+b") as file:
                if file.seek(0, os.SEEK_END) > self._end:
                    file.truncate(self._end)  # what a crash has left of a line
                file.seek(self._end)
                file.write(line.encode())
                file.flush()
                _bring_to_disk(file)
            self._catch_up()

    def _catch_up(self):
        """Read what was written since the last look."""
        if not self.path.exists():
            return self._forget()
        if self.path.stat().st_size < self._end:
            self._forget()  # it was written anew
        with self.path.open("rb") as file:
            file.seek(self._end)
            new = file.read()
        whole = new[: new.rfind(b"\n") + 1]
        for line in whole.split(b"\n")[:-1]:
            self._count += 1
            if line.strip():
                self._take(line)
        self._end += len(whole)

    def _take(self, line):
        try:
            trial, objective = _read(line)
            if not self._accepts(trial):
                raise ValueError("it is of another search")
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
            number = self._count
            self._forget()
            raise ValueError(
                f"{self.path} should hold a trial in each line, but line {number} is none: name "
                "another file, or mend that line"
            ) from None
        self._trials.append(trial)
        self._found.setdefault(_text(trial.job), {})[objective] = trial


_TYPES = {
    "number": int,
    "configuration": dict,
    "value": int | float | None,
    "seconds": int | float,
    "reason": str,
    "more": dict,
    "seed": int,
}


def _read(line):
    """Return the trial of a line, and its objective's fingerprint; old files have none."""
    values = json.loads(line)
    known = {f.name: values[f.name] for f in fields(Trial)}
    wrong = [n for n, v in known.items() if not isinstance(v, _TYPES[n]) or isinstance(v, bool)]
    value = math.nan if known["value"] is None else float(known["value"])
    if wrong or math.isinf(value) or math.isnan(value) != bool(known["reason"]):
        raise ValueError("a trial has a value or a reason")
    return Trial(**{**known, "value": value}), str(values.get("objective", ""))


def _text(values):
    """Return JSON in ASCII: no line break that only some know, nothing that UTF-8 cannot write."""
    return json.dumps(values, sort_keys=True)


_REAL = {errno.ENOSPC, errno.EIO, getattr(errno, "EDQUOT", errno.ENOSPC)}


def _bring_to_disk(file):
    """Wait until a file is on the disk; some drives in a network cannot say."""
    try:
        os.fsync(file.fileno())
    except OSError as error:
        if error.errno in _REAL:
            raise
