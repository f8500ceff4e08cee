"""Training: a network, its data and an optimizer, epoch after epoch.

`fit` trains from beginning to end. `Training` is one training as it stands, for whoever wants to
hold it in hand. Columns are examples: `X` is ``(n_x, m)``, `Y` is ``(C, m)``; `size` of them
make a mini-batch. `lambda_` is the strength of L2 regularization, shared among all m examples.
`rng`, a `numpy.random.Generator`, shuffles the examples and draws dropout's masks. A wrong shape,
NaN, infinity, or a last mini-batch of a single example under batch norm is a ValueError.
"""

import contextlib
import math
from dataclasses import replace

import numpy as np

from course_utils import mini_batches
from course_utils.support import long_runs
from course_utils.support.history import History
from course_utils.support.validation import (
    flag,
    function,
    generator,
    offers,
    require,
    sequence,
    whole,
)
from course_utils.support.words import percent
from course_utils.training_checkpoints import Checkpoint, Snapshot, alpha_of

_ASKED = ("alpha", "init", "step")


class Training:
    """One training as it stands.

    The network is trained in place. An optimizer is any frozen dataclass with `alpha`, `init` and
    `step`, and may be changed on the way. `epoch` counts the epochs done.
    """

    def __init__(self, network, X, Y, optimizer, rng, *, size=64, lambda_=0.0):
        self.network = offers("network", network, "a Network", "examples", "theta")
        self.optimizer = offers("optimizer", optimizer, "an optimizer such as Adam()", *_ASKED)
        self.rng = generator(rng)
        self.X, self.Y = network.examples(X, Y)
        self.size, self.epoch = whole("size >= 1", size=size), 0
        self.lambda_ = require("lambda_ >= 0", lambda_=lambda_)
        self._refuse_single_example()
        self.memory = optimizer.init(network.theta)

    def run_epoch(self):
        """Train one epoch; return the means over its training passes, `cost` and `accuracy`.

        As soon as the cost of a mini-batch is NaN or infinite, it raises a `DivergenceError`.
        """
        cost = right = 0
        for x, y in mini_batches.mini_batches_unchecked(self.X, self.Y, self.size, self.rng):
            cost += self.step(x, y) * x.shape[1]
            if not math.isfinite(cost):
                raise DivergenceError(self.epoch + 1, cost, self.optimizer.alpha)
            right += int(np.count_nonzero(self.network.correct_unchecked(self.network.z, y)))
        self.epoch += 1
        m = self.X.shape[1]
        return cost / m, right / m

    def step(self, x, y):
        """Take one optimizer step on a mini-batch; return its cost before the step."""
        network, m = self.network, self.X.shape[1]
        with np.errstate(all="ignore"):  # a cost of NaN is found by `run_epoch`
            cost = network.cost_and_gradient_unchecked(x, y, self.rng, lambda_=self.lambda_, m=m)
            theta = network.theta
            theta[:], self.memory = self.optimizer.step(theta, network.gradient, self.memory)
        return cost

    def snapshot(self):
        """Return a copy of everything that the next epoch depends on."""
        network = self.network
        state = self.rng.bit_generator.state
        return Snapshot(
            self.epoch, network.theta.copy(), network.statistics.copy(), self.memory, state
        )

    def restore(self, snapshot):
        """Go back, or forward, to a snapshot."""
        self.epoch, theta, statistics, self.memory, self.rng.bit_generator.state = snapshot
        self.network.theta[:], self.network.statistics[:] = theta, statistics

    def _refuse_single_example(self):
        m = self.X.shape[1]
        if "gamma1" in self.network.parameters and (self.size == 1 or m % self.size == 1):
            raise ValueError(
                f"size={self.size} leaves a mini-batch of a single example out of {m}, and batch "
                f"norm needs two: take size={self.size + 1}, say"
            )


class DivergenceError(ArithmeticError):
    """The cost became NaN or infinite.

    `history` holds the epochs before, where `fit` raises it; the network is as the last left it.
    """

    history = None

    def __init__(self, epoch, cost, alpha):
        name = "NaN" if math.isnan(cost) else "infinite"
        super().__init__(
            f"cost became {name} in epoch {epoch} at alpha = {alpha:g}: "
            f"try a smaller learning rate, {alpha / 10:g} say, or inputs of size about 1"
        )


