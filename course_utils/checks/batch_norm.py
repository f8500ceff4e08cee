"""Checks of the batch norm exercises and challenges."""

from functools import partial
from itertools import permutations

import numpy as np

from course_utils import batch_norm as lecture
from course_utils.checks.engine.diagnosis import Case, Mistake, Stub, made_in
from course_utils.checks.engine.exercise import Exercise
from course_utils.checks.engine.showing import against
from course_utils.checks.engine.verdict import Verdict

_Z = np.array([[1.0, 2.0, 3.0, 6.0], [-4.0, 0.5, 2.0, -1.5], [2.5, 2.5, 2.5, 2.5]])
_SQUARE = np.array([[0.5, 3.0, -2.0], [1.0, 1.5, 4.0], [-6.0, 2.0, 0.25]])
_ONE_UNIT = np.array([[0.1, 0.3, -0.2, 0.4, 0.2]])
_FAR = np.array([[1e8 + 3.5, 1e8 + 4.25, 1e8 + 5, 1e8 + 3.25], [-0.5, 1.0, 2.0, 0.25]])
_GAMMA, _BETA = np.array([[2.0], [0.5], [-1.5]]), np.array([[1.0], [-3.0], [0.25]])
_BATCHES = (
    (_Z, 1e-5, "three units, four examples, the last unit constant"),
    (_SQUARE, 0.5, "three units, three examples, a large epsilon"),
    (_ONE_UNIT, 0.001, "one unit, five examples"),
    (_FAR, 0.01, "a unit near 10⁸"),
)


def _mean(z):
    return z.mean(axis=1, keepdims=True)


def _variance(z):
    return z.var(axis=1, keepdims=True)


def _sum(a):
    return a.sum(axis=1, keepdims=True)


def _root(variance, epsilon):
    return np.sqrt(variance + epsilon)


def _batch(rng):
    """Draw a mini-batch, gamma, beta and epsilon; no number of a unit comes twice."""
    units, m = rng.integers(2, 5), rng.integers(3, 7)
    z = rng.choice(np.arange(-90, 91) / 10, (units, m), replace=False)
    gamma, beta = (rng.choice([-2.0, -1.5, 0.25, 0.5, 3.0], (units, 1)) for _ in range(2))
    return z, gamma, beta, float(rng.choice([1e-5, 0.01, 0.3]))


_AXIS = "Columns are examples: which axis runs over the examples of one unit?"
_NO_EPSILON = (
    "Epsilon makes no difference to your answer. A unit that has the same value for every example "
    "has variance 0, and batch norm still has to divide by something."
)
_OWN_EPSILON = (
    "The epsilon that is passed is not the one you use: yours is another, or is not used "
    "everywhere."
)
_SHORT_CUT = (
    "You take σ² as the mean of z² minus μ². On paper that is the same. Near 10⁸ both are near "
    "10¹⁶ and agree in all digits a float has, so that nothing is left of their difference."
)
_FLOAT32 = (
    "You turn the numbers into float32, which has seven digits. Near 10⁸ the differences between "
    "the examples are lost."
)


def _short_cut(z, keep=lambda v: np.maximum(v, 0)):
    return keep((z**2).mean(axis=1, keepdims=True) - _mean(z) ** 2)


def _float32(z):
    return z.astype(np.float32)


_OWN_EPSILONS = (1e-5, 1e-8, 1e-3, 1e-2, 1e-4, 1e-6, 1e-7, 1e-10)
_AT_EPSILON = "Look at epsilon in {scale}."
_AT_VARIANCE = "Look at the variance in {scale}."
_ANY_SPREAD = (
    Mistake(
        "no-epsilon",
        _NO_EPSILON,
        {"root": lambda v, e: np.sqrt(v)},
        look=_AT_EPSILON,
    ),
    Mistake(
        "own-epsilon",
        _OWN_EPSILON,
        *({"root": lambda v, e, own=own: np.sqrt(v + own)} for own in _OWN_EPSILONS),
        {"root": lambda v, e: np.sqrt(np.maximum(v, e))},
        {"root": lambda v, e: np.maximum(np.sqrt(v), e)},
        look=_AT_EPSILON,
    ),
    Mistake(
        "epsilon-outside-root",
        "Epsilon stands outside the root. Inside and outside differ when epsilon is large: where "
        "does the formula put it?",
        {"root": lambda v, e: np.sqrt(v) + e},
        look=_AT_EPSILON,
    ),
    Mistake(
        "roots-added",
        "You take the root of the variance and of epsilon, and then add them. What is added first "
        "in the formula?",
        {"root": lambda v, e: np.sqrt(v) + np.sqrt(e)},
        look=_AT_EPSILON,
    ),
    Mistake(
        "epsilon-squared",
        "Epsilon is squared. The formula has it as it is.",
        {"root": lambda v, e: np.sqrt(v + e**2)},
        look=_AT_EPSILON,
    ),
    Mistake(
        "epsilon-doubled",
        "Epsilon counts twice.",
        {"root": lambda v, e: np.sqrt(v + 2 * e)},
        look=_AT_EPSILON,
    ),
    Mistake(
        "epsilon-subtracted",
        "Epsilon is subtracted. It is there to keep the root away from 0: which sign does that?",
        {"root": lambda v, e: np.sqrt(np.abs(v - e))},
        {"root": lambda v, e: np.sqrt(np.maximum(v - e, 0))},
        {"root": lambda v, e: np.sqrt(v - e)},
        look=_AT_EPSILON,
    ),
    Mistake(
        "std-for-variance",
        "Under the root stands σ, the standard deviation, or the root is taken twice. The formula "
        "has the root of σ².",
        {"root": lambda v, e: np.sqrt(np.sqrt(v) + e)},
        {"root": lambda v, e: np.sqrt(np.sqrt(v + e))},
        look="Look at the powers in {scale}.",
    ),
    Mistake(
        "power-of-half",
        "Half, or twice, the variance stands where its root belongs. Python takes the power before "
        "it divides: mind the brackets in ** 1 / 2.",
        {"root": lambda v, e: (v + e) / 2},
        {"root": lambda v, e: 2 * (v + e)},
        look="Look at the powers in {scale}.",
    ),
    Mistake(
        "variance-squared",
        "You square the variance.",
        {"root": lambda v, e: np.sqrt(v**2 + e)},
        look="Look at the powers in {scale}.",
    ),
    Mistake(
        "short-cut",
        _SHORT_CUT,
        {"variance": _short_cut},
        {"variance": partial(_short_cut, keep=np.abs)},
        {"variance": partial(_short_cut, keep=np.array)},
        look="Try numbers near 10⁸, as 1e8 − 1 and 1e8 + 1: what "
        "is their variance, and what is yours?",
    ),
    Mistake(
        "divides-by-m-minus-1",
        "Your variance divides by m − 1. In batch norm it divides by m.",
        {"variance": lambda z: z.var(axis=1, ddof=1, keepdims=True)},
        look="Look at what your variance divides by.",
    ),
    Mistake(
        "sum-of-squares",
        "Your variance is a sum of squares. What makes it a mean?",
        {"variance": lambda z: _variance(z) * z.shape[1]},
        look=_AT_VARIANCE,
    ),
    Mistake(
        "divided-by-units",
        "Your variance divides by the number of units. How many examples were added up?",
        {"variance": lambda z: _variance(z) * z.shape[1] / len(z)},
        look="Look at what your variance divides by.",
    ),
    Mistake(
        "variance-not-centred",
        "Your variance is the mean of z². Whose squares should be averaged?",
        {"variance": lambda z: _mean(z**2)},
        look=_AT_VARIANCE,
    ),
    Mistake(
        "no-variance",
        "Your σ² is 0 whatever z is. The mean of z − μ is always 0: are the deviations squared "
        "before they are averaged?",
        {"variance": lambda z: 0 * _mean(z), "root": _root},
        look=_AT_VARIANCE,
    ),
    Mistake(
        "mean-deviation",
        "You average the sizes of z − μ. The variance averages their squares.",
        {"variance": lambda z: _mean(np.abs(z - _mean(z))) ** 2},
        {"variance": lambda z: _mean(np.abs(z - _mean(z))), "root": _root},
        look=_AT_VARIANCE,
    ),
    Mistake(
        "variance-about-another-mean",
        "The squares are taken about the mean of all of z. Each unit has a mean of its own.",
        {"variance": lambda z: _mean((z - z.mean()) ** 2)},
        look=_AT_VARIANCE,
    ),
    Mistake(
        "one-variance-for-all",
        "You took one variance of all of z. Each unit has its own: one number a row.",
        {"variance": np.var},
        look=_AT_VARIANCE,
    ),
    Mistake(
        "variance-over-units",
        "The variance is taken over the units. " + _AXIS,
        {"variance": lambda z: z.var(axis=0, keepdims=True)},
        look=_AT_VARIANCE,
    ),
)


