"""Checks of the softmax exercises and challenges."""

import numpy as np

from course_utils import softmax as lecture
from course_utils.activations import sigmoid
from course_utils.checks.diagnosis import Case, Invariant, Stub, diagnose, named
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
    Case((_CLOSE,), says="logits below zero and close together"),
    Case((_TIES,), says="columns in which two or three logits share the lead"),
)  # fmt: skip
_TWO_CASES = (
    Case((np.array([5.0]), np.array([2.0])), says="z1 = [5], z2 = [2]"),
    Case((np.array([0.5, -1.0, 3.0]), np.array([1.0, -2.5, 3.0])), says="three examples"),
    Case((np.array([0.5, 2.0]), np.array([1.0, -2.5])), says="two examples"),
    Case((np.array([1000.0, -1000.0]), np.array([-1.0, 1000.0])), says="logits of size 1000"),
)


def _logits(rng, classes):
    """Draw logits of which no two are equal: nothing hangs on a tie."""
    return rng.choice(np.arange(-99, 100) / 10, (classes, rng.integers(2, 5)), replace=False)


def _draw(rng):
    return Case((_logits(rng, rng.integers(2, 5)),), says="logits drawn just now")


def _draw_two(rng):
    return Case(tuple(_logits(rng, 2)), says="logits drawn just now")


def _zeros(z):
    return np.zeros(z.shape)


_WHOLE = (Invariant("The sum of each column", lambda a, *_: a.sum(axis=0), 1),)

