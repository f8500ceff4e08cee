"""Checks of the exercises on mini-batches, and the goal of the challenge.

How the examples are shuffled is chance, so the first check looks at what any right cut has in
common: its symptoms are tried in order, and the first that is seen names the mistake.
"""

from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from itertools import islice

import numpy as np

from course_utils import datasets, learning_rate_decay
from course_utils import mini_batches as lecture
from course_utils.checks.diagnosis import Case, Mistake, diagnose
from course_utils.checks.verdict import Verdict


def mini_batches(function):
    """Check ``function(X, Y, size, rng)``: the mini-batches of one epoch, as pairs.

    Parameters
    ----------
    function : callable
        The reader's function; it may return a list of pairs or yield them.

    Returns
    -------
    Verdict
    """
    if not callable(function):
        return diagnose(function, _epochs_of(lecture.mini_batches), _CUTS, ())
    seen = set()

    def measure(epochs):
        seen.add(_first_symptom(epochs))
        return float(bool(_first_symptom(epochs)))

    verdict = diagnose(
        _epochs_of(function), _epochs_of(lecture.mini_batches), _CUTS, (), measure=measure
    )
    if verdict.mistake != "wrong-numbers":
        return verdict
    mistake, hint, _ = _SYMPTOMS[min(seen - {0}) - 1]
    return Verdict(False, mistake, hint)


def epoch(function):
    """Check ``function(w, batches, alpha)``: the weights of the linear model after one epoch.

    Parameters
    ----------
    function : callable
        The reader's function.

    Returns
    -------
    Verdict
    """
    return diagnose(function, _walk, _EPOCHS, _EPOCH_MISTAKES)


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
    amount = f"{100 * excess:.1f} %" if excess < 10 else "more than 1000 %"
    here = f"Now the mean over {GOAL_ORDERS} orders is {amount} above it."
    if excess > GOAL_EXCESS:
        return Verdict(False, "cost-too-high", asked + here)
    return Verdict(True, None, here)


@cache
def _excess(size, alpha, epochs):
    """Return how far above the lowest cost descent is, as a share of it, over some orders."""
    X, y = datasets.next_day()
    lowest = lecture.linear_cost(lecture.linear_minimum(X, y), X, y)[0]
    with np.errstate(all="ignore"):
        costs = [_cost_after(X, y, size, alpha, epochs, seed) for seed in range(GOAL_ORDERS)]
        mean = np.mean(costs) / lowest - 1
    return float(mean) if np.isfinite(mean) else np.inf


def _cost_after(X, y, size, alpha, epochs, seed):
    w, seen = lecture.START, 0
    walk = lecture.descent(
        w, X, y, lecture.linear_gradient, size=size, epochs=GOAL_EPOCHS,
        schedule=learning_rate_decay.constant(alpha), rng=np.random.default_rng(seed),
    )  # fmt: skip
    for after, x, _ in walk:
        seen += x.shape[1]
        if seen > epochs * X.shape[1] + 1e-6:
            break
        w = after
    return lecture.linear_cost(w, X, y)[0]


# The cut: two epochs by one generator, and the first once more by its twin.


class _Epochs:
    """What a reader's function made of one case."""

    def __init__(self, X, Y, size, epochs):
        self.X, self.Y, self.size, self.m = X, Y, size, X.shape[1]
        self.epochs = epochs
        self.first = epochs[0]

    @property
    def sizes(self):
        return [x.shape[1] for x, _ in self.first]

    @property
    def many(self):
        """Whether the right cut has several pieces of several examples."""
        return 1 < self.size < self.m

    def orders(self, which=0):
        """Return, epoch by epoch, which example stands where; -1 is none of them."""
        of = {column: k for k, column in enumerate(_columns((self.X, self.Y)[which]))}
        joined = [np.concatenate([pair[which] for pair in e], axis=1) for e in self.epochs]
        return [np.array([of.get(c, -1) for c in _columns(values)]) for values in joined]


def _columns(a):
    return [tuple(column) for column in a.T.tolist()]


def _epochs_of(function):
    """Run a function as two epochs follow each other, and the first again from the same seed."""

    def run(X, Y, size, rng):
        given, twin = (X.copy(), Y.copy()), deepcopy(rng)
        epochs = [_collected(function(X, Y, size, each)) for each in (rng, rng)]
        epochs.append(_collected(function(*(a.copy() for a in given), size, twin)))
        return None if epochs[0] is None else _Epochs(*given, size, epochs)

    return run


def _collected(value):
    """Return the pieces as lists of float arrays, copied before a later epoch can change them."""
    if isinstance(value, Iterator):
        value = list(islice(value, 1000))
    try:
        return [[np.array(part, dtype=np.float64) for part in piece] for piece in value]
    except (TypeError, ValueError):
        return None if value is None else [[]]


