"""What is said of answers that no known mistake explains."""

import re
from functools import partial

import numpy as np
import pytest

from course_utils.checks.engine.diagnosis import Case, Invariant, Mistake, diagnose

A = np.array([[1.5, -2.0, 4.0], [0.5, 3.0, -1.0]])
B = np.array([[2.5, 1.25], [-3.0, 0.75], [4.5, 6.0]])
SQUARE = np.array([[1.0, 2.0, -3.5], [4.0, 5.25, 6.0], [-7.0, 8.0, 9.0]])


def scaled(X, weight, m):
    """Scale each number by a weight and by 1/m: an exercise for the probes."""
    return (X + X.sum(axis=0)) * weight / m


CASES = (
    Case((A, 0.5, 3), says="two rows"),
    Case((B, 2.0, 5), says="three rows"),
    Case((SQUARE, 0.25, 7), says="a square"),
)


def verdict_on(answer, **options):
    return diagnose(answer, scaled, CASES, (), **options)


def all_but_one(axis, place):
    def wrong(X, weight, m):
        result = scaled(X, weight, m)
        np.moveaxis(result, axis, 0)[place] += 1
        return result

    return wrong


def half_filled(X, weight, m):
    result = np.empty(X.shape)
    result[:, :-1] = scaled(X, weight, m)[:, :-1]
    return result


@pytest.mark.parametrize(
    ("answer", "mistake", "says"),
    [
        (lambda X, w, m: -scaled(X, w, m), "sign", "plus and minus"),
        (lambda X, w, m: abs(scaled(X, w, m)), "some-signs", "wrong sign"),
        (lambda X, w, m: 2 * scaled(X, w, m), "factor", "twice what"),
        (lambda X, w, m: scaled(X, w, m) / 2, "factor", "half what"),
        (lambda X, w, m: scaled(X, w, m) / 100, "factor", "1/100 of what"),
        (lambda X, w, m: 1.7 * scaled(X, w, m), "factor", "1.7 times what"),
        (lambda X, w, m: scaled(X, w, 1), "factor", "has a factor m "),
        (lambda X, w, m: scaled(X, 1, m), "factor", "lacks the factor w"),
        (lambda X, w, m: scaled(X, w * w, m), "factor", "has a factor w "),
        (lambda X, w, m: scaled(X, w, m * m), "factor", "lacks the factor m"),
        (lambda X, w, m: scaled(X, w**3, m), "factor", "has a factor w² "),
        (lambda X, w, m: scaled(X, w, m) * len(X), "factor", "number of rows of X"),
        (lambda X, w, m: scaled(X, w, m) / X.shape[1], "factor", "lacks.*number of columns of X"),
        (lambda X, w, m: scaled(X, w, m) + 0.5, "offset", "too large by 0.5"),
        (lambda X, w, m: scaled(X, w, m) - 2, "offset", "too small by 2"),
        (lambda X, w, m: scaled(X, w, m).T, "transposed", "rows and columns"),
        (lambda X, w, m: scaled(X, w, m)[None], "kept-dimension", "one axis too many"),
        (lambda X, w, m: scaled(X, w, m)[::-1], "reversed", r"reverse order.*axis 0"),
        (lambda X, w, m: scaled(X, w, m)[:, ::-1], "reversed", r"reverse order.*axis 1"),
        (lambda X, w, m: np.roll(scaled(X, w, m), 1, 1), "permuted", r"another order.*axis 1"),
        (lambda X, w, m: np.sort(scaled(X, w, m), 0), "permuted", r"another order.*axis 0"),
        (lambda X, w, m: np.floor(scaled(X, w, m)), "rounded", "rounded down"),
        (lambda X, w, m: scaled(X, w, m).round(), "rounded", "lost their decimals"),
        (lambda X, w, m: scaled(X, w, m).astype(int), "rounded", "cut off"),
        (lambda X, w, m: scaled(X, w, m).round(2), "rounded", "2 decimals"),
        (lambda X, w, m: X, "returns-its-input", "returns X as it came"),
        (all_but_one(1, -1), "one-wrong", "Only the last column is wrong"),
        (all_but_one(0, 0), "one-wrong", "Only the first row is wrong"),
        (all_but_one(0, 1), "one-wrong", "Only the second row is wrong"),
        (lambda X, w, m: scaled(X, 1, m) + w, "wrong-numbers", "differ"),
        (lambda X, w, m: (X + X.sum(axis=0)) * w / 3 + m, "wrong-numbers", "differ"),
        (lambda X, w, m: scaled(X, 0.5, m) ** 2, "ignored", "w changes nothing"),
        (lambda X, w, m: scaled(X, 0.5, 3) ** 2, "ignored", "w and m change nothing"),
        (lambda X, w, m: np.ones(X.shape), "constant", "the same come out"),
        (lambda X, w, m: 3.0, "wrong-shape", "the task asks for"),
        (half_filled, "never-filled", r"2 of your 6 numbers were never filled"),
        (lambda X, w, m: [X[0], X[1]], "list-of-arrays", "a list of 2 arrays"),
        (
            lambda X, w, m: np.where(X.max() == X, np.nan, scaled(X, w, m)),
            "not-finite",
            "NaN or inf.*Only the last",
        ),
    ],
)
def test_a_probe_says_what_is_true(answer, mistake, says):
    verdict = verdict_on(answer)
    assert not verdict.passed
    assert verdict.mistake == mistake, verdict
    assert re.search(says, verdict.hint), verdict


