"""Questions before pictures: a choice or a number, answered by the kernel and in words."""

import numpy as np
import pytest
from traitlets import TraitError

from course_utils.sampling_scales import Linear, Log
from course_utils.widgets import controls, estimate, explore, predict
from tests.test_explorer import a_question, line, page_says


def test_every_choice_is_answered():
    question = predict("Up or down?", {"up": "No: look.", "down": "Yes: it falls."}, right="down")
    assert question.correct is None
    question.chosen = "up"
    assert (question.correct, question._reply) == (False, "No: look.")
    question.chosen = "down"
    assert (question.correct, question._reply) == (True, "Yes: it falls.")
    question.close()


def test_the_right_choice_must_be_there():
    with pytest.raises(ValueError, match="right='left' is not one of the choices up, down"):
        predict("Up or down?", {"up": "", "down": ""}, right="left")


@pytest.mark.parametrize(
    ("question", "answers", "right", "message"),
    [
        (None, {"up": ""}, "up", "the question should be text, but got None"),
        (" ", {"up": ""}, "up", "the question is empty: ask one"),
        ("?", {}, "up", "right='up' is not one of the choices"),
        ("?", ["up"], "up", r"answers should be a dict .* but got \['up'\]"),
        ("?", {"up": None}, "up", "both texts, but got None"),
        ("?", {1: "No"}, 1, "both texts, but got 1"),
        ("?", {"up": ""}, None, "right=None is not one of the choices up"),
        ("?", {"up": ""}, ["up"], r"right=\['up'\] is not one of the choices up"),
    ],
)
def test_what_predict_cannot_use_is_refused_in_words(question, answers, right, message):
    with pytest.raises((TypeError, ValueError), match=message):
        predict(question, answers, right=right)


@pytest.mark.parametrize("choice", ["left", "", None, 1, ["up"], {"up": 1}])
def test_a_page_can_only_choose_what_is_offered(choice, caplog):
    question = a_question()
    page_says(question, choose=choice, ticket="view 1")
    assert (question.chosen, question.correct, question._answered) == ("", None, "view 1")
    page_says(question, choose="down")
    assert (question.chosen, question.correct, question._reply) == ("down", True, "Yes.")
    assert not caplog.records
    with pytest.raises(TraitError, match="'left' is not one of the choices up, down"):
        question.chosen = "left"
    question.close()


def test_a_page_cannot_make_its_answer_right():
    question = a_question()
    state = {"correct": True, "_reply": "Yes.", "chosen": "up"}
    message = {"content": {"data": {"method": "update", "state": state}}, "buffers": []}
    question._handle_msg(message)
    assert (question.chosen, question.correct, question._reply) == ("", None, "")
    question.close()


def test_reads_as_text_without_a_kernel():
    question = a_question()
    data = question._repr_mimebundle_()[0]
    assert data["text/plain"] == "Predict: Up or down?\n( ) down\n( ) up"
    shown, folded = data["text/html"].split("<details>")
    assert "Yes." not in shown, "the answer is folded"
    assert "<strong>down</strong> Yes.</p></details>" in folded
    question.close()


def test_the_order_of_choices_gives_nothing_away_and_is_the_same_for_everybody():
    firsts = []
    for number in range(200):
        choices = [f"choice {k}" for k in range(3)]
        asked = predict(f"Question {number}?", dict.fromkeys(choices, "."), right="choice 0")
        again = predict(f"Question {number}?", dict.fromkeys(choices[::-1], "."), right="choice 1")
        assert asked._choices == again._choices
        firsts.append(asked._choices.index("choice 0"))
        asked.close()
        again.close()
    assert np.bincount(firsts).tolist() == pytest.approx([67, 67, 67], abs=25)


def test_a_wrong_answer_can_have_the_right_one_told():
    question = a_question()
    assert question._answer == [], "not before there is an answer: a page could look"
    question.chosen = "up"
    assert question._answer == ["down", "Yes."]
    question.close()


def an_estimate(**changed):
    asked = {"right": 50, "reason": "1 / (1 − β)."} | changed
    scale = asked.pop("scale", controls.scale(Log(1, 1000), 10))
    return estimate("How many days?", scale, **asked)


@pytest.mark.parametrize(
    ("guess", "correct", "words"),
    [
        (50, True, "You said 50, it is 50: close. 1 / (1 − β)."),
        (45, True, "You said 45, it is 50: close. 1 / (1 − β)."),
        (10, False, "You said 10, it is 50: too low. 1 / (1 − β)."),
        (1000, False, "You said 1000, it is 50: too high. 1 / (1 − β)."),
    ],
)
def test_a_number_is_judged_by_its_distance_on_the_slider(guess, correct, words):
    question = an_estimate()
    assert (question.correct, question._right_position) == (None, -1)
    question.answer(guess)
    assert (question.guess, question.correct, question._reply) == (guess, correct, words)
    assert question._texts[question._right_position] == "50"
    question.close()


@pytest.mark.parametrize("answer", [-1, 10_000, "3", None, 2.5, [1], True])
def test_a_page_can_only_answer_with_a_number_of_the_slider(answer):
    question = an_estimate()
    page_says(question, answer=answer, ticket="view 1")
    assert (question.guess, question.correct, question._answered) == (None, None, "view 1")
    page_says(question, answer=0)
    assert (question.guess, question.correct) == (1, False)
    question.close()


def test_an_estimate_reads_as_text_without_a_kernel():
    data = an_estimate()._repr_mimebundle_()[0]
    assert data["text/plain"] == "Predict: How many days?\n(a number from 1 to 1000)"
    assert "<strong>50</strong> 1 / (1 − β).</p></details>" in data["text/html"]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"scale": 3}, "scale should be a slider made by controls.scale, but got 3"),
        ({"scale": controls.switch()}, "scale should be a slider made by controls.scale"),
        ({"right": 5000}, "5000"),
        ({"right": "50"}, "x should be a number, but got '50'"),
        ({"reason": ""}, "the reason should be text, but got ''"),
        ({"close": 0}, "close should be a share of the slider, 0 < close < 1, but got 0"),
    ],
)
def test_what_estimate_cannot_use_is_refused_in_words(changed, message):
    with pytest.raises((TypeError, ValueError), match=message):
        an_estimate(**changed)


# --- the veil

SLOPE = controls.scale(Linear(-2, 2), 0.0)


@pytest.mark.parametrize("make", [a_question, an_estimate])
def test_a_picture_lies_under_a_veil_until_its_question_is_answered(make):
    question = make()
    explorer = explore(line, after=question, slope=SLOPE)
    assert explorer._veil == question._question
    page_says(question, choose="up", answer=3)
    assert explorer._veil == "", "a wrong answer is an answer"
    explorer = explore(line, after=question, slope=SLOPE)
    assert explorer._veil == "", "nor is it asked again"


def test_a_reader_may_rather_see():
    explorer = explore(line, after=a_question(), slope=SLOPE)
    page_says(explorer, lift_veil=True)
    assert explorer._veil == ""


def test_under_the_veil_everything_works():
    explorer = explore(line, after=a_question(), slope=SLOPE)
    explorer.set(slope=1.0)
    assert explorer.readout == "slope 1.00, plain"
    assert explorer._veil != ""


def test_what_is_no_question_veils_nothing():
    with pytest.raises(TypeError, match=r"after should be a prediction, such as guess = predict"):
        explore(line, after="Up or down?", slope=SLOPE)
