"""Checks of the exercises and the challenge on initialization.

What is compared of the weights is their shape, their standard deviation and their mean. With
30 000 weights and more the right ones are met to within `_TOLERANCE` however they were drawn: that
is seven standard errors of the mean, and nine of the standard deviation of normal weights.
"""

from functools import lru_cache

import numpy as np

from course_utils import activations
from course_utils import initialization as lecture
from course_utils.checks.diagnosis import Case, Mistake, diagnose
from course_utils.checks.running import call, one_wait
from course_utils.checks.verdict import Verdict

_TOLERANCE = 0.04
_NO_SPREAD = -700.0  # the logarithm of a standard deviation of 0
_SHAPES = ((300, 100), (150, 400))
_CASES = tuple(
    Case((n_out, n_in, np.random.default_rng(7)), says=f"n_out = {n_out}, n_in = {n_in}")
    for n_out, n_in in _SHAPES
)


def _scheme(variance, *, turned=False):
    """Return a scheme without chance: weights of just that variance and of mean 0."""

    def weights(n_out, n_in, rng):
        shape = (n_in, n_out) if turned else (n_out, n_in)
        signs = np.resize([1.0, -1.0], n_out * n_in)
        return np.sqrt(variance(n_out, n_in)) * signs.reshape(shape)

    return weights


def _mistake(id, hint, *variances, turned=False):
    """Return one mistake that comes in several variances."""
    return [Mistake(id, _scheme(variance, turned=turned), hint) for variance in variances]


_ALWAYS = (
    *_mistake(
        "still-the-stub",
        "This is the stub as it came: all weights 0, and every unit the twin of the others. Draw "
        "normal numbers from rng first, then scale them.",
        lambda n_out, n_in: 0,
    ),
    *_mistake(
        "not-scaled",
        "The weights have variance 1, whatever the widths are. The sum z of many such terms is "
        "large: by what should each be scaled?",
        lambda n_out, n_in: 1,
    ),
    *_mistake(
        "fixed-scale",
        "0.01 whatever the widths are: right for no width but one. The wider the layer before, the "
        "more terms z sums up.",
        lambda n_out, n_in: 1e-4,
    ),
)
_HE_MISTAKES = (
    *_ALWAYS,
    *_mistake(
        "variance-for-standard-deviation",
        "2/n_in is the variance asked for. rng.normal takes a standard deviation, and so does a "
        "factor before standard_normal: what lies between the two?",
        lambda n_out, n_in: (2 / n_in) ** 2,
    ),
    *_mistake(
        "n-out-for-n-in",
        "You divide by n_out. How many terms does one unit's z sum up: as many as there are units "
        "in this layer, or in the one before?",
        lambda n_out, n_in: 2 / n_out,
        lambda n_out, n_in: (2 / n_out) ** 2,
    ),
    *_mistake(
        "no-factor-2",
        "Variance 1/n_in is for tanh. ReLU sets half of the values to 0: what makes up for that?",
        lambda n_out, n_in: 1 / n_in,
    ),
    *_mistake(
        "glorot-for-he",
        "That is Glorot's variance, 2/(n_in + n_out), made for tanh. He's looks at n_in alone.",
        lambda n_out, n_in: 2 / (n_in + n_out),
    ),
    *_mistake(
        "uniform-too-narrow",
        "From −s to s, a uniform number has not the standard deviation s, but s/√3: most of the "
        "numbers lie inside. Widen it, or draw normal numbers.",
        lambda n_out, n_in: 2 / (3 * n_in),
    ),
    *_mistake(
        "limit-for-standard-deviation",
        "√(6/n_in) is how far a *uniform* number may go. As the standard deviation of a normal "
        "one it is too large by √3.",
        lambda n_out, n_in: 6 / n_in,
    ),
    *_mistake(
        "upside-down",
        "The more units there are before, the larger your weights get. Should they?",
        lambda n_out, n_in: n_in / 2,
        lambda n_out, n_in: 2 * n_in,
        lambda n_out, n_in: n_in,
        lambda n_out, n_in: (n_in / 2) ** 2,
    ),
    *_mistake(
        "root-of-half",
        "The root should cover the whole fraction 2/n_in: yours covers only a part of it.",
        lambda n_out, n_in: 2 / n_in**2,
        lambda n_out, n_in: 4 / n_in,
    ),
    *_mistake(
        "transposed",
        "One row a unit of this layer: W is (n_out, n_in), so that W @ a fits. Yours is turned.",
        lambda n_out, n_in: 2 / n_in,
        lambda n_out, n_in: 2 / n_out,
        turned=True,
    ),
)
_GLOROT_MISTAKES = (
    *_ALWAYS,
    *_mistake(
        "he-for-glorot",
        "Variance 2/n_in is He's, made for ReLU. Glorot thought of tanh, and of both passes: "
        "forward would like 1/n_in, backward 1/n_out.",
        lambda n_out, n_in: 2 / n_in,
        lambda n_out, n_in: 2 / n_out,
    ),
    *_mistake(
        "xavier-for-glorot",
        "Variance 1/n_in is the lecture's Xavier: what the forward pass would like. Here the "
        "backward pass, which would like 1/n_out, has a say too.",
        lambda n_out, n_in: 1 / n_in,
    ),
    *_mistake(
        "backward-alone",
        "Variance 1/n_out is what the backward pass would like. The forward pass has a say too.",
        lambda n_out, n_in: 1 / n_out,
    ),
    *_mistake(
        "sum-for-mean",
        "1/(n_in + n_out) divides by the sum of the two widths. Divide by their mean.",
        lambda n_out, n_in: 1 / (n_in + n_out),
    ),
    *_mistake(
        "mean-of-variances",
        "You took the mean of 1/n_in and 1/n_out. Glorot takes one over the mean of the widths.",
        lambda n_out, n_in: (1 / n_in + 1 / n_out) / 2,
    ),
    *_mistake(
        "variance-for-standard-deviation",
        "2/(n_in + n_out) is the variance asked for. rng.normal takes a standard deviation, and so "
        "does a factor before standard_normal: what lies between the two?",
        lambda n_out, n_in: (2 / (n_in + n_out)) ** 2,
    ),
    *_mistake(
        "uniform-too-narrow",
        "From −s to s, a uniform number has not the standard deviation s, but s/√3: most of the "
        "numbers lie inside. Widen it, or draw normal numbers.",
        lambda n_out, n_in: 2 / (3 * (n_in + n_out)),
    ),
    *_mistake(
        "limit-for-standard-deviation",
        "√(6/(n_in + n_out)) is how far a *uniform* number may go. As the standard deviation of a "
        "normal one it is too large by √3.",
        lambda n_out, n_in: 6 / (n_in + n_out),
    ),
    *_mistake(
        "upside-down",
        "The more units there are, the larger your weights get. Should they?",
        lambda n_out, n_in: (n_in + n_out) / 2,
        lambda n_out, n_in: 2 * (n_in + n_out),
        lambda n_out, n_in: n_in + n_out,
    ),
    *_mistake(
        "root-of-half",
        "The root should cover the whole fraction 2/(n_in + n_out): yours covers only a part.",
        lambda n_out, n_in: 2 / (n_in + n_out) ** 2,
        lambda n_out, n_in: 4 / (n_in + n_out),
    ),
    *_mistake(
        "transposed",
        "One row a unit of this layer: W is (n_out, n_in), so that W @ a fits. Yours is turned.",
        lambda n_out, n_in: 2 / (n_in + n_out),
        turned=True,
    ),
)


