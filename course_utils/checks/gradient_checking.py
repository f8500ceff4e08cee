"""Checks of the exercises and the challenges about gradient checking."""

from dataclasses import replace
from functools import partial

import numpy as np

from course_utils import gradient_checking as lecture
from course_utils.checks.engine.diagnosis import Case, Mistake, Stub
from course_utils.checks.engine.exercise import Exercise, noted
from course_utils.checks.engine.running import call
from course_utils.checks.engine.showing import against
from course_utils.checks.engine.verdict import Verdict
from course_utils.experiments import gradient_errors

# The numerical gradient


def _bent(theta):
    """Bend in every direction, and tie neighbours along the first axis to each other."""
    t = np.asarray(theta)
    return (t**3).sum() + 2 * (t[:-1] ** 2 * t[1:]).sum()


_BENT = "lambda t: (t**3).sum() + 2 * (t[:-1] ** 2 * t[1:]).sum()"


def _slope_case(theta, h, says):
    theta = np.array(theta)
    return Case((_bent, theta, h), says=says, code=f"{_BENT}, np.array({theta.tolist()}), {h}")


_TALL = [[1.0, 0.5], [-0.5, 2.0], [0.25, -1.5]]
_SLOPE_CASES = (
    _slope_case([0.5, -1.25, 2.0], 0.125, "a vector of three, h = 0.125"),
    _slope_case([1.0, -2.0], 0.5, "a vector of two, h = 0.5"),
    _slope_case(_TALL, 0.25, "a 3 × 2 matrix, h = 0.25"),
    _slope_case(np.transpose(_TALL) - 0.25, 0.125, "a 2 × 3 matrix, h = 0.125"),
)
_WHOLE_CASE = _slope_case([1, -2, 3], 0.125, "a theta of whole numbers")
_SMALL_CASE = _slope_case([0.5, -1.25, 2.0], 1e-5, "a vector of three, h = 0.00001")


def _draw_slope(rng):
    shape = tuple(rng.integers(2, 4, rng.integers(1, 3)))
    theta = rng.choice([-1, 1], shape) * rng.integers(5, 20, shape) / 10
    return _slope_case(theta, int(rng.integers(20, 50)) / 100, "a theta drawn just now")


def _slope_stub(f, theta, h):
    gradient = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):  # theta[i] is one number
        gradient[i] = 0.0  # your lines
    return gradient


def _unit(theta, i):
    e = np.zeros(theta.shape)
    e[i] = 1.0
    return e


def _slopes(
    f,
    theta,
    h,
    *,
    ends=lambda plus, here, minus: (plus, minus),
    join=np.subtract,
    over=lambda h: 2 * h,
    direction=_unit,
    left=(0, 0),
    see=lambda theta: theta,
    finish=lambda gradient: gradient,
):
    """Take the numerical gradient in exchangeable parts: the right ones by default.

    `left` says how many steps each of the two points is left from where it was.
    """
    high = low = np.array(theta, dtype=np.float64)
    gradient = np.zeros(high.shape)
    for i in np.ndindex(high.shape):
        step = h * direction(high, i)
        values = f(see(high + step)), f(see(high)), f(see(low - step))
        gradient[i] = join(*ends(*values)) / over(h)
        high, low = high + left[0] * step, low + left[1] * step
    return finish(gradient)


def _replaced(f, theta, h, *, low=True):
    """Put the step in the place of the number that moves, in both points or in one."""
    gradient = np.zeros(np.shape(theta))
    for i in np.ndindex(gradient.shape):
        moved = _unit(gradient, i) == 1
        minus = np.where(moved, -h if low else theta - h, theta)
        gradient[i] = (f(np.where(moved, h, theta)) - f(minus)) / (2 * h)
    return gradient


def _of_one_number(f, theta, h):
    """Hand a single number to f."""
    gradient = np.zeros(np.shape(theta))
    for i in np.ndindex(gradient.shape):
        gradient[i] = (f(theta[i] + h) - f(theta[i] - h)) / (2 * h)
    return gradient


def _one_and_all(f, theta, h, *, all_go=-1):
    """Move one number to one side, and all numbers to the other."""
    gradient = np.zeros(np.shape(theta))
    for i in np.ndindex(gradient.shape):
        one = f(theta - all_go * h * _unit(gradient, i))
        gradient[i] = all_go * (f(theta + all_go * h) - one) / (2 * h)
    return gradient


def _only_first(gradient):
    return np.where(np.arange(gradient.size).reshape(gradient.shape) == 0, gradient, 0)


def _all_but_the_last(gradient):
    last = gradient.size - 1
    return np.where(np.arange(gradient.size).reshape(gradient.shape) == last, 0, gradient)


def _without_brackets(f, theta, h, *, divided=lambda minus, h: minus / (2 * h)):
    return _slopes(
        f, theta, h, ends=lambda plus, here, minus: (plus, divided(minus, h)), over=lambda h: 1.0
    )


