"""Checks of the softmax exercises and challenges."""

from functools import partial

import numpy as np

from course_utils import softmax as lecture
from course_utils.activations import sigmoid
from course_utils.checks.engine.diagnosis import Case, Invariant, Mistake, Stub
from course_utils.checks.engine.exercise import Exercise
from course_utils.checks.engine.showing import against
from course_utils.checks.engine.verdict import Verdict


def _shares(t, axis=0):
    return t / t.sum(axis=axis, keepdims=True)


def _soft(z, *, t=lambda z: np.exp(z - z.max(axis=0)), whole=lambda t: t.sum(axis=0)):
    """Softmax in exchangeable parts: the right ones by default."""
    return t(z) / whole(t(z))


def _cut(z):
    return np.nan_to_num(np.exp(z), posinf=1e300)


def _one_at(flat_index, z):
    result = np.zeros_like(z)
    result.flat[flat_index] = 1
    return result


_LECTURE = Case((np.array([[5.0], [2.0], [-1.0], [3.0]]),), says="z = [5, 2, −1, 3], shape (4, 1)")
_LOGITS = np.array([[5.0, 0.2, -3.0], [2.0, 1.0, 0.5], [-1.0, 3.0, 0.0], [3.0, -2.0, 2.5]])
_FOUR = Case((_LOGITS,), says="four classes, three examples")
_SQUARE = Case((_LOGITS[:3],), says="three classes, three examples")
_FIVE = np.array(
    [[0.5, 0.1, 3.0], [-1.0, 2.0, 1.0], [1.5, 0.7, -2.0], [0.2, -0.4, 0.0], [2.5, 1.1, 2.0]]
)
_LARGE = np.array(
    [
        [1000.0, 0.0, -1000.0, 1000.0, -1000.0, 2000.0],
        [999.0, -1000.0, -1002.0, -1000.0, 1000.0, 1999.0],
    ]
)
_FAR_BELOW = np.array([[-1000.0, -1001.0, -1003.0], [-1002.0, -1000.0, -1000.0]])
_TIES = np.array([[-3.0, 2.0, 1.0], [-1.0, 2.0, 1.0], [-1.0, 0.0, 1.0]])
_CLOSE = np.array([[-1.0, -4.0, 0.3], [-1.1, -2.0, 0.3001], [-1.2, -2.1, 0.1], [-0.9, -2.2, -2.0]])
_LEADS = np.array([[999.0, -1001.0], [1000.0, -1000.0], [998.0, -1002.0]])

_SOFTMAX_CASES = (
    _LECTURE,
    _FOUR,
    _SQUARE,
    Case((_FIVE,), says="five classes, three examples"),
    Case((_FAR_BELOW,), says="all logits near −1000"),
    Case((_LARGE,), says="logits of size 1000, above and below zero"),
)
_HARD_CASES = (
    _LECTURE,
    _FOUR,
    _SQUARE,
    Case((_FIVE,), says="five classes, three examples"),
    Case((_CLOSE,), says="logits below zero and close together"),
    Case((_LEADS,), says="logits near 1000 and near −1000"),
    Case((_TIES,), says="columns in which two or three logits share the lead"),
)
_TWO_CASES = (
    Case((np.array([5.0]), np.array([2.0])), says="z1 = [5], z2 = [2]"),
    Case((np.array([0.5, -1.0, 3.0]), np.array([1.0, -2.5, 3.0])), says="three examples"),
    Case((np.array([0.5, 2.0]), np.array([1.0, -2.5])), says="two examples"),
    Case(
        (np.array([1000.0, -1000.0, 1000.0]), np.array([-1.0, 1000.0, 1000.5])),
        says="logits of size 1000, two of them close together",
    ),
)


def _logits(rng, classes):
    """Draw logits of which no two are equal: nothing hangs on a tie."""
    return rng.choice(np.arange(-99, 100) / 10, (classes, rng.integers(2, 5)), replace=False)


def _draw(rng):
    return Case((_logits(rng, rng.integers(2, 7)),), says="logits drawn just now")


def _draw_two(rng):
    return Case(tuple(_logits(rng, 2)), says="logits drawn just now")


def _zeros(z):
    return np.zeros(z.shape)


_WHOLE = (Invariant("The sum of each column", lambda a, *_: a.sum(axis=0), 1),)

