"""Two networks on the same digits: what their difference is worth, counted digit by digit.

`wrong` is a boolean array of shape (seeds, digits): which digits the network of each seed gets
wrong.
"""

import json
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from course_utils.experiments import digit_tuning
from course_utils.support import validation


class Difference(NamedTuple):
    """The difference of two errors, and its standard errors.

    `unpaired` as if each network had seen digits of its own, `paired` for the same digits, and
    `seeds` for the luck of the seeds; NaN if there is only one.
    """

    difference: float
    unpaired: float
    paired: float
    seeds: float

    @property
    def total(self):
        """Standard error of the same digits and of the seeds together, rather too large.

        The means over a few seeds, from which `paired` comes, hold part of the seeds' luck already.
        """
        return float(np.hypot(self.paired, np.nan_to_num(self.seeds)))


def wrong_digits(configuration, seeds, digits="validation"):
    """Train a configuration again with each seed; return its `wrong` on one of the `Sets`."""
    validation.one_of("digits", digits, ("validation", "test"))
    words = json.dumps(digit_tuning.completed(configuration))
    return np.array([_wrong(words, seed)[digits] for seed in validation.sequence("seeds", seeds)])


@lru_cache(maxsize=64)
def _wrong(words, seed):
    """Train a configuration as its trial was; return which digits of each set come out wrong.

    Kept, as the same finalists are compared again and again.
    """
    sets = digit_tuning.sets()
    *_, (run, _) = digit_tuning.stages(json.loads(words), np.random.default_rng([seed, 0]))
    asked = {"validation": sets.validation, "test": sets.test}
    said = {name: run.network.predict(X).argmax(axis=0) for name, (X, _) in asked.items()}
    return {name: said[name] != Y.argmax(axis=0) for name, (_, Y) in asked.items()}


def compare(first, second):
    """Return the `Difference` of two networks' errors, first minus second.

    Each digit counts with the part of the seeds that get it wrong. The variance of the mean over m
    digits is the variance of these parts over m; for the difference that of their differences,
    which is small where both stumble over the same digits. The seeds add the variance of their
    errors, over how many there are.

    >>> a = np.array([[True, True, False, False, False, False]])
    >>> compare(a, ~a).difference.round(2), compare(a, a).paired
    (np.float64(-0.33), np.float64(0.0))
    """
    first, second = _checked(first, second)
    (n, m), (a, b) = first.shape, (first.mean(axis=0), second.mean(axis=0))
    unpaired = np.sqrt((a.var(ddof=1) + b.var(ddof=1)) / m)
    paired = np.sqrt((a - b).var(ddof=1) / m)
    by_seed = [one.mean(axis=1) for one in (first, second)]
    seeds = np.sqrt(sum(errors.var(ddof=1) for errors in by_seed) / n) if n > 1 else np.nan
    return Difference(a.mean() - b.mean(), unpaired, paired, seeds)


def table(first, second):
    """Return how many digits both get right, only one, or none, on average over the seeds.

    Rows: the first right, wrong; columns: the second right, wrong.
    """
    a, b = np.asarray(first), np.asarray(second)
    both = [[(x & y).sum() for y in (~b, b)] for x in (~a, a)]
    return np.array(both) / len(a)


def _checked(first, second):
    first = validation.matrix("first", first, "seeds")
    second = validation.matrix("second", second, "seeds")
    validation.same_shape("first", first, "second", second)
    return first, second