_ENDS = "Look at the two points at which f is called: how far is each from θ?"
_WIDTH = "Look at what you divide by, and at how far apart your two points are."
_PARABOLA = "Try f(θ) = θ² at θ = 3, by hand and with yours: the slope there is 6."
_ONE_BY_ONE = "Print θ as f gets it, in each round of the loop: which numbers have moved?"
_SHAPE = "Compare the shape of your answer with that of theta, for a matrix."
_FILLED = "Look at how many of your slopes are 0."
_NOT_RESTORED = (
    "When you come to the next number, the one before is not back where it was. Which array still "
    "carries the first step when the second round begins?"
)
_TOGETHER = "All numbers move together. Each slope should say what one does while the others rest."
_CURVATURE = "That is the second derivative: how the slope changes. The task asks for the slope."
_SLOPE_MISTAKES = (
    Mistake(
        "one-number-for-theta",
        "f gets a single number from you, and it is a function of all numbers of θ. Which array "
        "should it see when only one of them has moved?",
        _of_one_number,
        look="Look at what you hand to f: which shape does it expect?",
    ),
    Mistake(
        "all-zero",
        "Every slope is 0. Does f see two different points? Two steps in one direction lead to the "
        "same place, and two names for one array are still one array.",
        lambda f, theta, h: np.zeros(np.shape(theta)),
        look="Print the two values of f before you subtract.",
    ),
    Mistake(
        "one-sided",
        "You go from θ to one side only. The error of a one-sided slope falls only as h: go to "
        "both sides.",
        partial(_slopes, ends=lambda plus, here, minus: (plus, here), over=lambda h: h),
        look=_ENDS,
    ),
    Mistake(
        "one-sided-backward",
        "You go from θ to one side only, backwards. Go to both sides.",
        partial(_slopes, ends=lambda plus, here, minus: (here, minus), over=lambda h: h),
        look=_ENDS,
    ),
    Mistake(
        "one-side-over-both",
        "You go from θ to one side only. The 2h in the formula is the distance from θ − h to "
        "θ + h.",
        partial(_slopes, ends=lambda plus, here, minus: (plus, here)),
        look=_ENDS,
    ),
    Mistake(
        "one-side-over-both",
        "You go from θ to one side only. The 2h in the formula is the distance from θ − h to "
        "θ + h.",
        partial(_slopes, ends=lambda plus, here, minus: (here, minus)),
        look=_ENDS,
    ),
    Mistake(
        "divided-by-h",
        "You divide by h. How far apart are θ + h and θ − h?",
        partial(_slopes, over=lambda h: h),
        look=_WIDTH,
    ),
    Mistake(
        "divided-by-2",
        "You divide by 2 alone. How far apart are θ + h and θ − h?",
        partial(_slopes, over=lambda h: 2.0),
        look=_WIDTH,
    ),
    Mistake(
        "divided-by-4h",
        "You divide by 4h. How far apart are θ + h and θ − h?",
        partial(_slopes, over=lambda h: 4 * h),
        look=_WIDTH,
    ),
    Mistake(
        "divided-by-h-squared",
        "You divide by h². A slope is divided by a distance.",
        partial(_slopes, over=lambda h: h**2),
        look=_WIDTH,
    ),
    Mistake(
        "times-h",
        "You multiply by h. Python reads / and * from left to right: what does it do in / 2 * h?",
        partial(_slopes, over=lambda h: 2 / h),
        look=_WIDTH,
    ),
    Mistake(
        "not-divided",
        "You do not divide. A slope is a change of f divided by a distance.",
        partial(_slopes, over=lambda h: 1.0),
        look=_WIDTH,
    ),
    Mistake(
        "brackets-missing",
        "Only f(θ − h) is divided, because a fraction is worked out before a difference. What do "
        "you have to put round the difference?",
        _without_brackets,
        partial(_without_brackets, divided=lambda minus, h: minus / 2 * h),
        look=_PARABOLA,
    ),
    Mistake(
        "sum",
        "You add the two values of f. The slope is in their difference.",
        partial(_slopes, join=np.add),
        look=_PARABOLA,
    ),
    Mistake(
        "wrong-sign",
        "Every slope has the wrong sign: where f grows, it is positive. Which value is taken from "
        "which?",
        partial(_slopes, join=lambda plus, minus: minus - plus),
        look=_PARABOLA,
    ),
    Mistake(
        "absolute",
        "None of your slopes is below 0. Where f falls, the slope is negative.",
        partial(_slopes, join=lambda plus, minus: abs(plus - minus)),
        look="Try f(θ) = θ² at θ = −3: the slope there is −6.",
    ),
    Mistake(
        "steps-doubled",
        "You step 2h to each side. h to each side is asked for: 2h is the distance between the two "
        "points.",
        partial(_slopes, direction=lambda theta, i: 2 * _unit(theta, i)),
        look=_ENDS,
    ),
    Mistake(
        "steps-doubled",
        "You step 2h to each side. h to each side is asked for.",
        partial(_slopes, direction=lambda theta, i: 2 * _unit(theta, i), over=lambda h: 4 * h),
        look=_ENDS,
    ),
    *(
        Mistake(
            "two-steps-to-one-side",
            "One of your points is θ itself, the other 2h away. Go h to each side.",
            partial(_slopes, ends=ends, direction=lambda theta, i: 2 * _unit(theta, i)),
            look=_ENDS,
        )
        for ends in (
            lambda plus, here, minus: (plus, here),
            lambda plus, here, minus: (here, minus),
        )
    ),
    Mistake(
        "half-the-step",
        "Your steps are h/2 long. The task asks for h to each side.",
        partial(_slopes, direction=lambda theta, i: _unit(theta, i) / 2, over=lambda h: h),
        look=_ENDS,
    ),
    Mistake(
        "half-the-step",
        "Your steps are h/2 long. The task asks for h to each side.",
        partial(_slopes, direction=lambda theta, i: _unit(theta, i) / 2),
        look=_ENDS,
    ),
    Mistake(
        "second-derivative",
        _CURVATURE,
        lambda f, theta, h: _slopes(
            f,
            theta,
            h,
            ends=lambda plus, here, minus: (plus + minus, 2 * here),
            over=lambda h: h**2,
        ),
        look=_PARABOLA,
    ),
    Mistake(
        "from-the-origin",
        "These are the slopes where every number is 0. Step away from theta itself.",
        lambda f, theta, h: _slopes(f, np.zeros(np.shape(theta)), h),
        look=_ENDS,
    ),
    Mistake(
        "relative-steps",
        "Your steps are h · θ long: they depend on how large the number is. The task asks for h "
        "for each.",
        partial(_slopes, direction=lambda theta, i: theta * _unit(theta, i)),
        look=_ENDS,
    ),
    *(
        Mistake(
            "another-h",
            "Your slopes are nearly the exact ones, nearer than two points at a distance of h can "
            "come. Do you step by the h that is passed in?",
            lambda f, theta, h, own=own: _slopes(f, theta, own),
            look="Call yours with two different h: does your answer change?",
        )
        for own in (1e-6, 1e-3, 1e-2)
    ),
    Mistake(
        "all-at-once",
        _TOGETHER,
        partial(_slopes, direction=lambda theta, i: np.ones(theta.shape)),
        look=_ONE_BY_ONE,
    ),
    Mistake(
        "all-at-once",
        _TOGETHER,
        lambda f, theta, h: (f(theta + h) - f(theta - h)) / (2 * h),
        look=_ONE_BY_ONE,
    ),
    Mistake(
        "step-for-number",
        "The step has taken the place of the number that it should move: f gets h there, wherever "
        "in θ you are.",
        _replaced,
        partial(_replaced, low=False),
        look=_ONE_BY_ONE,
    ),
    Mistake(
        "one-and-all",
        "In one of your two points a single number has moved, in the other all of them.",
        _one_and_all,
        partial(_one_and_all, all_go=1),
        look=_ONE_BY_ONE,
    ),
    Mistake(
        "rows-at-once",
        "In a matrix all numbers of a row move at once. Move one, and let the others rest.",
        partial(_slopes, direction=lambda theta, i: _unit(theta, i[0])),
        look=_ONE_BY_ONE,
    ),
    Mistake(
        "flattened",
        "The slopes come in one row. Give them the shape of theta.",
        partial(_slopes, finish=np.ravel),
        look=_SHAPE,
    ),
    Mistake(
        "flattened",
        "The slopes come in one column. Give them the shape of theta.",
        partial(_slopes, finish=lambda gradient: gradient.reshape(-1, 1)),
        look=_SHAPE,
    ),
    Mistake(
        "column-by-column",
        "On the way back to a matrix the slopes went into other places: one way goes row by row, "
        "the other column by column.",
        partial(
            _slopes, finish=lambda gradient: gradient.ravel().reshape(gradient.shape, order="F")
        ),
        partial(_slopes, finish=lambda gradient: gradient.ravel(order="F").reshape(gradient.shape)),
        look=_SHAPE,
    ),
    Mistake(
        "first-only",
        "Only the first slope is filled. Is the return inside the loop?",
        partial(_slopes, finish=_only_first),
        look=_FILLED,
    ),
    Mistake(
        "last-missing",
        "The last slope is still 0. Where does your loop end?",
        partial(_slopes, finish=_all_but_the_last),
        look=_FILLED,
    ),
    Mistake(
        "f-sees-a-flat-theta",
        "f gets all numbers in one row. It may need the shape that theta has.",
        partial(_slopes, see=np.ravel),
        look="Print the shape of what f gets: is it that of theta?",
    ),
    Mistake(
        "not-restored",
        _NOT_RESTORED,
        partial(_slopes, left=(-1, -1)),
        look=_ONE_BY_ONE,
    ),
    Mistake(
        "not-restored",
        _NOT_RESTORED,
        partial(_slopes, left=(1, 1)),
        look=_ONE_BY_ONE,
    ),
    Mistake(
        "not-restored",
        _NOT_RESTORED,
        partial(_slopes, left=(1, -1)),
        look=_ONE_BY_ONE,
    ),
)


