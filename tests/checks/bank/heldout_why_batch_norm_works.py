"""Answers about drift and noise, written from the exercises' texts alone."""

import numpy as np

from tests.checks.bank import right, wrong


@wrong("why_batch_norm_works.drift", "absolute value forgotten", named="to-and-fro-cancels")
def no_absolute(means, spreads):
    return (np.diff(means, axis=0) / spreads[:-1]).sum(axis=0)


@wrong("why_batch_norm_works.drift", "absolute value after the sum", named="to-and-fro-cancels")
def absolute_of_the_sum(means, spreads):
    return np.abs((np.diff(means, axis=0) / spreads[:-1]).sum(axis=0))


@wrong("why_batch_norm_works.drift", "spread after the step", named="spread-after-the-step")
def spread_after(means, spreads):
    return (np.abs(np.diff(means, axis=0)) / spreads[1:]).sum(axis=0)


@wrong("why_batch_norm_works.drift", "squared steps", named="squared-steps")
def squared_steps(means, spreads):
    return (np.diff(means, axis=0) ** 2 / spreads[:-1]).sum(axis=0)


@wrong("why_batch_norm_works.drift", "mean, not sum", named="mean-for-sum")
def mean_step(means, spreads):
    return (np.abs(np.diff(means, axis=0)) / spreads[:-1]).mean(axis=0)


@wrong("why_batch_norm_works.drift", "one number for all", named="all-units-together")
def all_units(means, spreads):
    return (np.abs(np.diff(means, axis=0)) / spreads[:-1]).sum()


@wrong("why_batch_norm_works.drift", "along the units", named="differences-between-units")
def along_units(means, spreads):
    return (np.abs(np.diff(means, axis=1)) / spreads[:, :-1]).sum(axis=1)


@wrong("why_batch_norm_works.drift", "first spread for every step", named="first-spread")
def first_spread(means, spreads):
    return np.abs(np.diff(means, axis=0)).sum(axis=0) / spreads[0]


@wrong("why_batch_norm_works.drift", "not divided", named="not-in-spreads")
def not_divided(means, spreads):
    return np.abs(np.diff(means, axis=0)).sum(axis=0)


@wrong("why_batch_norm_works.drift", "start to end only", named="only-first-and-last")
def start_to_end(means, spreads):
    return np.abs(means[-1] - means[0]) / spreads[0]


@wrong("why_batch_norm_works.drift", "last step forgotten", named="without-the-last-step")
def last_step_forgotten(means, spreads):
    way = np.zeros(means.shape[1])
    for t in range(len(means) - 2):
        way += np.abs(means[t + 1] - means[t]) / spreads[t]
    return way


@wrong("why_batch_norm_works.drift", "wraps around at t = 0", named="round-trip")
def wraps_around(means, spreads):
    way = np.zeros(means.shape[1])
    for t in range(len(means)):
        way += np.abs(means[t] - means[t - 1]) / spreads[t - 1]
    return way


@wrong("why_batch_norm_works.drift", "sum divided by the sum of spreads", named="sums-divided")
def sum_by_sum(means, spreads):
    return np.abs(np.diff(means, axis=0)).sum(axis=0) / spreads[:-1].sum(axis=0)


@wrong("why_batch_norm_works.drift", "divided by the mean spread", named="average-spread")
def mean_spread(means, spreads):
    return np.abs(np.diff(means, axis=0)).sum(axis=0) / spreads.mean(axis=0)


@wrong("why_batch_norm_works.drift", "difference of the quotients", named="divided-first")
def quotients(means, spreads):
    return np.abs(np.diff(means / spreads, axis=0)).sum(axis=0)


@wrong("why_batch_norm_works.drift", "squared spread", named="variance-for-spread")
def squared_spread(means, spreads):
    return (np.abs(np.diff(means, axis=0)) / spreads[:-1] ** 2).sum(axis=0)


@wrong("why_batch_norm_works.drift", "all the sums on the way", named="every-step")
def cumulative(means, spreads):
    return (np.abs(np.diff(means, axis=0)) / spreads[:-1]).cumsum(axis=0)


