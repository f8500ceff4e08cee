"""More answers to the exercises of initialization, written from their texts alone."""

import numpy as np

from tests.checks.bank import right, wrong


@wrong("initialization.he", "variance as scale", named="variance-for-standard-deviation")
def variance_as_scale(n_out, n_in, rng):
    return rng.normal(0, 2 / n_in, (n_out, n_in))


@wrong("initialization.he", "Xavier", named="no-factor-2")
def xavier(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) / np.sqrt(n_in)


@wrong("initialization.he", "width after", named="n-out-for-n-in")
def width_after(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_out)


@wrong("initialization.he", "uniform from 0 to 1", named="mean-not-0")
def from_0_to_1(n_out, n_in, rng):
    return rng.random((n_out, n_in)) * np.sqrt(2 / n_in)


@wrong("initialization.he", "limit √(2/n)", named="limit-too-narrow")
def limit_as_scale(n_out, n_in, rng):
    a = np.sqrt(2 / n_in)
    return rng.uniform(-a, a, (n_out, n_in))


@wrong("initialization.he", "no scale", named="not-scaled")
def no_scale(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in))


@wrong("initialization.he", "own generator", named="same-every-time")
def own_generator(n_out, n_in, rng):
    return np.random.default_rng(0).normal(0, np.sqrt(2 / n_in), (n_out, n_in))


@wrong("initialization.he", "precedence", named="root-of-half")
def precedence(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2) / n_in


@wrong("initialization.he", "one row for all units", named="twins")
def one_row(n_out, n_in, rng):
    return np.tile(rng.normal(0, np.sqrt(2 / n_in), n_in), (n_out, 1))


@right("initialization.he")
def of_uniform(n_out, n_in, rng):
    a = np.sqrt(6 / n_in)
    return rng.uniform(-a, a, (n_out, n_in))


@right("initialization.he")
def transposed_draw(n_out, n_in, rng):
    return rng.standard_normal((n_in, n_out)).T * (2 / n_in) ** 0.5


@wrong("initialization.glorot", "no root", named="limit-without-root")
def no_root(n_out, n_in, rng):
    a = 6 / (n_in + n_out)
    return rng.uniform(-a, a, (n_out, n_in))


@wrong("initialization.glorot", "1 over the sum", named="sum-for-mean")
def one_over_the_sum(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(1 / (n_in + n_out))


@wrong("initialization.glorot", "n_in alone", named="xavier-for-glorot")
def n_in_alone(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(1 / n_in)


@wrong("initialization.glorot", "limit with 2", named="limit-too-narrow")
def limit_with_2(n_out, n_in, rng):
    a = np.sqrt(2 / (n_in + n_out))
    return rng.uniform(-a, a, (n_out, n_in))


@wrong("initialization.glorot", "precedence in the sum", named="brackets-missing")
def sum_without_brackets(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in + n_out)


@wrong("initialization.glorot", "product of the widths", named="product-of-widths")
def product(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / (n_in * n_out))


@wrong("initialization.glorot", "positive half", named="mean-not-0")
def positive_half(n_out, n_in, rng):
    return rng.uniform(0, np.sqrt(6 / (n_in + n_out)), (n_out, n_in))


@right("initialization.glorot")
def normal_glorot(n_out, n_in, rng):
    return rng.normal(size=(n_out, n_in)) * np.sqrt(2 / (n_in + n_out))
