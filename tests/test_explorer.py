"""The host: values, readout, errors in words, one message a move, nothing that piles up."""

import gc
import io
import sys
import threading
import time
import weakref
from decimal import Decimal
from fractions import Fraction
from itertools import count
from types import SimpleNamespace

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
    assert explorer._error == "No picture for these values: the slope is too steep"
    assert explorer.png == good
    explorer.set(slope=1)
    assert explorer._error == ""
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


def leaves(fig):
    """Draw nothing: to leave at a half, or on the way to a whole."""
    fig.subplots()

    def update(slope):
        if slope == 0.5:
            sys.exit("good-bye")
        return "there"

    return update


def leaves_on_the_way(fig):
    update = leaves(fig)

    def on_the_way(slope):
        yield "setting out"
        yield update(slope)

    return on_the_way


@pytest.mark.parametrize("figure", [leaves, leaves_on_the_way])
def test_an_update_that_exits_does_not_end_the_kernel(figure):
    explorer = explore(figure, slope=controls.scale(Linear(0, 1), 0.0), film=("slope", [0.5, 1]))
    explorer.set(slope=0.5)
    assert explorer._error == "No picture for these values: good-bye"
    assert [frame.readout for frame in explorer.film()] == [explorer._error, "there"]


def test_a_challenge_that_exits_does_not_end_the_kernel():
    explorer = explore(line, goal=lambda slope: sys.exit("good-bye"), slope=SLOPE)
    assert explorer._error == "The challenge cannot be judged: good-bye"


def no_update(fig):
    fig.subplots()


SLOPE = controls.scale(Linear(-2, 2), 0.0)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"figure": None}, "explore needs a function that draws on a figure .* got None"),
        ({"figure": no_update}, "no_update should return its update function, but returned None"),
        (
            {"slope": 0.5},
            r"slope should be a control, but is 0.5: make one, such as slope=controls",
        ),
        ({"slope": Linear(-2, 2)}, "slope should be a control, but is Linear"),
        ({"goal": 1}, "goal should be a function of the values that returns a Verdict"),
        ({"film": "slope"}, "film should be a control's name and values, but got 'slope'"),
        ({"film": ("slope", 1)}, "film should have a list of values, but got 1"),
        ({"film": ("slope", "1")}, "film should have a list of values, but got '1'"),
        ({"film": ("slope", iter([0, 1]))}, "film should have a list of values, but got <list_it"),
        ({"film": ("slope", [])}, r"film should have at least one value, but got \[\]"),
        ({"film": ("slope", ["1"])}, "slope: x should be a number, but got '1'"),
    ],
)
def test_what_explore_cannot_use_is_refused_in_words(asked, message):
    with pytest.raises((TypeError, ValueError), match=message):
        explore(**{"figure": line, "slope": SLOPE, **asked})


@pytest.mark.parametrize(
    "number", [np.float32(0.5), np.float64(0.5), np.int64(1), 1, Fraction(1, 2)]
)
def test_every_kind_of_real_number_can_be_set(explorer, number):
    explorer.set(slope=number)
    assert explorer.values["slope"] == float(number)
    assert type(explorer.values["slope"]) in (int, float)


@pytest.mark.parametrize("value", ["0.5", 1j, True, None, [0.5], np.array([0.5]), Decimal("0.5")])
def test_what_is_no_number_is_refused_and_nothing_moves(explorer, value):
    with pytest.raises(TypeError, match="slope: x should be a number, but got"):
        explorer.set(thick=True, slope=value)
    assert explorer.values["thick"] is False


def test_options_are_set_as_the_control_holds_them(explorer):
    explorer.set(thick=1, kind=np.str_("dotted"))
    assert explorer.values["thick"] is True
    assert type(explorer.values["kind"]) is str
    with pytest.raises(ValueError, match="is not one of 'plain', 'dotted'"):
        explorer.set(kind=np.array(["plain", "dotted"]))


