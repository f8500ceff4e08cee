"""Checks of the exercise and the challenge of the start page."""

import numpy as np

from course_utils import datasets
from course_utils.checks.diagnosis import Case, Mistake, diagnose
from course_utils.checks.verdict import Verdict

_CASES = (
    Case((datasets.digits()[0][:, :5],), says="the first five digits, shape (64, 5)"),
    Case((np.array([[0.0, 1.0], [0.5, 0.25], [0.25, 0.0]]),), says="three pixels, two examples"),
    Case((np.array([[0.2, 0.9, 0.4], [0.6, 0.1, 0.3]]),), says="two pixels, three examples"),
)
_MISTAKES = (
    Mistake(
        "still-the-stub",
        lambda X: np.zeros(X.shape[1]),
        "This is the stub as it came. Replace its last line: which average is asked for?",
    ),
    Mistake(
        "wrong-axis",
        lambda X: X.mean(axis=1),
        "You averaged over the examples, pixel by pixel. Columns are examples: which axis runs "
        "over the pixels of one example?",
    ),
    Mistake(
        "one-number",
        lambda X: X.mean(),
        "You averaged over everything at once. One number for each column is asked for.",
    ),
    Mistake("sum", lambda X: X.sum(axis=0), "That is the sum. What turns a sum into a mean?"),
    Mistake(
        "kept-dimension",
        lambda X: X.mean(axis=0, keepdims=True),
        "The numbers are right, the shape is not: (1, m) where (m,) is asked for.",
    ),
    Mistake(
        "median",
        lambda X: np.median(X, axis=0),
        "That is the value in the middle. Asked for is the mean.",
    ),
    Mistake(
        "only-inked-pixels",
        lambda X: X.sum(axis=0) / np.count_nonzero(X, axis=0),
        "You left the white pixels out. They count too: by how many pixels should you divide?",
    ),
)


def mean_ink(function):
    """Check ``mean_ink(X)``: the mean grey value of each example of `X`, shape (m,)."""
    return diagnose(function, lambda X: X.mean(axis=0), _CASES, _MISTAKES)


def goal_find_a_seven(*, example, **_):
    """Judge the challenge: bring a 7 into the picture."""
    label = datasets.digits()[1][example]
    if label == 7:
        return Verdict(True, None, f"example {example} is a 7.")
    return Verdict(False, "other-digit", f"find a 7. Example {example} is a {label}.")