def test_one_right_place_is_named():
    def only_the_first(x):
        return np.append(x[:1], x[1:] + x[:-1])

    cases = (Case((np.array([1.0, 2.0, 5.0]),)), Case((np.array([3.0, -1.0, 2.0, 2.5]),)))
    verdict = diagnose(only_the_first, lambda x: np.cumprod(x), cases, ())
    assert (verdict.mistake, verdict.hint) == ("one-right", "Only the first number is right.")


def test_a_probe_is_silent_if_one_case_speaks_against_it():
    def twice_but_once_thrice(X, w, m):
        return scaled(X, w, m) * (3 if m == 7 else 2)

    def reversed_but_once(X, w, m):
        return scaled(X, w, m)[:: -1 if m != 7 else 1] + (m == 7)

    for answer in (twice_but_once_thrice, reversed_but_once):
        assert verdict_on(answer).mistake == "wrong-numbers"


def test_a_constant_answer_ignores_everything():
    cases = (Case((2.0,)), Case((3.0,)))
    verdict = diagnose(lambda x: 5.5, lambda x: x**2, cases, ())
    assert verdict.mistake == "constant"
    assert verdict.hint.startswith("Whatever numbers are passed in")


def test_an_argument_that_may_be_ignored_is_not_named():
    """Here m makes no difference to the right answer, so that nothing can be told of it."""
    verdict = diagnose(lambda X, w, m: X * w + X, lambda X, w, m: X * w, CASES, ())
    assert "m changes nothing" not in verdict.hint


def test_an_argument_that_can_be_spared_is_named_alone_and_in_words_of_its_own():
    def hint(answer):
        return diagnose(answer, scaled, CASES, (), spare={2: "Nor need it."}).hint

    assert hint(lambda X, w, n: X**2 * w) == "n changes nothing in your answer. Nor need it."
    assert hint(lambda X, w, n: X**2) == "w changes nothing in your answer, and should."


def test_what_cancels_a_scale_is_not_said_to_ignore_its_argument():
    verdict = verdict_on(lambda X, w, m: X / np.abs(X).max() * w / m)
    assert "changes nothing" not in verdict.hint


