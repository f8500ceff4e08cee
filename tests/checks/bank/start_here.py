"""Answers to the exercises of notebook 00."""

import statistics

import numpy as np

from tests.checks.bank import right, right_ones, wrong, wrong_ones

kept = []


@right("start_here.mean_ink")
def axis_zero(X):
    return np.mean(X, axis=0)


@right("start_here.mean_ink")
def axis_minus_two(X):
    return X.mean(-2)


@right("start_here.mean_ink")
def transposed_first(X):
    return X.T.mean(axis=1)


@right("start_here.mean_ink")
def sum_over_rows(X):
    return X.sum(axis=0) / X.shape[0]


@right("start_here.mean_ink")
def matrix_product(X):
    n = len(X)
    return np.ones(n) @ X / n


@right("start_here.mean_ink")
def by_einsum(X):
    return np.einsum("ij->j", X) / len(X)


@right("start_here.mean_ink")
def column_by_column(X):
    ink = np.zeros(X.shape[1])
    for j in range(X.shape[1]):
        ink[j] = X[:, j].mean()
    return ink


@right("start_here.mean_ink")
def two_loops(X):
    n, m = X.shape
    ink = np.zeros(m)
    for j in range(m):
        total = 0
        for i in range(n):
            total += X[i, j]
        ink[j] = total / n
    return ink


@right("start_here.mean_ink")
def python_list(X):
    return [float(sum(column) / len(column)) for column in X.T]


@right("start_here.mean_ink")
def statistics_module(X):
    return np.array([statistics.fmean(column) for column in X.T])


@right("start_here.mean_ink")
def along_axis(X):
    return np.apply_along_axis(np.mean, 0, X)


@right("start_here.mean_ink")
def weighted_mean(X):
    return np.average(X, axis=0, weights=np.full(len(X), 0.5))


@right("start_here.mean_ink")
def row_by_row_in_place(X):
    ink = np.zeros(X.shape[1])
    for row in X:
        ink += row
    ink /= len(X)
    return ink


@right("start_here.mean_ink")
def running_mean(X):
    ink = np.zeros(X.shape[1])
    for i, row in enumerate(X, 1):
        ink = ink + (row - ink) / i
    return ink


@wrong("start_here.mean_ink", "the mean of each pixel")
def mean_of_each_pixel(X):
    return X.mean(axis=1)


@wrong("start_here.mean_ink", "one mean for all")
def one_mean(X):
    return X.mean()


@wrong("start_here.mean_ink", "the sum")
def sum_of_each(X):
    return X.sum(axis=0)


@wrong("start_here.mean_ink", "the sum, divided by the number of digits")
def divided_by_m(X):
    m = X.shape[1]
    return X.sum(axis=0) / m


@wrong("start_here.mean_ink", "only the inked pixels are counted")
def of_inked_pixels(X):
    return X.sum(axis=0) / np.maximum((X > 0).sum(axis=0), 1)


@wrong("start_here.mean_ink", "the share of inked pixels")
def share_of_inked(X):
    return (X > 0).mean(axis=0)


@wrong("start_here.mean_ink", "shape (m, 1)")
def as_column(X):
    return X.mean(axis=0)[:, None]


@wrong("start_here.mean_ink", "only the first digit")
def first_digit(X):
    return X[:, 0].mean()


@wrong("start_here.mean_ink", "returned inside the loop")
def returned_too_early(X):
    ink = np.zeros(X.shape[1])
    for j in range(X.shape[1]):
        ink[j] = X[:, j].mean()
        return ink


@wrong("start_here.mean_ink", "the last digit left out")
def last_digit_missing(X):
    ink = np.zeros(X.shape[1])
    for j in range(X.shape[1] - 1):
        ink[j] = X[:, j].mean()
    return ink


@wrong("start_here.mean_ink", "the first row left out")
def first_row_missing(X):
    return X[1:].sum(axis=0) / len(X)


@wrong("start_here.mean_ink", "divided by 63")
def divided_by_one_less(X):
    return X.sum(axis=0) / (len(X) - 1)


@wrong("start_here.mean_ink", "reshaped, not transposed")
def reshaped(X):
    return X.reshape(X.shape[1], -1).mean(axis=1)


@wrong("start_here.mean_ink", "a loop over the 64 pixels")
def loop_over_pixels(X):
    return np.array([X[i].mean() for i in range(64)])


@wrong("start_here.mean_ink", "whole numbers only")
def integer_division(X):
    return X.sum(axis=0) // len(X)


@wrong("start_here.mean_ink", "rounded to two digits")
def rounded(X):
    return X.mean(axis=0).round(2)


@wrong("start_here.mean_ink", "divided by the digit's maximum, too")
def normalised(X):
    return X.mean(axis=0) / np.maximum(X.max(axis=0), 1e-9)


@wrong("start_here.mean_ink", "1 - mean: white counted for ink")
def white_not_ink(X):
    return 1 - X.mean(axis=0)


@wrong("start_here.mean_ink", "divided by 16, as if grey went to 16")
def greys_to_sixteen(X):
    return X.mean(axis=0) / 16


