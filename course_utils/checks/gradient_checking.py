"""Checks of the exercises and the challenges about gradient checking."""

from functools import partial

import numpy as np

from course_utils import gradient_checking as lecture
from course_utils.checks.diagnosis import Case, Mistake, diagnose
from course_utils.checks.verdict import Verdict


def _bent(theta):
    """Bend in every direction, and tie neighbours to each other; for a theta of any shape."""
    t = np.asarray(theta).ravel()
    return (t**3).sum() + 2 * (t[:-1] * t[1:]).sum()


# All steps are powers of 2: a reader may take them back by arithmetic and lose nothing.
_SLOPE_CASES = (
    Case((_bent, np.array([0.5, -1.25, 2.0]), 0.125), says="a vector of three, h = 0.125"),
    Case((_bent, np.array([[1.0, 0.5], [-0.5, 2.0]]), 0.25), says="a 2 × 2 matrix, h = 0.25"),
    Case((_bent, np.array([1.0, -2.0, 3.0]), 0.125), says="another vector, h = 0.125"),
)
_WHOLE_CASE = Case((_bent, np.array([1, -2, 3]), 0.125), says="a theta of whole numbers")


def _two_sided(plus, here, minus, h):
    return (plus - minus) / (2 * h)


def _unit(theta, i):
    e = np.zeros(theta.shape)
    e[i] = 1.0
    return e


def _slopes(f, theta, h, *, quotient=_two_sided, direction=_unit, finish=lambda g: g):
    """Take the numerical gradient in exchangeable parts: the right ones by default."""
    theta = np.array(theta, dtype=np.float64)
    gradient = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        step = h * direction(theta, i)
        gradient[i] = quotient(f(theta + step), f(theta), f(theta - step), h)
    return finish(gradient)


def _left_behind(f, theta, h, *, after, apart=False):
    """Step in place, and leave each parameter `after` steps of h from where it was."""
    theta = np.array(theta, dtype=np.float64)
    plus, minus = (theta.copy(), theta.copy()) if apart else (theta, theta)
    gradient = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        start = plus[i], minus[i]
        plus[i] = start[0] + h
        high = f(plus)
        minus[i] = start[1] - h
        gradient[i] = (high - f(minus)) / (2 * h)
        if not apart:
            theta[i] = start[0] + after * h
    return gradient


def _slope_mistake(identity, hint, **parts):
    return Mistake(identity, partial(_slopes, **parts), hint)


def _quotient_mistake(identity, hint, quotient):
    return _slope_mistake(identity, hint, quotient=quotient)


def _row(theta, i):
    return _unit(theta, i[0])


_NOT_RESTORED = (
    "One parameter at a time: when you come to the next, the one before is not back where it was. "
    "Look at theta after the first round of the loop."
)
_WHOLE = (
    "With a theta of whole numbers, an array made like it holds whole numbers, too, and cuts off "
    "what comes after the point. Which of your arrays is of that type?"
)
_SLOPE_MISTAKES = (
    Mistake("still-the-stub", lambda f, theta, h: np.zeros(np.shape(theta)),
            "All zeros, as the stub came. (If you wrote your lines: are 'plus' and 'minus' two "
            "names for one array?)"),
    _quotient_mistake("one-sided", "That is the one-sided difference, from θ to θ + h. Its error "
                      "falls only as h.", lambda p, c, m, h: (p - c) / h),
    _quotient_mistake("one-sided-backward", "That is one-sided, from θ − h to θ. Go to both "
                      "sides.", lambda p, c, m, h: (c - m) / h),
    _quotient_mistake("divided-by-h", "All twice too large. How far apart are θ + h and θ − h?",
                      lambda p, c, m, h: (p - m) / h),
    _quotient_mistake("one-side-over-both", "You go to one side, and divide by the way from side "
                      "to side.", lambda p, c, m, h: (p - c) / (2 * h)),
    _quotient_mistake("times-h", "Python reads / 2 * h from left to right: it divides by 2 and "
                      "multiplies by h.", lambda p, c, m, h: (p - m) / 2 * h),
    _quotient_mistake("brackets-missing", "Only f(θ − h) is divided: the difference needs "
                      "brackets.", lambda p, c, m, h: p - m / (2 * h)),
    _quotient_mistake("sum", "You add f(θ + h) and f(θ − h). The slope is in their difference.",
                      lambda p, c, m, h: (p + m) / (2 * h)),
    _quotient_mistake("wrong-sign", "The sign is turned: a cost that grows has a positive slope.",
                      lambda p, c, m, h: (m - p) / (2 * h)),
    _quotient_mistake("not-divided", "That is how much f changes. A slope is that per step.",
                      lambda p, c, m, h: p - m),
    _slope_mistake("half-the-step", "A good two-sided difference, but with h/2 to each side. Asked "
                   "for is h to each side.", direction=lambda theta, i: _unit(theta, i) / 2,
                   quotient=lambda p, c, m, h: (p - m) / h),
    _slope_mistake("all-at-once", "All parameters move together. Each number should say what one "
                   "of them does while the others rest.",
                   direction=lambda theta, i: np.ones(theta.shape)),
    _slope_mistake("rows-at-once", "Right for a vector. Of a matrix you move a whole row: theta[i] "
                   "is one. Which index goes over all numbers?", direction=_row),
    _slope_mistake("flattened", "The right numbers, in one row. Give them the shape of theta.",
                   finish=np.ravel),
    Mistake("not-restored", partial(_left_behind, after=-1), _NOT_RESTORED),
    Mistake("not-restored", partial(_left_behind, after=1), _NOT_RESTORED),
    Mistake("not-restored", partial(_left_behind, after=0, apart=True), _NOT_RESTORED),
)  # fmt: skip


