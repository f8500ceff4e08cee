"""More answers to the exercises of weighted_averages, written from their texts alone."""

import numpy as np

from tests.checks.bank import right, wrong


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


@wrong("weighted_averages.ewa", "value before the day", named="one-step-late")
def day_before(values, beta):
    v, out = 0.0, []
    for x in values:
        out.append(v)
        v = beta * v + (1 - beta) * x
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
def multiplied(values, beta):
    v, out = 0.0, []
    for t, x in enumerate(values, 1):
        v = beta * v + (1 - beta) * x
        out.append(v * (1 - beta**t))
    return np.array(out)


@wrong("weighted_averages.ewa_corrected", "not corrected", named="not-corrected")
def not_corrected(values, beta):
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
