"""The checks about the tuning process: what the bank of answers does not say."""

from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from course_utils.checks import tuning_process as checks
from course_utils.experiments import searches


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
