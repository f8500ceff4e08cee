"""Answers to the exercises of notebook 12."""

import math
import statistics

import numpy as np

from tests.checks.bank import right, wrong

# why_batch_norm_works.drift


@right("why_batch_norm_works.drift")
def drift_slices(means, spreads):
    return (np.abs(means[1:] - means[:-1]) / spreads[:-1]).sum(axis=0)


@right("why_batch_norm_works.drift")
def drift_loop(means, spreads):
    way = np.zeros(means.shape[1])
    for t in range(len(means) - 1):
        for i in range(means.shape[1]):
            way[i] += abs(means[t + 1, i] - means[t, i]) / spreads[t, i]
    return way


@right("why_batch_norm_works.drift")
def drift_einsum(means, spreads):
    return np.einsum("tu,tu->u", np.abs(np.diff(means, axis=0)), 1 / spreads[:-1])


@right("why_batch_norm_works.drift")
def drift_unit_by_unit(means, spreads):
    pairs = zip(means.T, spreads.T, strict=True)
    return np.array([np.sum(np.abs(np.diff(mu)) / sigma[:-1]) for mu, sigma in pairs])


@right("why_batch_norm_works.drift")
def drift_cumulated(means, spreads):
    steps = np.abs(np.diff(means, axis=0, append=means[-1:])) / spreads
    return np.cumsum(steps, axis=0)[-1]


@right("why_batch_norm_works.drift")
def drift_norm(means, spreads):
    return np.linalg.norm((means[1:] - means[:-1]) / spreads[:-1], ord=1, axis=0)


@right("why_batch_norm_works.drift")
def drift_step_by_step(means, spreads):
    way = 0.0 * means[0]
    for before, after, spread in zip(means, means[1:], spreads, strict=False):
        way += abs(after - before) / spread
    return way


@wrong(
    "why_batch_norm_works.drift",
    "signed: the way back cancels the way there",
    named="to-and-fro-cancels",
)
def drift_signed(means, spreads):
    return (np.diff(means, axis=0) / spreads[:-1]).sum(axis=0)


@wrong("why_batch_norm_works.drift", "amount of the signed sum", named="to-and-fro-cancels")
def drift_amount_of_sum(means, spreads):
    return np.abs((np.diff(means, axis=0) / spreads[:-1]).sum(axis=0))


@wrong("why_batch_norm_works.drift", "first to last only", named="only-first-and-last")
def drift_ends(means, spreads):
    return np.abs(means[-1] - means[0]) / spreads[0]


@wrong("why_batch_norm_works.drift", "the spread after the step", named="spread-after-the-step")
def drift_spread_after(means, spreads):
    return (np.abs(np.diff(means, axis=0)) / spreads[1:]).sum(axis=0)


@wrong("why_batch_norm_works.drift", "the first spread for all steps", named="first-spread")
def drift_first_spread(means, spreads):
    return (np.abs(np.diff(means, axis=0)) / spreads[0]).sum(axis=0)


@wrong("why_batch_norm_works.drift", "the mean spread", named="average-spread")
def drift_mean_spread(means, spreads):
    return (np.abs(np.diff(means, axis=0)) / spreads.mean(axis=0)).sum(axis=0)


@wrong(
    "why_batch_norm_works.drift", "the mean of the spreads before and after", named="average-spread"
)
def drift_spread_between(means, spreads):
    return (2 * np.abs(np.diff(means, axis=0)) / (spreads[1:] + spreads[:-1])).sum(axis=0)


@wrong("why_batch_norm_works.drift", "not divided", named="not-in-spreads")
def drift_not_divided(means, spreads):
    return np.abs(np.diff(means, axis=0)).sum(axis=0)


@wrong("why_batch_norm_works.drift", "divided by the variance", named="variance-for-spread")
def drift_variance(means, spreads):
    return (np.abs(np.diff(means, axis=0)) / spreads[:-1] ** 2).sum(axis=0)


@wrong("why_batch_norm_works.drift", "multiplied by the spread", named="times-the-spread")
def drift_times(means, spreads):
    return (np.abs(np.diff(means, axis=0)) * spreads[:-1]).sum(axis=0)


@wrong("why_batch_norm_works.drift", "the mean step, not the sum", named="mean-for-sum")
def drift_mean(means, spreads):
    return (np.abs(np.diff(means, axis=0)) / spreads[:-1]).mean(axis=0)


@wrong("why_batch_norm_works.drift", "the largest step", named="largest-step")
def drift_largest(means, spreads):
    return (np.abs(np.diff(means, axis=0)) / spreads[:-1]).max(axis=0)


