"""Answers to the exercises of notebook 05."""

from itertools import accumulate

import numpy as np
from scipy.signal import lfilter

from tests.checks.bank import right, wrong

remembered = [0.0]


@right("weighted_averages.ewa")
def appended_to_a_list(values, beta):
    v, averages = 0, []
    for theta in values:
        v = beta * v + (1 - beta) * theta
        averages.append(v)
    return np.array(averages)


@right("weighted_averages.ewa")
def plain_list(values, beta):
    averages = [0.0]
    for theta in values:
        averages.append(averages[-1] * beta + theta * (1 - beta))
    return averages[1:]


@right("weighted_averages.ewa")
def by_index(values, beta):
    averages = np.zeros(len(values))
    for t in range(len(values)):
        before = averages[t - 1] if t > 0 else 0
        averages[t] = beta * before + (1 - beta) * values[t]
    return averages


@right("weighted_averages.ewa")
def negative_index_finds_zero(values, beta):
    averages = np.zeros(len(values))
    for t in range(len(values)):  # at t = 0 the last entry is still 0
        averages[t] = beta * averages[t - 1] + (1 - beta) * values[t]
    return averages


@right("weighted_averages.ewa")
def one_longer_then_cut(values, beta):
    v = np.zeros(len(values) + 1)
    for t in range(1, len(values) + 1):
        v[t] = beta * v[t - 1] + (1 - beta) * values[t - 1]
    return v[1:]


@right("weighted_averages.ewa")
def difference_form(values, beta):
    v, averages = 0.0, np.empty(len(values))
    for t, theta in enumerate(values):
        v += (1 - beta) * (theta - v)
        averages[t] = v
    return averages


@right("weighted_averages.ewa")
def accumulated(values, beta):
    steps = accumulate(values, lambda v, theta: beta * v + (1 - beta) * theta, initial=0.0)
    return np.array(list(steps)[1:])


@right("weighted_averages.ewa")
def matrix_of_weights(values, beta):
    age = np.subtract.outer(np.arange(len(values)), np.arange(len(values)))
    return np.where(age >= 0, (1 - beta) * float(beta) ** np.maximum(age, 0), 0) @ values


@right("weighted_averages.ewa")
def convolution(values, beta):
    w = (1 - beta) * float(beta) ** np.arange(len(values))
    return np.convolve(values, w)[: len(values)]


@right("weighted_averages.ewa")
def linear_filter(values, beta):
    return lfilter([1 - beta], [1, -beta], values)


@right("weighted_averages.ewa")
def sum_written_out(values, beta):
    t = range(len(values))
    return [sum((1 - beta) * beta**k * values[i - k] for k in range(i + 1)) for i in t]


def _ewa(values, beta, start=0.0, step=None):
    """Averages by any step (v, theta, t)."""
    step = step or (lambda v, theta, t: beta * v + (1 - beta) * theta)
    v, averages = start, []
    for t, theta in enumerate(values, 1):
        v = step(v, theta, t)
        averages.append(v)
    return np.array(averages, float)


@wrong("weighted_averages.ewa", "beta and 1 - beta exchanged", named="weights-swapped")
def exchanged(values, beta):
    return _ewa(values, beta, step=lambda v, theta, t: (1 - beta) * v + beta * theta)


@wrong("weighted_averages.ewa", "1 - beta left out", named="one-minus-beta-forgotten")
def without_one_minus_beta(values, beta):
    return _ewa(values, beta, step=lambda v, theta, t: beta * v + theta)


@wrong("weighted_averages.ewa", "beta left out: v + (1 - beta) theta", named="no-decay")
def without_beta(values, beta):
    return _ewa(values, beta, step=lambda v, theta, t: v + (1 - beta) * theta)


@wrong("weighted_averages.ewa", "beta before both", named="beta-for-both")
def beta_before_both(values, beta):
    return _ewa(values, beta, step=lambda v, theta, t: beta * v + beta * theta)


@wrong("weighted_averages.ewa", "1 - beta before both", named="one-minus-beta-for-both")
def one_minus_beta_before_both(values, beta):
    return _ewa(values, beta, step=lambda v, theta, t: (1 - beta) * (v + theta))


@wrong("weighted_averages.ewa", "a minus between", named="minus")
def minus_between(values, beta):
    return _ewa(values, beta, step=lambda v, theta, t: beta * v - (1 - beta) * theta)


@wrong("weighted_averages.ewa", "no brackets: 1 - beta * theta", named="brackets-missing")
def no_brackets(values, beta):
    return _ewa(values, beta, step=lambda v, theta, t: beta * v + 1 - beta * theta)


@wrong("weighted_averages.ewa", "starts at the first value", named="starts-at-first-value")
def starts_at_first_value(values, beta):
    return _ewa(values, beta, start=values[0])


@wrong("weighted_averages.ewa", "starts at 1", named="starts-elsewhere")
def starts_at_one(values, beta):
    return _ewa(values, beta, start=1.0)