@right("why_batch_norm_works.drift")
def step_by_step(means, spreads):
    way = np.zeros(means.shape[1])
    for before, after, spread in zip(means[:-1], means[1:], spreads[:-1], strict=True):
        way += abs(after - before) / spread
    return way


@right("why_batch_norm_works.drift")
def unit_after_unit(means, spreads):
    steps, units = means.shape
    return [
        sum(abs(means[t + 1, u] - means[t, u]) / spreads[t, u] for t in range(steps - 1))
        for u in range(units)
    ]


@right("why_batch_norm_works.drift")
def einsum(means, spreads):
    return np.einsum("tu,tu->u", np.abs(means[:-1] - means[1:]), 1 / spreads[:-1])


@right("why_batch_norm_works.drift")
def end_of_cumsum(means, spreads):
    return np.cumsum(np.abs(np.diff(means, axis=0) / spreads[:-1]), axis=0)[-1]


@wrong("why_batch_norm_works.noise_of_the_mean", "divided by m", named="no-root")
def by_m(sigma, m):
    return sigma / m


@wrong("why_batch_norm_works.noise_of_the_mean", "variance", named="variance")
def variance_of_mean(sigma, m):
    return sigma**2 / m


@wrong("why_batch_norm_works.noise_of_the_mean", "root over everything", named="root-of-all")
def root_of_all(sigma, m):
    return np.sqrt(sigma / m)


@wrong("why_batch_norm_works.noise_of_the_mean", "m − 1", named="m-minus-1")
def m_minus_one(sigma, m):
    return sigma / np.sqrt(m - 1) if m > 1 else sigma


@wrong("why_batch_norm_works.noise_of_the_mean", "of the sum", named="noise-grows")
def of_the_sum(sigma, m):
    return sigma * np.sqrt(m)


@wrong(
    "why_batch_norm_works.noise_of_the_mean",
    "root taken twice",
    named="power-of-m",
)
def fourth_root(sigma, m):
    return sigma / m**0.25


@wrong("why_batch_norm_works.noise_of_the_mean", "m ignored", named="no-dependence-on-m")
def m_ignored(sigma, m):
    return sigma


@wrong("why_batch_norm_works.noise_of_the_mean", "sigma ignored", named="no-sigma")
def sigma_ignored(sigma, m):
    return 1 / np.sqrt(m)


@wrong("why_batch_norm_works.noise_of_the_mean", "simulated")
def simulated(sigma, m):
    rng = np.random.default_rng(0)
    return rng.normal(0, sigma, (1000, m)).mean(axis=1).std()


@wrong("why_batch_norm_works.noise_of_the_mean", "precedence m ** 1 / 2", named="power-of-half")
def precedence(sigma, m):
    return sigma / m**1 / 2


@wrong("why_batch_norm_works.noise_of_the_mean", "arguments exchanged", named="arguments-exchanged")
def arguments_exchanged(sigma, m):
    return m / np.sqrt(sigma)


@wrong(
    "why_batch_norm_works.noise_of_the_mean",
    "standard error of a standard deviation",
    named="factor",
)
def of_the_spread(sigma, m):
    return sigma / np.sqrt(2 * m)


@wrong("why_batch_norm_works.noise_of_the_mean", "whole root of m", named="floor-division")
def integer_root(sigma, m):
    return sigma / int(np.sqrt(m))


@wrong("why_batch_norm_works.noise_of_the_mean", "sigma is a variance", named="root-of-all")
def sigma_as_variance(sigma, m):
    return np.sqrt(sigma) / np.sqrt(m)


@wrong("why_batch_norm_works.noise_of_the_mean", "negative", named="sign")
def negative_root(sigma, m):
    return -sigma / np.sqrt(m)


@right("why_batch_norm_works.noise_of_the_mean")
def root_of_variance(sigma, m):
    return np.sqrt(sigma**2 / m)


@right("why_batch_norm_works.noise_of_the_mean")
def power(sigma, m):
    return sigma * float(m) ** -0.5


@right("why_batch_norm_works.noise_of_the_mean")
def by_a_vector(sigma, m):
    return np.linalg.norm(np.full(m, sigma / m))