@wrong("why_batch_norm_works.drift", "squares", named="squared-steps")
def drift_squares(means, spreads):
    return ((np.diff(means, axis=0) / spreads[:-1]) ** 2).sum(axis=0)


@wrong("why_batch_norm_works.drift", "root of the sum of squares", named="squared-steps")
def drift_euclidean(means, spreads):
    return np.linalg.norm(np.diff(means, axis=0) / spreads[:-1], axis=0)


@wrong("why_batch_norm_works.drift", "differences between units", named="differences-between-units")
def drift_across_units(means, spreads):
    steps = np.abs(np.diff(means, axis=1, append=means[:, -1:])) / spreads
    return steps.sum(axis=0)


@wrong("why_batch_norm_works.drift", "a number a step, not a unit", named="over-units")
def drift_per_step(means, spreads):
    return (np.abs(np.diff(means, axis=0)) / spreads[:-1]).sum(axis=1)


@wrong("why_batch_norm_works.drift", "one number for all units", named="all-units-together")
def drift_one_number(means, spreads):
    return (np.abs(np.diff(means, axis=0)) / spreads[:-1]).sum()


@wrong("why_batch_norm_works.drift", "a row of shape (1, units)", named="kept-dimension")
def drift_row(means, spreads):
    return (np.abs(np.diff(means, axis=0)) / spreads[:-1]).sum(axis=0, keepdims=True)


@wrong("why_batch_norm_works.drift", "the last step is missing", named="without-the-last-step")
def drift_last_missing(means, spreads):
    return (np.abs(np.diff(means, axis=0)) / spreads[:-1])[:-1].sum(axis=0)


@wrong("why_batch_norm_works.drift", "the first step is missing", named="without-the-first-step")
def drift_first_missing(means, spreads):
    return (np.abs(np.diff(means, axis=0)) / spreads[:-1])[1:].sum(axis=0)


@wrong(
    "why_batch_norm_works.drift",
    "sums divided: all the way by all the spreads",
    named="sums-divided",
)
def drift_ratio_of_sums(means, spreads):
    return np.abs(np.diff(means, axis=0)).sum(axis=0) / spreads[:-1].sum(axis=0)


@wrong(
    "why_batch_norm_works.drift", "a way from the last step to the first, too", named="round-trip"
)
def drift_rolled(means, spreads):
    return (np.abs(np.roll(means, -1, axis=0) - means) / spreads).sum(axis=0)


@wrong("why_batch_norm_works.drift", "distance from the start, summed", named="from-the-start")
def drift_from_start(means, spreads):
    return (np.abs(means[1:] - means[0]) / spreads[:-1]).sum(axis=0)


@wrong(
    "why_batch_norm_works.drift", "means divided first, then the differences", named="divided-first"
)
def drift_divided_first(means, spreads):
    return np.abs(np.diff(means / spreads, axis=0)).sum(axis=0)


@wrong("why_batch_norm_works.drift", "0.001 added below the line", named="added-to-the-spread")
def drift_plus_epsilon(means, spreads):
    return (np.abs(np.diff(means, axis=0)) / (spreads[:-1] + 1e-3)).sum(axis=0)


@wrong("why_batch_norm_works.drift", "the drift so far, at every step", named="every-step")
def drift_running(means, spreads):
    return (np.abs(np.diff(means, axis=0)) / spreads[:-1]).cumsum(axis=0)


@wrong(
    "why_batch_norm_works.drift",
    "differences written into the caller's means",
    named="changes-its-input",
)
def drift_changes_means(means, spreads):
    means[1:] -= means[:-1].copy()
    return (np.abs(means[1:]) / spreads[:-1]).sum(axis=0)


@wrong(
    "why_batch_norm_works.drift",
    "precedence: only the second mean is divided",
    named="only-one-mean-divided",
)
def drift_precedence(means, spreads):
    return np.abs(means[1:] - means[:-1] / spreads[:-1]).sum(axis=0)


@wrong("why_batch_norm_works.drift", "steps downwards are left out", named="only-upwards")
def drift_upwards_only(means, spreads):
    return np.maximum(np.diff(means, axis=0) / spreads[:-1], 0).sum(axis=0)


@wrong("why_batch_norm_works.drift", "three units, whatever comes", named="wrong-numbers")
def drift_three_units(means, spreads):
    way = np.zeros(means.shape[1])
    way[:3] = drift_slices(means, spreads)[:3]
    return way


@wrong(
    "why_batch_norm_works.drift",
    "spread after the step, signed",
    named={"to-and-fro-cancels", "spread-after-the-step"},
)
def drift_two_mistakes(means, spreads):
    return (np.diff(means, axis=0) / spreads[1:]).sum(axis=0)


