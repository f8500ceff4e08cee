"""Training softmax: loss, gradient, smoothing, the forgotten minus, and the digits."""

import time

import numpy as np
import pytest

from course_utils import datasets, optimizers, softmax, training
from course_utils.experiments import digits_unseen
from course_utils.experiments import training_softmax as experiments
from course_utils.network import Network
from tests.thorough import once_a_week


def test_the_cost_is_minus_the_mean_log_likelihood_m5():
    rng = np.random.default_rng(0)
    z, labels = rng.standard_normal((4, 6)), rng.integers(0, 4, 6)
    likelihood = np.prod(softmax.softmax(z)[labels, np.arange(6)])
    J = softmax.cost(z, softmax.one_hot(labels, 4))
    assert pytest.approx(-np.log(likelihood) / 6, rel=1e-12) == J


@pytest.mark.parametrize(("classes", "share"), [(2, 0.2), (5, 0.01), (100, 0.3), (3, 1.0)])
def test_the_best_gap_is_where_the_gradient_vanishes_m8(classes, share):
    z = np.zeros((classes, 1))
    z[0] = softmax.optimal_gap(share, classes)
    y = softmax.smooth(np.eye(classes)[:, :1], share)
    assert np.abs(softmax.cost_gradient(z, y)).max() < 1e-12


DRAWN = np.random.default_rng(0).permutation(1797)[:360]
LAST = np.arange(1437, 1797)


def accuracies(test, seeds):
    X, labels = datasets.digits()
    Y, rest = softmax.one_hot(labels, 10), np.setdiff1d(np.arange(1797), test)
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        network = Network([64, 64, 32, 10], rng, batch_norm=True, dtype=np.float32)
        adam = optimizers.Adam(alpha=0.003)
        training.fit(network, X[:, rest], Y[:, rest], adam, epochs=20, rng=rng, progress=False)
        yield network.accuracy(X[:, test], Y[:, test])


def test_97_percent_of_the_test_digits_in_under_five_seconds():
    start = time.process_time()
    assert min(accuracies(DRAWN, seeds=3)) >= 0.97
    assert time.process_time() - start < 15  # three networks


def test_strangers_digits_are_harder():
    assert max(accuracies(LAST, seeds=3)) < 0.95


def times_as_many(run):
    """Return how often more of the last digits are misread, from the tenth epoch on."""
    drawn, last = (
        np.array(
            [1 - run.accuracy(n, a, test) for a in (0.001, 0.003, 0.01) for n in range(10, 31)]
        )
        for test in ("drawn", "last")
    )
    return last / drawn


@once_a_week
def test_strangers_digits_are_misread_about_four_times_as_often():
    run = experiments.DigitsRun(TESTS)
    for found in (times_as_many(run), times_as_many(experiments.DigitsRun(TESTS, seed=1))):
        assert 2.7 < np.median(found) < 5.3
        assert found.max() > 2 * found.min(), "single epochs differ"
        assert np.mean((found > 2) & (found < 6)) > 0.55, "mostly between two and six"
    drawn, last = (1 - run.accuracy(10, 0.0001, test) for test in ("drawn", "last"))
    assert 0.4 < drawn < last < 1.25 * drawn, "hardly more"
    *_, (_, frames) = run.reach(10, 0.01, "drawn")
    J, J_test = frames[-1].costs
    assert J < 0.01
    assert J_test > 8 * J


def test_with_other_draws_strangers_digits_are_misread_two_to_six_times_as_often():
    last = np.mean([1 - right for right in accuracies(LAST, seeds=2)])
    for draw in range(1, 5):
        other = np.random.default_rng(draw).permutation(1797)[:360]
        (drawn,) = accuracies(other, seeds=1)
        assert 1.5 < last / (1 - drawn) < 6.5


def test_eights_are_in_half_of_all_mistakes():
    *_, (_, frames) = experiments.DigitsRun({"drawn": DRAWN}).reach(10, 0.0003, "drawn")
    labels, answers = datasets.digits()[1][DRAWN], frames[-1].y_hat.argmax(axis=0)
    wrong = answers != labels
    eights = (answers == 8) | (labels == 8)
    assert 0.35 < (wrong & eights).sum() / wrong.sum() < 0.65
    assert wrong.sum() > 8


def test_smoothing_keeps_the_lead_where_it_is_best_m8():
    X, labels = datasets.digits()
    Y = softmax.one_hot(labels, 10)
    hard, soft = (
        [experiments.median_gap(X, Y, s, epochs, 0) for epochs in (5, 15)] for s in (0, 0.1)
    )
    assert hard[1] > hard[0] + 1
    assert soft[1] == pytest.approx(softmax.optimal_gap(0.1, 10), abs=1)


TESTS = {"drawn": DRAWN, "last": LAST}
CHOSEN = ((4, 0.003, "drawn"), (4, 0.0001, "drawn"), (4, 0.003, "last"), (2, 0.0001, "drawn"))


def test_a_run_is_a_function_of_epoch_alpha_and_test_digits():
    run = experiments.DigitsRun(TESTS)
    anew = [experiments.DigitsRun(TESTS).accuracy(*chosen) for chosen in CHOSEN]
    for chosen, accuracy in zip(CHOSEN * 2, anew * 2, strict=True):
        assert run.accuracy(*chosen) == accuracy
    assert len(set(anew)) == len(CHOSEN)


def test_bad_smoothing_is_named():
    with pytest.raises(ValueError, match="0 <= smoothing <= 1 must hold, but got smoothing=2"):
        softmax.smooth(np.eye(2), 2)


def test_few_answers_are_less_than_half_sure():
    y_hat = softmax.softmax(digits_unseen.logits("drawn at random"))
    assert (y_hat.max(axis=0) < 0.5).sum() == 12
    _, _, count = digits_unseen.reliability(y_hat, datasets.digits()[1])
    assert (count[:5].sum(), count.sum()) == (12, 1797)


def test_misprinted_descent_gives_everything_to_the_likeliest_wrong_class_x5():
    _, y_hat = experiments.descended(20, 0.5, -1, softmax.cost_gradient)
    assert y_hat[3, -1] > 0.99


def test_a_digit_moved_by_one_pixel_is_often_lost():
    X, labels = datasets.digits()
    order = np.random.default_rng(0).permutation(1797)
    network = digits_unseen.trained(order[360:], 0)
    moved = np.roll(X[:, order[:360]].reshape(8, 8, -1), 1, axis=1).reshape(64, -1)
    right = network.predict(moved).argmax(axis=0) == labels[order[:360]]
    assert 0.4 < right.mean() < 0.6
