"""Checks of the exercises and the challenge about batch norm at test time."""

from functools import partial

import numpy as np

from course_utils.checks.diagnosis import Case, Mistake, diagnose
from course_utils.checks.verdict import Verdict


def _mean(z):
    return z.mean(axis=1, keepdims=True)


def _variance(z):
    return z.var(axis=1, keepdims=True)


_BATCHES = [
    np.array([[1.0, 2.0, 3.0, 6.0], [-4.0, 0.5, 2.0, -1.5]]),
    np.array([[5.0, 9.0, 4.0, 2.0], [1.0, 1.5, -3.0, 0.5]]),
    np.array([[0.0, 7.0, 1.0], [2.0, 2.5, 8.0]]),
]
_RUNNING_CASES = (
    Case((_BATCHES, 0.9), says="three mini-batches, momentum 0.9"),
    Case((_BATCHES, 0.25), says="three mini-batches, momentum 0.25"),
    Case((_BATCHES[:2], 0.0), says="two mini-batches, momentum 0: nothing of the old is kept"),
    Case((_BATCHES[2:], 0.9), says="a single mini-batch: it is the start"),
)


def _running(
    batches, momentum, *, mean=_mean, variance=_variance, start=None,
    join=lambda old, new, k: k * old + (1 - k) * new,
):  # fmt: skip
    """Follow the mini-batches in exchangeable parts: the right ones by default."""
    seen = [(mean(z), variance(z)) for z in batches]
    now = [np.full_like(a, b) for a, b in zip(seen[0], start, strict=True)] if start else seen[0]
    for new in seen if start else seen[1:]:
        now = [join(a, b, momentum) for a, b in zip(now, new, strict=True)]
    return tuple(now)


def _around_the_running_mean(batches, momentum):
    m, v = _mean(batches[0]), _variance(batches[0])
    for z in batches[1:]:
        m = momentum * m + (1 - momentum) * _mean(z)
        v = momentum * v + (1 - momentum) * ((z - m) ** 2).mean(axis=1, keepdims=True)
    return m, v


def _variance_of_means(batches, momentum):
    means = np.hstack([_mean(z) for z in batches])
    return _running(batches, momentum)[0], _variance(means)


def _variance_of_means_on_the_way(batches, momentum):
    m, v = _mean(batches[0]), np.zeros_like(_mean(batches[0]))
    for z in batches[1:]:
        v = momentum * v + (1 - momentum) * (_mean(z) - m) ** 2
        m = momentum * m + (1 - momentum) * _mean(z)
    return m, v


def _all_together(batches, momentum):
    z = np.hstack(batches)
    return _mean(z), _variance(z)


def _plain_mean(batches, momentum):
    return tuple(np.mean([f(z) for z in batches], axis=0) for f in (_mean, _variance))


def _bias_corrected(batches, momentum, start=(0, 0)):
    share = 1 - momentum ** len(batches)
    return tuple(a / share for a in _running(batches, momentum, start=start))


def _corrected_needlessly(batches, momentum):
    share = 1 - momentum ** len(batches)
    return tuple(a / share for a in _running(batches, momentum))


def _only_the_mean(batches, momentum):
    return _running(batches, momentum)[0], _variance(batches[-1])


def _variance_stays(batches, momentum):
    return _running(batches, momentum)[0], _variance(batches[0])


def _named(identity, hint, *wrong):
    return [Mistake(identity, code, hint) for code in wrong]


