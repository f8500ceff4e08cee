"""Checks of the batch norm exercises and challenges."""

from functools import partial
from operator import itemgetter

import numpy as np

from course_utils import batch_norm as lecture
from course_utils.checks.diagnosis import Case, Mistake, diagnose
from course_utils.checks.verdict import Verdict

_Z = np.array([[1.0, 2.0, 3.0, 6.0], [-4.0, 0.5, 2.0, -1.5], [2.5, 2.5, 2.5, 2.5]])
_SQUARE = np.array([[0.5, 3.0, -2.0], [1.0, 1.5, 4.0], [-6.0, 2.0, 0.25]])
_WIDE = np.array([[10.0, 30.0, 20.0, -10.0, 5.0], [0.1, 0.3, -0.2, 0.4, 0.2]])
_GAMMA, _BETA = np.array([[2.0], [0.5], [-1.5]]), np.array([[1.0], [-3.0], [0.25]])
_BATCHES = (
    (_Z, 1e-5, "three units, four examples, the last unit constant"),
    (_SQUARE, 0.5, "three units, three examples, a large epsilon"),
    (_WIDE, 0.001, "two units, five examples"),
)


def _mean(z):
    return z.mean(axis=1, keepdims=True)


def _variance(z):
    return z.var(axis=1, keepdims=True)


def _root(variance, epsilon):
    return np.sqrt(variance + epsilon)


def _finish(z_norm, gamma, beta):
    return gamma * z_norm + beta


def _forward(
    z, gamma, beta, epsilon, *, mean=_mean, variance=_variance, root=_root, centre=np.subtract,
    finish=_finish,
):  # fmt: skip
    """Batch norm in exchangeable parts: the right ones by default."""
    return finish(centre(z, mean(z)) / root(variance(z), epsilon), gamma, beta)


def _forward_mistake(identity, hint, **parts):
    return Mistake(identity, partial(_forward, **parts), hint)


