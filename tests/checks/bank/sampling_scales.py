"""Answers to the exercises of notebook 09."""

import math
from collections import OrderedDict, defaultdict

import numpy as np

from course_utils.sampling_scales import Integer, Linear, Log, OneMinusLog
from tests.checks.bank import right, wrong

# sampling_scales.sample_alpha


@right("sampling_scales.sample_alpha")
def alpha_uniform_exponents(low, high, size, rng):
    return 10 ** rng.uniform(np.log10(low), np.log10(high), size)


@right("sampling_scales.sample_alpha")
def alpha_natural(low, high, size, rng):
    return np.exp(np.log(low) + np.log(high / low) * rng.random(size))


@right("sampling_scales.sample_alpha")
def alpha_power_of_ratio(low, high, size, rng):
    return low * (high / low) ** rng.random(size)


@right("sampling_scales.sample_alpha")
def alpha_from_the_top(low, high, size, rng):
    return high * (low / high) ** rng.random(size)


@right("sampling_scales.sample_alpha")
def alpha_loop(low, high, size, rng):
    draws = []
    for _ in range(size):
        r = math.log2(low) + (math.log2(high) - math.log2(low)) * rng.random()
        draws.append(2**r)
    return np.array(draws)


@right("sampling_scales.sample_alpha")
def alpha_interpolated(low, high, size, rng):
    return np.exp(np.interp(rng.random(size), [0, 1], np.log([low, high])))


@right("sampling_scales.sample_alpha")
def alpha_by_scale(low, high, size, rng):
    return Log(low, high).sample(rng, size)


@right("sampling_scales.sample_alpha")
def alpha_weighted_mean(low, high, size, rng):
    u = rng.random(size)
    return low ** (1 - u) * high**u


@wrong("sampling_scales.sample_alpha", "even on the plain scale", named="linear")
def alpha_linear(low, high, size, rng):
    return low + (high - low) * rng.random(size)


@wrong("sampling_scales.sample_alpha", "the lost sign: from 1 to 1 / low", named="sign-missing")
def alpha_lost_sign(low, high, size, rng):
    return 10 ** (-np.log10(low) * rng.random(size))


@wrong(
    "sampling_scales.sample_alpha",
    "the lecture's -4 · u, whatever low and high are",
    named="forgets-an-end",
)
def alpha_minus_four(low, high, size, rng):
    return 10 ** (-4 * rng.random(size))


@wrong("sampling_scales.sample_alpha", "the lecture's 4 · u", named="sign-missing")
def alpha_plus_four(low, high, size, rng):
    return 10 ** (4 * rng.random(size))


@wrong("sampling_scales.sample_alpha", "natural logarithm, powers of 10", named="mixed-bases")
def alpha_mixed_bases(low, high, size, rng):
    a, b = np.log(low), np.log(high)
    return 10 ** (a + (b - a) * rng.random(size))


@wrong("sampling_scales.sample_alpha", "logarithm to base 10, powers of e", named="mixed-bases")
def alpha_mixed_other_way(low, high, size, rng):
    a, b = np.log10(low), np.log10(high)
    return np.exp(a + (b - a) * rng.random(size))


@wrong("sampling_scales.sample_alpha", "high is taken to be 1", named="forgets-an-end")
def alpha_high_is_one(low, high, size, rng):
    return 10 ** (np.log10(low) * rng.random(size))


@wrong("sampling_scales.sample_alpha", "b is added, not b - a", named="no-difference")
def alpha_b_not_difference(low, high, size, rng):
    a, b = np.log10(low), np.log10(high)
    return 10 ** (a + b * rng.random(size))


@wrong(
    "sampling_scales.sample_alpha",
    "the logarithm of high - low",
    named="logarithm-of-the-difference",
)
def alpha_logarithm_of_the_difference(low, high, size, rng):
    return 10 ** (np.log10(low) + np.log10(high - low) * rng.random(size))


@wrong("sampling_scales.sample_alpha", "the same draw for all", named="one-draw")
def alpha_same_for_all(low, high, size, rng):
    return np.full(size, low * (high / low) ** rng.random())


@wrong("sampling_scales.sample_alpha", "one number, no array", named="wrong-shape")
def alpha_single(low, high, size, rng):
    return low * (high / low) ** rng.random()


@wrong("sampling_scales.sample_alpha", "a column of draws", named="wrong-shape")
def alpha_column(low, high, size, rng):
    return low * (high / low) ** rng.random((size, 1))


@wrong("sampling_scales.sample_alpha", "one draw more than asked for", named="wrong-shape")
def alpha_one_more(low, high, size, rng):
    return low * (high / low) ** rng.random(size + 1)


@wrong("sampling_scales.sample_alpha", "a hundred draws always", named="wrong-shape")
def alpha_hundred(low, high, size, rng):
    return low * (high / low) ** rng.random(100)


@wrong("sampling_scales.sample_alpha", "NumPy's global random numbers", named="not-from-rng")
def alpha_global(low, high, size, rng):
    return low * (high / low) ** np.random.rand(size)  # noqa: NPY002


@wrong("sampling_scales.sample_alpha", "a seed inside", named="same-every-time")
def alpha_seed_inside(low, high, size, rng):
    return low * (high / low) ** np.random.default_rng(0).random(size)


@wrong("sampling_scales.sample_alpha", "whole exponents only", named="whole-exponents")
def alpha_whole_exponents(low, high, size, rng):
    return 10.0 ** np.round(rng.uniform(np.log10(low), np.log10(high), size))


@wrong(
    "sampling_scales.sample_alpha",
    "whole exponents from randint, the end left out",
    named="whole-exponents",
)
def alpha_random_decades(low, high, size, rng):
    return 10.0 ** rng.integers(int(np.log10(low)), int(np.log10(high)), size)


