"""Answers about batch norm, written from the exercises' texts alone."""

import numpy as np

from tests.checks.bank import right, wrong

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


@wrong("batch_norm.forward", "statistics over the units", named="statistics-over-units")
def over_units(z, gamma, beta, epsilon):
    mu, v = z.mean(axis=0), z.var(axis=0)
    return gamma * (z - mu) / np.sqrt(v + epsilon) + beta


@wrong("batch_norm.forward", "statistics of the whole array", named="one-mean-for-all")
def whole_array(z, gamma, beta, epsilon):
    return gamma * (z - z.mean()) / np.sqrt(z.var() + epsilon) + beta


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
def undo_variance(z, epsilon):
    return z.var(**K) + epsilon, z.mean(**K)


@wrong("batch_norm.undo", "inverse of gamma", named="gamma-inverse")
def undo_inverse(z, epsilon):
    return 1 / np.sqrt(z.var(**K) + epsilon), z.mean(**K)


@wrong("batch_norm.undo", "exchanged", named="gamma-beta-swapped")
def undo_exchanged(z, epsilon):
    return z.mean(**K), np.sqrt(z.var(**K) + epsilon)


@wrong("batch_norm.undo", "minus mu", named="beta-negative")
def undo_minus(z, epsilon):
    return np.sqrt(z.var(**K) + epsilon), -z.mean(**K)


@wrong("batch_norm.undo", "epsilon outside", named="epsilon-outside-root")
def undo_outside(z, epsilon):
    return z.std(**K) + epsilon, z.mean(**K)


@wrong("batch_norm.undo", "shape (units,)", named="missing-keepdims")
def undo_flat(z, epsilon):
    return np.sqrt(z.var(axis=1) + epsilon), z.mean(axis=1)


@wrong("batch_norm.undo", "unbiased", named="divides-by-m-minus-1")
def undo_unbiased(z, epsilon):
    return np.sqrt(z.var(ddof=1, **K) + epsilon), z.mean(**K)


@wrong("batch_norm.undo", "short cut for the variance", named="short-cut")
def undo_short_cut(z, epsilon):
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


@wrong("batch_norm.undo", "whole array", named="one-mean-for-all")
def undo_array(z, epsilon):
    ones = np.ones((len(z), 1))
    return ones * np.sqrt(z.var() + epsilon), ones * z.mean()


@right("batch_norm.undo")
def undo_as_list(z, epsilon):
    return [np.sqrt(np.var(z, axis=1, keepdims=True) + epsilon), np.mean(z, axis=1, keepdims=True)]


@right("batch_norm.undo")
def undo_reshaped(z, epsilon):
    gamma = (z.var(axis=1) + epsilon) ** 0.5
    return gamma.reshape(-1, 1), z.mean(axis=1)[:, None]


@right("batch_norm.undo")
def undo_hypot(z, epsilon):
    return np.hypot(z.std(**K), np.sqrt(epsilon)), z.mean(**K)


def parts(d, z, epsilon):
    root = np.sqrt(z.var(**K) + epsilon)
    return root, (z - z.mean(**K)) / root


@wrong("batch_norm.backward", "mu and variance taken as constants", named="dz-statistics-constant")
def constants(d, z, gamma, epsilon):
    root, n = parts(d, z, epsilon)
    return gamma / root * d, (d * n).sum(**K), d.sum(**K)


@wrong("batch_norm.backward", "variance path forgotten", named="dz-only-mean")
def no_variance(d, z, gamma, epsilon):
    root, n = parts(d, z, epsilon)
    return gamma / root * (d - d.mean(**K)), (d * n).sum(**K), d.sum(**K)


@wrong("batch_norm.backward", "mean path forgotten", named="dz-only-variance")
def no_mean(d, z, gamma, epsilon):
    root, n = parts(d, z, epsilon)
    return gamma / root * (d - n * (d * n).mean(**K)), (d * n).sum(**K), d.sum(**K)


def good_dz(d, z, gamma, epsilon):
    root, n = parts(d, z, epsilon)
    return gamma / root * (d - d.mean(**K) - n * (d * n).mean(**K))


@wrong("batch_norm.backward", "means for sums", named={"dbeta-mean-for-sum", "dgamma-mean-for-sum"})
def means(d, z, gamma, epsilon):
    _, n = parts(d, z, epsilon)
    return good_dz(d, z, gamma, epsilon), (d * n).mean(**K), d.mean(**K)