def _awkward(exercise, function, verdict):
    """Say so if an answer fails only where theta holds whole numbers, or where h is small."""
    if not verdict.passed:
        return verdict
    whole = _with_whole_numbers(function)
    if not whole.passed:
        return replace(
            whole,
            mistake="integer-theta",
            look="Right, but not yet for a theta of whole numbers.",
            hint="Such a theta, and any array made like it, cuts off what comes after the point, "
            "or refuses it. Which of your arrays is of that type?",
        )
    small = _with_a_small_step(function)
    if not small.passed:
        return replace(
            small,
            mistake="rounding",
            look="Right for h = 0.1 or so, but not yet for h = 0.00001.",
            hint="With steps that small, two values of f differ only in their last digits. How "
            "many digits do theta and the values of f keep in your function?",
        )
    return verdict


def _f_not_called(exercise, function, verdict):
    """Say so if a wrong answer comes about without f."""
    if verdict.passed or verdict.mistake == "still-the-stub":
        return verdict
    asked = []

    def watched(theta):
        asked.append(theta)
        return _bent(theta)

    _, theta, h = _SLOPE_CASES[0].args
    outcome = call(function, watched, theta.copy(), h, quiet=True)
    if asked or outcome.value is None:
        return verdict
    return replace(
        verdict,
        mistake="f-not-called",
        look="Count how often your function calls f.",
        hint="It never does. f may be any function: only its values tell how steep it is.",
    )