_FOR_CONSTANT_UNITS = Mistake(
    "own-epsilon",
    _OWN_EPSILON,
    {"root": lambda v, e: np.sqrt(np.where(v == 0, e, v))},
    look=_AT_EPSILON,
)


MULTIPLIED = (
    Mistake(
        "times-the-root",
        "You multiply by the root. A wide unit should get narrower.",
        {"root": lambda v, e: 1 / np.sqrt(v + e)},
    ),
    Mistake(
        "times-the-root",
        "You multiply by the variance. A wide unit should get narrower.",
        {"root": lambda v, e: 1 / (v + e)},
    ),
)
"""Mistakes in dividing by the root, here and where the statistics are passed in."""


def _spread_mistakes(base, *more, scale="your divisor", no_epsilon=_NO_EPSILON):
    """Return the mistakes in ``sqrt(variance + epsilon)`` as they are made in a function."""
    hints = {"no-epsilon": no_epsilon}
    return [
        Mistake(m.id, hints.get(m.id, m.hint), *m.wrong, look=m.look.format(scale=scale))
        for m in made_in(base, (*more, *_ANY_SPREAD))
    ]


def _finish(z_norm, gamma, beta):
    return gamma * z_norm + beta


def _forward(
    z,
    gamma,
    beta,
    epsilon,
    *,
    mean=_mean,
    variance=_variance,
    root=_root,
    centre=np.subtract,
    finish=_finish,
):
    """Batch norm in exchangeable parts: the right ones by default."""
    return finish(centre(z, mean(z)) / root(variance(z), epsilon), gamma, beta)


_FORWARD_CASES = tuple(
    Case((z, _GAMMA[: len(z)], _BETA[: len(z)], epsilon), says=says)
    for z, epsilon, says in _BATCHES
)


def _draw_forward(rng):
    return Case(_batch(rng), says="a mini-batch drawn just now")


def _forward_stub(z, gamma, beta, epsilon):
    z_tilde = np.zeros_like(z)
    return z_tilde


