"""Answers about PyTorch's settings, written from the exercises' texts alone."""

from tests.checks.bank import right, wrong


@wrong("frameworks_side_by_side.pytorch_settings", "alpha as it is")
def alpha_as_it_is(alpha, beta, lambda_, m):
    return alpha, beta, lambda_ / m


@wrong("frameworks_side_by_side.pytorch_settings", "alpha over 1 − beta")
def alpha_over(alpha, beta, lambda_, m):
    return alpha / (1 - beta), beta, lambda_ / m


@wrong("frameworks_side_by_side.pytorch_settings", "alpha times beta")
def alpha_times_beta(alpha, beta, lambda_, m):
    return alpha * beta, beta, lambda_ / m


@wrong("frameworks_side_by_side.pytorch_settings", "1 − beta as momentum")
def one_minus_beta(alpha, beta, lambda_, m):
    return alpha * (1 - beta), 1 - beta, lambda_ / m


@wrong("frameworks_side_by_side.pytorch_settings", "lambda as it is")
def lambda_as_it_is(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, lambda_


@wrong("frameworks_side_by_side.pytorch_settings", "lambda over 2m")
def lambda_over_2m(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, lambda_ / (2 * m)


@wrong("frameworks_side_by_side.pytorch_settings", "two times lambda over m")
def two_lambda(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, 2 * lambda_ / m


@wrong("frameworks_side_by_side.pytorch_settings", "lambda times m")
def lambda_times_m(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, lambda_ * m


@wrong("frameworks_side_by_side.pytorch_settings", "weight decay scaled, too")
def decay_scaled(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, lambda_ / m * (1 - beta)


@wrong("frameworks_side_by_side.pytorch_settings", "weight decay times alpha")
def decay_times_alpha(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, alpha * lambda_ / m


@wrong("frameworks_side_by_side.pytorch_settings", "nothing translated")
def nothing_translated(alpha, beta, lambda_, m):
    return alpha, beta, lambda_


@wrong("frameworks_side_by_side.pytorch_settings", "precedence: alpha * 1 - beta")
def brackets_forgotten(alpha, beta, lambda_, m):
    return alpha * 1 - beta, beta, lambda_ / m


@wrong("frameworks_side_by_side.pytorch_settings", "precedence: lambda / 2 * m")
def half_times_m(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, lambda_ / 2 * m


@wrong("frameworks_side_by_side.pytorch_settings", "order: momentum first")
def momentum_first(alpha, beta, lambda_, m):
    return beta, alpha * (1 - beta), lambda_ / m


@wrong("frameworks_side_by_side.pytorch_settings", "whole division")
def whole_division(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, lambda_ // m


@wrong("frameworks_side_by_side.pytorch_settings", "always 0.9")
def always_nine_tenths(alpha, beta, lambda_, m):
    return alpha * 0.1, 0.9, lambda_ / m


@wrong("frameworks_side_by_side.pytorch_settings", "two settings only")
def two_settings(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta


@wrong("frameworks_side_by_side.pytorch_settings", "wrong way and over 2m")
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


@wrong("frameworks_side_by_side.running_variance", "momentum is the share of the old")
def share_of_old(old, variance, m, momentum):
    return momentum * old + (1 - momentum) * variance * m / (m - 1)


@wrong("frameworks_side_by_side.running_variance", "biased")
def biased(old, variance, m, momentum):
    return (1 - momentum) * old + momentum * variance


@wrong("frameworks_side_by_side.running_variance", "both")
def both(old, variance, m, momentum):
    return momentum * old + (1 - momentum) * variance


@wrong("frameworks_side_by_side.running_variance", "m − 1 over m")
def other_way_round(old, variance, m, momentum):
    return (1 - momentum) * old + momentum * variance * (m - 1) / m


@wrong("frameworks_side_by_side.running_variance", "precedence: * m / m − 1")
def precedence(old, variance, m, momentum):
    return (1 - momentum) * old + momentum * variance * m / m - 1


@wrong("frameworks_side_by_side.running_variance", "the old corrected, too")
def old_corrected(old, variance, m, momentum):
    return ((1 - momentum) * old + momentum * variance) * m / (m - 1)


@wrong("frameworks_side_by_side.running_variance", "only over m − 1")
def over_m_minus_one(old, variance, m, momentum):
    return (1 - momentum) * old + momentum * variance / (m - 1)


@wrong("frameworks_side_by_side.running_variance", "new only")
def new_only(old, variance, m, momentum):
    return variance * m / (m - 1)


@wrong("frameworks_side_by_side.running_variance", "m + 1")
def m_plus_one(old, variance, m, momentum):
    return (1 - momentum) * old + momentum * variance * (m + 1) / m


@wrong("frameworks_side_by_side.running_variance", "old not weighted")
def old_not_weighted(old, variance, m, momentum):
    return old + momentum * variance * m / (m - 1)


@wrong("frameworks_side_by_side.running_variance", "new not weighted")
def new_not_weighted(old, variance, m, momentum):
    return (1 - momentum) * old + variance * m / (m - 1)


@wrong("frameworks_side_by_side.running_variance", "the old alone corrected")
def wrong_one_corrected(old, variance, m, momentum):
    return (1 - momentum) * old * m / (m - 1) + momentum * variance


@wrong("frameworks_side_by_side.running_variance", "momentum 0.1 always")
def always_a_tenth(old, variance, m, momentum):
    return 0.9 * old + 0.1 * variance * m / (m - 1)


@wrong("frameworks_side_by_side.running_variance", "old and new exchanged: corrected old")
def exchanged_arguments(old, variance, m, momentum):
    return (1 - momentum) * variance + momentum * old * m / (m - 1)


@wrong("frameworks_side_by_side.running_variance", "root of the correction")
def root_of_correction(old, variance, m, momentum):
    return (1 - momentum) * old + momentum * variance * (m / (m - 1)) ** 0.5


@wrong("frameworks_side_by_side.running_variance", "old in place")
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
