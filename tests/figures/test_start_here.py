"""Pictures of start here: what they say and how they move."""

import numpy as np
import pytest

from course_utils import datasets
from course_utils.experiments import start_here as experiments
from course_utils.figures import start_here
from course_utils.support.words import percent
from course_utils.widgets.live_picture import LivePicture


def test_the_picture_shows_the_example_and_counts_its_ink():
    live = LivePicture(start_here.digit)
    X, labels = datasets.digits()
    readout = live.draw({"example": 3, "threshold": 0.5})
    inked = np.count_nonzero(X[:, 3] >= 0.5)
    assert readout == f"Example 3 shows the digit {labels[3]}. Pixels with ink: {inked} of 64."
    shown = live.canvas.figure.axes[1].images[0].get_array()
    assert np.array_equal(shown.ravel() > 0, X[:, 3] >= 0.5)


@pytest.mark.parametrize("threshold", [0.0, 0.37, 1.0])
def test_the_handle_lies_on_the_line_of_the_threshold(threshold):
    live = LivePicture(start_here.digit)
    values = {"example": 3, "threshold": threshold}
    live.draw(values)
    (handle,) = live.update.handles
    (line,) = handle.ax.lines
    assert handle.place(values) == (0.5, line.get_ydata()[0]) == (0.5, threshold)


PLACE = {"x": 1.0, "y": -0.5, "recipe": "06: Adam", "alpha": 0.02}


@pytest.mark.parametrize("place", [(-0.41, 1.3), (1.0, -0.5), (-1.9, 2.0)])
def test_the_point_that_is_dragged_lies_under_its_handle(place):
    live = LivePicture(start_here.playground)
    values = {**PLACE, "x": place[0], "y": place[1]}
    live.draw(values)
    (handle,) = live.update.handles
    assert handle.place(values) == place
    blue, orange = handle.ax.lines[2:4]
    assert blue.get_xydata().tolist() == [list(place)]
    assert len(orange.get_xydata()) == 0


def test_points_of_ones_own_stay_where_they_are_left_and_take_turns_in_colour():
    live = LivePicture(start_here.own_points)
    for added, at in enumerate([(1.0, -1.0), (0.8, -0.3), (-0.5, 1.2)], 1):
        said = live.draw(dict(zip("xy", at, strict=True), added=added, recipe="06: Adam"))
        assert said.startswith(f"06: Adam, α = 0.02, {4 + added} points, the large one ")
    said = live.draw({"x": 0.0, "y": 0.5, "added": 3, "recipe": "06: Adam"})
    (plane, *_) = live.canvas.figure.axes
    held, left = ([line.get_xydata().tolist() for line in plane.lines[k : k + 2]] for k in (2, 4))
    assert held == [[], [[0.0, 0.5]]]
    assert left == [[[1.0, -1.0], [-0.5, 1.2]], [[0.8, -0.3]]]
    (handle,) = live.update.handles
    assert handle.place({"x": 0.0, "y": 0.5}) == (0.0, 0.5)
    own = ((1.0, -1.0, 0), (0.8, -0.3, 1), (-0.5, 1.2, 0), (0.0, 0.5, 1))
    examples = (*experiments.CORNERS, *own)
    _, costs, right = experiments.taught(examples, "06: Adam")
    assert (
        f"cost {costs[-1]:.1g} after 600 steps; {percent(right)} of the points right; left" in said
    )
    assert said.endswith("left behind: blue (1, −1), orange (0.8, −0.3), blue (−0.5, 1.2)")
    live.update.forget()
    assert ", 4 points, the large one blue (0, 0.5): " in live.draw(
        {"x": 0.0, "y": 0.5, "added": 0, "recipe": "06: Adam"}
    )


def test_a_point_that_was_left_is_taken_up_with_its_colour_where_one_presses_on_it():
    live = LivePicture(start_here.own_points)
    for added, at in ((0, (1.0, -1.0)), (1, (1.0, -1.0)), (1, (-1.0, 1.5))):
        live.draw(dict(zip("xy", at, strict=True), added=added, recipe="06: Adam"))
    said = live.draw({"x": 1.05, "y": -1.0, "added": 1, "recipe": "06: Adam"})
    assert "the large one blue (1.05, −1)" in said
    assert said.endswith("left behind: orange (−1, 1.5)")
    plane = live.canvas.figure.axes[0]
    shown = [line.get_xydata().tolist() for line in plane.lines[2:6]]
    assert shown == [[[1.05, -1.0]], [], [], [[-1.0, 1.5]]]


def test_the_playground_says_and_draws_the_training_of_its_recipe():
    live = LivePicture(start_here.playground)
    said = live.draw(PLACE)
    run = experiments.trained(**{"name" if k == "recipe" else k: v for k, v in PLACE.items()})
    assert said.startswith("06: Adam, α = 0.02: cost ")
    assert said.endswith("100 % of the 40 points right, 75 % of 400 fresh ones")
    own = live.canvas.figure.axes[1].lines[1]
    assert own.get_xydata()[[0, -1], 0].tolist() == [0, 600]
    assert np.allclose(own.get_ydata(), np.clip(run.costs, 1e-4, 3))


def test_every_recipe_draws_at_the_ends_of_alpha():
    live = LivePicture(start_here.playground)
    for recipe in experiments.RECIPES:
        for alpha in (0.003, 3.0):
            assert live.draw({**PLACE, "recipe": recipe, "alpha": alpha}).startswith(recipe)