_FORWARD_CASES = tuple(
    Case((z, _GAMMA[: len(z)], _BETA[: len(z)], epsilon), says=says)
    for z, epsilon, says in _BATCHES
)
_AXIS = "Columns are examples: which axis runs over the examples of one unit?"
_KEEP = (
    "A mean of shape (units,) does not line up with z of shape (units, m): look up what keepdims "
    "does."
)
_X1 = (
    "You multiplied z by its mean. Print the mean of each row of z_norm: it should be 0. What "
    "brings a mean to 0?"
)
_ROOT = "You divide by the variance. Print the variance of z_norm: which power of it is missing?"
_NO_EPSILON = (
    "Epsilon is missing. One unit of the first case has the same value for every example: what is "
    "its variance, and what do you divide by?"
)
_FORWARD_MISTAKES = (
    Mistake("still-the-stub", lambda z, gamma, beta, epsilon: np.zeros_like(z),
            "This is the stub as it came: all zeros. Begin with the mean of each row of z."),
    _forward_mistake("statistics-over-units", "You took the statistics over the units. " + _AXIS,
                     mean=lambda z: z.mean(axis=0, keepdims=True),
                     variance=lambda z: z.var(axis=0, keepdims=True)),
    _forward_mistake("mean-over-units", "The mean is taken over the units. " + _AXIS,
                     mean=lambda z: z.mean(axis=0, keepdims=True)),
    _forward_mistake("one-mean-for-all", "You took one mean and one variance of all of z. Each "
                     "unit has its own: one number a row.",
                     mean=np.mean, variance=np.var),
    _forward_mistake("missing-keepdims", _KEEP, mean=lambda z: z.mean(axis=1),
                     variance=lambda z: z.var(axis=1)),
    _forward_mistake("missing-keepdims", _KEEP, mean=lambda z: z.mean(axis=1)),
    _forward_mistake("missing-keepdims", _KEEP, variance=lambda z: z.var(axis=1)),
    _forward_mistake("no-epsilon", _NO_EPSILON, root=lambda v, e: np.sqrt(v)),
    _forward_mistake("own-epsilon", "You use an epsilon of your own. Take the one that is passed.",
                     root=lambda v, e: np.sqrt(v + 1e-8)),
    _forward_mistake("epsilon-outside-root", "Epsilon stands outside the root. Inside and outside "
                     "differ when epsilon is large: where does the formula put it?",
                     root=lambda v, e: np.sqrt(v) + e),
    _forward_mistake("divides-by-variance", _ROOT, root=lambda v, e: v + e),
    _forward_mistake("divides-by-variance", _ROOT, root=lambda v, e: v),
    _forward_mistake("product-with-mean", _X1, centre=np.multiply),
    _forward_mistake("product-with-mean", _X1, centre=np.multiply,
                     root=lambda v, e: np.sqrt(np.sqrt(v) + e)),
    _forward_mistake("mean-added", "You added the mean. Print the mean of z_norm: it should be 0.",
                     centre=np.add),
    _forward_mistake("mean-not-subtracted", "z is divided, but its mean is still in it.",
                     centre=lambda z, mu: z),
    _forward_mistake("divides-by-m-minus-1", "Your variance divides by m − 1. In batch norm it "
                     "divides by m.", variance=lambda z: z.var(axis=1, ddof=1, keepdims=True)),
    _forward_mistake("sum-for-mean", "Your variance is a sum of squares. What makes it a mean?",
                     variance=lambda z: z.var(axis=1, keepdims=True) * z.shape[1]),
    _forward_mistake("variance-not-centred", "Your variance is the mean of z². Whose squares "
                     "should be averaged?", variance=lambda z: _mean(z**2)),
    _forward_mistake("std-for-variance", "Inside the root stands σ, the standard deviation. The "
                     "formula has σ² there.", root=lambda v, e: np.sqrt(np.sqrt(v) + e)),
    _forward_mistake("times-the-root", "You multiply by the root. A wide unit should get narrower.",
                     root=lambda v, e: 1 / np.sqrt(v + e)),
    _forward_mistake("gamma-beta-swapped", "γ and β have changed places: which one multiplies?",
                     finish=lambda z_norm, gamma, beta: beta * z_norm + gamma),
    _forward_mistake("beta-subtracted", "β is added, so that it becomes the new mean.",
                     finish=lambda z_norm, gamma, beta: gamma * z_norm - beta),
    _forward_mistake("no-gamma-beta", "This is z_norm, and it is right. One line is missing: z̃.",
                     finish=lambda z_norm, gamma, beta: z_norm),
    _forward_mistake("no-gamma", "β is there, γ is not: what sets the spread of z̃?",
                     finish=lambda z_norm, gamma, beta: z_norm + beta),
    _forward_mistake("no-beta", "γ is there, β is not: what sets the mean of z̃?",
                     finish=lambda z_norm, gamma, beta: gamma * z_norm),
    _forward_mistake("gamma-times-beta", "γ multiplies β as well. Only z_norm is scaled by γ.",
                     finish=lambda z_norm, gamma, beta: gamma * (z_norm + beta)),
)  # fmt: skip


def forward(function):
    """Check ``batch_norm_forward(z, gamma, beta, epsilon)``, which returns z_tilde."""
    return diagnose(function, _forward, _FORWARD_CASES, _FORWARD_MISTAKES)


def _backward(d, z, gamma, epsilon):
    z_norm = _forward(z, 1.0, 0.0, epsilon)
    spread = _root(_variance(z), epsilon)
    dz = gamma / spread * (d - _mean(d) - z_norm * _mean(d * z_norm))
    return dz, (d * z_norm).sum(axis=1, keepdims=True), d.sum(axis=1, keepdims=True)


def _dz(rule):
    """Return a backward pass whose dz alone is `rule(d, z_norm, slope, spread, gamma)`."""

    def wrong(d, z, gamma, epsilon):
        spread = _root(_variance(z), epsilon)
        z_norm = (z - _mean(z)) / spread
        return rule(d, z_norm, gamma / spread, spread, gamma), *_backward(d, z, gamma, epsilon)[1:]

    return wrong


def _dgamma(rule):
    """Return a backward pass whose dgamma alone is `rule(d, z, z_norm, gamma)`."""

    def wrong(d, z, gamma, epsilon):
        dz, _, dbeta = _backward(d, z, gamma, epsilon)
        return dz, rule(d, z, _forward(z, 1.0, 0.0, epsilon), gamma), dbeta

    return wrong


def _dbeta(rule):
    """Return a backward pass whose dbeta alone is `rule(d, gamma)`."""
    return lambda d, z, gamma, epsilon: (*_backward(d, z, gamma, epsilon)[:2], rule(d, gamma))


