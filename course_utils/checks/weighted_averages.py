"""Checks of the exercises on exponentially weighted averages, and the goals of the challenges."""

from functools import partial

import numpy as np

from course_utils import datasets
from course_utils import weighted_averages as lecture
from course_utils.checks.engine.describing import count_of
from course_utils.checks.engine.diagnosis import Case, Invariant, Mistake, Stub, made_in
from course_utils.checks.engine.exercise import Exercise
from course_utils.checks.engine.showing import against
from course_utils.checks.engine.verdict import Verdict

_DAYS = np.array([8.9, 6.7, 9.45, 8.9, 5.85, 3.35, -1.5, 0.0, 2.75, 11.0, 12.5, 10.25])
_YEAR, _PASTE = datasets.temperatures()[1][:365], "datasets.temperatures()[1][:365]"
_CASES = (
    Case((np.array([40, 49, 45]), 0.9), says="the lecture's 40, 49, 45 with β = 0.9"),
    Case((np.array([21.5]), 0.9), says="one day alone"),
    Case((_DAYS, 0.8), says="twelve days, one of them below zero, with β = 0.8"),
    Case((np.full(6, 10.0), 0.98), says="10 °C on every one of six days, with β = 0.98"),
    Case((np.array([-2.5, -4.25, -3.0, 1.5]), 0.6), says="days of frost, with β = 0.6"),
    Case((np.array([3.5, -1.25, 7.0, 6.5]), 0.0), says="β = 0, four days"),
    Case((_YEAR, 0.1), says="the 365 days of a year, with β = 0.1", code=f"{_PASTE}, 0.1"),
    Case((_YEAR, 0.98), says="the 365 days of a year, with β = 0.98", code=f"{_PASTE}, 0.98"),
)


def _draw(rng):
    days = rng.choice(np.arange(-50, 300), rng.integers(4, 9), replace=False) / 10
    return Case((days, float(rng.integers(30, 95) / 100)), says="days drawn just now")


def _recursion(values, beta, v, step, fed, count):
    series = []
    for t, theta in enumerate(values, start=1):
        v = fed(step(v, theta, beta, t), beta, count(t))
        series.append(v)
    return np.array(series)


def _averages(
    values,
    beta,
    *,
    given=lambda x: x,
    weight=lambda b: b,
    start=lambda x: 0.0,
    step=lambda v, x, b, t: b * v + (1 - b) * x,
    fed=lambda v, b, t: v,
    count=lambda t: t,
    averaged=_recursion,
    corrected=lambda v, b, t: v,
    shown=lambda v: v,
    stored=lambda values: np.float64,
):
    """Average in exchangeable parts: the right ones, without correction, by default."""
    beta = weight(beta)
    v = averaged(given(values), beta, start(values), step, fed, count)
    v = corrected(v, beta, count(np.arange(1, len(v) + 1)))
    return np.asarray(shown(v)).astype(stored(values))


def _right_correction(v, b, t):
    return v / (1 - b**t)


def _corrected(values, beta, *, corrected=_right_correction, **parts):
    """Average in exchangeable parts: the right ones, with the right correction, by default."""
    return _averages(values, beta, corrected=corrected, **parts)


def _otherwise(averages):
    """Turn another way to average, ``averages(values, beta)``, into a part."""
    return lambda values, beta, *_: averages(values, beta)


def _mean_so_far(values, beta):
    return np.cumsum(values) / np.arange(1, len(values) + 1)


def _two_days(values, beta):
    return beta * np.append(0.0, values[:-1]) + (1 - beta) * values


def _oldest_first(values, beta):
    return np.cumsum((1 - beta) * float(beta) ** np.arange(len(values)) * values)


def _by_division(values, beta):
    powers = float(beta) ** np.arange(len(values))
    return (1 - beta) * powers * np.cumsum(values / powers)


def _window(beta, whole=round):
    return max(1, int(whole(1 / (1 - beta))))


def _window_means(values, beta, whole=round):
    days = _window(beta, whole)
    return np.array([values[max(0, t - days) : t].mean() for t in range(1, len(values) + 1)])


def _window_sums(values, beta):
    days = _window(beta)
    return np.convolve(values, np.ones(days) / days)[: len(values)]