_TASK = "``numerical_gradient(f, theta, h)``: two-sided differences, in the shape of theta"
_with_whole_numbers = Exercise(_TASK, _slopes, (_WHOLE_CASE,))
_with_a_small_step = Exercise(_TASK, _slopes, (_SMALL_CASE,))
numerical_gradient = Exercise(
    _TASK,
    right=_slopes,
    cases=_SLOPE_CASES,
    mistakes=_SLOPE_MISTAKES,
    draw=_draw_slope,
    stub=Stub(
        _slope_stub,
        "Where does f have to be called, and how often, for the slope of one number?",
    ),
    after=(_f_not_called, _awkward),
)


# The relative difference

_norm = np.linalg.norm
_LEFT = np.array([[2.0, -1.0, 0.25], [0.5, 3.0, -0.5]])
_RIGHT = np.array([[1.0, 1.0, 0.5], [-2.0, 4.0, 1.0]])
_SHORT, _ACROSS = np.array([3.0, -4.0]), np.array([4.0, 3.0])
_DIFFERENCE_CASES = (
    Case((np.array([1.0, 2.0, -2.0]), np.array([0.5, 3.0, -1.0])), says="two vectors"),
    Case((_LEFT, _RIGHT), says="two matrices"),
    Case((np.array([0.0, 4.0]), np.array([0.0, -1.0])), says="opposite directions"),
    Case((np.array([0.5, -0.25]), np.array([0.5, -0.25])), says="two equal gradients"),
    Case((_LEFT[0] / 10, _RIGHT[0] / 10), says="two short vectors"),
    Case((_LEFT * 3e-7, _RIGHT * 3e-7), says="two gradients of length 0.000001 or so"),
    Case(
        (_SHORT * 1e-7, _SHORT * 1e-7 + _ACROSS * 1e-10), says="two short gradients, nearly equal"
    ),
)
_ZERO_CASES = (
    Case((np.zeros(3), np.zeros(3)), says="two gradients of zeros"),
    Case((np.zeros((2, 2)), np.zeros((2, 2))), says="two matrices of zeros"),
    Case((np.zeros(3), np.array([1.0, 2.0, -2.0])), says="one gradient of zeros and another"),
    Case((np.array([1.0, 2.0, -2.0]), np.zeros(3)), says="a gradient and one of zeros"),
)


def _draw_difference(rng):
    a, b = rng.choice([-1, 1], (2, 3)) * rng.integers(1, 40, (2, 3)) / 10
    a, b = a * np.array([1, 1, 0.5]), b * np.array([1, 0.5, 1])
    return Case((a, b), says="two vectors drawn just now")


def _difference_stub(a, b):
    difference = 0.0
    return difference


def _difference(
    a,
    b,
    *,
    norm=_norm,
    above=lambda n, a, b: n(a - b),
    join=lambda n, a, b: n(a) + n(b),
    guard=lambda size: size,
    nothing=0.0,
):
    """Compare two gradients in exchangeable parts: the right ones by default."""
    size = guard(join(norm, a, b))
    return above(norm, a, b) / size if size else nothing


