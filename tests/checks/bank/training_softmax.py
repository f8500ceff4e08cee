"""Answers to the exercises of notebook 15."""

import math

import numpy as np
from scipy import special

from course_utils import softmax
from tests.checks.bank import right, wrong


def logarithms(z):
    """Return log softmax of each column, stable."""
    shifted = z - z.max(axis=0)
    return shifted - np.log(np.exp(shifted).sum(axis=0))


# training_softmax.cost


@right("training_softmax.cost")
def cost_mean_of_sums(z, y):
    return -np.mean(np.sum(y * logarithms(z), axis=0))


@right("training_softmax.cost")
def cost_logaddexp(z, y):
    return ((np.logaddexp.reduce(z, axis=0) - z) * y).sum() / z.shape[1]


@right("training_softmax.cost")
def cost_loop(z, y):
    total = 0.0
    for k in range(z.shape[1]):
        top = max(z[:, k])
        log_sum = top + math.log(sum(math.exp(one - top) for one in z[:, k]))
        total += sum(share * (log_sum - one) for share, one in zip(y[:, k], z[:, k], strict=True))
    return total / z.shape[1]


@right("training_softmax.cost")
def cost_scipy(z, y):
    return -np.sum(special.log_softmax(z, axis=0) * y) / len(z.T)


@right("training_softmax.cost")
def cost_zero_dimensional(z, y):
    return np.asarray(-(y * logarithms(z)).sum(axis=0).mean())


@right("training_softmax.cost")
def cost_einsum(z, y):
    return float(-np.einsum("cm,cm->", y, logarithms(z)) / z.shape[1])


@right("training_softmax.cost")
def cost_vdot_transposed(z, y):
    rows = z.T - z.T.max(axis=1, keepdims=True)
    rows = rows - np.log(np.exp(rows).sum(axis=1, keepdims=True))
    return -np.vdot(y.T, rows) / len(rows)


@right("training_softmax.cost")
def cost_leads(z, y):
    behind = z[None] - z[:, None]  # [i, j]: the lead of j over i
    losses = np.logaddexp.reduce(behind, axis=1)
    return np.average((y * losses).sum(axis=0))


@wrong(
    "training_softmax.cost",
    "logarithm of softmax: log(0) where the right class is 1000 behind",
    named="log-of-zero",
)
def cost_log_of_softmax(z, y):
    return -(y * np.log(softmax.softmax(z))).sum() / z.shape[1]


@wrong("training_softmax.cost", "the largest loss", named="largest-loss")
def cost_largest_loss(z, y):
    return np.max(special.logsumexp(z, axis=0) - (y * z).sum(axis=0))


@wrong("training_softmax.cost", "naive: exp(1000) is too large", named="overflows")
def cost_naive(z, y):
    t = np.exp(z)
    return -(y * np.log(t / t.sum(axis=0))).sum() / z.shape[1]


@wrong("training_softmax.cost", "a sum, not a mean", named="sum-for-mean")
def cost_sum(z, y):
    return -(y * logarithms(z)).sum()


@wrong("training_softmax.cost", "the minus sign forgotten", named="minus-forgotten")
def cost_no_minus(z, y):
    return (y * logarithms(z)).sum() / z.shape[1]


@wrong("training_softmax.cost", "divided by the classes", named="divided-by-classes")
def cost_by_classes(z, y):
    return -(y * logarithms(z)).sum() / z.shape[0]


@wrong("training_softmax.cost", "a mean over all entries", named="divided-by-all-entries")
def cost_mean_of_all(z, y):
    return -(y * logarithms(z)).mean()


@wrong("training_softmax.cost", "a loss for each example", named="loss-of-each-example")
def cost_each(z, y):
    return -(y * logarithms(z)).sum(axis=0)


@wrong("training_softmax.cost", "shares clipped at 1e-8", named="kept-away-from-0")
def cost_clipped(z, y):
    return -(y * np.log(np.clip(softmax.softmax(z), 1e-8, 1))).sum() / z.shape[1]


@wrong("training_softmax.cost", "1e-8 added to the shares", named="kept-away-from-0")
def cost_epsilon(z, y):
    return -(y * np.log(softmax.softmax(z) + 1e-8)).sum() / z.shape[1]


@wrong("training_softmax.cost", "1e-15 added, as some libraries do", named="kept-away-from-0")
def cost_tiny_epsilon(z, y):
    return -(y * np.log(softmax.softmax(z) + 1e-15)).sum() / z.shape[1]


@wrong("training_softmax.cost", "1e-300 added: ends at 690", named="kept-away-from-0")
def cost_tiniest_epsilon(z, y):
    return -(y * np.log(softmax.softmax(z) + 1e-300)).sum() / z.shape[1]


@wrong("training_softmax.cost", "logits clipped", named="logits-cut")
def cost_clipped_logits(z, y):
    return -(y * logarithms(np.clip(z, -500, 500))).sum() / z.shape[1]


@wrong("training_softmax.cost", "NaN turned into 0", named="nan-hidden")
def cost_nan_to_num(z, y):
    t = np.exp(z)
    return -np.nan_to_num(y * np.log(t / t.sum(axis=0))).sum() / z.shape[1]


@wrong("training_softmax.cost", "-inf turned into a large number", named="kept-away-from-0")
def cost_inf_to_large(z, y):
    return -(y * np.nan_to_num(np.log(softmax.softmax(z)), neginf=-745.0)).sum() / z.shape[1]


@wrong("training_softmax.cost", "one maximum for the whole array", named="one-max-for-all")
def cost_one_maximum(z, y):
    shifted = z - z.max()
    return -(y * (shifted - np.log(np.exp(shifted).sum(axis=0)))).sum() / z.shape[1]


@wrong(
    "training_softmax.cost",
    "the maximum taken off below, not above the line",
    named="taken-off-once",
)
def cost_half_shifted(z, y):
    return -(y * (z - np.log(np.exp(z - z.max(axis=0)).sum(axis=0)))).sum() / z.shape[1]


