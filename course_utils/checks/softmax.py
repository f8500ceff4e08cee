"""Checks of the softmax exercises and challenges."""

import numpy as np

from course_utils import softmax as lecture
from course_utils.activations import sigmoid
from course_utils.checks.diagnosis import Case, Mistake, diagnose
from course_utils.checks.verdict import Verdict


def _shares(t, axis=0):
    return t / t.sum(axis=axis, keepdims=True)


def _one_at(flat_index, z):
    result = np.zeros_like(z)
    result.flat[flat_index] = 1
    return result


_LECTURE = Case((np.array([[5.0], [2.0], [-1.0], [3.0]]),), says="z = [5, 2, −1, 3], shape (4, 1)")
_LOGITS = np.array([[5.0, 0.2, -3.0], [2.0, 1.0, 0.5], [-1.0, 3.0, 0.0], [3.0, -2.0, 2.5]])
_FOUR = Case((_LOGITS,), says="four classes, three examples")
_SQUARE = Case((_LOGITS[:3],), says="three classes, three examples")
_LARGE = np.array([[1000.0, 0.0, -1000.0, 1000.0], [999.0, -1000.0, -1002.0, -1000.0]])
_TIES = np.array([[2.0, 1.0, -3.0], [2.0, 1.0, -1.0], [0.0, 1.0, -1.0]])
_CLOSE = np.array([[-1.0, -4.0], [-1.1, -2.0], [-1.2, -2.1], [-0.9, -2.2]])

_SOFTMAX_CASES = (
    _LECTURE, _FOUR, _SQUARE,
    Case((_LARGE,), says="logits of size 1000, above and below zero"),
)  # fmt: skip
_HARD_CASES = (
    _LECTURE, _FOUR, _SQUARE,
    Case((_TIES,), says="columns in which two or three logits share the lead"),
    Case((_CLOSE,), says="logits below zero and close together"),
)  # fmt: skip
_TWO_CASES = (
    Case((np.array([5.0]), np.array([2.0])), says="z1 = [5], z2 = [2]"),
    Case((np.array([0.5, -1.0, 3.0]), np.array([1.0, -2.5, 3.0])), says="three examples"),
    Case((np.array([0.5, 2.0]), np.array([1.0, -2.5])), says="two examples"),
    Case((np.array([1000.0, -1000.0]), np.array([-1.0, 1000.0])), says="logits of size 1000"),
)


def _named(name, hint, *wrong):
    """Return one mistake written in several ways."""
    return [Mistake(name, way, hint) for way in wrong]


