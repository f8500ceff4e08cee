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


@wrong("initialization.he", "1 / n_in, Xavier's variance", named="no-factor-2")
def he_xavier(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(1 / n_in)


@wrong(
    "initialization.he",
    "the variance as the standard deviation",
    named="variance-for-standard-deviation",
)
def he_without_root(n_out, n_in, rng):
    return rng.normal(0, 2 / n_in, (n_out, n_in))


@wrong("initialization.he", "the width of the layer itself", named="n-out-for-n-in")
def he_of_n_out(n_out, n_in, rng):
    return rng.normal(0, np.sqrt(2 / n_out), (n_out, n_in))


@wrong("initialization.he", "Glorot's variance", named="glorot-for-he")
def he_glorot(n_out, n_in, rng):
    return rng.normal(0, np.sqrt(2 / (n_in + n_out)), (n_out, n_in))


@wrong("initialization.he", "shape (n_in, n_out)", named="transposed")
def he_transposed(n_out, n_in, rng):
    return rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out))


@wrong("initialization.he", "the root of the 2 only", named="root-of-half")
def he_root_of_two(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2) / n_in


@wrong("initialization.he", "the root of n_in only", named="root-of-half")
def he_root_of_n_in(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * 2 / np.sqrt(n_in)


@wrong("initialization.he", "He's rule, and a gain of sqrt(2) for ReLU", named="root-of-half")
def he_with_a_gain(n_out, n_in, rng):
    return rng.normal(0, np.sqrt(2) * np.sqrt(2 / n_in), (n_out, n_in))


@wrong("initialization.glorot", "a gain of sqrt(2) for ReLU", named="root-of-half")
def glorot_with_a_gain(n_out, n_in, rng):
    return rng.normal(0, np.sqrt(2) * np.sqrt(2 / (n_in + n_out)), (n_out, n_in))


@wrong("initialization.he", "a constant 0.01", named="fixed-scale")
def he_small_constant(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * 0.01


@wrong("initialization.he", "standard normal numbers", named="not-scaled")
def he_unscaled(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in))


@wrong("initialization.he", "divided by the factor", named="upside-down")
def he_factor_inverted(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) / np.sqrt(2 / n_in)


@wrong("initialization.he", "uniform from 0 to 1: the mean is not 0", named="mean-not-0")
def he_uniform_from_zero(n_out, n_in, rng):
    return rng.random((n_out, n_in)) * np.sqrt(2 / n_in)


@wrong(
    "initialization.he",
    "uniform with the standard deviation as its limit",
    named="limit-too-narrow",
)
def he_uniform_limit(n_out, n_in, rng):
    limit = np.sqrt(2 / n_in)
    return rng.uniform(-limit, limit, (n_out, n_in))


@wrong("initialization.he", "uniform, right variance, mean not 0", named="mean-not-0")
def he_uniform_shifted(n_out, n_in, rng):
    return rng.uniform(0, np.sqrt(24 / n_in), (n_out, n_in))


@wrong("initialization.he", "absolute values: the mean is not 0", named="mean-not-0")
def he_positive(n_out, n_in, rng):
    return np.abs(rng.normal(0, np.sqrt(2 / n_in), (n_out, n_in)))


@wrong("initialization.he", "n[l-1] read as n_in - 1", named="one-input-less")
def he_one_input_less(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / (n_in - 1))


@wrong("initialization.he", "one input less, uniform", named="one-input-less")
def he_one_input_less_uniform(n_out, n_in, rng):
    limit = np.sqrt(6 / (n_in - 1))
    return rng.uniform(-limit, limit, (n_out, n_in))


@wrong("initialization.he", "a factor for either layer", named="wrong-variance")
def he_both_widths(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in) * np.sqrt(2 / n_out)


@wrong("initialization.he", "sqrt(2 / n_in) added to the numbers", named="deviation-as-mean")
def he_added(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) + np.sqrt(2 / n_in)


@wrong("initialization.he", "mean sqrt(2 / n_in), standard deviation 1", named="deviation-as-mean")
def he_as_mean(n_out, n_in, rng):
    return rng.normal(np.sqrt(2 / n_in), size=(n_out, n_in))


@wrong("initialization.he", "NumPy's global random state", named="not-from-rng")
def he_global_state(n_out, n_in, rng):
    return np.random.randn(n_out, n_in) * np.sqrt(2 / n_in)  # noqa: NPY002


@wrong(
    "initialization.he", "a generator made anew: always the same numbers", named="same-every-time"
)
def he_own_seed(n_out, n_in, rng):
    return np.random.default_rng(3).normal(0, np.sqrt(2 / n_in), (n_out, n_in))


@wrong("initialization.he", "a generator from outside the function", named="not-from-rng")
def he_outer_rng(n_out, n_in, rng):
    return own_rng.normal(0, np.sqrt(2 / n_in), (n_out, n_in))


@wrong("initialization.he", "rng replaced by an unseeded one", named="not-from-rng")
def he_unseeded(n_out, n_in, rng):
    rng = np.random.default_rng()
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)