@wrong("training_softmax.cost", "softmax along the examples", named="softmax-over-examples")
def cost_other_axis(z, y):
    shifted = z - z.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -(y * logs).sum() / z.shape[1]


@wrong("training_softmax.cost", "the logits taken for shares", named="log-of-logits")
def cost_of_logits(z, y):
    return -(y * np.log(np.clip(z, 1e-12, None))).sum() / z.shape[1]


@wrong("training_softmax.cost", "softmax of softmax", named="softmax-twice")
def cost_softmax_twice(z, y):
    return -(y * logarithms(softmax.softmax(z))).sum() / z.shape[1]


@wrong("training_softmax.cost", "squares of the errors", named="squared-error")
def cost_squares(z, y):
    return ((softmax.softmax(z) - y) ** 2).sum() / z.shape[1]


@wrong("training_softmax.cost", "half squares", named="squared-error")
def cost_half_squares(z, y):
    return ((softmax.softmax(z) - y) ** 2).sum() / (2 * z.shape[1])


@wrong("training_softmax.cost", "the binary loss of every class", named="logistic-terms-added")
def cost_binary(z, y):
    a = np.clip(softmax.softmax(z), 1e-15, 1 - 1e-15)
    return -(y * np.log(a) + (1 - y) * np.log(1 - a)).sum() / z.shape[1]


@wrong("training_softmax.cost", "sigmoids instead of softmax", named="sigmoids")
def cost_sigmoids(z, y):
    return (y * np.logaddexp(0, -z)).sum() / z.shape[1]


@wrong("training_softmax.cost", "labels and shares exchanged", named="y-and-y-hat-exchanged")
def cost_exchanged(z, y):
    return -(softmax.softmax(z) * np.log(np.clip(y, 1e-12, 1))).sum() / z.shape[1]


@wrong("training_softmax.cost", "logarithm to base 2", named="log2")
def cost_base_two(z, y):
    return -(y * logarithms(z)).sum() / z.shape[1] / math.log(2)


@wrong("training_softmax.cost", "logarithm to base 10", named="log10")
def cost_base_ten(z, y):
    return -(y * logarithms(z)).sum() / z.shape[1] / math.log(10)


@wrong("training_softmax.cost", "log of the mean share", named="log-of-the-mean")
def cost_log_of_mean(z, y):
    return -np.log((y * softmax.softmax(z)).sum(axis=0).mean())


@wrong("training_softmax.cost", "the share of wrong answers", named="share-of-errors")
def cost_wrong_answers(z, y):
    return np.mean(z.argmax(axis=0) != y.argmax(axis=0))


@wrong("training_softmax.cost", "only the first example", named="first-example-only")
def cost_first_example(z, y):
    return -(y * logarithms(z))[:, 0].sum()


@wrong(
    "training_softmax.cost", "the winner's share, not the right class's", named="loss-of-the-winner"
)
def cost_of_winner(z, y):
    return -logarithms(z).max(axis=0).mean()


@wrong(
    "training_softmax.cost", "the hinge: only the lead of the strongest", named="lead-of-the-winner"
)
def cost_lead(z, y):
    return (z.max(axis=0) - (y * z).sum(axis=0)).mean()


@wrong("training_softmax.cost", "divided by m + 1", named="m-off-by-one")
def cost_m_plus_one(z, y):
    return abs((y * logarithms(z)).sum()) / (z.shape[1] + 1)


@wrong("training_softmax.cost", "the maximum taken off the caller's z", named="changes-its-input")
def cost_changes_z(z, y):
    z -= z.max(axis=0)
    return -(y * (z - np.log(np.exp(z).sum(axis=0)))).sum() / z.shape[1]


@wrong("training_softmax.cost", "rounded", named="rounded")
def cost_rounded(z, y):
    return round(float(-(y * logarithms(z)).sum() / z.shape[1]), 2)


@wrong("training_softmax.cost", "returns the gradient, too", named="wrong-count")
def cost_returns_gradient(z, y):
    return -(y * logarithms(z)).sum() / z.shape[1], (softmax.softmax(z) - y) / z.shape[1]


@wrong("training_softmax.cost", "m is always 5", named="wrong-numbers")
def cost_five_examples(z, y):
    return -(y * logarithms(z)).sum() / 5


@wrong(
    "training_softmax.cost", "a sum, without its minus", named={"minus-forgotten", "sum-for-mean"}
)
def cost_two_mistakes(z, y):
    return (y * logarithms(z)).sum()


@wrong("training_softmax.cost", "naive, along the examples", named="softmax-over-examples")
def cost_two_others(z, y):
    t = np.exp(z)
    return -(y * np.log(t / t.sum(axis=1, keepdims=True))).sum() / z.shape[1]


@right("training_softmax.cost")
def cost_of_the_right_class(z, y):
    right_ones = z[y.argmax(axis=0), np.arange(z.shape[1])]
    return float(np.mean(special.logsumexp(z, axis=0) - right_ones))


@wrong("training_softmax.cost", "each row's maximum", named="max-of-rows")
def cost_row_maximum(z, y):
    shifted = z - z.max(axis=1, keepdims=True)
    return -(y * (shifted - np.log(np.exp(shifted).sum(axis=0)))).sum() / z.shape[1]


@wrong(
    "training_softmax.cost", "the cost of a sure mistake is cut at 100", named="kept-away-from-0"
)
def cost_cut(z, y):
    return np.minimum(-(y * logarithms(z)).sum(axis=0), 100).mean()


@wrong("training_softmax.cost", "the mean taken off, not the maximum", named="wrong-constant")
def cost_mean_taken_off(z, y):
    shifted = z - z.mean(axis=0)
    return -(y * (shifted - np.log(np.exp(shifted).sum(axis=0)))).sum() / z.shape[1]


@right("training_softmax.cost")
def cost_float32(z, y):
    return -(y * logarithms(z.astype(np.float32))).sum() / z.shape[1]


@right("training_softmax.cost")
def cost_of_the_package(z, y):
    return softmax.cost(z, y)


