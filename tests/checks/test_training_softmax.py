"""The exercises about training softmax: their stubs and mistakes; the challenge."""

import re
from functools import partial

import numpy as np
import pytest

from course_utils import softmax as lecture
from course_utils.checks import training_softmax as checks
from course_utils.experiments.training_softmax import DigitsRun
from tests.checks import joined
from tests.checks.stub_cells import stub_in


@pytest.mark.parametrize(
    ("check", "name"),
    [(checks.cost, "my_cost"), (checks.gradient, "my_gradient"), (checks.one_hot, "my_one_hot")],
)
def test_the_notebooks_stub_is_known(check, name):
    assert check(stub_in("15_training_softmax", name)).mistake == "still-the-stub"


@pytest.mark.parametrize(
    ("check", "answer"),
    [
        (checks.cost, lambda z, y: 0 * 1.0),
        (checks.gradient, lambda z, y: 0 * z),
        (checks.one_hot, lambda labels, classes: np.zeros([classes, labels.size])),
    ],
)
def test_the_stubs_numbers_by_other_code_are_not_called_the_stub(check, answer):
    assert check(answer).mistake == "stubs-numbers"


def test_a_stable_softmax_is_not_said_to_overflow():
    verdict = checks.cost(lambda z, y: -(y * np.log(lecture.softmax(z))).sum() / z.shape[1])
    assert verdict.mistake == "log-of-zero"
    assert "exp(1000)" not in verdict.look + verdict.hint


def test_who_takes_the_right_logit_off_is_told_what_overflows():
    verdict = checks.cost(lambda z, y: np.log(np.exp(z - (y * z).sum(axis=0)).sum(axis=0)).mean())
    assert "right class's logit off the others" in verdict.hint


def test_who_takes_0_for_minus_infinity_is_not_sent_to_what_exp_sees():
    def hidden(z, y):
        return -(y * np.nan_to_num(np.log(lecture.softmax(z)), neginf=0.0)).sum() / z.shape[1]

    verdict = checks.cost(hidden)
    assert verdict.mistake == "nan-hidden"
    assert "before exp" not in verdict.look + verdict.hint


def test_a_gradient_whose_columns_do_not_sum_to_0_is_told_so():
    def odd(z, y):
        return lecture.cost_gradient(z, y) + np.arange(len(z))[:, None] ** 2

    assert checks.gradient(odd).mistake == "invariant"
    below = checks.gradient(lambda z, y: 2 * lecture.cost_gradient(z, y) - odd(z, y))
    assert re.search(r"The sum of each column should be 0\. Yours is −\d", below.hint)


def test_the_challenge_wants_97_percent_within_ten_epochs():
    run = DigitsRun(
        {
            "drawn": np.random.default_rng(0).permutation(1797)[:360],
            "the last in the file": np.arange(1437, 1797),
        }
    )
    goal = partial(checks.goal_97, run)
    assert goal(epoch=0, alpha=0.01, tests="drawn").mistake == "too-few"
    assert goal(epoch=9, alpha=0.01, tests="drawn").passed
    assert goal(epoch=12, alpha=0.01, tests="drawn").mistake == "too-late"
    assert goal(epoch=12, alpha=0.01, tests="drawn").hint.endswith("past epoch 10: go back.")
    assert "so choose another" in goal(epoch=12, alpha=0.0001, tests="drawn").hint
    assert goal(epoch=9, alpha=0.0001, tests="drawn").mistake == "too-few"
    for epoch in (0, 9, 12):
        strangers = goal(epoch=epoch, alpha=0.01, tests="the last in the file")
        assert strangers.hint.endswith(": choose those drawn at random."), "no α gets there"


def said(verdict):
    return f"{verdict.look} {verdict.hint}"


@pytest.mark.parametrize(
    ("answer", "mistakes", "untrue"),
    [
        (lambda z, y: z, "logits-for-probabilities+without-y", "subtract"),
        (lambda z, y: z + y, "logits-for-probabilities+added", "subtract"),
        (lambda z, y: lecture.log_softmax(z), "logarithms-for-probabilities+without-y", "subtract"),
        (lambda z, y: -lecture.softmax(z), "without-y", "pushed down|less likely"),
        (lambda z, y: -lecture.softmax(z) - y, "added", "less likely"),
        (lambda z, y: -((lecture.softmax(z) - y) ** 2), "squared", "less likely"),
        (lambda z, y: y * (1 - lecture.softmax(z)), "turned-round+only-the-right-class", "too"),
    ],
)
def test_what_is_said_of_two_mistakes_in_a_gradient_holds_of_both(answer, mistakes, untrue):
    verdict = checks.gradient(lambda z, y: answer(z, y) / z.shape[1])
    assert verdict.mistake == mistakes
    assert not re.search(untrue, said(verdict))


def test_a_reversed_sign_is_not_said_to_lead_away_from_the_right_class():
    """With the logits for ŷ it may lead towards it."""

    def reversed_logits(z, y):
        return (y - z) / z.shape[1]

    z, y = np.array([[3.0], [0.0]]), np.eye(2)[:, [0]]
    after = lecture.softmax(z - 0.1 * reversed_logits(z, y))
    assert after[0, 0] > lecture.softmax(z)[0, 0]
    assert checks.gradient(reversed_logits).hint == (
        "The sign is reversed: a step of descent subtracts the gradient. "
        "The logits stand where ŷ should. ŷ are the probabilities."
    )


NO_MEAN = "J is the mean of the examples' losses, not their sum: what is missing? "


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (
            lambda z, y: lecture.softmax(z),
            f"{NO_MEAN}y makes no difference to your answer: the right class is treated like the "
            "others.",
        ),
        (
            lambda z, y: -y / lecture.softmax(z),
            f"{NO_MEAN}You stop at the derivative with respect to ŷ. The task asks for ∂J/∂z: one "
            "more step of the chain rule makes it simple.",
        ),
        (
            lambda z, y: y / lecture.softmax(z) / z.shape[1],
            "The sign is reversed: a step of descent subtracts the gradient. You stop at the "
            "derivative with respect to ŷ. The task asks for ∂J/∂z: one more step of the chain "
            "rule makes it simple.",
        ),
    ],
)
def test_two_mistakes_in_a_gradient_are_told_in_full(answer, told):
    assert checks.gradient(answer).hint == told


_OF_BOTH = {
    "gradient": "less likely|ŷ − y is the gradient|That is ∂J",
    "cost": "That is|can exceed|is added",
}


@pytest.mark.parametrize("name", _OF_BOTH)
def test_no_mistake_that_is_told_beside_another_says_what_only_holds_alone(name):
    assert joined.saying(_OF_BOTH[name], getattr(checks, name).mistakes) == []


def test_a_logit_with_the_sign_of_the_logarithm_is_not_told_as_a_cost_of_the_other_sign():
    def same_sign(z, y, off=0.0):
        shifted = z - off
        return ((y * shifted).sum(axis=0) + np.log(np.exp(shifted).sum(axis=0))).mean()

    for answer in (
        lambda z, y: same_sign(z, y),
        lambda z, y: same_sign(z, y, off=z.max(axis=0)),
        lambda z, y: -same_sign(z, y, off=z.max(axis=0)),
    ):
        assert checks.cost(answer).mistake == "logarithm-added"


def test_a_largest_logit_that_is_missing_inside_the_sum_is_named():
    def once(z, y):
        log_y_hat = z - z.max(axis=0) - np.log(np.exp(z).sum(axis=0))
        return -(y * log_y_hat).sum() / z.shape[1]

    assert checks.cost(once).mistake == "taken-off-once"