def _stub(d, z, gamma, epsilon):
    return np.zeros_like(z), np.zeros_like(gamma), np.zeros_like(gamma)


def _sum(a):
    return a.sum(axis=1, keepdims=True)


_D = np.array([[1.0, -2.0, 0.5, 3.0], [0.25, 1.0, -1.0, 2.0], [0.5, 1.5, -0.5, 1.0]])
_D_WIDE = np.array([[1.0, 0.5, -1.5, 2.0, 0.3], [-0.7, 0.2, 1.1, 0.4, -2.0]])
_BACKWARD_CASES = tuple(
    Case((d, z, _GAMMA[: len(z)], epsilon), says=says)
    for d, (z, epsilon, says) in zip((_D, _D[:, 1:], _D_WIDE), _BATCHES, strict=True)
)
_CONSTANT = (
    "dz: you took μ and σ as fixed numbers. They are made of z too: moving one example moves them, "
    "and with them every z_norm. Two terms are missing."
)
_WHOLE_MISTAKES = (
    Mistake("still-the-stub", _stub,
            "This is the stub as it came: all zeros. Begin with dβ, the easiest of the three."),
    Mistake("results-swapped", lambda *a: itemgetter(0, 2, 1)(_backward(*a)),
            "All three are right, but dγ and dβ have changed places."),
)  # fmt: skip
_DBETA_MISTAKES = (
    Mistake("sums-over-units", _dbeta(lambda d, g: d.sum(axis=0, keepdims=True)), "dβ: " + _AXIS),
    Mistake("one-sum-for-all", _dbeta(lambda d, g: d.sum()),
            "dβ: you summed over everything. Each unit has its own β: one number a row."),
    Mistake("missing-keepdims", _dbeta(lambda d, g: d.sum(axis=1)),
            "dβ: its shape should be that of β, (units, 1): look up what keepdims does."),
    Mistake("mean-for-sum", _dbeta(lambda d, g: _mean(d)),
            "dβ: you took the mean. β enters every example's z̃ whole: do their shares add up or "
            "average?"),
    Mistake("gamma-in-dbeta", _dbeta(lambda d, g: _sum(g * d)),
            "dβ: there is a γ in it. Look at z̃ = γ z_norm + β: what stands before β?"),
    Mistake("sign", _dbeta(lambda d, g: -_sum(d)),
            "dβ: look at its sign. Where all d are positive, does the cost rise with β or fall?"),
    Mistake("not-summed", _dbeta(lambda d, g: d),
            "dβ: one number a unit is asked for, but yours has one for every example."),
)  # fmt: skip
_DGAMMA_MISTAKES = (
    Mistake("sums-over-units", _dgamma(lambda d, z, n, g: (d * n).sum(axis=0, keepdims=True)),
            "dγ: " + _AXIS),
    Mistake("one-sum-for-all", _dgamma(lambda d, z, n, g: (d * n).sum()),
            "dγ: you summed over everything. Each unit has its own γ: one number a row."),
    Mistake("missing-keepdims", _dgamma(lambda d, z, n, g: (d * n).sum(axis=1)),
            "dγ: its shape should be that of γ, (units, 1): look up what keepdims does."),
    Mistake("mean-for-sum", _dgamma(lambda d, z, n, g: _mean(d * n)),
            "dγ: you took the mean. Do the examples' shares add up or average?"),
    Mistake("z-for-z-norm", _dgamma(lambda d, z, n, g: _sum(d * z)),
            "dγ: you multiplied by z. Look at z̃ = γ z_norm + β: what does γ multiply?"),
    Mistake("z-for-z-norm", _dgamma(lambda d, z, n, g: _sum(d * (z - _mean(z)))),
            "dγ: you multiplied by z − μ. Look at z̃ = γ z_norm + β: what does γ multiply?"),
    Mistake("gamma-in-dgamma", _dgamma(lambda d, z, n, g: _sum(g * d * n)),
            "dγ: there is a γ in it. z̃ is linear in γ: does its slope depend on γ?"),
    Mistake("z-norm-forgotten", _dgamma(lambda d, z, n, g: _sum(d)),
            "dγ: this is dβ. What does γ multiply?"),
    Mistake("sign", _dgamma(lambda d, z, n, g: -_sum(d * n)),
            "dγ: look at its sign: d times what γ multiplies."),
    Mistake("not-summed", _dgamma(lambda d, z, n, g: d * n),
            "dγ: one number a unit is asked for, but yours has one for every example."),
)  # fmt: skip
_DZ_MISTAKES = (
    Mistake("statistics-constant", _dz(lambda d, n, a, s, g: a * d), _CONSTANT),
    Mistake("no-gamma",
            _dz(lambda d, n, a, s, g: (d - _mean(d) - n * _mean(d * n)) / s),
            "dz: γ is missing. On its way from z̃ to z_norm the gradient passes γ."),
    Mistake("only-mean-differentiated", _dz(lambda d, n, a, s, g: a * (d - _mean(d))),
            "dz: the way through μ is there, the way through σ² is not. One term is missing."),
    Mistake("only-variance-differentiated", _dz(lambda d, n, a, s, g: a * (d - n * _mean(d * n))),
            "dz: the way through σ² is there, the way through μ is not. One term is missing."),
    Mistake("missing-1-over-m", _dz(lambda d, n, a, s, g: a * (d - _sum(d) - n * _sum(d * n))),
            "dz: you subtract sums where means are asked for: each example is only 1/m of μ."),
    Mistake("missing-1-over-m",
            _dz(lambda d, n, a, s, g: a * (d.shape[1] * d - _sum(d) - n * _sum(d * n))),
            "dz: it is m times too large. Where does the 1/m stand?"),
    Mistake("sign", _dz(lambda d, n, a, s, g: a * (d - _mean(d) + n * _mean(d * n))),
            "dz: look at the sign of the term with z_norm."),
    Mistake("sign", _dz(lambda d, n, a, s, g: a * (d + _mean(d) - n * _mean(d * n))),
            "dz: look at the sign of the term with the mean of d."),
    Mistake("sign", _dz(lambda d, n, a, s, g: a * (d + _mean(d) + n * _mean(d * n))),
            "dz: look at the signs of the two means."),
    Mistake("sign", _dz(lambda d, n, a, s, g: -a * (d - _mean(d) - n * _mean(d * n))),
            "dz: its sign is turned round."),
    Mistake("divides-by-variance",
            _dz(lambda d, n, a, s, g: g / s**2 * (d - _mean(d) - n * _mean(d * n))),
            "dz: you divide by the variance. What does z̃ divide z − μ by?"),
    Mistake("times-the-root", _dz(lambda d, n, a, s, g: g * s * (d - _mean(d) - n * _mean(d * n))),
            "dz: you multiply by the root. A wide unit feels a change of z less."),
    Mistake("z-norm-missing", _dz(lambda d, n, a, s, g: a * (d - _mean(d) - _mean(d * n))),
            "dz: the last term should differ from example to example: what multiplies its mean?"),
    Mistake("means-over-units",
            _dz(lambda d, n, a, s, g: a * (d - d.mean(0) - n * (d * n).mean(0))), "dz: " + _AXIS),
    Mistake("one-mean-for-all", _dz(lambda d, n, a, s, g: a * (d - d.mean() - n * (d * n).mean())),
            "dz: you took one mean of everything. Each unit has its own."),
)  # fmt: skip


