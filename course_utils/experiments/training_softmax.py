"""Networks that learn the digits and are asked, after each epoch, for others."""

import numpy as np

from course_utils import datasets, optimizers, training
from course_utils import softmax as lecture
from course_utils.experiments import digits_unseen, live
from course_utils.experiments.watched import Watched
from course_utils.support import validation


class DigitsRun:
    """Networks that learn the digits, one for each choice of test digits and learning rate.

    Parameters
    ----------
    tests : dict of str to array_like of int
        Names of the choices, and the numbers of the digits that are kept apart.
    seed : int
        Of first weights and shuffling.
    """

    epochs = 30

    def __init__(self, tests, seed=0):
        self._learners = {name: _Learner(test, seed) for name, test in tests.items()}

    def reach(self, epoch, alpha, tests):
        """Yield ``(number, frames up to it)`` of each epoch on the way to the one asked for."""
        yield from self._learner(tests).runs.reach(epoch, alpha)

    def accuracy(self, epoch, alpha, tests):
        """Return the share of the test digits that are right after an epoch."""
        return 1 - self._learner(tests).runs.states(epoch, alpha)[-1].wrong[1]

    def _learner(self, tests):
        return self._learners[validation.one_of("tests", tests, self._learners)]

    def test_digits(self, tests):
        """Return the digits of a choice that are kept apart, ``(64, m)``, and their labels."""
        learner = self._learner(tests)
        return learner.X, learner.Y.argmax(axis=0)


class _Learner:
    """A network, the digits it learns from, and the test digits `X` and `Y`."""

    def __init__(self, test, seed):
        X, labels = datasets.digits()
        Y, rest = lecture.one_hot(labels, 10), np.setdiff1d(np.arange(len(labels)), test)
        self.X, self.Y = X[:, test], Y[:, test]
        adam, rng = optimizers.Adam(alpha=0.001), np.random.default_rng(seed + 1)
        network = digits_unseen.network(np.random.default_rng(seed))
        run = training.Training(network, X[:, rest], Y[:, rest], adam, rng)
        self._watched = Watched(run, (run.X, run.Y), (self.X, self.Y))
        self.runs = live.Runs(self._watched.start, self._after, kept=4)  # 3 MB each

    def _after(self, frame, alpha):
        return self._watched.after(frame, alpha=alpha)


def median_gap(X, Y, smoothing, epochs, seed):
    """Train the digits' network, and return by how much its right logits lead, at the median."""
    X, Y = validation.matrix("X", X, "inputs"), validation.shares("Y", Y)
    rng = validation.seeded(seed)
    network, adam = digits_unseen.network(rng), optimizers.Adam(alpha=digits_unseen.ALPHA)
    Y_smooth = lecture.smooth(Y, smoothing)
    training.fit(network, X, Y_smooth, adam, epochs=epochs, rng=rng, progress=False)
    z = network.inference(X)
    right, others = (z * Y).sum(axis=0), (z * (1 - Y)).sum(axis=0) / (len(Y) - 1)
    return float(np.median(right - others))


Y_HAT = np.array([0.3, 0.2, 0.1, 0.4])
"""The lecture's prediction; its second class is the right one."""


def descended(steps, alpha, sign, gradient):
    """Return the loss, with a sign, and the prediction after 0 to `steps` steps from `Y_HAT`."""
    y, z = lecture.one_hot([1], 4), [np.log(Y_HAT)[:, None]]
    for _ in range(steps):
        z.append(z[-1] - alpha * sign * gradient(z[-1], y))
    return [sign * lecture.cost(at, y) for at in z], lecture.softmax(np.hstack(z))


def taken(y_hat, y, *, alpha=0.2, steps=200):
    """Return where descent on the logits takes one prediction ``(C,)``: ``(steps + 1, C)``.

    >>> taken([0.2, 0.6, 0.2], [1.0, 0.0, 0.0], steps=1).round(3)
    array([[0.2  , 0.6  , 0.2  ],
           [0.245, 0.555, 0.2  ]])
    """
    z = [np.log(y_hat)]
    for _ in range(steps):
        t = np.exp(z[-1])
        z.append(z[-1] + alpha * (y - t / t.sum()))
    return lecture.softmax(np.transpose(z)).T
