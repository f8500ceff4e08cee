"""Answers to the exercises of notebook 13."""

from functools import cache, reduce

import numpy as np

from course_utils import softmax
from course_utils.network import Network
from tests.checks.bank import right, right_ones, wrong, wrong_ones

# batch_norm_at_test_time.inference


@right("batch_norm_at_test_time.inference")
def inference_short(z, gamma, beta, mean, variance, epsilon):
    return gamma * (z - mean) / np.sqrt(variance + epsilon) + beta


@right("batch_norm_at_test_time.inference")
def inference_scale_and_shift(z, gamma, beta, mean, variance, epsilon):
    scale = gamma / np.sqrt(variance + epsilon)
    return scale * z + (beta - scale * mean)


@right("batch_norm_at_test_time.inference")
def inference_loop(z, gamma, beta, mean, variance, epsilon):
    z_tilde = np.zeros(z.shape)
    for i in range(z.shape[0]):
        for k in range(z.shape[1]):
            z_norm = (z[i, k] - mean[i, 0]) / (variance[i, 0] + epsilon) ** 0.5
            z_tilde[i, k] = gamma[i, 0] * z_norm + beta[i, 0]
    return z_tilde


@right("batch_norm_at_test_time.inference")
def inference_column_by_column(z, gamma, beta, mean, variance, epsilon):
    root = np.sqrt(variance + epsilon)
    columns = [gamma * (x[:, None] - mean) / root + beta for x in z.T]
    return np.hstack(columns)


@right("batch_norm_at_test_time.inference")
def inference_transposed(z, gamma, beta, mean, variance, epsilon):
    flat = (one.ravel() for one in (gamma, beta, mean, variance))
    g, b, mu, sigma2 = flat
    return ((z.T - mu) * (g * (sigma2 + epsilon) ** -0.5) + b).T


@right("batch_norm_at_test_time.inference")
def inference_in_place_on_a_copy(z, gamma, beta, mean, variance, epsilon):
    z = np.array(z, dtype=float)
    z -= mean
    z /= np.sqrt(variance + epsilon)
    z *= gamma
    z += beta
    return z


@right("batch_norm_at_test_time.inference")
def inference_matrix(z, gamma, beta, mean, variance, epsilon):
    return np.diag((gamma / np.sqrt(variance + epsilon)).ravel()) @ (z - mean) + beta


@wrong("batch_norm_at_test_time.inference", "the batch's own statistics", named="batch-statistics")
def inference_by_batch(z, gamma, beta, mean, variance, epsilon):
    mu, sigma2 = z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True)
    return gamma * (z - mu) / np.sqrt(sigma2 + epsilon) + beta


@wrong(
    "batch_norm_at_test_time.inference",
    "the batch's own mean, the variance that is passed",
    named="batch-mean",
)
def inference_batch_mean(z, gamma, beta, mean, variance, epsilon):
    return gamma * (z - z.mean(axis=1, keepdims=True)) / np.sqrt(variance + epsilon) + beta


@wrong(
    "batch_norm_at_test_time.inference",
    "the mean that is passed, the batch's own variance",
    named="batch-variance",
)
def inference_batch_variance(z, gamma, beta, mean, variance, epsilon):
    return gamma * (z - mean) / np.sqrt(z.var(axis=1, keepdims=True) + epsilon) + beta


@wrong(
    "batch_norm_at_test_time.inference",
    "the batch's statistics unless there is one example",
    named="batch-if-many",
)
def inference_batch_if_many(z, gamma, beta, mean, variance, epsilon):
    if z.shape[1] > 1:
        mean, variance = z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True)
    return gamma * (z - mean) / np.sqrt(variance + epsilon) + beta


@wrong(
    "batch_norm_at_test_time.inference",
    "the batch's statistics mixed into those that are passed",
    named="updated-at-test-time",
)
def inference_updates(z, gamma, beta, mean, variance, epsilon):
    mean = 0.9 * mean + 0.1 * z.mean(axis=1, keepdims=True)
    variance = 0.9 * variance + 0.1 * z.var(axis=1, keepdims=True)
    return gamma * (z - mean) / np.sqrt(variance + epsilon) + beta


@wrong(
    "batch_norm_at_test_time.inference", "epsilon outside the root", named="epsilon-outside-root"
)
def inference_epsilon_outside(z, gamma, beta, mean, variance, epsilon):
    return gamma * (z - mean) / (np.sqrt(variance) + epsilon) + beta


@wrong("batch_norm_at_test_time.inference", "no epsilon", named="no-epsilon")
def inference_no_epsilon(z, gamma, beta, mean, variance, epsilon):
    return gamma * (z - mean) / np.sqrt(variance) + beta


@wrong("batch_norm_at_test_time.inference", "epsilon always 1e-5", named="no-epsilon")
def inference_epsilon_fixed(z, gamma, beta, mean, variance, epsilon):
    return gamma * (z - mean) / np.sqrt(variance + 1e-5) + beta


@wrong("batch_norm_at_test_time.inference", "divided by the variance", named="divides-by-variance")
def inference_no_root(z, gamma, beta, mean, variance, epsilon):
    return gamma * (z - mean) / (variance + epsilon) + beta


@wrong(
    "batch_norm_at_test_time.inference",
    "the variance squared under the root: taken for a spread",
    named="variance-squared",
)
def inference_spread(z, gamma, beta, mean, variance, epsilon):
    return gamma * (z - mean) / np.sqrt(variance**2 + epsilon) + beta