def backward(function):
    """Check ``batch_norm_backward(d_z_tilde, z, gamma, epsilon)``: dz, dgamma and dbeta."""
    mistakes = (*_WHOLE_MISTAKES, *_DBETA_MISTAKES, *_DGAMMA_MISTAKES, *_DZ_MISTAKES)
    return diagnose(function, _backward, _BACKWARD_CASES, mistakes, names=("dz", "dγ", "dβ"))


def _undo(z, epsilon, *, gamma=_root, beta=_mean, variance=_variance):
    return gamma(variance(z), epsilon), beta(z)


def _undo_mistake(identity, hint, **parts):
    return Mistake(identity, partial(_undo, **parts), hint)


_UNDO_CASES = tuple(Case((z, epsilon), says=says) for z, epsilon, says in _BATCHES)
_UNDO_MISTAKES = (
    Mistake("still-the-stub", lambda z, epsilon: (np.ones((len(z), 1)), np.zeros((len(z), 1))),
            "This is the stub as it came. With it z̃ is z_norm: what was divided away, and what "
            "was subtracted?"),
    Mistake("gamma-beta-swapped", lambda *a: _undo(*a)[::-1],
            "Both are right, but γ and β have changed places."),
    _undo_mistake("gamma-without-epsilon", "γ = σ is nearly right. Where σ is small, epsilon "
                  "shows: by what exactly was z − μ divided?", gamma=lambda v, e: np.sqrt(v)),
    _undo_mistake("gamma-variance", "Your γ has no root: what was z − μ divided by?",
                  gamma=lambda v, e: v),
    _undo_mistake("gamma-variance", "Your γ has no root: what was z − μ divided by?",
                  gamma=lambda v, e: v + e),
    _undo_mistake("epsilon-outside-root", "Where does epsilon stand in γ, inside the root or "
                  "outside?", gamma=lambda v, e: np.sqrt(v) + e),
    _undo_mistake("gamma-inverse", "Your γ divides once more. What undoes a division?",
                  gamma=lambda v, e: 1 / np.sqrt(v + e)),
    _undo_mistake("beta-negative", "β has the wrong sign: μ was subtracted. What brings it back?",
                  beta=lambda z: -_mean(z)),
    _undo_mistake("beta-missing", "γ is right. β is still 0: what was subtracted?",
                  beta=lambda z: 0 * _mean(z)),
    _undo_mistake("gamma-missing", "β is right. γ is still 1: what was divided away?",
                  gamma=lambda v, e: np.ones_like(v)),
    Mistake("normalises-again",
            lambda z, e: (1 / _root(_variance(z), e), -_mean(z) / _root(_variance(z), e)),
            "These γ and β normalise z a second time. Asked for is the way back."),
    Mistake("beta-divided", lambda z, e: (_undo(z, e)[0], _mean(z) / _root(_variance(z), e)),
            "γ is right. β is added after γ has multiplied: does it still need scaling?"),
    Mistake("statistics-over-units",
            lambda z, e: (_root(z.var(axis=0, keepdims=True), e), z.mean(axis=0, keepdims=True)),
            _AXIS),
    Mistake("one-mean-for-all", lambda z, e: (_root(z.var(), e), z.mean()),
            "You took the statistics of all of z. Each unit has its own γ and β."),
    Mistake("missing-keepdims", lambda z, e: (_root(z.var(axis=1), e), z.mean(axis=1)),
            "The numbers are right. γ and β should be (units, 1): look up what keepdims does."),
    _undo_mistake("divides-by-m-minus-1", "Your variance divides by m − 1; the one to undo "
                  "divides by m.", variance=lambda z: z.var(axis=1, ddof=1, keepdims=True)),
)  # fmt: skip