@wrong("weighted_averages.ewa", "starts at the mean", named="starts-elsewhere")
def starts_at_mean(values, beta):
    return _ewa(values, beta, start=np.mean(values))


@wrong("weighted_averages.ewa", "corrected already", named="already-corrected")
def corrected_already(values, beta):
    return _ewa(values, beta) / (1 - beta ** np.arange(1, len(values) + 1))


@wrong("weighted_averages.ewa", "one day late: v_0 comes first", named="one-step-late")
def one_day_late(values, beta):
    return np.concatenate([[0], _ewa(values, beta)[:-1]])


@wrong("weighted_averages.ewa", "T + 1 averages: v_0 comes along", named="keeps-v0")
def v_0_comes_along(values, beta):
    return np.concatenate([[0], _ewa(values, beta)])


@wrong("weighted_averages.ewa", "yesterday's theta", named="one-step-late")
def yesterdays_theta(values, beta):
    return _ewa([0, *values[:-1]], beta)


@wrong("weighted_averages.ewa", "the last day stays 0", named="skips-last-day")
def last_day_missing(values, beta):
    averages = _ewa(values, beta)
    averages[-1] = 0
    return averages


@wrong("weighted_averages.ewa", "the first day stays 0", named="skips-first-day")
def first_day_missing(values, beta):
    averages = np.zeros(len(values))
    for t in range(1, len(values)):
        averages[t] = beta * averages[t - 1] + (1 - beta) * values[t]
    return averages


@wrong("weighted_averages.ewa", "the last average alone", named="only-the-last")
def last_alone(values, beta):
    return _ewa(values, beta)[-1]


@wrong("weighted_averages.ewa", "the last average on every day", named="last-on-every-day")
def last_everywhere(values, beta):
    return np.full(len(values), _ewa(values, beta)[-1])


@wrong(
    "weighted_averages.ewa", "averages of two neighbours: v never carried on", named="two-days-only"
)
def neighbours_only(values, beta):
    before = np.concatenate([[0], values[:-1]])
    return beta * before + (1 - beta) * np.asarray(values)


@wrong("weighted_averages.ewa", "each day from v_0: no memory", named="no-memory")
def no_memory(values, beta):
    return (1 - beta) * np.asarray(values)


@wrong("weighted_averages.ewa", "a moving mean over the window", named="window-mean")
def moving_mean(values, beta):
    window = max(1, round(1 / (1 - beta)))
    return np.array([np.mean(values[max(0, t - window + 1) : t + 1]) for t in range(len(values))])


@wrong("weighted_averages.ewa", "the mean of all days so far", named="plain-mean")
def mean_so_far(values, beta):
    return np.cumsum(values) / np.arange(1, len(values) + 1)


@wrong("weighted_averages.ewa", "from the last day to the first", named="back-to-front")
def back_to_front(values, beta):
    return _ewa(values[::-1], beta)[::-1]


@wrong(
    "weighted_averages.ewa", "weights cut off after 1 / (1 - beta) days", named="old-days-cut-off"
)
def weights_cut_off(values, beta):
    w = (1 - beta) * float(beta) ** np.arange(min(len(values), round(1 / (1 - beta))))
    return np.convolve(values, w)[: len(values)]


@wrong("weighted_averages.ewa", "weights beta ** (k + 1)", named="one-power-too-many")
def weights_one_too_far(values, beta):
    w = (1 - beta) * float(beta) ** np.arange(1, len(values) + 1)
    return np.convolve(values, w)[: len(values)]


@wrong("weighted_averages.ewa", "the oldest day weighs most", named="oldest-weighs-most")
def weights_reversed(values, beta):
    t = range(len(values))
    return np.array([(1 - beta) * sum(beta**j * values[j] for j in range(i + 1)) for i in t])


@wrong("weighted_averages.ewa", "beta = 0.9 by heart", named="beta-by-heart")
def beta_by_heart(values, beta):
    return _ewa(values, 0.9)


@wrong("weighted_averages.ewa", "beta taken for the window", named="beta-as-a-span")
def beta_as_span(values, beta):
    a = 2 / (beta + 1)
    return _ewa(values, beta, step=lambda v, theta, t: (1 - a) * v + a * theta)


@wrong("weighted_averages.ewa", "beta to the power t", named="power-in-the-step")
def beta_to_the_t(values, beta):
    return _ewa(values, beta, step=lambda v, theta, t: beta**t * v + (1 - beta**t) * theta)


@wrong("weighted_averages.ewa", "whole degrees: rounds to integers", named="whole-numbers")
def whole_degrees(values, beta):
    averages, v = np.zeros(len(values), dtype=int), 0.0
    for t, theta in enumerate(values):
        v = beta * v + (1 - beta) * theta
        averages[t] = v
    return averages