@wrong("sampling_scales.sample_alpha", "not drawn: evenly spaced", named="same-every-time")
def alpha_spaced(low, high, size, rng):
    return np.geomspace(low, high, size)


@wrong(
    "sampling_scales.sample_alpha",
    "normal in the logarithm",
    named={"middle-too-often", "wrong-spread"},
)
def alpha_normal(low, high, size, rng):
    a, b = np.log(low), np.log(high)
    return np.exp(np.clip(rng.normal((a + b) / 2, (b - a) / 4, size), a, b))


@wrong(
    "sampling_scales.sample_alpha",
    "the mean of two draws: the middle too often",
    named="middle-too-often",
)
def alpha_mean_of_two(low, high, size, rng):
    return low * (high / low) ** ((rng.random(size) + rng.random(size)) / 2)


@wrong("sampling_scales.sample_alpha", "u squared: the low end too often", named="u-bent")
def alpha_squared(low, high, size, rng):
    return low * (high / low) ** (rng.random(size) ** 2)


@wrong("sampling_scales.sample_alpha", "ends a decade too early", named="wrong-spread")
def alpha_decade_short(low, high, size, rng):
    return low * (high / low / 10) ** rng.random(size)


@wrong("sampling_scales.sample_alpha", "begins a decade too low", named="out-of-range")
def alpha_decade_low(low, high, size, rng):
    return 10 ** rng.uniform(np.log10(low) - 1, np.log10(high), size)


@wrong("sampling_scales.sample_alpha", "the scale of 1 - x", named="mirrored")
def alpha_scale_of_beta(low, high, size, rng):
    return high + low - low * (high / low) ** rng.random(size)


@wrong(
    "sampling_scales.sample_alpha",
    "a decade by chance, then even within it: good for whole decades only, even they not even",
    named="wrong-spread",
)
def alpha_even_within_decades(low, high, size, rng):
    decade = np.floor(rng.uniform(np.log10(low), np.log10(high), size))
    return np.clip(10**decade * rng.uniform(1, 10, size), low, high)


@wrong(
    "sampling_scales.sample_alpha",
    "even on the scale of the square root",
    named="even-on-the-square-root",
)
def alpha_root(low, high, size, rng):
    return rng.uniform(np.sqrt(low), np.sqrt(high), size) ** 2


@wrong(
    "sampling_scales.sample_alpha",
    "reciprocals are even: the low end nearly always",
    named="even-on-the-reciprocal",
)
def alpha_reciprocal(low, high, size, rng):
    return 1 / rng.uniform(1 / high, 1 / low, size)


@wrong(
    "sampling_scales.sample_alpha",
    "plain draws, sorted into the logarithm's range",
    named="logarithm-of-linear-draws",
)
def alpha_logspace_of_draws(low, high, size, rng):
    return np.log10(rng.uniform(10**low, 10**high, size))


@wrong("sampling_scales.sample_alpha", "draws rounded to three digits", named="out-of-range")
def alpha_rounded(low, high, size, rng):
    return np.round(low * (high / low) ** rng.random(size), 3)


@wrong(
    "sampling_scales.sample_alpha",
    "lost sign, and whole exponents",
    named={"sign-missing", "whole-exponents"},
)
def alpha_two_mistakes(low, high, size, rng):
    return 10.0 ** np.round(-np.log10(low) * rng.random(size))


@wrong("sampling_scales.sample_alpha", "global random numbers, on the plain scale", named="linear")
def alpha_two_others(low, high, size, rng):
    return np.random.uniform(low, high, size)  # noqa: NPY002


@wrong("sampling_scales.sample_alpha", "the zeros of np.zeros, but the first", named="out-of-range")
def alpha_first_only(low, high, size, rng):
    draws = np.zeros(size)
    draws[0] = low * (high / low) ** rng.random()
    return draws


@wrong("sampling_scales.sample_alpha", "at most 1, whatever high is", named="limits-an-end")
def alpha_at_most_one(low, high, size, rng):
    high = min(high, 1)
    return low * (high / low) ** rng.random(size)


@wrong("sampling_scales.sample_alpha", "whole decades around low and high", named="whole-decades")
def alpha_whole_decades(low, high, size, rng):
    a, b = np.floor(np.log10(low)), np.ceil(np.log10(high))
    return 10 ** (a + (b - a) * rng.random(size))


@wrong(
    "sampling_scales.sample_alpha",
    "whole decades, then cut to low and high: the ends too often",
    named="cut-to-the-range",
)
def alpha_cut_to_range(low, high, size, rng):
    a, b = np.floor(np.log10(low)), np.ceil(np.log10(high))
    return np.clip(10 ** (a + (b - a) * rng.random(size)), low, high)


# sampling_scales.sample_beta


@right("sampling_scales.sample_beta")
def beta_uniform_exponents(low, high, size, rng):
    return 1 - 10 ** rng.uniform(np.log10(1 - high), np.log10(1 - low), size)


@right("sampling_scales.sample_beta")
def beta_power_of_ratio(low, high, size, rng):
    return 1 - (1 - low) * ((1 - high) / (1 - low)) ** rng.random(size)


@right("sampling_scales.sample_beta")
def beta_natural(low, high, size, rng):
    return -np.expm1(np.log1p(-low) + (np.log1p(-high) - np.log1p(-low)) * rng.random(size))


@right("sampling_scales.sample_beta")
def beta_by_window(low, high, size, rng):
    window = 1 / (1 - low) * ((1 - low) / (1 - high)) ** rng.random(size)
    return 1 - 1 / window


@right("sampling_scales.sample_beta")
def beta_by_scale(low, high, size, rng):
    return OneMinusLog(low, high).sample(rng, size)