@wrong("batch_norm_at_test_time.inference", "an unbiased variance made of it", named="unbiased")
def inference_unbiased(z, gamma, beta, mean, variance, epsilon):
    m = max(z.shape[1], 2)
    return gamma * (z - mean) / np.sqrt(variance * m / (m - 1) + epsilon) + beta


@wrong(
    "batch_norm_at_test_time.inference", "mean and variance exchanged", named="statistics-swapped"
)
def inference_statistics_exchanged(z, gamma, beta, mean, variance, epsilon):
    return gamma * (z - variance) / np.sqrt(np.abs(mean) + epsilon) + beta


@wrong("batch_norm_at_test_time.inference", "gamma and beta exchanged", named="gamma-beta-swapped")
def inference_exchanged(z, gamma, beta, mean, variance, epsilon):
    return beta * (z - mean) / np.sqrt(variance + epsilon) + gamma


@wrong("batch_norm_at_test_time.inference", "gamma forgotten", named="no-gamma")
def inference_no_gamma(z, gamma, beta, mean, variance, epsilon):
    return (z - mean) / np.sqrt(variance + epsilon) + beta


@wrong("batch_norm_at_test_time.inference", "beta forgotten", named="no-beta")
def inference_no_beta(z, gamma, beta, mean, variance, epsilon):
    return gamma * (z - mean) / np.sqrt(variance + epsilon)


@wrong("batch_norm_at_test_time.inference", "the mean is not taken off", named="not-centred")
def inference_not_centred(z, gamma, beta, mean, variance, epsilon):
    return gamma * z / np.sqrt(variance + epsilon) + beta


@wrong("batch_norm_at_test_time.inference", "the mean added", named="mean-added")
def inference_mean_added(z, gamma, beta, mean, variance, epsilon):
    return gamma * (z + mean) / np.sqrt(variance + epsilon) + beta


@wrong(
    "batch_norm_at_test_time.inference",
    "precedence: only the mean is divided",
    named="only-the-mean-divided",
)
def inference_precedence(z, gamma, beta, mean, variance, epsilon):
    return gamma * (z - mean / np.sqrt(variance + epsilon)) + beta


@wrong("batch_norm_at_test_time.inference", "gamma times beta, too", named="brackets")
def inference_brackets(z, gamma, beta, mean, variance, epsilon):
    return gamma * ((z - mean) / np.sqrt(variance + epsilon) + beta)


@wrong("batch_norm_at_test_time.inference", "undone instead of done", named="undone")
def inference_undone(z, gamma, beta, mean, variance, epsilon):
    return (z - beta) / gamma * np.sqrt(variance + epsilon) + mean


@wrong(
    "batch_norm_at_test_time.inference",
    "statistics flattened: an example's row against units",
    named="raises",
)
def inference_flat(z, gamma, beta, mean, variance, epsilon):
    root = np.sqrt(variance.ravel() + epsilon)
    return gamma * ((z.T - mean.ravel()) / root) + beta


@wrong("batch_norm_at_test_time.inference", "one mean for all units", named="one-for-all")
def inference_one_mean(z, gamma, beta, mean, variance, epsilon):
    return gamma * (z - mean.mean()) / np.sqrt(variance.mean() + epsilon) + beta


@wrong("batch_norm_at_test_time.inference", "the first example only", named="first-example")
def inference_first_example(z, gamma, beta, mean, variance, epsilon):
    return gamma * (z[:, :1] - mean) / np.sqrt(variance + epsilon) + beta


@wrong("batch_norm_at_test_time.inference", "others than the first stay 0", named="one-right")
def inference_partly_filled(z, gamma, beta, mean, variance, epsilon):
    z_tilde = np.zeros_like(z)
    z_tilde[:, :1] = gamma * (z[:, :1] - mean) / np.sqrt(variance + epsilon) + beta
    return z_tilde


@wrong("batch_norm_at_test_time.inference", "one example loses its column", named="squeezed")
def inference_squeezed(z, gamma, beta, mean, variance, epsilon):
    return np.squeeze(gamma * (z - mean) / np.sqrt(variance + epsilon) + beta)


@wrong("batch_norm_at_test_time.inference", "changes z", named="changes-its-input")
def inference_changes_z(z, gamma, beta, mean, variance, epsilon):
    z -= mean
    return gamma * z / np.sqrt(variance + epsilon) + beta


@wrong("batch_norm_at_test_time.inference", "changes the variance", named="changes-its-input")
def inference_changes_variance(z, gamma, beta, mean, variance, epsilon):
    variance += epsilon
    return gamma * (z - mean) / np.sqrt(variance) + beta


@wrong("batch_norm_at_test_time.inference", "one example alone gives beta", named="alone-is-beta")
def inference_alone_is_beta(z, gamma, beta, mean, variance, epsilon):
    if z.shape[1] == 1:
        return beta.copy()
    return gamma * (z - mean) / np.sqrt(variance + epsilon) + beta


@wrong(
    "batch_norm_at_test_time.inference",
    "the batch's statistics, and epsilon outside",
    named={"batch-statistics", "epsilon-outside-root"},
)
def inference_two_mistakes(z, gamma, beta, mean, variance, epsilon):
    return gamma * (z - z.mean(1, keepdims=True)) / (z.std(1, keepdims=True) + epsilon) + beta


@wrong("batch_norm_at_test_time.inference", "no epsilon, no beta", named={"no-epsilon", "no-beta"})
def inference_two_others(z, gamma, beta, mean, variance, epsilon):
    return gamma * (z - mean) / np.sqrt(variance)


