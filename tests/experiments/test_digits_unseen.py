"""Digits that a network has not seen: bundled answers, calibration, drawings made digits."""

import numpy as np
import pytest
from scipy import ndimage

from course_utils import datasets, softmax
from course_utils.experiments import digits_unseen as unseen
from tests.thorough import once_a_week

LABELS = datasets.digits()[1]


def answers(order, smoothing=0.0, temperature=1.0):
    return softmax.softmax(unseen.logits(order, smoothing) / temperature)


def test_bundled_answers_can_be_had_again():
    z = unseen.ask(unseen.ORDERS[0], 0.0)
    agree = z.argmax(axis=0) == unseen.logits(unseen.ORDERS[0]).argmax(axis=0)
    assert agree.mean() > 0.995


def test_digits_of_writers_it_does_not_know_are_harder():
    wrong = [(answers(order).argmax(axis=0) != LABELS).sum() for order in unseen.ORDERS]
    assert wrong == [35, 87]


def test_half_of_the_mistakes_have_to_do_with_an_8_or_a_1():
    found = unseen.confusions(unseen.ORDERS[0])
    wrong = {pair: len(rows) for pair, rows in found.items() if pair[0] != pair[1]}
    assert sum(wrong.values()) == 35
    assert sum(n for pair, n in wrong.items() if 8 in pair) == 17
    assert max(wrong, key=wrong.get) == (8, 1)
    assert (wrong[8, 1], wrong[1, 8]) == (6, 3)


def test_an_8_taken_for_a_1_is_the_most_frequent_mistake_of_other_random_draws_together():
    X, _ = datasets.digits()
    every, together = np.arange(1797), np.zeros((10, 10), int)
    for draw in range(1, 5):
        row = np.random.default_rng(draw).permutation(every)
        for seed, fifth in enumerate(np.array_split(row, unseen.FIFTHS)):
            network = unseen.trained(np.setdiff1d(every, fifth), 10 * draw + seed)
            answers = network.predict(X[:, fifth]).argmax(axis=0)
            np.add.at(together, (LABELS[fifth], answers), 1)
    np.fill_diagonal(together, 0)
    assert np.unravel_index(together.argmax(), (10, 10)) == (8, 1)
    for order in unseen.ORDERS:
        assert len(unseen.confusions(order)[1, 7]) == 0, "1 taken for 7 does not happen once"


@pytest.mark.parametrize("dark", [4, 8])
def test_each_8_taken_for_a_1_has_lost_a_hole_or_both(dark):
    X, found = datasets.digits()[0], unseen.confusions(unseen.ORDERS[0])

    def holes(number):
        image = np.pad(16 * X[:, number].reshape(8, 8), 1)
        return ndimage.label(image < dark)[1] - 1  # one is the ground around the digit

    lost = [holes(number) for number in found[8, 1]]
    assert len(lost) == 6
    assert (min(lost), max(lost)) == (0, 1)
    assert sum(holes(number) == 2 for number in found[8, 8]) > 50


def test_every_digit_lies_in_its_cell_least_probable_first():
    y_hat = answers(unseen.ORDERS[1])
    for (digit, answer), rows in unseen.confusions(unseen.ORDERS[1]).items():
        assert (LABELS[rows] == digit).all()
        assert (y_hat[:, rows].argmax(axis=0) == answer).all()
        assert (np.diff(y_hat[digit, rows]) >= 0).all()


@pytest.mark.parametrize(
    ("smoothing", "right", "sure", "error", "loss"),
    [(0.0, 0.981, 0.977, 0.007, 0.061), (0.1, 0.983, 0.873, 0.111, 0.167)],
)
def test_label_smoothing_makes_this_network_less_sure_than_it_is_right(
    smoothing, right, sure, error, loss
):
    y_hat = answers(unseen.ORDERS[0], smoothing)
    assert np.mean(y_hat.argmax(axis=0) == LABELS).round(3) == right
    assert y_hat.max(axis=0).mean().round(3) == sure
    assert round(unseen.calibration_error(y_hat, LABELS), 3) == error
    assert -np.log(y_hat[LABELS, np.arange(1797)]).mean().round(3) == loss


@once_a_week
def test_with_smoothing_a_little_more_digits_are_right_over_other_random_draws():
    X, every, gains = datasets.digits()[0], np.arange(1797), []
    for draw in range(1, 23):
        right = []
        for smoothing in unseen.SMOOTHINGS:
            answers = np.empty(1797, int)
            row = np.random.default_rng(draw).permutation(every)
            for seed, fifth in enumerate(np.array_split(row, unseen.FIFTHS)):
                learned = np.setdiff1d(every, fifth)
                network = unseen.trained(learned, 100 * draw + seed, smoothing)
                answers[fifth] = network.predict(X[:, fifth]).argmax(axis=0)
            right.append(100 * np.mean(answers == LABELS))
        gains.append(right[1] - right[0])
    assert 0.05 < np.mean(gains) < 0.3
    assert np.mean(gains) > 2 * np.std(gains, ddof=1) / np.sqrt(len(gains)), "more than chance"


def test_a_temperature_of_a_half_makes_up_for_the_smoothing():
    y_hat = answers(unseen.ORDERS[0], 0.1, 0.46)
    assert unseen.calibration_error(y_hat, LABELS) < 0.01
    assert -np.log(y_hat[LABELS, np.arange(1797)]).mean() < 0.06


def test_a_perfectly_calibrated_answer_has_no_error():
    rng = np.random.default_rng(0)
    sure = rng.uniform(0.5, 1, 200_000)
    y_hat, labels = np.array([sure, 1 - sure]), (rng.uniform(size=sure.size) > sure).astype(int)
    assert unseen.calibration_error(y_hat, labels) < 0.01
    y_hat = np.array([np.full(100, 0.9), np.full(100, 0.1)])
    assert unseen.calibration_error(y_hat, np.repeat([0, 1], 50)) == pytest.approx(0.4)


def test_a_drawing_is_cut_out_made_as_tall_as_the_square_and_counted_in_blocks():
    ink = np.zeros((32, 32), bool)
    ink[8:16, 20:24] = True
    pixels = unseen.reduced(ink).reshape(8, 8)
    assert pixels[:, 2:6].tolist() == [[1.0] * 4] * 8
    assert pixels.sum() == 32
    assert not unseen.reduced(np.zeros((32, 32))).any()
    assert unseen.reduced(np.ones((32, 32))).tolist() == [1.0] * 64
    with pytest.raises(ValueError, match="ink should be 32 × 32 dots"):
        unseen.reduced(np.zeros((8, 8)))


def test_a_network_reads_a_plain_stroke_as_a_one():
    ink = np.zeros((32, 32), bool)
    ink[4:28, 14:19] = True
    network = unseen.trained(np.arange(1797), 0)
    assert network.predict(unseen.reduced(ink)[:, None]).argmax() == 1
