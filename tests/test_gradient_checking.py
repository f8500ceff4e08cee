"""Gradient checking: what it measures, what it finds and where it deceives."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import approx_fprime, rosen, rosen_der

from course_utils import activations, datasets
from course_utils import gradient_checking as lecture
from course_utils.experiments import backward_passes, gradient_errors
from course_utils.network import Network

X, Y = gradient_errors.examples()
START = backward_passes.start(np.random.default_rng(1))


numbers = st.floats(-1e6, 1e6).filter(lambda x: x == 0 or abs(x) > 1e-6)


vectors = arrays(np.float64, 5, elements=numbers)


def slopes_at(p, lambda_=0.5):
    theta = lecture.flatten(p)
    return lecture.unflatten(
        lecture.numerical_gradient(
            lambda t: backward_passes.cost(lecture.unflatten(t, p), X, Y, lambda_=lambda_), theta
        ),
        p,
    )


def off(backward, p, lambda_=0.5):
    """Return the names of the parameters whose gradient is wrong by the lecture's reading."""
    slopes, gradient = slopes_at(p, lambda_), backward(p, X, Y, lambda_=lambda_)
    return {k for k in p if lecture.relative_difference(gradient[k], slopes[k]) > 1e-3}


def slope_of_the_errors(algorithm, hs):
    errors = [abs(algorithm(lambda t: np.exp(t[0]), [1.0], h=h)[0] - np.e) for h in hs]
    return np.polyfit(np.log(hs), np.log(errors), 1)[0]


def test_two_sided_is_off_by_h_squared_and_one_sided_by_h_g1():
    hs = np.geomspace(1e-3, 1e-1, 9)
    assert slope_of_the_errors(lecture.numerical_gradient, hs) == pytest.approx(2, abs=0.01)
    assert slope_of_the_errors(lecture.one_sided_gradient, hs) == pytest.approx(1, abs=0.02)


def test_a_cube_at_one_g1():
    def cube(theta):
        return (theta**3).sum()

    assert lecture.numerical_gradient(cube, [1.0], h=0.01)[0] == pytest.approx(3.0001, abs=1e-9)
    assert lecture.one_sided_gradient(cube, [1.0], h=0.01)[0] == pytest.approx(3.0301, abs=1e-9)


def best_h(algorithm, precision):
    """Return the h of the least error of many slopes of the sine."""
    places = np.linspace(0.5, 1.0, 40).astype(precision)
    hs = np.geomspace(1e-12, 1, 37)
    right = np.cos(places.astype(np.float64))
    found = []
    for h in hs:
        slopes = [algorithm(lambda t: np.sin(t[0]), x, h=h)[0] for x in places[:, None]]
        found.append(lecture.relative_difference(slopes, right))
    return hs[np.argmin(found)]


def test_the_best_h_g1():
    assert 2e-6 < best_h(lecture.numerical_gradient, np.float64) < 5e-5
    assert 1e-9 < best_h(lecture.one_sided_gradient, np.float64) < 1e-7
    assert 1e-3 < best_h(lecture.numerical_gradient, np.float32) < 5e-2


def test_below_the_best_h_rounding_grows_as_one_over_h_g1():
    errors = {
        h: gradient_errors.errors(lecture.numerical_gradient, "cost of a network", np.float64)[i]
        for i, h in enumerate(gradient_errors.STEP_SIZES)
    }
    small = np.array([h for h in errors if h < 1e-6])
    slope = np.polyfit(np.log(small), np.log([errors[h] for h in small]), 1)[0]
    assert slope == pytest.approx(-1, abs=0.15)


def test_a_parabola_has_no_bend_left_on_both_sides():
    theta = np.array([1.5, -0.25])
    slopes = lecture.numerical_gradient(lambda t: t @ t, theta, h=8.0)
    np.testing.assert_allclose(slopes, 2 * theta, rtol=1e-12)


def test_scipy_agrees():
    theta = np.array([1.3, 0.7, 0.8, 1.9])
    two = lecture.numerical_gradient(rosen, theta)
    np.testing.assert_allclose(two, rosen_der(theta), rtol=1e-7)
    one = lecture.one_sided_gradient(rosen, theta, h=1e-7)
    np.testing.assert_allclose(one, approx_fprime(theta, rosen, 1e-7), rtol=1e-6)


@given(arrays(np.float64, (2, 3), elements=st.floats(-2, 2)))
def test_any_shape_and_the_input_stays(theta):
    before = theta.copy()
    slopes = lecture.numerical_gradient(lambda t: np.sin(t).sum(), theta)
    np.testing.assert_allclose(slopes, np.cos(theta), atol=1e-9)
    np.testing.assert_array_equal(theta, before)


def test_f_may_keep_or_change_what_it_gets():
    def spoils(theta):
        value = float(theta @ theta)
        theta[:] = np.nan
        return value

    for algorithm in (lecture.numerical_gradient, lecture.one_sided_gradient):
        np.testing.assert_allclose(algorithm(spoils, [1.0, 2.0]), [2, 4], rtol=1e-4)


