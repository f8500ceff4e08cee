"""The machinery of the checks: nothing a reader writes can hurt, and what it does is described."""

import datetime
import re
import sys
import time
from functools import partial

import numpy as np
import pandas as pd
import pytest

from course_utils.checks import Verdict
from course_utils.checks.engine import seen
from course_utils.checks.engine.diagnosis import Case, Mistake, Stub, diagnose
from tests.checks.told_apart import not_told_apart

CASES = (
    Case((np.array([1.0, 2.0, 4.0]),), says="three numbers"),
    Case((np.array([[3.0, 5.0]]),), says="a row"),
)
MISTAKES = (
    Mistake("not-squared", "Where is the square?", lambda z: z),
    Mistake("cubed", "One factor too many.", lambda z: z**3),
    Mistake("wrong-join", "Shapes do not meet.", lambda z: z @ np.ones(7)),
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


stop = []  # so that no test leaves a loop behind


def swallows_everything(z):
    while not stop:
        try:
            while True:
                z = z + 1 if not stop else 1 // 0
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
        (divides_by_zero, "raises", "ZeroDivisionError.*return 1 // 0.*a row"),
        (leaves, "raises", "SystemExit"),
        (recurses, "raises", "RecursionError"),
        (lambda: 3, "wrong-parameters", "1 argument.*written for"),
        (lambda z: "squared", "not-an-array", "a str"),
        (lambda z: (z**2, z), "wrong-count", "2 values; the task asks for 1"),
        (lambda z: z[:1] ** 2, "wrong-shape", r"\(1,\); the task asks for \(3,\)"),
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
def test_an_endless_loop_costs_one_wait_and_is_located(endless):
    stop.clear()
    started = time.monotonic()
    verdict = check(endless, seconds=0.3)
    stop.append(True)
    assert time.monotonic() - started < 60
    assert verdict.mistake == "endless"
    assert "z = z + 1" in verdict.hint or "while True" in verdict.hint
    assert ("goes on in the background" in verdict.hint) == (
        endless is swallows_everything and sys.version_info < (3, 12)
    )


def test_a_call_that_holds_the_interpreter_tells_how_to_restart():
    verdict = check(lambda z: sum(range(3 * 10**7)), seconds=0.02)
    assert verdict.mistake == "endless"
    assert "nothing can interrupt" in verdict.hint
    assert "Restart Kernel" in verdict.hint


def test_an_answer_that_is_slow_in_every_case_is_stopped_after_the_first():
    calls = []

    def slow(z):
        calls.append(z)
        while True:
            pass

    assert check(slow, seconds=0.2).mistake == "endless"
    assert len(calls) == 1


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
            (Mistake("normal", "", lambda rng: rng.normal(0.5, 0.3, 20000)),),
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


def test_a_verdict_in_two_steps_folds_the_second():
    verdict = Verdict(False, "wrong-axis", "You <sum> rows.", "Which axis?", "f(1)\nyours 2 < 3")
    assert repr(verdict) == "Not yet. Which axis?\nMore: You <sum> rows.\nf(1)\nyours 2 < 3"
    html = verdict._repr_html_()
    assert html.count("<details><summary>") == 2
    assert html.index("Which axis?") < html.index("<details>") < html.index("You &lt;sum&gt; rows.")
    assert "yours 2 &lt; 3" in html
    assert "wrong-axis" not in html + repr(verdict)


SHAPES = [(1,), (3,), (4, 1), (3, 4), (64,), (7, 9), (2, 50), (130,), (40, 40)]


def never_fills(z):
    return np.empty(z.shape)


def fills_all_but_the_last(z):
    result = np.empty_like(z)
    result[..., :-1] = z[..., :-1] ** 2
    return result


def never_fills_float32(z):
    return np.empty(z.shape, np.float32)


def never_fills_after_some_work(z):
    np.sqrt(z + 1) * z.sum()
    return np.empty(z.shape)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("before", [square, np.zeros_like, lambda z: z**3])
@pytest.mark.parametrize(
    "empty",
    [never_fills, fills_all_but_the_last, never_fills_float32, never_fills_after_some_work],
)
def test_memory_that_was_never_filled_holds_no_right_answer(shape, before, empty):
    rng = np.random.default_rng(0)
    cases = tuple(Case((rng.normal(size=shape),)) for _ in range(3))
    for _ in range(3):
        diagnose(before, square, cases, MISTAKES)
        verdict = diagnose(empty, square, cases, MISTAKES)
        assert not verdict.passed
        assert verdict.mistake == "never-filled" or empty is never_fills_after_some_work, verdict


def test_what_was_never_filled_is_told_from_other_nan():
    filled = seen.poisoned(np.float64, 3)
    assert seen.is_poison(filled).all()
    assert seen.is_poison(seen.poisoned(np.float32, 3).astype(float)).all()
    with np.errstate(all="ignore"):
        others = np.array([np.nan, -np.nan, np.inf - np.inf, np.sqrt(-1.0), np.zeros(1)[0] / 0])
    assert not seen.is_poison(others).any()


def draw(rng):
    return Case((rng.normal(size=3).round(2),))


def remembers(z):
    known = {case.args[0].tobytes(): case.args[0] ** 2 for case in CASES}
    return known.get(z.tobytes(), np.zeros(z.shape))


def remembers_and_raises(z):
    return {case.args[0].tobytes(): case.args[0] ** 2 for case in CASES}[z.tobytes()]


def test_remembered_numbers_fail_on_fresh_cases():
    assert check(remembers).passed
    for _ in range(5):
        verdict = check(remembers, draw=draw)
        assert verdict.mistake == "only-the-cases"
        assert verdict.hint.startswith("Right on the 2 cases that are always tried, but not on")
    assert "KeyError" in check(remembers_and_raises, draw=draw).hint


def test_fresh_cases_are_fresh_and_come_last():
    tried = []

    def watches(z):
        tried.append(z.tolist())
        return z**2

    for _ in range(2):
        verdict = check(watches, draw=draw)
        says = "Right on both cases, among them a row, and on 3 drawn just now."
        assert repr(verdict) == f"Passed. {says}"
    first, second = tried[:5], tried[5:]
    assert first[:2] == second[:2]
    assert not any(z in second for z in first[2:])
    tried.clear()
    check(lambda z: tried.append(1), draw=draw)
    assert len(tried) == len(CASES)


def test_what_an_answer_prints_is_heard_on_the_smallest_case_alone(capsys):
    def prints(z):
        print(len(z))
        return z**2

    assert check(prints, draw=draw).passed
    assert capsys.readouterr().out == "1\n"


def test_an_input_changed_in_fresh_cases_is_noticed():
    def changes_what_it_has_not_seen(z):
        result = z**2
        if z.tobytes() not in {case.args[0].tobytes() for case in CASES}:
            z += 1
        return result

    assert check(changes_what_it_has_not_seen, draw=draw).mistake == "changes-its-input"


STUB = Stub(lambda z: np.zeros(z.shape), "Which power?")


def test_the_stub_is_told_by_its_code():
    assert check(lambda z: np.zeros(z.shape), stub=STUB).mistake == "still-the-stub"
    assert check(lambda z: z - z, stub=STUB).mistake == "stubs-numbers"
    assert repr(check(lambda x: np.zeros(x.shape), stub=STUB)) == "Not yet. Which power?"


def test_a_known_mistake_goes_before_the_numbers_of_a_stub():
    same = Stub(lambda z: z + 0, "Which power?")
    assert check(lambda z: z * 1.0, stub=same).mistake == "not-squared"
    assert check(lambda z: z + 0, stub=same).mistake == "still-the-stub"


def line(x, y, *, slope=2.0, shift=1.0, power=1):
    return slope * x**power + shift + y


LINE = (Case((np.array([1.0, 2.0, -3.0]), 0.5)), Case((np.array([0.5, 4.0]), 2.0)))
LINE_MISTAKES = (
    Mistake("steep", "Look at the slope.", partial(line, slope=3.0)),
    Mistake("low", "It lies lower.", partial(line, shift=0.0), look="Look at x = 0."),
    Mistake("bent", "It is bent.", partial(line, power=2)),
    Mistake("flat", "It is flat.", lambda x, y: x * 0 + y),
)


def test_two_mistakes_at_once_are_both_named():
    verdict = diagnose(lambda x, y: 3 * x + y, line, LINE, LINE_MISTAKES)
    assert verdict.mistake == "steep+low"
    assert verdict.look == "Two things at once. Look at the slope. Look at x = 0."
    assert verdict.hint == "Look at the slope. It lies lower."


def test_two_pairs_that_explain_the_same_are_not_named():
    double = Mistake("double", "Doubled.", partial(line, power=1, slope=3.0))
    verdict = diagnose(lambda x, y: 3 * x + y, line, LINE, (*LINE_MISTAKES, double))
    assert "+" not in verdict.mistake


def test_a_mistake_in_all_cases_but_one_is_a_possibility():
    cases = (*LINE, Case((np.array([7.0, 9.0, 1.0, 2.0]), 1.0)))

    def flat_but_once(x, y):
        return x * 0 + y if len(x) < 4 else x**3

    verdict = diagnose(flat_but_once, line, cases, LINE_MISTAKES)
    assert verdict.mistake == "perhaps-flat"
    assert verdict.hint.startswith("Perhaps, since all cases but one look like it: It is flat.")


def test_a_mistake_that_raises_is_not_taken_for_another_error():
    raises = (Mistake("joins", "Shapes do not meet.", lambda z: np.ones(9) @ z),)
    assert diagnose(lambda z: np.ones(4) @ z, square, CASES, raises).mistake == "joins"
    other = diagnose(lambda z: z.reshape(5, 5), square, CASES, raises)
    assert other.mistake == "raises"


def test_shadowed_mistakes_are_found():
    shadowed = (
        *MISTAKES,
        Mistake("right-after-all", "", lambda z: z * z),
        Mistake("again", "", lambda z: z * 1.0, lambda z: z + 0.0),
    )
    assert not_told_apart(square, CASES, MISTAKES) == []
    assert not_told_apart(square, CASES, shadowed) == [
        "right-after-all: the same as the right answer",
        "again: the same as not-squared",
        "again: the same as not-squared",
    ]


def test_the_call_and_the_numbers_of_the_smallest_wrong_case_are_shown():
    def bent(z):
        return z**2 + np.sin(z)

    verdict = check(bent)
    call, yours, right = verdict.details.splitlines()
    assert call == "bent(np.array([[3.0, 5.0]]))"
    assert (yours, right) == ("yours [[9.141, 24.04]]", "right [[9, 25]]")
    assert np.allclose(eval(call, {"np": np, "bent": bent}), [[9.14112, 24.041076]])


@pytest.mark.parametrize("fails", [lambda z: z[3], lambda z: None, lambda z: "squared"])
@pytest.mark.parametrize("dimensions", [1, 2])
def test_the_case_that_is_named_is_the_one_that_is_shown(fails, dimensions):
    def in_one_case(z):
        return fails(z) if z.ndim == dimensions else 7 * z

    verdict = check(in_one_case)
    shape, numbers = {1: ("three numbers", "[1.0, 2.0, 4.0]"), 2: ("a row", "[[3.0, 5.0]]")}[
        dimensions
    ]
    assert f"The case: {shape}." in verdict.hint
    assert verdict.details == f"in_one_case(np.array({numbers}))"


def test_a_long_call_is_shown_as_the_case_says_or_not_at_all():
    long = np.arange(100.0)
    shown = diagnose(np.sqrt, square, (Case((long,), code="np.arange(100.0)"),), ())
    assert shown.details.startswith("sqrt(np.arange(100.0))\nyours [0, 1, 1.414")
    hidden = diagnose(np.sqrt, square, (Case((long,)),), ())
    assert hidden.details.startswith("yours [0, 1, 1.414")


@pytest.mark.parametrize(
    ("args", "text"),
    [
        ((1, 2.5, True, None, "a"), "f(1, 2.5, True, None, 'a')"),
        ((np.float64(0.5), np.int64(3)), "f(0.5, 3)"),
        ((float("inf"), -np.inf, np.nan), "f(np.inf, -np.inf, np.nan)"),
        (([1, (2,)], {"a": np.zeros((0, 3))}), "f([1, (2,)], {'a': np.zeros((0, 3))})"),
        (
            (np.array([1, 2]), np.ones(1, np.float32)),
            "f(np.array([1, 2]), np.array([1.0], dtype=np.float32))",
        ),
    ],
)
def test_arguments_are_written_as_code(args, text):
    verdict = diagnose(lambda *args: "no", lambda *args: 1.0, (Case(args),), ())
    assert verdict.details.splitlines()[0] == text


class Hostile:
    """Raises whatever is asked of it."""

    def __getattr__(self, name):
        raise SystemError(name)

    def __repr__(self):
        raise SystemError

    __str__ = __eq__ = __len__ = __array__ = __float__ = __iter__ = __deepcopy__ = __repr__
    __hash__ = None


class NeverDone:
    def __array__(self, dtype=None, copy=None):
        while True:
            pass


class MuteError(Exception):
    def __str__(self):
        raise ValueError


def raises_mutely(z):
    raise MuteError


def yields(z):
    yield from z**2


async def waits(z):
    return z**2


@pytest.mark.parametrize(
    ("answer", "mistake", "says"),
    [
        (lambda z: Hostile(), "not-an-array", "a Hostile"),
        (lambda z: [Hostile()] * 3, "not-an-array", "list that holds something else"),
        (lambda z: NeverDone(), "endless", "did not come back"),
        (raises_mutely, "raises", "MuteError in line .*raise MuteError"),
        (lambda z: 10**400, "not-an-array", "too large to compare"),
        (lambda z: [10**400] * 3, "not-an-array", "too large to compare"),
        (lambda z: z**2 + 1j, "not-an-array", "complex numbers"),
        (lambda z: 1j, "not-an-array", "complex numbers"),
        (lambda z: (z**2).astype(str), "not-an-array", "text"),
        (lambda z: "4", "not-an-array", "a str"),
        (lambda z: [[1.0, 2.0], [3.0]], "not-an-array", "different lengths"),
        (lambda z: [None] * 3, "not-an-array", "something else than numbers"),
        (lambda z: (z**2, (z, [1.0, z])), "not-an-array", "2 values; the task asks for 1"),
        (lambda z: (z**2, {"z": z}, 3), "not-an-array", "3 values; the task asks for 1"),
        (lambda z: {1.0, 4.0}, "not-an-array", "a set"),
        (lambda z: {"a": z}, "not-an-array", "a dict"),
        (lambda z: np.ma.masked_less(z, 3), "not-an-array", "masked"),
        (lambda z: np.array([datetime.datetime(2020, 1, 1)]), "not-an-array", "something else"),
        (lambda z: np.array(["2020-01-01"], "M8[D]"), "not-an-array", "dates"),
        (yields, "not-an-array", "generator"),
        (waits, "not-an-array", "a coroutine"),
        (lambda z: square, "not-an-array", "a function"),
        (lambda z: exec("import sys; sys.exit(3)"), "raises", "SystemExit: 3.* whole program"),
        (lambda z: exit(), "raises", "SystemExit"),
        (lambda z: z.fill(0) or z**2, "stays", ""),
    ],
)
def test_whatever_comes_back_is_described_truly(answer, mistake, says):
    verdict = check(answer, seconds=0.3 if mistake == "endless" else 5)
    assert not verdict.passed
    if mistake != "stays":
        assert verdict.mistake == mistake, verdict
    assert re.search(says, verdict.hint), verdict
    assert verdict._repr_html_().startswith("<div")


@pytest.mark.parametrize(
    "right",
    [
        lambda z: np.ma.masked_array(z**2),
        lambda z: (z**2).astype(object),
        lambda z: [int(x) for x in z**2] if z.ndim == 1 else (z**2).astype(np.int8),
        lambda z: pd.DataFrame(np.atleast_2d(z**2)).to_numpy().reshape(z.shape),
        lambda z: pd.Series(z**2) if z.ndim == 1 else z**2,
    ],
)
def test_right_numbers_in_another_dress_pass(right):
    assert check(right).passed


@pytest.mark.parametrize("passed", [None, 3, "square", [square], int, np.ndarray, Verdict])
def test_what_is_no_function_gets_a_clear_verdict(passed):
    verdict = check(passed)
    assert verdict.mistake == "not-a-function"
    assert verdict.hint.startswith("Pass the function itself, without calling it: you passed")


def test_a_builtin_function_is_called_like_any_other():
    assert check(np.square).passed
    assert check(print).mistake == "returns-none"
    assert check(len).mistake == "wrong-shape"
    assert check(np.add).mistake in ("raises", "wrong-parameters")


def test_numbers_sorted_in_place_in_a_list_are_noticed():
    def by_sorting(values):
        values.sort()
        return values[-1]

    cases = (Case(([3.0, 1.0, 2.0],)), Case(([5.0, 4.0],)))
    assert diagnose(by_sorting, max, cases, ()).mistake == "changes-its-input"
