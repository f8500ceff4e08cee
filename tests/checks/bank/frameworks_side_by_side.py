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


@wrong(
    "frameworks_side_by_side.pytorch_settings",
    "alpha as it is: steps 1 / (1 - beta) too long",
    named="alpha-as-it-is",
)
def settings_alpha_as_it_is(alpha, beta, lambda_, m):
    return alpha, beta, lambda_ / m


@wrong(
    "frameworks_side_by_side.pytorch_settings", "alpha divided by 1 - beta", named="alpha-divided"
)
def settings_alpha_divided(alpha, beta, lambda_, m):
    return alpha / (1 - beta), beta, lambda_ / m


@wrong("frameworks_side_by_side.pytorch_settings", "alpha times beta", named="alpha-times-beta")
def settings_alpha_times_beta(alpha, beta, lambda_, m):
    return alpha * beta, beta, lambda_ / m


@wrong("frameworks_side_by_side.pytorch_settings", "alpha times 1 + beta", named="alpha-larger")
def settings_one_plus_beta(alpha, beta, lambda_, m):
    return alpha * (1 + beta), beta, lambda_ / m


@wrong(
    "frameworks_side_by_side.pytorch_settings",
    "1 - beta as momentum",
    named="momentum-turned-round",
)
def settings_one_minus_beta(alpha, beta, lambda_, m):
    return alpha * (1 - beta), 1 - beta, lambda_ / m


@wrong(
    "frameworks_side_by_side.pytorch_settings",
    "1 - beta as momentum, alpha times beta",
    named={"alpha-times-beta", "momentum-turned-round"},
)
def settings_momentum_of_the_new(alpha, beta, lambda_, m):
    return alpha * beta, 1 - beta, lambda_ / m


@wrong("frameworks_side_by_side.pytorch_settings", "no momentum", named="no-momentum")
def settings_no_momentum(alpha, beta, lambda_, m):
    return alpha * (1 - beta), 0.0, lambda_ / m


@wrong("frameworks_side_by_side.pytorch_settings", "momentum always 0.9", named="fixed-numbers")
def settings_momentum_fixed(alpha, beta, lambda_, m):
    return alpha * 0.1, 0.9, lambda_ / m


