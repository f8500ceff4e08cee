"""Checks of the exercises and challenges about optimizers."""

from functools import partial

import numpy as np

from course_utils import optimizers as lecture
from course_utils import surfaces
from course_utils.checks.engine.diagnosis import Case, Mistake, Stub, made_in
from course_utils.checks.engine.exercise import Exercise
from course_utils.checks.engine.showing import against
from course_utils.checks.engine.verdict import Verdict
from course_utils.experiments import optimizers as convergence
from course_utils.support.words import typeset

_THETA = np.array([1.0, -2.0, 0.5])
_G = np.array([3.0, -0.01, -4.0])
_V = np.array([0.5, 1.0, -2.0])
_S = np.array([4.0, 0.25, 1.0])
_FIVE = np.array([0.3, -1.5, 2.0, 0.8, -0.4])
_ORDER = "Look at the order in which you return the results."
_ALONE = "Look at what stands behind return."
_DESCENT = "In a first step with a positive gradient θ should become smaller: does it?"
_OLD = "Look at which of the averages you return: the one from before, or the new one?"


def _vectors(rng, count):
    """Draw vectors of the same length; no number is near 0."""
    n = rng.integers(2, 6)
    return [rng.choice([-1, 1], n) * rng.integers(20, 300, n) / 100 for _ in range(count)]


def _far_from_zero(drawn, step):
    """Whether no result is what two larger numbers left over, where float32 has few digits."""
    return all(np.abs(result).min() > 0.02 for result in step(*drawn))


def _share(rng):
    return float(rng.integers(30, 95) / 100)


def _weights(v, new, b):
    return b * v + (1 - b) * new


def _momentum(
    theta,
    v,
    g,
    alpha,
    beta,
    *,
    old=lambda v: v,
    seen=lambda g, theta: g,
    rate=lambda a: a,
    average=_weights,
    move=lambda theta, v, old, g, a, b: theta - a * v,
    keep=lambda v, old, a, b: v,
    give=lambda theta, v: (theta, v),
):
    """Take a momentum step in exchangeable parts: the right ones by default."""
    old = old(v)
    v = average(old, seen(g, theta), beta)
    theta = move(theta, v, old, g, rate(alpha), beta)
    return give(theta, keep(v, old, alpha, beta))


_MOMENTUM_CASES = (
    Case((np.array([2.0]), np.array([-0.5]), np.array([4.0]), 0.2, 0.8), says="one parameter"),
    Case((_THETA, _V, _G, 0.1, 0.9), says="three parameters, beta = 0.9"),
    Case((_FIVE, _FIVE[::-1].copy(), _FIVE[[1, 3, 0, 4, 2]], 0.05, 0.6), says="five parameters"),
    Case((_THETA, np.zeros(3), _G, 0.5, 0.25), says="the first step, v = 0"),
)


def _draw_momentum(rng):
    while True:
        drawn = (*_vectors(rng, 3), _share(rng), _share(rng))
        if _far_from_zero(drawn, _momentum):
            return Case(drawn, says="vectors drawn just now")


