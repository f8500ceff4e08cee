"""Answers to the exercises of notebook 14."""

import math

import numpy as np
from scipy import special

from course_utils import activations, softmax
from course_utils import softmax as lecture
from course_utils.activations import sigmoid
from tests.checks.bank import right, right_ones, wrong, wrong_ones

# softmax.softmax


@right("softmax.softmax")
def softmax_loop(z):
    a = np.zeros(z.shape)
    for k in range(z.shape[1]):
        largest = max(z[:, k])
        powers = [math.exp(one - largest) for one in z[:, k]]
        for i, power in enumerate(powers):
            a[i, k] = power / sum(powers)
    return a


@right("softmax.softmax")
def softmax_scipy(z):
    return special.softmax(z, axis=0)


@right("softmax.softmax")
def softmax_by_logarithm(z):
    return np.exp(z - np.logaddexp.reduce(z, axis=0))


@right("softmax.softmax")
def softmax_differences(z):
    differences = np.clip(z[None] - z[:, None], None, 700.0)
    return 1 / np.exp(differences).sum(axis=1)


@right("softmax.softmax")
def softmax_transposed(z):
    t = np.exp(z.T - z.T.max(axis=1, keepdims=True))
    return (t / t.sum(axis=1, keepdims=True)).T


@right("softmax.softmax")
def softmax_in_place_on_a_copy(z):
    t = np.array(z, dtype=float)
    t -= np.amax(t, axis=0)
    np.exp(t, out=t)
    t /= np.einsum("cm->m", t)
    return t


@right("softmax.softmax")
def softmax_columns(z):
    return np.apply_along_axis(lambda x: np.exp(x - x.max()) / np.exp(x - x.max()).sum(), 0, z)


@right("softmax.softmax")
def softmax_powers_of_two(z):
    t = 2.0 ** ((z - z.max(axis=0)) / math.log(2))
    return t / (np.ones((1, len(z))) @ t)


@wrong("softmax.softmax", "naive: exp(1000) is too large", named="max-not-subtracted")
def softmax_naive(z):
    t = np.exp(z)
    return t / t.sum(axis=0)


@wrong("softmax.softmax", "along the examples", named="wrong-axis")
def softmax_other_axis(z):
    t = np.exp(z - z.max(axis=1, keepdims=True))
    return t / t.sum(axis=1, keepdims=True)


@wrong("softmax.softmax", "one sum for all columns", named="global-sum")
def softmax_one_sum(z):
    t = np.exp(z - z.max(axis=0))
    return t / t.sum()


@wrong(
    "softmax.softmax",
    "one maximum for the whole array: a column far below vanishes",
    named="one-max-for-all",
)
def softmax_one_maximum(z):
    t = np.exp(z - z.max())
    return t / t.sum(axis=0)


@wrong("softmax.softmax", "one maximum, one sum", named="global-sum")
def softmax_one_of_each(z):
    t = np.exp(z - z.max())
    return t / t.sum()


@wrong("softmax.softmax", "each row's maximum", named="max-of-rows")
def softmax_row_maximum(z):
    t = np.exp(z - z.max(axis=1, keepdims=True))
    return t / t.sum(axis=0)


@wrong("softmax.softmax", "the smallest taken off", named="wrong-constant")
def softmax_minimum(z):
    t = np.exp(z - z.min(axis=0))
    return t / t.sum(axis=0)


@wrong(
    "softmax.softmax", "the mean taken off: too little for a wide column", named="wrong-constant"
)
def softmax_mean(z):
    t = np.exp(z - z.mean(axis=0))
    return t / t.sum(axis=0)


@wrong("softmax.softmax", "a fixed 1000 taken off", named="fixed-constant")
def softmax_thousand(z):
    t = np.exp(z - 1000)
    return t / t.sum(axis=0)


@wrong("softmax.softmax", "logits clipped", named="clipped")
def softmax_clipped(z):
    t = np.exp(np.clip(z, -500, 500))
    return t / t.sum(axis=0)


@wrong("softmax.softmax", "logits clipped from above only", named="clipped")
def softmax_clipped_above(z):
    t = np.exp(np.minimum(z, 700))
    return t / t.sum(axis=0)


@wrong("softmax.softmax", "NaN turned into 0", named="nan-hidden")
def softmax_nan_to_zero(z):
    t = np.exp(z)
    return np.nan_to_num(t / t.sum(axis=0))


@wrong("softmax.softmax", "NaN turned into 1", named="nan-hidden")
def softmax_nan_to_one(z):
    t = np.exp(z)
    return np.nan_to_num(t / t.sum(axis=0), nan=1.0)


@wrong("softmax.softmax", "infinite powers turned into large numbers", named="clipped")
def softmax_inf_to_large(z):
    t = np.nan_to_num(np.exp(z), posinf=1e300)
    return t / (t.sum(axis=0) + 1e-300)


@wrong("softmax.softmax", "1e-8 below the line of the naive formula", named="max-not-subtracted")
def softmax_naive_epsilon(z):
    t = np.exp(z)
    return t / (t.sum(axis=0) + 1e-8)


@wrong("softmax.softmax", "shares of the logits", named="forgot-exp")
def softmax_no_exp(z):
    return z / z.sum(axis=0)


@wrong(
    "softmax.softmax",
    "shares of what is left after the maximum is taken off",
    named="straight-line",
)
def softmax_linear(z):
    t = z - z.min(axis=0)
    return t / t.sum(axis=0)


@wrong("softmax.softmax", "the hard max", named="hard-max")
def softmax_hard(z):
    return (z == z.max(axis=0)).astype(float)


@wrong("softmax.softmax", "powers of 2", named="base-two")
def softmax_base_two(z):
    t = 2.0 ** (z - z.max(axis=0))
    return t / t.sum(axis=0)


@wrong("softmax.softmax", "minus signs: the smallest wins", named="sign-reversed")
def softmax_negative(z):
    t = np.exp(z.min(axis=0) - z)
    return t / t.sum(axis=0)


@wrong("softmax.softmax", "the maximum minus z", named="sign-reversed")
def softmax_maximum_minus(z):
    t = np.exp(z.max(axis=0) - z)
    return t / t.sum(axis=0)


@wrong("softmax.softmax", "a sigmoid for each logit", named="sigmoid")
def softmax_sigmoids(z):
    return activations.sigmoid(z)


@wrong("softmax.softmax", "sigmoids made to sum to 1", named="shares-of-sigmoids")
def softmax_shared_sigmoids(z):
    a = activations.sigmoid(z)
    return a / a.sum(axis=0)


@wrong("softmax.softmax", "the logarithm", named="log-softmax")
def softmax_logarithm(z):
    shifted = z - z.max(axis=0)
    return shifted - np.log(np.exp(shifted).sum(axis=0))


@wrong("softmax.softmax", "divided by the largest", named="scaled")
def softmax_scaled(z):
    t = np.exp(z / np.abs(z).max(axis=0))
    return t / t.sum(axis=0)


