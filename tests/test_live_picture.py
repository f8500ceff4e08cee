"""A live frame is what a fresh drawing of the same values would be."""

import io
import os
import subprocess
import sys

import matplotlib as mpl
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.axis import Axis
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from PIL import Image

from course_utils.figures import style
from course_utils.support.looks import in_house_looks
from course_utils.widgets import patches, png
from course_utils.widgets.live_picture import LivePicture


def layers(fig):
    """Artists under, over and beside what moves, on two overlapping axes."""
    left, right = fig.subplots(1, 2)
    inset = fig.add_axes([0.3, 0.3, 0.3, 0.3])
    (under,) = left.plot([0, 1], [0, 1], linewidth=9, zorder=1)
    left.bar([0.2, 0.8], [0.5, 0.9], width=0.3, color="orange", zorder=3, alpha=0.6)
    left.text(0.5, 0.5, "still", zorder=4)
    points = right.scatter([0, 1], [0, 1], s=300, zorder=0.2)
    image = inset.imshow(np.zeros((3, 3)), vmin=0, vmax=1)
    inset.set_axis_off()
    note = fig.text(0.5, 0.9, "", fontsize=14)
    left.set(xlim=(0, 1), ylim=(0, 1))
    right.set(xlim=(0, 1), ylim=(0, 1))

    def update(height, shade, shown):
        under.set_ydata([0, height])
        points.set_offsets([[height, shade], [shade, height]])
        image.set_array(np.full((3, 3), shade))
        note.set_text(f"{height:.2f}" if shown else "")
        left.patches[0].set_visible(shown)
        return f"{height:.3f}"

    return update


def rescaling(fig):
    """Axis limits and the number of artists change with the value."""
    ax = fig.subplots()

    def update(top):
        for line in list(ax.lines):
            line.remove()
        ax.plot([0, 1], [0, top], color="C0")
        ax.set_ylim(0, top)
        return ""

    return update


def pixels_of_fresh(figure, values):
    live = LivePicture(figure)
    in_house_looks(live.update)(**values)
    live.draw_all()
    return live.pixels


unit = st.floats(0, 1)
moves = st.lists(
    st.fixed_dictionaries({"height": unit, "shade": unit, "shown": st.booleans()}), min_size=1
)


@given(moves)
@settings(max_examples=8, deadline=None)
def test_live_frame_equals_fresh_drawing(steps):
    live = LivePicture(layers)
    for values in steps:
        live.draw(values)
    assert np.array_equal(live.pixels, pixels_of_fresh(layers, steps[-1]))


def test_changed_limits_and_artists_are_drawn_anew():
    live = LivePicture(rescaling)
    for top in (1.0, 2.0, 50.0, 0.1):
        live.draw({"top": top})
        assert np.array_equal(live.pixels, pixels_of_fresh(rescaling, {"top": top}))


def one_line(fig):
    """One line on plain axes."""
    ax = fig.subplots()
    (artist,) = ax.plot([0, 1], [0, 0])
    ax.set(xlim=(0, 1), ylim=(0, 1), xlabel="x", title="still")

    def update(height):
        artist.set_ydata([0, height])
        return f"{height}"

    return update


def test_only_what_moves_or_lies_over_it_is_redrawn():
    live = LivePicture(one_line)
    for height in (0.1, 0.5, 0.7):
        live.draw({"height": height})
    redrawn = [type(artist).__name__ for artist in live._animated]
    assert redrawn == ["Line2D", "Spine", "Spine", "Spine", "Spine"]


def standing(fig):
    """A legend, a note and an image over a line that moves."""
    ax = fig.subplots()
    (line,) = ax.plot([0, 1], [0, 0], label="moves", linewidth=3)
    legend = ax.legend(loc="upper right")
    box = {"boxstyle": "round,pad=1", "alpha": 0.5}
    note = ax.text(0.2, 0.7, "still", bbox=box, zorder=5, rotation=20)
    ax.imshow(np.eye(3), extent=(0.6, 0.9, 0.1, 0.4), alpha=0.5, zorder=4)
    ax.set(xlim=(0, 1), ylim=(0, 1), aspect="auto")

    def update(height, name="moves", words="still"):
        line.set_ydata([height, height])
        legend.get_texts()[0].set_text(name)
        note.set_text(words)
        return f"{height}"

    return update