@wrong(
    "weighted_averages.ewa",
    "an array like values: whole days give whole averages",
    named="loses-decimals",
)
def like_the_values(values, beta):
    averages, v = np.zeros_like(values), 0.0
    for t, theta in enumerate(values):
        v = beta * v + (1 - beta) * theta
        averages[t] = v
    return averages


@wrong("weighted_averages.ewa", "rounded to two digits on the way", named="rounded-on-the-way")
def rounded_on_the_way(values, beta):
    return _ewa(values, beta, step=lambda v, theta, t: round(beta * v + (1 - beta) * theta, 2))


@wrong("weighted_averages.ewa", "never below 0 degrees", named="limited-at-zero")
def never_below_zero(values, beta):
    return _ewa(values, beta, step=lambda v, theta, t: max(0, beta * v + (1 - beta) * theta))


@wrong(
    "weighted_averages.ewa",
    "divides by a power of beta: nothing left for long series",
    named="powers-run-out",
)
def unstable_vectorised(values, beta):
    with np.errstate(all="ignore"):
        powers = float(beta) ** np.arange(len(values))
        return (1 - beta) * powers * np.cumsum(np.asarray(values) / powers)


@wrong("weighted_averages.ewa", "writes into values", named="loses-decimals")
def written_into_values(values, beta):
    v = 0.0
    for t in range(len(values)):
        v = beta * v + (1 - beta) * values[t]
        values[t] = v
    return values


@wrong("weighted_averages.ewa", "goes on where the last call stopped", named="remembers")
def goes_on(values, beta):
    averages = _ewa(values, beta, start=remembered[0])
    remembered[0] = averages[-1]
    return averages


@wrong("weighted_averages.ewa", "memory of the last 30 days only", named="old-days-cut-off")
def thirty_days(values, beta):
    w = (1 - beta) * float(beta) ** np.arange(min(30, len(values)))
    return np.convolve(values, w)[: len(values)]


@wrong("weighted_averages.ewa", "a year of 366 days by heart", named="wrong-shape")
def year_by_heart(values, beta):
    averages = np.zeros(366)
    averages[: len(values)] = _ewa(values, beta)[:366]
    return averages


@wrong(
    "weighted_averages.ewa",
    "the three days of the notebook, by heart",
    named={"ignored", "wrong-numbers"},
)
def by_heart(values, beta):
    known = {(40, 49, 45): [4.0, 8.5, 12.15]}
    return np.array(known.get(tuple(values), [0.0] * len(values)))


@wrong("weighted_averages.ewa", "shape (T, 1)", named="kept-dimension")
def averages_as_column(values, beta):
    return _ewa(values, beta)[:, None]


@wrong("weighted_averages.ewa", "returned inside the loop", named="stops-after-one-day")
def returned_inside(values, beta):
    averages = np.zeros(len(values))
    for t, theta in enumerate(values):
        averages[t] = beta * averages[t - 1] + (1 - beta) * theta
        return averages


@wrong("weighted_averages.ewa", "prints only", named="returns-none")
def printed_only(values, beta):
    print(_ewa(values, beta)[:3])


@wrong("weighted_averages.ewa", "values[t] with t from 1 to T", named="raises")
def index_beyond_the_end(values, beta):
    averages, v = np.zeros(len(values)), 0.0
    for t in range(1, len(values) + 1):
        v = beta * v + (1 - beta) * values[t]
        averages[t] = v
    return averages


@wrong(
    "weighted_averages.ewa",
    "exchanged, and starts at the first value (two mistakes)",
    named={"weights-swapped", "starts-at-first-value"},
)
def exchanged_first_kept(values, beta):
    return _ewa(values, 1 - beta, start=values[0])


@wrong(
    "weighted_averages.ewa",
    "1 - beta left out, one day late (two mistakes)",
    named={"one-step-late", "one-minus-beta-forgotten"},
)
def without_one_minus_beta_late(values, beta):
    v = _ewa(values, beta) / (1 - beta)
    return np.concatenate([[0], v[:-1]])


@right("weighted_averages.ewa_corrected")
def divided_at_the_end(values, beta):
    t = np.arange(1, len(values) + 1)
    return lfilter([1 - beta], [1, -beta], values) / (1 - float(beta) ** t)


@right("weighted_averages.ewa_corrected")
def weighted_mean(values, beta):
    w = [float(beta) ** k for k in range(len(values))]
    t = range(1, len(values) + 1)
    return np.array([np.average(values[:i], weights=w[:i][::-1]) for i in t])


@right("weighted_averages.ewa_corrected")
def sum_and_weight(values, beta):
    total = weight = 0.0
    averages = []
    for theta in values:
        total, weight = beta * total + theta, beta * weight + 1
        averages.append(total / weight)
    return averages


@right("weighted_averages.ewa_corrected")
def power_carried_along(values, beta):
    v, power, averages = 0.0, 1.0, np.zeros(len(values))
    for t, theta in enumerate(values):
        v = beta * v + (1 - beta) * theta
        power *= beta
        averages[t] = v / (1 - power)
    return averages