def numerical_gradient(function):
    """Check ``numerical_gradient(f, theta, h)``: two-sided differences, in the shape of theta."""
    verdict = diagnose(function, _slopes, _SLOPE_CASES, _SLOPE_MISTAKES)
    if not verdict.passed or diagnose(function, _slopes, (_WHOLE_CASE,), ()).passed:
        return verdict
    return Verdict(False, "integer-theta", _WHOLE)


_DIFFERENCE_CASES = (
    Case((np.array([1.0, 2.0, -2.0]), np.array([0.5, 3.0, -1.0])), says="two vectors"),
    Case((np.array([[2.0, -1.0], [0.5, 3.0]]), np.array([[1.0, 1.0], [-2.0, 4.0]])),
         says="two matrices"),
    Case((np.array([0.0, 4.0]), np.array([0.0, -1.0])), says="opposite directions"),
)  # fmt: skip
_norm = np.linalg.norm


def _difference(a, b, *, norm=_norm, join=lambda n, a, b: n(a) + n(b), above=None):
    return (above or (lambda n, a, b: n(a - b)))(norm, a, b) / join(norm, a, b)


def _difference_mistake(identity, hint, **parts):
    return Mistake(identity, partial(_difference, **parts), hint)


def _spectral(a):
    return _norm(a, 2)


_DIFFERENCE_MISTAKES = (
    Mistake("still-the-stub", lambda a, b: 0.0, "This is the stub as it came: all gradients are "
            "equal."),
    _difference_mistake("absolute-difference", "That is ‖a − b‖. Is 0.01 much? It depends on how "
                        "large the gradients are: divide by that.", join=lambda n, a, b: 1.0),
    _difference_mistake("difference-of-norms", "You compare how long the two are. Opposite "
                        "gradients are equally long.", above=lambda n, a, b: abs(n(a) - n(b))),
    _difference_mistake("divided-by-a", "You divide by ‖a‖ alone: then a and b cannot change "
                        "places.", join=lambda n, a, b: n(a)),
    _difference_mistake("divided-by-b", "You divide by ‖b‖ alone: then a and b cannot change "
                        "places.", join=lambda n, a, b: n(b)),
    _difference_mistake("divided-by-the-larger", "You divide by the larger norm, as some do. "
                        "Asked for is the sum of both.", join=lambda n, a, b: max(n(a), n(b))),
    _difference_mistake("squared", "Squares above and below: 1e-7 would read as 1e-14. Which "
                        "roots are missing?", norm=lambda a: _norm(a) ** 2),
    _difference_mistake("squared-above", "The root above is missing: ‖a − b‖ is squared.",
                        above=lambda n, a, b: n(a - b) ** 2),
    _difference_mistake("norm-of-the-sum", "You divide by ‖a + b‖. Opposite gradients would make "
                        "that 0: add the norms.", join=lambda n, a, b: n(a + b)),
    _difference_mistake("product", "You multiply the norms below. Add them.",
                        join=lambda n, a, b: n(a) * n(b)),
    Mistake("brackets-missing", lambda a, b: _norm(a - b) / _norm(a) + _norm(b), "Python divides "
            "first, then adds ‖b‖. Brackets?"),
    _difference_mistake("sums-of-sizes", "You add absolute values. The norm is the root of the "
                        "sum of squares.", norm=lambda a: np.abs(a).sum()),
    _difference_mistake("largest-entry", "You compare the largest entries. The norm takes all.",
                        norm=lambda a: np.abs(a).max()),
    _difference_mistake("spectral-norm", "Right for vectors. For matrices norm(·, 2) is another "
                        "norm: the lecture's is the root of the sum of all squares.",
                        norm=_spectral),
    _difference_mistake("sum-above", "You add the gradients above. They are to be compared.",
                        above=lambda n, a, b: n(a + b)),
    _difference_mistake("upside-down", "The fraction stands on its head.",
                        above=lambda n, a, b: n(a) + n(b), join=lambda n, a, b: n(a - b)),
    Mistake("each-entry", lambda a, b: np.abs(a - b) / (np.abs(a) + np.abs(b)), "You compare entry "
            "by entry. One number for the whole gradient is asked for."),
    Mistake("mean-of-entries", lambda a, b: np.mean(np.abs(a - b) / (np.abs(a) + np.abs(b))),
            "You compare entry by entry and average: one tiny entry decides all."),
)  # fmt: skip