@wrong("softmax.softmax", "a temperature: logits beyond 100 shrunk", named="wrong-numbers")
def softmax_shrunk(z):
    t = np.exp(z / np.maximum(1, np.abs(z).max(axis=0) / 100))
    return t / t.sum(axis=0)


@wrong("softmax.softmax", "only the first column", named="one-right")
def softmax_first_column(z):
    a = np.zeros(z.shape)
    t = np.exp(z[:, 0] - z[:, 0].max())
    a[:, 0] = t / t.sum()
    return a


@wrong("softmax.softmax", "the last column is missing", named="one-wrong")
def softmax_last_missing(z):
    a = np.zeros(z.shape)
    for k in range(z.shape[1] - 1):
        t = np.exp(z[:, k] - z[:, k].max())
        a[:, k] = t / t.sum()
    return a


@wrong("softmax.softmax", "zeros of the type of z: whole numbers", named="rounded")
def softmax_whole_numbers(z):
    a = np.zeros(z.shape, dtype=int)
    t = np.exp(z - z.max(axis=0))
    a[:] = t / t.sum(axis=0)
    return a


@wrong("softmax.softmax", "takes the maximum off the caller's z", named="changes-its-input")
def softmax_changes_z(z):
    z -= z.max(axis=0)
    t = np.exp(z)
    return t / t.sum(axis=0)


@wrong("softmax.softmax", "transposed", named="transposed")
def softmax_returned_transposed(z):
    t = np.exp(z - z.max(axis=0))
    return (t / t.sum(axis=0)).T


@wrong("softmax.softmax", "four classes, whatever comes", named="wrong-shape")
def softmax_four_classes(z):
    t = np.exp(z[:4] - z[:4].max(axis=0))
    return t / t.sum(axis=0)


@wrong("softmax.softmax", "rounded to three digits", named="rounded")
def softmax_rounded(z):
    t = np.exp(z - z.max(axis=0))
    return np.round(t / t.sum(axis=0), 3)


@wrong("softmax.softmax", "the last share is what the rounded others leave", named="wrong-numbers")
def softmax_rest(z):
    t = np.exp(z - z.max(axis=0))
    a = np.round(t / t.sum(axis=0), 2)
    a[-1] = 1 - a[:-1].sum(axis=0)
    return a


@wrong("softmax.softmax", "in float16", named="wrong-numbers")
def softmax_half_precision(z):
    t = np.exp((z - z.max(axis=0)).astype(np.float16))
    return t / t.sum(axis=0)


@wrong(
    "softmax.softmax",
    "C taken for m: the sum broadcast along the wrong way if square",
    named="invariant",
)
def softmax_column_sum(z):
    t = np.exp(z - z.max(axis=0))
    return t / t.sum(axis=0)[:, None] if z.shape[0] == z.shape[1] else t / t.sum(axis=0)


@wrong("softmax.softmax", "along the examples, naive", named="wrong-axis")
def softmax_two_mistakes(z):
    t = np.exp(z)
    return t / t.sum(axis=1, keepdims=True)


@wrong("softmax.softmax", "minus signs, one sum", named={"global-sum", "sign-reversed"})
def softmax_two_others(z):
    t = np.exp(-(z - z.min(axis=0)))
    return t / t.sum()


@wrong("softmax.softmax", "prints", named="returns-none")
def softmax_prints(z):
    t = np.exp(z - z.max(axis=0))
    print(t / t.sum(axis=0))


@wrong("softmax.softmax", "the largest amount taken off", named="largest-size")
def softmax_largest_amount(z):
    t = np.exp(z - np.abs(z).max(axis=0))
    return t / t.sum(axis=0)


@wrong("softmax.softmax", "the first logit taken off", named="wrong-constant")
def softmax_first_logit(z):
    t = np.exp(z - z[0])
    return t / t.sum(axis=0)


@wrong("softmax.softmax", "half the largest logit taken off", named="wrong-constant")
def softmax_half_maximum(z):
    t = np.exp(z - z.max(axis=0) / 2)
    return t / t.sum(axis=0)


# softmax.hard_max


@right("softmax.hard_max")
def hard_eye(z):
    return np.eye(len(z))[z.argmax(axis=0)].T


@right("softmax.hard_max")
def hard_loop(z):
    a = np.zeros(z.shape)
    for k in range(z.shape[1]):
        winner = 0
        for i in range(1, z.shape[0]):
            if z[i, k] > z[winner, k]:
                winner = i
        a[winner, k] = 1
    return a


@right("softmax.hard_max")
def hard_fancy_index(z):
    a = np.zeros_like(z, dtype=float)
    a[np.argmax(z, axis=0), np.arange(z.shape[1])] = 1.0
    return a


@right("softmax.hard_max")
def hard_put(z):
    a = np.zeros(z.shape)
    np.put_along_axis(a, z.argmax(axis=0, keepdims=True), 1, axis=0)
    return a


@right("softmax.hard_max")
def hard_whole_numbers(z):
    return (np.arange(len(z))[:, None] == z.argmax(axis=0)).astype(int)


@right("softmax.hard_max")
def hard_first_of_the_true(z):
    largest = z == z.max(axis=0)
    return (largest & (np.cumsum(largest, axis=0) == 1)) * 1.0


@right("softmax.hard_max")
def hard_python_index(z):
    columns = [list(x) for x in z.T]
    return np.array([[float(i == x.index(max(x))) for i in range(len(x))] for x in columns]).T


@wrong("softmax.hard_max", "all of equals win", named="several-ones")
def hard_all_equals(z):
    return (z == z.max(axis=0)).astype(float)


@wrong("softmax.hard_max", "equals share the 1", named="lead-shared")
def hard_equals_share(z):
    a = (z == z.max(axis=0)).astype(float)
    return a / a.sum(axis=0)


@wrong("softmax.hard_max", "the last of equals wins", named="last-of-equals")
def hard_last_of_equals(z):
    winner = len(z) - 1 - z[::-1].argmax(axis=0)
    return (np.arange(len(z))[:, None] == winner).astype(float)


@wrong("softmax.hard_max", "a loop with >=: the last of equals wins", named="last-of-equals")
def hard_loop_equal(z):
    a = np.zeros(z.shape)
    for k in range(z.shape[1]):
        winner = 0
        for i in range(z.shape[0]):
            if z[i, k] >= z[winner, k]:
                winner = i
        a[winner, k] = 1
    return a


@wrong("softmax.hard_max", "the largest of each row", named="wrong-axis")
def hard_rows(z):
    return np.eye(z.shape[1])[z.argmax(axis=1)]


@wrong("softmax.hard_max", "the largest of the whole array", named="one-winner-for-all")
def hard_whole_array(z):
    return (z == z.max()).astype(float)