_SHARES = "Look at the two weights: with β = 0.9, which should count for nine tenths?"
_MOMENTUM_MISTAKES = (
    Mistake(
        "shares-swapped",
        "β and 1 − β have changed places. With β = 0.9 the old average should count for nine "
        "tenths, the new gradient for one.",
        partial(_momentum, average=lambda v, g, b: (1 - b) * v + b * g),
        look=_SHARES,
    ),
    Mistake(
        "sum-for-average",
        "In your v, as in PyTorch's, the new part lacks the factor that the lecture gives it.",
        partial(_momentum, average=lambda v, g, b: b * v + g),
        look="Look at the two weights in v.",
    ),
    Mistake(
        "another-v",
        "You keep PyTorch's v, without the factor 1 − β, and make the step smaller for it. Here v "
        "comes in, and goes out, as an average.",
        lambda th, v, g, a, b: (th - a * (1 - b) * (w := b * v + g), w),
        look="Look at where 1 − β stands: in v, or in the step?",
    ),
    Mistake(
        "v-is-the-gradient",
        "Your v is the new gradient alone. It should be an average that remembers the old ones.",
        lambda th, v, g, a, b: (th - a * g, g),
        look="Change the v that is passed in: does θ follow?",
    ),
    Mistake(
        "old-subtracted",
        "The old average is subtracted in v: the two parts of an average are added.",
        partial(_momentum, average=lambda v, g, b: (1 - b) * g - b * v),
        look="Look at the sign of the old average in v.",
    ),
    Mistake(
        "averaged-twice",
        "g is averaged into v twice in one step. Once is enough.",
        lambda th, v, g, a, b: (th - a * (w := _weights(_weights(v, g, b), g, b)), w),
        look="Count how often your v is made anew.",
    ),
    Mistake(
        "old-kept-whole",
        "The old average stays as large as it was, and the new part is added to it. Which part "
        "of the old should stay?",
        partial(_momentum, average=lambda v, g, b: v + (1 - b) * g),
        look="Look at the weight of the old average in v.",
    ),
    Mistake(
        "beta-for-both",
        "β weighs both what is old and what is new.",
        partial(_momentum, average=lambda v, g, b: b * (v + g)),
        look="Look at the two weights in v: do they add up to 1?",
    ),
    Mistake(
        "one-minus-beta-for-both",
        "1 − β weighs both what is old and what is new.",
        partial(_momentum, average=lambda v, g, b: (1 - b) * (v + g)),
        look="Look at the two weights in v: do they add up to 1?",
    ),
    Mistake(
        "brackets-missing",
        "Without brackets only β multiplies what is new, and the 1 stands alone.",
        partial(_momentum, average=lambda v, g, b: b * v + 1 - b * g),
        look="Look at the order in which Python works: what is multiplied by what?",
    ),
    Mistake(
        "alpha-inside-v",
        "Your v already holds α, as in CS231n and Keras. In the lecture v is an average of "
        "gradients, and α enters only in the step.",
        lambda th, v, g, a, b: (th + (w := b * v - a * g), w),
        lambda th, v, g, a, b: (th - (w := b * v + a * g), w),
        lambda th, v, g, a, b: (th - (w := b * v + a * (1 - b) * g), w),
        lambda th, v, g, a, b: (th + (w := b * v - a * (1 - b) * g), w),
        lambda th, v, g, a, b: (th + b * (w := b * v - a * g) - a * g, w),
        look="Look at where α stands: in v, or in the step?",
    ),
    Mistake(
        "v-downhill",
        "Your v points downhill: it should average the gradients as they are. The minus belongs to "
        "the step.",
        lambda th, v, g, a, b: (th + a * (w := b * v - (1 - b) * g), w),
        lambda th, v, g, a, b: (th - a * (w := b * v + (1 - b) * g), -w),
        look="Look at the sign of the gradient in v.",
    ),
    Mistake(
        "minus-in-v",
        "The new part is subtracted in v: the two parts of an average are added.",
        partial(_momentum, average=lambda v, g, b: b * v - (1 - b) * g),
        look="Look at the two signs in v.",
    ),
    Mistake(
        "nesterov",
        "This step looks ahead, as Nesterov's does: it mixes the updated v with g. Here the step "
        "follows v itself.",
        partial(_momentum, move=lambda theta, v, old, g, a, b: theta - a * (b * v + (1 - b) * g)),
        look="Look at what your step follows: the new v itself?",
    ),
    Mistake(
        "steps-by-the-old-v",
        "Your step follows the old v. First comes the new v, then the step.",
        partial(_momentum, move=lambda theta, v, old, g, a, b: theta - a * old),
        look="Which v does the second formula mean?",
    ),
    Mistake(
        "steps-by-the-gradient",
        "The step follows g alone: what was v made for?",
        partial(_momentum, move=lambda theta, v, old, g, a, b: theta - a * g),
        look="Look at what your step is made of.",
    ),
    Mistake(
        "uphill",
        "You add the step to θ. Which sign leads downhill?",
        partial(_momentum, move=lambda theta, v, old, g, a, b: theta + a * v),
        look=_DESCENT,
    ),
    Mistake(
        "no-alpha",
        "α is missing from the step.",
        partial(_momentum, rate=lambda a: 1),
        look="Change alpha: does θ follow?",
    ),
    Mistake(
        "one-minus-beta-twice",
        "Your step multiplies v by 1 − β. That factor belongs to the new part of v.",
        partial(_momentum, move=lambda theta, v, old, g, a, b: theta - a * (1 - b) * v),
        look="Look at what multiplies v in the step.",
    ),
    Mistake(
        "bias-corrected",
        "You divide by 1 − β, as if every step were the first. There is no bias correction in this "
        "step: that is Adam's.",
        partial(_momentum, move=lambda theta, v, old, g, a, b: theta - a * v / (1 - b)),
        lambda th, v, g, a, b: (th - a * (w := _weights(v, g, b) / (1 - b)), w),
        look="Look for a division: does the lecture's momentum have one?",
    ),
    Mistake(
        "squared-gradient",
        "g² stands in your v. That is RMSprop's s: momentum averages g itself.",
        partial(_momentum, seen=lambda g, theta: g**2),
        look="Look at the power of g in v.",
    ),
    Mistake(
        "averages-theta",
        "The parameters θ stand in your v, where the gradient should.",
        partial(_momentum, seen=lambda g, theta: theta),
        look="Of which quantity is v the average?",
    ),
    Mistake(
        "averages-the-step",
        "g stands in your v with the factor α, and the step multiplies by α once more. v averages "
        "g as it is.",
        lambda th, v, g, a, b: (th - a * (w := _weights(v, a * g, b)), w),
        look="Look at what is averaged: the gradient alone?",
    ),
    Mistake(
        "alpha-and-beta-exchanged",
        "α and β have changed places: α is the length of the step, β the weight of the old "
        "average.",
        lambda theta, v, g, a, b: _momentum(theta, v, g, b, a),
        look="Look at α and β: which of them belongs to the average?",
    ),
    Mistake(
        "divides-by-alpha",
        "You divide by α, so that a larger α makes a shorter step.",
        partial(_momentum, move=lambda theta, v, old, g, a, b: theta - v / a),
        look="A larger α should make a longer step: does it?",
    ),
    Mistake(
        "sign-alone",
        "Only the sign of v enters your step. In momentum its size counts, too.",
        partial(_momentum, move=lambda theta, v, old, g, a, b: theta - a * np.sign(v)),
        look="Make g ten times as large: does the step grow?",
    ),
    Mistake(
        "one-step-for-all",
        "You add up, or average, over the parameters, so that all of them take the same step. Each "
        "should take its own.",
        partial(_momentum, move=lambda theta, v, old, g, a, b: theta - a * np.sum(v)),
        partial(_momentum, move=lambda theta, v, old, g, a, b: theta - a * np.mean(v)),
        look="Look for a sum, a mean or a product over the parameters.",
    ),
    Mistake(
        "beta-in-the-step",
        "Your step multiplies v by β. Only α belongs there.",
        partial(_momentum, move=lambda theta, v, old, g, a, b: theta - a * b * v),
        look="Look at what multiplies v in the step.",
    ),
    Mistake(
        "heavy-ball",
        "Your step adds a part of the old v to the gradient. In the lecture v holds g already, and "
        "the step follows the new v alone.",
        lambda th, v, g, a, b: (th - a * g - b * v, _weights(v, g, b)),
        look="Look at what your step is made of.",
    ),
    Mistake(
        "adds-the-gradient",
        "Your step follows v and g. It should follow the new v alone.",
        partial(_momentum, move=lambda theta, v, old, g, a, b: theta - a * v - a * g),
        look="Look at what your step is made of.",
    ),
    Mistake(
        "one-number-for-all",
        "You take means over the parameters. Each parameter has an average of its own.",
        partial(
            _momentum,
            old=np.mean,
            seen=lambda g, theta: np.mean(g),
            average=lambda v, g, b: np.full(np.shape(v), 0) + _weights(v, g, b),
            keep=lambda v, old, a, b: v,
            give=lambda theta, v: (theta, np.full(theta.shape, v)),
        ),
        look="Is every number of your v the same?",
    ),
    Mistake(
        "only-the-first",
        "Only the first parameter is moved. Each of them takes its own step.",
        partial(
            _momentum,
            average=lambda v, g, b: np.append(_weights(v, g, b)[:1], v[1:]),
            move=lambda theta, v, old, g, a, b: np.append((theta - a * v)[:1], theta[1:]),
        ),
        look="Which entries of your results differ from what was passed in?",
    ),
    Mistake(
        "starts-anew",
        "The old v makes no difference: each of your steps begins again with v = 0.",
        partial(_momentum, old=lambda v: 0 * v),
        look="Change the v that is passed in: does θ follow?",
    ),
    Mistake(
        "only-v-moves",
        "θ is still where it was: v has no effect on it.",
        partial(_momentum, move=lambda theta, v, old, g, a, b: theta),
        look="Compare the θ you return with the one passed in.",
    ),
    Mistake(
        "returns-the-step",
        "In place of θ you return the step itself. The task asks for the place that it leads to.",
        partial(_momentum, move=lambda theta, v, old, g, a, b: a * v),
        partial(_momentum, move=lambda theta, v, old, g, a, b: -a * v),
        look="Does your θ begin where the old one was?",
    ),
    Mistake(
        "v-not-returned",
        "The v that you return has not been updated. The next step needs the new one.",
        partial(_momentum, keep=lambda v, old, a, b: old),
        look=_OLD,
    ),
    Mistake(
        "keeps-the-step",
        "In place of v you return α · v. α belongs to the step alone.",
        partial(_momentum, keep=lambda v, old, a, b: a * v),
        look=_ALONE,
    ),
    Mistake(
        "returns-the-gradient",
        "In place of the new v you return g, and the next step would not know what came before.",
        lambda th, v, g, a, b: (th - a * _weights(v, g, b), g),
        look=_ALONE,
    ),
    Mistake(
        "order",
        "Your results come in reversed order. The task asks for θ, then v.",
        partial(_momentum, give=lambda theta, v: (v, theta)),
        look=_ORDER,
    ),
    Mistake(
        "theta-alone",
        "You return one result alone. The next step needs the new v as well.",
        partial(_momentum, give=lambda theta, v: theta),
        look=_ALONE,
    ),
)


def _momentum_stub(theta, v, g, alpha, beta):
    return theta, v


momentum_step = Exercise(
    "``momentum_step(theta, v, g, alpha, beta)``, which returns ``theta, v``",
    right=_momentum,
    cases=_MOMENTUM_CASES,
    mistakes=_MOMENTUM_MISTAKES,
    draw=_draw_momentum,
    stub=Stub(_momentum_stub, "Begin with the new v: what is mixed, and with which weights?"),
    names=("theta", "v"),
    atol=1e-9,
)


