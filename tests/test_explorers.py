"""Every explorer of every notebook, at every end of every control and on a long random walk."""

import inspect
import re

import numpy as np
import pytest

from course_utils.widgets.live_picture import LivePicture
from tests import notebooks

RANDOM_MOVES = 40
MOVES_OF_TRAININGS = 8  # each of them may train a network from its first epoch to its last
FRESH_DRAWINGS = 3


@pytest.fixture(scope="module", params=notebooks.PATHS, ids=lambda path: path.stem)
def explorers(request):
    found = notebooks.explorers(request.param)
    assert found, f"{request.param.stem} has no explorer"
    return found


def positions_to_visit(control):
    """The ends and the default; every option of a choice."""
    last = len(control.values) - 1
    if control.kind == "slider":
        return [0, control.position(control.default), last]
    return range(last + 1)


def visit(explorer, name, positions):
    """Move as the page does; complain as a reader would."""
    explorer._on_page_said(explorer, {"move": positions}, [])
    while not explorer._live.arrived:
        explorer._on_page_said(explorer, {"go_on": True}, [])
    at = f"{name} at {explorer.values}"
    assert explorer._alarm == "", f"{at}: {explorer._alarm}"
    assert explorer.readout.strip(), f"{at}: empty readout"
    assert "\n" not in explorer.readout, f"{at}: readout of several lines"
    assert not re.search(r"\b(nan|inf)\b", explorer.readout.lower()), f"{at}: {explorer.readout}"


def has_a_past(explorer):
    """Say whether the picture is of something that goes on, such as a network in training."""
    return inspect.isgeneratorfunction(explorer._live.update)


def random_positions(explorer, rng):
    return {n: int(rng.integers(len(c.values))) for n, c in explorer.controls.items()}


def test_every_end_and_every_option(explorers):
    for name, explorer in explorers.items():
        for control_name, control in explorer.controls.items():
            explorer.reset()
            for position in positions_to_visit(control):
                visit(explorer, name, {**explorer._positions, control_name: position})


def test_random_walk(explorers):
    rng = np.random.default_rng(0)
    for name, explorer in explorers.items():
        moves = MOVES_OF_TRAININGS if has_a_past(explorer) else RANDOM_MOVES
        for _ in range(moves):
            visit(explorer, name, random_positions(explorer, rng))


def test_live_frames_equal_fresh_drawings(explorers):
    rng = np.random.default_rng(1)
    for name, explorer in explorers.items():
        for _ in range(FRESH_DRAWINGS):
            visit(explorer, name, random_positions(explorer, rng))
            live = explorer._live.pixels.copy()
            same = np.array_equal(live, drawn_anew(explorer))
            assert same, f"{name} at {explorer.values} differs from a fresh drawing"


def drawn_anew(explorer):
    """Return the picture drawn from nothing; of what has a past, from the same artists."""
    fresh = explorer._live
    if not has_a_past(explorer):
        fresh = LivePicture(explorer._figure)
        fresh.update(**explorer.values)
    fresh.canvas.draw()
    return fresh.pixels


def test_pictures_can_be_had_by_everyone(explorers):
    for name, explorer in explorers.items():
        assert len(explorer.controls) <= 4, f"{name} has more than four controls"
        assert explorer._about.endswith("."), f"{name}: no sentence about the picture"
        assert all(c["label"].strip() for c in explorer._controls)


def test_every_control_moves_the_picture(explorers):
    for name, explorer in explorers.items():
        for control_name, control in explorer.controls.items():
            seen = set()
            for position in positions_to_visit(control):
                explorer.reset()
                visit(explorer, name, {**explorer._positions, control_name: position})
                seen.add((explorer.png, explorer.readout))
            assert len(seen) > 1, f"{name}: {control_name} changes nothing at its ends"


def test_challenges_are_not_passed_at_the_start(explorers):
    for name, explorer in explorers.items():
        explorer.reset()
        assert explorer.verdict is None or not explorer.verdict.passed, name