_SHAPES = "Print the shape of μ and of σ²: is there one number for each unit, in a column?"
_KEEP = (
    "A mean or a variance of shape (units,) does not line up with z of shape (units, m): look up "
    "what keepdims does."
)
_MEANS = "Print the mean of each row of z_norm: it should be 0."
_SPREADS = "Print the variance of each row of z_norm: it should be near 1."
_LAST = "Look at your last line, from z_norm to z̃."
_FORWARD_MISTAKES = (
    Mistake(
        "statistics-over-units",
        "You took mean and variance over the units. " + _AXIS,
        partial(
            _forward,
            mean=lambda z: z.mean(axis=0, keepdims=True),
            variance=lambda z: z.var(axis=0, keepdims=True),
        ),
        look=_SHAPES,
    ),
    Mistake(
        "mean-over-units",
        "The mean is taken over the units. " + _AXIS,
        partial(_forward, mean=lambda z: z.mean(axis=0, keepdims=True)),
        look=_SHAPES,
    ),
    Mistake(
        "one-mean-for-all",
        "You took one mean and one variance of all of z. Each unit has its own: one number a row.",
        partial(_forward, mean=np.mean, variance=np.var),
        look=_SHAPES,
    ),
    Mistake(
        "one-mean-for-all",
        "You took one mean of all of z. Each unit has its own: one number a row.",
        partial(_forward, mean=np.mean),
        partial(_forward, mean=np.mean, variance=lambda z: _mean((z - z.mean()) ** 2)),
        look=_SHAPES,
    ),
    Mistake(
        "missing-keepdims",
        _KEEP,
        partial(_forward, mean=lambda z: z.mean(axis=1), variance=lambda z: z.var(axis=1)),
        look=_SHAPES,
    ),
    Mistake(
        "missing-keepdims",
        _KEEP,
        partial(_forward, mean=lambda z: z.mean(axis=1)),
        look=_SHAPES,
    ),
    Mistake(
        "missing-keepdims",
        _KEEP,
        partial(_forward, variance=lambda z: z.var(axis=1)),
        look=_SHAPES,
    ),
    *_spread_mistakes(_forward, _FOR_CONSTANT_UNITS, scale="what you divide by"),
    Mistake(
        "divides-by-variance",
        "You divide by the variance. Which power of it has the unit of z?",
        partial(_forward, root=lambda v, e: v + e),
        look=_SPREADS,
    ),
    Mistake(
        "divides-by-variance",
        "You divide by the variance, and epsilon is not in it. Which power of it has the unit of "
        "z?",
        partial(_forward, root=lambda v, e: v),
        look=_SPREADS,
    ),
    *made_in(_forward, MULTIPLIED, look=_SPREADS),
    Mistake(
        "epsilon-not-divided",
        "Epsilon is added after the division: division comes before addition. Mind the brackets: "
        "where does epsilon stand in the formula?",
        lambda z, g, b, e: g * ((z - _mean(z)) / np.sqrt(_variance(z)) + e) + b,
        lambda z, g, b, e: g * (z - _mean(z)) / np.sqrt(_variance(z)) + e + b,
        look="Look at epsilon in what you divide by.",
    ),
    Mistake(
        "beta-divided",
        "β is divided by the root as well. It is added to what has been divided already.",
        lambda z, g, b, e: (g * (z - _mean(z)) + b) / _root(_variance(z), e),
        look=_LAST,
    ),
    Mistake(
        "not-divided",
        "The division by the root is missing.",
        partial(_forward, root=lambda v, e: 1.0),
        look=_SPREADS,
    ),
    Mistake(
        "product-with-mean",
        "You multiplied z by μ. What brings a mean to 0?",
        partial(_forward, centre=np.multiply),
        look=_MEANS,
    ),
    Mistake(
        "mean-added",
        "You added μ. What brings a mean to 0?",
        partial(_forward, centre=np.add),
        look=_MEANS,
    ),
    Mistake(
        "mean-minus-z",
        "You have μ − z for z − μ: that reverses every sign.",
        partial(_forward, centre=lambda z, mu: mu - z),
        look="Look at what you divide: z − μ, or something else?",
    ),
    Mistake(
        "mean-not-subtracted",
        "The mean of z is not subtracted.",
        partial(_forward, centre=lambda z, mu: z),
        look=_MEANS,
    ),
    Mistake(
        "sum-for-mean",
        "Your μ is the sum of each row. What makes a sum a mean?",
        partial(_forward, mean=_sum),
        partial(_forward, mean=_sum, variance=lambda z: _mean((z - _sum(z)) ** 2)),
        look=_MEANS,
    ),
    Mistake(
        "sum-for-mean",
        "You took sums of each row. What makes a sum a mean?",
        lambda z, g, b, e: _forward(
            z, g, b, e, mean=_sum, variance=lambda z: _sum((z - _sum(z)) ** 2)
        ),
        look=_MEANS,
    ),
    Mistake(
        "divided-by-units",
        "You divide the sums of each row by the number of units. How many examples were added up?",
        lambda z, g, b, e: _forward(
            z,
            g,
            b,
            e,
            mean=lambda z: _sum(z) / len(z),
            variance=lambda z: _sum((z - _sum(z) / len(z)) ** 2) / len(z),
        ),
        look=_MEANS,
    ),
    Mistake(
        "divided-by-all-entries",
        "You divide the sums of each row by the number of all entries of z. How many examples were "
        "added up?",
        lambda z, g, b, e: _forward(
            z,
            g,
            b,
            e,
            mean=lambda z: _sum(z) / z.size,
            variance=lambda z: _sum((z - _sum(z) / z.size) ** 2) / z.size,
        ),
        look=_MEANS,
    ),
    Mistake(
        "median",
        "Your μ is the median of each row. Batch norm takes the mean.",
        partial(_forward, mean=lambda z: np.median(z, axis=1, keepdims=True)),
        look=_MEANS,
    ),
    Mistake(
        "least-and-largest",
        "You bring each unit between 0 and 1, by its least and its largest value. Batch norm takes "
        "the mean and the variance.",
        lambda z, g, b, e: _finish(
            (z - z.min(1, keepdims=True)) / (np.ptp(z, axis=1, keepdims=True) + e), g, b
        ),
        look=_MEANS,
    ),
    Mistake(
        "only-the-mean-divided",
        "Only the mean is divided: division comes before subtraction. Mind the brackets around z − "
        "μ.",
        lambda z, g, b, e: g * z - _mean(z) / _root(_variance(z), e) + b,
        lambda z, g, b, e: g * (z - _mean(z) / _root(_variance(z), e)) + b,
        look="Look at the order in which Python subtracts and divides.",
    ),
    Mistake(
        "only-z-divided",
        "Only z is divided: μ is subtracted afterwards as it was. Mind the brackets around z − μ.",
        lambda z, g, b, e: g * (z / _root(_variance(z), e) - _mean(z)) + b,
        lambda z, g, b, e: g * z / _root(_variance(z), e) - _mean(z) + b,
        look="Look at the order in which Python subtracts and divides.",
    ),
    Mistake(
        "z-for-z-norm",
        "Your z̃ is γ z + β: μ and σ² make no difference to it. What should γ multiply?",
        lambda z, g, b, e: g * z + b,
        look=_LAST,
    ),
    Mistake(
        "only-one-unit",
        "Only the first unit is normalised. Does your function return before it comes to the "
        "others?",
        lambda z, g, b, e: np.eye(len(z))[:, :1] * _forward(z, g, b, e),
        look="Compare the rows of your answer with each other.",
    ),
    Mistake(
        "gamma-as-a-matrix",
        "γ is multiplied as a matrix, which adds up the units. Each row of z_norm needs only its "
        "own γ.",
        lambda z, g, b, e: g.T @ _forward(z, 1, 0, e) + b,
        look=_LAST,
    ),
    Mistake(
        "gamma-beta-swapped",
        "γ and β have changed places: which one multiplies?",
        partial(_forward, finish=lambda z_norm, gamma, beta: beta * z_norm + gamma),
        look=_LAST,
    ),
    Mistake(
        "beta-subtracted",
        "You subtract β: it should become the new mean.",
        partial(_forward, finish=lambda z_norm, gamma, beta: gamma * z_norm - beta),
        look=_LAST,
    ),
    Mistake(
        "no-gamma-beta",
        "γ and β make no difference. One line is missing: z̃.",
        partial(_forward, finish=lambda z_norm, gamma, beta: z_norm),
        look=_LAST,
    ),
    Mistake(
        "no-gamma",
        "β is there, γ is not: what sets the spread of z̃?",
        partial(_forward, finish=lambda z_norm, gamma, beta: z_norm + beta),
        look=_LAST,
    ),
    Mistake(
        "no-beta",
        "γ is there, β is not: what sets the mean of z̃?",
        partial(_forward, finish=lambda z_norm, gamma, beta: gamma * z_norm),
        look=_LAST,
    ),
    Mistake(
        "gamma-times-beta",
        "γ multiplies β as well. Only z_norm is scaled by γ.",
        partial(_forward, finish=lambda z_norm, gamma, beta: gamma * (z_norm + beta)),
        look=_LAST,
    ),
    Mistake(
        "beta-times-gamma",
        "β is multiplied by z_norm, too. It should be added.",
        partial(_forward, finish=lambda z_norm, gamma, beta: (gamma + beta) * z_norm),
        look=_LAST,
    ),
    Mistake(
        "beta-times-gamma",
        "β multiplies z_norm, too. It should be added.",
        partial(_forward, finish=lambda z_norm, gamma, beta: gamma * beta * z_norm),
        look=_LAST,
    ),
    Mistake(
        "divided-by-gamma",
        "You divide by γ. It multiplies z_norm.",
        partial(_forward, finish=lambda z_norm, gamma, beta: z_norm / gamma + beta),
        look=_LAST,
    ),
    Mistake(
        "size-of-gamma",
        "You take γ without its sign. A negative γ turns the unit over.",
        partial(_forward, finish=lambda z_norm, gamma, beta: np.abs(gamma) * z_norm + beta),
        look=_LAST,
    ),
    Mistake(
        "activation-too",
        "Your z̃ below 0 are cut off. The activation comes after batch norm and is no part of it.",
        partial(_forward, finish=lambda n, gamma, beta: np.maximum(gamma * n + beta, 0)),
        look=_LAST,
    ),
    Mistake(
        "first-for-all",
        "γ and β of the first unit are used for all of them. Each unit has its own.",
        partial(_forward, finish=lambda z_norm, gamma, beta: gamma[0] * z_norm + beta[0]),
        look=_LAST,
    ),
    Mistake(
        "gamma-along-the-examples",
        "γ and β have lost their second axis, so that NumPy lines them up with the examples. They "
        "belong to the units.",
        partial(_forward, finish=lambda z_norm, gamma, beta: gamma.ravel() * z_norm + beta.ravel()),
        look="Print the shape of γ and β where you use them.",
    ),
    Mistake(
        "float32",
        _FLOAT32,
        lambda z, *rest: _forward(_float32(z), *rest),
        look="Look at the type of your numbers, and try a unit near 10⁸.",
    ),
)


