"""What a configuration reached, what the test set said of it, and both in words."""

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from course_utils.experiments import digit_tuning, paired
from course_utils.support.words import many, percent

SEEDS = 3
"""A configuration that was tried with fewer seeds may lead by luck: it cannot win."""


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
        return mean_and_range(list(self.errors.values())) + (f", {seeds_of(self)}" if seeds else "")


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
        """Return a sentence that compares test and validation error with their noise.

        The noise is that of the networks' mean, which is less than that of a single network.
        """
        asked, digits = (self.configuration, self.seeds), digit_tuning.validation_digits()
        parts = [paired.wrong_digits(*asked, name).mean(axis=0) for name in ("test", "validation")]
        noise = np.sqrt(sum(part.var(ddof=1) for part in parts) / digits)
        return (
            f"Test and validation differ by {points(abs(self.error - np.mean(self.validation)))} "
            f"points; for two samples of {digits} digits the standard error of that is "
            f"{points(noise)}."
        )

    def __repr__(self):
        honest = "" if self.place == 1 else f"; opening {self.place}, no longer honest"
        test, validation = mean_and_range(self.errors), percent(np.mean(self.validation), 1)
        return f"Test set: error {test}, where validation said {validation}{honest}"


def key(configuration):
    """Return what equal configurations share: in any order, and 32 is 32.0."""
    return frozenset(
        (name, tuple(value) if isinstance(value, list) else value)
        for name, value in configuration.items()
    )


def best_means(trials):
    """Return the least mean of a configuration with enough seeds, after each trial."""
    groups, found = {}, []
    for trial in trials:
        groups.setdefault(key(trial.configuration), []).append(trial.value)
        means = [np.mean(errors) for errors in groups.values() if len(errors) >= SEEDS]
        found.append(np.nanmin([np.inf, *means]))
    return np.array(found)


def finals(board):
    """Return the three best standings with enough seeds, in the order in which they were tried."""
    found = [s for s in board.standings if len(s.errors) >= SEEDS and np.isfinite(s.mean)]
    tried = [trial.configuration for trial in board.trials]
    return sorted(found[:3], key=lambda s: tried.index(s.configuration))


_WORDS = {
    "alpha": "α = {:.3g}",
    "beta1": "β₁ = {:.3g}",
    "beta2": "β₂ = {:.5g}",
    "epsilon": "ε = {:.3g}",
    "beta": "β = {:.3g}",
    "size": "mini-batches of {}",
    "decay": "decay {:.3g}",
    "lambda_": "λ = {:.3g}",
    "keep_prob": "keep_prob {:.3g}",
    "batch_norm": "batch norm",
}
_COUNTED = {"units": "unit", "layers": "hidden layer"}


def in_words(configuration):
    """Return what a configuration has that the defaults have not, epochs left out.

    >>> in_words({"alpha": 0.02, "layers": 2, "batch_norm": True, "activation": "tanh"})
    'α = 0.02, 2 hidden layers, batch norm, tanh'
    """
    full = {**digit_tuning.DEFAULTS, **configuration}
    other = {k: full[k] for k, v in digit_tuning.DEFAULTS.items() if k != "epochs" and full[k] != v}
    return ", ".join(_called(name, value) for name, value in other.items()) or "the defaults"


def _called(name, value):
    if name in _COUNTED:
        return many(value, _COUNTED[name])
    return _WORDS.get(name, "{}").format(value)


def points(share):
    """Return a share in percentage points, to one decimal."""
    return f"{100 * share:.1f}"


def mean_and_range(errors):
    """Return the mean of errors, and what they lie between if there are several."""
    low, high = points(min(errors)), points(max(errors))
    return percent(np.mean(errors), 1) + (f" ({low} to {high})" if len(errors) > 1 else "")


def seeds_of(standing):
    """Return with how many seeds a configuration was tried."""
    return many(len(standing.errors), "seed")