@right("weighted_averages.ewa_corrected")
def growing_beta(values, beta):
    v, averages = 0.0, []
    for t, theta in enumerate(values, 1):
        share = (1 - beta) / (1 - beta**t)
        v = (1 - share) * v + share * theta
        averages.append(v)
    return np.array(averages)


@right("weighted_averages.ewa_corrected")
def second_variable(values, beta):
    v, shown = 0.0, np.empty(len(values))
    for t in range(len(values)):
        v = v * beta + values[t] * (1 - beta)
        v_hat = v / (1 - beta ** (t + 1))
        shown[t] = v_hat
    return shown


def _corrected(values, beta, power):
    """Averages, divided by 1 - beta to a power of t = 1, 2, ..."""
    with np.errstate(all="ignore"):
        t = np.arange(1, len(values) + 1)
        return _ewa(values, beta) / (1 - float(beta) ** power(t))


@wrong("weighted_averages.ewa_corrected", "not corrected", named="not-corrected")
def not_corrected(values, beta):
    return _ewa(values, beta)


@wrong(
    "weighted_averages.ewa_corrected", "the corrected v goes into the recursion", named="fed-back"
)
def stored_back(values, beta):
    return _ewa(
        values, beta, step=lambda v, theta, t: (beta * v + (1 - beta) * theta) / (1 - beta**t)
    )


@wrong("weighted_averages.ewa_corrected", "t from 0: day 1 divides by 0", named="t-from-zero")
def t_from_zero(values, beta):
    return _corrected(values, beta, lambda t: t - 1)


@wrong("weighted_averages.ewa_corrected", "t from 0, day 1 left as it is", named="t-from-zero")
def t_from_zero_first_spared(values, beta):
    return _corrected(values, beta, lambda t: np.maximum(t - 1, 1))


@wrong("weighted_averages.ewa_corrected", "t one too large", named="t-one-too-large")
def t_from_two(values, beta):
    return _corrected(values, beta, lambda t: t + 1)


@wrong(
    "weighted_averages.ewa_corrected",
    "t = T on every day: right on the last day",
    named="same-t-for-all",
)
def t_always_last(values, beta):
    return _corrected(values, beta, lambda t: np.full_like(t, len(t)))


@wrong(
    "weighted_averages.ewa_corrected",
    "corrected with 1 - beta for beta",
    named="power-of-one-minus-beta",
)
def power_of_one_minus_beta(values, beta):
    return _ewa(values, beta) / (1 - (1 - beta) ** np.arange(1.0, len(values) + 1))


@wrong("weighted_averages.ewa_corrected", "beta and 1 - beta exchanged", named="weights-swapped")
def corrected_exchanged(values, beta):
    t = np.arange(1.0, len(values) + 1)
    return _ewa(values, 1 - beta) / (1 - beta**t)


@wrong("weighted_averages.ewa_corrected", "exchanged in both places", named="weights-swapped")
def corrected_exchanged_in_both(values, beta):
    return divided_at_the_end(values, 1 - beta)


@wrong("weighted_averages.ewa_corrected", "divided by beta ** t", named="one-minus-missing")
def divided_by_the_power(values, beta):
    with np.errstate(all="ignore"):
        return _ewa(values, beta) / beta ** np.arange(1.0, len(values) + 1)


@wrong(
    "weighted_averages.ewa_corrected",
    "(1 - beta) ** t for 1 - beta ** t",
    named="power-of-the-difference",
)
def brackets_moved(values, beta):
    with np.errstate(all="ignore"):
        return _ewa(values, beta) / (1 - beta) ** np.arange(1.0, len(values) + 1)


@wrong("weighted_averages.ewa_corrected", "multiplied", named="multiplies")
def multiplied(values, beta):
    return _ewa(values, beta) * (1 - beta ** np.arange(1.0, len(values) + 1))


@wrong(
    "weighted_averages.ewa_corrected",
    "no brackets: v / 1 - beta ** t",
    named="brackets-around-the-divisor-missing",
)
def corrected_no_brackets(values, beta):
    return _ewa(values, beta) / 1 - beta ** np.arange(1.0, len(values) + 1)


@wrong("weighted_averages.ewa_corrected", "beta * t, not beta ** t", named="product-for-power")
def times_for_power(values, beta):
    with np.errstate(all="ignore"):
        return _ewa(values, beta) / (1 - beta * np.arange(1.0, len(values) + 1))


@wrong("weighted_averages.ewa_corrected", "beta ^ t is written", named="caret-for-power")
def caret_for_power(values, beta):
    return _ewa(values, beta) / (1 - (beta ^ np.arange(1, len(values) + 1)))


@wrong("weighted_averages.ewa_corrected", "1 + beta ** t", named="plus")
def plus_for_minus(values, beta):
    return _ewa(values, beta) / (1 + beta ** np.arange(1.0, len(values) + 1))