def undo(function):
    """Check ``undo(z, epsilon)``: the gamma and beta with which z_tilde is z again."""
    return diagnose(function, _undo, _UNDO_CASES, _UNDO_MISTAKES)


def goal_mean_and_spread(*, mean, spread, gamma, beta):
    """Judge the challenge: bring z_tilde to mean 3 and standard deviation 0.5."""
    z_tilde = _two_values(mean, spread, gamma, beta)[1]
    m, s = z_tilde.mean() + 0.0, z_tilde.std()
    if abs(m - 3) <= 0.05 and abs(s - 0.5) <= 0.025:
        return Verdict(True, None, f"z̃ has mean {m:.2f} and std {s:.2f}. Which sliders mattered?")
    return Verdict(
        False, "not-there",
        f"bring z̃ to mean 3 and std 0.5. Now: mean {m:.2f}, std {s:.2f}.".replace("-", "−"),
    )  # fmt: skip


def goal_undo(*, mean, spread, gamma, beta):
    """Judge the challenge: undo the normalisation of a z that is far from normalised."""
    z, z_tilde = _two_values(mean, spread, gamma, beta)
    away = np.abs(z_tilde - z).max()
    if abs(mean) < 1 or abs(spread - 1) < 0.25:
        return Verdict(False, "nothing-to-undo", "give z a mean beyond ±1 and a spread well off 1.")
    if away <= 0.06:
        return Verdict(True, None, "z̃ is z again. Compare γ with the std of z, β with its mean.")
    return Verdict(
        False, "not-there", f"make the third row equal the first. Still {away:.2f} apart."
    )


def _two_values(mean, spread, gamma, beta):
    """Return two values with this mean and standard deviation, and what becomes of them."""
    z = np.array([[mean - spread, mean + spread]])
    return z, lecture.forward(z, [[gamma]], [[beta]])[0]