forward = Exercise(
    "``batch_norm_forward(z, gamma, beta, epsilon)``, which returns z_tilde",
    right=_forward,
    cases=_FORWARD_CASES,
    mistakes=_FORWARD_MISTAKES,
    draw=_draw_forward,
    stub=Stub(_forward_stub, "Begin with the mean of each row of z, then write z_norm, then z̃."),
)


def _right_dz(d, n, a, s, g):
    return a * (d - _mean(d) - n * _mean(d * n))


def _right_dgamma(d, z, n, g):
    return _sum(d * n)


def _right_dbeta(d, g):
    return _sum(d)


def _backward(
    d,
    z,
    gamma,
    epsilon,
    *,
    dz=_right_dz,
    dgamma=_right_dgamma,
    dbeta=_right_dbeta,
    variance=_variance,
    root=_root,
    order=lambda *results: results,
):
    """Go back in exchangeable parts; a stands for gamma / s, n for z_norm, s for the root."""
    s = root(variance(z), epsilon)
    n = (z - _mean(z)) / s
    return order(dz(d, n, gamma / s, s, gamma), dgamma(d, z, n, gamma), dbeta(d, gamma))


def _backward_stub(d_z_tilde, z, gamma, epsilon):
    dz = np.zeros_like(z)
    dgamma, dbeta = np.zeros_like(gamma), np.zeros_like(gamma)
    return dz, dgamma, dbeta


def _about_one_mean(d, n):
    return d - d.mean() - n * (d * n).mean()


_D = np.array([[1.0, -2.0, 0.5, 3.0], [0.25, 1.0, -1.0, 2.0], [0.5, 1.5, -0.5, 1.0]])
_D_ONE_UNIT = np.array([[-0.7, 0.2, 1.1, 0.4, -2.0]])
_DS = (_D, _D[:, 1:], _D_ONE_UNIT, _D[:2])
_BACKWARD_CASES = tuple(
    Case((d, z, _GAMMA[: len(z)], epsilon), says=says)
    for d, (z, epsilon, says) in zip(_DS, _BATCHES, strict=True)
)


def _draw_backward(rng):
    z, gamma, _, epsilon = _batch(rng)
    d = rng.choice(np.arange(-90, 91) / 10, z.shape, replace=False)
    return Case((d, z, gamma, epsilon), says="a mini-batch drawn just now")


