"""What a network's last z becomes, against scikit-learn and finite differences."""

import numpy as np
import pytest
import scipy.special
import sklearn.metrics

from course_utils import outputs, softmax
from course_utils.gradient_checking import check

Z_ONE = np.array([[2.0, -1.0, 0.5, -3.0, 30.0]])
Y_ONE = np.array([[1.0, 0.0, 0.0, 1.0, 1.0]])
Z_MANY = np.array([[2.0, -1.0, 0.5], [0.0, 1.0, 0.4], [-2.0, 0.5, 0.6]])
Y_MANY = softmax.one_hot([0, 2, 2], 3)


def test_one_unit_is_logistic_and_more_are_softmax():
    assert outputs.for_units(1) is outputs.LOGISTIC
    assert outputs.for_units(2) is outputs.for_units(10) is outputs.SOFTMAX


def test_costs_are_the_log_losses_of_scikit_learn():
    one, _ = outputs.LOGISTIC.cost_and_gradient(Z_ONE, Y_ONE)
    many, _ = outputs.SOFTMAX.cost_and_gradient(Z_MANY, Y_MANY)
    p_one, p_many = scipy.special.expit(Z_ONE[0]), scipy.special.softmax(Z_MANY, axis=0)
    assert one == pytest.approx(sklearn.metrics.log_loss(Y_ONE[0], p_one), rel=1e-12)
    assert many == pytest.approx(sklearn.metrics.log_loss(Y_MANY.T, p_many.T), rel=1e-12)


def test_a_large_z_costs_what_it_should_without_overflow():
    cost, dz = outputs.LOGISTIC.cost_and_gradient(np.array([[1000.0]]), np.array([[0.0]]))
    assert cost == 1000.0
    assert dz == 1.0


@pytest.mark.parametrize(
    ("output", "z", "y"), [(outputs.LOGISTIC, Z_ONE, Y_ONE), (outputs.SOFTMAX, Z_MANY, Y_MANY)]
)
def test_the_gradient_is_the_slope_of_the_cost(output, z, y):
    _, dz = output.cost_and_gradient(z, y)
    assert check(lambda z: output.cost_and_gradient(z, y)[0], dz, z) < 1e-7


def test_probabilities_are_scipys():
    one, many = outputs.LOGISTIC.probabilities(Z_ONE), outputs.SOFTMAX.probabilities(Z_MANY)
    np.testing.assert_allclose(one, scipy.special.expit(Z_ONE), rtol=1e-12)
    np.testing.assert_allclose(many, scipy.special.softmax(Z_MANY, axis=0), rtol=1e-12)


def test_an_answer_is_correct_on_the_side_or_in_the_class_of_its_label():
    np.testing.assert_array_equal(
        outputs.LOGISTIC.correct(Z_ONE, Y_ONE), [True, True, False, False, True]
    )
    np.testing.assert_array_equal(outputs.SOFTMAX.correct(Z_MANY, Y_MANY), [True, False, True])