@wrong("batch_norm_at_test_time.inference", "clipped at three spreads", named="cut")
def inference_clipped(z, gamma, beta, mean, variance, epsilon):
    z_norm = np.clip((z - mean) / np.sqrt(variance + epsilon), -1.5, 1.5)
    return gamma * z_norm + beta


@wrong(
    "batch_norm_at_test_time.inference",
    "layer norm: the statistics of each example",
    named="over-units",
)
def inference_layer_norm(z, gamma, beta, mean, variance, epsilon):
    return gamma * (z - z.mean(axis=0)) / np.sqrt(z.var(axis=0) + epsilon) + beta


@wrong(
    "batch_norm_at_test_time.inference",
    "the running variance, unbiased once more by 64 examples",
    named="unbiased",
)
def inference_sixty_four(z, gamma, beta, mean, variance, epsilon):
    return gamma * (z - mean) / np.sqrt(variance * 64 / 63 + epsilon) + beta


@right("batch_norm_at_test_time.inference")
def inference_float32(z, gamma, beta, mean, variance, epsilon):
    numbers = (a.astype(np.float32) for a in (z, gamma, beta, mean, variance))
    return inference_short(*numbers, np.float32(epsilon))


@right("batch_norm_at_test_time.inference")
def inference_list(z, gamma, beta, mean, variance, epsilon):
    return inference_short(z, gamma, beta, mean, variance, epsilon).tolist()


@wrong("batch_norm_at_test_time.inference", "divided by gamma", named="divided-by-gamma")
def inference_divided_by_gamma(z, gamma, beta, mean, variance, epsilon):
    return (z - mean) / np.sqrt(variance + epsilon) / gamma + beta


@wrong(
    "batch_norm_at_test_time.inference",
    "mean minus z, and no beta",
    named={"no-beta", "mean-minus-z"},
)
def inference_turned_over(z, gamma, beta, mean, variance, epsilon):
    return gamma * (mean - z) / np.sqrt(variance + epsilon)


@wrong("batch_norm_at_test_time.inference", "multiplied by the root", named="times-the-root")
def inference_times_root(z, gamma, beta, mean, variance, epsilon):
    return gamma * (z - mean) * np.sqrt(variance + epsilon) + beta


@wrong("batch_norm_at_test_time.inference", "the root twice", named="std-under-root")
def inference_root_twice(z, gamma, beta, mean, variance, epsilon):
    return gamma * (z - mean) / np.sqrt(np.sqrt(variance + epsilon)) + beta


# batch_norm_at_test_time.running_statistics


@right("batch_norm_at_test_time.running_statistics")
def running_float32(batches, momentum):
    return running_pairs([z.astype(np.float32) for z in batches], momentum)


@right("batch_norm_at_test_time.running_statistics")
def running_array(batches, momentum):
    return np.array(running_pairs(batches, momentum))


@wrong(
    "batch_norm_at_test_time.running_statistics",
    "the old plus momentum times the new",
    named="shares-not-1",
)
def running_momentum_times_the_new(batches, momentum):
    mean, variance = batches[0].mean(1, keepdims=True), batches[0].var(1, keepdims=True)
    for z in batches[1:]:
        mean = mean + momentum * z.mean(1, keepdims=True)
        variance = variance + momentum * z.var(1, keepdims=True)
    return mean, variance


@wrong(
    "batch_norm_at_test_time.running_statistics",
    "the first batch is left out",
    named="first-left-out",
)
def running_first_left_out(batches, momentum):
    return running_pairs(batches[1:] or batches, momentum)


@wrong(
    "batch_norm_at_test_time.running_statistics",
    "over the units",
    named={"only-the-first", "over-units"},
)
def running_over_units(batches, momentum):
    return averaged([z.mean(axis=0) for z in batches[:1]], momentum), averaged(
        [z.var(axis=0) for z in batches[:1]], momentum
    )


@right("batch_norm_at_test_time.running_statistics")
def running_pairs(batches, momentum):
    pairs = [(z.mean(1, keepdims=True), z.var(1, keepdims=True)) for z in batches]
    mean, variance = pairs[0]
    for mu, sigma2 in pairs[1:]:
        mean = mean + (1 - momentum) * (mu - mean)
        variance = variance + (1 - momentum) * (sigma2 - variance)
    return mean, variance


@right("batch_norm_at_test_time.running_statistics")
def running_from_itself(batches, momentum):
    mean, variance = batches[0].mean(1, keepdims=True), batches[0].var(1, keepdims=True)
    for z in batches:  # the first changes nothing: it is averaged with itself
        mean = momentum * mean + (1 - momentum) * z.mean(1, keepdims=True)
        variance = momentum * variance + (1 - momentum) * z.var(1, keepdims=True)
    return mean, variance


@right("batch_norm_at_test_time.running_statistics")
def running_weights(batches, momentum):
    k = np.arange(len(batches))
    weights = np.where(k == 0, 1, 1 - momentum) * momentum ** (len(batches) - 1.0 - k)
    means = np.stack([z.mean(axis=1) for z in batches], axis=1)
    variances = np.stack([z.var(axis=1) for z in batches], axis=1)
    return (means @ weights)[:, None], (variances @ weights)[:, None]


@right("batch_norm_at_test_time.running_statistics")
def running_reduced(batches, momentum):
    def follow(old, new):
        return momentum * old + (1 - momentum) * new

    both = [np.stack([z.mean(1, keepdims=True), z.var(1, keepdims=True)]) for z in batches]
    return tuple(reduce(follow, both))


