"""Evaluation: run an objective for a list of configurations, one by one or many at once.

Where they run is an `executor`'s business: any `concurrent.futures.Executor`, in this process, on
this machine or on a cluster. Trial number i gets the same random numbers wherever it runs and
whenever it ends.
"""

import math
import sys
from concurrent.futures import BrokenExecutor
from functools import partial

from course_utils.support import executors, long_runs, validation
from course_utils.support.fingerprints import fingerprint
from course_utils.support.trial_log import TrialLog
from course_utils.support.trials import Trials


def evaluate(
    objective, configurations, *, executor=None, seed=0, file=None, numbers=None, progress=True
):
    """Try every configuration, a dict of hyperparameters that JSON can hold; return `Trials`.

    ``objective(configuration, rng) -> value``: less is better. It may also return a dict with a
    ``"value"`` and more that JSON can hold. What it raises, and a value that is NaN or infinite,
    become the `reason` of a failed trial; the search goes on.

    Parameters
    ----------
    executor : concurrent.futures.Executor, optional
        Where to run: a `ProcessPoolExecutor`, ``dask.distributed.Client(...).get_executor()``,
        ``ipyparallel.Client(...).executor()``. In this process, one after the other, if not given.
        Other processes have to import the objective, unless the executor sends its code along.
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

    Raises
    ------
    Interrupted
        By the square button or Ctrl+C: the cell ends, and `long_runs.kept` returns what is done.
        With a `file` the same call goes on from there. If an executor breaks, what was done by
        then is returned, and `stopped` says so.

    Examples
    --------
    >>> def objective(configuration, rng):
    ...     return (configuration["x"] - 2) ** 2
    >>> evaluate(objective, [{"x": 0}, {"x": 3}], progress=False)
    2 trials, best 1: x=3
    """
    options = {"executor": executor, "seed": seed, "file": file, "numbers": numbers}
    return whole(*attempt(objective, configurations, progress=progress, **options))


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


def _why_nothing_ran(objective):
    """Say what a new process lacks: it reads a script once more, and sees nothing of a notebook."""
    if getattr(sys.modules["__main__"], "__file__", None):
        return '; a script has to start its search below `if __name__ == "__main__":`'
    if getattr(objective, "__module__", "__main__") != "__main__":
        return ""
    cannot = "other processes cannot find an objective that was written in a notebook"
    return f"; {cannot}: {executors.CURE}"


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
    configurations = [
        executors.plain(c) for c in validation.sequence("configurations", configurations)
    ]
    numbers = numbered(numbers, configurations)
    seed = validation.whole("seed >= 0", seed=seed)
    jobs = [(i, c, seed) for i, c in zip(numbers, configurations, strict=True)]
    if executor is not None:
        validation.offers(
            "executor", executor, "an Executor such as ThreadPoolExecutor()", "submit"
        )
    run = executors.serially if executor is None else partial(executors.on_executor, executor)
    if file is None:
        return run(objective, jobs)
    return _logged(TrialLog(file), run, objective, jobs)


def numbered(numbers, configurations):
    """Return the trials' numbers, 0, 1, 2, ... if none are given."""
    if numbers is None:
        return list(range(len(configurations)))
    given = validation.sequence("numbers", numbers)
    numbers = [validation.whole("numbers >= 0", numbers=i) for i in given]
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
    rewritten = sum(log.has_of_another(job, mark) for job in missing)
    if rewritten:
        long_runs.say(
            f"{log.path} holds {rewritten} of these trials from another objective, or from this "
            "one before it was rewritten: they are run anew. Name another file to keep both apart"
        )
    held = [log.get(job, mark) for job in jobs]
    yield from (trial for trial in held if trial is not None)
    if missing:
        log.require_room()
    for trial in run(objective, missing):
        if not trial.reason.startswith(executors.NOT_RUN):
            log.add(trial, mark)
        yield trial