_CONSTANTS = (
    lambda z: z.min(axis=0),
    lambda z: z.mean(axis=0),
    lambda z: np.median(z, axis=0),
    lambda z: z[0],
    lambda z: z[-1],
    lambda z: z.max(axis=0) / 2,
    lambda z: z.sum(axis=0),
)
_ADD_UP = "Add up your probabilities of the logits 5, 2, −1 and 3."
_SOFTMAX_MISTAKES = (
    Mistake(
        "max-not-subtracted",
        "exp(1000) overflows to infinity, and exp(−1000) vanishes. Which constant could you take "
        "off a column without changing its probabilities?",
        partial(_soft, t=np.exp),
        lambda z: np.exp(z) / (np.exp(z).sum(axis=0) + 1e-8),
        lambda z: np.exp(z) / (np.exp(z).sum(axis=0) + 1e-300),
        lambda z: _shares(np.exp(z) / np.exp(z).max(axis=0)),
        lambda z: np.exp(z - np.log(np.exp(z).sum(axis=0))),
        look="Try logits of 1000, and of −1000, in your function: what does exp make of them?",
    ),
    Mistake(
        "nan-hidden",
        "Small logits come out right; for large ones NaN was replaced by a number. That hides the "
        "overflow and does not undo it: what can you do to z before exp sees it?",
        lambda z: np.nan_to_num(_shares(np.exp(z))),
        lambda z: np.nan_to_num(_shares(np.exp(z)), nan=1.0),
        lambda z: np.nan_to_num(_shares(np.exp(z)), nan=0.5),
        look="Look at the large logits, and at where NaN was replaced.",
    ),
    Mistake(
        "clipped",
        "Large logits are cut to a limit, so that 1000 and 999 have become equal. What keeps their "
        "difference?",
        partial(_soft, t=lambda z: np.exp(np.clip(z, -500, 500))),
        partial(_soft, t=lambda z: np.exp(np.minimum(z, 700))),
        lambda z: _cut(z) / _cut(z).sum(axis=0),
        lambda z: _cut(z) / (_cut(z).sum(axis=0) + 1e-300),
        look="Look at a column that holds 1000 and 999: are their probabilities different?",
    ),
    Mistake(
        "wrong-constant",
        "Taking off a constant is the right idea, but after yours some logits are still far above "
        "zero, and exp overflows. Which constant leaves none above zero?",
        *(partial(_soft, t=lambda z, of=of: np.exp(z - of(z))) for of in _CONSTANTS),
        look="Look at the constant that you take off: how large can a logit still be after it?",
    ),
    Mistake(
        "one-max-for-all",
        "The largest logit of the whole array is taken off every column. A column far below it "
        "vanishes to 0 / 0: over which axis should the largest be looked for?",
        partial(_soft, t=lambda z: np.exp(z - z.max())),
        look="Look at how many maxima you take off: one, or one for each column?",
    ),
    Mistake(
        "taken-off-once",
        "The constant is taken off in one place alone, above the line or below it. It cancels only "
        "if both have it.",
        lambda z: np.exp(z - z.max(axis=0)) / np.exp(z).sum(axis=0),
        lambda z: np.exp(z) / np.exp(z - z.max(axis=0)).sum(axis=0),
        lambda z: np.exp(z - z.max()) / np.exp(z).sum(axis=0),
        lambda z: np.exp(z) / np.exp(z - z.max()).sum(axis=0),
        look="Look at both places where exp stands: what is taken off in each?",
    ),
    Mistake(
        "largest-size",
        "You take off the largest logit without its sign. In a column of −1000 and −1002 that "
        "pushes both still further below zero, until nothing is left. Which logit should become 0?",
        partial(_soft, t=lambda z: np.exp(z - np.abs(z).max(axis=0))),
        partial(_soft, t=lambda z: np.exp(z - np.abs(z).max())),
        look="Look at a column whose logits are all far below zero: what do you take off there?",
    ),
    Mistake(
        "fixed-constant",
        "The same constant is taken off whatever the logits are. It suits some columns; in others "
        "all exponentials vanish, or some overflow. On what should the constant depend?",
        *(partial(_soft, t=lambda z, c=c: np.exp(z - c)) for c in (1000, 2000, 500, 700)),
        look="Look at the constant that you take off: does it suit every column?",
    ),
    Mistake(
        "max-of-rows",
        "A different constant is taken off each row, so that the logits of one column change by "
        "different amounts. What must be equal within a column?",
        partial(_soft, t=lambda z: np.exp(z - z.max(axis=1, keepdims=True))),
        look="Look at the shape of what you take off z, and at the axis of the maximum.",
    ),
    Mistake(
        "wrong-axis",
        "Your rows sum to 1. Columns are examples, so each column should: which axis runs over the "
        "classes?",
        lambda z: lecture.softmax(z, axis=1),
        partial(_soft, whole=lambda t: t.sum(axis=1, keepdims=True)),
        lambda z: _shares(np.exp(z), axis=1),
        lambda z: _shares(np.exp(z - z.max()), axis=1),
        look="Add up your columns, then your rows: which of them give 1?",
    ),
    Mistake(
        "lost-axis",
        "A sum or a maximum over axis 1 has shape (C,), and NumPy lines it up with the columns. Is "
        "it one number for each column?",
        lambda z: np.exp(z) / np.exp(z).sum(axis=1),
        lambda z: np.exp(z - z.max(axis=0)) / np.exp(z - z.max(axis=0)).sum(axis=1),
        lambda z: _shares(np.exp(z - z.max(axis=1))),
        lambda z: np.exp(z - z.max(axis=1)) / np.exp(z - z.max(axis=1)).sum(axis=1),
        look="Print the shape of what you divide by, and of what you take off.",
    ),
    Mistake(
        "global-sum",
        "All your probabilities together sum to 1. Each column is an example of its own and should "
        "sum to 1 by itself.",
        lambda z: np.exp(z) / np.exp(z).sum(),
        lambda z: np.exp(z - z.max()) / np.exp(z - z.max()).sum(),
        partial(_soft, whole=np.sum),
        look="Add up all your probabilities, then those of each column: which sum is 1?",
    ),
    Mistake(
        "forgot-exp",
        "The logits themselves are divided by their sum, so some probabilities come out below zero "
        "or in the wrong order. What makes every logit positive first, and keeps their order?",
        _shares,
        lambda z: _shares(z - z.max(axis=0)),
        look="Look for a probability below zero, or a small logit that gets a large one.",
    ),
    Mistake(
        "straight-line",
        "You make the logits positive without exp, and one that comes out twice as large gets just "
        "twice the probability. Which function turns equal differences into equal ratios?",
        partial(_soft, t=lambda z: z - z.min(axis=0)),
        partial(_soft, t=lambda z: z - z.min()),
        partial(_soft, t=lambda z: np.maximum(z, 0)),
        partial(_soft, t=np.abs),
        partial(_soft, t=lambda z: z**2),
        partial(_soft, t=lambda z: np.logaddexp(0, z)),
        look="Look at the function that makes your logits positive.",
    ),
    Mistake(
        "base-two",
        "You take powers of a number that is not e. The lecture's softmax takes powers of e.",
        *(
            partial(_soft, t=lambda z, base=base: base ** (z - z.max(axis=0)))
            for base in (2.0, 10.0, 2.7, 2.72, 2.718)
        ),
        look="Look at the base of your powers.",
    ),
    Mistake(
        "scaled",
        "The logits are scaled before exp sees them, so the odds of 5 against 2 are no longer e³. "
        "A constant may be taken off each column; what does dividing by one change?",
        partial(_soft, t=lambda z: np.exp(z / np.abs(z).max(axis=0))),
        partial(_soft, t=lambda z: np.exp(z / z.max(axis=0))),
        partial(_soft, t=lambda z: np.exp(z / np.abs(z).max())),
        partial(_soft, t=lambda z: np.exp(z / z.max())),
        partial(_soft, t=lambda z: np.exp(z / 1000)),
        partial(_soft, t=lambda z: np.exp((z - z.mean(axis=0)) / z.std(axis=0))),
        partial(_soft, t=lambda z: np.exp((z - z.min(axis=0)) / np.ptp(z, axis=0))),
        *(partial(_soft, t=lambda z, k=k: np.exp((z - z.max(axis=0)) / k)) for k in (0.5, 2)),
        look="Try the logits 5 and 2: are their odds e³, about 20 to 1?",
    ),
    Mistake(
        "divided-by-the-max",
        "The largest number of each column is 1. Taking off the largest logit divides by the "
        "largest exponential; what are the exponentials to be divided by?",
        lambda z: np.exp(z - z.max(axis=0)),
        lambda z: np.exp(z) / np.exp(z).max(axis=0),
        look="Look at the largest probability of each column.",
    ),
    Mistake(
        "not-divided",
        "These are the exponentials t. What turns them into parts of a whole?",
        np.exp,
        look=_ADD_UP,
    ),
    Mistake(
        "max-after-exp",
        "The largest is taken off after exp, which changes the probabilities. A constant cancels "
        "only if it is taken off where?",
        lambda z: _shares(np.exp(z) - z.max(axis=0)),
        lambda z: (np.exp(z) - z.max(axis=0)) / np.exp(z).sum(axis=0),
        lambda z: _shares(np.exp(z) - np.exp(z).max(axis=0)),
        lambda z: _shares(np.exp(z)) - z.max(axis=0),
        look="Look at the place where you take off the largest.",
    ),
    Mistake(
        "sign-reversed",
        "The smallest logit gets the largest probability: look at the sign inside exp.",
        lambda z: lecture.softmax(-z),
        lambda z: _shares(np.exp(-z)),
        partial(_soft, t=lambda z: np.exp(z.min(axis=0) - z)),
        lambda z: _shares(np.exp(z.max(axis=0) - z)),
        look="Which class gets the largest probability: the one with the largest logit?",
    ),
    Mistake(
        "absolute-value",
        "A logit of −3 gets as much as one of 3. exp of a negative number is already positive: do "
        "you need the absolute value?",
        lambda z: lecture.softmax(np.abs(z)),
        lambda z: _shares(np.exp(np.abs(z))),
        look="Compare a logit of 3 with one of −3.",
    ),
    Mistake(
        "log-softmax",
        "These are logarithms of the probabilities: nothing above zero. Asked for are the "
        "probabilities.",
        lecture.log_softmax,
        lambda z: np.log(_shares(np.exp(z))),
        lambda z: z - np.log(np.exp(z).sum(axis=0)),
        look="Look at the sign of your numbers.",
    ),
    Mistake(
        "sigmoid",
        "Each logit is taken by itself, and the columns do not sum to 1. The probabilities of one "
        "column depend on all of its logits.",
        sigmoid,
        lambda z: np.exp(z) / (1 + np.exp(z)),
        look=_ADD_UP,
    ),
    Mistake(
        "shares-of-sigmoids",
        "Each logit goes through sigmoid before the sum is taken. That is not softmax: sigmoid "
        "flattens the lead of large logits. What does softmax put there instead?",
        partial(_soft, t=sigmoid),
        look="Look at the function that makes the logits positive.",
    ),
    Mistake(
        "hard-max",
        "The winner takes all: this is the hard max. Softmax leaves the others their "
        "probabilities.",
        lecture.hard_max,
        look="Look at the classes that did not win.",
    ),
    Mistake(
        "mean-for-sum",
        "You divide by a mean of the exponentials, or by their number. What are they to be divided "
        "by, so that the parts make a whole?",
        partial(_soft, whole=lambda t: t.mean(axis=0)),
        partial(_soft, whole=len),
        lambda z: np.exp(z) / np.exp(z).mean(axis=0),
        lambda z: np.exp(z) / len(z),
        look=_ADD_UP,
    ),
    Mistake(
        "twice",
        "Softmax is applied to what already were probabilities: the columns sum to 1 but are too "
        "even.",
        lambda z: lecture.softmax(lecture.softmax(z)),
        lambda z: _shares(np.exp(_shares(np.exp(z)))),
        look="Compare your largest probability with the right one in the call below.",
    ),
)

