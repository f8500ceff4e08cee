"""The checks about the tuning process: what the bank of answers does not say."""

import re
from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from course_utils.checks import tuning_process as checks
from course_utils.checks.engine import known
from course_utils.experiments import searches
from tests.checks import joined


def test_the_stubs_are_known_by_their_code():
    def random_search(objective, n, rng):
        best = (0.0, 0.0)
        # your lines
        return best

    def on_edge(x, low, high):
        end = 0
        return end

    def trials_needed(share, probability):
        n = 0
        return n

    for check, stub in (
        (checks.random_search, random_search),
        (checks.on_edge, on_edge),
        (checks.trials_needed, trials_needed),
    ):
        assert check(stub).mistake == "still-the-stub"


def test_the_stubs_numbers_are_not_called_the_stub():
    assert checks.on_edge(lambda x, low, high: int(x > 2 * high)).mistake == "stubs-numbers"
    assert checks.trials_needed(lambda share, p: int(share * p)).mistake == "stubs-numbers"
    assert checks.random_search(lambda f, n, rng: (0.0, 0.0)).mistake == "nothing-tried"


def test_an_objective_called_for_ever_ends_the_search(monkeypatch):
    monkeypatch.setattr(checks, "MOST_CALLS", 20_000)

    def for_ever(objective, n, rng):
        while True:
            objective(*rng.random(2))

    verdict = replace(checks.random_search, seconds=60)(for_ever)  # a busy machine takes its time
    assert verdict.mistake == "raises"
    assert "more than 20 000 times" in verdict.hint


class Hostile:
    """An object that raises whatever is asked of it."""

    def _raise(self, *args, **kwargs):
        raise RuntimeError

    __array__ = __len__ = __float__ = __repr__ = __str__ = _raise


@pytest.mark.parametrize("check", [checks.random_search, checks.on_edge, checks.trials_needed])
@pytest.mark.parametrize(
    "value",
    [None, "text", [], {}, 10**400, Hostile(), (1, [2, 3])],
    ids=lambda value: type(value).__name__,
)
def test_whatever_comes_back_is_judged(check, value):
    assert not check(lambda *args: value).passed


def place(board, *points):
    for x, y in points:
        list(board.line.reach(len(board.points) + 1, (x, y)))


def test_the_challenge_of_nine_trials():
    board = searches.Board()
    goal = partial(checks.goal_nine_trials, board)
    assert goal(x=0.7, y=0.6, placed=3).mistake == "not-yet"
    place(board, *[(0.1, 0.1)] * 5)
    assert goal().mistake == "not-yet"
    place(board, (0.1, 0.1))
    assert goal().mistake == "all-spent"
    board.begin()
    place(board, (0.74, 0.66))
    assert goal().passed
    list(board.line.reach(0, (0.5, 0.5)))
    assert goal().mistake == "none"


def test_the_challenge_to_find_the_knob():
    goal = checks.goal_find_the_knob
    assert goal(knob="alpha", low=0.0, high=1.0).mistake == "not-yet"
    assert goal(knob="alpha", low=0.48, high=0.8).passed
    assert not goal(knob="alpha", low=0.0, high=0.3).passed
    ends = np.linspace(0, 1, 41)
    for knob in ("beta1", "layers", "decay", "beta2", "epsilon", "units", "size"):
        assert not any(goal(knob=knob, low=low, high=low + 0.34).passed for low in ends[:27])


def test_who_returns_none_because_no_trial_becomes_the_best_is_not_only_asked_for_a_return():
    def never_better(objective, n, rng):
        best, least = None, np.nan
        for point in rng.random((n, 2)):
            if (error := objective(*point)) < least:
                best, least = point, error
        return best

    verdict = checks.random_search(never_better)
    assert verdict.mistake == "returns-none"
    assert "does a trial ever become the best" in verdict.hint


def test_a_search_that_ends_after_one_trial_is_told_so_in_the_singular():
    verdict = checks.random_search(lambda f, n, rng: (point := rng.random(2), f(*point))[0])
    assert verdict.mistake == "wrong-count"
    assert "calls the objective 1 time." in verdict.hint


@pytest.mark.parametrize(
    ("check", "answer", "hint"),
    [
        (
            checks.on_edge,
            lambda x, low, high: (
                int((x - low) / (high - low) > 0.9) - int((x - low) / (high - low) < 0.1)
            ),
            "You measure on an even scale, where 0.0025 of a range from 0.0001 to 1 is almost at "
            "its end. On the log scale it is about a third of the way up. You take more than 5 % "
            "of the way for the edge.",
        ),
        (
            checks.on_edge,
            lambda x, low, high: int(np.log(x / low) / np.log(high / low) < 0.05),
            "At the high end yours never gives +1. Is that end looked at, and does a later line "
            "undo what was found there? For the low end you give +1, which stands for the high "
            "one. −1 stands for the low one.",
        ),
        (
            checks.trials_needed,
            lambda share, p: np.log(p) / np.log(1 - share),
            "You do not round. A number of trials should be a whole one: which way is it to be "
            "rounded? In your formula all trials miss with probability p. They should with a "
            "probability of 1 − p.",
        ),
        (
            checks.trials_needed,
            lambda share, p: int(p / share) + 1,
            "Where the number comes out even, you add one trial to it. The task asks for “at "
            "least” that probability. You add up the probabilities of the trials. But two of them "
            "may both hit: what is multiplied are the probabilities to miss.",
        ),
    ],
)
def test_of_two_mistakes_each_is_told_so_that_it_is_true_beside_the_other(check, answer, hint):
    assert check(answer).hint == hint


_OF_ALL = re.compile(
    r"(scale|formula) is right|Right, unless|holds for|[Oo]ne (fewer|more) (would|is)|"
    r"With as many|So many|says whether|divide them|itself counts|yours gives 0|that should be 0"
)


@pytest.mark.parametrize("check", [checks.on_edge, checks.trials_needed])
def test_no_mistake_that_is_told_beside_another_speaks_of_the_whole_answer(check):
    assert joined.saying(_OF_ALL, [way for m in check.mistakes for way in m.each()]) == []


_AT_AN_END = (  # what a hint may claim, of which x from 0.0001 to 1, and when it is true
    ("high end yours gives 0", 0.9999, lambda end: end == 0),
    ("high end yours never gives +1", 0.9999, lambda end: end != 1),
    ("low end yours gives 0", 1.0001e-4, lambda end: end == 0),
    ("low end yours never gives −1", 1.0001e-4, lambda end: end != -1),
)


@np.errstate(all="ignore")
def test_what_two_mistakes_are_said_to_give_at_the_ends_they_give():
    told, untrue = set(), set()
    for pair in known._pairs([way for m in checks.on_edge.mistakes for way in m.each()]):
        for claim, x, fits in _AT_AN_END:
            if claim in pair.hint:
                told.add(claim)
                untrue |= set() if fits(pair.wrong[0](x, 1e-4, 1.0)) else {(pair.id, claim)}
    assert len(told) == 2
    assert untrue == set()