def relative_difference(function):
    """Check ``relative_difference(a, b)``: one number from 0 to 1."""
    verdict = diagnose(function, _difference, _DIFFERENCE_CASES, _DIFFERENCE_MISTAKES, atol=1e-7)
    if not verdict.passed:
        return verdict
    zeros = Case((np.zeros(3), np.zeros(3)), says="two gradients of zeros")
    if diagnose(function, lambda a, b: 0.0, (zeros,), ()).passed:
        return verdict
    hint = "All right but one: for two gradients of zeros, yours is 0/0. They are equal."
    return Verdict(False, "two-zeros", hint)


_PARAMETERS = ("W1", "b1", "W2", "b2", "W3", "b3")


def culprit(name=None, parameter=None):
    """Check which of the four `suspects` is wrong, and where: ``culprit("a", "W1")``."""
    if name is None or parameter is None:
        hint = 'Name the pass and the parameter: culprit("a", "W1"), say.'
        return Verdict(False, "still-the-stub", hint)
    if name not in ("a", "b", "c", "d"):
        return Verdict(False, "no-such-pass", f"There is no pass {name!r}: a, b, c or d.")
    if parameter not in _PARAMETERS:
        there = ", ".join(_PARAMETERS)
        return Verdict(False, "no-such-parameter", f"There is no {parameter!r}: {there}.")
    if name != "b":
        hint = (
            f"{name} agrees with the slopes, at the first weights and later. "
            "If all four look right to you: where did you check?"
        )
        return Verdict(False, "accused-a-right-pass", hint)
    if parameter != "b2":
        hint = (
            f"It is b. But its gradient of {parameter} agrees with the slope. Go through all six."
        )
        return Verdict(False, "wrong-parameter", hint)
    return Verdict(True, None, "b adds λ/m b2 to db2: nothing, as long as b2 = 0.")


def goal_one_sided_wins(curves, *, here, h, curve, **_):
    """Judge the challenge: the one-sided slope is exact where the two-sided is far off."""
    f, slope = curves[curve]
    theta, right = np.array([here]), float(slope(here))
    off = [abs(float(g(lambda t: float(f(t[0])), theta, h=h)[0]) - right)
           for g in (lecture.one_sided_gradient, lecture.numerical_gradient)]  # fmt: skip
    said = [f"{x:.2g}".replace("-", "−") for x in off]
    now = f"one-sided is off by {said[0]}, two-sided by {said[1]}"
    if off[0] < 1e-6 and off[1] > 0.1:
        return Verdict(True, None, f"{now}. The kink is on the side that only one of them visits.")
    hint = "find a place where one-sided is exact (below 1e−6) and two-sided is off by 0.1. "
    return Verdict(False, "not-there", f"{hint}Now: {now}.")


def goal_ten_digits(*, h, precision, subject, **_):
    """Judge the challenge: the two-sided slope of the sine is right to ten digits."""
    if subject != "sine":
        return Verdict(False, "other-subject", "choose the sine, and bring two-sided below 1e−10.")
    theta = np.array([1.1], dtype=precision)
    slope = lecture.numerical_gradient(lambda t: np.sin(t).sum(), theta, h=h)
    off = lecture.relative_difference(slope, np.cos(theta.astype(np.float64)))
    now = "two-sided is off by " + f"{off:.1e}".replace("-", "−")
    if off < 1e-10:
        return Verdict(True, None, f"{now}.")
    return Verdict(False, "too-far", f"bring two-sided below 1e−10. Now {now}.")