@wrong("softmax.hard_max", "the winner's number", named="returns-the-row")
def hard_number(z):
    return z.argmax(axis=0)


@wrong("softmax.hard_max", "the smallest", named="smallest-wins")
def hard_smallest(z):
    return (np.arange(len(z))[:, None] == z.argmin(axis=0)).astype(float)


@wrong("softmax.hard_max", "the winner keeps its logit", named="returns-the-largest")
def hard_keeps_logit(z):
    return z * (np.arange(len(z))[:, None] == z.argmax(axis=0))


@wrong("softmax.hard_max", "soft, not hard", named="still-soft")
def hard_soft(z):
    t = np.exp(z - z.max(axis=0))
    return t / t.sum(axis=0)


@wrong("softmax.hard_max", "shares of at least a half", named="winner-below-half")
def hard_half(z):
    t = np.exp(z - z.max(axis=0))
    return (t / t.sum(axis=0) >= 0.5).astype(float)


@wrong("softmax.hard_max", "softmax rounded", named="winner-below-half")
def hard_rounded_softmax(z):
    t = np.exp(z - z.max(axis=0))
    return np.round(t / t.sum(axis=0))


@wrong("softmax.hard_max", "softmax at a low temperature: equals share", named="cold-softmax")
def hard_cold(z):
    t = np.exp((z - z.max(axis=0)) / 1e-3)
    return t / t.sum(axis=0)


@wrong("softmax.hard_max", "transposed", named="transposed")
def hard_transposed(z):
    return np.eye(len(z))[z.argmax(axis=0)]


@wrong("softmax.hard_max", "-1 for the others", named="minus-one")
def hard_minus_one(z):
    return 2.0 * (np.arange(len(z))[:, None] == z.argmax(axis=0)) - 1


@wrong("softmax.hard_max", "the 0 and the 1 exchanged", named="turned-over")
def hard_inverted(z):
    return (np.arange(len(z))[:, None] != z.argmax(axis=0)).astype(float)


@wrong("softmax.hard_max", "positive logits", named="above-zero")
def hard_positive(z):
    return (z > 0).astype(float)


@wrong(
    "softmax.hard_max",
    "the search begins at 0: no winner where all are negative",
    named="nobody-below-zero",
)
def hard_begins_at_zero(z):
    a = np.zeros(z.shape)
    for k in range(z.shape[1]):
        largest, winner = 0.0, None
        for i in range(z.shape[0]):
            if z[i, k] > largest:
                largest, winner = z[i, k], i
        if winner is not None:
            a[winner, k] = 1
    return a


@wrong("softmax.hard_max", "the largest amount", named="largest-size")
def hard_largest_amount(z):
    return (np.arange(len(z))[:, None] == np.abs(z).argmax(axis=0)).astype(float)


@wrong("softmax.hard_max", "only the first column", named="invariant")
def hard_first_column(z):
    a = np.zeros(z.shape)
    a[z[:, 0].argmax(), 0] = 1
    return a


@wrong("softmax.hard_max", "every column's winner in every column", named="whole-rows")
def hard_every_column(z):
    a = np.zeros(z.shape)
    a[z.argmax(axis=0)] = 1
    return a


@wrong(
    "softmax.hard_max",
    "by the logits cut to whole numbers: near winners are equal",
    named="nearly-equal",
)
def hard_whole_logits(z):
    return (np.arange(len(z))[:, None] == z.astype(int).argmax(axis=0)).astype(float)


@wrong("softmax.hard_max", "by powers: 1000 and 999 are both infinite", named="by-exp")
def hard_powers(z):
    return (np.arange(len(z))[:, None] == np.exp(z).argmax(axis=0)).astype(float)


@wrong("softmax.hard_max", "by isclose: near winners win, too", named="nearly-equal")
def hard_close(z):
    return np.isclose(z, z.max(axis=0), rtol=1e-2).astype(float)


@wrong("softmax.hard_max", "argmax + 1", named="one-row-off")
def hard_one_too_far(z):
    winner = (z.argmax(axis=0) + 1) % len(z)
    return (np.arange(len(z))[:, None] == winner).astype(float)


@wrong("softmax.hard_max", "flat", named="lost-dimension")
def hard_flat(z):
    return np.eye(len(z))[z.argmax(axis=0)].T.ravel()


@wrong("softmax.hard_max", "writes into z", named="changes-its-input")
def hard_changes_z(z):
    winner = z.argmax(axis=0)
    z[:] = 0
    z[winner, np.arange(z.shape[1])] = 1
    return z


@wrong("softmax.hard_max", "all equals, of each row", named="wrong-axis")
def hard_two_mistakes(z):
    return (z == z.max(axis=1, keepdims=True)).astype(float)


@wrong("softmax.hard_max", "the smallest, the last of equals", named="smallest-wins")
def hard_two_others(z):
    winner = len(z) - 1 - z[::-1].argmin(axis=0)
    return (np.arange(len(z))[:, None] == winner).astype(float)


@wrong(
    "softmax.hard_max",
    "largest logits up to a tolerance of 1e-3, the first of them",
    named="nearly-equal",
)
def hard_first_of_near(z):
    return np.eye(len(z))[(z > z.max(axis=0) - 1e-3).argmax(axis=0)].T


@wrong("softmax.hard_max", "by naive softmax: NaN where a logit is 1000", named="by-exp")
def hard_by_naive_softmax(z):
    t = np.exp(z)
    return np.eye(len(z))[(t / t.sum(axis=0)).argmax(axis=0)].T


# softmax.two_class


@right("softmax.two_class")
def two_sigmoid_twice(z1, z2):
    return np.array([activations.sigmoid(z1 - z2), activations.sigmoid(z2 - z1)])


@right("softmax.two_class")
def two_vstack(z1, z2):
    second = activations.sigmoid(np.subtract(z2, z1))
    return np.vstack((1 - second, second))


@right("softmax.two_class")
def two_filled(z1, z2):
    shares = np.zeros((2, len(z1)))
    shares[0] = activations.sigmoid(z1 - z2)
    shares[1] = 1 - shares[0]
    return shares


@right("softmax.two_class")
def two_loop(z1, z2):
    firsts = [float(activations.sigmoid(x - y)) for x, y in zip(z1, z2, strict=True)]
    return np.array([firsts, [1 - first for first in firsts]])


@right("softmax.two_class")
def two_broadcast(z1, z2):
    return activations.sigmoid(np.array([[1.0], [-1.0]]) * (z1 - z2))


@right("softmax.two_class")
def two_matrix(z1, z2):
    return activations.sigmoid(np.array([[1, -1], [-1, 1]]) @ np.stack([z1, z2]))


@right("softmax.two_class")
def two_concatenated(z1, z2):
    a = activations.sigmoid(z1 - z2)[np.newaxis, :]
    return np.concatenate([a, 1 - a], axis=0)