def _rmsprop(
    theta,
    s,
    g,
    alpha,
    beta,
    epsilon,
    *,
    old=lambda s: s,
    seen=lambda g: g**2,
    rate=lambda a: a,
    average=_weights,
    read=lambda s, old, g, b: s,
    root=lambda s, e: np.sqrt(s) + e,
    small=lambda e: e,
    move=lambda theta, g, root, a: theta - a * g / root,
    keep=lambda s, old, e, b: s,
    give=lambda theta, s: (theta, s),
):
    """Take an RMSprop step in exchangeable parts: the right ones by default."""
    old, epsilon = old(s), small(epsilon)
    s = average(old, seen(g), beta)
    root = root(read(s, old, g, beta), epsilon)
    return give(move(theta, g, root, rate(alpha)), keep(s, old, epsilon, beta))


_RMSPROP_CASES = (
    Case((np.array([2.0]), np.array([0.5]), np.array([4.0]), 0.2, 0.8, 0.25), says="one parameter"),
    Case((_THETA, _S, _G, 0.1, 0.9, 1e-8), says="three parameters, beta = 0.9"),
    Case(
        (_FIVE, np.abs(_FIVE[::-1]), _FIVE[[1, 3, 0, 4, 2]], 0.05, 0.6, 0.1),
        says="five parameters, epsilon = 0.1",
    ),
    Case((_THETA, np.zeros(3), _G, 0.1, 0.75, 0.5), says="the first step, s = 0, a large epsilon"),
    Case(
        (_THETA, np.array([0.0, 1.0, 4.0]), np.array([0.0, 2.0, -1.0]), 0.1, 0.9, 0.01),
        says="a parameter without a gradient, whose s is 0",
    ),
)


def _draw_rmsprop(rng):
    while True:
        theta, s, g = _vectors(rng, 3)
        numbers = _share(rng), _share(rng), float(rng.integers(10, 90) / 100)
        drawn = theta, np.abs(s), g, *numbers
        if _far_from_zero(drawn, _rmsprop):
            return Case(drawn, says="vectors drawn just now")


