"""The bank of answers to the start page's exercise."""

import numpy as np

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