def _unless(a, b, *, near):
    return 0.0 if near(a, b) else _difference(a, b)


def _within(a, b, *, limit):
    return _norm(a - b) < limit


def _spectral(a):
    return _norm(a, 2) if np.ndim(a) == 2 else _norm(a)


def _entries(a, b, *, size=lambda a, b: np.abs(a) + np.abs(b), least=0.0, finish=np.asarray):
    """Compare entry by entry, then join the entries."""
    return finish(np.abs(a - b) / np.maximum(size(a, b), least))


def _larger(a, b):
    return np.maximum(np.abs(a), np.abs(b))


def _lines(a, b, *, axis, finish):
    """Compare row by row or column by column, then join them."""
    d, p, q = (_norm(x, axis=axis) for x in (a - b, a, b))
    return finish(d / (p + q))


_BELOW = "Work out ‖a‖ + ‖b‖ by hand for a = [3, 4] and b = [0, 5], and compare."
_ABOVE = "Work out ‖a − b‖ by hand for a = [3, 4] and b = [0, 0], and compare."
_CANCEL = "Try a = [1, −1] and b = [0, 0]: they differ, but what does yours say?"
_EXCHANGED = "Exchange a and b: the answer should stay the same."
_TENFOLD = "Multiply both gradients by 10: the answer should stay the same."
_TINY = "Try two gradients of length 0.000001: the answer should not depend on how long they are."
_ADDED = (
    "You add a number to the norms, perhaps to save the division by 0. Short gradients are smaller "
    "than that number, and would look equal. When alone is there nothing to divide by?"
)
_EACH = "Give it two long vectors: one number should come out, and no entry should decide alone."
_ENTRY_BY_ENTRY = (
    "You compare entry by entry. The norm is taken first, over all entries; only then is divided."
)
_DIFFERENCE_MISTAKES = (
    Mistake(
        "absolute-difference",
        "You do not divide. Is 0.01 much? It depends on how large the gradients are: divide by "
        "that.",
        partial(_difference, join=lambda n, a, b: 1.0),
        look=_TENFOLD,
    ),
    Mistake(
        "mean-difference",
        "You average the differences, or their squares. Is 0.01 much? It depends on how large the "
        "gradients are: divide by that.",
        lambda a, b: np.abs(a - b).mean(),
        lambda a, b: np.square(a - b).mean(),
        look=_TENFOLD,
    ),
    Mistake(
        "difference-of-norms",
        "You compare how long the two are. Gradients of one length may point anywhere.",
        partial(_difference, above=lambda n, a, b: abs(n(a) - n(b))),
        look="Try a = [1, 0] and b = [0, 1]: they differ, but what does yours say?",
    ),
    Mistake(
        "difference-of-norms",
        "You compare how long the two are. Gradients of one length may point anywhere.",
        partial(_difference, above=lambda n, a, b: n(a) - n(b)),
        look="Try a = [1, 0] and b = [0, 1]: they differ, but what does yours say?",
    ),
    Mistake(
        "one-twice-below",
        "One of the two gradients counts twice below, and the other not at all.",
        partial(_difference, join=lambda n, a, b: 2 * n(a)),
        partial(_difference, join=lambda n, a, b: 2 * n(b)),
        look=_EXCHANGED,
    ),
    Mistake(
        "divided-by-a",
        "You divide by ‖a‖ alone. Both gradients count alike.",
        partial(_difference, join=lambda n, a, b: n(a)),
        look=_EXCHANGED,
    ),
    Mistake(
        "divided-by-b",
        "You divide by ‖b‖ alone. Both gradients count alike.",
        partial(_difference, join=lambda n, a, b: n(b)),
        look=_EXCHANGED,
    ),
    Mistake(
        "divided-by-the-larger",
        "You divide by the larger norm, as some do. The task asks for the sum of both.",
        partial(_difference, join=lambda n, a, b: max(n(a), n(b))),
        look=_BELOW,
    ),
    Mistake(
        "divided-by-the-smaller",
        "You divide by the smaller norm. The task asks for the sum of both.",
        partial(_difference, join=lambda n, a, b: min(n(a), n(b))),
        look=_BELOW,
    ),
    Mistake(
        "mean-of-norms",
        "You divide by the mean of the two norms, so that all comes out twice too large. Asked for "
        "is their sum.",
        partial(_difference, join=lambda n, a, b: (n(a) + n(b)) / 2),
        look=_BELOW,
    ),
    Mistake(
        "norm-of-the-sum",
        "You divide by ‖a + b‖, which is 0 for opposite gradients. Add the norms instead.",
        partial(_difference, join=lambda n, a, b: n(a + b)),
        look=_BELOW,
    ),
    Mistake(
        "product",
        "You multiply the norms below. The task asks for their sum.",
        partial(_difference, join=lambda n, a, b: n(a) * n(b)),
        look=_BELOW,
    ),
    Mistake(
        "geometric-mean",
        "You take the root of the product of the norms. The task asks for their sum.",
        partial(_difference, join=lambda n, a, b: np.sqrt(n(a) * n(b))),
        look=_BELOW,
    ),
    Mistake(
        "sum-squared-below",
        "The sum of the norms is squared.",
        partial(_difference, join=lambda n, a, b: (n(a) + n(b)) ** 2),
        look=_BELOW,
    ),
    Mistake(
        "root-twice",
        "You take the root of a norm, which is a root already.",
        partial(_difference, norm=lambda a: np.sqrt(_norm(a))),
        look=_ABOVE,
    ),
    Mistake(
        "one-root",
        "You take one root over the squares of both. Each norm has a root of its own.",
        partial(_difference, join=lambda n, a, b: np.hypot(n(a), n(b))),
        look=_BELOW,
    ),
    Mistake(
        "difference-below",
        "You take one norm from the other below. The task asks for their sum.",
        partial(_difference, join=lambda n, a, b: n(a) - n(b)),
        look=_BELOW,
    ),
    Mistake(
        "difference-below",
        "You take one norm from the other below. The task asks for their sum.",
        partial(_difference, join=lambda n, a, b: n(a) - n(b), nothing=np.nan),
        look=_BELOW,
    ),
    Mistake(
        "roots-missing-below",
        "The norms below have lost their roots.",
        partial(_difference, join=lambda n, a, b: n(a) ** 2 + n(b) ** 2),
        look=_BELOW,
    ),
    Mistake(
        "root-missing-above",
        "The norm above has lost its root: ‖a − b‖ is squared.",
        partial(_difference, above=lambda n, a, b: n(a - b) ** 2),
        look=_ABOVE,
    ),
    Mistake(
        "squared",
        "You compare squares, above and below, so that 1e-7 would read as 1e-14. Which roots are "
        "missing?",
        partial(_difference, norm=lambda a: _norm(a) ** 2),
        look=_BELOW,
    ),
    Mistake(
        "sums-of-sizes",
        "You add absolute values. The norm is the root of the sum of squares.",
        partial(_difference, norm=lambda a: np.abs(a).sum()),
        look=_ABOVE,
    ),
    Mistake(
        "sums-of-sizes-below",
        "Below you add absolute values. The norm is the root of the sum of squares.",
        partial(_difference, join=lambda n, a, b: np.abs(a).sum() + np.abs(b).sum()),
        look=_BELOW,
    ),
    Mistake(
        "signs-in-the-norm",
        "Your norm adds up the entries with their signs, so that they cancel. What does ‖a‖ do "
        "with signs?",
        partial(_difference, norm=lambda a: abs(np.sum(a))),
        look=_CANCEL,
    ),
    Mistake(
        "largest-entry",
        "You take the largest entry for the norm. The norm takes all of them.",
        partial(_difference, norm=lambda a: np.abs(a).max()),
        look=_ABOVE,
    ),
    Mistake(
        "spectral-norm",
        "For matrices, NumPy's norm(…, 2) is another norm.",
        partial(_difference, norm=_spectral),
        look="Compare your norm of a matrix with the root of the sum of its squares.",
    ),
    Mistake(
        "plus-above",
        "You add the gradients above. They are to be compared.",
        lambda a, b: _norm(a + b) / (_norm(a) + _norm(b)),
        look="Try a = b: the answer should be 0.",
    ),
    Mistake(
        "signs-above",
        "You sum the differences with their signs, so that they cancel. What does ‖a − b‖ do with "
        "signs?",
        partial(_difference, above=lambda n, a, b: np.sum(a - b)),
        look=_CANCEL,
    ),
    Mistake(
        "signs-above",
        "You sum the differences with their signs, so that they cancel. What does ‖a − b‖ do with "
        "signs?",
        partial(_difference, above=lambda n, a, b: abs(np.sum(a - b))),
        look=_CANCEL,
    ),
    Mistake(
        "fraction-squared",
        "The fraction comes out squared, so that 1e-7 would read as 1e-14. Which root is missing?",
        lambda a, b: _difference(a, b) ** 2,
        look="Work it out by hand for a = [3, 4] and b = [0, 5], and compare.",
    ),
    Mistake(
        "cosine",
        "That is one minus the cosine of the angle. A gradient that is twice too long has the same "
        "angle.",
        lambda a, b: 1 - np.vdot(a, b) / (_norm(a) * _norm(b)),
        look="Try b = 2a: they differ, but what does yours say?",
    ),
    Mistake(
        "true-or-false",
        "It says whether the two are equal. The task asks how far they are apart, as a number.",
        lambda a, b: np.allclose(a, b),
        look="Look at what kind of answer comes out.",
    ),
    Mistake(
        "true-or-false",
        "It says whether the two are equal. The task asks how far they are apart, as a number.",
        lambda a, b: np.array_equal(a, b),
        look="Look at what kind of answer comes out.",
    ),
    Mistake(
        "one-minus",
        "That says how alike the two are: 1 for equal gradients. The task asks how far they are "
        "apart.",
        lambda a, b: 1 - _difference(a, b),
        look="Try a = b: the answer should be 0.",
    ),
    Mistake(
        "brackets-missing",
        "Only ‖a‖ is divided by, and ‖b‖ is added to the fraction. What do you have to put round "
        "the sum below?",
        lambda a, b: _norm(a - b) / _norm(a) + _norm(b),
        look="Try a = b: the answer should be 0.",
    ),
    Mistake(
        "upside-down",
        "The fraction stands on its head.",
        partial(_difference, above=lambda n, a, b: n(a) + n(b), join=lambda n, a, b: n(a - b)),
        look="Try b = 2a: the answer should be a third.",
    ),
    Mistake(
        "upside-down",
        "The fraction stands on its head.",
        partial(
            _difference,
            above=lambda n, a, b: n(a) + n(b),
            join=lambda n, a, b: n(a - b),
            nothing=np.inf,
        ),
        look="Try b = 2a: the answer should be a third.",
    ),
    Mistake(
        "each-entry",
        "You return one number for each entry. Above, too, stands a norm.",
        partial(_difference, above=lambda n, a, b: np.abs(a - b)),
        look=_EACH,
    ),
    Mistake(
        "each-entry",
        "You return one number for each entry. Above, too, stands a norm.",
        partial(_difference, above=lambda n, a, b: a - b),
        look=_EACH,
    ),
    *(
        Mistake(
            "entry-by-entry",
            _ENTRY_BY_ENTRY,
            partial(_entries, size=size, least=least, finish=finish),
            look=_EACH,
        )
        for size in (lambda a, b: np.abs(a) + np.abs(b), _larger)
        for least in (0.0, 1e-300)
        for finish in (np.asarray, np.mean, np.max, np.sum, _norm)
    ),
    *(
        Mistake(
            "row-by-row",
            "For a matrix you take the norm of each row, or of each column. One norm over all "
            "entries is asked for.",
            partial(_lines, axis=axis, finish=finish),
            look="Compare your norm of a matrix with the root of the sum of its squares.",
        )
        for axis in (0, -1)
        for finish in (np.asarray, np.mean)
    ),
    *(
        Mistake(
            "added-below",
            _ADDED,
            partial(_difference, guard=partial(np.add, 10.0**-k)),
            look=_TINY,
        )
        for k in range(3, 10)
    ),
    Mistake(
        "added-below",
        _ADDED,
        partial(_difference, guard=partial(np.add, 1.0)),
        look=_TINY,
    ),
    Mistake(
        "at-least-one",
        "Where the norms together are below 1 you do not divide by them. When alone is there "
        "nothing to divide by?",
        partial(_difference, guard=lambda size: np.maximum(size, 1.0)),
        look=_TINY,
    ),
    *(
        Mistake(
            "small-is-zero",
            "You take short gradients for zeros. When alone is there nothing to divide by?",
            partial(_difference, guard=lambda size, limit=10.0**-k: size if size > limit else 0.0),
            look=_TINY,
        )
        for k in range(6)
    ),
    Mistake(
        "near-is-equal",
        "You return 0 for gradients that are close to each other. How close they are is what is "
        "asked for: when alone is nothing left to compare?",
        partial(_unless, near=lambda a, b: np.allclose(a, b)),
        *(partial(_unless, near=partial(_within, limit=10.0**-k)) for k in (7, 8, 9)),
        look="Try two gradients of length 0.000001 that differ in their fourth digit.",
    ),
)