_DBETA_MISTAKES = (
    Mistake(
        "dbeta-over-units",
        "dβ: it is summed over the units. " + _AXIS,
        partial(_backward, dbeta=lambda d, g: d.sum(axis=0, keepdims=True)),
        partial(_backward, dbeta=lambda d, g: d.sum(axis=0)),
        look="Look at how you find dβ.",
    ),
    Mistake(
        "dbeta-one-sum-for-all",
        "dβ: you summed over everything. Each unit has its own β: one number a row.",
        partial(_backward, dbeta=lambda d, g: d.sum()),
        partial(_backward, dbeta=lambda d, g: d.sum() + 0 * g),
        look="Look at how you find dβ.",
    ),
    Mistake(
        "dbeta-missing-keepdims",
        "dβ: its shape should be that of β, (units, 1): look up what keepdims does.",
        partial(_backward, dbeta=lambda d, g: d.sum(axis=1)),
        look="Look at how you find dβ.",
    ),
    Mistake(
        "dbeta-mean-for-sum",
        "dβ: you took the mean. β enters every example's z̃ whole: do their parts add up or "
        "average?",
        partial(_backward, dbeta=lambda d, g: _mean(d)),
        look="Look at how you find dβ.",
    ),
    Mistake(
        "dbeta-times-gamma",
        "dβ: there is a γ in it. Look at z̃ = γ z_norm + β: what stands before β?",
        partial(_backward, dbeta=lambda d, g: _sum(g * d)),
        look="Look at how you find dβ.",
    ),
    Mistake(
        "dbeta-sign",
        "dβ: look at its sign. Where all d are positive, does the cost rise with β or fall?",
        partial(_backward, dbeta=lambda d, g: -_sum(d)),
        look="Look at how you find dβ.",
    ),
    Mistake(
        "dbeta-not-summed",
        "dβ: each unit needs one number, but yours has one for every example.",
        partial(_backward, dbeta=lambda d, g: d),
        look="Look at how you find dβ.",
    ),
    Mistake(
        "dbeta-still-zero",
        "dβ: it is 0 whatever is passed in. By how much does z̃ grow when β grows?",
        partial(_backward, dbeta=lambda d, g: 0 * g),
        look="Look at how you find dβ.",
    ),
)
_DGAMMA_MISTAKES = (
    Mistake(
        "dgamma-over-units",
        "dγ: it is summed over the units. " + _AXIS,
        partial(_backward, dgamma=lambda d, z, n, g: (d * n).sum(axis=0, keepdims=True)),
        partial(_backward, dgamma=lambda d, z, n, g: (d * n).sum(axis=0)),
        look="Look at how you find dγ.",
    ),
    Mistake(
        "dgamma-one-sum-for-all",
        "dγ: you summed over everything. Each unit has its own γ: one number a row.",
        partial(_backward, dgamma=lambda d, z, n, g: (d * n).sum()),
        partial(_backward, dgamma=lambda d, z, n, g: (d * n).sum() + 0 * g),
        look="Look at how you find dγ.",
    ),
    Mistake(
        "dgamma-missing-keepdims",
        "dγ: its shape should be that of γ, (units, 1): look up what keepdims does.",
        partial(_backward, dgamma=lambda d, z, n, g: (d * n).sum(axis=1)),
        look="Look at how you find dγ.",
    ),
    Mistake(
        "dgamma-mean-for-sum",
        "dγ: you took the mean. Do the examples' parts add up or average?",
        partial(_backward, dgamma=lambda d, z, n, g: _mean(d * n)),
        look="Look at how you find dγ.",
    ),
    Mistake(
        "dgamma-of-z",
        "dγ: you multiplied by z, or by z − μ. Look at z̃ = γ z_norm + β: what does γ multiply?",
        partial(_backward, dgamma=lambda d, z, n, g: _sum(d * z)),
        partial(_backward, dgamma=lambda d, z, n, g: _sum(d * (z - _mean(z)))),
        look="Look at how you find dγ.",
    ),
    Mistake(
        "dgamma-times-gamma",
        "dγ: there is a γ in it. z̃ is linear in γ: does its slope depend on γ?",
        partial(_backward, dgamma=lambda d, z, n, g: _sum(g * d * n)),
        look="Look at how you find dγ.",
    ),
    Mistake(
        "dgamma-z-norm-forgotten",
        "dγ: z_norm makes no difference to it. What does γ multiply?",
        partial(_backward, dgamma=lambda d, z, n, g: _sum(d)),
        look="Look at how you find dγ.",
    ),
    Mistake(
        "dgamma-sign",
        "dγ: look at its sign: d times what γ multiplies.",
        partial(_backward, dgamma=lambda d, z, n, g: -_sum(d * n)),
        look="Look at how you find dγ.",
    ),
    Mistake(
        "dgamma-not-summed",
        "dγ: each unit needs one number, but yours has one for every example.",
        partial(_backward, dgamma=lambda d, z, n, g: d * n),
        look="Look at how you find dγ.",
    ),
    Mistake(
        "dgamma-matrix-product",
        "dγ: a matrix product pairs the d of each unit with the z_norm of every unit. A γ "
        "multiplies the z_norm of its own unit alone.",
        partial(_backward, dgamma=lambda d, z, n, g: d @ n.T),
        partial(_backward, dgamma=lambda d, z, n, g: _sum(d @ n.T)),
        look="Look at how you find dγ.",
    ),
    Mistake(
        "dgamma-root-again",
        "dγ: z_norm is divided by the root once more.",
        lambda d, z, g, e: (
            _backward(d, z, g, e)[0],
            _backward(d, z, g, e)[1] / _root(_variance(z), e),
            _backward(d, z, g, e)[2],
        ),
        look="Look at how you find dγ.",
    ),
    Mistake(
        "dgamma-still-zero",
        "dγ: it is 0 whatever is passed in, as the sum of z_norm alone would be. What does each "
        "z_norm have to be multiplied by before the sum?",
        partial(_backward, dgamma=lambda d, z, n, g: 0 * g),
        look="Look at how you find dγ.",
    ),
)
_TERMS = "Look at the three paths from each z to the cost: which of them are in your dz?"
_DZ_MISTAKES = (
    Mistake(
        "dz-statistics-constant",
        "dz: you took μ and σ as fixed numbers. They are made of z too: moving one example moves "
        "them, and with them every z_norm. Two terms are missing.",
        partial(_backward, dz=lambda d, n, a, s, g: a * d),
        look=_TERMS,
    ),
    Mistake(
        "dz-statistics-constant",
        "dz: you took μ and σ as fixed numbers, so that two terms are missing; and the one that is "
        "there has the wrong power of the root.",
        partial(_backward, dz=lambda d, n, a, s, g: g * s * d),
        partial(_backward, dz=lambda d, n, a, s, g: g / s**2 * d),
        look=_TERMS,
    ),
    Mistake(
        "dz-statistics-constant",
        "dz: you took μ and σ as fixed numbers, so that two terms are missing; and γ is missing, "
        "too.",
        partial(_backward, dz=lambda d, n, a, s, g: d / s),
        look=_TERMS,
    ),
    Mistake(
        "dz-no-gamma",
        "dz: γ is missing. On its way from z̃ to z_norm the gradient passes γ.",
        partial(_backward, dz=lambda d, n, a, s, g: (d - _mean(d) - n * _mean(d * n)) / s),
        look="Look at how you find dz.",
    ),
    Mistake(
        "dz-gamma-on-one-way",
        "dz: γ stands on the direct path alone. All three paths pass it.",
        partial(_backward, dz=lambda d, n, a, s, g: (g * d - _mean(d) - n * _mean(d * n)) / s),
        look="Look at how you find dz.",
    ),
    *(
        Mistake(
            "dz-gamma-off-one-path",
            f"dz: γ is missing on the path through {node}. All three paths pass it.",
            partial(_backward, dz=dz),
            look="Look at how you find dz.",
        )
        for node, dz in (
            ("μ", lambda d, n, a, s, g: a * (d - n * _mean(d * n)) - _mean(d) / s),
            ("σ²", lambda d, n, a, s, g: a * (d - _mean(d)) - n * _mean(d * n) / s),
        )
    ),
    Mistake(
        "dz-1-over-m-twice",
        "dz: a 1/m is in it twice. ∂J/∂μ and ∂J/∂σ² are sums over the examples, not means: 1/m "
        "comes in only where μ and σ² depend on one z.",
        partial(
            _backward,
            dz=lambda d, n, a, s, g: a * (d - (_mean(d) + n * _mean(d * n)) / d.shape[1]),
        ),
        partial(
            _backward, dz=lambda d, n, a, s, g: a * (d - _mean(d) / d.shape[1] - n * _mean(d * n))
        ),
        partial(
            _backward, dz=lambda d, n, a, s, g: a * (d - _mean(d) - n * _mean(d * n) / d.shape[1])
        ),
        look="Look at how you find dz.",
    ),
    Mistake(
        "dz-power-of-the-root",
        "dz: on the path through σ² the root has the wrong power. The derivative of (σ² + ε) to "
        "the power −½ has the power −3/2, and that is the root to the power −3.",
        *(
            partial(
                _backward,
                dz=lambda d, n, a, s, g, more=more: a * (d - _mean(d) - n * s**more * _mean(d * n)),
            )
            for more in (1.5, 6)
        ),
        look="Look at how you find dz.",
    ),
    Mistake(
        "dz-brackets",
        "dz: γ and the root stand on the direct path alone. All three paths pass both: mind the "
        "brackets.",
        partial(_backward, dz=lambda d, n, a, s, g: a * d - _mean(d) - n * _mean(d * n)),
        look="Look at how you find dz.",
    ),
    Mistake(
        "dz-gamma-twice",
        "dz: γ is in it twice.",
        partial(_backward, dz=lambda d, n, a, s, g: g * _right_dz(d, n, a, s, g)),
        look="Look at how you find dz.",
    ),
    Mistake(
        "dz-direct-over-m",
        "dz: the direct path is divided by m, too. Only the paths through μ and σ² are.",
        partial(_backward, dz=lambda d, n, a, s, g: a * (d - _sum(d) - n * _sum(d * n)) / len(d.T)),
        look="Look at how you find dz.",
    ),
    Mistake(
        "dz-no-root-through-mean",
        "dz: on the path through μ the root is missing: all three paths pass it.",
        partial(_backward, dz=lambda d, n, a, s, g: a * (d - s * _mean(d) - n * _mean(d * n))),
        look="Look at how you find dz.",
    ),
    Mistake(
        "dz-z-for-centred",
        "dz: on the path through σ² you have z where z − μ belongs. What is the derivative of "
        "(z − μ)²?",
        lambda d, z, g, e: (
            _backward(d, z, g, e)[0]
            - _mean(z) * _mean(g * d * (z - _mean(z))) / _root(_variance(z), e) ** 3,
            *_backward(d, z, g, e)[1:],
        ),
        look="Look at how you find dz.",
    ),
    Mistake(
        "dz-z-for-centred",
        "dz: in ∂J/∂σ² you have z where z − μ belongs.",
        lambda d, z, g, e: (
            _backward(d, z, g, e)[0]
            - (z - _mean(z)) * _mean(z) * _mean(g * d) / _root(_variance(z), e) ** 3,
            *_backward(d, z, g, e)[1:],
        ),
        look="Look at how you find dz.",
    ),
    Mistake(
        "dz-z-for-centred",
        "dz: on the path through σ² you have z where z − μ belongs, twice.",
        lambda d, z, g, e: (
            g * (d - _mean(d)) / _root(_variance(z), e)
            - z * _mean(g * d * z) / _root(_variance(z), e) ** 3,
            *_backward(d, z, g, e)[1:],
        ),
        look="Look at how you find dz.",
    ),
    Mistake(
        "dz-z-norm-for-centred",
        "dz: on the path through σ² there is a root too many, as if z_norm stood for z − μ.",
        partial(_backward, dz=lambda d, n, a, s, g: a * (d - _mean(d) - n / s * _mean(d * n))),
        look="Look at how you find dz.",
    ),
    Mistake(
        "dz-z-norm-for-centred",
        "dz: on the path through σ² there are two roots too many, as if z_norm stood for z − μ "
        "twice.",
        partial(_backward, dz=lambda d, n, a, s, g: a * (d - _mean(d) - n / s**2 * _mean(d * n))),
        look="Look at how you find dz.",
    ),
    Mistake(
        "dz-not-summed",
        "dz: ∂J/∂σ² should be one number for each unit, to which all examples add. Yours differs "
        "from example to example.",
        partial(_backward, dz=lambda d, n, a, s, g: a * (d - _mean(d) - n * n * d / d.shape[1])),
        look=_TERMS,
    ),
    Mistake(
        "dz-not-summed",
        "dz: ∂J/∂μ should be one number for each unit, to which all examples add. Yours differs "
        "from example to example.",
        partial(_backward, dz=lambda d, n, a, s, g: a * (d - d / d.shape[1] - n * _mean(d * n))),
        look=_TERMS,
    ),
    Mistake(
        "dz-no-root",
        "dz: all three paths lack the root: a wide unit feels a change of z less.",
        partial(_backward, dz=lambda d, n, a, s, g: g * (d - _mean(d) - n * _mean(d * n))),
        look="Look at how you find dz.",
    ),
    Mistake(
        "dz-only-mean",
        "dz: the path through μ is there, the path through σ² is not. One term is missing.",
        partial(_backward, dz=lambda d, n, a, s, g: a * (d - _mean(d))),
        look=_TERMS,
    ),
    Mistake(
        "dz-only-variance",
        "dz: the path through σ² is there, the path through μ is not. One term is missing.",
        partial(_backward, dz=lambda d, n, a, s, g: a * (d - n * _mean(d * n))),
        look=_TERMS,
    ),
    Mistake(
        "dz-no-direct",
        "dz: the paths through μ and σ² are there, the direct path is not. One term is missing.",
        partial(_backward, dz=lambda d, n, a, s, g: -a * (_mean(d) + n * _mean(d * n))),
        look=_TERMS,
    ),
    Mistake(
        "dz-no-direct",
        "dz: only the path through μ is there. Two terms are missing.",
        partial(_backward, dz=lambda d, n, a, s, g: -a * (_mean(d) + 0 * n)),
        look=_TERMS,
    ),
    Mistake(
        "dz-no-direct",
        "dz: only the path through σ² is there. Two terms are missing.",
        partial(_backward, dz=lambda d, n, a, s, g: -a * n * _mean(d * n)),
        look=_TERMS,
    ),
    Mistake(
        "dz-sums-for-means",
        "dz: you subtract sums where means are asked for: each example is only 1/m of μ and of σ².",
        partial(_backward, dz=lambda d, n, a, s, g: a * (d - _sum(d) - n * _sum(d * n))),
        partial(_backward, dz=lambda d, n, a, s, g: a * (d - _sum(d) - n * _mean(d * n))),
        partial(_backward, dz=lambda d, n, a, s, g: a * (d - _mean(d) - n * _sum(d * n))),
        look="Look at how you find dz.",
    ),
    Mistake(
        "dz-m-times",
        "dz: there is a factor of m too much. Where does the 1/m stand?",
        partial(
            _backward, dz=lambda d, n, a, s, g: a * (d.shape[1] * d - _sum(d) - n * _sum(d * n))
        ),
        look="Look at how you find dz.",
    ),
    Mistake(
        "dz-m-minus-1",
        "dz: your means divide by m − 1. How large is the part of one example in μ and in σ²?",
        partial(
            _backward,
            dz=lambda d, n, a, s, g: a * (d - (_sum(d) + n * _sum(d * n)) / (d.shape[1] - 1)),
        ),
        partial(
            _backward,
            dz=lambda d, n, a, s, g: a * (d - _mean(d) - n * _sum(d * n) / (d.shape[1] - 1)),
        ),
        look="Look at how you find dz.",
    ),
    Mistake(
        "dz-by-units",
        "dz: you divide by the number of units. How many examples make up μ?",
        partial(_backward, dz=lambda d, n, a, s, g: a * (d - (_sum(d) + n * _sum(d * n)) / len(d))),
        look="Look at how you find dz.",
    ),
    Mistake(
        "dz-sign",
        "dz: look at the sign of the term with z_norm.",
        partial(_backward, dz=lambda d, n, a, s, g: a * (d - _mean(d) + n * _mean(d * n))),
        look="Look at how you find dz.",
    ),
    Mistake(
        "dz-sign",
        "dz: look at the sign of the term with the mean of d.",
        partial(_backward, dz=lambda d, n, a, s, g: a * (d + _mean(d) - n * _mean(d * n))),
        look="Look at how you find dz.",
    ),
    Mistake(
        "dz-sign",
        "dz: look at the signs of the two means.",
        partial(_backward, dz=lambda d, n, a, s, g: a * (d + _mean(d) + n * _mean(d * n))),
        look="Look at how you find dz.",
    ),
    Mistake(
        "dz-sign",
        "dz: its sign is the wrong one.",
        partial(_backward, dz=lambda d, n, a, s, g: -_right_dz(d, n, a, s, g)),
        look="Look at how you find dz.",
    ),
    Mistake(
        "dz-by-variance",
        "dz: you divide by the square of the root. What does z̃ divide z − μ by?",
        partial(_backward, dz=lambda d, n, a, s, g: g / s**2 * (d - _mean(d) - n * _mean(d * n))),
        look="Look at how you find dz.",
    ),
    Mistake(
        "dz-times-the-root",
        "dz: you multiply by the root. A wide unit feels a change of z less.",
        partial(_backward, dz=lambda d, n, a, s, g: g * s * (d - _mean(d) - n * _mean(d * n))),
        look="Look at how you find dz.",
    ),
    Mistake(
        "dz-z-norm-missing",
        "dz: the last term should differ from example to example: what multiplies its mean?",
        partial(_backward, dz=lambda d, n, a, s, g: a * (d - _mean(d) - _mean(d * n))),
        look="Look at how you find dz.",
    ),
    Mistake(
        "dz-not-divided-enough",
        "dz: on the path through σ² the root is missing: you have z − μ where z_norm belongs. "
        "Which power of σ² + ε is in the derivative of (σ² + ε) to the power −½?",
        partial(_backward, dz=lambda d, n, a, s, g: a * (d - _mean(d) - n * s**2 * _mean(d * n))),
        partial(_backward, dz=lambda d, n, a, s, g: a * (d - _mean(d) - n * s * _mean(d * n))),
        look="Look at how you find dz.",
    ),
    Mistake(
        "dz-factor-in-variance",
        "dz: the path through σ² has the wrong factor. The square gives a 2, the root gives a ½.",
        partial(_backward, dz=lambda d, n, a, s, g: a * (d - _mean(d) - n * _mean(d * n) / 2)),
        partial(_backward, dz=lambda d, n, a, s, g: a * (d - _mean(d) - 2 * n * _mean(d * n))),
        look="Look at how you find dz.",
    ),
    Mistake(
        "dz-product-of-means",
        "dz: the mean of a product is not the product of means. Each example's d meets its own "
        "z_norm first.",
        partial(_backward, dz=lambda d, n, a, s, g: a * (d - _mean(d) - n**2 * _mean(d))),
        look="Look at how you find dz.",
    ),
    Mistake(
        "dz-diagonal",
        "dz: you took only the effect of each z on its own z̃. Through μ and σ² it moves those of "
        "the others, too.",
        partial(_backward, dz=lambda d, n, a, s, g: a * d * (1 - (1 + n**2) / d.shape[1])),
        look=_TERMS,
    ),
    Mistake(
        "dz-means-over-units",
        "dz: its means are taken over the units. " + _AXIS,
        partial(_backward, dz=lambda d, n, a, s, g: a * (d - d.mean(0) - n * (d * n).mean(0))),
        look="Look at how you find dz.",
    ),
    Mistake(
        "dz-one-mean-for-all",
        "dz: you took one mean of everything. Each unit has its own.",
        partial(_backward, dz=lambda d, n, a, s, g: a * (d - d.mean() - n * (d * n).mean())),
        partial(_backward, dz=lambda d, n, a, s, g: _about_one_mean(g * d, n) / s),
        look="Look at how you find dz.",
    ),
    Mistake(
        "dz-is-d",
        "dz: it is d as it came in, or γ d. What stands between z̃ and z?",
        partial(_backward, dz=lambda d, n, a, s, g: d),
        partial(_backward, dz=lambda d, n, a, s, g: g * d),
        look=_TERMS,
    ),
    Mistake(
        "dz-still-zero",
        "dz: it is 0 whatever is passed in.",
        partial(_backward, dz=lambda d, n, a, s, g: 0 * d),
        look="Look at how you find dz.",
    ),
)
_BACKWARD_MISTAKES = (
    *(
        Mistake(
            "results-swapped",
            "You return the three in the wrong order: it should be dz, dγ, dβ.",
            partial(_backward, order=lambda *all, turn=turn: tuple(all[k] for k in turn)),
            look="Look at the order in which you return the three.",
        )
        for turn in list(permutations(range(3)))[1:]
    ),
    *_DBETA_MISTAKES,
    *_DGAMMA_MISTAKES,
    *_DZ_MISTAKES,
    *_spread_mistakes(_backward, _FOR_CONSTANT_UNITS, scale="the root you divide by"),
    Mistake(
        "divides-by-variance",
        "You divide by the variance. The forward pass divides by its root.",
        partial(_backward, root=np.add),
        look="Print the variance of each row of your z_norm: it should be near 1.",
    ),
    Mistake(
        "float32",
        _FLOAT32,
        lambda d, z, *rest: _backward(d, _float32(z), *rest),
        look="Look at the type of your numbers, and try a unit near 10⁸.",
    ),
)


