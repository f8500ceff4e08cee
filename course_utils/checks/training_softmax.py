"""Checks of the exercises and the challenge about training softmax."""

from functools import partial

import numpy as np

from course_utils import softmax as lecture
from course_utils.activations import sigmoid
from course_utils.checks.engine.diagnosis import Case, Invariant, Mistake, Stub, made_in
from course_utils.checks.engine.exercise import Exercise
from course_utils.checks.engine.showing import against
from course_utils.checks.engine.verdict import Verdict
from course_utils.checks.softmax import row_for_column

_Z = np.array([[2.0, -1.0, 0.5, 3.0], [0.0, 1.0, 0.25, -2.0], [-1.0, 0.5, 2.0, 1.0]])
_Y = np.eye(3)[:, [0, 2, 1, 1]]
_Z_TALL = np.array([[0.3], [1.5], [-0.7], [0.0], [0.4]])
_Y_TALL = np.eye(5)[:, [3]]
_Z_WIDE = np.array([[6.0, -7.0, 0.0], [-6.5, 8.0, 1.0], [0.5, 9.0, -1.0]])
_NEAR = np.array([[1000.0, 998.0], [999.0, 1000.5]])
_APART = np.array([[1000.0, 0.5, -1000.0], [999.5, 0.0, -1001.0]])
_FAR_AHEAD = np.array([[2000.0, -1000.0], [0.0, 1000.0]])
_BEHIND = np.array([[0.0, 1000.0], [1000.0, 0.0]])
_EXAMPLES = (
    (_Z, _Y, "three classes, four examples"),
    (_Z_TALL, _Y_TALL, "five classes, one example"),
    (_Z_WIDE, np.eye(3)[:, [0, 2, 1]], "three classes, three examples"),
    (_NEAR, np.eye(2)[:, [1, 0]], "logits near 1000, close together"),
    (_APART, np.eye(2)[:, [0, 1, 0]], "one example near 1000, one near 0, one near −1000"),
    (_FAR_AHEAD, np.eye(2), "the right class 2000 ahead"),
    (_BEHIND, np.eye(2), "the right class 1000 behind"),
)
_CASES = tuple(Case((z, y), says=says) for z, y, says in _EXAMPLES)


def _draw(rng):
    classes, m = rng.integers(2, 7), rng.integers(2, 6)
    z = rng.choice(np.arange(-60, 61) / 10, (classes, m), replace=False)
    return Case((z, np.eye(classes)[:, rng.integers(0, classes, m)]), says="logits drawn just now")


def _softmax(z, *, off=lambda z: z.max(axis=0), axis=0):
    """Softmax after taking `off` something: the largest of each column by default."""
    t = np.exp(z - off(z))
    return t / t.sum(axis=axis, keepdims=True)


def _logarithms(z, *, off=lambda z: z.max(axis=0)):
    """Logarithm of softmax, after taking `off` something."""
    shifted = z - off(z)
    return shifted - np.log(np.exp(shifted).sum(axis=0))


def _far_below_one_max(z, y):
    """Compute the cost by the logarithm of sums, with one largest logit for all columns."""
    sums = np.exp(z - z.max()).sum(axis=0)
    return np.mean(z.max() + np.log(sums) - (y * z).sum(axis=0))


def _examples(z):
    return z.shape[1]


def _cost(z, y, *, log_y_hat=lecture.log_softmax, unit=-1.0, count=_examples):
    """Compute the cost in exchangeable parts: the right ones by default."""
    return unit * (y * log_y_hat(z)).sum() / count(z)


def _cost_stub(z, y):
    J = 0.0
    return J


_EPSILONS = (
    1e-5,
    1e-6,
    1e-20,
    1e-30,
    1e-100,
    1e-7,
    1e-8,
    1e-9,
    1e-10,
    1e-12,
    1e-15,
    1e-16,
    1e-300,
    1e-323,
    np.finfo(float).eps,
    np.finfo(float).tiny,
    np.finfo(np.float32).eps,
)
_LIMITS = (30, 50, 100, 500, 700, 709)
_LOOK_FAR = "Try logits of 0 and 1000 where the right class is the 0: the loss should be 1000."
_LOOK_LARGE = "Try logits of 1000 in your function: what does exp make of them?"
_LOOK_COUNT = "Look at what you divide by."
_ANOTHER_COUNT = (
    Mistake(
        "divided-by-classes",
        "You divide by C. How many examples are there?",
        {"count": len},
        look=_LOOK_COUNT,
    ),
    Mistake(
        "m-off-by-one",
        "You divide by one more, or one less, than there are examples.",
        {"count": lambda z: z.shape[1] + 1},
        {"count": lambda z: z.shape[1] - 1},
        {"count": lambda z: max(z.shape[1] - 1, 1)},
        look=_LOOK_COUNT,
    ),
)
_LOOK_LOSS = "Look at the loss of one example: −Σ y log ŷ."
_LOOK_OFF = "Look at what you take off the logits: is any of them still far above zero?"
_STILL_LARGE = (
    "A constant may be taken off each column, but after yours some logits are still far above "
    "zero, and exp overflows."
)
_OTHER_CONSTANTS = (
    lambda z: z.mean(axis=0),
    lambda z: z.min(axis=0),
    lambda z: z[0],
    lambda z: z[-1],
    lambda z: z.max(axis=0) / 2,
)
_AXIS = "Your softmax sums to 1 along the examples. Columns are examples: which axis runs over the "
_LOG_OF_ZERO = (
    "A class that is 1000 behind gets a ŷ so small that it is rounded to 0, and log 0 is minus "
    "infinity. You need log ŷ: can it be found without taking the logarithm of ŷ?"
)
_INFINITE = (
    "A class that is 1000 behind makes your cost infinite. If you take the logarithm of ŷ: this ŷ "
    "is so small that it is rounded to 0. If you take the right class's logit off the others: they "
    "are left far above 0, and exp overflows. Can log ŷ be found without either?"
)
_KEPT_AWAY = (
    "You keep ŷ away from 0 by a small number, or cut what the logarithm gives: no loss can go "
    "beyond a limit, though a class that is 1000 behind should cost 1000."
)
_OVERFLOW = (
    "exp(1000) is infinite, and ∞ / ∞ is not a number. Which constant may be taken off a column of "
    "logits?"
)
_LOG_OF_INFINITY = (
    "exp(1000) is infinite, and so is the logarithm of a sum with it. Which constant may be taken "
    "off a column of logits?"
)