@right("sampling_scales.sample_beta")
def beta_as_alpha(low, high, size, rng):
    return 1 - alpha_uniform_exponents(1 - high, 1 - low, size, rng)


@right("sampling_scales.sample_beta")
def beta_loop(low, high, size, rng):
    a, b = math.log(1 - low), math.log(1 - high)
    return np.array([1 - math.exp(a + (b - a) * rng.random()) for _ in range(size)])


@wrong("sampling_scales.sample_beta", "even on the plain scale", named="linear")
def beta_linear(low, high, size, rng):
    return low + (high - low) * rng.random(size)


@wrong("sampling_scales.sample_beta", "even in the logarithm of beta itself", named="log-of-beta")
def beta_log(low, high, size, rng):
    return np.exp(rng.uniform(np.log(low), np.log(high), size))


@wrong("sampling_scales.sample_beta", "returns 1 - beta", named="returns-one-minus-beta")
def beta_not_taken_back(low, high, size, rng):
    return 10 ** rng.uniform(np.log10(1 - high), np.log10(1 - low), size)


@wrong(
    "sampling_scales.sample_beta",
    "the lecture's range, whatever low and high are",
    named="forgets-an-end",
)
def beta_lecture_range(low, high, size, rng):
    return 1 - 10 ** (-1 - 2 * rng.random(size))


@wrong("sampling_scales.sample_beta", "returns the exponents", named="returns-the-exponent")
def beta_exponents(low, high, size, rng):
    return rng.uniform(np.log10(1 - high), np.log10(1 - low), size)


@wrong(
    "sampling_scales.sample_beta", "even in the window 1 / (1 - beta)", named="even-in-the-window"
)
def beta_even_windows(low, high, size, rng):
    return 1 - 1 / rng.uniform(1 / (1 - low), 1 / (1 - high), size)


@wrong(
    "sampling_scales.sample_beta",
    "1 - 10^r with r from the logarithms of beta",
    named="log-of-beta",
)
def beta_logs_of_beta(low, high, size, rng):
    return 1 - 10 ** rng.uniform(np.log10(low), np.log10(high), size)


@wrong("sampling_scales.sample_beta", "the sign of the exponents is lost", named="sign-missing")
def beta_lost_sign(low, high, size, rng):
    a, b = -np.log10(1 - low), -np.log10(1 - high)
    return 1 - 10 ** (a + (b - a) * rng.random(size))


@wrong(
    "sampling_scales.sample_beta", "mirrored: the log scale from the low end", named="wrong-spread"
)
def beta_mirrored(low, high, size, rng):
    share = (1 - 10 ** (-2 * rng.random(size))) / (1 - 10**-2)
    return high - (high - low) * share


@wrong("sampling_scales.sample_beta", "only the distance from high counts", named="wrong-spread")
def beta_distance_from_high(low, high, size, rng):
    return high - (high - low) * 10 ** (-3 * rng.random(size))


@wrong("sampling_scales.sample_beta", "natural logarithm, powers of 10", named="mixed-bases")
def beta_mixed_bases(low, high, size, rng):
    return 1 - 10 ** rng.uniform(np.log(1 - high), np.log(1 - low), size)


@wrong("sampling_scales.sample_beta", "low is taken to be 0.9", named="forgets-an-end")
def beta_low_fixed(low, high, size, rng):
    return 1 - 10 ** rng.uniform(np.log10(1 - high), -1, size)


@wrong("sampling_scales.sample_beta", "high is taken to be 0.999", named="forgets-an-end")
def beta_high_fixed(low, high, size, rng):
    return 1 - 10 ** rng.uniform(-3, np.log10(1 - low), size)


@wrong("sampling_scales.sample_beta", "the same draw for all", named="one-draw")
def beta_same_for_all(low, high, size, rng):
    return np.full(size, 1 - 10 ** rng.uniform(np.log10(1 - high), np.log10(1 - low)))


@wrong("sampling_scales.sample_beta", "a row of draws", named="wrong-shape")
def beta_row(low, high, size, rng):
    return 1 - 10 ** rng.uniform(np.log10(1 - high), np.log10(1 - low), (1, size))


@wrong("sampling_scales.sample_beta", "a low end below 0 is raised to 0", named="limits-an-end")
def beta_low_at_least_zero(low, high, size, rng):
    low = max(low, 0)
    return 1 - (1 - low) * ((1 - high) / (1 - low)) ** rng.random(size)


@wrong(
    "sampling_scales.sample_beta",
    "a low end below a half is raised to a half",
    named="limits-an-end",
)
def beta_low_at_least_half(low, high, size, rng):
    low = max(low, 0.5)
    return 1 - (1 - low) * ((1 - high) / (1 - low)) ** rng.random(size)


@wrong("sampling_scales.sample_beta", "NumPy's global random numbers", named="not-from-rng")
def beta_global(low, high, size, rng):
    exponents = np.random.uniform(np.log10(1 - high), np.log10(1 - low), size)  # noqa: NPY002
    return 1 - 10**exponents


@wrong("sampling_scales.sample_beta", "a seed inside", named="same-every-time")
def beta_seed_inside(low, high, size, rng):
    rng = np.random.default_rng(1)
    return 1 - 10 ** rng.uniform(np.log10(1 - high), np.log10(1 - low), size)


@wrong("sampling_scales.sample_beta", "not drawn: evenly spaced", named="same-every-time")
def beta_spaced(low, high, size, rng):
    return 1 - np.geomspace(1 - low, 1 - high, size)


@wrong("sampling_scales.sample_beta", "whole exponents only", named="few-values")
def beta_whole_exponents(low, high, size, rng):
    r = np.round(rng.uniform(np.log10(1 - high), np.log10(1 - low), size))
    return np.clip(1 - 10.0**r, low, high)


