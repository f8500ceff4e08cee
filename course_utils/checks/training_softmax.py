"""Checks of the exercises and the challenge about training softmax."""

from functools import partial

import numpy as np

from course_utils import softmax as lecture
from course_utils.checks.diagnosis import Case, Mistake, diagnose
from course_utils.checks.verdict import Verdict

_Z = np.array([[2.0, -1.0, 0.5, 3.0], [0.0, 1.0, 0.25, -2.0], [-1.0, 0.5, 2.0, 1.0]])
_Y = np.eye(3)[:, [0, 2, 1, 1]]
_Z_TALL = np.array([[0.3, -0.2], [1.5, 0.1], [-0.7, 2.0], [0.0, -1.0], [0.4, 0.9]])
_Y_TALL = np.eye(5)[:, [3, 2]]
_EXAMPLES = (
    (_Z, _Y, "three classes, four examples"),
    (_Z_TALL, _Y_TALL, "five classes, two examples"),
)
_LARGE = Case((np.array([[1000.0, 0.0], [0.0, 1000.0]]), np.eye(2)), says="logits of 1000")


def _softmax(z, axis=0):
    with np.errstate(all="ignore"):
        t = np.exp(z - z.max(axis=axis, keepdims=True))
        return t / t.sum(axis=axis, keepdims=True)


def _share(z, y):
    return lecture.softmax(z)[y > 0]


def _cost(z, y, *, sign=-1.0, log=np.log, mean=lambda z: z.shape[1], axis=0, more=0.0):
    """Compute the cost in exchangeable parts: the right ones by default."""
    y_hat = np.maximum(_softmax(z, axis), 1e-300)
    terms = y * log(y_hat)
    if more:
        terms = terms + (1 - y) * log(np.maximum(1 - y_hat, 1e-300))
    return sign * terms.sum() / mean(z)


def _cost_mistake(identity, hint, **parts):
    return Mistake(identity, partial(_cost, **parts), hint)


def _naive_cost(z, y):
    with np.errstate(all="ignore"):
        t = np.exp(z)
        return -(y * np.log(t / t.sum(axis=0))).sum() / z.shape[1]


_COST_CASES = (*(Case((z, y), says=says) for z, y, says in _EXAMPLES), _LARGE)
_OVERFLOW = (
    "Right for small logits, but exp(1000) is infinite and 0 · log 0 is no number. log_softmax in "
    "softmax.py never takes the logarithm of a rounded zero."
)
_COST_MISTAKES = (
    Mistake("still-the-stub", lambda z, y: 0.0, "This is the stub as it came: 0."),
    _cost_mistake("minus-forgotten", "Your cost falls as the right class gets less likely: print "
                  "it for a good and a bad prediction. Which sign is missing?", sign=1.0),
    _cost_mistake("sum-for-mean", "That is the sum over the examples. J is their mean.",
                  mean=lambda z: 1),
    _cost_mistake("divided-by-all-entries", "You divide by C · m, as np.mean over everything does. "
                  "Of the C terms of an example all but one are 0: they do not count as examples.",
                  mean=lambda z: z.size),
    _cost_mistake("divided-by-classes", "You divide by C. How many examples are there?",
                  mean=lambda z: len(z)),
    _cost_mistake("softmax-over-examples", "Your softmax sums to 1 along the examples. Columns are "
                  "examples: which axis runs over the classes?", axis=1),
    _cost_mistake("log2", "That is in bits: log2. The lecture's log is the natural one.",
                  log=np.log2),
    _cost_mistake("log10", "You took log10. The lecture's log is the natural one.", log=np.log10),
    _cost_mistake("logistic-terms-added", "You added (1 − y) log(1 − ŷ), which belongs to the "
                  "logistic loss of one output. Softmax needs the right class alone.", more=1.0),
    Mistake("one-minus-y-hat", lambda z, y: (1 - _share(z, y)).mean(), "That is 1 − ŷ of the right "
            "class. Where is the logarithm?"),
    Mistake("squared-error", lambda z, y: ((_softmax(z) - y) ** 2).sum() / z.shape[1],
            "That is the squared error. The loss here is −Σ y log ŷ."),
    Mistake("loss-of-each-example", lambda z, y: -(y * lecture.log_softmax(z)).sum(axis=0),
            "These are the losses of the examples, and right. J is one number: their mean."),
    Mistake("log-of-a-logit", lambda z, y: -(y * z).sum() / z.shape[1], "z is not log ŷ: what "
            "softmax divides by is missing."),
    Mistake("overflows", _naive_cost, _OVERFLOW),
)  # fmt: skip


def cost(function):
    """Check ``cost(z, y)``: the mean loss of logits `z` with one-hot `y`, both (C, m)."""
    return diagnose(function, lecture.cost, _COST_CASES, _COST_MISTAKES)