@wrong("training_softmax.cost", "log of an indexed probability", named="log-of-zero")
def cost_indexed(z, y):
    return -np.log(softmax.softmax(z)[y.argmax(axis=0), np.arange(y.shape[1])]).mean()


@wrong(
    "training_softmax.cost", "the probability itself, without its logarithm", named="no-logarithm"
)
def cost_no_logarithm(z, y):
    return -(y * softmax.softmax(z)).sum() / z.shape[1]


@wrong("training_softmax.cost", "divided by 2m", named="twice-m")
def cost_two_m(z, y):
    return -(y * logarithms(z)).sum() / (2 * z.shape[1])


@wrong("training_softmax.cost", "naive logarithm of a sum", named="overflows")
def cost_naive_sum(z, y):
    return (np.log(np.exp(z).sum(axis=0)) - (y * z).sum(axis=0)).mean()


@wrong("training_softmax.cost", "log2, and the sum", named={"sum-for-mean", "log2"})
def cost_log2_sum(z, y):
    return -(y * logarithms(z)).sum() / np.log(2)


@wrong("training_softmax.cost", "log of softmax with one maximum", named="log-of-zero")
def cost_log_of_one_maximum(z, y):
    t = np.exp(z - z.max())
    return -(y * np.log(t / t.sum(axis=0))).sum() / z.shape[1]


@wrong("training_softmax.cost", "nansum", named="log-of-zero")
def cost_nansum(z, y):
    return -np.nansum(y * np.log(softmax.softmax(z))) / z.shape[1]


# training_softmax.gradient


@right("training_softmax.gradient")
def gradient_float32(z, y):
    return (softmax.softmax(z.astype(np.float32)) - y) / z.shape[1]


@wrong("training_softmax.gradient", "y added", named="added")
def gradient_added(z, y):
    return (softmax.softmax(z) + y) / z.shape[1]


@wrong("training_softmax.gradient", "probabilities alone", named="without-y")
def gradient_without_y(z, y):
    return softmax.softmax(z) / z.shape[1]


@wrong("training_softmax.gradient", "softmax of the whole array", named="one-softmax-for-all")
def gradient_one_softmax(z, y):
    t = np.exp(z - z.max())
    return (t / t.sum() - y) / z.shape[1]


@wrong("training_softmax.gradient", "log ŷ minus y", named="logarithms-for-probabilities")
def gradient_of_logarithms(z, y):
    return (logarithms(z) - y) / z.shape[1]


@wrong("training_softmax.gradient", "naive, and the sign", named={"turned-round", "overflows"})
def gradient_naive_sign(z, y):
    t = np.exp(z)
    return (y - t / t.sum(axis=0)) / z.shape[1]


@right("training_softmax.gradient")
def gradient_by_hand(z, y):
    t = np.exp(z - z.max(axis=0))
    return (t / t.sum(axis=0) - y) / z.shape[1]


@right("training_softmax.gradient")
def gradient_loop(z, y):
    dz = np.zeros(z.shape)
    for k in range(z.shape[1]):
        t = np.exp(z[:, k] - z[:, k].max())
        for i in range(len(z)):
            dz[i, k] = (t[i] / t.sum() - y[i, k]) / z.shape[1]
    return dz


@right("training_softmax.gradient")
def gradient_scipy(z, y):
    return np.divide(special.softmax(z, axis=0) - y, len(z[0]))


@right("training_softmax.gradient")
def gradient_right_class_less_one(z, y):
    dz = softmax.softmax(z)
    dz[y.argmax(axis=0), np.arange(y.shape[1])] -= 1
    return dz / y.shape[1]


@right("training_softmax.gradient")
def gradient_in_place_on_a_copy(z, y):
    dz = np.exp(logarithms(z))
    dz -= y
    dz /= dz.shape[1]
    return dz


@right("training_softmax.gradient")
def gradient_through_logarithm(z, y):
    by_log = -y / z.shape[1]
    return by_log - softmax.softmax(z) * by_log.sum(axis=0)


@right("training_softmax.gradient")
def gradient_columns(z, y):
    m = z.shape[1]
    return np.column_stack([(softmax.softmax(z[:, k]) - y[:, k]) / m for k in range(m)])


@wrong("training_softmax.gradient", "not divided by m", named="not-divided-by-m")
def gradient_not_divided(z, y):
    return softmax.softmax(z) - y


@wrong("training_softmax.gradient", "the sign", named="turned-round")
def gradient_sign(z, y):
    return (y - softmax.softmax(z)) / z.shape[1]


@wrong("training_softmax.gradient", "divided by the classes", named="divided-by-classes")
def gradient_by_classes(z, y):
    return (softmax.softmax(z) - y) / z.shape[0]


@wrong("training_softmax.gradient", "divided by all entries", named="divided-by-all-entries")
def gradient_by_all(z, y):
    return (softmax.softmax(z) - y) / z.size


@wrong("training_softmax.gradient", "the logits minus the labels", named="logits-for-probabilities")
def gradient_of_logits(z, y):
    return (z - y) / z.shape[1]


@wrong(
    "training_softmax.gradient",
    "-y / ŷ: by the shares, not by the logits",
    named="with-respect-to-y-hat",
)
def gradient_by_shares(z, y):
    return -y / np.maximum(softmax.softmax(z), 1e-12) / z.shape[1]


@wrong("training_softmax.gradient", "times ŷ (1 - ŷ), too", named="times-the-slope")
def gradient_times_derivative(z, y):
    a = softmax.softmax(z)
    return (a - y) * a * (1 - a) / z.shape[1]


@wrong(
    "training_softmax.gradient",
    "-y / ŷ times ŷ (1 - ŷ): the diagonal of the Jacobian only",
    named="only-the-right-class",
)
def gradient_diagonal(z, y):
    return y * (softmax.softmax(z) - 1) / z.shape[1]


@wrong(
    "training_softmax.gradient",
    "-y / ŷ times ŷ (1 - ŷ), as it comes from the chain rule",
    named="diagonal-only",
)
def gradient_diagonal_uncancelled(z, y):
    y_hat = softmax.softmax(z)
    slope = y_hat * (1 - y_hat)
    return slope * (-y / y_hat) / len(z.T)