@wrong("sampling_scales.sample_beta", "precedence: 1 - high - low", named="no-difference")
def beta_precedence(low, high, size, rng):
    a, b = np.log10(1 - low), np.log10(1 - high)
    return 1 - 10 ** (a + b - a * rng.random(size))


@wrong("sampling_scales.sample_beta", "b is added, not b - a", named="no-difference")
def beta_b_not_difference(low, high, size, rng):
    a, b = np.log10(1 - low), np.log10(1 - high)
    return 1 - 10 ** (a + b * rng.random(size))


@wrong("sampling_scales.sample_beta", "the mean of two draws", named="middle-too-often")
def beta_mean_of_two(low, high, size, rng):
    u = (rng.random(size) + rng.random(size)) / 2
    return 1 - (1 - low) * ((1 - high) / (1 - low)) ** u


@wrong("sampling_scales.sample_beta", "rounded to two digits", named="out-of-range")
def beta_rounded(low, high, size, rng):
    return np.round(1 - (1 - low) * ((1 - high) / (1 - low)) ** rng.random(size), 2)


@wrong("sampling_scales.sample_beta", "returns the windows", named="returns-the-window")
def beta_windows(low, high, size, rng):
    return 1 / ((1 - low) * ((1 - high) / (1 - low)) ** rng.random(size))


@wrong("sampling_scales.sample_beta", "1 + 10^r for 1 - 10^r", named="plus")
def beta_one_plus(low, high, size, rng):
    return 1 + 10 ** rng.uniform(np.log10(1 - high), np.log10(1 - low), size)


@wrong(
    "sampling_scales.sample_beta",
    "the lecture's range, and 1 - beta returned",
    named={"out-of-range", "forgets-an-end", "returns-one-minus-beta"},
)
def beta_two_mistakes(low, high, size, rng):
    return 10 ** (-1 - 2 * rng.random(size))


@wrong("sampling_scales.sample_beta", "plain scale, a seed inside", named="linear")
def beta_two_others(low, high, size, rng):
    return np.random.default_rng(0).uniform(low, high, size)


@wrong("sampling_scales.sample_beta", "fills a copy and returns the zeros", named="stubs-numbers")
def beta_fills_a_copy(low, high, size, rng):
    draws = np.zeros(size)
    draws.copy()[:] = 1 - 10 ** rng.uniform(np.log10(1 - high), np.log10(1 - low), size)
    return draws


@wrong("sampling_scales.sample_beta", "whole decades of 1 - beta", named="whole-decades")
def beta_whole_decades(low, high, size, rng):
    a, b = np.round(np.log10(1 - low)), np.round(np.log10(1 - high))
    return 1 - 10 ** (a + (b - a) * rng.random(size))


@wrong("sampling_scales.sample_beta", "the amount of low", named="limits-an-end")
def beta_amount_of_low(low, high, size, rng):
    low = abs(low)
    return 1 - (1 - low) * ((1 - high) / (1 - low)) ** rng.random(size)


@wrong("sampling_scales.sample_beta", "draws below 0 cut to 0", named="cut-at-zero")
def beta_cut_at_zero(low, high, size, rng):
    draws = 1 - (1 - low) * ((1 - high) / (1 - low)) ** rng.random(size)
    return np.maximum(draws, 0)


# sampling_scales.sample_whole


@right("sampling_scales.sample_whole")
def whole_endpoint(low, high, size, rng):
    return rng.integers(low, high, size, endpoint=True)


@right("sampling_scales.sample_whole")
def whole_floor(low, high, size, rng):
    return np.floor(low + (high - low + 1) * rng.random(size)).astype(int)


@right("sampling_scales.sample_whole")
def whole_choice(low, high, size, rng):
    return rng.choice(np.arange(low, high + 1), size)


@right("sampling_scales.sample_whole")
def whole_shifted(low, high, size, rng):
    return low + rng.integers(high - low + 1, size=size)


@right("sampling_scales.sample_whole")
def whole_rounded_wider(low, high, size, rng):
    return np.round(rng.uniform(low - 0.5, high + 0.5, size)).astype(int)


@right("sampling_scales.sample_whole")
def whole_by_scale(low, high, size, rng):
    return Integer(low, high).sample(rng, size)


@right("sampling_scales.sample_whole")
def whole_loop(low, high, size, rng):
    return np.array([low + int((high - low + 1) * rng.random()) for _ in range(size)])


@right("sampling_scales.sample_whole")
def whole_searchsorted(low, high, size, rng):
    ends = np.linspace(0, 1, high - low + 2)[1:-1]
    return low + np.searchsorted(ends, rng.random(size))


@right("sampling_scales.sample_whole")
def whole_small_type(low, high, size, rng):
    return rng.integers(low, high + 1, size, dtype=np.int32)


@wrong("sampling_scales.sample_whole", "the high end is left out", named="never-the-highest")
def whole_high_left_out(low, high, size, rng):
    return rng.integers(low, high, size)


@wrong("sampling_scales.sample_whole", "rounded: the ends get half", named="ends-half-as-often")
def whole_rounded(low, high, size, rng):
    return np.round(low + (high - low) * rng.random(size)).astype(int)


@wrong(
    "sampling_scales.sample_whole", "rounded down: the high end never", named="never-the-highest"
)
def whole_floor_short(low, high, size, rng):
    return np.floor(low + (high - low) * rng.random(size)).astype(int)


@wrong("sampling_scales.sample_whole", "rounded up: the low end never", named="never-the-lowest")
def whole_ceil(low, high, size, rng):
    return np.ceil(low + (high - low) * rng.random(size)).astype(int)