@pytest.mark.parametrize(
    "answer",
    [
        lambda X, w, m: w * X[np.arange(len(X)), X.argmax(axis=1)] / m,
        lambda X, w, m: w * (X > 0) / m,
        lambda X, w, m: X / m * (w < 1),
    ],
)
def test_what_answers_in_steps_is_not_said_to_ignore_its_argument(answer):
    cases = (Case((A, 0.5, 3)), Case((B, 0.25, 2)))  # no case's X fits into the other
    verdict = diagnose(answer, scaled, cases, ())
    assert "changes nothing" not in verdict.hint


def test_batches_of_different_sizes_can_be_told_apart():
    def total(batches, weight):
        return weight * sum(z.sum() for z in batches)

    cases = (Case(([A, B], 0.5)), Case(([B, A, SQUARE], 2.0)))
    verdict = diagnose(lambda batches, weight: 0.5 * total(batches, 1.5), total, cases, ())
    assert verdict.mistake == "ignored"
    assert verdict.hint.startswith("weight changes nothing")


def test_an_invariant_is_not_named_where_its_number_reads_right():
    whole = (Invariant("The sum", lambda a, *_: a.sum(), 1),)
    case = Case((np.array([1.0, 3.0]),))
    nearly = diagnose(
        lambda X: X / X.sum() + [1e-4, 3e-4], lambda X: X / X.sum(), (case,), (), invariants=whole
    )
    assert "should be 1. Yours is 1" not in nearly.hint


def two_results(x, y):
    return x + y, x * y


TWO = (Case((np.array([1.0, 2.5]), 3.0)), Case((np.array([-2.0, 0.5, 4.0]), 0.5), says="three"))
TWO_MISTAKES = (
    Mistake("difference", "You subtract.", lambda x, y: (x - y, x * y)),
    Mistake("ratio", "You divide.", lambda x, y: (x + y, x / y)),
    Mistake("shifted", "You add 1.", lambda x, y: (x + y + 1, x * y + 1)),
)


@pytest.mark.parametrize(
    ("answer", "mistake", "says"),
    [
        (lambda x, y: (x * y, x + y), "order", "another order"),
        (lambda x, y: (x - y, x / y), "difference+ratio", "Two things at once.*subtract.*divide"),
        (
            lambda x, y: (x - y, x * 7),
            "difference",
            "subtract. That is said of sum: look at product, too",
        ),
        (lambda x, y: (x + y + 1, x * y), "shifted", "That is said of sum; product is right[.]$"),
        (lambda x, y: (x + y, -x * y), "sign", "^product: "),
        (lambda x, y: (x + y, x**3 + y), "wrong-numbers", "^product is off by .* %; sum is right"),
        (lambda x, y: (x + y, (x * y)[:, None]), "kept-dimension", "^product: "),
        (lambda x, y: x + y, "wrong-count", "1 value; the task asks for 2"),
        (lambda x, y: [[1.0], [2.0]], "wrong-shape", r"shape \(1,\)"),
        (lambda x, y: [[1.0], [2.0], [3.0]], "wrong-count", "3 values; the task asks for 2"),
        (lambda x, y: (x + y, np.empty(x.shape)), "never-filled", "were never filled"),
    ],
)
def test_several_results_are_looked_at_one_by_one(answer, mistake, says):
    verdict = diagnose(answer, two_results, TWO, TWO_MISTAKES, names=("sum", "product"))
    assert verdict.mistake == mistake, verdict
    assert re.search(says, verdict.hint), verdict


def test_no_place_is_called_the_only_right_one_if_other_cases_are_right():
    def last_row_right_of_three(X):
        return X + (len(X) == 3) * np.array([[0.5], [-1.5], [0.0]])[: len(X)]

    alone, beside = (Case((B,)),), (Case((B,)), Case((A,)))
    assert diagnose(last_row_right_of_three, np.array, alone, ()).mistake == "one-right"
    assert diagnose(last_row_right_of_three, np.array, beside, ()).mistake == "wrong-numbers"


