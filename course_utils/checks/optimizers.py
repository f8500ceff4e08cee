"""Checks of the exercises and challenges about optimizers."""

from functools import partial

import numpy as np

from course_utils import optimizers as lecture
from course_utils import surfaces
from course_utils.checks.diagnosis import Case, Mistake, Stub, diagnose, named
from course_utils.checks.verdict import Verdict
from course_utils.experiments import optimizers as convergence

_THETA = np.array([1.0, -2.0, 0.5])
_G = np.array([3.0, -0.01, -4.0])
_V = np.array([0.5, 1.0, -2.0])
_S = np.array([4.0, 0.25, 1.0])
_FIVE = np.array([0.3, -1.5, 2.0, 0.8, -0.4])
_ORDER = "Look at the order in which you return the results."
_ALONE = "Look at what stands behind return."
_DESCENT = "With a positive gradient θ should become smaller: does it?"
_OLD = "Look at which of the averages you return: the one passed in, or the new one?"


def _vectors(rng, count):
    """Draw vectors of the same length; no number is near 0."""
    n = rng.integers(2, 6)
    return [rng.choice([-1, 1], n) * rng.integers(20, 300, n) / 100 for _ in range(count)]


def _share(rng):
    return float(rng.integers(30, 95) / 100)


def _weights(v, new, b):
    return b * v + (1 - b) * new


def _momentum(
    theta, v, g, alpha, beta, *, old=lambda v: v, seen=lambda g, theta: g, rate=lambda a: a,
    average=_weights, move=lambda theta, v, old, g, a, b: theta - a * v,
    keep=lambda v, old, a, b: v, give=lambda theta, v: (theta, v),
):  # fmt: skip
    """Take a momentum step in exchangeable parts: the right ones by default."""
    old = old(v)
    v = average(old, seen(g, theta), beta)
    theta = move(theta, v, old, g, rate(alpha), beta)
    return give(theta, keep(v, old, alpha, beta))


def _momentum_mistake(identity, look, hint, **parts):
    return Mistake(identity, partial(_momentum, **parts), hint, look)


_MOMENTUM_CASES = (
    Case((np.array([2.0]), np.array([-0.5]), np.array([4.0]), 0.2, 0.8), says="one parameter"),
    Case((_THETA, _V, _G, 0.1, 0.9), says="three parameters, beta = 0.9"),
    Case((_FIVE, _FIVE[::-1].copy(), _FIVE[[1, 3, 0, 4, 2]], 0.05, 0.6), says="five parameters"),
    Case((_THETA, np.zeros(3), _G, 0.5, 0.25), says="the first step, v = 0"),
)


def _draw_momentum(rng):
    return Case((*_vectors(rng, 3), _share(rng), _share(rng)), says="vectors drawn just now")