@wrong("softmax.two_class", "a₁ - 1 for the second", named="below-zero")
def two_minus_one(z1, z2):
    a1 = activations.sigmoid(z1 - z2)
    return np.stack([a1, a1 - 1])


@wrong("softmax.two_class", "a sigmoid for each score", named="each-by-itself")
def two_each_alone(z1, z2):
    return np.stack([activations.sigmoid(z1), activations.sigmoid(z2)])


@wrong("softmax.two_class", "the second score is not used", named="one-logit-forgotten")
def two_first_score(z1, z2):
    a1 = activations.sigmoid(z1)
    return np.stack([a1, 1 - a1])


@wrong("softmax.two_class", "the difference the other way round", named="rows-swapped")
def two_other_way(z1, z2):
    a1 = activations.sigmoid(z2 - z1)
    return np.stack([a1, 1 - a1])


@wrong("softmax.two_class", "the sum of the scores", named="sum-for-difference")
def two_sum(z1, z2):
    a1 = activations.sigmoid(z1 + z2)
    return np.stack([a1, 1 - a1])


@wrong("softmax.two_class", "columns instead of rows", named="transposed")
def two_columns(z1, z2):
    a1 = activations.sigmoid(z1 - z2)
    return np.stack([a1, 1 - a1], axis=1)


@wrong("softmax.two_class", "only the first class", named="one-row")
def two_only_first(z1, z2):
    return activations.sigmoid(z1 - z2)


@wrong("softmax.two_class", "the same share twice", named="twice-the-same")
def two_same_twice(z1, z2):
    a1 = activations.sigmoid(z1 - z2)
    return np.stack([a1, a1])


@wrong("softmax.two_class", "one after the other in one dimension", named="lost-dimension")
def two_flat(z1, z2):
    a1 = activations.sigmoid(z1 - z2)
    return np.concatenate([a1, 1 - a1])


@wrong("softmax.two_class", "sigmoids made to sum to 1", named="shares-of-sigmoids")
def two_shared_sigmoids(z1, z2):
    a = activations.sigmoid(np.stack([z1, z2]))
    return a / a.sum(axis=0)


@wrong("softmax.two_class", "twice the difference", named="factor-in-difference")
def two_twice(z1, z2):
    a1 = activations.sigmoid(2 * (z1 - z2))
    return np.stack([a1, 1 - a1])


@wrong("softmax.two_class", "half the difference", named="factor-in-difference")
def two_half(z1, z2):
    a1 = activations.sigmoid((z1 - z2) / 2)
    return np.stack([a1, 1 - a1])


@wrong("softmax.two_class", "the quotient of the scores", named="ratio-for-difference")
def two_quotient(z1, z2):
    a1 = activations.sigmoid(z1 / np.where(z2 == 0, 1, z2))
    return np.stack([a1, 1 - a1])


@wrong(
    "softmax.two_class",
    "the amount of the difference: the winner always first",
    named="size-of-the-difference",
)
def two_amount(z1, z2):
    a1 = activations.sigmoid(np.abs(z1 - z2))
    return np.stack([a1, 1 - a1])


@wrong("softmax.two_class", "the difference of the sigmoids", named="difference-of-sigmoids")
def two_difference_of_sigmoids(z1, z2):
    a1 = activations.sigmoid(z1) - activations.sigmoid(z2)
    return np.stack([a1, 1 - a1])


@wrong("softmax.two_class", "one over the share for the second", named="wrong-second-row")
def two_reciprocal(z1, z2):
    a1 = activations.sigmoid(z1 - z2)
    return np.stack([a1, 1 / a1])


@wrong("softmax.two_class", "the hard max", named="hard-max")
def two_hard(z1, z2):
    first = (z1 >= z2).astype(float)
    return np.stack([first, 1 - first])


@wrong("softmax.two_class", "softmax by hand: exp(1000) is too large", named="overflows")
def two_naive(z1, z2):
    t = np.exp(np.stack([z1, z2]))
    return t / t.sum(axis=0)


@wrong("softmax.two_class", "the mean of the scores for all: one share", named="one-for-all")
def two_mean(z1, z2):
    a1 = np.full(len(z1), activations.sigmoid(np.mean(z1 - z2)))
    return np.stack([a1, 1 - a1])


@wrong("softmax.two_class", "only the first example", named="invariant")
def two_first_example(z1, z2):
    shares = np.zeros((2, len(z1)))
    a1 = activations.sigmoid(z1[0] - z2[0])
    shares[:, 0] = a1, 1 - a1
    return shares


@wrong("softmax.two_class", "clipped: at most 0.99", named="clipped")
def two_clipped(z1, z2):
    a1 = np.clip(activations.sigmoid(z1 - z2), 0.01, 0.99)
    return np.stack([a1, 1 - a1])


@wrong("softmax.two_class", "scores beyond 30 cut first", named="cut-logits")
def two_cut_scores(z1, z2):
    a1 = activations.sigmoid(np.clip(z1, -30, 30) - np.clip(z2, -30, 30))
    return np.stack([a1, 1 - a1])


@wrong("softmax.two_class", "rounded", named="rounded")
def two_rounded(z1, z2):
    a1 = activations.sigmoid(z1 - z2).round(3)
    return np.stack([a1, 1 - a1])


@wrong("softmax.two_class", "a tuple of a column each", named="two-values")
def two_tuple_of_columns(z1, z2):
    a1 = activations.sigmoid(z1 - z2)[:, None]
    return a1, 1 - a1


@wrong("softmax.two_class", "writes the difference into z1", named="changes-its-input")
def two_changes_z1(z1, z2):
    z1 -= z2
    a1 = activations.sigmoid(z1)
    return np.stack([a1, 1 - a1])


@wrong(
    "softmax.two_class", "the derivative of the sigmoid for the second", named="wrong-second-row"
)
def two_derivative(z1, z2):
    a1 = activations.sigmoid(z1 - z2)
    return np.stack([a1, a1 * (1 - a1)])


@wrong("softmax.two_class", "tanh for the sigmoid", named="tanh")
def two_tanh(z1, z2):
    a1 = np.tanh(z1 - z2)
    return np.stack([a1, 1 - a1])


@wrong("softmax.two_class", "the other way round, and a₁ - 1", named={"rows-swapped", "below-zero"})
def two_two_mistakes(z1, z2):
    a1 = activations.sigmoid(z2 - z1)
    return np.stack([a1, a1 - 1])


@wrong("softmax.two_class", "columns, of each score alone", named={"each-by-itself", "transposed"})
def two_two_others(z1, z2):
    return np.stack([activations.sigmoid(z1), activations.sigmoid(z2)], axis=1)


@wrong("softmax.softmax", "the maximum taken off above the line alone", named="taken-off-once")
def softmax_shifted_above(z):
    return np.exp(z - z.max(axis=0)) / np.exp(z).sum(axis=0)