_RUNNING_MISTAKES = (
    *_named("still-the-stub", "This is the stub as it came: 0 and 1. Begin with the mean and the "
            "variance of batches[0].",
            lambda batches, k: (0 * _mean(batches[0]), 0 * _mean(batches[0]) + 1)),
    *_named("momentum-the-wrong-way-round", "Momentum is the share of the old. Yours keeps 0.1 of "
            "it where 0.9 is said: it shakes almost as much as the mini-batches.",
            partial(_running, join=lambda old, new, k: (1 - k) * old + k * new)),
    *_named("sum", "Your two shares do not add up to 1: with the same mini-batch again and again "
            "the average should stay. Yours grows.",
            partial(_running, join=lambda old, new, k: k * old + new),
            partial(_running, join=lambda old, new, k: old + (1 - k) * new),
            partial(_running, join=lambda old, new, k: old + new)),
    *_named("starts-from-zero", "You start from zero, and the first mini-batch counts only a tenth "
            "at momentum 0.9. What is known after the first mini-batch?",
            partial(_running, start=(0, 0)), partial(_running, start=(0, 1))),
    *_named("bias-corrected", "You correct the bias of a start at zero. Begin with the first "
            "mini-batch instead: then nothing is biased and nothing is divided.",
            _bias_corrected, _corrected_needlessly),
    *_named("variance-of-means", "That is how far the mini-batches' means lie apart. Asked for is "
            "how far the examples do: average the variances.",
            _variance_of_means, _variance_of_means_on_the_way),
    *_named("around-the-running-mean", "You take each mini-batch's variance around the running "
            "mean. In training it stood around the mini-batch's own.", _around_the_running_mean),
    *_named("unbiased", "Your variances divide by m − 1, as PyTorch's running ones do. Here the "
            "variance divides by m, as in training.",
            partial(_running, variance=lambda z: z.var(axis=1, keepdims=True, ddof=1))),
    *_named("standard-deviation", "You average the standard deviations. Average the variances: "
            "the root comes later, with ε in it.",
            partial(_running, variance=lambda z: z.std(axis=1, keepdims=True)),
            lambda batches, k: (_running(batches, k)[0], np.sqrt(_running(batches, k)[1])),
            lambda batches, k: (_running(batches, k)[0], _running(
                batches, k, variance=lambda z: z.std(axis=1, keepdims=True))[1] ** 2)),
    *_named("plain-mean", "Every mini-batch counts the same. Where is momentum? Old ones, made "
            "with older weights, should fade.", _plain_mean, _all_together),
    *_named("only-the-last", "Those are the statistics of the last mini-batch alone.",
            partial(_running, join=lambda old, new, k: new)),
    *_named("only-the-first", "Those are the statistics of the first mini-batch alone.",
            partial(_running, join=lambda old, new, k: old)),
    *_named("only-the-mean", "The mean is right. The variance does not follow the same rule.",
            _only_the_mean, _variance_stays),
    *_named("swapped", "Both are right, in the wrong order: the mean comes first.",
            lambda batches, k: _running(batches, k)[::-1]),
)  # fmt: skip


def running_statistics(function):
    """Check ``running_statistics(batches, momentum)``: running mean and variance, (units, 1)."""
    return diagnose(function, _running, _RUNNING_CASES, _RUNNING_MISTAKES)


_Z, _GAMMA, _BETA = _BATCHES[0], np.array([[2.0], [0.5]]), np.array([[1.0], [-3.0]])
_KEPT = np.array([[2.0], [-1.0]]), np.array([[4.0], [0.25]])
_INFERENCE_CASES = (
    Case((_Z, _GAMMA, _BETA, *_KEPT, 1e-5), says="two units, four examples"),
    Case((_Z[:, :1], _GAMMA, _BETA, *_KEPT, 0.5), says="one example, a large epsilon"),
)


def _inference(
    z, gamma, beta, mean, variance, epsilon, *, use=lambda z, mean, variance: (mean, variance),
    root=lambda variance, epsilon: np.sqrt(variance + epsilon),
    finish=lambda z_norm, gamma, beta: gamma * z_norm + beta,
):  # fmt: skip
    """Normalise in exchangeable parts: the right ones by default."""
    mean, variance = use(z, mean, variance)
    return finish((z - mean) / root(variance, epsilon), gamma, beta)


def _mistake(identity, hint, **parts):
    return Mistake(identity, partial(_inference, **parts), hint)