def _unguarded(a, b, number=np.float64):
    return number(_norm(a - b)) / number(_norm(a) + _norm(b))


_ZERO_MISTAKES = (
    *(
        Mistake(
            "two-zeros",
            "Then the norms below are 0 as well, and 0 / 0 is not a number. What should come out "
            "for two gradients that are equal?",
            partial(_unguarded, number=number),
            look="All right but one: try two gradients of zeros.",
        )
        for number in (np.float64, float)
    ),
    Mistake(
        "zeros-unequal",
        "You return 1 for two gradients of zeros, the farthest apart that there is. But they are "
        "equal.",
        partial(_difference, nothing=1.0),
        look="All right but one: try two gradients of zeros.",
    ),
    Mistake(
        "one-zero-is-enough",
        "You return 0 as soon as one of the two is all zeros. The other is not, so they differ.",
        lambda a, b: _difference(a, b) if _norm(a) * _norm(b) else 0.0,
        look="All right but one: try a gradient of zeros and another one.",
    ),
    Mistake(
        "one-zero-is-enough",
        "You return 0 as soon as the first is all zeros. The other may not be, and then they "
        "differ.",
        lambda a, b: _difference(a, b) if _norm(a) else 0.0,
        look="All right but one: try a gradient of zeros and another one.",
    ),
    Mistake(
        "one-zero-is-enough",
        "You return 0 as soon as the second is all zeros. The other may not be, and then they "
        "differ.",
        lambda a, b: _difference(a, b) if _norm(b) else 0.0,
        look="All right but one: try a gradient and one of zeros.",
    ),
)