_SOFTMAX_MISTAKES = (
    *named(
        "max-not-subtracted",
        "Small logits come out right, but exp(1000) overflows to infinity and exp(−1000) "
        "vanishes. Which constant could you take off a column without changing its probabilities?",
        lambda z: _shares(np.exp(z)),
        look="Try logits of 1000, and of −1000, in your function: what does exp make of them?",
    ),
    *named(
        "nan-hidden",
        "Small logits come out right; for large ones NaN was replaced by a number. That hides the "
        "overflow and does not undo it: what can you do to z before exp sees it?",
        lambda z: np.nan_to_num(_shares(np.exp(z))),
        look="Look at the large logits, and at where NaN was replaced.",
    ),
    *named(
        "clipped",
        "Large logits are cut to a limit, so that 1000 and 999 have become equal. What keeps "
        "their difference?",
        lambda z: _shares(np.exp(np.clip(z, -500, 500))),
        look="Look at a column that holds 1000 and 999: are their probabilities different?",
    ),
    *named(
        "wrong-constant",
        "Taking off a constant is the right idea, but after yours some logits are still far above "
        "zero, and exp overflows. Which constant leaves none above zero?",
        lambda z: _shares(np.exp(z - z.min(axis=0))),
        lambda z: _shares(np.exp(z - z.mean(axis=0))),
        look="Look at the constant that you take off: how large can a logit still be after it?",
    ),
    *named(
        "one-max-for-all",
        "The largest logit of the whole array is taken off every column. A column far below it "
        "vanishes to 0 / 0: over which axis should the largest be looked for?",
        lambda z: _shares(np.exp(z - z.max())),
        look="Look at how many maxima you take off: one, or one for each column?",
    ),
    *named(
        "max-of-rows",
        "A different constant is taken off each row, so that the logits of one column change by "
        "different amounts. What must be equal within a column?",
        lambda z: _shares(np.exp(z - z.max(axis=1, keepdims=True))),
        look="Look at the shape of what you take off z, and at the axis of the maximum.",
    ),
    *named(
        "wrong-axis",
        "Your rows sum to 1. Columns are examples, so each column should: which axis runs over "
        "the classes?",
        lambda z: lecture.softmax(z, axis=1),
        lambda z: _shares(np.exp(z), axis=1),
        lambda z: _shares(np.exp(z - z.max()), axis=1),
        lambda z: _shares(np.exp(z - z.max(axis=0)), axis=1),
        look="Add up your columns, then your rows: which of them give 1?",
    ),
    *named(
        "lost-axis",
        "A sum or a maximum over axis 1 has shape (C,), and NumPy lines it up with the columns. "
        "Is it one number for each column?",
        lambda z: np.exp(z) / np.exp(z).sum(axis=1),
        lambda z: np.exp(z - z.max(axis=0)) / np.exp(z - z.max(axis=0)).sum(axis=1),
        lambda z: _shares(np.exp(z - z.max(axis=1))),
        lambda z: np.exp(z - z.max(axis=1)) / np.exp(z - z.max(axis=1)).sum(axis=1),
        look="Print the shape of what you divide by, and of what you take off.",
    ),
    *named(
        "global-sum",
        "All your probabilities together sum to 1. Each column is an example of its own and "
        "should sum to 1 by itself.",
        lambda z: np.exp(z) / np.exp(z).sum(),
        lambda z: np.exp(z - z.max()) / np.exp(z - z.max()).sum(),
        lambda z: np.exp(z - z.max(axis=0)) / np.exp(z - z.max(axis=0)).sum(),
        look="Add up all your probabilities, then those of each column: which sum is 1?",
    ),
    *named(
        "forgot-exp",
        "The logits themselves are divided by their sum, so probabilities come out below zero. "
        "What makes every logit positive first?",
        _shares,
        lambda z: _shares(z - z.max(axis=0)),
        look="Look for a probability below zero.",
    ),
    *named(
        "divided-by-the-max",
        "The largest number of each column is 1. Taking off the largest logit divides by the "
        "largest exponential; what are the exponentials to be divided by?",
        lambda z: np.exp(z - z.max(axis=0)),
        lambda z: np.exp(z) / np.exp(z).max(axis=0),
        look="Look at the largest probability of each column.",
    ),
    *named(
        "not-divided",
        "These are the exponentials t. What turns them into parts of a whole?",
        np.exp,
        look="Add up one of your columns.",
    ),
    *named(
        "max-after-exp",
        "The largest is taken off after exp: the probabilities change, and some fall below zero. "
        "A constant cancels only if it is taken off where?",
        lambda z: _shares(np.exp(z) - z.max(axis=0)),
        lambda z: (np.exp(z) - z.max(axis=0)) / np.exp(z).sum(axis=0),
        lambda z: _shares(np.exp(z) - np.exp(z).max(axis=0)),
        lambda z: _shares(np.exp(z)) - z.max(axis=0),
        look="Look at the place where you take off the largest.",
    ),
    *named(
        "sign-reversed",
        "The smallest logit gets the largest probability: look at the sign inside exp.",
        lambda z: lecture.softmax(-z),
        lambda z: _shares(np.exp(-z)),
        lambda z: _shares(np.exp(z.max(axis=0) - z)),
        look="Which class gets the largest probability: the one with the largest logit?",
    ),
    *named(
        "absolute-value",
        "A logit of −3 gets as much as one of 3. exp of a negative number is already positive: do "
        "you need the absolute value?",
        lambda z: lecture.softmax(np.abs(z)),
        lambda z: _shares(np.exp(np.abs(z))),
        look="Compare a logit of 3 with one of −3.",
    ),
    *named(
        "log-softmax",
        "These are logarithms of the probabilities: nothing above zero. Asked for are the "
        "probabilities.",
        lecture.log_softmax,
        lambda z: np.log(_shares(np.exp(z))),
        look="Look at the sign of your numbers.",
    ),
    *named(
        "sigmoid",
        "Each logit is taken by itself, and the columns do not sum to 1. The probabilities of one "
        "column depend on all of its logits.",
        sigmoid,
        look="Add up one of your columns.",
    ),
    *named(
        "hard-max",
        "The winner takes all: this is the hard max. Softmax leaves the others their "
        "probabilities.",
        lecture.hard_max,
        look="Look at the classes that did not win.",
    ),
    *named(
        "twice",
        "Softmax is applied to what already were probabilities: the columns sum to 1 but are too "
        "even.",
        lambda z: lecture.softmax(lecture.softmax(z)),
        lambda z: _shares(np.exp(_shares(np.exp(z)))),
        look="Compare your largest probability with the right one in the call below.",
    ),
)

