"""The exercises on mini-batches: their stubs, symptoms and mistakes; the challenge."""

import re
from dataclasses import replace

import numpy as np
import pytest

from course_utils.checks import mini_batches as checks
from course_utils.checks import mini_batches_cuts as cuts
from course_utils.sampling_scales import Linear, Log
from course_utils.widgets import controls
from tests.checks import joined
from tests.checks.bank import mini_batches as answers
from tests.checks.stub_cells import stub_in

# The cut


def test_every_number_tells_where_it_comes_from():
    X, Y = cuts.examples(20, 3, 64)
    assert len({*X.flat, *Y.flat}) == X.size + Y.size
    for A, sign in ((X, 1), (Y, -1)):
        assert cuts._known(A, sign, A.shape).all()
        assert not cuts._known(A, -sign, A.shape).any()
        assert (cuts._rows(A) == np.arange(len(A))[:, None]).all()
        assert (cuts._columns(A) == np.arange(64)).all()
        assert np.array_equal(A.astype(np.float32), A)


@pytest.mark.parametrize(
    "answer", [answers.cut_the_order, answers.numbers_of_mini_batches_shuffled]
)
def test_no_seed_refuses_a_right_cut(answer):
    rng = np.random.default_rng(0)
    cases = [checks._draw_cut(rng) for _ in range(100)]
    runs = [cuts.watch(answer, *case.args) for case in cases]
    assert [symptom.id for symptom in cuts.SYMPTOMS if symptom.find(runs)] == []


def test_one_example_at_two_ends_by_chance_is_no_overlap():
    seen = [checks._cut_case(52, 16, seed=seed) for seed in range(40)]
    runs = [cuts.watch(answers.order_for_each, *case.args) for case in seen]
    ends = [any(a[-1] == b[0] for a, b in zip(r.pieces, r.pieces[1:], strict=False)) for r in runs]
    assert any(ends)
    assert not any(cuts._overlap(run) for run in runs)


def test_what_raises_on_examples_drawn_just_now_is_named_by_what_it_did_before():
    wide = replace(checks.mini_batches, draw=lambda rng: checks._cut_case(26, 2, inputs=29))
    assert wide(answers.rows_as_examples).mistake == "rows-for-examples"
    assert wide(answers.cut_the_order).passed


def without_the_last(X, Y, size, rng):
    *batches, (x, y) = answers.cut_the_order(X, Y, size, rng)
    return [*batches, (x[:, :-1], y[:, :-1])]


def test_one_example_is_spoken_of_as_one():
    assert "1 of the 52 examples is in no" in checks.mini_batches(without_the_last).hint


def test_a_hint_tells_what_the_cut_shows():
    verdict = checks.mini_batches(answers.rows_as_examples)
    assert "as many examples as X has rows, 20." in verdict.hint
    assert verdict.hint.endswith("The case: 52 examples, size 16.")
    assert "the same example comes first" in checks.mini_batches(answers.first_stays).hint
    assert "the first 26 places" in checks.mini_batches(answers.halves_shuffled).hint


@pytest.mark.parametrize(
    ("name", "check"), [("my_mini_batches", checks.mini_batches), ("my_epoch", checks.epoch)]
)
def test_the_notebooks_stub_is_known(name, check):
    assert check(stub_in("04_mini_batches", name)).mistake == "still-the-stub"


def test_the_stubs_numbers_by_other_code_are_not_called_the_stub():
    assert checks.mini_batches(lambda X, Y, size, rng: [[X, Y]]).mistake == "not-cut"
    assert checks.epoch(lambda w, batches, alpha: w).mistake == "stubs-numbers"


@pytest.mark.parametrize("junk", [[], None, int, "text", np.ones(3)])
def test_what_is_no_function_is_told(junk):
    assert checks.mini_batches(junk).mistake == "not-a-function"


@pytest.mark.parametrize(
    "value",
    [
        [],
        {},
        "text",
        [[]],
        [None],
        [(1, 2)],
        [("a", "b")],
        [np.ones((2, 2, 2))],
        [[[1], [2, 3]]],
        [(np.full((20, 3), np.nan), np.full((2, 3), np.inf))],
        [(np.ones((0, 0)), np.ones((0, 0)))],
        [(np.ones((20, 0)), np.ones((2, 0)))],
        [(1j * np.ones((20, 3)), np.ones((2, 3)))],
    ],
)
def test_whatever_comes_back_gets_a_verdict_in_words(value):
    verdict = checks.mini_batches(lambda X, Y, size, rng: value)
    assert not verdict.passed
    assert "Cut" not in str(verdict)