@wrong(
    "weighted_averages.ewa_corrected", "the sum of weights without 1 - beta", named="sum-of-powers"
)
def weights_without_factor(values, beta):
    return _ewa(values, beta) / np.cumsum(float(beta) ** np.arange(len(values)))


@wrong(
    "weighted_averages.ewa_corrected",
    "1 - beta left out of the step",
    named="one-minus-beta-forgotten",
)
def corrected_without_factor(values, beta):
    return _corrected(values, beta, lambda t: t) / (1 - beta)


@wrong("weighted_averages.ewa_corrected", "corrected twice", named="corrected-twice")
def corrected_twice(values, beta):
    return _corrected(values, beta, lambda t: t) / (1 - beta ** np.arange(1.0, len(values) + 1))


@wrong(
    "weighted_averages.ewa_corrected",
    "starts at the first value, then corrected",
    named="starts-at-first-value",
)
def corrected_first_kept(values, beta):
    return _ewa(values, beta, start=values[0]) / (1 - beta ** np.arange(1.0, len(values) + 1))


@wrong(
    "weighted_averages.ewa_corrected",
    "starts at the first value instead of a correction",
    named="starts-at-first-value",
)
def first_value_for_correction(values, beta):
    return _ewa(values, beta, start=values[0])


@wrong(
    "weighted_averages.ewa_corrected",
    "corrected in the first window only",
    named="only-the-first-days",
)
def corrected_in_the_window(values, beta):
    window = round(1 / (1 - beta))
    plain = _ewa(values, beta)
    return np.where(np.arange(len(values)) < window, divided_at_the_end(values, beta), plain)


@wrong(
    "weighted_averages.ewa_corrected", "only the first day is corrected", named="only-the-first-day"
)
def only_first_corrected(values, beta):
    averages = _ewa(values, beta)
    averages[0] /= 1 - beta
    return averages


@wrong(
    "weighted_averages.ewa_corrected", "the correction of beta = 0.9", named="correction-by-heart"
)
def correction_by_heart(values, beta):
    return _ewa(values, beta) / (1 - 0.9 ** np.arange(1, len(values) + 1))


@wrong("weighted_averages.ewa_corrected", "1e-3 in the denominator", named="something-added")
def with_epsilon(values, beta):
    return _ewa(values, beta) / (1 - beta ** np.arange(1.0, len(values) + 1) + 1e-3)


@wrong("weighted_averages.ewa_corrected", "the mean of all days so far", named="plain-mean")
def corrected_mean_so_far(values, beta):
    return np.cumsum(values) / np.arange(1, len(values) + 1)


@wrong("weighted_averages.ewa_corrected", "Adam's root over the denominator", named="root")
def root_of_denominator(values, beta):
    return _ewa(values, beta) / np.sqrt(1 - beta ** np.arange(1.0, len(values) + 1))


@wrong("weighted_averages.ewa_corrected", "the last one alone", named="only-the-last")
def corrected_last_alone(values, beta):
    return divided_at_the_end(values, beta)[-1]


@wrong("weighted_averages.ewa_corrected", "T + 1 values, a 0 first", named="keeps-v0")
def corrected_one_longer(values, beta):
    return np.concatenate([[0], divided_at_the_end(values, beta)])


@wrong("weighted_averages.ewa_corrected", "one day late", named="one-step-late")
def corrected_one_day_late(values, beta):
    return np.concatenate([[0], divided_at_the_end(values, beta)[:-1]])


@wrong("weighted_averages.ewa_corrected", "v_t and the correction in a pair", named="both-averages")
def corrected_pair(values, beta):
    return _ewa(values, beta), divided_at_the_end(values, beta)


@wrong("weighted_averages.ewa_corrected", "writes into values", named="loses-decimals")
def corrected_into_values(values, beta):
    values[:] = divided_at_the_end(values, beta)
    return values


@wrong("weighted_averages.ewa_corrected", "t is never counted on", named="power-missing")
def t_forgotten(values, beta):
    v, t, averages = 0.0, 1, []
    for theta in values:
        v = beta * v + (1 - beta) * theta
        averages.append(v / (1 - beta**t))
    t += 1
    return np.array(averages)


@wrong("weighted_averages.ewa_corrected", "no return", named="returns-none")
def corrected_none(values, beta):
    divided_at_the_end(values, beta)


@wrong("weighted_averages.ewa_corrected", "v is used before it is there", named="raises")
def corrected_raises(values, beta):
    averages = np.zeros(len(values))
    for t, theta in enumerate(values, 1):
        w = beta * w + (1 - beta) * theta  # noqa: F821
        averages[t - 1] = w / (1 - beta**t)
    return averages


