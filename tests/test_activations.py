"""Activations and their derivatives."""

import numpy as np
import pytest
import scipy.special
from hypothesis import given
from hypothesis import strategies as st

from course_utils import activations
from course_utils.activations import identity, relu, sigmoid, tanh

ALL = (sigmoid, tanh, relu, identity)
EACH = pytest.mark.parametrize("activation", ALL, ids=lambda a: a.name)


@EACH
def test_derivatives_equal_finite_differences(activation):
    z, h = np.linspace(-6.02, 6.03, 61), 1e-5  # ReLU has no derivative at 0, and none of these is
    slope = (activation(z + h) - activation(z - h)) / (2 * h)
    assert activation.derivative(activation(z)) == pytest.approx(slope, rel=1e-6, abs=1e-10)


@given(st.floats(-700, 700))
def test_sigmoid_equals_scipy(z):
    assert sigmoid(z) == pytest.approx(scipy.special.expit(z), rel=1e-12)
    assert sigmoid(z) + sigmoid(-z) == pytest.approx(1, rel=1e-15)


def test_sigmoid_of_a_thousand_neither_overflows_nor_warns():
    z = np.array([-1000.0, 0.0, 1000.0])
    assert sigmoid(z).tolist() == scipy.special.expit(z).tolist() == [0, 0.5, 1]
    assert sigmoid.derivative(sigmoid(z)).tolist() == [0, 0.25, 0]


def test_values_one_knows():
    z = np.array([-2.0, 0.0, 3.0])
    assert relu(z).tolist() == [0, 0, 3]
    assert relu.derivative(relu(z)).tolist() == [0, 0, 1]  # at 0 it is taken as 0
    assert identity(z).tolist() == z.tolist()
    assert identity.derivative(z).tolist() == [1, 1, 1]
    assert tanh(z) == pytest.approx(2 * sigmoid(2 * z) - 1, abs=1e-15)
    assert tanh.derivative(tanh(0.0)) == 1
    assert sigmoid(3).round(4) == 0.9526


@EACH
def test_float32_is_kept_and_anything_else_becomes_float64(activation):
    z = np.array([[-1.5, 0.5], [2, -100]], np.float32)
    a = activation(z)
    assert a.dtype == activation.derivative(a).dtype == np.float32
    assert a.shape == z.shape
    assert activation(z.astype(int)).dtype == np.float64
    assert activation.function(z).dtype == np.float32


@EACH
def test_arguments_are_left_as_they_were(activation):
    z = np.linspace(-3, 3, 12).reshape(3, 4)
    kept = z.copy()
    activation.derivative(activation(z))
    assert np.array_equal(z, kept)


@EACH
def test_errors_say_what_is_wrong(activation):
    with pytest.raises(ValueError, match=r"z should hold finite numbers, but z\[1\] is nan"):
        activation([0.0, np.nan])
    with pytest.raises(ValueError, match="z should be a finite number, but got z=inf"):
        activation(np.inf)
    with pytest.raises(TypeError, match="z should be an array of numbers, but got 'many'"):
        activation("many")


def test_an_activation_says_its_name_and_cannot_be_changed():
    assert [a.name for a in ALL] == ["sigmoid", "tanh", "ReLU", "identity"]
    assert repr(relu) == "Activation(name='ReLU')"
    with pytest.raises(AttributeError):
        activations.relu.name = "mine"