def _newest(days):
    """Return averages that forget all but the newest ``days(beta)`` days."""

    def averages(values, beta):
        weights = (1 - beta) * float(beta) ** np.arange(min(len(values), days(beta)))
        return np.convolve(values, weights)[: len(values)]

    return averages


def _late(v):
    return np.append(0.0, v[:-1])


_WEIGHTS = "Look at the weights of the old average and of today: do they add up to 1?"
_START = "What is v₀ in this exercise?"
_MEMORY = "With β = 0.98, change the first of 365 days: do all later averages follow?"
_EITHER = (
    Mistake(
        "weights-swapped",
        "β and 1 − β have changed places. Which of them says how much of the old average is kept?",
        {"step": lambda v, x, b, t: (1 - b) * v + b * x},
        {"weight": lambda b: 1 - b},
        look="Put in nine days of 0 and then one of 10, with β = 0.9: is your last average still "
        "nearer to 0?",
    ),
    Mistake(
        "starts-at-first-value",
        "Your average starts at the first day instead of at v₀ = 0, so that this day counts "
        "for too much. Day 1 is a step like all others.",
        {"start": lambda x: x[0]},
        {"step": lambda v, x, b, t: x if t == 1 else b * v + (1 - b) * x},
        look=_START,
    ),
    Mistake(
        "starts-elsewhere",
        "Your average starts at another number than v₀ = 0.",
        {"start": lambda x: 1.0},
        {"start": np.mean},
        look=_START,
    ),
    Mistake(
        "one-step-late",
        "Your averages come a day late. Do you store v before or after today's value has been "
        "mixed in, and which day does your index mean?",
        {"shown": _late},
        {"given": lambda x: np.append(0.0, x[:-1])},
        look="Change the first day: does your number for day 1 follow?",
    ),
    Mistake(
        "one-step-early",
        "Your averages come a day early: day 1 mixes in what belongs to day 2.",
        {"given": lambda x: np.append(x[1:], 0.0)},
        {"shown": lambda v: np.append(v[1:], 0.0)},
        {"given": lambda x: np.roll(x, -1)},
        {"shown": lambda v: np.roll(v, -1)},
        look="Change the second day: does your number for day 1 follow?",
    ),
    Mistake(
        "takes-yesterday",
        "Day 1 mixes in the last day of the series: the index −1 counts from the end. Which index "
        "has today's value?",
        {"given": lambda x: np.roll(x, 1)},
        look="Which value does values[t − 1] mean when t is 0?",
    ),
    Mistake(
        "skips-first-day",
        "The first day is never mixed in. At which index does your loop begin?",
        {"given": lambda x: np.append(0.0, x[1:])},
        look="Print what you mix into v, day by day: which day comes first?",
    ),
    Mistake(
        "skips-last-day",
        "The last day has no average: you leave a 0 there. Where does your loop end?",
        {"shown": lambda v: np.append(v[:-1], 0.0)},
        look="Look at the last of your averages.",
    ),
    Mistake(
        "one-minus-beta-forgotten",
        "Today's weight is missing, so each day counts in full.",
        {"step": lambda v, x, b, t: b * v + x},
        look=_WEIGHTS,
    ),
    Mistake(
        "no-decay",
        "The old average stays whole, and nothing is ever let go.",
        {"step": lambda v, x, b, t: v + (1 - b) * x},
        look=_WEIGHTS,
    ),
    Mistake(
        "beta-for-both",
        "β weighs both the old average and today.",
        {"step": lambda v, x, b, t: b * v + b * x},
        look=_WEIGHTS,
    ),
    Mistake(
        "one-minus-beta-for-both",
        "1 − β weighs both the old average and today.",
        {"step": lambda v, x, b, t: (1 - b) * (v + x)},
        look=_WEIGHTS,
    ),
    Mistake(
        "no-weights",
        "The old average and today are added as they are, without β.",
        {"step": lambda v, x, b, t: v + x},
        look=_WEIGHTS,
    ),
    Mistake(
        "minus",
        "There is a minus that should not be there, or a difference taken the wrong way round.",
        {"step": lambda v, x, b, t: b * v - (1 - b) * x},
        look="Look at the sign of your numbers.",
    ),
    Mistake(
        "added-to-v",
        "The old average stays whole, and a part of it is added once more.",
        {"step": lambda v, x, b, t: v + b * v + (1 - b) * x},
        look="Look at how v gets its new value: what becomes of the old one?",
    ),
    Mistake(
        "one-minus-beta-over-all",
        "One weight multiplies the whole step, the old average included.",
        {"step": lambda v, x, b, t: (1 - b) * (b * v + x)},
        look=_WEIGHTS,
    ),
    Mistake(
        "brackets-missing",
        "Without brackets only β multiplies today's value, and the 1 stands alone.",
        {"step": lambda v, x, b, t: b * v + 1 - b * x},
        look="Look at the order in which Python works: what is multiplied by today's value?",
    ),
    Mistake(
        "power-in-the-step",
        "A weight in your step is raised to a power that grows with the day. In the recursion it "
        "is the same on every day.",
        {"step": lambda v, x, b, t: b**t * v + (1 - b**t) * x},
        {"step": lambda v, x, b, t: b**t * v + (1 - b) * x},
        {"step": lambda v, x, b, t: b * v + (1 - b) ** t * x},
        look="Look at the weights in your step: are they the same on every day?",
    ),
    Mistake(
        "beta-as-a-span",
        "You turn β into another weight, as if it were a number of days. Here β is itself the "
        "weight of the old average.",
        {"weight": lambda b: 1 - 2 / (b + 1)},
        {"weight": lambda b: 1 - 1 / (b + 1)},
        look="Look at what you make of β before the first step.",
    ),
    Mistake(
        "beta-by-heart",
        "Your β is a number of your own, whatever beta is passed in.",
        *({"weight": lambda b, own=own: own} for own in (0.9, 0.5, 0.95, 0.98, 0.99)),
        look="Change beta: does your answer follow?",
    ),
    Mistake(
        "plain-mean",
        "An old day counts as much as today, whatever β is, as in a plain mean.",
        {"averaged": _otherwise(_mean_so_far)},
        look="As a day gets older, what should happen to its weight?",
    ),
    Mistake(
        "window-mean",
        "You add up the last 1/(1 − β) days with equal weights: a day counts in full and then, "
        "suddenly, not at all. Here each day fades step by step; v itself remembers.",
        *(
            {"averaged": _otherwise(partial(_window_means, whole=whole))}
            for whole in (round, int, np.ceil)
        ),
        {"averaged": _otherwise(_window_sums)},
        look="As a day gets older, what should happen to its weight?",
    ),
    Mistake(
        "old-days-cut-off",
        "Days that lie far back make no difference to your averages. In the recursion every day "
        "fades, but none is ever cut off.",
        *(
            {"averaged": _otherwise(_newest(partial(lambda b, k: k * _window(b), k=k)))}
            for k in (1, 2, 3)
        ),
        *(
            {"averaged": _otherwise(_newest(partial(lambda b, k: k, k=k)))}
            for k in (7, 10, 20, 30, 50, 60, 90, 100)
        ),
        look=_MEMORY,
    ),
    Mistake(
        "values-squared",
        "You square the days. The task asks for the average of the days themselves.",
        {"given": np.square},
        look="Print what you mix into v on day 1.",
    ),
    Mistake(
        "always-the-first-day",
        "Each of your steps mixes in the first day. Which day should it be?",
        {"given": lambda x: np.full(len(x), x[0])},
        look="Print what you mix into v on day 2.",
    ),
    Mistake(
        "beta-squared",
        "β is squared. It should weigh the old average as it is.",
        {"weight": lambda b: b**2},
        {"step": lambda v, x, b, t: b**2 * v + (1 - b) * x},
        look="Look at β in your step: how often does it stand there?",
    ),
    Mistake(
        "two-days-only",
        "Only two days enter each average. Which quantity carries the memory of all earlier days?",
        {"averaged": _otherwise(_two_days)},
        {"averaged": _otherwise(lambda x, beta: beta * np.roll(x, 1) + (1 - beta) * x)},
        {"averaged": _otherwise(_newest(lambda beta: 2))},
        look=_MEMORY,
    ),
    Mistake(
        "no-memory",
        "Each of your numbers depends on a single day. Does v still hold the average of the "
        "day before when the next day comes?",
        {"step": lambda v, x, b, t: (1 - b) * x},
        look=_MEMORY,
    ),
    Mistake(
        "oldest-weighs-most",
        "You weigh the days the wrong way round: the first day weighs most, today least.",
        {"averaged": _otherwise(_oldest_first)},
        look="How old is today's value, and which power of β goes with its age?",
    ),
    Mistake(
        "one-power-too-many",
        "Each day has one factor β too many.",
        {"step": lambda v, x, b, t: b * v + (1 - b) * b * x},
        look="What does a day weigh on the day itself: which power of β?",
    ),
    Mistake(
        "powers-run-out",
        "You divide by powers of β. Far out they are so small that the computer takes them for 0, "
        "and with β = 0 they are 0 at once. The recursion does not divide.",
        {"averaged": _otherwise(_by_division)},
        look="Try many days, and a small β: what becomes of your powers of β?",
    ),
    Mistake(
        "back-to-front",
        "You begin with the last day and go back. An average of today can hold past days only.",
        {"given": lambda x: x[::-1], "shown": lambda v: v[::-1]},
        {"given": lambda x: x[::-1]},
        look="In which direction does your loop go through the days?",
    ),
    Mistake(
        "limited-at-zero",
        "You keep your averages, or the days, from falling below 0. Temperatures may.",
        {"step": lambda v, x, b, t: max(0, b * v + (1 - b) * x)},
        {"given": lambda x: np.maximum(x, 0)},
        {"given": np.abs},
        {"shown": np.abs},
        {"shown": lambda v: np.maximum(v, 0)},
        look="Try days of frost.",
    ),
    Mistake(
        "rounded-on-the-way",
        "v is rounded on every day, and the next day goes on with the rounded number.",
        *(
            {"step": lambda v, x, b, t, digits=digits: np.round(b * v + (1 - b) * x, digits)}
            for digits in (0, 1, 2, 3)
        ),
        {"step": lambda v, x, b, t: np.trunc(b * v + (1 - b) * x)},
        look="Look for a rounding in your loop.",
    ),
    Mistake(
        "loses-decimals",
        "When the temperatures are whole numbers, your averages lose their decimals: the array in "
        "which you store them holds whole numbers, as `values` does. Which array has room for 8.5?",
        {"stored": lambda values: values.dtype},
        {"step": lambda v, x, b, t: np.asarray(b * v + (1 - b) * x).astype(np.asarray(x).dtype)},
        look="Give it whole degrees, such as 40, 49, 45: where are the decimals?",
    ),
    Mistake(
        "whole-numbers",
        "All your averages have lost their decimals: they are stored as whole numbers.",
        {"stored": lambda values: np.int64},
        look="Look at the kind of number in your answer.",
    ),
    Mistake(
        "only-the-last",
        "You return one number, the last average. The task asks for one a day: where do you keep "
        "the average of each day before the next one comes?",
        {"shown": lambda v: v[-1]},
        {"shown": lambda v: v[-1:]},
        look="Compare the shape of your answer with that of values.",
    ),
    Mistake(
        "last-on-every-day",
        "Every place holds the average of the last day. When do you write into which place?",
        {"shown": lambda v: np.full(len(v), v[-1])},
        look="Look at your numbers: should they all be the same?",
    ),
    Mistake(
        "stops-after-one-day",
        "Only the first day has an average.",
        {"shown": lambda v: np.append(v[:1], np.zeros(len(v) - 1))},
        {"shown": lambda v: v[:1]},
        look="Where does your return stand: inside the loop, or behind it?",
    ),
    Mistake(
        "behind-the-zeros",
        "Your averages stand behind as many zeros: the array was full already, and what is "
        "appended comes after them.",
        {"shown": lambda v: np.append(np.zeros(len(v)), v)},
        look="Compare the length of your answer with the number of days.",
    ),
    Mistake(
        "keeps-v0",
        "You return one number too many: v₀ = 0 stands in front. Asked for are v₁ to v_T.",
        {"shown": lambda v: np.append(0.0, v)},
        look="Compare the length of your answer with the number of days.",
    ),
)


