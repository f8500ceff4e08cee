"""Checks of the exercises on mini-batches, and the goal of the challenge."""

from functools import cache, partial

import numpy as np

from course_utils import datasets, learning_rate_decay, regression
from course_utils import mini_batches as lecture
from course_utils.checks import mini_batches_cuts
from course_utils.checks.engine.diagnosis import Case, Mistake, Stub
from course_utils.checks.engine.exercise import Exercise
from course_utils.checks.engine.showing import against
from course_utils.checks.engine.verdict import Verdict

GOAL_EXCESS, GOAL_EPOCHS, GOAL_ORDERS = 0.02, 2, 5
"""The challenge: at most this share above the lowest cost, after so many epochs, in the mean over
so many orders of the examples."""


def goal_two_epochs(*, size, alpha, epochs, **_):
    """Judge the challenge: close to the lowest cost after two epochs, whatever the order.

    Parameters
    ----------
    size, alpha, epochs : float
        Where the reader's controls stand.

    Returns
    -------
    Verdict
    """
    asked = (
        f"After at most {GOAL_EPOCHS} epochs, be at most {100 * GOAL_EXCESS:g} % above the lowest "
        f"cost, as the mean over {GOAL_ORDERS} orders of the examples. "
    )
    if epochs > GOAL_EPOCHS:
        return Verdict(False, "too-late", f"{asked}Now you have used {epochs:g} epochs.")
    excess = _excess(size, alpha, epochs)
    amount = against(100 * excess, 100 * GOAL_EXCESS, ".1f") + " %"
    amount = amount if excess < 10 else "more than 1000 %"
    here = f"Now the mean over {GOAL_ORDERS} orders is {amount} above it."
    if excess > GOAL_EXCESS:
        return Verdict(False, "cost-too-high", asked + here)
    return Verdict(True, None, here)


@cache
def _excess(size, alpha, epochs):
    """Return how far above the lowest cost descent is, as a share of it, over some orders."""
    X, y = datasets.next_day()
    lowest = regression.linear_cost(regression.linear_minimum(X, y), X, y)[0]
    with np.errstate(all="ignore"):
        costs = [_cost_after(X, y, size, alpha, epochs, seed) for seed in range(GOAL_ORDERS)]
        mean = np.mean(costs) / lowest - 1
    return float(mean) if np.isfinite(mean) else np.inf


def _cost_after(X, y, size, alpha, epochs, seed):
    w, seen = regression.START, 0
    walk = lecture.descent(
        w,
        X,
        y,
        regression.linear_gradient,
        size=size,
        epochs=GOAL_EPOCHS,
        schedule=learning_rate_decay.constant(alpha),
        rng=np.random.default_rng(seed),
    )
    for after, x, _ in walk:
        seen += x.shape[1]
        if seen > epochs * X.shape[1] + 1e-6:
            break
        w = after
    return regression.linear_cost(w, X, y)[0]


# The cut into mini-batches


def _cut_case(m, size, *, inputs=20, labels=2, seed=3, says=""):
    X, Y = mini_batches_cuts.examples(inputs, labels, m)
    says = f"{m} examples, size {size}{says}"
    return Case((X, Y, size, np.random.default_rng(seed)), says=says)


_CUTS = (
    _cut_case(52, 16),
    _cut_case(64, 16),
    _cut_case(49, 16, labels=1, says=": a single one is left"),
    _cut_case(40, 40, says=": one mini-batch"),
    _cut_case(30, 1, labels=3),
    _cut_case(37, 64, says=": fewer than one mini-batch"),
)


def _draw_cut(rng):
    m, size, inputs, labels = map(int, rng.integers([25, 2, 2, 1], [70, 20, 30, 5]))
    return _cut_case(m, size, inputs=inputs, labels=labels, seed=rng.integers(2**30))


def _cut_stub(X, Y, size, rng):
    batches = [(X, Y)]
    return batches


mini_batches = Exercise(
    "``mini_batches(X, Y, size, rng)``: the mini-batches of one epoch, a list of pairs or yielded",
    right=lecture.mini_batches,
    cases=_CUTS,
    draw=_draw_cut,
    stub=Stub(
        _cut_stub,
        "All examples are in one piece, in their old order: begin with a new order of the columns.",
    ),
    watch=mini_batches_cuts.watch,
    symptoms=mini_batches_cuts.SYMPTOMS,
    run_by_run=True,
)


