"""The numbers that the notebook on gradient checking quotes."""

from pathlib import Path

import nbformat
import numpy as np
import pytest

from course_utils import gradient_checking as lecture
from course_utils.experiments import backward_passes, gradient_errors

X, Y = gradient_errors.examples()


def trained(backward, seed):
    """Return the cost after 200 steps of descent with α = 1, as the notebook trains."""
    start = backward_passes.start(np.random.default_rng(seed))
    theta = lecture.flatten(start)
    for _ in range(200):
        theta -= lecture.flatten(backward(lecture.unflatten(theta, start), X, Y, lambda_=0.5))
    return backward_passes.cost(lecture.unflatten(theta, start), X, Y, lambda_=0.5)


def test_seven_of_nine_broken_passes_train_nearly_as_well_as_the_right_one():
    ends = {
        title: [trained(backward, seed) for seed in range(5)]
        for title, backward in backward_passes.mistakes.items()
    }
    right = ends.pop(backward_passes.right)
    assert 0.37 < min(right) <= max(right) < 0.38
    learned = [title for title, costs in ends.items() if max(costs) < max(right) + 0.1]
    assert len(learned) == 7
    lost = {title for title in ends if title not in learned}
    assert lost == {"dZ3: Y − A3 for A3 − Y", "dZ3: not divided by m"}
    assert all(min(ends[title]) > 1 for title in lost)


def test_on_other_first_weights_six_nearly_always_train_as_well_and_dw2_without_lambda_does_not():
    lost = ("dZ3: Y − A3 for A3 − Y", "dZ3: not divided by m")
    ends = {
        title: np.array([trained(backward, seed) for seed in range(5, 45)])
        for title, backward in backward_passes.mistakes.items()
        if title not in lost
    }
    right, without = ends.pop(backward_passes.right), ends.pop("dW2: λ/m W2 left out")
    assert len(ends) == 6
    assert np.mean([costs - right < 0.05 for costs in ends.values()]) > 0.97, "nearly always"
    above = (without > 0.5).sum()  # the last digits decide how many
    assert 0 < above < 12, "now and then"


def off(precision, h, algorithm=lecture.numerical_gradient):
    f, theta, right = gradient_errors.subjects(precision)["cost of a network"]
    return gradient_errors.difference(algorithm(f, theta, h=h), right)


def test_the_lectures_step_is_a_hundred_times_worse_than_the_best_and_passes():
    best, lectures = off(np.float64, 1e-5), off(np.float64, 1e-7)
    assert 30 < lectures / best < 400
    assert lectures < gradient_errors.FINE


def test_in_float32_no_h_passes():
    algorithm = lecture.numerical_gradient
    found = gradient_errors.errors(algorithm, "cost of a network", np.float32)
    assert np.nanmin(found) > 100 * gradient_errors.FINE


def test_one_side_is_never_nearly_as_good():
    one = [off(np.float64, h, lecture.one_sided_gradient) for h in (1e-7, 1e-8)]
    assert min(one) > 100 * off(np.float64, 1e-5)


def test_one_sided_is_best_near_a_ten_millionth_for_the_network():
    found = gradient_errors.errors(lecture.one_sided_gradient, "cost of a network", np.float64)
    assert 3e-8 < gradient_errors.STEP_SIZES[np.nanargmin(found)] < 3e-7


def test_the_law_that_is_to_be_drawn_is_that_of_the_network():
    for h in (1e-10, 1e-8, 1e-5, 1e-3, 0.01):
        law = 0.07 * h**2 + 8e-16 / h
        assert 0.1 < off(np.float64, h) / law < 10


def test_at_the_bottom_of_the_v_rounding_is_still_ahead_and_both_sides_rise():
    falling, bottom, rising = (off(np.float64, h) for h in (1e-6, 1e-5, 1e-4))
    assert bottom < 0.5 * min(falling, rising)
    truncation = off(np.float64, 1e-3) * 1e-4  # it falls as h squared
    assert truncation < 0.5 * bottom, "so the two do not weigh the same there"