def test_a_challenge_is_judged_where_a_reader_has_numpy_raise():
    def tiny(x):
        return Verdict(bool(np.exp(np.float64(-x)) == 0), None, "")

    before = np.seterr(all="raise")
    try:
        judged = explore(bare, goal=tiny, x=controls.scale(Integer(0, 1000), 1000))
    finally:
        np.seterr(**before)
    assert judged._error == ""
    assert judged.verdict.passed


def bare(fig):
    """An empty picture."""
    return lambda x: f"x = {x}"


def test_the_stop_button_is_told_and_the_page_need_not_wait():
    def stopped(fig):
        def update(x):
            if x == 3:
                raise KeyboardInterrupt
            return f"x = {x}"

        return update

    made = explore(stopped, x=controls.scale(Integer(0, 5), 1))
    with pytest.raises(KeyboardInterrupt):
        page_says(made, move={"x": 3}, ticket="view 1")
    assert (made._answered, made.readout) == ("view 1", "x = 1")
    assert made._error == "Stopped: this is still the picture of other values."
    page_says(made, move={"x": 4}, ticket="view 2")
    assert (made._error, made.readout) == ("", "x = 4")


def test_the_challenge_is_judged_at_every_move(explorer):
    assert explorer.verdict.mistake == "too-low"
    explorer.set(slope=1.5)
    assert explorer.verdict.passed
    assert explorer._goal == {"passed": True, "text": "bring 1.5 above 1"}


@pytest.mark.parametrize(
    ("goal", "says"),
    [
        (lambda slope: None, "goal should return a Verdict, but returned None"),
        (lambda slope: True, "goal should return a Verdict, but returned True"),
        (lambda slope: 1 / 0, "division by zero"),
        (lambda tilt: None, "unexpected keyword argument 'slope'"),
    ],
)
def test_a_challenge_that_fails_is_told_in_words_and_the_picture_is_there(goal, says):
    explorer = explore(line, goal=goal, slope=SLOPE)
    assert explorer._error.startswith("The challenge cannot be judged: ")
    assert says in explorer._error
    page_moves(explorer, slope=90)
    assert explorer.readout == "slope 1.60, plain"
    assert explorer.verdict is None
    explorer.close()


def silent(fig):
    fig.subplots()
    return lambda slope: None


def empty(fig):
    fig.subplots()

    def update(slope):
        yield from ()

    return update


@pytest.mark.parametrize(("figure", "verb"), [(silent, "return"), (empty, "yield")])
def test_an_update_without_a_readout_is_told_in_words(figure, verb):
    explorer = explore(figure, slope=SLOPE)
    assert f"the update should {verb} its readout, one line of text" in explorer._error
    assert explorer.readout == ""
    explorer.close()


NONSENSE = [
    None,
    7,
    "move",
    [],
    {},
    {"move": None},
    {"move": 3},
    {"move": ["slope"]},
    *({"move": {"slope": x}} for x in (-1, 101, 1.5, 50.0, "50", True, None, [50], {}, 10**30)),
    {"move": {"tilt": 1}},
    {"move": {"": 1}},
    {"advance": "x"},
    {"step": {"slope": 1}},
]


@pytest.mark.parametrize("content", NONSENSE, ids=repr)
def test_nonsense_from_a_page_moves_nothing(explorer, content, caplog):
    before = explorer.values, explorer.readout, explorer._moves
    explorer._handle_msg(
        {"content": {"data": {"method": "custom", "content": content}}, "buffers": []}
    )
    assert (explorer.values, explorer.readout, explorer._moves) == before
    assert not caplog.records, "an error in the handler is logged"


def test_a_page_hears_an_answer_to_nonsense_and_the_sensible_half_is_done(explorer):
    page_says(explorer, move={"slope": 100, "kind": 9, "tilt": 1}, ticket="view 7")
    assert explorer.values == {"slope": 2, "kind": "plain", "thick": False}
    assert explorer._answered == "view 7"


def test_a_page_cannot_set_what_only_the_kernel_sets(explorer):
    sent = []
    explorer.comm.send = lambda data, **_: sent.append(data)
    before = explorer.get_state()
    wrong = {
        "readout": "hacked",
        "_controls": [],
        "_positions": {"slope": "x"},
        "_goal": {},
        "no": 1,
    }
    explorer._handle_msg({"content": {"data": {"method": "update", "state": wrong}}, "buffers": []})
    assert explorer.get_state() == before
    assert sent[-1]["state"]["readout"] == explorer.readout, "the page is told what holds"


