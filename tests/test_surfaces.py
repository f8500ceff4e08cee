"""Cost surfaces: gradients against finite differences, minima where they are said to be."""

import numpy as np
import pytest
import scipy.optimize

from course_utils import surfaces
from course_utils.gradient_checking import check

ALL = [
    surfaces.quadratic(1),
    surfaces.quadratic(100),
    surfaces.ravine(),
    surfaces.ravine(100),
    surfaces.saddle(),
    surfaces.plateau(),
]
EACH = pytest.mark.parametrize("hill", ALL, ids=lambda hill: hill.name)


@EACH
def test_the_gradient_is_the_slope(hill):
    for theta in np.random.default_rng(0).uniform(-1.5, 1.5, (10, 2)):
        assert check(hill.value, hill.gradient, theta) < 1e-7


@EACH
def test_nothing_lies_lower_than_the_minimum(hill):
    at = np.array(hill.minimum)
    np.testing.assert_allclose(hill.gradient(at), 0, atol=1e-12)
    found = scipy.optimize.minimize(hill.value, at + 0.3, jac=hill.gradient)
    assert hill.value(at) <= found.fun + 1e-9
    left, right, bottom, top = hill.limits
    everywhere = np.stack(np.meshgrid(np.linspace(left, right, 60), np.linspace(bottom, top, 60)))
    assert hill.value(everywhere).min() >= hill.value(at)


@EACH
def test_start_and_minimum_lie_in_the_picture(hill):
    left, right, bottom, top = hill.limits
    for x, y in (hill.start, hill.minimum):
        assert left < x < right
        assert bottom < y < top


@EACH
def test_many_points_at_once_give_what_one_by_one_give(hill):
    many = np.random.default_rng(1).uniform(-1, 1, (2, 5))
    np.testing.assert_allclose(hill.value(many), [hill.value(p) for p in many.T])
    np.testing.assert_allclose(
        hill.gradient(many), np.transpose([hill.gradient(p) for p in many.T])
    )
    np.testing.assert_allclose(hill.distance(many), [np.hypot(*(p - hill.minimum)) for p in many.T])


def test_the_condition_number_is_kappa_and_too_large_an_alpha_diverges():
    hill = surfaces.quadratic(40)
    H = np.transpose([hill.gradient(e) for e in np.eye(2)])
    assert np.linalg.cond(H) == pytest.approx(40)
    for alpha, grows in ((0.99 * 2 / 40, False), (1.01 * 2 / 40, True)):
        theta = np.array([0.0, 1.0])
        for _ in range(50):
            theta = theta - alpha * hill.gradient(theta)
        assert (abs(theta[1]) > 1) == grows


def test_the_saddle_point_is_flat_but_no_minimum():
    hill = surfaces.saddle()
    assert (hill.gradient(np.zeros(2)) == 0).all()
    assert (
        hill.value(np.array([0.0, 0.1]))
        < hill.value(np.zeros(2))
        < hill.value(np.array([0.1, 0.0]))
    )


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: surfaces.quadratic(0.5), "kappa >= 1 must hold, but got kappa=0.5"),
        (lambda: surfaces.ravine(0), "steepness > 0 must hold"),
    ],
)
def test_bad_input_is_named(make, says):
    with pytest.raises(ValueError, match=says):
        make()