def _one_softmax(z, off=None):
    t = np.exp(z - (z.max() if off is None else off))
    return t / t.sum()


def _one_sum(z):
    return z - np.log(np.exp(z).sum())


def _share(z, y):
    return lecture.softmax(z)[y > 0]


def _logistic(z, y, epsilon):
    a = np.clip(lecture.softmax(z), epsilon, 1 - epsilon)
    return -(y * np.log(a) + (1 - y) * np.log(1 - a)).sum() / z.shape[1]


def _naive_log(z):
    return np.log(_softmax(z, off=lambda z: 0))


_SAME_SIGN = (
    lambda z: 2 * (z - z.max(axis=0)) - _logarithms(z),
    lambda z: 2 * z - _logarithms(z),
)


def _rounded_log(z):
    return np.log(lecture.softmax(z))


_COST_MISTAKES = (
    Mistake(
        "log-of-zero",
        _LOG_OF_ZERO,
        partial(_cost, log_y_hat=_rounded_log),
        look=_LOOK_FAR,
    ),
    Mistake(
        "log-of-zero",
        _LOG_OF_ZERO,
        partial(_cost, log_y_hat=lambda z: np.log(_softmax(z, off=np.max))),
        look=_LOOK_FAR,
    ),
    Mistake(
        "log-of-zero",
        _INFINITE,
        lambda z, y: -np.log(_share(z, y)).mean(),
        lambda z, y: -np.nansum(y * _rounded_log(z)) / z.shape[1],
        look=_LOOK_FAR,
    ),
    Mistake(
        "overflows",
        _OVERFLOW,
        partial(_cost, log_y_hat=_naive_log),
        look=_LOOK_LARGE,
    ),
    Mistake(
        "overflows",
        _LOG_OF_INFINITY,
        partial(_cost, log_y_hat=lambda z: z - np.log(np.exp(z).sum(axis=0))),
        look=_LOOK_LARGE,
    ),
    Mistake(
        "overflows",
        _LOG_OF_INFINITY,
        lambda z, y: (np.log(np.exp(z).sum(axis=0)) - (y * z).sum(axis=0)).mean(),
        look=_LOOK_LARGE,
    ),
    *(
        Mistake(
            "kept-away-from-0",
            _KEPT_AWAY,
            partial(_cost, log_y_hat=lambda z, way=way, e=e: np.log(way(lecture.softmax(z), e))),
            look=_LOOK_FAR,
        )
        for way in (np.maximum, np.add)
        for e in _EPSILONS
    ),
    *(
        Mistake(
            "kept-away-from-0",
            _KEPT_AWAY,
            partial(_cost, log_y_hat=lambda z, e=e: np.log(np.clip(lecture.softmax(z), e, 1 - e))),
            look=_LOOK_FAR,
        )
        for e in _EPSILONS
    ),
    *(
        Mistake(
            "kept-away-from-0",
            _KEPT_AWAY,
            partial(_cost, log_y_hat=lambda z, k=k: np.maximum(_logarithms(z), -k)),
            look=_LOOK_FAR,
        )
        for k in (10, 100, 500, 700, 745)
    ),
    Mistake(
        "kept-away-from-0",
        _KEPT_AWAY,
        partial(_cost, log_y_hat=lambda z: np.nan_to_num(_rounded_log(z), neginf=-745.0)),
        look=_LOOK_FAR,
    ),
    *(
        Mistake(
            "logits-cut",
            "Large logits are cut to a limit: then a lead of 1000 counts no more than one of that "
            "limit. What keeps their differences?",
            partial(_cost, log_y_hat=lambda z, k=k: _logarithms(np.clip(z, -k, k))),
            look=_LOOK_FAR,
        )
        for k in _LIMITS
    ),
    *(
        Mistake(
            "logits-cut",
            "Large logits are cut to a limit: then a lead of 1000 counts no more than one of that "
            "limit. What keeps their differences?",
            partial(_cost, log_y_hat=lambda z, k=k: _logarithms(np.minimum(z, k))),
            look=_LOOK_FAR,
        )
        for k in _LIMITS
    ),
    Mistake(
        "nan-hidden",
        "NaN or infinity was replaced by a number. That hides what went wrong, and the cost comes "
        "out wrong: what can you do to z before exp sees it?",
        lambda z, y: -np.nan_to_num(y * _naive_log(z)).sum() / z.shape[1],
        lambda z, y: -np.nansum(y * _naive_log(z)) / z.shape[1],
        lambda z, y: np.nan_to_num(_cost(z, y, log_y_hat=_naive_log)),
        look="Look at the large logits, and at where NaN or infinity was replaced.",
    ),
    Mistake(
        "nan-hidden",
        "Where log ŷ is minus infinity you take 0: then a class that is 1000 behind costs nothing. "
        "Can log ŷ be found without taking the logarithm of ŷ?",
        lambda z, y: -(y * np.nan_to_num(_rounded_log(z), neginf=0.0)).sum() / z.shape[1],
        look=_LOOK_FAR,
    ),
    Mistake(
        "one-max-for-all",
        "The largest logit of the whole array is taken off every column. In one far below it all "
        "exponentials vanish.",
        partial(_cost, log_y_hat=partial(_logarithms, off=np.max)),
        _far_below_one_max,
        look="Look at how many maxima you take off: one, or one for each column?",
    ),
    Mistake(
        "wrong-constant",
        _STILL_LARGE,
        *(partial(_cost, log_y_hat=partial(_logarithms, off=off)) for off in _OTHER_CONSTANTS),
        look=_LOOK_OFF,
    ),
    Mistake(
        "max-of-rows",
        "The largest of each row is taken off: the logits of one column then change by different "
        "amounts.",
        partial(_cost, log_y_hat=partial(_logarithms, off=lambda z: z.max(axis=1, keepdims=True))),
        look="Look at the axis of your maximum.",
    ),
    Mistake(
        "taken-off-once",
        "The largest logit is taken off in one place alone. It stands in two: in z itself and "
        "inside the sum.",
        partial(_cost, log_y_hat=lambda z: z - np.log(np.exp(z - z.max(axis=0)).sum(axis=0))),
        partial(_cost, log_y_hat=lambda z: _logarithms(z) - z.max(axis=0)),
        partial(_cost, log_y_hat=lambda z: z - z.max(axis=0) - np.log(np.exp(z).sum(axis=0))),
        look="Look at the two places in which z stands in log ŷ.",
    ),
    Mistake(
        "matrix-product",
        "The log ŷ of every class counts in yours. Either y is missing, or a matrix product pairs "
        "the labels of one class, or of one example, with the log ŷ of all others.",
        *(
            lambda z, y, log=log, put=put: -put(y @ log(z).T) / z.shape[1]
            for log in (lecture.log_softmax, _rounded_log, _naive_log)
            for put in (np.sum, np.array)
        ),
        lambda z, y: -(y.T @ lecture.log_softmax(z)) / z.shape[1],
        look="Look at how y and log ŷ are multiplied: which entries meet?",
    ),
    Mistake(
        "logarithm-for-every-class",
        "The logarithm of the sum enters the loss of an example once. In yours each of the C "
        "classes has it: mind the brackets.",
        lambda z, y: (z.max(axis=0) - _logarithms(z).max(axis=0) - y * z).sum() / z.shape[1],
        lambda z, y: -(_logarithms(z).max(axis=0) + y * (z - z.max(axis=0))).sum() / z.shape[1],
        look=_LOOK_LOSS,
    ),
    Mistake(
        "minus-forgotten",
        "Your cost falls as the right class gets less likely. Which sign is missing?",
        partial(_cost, unit=1.0),
        look="Print your cost for a good and for a bad prediction.",
    ),
    Mistake(
        "sum-for-mean",
        "You take the sum over the examples. J is the mean.",
        partial(_cost, count=lambda z: 1),
        look=_LOOK_COUNT,
    ),
    Mistake(
        "divided-by-all-entries",
        "You divide by C · m, as a mean over everything does. Of the C terms of an example all but "
        "one are 0: they do not count as examples.",
        partial(_cost, count=lambda z: z.size),
        look=_LOOK_COUNT,
    ),
    *made_in(_cost, _ANOTHER_COUNT),
    Mistake(
        "twice-m",
        "You divide by 2m. That ½ belongs to the squared error.",
        partial(_cost, count=lambda z: 2 * z.shape[1]),
        look=_LOOK_COUNT,
    ),
    Mistake(
        "softmax-over-examples",
        _AXIS + "classes?",
        partial(_cost, log_y_hat=partial(lecture.log_softmax, axis=1)),
        look="Add up your ŷ of one example.",
    ),
    Mistake(
        "softmax-over-examples",
        _AXIS + "classes?",
        partial(_cost, log_y_hat=lambda z: np.log(lecture.softmax(z, axis=1))),
        look="Add up your ŷ of one example.",
    ),
    Mistake(
        "softmax-over-examples",
        _AXIS + "classes?",
        lambda z, y: _cost(
            z, y, log_y_hat=lambda z: np.log(np.exp(z) / np.exp(z).sum(axis=1, keepdims=True))
        ),
        lambda z, y: _cost(
            z, y, log_y_hat=lambda z: np.log(np.maximum(lecture.softmax(z, axis=1), 1e-300))
        ),
        look="Add up your ŷ of one example.",
    ),
    Mistake(
        "one-softmax-for-all",
        "All your ŷ together sum to 1. Those of each example should.",
        partial(_cost, log_y_hat=lambda z: z - z.max() - np.log(np.exp(z - z.max()).sum())),
        partial(_cost, log_y_hat=lambda z: _one_sum(z - z.max(axis=0))),
        partial(_cost, log_y_hat=lambda z: np.log(_one_softmax(z, off=z.max(axis=0)))),
        look="Add up your ŷ of one example.",
    ),
    Mistake(
        "softmax-twice",
        "Softmax is applied to what already were probabilities.",
        partial(_cost, log_y_hat=lambda z: _logarithms(lecture.softmax(z))),
        look="Look at what z goes through before the logarithm.",
    ),
    Mistake(
        "sigmoids",
        "Each logit goes through sigmoid by itself. ŷ is softmax of all logits of an example.",
        partial(_cost, log_y_hat=lambda z: -np.logaddexp(0, -z)),
        look=_LOOK_LOSS,
    ),
    Mistake(
        "sigmoids",
        "Each logit goes through sigmoid by itself. ŷ is softmax of all logits of an example.",
        partial(_cost, log_y_hat=lambda z: np.log(sigmoid(z))),
        look=_LOOK_LOSS,
    ),
    Mistake(
        "log2",
        "You took log2. The lecture's log is the natural one.",
        partial(_cost, unit=-1 / np.log(2)),
        look="Look at your logarithm: to which base?",
    ),
    Mistake(
        "log10",
        "You took log10. The lecture's log is the natural one.",
        partial(_cost, unit=-1 / np.log(10)),
        look="Look at your logarithm: to which base?",
    ),
    Mistake(
        "log-of-a-logit",
        "z is not log ŷ: what softmax divides by is missing.",
        partial(_cost, log_y_hat=lambda z: z),
        look=_LOOK_LOSS,
    ),
    *(
        Mistake(
            "log-of-logits",
            "You take the logarithm of the logits as if they were probabilities. What makes ŷ of "
            "them?",
            partial(_cost, log_y_hat=lambda z, e=e: np.log(np.maximum(z, e))),
            look=_LOOK_LOSS,
        )
        for e in _EPSILONS
    ),
    Mistake(
        "log-of-logits",
        "You take the logarithm of the logits as if they were probabilities. What makes ŷ of them?",
        partial(_cost, log_y_hat=np.log),
        look=_LOOK_LOSS,
    ),
    Mistake(
        "no-logarithm",
        "You take ŷ of the right classes itself. Where is the logarithm?",
        partial(_cost, log_y_hat=lecture.softmax),
        look=_LOOK_LOSS,
    ),
    *(
        Mistake(
            "logistic-terms-added",
            "You added (1 − y) log(1 − ŷ), which belongs to the logistic loss of one output. "
            "Softmax needs the right class alone.",
            partial(_logistic, epsilon=e),
            look=_LOOK_LOSS,
        )
        for e in _EPSILONS
    ),
    Mistake(
        "one-minus-y-hat",
        "That is 1 − ŷ of the right class. Where is the logarithm?",
        lambda z, y: (1 - _share(z, y)).mean(),
        look=_LOOK_LOSS,
    ),
    Mistake(
        "squared-error",
        "That is the squared error. The loss here is −Σ y log ŷ.",
        lambda z, y: ((lecture.softmax(z) - y) ** 2).sum() / z.shape[1],
        lambda z, y: ((lecture.softmax(z) - y) ** 2).sum() / (2 * z.shape[1]),
        lambda z, y: ((lecture.softmax(z) - y) ** 2).mean(),
        look=_LOOK_LOSS,
    ),
    *(
        Mistake(
            "y-and-y-hat-exchanged",
            "You take ŷ log y. Which of the two is inside the logarithm?",
            lambda z, y, e=e: -(lecture.softmax(z) * np.log(np.maximum(y, e))).sum() / z.shape[1],
            look=_LOOK_LOSS,
        )
        for e in _EPSILONS
    ),
    Mistake(
        "wrong-classes",
        "You add up the losses of the wrong classes. Which class does y name?",
        lambda z, y: -((1 - y) * lecture.log_softmax(z)).sum() / z.shape[1],
        look=_LOOK_LOSS,
    ),
    Mistake(
        "whole-rows",
        "Each label meets a whole row, by an index or in a matrix product, and a row holds all "
        "examples. A place needs its row and its column.",
        lambda z, y: -_logarithms(z)[y.argmax(axis=0)].mean(),
        lambda z, y: -_logarithms(z)[y.argmax(axis=0)].sum() / z.shape[1],
        look="Count the numbers that you add up: how many losses are there?",
    ),
    Mistake(
        "logarithm-added",
        "z and the logarithm of the sum have the same sign in your loss. What does a logarithm "
        "make of a division?",
        *(partial(_cost, log_y_hat=log, unit=unit) for log in _SAME_SIGN for unit in (-1.0, 1.0)),
        lambda z, y: (np.log(np.exp(z).sum(axis=0)) + (y * z).sum(axis=0)).mean(),
        look="Look at the two terms of log ŷ, and at their signs.",
    ),
    Mistake(
        "log-of-the-mean",
        "You take the logarithm of the mean ŷ. Each example has a loss of its own, and J is their "
        "mean: which comes first?",
        lambda z, y: -np.log(_share(z, y).mean()),
        look="Look at the order: logarithm, mean.",
    ),
    Mistake(
        "loss-of-the-winner",
        "You take the loss of the most likely class. Which class does y name?",
        lambda z, y: -_logarithms(z).max(axis=0).mean(),
        look=_LOOK_LOSS,
    ),
    Mistake(
        "lead-of-the-winner",
        "That is how far the largest logit is ahead of the right one. ŷ depends on all the others, "
        "too.",
        lambda z, y: (z.max(axis=0) - (y * z).sum(axis=0)).mean(),
        look=_LOOK_LOSS,
    ),
    Mistake(
        "share-of-errors",
        "That is how many predictions are wrong. The loss also tells how far off they are.",
        lambda z, y: np.mean(z.argmax(axis=0) != y.argmax(axis=0)),
        look=_LOOK_LOSS,
    ),
    Mistake(
        "largest-loss",
        "That is the largest loss of all examples. J is the mean of their losses.",
        lambda z, y: -(y * lecture.log_softmax(z)).sum(axis=0).min(),
        look="How do you make one number of the losses of the examples?",
    ),
    Mistake(
        "last-example-only",
        "Only the loss of the last example is in it: do your losses add up, or does each replace "
        "the one before?",
        lambda z, y: -(y * lecture.log_softmax(z))[:, -1].sum(),
        lambda z, y: -(y * lecture.log_softmax(z))[:, -1].sum() / z.shape[1],
        look="Change the first example alone: does your cost follow?",
    ),
    Mistake(
        "first-example-only",
        "That is the loss of the first example. J is the mean of all.",
        lambda z, y: -(y * _logarithms(z))[:, 0].sum(),
        look="Look for an index in your code.",
    ),
    Mistake(
        "loss-of-each-example",
        "These are the losses of the examples, and right. J is one number: their mean.",
        lambda z, y: -(y * lecture.log_softmax(z)).sum(axis=0),
        look="How many numbers do you return, and how many are asked for?",
    ),
    Mistake(
        "sum-for-each-class",
        "You add up along the examples, and keep a number for each class. J is one number.",
        lambda z, y: -(y * lecture.log_softmax(z)).sum(axis=1) / z.shape[1],
        lambda z, y: -(y * lecture.log_softmax(z)).mean(axis=1),
        lambda z, y: -(y * lecture.log_softmax(z)).sum(axis=1),
        look="How many numbers do you return, and how many are asked for?",
    ),
    Mistake(
        "loss-of-each-entry",
        "That is −y log ŷ for every class of every example. J is one number.",
        lambda z, y: -y * lecture.log_softmax(z),
        look="How many numbers do you return, and how many are asked for?",
    ),
)