@right("batch_norm_at_test_time.running_statistics")
def running_recursive(batches, momentum):
    own = batches[-1].mean(1, keepdims=True), batches[-1].var(1, keepdims=True)
    if len(batches) == 1:
        return own
    before = running_recursive(batches[:-1], momentum)
    return [momentum * a + (1 - momentum) * b for a, b in zip(before, own, strict=True)]


@right("batch_norm_at_test_time.running_statistics")
def running_loop(batches, momentum):
    units = len(batches[0])
    mean, variance = np.zeros((units, 1)), np.zeros((units, 1))
    for t, z in enumerate(batches):
        keep = momentum if t else 0
        for i in range(units):
            mu = sum(z[i]) / len(z[i])
            sigma2 = sum((x - mu) ** 2 for x in z[i]) / len(z[i])
            mean[i] = keep * mean[i] + (1 - keep) * mu
            variance[i] = keep * variance[i] + (1 - keep) * sigma2
    return mean, variance


@right("batch_norm_at_test_time.running_statistics")
def running_in_place_on_own_arrays(batches, momentum):
    mean = np.mean(batches[0], axis=1)[:, np.newaxis]
    variance = np.var(batches[0], axis=1)[:, np.newaxis]
    for z in batches[1:]:
        mean *= momentum
        mean += (1 - momentum) * np.mean(z, axis=1)[:, np.newaxis]
        variance *= momentum
        variance += (1 - momentum) * np.var(z, axis=1)[:, np.newaxis]
    return mean, variance


def averaged(statistics, momentum, start=None):
    """Follow a list of statistics, from `start` or from the first of them."""
    now, rest = (statistics[0], statistics[1:]) if start is None else (start, statistics)
    for one in rest:
        now = momentum * now + (1 - momentum) * one
    return now


def means(batches):
    return [z.mean(axis=1, keepdims=True) for z in batches]


def variances(batches, ddof=0):
    return [z.var(axis=1, keepdims=True, ddof=ddof) for z in batches]


@wrong(
    "batch_norm_at_test_time.running_statistics",
    "momentum the wrong way round",
    named="momentum-the-wrong-way-round",
)
def running_wrong_way_round(batches, momentum):
    return running_pairs(batches, 1 - momentum)


@wrong("batch_norm_at_test_time.running_statistics", "starts at 0 and 1", named="starts-from-zero")
def running_zero_and_one(batches, momentum):
    mean = averaged(means(batches), momentum, 0.0)
    return mean, averaged(variances(batches), momentum, 1.0)


@wrong("batch_norm_at_test_time.running_statistics", "starts at 0", named="starts-from-zero")
def running_zero(batches, momentum):
    mean = averaged(means(batches), momentum, 0.0)
    return mean, averaged(variances(batches), momentum, 0.0)


@wrong(
    "batch_norm_at_test_time.running_statistics",
    "starts at 0, corrected for it",
    named="bias-corrected",
)
def running_corrected(batches, momentum):
    mean, variance = running_zero(batches, momentum)
    correction = 1 - momentum ** len(batches)
    return mean / correction, variance / correction


@wrong("batch_norm_at_test_time.running_statistics", "unbiased variance", named="unbiased")
def running_unbiased(batches, momentum):
    return averaged(means(batches), momentum), averaged(variances(batches, 1), momentum)


@wrong(
    "batch_norm_at_test_time.running_statistics",
    "spreads, not variances",
    named="standard-deviation",
)
def running_spreads(batches, momentum):
    spreads = [np.sqrt(one) for one in variances(batches)]
    return averaged(means(batches), momentum), averaged(spreads, momentum)


@wrong(
    "batch_norm_at_test_time.running_statistics",
    "spreads averaged, then squared",
    named="standard-deviation",
)
def running_squared_spreads(batches, momentum):
    mean, spread = running_spreads(batches, momentum)
    return mean, spread**2


@wrong("batch_norm_at_test_time.running_statistics", "the last batch's own", named="only-the-last")
def running_last(batches, momentum):
    return means(batches)[-1], variances(batches)[-1]


@wrong(
    "batch_norm_at_test_time.running_statistics", "the first batch's own", named="only-the-first"
)
def running_first(batches, momentum):
    return means(batches)[0], variances(batches)[0]


@wrong(
    "batch_norm_at_test_time.running_statistics", "plain mean of the batches", named="plain-mean"
)
def running_plain_mean(batches, momentum):
    return np.mean(means(batches), axis=0), np.mean(variances(batches), axis=0)


@wrong(
    "batch_norm_at_test_time.running_statistics",
    "statistics of all examples together",
    named="all-together",
)
def running_pooled(batches, momentum):
    z = np.hstack(batches)
    return z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True)


@wrong(
    "batch_norm_at_test_time.running_statistics",
    "the last batch is left out",
    named="last-left-out",
)
def running_last_left_out(batches, momentum):
    return running_pairs(batches[:-1] or batches, momentum)


@wrong(
    "batch_norm_at_test_time.running_statistics",
    "the second batch is left out",
    named="second-left-out",
)
def running_second_left_out(batches, momentum):
    return running_pairs([batches[0], *batches[2:]], momentum)


@wrong("batch_norm_at_test_time.running_statistics", "last batch first", named="backwards")
def running_backwards(batches, momentum):
    return running_pairs(batches[::-1], momentum)