@wrong("training_softmax.gradient", "naive: exp(1000) is too large", named="overflows")
def gradient_naive(z, y):
    t = np.exp(z)
    return (t / t.sum(axis=0) - y) / z.shape[1]


@wrong("training_softmax.gradient", "softmax along the examples", named="softmax-over-examples")
def gradient_other_axis(z, y):
    return (softmax.softmax(z, axis=1) - y) / z.shape[1]


@wrong("training_softmax.gradient", "one maximum for the whole array", named="one-max-for-all")
def gradient_one_maximum(z, y):
    t = np.exp(z - z.max())
    return (t / t.sum(axis=0) - y) / z.shape[1]


@wrong("training_softmax.gradient", "logits clipped", named="logits-cut")
def gradient_clipped(z, y):
    return (softmax.softmax(np.clip(z, -5, 5)) - y) / z.shape[1]


@wrong("training_softmax.gradient", "sigmoids instead of softmax", named="sigmoids")
def gradient_sigmoids(z, y):
    return (special.expit(z) - y) / z.shape[1]


@wrong("training_softmax.gradient", "summed over the examples", named="summed")
def gradient_summed(z, y):
    return (softmax.softmax(z) - y).sum(axis=1, keepdims=True) / z.shape[1]


@wrong("training_softmax.gradient", "meaned over the examples, for every example", named="summed")
def gradient_meaned(z, y):
    return np.broadcast_to((softmax.softmax(z) - y).mean(axis=1, keepdims=True), z.shape)


@wrong("training_softmax.gradient", "transposed", named="transposed")
def gradient_transposed(z, y):
    return (softmax.softmax(z) - y).T / z.shape[1]


@wrong(
    "training_softmax.gradient",
    "precedence: only the labels are divided",
    named="only-labels-divided",
)
def gradient_precedence(z, y):
    return softmax.softmax(z) - y / z.shape[1]


@wrong("training_softmax.gradient", "only the right class is pushed", named="only-the-right-class")
def gradient_right_only(z, y):
    return np.where(y == 1, softmax.softmax(z) - 1, 0) / z.shape[1]


@wrong(
    "training_softmax.gradient", "only the wrong classes are pushed", named="only-the-wrong-classes"
)
def gradient_wrong_only(z, y):
    return np.where(y == 1, 0, softmax.softmax(z)) / z.shape[1]


@wrong("training_softmax.gradient", "that of squares", named="of-squares")
def gradient_of_squares(z, y):
    a = softmax.softmax(z)
    g = 2 * (a - y)
    return a * (g - (g * a).sum(axis=0)) / z.shape[1]


@wrong("training_softmax.gradient", "twice as large", named="factor")
def gradient_twice(z, y):
    return 2 * (softmax.softmax(z) - y) / z.shape[1]


@wrong(
    "training_softmax.gradient",
    "1 taken off the winner, not off the right class",
    named="off-the-winner",
)
def gradient_of_winner(z, y):
    dz = softmax.softmax(z)
    dz[z.argmax(axis=0), np.arange(z.shape[1])] -= 1
    return dz / z.shape[1]


@wrong("training_softmax.gradient", "the last example is missing", named="one-wrong")
def gradient_last_missing(z, y):
    dz = np.zeros_like(z)
    dz[:, :-1] = ((softmax.softmax(z) - y) / z.shape[1])[:, :-1]
    return dz


@wrong(
    "training_softmax.gradient",
    "every right class of any example is pushed in all: an index too few",
    named="off-whole-rows",
)
def gradient_index(z, y):
    dz = softmax.softmax(z)
    dz[y.argmax(axis=0)] -= 1
    return dz / z.shape[1]


@wrong("training_softmax.gradient", "writes into z", named="changes-its-input")
def gradient_changes_z(z, y):
    z -= z.max(axis=0)
    t = np.exp(z)
    return (t / t.sum(axis=0) - y) / z.shape[1]


@wrong("training_softmax.gradient", "writes into y", named="changes-its-input")
def gradient_changes_y(z, y):
    y -= softmax.softmax(z)
    return -y / z.shape[1]


@wrong(
    "training_softmax.gradient", "by differences with a step of 0.1, forwards", named="differences"
)
def gradient_numerical(z, y):
    dz = np.zeros(z.shape)
    for i, k in np.ndindex(*z.shape):
        moved = z.astype(float)
        moved[i, k] += 0.1
        dz[i, k] = (softmax.cost(moved, y) - softmax.cost(z, y)) / 0.1
    return dz


@wrong("training_softmax.gradient", "m - 1 for m", named="m-off-by-one")
def gradient_m_minus_one(z, y):
    return (softmax.softmax(z) - y) / max(z.shape[1] - 1, 1)


@wrong("training_softmax.gradient", "the cost", named="the-cost")
def gradient_returns_cost(z, y):
    return softmax.cost(z, y)


@wrong("training_softmax.gradient", "rounded", named="rounded")
def gradient_rounded(z, y):
    return np.round((softmax.softmax(z) - y) / z.shape[1], 3)


@wrong(
    "training_softmax.gradient", "sign, and not divided", named={"turned-round", "not-divided-by-m"}
)
def gradient_two_mistakes(z, y):
    return y - softmax.softmax(z)


@wrong(
    "training_softmax.gradient",
    "other axis, divided by the classes",
    named={"divided-by-classes", "softmax-over-examples"},
)
def gradient_two_others(z, y):
    return (softmax.softmax(z, axis=1) - y) / len(z)


@wrong("training_softmax.gradient", "the gradient of a sure mistake is cut", named="cut")
def gradient_cut(z, y):
    return np.clip(softmax.softmax(z) - y, -0.9, 0.9) / z.shape[1]


@wrong("training_softmax.gradient", "NaN of the naive formula turned into 0", named="nan-hidden")
def gradient_nan_to_num(z, y):
    t = np.exp(z)
    return np.nan_to_num(t / t.sum(axis=0) - y) / z.shape[1]