def _pairs(e):
    return all(len(piece) == 2 and all(p.ndim == 2 for p in piece) for x in e.epochs for piece in x)


def _stub(e):
    alone = len(e.first) == 1 and e.size < e.m and _pairs(e)
    return alone and all(map(np.array_equal, e.first[0], (e.X, e.Y)))


def _two_lists(e):
    """Whether the pieces of X came together, and then those of Y."""
    starts = [np.ndim(part) == 2 and len(part) == n for piece, n in
              zip(e.first, (len(e.X), len(e.Y)), strict=False) for part in piece]  # fmt: skip
    return len(e.first) == 2 and len(starts) > 0 and all(starts) and len(e.X) != len(e.Y)


def _flat(e):
    return any(len(piece) == 2 and any(p.ndim == 1 for p in piece) for piece in e.first)


def _turned(e):
    return any(x.shape[1] == len(e.X) and x.shape[0] != len(e.X) and x.shape[0] <= e.size
               and y.shape[0] == x.shape[0] for x, y in e.first)  # fmt: skip


def _rows_cut(e):
    return any(len(x) != len(e.X) or len(y) != len(e.Y) for x, y in e.first)


def _uneven(e):
    return any(x.shape[1] != y.shape[1] for x, y in e.first)


def _dropped(e):
    """Whether all that is there is right, and only the end is missing."""
    return sum(e.sizes) < e.m and all(n == e.size for n in e.sizes)


def _padded(e):
    return sum(e.sizes) > e.m and all(n == e.size for n in e.sizes)


def _merged(e):
    return sum(e.sizes) == e.m and e.sizes[-1] > e.size and set(e.sizes[:-1]) <= {e.size}


def _as_count(e):
    return sum(e.sizes) == e.m and len(e.first) == e.size != lecture.steps_per_epoch(e.m, e.size)


def _next_to(e):
    skipped = e.m % e.size == 0 and 0 < sum(e.sizes) < e.m and e.sizes[-1] < e.size
    return len(e.sizes) > 1 and (abs(e.sizes[0] - e.size) == 1 or skipped)


def _even(e):
    """Whether the pieces were made as alike as can be."""
    right = lecture.steps_per_epoch(e.m, e.size)
    alike = sum(e.sizes) == e.m and max(e.sizes) - min(e.sizes) <= 1
    return len(e.sizes) == right and alike and _wrong_sizes(e)


def _empty(e):
    return 0 in e.sizes


def _wrong_sizes(e):
    return e.sizes != [min(e.size, e.m - k) for k in range(0, e.m, e.size)]


def _repeats(e):
    return len(set(e.orders()[0])) < e.m and len(set(e.orders(1)[0])) < e.m


def _apart(e, *, straight=None):
    x, y = e.orders()[0], e.orders(1)[0]
    in_order = np.arange(e.m)
    if straight is not None:
        return np.array_equal((x, y)[straight], in_order) and not np.array_equal(x, y)
    return not np.array_equal(x, y)


def _never_shuffled(e):
    return e.many and all(np.array_equal(order, np.arange(e.m)) for order in e.orders())


def _same_each_epoch(e):
    first, second, _ = e.orders()
    return e.many and np.array_equal(first, second)


def _not_from_rng(e):
    first, _, again = e.orders()
    return e.many and not np.array_equal(first, again)


def _neighbours_kept(e):
    steps = np.abs(np.diff(e.orders()[0]))
    return e.many and np.mean((steps == 1) | (steps == e.m - 1)) > 0.5


def _shuffled_within(e):
    cut = [set(range(k, min(k + e.size, e.m))) for k in range(0, e.m, e.size)]
    order = e.orders()[0]
    pieces = [set(order[k : k + e.size].tolist()) for k in range(0, e.m, e.size)]
    return e.many and sorted(map(min, cut)) == sorted(map(min, pieces)) and all(
        piece in cut for piece in pieces)  # fmt: skip


