"""The bank of answers to the softmax exercises: none right refused, each wrong one named."""

import numpy as np
import pytest

from course_utils import softmax as lecture
from course_utils.checks import softmax as checks


def sigma(x):
    return 1 / (1 + np.exp(-x))


def test_the_printed_pair_of_two_classes_is_named_x4():
    """[0.842, -0.158]: the four-class share of z = 5, and 1 taken off it."""
    first = lecture.softmax([5, 2, -1, 3])[0]
    assert np.round([first, first - 1], 3).tolist() == [0.842, -0.158]
    verdict = checks.two_class(lambda z1, z2: np.stack([p := sigma(z1 - z2), p - 1]))
    assert verdict.mistake == "below-zero"
    assert "below zero" in verdict.hint


@pytest.mark.parametrize(("t", "share"), [(2.9, "0.504"), (3.0, "0.496")])
def test_half_is_reached_near_temperature_three(t, share):
    verdict = checks.goal_half(temperature=t)
    assert verdict.passed
    assert verdict.hint == f"at T = {t:.4g} the winner has probability {share}."


@pytest.mark.parametrize(
    ("t", "mistake"), [(1.0, "too-cold"), (2.7, "too-cold"), (3.3, "too-warm"), (100, "too-warm")]
)
def test_half_is_missed_elsewhere(t, mistake):
    verdict = checks.goal_half(temperature=t)
    assert (verdict.passed, verdict.mistake) == (False, mistake)
    assert "give or take 0.01" in verdict.hint


def test_the_edges_of_half_are_one_hundredth_away():
    """The winner's share is known exactly for a lead shared out by the other three."""

    def share(t):
        return 1 / (1 + np.exp(-3 / t) + np.exp(-6 / t) + np.exp(-2 / t))

    ts = np.linspace(2.5, 3.5, 2001)
    passed = np.array([checks.goal_half(temperature=t).passed for t in ts])
    assert np.array_equal(passed, np.abs(share(ts) - 0.5) <= 0.01)


def test_sure_is_reached_by_the_smallest_logit_of_the_slider():
    reached = [z1 for z1 in np.arange(-50, 51) / 5 if checks.goal_sure(z1=z1).passed]
    assert reached == [8.0]
    assert checks.goal_sure(z1=8.0, c=-20).hint.endswith("gives a₁ = 0.9907.")
    assert checks.goal_sure(z1=5.0).mistake == "too-small"
    assert checks.goal_sure(z1=7.8).mistake == "too-small"
    assert checks.goal_sure(z1=8.2).mistake == "too-large"


def test_the_challenge_of_the_upright_border():
    flat = {"w11": 1.1, "w12": 1.0, "w21": -1.1, "w22": 1.0}
    assert checks.goal_border(**flat).hint == "upright, and 2.00 from 10 % to 90 %."
    assert checks.goal_border(**flat).passed
    assert checks.goal_border(**flat | {"w22": 1.1}).mistake == "leans"
    same, lying = (checks.goal_border(w11=1, w12=1, w21=1, w22=w) for w in (1, -1))
    assert "the same" in same.hint
    assert "move the tips apart" in same.hint
    assert "not upright" in lying.hint
    assert checks.goal_border(**flat | {"w21": 0.5}).mistake == "too-soft"
    assert checks.goal_border(**flat | {"w11": 3.0}).mistake == "too-hard"


@pytest.mark.parametrize(
    ("answer", "mistakes"),
    [
        (lambda z1, z2: z1 + z2, "sum-for-difference+tanh"),
        (lambda z1, z2: z1 / z2, "ratio-for-difference+tanh"),
        (lambda z1, z2: z1 * z2, "product-for-difference+tanh"),
        (lambda z1, z2: 2 * (z1 - z2), "factor-in-difference+tanh"),
    ],
)
def test_what_never_calls_sigmoid_is_not_said_to_put_something_into_it(answer, mistakes):
    def by_tanh(z1, z2):
        return np.stack([p := np.tanh(answer(z1, z2)), 1 - p])

    verdict = checks.two_class(by_tanh)
    assert verdict.mistake == mistakes
    assert "sigmoid" not in (verdict.look + verdict.hint).lower()


@pytest.mark.parametrize("axis", [1, None])
def test_columns_that_do_not_sum_to_1_are_not_said_to(axis):
    verdict = checks.softmax(lambda z: sigma(z) / sigma(z).sum(axis=axis, keepdims=True))
    assert verdict.mistake.endswith("+shares-of-sigmoids")
    assert "column is made to sum to 1" not in verdict.hint