def test_an_empty_list_holds_no_pairs():
    assert checks.mini_batches(lambda X, Y, size, rng: []).mistake == "not-pairs"


NOTHING = np.ones((0, 0))


@pytest.mark.parametrize("value", [None, [], [(NOTHING, NOTHING)], [(1, 2)], "text"])
@pytest.mark.parametrize("after", [1, 6])
def test_later_epochs_of_another_kind_get_a_verdict_in_words(value, after):
    calls = []

    def spent(X, Y, size, rng):
        calls.append(size)
        return answers.cut_the_order(X, Y, size, rng) if len(calls) <= after else value

    verdict = checks.mini_batches(spent)
    assert not verdict.passed
    assert "Cut" not in str(verdict)


def test_a_generator_without_end_does_not_pass():
    def endless(X, Y, size, rng):
        while True:
            yield X, Y

    assert not checks.mini_batches(endless).passed


# One epoch


def signs_of(alpha):
    def answer(w, batches, alpha_):
        for k, (x, y) in enumerate(batches):
            w = w - alpha(alpha_, k) * np.sign(x @ (w.T @ x - y).T)
        return w

    return answer


def uphill_and_halved(w, batches, alpha):
    for x, y in batches:
        w = w + alpha * x @ (w.T @ x - y).T / (x.shape[1] * len(batches))
    return w


def half_without_alpha(w, batches, alpha):
    for x, y in batches:
        w = w - x @ (w.T @ x - y).T / (2 * x.shape[1])
    return w


@pytest.mark.parametrize(
    ("answer", "false"),
    [
        (signs_of(lambda alpha, k: alpha / (1 + k)), "equally long"),
        (signs_of(lambda alpha, k: 1.0), "whole gradients"),
        (uphill_and_halved, "right but"),
        (half_without_alpha, "half as long"),
    ],
)
def test_of_two_mistakes_each_is_told_so_that_it_is_true_beside_the_other(answer, false):
    verdict = checks.epoch(answer)
    assert "+" in verdict.mistake
    assert false not in verdict.hint


_OF_ALL = re.compile("steps are|equally long|off w")


def test_no_mistake_that_is_told_beside_another_describes_the_whole_step():
    assert joined.saying(_OF_ALL, checks.epoch.mistakes) == []


# The challenge


@pytest.mark.parametrize(
    ("size", "alpha", "epochs", "mistake"),
    [
        (365, 0.1, 0, "cost-too-high"),
        (365, 1.9, 2, "cost-too-high"),
        (365, 0.5, 5, "too-late"),
        (64, 1.0, 2, "cost-too-high"),
        (16, 0.4, 2, "cost-too-high"),
        (16, 0.7, 2, None),
        (16, 0.7, 2.05, "too-late"),
        (16, 0.7, 1, "cost-too-high"),
        (16, 1.5, 2, "cost-too-high"),
        (4, 0.15, 2, None),
        (1, 0.04, 2, None),
        (1, 0.02, 2, "cost-too-high"),
        (1, 0.1, 2, "cost-too-high"),
        (1, 2.0, 2, "cost-too-high"),
    ],
)
def test_goal_two_epochs(size, alpha, epochs, mistake):
    verdict = checks.goal_two_epochs(size=size, alpha=alpha, epochs=epochs)
    assert (verdict.passed, verdict.mistake) == (mistake is None, mistake), verdict
    assert "nan" not in verdict.hint
    assert "inf" not in verdict.hint


@pytest.mark.parametrize("size", [1, 4, 16])
def test_several_steps_of_the_slider_reach_the_goal(size):
    alphas = controls.scale(Log(0.01, 2), 0.1, points=41).values
    assert 2 in controls.scale(Linear(0, 4), 0, points=81).values
    near = [a for a in alphas if 0.02 < a / size**0.9 < 0.1]
    reached = [a for a in near if checks.goal_two_epochs(size=size, alpha=a, epochs=2).passed]
    assert len(reached) >= 2
