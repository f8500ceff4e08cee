"""Checks of the exercises on exponentially weighted averages, and the goals of the challenges."""

import numpy as np

from course_utils import datasets
from course_utils import weighted_averages as lecture
from course_utils.checks.diagnosis import Case, Mistake, diagnose
from course_utils.checks.verdict import Verdict

_CASES = (
    Case((np.array([40, 49, 45]), 0.9), says="the lecture's 40, 49, 45 with β = 0.9"),
    Case(
        (np.array([8.9, 6.7, 9.45, 8.9, 5.85, 3.35, -1.5, 0.0, 2.75, 11.0, 12.5, 10.25]), 0.8),
        says="twelve days of temperatures, one below zero, with β = 0.8",
    ),
    Case((np.full(6, 10.0), 0.98), says="10 °C on every one of six days, with β = 0.98"),
    Case((np.array([3.5, -1.25, 7.0, 6.5]), 0.0), says="β = 0, four days"),
    Case((np.array([21.5]), 0.9), says="one day alone"),
)


def ewa(function):
    """Check ``function(values, beta)``: the averages v_1 ... v_T with v_0 = 0.

    Parameters
    ----------
    function : callable
        The reader's function.

    Returns
    -------
    Verdict
    """
    return diagnose(function, lecture.ewa, _CASES, _with_truncation(_EWA_MISTAKES, lecture.ewa))


def ewa_corrected(function):
    """Check ``function(values, beta)``: the averages v_t / (1 - beta^t).

    Parameters
    ----------
    function : callable
        The reader's function.

    Returns
    -------
    Verdict
    """
    mistakes = _with_truncation(_CORRECTED_MISTAKES, _right_corrected)
    return diagnose(function, _right_corrected, _CASES, mistakes)


def goal_month(*, beta, **_):
    """Judge the challenge: an average over about 30 days.

    Parameters
    ----------
    beta : float
        Where the reader's slider stands.

    Returns
    -------
    Verdict
    """
    window = lecture.window(beta)
    passed = 28 <= window <= 32
    here = f"Now the window is {window:.1f} days."
    asked = "An average over about 30 days: a window of 28 to 32. "
    return Verdict(passed, None if passed else "window-not-30", here if passed else asked + here)


GOAL_LAG, GOAL_ROUGHNESS = 20, 0.12
"""The challenge's target: lag in days, and change from day to day in °C."""


def goal_smooth_and_prompt(*, beta, **_):
    """Judge the challenge: a line that is smooth and yet not late.

    Parameters
    ----------
    beta : float
        Where the reader's slider stands.

    Returns
    -------
    Verdict
    """
    _, celsius = datasets.temperatures()
    averages = lecture.ewa(celsius, beta, bias_correction=True)
    lag, roughness = lecture.lag(celsius, averages), lecture.roughness(averages)
    days = f"{lag} day{'s' * (lag != 1)}"
    here = f"Now it comes {days} late and moves {roughness:.3f} °C from day to day."
    asked = (
        f"A line at most {GOAL_LAG} days late that moves at most {GOAL_ROUGHNESS} °C from day to "
        "day. "
    )
    if lag > GOAL_LAG:
        return Verdict(False, "too-late", asked + here + " Too late.")
    if roughness > GOAL_ROUGHNESS:
        return Verdict(False, "too-rough", asked + here + " Too rough.")
    return Verdict(True, None, here)


# What follows is wrong code, each piece a mistake that readers make.


def _recursion(step):
    """Return the function of (values, beta) that repeats ``v = step(v, theta, beta, t)``."""

    def averages(values, beta):
        v, result = 0.0, []
        for t, theta in enumerate(values, start=1):
            v = step(v, theta, beta, t)
            result.append(v)
        return np.array(result)

    return averages


def _shown(show):
    """Return the function that gives ``show(v, beta, t)`` for the right averages v."""
    return lambda values, beta: show(lecture.ewa(values, beta), beta, _t(values))


def _corrected(averages):
    """Return the same averages with the right correction."""
    return lambda values, beta: averages(values, beta) / (1 - beta ** _t(values))


def _right_corrected(values, beta):
    return lecture.ewa(values, beta, bias_correction=True)


def _t(values):
    return np.arange(1, len(values) + 1)


def _zeros(values, beta):
    return np.zeros(len(values))


def _late(values, beta):
    return np.append(0.0, lecture.ewa(values, beta)[:-1])


def _first_value(values, beta):
    return _recursion(lambda v, x, b, t: x if t == 1 else b * v + (1 - b) * x)(values, beta)


def _without_first_day(values, beta):
    return lecture.ewa(np.append(0.0, values[1:]), beta)


def _two_days(values, beta):
    return beta * np.append(0.0, values[:-1]) + (1 - beta) * values


def _oldest_first(values, beta):
    return np.cumsum(lecture.weights(beta, len(values)) * values)


