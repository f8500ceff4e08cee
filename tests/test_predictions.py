"""Questions before pictures: a choice or a number, answered by the kernel and in words."""

import numpy as np
import pytest
from traitlets import TraitError

from course_utils.sampling_scales import Linear, Log
from course_utils.widgets import controls, estimate, explore, predict, sketch
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
        (50, True, "You said 50, exactly right. 1 / (1 − β)."),
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


# --- a curve that is drawn


def a_sketch(**changed):
    asked = {"x": [0, 1, 2], "y": [1.0, 0.5, 0.0], "reason": "It falls.", "ylim": (0, 1)} | changed
    return sketch("Draw a line.", asked.pop("x"), asked.pop("y"), **asked)


def test_a_drawn_curve_is_judged_by_its_distance_and_told_where_it_parts():
    question = a_sketch()
    assert question._true_shares == [], "not before there is an answer: a page could look"
    question.answer([0.9, 0.5, 0.0])
    assert question.correct
    assert question._reply == ("You part most at x = 0: you drew 0.9 where it is 1. It falls.")
    assert question._true_shares[0] == 1
    assert question._true_shares[-1] == 0
    question.answer([0.0, 0.5, 1.0])
    assert not question.correct
    assert question.drawn.tolist() == [0.0, 0.5, 1.0]


def test_a_page_draws_by_shares_of_the_height():
    question = a_sketch(y=[-2.0, 0.0, 2.0], ylim=(-4, 4))
    page_says(question, answer=[0.25 + 0.5 * k / 63 for k in range(64)], ticket="view 1")
    assert question.correct
    assert question.drawn == pytest.approx([-2, 0, 2])
    assert question._answered == "view 1"


def test_whoever_cannot_draw_is_told():
    question = a_sketch()
    explorer = explore(line, after=question, slope=controls.scale(Linear(-2, 2), 0.0))
    page_says(question, tell=True)
    assert (question.correct, question._reply, question.drawn) == (False, "It falls.", None)
    assert len(question._true_shares) == 64
    assert explorer._veil == ""


@pytest.mark.parametrize("nonsense", [None, 3, "draw", [0.5], [None] * 64, ["a"] * 64, [1e9] * 64])
def test_nonsense_is_no_curve(nonsense):
    question = a_sketch()
    page_says(question, answer=nonsense)
    assert question.correct is None


def test_a_sketch_reads_as_text_without_a_kernel():
    data = a_sketch()._repr_mimebundle_()[0]
    assert data["text/plain"] == "Predict: Draw a line.\n(draw y against x)"
    assert "<strong>From 1 to 0.</strong> It falls.</p></details>" in data["text/html"]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"x": [0, 1]}, r"as many finite numbers.*\(2,\) and \(3,\)"),
        ({"x": [0, 2, 1]}, "x should grow"),
        ({"y": [0, np.nan, 1]}, "finite numbers"),
        ({"x": [1], "y": [1]}, "two or more"),
        ({"reason": " "}, "the reason should be text"),
    ],
)
def test_what_sketch_cannot_use_is_refused_in_words(changed, message):
    with pytest.raises((TypeError, ValueError), match=message):
        a_sketch(**changed)


def test_a_curve_of_nothing_is_refused():
    with pytest.raises(ValueError, match="finite numbers"):
        a_sketch().answer([np.nan, 1])


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


def numbers(fig):
    """Two axes, and one that is even in 1 − β."""
    above, below = fig.subplots(2)
    above.set(xlim=(0, 20), ylim=(0, 1))
    below.set(xscale="log", xlim=(1, 100), ylim=(0, 3))
    below.yaxis.to_value = lambda u: 1 - 10**-u

    def update(right=20):
        above.set_xlim(0, right)
        return f"to {right}"

    return update


@pytest.mark.parametrize(
    ("at", "guess", "share"),
    [("x", 5, 0.25), (("x", 1), 10, 0.5), (("y", 1), 0.99, 2 / 3), (("y", 0), 0.25, 0.25)],
)
def test_the_readers_number_is_shown_in_the_picture(at, guess, share):
    scale = controls.scale(Linear(0, 100), 50)
    question = estimate("How many?", scale, right=10, reason="So.", at=at)
    explorer = explore(numbers, after=question, right=controls.scale(Linear(10, 40), 20))
    assert explorer._guess == {}
    question.answer(guess)
    letter, number = question.at
    left, top, right, bottom = explorer._axes[number]["box"]
    if letter == "x":
        left = right = left + share * (right - left)
    else:
        top = bottom = bottom - share * (bottom - top)
    assert explorer._guess["said"] == str(guess)
    assert explorer._guess["line"] == pytest.approx([left, top, right, bottom], abs=2e-4)


def test_the_readers_number_moves_with_the_axis_and_goes_when_it_is_taken_out():
    scale = controls.scale(Linear(0, 100), 50)
    question = estimate("How many?", scale, right=10, reason="So.", at="x")
    explorer = explore(numbers, after=question, right=controls.scale(Linear(10, 40), 20))
    question.answer(15)
    at_20 = explorer._guess["line"][0]
    explorer.set(right=40)
    assert explorer._guess["line"][0] < at_20
    explorer.set(right=10)
    assert explorer._guess == {}, "out of sight"
    explorer.set(right=20)
    assert explorer._guess["line"][0] == at_20
    again = explore(numbers, after=question, right=controls.scale(Linear(10, 40), 20))
    assert again._guess == explorer._guess, "the cell was run again"
    page_says(explorer, drop_guess=True)
    explorer.set(right=21)
    assert explorer._guess == {}
    question.answer(16)
    assert explorer._guess["said"] == "16"
    page_says(explorer, reset=True)
    assert explorer._guess == {}
    explorer.close()
    question.answer(17)
    assert "_live" not in vars(explorer), "a closed picture is not drawn again"


@pytest.mark.parametrize("at", ["z", 1, ("x",), ("x", -1), ("x", "0"), (0, "x"), ["x", 0], ""])
def test_a_place_that_is_no_axis_is_refused(at):
    scale = controls.scale(Linear(0, 1), 0.5)
    with pytest.raises(ValueError, match='at should be an axis, such as "x" or'):
        estimate("How many?", scale, right=1, reason="So.", at=at)


def test_axes_that_are_not_there_are_refused():
    scale = controls.scale(Linear(0, 1), 0.5)
    question = estimate("How many?", scale, right=1, reason="So.", at=("x", 2))
    with pytest.raises(ValueError, match=r"belongs at=\('x', 2\), but the picture has 2 axes"):
        explore(numbers, after=question, right=controls.scale(Linear(10, 40), 20))
