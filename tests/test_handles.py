"""Handles: places in a picture that are controls, and what a page needs to let them be dragged."""

import numpy as np
import pytest

from course_utils.sampling_scales import Integer, Linear, Log
from course_utils.support.handles import Handle
from course_utils.widgets import controls, explore
from course_utils.widgets.handles import offered
from tests.test_explorer import page_moves, page_says


def pictured(fig):
    """A dot on a logarithmic axis, at the height of a sum."""
    ax = fig.subplots()
    (dot,) = ax.plot([1.0], [0.0], "o")
    ax.set(xscale="log", xlim=(0.1, 10), ylim=(-3, 3))

    def update(alpha, beta, shift=0.0):
        dot.set_data([alpha], [beta + shift])
        return f"α = {alpha:g}, β + shift = {beta + shift:g}"

    def height(beta, shift=0.0, **_):
        return beta + shift

    update.handles = (Handle(ax, x="alpha", y="beta", to_y=height), Handle(ax, x="shift", y=0.0))
    return update


CONTROLS = {
    "alpha": controls.scale(Log(0.1, 10), 1.0),
    "beta": controls.scale(Linear(-1, 1), 0.0, points=21),
}


@pytest.fixture
def explorer():
    made = explore(pictured, **CONTROLS)
    yield made
    made.close()


def pixel(explorer):
    """Where the dot's middle is in the picture, as shares from the left and the top."""
    ax = explorer._live.canvas.figure.axes[0]
    x, y = ax.transData.transform(ax.lines[0].get_xydata()[0])
    height, width, _ = explorer._frame.shape
    return [x / width, 1 - y / height]


def test_a_grip_lies_on_the_dot_wherever_it_is_moved(explorer):
    for alpha, beta in ((1.0, 0.0), (0.1, 1.0), (10.0, -1.0), (0.37, 0.123)):
        explorer.set(alpha=alpha, beta=beta)
        assert explorer._grips[0] == pytest.approx(pixel(explorer), abs=1e-4)


def test_a_handle_that_can_be_pressed_says_where():
    def pressed(fig):
        update = pictured(fig)
        update.handles = (Handle(fig.axes[0], x="alpha", y="beta", pressed=True),)
        return update

    made = explore(pressed, **CONTROLS)
    left, top, right, bottom = made._tracks[0]["pressed"]
    assert left < min(made._tracks[0]["x"]["places"]) + 1e-4
    assert right > max(made._tracks[0]["x"]["places"]) - 1e-4
    assert top < min(made._tracks[0]["y"]["places"]) < max(made._tracks[0]["y"]["places"]) < bottom
    assert explore(pictured, **CONTROLS)._tracks[0]["pressed"] is None


def test_one_control_can_move_a_handle_about_the_plane():
    corners = [(0.1, -3.0), (10.0, -3.0), (10.0, 3.0)]

    def round_the_corners(fig):
        update = pictured(fig)
        by_step = (lambda step, **_: corners[step][0]), (lambda step, **_: corners[step][1])
        ways = {"x": "step", "to_x": by_step[0], "y": "step", "to_y": by_step[1]}
        handle = Handle(fig.axes[0], **ways)
        assert handle.controls == ("step",)

        def step_only(step):
            return update(1.0, 0.0)

        step_only.handles = (handle,)
        return step_only

    made = explore(round_the_corners, step=controls.scale(Integer(0, 2), 0))
    across, up = (made._tracks[0][axis]["places"] for axis in "xy")
    assert {made._tracks[0][axis]["control"] for axis in "xy"} == {"step"}
    assert across[0] < across[1] == across[2]
    assert up[0] == up[1] > up[2]
    for step in range(3):
        made.set(step=step)
        assert made._grips[0] == [across[step], up[step]]


def test_only_handles_whose_controls_are_there_are_offered(explorer):
    assert len(explorer._grips) == len(explorer._tracks) == 1
    with_shift = explore(pictured, **CONTROLS, shift=controls.scale(Linear(1, 5), 1.0))
    assert len(with_shift._grips) == 2
    assert with_shift._tracks[1]["y"] is None


def test_each_position_of_a_control_has_its_place(explorer):
    """Also on a logarithmic axis: a page looks for the nearest, and needs to know no scale."""
    for axis, name in (("x", "alpha"), ("y", "beta")):
        track = explorer._tracks[0][axis]
        assert track["control"] == name
        for position in range(0, len(CONTROLS[name].values), 7):
            page_moves(explorer, **{name: position})
            assert pixel(explorer)["xy".index(axis)] == pytest.approx(
                track["places"][position], abs=1e-4
            )


def test_a_track_that_another_control_moves_follows_it():
    made = explore(pictured, **CONTROLS, shift=controls.scale(Linear(0, 5), 0.0, points=51))
    before = made._tracks[0]["y"]["places"]
    made.set(shift=1.0)
    assert np.all(np.array(made._tracks[0]["y"]["places"]) < before), "higher up"
    assert made._grips[0] == pytest.approx(pixel(made), abs=1e-4)