_EWA_MISTAKES = made_in(
    _averages,
    (
        *_EITHER,
        Mistake(
            "values-returned",
            "Your numbers are the days, not averaged. Where is the old average mixed in?",
            {"averaged": _otherwise(lambda values, beta: values)},
            look="Compare your answer with values.",
        ),
        Mistake(
            "already-corrected",
            "These are averages with a bias correction. Here the recursion alone is asked for, "
            "with the low start that v₀ = 0 gives it.",
            {"corrected": _right_correction},
            look="Does the recursion alone divide by anything?",
        ),
    ),
)


def _caret(values, beta):
    return 1 - beta ^ 1


def _caret_of_an_array(values, beta):
    return 1 - beta ^ np.arange(1, len(values) + 1)


def _divides_by_zero(values, beta):
    raise ZeroDivisionError


_DIVISOR = "Print what you divide by on days 1, 2 and 3, and compare it with 1 − βᵗ."
_DAY_1 = "Which number t has the first day, and what is 1 − βᵗ there?"
_CORRECTED_MISTAKES = (
    *made_in(
        _corrected,
        (
            Mistake(
                "not-corrected",
                "These averages are not corrected. What do the weights inside v_t add up to on day "
                "1, and on day 2?",
                {"corrected": lambda v, b, t: v},
                look="With 10 °C on every day, where should the averages begin?",
            ),
            Mistake(
                "fed-back",
                "The corrected value goes back into the recursion, so that it is corrected again "
                "on the next day.",
                {"fed": _right_correction, "corrected": lambda v, b, t: v},
                look="Which of the two numbers should the loop carry on, and which is only shown?",
            ),
            Mistake(
                "fed-back-without-t",
                "You divide by the same number on every day, and what comes out goes back into the "
                "recursion, where it is divided again.",
                {"fed": lambda v, b, t: v / (1 - b), "corrected": lambda v, b, t: v},
                look="Which of the two numbers should the loop carry on, and which is only shown?",
            ),
            Mistake(
                "t-from-zero",
                "Your t is one too small. Python counts from 0, where 1 − βᵗ is 0.",
                {"count": lambda t: t - 1},
                look=_DAY_1,
            ),
            Mistake(
                "t-from-zero",
                "From the second day on your t is one too small.",
                {"count": lambda t: np.maximum(t - 1, 1)},
                look="Which number t has the second day, and what is 1 − βᵗ there?",
            ),
            Mistake(
                "t-one-too-large",
                "Your t runs one ahead: it is one too large.",
                {"count": lambda t: t + 1},
                look=_DAY_1,
            ),
            Mistake(
                "same-t-for-all",
                "You divide by the same number on every day, the one of the last day. Which t "
                "belongs to day 1?",
                {"corrected": lambda v, b, t: v / (1 - b ** t[-1])},
                look=_DIVISOR,
            ),
            Mistake(
                "t-backwards",
                "Your t counts down: the first day gets the number of the last.",
                {"corrected": lambda v, b, t: v / (1 - b ** t[::-1])},
                look=_DIVISOR,
            ),
            Mistake(
                "one-minus-missing",
                "You divide by βᵗ, which goes to 0. What should the correction do to an average in "
                "the long run?",
                {"corrected": lambda v, b, t: v / b**t},
                look=_DIVISOR,
            ),
            Mistake(
                "power-missing",
                "On every day your answer is the average divided by the same number. Is today's "
                "weight missing, or the day's number t in what you divide by?",
                {"corrected": lambda v, b, t: v / (1 - b)},
                look="What does today weigh in your step, and what do you divide by on day 2?",
            ),
            Mistake(
                "power-of-the-difference",
                "You raise all of 1 − β to the power t. Which part of 1 − βᵗ has the power?",
                {"corrected": lambda v, b, t: v / (1 - b) ** t},
                look="Look at the brackets: to what does the power t belong?",
            ),
            Mistake(
                "power-of-one-minus-beta",
                "The power is taken of 1 − β. It belongs to the number by which old days fade.",
                {"corrected": lambda v, b, t: v / (1 - (1 - b) ** t)},
                look="Which number multiplies the old average once a day?",
            ),
            Mistake(
                "brackets-around-the-divisor-missing",
                "You subtract βᵗ from the average. If you meant to subtract it from 1 before you "
                "divide: Python divides first, unless there are brackets.",
                {"corrected": lambda v, b, t: v / 1 - b**t},
                look="Look at the order in which Python works: what is divided by what?",
            ),
            Mistake(
                "product-for-power",
                "You take β times t. How is a power written?",
                {"corrected": lambda v, b, t: v / (1 - b * t)},
                look="Look at the operator between β and t.",
            ),
            Mistake(
                "power-turned-round",
                "You raise t to the power β. Which of the two should be the power?",
                {"corrected": lambda v, b, t: v / (1 - t**b)},
                look="Look at the operator between β and t: which is the power?",
            ),
            Mistake(
                "plus",
                "You divide by 1 + βᵗ. That is above 1 and takes averages nearer to 0.",
                {"corrected": lambda v, b, t: v / (1 + b**t)},
                look=_DIVISOR,
            ),
            Mistake(
                "multiplies",
                "You multiply by 1 − βᵗ. That is below 1 and takes averages nearer to 0.",
                {"corrected": lambda v, b, t: v * (1 - b**t)},
                look="Are your numbers larger than without correction?",
            ),
            Mistake(
                "sum-of-powers",
                "You divide by the sum of the powers of β. Which other factor should the weights "
                "in v_t have?",
                {"corrected": lambda v, b, t: v * (1 - b) / (1 - b**t)},
                look=_DIVISOR,
            ),
            Mistake(
                "root",
                "You divide by a square root that the correction does not have.",
                {"corrected": lambda v, b, t: v / np.sqrt(1 - b**t)},
                look=_DIVISOR,
            ),
            Mistake(
                "something-added",
                "You add a small number to 1 − βᵗ. With t = 1 on day 1 it is above 0 without it.",
                *(
                    {"corrected": lambda v, b, t, e=e: v / (1 - b**t + e)}
                    for e in (1e-4, 1e-3, 0.01, 0.1)
                ),
                look=_DIVISOR,
            ),
            Mistake(
                "corrected-twice",
                "The averages are corrected twice.",
                {"corrected": lambda v, b, t: v / (1 - b**t) ** 2},
                look="Count your divisions.",
            ),
            Mistake(
                "only-the-first-day",
                "Only day 1 is corrected. Is the start forgotten by day 2?",
                {"corrected": lambda v, b, t: np.append(v[:1] / (1 - b), v[1:])},
                look="Compare the second day with and without your correction.",
            ),
            Mistake(
                "only-the-first-days",
                "Only the first days are corrected. The correction fades by itself; none is left "
                "out.",
                *(
                    {
                        "corrected": lambda v, b, t, k=k: np.where(
                            t <= k * _window(b), v / (1 - b**t), v
                        )
                    }
                    for k in (1, 2, 3)
                ),
                {"corrected": lambda v, b, t: np.where(t <= 10, v / (1 - b**t), v)},
                look="With β = 0.98, compare day 200 with and without your correction.",
            ),
            Mistake(
                "not-the-first-day",
                "Every day but the first is corrected, and the first needs it most.",
                {"corrected": lambda v, b, t: np.append(v[:1], (v / (1 - b**t))[1:])},
                look="Look at day 1: should it be corrected?",
            ),
            Mistake(
                "correction-by-heart",
                "Your correction uses a β of its own, and not the beta that is passed in.",
                *(
                    {"corrected": lambda v, b, t, own=own: v / (1 - own**t)}
                    for own in (0.9, 0.5, 0.98)
                ),
                look="Change beta: what should happen to the correction?",
            ),
            Mistake(
                "corrects-the-values",
                "You divide the temperatures before you average them. What should be divided?",
                {
                    "averaged": lambda x, b, v, *parts: _recursion(
                        x / (1 - b ** np.arange(1, len(x) + 1)), b, v, *parts
                    ),
                    "corrected": lambda v, b, t: v,
                },
                look="What is too small at the start: the temperature, or its average?",
            ),
            Mistake(
                "starts-at-first-value",
                "Your average starts at the first day, and nothing is corrected. That avoids the "
                "low start but gives this day the weight of all days before it as well. Keep v₀ = "
                "0: what is divided then?",
                {"start": lambda x: x[0], "corrected": lambda v, b, t: v},
                look=_START,
            ),
            Mistake(
                "plain-mean",
                "An old day counts as much as today, whatever β is, as in a plain mean.",
                {"averaged": _otherwise(_mean_so_far), "corrected": lambda v, b, t: v},
                look="As a day gets older, what should happen to its weight?",
            ),
            Mistake(
                "window-mean",
                "You take the plain mean of the last 1/(1 − β) days: a day counts in full and "
                "then, suddenly, not at all.",
                {"averaged": _otherwise(_window_means), "corrected": lambda v, b, t: v},
                look="As a day gets older, what should happen to its weight?",
            ),
            Mistake(
                "values-returned",
                "Your numbers are the days, not averaged. Where is the old average mixed in?",
                {
                    "averaged": _otherwise(lambda values, beta: values),
                    "corrected": lambda v, b, t: v,
                },
                look="Compare your answer with values.",
            ),
            Mistake(
                "not-averaged",
                "You correct the days themselves. v_t is their average.",
                {"averaged": _otherwise(lambda values, beta: values)},
                look="What is too small at the start: the temperature, or its average?",
            ),
            Mistake(
                "divided-by-t",
                "You divide by t. The weights inside v_t do not add up to t.",
                {"corrected": lambda v, b, t: v / t},
                look=_DIVISOR,
            ),
            Mistake(
                "added-or-subtracted",
                "You add or subtract something, where the correction divides.",
                {"corrected": lambda v, b, t: v + b**t},
                {"corrected": lambda v, b, t: v - (1 - b**t)},
                {"corrected": lambda v, b, t: v + (1 - b**t)},
                look="Does the correction multiply, divide, add or subtract?",
            ),
            *_EITHER,
        ),
    ),
    Mistake(
        "t-from-zero",
        "You divide by 0. If it happens on the first day: Python counts from 0. What is 1 − βᵗ for "
        "t = 0?",
        _divides_by_zero,
        look=_DAY_1,
    ),
    Mistake(
        "caret-for-power",
        "In Python ^ works on bits and is no power. Which operator is?",
        _caret,
        _caret_of_an_array,
        look="Look at the operator between β and t.",
    ),
    Mistake(
        "both-averages",
        "You return the averages without and with correction. Asked for are the corrected ones "
        "alone.",
        lambda values, beta: (lecture.ewa(values, beta), _right_corrected(values, beta)),
        look="Look at what stands behind return: one thing, or two?",
    ),
)