_EPSILON = "Try a large ε, such as 0.5: where does it stand in your formula?"
_SAME_LENGTH = (
    "In a first step with a tiny ε a gradient twice as large should give a step of the same "
    "length: does it?"
)
_HALF = "You halve where a root belongs: in ** 1 / 2 Python takes the power before it divides."
_WHICH_FIRST = "Look at the order in which Python works: which power does it take?"
_ANY_ROOT = (
    Mistake(
        "no-epsilon",
        "ε is missing. It keeps a parameter without a gradient, whose s is 0, from 0/0.",
        {"root": lambda s, e: np.sqrt(s)},
        look="Change epsilon: does θ follow?",
    ),
    Mistake(
        "epsilon-by-heart",
        "Another epsilon makes no difference: your ε is a number of your own, or it comes in "
        "only where the root is 0. In the formula it is added, always.",
        *({"small": lambda e, own=own: own} for own in (1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3)),
        look="Change epsilon: does θ follow?",
    ),
    Mistake(
        "epsilon-subtracted",
        "You subtract ε. It is there so that the denominator cannot be 0.",
        {"root": lambda s, e: np.sqrt(s) - e},
        look=_EPSILON,
    ),
    Mistake(
        "epsilon-as-a-limit",
        "You take the larger of the root and ε. In the formula ε is added, always.",
        {"root": lambda s, e: np.maximum(np.sqrt(s), e)},
        look=_EPSILON,
    ),
    Mistake(
        "no-root",
        "There is no root in your step. Which power of s has the size of a gradient?",
        {"root": lambda s, e: s + e},
        look=_SAME_LENGTH,
    ),
    Mistake("half-for-root", _HALF, {"root": lambda s, e: s / 2 + e}, look=_WHICH_FIRST),
)
_RMSPROP_MISTAKES = (
    *made_in(_rmsprop, _ANY_ROOT),
    Mistake(
        "epsilon-inside-root",
        "In your step ε stands inside the root, as in Keras. Here it stands outside.",
        partial(_rmsprop, root=lambda s, e: np.sqrt(s + e)),
        look=_EPSILON,
    ),
    Mistake(
        "precedence",
        "Python divides first and adds ε afterwards: it shifts θ, or the step, and protects "
        "nothing.",
        partial(
            _rmsprop,
            root=lambda s, e: (np.sqrt(s), e),
            move=lambda theta, g, root, a: theta - a * g / root[0] + root[1],
        ),
        partial(
            _rmsprop,
            root=lambda s, e: (np.sqrt(s), e),
            move=lambda theta, g, root, a: theta - a * (g / root[0] + root[1]),
        ),
        partial(
            _rmsprop,
            root=lambda s, e: (np.sqrt(s), e),
            move=lambda theta, g, root, a: theta - (a / root[0] + root[1]) * g,
        ),
        look="Look at the order in which Python works: what is divided by what?",
    ),
    Mistake(
        "epsilon-kept-in-s",
        "ε goes into s and stays there, so that it is added anew at every step. It belongs to the "
        "step alone.",
        lambda th, s, g, a, b, e: (th - a * g / np.sqrt(w := _weights(s, g**2, b) + e), w),
        lambda th, s, g, a, b, e: (th - a * g / (np.sqrt(w := _weights(s, g**2, b) + e) + e), w),
        lambda th, s, g, a, b, e: (th - a * g / (np.sqrt(w := _weights(s, g**2, b)) + e), w + e),
        lambda th, s, g, a, b, e: (th - a * g / np.sqrt(w := _weights(s, g**2 + e, b)), w),
        look=_EPSILON,
    ),
    Mistake(
        "epsilon-twice",
        "ε appears in two places. It should appear in one: outside the root.",
        partial(_rmsprop, root=lambda s, e: np.sqrt(s + e) + e),
        partial(_rmsprop, root=lambda s, e: np.sqrt(s + e**2) + e),
        look=_EPSILON,
    ),
    Mistake(
        "epsilon-squared",
        "ε is squared and stands inside the root. Here it stands outside, as it is.",
        partial(_rmsprop, root=lambda s, e: np.sqrt(s + e**2)),
        look=_EPSILON,
    ),
    Mistake(
        "another-power",
        "Another power stands where a root should. Which one has the size of a gradient?",
        partial(_rmsprop, root=lambda s, e: s**2 + e),
        partial(_rmsprop, root=lambda s, e: np.cbrt(s) + e),
        partial(_rmsprop, root=lambda s, e: s**0.25 + e),
        look=_SAME_LENGTH,
    ),
    Mistake(
        "epsilon-multiplied",
        "You multiply by ε. It should be added to the root.",
        partial(_rmsprop, root=lambda s, e: np.sqrt(s) * e),
        look=_EPSILON,
    ),
    Mistake(
        "theta-divided",
        "Your brackets take in θ, so that it is divided as well.",
        partial(_rmsprop, move=lambda theta, g, root, a: (theta - a * g) / root),
        look="Look at the brackets: what is divided?",
    ),
    Mistake(
        "upside-down",
        "The fraction stands upside down: you divide by g.",
        partial(_rmsprop, move=lambda theta, g, root, a: theta - a * root / g),
        look="Look at what stands above the line, and what below.",
    ),
    Mistake(
        "sign-lost",
        "Above the line the sign of g is lost, and with it the direction of the step.",
        partial(_rmsprop, move=lambda theta, g, root, a: theta - a * np.abs(g) / root),
        look="Change the sign of g: does the step change its direction?",
    ),
    Mistake(
        "gradient-not-squared",
        "g stands in your s, not g²: plus and minus cancel, and s may fall below 0.",
        partial(_rmsprop, seen=lambda g: g),
        partial(_rmsprop, seen=lambda g: g, root=lambda s, e: np.sqrt(np.abs(s)) + e),
        partial(_rmsprop, seen=lambda g: g, root=lambda s, e: s + e),
        look="Look at the power of g in s.",
    ),
    Mistake(
        "twice-for-square",
        "2g stands in your s, and may be below 0. It should be g².",
        partial(_rmsprop, seen=lambda g: 2 * g),
        look="Look at the power of g in s.",
    ),
    Mistake(
        "absolute-for-square",
        "|g| stands in your s. It should be g².",
        partial(_rmsprop, seen=np.abs),
        partial(_rmsprop, seen=np.abs, root=lambda s, e: s + e),
        look="Look at the power of g in s.",
    ),
    Mistake(
        "all-squared",
        "The factor 1 − β is squared. Only g should be.",
        partial(_rmsprop, average=lambda s, new, b: b * s + (1 - b) ** 2 * new),
        look="Look at each square in s: what does it reach?",
    ),
    Mistake(
        "shares-swapped",
        "β and 1 − β have changed places. With β = 0.9 the old average should count for nine "
        "tenths.",
        partial(_rmsprop, average=lambda s, new, b: (1 - b) * s + b * new),
        look=_SHARES,
    ),
    Mistake(
        "sum-for-average",
        "Your s is a sum whose old part fades, not an average: what is new lacks its factor.",
        partial(_rmsprop, average=lambda s, new, b: b * s + new),
        look="Look at the two weights in s.",
    ),
    Mistake(
        "adagrad",
        "Your s adds up what is new and forgets nothing, as AdaGrad's does.",
        partial(_rmsprop, average=lambda s, new, b: s + new),
        look="Look at the weight of the old s.",
    ),
    Mistake(
        "old-kept-whole",
        "The old s stays as large as it was, and the new part is added to it. How much of the old "
        "should stay?",
        partial(_rmsprop, average=lambda s, new, b: s + (1 - b) * new),
        look="Look at the weight of the old s.",
    ),
    Mistake(
        "brackets-missing",
        "Without brackets only β multiplies what is new, and the 1 stands alone.",
        partial(_rmsprop, average=lambda s, new, b: b * s + 1 - b * new),
        look="Look at the order in which Python works: what is multiplied by what?",
    ),
    Mistake(
        "beta-for-both",
        "β weighs both what is old and what is new.",
        partial(_rmsprop, average=lambda s, new, b: b * (s + new)),
        look="Look at the two weights in s: do they add up to 1?",
    ),
    Mistake(
        "divides-by-the-old-s",
        "Your step takes s as it was before the update; at the first step that is 0.",
        partial(_rmsprop, read=lambda s, old, g, b: old),
        look="Which s does the second formula mean?",
    ),
    Mistake(
        "sign-alone",
        "In your step g² stands where s should, so that s has no effect on it.",
        partial(_rmsprop, read=lambda s, old, g, b: g**2),
        look="Change the s that is passed in: does θ follow?",
    ),
    Mistake(
        "sign-alone",
        "You divide by the size of g itself, so that only its sign is left, and s has no effect on "
        "the step.",
        lambda th, s, g, a, b, e: (th - a * np.sign(g), _weights(s, g**2, b)),
        look="Change the s that is passed in: does θ follow?",
    ),
    Mistake(
        "one-scale-for-all",
        "One number for all parameters: you add up, or average, over them. Each parameter has an s "
        "of its own.",
        partial(_rmsprop, seen=lambda g: np.mean(g**2)),
        partial(_rmsprop, seen=lambda g: np.sum(g**2)),
        partial(_rmsprop, read=lambda s, old, g, b: np.sum(s)),
        partial(_rmsprop, read=lambda s, old, g, b: np.sum(g**2)),
        partial(_rmsprop, read=lambda s, old, g, b: np.mean(s)),
        partial(_rmsprop, root=lambda s, e: np.linalg.norm(s) + e),
        look="Look for a sum or a mean over the parameters.",
    ),
    Mistake(
        "uphill",
        "You add the step to θ. Which sign leads downhill?",
        partial(_rmsprop, move=lambda theta, g, root, a: theta + a * g / root),
        look=_DESCENT,
    ),
    Mistake(
        "no-alpha",
        "α is missing from the step.",
        partial(_rmsprop, rate=lambda a: 1),
        look="Change alpha: does θ follow?",
    ),
    Mistake(
        "no-gradient",
        "g is missing above the line, and with it the direction of the step.",
        partial(_rmsprop, move=lambda theta, g, root, a: theta - a / root),
        look="Change the sign of g: does the step change its direction?",
    ),
    Mistake(
        "squared-gradient-in-the-step",
        "Above the line stands g²: the sign of g is lost, and with it the direction of the step.",
        partial(_rmsprop, move=lambda theta, g, root, a: theta - a * g**2 / root),
        look="Change the sign of g: does the step change its direction?",
    ),
    Mistake(
        "multiplies",
        "Your step multiplies where it should divide, so that large gradients get larger still.",
        partial(_rmsprop, move=lambda theta, g, root, a: theta - a * g * root),
        look="Does your step make a large gradient smaller, or larger still?",
    ),
    Mistake(
        "bias-corrected",
        "You divide s by 1 − β, as if every step were the first. This step has no bias correction: "
        "that is Adam's.",
        partial(_rmsprop, read=lambda s, old, g, b: s / (1 - b)),
        partial(_rmsprop, average=lambda s, new, b: _weights(s, new, b) / (1 - b)),
        look="Look for a division of s: does the formula have one?",
    ),
    Mistake(
        "root-kept",
        "What you return as s is its root. The next step needs s itself.",
        partial(_rmsprop, keep=lambda s, old, e, b: np.sqrt(s)),
        partial(_rmsprop, keep=lambda s, old, e, b: np.sqrt(s) + e),
        look="Look at what you return as s.",
    ),
    Mistake(
        "s-not-returned",
        "The s that you return has not been updated. The next step needs the new one.",
        partial(_rmsprop, keep=lambda s, old, e, b: old),
        look=_OLD,
    ),
    Mistake(
        "starts-anew",
        "The old s makes no difference: each of your steps begins again with s = 0.",
        partial(_rmsprop, old=lambda s: 0 * s),
        look="Change the s that is passed in: does θ follow?",
    ),
    Mistake(
        "alpha-and-beta-exchanged",
        "α and β have changed places: α is the length of the step, β the weight of the old "
        "average.",
        lambda theta, s, g, a, b, e: _rmsprop(theta, s, g, b, a, e),
        look="Look at α and β: which of them belongs to the average?",
    ),
    Mistake(
        "averages-g-in-the-step",
        "g itself is missing from your step, and so is the direction that its sign gives.",
        partial(_rmsprop, move=lambda theta, g, root, a: theta - a * root),
        lambda th, s, g, a, b, e: (th - a * (w := _weights(s, g**2, b)) / (np.sqrt(w) + e), w),
        lambda th, s, g, a, b, e: (th - a * (w := _weights(s, g**2, b)), w),
        look="Change the sign of g: does the step change its direction?",
    ),
    Mistake(
        "returns-the-step",
        "In place of θ you return the step itself. The task asks for the place that it leads to.",
        partial(_rmsprop, move=lambda theta, g, root, a: a * g / root),
        partial(_rmsprop, move=lambda theta, g, root, a: -a * g / root),
        look="Does your θ begin where the old one was?",
    ),
    Mistake(
        "only-s-moves",
        "θ is still where it was: the step is missing.",
        partial(_rmsprop, move=lambda theta, g, root, a: theta),
        look="Compare the θ you return with the one passed in.",
    ),
    Mistake(
        "order",
        "Your results come in reversed order. The task asks for θ, then s.",
        partial(_rmsprop, give=lambda theta, s: (s, theta)),
        look=_ORDER,
    ),
    Mistake(
        "theta-alone",
        "You return one result alone. The next step needs the new s as well.",
        partial(_rmsprop, give=lambda theta, s: theta),
        look=_ALONE,
    ),
)


