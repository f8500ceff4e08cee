"""The capstone's split and choice, and its networks epoch by epoch: while tuned, and judged."""

import json
import math
from functools import lru_cache

import numpy as np

from course_utils import datasets, softmax
from course_utils.experiments import digit_tuning, live
from course_utils.experiments.standings import key
from course_utils.experiments.watched import Watched
from course_utils.support import validation

TUNER_WRONG, TUNER_EPOCHS = 14, 10
"""The challenge at the tuner's seat: at most so many validation digits wrong, and when."""


def watched(configuration, seed):
    """Return a network of `digit_tuning`, trained as its trial was: seed for seed, bit for bit."""
    run = digit_tuning.start(configuration, np.random.default_rng([seed, 0]))
    sets = digit_tuning.sets()
    return Watched(run, sets.training, sets.validation)


class Tuner:
    """Networks for every choice at the tuner's seat, each trained from its first epoch on."""

    epochs = 20

    def __init__(self, seed=0):
        self._seed = validation.whole("seed >= 0", seed=seed)
        self._runs = lru_cache(4)(self._begun)

    def reach(self, epoch, alpha, units, keep_prob):
        """Yield ``(number, frames up to it)`` of each epoch on the way."""
        yield from self._runs(units, keep_prob).reach(epoch, alpha)

    def wrong(self, epoch, alpha, units, keep_prob):
        """Return how many validation digits are wrong after an epoch; all, if it diverged."""
        last = self._runs(units, keep_prob).states(epoch, alpha)[-1]
        return digit_tuning.validation_digits() if last.failed else count(last)

    def _begun(self, units, keep_prob):
        learner = watched({"units": units, "keep_prob": keep_prob}, self._seed)
        return live.Runs(
            learner.start, lambda frame, alpha: learner.after(frame, alpha=alpha), kept=4
        )


def count(frame):
    """Return how many validation digits a frame gets wrong."""
    return round(frame.wrong[1] * digit_tuning.validation_digits())


def judged(configuration, seed):
    """Train a network of a trial again; return its frames, and what it says of both sets."""
    return _judged(json.dumps(configuration), seed)


@lru_cache(maxsize=10)
def _judged(words, seed):
    configuration, sets = json.loads(words), digit_tuning.sets()
    learner, schedule = watched(configuration, seed), digit_tuning.schedule(configuration)
    frames = [learner.start]
    for epoch in range(configuration["epochs"]):
        frames.append(learner.after(frames[-1], alpha=schedule(epoch)))
    asked = {"validation": sets.validation[0], "test": sets.test[0]}
    return frames, {name: learner.predict(frames[-1], X) for name, X in asked.items()}


def unseen(configuration, seed, *, mixed):
    """Return which of all 1797 digits are read wrong by a network that has not learned them.

    Each fifth of the digits is read by a network that has learned 1077 of the others. `mixed`
    fifths are drawn at random, so that a network knows the handwriting it reads. If not, they are
    stretches of the file, which goes from writer to writer: most writers in one are strangers.
    """
    seed, mixed = validation.whole("seed >= 0", seed=seed), validation.flag("mixed", mixed)
    return _unseen(json.dumps(digit_tuning.completed(configuration)), seed, mixed).copy()


@lru_cache(maxsize=16)
def _unseen(words, seed, mixed):
    configuration = json.loads(words)
    (X, labels), rng = datasets.digits(), np.random.default_rng([seed, 1])
    X, Y = X.astype(np.float32), softmax.one_hot(labels, 10).astype(np.float32)
    every, wrong = np.arange(len(labels)), np.empty(len(labels), bool)
    for fifth in np.array_split(rng.permutation(every) if mixed else every, 5):
        known = rng.permutation(np.setdiff1d(every, fifth))[:1077]
        chance, examples = np.random.default_rng([seed, 0]), (X[:, known], Y[:, known])
        *_, (run, _) = digit_tuning.stages(configuration, chance, examples)
        y_hat = run.network.predict(X[:, fifth])
        wrong[fifth] = y_hat.argmax(axis=0) != labels[fifth]
    return wrong


def split(m, rng):
    """Divide the numbers 0 to m − 1 at random into training, validation and test set.

    Validation and test get a fifth each, rounded down; training gets all others.

    Parameters
    ----------
    m : int
        How many examples there are.
    rng : numpy.random.Generator

    Examples
    --------
    >>> [len(part) for part in split(1797, np.random.default_rng(0))]
    [1079, 359, 359]
    """
    m = validation.whole("m >= 5", m=m)
    validation.room(m=m)
    order, fifth = validation.generator(rng).permutation(m), m // 5
    return order[2 * fifth :], order[:fifth], order[fifth : 2 * fifth]


def choose(trials):
    """Return the configuration of least mean value over its seeds.

    One with a failed trial is not chosen.

    Parameters
    ----------
    trials : sequence of Trial
        Several of each configuration.

    Examples
    --------
    >>> from course_utils.support.trials import Trial
    >>> choose([Trial(0, {"x": 1}, 0.2), Trial(0, {"x": 2}, 0.1), Trial(0, {"x": 2}, 0.4, seed=1)])
    {'x': 1}
    """
    groups = {}
    for trial in validation.sequence("trials", trials):
        validation.offers("trials", trial, "a list of trials", "configuration", "value", "reason")
        _, values = groups.setdefault(key(trial.configuration), (trial.configuration, []))
        values.append(math.nan if trial.reason else trial.value)
    whole = [(c, float(np.mean(v))) for c, v in groups.values() if not np.isnan(v).any()]
    if not whole:
        raise ValueError(f"there is nothing to choose: all of {len(groups)} configurations failed")
    return min(whole, key=lambda found: found[1])[0]
