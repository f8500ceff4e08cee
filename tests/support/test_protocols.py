"""What the lecture is made of fits the types in which its parts ask for one another."""

import numpy as np
import pytest

from course_utils import activations, layers, optimizers, sampling_scales
from course_utils.support import protocols


@pytest.mark.parametrize("name", ["GradientDescent", "Momentum", "RMSprop", "Adam"])
def test_every_optimizer_of_the_lecture_is_one(name):
    optimizer = getattr(optimizers, name)(alpha=0.1)
    assert isinstance(optimizer, protocols.Optimizer)
    theta = np.ones(2)
    after, _ = optimizer.step(theta, theta, optimizer.init(theta))
    assert after.shape == theta.shape


@pytest.mark.parametrize(
    "scale",
    [
        sampling_scales.Linear(0, 1),
        sampling_scales.Log(0.1, 1),
        sampling_scales.OneMinusLog(0.9, 0.99),
        sampling_scales.Integer(1, 4),
        sampling_scales.Choice(["tanh", "relu"]),
    ],
    ids=lambda scale: type(scale).__name__,
)
def test_every_scale_of_the_lecture_is_one(scale):
    assert isinstance(scale, protocols.Scale)


@pytest.mark.parametrize(
    "layer",
    [
        layers.Dense(2, 3),
        layers.BatchNorm(2),
        layers.Activate(activations.tanh),
        layers.Dropout(0.5),
    ],
    ids=lambda layer: type(layer).__name__,
)
def test_every_layer_is_one(layer):
    assert isinstance(layer, protocols.Layer)


def test_what_lacks_a_method_is_none():
    assert not isinstance(layers.Layer(), protocols.Layer)
    assert not isinstance(sampling_scales.Linear(0, 1), protocols.Optimizer)
