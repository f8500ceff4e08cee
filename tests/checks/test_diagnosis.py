"""The machinery of the checks: nothing a reader writes can hurt, and what it does is described."""

import re
import threading
import time

import numpy as np
import pytest

from course_utils.checks import Verdict
from course_utils.checks.diagnosis import Case, Mistake, diagnose
from course_utils.checks.running import TookTooLong, call

CASES = (
    Case((np.array([1.0, 2.0, 4.0]),), says="three numbers"),
    Case((np.array([[3.0, 5.0]]),), says="a row"),
)
MISTAKES = (
    Mistake("not-squared", lambda z: z, "Where is the square?"),
    Mistake("cubed", lambda z: z**3, "One factor too many."),
    Mistake("wrong-join", lambda z: z @ np.ones(7), "Shapes do not meet."),
)


def square(z):
    return z**2


def check(function, **options):
    return diagnose(function, square, CASES, MISTAKES, **options)


def in_place_on_a_copy(z):
    z = z.copy()
    z *= z
    return z


@pytest.mark.parametrize(
    "right",
    [
        square,
        lambda z: z * z,
        lambda z, power=2: z**power,
        lambda z: z.astype(np.float32) ** 2,
        lambda z: (z**2).tolist(),
        in_place_on_a_copy,
    ],
)
def test_right_answers_pass(right):
    assert check(right).passed


def changes_its_input(z):
    z *= z
    return z


def never_returns(z):
    z**2


def never_ends(z):
    while True:
        z = z + 1


def swallows_everything(z):
    while True:
        try:
            while True:
                z = z + 1
        except BaseException:
            continue


def divides_by_zero(z):
    return 1 // 0


def leaves(z):
    raise SystemExit


def recurses(z):
    return recurses(z)


@pytest.mark.parametrize(
    ("answer", "mistake", "says"),
    [
        (lambda z: 1.0 * z, "not-squared", "Where is the square?"),
        (lambda z: z * z * z, "cubed", "One factor"),
        (lambda z: np.ones(9) @ z, "wrong-join", "Shapes"),
        (changes_its_input, "changes-its-input", "not what it was"),
        (never_returns, "returns-none", "return"),
        (divides_by_zero, "raises", "ZeroDivisionError.*return 1 // 0.*three numbers"),
        (leaves, "raises", "SystemExit"),
        (recurses, "raises", "RecursionError"),
        (lambda: 3, "wrong-parameters", "1 argument.*written for"),
        (lambda z: "squared", "not-an-array", "a str"),
        (lambda z: (z**2, z), "wrong-count", "2 value.s. where 1"),
        (lambda z: z[:1] ** 2, "wrong-shape", r"\(1,\); asked for is \(3,\)"),
        (lambda z: z**2 * np.nan, "not-finite", "NaN"),
        (lambda z: z**2 + 0.5, "offset", "too large by 0.5"),
        (square(np.ones(3)), "not-a-function", "without calling it: you passed ndarray"),
    ],
)
def test_mistakes_are_named(answer, mistake, says):
    verdict = check(answer)
    assert not verdict.passed
    assert verdict.mistake == mistake
    assert re.search(says, verdict.hint), verdict.hint


@pytest.mark.parametrize("endless", [never_ends, swallows_everything])
def test_an_endless_loop_is_stopped_and_located(endless):
    started = time.monotonic()
    verdict = check(endless, seconds=0.3)
    assert time.monotonic() - started < 3
    assert verdict.mistake == "endless"
    assert "z = z + 1" in verdict.hint or "while True" in verdict.hint


def test_the_thread_of_a_stopped_loop_ends():
    before = threading.active_count()
    outcome = call(never_ends, 0, seconds=0.2)
    assert isinstance(outcome.error, TookTooLong)
    time.sleep(0.2)
    assert threading.active_count() == before


def test_warnings_and_floating_point_trouble_stay_inside():
    outcome = call(lambda: np.log(np.zeros(2)) - np.float64(1) / np.zeros(2))
    assert outcome.error is None


def test_a_case_is_not_spoiled_by_an_answer_that_changes_it():
    check(changes_its_input)
    assert check(square).passed


def test_random_answers_are_compared_by_what_is_measured():
    cases = (Case((np.random.default_rng(0),)),)
    answers = {
        "uniform": lambda rng: 1 - rng.random(20000),
        "normal": lambda rng: rng.normal(0.5, 0.3, 20000),
    }

    def look(answer):
        return diagnose(
            answer,
            lambda rng: rng.random(20000),
            cases,
            (Mistake("normal", lambda rng: rng.normal(0.5, 0.3, 20000), ""),),
            measure=lambda x: np.quantile(x, [0.01, 0.5, 0.99]),
            rtol=0,
            atol=0.05,
        )

    assert look(answers["uniform"]).passed
    assert look(answers["normal"]).mistake == "normal"


def test_a_verdict_reads_well_and_escapes_what_it_quotes():
    verdict = Verdict(False, "raises", "It raised <b>TypeError</b>")
    assert repr(verdict) == "Not yet. It raised <b>TypeError</b>"
    assert "&lt;b&gt;TypeError" in verdict._repr_html_()
    assert 'role="status"' in verdict._repr_html_()
    assert repr(Verdict(True, None, "Well done.")) == "Passed. Well done."
