"""Answers to the exercises of notebook 07."""

import math

import numpy as np

from tests.checks.bank import right, wrong

last = {"alpha": None}
calls = []


@right("learning_rate_decay.inverse_time")
def inverse_as_a_fraction(alpha0, decay_rate, epoch):
    return 1 / (1 + decay_rate * epoch) * alpha0


@right("learning_rate_decay.inverse_time")
def inverse_by_power(alpha0, decay_rate, epoch):
    return alpha0 * (1 + decay_rate * epoch) ** -1


@right("learning_rate_decay.inverse_time")
def inverse_numpy(alpha0, decay_rate, epoch):
    return np.divide(alpha0, np.add(1.0, np.multiply(decay_rate, epoch)))


@right("learning_rate_decay.inverse_time")
def inverse_by_reciprocals(alpha0, decay_rate, epoch):
    return 1 / (1 / alpha0 + decay_rate / alpha0 * epoch)


@right("learning_rate_decay.inverse_time")
def inverse_in_steps(alpha0, decay_rate, epoch):
    denominator = 1 + epoch * decay_rate
    alpha = alpha0 / denominator
    return alpha


@right("learning_rate_decay.inverse_time")
def inverse_by_exp_and_log(alpha0, decay_rate, epoch):
    return alpha0 * np.exp(-np.log1p(decay_rate * epoch))


@right("learning_rate_decay.inverse_time")
def inverse_at_zero_first(alpha0, decay_rate, epoch):
    return np.where(np.equal(epoch, 0), alpha0, alpha0 / (1 + decay_rate * epoch))


@wrong("learning_rate_decay.inverse_time", "epochs from 1", named="counts-from-1")
def inverse_from_one(alpha0, decay_rate, epoch):
    return alpha0 / (1 + decay_rate * (epoch + 1))


@wrong("learning_rate_decay.inverse_time", "one epoch late", named="one-epoch-late")
def inverse_late(alpha0, decay_rate, epoch):
    return alpha0 / (1 + decay_rate * np.maximum(epoch - 1, 0))


@wrong(
    "learning_rate_decay.inverse_time",
    "one epoch back: epoch 0 above alpha0",
    named="one-epoch-late",
)
def inverse_one_back(alpha0, decay_rate, epoch):
    return alpha0 / (1 + decay_rate * (epoch - 1))


@wrong(
    "learning_rate_decay.inverse_time",
    "no brackets: alpha0 / 1 + rate * epoch",
    named="brackets-missing",
)
def inverse_no_brackets(alpha0, decay_rate, epoch):
    return alpha0 / 1 + decay_rate * epoch


@wrong("learning_rate_decay.inverse_time", "brackets round 1 + rate", named="rate-for-all")
def inverse_wrong_brackets(alpha0, decay_rate, epoch):
    return alpha0 / ((1 + decay_rate) * epoch) if epoch else alpha0


@wrong("learning_rate_decay.inverse_time", "1 + rate + epoch", named="sum-for-product")
def inverse_plus(alpha0, decay_rate, epoch):
    return alpha0 / (1 + decay_rate + epoch)


@wrong("learning_rate_decay.inverse_time", "the 1 left out", named="forgot-the-1")
def inverse_without_one(alpha0, decay_rate, epoch):
    return alpha0 / (decay_rate * epoch) if epoch else alpha0


@wrong("learning_rate_decay.inverse_time", "a minus in the denominator", named="minus")
def inverse_minus(alpha0, decay_rate, epoch):
    denominator = 1 - decay_rate * epoch
    return alpha0 / denominator if denominator else 0.0


@wrong("learning_rate_decay.inverse_time", "multiplied", named="multiplied")
def inverse_multiplied(alpha0, decay_rate, epoch):
    return alpha0 * (1 + decay_rate * epoch)


@wrong("learning_rate_decay.inverse_time", "rate left out", named="rate-forgotten")
def inverse_without_rate(alpha0, decay_rate, epoch):
    return alpha0 / (1 + epoch)


@wrong("learning_rate_decay.inverse_time", "alpha0 left out", named="alpha0-forgotten")
def inverse_without_alpha0(alpha0, decay_rate, epoch):
    return 1 / (1 + decay_rate * epoch)


@wrong("learning_rate_decay.inverse_time", "alpha0 = 0.2 by heart", named="ignored")
def inverse_alpha0_by_heart(alpha0, decay_rate, epoch):
    return 0.2 / (1 + decay_rate * epoch)


