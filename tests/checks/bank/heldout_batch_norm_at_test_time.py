"""Answers about the test time of batch norm, written from the exercises' texts alone."""

import numpy as np

from tests.checks.bank import right, wrong

K = {"axis": 1, "keepdims": True}


@wrong("batch_norm_at_test_time.inference", "statistics of the batch", named="batch-statistics")
def of_the_batch(z, gamma, beta, mean, variance, epsilon):
    return gamma * (z - z.mean(**K)) / np.sqrt(z.var(**K) + epsilon) + beta


@wrong("batch_norm_at_test_time.inference", "mean of the batch", named="batch-mean")
def batch_mean(z, gamma, beta, mean, variance, epsilon):
    return gamma * (z - z.mean(**K)) / np.sqrt(variance + epsilon) + beta


@wrong("batch_norm_at_test_time.inference", "variance of the batch", named="batch-variance")
def batch_variance(z, gamma, beta, mean, variance, epsilon):
    return gamma * (z - mean) / np.sqrt(z.var(**K) + epsilon) + beta


@wrong("batch_norm_at_test_time.inference", "batch's if m > 1", named="batch-if-many")
def batch_if_it_can(z, gamma, beta, mean, variance, epsilon):
    if z.shape[1] > 1:
        mean, variance = z.mean(**K), z.var(**K)
    return gamma * (z - mean) / np.sqrt(variance + epsilon) + beta


@wrong("batch_norm_at_test_time.inference", "no root", named="divides-by-variance")
def no_root(z, gamma, beta, mean, variance, epsilon):
    return gamma * (z - mean) / (variance + epsilon) + beta


@wrong("batch_norm_at_test_time.inference", "epsilon outside", named="epsilon-outside-root")
def outside(z, gamma, beta, mean, variance, epsilon):
    return gamma * (z - mean) / (np.sqrt(variance) + epsilon) + beta


@wrong("batch_norm_at_test_time.inference", "gamma and beta left out", named="no-gamma-beta")
def normed_only(z, gamma, beta, mean, variance, epsilon):
    return (z - mean) / np.sqrt(variance + epsilon)


@wrong("batch_norm_at_test_time.inference", "beta left out", named="no-beta")
def no_beta(z, gamma, beta, mean, variance, epsilon):
    return gamma * (z - mean) / np.sqrt(variance + epsilon)


@wrong("batch_norm_at_test_time.inference", "plus mean", named="mean-added")
def plus_mean(z, gamma, beta, mean, variance, epsilon):
    return gamma * (z + mean) / np.sqrt(variance + epsilon) + beta


@wrong("batch_norm_at_test_time.inference", "precedence", named="only-the-mean-divided")
def forgotten_brackets(z, gamma, beta, mean, variance, epsilon):
    return gamma * z - mean / np.sqrt(variance + epsilon) + beta


@wrong(
    "batch_norm_at_test_time.inference", "mean and variance exchanged", named="statistics-swapped"
)
def mean_for_variance(z, gamma, beta, mean, variance, epsilon):
    return gamma * (z - variance) / np.sqrt(np.abs(mean) + epsilon) + beta


@wrong("batch_norm_at_test_time.inference", "unbiased once more", named="unbiased")
def unbiased_again(z, gamma, beta, mean, variance, epsilon):
    m = max(z.shape[1], 2)
    return gamma * (z - mean) / np.sqrt(variance * m / (m - 1) + epsilon) + beta


@wrong("batch_norm_at_test_time.inference", "epsilon fixed", named="no-epsilon")
def fixed_epsilon(z, gamma, beta, mean, variance, epsilon):
    return gamma * (z - mean) / np.sqrt(variance + 1e-5) + beta


@wrong("batch_norm_at_test_time.inference", "overwrites z", named="changes-its-input")
def inference_in_place(z, gamma, beta, mean, variance, epsilon):
    z -= mean
    z *= gamma / np.sqrt(variance + epsilon)
    z += beta
    return z


@wrong("batch_norm_at_test_time.inference", "updates the mean, too")
def moves_the_mean(z, gamma, beta, mean, variance, epsilon):
    mean *= 0.9
    mean += 0.1 * z.mean(**K)
    return gamma * (z - mean) / np.sqrt(variance + epsilon) + beta


@wrong("batch_norm_at_test_time.inference", "squeezed for m = 1", named="squeezed")
def squeezed(z, gamma, beta, mean, variance, epsilon):
    return np.squeeze(gamma * (z - mean) / np.sqrt(variance + epsilon) + beta)


