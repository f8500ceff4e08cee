"""Checks of the exercises and the challenge about learning rate decay."""

from functools import partial

import numpy as np

from course_utils import learning_rate_decay as lecture
from course_utils.checks.engine.diagnosis import Case, Mistake, Stub
from course_utils.checks.engine.exercise import Exercise
from course_utils.checks.engine.showing import against
from course_utils.checks.engine.verdict import Verdict


def _inverse_case(alpha0, rate, epoch):
    return Case((alpha0, rate, epoch), says=f"alpha0 = {alpha0}, rate = {rate}, epoch = {epoch}")


_INVERSE_CASES = tuple(
    _inverse_case(*numbers)
    for numbers in (
        (0.2, 1.0, 0),
        (0.2, 1.0, 3),
        (0.5, 0.25, 10),
        (0.1, 2.0, 1),
        (0.3, 0.7, 4),
        (0.0002, 0.3, 57),
    )
)


def _draw_inverse(rng):
    alpha0, rate = rng.integers(5, 95) / 100, rng.integers(5, 295) / 100
    return _inverse_case(float(alpha0), float(rate), int(rng.integers(2, 40)))


def _inverse(
    alpha0,
    decay_rate,
    epoch,
    *,
    start=lambda a: a,
    rate=lambda r: r,
    counted=lambda n: n,
    below=lambda r, n: 1 + r * n,
    made=lambda a, d: a / d,
):
    """Return inverse-time decay in exchangeable parts: the right ones by default."""
    denominator = below(rate(decay_rate), counted(epoch))
    return made(start(alpha0), np.float64(denominator))


def _all_epochs(alpha0, rate, epoch):
    return [alpha0 / (1 + rate * k) for k in range(epoch + 1)]


