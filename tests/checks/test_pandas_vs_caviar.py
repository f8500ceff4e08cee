"""The bank of answers to the exercises about pandas and caviar."""

from functools import partial

import numpy as np
import pytest

from course_utils.checks import pandas_vs_caviar as checks
from course_utils.experiments import pandas_vs_caviar as lecture
from course_utils.experiments.pandas_vs_caviar import Panda
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
    live_on(life, 25, 0.001)
    assert goal(epoch=25).mistake == "too-many-wrong"
    life.begin()
    live_on(life, 10, 3.0)
    live_on(life, 22, 1.0)
    assert life.best <= 0.04
    assert goal(epoch=22, alpha=1.0, beta=0.9).passed
    live_on(life, 18, 1.0)
    live_on(life, 22, 1.1)  # four epochs thrown away: 26 in all
    assert life.paid == 26
    assert goal(epoch=22, alpha=1.1, beta=0.9).mistake == "too-dear"


def test_the_pandas_goal_is_within_reach_after_the_five_epochs_it_opens_with():
    def passed(alpha):
        life = Panda()
        live_on(life, 5, 0.001)
        live_on(life, 25, alpha)
        return checks.goal_four_percent(life).passed

    assert passed(2.0)


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