@wrong("batch_norm_at_test_time.inference", "gamma and beta exchanged", named="gamma-beta-swapped")
def beta_for_gamma(z, gamma, beta, mean, variance, epsilon):
    return beta * (z - mean) / np.sqrt(variance + epsilon) + gamma


@right("batch_norm_at_test_time.inference")
def folded_in(z, gamma, beta, mean, variance, epsilon):
    slope = gamma / np.sqrt(variance + epsilon)
    return slope * z + (beta - slope * mean)


@right("batch_norm_at_test_time.inference")
def column_for_column(z, gamma, beta, mean, variance, epsilon):
    columns = [gamma * (x[:, None] - mean) / (variance + epsilon) ** 0.5 + beta for x in z.T]
    return np.hstack(columns)


@right("batch_norm_at_test_time.inference")
def filled(z, gamma, beta, mean, variance, epsilon):
    out = np.zeros_like(z)
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            out[i, j] = (z[i, j] - mean[i, 0]) / np.sqrt(variance[i, 0] + epsilon)
            out[i, j] = gamma[i, 0] * out[i, j] + beta[i, 0]
    return out


def stats(z):
    return z.mean(**K), z.var(**K)


@wrong(
    "batch_norm_at_test_time.running_statistics",
    "share of the new",
    named="momentum-the-wrong-way-round",
)
def share_of_new(batches, momentum):
    mean, variance = stats(batches[0])
    for z in batches[1:]:
        mean = (1 - momentum) * mean + momentum * z.mean(**K)
        variance = (1 - momentum) * variance + momentum * z.var(**K)
    return mean, variance


@wrong("batch_norm_at_test_time.running_statistics", "starts at 0 and 1", named="starts-from-zero")
def from_zero_and_one(batches, momentum):
    mean, variance = np.zeros((len(batches[0]), 1)), np.ones((len(batches[0]), 1))
    for z in batches:
        mean = momentum * mean + (1 - momentum) * z.mean(**K)
        variance = momentum * variance + (1 - momentum) * z.var(**K)
    return mean, variance


@wrong("batch_norm_at_test_time.running_statistics", "starts at 0 and 0", named="starts-from-zero")
def from_zeros(batches, momentum):
    mean = variance = 0
    for z in batches:
        mean = momentum * mean + (1 - momentum) * z.mean(**K)
        variance = momentum * variance + (1 - momentum) * z.var(**K)
    return mean, variance


@wrong(
    "batch_norm_at_test_time.running_statistics", "bias correction from 0", named="bias-corrected"
)
def bias_corrected(batches, momentum):
    mean = variance = 0
    for z in batches:
        mean = momentum * mean + (1 - momentum) * z.mean(**K)
        variance = momentum * variance + (1 - momentum) * z.var(**K)
    correction = 1 - momentum ** len(batches)
    return mean / correction, variance / correction


@wrong("batch_norm_at_test_time.running_statistics", "unbiased variance", named="unbiased")
def running_unbiased(batches, momentum):
    mean, variance = batches[0].mean(**K), batches[0].var(ddof=1, **K)
    for z in batches[1:]:
        mean = momentum * mean + (1 - momentum) * z.mean(**K)
        variance = momentum * variance + (1 - momentum) * z.var(ddof=1, **K)
    return mean, variance


@wrong(
    "batch_norm_at_test_time.running_statistics", "spread for variance", named="standard-deviation"
)
def running_spread(batches, momentum):
    mean, spread = batches[0].mean(**K), batches[0].std(**K)
    for z in batches[1:]:
        mean = momentum * mean + (1 - momentum) * z.mean(**K)
        spread = momentum * spread + (1 - momentum) * z.std(**K)
    return mean, spread


@wrong(
    "batch_norm_at_test_time.running_statistics", "plain average of the batches", named="plain-mean"
)
def plain_average(batches, momentum):
    return (
        np.mean([z.mean(**K) for z in batches], axis=0),
        np.mean([z.var(**K) for z in batches], axis=0),
    )


@wrong("batch_norm_at_test_time.running_statistics", "all examples pooled", named="all-together")
def pooled(batches, momentum):
    return stats(np.hstack(batches))


@wrong("batch_norm_at_test_time.running_statistics", "last batch only", named="only-the-last")
def last_batch(batches, momentum):
    return stats(batches[-1])


@wrong("batch_norm_at_test_time.running_statistics", "first batch only", named="only-the-first")
def first_batch(batches, momentum):
    return stats(batches[0])


@wrong("batch_norm_at_test_time.running_statistics", "last batch forgotten", named="last-left-out")
def without_the_last(batches, momentum):
    mean, variance = stats(batches[0])
    for z in batches[1:-1]:
        mean = momentum * mean + (1 - momentum) * z.mean(**K)
        variance = momentum * variance + (1 - momentum) * z.var(**K)
    return mean, variance


