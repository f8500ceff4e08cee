"""The checks about computation graphs name every mistake and refuse no right answer."""

import inspect
from functools import partial

import nbformat
import numpy as np
import pytest
from scipy.special import expit

from course_utils.checks import computation_graphs as checks


@pytest.mark.parametrize(
    "right",
    [
        lambda d, y, x: d * expit(x),
        lambda d, y, x: d * np.exp(-np.logaddexp(0, -x)),
        lambda d, y, x: d * (1 - np.exp(-y)),
        lambda d, y, x: d / (1 + np.exp(np.minimum(-x, 700))),
        lambda d, y, x: (d * expit(x)).astype(np.float32),
        lambda d, y, x: 0.5 * d * (1 + np.tanh(x / 2)),
    ],
)
def test_right_softplus_passes(right):
    assert checks.softplus_backward(right).passed


def overflowing(d, y, x):
    with np.errstate(all="ignore"):
        return np.exp(x) / (np.exp(x) + 1) * d


def in_place(d, y, x):
    d *= expit(x)
    return d


@pytest.mark.parametrize(
    ("mistake", "wrong"),
    [
        ("stubs-numbers", lambda d, y, x: 0 * x),
        ("d-forgotten", lambda d, y, x: expit(x)),
        ("d-added", lambda d, y, x: expit(x) + d),
        ("times-the-value", lambda d, y, x: np.logaddexp(0, x) * d),
        ("d-passed-on", lambda d, y, x: d.copy()),
        ("slope-of-the-sigmoid", lambda d, y, x: d * expit(x) * expit(-x)),
        ("sigmoid-of-y", lambda d, y, x: d * expit(y)),
        ("sigmoid-of-minus-x", lambda d, y, x: d * (1 - expit(x))),
        ("turned-round", lambda d, y, x: d * (expit(-x) - 1)),
        ("slope-of-relu", lambda d, y, x: np.where(x > 0, d, 0)),
        ("overflows", overflowing),
        ("changes-its-input", in_place),
        ("returns-none", lambda d, y, x: None),
        ("wrong-shape", lambda d, y, x: (d * expit(x)).ravel()[:1]),
        ("raises", lambda d, y, x: d @ "x"),
    ],
)
def test_wrong_softplus_is_named(mistake, wrong):
    assert checks.softplus_backward(wrong).mistake == mistake


def epoch(session, train, x, y, X, Y, size, *, shift=0, stop=None, fetch=None, ends=None):
    for start in range(0, stop or len(X), size):
        part, other = slice(start, start + size), slice(start + shift, start + size + shift)
        session.run(fetch or train, feed_dict={x: X[part], y: Y[other]})


def by_indices(session, train, x, y, X, Y, size):
    order = np.random.default_rng(0).permutation(len(X))
    for part in np.split(order, range(size, len(X), size)):
        session.run([train], {x: X[part], y: Y[part]})


def by_while(session, train, x, y, X, Y, size):
    done = 0
    while done < len(X):
        session.run(train, feed_dict={y: Y[done : done + size].tolist(), x: X[done : done + size]})
        done += size


@pytest.mark.parametrize("right", [epoch, by_while])
def test_right_epoch_passes(right):
    assert checks.one_epoch(right).passed


def columns(session, train, x, y, X, Y, size):
    for start in range(0, len(X), size):
        session.run(train, feed_dict={x: X[start], y: Y[start]})


def only_x(session, train, x, y, X, Y, size):
    for start in range(0, len(X), size):
        session.run(train, feed_dict={x: X[start : start + size]})


def whole(session, train, x, y, X, Y, size):
    for _ in range(0, len(X), size):
        session.run(train, feed_dict={x: X, y: Y})


def overlapping(session, train, x, y, X, Y, size):
    for start in range(0, len(X) - 1, size - 1):
        session.run(train, feed_dict={x: X[start : start + size], y: Y[start : start + size]})


def first(session, train, x, y, X, Y, size):
    session.run(train, feed_dict={x: X[:size], y: Y[:size]})