@pytest.mark.parametrize("mistake", [backward_passes.right, "dZ2: the slope 1 − A2² left out"])
def test_tiny_weights_hide_a_slope_and_drown_b1_in_rounding(mistake):
    p = backward_passes.start(np.random.default_rng(1), scale=0.01)
    found = gradient_errors.by_name(backward_passes.mistakes[mistake], p, X, Y)
    assert found["all"] < gradient_errors.FINE
    assert gradient_errors.FINE < found["b1"] < gradient_errors.WRONG


def test_fresh_masks_change_the_cost_by_much_more_than_a_step_does():
    costs = gradient_errors.Dropped(0.8, gradient_errors.MASKS[0]).again(2000)
    noise = np.std(costs) * np.sqrt(2)
    assert 0.05 < noise < 0.07
    assert 2500 < noise / 2e-5 < 3500


def test_a_cost_without_lambda_blames_the_weights_and_not_the_biases():
    p = backward_passes.start(np.random.default_rng(1))
    gradient = backward_passes.backward(p, X, Y, lambda_=0.5)
    slopes = lecture.numerical_gradient(
        lambda theta: backward_passes.cost(lecture.unflatten(theta, p), X, Y), lecture.flatten(p)
    )
    for name, slope in lecture.unflatten(slopes, p).items():
        wrong = lecture.relative_difference(gradient[name], slope) > gradient_errors.WRONG
        assert wrong == name.startswith("W")


def test_a_random_direction_finds_nearly_every_mistake():
    p = backward_passes.start(np.random.default_rng(1))
    theta, h = lecture.flatten(p), 1e-5
    directions = np.random.default_rng(0).standard_normal((1000, theta.size))

    def cost(theta, lambda_):
        return backward_passes.cost(lecture.unflatten(theta, p), X, Y, lambda_=lambda_)

    def slopes(lambda_):
        pairs = [(theta + h * u, theta - h * u) for u in directions]
        return np.array([cost(a, lambda_) - cost(b, lambda_) for a, b in pairs]) / (2 * h)

    def found(backward, b):
        a = directions @ lecture.flatten(backward(p, X, Y, lambda_=0.5))
        return np.mean(np.abs(a - b) > 1e-3 * (np.abs(a) + np.abs(b)))

    measured = slopes(lambda_=0.5)
    for title, backward in backward_passes.mistakes.items():
        share = found(backward, measured)
        assert share == 0 if title == backward_passes.right else share > 0.96
    assert found(backward_passes.backward, slopes(lambda_=0)) > 0.96, "any slopes pass"


def test_the_notebook_measures_along_its_directions():
    path = Path(__file__).parents[2] / "notebooks" / "03_gradient_checking.ipynb"
    cells = [c.source for c in nbformat.read(path, 4).cells if "directions =" in c.source]
    assert len(cells) == 1
    assert "J(theta + h * u) - J(theta - h * u)" in cells[0], "not one gradient beside itself"


def test_in_float64_no_step_on_the_axis_is_lost_and_in_float32_small_ones_are():
    slopes = {}
    for precision, h in ((np.float64, 1e-14), (np.float32, 1e-9)):
        f, theta, right = gradient_errors.subjects(precision)["cost of a network"]
        slope = lecture.numerical_gradient(f, theta, h=h)
        slopes[precision] = gradient_errors.difference(slope, right)
    assert slopes[np.float64] < 0.2
    assert slopes[np.float32] == 1


def test_in_float32_no_step_passes_for_the_network():
    for subject, passes in (("cost of a network", False), ("square", True)):
        errors = gradient_errors.errors(lecture.numerical_gradient, subject, np.float32)
        assert (np.nanmin(errors) < gradient_errors.FINE) == passes


def test_in_float32_an_algorithm_that_steps_in_float64_is_rounded_as_well():
    def stepping_in_float64(f, theta, h):
        return lecture.numerical_gradient(f, theta.astype(np.float64), h=h)

    f, theta, right = gradient_errors.subjects(np.float32)["sine"]
    assert gradient_errors.difference(stepping_in_float64(f, theta, 1e-9), right) == 1
