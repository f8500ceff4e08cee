"""Every explorer of every notebook: each is a function of its values, wherever they came from."""

import inspect
import math
import re
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import Collection, LineCollection
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.text import Text

from course_utils.support.looks import in_house_looks
from course_utils.widgets import CourseMap, explore
from course_utils.widgets.live_picture import LivePicture
from tests import kinds, notebooks
from tests.figures.grips import off_target
from tests.notebooks import shown
from tests.test_pointing import assert_told_as_matplotlib_places
from tests.thorough import THOROUGH

MOVES = 40 if THOROUGH else 8
MOVES_OF_TRAININGS = 8 if THOROUGH else 4  # each may train to the last epoch
PLACES = 2 if THOROUGH else 1
SHARP_EVERY = 1 if THOROUGH else 4  # drawing four times the pixels is costly


@pytest.fixture(scope="module", params=notebooks.LESSONS, ids=lambda path: path.stem)
def explorers(request):
    found = notebooks.explorers(request.param)
    assert found, f"{request.param.stem} has no explorer"
    return found


def test_a_browser_meets_every_kind_of_what_it_holds(explorers, request):
    path = request.node.callspec.params["explorers"]
    variables, _ = notebooks.run_twice(path)
    promised = {kind for kind, number in kinds.MET_IN.items() if number == path.stem[:2]}
    held = kinds.held_by(variables)
    assert held <= set(kinds.MET_IN), "name a notebook in which a browser meets it"
    assert promised <= held, "a browser no longer meets them there"


def made_anew(explorer, values=None):
    """Make an explorer again from what it was made of; it opens at its defaults or at `values`."""
    at = {name: c.default for name, c in explorer.controls.items()} | (values or {})
    figure, goal = notebooks.copied(*explorer.made_of)
    controls = {name: replace(c, default=at[name]) for name, c in explorer.controls.items()}
    return explore(figure, goal=goal, **controls)


@pytest.fixture(autouse=True)
def _as_long_as_it_takes(monkeypatch):
    """Wait for every picture, however loaded the machine is."""
    monkeypatch.setattr("course_utils.widgets.explorer.LIMIT", math.inf)


def positions_to_visit(control):
    """The ends of a slider, every option of a choice, but for that at which it opens."""
    last = len(control.values) - 1
    positions = {0, last} if control.kind == "slider" else range(last + 1)
    return sorted({*positions} - {control.position(control.default)})


def visit(explorer, name, positions):
    """Move as the page does; complain as a reader would; return the picture."""
    explorer._on_message(explorer, {"move": positions}, [])
    while not explorer._live.done:
        explorer._on_message(explorer, {"advance": True}, [])
    at = f"{name} at {explorer.values}"
    assert explorer._error == "", f"{at}: {explorer._error}"
    assert explorer.readout.strip(), f"{at}: empty readout"
    assert "\n" not in explorer.readout, f"{at}: readout of several lines"
    assert not re.search(r"\b(nan|inf)\b", explorer.readout.lower()), f"{at}: {explorer.readout}"
    told = [explorer.readout, explorer.verdict.hint if explorer.verdict else ""]
    assert not PYTHONS_EXPONENT.search(" ".join(map(str, told))), f"{at}: {told}"
    assert not re.search(r"\ba (8|11|18)\b", " ".join(map(str, told))), f"{at}: {told}"
    return explorer._frame.tobytes()


PYTHONS_EXPONENT = re.compile(r"\de([-+]|−?0)\d")
"""As in 1e-08, which pictures write 1e−8: see `words.typeset`."""


def trains(explorer):
    """Say whether the picture is of something that goes on, such as a network in training."""
    return inspect.isgeneratorfunction(explorer._live.update)


def has_a_history(explorer):
    """Say whether readers steer on the way: what the picture shows then rests on the way."""
    return hasattr(explorer._live.update, "forget")


def random_positions(explorer, rng):
    return {n: int(rng.integers(len(c.values))) for n, c in explorer.controls.items()}


def test_every_end_and_every_option_moves_the_picture_as_it_opens(explorers):
    for name, explorer in explorers.items():
        explorer.reset()
        opened = visit(explorer, name, {})
        assert_tidy(explorer, name)
        for control_name, control in explorer.controls.items():
            explorer.reset()
            seen = {opened}
            for position in positions_to_visit(control):
                seen.add(visit(explorer, name, {control_name: position}))
                assert_tidy(explorer, name)
            alive = len(seen) > 1 or shows_a_stub(explorer)
            assert alive, f"{name}: {control_name} moves nothing when all else is as it was"
        written = [text.get_text() for text in explorer._live.canvas.figure.findobj(Text)]
        assert not [text for text in written if PYTHONS_EXPONENT.search(text)], name
        slow = [artist for artist in explorer._live._moving if isinstance(artist, Axis)]
        assert not slow or name in NAMES_ITS_AXES, f"{name} draws an axis with every move"


