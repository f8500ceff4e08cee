"""The bank of answers to the exercises on exponentially weighted averages."""

import numpy as np
import pytest

from course_utils import weighted_averages as wa
from course_utils.checks import weighted_averages as checks
from course_utils.sampling_scales import OneMinusLog
from course_utils.widgets import controls

# Right answers, written in several ways


def loop(values, beta):
    averages = np.zeros(len(values))
    v = 0.0
    for t, theta in enumerate(values):
        v = beta * v + (1 - beta) * theta
        averages[t] = v
    return averages


def appended(values, beta):
    v, result = 0, []
    for theta in values:
        v += (1 - beta) * (theta - v)
        result.append(v)
    return result


def from_index(values, beta):
    v = np.empty(len(values) + 1)
    v[0] = 0
    for t in range(1, len(values) + 1):
        v[t] = beta * v[t - 1] + (1 - beta) * values[t - 1]
    return v[1:]


def own_copy_in_place(values, beta, verbose=False):
    v = np.array(values, dtype=float)
    v *= 1 - beta
    for t in range(1, len(v)):
        v[t] += beta * v[t - 1]
    return v


def matrix(values, beta):
    age = np.subtract.outer(np.arange(len(values)), np.arange(len(values)))
    return np.where(age >= 0, (1 - beta) * beta ** np.maximum(age, 0.0), 0) @ values


def convolved(values, beta):
    return np.convolve(values, (1 - beta) * beta ** np.arange(len(values)))[: len(values)]


def float32(values, beta):
    v, result = np.float32(0), np.zeros(len(values), np.float32)
    for t, theta in enumerate(values.astype(np.float32)):
        v = np.float32(beta) * v + np.float32(1 - beta) * theta
        result[t] = v
    return result


def recursive(values, beta):
    if len(values) == 0:
        return np.zeros(0)
    before = recursive(values[:-1], beta)
    old = before[-1] if len(before) else 0.0
    return np.append(before, beta * old + (1 - beta) * values[-1])


RIGHT = [
    loop, appended, from_index, own_copy_in_place, matrix, convolved, float32, recursive, wa.ewa,
]  # fmt: skip


def steps(values):
    return np.arange(1, len(values) + 1)


def corrected_loop(values, beta):
    v, result = 0.0, []
    for t, theta in enumerate(values, start=1):
        v = beta * v + (1 - beta) * theta
        result.append(v / (1 - beta**t))
    return np.array(result)


def corrected_from_zero(values, beta):
    averages, v = np.zeros(len(values)), 0.0
    for t in range(len(values)):
        v = beta * v + (1 - beta) * values[t]
        averages[t] = v / (1 - beta ** (t + 1))
    return averages


def corrected_by_weights(values, beta):
    return [
        np.average(values[:t], weights=float(beta) ** np.arange(t)[::-1]) for t in steps(values)
    ]


def corrected_by_two_sums(values, beta):
    v, total, result = 0.0, 0.0, []
    for theta in values:
        v, total = beta * v + (1 - beta) * theta, beta * total + 1 - beta
        result.append(v / total)
    return result


def corrected_running_power(values, beta, *, start=1.0):
    v, power, result = 0.0, start, np.zeros_like(values, dtype=np.float64)
    for t, theta in enumerate(values):
        v = beta * v + (1 - beta) * theta
        power *= beta
        result[t] = v / (1 - power)
    return result


RIGHT_CORRECTED = [
    corrected_loop, corrected_from_zero, corrected_by_weights, corrected_by_two_sums,
    corrected_running_power,
    *(lambda values, beta, f=f: np.asarray(f(values, beta)) / (1 - beta ** steps(values))
      for f in RIGHT),
    lambda values, beta: wa.ewa(values, beta, bias_correction=True),
    lambda values, beta: wa.ewa(values, beta, bias_correction=True).astype(np.float32),
]  # fmt: skip


@pytest.mark.parametrize("right", RIGHT)
def test_right_averages_pass(right):
    verdict = checks.ewa(right)
    assert verdict.passed, verdict


@pytest.mark.parametrize("right", RIGHT_CORRECTED)
def test_right_corrected_averages_pass(right):
    verdict = checks.ewa_corrected(right)
    assert verdict.passed, verdict


# Wrong answers, written as readers write them


def stepping(step, v=0.0):
    def averages(values, beta):
        old, result = v, np.zeros(len(values))
        for t, theta in enumerate(values):
            old = step(old, theta, beta)
            result[t] = old
        return result

    return averages


def begins_with_first(values, beta):
    result = [values[0]]
    for theta in values[1:]:
        result.append(beta * result[-1] + (1 - beta) * theta)
    return np.array(result)