def _rmsprop_stub(theta, s, g, alpha, beta, epsilon):
    return theta, s


rmsprop_step = Exercise(
    "``rmsprop_step(theta, s, g, alpha, beta, epsilon)``, which returns ``theta, s``",
    right=_rmsprop,
    cases=_RMSPROP_CASES,
    mistakes=_RMSPROP_MISTAKES,
    draw=_draw_rmsprop,
    stub=Stub(_rmsprop_stub, "Begin with the new s: of what is it the average?"),
    names=("theta", "s"),
    atol=1e-9,
)


def _averages(v, s, g, beta1, beta2):
    return _weights(v, g, beta1), _weights(s, g**2, beta2)


def _partly(old, new, beta, t):
    return beta * old + (1 - beta) * new / (1 - beta**t)


def _corrected(v, s, t, beta1, beta2):
    return v / (1 - beta1**t), s / (1 - beta2**t)


def _adam(
    theta,
    v,
    s,
    g,
    t,
    alpha,
    beta1,
    beta2,
    epsilon,
    *,
    old=lambda v, s: (v, s),
    betas=lambda b1, b2: (b1, b2),
    averages=_averages,
    count=lambda t: t,
    hats=_corrected,
    read=lambda v, s, old, g: (v, s),
    root=lambda s, e: np.sqrt(s) + e,
    small=lambda e: e,
    rate=lambda a, t: a,
    move=lambda theta, v_hat, root, a, g: theta - a * v_hat / root,
    keep=lambda new, hats, old: new,
    give=lambda theta, v, s: (theta, v, s),
):
    """Take an Adam step in exchangeable parts: the right ones by default."""
    old, (beta1, beta2), t = old(v, s), betas(beta1, beta2), count(t)
    new = averages(*old, g, beta1, beta2)
    v_hat, s_hat = hats(*read(*new, old, g), t, beta1, beta2)
    theta = move(theta, v_hat, root(s_hat, small(epsilon)), rate(alpha, t), g)
    return give(theta, *keep(new, (v_hat, s_hat), old))


_HYPER = (0.9, 0.999)
_ADAM_CASES = (
    Case(
        (
            np.array([2.0]),
            np.array([-0.5]),
            np.array([0.5]),
            np.array([4.0]),
            2,
            0.2,
            0.8,
            0.95,
            0.25,
        ),
        says="one parameter, step 2",
    ),
    Case((_THETA, np.zeros(3), np.zeros(3), _G, 1, 0.1, *_HYPER, 1e-8), says="the first step"),
    Case(
        (
            _FIVE,
            _FIVE[::-1].copy(),
            np.abs(_FIVE[[2, 0, 4, 1, 3]]),
            _FIVE[[1, 3, 0, 4, 2]],
            4,
            0.05,
            0.6,
            0.9,
            0.1,
        ),
        says="five parameters, step 4",
    ),
    Case((_THETA, _V, _S, _G, 10, 0.1, *_HYPER, 12.0), says="step 10, a large epsilon"),
    Case(
        (
            _THETA,
            np.array([0.0, 1.0, -2.0]),
            np.array([0.0, 1.0, 4.0]),
            np.array([0.0, 2.0, -1.0]),
            3,
            0.1,
            0.9,
            0.95,
            0.01,
        ),
        says="a parameter without a gradient, whose v and s are 0",
    ),
)


def _draw_adam(rng):
    while True:
        theta, v, s, g = _vectors(rng, 4)
        beta1, beta2 = _share(rng), float(rng.integers(960, 999) / 1000)
        numbers = int(rng.integers(2, 9)), _share(rng), beta1, beta2, float(rng.integers(1, 9) / 10)
        drawn = theta, v, np.abs(s), g, *numbers
        if _far_from_zero(drawn, _adam):
            return Case(drawn, says="vectors drawn just now")