NAMES_ITS_AXES = ("digit_by_digit",)
"""Pictures whose axes are called something else when a control moves."""


def assert_tidy(explorer, name):
    figure, at = explorer._live.canvas.figure, f"{name} at {explorer.values}"
    assert cut_off(figure) == [], f"{at}: writing beyond the edge"
    assert struck_through(figure) == [], f"{at}: a line through a legend's words"


def cut_off(figure):
    """Return what is written beyond the picture's edge; numbers at an axis are matplotlib's."""
    axes = [axis for ax in figure.axes for axis in (ax.xaxis, ax.yaxis)]
    ticks = [tick for axis in axes for tick in (*axis.majorTicks, *axis.minorTicks)]
    numbers = {label for tick in ticks for label in (tick.label1, tick.label2)}
    written = set(figure.findobj(lambda a: isinstance(a, Text | Legend))) - numbers
    return [str(a) for a in written if a.get_visible() and _reaches_beyond(a, figure)]


def _reaches_beyond(artist, figure):
    if isinstance(artist, Text) and not artist.get_text().strip():
        return False
    left, bottom, right, top = artist.get_window_extent(figure.canvas.get_renderer()).extents
    width, height = figure.bbox.size
    return min(left, bottom) < -0.5 or right > width + 0.5 or top > height + 0.5


def struck_through(figure):
    """Return the words of legends that a line runs through, unless the legend has a ground."""
    legends = [(ax, ax.get_legend()) for ax in figure.axes if ax.get_legend()]
    return [
        f"{text.get_text()} by {line.get_label()}"
        for ax, legend in legends
        for text in legend.get_texts()
        if legend.get_visible() and not legend.get_frame_on()
        for line in (*ax.lines, *ax.findobj(LineCollection))
        if line.get_visible() and line.get_linestyle() != "None"
        if _runs_through(line, text.get_window_extent().padded(-1), ax.bbox.extents)
    ]


def _runs_through(line, box, inside):
    paths = line.get_paths() if isinstance(line, LineCollection) else [line.get_path()]
    drawn = (line.get_transform().transform_path(path) for path in paths if len(path.vertices))
    cut = (path.cleaned(remove_nans=True, clip=tuple(inside)) for path in drawn)
    return any(path.intersects_bbox(box, filled=False) for path in cut)


def test_a_line_through_a_legends_words_is_found():
    ax = FigureCanvasAgg(Figure((4, 3))).figure.subplots()
    ax.plot([0, 1], [0.5, 0.5], label="level")
    ax.set(xlim=(0, 1), ylim=(0, 1))
    for place, found in (("center", ["level by level"]), ("upper right", [])):
        ax.legend(frameon=False, loc=place)
        ax.figure.canvas.draw()
        assert struck_through(ax.figure) == found
    ax.legend(frameon=True, loc="center")
    ax.figure.canvas.draw()
    assert struck_through(ax.figure) == []
    ax.vlines([0.9], 0, 1, label="strokes")
    ax.legend(frameon=False, loc="upper right")
    ax.figure.canvas.draw()
    assert "strokes by strokes" in struck_through(ax.figure)


def test_writing_beyond_the_edge_is_found():
    figure = FigureCanvasAgg(Figure((4, 3))).figure
    ax = figure.subplots()
    ax.set_title("within")
    assert cut_off(figure) == []
    ax.text(0.9, 0.5, "too far to the right", transform=ax.transAxes)
    (cut,) = cut_off(figure)
    assert "too far to the right" in cut


def shows_a_stub(explorer):
    """Say whether the picture is of a function that readers have yet to write."""
    figure = explorer.made_of[0]
    parts = (*figure.args, *figure.keywords.values()) if isinstance(figure, partial) else ()
    return any(getattr(part, "__module__", "") == "__main__" for part in parts)


def test_random_walk_and_reset(explorers):
    rng = np.random.default_rng(0)
    for name, explorer in explorers.items():
        for _ in range(MOVES_OF_TRAININGS if trains(explorer) else MOVES):
            visit(explorer, name, random_positions(explorer, rng))
            grips = np.array(explorer._grips or [[0.5, 0.5]])
            inside = (grips > 0).all() and (grips < 1).all()
            assert inside, f"{name} at {explorer.values}: a grip lies outside of the picture"
        explorer.reset()
        same = shown(explorer) == explorer.opened_with
        assert same, f"{name}: Reset does not bring the first picture back"