@wrong(
    "batch_norm_at_test_time.running_statistics",
    "the variance about the running mean",
    named="around-the-running-mean",
)
def running_about_running_mean(batches, momentum):
    mean, variance = running_first(batches, momentum)
    for z in batches[1:]:
        mean = momentum * mean + (1 - momentum) * z.mean(1, keepdims=True)
        sigma2 = ((z - mean) ** 2).mean(1, keepdims=True)
        variance = momentum * variance + (1 - momentum) * sigma2
    return mean, variance


@wrong(
    "batch_norm_at_test_time.running_statistics",
    "variance as mean of z² minus squared running mean",
    named="of-squares",
)
def running_of_squares(batches, momentum):
    mean = averaged(means(batches), momentum)
    power = averaged(means([z**2 for z in batches]), momentum)
    return mean, power - mean**2


@wrong(
    "batch_norm_at_test_time.running_statistics",
    "the mean follows, the variance is the last",
    named="only-the-mean",
)
def running_variance_not_averaged(batches, momentum):
    return averaged(means(batches), momentum), variances(batches)[-1]


@wrong(
    "batch_norm_at_test_time.running_statistics",
    "the variance follows, the mean is the last",
    named="only-the-variance",
)
def running_mean_not_averaged(batches, momentum):
    return means(batches)[-1], averaged(variances(batches), momentum)


@wrong("batch_norm_at_test_time.running_statistics", "momentum is always 0.9", named="own-momentum")
def running_fixed_momentum(batches, momentum):
    return running_pairs(batches, 0.9)


@wrong("batch_norm_at_test_time.running_statistics", "variance and mean exchanged", named="swapped")
def running_exchanged(batches, momentum):
    return running_pairs(batches, momentum)[::-1]


@wrong("batch_norm_at_test_time.running_statistics", "one dimension", named="missing-keepdims")
def running_flat(batches, momentum):
    mean, variance = running_pairs(batches, momentum)
    return mean.ravel(), variance.ravel()


@wrong(
    "batch_norm_at_test_time.running_statistics",
    "one number for all units",
    named="one-number-for-all",
)
def running_all_units(batches, momentum):
    mean = averaged([z.mean() for z in batches], momentum)
    variance = averaged([z.var() for z in batches], momentum)
    return np.full((len(batches[0]), 1), mean), np.full((len(batches[0]), 1), variance)


@wrong(
    "batch_norm_at_test_time.running_statistics",
    "weighted by the size of the batches, too",
    named="weighted-by-size",
)
def running_weighted_by_size(batches, momentum):
    mean, variance = running_first(batches, momentum)
    seen = batches[0].shape[1]
    for z in batches[1:]:
        keep = momentum * seen / (momentum * seen + (1 - momentum) * z.shape[1])
        mean = keep * mean + (1 - keep) * z.mean(1, keepdims=True)
        variance = keep * variance + (1 - keep) * z.var(1, keepdims=True)
    return mean, variance


@wrong(
    "batch_norm_at_test_time.running_statistics",
    "divided by the first batch's m: sizes may differ",
    named="first-size",
)
def running_first_size(batches, momentum):
    m = batches[0].shape[1]
    mean, variance = running_first(batches, momentum)
    for z in batches[1:]:
        mu = z.sum(1, keepdims=True) / m
        mean = momentum * mean + (1 - momentum) * mu
        sigma2 = ((z - mu) ** 2).sum(1, keepdims=True) / m
        variance = momentum * variance + (1 - momentum) * sigma2
    return mean, variance


@wrong(
    "batch_norm_at_test_time.running_statistics",
    "added up: the old keeps its full weight",
    named="shares-not-1",
)
def running_old_in_full(batches, momentum):
    mean, variance = running_first(batches, momentum)
    for z in batches[1:]:
        mean = mean + (1 - momentum) * z.mean(1, keepdims=True)
        variance = variance + (1 - momentum) * z.var(1, keepdims=True)
    return mean, variance


@wrong("batch_norm_at_test_time.running_statistics", "no brackets: 1 - k * new", named="brackets")
def running_statistics_no_brackets(batches, momentum):
    mean = batches[0].mean(axis=1, keepdims=True)
    variance = batches[0].var(axis=1, keepdims=True)
    for z in batches[1:]:
        mean = momentum * mean + 1 - momentum * z.mean(axis=1, keepdims=True)
        variance = momentum * variance + 1 - momentum * z.var(axis=1, keepdims=True)
    return mean, variance


@wrong("batch_norm_at_test_time.running_statistics", "the new in full weight", named="shares-not-1")
def running_new_in_full(batches, momentum):
    mean, variance = running_first(batches, momentum)
    for z in batches[1:]:
        mean = momentum * mean + z.mean(1, keepdims=True)
        variance = momentum * variance + z.var(1, keepdims=True)
    return mean, variance


@wrong(
    "batch_norm_at_test_time.running_statistics",
    "a half of each, whatever momentum is",
    named="own-momentum",
)
def running_halves(batches, momentum):
    return running_pairs(batches, 0.5)


@wrong(
    "batch_norm_at_test_time.running_statistics",
    "returns all averages on the way",
    named="every-average",
)
def running_history(batches, momentum):
    ways = [running_pairs(batches[: t + 1], momentum) for t in range(len(batches))]
    return [mean for mean, _ in ways], [variance for _, variance in ways]


@wrong(
    "batch_norm_at_test_time.running_statistics",
    "takes the caller's first batch out of the list",
    named="changes-its-input",
)
def running_pops(batches, momentum):
    first = batches.pop(0)
    return running_pairs([first, *batches], momentum)