def test_whole_numbers_and_float32():
    assert lecture.numerical_gradient(lambda t: t @ t, [1, 2]).round(6).tolist() == [2, 4]
    theta = np.array([1, 2], np.float32)
    for algorithm in (lecture.numerical_gradient, lecture.one_sided_gradient):
        slopes = algorithm(lambda t: t @ t, theta, h=0.01)
        assert slopes.dtype == np.float32
        np.testing.assert_allclose(slopes, [2, 4], atol=0.02)


@given(vectors, vectors, st.floats(1e-150, 1e150))
def test_relative_difference_is_symmetric_bounded_and_free_of_scale(a, b, scale):
    d = lecture.relative_difference(a, b)
    assert 0 <= d <= 1
    assert d == lecture.relative_difference(b, a)
    assert lecture.relative_difference(scale * a, scale * b) == pytest.approx(d, abs=1e-12)
    assert (d == 0) == np.array_equal(a, b)


@given(vectors.filter(lambda a: a.any()))
def test_relative_difference_at_its_ends(a):
    assert lecture.relative_difference(a, a) == 0
    assert lecture.relative_difference(a, -3 * a) == pytest.approx(1)
    assert lecture.relative_difference(a, 0 * a) == 1
    assert lecture.relative_difference(0 * a, 0 * a) == 0


def test_tiny_and_huge_gradients_do_not_end_at_zero_or_infinity():
    for size in (1e-300, 1e-30, 1e30, 1e300):
        assert lecture.relative_difference([size], [2 * size]) == pytest.approx(1 / 3)
    tiny = np.array([1e-30, 2e-30], np.float32)
    assert lecture.relative_difference(tiny, 3 * tiny) == pytest.approx(0.5)


def test_how_to_read_it_g1():
    gradient = lecture.flatten(backward_passes.backward(START, X, Y, lambda_=0.5))
    theta = lecture.flatten(START)

    def cost(theta):
        return backward_passes.cost(lecture.unflatten(theta, START), X, Y, lambda_=0.5)

    assert lecture.check(cost, gradient, theta) < 1e-7
    assert lecture.check(cost, lambda theta: gradient, theta) < 1e-7
    assert lecture.check(cost, 1.01 * gradient, theta) > 1e-3


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3)), min_size=1, max_size=4))
def test_unflatten_undoes_flatten(shapes):
    rng = np.random.default_rng(0)
    parameters = {f"p{i}": rng.standard_normal(shape) for i, shape in enumerate(shapes)}
    theta = lecture.flatten(parameters)
    assert theta.shape == (sum(p.size for p in parameters.values()),)
    back = lecture.unflatten(theta, parameters)
    assert list(back) == list(parameters)
    for name, p in parameters.items():
        np.testing.assert_array_equal(back[name], p)


def test_what_is_cut_up_is_still_the_vector():
    theta = np.zeros(3)
    lecture.unflatten(theta, {"W": [[0, 0]], "b": [[0]]})["b"][:] = 7
    assert theta.tolist() == [0, 0, 7]
    assert lecture.flatten({"W": np.ones(2, np.float32)}).dtype == np.float32


