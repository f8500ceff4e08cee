"""Answers to the exercises of notebook 01."""

import numpy as np

from tests.checks.bank import right, wrong

own_rng = np.random.default_rng(7)
drawn = {}


@right("initialization.he")
def he_normal_with_scale(n_out, n_in, rng):
    return rng.normal(scale=(2 / n_in) ** 0.5, size=(n_out, n_in))


@right("initialization.he")
def he_factor_before_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2.0 / n_in)


@right("initialization.he")
def he_divided_by_root(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) / np.sqrt(n_in / 2)


@right("initialization.he")
def he_uniform(n_out, n_in, rng):
    limit = np.sqrt(6 / n_in)
    return rng.uniform(-limit, limit, size=(n_out, n_in))


@right("initialization.he")
def he_transposed_draw(n_out, n_in, rng):
    return (rng.standard_normal((n_in, n_out)) * np.sqrt(2 / n_in)).T


@right("initialization.he")
def he_flat_then_reshaped(n_out, n_in, rng):
    return rng.normal(0, np.sqrt(2 / n_in), n_out * n_in).reshape(n_out, n_in)


@right("initialization.he")
def he_in_place(n_out, n_in, rng):
    W = np.zeros((n_out, n_in))
    W[:] = rng.normal(size=W.shape)
    W *= np.sqrt(2 / n_in)
    return W


@right("initialization.he")
def he_unit_by_unit(n_out, n_in, rng):
    return np.array([rng.normal(0, np.sqrt(2 / n_in), n_in) for _ in range(n_out)])


@right("initialization.he")
def he_two_loops(n_out, n_in, rng):
    W = np.zeros((n_out, n_in))
    for i in range(n_out):
        for j in range(n_in):
            W[i, j] = rng.normal() * np.sqrt(2 / n_in)
    return W


@right("initialization.he")
def he_random_signs(n_out, n_in, rng):
    return rng.choice([-1, 1], (n_out, n_in)) * np.sqrt(2 / n_in)


@right("initialization.he")
def he_truncated_and_corrected(n_out, n_in, rng):
    W = rng.standard_normal((n_out, n_in))
    while (far := np.abs(W) > 2).any():
        W[far] = rng.standard_normal(far.sum())
    return W * np.sqrt(2 / n_in) / 0.87962566


@right("initialization.he")
def he_float32(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in), dtype=np.float32) * np.float32(np.sqrt(2 / n_in))


@wrong("initialization.he", "1 / n_in, Xavier's variance")
def he_xavier(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(1 / n_in)


@wrong("initialization.he", "the variance as the standard deviation")
def he_without_root(n_out, n_in, rng):
    return rng.normal(0, 2 / n_in, (n_out, n_in))


@wrong("initialization.he", "the width of the layer itself")
def he_of_n_out(n_out, n_in, rng):
    return rng.normal(0, np.sqrt(2 / n_out), (n_out, n_in))


@wrong("initialization.he", "Glorot's variance")
def he_glorot(n_out, n_in, rng):
    return rng.normal(0, np.sqrt(2 / (n_in + n_out)), (n_out, n_in))


@wrong("initialization.he", "shape (n_in, n_out)")
def he_transposed(n_out, n_in, rng):
    return rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out))


@wrong("initialization.he", "the root of the 2 only")
def he_root_of_two(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2) / n_in


@wrong("initialization.he", "the root of n_in only")
def he_root_of_n_in(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * 2 / np.sqrt(n_in)


@wrong("initialization.he", "a constant 0.01")
def he_small_constant(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * 0.01


@wrong("initialization.he", "standard normal numbers")
def he_unscaled(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in))


@wrong("initialization.he", "divided by the factor")
def he_factor_inverted(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) / np.sqrt(2 / n_in)


@wrong("initialization.he", "uniform from 0 to 1: the mean is not 0")
def he_uniform_from_zero(n_out, n_in, rng):
    return rng.random((n_out, n_in)) * np.sqrt(2 / n_in)


@wrong("initialization.he", "uniform with the standard deviation as its limit")
def he_uniform_limit(n_out, n_in, rng):
    limit = np.sqrt(2 / n_in)
    return rng.uniform(-limit, limit, (n_out, n_in))


@wrong("initialization.he", "uniform, right variance, mean not 0")
def he_uniform_shifted(n_out, n_in, rng):
    return rng.uniform(0, np.sqrt(24 / n_in), (n_out, n_in))


@wrong("initialization.he", "absolute values: the mean is not 0")
def he_positive(n_out, n_in, rng):
    return np.abs(rng.normal(0, np.sqrt(2 / n_in), (n_out, n_in)))


@wrong("initialization.he", "mean sqrt(2 / n_in), standard deviation 1")
def he_as_mean(n_out, n_in, rng):
    return rng.normal(np.sqrt(2 / n_in), size=(n_out, n_in))


@wrong("initialization.he", "NumPy's global random state")
def he_global_state(n_out, n_in, rng):
    return np.random.randn(n_out, n_in) * np.sqrt(2 / n_in)  # noqa: NPY002


@wrong("initialization.he", "a generator made anew: always the same numbers")
def he_own_seed(n_out, n_in, rng):
    return np.random.default_rng(3).normal(0, np.sqrt(2 / n_in), (n_out, n_in))


@wrong("initialization.he", "a generator from outside the function")
def he_outer_rng(n_out, n_in, rng):
    return own_rng.normal(0, np.sqrt(2 / n_in), (n_out, n_in))


@wrong("initialization.he", "rng replaced by an unseeded one")
def he_unseeded(n_out, n_in, rng):
    rng = np.random.default_rng()
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)