def fit(
    network,
    X,
    Y,
    optimizer,
    *,
    epochs,
    rng,
    size=64,
    schedule=None,
    lambda_=0.0,
    validation=None,
    callback=None,
    checkpoint=None,
    progress=True,
):
    """Train a network by mini-batches; return the `History`.

    Parameters
    ----------
    epochs : int
        How many epochs in all, those of a checkpoint included.
    schedule : callable, optional
        ``epoch -> alpha``, from `course_utils.learning_rate_decay`; the first epoch is 0.
    validation : tuple of (array_like, array_like), optional
        Inputs and labels to look at after each epoch.
    callback : callable, optional
        ``callback(network, history)`` after each epoch.
    checkpoint : str or Path, optional
        A file that is written after each epoch. If it is there already, training goes on from it,
        to the same result, bit for bit, as if it had never stopped. One that is damaged or of
        another training is a ValueError.
    progress : bool
        Whether to show a bar with cost and accuracy.

    Raises
    ------
    Interrupted
        By the square button or Ctrl+C: the cell ends, `long_runs.kept` returns the history of the
        epochs that were completed, and the network is as the last of them left it. So they are
        after any other error, such as a `DivergenceError`.

    Examples
    --------
    >>> from course_utils import datasets, network, optimizers, softmax
    >>> X, labels = datasets.blobs(3, 50, np.random.default_rng(0))
    >>> small = network.Network([2, 8, 3], np.random.default_rng(1))
    >>> Y, adam = softmax.one_hot(labels, 3), optimizers.Adam(alpha=0.05)
    >>> history = fit(small, X, Y, adam, epochs=10, rng=np.random.default_rng(2), progress=False)
    >>> history.accuracy[-1] > 0.95
    True
    """
    epochs = whole("epochs >= 0", epochs=epochs)
    training = Training(network, X, Y, optimizer, rng, size=size, lambda_=lambda_)
    validation = validation if validation is None else _pair(network, validation)
    schedule = (lambda epoch: optimizer.alpha) if schedule is None else schedule
    callback = (lambda network, history: None) if callback is None else callback
    function("schedule", schedule)
    function("callback", callback)
    progress = flag("progress", progress)
    kept, history = None, History()
    if checkpoint is not None:
        kept = Checkpoint(checkpoint, training, validation, epochs, schedule)
        history = kept.load() or history
    with (
        long_runs.bar(epochs, "epoch", done=training.epoch, show=progress) as bar,
        _keeping(training, history),
    ):
        while training.epoch < epochs:
            training.optimizer = replace(optimizer, alpha=alpha_of(schedule, training.epoch))
            _one_epoch(training, history, validation)
            if kept:
                kept.save(history)
            bar.set_postfix_str(_standing(history))
            bar.update()
            callback(network, history)
    return history


def _standing(history):
    return f"cost {history.cost[-1]:.4f}, accuracy {percent(history.accuracy[-1], 1)}"


@contextlib.contextmanager
def _keeping(training, history):
    """Keep the history of a training that is stopped, and say where it was."""
    try:
        yield
    except KeyboardInterrupt:
        history.stopped = f"interrupted after epoch {training.epoch}"
        raise long_runs.Interrupted(history.stopped, history) from None
    except Exception as error:
        long_runs.note(error, history)
        raise


def _pair(network, pair):
    try:
        X, Y = sequence("validation", pair)
        return network.examples(X, Y)
    except (TypeError, ValueError) as error:
        raise type(error)(f"validation should be (X, Y), inputs and labels: {error}") from None


def _one_epoch(training, history, validation):
    """Train one epoch and note it; if that fails or is interrupted, nothing has happened."""
    before, epochs = training.snapshot(), len(history.alpha)
    try:
        cost, accuracy = training.run_epoch()
        seen = ()
        if validation:
            seen = training.network.cost(*validation), training.network.accuracy(*validation)
        history.note(training.optimizer.alpha, cost, accuracy, *seen)
    except BaseException as error:
        training.restore(before)
        history.cut(epochs)
        if isinstance(error, DivergenceError):
            error.history = history
        raise
