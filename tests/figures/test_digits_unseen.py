"""Pictures of digits that a network has not seen."""

import numpy as np
import pytest

from course_utils import datasets, softmax
from course_utils.experiments import digits_unseen as unseen
from course_utils.figures import digits_unseen as figures
from course_utils.widgets.live_picture import LivePicture
from tests.figures.grips import off_target
from tests.figures.words import words_of

DRAWN, FILE = unseen.ORDERS


def test_a_cell_says_how_many_and_shows_them():
    live = LivePicture(figures.mistakes)
    words = live.draw({"digit": 8, "answer": 1, "order": DRAWN})
    assert words.startswith("drawn at random: digit 8, answer 1: 6 of 174; ŷ of the right class")
    shown = live.canvas.figure.axes[1].images[0].get_array()[2:10, :8]
    first = unseen.confusions(DRAWN)[8, 1][0]
    np.testing.assert_array_equal(shown, datasets.digits()[0][:, first].reshape(8, 8))
    assert live.draw({"digit": 0, "answer": 1, "order": DRAWN}).endswith(": 0 of 178")
    assert not live.canvas.figure.axes[1].images[0].get_array().any()


@pytest.mark.parametrize("order", [DRAWN, FILE])
def test_the_digits_of_a_cell_stand_by_the_probability_of_the_right_class(order):
    live = LivePicture(figures.mistakes)
    for digit, answer in ((3, 5), (3, 8), (8, 1), (8, 8)):
        said = live.draw({"digit": digit, "answer": answer, "order": order})
        gallery = live.canvas.figure.axes[1]
        assert gallery.get_title() == "its digits, the least ŷ of the right class first"
        written = [float(text.get_text()) for text in gallery.texts if text.get_text()]
        chosen = unseen.confusions(order)[digit, answer]
        found = np.sort(softmax.softmax(unseen.logits(order))[digit, chosen])[:12]
        assert written == pytest.approx(found, abs=0.0051), said


@pytest.mark.parametrize("which", [1, 4, 12])
def test_the_ten_probabilities_are_those_of_the_digit_that_is_ringed(which):
    live = LivePicture(figures.mistakes)
    for digit, answer in ((8, 1), (3, 8), (8, 8), (0, 1)):
        values = {"digit": digit, "answer": answer, "order": FILE, "which": which}
        said = live.draw(values)
        _, gallery, ten = live.canvas.figure.axes
        heights, (ring,) = [bar.get_height() for bar in ten.patches], gallery.lines
        chosen = unseen.confusions(FILE)[digit, answer]
        if not len(chosen):
            assert heights == [0] * 10
            assert not len(ring.get_xdata())
            continue
        ringed = min(which, len(chosen), 12) - 1
        y_hat = softmax.softmax(unseen.logits(FILE))[:, chosen[ringed]]
        assert heights == pytest.approx(y_hat)
        assert f"; in the ring, place {ringed + 1}: {y_hat.max():.2f} for {answer}, " in said
        left, top = int(ring.get_xdata()[0] - 3), int(ring.get_ydata()[0] - 3)
        inside = gallery.images[0].get_array()[top : top + 8, left : left + 8]
        image = datasets.digits()[0][:, chosen[ringed]].reshape(8, 8)
        np.testing.assert_array_equal(inside, image)


def test_of_the_eights_that_are_read_rightly_twelve_were_hardly_so():
    values, sentence = figures.MOMENTS["mistakes"]["hardly right"]
    y_hat = softmax.softmax(unseen.logits(values["order"]))[8]
    right = np.sort(y_hat[unseen.confusions(values["order"])[8, 8]])
    assert sentence.startswith(f"Read rightly: of these {len(right)}, twelve")
    assert " below 0.7 for the 8" in sentence
    assert right[11] < 0.7 < right[12]


def test_the_diagonal_is_counted_but_not_coloured():
    live = LivePicture(figures.mistakes)
    live.draw({"digit": 0, "answer": 0, "order": FILE})
    table = live.canvas.figure.axes[0]
    assert np.diag(table.images[0].get_array()).tolist() == [0] * 10
    assert table.images[0].get_array().sum() == 87
    assert sum(int(text.get_text() or 0) for text in table.texts) == 1797


def test_reliability_says_the_numbers_of_the_experiment():
    words = words_of(figures.reliability, {"temperature": 1.0, "smoothing": 0.1, "order": DRAWN})
    assert words == (
        "T = 1, s = 0.1, drawn at random: 98.3 % right, sure of 87.3 % on average; "
        "calibration error 0.111, loss 0.167"
    )


_OTHERS = {"digit": 4, "answer": 7, "temperature": 0.7, "which": 3}
HELD = [
    (figures.mistakes, {"digit": d, "answer": a, "order": DRAWN, "which": w})
    for d, a, w in ((0, 0, 1), (8, 1, 6), (9, 9, 12), (0, 0, 7))
] + [
    (figures.reliability, {"temperature": t, "smoothing": s, "order": order})
    for t, s, order in ((0.25, 0.0, FILE), (1.0, 0.1, DRAWN), (4.0, 0.1, FILE))
]


@pytest.mark.parametrize(("figure", "values"), HELD)
def test_every_handle_lies_on_what_it_moves(figure, values):
    assert off_target(figure, values, _OTHERS) == []