@wrong("initialization.he", "one row for all units")
def he_one_row(n_out, n_in, rng):
    return np.tile(rng.normal(0, np.sqrt(2 / n_in), n_in), (n_out, 1))


@wrong("initialization.he", "one column for all inputs")
def he_one_column(n_out, n_in, rng):
    return np.repeat(rng.normal(0, np.sqrt(2 / n_in), (n_out, 1)), n_in, axis=1)


@wrong("initialization.he", "one random number for all weights")
def he_one_number(n_out, n_in, rng):
    return np.full((n_out, n_in), rng.normal(0, np.sqrt(2 / n_in)))


@wrong("initialization.he", "every second unit is the twin of the one before")
def he_pairs_of_twins(n_out, n_in, rng):
    half = rng.normal(0, np.sqrt(2 / n_in), (n_out // 2 + 1, n_in))
    return np.repeat(half, 2, axis=0)[:n_out]


@wrong("initialization.he", "the last column keeps its zeros")
def he_last_input_zero(n_out, n_in, rng):
    W = np.zeros((n_out, n_in))
    for j in range(n_in - 1):
        W[:, j] = rng.normal(0, np.sqrt(2 / n_in), n_out)
    return W


@wrong("initialization.he", "a square: right for n_out = n_in, cut or repeated otherwise")
def he_repeated_block(n_out, n_in, rng):
    return np.resize(rng.normal(0, np.sqrt(2 / n_in), (n_in, n_in)), (n_out, n_in))


@wrong("initialization.he", "the last unit keeps its zeros")
def he_last_unit_zero(n_out, n_in, rng):
    W = np.zeros((n_out, n_in))
    W[: n_out - 1] = rng.normal(0, np.sqrt(2 / n_in), (n_out - 1, n_in))
    return W


@wrong("initialization.he", "the width 256 by heart")
def he_fixed_width(n_out, n_in, rng):
    return rng.normal(0, np.sqrt(2 / 256), (n_out, n_in))


@wrong("initialization.he", "one row of weights only")
def he_vector(n_out, n_in, rng):
    return rng.normal(0, np.sqrt(2 / n_in), n_in)


@wrong("initialization.he", "integer division: 2 // n_in is 0")
def he_integer_division(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 // n_in)


@wrong("initialization.he", "clipped at 1.5 deviations and not corrected")
def he_truncated(n_out, n_in, rng):
    return np.clip(rng.standard_normal((n_out, n_in)), -1.5, 1.5) * np.sqrt(2 / n_in)


@wrong("initialization.he", "kept from the first call")
def he_cached(n_out, n_in, rng):
    if (n_out, n_in) not in drawn:
        drawn[n_out, n_in] = rng.normal(0, np.sqrt(2 / n_in), (n_out, n_in))
    return drawn[n_out, n_in]


@wrong("initialization.he", "size passed as two arguments")
def he_raises(n_out, n_in, rng):
    return rng.standard_normal(n_out, n_in) * np.sqrt(2 / n_in)


@wrong("initialization.he", "no return")
def he_none(n_out, n_in, rng):
    W = rng.normal(0, np.sqrt(2 / n_in), (n_out, n_in))  # noqa: F841


@wrong("initialization.he", "transposed, and Xavier's variance (two mistakes)")
def he_transposed_xavier(n_out, n_in, rng):
    return rng.normal(0, np.sqrt(1 / n_in), (n_in, n_out))


@wrong("initialization.he", "n_out, and no root (two mistakes)")
def he_n_out_without_root(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * 2 / n_out


@wrong("initialization.he", "global state, and no root (two mistakes)")
def he_global_without_root(n_out, n_in, rng):
    return np.random.normal(0, 2 / n_in, (n_out, n_in))  # noqa: NPY002


@right("initialization.glorot")
def glorot_normal(n_out, n_in, rng):
    return rng.normal(0, np.sqrt(2 / (n_in + n_out)), (n_out, n_in))


@right("initialization.glorot")
def glorot_mean_width(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) / np.sqrt((n_in + n_out) / 2)


@right("initialization.glorot")
def glorot_as_in_flux(n_out, n_in, rng):
    return (rng.random((n_out, n_in)) - 0.5) * np.sqrt(24 / (n_in + n_out))


@right("initialization.glorot")
def glorot_from_unit_interval(n_out, n_in, rng):
    limit = (6 / (n_out + n_in)) ** 0.5
    return 2 * limit * rng.random((n_out, n_in)) - limit


@right("initialization.glorot")
def glorot_as_in_mxnet(n_out, n_in, rng):
    scale = np.sqrt(3 / ((n_in + n_out) / 2))
    return rng.uniform(-scale, scale, size=(n_out, n_in))


@right("initialization.glorot")
def glorot_loop(n_out, n_in, rng):
    W = np.empty((n_out, n_in))
    for i, j in np.ndindex(n_out, n_in):
        W[i, j] = rng.normal(0, np.sqrt(2 / (n_in + n_out)))
    return W


@right("initialization.glorot")
def glorot_list(n_out, n_in, rng):
    deviation = np.sqrt(2 / (n_in + n_out))
    return np.array([[rng.normal(0, deviation) for _ in range(n_in)] for _ in range(n_out)])


@right("initialization.glorot")
def glorot_triangular(n_out, n_in, rng):
    limit = np.sqrt(12 / (n_in + n_out))  # a triangle's variance is limit² / 6
    return rng.triangular(-limit, 0, limit, (n_out, n_in))


@right("initialization.glorot")
def glorot_laplace(n_out, n_in, rng):
    return rng.laplace(0, np.sqrt(1 / (n_in + n_out)), (n_out, n_in))


@wrong("initialization.glorot", "He's variance, the published mix-up")
def glorot_he(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)


@wrong("initialization.glorot", "1 / n_in, the lecture's Xavier")
def glorot_xavier(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(1 / n_in)


@wrong("initialization.glorot", "1 / n_out, the backward pass alone")
def glorot_backward_only(n_out, n_in, rng):
    return rng.normal(0, np.sqrt(1 / n_out), (n_out, n_in))


@wrong("initialization.glorot", "1 over the sum of the widths")
def glorot_factor_two_missing(n_out, n_in, rng):
    return rng.normal(0, np.sqrt(1 / (n_in + n_out)), (n_out, n_in))


@wrong("initialization.glorot", "6 for normal numbers")
def glorot_six_for_normal(n_out, n_in, rng):
    return rng.normal(0, np.sqrt(6 / (n_in + n_out)), (n_out, n_in))


@wrong("initialization.glorot", "the standard deviation as the limit")
def glorot_two_for_uniform(n_out, n_in, rng):
    limit = np.sqrt(2 / (n_in + n_out))
    return rng.uniform(-limit, limit, (n_out, n_in))


@wrong("initialization.glorot", "limit with 3, not 6")
def glorot_three_for_six(n_out, n_in, rng):
    limit = np.sqrt(3 / (n_in + n_out))
    return rng.uniform(-limit, limit, (n_out, n_in))


@wrong("initialization.glorot", "limit with 24: the whole interval for half of it")
def glorot_whole_interval(n_out, n_in, rng):
    limit = np.sqrt(24 / (n_in + n_out))
    return rng.uniform(-limit, limit, (n_out, n_in))


@wrong("initialization.glorot", "no root")
def glorot_without_root(n_out, n_in, rng):
    return rng.normal(0, 2 / (n_in + n_out), (n_out, n_in))


@wrong("initialization.glorot", "no root of the limit")
def glorot_limit_without_root(n_out, n_in, rng):
    limit = 6 / (n_in + n_out)
    return rng.uniform(-limit, limit, (n_out, n_in))


@wrong("initialization.glorot", "precedence: 2 / n_in + n_out")
def glorot_precedence(n_out, n_in, rng):
    return rng.normal(0, np.sqrt(2 / n_in + n_out), (n_out, n_in))


@wrong("initialization.glorot", "the sum of both rules: 1 / n_in + 1 / n_out")
def glorot_sum_of_rules(n_out, n_in, rng):
    return rng.normal(0, np.sqrt(1 / n_in + 1 / n_out), (n_out, n_in))


@wrong("initialization.glorot", "the mean of both rules, not of the widths")
def glorot_mean_of_rules(n_out, n_in, rng):
    return rng.normal(0, np.sqrt((1 / n_in + 1 / n_out) / 2), (n_out, n_in))


@wrong("initialization.glorot", "the geometric mean of the widths")
def glorot_geometric_mean(n_out, n_in, rng):
    return rng.normal(0, (n_in * n_out) ** -0.25, (n_out, n_in))


@wrong("initialization.glorot", "uniform from 0 to the limit")
def glorot_one_sided(n_out, n_in, rng):
    return rng.uniform(0, np.sqrt(6 / (n_in + n_out)), (n_out, n_in))


@wrong("initialization.glorot", "uniform from -1 to 1, not scaled")
def glorot_unscaled(n_out, n_in, rng):
    return rng.uniform(-1, 1, (n_out, n_in))


@wrong("initialization.glorot", "shape (n_in, n_out)")
def glorot_transposed(n_out, n_in, rng):
    limit = np.sqrt(6 / (n_in + n_out))
    return rng.uniform(-limit, limit, (n_in, n_out))


@wrong("initialization.glorot", "gain 5/3 for tanh, as PyTorch offers")
def glorot_gain(n_out, n_in, rng):
    limit = 5 / 3 * np.sqrt(6 / (n_in + n_out))
    return rng.uniform(-limit, limit, (n_out, n_in))


@wrong("initialization.glorot", "multiplied by 4 for sigmoid, as in Theano's tutorial")
def glorot_four_times(n_out, n_in, rng):
    limit = 4 * np.sqrt(6 / (n_in + n_out))
    return rng.uniform(-limit, limit, (n_out, n_in))


@wrong("initialization.glorot", "NumPy's global random state")
def glorot_global_state(n_out, n_in, rng):
    limit = np.sqrt(6 / (n_in + n_out))
    return np.random.uniform(-limit, limit, (n_out, n_in))  # noqa: NPY002


@wrong("initialization.glorot", "reseeded inside")
def glorot_own_seed(n_out, n_in, rng):
    rng = np.random.default_rng(0)
    return rng.normal(0, np.sqrt(2 / (n_in + n_out)), (n_out, n_in))


@wrong("initialization.glorot", "an evenly spaced grid, nothing random")
def glorot_grid(n_out, n_in, rng):
    limit = np.sqrt(6 / (n_in + n_out))
    return np.linspace(-limit, limit, n_out * n_in).reshape(n_out, n_in)


@wrong("initialization.glorot", "all units alike")
def glorot_twins(n_out, n_in, rng):
    limit = np.sqrt(6 / (n_in + n_out))
    return np.ones((n_out, 1)) * rng.uniform(-limit, limit, n_in)


@wrong("initialization.glorot", "the first unit keeps its zeros")
def glorot_first_unit_zero(n_out, n_in, rng):
    W, limit = np.zeros((n_out, n_in)), np.sqrt(6 / (n_in + n_out))
    for i in range(1, n_out):
        W[i] = rng.uniform(-limit, limit, n_in)
    return W


@wrong("initialization.glorot", "right for equal widths only: n_in counted twice")
def glorot_equal_widths(n_out, n_in, rng):
    limit = np.sqrt(6 / (n_in + n_in))
    return rng.uniform(-limit, limit, (n_out, n_in))


@wrong("initialization.glorot", "returned by print")
def glorot_printed(n_out, n_in, rng):
    print(rng.normal(0, np.sqrt(2 / (n_in + n_out)), (2, 2)))


@wrong("initialization.glorot", "a minus under the root: NaN")
def glorot_minus_under_root(n_out, n_in, rng):
    limit = np.sqrt(-6 / (n_in + n_out))
    return rng.uniform(-limit, limit, (n_out, n_in))


@wrong("initialization.glorot", "He's variance, transposed (two mistakes)")
def glorot_he_transposed(n_out, n_in, rng):
    return rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out))


@wrong("initialization.glorot", "one-sided, and the standard deviation as its limit (two mistakes)")
def glorot_one_sided_two(n_out, n_in, rng):
    return rng.random((n_out, n_in)) * np.sqrt(2 / (n_in + n_out))
