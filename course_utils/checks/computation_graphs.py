"""Checks of the exercises and the challenge about computation graphs."""

from dataclasses import dataclass, replace
from functools import cached_property
from inspect import isgenerator

import numpy as np

from course_utils import graph
from course_utils.checks.engine.diagnosis import Case, Mistake, Stub
from course_utils.checks.engine.exercise import Exercise
from course_utils.checks.engine.running import Outcome, call
from course_utils.checks.engine.symptoms import Symptom, any_run
from course_utils.checks.engine.verdict import Verdict
from course_utils.experiments import computation_graphs as experiments


def _sigmoid(x):
    return np.exp(-np.logaddexp(0, -x))


def _case(x, d, says):
    x, d = np.array(x, float), np.array(d, float)
    return Case((d, np.logaddexp(0, x), x), says=says)


_SOFTPLUS_CASES = (
    _case([0.5, -1.0, 2.0], [1.5, -0.5, 2.0], "a vector of three"),
    _case([[0.25, 3.0], [-2.0, 0.0]], [[2.0, 1.0], [0.5, -1.0]], "a 2 × 2 matrix"),
    _case([[-3.0, 1.5, 0.75]], [[2.0, -1.0, 0.5]], "a matrix of one row"),
    _case([5.5, -5.5, 7.0, -7.0], [200.0, 300.0, -900.0, 800.0], "x = ±5.5 and ±7, a large d"),
    _case([-1000.0, 1000.0, 1.0], [2.0, 3.0, -1.0], "x = 1000 and −1000"),
)


def _draw_softplus(rng):
    shape = rng.integers(1, 4), rng.integers(2, 5)
    d = rng.choice([-1, 1], shape) * rng.integers(20, 300, shape) / 100
    return _case(rng.integers(-400, 400, shape) / 100, d, "numbers drawn just now")


def _softplus_stub(d, y, x):
    dx = np.zeros_like(x)
    return dx


def _naive(x):
    return np.exp(x) / (1 + np.exp(x))