@wrong("frameworks_side_by_side.pytorch_settings", "lambda as it is", named="decay-not-divided")
def settings_lambda_as_it_is(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, lambda_


@wrong(
    "frameworks_side_by_side.pytorch_settings",
    "lambda / (2m): the 2 of the square forgotten",
    named="decay-halved",
)
def settings_half_lambda(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, lambda_ / (2 * m)


@wrong(
    "frameworks_side_by_side.pytorch_settings", "precedence: lambda / 2 * m", named="decay-brackets"
)
def settings_precedence(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, lambda_ / 2 * m


@wrong("frameworks_side_by_side.pytorch_settings", "twice lambda / m", named="decay-doubled")
def settings_twice_lambda(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, 2 * lambda_ / m


@wrong(
    "frameworks_side_by_side.pytorch_settings", "whole-number division by m", named="decay-rounded"
)
def settings_floor_division(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, lambda_ // m


@wrong(
    "frameworks_side_by_side.pytorch_settings",
    "times alpha: decay of a step, not of the gradient",
    named="decay-times-alpha",
)
def settings_decay_of_a_step(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, alpha * lambda_ / m


@wrong(
    "frameworks_side_by_side.pytorch_settings",
    "1 - alpha lambda / m: what remains",
    named="decay-of-a-step",
)
def settings_what_remains(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, 1 - alpha * lambda_ / m


@wrong(
    "frameworks_side_by_side.pytorch_settings",
    "times 1 - beta: corrected twice",
    named="decay-with-beta",
)
def settings_decay_corrected(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, (1 - beta) * lambda_ / m


@wrong("frameworks_side_by_side.pytorch_settings", "divided by 1 - beta", named="decay-with-beta")
def settings_decay_divided(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, lambda_ / m / (1 - beta)


@wrong("frameworks_side_by_side.pytorch_settings", "lambda times m", named="decay-times-m")
def settings_lambda_times_m(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, lambda_ * m


@wrong("frameworks_side_by_side.pytorch_settings", "m / lambda", named="decay-upside-down")
def settings_upside_down(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, m / lambda_ if lambda_ else 0.0


@wrong("frameworks_side_by_side.pytorch_settings", "no decay", named="decay-missing")
def settings_no_decay(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, 0.0


@wrong("frameworks_side_by_side.pytorch_settings", "m is always 64", named="decay-fixed-m")
def settings_sixty_four(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, lambda_ / 64


@wrong("frameworks_side_by_side.pytorch_settings", "negative decay", named="decay-negative")
def settings_negative_decay(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, -lambda_ / m


@wrong(
    "frameworks_side_by_side.pytorch_settings",
    "momentum and learning rate exchanged",
    named="other-order",
)
def settings_exchanged(alpha, beta, lambda_, m):
    return beta, alpha * (1 - beta), lambda_ / m


@wrong("frameworks_side_by_side.pytorch_settings", "decay before momentum", named="other-order")
def settings_decay_before_momentum(alpha, beta, lambda_, m):
    return alpha * (1 - beta), lambda_ / m, beta


@wrong("frameworks_side_by_side.pytorch_settings", "learning rate rounded", named="rounded")
def settings_rounded(alpha, beta, lambda_, m):
    return round(alpha * (1 - beta), 3), beta, round(lambda_ / m, 3)


@wrong("frameworks_side_by_side.pytorch_settings", "a dict", named="not-an-array")
def settings_dict(alpha, beta, lambda_, m):
    return {"lr": alpha * (1 - beta), "momentum": beta, "weight_decay": lambda_ / m}


@wrong("frameworks_side_by_side.pytorch_settings", "without the decay", named="wrong-count")
def settings_two_values(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta


@wrong("frameworks_side_by_side.pytorch_settings", "momentum squared", named="power-of-beta")
def settings_beta_squared(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta**2, lambda_ / m


@wrong(
    "frameworks_side_by_side.pytorch_settings",
    "alpha averaged over a window of whole steps",
    named="whole-window",
)
def settings_whole_window(alpha, beta, lambda_, m):
    return alpha / int(1 / (1 - beta)), beta, lambda_ / m


@wrong(
    "frameworks_side_by_side.pytorch_settings",
    "alpha as it is, lambda / (2m)",
    named={"alpha-as-it-is", "decay-halved"},
)
def settings_two_mistakes(alpha, beta, lambda_, m):
    return alpha, beta, lambda_ / (2 * m)


@wrong(
    "frameworks_side_by_side.pytorch_settings",
    "1 - beta as momentum, lambda as it is",
    named={"momentum-turned-round", "decay-not-divided"},
)
def settings_two_others(alpha, beta, lambda_, m):
    return alpha * (1 - beta), 1 - beta, lambda_


@wrong("frameworks_side_by_side.pytorch_settings", "prints", named="returns-none")
def settings_prints(alpha, beta, lambda_, m):
    print(alpha * (1 - beta), beta, lambda_ / m)


@right("frameworks_side_by_side.pytorch_settings")
def settings_float32(alpha, beta, lambda_, m):
    return np.float32([alpha * (1 - beta), beta, lambda_ / m])


@wrong(
    "frameworks_side_by_side.pytorch_settings",
    "our numbers as they are",
    named={"alpha-as-it-is", "decay-not-divided"},
)
def settings_as_they_are(alpha, beta, lambda_, m):
    return alpha, beta, lambda_


@wrong("frameworks_side_by_side.pytorch_settings", "beta without alpha", named="only-the-share")
def settings_only_the_share(alpha, beta, lambda_, m):
    return 1 - beta, beta, lambda_ / m


@wrong(
    "frameworks_side_by_side.pytorch_settings", "brackets: alpha * 1 - beta", named="beta-taken-off"
)
def settings_brackets(alpha, beta, lambda_, m):
    return alpha * 1 - beta, beta, lambda_ / m


@wrong("frameworks_side_by_side.pytorch_settings", "all in reverse order", named="other-order")
def settings_reversed(alpha, beta, lambda_, m):
    return lambda_ / m, beta, alpha * (1 - beta)


@wrong("frameworks_side_by_side.pytorch_settings", "one over m", named="decay-without-lambda")
def settings_without_lambda(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, 1 / m


@wrong("frameworks_side_by_side.pytorch_settings", "the share twice", named="power-of-the-share")
def settings_share_twice(alpha, beta, lambda_, m):
    return alpha * (1 - beta) * (1 - beta), beta, lambda_ / m


# frameworks_side_by_side.running_variance


@right("frameworks_side_by_side.running_variance")
def variance_in_place_on_a_copy(old, variance, m, momentum):
    new = old.copy()
    new *= 1 - momentum
    new += momentum * variance * m / (m - 1)
    return new


@right("frameworks_side_by_side.running_variance")
def variance_list(old, variance, m, momentum):
    pairs = zip(old.tolist(), variance.tolist(), strict=True)
    return [(1 - momentum) * o + momentum * v * m / (m - 1) for o, v in pairs]


@right("frameworks_side_by_side.running_variance")
def variance_float32(old, variance, m, momentum):
    return np.float32(variance_list(old, variance, m, momentum))


@wrong(
    "frameworks_side_by_side.running_variance",
    "m / m - 1 in brackets of its own: 0",
    named="new-vanishes",
)
def variance_vanishes(old, variance, m, momentum):
    return (1 - momentum) * old + momentum * variance * (m / m - 1)


@wrong("frameworks_side_by_side.running_variance", "the same share for both", named="shares-not-1")
def variance_same_share(old, variance, m, momentum):
    return momentum * old + momentum * variance * m / (m - 1)


@wrong(
    "frameworks_side_by_side.running_variance",
    "the old whole, and biased",
    named={"biased", "shares-not-1"},
)
def variance_old_whole_biased(old, variance, m, momentum):
    return old + momentum * variance


@wrong(
    "frameworks_side_by_side.running_variance", "divided by m once more", named="divided-by-m-again"
)
def variance_divided_again(old, variance, m, momentum):
    return (1 - momentum) * old + momentum * variance / m


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


@wrong(
    "frameworks_side_by_side.running_variance",
    "momentum the wrong way round",
    named="keeps-momentum",
)
def variance_wrong_way_round(old, variance, m, momentum):
    return momentum * old + (1 - momentum) * variance * m / (m - 1)


@wrong("frameworks_side_by_side.running_variance", "the biased variance", named="biased")
def variance_biased(old, variance, m, momentum):
    return (1 - momentum) * old + momentum * variance


@wrong(
    "frameworks_side_by_side.running_variance", "times (m - 1) / m", named="corrected-the-wrong-way"
)
def variance_upside_down(old, variance, m, momentum):
    return (1 - momentum) * old + momentum * variance * (m - 1) / m


@wrong("frameworks_side_by_side.running_variance", "times m / (m + 1)", named="other-correction")
def variance_m_plus_one(old, variance, m, momentum):
    return (1 - momentum) * old + momentum * variance * m / (m + 1)


@wrong(
    "frameworks_side_by_side.running_variance",
    "times (m + 1) / m: nearly, for large m",
    named="other-correction",
)
def variance_nearly(old, variance, m, momentum):
    return (1 - momentum) * old + momentum * variance * (m + 1) / m


@wrong(
    "frameworks_side_by_side.running_variance",
    "divided by m - 1, not multiplied by m",
    named="not-multiplied",
)
def variance_not_multiplied(old, variance, m, momentum):
    return (1 - momentum) * old + momentum * variance / (m - 1)


@wrong("frameworks_side_by_side.running_variance", "precedence: m / m - 1", named="precedence")
def variance_precedence(old, variance, m, momentum):
    return (1 - momentum) * old + momentum * variance * m / m - 1


@wrong(
    "frameworks_side_by_side.running_variance",
    "whole-number division: m // (m - 1) is 1",
    named="rounded-correction",
)
def variance_floor_division(old, variance, m, momentum):
    return (1 - momentum) * old + momentum * variance * (m // (m - 1))


@wrong(
    "frameworks_side_by_side.running_variance", "the old is corrected, too", named="corrected-twice"
)
def variance_old_corrected(old, variance, m, momentum):
    return ((1 - momentum) * old + momentum * variance) * m / (m - 1)


@wrong(
    "frameworks_side_by_side.running_variance",
    "only the old is corrected",
    named="only-the-old-corrected",
)
def variance_only_old_corrected(old, variance, m, momentum):
    return (1 - momentum) * old * m / (m - 1) + momentum * variance


@wrong("frameworks_side_by_side.running_variance", "the old in full weight", named="shares-not-1")
def variance_old_in_full(old, variance, m, momentum):
    return old + momentum * variance * m / (m - 1)


@wrong("frameworks_side_by_side.running_variance", "the new in full weight", named="shares-not-1")
def variance_new_in_full(old, variance, m, momentum):
    return (1 - momentum) * old + variance * m / (m - 1)


@wrong("frameworks_side_by_side.running_variance", "only the new", named="only-the-new")
def variance_only_new(old, variance, m, momentum):
    return variance * m / (m - 1)


@wrong("frameworks_side_by_side.running_variance", "the old stays", named="stubs-numbers")
def variance_old_stays(old, variance, m, momentum):
    return old


@wrong("frameworks_side_by_side.running_variance", "momentum always 0.1", named="own-momentum")
def variance_momentum_fixed(old, variance, m, momentum):
    return 0.9 * old + 0.1 * variance * m / (m - 1)


@wrong("frameworks_side_by_side.running_variance", "the mean of both", named="own-momentum")
def variance_mean_of_both(old, variance, m, momentum):
    return (old + variance * m / (m - 1)) / 2


@wrong(
    "frameworks_side_by_side.running_variance",
    "corrected by the root: as for a spread",
    named="root-of-correction",
)
def variance_root(old, variance, m, momentum):
    return (1 - momentum) * old + momentum * variance * np.sqrt(m / (m - 1))


@wrong("frameworks_side_by_side.running_variance", "spreads averaged", named="spreads-averaged")
def variance_spreads(old, variance, m, momentum):
    return ((1 - momentum) * old**0.5 + momentum * (variance * m / (m - 1)) ** 0.5) ** 2


@wrong("frameworks_side_by_side.running_variance", "corrected twice", named="corrected-squared")
def variance_twice(old, variance, m, momentum):
    return (1 - momentum) * old + momentum * variance * (m / (m - 1)) ** 2


@wrong("frameworks_side_by_side.running_variance", "m is always 64", named="fixed-m")
def variance_sixty_four(old, variance, m, momentum):
    return (1 - momentum) * old + momentum * variance * 64 / 63


@wrong(
    "frameworks_side_by_side.running_variance",
    "momentum in the correction",
    named="momentum-inside",
)
def variance_momentum_inside(old, variance, m, momentum):
    return (1 - momentum) * old + momentum * variance * m / (m - momentum)


@wrong("frameworks_side_by_side.running_variance", "old and new exchanged", named="keeps-momentum")
def variance_exchanged(old, variance, m, momentum):
    return (1 - momentum) * variance * m / (m - 1) + momentum * old


@wrong(
    "frameworks_side_by_side.running_variance",
    "m - 1 subtracted, not divided",
    named="times-m-minus-1",
)
def variance_m_minus_one_only(old, variance, m, momentum):
    return (1 - momentum) * old + momentum * variance * (m - 1)


@wrong("frameworks_side_by_side.running_variance", "rounded", named="rounded")
def variance_rounded(old, variance, m, momentum):
    return np.round((1 - momentum) * old + momentum * variance * m / (m - 1), 2)


@wrong(
    "frameworks_side_by_side.running_variance",
    "mean and variance of both returned",
    named="two-values",
)
def variance_pair(old, variance, m, momentum):
    return old, (1 - momentum) * old + momentum * variance * m / (m - 1)


@wrong("frameworks_side_by_side.running_variance", "minus for plus", named="minus")
def variance_minus(old, variance, m, momentum):
    return (1 - momentum) * old - momentum * variance * m / (m - 1)


@wrong(
    "frameworks_side_by_side.running_variance",
    "a correction only for m below 30",
    named="only-small-m",
)
def variance_small_only(old, variance, m, momentum):
    factor = m / (m - 1) if m < 30 else 1
    return (1 - momentum) * old + momentum * variance * factor


@wrong(
    "frameworks_side_by_side.running_variance",
    "upside down, wrong way round",
    named={"keeps-momentum", "corrected-the-wrong-way"},
)
def variance_two_others(old, variance, m, momentum):
    return momentum * old + (1 - momentum) * variance * (m - 1) / m


@wrong("frameworks_side_by_side.running_variance", "prints", named="returns-none")
def variance_prints(old, variance, m, momentum):
    print((1 - momentum) * old + momentum * variance * m / (m - 1))


@wrong(
    "frameworks_side_by_side.running_variance",
    "writes into the old average",
    named="changes-its-input",
)
def variance_changes_old(old, variance, m, momentum):
    old *= 1 - momentum
    old += momentum * variance * m / (m - 1)
    return old


@wrong("frameworks_side_by_side.running_variance", "one number for all units", named="one-number")
def variance_one_number(old, variance, m, momentum):
    return np.mean((1 - momentum) * old + momentum * variance * m / (m - 1))


@wrong("frameworks_side_by_side.pytorch_settings", "the decay times lr", named="decay-times-alpha")
def settings_decay_times_lr(alpha, beta, lambda_, m):
    lr = alpha * (1 - beta)
    return lr, beta, lr * lambda_ / m


@wrong(
    "frameworks_side_by_side.pytorch_settings",
    "1 - beta as momentum, twice the decay",
    named={"momentum-turned-round", "decay-doubled"},
)
def settings_turned_round_and_doubled(alpha, beta, lambda_, m):
    return alpha * (1 - beta), 1 - beta, 2 * lambda_ / m


@wrong(
    "frameworks_side_by_side.pytorch_settings", "weight decay scaled, too", named="decay-with-beta"
)
def decay_scaled(alpha, beta, lambda_, m):
    return alpha * (1 - beta), beta, lambda_ / m * (1 - beta)


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


@wrong("frameworks_side_by_side.running_variance", "both", named="our-convention")
def both(old, variance, m, momentum):
    return momentum * old + (1 - momentum) * variance


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


@right("frameworks_side_by_side.running_variance")
def a_step_towards(old, variance, m, momentum):
    return old + momentum * (variance * m / (m - 1) - old)


@right("frameworks_side_by_side.running_variance")
def corrected_first(old, variance, m, momentum):
    unbiased = variance / (1 - 1 / m)
    return old * (1 - momentum) + unbiased * momentum


@wrong(
    "frameworks_side_by_side.pytorch_settings",
    "the window as momentum",
    named="window-for-momentum",
)
def window_as_momentum(alpha, beta, lambda_, m):
    return alpha * (1 - beta), 1 / (1 - beta), lambda_ / m


@wrong("frameworks_side_by_side.running_variance", "no brackets: 1 - k * old", named="precedence")
def old_without_brackets(old, variance, m, momentum):
    return 1 - momentum * old + momentum * variance * m / (m - 1)


@wrong("frameworks_side_by_side.running_variance", "the root of it", named="root-taken")
def root_of_the_average(old, variance, m, momentum):
    return ((1 - momentum) * old + momentum * variance * m / (m - 1)) ** 0.5


@wrong("frameworks_side_by_side.running_variance", "variance taken for a spread", named="squared")
def variance_squared(old, variance, m, momentum):
    return (1 - momentum) * old + momentum * variance**2 * m / (m - 1)


@wrong("frameworks_side_by_side.running_variance", "squared, and biased", named="squared")
def variance_squared_biased(old, variance, m, momentum):
    return (1 - momentum) * old + momentum * variance**2