backward = Exercise(
    "``batch_norm_backward(d_z_tilde, z, gamma, epsilon)``: dz, dgamma and dbeta",
    right=_backward,
    cases=_BACKWARD_CASES,
    mistakes=_BACKWARD_MISTAKES,
    draw=_draw_backward,
    stub=Stub(_backward_stub, "Begin with dβ, the easiest of the three."),
    names=("dz", "dγ", "dβ"),
)


def _undo(
    z,
    epsilon,
    *,
    gamma=lambda s: s,
    beta=_mean,
    variance=_variance,
    root=_root,
    order=lambda gamma, beta: (gamma, beta),
):
    """Undo in exchangeable parts: the right ones by default."""
    return order(gamma(root(variance(z), epsilon)), beta(z))


def _undo_stub(z, epsilon):
    gamma = np.ones((len(z), 1))
    beta = np.zeros((len(z), 1))
    return gamma, beta


# Any γ brings a constant unit back: one that is nearly constant needs its own.
_NEARLY = np.vstack([_Z[:2], 2.5 + 1e-6 * np.array([1.0, -1.0, 1.0, -1.0])])
_UNDO_BATCHES = (
    (_NEARLY, 1e-5, "three units, four examples, the last unit nearly constant"),
    *_BATCHES[1:],
)
_UNDO_CASES = tuple(Case((z, epsilon), says=says) for z, epsilon, says in _UNDO_BATCHES)