def test_a_track_is_sent_once_while_nothing_bends_it(explorer):
    sent = []
    explorer.observe(sent.append, "_tracks")
    page_moves(explorer, alpha=3)
    page_moves(explorer, beta=5)
    assert sent == []


@pytest.mark.parametrize("bad", [[3], [Handle(None, x=0.0, y=1.0)], ["alpha"]])
def test_what_is_no_handle_is_refused_in_words(bad):
    def figure(fig):
        fig.subplots()

        def update(alpha):
            return "nothing"

        update.handles = bad
        return update

    with pytest.raises(TypeError, match=r"such as Handle\(ax, x='w', y=0\)"):
        explore(figure, alpha=CONTROLS["alpha"])


@pytest.mark.parametrize("sharpness", [1.25, 1.5, 2])
def test_a_picture_is_drawn_as_sharp_as_the_screen(explorer, sharpness):
    height, width, _ = explorer._frame.shape
    before = explorer._grips
    page_says(explorer, sharpness=sharpness)
    assert explorer._frame.shape[:2] == (int(sharpness * height), int(sharpness * width))
    assert explorer._sharpness == sharpness
    page_moves(explorer, alpha=3)
    page_moves(explorer, alpha=CONTROLS["alpha"].position(1.0))
    assert explorer._grips[0] == pytest.approx(before[0], abs=1e-3), "shares know no pixels"
    page_says(explorer, sharpness=1)
    assert explorer._frame.shape == (height, width, 4)


@pytest.mark.parametrize("nonsense", ["2", None, 0.5, 3, float("nan"), [2]])
def test_a_sharpness_that_is_none_changes_nothing(explorer, nonsense):
    shape = explorer._frame.shape
    page_says(explorer, sharpness=nonsense)
    assert explorer._frame.shape == shape
    assert explorer._error == ""


def test_a_closed_explorer_is_drawn_as_sharp_again(explorer):
    page_says(explorer, sharpness=2)
    shape = explorer._frame.shape
    explorer.close()
    explorer.set(alpha=2.0)
    assert explorer._frame.shape == shape


def test_after_a_failure_the_page_hears_where_the_axes_are_now():
    def figure(fig):
        ax = fig.subplots()
        ax.set(ylim=(0, 1))

        def update(alpha):
            ax.set_xlim(0, 2 if alpha < 1 else 4)
            return f"α = {alpha:g}"

        update.handles = (Handle(ax, x="alpha", y=lambda alpha: 0.5 / (alpha != 1)),)
        return update

    explorer = explore(figure, alpha=controls.scale(Linear(0, 2), 0.5, points=21))
    explorer.set(alpha=1.0)
    assert explorer._error != ""
    explorer.set(alpha=1.5)
    assert explorer._axes[0]["x"]["to"] == 4
    reach = np.ptp(explorer._tracks[0]["x"]["places"])
    assert reach == pytest.approx(0.775 / 2, abs=0.01), "half of the axes' width"


def test_a_handle_that_has_no_place_is_told_in_words():
    def figure(fig):
        ax = fig.subplots()

        def update(alpha):
            return f"α = {alpha:g}"

        update.handles = (Handle(ax, x="alpha", y=lambda alpha: 1 / (alpha - 1)),)
        return update

    explorer = explore(figure, alpha=controls.scale(Linear(0, 2), 0.5, points=21))
    explorer.set(alpha=1.0)
    assert explorer._error == "No picture for these values: float division by zero"
    explorer.set(alpha=1.5)
    assert explorer._error == ""


def test_a_track_is_worked_out_again_only_if_another_control_moved():
    asked = []

    def ahead(alpha, beta):
        asked.append(1)
        return alpha + beta

    def bent(fig):
        ax = fig.subplots()
        (point,) = ax.plot([0], [0], "o")
        ax.set(xlim=(0, 20), ylim=(0, 1))

        def update(alpha, beta):
            point.set_data([alpha + beta], [0.5])
            return f"{alpha + beta:.2f}"

        update.handles = (Handle(ax, x="alpha", y=0.5, to_x=ahead),)
        return update

    options = controls.scale(Linear(0, 10), 1.0, points=11)
    explorer = explore(bent, alpha=options, beta=options)
    before, count = explorer._tracks[0]["x"]["places"], len(asked)
    explorer.set(alpha=7.0)
    assert explorer._tracks[0]["x"]["places"] == before
    assert len(asked) == count + 1, "only for its own place"
    explorer.set(beta=3.0)
    after = explorer._tracks[0]["x"]["places"]
    assert after[0] == pytest.approx(before[2], abs=1e-4)
    explorer.set(beta=1.0, alpha=2.0)
    assert explorer._tracks[0]["x"]["places"] == before


@pytest.mark.parametrize("handles", [None, 3, {}])
def test_handles_that_are_no_row_are_refused(handles):
    def update(w):
        return "."

    update.handles = handles
    with pytest.raises(TypeError, match=r"update\.handles should be a tuple of handles, but is"):
        offered(update, {})