_AT_EPOCH_0 = "Put in alpha0 = 0.2, decay_rate = 0.5 and epoch = 0: what should come out?"
_INVERSE_MISTAKES = (
    Mistake(
        "counts-from-1",
        "Your epoch 0 is treated as if it were epoch 1. From which number are epochs counted here?",
        partial(_inverse, counted=lambda n: n + 1),
        look=_AT_EPOCH_0,
    ),
    Mistake(
        "one-epoch-late",
        "Your epoch number is one too small. The first epoch is 0, so how many epochs lie behind "
        "epoch 1?",
        partial(_inverse, counted=lambda n: n - 1),
        partial(_inverse, counted=lambda n: max(n - 1, 0)),
        lambda a, r, n: a / (1 + r * (n - 1)),
        look="Put in epoch = 1: is α smaller than alpha0 already?",
    ),
    Mistake(
        "forgot-the-1",
        "In your formula rate · epoch stands alone. What has to be added so that epoch 0 keeps α₀?",
        partial(_inverse, below=lambda r, n: r * n),
        lambda a, r, n: a / (r * n) if n else a,
        lambda a, r, n: a / (r * n),
        look="Put in decay_rate = 1 and epoch = 1: what should come out?",
    ),
    Mistake(
        "multiplied",
        "You multiply by what α₀ should be divided by.",
        partial(_inverse, made=lambda a, d: a * d),
        look="Put in decay_rate = 1 and epoch = 1: is α smaller than alpha0?",
    ),
    Mistake(
        "upside-down",
        "The fraction stands upside down: you divide by α₀, and what should be below stands above.",
        partial(_inverse, made=lambda a, d: d / a),
        look=_AT_EPOCH_0,
    ),
    Mistake(
        "brackets-missing",
        "Python divides first and adds afterwards, so only a part of your denominator is divided "
        "by. How do you tell it what belongs together?",
        lambda a, r, n: a / 1 + r * n,
        lambda a, r, n: 1 / 1 + r * n * a,
        lambda a, r, n: a * 1 / 1 + r * n,
        lambda a, r, n: a / (1 + r) + n,
        look="Look at the order in which Python works: what is divided by what?",
    ),
    Mistake(
        "denominator-alone",
        "What you return is 1 + rate · epoch. If you divide something by it, which brackets does "
        "Python need? And where is α₀?",
        lambda a, r, n: 1 + r * n,
        look=_AT_EPOCH_0,
    ),
    Mistake(
        "rate-for-all",
        "The rate, or the epoch, multiplies the 1 as well. Only the product of the two is added "
        "to the 1.",
        partial(_inverse, below=lambda r, n: r * (1 + n)),
        partial(_inverse, below=lambda r, n: (1 + r) * n),
        lambda a, r, n: a / ((1 + r) * n) if n else a,
        look="Look at the brackets: what is multiplied by what?",
    ),
    Mistake(
        "epoch-outside",
        "Your brackets end before the epoch, so that α is multiplied by it, and epoch 0 gets 0.",
        lambda a, r, n: a / (1 + r) * n,
        look="Look at the brackets: what belongs to the denominator?",
    ),
    Mistake(
        "divided-by-the-epoch",
        "You divide the rate by the epoch, so that it counts for less as the epochs pass.",
        partial(_inverse, below=lambda r, n: 1 + r / n if n else 1),
        look="Look at how rate and epoch come together.",
    ),
    Mistake(
        "sum-for-product",
        "You add the rate and the epoch. In epoch 0 the rate should make no difference at all.",
        lambda a, r, n: a / (1 + r + n),
        lambda a, r, n: a / (r + n),
        look="Look at the denominator: how do rate and epoch come together?",
    ),
    Mistake(
        "rate-above",
        "The rate stands above the line, where only α₀ belongs.",
        lambda a, r, n: a * r / (1 + r * n),
        lambda a, r, n: a * r / (1 + n),
        look=_AT_EPOCH_0,
    ),
    Mistake(
        "minus",
        "There is a minus before your rate · epoch. The product should be added.",
        partial(_inverse, below=lambda r, n: 1 - r * n),
        lambda a, r, n: a / (1 - r * n) if 1 - r * n else 0.0,
        look="Look at the signs: does your sum grow from epoch to epoch?",
    ),
    Mistake(
        "rate-forgotten",
        "The decay rate makes no difference to your α. What should it multiply?",
        partial(_inverse, rate=lambda r: 1),
        look="Change decay_rate: does your α follow?",
    ),
    Mistake(
        "whole-rate",
        "Your rate has lost its decimals: 0.25 counts as 0.",
        partial(_inverse, rate=int),
        look="Try a decay_rate of 0.25.",
    ),
    Mistake(
        "rate-in-percent",
        "You divide the rate by 100. It is no percent: with a rate of 1, epoch 1 has half of α₀.",
        partial(_inverse, rate=lambda r: r / 100),
        look="Put in decay_rate = 1 and epoch = 1: what should come out?",
    ),
    Mistake(
        "rate-squared",
        "The rate is multiplied twice. It should multiply the epoch once.",
        partial(_inverse, rate=lambda r: r**2),
        look="Look at how often the rate is multiplied.",
    ),
    Mistake(
        "epoch-squared",
        "The epoch is squared. It should be multiplied by the rate once.",
        partial(_inverse, counted=lambda n: n**2),
        look="Look at how often the epoch is multiplied.",
    ),
    Mistake(
        "divided-by-the-rate",
        "You divide by the rate, so that a larger one counts for less.",
        partial(_inverse, rate=lambda r: 1 / r),
        look="A larger decay_rate should make α fall faster: does it?",
    ),
    Mistake(
        "epoch-forgotten",
        "The epoch makes no difference: your α is the same in every epoch.",
        partial(_inverse, counted=lambda n: 1),
        look="Change the epoch: does your α follow?",
    ),
    Mistake(
        "power-for-product",
        "There is a power of rate and epoch in your formula. The rate multiplies the epoch: how is "
        "a product written?",
        partial(_inverse, below=lambda r, n: 1 + r**n),
        partial(_inverse, below=lambda r, n: 1 + n**r),
        look="Look at the operator between rate and epoch.",
    ),
    Mistake(
        "alpha0-forgotten",
        "alpha0 makes no difference to your α. What should epoch 0 have?",
        partial(_inverse, start=lambda a: 1),
        look="Change alpha0: does your α follow?",
    ),
    Mistake(
        "alpha0-inside",
        "α₀ stands in the denominator, and so changes how fast α falls. What should decide that "
        "alone?",
        lambda a, r, n: a / (1 + a * r * n),
        lambda a, r, n: a / (a + r * n),
        lambda a, r, n: 1 / (1 + r * n * a),
        look="Look for alpha0: in how many places does it stand?",
    ),
    Mistake(
        "arguments-exchanged",
        "alpha0 and decay_rate have changed places in your formula.",
        lambda a, r, n: r / (1 + a * n),
        look=_AT_EPOCH_0,
    ),
    Mistake(
        "exponential",
        "Each of your epochs divides, or multiplies, by the same number once more. That makes an "
        "exponential, another curve than inverse-time decay.",
        partial(_inverse, below=lambda r, n: (1 + r) ** n),
        partial(_inverse, below=lambda r, n: np.exp(r * n)),
        partial(_inverse, below=lambda r, n: 10 ** (r * n)),
        partial(_inverse, below=lambda r, n: 2 ** (r * n)),
        partial(_inverse, made=lambda a, d: a * 0.95 ** (d - 1)),
        lambda a, r, n: a * r**n,
        lambda a, r, n: a * 0.95**n,
        lambda a, r, n: a * (1 - r) ** n,
        look="Look at how α falls from one epoch to the next: by the same factor each time?",
    ),
    Mistake(
        "linear",
        "Your α falls along a straight line. Inverse-time decay is steep at first and then ever "
        "slower, and it never reaches 0.",
        lambda a, r, n: a * (1 - r * n),
        lambda a, r, n: max(a * (1 - r * n), 0.0),
        lambda a, r, n: a - r * n,
        lambda a, r, n: max(a - r * n, 0.0),
        look="Draw your α over the epochs: is it a curve?",
    ),
    Mistake(
        "compounded",
        "You divide again what was already divided in the epochs before. Each epoch starts from "
        "α₀.",
        lambda a, r, n: a / np.prod([1 + r * k for k in range(n + 1)]),
        lambda a, r, n: a / np.prod([1 + r * k for k in range(n)]),
        look="Compute epoch 2 by hand and compare.",
    ),
    Mistake(
        "root",
        "There is a square root in your formula that inverse-time decay does not have.",
        partial(_inverse, below=lambda r, n: np.sqrt(1 + r * n)),
        partial(_inverse, below=lambda r, n: 1 + r * np.sqrt(n)),
        partial(_inverse, below=lambda r, n: 1 + np.sqrt(r * n)),
        partial(_inverse, below=lambda r, n: np.sqrt(n + 1)),
        lambda a, r, n: r * a / np.sqrt(n) if n else a,
        lambda a, r, n: r * a / np.sqrt(n),
        lambda a, r, n: a / np.sqrt(n) if n else a,
        lambda a, r, n: a / np.sqrt(n),
        look="Compute epoch 3 by hand, with alpha0 = 0.2 and a rate of 1, and compare.",
    ),
    Mistake(
        "squared",
        "1 + rate · epoch is squared, and should not be.",
        partial(_inverse, below=lambda r, n: (1 + r * n) ** 2),
        look="Compute epoch 3 by hand, with alpha0 = 0.2 and a rate of 1, and compare.",
    ),
    Mistake(
        "whole-number-division",
        "Your division keeps whole numbers only, so that an α below 1 becomes 0.",
        partial(_inverse, made=lambda a, d: a // d),
        partial(_inverse, made=lambda a, d: int(a / d)),
        look="Look at your division: what becomes of the decimals?",
    ),
    Mistake(
        "limited",
        "An α that should be very small is held at a limit. Nothing in inverse-time decay stops α "
        "from getting smaller.",
        *(
            partial(_inverse, made=lambda a, d, least=least: max(a / d, least))
            for least in (1e-4, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05)
        ),
        look="Try epochs 10 000 and 20 000, with a rate of 1: does α still fall?",
    ),
    Mistake(
        "stairs",
        "rate · epoch is cut to a whole number, so that α falls in steps.",
        lambda a, r, n: a / (1 + int(r * n)),
        look="Try a decay_rate of 0.25: does α fall in each epoch?",
    ),
    Mistake(
        "all-epochs",
        "You return a whole series of numbers. The task asks for one number: the α of the epoch "
        "that is passed in.",
        _all_epochs,
        lambda a, r, n: _all_epochs(a, r, n)[:-1],
        look="Look at what you return: one number, or several?",
    ),
)


def _inverse_time(alpha0, decay_rate, epoch):
    return float(lecture.inverse_time(alpha0, decay_rate=decay_rate)(epoch))


def _inverse_stub(alpha0, decay_rate, epoch):
    alpha = alpha0
    return alpha


inverse_time = Exercise(
    "``inverse_time(alpha0, decay_rate, epoch)``: the α of an epoch; the first is 0",
    right=_inverse_time,
    cases=_INVERSE_CASES,
    mistakes=_INVERSE_MISTAKES,
    draw=_draw_inverse,
    stub=Stub(_inverse_stub, "By which number is α₀ divided in epoch 0, and in epoch 1?"),
    atol=1e-9,
)


def _stair_case(alpha0, factor, every, epoch):
    says = f"alpha0 = {alpha0}, factor = {factor}, every = {every}, epoch = {epoch}"
    return Case((alpha0, factor, every, epoch), says=says)


_STAIR_CASES = tuple(
    _stair_case(*numbers)
    for numbers in (
        (0.2, 0.5, 10, 0),
        (0.2, 0.5, 10, 7),
        (0.2, 0.5, 10, 9),
        (0.2, 0.5, 10, 10),
        (0.4, 0.1, 3, 7),
        (1.0, 0.9, 4, 3),
        (0.3, 0.8, 1, 2),
        (0.6, 0.7, 2, 13),
        (0.5, 0.1, 5, 18),
        (0.8, 0.9, 40, 250),
    )
)


def _draw_stair(rng):
    every, stairs = rng.integers(3, 9, size=2)
    epoch = every * stairs + rng.integers(1, every)  # not where a stair begins
    alpha0, factor = rng.integers(10, 90, size=2) / 100
    return _stair_case(float(alpha0), float(factor), int(every), int(epoch))


def _stair(
    alpha0,
    factor,
    every,
    epoch,
    *,
    start=lambda a: a,
    by=lambda f: f,
    width=lambda e: e,
    counted=lambda n: n,
    stairs=lambda n, e: n // e,
    made=lambda a, f, k: a * f**k,
):
    """Return a staircase in exchangeable parts: the right ones by default."""
    k = stairs(counted(epoch), width(every))
    return made(start(alpha0), by(factor), k)


def _all_stairs(alpha0, factor, every, epoch):
    return [alpha0 * factor ** (k // every) for k in range(epoch + 1)]


_WHEN = "Where is your first step? With every = 10, compare epochs 9, 10 and 11."
_STAIR_0 = "Put in epoch = 0, with alpha0 = 0.2 and a factor of 0.5: what should come out?"
_BY_HAND = "Compute α by hand after two steps, with alpha0 = 0.2 and a factor of 0.5."
_STAIR_MISTAKES = (
    Mistake(
        "slope-for-stairs",
        "This is a slope: α changes in every epoch. How many whole stairs lie behind an epoch?",
        partial(_stair, stairs=lambda n, e: n / e),
        look="Compare α in epochs 0 and 1, with every = 10.",
    ),
    Mistake(
        "one-epoch-late",
        "The step comes one epoch late: with every = 10, epoch 10 is the first of the second "
        "stair.",
        partial(_stair, counted=lambda n: max(n - 1, 0)),
        partial(_stair, counted=lambda n: n - 1),
        look=_WHEN,
    ),
    Mistake(
        "one-epoch-early",
        "The step comes one epoch early: the first epoch is 0, so epoch 9 is only the tenth.",
        partial(_stair, counted=lambda n: n + 1),
        look=_WHEN,
    ),
    Mistake(
        "nearest-stair",
        "You round to the nearest stair, so that the step comes half a stair early.",
        partial(_stair, stairs=lambda n, e: round(n / e)),
        partial(_stair, stairs=lambda n, e: int(n / e + 0.5)),
        look=_WHEN,
    ),
    Mistake(
        "rounded-up",
        "You count a stair as soon as it has begun: your steps come nearly a whole stair early.",
        partial(_stair, stairs=lambda n, e: -(-n // e)),
        look="Compare α in epochs 0 and 1, with every = 10.",
    ),
    Mistake(
        "one-stair-too-many",
        "You count one stair too many: in epoch 0 there is none behind you.",
        partial(_stair, stairs=lambda n, e: n // e + 1),
        look=_STAIR_0,
    ),
    Mistake(
        "one-stair-too-few",
        "You count one stair too few: after the first `every` epochs there is one behind you.",
        partial(_stair, stairs=lambda n, e: n // e - 1),
        partial(_stair, stairs=lambda n, e: max(n // e - 1, 0)),
        look="Put in epoch = 10, with every = 10: is α smaller than alpha0 already?",
    ),
    Mistake(
        "remainder",
        "You count the epochs since the last step, which starts again at 0 on each stair. How many "
        "steps lie behind an epoch?",
        partial(_stair, stairs=lambda n, e: n % e),
        look="Print your exponent for epochs 0 to 20, with every = 10.",
    ),
    Mistake(
        "and-back",
        "Your step lasts for a single epoch. A stair lasts until the next one.",
        partial(_stair, stairs=lambda n, e: int(n > 0 and n % e == 0)),
        partial(_stair, stairs=lambda n, e: int(n % e == 0)),
        partial(_stair, stairs=lambda n, e: n // e if n % e == 0 else 0),
        look="With every = 10, compare epochs 10 and 11.",
    ),
    Mistake(
        "too-few-stairs",
        "After a few steps your α stays as it is. How many stairs lie behind an epoch far out?",
        *(
            partial(_stair, stairs=lambda n, e, most=most: min(n // e, most))
            for most in (1, 2, 3, 4, 5)
        ),
        look="Try epochs 100 and 200, with every = 10: does α still fall?",
    ),
    Mistake(
        "not-a-power",
        "You multiply by the number of stairs. Each stair should multiply by the factor once more: "
        "two stairs by factor · factor.",
        partial(_stair, made=lambda a, f, k: a * f * k),
        partial(_stair, made=lambda a, f, k: a * f * k if k else a),
        look=_BY_HAND,
    ),
    Mistake(
        "every-epoch",
        "You count every single epoch as a stair: `every` makes no difference.",
        partial(_stair, width=lambda e: 1),
        look="Change every: does your α follow?",
    ),
    Mistake(
        "divided",
        "You divide by the factor. Each stair should multiply by it.",
        partial(_stair, by=lambda f: 1 / f),
        look="With a factor of 0.5, what should a single step do to α, and what does yours do?",
    ),
    Mistake(
        "divided-by-one-plus-factor",
        "You divide by 1 + factor. Each stair should multiply by the factor.",
        partial(_stair, by=lambda f: 1 / (1 + f)),
        look=_BY_HAND,
    ),
    Mistake(
        "alpha0-and-factor-exchanged",
        "α₀ is raised to a power, and the factor is not. Which of the two belongs to a stair?",
        partial(_stair, made=lambda a, f, k: f * a**k),
        look=_STAIR_0,
    ),
    Mistake(
        "epochs-for-stairs",
        "You count the epochs up to the last step, and not the stairs. Each stair multiplies once, "
        "however many epochs long it is.",
        partial(_stair, stairs=lambda n, e: n - n % e),
        look="Print your exponent for epochs 0 to 20, with every = 10.",
    ),
    Mistake(
        "one-minus-factor",
        "You take 1 − factor for the factor. A factor of 0.9 should leave 0.9 of α.",
        partial(_stair, by=lambda f: 1 - f),
        look="Try a factor of 0.9: by how much should α fall?",
    ),
    Mistake(
        "factor-by-heart",
        "You take a number of your own for the factor, whatever factor is passed in.",
        *(partial(_stair, by=lambda f, own=own: own) for own in (0.5, 0.1, 0.9, 0.95)),
        look="Change factor: does your α follow?",
    ),
    Mistake(
        "every-by-heart",
        "Your stairs have a length of their own, whatever `every` is.",
        *(partial(_stair, width=lambda e, own=own: own) for own in (10, 5, 20, 30, 100)),
        look="Change every: does your α follow?",
    ),
    Mistake(
        "factor-subtracted",
        "You subtract on each stair. α should be multiplied by the factor.",
        partial(_stair, made=lambda a, f, k: a - f * k),
        partial(_stair, made=lambda a, f, k: max(a - f * k, 0)),
        partial(_stair, made=lambda a, f, k: a - a * f * k),
        partial(_stair, made=lambda a, f, k: a * (1 - f * k)),
        partial(_stair, made=lambda a, f, k: a * (1 - (1 - f) * k)),
        look=_BY_HAND,
    ),
    Mistake(
        "alpha0-in-the-power",
        "α₀ is raised to the power as well, because of your brackets.",
        partial(_stair, made=lambda a, f, k: (a * f) ** k),
        look=_STAIR_0,
    ),
    Mistake(
        "precedence",
        "Python takes the power first, then multiplies and divides from left to right. So you "
        "divide α, not the epoch.",
        lambda a, f, e, n: a * f**n / e,
        look="Look at the order in which Python works: what is divided by every?",
    ),
    Mistake(
        "cut-to-zero",
        "α itself is cut to a whole number, and an α below 1 becomes 0. Only the number of stairs "
        "is whole. (Python takes a power first, then multiplies and divides from left to right.)",
        lambda a, f, e, n: a * f**n // e,
        look="Look at which of your numbers becomes a whole one.",
    ),
    Mistake(
        "power-cut",
        "The power itself is cut to a whole number, so that α is 0 from epoch 1 on. Which number "
        "should be whole?",
        lambda a, f, e, n: a * np.floor(f ** (n / e)),
        look="Look at which of your numbers becomes a whole one.",
    ),
    Mistake(
        "every-and-epoch-exchanged",
        "You divide `every` by the epoch. Which of the two should be divided?",
        partial(_stair, stairs=lambda n, e: e // n if n else 0),
        look="Print your exponent for epochs 1 to 20, with every = 10.",
    ),
    Mistake(
        "alpha0-forgotten",
        "alpha0 makes no difference to your α. What should epoch 0 have?",
        partial(_stair, start=lambda a: 1),
        look="Change alpha0: does your α follow?",
    ),
    Mistake(
        "inverse-time",
        "Here α is divided by 1 plus something at each stair: that is inverse-time decay in steps. "
        "A stair multiplies by the factor.",
        partial(_stair, made=lambda a, f, k: a / (1 + f * k)),
        partial(_stair, made=lambda a, f, k: a / (1 + k)),
        look=_BY_HAND,
    ),
    Mistake(
        "exponential",
        "You take exp of −factor · stairs. Each stair should multiply by the factor itself.",
        partial(_stair, made=lambda a, f, k: a * np.exp(-f * k)),
        look=_BY_HAND,
    ),
    Mistake(
        "compounded",
        "Each of your stairs multiplies by a higher power than the one before. Every stair should "
        "multiply by the factor once.",
        partial(_stair, made=lambda a, f, k: a * f ** (k * (k + 1) / 2)),
        partial(_stair, made=lambda a, f, k: a * f ** (k**2)),
        partial(_stair, made=lambda a, f, k: a * f ** (2**k - 1)),
        look="Compute α by hand after two steps and after three.",
    ),
    Mistake(
        "limited",
        "An α that should be very small is held at a limit. Nothing in a staircase stops α from "
        "getting smaller.",
        *(
            partial(_stair, made=lambda a, f, k, least=least: max(a * f**k, least))
            for least in (0.001, 0.01, 0.1)
        ),
        look="Try epochs 100 and 200, with every = 10 and a factor of 0.5: does α still fall?",
    ),
    Mistake(
        "factor-alone",
        "You return the factor itself, or one minus it. What does a stair do to α₀ with it?",
        lambda a, f, e, n: f,
        lambda a, f, e, n: 1 - f,
        look=_STAIR_0,
    ),
    Mistake(
        "number-of-stairs",
        "You return how many stairs lie behind the epoch. What does each of them do to α₀?",
        partial(_stair, made=lambda a, f, k: k),
        look=_STAIR_0,
    ),
    Mistake(
        "all-epochs",
        "You return a whole series of numbers. The task asks for one number: the α of the epoch "
        "that is passed in.",
        _all_stairs,
        lambda a, f, e, n: _all_stairs(a, f, e, n)[:-1],
        look="Look at what you return: one number, or several?",
    ),
)


def _staircase(alpha0, factor, every, epoch):
    return float(lecture.staircase(alpha0, factor=factor, every=every)(epoch))


def _stair_stub(alpha0, factor, every, epoch):
    alpha = alpha0
    return alpha


staircase = Exercise(
    "``staircase(alpha0, factor, every, epoch)``: the α of an epoch; the first is 0",
    right=_staircase,
    cases=_STAIR_CASES,
    mistakes=_STAIR_MISTAKES,
    draw=_draw_stair,
    stub=Stub(_stair_stub, "With every = 10, what is α in epochs 9, 10 and 25?"),
    atol=1e-9,
)


def goal_settle(distance, *, first, second, alpha0, nearer=0.05, **_):
    """Judge the challenge: half of twenty runs near enough after the last epoch.

    Parameters
    ----------
    distance : callable
        ``distance(first, second, alpha0)``: the distances after each epoch, a column a run.
    first, second, alpha0
        The sliders.
    nearer : float
        How near.
    """
    away = float(np.median(distance(first, second, alpha0)[-1]))
    now = against(away, nearer, ".3f")
    return _settled(away, nearer, f"bring half of the runs nearer than {nearer:g}. Now {now}.")


def goal_steer(run, *, epoch, nearer=0.05, **_):
    """Judge runs that were steered by hand, after the last epoch.

    Parameters
    ----------
    run : experiments.learning_rate_decay.Operator
        What was steered.
    epoch : int
        How far it is.
    nearer : float
        How near half of the runs should be.
    """
    asked = f"bring half of the runs nearer than {nearer:g} by epoch 60"
    if epoch < 60:
        return Verdict(False, "not-there", f"{asked}. Now it is epoch {epoch}.")
    away = float(np.median(run.line.states[-1].away))
    became = against(away, nearer, ".3f")
    return _settled(away, nearer, f"{asked}. It became {became}: go back, or Reset.")


def _settled(away, nearer, hint):
    if away < nearer:
        return Verdict(True, None, f"half of the runs are nearer than {away:.3f}.")
    return Verdict(False, "too-far", hint)
