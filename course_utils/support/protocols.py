"""What one part of the house asks of another, as types: whatever has these methods will do.

The lecture's own classes fit without naming them, and so does a reader's. Arrays are float64 or
float32; columns are examples; ``theta`` is a network's or a surface's flat vector of parameters.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]


@runtime_checkable
class Optimizer(Protocol):
    """What turns gradients into steps: pure, its memory is handed in and back."""

    def init(self, theta: Array, /) -> Any:
        """Return the memory before the first step."""
        ...

    def step(self, theta: Array, gradient: Array, state: Any, /) -> tuple[Array, Any]:
        """Return the parameters after a step, and the memory."""
        ...


@runtime_checkable
class Scale(Protocol):
    """A range of a hyperparameter, laid out evenly over the unit interval."""

    def from_unit(self, u: Any, /) -> Any:
        """Return the value at a place of the unit interval."""
        ...

    def to_unit(self, x: Any, /) -> Any:
        """Return the place of a value, refusing one outside the range."""
        ...


@runtime_checkable
class Layer(Protocol):
    """One layer of a `Network`, which gives it ``p``, ``d`` and ``statistics``."""

    shapes: Mapping[str, tuple[int, int]]
    statistics_shapes: Mapping[str, tuple[int, int]]
    draws: bool

    def forward(self, a: Array, rng: Any, /) -> Array:
        """Return what the layer makes of a mini-batch in training."""
        ...

    def backward(self, da: Array, /) -> Array:
        """Return the gradient with respect to the layer's input."""
        ...

    def inference(self, a: Array, /) -> Array:
        """Return what the layer makes of examples when questions are answered."""
        ...


class Update(Protocol):
    """What moves a picture: the keywords are its controls, the text its readout.

    One that takes long yields a readout after each frame on the way.
    """

    def __call__(self, *args: Any, **values: Any) -> str | Iterator[str]:
        """Move the picture to these values."""
        ...


class Figure(Protocol):
    """What draws a picture once, on a matplotlib figure."""

    def __call__(self, fig: Any, /) -> Update:
        """Draw every artist and return what moves them."""
        ...


class Verdict(Protocol):
    """How a challenge or an exercise was met."""

    @property
    def passed(self) -> bool:
        """Whether it was met."""
        ...

    @property
    def hint(self) -> str:
        """What to look at next."""
        ...


class Goal(Protocol):
    """A challenge: a function of the controls' values."""

    def __call__(self, *args: Any, **values: Any) -> Verdict:
        """Judge these values."""
        ...


class Objective(Protocol):
    """What a search makes as small as it can."""

    def __call__(self, configuration: dict, rng: np.random.Generator, /) -> float | dict:
        """Return the error of a configuration, or a dict with it as ``"value"``."""
        ...