_LOOK_CHAIN = "Look at how d enters: what does the chain rule do with it?"
_LOOK_SLOPE = (
    "Look at the slope by itself: what should it be at x = 0, at x = 1, far left and far right?"
)
_LOOK_LARGE = "Try x = 1000 in your function."
_LOOK_SHAPE = "Compare the shape of your answer with that of x."
_SOFTPLUS_MISTAKES = (
    Mistake(
        "d-forgotten",
        "That is the slope of softplus alone. The chain rule also needs d, which came back.",
        lambda d, y, x: _sigmoid(x),
        look=_LOOK_CHAIN,
    ),
    Mistake(
        "d-forgotten+sigmoid-of-minus-x",
        "d is missing, and your slope falls with x, though that of softplus grows.",
        lambda d, y, x: _sigmoid(-x),
        look=_LOOK_CHAIN,
    ),
    Mistake(
        "d-forgotten+overflows",
        "d is missing: the chain rule multiplies the slope by it. Besides, e¹⁰⁰⁰ is infinite, and "
        "∞/∞ is not a number.",
        lambda d, y, x: _naive(x),
        look=_LOOK_CHAIN,
    ),
    Mistake(
        "d-added",
        "You add d to the slope. What does the chain rule do with two slopes?",
        lambda d, y, x: d + _sigmoid(x),
        look=_LOOK_CHAIN,
    ),
    Mistake(
        "divides-by-d",
        "You divide by d. What does the chain rule do with two slopes?",
        lambda d, y, x: _sigmoid(x) / d,
        look=_LOOK_CHAIN,
    ),
    Mistake(
        "d-inside",
        "d is multiplied by x, inside the slope. The slope is taken at x alone.",
        lambda d, y, x: _sigmoid(d * x),
        look=_LOOK_CHAIN,
    ),
    Mistake(
        "matrix-product",
        "You take a matrix product with d. Softplus works on each number by itself, and so does "
        "its gradient.",
        lambda d, y, x: d @ _sigmoid(x).T,
        lambda d, y, x: d @ _sigmoid(x),
        lambda d, y, x: d.T @ _sigmoid(x),
        look=_LOOK_CHAIN,
    ),
    Mistake(
        "d-passed-on",
        "You hand on what came, as a sum does. Softplus has a slope of its own.",
        lambda d, y, x: d,
        look=_LOOK_SLOPE,
    ),
    Mistake(
        "softplus-itself",
        "That is softplus itself, the forward pass. The task asks for the backward pass.",
        lambda d, y, x: y,
        look=_LOOK_SLOPE,
    ),
    Mistake(
        "times-the-value",
        "You multiply d by y, the value of softplus. What is its slope?",
        lambda d, y, x: d * y,
        look=_LOOK_SLOPE,
    ),
    Mistake(
        "times-x",
        "You multiply d by x. What is the slope of log(1 + eˣ)?",
        lambda d, y, x: d * x,
        look=_LOOK_SLOPE,
    ),
    Mistake(
        "sigmoids-rule",
        "y (1 − y) is the slope where y is a sigmoid. Here y is softplus.",
        lambda d, y, x: d * y * (1 - y),
        look=_LOOK_SLOPE,
    ),
    Mistake(
        "tanhs-rule",
        "1 − y² is the slope where y is a tanh. Here y is softplus.",
        lambda d, y, x: d * (1 - y**2),
        look=_LOOK_SLOPE,
    ),
    Mistake(
        "slope-of-the-sigmoid",
        "That is the second derivative of softplus: you took one derivative too many.",
        lambda d, y, x: d * _sigmoid(x) * _sigmoid(-x),
        look=_LOOK_SLOPE,
    ),
    Mistake(
        "sigmoid-of-y",
        "The function is right, but you put y into it. The slope is taken at x.",
        lambda d, y, x: d * _sigmoid(y),
        look=_LOOK_SLOPE,
    ),
    Mistake(
        "sigmoid-of-minus-x",
        "Your slope falls with x, though that of softplus grows.",
        lambda d, y, x: d * _sigmoid(-x),
        look=_LOOK_SLOPE,
    ),
    Mistake(
        "amount-of-x",
        "Your slope is the same at x and −x. That of softplus grows from left to right.",
        lambda d, y, x: d * _sigmoid(-np.abs(x)),
        lambda d, y, x: d * _sigmoid(np.abs(x)),
        look=_LOOK_SLOPE,
    ),
    Mistake(
        "turned-round",
        "The sign is reversed: softplus rises, so its slope is positive.",
        lambda d, y, x: -d * _sigmoid(x),
        look=_LOOK_SLOPE,
    ),
    Mistake(
        "turned-round+overflows",
        "The sign is reversed: softplus rises. Besides, ∞/∞ is not a number.",
        lambda d, y, x: -d * _naive(x),
        look=_LOOK_SLOPE,
    ),
    Mistake(
        "slope-of-relu",
        "That is the slope of ReLU, which jumps at 0. Softplus has no kink.",
        lambda d, y, x: d * (x > 0),
        lambda d, y, x: d * (x >= 0),
        lambda d, y, x: d * np.heaviside(x, 0.5),
        look=_LOOK_SLOPE,
    ),
    Mistake(
        "outer-slope-forgotten",
        "That is the slope of the inner function, 1 + eˣ. The logarithm around it has a slope, "
        "too.",
        lambda d, y, x: d * np.exp(x),
        lambda d, y, x: d * np.exp(np.minimum(x, 700)),
        look=_LOOK_SLOPE,
    ),
    Mistake(
        "base-two",
        "Your powers have the base 2. Softplus is made with e.",
        lambda d, y, x: d / (1 + 2.0**-x),
        lambda d, y, x: d / (1 + 2.0 ** np.minimum(-x, 700)),
        look=_LOOK_SLOPE,
    ),
    Mistake(
        "brackets-missing",
        "You multiply d by 1 + e⁻ˣ, which is more than 1 everywhere. The slope of softplus lies "
        "between 0 and 1: is a fraction upside down, or are brackets missing?",
        lambda d, y, x: d * (1 / 1 + np.exp(-x)),
        lambda d, y, x: d * (1 / 1 + np.exp(np.minimum(-x, 700))),
        look=_LOOK_SLOPE,
    ),
    Mistake(
        "brackets-missing",
        "You add e⁻ˣ to d. If you meant to divide by a sum, what has to stand round it?",
        lambda d, y, x: d / 1 + np.exp(-x),
        lambda d, y, x: d / 1 + np.exp(np.minimum(-x, 700)),
        look="Look at the order in which Python works: what is divided by what?",
    ),
    Mistake(
        "overflows",
        "Right for small x, but e¹⁰⁰⁰ is infinite, and ∞/∞ is not a number. Can the same slope be "
        "written so that no infinity meets another?",
        lambda d, y, x: d * _naive(x),
        look=_LOOK_LARGE,
    ),
    Mistake(
        "nan-hidden",
        "Your slope is 0 at x = 1000, as if NaN were replaced by a number: that hides that ∞/∞ "
        "went wrong. What should the slope be there?",
        lambda d, y, x: d * np.nan_to_num(_naive(x)),
        lambda d, y, x: np.nan_to_num(d * _naive(x)),
        look=_LOOK_LARGE,
    ),
    *(
        Mistake(
            "x-cut",
            "Large x are cut to a limit, which changes the slope beyond it.",
            lambda d, y, x, k=k: d * _sigmoid(np.clip(x, -k, k)),
            look="Look at x beyond ±10.",
        )
        for k in (1, 2, 3, 4, 5, 6, 10)
    ),
    *(
        Mistake(
            "threshold",
            "Above a threshold you take the slope to be 1. It goes to 1, but is not 1 there yet.",
            lambda d, y, x, k=k: d * np.where(x > k, 1.0, _sigmoid(x)),
            look="Try x = 7: is the slope exactly 1 there?",
        )
        for k in (1, 2, 3, 4, 5, 6)
    ),
    *(
        Mistake(
            "threshold",
            "Below a threshold you take the slope to be 0. It goes to 0, but is not 0 there yet.",
            lambda d, y, x, k=k: d * np.where(x < -k, 0.0, _sigmoid(x)),
            look="Try x = −7: is the slope exactly 0 there?",
        )
        for k in (1, 2, 3, 4, 5, 6)
    ),
    *(
        Mistake(
            "finite-difference",
            "You take a difference over a short step for the slope. It is only close to the "
            "derivative.",
            lambda d, y, x, h=h: d * (np.logaddexp(0, x + h) - y) / h,
            look="Look at how exact your slope is.",
        )
        for h in (1.0, 0.1, 0.01, 0.001)
    ),
    Mistake(
        "summed",
        "You add everything up. Each number of x has a gradient of its own.",
        lambda d, y, x: (d * _sigmoid(x)).sum(),
        look=_LOOK_SHAPE,
    ),
    Mistake(
        "averaged",
        "You take a mean. Each number of x has a gradient of its own.",
        lambda d, y, x: (d * _sigmoid(x)).mean(),
        look=_LOOK_SHAPE,
    ),
    Mistake(
        "averaged",
        "You divide by how many numbers x holds, as for a mean. Each of them has a gradient of its "
        "own.",
        lambda d, y, x: d * _sigmoid(x) / x.size,
        look="Look at what you divide by.",
    ),
    Mistake(
        "flat",
        "Your numbers are right, but in one long row.",
        lambda d, y, x: (d * _sigmoid(x)).ravel(),
        look=_LOOK_SHAPE,
    ),
    Mistake(
        "first-entry-only",
        "Only the first number of x gets a gradient.",
        lambda d, y, x: np.where(np.arange(x.size).reshape(x.shape) == 0, d * _sigmoid(x), 0),
        look="Which of your numbers are still 0?",
    ),
)


