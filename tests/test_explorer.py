"""The host: values, readout, errors in words, one message a move, nothing that piles up."""

import gc
import io
import threading
import time

import matplotlib.pyplot as plt
import numpy as np
import pytest
from ipywidgets import Widget
from PIL import Image

from course_utils.checks import Verdict
from course_utils.sampling_scales import Integer, Linear, Log
from course_utils.widgets import controls, explore, patches, predict
from tests.test_live_picture import apply


def line(fig):
    """A line with a slope."""
    ax = fig.subplots()
    (artist,) = ax.plot([0, 1], [0, 0])
    ax.set(xlim=(0, 1), ylim=(-2, 2))

    def update(slope, kind="plain", thick=False):
        if slope < -1.5:
            raise ValueError("the slope is too steep")
        artist.set_ydata([0, slope])
        artist.set(linestyle="-" if kind == "plain" else ":", linewidth=4 if thick else 1)
        return f"slope {slope:.2f}, {kind}"

    return update


def slope_above_one(slope, **_):
    return Verdict(slope > 1, None if slope > 1 else "too-low", f"bring {slope:g} above 1")


@pytest.fixture
def explorer():
    made = explore(
        line,
        film=("slope", [-1, 1]),
        goal=slope_above_one,
        slope=controls.scale(Linear(-2, 2), 0.0, label="Slope", play=True),
        kind=controls.choice(["plain", "dotted"], "plain"),
        thick=controls.switch(),
    )
    yield made
    made.close()


def page_says(explorer, **content):
    """Do what a page does when it has something to say."""
    data = {"method": "custom", "content": content}
    explorer._handle_msg({"content": {"data": data}, "buffers": []})


def page_moves(explorer, **positions):
    page_says(explorer, move=positions)


def test_starts_at_its_defaults(explorer):
    assert explorer.values == {"slope": 0.0, "kind": "plain", "thick": False}
    assert explorer.readout == "slope 0.00, plain"
    assert explorer.png.startswith(b"\x89PNG")


def test_set_moves_picture_readout_and_position(explorer):
    before = explorer.png
    explorer.set(slope=0.5, kind="dotted")
    assert explorer.readout == "slope 0.50, dotted"
    assert explorer.png != before
    nearest = explorer.controls["slope"].values[explorer._positions["slope"]]
    assert nearest == pytest.approx(0.5, abs=0.021)


def test_a_value_between_two_steps_is_kept_exactly(explorer):
    explorer.set(slope=0.123456)
    assert explorer.values["slope"] == 0.123456
    assert explorer._between == {"slope": "0.123456"}
    page_moves(explorer, kind=1)
    assert explorer.values["slope"] == 0.123456, "another control does not round it"


def test_the_page_moves_it(explorer):
    page_moves(explorer, slope=0, thick=1)
    assert explorer.values["thick"] is True
    assert explorer.values["slope"] == -2
    page_moves(explorer, slope=100)
    assert explorer.readout == "slope 2.00, plain"
    page_says(explorer, reset=True)
    assert explorer.values["slope"] == 0.0
    assert explorer.values["thick"] is False


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"slope": 3}, "slope: -2 <= x <= 2 must hold, but got 3"),
        ({"slope": float("nan")}, "finite"),
        ({"kind": "dashed"}, "kind: 'dashed' is not one of 'plain', 'dotted'"),
        ({"colour": 1}, "there is no control 'colour'; there are slope, kind, thick"),
    ],
)
def test_what_cannot_be_set_is_refused_and_nothing_moves(explorer, values, message):
    before = explorer.values, explorer.png
    with pytest.raises(ValueError, match=message):
        explorer.set(thick=True, **values)
    assert (explorer.values, explorer.png) == before


def test_an_error_is_told_in_words_and_the_last_picture_kept(explorer):
    good = explorer.png
    explorer.set(slope=-1.8)
    assert explorer._alarm == "No picture for these values: the slope is too steep"
    assert explorer.png == good
    explorer.set(slope=1)
    assert explorer._alarm == ""
    assert explorer.readout == "slope 1.00, plain"