@wrong(
    "why_batch_norm_works.drift",
    "not divided, and the mean",
    named={"not-in-spreads", "mean-for-sum"},
)
def drift_two_others(means, spreads):
    return np.abs(np.diff(means, axis=0)).mean(axis=0)


@wrong(
    "why_batch_norm_works.drift", "each step replaces the one before: = for +=", named="last-step"
)
def drift_overwrites(means, spreads):
    way = np.zeros(means.shape[1])
    for t in range(1, len(means)):
        way = np.abs(means[t] - means[t - 1]) / spreads[t - 1]
    return way


@right("why_batch_norm_works.drift")
def drift_list(means, spreads):
    columns = zip(means.T, spreads.T, strict=True)
    return [sum(abs(np.diff(mu)) / sigma[:-1]) for mu, sigma in columns]


@right("why_batch_norm_works.drift")
def drift_float32(means, spreads):
    return drift_slices(means.astype(np.float32), spreads.astype(np.float32))


@wrong("why_batch_norm_works.drift", "the first step alone", named="first-step")
def drift_returns_too_early(means, spreads):
    for t in range(len(means) - 1):
        return np.abs(means[t + 1] - means[t]) / spreads[t]


@wrong(
    "why_batch_norm_works.drift",
    "the last spread for all steps, and the mean",
    named={"last-spread", "mean-for-sum"},
)
def drift_last_spread_and_mean(means, spreads):
    return (np.abs(np.diff(means, axis=0)) / spreads[-1]).mean(axis=0)


@wrong("why_batch_norm_works.drift", "all spreads, one more than there are steps", named="raises")
def drift_one_spread_too_many(means, spreads):
    return (np.abs(np.diff(means, axis=0)) / spreads).sum(axis=0)


@wrong("why_batch_norm_works.drift", "zero whatever comes", named="stubs-numbers")
def drift_zero(means, spreads):
    return 0 * means[0]


# why_batch_norm_works.noise_of_the_mean


@right("why_batch_norm_works.noise_of_the_mean")
def noise_float32(sigma, m):
    return np.float32(sigma) / np.float32(m) ** np.float32(0.5)


@wrong("why_batch_norm_works.noise_of_the_mean", "sigma times m", named="noise-grows")
def noise_times_m(sigma, m):
    return sigma * m


@wrong(
    "why_batch_norm_works.noise_of_the_mean", "sigma squared over the root", named="sigma-squared"
)
def noise_sigma_squared(sigma, m):
    return sigma**2 / np.sqrt(m)


@wrong(
    "why_batch_norm_works.noise_of_the_mean",
    "without sigma, and m - 1",
    named={"no-sigma", "m-minus-1"},
)
def noise_no_sigma_m_minus_one(sigma, m):
    return 1 / np.sqrt(m - 1)


@wrong("why_batch_norm_works.noise_of_the_mean", "brackets: half of m", named="power-of-half")
def noise_half_of_m(sigma, m):
    return sigma / (m**1 / 2)


@right("why_batch_norm_works.noise_of_the_mean")
def noise_power(sigma, m):
    return sigma * m**-0.5


@right("why_batch_norm_works.noise_of_the_mean")
def noise_math(sigma, m):
    return sigma / math.sqrt(m)


@right("why_batch_norm_works.noise_of_the_mean")
def noise_variance_first(sigma, m):
    return np.sqrt(sigma**2 / m)


@right("why_batch_norm_works.noise_of_the_mean")
def noise_as_array(sigma, m):
    return np.asarray(sigma / m**0.5)


@right("why_batch_norm_works.noise_of_the_mean")
def noise_norm(sigma, m):
    return np.linalg.norm(np.full(m, sigma / m))


@right("why_batch_norm_works.noise_of_the_mean")
def noise_of_a_sum(sigma, m):
    variance = sum(sigma**2 for _ in range(m))
    return math.sqrt(variance) / m


@right("why_batch_norm_works.noise_of_the_mean")
def noise_by_logarithm(sigma, m):
    return sigma * math.exp(-math.log(m) / 2)


@wrong("why_batch_norm_works.noise_of_the_mean", "divided by m", named="no-root")
def noise_by_m(sigma, m):
    return sigma / m


@wrong("why_batch_norm_works.noise_of_the_mean", "the variance of the mean", named="variance")
def noise_variance(sigma, m):
    return sigma**2 / m


@wrong(
    "why_batch_norm_works.noise_of_the_mean",
    "root of sigma over m: sigma taken for a variance",
    named="root-of-all",
)
def noise_root_of_all(sigma, m):
    return np.sqrt(sigma / m)


