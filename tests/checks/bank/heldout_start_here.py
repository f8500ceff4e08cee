"""More answers to the exercises of start_here, written from their texts alone."""

import numpy as np

from tests.checks.bank import right, wrong


@wrong("start_here.mean_ink", "median", named="median")
def median_ink(X):
    return np.median(X, axis=0)


@wrong("start_here.mean_ink", "keeps a row", named="kept-dimension")
def keeps_a_row(X):
    return X.mean(axis=0, keepdims=True)


@wrong("start_here.mean_ink", "mean of the dark pixels only", named="only-inked-pixels")
def inked_pixels_only(X):
    return X.sum(axis=0) / (X > 0).sum(axis=0).clip(1)


@wrong("start_here.mean_ink", "one mean for all", named="one-for-all")
def one_mean(X):
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