def test_neither_the_way_to_a_picture_matters_nor_whether_it_is_drawn_anew(explorers):
    rng = np.random.default_rng(2)
    for name, explorer in explorers.items():
        for _ in range(PLACES):
            there = random_positions(explorer, rng)
            seen = {come(explorer, name, way) for way in ways_to(there, explorer, rng)}
            if not has_a_history(explorer):
                seen.add(drawn_anew(explorer))
            said = {readout for _, readout, _ in seen}
            most = len(said) if has_a_history(explorer) else 1
            assert len(seen) <= most, (
                f"{name} at {explorer.values} depends on what was moved before, or on what was kept"
            )


def drawn_anew(explorer):
    """Return what `come` does of a fresh drawing of the same, its background drawn as well."""
    fresh = LivePicture(notebooks.copied(*explorer.made_of)[0])
    readout = fresh.draw(explorer.values)
    fresh.draw_all()
    return fresh.pixels.tobytes(), readout, explorer.verdict


def test_a_sharp_picture_equals_one_drawn_sharp(explorers):
    rng = np.random.default_rng(3)
    for name, explorer in [*explorers.items()][::SHARP_EVERY]:
        if trains(explorer):
            continue
        explorer.reset()
        explorer._on_message(explorer, {"sharpness": 2}, [])
        visit(explorer, name, random_positions(explorer, rng))
        fresh = LivePicture(notebooks.copied(*explorer.made_of)[0])
        fresh.draw_as_sharp_as(2)
        fresh.draw(explorer.values)
        same = np.array_equal(fresh.pixels, explorer._frame)
        explorer._on_message(explorer, {"sharpness": 1}, [])
        assert same, f"{name} at {explorer.values} differs from a fresh drawing at two pixels each"


def test_a_pointer_reads_off_what_matplotlib_placed_there(explorers):
    for explorer in explorers.values():
        explorer.reset()
        assert_told_as_matplotlib_places(explorer._live.canvas.figure)


def test_no_move_draws_an_axis_again_because_a_text_might_reach_there(explorers):
    for name, explorer in explorers.items():
        explorer.reset()
        live = explorer._live
        again = {artist for artist in live._animated if isinstance(artist, Axis)} - live._moving
        assert not again, (
            f"{name}: a text that moves and is not clipped may reach into other axes: clip it, or "
            "give its axes a zorder of 1, so that they are drawn last"
        )


def test_what_can_be_held_can_be_taken_everywhere(explorers):
    assert any(explorer._handles for explorer in explorers.values()), "nothing can be held"
    for name, explorer in explorers.items():
        explorer.reset()
        for handle, track in zip(explorer._handles, explorer._tracks, strict=True):
            for control in handle.controls:
                reach = next(t["places"] for t in track.values() if t and t["control"] == control)
                far = max(reach) - min(reach)
                assert far > 0.03, f"{name}: dragging {control} leads nowhere"


def test_what_can_be_held_lies_on_what_it_moves(explorers):
    for name, explorer in explorers.items():
        if explorer._handles:
            values = {n: control.default for n, control in explorer.controls.items()}
            figure = notebooks.copied(*explorer.made_of)[0]
            off = off_target(figure, values, {n: an_end(c) for n, c in explorer.controls.items()})
            assert off == [], f"{name}: rings that lie on nothing they move"


def an_end(control):
    """Return an end of a control's range at which it does not stand already."""
    last, first = control.values[-1], control.values[0]
    return first if control.default == last else last


def ways_to(there, explorer, rng):
    """Yield moves to the same values: one by one, and past another place."""
    yield [{name: there[name]} for name in rng.permutation(list(there))]
    yield [random_positions(explorer, rng), *({name: there[name]} for name in reversed(there))]


def come(explorer, name, way):
    explorer.reset()
    for positions in way:
        visit(explorer, name, positions)
    return shown(explorer)


def test_pictures_can_be_had_by_everyone(explorers):
    for name, explorer in explorers.items():
        assert len(explorer.controls) <= 4, f"{name} has more than four controls"
        assert explorer._alt_text.endswith("."), f"{name}: no sentence about the picture"
        told_to = re.match(r"(Show|Draw|Train|Step|Light|Plot)\b", explorer._alt_text)
        assert not told_to, f"{name}: what the picture shows, not what to do: {told_to[0]}"
        assert all(c["label"].strip() for c in explorer._controls)
        texts = [text for control in explorer._controls for text in control["texts"]]
        assert not [text for text in texts if PYTHONS_EXPONENT.search(text)], name


def test_frames_of_a_film_differ_and_equal_live_ones_and_none_has_empty_axes(explorers):
    for name, explorer in explorers.items():
        explorer.reset()
        frames, bare = explorer.film(), BarePictures(explorer._live.canvas)
        seen = {frame.pixels.tobytes() for frame in frames}
        assert len(seen) == len(frames), f"{name}: a film shows the same twice"
        for frame in frames:
            at = f"{name} at {frame.values}"
            explorer.set(**frame.values)
            same = explorer.readout == frame.readout
            same = same and np.array_equal(explorer._frame, frame.pixels)
            assert same or has_a_history(explorer), f"{at}: the film differs from the live picture"
            empty = empty_axes(bare, frame.pixels)
            assert not empty, f"{at}: axes {empty} are empty"