def he(function):
    """Check ``he(n_out, n_in, rng)``: weights of mean 0 and variance 2 / n_in."""
    return _check(function, lambda n_out, n_in: 2 / n_in, _HE_MISTAKES)


def glorot(function):
    """Check ``glorot(n_out, n_in, rng)``: weights of mean 0 and variance 2 / (n_in + n_out)."""
    return _check(function, lambda n_out, n_in: 2 / (n_in + n_out), _GLOROT_MISTAKES)


@one_wait()
def _check(function, variance, mistakes):
    right = _scheme(variance)
    verdict = diagnose(function, right, _CASES, mistakes, measure=_spread, rtol=0, atol=_TOLERANCE)
    if verdict.passed:
        return _twins(function) or _not_from_rng(function) or verdict
    if verdict.mistake == "wrong-numbers":
        told = (_describe(function, variance, case) for case in _CASES)
        return next(filter(None, told), verdict)
    return verdict


@np.errstate(all="ignore")  # NaN and infinity are told by `diagnose`
def _spread(weights):
    """Return the shape as zeros of it, the logarithm of the standard deviation, and the mean."""
    W = np.asarray(weights, dtype=np.float64)
    deviation, mean = W.std(), W.mean()
    if deviation <= 1e-12 * abs(mean):  # all equal, but for rounding
        return np.zeros(W.shape), _NO_SPREAD, np.sign(mean)
    return np.zeros(W.shape), np.log(deviation), mean / deviation