def _of_zeros(exercise, function, verdict):
    """Go on with gradients of zeros once all others are right."""
    if not verdict.passed:
        return verdict
    zeros = _difference_of_zeros(function)
    return verdict if zeros.passed else zeros


_DIFFERENCE = "``relative_difference(a, b)``: one number from 0 to 1"
_difference_of_zeros = Exercise(_DIFFERENCE, _difference, _ZERO_CASES, _ZERO_MISTAKES)
relative_difference = Exercise(
    _DIFFERENCE,
    right=_difference,
    cases=_DIFFERENCE_CASES,
    mistakes=_DIFFERENCE_MISTAKES,
    draw=_draw_difference,
    stub=Stub(_difference_stub, "How long is a − b, and how long are a and b?"),
    atol=1e-7,
    after=(_of_zeros,),
)


# The culprit

_PASSES = ("a", "b", "c", "d")
_PARAMETERS = ("W1", "b1", "W2", "b2", "W3", "b3")


@noted
def culprit(name=None, parameter=None):
    """Check which of the four `suspects` is wrong, and where: ``culprit("a", "W1")``."""
    if name is None or parameter is None:
        hint = 'Name the pass and the parameter: culprit("a", "W1"), say.'
        return Verdict(False, "still-the-stub", hint)
    if not isinstance(name, str) or name not in _PASSES:
        hint = f"There is no such pass: the four are called {_listed(_PASSES)}."
        return Verdict(False, "no-such-pass", hint)
    if not isinstance(parameter, str) or parameter not in _PARAMETERS:
        hint = f"There is no such parameter: the six are called {_listed(_PARAMETERS)}."
        return Verdict(False, "no-such-parameter", hint)
    if name != "b":
        hint = (
            f"{name} agrees with the slopes, at the first weights and later. If all four look "
            f"right to you: where did you check?"
        )
        return Verdict(False, "accused-a-right-pass", hint)
    if parameter != "b2":
        hint = (
            f"It is b, but its gradient of {parameter} agrees with the slope. Compare each of the "
            f"six by itself."
        )
        return Verdict(False, "wrong-parameter", hint)
    return Verdict(True, None, "b adds λ/m b2 to db2: nothing, as long as b2 = 0.")


