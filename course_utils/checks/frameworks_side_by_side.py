"""Checks of the exercises and the challenge about frameworks."""

from functools import partial

import numpy as np

from course_utils.checks.engine.diagnosis import Case, Mistake, Stub
from course_utils.checks.engine.exercise import Exercise
from course_utils.checks.engine.verdict import Verdict


def _rate(alpha, beta):
    return alpha * (1 - beta)


def _decay(alpha, beta, lambda_, m):
    return lambda_ / m


def _settings(
    alpha,
    beta,
    lambda_,
    m,
    *,
    lr=_rate,
    momentum=lambda beta: beta,
    decay=_decay,
    order=lambda *settings: settings,
):
    """Find PyTorch's settings in exchangeable parts: the right ones by default."""
    return order(lr(alpha, beta), momentum(beta), decay(alpha, beta, lambda_, m))


def _settings_stub(alpha, beta, lambda_, m):
    lr, momentum, weight_decay = 0.0, 0.0, 0.0
    return lr, momentum, weight_decay


_SETTINGS_CASES = (
    Case((0.1, 0.9, 0.7, 50), says="α = 0.1, β = 0.9, λ = 0.7, m = 50"),
    Case((0.02, 0.6, 0.3, 1000), says="α = 0.02, β = 0.6, λ = 0.3, m = 1000"),
    Case((0.3, 0.95, 12.0, 8), says="α = 0.3, β = 0.95, λ = 12, m = 8"),
    Case((0.1, 0.0, 0.0, 8), says="no momentum, no L2"),
)


def _draw_settings(rng):
    alpha, beta = round(rng.uniform(0.01, 0.9), 2), round(rng.uniform(0.1, 0.98), 2)
    lambda_, m = round(rng.uniform(0.1, 9), 1), int(rng.integers(2, 600))
    return Case((alpha, beta, lambda_, m), says="numbers drawn just now")


