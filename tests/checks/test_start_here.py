"""The bank of answers to the start page's exercise."""

import numpy as np
import pytest

from course_utils import datasets
from course_utils.checks import start_here as checks


def test_the_call_that_is_shown_can_be_pasted_into_the_notebook():
    X, _ = datasets.digits()
    for seed in range(3):
        case = checks._draw(np.random.default_rng(seed))
        assert np.array_equal(eval(case.code, {"X": X}), case.args[0])
    for case in checks._CASES:
        assert np.array_equal(eval(case.code, {"X": X}), case.args[0])


def test_the_challenge_wants_a_seven():
    labels = datasets.digits()[1]
    for example in range(40):
        verdict = checks.goal_find_a_seven(example=example, threshold=0)
        assert verdict.passed == (labels[example] == 7)


@pytest.mark.parametrize(
    ("mistake", "place", "recipe", "alpha"),
    [
        ("not-there", (-0.4, 1.3), "plain descent", 0.1),
        ("too-few", (1.0, -0.5), "06: Adam", 0.02),  # where the challenge starts
        (None, (1.0, -0.5), "plain descent", 0.1),
        (None, (1.0, -0.5), "02: dropout, keep_prob = 0.7", 0.3),
        (None, (1.0, -0.5), "06: Adam", 0.001),
    ],
)
def test_the_challenge_of_the_dot_has_several_solutions(mistake, place, recipe, alpha):
    x, y = place
    verdict = checks.goal_dot_among_the_others(x=x, y=y, recipe=recipe, alpha=alpha)
    assert verdict.mistake == mistake, verdict
    assert verdict.passed == (mistake is None)
