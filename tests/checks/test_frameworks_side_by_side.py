"""The exercises about frameworks: their stubs and mistakes; the challenge."""

import re
from functools import partial

import numpy as np
import pytest

from course_utils.checks import frameworks_side_by_side as checks
from course_utils.frameworks import catalogue
from tests.checks import joined
from tests.checks.stub_cells import stub_in


@pytest.mark.parametrize("name", ["pytorch_settings", "running_variance"])
def test_the_notebooks_stub_is_known(name):
    stub = stub_in("17_frameworks_side_by_side", name)
    assert getattr(checks, name)(stub).mistake == "still-the-stub"


@pytest.mark.parametrize(
    ("check", "answer"),
    [
        (checks.pytorch_settings, lambda alpha, beta, lambda_, m: (0, 0, 0)),
        (checks.running_variance, lambda old, variance, m, momentum: old.copy()),
    ],
)
def test_the_stubs_numbers_by_other_code_are_not_called_the_stub(check, answer):
    assert check(answer).mistake == "stubs-numbers"


def test_a_setting_that_nothing_explains_is_told_by_its_name():
    verdict = checks.pytorch_settings(lambda a, b, r, m: (a * (1 - b) + 0.01 * b, b, r / m))
    assert verdict.hint.startswith("lr is off by ")
    assert "momentum and weight_decay are right" in verdict.hint


LR_IS_ALPHA = (
    "lr is α as it is. PyTorch's velocity adds up whole gradients, ours a share of each. What "
    "makes up for it? "
)
AS_PASSED = (
    "You take the variance as it is passed. PyTorch takes the unbiased one, divided by m − 1 and "
    "not by m. "
)


@pytest.mark.parametrize(
    ("check", "answer", "told"),
    [
        (
            checks.pytorch_settings,
            lambda a, b, r, m: (a, b, a * (1 - b) * r / m),
            f"{LR_IS_ALPHA}A learning rate is in your weight_decay. PyTorch adds the decay to the "
            "gradient before it multiplies by lr: that comes by itself.",
        ),
        (
            checks.pytorch_settings,
            lambda a, b, r, m: (a, b, (1 - b) * r / m),
            f"{LR_IS_ALPHA}β is in your weight_decay. The decay is added to the gradient before "
            "the velocity is made, as in our formula: what β does to the gradient it does to the "
            "decay, too.",
        ),
        (
            checks.pytorch_settings,
            lambda a, b, r, m: (a, 0.0, r / m),
            f"{LR_IS_ALPHA}Your momentum is 0: the old velocity is forgotten in every step.",
        ),
        (
            checks.pytorch_settings,
            lambda a, b, r, m: (a / int(1 / (1 - b)), b, r // m),
            "You divide α by 1/(1 − β) cut to a whole number. Nothing asks for whole numbers here. "
            "Your weight_decay is cut to a whole number, and the decimals are lost.",
        ),
        (
            checks.pytorch_settings,
            lambda a, b, r, m: (b, b, r / m),
            "A setting stands in another's place: the order is lr, momentum, weight_decay. "
            "That is said of lr; momentum and weight_decay are right.",
        ),
        (
            checks.running_variance,
            lambda old, variance, m, k: variance,
            f"{AS_PASSED}That is this mini-batch alone. Where is the old average?",
        ),
        (
            checks.running_variance,
            lambda old, variance, m, k: k * old - k * variance * m / (m - 1),
            "The old average has the weight momentum: the two weights should add up to 1. "
            "You subtract the new variance.",
        ),
        (
            checks.running_variance,
            lambda old, variance, m, k: np.sqrt((1 - k) * old + k * variance**2),
            "You take a root at the end. PyTorch keeps variances, not standard deviations. "
            "You square the variance. It is a mean of squares already.",
        ),
    ],
)
def test_of_two_mistakes_each_is_told_so_that_it_is_true_beside_the_other(check, answer, told):
    assert check(answer).hint == told


_OF_BOTH = re.compile(
    "times ours|than ours|The three come|lr has made up|lr is in your|Your quotient"
    "|That is the factor|You average the variance|as well|Both have the same|return the root"
)


@pytest.mark.parametrize("check", [checks.pytorch_settings, checks.running_variance])
def test_no_mistake_that_is_told_beside_another_says_what_only_holds_alone(check):
    assert joined.saying(_OF_BOTH, check.mistakes) == []


EQUAL = {"ease": 1, "speed": 1, "wait": 1, "openness": 1}


def test_the_challenge_to_choose_by_weights():
    judge = partial(checks.goal_another_first, catalogue.chosen)
    assert judge(**EQUAL).mistake == "not-yet"
    assert judge(**(EQUAL | {"speed": 0, "wait": 5})).mistake == "a-zero"
    none = dict.fromkeys(EQUAL, 0)
    for weights, said in (
        (none | {"speed": 2}, "Now PyTensor leads."),
        (none | {"openness": 5}, "Now PyTorch and PyTensor lead."),
        (none, "Now nobody leads."),
    ):
        assert judge(**weights).hint == f"no weight may be 0: all four count. {said}"
    every = [dict(zip(EQUAL, w, strict=True)) for w in np.ndindex(6, 6, 6, 6)]
    passed = [weights for weights in every if judge(**weights).passed]
    assert 5 < len(passed) < 400
    assert all(min(weights.values()) > 0 for weights in passed)
