"""Checks of the exercises and the challenge about computation graphs."""

from dataclasses import dataclass

import numpy as np

from course_utils.checks.diagnosis import Case, Mistake, diagnose
from course_utils.checks.running import call
from course_utils.checks.verdict import Verdict
from course_utils.experiments import computation_graphs as experiments


def _sigmoid(x):
    return np.exp(-np.logaddexp(0, -x))


def _case(x, d, says):
    x, d = np.array(x, float), np.array(d, float)
    return Case((d, np.logaddexp(0, x), x), says=says)


_SOFTPLUS_CASES = (
    _case([0.5, -1.0, 2.0], [1.5, -0.5, 2.0], "a vector of three"),
    _case([[0.25, 3.0], [-2.0, 0.0]], [[2.0, 1.0], [0.5, -1.0]], "a 2 × 2 matrix"),
    _case([1000.0, -1000.0, 1.0], [3.0, 2.0, -1.0], "x = 1000 and −1000"),
)


def _naive(d, y, x):
    with np.errstate(all="ignore"):
        return d * np.exp(x) / (1 + np.exp(x))


_SOFTPLUS_MISTAKES = (
    Mistake("still-the-stub", lambda d, y, x: np.zeros_like(x), "This is the stub as it came: no "
            "gradient flows back."),
    Mistake("d-forgotten", lambda d, y, x: _sigmoid(x), "That is the slope of softplus alone. The "
            "chain rule: what came from behind is multiplied."),
    Mistake("d-added", lambda d, y, x: d + _sigmoid(x), "You add d. The chain rule multiplies."),
    Mistake("times-the-value", lambda d, y, x: d * y, "You multiply by y, the value. What is the "
            "slope of log(1 + eˣ)?"),
    Mistake("d-passed-on", lambda d, y, x: d, "You hand on what came. That is right for a sum."),
    Mistake("slope-of-the-sigmoid", lambda d, y, x: d * _sigmoid(x) * (1 - _sigmoid(x)),
            "That is the slope of the sigmoid: you took one derivative too many."),
    Mistake("sigmoid-of-y", lambda d, y, x: d * _sigmoid(y), "You put y into the sigmoid. The "
            "slope is taken at x."),
    Mistake("sigmoid-of-minus-x", lambda d, y, x: d * _sigmoid(-x), "1/(1 + eˣ) falls with x. The "
            "slope of softplus grows: which sign?"),
    Mistake("turned-round", lambda d, y, x: -d * _sigmoid(x), "The sign is turned: softplus "
            "rises."),
    Mistake("slope-of-relu", lambda d, y, x: d * (x > 0), "That is ReLU's slope. Softplus has no "
            "kink."),
    Mistake("overflows", _naive, "Right for small x, but e¹⁰⁰⁰ is infinite, and ∞/∞ no number. "
            "1/(1 + e⁻ˣ) is the same, and survives."),
)  # fmt: skip


def softplus_backward(function):
    """Check ``softplus_backward(d, y, x)``: the gradient by x."""
    return diagnose(function, lambda d, y, x: d * _sigmoid(x), _SOFTPLUS_CASES, _SOFTPLUS_MISTAKES)


@dataclass
class _Fed:
    """What a reader's loop asked a session to run."""

    fetches: list
    feeds: list

    def run(self, fetches, feed_dict=None):
        if len(self.fetches) > 1000:
            raise RuntimeError("the session was run more than 1000 times in one epoch")
        self.fetches.append(fetches)
        self.feeds.append(dict(feed_dict or {}))


def _watched(function, m, size):
    """Run the reader's epoch with a session that only listens; return what it heard."""
    X = np.arange(m)[:, None] * np.ones(3)
    Y = np.arange(m)[:, None] + 0.5 * np.ones(2)
    heard = _Fed([], [])
    outcome = call(function, heard, "train", "x", "y", X, Y, size)
    return heard, outcome