@wrong("learning_rate_decay.inverse_time", "alpha0 in the denominator, too", named="alpha0-inside")
def inverse_alpha0_below(alpha0, decay_rate, epoch):
    return alpha0 / (1 + alpha0 * decay_rate * epoch)


@wrong("learning_rate_decay.inverse_time", "rate and alpha0 exchanged", named="arguments-exchanged")
def inverse_exchanged(alpha0, decay_rate, epoch):
    return decay_rate / (1 + alpha0 * epoch)


@wrong("learning_rate_decay.inverse_time", "(1 + rate) ** epoch: exponential", named="exponential")
def inverse_power_of_epoch(alpha0, decay_rate, epoch):
    return alpha0 / (1 + decay_rate) ** epoch


@wrong("learning_rate_decay.inverse_time", "the square root", named="root")
def inverse_root(alpha0, decay_rate, epoch):
    return alpha0 / np.sqrt(1 + decay_rate * epoch)


@wrong("learning_rate_decay.inverse_time", "squared", named="squared")
def inverse_squared(alpha0, decay_rate, epoch):
    return alpha0 / (1 + decay_rate * epoch) ** 2


@wrong("learning_rate_decay.inverse_time", "rate ** epoch", named="power-for-product")
def inverse_rate_to_the_epoch(alpha0, decay_rate, epoch):
    return alpha0 / (1 + decay_rate**epoch)


@wrong(
    "learning_rate_decay.inverse_time",
    "decayed again and again: a product over the epochs",
    named="compounded",
)
def inverse_compounded(alpha0, decay_rate, epoch):
    alpha = alpha0
    for k in range(int(epoch) + 1):
        alpha = alpha / (1 + decay_rate * k)
    return alpha


@wrong("learning_rate_decay.inverse_time", "exp(-rate * epoch)", named="exponential")
def inverse_exponential(alpha0, decay_rate, epoch):
    return alpha0 * np.exp(-decay_rate * epoch)


@wrong("learning_rate_decay.inverse_time", "a straight line down to 0", named="linear")
def inverse_linear(alpha0, decay_rate, epoch):
    return max(alpha0 * (1 - decay_rate * epoch), 0.0)


@wrong("learning_rate_decay.inverse_time", "integer division", named="whole-number-division")
def inverse_integer_division(alpha0, decay_rate, epoch):
    return alpha0 // (1 + decay_rate * epoch)


@wrong("learning_rate_decay.inverse_time", "the rate made a whole number", named="whole-rate")
def inverse_whole_rate(alpha0, decay_rate, epoch):
    return alpha0 / (1 + int(decay_rate) * epoch)


@wrong("learning_rate_decay.inverse_time", "a floor of 0.01", named="limited")
def inverse_with_floor(alpha0, decay_rate, epoch):
    return max(alpha0 / (1 + decay_rate * epoch), 0.01)


@wrong("learning_rate_decay.inverse_time", "rounded to four digits, as printed", named="rounded")
def inverse_rounded(alpha0, decay_rate, epoch):
    return round(alpha0 / (1 + decay_rate * epoch), 4)


@wrong("learning_rate_decay.inverse_time", "the notebook's five numbers, by heart", named="ignored")
def inverse_table(alpha0, decay_rate, epoch):
    return [0.2, 0.1, 0.2 / 3, 0.05, 0.04][min(int(epoch), 4)]


@wrong("learning_rate_decay.inverse_time", "all epochs so far, in a list", named="all-epochs")
def inverse_list(alpha0, decay_rate, epoch):
    return [alpha0 / (1 + decay_rate * k) for k in range(int(epoch) + 1)]


@wrong("learning_rate_decay.inverse_time", "starts from the last call's alpha", named="remembers")
def inverse_from_last(alpha0, decay_rate, epoch):
    last["alpha"] = (last["alpha"] or alpha0) / (1 + decay_rate * epoch)
    return last["alpha"]


@wrong("learning_rate_decay.inverse_time", "text, not a number", named="not-an-array")
def inverse_text(alpha0, decay_rate, epoch):
    return str(alpha0 / (1 + decay_rate * epoch))


@wrong("learning_rate_decay.inverse_time", "prints only", named="returns-none")
def inverse_printed(alpha0, decay_rate, epoch):
    print(alpha0 / (1 + decay_rate * epoch))


@wrong("learning_rate_decay.inverse_time", "rate under another name", named="raises")
def inverse_raises(alpha0, decay_rate, epoch):
    return alpha0 / (1 + rate * epoch)  # noqa: F821


