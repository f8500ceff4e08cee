"""The bank of answers to the exercises about pandas and caviar."""

import re
from functools import partial

import numpy as np
import pytest

from course_utils.checks import pandas_vs_caviar as checks
from course_utils.experiments import pandas_vs_caviar as lecture
from course_utils.experiments.pandas_vs_caviar import Panda
from tests.checks import joined
from tests.checks.stub_cells import stub_in


@pytest.mark.parametrize("name", ["rungs", "survivors"])
def test_the_stub_is_known_by_its_code(name):
    stub = stub_in("10_pandas_vs_caviar", name)
    assert getattr(checks, name)(stub).mistake == "still-the-stub"


def by_argsort(errors, eta):
    first = np.argsort(errors, kind="stable")[: len(errors) // eta]
    return np.sort(first[~np.isnan(errors[first])])


def test_survivors_are_those_of_successive_halving():
    curves = lecture.eighty_one(2)
    done = lecture.halve(curves, smallest=1, eta=3)
    assert by_argsort(curves[:, 0], 3).tolist() == np.flatnonzero(done.last > 1).tolist()


def test_no_hint_gives_halving_to_the_lecture_which_does_not_have_it():
    for exercise in (checks.rungs, checks.survivors):
        assert not [m.hint for m in exercise.mistakes if "lecture" in m.hint]


def live_on(life, epoch, alpha):
    for _ in life.line.reach(epoch, (alpha, 0.9)):
        pass


def test_the_panda_wants_4_percent_for_25_epochs():
    life = Panda()
    goal = partial(checks.goal_four_percent, life)
    live_on(life, 5, 0.001)
    assert goal(epoch=5, alpha=0.001, beta=0.9).mistake == "too-many-wrong"
    live_on(life, 24, 0.001)
    assert goal(epoch=24).mistake == "too-many-wrong"
    live_on(life, 25, 0.001)
    spent = goal(epoch=25).hint
    assert spent.endswith("for 25 epochs: Reset brings a new model."), "no epoch is left"
    life.begin()
    live_on(life, 10, 3.0)
    live_on(life, 22, 1.0)
    assert life.best <= 0.04
    assert goal(epoch=22, alpha=1.0, beta=0.9).passed
    life.begin()
    live_on(life, 25, 0.001)  # twenty epochs thrown away
    live_on(life, 5, 3.0)
    live_on(life, 10, 3.0)
    live_on(life, 22, 1.0)
    assert life.best <= 0.04
    assert life.paid == 42
    assert goal(epoch=22, alpha=1.0, beta=0.9).mistake == "too-dear"


def one_move_of_the_slider(epochs):
    """Return the life that opens with five epochs and then has an alpha of 2 up to so many."""
    life = Panda()
    live_on(life, 5, 0.001)
    live_on(life, epochs, 2.0)
    return life


def test_the_pandas_goal_is_within_reach_after_the_five_epochs_it_opens_with():
    assert checks.goal_four_percent(one_move_of_the_slider(25)).passed


def test_what_a_panda_has_reached_stays_reached_when_play_goes_on_or_the_reader_goes_back():
    life = one_move_of_the_slider(40)
    assert life.paid == 40
    verdict = checks.goal_four_percent(life)
    assert verdict.passed
    assert int(verdict.hint.split(" for ")[1].split()[0]) <= 25
    live_on(life, 8, 2.0)
    assert life.best > 0.04, "up to the day shown"
    assert checks.goal_four_percent(life) == verdict
    life.begin()
    assert not checks.goal_four_percent(life).passed


@pytest.mark.parametrize(
    ("values", "mistake"),
    [
        ({"eta": 3, "smallest": 1, "draw": 2}, "dropped"),
        ({"eta": 2, "smallest": 1, "draw": 2}, None),
        ({"eta": 9, "smallest": 3, "draw": 2}, "not-found"),
        ({"eta": 3, "smallest": 3, "draw": 2}, "too-dear"),
        ({"eta": 2, "smallest": 1, "draw": 1}, "other-models"),
    ],
)
def test_halving_is_to_find_the_best(values, mistake):
    verdict = checks.goal_keep_the_best(**values)
    assert (verdict.passed, verdict.mistake) == (mistake is None, mistake)


def thirds_in_reverse(n, r, R, eta):
    found = []
    while n >= 1 and r <= R:
        found.insert(0, (n, r))
        n, r = n // 3, r * 3
    return found


def epochs_of_all_added(n, r, R, eta):
    found, epochs = [], r
    while n >= 1 and epochs <= R:
        found.append((n, n * epochs))
        n, epochs = n // eta, epochs + eta
    return found


def worst_and_one_more(errors, eta):
    errors = np.where(np.isnan(errors), -np.inf, errors)
    last = sorted(range(len(errors)), key=lambda i: (-errors[i], i))[: len(errors) // eta + 1]
    return sorted(i for i in last if errors[i] > -np.inf)


@pytest.mark.parametrize(
    ("name", "answer", "hint"),
    [
        (
            "rungs",
            thirds_in_reverse,
            "You take 3 for η, whatever is passed in: is a 3 written somewhere? Your last rung "
            "comes first.",
        ),
        (
            "rungs",
            epochs_of_all_added,
            "A model's epochs grow by η from rung to rung. They should be multiplied. You return "
            "the epochs of all models of a rung together. Asked for are those of each one.",
        ),
        (
            "survivors",
            worst_and_one_more,
            "The models with the largest errors go on. Which end is the good one? One more goes on "
            "than should: where does your cut lie?",
        ),
        (
            "survivors",
            lambda errors, eta: by_argsort(np.nan_to_num(errors), 2),
            "Failed models go on, and first of all: NaN was taken for 0, or for something smaller. "
            "You keep half of the models, whatever η is.",
        ),
    ],
)
def test_of_two_mistakes_each_is_told_so_that_it_is_true_beside_the_other(name, answer, hint):
    assert getattr(checks, name)(answer).hint == hint


_OF_ALL = re.compile(
    r"this is right|Every rung has the same|Your epochs|rungs hold|A rung has more|you keep 12|"
    r"(half|third) of them|These are their|Every number is|first that is to be dropped|"
    r"You take one in η|\. The best"
)


@pytest.mark.parametrize("name", ["rungs", "survivors"])
def test_no_mistake_that_is_told_beside_another_speaks_of_the_whole_answer(name):
    ways = [way for m in getattr(checks, name).mistakes for way in m.each()]
    assert joined.saying(_OF_ALL, ways) == []