@wrong("softmax.softmax", "the maximum taken off below the line alone", named="taken-off-once")
def softmax_shifted_below(z):
    return np.exp(z) / np.exp(z - z.max(axis=0)).sum(axis=0)


@wrong("softmax.softmax", "divided by the mean", named="mean-for-sum")
def softmax_by_mean(z):
    t = np.exp(z - z.max(axis=0))
    return t / t.mean(axis=0)


@wrong("softmax.softmax", "what is left of 1", named="invariant")
def softmax_complement(z):
    t = np.exp(z - z.max(axis=0))
    return 1 - t / t.sum(axis=0)


@wrong("softmax.hard_max", "the second largest", named="second-wins")
def hard_second(z):
    return np.eye(len(z))[:, np.argsort(z, axis=0)[-2]]


@wrong("softmax.hard_max", "every column's winner is the first one's", named="like-the-first")
def hard_like_the_first(z):
    return np.tile(np.eye(len(z))[:, [z[:, 0].argmax()]], z.shape[1])


@wrong("softmax.two_class", "the product of the scores", named="product-for-difference")
def two_product(z1, z2):
    a1 = activations.sigmoid(z1 * z2)
    return np.stack([a1, 1 - a1])


@wrong(
    "softmax.two_class",
    "both rows those of the second class",
    named={"rows-swapped", "twice-the-same"},
)
def two_second_twice(z1, z2):
    return np.tile(activations.sigmoid(z2 - z1), (2, 1))


@wrong("softmax.softmax", "maximum taken away after exp", named="max-after-exp")
def maximum_after_exp(z):
    t = np.exp(z)
    t = t - t.max(axis=0)
    return t / t.sum(axis=0)


@wrong("softmax.softmax", "maximum divided out", named="scaled")
def divided_by_maximum(z):
    t = np.exp(z / z.max(axis=0, keepdims=True))
    return t / t.sum(axis=0, keepdims=True)


@wrong("softmax.softmax", "a small constant in the denominator")
def epsilon_below(z):
    t = np.exp(z - z.max(axis=0))
    return t / (t.sum(axis=0) + 1e-3)


@wrong("softmax.softmax", "nan_to_num hides the overflow", named="nan-hidden")
def nan_to_number(z):
    with np.errstate(all="ignore"):
        t = np.exp(z)
        return np.nan_to_num(t / t.sum(axis=0))


@wrong("softmax.softmax", "log softmax returned", named="log-softmax")
def log_of_it(z):
    z = z - z.max(axis=0)
    return z - np.log(np.exp(z).sum(axis=0))


@wrong("softmax.softmax", "precedence: exp over sum of shifted z")
def sum_of_logits(z):
    z = z - z.max(axis=0)
    return np.exp(z) / np.sum(np.abs(z), axis=0)


@wrong("softmax.softmax", "not divided by the sum", named="divided-by-the-max")
def never_divided(z):
    return np.exp(z - z.max(axis=0))


@right("softmax.softmax")
def column_by_column(z):
    columns = []
    for column in z.T:
        t = np.exp(column - max(column))
        columns.append(t / sum(t))
    return np.array(columns).T


@right("softmax.softmax")
def by_differences(z):
    with np.errstate(over="ignore"):
        return 1 / np.exp(z[None] - z[:, None]).sum(axis=1).T.T


@right("softmax.softmax")
def transposed_twice(z):
    t = np.exp(z.T - z.T.max(axis=1)[:, None])
    return (t / t.sum(axis=1)[:, None]).T


@right("softmax.softmax")
def of_the_package(z):
    return softmax.softmax(z)


@wrong("softmax.hard_max", "the last of equals wins", named="last-of-equals")
def last_equal(z):
    out = np.zeros(z.shape)
    winner = len(z) - 1 - z[::-1].argmax(axis=0)
    out[winner, np.arange(z.shape[1])] = 1
    return out


@wrong("softmax.hard_max", "the largest of each row", named="wrong-axis")
def of_each_row(z):
    out = np.zeros(z.shape)
    out[np.arange(len(z)), z.argmax(axis=1)] = 1
    return out


@wrong("softmax.hard_max", "the largest of the whole array", named="one-winner-for-all")
def of_the_array(z):
    out = np.zeros(z.shape)
    out[np.unravel_index(z.argmax(), z.shape)] = 1
    return out


@wrong("softmax.hard_max", "absolute value", named="largest-size")
def of_the_size(z):
    return np.eye(len(z))[:, np.abs(z).argmax(axis=0)]


@wrong("softmax.hard_max", "smallest instead of largest", named="smallest-wins")
def the_smallest(z):
    return np.eye(len(z))[:, z.argmin(axis=0)]


@wrong("softmax.hard_max", "keeps the largest logit in place of 1", named="returns-the-largest")
def keeps_the_logit(z):
    return np.where(np.arange(len(z))[:, None] == z.argmax(axis=0), z, 0)


@wrong(
    "softmax.hard_max",
    "running maximum starts at 0: all negative columns get none",
    named="nobody-below-zero",
)
def from_zero(z):
    out = np.zeros(z.shape)
    for j in range(z.shape[1]):
        best, where = 0, None
        for i in range(len(z)):
            if z[i, j] > best:
                best, where = z[i, j], i
        if where is not None:
            out[where, j] = 1
    return out


@wrong("softmax.hard_max", "softmax above one half", named="winner-below-half")
def above_a_half(z):
    return (softmax.softmax(z) > 0.5).astype(float)


@wrong("softmax.hard_max", "compares up to a tolerance", named="nearly-equal")
def nearly_equal(z):
    hot = np.isclose(z, z.max(axis=0), rtol=0, atol=0.5)
    return np.eye(len(z))[:, hot.argmax(axis=0)]


@right("softmax.hard_max")
def integers(z):
    return np.eye(len(z), dtype=int)[:, np.argmax(z, axis=0)]


@right("softmax.hard_max")
def booleans(z):
    return np.arange(len(z))[:, None] == z.argmax(axis=0)


@right("softmax.hard_max")
def by_cumsum(z):
    hot = z == z.max(axis=0)
    return (hot & (hot.cumsum(axis=0) == 1)).astype(np.float32)


@right("softmax.hard_max")
def two_loops(z):
    out = np.zeros_like(z)
    for j in range(z.shape[1]):
        best = 0
        for i in range(1, z.shape[0]):
            if z[i, j] > z[best, j]:
                best = i
        out[best, j] = 1
    return out


@right("softmax.hard_max")
def put_along(z):
    out = np.zeros(z.shape)
    np.put_along_axis(out, z.argmax(axis=0)[None], 1, axis=0)
    return out


s = activations.sigmoid


@wrong("softmax.two_class", "classes exchanged", named="rows-swapped")
def exchanged(z1, z2):
    a = s(z1 - z2)
    return np.stack([1 - a, a])


@wrong("softmax.two_class", "second share is a − 1", named="below-zero")
def minus_one(z1, z2):
    a = s(z1 - z2)
    return np.stack([a, a - 1])


