"""The bank of answers to the start page's exercise."""

import numpy as np
import pytest

from course_utils import datasets
from course_utils.checks import start_here as checks


@pytest.mark.parametrize(
    "right",
    [
        lambda X: X.mean(axis=0),
        lambda X: np.sum(X, axis=0) / X.shape[0],
        lambda X: X.sum(axis=0) / 64,
        lambda X: np.ones(len(X)) @ X / len(X),
        lambda X: [sum(column) / len(column) for column in X.T],
        lambda X, axis=0: np.mean(X.astype(np.float32), axis=axis),
    ],
)
def test_right_answers_pass(right):
    assert checks.mean_ink(right).passed


def stub(X):
    m = X.shape[1]
    return np.zeros(m)  # your line


def last_digit_only(X):
    result = np.zeros(X.shape[1])
    for k, digit in enumerate(X.T):
        result[:] = 0
        result[k] = digit.mean()
    return result


@pytest.mark.parametrize(
    ("mistake", "wrong"),
    [
        ("still-the-stub", stub),
        ("stubs-numbers", lambda X: np.zeros(X.shape[1])),
        ("divided-by-examples", lambda X: np.sum(X, axis=0) / X.shape[1]),
        ("counts-pixels", lambda X: (X > 0).mean(axis=0)),
        ("largest", lambda X: np.max(X, 0)),
        ("one-right", last_digit_only),
        ("rounded", lambda X: X.mean(axis=0).round(2)),
        ("factor", lambda X: 100 * X.mean(axis=0)),
        ("never-filled", lambda X: np.empty(X.shape[1])),
        ("wrong-axis", lambda X: np.sum(X, axis=1) / X.shape[1]),
        ("wrong-axis", lambda X: np.array([row.mean() for row in X])),
        ("one-number", np.mean),
        ("sum", lambda X: sum(X)),
        ("kept-dimension", lambda X: (X.sum(0) / len(X))[None, :]),
        ("median", lambda X: np.median(X, axis=0)),
        ("only-inked-pixels", lambda X: np.array([c[c > 0].mean() for c in X.T])),
        ("returns-none", lambda X: print(end="")),
    ],
)
def test_wrong_answers_are_named(mistake, wrong):
    assert checks.mean_ink(wrong).mistake == mistake


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