_X_AND_Y = (
    "Look at one column: the label in Y_batch must be the one of the example in X_batch. How can X "
    "and Y be put into the same new order?"
)
_SYMPTOMS = (
    ("still-the-stub",
     "This is the stub as it came: all examples in one piece, in their old order. Begin with a new "
     "order of the m columns.", _stub),
    ("two-lists",
     "You return all pieces of X and then all pieces of Y. Asked for are pairs: each X_batch "
     "beside its Y_batch.", _two_lists),
    ("label-row-lost",
     "Y_batch or X_batch has lost a dimension. A label row of shape (1, m) is cut to (1, size): "
     "which index would keep the row?", _flat),
    ("not-pairs",
     "Each mini-batch should be a pair (X_batch, Y_batch) of matrices.", lambda e: not _pairs(e)),
    ("transposed",
     "Your mini-batches have examples as rows. In this course columns are examples, inside a "
     "mini-batch too.", _turned),
    ("rows-cut",
     "You cut rows, and an example lost some of its inputs. Which axis of X runs over the "
     "examples?", _rows_cut),
    ("x-and-y-cut-differently",
     "One X_batch has more columns than its Y_batch. Cut both at the same places.", _uneven),
    ("size-as-count",
     "There are as many mini-batches as size says. size is how many examples are in each, not how "
     "many pieces there are.", _as_count),
    ("pieces-made-equal",
     "The number of mini-batches is right, but you made them as equal as can be. All but the last "
     "hold exactly size examples.", _even),
    ("off-by-one",
     "Your mini-batches are one example too large or too small. A slice a:b ends before b: where "
     "should one piece end, and where should the next begin?", _next_to),
    ("empty-piece",
     "One of your mini-batches is empty. If size divides m, nothing is left for a last one: how "
     "many pieces are there then?", _empty),
    ("last-dropped",
     "Some examples are in no mini-batch: look at the last ones. If size does not divide m, the "
     "rest makes a smaller mini-batch of its own; and count when size is larger than m.", _dropped),
    ("last-padded",
     "There are more columns than examples: your last mini-batch was filled up. It may stay "
     "smaller: each example comes once an epoch.", _padded),
    ("last-merged",
     "The last mini-batch is larger than size: the rest should be a mini-batch of its own.",
     _merged),
    ("overlap",
     "There are more columns than examples: neighbouring mini-batches share some. Where should the "
     "next piece begin?", lambda e: sum(e.sizes) > e.m),
    ("wrong-sizes",
     "All mini-batches but the last should hold size examples, the last one what is left. Print "
     "the shapes for m = 50 and size = 16.", _wrong_sizes),
    ("with-replacement",
     "Some examples come several times in one epoch, and others never. Draw an order of all m, "
     "not m single draws; and see that pieces do not overlap.", _repeats),
    ("only-x-shuffled",
     "X is shuffled and Y is not: examples have lost their labels. " + _X_AND_Y,
     lambda e: _apart(e, straight=1)),
    ("only-y-shuffled",
     "Y is shuffled and X is not: examples have lost their labels. " + _X_AND_Y,
     lambda e: _apart(e, straight=0)),
    ("shuffled-apart",
     "X and Y are shuffled, each in its own way: examples have lost their labels. " + _X_AND_Y,
     _apart),
    ("not-shuffled",
     "The pieces are cut well, but the examples are in their old order. What if the data are "
     "sorted by class?", _never_shuffled),
    ("same-order-each-epoch",
     "The second epoch has the same order as the first. Where does a new order come from? A "
     "generator made inside your function starts again at every call.", _same_each_epoch),
    ("not-from-rng",
     "It shuffles well, but not by the rng that is passed: the same seed gave two results. Then "
     "nobody can run your training again.", _not_from_rng),
    ("shuffled-within-pieces",
     "You cut first and shuffle inside each piece: the same examples always meet. Shuffle all of "
     "them, then cut.", lambda e: _shuffled_within(e) and not _neighbours_kept(e)),
    ("only-pieces-shuffled",
     "Neighbours stay neighbours: you move whole pieces, or turn the order round. Shuffle the "
     "examples, then cut.", _neighbours_kept),
)  # fmt: skip


def _first_symptom(e):
    """Return the number of the first symptom seen, from 1; 0 if there is none."""
    for number, (_, _, seen) in enumerate(_SYMPTOMS, 1):
        if seen(e):
            return number
    return 0


def _cut_case(m, size, says):
    k = np.arange(m)
    X = np.arange(20.0)[:, None] + k  # more rows than size: cutting rows then shows
    return Case((X, k[None] * 2.0 + 1, size, np.random.default_rng(3)), says=says)


_CUTS = (
    _cut_case(50, 16, "50 examples, size 16"),
    _cut_case(64, 16, "64 examples, size 16"),
    _cut_case(49, 16, "49 examples, size 16: a single one is left"),
    _cut_case(40, 40, "40 examples, size 40: one mini-batch"),
    _cut_case(30, 1, "30 examples, size 1"),
    _cut_case(37, 64, "37 examples, size 64: fewer than one mini-batch"),
)


# One epoch of the linear model: wrong code, each piece a mistake that readers make.


def _walk(w, batches, alpha, *, gradient=lecture.linear_gradient, keep=None):
    """Take a step on each mini-batch; `keep` chooses which of them."""
    for x, y in batches[keep] if keep else batches:
        w = w - alpha * gradient(w, x, y)
    return w


def _by(error):
    """Return the gradient made of another error."""
    return lambda w, x, y: x @ error(w, x, y).T / x.shape[1]


def _from_the_start(w, batches, alpha):
    return w - alpha * sum(lecture.linear_gradient(w, x, y) for x, y in batches)