_SOFTMAX_MISTAKES = (
    *_named(
        "still-the-stub",
        "This is the stub as it came. Begin with one column: turn its logits into positive "
        "numbers, then into shares of their sum.",
        np.zeros_like,
    ),
    *_named(
        "max-not-subtracted",
        "Right for small logits, but exp(1000) overflows to infinity and exp(−1000) vanishes. "
        "Which constant could you take off a column without changing its shares?",
        lambda z: _shares(np.exp(z)),
    ),
    *_named(
        "nan-hidden",
        "Small logits come out right, but for large ones NaN was replaced by a number. It hides "
        "the overflow and does not undo it: what can you do to z before exp sees it?",
        lambda z: np.nan_to_num(_shares(np.exp(z))),
    ),
    *_named(
        "clipped",
        "Small logits come out right, but the large ones were cut to a limit, and 1000 and 999 "
        "have become equal. What keeps their difference?",
        lambda z: _shares(np.exp(np.clip(z, -500, 500))),
    ),
    *_named(
        "wrong-constant",
        "You took off a constant, the right idea. But after it some logits are still far above "
        "zero and exp overflows: which constant leaves none above zero?",
        lambda z: _shares(np.exp(z - z.min(axis=0))),
        lambda z: _shares(np.exp(z - z.mean(axis=0))),
    ),
    *_named(
        "one-max-for-all",
        "You took the largest logit of the whole array off every column. A column far below it "
        "vanishes to 0 / 0: over which axis should the largest be looked for?",
        lambda z: _shares(np.exp(z - z.max())),
    ),
    *_named(
        "max-of-rows",
        "You took a different constant off each row, so the logits of one column changed by "
        "different amounts. What must be equal within a column?",
        lambda z: _shares(np.exp(z - z.max(axis=1, keepdims=True))),
    ),
    *_named(
        "wrong-axis",
        "Your rows sum to 1. Columns are examples, so each column should: which axis runs over "
        "the classes?",
        lambda z: lecture.softmax(z, axis=1),
        lambda z: _shares(np.exp(z), axis=1),
        lambda z: _shares(np.exp(z - z.max()), axis=1),
        lambda z: _shares(np.exp(z - z.max(axis=0)), axis=1),
    ),
    *_named(
        "lost-axis",
        "A sum or a maximum over axis 1 has shape (C,), and NumPy lines it up with the columns. "
        "Print the shape you divide by or take off: is it one number for each column?",
        lambda z: np.exp(z) / np.exp(z).sum(axis=1),
        lambda z: np.exp(z - z.max(axis=0)) / np.exp(z - z.max(axis=0)).sum(axis=1),
        lambda z: _shares(np.exp(z - z.max(axis=1))),
        lambda z: np.exp(z - z.max(axis=1)) / np.exp(z - z.max(axis=1)).sum(axis=1),
    ),
    *_named(
        "global-sum",
        "All your shares together sum to 1. Each column is an example of its own and should sum "
        "to 1 by itself.",
        lambda z: np.exp(z) / np.exp(z).sum(),
        lambda z: np.exp(z - z.max()) / np.exp(z - z.max()).sum(),
        lambda z: np.exp(z - z.max(axis=0)) / np.exp(z - z.max(axis=0)).sum(),
    ),
    *_named(
        "forgot-exp",
        "You divided the logits themselves by their sum: shares come out below zero. What makes "
        "every logit positive first?",
        _shares,
        lambda z: _shares(z - z.max(axis=0)),
    ),
    *_named(
        "divided-by-the-max",
        "The largest share of each column is 1. Taking off the largest logit divides by the "
        "largest power; what are the shares to be divided by?",
        lambda z: np.exp(z - z.max(axis=0)),
        lambda z: np.exp(z) / np.exp(z).max(axis=0),
    ),
    *_named(
        "not-divided",
        "These are the powers t. What turns them into shares of a whole?",
        np.exp,
    ),
    *_named(
        "max-after-exp",
        "You took the largest off after exp: the shares change and some fall below zero. A "
        "constant cancels only if it is taken off where?",
        lambda z: _shares(np.exp(z) - z.max(axis=0)),
        lambda z: (np.exp(z) - z.max(axis=0)) / np.exp(z).sum(axis=0),
        lambda z: _shares(np.exp(z) - np.exp(z).max(axis=0)),
        lambda z: _shares(np.exp(z)) - z.max(axis=0),
    ),
    *_named(
        "sign-reversed",
        "The smallest logit gets the largest share: look at the sign inside exp.",
        lambda z: lecture.softmax(-z),
        lambda z: _shares(np.exp(-z)),
        lambda z: _shares(np.exp(z.max(axis=0) - z)),
    ),
    *_named(
        "absolute-value",
        "A logit of −3 gets as much as one of 3. exp of a negative number is already positive: "
        "do you need the absolute value?",
        lambda z: lecture.softmax(np.abs(z)),
        lambda z: _shares(np.exp(np.abs(z))),
    ),
    *_named(
        "log-softmax",
        "These are logarithms of the shares: nothing above zero. Asked for are the shares.",
        lecture.log_softmax,
        lambda z: np.log(_shares(np.exp(z))),
    ),
    *_named(
        "sigmoid",
        "You took each logit by itself, and the columns do not sum to 1. Shares of one column "
        "depend on all of its logits.",
        sigmoid,
    ),
    *_named(
        "hard-max",
        "The winner takes all: this is the hard max. Softmax leaves the others their shares.",
        lecture.hard_max,
    ),
    *_named(
        "twice",
        "You applied softmax to what already were shares: the columns sum to 1 but are too even.",
        lambda z: lecture.softmax(lecture.softmax(z)),
        lambda z: _shares(np.exp(_shares(np.exp(z)))),
    ),
)