def test_controls_and_film_are_checked_when_it_is_made():
    slope = controls.scale(Linear(-2, 2), 0.0)
    with pytest.raises(TypeError, match="update takes slope, kind, thick"):
        explore(line, tilt=slope)
    with pytest.raises(ValueError, match="there is no control 'tilt'"):
        explore(line, film=("tilt", [1]), slope=slope)
    with pytest.raises(ValueError, match="slope: -2 <= x <= 2 must hold, but got 9"):
        explore(line, film=("slope", [1, 9]), slope=slope)
    with pytest.raises(ValueError, match="must hold, but got 9"):
        controls.scale(Linear(-2, 2), 9)


def test_the_challenge_is_judged_at_every_move(explorer):
    assert explorer.verdict.mistake == "too-low"
    explorer.set(slope=1.5)
    assert explorer.verdict.passed
    assert explorer._goal == {"passed": True, "text": "bring 1.5 above 1"}


def test_display_carries_widget_picture_and_text(explorer):
    data, _ = explorer._repr_mimebundle_()
    assert set(data) == {"application/vnd.jupyter.widget-view+json", "image/png", "text/plain"}
    assert data["text/plain"] == explorer.readout
    explorer.set(slope=1.7)
    assert explorer._repr_mimebundle_()[0]["image/png"] == data["image/png"], (
        "the film shows its own values"
    )


def test_a_film_shows_each_of_its_values_and_says_what_it_shows(explorer):
    explorer.set(slope=0.3, kind="dotted")
    frames = explorer.film()
    assert [frame.values["slope"] for frame in frames] == [-1, 1]
    assert [frame.readout for frame in frames] == ["slope -1.00, dotted", "slope 1.00, dotted"]
    assert not np.array_equal(frames[0].pixels, frames[1].pixels)
    explorer.set(slope=1)
    assert np.array_equal(frames[1].pixels, explorer._frame)


def test_without_a_film_the_still_is_the_present_picture():
    explorer = explore(line, slope=controls.scale(Linear(-2, 2), 0.0))
    first = explorer._repr_mimebundle_()[0]["image/png"]
    explorer.set(slope=2)
    assert explorer._repr_mimebundle_()[0]["image/png"] != first
    explorer.close()


def test_one_move_is_one_message(explorer):
    sent = []
    explorer.comm.send = lambda data, **_: sent.append(data)
    page_says(explorer, move={"slope": 90}, ticket="view 1")
    updates = [message for message in sent if message["method"] == "update"]
    assert len(updates) == 1
    assert updates[0]["buffer_paths"] == [["_patch"]]
    state = updates[0]["state"]
    assert set(state) == {"readout", "_positions", "_answered", "_goal"}
    assert state["_positions"] == {"slope": 90, "kind": 0, "thick": 0}, "every view hears of it"
    assert state["_answered"] == "view 1"


def test_the_page_can_follow_every_move_by_patches(explorer):
    whole = Image.open(io.BytesIO(explorer.png)).convert("RGBA")
    frame, rng = np.asarray(whole), np.random.default_rng(0)
    for _ in range(20):
        page_moves(explorer, slope=int(rng.integers(10, 101)), thick=int(rng.integers(2)))
        frame = apply(explorer._patch, frame)
        assert np.array_equal(frame, explorer._live.pixels)


def test_a_new_view_gets_the_whole_picture(explorer):
    before = explorer._picture
    page_moves(explorer, slope=80)
    assert explorer._picture == before, "a small change travels as a patch"
    page_says(explorer, new_view=True)
    assert explorer._picture == patches.whole(explorer._live.pixels) != before


def test_the_picture_is_described_for_those_who_cannot_see_it(explorer):
    assert explorer._about == "A line with a slope."
    assert [c["label"] for c in explorer._controls] == ["Slope", "kind", "thick"]


def test_a_thousand_moves_leave_everything_where_it_was(explorer):
    psutil = pytest.importorskip("psutil")
    process, rng = psutil.Process(), np.random.default_rng(0)

    def walk(moves):
        for _ in range(moves):
            page_moves(explorer, slope=int(rng.integers(101)), kind=int(rng.integers(2)))
        gc.collect()
        return process.memory_info().rss

    before = walk(200)
    counts = len(plt.get_fignums()), len(Widget.get_manager_state()["state"])
    after = walk(1000)
    assert (len(plt.get_fignums()), len(Widget.get_manager_state()["state"])) == counts
    assert after - before < 4_000_000, f"kernel memory grew by {(after - before) / 1e6:.1f} MB"