_HATS = "Look at what you divide v and s by before the step."
_POWER = "Look at your corrections: which number stands for t at the second step?"
_BETAS = "Look at β1 and β2: which of them belongs to v, which to s?"
_ADAM_MISTAKES = (
    Mistake(
        "corrected-stored-back",
        "You return the corrected averages. The correction belongs to this step alone.",
        partial(_adam, keep=lambda new, hats, old: hats),
        look="Look at the averages that you return: the new ones, or others?",
    ),
    Mistake(
        "corrected-v-stored-back",
        "You return the corrected v. The correction belongs to this step alone.",
        partial(_adam, keep=lambda new, hats, old: (hats[0], new[1])),
        look="Look at the v that you return.",
    ),
    Mistake(
        "corrected-s-stored-back",
        "You return the corrected s. The correction belongs to this step alone.",
        partial(_adam, keep=lambda new, hats, old: (new[0], hats[1])),
        look="Look at the s that you return.",
    ),
    Mistake(
        "no-correction",
        "You take the step without correcting v and s for their start at 0.",
        partial(_adam, hats=lambda v, s, t, b1, b2: (v, s)),
        look=_HATS,
    ),
    Mistake(
        "only-v-corrected",
        "v is corrected, s is not.",
        partial(_adam, hats=lambda v, s, t, b1, b2: (v / (1 - b1**t), s)),
        look=_HATS,
    ),
    Mistake(
        "only-s-corrected",
        "s is corrected, v is not.",
        partial(_adam, hats=lambda v, s, t, b1, b2: (v, s / (1 - b2**t))),
        look=_HATS,
    ),
    Mistake(
        "corrected-without-t",
        "You divide by 1 − β at every step, as if each were the first. Where does t come in?",
        partial(_adam, hats=lambda v, s, t, b1, b2: (v / (1 - b1), s / (1 - b2))),
        partial(_adam, hats=lambda v, s, t, b1, b2: (v / (1 - b1), s / (1 - b2**t))),
        partial(_adam, hats=lambda v, s, t, b1, b2: (v / (1 - b1**t), s / (1 - b2))),
        look="Look at the power of β in each of the two corrections.",
    ),
    Mistake(
        "only-the-first-step",
        "You correct the first step alone. What about v and s at the second?",
        partial(
            _adam, hats=lambda v, s, t, b1, b2: _corrected(v, s, t, b1, b2) if t == 1 else (v, s)
        ),
        look="Compare your second step with and without the correction.",
    ),
    Mistake(
        "plus",
        "You divide by 1 + βᵗ. Does that make v and s larger?",
        partial(_adam, hats=lambda v, s, t, b1, b2: (v / (1 + b1**t), s / (1 + b2**t))),
        look=_HATS,
    ),
    Mistake(
        "root-in-the-correction",
        "You divide by the square roots of the corrections. v and s should be divided by 1 − βᵗ "
        "itself.",
        partial(
            _adam, hats=lambda v, s, t, b1, b2: (v / np.sqrt(1 - b1**t), s / np.sqrt(1 - b2**t))
        ),
        look=_HATS,
    ),
    Mistake(
        "two-for-t",
        "You take 2 for t at every step, as if each were the second. Where does t come in?",
        partial(_adam, count=lambda t: 2),
        look="Change t: does your step follow?",
    ),
    Mistake(
        "t-one-too-few",
        "Your t is one too small, as if it began at 0. It is 1 at the first step.",
        partial(_adam, count=lambda t: t - 1),
        lambda theta, v, s, g, t, *rest: _adam(theta, v, s, g, np.float64(t - 1), *rest),
        look=_POWER,
    ),
    Mistake(
        "t-one-too-few",
        "From the second step on your t is one too small: take it as it is passed in.",
        partial(_adam, count=lambda t: max(t - 1, 1)),
        look=_POWER,
    ),
    Mistake(
        "t-one-too-many",
        "Your t is one too large. It is 1 at the first step already.",
        partial(_adam, count=lambda t: t + 1),
        look=_POWER,
    ),
    Mistake(
        "times-for-power",
        "You multiply β by t. The task asks for a power.",
        partial(_adam, hats=lambda v, s, t, b1, b2: (v / (1 - b1 * t), s / (1 - b2 * t))),
        look="Look at the operator between β and t.",
    ),
    Mistake(
        "caret-for-power",
        "In Python ^ works on bits and is no power. Which operator is?",
        lambda th, v, s, g, t, a, b1, b2, e: b1 ^ t,
        look="Look at the operator between β and t.",
    ),
    Mistake(
        "power-turned-round",
        "You raise t to the power β. Which of the two should be the power?",
        partial(
            _adam, hats=lambda v, s, t, b1, b2: (v / (1 - float(t) ** b1), s / (1 - float(t) ** b2))
        ),
        look="Look at the operator between β and t: which number is the power?",
    ),
    Mistake(
        "power-outside",
        "You raise all of 1 − β to the power t. Which part of 1 − βᵗ has the power?",
        partial(_adam, hats=lambda v, s, t, b1, b2: (v / (1 - b1) ** t, s / (1 - b2) ** t)),
        partial(_adam, hats=lambda v, s, t, b1, b2: (v / (1 - b1) ** t, s / (1 - b2**t))),
        partial(_adam, hats=lambda v, s, t, b1, b2: (v / (1 - b1**t), s / (1 - b2) ** t)),
        look="Look at the brackets: to which number does the power t belong?",
    ),
    Mistake(
        "divides-by-the-power",
        "You divide by βᵗ, which goes to 0. What you divide by should go to 1.",
        partial(_adam, hats=lambda v, s, t, b1, b2: (v / b1**t, s / b2**t)),
        look=_HATS,
    ),
    Mistake(
        "corrects-by-product",
        "You multiply by a correction where you should divide: a small average gets smaller still.",
        partial(_adam, hats=lambda v, s, t, b1, b2: (v * (1 - b1**t), s * (1 - b2**t))),
        partial(_adam, hats=lambda v, s, t, b1, b2: (v * (1 - b1**t), s / (1 - b2**t))),
        partial(_adam, hats=lambda v, s, t, b1, b2: (v / (1 - b1**t), s * (1 - b2**t))),
        look="Are both of your corrected averages larger than the plain ones?",
    ),
    Mistake(
        "v-and-s-exchanged",
        "v and s have changed places: v is passed in first.",
        lambda theta, v, s, *rest: _adam(theta, s, v, *rest),
        look="Which of the two averages is passed in first?",
    ),
    Mistake(
        "another-power",
        "Another power stands where a root should. Which one has the size of a gradient?",
        partial(_adam, root=lambda s, e: s**0.25 + e),
        look=_SAME_LENGTH,
    ),
    Mistake(
        "epsilon-squared",
        "ε is squared and stands inside the root. Here it stands outside, as it is.",
        partial(_adam, root=lambda s, e: np.sqrt(s + e**2)),
        look=_EPSILON,
    ),
    Mistake(
        "correction-brackets-missing",
        "Without brackets v is divided by 1, and βᵗ is subtracted afterwards.",
        partial(_adam, hats=lambda v, s, t, b1, b2: (v / 1 - b1**t, s / 1 - b2**t)),
        look="Look at the order in which Python works: what is divided by what?",
    ),
    Mistake(
        "only-the-new-part-corrected",
        "Only what is new is divided by 1 − βᵗ. The correction belongs to the whole average.",
        lambda th, v, s, g, t, a, b1, b2, e: (
            th - a * _partly(v, g, b1, t) / (np.sqrt(_partly(s, g**2, b2, t)) + e),
            *_averages(v, s, g, b1, b2),
        ),
        lambda th, v, s, g, t, a, b1, b2, e: (
            th - a * (v := _partly(v, g, b1, t)) / (np.sqrt(s := _partly(s, g**2, b2, t)) + e),
            v,
            s,
        ),
        look="Look at the order in which Python works: what is divided by what?",
    ),
    Mistake(
        "correction-outside-the-root",
        "You divide the root of s. The correction belongs to s itself, inside the root.",
        partial(_adam, hats=lambda v, s, t, b1, b2: (v / (1 - b1**t), s / (1 - b2**t) ** 2)),
        look="Is s corrected before its root is taken?",
    ),
    Mistake(
        "epsilon-before-correction",
        "ε comes in before s is corrected, as in TensorFlow and Keras. Here it comes in "
        "afterwards.",
        partial(_adam, hats=lambda v, s, t, b1, b2: (v * np.sqrt(1 - b2**t) / (1 - b1**t), s)),
        look=_EPSILON,
    ),
    Mistake(
        "betas-swapped",
        "β1 and β2 have changed places throughout.",
        partial(_adam, betas=lambda b1, b2: (b2, b1)),
        look=_BETAS,
    ),
    Mistake(
        "averages-by-exchanged-betas",
        "In the averages β1 and β2 have changed places; the corrections have them right.",
        lambda *args: _adam(*args, averages=lambda v, s, g, b1, b2: _averages(v, s, g, b2, b1)),
        look=_BETAS,
    ),
    Mistake(
        "averages-by-one-beta",
        "Both averages are made with β1; the corrections have a β each.",
        lambda *args: _adam(*args, averages=lambda v, s, g, b1, b2: _averages(v, s, g, b1, b1)),
        look=_BETAS,
    ),
    Mistake(
        "averages-by-one-beta",
        "Both averages are made with β2; the corrections have a β each.",
        lambda *args: _adam(*args, averages=lambda v, s, g, b1, b2: _averages(v, s, g, b2, b2)),
        look=_BETAS,
    ),
    Mistake(
        "beta1-for-both",
        "β1 serves for both averages. s has a β of its own.",
        partial(_adam, betas=lambda b1, b2: (b1, b1)),
        look="Change beta2: do your results follow?",
    ),
    Mistake(
        "beta2-for-both",
        "β2 serves for both averages. v has a β of its own.",
        partial(_adam, betas=lambda b1, b2: (b2, b2)),
        look="Change beta1: do your results follow?",
    ),
    Mistake(
        "both-corrected-by-beta1",
        "s is corrected with the β of v. It has one of its own.",
        partial(_adam, hats=lambda v, s, t, b1, b2: _corrected(v, s, t, b1, b1)),
        look="Look at the β in each of the two corrections.",
    ),
    Mistake(
        "both-corrected-by-beta2",
        "v is corrected with the β of s. It has one of its own.",
        partial(_adam, hats=lambda v, s, t, b1, b2: _corrected(v, s, t, b2, b2)),
        look="Look at the β in each of the two corrections.",
    ),
    Mistake(
        "corrections-exchanged",
        "The corrections have changed places: v is divided by s's, s by v's.",
        partial(_adam, hats=lambda v, s, t, b1, b2: _corrected(v, s, t, b2, b1)),
        look="Look at the β in each of the two corrections.",
    ),
    *made_in(_adam, _ANY_ROOT),
    Mistake(
        "epsilon-inside-root",
        "In your step ε stands inside the root. In Adam it stands outside.",
        partial(_adam, root=lambda s, e: np.sqrt(s + e)),
        look=_EPSILON,
    ),
    Mistake(
        "betas-by-heart",
        "β1 and β2 are numbers of your own, whatever is passed in.",
        partial(_adam, betas=lambda b1, b2: (0.9, 0.999)),
        partial(_adam, betas=lambda b1, b2: (0.9, 0.99)),
        look="Change beta1 and beta2: do your results follow?",
    ),
    Mistake(
        "precedence",
        "Python divides first and adds ε afterwards: it shifts the step, or θ, and protects "
        "nothing.",
        partial(
            _adam,
            root=lambda s, e: (np.sqrt(s), e),
            move=lambda theta, v_hat, root, a, g: theta - a * (v_hat / root[0] + root[1]),
        ),
        partial(
            _adam,
            root=lambda s, e: (np.sqrt(s), e),
            move=lambda theta, v_hat, root, a, g: theta - a * v_hat / root[0] + root[1],
        ),
        look="Look at the order in which Python works: what is divided by what?",
    ),
    Mistake(
        "epsilon-twice",
        "ε appears in two places. It should appear in one: outside the root.",
        partial(_adam, root=lambda s, e: np.sqrt(s + e) + e),
        look=_EPSILON,
    ),
    Mistake(
        "no-division",
        "s plays no part in your step, just as in momentum. Where does it come in?",
        partial(_adam, move=lambda theta, v_hat, root, a, g: theta - a * v_hat),
        partial(
            _adam,
            hats=lambda v, s, t, b1, b2: (v, s),
            move=lambda theta, v_hat, root, a, g: theta - a * v_hat,
        ),
        look="Change the s that is passed in: does θ follow?",
    ),
    Mistake(
        "multiplies",
        "Your step multiplies where it should divide, so that large gradients get larger still.",
        partial(_adam, move=lambda theta, v_hat, root, a, g: theta - a * v_hat * root),
        look="Does your step make a large gradient smaller, or larger still?",
    ),
    Mistake(
        "epsilon-kept-in-s",
        "ε goes into s and stays there, so that it is added anew at every step. It belongs to the "
        "step alone.",
        *(
            lambda th, v, s, g, t, a, b1, b2, e, root=root: _adam(
                *(th, v, s, g, t, a, b1, b2, e),
                averages=lambda v, s, g, b1, b2: (_weights(v, g, b1), _weights(s, g**2, b2) + e),
                root=root,
            )
            for root in (lambda s, e: np.sqrt(s), lambda s, e: np.sqrt(s) + e)
        ),
        look=_EPSILON,
    ),
    Mistake(
        "gradient-not-squared",
        "Your s averages g, not g²: plus and minus cancel, and s may fall below 0.",
        partial(_adam, averages=lambda v, s, g, b1, b2: (_weights(v, g, b1), _weights(s, g, b2))),
        partial(
            _adam,
            averages=lambda v, s, g, b1, b2: (_weights(v, g, b1), _weights(s, g, b2)),
            root=lambda s, e: np.sqrt(np.abs(s)) + e,
        ),
        partial(
            _adam,
            averages=lambda v, s, g, b1, b2: (_weights(v, g, b1), _weights(s, g, b2)),
            root=lambda s, e: s + e,
        ),
        look="Look at the power of g in s.",
    ),
    Mistake(
        "twice-for-square",
        "Your s averages 2g, which may be below 0. It should average g².",
        partial(
            _adam, averages=lambda v, s, g, b1, b2: (_weights(v, g, b1), _weights(s, 2 * g, b2))
        ),
        look="Look at the power of g in s.",
    ),
    Mistake(
        "absolute-for-square",
        "Your s averages |g|. It should average g².",
        partial(
            _adam, averages=lambda v, s, g, b1, b2: (_weights(v, g, b1), _weights(s, np.abs(g), b2))
        ),
        partial(
            _adam,
            averages=lambda v, s, g, b1, b2: (_weights(v, g, b1), _weights(s, np.abs(g), b2)),
            root=lambda s, e: s + e,
        ),
        look="Look at the power of g in s.",
    ),
    Mistake(
        "both-squared",
        "Your v averages g². That is s; v averages g itself.",
        partial(
            _adam, averages=lambda v, s, g, b1, b2: (_weights(v, g**2, b1), _weights(s, g**2, b2))
        ),
        look="Look at the power of g in v.",
    ),
    Mistake(
        "all-squared",
        "In s the factor before g is squared as well. Only g should be.",
        partial(
            _adam,
            averages=lambda v, s, g, b1, b2: (_weights(v, g, b1), b2 * s + ((1 - b2) * g) ** 2),
        ),
        look="Look at each square in s: what does it reach?",
    ),
    Mistake(
        "square-of-v",
        "Your s averages v², the square of an average. It should average g².",
        partial(
            _adam, averages=lambda v, s, g, b1, b2: (w := _weights(v, g, b1), _weights(s, w**2, b2))
        ),
        look="Of which quantity is s the average?",
    ),
    Mistake(
        "square-of-the-difference",
        "Your s averages (g − v)²: that is AdaBelief. In Adam it averages g².",
        partial(
            _adam,
            averages=lambda v, s, g, b1, b2: (
                w := _weights(v, g, b1),
                _weights(s, (g - w) ** 2, b2),
            ),
        ),
        look="Of which quantity is s the average?",
    ),
    Mistake(
        "largest-s",
        "Your s never falls, like AMSGrad's largest s. In Adam it is an average, which may fall.",
        partial(
            _adam,
            averages=lambda v, s, g, b1, b2: (
                _weights(v, g, b1),
                np.maximum(s, _weights(s, g**2, b2)),
            ),
        ),
        look="Can your s fall?",
    ),
    Mistake(
        "sums-for-averages",
        "Your v and s are sums whose old part fades, not averages: what is new lacks its factor.",
        partial(_adam, averages=lambda v, s, g, b1, b2: (b1 * v + g, b2 * s + g**2)),
        look="Look at the weights of g in v, and of g² in s.",
    ),
    Mistake(
        "v-is-a-sum",
        "Your v is a sum whose old part fades, not an average: g lacks its factor.",
        partial(_adam, averages=lambda v, s, g, b1, b2: (b1 * v + g, _weights(s, g**2, b2))),
        look="Look at the weight of g in v.",
    ),
    Mistake(
        "s-is-a-sum",
        "Your s is a sum whose old part fades, not an average: what is new lacks its factor.",
        partial(_adam, averages=lambda v, s, g, b1, b2: (_weights(v, g, b1), b2 * s + g**2)),
        look="Look at the weight of g² in s.",
    ),
    Mistake(
        "nothing-forgotten",
        "Your s adds up all g² and forgets nothing, as AdaGrad does.",
        partial(_adam, averages=lambda v, s, g, b1, b2: (_weights(v, g, b1), s + g**2)),
        look="Look at the weight of the old s.",
    ),
    Mistake(
        "old-kept-whole",
        "The old v and s stay as large as they were. How much of them should stay?",
        partial(_adam, averages=lambda v, s, g, b1, b2: (v + (1 - b1) * g, s + (1 - b2) * g**2)),
        look="Look at the weights of the old v and s.",
    ),
    Mistake(
        "beta-for-both-weights",
        "β weighs both what is old and what is new.",
        partial(_adam, averages=lambda v, s, g, b1, b2: (b1 * (v + g), b2 * (s + g**2))),
        look="Look at the two weights in each average: do they add up to 1?",
    ),
    Mistake(
        "brackets-missing",
        "Without brackets only β multiplies what is new, and the 1 stands alone.",
        partial(
            _adam, averages=lambda v, s, g, b1, b2: (b1 * v + 1 - b1 * g, b2 * s + 1 - b2 * g**2)
        ),
        look="Look at the order in which Python works: what is multiplied by what?",
    ),
    Mistake(
        "shares-swapped",
        "β and 1 − β have changed places, in v and in s.",
        partial(_adam, averages=lambda v, s, g, b1, b2: _averages(v, s, g, 1 - b1, 1 - b2)),
        look="Look at the two weights in each average.",
    ),
    Mistake(
        "v-shares-swapped",
        "The two weights in v have changed places.",
        partial(_adam, averages=lambda v, s, g, b1, b2: _averages(v, s, g, 1 - b1, b2)),
        look="Look at the two weights in v.",
    ),
    Mistake(
        "s-shares-swapped",
        "The two weights in s have changed places.",
        partial(_adam, averages=lambda v, s, g, b1, b2: _averages(v, s, g, b1, 1 - b2)),
        look="Look at the two weights in s.",
    ),
    Mistake(
        "steps-by-the-gradient",
        "g itself stands in your step, as in RMSprop. Where is v?",
        partial(_adam, move=lambda theta, v_hat, root, a, g: theta - a * g / root),
        partial(_adam, read=lambda v, s, old, g: (g, s)),
        look="Look at what your step is made of.",
    ),
    Mistake(
        "old-averages-used",
        "Your step takes an average as it was before the update. First come the new averages, "
        "then their correction, then the step.",
        partial(_adam, read=lambda v, s, old, g: old),
        partial(_adam, read=lambda v, s, old, g: (old[0], s)),
        partial(_adam, read=lambda v, s, old, g: (v, old[1])),
        look="With which v and s do you take the step: the old ones, or the new?",
    ),
    Mistake(
        "corrected-twice",
        "The averages are corrected twice. Where is the other division?",
        partial(
            _adam, hats=lambda v, s, t, b1, b2: _corrected(*_corrected(v, s, t, b1, b2), t, b1, b2)
        ),
        look=_HATS,
    ),
    Mistake(
        "nesterov",
        "Above the line g is mixed into v once more: that is NAdam, which looks ahead.",
        lambda th, v, s, g, t, a, b1, b2, e: _adam(
            th, v, s, g, t, a, b1, b2, e, read=lambda v, s, old, g: (_weights(v, g, b1), s)
        ),
        look="Look at what stands above the line in the step.",
    ),
    Mistake(
        "alpha-grows",
        "α is multiplied by t in your step. The task asks for the α that is passed in.",
        partial(_adam, rate=lambda a, t: a * t),
        look="Look at what multiplies the step: α alone?",
    ),
    Mistake(
        "alpha-decays",
        "α becomes smaller with t in your step. The task asks for the α that is passed in.",
        partial(_adam, rate=lambda a, t: a / t**0.5),
        partial(_adam, rate=lambda a, t: a / t),
        look="Look at what multiplies the step: α alone?",
    ),
    Mistake(
        "averages-not-returned",
        "An average that you return has not been updated. The next step needs the new one.",
        partial(_adam, keep=lambda new, hats, old: old),
        partial(_adam, keep=lambda new, hats, old: (new[0], old[1])),
        partial(_adam, keep=lambda new, hats, old: (old[0], new[1])),
        look=_OLD,
    ),
    Mistake(
        "no-alpha",
        "α is missing from the step.",
        partial(_adam, rate=lambda a, t: 1),
        look="Change alpha: does θ follow?",
    ),
    Mistake(
        "uphill",
        "You add the step to θ. Which sign leads downhill?",
        partial(_adam, rate=lambda a, t: -a),
        look=_DESCENT,
    ),
    Mistake(
        "starts-anew",
        "The old v and s make no difference: each of your steps begins again with zeros.",
        partial(_adam, old=lambda v, s: (0 * v, 0 * s)),
        look="Change the v and s that are passed in: does θ follow?",
    ),
    Mistake(
        "returns-the-step",
        "In place of θ you return the step itself. The task asks for the place that it leads to.",
        partial(_adam, move=lambda theta, v_hat, root, a, g: a * v_hat / root),
        partial(_adam, move=lambda theta, v_hat, root, a, g: -a * v_hat / root),
        look="Does your θ begin where the old one was?",
    ),
    Mistake(
        "theta-still",
        "θ is still where it was: the step is missing.",
        partial(_adam, move=lambda theta, v_hat, root, a, g: theta),
        look="Compare the θ you return with the one passed in.",
    ),
    Mistake(
        "order",
        "The results come in another order than asked for: θ, then v, then s.",
        partial(_adam, give=lambda theta, v, s: (theta, s, v)),
        partial(_adam, give=lambda theta, v, s: (v, s, theta)),
        partial(_adam, give=lambda theta, v, s: (v, theta, s)),
        look=_ORDER,
    ),
    Mistake(
        "theta-alone",
        "You return one result alone. The next step needs the new v and s as well.",
        partial(_adam, give=lambda theta, v, s: theta),
        look=_ALONE,
    ),
    Mistake(
        "s-left-out",
        "You return two results. The next step needs the new s as well.",
        partial(_adam, give=lambda theta, v, s: (theta, v)),
        look=_ALONE,
    ),
    Mistake(
        "t-returned",
        "θ, v and s are right, but t comes with them as a fourth result. Whoever calls this step "
        "counts the steps itself.",
        lambda th, v, s, g, t, *rest: (*_adam(th, v, s, g, t, *rest), t + 1),
        look=_ALONE,
    ),
)


