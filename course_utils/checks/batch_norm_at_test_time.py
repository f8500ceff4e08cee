"""Checks of the exercises and the challenge about batch norm at test time."""

from functools import partial

import numpy as np

from course_utils import softmax
from course_utils.checks.diagnosis import Case, Mistake, diagnose
from course_utils.checks.verdict import Verdict

_Z = np.array([[1.0, 2.0, 3.0, 6.0], [-4.0, 0.5, 2.0, -1.5]])
_GAMMA, _BETA = np.array([[2.0], [0.5]]), np.array([[1.0], [-3.0]])
_MEAN, _VARIANCE = np.array([[2.0], [-1.0]]), np.array([[4.0], [0.25]])
_INFERENCE_CASES = (
    Case((_Z, _GAMMA, _BETA, _MEAN, _VARIANCE, 1e-5), says="two units, four examples"),
    Case((_Z[:, :1], _GAMMA, _BETA, _MEAN, _VARIANCE, 0.5), says="one example, a large epsilon"),
)


def _row_mean(z):
    return z.mean(axis=1, keepdims=True)


def _row_variance(z):
    return z.var(axis=1, keepdims=True)


def _root(variance, epsilon):
    return np.sqrt(variance + epsilon)


def _inference(
    z, gamma, beta, mean, variance, epsilon, *, use=lambda z, mean, variance: (mean, variance),
    root=_root, finish=lambda z_norm, gamma, beta: gamma * z_norm + beta,
):  # fmt: skip
    """Normalise in exchangeable parts: the right ones by default."""
    mean, variance = use(z, mean, variance)
    return finish((z - mean) / root(variance, epsilon), gamma, beta)


def _mistake(identity, hint, **parts):
    return Mistake(identity, partial(_inference, **parts), hint)


_INFERENCE_MISTAKES = (
    Mistake("still-the-stub", lambda z, *_: np.zeros_like(z), "This is the stub: all zeros."),
    _mistake("batch-statistics", "You took mean and variance of the examples at hand. One alone is "
             "its own mean: then z̃ is β, whatever z. Take what was passed.",
             use=lambda z, mean, variance: (_row_mean(z), _row_variance(z))),
    _mistake("batch-mean", "The mean is that of the examples at hand. Take the running one.",
             use=lambda z, mean, variance: (_row_mean(z), variance)),
    _mistake("batch-variance", "The variance is that of the examples at hand. Take the other.",
             use=lambda z, mean, variance: (mean, _row_variance(z))),
    _mistake("mixed-with-the-batch", "You let the test examples into the running statistics. They "
             "are only used here, never changed.",
             use=lambda z, mean, variance: (0.9 * mean + 0.1 * _row_mean(z),
                                            0.9 * variance + 0.1 * _row_variance(z))),
    _mistake("divides-by-variance", "You divide by the variance. Which power of it is missing?",
             root=lambda v, e: v + e),
    _mistake("no-epsilon", "Epsilon is missing, or not the one that is passed: it must be the "
             "same as in training.",
             root=lambda v, e: np.sqrt(v)),
    _mistake("epsilon-outside-root", "Epsilon stands outside the root. It stood inside.",
             root=lambda v, e: np.sqrt(v) + e),
    _mistake("no-gamma-beta", "That is z_norm. γ and β were learned for what comes after it.",
             finish=lambda z_norm, gamma, beta: z_norm),
    _mistake("no-beta", "β is missing.", finish=lambda z_norm, gamma, beta: gamma * z_norm),
    _mistake("gamma-beta-swapped", "γ and β have changed places: which one multiplies?",
             finish=lambda z_norm, gamma, beta: beta * z_norm + gamma),
    _mistake("not-centred", "z is divided, but the running mean is still in it.",
             use=lambda z, mean, variance: (0, variance)),
)  # fmt: skip


def inference(function):
    """Check ``inference(z, gamma, beta, mean, variance, epsilon)``: z_tilde, shape (units, m)."""
    return diagnose(function, _inference, _INFERENCE_CASES, _INFERENCE_MISTAKES)


def _update(running, batch, momentum):
    return momentum * running + (1 - momentum) * batch