# training_softmax.one_hot


@right("training_softmax.one_hot")
def one_hot_loop(labels, classes):
    y = np.zeros((classes, len(labels)))
    for k, label in enumerate(labels):
        y[label, k] = 1
    return y


@right("training_softmax.one_hot")
def one_hot_compared(labels, classes):
    return (np.arange(classes)[:, None] == labels).astype(float)


@right("training_softmax.one_hot")
def one_hot_fancy_index(labels, classes):
    y = np.zeros((classes, len(labels)))
    y[labels, np.arange(len(labels))] = 1
    return y


@right("training_softmax.one_hot")
def one_hot_rows_transposed(labels, classes):
    return np.eye(classes)[labels].T


@right("training_softmax.one_hot")
def one_hot_whole_numbers(labels, classes):
    return np.equal.outer(np.arange(classes), labels).astype(int)


@right("training_softmax.one_hot")
def one_hot_taken(labels, classes):
    return np.identity(classes).take(labels, axis=1)


@right("training_softmax.one_hot")
def one_hot_lists(labels, classes):
    return np.array([[1.0 if label == c else 0.0 for label in labels] for c in range(classes)])


@wrong("training_softmax.one_hot", "rows, not columns", named="rows-are-examples")
def one_hot_rows(labels, classes):
    return np.eye(classes)[labels]


@wrong("training_softmax.one_hot", "reshaped where it should be transposed", named="reshaped")
def one_hot_reshaped(labels, classes):
    return np.eye(classes)[labels].reshape(classes, -1)


@wrong("training_softmax.one_hot", "counted from 1", named="one-row-off")
def one_hot_from_one(labels, classes):
    return (np.arange(1, classes + 1)[:, None] == labels).astype(float)


@wrong("training_softmax.one_hot", "label - 1: the 0 lands in the last row", named="one-row-off")
def one_hot_minus_one(labels, classes):
    y = np.zeros((classes, len(labels)))
    y[labels - 1, np.arange(len(labels))] = 1
    return y


@wrong(
    "training_softmax.one_hot",
    "as many classes as there are labels in use",
    named="class-forgotten",
)
def one_hot_labels_in_use(labels, classes):
    return np.eye(len(np.unique(labels)))[:, np.unique(labels, return_inverse=True)[1]]


@wrong(
    "training_softmax.one_hot", "as many classes as the largest label says", named="class-forgotten"
)
def one_hot_largest_label(labels, classes):
    return np.eye(max(labels) + 1)[:, labels]


@wrong("training_softmax.one_hot", "ten classes always", named="own-number-of-classes")
def one_hot_ten(labels, classes):
    return np.eye(10)[:, labels]


@wrong("training_softmax.one_hot", "whole rows: an index too few", named="whole-rows")
def one_hot_whole_rows(labels, classes):
    y = np.zeros((classes, len(labels)))
    y[labels] = 1
    return y


@wrong("training_softmax.one_hot", "the slice takes all examples at once", named="whole-rows")
def one_hot_slice(labels, classes):
    y = np.zeros((classes, len(labels)))
    y[labels, :] = 1
    return y


@wrong(
    "training_softmax.one_hot",
    "the label instead of a 1: the 0 has no 1",
    named="class-numbers-inside",
)
def one_hot_label_value(labels, classes):
    y = np.zeros((classes, len(labels)))
    y[labels, np.arange(len(labels))] = labels
    return y


@wrong("training_softmax.one_hot", "only the first example", named="only-one-example")
def one_hot_first(labels, classes):
    y = np.zeros((classes, len(labels)))
    y[labels[0], 0] = 1
    return y


@wrong("training_softmax.one_hot", "the last example is missing", named="last-example-missing")
def one_hot_last_missing(labels, classes):
    y = np.zeros((classes, len(labels)))
    for k in range(len(labels) - 1):
        y[labels[k], k] = 1
    return y


@wrong("training_softmax.one_hot", "the last class is missing", named="class-left-out")
def one_hot_last_class(labels, classes):
    y = np.zeros((classes, len(labels)))
    for c in range(classes - 1):
        y[c, labels == c] = 1
    return y


@wrong("training_softmax.one_hot", "class 0 is taken for none", named="class-left-out")
def one_hot_zero_is_none(labels, classes):
    y = np.zeros((classes, len(labels)))
    for k, label in enumerate(labels):
        if label:
            y[label, k] = 1
    return y


@wrong("training_softmax.one_hot", "ones from the label upwards", named="ones-beyond-the-label")
def one_hot_from_label(labels, classes):
    return (np.arange(classes)[:, None] >= labels).astype(float)


@wrong("training_softmax.one_hot", "ones up to the label", named="ones-beyond-the-label")
def one_hot_up_to_label(labels, classes):
    return (np.arange(classes)[:, None] <= labels).astype(float)


@wrong("training_softmax.one_hot", "-1 for the others", named="other-background")
def one_hot_minus_ones(labels, classes):
    return 2.0 * (np.arange(classes)[:, None] == labels) - 1


@wrong("training_softmax.one_hot", "0 and 1 exchanged", named="turned-over")
def one_hot_inverted(labels, classes):
    return (np.arange(classes)[:, None] != labels).astype(float)


@wrong("training_softmax.one_hot", "smoothed", named="smoothed")
def one_hot_smoothed(labels, classes):
    return 0.9 * (np.arange(classes)[:, None] == labels) + 0.1 / classes


@wrong(
    "training_softmax.one_hot",
    "classes and labels exchanged in the index",
    named="rows-are-examples",
)
def one_hot_index_exchanged(labels, classes):
    y = np.zeros((len(labels), classes))
    y[np.arange(len(labels)), labels] = 1
    return y


@wrong("training_softmax.one_hot", "upside down", named="upside-down")
def one_hot_upside_down(labels, classes):
    return np.eye(classes)[::-1][:, labels]