def _one_step_on_all(w, batches, alpha):
    X, Y = (np.concatenate(parts, axis=1) for parts in zip(*batches, strict=True))
    return w - alpha * lecture.linear_gradient(w, X, Y)


def _mean_of_gradients(w, batches, alpha):
    return w - alpha * sum(lecture.linear_gradient(w, x, y) for x, y in batches) / len(batches)


def _divided_by(count):
    """Return the epoch whose sums are divided by ``count(batches)``, whatever the mini-batch."""

    def wrong(w, batches, alpha):
        n = count(batches)
        return _walk(w, batches, alpha, gradient=lambda w, x, y: x @ (w.T @ x - y).T / n)

    return wrong


def _part(id, hint, **parts):
    return Mistake(id, lambda w, batches, alpha: _walk(w, batches, alpha, **parts), hint)


_NOT_EACH = (
    "You summed gradients that were all taken at the same w, and then took one step. The point of "
    "mini-batches is to step after each: the next gradient is taken where that step led."
)
_SIZE = (
    "The mean is over the examples of this mini-batch. How many does the last one have? Take the "
    "number from its shape."
)
_EPOCH_MISTAKES = (
    _part("still-the-stub", "This is the stub as it came: w has not moved. Begin with a loop over "
          "the mini-batches.", keep=slice(0, 0)),
    _part("first-batch-only", "Only the first mini-batch was used. Is the return inside the loop?",
          keep=slice(0, 1)),
    _part("last-batch-missing", "The last mini-batch was not used. It may be smaller, but it "
          "counts.", keep=slice(0, -1)),
    Mistake("starts-anew", lambda w, batches, alpha: _walk(w, batches[-1:], alpha),
            "Each step starts from the w of the beginning, so only the last one is left. Which w "
            "should the next mini-batch find?"),
    Mistake("one-step-an-epoch", _from_the_start, _NOT_EACH),
    Mistake("one-step-an-epoch", _one_step_on_all, _NOT_EACH),
    Mistake("one-step-an-epoch", _mean_of_gradients, _NOT_EACH),
    _part("uphill", "You step uphill. Which way does the gradient point?",
          gradient=lambda w, x, y: -lecture.linear_gradient(w, x, y)),
    _part("uphill", "The error is ŷ − y; with y − ŷ the step turns round.",
          gradient=_by(lambda w, x, y: y - w.T @ x)),
    _part("sum-for-mean", "You took the sum over the examples. J is a mean, and so is its "
          "gradient.", gradient=lambda w, x, y: x @ (w.T @ x - y).T),
    Mistake("divides-by-all", _divided_by(lambda b: sum(x.shape[1] for x, _ in b)),
            "You divide by the number of all examples. " + _SIZE),
    Mistake("divides-by-first-size", _divided_by(lambda b: b[0][0].shape[1]),
            "You divide by the same number every time. " + _SIZE),
    Mistake("divides-by-inputs", _divided_by(lambda b: len(b[0][0])),
            "You divide by the number of inputs, the rows. " + _SIZE),
    _part("factor-two", "Your gradient is twice as long. J has a 1/2 before its squares: what "
          "becomes of the 2 they bring down?",
          gradient=lambda w, x, y: 2 * lecture.linear_gradient(w, x, y)),
    _part("no-error", "The label y is missing from your error.",
          gradient=_by(lambda w, x, y: w.T @ x)),
    Mistake("no-alpha", lambda w, batches, alpha: _walk(w, batches, 1.0),
            "α is missing: your steps are whole gradients."),
    Mistake("order-reversed", lambda w, batches, alpha: _walk(w, batches[::-1], alpha),
            "You go through the mini-batches from the last to the first. They are shuffled "
            "already: take them as they come."),
    Mistake("twice-through", lambda w, batches, alpha: _walk(_walk(w, batches, alpha), batches,
                                                             alpha),
            "You went through the mini-batches twice. One epoch is once."),
    Mistake("wrong-shape", lambda w, batches, alpha: _walk(w, batches, alpha).ravel(),
            "The numbers are right, but w should keep its shape (n_x, 1)."),
)  # fmt: skip


def _epoch_case(sizes, alpha, says, inputs=2):
    rng = np.random.default_rng(sum(sizes))
    batches = [(rng.normal(0.3, 1, (inputs, n)), rng.normal(0.5, 1, (1, n))) for n in sizes]
    return Case((rng.normal(0, 1, (inputs, 1)), batches, alpha), says=says)


_EPOCHS = (
    _epoch_case((4, 4, 3), 0.1, "mini-batches of 4, 4 and 3"),
    _epoch_case((5, 2), 0.3, "mini-batches of 5 and 2, three inputs", inputs=3),
    _epoch_case((1, 1, 1, 1), 0.05, "four mini-batches of one example"),
    _epoch_case((6,), 0.2, "one mini-batch"),
)