_TEMPERATURES = (1e-1, 1e-2, 1e-3, 1e-4, 1e-5)
_MARGINS = (0.5, 0.1, 0.01, 1e-3)


def _near(z, margin):
    return lecture.hard_max(np.where(z > z.max(axis=0) - margin, 1.0, 0.0))


def _eye(rows, z):
    return np.eye(len(z))[:, rows]


def _whole_rows(z):
    result = np.zeros_like(z)
    result[z.argmax(axis=0)] = 1
    return result


def _goes_on(z):
    """Return the winners of a search that begins where the column before has ended."""
    rows, best = [], 0
    for column in z.T:
        best = column.argmax() if column.max() > column[best] else best
        rows.append(best)
    return rows


_TIE = "Try a column in which the two largest logits are equal."


def row_for_column(*wrong):
    """Return the mistake of who writes the number of the example first."""
    return Mistake(
        "row-for-column",
        "You give the number of the example first. An array's first number says the row, and here "
        "rows are classes.",
        *wrong,
        look="Look at the two numbers in your brackets: which is the row, and which the column?",
    )


def _ones_in_rows(z):
    """Put the 1 of each column into the row of its number, one after the other."""
    a = np.zeros(z.shape)
    for i, winner in enumerate(z.argmax(axis=0)):
        a[i, winner] = 1
    return a


