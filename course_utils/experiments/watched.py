"""A training that is looked at after every epoch, and can go on from any of them."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from course_utils import training


class Frame(NamedTuple):
    """A network after an epoch.

    Attributes
    ----------
    snapshot : training.Snapshot
        From which it can go on.
    costs, wrong : tuple of float
        Its cost and its share of wrong answers, for each of the sets it is asked for.
    y_hat : ndarray
        What it says of the last set.
    failed : bool
        Whether its training went to numbers that are not finite; then it stays as it was before.
    """

    snapshot: training.Snapshot
    costs: tuple
    wrong: tuple
    y_hat: np.ndarray
    failed: bool = False


class Watched:
    """A training, and the sets ``(X, Y)`` that its network is asked for after every epoch.

    Attributes
    ----------
    start : Frame
        Before the first epoch.
    """

    def __init__(self, run, *sets):
        self._run, self._sets = run, sets
        self.start = self._look()

    def after(self, frame, **settings):
        """Return the frame after one more epoch, with new settings of the optimizer."""
        if frame.failed:
            return frame
        self._run.restore(frame.snapshot)
        self._run.optimizer = replace(self._run.optimizer, **settings)
        try:
            self._run.run_epoch()
            return self._look()
        except (training.DivergenceError, ValueError):  # the second: its answers are not numbers
            return frame._replace(failed=True)

    def predict(self, frame, X):
        """Return what the network of a frame says of inputs."""
        self._run.restore(frame.snapshot)
        return self._run.network.predict(X)

    def _look(self):
        network = self._run.network
        with np.errstate(all="ignore"):
            costs = tuple(network.cost(*examples) for examples in self._sets)
            wrong = tuple(1 - network.accuracy(*examples) for examples in self._sets)
            return Frame(self._run.snapshot(), costs, wrong, network.predict(self._sets[-1][0]))