@wrong(
    "learning_rate_decay.inverse_time",
    "epochs from 1, the rate left out (two mistakes)",
    named={"counts-from-1", "rate-forgotten"},
)
def inverse_from_one_without_rate(alpha0, decay_rate, epoch):
    return alpha0 / (2 + epoch)


@wrong(
    "learning_rate_decay.inverse_time",
    "multiplied, epochs from 1 (two mistakes)",
    named={"counts-from-1", "multiplied"},
)
def inverse_multiplied_from_one(alpha0, decay_rate, epoch):
    return alpha0 * (1 + decay_rate * (epoch + 1))


@right("learning_rate_decay.staircase")
def stairs_by_floor(alpha0, factor, every, epoch):
    return alpha0 * factor ** math.floor(epoch / every)


@right("learning_rate_decay.staircase")
def stairs_by_int(alpha0, factor, every, epoch):
    return factor ** int(epoch / every) * alpha0


@right("learning_rate_decay.staircase")
def stairs_by_loop(alpha0, factor, every, epoch):
    alpha = alpha0
    for k in range(1, epoch + 1):
        if k % every == 0:
            alpha *= factor
    return alpha


@right("learning_rate_decay.staircase")
def stairs_by_while(alpha0, factor, every, epoch):
    alpha = alpha0
    while epoch >= every:
        alpha, epoch = alpha * factor, epoch - every
    return alpha


@right("learning_rate_decay.staircase")
def stairs_recursive(alpha0, factor, every, epoch):
    if epoch < every:
        return alpha0
    return factor * stairs_recursive(alpha0, factor, every, epoch - every)


@right("learning_rate_decay.staircase")
def stairs_by_divmod(alpha0, factor, every, epoch):
    steps, _ = divmod(epoch, every)
    return alpha0 * np.power(float(factor), steps)


@right("learning_rate_decay.staircase")
def stairs_without_remainder(alpha0, factor, every, epoch):
    return np.array(alpha0 * factor ** ((epoch - epoch % every) / every))


@right("learning_rate_decay.staircase")
def stairs_by_product(alpha0, factor, every, epoch):
    return alpha0 * math.prod([factor] * len(range(every, epoch + 1, every)))


@wrong("learning_rate_decay.staircase", "no stairs: epoch / every", named="slope-for-stairs")
def stairs_smooth(alpha0, factor, every, epoch):
    return alpha0 * factor ** (epoch / every)


@wrong("learning_rate_decay.staircase", "every epoch", named="every-epoch")
def stairs_every_epoch(alpha0, factor, every, epoch):
    return alpha0 * factor**epoch


@wrong("learning_rate_decay.staircase", "rounded up: the first stair at once", named="rounded-up")
def stairs_rounded_up(alpha0, factor, every, epoch):
    return alpha0 * factor ** math.ceil(epoch / every)


