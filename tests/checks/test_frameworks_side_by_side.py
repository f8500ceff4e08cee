"""The exercises about frameworks: their stubs and mistakes; the challenge."""

from functools import partial

import numpy as np
import pytest

from course_utils.checks import frameworks_side_by_side as checks
from course_utils.frameworks import catalogue
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
