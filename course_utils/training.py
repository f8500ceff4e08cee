"""Training: a network, its data and an optimizer, epoch after epoch.

`fit` trains from beginning to end. `Training` is one training as it stands, for whoever wants to
hold it in hand.
"""

import io
import math
from dataclasses import asdict, dataclass, field, replace
from typing import NamedTuple

import numpy as np

from course_utils import mini_batches
from course_utils.activations import Activation
from course_utils.support import checkpoints, long_runs
from course_utils.support.looks import in_house_looks
from course_utils.support.validation import (
    flag,
    function,
    generator,
    number,
    offers,
    path,
    require,
    whole,
)


class Snapshot(NamedTuple):
    """Everything that the next epoch depends on, copied.

    Attributes
    ----------
    epoch : int
        Epochs done.
    theta, statistics : ndarray
        The network's parameters and running statistics.
    memory : tuple
        The optimizer's state.
    rng : dict
        The state of the random generator.
    """

    epoch: int
    theta: np.ndarray
    statistics: np.ndarray
    memory: tuple
    rng: dict


_ASKED = ("alpha", "init", "step")


class Training:
    """One training as it stands.

    Parameters
    ----------
    network : Network
        Is trained in place.
    X : array_like, shape (n_x, m)
        Inputs; columns are examples.
    Y : array_like, shape (C, m)
        Labels.
    optimizer : GradientDescent, Momentum, RMSprop or Adam
        Any frozen dataclass with `alpha`, `init` and `step`. May be changed on the way.
    rng : numpy.random.Generator
        Shuffles the examples and draws dropout's masks.
    size : int
        Examples a mini-batch.
    lambda_ : float
        Strength of L2 regularization, shared among all m examples.

    Attributes
    ----------
    epoch : int
        Epochs done.

    Raises
    ------
    ValueError
        If a shape is wrong, a number is NaN or infinite, or `size` leaves a single example for the
        last mini-batch of a network with batch norm.
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

        Raises
        ------
        DivergenceError
            As soon as the cost of a mini-batch is NaN or infinite.
        """
        cost = right = 0
        for x, y in mini_batches.mini_batches_unchecked(self.X, self.Y, self.size, self.rng):
            cost += self.step(x, y) * x.shape[1]
            if not math.isfinite(cost):
                raise DivergenceError(self.epoch + 1, cost, self.optimizer.alpha)
            right += int(np.count_nonzero(self.network.right_unchecked(self.network.z, y)))
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


@dataclass
class History:
    """What happened, a number an epoch in each list.

    Attributes
    ----------
    alpha : list of float
        The learning rate.
    cost, accuracy : list of float
        Means over the training passes of the epoch, while the network was changing.
    validation_cost, validation_accuracy : list of float
        Of inference passes after the epoch; empty if there were no validation data.
    stopped : str
        Why training ended before its last epoch; empty if it did not.
    """

    alpha: list = field(default_factory=list)
    cost: list = field(default_factory=list)
    accuracy: list = field(default_factory=list)
    validation_cost: list = field(default_factory=list)
    validation_accuracy: list = field(default_factory=list)
    stopped: str = ""

    def note(self, *numbers):
        """Add an epoch: alpha, cost, accuracy, and those in validation if there are such data."""
        for values, value in zip(self._columns(), numbers, strict=False):
            values.append(value)

    def cut(self, epochs):
        """Forget all after so many epochs."""
        for values in self._columns():
            del values[epochs:]

    def _columns(self):
        return (self.alpha, self.cost, self.accuracy, self.validation_cost,
                self.validation_accuracy)  # fmt: skip

    def __len__(self):
        return len(self.cost)

    def __repr__(self):
        if not self.cost:
            return f"no epoch done{self.stopped and ': ' + self.stopped}"
        said = f"{len(self)} epochs: cost {self.cost[-1]:.3g}, accuracy {self.accuracy[-1]:.1%}"
        if self.validation_cost:
            said += f"; validation {self.validation_cost[-1]:.3g}"
            said += f", {self.validation_accuracy[-1]:.1%}"
        return said + (self.stopped and f"; {self.stopped}")

    @in_house_looks
    def plot(self, fig=None):
        """Draw cost and accuracy over the epochs.

        Parameters
        ----------
        fig : matplotlib.figure.Figure, optional
            An empty figure; a new one if not given.

        Returns
        -------
        matplotlib.figure.Figure
        """
        if fig is None:
            from matplotlib.figure import Figure  # whoever draws nothing need not load it

            fig = Figure(figsize=(7.2, 2.8), layout="constrained")
        epochs = np.arange(1, len(self) + 1)
        for ax, name in zip(fig.subplots(1, 2), ("cost", "accuracy"), strict=True):
            ax.plot(epochs, getattr(self, name), ".-", color="#0072B2", label="training")
            if self.validation_cost:
                values = getattr(self, f"validation_{name}")
                ax.plot(epochs, values, ".--", color="#D55E00", label="validation")
                ax.legend(frameon=False)
            ax.set(xlabel="epoch", ylabel=name)
            ax.spines[["top", "right"]].set_visible(False)
        return fig

    @in_house_looks
    def _repr_png_(self):
        """Show the curves where a notebook shows the history."""
        fig, file = self.plot(), io.BytesIO()
        fig.savefig(file, format="png", dpi=100)
        return file.getvalue()