cost = Exercise(
    "``cost(z, y)``: the mean loss of logits `z` with one-hot `y`, both (C, m)",
    right=lecture.cost,
    cases=_CASES,
    mistakes=_COST_MISTAKES,
    draw=_draw,
    stub=Stub(
        _cost_stub,
        "Begin with one example: softmax of its logits, then the loss of the right class.",
    ),
)


def _gradient(z, y, *, y_hat=lecture.softmax, count=_examples, sign=1.0, take=np.subtract):
    """Compute the gradient in exchangeable parts: the right ones by default."""
    return sign * take(y_hat(z), y) / count(z)


def _either_sign(take):
    """Return wrong gradients that do not lead away from the right class if they are reversed."""
    return partial(_gradient, take=take), partial(_gradient, take=take, sign=-1.0)


def _gradient_stub(z, y):
    dz = np.zeros_like(z)
    return dz


def _of_squares(z, y, factor=2):
    a = lecture.softmax(z)
    g = factor * (a - y)
    return a * (g - (g * a).sum(axis=0)) / z.shape[1]


def _through_y_hat(z, y, *, kept):
    a = lecture.softmax(z)
    g = -y / (a + kept)
    return a * (g - (g * a).sum(axis=0)) / z.shape[1]


def _by_the_diagonal(z, y):
    """Take from the Jacobian only how each prediction changes with its own logit."""
    a = lecture.softmax(z)
    return -y / a * (a * (1 - a)) / z.shape[1]