def _batches(heard):
    """Return the example numbers fed for x and for y, run by run; None where that is none."""
    return [tuple(_numbers(feed.get(name), shift) for name, shift in (("x", 0), ("y", 0.5)))
            for feed in heard.feeds]  # fmt: skip


def _numbers(part, shift):
    part = np.asarray(part, float) if part is not None else np.empty((0, 0))
    return (part[:, 0] - shift).tolist() if part.ndim == 2 and part.size else None


def one_epoch(function):
    """Check ``one_epoch(session, train, x, y, X, Y, size)``: every example fed once, row by row."""
    if not callable(function):
        return Verdict(False, "not-a-function", "Pass the function itself, without calling it.")
    for m, size in ((12, 4), (10, 4), (7, 7)):
        heard, outcome = _watched(function, m, size)
        if outcome.endless:
            return Verdict(False, "endless", f"It did not come back ({outcome.where}).")
        if outcome.error is not None:
            said = f"{type(outcome.error).__name__}: {outcome.error}"
            return Verdict(False, "raises", f"It raised {said} in {outcome.where}.")
        fault = _fault(heard, m, size)
        if fault:
            return Verdict(False, *fault)
    return Verdict(True, None, "Every example is fed once, with its label, also the last few.")


def _fault(heard, m, size):
    """Return what is wrong with one epoch, and a hint; None if nothing is."""
    for name, holds, hint in _FAULTS:
        if holds(heard, m, size):
            return name, f"{hint} The case: {m} examples, size {size}."
    return None


def _fed(heard):
    return [number for part, _ in _batches(heard) for number in part]


_FAULTS = (
    ("still-the-stub", lambda h, m, size: not h.feeds, "The session was never run: this is the "
     "stub as it came."),
    ("not-the-train-node", lambda h, m, size: any(f not in ("train", ["train"]) for f in h.fetches),
     "Ask the session for `train`: only that changes W and b."),
    ("not-both-fed", lambda h, m, size: any(set(feed) != {"x", "y"} for feed in h.feeds),
     "Feed both placeholders: feed_dict={x: ..., y: ...}."),
    ("wrong-shape", lambda h, m, size: any(None in parts for parts in _batches(h)),
     "Feed rows of X and of Y: X[start:stop] keeps all columns."),
    ("all-at-once", lambda h, m, size: size < m == len(_batches(h)[0][0]),
     "You feed all examples at each step. Cut out `size` of them."),
    ("labels-of-others", lambda h, m, size: any(a != b for a, b in _batches(h)),
     "X and Y are cut at different places."),
    ("too-large", lambda h, m, size: any(len(a) > size for a, _ in _batches(h)),
     "Some mini-batches are larger than `size`."),
    ("fed-twice", lambda h, m, size: len(_fed(h)) > len(set(_fed(h))),
     "Some examples are fed twice in one epoch."),
    ("only-the-first", lambda h, m, size: size < m and _fed(h) == list(range(size)),
     "Only the first mini-batch is fed."),
    ("some-left-out", lambda h, m, size: len(_fed(h)) < m, "Some examples are never fed."),
    ("too-small", lambda h, m, size: any(len(a) != size for a, _ in _batches(h)[:-1]),
     "Only the last mini-batch may be smaller than `size`."),
)  # fmt: skip


def goal_ten(*, step, b, alpha, precision, **_):
    """Judge the challenge: the program arrives at 10."""
    asked = "let the program arrive at 10."
    if abs(b + 20) > 1e-9:
        hint = f"{asked} Where is the minimum of w² + b w + 25? Now b = {b:g}."
        return Verdict(False, "elsewhere", hint)
    w = experiments.descent(precision).way(round(step), b, alpha)[-1]
    if abs(w - 10) < 0.01:
        return Verdict(True, None, "w² − 20 w + 25 has its minimum at 10: a slip in one number.")
    now = f"w = {w:.4g}".replace("-", "−") if abs(w) < 1e6 else "w is lost"
    hint = f"{asked} The minimum is there, but after step {round(step)} {now}: does α fit?"
    return Verdict(False, "not-yet-there", hint)