softplus_backward = Exercise(
    "``softplus_backward(d, y, x)``: the gradient with respect to x",
    right=lambda d, y, x: d * _sigmoid(x),
    cases=_SOFTPLUS_CASES,
    mistakes=_SOFTPLUS_MISTAKES,
    draw=_draw_softplus,
    stub=Stub(_softplus_stub, "What is the slope of log(1 + eˣ)? Then comes the chain rule."),
    spare={
        2: "Nor need it, if the second argument does: that is softplus of it, and tells as much. "
        "But the slope of softplus is another: what should it be far left, far right?"
    },
)


class Session(graph.Session):
    """A session of the graph that also notes what it is asked to run."""

    def __init__(self):
        super().__init__()
        self.heard, self.closed = [], False

    def run(self, fetches, feed_dict=None):
        """Note what is asked for, then do it."""
        if len(self.heard) == 1000:
            raise RuntimeError("more than 1000 runs in one epoch: the loop seems not to end")
        named = isinstance(feed_dict, dict)
        feeds = {key: np.array(value) for key, value in feed_dict.items()} if named else {}
        several = isinstance(fetches, (list, tuple))
        fetched = list(fetches) if several else [fetches]
        self.heard.append((fetched, feeds, named or feed_dict is None))
        return super().run(fetches, feed_dict)

    def close(self):
        """Note it, then do it."""
        self.closed = True
        super().close()


