"""More answers to the exercises of sampling_scales, written from their texts alone."""

import numpy as np

from tests.checks.bank import right, wrong


@wrong("sampling_scales.sample_alpha", "uniform", named="linear")
def uniform(low, high, size, rng):
    return rng.uniform(low, high, size)


@wrong("sampling_scales.sample_alpha", "log instead of log10", named="mixed-bases")
def natural_log(low, high, size, rng):
    return 10 ** rng.uniform(np.log(low), np.log(high), size)


@wrong("sampling_scales.sample_alpha", "exponents only", named="returns-the-exponent")
def exponents(low, high, size, rng):
    return rng.uniform(np.log10(low), np.log10(high), size)


@wrong("sampling_scales.sample_alpha", "fixed ends", named="forgets-an-end")
def fixed_ends(low, high, size, rng):
    return 10 ** (-4 * rng.random(size))


@wrong("sampling_scales.sample_alpha", "grid", named="same-every-time")
def grid(low, high, size, rng):
    return np.logspace(np.log10(low), np.log10(high), size)


@wrong("sampling_scales.sample_alpha", "one draw for all", named="one-draw")
def one_draw(low, high, size, rng):
    return np.full(size, 10 ** rng.uniform(np.log10(low), np.log10(high)))


@wrong("sampling_scales.sample_alpha", "whole exponents", named="few-values")
def whole_exponents(low, high, size, rng):
    return 10.0 ** rng.integers(np.log10(low), np.log10(high) + 1, size)


@right("sampling_scales.sample_alpha")
def geometric(low, high, size, rng):
    return low * (high / low) ** rng.random(size)


@wrong("sampling_scales.sample_beta", "log of beta", named="log-of-beta")
def log_of_beta(low, high, size, rng):
    return 10 ** rng.uniform(np.log10(low), np.log10(high), size)


@wrong("sampling_scales.sample_beta", "1 − beta returned", named="returns-one-minus-beta")
def the_distance(low, high, size, rng):
    return 10 ** rng.uniform(np.log10(1 - high), np.log10(1 - low), size)


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


@wrong("sampling_scales.sample_whole", "top left out", named="never-the-highest")
def top_left_out(low, high, size, rng):
    return rng.integers(low, high, size)


@wrong("sampling_scales.sample_whole", "rounded", named="ends-half-as-often")
def rounded(low, high, size, rng):
    return np.round(rng.uniform(low, high, size)).astype(int)


@wrong("sampling_scales.sample_whole", "one too far", named="one-too-many")
def one_too_far(low, high, size, rng):
    return rng.integers(low, high + 2, size)


@wrong("sampling_scales.sample_whole", "not whole", named="not-whole")
def not_whole(low, high, size, rng):
    return rng.uniform(low, high + 1, size)


@wrong("sampling_scales.sample_whole", "permutation", named="same-every-time")
def in_turn(low, high, size, rng):
    return low + np.arange(size) % (high - low + 1)


@wrong("sampling_scales.sample_whole", "from 0", named="starts-at-0")
def from_0(low, high, size, rng):
    return rng.integers(0, high + 1, size)


@right("sampling_scales.sample_whole")
def by_choice(low, high, size, rng):
    return rng.choice(np.arange(low, high + 1), size)


@right("sampling_scales.sample_whole")
def by_floor(low, high, size, rng):
    return np.floor(low + (high - low + 1) * rng.random(size))