def test_scales_of_whole_numbers_have_one_step_a_number():
    control = controls.scale(Integer(2, 6), 3)
    assert control.values == (2, 3, 4, 5, 6)
    assert control.texts == ("2", "3", "4", "5", "6")


def test_log_scale_is_evenly_spaced_and_told_apart():
    control = controls.scale(Log(1e-4, 1), 0.01)
    assert len(set(control.texts)) == len(control.values)
    assert 0.01 in control.values
    assert control.values[0] == 1e-4
    assert control.values[-1] == 1


class TestPrediction:
    def test_every_choice_is_answered(self):
        question = predict(
            "Up or down?", {"up": "No: look.", "down": "Yes: it falls."}, right="down"
        )
        assert question.correct is None
        question.chosen = "up"
        assert (question.correct, question._reply) == (False, "No: look.")
        question.chosen = "down"
        assert (question.correct, question._reply) == (True, "Yes: it falls.")
        question.close()

    def test_the_right_choice_must_be_there(self):
        with pytest.raises(ValueError, match="right='left' is not one of the choices up, down"):
            predict("Up or down?", {"up": "", "down": ""}, right="left")

    def test_reads_as_text_without_a_kernel(self):
        question = predict("Up or down?", {"up": "", "down": ""}, right="up")
        assert question._repr_mimebundle_()[0]["text/plain"] == (
            "Predict: Up or down?\n( ) up\n( ) down"
        )
        question.close()


def slow_walk(fig):
    """A point on its way, 2 ms a step."""
    ax = fig.subplots()
    (point,) = ax.plot([0], [0], "o")
    ax.set(xlim=(0, 100), ylim=(-1, 1))
    past = []

    def update(step):
        for k in range(len(past) + 1, step + 1):
            time.sleep(0.002)
            if k == 90:
                raise ValueError("there is a hole at 90")
            past.append(k)
            yield f"step {k}"
        point.set_xdata([step])
        yield f"at {step}"

    return update


@pytest.fixture
def walker():
    made = explore(slow_walk, step=controls.scale(Integer(0, 100), 0, play=True, rate=25))
    yield made
    made.close()


def test_a_long_way_is_shown_in_slices_and_no_move_holds_the_kernel(walker):
    asked, slices = walker._on_its_way, []
    start = time.perf_counter()
    page_moves(walker, step=80)
    assert time.perf_counter() - start < 0.15  # 80 steps take 0.16 s at least
    while walker._on_its_way > asked:
        asked = walker._on_its_way
        slices.append(walker.readout)
        page_says(walker, go_on=True)
    assert walker.readout == "at 80"
    assert len(slices) >= 2
    assert all(words.startswith("step ") for words in slices)
    moves = walker._moves
    page_says(walker, go_on=True)
    assert walker._moves == moves


def test_a_move_from_code_goes_all_the_way(walker):
    walker.set(step=40)
    assert walker.readout == "at 40"
    assert walker._on_its_way == 0


def test_another_move_on_the_way_is_heard(walker):
    page_moves(walker, step=80)
    assert walker.readout.startswith("step ")
    page_moves(walker, step=3)
    assert walker.readout == "at 3"
    page_says(walker, go_on=True)
    assert walker.readout == "at 3"


def test_an_error_on_the_way_is_said_and_the_next_move_works(walker):
    page_moves(walker, step=99)
    for _ in range(30):
        page_says(walker, go_on=True)
    assert walker._alarm == "No picture for these values: there is a hole at 90"
    page_moves(walker, step=5)
    assert walker._alarm == ""
    assert walker.readout == "at 5"


def test_two_threads_do_not_draw_at_once():
    busy, met = [], []

    def slow(fig):
        """Slow to move."""
        fig.subplots()

        def update(x):
            met.append(len(busy))
            busy.append(x)
            time.sleep(0.01)
            busy.pop()
            return f"x = {x}"

        return update

    makers = [explore(slow, x=controls.scale(Linear(0, 1), 0.0)) for _ in range(2)]
    moves = [lambda e=e, x=x: page_moves(e, x=x) for x in range(1, 9) for e in makers]
    moves += [lambda e=e: e.set(x=0.5) for e in makers]
    threads = [threading.Thread(target=move) for move in moves]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(met) >= len(moves) - 2
    assert set(met) == {0}