_OLD, _NEW = np.array([[1.0], [-2.0]]), np.array([[3.0], [5.0]])
_UPDATE_CASES = (
    Case((_OLD, _NEW, 0.9), says="momentum 0.9"),
    Case((_OLD, _NEW, 0.25), says="momentum 0.25"),
    Case((_OLD[:1], _NEW[:1], 0.0), says="momentum 0: nothing of the old is kept"),
)
_UPDATE_MISTAKES = (
    Mistake("still-the-stub", lambda running, batch, momentum: running, "This is the stub as it "
            "came: the running average never moves."),
    Mistake("momentum-the-wrong-way-round",
            lambda running, batch, momentum: (1 - momentum) * running + momentum * batch,
            "Momentum is the share of the old. Yours keeps 0.1 of it where 0.9 is said: the "
            "average then shakes almost as much as the mini-batches."),
    Mistake("sum", lambda running, batch, momentum: momentum * running + batch, "The shares do not "
            "add up to 1: with a constant mini-batch of 1 yours climbs to 10."),
    Mistake("plain-mean", lambda running, batch, momentum: (running + batch) / 2,
            "Both count half. Where is momentum?"),
    Mistake("only-the-last", lambda running, batch, momentum: batch,
            "That is the last mini-batch's alone: nothing of the old is kept."),
    Mistake("both-added", lambda running, batch, momentum: running + (1 - momentum) * batch, "The "
            "old average is not shortened: with each mini-batch yours grows."),
    Mistake("bias-corrected", lambda running, batch, momentum: _update(running, batch, momentum)
            / max(1 - momentum, 1e-12), "Starting from the first mini-batch's own statistics there "
            "is no start-up bias to correct."),
)  # fmt: skip


def update(function):
    """Check ``update(running, batch, momentum)``: the running average after one more mini-batch."""
    return diagnose(function, _update, _UPDATE_CASES, _UPDATE_MISTAKES)


def _one_at_a_time(network, X):
    return np.hstack([network.predict(X[:, [i]]) for i in range(X.shape[1])])


def _by_training_pass(network, X):
    kept = network.statistics.copy()
    z = network.forward(X)
    network.statistics[:] = kept
    return softmax.softmax(z)


def _with_an_update(network, X):
    network.forward(X)
    return network.predict(X)


evaluations = {
    "a": _one_at_a_time,
    "b": _by_training_pass,
    "c": _with_an_update,
    "d": lambda network, X: network.predict(X),
}
"""Four ways to evaluate a network, ``(network, X) -> probabilities``; some are mistaken."""

_MODE_HINTS = {
    "missed-b": "One of the ways you did not name gives an example another answer in other "
                "company. Give each way ten examples, and the first of them alone.",
    "missed-c": "One of the ways you did not name leaves the network changed. Look at "
                "network.statistics before and after.",
    "accused-a": "You name a: slow, but each example is answered by running statistics.",
    "accused-d": "You name d. Does it answer an example alone as it does in a batch?",
}  # fmt: skip


def mode_mistakes(*named):
    """Check which of the `evaluations` a reader calls mistaken: ``mode_mistakes("a", "b")``."""
    unknown = [name for name in named if name not in evaluations]
    if unknown:
        return Verdict(False, "no-such-way", f"There is no {unknown[0]!r}: a, b, c or d.")
    if not named:
        return Verdict(False, "still-the-stub", 'Name those that are mistaken: "a", say.')
    for identity, hint in _MODE_HINTS.items():
        verb, name = identity.split("-")
        if (name in named) == (verb == "accused"):
            return Verdict(False, identity, hint)
    return Verdict(True, None, "b asks the company, c lets the test examples into the statistics.")


def goal_steady_and_quick(*, momentum, size, start, **_):
    """Judge the challenge: shakes by less than 0.1 and is there within 30 mini-batches."""
    shakes = 2 / np.sqrt(round(size)) * np.sqrt((1 - momentum) / (1 + momentum))
    steps = np.log(0.1) / np.log(momentum) if momentum > 0 else 1.0
    if shakes < 0.1 and steps < 30:
        return Verdict(True, None, f"shakes by about {shakes:.2f}, there after about {steps:.0f}.")
    hint = (
        "find averages that shake by less than 0.1 and are 90 % there within 30 mini-batches. "
        f"Now about {shakes:.2f} and {steps:.0f}."
    )
    return Verdict(False, "shakes" if shakes >= 0.1 else "too-late", hint)