@wrong(
    "weighted_averages.ewa_corrected",
    "stored back, and t one too large (two mistakes)",
    named={"fed-back", "t-one-too-large"},
)
def stored_back_t_from_two(values, beta):
    return _ewa(
        values,
        beta,
        step=lambda v, theta, t: (beta * v + (1 - beta) * theta) / (1 - beta ** (t + 1)),
    )


@wrong(
    "weighted_averages.ewa_corrected",
    "exchanged, and t always 1 (two mistakes)",
    named={"power-missing", "weights-swapped"},
)
def exchanged_t_always_one(values, beta):
    return _ewa(values, 1 - beta) / (1 - beta)


@wrong("weighted_averages.ewa", "the stub", named="still-the-stub")
def averages_stub(values, beta):
    averages = np.zeros(len(values))
    # your lines
    return averages


@wrong(
    "weighted_averages.ewa", "the zeros are never filled: v is computed only", named="stubs-numbers"
)
def never_stored(values, beta):
    averages, v = np.zeros(len(values)), 0.0
    for theta in values:
        v = beta * v + (1 - beta) * theta
    return averages


@wrong(
    "weighted_averages.ewa", "all but the last filled, in memory never set", named="never-filled"
)
def last_never_filled(values, beta):
    averages, v = np.empty(len(values)), 0.0
    for t in range(len(values) - 1):
        v = beta * v + (1 - beta) * values[t]
        averages[t] = v
    return averages


@wrong("weighted_averages.ewa", "an index of -1 at the first day", named="takes-yesterday")
def index_of_yesterday(values, beta):
    averages, v = np.zeros(len(values)), 0.0
    for t in range(len(values)):
        v = beta * v + (1 - beta) * values[t - 1]
        averages[t] = v
    return averages


@wrong(
    "weighted_averages.ewa",
    "exchanged, and whole numbers in an array like values",
    named={"weights-swapped", "loses-decimals"},
)
def exchanged_like_the_values(values, beta):
    averages, v = np.zeros_like(values), 0.0
    for t, theta in enumerate(values):
        v = (1 - beta) * v + beta * theta
        averages[t] = v
    return averages


@wrong("weighted_averages.ewa", "no weights at all", named="no-weights")
def no_weights(values, beta):
    return np.cumsum(values)


@wrong("weighted_averages.ewa", "the values come back", named="values-returned")
def values_come_back(values, beta):
    return values


@right("weighted_averages.ewa")
def in_single_precision(values, beta):
    v, averages = np.float32(0), np.zeros(len(values), np.float32)
    for t, theta in enumerate(values.astype(np.float32)):
        v = np.float32(beta) * v + np.float32(1 - beta) * theta
        averages[t] = v
    return averages


@right("weighted_averages.ewa")
def by_recursion(values, beta):
    if len(values) == 0:
        return np.zeros(0)
    before = by_recursion(values[:-1], beta)
    old = before[-1] if len(before) else 0.0
    return np.append(before, beta * old + (1 - beta) * values[-1])


@right("weighted_averages.ewa")
def own_copy_in_place(values, beta, verbose=False):
    v = np.array(values, dtype=float)
    v *= 1 - beta
    for t in range(1, len(v)):
        v[t] += beta * v[t - 1]
    return v


@wrong("weighted_averages.ewa_corrected", "the stub", named="still-the-stub")
def corrected_stub(values, beta):
    averages = np.zeros(len(values))
    # your lines
    return averages


@wrong(
    "weighted_averages.ewa_corrected",
    "t from 0, with Python's numbers: it raises",
    named="t-from-zero",
)
def t_from_zero_in_python(values, beta):
    v, averages = 0.0, []
    for t, theta in enumerate(values.tolist()):
        v = beta * v + (1 - beta) * theta
        averages.append(v / (1 - beta**t))
    return averages


@wrong(
    "weighted_averages.ewa_corrected",
    "the temperatures are corrected, not their average",
    named="corrects-the-values",
)
def values_corrected(values, beta):
    return _ewa(values / (1 - beta ** np.arange(1, len(values) + 1)), beta)


@wrong("weighted_averages.ewa_corrected", "every day but the first", named="not-the-first-day")
def first_not_corrected(values, beta):
    averages = divided_at_the_end(values, beta)
    averages[0] = (1 - beta) * values[0]
    return averages


@wrong("weighted_averages.ewa_corrected", "beta ** t - 1", named="minus")
def minus_one(values, beta):
    return _ewa(values, beta) / (beta ** np.arange(1.0, len(values) + 1) - 1)


@wrong(
    "weighted_averages.ewa_corrected",
    "1 - beta left out, not corrected (two mistakes)",
    named="power-missing",
)
def without_factor_not_corrected(values, beta):
    return without_one_minus_beta(values, beta)


@wrong("weighted_averages.ewa_corrected", "beta ^ t in the loop", named="caret-for-power")
def caret_in_the_loop(values, beta):
    v, averages = 0.0, np.zeros(len(values))
    for t, theta in enumerate(values, 1):
        v = beta * v + (1 - beta) * theta
        averages[t - 1] = v / (1 - beta ^ t)
    return averages


