"""Checks of the exercise and the challenges of the start page."""

import numpy as np

from course_utils import datasets
from course_utils.checks.engine.diagnosis import Case, Mistake, Stub
from course_utils.checks.engine.exercise import Exercise
from course_utils.checks.engine.showing import against
from course_utils.checks.engine.verdict import Verdict
from course_utils.experiments.start_here import trained

_X = datasets.digits()[0]
_CASES = (
    Case((_X[:, :5],), says="the first five digits", code="X[:, :5]"),
    Case((_X[:, 42:43],), says="one digit alone", code="X[:, 42:43]"),
    Case((_X[:, 100:164],), says="64 digits, as many as there are pixels", code="X[:, 100:164]"),
    # The corners of the digits are white: only in the negative does every pixel count, and only a
    # pale one tells its corner from a mean that was rounded.
    Case((0.5 - _X[:, 5:8] / 2,), says="three digits, white on grey", code="0.5 - X[:, 5:8] / 2"),
)


def _draw(rng):
    digits = rng.choice(_X.shape[1], size=rng.integers(2, 6), replace=False)
    return Case((_X[:, digits],), says="digits drawn just now", code=f"X[:, {digits.tolist()}]")


def _stub(X):
    m = X.shape[1]
    return np.zeros(m)


_MISTAKES = (
    Mistake(
        "wrong-axis",
        "You averaged over the examples, pixel by pixel. Columns are examples: which axis runs "
        "over the pixels of one example?",
        lambda X: X.mean(axis=1),
        look="Compare the length of your answer with the number of digits.",
    ),
    Mistake(
        "rows-for-columns",
        "You averaged the first rows, one for each digit. A row is a pixel: where does a digit "
        "stand in X?",
        lambda X: np.array([row.mean() for row in X[: X.shape[1]]]),
        look="Print the shape of what you average for one digit.",
    ),
    Mistake(
        "one-pixel",
        "That is a single pixel of each digit. The task asks for the mean of all.",
        lambda X: X[0],
        look="Does every pixel of a digit make a difference to your number?",
    ),
    Mistake(
        "white-for-ink",
        "That is how white each digit is, on average. Which number stands for black ink?",
        lambda X: 1 - X.mean(axis=0),
        look="Compare a pale digit with a dark one: which of them gets the larger number?",
    ),
    Mistake(
        "one-number",
        "You averaged over everything at once. One number for each column is asked for.",
        lambda X: X.mean(),
        look="Compare the shape of your answer with (m,).",
    ),
    Mistake(
        "one-for-all",
        "Every digit gets the mean over all digits. Each should have its own.",
        lambda X: np.full(X.shape[1], X.mean()),
        look="Compare the numbers of two digits with different ink: why are yours the same?",
    ),
    Mistake(
        "sum",
        "That is the sum. What turns a sum into a mean?",
        lambda X: X.sum(axis=0),
        look="No pixel is above 1: can a mean be?",
    ),
    Mistake(
        "divided-by-examples",
        "The sums are right, but you divide by the number of digits.",
        lambda X: X.sum(axis=0) / X.shape[1],
        look="Look at what you divide by: how many numbers were added up for one digit?",
    ),
    Mistake(
        "kept-dimension",
        "The numbers are right, the shape is not: (1, m) where (m,) is asked for.",
        lambda X: X.mean(axis=0, keepdims=True),
    ),
    Mistake(
        "median",
        "That is the value in the middle. The task asks for the mean.",
        lambda X: np.median(X, axis=0),
        look="Which kind of average is asked for?",
    ),
    Mistake(
        "only-inked-pixels",
        "You left the white pixels out. They count too: by how many pixels should you divide?",
        lambda X: X.sum(axis=0) / np.count_nonzero(X, axis=0),
        look="Look at the pixels without any ink: do they count?",
    ),
    Mistake(
        "counts-pixels",
        "That is how many of the pixels hold any ink at all. A pale pixel should count less than a "
        "black one.",
        lambda X: np.count_nonzero(X, axis=0) / len(X),
        look="Make every pixel of a digit half as dark: does your number follow?",
    ),
    Mistake(
        "largest",
        "That is the darkest pixel of each digit. The task asks for the mean of all.",
        lambda X: X.max(axis=0),
        look="Does every pixel of a digit make a difference to your number?",
    ),
)


mean_ink = Exercise(
    "``mean_ink(X)``: the mean grey value of each example of `X`, shape (m,)",
    right=lambda X: X.mean(axis=0),
    cases=_CASES,
    mistakes=_MISTAKES,
    draw=_draw,
    stub=Stub(
        _stub,
        "This is the stub as it came, without a line of yours. Replace its last line: which "
        "average is asked for?",
    ),
)


def goal_find_a_seven(*, example, **_):
    """Judge the challenge: bring a 7 into the picture."""
    label = datasets.digits()[1][example]
    if label == 7:
        return Verdict(True, None, f"example {example} is a 7.")
    return Verdict(False, "other-digit", f"find a 7. Example {example} shows the digit {label}.")


def goal_dot_among_the_others(*, x, y, recipe, alpha):
    """Judge the challenge: 89 % of the fresh points right, with the dot among the orange ones."""
    asked = "get 89 % of the fresh points right with the dot among the orange squares"
    if not (0.6 <= x <= 1.4 and -0.8 <= y <= -0.3):
        return Verdict(False, "not-there", f"{asked}: drag it to about (1, −0.5) first.")
    _, fresh = trained(x, y, recipe, alpha).right
    now = f"{against(fresh, 0.89, '.1%')} of the fresh points are right"
    if fresh < 0.89:
        return Verdict(False, "too-few", f"{asked}. Now {now}.")
    return Verdict(True, None, f"{now}, by “{recipe}” with α = {alpha:g}.")