class BarePictures:
    """A canvas, and what it shows without any data: kept for all frames with the same axes."""

    def __init__(self, canvas):
        self.canvas, self._kept = canvas, {}

    def now(self):
        axes = self.canvas.figure.axes
        key = tuple((ax.get_visible(), *ax.get_xlim(), *ax.get_ylim()) for ax in axes)
        if key not in self._kept:
            self._kept[key] = without_data(axes, self.canvas)
        return self._kept[key]


def empty_axes(bare_pictures, pixels):
    """Return the numbers of the axes that show nothing.

    One picture without any data tells at once for most of them: what changed inside is theirs,
    unless they overlap with others.
    """
    canvas = bare_pictures.canvas
    axes, bare = canvas.figure.axes, bare_pictures.now()
    full = [
        ax
        for ax in axes
        if not overlaps(ax, axes) and (inside(ax, bare) != inside(ax, pixels)).any()
    ]
    return [
        number
        for number, ax in enumerate(axes)
        if ax not in full and np.array_equal(without_data([ax], canvas), pixels)
    ]


def overlaps(ax, axes):
    """Say whether an axes lies over or under another."""
    return ax.bbox.count_overlaps([other.bbox for other in axes if other is not ax]) > 0


def inside(ax, pixels):
    """Return the part of a picture that lies inside an axes."""
    x0, y0, x1, y1 = np.clip(ax.bbox.extents.round().astype(int), 0, None)
    return pixels[::-1][y0:y1, x0:x1]


def without_data(axes, canvas):
    """Return the picture without the words and the data in some axes."""
    hidden = [artist for ax in axes for artist in words_and_data(ax)]
    for artist in hidden:
        artist.set_visible(False)
    in_house_looks(canvas.draw)()
    for artist in hidden:
        artist.set_visible(True)
    return np.array(canvas.buffer_rgba())


def words_and_data(ax):
    """Return the artists to be seen in an axes that are texts or lie at data."""
    data = [a for a in ax.get_children() if a.get_visible() and is_at_data(a, ax)]
    return data + [text for text in ax.texts if text.get_visible() and text not in data]


def is_at_data(artist, ax):
    """Say whether an artist's place is one of data; a line across the axes is not."""
    offset = artist.get_offset_transform() if isinstance(artist, Collection) else None
    return any(t and t.contains_branch(ax.transData) for t in (artist.get_transform(), offset))


def test_the_map_counts_every_challenge(explorers, request):
    path = request.node.callspec.params["explorers"]
    held = {id(explorer) for explorer in explorers.values() if explorer.made_of[1] is not None}
    assert CourseMap(path.parent).there()[path.stem]["challenge"] == len(held)


def test_challenges_are_not_passed_at_the_start(explorers):
    for name, explorer in explorers.items():
        explorer.reset()
        assert explorer.verdict is None or not explorer.verdict.passed, name


def test_no_button_reaches_the_challenge(explorers):
    """Not even if all are pressed one after the other: the reader is to find it."""
    for name, explorer in explorers.items():
        if explorer.verdict is None:
            continue
        explorer._on_message(explorer, {"reset": True}, [])
        for number, (title, _, _) in enumerate(explorer._all_moments):
            explorer._on_message(explorer, {"moment": number}, [])
            while not explorer._live.done:
                explorer._on_message(explorer, {"advance": True}, [])
            assert not (explorer.verdict and explorer.verdict.passed), f"{name}: “{title}”"
        explorer._on_message(explorer, {"reset": True}, [])


def test_a_challenge_judges_as_a_new_explorer_that_opens_at_the_same_values(explorers):
    rng = np.random.default_rng(3)
    for name, explorer in explorers.items():
        judged = explorer.verdict and not has_a_history(explorer)
        for there in one_moved(explorer, rng) if judged else []:
            visit(explorer, name, random_positions(explorer, rng))
            visit(explorer, name, there)
            fresh = made_anew(explorer, explorer.values)
            assert explorer.verdict == fresh.verdict, f"{name} at {explorer.values}"


def one_moved(explorer, rng):
    """Yield the positions at which an explorer opens, with one control moved; once a week, each."""
    opening = {name: c.position(c.default) for name, c in explorer.controls.items()}
    names = [*explorer.controls]
    for name in names if THOROUGH else rng.permutation(names)[:1]:
        yield {**opening, name: int(rng.integers(len(explorer.controls[name].values)))}