@wrong(
    "training_softmax.one_hot",
    "flat indices, counted by columns where NumPy counts by rows",
    named="reshaped",
)
def one_hot_flat(labels, classes):
    y = np.zeros((classes, len(labels)))
    y.ravel()[np.arange(len(labels)) * classes + labels] = 1
    return y


@wrong("training_softmax.one_hot", "sorted by label", named="sorted")
def one_hot_sorted(labels, classes):
    return np.eye(classes)[:, np.sort(labels)]


@wrong("training_softmax.one_hot", "how often each class comes", named="counts")
def one_hot_counts(labels, classes):
    return np.bincount(labels, minlength=classes)[:, None] * np.ones((1, len(labels)))


@wrong("training_softmax.one_hot", "the labels in every row", named="labels-in-every-row")
def one_hot_numbers(labels, classes):
    return np.tile(labels, (classes, 1))


@wrong("training_softmax.one_hot", "np.empty, and only the ones written", named="other-background")
def one_hot_sevens(labels, classes):
    y = np.full((classes, len(labels)), 7.0)  # what np.empty may hold
    y[labels, np.arange(len(labels))] = 1
    return y


@wrong("training_softmax.one_hot", "changes the labels", named="changes-its-input")
def one_hot_changes_labels(labels, classes):
    y = np.eye(classes)[:, labels]
    labels += 1
    return y


@wrong("training_softmax.one_hot", "rows, counted from 1", named="rows-are-examples-one-off")
def one_hot_two_mistakes(labels, classes):
    return np.eye(classes + 1)[labels + 1]


@wrong("training_softmax.one_hot", "whole rows, of the label's value", named="invariant")
def one_hot_two_others(labels, classes):
    y = np.zeros((classes, len(labels)))
    y[labels] = np.arange(len(labels))
    return y


@right("training_softmax.one_hot")
def one_hot_booleans(labels, classes):
    return np.arange(classes)[:, None] == labels


@right("training_softmax.one_hot")
def one_hot_nested_lists(labels, classes):
    return [[int(label == c) for label in labels] for c in range(classes)]


@wrong("training_softmax.one_hot", "a row too many", named="one-row-too-many")
def one_hot_row_too_many(labels, classes):
    return np.eye(classes + 1)[:, labels]


@wrong("training_softmax.one_hot", "the first example is missing", named="first-example-missing")
def one_hot_first_missing(labels, classes):
    y = np.zeros((classes, len(labels)))
    for k in range(1, len(labels)):
        y[labels[k], k] = 1
    return y


@wrong("training_softmax.one_hot", "np.empty never filled but for the ones", named="never-filled")
def one_hot_empty(labels, classes):
    y = np.empty((classes, len(labels)))
    y[labels, np.arange(len(labels))] = 1
    return y


@wrong("training_softmax.one_hot", "a bare list of labels", named="wrong-shape")
def one_hot_returns_labels(labels, classes):
    return labels


@wrong("training_softmax.cost", "the wrong classes", named="wrong-classes")
def cost_of_wrong_classes(z, y):
    return -((1 - y) * logarithms(z)).sum() / z.shape[1]


@wrong(
    "training_softmax.cost",
    "1e-20 added, and a mean over all entries",
    named={"kept-away-from-0", "divided-by-all-entries"},
)
def cost_epsilon_over_all(z, y):
    return -np.mean(y * np.log(softmax.softmax(z) + 1e-20))


@wrong("training_softmax.gradient", "the hard max for ŷ", named="hard-max")
def gradient_of_hard_max(z, y):
    return (np.eye(len(z))[:, z.argmax(axis=0)] - y) / z.shape[1]


@wrong("training_softmax.gradient", "squared", named="squared")
def gradient_squared(z, y):
    return (softmax.softmax(z) - y) ** 2 / z.shape[1]


@wrong("training_softmax.one_hot", "examples in reverse order", named="examples-reversed")
def one_hot_reversed(labels, classes):
    return np.eye(classes)[:, labels[::-1]]


@wrong("training_softmax.one_hot", "every column the first", named="like-the-first")
def one_hot_like_the_first(labels, classes):
    return np.tile(np.eye(classes)[:, [labels[0]]], len(labels))


def logs(z):
    z = z - z.max(axis=0)
    return z - np.log(np.exp(z).sum(axis=0))


@wrong("training_softmax.cost", "minus forgotten", named="minus-forgotten")
def no_minus(z, y):
    return (y * logs(z)).sum() / z.shape[1]


@wrong("training_softmax.cost", "sum, not mean", named="sum-for-mean")
def a_sum(z, y):
    return -(y * logs(z)).sum()


@wrong("training_softmax.cost", "mean over classes, too", named="divided-by-all-entries")
def mean_of_all(z, y):
    return -(y * logs(z)).mean()


@wrong("training_softmax.cost", "divided by the classes", named="divided-by-classes")
def by_classes(z, y):
    return -(y * logs(z)).sum() / len(z)


@wrong("training_softmax.cost", "log of softmax: infinite", named="log-of-zero")
def infinite(z, y):
    with np.errstate(all="ignore"):
        return -(y * np.log(softmax.softmax(z))).sum() / z.shape[1]


@wrong("training_softmax.cost", "one loss an example", named="loss-of-each-example")
def per_example(z, y):
    return -(y * logs(z)).sum(axis=0)


@wrong("training_softmax.cost", "z taken for shares", named="log-of-logits")
def logs_of_logits(z, y):
    with np.errstate(all="ignore"):
        return -(y * np.log(z)).sum() / z.shape[1]


@wrong(
    "training_softmax.cost", "binary cross-entropy over all classes", named="logistic-terms-added"
)
def binary(z, y):
    a = np.clip(softmax.softmax(z), 1e-12, 1 - 1e-12)
    return -(y * np.log(a) + (1 - y) * np.log(1 - a)).sum() / z.shape[1]


@wrong("training_softmax.cost", "logarithm to base 2", named="log2")
def in_bits(z, y):
    return -(y * logs(z)).sum() / z.shape[1] / np.log(2)


@wrong("training_softmax.cost", "softmax over the examples", named="softmax-over-examples")
def softmax_of_rows(z, y):
    return -(y * logs(z.T).T).sum() / z.shape[1]