@wrong("softmax.two_class", "two sigmoids apart", named="each-by-itself")
def apart(z1, z2):
    return np.stack([s(z1), s(z2)])


@wrong("softmax.two_class", "two sigmoids, normed", named="shares-of-sigmoids")
def normed_sigmoids(z1, z2):
    a = np.stack([s(z1), s(z2)])
    return a / a.sum(axis=0)


@wrong("softmax.two_class", "z2 is not used", named="one-logit-forgotten")
def first_only(z1, z2):
    return np.stack([s(z1), 1 - s(z1)])


@wrong("softmax.two_class", "sum of the logits", named="sum-for-difference")
def of_the_sum(z1, z2):
    return np.stack([s(z1 + z2), 1 - s(z1 + z2)])


@wrong("softmax.two_class", "columns are classes", named="transposed")
def columns(z1, z2):
    return np.column_stack([s(z1 - z2), s(z2 - z1)])


@wrong("softmax.two_class", "one row only", named="one-row")
def one_row(z1, z2):
    return s(z1 - z2)


@wrong("softmax.two_class", "concatenated", named="lost-dimension")
def concatenated(z1, z2):
    return np.concatenate([s(z1 - z2), s(z2 - z1)])


@wrong("softmax.two_class", "quotient of the logits", named="ratio-for-difference")
def of_the_ratio(z1, z2):
    return np.stack([s(z1 / z2), 1 - s(z1 / z2)])


@wrong("softmax.two_class", "twice the difference", named="factor-in-difference")
def twice(z1, z2):
    return np.stack([s(2 * (z1 - z2)), s(2 * (z2 - z1))])


@wrong("softmax.two_class", "both rows the same", named="twice-the-same")
def same_rows(z1, z2):
    return np.stack([s(z1 - z2), s(z1 - z2)])


@wrong("softmax.two_class", "difference of the sigmoids", named="difference-of-sigmoids")
def difference_of_sigmoids(z1, z2):
    a = s(z1) - s(z2)
    return np.stack([a, 1 - a])


@wrong("softmax.two_class", "absolute difference", named="size-of-the-difference")
def absolute(z1, z2):
    a = s(np.abs(z1 - z2))
    return np.stack([a, 1 - a])


@right("softmax.two_class")
def both_ways(z1, z2):
    return np.array([s(z1 - z2), s(z2 - z1)])


@right("softmax.two_class")
def rows_filled(z1, z2):
    out = np.empty((2, z1.size))
    out[1] = s(z2 - z1)
    out[0] = 1 - out[1]
    return out


@right("softmax.two_class")
def one_call(z1, z2):
    difference = z1 - z2
    return s(np.vstack((difference, -difference)))


@right("softmax.two_class")
def a_list(z1, z2):
    a = s(np.subtract(z1, z2))
    return [a, 1 - a]


@right("softmax.softmax")
def column_by_column_too(z):
    result = np.empty(z.shape)
    for i in range(z.shape[1]):
        t = np.exp(z[:, i] - z[:, i].max())
        result[:, i] = t / t.sum()
    return result


# In a line each


def loop_over_columns(z):
    result = np.empty_like(z)
    for k in range(z.shape[1]):
        t = np.exp(z[:, k] - z[:, k].max())
        result[:, k] = t / t.sum()
    return result


def in_place_on_a_copy(z):
    t = z.copy()
    t -= t.max(axis=0)
    np.exp(t, out=t)
    t /= t.sum(axis=0)
    return t


def by_logarithms(z):
    top = z.max(axis=0, keepdims=True)
    return np.exp(z - top - np.log(np.exp(z - top).sum(axis=0, keepdims=True)))


def by_differences_here(z):
    with np.errstate(over="ignore"):
        return 1 / np.exp(z[None] - z[:, None]).sum(axis=1)


def pure_python(z):
    columns = []
    for column in z.T:
        t = [np.exp(x - max(column)) for x in column]
        columns.append([x / sum(t) for x in t])
    return np.array(columns).T


def float32(z, axis=0):
    z = z.astype(np.float32)
    t = np.exp(z - z.max(axis=axis, keepdims=True))
    return t / t.sum(axis=axis, keepdims=True)


def nan_to_zero(z):
    a = np.exp(z) / np.exp(z).sum(axis=0)
    a[np.isnan(a)] = 0
    return a


def nameless_steps(z):
    t = np.exp(z)
    total = np.sum(t, axis=0, keepdims=True)
    return np.divide(t, total)


def rowwise(z):
    return np.array([np.exp(r - r.max()) / np.exp(r - r.max()).sum() for r in z])


def writes_into_z(z):
    z -= z.max(axis=0)
    return np.exp(z) / np.exp(z).sum(axis=0)


def all_but_the_last_column(z):
    result = np.empty(z.shape)
    for k in range(z.shape[1] - 1):
        result[:, k] = lecture.softmax(z[:, k])
    return result


def hard_max_by_loops(z):
    result = np.zeros(z.shape)
    for k in range(z.shape[1]):
        best = 0
        for i in range(1, len(z)):
            if z[i, k] > z[best, k]:
                best = i
        result[best, k] = 1
    return result


def hard_max_by_indexing(z, axis=0):
    result = np.zeros(z.shape, dtype=np.float32)
    result[np.argmax(z, axis=axis), np.arange(z.shape[1])] = 1
    return result


def first_of_the_equals(z):
    leads = z == z.max(axis=0)
    return leads & (np.cumsum(leads, axis=0) == 1)


def last_wins(z):
    result = np.zeros(z.shape)
    for k, column in enumerate(z.T):
        result[np.flatnonzero(column == column.max())[-1], k] = 1
    return result


def one_for_the_array(z):
    result = np.zeros(z.shape)
    result[np.unravel_index(np.argmax(z), z.shape)] = 1
    return result


def begins_where_the_last_column_ended(z):
    result, best = np.zeros(z.shape), 0
    for k in range(z.shape[1]):
        for i in range(len(z)):
            if z[i, k] > z[best, k]:
                best = i
        result[best, k] = 1
    return result


def begins_at_zero(z):
    result = np.zeros(z.shape)
    for k in range(z.shape[1]):
        largest, best = 0, 0
        for i in range(len(z)):
            if z[i, k] > largest:
                largest, best = z[i, k], i
        result[best, k] = 1
    return result


def flat_index(z):
    result = np.zeros(z.shape)
    result.reshape(-1)[z.argmax(axis=0)] = 1
    return result


def sigma(x):
    return 1 / (1 + np.exp(-x))


def filled_row_by_row(z1, z2):
    a = np.zeros((2, len(z1)), dtype=np.float32)
    a[0] = sigma(z1 - z2)
    a[1] = 1 - a[0]
    return a


def looped(z1, z2, out=None):
    pairs = [(sigma(x - y), sigma(y - x)) for x, y in zip(z1, z2, strict=True)]
    return np.array(pairs).T