def walk(fig):
    """A walk."""
    fig.subplots()
    past = []

    def update(slope):
        past.append(slope)
        return f"been at {past}"

    update.forget = past.clear
    return update


def test_reset_lets_a_picture_forget_its_history():
    explorer = explore(walk, slope=SLOPE)
    explorer.set(slope=1)
    assert len(explorer.readout) > len("been at [0.0]")
    page_says(explorer, reset=True)
    assert explorer.readout == "been at [0.0]"
    explorer.close()


def test_a_frame_of_a_film_knows_nothing_of_those_before():
    explorer = explore(walk, film=("slope", [0, 1]), slope=SLOPE)
    assert [frame.readout for frame in explorer.film()] == ["been at [0]", "been at [1]"]
    explorer.close()


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


def test_a_stored_picture_is_described_with_all_it_says(explorer):
    _, metadata = explorer._repr_mimebundle_()
    assert metadata["image/png"]["alt"] == (
        "A line with a slope. Slope = −1: slope -1.00, plain Slope = 1: slope 1.00, plain"
    )
    still = explore(line, slope=SLOPE)
    assert (
        still._repr_mimebundle_()[1]["image/png"]["alt"] == "A line with a slope. slope 0.00, plain"
    )
    still.close()


def test_a_film_says_what_cannot_be_drawn():
    explorer = explore(line, film=("slope", [-2, 1]), slope=SLOPE)
    failed, good = explorer.film()
    assert failed.readout == "No picture for these values: the slope is too steep"
    assert good.readout == "slope 1.00, plain"
    assert explorer._repr_mimebundle_()[0]["image/png"]
    explorer.close()


def test_no_picture_is_drawn_in_a_kernel_that_runs_in_the_browser(explorer, monkeypatch):
    monkeypatch.setattr("sys.platform", "emscripten")
    monkeypatch.setattr(type(explorer), "film", None)
    data, metadata = explorer._repr_mimebundle_()
    assert set(data) == {"application/vnd.jupyter.widget-view+json", "text/plain"}
    assert "image/png" not in metadata


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
    assert explorer._picture == patches.whole(explorer._live.pixels, explorer._moves) != before


def many_colours(fig):
    """Noise, or nothing: the way there is a small patch, the way back is none."""
    noise = np.random.default_rng(0).random((200, 200))
    image = fig.subplots().imshow(noise)

    def update(shown):
        image.set_data(noise if shown else 0 * noise)
        return "noise" if shown else "nothing"

    return update


def test_a_picture_that_comes_back_after_patches_is_sent_again():
    explorer = explore(many_colours, shown=controls.switch(True))
    page_says(explorer, new_view=True)
    sent = []
    explorer.observe(lambda change: sent.append(change.name), ["_picture", "_patch"])
    page_moves(explorer, shown=0)
    page_moves(explorer, shown=1)
    assert sent == ["_patch", "_picture"]


def test_the_picture_is_described_for_those_who_cannot_see_it(explorer):
    assert explorer._alt_text == "A line with a slope."
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


def test_a_closed_explorer_is_freed():
    explorer = explore(line, slope=SLOPE)
    gone = weakref.ref(explorer)
    explorer.close()
    del explorer
    gc.collect()
    assert gone() is None


def test_a_closed_explorer_lets_go_of_its_picture_and_can_still_be_used(explorer):
    explorer.set(slope=1)
    before, picture = explorer.png, weakref.ref(explorer._live)
    explorer.close()
    gc.collect()
    assert picture() is None
    assert explorer.png == before
    explorer.set(slope=0)
    assert explorer.readout == "slope 0.00, plain"


class Cell:
    """What a kernel knows of the cell that is running."""

    def __init__(self, monkeypatch):
        shell = SimpleNamespace(parent_header={})
        monkeypatch.setattr("IPython.get_ipython", lambda: shell)
        self.shell, self.runs = shell, count()

    def run(self, cell, make):
        metadata = {} if cell is None else {"cellId": cell}
        header = {"msg_id": str(next(self.runs))}
        self.shell.parent_header = {"metadata": metadata, "header": header}
        return make()