@wrong("initialization.he", "one row for all units", named="twins")
def he_one_row(n_out, n_in, rng):
    return np.tile(rng.normal(0, np.sqrt(2 / n_in), n_in), (n_out, 1))


@wrong("initialization.he", "one column for all inputs", named="one-number-for-units")
def he_one_column(n_out, n_in, rng):
    return np.repeat(rng.normal(0, np.sqrt(2 / n_in), (n_out, 1)), n_in, axis=1)


@wrong("initialization.he", "one random number for all weights", named="all-equal")
def he_one_number(n_out, n_in, rng):
    return np.full((n_out, n_in), rng.normal(0, np.sqrt(2 / n_in)))


@wrong("initialization.he", "every second unit is the twin of the one before", named="twins")
def he_pairs_of_twins(n_out, n_in, rng):
    half = rng.normal(0, np.sqrt(2 / n_in), (n_out // 2 + 1, n_in))
    return np.repeat(half, 2, axis=0)[:n_out]


@wrong("initialization.he", "the last column keeps its zeros", named="one-number-for-inputs")
def he_last_input_zero(n_out, n_in, rng):
    W = np.zeros((n_out, n_in))
    for j in range(n_in - 1):
        W[:, j] = rng.normal(0, np.sqrt(2 / n_in), n_out)
    return W


@wrong(
    "initialization.he",
    "a square: right for n_out = n_in, cut or repeated otherwise",
    named="twins",
)
def he_repeated_block(n_out, n_in, rng):
    return np.resize(rng.normal(0, np.sqrt(2 / n_in), (n_in, n_in)), (n_out, n_in))


@wrong("initialization.he", "the last unit keeps its zeros", named="one-number-for-units")
def he_last_unit_zero(n_out, n_in, rng):
    W = np.zeros((n_out, n_in))
    W[: n_out - 1] = rng.normal(0, np.sqrt(2 / n_in), (n_out - 1, n_in))
    return W


@wrong("initialization.he", "the width 256 by heart", named="wrong-variance")
def he_fixed_width(n_out, n_in, rng):
    return rng.normal(0, np.sqrt(2 / 256), (n_out, n_in))


@wrong("initialization.he", "one row of weights only", named="wrong-shape")
def he_vector(n_out, n_in, rng):
    return rng.normal(0, np.sqrt(2 / n_in), n_in)


@wrong("initialization.he", "integer division: 2 // n_in is 0", named="all-zero")
def he_integer_division(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 // n_in)


@wrong("initialization.he", "clipped at 1.5 deviations and not corrected", named="wrong-variance")
def he_truncated(n_out, n_in, rng):
    return np.clip(rng.standard_normal((n_out, n_in)), -1.5, 1.5) * np.sqrt(2 / n_in)


@wrong("initialization.he", "kept from the first call", named="same-every-time")
def he_cached(n_out, n_in, rng):
    if (n_out, n_in) not in drawn:
        drawn[n_out, n_in] = rng.normal(0, np.sqrt(2 / n_in), (n_out, n_in))
    return drawn[n_out, n_in]


@wrong("initialization.he", "size passed as two arguments", named="raises")
def he_raises(n_out, n_in, rng):
    return rng.standard_normal(n_out, n_in) * np.sqrt(2 / n_in)


@wrong("initialization.he", "no return", named="returns-none")
def he_none(n_out, n_in, rng):
    W = rng.normal(0, np.sqrt(2 / n_in), (n_out, n_in))  # noqa: F841


@wrong("initialization.he", "1 / (2 n_in), since ReLU takes half", named="half-for-double")
def he_half_for_double(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) / np.sqrt(2 * n_in)


@wrong("initialization.he", "mean and standard deviation exchanged", named="all-equal")
def he_mean_for_deviation(n_out, n_in, rng):
    return rng.normal(np.sqrt(2 / n_in), 0, (n_out, n_in))


@wrong(
    "initialization.he",
    "transposed, and Xavier's variance (two mistakes)",
    named={"transposed", "no-factor-2"},
)
def he_transposed_xavier(n_out, n_in, rng):
    return rng.normal(0, np.sqrt(1 / n_in), (n_in, n_out))


@wrong(
    "initialization.he",
    "n_out, and no root (two mistakes)",
    named={"n-out-for-n-in", "variance-for-standard-deviation"},
)
def he_n_out_without_root(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * 2 / n_out


@wrong(
    "initialization.he",
    "global state, and no root (two mistakes)",
    named="variance-for-standard-deviation",
)
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


@wrong("initialization.glorot", "He's variance, the published mix-up", named="he-for-glorot")
def glorot_he(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)


@wrong("initialization.glorot", "1 / n_in, the lecture's Xavier", named="xavier-for-glorot")
def glorot_xavier(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(1 / n_in)


@wrong("initialization.glorot", "1 / n_out, the backward pass alone", named="backward-alone")
def glorot_backward_only(n_out, n_in, rng):
    return rng.normal(0, np.sqrt(1 / n_out), (n_out, n_in))


@wrong("initialization.glorot", "1 over the sum of the widths", named="sum-for-mean")
def glorot_factor_two_missing(n_out, n_in, rng):
    return rng.normal(0, np.sqrt(1 / (n_in + n_out)), (n_out, n_in))


@wrong("initialization.glorot", "6 for normal numbers", named="limit-for-standard-deviation")
def glorot_six_for_normal(n_out, n_in, rng):
    return rng.normal(0, np.sqrt(6 / (n_in + n_out)), (n_out, n_in))


@wrong("initialization.glorot", "the standard deviation as the limit", named="limit-too-narrow")
def glorot_two_for_uniform(n_out, n_in, rng):
    limit = np.sqrt(2 / (n_in + n_out))
    return rng.uniform(-limit, limit, (n_out, n_in))


@wrong("initialization.glorot", "limit with 3, not 6", named="limit-too-narrow")
def glorot_three_for_six(n_out, n_in, rng):
    limit = np.sqrt(3 / (n_in + n_out))
    return rng.uniform(-limit, limit, (n_out, n_in))


@wrong(
    "initialization.glorot",
    "limit with 24: the whole interval for half of it",
    named="limit-doubled",
)
def glorot_whole_interval(n_out, n_in, rng):
    limit = np.sqrt(24 / (n_in + n_out))
    return rng.uniform(-limit, limit, (n_out, n_in))


@wrong("initialization.glorot", "no root", named="variance-for-standard-deviation")
def glorot_without_root(n_out, n_in, rng):
    return rng.normal(0, 2 / (n_in + n_out), (n_out, n_in))


@wrong("initialization.glorot", "no root of the limit", named="limit-without-root")
def glorot_limit_without_root(n_out, n_in, rng):
    limit = 6 / (n_in + n_out)
    return rng.uniform(-limit, limit, (n_out, n_in))


@wrong("initialization.glorot", "precedence: 2 / n_in + n_out", named="brackets-missing")
def glorot_precedence(n_out, n_in, rng):
    return rng.normal(0, np.sqrt(2 / n_in + n_out), (n_out, n_in))


@wrong(
    "initialization.glorot", "the sum of both rules: 1 / n_in + 1 / n_out", named="sum-of-variances"
)
def glorot_sum_of_rules(n_out, n_in, rng):
    return rng.normal(0, np.sqrt(1 / n_in + 1 / n_out), (n_out, n_in))


@wrong(
    "initialization.glorot", "the mean of both rules, not of the widths", named="mean-of-variances"
)
def glorot_mean_of_rules(n_out, n_in, rng):
    return rng.normal(0, np.sqrt((1 / n_in + 1 / n_out) / 2), (n_out, n_in))


@wrong("initialization.glorot", "the geometric mean of the widths", named="geometric-mean")
def glorot_geometric_mean(n_out, n_in, rng):
    return rng.normal(0, (n_in * n_out) ** -0.25, (n_out, n_in))


@wrong("initialization.glorot", "uniform from 0 to the limit", named="mean-not-0")
def glorot_one_sided(n_out, n_in, rng):
    return rng.uniform(0, np.sqrt(6 / (n_in + n_out)), (n_out, n_in))


@wrong("initialization.glorot", "uniform from -1 to 1, not scaled", named="not-scaled")
def glorot_unscaled(n_out, n_in, rng):
    return rng.uniform(-1, 1, (n_out, n_in))


@wrong("initialization.glorot", "shape (n_in, n_out)", named="transposed")
def glorot_transposed(n_out, n_in, rng):
    limit = np.sqrt(6 / (n_in + n_out))
    return rng.uniform(-limit, limit, (n_in, n_out))


@wrong("initialization.glorot", "gain 5/3 for tanh, as PyTorch offers", named="gain")
def glorot_gain(n_out, n_in, rng):
    limit = 5 / 3 * np.sqrt(6 / (n_in + n_out))
    return rng.uniform(-limit, limit, (n_out, n_in))


@wrong(
    "initialization.glorot", "multiplied by 4 for sigmoid, as in Theano's tutorial", named="gain"
)
def glorot_four_times(n_out, n_in, rng):
    limit = 4 * np.sqrt(6 / (n_in + n_out))
    return rng.uniform(-limit, limit, (n_out, n_in))


@wrong("initialization.glorot", "NumPy's global random state", named="not-from-rng")
def glorot_global_state(n_out, n_in, rng):
    limit = np.sqrt(6 / (n_in + n_out))
    return np.random.uniform(-limit, limit, (n_out, n_in))  # noqa: NPY002


@wrong("initialization.glorot", "reseeded inside", named="same-every-time")
def glorot_own_seed(n_out, n_in, rng):
    rng = np.random.default_rng(0)
    return rng.normal(0, np.sqrt(2 / (n_in + n_out)), (n_out, n_in))


@wrong("initialization.glorot", "an evenly spaced grid, nothing random", named="same-every-time")
def glorot_grid(n_out, n_in, rng):
    limit = np.sqrt(6 / (n_in + n_out))
    return np.linspace(-limit, limit, n_out * n_in).reshape(n_out, n_in)


@wrong("initialization.glorot", "all units alike", named="twins")
def glorot_twins(n_out, n_in, rng):
    limit = np.sqrt(6 / (n_in + n_out))
    return np.ones((n_out, 1)) * rng.uniform(-limit, limit, n_in)


@wrong("initialization.glorot", "the first unit keeps its zeros", named="one-number-for-units")
def glorot_first_unit_zero(n_out, n_in, rng):
    W, limit = np.zeros((n_out, n_in)), np.sqrt(6 / (n_in + n_out))
    for i in range(1, n_out):
        W[i] = rng.uniform(-limit, limit, n_in)
    return W


@wrong(
    "initialization.glorot",
    "right for equal widths only: n_in counted twice",
    named="xavier-for-glorot",
)
def glorot_equal_widths(n_out, n_in, rng):
    limit = np.sqrt(6 / (n_in + n_in))
    return rng.uniform(-limit, limit, (n_out, n_in))


@wrong("initialization.glorot", "returned by print", named="returns-none")
def glorot_printed(n_out, n_in, rng):
    print(rng.normal(0, np.sqrt(2 / (n_in + n_out)), (2, 2)))


@wrong("initialization.glorot", "a minus under the root: NaN", named="raises")
def glorot_minus_under_root(n_out, n_in, rng):
    limit = np.sqrt(-6 / (n_in + n_out))
    return rng.uniform(-limit, limit, (n_out, n_in))


@wrong(
    "initialization.glorot",
    "He's variance, transposed (two mistakes)",
    named={"transposed", "he-for-glorot"},
)
def glorot_he_transposed(n_out, n_in, rng):
    return rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out))


@wrong(
    "initialization.glorot",
    "one-sided, and the standard deviation as its limit (two mistakes)",
    named="mean-not-0",
)
def glorot_one_sided_two(n_out, n_in, rng):
    return rng.random((n_out, n_in)) * np.sqrt(2 / (n_in + n_out))


def _orthogonal(n_out, n_in, rng):
    longer, shorter = max(n_out, n_in), min(n_out, n_in)
    Q, _ = np.linalg.qr(rng.standard_normal((longer, shorter)))
    return (Q if n_out > n_in else Q.T) * np.sqrt(longer)


@right("initialization.he")
def he_orthogonal(n_out, n_in, rng):
    return _orthogonal(n_out, n_in, rng) * np.sqrt(2 / n_in)


@right("initialization.he")
def he_lists(n_out, n_in, rng, dtype=None):
    return (rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)).tolist()


@right("initialization.glorot")
def glorot_from_he(n_out, n_in, rng, gain=1.0):
    return gain * he_normal_with_scale(n_out, n_in, rng) * np.sqrt(n_in / (n_in + n_out))


@wrong(
    "initialization.he",
    "1 / n_in without the root",
    named={"no-factor-2", "variance-for-standard-deviation"},
)
def he_one_over_n_in(n_out, n_in, rng):
    return rng.normal(0, 1 / n_in, (n_out, n_in))


@wrong(
    "initialization.he",
    "variance 6 / n_in: the uniform limit",
    named="limit-for-standard-deviation",
)
def he_six(n_out, n_in, rng):
    return rng.normal(0, np.sqrt(6 / n_in), (n_out, n_in))


@wrong("initialization.he", "multiplied by the width", named="upside-down")
def he_times_width(n_out, n_in, rng):
    return rng.normal(0, np.sqrt(2 * n_in), (n_out, n_in))


@wrong("initialization.he", "uniform from -1 to 1", named="not-scaled")
def he_uniform_unscaled(n_out, n_in, rng):
    return rng.uniform(-1, 1, (n_out, n_in))


@wrong("initialization.he", "uniform up to 6 / n_in", named="limit-without-root")
def he_limit_without_root(n_out, n_in, rng):
    return rng.uniform(-6 / n_in, 6 / n_in, (n_out, n_in))


@wrong(
    "initialization.he", "clipped where the variance happens to be 1 / n_in", named="wrong-variance"
)
def he_clipped(n_out, n_in, rng):
    return np.clip(rng.standard_normal((n_out, n_in)), -0.94, 0.94) * np.sqrt(2 / n_in)


@wrong("initialization.he", "random signs of variance 1 / n_in", named="wrong-variance")
def he_signs_of_xavier(n_out, n_in, rng):
    return rng.choice([-1, 1], (n_out, n_in)) * np.sqrt(1 / n_in)


@wrong("initialization.he", "a shift of 0.05", named="mean-not-0")
def he_shifted(n_out, n_in, rng):
    return rng.normal(0.05, np.sqrt(2 / n_in), (n_out, n_in))


@wrong("initialization.he", "the outer product of two draws", named="twins")
def he_outer_product(n_out, n_in, rng):
    return np.outer(rng.normal(size=n_out), rng.normal(size=n_in)) * np.sqrt(2 / n_in)


@wrong("initialization.he", "every input twice", named="inputs-alike")
def he_inputs_twice(n_out, n_in, rng):
    half = rng.normal(0, np.sqrt(2 / n_in), (n_out, (n_in + 1) // 2))
    return np.hstack([half, half])[:, :n_in]


@wrong("initialization.he", "the second half of the units mirrors the first", named="twins")
def he_mirrored(n_out, n_in, rng):
    half = rng.normal(0, np.sqrt(2 / n_in), ((n_out + 1) // 2, n_in))
    return np.vstack([half, -half])[:n_out]


@wrong("initialization.he", "one number all over, not drawn", named="all-equal")
def he_constant(n_out, n_in, rng):
    return np.full((n_out, n_in), np.sqrt(2 / n_in))


@wrong("initialization.he", "NaN: the root of a negative number", named="not-finite")
def he_root_of_weights(n_out, n_in, rng):
    return np.sqrt(rng.normal(0, 2 / n_in, (n_out, n_in)))


@wrong("initialization.he", "half of the generator, half of its own", named="not-from-rng")
def he_half_own(n_out, n_in, rng):
    W = he_in_place(n_out, n_in, rng)
    W[0] = own_rng.permutation(W[0])
    return W


@wrong(
    "initialization.glorot",
    "1 / n_in for square layers: divided by 2 n_in",
    named="xavier-for-glorot",
)
def glorot_twice_n_in(n_out, n_in, rng):
    return rng.normal(0, np.sqrt(2 / (2 * n_in)), (n_out, n_in))


@wrong("initialization.glorot", "the product of the widths", named="product-of-widths")
def glorot_product(n_out, n_in, rng):
    return rng.normal(0, np.sqrt(2 / (n_in * n_out)), (n_out, n_in))


@wrong("initialization.glorot", "the width as a factor", named="upside-down")
def glorot_times_width(n_out, n_in, rng):
    return rng.normal(0, np.sqrt((n_in + n_out) / 2), (n_out, n_in))


@wrong("initialization.glorot", "limit without brackets", named="brackets-missing")
def glorot_limit_precedence(n_out, n_in, rng):
    limit = np.sqrt(6 / n_in + n_out)
    return rng.uniform(-limit, limit, (n_out, n_in))


@wrong("initialization.glorot", "half the limit", named="limit-halved")
def glorot_half_limit(n_out, n_in, rng):
    limit = np.sqrt(6 / (n_in + n_out)) / 2
    return rng.uniform(-limit, limit, (n_out, n_in))


@wrong("initialization.glorot", "the root of the 2 only", named="root-of-half")
def glorot_root_of_two(n_out, n_in, rng):
    return rng.normal(0, np.sqrt(2) / (n_in + n_out), (n_out, n_in))


@wrong("initialization.glorot", "0.05 by heart", named="wrong-variance")
def glorot_fixed(n_out, n_in, rng):
    return rng.normal(0, 0.05, (n_out, n_in))


@wrong("initialization.glorot", "zeros by integer division", named="all-zero")
def glorot_integer_division(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 // (n_in + n_out))


@wrong("initialization.he", "an interval of length sqrt(2 / n_in)", named="limit-too-narrow")
def he_interval(n_out, n_in, rng):
    return (rng.random((n_out, n_in)) - 0.5) * np.sqrt(2 / n_in)


@wrong(
    "initialization.glorot",
    "an interval of length sqrt(2 / (n_in + n_out))",
    named="limit-too-narrow",
)
def glorot_interval(n_out, n_in, rng):
    return (rng.random((n_out, n_in)) - 0.5) * np.sqrt(2 / (n_in + n_out))


@wrong("initialization.glorot", "2 / n_in + 2 / n_out", named="sum-of-variances")
def glorot_sum_of_he(n_out, n_in, rng):
    return rng.normal(0, np.sqrt(2 / n_in + 2 / n_out), (n_out, n_in))


@wrong("initialization.he", "Xavier", named="no-factor-2")
def xavier(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) / np.sqrt(n_in)


@wrong("initialization.he", "width after", named="n-out-for-n-in")
def width_after(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_out)


@wrong("initialization.he", "own generator", named="same-every-time")
def own_generator(n_out, n_in, rng):
    return np.random.default_rng(0).normal(0, np.sqrt(2 / n_in), (n_out, n_in))


@right("initialization.he")
def of_uniform(n_out, n_in, rng):
    a = np.sqrt(6 / n_in)
    return rng.uniform(-a, a, (n_out, n_in))


@right("initialization.he")
def transposed_draw(n_out, n_in, rng):
    return rng.standard_normal((n_in, n_out)).T * (2 / n_in) ** 0.5


@wrong("initialization.glorot", "1 over the sum", named="sum-for-mean")
def one_over_the_sum(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(1 / (n_in + n_out))


@wrong("initialization.glorot", "precedence in the sum", named="brackets-missing")
def sum_without_brackets(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in + n_out)


@wrong("initialization.glorot", "product of the widths", named="product-of-widths")
def product(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / (n_in * n_out))


@right("initialization.glorot")
def normal_glorot(n_out, n_in, rng):
    return rng.normal(size=(n_out, n_in)) * np.sqrt(2 / (n_in + n_out))
