"""The checks about computation graphs name every mistake and refuse no right answer."""

import inspect

import nbformat
import numpy as np
import pytest

from course_utils import graph
from course_utils.checks import computation_graphs as checks
from course_utils.checks.engine.running import one_wait


def endless(session, train, x, y, X, Y, size):
    while True:
        pass


def test_an_endless_epoch_is_stopped():
    with one_wait(0.2):
        assert checks.one_epoch(endless).mistake == "endless"

    def runs_for_ever(session, train, x, y, X, Y, size):
        while True:
            session.run(train, {x: X[:size], y: Y[:size]})

    assert checks.one_epoch(runs_for_ever).mistake == "raises", "its session counts the steps"


def test_an_error_of_the_graph_is_said_to_be_in_the_reader_s_line():
    def own_session(session, train, x, y, X, Y, size):
        graph.Session().run(train, {x: X[:size], y: Y[:size]})

    hint = checks.one_epoch(own_session).hint
    assert "has no value yet" in hint
    assert ": graph.Session().run(train, {x: X[:size], y: Y[:size]})." in hint


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (lambda d, y, x: d * y * (1 - np.exp(-y)), "x changes nothing in your answer. Nor need it"),
        (lambda up, y, x: y * (1 - np.exp(-y)), "up changes nothing in your answer, and should."),
        (lambda d, y, x: np.tanh(x), "d changes nothing in your answer, and should."),
    ],
)
def test_no_answer_that_uses_y_is_told_to_use_x(answer, said):
    verdict = checks.softplus_backward(answer)
    assert verdict.mistake == "ignored"
    assert verdict.hint.startswith(said)


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
    assert verdict.hint.endswith("do α and the steps fit?") == (mistake == "not-yet-there")