@wrong("why_batch_norm_works.noise_of_the_mean", "divided by the root of m - 1", named="m-minus-1")
def noise_m_minus_one(sigma, m):
    return sigma / np.sqrt(max(m - 1, 1))


@wrong(
    "why_batch_norm_works.noise_of_the_mean",
    "times the root of m: the noise of the sum",
    named="noise-grows",
)
def noise_of_the_sum(sigma, m):
    return sigma * np.sqrt(m)


@wrong("why_batch_norm_works.noise_of_the_mean", "does not depend on m", named="no-dependence-on-m")
def noise_ignores_m(sigma, m):
    return sigma


@wrong("why_batch_norm_works.noise_of_the_mean", "does not depend on sigma", named="no-sigma")
def noise_ignores_sigma(sigma, m):
    return 1 / np.sqrt(m)


@wrong("why_batch_norm_works.noise_of_the_mean", "divided by m squared", named="power-of-m")
def noise_m_squared(sigma, m):
    return sigma / m**2


@wrong(
    "why_batch_norm_works.noise_of_the_mean",
    "precedence: sigma / m ** 1 / 2",
    named="power-of-half",
)
def noise_precedence(sigma, m):
    return sigma / m**1 / 2


@wrong("why_batch_norm_works.noise_of_the_mean", "1 // 2 is 0", named="no-dependence-on-m")
def noise_integer_power(sigma, m):
    return sigma / m ** (1 // 2)


@wrong("why_batch_norm_works.noise_of_the_mean", "divided by the logarithm", named="logarithm")
def noise_logarithm(sigma, m):
    return sigma / np.log2(m) if m > 1 else sigma


@wrong("why_batch_norm_works.noise_of_the_mean", "upside down", named="upside-down")
def noise_upside_down(sigma, m):
    return np.sqrt(m) / sigma


@wrong("why_batch_norm_works.noise_of_the_mean", "the root rounded down", named="floor-division")
def noise_whole_root(sigma, m):
    return sigma / math.isqrt(m)


@wrong("why_batch_norm_works.noise_of_the_mean", "rounded to two digits", named="rounded")
def noise_rounded(sigma, m):
    return round(sigma / math.sqrt(m), 2)


@wrong(
    "why_batch_norm_works.noise_of_the_mean",
    "thrown with dice, not reckoned",
    named="wrong-numbers",
)
def noise_simulated(sigma, m):
    return np.random.default_rng(0).normal(0, sigma, (1000, m)).mean(axis=1).std()


@wrong(
    "why_batch_norm_works.noise_of_the_mean", "the spread of m drawn values", named="wrong-numbers"
)
def noise_spread_of_values(sigma, m):
    draws = np.random.default_rng(0).normal(0, sigma, m)
    return statistics.pstdev(draws.tolist()) / math.sqrt(m)


@wrong("why_batch_norm_works.noise_of_the_mean", "batches of 64 always", named="ignored")
def noise_sixty_four(sigma, m):
    return sigma / 8


@wrong(
    "why_batch_norm_works.noise_of_the_mean",
    "for a finite set: as if m of 1000 were drawn once each",
    named="wrong-numbers",
)
def noise_finite(sigma, m):
    return sigma / np.sqrt(m) * np.sqrt(max(0, (1000 - m) / 999))


@wrong(
    "why_batch_norm_works.noise_of_the_mean",
    "95 % of the noise lie within: two spreads",
    named="factor",
)
def noise_two_spreads(sigma, m):
    return 1.96 * sigma / np.sqrt(m)


@wrong("why_batch_norm_works.noise_of_the_mean", "negative", named="sign")
def noise_negative(sigma, m):
    return -sigma / np.sqrt(m)


@wrong(
    "why_batch_norm_works.noise_of_the_mean", "the noise of a spread, not of a mean", named="factor"
)
def noise_of_the_spread(sigma, m):
    return sigma / np.sqrt(2 * m)


@wrong(
    "why_batch_norm_works.noise_of_the_mean",
    "whole-number division of sigma",
    named="floor-division",
)
def noise_floor_division(sigma, m):
    return sigma // np.sqrt(m)


@wrong("why_batch_norm_works.noise_of_the_mean", "epsilon below the root", named="wrong-numbers")
def noise_epsilon(sigma, m):
    return sigma / np.sqrt(m + 0.01)


@wrong("why_batch_norm_works.noise_of_the_mean", "prints", named="returns-none")
def noise_prints(sigma, m):
    print(sigma / np.sqrt(m))


@wrong(
    "why_batch_norm_works.noise_of_the_mean",
    "the variance, with m - 1",
    named={"variance", "m-minus-1"},
)
def noise_two_mistakes(sigma, m):
    return sigma**2 / max(m - 1, 1)


@wrong("why_batch_norm_works.noise_of_the_mean", "upside down, without sigma", named="upside-down")
def noise_two_others(sigma, m):
    return np.sqrt(m)


@wrong("why_batch_norm_works.drift", "the median step", named="median-step")
def drift_median(means, spreads):
    return np.median(np.abs(np.diff(means, axis=0)) / spreads[:-1], axis=0)


@wrong(
    "why_batch_norm_works.noise_of_the_mean",
    "neither root nor sigma",
    named={"no-root", "no-sigma"},
)
def noise_one_over_m(sigma, m):
    return 1 / m


@wrong("why_batch_norm_works.drift", "squared steps", named="squared-steps")
def squared_steps(means, spreads):
    return (np.diff(means, axis=0) ** 2 / spreads[:-1]).sum(axis=0)


@wrong("why_batch_norm_works.drift", "along the units", named="differences-between-units")
def along_units(means, spreads):
    return (np.abs(np.diff(means, axis=1)) / spreads[:, :-1]).sum(axis=1)


@wrong("why_batch_norm_works.drift", "first spread for every step", named="first-spread")
def first_spread(means, spreads):
    return np.abs(np.diff(means, axis=0)).sum(axis=0) / spreads[0]


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


@wrong("why_batch_norm_works.drift", "divided by the mean spread", named="average-spread")
def mean_spread(means, spreads):
    return np.abs(np.diff(means, axis=0)).sum(axis=0) / spreads.mean(axis=0)


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


@wrong("why_batch_norm_works.noise_of_the_mean", "m − 1", named="m-minus-1")
def m_minus_one(sigma, m):
    return sigma / np.sqrt(m - 1) if m > 1 else sigma


@wrong(
    "why_batch_norm_works.noise_of_the_mean",
    "root taken twice",
    named="power-of-m",
)
def fourth_root(sigma, m):
    return sigma / m**0.25


@wrong("why_batch_norm_works.noise_of_the_mean", "simulated")
def simulated(sigma, m):
    rng = np.random.default_rng(0)
    return rng.normal(0, sigma, (1000, m)).mean(axis=1).std()


@wrong("why_batch_norm_works.noise_of_the_mean", "arguments exchanged", named="arguments-exchanged")
def arguments_exchanged(sigma, m):
    return m / np.sqrt(sigma)


@wrong("why_batch_norm_works.noise_of_the_mean", "whole root of m", named="floor-division")
def integer_root(sigma, m):
    return sigma / int(np.sqrt(m))


@wrong("why_batch_norm_works.noise_of_the_mean", "sigma is a variance", named="root-of-all")
def sigma_as_variance(sigma, m):
    return np.sqrt(sigma) / np.sqrt(m)


@right("why_batch_norm_works.noise_of_the_mean")
def power(sigma, m):
    return sigma * float(m) ** -0.5


@wrong("why_batch_norm_works.drift", "sizes of the means", named="sizes-of-means")
def drift_of_sizes(means, spreads):
    return (np.diff(np.abs(means), axis=0) / spreads[:-1]).sum(axis=0)


@wrong("why_batch_norm_works.drift", "relative to the mean", named="relative-to-the-mean")
def drift_relative(means, spreads):
    with np.errstate(all="ignore"):
        return (np.abs(np.diff(means, axis=0)) / np.abs(means[:-1])).sum(axis=0)


@wrong("why_batch_norm_works.drift", "from lowest to highest", named="range-of-means")
def drift_range(means, spreads):
    return (means.max(axis=0) - means.min(axis=0)) / spreads[0]


@wrong("why_batch_norm_works.drift", "// for /", named="floor-division")
def drift_floor_division(means, spreads):
    return (np.abs(np.diff(means, axis=0)) // spreads[:-1]).sum(axis=0)


@wrong(
    "why_batch_norm_works.noise_of_the_mean", "the roots of m cancel", named="no-dependence-on-m"
)
def noise_cancels(sigma, m):
    return sigma * m**0.5 / m**0.5


@right("why_batch_norm_works.noise_of_the_mean")
def noise_hypotenuse(sigma, m):
    return float(np.hypot.reduce([sigma / m] * m))


@wrong("why_batch_norm_works.noise_of_the_mean", "** 1 / 2 of the variance", named="power-of-half")
def noise_half_the_variance(sigma, m):
    return (sigma**2 / m) ** 1 / 2