def test_an_axis_that_is_missing_in_one_case_alone_is_told():
    cases = (Case((A,)), Case((A[:1],)))
    verdict = diagnose(lambda X: np.squeeze(2 * X), lambda X: 2 * X, cases, ())
    assert verdict.mistake == "lost-dimension"
    assert "shape (3,) where (1, 3) is asked for" in verdict.hint


def test_of_three_mistakes_two_are_named_and_the_third_result_is_pointed_at():
    def three(x, *, a=1, b=1, c=1):
        return a * x, b * x**2, c * x**3

    names = {"a": "first", "b": "second", "c": "third"}
    mistakes = [
        Mistake(f"{part}-doubled", f"The {name} is doubled.", partial(three, **{part: 2}))
        for part, name in names.items()
    ]
    cases = (Case((np.array([1.0, 3.0]),)), Case((np.array([2.0, 5.0]),)))
    verdict = diagnose(
        partial(three, a=2, b=2, c=2), three, cases, mistakes, names=tuple(names.values())
    )
    assert verdict.mistake == "a-doubled+b-doubled"
    assert verdict.hint.endswith("That is said of first and second: look at third, too.")


@pytest.mark.parametrize("container", [tuple, list, np.array])
def test_several_results_may_come_in_a_list_or_an_array(container):
    assert diagnose(lambda x, y: container(two_results(x, y)), two_results, TWO, ()).passed


def test_an_invariant_is_named_with_its_numbers():
    whole = Invariant("The sum of all", lambda a, *_: a.sum(), 1)
    cases = (Case((np.array([1.0, 3.0]),)), Case((np.array([2.0, 5.0, 1.0]),)))
    verdict = diagnose(
        lambda x: x / x.sum() + x**2 / 100, lambda x: x / x.sum(), cases, (), invariants=(whole,)
    )
    assert verdict.mistake == "invariant"
    assert verdict.hint.startswith("The sum of all should be 1. Yours is 1.1.")


def test_an_answer_that_draws_anew_or_remembers_is_named():
    seen = []

    def remembers(X, weight, m):
        seen.append(X.sum())
        return scaled(X, weight, m) + sum(seen)

    for answer in (remembers, lambda X, w, m: np.random.default_rng().normal(size=X.shape)):
        assert verdict_on(answer).mistake == "remembers"


def test_chance_is_named_where_the_smallest_case_hides_it():
    def answer(x):
        return np.random.default_rng().normal(size=x.shape) if x.size > 1 else -x

    cases = (Case((np.array([1.0]),)), Case((np.array([1.0, 2.0, 5.0]),)))
    assert diagnose(answer, lambda x: x**2, cases, ()).mistake == "remembers"


def weighted_total(arrays, weight):
    """Sum over arrays of several shapes: an exercise whose argument has no one shape."""
    return weight * sum(a.sum() + (a**2).max() for a in arrays)


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        (lambda arrays, weight: 7.0, "constant"),
        (lambda arrays, weight: weight**2, "ignored"),
        (lambda arrays, weight: weight + arrays[0].max(), "wrong-numbers"),
        (lambda arrays, weight: weighted_total(arrays, 1.0), "factor"),
    ],
)
def test_lists_of_arrays_of_several_shapes_can_be_probed(answer, mistake):
    cases = (Case(([A, B], 0.5)), Case(([B, SQUARE, A], 2.0)), Case(([B - 1, A + 1], 3.0)))
    assert diagnose(answer, weighted_total, cases, ()).mistake == mistake


def test_two_mistakes_that_look_at_the_same_place_say_so_once():
    def base(X, weight, m, *, sign=1, half=1):
        return sign * half * scaled(X, weight, m)

    mistakes = [
        Mistake("minus", "Minus.", partial(base, sign=-1), look="Look at the factor."),
        Mistake("half", "Half.", partial(base, half=0.5), look="Look at the factor."),
    ]
    verdict = diagnose(lambda *a: -0.5 * scaled(*a), scaled, CASES, mistakes)
    assert verdict.mistake == "minus+half"
    assert verdict.look == "Two things at once. Look at the factor."