def _forwards(z, y, step):
    dz = np.zeros(z.shape)
    for i, k in np.ndindex(*z.shape):
        moved = z.copy()
        moved[i, k] += step
        dz[i, k] = (lecture.cost(moved, y) - lecture.cost(z, y)) / step
    return dz


def _off_the_winner(z, y):
    dz = lecture.softmax(z)
    dz[z.argmax(axis=0), np.arange(z.shape[1])] -= 1
    return dz / z.shape[1]


def _off_whole_rows(z, y):
    dz = lecture.softmax(z)
    dz[y.argmax(axis=0)] -= 1
    return dz / z.shape[1]


_LOOK_SIGN = "Which way should z of the right class go in a step of descent?"
_LOOK_Y_HAT = "Look at your ŷ: is it softmax of each column?"
_LOOK_CLASSES = "Look at the gradient of each class: which of them should move?"
_GRADIENT_MISTAKES = (
    Mistake(
        "turned-round",
        "The sign is reversed: a step of descent subtracts the gradient.",
        partial(_gradient, sign=-1.0),
        look=_LOOK_SIGN,
    ),
    Mistake(
        "not-divided-by-m",
        "J is the mean of the examples' losses, not their sum: what is missing?",
        partial(_gradient, count=lambda z: 1),
        look=_LOOK_COUNT,
    ),
    Mistake(
        "divided-by-all-entries",
        "You divide by C · m. J is a mean over the m examples.",
        partial(_gradient, count=lambda z: z.size),
        look=_LOOK_COUNT,
    ),
    *made_in(_gradient, _ANOTHER_COUNT),
    Mistake(
        "softmax-over-examples",
        _AXIS + "classes?",
        partial(_gradient, y_hat=partial(lecture.softmax, axis=1)),
        look=_LOOK_Y_HAT,
    ),
    Mistake(
        "softmax-over-examples",
        _AXIS + "classes?",
        partial(_gradient, y_hat=lambda z: np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)),
        look=_LOOK_Y_HAT,
    ),
    Mistake(
        "one-softmax-for-all",
        "All your ŷ together sum to 1. Those of each example should.",
        partial(_gradient, y_hat=_one_softmax),
        partial(_gradient, y_hat=lambda z: _one_softmax(z, off=z.max(axis=0))),
        look=_LOOK_Y_HAT,
    ),
    Mistake(
        "overflows",
        _OVERFLOW,
        partial(_gradient, y_hat=partial(_softmax, off=lambda z: 0)),
        look=_LOOK_LARGE,
    ),
    Mistake(
        "wrong-constant",
        _STILL_LARGE,
        *(partial(_gradient, y_hat=partial(_softmax, off=off)) for off in _OTHER_CONSTANTS),
        look=_LOOK_OFF,
    ),
    Mistake(
        "one-max-for-all",
        "The largest logit of the whole array is taken off every column. In one far below it all "
        "exponentials vanish.",
        partial(_gradient, y_hat=partial(_softmax, off=np.max)),
        look="Look at how many maxima you take off: one, or one for each column?",
    ),
    Mistake(
        "max-of-rows",
        "The largest of each row is taken off: the logits of one column then change by different "
        "amounts.",
        partial(_gradient, y_hat=partial(_softmax, off=lambda z: z.max(axis=1, keepdims=True))),
        look="Look at the axis of your maximum.",
    ),
    *(
        Mistake(
            "logits-cut",
            "Large logits are cut to a limit: what is their difference afterwards?",
            partial(_gradient, y_hat=lambda z, k=k: _softmax(np.clip(z, -k, k))),
            look="Look for numbers that are kept between two limits.",
        )
        for k in (1, 2, 5, 10, 20, *_LIMITS)
    ),
    Mistake(
        "nan-hidden",
        "NaN was replaced by a number. That hides the overflow and does not undo it: what can you "
        "do to z before exp sees it?",
        lambda z, y: np.nan_to_num(_softmax(z, off=lambda z: 0) - y) / z.shape[1],
        lambda z, y: (np.nan_to_num(_softmax(z, off=lambda z: 0)) - y) / z.shape[1],
        lambda z, y: (np.nan_to_num(_softmax(z, off=lambda z: 0), nan=1.0) - y) / z.shape[1],
        look="Look at the large logits, and at where NaN was replaced.",
    ),
    Mistake(
        "sigmoids",
        "Each logit goes through sigmoid by itself. ŷ is softmax of all logits of an example.",
        partial(_gradient, y_hat=sigmoid),
        look=_LOOK_Y_HAT,
    ),
    Mistake(
        "softmax-twice",
        "Softmax is applied to what already were probabilities.",
        partial(_gradient, y_hat=lambda z: lecture.softmax(lecture.softmax(z))),
        look=_LOOK_Y_HAT,
    ),
    Mistake(
        "hard-max",
        "Your ŷ is 1 for the winner and 0 for the others. ŷ are the probabilities.",
        partial(_gradient, y_hat=lecture.hard_max),
        look=_LOOK_Y_HAT,
    ),
    Mistake(
        "logits-for-probabilities",
        "The logits stand where ŷ should. ŷ are the probabilities.",
        partial(_gradient, y_hat=lambda z: z),
        look=_LOOK_Y_HAT,
    ),
    Mistake(
        "logarithms-for-probabilities",
        "log ŷ stands where ŷ should. The task asks for the derivative, not the loss.",
        partial(_gradient, y_hat=lecture.log_softmax),
        look=_LOOK_Y_HAT,
    ),
    Mistake(
        "squared",
        "ŷ − y is squared. That is an error, not the slope of the cost.",
        *_either_sign(lambda y_hat, y: (y_hat - y) ** 2),
        look="Look at the powers in your answer.",
    ),
    Mistake(
        "added",
        "You add y to ŷ. Where the prediction is perfect, ŷ = y, no class should move: what makes "
        "the gradient 0 there?",
        *_either_sign(np.add),
        look=_LOOK_SIGN,
    ),
    Mistake(
        "without-y",
        "y makes no difference to your answer: the right class is treated like the others.",
        *_either_sign(lambda y_hat, y: y_hat),
        look=_LOOK_CLASSES,
    ),
    *(
        Mistake(
            "with-respect-to-y-hat",
            "You stop at the derivative with respect to ŷ. The task asks for ∂J/∂z: one more step "
            "of the chain rule makes it simple.",
            partial(_gradient, take=lambda y_hat, y, e=e: -y / np.maximum(y_hat, e)),
            look="With respect to what do you take the derivative?",
        )
        for e in (*_EPSILONS, 0.0)
    ),
    Mistake(
        "only-the-right-class",
        "Only the right class has a gradient. The other classes should fall.",
        partial(_gradient, take=lambda y_hat, y: y * (y_hat - 1)),
        look=_LOOK_CLASSES,
    ),
    Mistake(
        "diagonal-only",
        "You let each ŷ change with its own logit alone, so only the right class has a gradient. "
        "But all ŷ share one denominator: how does ŷ of the right class change with the others?",
        _by_the_diagonal,
        look=_LOOK_CLASSES,
    ),
    Mistake(
        "only-the-wrong-classes",
        "Only the wrong classes have a gradient. The right one should rise.",
        partial(_gradient, take=lambda y_hat, y: (1 - y) * y_hat),
        look=_LOOK_CLASSES,
    ),
    *(
        Mistake(
            "times-the-slope",
            f"{factor} does not belong here as a factor: it is already in ŷ − y.",
            partial(_gradient, take=take),
            look="Look at the factors: is there one too many?",
        )
        for factor, take in (
            ("ŷ (1 − ŷ)", lambda y_hat, y: (y_hat - y) * y_hat * (1 - y_hat)),
            ("ŷ", lambda y_hat, y: (y_hat - y) * y_hat),
        )
    ),
    Mistake(
        "cut",
        "Your gradient is cut at a limit. The task asks for the gradient as it is.",
        partial(_gradient, take=lambda y_hat, y: np.clip(y_hat - y, -0.9, 0.9)),
        look="Look for numbers that are kept between two limits.",
    ),
    Mistake(
        "only-labels-divided",
        "Only y is divided by m: division comes before subtraction. Mind the brackets around ŷ − "
        "y.",
        lambda z, y: lecture.softmax(z) - y / z.shape[1],
        look="Look at the order in which Python subtracts and divides.",
    ),
    Mistake(
        "of-squares",
        "That is the gradient of the squared error. The loss here is −Σ y log ŷ.",
        _of_squares,
        partial(_of_squares, factor=1),
        look=_LOOK_LOSS,
    ),
    Mistake(
        "off-the-winner",
        "You take 1 off the most likely class. Which class does y name?",
        _off_the_winner,
        look=_LOOK_CLASSES,
    ),
    Mistake(
        "off-whole-rows",
        "You take 1 off whole rows: in every example, not only in the one whose class it is. A "
        "place needs its row and its column.",
        _off_whole_rows,
        look="Add up each of your columns: a gradient of softmax sums to 0.",
    ),
    *(
        Mistake(
            "differences",
            "That is a one-sided difference quotient: close to the gradient, but the task asks for "
            "the gradient itself.",
            partial(_forwards, step=step),
            look="Look at how exact your derivative is.",
        )
        for step in (0.1, 0.01, 1e-3)
    ),
    Mistake(
        "summed",
        "You added up, or averaged, the examples. dz keeps a column for each: shape (C, m).",
        lambda z, y: (lecture.softmax(z) - y).mean(axis=1, keepdims=True),
        lambda z, y: (lecture.softmax(z) - y).mean(axis=1),
        lambda z, y: (lecture.softmax(z) - y).sum(axis=1, keepdims=True),
        lambda z, y: 0 * z + (lecture.softmax(z) - y).mean(axis=1, keepdims=True),
        look="Compare the shape of your answer, and its columns, with those of z.",
    ),
    Mistake(
        "through-y-hat",
        "You go through ∂J/∂ŷ = −y/ŷ. A ŷ that is 1000 behind is rounded to 0, and cannot be "
        "divided by, nor does a small number beside it help. On paper ŷ cancels first: what is "
        "left?",
        *(partial(_through_y_hat, kept=kept) for kept in (0.0, 1e-12, 1e-300)),
        look="Try logits of 0 and 1000: what is the smaller ŷ, and what do you divide by it?",
    ),
    Mistake(
        "the-cost",
        "That is the cost J itself. The task asks for its gradient, shape (C, m).",
        lecture.cost,
        look="Compare the shape of your answer with that of z.",
    ),
)
_SUMS = (Invariant("The sum of each column", lambda dz, *_: dz.sum(axis=0), 0),)


