"""Training softmax: loss, gradient, smoothing, the forgotten minus, and the digits."""

import time

import numpy as np
import pytest
import scipy.optimize

from course_utils import datasets, optimizers, softmax, training
from course_utils.figures import training_softmax as figures
from course_utils.network import Network
from course_utils.widgets.live_picture import LivePicture


def test_loss_and_gradient_of_the_lecture_m5_m6():
    words = LivePicture(figures.loss).draw({"share": 0.2, "right": 2})
    assert words == ("ŷ = [0.30, 0.20, 0.10, 0.40]: L = 1.609, gradient [0.30, −0.80, 0.10, 0.40]")


def test_the_cost_is_minus_the_mean_log_likelihood_m5():
    rng = np.random.default_rng(0)
    z, labels = rng.standard_normal((4, 6)), rng.integers(0, 4, 6)
    likelihood = np.prod(softmax.softmax(z)[labels, np.arange(6)])
    J = softmax.cost(z, softmax.one_hot(labels, 4))
    assert pytest.approx(-np.log(likelihood) / 6, rel=1e-12) == J


def test_label_smoothing_of_a_tenth_in_ten_classes_m8():
    lead = figures.best_lead(0.1, 10)
    floor = figures.losses(np.array([lead]), 0.1, 10)[0]
    assert (round(lead, 2), round(floor, 3)) == (4.51, 0.500)
    least = scipy.optimize.minimize_scalar(
        lambda gap: figures.losses(np.array([gap]), 0.1, 10)[0], bounds=(0, 20), method="bounded"
    )
    assert least.x == pytest.approx(lead, abs=1e-3)
    y = softmax.smooth(np.eye(10)[:, :1], 0.1)[:, 0]
    assert floor == pytest.approx(-(y * np.log(y)).sum(), rel=1e-12)


@pytest.mark.parametrize(("classes", "share"), [(2, 0.2), (5, 0.01), (100, 0.3)])
def test_the_best_lead_is_where_the_gradient_vanishes_m8(classes, share):
    z = np.zeros((classes, 1))
    z[0] = figures.best_lead(share, classes)
    y = softmax.smooth(np.eye(classes)[:, :1], share)
    assert np.abs(softmax.cost_gradient(z, y)).max() < 1e-12


def test_without_its_minus_descent_makes_the_right_class_less_likely_x5():
    live = LivePicture(figures.descent)
    last = {sign: float(live.draw({"step": 20, "alpha": 1.0, "sign": sign}).split()[-1])
            for sign in figures.SIGNS}  # fmt: skip
    assert last[figures.SIGNS[0]] > 0.9
    assert last[figures.SIGNS[1]] < 0.01


def test_97_percent_of_the_test_digits_in_under_five_seconds():
    X, labels = datasets.digits()
    Y, order = softmax.one_hot(labels, 10), np.random.default_rng(0).permutation(1797)
    test, rest = order[:360], order[360:]
    start, accuracies = time.perf_counter(), []
    for seed in range(3):
        rng = np.random.default_rng(seed)
        network = Network((64, 64, 32, 10), rng, batch_norm=True, dtype=np.float32)
        adam = optimizers.Adam(alpha=0.003)
        training.fit(network, X[:, rest], Y[:, rest], adam, epochs=30, rng=rng, progress=False)
        accuracies.append(network.accuracy(X[:, test], Y[:, test]))
    assert min(accuracies) >= 0.97
    assert time.perf_counter() - start < 15


def test_the_run_shows_what_it_trained_and_obeys_alpha_on_the_way():
    run = figures.DigitsRun()
    live = LivePicture(run.picture)
    words = live.draw({"epoch": 4, "alpha": 0.003})
    assert words.startswith("epoch 4, α = 0.003: cost ")
    after_four = run.accuracy
    assert f"test {after_four:.1%} right" in words
    live.draw({"epoch": 8, "alpha": 1e-6})
    assert run.accuracy == pytest.approx(after_four, abs=0.05)
    live.draw({"epoch": 0, "alpha": 1e-6})
    assert run.accuracy < 0.3


def test_confusions_are_counted_by_digit_and_answer():
    counts = figures._confusion(np.array([3, 3, 3, 8]), np.array([3, 5, 5, 1]))
    assert counts[3, 5] == 2
    assert counts[8, 1] == 1
    assert counts.sum() == 3


def test_bad_smoothing_is_named():
    with pytest.raises(ValueError, match="0 <= smoothing <= 1 must hold, but got smoothing=2"):
        softmax.smooth(np.eye(2), 2)
