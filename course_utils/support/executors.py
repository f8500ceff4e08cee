"""Where trials run: in this process one after the other, or wherever an executor sends them."""

import copy
import json
import math
import pickle
import time
from collections.abc import Mapping
from concurrent.futures import BrokenExecutor, as_completed

import numpy as np

from course_utils.support import validation
from course_utils.support.trial_log import Trial

CURE = (
    "put it into a file of its own, objective.py say, and import it from there, or use an executor "
    "that sends the code along, such as loky.get_reusable_executor()"
)


def serially(objective, jobs):
    """Yield the trials, one after the other."""
    for job in jobs:
        yield run_trial(objective, *job)


def on_executor(executor, objective, jobs):
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
                yield _not_run(futures[future], error)
    finally:
        for future in futures:
            future.cancel()


NOT_RUN = "could not be run: "


def _not_run(job, error):
    number, configuration, seed = job
    unsent = isinstance(error, pickle.PicklingError | AttributeError | TypeError)
    cure = f"; other processes cannot be sent it: {CURE}" if unsent else ""
    reason = f"{NOT_RUN}{_in_words(error)}{cure}"
    return Trial(number, configuration, math.nan, reason=reason, seed=seed)


def run_trial(objective, number, configuration, seed):
    """Run one trial; whatever the objective does, a `Trial` comes back."""
    rng, start = np.random.default_rng([seed, number]), time.perf_counter()
    try:
        value, more = _value_and_more(objective(copy.deepcopy(configuration), rng))
        reason = "" if math.isfinite(value) else f"its value is {value}"
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # sys.exit() ends its trial, not the search
        value, more, reason = math.nan, {}, _in_words(error)
    seconds = time.perf_counter() - start
    return Trial(number, configuration, math.nan if reason else value, seconds, reason, more, seed)


def _value_and_more(returned):
    """Take apart what an objective returned."""
    value, more = returned, {}
    if isinstance(returned, Mapping):
        more = plain({k: v for k, v in returned.items() if k != "value"}, "what is returned")
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


def _in_words(error):
    """Return an error in words that a file and a page can take."""
    try:
        return writable(f"{type(error).__name__}: {error}")
    except Exception:  # its own __str__ fails
        return f"{type(error).__name__}, which cannot say why"


def plain(values, name="configurations"):
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


def writable(text):
    """Return a text without the halves of characters that UTF-8 cannot write."""
    return text.encode("utf-8", "backslashreplace").decode()