def _right_corrected(values, beta):
    return lecture.ewa(values, beta, bias_correction=True)


def _stub(values, beta):
    averages = np.zeros(len(values))
    return averages


ewa = Exercise(
    "``ewa(values, beta)``: the averages v_1 ... v_T with v_0 = 0, shape (T,)",
    right=lecture.ewa,
    cases=_CASES,
    mistakes=_EWA_MISTAKES,
    draw=_draw,
    invariants=(
        Invariant(
            "v₁, divided by (1 − β) times the first day,", lambda a, x, b: a[0] / x[0] / (1 - b), 1
        ),
    ),
    stub=Stub(_stub, "By hand: v₀ = 0, θ₁ = 40, β = 0.9. What is v₁? Then let a loop do it."),
)


ewa_corrected = Exercise(
    "``ewa_corrected(values, beta)``: the averages v_t / (1 - beta^t), shape (T,)",
    right=_right_corrected,
    cases=_CASES,
    mistakes=_CORRECTED_MISTAKES,
    draw=_draw,
    invariants=(
        Invariant("Your first average, divided by the first day,", lambda a, x, b: a[0] / x[0], 1),
    ),
    stub=Stub(
        _stub,
        "By hand: v₁ = 4 for a day of 40 degrees and β = 0.9. Which number leads from 4 to 40?",
    ),
)


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
    here = f"Now the window is {against(window, 28 if window < 30 else 32, '.1f')} days."
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
    days = count_of(lag, "day", "days")
    rough = against(roughness, GOAL_ROUGHNESS, ".3f")
    here = f"Now it comes {days} late and moves {rough} °C from day to day."
    asked = (
        f"A line at most {GOAL_LAG} days late that moves at most {GOAL_ROUGHNESS} °C from day to "
        f"day. "
    )
    if lag > GOAL_LAG:
        return Verdict(False, "too-late", asked + here + " Too late.")
    if roughness > GOAL_ROUGHNESS:
        return Verdict(False, "too-rough", asked + here + " Too rough.")
    return Verdict(True, None, here)