@right("weighted_averages.ewa_corrected")
def corrected_in_single_precision(values, beta):
    return divided_at_the_end(values, beta).astype(np.float32)


@wrong("weighted_averages.ewa", "the squares are averaged", named="values-squared")
def squares_averaged(values, beta):
    return _ewa(np.square(values), beta)


@wrong("weighted_averages.ewa", "the first day in every step", named="always-the-first-day")
def always_the_first_day(values, beta):
    averages, v = np.zeros(len(values)), 0.0
    for t in range(len(values)):
        v = beta * v + (1 - beta) * values[0]
        averages[t] = v
    return averages


@wrong("weighted_averages.ewa", "stored before the step", named="one-step-late")
def stored_before_the_step(values, beta):
    v, averages = 0.0, []
    for theta in values:
        averages.append(v)
        v = beta * v + (1 - beta) * theta
    return np.array(averages)


@wrong("weighted_averages.ewa", "a tuple: a comma behind the array", named="not-an-array")
def a_comma_behind(values, beta):
    averages = _ewa(values, beta)
    return (averages,)


@wrong(
    "weighted_averages.ewa_corrected", "the days are divided, not averaged", named="not-averaged"
)
def days_divided(values, beta):
    return values / (1 - beta ** np.arange(1, len(values) + 1))


@wrong("weighted_averages.ewa_corrected", "subtracted", named="added-or-subtracted")
def subtracted(values, beta):
    return _ewa(values, beta) - (1 - beta ** np.arange(1, len(values) + 1))


@wrong("weighted_averages.ewa_corrected", "divided by t", named="divided-by-t")
def divided_by_t(values, beta):
    return _ewa(values, beta) / np.arange(1, len(values) + 1)


@wrong("weighted_averages.ewa", "swapped", named="weights-swapped")
def swapped(values, beta):
    v, out = 0.0, []
    for x in values:
        v = (1 - beta) * v + beta * x
        out.append(v)
    return np.array(out)


@wrong("weighted_averages.ewa", "starts at the first", named="starts-at-first-value")
def starts_at_first(values, beta):
    v, out = values[0], []
    for x in values:
        v = beta * v + (1 - beta) * x
        out.append(v)
    return np.array(out)


@wrong("weighted_averages.ewa", "no 1 − beta", named="one-minus-beta-forgotten")
def no_weight(values, beta):
    v, out = 0.0, []
    for x in values:
        v = beta * v + x
        out.append(v)
    return np.array(out)


@wrong("weighted_averages.ewa", "corrected", named="already-corrected")
def corrected(values, beta):
    v, out = 0.0, []
    for t, x in enumerate(values, 1):
        v = beta * v + (1 - beta) * x
        out.append(v / (1 - beta**t))
    return np.array(out)


@wrong("weighted_averages.ewa", "last only", named="only-the-last")
def last_only(values, beta):
    v = 0.0
    for x in values:
        v = beta * v + (1 - beta) * x
    return v


@wrong("weighted_averages.ewa", "v_0 kept", named="keeps-v0")
def v_0_kept(values, beta):
    out = [0.0]
    for x in values:
        out.append(beta * out[-1] + (1 - beta) * x)
    return np.array(out)


@wrong("weighted_averages.ewa", "running mean", named="plain-mean")
def running_mean(values, beta):
    v, out = 0.0, []
    for t, x in enumerate(values, 0):
        v = v + (x - v) / (t + 1)
        out.append(v)
    return np.array(out)


@right("weighted_averages.ewa")
def by_powers(values, beta):
    days = range(1, len(values) + 1)
    return [sum((1 - beta) * beta ** (t - 1 - i) * values[i] for i in range(t)) for t in days]


@wrong("weighted_averages.ewa_corrected", "correction carried on", named="fed-back")
def carried_on(values, beta):
    v, out = 0.0, []
    for t, x in enumerate(values, 1):
        v = (beta * v + (1 - beta) * x) / (1 - beta**t)
        out.append(v)
    return np.array(out)


@wrong("weighted_averages.ewa_corrected", "t from 2", named="t-one-too-large")
def t_from_2(values, beta):
    v, out = 0.0, []
    for t, x in enumerate(values, 1):
        v = beta * v + (1 - beta) * x
        out.append(v / (1 - beta ** (t + 1)))
    return np.array(out)


@wrong("weighted_averages.ewa_corrected", "beta without t", named="power-missing")
def without_t(values, beta):
    v, out = 0.0, []
    for x in values:
        v = beta * v + (1 - beta) * x
        out.append(v / (1 - beta))
    return np.array(out)


@wrong("weighted_averages.ewa_corrected", "times t", named="product-for-power")
def times_t(values, beta):
    v, out = 0.0, []
    for t, x in enumerate(values, 1):
        v = beta * v + (1 - beta) * x
        out.append(v / (1 - beta * t))
    return np.array(out)