def _gradient(z, y, *, y_hat=_softmax, share=lambda z: z.shape[1]):
    return (y_hat(z) - y) / share(z)


_GRADIENT_CASES = tuple(Case((z, y), says=says) for z, y, says in _EXAMPLES)
_GRADIENT_MISTAKES = (
    Mistake("still-the-stub", lambda z, y: np.zeros_like(z), "This is the stub as it came: zeros."),
    Mistake("turned-round", lambda z, y: -_gradient(z, y), "The sign is turned: descent would "
            "lower the right class. Which way should z of the right class go?"),
    Mistake("turned-round", lambda z, y: y - _softmax(z), "The sign is turned, and it is not "
            "divided by m."),
    Mistake("not-divided-by-m", partial(_gradient, share=lambda z: 1), "ŷ − y is the gradient of "
            "each example's loss. J is their mean: what is missing?"),
    Mistake("divided-by-all-entries", partial(_gradient, share=lambda z: z.size), "You divide by "
            "C · m. J is a mean over the m examples."),
    Mistake("softmax-over-examples", partial(_gradient, y_hat=partial(_softmax, axis=1)), "Your "
            "softmax sums to 1 along the examples. Which axis runs over the classes?"),
    Mistake("logits-for-probabilities", partial(_gradient, y_hat=lambda z: z), "You subtract y "
            "from the logits. ŷ are the probabilities: softmax(z)."),
    Mistake("with-respect-to-y-hat", lambda z, y: -y / _softmax(z) / z.shape[1], "That is "
            "∂J/∂ŷ. Asked for is ∂J/∂z: one more step of the chain rule makes it simple."),
    Mistake("only-the-right-class", lambda z, y: y * _gradient(z, y), "Only the right class has a "
            "gradient. The others should fall, too."),
    Mistake("times-the-slope", lambda z, y: (_softmax(z) - y) * _softmax(z) * (1 - _softmax(z))
            / z.shape[1], "ŷ (1 − ŷ) does not belong here: that would be the squared error's."),
    Mistake("averaged", lambda z, y: (_softmax(z) - y).mean(axis=1, keepdims=True), "You averaged "
            "over the examples. dz keeps a column for each: shape (C, m)."),
)  # fmt: skip


def gradient(function):
    """Check ``cost_gradient(z, y)``: dJ/dz, shape (C, m)."""
    return diagnose(function, lecture.cost_gradient, _GRADIENT_CASES, _GRADIENT_MISTAKES)


_ONE_HOT_CASES = (
    Case((np.array([2, 0, 1, 2, 0]), 4), says="five labels, four classes, the last never seen"),
    Case((np.array([0, 1, 1]), 2), says="three labels, two classes"),
)
_ONE_HOT_MISTAKES = (
    Mistake("still-the-stub", lambda labels, classes: np.zeros((classes, len(labels))),
            "This is the stub as it came: no label has its 1 yet."),
    Mistake("rows-are-examples", lambda labels, classes: np.eye(classes)[labels],
            "One row an example, as Keras and scikit-learn have it. Here columns are examples."),
    Mistake("last-class-forgotten", lambda labels, classes: np.eye(labels.max() + 1)[:, labels],
            "You made as many rows as classes were seen. A mini-batch need not hold every class: "
            "use classes."),
    Mistake("labels-from-1", lambda labels, classes: np.eye(classes)[:, labels - 1],
            "Every 1 is one row too high. Labels count from 0."),
    Mistake("class-numbers-inside", lambda labels, classes: np.eye(classes)[:, labels] * labels,
            "The label itself stands where a 1 should: label 0 has no 1 at all."),
    Mistake("turned-over", lambda labels, classes: 1 - np.eye(classes)[:, labels],
            "0 and 1 have changed places."),
    Mistake("all-in-one", lambda labels, classes: np.eye(classes)[:, labels].sum(1, keepdims=True),
            "You counted the labels. Each example has a column of its own."),
)  # fmt: skip


def one_hot(function):
    """Check ``one_hot(labels, classes)``: shape (classes, m)."""
    return diagnose(function, lecture.one_hot, _ONE_HOT_CASES, _ONE_HOT_MISTAKES)


def goal_97(run, *, epoch, alpha, tests):
    """Judge the challenge: 97 % of the test digits within ten epochs."""
    right = run.accuracy(epoch, alpha, tests)
    now = f"{right:.1%} after epoch {epoch}"
    if right >= 0.97 and 0 < epoch <= 10:
        return Verdict(True, None, f"{now}, α = {alpha:g}.")
    late = " That is past epoch 10: go back, and choose another α." if epoch > 10 else ""
    hint = f"get 97 % of the test digits right within ten epochs. Now {now}.{late}"
    return Verdict(False, "too-late" if late else "too-few", hint)