def v_is_first(values, beta):
    v, result = values[0], []
    for theta in values:
        v = beta * v + (1 - beta) * theta
        result.append(v)
    return np.array(result)


def stores_before(values, beta):
    v, result = 0.0, []
    for theta in values:
        result.append(v)
        v = beta * v + (1 - beta) * theta
    return np.array(result)


def uses_day_before(values, beta):
    v, result = 0.0, np.zeros(len(values))
    for t in range(1, len(values)):
        v = beta * v + (1 - beta) * values[t - 1]
        result[t] = v
    return result


def wraps_around(values, beta):
    v, result = 0.0, np.zeros(len(values))
    for t in range(len(values)):
        v = beta * v + (1 - beta) * values[t - 1]
        result[t] = v
    return result


def starts_at_one(values, beta):
    v = np.zeros(len(values))
    for t in range(1, len(values)):
        v[t] = beta * v[t - 1] + (1 - beta) * values[t]
    return v


def starts_at_one_scalar(values, beta):
    v, result = 0.0, [0.0]
    for theta in values[1:]:
        v = v * beta + theta * (1 - beta)
        result.append(v)
    return np.array(result)


def mean_so_far(values, beta):
    return np.array([np.mean(values[: t + 1]) for t in range(len(values))])


def running_mean(values, beta):
    m, result = 0.0, []
    for n, theta in enumerate(values, start=1):
        m = ((n - 1) * m + theta) / n
        result.append(m)
    return result


def last_days(values, beta):
    n = round(1 / (1 - beta))
    return [sum(values[max(0, t - n + 1) : t + 1]) / min(n, t + 1) for t in range(len(values))]


def moving_sum(values, beta):
    n = round(1 / (1 - beta))
    return np.convolve(values, np.ones(n) / n)[: len(values)]


def only_last(values, beta):
    v = 0.0
    for theta in values:
        v = beta * v + (1 - beta) * theta
    return v


def returns_v_and_start(values, beta):
    v = [0.0]
    for theta in values:
        v.append(beta * v[-1] + (1 - beta) * theta)
    return np.array(v)


def yesterday_and_today(values, beta):
    result, before = [], 0.0
    for theta in values:
        result.append(beta * before + (1 - beta) * theta)
        before = theta
    return result


def forgets_to_update(values, beta):
    v, result = 0.0, []
    for theta in values:
        new = beta * v + (1 - beta) * theta
        result.append(new)
    return result


def whole_numbers(values, beta):
    result, v = np.zeros_like(values), 0.0
    for t, theta in enumerate(values):
        v = beta * v + (1 - beta) * theta
        result[t] = v
    return result


def whole_numbers_of_a_copy(values, beta):
    return loop(values, beta).astype(values.dtype)


def whole_and_swapped(values, beta):
    result, v = np.zeros_like(values), 0.0
    for t, theta in enumerate(values):
        v = (1 - beta) * v + beta * theta
        result[t] = v
    return result


def weights_not_turned(values, beta):
    w = (1 - beta) * beta ** np.arange(len(values))
    return np.array([w[:t] @ values[:t] for t in range(1, len(values) + 1)])


def power_from_one(values, beta):
    return np.array(
        [
            (1 - beta) * sum(beta ** (k + 1) * values[t - k] for k in range(t + 1))
            for t in range(len(values))
        ]
    )


def in_place(values, beta):
    if values.dtype.kind == "f":
        values[:] = loop(values, beta)
        return values
    return loop(values, beta)