right_ones(
    "softmax.softmax",
    [
        lecture.softmax,
        loop_over_columns,
        in_place_on_a_copy,
        by_logarithms,
        by_differences_here,
        pure_python,
        float32,
        lambda z: lecture.softmax(z.T, axis=1).T,
        lambda z: lecture.softmax(z - 3.0),
    ],
)


wrong_ones(
    "softmax.softmax",
    [
        ("still-the-stub", lambda z: np.zeros(z.shape)),
        ("stubs-numbers", lambda z: 0 * z),
        ("never-filled", np.empty_like),
        ("never-filled", all_but_the_last_column),
        ("max-not-subtracted", nameless_steps),
        ("max-not-subtracted", lambda z: np.exp(z) / sum(np.exp(z))),
        ("nan-hidden", nan_to_zero),
        ("nan-hidden", lambda z: np.nan_to_num(np.exp(z) / np.exp(z).sum(0), nan=0.0)),
        ("clipped", lambda z: lecture.softmax(z.clip(-700, 700))),
        ("clipped", lambda z: lecture.softmax(np.maximum(np.minimum(z, 50), -50))),
        ("wrong-constant", lambda z: (t := np.exp(z - np.min(z, axis=0))) / t.sum(axis=0)),
        ("wrong-constant", lambda z: (t := np.exp(z - np.mean(z, 0))) / np.sum(t, 0)),
        ("one-max-for-all", lambda z: (t := np.exp(z - np.max(z))) / t.sum(axis=0)),
        ("one-max-for-all", lambda z: (t := np.exp(z - z.ravel().max())) / t.sum(0, keepdims=True)),
        ("max-of-rows", lambda z: (t := np.exp(z - z.max(1)[:, None])) / t.sum(axis=0)),
        ("max-of-rows", lambda z: (t := np.exp((z.T - z.max(axis=1)).T)) / t.sum(axis=0)),
        ("wrong-axis", rowwise),
        ("wrong-axis", lambda z: np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)),
        ("wrong-axis", lambda z: (t := np.exp(z - z.max(axis=0))) / t.sum(axis=1)[:, None]),
        ("lost-axis", lambda z: np.exp(z) / np.sum(np.exp(z), axis=1)),
        ("lost-axis", lambda z: (t := np.exp(z - z.max(axis=0))) / t.sum(axis=-1)),
        ("lost-axis", lambda z: (t := np.exp(z - z.max(axis=1))) / t.sum(axis=0)),
        ("global-sum", lambda z: np.exp(z) / np.sum(np.exp(z))),
        ("global-sum", lambda z: (t := np.exp(z - z.max())) / t.sum()),
        ("global-sum", lambda z: (t := np.exp(z - z.max(axis=0))) / t.sum()),
        ("forgot-exp", lambda z: z / np.sum(z, axis=0)),
        ("forgot-exp", lambda z: (s := z - z.max(axis=0)) / s.sum(axis=0)),
        ("divided-by-the-max", lambda z: np.exp(z) / np.exp(z).max(axis=0, keepdims=True)),
        ("divided-by-the-max", lambda z: (t := np.exp(z - z.max(0))) / t.max(0)),
        ("not-divided", lambda z: np.e**z),
        ("not-divided", lambda z: np.exp(np.asarray(z))),
        ("max-after-exp", lambda z: (t := np.exp(z) - np.max(z, axis=0)) / t.sum(axis=0)),
        ("max-after-exp", lambda z: (np.exp(z) - z.max(0, keepdims=True)) / sum(np.exp(z))),
        ("max-after-exp", lambda z: (t := np.exp(z)) / t.sum(axis=0) - z.max(axis=0)),
        ("sign-reversed", lambda z: np.exp(-z) / np.sum(np.exp(-z), axis=0)),
        ("sign-reversed", lambda z: (t := np.exp(z.min(axis=0) - z)) / t.sum(axis=0)),
        ("sign-reversed", lambda z: (t := np.exp(-(z - z.max(axis=0)))) / t.sum(axis=0)),
        ("absolute-value", lambda z: lecture.softmax(abs(z))),
        ("absolute-value", lambda z: np.exp(abs(z)) / np.exp(abs(z)).sum(axis=0)),
        ("log-softmax", lambda z: (s := z - z.max(0)) - np.log(np.exp(s).sum(0))),
        ("log-softmax", lambda z: np.log(np.exp(z) / np.exp(z).sum(axis=0))),
        ("sigmoid", lambda z: 1 / (1 + np.exp(-z))),
        ("sigmoid", lambda z: 0.5 * (1 + np.tanh(z / 2))),
        ("hard-max", lambda z: np.eye(len(z))[:, z.argmax(axis=0)]),
        ("hard-max", lambda z: (np.arange(len(z))[:, None] == z.argmax(axis=0)) * 1.0),
        ("twice", lambda z: (t := np.exp(lecture.softmax(z))) / t.sum(axis=0)),
        ("twice", lambda z: (t := np.exp(nameless_steps(z))) / sum(t)),
        ("changes-its-input", writes_into_z),
        ("sigmoid", lambda z: (t := np.exp(z)) / (1 + t)),
        ("max-not-subtracted", lambda z: np.exp(z - np.log(np.sum(np.exp(z), axis=0)))),
        ("log-softmax", lambda z: z - np.log(sum(np.exp(z)))),
        ("straight-line", lambda z: z**2 / (z**2).sum(axis=0)),
        ("straight-line", lambda z: (t := np.logaddexp(z, 0)) / t.sum(axis=0)),
        ("base-two", lambda z: (t := 2.718 ** (z - z.max(axis=0))) / t.sum(axis=0)),
        ("scaled", lambda z: lecture.softmax((z - z.mean(axis=0)) / z.std(axis=0))),
        ("scaled", lambda z: lecture.softmax(2 * z)),
        ("wrong-constant", lambda z: (t := np.exp(z - z.sum(axis=0))) / t.sum(axis=0)),
        ("returns-none", lambda z: None),
        ("transposed", lambda z: lecture.softmax(z).T),
        ("raises", lambda z: z.exp()),
        ("not-a-function", np.ones(3)),
    ],
)


right_ones(
    "softmax.hard_max",
    [
        lecture.hard_max,
        hard_max_by_loops,
        hard_max_by_indexing,
        first_of_the_equals,
        lambda z: np.eye(len(z))[:, z.argmax(axis=0)],
        lambda z: np.array([[int(i == np.argmax(c)) for i in range(len(c))] for c in z.T]).T,
    ],
)