def _again(function, seed=7, case=_CASES[0]):
    outcome = call(function, *case.args[:2], np.random.default_rng(seed))
    return np.asarray(outcome.value, dtype=np.float64)


def _twins(function):
    """Say so if all units of a layer start alike, or all weights of a unit."""
    W = _again(function)
    if (W[0] == W).all():
        return Verdict(
            False, "twins",
            "Every row is the same: all units are twins, as with zeros. Draw n_out · n_in numbers, "
            "not n_in.",
        )  # fmt: skip
    if (W[:, :1] == W).all():
        return Verdict(
            False, "one-number-a-unit",
            "Each unit has one number for all its inputs. Draw n_out · n_in numbers, not n_out.",
        )  # fmt: skip
    return None


def _not_from_rng(function):
    """Say so if the weights do not come from the `rng` that was passed in."""
    a, b, c = (_again(function, seed) for seed in (1, 1, 2))
    if not np.array_equal(a, b):
        return Verdict(
            False, "not-from-rng",
            "The variance is right, but two generators with the same seed gave different weights: "
            "nobody could repeat your training. Draw from `rng` alone, not from np.random.",
        )  # fmt: skip
    if np.array_equal(a, c):
        return Verdict(
            False, "same-every-time",
            "The variance is right, but two different generators gave the very same weights: all "
            "layers of one shape would start alike. Draw from the `rng` that is passed in.",
        )  # fmt: skip
    return None


def _describe(function, variance, case):
    """Describe weights that no known mistake explains; None if this case is right."""
    W, (n_out, n_in) = _again(function, case=case), case.args[:2]
    tried = f" The case: {case.says}."
    _, size, mean = _spread(W)
    if size == _NO_SPREAD:
        return Verdict(False, "all-equal", "All weights are the same number, so all units are "
                       f"twins. Draw one number for each weight.{tried}")  # fmt: skip
    if twins := _twins(function):
        return twins
    if abs(mean) > _TOLERANCE:
        return Verdict(
            False, "mean-not-0",
            f"The weights have mean {W.mean():.3g}, and lie from {W.min():.3g} to {W.max():.3g}: "
            f"they should lie as far below 0 as above.{tried}",
        )  # fmt: skip
    asked = variance(n_out, n_in)
    if abs(size - np.log(asked) / 2) <= _TOLERANCE:
        return None
    return Verdict(
        False, "wrong-variance",
        f"The variance is {W.var():.3g}, that is {n_in * W.var():.3g} / n_in; asked for is "
        f"{asked:.3g}.{tried}",
    )  # fmt: skip


def goal_alive(*, factor, activation, width, **_):
    """Judge the challenge: activations and gradients of all 50 layers between 0.1 and 10."""
    asked = "keep a and da of all 50 layers between 0.1 and 10, at width 256"
    if width != 256:
        return Verdict(False, "width", f"{asked}. Now the width is {width}.")
    a, da = _deviations(factor, activation)
    name = activation.name
    for what, spread in (("a", a), ("da", da)):
        layer = int(np.abs(np.log(np.maximum(spread, 1e-99))).argmax())
        if not 0.1 <= spread[layer] <= 10:
            side = "small" if spread[layer] < 0.1 else "large"
            size = f"{spread[layer]:.1g}" if np.isfinite(spread[layer]) else "beyond float32"
            return Verdict(
                False, f"{what}-too-{side}",
                f"{asked}. Now {what} has a standard deviation of {size} in layer "
                f"{layer + 1}, with {name}.",
            )  # fmt: skip
    other = "tanh" if activation is activations.relu else "ReLU"
    return Verdict(True, None, f"all 50 layers are alive at variance {factor:g}/n with {name}. "
                   f"Which factors do it with {other}?")  # fmt: skip


@lru_cache(maxsize=400)
def _deviations(factor, activation):
    """Return the standard deviations of a and of da, layer by layer, in one network."""
    weights, x, da = _network()
    root, g, slope = np.float32(np.sqrt(factor)), activation.function, activation.derivative
    steeper = activations.Activation(
        activation.name, lambda z: g(root * z), lambda a: root * slope(a)
    )
    with np.errstate(all="ignore"):
        layers = lecture.forward(weights, x, steeper)
        gradients = lecture.backward(weights, layers, da, steeper)
        return tuple(np.array([p.std(dtype=np.float64) for p in g]) for g in (layers, gradients))


@lru_cache(maxsize=1)
def _network(width=256):
    rng = np.random.default_rng(0)
    x, da = rng.standard_normal((2, width, 4), np.float32)
    return [lecture.xavier(width, width, rng).astype(np.float32) for _ in range(50)], x, da