@given(st.lists(st.tuples(unit, st.sampled_from("ab"), st.sampled_from("cd")), min_size=2))
@settings(max_examples=8, deadline=None)
def test_what_stands_over_what_moves_is_as_drawn_fresh(steps):
    live = LivePicture(standing)
    for height, name, words in steps:
        values = {"height": height, "name": name, "words": words}
        live.draw(values)
        assert np.array_equal(live.pixels, pixels_of_fresh(standing, values))


def test_a_legend_is_drawn_again_only_if_something_under_it_changed(monkeypatch):
    drawn = {Legend: 0, Text: 0}
    for kind, draw in ((Legend, Legend.draw), (Text, Text.draw)):

        def counted(self, *a, kind=kind, draw=draw):
            drawn[kind] += kind is Legend or self.get_text() in {"moves", "stays"}
            draw(self, *a)

        monkeypatch.setattr(kind, "draw", counted)
    live = LivePicture(standing)
    for height in (0.1, 0.2, 0.3, 0.2):  # what moves, and what stands still, is found by moving it
        live.draw({"height": height})
    legends, words = drawn.values()
    for height in (0.3, 0.4, 0.5):
        live.draw({"height": height})
    assert [*drawn.values()] == [legends, words]
    live.draw({"height": 0.95})
    assert [*drawn.values()] == [legends, words + 1], "its places are those of the last time"
    live.draw({"height": 0.95, "name": "stays"})
    assert [*drawn.values()] == [legends + 1, words + 2]
    live.draw_as_sharp_as(2)
    assert drawn[Legend] > legends + 1


def set_again(fig):
    """A curve and a bar that every update sets, over a line that moves, with a note beside."""
    ax = fig.subplots()
    (line,) = ax.plot([0, 1], [0, 0])
    (curve,) = ax.plot([], [], "o-", zorder=3, alpha=0.5)
    (bar,) = ax.bar([0.5], [0.5], width=0.2, zorder=2.5, alpha=0.5)
    ax.annotate("here", (0.5, 0.5), (0.1, 0.8), arrowprops={"arrowstyle": "->"}, zorder=4)
    ax.set(xlim=(0, 1), ylim=(0, 1))

    def update(height, end=0.3, colour="C1", top=0.4):
        line.set_ydata([height, height])
        curve.set_data([0.1, np.nan, end], np.array([0.2, np.nan, 0.3]))
        curve.set_color(colour)
        bar.set_height(top)
        return f"{height}"

    return update


@pytest.fixture
def drawn(monkeypatch):
    """What has been drawn: each line with markers and each bar, time after time."""
    seen, draws = [], {kind: kind.draw for kind in (Line2D, Rectangle)}

    def counted(self, *a):
        if self.get_zorder() in (2.5, 3):
            seen.append(self)
        draws[type(self)](self, *a)

    for kind in draws:
        monkeypatch.setattr(kind, "draw", counted)
    return seen


def test_what_is_set_to_what_it_was_is_not_drawn_again(drawn):
    live = LivePicture(set_again)
    for height in (0.8, 0.9, 0.8, 0.9):
        live.draw({"height": height})
    before = len(drawn)
    for height in (0.7, 0.8, 0.95):
        live.draw({"height": height})
    assert len(drawn) == before
    for changed in ({"end": 0.7}, {"colour": "C2"}, {"top": 0.6}):
        live.draw({"height": 0.8, **changed})
        assert len(drawn) > before, f"{changed} is new"
        assert np.array_equal(live.pixels, pixels_of_fresh(set_again, {"height": 0.8, **changed}))
        before = len(drawn)
    live.draw({"height": 0.2})
    assert len(drawn) > before, "the line lies under both"


few = {"end": (0.3, 0.7, np.nan), "colour": ("C1", "C2"), "top": (0.4, 0.6)}
lookalikes = st.fixed_dictionaries(
    {"height": st.sampled_from((0.1, 0.25, 0.9)), **{k: st.sampled_from(v) for k, v in few.items()}}
)


@given(st.lists(lookalikes, min_size=3, max_size=12))
@settings(max_examples=20, deadline=None)
def test_what_is_set_again_is_as_drawn_fresh(steps):
    live = LivePicture(set_again)
    for values in steps:
        live.draw(values)
        assert np.array_equal(live.pixels, pixels_of_fresh(set_again, values))


def partly_named(fig):
    """Two lines that move under a legend, which names one of them or both."""
    ax = fig.subplots()
    lines = [ax.plot([0, 1], [0, 0], label=name)[0] for name in ("one", "other")]
    legend = ax.legend(loc="upper right")
    ax.set(xlim=(0, 1), ylim=(0, 1))

    def update(height, both):
        for line in lines:
            line.set_ydata([height, height])
        other = legend.legend_handles[1], legend.get_texts()[1]
        for part in other:
            if part.get_visible() != both:
                part.set_visible(both)
        return f"{height}"

    return update