gradient = Exercise(
    "``cost_gradient(z, y)``: dJ/dz, shape (C, m)",
    right=lecture.cost_gradient,
    cases=_CASES,
    mistakes=_GRADIENT_MISTAKES,
    draw=_draw,
    stub=Stub(
        _gradient_stub,
        "Begin with one example: how does its loss change with the logit of each class?",
    ),
    invariants=_SUMS,
)


_ONE_HOT_CASES = (
    Case((np.array([2, 0, 1, 2, 0]), 4), says="five labels, four classes, the last never seen"),
    Case((np.array([1]), 2), says="one label, two classes"),
    Case((np.array([3, 1, 3, 4]), 5), says="four labels, five classes, 0 and 2 never seen"),
    Case((np.array([1, 2, 0]), 3), says="three labels, three classes"),
)


def _draw_labels(rng):
    classes = int(rng.integers(3, 8))
    labels = rng.integers(0, classes, rng.integers(3, 7))
    return Case((labels, classes), says="labels drawn just now")


def _ones_in_rows(labels, classes):
    """Put the 1 of each example into the row of its number, one after the other."""
    Y = np.zeros((classes, len(labels)))
    for i, label in enumerate(labels):
        Y[i, label] = 1
    return Y


def _ones_in_rows_at_once(labels, classes):
    Y = np.zeros((classes, len(labels)))
    Y[np.arange(len(labels)), labels] = 1
    return Y


