"""Checks of the exercises and the challenge on initialization.

What is compared of the weights is their shape, their standard deviation and their mean. With 40 000
weights or more the right ones are met to within `_TOLERANCE` however they were drawn: that is six
standard errors of the mean, and eight of the standard deviation of normal weights.

A scheme is named only if the weights are normal or uniform, as they are in every scheme: the same
variance comes about in other ways as well.
"""

from functools import partial

import numpy as np

from course_utils import initialization as lecture
from course_utils.checks.engine.diagnosis import Case, Mistake, Stub, made_in
from course_utils.checks.engine.exercise import Exercise
from course_utils.checks.engine.running import call
from course_utils.checks.engine.showing import against
from course_utils.checks.engine.verdict import Verdict
from course_utils.experiments.initialization import measured_networks

_TOLERANCE = 0.03
_NO_SPREAD = -700.0  # the logarithm of a standard deviation of 0


def _case(n_out, n_in, seed=7):
    says = f"n_out = {n_out}, n_in = {n_in}"
    return Case((n_out, n_in, np.random.default_rng(seed)), says=says)


_WIDE = (_case(400, 100), _case(150, 270))
_CASES = (_WIDE[0], _case(6_000, 8), _WIDE[1])  # among 8 inputs one more or less can be seen


def _draw(rng):
    n_in = int(rng.integers(100, 400))
    return _case(40_000 // n_in, n_in, rng.integers(2**30))


def _stub(n_out, n_in, rng):
    W = np.zeros((n_out, n_in))
    return W


def _weights(n_out, n_in, *, variance, turned, mean):
    """Return weights of just that variance and mean, without chance."""
    shape = (n_in, n_out) if turned else (n_out, n_in)
    signs = np.resize([1.0, -1.0], n_out * n_in)
    return np.sqrt(variance(n_out, n_in)) * signs.reshape(shape) + mean(n_out, n_in)


def _he_variance(n_out, n_in):
    return 2 / n_in


def _glorot_variance(n_out, n_in):
    return 2 / (n_in + n_out)


def _zero(n_out, n_in):
    return 0.0


def _he(n_out, n_in, rng, *, variance=_he_variance, turned=False, mean=_zero):
    return _weights(n_out, n_in, variance=variance, turned=turned, mean=mean)


def _glorot(n_out, n_in, rng, *, variance=_glorot_variance, turned=False, mean=_zero):
    return _weights(n_out, n_in, variance=variance, turned=turned, mean=mean)


_ROOT = (
    "rng.normal takes a standard deviation, and a factor before standard_normal is one: what lies "
    "between the two?"
)
_UNIFORM = (
    "From −L to L, uniform numbers have the variance L²/3: most of them lie inside. Which L is "
    "yours, and which should it be?"
)
_PRINT = "Print W.var() for two widths of the layer before."
_TURNED = "W should be (n_out, n_in), one row for each unit of this layer: then W @ a fits."


_ALWAYS = (
    Mistake(
        "all-zero",
        "All weights are 0, and every unit is the twin of the others.",
        {"variance": _zero},
        look="Look at each number on the way to W: which of them is 0?",
    ),
    Mistake(
        "transposed",
        _TURNED,
        {"turned": True},
        look="Compare W.shape with (n_out, n_in) for a layer of 4 units with 3 inputs.",
    ),
)


_WHATEVER_THE_WIDTH = (
    Mistake(
        "not-scaled",
        "Your weights have variance 1 whatever the widths are. The sum z of many such terms is "
        "large: by what should each be scaled?",
        {"variance": lambda n_out, n_in: 1},
        look=_PRINT,
    ),
    Mistake(
        "fixed-scale",
        "Your weights have a standard deviation of 0.01 whatever the widths are: right for one "
        "width at most. The wider the layer before, the more terms z sums up.",
        {"variance": lambda n_out, n_in: 1e-4},
        look=_PRINT,
    ),
)
_UNIFORM_NOT_SCALED = Mistake(
    "not-scaled",
    "Your weights lie between −1 and 1 whatever the widths are. The sum z of many such terms "
    "is large: by what should each be scaled?",
    {"variance": lambda n_out, n_in: 1 / 3},
    look=_PRINT,
)


_HE = (
    "Print n_in * W.var() for a layer of 400 units with 100 inputs, and for one of 100 units with "
    "400: it should be 2 for both."
)
_HE_SCHEMES = (
    *made_in(_he, _WHATEVER_THE_WIDTH),
    Mistake(
        "n-out-for-n-in",
        "Your variance is 2/n_out. How many terms does one unit's z sum up: as many as there are "
        "units in this layer, or in the one before?",
        partial(_he, variance=lambda n_out, n_in: 2 / n_out),
        look=_HE,
    ),
    Mistake(
        "no-factor-2",
        "Your variance is 1/n_in, which suits tanh. ReLU sets half of the values to 0: what makes "
        "up for that?",
        partial(_he, variance=lambda n_out, n_in: 1 / n_in),
        look=_HE,
    ),
    Mistake(
        "glorot-for-he",
        "Your variance is 2/(n_in + n_out): Glorot's, made for tanh. He's looks at n_in alone.",
        partial(_he, variance=_glorot_variance),
        look=_HE,
    ),
    Mistake(
        "one-input-less",
        "Your variance is 2/(n_in − 1). In n[l-1] it is the layer that is one less: n_in already "
        "counts the units before.",
        partial(_he, variance=lambda n_out, n_in: 2 / (n_in - 1)),
        look="Print n_in * W.var() where there are few inputs: 8, say.",
    ),
    Mistake(
        "upside-down",
        "The more units there are before, the larger your weights get. Should they?",
        partial(_he, variance=lambda n_out, n_in: n_in / 2),
        partial(_he, variance=lambda n_out, n_in: 2 * n_in),
        partial(_he, variance=lambda n_out, n_in: n_in),
        partial(_he, variance=lambda n_out, n_in: (n_in / 2) ** 2),
        look=_HE,
    ),
)
_HE_NORMAL = (
    *_HE_SCHEMES,
    Mistake(
        "variance-for-standard-deviation",
        "Your variance is (2/n_in)², so 2/n_in is the standard deviation. " + _ROOT,
        partial(_he, variance=lambda n_out, n_in: (2 / n_in) ** 2),
        look=_HE,
    ),
    Mistake(
        "n-out-for-n-in+variance-for-standard-deviation",
        "2/n_out looks at the wrong layer, and it is your standard deviation, not your variance. "
        + _ROOT,
        partial(_he, variance=lambda n_out, n_in: (2 / n_out) ** 2),
        look=_HE,
    ),
    Mistake(
        "no-factor-2+variance-for-standard-deviation",
        "The 2 is missing, and 1/n_in is your standard deviation, not your variance. " + _ROOT,
        partial(_he, variance=lambda n_out, n_in: 1 / n_in**2),
        look=_HE,
    ),
    Mistake(
        "limit-for-standard-deviation",
        "Your variance is 6/n_in. √(6/n_in) is how far a uniform number may go; normal numbers are "
        "scaled by their standard deviation.",
        partial(_he, variance=lambda n_out, n_in: 6 / n_in),
        look=_HE,
    ),
    Mistake(
        "half-for-double",
        "Your variance is 1/(2 n_in). ReLU takes half of the mean square away: should the weights "
        "take another half, or bring twice as much?",
        partial(_he, variance=lambda n_out, n_in: 1 / (2 * n_in)),
        look=_HE,
    ),
    Mistake(
        "root-of-half",
        "Your standard deviation is √2/n_in. The root should cover the whole fraction 2/n_in.",
        partial(_he, variance=lambda n_out, n_in: 2 / n_in**2),
        look=_HE,
    ),
    Mistake(
        "root-of-half",
        "Your standard deviation is 2/√n_in: a 2 stands outside of the root, or comes in twice.",
        partial(_he, variance=lambda n_out, n_in: 4 / n_in),
        look=_HE,
    ),
    Mistake(
        "deviation-as-mean",
        "Your weights have the mean √(2/n_in) and the standard deviation 1. What comes first in "
        "rng.normal, or is added to random numbers, is a mean.",
        partial(_he, variance=lambda n_out, n_in: 1, mean=lambda n_out, n_in: np.sqrt(2 / n_in)),
        look="Print W.mean() and W.std().",
    ),
)
_HE_UNIFORM = (
    *_HE_SCHEMES,
    *made_in(_he, (_UNIFORM_NOT_SCALED,)),
    Mistake(
        "limit-too-narrow",
        "√(2/n_in) is your limit, not your standard deviation. " + _UNIFORM,
        partial(_he, variance=lambda n_out, n_in: 2 / (3 * n_in)),
        look=_HE,
    ),
    Mistake(
        "limit-too-narrow",
        "√(2/n_in) is the length of your whole interval, not your standard deviation. " + _UNIFORM,
        partial(_he, variance=lambda n_out, n_in: 1 / (6 * n_in)),
        look=_HE,
    ),
    Mistake(
        "limit-without-root",
        "Your limit is a fraction that has lost its root: variances are squares. " + _UNIFORM,
        partial(_he, variance=lambda n_out, n_in: 12 / n_in**2),
        partial(_he, variance=lambda n_out, n_in: 4 / (3 * n_in**2)),
        partial(_he, variance=lambda n_out, n_in: 3 / n_in**2),
        look=_HE,
    ),
    Mistake(
        "limit-doubled",
        "Your limit is twice as far from 0 as it should be: is it the whole interval, from one end "
        "to the other?",
        partial(_he, variance=lambda n_out, n_in: 8 / n_in),
        look=_HE,
    ),
    Mistake(
        "limit-halved",
        "Your limit is half as far from 0 as it should be.",
        partial(_he, variance=lambda n_out, n_in: 1 / (2 * n_in)),
        look=_HE,
    ),
)

_GLOROT = (
    "Print (n_in + n_out) * W.var() for a layer of 400 units with 100 inputs, and for one of 100 "
    "units with 400: it should be 2 for both."
)
_GLOROT_SCHEMES = (
    *made_in(_glorot, _WHATEVER_THE_WIDTH),
    Mistake(
        "he-for-glorot",
        "Your variance is 2/n_in: He's, made for ReLU. Glorot thought of tanh, and of both passes: "
        "forward would like 1/n_in, backward 1/n_out.",
        partial(_glorot, variance=_he_variance),
        look=_GLOROT,
    ),
    Mistake(
        "he-for-glorot",
        "Your variance is 2/n_out: He's for the backward pass. Glorot thought of tanh, and of both "
        "passes.",
        partial(_glorot, variance=lambda n_out, n_in: 2 / n_out),
        look=_GLOROT,
    ),
    Mistake(
        "xavier-for-glorot",
        "Your variance is 1/n_in, the lecture's Xavier: what the forward pass would like. Here the "
        "backward pass has a say, too.",
        partial(_glorot, variance=lambda n_out, n_in: 1 / n_in),
        look=_GLOROT,
    ),
    Mistake(
        "backward-alone",
        "Your variance is 1/n_out, what the backward pass would like. The forward pass has a say, "
        "too.",
        partial(_glorot, variance=lambda n_out, n_in: 1 / n_out),
        look=_GLOROT,
    ),
    Mistake(
        "mean-of-variances",
        "Your variance is the mean of 1/n_in and 1/n_out. Glorot takes one over the mean of the "
        "widths.",
        partial(_glorot, variance=lambda n_out, n_in: (1 / n_in + 1 / n_out) / 2),
        look=_GLOROT,
    ),
    Mistake(
        "sum-of-variances",
        "Your variance is 1/n_in + 1/n_out. Glorot takes one over the mean of the widths.",
        partial(_glorot, variance=lambda n_out, n_in: 1 / n_in + 1 / n_out),
        look=_GLOROT,
    ),
    Mistake(
        "sum-of-variances",
        "Your variance is 2/n_in + 2/n_out. Glorot takes one over the mean of the widths.",
        partial(_glorot, variance=lambda n_out, n_in: 2 / n_in + 2 / n_out),
        look=_GLOROT,
    ),
    Mistake(
        "geometric-mean",
        "Your variance is one over the geometric mean of the widths, the root of their product. "
        "Glorot takes half of their sum.",
        partial(_glorot, variance=lambda n_out, n_in: (n_in * n_out) ** -0.5),
        look=_GLOROT,
    ),
    Mistake(
        "product-of-widths",
        "You divide by the product of the widths. Divide by their sum.",
        partial(_glorot, variance=lambda n_out, n_in: 2 / (n_in * n_out)),
        look=_GLOROT,
    ),
    Mistake(
        "brackets-missing",
        "Python divides before it adds: 2 / n_in + n_out, say, is more than n_out. What do you "
        "have to put round the sum?",
        partial(_glorot, variance=lambda n_out, n_in: 2 / n_in + n_out),
        partial(_glorot, variance=lambda n_out, n_in: 2 / n_out + n_in),
        partial(_glorot, variance=lambda n_out, n_in: 6 / n_in + n_out),
        partial(_glorot, variance=lambda n_out, n_in: (6 / n_in + n_out) / 3),
        partial(_glorot, variance=lambda n_out, n_in: (6 / n_out + n_in) / 3),
        look=_GLOROT,
    ),
    Mistake(
        "gain",
        "Your weights are 5/3 as large as Glorot's: libraries offer this gain for tanh. His rule "
        "has none.",
        partial(_glorot, variance=lambda n_out, n_in: 50 / 9 / (n_in + n_out)),
        look=_GLOROT,
    ),
    Mistake(
        "gain",
        "Your weights are 4 times as large as Glorot's: some tutorials do that for the sigmoid. "
        "His rule for tanh has no such factor.",
        partial(_glorot, variance=lambda n_out, n_in: 32 / (n_in + n_out)),
        look=_GLOROT,
    ),
    Mistake(
        "upside-down",
        "The more units there are, the larger your weights get. Should they?",
        partial(_glorot, variance=lambda n_out, n_in: (n_in + n_out) / 2),
        partial(_glorot, variance=lambda n_out, n_in: 2 * (n_in + n_out)),
        partial(_glorot, variance=lambda n_out, n_in: n_in + n_out),
        look=_GLOROT,
    ),
)
_GLOROT_NORMAL = (
    *_GLOROT_SCHEMES,
    Mistake(
        "sum-for-mean",
        "Your variance is 1/(n_in + n_out), half of what is asked for: you divide by the sum of "
        "the widths, not by their mean.",
        partial(_glorot, variance=lambda n_out, n_in: 1 / (n_in + n_out)),
        look=_GLOROT,
    ),
    Mistake(
        "variance-for-standard-deviation",
        "2/(n_in + n_out) is your standard deviation, not your variance. " + _ROOT,
        partial(_glorot, variance=lambda n_out, n_in: (2 / (n_in + n_out)) ** 2),
        look=_GLOROT,
    ),
    Mistake(
        "limit-for-standard-deviation",
        "Your variance is 6/(n_in + n_out). The root of that is how far a uniform number may go; "
        "normal numbers are scaled by their standard deviation.",
        partial(_glorot, variance=lambda n_out, n_in: 6 / (n_in + n_out)),
        look=_GLOROT,
    ),
    Mistake(
        "root-of-half",
        "Your standard deviation is √2/(n_in + n_out). The root should cover the whole fraction "
        "2/(n_in + n_out).",
        partial(_glorot, variance=lambda n_out, n_in: 2 / (n_in + n_out) ** 2),
        look=_GLOROT,
    ),
    Mistake(
        "root-of-half",
        "Your standard deviation is 2/√(n_in + n_out): a 2 stands outside of the root, or comes in "
        "twice.",
        partial(_glorot, variance=lambda n_out, n_in: 4 / (n_in + n_out)),
        look=_GLOROT,
    ),
    Mistake(
        "deviation-as-mean",
        "Your weights have a mean above 0 and the standard deviation 1. What comes first in "
        "rng.normal, or is added to random numbers, is a mean.",
        partial(
            _glorot,
            variance=lambda n_out, n_in: 1,
            mean=lambda n_out, n_in: np.sqrt(2 / (n_in + n_out)),
        ),
        look="Print W.mean() and W.std().",
    ),
)
_GLOROT_UNIFORM = (
    *_GLOROT_SCHEMES,
    *made_in(_glorot, (_UNIFORM_NOT_SCALED,)),
    Mistake(
        "limit-too-narrow",
        "The square of your limit is 3/(n_in + n_out), and your variance is half of what is asked "
        "for. " + _UNIFORM,
        partial(_glorot, variance=lambda n_out, n_in: 1 / (n_in + n_out)),
        look=_GLOROT,
    ),
    Mistake(
        "limit-too-narrow",
        "√(2/(n_in + n_out)) is your limit, not your standard deviation. " + _UNIFORM,
        partial(_glorot, variance=lambda n_out, n_in: 2 / (3 * (n_in + n_out))),
        look=_GLOROT,
    ),
    Mistake(
        "limit-too-narrow",
        "√(2/(n_in + n_out)) is the length of your whole interval, not your standard deviation. "
        + _UNIFORM,
        partial(_glorot, variance=lambda n_out, n_in: 1 / (6 * (n_in + n_out))),
        look=_GLOROT,
    ),
    Mistake(
        "limit-without-root",
        "Your limit is a fraction that has lost its root: variances are squares. " + _UNIFORM,
        partial(_glorot, variance=lambda n_out, n_in: 12 / (n_in + n_out) ** 2),
        partial(_glorot, variance=lambda n_out, n_in: 4 / (3 * (n_in + n_out) ** 2)),
        look=_GLOROT,
    ),
    Mistake(
        "limit-doubled",
        "Your limit is twice as far from 0 as it should be: is it the whole interval, from one end "
        "to the other?",
        partial(_glorot, variance=lambda n_out, n_in: 8 / (n_in + n_out)),
        look=_GLOROT,
    ),
    Mistake(
        "limit-halved",
        "Your limit is half as far from 0 as it should be.",
        partial(_glorot, variance=lambda n_out, n_in: 1 / (2 * (n_in + n_out))),
        look=_GLOROT,
    ),
)


def _by_kind(always, normal, uniform):
    """Return what tells mistakes in a scheme: those of normal weights, or of uniform ones."""
    by_kind = {"normal": normal, "uniform": uniform}

    def told(exercise, function, verdict):
        if verdict.passed:
            return _not_from_rng(function) or _twins(function) or verdict
        if verdict.mistake not in _UNNAMED:
            return verdict
        kind = _kind(_drawn(function, *_CASES[0].args[:2], np.random.default_rng(7)))
        named = exercise.compared(function, (*always, *by_kind.get(kind, ())))
        if named.mistake not in _UNNAMED or verdict.mistake != "wrong-numbers":
            return named
        described = (_describe(function, exercise.right, case) for case in _CASES)
        return next(filter(None, described), verdict)

    return told


_UNNAMED = ("wrong-numbers", "wrong-shape", "stubs-numbers")


@np.errstate(all="ignore")
def _kind(W):
    """Return whether the weights are "normal" or "uniform"; empty if they are something else."""
    z = W - W.mean()
    kurtosis = np.mean(z**4) / max(np.mean(z**2) ** 2, 1e-300)
    if abs(kurtosis - 3) < 0.25:
        return "normal"
    return "uniform" if abs(kurtosis - 1.8) < 0.1 else ""


@np.errstate(all="ignore")  # NaN and infinity are told by `diagnose`
def _spread(weights):
    """Return the shape as zeros of it, the logarithm of the standard deviation, and the mean."""
    W = np.asarray(weights, dtype=np.float64)
    deviation, mean = W.std(), W.mean()
    if deviation <= 1e-12 * abs(mean):  # all equal, but for rounding
        return np.zeros(W.shape), _NO_SPREAD, np.sign(mean)
    return np.zeros(W.shape), np.log(deviation), mean / deviation


def _again(function, seed=7, case=_CASES[0]):
    """Return the weights of one more call; NaN if there are none of that shape."""
    shape = case.args[:2]
    W = _drawn(function, *shape, np.random.default_rng(seed))
    return W if W.shape == shape else np.full(shape, np.nan)


def _drawn(function, n_out, n_in, rng):
    outcome = call(lambda: np.asarray(function(n_out, n_in, rng), dtype=np.float64))
    return np.array(np.nan) if outcome.value is None else outcome.value


def _twins(function):
    """Say so if some units, or some inputs, have weights of one and the same direction."""
    for case in _WIDE:
        W = _again(function, case=case)
        if told := _alike(W, "units", "twins") or _alike(W.T, "inputs", "inputs-alike"):
            return told
    return None


def _alike(rows, what, identity):
    """Say so if some rows hold one number only, or are multiples of each other."""
    same = (rows == rows[:, :1]).all(axis=1)
    if same.any():
        zero = "" if rows[same].any() else ", all of them 0"
        has = "has" if same.sum() == 1 else "have"
        return Verdict(
            False,
            f"one-number-for-{what}",
            f"Of the {len(rows)} {what}, {same.sum()} {has} equal weights throughout{zero}. Each "
            f"weight should be drawn by itself.",
            f"Compare the weights of one of the {what} with each other: the first, the last.",
        )
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    pairs = np.argwhere(np.triu(np.abs(unit @ unit.T), 1) > 0.999)
    if not len(pairs):
        return None
    return Verdict(
        False,
        identity,
        f"Number {pairs[0, 0]} and number {pairs[0, 1]} of the {what} have the same weights, or "
        f"multiples of them, and would stay alike. Each weight should be drawn by itself.",
        f"Compare the weights of several {what}: are any the same?",
    )


def _not_from_rng(function):
    """Say so if the weights do not come from the `rng` that was passed in."""
    a, b, c = (_again(function, seed) for seed in (1, 1, 2))
    if not np.array_equal(a, b):
        return Verdict(
            False,
            "not-from-rng",
            "The variance is right, but two generators of one seed gave different weights: nobody "
            "could repeat your training. Draw from the rng that is passed in, and from nothing "
            "else.",
            "Call your function twice, with two generators of one seed.",
        )
    if np.array_equal(a, c):
        return Verdict(
            False,
            "same-every-time",
            "The variance is right, but two different generators gave the very same weights: all "
            "layers of one shape would start alike. Draw from the rng that is passed in.",
            "Call your function twice, with generators of two seeds.",
        )
    return None


def _describe(function, right, case):
    """Describe weights that no known mistake explains; None if this case is right."""
    W, (n_out, n_in) = _again(function, case=case), case.args[:2]
    tried = f" The case: {case.says}."
    _, size, mean = _spread(W)
    if size == _NO_SPREAD:
        hint = "All weights are the same number, so all units are twins. Each weight should be "
        look = "Look at how many numbers you draw, and at their standard deviation."
        return Verdict(False, "all-equal", f"{hint}drawn by itself.{tried}", look)
    if twins := _twins(function):
        return twins
    if not np.isfinite(size):
        return None
    if abs(mean) > _TOLERANCE:
        ends = f"The weights have mean {W.mean():.3g}, and lie from {W.min():.3g} to {W.max():.3g}"
        hint = f"{ends}: they should lie as far below 0 as above.{tried}"
        return Verdict(False, "mean-not-0", hint, "Print W.mean().")
    asked = right(n_out, n_in, None).var()
    if abs(size - np.log(asked) / 2) <= _TOLERANCE:
        return None
    times = f"Yours is {W.var() / asked:.3g} times that."
    hint = f"The variance is {W.var():.3g}; the task asks for {asked:.3g}. {times}{tried}"
    return Verdict(False, "wrong-variance", hint, "Print W.var(), and work out what it should be.")


_STUB = Stub(_stub, "Every unit is still the twin of the others: where do the numbers come from?")
he = Exercise(
    "``he(n_out, n_in, rng)``: weights of mean 0 and variance 2 / n_in",
    right=_he,
    cases=_CASES,
    draw=_draw,
    stub=_STUB,
    measure=_spread,
    rtol=0,
    atol=_TOLERANCE,
    after=(_by_kind(made_in(_he, _ALWAYS), _HE_NORMAL, _HE_UNIFORM),),
)


glorot = Exercise(
    "``glorot(n_out, n_in, rng)``: weights of mean 0 and variance 2 / (n_in + n_out)",
    right=_glorot,
    cases=_CASES,
    draw=_draw,
    stub=_STUB,
    measure=_spread,
    rtol=0,
    atol=_TOLERANCE,
    after=(_by_kind(made_in(_glorot, _ALWAYS), _GLOROT_NORMAL, _GLOROT_UNIFORM),),
)


def goal_alive(*, factor, activation, width, **_):
    """Judge the challenge: the picture's thick lines of all 50 layers lie between 0.1 and 10."""
    asked = "keep the medians of a and of da between 0.1 and 10 in all 50 layers, at width 256"
    if width != 256:
        return Verdict(False, "width", f"{asked}. Now the width is {width}.")
    measured, name = measured_networks(lecture.xavier, width, activation, factor), activation.name
    for what, deviations in (("a", measured.forward), ("da", measured.backward)):
        median = np.median(deviations, axis=0)
        layer = int(np.abs(np.log(np.maximum(median, 1e-99))).argmax())
        if not 0.1 <= median[layer] <= 10:
            side = "small" if median[layer] < 0.1 else "large"
            size = against(median[layer], 0.1 if side == "small" else 10, ".1g")
            size = size if np.isfinite(median[layer]) else "beyond float32"
            return Verdict(
                False,
                f"{what}-too-{side}",
                f"{asked}. Now that of {what} is {size} in layer {layer + 1}, with {name}.",
            )
    return Verdict(
        True,
        None,
        f"all 50 layers are alive at variance {factor:g}/n with {name}. How far down and up does "
        "that hold?",
    )