def test_a_legend_without_one_of_its_entries_is_not_drawn_again_at_every_move(monkeypatch):
    live, drawn, draw = LivePicture(partly_named), [], Legend.draw
    live.find_moving_artists([{"height": 0.1, "both": True}, {"height": 0.2, "both": False}])
    monkeypatch.setattr(Legend, "draw", lambda self, *a: drawn.append(self) or draw(self, *a))
    for height, both in ((0.1, False), (0.2, True), (0.3, False), (0.4, False), (0.3, False)):
        live.draw({"height": height, "both": both})
    before = len(drawn)
    for height in (0.5, 0.6, 0.95):
        live.draw({"height": height, "both": False})
        values = {"height": height, "both": False}
        assert np.array_equal(live.pixels, pixels_of_fresh(partly_named, values))
        drawn.pop()  # the fresh drawing's
    assert len(drawn) == before


def growing(fig):
    """A line, and an axis that grows with it."""
    ax = fig.subplots()
    (line,) = ax.plot([0, 1], [0, 1])

    def update(height):
        line.set_ydata([0, height])
        style.reach(ax, 0, max(1.0, height))
        return f"{height}"

    return update


def test_an_axis_that_changes_at_an_end_is_not_drawn_with_every_move():
    live = LivePicture(growing)
    live.find_moving_artists([{"height": 0.5}, {"height": 3.0}])
    for height in (0.5, 0.7):
        live.draw({"height": height})
        assert not any(isinstance(artist, Axis) for artist in live._moving)
    for height in (3.0, 2.0, 0.2):
        live.draw({"height": height})
        assert np.array_equal(live.pixels, pixels_of_fresh(growing, {"height": height}))


def decoded(data):
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))


@pytest.mark.parametrize("shape", [(1, 1, 4), (7, 3, 4), (300, 720, 4)])
def test_png_keeps_every_pixel(shape):
    pixels = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
    assert np.array_equal(decoded(png.encode(pixels)), pixels[..., :3])


def test_strip_stacks_frames_under_their_captions():
    frames = [np.full((40, 90, 4), value, np.uint8) for value in (10, 200)]
    strip = decoded(png.strip(frames, ["β = 0.5", ""]))
    top = len(strip) - 80
    assert 15 < top < 40, "one line"
    assert (strip[top : top + 40] == 10).all()
    assert (strip[top + 40 :] == 200).all()
    assert strip[:top].min() < 128, "the caption is written"


def test_a_long_caption_is_wrapped_and_drawn_with_a_dollar_as_it_is():
    frame = np.full((10, 300, 4), 255, np.uint8)
    one, many = (
        len(decoded(png.strip([frame], [f"costs $1 and $2 {words}"])))
        for words in ("", "word " * 40)
    )
    assert many > one + 60
    strip = decoded(png.strip([frame], ["word " * 40]))
    assert (strip[:, -2:] == 255).all(), "no word is cut at the edge"


def test_a_strip_of_few_colours_is_kept_to_the_last_bit():
    colours = np.random.default_rng(0).integers(0, 256, (256, 4), dtype=np.uint8)
    frame = colours[np.random.default_rng(1).integers(256, size=(60, 80))]
    assert np.array_equal(decoded(png.strip([frame], [""])), frame[..., :3])


def test_what_a_picture_is_painted_with_outlasts_a_thousand_blends():
    ramp = np.linspace(0, 255, 400).astype(np.uint8)
    across, down = np.tile(ramp, (400, 1)), np.tile(ramp[:, None], 400)
    frame = np.stack([across, down, np.full_like(across, 90), np.full_like(across, 255)], axis=-1)
    house = np.array([[0, 114, 178], [213, 94, 0], [0, 158, 115], [204, 121, 167], [230, 159, 0]])
    for i, colour in enumerate(house):
        frame[50 * i : 50 * i + 6, :6, :3] = colour
    strip = decoded(png.strip([frame], [""]))
    for i, colour in enumerate(house):
        assert (strip[50 * i : 50 * i + 6, :6] == colour).all()
    assert np.abs(strip.astype(int) - frame[..., :3]).max() < 32


