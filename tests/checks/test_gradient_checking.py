"""The exercises about gradient checking: their stubs and mistakes; the challenges."""

import re

import numpy as np
import pytest

from course_utils import datasets
from course_utils import gradient_checking as lecture
from course_utils.checks import gradient_checking as checks
from course_utils.experiments import backward_passes, gradient_errors
from tests.checks import joined
from tests.checks.stub_cells import stub_in


@pytest.mark.parametrize("check", [checks.numerical_gradient, checks.relative_difference])
def test_the_notebooks_stub_is_known(check):
    stub = stub_in("03_gradient_checking", check.__name__)
    assert check(stub).mistake == "still-the-stub"


def test_the_stubs_numbers_by_other_code_are_not_called_the_stub():
    assert checks.relative_difference(lambda a, b: a.sum() * 0).mistake == "stubs-numbers"
    zeros = checks.numerical_gradient(lambda f, theta, h: 0 * f(theta) * theta)
    assert zeros.mistake == "all-zero"


def one_sided_sum(f, theta, h):
    e = np.eye(theta.size).reshape(theta.size, *theta.shape)
    return np.array([(f(theta + h * u) + f(theta)) / h for u in e]).reshape(theta.shape)


def sum_times_h(f, theta, h):
    e = np.eye(theta.size).reshape(theta.size, *theta.shape)
    slopes = [(f(theta + h * u) + f(theta - h * u)) / 2 * h for u in e]
    return np.array(slopes).reshape(theta.shape)


@pytest.mark.parametrize(
    ("check", "answer", "false"),
    [
        (checks.numerical_gradient, one_sided_sum, "f(θ − h)"),
        (checks.numerical_gradient, sum_times_h, "h²"),
        (checks.relative_difference, lambda a, b: np.linalg.norm(a) - np.linalg.norm(b), "‖a − b‖"),
        (checks.relative_difference, lambda a, b: np.abs(a - b), "That is ‖a − b‖"),
    ],
)
def test_of_two_mistakes_each_is_told_so_that_it_is_true_beside_the_other(check, answer, false):
    verdict = check(answer)
    assert "+" in verdict.mistake
    assert false not in verdict.hint


_OF_ALL = re.compile(r"That is |with h²|f\(θ . h\) and f|/2 to each|points are h|all the same")


@pytest.mark.parametrize("check", [checks.numerical_gradient, checks.relative_difference])
def test_no_mistake_that_is_told_beside_another_describes_the_whole_answer(check):
    assert joined.saying(_OF_ALL, check.mistakes) == []


def refuses_whole_numbers(f, theta, h):
    gradient = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        step = h * np.eye(1, theta.size, np.ravel_multi_index(i, theta.shape)).reshape(theta.shape)
        plus, minus = theta.copy(), theta.copy()
        plus += step
        minus -= step
        gradient[i] = (f(plus) - f(minus)) / (2 * h)
    return gradient


def test_a_theta_of_whole_numbers_is_told_with_the_call():
    verdict = checks.numerical_gradient(refuses_whole_numbers)
    assert verdict.mistake == "integer-theta"
    assert "np.array([1, -2, 3])" in verdict.details
    assert "or refuses it" in verdict.hint


@pytest.mark.parametrize("case", [*checks._SLOPE_CASES, checks._WHOLE_CASE, checks._SMALL_CASE])
def test_the_call_that_a_reader_can_paste_is_the_one_that_was_tried(case):
    f, theta, h = eval(f"({case.code})", {"np": np})
    assert f(theta) == case.args[0](case.args[1])
    assert (theta == case.args[1]).all()
    assert h == case.args[2]


def test_an_answer_without_f_is_told_so():
    verdict = checks.numerical_gradient(lambda f, theta, h: 3 * theta**2)
    assert verdict.mistake == "f-not-called"
    assert verdict.details


@pytest.mark.parametrize("size", [0.0, 1e-12, 1e-9])
def test_only_what_is_added_below_and_shows_is_refused(size):
    def with_a_number_below(a, b):
        return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b) + size)

    mistake = {0.0: "two-zeros", 1e-12: None, 1e-9: "added-below"}[size]
    assert checks.relative_difference(with_a_number_below).mistake == mistake


class Odd(str):
    """A name that cannot be printed."""

    def __repr__(self):
        raise ValueError


@pytest.mark.parametrize(
    ("mistake", "answer"),
    [
        ("still-the-stub", ()),
        ("still-the-stub", ("b",)),
        ("no-such-pass", ("B", "b2")),
        ("no-such-pass", (np.array(["a", "b"]), "b2")),
        ("no-such-pass", (["b"], ["b2"])),
        ("no-such-pass", (lambda: "b", "b2")),
        ("no-such-pass", (Odd("e"), "b2")),
        ("no-such-parameter", ("b", np.zeros(3))),
        ("no-such-parameter", ("b", int)),
        ("no-such-parameter", ("b", Odd("b7"))),
    ],
)
def test_whatever_is_called_the_culprit_gets_a_verdict(mistake, answer):
    assert checks.culprit(*answer).mistake == mistake


def test_the_culprit_is_the_one_that_the_check_finds_after_training_only():
    X, Y = datasets.moons(30, np.random.default_rng(0))
    first = backward_passes.start(np.random.default_rng(1))
    moved = {name: p + 0.1 for name, p in first.items()}
    for p, wrong in ((first, set()), (moved, {("b", "b2")})):
        slopes = lecture.unflatten(
            lecture.numerical_gradient(
                lambda t, p=p: backward_passes.cost(lecture.unflatten(t, p), X, Y, lambda_=0.5),
                lecture.flatten(p),
            ),
            p,
        )
        found = {
            (name, parameter)
            for name, backward in backward_passes.suspects.items()
            for parameter, g in backward(p, X, Y, lambda_=0.5).items()
            if lecture.relative_difference(g, slopes[parameter]) > 1e-3
        }
        assert found == wrong


def wins(here, h, curve):
    return checks.goal_one_sided_wins(gradient_errors.CURVES, here=here, h=h, curve=curve)


def test_one_sided_wins_beside_the_kink_only():
    assert not wins(0.6, 0.5, "smooth").passed
    assert not wins(1.0, 0.5, "parabola").passed
    assert wins(0.1, 0.5, "kink at 0").passed
    assert not wins(0.6, 0.5, "kink at 0").passed  # far from the kink both are exact
    assert not wins(-0.1, 0.5, "kink at 0").passed  # on the other side both are off
    assert not wins(0.5, 0.6, "kink at 0").passed  # the kink is visited, but off by less than 0.1
    assert wins(0.4, 0.6, "kink at 0").passed
    assert wins(0.0, 0.5, "kink at 0").mistake == "on-the-kink"


def digits(h, precision="float64", subject="sine"):
    return checks.goal_ten_digits(h=h, precision=precision, subject=subject)


def test_ten_digits_need_the_right_h():
    assert digits(0.01, subject="cost of a network").mistake == "other-subject"
    assert digits(0.01).mistake == "too-far"
    assert digits(1e-5).passed
    assert digits(2e-5).passed
    assert not digits(5e-5).passed  # h² is too large
    assert not digits(1e-9).passed  # rounding


def test_whoever_stays_in_float32_is_told_that_no_h_gives_ten_digits_there():
    for h in np.geomspace(1e-14, 1, 200):
        verdict = digits(h, "float32")
        assert (verdict.passed, verdict.mistake) == (False, "float32")
        said = verdict.hint.split("off by ")[1].rstrip(".").replace("−", "-")
        assert float(said) > 1e-10
    assert digits(1e-5, "float32", subject="square").mistake == "other-subject"