@dataclass(frozen=True)
class _Step:
    """One run of the session: what was asked for and fed, and what there was to feed."""

    fetches: list
    feeds: dict
    named: bool  # fed by a dictionary, if at all
    train: graph.Node
    x: graph.Node
    y: graph.Node
    X: np.ndarray
    Y: np.ndarray
    size: int

    @property
    def initializes(self):
        return any(getattr(node, "operation", None) == "initialize" for node in self.fetches)

    @property
    def trained(self):
        return sum(node is self.train for node in self.fetches)

    @cached_property
    def rows(self):
        """The numbers of the rows of X that were fed; None for what is no row of it."""
        return _numbers(self.feeds[self.x], self.X)

    @cached_property
    def labels(self):
        return _numbers(self.feeds[self.y], self.Y)

    @property
    def exchanged(self):
        fed = self.feeds
        return fed[self.x].shape[1:] == self.Y.shape[1:] and (
            fed[self.y].shape[1:] == self.X.shape[1:]
        )

    @property
    def shapes_fit(self):
        fed = self.feeds
        return fed[self.x].shape[1:] == self.X.shape[1:] and (
            fed[self.y].shape[1:] == self.Y.shape[1:]
        )


def _numbers(part, table):
    """Return for each row the place at which it stands in a table; None if it does not."""
    if part.dtype.kind not in "biuf":
        return [None] * len(part)
    places = [np.flatnonzero(np.isclose(table, row).all(axis=1)) for row in part]
    return [int(place[0]) if place.size else None for place in places]


def _all(step):
    return step.size < len(step.X) == len(step.rows)


@dataclass(frozen=True)
class _Epoch:
    """What a reader's function let a session do in one epoch."""

    steps: list
    m: int
    size: int
    outcome: Outcome
    closed: bool

    @cached_property
    def batches(self):
        """The rows that were fed, step by step."""
        return [step.rows for step in self.steps]

    @property
    def where(self):
        """Where it stopped, if it did not come to its end."""
        return f" in {self.outcome.where}" if self.outcome.where else ""

    @property
    def error(self):
        """What it raised, in words."""
        return f"{type(self.outcome.error).__name__}: {self.outcome.message}"

    @property
    def fed(self):
        return [row for batch in self.batches for row in batch]

    @property
    def missing(self):
        return sorted(set(range(self.m)) - set(self.fed))


def _each_twice(e):
    return len(e.batches) > 1 and e.batches[::2] == e.batches[1::2]


def _sliding(e):
    ways = [list(range(k, min(k + e.size, e.m))) for k in range(len(e.batches))]
    return e.size > 1 and len(e.batches) > 1 and e.batches == ways


def _backwards(e):
    return e.fed != sorted(e.fed) and e.batches == sorted(map(sorted, e.batches), reverse=True)


def _rows_backwards(e):
    turned = [batch[::-1] for batch in e.batches]
    return e.fed != sorted(e.fed) and turned == sorted(map(sorted, e.batches))


def _any_step(holds):
    """Return what finds the first run with a step for which something holds."""
    return any_run(lambda e: any(map(holds, e.steps)))