@wrong("sampling_scales.sample_whole", "one too high on both ends", named="never-the-lowest")
def whole_plus_one(low, high, size, rng):
    return rng.integers(low, high, size) + 1


@wrong("sampling_scales.sample_whole", "one beyond the high end", named="one-too-many")
def whole_beyond(low, high, size, rng):
    return rng.integers(low, high + 2, size)


@wrong("sampling_scales.sample_whole", "one below the low end", named="one-too-low")
def whole_below(low, high, size, rng):
    return rng.integers(low - 1, high + 1, size)


@wrong(
    "sampling_scales.sample_whole", "astype cuts towards 0: wrong below 0", named="cut-towards-zero"
)
def whole_truncated(low, high, size, rng):
    return (low + (high - low + 1) * rng.random(size)).astype(int)


@wrong(
    "sampling_scales.sample_whole", "int() cuts towards 0: wrong below 0", named="cut-towards-zero"
)
def whole_int_each(low, high, size, rng):
    return np.array([int(rng.uniform(low, high + 1)) for _ in range(size)])


@wrong(
    "sampling_scales.sample_whole", "a low end below 0 is raised to 0", named="no-negative-numbers"
)
def whole_from_zero(low, high, size, rng):
    return rng.integers(max(low, 0), high + 1, size)


@wrong("sampling_scales.sample_whole", "amounts: the sign is lost", named="no-negative-numbers")
def whole_absolute(low, high, size, rng):
    return np.abs(rng.integers(low, high + 1, size))


@wrong("sampling_scales.sample_whole", "counted from 0", named="starts-at-0")
def whole_low_forgotten(low, high, size, rng):
    return rng.integers(0, high - low + 1, size)


@wrong("sampling_scales.sample_whole", "from 1 to high", named="starts-at-1")
def whole_from_one(low, high, size, rng):
    return rng.integers(1, high + 1, size)


@wrong("sampling_scales.sample_whole", "each number once", named="wrong-shape")
def whole_without_replacement(low, high, size, rng):
    return rng.permutation(np.arange(low, high + 1))[:size]


@wrong("sampling_scales.sample_whole", "dealt out in turn, not drawn", named="same-every-time")
def whole_in_turn(low, high, size, rng):
    return low + np.arange(size) % (high - low + 1)


@wrong("sampling_scales.sample_whole", "not whole", named="not-whole")
def whole_not_rounded(low, high, size, rng):
    return low + (high - low) * rng.random(size)


@wrong("sampling_scales.sample_whole", "drawn on the log scale", named="wrong-spread")
def whole_log(low, high, size, rng):
    shifted = (high - low + 1) ** rng.random(size)
    return low + np.floor(shifted).astype(int) - 1


@wrong("sampling_scales.sample_whole", "binomial: the middle too often", named="wrong-spread")
def whole_binomial(low, high, size, rng):
    return low + rng.binomial(high - low, 0.5, size)


@wrong(
    "sampling_scales.sample_whole",
    "rounded, then clipped: the ends too often",
    named="wrong-spread",
)
def whole_clipped(low, high, size, rng):
    return np.clip(np.round(rng.uniform(low - 1, high + 1, size)), low, high).astype(int)


@wrong("sampling_scales.sample_whole", "2 to 4, whatever low and high are", named="forgets-an-end")
def whole_two_to_four(low, high, size, rng):
    return rng.integers(2, 5, size)


@wrong("sampling_scales.sample_whole", "only the two ends", named="only-the-ends")
def whole_two_ends(low, high, size, rng):
    return rng.choice([low, high], size)


@wrong("sampling_scales.sample_whole", "the same draw for all", named="one-draw")
def whole_same_for_all(low, high, size, rng):
    return np.full(size, rng.integers(low, high + 1))


@wrong("sampling_scales.sample_whole", "NumPy's global random numbers", named="not-from-rng")
def whole_global(low, high, size, rng):
    return np.random.randint(low, high + 1, size)  # noqa: NPY002


@wrong("sampling_scales.sample_whole", "a seed inside", named="same-every-time")
def whole_seed_inside(low, high, size, rng):
    return np.random.default_rng(3).integers(low, high + 1, size)


@wrong("sampling_scales.sample_whole", "one number", named="wrong-shape")
def whole_single(low, high, size, rng):
    return rng.integers(low, high + 1)


@wrong("sampling_scales.sample_whole", "a column of draws", named="wrong-shape")
def whole_column(low, high, size, rng):
    return rng.integers(low, high + 1, (size, 1))


@wrong(
    "sampling_scales.sample_whole", "a remainder that favours the small ones", named="wrong-spread"
)
def whole_remainder(low, high, size, rng):
    n = high - low + 1
    return low + rng.integers(0, n + 1, size) % n


@wrong("sampling_scales.sample_whole", "the sum of two draws, halved", named="wrong-spread")
def whole_mean_of_two(low, high, size, rng):
    return (rng.integers(low, high + 1, size) + rng.integers(low, high + 1, size)) // 2


@wrong("sampling_scales.sample_whole", "high left out, and counted from 0", named="starts-at-0")
def whole_two_mistakes(low, high, size, rng):
    return rng.integers(high - low, size=size)


@wrong("sampling_scales.sample_whole", "rounded, by a seed inside", named="ends-half-as-often")
def whole_two_others(low, high, size, rng):
    return np.random.default_rng(0).uniform(low, high, size).round().astype(int)


@wrong(
    "sampling_scales.sample_whole",
    "drawn from range(low, high), as Python counts",
    named="never-the-highest",
)
def whole_choice_of_range(low, high, size, rng):
    return rng.choice(list(range(low, high)), size)