_LOOK_LR = "Write out the first step of both, with v = 0 before it: how far does each go?"
_LOOK_OLD = "Look at momentum: which factor does each of the two velocities give to the old v?"
_LOOK_DECAY = "Take the derivative of λ/(2m) ‖W‖²: what is added to the gradient of J?"
_LOOK_ORDER = "Compare the order in which you return them with lr, momentum, weight_decay."
_OTHER_ORDER = "A setting stands in another's place: the order is lr, momentum, weight_decay."
_SETTINGS_MISTAKES = (
    Mistake(
        "alpha-as-it-is",
        "lr is α as it is. PyTorch's velocity adds up whole gradients, ours a share of each. What "
        "makes up for it?",
        partial(_settings, lr=lambda a, b: a),
        look=_LOOK_LR,
    ),
    Mistake(
        "alpha-divided",
        "You divide α by 1 − β. PyTorch's velocity adds up whole gradients, ours a share of each: "
        "should lr be larger than α?",
        partial(_settings, lr=lambda a, b: a / (1 - b)),
        look=_LOOK_LR,
    ),
    Mistake(
        "alpha-times-beta",
        "You multiply α by β. By which factor is the gradient multiplied in our average?",
        partial(_settings, lr=lambda a, b: a * b),
        look=_LOOK_LR,
    ),
    Mistake(
        "alpha-larger",
        "Your lr is larger than α. PyTorch's velocity adds up whole gradients, ours a share of "
        "each: which of them needs the larger lr?",
        partial(_settings, lr=lambda a, b: a * (1 + b)),
        look=_LOOK_LR,
    ),
    Mistake(
        "whole-window",
        "You divide α by 1/(1 − β) cut to a whole number. Nothing asks for whole numbers here.",
        partial(_settings, lr=lambda a, b: a / int(1 / (1 - b))),
        look=_LOOK_LR,
    ),
    Mistake(
        "whole-window",
        "You divide α by 1/(1 − β) rounded to a whole number. Nothing asks for whole numbers here.",
        partial(_settings, lr=lambda a, b: a / round(1 / (1 - b) + 1e-9)),
        look=_LOOK_LR,
    ),
    Mistake(
        "fixed-beta",
        "lr is right for β = 0.9 alone. Take the β that is passed.",
        partial(_settings, lr=lambda a, b: 0.1 * a),
        look=_LOOK_LR,
    ),
    Mistake(
        "beta-taken-off",
        "You subtract β from α. lr should be a fraction of α: mind the brackets.",
        partial(_settings, lr=lambda a, b: a - b),
        look=_LOOK_LR,
    ),
    Mistake(
        "only-the-share",
        "lr is 1 − β: α is not in it.",
        partial(_settings, lr=lambda a, b: 1 - b),
        look=_LOOK_LR,
    ),
    *(
        Mistake(
            "power-of-the-share",
            "Your lr has a wrong power of 1 − β. How many factors 1 − β does our velocity have "
            "that PyTorch's does not?",
            partial(_settings, lr=lr),
            look=_LOOK_LR,
        )
        for lr in (
            lambda a, b: a * (1 - b) ** 2,
            lambda a, b: a * np.sqrt(1 - b),
        )
    ),
    Mistake(
        "power-of-the-share",
        "Your lr has 1 − β² where it should have 1 − β: why a square?",
        partial(_settings, lr=lambda a, b: a * (1 - b**2)),
        look=_LOOK_LR,
    ),
    Mistake(
        "momentum-turned-round",
        "Your momentum is 1 − β. In PyTorch's SGD, as in ours, it multiplies the old velocity; "
        "only in its batch norm does it multiply the new value.",
        partial(_settings, momentum=lambda b: 1 - b),
        look=_LOOK_OLD,
    ),
    Mistake(
        "no-momentum",
        "Your momentum is 0: the old velocity is forgotten in every step.",
        partial(_settings, momentum=lambda b: 0.0),
        look=_LOOK_OLD,
    ),
    Mistake(
        "fixed-momentum",
        "Your momentum is 0.9 whatever β is.",
        partial(_settings, momentum=lambda b: 0.9),
        look=_LOOK_OLD,
    ),
    Mistake(
        "power-of-beta",
        "Your momentum is a power of β. It should be β itself, which multiplies the old velocity.",
        partial(_settings, momentum=lambda b: b**2),
        look=_LOOK_OLD,
    ),
    Mistake(
        "power-of-beta",
        "Your momentum is a power of β. It should be β itself, which multiplies the old velocity.",
        partial(_settings, momentum=np.sqrt),
        look=_LOOK_OLD,
    ),
    Mistake(
        "momentum-divided",
        "You divide β by 1 − β. Both velocities multiply the old one by the same factor.",
        partial(_settings, momentum=lambda b: b / (1 - b)),
        look=_LOOK_OLD,
    ),
    Mistake(
        "window-for-momentum",
        "Your momentum is 1/(1 − β), the number of steps that the average reaches back. What "
        "multiplies the old velocity in both?",
        partial(_settings, momentum=lambda b: 1 / (1 - b)),
        look=_LOOK_OLD,
    ),
    Mistake(
        "fixed-numbers",
        "lr and momentum are right for β = 0.9 alone. Take the β that is passed.",
        partial(_settings, lr=lambda a, b: 0.1 * a, momentum=lambda b: 0.9),
        look=_LOOK_OLD,
    ),
    Mistake(
        "decay-not-divided",
        "weight_decay is λ as it is. Our L2 term is λ/(2m) ‖W‖²: look at the m.",
        partial(_settings, decay=lambda a, b, r, m: r),
        look=_LOOK_DECAY,
    ),
    Mistake(
        "decay-halved",
        "weight_decay is the factor in the cost. It is added to the gradient: what does the "
        "derivative of a square do to the ½?",
        partial(_settings, decay=lambda a, b, r, m: r / (2 * m)),
        look=_LOOK_DECAY,
    ),
    Mistake(
        "decay-doubled",
        "weight_decay is twice what it should be. The cost has λ/(2m): does its derivative have a "
        "2 left?",
        partial(_settings, decay=lambda a, b, r, m: 2 * r / m),
        look=_LOOK_DECAY,
    ),
    Mistake(
        "decay-brackets",
        "You multiply by m: Python goes from left to right, so that λ / 2 * m is half of λ m. Mind "
        "the brackets.",
        partial(_settings, decay=lambda a, b, r, m: r / 2 * m),
        look=_LOOK_DECAY,
    ),
    Mistake(
        "decay-times-m",
        "You multiply λ by m. Look at where the m stands.",
        partial(_settings, decay=lambda a, b, r, m: r * m),
        look=_LOOK_DECAY,
    ),
    Mistake(
        "decay-rounded",
        "Your weight_decay is cut to a whole number, and the decimals are lost.",
        partial(_settings, decay=lambda a, b, r, m: r // m),
        look=_LOOK_DECAY,
    ),
    Mistake(
        "decay-upside-down",
        "Your weight_decay is upside down: m stands above λ.",
        partial(_settings, decay=lambda a, b, r, m: m / r if r else 0.0),
        look=_LOOK_DECAY,
    ),
    Mistake(
        "decay-times-alpha",
        "α is in your weight_decay. PyTorch adds the decay to the gradient before it multiplies by "
        "the learning rate: α comes by itself.",
        partial(_settings, decay=lambda a, b, r, m: a * r / m),
        look=_LOOK_DECAY,
    ),
    Mistake(
        "decay-times-alpha",
        "A learning rate is in your weight_decay. PyTorch adds the decay to the gradient before it "
        "multiplies by lr: that comes by itself.",
        partial(_settings, decay=lambda a, b, r, m: a * (1 - b) * r / m),
        look=_LOOK_DECAY,
    ),
    Mistake(
        "decay-of-a-step",
        "Your weight_decay is the factor by which a step of plain descent multiplies W. PyTorch "
        "works it out itself: what does it add to the gradient?",
        partial(_settings, decay=lambda a, b, r, m: 1 - a * r / m),
        look=_LOOK_DECAY,
    ),
    *(
        Mistake(
            "decay-with-beta",
            "β is in your weight_decay. The decay is added to the gradient before the velocity is "
            "made, as in our formula: what β does to the gradient it does to the decay, too.",
            partial(_settings, decay=decay),
            look=_LOOK_DECAY,
        )
        for decay in (
            lambda a, b, r, m: (1 - b) * r / m,
            lambda a, b, r, m: r / m / (1 - b),
            lambda a, b, r, m: b * r / m,
        )
    ),
    Mistake(
        "decay-missing",
        "weight_decay is 0: the L2 term is not in it.",
        partial(_settings, decay=lambda a, b, r, m: 0.0),
        look=_LOOK_DECAY,
    ),
    Mistake(
        "decay-negative",
        "Your weight_decay is below zero: the weights would grow. Look at the signs.",
        partial(_settings, decay=lambda a, b, r, m: -r / m),
        look=_LOOK_DECAY,
    ),
    Mistake(
        "decay-without-lambda",
        "λ is not in your weight_decay.",
        partial(_settings, decay=lambda a, b, r, m: 1 / m),
        look=_LOOK_DECAY,
    ),
    *(
        Mistake(
            "decay-fixed-m",
            "Your weight_decay holds for one m alone. Take the m that is passed.",
            partial(_settings, decay=lambda a, b, r, m, k=k: r / k),
            look=_LOOK_DECAY,
        )
        for k in (64, 32, 50, 100, 128, 256, 1000)
    ),
    *(
        Mistake(
            "other-order",
            _OTHER_ORDER,
            partial(_settings, order=lambda *all, turn=turn: tuple(all[k] for k in turn)),
            look=_LOOK_ORDER,
        )
        for turn in ((1, 0, 2), (0, 2, 1), (2, 1, 0), (1, 2, 0), (2, 0, 1))
    ),
)


pytorch_settings = Exercise(
    "``pytorch_settings(alpha, beta, lambda_, m)``: (lr, momentum, weight_decay)",
    right=_settings,
    cases=_SETTINGS_CASES,
    mistakes=_SETTINGS_MISTAKES,
    draw=_draw_settings,
    stub=Stub(
        _settings_stub, "A learning rate of 0 goes nowhere: begin with the first step, from v = 0."
    ),
    names=("lr", "momentum", "weight_decay"),
)


def _unbiased(variance, m):
    return variance * m / (m - 1)


def _running(
    old,
    variance,
    m,
    momentum,
    *,
    correct=_unbiased,
    of_old=lambda k: 1 - k,
    of_new=lambda k: k,
    after=lambda new, m: new,
):
    """Average in exchangeable parts: the right ones by default."""
    return after(of_old(momentum) * old + of_new(momentum) * correct(variance, m), m)


def _running_stub(old, variance, m, momentum):
    new = old
    return new


def _case(old, variance, m, momentum, says):
    return Case((np.array(old), np.array(variance), m, momentum), says=says)


_RUNNING_CASES = (
    _case([1.0, 2.0, 0.5], [4.0, 0.25, 3.0], 5, 0.1, "three units, m = 5, momentum 0.1"),
    _case([1.0, 3.0], [2.0, 6.0], 2, 0.25, "two units, m = 2, momentum 0.25"),
    _case([2.0, 0.3, 1.5, 4.0], [9.0, 1.0, 0.2, 5.0], 64, 0.4, "four units, m = 64, momentum 0.4"),
    _case([1.5, 0.7], [3.0, 2.0], 32, 0.9, "two units, m = 32, momentum 0.9"),
)


def _draw_running(rng):
    units = rng.integers(2, 5)
    old, variance = (rng.uniform(0.5, 9, units).round(2) for _ in range(2))
    m, momentum = int(rng.integers(2, 40)), float(rng.choice([0.1, 0.2, 0.3, 0.6]))
    return Case((old, variance, m, momentum), says="variances drawn just now")


_LOOK_UNBIASED = "Try m = 4: the unbiased variance is a third larger than the other. Is yours?"
_LOOK_SHARES = "Let old and the unbiased variance be the same: does your average stay there?"
_LOOK_MOMENTUM = "Let momentum be 0, then 1: what should come out, and what does?"
_MORE_OF_M = (
    "Your correction depends on m in another way. It should lead from a sum divided by m to the "
    "same sum divided by m − 1."
)
_RUNNING_MISTAKES = (
    Mistake(
        "biased",
        "You take the variance as it is passed. PyTorch takes the unbiased one, divided by m − 1 "
        "and not by m.",
        partial(_running, correct=lambda v, m: v),
        look=_LOOK_UNBIASED,
    ),
    Mistake(
        "keeps-momentum",
        "You multiply the old average by momentum. In PyTorch's batch norm momentum is the weight "
        "of the new value.",
        partial(_running, of_old=lambda k: k, of_new=lambda k: 1 - k),
        look=_LOOK_MOMENTUM,
    ),
    Mistake(
        "our-convention",
        "That is the lecture's average. PyTorch's differs twice: momentum is the weight of the new "
        "value, and the variance is unbiased.",
        lambda old, variance, m, k: k * old + (1 - k) * variance,
        look=_LOOK_MOMENTUM,
    ),
    *(
        Mistake(
            "own-momentum",
            "Your two weights are the same whatever momentum is.",
            partial(_running, of_old=lambda k, own=own: 1 - own, of_new=lambda k, own=own: own),
            look=_LOOK_MOMENTUM,
        )
        for own in (0.1, 0.5, 0.9, 0.01)
    ),
    Mistake(
        "corrected-twice",
        "You correct the old average. It is unbiased already.",
        partial(_running, correct=lambda v, m: v, after=_unbiased),
        look=_LOOK_SHARES,
    ),
    Mistake(
        "only-the-old-corrected",
        "The old average is corrected, the new variance is not. Which of the two was divided by m?",
        lambda old, variance, m, k: (1 - k) * _unbiased(old, m) + k * variance,
        look=_LOOK_UNBIASED,
    ),
    Mistake(
        "old-and-new-exchanged",
        "Your average takes the variance of this mini-batch for the old average, and the old "
        "average for the new variance.",
        lambda old, variance, m, k: (1 - k) * variance + k * _unbiased(old, m),
        look="Look at which of the two weights old is multiplied by, and which the variance.",
    ),
    Mistake(
        "corrected-squared",
        "You correct twice.",
        partial(_running, correct=lambda v, m: v * (m / (m - 1)) ** 2),
        look=_LOOK_UNBIASED,
    ),
    Mistake(
        "corrected-the-wrong-way",
        "Your correction is upside down. Unbiased is larger: it divides by less.",
        partial(_running, correct=lambda v, m: v * (m - 1) / m),
        look=_LOOK_UNBIASED,
    ),
    Mistake(
        "not-multiplied",
        "You divide by m − 1 what was divided by m already. What has to be undone first?",
        partial(_running, correct=lambda v, m: v / (m - 1)),
        look=_LOOK_UNBIASED,
    ),
    Mistake(
        "not-divided",
        "You multiply by m, and do not divide.",
        partial(_running, correct=lambda v, m: v * m),
        look=_LOOK_UNBIASED,
    ),
    Mistake(
        "divided-by-m-again",
        "You divide by m what was divided by m already.",
        partial(_running, correct=lambda v, m: v / m),
        look=_LOOK_UNBIASED,
    ),
    Mistake(
        "times-m-minus-1",
        "You multiply by m − 1 where you should divide by it.",
        partial(_running, correct=lambda v, m: v * (m - 1)),
        look=_LOOK_UNBIASED,
    ),
    *(
        Mistake(
            "other-correction",
            _MORE_OF_M,
            partial(_running, correct=correct),
            look=_LOOK_UNBIASED,
        )
        for correct in (
            lambda v, m: v * m / (m + 1),
            lambda v, m: v * (m + 1) / m,
            lambda v, m: v * m / (m - 2) if m > 2 else v * m,
            lambda v, m: v * (m - 1) / (m - 2) if m > 2 else v,
        )
    ),
    Mistake(
        "root-of-correction",
        "You take the root of the correction. That belongs to a standard deviation; these are "
        "variances.",
        partial(_running, correct=lambda v, m: v * np.sqrt(m / (m - 1))),
        look=_LOOK_UNBIASED,
    ),
    Mistake(
        "rounded-correction",
        "m / (m − 1) is cut to a whole number, which is 1 for every m above 2.",
        partial(_running, correct=lambda v, m: v * (m // (m - 1))),
        look=_LOOK_UNBIASED,
    ),
    *(
        Mistake(
            "fixed-m",
            "Your correction holds for one m alone. Take the m that is passed.",
            partial(_running, correct=lambda v, m, k=k: v * k / (k - 1)),
            look=_LOOK_UNBIASED,
        )
        for k in (64, 32, 5, 100, 128)
    ),
    *(
        Mistake(
            "only-small-m",
            "You correct only if m is small. The text asks for it at every m.",
            partial(_running, correct=lambda v, m, k=k: _unbiased(v, m) if m < k else v),
            look="Compare your results for a small and for a large m.",
        )
        for k in (30, 50, 10)
    ),
    Mistake(
        "momentum-inside",
        "momentum is in your correction. It depends on m alone.",
        lambda old, variance, m, k: (1 - k) * old + k * variance * m / (m - k),
        look=_LOOK_UNBIASED,
    ),
    Mistake(
        "precedence",
        "Python multiplies and divides before it subtracts: m / m - 1 means (m / m) − 1. Mind the "
        "brackets around m − 1.",
        lambda old, variance, m, k: (1 - k) * old + k * variance * m / m - 1,
        lambda old, variance, m, k: (1 - k) * old + k * (variance * m / m - 1),
        look="Look at the order in which Python divides and subtracts.",
    ),
    Mistake(
        "precedence",
        "Python multiplies before it subtracts: 1 - momentum * old means 1 − (momentum · old). "
        "Mind the brackets around 1 − momentum.",
        lambda old, variance, m, k: 1 - k * old + k * _unbiased(variance, m),
        lambda old, variance, m, k: 1 - k * old + k * variance,
        look="Look at the order in which Python multiplies and subtracts.",
    ),
    Mistake(
        "root-taken",
        "You take a root at the end. PyTorch keeps variances, not standard deviations.",
        partial(_running, after=lambda new, m: np.sqrt(new)),
        look=_LOOK_SHARES,
    ),
    Mistake(
        "squared",
        "You square the variance. It is a mean of squares already.",
        partial(_running, correct=lambda v, m: v**2 * m / (m - 1)),
        partial(_running, correct=lambda v, m: v**2),
        look="Look at what is passed in: is it a standard deviation or a variance?",
    ),
    Mistake(
        "only-the-new",
        "That is this mini-batch alone. Where is the old average?",
        partial(_running, of_old=lambda k: 0.0, of_new=lambda k: 1.0),
        look=_LOOK_MOMENTUM,
    ),
    Mistake(
        "shares-not-1",
        "The new variance has the weight 1: the two weights should add up to 1.",
        partial(_running, of_new=lambda k: 1.0),
        look=_LOOK_SHARES,
    ),
    Mistake(
        "shares-not-1",
        "The old average has the weight 1: the two weights should add up to 1.",
        partial(_running, of_old=lambda k: 1.0),
        look=_LOOK_SHARES,
    ),
    Mistake(
        "shares-not-1",
        "The old average has the weight momentum: the two weights should add up to 1.",
        partial(_running, of_old=lambda k: k),
        look=_LOOK_SHARES,
    ),
    Mistake(
        "shares-not-1",
        "The new variance has the weight 1 − momentum: the two weights should add up to 1.",
        partial(_running, of_new=lambda k: 1 - k),
        look=_LOOK_SHARES,
    ),
    Mistake(
        "new-vanishes",
        "The new variance makes no difference: its factor is 0. Is a bracket missing around m − 1, "
        "or the weight?",
        partial(_running, of_new=lambda k: 0.0),
        look="Double the variance that is passed in: does your average change?",
    ),
    Mistake(
        "shares-not-1",
        "Both have the weight 1: the two weights should add up to 1.",
        partial(_running, of_old=lambda k: 1.0, of_new=lambda k: 1.0),
        look=_LOOK_SHARES,
    ),
    Mistake(
        "minus",
        "You subtract the new variance.",
        partial(_running, of_new=lambda k: -k),
        look=_LOOK_SHARES,
    ),
    Mistake(
        "spreads-averaged",
        "You average standard deviations and square the average. PyTorch averages the variances.",
        lambda old, variance, m, k: ((1 - k) * old**0.5 + k * _unbiased(variance, m) ** 0.5) ** 2,
        look="Look at what you average: variances, or their roots?",
    ),
    Mistake(
        "two-values",
        "You return two things. Only the new average should be returned.",
        lambda *a: (a[0], _running(*a)),
        lambda *a: (_running(*a), a[0]),
        look="Look at what comes after return.",
    ),
    Mistake(
        "one-number",
        "All units get one and the same number. Each has its own.",
        lambda *a: np.mean(_running(*a)),
        lambda *a: np.mean(_running(*a)) + 0 * a[0],
        look="Compare the shape of your answer with that of old.",
    ),
)


running_variance = Exercise(
    "``running_variance(old, variance, m, momentum)``: PyTorch's new average",
    right=_running,
    cases=_RUNNING_CASES,
    mistakes=_RUNNING_MISTAKES,
    draw=_draw_running,
    stub=Stub(
        _running_stub,
        "The average never moves: begin with the unbiased variance of the mini-batch.",
    ),
)


def goal_another_first(chosen, *, ease, speed, wait, openness):
    """Judge the challenge: weights, none of them 0, under which another framework comes first."""
    names, parts = chosen(ease, speed, wait, openness)
    _, equal = chosen(1, 1, 1, 1)
    first, usual = (names[int(np.argmax(each.sum(axis=0)))] for each in (parts, equal))
    if min(ease, speed, wait, openness) == 0:
        hint = f"no weight may be 0: all four count. Now {_leading(names, parts.sum(axis=0))}."
        return Verdict(False, "a-zero", hint)
    if first != usual:
        return Verdict(True, None, f"now {first} comes first. Would you choose it?")
    return Verdict(False, "not-yet", f"with these weights {first} comes first, as with equal ones.")


def _leading(names, points):
    """Say who leads: one framework, several that are level, or nobody."""
    leaders = [
        name for name, one in zip(names, points, strict=True) if 0 < one > max(points) - 1e-9
    ]
    return f"{' and '.join(leaders) or 'nobody'} {'lead' if len(leaders) > 1 else 'leads'}"