WRONG = [
    ("still-the-stub", lambda values, beta: np.zeros(len(values))),
    ("still-the-stub", lambda values, beta: [0.0] * len(values)),
    ("weights-swapped", stepping(lambda v, x, beta: (1 - beta) * v + beta * x)),
    ("weights-swapped", lambda values, beta: loop(values, 1 - beta)),
    ("starts-at-first-value", begins_with_first),
    ("starts-at-first-value", v_is_first),
    ("one-step-late", stores_before),
    ("one-step-late", uses_day_before),
    ("takes-yesterday", wraps_around),
    ("takes-yesterday", lambda values, beta: loop([values[-1], *values[:-1]], beta)),
    ("skips-first-day", starts_at_one),
    ("skips-first-day", starts_at_one_scalar),
    ("plain-mean", mean_so_far),
    ("plain-mean", running_mean),
    ("window-mean", last_days),
    ("window-mean", moving_sum),
    ("forgets-one-minus-beta", stepping(lambda v, x, beta: beta * v + x)),
    ("forgets-one-minus-beta", lambda values, beta: loop(values, beta) / (1 - beta)),
    ("no-decay", stepping(lambda v, x, beta: v + (1 - beta) * x)),
    ("no-decay", lambda values, beta: np.cumsum((1 - beta) * values)),
    ("only-the-last", only_last),
    ("only-the-last", lambda values, beta: [only_last(values, beta)]),
    ("keeps-v0", returns_v_and_start),
    ("keeps-v0", lambda values, beta: np.concatenate([[0], loop(values, beta)])),
    ("two-days-only", yesterday_and_today),
    ("two-days-only", lambda values, beta: [
        (values[t - 1] if t else 0) * beta + values[t] * (1 - beta) for t in range(len(values))]),
    ("v-never-changes", forgets_to_update),
    ("v-never-changes", lambda values, beta: values - beta * values),
    ("oldest-weighs-most", weights_not_turned),
    ("oldest-weighs-most", lambda values, beta: (1 - beta) * np.cumsum(
        [x * beta**t for t, x in enumerate(values)])),
    ("one-power-too-many", power_from_one),
    ("one-power-too-many", lambda values, beta: np.multiply(beta, loop(values, beta))),
    ("already-corrected", corrected_loop),
    ("already-corrected", corrected_by_two_sums),
    ("loses-decimals", whole_numbers),
    ("loses-decimals", whole_numbers_of_a_copy),
    ("weights-swapped", whole_and_swapped),
    ("changes-its-input", in_place),
    ("returns-none", lambda values, beta: None),
    ("raises", lambda values, beta: values[len(values)]),
    ("ignored", lambda values, beta: values + 1.0),
    ("kept-dimension", lambda values, beta: loop(values, beta)[:, None]),
]  # fmt: skip


@pytest.mark.parametrize(("mistake", "wrong"), WRONG)
def test_wrong_averages_are_named(mistake, wrong):
    assert checks.ewa(wrong).mistake == mistake


def fed_back(values, beta):
    v, shown = 0.0, []
    for t, theta in enumerate(values, start=1):
        v = beta * v + (1 - beta) * theta
        v = v / (1 - beta**t)
        shown.append(v)
    return shown


def fed_back_by_array(values, beta):
    v = np.zeros(len(values) + 1)
    for t in range(1, len(v)):
        v[t] = (beta * v[t - 1] + (1 - beta) * values[t - 1]) / (1 - beta**t)
    return v[1:]


def t_from_zero(values, beta):
    v, result = 0.0, np.zeros(len(values))
    for t, theta in enumerate(values):
        v = beta * v + (1 - beta) * theta
        result[t] = v / (1 - beta**t)
    return result


def t_from_zero_python(values, beta):
    v, result = 0.0, []
    for t, theta in enumerate(values.tolist()):
        v = beta * v + (1 - beta) * theta
        result.append(v / (1 - beta**t))
    return result


def shown(show):
    return lambda values, beta: np.array(
        [show(v, beta, t) for t, v in enumerate(loop(values, beta), start=1)]
    )


def first_only(values, beta):
    v = loop(values, beta)
    v[0] = v[0] / (1 - beta)
    return v


def first_only_branch(values, beta):
    v = loop(values, beta)
    return [x / (1 - beta) if t == 0 else x for t, x in enumerate(v)]


def values_first(values, beta):
    return loop(values / (1 - beta ** steps(values)), beta)


def values_first_in_loop(values, beta):
    v, result = 0.0, []
    for t, theta in enumerate(values, start=1):
        v = beta * v + (1 - beta) * (theta / (1 - beta**t))
        result.append(v)
    return result


def whole_corrected(values, beta):
    result = np.zeros_like(values)
    result[:] = corrected_loop(values, beta)
    return result