def _adam_stub(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    return theta, v, s


adam_step = Exercise(
    "``adam_step(theta, v, s, g, t, alpha, beta1, beta2, epsilon)``: ``theta, v, s``",
    right=_adam,
    cases=_ADAM_CASES,
    mistakes=_ADAM_MISTAKES,
    draw=_draw_adam,
    stub=Stub(_adam_stub, "Begin with the new v and s, as in the two steps before."),
    names=("theta", "v", "s"),
    atol=1e-9,
)


def goal_a_millionth(*, alpha, beta, kappa=100.0, start=1.5):
    """Judge the challenge: a millionth of the distance after 100 steps at kappa = 100."""
    if kappa != 100:
        return Verdict(False, "another-valley", "set κ back to 100: the challenge is that valley.")
    hill = surfaces.quadratic(100.0)
    momentum = lecture.Momentum(alpha=alpha, beta=beta)
    points = lecture.path(momentum, hill.gradient, [hill.start[0], start], 100).T
    share = hill.distance(points[:, -1]) / hill.distance(points[:, 0])
    if share < convergence.TARGET:
        return Verdict(True, None, typeset(f"{share:.0e} of the distance is left."))
    left = f"{against(share, convergence.TARGET, '.2g')} of it is left"
    now = left if share < 1e6 else "it is more than a million times as large"
    hint = f"after 100 steps less than a millionth of the first distance should be left. Now {now}."
    return Verdict(False, "too-far", hint)


class FrozenAdam(lecture.Adam):
    """Adam with a mistake that notes of this lecture carry: it keeps the corrected averages."""

    def step(self, theta, gradient, state):
        """Return the next ``(theta, state)``, with corrected averages in the state."""
        corrected_stored_back = partial(_adam, keep=lambda new, hats, old: hats)
        v, s, t = state.v, state.s, state.t + 1
        theta, v, s = corrected_stored_back(
            theta, v, s, gradient, t, self.alpha, self.beta1, self.beta2, self.epsilon
        )
        return theta, lecture.AdamState(v, s, t)


def suspects(alpha, beta):
    """Return four Adams for a race; one of them is a `FrozenAdam`."""
    return {
        "A": lecture.Adam(alpha=alpha, beta1=beta),
        "B": lecture.Adam(alpha=alpha, beta1=beta, bias_correction=False),
        "C": FrozenAdam(alpha=alpha, beta1=beta),
        "D": lecture.Adam(alpha=alpha, beta1=0.5 * beta),
    }
