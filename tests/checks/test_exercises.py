"""Every exercise: it is right about what is right, and no mistake of it hides another."""

from importlib import import_module
from pkgutil import iter_modules

import numpy as np
import pytest

from course_utils import checks
from course_utils.checks.engine.exercise import Exercise
from tests.checks.test_bank import WRONG
from tests.checks.told_apart import not_told_apart

EXERCISES = {
    f"{topic.name}.{name}": value
    for topic in iter_modules(checks.__path__)
    for name, value in vars(import_module(f"{checks.__name__}.{topic.name}")).items()
    if isinstance(value, Exercise)
}
EACH = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)


def test_they_are_found():
    assert len(EXERCISES) > 40


@EACH
def test_what_is_right_passes(exercise):
    """By its cases: what stands for random draws is no answer itself, as it draws nothing."""
    verdict = exercise.compared(lambda *args: exercise.right(*args))
    assert verdict.passed, verdict


AS_IT_COMES = ("all-zero", "first-of-the-list")
"""Mistakes that the exercise makes as it comes: a reader is told where to begin."""


@EACH
def test_no_mistake_gives_what_is_right_or_what_another_one_gives(exercise):
    measured = {"measure": exercise.measure, "rtol": exercise.rtol, "atol": exercise.atol}
    if exercise.measure:  # by chance: twice as far from each other as an answer may lie
        measured["atol"] *= 2
    assert not_told_apart(exercise.right, exercise.cases, exercise.mistakes, **measured) == []
    if exercise.stub:
        told_first = [mistake for mistake in exercise.mistakes if mistake.id not in AS_IT_COMES]
        assert not_told_apart(exercise.stub.code, exercise.cases, told_first, **measured) == []


GIVES_AWAY = ("np.", "axis=", "log_softmax(", "lambda")


@EACH
def test_each_mistake_says_where_to_look_and_what_it_is_but_not_the_line(exercise):
    at_once = exercise in (
        EXERCISES["start_here.mean_ink"],
        EXERCISES["computation_graphs.one_epoch"],
    )
    assert all(mistake.wrong for mistake in exercise.mistakes)
    for mistake in (*exercise.mistakes, *exercise.symptoms):
        assert mistake.look or at_once, mistake.id
        for text in filter(None, (mistake.look, mistake.hint)):
            assert text.rstrip("”)").endswith((".", "?", "!")), (mistake.id, text)
            assert not any(part in text for part in GIVES_AWAY), (mistake.id, text)


@EACH
def test_cases_drawn_anew_are_other_cases(exercise):
    if exercise.draw is None:
        return
    drawn = [exercise.draw(np.random.default_rng(seed)) for seed in range(3)]
    assert len({repr((case.args, case.kwargs)) for case in drawn}) == 3


@EACH
def test_it_says_what_it_asks_for(exercise):
    assert exercise.__doc__.startswith("Check ``")
    assert exercise.__doc__.endswith(".")


@pytest.mark.parametrize("name", EXERCISES)
def test_each_symptom_is_shown_by_an_answer_of_the_bank(name):
    named = {id for answer in WRONG if answer.check == name for id in answer.named}
    assert {symptom.id for symptom in EXERCISES[name].symptoms} - named == set()