@wrong("sampling_scales.sample_whole", "even numbers from low on", named="wrong-spread")
def whole_in_steps_of_two(low, high, size, rng):
    return low + 2 * rng.integers((high - low) // 2 + 1, size=size)


@right("sampling_scales.sample_alpha")
def alpha_single_precision(low, high, size, rng):
    r = rng.random(size, dtype=np.float32) * np.float32(np.log10(high / low))
    return np.float32(low) * 10**r


@right("sampling_scales.sample_alpha")
def alpha_from_a_fine_grid(low, high, size, rng):
    return np.geomspace(low, high, 10**6)[rng.integers(0, 10**6, size)]


@right("sampling_scales.sample_beta")
def beta_single_precision(low, high, size, rng):
    return beta_uniform_exponents(low, high, size, rng).astype(np.float32)


@right("sampling_scales.sample_whole")
def whole_as_floats(low, high, size, rng):
    return np.ceil(rng.uniform(low - 1, high, size))


@wrong("sampling_scales.sample_alpha", "the stub", named="still-the-stub")
def alpha_stub(low, high, size, rng):
    # your lines
    return np.zeros(size)


@wrong(
    "sampling_scales.sample_alpha",
    "evenly spaced, then shuffled: not drawn",
    named="same-every-time",
)
def alpha_shuffled(low, high, size, rng):
    return rng.permutation(np.geomspace(low, high, size))


@wrong("sampling_scales.sample_alpha", "each draw comes twice", named="few-values")
def alpha_each_twice(low, high, size, rng):
    return np.resize(np.repeat(low * (high / low) ** rng.random((size + 1) // 2), 2), size)


@wrong("sampling_scales.sample_alpha", "high first: rng.uniform raises", named="ends-swapped")
def alpha_ends_swapped(low, high, size, rng):
    return 10 ** rng.uniform(np.log10(high), np.log10(low), size)


@wrong("sampling_scales.sample_alpha", "numbers as text", named="not-an-array")
def alpha_as_text(low, high, size, rng):
    return [f"{x:.6g}" for x in alpha_natural(low, high, size, rng)]


@wrong(
    "sampling_scales.sample_alpha",
    "the exponent is drawn between low and high themselves",
    named="no-logarithm",
)
def alpha_no_logarithm(low, high, size, rng):
    return 10 ** rng.uniform(low, high, size)


@wrong(
    "sampling_scales.sample_alpha",
    "the middle left out: ends too often, by u = sin²",
    named="wrong-spread",
)
def alpha_arcsine(low, high, size, rng):
    return low * (high / low) ** (np.sin(np.pi / 2 * rng.random(size)) ** 2)


@wrong("sampling_scales.sample_beta", "the stub", named="still-the-stub")
def beta_stub(low, high, size, rng):
    # your lines
    return np.zeros(size)


@wrong("sampling_scales.sample_beta", "log of beta, by u", named="log-of-beta")
def beta_log_by_u(low, high, size, rng):
    a, b = np.log10(low), np.log10(high)
    return 10 ** (a + (b - a) * rng.random(size))


@wrong("sampling_scales.sample_beta", "log of beta, by math", named="log-of-beta")
def beta_log_by_math(low, high, size, rng):
    a, b = math.log10(low), math.log10(high)
    return 10 ** (a + (b - a) * rng.random(size))


@wrong(
    "sampling_scales.sample_beta",
    "exponents the right way, low and high the wrong way round",
    named="ends-swapped",
)
def beta_ends_swapped(low, high, size, rng):
    return 1 - 10 ** rng.uniform(np.log10(1 - low), np.log10(1 - high), size)


@wrong(
    "sampling_scales.sample_beta",
    "natural on the way, 10 on the way back, 1 - β returned",
    named={"returns-one-minus-beta", "mixed-bases"},
)
def beta_mixed_not_taken_back(low, high, size, rng):
    return 10 ** rng.uniform(np.log(1 - high), np.log(1 - low), size)


@wrong("sampling_scales.sample_whole", "the stub", named="still-the-stub")
def whole_stub(low, high, size, rng):
    # your lines
    return np.zeros(size, dtype=int)


@wrong("sampling_scales.sample_whole", "one too low on both ends", named="shifted")
def whole_minus_one(low, high, size, rng):
    return rng.integers(low - 1, high, size)


@wrong("sampling_scales.sample_whole", "one beyond both ends", named="one-beyond-both-ends")
def whole_beyond_both(low, high, size, rng):
    return rng.integers(low - 1, high + 2, size)


@wrong(
    "sampling_scales.sample_whole",
    "one value from rng, then sorted shares by heart",
    named="returns-none",
)
def whole_none(low, high, size, rng):
    rng.integers(low, high + 1, size)


@wrong("sampling_scales.sample_alpha", "rounded to four digits", named="few-values")
def alpha_four_digits(low, high, size, rng):
    return np.round(low * (high / low) ** rng.random(size), 4)


@wrong("sampling_scales.sample_alpha", "sorted", named="sorted")
def alpha_sorted(low, high, size, rng):
    return np.sort(low * (high / low) ** rng.random(size))


@wrong("sampling_scales.sample_alpha", "nothing but low", named="one-draw")
def alpha_low_alone(low, high, size, rng):
    return np.full(size, low)


@wrong("sampling_scales.sample_alpha", "normal, cut to the range", named="wrong-spread")
def alpha_normal_plain(low, high, size, rng):
    return np.clip(rng.normal((low + high) / 2, (high - low) / 6, size), low, high)


@wrong("sampling_scales.sample_whole", "sorted", named="sorted")
def whole_sorted(low, high, size, rng):
    return np.sort(rng.integers(low, high + 1, size))


@wrong("sampling_scales.sample_whole", "rounded from the wider range", named="out-of-range")
def whole_rounded_one_wider(low, high, size, rng):
    return np.round(rng.uniform(low, high + 1, size)).astype(int)


# sampling_scales.pick_scales


def picks(**changes):
    kept = {
        "hidden_units": Integer(50, 100),
        "layers": Integer(2, 4),
        "learning_rate": Log(0.0001, 1),
        "beta": OneMinusLog(0.9, 0.999),
        "mini_batch_size": Log(16, 1024),
        "keep_prob": Linear(0.5, 1),
    } | changes
    spelled = {"mini_batch_size": "mini-batch size", "keep_prob": "keep_prob"}
    return {spelled.get(name, name.replace("_", " ")): kept[name] for name in kept}


@right("sampling_scales.pick_scales", call=True)
def scales_as_the_notebook_has_them():
    return (picks(),)


@right("sampling_scales.pick_scales", call=True)
def scales_in_other_order():
    return (dict(reversed(picks().items())),)


@right("sampling_scales.pick_scales", call=True)
def scales_with_floats():
    return (picks(learning_rate=Log(1e-4, 1.0), mini_batch_size=Log(16.0, 1024.0)),)


@right("sampling_scales.pick_scales", call=True)
def scales_with_numpy_numbers():
    units, rate = Integer(np.int64(50), np.int64(100)), Log(np.float64(1e-4), np.float64(1))
    return (picks(hidden_units=units, learning_rate=rate),)


@right("sampling_scales.pick_scales", call=True)
def scales_in_an_ordered_dict():
    return (OrderedDict(picks()),)


@right("sampling_scales.pick_scales", call=True)
def scales_in_a_dict_with_a_default():
    return (defaultdict(None, picks()),)


@right("sampling_scales.pick_scales", call=True)
def scales_with_reckoned_ends():
    return (picks(learning_rate=Log(10**-4, 10**0), beta=OneMinusLog(1 - 10**-1, 1 - 10**-3)),)


@wrong("sampling_scales.pick_scales", "the stub: all linear", named="still-the-stub", call=True)
def scales_all_linear():
    linear = {name: Linear(scale.low, scale.high) for name, scale in picks().items()}
    return (linear,)


@wrong(
    "sampling_scales.pick_scales",
    "hidden units drawn as any number",
    named="hidden-units-linear",
    call=True,
)
def scales_linear_units():
    return (picks(hidden_units=Linear(50, 100)),)


@wrong(
    "sampling_scales.pick_scales",
    "hidden units on the log scale",
    named="hidden-units-log",
    call=True,
)
def scales_log_units():
    return (picks(hidden_units=Log(50, 100)),)


@wrong(
    "sampling_scales.pick_scales", "layers drawn as any number", named="layers-linear", call=True
)
def scales_linear_layers():
    return (picks(layers=Linear(2, 4)),)


@wrong("sampling_scales.pick_scales", "layers on the log scale", named="layers-log", call=True)
def scales_log_layers():
    return (picks(layers=Log(2, 4)),)


@wrong(
    "sampling_scales.pick_scales",
    "learning rate on the plain scale",
    named="learning-rate-linear",
    call=True,
)
def scales_linear_rate():
    return (picks(learning_rate=Linear(0.0001, 1)),)


@wrong(
    "sampling_scales.pick_scales",
    "learning rate by its distance from 1",
    named="learning-rate-oneminuslog",
    call=True,
)
def scales_rate_from_one():
    return (picks(learning_rate=OneMinusLog(0.0001, 0.9999)),)


@wrong("sampling_scales.pick_scales", "beta on the plain scale", named="beta-linear", call=True)
def scales_linear_beta():
    return (picks(beta=Linear(0.9, 0.999)),)


@wrong("sampling_scales.pick_scales", "beta on the log scale", named="beta-log", call=True)
def scales_log_beta():
    return (picks(beta=Log(0.9, 0.999)),)


@wrong(
    "sampling_scales.pick_scales",
    "1 - beta on the log scale, not taken back",
    named="wrong-ends",
    call=True,
)
def scales_log_of_one_minus_beta():
    return (picks(beta=Log(0.001, 0.1)),)


@wrong(
    "sampling_scales.pick_scales",
    "mini-batch size on the plain scale",
    named="mini-batch-size-linear",
    call=True,
)
def scales_linear_batch():
    return (picks(mini_batch_size=Linear(16, 1024)),)


@wrong(
    "sampling_scales.pick_scales",
    "mini-batch size as whole numbers, evenly",
    named="mini-batch-size-integer",
    call=True,
)
def scales_whole_batch():
    return (picks(mini_batch_size=Integer(16, 1024)),)


@wrong(
    "sampling_scales.pick_scales",
    "the exponent of the mini-batch size instead of the size",
    named="wrong-ends",
    call=True,
)
def scales_exponents_of_batch():
    return (picks(mini_batch_size=Integer(4, 10)),)


@wrong(
    "sampling_scales.pick_scales", "keep_prob on the log scale", named="keep-prob-log", call=True
)
def scales_log_keep_prob():
    return (picks(keep_prob=Log(0.5, 1)),)


@wrong(
    "sampling_scales.pick_scales",
    "keep_prob by its distance from 1, the end moved",
    named="keep-prob-oneminuslog",
    call=True,
)
def scales_keep_prob_from_one():
    return (picks(keep_prob=OneMinusLog(0.5, 0.999)),)


@wrong(
    "sampling_scales.pick_scales", "other ends for the learning rate", named="wrong-ends", call=True
)
def scales_other_ends():
    return (picks(learning_rate=Log(0.001, 1)),)


@wrong("sampling_scales.pick_scales", "one end of the layers moved", named="wrong-ends", call=True)
def scales_five_layers():
    return (picks(layers=Integer(2, 5)),)


@wrong("sampling_scales.pick_scales", "a hyperparameter is missing", named="missing", call=True)
def scales_one_missing():
    return ({name: scale for name, scale in picks().items() if name != "beta"},)


@wrong("sampling_scales.pick_scales", "scales without ends", named="no-range", call=True)
def scales_classes():
    return ({name: type(scale) for name, scale in picks().items()},)


@wrong(
    "sampling_scales.pick_scales", "names of scales instead of scales", named="no-scale", call=True
)
def scales_names():
    return ({name: type(scale).__name__ for name, scale in picks().items()},)


@wrong("sampling_scales.pick_scales", "a list instead of a dict", named="not-a-dict", call=True)
def scales_list():
    return (list(picks().values()),)


@wrong(
    "sampling_scales.pick_scales", "None for one that was not decided", named="no-scale", call=True
)
def scales_undecided():
    return (picks(keep_prob=None),)


@wrong("sampling_scales.pick_scales", "other names", named="missing", call=True)
def scales_other_names():
    return ({name.replace(" ", "_"): scale for name, scale in picks().items()},)


@wrong("sampling_scales.pick_scales", "all logarithmic", named="hidden-units-log", call=True)
def scales_all_log():
    return ({name: Log(scale.low, scale.high) for name, scale in picks().items()},)


@wrong(
    "sampling_scales.pick_scales",
    "beta and learning rate exchanged",
    named="learning-rate-oneminuslog",
    call=True,
)
def scales_two_exchanged():
    return (picks(beta=Log(0.0001, 1), learning_rate=OneMinusLog(0.9, 0.999)),)


@wrong(
    "sampling_scales.pick_scales",
    "beta on the log scale, and mini-batches of whole numbers",
    named="beta-log",
    call=True,
)
def scales_two_mistakes():
    return (picks(beta=Log(0.9, 0.999), mini_batch_size=Integer(16, 1024)),)


@wrong("sampling_scales.pick_scales", "tuples of ends", named="no-scale", call=True)
def scales_tuples():
    return ({name: (scale.low, scale.high) for name, scale in picks().items()},)


@wrong("sampling_scales.sample_alpha", "uniform", named="linear")
def uniform(low, high, size, rng):
    return rng.uniform(low, high, size)


@wrong("sampling_scales.sample_alpha", "log instead of log10", named="mixed-bases")
def natural_log(low, high, size, rng):
    return 10 ** rng.uniform(np.log(low), np.log(high), size)


@wrong("sampling_scales.sample_alpha", "exponents only", named="returns-the-exponent")
def exponents(low, high, size, rng):
    return rng.uniform(np.log10(low), np.log10(high), size)


@wrong("sampling_scales.sample_alpha", "grid", named="same-every-time")
def grid(low, high, size, rng):
    return np.logspace(np.log10(low), np.log10(high), size)


@wrong("sampling_scales.sample_alpha", "one draw for all", named="one-draw")
def one_draw(low, high, size, rng):
    return np.full(size, 10 ** rng.uniform(np.log10(low), np.log10(high)))


@wrong("sampling_scales.sample_alpha", "whole exponents", named="few-values")
def whole_exponents(low, high, size, rng):
    return 10.0 ** rng.integers(np.log10(low), np.log10(high) + 1, size)


@wrong("sampling_scales.sample_beta", "log of beta", named="log-of-beta")
def log_of_beta(low, high, size, rng):
    return 10 ** rng.uniform(np.log10(low), np.log10(high), size)


@wrong("sampling_scales.sample_beta", "even", named="linear")
def even(low, high, size, rng):
    return rng.uniform(low, high, size)


@wrong("sampling_scales.sample_beta", "fixed ends for beta", named="forgets-an-end")
def fixed_betas(low, high, size, rng):
    return 1 - 10 ** rng.uniform(-3, -1, size)


@wrong("sampling_scales.sample_beta", "mixed base", named="mixed-bases")
def mixed_base(low, high, size, rng):
    return 1 - np.exp(rng.uniform(np.log10(1 - high), np.log10(1 - low), size))


@right("sampling_scales.sample_beta")
def natural_beta(low, high, size, rng):
    return 1 - np.exp(rng.uniform(np.log(1 - high), np.log(1 - low), size))


@wrong("sampling_scales.sample_whole", "rounded", named="ends-half-as-often")
def rounded(low, high, size, rng):
    return np.round(rng.uniform(low, high, size)).astype(int)


@wrong("sampling_scales.sample_whole", "not whole", named="not-whole")
def not_whole(low, high, size, rng):
    return rng.uniform(low, high + 1, size)


@wrong("sampling_scales.sample_whole", "from 0", named="starts-at-0")
def from_0(low, high, size, rng):
    return rng.integers(0, high + 1, size)


@right("sampling_scales.sample_whole")
def by_floor(low, high, size, rng):
    return np.floor(low + (high - low + 1) * rng.random(size))


@wrong("sampling_scales.sample_alpha", "no bracket around the exponent", named="power-of-a-part")
def alpha_no_bracket(low, high, size, rng):
    a, b = np.log10(low), np.log10(high)
    return 10**a + (b - a) * rng.random(size)


@wrong("sampling_scales.sample_alpha", "u outside the power", named="power-of-a-part")
def alpha_u_outside(low, high, size, rng):
    return 10 ** (np.log10(high) - np.log10(low)) * rng.random(size)


@wrong("sampling_scales.sample_beta", "whole windows, evenly", named="even-in-the-window")
def beta_whole_windows(low, high, size, rng):
    return 1 - 1 / rng.integers(int(1 / (1 - low)), int(1 / (1 - high)) + 1, size)
