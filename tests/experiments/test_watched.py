"""A watched training is the training itself, from whichever epoch it goes on."""

import numpy as np
import pytest

from course_utils.experiments import digit_tuning
from course_utils.experiments.watched import Watched

CONFIGURATION = {"alpha": 0.01, "units": 8, "keep_prob": 0.8, "epochs": 3}


def watched():
    run, sets = digit_tuning.start(CONFIGURATION, np.random.default_rng(5)), digit_tuning.sets()
    return Watched(run, sets.training, sets.validation)


def frames(seen, epochs, **settings):
    made = [seen.start]
    for _ in range(epochs):
        made.append(seen.after(made[-1], **settings))
    return made


def test_it_trains_as_its_configuration_is_trained():
    trained = list(digit_tuning.epochs(CONFIGURATION, np.random.default_rng(5)))
    seen = frames(watched(), 3, alpha=0.01)
    assert [frame.wrong[1] for frame in seen[1:]] == [error for _, error in trained]


def test_going_on_from_an_earlier_epoch_gives_the_same_again():
    seen = watched()
    first, second, third = frames(seen, 2, alpha=0.01)
    again = seen.after(second, alpha=0.01)
    assert again.costs == seen.after(second, alpha=0.01).costs
    assert seen.after(first, alpha=0.01).costs == second.costs
    assert third.costs == again.costs


def test_another_alpha_is_another_epoch():
    seen = watched()
    assert seen.after(seen.start, alpha=0.02).costs != seen.after(seen.start, alpha=0.01).costs


def test_it_says_of_each_set_what_the_network_says():
    seen = watched()
    frame = seen.after(seen.start, alpha=0.01)
    X, Y = digit_tuning.sets().validation
    y_hat = seen.predict(frame, X)
    assert np.array_equal(y_hat, frame.y_hat)
    assert frame.wrong[1] == pytest.approx(np.mean(y_hat.argmax(axis=0) != Y.argmax(axis=0)))
    assert frame.costs[1] == pytest.approx(-np.log((y_hat * Y).sum(axis=0)).mean(), rel=1e-5)


def test_one_that_has_failed_stays_as_it_was():
    seen = watched()
    before = seen.after(seen.start, alpha=0.01)
    failed = seen.after(before, alpha=1e30)
    assert failed.failed
    assert not before.failed
    assert failed.costs == before.costs
    assert seen.after(failed, alpha=0.01) is failed