class DivergenceError(ArithmeticError):
    """The cost became NaN or infinite.

    Attributes
    ----------
    history : History or None
        The epochs before, where `fit` raises it; the network then is as the last of them left it.
    """

    history = None

    def __init__(self, epoch, cost, alpha):
        name = "NaN" if math.isnan(cost) else "infinite"
        super().__init__(
            f"cost became {name} in epoch {epoch} at alpha = {alpha:g}: "
            f"try a smaller learning rate, {alpha / 10:g} say, or inputs of size about 1"
        )


def fit(
    network, X, Y, optimizer, *, epochs, rng, size=64, schedule=None, lambda_=0.0,
    validation=None, callback=None, checkpoint=None, progress=True,
):  # fmt: skip
    """Train a network by mini-batches.

    Parameters
    ----------
    network : Network
        Is trained in place.
    X : array_like, shape (n_x, m)
        Inputs; columns are examples.
    Y : array_like, shape (C, m)
        Labels.
    optimizer : GradientDescent, Momentum, RMSprop or Adam
        From `course_utils.optimizers`.
    epochs : int
        How many epochs in all, those of a checkpoint included.
    rng : numpy.random.Generator
        Shuffles the examples and draws dropout's masks.
    size : int
        Examples a mini-batch.
    schedule : callable, optional
        ``epoch -> alpha``, from `course_utils.learning_rate_decay`; the first epoch is 0.
    lambda_ : float
        Strength of L2 regularization.
    validation : tuple of (array_like, array_like), optional
        Inputs and labels to look at after each epoch.
    callback : callable, optional
        ``callback(network, history)`` after each epoch.
    checkpoint : str or Path, optional
        A file that is written after each epoch. If it is there already, training goes on from it,
        to the same result, bit for bit, as if it had never stopped.
    progress : bool
        Whether to show a bar with cost and accuracy.

    Returns
    -------
    History

    Raises
    ------
    Interrupted
        By the square button or Ctrl+C: the cell ends, `long_runs.kept` returns the history of the
        epochs that were completed, and the network is as the last of them left it. So they are
        after any other error.
    DivergenceError
        If the cost becomes NaN or infinite.
    ValueError
        If a shape or a hyperparameter is wrong, or the checkpoint is damaged or not of this
        training: of other data, another network, another optimizer, another learning rate.

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
    function("schedule", schedule), function("callback", callback)
    progress = flag("progress", progress)
    kept = None
    if checkpoint is not None:
        kept = _Checkpoint(checkpoint, training, validation, epochs, schedule)
    history = (kept and kept.load()) or History()
    with long_runs.bar(epochs, "epoch", done=training.epoch, show=progress) as bar:
        try:
            while training.epoch < epochs:
                training.optimizer = replace(optimizer, alpha=_alpha(schedule, training.epoch))
                _one_epoch(training, history, validation)
                if kept:
                    kept.save(history)
                bar.set_postfix_str(
                    f"cost {history.cost[-1]:.4f}, accuracy {history.accuracy[-1]:.1%}"
                )
                bar.update()
                callback(network, history)
        except KeyboardInterrupt:
            history.stopped = f"interrupted after epoch {training.epoch}"
            raise long_runs.Interrupted(history.stopped, history) from None
        except Exception as error:
            long_runs.note(error, history)
            raise
    return history


def _alpha(schedule, epoch):
    return number(f"schedule({epoch})", schedule(epoch))


def _pair(network, validation):
    try:
        X, Y = validation
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


class _Checkpoint:
    """A training's file, and what it must have in common with the training that takes it up."""

    def __init__(self, checkpoint, training, validation, epochs, schedule):
        self._path, self._training = path("checkpoint", checkpoint), training
        self._epochs, self._schedule = epochs, schedule
        self._of = _described(training, validation)

    def save(self, history):
        """Write everything that the next epoch depends on, and the history."""
        state = self._training.snapshot()
        arrays = {f"memory{i}": part for i, part in enumerate(state.memory)}
        arrays |= {"epoch": state.epoch, "theta": state.theta, "statistics": state.statistics}
        words = {"rng": state.rng, "history": asdict(history), "of": self._of}
        checkpoints.write(self._path, arrays, words)

    def load(self):
        """Bring the training to its checkpoint; return the history, None if there is no file."""
        if not self._path.exists():
            return None
        arrays, words = checkpoints.read(self._path)
        try:
            self._refuse_another(words["of"])
            history = History(**{**words["history"], "stopped": ""})
            self._refuse_another_course(history)
            self._training.restore(self._snapshot(arrays, words["rng"]))
        except (TypeError, LookupError, AttributeError):
            raise checkpoints.damaged(self._path) from None
        return history

    def _snapshot(self, arrays, rng):
        memory = self._training.memory
        parts = [arrays[f"memory{i}"] for i in range(len(memory))]
        parts = [part if part.ndim else part.item() for part in parts]
        memory = memory._make(parts) if memory else ()
        return Snapshot(int(arrays["epoch"]), arrays["theta"], arrays["statistics"], memory, rng)

    def _refuse_another(self, there):
        """Refuse what differs; an older checkpoint does not tell everything."""
        for name, here in self._of.items():
            if there.get(name, here) != here:
                raise ValueError(
                    f"{self._path} is the checkpoint of another training: {name} was {there[name]} "
                    f"there and is {here} here; name another file, or delete this one to start anew"
                )

    def _refuse_another_course(self, history):
        """Refuse other learning rates than those of the epochs that are done, or fewer epochs."""
        for epoch, alpha in enumerate(history.alpha):
            here = _alpha(self._schedule, epoch)
            if not math.isclose(alpha, here, rel_tol=1e-9):  # a power may round differently there
                raise ValueError(
                    f"{self._path} is the checkpoint of another training: alpha was {alpha:g} in "
                    f"epoch {epoch + 1} there and is {here:g} here; name another file, or give a "
                    "schedule that changes it later"
                )
        if len(history) > self._epochs:
            raise ValueError(
                f"epochs >= {len(history)} must hold, as {self._path} has so many behind it, but "
                f"got epochs={self._epochs}: ask for more, or name another file"
            )


def _described(training, validation):
    """Return what a checkpoint and the training that takes it up must have in common."""
    network, optimizer = training.network, asdict(training.optimizer)
    optimizer.pop("alpha", None)  # a schedule may change it
    return {
        "optimizer": type(training.optimizer).__name__,
        "its settings": optimizer,
        "parameters": {name: list(p.shape) for name, p in network.parameters.items()},
        "dtype": str(network.theta.dtype),
        "layers": [_in_words(layer) for layer in network.layers],
        "examples": training.X.shape[1],
        "their numbers": checkpoints.digest(training.X, training.Y),
        "validation": validation and checkpoints.digest(*validation),
        "size": training.size,
        "lambda_": training.lambda_,
        "rng": type(training.rng.bit_generator).__name__,
    }


def _in_words(layer):
    """Return a layer's name, with its settings."""
    kinds = (int, float, str, Activation)
    settings = [f"{n}={v}" for n, v in vars(layer).items() if isinstance(v, kinds)]
    return f"{type(layer).__name__}({', '.join(settings)})"
