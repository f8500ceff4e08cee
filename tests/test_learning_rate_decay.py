"""Learning rate decay: the lecture's numbers, and where stochastic descent settles."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_utils import learning_rate_decay as lecture

ALL = {
    "constant": lecture.constant(0.2),
    "inverse time": lecture.inverse_time(0.2, decay_rate=0.7),
    "exponential": lecture.exponential(0.2, base=0.9),
    "inverse root": lecture.inverse_sqrt(0.2, k=2),
    "staircase": lecture.staircase(0.2, factor=0.3, every=4),
    "cosine": lecture.cosine(0.2, epochs=30),
}
EACH = pytest.mark.parametrize("schedule", ALL.values(), ids=ALL.keys())


def test_inverse_time_of_the_lecture_o7():
    alphas = lecture.inverse_time(0.2, decay_rate=1)(np.arange(5))
    assert alphas.round(4).tolist() == [0.2, 0.1, 0.0667, 0.05, 0.04]


def test_the_other_schedules_of_the_lecture_o7():
    assert lecture.exponential(1.0, base=0.95)(2) == pytest.approx(0.95**2)
    assert lecture.inverse_sqrt(1.0, k=1)(16) == pytest.approx(1 / 4)
    assert lecture.inverse_sqrt(1.0, k=3)([0, 9, 36]).tolist() == [1, 1, 0.5]
    assert lecture.staircase(1.0, factor=0.5, every=10)([9, 10, 25]).tolist() == [1, 0.5, 0.25]
    assert lecture.cosine(1.0, epochs=10)([5, 10, 11]).round(12).tolist() == [0.5, 0, 0]


@EACH
def test_it_starts_at_alpha0_and_never_rises(schedule):
    alphas = schedule(np.arange(80))
    assert alphas[0] == pytest.approx(0.2)
    assert (np.diff(alphas) <= 1e-15).all()
    assert (alphas >= 0).all()


@EACH
@given(epoch=st.integers(0, 500))
def test_one_epoch_gives_what_an_array_gives(schedule, epoch):
    assert schedule(epoch) == pytest.approx(schedule(np.array([0, epoch]))[1])


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: lecture.inverse_time(0), "alpha0 > 0 must hold, but got alpha0=0"),
        (lambda: lecture.inverse_time(0.1, decay_rate=-1), "decay_rate >= 0 must hold"),
        (lambda: lecture.exponential(0.1, base=1.5), "0 < base <= 1 must hold, but got base=1.5"),
        (lambda: lecture.inverse_sqrt(0.1, k=0), "k > 0 must hold"),
        (lambda: lecture.staircase(0.1, every=0), "every >= 1 must hold"),
        (lambda: lecture.staircase(0.1, factor=0), "0 < factor <= 1 must hold"),
        (lambda: lecture.cosine(0.1, epochs=0), "epochs >= 1 must hold"),
        (lambda: lecture.constant(0.1)(-1), "epoch >= 0 must hold, but got epoch=-1"),
    ],
)
def test_bad_input_is_named(make, says):
    with pytest.raises(ValueError, match=says):
        make()


def test_x17_counted_from_one_the_first_alpha_is_never_used():
    alphas = lecture.inverse_time(0.2, decay_rate=1)(1 + np.arange(4))
    assert alphas.round(4).tolist() == [0.1, 0.0667, 0.05, 0.04]