def _listed(names):
    quoted = [f'"{name}"' for name in names]
    return f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def goal_one_sided_wins(curves, *, here, h, curve, **_):
    """Judge the challenge: the one-sided slope is exact where the two-sided is far off."""
    if gradient_errors.KINKS.get(curve) == here:
        hint = "here the curve has two slopes, one on each side, and none to be right about."
        return Verdict(False, "on-the-kink", hint)
    f, slope = curves[curve]
    theta, right = np.array([here]), float(slope(here))
    off = [
        abs(float(g(lambda t: float(f(t[0])), theta, h=h)[0]) - right)
        for g in (lecture.one_sided_gradient, lecture.numerical_gradient)
    ]
    said = [against(x, at, ".2g").replace("-", "−") for x, at in zip(off, (1e-6, 0.1), strict=True)]
    now = f"one-sided is off by {said[0]}, two-sided by {said[1]}"
    if off[0] < 1e-6 and off[1] > 0.1:
        return Verdict(True, None, f"{now}. The kink is on the side that only one of them visits.")
    hint = "find a place where one-sided is exact (below 1e−6), two-sided off by more than 0.1. "
    return Verdict(False, "not-there", f"{hint}Now: {now}.")


def goal_ten_digits(*, h, precision, subject, **_):
    """Judge the challenge: the two-sided slope of the sine is right to ten digits."""
    if subject != "sine":
        return Verdict(False, "other-subject", "choose the sine, and bring two-sided below 1e−10.")
    theta = np.array([1.1], dtype=precision)
    slope = lecture.numerical_gradient(lambda t: np.sin(t).sum(), theta, h=h)
    off = lecture.relative_difference(slope, np.cos(theta.astype(np.float64)))
    now = "two-sided is off by " + against(off, 1e-10, ".1e").replace("-", "−")
    if precision == "float32":
        hint = f"choose float64: the 7 digits of float32 are too few for 1e−10 at any h. Now {now}."
        return Verdict(False, "float32", hint)
    if off < 1e-10:
        return Verdict(True, None, f"{now}.")
    return Verdict(False, "too-far", f"bring two-sided below 1e−10. Now {now}.")