@wrong(
    "batch_norm_at_test_time.running_statistics",
    "takes the mean off the caller's batches",
    named="changes-its-input",
)
def running_changes_batches(batches, momentum):
    result = running_pairs([z.copy() for z in batches], momentum)
    for z in batches:
        z -= z.mean(axis=1, keepdims=True)
    return result


@wrong(
    "batch_norm_at_test_time.running_statistics",
    "wrong way round, unbiased",
    named={"momentum-the-wrong-way-round", "unbiased"},
)
def running_two_mistakes(batches, momentum):
    keep = 1 - momentum
    return averaged(means(batches), keep), averaged(variances(batches, 1), keep)


@wrong(
    "batch_norm_at_test_time.running_statistics",
    "starts at 0 and 1, and exchanged",
    named={"starts-from-zero", "swapped"},
)
def running_two_others(batches, momentum):
    return running_zero_and_one(batches, momentum)[::-1]


@wrong(
    "batch_norm_at_test_time.running_statistics",
    "the average made unbiased at the end, as in Algorithm 2",
    named="unbiased",
)
def running_as_in_the_paper(batches, momentum):
    m = batches[-1].shape[1]
    return averaged(means(batches), momentum), averaged(variances(batches), momentum) * m / (m - 1)


@wrong("batch_norm_at_test_time.running_statistics", "only the mean", named="wrong-count")
def running_only_mean(batches, momentum):
    return averaged(means(batches), momentum)


@wrong(
    "batch_norm_at_test_time.running_statistics",
    "unbiased variance for all batches but the first",
    named="unbiased",
)
def running_unbiased_later(batches, momentum):
    first, *later = variances(batches[:1]) + variances(batches[1:], 1)
    return averaged(means(batches), momentum), averaged([first, *later], momentum)


@wrong(
    "batch_norm_at_test_time.running_statistics",
    "the first and the last batch only",
    named="first-and-last",
)
def running_first_and_last(batches, momentum):
    return running_pairs([batches[0], batches[-1]], momentum)


@wrong("batch_norm_at_test_time.running_statistics", "needs a second batch", named="needs-two")
def running_needs_two(batches, momentum):
    mean = momentum * means(batches)[0] + (1 - momentum) * means(batches)[1]
    variance = momentum * variances(batches)[0] + (1 - momentum) * variances(batches)[1]
    return averaged(means(batches)[2:], momentum, mean), averaged(
        variances(batches)[2:], momentum, variance
    )


@wrong(
    "batch_norm_at_test_time.running_statistics",
    "np.stack of batches: m must not differ",
    named="equal-sizes",
)
def running_stacked(batches, momentum):
    z = np.stack(batches)
    mean = averaged(list(z.mean(axis=2, keepdims=True)), momentum)
    return mean, averaged(list(z.var(axis=2, keepdims=True)), momentum)


# batch_norm_at_test_time.mode_mistakes


def a(network, X):
    return np.hstack([network.predict(x[:, None]) for x in X.T])


def b(network, X):
    kept = network.statistics.copy()
    z = network.forward(X)
    network.statistics[:] = kept
    return softmax.softmax(z)


def c(network, X):
    network.forward(X)
    return network.predict(X)


def d(network, X):
    return softmax.softmax(network.inference(X))


@cache
def inputs():
    return np.random.default_rng(0).normal(size=(5, 40)) + 1


def named(mistaken):
    """Return what the notebook hands over, with these names."""
    network = Network([5, 6, 3], np.random.default_rng(1), batch_norm=True)
    for _ in range(20):
        network.forward(inputs())
    return mistaken, {"a": a, "b": b, "c": c, "d": d}, network, inputs()[:, :10]


@right("batch_norm_at_test_time.mode_mistakes", call=True)
def modes_b_and_c():
    return named(["b", "c"])


@right("batch_norm_at_test_time.mode_mistakes", call=True)
def modes_c_and_b():
    return named(["c", "b"])


@right("batch_norm_at_test_time.mode_mistakes", call=True)
def modes_tuple():
    return named(("b", "c"))


@right("batch_norm_at_test_time.mode_mistakes", call=True)
def modes_set():
    return named({"b", "c"})


@right("batch_norm_at_test_time.mode_mistakes", call=True)
def modes_array():
    return named(np.array(["b", "c"]))


@right("batch_norm_at_test_time.mode_mistakes", call=True)
def modes_collected():
    return named([name for name in "abcd" if name in "bc"])


@wrong("batch_norm_at_test_time.mode_mistakes", "nobody", named="still-the-stub", call=True)
def modes_nobody():
    return named([])


@wrong("batch_norm_at_test_time.mode_mistakes", "all", named="accused", call=True)
def modes_all():
    return named(["a", "b", "c", "d"])


@wrong(
    "batch_norm_at_test_time.mode_mistakes",
    "b only: c changes the statistics",
    named="missed-changed",
    call=True,
)
def modes_b_only():
    return named(["b"])


@wrong(
    "batch_norm_at_test_time.mode_mistakes",
    "c only: b answers by the company",
    named="missed-company",
    call=True,
)
def modes_c_only():
    return named(["c"])


@wrong("batch_norm_at_test_time.mode_mistakes", "the sound ones", named="accused", call=True)
def modes_sound_ones():
    return named(["a", "d"])


@wrong(
    "batch_norm_at_test_time.mode_mistakes", "a, which looks roundabout", named="accused", call=True
)
def modes_a_only():
    return named(["a"])


@wrong(
    "batch_norm_at_test_time.mode_mistakes", "d, which has no predict", named="accused", call=True
)
def modes_d_only():
    return named(["d"])