_HARD_MISTAKES = (
    *_named(
        "still-the-stub",
        "This is the stub as it came. Begin with one column: in which row does its 1 belong?",
        np.zeros_like,
    ),
    *_named(
        "returns-the-row",
        "These are the row numbers of the winners. Asked for is an array like z, with a 1 in "
        "each of these rows.",
        lambda z: z.argmax(axis=0),
        lambda z: z.argmax(axis=0)[None, :],
    ),
    *_named(
        "returns-the-largest",
        "These are the largest logits. Asked for is an array like z that holds only 0 and 1.",
        lambda z: z.max(axis=0),
        lambda z: z.max(axis=0, keepdims=True),
        lambda z: z * (z == z.max(axis=0)),
        lambda z: z * lecture.hard_max(z),
    ),
    *_named(
        "several-ones",
        "Right as long as one logit leads alone. Where two are equal you give two ones: only the "
        "first of equals should win.",
        lambda z: z == z.max(axis=0),
    ),
    *_named(
        "lead-shared",
        "Right as long as one logit leads alone. Where two are equal you divide the 1 between "
        "them: only the first of equals should win.",
        lambda z: _shares((z == z.max(axis=0)).astype(float)),
        lambda z: lecture.softmax(z / 1e-6),
    ),
    *_named(
        "last-of-equals",
        "Right as long as one logit leads alone. Where two are equal the last one wins with you: "
        "asked for is the first.",
        lambda z: lecture.hard_max(z[::-1])[::-1],
    ),
    *_named(
        "wrong-axis",
        "You looked for the winner of each row. Columns are examples: which axis runs over the "
        "classes?",
        lambda z: lecture.hard_max(z, axis=1),
        lambda z: z == z.max(axis=1, keepdims=True),
    ),
    *_named(
        "lost-axis",
        "A maximum over axis 1 has shape (C,), and NumPy lines it up with the columns. Is it one "
        "number for each column?",
        lambda z: z == z.max(axis=1),
    ),
    *_named(
        "one-winner-for-all",
        "You looked for the largest of the whole array. Each column has a winner of its own.",
        lambda z: z == z.max(),
        lambda z: _one_at(z.argmax(), z),
        lambda z: _one_at(z.argmax(axis=0), z),
    ),
    *_named(
        "transposed",
        "The ones are right, but your rows are the examples. Columns should be: shape (C, m).",
        lambda z: lecture.hard_max(z).T,
    ),
    *_named(
        "winner-below-half",
        "You ask for a share of one half. The largest logit may hold less than that, and then "
        "nobody wins in your answer.",
        lambda z: lecture.softmax(z) > 0.5,
        lambda z: lecture.softmax(z) >= 0.5,
    ),
    *_named(
        "above-zero",
        "You compared with zero. The winner is found by comparing the logits of one column with "
        "each other.",
        lambda z: z > 0,
        lambda z: z >= 0,
    ),
    *_named(
        "smallest-wins",
        "The smallest logit gets the 1 with you. Who should win?",
        lambda z: lecture.hard_max(-z),
        lambda z: z == z.min(axis=0),
    ),
    *_named(
        "still-soft",
        "This is softmax: everybody gets a share. In the hard max the winner takes all.",
        lecture.softmax,
    ),
)


def _stacked(z1, z2):
    return np.stack([z1, z2])


def _two_class(z1, z2):
    return lecture.softmax(_stacked(z1, z2))


def _by_difference(pair):
    """Return wrong code that makes its answer from sigma(z1 - z2)."""
    return lambda z1, z2: pair(sigmoid(z1 - z2))


def _by_number(of):
    """Return wrong code that puts another number than z1 - z2 into sigma."""
    return lambda z1, z2: _stacked(sigmoid(of(z1, z2)), 1 - sigmoid(of(z1, z2)))


