"""Answers to the exercises of notebook 11."""

import numpy as np

from course_utils import batch_norm as lecture
from tests.checks.bank import right, wrong


def rows(z):
    """Return the mean and the variance of each row, as columns."""
    return z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True)


# batch_norm.forward


@right("batch_norm.forward")
def forward_short(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return gamma * (z - mu) / np.sqrt(sigma2 + epsilon) + beta


@right("batch_norm.forward")
def forward_loop(z, gamma, beta, epsilon):
    z_tilde = np.zeros(z.shape)
    for i in range(len(z)):
        mu = sum(z[i]) / len(z[i])
        sigma2 = sum((one - mu) ** 2 for one in z[i]) / len(z[i])
        for k in range(z.shape[1]):
            z_tilde[i, k] = gamma[i, 0] * (z[i, k] - mu) / (sigma2 + epsilon) ** 0.5 + beta[i, 0]
    return z_tilde


@right("batch_norm.forward")
def forward_row_by_row(z, gamma, beta, epsilon):
    normed = [(row - row.mean()) / np.sqrt(row.var() + epsilon) for row in z]
    return np.array([g * row + b for g, row, b in zip(gamma, normed, beta, strict=True)])


@right("batch_norm.forward")
def forward_transposed(z, gamma, beta, epsilon):
    x = z.T
    return (gamma.ravel() * (x - x.mean(0)) / np.sqrt(x.var(0) + epsilon) + beta.ravel()).T


@right("batch_norm.forward")
def forward_in_place_on_a_copy(z, gamma, beta, epsilon):
    z = z - z.mean(axis=1, keepdims=True)
    z /= np.sqrt(np.square(z).mean(axis=1, keepdims=True) + epsilon)
    z *= gamma
    z += beta
    return z


@right("batch_norm.forward")
def forward_einsum(z, gamma, beta, epsilon):
    centred = z - np.einsum("ij->i", z)[:, None] / z.shape[1]
    sigma2 = np.einsum("ij,ij->i", centred, centred)[:, None] / z.shape[1]
    return beta + gamma * centred * (sigma2 + epsilon) ** -0.5


@right("batch_norm.forward")
def forward_hypot(z, gamma, beta, epsilon):
    spread = np.hypot(z.std(axis=1, keepdims=True), np.sqrt(epsilon))
    return gamma / spread * (z - z.mean(axis=1, keepdims=True)) + beta


@right("batch_norm.forward")
def forward_matrix(z, gamma, beta, epsilon):
    m = z.shape[1]
    centred = z @ (np.eye(m) - np.ones((m, m)) / m)
    sigma2 = np.diag(centred @ centred.T)[:, None] / m
    return gamma * centred / np.sqrt(sigma2 + epsilon) + beta


@wrong("batch_norm.forward", "epsilon outside the root", named="epsilon-outside-root")
def forward_epsilon_outside(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return gamma * (z - mu) / (np.sqrt(sigma2) + epsilon) + beta


@wrong("batch_norm.forward", "no epsilon", named="no-epsilon")
def forward_no_epsilon(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return gamma * (z - mu) / np.sqrt(sigma2) + beta


@wrong("batch_norm.forward", "an epsilon of its own", named="own-epsilon")
def forward_own_epsilon(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return gamma * (z - mu) / np.sqrt(sigma2 + 1e-8) + beta


@wrong("batch_norm.forward", "epsilon always 1e-5", named="own-epsilon")
def forward_epsilon_fixed(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return gamma * (z - mu) / np.sqrt(sigma2 + 1e-5) + beta


@wrong("batch_norm.forward", "epsilon squared under the root", named="epsilon-squared")
def forward_epsilon_squared(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return gamma * (z - mu) / np.sqrt(sigma2 + epsilon**2) + beta


@wrong("batch_norm.forward", "epsilon subtracted", named="epsilon-subtracted")
def forward_epsilon_subtracted(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return gamma * (z - mu) / np.sqrt(np.abs(sigma2 - epsilon)) + beta


@wrong("batch_norm.forward", "unbiased variance", named="divides-by-m-minus-1")
def forward_unbiased(z, gamma, beta, epsilon):
    sigma2 = z.var(axis=1, keepdims=True, ddof=1)
    return gamma * (z - z.mean(axis=1, keepdims=True)) / np.sqrt(sigma2 + epsilon) + beta


@wrong("batch_norm.forward", "along the units", named="statistics-over-units")
def forward_other_axis(z, gamma, beta, epsilon):
    mu, sigma2 = z.mean(axis=0), z.var(axis=0)
    return gamma * (z - mu) / np.sqrt(sigma2 + epsilon) + beta


@wrong("batch_norm.forward", "over the whole array", named="one-mean-for-all")
def forward_whole_array(z, gamma, beta, epsilon):
    return gamma * (z - z.mean()) / np.sqrt(z.var() + epsilon) + beta


@wrong(
    "batch_norm.forward",
    "the mean by row, the variance over the whole array",
    named="one-variance-for-all",
)
def forward_whole_variance(z, gamma, beta, epsilon):
    return gamma * (z - z.mean(axis=1, keepdims=True)) / np.sqrt(z.var() + epsilon) + beta


@wrong(
    "batch_norm.forward",
    "variance without the mean taken off: mean of z²",
    named="variance-not-centred",
)
def forward_mean_square(z, gamma, beta, epsilon):
    mu, power = z.mean(axis=1, keepdims=True), (z**2).mean(axis=1, keepdims=True)
    return gamma * (z - mu) / np.sqrt(power + epsilon) + beta


@wrong(
    "batch_norm.forward",
    "variance as mean of z² minus μ²: no digits left far from 0",
    named="short-cut",
)
def forward_short_cut(z, gamma, beta, epsilon):
    mu = z.mean(axis=1, keepdims=True)
    sigma2 = np.maximum((z**2).mean(axis=1, keepdims=True) - mu**2, 0)
    return gamma * (z - mu) / np.sqrt(sigma2 + epsilon) + beta


@wrong("batch_norm.forward", "z times μ, as in the note", named="product-with-mean")
def forward_times_mean(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return gamma * z * mu / np.sqrt(sigma2 + epsilon) + beta


@wrong("batch_norm.forward", "plus μ", named="mean-added")
def forward_plus_mean(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return gamma * (z + mu) / np.sqrt(sigma2 + epsilon) + beta


@wrong("batch_norm.forward", "the mean is not taken off", named="mean-not-subtracted")
def forward_not_centred(z, gamma, beta, epsilon):
    _, sigma2 = rows(z)
    return gamma * z / np.sqrt(sigma2 + epsilon) + beta


@wrong("batch_norm.forward", "σ for σ²", named="std-for-variance")
def forward_spread_for_variance(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return gamma * (z - mu) / np.sqrt(np.sqrt(sigma2) + epsilon) + beta


@wrong("batch_norm.forward", "divided by the variance", named="divides-by-variance")
def forward_no_root(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return gamma * (z - mu) / (sigma2 + epsilon) + beta


@wrong("batch_norm.forward", "multiplied by the root", named="times-the-root")
def forward_times_root(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return gamma * (z - mu) * np.sqrt(sigma2 + epsilon) + beta


@wrong("batch_norm.forward", "precedence: only μ is divided", named="only-the-mean-divided")
def forward_precedence(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return gamma * z - mu / np.sqrt(sigma2 + epsilon) + beta


@wrong("batch_norm.forward", "gamma and beta exchanged", named="gamma-beta-swapped")
def forward_exchanged(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return beta * (z - mu) / np.sqrt(sigma2 + epsilon) + gamma


@wrong("batch_norm.forward", "gamma forgotten", named="no-gamma")
def forward_no_gamma(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return (z - mu) / np.sqrt(sigma2 + epsilon) + beta


@wrong("batch_norm.forward", "beta forgotten", named="no-beta")
def forward_no_beta(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return gamma * (z - mu) / np.sqrt(sigma2 + epsilon)


@wrong("batch_norm.forward", "beta subtracted", named="beta-subtracted")
def forward_minus_beta(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return gamma * (z - mu) / np.sqrt(sigma2 + epsilon) - beta


@wrong("batch_norm.forward", "gamma times beta, too", named="gamma-times-beta")
def forward_brackets(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return gamma * ((z - mu) / np.sqrt(sigma2 + epsilon) + beta)


@wrong("batch_norm.forward", "the amount of gamma", named="size-of-gamma")
def forward_absolute_gamma(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return np.abs(gamma) * (z - mu) / np.sqrt(sigma2 + epsilon) + beta


@wrong("batch_norm.forward", "the first unit's gamma and beta for all", named="first-for-all")
def forward_first_gamma(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return gamma[0] * (z - mu) / np.sqrt(sigma2 + epsilon) + beta[0]


@wrong("batch_norm.forward", "sums instead of means", named="sum-for-mean")
def forward_sums(z, gamma, beta, epsilon):
    centred = z - z.sum(axis=1, keepdims=True)
    return gamma * centred / np.sqrt((centred**2).sum(axis=1, keepdims=True) + epsilon) + beta


@wrong("batch_norm.forward", "sum of squares, not their mean", named="sum-of-squares")
def forward_sum_of_squares(z, gamma, beta, epsilon):
    centred = z - z.mean(axis=1, keepdims=True)
    return gamma * centred / np.sqrt((centred**2).sum(axis=1, keepdims=True) + epsilon) + beta


@wrong("batch_norm.forward", "divided by the number of units", named="divided-by-units")
def forward_divided_by_units(z, gamma, beta, epsilon):
    mu = z.sum(axis=1, keepdims=True) / len(z)
    sigma2 = ((z - mu) ** 2).sum(axis=1, keepdims=True) / len(z)
    return gamma * (z - mu) / np.sqrt(sigma2 + epsilon) + beta


@wrong("batch_norm.forward", "changes z", named="changes-its-input")
def forward_changes_z(z, gamma, beta, epsilon):
    z -= z.mean(axis=1, keepdims=True)
    z /= np.sqrt((z**2).mean(axis=1, keepdims=True) + epsilon)
    return gamma * z + beta


@wrong("batch_norm.forward", "changes gamma", named="changes-its-input")
def forward_changes_gamma(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    gamma /= np.sqrt(sigma2 + epsilon)
    return gamma * (z - mu) + beta


@wrong(
    "batch_norm.forward", "between 0 and 1, by the least and the largest", named="least-and-largest"
)
def forward_least_and_largest(z, gamma, beta, epsilon):
    low, high = z.min(axis=1, keepdims=True), z.max(axis=1, keepdims=True)
    return gamma * (z - low) / (high - low + epsilon) + beta


@wrong("batch_norm.forward", "the median", named="median")
def forward_median(z, gamma, beta, epsilon):
    middle, sigma2 = np.median(z, axis=1, keepdims=True), z.var(axis=1, keepdims=True)
    return gamma * (z - middle) / np.sqrt(sigma2 + epsilon) + beta


@wrong("batch_norm.forward", "returns z_norm", named="no-gamma-beta")
def forward_z_norm(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return (z - mu) / np.sqrt(sigma2 + epsilon)


@wrong("batch_norm.forward", "transposed", named="transposed")
def forward_returned_transposed(z, gamma, beta, epsilon):
    return forward_short(z, gamma, beta, epsilon).T


@wrong("batch_norm.forward", "returns the statistics, too", named="wrong-count")
def forward_returns_tuple(z, gamma, beta, epsilon):
    return forward_short(z, gamma, beta, epsilon), *rows(z)


@wrong("batch_norm.forward", "the first example is never written", named="one-wrong")
def forward_partly_filled(z, gamma, beta, epsilon):
    z_tilde = np.zeros_like(z)
    z_tilde[:, 1:] = forward_short(z, gamma, beta, epsilon)[:, 1:]
    return z_tilde


@wrong(
    "batch_norm.forward",
    "along the units, and epsilon outside",
    named={"statistics-over-units", "epsilon-outside-root"},
)
def forward_two_mistakes(z, gamma, beta, epsilon):
    return gamma * (z - z.mean(axis=0)) / (z.std(axis=0) + epsilon) + beta


@wrong(
    "batch_norm.forward", "unbiased, and beta forgotten", named={"divides-by-m-minus-1", "no-beta"}
)
def forward_two_others(z, gamma, beta, epsilon):
    sigma2 = z.var(axis=1, ddof=1, keepdims=True)
    return gamma * (z - z.mean(axis=1, keepdims=True)) / np.sqrt(sigma2 + epsilon)


@wrong("batch_norm.forward", "rounded", named="rounded")
def forward_rounded(z, gamma, beta, epsilon):
    return forward_short(z, gamma, beta, epsilon).round(3)


@wrong("batch_norm.forward", "in float16", named="wrong-numbers")
def forward_half_precision(z, gamma, beta, epsilon):
    return forward_short(z, gamma, beta, epsilon).astype(np.float16)


@wrong(
    "batch_norm.forward",
    "gamma and beta flattened: they run along the examples",
    named="gamma-along-the-examples",
)
def forward_flat_gamma(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return gamma.ravel() * (z - mu) / np.sqrt(sigma2 + epsilon) + beta.ravel()


@wrong(
    "batch_norm.forward",
    "the variance about the mean of the whole array",
    named="variance-about-another-mean",
)
def forward_variance_about_another_mean(z, gamma, beta, epsilon):
    sigma2 = ((z - z.mean()) ** 2).mean(axis=1, keepdims=True)
    return gamma * (z - z.mean(axis=1, keepdims=True)) / np.sqrt(sigma2 + epsilon) + beta


@wrong("batch_norm.forward", "epsilon added where the variance is 0 only", named="own-epsilon")
def forward_epsilon_for_zero_only(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return gamma * (z - mu) / np.sqrt(np.where(sigma2 == 0, epsilon, sigma2)) + beta


@wrong("batch_norm.forward", "the mean absolute deviation", named="mean-deviation")
def forward_absolute_deviation(z, gamma, beta, epsilon):
    centred = z - z.mean(axis=1, keepdims=True)
    width = np.abs(centred).mean(axis=1, keepdims=True)
    return gamma * centred / np.sqrt(width**2 + epsilon) + beta


@right("batch_norm.forward")
def forward_by_the_package(z, gamma, beta, epsilon):
    return lecture.forward(z, gamma, beta, epsilon=epsilon)[0]


@right("batch_norm.forward")
def forward_with_a_keyword(z, gamma, beta, epsilon, axis=1):
    spread = np.sqrt(z.var(axis=axis, keepdims=True) + epsilon)
    return gamma * (z - z.mean(axis=axis, keepdims=True)) / spread + beta


@wrong("batch_norm.forward", "float32: no digits left near 1e8", named="float32")
def forward_float32(z, gamma, beta, epsilon):
    z, gamma, beta = (a.astype(np.float32) for a in (z, gamma, beta))
    return forward_short(z, gamma, beta, np.float32(epsilon))


@wrong("batch_norm.forward", "mean minus z", named="mean-minus-z")
def forward_turned_over(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return gamma * (mu - z) / np.sqrt(sigma2 + epsilon) + beta


@wrong("batch_norm.forward", "divided by gamma", named="divided-by-gamma")
def forward_divided_by_gamma(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return (z - mu) / (gamma * np.sqrt(sigma2 + epsilon)) + beta


@wrong("batch_norm.forward", "ReLU as well", named="activation-too")
def forward_with_relu(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return np.maximum(0, gamma * (z - mu) / np.sqrt(sigma2 + epsilon) + beta)


@wrong("batch_norm.forward", "np.mean without keepdims", named="missing-keepdims")
def forward_no_keepdims(z, gamma, beta, epsilon):
    mu, sigma2 = z.mean(axis=1), z.var(axis=1)
    return gamma * (z - mu) / np.sqrt(sigma2 + epsilon) + beta


@wrong("batch_norm.forward", "the whole array's mean, the row's variance", named="one-mean-for-all")
def forward_whole_mean(z, gamma, beta, epsilon):
    return gamma * (z - z.mean()) / np.sqrt(z.var(axis=1, keepdims=True) + epsilon) + beta


@wrong(
    "batch_norm.forward",
    "no epsilon, gamma and beta exchanged",
    named={"no-epsilon", "gamma-beta-swapped"},
)
def forward_two_more(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return beta * (z - mu) / np.sqrt(sigma2) + gamma


@wrong("batch_norm.forward", "memory never filled", named="never-filled")
def forward_empty(z, gamma, beta, epsilon):
    return np.empty_like(z)


# batch_norm.undo


@wrong("batch_norm.undo", "of the wrong rows: sums, not means", named="beta-sum")
def undo_sum(z, epsilon):
    return np.sqrt(z.var(axis=1, keepdims=True) + epsilon), z.sum(axis=1, keepdims=True)


@wrong("batch_norm.undo", "the mean times the root", named="beta-multiplied")
def undo_mean_times_spread(z, epsilon):
    mu, sigma2 = rows(z)
    return np.sqrt(sigma2 + epsilon), mu * np.sqrt(sigma2 + epsilon)


@wrong("batch_norm.undo", "the normalisation itself, once more", named="normalises-again")
def undo_normalises(z, epsilon):
    mu, sigma2 = rows(z)
    return 1 / np.sqrt(sigma2 + epsilon), -mu / np.sqrt(sigma2 + epsilon)


@wrong("batch_norm.undo", "in float32", named="float32")
def undo_float32(z, epsilon):
    mu, sigma2 = rows(z.astype(np.float32))
    return np.sqrt(sigma2 + np.float32(epsilon)), mu


@right("batch_norm.undo")
def undo_lists(z, epsilon):
    mu, sigma2 = rows(z)
    return [(sigma2 + epsilon) ** 0.5, mu]


@right("batch_norm.undo")
def undo_loop(z, epsilon):
    gamma, beta = np.ones((len(z), 1)), np.zeros((len(z), 1))
    for i, row in enumerate(z):
        gamma[i], beta[i] = np.sqrt(row.var() + epsilon), row.mean()
    return gamma, beta


@right("batch_norm.undo")
def undo_hypot(z, epsilon):
    return np.hypot(z.std(1, keepdims=True), np.sqrt(epsilon)), z.mean(1, keepdims=True)


@right("batch_norm.undo")
def undo_reshaped(z, epsilon):
    return np.sqrt(z.var(axis=1) + epsilon).reshape(-1, 1), z.mean(axis=1).reshape(-1, 1)


@right("batch_norm.undo")
def undo_stacked(z, epsilon):
    return np.stack([np.sqrt(np.var(z, axis=1)[:, None] + epsilon), np.mean(z, axis=1)[:, None]])


@right("batch_norm.undo")
def undo_matrix_products(z, epsilon):
    m, ones = z.shape[1], np.ones((z.shape[1], 1))
    beta = z @ ones / m
    return np.sqrt((z - beta) ** 2 @ ones / m + epsilon), beta


@right("batch_norm.undo")
def undo_covariance(z, epsilon):
    variance = np.diag(np.atleast_2d(np.cov(z, bias=True)))[:, np.newaxis]
    return np.sqrt(variance + epsilon), np.average(z, axis=1)[:, np.newaxis]


@wrong("batch_norm.undo", "the spread without epsilon", named="no-epsilon")
def undo_no_epsilon(z, epsilon):
    return z.std(axis=1, keepdims=True), z.mean(axis=1, keepdims=True)


@wrong("batch_norm.undo", "beta and gamma in the wrong order", named="gamma-beta-swapped")
def undo_exchanged(z, epsilon):
    mu, sigma2 = rows(z)
    return mu, np.sqrt(sigma2 + epsilon)


@wrong("batch_norm.undo", "the variance", named="gamma-variance")
def undo_variance(z, epsilon):
    mu, sigma2 = rows(z)
    return sigma2 + epsilon, mu


@wrong("batch_norm.undo", "one over the root", named="gamma-inverse")
def undo_reciprocal(z, epsilon):
    mu, sigma2 = rows(z)
    return 1 / np.sqrt(sigma2 + epsilon), mu


@wrong("batch_norm.undo", "minus the mean", named="beta-negative")
def undo_minus_mean(z, epsilon):
    mu, sigma2 = rows(z)
    return np.sqrt(sigma2 + epsilon), -mu


@wrong("batch_norm.undo", "one dimension only", named="missing-keepdims")
def undo_flat(z, epsilon):
    return np.sqrt(z.var(axis=1) + epsilon), z.mean(axis=1)


@wrong("batch_norm.undo", "a row", named="rows-for-columns")
def undo_row(z, epsilon):
    mu, sigma2 = rows(z)
    return np.sqrt(sigma2 + epsilon).T, mu.T


@wrong("batch_norm.undo", "over the whole array", named="one-mean-for-all")
def undo_whole_array(z, epsilon):
    ones = np.ones((len(z), 1))
    return ones * np.sqrt(z.var() + epsilon), ones * z.mean()


@wrong("batch_norm.undo", "along the units", named="statistics-over-units")
def undo_other_axis(z, epsilon):
    return np.sqrt(z.var(axis=0) + epsilon)[: len(z), None], z.mean(axis=0)[: len(z), None]


@wrong("batch_norm.undo", "spread plus epsilon", named="epsilon-outside-root")
def undo_epsilon_outside(z, epsilon):
    return z.std(axis=1, keepdims=True) + epsilon, z.mean(axis=1, keepdims=True)


@wrong("batch_norm.undo", "spread plus the root of epsilon", named="roots-added")
def undo_roots_added(z, epsilon):
    return z.std(axis=1, keepdims=True) + np.sqrt(epsilon), z.mean(axis=1, keepdims=True)


@wrong("batch_norm.undo", "epsilon always 1e-5", named="own-epsilon")
def undo_epsilon_fixed(z, epsilon):
    mu, sigma2 = rows(z)
    return np.sqrt(sigma2 + 1e-5), mu


@wrong("batch_norm.undo", "unbiased variance", named="divides-by-m-minus-1")
def undo_unbiased(z, epsilon):
    sigma2 = z.var(axis=1, keepdims=True, ddof=1)
    return np.sqrt(sigma2 + epsilon), z.mean(axis=1, keepdims=True)


@wrong("batch_norm.undo", "beta stays 0", named="beta-missing")
def undo_beta_zero(z, epsilon):
    _, sigma2 = rows(z)
    return np.sqrt(sigma2 + epsilon), np.zeros((len(z), 1))


@wrong("batch_norm.undo", "gamma stays 1", named="gamma-missing")
def undo_gamma_one(z, epsilon):
    return np.ones((len(z), 1)), z.mean(axis=1, keepdims=True)


@wrong("batch_norm.undo", "epsilon subtracted", named="epsilon-subtracted")
def undo_epsilon_subtracted(z, epsilon):
    mu, sigma2 = rows(z)
    return np.sqrt(np.abs(sigma2 - epsilon)), mu


@wrong("batch_norm.undo", "beta is the normalised mean", named="beta-divided")
def undo_mean_over_spread(z, epsilon):
    mu, sigma2 = rows(z)
    return np.sqrt(sigma2 + epsilon), mu / np.sqrt(sigma2 + epsilon)


@wrong("batch_norm.undo", "mean of z² for the variance", named="variance-not-centred")
def undo_mean_square(z, epsilon):
    power = (z**2).mean(axis=1, keepdims=True)
    return np.sqrt(power + epsilon), z.mean(axis=1, keepdims=True)


@wrong(
    "batch_norm.undo",
    "variance as mean of z² minus μ²: no digits left far from 0",
    named="short-cut",
)
def undo_short_cut(z, epsilon):
    mu, power = z.mean(axis=1, keepdims=True), (z**2).mean(axis=1, keepdims=True)
    return np.sqrt(np.maximum(power - mu**2, 0) + epsilon), mu


@wrong("batch_norm.undo", "the root of the spread", named="std-for-variance")
def undo_root_of_spread(z, epsilon):
    return np.sqrt(z.std(axis=1, keepdims=True) + epsilon), z.mean(axis=1, keepdims=True)


@wrong("batch_norm.undo", "the negative root, too: mirrored", named="gamma-negative")
def undo_mirrored(z, epsilon):
    mu, sigma2 = rows(z)
    return -np.sqrt(sigma2 + epsilon), mu


@wrong("batch_norm.undo", "epsilon twice", named="epsilon-doubled")
def undo_epsilon_twice(z, epsilon):
    mu, sigma2 = rows(z)
    return np.sqrt(sigma2 + 2 * epsilon), mu


@wrong("batch_norm.undo", "the median for the mean", named="beta-median")
def undo_median(z, epsilon):
    _, sigma2 = rows(z)
    return np.sqrt(sigma2 + epsilon), np.median(z, axis=1, keepdims=True)


@wrong("batch_norm.undo", "only gamma", named="wrong-count")
def undo_only_gamma(z, epsilon):
    return np.sqrt(z.var(axis=1, keepdims=True) + epsilon)


@wrong("batch_norm.undo", "a dict", named="not-an-array")
def undo_dict(z, epsilon):
    mu, sigma2 = rows(z)
    return {"gamma": np.sqrt(sigma2 + epsilon), "beta": mu}


@wrong("batch_norm.undo", "takes the mean off the caller's z", named="changes-its-input")
def undo_changes_z(z, epsilon):
    mu = z.mean(axis=1, keepdims=True)
    z -= mu
    return np.sqrt((z**2).mean(axis=1, keepdims=True) + epsilon), mu


@wrong("batch_norm.undo", "the first unit's for all", named="first-for-all")
def undo_first_unit(z, epsilon):
    mu, sigma2 = rows(z)
    ones = np.ones((len(z), 1))
    return ones * np.sqrt(sigma2[0] + epsilon), ones * mu[0]


@wrong("batch_norm.undo", "wrong order, and no epsilon", named={"gamma-beta-swapped", "no-epsilon"})
def undo_two_mistakes(z, epsilon):
    return z.mean(axis=1, keepdims=True), z.std(axis=1, keepdims=True)


@wrong(
    "batch_norm.undo", "the variance, and minus the mean", named={"gamma-variance", "beta-negative"}
)
def undo_two_others(z, epsilon):
    mu, sigma2 = rows(z)
    return sigma2, -mu


# batch_norm.backward


def parts(d, z, gamma, epsilon):
    """Return root, z_norm and the right gradients of gamma and beta."""
    mu, sigma2 = rows(z)
    root = np.sqrt(sigma2 + epsilon)
    z_norm = (z - mu) / root
    return root, z_norm, (d * z_norm).sum(1, keepdims=True), d.sum(1, keepdims=True)


@right("batch_norm.backward")
def backward_one_formula(d, z, gamma, epsilon):
    root, z_norm, dgamma, dbeta = parts(d, z, gamma, epsilon)
    m = z.shape[1]
    return gamma / (m * root) * (m * d - dbeta - z_norm * dgamma), dgamma, dbeta


@right("batch_norm.backward")
def backward_three_ways(d, z, gamma, epsilon):
    root, _, dgamma, dbeta = parts(d, z, gamma, epsilon)
    centred, m = z - z.mean(axis=1, keepdims=True), z.shape[1]
    dz_norm = d * gamma
    dsigma2 = (dz_norm * centred).sum(axis=1, keepdims=True) * -0.5 / root**3
    dmu = -(dz_norm / root).sum(axis=1, keepdims=True)
    return dz_norm / root + dsigma2 * 2 / m * centred + dmu / m, dgamma, dbeta


@right("batch_norm.backward")
def backward_with_the_term_that_is_zero(d, z, gamma, epsilon):
    root, _, dgamma, dbeta = parts(d, z, gamma, epsilon)
    centred, m = z - z.mean(axis=1, keepdims=True), z.shape[1]
    dsigma2 = (d * gamma * centred).sum(axis=1, keepdims=True) * -0.5 * root**-3
    dmu = -gamma / root * dbeta - 2 * dsigma2 * centred.mean(axis=1, keepdims=True)
    return gamma * d / root + 2 * dsigma2 * centred / m + dmu / m, dgamma, dbeta


@right("batch_norm.backward")
def backward_step_by_step(d, z, gamma, epsilon):
    m = z.shape[1]
    centred = z - z.mean(axis=1, keepdims=True)
    root = np.sqrt((centred**2).mean(axis=1, keepdims=True) + epsilon)
    z_norm, dz_norm = centred / root, gamma * d
    droot = -(dz_norm * centred).sum(axis=1, keepdims=True) / root**2
    dcentred = dz_norm / root + droot / root / m * centred
    dz = dcentred - dcentred.mean(axis=1, keepdims=True)
    return dz, np.sum(d * z_norm, axis=1, keepdims=True), np.sum(d, axis=1, keepdims=True)


@right("batch_norm.backward")
def backward_jacobian(d, z, gamma, epsilon):
    root, z_norm, dgamma, dbeta = parts(d, z, gamma, epsilon)
    m, dz = z.shape[1], np.empty(z.shape)
    for i in range(len(z)):
        jacobian = (np.eye(m) - 1 / m - np.outer(z_norm[i], z_norm[i]) / m) / root[i]
        dz[i] = gamma[i] * (jacobian @ d[i])
    return dz, dgamma, dbeta


@right("batch_norm.backward")
def backward_complex_step(d, z, gamma, epsilon):
    _, _, dgamma, dbeta = parts(d, z, gamma, epsilon)
    dz = np.zeros(z.shape)
    for i, k in np.ndindex(*z.shape):
        row = z[i].astype(complex)
        row[k] += 1e-30j
        centred = row - row.mean()
        z_norm = centred / np.sqrt((centred**2).mean() + epsilon)
        dz[i, k] = (d[i] * gamma[i] * z_norm).sum().imag / 1e-30
    return dz, dgamma, dbeta


@right("batch_norm.backward")
def backward_einsum(d, z, gamma, epsilon):
    root, z_norm, _, _ = parts(d, z, gamma, epsilon)
    dbeta, dgamma = np.einsum("um->u", d)[:, None], np.einsum("um,um->u", d, z_norm)[:, None]
    dz = (d - (dbeta + z_norm * dgamma) / z.shape[1]) * gamma / root
    return [dz, dgamma, dbeta]


@right("batch_norm.backward")
def backward_projection(d, z, gamma, epsilon):
    root, z_norm, dgamma, dbeta = parts(d, z, gamma, epsilon)
    basis = np.stack([np.ones_like(z), z_norm])
    means = (basis * d).mean(axis=2, keepdims=True)
    return gamma / root * (d - (basis * means).sum(axis=0)), dgamma, dbeta


@wrong("batch_norm.backward", "not through the mean", named="dz-only-variance")
def backward_no_mean(d, z, gamma, epsilon):
    root, z_norm, dgamma, dbeta = parts(d, z, gamma, epsilon)
    return gamma / root * (d - z_norm * dgamma / z.shape[1]), dgamma, dbeta


@wrong("batch_norm.backward", "not through the variance", named="dz-only-mean")
def backward_no_variance(d, z, gamma, epsilon):
    root, _, dgamma, dbeta = parts(d, z, gamma, epsilon)
    return gamma / root * (d - dbeta / z.shape[1]), dgamma, dbeta


@wrong("batch_norm.backward", "the direct way only", named="dz-statistics-constant")
def backward_direct_only(d, z, gamma, epsilon):
    root, _, dgamma, dbeta = parts(d, z, gamma, epsilon)
    return gamma / root * d, dgamma, dbeta


@wrong("batch_norm.backward", "sums where means belong", named="dz-sums-for-means")
def backward_sums(d, z, gamma, epsilon):
    root, z_norm, dgamma, dbeta = parts(d, z, gamma, epsilon)
    return gamma / root * (d - dbeta - z_norm * dgamma), dgamma, dbeta


@wrong("batch_norm.backward", "the way through the variance with a plus", named="dz-sign")
def backward_plus_variance(d, z, gamma, epsilon):
    root, z_norm, dgamma, dbeta = parts(d, z, gamma, epsilon)
    return gamma / root * (d - (dbeta - z_norm * dgamma) / z.shape[1]), dgamma, dbeta


@wrong("batch_norm.backward", "the way through the mean with a plus", named="dz-sign")
def backward_plus_mean(d, z, gamma, epsilon):
    root, z_norm, dgamma, dbeta = parts(d, z, gamma, epsilon)
    return gamma / root * (d + (dbeta - z_norm * dgamma) / z.shape[1]), dgamma, dbeta


@wrong("batch_norm.backward", "gamma forgotten in dz", named="dz-no-gamma")
def backward_no_gamma(d, z, gamma, epsilon):
    root, z_norm, dgamma, dbeta = parts(d, z, gamma, epsilon)
    return (d - (dbeta + z_norm * dgamma) / z.shape[1]) / root, dgamma, dbeta


@wrong("batch_norm.backward", "gamma on the direct way only", named="dz-gamma-on-one-way")
def backward_gamma_direct_only(d, z, gamma, epsilon):
    root, z_norm, dgamma, dbeta = parts(d, z, gamma, epsilon)
    return (gamma * d - (dbeta + z_norm * dgamma) / z.shape[1]) / root, dgamma, dbeta


@wrong("batch_norm.backward", "the root forgotten", named="dz-no-root")
def backward_no_root(d, z, gamma, epsilon):
    _, z_norm, dgamma, dbeta = parts(d, z, gamma, epsilon)
    return gamma * (d - (dbeta + z_norm * dgamma) / z.shape[1]), dgamma, dbeta


@wrong("batch_norm.backward", "divided by the variance", named="dz-by-variance")
def backward_by_variance(d, z, gamma, epsilon):
    root, z_norm, dgamma, dbeta = parts(d, z, gamma, epsilon)
    return gamma / root**2 * (d - (dbeta + z_norm * dgamma) / z.shape[1]), dgamma, dbeta


@wrong("batch_norm.backward", "z - μ where z_norm belongs", named="dz-not-divided-enough")
def backward_centred(d, z, gamma, epsilon):
    root, _, dgamma, dbeta = parts(d, z, gamma, epsilon)
    centred = z - z.mean(axis=1, keepdims=True)
    through_variance = centred * (d * centred).mean(axis=1, keepdims=True)
    dz = gamma / root * (d - d.mean(axis=1, keepdims=True) - through_variance)
    return dz, dgamma, dbeta


@wrong(
    "batch_norm.backward",
    "z² / m in the way through the variance: the mean of d outside",
    named="dz-product-of-means",
)
def backward_mean_outside(d, z, gamma, epsilon):
    root, z_norm, dgamma, dbeta = parts(d, z, gamma, epsilon)
    mean = d.mean(axis=1, keepdims=True)
    return gamma / root * (d - mean - z_norm**2 * mean), dgamma, dbeta


@wrong("batch_norm.backward", "only the diagonal of the Jacobian", named="dz-diagonal")
def backward_diagonal(d, z, gamma, epsilon):
    root, z_norm, dgamma, dbeta = parts(d, z, gamma, epsilon)
    return gamma / root * d * (1 - (1 + z_norm**2) / z.shape[1]), dgamma, dbeta


@wrong("batch_norm.backward", "the factor 2 of the square forgotten", named="dz-factor-in-variance")
def backward_no_two(d, z, gamma, epsilon):
    root, z_norm, dgamma, dbeta = parts(d, z, gamma, epsilon)
    return gamma / root * (d - (dbeta + z_norm * dgamma / 2) / z.shape[1]), dgamma, dbeta


@wrong(
    "batch_norm.backward",
    "the factor one half of the root forgotten",
    named="dz-factor-in-variance",
)
def backward_no_half(d, z, gamma, epsilon):
    root, z_norm, dgamma, dbeta = parts(d, z, gamma, epsilon)
    return gamma / root * (d - (dbeta + 2 * z_norm * dgamma) / z.shape[1]), dgamma, dbeta


@wrong("batch_norm.backward", "m - 1 for m", named="dz-m-minus-1")
def backward_unbiased(d, z, gamma, epsilon):
    root, z_norm, dgamma, dbeta = parts(d, z, gamma, epsilon)
    m = z.shape[1] - 1
    return gamma / root * (d - (dbeta + z_norm * dgamma) / m), dgamma, dbeta


@wrong("batch_norm.backward", "unbiased variance in root and z_norm", named="divides-by-m-minus-1")
def backward_unbiased_variance(d, z, gamma, epsilon):
    root = np.sqrt(z.var(axis=1, keepdims=True, ddof=1) + epsilon)
    z_norm = (z - z.mean(axis=1, keepdims=True)) / root
    dgamma, dbeta = (d * z_norm).sum(axis=1, keepdims=True), d.sum(axis=1, keepdims=True)
    return gamma / root * (d - (dbeta + z_norm * dgamma) / z.shape[1]), dgamma, dbeta


@wrong("batch_norm.backward", "epsilon forgotten", named="no-epsilon")
def backward_no_epsilon(d, z, gamma, epsilon):
    return backward_one_formula(d, z, gamma, 0)


@wrong("batch_norm.backward", "epsilon outside the root", named="epsilon-outside-root")
def backward_epsilon_outside(d, z, gamma, epsilon):
    root = z.std(axis=1, keepdims=True) + epsilon
    z_norm = (z - z.mean(axis=1, keepdims=True)) / root
    dgamma, dbeta = (d * z_norm).sum(axis=1, keepdims=True), d.sum(axis=1, keepdims=True)
    return gamma / root * (d - (dbeta + z_norm * dgamma) / z.shape[1]), dgamma, dbeta


@wrong(
    "batch_norm.backward",
    "means for dgamma and dbeta",
    named={"dbeta-mean-for-sum", "dgamma-mean-for-sum"},
)
def backward_mean_gradients(d, z, gamma, epsilon):
    dz, dgamma, dbeta = backward_one_formula(d, z, gamma, epsilon)
    return dz, dgamma / z.shape[1], dbeta / z.shape[1]


@wrong("batch_norm.backward", "dgamma with z, not z_norm", named="dgamma-of-z")
def backward_dgamma_of_z(d, z, gamma, epsilon):
    dz, _, dbeta = backward_one_formula(d, z, gamma, epsilon)
    return dz, (d * z).sum(axis=1, keepdims=True), dbeta


@wrong("batch_norm.backward", "dgamma with z - μ, not z_norm", named="dgamma-of-z")
def backward_dgamma_of_centred(d, z, gamma, epsilon):
    dz, _, dbeta = backward_one_formula(d, z, gamma, epsilon)
    return dz, (d * (z - z.mean(axis=1, keepdims=True))).sum(axis=1, keepdims=True), dbeta


@wrong("batch_norm.backward", "dgamma times gamma", named="dgamma-times-gamma")
def backward_dgamma_times_gamma(d, z, gamma, epsilon):
    dz, dgamma, dbeta = backward_one_formula(d, z, gamma, epsilon)
    return dz, gamma * dgamma, dbeta


@wrong("batch_norm.backward", "dbeta times gamma", named="dbeta-times-gamma")
def backward_dbeta_times_gamma(d, z, gamma, epsilon):
    dz, dgamma, dbeta = backward_one_formula(d, z, gamma, epsilon)
    return dz, dgamma, gamma * dbeta


@wrong("batch_norm.backward", "dgamma and dbeta exchanged", named="results-swapped")
def backward_exchanged(d, z, gamma, epsilon):
    dz, dgamma, dbeta = backward_one_formula(d, z, gamma, epsilon)
    return dz, dbeta, dgamma


@wrong("batch_norm.backward", "dz last", named="results-swapped")
def backward_dz_last(d, z, gamma, epsilon):
    dz, dgamma, dbeta = backward_one_formula(d, z, gamma, epsilon)
    return dgamma, dbeta, dz


@wrong(
    "batch_norm.backward",
    "one dimension for dgamma and dbeta",
    named={"dbeta-missing-keepdims", "dgamma-missing-keepdims"},
)
def backward_flat(d, z, gamma, epsilon):
    dz, dgamma, dbeta = backward_one_formula(d, z, gamma, epsilon)
    return dz, dgamma.ravel(), dbeta.ravel()


@wrong(
    "batch_norm.backward", "sums along the units", named={"dbeta-over-units", "dgamma-over-units"}
)
def backward_other_axis(d, z, gamma, epsilon):
    dz, _, _ = backward_one_formula(d, z, gamma, epsilon)
    _, z_norm, _, _ = parts(d, z, gamma, epsilon)
    return dz, (d * z_norm).sum(axis=0), d.sum(axis=0)


@wrong("batch_norm.backward", "only dz", named="wrong-count")
def backward_only_dz(d, z, gamma, epsilon):
    return backward_one_formula(d, z, gamma, epsilon)[0]


@wrong(
    "batch_norm.backward",
    "dgamma and dbeta stay 0",
    named={"dbeta-still-zero", "dgamma-still-zero"},
)
def backward_zeros(d, z, gamma, epsilon):
    return backward_one_formula(d, z, gamma, epsilon)[0], np.zeros_like(gamma), 0 * gamma


@wrong("batch_norm.backward", "dbeta is d itself", named="dbeta-not-summed")
def backward_dbeta_not_summed(d, z, gamma, epsilon):
    dz, dgamma, _ = backward_one_formula(d, z, gamma, epsilon)
    return dz, dgamma, d


@wrong("batch_norm.backward", "writes into d", named="changes-its-input")
def backward_changes_d(d, z, gamma, epsilon):
    dgamma, dbeta = parts(d, z, gamma, epsilon)[2:]
    d *= gamma
    return backward_one_formula(d, z, np.ones_like(gamma), epsilon)[0], dgamma, dbeta


@wrong("batch_norm.backward", "writes into z", named="changes-its-input")
def backward_changes_z(d, z, gamma, epsilon):
    result = backward_one_formula(d, z.copy(), gamma, epsilon)
    z -= z.mean(axis=1, keepdims=True)
    return result


@wrong("batch_norm.backward", "minus the gradient", named="dz-sign")
def backward_negative(d, z, gamma, epsilon):
    dz, dgamma, dbeta = backward_one_formula(d, z, gamma, epsilon)
    return -dz, dgamma, dbeta


@wrong(
    "batch_norm.backward",
    "variance as mean of z² minus μ²: no digits left far from 0",
    named="short-cut",
)
def backward_short_cut(d, z, gamma, epsilon):
    mu, power = z.mean(axis=1, keepdims=True), (z**2).mean(axis=1, keepdims=True)
    root = np.sqrt(np.maximum(power - mu**2, 0) + epsilon)
    z_norm = (z - mu) / root
    dgamma, dbeta = (d * z_norm).sum(axis=1, keepdims=True), d.sum(axis=1, keepdims=True)
    return gamma / root * (d - (dbeta + z_norm * dgamma) / z.shape[1]), dgamma, dbeta


@wrong(
    "batch_norm.backward", "the way through the mean shifted to dmu / units", named="dz-by-units"
)
def backward_by_units(d, z, gamma, epsilon):
    root, z_norm, dgamma, dbeta = parts(d, z, gamma, epsilon)
    return gamma / root * (d - (dbeta + z_norm * dgamma) / len(z)), dgamma, dbeta


@wrong(
    "batch_norm.backward",
    "-3/2 as power of the variance taken for -1/2",
    named="dz-not-divided-enough",
)
def backward_power(d, z, gamma, epsilon):
    root, _, dgamma, dbeta = parts(d, z, gamma, epsilon)
    centred, m = z - z.mean(axis=1, keepdims=True), z.shape[1]
    dsigma2 = (d * gamma * centred).sum(axis=1, keepdims=True) * -0.5 / root
    return gamma / root * (d - dbeta / m) + 2 / m * dsigma2 * centred, dgamma, dbeta


@wrong(
    "batch_norm.backward",
    "the direct way only, and means for dgamma and dbeta",
    named={"dz-statistics-constant", "dgamma-mean-for-sum"},
)
def backward_two_mistakes(d, z, gamma, epsilon):
    root, _, dgamma, dbeta = parts(d, z, gamma, epsilon)
    return gamma * d / root, dgamma / z.shape[1], dbeta / z.shape[1]


@wrong(
    "batch_norm.backward",
    "not through the mean, dgamma and dbeta exchanged",
    named={"results-swapped", "dz-only-variance"},
)
def backward_two_others(d, z, gamma, epsilon):
    root, z_norm, dgamma, dbeta = parts(d, z, gamma, epsilon)
    return gamma / root * (d - z_norm * dgamma / z.shape[1]), dbeta, dgamma


@right("batch_norm.backward")
def backward_by_the_package(d, z, gamma, epsilon):
    return lecture.backward(d, lecture.forward(z, gamma, 0 * gamma, epsilon=epsilon)[1])


@right("batch_norm.backward")
def backward_lists(d, z, gamma, epsilon):
    return [a.tolist() for a in backward_one_formula(d, z, gamma, epsilon)]


@wrong("batch_norm.backward", "d handed on as it is", named="dz-is-d")
def backward_straight_through(d, z, gamma, epsilon):
    return d.copy(), *backward_one_formula(d, z, gamma, epsilon)[1:]


@wrong(
    "batch_norm.backward",
    "gamma and dbeta exchanged, dz direct only",
    named={"results-swapped", "dz-statistics-constant"},
)
def backward_exchanged_and_direct(d, z, gamma, epsilon):
    root, _, dgamma, dbeta = parts(d, z, gamma, epsilon)
    return gamma * d / root, dbeta, dgamma


@wrong("batch_norm.backward", "sums for the mean of d only", named="dz-sums-for-means")
def backward_one_sum(d, z, gamma, epsilon):
    root, z_norm, dgamma, dbeta = parts(d, z, gamma, epsilon)
    return gamma / root * (d - dbeta - z_norm * dgamma / z.shape[1]), dgamma, dbeta


@wrong("batch_norm.backward", "m times too large", named="dz-m-times")
def backward_m_times(d, z, gamma, epsilon):
    root, z_norm, dgamma, dbeta = parts(d, z, gamma, epsilon)
    return gamma / root * (z.shape[1] * d - dbeta - z_norm * dgamma), dgamma, dbeta


@wrong(
    "batch_norm.backward",
    "dgamma and dbeta stay zero, dz naive",
    named={"dz-statistics-constant", "dgamma-still-zero"},
)
def backward_zeros_and_direct(d, z, gamma, epsilon):
    return gamma / parts(d, z, gamma, epsilon)[0] * d, 0 * gamma, 0 * gamma


@wrong("batch_norm.backward", "in float32", named="float32")
def backward_float32(d, z, gamma, epsilon):
    return backward_one_formula(*(a.astype(np.float32) for a in (d, z, gamma)), epsilon)


@wrong(
    "batch_norm.backward", "the direct way, multiplied by the root", named="dz-statistics-constant"
)
def backward_times_root(d, z, gamma, epsilon):
    root, _, dgamma, dbeta = parts(d, z, gamma, epsilon)
    return gamma * root * d, dgamma, dbeta


@wrong("batch_norm.forward", "epsilon after the division", named="epsilon-not-divided")
def forward_epsilon_after_division(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return gamma * ((z - mu) / np.sqrt(sigma2) + epsilon) + beta


@wrong("batch_norm.forward", "beta inside the division", named="beta-divided")
def forward_beta_divided(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return (gamma * (z - mu) + beta) / np.sqrt(sigma2 + epsilon)


@wrong("batch_norm.undo", "beta normalised, with the wrong sign", named="beta-divided")
def undo_beta_divided(z, epsilon):
    mu, sigma2 = rows(z)
    return np.sqrt(sigma2 + epsilon), -mu / np.sqrt(sigma2 + epsilon)


K = {"axis": 1, "keepdims": True}


@wrong("batch_norm.forward", "divided by the variance", named="divides-by-variance")
def by_variance(z, gamma, beta, epsilon):
    return gamma * (z - z.mean(**K)) / (z.var(**K) + epsilon) + beta


@wrong("batch_norm.forward", "epsilon outside the root", named="epsilon-outside-root")
def epsilon_outside(z, gamma, beta, epsilon):
    return gamma * (z - z.mean(**K)) / (z.std(**K) + epsilon) + beta


@wrong("batch_norm.forward", "unbiased variance", named="divides-by-m-minus-1")
def unbiased(z, gamma, beta, epsilon):
    return gamma * (z - z.mean(**K)) / np.sqrt(z.var(ddof=1, **K) + epsilon) + beta


@wrong("batch_norm.forward", "mean of the squares minus squared mean", named="short-cut")
def short_cut(z, gamma, beta, epsilon):
    mu = z.mean(**K)
    v = np.maximum((z**2).mean(**K) - mu**2, 0)
    return gamma * (z - mu) / np.sqrt(v + epsilon) + beta


@wrong("batch_norm.forward", "its own epsilon", named="own-epsilon")
def own_epsilon(z, gamma, beta, epsilon):
    return gamma * (z - z.mean(**K)) / np.sqrt(z.var(**K) + 1e-8) + beta


@wrong("batch_norm.forward", "epsilon left out", named="no-epsilon")
def no_epsilon(z, gamma, beta, epsilon):
    with np.errstate(all="ignore"):
        return gamma * (z - z.mean(**K)) / z.std(**K) + beta


@wrong("batch_norm.forward", "gamma and beta exchanged", named="gamma-beta-swapped")
def gamma_for_beta(z, gamma, beta, epsilon):
    return beta * (z - z.mean(**K)) / np.sqrt(z.var(**K) + epsilon) + gamma


@wrong("batch_norm.forward", "gamma times the shifted", named="gamma-times-beta")
def gamma_times_all(z, gamma, beta, epsilon):
    return gamma * ((z - z.mean(**K)) / np.sqrt(z.var(**K) + epsilon) + beta)


@wrong("batch_norm.forward", "precedence: only the mean divided", named="only-the-mean-divided")
def only_mean_divided(z, gamma, beta, epsilon):
    return gamma * (z - z.mean(**K) / np.sqrt(z.var(**K) + epsilon)) + beta


@wrong("batch_norm.forward", "neither gamma nor beta", named="no-gamma-beta")
def only_normed(z, gamma, beta, epsilon):
    return (z - z.mean(**K)) / np.sqrt(z.var(**K) + epsilon)


@wrong("batch_norm.forward", "variance is a sum", named="sum-of-squares")
def sum_of_squares(z, gamma, beta, epsilon):
    c = z - z.mean(**K)
    return gamma * c / np.sqrt((c**2).sum(**K) + epsilon) + beta


@wrong(
    "batch_norm.forward",
    "epsilon outside the root, unbiased",
    named={"epsilon-outside-root", "divides-by-m-minus-1"},
)
def two_mistakes(z, gamma, beta, epsilon):
    return gamma * (z - z.mean(**K)) / (z.std(ddof=1, **K) + epsilon) + beta


@wrong("batch_norm.forward", "mean never taken away", named="mean-not-subtracted")
def not_centred(z, gamma, beta, epsilon):
    return gamma * z / np.sqrt(z.var(**K) + epsilon) + beta


@wrong("batch_norm.forward", "z overwritten", named="changes-its-input")
def z_overwritten(z, gamma, beta, epsilon):
    z -= z.mean(**K)
    z /= np.sqrt((z**2).mean(**K) + epsilon)
    return gamma * z + beta


@wrong("batch_norm.forward", "float32 inside", named="float32")
def single(z, gamma, beta, epsilon):
    z = z.astype(np.float32)
    return gamma * (z - z.mean(**K)) / np.sqrt(z.var(**K) + epsilon) + beta


@right("batch_norm.forward")
def unit_by_unit(z, gamma, beta, epsilon):
    rows = []
    for row, g, b in zip(z, gamma, beta, strict=True):
        rows.append(g * (row - row.mean()) / (row.var() + epsilon) ** 0.5 + b)
    return np.array(rows)


@right("batch_norm.forward")
def scaled_first(z, gamma, beta, epsilon):
    scale = gamma / np.sqrt(np.var(z, axis=1, keepdims=True) + epsilon)
    return scale * (z - np.mean(z, axis=1, keepdims=True)) + beta


@right("batch_norm.forward")
def short_cut_centred(z, gamma, beta, epsilon):
    c = z - z[:, :1]
    mu = c.mean(**K)
    c = c - mu
    return gamma * c / np.sqrt((c**2).mean(**K) + epsilon) + beta


@right("batch_norm.forward")
def on_a_copy(z, gamma, beta, epsilon):
    z = z.copy()
    z -= z.mean(**K)
    z /= np.sqrt(np.square(z).sum(**K) / z.shape[1] + epsilon)
    z *= gamma
    z += beta
    return z


@wrong("batch_norm.undo", "epsilon forgotten", named="no-epsilon")
def undo_without_epsilon(z, epsilon):
    return z.std(**K), z.mean(**K)


@wrong("batch_norm.undo", "variance for gamma", named="gamma-variance")
def undo_variance_too(z, epsilon):
    return z.var(**K) + epsilon, z.mean(**K)


@wrong("batch_norm.undo", "inverse of gamma", named="gamma-inverse")
def undo_inverse(z, epsilon):
    return 1 / np.sqrt(z.var(**K) + epsilon), z.mean(**K)


@wrong("batch_norm.undo", "exchanged", named="gamma-beta-swapped")
def undo_exchanged_too(z, epsilon):
    return z.mean(**K), np.sqrt(z.var(**K) + epsilon)


@wrong("batch_norm.undo", "minus mu", named="beta-negative")
def undo_minus(z, epsilon):
    return np.sqrt(z.var(**K) + epsilon), -z.mean(**K)


@wrong("batch_norm.undo", "epsilon outside", named="epsilon-outside-root")
def undo_outside(z, epsilon):
    return z.std(**K) + epsilon, z.mean(**K)


@wrong("batch_norm.undo", "unbiased", named="divides-by-m-minus-1")
def undo_unbiased_too(z, epsilon):
    return np.sqrt(z.var(ddof=1, **K) + epsilon), z.mean(**K)


@wrong("batch_norm.undo", "short cut for the variance", named="short-cut")
def undo_short_cut_too(z, epsilon):
    mu = z.mean(**K)
    return np.sqrt(np.abs((z**2).mean(**K) - mu**2) + epsilon), mu


@wrong("batch_norm.undo", "over the units", named="statistics-over-units")
def undo_units(z, epsilon):
    return np.sqrt(z.var(axis=0, keepdims=True) + epsilon), z.mean(axis=0, keepdims=True)


@wrong("batch_norm.undo", "beta is mu over root", named="beta-divided")
def undo_scaled_beta(z, epsilon):
    root = np.sqrt(z.var(**K) + epsilon)
    return root, z.mean(**K) / root


@wrong("batch_norm.undo", "beta left at 0", named="beta-missing")
def undo_gamma_only(z, epsilon):
    return np.sqrt(z.var(**K) + epsilon), np.zeros((len(z), 1))


@wrong("batch_norm.undo", "epsilon subtracted", named="epsilon-subtracted")
def undo_subtracts(z, epsilon):
    return np.sqrt(np.maximum(z.var(**K) - epsilon, 0)), z.mean(**K)


@right("batch_norm.undo")
def undo_as_list(z, epsilon):
    return [np.sqrt(np.var(z, axis=1, keepdims=True) + epsilon), np.mean(z, axis=1, keepdims=True)]


@right("batch_norm.undo")
def undo_reshaped_too(z, epsilon):
    gamma = (z.var(axis=1) + epsilon) ** 0.5
    return gamma.reshape(-1, 1), z.mean(axis=1)[:, None]


@right("batch_norm.undo")
def undo_hypot_too(z, epsilon):
    return np.hypot(z.std(**K), np.sqrt(epsilon)), z.mean(**K)


def parts_too(d, z, epsilon):
    root = np.sqrt(z.var(**K) + epsilon)
    return root, (z - z.mean(**K)) / root


@wrong("batch_norm.backward", "mu and variance taken as constants", named="dz-statistics-constant")
def constants(d, z, gamma, epsilon):
    root, n = parts_too(d, z, epsilon)
    return gamma / root * d, (d * n).sum(**K), d.sum(**K)


@wrong("batch_norm.backward", "variance path forgotten", named="dz-only-mean")
def no_variance(d, z, gamma, epsilon):
    root, n = parts_too(d, z, epsilon)
    return gamma / root * (d - d.mean(**K)), (d * n).sum(**K), d.sum(**K)


@wrong("batch_norm.backward", "mean path forgotten", named="dz-only-variance")
def no_mean(d, z, gamma, epsilon):
    root, n = parts_too(d, z, epsilon)
    return gamma / root * (d - n * (d * n).mean(**K)), (d * n).sum(**K), d.sum(**K)


def good_dz(d, z, gamma, epsilon):
    root, n = parts_too(d, z, epsilon)
    return gamma / root * (d - d.mean(**K) - n * (d * n).mean(**K))


@wrong("batch_norm.backward", "means for sums", named={"dbeta-mean-for-sum", "dgamma-mean-for-sum"})
def means(d, z, gamma, epsilon):
    _, n = parts_too(d, z, epsilon)
    return good_dz(d, z, gamma, epsilon), (d * n).mean(**K), d.mean(**K)


@wrong("batch_norm.backward", "dgamma and dbeta exchanged", named="results-swapped")
def swapped(d, z, gamma, epsilon):
    _, n = parts_too(d, z, epsilon)
    return good_dz(d, z, gamma, epsilon), d.sum(**K), (d * n).sum(**K)


@wrong("batch_norm.backward", "gamma forgotten in dz", named="dz-no-gamma")
def gamma_forgotten(d, z, gamma, epsilon):
    _, n = parts_too(d, z, epsilon)
    return good_dz(d, z, 1, epsilon), (d * n).sum(**K), d.sum(**K)


@wrong("batch_norm.backward", "dgamma with z", named="dgamma-of-z")
def dgamma_with_z(d, z, gamma, epsilon):
    return good_dz(d, z, gamma, epsilon), (d * z).sum(**K), d.sum(**K)


@wrong("batch_norm.backward", "dgamma times gamma", named="dgamma-times-gamma")
def dgamma_times_gamma(d, z, gamma, epsilon):
    _, n = parts_too(d, z, epsilon)
    return good_dz(d, z, gamma, epsilon), (gamma * d * n).sum(**K), d.sum(**K)


@wrong(
    "batch_norm.backward",
    "flat dgamma and dbeta",
    named={"dbeta-missing-keepdims", "dgamma-missing-keepdims"},
)
def flat(d, z, gamma, epsilon):
    _, n = parts_too(d, z, epsilon)
    return good_dz(d, z, gamma, epsilon), (d * n).sum(axis=1), d.sum(axis=1)


@wrong("batch_norm.backward", "sign of the variance path", named="dz-sign")
def sign_of_variance(d, z, gamma, epsilon):
    root, n = parts_too(d, z, epsilon)
    dz = gamma / root * (d - d.mean(**K) + n * (d * n).mean(**K))
    return dz, (d * n).sum(**K), d.sum(**K)


@wrong("batch_norm.backward", "sums for means in dz", named="dz-sums-for-means")
def sums_in_dz(d, z, gamma, epsilon):
    root, n = parts_too(d, z, epsilon)
    dz = gamma / root * (d - d.sum(**K) - n * (d * n).sum(**K))
    return dz, (d * n).sum(**K), d.sum(**K)


@wrong("batch_norm.backward", "epsilon left out of the root", named="own-epsilon")
def backward_no_epsilon_too(d, z, gamma, epsilon):
    with np.errstate(all="ignore"):
        _, n = parts_too(d, z, 0)
        return np.nan_to_num(good_dz(d, z, gamma, 0)), np.nan_to_num((d * n).sum(**K)), d.sum(**K)


@wrong("batch_norm.backward", "multiplied by the root", named="dz-times-the-root")
def times_root(d, z, gamma, epsilon):
    root, n = parts_too(d, z, epsilon)
    dz = gamma * root * (d - d.mean(**K) - n * (d * n).mean(**K))
    return dz, (d * n).sum(**K), d.sum(**K)


@wrong("batch_norm.backward", "divided by the variance, not its root", named="dz-by-variance")
def over_the_variance(d, z, gamma, epsilon):
    root, n = parts_too(d, z, epsilon)
    dz = gamma / root**2 * (d - d.mean(**K) - n * (d * n).mean(**K))
    return dz, (d * n).sum(**K), d.sum(**K)


@wrong(
    "batch_norm.backward",
    "centred z for z_norm in the variance path",
    named="dz-not-divided-enough",
)
def centred_not_normed(d, z, gamma, epsilon):
    root, n = parts_too(d, z, epsilon)
    c = z - z.mean(**K)
    dz = gamma / root * (d - d.mean(**K) - c * (d * c).mean(**K))
    return dz, (d * n).sum(**K), d.sum(**K)


@wrong("batch_norm.backward", "dbeta and dz in the wrong order", named="results-swapped")
def order(d, z, gamma, epsilon):
    _, n = parts_too(d, z, epsilon)
    return (d * n).sum(**K), d.sum(**K), good_dz(d, z, gamma, epsilon)


@right("batch_norm.backward")
def three_paths(d, z, gamma, epsilon):
    m, c = z.shape[1], z - z.mean(**K)
    root = np.sqrt((c**2).mean(**K) + epsilon)
    dn = d * gamma
    dvar = (dn * c).sum(**K) * -0.5 / root**3
    dmu = -dn.sum(**K) / root - 2 * dvar * c.mean(**K)
    dz = dn / root + dvar * 2 * c / m + dmu / m
    return dz, (d * c / root).sum(**K), d.sum(**K)


@right("batch_norm.backward")
def compact(d, z, gamma, epsilon):
    m = z.shape[1]
    root, n = parts_too(d, z, epsilon)
    dgamma, dbeta = np.sum(d * n, axis=1, keepdims=True), np.sum(d, axis=1, keepdims=True)
    return gamma / (m * root) * (m * d - dbeta - n * dgamma), dgamma, dbeta


@right("batch_norm.backward")
def jacobian(d, z, gamma, epsilon):
    m = z.shape[1]
    root, n = parts_too(d, z, epsilon)
    rows = []
    for i in range(len(z)):
        matrix = np.eye(m) - 1 / m - np.outer(n[i], n[i]) / m
        rows.append(gamma[i] / root[i] * (matrix @ d[i]))
    return [np.array(rows), (d * n).sum(**K), d.sum(**K)]


@wrong("batch_norm.forward", "z_norm found, and then not used", named="z-for-z-norm")
def forward_z_for_z_norm(z, gamma, beta, epsilon):
    return gamma * z + beta


@wrong("batch_norm.forward", "precedence: ** 1 / 2 under a division", named="power-of-half")
def forward_half_and_twice(z, gamma, beta, epsilon):
    return gamma * (z - z.mean(**K)) / (z.var(**K) + epsilon) ** 1 / 2 + beta


@wrong("batch_norm.forward", "precedence: ** 1 / 2 in brackets", named="power-of-half")
def forward_half(z, gamma, beta, epsilon):
    return gamma * (z - z.mean(**K)) / ((z.var(**K) + epsilon) ** 1 / 2) + beta


@wrong("batch_norm.forward", "the mean squared, not the deviations", named="no-variance")
def forward_square_of_the_mean(z, gamma, beta, epsilon):
    centred = z - z.mean(**K)
    return gamma * centred / np.sqrt(centred.mean(**K) ** 2 + epsilon) + beta


@wrong("batch_norm.forward", "precedence: only z divided", named="only-z-divided")
def forward_only_z_divided(z, gamma, beta, epsilon):
    return gamma * (z / np.sqrt(z.var(**K) + epsilon) - z.mean(**K)) + beta


@wrong("batch_norm.forward", "sums by the entries of z", named="divided-by-all-entries")
def forward_divided_by_size(z, gamma, beta, epsilon):
    mu = z.sum(**K) / z.size
    sigma2 = ((z - mu) ** 2).sum(**K) / z.size
    return gamma * (z - mu) / np.sqrt(sigma2 + epsilon) + beta


@wrong("batch_norm.forward", "return inside the loop", named="only-one-unit")
def forward_returns_too_early(z, gamma, beta, epsilon):
    z_tilde = np.zeros_like(z)
    for i in range(len(z)):
        z_tilde[i] = gamma[i] * (z[i] - z[i].mean()) / np.sqrt(z[i].var() + epsilon) + beta[i]
        return z_tilde


@wrong("batch_norm.forward", "matrix product with gamma", named="gamma-as-a-matrix")
def forward_matrix_gamma(z, gamma, beta, epsilon):
    return gamma.T @ ((z - z.mean(**K)) / np.sqrt(z.var(**K) + epsilon)) + beta


@wrong("batch_norm.forward", "the variance alone without keepdims", named="missing-keepdims")
def forward_flat_variance(z, gamma, beta, epsilon):
    return gamma * (z - z.mean(**K)) / np.sqrt(z.var(axis=1) + epsilon) + beta


@right("batch_norm.forward")
def forward_diagonal(z, gamma, beta, epsilon):
    return np.diag(gamma.ravel()) @ ((z - z.mean(**K)) * (z.var(**K) + epsilon) ** -0.5) + beta


@wrong("batch_norm.undo", "precedence: ** 1 / 2", named="power-of-half")
def undo_half(z, epsilon):
    return (z.var(**K) + epsilon) ** 1 / 2, z.mean(**K)


@right("batch_norm.undo")
def undo_by_length(z, epsilon):
    m = z.shape[1]
    parts = [(z - z.mean(**K)) / np.sqrt(m), np.full((len(z), 1), np.sqrt(epsilon))]
    return np.linalg.norm(np.hstack(parts), **K), z.mean(**K)


def by_steps(d, z, gamma, epsilon, to_variance, to_mean, moved=None):
    """Go back by the three paths, with what the mean and the variance get back."""
    root, n = parts_too(d, z, epsilon)
    centred, m = z - z.mean(**K), z.shape[1]
    moved = centred if moved is None else moved
    dz = gamma * d / root + to_mean / m + to_variance * 2 * moved / m
    return dz, (d * n).sum(**K), d.sum(**K)


def pushed(d, z, gamma, epsilon):
    """Return what each example sends back to the variance and to the mean."""
    root, _ = parts_too(d, z, epsilon)
    return gamma * d * (z - z.mean(**K)) * -0.5 / root**3, -gamma * d / root


@wrong("batch_norm.backward", "the variance's gradient not summed", named="dz-not-summed")
def backward_variance_not_summed(d, z, gamma, epsilon):
    to_variance, to_mean = pushed(d, z, gamma, epsilon)
    return by_steps(d, z, gamma, epsilon, to_variance, to_mean.sum(**K))


@wrong("batch_norm.backward", "the mean's gradient not summed", named="dz-not-summed")
def backward_mean_not_summed(d, z, gamma, epsilon):
    to_variance, to_mean = pushed(d, z, gamma, epsilon)
    return by_steps(d, z, gamma, epsilon, to_variance.sum(**K), to_mean)


@wrong("batch_norm.backward", "z for z - mu", named="dz-z-for-centred")
def backward_z_for_centred(d, z, gamma, epsilon):
    to_variance, to_mean = pushed(d, z, gamma, epsilon)
    return by_steps(d, z, gamma, epsilon, to_variance.sum(**K), to_mean.sum(**K), moved=z)


@wrong("batch_norm.backward", "no root through the mean", named="dz-no-root-through-mean")
def backward_no_root_through_mean(d, z, gamma, epsilon):
    to_variance, _ = pushed(d, z, gamma, epsilon)
    return by_steps(d, z, gamma, epsilon, to_variance.sum(**K), -(gamma * d).sum(**K))


@wrong("batch_norm.backward", "brackets missing", named="dz-brackets")
def backward_brackets(d, z, gamma, epsilon):
    root, n = parts_too(d, z, epsilon)
    dz = gamma / root * d - d.mean(**K) - n * (d * n).mean(**K)
    return dz, (d * n).sum(**K), d.sum(**K)


@wrong("batch_norm.backward", "gamma twice", named="dz-gamma-twice")
def backward_gamma_twice(d, z, gamma, epsilon):
    _, n = parts_too(d, z, epsilon)
    return good_dz(d * gamma, z, gamma, epsilon), (d * n).sum(**K), d.sum(**K)


@wrong("batch_norm.backward", "m d forgotten beside the sums", named="dz-direct-over-m")
def backward_direct_over_m(d, z, gamma, epsilon):
    root, n = parts_too(d, z, epsilon)
    dgamma, dbeta = (d * n).sum(**K), d.sum(**K)
    return gamma / (z.shape[1] * root) * (d - dbeta - n * dgamma), dgamma, dbeta


@right("batch_norm.backward")
def backward_jacobians(d, z, gamma, epsilon):
    root, n = parts_too(d, z, epsilon)
    m = z.shape[1]
    jacobians = np.eye(m) - 1 / m - n[:, :, None] * n[:, None, :] / m
    dz = gamma / root * np.einsum("uij,uj->ui", jacobians, d)
    return dz, (d * n).sum(**K), d.sum(**K)


@right("batch_norm.undo")
def undo_any_gamma_for_a_constant_unit(z, epsilon):
    variance = z.var(**K)
    return np.where(variance == 0, 1.0, np.sqrt(variance + epsilon)), z.mean(**K)


@wrong("batch_norm.undo", "two lists of numbers", named="missing-keepdims")
def undo_lists_of_numbers(z, epsilon):
    return [list(np.sqrt(z.var(axis=1) + epsilon)), list(z.mean(axis=1))]


@wrong("batch_norm.forward", "squeezed: one unit has no rows", named="lost-dimension")
def forward_squeezed(z, gamma, beta, epsilon):
    return np.squeeze(gamma * (z - z.mean(**K)) / np.sqrt(z.var(**K) + epsilon) + beta)


@wrong("batch_norm.forward", "sum for mean, also in the variance", named="sum-for-mean")
def forward_sum_in_both(z, gamma, beta, epsilon):
    centred = z - z.sum(**K)
    return gamma * centred / np.sqrt((centred**2).mean(**K) + epsilon) + beta


@wrong("batch_norm.forward", "z_tilde and what the backward pass needs", named="not-an-array")
def forward_with_a_cache(z, gamma, beta, epsilon):
    z_norm = (z - z.mean(**K)) / np.sqrt(z.var(**K) + epsilon)
    return gamma * z_norm + beta, (z_norm, gamma, epsilon)


@wrong("batch_norm.backward", "no root at all", named="divides-by-variance")
def backward_by_the_variance(d, z, gamma, epsilon):
    divisor = z.var(**K) + epsilon
    n = (z - z.mean(**K)) / divisor
    dz = gamma / divisor * (d - d.mean(**K) - n * (d * n).mean(**K))
    return dz, (d * n).sum(**K), d.sum(**K)


@wrong(
    "batch_norm.backward",
    "statistics constant, means for sums: three results, two are told",
    named="dz-statistics-constant",
)
def backward_three_mistakes(d, z, gamma, epsilon):
    root, n = parts_too(d, z, epsilon)
    return gamma * d / root, (d * n).mean(**K), d.mean(**K)


@wrong("batch_norm.backward", "d times z_norm as matrices", named="dgamma-matrix-product")
def backward_dgamma_of_matrices(d, z, gamma, epsilon):
    _, n = parts_too(d, z, epsilon)
    return good_dz(d, z, gamma, epsilon), np.dot(d, n.T), d.sum(**K)


@wrong("batch_norm.backward", "one mean of all of gamma d", named="dz-one-mean-for-all")
def backward_one_mean_of_gamma_d(d, z, gamma, epsilon):
    root, n = parts_too(d, z, epsilon)
    dn = gamma * d
    return (dn - dn.mean() - n * (dn * n).mean()) / root, (d * n).sum(**K), d.sum(**K)