@wrong("batch_norm.backward", "dgamma and dbeta exchanged", named="results-swapped")
def swapped(d, z, gamma, epsilon):
    _, n = parts(d, z, epsilon)
    return good_dz(d, z, gamma, epsilon), d.sum(**K), (d * n).sum(**K)


@wrong("batch_norm.backward", "gamma forgotten in dz", named="dz-no-gamma")
def gamma_forgotten(d, z, gamma, epsilon):
    _, n = parts(d, z, epsilon)
    return good_dz(d, z, 1, epsilon), (d * n).sum(**K), d.sum(**K)


@wrong("batch_norm.backward", "dgamma with z", named="dgamma-of-z")
def dgamma_with_z(d, z, gamma, epsilon):
    return good_dz(d, z, gamma, epsilon), (d * z).sum(**K), d.sum(**K)


@wrong("batch_norm.backward", "dgamma times gamma", named="dgamma-times-gamma")
def dgamma_times_gamma(d, z, gamma, epsilon):
    _, n = parts(d, z, epsilon)
    return good_dz(d, z, gamma, epsilon), (gamma * d * n).sum(**K), d.sum(**K)


@wrong(
    "batch_norm.backward",
    "flat dgamma and dbeta",
    named={"dbeta-missing-keepdims", "dgamma-missing-keepdims"},
)
def flat(d, z, gamma, epsilon):
    _, n = parts(d, z, epsilon)
    return good_dz(d, z, gamma, epsilon), (d * n).sum(axis=1), d.sum(axis=1)


@wrong("batch_norm.backward", "sign of the variance path", named="dz-sign")
def sign_of_variance(d, z, gamma, epsilon):
    root, n = parts(d, z, epsilon)
    dz = gamma / root * (d - d.mean(**K) + n * (d * n).mean(**K))
    return dz, (d * n).sum(**K), d.sum(**K)


@wrong("batch_norm.backward", "sums for means in dz", named="dz-sums-for-means")
def sums_in_dz(d, z, gamma, epsilon):
    root, n = parts(d, z, epsilon)
    dz = gamma / root * (d - d.sum(**K) - n * (d * n).sum(**K))
    return dz, (d * n).sum(**K), d.sum(**K)


@wrong("batch_norm.backward", "epsilon left out of the root", named="own-epsilon")
def backward_no_epsilon(d, z, gamma, epsilon):
    with np.errstate(all="ignore"):
        _, n = parts(d, z, 0)
        return np.nan_to_num(good_dz(d, z, gamma, 0)), np.nan_to_num((d * n).sum(**K)), d.sum(**K)


@wrong("batch_norm.backward", "multiplied by the root", named="dz-times-the-root")
def times_root(d, z, gamma, epsilon):
    root, n = parts(d, z, epsilon)
    dz = gamma * root * (d - d.mean(**K) - n * (d * n).mean(**K))
    return dz, (d * n).sum(**K), d.sum(**K)


@wrong("batch_norm.backward", "divided by the variance, not its root", named="dz-by-variance")
def over_the_variance(d, z, gamma, epsilon):
    root, n = parts(d, z, epsilon)
    dz = gamma / root**2 * (d - d.mean(**K) - n * (d * n).mean(**K))
    return dz, (d * n).sum(**K), d.sum(**K)


@wrong(
    "batch_norm.backward",
    "centred z for z_norm in the variance path",
    named="dz-not-divided-enough",
)
def centred_not_normed(d, z, gamma, epsilon):
    root, n = parts(d, z, epsilon)
    c = z - z.mean(**K)
    dz = gamma / root * (d - d.mean(**K) - c * (d * c).mean(**K))
    return dz, (d * n).sum(**K), d.sum(**K)


@wrong("batch_norm.backward", "dbeta and dz in the wrong order", named="results-swapped")
def order(d, z, gamma, epsilon):
    _, n = parts(d, z, epsilon)
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
    root, n = parts(d, z, epsilon)
    dgamma, dbeta = np.sum(d * n, axis=1, keepdims=True), np.sum(d, axis=1, keepdims=True)
    return gamma / (m * root) * (m * d - dbeta - n * dgamma), dgamma, dbeta


@right("batch_norm.backward")
def jacobian(d, z, gamma, epsilon):
    m = z.shape[1]
    root, n = parts(d, z, epsilon)
    rows = []
    for i in range(len(z)):
        matrix = np.eye(m) - 1 / m - np.outer(n[i], n[i]) / m
        rows.append(gamma[i] / root[i] * (matrix @ d[i]))
    return [np.array(rows), (d * n).sum(**K), d.sum(**K)]