def infinite(theta):
    return np.inf


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: lecture.flatten({}), "at least one array, but got none"),
        (
            lambda: lecture.flatten({"W": [np.nan]}),
            r"W should hold finite numbers, but W\[0\] is nan",
        ),
        (lambda: lecture.unflatten([1, 2], {"W": [[0]]}), r"vector of 1 numbers for W, .* \(2,\)"),
        (lambda: lecture.unflatten([[1]], {"W": [[0]]}), r"vector of 1 numbers for W, .* \(1, 1\)"),
        (lambda: lecture.numerical_gradient(np.sum, [1.0], h=0), "h > 0 must hold, but got h=0"),
        (lambda: lecture.one_sided_gradient(np.sum, [1.0], h=-1), "h > 0 must hold, but got h=-1"),
        (lambda: lecture.numerical_gradient(np.sum, [np.inf]), r"theta\[0\] is inf"),
        (
            lambda: lecture.numerical_gradient(infinite, [1.0]),
            r"f\(theta\) should be a finite number",
        ),
        (
            lambda: lecture.one_sided_gradient(infinite, [1.0]),
            r"f\(theta\) should be a finite number",
        ),
        (lambda: lecture.relative_difference([1], [1, 2]), "a and b should have the same shape"),
        (lambda: lecture.relative_difference([1], [np.nan]), r"b\[0\] is nan"),
        (
            lambda: lecture.check(np.sum, [1, 1], [1.0]),
            "gradient and theta should have the same shape",
        ),
        (lambda: backward_passes.start(np.random.default_rng(0), scale=-1), "scale >= 0 must hold"),
    ],
)
def test_errors_say_what_must_hold(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_f_must_return_one_number():
    with pytest.raises(TypeError, match=r"f\(theta\) should be a number"):
        lecture.numerical_gradient(lambda theta: theta, [1.0, 2.0])


def test_the_network_by_hand_is_the_engine():
    network = Network([2, 4, 4, 1], np.random.default_rng(0), activation=activations.tanh)
    rng = np.random.default_rng(3)
    p = {name: rng.standard_normal(a.shape) for name, a in START.items()}
    network.theta[:] = lecture.flatten(p)
    for lambda_ in (0.0, 0.7):
        cost = network.cost_and_gradient(X, Y, lambda_=lambda_)
        assert backward_passes.cost(p, X, Y, lambda_=lambda_) == pytest.approx(cost, rel=1e-12)
        gradient = lecture.flatten(backward_passes.backward(p, X, Y, lambda_=lambda_))
        np.testing.assert_allclose(gradient, network.gradient, rtol=1e-10, atol=1e-14)


def test_first_weights():
    p = backward_passes.start(np.random.default_rng(0), widths=(400, 300, 200, 1))
    assert np.std(p["W1"]) == pytest.approx(np.sqrt(1 / 400), rel=0.02)
    half = backward_passes.start(np.random.default_rng(0), scale=0.5, widths=(400, 300, 200, 1))
    np.testing.assert_allclose(half["W2"], 0.5 * p["W2"])
    assert not any(p[name].any() for name in ("b1", "b2", "b3"))


BEFORE_OUTPUT = {"W1", "b1", "W2", "b2"}
SHOWS_IN = (
    set(),
    {"W1", "b1"},
    BEFORE_OUTPUT,
    {"W1", "b1"},
    set(START),
    set(START),
    {"W3"},
    {"W2"},
    {"W2"},
    {"b1"},
)


@pytest.mark.parametrize(
    ("title", "names"), list(zip(backward_passes.mistakes, SHOWS_IN, strict=True))
)
def test_a_mistake_shows_from_its_place_back_to_the_input(title, names):
    assert off(backward_passes.mistakes[title], START) == names


@pytest.mark.parametrize("title", backward_passes.hiding)
@pytest.mark.parametrize("seed", range(3))
def test_some_mistakes_pass_until_training_g2(title, seed):
    small = backward_passes.start(np.random.default_rng(seed), scale=0.01)
    backward = backward_passes.hiding[title]
    theta, differences = lecture.flatten(small), []
    for _ in range(2):
        p = lecture.unflatten(theta, small)
        slopes = lecture.flatten(slopes_at(p))
        gradient = lecture.flatten(backward(p, X, Y, lambda_=0.5))
        differences.append(lecture.relative_difference(gradient, slopes))
        theta = theta + np.random.default_rng(seed).standard_normal(theta.size)
    assert differences[0] < 1e-7
    assert differences[1] > 1e-3


def test_the_right_pass_stays_right_g2():
    for trained in (
        gradient_errors.trained(backward_passes.backward, scale) for scale in (0.01, 1.0)
    ):
        assert max(d["all"] for d in trained) < 1e-7


@pytest.mark.parametrize("seed", range(5))
def test_dropout_fails_a_right_gradient_unless_the_mask_is_kept_g2(seed):
    network = Network(
        [2, 4, 4, 1], np.random.default_rng(seed), keep_prob=0.8, activation=activations.tanh
    )
    theta, rng = network.theta.copy(), np.random.default_rng(9)

    def cost(theta, rng):
        network.theta[:] = theta
        return network.cost_and_gradient(X, Y, rng)

    cost(theta, np.random.default_rng(5))
    gradient = network.gradient.copy()
    assert lecture.check(lambda t: cost(t, np.random.default_rng(5)), gradient, theta) < 1e-7
    assert lecture.check(lambda t: cost(t, rng), gradient, theta) > 0.9


def test_a_gradient_takes_two_forward_passes_a_parameter_g2():
    for algorithm, calls in ((lecture.numerical_gradient, 14), (lecture.one_sided_gradient, 8)):
        seen = []
        algorithm(lambda t, seen=seen: seen.append(t) or 0.0, np.zeros(7))
        assert len(seen) == calls


def kink(here, h):
    def f(theta):
        return 0.2 * theta[0] + max(theta[0], 0)

    return lecture.check(f, [1.2 if here > 0 else 0.2], [here], h=h)


def test_a_kink_within_h_fails_a_right_gradient():
    assert kink(0.3, 0.1) < 1e-7
    assert kink(0.05, 0.1) > 1e-3
    assert kink(0.05, 0.01) < 1e-7
    assert all(kink(0.0, h) > 0.1 for h in (0.1, 1e-5, 1e-10))


def test_the_examples_are_two_moons_out_of_balance():
    # In balance, the gradient of b3 would be nearly 0, and rounding all that is seen of it.
    assert X.shape == (2, 30)
    assert Y.mean() == pytest.approx(2 / 3)
    np.testing.assert_array_equal(X, datasets.moons(40, np.random.default_rng(0))[0][:, 10:])