_INFERENCE_MISTAKES = (
    Mistake("still-the-stub", lambda z, *_: np.zeros_like(z), "This is the stub as it came: "
            "zeros. Begin with z − mean."),
    _mistake("batch-statistics", "You took mean and variance of the examples at hand. One alone is "
             "its own mean: then z̃ is β, whatever z. Take those that are passed.",
             use=lambda z, mean, variance: (_mean(z), _variance(z))),
    _mistake("batch-mean", "The mean is that of the examples at hand. Take the one that is passed.",
             use=lambda z, mean, variance: (_mean(z), variance)),
    _mistake("batch-variance", "The variance is that of the examples at hand: 0 for one alone. "
             "Take the one that is passed.",
             use=lambda z, mean, variance: (mean, _variance(z))),
    _mistake("over-units", "You took mean and variance of one example over its units. That is "
             "layer norm; here each unit has its own, and they are passed.",
             use=lambda z, mean, variance: (z.mean(axis=0), z.var(axis=0))),
    *(_mistake("updated-at-test-time", "You let the test examples into the running statistics. "
               "They are only used here, never changed.",
               use=lambda z, mean, variance, k=k: (k * mean + (1 - k) * _mean(z),
                                                   k * variance + (1 - k) * _variance(z)))
      for k in (0.9, 0.99, 0.1, 0.5)),
    _mistake("divides-by-variance", "You divide by the variance. Which power of it gives the "
             "spread?", root=lambda v, e: v + e),
    _mistake("std-under-root", "Under your root stands σ, not σ²: what is passed is a variance, "
             "and one root is enough.", root=lambda v, e: np.sqrt(np.sqrt(v) + e)),
    _mistake("std-under-root", "Your root is taken twice. One is enough.",
             root=lambda v, e: np.sqrt(np.sqrt(v + e))),
    _mistake("variance-squared", "You square what is passed, but it is a variance already.",
             root=lambda v, e: np.sqrt(v**2 + e)),
    *(_mistake("no-epsilon", "Epsilon is missing, or not the one that is passed: it must be the "
               "same as in training.", root=lambda v, e, own=own: np.sqrt(v + own))
      for own in (0.0, 1e-5, 1e-3)),
    _mistake("epsilon-outside-root", "Epsilon stands outside the root. It stood inside.",
             root=lambda v, e: np.sqrt(v) + e),
    _mistake("no-gamma-beta", "That is z_norm. γ and β were learned for what comes after it.",
             finish=lambda z_norm, gamma, beta: z_norm),
    _mistake("no-beta", "β is missing.", finish=lambda z_norm, gamma, beta: gamma * z_norm),
    _mistake("no-gamma", "γ is missing.", finish=lambda z_norm, gamma, beta: z_norm + beta),
    _mistake("gamma-beta-swapped", "γ and β have changed places: which one multiplies?",
             finish=lambda z_norm, gamma, beta: beta * z_norm + gamma),
    _mistake("brackets", "You multiply β by γ as well: γ scales z_norm alone.",
             finish=lambda z_norm, gamma, beta: gamma * (z_norm + beta)),
    _mistake("not-centred", "z is divided, but the running mean is still in it.",
             use=lambda z, mean, variance: (0, variance)),
    Mistake("only-the-mean-divided", lambda z, g, b, m, v, e: g * (z - m / np.sqrt(v + e)) + b,
            "Only the mean is divided. Mind the brackets around z − mean."),
)  # fmt: skip


def inference(function):
    """Check ``inference(z, gamma, beta, mean, variance, epsilon)``: z_tilde, shape (units, m)."""
    return diagnose(function, _inference, _INFERENCE_CASES, _INFERENCE_MISTAKES)


def mode_mistakes(named, ways, network, X):
    """Check which of several ways to evaluate a network a reader calls mistaken.

    Parameters
    ----------
    named : sequence of str
        The reader's answer: names among `ways`.
    ways : dict of str to callable
        ``way(network, X) -> probabilities``, each to be tried.
    network : Network
        A trained network with batch norm; left as it is.
    X : ndarray, shape (n_x, m)
        Examples to try the ways on.

    Returns
    -------
    Verdict
    """
    unknown = [name for name in named if name not in ways]
    if unknown:
        hint = f"There is no {unknown[0]!r}. There are {', '.join(ways)}."
        return Verdict(False, "no-such-way", hint)
    if not named:
        return Verdict(False, "still-the-stub", "Nothing is named yet. Try each way on one "
                       "example alone, then on ten.")  # fmt: skip
    faults = {name: _fault(way, network, X) for name, way in ways.items()}
    for name in named:
        if faults[name] is None:
            return Verdict(False, "accused", f"{name} gives each example the same answer alone "
                           "and in a batch, and leaves the network as it was.")  # fmt: skip
    for name, fault in faults.items():
        if fault and name not in named:
            return Verdict(False, f"missed-{fault}", _MISSED[fault])
    return Verdict(True, None, f"{' and '.join(sorted(set(named)))}, and no other.")


_MISSED = {
    "company": "One that you did not name gives an example another answer in other company. Try "
               "one example alone, then in a batch.",
    "changed": "One that you did not name leaves the network changed. Compare network.statistics "
               "before and after.",
}  # fmt: skip


def _fault(way, network, X):
    """Return what is wrong with a way to evaluate; None if nothing is."""
    kept = network.statistics.copy()
    together = way(network, X.copy())[:, 0]
    changed = not np.array_equal(network.statistics, kept)
    network.statistics[:] = kept
    alone = way(network, X[:, :1].copy())[:, 0]
    network.statistics[:] = kept
    if changed:
        return "changed"
    return None if np.allclose(alone, together) else "company"


def goal_calm_and_quick(*, momentum, size, **_):
    """Judge the challenge: shakes by less than 0.1, and 90 % of a jump within 15 mini-batches."""
    shakes = 2 / np.sqrt(round(size)) * np.sqrt((1 - momentum) / (1 + momentum))
    late = int(np.ceil(np.log(0.1) / np.log(momentum) - 1e-9)) if momentum > 0 else 1
    if shakes < 0.1 and late <= 15:
        return Verdict(True, None, f"It shakes by {shakes:.2f} and is there after {late}.")
    hint = (
        "find an average that shakes by less than 0.1 and is 90 % there within 15 mini-batches. "
        f"Now: {shakes:.2f}, and {late}."
    )
    return Verdict(False, "shakes" if shakes >= 0.1 else "late", hint)