# One epoch of the linear model


def _walk(
    w,
    batches,
    alpha,
    *,
    pick=lambda batches: batches,
    at=lambda path: path[-1],
    error=lambda w, x, y: w.T @ x - y,
    slope=lambda x, error: x @ error.T,
    over=lambda x, batches: x.shape[1],
    sign=1,
    turn=lambda gradient: gradient,
    rate=lambda alpha, k: alpha,
    finish=lambda path, slopes: path[-1],
):
    """Take a step on each mini-batch, in exchangeable parts: the right ones by default."""
    path, slopes = [w], []
    for k, (x, y) in enumerate(pick(batches)):
        slopes.append(turn(slope(x, error(at(path), x, y)) / over(x, batches)))
        path.append(path[-1] - sign * rate(alpha, k) * slopes[-1])
    return finish(path, slopes)


def _epoch_stub(w, batches, alpha):
    w = w.copy()
    return w


def _joined(batches):
    return [tuple(np.concatenate(parts, axis=1) for parts in zip(*batches, strict=True))]


def _one_by_one(batches):
    return [(x[:, k : k + 1], y[:, k : k + 1]) for x, y in batches for k in range(x.shape[1])]


def _weight_by_weight(w, batches, alpha):
    w = w.copy()
    for x, y in batches:
        for i in range(len(w)):
            w[i] -= alpha * np.mean(x[i] * (w.T @ x - y))
    return w


def _with_momentum(w, batches, alpha, *, beta=0.9, fresh=1.0):
    v = np.zeros(w.shape)
    for x, y in batches:
        v = beta * v + fresh * regression.linear_gradient(w, x, y)
        w = w - alpha * v
    return w


def _on_its_side(w, batches, alpha, *, gradient):
    for x, y in batches:
        w = w - alpha * gradient(x, w.T @ x - y)
    return w


