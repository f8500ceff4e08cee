"""Answers about softmax, hard max and two classes, written from the exercises' texts alone."""

import numpy as np

from course_utils import activations, softmax
from tests.checks.bank import right, wrong


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


@wrong("softmax.softmax", "minimum taken away", named="wrong-constant")
def minimum_away(z):
    t = np.exp(z - z.min(axis=0))
    return t / t.sum(axis=0)


@wrong("softmax.softmax", "mean taken away", named="wrong-constant")
def mean_away(z):
    t = np.exp(z - z.mean(axis=0))
    return t / t.sum(axis=0)


@wrong("softmax.softmax", "clipped to ±500", named="clipped")
def clipped(z):
    t = np.exp(np.clip(z, -500, 500))
    return t / t.sum(axis=0)


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


@wrong("softmax.softmax", "a sigmoid for each class", named="sigmoid")
def sigmoids(z):
    return activations.sigmoid(z)


@wrong("softmax.softmax", "not divided by the sum", named="divided-by-the-max")
def never_divided(z):
    return np.exp(z - z.max(axis=0))


@wrong("softmax.softmax", "maximum over rows, sum over columns", named="max-of-rows")
def maximum_of_the_row(z):
    t = np.exp(z - z.max(axis=1, keepdims=True))
    return t / t.sum(axis=0)


@wrong("softmax.softmax", "shifted in place", named="changes-its-input")
def in_place_shift(z):
    z -= z.max(axis=0)
    t = np.exp(z)
    return t / t.sum(axis=0)


@wrong("softmax.softmax", "rounded to three digits", named="rounded")
def rounded_shares(z):
    t = np.exp(z - z.max(axis=0))
    return np.round(t / t.sum(axis=0), 3)


@right("softmax.softmax")
def by_log_sum_exp(z):
    return np.exp(z - np.logaddexp.reduce(z, axis=0))


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


@wrong("softmax.hard_max", "all equals win", named="several-ones")
def every_equal(z):
    return (z == z.max(axis=0)).astype(float)


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


@wrong("softmax.hard_max", "the indices", named="returns-the-row")
def indices(z):
    return z.argmax(axis=0)


@wrong("softmax.hard_max", "transposed", named="transposed")
def rows_of_eye(z):
    return np.eye(len(z))[z.argmax(axis=0)]


@wrong("softmax.hard_max", "equals share the one", named="lead-shared")
def shared_one(z):
    hot = (z == z.max(axis=0)).astype(float)
    return hot / hot.sum(axis=0)


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


@wrong("softmax.hard_max", "overwrites z", named="changes-its-input")
def overwrites(z):
    winner = z.argmax(axis=0)
    z[:] = 0
    z[winner, np.arange(z.shape[1])] = 1
    return z


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