@wrong("batch_norm_at_test_time.running_statistics", "return inside the loop", named="only-two")
def returns_early(batches, momentum):
    mean, variance = stats(batches[0])
    for z in batches[1:]:
        mean = momentum * mean + (1 - momentum) * z.mean(**K)
        variance = momentum * variance + (1 - momentum) * z.var(**K)
        return mean, variance
    return mean, variance


@wrong("batch_norm_at_test_time.running_statistics", "exchanged results", named="swapped")
def variance_first(batches, momentum):
    mean, variance = running(batches, momentum)
    return variance, mean


@wrong("batch_norm_at_test_time.running_statistics", "over the units", named="one-number-for-all")
def over_the_units(batches, momentum):
    mean, variance = batches[0].mean(axis=0).mean(), batches[0].var(axis=0).mean()
    for z in batches[1:]:
        mean = momentum * mean + (1 - momentum) * z.mean(axis=0).mean()
        variance = momentum * variance + (1 - momentum) * z.var(axis=0).mean()
    ones = np.ones((len(batches[0]), 1))
    return mean * ones, variance * ones


@wrong(
    "batch_norm_at_test_time.running_statistics",
    "momentum for the mean only",
    named="only-the-mean",
)
def variance_not_averaged(batches, momentum):
    mean, variance = stats(batches[0])
    for z in batches[1:]:
        mean = momentum * mean + (1 - momentum) * z.mean(**K)
        variance = z.var(**K)
    return mean, variance


@wrong(
    "batch_norm_at_test_time.running_statistics",
    "about the running mean",
    named="around-the-running-mean",
)
def about_running_mean(batches, momentum):
    mean, variance = stats(batches[0])
    for z in batches[1:]:
        mean = momentum * mean + (1 - momentum) * z.mean(**K)
        variance = momentum * variance + (1 - momentum) * ((z - mean) ** 2).mean(**K)
    return mean, variance


@wrong("batch_norm_at_test_time.running_statistics", "flat results", named="missing-keepdims")
def flat_results(batches, momentum):
    mean, variance = running(batches, momentum)
    return mean.ravel(), variance.ravel()


@wrong("batch_norm_at_test_time.running_statistics", "momentum fixed at 0.9", named="own-momentum")
def momentum_ignored(batches, momentum):
    return running(batches, 0.9)


@wrong(
    "batch_norm_at_test_time.running_statistics",
    "weighted by the sizes of the batches",
    named="weighted-by-size",
)
def weighted_by_size(batches, momentum):
    sizes = [z.shape[1] for z in batches]
    total = sum(sizes)
    return (
        sum(n / total * z.mean(**K) for n, z in zip(sizes, batches, strict=True)),
        sum(n / total * z.var(**K) for n, z in zip(sizes, batches, strict=True)),
    )


@wrong(
    "batch_norm_at_test_time.running_statistics",
    "takes the first batch off the list",
    named="changes-its-input",
)
def pops_the_first(batches, momentum):
    mean, variance = stats(batches.pop(0))
    for z in batches:
        mean = momentum * mean + (1 - momentum) * z.mean(**K)
        variance = momentum * variance + (1 - momentum) * z.var(**K)
    return mean, variance


def running(batches, momentum):
    mean, variance = stats(batches[0])
    for z in batches[1:]:
        mean = momentum * mean + (1 - momentum) * z.mean(**K)
        variance = momentum * variance + (1 - momentum) * z.var(**K)
    return mean, variance


@right("batch_norm_at_test_time.running_statistics")
def first_batch_again(batches, momentum):
    mean, variance = stats(batches[0])
    for z in batches:
        mean = mean + (1 - momentum) * (z.mean(**K) - mean)
        variance = variance + (1 - momentum) * (z.var(**K) - variance)
    return mean, variance


@right("batch_norm_at_test_time.running_statistics")
def started_with_none(batches, momentum):
    mean = variance = None
    for z in batches:
        mu, s2 = stats(z)
        mean = mu if mean is None else momentum * mean + (1 - momentum) * mu
        variance = s2 if variance is None else momentum * variance + (1 - momentum) * s2
    return [mean, variance]


@right("batch_norm_at_test_time.running_statistics")
def by_weights(batches, momentum):
    n = len(batches)
    w = [momentum ** (n - 1)] + [(1 - momentum) * momentum ** (n - 1 - k) for k in range(1, n)]
    return (
        sum(a * z.mean(**K) for a, z in zip(w, batches, strict=True)),
        sum(a * z.var(**K) for a, z in zip(w, batches, strict=True)),
    )
