"""Pictures of learning rate decay: what they say and how they move."""

import numpy as np
import pytest

from course_utils.figures import learning_rate_decay as figures
from course_utils.widgets.live_picture import LivePicture
from tests.figures.grips import off_target


def test_constant_hovers_with_decay_it_settles_o7():
    hovers = figures.final_distance("constant", 0.2, 1.0)
    settles = figures.final_distance("1 / (1 + rate · epoch)", 0.2, 1.0)
    assert np.median(settles) < np.median(hovers) / 3
    longer = figures.final_distance("constant", 0.2, 1.0, epochs=240)
    assert np.median(longer) > np.median(hovers) / 2


def test_where_decay_loses_o7():
    too_fast = figures.final_distance("1 / (1 + rate · epoch)", 0.02, 10.0)
    assert too_fast.min() > 1
    constant = figures.final_distance("constant", 0.02, 10.0)
    assert constant.max() < too_fast.min()


def test_without_noise_a_constant_alpha_comes_as_near_as_one_likes():
    points = figures.noisy_descent(np.full(60, 0.2), noise=0.0)
    assert np.hypot(*points[-1]).item() < 1e-12


def test_runs_side_by_side_differ_and_divergence_is_said():
    points = figures.noisy_descent([0.1], noise=1.0, seeds=3)
    assert points.shape == (11, 2, 3)
    assert len(np.unique(points[-1, 0])) == 3
    live = LivePicture(figures.settling)
    words = live.draw({"epoch": 60, "name": "constant", "alpha0": 0.55, "rate": 1.0})
    assert words.endswith("diverged")


@pytest.mark.parametrize("name", figures.NAMES)
def test_every_schedule_of_the_pictures_starts_at_alpha0(name):
    assert figures.schedule(name, 0.3, 0.5)(0) == pytest.approx(0.3)


def test_by_hand_divides_twice():
    away = figures.hand_made(10, 30, 0.2)
    assert away.shape == (figures.EPOCHS + 1, 20)
    assert np.median(away[-1]) < np.median(away[9]) / 3


_OTHERS = {"epoch": 30, "alpha0": 0.1, "rate": 0.5, "first": 9, "second": 40}
HELD = {
    f"{figure.__name__}, {name}, α₀ {alpha0}, rate {rate}, epoch {epoch}": (
        figure,
        {"epoch": epoch, "name": name, "alpha0": alpha0, "rate": rate},
    )
    for figure in (figures.curves, figures.settling)
    for name in figures.NAMES
    for epoch, alpha0, rate in ((4, 0.2, 1.0), (60, 0.5, 0.05), (1, 0.01, 20.0))
} | {
    f"by hand, {first} and {second}": (
        figures.by_hand,
        {"first": first, "second": second, "alpha0": 0.2},
    )
    for first, second in ((1, 60), (60, 1), (20, 40))
}


@pytest.mark.parametrize(("figure", "values"), HELD.values(), ids=HELD)
def test_every_handle_lies_on_what_it_moves(figure, values):
    assert off_target(figure, values, _OTHERS) == []