_CASE = " The case: {found.m} rows, size {found.size}."
_EPOCH_SYMPTOMS = (
    Symptom(
        "initializes",
        "W and b are given their first values again, so nothing that was learned before is kept.",
        _any_step(lambda s: s.initializes),
    ),
    Symptom(
        "not-the-train-node",
        "The session was run without `train`. Only that changes W and b.",
        _any_step(lambda s: not s.trained),
    ),
    Symptom(
        "train-twice",
        "`train` is asked for more than once in one run.",
        _any_step(lambda s: s.trained > 1),
    ),
    Symptom(
        "fed-by-name",
        "You feed by a name in quotes. The keys should be the placeholders themselves, which your "
        "function is given.",
        _any_step(lambda s: any(isinstance(key, str) for key in s.feeds)),
    ),
    Symptom(
        "not-a-dictionary",
        "What you feed should be a dictionary, which says for each placeholder what it is fed.",
        _any_step(lambda s: not s.named),
    ),
    Symptom(
        "not-both-fed",
        "A placeholder is not fed. The cost needs both the examples and their labels.",
        _any_step(lambda s: not {s.x, s.y} <= set(s.feeds)),
    ),
    Symptom(
        "exchanged", "The rows of Y go to x, and those of X to y.", _any_step(lambda s: s.exchanged)
    ),
    Symptom(
        "wrong-shape",
        "A mini-batch is some rows with all their columns: compare the shapes of what you feed "
        "with those of X and Y.",
        _any_step(lambda s: not s.shapes_fit),
    ),
    Symptom(
        "empty",
        "A mini-batch without any row is fed.",
        _any_step(lambda s: not s.rows and not s.labels),
    ),
    Symptom(
        "other-numbers",
        "What you feed are not rows of X and Y: the numbers are others.",
        _any_step(lambda s: None in s.rows + s.labels),
    ),
    Symptom(
        "all-at-once",
        "All rows are fed in a single run: how many should it be?",
        _any_step(lambda s: _all(s) and len(s.labels) == len(s.Y)),
    ),
    Symptom(
        "labels-not-cut",
        "All labels are fed with a part of the examples.",
        _any_step(lambda s: len(s.rows) < len(s.labels) == len(s.Y)),
    ),
    Symptom(
        "examples-not-cut",
        "All examples are fed with a part of the labels.",
        _any_step(lambda s: len(s.labels) < len(s.rows) == len(s.X)),
    ),
    Symptom(
        "labels-reordered",
        "The examples of a mini-batch and their labels come in different orders.",
        _any_step(lambda s: s.rows != s.labels and sorted(s.rows) == sorted(s.labels)),
    ),
    Symptom(
        "labels-of-others",
        "In some run the rows of X and of Y belong to different examples.",
        _any_step(lambda s: s.rows != s.labels),
    ),
    Symptom(
        "too-large",
        "Some mini-batch is larger than `size`.",
        _any_step(lambda s: len(s.rows) > s.size),
    ),
    Symptom(
        "endless",
        "It did not come back{found.where}. Which condition should end the loop?",
        any_run(lambda e: e.outcome.endless),
    ),
    Symptom(
        "closes",
        "Afterwards the session is closed, and W and b are lost. Who opened it?",
        any_run(lambda e: e.closed),
    ),
    Symptom("raises", "It raised {found.error}{found.where}.", any_run(lambda e: e.outcome.error)),
    Symptom(
        "generator",
        "Because of `yield` a call only makes a generator, and the session was never run.",
        any_run(lambda e: not e.batches and isgenerator(e.outcome.value)),
    ),
    Symptom(
        "never-runs",
        "The session that your function was given was never run.",
        any_run(lambda e: not e.batches),
    ),
    Symptom(
        "only-the-first",
        "Only the first mini-batch is fed.",
        any_run(lambda e: e.batches == [list(range(e.size))] and e.missing),
    ),
    Symptom(
        "only-the-last",
        "Only the last mini-batch is fed. What has to be done in every round of the loop?",
        any_run(lambda e: e.missing and e.batches == [list(range(e.fed[0], e.m))]),
    ),
    Symptom(
        "same-again",
        "The same mini-batch is fed again and again.",
        any_run(
            lambda e: (
                e.missing
                and len(e.batches) > 1
                and all(batch == e.batches[0] for batch in e.batches)
            )
        ),
    ),
    Symptom(
        "row-by-row",
        "Each mini-batch is a single row.",
        any_run(lambda e: e.size > 1 and e.m > 1 and all(len(b) == 1 for b in e.batches)),
    ),
    Symptom(
        "sliding", "From one mini-batch to the next you move on by a single row.", any_run(_sliding)
    ),
    Symptom(
        "last-left-out",
        "The last rows are never fed.",
        any_run(
            lambda e: (
                e.missing and e.missing[-1] == e.m - 1 and (e.fed == list(range(e.missing[0])))
            )
        ),
    ),
    Symptom(
        "first-left-out",
        "The first rows are never fed.",
        any_run(lambda e: e.missing and e.fed == list(range(e.missing[-1] + 1, e.m))),
    ),
    Symptom("some-left-out", "Some rows are never fed.", any_run(lambda e: e.missing)),
    Symptom("each-twice", "Each mini-batch is fed twice.", any_run(_each_twice)),
    Symptom(
        "two-epochs",
        "You go through the data twice. One epoch is once.",
        any_run(lambda e: e.fed == 2 * list(range(e.m))),
    ),
    Symptom(
        "fed-twice", "Some rows are fed twice in one epoch.", any_run(lambda e: len(e.fed) > e.m)
    ),
    Symptom(
        "size-many",
        "You make `size` mini-batches. It is the number of rows in each.",
        any_run(
            lambda e: len(e.batches) == e.size and (any(len(b) < e.size for b in e.batches[:-1]))
        ),
    ),
    Symptom("backwards", "The mini-batches come in reverse order.", any_run(_backwards)),
    Symptom(
        "rows-backwards",
        "The rows inside a mini-batch come in reverse order.",
        any_run(_rows_backwards),
    ),
    Symptom(
        "not-in-order",
        "The rows are not fed in the order in which they stand in X.",
        any_run(lambda e: e.fed != sorted(e.fed)),
    ),
    Symptom(
        "too-small",
        "Only the last mini-batch may be smaller than `size`.",
        any_run(lambda e: any(len(b) < e.size for b in e.batches[:-1])),
    ),
)