HOSTILE = [
    {"figure.facecolor": "black", "text.color": "white", "axes.facecolor": "black"},
    {"axes.prop_cycle": mpl.cycler(color=["red"]), "lines.linewidth": 5, "font.size": 18},
    {"font.family": ["serif"], "figure.dpi": 50, "savefig.dpi": 50, "axes.spines.left": False},
    {"axes.unicode_minus": False, "path.simplify": False, "text.antialiased": False},
    {"lines.antialiased": False, "xtick.direction": "in", "axes.grid": True, "image.cmap": "jet"},
    {"text.usetex": True, "mathtext.fontset": "cm", "text.hinting": "default"},
]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_a_drawing_that_was_broken_off_leaves_nothing_behind(monkeypatch, error):
    def stretched(fig):
        (line,) = fig.subplots().plot([0, 1], [0, 1])

        def update(top):
            line.set_ydata([0, top])
            line.axes.set_ylim(0, 2 if top < 3 else top)
            return ""

        return update

    def broken(*_):
        raise error

    live = LivePicture(stretched)
    live.draw({"top": 1})
    with monkeypatch.context() as patch:
        patch.setattr(live.canvas, "draw", broken)
        with pytest.raises(error):
            live.draw({"top": 2})
    live.draw({"top": 3})
    assert np.array_equal(live.pixels, pixels_of_fresh(stretched, {"top": 3}))


@pytest.mark.parametrize("settings", HOSTILE, ids=lambda settings: next(iter(settings)))
def test_a_readers_settings_reach_no_picture(settings):
    with mpl.rc_context(settings):
        live = LivePicture(layers)
        live.find_moving_artists([{"height": 0.2, "shade": 0.1, "shown": True}])
        live.draw({"height": 0.5, "shade": 0.5, "shown": True})
        walker = LivePicture(walk)
        walker.draw({"step": 3}, seconds=0)
        walker.advance()
        written = png.strip([live.pixels], ["−1 of 2"])
        assert all(mpl.rcParams[name] == value for name, value in settings.items())
    plain = fresh_pixels({"height": 0.5, "shade": 0.5, "shown": True})
    assert np.array_equal(live.pixels, plain)
    assert np.array_equal(walker.pixels, pixels_of_walk(3))
    assert written == png.strip([plain], ["−1 of 2"])


@pytest.fixture
def numpy_raises():
    """What a reader sets who looks for the first number that is none."""
    before = np.seterr(all="raise")
    yield
    np.seterr(**before)


def test_a_picture_is_drawn_where_a_reader_has_numpy_raise(numpy_raises):
    def fading(fig):
        (line,) = fig.subplots().plot([0, 1], [0, np.exp(-1000.0)])

        def update(x):
            line.set_ydata([0, np.exp(np.float64(-x))])
            return ""

        return update

    live = LivePicture(fading)
    assert live.draw({"x": 1000.0}) == ""
    with pytest.raises(FloatingPointError):
        np.exp(np.float64(-1000.0))


def pixels_of_walk(step):
    live = LivePicture(walk)
    live.draw({"step": step})
    return live.pixels


def apply(patch, frame):
    """Do what the page does with a patch."""
    words = np.frombuffer(patch, np.uint32)
    pixels, runs = frame.copy().view(np.uint32).ravel(), words[1]
    starts, lengths = words[2 : 2 + runs], words[2 + runs : 2 + 2 * runs]
    colours = words[2 + 2 * runs :]
    if words.size == 2 + 3 * runs:  # a pixel for each run
        colours = np.repeat(colours, lengths)
    for start, length in zip(starts, lengths, strict=True):
        pixels[start : start + length], colours = colours[:length], colours[length:]
    assert colours.size == 0
    return pixels.view(np.uint8).reshape(frame.shape)


@given(st.integers(0, 2**32 - 1), st.floats(0, 1))
@settings(max_examples=60, deadline=None)
def test_a_patch_leads_from_one_frame_to_the_next(seed, share):
    rng = np.random.default_rng(seed)
    old = rng.integers(0, 256, (9, 14, 4), dtype=np.uint8)
    new = np.where(rng.random((9, 14, 1)) < share, 255 - old, old)
    assert np.array_equal(apply(patches.patch(old, new, 3), old), new)


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=60, deadline=None)
def test_a_patch_of_few_colours_leads_there_and_is_short(seed):
    rng = np.random.default_rng(seed)
    old, new = (
        rng.integers(0, 3, (2, 4, 6, 4), dtype=np.uint8).repeat(20, axis=1).repeat(20, axis=2)
    )
    made = patches.patch(old, new, 3)
    assert np.array_equal(apply(made, old), new)
    assert len(made) < 8 + 12 * 80 * 6 + 1, "a run for each square of a row"