def _window_means(values, beta):
    days = round(1 / (1 - beta))
    return np.array([values[max(0, t - days) : t].mean() for t in _t(values)])


def _window_sums(values, beta):
    days = round(1 / (1 - beta))
    return np.array([values[max(0, t - days) : t].sum() / days for t in _t(values)])


def _only_first(values, beta):
    return np.append(values[:1], lecture.ewa(values, beta)[1:])


def _divides_by_zero(values, beta):
    raise ZeroDivisionError


_DECIMALS = (
    "On the whole numbers 40, 49, 45 your averages lose their decimals. The array that you store "
    "them in holds whole numbers: np.zeros_like(values) takes the kind of number from `values`. "
    "Which array has room for 8.5?"
)


def _with_truncation(mistakes, right):
    """Add what the same code gives when it stores into an array of whole numbers."""

    def truncated(wrong):
        return lambda values, beta: np.asarray(wrong(values, beta)).astype(values.dtype)

    lost = Mistake("loses-decimals", truncated(right), _DECIMALS)
    return [*mistakes, lost, *(Mistake(m.id, truncated(m.wrong), m.hint) for m in mistakes)]


_ONLY_LAST = (
    "You return one number, the last average. Asked for is one a day: where do you keep the "
    "average of each day before the next one comes?"
)
_PLAIN = (
    (
        "weights-swapped",
        _recursion(lambda v, x, b, t: (1 - b) * v + b * x),
        "With β = 0.9 your average jumps nearly all the way to each new day. Which of the two "
        "should weigh β: the old average or today's value?",
    ),
    (
        "starts-at-first-value",
        _first_value,
        "Your first average is the first day itself. Where does the lecture start: what is v_0? "
        "Then day 1 is a step like all others.",
    ),
    (
        "one-step-late",
        _late,
        "Your numbers are right but a day late, with a 0 in front. Do you store v before or after "
        "today's value has been mixed in? And does day t use values[t] or values[t - 1]?",
    ),
    (
        "takes-yesterday",
        lambda values, beta: lecture.ewa(np.roll(values, 1), beta),
        "Day 1 mixes in the last day of the series: values[t - 1] with t = 0 is values[-1]. "
        "Which index has today's value?",
    ),
    (
        "skips-first-day",
        _without_first_day,
        "The first day never enters: with any other first value you would return the same. "
        "At which index does your loop begin?",
    ),
    (
        "plain-mean",
        lambda values, beta: np.cumsum(values) / _t(values),
        "This is the plain mean of all days so far, whatever β is: an old day counts as much as "
        "today. What should happen to a day's weight as it ages?",
    ),
    (
        "window-mean",
        _window_means,
        "This is the plain mean of the last 1/(1 − β) days: a day counts in full and then, "
        "suddenly, not at all. Here each day should fade, step by step; v itself remembers.",
    ),
    (
        "window-mean",
        _window_sums,
        "This is a sum over the last 1/(1 − β) days: a day counts in full and then, "
        "suddenly, not at all. Here each day should fade, step by step; v itself remembers.",
    ),
    (
        "forgets-one-minus-beta",
        _recursion(lambda v, x, b, t: b * v + x),
        "With 10 °C on every day your average climbs far above 10. What must the weights of the "
        "old average and of today add up to?",
    ),
    (
        "no-decay",
        _recursion(lambda v, x, b, t: v + (1 - b) * x),
        "With 10 °C on every day your average keeps growing: nothing old is ever let go. Which "
        "share of v_{t-1} should stay?",
    ),
    (
        "two-days-only",
        _two_days,
        "Only today and yesterday enter. Which quantity carries the memory of all earlier days?",
    ),
    (
        "v-never-changes",
        lambda values, beta: (1 - beta) * values,
        "Each of your numbers depends on its own day alone. Does v still hold the average of the "
        "day before when the next day comes?",
    ),
    (
        "oldest-weighs-most",
        _oldest_first,
        "You weigh the days the wrong way round: the first day always weighs 1 − β, today least. "
        "How old is today's value, and which power of β goes with it?",
    ),
    (
        "one-power-too-many",
        lambda values, beta: beta * lecture.ewa(values, beta),
        "Each of your averages is β times the right one. What does a day weigh on the day itself: "
        "which power of β?",
    ),
)
_EWA_MISTAKES = [
    Mistake(*each)
    for each in (
        (
            "still-the-stub",
            _zeros,
            "So far the stub answers: nothing but zeros. Begin by hand with one day: v_0 = 0, "
            "θ_1 = 40, β = 0.9. What is v_1? Then let a loop do the same for each day.",
        ),
        *_PLAIN,
        ("only-the-last", lambda values, beta: lecture.ewa(values, beta)[-1], _ONLY_LAST),
        ("only-the-last", lambda values, beta: lecture.ewa(values, beta)[-1:], _ONLY_LAST),
        (
            "keeps-v0",
            lambda values, beta: np.append(0.0, lecture.ewa(values, beta)),
            "You return one number too many: v_0 = 0 stands in front. Asked for are v_1 to v_T, "
            "as many as there are days.",
        ),
        (
            "already-corrected",
            _right_corrected,
            "These are the averages with bias correction. Here the recursion alone is asked for, "
            "with the low start that v_0 = 0 gives it.",
        ),
    )
]
_CORRECTED_MISTAKES = [
    Mistake(*each)
    for each in (
        (
            "still-the-stub",
            _zeros,
            "So far the stub answers: nothing but zeros. By hand: v_1 = 4 for a day of 40 degrees, "
            "shown as 40. What was it divided by? Your loop from above needs one more step.",
        ),
        (
            "not-corrected",
            lecture.ewa,
            "These are the averages as the recursion gives them: with 10 °C on every day and "
            "β = 0.98 they begin at 0.2. What do the weights inside v_t add up to?",
        ),
        (
            "fed-back",
            _recursion(lambda v, x, b, t: (b * v + (1 - b) * x) / (1 - b**t)),
            "The corrected value goes back into the recursion, so that it is corrected again on "
            "the next day: 10 °C on every day runs away. Which of the two numbers should the loop "
            "carry on, and which one is only shown?",
        ),
        (
            "t-from-zero",
            _shown(lambda v, b, t: v / (1 - b ** (t - 1))),
            "On the first day you divide by 0: Python counts from 0. What is the number t of the "
            "first day?",
        ),
        (
            "t-from-zero",
            _divides_by_zero,
            "On the first day you divide by 0. What is 1 − β^t for t = 0, and what is the number t "
            "of the first day?",
        ),
        (
            "one-minus-missing",
            _shown(lambda v, b, t: v / b**t),
            "You divide by β^t, which goes to 0: the later the day, the larger your numbers. The "
            "weights inside v_t add up to something that goes to 1.",
        ),
        (
            "power-missing",
            _shown(lambda v, b, t: v / (1 - b)),
            "Day 1 is right, but you divide by the same 1 − β on every day. The start is forgotten "
            "day by day: where does the day's number come in?",
        ),
        (
            "power-around-the-difference",
            _shown(lambda v, b, t: v / (1 - b) ** t),
            "Day 1 is right, then the numbers explode: the power is taken of the whole difference. "
            "Which part of 1 − β^t has the power?",
        ),
        (
            "power-around-the-difference",
            _shown(lambda v, b, t: v / (1 - (1 - b) ** t)),
            "The power is taken of 1 − β. Which number is multiplied once a day in the recursion?",
        ),
        (
            "product-for-power",
            _shown(lambda v, b, t: v / (1 - b * t)),
            "You take β times t. How does Python write β to the power t?",
        ),
        (
            "multiplies",
            _shown(lambda v, b, t: v * (1 - b**t)),
            "Your numbers are smaller than without correction. The averages are too small at the "
            "start: should 1 − β^t multiply or divide?",
        ),
        (
            "only-the-first-day",
            _only_first,
            "Only day 1 is corrected. Is the average of day 2 free of the start at 0?",
        ),
        (
            "same-t-for-all",
            _shown(lambda v, b, t: v / (1 - b ** t[-1])),
            "You divide by the same number on every day, the one of the last day. Which t belongs "
            "to day 1?",
        ),
        (
            "t-one-too-large",
            _shown(lambda v, b, t: v / (1 - b ** (t + 1))),
            "Your t runs one ahead: on day 1 you divide as if it were day 2.",
        ),
        (
            "corrected-twice",
            _shown(lambda v, b, t: v / (1 - b**t) ** 2),
            "Corrected twice: with 10 °C on every day you begin far above 10. Where is the other "
            "division?",
        ),
        (
            "corrects-the-values",
            lambda values, beta: lecture.ewa(values / (1 - beta ** _t(values)), beta),
            "You divide the temperatures before averaging them. It is the average that is too "
            "small, not the temperature: what should be divided?",
        ),
        (
            "starts-at-first-value",
            _first_value,
            "You start at the first day instead of at v_0 = 0. That avoids the low start, but "
            "gives day 1 far too much weight later on. Keep v_0 = 0: what is divided then?",
        ),
        (
            "starts-at-first-value",
            _corrected(_first_value),
            "Your v starts at the first day, so that there is no low start to correct; then you "
            "correct it all the same. Where does the lecture start: what is v_0?",
        ),
        (
            "one-step-late",
            lambda values, beta: np.append(0.0, _right_corrected(values, beta)[:-1]),
            "Your numbers are right but a day late, with a 0 in front. Do you store before or "
            "after today's value has been mixed in?",
        ),
        ("only-the-last", lambda values, beta: _right_corrected(values, beta)[-1], _ONLY_LAST),
        ("only-the-last", lambda values, beta: _right_corrected(values, beta)[-1:], _ONLY_LAST),
        *((id_, _corrected(wrong), hint) for id_, wrong, hint in _PLAIN),
    )
]