@wrong("batch_norm_at_test_time.mode_mistakes", "a and b", named="accused", call=True)
def modes_a_and_b():
    return named(["a", "b"])


@wrong("batch_norm_at_test_time.mode_mistakes", "b and d", named="accused", call=True)
def modes_b_and_d():
    return named(["b", "d"])


@wrong("batch_norm_at_test_time.mode_mistakes", "one too many: d", named="accused", call=True)
def modes_b_c_d():
    return named(["b", "c", "d"])


@wrong("batch_norm_at_test_time.mode_mistakes", "one too many: a", named="accused", call=True)
def modes_a_b_c():
    return named(["a", "b", "c"])


@wrong("batch_norm_at_test_time.mode_mistakes", "c and d", named="accused", call=True)
def modes_c_and_d():
    return named(["c", "d"])


@wrong("batch_norm_at_test_time.mode_mistakes", "a and c", named="accused", call=True)
def modes_a_and_c():
    return named(["a", "c"])


@wrong(
    "batch_norm_at_test_time.mode_mistakes",
    "a name that is none of the ways",
    named="no-such-way",
    call=True,
)
def modes_e():
    return named(["b", "e"])


@wrong("batch_norm_at_test_time.mode_mistakes", "capital letters", named="no-such-way", call=True)
def modes_capitals():
    return named(["B", "C"])


@wrong("batch_norm_at_test_time.mode_mistakes", "their numbers", named="no-such-way", call=True)
def modes_numbers():
    return named([1, 2])


@wrong("batch_norm_at_test_time.mode_mistakes", "nothing at all", named="not-a-list", call=True)
def modes_none():
    return named(None)


@wrong("batch_norm_at_test_time.mode_mistakes", "the dict of all ways", named="accused", call=True)
def modes_dict():
    return named({"a": a, "b": b, "c": c, "d": d})


@wrong("batch_norm_at_test_time.running_statistics", "returns inside the loop", named="only-two")
def running_returns_too_early(batches, momentum):
    mean, variance = means(batches)[0], variances(batches)[0]
    for z in batches[1:]:
        mean = momentum * mean + (1 - momentum) * z.mean(1, keepdims=True)
        variance = momentum * variance + (1 - momentum) * z.var(1, keepdims=True)
        return mean, variance
    return mean, variance


@wrong(
    "batch_norm_at_test_time.running_statistics",
    "the variance stays at 1",
    named="variance-untouched",
)
def running_variance_stays(batches, momentum):
    return averaged(means(batches), momentum), np.ones((len(batches[0]), 1))


@wrong("batch_norm_at_test_time.running_statistics", "in one array", named="wrong-count")
def running_side_by_side(batches, momentum):
    return np.hstack(running_pairs(batches, momentum))


@wrong(
    "batch_norm_at_test_time.inference", "epsilon after the division", named="epsilon-not-divided"
)
def inference_epsilon_after_division(z, gamma, beta, mean, variance, epsilon):
    return gamma * (z - mean) / np.sqrt(variance) + epsilon + beta


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


@wrong("batch_norm_at_test_time.inference", "gamma and beta left out", named="no-gamma-beta")
def normed_only(z, gamma, beta, mean, variance, epsilon):
    return (z - mean) / np.sqrt(variance + epsilon)


@wrong("batch_norm_at_test_time.inference", "precedence", named="only-the-mean-divided")
def forgotten_brackets(z, gamma, beta, mean, variance, epsilon):
    return gamma * z - mean / np.sqrt(variance + epsilon) + beta


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
def running_unbiased_too(batches, momentum):
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


# In a line each


def followed(batches, momentum, of):
    """Return the running average of one statistic, as it should be."""
    now = of(batches[0])
    for z in batches[1:]:
        now = momentum * now + (1 - momentum) * of(z)
    return now


def mean_of(z):
    return z.mean(**K)


def variance_of(z):
    return z.var(**K)


def around(batches, momentum):
    mean, variance = stats(batches[0])
    for z in batches[1:]:
        variance = momentum * variance + (1 - momentum) * ((z - mean) ** 2).mean(**K)
        mean = momentum * mean + (1 - momentum) * z.mean(**K)
    return mean, variance


def total_variance(batches, momentum):
    mean, variance = stats(batches[0])
    for z in batches[1:]:
        apart = momentum * (1 - momentum) * (z.mean(**K) - mean) ** 2
        variance = momentum * variance + (1 - momentum) * z.var(**K) + apart
        mean = momentum * mean + (1 - momentum) * z.mean(**K)
    return mean, variance


def fed_back(batches, momentum):
    mean = variance = 0
    for t, z in enumerate(batches, 1):
        mean = (momentum * mean + (1 - momentum) * z.mean(**K)) / (1 - momentum**t)
        variance = (momentum * variance + (1 - momentum) * z.var(**K)) / (1 - momentum**t)
    return mean, variance


def without_keepdims(batches, momentum):
    mean, variance = np.zeros((len(batches[0]), 1)), np.ones((len(batches[0]), 1))
    for z in batches:
        mean = momentum * mean + (1 - momentum) * z.mean(axis=1)
        variance = momentum * variance + (1 - momentum) * z.var(axis=1)
    return mean, variance


def keepdims_at_first(batches, momentum):
    mean, variance = stats(batches[0])
    for z in batches[1:]:
        mean = momentum * mean + (1 - momentum) * z.mean(axis=1)
        variance = momentum * variance + (1 - momentum) * z.var(axis=1)
    return mean, variance


def by_units(z):
    return z.sum(**K) / len(z)


