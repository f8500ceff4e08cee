"""Answers to the exercises on softmax."""

import numpy as np

from tests.checks.bank import right, wrong


@right("softmax.softmax")
def column_by_column(z):
    result = np.empty(z.shape)
    for i in range(z.shape[1]):
        t = np.exp(z[:, i] - z[:, i].max())
        result[:, i] = t / t.sum()
    return result


@wrong("softmax.softmax", "maximum over the whole array, not per column", named="one-max-for-all")
def one_maximum(z):
    t = np.exp(z - z.max())
    return t / t.sum(axis=0)