_BELOW_ZERO = (
    "The second share is below zero, and the two do not sum to 1. What is left of the whole when "
    "the first class has its share?"
)
_OVERFLOWS = (
    "Right for small logits, but exp(1000) overflows and ∞ / ∞ is no number. sigmoid is there to "
    "be called: what should you give it?"
)
_TWO_MISTAKES = (
    *_named(
        "still-the-stub",
        "This is the stub as it came. Begin with the first row: which number decides between two "
        "classes?",
        lambda z1, z2: np.zeros((2, len(z1))),
    ),
    *_named(
        "each-by-itself",
        "You put each logit into sigmoid by itself: the two shares do not sum to 1. Softmax of "
        "two sees only how far one is ahead of the other.",
        lambda z1, z2: _stacked(sigmoid(z1), sigmoid(z2)),
    ),
    *_named(
        "rows-swapped",
        "The shares are right but belong to the other class. Look at the order of the rows and "
        "at the sign of the difference: class 1 comes first and gains when z1 grows.",
        lambda z1, z2: _two_class(z1, z2)[::-1],
    ),
    *_named(
        "below-zero",
        _BELOW_ZERO,
        _by_difference(lambda p: _stacked(p, p - 1)),
        _by_difference(lambda p: _stacked(p, -p)),
    ),
    *_named(
        "twice-the-same",
        "Both rows hold the share of the first class. What is left for the second?",
        _by_difference(lambda p: _stacked(p, p)),
    ),
    *_named(
        "sum-for-difference",
        "You put the sum of the logits into sigmoid. If both grow by the same amount, should the "
        "shares change?",
        _by_number(lambda z1, z2: z1 + z2),
    ),
    *_named(
        "ratio-for-difference",
        "You put the ratio of the logits into sigmoid. Add a constant to both: should the shares "
        "change?",
        _by_number(lambda z1, z2: z1 / z2),
    ),
    *_named(
        "one-logit-forgotten",
        "One of the two logits makes no difference to your answer. Both must count.",
        _by_number(lambda z1, z2: z1),
        _by_number(lambda z1, z2: -z2),
        _by_number(lambda z1, z2: z2),
    ),
    *_named(
        "no-sigmoid",
        "That is the difference itself. What squeezes any number into a share between 0 and 1?",
        lambda z1, z2: _stacked(z1 - z2, z2 - z1),
        lambda z1, z2: _stacked(z1 - z2, 1 - (z1 - z2)),
        lambda z1, z2: z1 - z2,
    ),
    *_named(
        "one-row",
        "That is the share of the first class only. Asked for are both, as the rows of a (2, m) "
        "array.",
        _by_difference(lambda p: p),
        _by_difference(lambda p: p[None, :]),
    ),
    *_named(
        "two-values",
        "You returned two things. Asked for is one array whose two rows are the shares.",
        _by_difference(lambda p: (p, 1 - p)),
    ),
    *_named(
        "transposed",
        "The shares are right, but your rows are the examples. Columns should be: shape (2, m).",
        lambda z1, z2: _two_class(z1, z2).T,
    ),
    *_named(
        "overflows",
        _OVERFLOWS,
        lambda z1, z2: _shares(np.exp(_stacked(z1, z2))),
        lambda z1, z2: _overflowing(np.exp(z1 - z2), lambda p, t: 1 - p),
        lambda z1, z2: _overflowing(np.exp(z1 - z2), lambda p, t: 1 / (1 + t)),
    ),
)


def _overflowing(t, second):
    return _stacked(t / (1 + t), second(t / (1 + t), t))


def softmax(function):
    """Check ``softmax(z)``: the shares of each column of `z`, shape (C, m)."""
    return diagnose(function, lecture.softmax, _SOFTMAX_CASES, _SOFTMAX_MISTAKES)


def hard_max(function):
    """Check ``hard_max(z)``: 1 for the first largest logit of each column of `z`, else 0."""
    return diagnose(function, lecture.hard_max, _HARD_CASES, _HARD_MISTAKES)


def two_class(function):
    """Check ``two_class(z1, z2)``: the shares of two classes, shape (2, m)."""
    return diagnose(function, _two_class, _TWO_CASES, _TWO_MISTAKES)


def goal_half(*, temperature, **_):
    """Judge the challenge: the temperature at which the winner holds one half."""
    share = lecture.softmax(np.array([5.0, 2.0, -1.0, 3.0]) / temperature).max()
    if abs(share - 0.5) <= 0.01:
        return Verdict(True, None, f"at T = {temperature:.4g} the winner holds {share:.3f}.")
    mistake, cure = ("too-cold", "warmer") if share > 0.5 else ("too-warm", "colder")
    hint = f"bring the largest share to 0.50, give or take 0.01. It is {share:.3f}: go {cure}."
    return Verdict(False, mistake, hint)


def goal_sure(*, z1, **_):
    """Judge the challenge: the smallest first logit that makes class 1 all but sure."""
    share = lecture.softmax(np.array([z1, 2.0, -1.0, 3.0]))[0]
    if 0.99 < share <= 0.992:
        lead = f"a lead of {z1 - 3:.1f} over the next logit"
        return Verdict(True, None, f"{lead} gives a₁ = {share:.4f}.")
    mistake, cure = ("too-small", "not yet") if share <= 0.99 else ("too-large", "less will do")
    hint = f"bring a₁ above 0.99 with the smallest z₁ you can. It is {share:.4f}: {cure}."
    return Verdict(False, mistake, hint)