WRONG_CORRECTED = [
    ("still-the-stub", lambda values, beta: np.zeros(len(values))),
    ("not-corrected", loop),
    ("not-corrected", appended),
    ("fed-back", fed_back),
    ("fed-back", fed_back_by_array),
    ("t-from-zero", t_from_zero),
    ("t-from-zero", t_from_zero_python),
    ("t-from-zero", lambda values, beta: loop(values, beta) / (
        1 - beta ** np.arange(len(values)))),
    ("one-minus-missing", shown(lambda v, beta, t: v / beta**t)),
    ("one-minus-missing", lambda values, beta: loop(values, beta) / beta ** steps(values)),
    ("power-missing", shown(lambda v, beta, t: v / (1 - beta))),
    ("power-missing", stepping(lambda v, x, beta: beta * v + x)),
    ("power-around-the-difference", shown(lambda v, beta, t: v / (1 - beta) ** t)),
    ("power-around-the-difference", shown(lambda v, beta, t: v / (1 - (1 - beta) ** t))),
    ("product-for-power", shown(lambda v, beta, t: v / (1 - beta * t))),
    ("product-for-power", lambda values, beta: loop(values, beta) / (1 - beta * steps(values))),
    ("multiplies", shown(lambda v, beta, t: v * (1 - beta**t))),
    ("multiplies", lambda values, beta: np.multiply(loop(values, beta), 1 - beta ** steps(values))),
    ("only-the-first-day", first_only),
    ("only-the-first-day", first_only_branch),
    ("same-t-for-all", lambda values, beta: loop(values, beta) / (1 - beta ** len(values))),
    ("same-t-for-all", lambda values, beta: [
        v / (1 - pow(beta, values.size)) for v in loop(values, beta)]),
    ("t-one-too-large", shown(lambda v, beta, t: v / (1 - beta ** (t + 1)))),
    ("corrected-twice", shown(lambda v, beta, t: v / (1 - beta**t) / (1 - beta**t))),
    ("corrected-twice", lambda values, beta: corrected_loop(values, beta) / (
        1 - beta ** steps(values))),
    ("corrects-the-values", values_first),
    ("corrects-the-values", values_first_in_loop),
    ("starts-at-first-value", v_is_first),
    ("starts-at-first-value", lambda values, beta: v_is_first(values, beta) / (
        1 - beta ** steps(values))),
    ("one-step-late", lambda values, beta: [0.0, *corrected_loop(values, beta)[:-1]]),
    ("one-step-late", lambda values, beta: stores_before(values, beta) / (
        1 - beta ** steps(values))),
    ("weights-swapped", lambda values, beta: loop(values, 1 - beta) / (1 - beta ** steps(values))),
    ("skips-first-day", lambda values, beta: starts_at_one(values, beta) / (
        1 - beta ** steps(values))),
    ("only-the-last", lambda values, beta: corrected_loop(values, beta)[-1]),
    ("only-the-last", lambda values, beta: corrected_loop(values, beta)[-1:]),
    ("loses-decimals", whole_corrected),
    ("loses-decimals", lambda values, beta: corrected_loop(values, beta).astype(values.dtype)),
    ("returns-none", lambda values, beta: None),
    ("ignored", lambda values, beta: values + 1.0),
]  # fmt: skip


@pytest.mark.parametrize(("mistake", "wrong"), WRONG_CORRECTED)
def test_wrong_corrected_averages_are_named(mistake, wrong):
    assert checks.ewa_corrected(wrong).mistake == mistake


@pytest.mark.parametrize("check", [checks.ewa, checks.ewa_corrected])
def test_a_result_instead_of_a_function(check):
    assert check(np.zeros(3)).mistake == "not-a-function"


@pytest.mark.parametrize(
    "mistakes", [checks._EWA_MISTAKES, checks._CORRECTED_MISTAKES], ids=["ewa", "corrected"]
)
def test_every_mistake_of_the_bank_is_told_from_all_others_and_gives_no_solution(mistakes):
    check = checks.ewa if mistakes is checks._EWA_MISTAKES else checks.ewa_corrected
    for mistake in mistakes:
        assert check(mistake.wrong).mistake == mistake.id
        assert "beta * v + (1 - beta)" not in mistake.hint
        assert "/ (1 - beta**t)" not in mistake.hint


# Challenges


@pytest.mark.parametrize(
    ("beta", "passed"),
    [(0.9, False), (0.964, False), (0.9645, True), (0.967, True), (0.9685, True), (0.969, False)],
)
def test_goal_month(beta, passed):
    verdict = checks.goal_month(beta=beta, days=10)
    assert verdict.passed == passed
    assert f"{wa.window(beta):.1f} days" in verdict.hint


@pytest.mark.parametrize(
    ("beta", "mistake"),
    [
        (0.5, "too-rough"),
        (0.9, "too-rough"),
        (0.951, "too-rough"),
        (0.955, None),
        (0.96, None),
        (0.965, "too-late"),
        (0.99, "too-late"),
    ],
)
def test_goal_smooth_and_prompt(beta, mistake):
    verdict = checks.goal_smooth_and_prompt(beta=beta, year=2012)
    assert (verdict.passed, verdict.mistake) == (mistake is None, mistake)
    assert "from day to day" in verdict.hint


@pytest.mark.parametrize(
    ("goal", "scale"),
    [
        (checks.goal_month, OneMinusLog(0.5, 0.98)),
        (checks.goal_smooth_and_prompt, OneMinusLog(0.5, 0.99)),
    ],
)
def test_several_steps_of_the_slider_reach_the_goal(goal, scale):
    steps_reaching = [b for b in controls.scale(scale, 0.9).values if goal(beta=b).passed]
    assert len(steps_reaching) >= 3