_WHICH = "Count the steps that you take, and look at which mini-batch each of them sees."
_WHERE = "Print w at the beginning of each round of your loop: does it change?"
_SIZE = "Look at the number that you divide by: which size does the last mini-batch have?"
_LENGTH = (
    "Work out one step by hand, with α = 0.1 and one mini-batch of two examples, each with two "
    "inputs."
)
_BOTTOM = "Start where the error is 0 for every example: w should not move."
_DOWN = (
    "Take a single example of which the prediction is too low, and work out J before and after "
    "your step: does it fall?"
)
_OUT = "Compare what you return with w, in shape and in size."
_MEAN = (
    "The mean is over the examples of this mini-batch, and the last may have fewer: take their "
    "number from its shape."
)
_EPOCH_MISTAKES = (
    Mistake(
        "shapes-do-not-fit",
        "In one of your matrix products these numbers differ. The formula has two transposes, and "
        "a pair holds x first: is it so in your lines?",
        partial(_walk, slope=lambda x, error: x @ error),
        partial(_walk, error=lambda w, x, y: w @ x - y),
        look="Print the shapes to both sides of each @: the two numbers that meet have to agree.",
    ),
    Mistake(
        "first-batch-only",
        "Only the first mini-batch was used. Is the return inside the loop?",
        partial(_walk, pick=lambda batches: batches[:1]),
        look=_WHICH,
    ),
    Mistake(
        "last-batch-missing",
        "The step on the last mini-batch is missing. It may be smaller, but it counts.",
        partial(_walk, pick=lambda batches: batches[:-1]),
        look=_WHICH,
    ),
    Mistake(
        "first-batch-missing",
        "The first mini-batch was not used.",
        partial(_walk, pick=lambda batches: batches[1:]),
        look=_WHICH,
    ),
    Mistake(
        "smaller-batches-skipped",
        "A smaller mini-batch was not used. It has examples that come at no other time of the "
        "epoch.",
        partial(
            _walk,
            pick=lambda batches: [
                pair for pair in batches if pair[0].shape[1] == batches[0][0].shape[1]
            ],
        ),
        look=_WHICH,
    ),
    Mistake(
        "three-batches-at-most",
        "You stop after three mini-batches. An epoch is all of them.",
        partial(_walk, pick=lambda batches: batches[:3]),
        look=_WHICH,
    ),
    Mistake(
        "order-reversed",
        "You go through the mini-batches from the last to the first. They are shuffled already: "
        "take them as they come.",
        partial(_walk, pick=lambda batches: batches[::-1]),
        look=_WHICH,
    ),
    Mistake(
        "twice-through",
        "You go through the mini-batches twice. One epoch is once.",
        partial(_walk, pick=lambda batches: [*batches, *batches]),
        look=_WHICH,
    ),
    Mistake(
        "one-step-an-example",
        "You take a step on each example. Here a step is taken on each mini-batch, by the mean "
        "over its examples.",
        partial(_walk, pick=_one_by_one),
        look=_WHICH,
    ),
    Mistake(
        "one-example-a-batch",
        "Only the first example of each mini-batch is used. The mean is over all of them.",
        partial(_walk, pick=lambda batches: [(x[:, :1], y[:, :1]) for x, y in batches]),
        look=_WHICH,
    ),
    Mistake(
        "batch-descent",
        "You put all mini-batches together and take one step: that is batch descent. Here a step "
        "is taken on each of them.",
        lambda w, batches, alpha: _walk(w, _joined(batches), alpha),
        look=_WHICH,
    ),
    Mistake(
        "starts-anew",
        "Each step starts from the w of the beginning, so that only the last one is left. Which w "
        "should the next mini-batch find?",
        partial(_walk, pick=lambda batches: batches[-1:]),
        look=_WHERE,
    ),
    Mistake(
        "all-at-the-first-w",
        "All gradients are taken at the w of the beginning. The next one should be taken where the "
        "step before has led.",
        partial(_walk, at=lambda path: path[0]),
        look=_WHERE,
    ),
    Mistake(
        "one-mean-step",
        "You take all gradients at the w of the beginning, and one step along their mean. A step "
        "is due after each of them.",
        partial(_walk, at=lambda path: path[0], over=lambda x, batches: x.shape[1] * len(batches)),
        look=_WHERE,
    ),
    Mistake(
        "uphill",
        "You step uphill. Which way does the gradient point?",
        partial(_walk, sign=-1),
        look=_DOWN,
    ),
    Mistake(
        "sum-for-mean",
        "You take the sum over the examples; if you divide it, then by 1. J is a mean, and so is "
        "its gradient.",
        partial(_walk, over=lambda x, batches: 1),
        look=_LENGTH,
    ),
    Mistake(
        "divides-by-all",
        "You divide by the number of all examples. " + _MEAN,
        partial(_walk, over=lambda x, batches: sum(x.shape[1] for x, _ in batches)),
        look=_SIZE,
    ),
    Mistake(
        "divides-by-first-size",
        "You divide by the size of the first mini-batch every time. " + _MEAN,
        partial(_walk, over=lambda x, batches: batches[0][0].shape[1]),
        look=_SIZE,
    ),
    Mistake(
        "divides-by-inputs",
        "You divide by the number of inputs, the rows of x. " + _MEAN,
        partial(_walk, over=lambda x, batches: len(x)),
        look=_SIZE,
    ),
    Mistake(
        "divides-by-batches",
        "You divide by the number of mini-batches. " + _MEAN,
        partial(_walk, over=lambda x, batches: len(batches)),
        look=_SIZE,
    ),
    Mistake(
        "divides-by-batches-too",
        "You divide by the number of mini-batches, too. A step is α times the mean over its own "
        "examples.",
        partial(_walk, over=lambda x, batches: x.shape[1] * len(batches)),
        look=_SIZE,
    ),
    Mistake(
        "size-by-heart",
        "You divide by one number of your own, whatever the mini-batch holds. " + _MEAN,
        *(partial(_walk, over=lambda x, batches, own=own: own) for own in (16, 13, 64, 1000)),
        look=_SIZE,
    ),
    Mistake(
        "divides-by-entries",
        "You divide by the number of all entries of x. " + _MEAN,
        partial(_walk, over=lambda x, batches: x.size),
        look=_SIZE,
    ),
    Mistake(
        "times-size",
        "You multiply the sum over the examples by their number. What makes a sum a mean?",
        partial(_walk, over=lambda x, batches: 1 / x.shape[1]),
        look=_SIZE,
    ),
    Mistake(
        "divides-twice",
        "You divide by the size twice.",
        partial(_walk, over=lambda x, batches: x.shape[1] ** 2),
        look=_SIZE,
    ),
    Mistake(
        "half-too-much",
        "There is an extra factor of ½. J has a ½ before its squares: what becomes of it in the "
        "gradient?",
        partial(_walk, over=lambda x, batches: 2 * x.shape[1]),
        look=_LENGTH,
    ),
    Mistake(
        "factor-two",
        "There is an extra factor of 2. J has a ½ before its squares: what becomes of the 2 they "
        "bring down?",
        partial(_walk, over=lambda x, batches: x.shape[1] / 2),
        look=_LENGTH,
    ),
    Mistake(
        "no-label",
        "The label y is missing from your error.",
        partial(_walk, error=lambda w, x, y: w.T @ x),
        look=_BOTTOM,
    ),
    Mistake(
        "no-prediction",
        "The prediction is missing from your error: only y is in it.",
        partial(_walk, error=lambda w, x, y: -y),
        look=_BOTTOM,
    ),
    Mistake(
        "plus-label",
        "You add the label to the prediction. The error is their difference.",
        partial(_walk, error=lambda w, x, y: w.T @ x + y),
        look=_BOTTOM,
    ),
    Mistake(
        "sigmoid",
        "You send the prediction through a sigmoid, as logistic regression does. The model here is "
        "linear: what does the task subtract y from?",
        partial(_walk, error=lambda w, x, y: 1 / (1 + np.exp(-w.T @ x)) - y),
        look=_BOTTOM,
    ),
    Mistake(
        "error-squared",
        "You square the error. That is in the cost; here its derivative is needed.",
        partial(_walk, error=lambda w, x, y: (w.T @ x - y) ** 2),
        look=_DOWN,
    ),
    Mistake(
        "error-without-sign",
        "You take the error without its sign, so that w moves the same way whether the prediction "
        "is too high or too low.",
        partial(_walk, error=lambda w, x, y: np.abs(w.T @ x - y)),
        look=_DOWN,
    ),
    Mistake(
        "x-left-out",
        "x is missing before the error, so that all weights move alike. Each weight should "
        "move in proportion to its own input, too.",
        partial(_walk, slope=lambda x, error: np.full((len(x), 1), error.sum())),
        look=_LENGTH,
    ),
    Mistake(
        "on-its-side",
        "Your gradient is a row, or has one axis only. Taken off the column w it fills a square, "
        "because NumPy broadcasts. Which shape should it have?",
        partial(_on_its_side, gradient=lambda x, error: error @ x.T / x.shape[1]),
        partial(_on_its_side, gradient=lambda x, error: np.mean(x * error, axis=1)),
        look="Print the shapes of w and of your gradient, for each mini-batch.",
    ),
    Mistake(
        "one-slope-for-all",
        "You average over the inputs, too, so that all weights move alike. Each weight has a slope "
        "of its own.",
        partial(_walk, slope=lambda x, error: np.full((len(x), 1), (x @ error.T).mean())),
        look=_LENGTH,
    ),
    Mistake(
        "one-slope-for-all",
        "You sum over the inputs, too, so that all weights move alike. Each weight has a slope of "
        "its own.",
        partial(_walk, slope=lambda x, error: np.full((len(x), 1), (x @ error.T).sum())),
        look=_LENGTH,
    ),
    Mistake(
        "cost-for-gradient",
        "You step by the cost J. A step goes along its gradient.",
        partial(_walk, slope=lambda x, error: np.full((len(x), 1), (error**2).sum() / 2)),
        look=_LENGTH,
    ),
    Mistake(
        "momentum",
        "Your step still holds the gradients of the mini-batches before: that is momentum. Here "
        "each step is along one gradient.",
        _with_momentum,
        partial(_with_momentum, fresh=0.1),
        partial(_with_momentum, beta=1.0),
        look="Look at what your second step is made of.",
    ),
    Mistake(
        "sign-only",
        "Only the sign of the gradient is left. Its size counts, too.",
        partial(_walk, turn=np.sign),
        look=_LENGTH,
    ),
    Mistake(
        "no-alpha",
        "α is missing from your steps.",
        partial(_walk, rate=lambda alpha, k: 1.0),
        look=_LENGTH,
    ),
    Mistake(
        "alpha-squared",
        "α is in your step twice.",
        partial(_walk, rate=lambda alpha, k: alpha**2),
        look=_LENGTH,
    ),
    Mistake(
        "alpha-decays",
        "α gets smaller from step to step. In this exercise it stays as it is passed in.",
        partial(_walk, rate=lambda alpha, k: alpha / 2**k),
        look=_WHICH,
    ),
    Mistake(
        "alpha-decays",
        "α gets smaller from step to step. In this exercise it stays as it is passed in.",
        partial(_walk, rate=lambda alpha, k: alpha / (1 + k)),
        look=_WHICH,
    ),
    Mistake(
        "whole-path",
        "You return every w on the way. The task asks for the last one.",
        partial(_walk, finish=lambda path, slopes: np.array(path)),
        look=_OUT,
    ),
    Mistake(
        "whole-path",
        "You return every w on the way. The task asks for the last one.",
        partial(_walk, finish=lambda path, slopes: np.array(path[1:])),
        look=_OUT,
    ),
    Mistake(
        "mean-of-the-path",
        "You return the mean of all w on the way. The task asks for the last one.",
        partial(_walk, finish=lambda path, slopes: np.mean(path[1:], axis=0)),
        look=_OUT,
    ),
    Mistake(
        "mean-of-the-path",
        "You return the mean of all w on the way. The task asks for the last one.",
        partial(_walk, finish=lambda path, slopes: np.mean(path, axis=0)),
        look=_OUT,
    ),
    Mistake(
        "returns-the-gradient",
        "You return the last gradient. The task asks for w.",
        partial(_walk, finish=lambda path, slopes: slopes[-1]),
        look=_OUT,
    ),
    Mistake(
        "returns-the-change",
        "You return how far w has moved. The task asks for w itself.",
        partial(_walk, finish=lambda path, slopes: path[-1] - path[0]),
        look=_OUT,
    ),
    Mistake(
        "weight-by-weight",
        "The second weight's step already sees the new first weight. A step moves all weights at "
        "once, by one gradient.",
        _weight_by_weight,
        look="Look at when you work out the error: once for each mini-batch, or more often?",
    ),
)