def test_patches_of_different_moves_differ_and_large_ones_are_not_made():
    old, new = np.zeros((2, 400, 400, 4), np.uint8)
    new = new.copy()
    assert patches.patch(old, new, 1) != patches.patch(old, new, 2)
    new[:] = np.random.default_rng(0).integers(0, 255, new.shape)
    assert patches.patch(old, new, 1) is None
    new[:] = 0
    new[::2, ::5] = 9
    assert patches.patch(old, new, 1) is None, "few pixels, but too many runs"
    new[10:] = 0
    assert len(patches.patch(old, new, 1)) <= patches.LARGEST


def walk(fig):
    """A point that takes its steps one by one, and forgets none."""
    ax = fig.subplots()
    (point,) = ax.plot([0], [0], "o")
    ax.set(xlim=(0, 100), ylim=(-1, 1))
    past = []

    def update(step):
        for k in range(len(past) + 1, step + 1):
            past.append(k)
            point.set_xdata([k])
            yield f"step {k}"
        point.set_xdata([step])
        yield f"at {step}"

    return update


def test_an_update_that_yields_is_drawn_at_its_end():
    live = LivePicture(walk)
    assert live.draw({"step": 5}) == "at 5"
    assert live.done
    assert live.update.__closure__ is not None
    same = live.pixels.copy()
    live.draw_all()
    assert np.array_equal(live.pixels, same)


def test_an_update_that_takes_long_is_shown_on_its_way():
    live = LivePicture(walk)
    assert live.draw({"step": 50}, seconds=0) == "step 1"
    assert not live.done
    first = live.pixels.copy()
    assert live.advance(0) == "step 2"
    assert live.advance() == "at 50"
    assert live.done
    assert not np.array_equal(live.pixels, first)


def test_a_new_move_takes_over_from_one_on_its_way():
    live = LivePicture(walk)
    live.draw({"step": 50}, seconds=0)
    assert live.draw({"step": 2}) == "at 2"
    assert live.done
    assert live.advance() == "at 2"


def test_a_plain_update_has_arrived_however_long_it_took():
    live = LivePicture(layers)
    live.draw({"height": 0.5, "shade": 0.5, "shown": True}, seconds=0)
    assert live.done


def test_after_a_rehearsal_no_move_draws_the_background(monkeypatch):
    live, drawn = LivePicture(layers), []
    keep = LivePicture._keep_background
    monkeypatch.setattr(LivePicture, "_keep_background", lambda self: drawn.append(keep(self)))
    default = {"height": 0.5, "shade": 0.5, "shown": False}
    live.find_moving_artists(
        [default, {**default, "height": 1.0}, {**default, "shade": 1.0}, {**default, "shown": True}]
    )
    live.draw(default)
    for values in ({"height": 0.2}, {"shade": 0.7}, {"shown": True}):
        live.draw({**default, **values})
        assert np.array_equal(live.pixels, fresh_pixels({**default, **values}))
    assert len(drawn) == 1 + 3  # one here, one in each fresh drawing


def fresh_pixels(values):
    live = LivePicture(layers)
    live.draw(values)
    return live.pixels


def test_a_rehearsal_that_fails_is_no_failure():
    def picky(fig):
        (line,) = fig.subplots().plot([0, 1], [0, 1])

        def update(x):
            if x < 1:
                raise ValueError("x is too small")
            line.set_ydata([0, 1 / x])
            return f"{x}"

        return update

    live = LivePicture(picky)
    live.find_moving_artists([{"x": 0}, {"x": -1}, {"x": 2}])
    assert live.draw({"x": 1}) == "1"


def test_what_yields_is_not_tried_beforehand():
    asked = []

    def training(fig):
        fig.subplots()

        def update(x):
            asked.append(x)
            yield "there"

        return update

    live = LivePicture(training)
    live.find_moving_artists([{"x": 0}, {"x": 60}])
    assert asked == []
    assert live.draw({"x": 0}) == "there"


def test_a_picture_chooses_no_backend():
    """Choosing one loads pyplot, which asks a page without IPython for what it has not."""
    code = (
        "import sys\n"
        "from course_utils.widgets.live_picture import LivePicture\n"
        "picture = LivePicture(lambda fig: lambda x: fig.text(0, 0, str(x)).get_text())\n"
        "assert picture.draw({'x': 1}) == '1'\n"
        "assert 'matplotlib.pyplot' not in sys.modules\n"
    )
    without = {k: v for k, v in os.environ.items() if k != "MPLBACKEND"}
    subprocess.run([sys.executable, "-c", code], env=without, check=True)