@wrong(
    "learning_rate_decay.staircase", "one stair down already in epoch 0", named="one-stair-too-many"
)
def stairs_from_one(alpha0, factor, every, epoch):
    return alpha0 * factor ** (epoch // every + 1)


@wrong("learning_rate_decay.staircase", "one epoch early", named="one-epoch-early")
def stairs_early(alpha0, factor, every, epoch):
    return alpha0 * factor ** ((epoch + 1) // every)


@wrong("learning_rate_decay.staircase", "the remainder, not the quotient", named="remainder")
def stairs_remainder(alpha0, factor, every, epoch):
    return alpha0 * factor ** (epoch % every)


@wrong("learning_rate_decay.staircase", "only in every every-th epoch, then back", named="and-back")
def stairs_and_back(alpha0, factor, every, epoch):
    return alpha0 * factor if epoch and epoch % every == 0 else alpha0


@wrong("learning_rate_decay.staircase", "a single stair", named="too-few-stairs")
def stairs_only_one(alpha0, factor, every, epoch):
    return alpha0 * factor if epoch >= every else alpha0


@wrong("learning_rate_decay.staircase", "at most two stairs", named="too-few-stairs")
def stairs_at_most_two(alpha0, factor, every, epoch):
    return alpha0 * factor ** min(epoch // every, 2)


@wrong(
    "learning_rate_decay.staircase", "times the number of stairs: not a power", named="not-a-power"
)
def stairs_multiplied(alpha0, factor, every, epoch):
    return alpha0 * factor * (epoch // every) if epoch >= every else alpha0


@wrong("learning_rate_decay.staircase", "divided by the power", named="divided")
def stairs_divided(alpha0, factor, every, epoch):
    return alpha0 / factor ** (epoch // every)


@wrong(
    "learning_rate_decay.staircase", "the factor is taken off: 1 - factor", named="one-minus-factor"
)
def stairs_one_minus_factor(alpha0, factor, every, epoch):
    return alpha0 * (1 - factor) ** (epoch // every)


@wrong("learning_rate_decay.staircase", "the factor subtracted", named="factor-subtracted")
def stairs_subtracted(alpha0, factor, every, epoch):
    return alpha0 - factor * (epoch // every)


@wrong(
    "learning_rate_decay.staircase",
    "precedence: the product to the power",
    named="alpha0-in-the-power",
)
def stairs_product_to_the_power(alpha0, factor, every, epoch):
    return (alpha0 * factor) ** (epoch // every)


@wrong("learning_rate_decay.staircase", "halved, whatever the factor", named="factor-by-heart")
def stairs_halved(alpha0, factor, every, epoch):
    return alpha0 * 0.5 ** (epoch // every)


@wrong(
    "learning_rate_decay.staircase", "divided by ten, whatever the factor", named="factor-by-heart"
)
def stairs_tenth(alpha0, factor, every, epoch):
    return alpha0 / 10 ** (epoch // every)


@wrong("learning_rate_decay.staircase", "every 10 epochs by heart", named="every-by-heart")
def stairs_every_ten(alpha0, factor, every, epoch):
    return alpha0 * factor ** (epoch // 10)


@wrong(
    "learning_rate_decay.staircase", "every and epoch exchanged", named="every-and-epoch-exchanged"
)
def stairs_exchanged(alpha0, factor, every, epoch):
    return alpha0 * factor ** (every // epoch) if epoch else alpha0


@wrong("learning_rate_decay.staircase", "alpha0 left out", named="alpha0-forgotten")
def stairs_without_alpha0(alpha0, factor, every, epoch):
    return factor ** (epoch // every)


@wrong(
    "learning_rate_decay.staircase",
    "inverse-time stairs, as the assignment has it",
    named="inverse-time",
)
def stairs_inverse_time(alpha0, factor, every, epoch):
    return alpha0 / (1 + factor * (epoch // every))


@wrong("learning_rate_decay.staircase", "exp(-factor * stairs)", named="exponential")
def stairs_exponential(alpha0, factor, every, epoch):
    return alpha0 * np.exp(-factor * (epoch // every))


@wrong("learning_rate_decay.staircase", "the loop ends before this epoch", named="one-epoch-late")
def stairs_loop_too_short(alpha0, factor, every, epoch):
    alpha = alpha0
    for k in range(1, epoch):
        if k % every == 0:
            alpha *= factor
    return alpha


@wrong(
    "learning_rate_decay.staircase", "each stair multiplies by a higher power", named="compounded"
)
def stairs_compounded(alpha0, factor, every, epoch):
    alpha = alpha0
    for k in range(epoch // every + 1):
        alpha *= factor**k
    return alpha


@wrong("learning_rate_decay.staircase", "a floor of 0.001", named="limited")
def stairs_with_floor(alpha0, factor, every, epoch):
    return max(alpha0 * factor ** (epoch // every), 1e-3)


@wrong("learning_rate_decay.staircase", "rounded to three digits", named="rounded")
def stairs_rounded_value(alpha0, factor, every, epoch):
    return round(alpha0 * factor ** (epoch // every), 3)


@wrong(
    "learning_rate_decay.staircase",
    "counts its calls, not the epochs",
    named={"wrong-numbers", "remembers", "ignored"},
)
def stairs_count_calls(alpha0, factor, every, epoch):
    calls.append(epoch)
    return alpha0 * factor ** ((len(calls) - 1) // every)


@wrong("learning_rate_decay.staircase", "returns the number of stairs", named="number-of-stairs")
def stairs_number(alpha0, factor, every, epoch):
    return epoch // every


@wrong("learning_rate_decay.staircase", "all epochs, in a list", named="all-epochs")
def stairs_list(alpha0, factor, every, epoch):
    return [alpha0 * factor ** (k // every) for k in range(epoch + 1)]


@wrong("learning_rate_decay.staircase", "no return in the first epochs", named="returns-none")
def stairs_none_at_first(alpha0, factor, every, epoch):
    if epoch >= every:
        return alpha0 * factor ** (epoch // every)


@wrong("learning_rate_decay.staircase", "no return", named="returns-none")
def stairs_none(alpha0, factor, every, epoch):
    alpha0 *= factor ** (epoch // every)


@wrong("learning_rate_decay.staircase", "epoch 0 divides by 0", named="raises")
def stairs_raise(alpha0, factor, every, epoch):
    return alpha0 * factor ** (1 / (every // epoch))


@wrong(
    "learning_rate_decay.staircase", "a loop without end: epoch is never lowered", named="endless"
)
def stairs_endless(alpha0, factor, every, epoch):
    alpha = alpha0
    while epoch >= every:
        alpha *= factor
    return alpha


@wrong(
    "learning_rate_decay.staircase",
    "no stairs, divided (two mistakes)",
    named={"slope-for-stairs", "divided"},
)
def stairs_smooth_divided(alpha0, factor, every, epoch):
    return alpha0 / factor ** (epoch / every)


@wrong(
    "learning_rate_decay.staircase",
    "one epoch early, alpha0 left out (two mistakes)",
    named={"one-epoch-early", "alpha0-forgotten"},
)
def stairs_early_without_alpha0(alpha0, factor, every, epoch):
    return factor ** ((epoch + 1) // every)


@wrong("learning_rate_decay.inverse_time", "brackets end before the epoch", named="epoch-outside")
def inverse_epoch_outside(alpha0, decay_rate, epoch):
    return alpha0 / (1 + decay_rate) * epoch


@wrong("learning_rate_decay.inverse_time", "no brackets, and 1 / 1", named="brackets-missing")
def inverse_no_brackets_fraction(alpha0, decay_rate, epoch):
    return 1 / 1 + decay_rate * epoch * alpha0


@wrong(
    "learning_rate_decay.inverse_time", "the epoch divided by the rate", named="divided-by-the-rate"
)
def inverse_epoch_by_rate(alpha0, decay_rate, epoch):
    return alpha0 / (1 + epoch / decay_rate)


@wrong(
    "learning_rate_decay.inverse_time", "the stub's numbers by another way", named="stubs-numbers"
)
def inverse_stub_by_another_way(alpha0, decay_rate, epoch):
    return alpha0 + 0 * decay_rate


@wrong("learning_rate_decay.inverse_time", "the stub", named="still-the-stub")
def inverse_stub(alpha0, decay_rate, epoch):
    alpha = alpha0
    # your line
    return alpha


@wrong("learning_rate_decay.staircase", "the stub", named="still-the-stub")
def stairs_stub(alpha0, factor, every, epoch):
    alpha = alpha0
    # your line
    return alpha


@wrong(
    "learning_rate_decay.staircase", "the loop counts epoch 0 as a step", named="one-stair-too-many"
)
def stairs_loop_from_zero(alpha0, factor, every, epoch):
    alpha = alpha0
    for k in range(epoch + 1):
        if k % every == 0:
            alpha = alpha * factor
    return alpha


@wrong(
    "learning_rate_decay.staircase",
    "alpha0 to the power, too: exchanged with the factor",
    named="alpha0-and-factor-exchanged",
)
def stairs_alpha0_to_the_power(alpha0, factor, every, epoch):
    return factor * alpha0 ** (epoch // every)


@wrong(
    "learning_rate_decay.staircase",
    "the epochs of the stairs, not their number",
    named="epochs-for-stairs",
)
def stairs_epochs_of_stairs(alpha0, factor, every, epoch):
    return alpha0 * factor ** (epoch - epoch % every)


@wrong(
    "learning_rate_decay.staircase",
    "a factor of 1 + factor below",
    named="divided-by-one-plus-factor",
)
def stairs_one_plus_factor(alpha0, factor, every, epoch):
    return alpha0 / (1 + factor) ** (epoch // every)


@wrong(
    "learning_rate_decay.staircase",
    "a slope by heart: every = 10, no stairs (two mistakes)",
    named={"slope-for-stairs", "every-by-heart"},
)
def stairs_smooth_by_ten(alpha0, factor, every, epoch):
    return alpha0 * factor ** (epoch / 10)


@wrong("learning_rate_decay.inverse_time", "the rate above the line", named="rate-above")
def inverse_rate_above(alpha0, decay_rate, epoch):
    return alpha0 * decay_rate / (1 + decay_rate * epoch)


@wrong("learning_rate_decay.inverse_time", "the rate times the fraction", named="rate-above")
def inverse_rate_outside(alpha0, decay_rate, epoch):
    return decay_rate * alpha0 / (1 + epoch)


@wrong("learning_rate_decay.staircase", "a tuple: a comma behind it", named="not-an-array")
def stairs_tuple(alpha0, factor, every, epoch):
    alpha = (alpha0 * factor ** (epoch // every),)
    return alpha


@wrong(
    "learning_rate_decay.staircase",
    "one stair, and only after its epoch (two mistakes)",
    named={"one-epoch-late", "too-few-stairs"},
)
def stairs_one_late(alpha0, factor, every, epoch):
    return alpha0 * factor if epoch > every else alpha0


@wrong("learning_rate_decay.inverse_time", "exponential", named="exponential")
def exponential(alpha0, decay_rate, epoch):
    return alpha0 * decay_rate**epoch


@wrong("learning_rate_decay.inverse_time", "no 1", named="forgot-the-1")
def no_one(alpha0, decay_rate, epoch):
    return alpha0 / max(decay_rate * epoch, 1)


@wrong("learning_rate_decay.inverse_time", "root", named="root")
def root(alpha0, decay_rate, epoch):
    return alpha0 / (1 + decay_rate * epoch) ** 0.5


@wrong("learning_rate_decay.inverse_time", "linear", named="linear")
def linear(alpha0, decay_rate, epoch):
    return alpha0 * (1 - decay_rate * epoch)


@right("learning_rate_decay.inverse_time")
def inverse_power(alpha0, decay_rate, epoch):
    return alpha0 * (1 + epoch * decay_rate) ** -1


@wrong("learning_rate_decay.staircase", "precedence", named="cut-to-zero")
def brackets(alpha0, factor, every, epoch):
    return alpha0 * factor**epoch // every


@wrong("learning_rate_decay.staircase", "one stair late", named="one-epoch-late")
def late(alpha0, factor, every, epoch):
    return alpha0 * factor ** ((epoch - 1) // every if epoch else 0)


@wrong("learning_rate_decay.staircase", "rounded", named="nearest-stair")
def rounded(alpha0, factor, every, epoch):
    return alpha0 * factor ** round(epoch / every)


@wrong("learning_rate_decay.staircase", "times", named="not-a-power")
def times(alpha0, factor, every, epoch):
    return alpha0 * factor * (epoch // every)


@wrong("learning_rate_decay.staircase", "one stair only", named="too-few-stairs")
def one_stair(alpha0, factor, every, epoch):
    return alpha0 if epoch < every else alpha0 * factor


@right("learning_rate_decay.staircase")
def in_a_loop(alpha0, factor, every, epoch):
    for e in range(1, epoch + 1):
        alpha0 = alpha0 * factor if e % every == 0 else alpha0
    return alpha0


@wrong("learning_rate_decay.inverse_time", "over the root of the epoch", named="root")
def inverse_over_root(alpha0, decay_rate, epoch):
    return alpha0 / np.sqrt(epoch)


@wrong("learning_rate_decay.inverse_time", "the rate times that", named="root")
def inverse_rate_over_root(alpha0, decay_rate, epoch):
    return decay_rate / np.sqrt(epoch) * alpha0


@wrong("learning_rate_decay.inverse_time", "the rate as percents", named="rate-in-percent")
def inverse_percents(alpha0, decay_rate, epoch):
    return alpha0 / (1 + decay_rate / 100 * epoch)


@wrong("learning_rate_decay.inverse_time", "powers of two", named="exponential")
def inverse_powers_of_two(alpha0, decay_rate, epoch):
    return alpha0 / 2 ** (decay_rate * epoch)


@wrong("learning_rate_decay.inverse_time", "plus the epoch", named="brackets-missing")
def inverse_plus_epoch(alpha0, decay_rate, epoch):
    return alpha0 / (1 + decay_rate) + epoch


@wrong("learning_rate_decay.staircase", "int of the power", named="power-cut")
def stairs_int_of_power(alpha0, factor, every, epoch):
    return alpha0 * int(factor ** (epoch / every))


@wrong("learning_rate_decay.staircase", "int of all", named="cut-to-zero")
def stairs_int_of_all(alpha0, factor, every, epoch):
    return alpha0 * factor ** (epoch / every) // 1


@wrong("learning_rate_decay.staircase", "the power over every", named="precedence")
def stairs_power_over_every(alpha0, factor, every, epoch):
    return alpha0 * factor**epoch / every
