"""A search that a reader plays: place each trial by hand, then compare with random search.

The network of `digit_tuning` with 32 units learns for ten epochs with Adam; to be found are its
learning rate alpha and its L2 strength lambda. A trial counts its wrong validation digits, of 360.
"""

from functools import cache

import numpy as np

from course_utils import training
from course_utils.experiments import digit_tuning
from course_utils.sampling_scales import Log
from course_utils.support import data_files, validation

TRIALS, EPOCHS, DIGITS = 12, 10, 360
ALPHA, LAMBDA = Log(1e-4, 1), Log(0.01, 100)
"""The two ranges, both searched on the log scale."""


def wrong(alpha, lambda_, seed):
    """Train once; return how many of the validation digits are wrong, all if it diverged.

    >>> wrong(0.01, 0.1, seed=0) < wrong(0.0001, 0.1, seed=0)
    True
    """
    asked = {"alpha": alpha, "lambda_": lambda_, "epochs": EPOCHS}
    try:
        found = digit_tuning.validation_error(asked, np.random.default_rng([seed, 0]))
    except training.DivergenceError:
        return DIGITS
    return round(DIGITS * found["value"])


class Game:
    """The trials of one reader, in the order in which they were placed.

    A second trial at the same place has another seed. What was trained stays: going back to
    fewer trials only hides the later ones.

    >>> game = Game()
    >>> [(alpha, seed) for alpha, _, seed, _ in game.reach(2, 0.01, 1.0)]
    [(0.01, 0), (0.01, 1)]
    """

    def __init__(self):
        self.trials = []

    def begin(self):
        """Forget all trials."""
        self.trials.clear()

    def reach(self, number, alpha, lambda_):
        """Train at a place until there are so many trials; return the first so many.

        Each is ``(alpha, lambda, seed, wrong digits)``.
        """
        number = validation.whole("number >= 0", number=number)
        while len(self.trials) < number:
            seed = sum((alpha, lambda_) == trial[:2] for trial in self.trials)
            self.trials.append((alpha, lambda_, seed, wrong(alpha, lambda_, seed)))
        return self.trials[:number]


@cache
def plane():
    """Return 600 random trials of the plane: arrays of alpha, lambda and wrong digits."""
    with (data_files.FOLDER / "capstone_plane.csv").open() as file:
        rows = np.loadtxt(file, delimiter=",", skiprows=1)
    return rows[:, 0], rows[:, 1], rows[:, 2].astype(int)


@cache
def random_searches():
    """Return the least wrong digits so far after each trial of 2000 random searches.

    Each draws `TRIALS` of the trials of `plane`, shape ``(2000, TRIALS)``.
    """
    rng, found = np.random.default_rng(0), plane()[2]
    drawn = [rng.choice(found, TRIALS, replace=False) for _ in range(2000)]
    return np.minimum.accumulate(drawn, axis=1)


def beaten(best, trials):
    """Return which part of the random searches is worse after as many trials; a tie is half."""
    best = validation.require("best >= 0", best=best)
    trials = validation.whole(f"1 <= trials <= {TRIALS}", trials=trials)
    theirs = random_searches()[:, trials - 1]
    return float((theirs > best).mean() + (theirs == best).mean() / 2)