def last_left_out(session, train, x, y, X, Y, size):
    for k in range(len(X) // size):
        part = slice(k * size, (k + 1) * size)
        session.run(train, feed_dict={x: X[part], y: Y[part]})


def remainder_first(session, train, x, y, X, Y, size):
    for part in np.array_split(np.arange(len(X)), -(-len(X) // size)):
        session.run(train, feed_dict={x: X[part], y: Y[part]})


def endless(session, train, x, y, X, Y, size):
    while True:
        pass


@pytest.mark.parametrize(
    ("mistake", "wrong"),
    [
        ("not-a-function", 3),
        ("never-runs", lambda *args: None),
        ("not-in-order", by_indices),
        ("not-the-train-node", lambda s, train, x, y, X, Y, size: epoch(s, x, x, y, X, Y, size)),
        ("not-both-fed", only_x),
        ("not-both-fed", lambda s, train, x, y, X, Y, size: s.run(train)),
        ("wrong-shape", columns),
        ("all-at-once", whole),
        ("all-at-once", lambda s, train, x, y, X, Y, size: s.run(train, {x: X, y: Y})),
        ("labels-of-others", partial(epoch, shift=1)),
        ("too-large", lambda s, train, x, y, X, Y, size: epoch(s, train, x, y, X, Y, size + 1)),
        ("fed-twice", overlapping),
        ("two-epochs", lambda *args: (epoch(*args), epoch(*args))),
        ("only-the-first", first),
        ("last-left-out", last_left_out),
        ("too-small", remainder_first),
        ("row-by-row", lambda s, train, x, y, X, Y, size: epoch(s, train, x, y, X, Y, 1)),
        ("raises", lambda s, train, x, y, X, Y, size: X[size]["a"]),
        ("other-numbers", lambda s, t, x, y, X, Y, n: epoch(s, t, x, y, X.astype(str), Y, n)),
    ],
)
def test_wrong_epoch_is_named(mistake, wrong):
    assert checks.one_epoch(wrong).mistake == mistake


def test_an_endless_epoch_is_stopped(monkeypatch):
    monkeypatch.setattr(checks, "call", partial(checks.call, seconds=0.2))
    assert checks.one_epoch(endless).mistake == "endless"

    def runs_for_ever(session, train, x, y, X, Y, size):
        while True:
            session.run(train, {x: X[:size], y: Y[:size]})

    assert checks.one_epoch(runs_for_ever).mistake == "raises"


def softplus_backward(d, y, x):
    dx = np.zeros_like(x)
    # your lines
    return dx


def one_epoch(session, train, x, y, X, Y, size):
    pass  # your lines


@pytest.mark.parametrize("stub", [softplus_backward, one_epoch])
def test_the_notebooks_stub_is_recognised(stub):
    cells = nbformat.read("notebooks/16_computation_graphs.ipynb", as_version=4).cells
    assert any(inspect.getsource(stub) in cell.source + "\n" for cell in cells)
    assert getattr(checks, stub.__name__)(stub).mistake == "still-the-stub"


@pytest.mark.parametrize("check", [checks.softplus_backward, checks.one_epoch])
@pytest.mark.parametrize("thing", [None, 3, "", [], np.zeros(2), dict, lambda: 0, lambda *a: a])
def test_whatever_is_passed_gets_a_verdict(check, thing):
    assert not check(thing).passed


@pytest.mark.parametrize("part", [None, "text", {}, [[1], [2, 3]], np.full((4, 6), "text"), 3.0])
def test_whatever_is_fed_gets_a_verdict(part):
    def feeds_it(session, train, x, y, X, Y, size):
        session.run(train, {x: part, y: part})

    assert not checks.one_epoch(feeds_it).passed


@pytest.mark.parametrize(
    ("values", "mistake"),
    [
        ({"step": 0, "b": -10.0}, "elsewhere"),
        ({"step": 1100, "b": -10.0}, "elsewhere"),
        ({"step": 0, "b": -20.0}, "not-yet-there"),
        ({"step": 100, "b": -20.0}, "not-yet-there"),
        ({"step": 1100, "b": -20.0, "alpha": 0.001}, "not-yet-there"),
        ({"step": 1100, "b": -20.0, "alpha": 1.2}, "not-yet-there"),
        ({"step": 1000, "b": -20.0}, None),
        ({"step": 50, "b": -20.0, "alpha": 0.3, "precision": "float64"}, None),
    ],
)
def test_the_challenge_is_passed_where_the_program_arrives(values, mistake):
    verdict = checks.goal_ten(**{"alpha": 0.01, "precision": "float32", **values})
    assert (verdict.passed, verdict.mistake) == (mistake is None, mistake)
    assert "inf" not in verdict.hint