@wrong("weighted_averages.ewa_corrected", "precedence", named="brackets-around-the-divisor-missing")
def precedence(values, beta):
    v, out = 0.0, []
    for t, x in enumerate(values, 1):
        v = beta * v + (1 - beta) * x
        out.append(v / 1 - beta**t)
    return np.array(out)


@wrong("weighted_averages.ewa_corrected", "multiplied", named="multiplies")
def multiplied_too(values, beta):
    v, out = 0.0, []
    for t, x in enumerate(values, 1):
        v = beta * v + (1 - beta) * x
        out.append(v * (1 - beta**t))
    return np.array(out)


@wrong("weighted_averages.ewa_corrected", "not corrected", named="not-corrected")
def not_corrected_too(values, beta):
    v, out = 0.0, []
    for x in values:
        v = beta * v + (1 - beta) * x
        out.append(v)
    return np.array(out)


@wrong("weighted_averages.ewa_corrected", "power of 1 − beta", named="power-of-the-difference")
def power_of_the_rest(values, beta):
    v, out = 0.0, []
    for t, x in enumerate(values, 1):
        v = beta * v + (1 - beta) * x
        out.append(v / (1 - beta) ** t)
    return np.array(out)


@right("weighted_averages.ewa_corrected")
def weights_summed(values, beta):
    v, out = 0.0, []
    for t, x in enumerate(values, 1):
        v = beta * v + (1 - beta) * x
        out.append(v / sum((1 - beta) * beta**i for i in range(t)))
    return np.array(out)


@wrong("weighted_averages.ewa", "yesterday's value, from the end at first", named="two-days-only")
def todays_and_yesterdays_value(values, beta):
    averages = np.zeros(len(values))
    for t in range(len(values)):
        averages[t] = beta * values[t - 1] + (1 - beta) * values[t]
    return averages


@wrong("weighted_averages.ewa", "appended to the zeros", named="behind-the-zeros")
def appended_to_the_zeros(values, beta):
    averages, v = np.zeros(len(values)), 0.0
    for theta in values:
        v = beta * v + (1 - beta) * theta
        averages = np.append(averages, v)
    return averages


@wrong("weighted_averages.ewa", "+= for =", named="added-to-v")
def step_added_to_v(values, beta):
    averages, v = np.zeros(len(values)), 0.0
    for t, theta in enumerate(values):
        v += beta * v + (1 - beta) * theta
        averages[t] = v
    return averages


@wrong("weighted_averages.ewa", "a bracket too wide", named="one-minus-beta-over-all")
def bracket_too_wide(values, beta):
    averages, v = np.zeros(len(values)), 0.0
    for t, theta in enumerate(values):
        v = (1 - beta) * (beta * v + theta)
        averages[t] = v
    return averages


@wrong("weighted_averages.ewa", "stored at t - 1", named="one-step-early")
def stored_one_place_early(values, beta):
    averages, v = np.zeros(len(values)), 0.0
    for t, theta in enumerate(values):
        v = beta * v + (1 - beta) * theta
        averages[t - 1] = v
    return averages


@wrong("weighted_averages.ewa_corrected", "appended to the zeros", named="behind-the-zeros")
def corrected_appended_to_the_zeros(values, beta):
    averages, v = np.zeros(len(values)), 0.0
    for t, theta in enumerate(values, 1):
        v = beta * v + (1 - beta) * theta
        averages = np.append(averages, v / (1 - beta**t))
    return averages


@right("weighted_averages.ewa_corrected")
def two_running_sums(values, beta):
    weighted, weight, out = 0.0, 0.0, []
    for theta in values:
        weighted, weight = beta * weighted + theta, beta * weight + 1
        out.append(weighted / weight)
    return out


@wrong("weighted_averages.ewa", "v shifted and added once", named="two-days-only")
def shifted_once(values, beta):
    v = (1 - beta) * values
    v[1:] += beta * v[:-1]
    return v


@wrong("weighted_averages.ewa", "int() in the loop", named="rounded-on-the-way")
def cut_off_in_the_loop(values, beta):
    v, averages = 0, []
    for theta in values:
        v = int(beta * v + (1 - beta) * theta)
        averages.append(v)
    return np.array(averages)


@wrong("weighted_averages.ewa_corrected", "v /= 1 - beta", named="fed-back-without-t")
def carried_on_without_t(values, beta):
    v, averages = 0.0, []
    for theta in values:
        v = beta * v + (1 - beta) * theta
        v = v / (1 - beta)
        averages.append(v)
    return np.array(averages)


@wrong("weighted_averages.ewa", "goes on with whole numbers", named="loses-decimals")
def like_the_values_and_goes_on(values, beta):
    averages = np.zeros_like(values)
    for t in range(len(values)):
        before = averages[t - 1] if t > 0 else 0
        averages[t] = beta * before + (1 - beta) * values[t]
    return averages