def normalised_weights(batches, momentum):
    weights = momentum ** np.arange(len(batches))[::-1]
    return tuple(
        sum(w * f(z) for w, z in zip(weights, batches, strict=True)) / weights.sum()
        for f in (mean_of, variance_of)
    )


def two_of(batches, k, f):
    return k * f(batches[-2]) + (1 - k) * f(batches[-1]) if len(batches) > 1 else f(batches[0])


wrong_ones(
    "batch_norm_at_test_time.running_statistics",
    [
        ("around-the-running-mean", around),
        ("of-squares", total_variance),
        ("correction-fed-back", fed_back),
        ("bias-corrected", normalised_weights),
        ("missing-keepdims", without_keepdims),
        ("missing-keepdims", keepdims_at_first),
        ("mean-twice", lambda b, k: (followed(b, k, mean_of),) * 2),
        ("variance-twice", lambda b, k: (followed(b, k, variance_of),) * 2),
        ("all-together", lambda b, k: (followed(b, k, mean_of), np.hstack(b).var(**K))),
        (
            "divided-by-units",
            lambda b, k: (followed(b, k, by_units), followed(b, k, variance_of)),
        ),
        (
            "sum",
            lambda b, k: (followed(b, k, lambda z: z.sum(**K)), followed(b, k, variance_of)),
        ),
        ("only-the-last-two", lambda b, k: tuple(two_of(b, k, f) for f in (mean_of, variance_of))),
        (
            "every-average",
            lambda b, k: [running(b[: t + 1], k) for t in range(len(b))],
        ),
    ],
)
right_ones(
    "batch_norm_at_test_time.running_statistics",
    [
        lambda b, k: reduce(
            lambda now, z: tuple(
                k * a + (1 - k) * new for a, new in zip(now, stats(z), strict=True)
            ),
            b[1:],
            stats(b[0]),
        ),
        lambda b, k: np.array(running(b, k), dtype=np.float32),
    ],
)
wrong_ones(
    "batch_norm_at_test_time.inference",
    [
        ("epsilon-as-a-floor", lambda z, g, b, m, v, e: g * (z - m) / np.maximum(v**0.5, e) + b),
        ("epsilon-as-a-floor", lambda z, g, b, m, v, e: g * (z - m) / np.maximum(v, e) ** 0.5 + b),
        ("brackets-of-the-power", lambda z, g, b, m, v, e: g * ((z - m) / (v + e) ** 1 / 2) + b),
        ("brackets-of-the-power", lambda z, g, b, m, v, e: g * (z - m) / (v**1 / 2 + e) + b),
        ("activation-too", lambda z, *rest: np.maximum(inference_short(z, *rest), 0)),
        ("gamma-times-z", lambda z, g, b, m, v, e: (g * z - m) / np.sqrt(v + e) + b),
        ("ignored", lambda z, g, b, m, v, e: b * z + (1 - b) * m),
    ],
)
right_ones(
    "batch_norm_at_test_time.inference",
    [
        lambda z, g, b, m, v, e: np.einsum("i,ij->ij", (g / np.sqrt(v + e))[:, 0], z - m) + b,
        lambda z, g, b, m, v, e: inference_short(*map(np.float32, (z, g, b, m, v, e))),
    ],
)


@right("batch_norm_at_test_time.mode_mistakes", call=True)
def modes_marked():
    return named({"a": False, "b": True, "c": True, "d": False})


@wrong("batch_norm_at_test_time.mode_mistakes", "one text", named="not-a-list", call=True)
def modes_in_one_text():
    return named("b, c")


@wrong("batch_norm_at_test_time.mode_mistakes", "a list in it", named="no-such-way", call=True)
def modes_in_a_list_in_a_list():
    return named([["b", "c"]])


@wrong("batch_norm_at_test_time.inference", "gamma z + beta", named="z-for-z-norm")
def inference_without_statistics(z, gamma, beta, mean, variance, epsilon):
    return gamma * z + beta


@wrong("batch_norm_at_test_time.running_statistics", "as PyTorch", named="as-pytorch-does-it")
def running_as_pytorch(batches, momentum):
    mean, variance = np.zeros((len(batches[0]), 1)), np.ones((len(batches[0]), 1))
    for z in batches:
        mean += momentum * (z.mean(axis=1, keepdims=True) - mean)
        variance += momentum * (z.var(axis=1, ddof=1, keepdims=True) - variance)
    return mean, variance


@wrong(
    "batch_norm_at_test_time.running_statistics",
    "a line copied, the old mean left in it",
    named="mean-in-the-variance",
)
def running_copied_line(batches, momentum):
    mean = batches[0].mean(axis=1, keepdims=True)
    variance = batches[0].var(axis=1, keepdims=True)
    for z in batches[1:]:
        mean = momentum * mean + (1 - momentum) * z.mean(axis=1, keepdims=True)
        variance = momentum * mean + (1 - momentum) * z.var(axis=1, keepdims=True)
    return mean, variance


@wrong(
    "batch_norm_at_test_time.running_statistics",
    "a line copied, the new mean left in it",
    named="mean-in-the-variance",
)
def running_copied_call(batches, momentum):
    mean = batches[0].mean(axis=1, keepdims=True)
    variance = batches[0].var(axis=1, keepdims=True)
    for z in batches[1:]:
        mean = momentum * mean + (1 - momentum) * z.mean(axis=1, keepdims=True)
        variance = momentum * variance + (1 - momentum) * z.mean(axis=1, keepdims=True)
    return mean, variance