def _draw_undo(rng):
    z, _, _, epsilon = _batch(rng)
    return Case((z, epsilon), says="a mini-batch drawn just now")


_UNDO_NO_EPSILON = (
    "Epsilon makes no difference to your γ. But batch norm has divided by a root with epsilon in "
    "it, and γ has to make up for all of that."
)
_LOOK_GAMMA = "Look at γ: by what exactly was z − μ divided?"
_LOOK_BETA = "Look at β: what was subtracted, and what brings it back?"
_UNDO_SHAPE = "Compare the shapes of γ and β with (units, 1)."
_UNDO_OWN = "Change the numbers of one unit: do γ and β of the others stay as they are?"
_UNDO_MISTAKES = (
    Mistake(
        "gamma-beta-swapped",
        "γ and β have changed places.",
        partial(_undo, order=lambda gamma, beta: (beta, gamma)),
        look="Look at the order in which you return the two.",
    ),
    *_spread_mistakes(_undo, scale="your γ", no_epsilon=_UNDO_NO_EPSILON),
    Mistake(
        "gamma-variance",
        "A root is missing in your γ.",
        partial(_undo, gamma=lambda s: s**2),
        look=_LOOK_GAMMA,
    ),
    Mistake(
        "gamma-variance",
        "Neither a root nor epsilon is in your γ.",
        partial(_undo, root=lambda v, e: v),
        look=_LOOK_GAMMA,
    ),
    Mistake(
        "gamma-inverse",
        "Your γ divides once more. What undoes a division?",
        partial(_undo, gamma=lambda s: 1 / s),
        look=_LOOK_GAMMA,
    ),
    Mistake(
        "gamma-negative",
        "Your γ is below zero: it turns each unit over.",
        partial(_undo, gamma=lambda s: -s),
        look=_LOOK_GAMMA,
    ),
    Mistake(
        "gamma-missing",
        "γ is still 1: what was divided away?",
        partial(_undo, gamma=np.ones_like),
        look=_LOOK_GAMMA,
    ),
    Mistake(
        "beta-negative",
        "β has the wrong sign: μ was subtracted.",
        partial(_undo, beta=lambda z: -_mean(z)),
        look=_LOOK_BETA,
    ),
    Mistake(
        "beta-missing",
        "β is still 0: what was subtracted?",
        partial(_undo, beta=lambda z: 0 * _mean(z)),
        look=_LOOK_BETA,
    ),
    Mistake(
        "beta-sum",
        "β is the sum of each row. What was subtracted is the mean.",
        partial(_undo, beta=_sum),
        look=_LOOK_BETA,
    ),
    Mistake(
        "beta-median",
        "β is the median of each row. What was subtracted is the mean.",
        partial(_undo, beta=lambda z: np.median(z, axis=1, keepdims=True)),
        look=_LOOK_BETA,
    ),
    Mistake(
        "beta-for-all",
        "β is one mean of all of z. Each unit has its own.",
        partial(_undo, beta=lambda z: z.mean() + 0 * _mean(z)),
        look=_LOOK_BETA,
    ),
    Mistake(
        "normalises-again",
        "These γ and β normalise z a second time. They should lead back to z.",
        lambda z, e: (1 / _root(_variance(z), e), -_mean(z) / _root(_variance(z), e)),
        look=_LOOK_GAMMA,
    ),
    Mistake(
        "beta-divided",
        "β is added after γ has multiplied: does it still need scaling?",
        lambda z, e: (_undo(z, e)[0], _mean(z) / _root(_variance(z), e)),
        look=_LOOK_BETA,
    ),
    Mistake(
        "beta-divided",
        "β is added after γ has multiplied: does it still need scaling? And which sign brings back "
        "what was subtracted?",
        lambda z, e: (_undo(z, e)[0], -_mean(z) / _root(_variance(z), e)),
        look=_LOOK_BETA,
    ),
    Mistake(
        "beta-multiplied",
        "β is added after γ has multiplied: does it still need scaling?",
        lambda z, e: (_undo(z, e)[0], _mean(z) * _root(_variance(z), e)),
        look=_LOOK_BETA,
    ),
    Mistake(
        "statistics-over-units",
        "The statistics are taken over the units. " + _AXIS,
        lambda z, e: (_root(z.var(axis=0, keepdims=True), e), z.mean(axis=0, keepdims=True)),
        lambda z, e: (_root(z.var(axis=0), e)[:, None], z.mean(axis=0)[:, None]),
        lambda z, e: (_root(z.var(axis=0), e)[: len(z), None], z.mean(axis=0)[: len(z), None]),
        lambda z, e: (_root(z.var(axis=0), e), z.mean(axis=0)),
        look=_UNDO_OWN,
    ),
    Mistake(
        "one-mean-for-all",
        "You took the statistics of all of z. Each unit has its own.",
        lambda z, e: (_root(z.var(), e), z.mean()),
        lambda z, e: (_root(z.var(), e) + 0 * _mean(z), z.mean() + 0 * _mean(z)),
        look=_UNDO_OWN,
    ),
    Mistake(
        "missing-keepdims",
        "The shape should be (units, 1): look up what keepdims does.",
        lambda z, e: (_root(z.var(axis=1), e), z.mean(axis=1)),
        look=_UNDO_SHAPE,
    ),
    Mistake(
        "rows-for-columns",
        "You return rows, (1, units). z has a row for each unit: what shape lines up with it?",
        lambda z, e: tuple(a.T for a in _undo(z, e)),
        look=_UNDO_SHAPE,
    ),
    Mistake(
        "first-for-all",
        "All units get the numbers of the first one. Each has its own.",
        lambda z, e: tuple(a[:1] + 0 * a for a in _undo(z, e)),
        look="Compare the rows of your γ and β with each other.",
    ),
    Mistake(
        "float32",
        _FLOAT32,
        lambda z, e: _undo(_float32(z), e),
        look="Look at the type of your numbers, and try a unit near 10⁸.",
    ),
)