def _one_hot_stub(labels, classes):
    y = np.zeros((classes, len(labels)))
    return y


def _filled(labels, classes, fill):
    y = np.zeros((classes, len(labels)))
    fill(y, labels, np.arange(len(labels)))
    return y


def _at(value):
    def fill(y, labels, columns):
        y[labels, columns] = value(labels)

    return fill


def _whole_rows(y, labels, columns):
    y[labels] = 1


def _only(which):
    def fill(y, labels, columns):
        y[labels[which], columns[which]] = 1

    return fill


def _background(labels, classes, value):
    y = np.full((classes, len(labels)), value)
    y[labels, np.arange(len(labels))] = 1
    return y


_LOOK_SHAPE = "Compare the shape of your answer with (classes, m)."
_LOOK_COLUMN = "Look at one column: in which row should its 1 be, and in which is it?"
_LOOK_ONES = "Count the ones in each of your columns."
_LOOK_NUMBERS = "Look at the numbers in your answer: which two may occur?"
_ONE_HOT_MISTAKES = (
    row_for_column(_ones_in_rows, _ones_in_rows_at_once),
    Mistake(
        "rows-are-examples",
        "Your rows are the examples, as in Keras and scikit-learn. Here columns are examples.",
        lambda labels, classes: np.eye(classes)[labels],
        look=_LOOK_SHAPE,
    ),
    Mistake(
        "reshaped",
        "The places are counted as if each row were an example, and then cut up into another "
        "shape. That does not turn rows into columns: which operation does?",
        lambda labels, classes: np.eye(classes)[labels].reshape(classes, -1),
        look=_LOOK_ONES,
    ),
    Mistake(
        "class-forgotten",
        "You made as many rows as the labels at hand need. A mini-batch need not hold every class: "
        "use classes.",
        lambda labels, classes: np.eye(labels.max() + 1)[:, labels],
        lambda labels, classes: np.eye(len(np.unique(labels)))[
            :, np.unique(labels, return_inverse=True)[1]
        ],
        lambda labels, classes: np.eye(len(set(labels)))[:, labels],
        look=_LOOK_SHAPE,
    ),
    Mistake(
        "own-number-of-classes",
        "You make the same number of rows whatever classes says.",
        *(lambda labels, classes, k=k: np.eye(k)[:, labels] for k in (10, 3, 4, 5, 100)),
        look=_LOOK_SHAPE,
    ),
    Mistake(
        "one-row-off",
        "Every 1 is in the row next to the right one. Labels count from 0, and so do rows.",
        lambda labels, classes: np.eye(classes)[:, labels - 1],
        lambda labels, classes: np.arange(1, classes + 1)[:, None] == labels,
        lambda labels, classes: np.eye(classes)[:, (labels + 1) % classes],
        lambda labels, classes: np.arange(-1, classes - 1)[:, None] == labels,
        lambda labels, classes: np.eye(classes + 1)[:, labels + 1],
        look=_LOOK_COLUMN,
    ),
    Mistake(
        "one-row-too-many",
        "You made a row too many: classes is their number, not the largest label.",
        lambda labels, classes: np.eye(classes + 1)[:, labels],
        look=_LOOK_SHAPE,
    ),
    Mistake(
        "rows-are-examples-one-off",
        "Your rows are the examples, and each 1 is one place too far. Here columns are examples, "
        "and labels count from 0.",
        lambda labels, classes: np.eye(classes + 1)[labels + 1],
        lambda labels, classes: np.eye(classes)[labels - 1],
        look=_LOOK_SHAPE,
    ),
    Mistake(
        "upside-down",
        "Your rows run from the last class to the first. Row 0 belongs to class 0.",
        lambda labels, classes: np.eye(classes)[::-1][:, labels],
        look=_LOOK_COLUMN,
    ),
    Mistake(
        "class-numbers-inside",
        "The label itself stands where a 1 should: label 0 has no 1 at all.",
        partial(_filled, fill=_at(lambda labels: labels)),
        look=_LOOK_NUMBERS,
    ),
    Mistake(
        "whole-rows",
        "Your ones fill whole rows: each label marks every example. A place needs its row and its "
        "column; you gave only the row.",
        partial(_filled, fill=_whole_rows),
        look=_LOOK_ONES,
    ),
    Mistake(
        "only-one-example",
        "Only one example has its 1. What goes through all of them?",
        partial(_filled, fill=_only(slice(0, 1))),
        partial(_filled, fill=_only(slice(-1, None))),
        look=_LOOK_ONES,
    ),
    Mistake(
        "last-example-missing",
        "The last example has no 1: where does your loop end?",
        partial(_filled, fill=_only(slice(0, -1))),
        look=_LOOK_ONES,
    ),
    Mistake(
        "first-example-missing",
        "The first example has no 1: where does your loop begin?",
        partial(_filled, fill=_only(slice(1, None))),
        look=_LOOK_ONES,
    ),
    Mistake(
        "class-left-out",
        "One class never gets a 1: the last, or the first. Classes run from 0 to classes − 1.",
        lambda labels, classes: np.eye(classes)[:, labels] * (labels < classes - 1),
        lambda labels, classes: np.eye(classes)[:, labels] * (labels > 0),
        look=_LOOK_ONES,
    ),
    Mistake(
        "ones-beyond-the-label",
        "Your columns hold ones on one whole side of the label. Only its own row should have a 1.",
        lambda labels, classes: np.arange(classes)[:, None] >= labels,
        lambda labels, classes: np.arange(classes)[:, None] <= labels,
        lambda labels, classes: np.arange(classes)[:, None] > labels,
        lambda labels, classes: np.arange(classes)[:, None] < labels,
        look=_LOOK_ONES,
    ),
    Mistake(
        "turned-over",
        "0 and 1 have changed places.",
        lambda labels, classes: 1 - np.eye(classes)[:, labels],
        look=_LOOK_NUMBERS,
    ),
    Mistake(
        "other-background",
        "The ones are right, but the other places do not hold 0.",
        partial(_background, value=-1.0),
        partial(_background, value=7.0),
        look=_LOOK_NUMBERS,
    ),
    *(
        Mistake(
            "smoothed",
            "These are smoothed labels: a part of the 1 is spread over all classes. The exercise "
            "asks for 0 and 1.",
            lambda labels, classes, s=s: lecture.smooth(np.eye(classes)[:, labels], s),
            look=_LOOK_NUMBERS,
        )
        for s in (0.1, 0.01, 0.2)
    ),
    Mistake(
        "like-the-first",
        "All columns are those of the first label. Each example has its own.",
        lambda labels, classes: np.eye(classes)[:, labels[:1]] * np.ones(len(labels)),
        look=_LOOK_COLUMN,
    ),
    Mistake(
        "examples-reversed",
        "The examples come in reverse order. Each column belongs to the label at its place.",
        lambda labels, classes: np.eye(classes)[:, labels[::-1]],
        look=_LOOK_COLUMN,
    ),
    Mistake(
        "sorted",
        "The ones are sorted by class. Each column belongs to the label at its place.",
        lambda labels, classes: np.eye(classes)[:, np.sort(labels)],
        look=_LOOK_COLUMN,
    ),
    Mistake(
        "counts",
        "You counted the labels. Each example has a column of its own.",
        lambda labels, classes: np.eye(classes)[:, labels].sum(1, keepdims=True),
        lambda labels, classes: np.eye(classes)[:, labels].sum(1),
        lambda labels, classes: (
            np.bincount(labels, minlength=classes)[:, None] * np.ones(len(labels))
        ),
        look=_LOOK_NUMBERS,
    ),
    Mistake(
        "labels-in-every-row",
        "Every row holds the labels themselves. Where a row's number is the label there should be "
        "a 1, elsewhere 0.",
        lambda labels, classes: np.tile(labels, (classes, 1)),
        look=_LOOK_NUMBERS,
    ),
)


