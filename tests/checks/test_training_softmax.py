"""The bank of answers to the exercises about training softmax."""

from functools import partial

import numpy as np
import pytest
import scipy.special

from course_utils import softmax
from course_utils.checks import training_softmax as checks
from course_utils.experiments.training_softmax import DigitsRun


def shares(z, axis=0):
    return scipy.special.softmax(z, axis=axis)


def by_loops(z, y):
    J = 0.0
    for k in range(z.shape[1]):
        column = z[:, k] - max(z[:, k])
        J -= sum(y[i, k] * (column[i] - np.log(sum(np.exp(column)))) for i in range(len(z)))
    return J / z.shape[1]


@pytest.mark.parametrize("right", [
    by_loops,
    lambda z, y: -(y * scipy.special.log_softmax(z, axis=0)).sum() / z.shape[1],
    lambda z, y: np.mean(scipy.special.logsumexp(z, axis=0) - (y * z).sum(axis=0)),
    lambda z, y: softmax.cost(z.astype(np.float32), y),
    lambda z, y: np.mean(softmax.cross_entropy(softmax.softmax(z), y)),
])  # fmt: skip
def test_right_cost_passes(right):
    assert checks.cost(right).passed


@pytest.mark.parametrize(("mistake", "wrong"), [
    ("still-the-stub", lambda z, y: 0.0),
    ("minus-forgotten", lambda z, y: -by_loops(z, y)),
    ("sum-for-mean", lambda z, y: by_loops(z, y) * z.shape[1]),
    ("divided-by-all-entries", lambda z, y: np.mean(-y * scipy.special.log_softmax(z, axis=0))),
    ("divided-by-classes", lambda z, y: by_loops(z, y) * z.shape[1] / len(z)),
    ("softmax-over-examples",
     lambda z, y: -(y * np.log(np.maximum(shares(z, 1), 1e-300))).sum() / z.shape[1]),
    ("log2", lambda z, y: by_loops(z, y) / np.log(2)),
    ("log10", lambda z, y: by_loops(z, y) / np.log(10)),
    ("one-minus-y-hat", lambda z, y: np.mean(1 - (y * shares(z)).sum(axis=0))),
    ("squared-error", lambda z, y: np.sum((shares(z) - y) ** 2) / z.shape[1]),
    ("loss-of-each-example", lambda z, y: -(y * scipy.special.log_softmax(z, axis=0)).sum(0)),
    ("log-of-a-logit", lambda z, y: -np.mean((y * z).sum(axis=0))),
    ("raises", lambda z, y: z @ y),
    ("returns-none", lambda z, y: None),
])  # fmt: skip
def test_wrong_cost_is_named(mistake, wrong):
    assert checks.cost(wrong).mistake == mistake


def test_logistic_terms_and_overflow_are_named():
    def logistic(z, y):
        a = shares(z)
        terms = y * np.log(np.maximum(a, 1e-300)) + (1 - y) * np.log(np.maximum(1 - a, 1e-300))
        return -terms.sum() / z.shape[1]

    def overflows(z, y):
        with np.errstate(all="ignore"):
            t = np.exp(z)
            return -(y * np.log(t / t.sum(axis=0))).sum() / z.shape[1]

    assert checks.cost(logistic).mistake == "logistic-terms-added"
    assert checks.cost(overflows).mistake == "overflows"


@pytest.mark.parametrize("right", [
    lambda z, y: (shares(z) - y) / z.shape[1],
    lambda z, y: np.array([(shares(c) - t) / z.shape[1] for c, t in zip(z.T, y.T)]).T,  # noqa: B905
    lambda z, y: softmax.cost_gradient(z.astype(np.float32), y),
])  # fmt: skip
def test_right_gradient_passes(right):
    assert checks.gradient(right).passed


@pytest.mark.parametrize(("mistake", "wrong"), [
    ("still-the-stub", lambda z, y: 0 * z),
    ("turned-round", lambda z, y: (y - shares(z)) / z.shape[1]),
    ("turned-round", lambda z, y: y - shares(z)),
    ("not-divided-by-m", lambda z, y: shares(z) - y),
    ("divided-by-all-entries", lambda z, y: (shares(z) - y) / z.size),
    ("softmax-over-examples", lambda z, y: (shares(z, 1) - y) / z.shape[1]),
    ("logits-for-probabilities", lambda z, y: (z - y) / z.shape[1]),
    ("with-respect-to-y-hat", lambda z, y: -(y / shares(z)) / z.shape[1]),
    ("only-the-right-class", lambda z, y: y * (shares(z) - 1) / z.shape[1]),
    ("times-the-slope", lambda z, y: (shares(z) - y) * shares(z) * (1 - shares(z)) / z.shape[1]),
    ("averaged", lambda z, y: ((shares(z) - y).sum(1) / z.shape[1])[:, None]),
    ("transposed", lambda z, y: ((shares(z) - y) / z.shape[1]).T),
])  # fmt: skip
def test_wrong_gradient_is_named(mistake, wrong):
    assert checks.gradient(wrong).mistake == mistake


def by_indexing(labels, classes):
    y = np.zeros((classes, len(labels)))
    y[labels, np.arange(len(labels))] = 1
    return y


@pytest.mark.parametrize("right", [
    by_indexing,
    lambda labels, classes: np.arange(classes)[:, None] == labels,
    lambda labels, classes: np.array([[float(k == c) for k in labels] for c in range(classes)]),
    lambda labels, classes: np.eye(classes, dtype=int)[labels].T,
])  # fmt: skip
def test_right_one_hot_passes(right):
    assert checks.one_hot(right).passed


@pytest.mark.parametrize(("mistake", "wrong"), [
    ("still-the-stub", lambda labels, classes: np.zeros((classes, labels.size))),
    ("rows-are-examples", lambda labels, classes: by_indexing(labels, classes).T),
    ("last-class-forgotten", lambda labels, classes: by_indexing(labels, labels.max() + 1)),
    ("labels-from-1", lambda labels, classes: by_indexing(labels - 1, classes)),
    ("class-numbers-inside", lambda labels, classes: labels * by_indexing(labels, classes)),
    ("turned-over", lambda labels, classes: np.arange(classes)[:, None] != labels),
    ("all-in-one", lambda labels, classes: np.bincount(labels, minlength=classes)[:, None]),
])  # fmt: skip
def test_wrong_one_hot_is_named(mistake, wrong):
    assert checks.one_hot(wrong).mistake == mistake


def test_the_challenge_wants_97_percent_within_ten_epochs():
    run = DigitsRun({"drawn": np.random.default_rng(0).permutation(1797)[:360],
                     "last": np.arange(1437, 1797)})  # fmt: skip
    goal = partial(checks.goal_97, run)
    assert goal(epoch=0, alpha=0.01, tests="drawn").mistake == "too-few"
    assert goal(epoch=9, alpha=0.01, tests="drawn").passed
    assert goal(epoch=12, alpha=0.01, tests="drawn").mistake == "too-late"
    assert goal(epoch=9, alpha=0.0001, tests="drawn").mistake == "too-few"
    assert goal(epoch=9, alpha=0.01, tests="last").mistake == "too-few"
