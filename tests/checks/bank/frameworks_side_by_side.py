"""Answers to the exercises of notebook 17."""

from collections import namedtuple

import numpy as np

from tests.checks.bank import right, wrong

# frameworks_side_by_side.pytorch_settings


@right("frameworks_side_by_side.pytorch_settings")
def settings_multiplied_out(alpha, beta, lambda_, m):
    return alpha - alpha * beta, beta, lambda_ / m


@right("frameworks_side_by_side.pytorch_settings")
def settings_named(alpha, beta, lambda_, m):
    lr = (1 - beta) * alpha
    momentum = beta
    weight_decay = lambda_ * (1 / m)
    return lr, momentum, weight_decay


@right("frameworks_side_by_side.pytorch_settings")
def settings_list(alpha, beta, lambda_, m):
    return [alpha * (1.0 - beta), beta, lambda_ / m]


@right("frameworks_side_by_side.pytorch_settings")
def settings_array(alpha, beta, lambda_, m):
    return np.array([alpha * (1 - beta), beta, lambda_ / m])


@right("frameworks_side_by_side.pytorch_settings")
def settings_gradient_of_penalty(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, 2 * lambda_ / (2 * m)


@right("frameworks_side_by_side.pytorch_settings")
def settings_namedtuple(alpha, beta, lambda_, m):
    return namedtuple("SGD", "lr momentum weight_decay")(alpha * (1 - beta), beta, lambda_ / m)


@right("frameworks_side_by_side.pytorch_settings")
def settings_numpy_numbers(alpha, beta, lambda_, m):
    alpha, beta, lambda_ = (np.float64(one) for one in (alpha, beta, lambda_))
    return alpha * np.subtract(1, beta), beta, np.divide(lambda_, m)


@wrong("frameworks_side_by_side.pytorch_settings", "alpha as it is: steps 1 / (1 - beta) too long")
def settings_alpha_as_it_is(alpha, beta, lambda_, m):
    return alpha, beta, lambda_ / m


@wrong("frameworks_side_by_side.pytorch_settings", "alpha divided by 1 - beta")
def settings_alpha_divided(alpha, beta, lambda_, m):
    return alpha / (1 - beta), beta, lambda_ / m


@wrong("frameworks_side_by_side.pytorch_settings", "alpha times beta")
def settings_alpha_times_beta(alpha, beta, lambda_, m):
    return alpha * beta, beta, lambda_ / m


@wrong("frameworks_side_by_side.pytorch_settings", "alpha times 1 + beta")
def settings_one_plus_beta(alpha, beta, lambda_, m):
    return alpha * (1 + beta), beta, lambda_ / m


@wrong("frameworks_side_by_side.pytorch_settings", "1 - beta as momentum")
def settings_one_minus_beta(alpha, beta, lambda_, m):
    return alpha * (1 - beta), 1 - beta, lambda_ / m


@wrong("frameworks_side_by_side.pytorch_settings", "1 - beta as momentum, alpha times beta")
def settings_momentum_of_the_new(alpha, beta, lambda_, m):
    return alpha * beta, 1 - beta, lambda_ / m


@wrong("frameworks_side_by_side.pytorch_settings", "no momentum")
def settings_no_momentum(alpha, beta, lambda_, m):
    return alpha * (1 - beta), 0.0, lambda_ / m


@wrong("frameworks_side_by_side.pytorch_settings", "momentum always 0.9")
def settings_momentum_fixed(alpha, beta, lambda_, m):
    return alpha * 0.1, 0.9, lambda_ / m


@wrong("frameworks_side_by_side.pytorch_settings", "lambda as it is")
def settings_lambda_as_it_is(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, lambda_


@wrong("frameworks_side_by_side.pytorch_settings", "lambda / (2m): the 2 of the square forgotten")
def settings_half_lambda(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, lambda_ / (2 * m)


@wrong("frameworks_side_by_side.pytorch_settings", "precedence: lambda / 2 * m")
def settings_precedence(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, lambda_ / 2 * m


@wrong("frameworks_side_by_side.pytorch_settings", "twice lambda / m")
def settings_twice_lambda(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, 2 * lambda_ / m


@wrong("frameworks_side_by_side.pytorch_settings", "whole-number division by m")
def settings_floor_division(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, lambda_ // m


@wrong(
    "frameworks_side_by_side.pytorch_settings", "times alpha: decay of a step, not of the gradient"
)
def settings_decay_of_a_step(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, alpha * lambda_ / m


@wrong("frameworks_side_by_side.pytorch_settings", "1 - alpha lambda / m: what remains")
def settings_what_remains(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, 1 - alpha * lambda_ / m


@wrong("frameworks_side_by_side.pytorch_settings", "times 1 - beta: corrected twice")
def settings_decay_corrected(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, (1 - beta) * lambda_ / m


@wrong("frameworks_side_by_side.pytorch_settings", "divided by 1 - beta")
def settings_decay_divided(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, lambda_ / m / (1 - beta)


@wrong("frameworks_side_by_side.pytorch_settings", "lambda times m")
def settings_lambda_times_m(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, lambda_ * m


@wrong("frameworks_side_by_side.pytorch_settings", "m / lambda")
def settings_upside_down(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, m / lambda_ if lambda_ else 0.0


@wrong("frameworks_side_by_side.pytorch_settings", "no decay")
def settings_no_decay(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, 0.0


@wrong("frameworks_side_by_side.pytorch_settings", "m is always 64")
def settings_sixty_four(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, lambda_ / 64


@wrong("frameworks_side_by_side.pytorch_settings", "negative decay")
def settings_negative_decay(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, -lambda_ / m


@wrong("frameworks_side_by_side.pytorch_settings", "momentum and learning rate exchanged")
def settings_exchanged(alpha, beta, lambda_, m):
    return beta, alpha * (1 - beta), lambda_ / m


@wrong("frameworks_side_by_side.pytorch_settings", "decay before momentum")
def settings_decay_before_momentum(alpha, beta, lambda_, m):
    return alpha * (1 - beta), lambda_ / m, beta


@wrong("frameworks_side_by_side.pytorch_settings", "learning rate rounded")
def settings_rounded(alpha, beta, lambda_, m):
    return round(alpha * (1 - beta), 3), beta, round(lambda_ / m, 3)


@wrong("frameworks_side_by_side.pytorch_settings", "a dict")
def settings_dict(alpha, beta, lambda_, m):
    return {"lr": alpha * (1 - beta), "momentum": beta, "weight_decay": lambda_ / m}


@wrong("frameworks_side_by_side.pytorch_settings", "without the decay")
def settings_two_values(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta


@wrong("frameworks_side_by_side.pytorch_settings", "momentum squared")
def settings_beta_squared(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta**2, lambda_ / m


@wrong("frameworks_side_by_side.pytorch_settings", "alpha averaged over a window of whole steps")
def settings_whole_window(alpha, beta, lambda_, m):
    return alpha / int(1 / (1 - beta)), beta, lambda_ / m


@wrong("frameworks_side_by_side.pytorch_settings", "alpha as it is, lambda / (2m)")
def settings_two_mistakes(alpha, beta, lambda_, m):
    return alpha, beta, lambda_ / (2 * m)


@wrong("frameworks_side_by_side.pytorch_settings", "1 - beta as momentum, lambda as it is")
def settings_two_others(alpha, beta, lambda_, m):
    return alpha * (1 - beta), 1 - beta, lambda_


@wrong("frameworks_side_by_side.pytorch_settings", "prints")
def settings_prints(alpha, beta, lambda_, m):
    print(alpha * (1 - beta), beta, lambda_ / m)


# frameworks_side_by_side.running_variance


@right("frameworks_side_by_side.running_variance")
def variance_step_towards(old, variance, m, momentum):
    unbiased = variance * m / (m - 1)
    return old + momentum * (unbiased - old)


@right("frameworks_side_by_side.running_variance")
def variance_bessel(old, variance, m, momentum):
    return old * (1 - momentum) + momentum * variance / (1 - 1 / m)


@right("frameworks_side_by_side.running_variance")
def variance_sum_of_squares(old, variance, m, momentum):
    squares = m * variance
    return old - momentum * old + momentum * (squares / (m - 1))


@right("frameworks_side_by_side.running_variance")
def variance_correction_added(old, variance, m, momentum):
    return (1 - momentum) * old + momentum * (variance + variance / (m - 1))


@right("frameworks_side_by_side.running_variance")
def variance_dot(old, variance, m, momentum):
    return np.dot([1 - momentum, momentum], [old, variance * m / (m - 1)])


@right("frameworks_side_by_side.running_variance")
def variance_average(old, variance, m, momentum):
    return np.average([old, variance * m / (m - 1)], weights=[1 - momentum, momentum], axis=0)


@wrong("frameworks_side_by_side.running_variance", "momentum the wrong way round")
def variance_wrong_way_round(old, variance, m, momentum):
    return momentum * old + (1 - momentum) * variance * m / (m - 1)


@wrong("frameworks_side_by_side.running_variance", "the biased variance")
def variance_biased(old, variance, m, momentum):
    return (1 - momentum) * old + momentum * variance


@wrong("frameworks_side_by_side.running_variance", "times (m - 1) / m")
def variance_upside_down(old, variance, m, momentum):
    return (1 - momentum) * old + momentum * variance * (m - 1) / m


@wrong("frameworks_side_by_side.running_variance", "times m / (m + 1)")
def variance_m_plus_one(old, variance, m, momentum):
    return (1 - momentum) * old + momentum * variance * m / (m + 1)


@wrong("frameworks_side_by_side.running_variance", "times (m + 1) / m: nearly, for large m")
def variance_nearly(old, variance, m, momentum):
    return (1 - momentum) * old + momentum * variance * (m + 1) / m


@wrong("frameworks_side_by_side.running_variance", "divided by m - 1, not multiplied by m")
def variance_not_multiplied(old, variance, m, momentum):
    return (1 - momentum) * old + momentum * variance / (m - 1)


@wrong("frameworks_side_by_side.running_variance", "precedence: m / m - 1")
def variance_precedence(old, variance, m, momentum):
    return (1 - momentum) * old + momentum * variance * m / m - 1


@wrong("frameworks_side_by_side.running_variance", "whole-number division: m // (m - 1) is 1")
def variance_floor_division(old, variance, m, momentum):
    return (1 - momentum) * old + momentum * variance * (m // (m - 1))


@wrong("frameworks_side_by_side.running_variance", "the old is corrected, too")
def variance_old_corrected(old, variance, m, momentum):
    return ((1 - momentum) * old + momentum * variance) * m / (m - 1)


@wrong("frameworks_side_by_side.running_variance", "only the old is corrected")
def variance_only_old_corrected(old, variance, m, momentum):
    return (1 - momentum) * old * m / (m - 1) + momentum * variance


@wrong("frameworks_side_by_side.running_variance", "the old in full weight")
def variance_old_in_full(old, variance, m, momentum):
    return old + momentum * variance * m / (m - 1)


@wrong("frameworks_side_by_side.running_variance", "the new in full weight")
def variance_new_in_full(old, variance, m, momentum):
    return (1 - momentum) * old + variance * m / (m - 1)


@wrong("frameworks_side_by_side.running_variance", "only the new")
def variance_only_new(old, variance, m, momentum):
    return variance * m / (m - 1)


@wrong("frameworks_side_by_side.running_variance", "the old stays")
def variance_old_stays(old, variance, m, momentum):
    return old


@wrong("frameworks_side_by_side.running_variance", "momentum always 0.1")
def variance_momentum_fixed(old, variance, m, momentum):
    return 0.9 * old + 0.1 * variance * m / (m - 1)


@wrong("frameworks_side_by_side.running_variance", "the mean of both")
def variance_mean_of_both(old, variance, m, momentum):
    return (old + variance * m / (m - 1)) / 2


@wrong("frameworks_side_by_side.running_variance", "corrected by the root: as for a spread")
def variance_root(old, variance, m, momentum):
    return (1 - momentum) * old + momentum * variance * np.sqrt(m / (m - 1))


@wrong("frameworks_side_by_side.running_variance", "spreads averaged")
def variance_spreads(old, variance, m, momentum):
    return ((1 - momentum) * old**0.5 + momentum * (variance * m / (m - 1)) ** 0.5) ** 2


@wrong("frameworks_side_by_side.running_variance", "corrected twice")
def variance_twice(old, variance, m, momentum):
    return (1 - momentum) * old + momentum * variance * (m / (m - 1)) ** 2


@wrong("frameworks_side_by_side.running_variance", "m is always 64")
def variance_sixty_four(old, variance, m, momentum):
    return (1 - momentum) * old + momentum * variance * 64 / 63


@wrong("frameworks_side_by_side.running_variance", "momentum in the correction")
def variance_momentum_inside(old, variance, m, momentum):
    return (1 - momentum) * old + momentum * variance * m / (m - momentum)


@wrong("frameworks_side_by_side.running_variance", "old and new exchanged")
def variance_exchanged(old, variance, m, momentum):
    return (1 - momentum) * variance * m / (m - 1) + momentum * old


@wrong("frameworks_side_by_side.running_variance", "m - 1 subtracted, not divided")
def variance_m_minus_one_only(old, variance, m, momentum):
    return (1 - momentum) * old + momentum * variance * (m - 1)


@wrong("frameworks_side_by_side.running_variance", "rounded")
def variance_rounded(old, variance, m, momentum):
    return np.round((1 - momentum) * old + momentum * variance * m / (m - 1), 2)


@wrong("frameworks_side_by_side.running_variance", "mean and variance of both returned")
def variance_pair(old, variance, m, momentum):
    return old, (1 - momentum) * old + momentum * variance * m / (m - 1)


@wrong("frameworks_side_by_side.running_variance", "minus for plus")
def variance_minus(old, variance, m, momentum):
    return (1 - momentum) * old - momentum * variance * m / (m - 1)


@wrong("frameworks_side_by_side.running_variance", "a correction only for m below 30")
def variance_small_only(old, variance, m, momentum):
    factor = m / (m - 1) if m < 30 else 1
    return (1 - momentum) * old + momentum * variance * factor


@wrong("frameworks_side_by_side.running_variance", "wrong way round, biased")
def variance_two_mistakes(old, variance, m, momentum):
    return momentum * old + (1 - momentum) * variance


@wrong("frameworks_side_by_side.running_variance", "upside down, wrong way round")
def variance_two_others(old, variance, m, momentum):
    return momentum * old + (1 - momentum) * variance * (m - 1) / m


@wrong("frameworks_side_by_side.running_variance", "prints")
def variance_prints(old, variance, m, momentum):
    print((1 - momentum) * old + momentum * variance * m / (m - 1))


@wrong("frameworks_side_by_side.running_variance", "writes into the old average")
def variance_changes_old(old, variance, m, momentum):
    old *= 1 - momentum
    old += momentum * variance * m / (m - 1)
    return old


@wrong("frameworks_side_by_side.running_variance", "one number for all units")
def variance_one_number(old, variance, m, momentum):
    return np.mean((1 - momentum) * old + momentum * variance * m / (m - 1))