_ONES = (Invariant("The sum of each column", lambda y, *_: y.sum(axis=0), 1),)


one_hot = Exercise(
    "``one_hot(labels, classes)``: shape (classes, m)",
    right=lecture.one_hot,
    cases=_ONE_HOT_CASES,
    mistakes=_ONE_HOT_MISTAKES,
    draw=_draw_labels,
    stub=Stub(_one_hot_stub, "No label has its 1 so far: begin with the first column."),
    invariants=_ONES,
)


def goal_97(run, *, epoch, alpha, tests):
    """Judge the challenge: 97 % of the test digits within ten epochs."""
    right = run.accuracy(epoch, alpha, tests)
    now = f"{against(right, 0.97, '.1%')} after epoch {epoch}"
    if right >= 0.97 and 0 < epoch <= 10:
        return Verdict(True, None, f"{now}, α = {alpha:g}.")
    hint = f"get 97 % of the test digits drawn at random right within ten epochs. Now {now}."
    if tests == "the last in the file":
        cure = "But your test digits are the last in the file: choose those drawn at random."
        return Verdict(False, "strangers", f"{hint} {cure}")
    if epoch <= 10:
        return Verdict(False, "too-few", hint)
    in_time = any(run.accuracy(n, alpha, tests) >= 0.97 for n in range(1, 11))
    cure = "go back" if in_time else "by then this α had not got there, so choose another"
    return Verdict(False, "too-late", f"{hint} That is past epoch 10: {cure}.")