@wrong("start_here.mean_ink", "sorted")
def sorted_ink(X):
    return np.sort(X.mean(axis=0))


@wrong("start_here.mean_ink", "a constant number of digits")
def hard_coded_size(X):
    ink = np.zeros(1797)
    ink[: X.shape[1]] = X.mean(axis=0)
    return ink


@wrong("start_here.mean_ink", "added up from call to call")
def remembers_calls(X):
    kept.extend(X.mean(axis=0))
    return np.array(kept)


@wrong("start_here.mean_ink", "changes X")
def changes_x(X):
    X /= len(X)
    return X.sum(axis=0)


@wrong("start_here.mean_ink", "prints only")
def printed(X):
    print(X.mean(axis=0)[:3])


@wrong("start_here.mean_ink", "a mean that loses its value")
def nothing_kept(X):
    m = X.shape[1]
    X.mean(axis=0)
    return np.zeros(m)


@wrong("start_here.mean_ink", "text, not numbers")
def as_text(X):
    return [str(ink) for ink in X.mean(axis=0)]


@wrong("start_here.mean_ink", "a misspelt method")
def misspelt(X):
    return X.average(axis=0)


@wrong("start_here.mean_ink", "mean of each pixel, and a sum (two mistakes)")
def wrong_axis_and_sum(X):
    return X.sum(axis=1)


@wrong("start_here.mean_ink", "the sum over m, as a row (two mistakes)")
def wrong_divisor_and_shape(X):
    return X.sum(axis=0, keepdims=True) / X.shape[1]


@wrong("start_here.mean_ink", "median", named="median")
def median_ink_too(X):
    return np.median(X, axis=0)


@wrong("start_here.mean_ink", "keeps a row", named="kept-dimension")
def keeps_a_row(X):
    return X.mean(axis=0, keepdims=True)


@wrong("start_here.mean_ink", "mean of the dark pixels only", named="only-inked-pixels")
def inked_pixels_only(X):
    return X.sum(axis=0) / (X > 0).sum(axis=0).clip(1)


@wrong("start_here.mean_ink", "one mean for all", named="one-for-all")
def one_mean_too(X):
    return np.full(X.shape[1], X.mean())


@wrong("start_here.mean_ink", "divides by m", named="divided-by-examples")
def over_m(X):
    return X.sum(axis=0) / X.shape[1]


@wrong("start_here.mean_ink", "rounded", named="rounded")
def rounded_ink(X):
    return X.mean(axis=0).round(1)


@wrong("start_here.mean_ink", "last digit missing")
def last_missing(X):
    return np.array([X[:, i].mean() for i in range(X.shape[1] - 1)])


@wrong("start_here.mean_ink", "extremes' middle")
def mid_range(X):
    return (X.max(axis=0) + X.min(axis=0)) / 2


@right("start_here.mean_ink")
def average(X):
    return np.average(X, axis=0)


@right("start_here.mean_ink")
def of_the_transpose(X):
    return [column.mean() for column in X.T]


# In a line each


def stub(X):
    m = X.shape[1]
    return np.zeros(m)  # your line


def last_digit_only(X):
    result = np.zeros(X.shape[1])
    for k, digit in enumerate(X.T):
        result[:] = 0
        result[k] = digit.mean()
    return result


right_ones(
    "start_here.mean_ink",
    [
        lambda X: X.mean(axis=0),
        lambda X: np.sum(X, axis=0) / X.shape[0],
        lambda X: X.sum(axis=0) / 64,
        lambda X: np.ones(len(X)) @ X / len(X),
        lambda X: [sum(column) / len(column) for column in X.T],
        lambda X, axis=0: np.mean(X.astype(np.float32), axis=axis),
    ],
)


wrong_ones(
    "start_here.mean_ink",
    [
        ("still-the-stub", stub),
        ("stubs-numbers", lambda X: np.zeros(X.shape[1])),
        ("divided-by-examples", lambda X: np.sum(X, axis=0) / X.shape[1]),
        ("largest", lambda X: np.max(X, 0)),
        ("one-right", last_digit_only),
        ("factor", lambda X: 100 * X.mean(axis=0)),
        ("never-filled", lambda X: np.empty(X.shape[1])),
        ("wrong-axis", lambda X: np.sum(X, axis=1) / X.shape[1]),
        ("wrong-axis", lambda X: np.array([row.mean() for row in X])),
        ("one-number", np.mean),
        ("sum", lambda X: sum(X)),
        ("kept-dimension", lambda X: (X.sum(0) / len(X))[None, :]),
        ("only-inked-pixels", lambda X: np.array([c[c > 0].mean() for c in X.T])),
        ("returns-none", lambda X: print(end="")),
        ("rows-for-columns", lambda X: np.array([X[i].mean() for i in range(X.shape[1])])),
        ("rows-for-columns", lambda X: X.mean(axis=1)[: X.shape[1]]),
        ("one-pixel", lambda X: X[0]),
        ("wrong-numbers", lambda X: X.mean(axis=0) / X.max()),
    ],
)
