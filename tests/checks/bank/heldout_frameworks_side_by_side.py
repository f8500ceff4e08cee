"""Answers about PyTorch's settings, written from the exercises' texts alone."""

from tests.checks.bank import right, wrong


@wrong("frameworks_side_by_side.pytorch_settings", "alpha as it is", named="alpha-as-it-is")
def alpha_as_it_is(alpha, beta, lambda_, m):
    return alpha, beta, lambda_ / m


@wrong("frameworks_side_by_side.pytorch_settings", "alpha over 1 − beta", named="alpha-divided")
def alpha_over(alpha, beta, lambda_, m):
    return alpha / (1 - beta), beta, lambda_ / m


@wrong("frameworks_side_by_side.pytorch_settings", "alpha times beta", named="alpha-times-beta")
def alpha_times_beta(alpha, beta, lambda_, m):
    return alpha * beta, beta, lambda_ / m


@wrong(
    "frameworks_side_by_side.pytorch_settings",
    "1 − beta as momentum",
    named="momentum-turned-round",
)
def one_minus_beta(alpha, beta, lambda_, m):
    return alpha * (1 - beta), 1 - beta, lambda_ / m


@wrong("frameworks_side_by_side.pytorch_settings", "lambda as it is", named="decay-not-divided")
def lambda_as_it_is(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, lambda_


@wrong("frameworks_side_by_side.pytorch_settings", "lambda over 2m", named="decay-halved")
def lambda_over_2m(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, lambda_ / (2 * m)


@wrong("frameworks_side_by_side.pytorch_settings", "two times lambda over m", named="decay-doubled")
def two_lambda(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, 2 * lambda_ / m


@wrong("frameworks_side_by_side.pytorch_settings", "lambda times m", named="decay-times-m")
def lambda_times_m(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, lambda_ * m


@wrong(
    "frameworks_side_by_side.pytorch_settings", "weight decay scaled, too", named="decay-with-beta"
)
def decay_scaled(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, lambda_ / m * (1 - beta)


@wrong(
    "frameworks_side_by_side.pytorch_settings",
    "weight decay times alpha",
    named="decay-times-alpha",
)
def decay_times_alpha(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, alpha * lambda_ / m


@wrong(
    "frameworks_side_by_side.pytorch_settings",
    "nothing translated",
    named={"alpha-as-it-is", "decay-not-divided"},
)
def nothing_translated(alpha, beta, lambda_, m):
    return alpha, beta, lambda_


@wrong(
    "frameworks_side_by_side.pytorch_settings",
    "precedence: alpha * 1 - beta",
    named="beta-taken-off",
)
def brackets_forgotten(alpha, beta, lambda_, m):
    return alpha * 1 - beta, beta, lambda_ / m


@wrong(
    "frameworks_side_by_side.pytorch_settings", "precedence: lambda / 2 * m", named="decay-brackets"
)
def half_times_m(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, lambda_ / 2 * m


@wrong("frameworks_side_by_side.pytorch_settings", "order: momentum first", named="other-order")
def momentum_first(alpha, beta, lambda_, m):
    return beta, alpha * (1 - beta), lambda_ / m


@wrong("frameworks_side_by_side.pytorch_settings", "whole division", named="decay-rounded")
def whole_division(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, lambda_ // m


@wrong("frameworks_side_by_side.pytorch_settings", "always 0.9", named="fixed-numbers")
def always_nine_tenths(alpha, beta, lambda_, m):
    return alpha * 0.1, 0.9, lambda_ / m


@wrong("frameworks_side_by_side.pytorch_settings", "two settings only", named="wrong-count")
def two_settings(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta


@wrong(
    "frameworks_side_by_side.pytorch_settings",
    "wrong way and over 2m",
    named={"alpha-divided", "decay-halved"},
)
def two_at_once(alpha, beta, lambda_, m):
    return alpha / (1 - beta), beta, lambda_ / (2 * m)


@right("frameworks_side_by_side.pytorch_settings")
def as_a_list(alpha, beta, lambda_, m):
    return [alpha - alpha * beta, beta, lambda_ / m]


@right("frameworks_side_by_side.pytorch_settings")
def by_names(alpha, beta, lambda_, m):
    decay = lambda_ / (2 * m) * 2
    lr = alpha * (1.0 - beta)
    return lr, float(beta), decay


@wrong(
    "frameworks_side_by_side.running_variance",
    "momentum is the share of the old",
    named="keeps-momentum",
)
def share_of_old(old, variance, m, momentum):
    return momentum * old + (1 - momentum) * variance * m / (m - 1)


@wrong("frameworks_side_by_side.running_variance", "biased", named="biased")
def biased(old, variance, m, momentum):
    return (1 - momentum) * old + momentum * variance


@wrong("frameworks_side_by_side.running_variance", "both", named="our-convention")
def both(old, variance, m, momentum):
    return momentum * old + (1 - momentum) * variance


@wrong("frameworks_side_by_side.running_variance", "m − 1 over m", named="corrected-the-wrong-way")
def other_way_round(old, variance, m, momentum):
    return (1 - momentum) * old + momentum * variance * (m - 1) / m


@wrong("frameworks_side_by_side.running_variance", "precedence: * m / m − 1", named="precedence")
def precedence(old, variance, m, momentum):
    return (1 - momentum) * old + momentum * variance * m / m - 1


@wrong(
    "frameworks_side_by_side.running_variance", "the old corrected, too", named="corrected-twice"
)
def old_corrected(old, variance, m, momentum):
    return ((1 - momentum) * old + momentum * variance) * m / (m - 1)


@wrong("frameworks_side_by_side.running_variance", "only over m − 1", named="not-multiplied")
def over_m_minus_one(old, variance, m, momentum):
    return (1 - momentum) * old + momentum * variance / (m - 1)


@wrong("frameworks_side_by_side.running_variance", "new only", named="only-the-new")
def new_only(old, variance, m, momentum):
    return variance * m / (m - 1)


@wrong("frameworks_side_by_side.running_variance", "m + 1", named="other-correction")
def m_plus_one(old, variance, m, momentum):
    return (1 - momentum) * old + momentum * variance * (m + 1) / m


@wrong("frameworks_side_by_side.running_variance", "old not weighted", named="shares-not-1")
def old_not_weighted(old, variance, m, momentum):
    return old + momentum * variance * m / (m - 1)


@wrong("frameworks_side_by_side.running_variance", "new not weighted", named="shares-not-1")
def new_not_weighted(old, variance, m, momentum):
    return (1 - momentum) * old + variance * m / (m - 1)


@wrong(
    "frameworks_side_by_side.running_variance",
    "the old alone corrected",
    named="only-the-old-corrected",
)
def wrong_one_corrected(old, variance, m, momentum):
    return (1 - momentum) * old * m / (m - 1) + momentum * variance


@wrong("frameworks_side_by_side.running_variance", "momentum 0.1 always", named="own-momentum")
def always_a_tenth(old, variance, m, momentum):
    return 0.9 * old + 0.1 * variance * m / (m - 1)


@wrong(
    "frameworks_side_by_side.running_variance",
    "old and new exchanged: corrected old",
    named="old-and-new-exchanged",
)
def exchanged_arguments(old, variance, m, momentum):
    return (1 - momentum) * variance + momentum * old * m / (m - 1)


@wrong(
    "frameworks_side_by_side.running_variance", "root of the correction", named="root-of-correction"
)
def root_of_correction(old, variance, m, momentum):
    return (1 - momentum) * old + momentum * variance * (m / (m - 1)) ** 0.5


@wrong("frameworks_side_by_side.running_variance", "old in place", named="changes-its-input")
def old_in_place(old, variance, m, momentum):
    old *= 1 - momentum
    old += momentum * variance * m / (m - 1)
    return old


@right("frameworks_side_by_side.running_variance")
def a_step_towards(old, variance, m, momentum):
    return old + momentum * (variance * m / (m - 1) - old)


@right("frameworks_side_by_side.running_variance")
def corrected_first(old, variance, m, momentum):
    unbiased = variance / (1 - 1 / m)
    return old * (1 - momentum) + unbiased * momentum
