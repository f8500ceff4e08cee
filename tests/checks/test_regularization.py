"""The exercises about regularization: their stubs and mistakes; the challenge."""

import re
from functools import partial

import numpy as np
import pytest

from course_utils.checks import regularization as checks
from course_utils.experiments.regularization import MoonsRun
from course_utils.support.words import percent
from tests.checks import joined
from tests.checks.stub_cells import stub_in

EXERCISES = [checks.l2_cost, checks.l2_gradient, checks.dropout_forward, checks.dropout_backward]


@pytest.mark.parametrize("check", EXERCISES)
def test_the_notebooks_stub_is_known(check):
    stub = stub_in("02_regularization", check.__name__)
    assert check(stub).mistake == "still-the-stub"


@pytest.mark.parametrize(
    ("check", "answer"),
    [
        (checks.l2_cost, lambda weights, biases, lambda_, m: 0 * m),
        (checks.l2_gradient, lambda dW, W, lambda_, m: dW + 0 * W),
        (checks.dropout_forward, lambda a, u, keep_prob: np.where(u < 1, a, 0)),
        (checks.dropout_backward, lambda da, a, u, keep_prob: da.copy()),
    ],
)
def test_the_stubs_numbers_by_other_code_are_not_called_the_stub(check, answer):
    assert check(answer).mistake == "stubs-numbers"


def test_a_dropped_entry_that_is_not_0_is_told_with_its_number():
    verdict = checks.dropout_forward(lambda a, u, keep_prob: np.where(u < keep_prob, a, 7.0))
    assert "A dropped entry should be 0. Yours is 7." in verdict.hint


def test_the_size_of_a_kept_entry_is_told():
    verdict = checks.dropout_backward(
        lambda da, a, u, keep_prob: np.where(u < keep_prob, 3 * da / keep_prob**3, 0)
    )
    assert "A kept entry, as a multiple of da / keep_prob," not in verdict.hint
    assert "The gradient of a kept entry, as a multiple of da / keep_prob, should be 1." in (
        verdict.hint
    )


@pytest.mark.parametrize(
    ("check", "answer", "false"),
    [
        (checks.l2_cost, lambda w, b, lambda_, m: lambda_ * squares(w), "λ/m"),
        (checks.l2_cost, lambda w, b, lambda_, m: lambda_ / 4 * squares(w), "λ/(4m)"),
        (checks.l2_cost, lambda w, b, lambda_, m: lambda_ * sum(W.sum() for W in w), "λ/m"),
        (checks.l2_gradient, lambda dW, W, lambda_, m: dW + 2 * lambda_ * W, "2λ/m"),
        (checks.l2_gradient, lambda dW, W, lambda_, m: dW + lambda_ / 2 * W, "λ/(2m)"),
        (checks.l2_gradient, lambda dW, W, lambda_, m: dW + lambda_ / (2 * m) * W**2, "· W,"),
        (checks.l2_gradient, lambda dW, W, lambda_, m: dW / m + lambda_ * W, ", too"),
        (checks.l2_cost, lambda w, b, lambda_, m: lambda_ / 2 / m * absolute(b), "squares of the"),
        (checks.l2_cost, lambda w, b, lambda_, m: lambda_ / 2 / m * absolute(b), "|w|"),
        (
            checks.l2_cost,
            lambda w, b, lambda_, m: lambda_ / 2 / m * sum(map(np.sum, b)),
            "add the we",
        ),
        (checks.l2_gradient, lambda dW, W, lambda_, m: lambda_ / m * dW, "is gone"),
        (checks.l2_gradient, lambda dW, W, lambda_, m: lambda_ / m * dW, "You add"),
        (checks.l2_gradient, lambda dW, W, lambda_, m: dW - lambda_ / m * W**2, "You add"),
        (checks.l2_gradient, lambda dW, W, lambda_, m: dW - lambda_ * m * W, "What you add"),
        (checks.l2_gradient, lambda dW, W, lambda_, m: dW - lambda_ / m * abs(W), "downwards"),
        (checks.dropout_forward, lambda a, u, p: a * u, "as they were"),
        (checks.dropout_backward, lambda da, a, u, p: da * a * (u < p), "as it is"),
    ],
)
def test_of_two_mistakes_each_is_told_so_that_it_is_true_beside_the_other(check, answer, false):
    verdict = check(answer)
    assert "+" in verdict.mistake
    assert false not in verdict.hint


def absolute(arrays):
    return sum(np.abs(a).sum() for a in arrays)


def squares(weights):
    return sum(np.square(W).sum() for W in weights)


_OF_ALL = re.compile(r"(λ/m|λ/\(\dm\)) (stands|times|·)|entries (are left|get \w+) as ")


@pytest.mark.parametrize("check", EXERCISES)
def test_no_mistake_that_is_told_beside_another_quotes_the_whole_answer(check):
    assert joined.saying(_OF_ALL, check.mistakes) == []
    assert joined.saying("You subtract.*You add|You add.*You subtract", check.mistakes) == []


def test_the_challenge_is_reached_by_some_lambda_and_not_by_none():
    run = MoonsRun()
    judge = partial(checks.goal_by_lambda_alone, run)
    assert judge(step=100, lambda_=1.0).mistake == "not-trained"
    passed = judge(step=600, lambda_=1.0)
    assert passed.passed
    right = run.network(lambda_=1.0).accuracy(run.X_test, run.y_test)
    assert f"Of the test set {percent(right, 1)} are. Only the first look at it is" in passed.hint
    for lambda_ in (0.0, 10.0):  # whatever was trained before
        assert judge(step=600, lambda_=lambda_).mistake == "too-few"


def test_the_test_set_of_the_challenge_is_harder_for_what_nobody_chose_as_well():
    run = MoonsRun()
    by_chance = np.sqrt(2 * 0.87 * 0.13 / 500)  # of the difference of two sets
    assert by_chance == pytest.approx(0.021, abs=0.001)
    for lambda_ in (3.0, 10.0):
        lower = run.accuracies(run.frames, lambda_=lambda_)[1] - run.test(lambda_=lambda_)
        assert 0.02 < lower < 2 * by_chance