def _watch_epoch(function, session, train, x, y, X, Y, size):
    """Run the reader's epoch with a session that listens, on a program made for it."""
    given = X.copy(), Y.copy()
    x = graph.placeholder(graph.float32, [None, 6], name="x")
    y = graph.placeholder(graph.float32, [None, 5], name="y")
    J = graph.reduce_mean(graph.square(x @ graph.Variable(np.zeros((6, 5))) - y))
    train = graph.train.GradientDescentOptimizer(1e-9).minimize(J)
    session = Session()
    graph.Session.run(session, graph.global_variables_initializer())
    outcome = call(function, session, train, x, y, X, Y, size)
    steps = [_Step(*heard, train, x, y, *given, size) for heard in session.heard]
    return _Epoch(steps, len(X), size, outcome, session.closed)


def _epoch_stub(session, train, x, y, X, Y, size):
    pass


def _right_epoch(session, train, x, y, X, Y, size):
    for k in range(0, len(X), size):
        session.run(train, feed_dict={x: X[k : k + size], y: Y[k : k + size]})


def _epoch_case(m, size):
    X = np.arange(m)[:, None] + np.array([0.0, 100.25, 200.5, 300.75, 400.0, 500.5])
    Y = np.arange(m)[:, None] + np.array([1000.0, 1200.5, 1400.25, 1600.0, 1800.5])
    made_by_watch = (None,) * 4
    return Case((*made_by_watch, X, Y, size), says=f"{m} rows, size {size}")


def _draw_epoch(rng):
    return _epoch_case(int(rng.integers(20, 60)), int(rng.integers(2, 9)))


one_epoch = Exercise(
    "``one_epoch(session, train, x, y, X, Y, size)``: every example once, in order",
    right=_right_epoch,
    cases=tuple(_epoch_case(*numbers) for numbers in ((15, 5), (10, 4), (7, 7), (3, 5), (3, 1))),
    draw=_draw_epoch,
    stub=Stub(
        _epoch_stub,
        "Begin with the first `size` rows: what does the session need to run `train`?",
    ),
    watch=_watch_epoch,
    symptoms=tuple(replace(s, hint=s.hint + _CASE) for s in _EPOCH_SYMPTOMS),
    run_by_run=True,
)


def goal_ten(*, step, b, alpha, precision, **_):
    """Judge the challenge: the program arrives at 10."""
    asked = "let the program arrive at 10."
    if abs(b + 20) > 1e-9:
        hint = f"{asked} Where is the minimum of w² + b w + 25? Now b = {b:g}.".replace("-", "−")
        return Verdict(False, "elsewhere", hint)
    w = experiments.descent(precision).way(round(step), b, alpha)[-1]
    if abs(w - 10) < 0.01:
        return Verdict(True, None, "w² − 20 w + 25 has its minimum at 10: a slip in one number.")
    now = f"w = {w:.4g}".replace("-", "−") if abs(w) < 1e6 else "w diverged"
    hint = f"{asked} The minimum is there, but after step {round(step)} {now}: do α and the steps "
    hint += "fit?"
    return Verdict(False, "not-yet-there", hint)