@wrong("training_softmax.cost", "maximum of the whole array", named="one-max-for-all")
def one_maximum(z, y):
    z = z - z.max()
    with np.errstate(all="ignore"):
        return -(y * (z - np.log(np.exp(z).sum(axis=0)))).sum() / z.shape[1]


@wrong("training_softmax.cost", "maximum not added back to log-sum-exp", named="taken-off-once")
def maximum_lost(z, y):
    s = np.log(np.exp(z - z.max(axis=0)).sum(axis=0))
    return (s - (y * z).sum(axis=0)).mean()


@wrong("training_softmax.cost", "log of the exp's sum left out", named="lead-of-the-winner")
def no_partition(z, y):
    return -(y * (z - z.max(axis=0))).sum() / z.shape[1]


@right("training_softmax.cost")
def logaddexp(z, y):
    return np.mean(np.logaddexp.reduce(z, axis=0) - np.sum(y * z, axis=0))


@right("training_softmax.cost")
def by_choice(z, y):
    return float(-logs(z)[y.argmax(axis=0), np.arange(z.shape[1])].mean())


@right("training_softmax.cost")
def by_loop(z, y):
    J = 0.0
    for i in range(z.shape[1]):
        gap = z[:, i] - z[:, i] @ y[:, i]
        J += gap.max() + np.log(np.exp(gap - gap.max()).sum())
    return J / z.shape[1]


@right("training_softmax.cost")
def by_einsum(z, y):
    return np.array(-np.einsum("cm,cm->", y, logs(z)) / z.shape[1])


@wrong("training_softmax.gradient", "divided by the classes", named="divided-by-classes")
def divided_by_classes(z, y):
    return (softmax.softmax(z) - y) / len(z)


@wrong("training_softmax.gradient", "averaged over the examples", named="summed")
def averaged(z, y):
    return (softmax.softmax(z) - y).mean(axis=1, keepdims=True)


@wrong("training_softmax.gradient", "gradient with respect to ŷ", named="with-respect-to-y-hat")
def by_y_hat(z, y):
    return -y / (softmax.softmax(z) + 1e-12) / z.shape[1]


@wrong("training_softmax.gradient", "naive exp", named="overflows")
def naive_exp(z, y):
    with np.errstate(all="ignore"):
        t = np.exp(z)
        return (t / t.sum(axis=0) - y) / z.shape[1]


@wrong("training_softmax.gradient", "softmax over examples", named="softmax-over-examples")
def along_rows(z, y):
    return (softmax.softmax(z.T).T - y) / z.shape[1]


@wrong("training_softmax.gradient", "y overwritten", named="changes-its-input")
def y_overwritten(z, y):
    y -= softmax.softmax(z)
    y /= -z.shape[1]
    return y


@wrong("training_softmax.gradient", "transposed", named="transposed")
def transposed(z, y):
    return ((softmax.softmax(z) - y) / z.shape[1]).T


@right("training_softmax.gradient")
def minus_one_at_label(z, y):
    dz = softmax.softmax(z)
    dz[y.argmax(axis=0), np.arange(z.shape[1])] -= 1
    return dz / z.shape[1]


@right("training_softmax.gradient")
def through_exp_of_logs(z, y):
    return np.true_divide(np.exp(logs(z)) - y, y.shape[1])


@right("training_softmax.gradient")
def with_jacobian(z, y):
    out = np.zeros(z.shape)
    for i, a in enumerate(softmax.softmax(z).T):
        out[:, i] = a * y[:, i].sum() - y[:, i]
    return out / z.shape[1]


@right("training_softmax.gradient")
def package_gradient(z, y):
    return softmax.cost_gradient(z, y)


@wrong("training_softmax.one_hot", "classes from the labels", named="class-forgotten")
def classes_of_labels(labels, classes):
    return np.eye(labels.max() + 1)[:, labels]


@wrong("training_softmax.one_hot", "all seven times too large", named="factor")
def seven_times(labels, classes):
    y = np.zeros((classes, len(labels)))
    y[labels, np.arange(len(labels))] = 1
    return y * 7


@wrong("training_softmax.one_hot", "one class short", named="class-left-out")
def one_short(labels, classes):
    y = np.zeros((classes, len(labels)))
    for c in range(classes - 1):
        y[c] = labels == c
    return y


@wrong("training_softmax.one_hot", "unique labels only", named="class-forgotten")
def unique_labels(labels, classes):
    return (np.unique(labels)[:, None] == labels).astype(float)


@wrong("training_softmax.one_hot", "0 for the right, 1 for the others", named="turned-over")
def inverted(labels, classes):
    return 1 - np.eye(classes)[:, labels]


@right("training_softmax.one_hot")
def compared(labels, classes):
    return (np.arange(classes).reshape(-1, 1) == labels) * 1


@right("training_softmax.one_hot")
def rows_transposed(labels, classes):
    return np.eye(classes, dtype=bool)[labels].T


@right("training_softmax.one_hot")
def a_list_of_lists(labels, classes):
    return [[float(label == c) for label in labels] for c in range(classes)]


@right("training_softmax.one_hot")
def flat_index(labels, classes):
    y = np.zeros(classes * len(labels))
    y[labels * len(labels) + np.arange(len(labels))] = 1
    return y.reshape(classes, -1)


@wrong("training_softmax.cost", "one sum of exponentials for all", named="one-softmax-for-all")
def cost_one_sum(z, y):
    z = z - z.max(axis=0)
    return -(y * (z - np.log(np.exp(z).sum()))).sum() / y.shape[1]


@wrong("training_softmax.cost", "one number for each class", named="sum-for-each-class")
def cost_of_each_class(z, y):
    return -(y * logs(z)).sum(axis=1) / z.shape[1]


@wrong("training_softmax.cost", "the logarithm added", named="logarithm-added")
def cost_logarithm_added(z, y):
    z = z - z.max(axis=0)
    return -(y * (z + np.log(np.exp(z).sum(axis=0)))).sum() / z.shape[1]