_SHARES = "Look at the two weights: with β = 0.9, which should count for nine tenths?"
_MOMENTUM_MISTAKES = (
    _momentum_mistake(
        "shares-swapped", _SHARES,
        "β and 1 − β have changed places. With β = 0.9 the old average should count for nine "
        "tenths, the new gradient for one.", average=lambda v, g, b: (1 - b) * v + b * g,
    ),
    _momentum_mistake(
        "sum-for-average", "Look at the weight of the gradient in v.",
        "Your v is β v + g, as PyTorch has it: the gradient lacks the factor that the lecture "
        "gives it.", average=lambda v, g, b: b * v + g,
    ),
    _momentum_mistake(
        "old-kept-whole", "Look at the weight of the old average in v.",
        "The old average stays as large as it was, and the new gradient is added to it. Which "
        "part of the old should stay?", average=lambda v, g, b: v + (1 - b) * g,
    ),
    _momentum_mistake(
        "beta-for-both", "Look at the two weights in v: do they add up to 1?",
        "β weighs both the old average and the gradient.", average=lambda v, g, b: b * (v + g),
    ),
    _momentum_mistake(
        "one-minus-beta-for-both", "Look at the two weights in v: do they add up to 1?",
        "1 − β weighs both the old average and the gradient.",
        average=lambda v, g, b: (1 - b) * (v + g),
    ),
    _momentum_mistake(
        "brackets-missing", "Look at the order in which Python works: what is multiplied by g?",
        "Without brackets only β multiplies the gradient, and the 1 stands alone.",
        average=lambda v, g, b: b * v + 1 - b * g,
    ),
    *named(
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
    *named(
        "v-downhill",
        "Your v points downhill: it should average the gradients as they are. The minus belongs to "
        "the step.",
        lambda th, v, g, a, b: (th + a * (w := b * v - (1 - b) * g), w),
        lambda th, v, g, a, b: (th - a * (w := b * v + (1 - b) * g), -w),
        look="Look at the sign of the gradient in v.",
    ),
    _momentum_mistake(
        "minus-in-v", "Look at the sign of the gradient in v.",
        "The gradient is subtracted in v: the two parts of an average are added.",
        average=lambda v, g, b: b * v - (1 - b) * g,
    ),
    _momentum_mistake(
        "nesterov", "Look at what you multiply by α: the new v itself?",
        "This step looks ahead, as Nesterov's does: after v has been updated, β and g are mixed "
        "in once more. Here the step follows v itself.",
        move=lambda theta, v, old, g, a, b: theta - a * (b * v + (1 - b) * g),
    ),
    _momentum_mistake(
        "steps-by-the-old-v", "Which v does the second formula mean?",
        "The step is taken with the v that was passed in. First comes the new v, then the step.",
        move=lambda theta, v, old, g, a, b: theta - a * old,
    ),
    _momentum_mistake(
        "steps-by-the-gradient", "Look at what you multiply by α.",
        "The step follows g alone: what was v made for?",
        move=lambda theta, v, old, g, a, b: theta - a * g,
    ),
    _momentum_mistake(
        "uphill", _DESCENT, "You walk uphill: look at the sign of the step.",
        move=lambda theta, v, old, g, a, b: theta + a * v,
    ),
    _momentum_mistake(
        "no-alpha", "Change alpha: does θ follow?", "α is missing from the step.",
        rate=lambda a: 1,
    ),
    _momentum_mistake(
        "one-minus-beta-twice", "Count how often 1 − β multiplies the gradient.",
        "v holds the factor 1 − β already; your step has it a second time.",
        move=lambda theta, v, old, g, a, b: theta - a * (1 - b) * v,
    ),
    *named(
        "bias-corrected",
        "You divide by 1 − β, as if every step were the first. There is no bias correction in "
        "this step: that is Adam's.",
        partial(_momentum, move=lambda theta, v, old, g, a, b: theta - a * v / (1 - b)),
        lambda th, v, g, a, b: (th - a * (w := _weights(v, g, b) / (1 - b)), w),
        look="Look for a division: does the lecture's momentum have one?",
    ),
    _momentum_mistake(
        "squared-gradient", "Look at the power of g in v.",
        "You average g². That is RMSprop's s: momentum averages g itself.",
        seen=lambda g, theta: g**2,
    ),
    _momentum_mistake(
        "averages-theta", "Of which quantity is v the average?",
        "You average the parameters θ. v is the average of the gradients.",
        seen=lambda g, theta: theta,
    ),
    *named(
        "averages-the-step",
        "g stands in your v with the factor α, and the step multiplies by α once more. v averages "
        "g as it is.",
        lambda th, v, g, a, b: (th - a * (w := _weights(v, a * g, b)), w),
        look="Look at what is averaged: the gradient alone?",
    ),
    Mistake(
        "alpha-and-beta-exchanged",
        lambda theta, v, g, a, b: _momentum(theta, v, g, b, a),
        "α and β have changed places: α is the length of the step, β the weight of the old "
        "average.", "Look at α and β: which of them belongs to the average?",
    ),
    _momentum_mistake(
        "divides-by-alpha",
        "A larger α should make a longer step: does it?",
        "You divide by α, so that a larger α makes a shorter step.",
        move=lambda theta, v, old, g, a, b: theta - v / a,
    ),
    _momentum_mistake(
        "sign-alone",
        "Make g ten times as large: does the step grow?",
        "Only the sign of v enters your step. In momentum its size counts, too.",
        move=lambda theta, v, old, g, a, b: theta - a * np.sign(v),
    ),
    *named(
        "one-step-for-all",
        "You add up, or average, over the parameters, so that all of them take the same step. "
        "Each should take its own.",
        partial(_momentum, move=lambda theta, v, old, g, a, b: theta - a * np.sum(v)),
        partial(_momentum, move=lambda theta, v, old, g, a, b: theta - a * np.mean(v)),
        look="Look for a sum, a mean or a product over the parameters.",
    ),
    _momentum_mistake(
        "beta-in-the-step", "Look at what multiplies v in the step.",
        "Your step multiplies v by β as well. Only α belongs there.",
        move=lambda theta, v, old, g, a, b: theta - a * b * v,
    ),
    Mistake(
        "heavy-ball", lambda th, v, g, a, b: (th - a * g - b * v, _weights(v, g, b)),
        "Your step adds a part of the old v to the gradient. In the lecture v holds g already, "
        "and the step follows the new v alone.", "Look at what your step is made of.",
    ),
    _momentum_mistake(
        "adds-the-gradient", "How often does g enter the step?",
        "The new v holds g already; your step follows v and g as well.",
        move=lambda theta, v, old, g, a, b: theta - a * v - a * g,
    ),
    _momentum_mistake(
        "one-number-for-all", "Is every number of your v the same?",
        "You take means over the parameters. Each parameter has an average of its own.",
        old=np.mean, seen=lambda g, theta: np.mean(g),
        average=lambda v, g, b: np.full(np.shape(v), 0) + _weights(v, g, b),
        keep=lambda v, old, a, b: v,
        give=lambda theta, v: (theta, np.full(theta.shape, v)),
    ),
    _momentum_mistake(
        "only-the-first", "Which entries of your results differ from what was passed in?",
        "Only the first parameter is moved. Each of them takes its own step.",
        average=lambda v, g, b: np.append(_weights(v, g, b)[:1], v[1:]),
        move=lambda theta, v, old, g, a, b: np.append((theta - a * v)[:1], theta[1:]),
    ),
    _momentum_mistake(
        "starts-anew", "Change the v that is passed in: do your results follow?",
        "The old v makes no difference: every step of yours begins again with v = 0.",
        old=lambda v: 0 * v,
    ),
    _momentum_mistake(
        "only-v-moves", "Compare the θ you return with the one passed in.",
        "θ is still where it was: v has no effect on it.",
        move=lambda theta, v, old, g, a, b: theta,
    ),
    *named(
        "returns-the-step",
        "The first of your results is the step itself. Asked for is the place that it leads to.",
        partial(_momentum, move=lambda theta, v, old, g, a, b: a * v),
        partial(_momentum, move=lambda theta, v, old, g, a, b: -a * v),
        look="Does your θ begin where the old one was?",
    ),
    _momentum_mistake(
        "v-not-returned", _OLD,
        "The v that you return is the old one: the next step would start from it.",
        keep=lambda v, old, a, b: old,
    ),
    _momentum_mistake(
        "keeps-the-step", _ALONE,
        "In place of v you return α · v, and the next step would multiply by α again.",
        keep=lambda v, old, a, b: a * v,
    ),
    _momentum_mistake(
        "order", _ORDER, "You return v first. Asked for is θ, then v.",
        give=lambda theta, v: (v, theta),
    ),
    _momentum_mistake(
        "theta-alone", _ALONE,
        "You return θ alone. The next step needs the new v as well.",
        give=lambda theta, v: theta,
    ),
)  # fmt: skip


def _momentum_stub(theta, v, g, alpha, beta):
    return theta, v


def momentum_step(function):
    """Check ``momentum_step(theta, v, g, alpha, beta)``, which returns ``theta, v``."""
    return diagnose(
        function, _momentum, _MOMENTUM_CASES, _MOMENTUM_MISTAKES, draw=_draw_momentum,
        stub=Stub(_momentum_stub, "Begin with the new v: what is mixed, and with which weights?"),
        names=("theta", "v"), atol=1e-9,
    )  # fmt: skip


def _rmsprop(
    theta, s, g, alpha, beta, epsilon, *, old=lambda s: s, seen=lambda g: g**2, rate=lambda a: a,
    average=_weights, read=lambda s, old, g, b: s, root=lambda s, e: np.sqrt(s) + e,
    small=lambda e: e, move=lambda theta, g, root, a: theta - a * g / root,
    keep=lambda s, old, e, b: s, give=lambda theta, s: (theta, s),
):  # fmt: skip
    """Take an RMSprop step in exchangeable parts: the right ones by default."""
    old, epsilon = old(s), small(epsilon)
    s = average(old, seen(g), beta)
    root = root(read(s, old, g, beta), epsilon)
    return give(move(theta, g, root, rate(alpha)), keep(s, old, epsilon, beta))


def _rmsprop_mistake(identity, look, hint, **parts):
    return Mistake(identity, partial(_rmsprop, **parts), hint, look)


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
    theta, s, g = _vectors(rng, 3)
    numbers = _share(rng), _share(rng), float(rng.integers(10, 90) / 100)
    return Case((theta, np.abs(s), g, *numbers), says="vectors drawn just now")


_EPSILON = "Try a large ε, such as 0.5: where does it stand in your formula?"
_RMSPROP_MISTAKES = (
    _rmsprop_mistake(
        "epsilon-inside-root", _EPSILON,
        "In your step ε stands inside the root, as in Keras. Here it stands outside.",
        root=lambda s, e: np.sqrt(s + e),
    ),
    *named(
        "no-epsilon",
        "ε is missing: a parameter without a gradient, whose s is 0, would give 0/0.",
        partial(_rmsprop, root=lambda s, e: np.sqrt(s)),
        look="Change epsilon: does θ follow?",
    ),
    *named(
        "epsilon-by-heart",
        "Your ε is a number of your own, whatever epsilon is passed in.",
        *(partial(_rmsprop, small=lambda e, own=own: own)
          for own in (1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3)),
        look="Change epsilon: does θ follow?",
    ),
    *named(
        "precedence",
        "Python divides first and adds ε afterwards: it shifts θ, or the step, and protects "
        "nothing.",
        partial(_rmsprop, root=lambda s, e: (np.sqrt(s), e),
                move=lambda theta, g, root, a: theta - a * g / root[0] + root[1]),
        partial(_rmsprop, root=lambda s, e: (np.sqrt(s), e),
                move=lambda theta, g, root, a: theta - a * (g / root[0] + root[1])),
        look="Look at the order in which Python works: what is divided by what?",
    ),
    *named(
        "epsilon-kept-in-s",
        "ε goes into s and stays there, so that it is added anew at every step. It belongs to the "
        "step alone.",
        lambda th, s, g, a, b, e: (th - a * g / np.sqrt(w := _weights(s, g**2, b) + e), w),
        lambda th, s, g, a, b, e: (th - a * g / (np.sqrt(w := _weights(s, g**2, b) + e) + e), w),
        lambda th, s, g, a, b, e: (th - a * g / (np.sqrt(w := _weights(s, g**2, b)) + e), w + e),
        look=_EPSILON,
    ),
    _rmsprop_mistake(
        "epsilon-subtracted", _EPSILON,
        "You subtract ε. It is there so that the denominator cannot be 0.",
        root=lambda s, e: np.sqrt(s) - e,
    ),
    _rmsprop_mistake(
        "epsilon-as-a-limit", _EPSILON,
        "You take the larger of the root and ε. In the formula ε is added, always.",
        root=lambda s, e: np.maximum(np.sqrt(s), e),
    ),
    *named(
        "epsilon-twice",
        "ε appears in two places. It should appear in one: outside the root.",
        partial(_rmsprop, root=lambda s, e: np.sqrt(s + e) + e),
        partial(_rmsprop, root=lambda s, e: np.sqrt(s + e**2) + e),
        look=_EPSILON,
    ),
    _rmsprop_mistake(
        "epsilon-squared", _EPSILON,
        "ε is squared and stands inside the root. Here it stands outside, as it is.",
        root=lambda s, e: np.sqrt(s + e**2),
    ),
    _rmsprop_mistake(
        "no-root", "A gradient twice as large should give a step of the same length: does it?",
        "You divide by s itself. Which power of s has the size of a gradient?",
        root=lambda s, e: s + e,
    ),
    *named(
        "another-power",
        "You divide by a power of s that does not have the size of a gradient.",
        partial(_rmsprop, root=lambda s, e: s**2 + e),
        partial(_rmsprop, root=lambda s, e: np.cbrt(s) + e),
        partial(_rmsprop, root=lambda s, e: s**0.25 + e),
        look="A gradient twice as large should give a step of the same length: does it?",
    ),
    _rmsprop_mistake(
        "epsilon-multiplied", _EPSILON, "You multiply by ε. It is added to the root.",
        root=lambda s, e: np.sqrt(s) * e,
    ),
    _rmsprop_mistake(
        "theta-divided", "Look at the brackets: what is divided by the root?",
        "Your brackets take in θ, so that it is divided by the root as well.",
        move=lambda theta, g, root, a: (theta - a * g) / root,
    ),
    _rmsprop_mistake(
        "upside-down", "Look at what stands above the line, and what below.",
        "The fraction stands upside down: you divide by g.",
        move=lambda theta, g, root, a: theta - a * root / g,
    ),
    _rmsprop_mistake(
        "sign-lost", "Change the sign of g: does the step change its direction?",
        "Above the line the sign of g is lost, so that your step always goes the same way.",
        move=lambda theta, g, root, a: theta - a * np.abs(g) / root,
    ),
    *named(
        "gradient-not-squared",
        "You average g, not g²: plus and minus cancel, and s may fall below 0.",
        partial(_rmsprop, seen=lambda g: g),
        partial(_rmsprop, seen=lambda g: g, root=lambda s, e: np.sqrt(np.abs(s)) + e),
        look="Look at the power of g in s.",
    ),
    _rmsprop_mistake(
        "absolute-for-square", "Look at the power of g in s.",
        "You average |g|. s is the average of g².", seen=np.abs,
    ),
    *named(
        "all-squared",
        "The square takes in the factor 1 − β as well. Only g is squared.",
        partial(_rmsprop, average=lambda s, new, b: b * s + (1 - b) ** 2 * new),
        look="Look at the brackets: what does the square reach?",
    ),
    _rmsprop_mistake(
        "shares-swapped", _SHARES,
        "β and 1 − β have changed places. With β = 0.9 the old average should count for nine "
        "tenths.", average=lambda s, new, b: (1 - b) * s + b * new,
    ),
    _rmsprop_mistake(
        "sum-for-average", "Look at the weight of g² in s.",
        "Your s is a sum that shrinks, not an average: g² lacks its factor.",
        average=lambda s, new, b: b * s + new,
    ),
    _rmsprop_mistake(
        "adagrad", "Look at the weight of the old s.",
        "You add up all g² and forget nothing: that is AdaGrad, whose steps only get smaller.",
        average=lambda s, new, b: s + new,
    ),
    _rmsprop_mistake(
        "old-kept-whole", "Look at the weight of the old s.",
        "The old s stays as large as it was, and the new part is added to it. How much of the old "
        "should stay?",
        average=lambda s, new, b: s + (1 - b) * new,
    ),
    _rmsprop_mistake(
        "brackets-missing", "Look at the order in which Python works: what is multiplied by g²?",
        "Without brackets only β multiplies g², and the 1 stands alone.",
        average=lambda s, new, b: b * s + 1 - b * new,
    ),
    _rmsprop_mistake(
        "beta-for-both", "Look at the two weights in s: do they add up to 1?",
        "β weighs both the old s and g².", average=lambda s, new, b: b * (s + new),
    ),
    _rmsprop_mistake(
        "divides-by-the-old-s", "Which s does the second formula mean?",
        "You divide by the s that was passed in; at the first step that is 0.",
        read=lambda s, old, g, b: old,
    ),
    *named(
        "sign-alone",
        "You divide by the size of g itself, so that only its sign is left, and s has no effect on "
        "the step.",
        partial(_rmsprop, read=lambda s, old, g, b: g**2),
        lambda th, s, g, a, b, e: (th - a * np.sign(g), _weights(s, g**2, b)),
        look="Change the s that is passed in: does θ follow?",
    ),
    *named(
        "one-scale-for-all",
        "One number for all parameters: you add up, or average, over them. Each parameter has an "
        "s of its own.",
        partial(_rmsprop, seen=lambda g: np.mean(g**2)),
        partial(_rmsprop, seen=lambda g: np.sum(g**2)),
        partial(_rmsprop, read=lambda s, old, g, b: np.sum(s)),
        partial(_rmsprop, read=lambda s, old, g, b: np.sum(g**2)),
        partial(_rmsprop, read=lambda s, old, g, b: np.mean(s)),
        look="Look for a sum or a mean over the parameters.",
    ),
    _rmsprop_mistake(
        "uphill", _DESCENT, "You walk uphill: look at the sign of the step.",
        move=lambda theta, g, root, a: theta + a * g / root,
    ),
    _rmsprop_mistake(
        "no-alpha", "Change alpha: does θ follow?", "α is missing from the step.", rate=lambda a: 1,
    ),
    _rmsprop_mistake(
        "no-gradient", "Change the sign of g: does the step change its direction?",
        "g is missing above the line: your step is the same whether the slope goes up or down.",
        move=lambda theta, g, root, a: theta - a / root,
    ),
    _rmsprop_mistake(
        "squared-gradient-in-the-step", "Change the sign of g: does the step change its direction?",
        "Above the line stands g²: its sign is lost, so your step always goes the same way.",
        move=lambda theta, g, root, a: theta - a * g**2 / root,
    ),
    _rmsprop_mistake(
        "multiplies", "Which parameter should take the smaller step: the steep one or the flat?",
        "You multiply by the root, so that large gradients get larger still.",
        move=lambda theta, g, root, a: theta - a * g * root,
    ),
    *named(
        "bias-corrected",
        "You divide s by 1 − β, as if every step were the first. This step has no bias "
        "correction: that is Adam's.",
        partial(_rmsprop, read=lambda s, old, g, b: s / (1 - b)),
        partial(_rmsprop, average=lambda s, new, b: _weights(s, new, b) / (1 - b)),
        look="Look for a division of s: does the formula have one?",
    ),
    *named(
        "root-kept",
        "What you return as s is its root. The next step would average g² with a root.",
        partial(_rmsprop, keep=lambda s, old, e, b: np.sqrt(s)),
        partial(_rmsprop, keep=lambda s, old, e, b: np.sqrt(s) + e),
        look="Look at what you return as s.",
    ),
    _rmsprop_mistake(
        "s-not-returned", _OLD,
        "The s that you return is the old one: the next step would start from it.",
        keep=lambda s, old, e, b: old,
    ),
    _rmsprop_mistake(
        "starts-anew", "Change the s that is passed in: do your results follow?",
        "The old s makes no difference: every step of yours begins again with s = 0.",
        old=lambda s: 0 * s,
    ),
    Mistake(
        "alpha-and-beta-exchanged",
        lambda theta, s, g, a, b, e: _rmsprop(theta, s, g, b, a, e),
        "α and β have changed places: α is the length of the step, β the weight of the old "
        "average.", "Look at α and β: which of them belongs to the average?",
    ),
    _rmsprop_mistake(
        "averages-g-in-the-step", "Look at what stands above the line.",
        "You divide s, or its root, and not the gradient.",
        move=lambda theta, g, root, a: theta - a * root,
    ),
    _rmsprop_mistake(
        "returns-the-step", "Does your θ begin where the old one was?",
        "The first of your results is the step itself. Asked for is the place that it leads to.",
        move=lambda theta, g, root, a: a * g / root,
    ),
    _rmsprop_mistake(
        "only-s-moves", "Compare the θ you return with the one passed in.",
        "θ is still where it was: the step is missing.", move=lambda theta, g, root, a: theta,
    ),
    _rmsprop_mistake(
        "order", _ORDER, "You return s first. Asked for is θ, then s.",
        give=lambda theta, s: (s, theta),
    ),
    _rmsprop_mistake(
        "theta-alone", _ALONE, "You return θ alone. The next step needs the new s as well.",
        give=lambda theta, s: theta,
    ),
)  # fmt: skip


def _rmsprop_stub(theta, s, g, alpha, beta, epsilon):
    return theta, s


def rmsprop_step(function):
    """Check ``rmsprop_step(theta, s, g, alpha, beta, epsilon)``, which returns ``theta, s``."""
    return diagnose(
        function, _rmsprop, _RMSPROP_CASES, _RMSPROP_MISTAKES, draw=_draw_rmsprop,
        stub=Stub(_rmsprop_stub, "Begin with the new s: of what is it the average?"),
        names=("theta", "s"), atol=1e-9,
    )  # fmt: skip


def _averages(v, s, g, beta1, beta2):
    return _weights(v, g, beta1), _weights(s, g**2, beta2)


def _corrected(v, s, t, beta1, beta2):
    return v / (1 - beta1**t), s / (1 - beta2**t)


def _adam(
    theta, v, s, g, t, alpha, beta1, beta2, epsilon, *, old=lambda v, s: (v, s),
    betas=lambda b1, b2: (b1, b2), averages=_averages, count=lambda t: t, hats=_corrected,
    read=lambda v, s, old, g: (v, s), root=lambda s, e: np.sqrt(s) + e, small=lambda e: e,
    rate=lambda a, t: a, move=lambda theta, v_hat, root, a, g: theta - a * v_hat / root,
    keep=lambda new, hats, old: new, give=lambda theta, v, s: (theta, v, s),
):  # fmt: skip
    """Take an Adam step in exchangeable parts: the right ones by default."""
    old, (beta1, beta2), t = old(v, s), betas(beta1, beta2), count(t)
    new = averages(*old, g, beta1, beta2)
    v_hat, s_hat = hats(*read(*new, old, g), t, beta1, beta2)
    theta = move(theta, v_hat, root(s_hat, small(epsilon)), rate(alpha, t), g)
    return give(theta, *keep(new, (v_hat, s_hat), old))


def _adam_mistake(identity, look, hint, **parts):
    return Mistake(identity, partial(_adam, **parts), hint, look)


_HYPER = (0.9, 0.999)
_ADAM_CASES = (
    Case((np.array([2.0]), np.array([-0.5]), np.array([0.5]), np.array([4.0]), 2, 0.2, 0.8, 0.95,
          0.25), says="one parameter, step 2"),
    Case((_THETA, np.zeros(3), np.zeros(3), _G, 1, 0.1, *_HYPER, 1e-8), says="the first step"),
    Case((_FIVE, _FIVE[::-1].copy(), np.abs(_FIVE[[2, 0, 4, 1, 3]]), _FIVE[[1, 3, 0, 4, 2]], 4,
          0.05, 0.6, 0.9, 0.1), says="five parameters, step 4"),
    Case((_THETA, _V, _S, _G, 10, 0.1, *_HYPER, 12.0), says="step 10, a large epsilon"),
    Case((_THETA, np.array([0.0, 1.0, -2.0]), np.array([0.0, 1.0, 4.0]),
          np.array([0.0, 2.0, -1.0]), 3, 0.1, 0.9, 0.95, 0.01),
         says="a parameter without a gradient, whose v and s are 0"),
)  # fmt: skip


def _draw_adam(rng):
    theta, v, s, g = _vectors(rng, 4)
    beta1, beta2 = _share(rng), float(rng.integers(960, 999) / 1000)
    numbers = int(rng.integers(2, 9)), _share(rng), beta1, beta2, float(rng.integers(1, 9) / 10)
    return Case((theta, v, np.abs(s), g, *numbers), says="vectors drawn just now")


_HATS = "Look at what you divide v and s by before the step."
_POWER = "Look at the power of β: what should it be at the first step?"
_BETAS = "Look at β1 and β2: which of them belongs to v, which to s?"
_ADAM_MISTAKES = (
    _adam_mistake(
        "corrected-stored-back", "Look at the averages that you return: the new ones, or others?",
        "You return the corrected averages. The next step corrects them again, and soon Adam "
        "freezes.", keep=lambda new, hats, old: hats,
    ),
    _adam_mistake(
        "corrected-v-stored-back", "Look at the v that you return.",
        "You return the corrected v, and the next step corrects it again.",
        keep=lambda new, hats, old: (hats[0], new[1]),
    ),
    _adam_mistake(
        "corrected-s-stored-back", "Look at the s that you return.",
        "You return the corrected s, and the next step corrects it again.",
        keep=lambda new, hats, old: (new[0], hats[1]),
    ),
    _adam_mistake(
        "no-correction", _HATS,
        "v and s start at 0 and are too small at first. You take the step without correcting them.",
        hats=lambda v, s, t, b1, b2: (v, s),
    ),
    _adam_mistake(
        "only-v-corrected", _HATS, "v is corrected, s is not.",
        hats=lambda v, s, t, b1, b2: (v / (1 - b1**t), s),
    ),
    _adam_mistake(
        "only-s-corrected", _HATS, "s is corrected, v is not.",
        hats=lambda v, s, t, b1, b2: (v, s / (1 - b2**t)),
    ),
    *named(
        "corrected-without-t",
        "You divide by 1 − β at every step, as if each were the first. Where does t come in?",
        partial(_adam, hats=lambda v, s, t, b1, b2: (v / (1 - b1), s / (1 - b2))),
        partial(_adam, hats=lambda v, s, t, b1, b2: (v / (1 - b1), s / (1 - b2**t))),
        partial(_adam, hats=lambda v, s, t, b1, b2: (v / (1 - b1**t), s / (1 - b2))),
        look="Look at the power of β in each of the two corrections.",
    ),
    _adam_mistake(
        "only-the-first-step", "Compare your second step with and without the correction.",
        "You correct the first step alone. Are v and s large enough at the second?",
        hats=lambda v, s, t, b1, b2: _corrected(v, s, t, b1, b2) if t == 1 else (v, s),
    ),
    _adam_mistake(
        "plus", _HATS, "You divide by 1 + βᵗ, and averages that are too small get smaller still.",
        hats=lambda v, s, t, b1, b2: (v / (1 + b1**t), s / (1 + b2**t)),
    ),
    _adam_mistake(
        "root-in-the-correction", _HATS,
        "You divide by the square roots of the corrections. v and s are divided by 1 − βᵗ itself.",
        hats=lambda v, s, t, b1, b2: (v / np.sqrt(1 - b1**t), s / np.sqrt(1 - b2**t)),
    ),
    _adam_mistake(
        "two-for-t", "Change t: does your step follow?",
        "You divide by 1 − β² at every step, as if each were the second. Where does t come in?",
        count=lambda t: 2,
    ),
    *named(
        "t-one-too-few",
        "Your power is one too small, as if t began at 0. At the first step that divides by 0.",
        partial(_adam, count=lambda t: t - 1),
        partial(_adam, count=lambda t: max(t - 1, 1)),
        lambda theta, v, s, g, t, *rest: _adam(theta, v, s, g, np.float64(t - 1), *rest),
        look=_POWER,
    ),
    _adam_mistake(
        "t-one-too-many", _POWER,
        "Your power is one too large. t is 1 at the first step already.", count=lambda t: t + 1,
    ),
    _adam_mistake(
        "times-for-power", "Look at the operator between β and t.",
        "You multiply β by t. Asked for is a power.",
        hats=lambda v, s, t, b1, b2: (v / (1 - b1 * t), s / (1 - b2 * t)),
    ),
    *named(
        "caret-for-power",
        "In Python ^ works on bits and is no power. Which operator is?",
        lambda th, v, s, g, t, a, b1, b2, e: b1 ^ t,
        look="Look at the operator between β and t.",
    ),
    _adam_mistake(
        "power-turned-round", "Look at the operator between β and t: which number is the power?",
        "You raise t to the power β. Which of the two should be the power?",
        hats=lambda v, s, t, b1, b2: (v / (1 - float(t) ** b1), s / (1 - float(t) ** b2)),
    ),
    _adam_mistake(
        "power-outside", "Look at the brackets: to which number does the power t belong?",
        "You raise all of 1 − β to the power t. Which part of 1 − βᵗ has the power?",
        hats=lambda v, s, t, b1, b2: (v / (1 - b1) ** t, s / (1 - b2) ** t),
    ),
    _adam_mistake(
        "divides-by-the-power", _HATS,
        "You divide by βᵗ, which goes to 0. The weights inside v add up to something that goes "
        "to 1.", hats=lambda v, s, t, b1, b2: (v / b1**t, s / b2**t),
    ),
    *named(
        "corrects-by-product",
        "You multiply where you should divide, and a small average gets smaller still.",
        partial(_adam, hats=lambda v, s, t, b1, b2: (v * (1 - b1**t), s * (1 - b2**t))),
        partial(_adam, hats=lambda v, s, t, b1, b2: (v * (1 - b1**t), s / (1 - b2**t))),
        partial(_adam, hats=lambda v, s, t, b1, b2: (v / (1 - b1**t), s * (1 - b2**t))),
        look="Are your corrected averages larger than the plain ones?",
    ),
    Mistake(
        "v-and-s-exchanged", lambda theta, v, s, *rest: _adam(theta, s, v, *rest),
        "v and s have changed places: v is passed in first.",
        "Which of the two averages is passed in first?",
    ),
    _adam_mistake(
        "another-power", "A gradient twice as large should give a step of the same length.",
        "You divide by a power of s that does not have the size of a gradient.",
        root=lambda s, e: s**0.25 + e,
    ),
    _adam_mistake(
        "epsilon-squared", _EPSILON,
        "ε is squared and stands inside the root. Here it stands outside, as it is.",
        root=lambda s, e: np.sqrt(s + e**2),
    ),
    _adam_mistake(
        "correction-brackets-missing",
        "Look at the order in which Python works: what is divided by what?",
        "Without brackets v is divided by 1, and βᵗ is subtracted afterwards.",
        hats=lambda v, s, t, b1, b2: (v / 1 - b1**t, s / 1 - b2**t),
    ),
    _adam_mistake(
        "correction-outside-the-root", "Is s corrected before its root is taken?",
        "You divide the root of s. The correction belongs to s itself, inside the root.",
        hats=lambda v, s, t, b1, b2: (v / (1 - b1**t), s / (1 - b2**t) ** 2),
    ),
    _adam_mistake(
        "epsilon-before-correction", _EPSILON,
        "ε joins the root of the uncorrected s, as in TensorFlow and Keras. Here it joins the root "
        "of the corrected one.",
        hats=lambda v, s, t, b1, b2: (v * np.sqrt(1 - b2**t) / (1 - b1**t), s),
    ),
    _adam_mistake(
        "betas-swapped", _BETAS,
        "β1 and β2 have changed places, in the averages and in their corrections.",
        betas=lambda b1, b2: (b2, b1),
    ),
    Mistake(
        "averages-by-exchanged-betas",
        lambda *args: _adam(*args, averages=lambda v, s, g, b1, b2: _averages(v, s, g, b2, b1)),
        "In the averages β1 and β2 have changed places; the corrections have them right.", _BETAS,
    ),
    Mistake(
        "averages-by-one-beta",
        lambda *args: _adam(*args, averages=lambda v, s, g, b1, b2: _averages(v, s, g, b1, b1)),
        "Both averages are made with β1; the corrections have a β each.", _BETAS,
    ),
    Mistake(
        "averages-by-one-beta",
        lambda *args: _adam(*args, averages=lambda v, s, g, b1, b2: _averages(v, s, g, b2, b2)),
        "Both averages are made with β2; the corrections have a β each.", _BETAS,
    ),
    _adam_mistake(
        "beta1-for-both", "Change beta2: do your results follow?",
        "β1 serves for both averages. s has a β of its own.", betas=lambda b1, b2: (b1, b1),
    ),
    _adam_mistake(
        "beta2-for-both", "Change beta1: do your results follow?",
        "β2 serves for both averages. v has a β of its own.", betas=lambda b1, b2: (b2, b2),
    ),
    _adam_mistake(
        "both-corrected-by-beta1", "Look at the β in each of the two corrections.",
        "Both averages are corrected with β1. s was averaged with another β.",
        hats=lambda v, s, t, b1, b2: _corrected(v, s, t, b1, b1),
    ),
    _adam_mistake(
        "both-corrected-by-beta2", "Look at the β in each of the two corrections.",
        "Both averages are corrected with β2. v was averaged with another β.",
        hats=lambda v, s, t, b1, b2: _corrected(v, s, t, b2, b2),
    ),
    _adam_mistake(
        "corrections-exchanged", "Look at the β in each of the two corrections.",
        "The corrections have changed places: v is divided by s's, s by v's.",
        hats=lambda v, s, t, b1, b2: _corrected(v, s, t, b2, b1),
    ),
    _adam_mistake(
        "epsilon-inside-root", _EPSILON,
        "In your step ε stands inside the root. In Adam it stands outside.",
        root=lambda s, e: np.sqrt(s + e),
    ),
    _adam_mistake(
        "no-epsilon", "Change epsilon: does θ follow?",
        "ε is missing: a parameter without a gradient, whose s is 0, would give 0/0.",
        root=lambda s, e: np.sqrt(s),
    ),
    *named(
        "epsilon-by-heart",
        "Your ε is a number of your own, whatever epsilon is passed in.",
        *(partial(_adam, small=lambda e, own=own: own) for own in (1e-8, 1e-7, 1e-6)),
        look="Change epsilon: does θ follow?",
    ),
    *named(
        "betas-by-heart",
        "β1 and β2 are numbers of your own, whatever is passed in.",
        partial(_adam, betas=lambda b1, b2: (0.9, 0.999)),
        partial(_adam, betas=lambda b1, b2: (0.9, 0.99)),
        look="Change beta1 and beta2: do your results follow?",
    ),
    *named(
        "precedence",
        "Python divides first and adds ε afterwards: it shifts the step, or θ, and protects "
        "nothing.",
        partial(_adam, root=lambda s, e: (np.sqrt(s), e),
                move=lambda theta, v_hat, root, a, g: theta - a * (v_hat / root[0] + root[1])),
        partial(_adam, root=lambda s, e: (np.sqrt(s), e),
                move=lambda theta, v_hat, root, a, g: theta - a * v_hat / root[0] + root[1]),
        look="Look at the order in which Python works: what is divided by what?",
    ),
    _adam_mistake(
        "epsilon-subtracted", _EPSILON,
        "You subtract ε. It is there so that the denominator cannot be 0.",
        root=lambda s, e: np.sqrt(s) - e,
    ),
    _adam_mistake(
        "epsilon-twice", _EPSILON,
        "ε appears in two places. It should appear in one: outside the root.",
        root=lambda s, e: np.sqrt(s + e) + e,
    ),
    _adam_mistake(
        "epsilon-as-a-limit", _EPSILON,
        "You take the larger of the root and ε. In the formula ε is added, always.",
        root=lambda s, e: np.maximum(np.sqrt(s), e),
    ),
    _adam_mistake(
        "no-root", "A gradient twice as large should give a step of the same length: does it?",
        "You divide by s itself. Which power of it has the size of a gradient?",
        root=lambda s, e: s + e,
    ),
    *named(
        "gradient-not-squared",
        "Your s averages g, not g²: plus and minus cancel, and s may fall below 0.",
        partial(_adam, averages=lambda v, s, g, b1, b2: (_weights(v, g, b1), _weights(s, g, b2))),
        partial(_adam, averages=lambda v, s, g, b1, b2: (_weights(v, g, b1), _weights(s, g, b2)),
                root=lambda s, e: np.sqrt(np.abs(s)) + e),
        look="Look at the power of g in s.",
    ),
    _adam_mistake(
        "absolute-for-square", "Look at the power of g in s.",
        "Your s averages |g|. It is the average of g².",
        averages=lambda v, s, g, b1, b2: (_weights(v, g, b1), _weights(s, np.abs(g), b2)),
    ),
    _adam_mistake(
        "both-squared", "Look at the power of g in v.",
        "Your v averages g². That is s; v averages g itself.",
        averages=lambda v, s, g, b1, b2: (_weights(v, g**2, b1), _weights(s, g**2, b2)),
    ),
    _adam_mistake(
        "all-squared", "Look at the brackets: what does the square reach?",
        "The square in s takes in the factor 1 − β2 as well. Only g is squared.",
        averages=lambda v, s, g, b1, b2: (_weights(v, g, b1), b2 * s + ((1 - b2) * g) ** 2),
    ),
    _adam_mistake(
        "square-of-v", "Of which quantity is s the average?",
        "Your s averages v², the square of an average. It averages g².",
        averages=lambda v, s, g, b1, b2: (
            w := _weights(v, g, b1), _weights(s, w**2, b2)),
    ),
    _adam_mistake(
        "square-of-the-difference", "Of which quantity is s the average?",
        "Your s averages (g − v)²: that is AdaBelief. In Adam it averages g².",
        averages=lambda v, s, g, b1, b2: (
            w := _weights(v, g, b1), _weights(s, (g - w) ** 2, b2)),
    ),
    _adam_mistake(
        "largest-s", "Can your s fall?",
        "Your s never falls: that is AMSGrad. In Adam it is an average, which may fall.",
        averages=lambda v, s, g, b1, b2: (
            _weights(v, g, b1), np.maximum(s, _weights(s, g**2, b2))),
    ),
    _adam_mistake(
        "sums-for-averages", "Look at the weights of g in v, and of g² in s.",
        "Your v and s are sums that shrink, not averages: what is new lacks its factor.",
        averages=lambda v, s, g, b1, b2: (b1 * v + g, b2 * s + g**2),
    ),
    _adam_mistake(
        "v-is-a-sum", "Look at the weight of g in v.",
        "Your v is a sum that shrinks, not an average: g lacks its factor.",
        averages=lambda v, s, g, b1, b2: (b1 * v + g, _weights(s, g**2, b2)),
    ),
    _adam_mistake(
        "s-is-a-sum", "Look at the weight of g² in s.",
        "Your s is a sum that shrinks, not an average: g² lacks its factor.",
        averages=lambda v, s, g, b1, b2: (_weights(v, g, b1), b2 * s + g**2),
    ),
    _adam_mistake(
        "nothing-forgotten", "Look at the weight of the old s.",
        "Your s adds up all g² and forgets nothing, as AdaGrad does.",
        averages=lambda v, s, g, b1, b2: (_weights(v, g, b1), s + g**2),
    ),
    _adam_mistake(
        "old-kept-whole", "Look at the weights of the old v and s.",
        "The old v and s stay as large as they were. How much of them should stay?",
        averages=lambda v, s, g, b1, b2: (v + (1 - b1) * g, s + (1 - b2) * g**2),
    ),
    _adam_mistake(
        "beta-for-both-weights", "Look at the two weights in each average: do they add up to 1?",
        "β weighs both what is old and what is new.",
        averages=lambda v, s, g, b1, b2: (b1 * (v + g), b2 * (s + g**2)),
    ),
    _adam_mistake(
        "brackets-missing", "Look at the order in which Python works: what is multiplied by g?",
        "Without brackets only β multiplies the gradient, and the 1 stands alone.",
        averages=lambda v, s, g, b1, b2: (b1 * v + 1 - b1 * g, b2 * s + 1 - b2 * g**2),
    ),
    _adam_mistake(
        "shares-swapped", "Look at the two weights in each average.",
        "β and 1 − β have changed places, in v and in s.",
        averages=lambda v, s, g, b1, b2: _averages(v, s, g, 1 - b1, 1 - b2),
    ),
    _adam_mistake(
        "v-shares-swapped", "Look at the two weights in v.",
        "In v, β1 and 1 − β1 have changed places.",
        averages=lambda v, s, g, b1, b2: _averages(v, s, g, 1 - b1, b2),
    ),
    _adam_mistake(
        "s-shares-swapped", "Look at the two weights in s.",
        "In s, β2 and 1 − β2 have changed places.",
        averages=lambda v, s, g, b1, b2: _averages(v, s, g, b1, 1 - b2),
    ),
    *named(
        "steps-by-the-gradient",
        "Above the line stands g. That is RMSprop: where is v?",
        partial(_adam, move=lambda theta, v_hat, root, a, g: theta - a * g / root),
        partial(_adam, read=lambda v, s, old, g: (g, s)),
        look="Look at what stands above the line in the step.",
    ),
    *named(
        "old-averages-used",
        "You correct the v and s that were passed in. First come the new averages, then their "
        "correction, then the step.",
        partial(_adam, read=lambda v, s, old, g: old),
        partial(_adam, read=lambda v, s, old, g: (old[0], s)),
        partial(_adam, read=lambda v, s, old, g: (v, old[1])),
        look="With which v and s do you take the step: the old ones, or the new?",
    ),
    _adam_mistake(
        "corrected-twice", _HATS,
        "The averages are corrected twice. Where is the other division?",
        hats=lambda v, s, t, b1, b2: _corrected(*_corrected(v, s, t, b1, b2), t, b1, b2),
    ),
    Mistake(
        "nesterov",
        lambda th, v, s, g, t, a, b1, b2, e: (
            _adam(th, v, s, g, t, a, b1, b2, e,
                  read=lambda v, s, old, g: (_weights(v, g, b1), s))),
        "Above the line g is mixed into v once more: that is NAdam, which looks ahead.",
        "Look at what stands above the line in the step.",
    ),
    _adam_mistake(
        "alpha-grows", "Look at what multiplies the step: α alone?",
        "α is multiplied by t in your step. Asked for is the α that is passed in.",
        rate=lambda a, t: a * t,
    ),
    *named(
        "alpha-decays",
        "α becomes smaller with t in your step. Asked for is the α that is passed in.",
        partial(_adam, rate=lambda a, t: a / t**0.5),
        partial(_adam, rate=lambda a, t: a / t),
        look="Look at what multiplies the step: α alone?",
    ),
    *named(
        "averages-not-returned",
        "An average that you return is the old one: the next step would start from it.",
        partial(_adam, keep=lambda new, hats, old: old),
        partial(_adam, keep=lambda new, hats, old: (new[0], old[1])),
        partial(_adam, keep=lambda new, hats, old: (old[0], new[1])),
        look=_OLD,
    ),
    _adam_mistake(
        "no-alpha", "Change alpha: does θ follow?", "α is missing from the step.",
        rate=lambda a, t: 1,
    ),
    _adam_mistake(
        "uphill", _DESCENT, "You walk uphill: look at the sign of the step.",
        rate=lambda a, t: -a,
    ),
    _adam_mistake(
        "starts-anew", "Change the v and s that are passed in: do your results follow?",
        "The old v and s make no difference: every step of yours begins again with zeros.",
        old=lambda v, s: (0 * v, 0 * s),
    ),
    _adam_mistake(
        "returns-the-step", "Does your θ begin where the old one was?",
        "The first of your results is the step itself. Asked for is the place that it leads to.",
        move=lambda theta, v_hat, root, a, g: a * v_hat / root,
    ),
    _adam_mistake(
        "theta-still", "Compare the θ you return with the one passed in.",
        "θ is still where it was: the step is missing.",
        move=lambda theta, v_hat, root, a, g: theta,
    ),
    *named(
        "order",
        "The results come in another order than asked for: θ, then v, then s.",
        partial(_adam, give=lambda theta, v, s: (theta, s, v)),
        partial(_adam, give=lambda theta, v, s: (v, s, theta)),
        partial(_adam, give=lambda theta, v, s: (v, theta, s)),
        look=_ORDER,
    ),
    _adam_mistake(
        "theta-alone", _ALONE, "You return θ alone. The next step needs the new v and s as well.",
        give=lambda theta, v, s: theta,
    ),
    _adam_mistake(
        "s-left-out", _ALONE, "You return θ and v. The next step needs the new s as well.",
        give=lambda theta, v, s: (theta, v),
    ),
    Mistake(
        "t-returned", lambda th, v, s, g, t, *rest: (*_adam(th, v, s, g, t, *rest), t + 1),
        "θ, v and s are right, but t comes with them as a fourth result. Whoever calls this step "
        "counts the steps itself.", _ALONE,
    ),
)  # fmt: skip


def _adam_stub(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    return theta, v, s


def adam_step(function):
    """Check ``adam_step(theta, v, s, g, t, alpha, beta1, beta2, epsilon)``: ``theta, v, s``."""
    return diagnose(
        function, _adam, _ADAM_CASES, _ADAM_MISTAKES, draw=_draw_adam,
        stub=Stub(_adam_stub, "Begin with the new v and s, as in the two steps before."),
        names=("theta", "v", "s"), atol=1e-9,
    )  # fmt: skip


def goal_a_millionth(*, alpha, beta, **_):
    """Judge the challenge: a millionth of the distance after 100 steps at kappa = 100."""
    hill = surfaces.quadratic(100.0)
    momentum = lecture.Momentum(alpha=alpha, beta=beta)
    points = lecture.path(momentum, hill.gradient, hill.start, 100).T
    share = hill.distance(points[:, -1]) / hill.distance(points[:, 0])
    if share < convergence.TARGET:
        return Verdict(True, None, f"{share:.0e} of the distance is left.".replace("e-", "e−"))
    now = f"{share:.0e}".replace("e-", "e−") if share < 1e6 else "more than a million times"
    hint = f"bring the distance below a millionth in 100 steps. Left now: {now}."
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