def _batches(rng, sizes, inputs):
    return [
        (rng.normal(0.3, 1, (inputs, n)).round(2), rng.normal(0.5, 1, (1, n)).round(2))
        for n in sizes
    ]


def _epoch_case(sizes, alpha, says, inputs=2):
    rng = np.random.default_rng(sum(sizes))
    w = rng.normal(0, 1, (inputs, 1)).round(2)
    return Case((w, _batches(rng, sizes, inputs), alpha), says=says)


_EPOCHS = (
    _epoch_case((4, 4, 3), 0.1, "mini-batches of 4, 4 and 3"),
    _epoch_case((3, 2), 0.3, "mini-batches of 3 and 2, three inputs", inputs=3),
    _epoch_case((6,), 0.2, "one mini-batch"),
    _epoch_case((2, 2, 2, 2, 1), 0.05, "five mini-batches"),
)


def _draw_epoch(rng):
    sizes, inputs = [2] * int(rng.integers(1, 4)) + [1], int(rng.integers(2, 5))
    w = rng.normal(0, 1, (inputs, 1)).round(2)
    return Case(
        (w, _batches(rng, sizes, inputs), int(rng.integers(2, 30)) / 100),
        says="mini-batches drawn just now",
    )


epoch = Exercise(
    "``epoch(w, batches, alpha)``: the weights of the linear model after one epoch",
    right=_walk,
    cases=_EPOCHS,
    mistakes=_EPOCH_MISTAKES,
    draw=_draw_epoch,
    stub=Stub(_epoch_stub, "w has not moved: on which mini-batch is the first step taken?"),
)
