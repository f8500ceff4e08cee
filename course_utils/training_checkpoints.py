"""A training that goes on from a file, bit for bit as if it had never stopped."""

import math
from dataclasses import asdict
from typing import NamedTuple

import numpy as np

from course_utils.activations import Activation
from course_utils.support import checkpoints, validation
from course_utils.support.history import History


class Snapshot(NamedTuple):
    """Everything that the next epoch depends on, copied.

    `theta` and `statistics` are the network's, `memory` is the optimizer's state, `rng` that of the
    random generator.
    """

    epoch: int
    theta: np.ndarray
    statistics: np.ndarray
    memory: tuple
    rng: dict


def alpha_of(schedule, epoch):
    """Return the learning rate of an epoch."""
    return validation.number(f"schedule({epoch})", schedule(epoch))


class Checkpoint:
    """A training's file, and what it must have in common with the training that takes it up."""

    def __init__(self, checkpoint, training, validated, epochs, schedule):
        self._path, self._training = validation.path("checkpoint", checkpoint), training
        self._epochs, self._schedule = epochs, schedule
        self._of = _described(training, validated)

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
            self._restore(arrays, words["rng"], history)
        except (TypeError, LookupError, AttributeError):
            raise checkpoints.damaged(self._path) from None
        return history

    def _restore(self, arrays, rng, history):
        """Bring the training to what the file holds, refusing what no training can have left."""
        try:
            there = self._snapshot(arrays, rng)
            if _form(there) != _form(self._training.snapshot()) or there.epoch != len(history):
                raise ValueError("it is no state of this training")
            self._training.restore(there)
        except (ValueError, OverflowError):
            raise checkpoints.damaged(self._path) from None

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
            here = alpha_of(self._schedule, epoch)
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


def _form(snapshot):
    """Return types and shapes of a snapshot's numbers."""
    parts = (snapshot.theta, snapshot.statistics, *snapshot.memory)
    return [(np.asarray(part).dtype, np.shape(part)) for part in parts]


def _described(training, validated):
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
        "validation": validated and checkpoints.digest(*validated),
        "size": training.size,
        "lambda_": training.lambda_,
        "rng": type(training.rng.bit_generator).__name__,
    }


def _in_words(layer):
    """Return a layer's name, with its settings."""
    kinds = (int, float, str, Activation)
    settings = [f"{n}={v}" for n, v in vars(layer).items() if isinstance(v, kinds)]
    return f"{type(layer).__name__}({', '.join(settings)})"