_HARD_MISTAKES = (
    *named(
        "returns-the-row",
        "These are the row numbers of the winners. Asked for is an array like z, with a 1 in each "
        "of these rows.",
        lambda z: z.argmax(axis=0),
        lambda z: z.argmax(axis=0)[None, :],
        look="Compare the shape of your answer with that of z.",
    ),
    *named(
        "returns-the-largest",
        "These are the largest logits. Asked for is an array like z that holds only 0 and 1.",
        lambda z: z.max(axis=0),
        lambda z: z.max(axis=0, keepdims=True),
        lambda z: z * (z == z.max(axis=0)),
        lambda z: z * lecture.hard_max(z),
        look="Look at the numbers in your answer: which two may occur?",
    ),
    *named(
        "several-ones",
        "Right as long as one logit leads alone. Where two are equal you give two ones: only the "
        "first of equals should win.",
        lambda z: z == z.max(axis=0),
        look="Try a column in which two logits are equal.",
    ),
    *named(
        "lead-shared",
        "Right as long as one logit leads alone. Where two are equal you divide the 1 between "
        "them: only the first of equals should win.",
        lambda z: _shares((z == z.max(axis=0)).astype(float)),
        lambda z: lecture.softmax(z / 1e-6),
        look="Try a column in which two logits are equal.",
    ),
    *named(
        "last-of-equals",
        "Right as long as one logit leads alone. Where two are equal the last one wins with you: "
        "asked for is the first.",
        lambda z: lecture.hard_max(z[::-1])[::-1],
        look="Try a column in which two logits are equal.",
    ),
    *named(
        "wrong-axis",
        "You looked for the winner of each row. Columns are examples: which axis runs over the "
        "classes?",
        lambda z: lecture.hard_max(z, axis=1),
        lambda z: z == z.max(axis=1, keepdims=True),
        look="Count the ones in each of your columns, and in each row.",
    ),
    *named(
        "lost-axis",
        "A maximum over axis 1 has shape (C,), and NumPy lines it up with the columns. Is it one "
        "number for each column?",
        lambda z: z == z.max(axis=1),
        look="Print the shape of the maximum that you compare with.",
    ),
    *named(
        "one-winner-for-all",
        "You looked for the largest of the whole array. Each column has a winner of its own.",
        lambda z: z == z.max(),
        lambda z: _one_at(z.argmax(), z),
        lambda z: _one_at(z.argmax(axis=0), z),
        look="Count the ones in each of your columns.",
    ),
    *named(
        "transposed",
        "The ones are right, but your rows are the examples. Columns should be: shape (C, m).",
        lambda z: lecture.hard_max(z).T,
        look="Compare the shape of your answer with that of z.",
    ),
    *named(
        "winner-below-half",
        "You ask for a probability of one half. The largest logit may hold less than that, and "
        "then nobody wins in your answer.",
        lambda z: lecture.softmax(z) > 0.5,
        lambda z: lecture.softmax(z) >= 0.5,
        look="Look for a column without any 1.",
    ),
    *named(
        "above-zero",
        "You compared with zero. The winner is found by comparing the logits of one column with "
        "each other.",
        lambda z: z > 0,
        lambda z: z >= 0,
        look="Look at a column in which all logits are below zero.",
    ),
    *named(
        "smallest-wins",
        "The smallest logit gets the 1 with you. Who should win?",
        lambda z: lecture.hard_max(-z),
        lambda z: z == z.min(axis=0),
        look="Which logit has the 1 in your answer?",
    ),
    *named(
        "still-soft",
        "This is softmax: every class gets a probability. In the hard max the winner takes all.",
        lecture.softmax,
        look="Look at the numbers in your answer: which two may occur?",
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


_TWO_MISTAKES = (
    *named(
        "each-by-itself",
        "Each logit is put into sigmoid by itself: the two do not sum to 1. Softmax of two sees "
        "only how far one is ahead of the other.",
        lambda z1, z2: _stacked(sigmoid(z1), sigmoid(z2)),
        look="Add up the two probabilities of one example.",
    ),
    *named(
        "rows-swapped",
        "The probabilities are right but belong to the other class. Look at the order of the rows "
        "and at the sign of the difference: class 1 comes first and gains when z₁ grows.",
        lambda z1, z2: _two_class(z1, z2)[::-1],
        look="Which class should win where z₁ is the larger?",
    ),
    *named(
        "below-zero",
        "The second probability is below zero, and the two do not sum to 1. What is left of the "
        "whole when the first class has its part?",
        _by_difference(lambda p: _stacked(p, p - 1)),
        _by_difference(lambda p: _stacked(p, -p)),
        look="Look at the second row: can a probability be below zero?",
    ),
    *named(
        "twice-the-same",
        "Both rows hold the probability of the first class. What is left for the second?",
        _by_difference(lambda p: _stacked(p, p)),
        look="Add up the two probabilities of one example.",
    ),
    *named(
        "sum-for-difference",
        "The sum of the logits is put into sigmoid. If both grow by the same amount, should the "
        "probabilities change?",
        _by_number(lambda z1, z2: z1 + z2),
        look="Let both logits grow by the same amount: should anything change?",
    ),
    *named(
        "ratio-for-difference",
        "The ratio of the logits is put into sigmoid. Add a constant to both: should the "
        "probabilities change?",
        _by_number(lambda z1, z2: z1 / z2),
        look="Add a constant to both logits: should anything change?",
    ),
    *named(
        "one-logit-forgotten",
        "One of the two logits makes no difference to your answer. Both must count.",
        _by_number(lambda z1, z2: z1),
        _by_number(lambda z1, z2: -z2),
        _by_number(lambda z1, z2: z2),
        look="Change one logit, then the other: does your answer follow both?",
    ),
    *named(
        "no-sigmoid",
        "That is the difference itself. What squeezes any number into a probability?",
        lambda z1, z2: _stacked(z1 - z2, z2 - z1),
        lambda z1, z2: _stacked(z1 - z2, 1 - (z1 - z2)),
        lambda z1, z2: z1 - z2,
        look="Look at the size of your numbers: are they between 0 and 1?",
    ),
    *named(
        "one-row",
        "That is the probability of the first class only. Asked for are both, as the rows of a "
        "(2, m) array.",
        _by_difference(lambda p: p),
        _by_difference(lambda p: p[None, :]),
        look="Compare the shape of your answer with (2, m).",
    ),
    *named(
        "two-values",
        "You returned two things. Asked for is one array whose two rows are the probabilities.",
        _by_difference(lambda p: (p, 1 - p)),
        look="Look at what stands behind return: one thing, or two?",
    ),
    *named(
        "transposed",
        "The probabilities are right, but your rows are the examples. Columns should be: shape "
        "(2, m).",
        lambda z1, z2: _two_class(z1, z2).T,
        look="Compare the shape of your answer with (2, m).",
    ),
    *named(
        "overflows",
        "Right for small logits, but exp(1000) overflows and ∞ / ∞ is no number. sigmoid is there "
        "to be called: what should you give it?",
        lambda z1, z2: _shares(np.exp(_stacked(z1, z2))),
        lambda z1, z2: _overflowing(np.exp(z1 - z2), lambda p, t: 1 - p),
        lambda z1, z2: _overflowing(np.exp(z1 - z2), lambda p, t: 1 / (1 + t)),
        look="Try logits of 1000 in your function.",
    ),
)


def _overflowing(t, second):
    return _stacked(t / (1 + t), second(t / (1 + t), t))


_SOFTMAX_STUB = Stub(
    _zeros,
    "Begin with one column: turn its logits into positive numbers, then into parts of their sum.",
)
_HARD_STUB = Stub(_zeros, "Begin with one column: in which row does its 1 belong?")
_TWO_STUB = Stub(
    lambda z1, z2: np.zeros((2, len(z1))),
    "Begin with the first row: which number decides between two classes?",
)


def softmax(function):
    """Check ``softmax(z)``: the probabilities of each column of `z`, shape (C, m)."""
    return diagnose(
        function, lecture.softmax, _SOFTMAX_CASES, _SOFTMAX_MISTAKES, draw=_draw,
        stub=_SOFTMAX_STUB, invariants=_WHOLE,
    )  # fmt: skip


def hard_max(function):
    """Check ``hard_max(z)``: 1 for the first largest logit of each column of `z`, else 0."""
    return diagnose(
        function, lecture.hard_max, _HARD_CASES, _HARD_MISTAKES, draw=_draw, stub=_HARD_STUB,
        invariants=_WHOLE,
    )  # fmt: skip


def two_class(function):
    """Check ``two_class(z1, z2)``: the probabilities of two classes, shape (2, m)."""
    return diagnose(
        function, _two_class, _TWO_CASES, _TWO_MISTAKES, draw=_draw_two, stub=_TWO_STUB,
        invariants=_WHOLE,
    )  # fmt: skip


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