wrong_ones(
    "softmax.hard_max",
    [
        ("still-the-stub", lambda z: np.zeros(z.shape)),
        ("stubs-numbers", np.zeros_like),
        ("returns-the-row", lambda z: np.argmax(z, axis=0)),
        ("returns-the-row", lambda z: [column.tolist().index(max(column)) for column in z.T]),
        ("returns-the-row", lambda z: np.argmax(z, axis=0, keepdims=True)),
        ("returns-the-largest", lambda z: np.max(z, axis=0)),
        ("returns-the-largest", lambda z: np.where(z == z.max(axis=0), z, 0)),
        ("returns-the-largest", lambda z: np.where(lecture.hard_max(z) == 1, z, 0)),
        ("several-ones", lambda z: (z >= np.max(z, axis=0)).astype(int)),
        ("several-ones", lambda z: np.where(z == z.max(axis=0, keepdims=True), 1, 0)),
        ("lead-shared", lambda z: (w := z == z.max(axis=0)) / w.sum(axis=0)),
        ("cold-softmax", lambda z: lecture.softmax(1e5 * z)),
        ("last-of-equals", last_wins),
        ("last-of-equals", lambda z: np.eye(len(z))[:, len(z) - 1 - z[::-1].argmax(axis=0)]),
        ("wrong-axis", lambda z: (z == z.max(axis=1)[:, None]) * 1.0),
        ("lost-axis", lambda z: (z == np.max(z, axis=1)).astype(float)),
        ("lost-axis", lambda z: np.equal(z, z.max(axis=-1))),
        ("one-winner-for-all", lambda z: (z == np.max(z)) * 1),
        ("one-winner-for-all", one_for_the_array),
        ("flat-index", flat_index),
        ("transposed", lambda z: np.array([hard_max_by_loops(c[:, None]).ravel() for c in z.T])),
        ("winner-below-half", lambda z: lecture.softmax(z).round()),
        ("winner-below-half", lambda z: (lecture.softmax(z) >= 0.5) * 1.0),
        ("above-zero", lambda z: np.heaviside(z, 1.0)),
        ("smallest-wins", lambda z: (z == np.min(z, axis=0)) * 1.0),
        ("still-soft", loop_over_columns),
        ("still-soft", in_place_on_a_copy),
        ("nearly-equal", lambda z: lecture.hard_max(z.round())),
        ("search-not-begun-anew", begins_where_the_last_column_ended),
        ("last-row-left-out", lambda z: np.eye(len(z))[:, z[: len(z) - 1].argmax(axis=0)]),
        ("begins-at-zero", begins_at_zero),
        ("returns-none", lambda z: None),
    ],
)


right_ones(
    "softmax.two_class",
    [
        filled_row_by_row,
        looped,
        lambda z1, z2: np.stack([sigmoid(z1 - z2), sigmoid(z2 - z1)]),
        lambda z1, z2: np.vstack([p := sigmoid(z1 - z2), 1 - p]),
        lambda z1, z2: [sigmoid(z1 - z2), 1 - sigmoid(z1 - z2)],
        lambda z1, z2: lecture.softmax(np.array([z1, z2])),
        lambda z1, z2: 0.5 + 0.5 * np.tanh(np.outer([1, -1], z1 - z2) / 2),
    ],
)


wrong_ones(
    "softmax.two_class",
    [
        ("still-the-stub", lambda z1, z2: np.zeros((2, len(z1)))),
        ("stubs-numbers", lambda z1, z2: 0 * np.stack([z1, z2])),
        ("each-by-itself", lambda z1, z2: np.stack([sigma(z1), sigma(z2)])),
        ("each-by-itself", lambda z1, z2: sigma(np.array([z1, z2]))),
        ("rows-swapped", lambda z1, z2: np.stack([sigma(z2 - z1), sigma(z1 - z2)])),
        ("rows-swapped", lambda z1, z2: np.stack([1 - sigma(z1 - z2), sigma(z1 - z2)])),
        ("rows-swapped", lambda z1, z2: np.stack([p := 1 / (1 + np.exp(z1 - z2)), 1 - p])),
        ("below-zero", lambda z1, z2: np.stack([p := sigma(z1 - z2), p - 1])),
        ("below-zero", lambda z1, z2: np.stack([p := sigma(z1 - z2), -p])),
        ("below-zero", lambda z1, z2: np.outer([1, -1], sigma(z1 - z2))),
        ("twice-the-same", lambda z1, z2: np.tile(sigma(z1 - z2), (2, 1))),
        ("twice-the-same", lambda z1, z2: np.stack([sigma(z1 - z2)] * 2)),
        ("sum-for-difference", lambda z1, z2: np.stack([p := sigma(z1 + z2), 1 - p])),
        ("sum-for-difference", lambda z1, z2: np.stack([sigma(z1 + z2), sigma(-z1 - z2)])),
        ("ratio-for-difference", lambda z1, z2: np.stack([p := sigma(z1 / z2), 1 - p])),
        ("ratio-for-difference", lambda z1, z2: np.stack([sigma(z1 / z2), sigma(-z1 / z2)])),
        ("one-logit-forgotten", lambda z1, z2: np.stack([sigma(z1), sigma(-z1)])),
        ("one-logit-forgotten", lambda z1, z2: np.stack([p := 1 - sigma(z2), 1 - p])),
        ("no-sigmoid", lambda z1, z2: np.stack([z1 - z2, -(z1 - z2)])),
        ("no-sigmoid", lambda z1, z2: np.stack([d := z1 - z2, 1 - d])),
        ("one-row", lambda z1, z2: sigma(z1 - z2)),
        ("one-row", lambda z1, z2: sigma(z1 - z2).reshape(1, -1)),
        ("two-values", lambda z1, z2: (sigma(z1 - z2), 1 - sigma(z1 - z2))),
        ("two-values", lambda z1, z2: (sigma(z1 - z2), sigma(z2 - z1))),
        ("transposed", lambda z1, z2: np.stack([sigma(z1 - z2), sigma(z2 - z1)], axis=1)),
        ("transposed", lambda z1, z2: np.column_stack([p := sigma(z1 - z2), 1 - p])),
        ("overflows", lambda z1, z2: (t := np.exp([z1, z2])) / t.sum(axis=0)),
        ("overflows", lambda z1, z2: np.stack([p := (t := np.exp(z1 - z2)) / (1 + t), 1 - p])),
        ("overflows", lambda z1, z2: np.stack([(t := np.exp(z1 - z2)) / (t + 1), 1 / (t + 1)])),
        ("shares-of-logits", lambda z1, z2: np.stack([z1, z2]) / (z1 + z2)),
        ("returns-none", lambda z1, z2: None),
    ],
)


@wrong("softmax.hard_max", "the example first", named="row-for-column")
def hard_in_rows(z):
    hard = np.zeros_like(z)
    hard[np.arange(z.shape[1]), np.argmax(z, axis=0)] = 1
    return hard


@wrong("softmax.hard_max", "the example first, in a loop", named="row-for-column")
def hard_in_rows_one_by_one(z):
    hard = np.zeros_like(z)
    for example in range(z.shape[1]):
        hard[example, np.argmax(z[:, example])] = 1
    return hard