def _ones_in_rows_at_once(z):
    a = np.zeros(z.shape)
    a[np.arange(z.shape[1]), z.argmax(axis=0)] = 1
    return a


_HARD_MISTAKES = (
    row_for_column(_ones_in_rows, _ones_in_rows_at_once),
    Mistake(
        "returns-the-row",
        "These are the row numbers of the winners. The task asks for an array like z, with a 1 "
        "in each of these rows.",
        lambda z: z.argmax(axis=0),
        lambda z: z.argmax(axis=0)[None, :],
        look="Compare the shape of your answer with that of z.",
    ),
    Mistake(
        "returns-the-largest",
        "These are the largest logits. The task asks for an array like z that holds only 0 and 1.",
        lambda z: z.max(axis=0),
        lambda z: z.max(axis=0, keepdims=True),
        lambda z: z * (z == z.max(axis=0)),
        lambda z: z * lecture.hard_max(z),
        look="Look at the numbers in your answer: which two may occur?",
    ),
    Mistake(
        "several-ones",
        "Right as long as one logit leads alone. Where two are equal you give two ones: only the "
        "first of equals should win.",
        lambda z: z == z.max(axis=0),
        lambda z: np.isclose(z, z.max(axis=0), rtol=1e-6, atol=1e-6),
        look=_TIE,
    ),
    Mistake(
        "nearly-equal",
        "You let a logit that is almost the largest count as equal to it. Only the largest wins, "
        "however small its lead.",
        *(partial(_near, margin=margin) for margin in _MARGINS),
        *(lambda z, r=r: np.isclose(z, z.max(axis=0), rtol=r) for r in (1e-1, 1e-2, 1e-3)),
        *(lambda z, r=r: z >= z.max(axis=0) - r for r in _MARGINS),
        *(lambda z, d=d: lecture.hard_max(z.round(d)) for d in (0, 1, 2, 3)),
        lambda z: lecture.hard_max(np.trunc(z)),
        lambda z: lecture.hard_max(np.floor(z)),
        look="Try a column of 0.3 and 0.30001: which of them should win?",
    ),
    Mistake(
        "by-exp",
        "You compare exponentials. exp(999) and exp(1000) are both infinite, and both exp(−1000) "
        "and exp(−1001) are 0, so no class leads any more. What else could you compare?",
        lambda z: lecture.hard_max(np.exp(z).clip(max=1e308)),
        lambda z: _eye(np.argmax(_shares(np.exp(z)), axis=0), z),
        lambda z: _shares(np.exp(z)) == _shares(np.exp(z)).max(axis=0),
        lambda z: np.exp(z) == np.exp(z).max(axis=0),
        look="Try 999 and 1000, then −1001 and −1000: what do you compare with each other?",
    ),
    Mistake(
        "lead-shared",
        "Right as long as one logit leads alone. Where two are equal you divide the 1 between "
        "them: only the first of equals should win.",
        lambda z: _shares((z == z.max(axis=0)).astype(float)),
        lambda z: lecture.softmax(z / 1e-6),
        look=_TIE,
    ),
    Mistake(
        "cold-softmax",
        "This is softmax with the logits made many times larger: it comes near to the hard max, "
        "but equal logits share the 1, and so do nearly equal ones. Only the first of the largest "
        "should have it.",
        *(lambda z, T=T: lecture.softmax(z / T) for T in _TEMPERATURES),
        look=_TIE,
    ),
    Mistake(
        "search-not-begun-anew",
        "Your search begins in the row where the column before has ended, and of equal logits that "
        "row wins. The first of them should.",
        lambda z: _eye(_goes_on(z), z),
        look="Look at where your search begins in the second column.",
    ),
    Mistake(
        "last-row-left-out",
        "Your search never comes to the last row, so the last class cannot win.",
        lambda z: _eye(z[:-1].argmax(axis=0), z),
        look="Look at a column in which the last logit is the largest.",
    ),
    Mistake(
        "begins-at-zero",
        "Where all logits of a column are below zero, the first row wins with you, whatever stands "
        "in it: with which number does your search begin?",
        lambda z: _eye(np.maximum(z, 0).argmax(axis=0), z),
        look="Try a column of −2 and −1: which of them should win?",
    ),
    Mistake(
        "last-of-equals",
        "Right as long as one logit leads alone. Where two are equal, your code lets the last "
        "one win; the task asks for the first.",
        lambda z: lecture.hard_max(z[::-1])[::-1],
        look=_TIE,
    ),
    Mistake(
        "wrong-axis",
        "You looked for the winner of each row. Columns are examples: which axis runs over the "
        "classes?",
        lambda z: lecture.hard_max(z, axis=1),
        lambda z: z == z.max(axis=1, keepdims=True),
        look="Count the ones in each of your columns, and in each row.",
    ),
    Mistake(
        "lost-axis",
        "A maximum over axis 1 has shape (C,), and NumPy lines it up with the columns. Is it one "
        "number for each column?",
        lambda z: z == z.max(axis=1),
        look="Print the shape of the maximum that you compare with.",
    ),
    Mistake(
        "one-winner-for-all",
        "You looked for the largest of the whole array. Each column has a winner of its own.",
        lambda z: z == z.max(),
        lambda z: _one_at(z.argmax(), z),
        look="Count the ones in each of your columns.",
    ),
    Mistake(
        "flat-index",
        "You found each column's winner, but its row number was used to count places in the whole "
        "array, row by row. A place needs its row and its column.",
        lambda z: _one_at(z.argmax(axis=0), z),
        look="Look at where your ones are: what does a single number stand for there?",
    ),
    Mistake(
        "transposed",
        "The ones are right, but your rows are the examples. Columns should be: shape (C, m).",
        lambda z: lecture.hard_max(z).T,
        look="Try a single column: is your answer a column, too?",
    ),
    Mistake(
        "winner-below-half",
        "You ask for a probability of one half. The largest logit may hold less than that, and "
        "then nobody wins in your answer.",
        lambda z: lecture.softmax(z) > 0.5,
        lambda z: lecture.softmax(z) >= 0.5,
        look="Look for a column without any 1.",
    ),
    Mistake(
        "above-zero",
        "You compared with zero. The winner is found by comparing the logits of one column with "
        "each other.",
        lambda z: z > 0,
        lambda z: z >= 0,
        look="Look at a column in which all logits are below zero.",
    ),
    Mistake(
        "smallest-wins",
        "Your code gives the 1 to the smallest logit. Who should win?",
        lambda z: lecture.hard_max(-z),
        lambda z: z == z.min(axis=0),
        lambda z: lecture.hard_max(-z[::-1])[::-1],
        look="Which logit has the 1 in your answer?",
    ),
    Mistake(
        "nobody-below-zero",
        "Where all logits of a column are below zero, your code lets nobody win. The largest "
        "should: from which number does your search begin?",
        lambda z: lecture.hard_max(z) * (z > 0),
        lambda z: lecture.hard_max(z) * (z >= 0),
        look="Look at a column in which all logits are below zero.",
    ),
    Mistake(
        "largest-size",
        "You look for the largest logit without its sign, so that −3 wins over 2.",
        lambda z: lecture.hard_max(np.abs(z)),
        lambda z: lecture.hard_max(z**2),
        look="Look at a column in which the logit of the largest size is below zero.",
    ),
    Mistake(
        "second-wins",
        "The second largest logit gets the 1. Who should win?",
        lambda z: _eye(np.argsort(z, axis=0)[-2], z),
        look="Compare the row of your 1 with the row of the largest logit.",
    ),
    Mistake(
        "like-the-first",
        "All columns have the winner of the first one. Each column has its own.",
        lambda z: _eye(z[:, :1].argmax(axis=0), z) * np.ones(z.shape[1]),
        look="Compare your columns with each other: are they all the same?",
    ),
    Mistake(
        "one-row-off",
        "Every 1 is in the row next to the winner's. Rows count from 0.",
        lambda z: np.roll(lecture.hard_max(z), 1, axis=0),
        lambda z: np.roll(lecture.hard_max(z), -1, axis=0),
        look="Compare the row of your 1 with the row of the largest logit.",
    ),
    Mistake(
        "whole-rows",
        "Your ones fill whole rows: a winner's row gets a 1 in every column. Each 1 belongs to one "
        "row and one column; you gave only the row.",
        _whole_rows,
        look="Count the ones in each of your columns.",
    ),
    Mistake(
        "turned-over",
        "0 and 1 have changed places: the winner has the 0.",
        lambda z: 1 - lecture.hard_max(z),
        look="Which number does the largest logit have in your answer?",
    ),
    Mistake(
        "minus-one",
        "The winners are right, but the others get −1. The task asks for 0.",
        lambda z: 2 * lecture.hard_max(z) - 1,
        look="Look at the numbers in your answer: which two may occur?",
    ),
    Mistake(
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


def _difference(z1, z2):
    return z1 - z2


def _both(p, *_):
    return p, 1 - p


def _two(z1, z2, *, of=_difference, squeeze=sigmoid, rows=_both, axis=0):
    """Two probabilities in exchangeable parts: the right ones by default."""
    return np.stack(rows(squeeze(of(z1, z2)), z1, z2), axis=axis)


def _by_difference(pair):
    """Return wrong code that makes its answer from sigma(z1 - z2)."""
    return lambda z1, z2: pair(sigmoid(z1 - z2))


_SECONDS = (lambda p: 1 / p, lambda p: p * (1 - p), lambda p: 1 + p, lambda p: p**2)
_TWO_MISTAKES = (
    Mistake(
        "each-by-itself",
        "Each logit is put into sigmoid by itself: the two do not sum to 1. Softmax of two sees "
        "only how far one is ahead of the other.",
        partial(_two, rows=lambda p, z1, z2: (sigmoid(z1), sigmoid(z2))),
        look="Add up the two probabilities where z₁ = 5 and z₂ = 2.",
    ),
    Mistake(
        "rows-swapped",
        "The probabilities belong to the other class. Look at the order of the rows and at the "
        "sign of the difference: class 1 comes first and gains when z₁ grows.",
        partial(_two, of=lambda z1, z2: z2 - z1),
        look="Which class should win where z₁ is the larger?",
    ),
    Mistake(
        "below-zero",
        "The second probability is below zero, and the two do not sum to 1. What is left of the "
        "whole when the first class has its part?",
        partial(_two, rows=lambda p, *_: (p, p - 1)),
        partial(_two, rows=lambda p, *_: (p, -p)),
        look="Look at the second row: can a probability be below zero?",
    ),
    Mistake(
        "twice-the-same",
        "Both rows hold the same probability. What is left for the other class?",
        partial(_two, rows=lambda p, *_: (p, p)),
        look="Add up the two probabilities where z₁ = 5 and z₂ = 2.",
    ),
    Mistake(
        "sum-for-difference",
        "You take the sum of the logits. If both grow by the same amount, should the "
        "probabilities change?",
        partial(_two, of=lambda z1, z2: z1 + z2),
        look="Let both logits grow by the same amount: should anything change?",
    ),
    Mistake(
        "ratio-for-difference",
        "You take the ratio of the logits. Add a constant to both: should the probabilities "
        "change?",
        partial(_two, of=lambda z1, z2: z1 / z2),
        look="Add a constant to both logits: should anything change?",
    ),
    Mistake(
        "product-for-difference",
        "You take the product of the logits. Add a constant to both: should the probabilities "
        "change?",
        partial(_two, of=lambda z1, z2: z1 * z2),
        look="Add a constant to both logits: should anything change?",
    ),
    Mistake(
        "one-logit-forgotten",
        "One of the two logits makes no difference to your answer. Both must count.",
        partial(_two, of=lambda z1, z2: z1),
        partial(_two, of=lambda z1, z2: -z2),
        partial(_two, of=lambda z1, z2: z2),
        look="Change one logit, then the other: does your answer follow both?",
    ),
    Mistake(
        "no-sigmoid",
        "That is the difference itself. What squeezes any number into a probability?",
        lambda z1, z2: _stacked(z1 - z2, z2 - z1),
        lambda z1, z2: _stacked(z1 - z2, 1 - (z1 - z2)),
        lambda z1, z2: z1 - z2,
        look="Try z₁ = 5 and z₂ = 2: are your numbers between 0 and 1?",
    ),
    Mistake(
        "one-row",
        "That is the probability of the first class only. Asked for are both, as the rows of a (2, "
        "m) array.",
        _by_difference(lambda p: p),
        _by_difference(lambda p: p[None, :]),
        look="Compare the shape of your answer with (2, m).",
    ),
    Mistake(
        "two-values",
        "You returned two things. The task asks for one array whose two rows are the "
        "probabilities.",
        _by_difference(lambda p: (p, 1 - p)),
        _by_difference(lambda p: (p[:, None], 1 - p[:, None])),
        _by_difference(lambda p: (p[None], 1 - p[None])),
        look="Look at what stands behind return: one thing, or two?",
    ),
    Mistake(
        "transposed",
        "Your rows are the examples. Columns should be: shape (2, m).",
        partial(_two, axis=1),
        look="Try a single example: is the shape of your answer (2, 1)?",
    ),
    Mistake(
        "size-of-the-difference",
        "You take the difference without its sign, so that the larger logit always comes first. "
        "Class 1 should lose where z₁ is the smaller.",
        partial(_two, of=lambda z1, z2: np.abs(z1 - z2)),
        lambda z1, z2: _two(np.maximum(z1, z2), np.minimum(z1, z2)),
        look="Which class should win where z₁ is the smaller?",
    ),
    Mistake(
        "factor-in-difference",
        "Your answer is that for a multiple of z₁ − z₂. Write softmax of two out and divide above "
        "and below by exp(z₁): what is left in the exponent?",
        *(partial(_two, of=lambda z1, z2, k=k: k * (z1 - z2)) for k in (2, 0.5)),
        look="Look at what decides in your answer: the difference, or a multiple of it?",
    ),
    Mistake(
        "difference-of-sigmoids",
        "You take the difference after sigmoid. What decides is how far one logit is ahead of the "
        "other: should the difference come first?",
        partial(_two, rows=lambda p, z1, z2: _both(sigmoid(z1) - sigmoid(z2))),
        look="Look at the order: what comes first, the difference or sigmoid?",
    ),
    Mistake(
        "shares-of-logits",
        "Each logit is divided by the sum of both. Softmax of two sees only how far one is ahead "
        "of the other.",
        lambda z1, z2: _shares(_stacked(z1, z2)),
        look="Add 10 to both logits of an example: should the probabilities change?",
    ),
    Mistake(
        "shares-of-sigmoids",
        "Each logit goes through sigmoid, then the two are made to sum to 1. Softmax of two sees "
        "only how far one logit is ahead of the other.",
        lambda z1, z2: _shares(sigmoid(_stacked(z1, z2))),
        look="Add 10 to both logits of an example: should the probabilities change?",
    ),
    Mistake(
        "tanh",
        "tanh runs from −1 to 1. Which function of the difference runs from 0 to 1?",
        partial(_two, squeeze=np.tanh),
        look="Try an example in which z₁ is the smaller: is a probability below zero?",
    ),
    Mistake(
        "hard-max",
        "The winner takes all: that is the hard max. Softmax leaves the other class its "
        "probability.",
        lambda z1, z2: lecture.hard_max(_stacked(z1, z2)),
        partial(_two, squeeze=lambda d: d > 0, rows=lambda p, *_: (1.0 * p, 1.0 - p)),
        partial(_two, squeeze=lambda d: sigmoid(d).round()),
        look="Look at the numbers in your answer: are they only 0 and 1?",
    ),
    Mistake(
        "wrong-second-row",
        "The second row is made from the first by the wrong rule. Both together are the whole: "
        "what is left for the second?",
        *(partial(_two, rows=lambda p, *_, of=of: (p, of(p))) for of in _SECONDS),
        look="Look at how you make the second row from the first.",
    ),
    Mistake(
        "one-for-all",
        "All examples get the same probabilities. Each example has a difference of its own.",
        partial(_two, of=lambda z1, z2: np.full(len(z1), np.mean(z1 - z2))),
        partial(_two, of=lambda z1, z2: np.full(len(z1), (z1 - z2)[0])),
        partial(_two, of=lambda z1, z2: np.full(len(z1), np.sum(z1 - z2))),
        look="Compare your columns with each other: are they all the same?",
    ),
    Mistake(
        "cut-logits",
        "Large logits are cut to a limit before you take their difference, so that 1000 and 1000.5 "
        "have become equal. Does their difference need to be cut?",
        partial(_two, of=lambda z1, z2: np.clip(z1, -100, 100) - np.clip(z2, -100, 100)),
        look="Try 1000 against 1000.5: are their probabilities different?",
    ),
    Mistake(
        "clipped",
        "Your probabilities are kept away from 0 and 1. With a lead of 1000 the winner's is 1.",
        *(partial(_two, squeeze=lambda d, e=e: sigmoid(d).clip(e, 1 - e)) for e in (0.01, 1e-3)),
        look="Look at an example in which one logit leads by 1000.",
    ),
    Mistake(
        "overflows",
        "Right for small logits, but exp(1000) overflows and ∞ / ∞ is not a number. sigmoid is "
        "there to be called: what should you give it?",
        lambda z1, z2: _shares(np.exp(_stacked(z1, z2))),
        lambda z1, z2: _overflowing(np.exp(z1 - z2), lambda p, t: 1 - p),
        lambda z1, z2: _overflowing(np.exp(z1 - z2), lambda p, t: 1 / (1 + t)),
        look="Try z₁ = 1000 and z₂ = 0 in your function.",
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


softmax = Exercise(
    "``softmax(z)``: the probabilities of each column of `z`, shape (C, m)",
    right=lecture.softmax,
    cases=_SOFTMAX_CASES,
    mistakes=_SOFTMAX_MISTAKES,
    draw=_draw,
    stub=_SOFTMAX_STUB,
    invariants=_WHOLE,
)


hard_max = Exercise(
    "``hard_max(z)``: 1 for the first largest logit of each column of `z`, else 0",
    right=lecture.hard_max,
    cases=_HARD_CASES,
    mistakes=_HARD_MISTAKES,
    draw=_draw,
    stub=_HARD_STUB,
    invariants=_WHOLE,
)


two_class = Exercise(
    "``two_class(z1, z2)``: the probabilities of two classes, shape (2, m)",
    right=_two_class,
    cases=_TWO_CASES,
    mistakes=_TWO_MISTAKES,
    draw=_draw_two,
    stub=_TWO_STUB,
    invariants=_WHOLE,
)


def goal_half(*, temperature, **_):
    """Judge the challenge: the temperature at which the winner holds one half."""
    share = lecture.softmax(np.array([5.0, 2.0, -1.0, 3.0]) / temperature).max()
    if abs(share - 0.5) <= 0.01:
        return Verdict(
            True, None, f"at T = {temperature:.4g} the winner has probability {share:.3f}."
        )
    mistake, cure = ("too-cold", "raise") if share > 0.5 else ("too-warm", "lower")
    now = against(share, 0.51 if share > 0.5 else 0.49, ".3f")
    hint = f"bring the largest probability to 0.50, give or take 0.01. It is {now}: {cure} T."
    return Verdict(False, mistake, hint)


def goal_sure(*, z1, **_):
    """Judge the challenge: the smallest first logit that makes class 1 all but sure."""
    share = lecture.softmax(np.array([z1, 2.0, -1.0, 3.0]))[0]
    if 0.99 < share <= 0.992:
        others = np.log(np.exp([2.0, -1.0, 3.0]).sum())
        lead = (
            f"a lead of {z1 - 3:.1f} over the next logit, and of {z1 - others:.1f} over all three"
        )
        reason = f"together, log(e² + e⁻¹ + e³) = {others:.1f},"
        return Verdict(True, None, f"{lead} {reason} gives a₁ = {share:.4f}.")
    mistake, cure = ("too-small", "not yet") if share <= 0.99 else ("too-large", "less will do")
    now = against(share, 0.99, ".4f")
    hint = f"bring a₁ above 0.99 with the smallest z₁ you can. It is {now}: {cure}."
    return Verdict(False, mistake, hint)


def goal_border(*, w11, w12, w21, w22):
    """Judge the challenge: an upright border between classes 1 and 2 that is about 2 wide."""
    across, up = w11 - w21, w12 - w22
    if abs(across) + abs(up) < 1e-9:
        hint = "w₁ and w₂ are the same, and no border lies between them: move the tips apart."
        return Verdict(False, "leans", hint)
    if abs(up) > 1e-9:
        hint = "it is not upright. It stands at right angles to w₁ − w₂: level the two tips."
        return Verdict(False, "leans", hint)
    width = 2 * np.log(9) / abs(across)
    if 1.9 < width < 2.1:
        return Verdict(True, None, f"upright, and {width:.2f} from 10 % to 90 %.")
    mistake, cure = ("too-soft", "further apart") if width > 2 else ("too-hard", "closer together")
    hint = f"it is upright, and {width:.2f} from 10 % to 90 %: move the tips {cure}."
    return Verdict(False, mistake, hint)
