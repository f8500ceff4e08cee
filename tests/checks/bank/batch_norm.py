"""Answers to the exercises of notebook 11."""

import numpy as np

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


@wrong("batch_norm.forward", "epsilon outside the root")
def forward_epsilon_outside(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return gamma * (z - mu) / (np.sqrt(sigma2) + epsilon) + beta


@wrong("batch_norm.forward", "no epsilon")
def forward_no_epsilon(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return gamma * (z - mu) / np.sqrt(sigma2) + beta


@wrong("batch_norm.forward", "an epsilon of its own")
def forward_own_epsilon(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return gamma * (z - mu) / np.sqrt(sigma2 + 1e-8) + beta


@wrong("batch_norm.forward", "epsilon always 1e-5")
def forward_epsilon_fixed(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return gamma * (z - mu) / np.sqrt(sigma2 + 1e-5) + beta


@wrong("batch_norm.forward", "epsilon squared under the root")
def forward_epsilon_squared(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return gamma * (z - mu) / np.sqrt(sigma2 + epsilon**2) + beta


@wrong("batch_norm.forward", "epsilon subtracted")
def forward_epsilon_subtracted(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return gamma * (z - mu) / np.sqrt(np.abs(sigma2 - epsilon)) + beta


@wrong("batch_norm.forward", "unbiased variance")
def forward_unbiased(z, gamma, beta, epsilon):
    sigma2 = z.var(axis=1, keepdims=True, ddof=1)
    return gamma * (z - z.mean(axis=1, keepdims=True)) / np.sqrt(sigma2 + epsilon) + beta


@wrong("batch_norm.forward", "along the units")
def forward_other_axis(z, gamma, beta, epsilon):
    mu, sigma2 = z.mean(axis=0), z.var(axis=0)
    return gamma * (z - mu) / np.sqrt(sigma2 + epsilon) + beta


@wrong("batch_norm.forward", "over the whole array")
def forward_whole_array(z, gamma, beta, epsilon):
    return gamma * (z - z.mean()) / np.sqrt(z.var() + epsilon) + beta


@wrong("batch_norm.forward", "the mean by row, the variance over the whole array")
def forward_whole_variance(z, gamma, beta, epsilon):
    return gamma * (z - z.mean(axis=1, keepdims=True)) / np.sqrt(z.var() + epsilon) + beta


@wrong("batch_norm.forward", "variance without the mean taken off: mean of z²")
def forward_mean_square(z, gamma, beta, epsilon):
    mu, power = z.mean(axis=1, keepdims=True), (z**2).mean(axis=1, keepdims=True)
    return gamma * (z - mu) / np.sqrt(power + epsilon) + beta


@wrong("batch_norm.forward", "variance as mean of z² minus μ²: no digits left far from 0")
def forward_short_cut(z, gamma, beta, epsilon):
    mu = z.mean(axis=1, keepdims=True)
    sigma2 = np.maximum((z**2).mean(axis=1, keepdims=True) - mu**2, 0)
    return gamma * (z - mu) / np.sqrt(sigma2 + epsilon) + beta


@wrong("batch_norm.forward", "z times μ, as in the note")
def forward_times_mean(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return gamma * z * mu / np.sqrt(sigma2 + epsilon) + beta


@wrong("batch_norm.forward", "plus μ")
def forward_plus_mean(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return gamma * (z + mu) / np.sqrt(sigma2 + epsilon) + beta


@wrong("batch_norm.forward", "the mean is not taken off")
def forward_not_centred(z, gamma, beta, epsilon):
    _, sigma2 = rows(z)
    return gamma * z / np.sqrt(sigma2 + epsilon) + beta


@wrong("batch_norm.forward", "σ for σ²")
def forward_spread_for_variance(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return gamma * (z - mu) / np.sqrt(np.sqrt(sigma2) + epsilon) + beta


@wrong("batch_norm.forward", "divided by the variance")
def forward_no_root(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return gamma * (z - mu) / (sigma2 + epsilon) + beta


@wrong("batch_norm.forward", "multiplied by the root")
def forward_times_root(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return gamma * (z - mu) * np.sqrt(sigma2 + epsilon) + beta


@wrong("batch_norm.forward", "precedence: only μ is divided")
def forward_precedence(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return gamma * z - mu / np.sqrt(sigma2 + epsilon) + beta


@wrong("batch_norm.forward", "gamma and beta exchanged")
def forward_exchanged(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return beta * (z - mu) / np.sqrt(sigma2 + epsilon) + gamma


@wrong("batch_norm.forward", "gamma forgotten")
def forward_no_gamma(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return (z - mu) / np.sqrt(sigma2 + epsilon) + beta


@wrong("batch_norm.forward", "beta forgotten")
def forward_no_beta(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return gamma * (z - mu) / np.sqrt(sigma2 + epsilon)


@wrong("batch_norm.forward", "beta subtracted")
def forward_minus_beta(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return gamma * (z - mu) / np.sqrt(sigma2 + epsilon) - beta


@wrong("batch_norm.forward", "gamma times beta, too")
def forward_brackets(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return gamma * ((z - mu) / np.sqrt(sigma2 + epsilon) + beta)


@wrong("batch_norm.forward", "the amount of gamma")
def forward_absolute_gamma(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return np.abs(gamma) * (z - mu) / np.sqrt(sigma2 + epsilon) + beta


@wrong("batch_norm.forward", "the first unit's gamma and beta for all")
def forward_first_gamma(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return gamma[0] * (z - mu) / np.sqrt(sigma2 + epsilon) + beta[0]


@wrong("batch_norm.forward", "sums instead of means")
def forward_sums(z, gamma, beta, epsilon):
    centred = z - z.sum(axis=1, keepdims=True)
    return gamma * centred / np.sqrt((centred**2).sum(axis=1, keepdims=True) + epsilon) + beta


@wrong("batch_norm.forward", "sum of squares, not their mean")
def forward_sum_of_squares(z, gamma, beta, epsilon):
    centred = z - z.mean(axis=1, keepdims=True)
    return gamma * centred / np.sqrt((centred**2).sum(axis=1, keepdims=True) + epsilon) + beta


@wrong("batch_norm.forward", "divided by the number of units")
def forward_divided_by_units(z, gamma, beta, epsilon):
    mu = z.sum(axis=1, keepdims=True) / len(z)
    sigma2 = ((z - mu) ** 2).sum(axis=1, keepdims=True) / len(z)
    return gamma * (z - mu) / np.sqrt(sigma2 + epsilon) + beta


@wrong("batch_norm.forward", "changes z")
def forward_changes_z(z, gamma, beta, epsilon):
    z -= z.mean(axis=1, keepdims=True)
    z /= np.sqrt((z**2).mean(axis=1, keepdims=True) + epsilon)
    return gamma * z + beta


@wrong("batch_norm.forward", "changes gamma")
def forward_changes_gamma(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    gamma /= np.sqrt(sigma2 + epsilon)
    return gamma * (z - mu) + beta


@wrong("batch_norm.forward", "between 0 and 1, by the least and the largest")
def forward_least_and_largest(z, gamma, beta, epsilon):
    low, high = z.min(axis=1, keepdims=True), z.max(axis=1, keepdims=True)
    return gamma * (z - low) / (high - low + epsilon) + beta


@wrong("batch_norm.forward", "the median")
def forward_median(z, gamma, beta, epsilon):
    middle, sigma2 = np.median(z, axis=1, keepdims=True), z.var(axis=1, keepdims=True)
    return gamma * (z - middle) / np.sqrt(sigma2 + epsilon) + beta


@wrong("batch_norm.forward", "returns z_norm")
def forward_z_norm(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return (z - mu) / np.sqrt(sigma2 + epsilon)


@wrong("batch_norm.forward", "transposed")
def forward_returned_transposed(z, gamma, beta, epsilon):
    return forward_short(z, gamma, beta, epsilon).T


@wrong("batch_norm.forward", "returns the statistics, too")
def forward_returns_tuple(z, gamma, beta, epsilon):
    return forward_short(z, gamma, beta, epsilon), *rows(z)


@wrong("batch_norm.forward", "the first example is never written")
def forward_partly_filled(z, gamma, beta, epsilon):
    z_tilde = np.zeros_like(z)
    z_tilde[:, 1:] = forward_short(z, gamma, beta, epsilon)[:, 1:]
    return z_tilde


@wrong("batch_norm.forward", "along the units, and epsilon outside")
def forward_two_mistakes(z, gamma, beta, epsilon):
    return gamma * (z - z.mean(axis=0)) / (z.std(axis=0) + epsilon) + beta


@wrong("batch_norm.forward", "unbiased, and beta forgotten")
def forward_two_others(z, gamma, beta, epsilon):
    sigma2 = z.var(axis=1, ddof=1, keepdims=True)
    return gamma * (z - z.mean(axis=1, keepdims=True)) / np.sqrt(sigma2 + epsilon)


@wrong("batch_norm.forward", "rounded")
def forward_rounded(z, gamma, beta, epsilon):
    return forward_short(z, gamma, beta, epsilon).round(3)


@wrong("batch_norm.forward", "in float16")
def forward_half_precision(z, gamma, beta, epsilon):
    return forward_short(z, gamma, beta, epsilon).astype(np.float16)


@wrong("batch_norm.forward", "gamma and beta flattened: they run along the examples")
def forward_flat_gamma(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return gamma.ravel() * (z - mu) / np.sqrt(sigma2 + epsilon) + beta.ravel()


@wrong("batch_norm.forward", "the variance about the mean of the whole array")
def forward_variance_about_another_mean(z, gamma, beta, epsilon):
    sigma2 = ((z - z.mean()) ** 2).mean(axis=1, keepdims=True)
    return gamma * (z - z.mean(axis=1, keepdims=True)) / np.sqrt(sigma2 + epsilon) + beta


@wrong("batch_norm.forward", "epsilon added where the variance is 0 only")
def forward_epsilon_for_zero_only(z, gamma, beta, epsilon):
    mu, sigma2 = rows(z)
    return gamma * (z - mu) / np.sqrt(np.where(sigma2 == 0, epsilon, sigma2)) + beta


@wrong("batch_norm.forward", "the mean absolute deviation")
def forward_absolute_deviation(z, gamma, beta, epsilon):
    centred = z - z.mean(axis=1, keepdims=True)
    width = np.abs(centred).mean(axis=1, keepdims=True)
    return gamma * centred / np.sqrt(width**2 + epsilon) + beta


# batch_norm.undo


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


@wrong("batch_norm.undo", "the spread without epsilon")
def undo_no_epsilon(z, epsilon):
    return z.std(axis=1, keepdims=True), z.mean(axis=1, keepdims=True)


@wrong("batch_norm.undo", "beta and gamma in the wrong order")
def undo_exchanged(z, epsilon):
    mu, sigma2 = rows(z)
    return mu, np.sqrt(sigma2 + epsilon)


@wrong("batch_norm.undo", "the variance")
def undo_variance(z, epsilon):
    mu, sigma2 = rows(z)
    return sigma2 + epsilon, mu


@wrong("batch_norm.undo", "one over the root")
def undo_reciprocal(z, epsilon):
    mu, sigma2 = rows(z)
    return 1 / np.sqrt(sigma2 + epsilon), mu


@wrong("batch_norm.undo", "minus the mean")
def undo_minus_mean(z, epsilon):
    mu, sigma2 = rows(z)
    return np.sqrt(sigma2 + epsilon), -mu


@wrong("batch_norm.undo", "one dimension only")
def undo_flat(z, epsilon):
    return np.sqrt(z.var(axis=1) + epsilon), z.mean(axis=1)


@wrong("batch_norm.undo", "a row")
def undo_row(z, epsilon):
    mu, sigma2 = rows(z)
    return np.sqrt(sigma2 + epsilon).T, mu.T


@wrong("batch_norm.undo", "over the whole array")
def undo_whole_array(z, epsilon):
    ones = np.ones((len(z), 1))
    return ones * np.sqrt(z.var() + epsilon), ones * z.mean()


@wrong("batch_norm.undo", "along the units")
def undo_other_axis(z, epsilon):
    return np.sqrt(z.var(axis=0) + epsilon)[: len(z), None], z.mean(axis=0)[: len(z), None]


@wrong("batch_norm.undo", "spread plus epsilon")
def undo_epsilon_outside(z, epsilon):
    return z.std(axis=1, keepdims=True) + epsilon, z.mean(axis=1, keepdims=True)


@wrong("batch_norm.undo", "spread plus the root of epsilon")
def undo_roots_added(z, epsilon):
    return z.std(axis=1, keepdims=True) + np.sqrt(epsilon), z.mean(axis=1, keepdims=True)


@wrong("batch_norm.undo", "epsilon always 1e-5")
def undo_epsilon_fixed(z, epsilon):
    mu, sigma2 = rows(z)
    return np.sqrt(sigma2 + 1e-5), mu


@wrong("batch_norm.undo", "unbiased variance")
def undo_unbiased(z, epsilon):
    sigma2 = z.var(axis=1, keepdims=True, ddof=1)
    return np.sqrt(sigma2 + epsilon), z.mean(axis=1, keepdims=True)


@wrong("batch_norm.undo", "beta stays 0")
def undo_beta_zero(z, epsilon):
    _, sigma2 = rows(z)
    return np.sqrt(sigma2 + epsilon), np.zeros((len(z), 1))


@wrong("batch_norm.undo", "gamma stays 1")
def undo_gamma_one(z, epsilon):
    return np.ones((len(z), 1)), z.mean(axis=1, keepdims=True)


@wrong("batch_norm.undo", "epsilon subtracted")
def undo_epsilon_subtracted(z, epsilon):
    mu, sigma2 = rows(z)
    return np.sqrt(np.abs(sigma2 - epsilon)), mu


@wrong("batch_norm.undo", "beta is the normalised mean")
def undo_mean_over_spread(z, epsilon):
    mu, sigma2 = rows(z)
    return np.sqrt(sigma2 + epsilon), mu / np.sqrt(sigma2 + epsilon)


@wrong("batch_norm.undo", "mean of z² for the variance")
def undo_mean_square(z, epsilon):
    power = (z**2).mean(axis=1, keepdims=True)
    return np.sqrt(power + epsilon), z.mean(axis=1, keepdims=True)


@wrong("batch_norm.undo", "variance as mean of z² minus μ²: no digits left far from 0")
def undo_short_cut(z, epsilon):
    mu, power = z.mean(axis=1, keepdims=True), (z**2).mean(axis=1, keepdims=True)
    return np.sqrt(np.maximum(power - mu**2, 0) + epsilon), mu


@wrong("batch_norm.undo", "the root of the spread")
def undo_root_of_spread(z, epsilon):
    return np.sqrt(z.std(axis=1, keepdims=True) + epsilon), z.mean(axis=1, keepdims=True)


@wrong("batch_norm.undo", "the negative root, too: mirrored")
def undo_mirrored(z, epsilon):
    mu, sigma2 = rows(z)
    return -np.sqrt(sigma2 + epsilon), mu


@wrong("batch_norm.undo", "epsilon twice")
def undo_epsilon_twice(z, epsilon):
    mu, sigma2 = rows(z)
    return np.sqrt(sigma2 + 2 * epsilon), mu


@wrong("batch_norm.undo", "the median for the mean")
def undo_median(z, epsilon):
    _, sigma2 = rows(z)
    return np.sqrt(sigma2 + epsilon), np.median(z, axis=1, keepdims=True)


@wrong("batch_norm.undo", "only gamma")
def undo_only_gamma(z, epsilon):
    return np.sqrt(z.var(axis=1, keepdims=True) + epsilon)


@wrong("batch_norm.undo", "a dict")
def undo_dict(z, epsilon):
    mu, sigma2 = rows(z)
    return {"gamma": np.sqrt(sigma2 + epsilon), "beta": mu}


@wrong("batch_norm.undo", "takes the mean off the caller's z")
def undo_changes_z(z, epsilon):
    mu = z.mean(axis=1, keepdims=True)
    z -= mu
    return np.sqrt((z**2).mean(axis=1, keepdims=True) + epsilon), mu


@wrong("batch_norm.undo", "the first unit's for all")
def undo_first_unit(z, epsilon):
    mu, sigma2 = rows(z)
    ones = np.ones((len(z), 1))
    return ones * np.sqrt(sigma2[0] + epsilon), ones * mu[0]


@wrong("batch_norm.undo", "wrong order, and no epsilon")
def undo_two_mistakes(z, epsilon):
    return z.mean(axis=1, keepdims=True), z.std(axis=1, keepdims=True)


@wrong("batch_norm.undo", "the variance, and minus the mean")
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


@wrong("batch_norm.backward", "not through the mean")
def backward_no_mean(d, z, gamma, epsilon):
    root, z_norm, dgamma, dbeta = parts(d, z, gamma, epsilon)
    return gamma / root * (d - z_norm * dgamma / z.shape[1]), dgamma, dbeta


@wrong("batch_norm.backward", "not through the variance")
def backward_no_variance(d, z, gamma, epsilon):
    root, _, dgamma, dbeta = parts(d, z, gamma, epsilon)
    return gamma / root * (d - dbeta / z.shape[1]), dgamma, dbeta


@wrong("batch_norm.backward", "the direct way only")
def backward_direct_only(d, z, gamma, epsilon):
    root, _, dgamma, dbeta = parts(d, z, gamma, epsilon)
    return gamma / root * d, dgamma, dbeta


@wrong("batch_norm.backward", "sums where means belong")
def backward_sums(d, z, gamma, epsilon):
    root, z_norm, dgamma, dbeta = parts(d, z, gamma, epsilon)
    return gamma / root * (d - dbeta - z_norm * dgamma), dgamma, dbeta


@wrong("batch_norm.backward", "the way through the variance with a plus")
def backward_plus_variance(d, z, gamma, epsilon):
    root, z_norm, dgamma, dbeta = parts(d, z, gamma, epsilon)
    return gamma / root * (d - (dbeta - z_norm * dgamma) / z.shape[1]), dgamma, dbeta


@wrong("batch_norm.backward", "the way through the mean with a plus")
def backward_plus_mean(d, z, gamma, epsilon):
    root, z_norm, dgamma, dbeta = parts(d, z, gamma, epsilon)
    return gamma / root * (d + (dbeta - z_norm * dgamma) / z.shape[1]), dgamma, dbeta


@wrong("batch_norm.backward", "gamma forgotten in dz")
def backward_no_gamma(d, z, gamma, epsilon):
    root, z_norm, dgamma, dbeta = parts(d, z, gamma, epsilon)
    return (d - (dbeta + z_norm * dgamma) / z.shape[1]) / root, dgamma, dbeta


@wrong("batch_norm.backward", "gamma on the direct way only")
def backward_gamma_direct_only(d, z, gamma, epsilon):
    root, z_norm, dgamma, dbeta = parts(d, z, gamma, epsilon)
    return (gamma * d - (dbeta + z_norm * dgamma) / z.shape[1]) / root, dgamma, dbeta


@wrong("batch_norm.backward", "the root forgotten")
def backward_no_root(d, z, gamma, epsilon):
    _, z_norm, dgamma, dbeta = parts(d, z, gamma, epsilon)
    return gamma * (d - (dbeta + z_norm * dgamma) / z.shape[1]), dgamma, dbeta


@wrong("batch_norm.backward", "divided by the variance")
def backward_by_variance(d, z, gamma, epsilon):
    root, z_norm, dgamma, dbeta = parts(d, z, gamma, epsilon)
    return gamma / root**2 * (d - (dbeta + z_norm * dgamma) / z.shape[1]), dgamma, dbeta


@wrong("batch_norm.backward", "z - μ where z_norm belongs")
def backward_centred(d, z, gamma, epsilon):
    root, _, dgamma, dbeta = parts(d, z, gamma, epsilon)
    centred = z - z.mean(axis=1, keepdims=True)
    through_variance = centred * (d * centred).mean(axis=1, keepdims=True)
    dz = gamma / root * (d - d.mean(axis=1, keepdims=True) - through_variance)
    return dz, dgamma, dbeta


@wrong("batch_norm.backward", "z² / m in the way through the variance: the mean of d outside")
def backward_mean_outside(d, z, gamma, epsilon):
    root, z_norm, dgamma, dbeta = parts(d, z, gamma, epsilon)
    mean = d.mean(axis=1, keepdims=True)
    return gamma / root * (d - mean - z_norm**2 * mean), dgamma, dbeta


@wrong("batch_norm.backward", "only the diagonal of the Jacobian")
def backward_diagonal(d, z, gamma, epsilon):
    root, z_norm, dgamma, dbeta = parts(d, z, gamma, epsilon)
    return gamma / root * d * (1 - (1 + z_norm**2) / z.shape[1]), dgamma, dbeta


@wrong("batch_norm.backward", "the factor 2 of the square forgotten")
def backward_no_two(d, z, gamma, epsilon):
    root, z_norm, dgamma, dbeta = parts(d, z, gamma, epsilon)
    return gamma / root * (d - (dbeta + z_norm * dgamma / 2) / z.shape[1]), dgamma, dbeta


@wrong("batch_norm.backward", "the factor one half of the root forgotten")
def backward_no_half(d, z, gamma, epsilon):
    root, z_norm, dgamma, dbeta = parts(d, z, gamma, epsilon)
    return gamma / root * (d - (dbeta + 2 * z_norm * dgamma) / z.shape[1]), dgamma, dbeta


@wrong("batch_norm.backward", "m - 1 for m")
def backward_unbiased(d, z, gamma, epsilon):
    root, z_norm, dgamma, dbeta = parts(d, z, gamma, epsilon)
    m = z.shape[1] - 1
    return gamma / root * (d - (dbeta + z_norm * dgamma) / m), dgamma, dbeta


@wrong("batch_norm.backward", "unbiased variance in root and z_norm")
def backward_unbiased_variance(d, z, gamma, epsilon):
    root = np.sqrt(z.var(axis=1, keepdims=True, ddof=1) + epsilon)
    z_norm = (z - z.mean(axis=1, keepdims=True)) / root
    dgamma, dbeta = (d * z_norm).sum(axis=1, keepdims=True), d.sum(axis=1, keepdims=True)
    return gamma / root * (d - (dbeta + z_norm * dgamma) / z.shape[1]), dgamma, dbeta


@wrong("batch_norm.backward", "epsilon forgotten")
def backward_no_epsilon(d, z, gamma, epsilon):
    return backward_one_formula(d, z, gamma, 0)


@wrong("batch_norm.backward", "epsilon outside the root")
def backward_epsilon_outside(d, z, gamma, epsilon):
    root = z.std(axis=1, keepdims=True) + epsilon
    z_norm = (z - z.mean(axis=1, keepdims=True)) / root
    dgamma, dbeta = (d * z_norm).sum(axis=1, keepdims=True), d.sum(axis=1, keepdims=True)
    return gamma / root * (d - (dbeta + z_norm * dgamma) / z.shape[1]), dgamma, dbeta


@wrong("batch_norm.backward", "means for dgamma and dbeta")
def backward_mean_gradients(d, z, gamma, epsilon):
    dz, dgamma, dbeta = backward_one_formula(d, z, gamma, epsilon)
    return dz, dgamma / z.shape[1], dbeta / z.shape[1]


@wrong("batch_norm.backward", "dgamma with z, not z_norm")
def backward_dgamma_of_z(d, z, gamma, epsilon):
    dz, _, dbeta = backward_one_formula(d, z, gamma, epsilon)
    return dz, (d * z).sum(axis=1, keepdims=True), dbeta


@wrong("batch_norm.backward", "dgamma with z - μ, not z_norm")
def backward_dgamma_of_centred(d, z, gamma, epsilon):
    dz, _, dbeta = backward_one_formula(d, z, gamma, epsilon)
    return dz, (d * (z - z.mean(axis=1, keepdims=True))).sum(axis=1, keepdims=True), dbeta


@wrong("batch_norm.backward", "dgamma times gamma")
def backward_dgamma_times_gamma(d, z, gamma, epsilon):
    dz, dgamma, dbeta = backward_one_formula(d, z, gamma, epsilon)
    return dz, gamma * dgamma, dbeta


@wrong("batch_norm.backward", "dbeta times gamma")
def backward_dbeta_times_gamma(d, z, gamma, epsilon):
    dz, dgamma, dbeta = backward_one_formula(d, z, gamma, epsilon)
    return dz, dgamma, gamma * dbeta


@wrong("batch_norm.backward", "dgamma and dbeta exchanged")
def backward_exchanged(d, z, gamma, epsilon):
    dz, dgamma, dbeta = backward_one_formula(d, z, gamma, epsilon)
    return dz, dbeta, dgamma


@wrong("batch_norm.backward", "dz last")
def backward_dz_last(d, z, gamma, epsilon):
    dz, dgamma, dbeta = backward_one_formula(d, z, gamma, epsilon)
    return dgamma, dbeta, dz


@wrong("batch_norm.backward", "one dimension for dgamma and dbeta")
def backward_flat(d, z, gamma, epsilon):
    dz, dgamma, dbeta = backward_one_formula(d, z, gamma, epsilon)
    return dz, dgamma.ravel(), dbeta.ravel()


@wrong("batch_norm.backward", "sums along the units")
def backward_other_axis(d, z, gamma, epsilon):
    dz, _, _ = backward_one_formula(d, z, gamma, epsilon)
    _, z_norm, _, _ = parts(d, z, gamma, epsilon)
    return dz, (d * z_norm).sum(axis=0), d.sum(axis=0)


@wrong("batch_norm.backward", "only dz")
def backward_only_dz(d, z, gamma, epsilon):
    return backward_one_formula(d, z, gamma, epsilon)[0]


@wrong("batch_norm.backward", "dgamma and dbeta stay 0")
def backward_zeros(d, z, gamma, epsilon):
    return backward_one_formula(d, z, gamma, epsilon)[0], np.zeros_like(gamma), 0 * gamma


@wrong("batch_norm.backward", "dbeta is d itself")
def backward_dbeta_not_summed(d, z, gamma, epsilon):
    dz, dgamma, _ = backward_one_formula(d, z, gamma, epsilon)
    return dz, dgamma, d


@wrong("batch_norm.backward", "writes into d")
def backward_changes_d(d, z, gamma, epsilon):
    dgamma, dbeta = parts(d, z, gamma, epsilon)[2:]
    d *= gamma
    return backward_one_formula(d, z, np.ones_like(gamma), epsilon)[0], dgamma, dbeta


@wrong("batch_norm.backward", "writes into z")
def backward_changes_z(d, z, gamma, epsilon):
    result = backward_one_formula(d, z.copy(), gamma, epsilon)
    z -= z.mean(axis=1, keepdims=True)
    return result


@wrong("batch_norm.backward", "minus the gradient")
def backward_negative(d, z, gamma, epsilon):
    dz, dgamma, dbeta = backward_one_formula(d, z, gamma, epsilon)
    return -dz, dgamma, dbeta


@wrong("batch_norm.backward", "variance as mean of z² minus μ²: no digits left far from 0")
def backward_short_cut(d, z, gamma, epsilon):
    mu, power = z.mean(axis=1, keepdims=True), (z**2).mean(axis=1, keepdims=True)
    root = np.sqrt(np.maximum(power - mu**2, 0) + epsilon)
    z_norm = (z - mu) / root
    dgamma, dbeta = (d * z_norm).sum(axis=1, keepdims=True), d.sum(axis=1, keepdims=True)
    return gamma / root * (d - (dbeta + z_norm * dgamma) / z.shape[1]), dgamma, dbeta


@wrong("batch_norm.backward", "the way through the mean shifted to dmu / units")
def backward_by_units(d, z, gamma, epsilon):
    root, z_norm, dgamma, dbeta = parts(d, z, gamma, epsilon)
    return gamma / root * (d - (dbeta + z_norm * dgamma) / len(z)), dgamma, dbeta


@wrong("batch_norm.backward", "-3/2 as power of the variance taken for -1/2")
def backward_power(d, z, gamma, epsilon):
    root, _, dgamma, dbeta = parts(d, z, gamma, epsilon)
    centred, m = z - z.mean(axis=1, keepdims=True), z.shape[1]
    dsigma2 = (d * gamma * centred).sum(axis=1, keepdims=True) * -0.5 / root
    return gamma / root * (d - dbeta / m) + 2 / m * dsigma2 * centred, dgamma, dbeta


@wrong("batch_norm.backward", "the direct way only, and means for dgamma and dbeta")
def backward_two_mistakes(d, z, gamma, epsilon):
    root, _, dgamma, dbeta = parts(d, z, gamma, epsilon)
    return gamma * d / root, dgamma / z.shape[1], dbeta / z.shape[1]


@wrong("batch_norm.backward", "not through the mean, dgamma and dbeta exchanged")
def backward_two_others(d, z, gamma, epsilon):
    root, z_norm, dgamma, dbeta = parts(d, z, gamma, epsilon)
    return gamma / root * (d - z_norm * dgamma / z.shape[1]), dbeta, dgamma
