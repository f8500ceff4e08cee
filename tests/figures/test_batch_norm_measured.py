"""Pictures of what batch norm buys: what they say, and what can be held in them."""

import numpy as np
import pytest

from course_utils.experiments import batch_norm_by_alpha as by_alpha
from course_utils.experiments import cost_along_gradient as along
from course_utils.experiments import why_batch_norm_works as why
from course_utils.figures import batch_norm_measured as figures
from course_utils.figures import style
from course_utils.widgets.live_picture import LivePicture
from tests.figures.grips import off_target
from tests.figures.words import words_of


def test_the_picture_of_final_costs_says_the_bundled_numbers():
    live = LivePicture(figures.final_costs)
    words = live.draw({"alpha": 0.5, "start": "He"})
    assert words == (
        "α = 0.5, first weights He: cost without batch norm 0.60 to 2.00; with batch norm 0.02; "
        "with batch norm and shifting noise 0.04 to 0.07"
    )
    words = live.draw({"alpha": 5.0, "start": "He"})
    assert "without batch norm 2.32, diverged in 1 of 5; with batch norm 0.19 to 2.04;" in words


@pytest.mark.parametrize("start", why.STARTS)
def test_no_cost_along_the_gradient_leaves_the_picture(start):
    live = LivePicture(figures.smoothness)
    live.draw({"step": 0, "t": 0.0, "start": start})
    bottom, top = live.canvas.figure.axes[1].get_ylim()
    for kind in why.KINDS[:2]:
        costs = along.looked_along(kind, start)
        assert bottom < costs.min() < costs.max() < top


def test_strokes_reach_from_the_lowest_seed_to_the_highest():
    live = LivePicture(figures.final_costs)
    live.draw({"alpha": 0.1, "start": "large"})
    strokes = [li for li in live.canvas.figure.axes[0].lines if li.get_label() == "_seeds"]
    for line, costs in zip(strokes, by_alpha.final_costs("large"), strict=True):
        ends = line.get_ydata().reshape(-1, 3)
        costs = np.nan_to_num(costs, nan=figures._AWAY)
        np.testing.assert_array_equal(ends[:, 0], costs.min(axis=1))
        np.testing.assert_array_equal(ends[:, 1], costs.max(axis=1))


def test_the_picture_of_shifts_says_median_and_ends():
    words = words_of(figures.shifts, {"alpha": 0.01})
    low, high = by_alpha.typical_shifts()[:, 0].min(axis=1), by_alpha.typical_shifts()[:, 0].max(1)
    for a, b in zip(low, high, strict=True):
        assert f"({style.short(a)} to {style.short(b)})" in words


def test_the_cost_along_the_gradient_is_read_off_at_the_length_chosen():
    words = words_of(figures.smoothness, {"step": 20, "t": 0.5, "start": "He"})
    for kind, said in (
        ("without batch norm", "without batch norm"),
        ("with batch norm", "with it"),
    ):
        cost = along.looked_along(kind, "He")[4, 10]
        assert f"{cost:.2f} {said}" in words


_OTHERS = {"alpha": 0.02, "step": 45, "t": 1.3}
HELD = (
    [(figures.final_costs, {"alpha": a, "start": "He"}) for a in (0.005, 0.1, 5.0)]
    + [(figures.shifts, {"alpha": a}) for a in (0.01, 0.5, 1.0)]
    + [
        (figures.smoothness, {"step": step, "t": t, "start": start})
        for step, t, start in ((0, 0.0, "He"), (50, 1.0, "too small"), (100, 2.0, "large"))
    ]
)


@pytest.mark.parametrize(("figure", "values"), HELD)
def test_every_handle_lies_on_what_it_moves(figure, values):
    assert off_target(figure, values, _OTHERS) == []