undo = Exercise(
    "``undo(z, epsilon)``: the gamma and beta with which z_tilde is z again",
    right=_undo,
    cases=_UNDO_CASES,
    mistakes=_UNDO_MISTAKES,
    draw=_draw_undo,
    stub=Stub(_undo_stub, "So far z̃ is z_norm: what was divided away, and what was subtracted?"),
    names=("γ", "β"),
)


def goal_mean_and_spread(*, mean, spread, gamma, beta):
    """Judge the challenge: bring z_tilde to mean 3 and standard deviation 0.5."""
    z_tilde = _two_values(mean, spread, gamma, beta)[1]
    m, s = z_tilde.mean() + 0.0, z_tilde.std()
    if abs(m - 3) <= 0.05 and abs(s - 0.5) <= 0.025:
        return Verdict(True, None, f"z̃ has mean {m:.2f} and std {s:.2f}. Which sliders mattered?")
    return Verdict(
        False,
        "not-there",
        f"bring z̃ to mean 3 and std 0.5. Now: mean {m:.2f}, std {s:.2f}.".replace("-", "−"),
    )


def goal_undo(*, mean, spread, gamma, beta):
    """Judge the challenge: undo the normalisation of a z that is far from normalised."""
    z, z_tilde = _two_values(mean, spread, gamma, beta)
    away, near = np.abs(z_tilde - z).max(), min(0.06, spread / 3)
    if abs(mean) < 1 or abs(spread - 1) < 0.25:
        return Verdict(False, "nothing-to-undo", "give z a mean beyond ±1 and a spread well off 1.")
    if away <= near:
        return Verdict(True, None, "z̃ is z again. Compare γ with the std of z, β with its mean.")
    apart = against(away, near, ".2f")
    return Verdict(False, "not-there", f"make the third row equal the first. Still {apart} apart.")


def _two_values(mean, spread, gamma, beta):
    """Return two values with this mean and standard deviation, and what becomes of them."""
    z = np.array([[mean - spread, mean + spread]])
    return z, lecture.forward(z, [[gamma]], [[beta]])[0]