def an_explorer():
    return explore(line, slope=SLOPE)


def a_question():
    return predict("Up or down?", {"up": "No.", "down": "Yes."}, right="down")


@pytest.mark.parametrize("make", [an_explorer, a_question])
def test_a_cell_run_again_closes_what_it_made_before(monkeypatch, make):
    cell = Cell(monkeypatch)
    first = cell.run("a", lambda: [make(), make()])
    cell.run("a", lambda: [w._repr_mimebundle_() for w in first])
    other = cell.run("b", make)
    second = cell.run("a", make)
    assert [w.comm for w in first] == [None, None]
    assert [w.layout.comm for w in first] == [None, None], "nor is there anything left of them"
    assert other.comm is not None
    assert second.comm is not None


def test_what_another_cell_shows_or_no_cell_made_is_not_closed(monkeypatch):
    cell = Cell(monkeypatch)
    shown = cell.run("a", an_explorer)
    cell.run("b", shown._repr_mimebundle_)
    cell.run("a", an_explorer)
    assert shown.comm is not None
    outside = [cell.run(None, an_explorer) for _ in "12"]
    assert all(explorer.comm is not None for explorer in outside)


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


def test_a_challenge_is_judged_where_the_picture_has_arrived():
    judged = []

    def goal(step):
        judged.append(step)
        return Verdict(step == 60, None, "go to 60")

    made = explore(slow_walk, goal=goal, step=controls.scale(Integer(0, 100), 0))
    page_moves(made, step=60)
    assert not made._live.done
    assert (judged, made.verdict, made._goal) == ([0], None, {})
    while not made._live.done:
        page_says(made, advance=True)
    assert (judged, made.verdict.passed) == ([0, 60], True)


@pytest.fixture
def walker():
    made = explore(slow_walk, step=controls.scale(Integer(0, 100), 0, play=True, rate=25))
    yield made
    made.close()


def test_a_long_way_is_shown_in_slices_and_no_move_holds_the_kernel(walker):
    asked, slices = walker._on_its_way, []
    page_moves(walker, step=80)
    assert walker.readout != "at 80"
    while walker._on_its_way > asked:
        asked = walker._on_its_way
        slices.append(walker.readout)
        page_says(walker, advance=True)
    assert (walker.readout, walker._on_its_way) == ("at 80", 0)
    assert len(slices) >= 2
    assert all(words.startswith("step ") for words in slices)
    moves = walker._moves
    page_says(walker, advance=True)
    assert walker._moves == moves


def endless(fig):
    """Steps for ever."""
    fig.subplots()

    def update(slope):
        for step in count():
            yield f"step {step}"

    return update


def test_a_picture_that_never_arrives_holds_nobody_up(monkeypatch):
    monkeypatch.setattr("course_utils.widgets.explorer.LIMIT", 0.05)
    explorer = explore(endless, slope=SLOPE)
    assert explorer._error == "Still on its way after 0.05 s: this is how far it came."
    assert explorer.readout.startswith("step ")
    assert explorer._on_its_way > 0, "a page asks for the rest"
    assert explorer.film()[0].readout.endswith("(still on its way)")
    explorer.close()


def test_a_move_from_code_goes_all_the_way(walker):
    walker.set(step=40)
    assert walker.readout == "at 40"
    assert walker._on_its_way == 0


def test_another_move_on_the_way_is_heard(walker):
    page_moves(walker, step=80)
    assert walker.readout.startswith("step ")
    page_moves(walker, step=3)
    assert walker.readout == "at 3"
    page_says(walker, advance=True)
    assert walker.readout == "at 3"


def test_an_error_on_the_way_is_said_and_the_next_move_works(walker):
    page_moves(walker, step=99)
    for _ in range(30):
        page_says(walker, advance=True)
    assert walker._error == "No picture for these values: there is a hole at 90"
    assert walker._on_its_way == 0
    page_moves(walker, step=5)
    assert walker._error == ""
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