@wrong("training_softmax.cost", "labels as row numbers alone", named="whole-rows")
def cost_whole_rows(z, y):
    return -logs(z)[y.argmax(axis=0)].mean()


@wrong("training_softmax.cost", "kept away by the smallest number", named="kept-away-from-0")
def cost_tiny(z, y):
    return -(y * np.log(softmax.softmax(z) + np.finfo(float).tiny)).sum() / z.shape[1]


@right("training_softmax.cost")
def cost_trace(z, y):
    return -np.trace(y.T @ logs(z)) / len(y.T)


@wrong("training_softmax.gradient", "one sum of exponentials", named="one-softmax-for-all")
def gradient_one_sum(z, y):
    t = np.exp(z - z.max(axis=0))
    return (t / t.sum() - y) / z.shape[1]


@wrong("training_softmax.gradient", "times ŷ", named="times-the-slope")
def gradient_times_y_hat(z, y):
    return (softmax.softmax(z) - y) * softmax.softmax(z) / z.shape[1]


@right("training_softmax.gradient")
def gradient_by_the_ones(z, y):
    return (np.exp(logs(z)) - y) / y.sum()


@wrong("training_softmax.one_hot", "rows from -1", named="one-row-off")
def one_hot_rows_from_minus_one(labels, classes):
    return np.array([labels == c - 1 for c in range(classes)]) * 1.0


@wrong(
    "training_softmax.gradient",
    "the Jacobian without its diagonal",
    named={"perhaps-without-y", "without-y"},
)
def gradient_without_the_diagonal(z, y):
    a = softmax.softmax(z)
    by_a = -y / np.maximum(a, 1e-300)
    return -a * (a * by_a).sum(axis=0) / z.shape[1]


def shifted(z):
    """Return the logits less one largest for all columns, and the sums of their exponentials."""
    z = z - np.max(z)
    return z, np.exp(z).sum(axis=0)


@wrong("training_softmax.cost", "logarithm of sums, one maximum for all", named="one-max-for-all")
def cost_of_sums_with_one_maximum(z, y):
    _, sums = shifted(z)
    return np.mean(np.max(z) + np.log(sums) - (y * z).sum(axis=0))


@wrong("training_softmax.cost", "the maximum off z, and added again", named="taken-off-once")
def cost_maximum_off_z_alone(z, y):
    largest = z.max(axis=0)
    log_sums = largest + np.log(np.exp(z - largest).sum(axis=0))
    return np.mean(log_sums - (y * (z - largest)).sum(axis=0))


@wrong("training_softmax.cost", "nan_to_num over all", named="nan-hidden")
def cost_nan_to_num_over_all(z, y):
    y_hat = np.exp(z) / np.exp(z).sum(axis=0)
    return np.nan_to_num(-np.sum(y * np.log(y_hat)) / z.shape[1])


@wrong("training_softmax.cost", "np.dot of y and log y_hat, summed", named="matrix-product")
def cost_dot_summed(z, y):
    return -np.sum(np.dot(y, np.log(np.maximum(softmax.softmax(z), 0)).T)) / y.shape[1]


@wrong("training_softmax.cost", "y.T @ log y_hat, summed", named="whole-rows")
def cost_matrix_of_examples(z, y):
    return -np.sum(y.T @ softmax.log_softmax(z)) / y.shape[1]


@wrong("training_softmax.cost", "np.dot of y and log y_hat: a matrix", named="matrix-product")
def cost_dot(z, y):
    return -np.dot(y, softmax.log_softmax(z).T) / y.shape[1]


@wrong("training_softmax.cost", "brackets: all classes", named="logarithm-for-every-class")
def cost_brackets(z, y):
    largest = z.max(axis=0)
    log_sums = largest + np.log(np.exp(z - largest).sum(axis=0))
    return np.sum(log_sums - y * z) / z.shape[1]


@wrong("training_softmax.cost", "brackets, shifted", named="logarithm-for-every-class")
def cost_brackets_shifted(z, y):
    z = z - z.max(axis=0)
    return -np.sum(y * z - np.log(np.exp(z).sum(axis=0))) / z.shape[1]


@wrong("training_softmax.gradient", "by the Jacobian and y over y_hat", named="through-y-hat")
def gradient_by_jacobians(z, y):
    dz, y_hat = np.zeros(z.shape), softmax.softmax(z)
    for k in range(z.shape[1]):
        a = y_hat[:, k]
        dz[:, k] = (np.diag(a) - np.outer(a, a)) @ (-y[:, k] / a) / z.shape[1]
    return dz


@wrong("training_softmax.gradient", "y over y_hat + 1e-12", named="through-y-hat")
def gradient_through_y_hat(z, y):
    a = softmax.softmax(z)
    da = -y / (a + 1e-12)
    return a * (da - (da * a).sum(axis=0)) / z.shape[1]


@wrong("training_softmax.gradient", "squeezed", named="lost-dimension")
def gradient_squeezed(z, y):
    return np.squeeze(softmax.softmax(z) - y) / y.shape[1]


@wrong("training_softmax.one_hot", "squeezed", named="lost-dimension")
def one_hot_squeezed(labels, classes):
    return np.squeeze(np.eye(classes)[labels].T)


@wrong("training_softmax.cost", "= for +=", named="last-example-only")
def cost_of_the_last(z, y):
    J = 0.0
    for k in range(z.shape[1]):
        J = -np.sum(y[:, k] * softmax.log_softmax(z)[:, k])
    return J / z.shape[1]


@wrong("training_softmax.one_hot", "the example first", named="row-for-column")
def hot_in_rows(labels, classes):
    hot = np.zeros((classes, labels.size))
    hot[np.arange(labels.size), labels] = 1.0
    return hot


@wrong("training_softmax.one_hot", "the example first, in a loop", named="row-for-column")
def hot_in_rows_one_by_one(labels, classes):
    hot = np.zeros((classes, len(labels)))
    for example in range(len(labels)):
        hot[example, labels[example]] = 1
    return hot
