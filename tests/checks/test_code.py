"""The stub is recognised by its code."""

import inspect

import numpy as np
import pytest

from course_utils.checks.engine.code import same_code


def stub(X):
    m = X.shape[1]
    return np.zeros(m)  # your line


def renamed(data: np.ndarray, /) -> np.ndarray:
    """Say what it does."""
    count: int = data.shape[1]

    # nothing yet
    return np.zeros(count)


def pairs(X, y):
    return [(x, y) for x in X if x > y]


def pairs_renamed(Z, limit):
    return [(z, limit) for z in Z if z > limit]


def pairs_turned(X, y):
    return [(y, x) for x in X if x > y]


def first(a, b):
    return a


def second(a, b):
    return b


@pytest.mark.parametrize(
    ("one", "other"), [(stub, stub), (stub, renamed), (pairs, pairs_renamed), (second, second)]
)
def test_names_comments_and_docstrings_make_no_difference(one, other):
    assert same_code(one, other)


def loops(values, beta):
    averages = np.zeros(len(values))
    for t in range(len(values)):
        averages[t] = np.exp(averages[t]) if beta else np.log(t)
    return averages, [np.abs(v) for v in values]


@pytest.mark.parametrize("function", [stub, loops])
def test_a_cell_of_a_notebook_that_does_not_import_numpy_itself_makes_no_difference(function):
    namespace = {"np": np}
    exec(inspect.getsource(function), namespace)
    assert same_code(namespace[function.__name__], function)
    assert same_code(function, namespace[function.__name__])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (stub, lambda X: np.zeros(X.shape[1])),
        (stub, lambda X: np.ones(X.shape[1])),
        (pairs, pairs_turned),
        (first, second),
        (lambda x: 1, lambda x: 1.0),
        (lambda x: 1, lambda x: True),
        (lambda x: x.sum(), lambda x: x.max()),
        (lambda x: np.sum(x, axis=0), lambda x: np.sum(x, keepdims=0)),
        (lambda x: lambda y: x, lambda x: lambda y: y),
        (lambda x: 0.0, lambda x: -0.0),
        (stub, len),
        (stub, None),
    ],
)
def test_another_constant_name_or_order_is_other_code(one, other):
    assert not same_code(one, other)
