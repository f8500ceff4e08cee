"""Pictures of tuning process: what they say and how they move."""

import re
from functools import partial

import numpy as np
import pytest

from course_utils.experiments import searches
from course_utils.experiments import tuning_process as tuning
from course_utils.figures import tuning_process as figures
from course_utils.widgets.live_picture import LivePicture
from tests.figures.grips import off_target
from tests.figures.words import words_of


def test_the_pictures_count_what_the_formulas_say_t3():
    live = LivePicture(figures.hits)
    words = live.draw({"width": 0.1, "trials": 9, "knobs": 2})
    numbers = [
        float(w.strip(",;"))
        for w in words.replace("0.613", "0.613").split()
        if w.strip(",;").replace(".", "").isdigit()
    ]
    width, n, knobs, grid, random, sobol, grid_formula, random_formula = numbers
    assert (width, n, knobs, grid_formula, random_formula) == (0.1, 9, 2, 0.3, 0.613)
    assert grid == pytest.approx(0.3, abs=0.05)
    assert random == pytest.approx(0.613, abs=0.04)
    assert sobol > random + 0.05


def test_one_hyperparameter_and_one_trial_are_written_in_the_singular():
    live = LivePicture(figures.hits)
    one = live.draw({"width": 0.1, "trials": 1, "knobs": 1})
    assert "1 trial, 1 hyperparameter: " in one
    assert "2 trials, 3 hyperparameters: " in live.draw({"width": 0.1, "trials": 2, "knobs": 3})


def test_the_grids_marker_begins_above_its_line_t3():
    said = LivePicture(figures.hits).draw({"width": 0.1, "trials": 9, "knobs": 2})
    assert ": grid 0.33, " in said
    assert said.endswith("formulas 0.300, 0.613")


def test_the_formula_of_a_hit_has_its_numbers_t3():
    live = LivePicture(figures.hits)
    hit = live.update.formula.terms["hit"]
    assert hit(width=0.1, trials=9, knobs=4) == pytest.approx(0.613, abs=5e-4)
    assert "\\now{width}" in live.update.formula.latex


def test_the_gate_and_the_best_tenth():
    u, values = np.array([[0.1], [0.5], [0.9]]), np.arange(20.0)
    assert tuning.brush(u, 0, 0.6, 0.1).tolist() == [True, True, False]
    assert tuning.best_share(values, 0.1).sum() == 2
    words = words_of(figures.parallel, {"knob": "alpha", "low": 0.0, "high": 1.0})
    assert words.startswith("α from 1e−5 to 1: 250 of 250 trials")
    assert words.endswith("25 of the best 25")
    empty = words_of(figures.parallel, {"knob": "alpha", "low": 0.501, "high": 0.501})
    assert "0 of 250 trials, none there" in empty


@pytest.mark.parametrize("knob", ["units", "size", "layers"])
@pytest.mark.parametrize(
    "gate", [(0, 0.1), (0, 0.16), (0.26, 0.36), (0.4, 0.6), (0.5, 0.75), (0.9, 1), (1, 0)]
)
def test_the_gate_counts_the_trials_whose_values_it_names_t1(knob, gate):
    """By the values themselves: not every place of an axis of whole numbers is one of them."""
    values = [t.configuration[knob] for t in tuning.study("Adam")[:250]]
    words = words_of(figures.parallel, {"knob": knob, "low": gate[0], "high": gate[1]})
    named, counted = words.split(":")[:2]
    ends = [int(number) for number in re.findall(r"\d+", named)]
    passing = [x for x in values if ends and ends[0] <= x <= ends[-1]]
    assert counted.startswith(f" {len(passing)} of 250 trials")
    assert ("no value in the gate" in named) == (not ends)


def test_the_bar_of_a_grid_is_as_long_as_its_formula_says_t3():
    live = LivePicture(figures.valley)
    for trials, width in ((9, 0.1), (25, 0.05), (16, 0.01)):
        said = live.draw({"middle": 0.5, "width": width, "trials": trials, "seed": 0})
        bar = float(said.split("bar ")[1].split(";")[0])
        assert bar == pytest.approx(tuning.grid_hit(width, round(trials**0.5)), abs=0.006)


def test_the_valley_can_be_where_a_grid_finds_it_and_where_it_does_not_t2():
    live = LivePicture(figures.points)
    at = {"method": "grid", "trials": 25, "surface": "only one matters"}
    for place, found in ((0.5, "0.03"), (0.4, "0.77"), (0.6, "0.77"), (0.7, "0.03")):
        words = live.draw({**at, "place": place})
        assert "5 values of the first, 5 of the second" in words
        assert f"best error {found} with the valley at {place:g}" in words
    assert words.endswith("median over all places: grid 0.37, random 0.09, Sobol 0.07")
    words = live.draw({**at, "method": "random", "place": 0.4})
    assert "25 values of the first, 25 of the second" in words


def test_a_reader_places_trials_one_after_the_other_and_takes_them_back():
    board = searches.Board()
    live = LivePicture(partial(figures.own, board=board))
    at = {"x": 0.74, "y": 0.66, "against": figures.UNSEEN}
    words = live.draw({**at, "placed": 3})
    assert words.startswith("3 of 9 placed: (0.2, 0.2) 0.87; (0.5, 0.5) 0.40; (0.2, 0.8) 0.45")
    assert words.endswith("best 0.40; next at (0.74, 0.66)")
    words = live.draw({**at, "placed": 4})
    assert "(0.74, 0.66) 0.06; best 0.06; next" in words
    words = live.draw({**at, "placed": 4, "against": "random"})
    assert "random, 9 trials, 100 times: median 0.35; yours is better in 100 of 100" in words
    assert live.draw({**at, "placed": 2}).endswith("0.40; best 0.40; next at (0.74, 0.66)")
    assert live.draw({**at, "placed": 0}) == "no trial placed yet; next at (0.74, 0.66)"
    words = live.draw({**at, "placed": 0, "against": "random"})
    assert words.endswith("; random, 9 trials, 100 times: median 0.35")
    live.update.forget()
    assert live.draw({**at, "placed": 3}).startswith("3 of 9 placed: (0.2, 0.2) 0.87")


@pytest.mark.parametrize("corner", [(0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0)])
def test_the_error_of_a_trial_in_a_corner_can_be_read(corner):
    live = LivePicture(partial(figures.own, board=searches.Board()))
    live.draw({"x": corner[0], "y": corner[1], "placed": 4, "against": figures.UNSEEN})
    ax = live.canvas.figure.axes[0]
    error = next(t for t in ax.texts if t.get_text() == f"{searches.hidden([corner])[0]:.2f}")
    box, frame = error.get_window_extent(), ax.get_window_extent()
    assert frame.x0 < box.x0 < box.x1 < frame.x1
    assert frame.y0 < box.y0 < box.y1 < frame.y1


def test_long_strokes_of_few_trials_pass_under_the_legends_words():
    live = LivePicture(figures.importance)
    assert ", 28 trials" in live.draw({"optimizer": "Adam", "trials": 100, "narrow": True})
    (ax,) = live.canvas.figure.axes
    legend, (strokes,) = ax.get_legend(), ax.collections
    words = legend.get_title().get_window_extent()
    paths = (strokes.get_transform().transform_path(path) for path in strokes.get_paths())
    assert any(path.intersects_bbox(words, filled=False) for path in paths)
    assert legend.get_frame_on()
    assert legend.get_zorder() > strokes.get_zorder()


def test_alpha_and_another_hyperparameter_go_together_t1():
    live = LivePicture(figures.pairs)
    words = live.draw({"optimizer": "Adam", "other": "units", "column": 6})
    assert words == (
        "Adam: at α about 0.03 the error is from 0.07 to 0.41 along units; α alone explains 68 % of"
        " the variance, units alone 6 %, together 78 %"
    )
    words = live.draw({"optimizer": "momentum", "other": "size", "column": 7})
    assert words.startswith("momentum: at α about 1.4 the error is from 0.16 to 0.47")
    assert words.endswith("54 % of the variance, batch size alone 2 %, together 68 %")
    words = live.draw({"optimizer": "Adam", "other": "layers", "column": 1})
    assert words.endswith("68 % of the variance, layers alone 0 %, together 72 %")


def test_rounds_of_a_search_count_the_trials_so_far():
    live = LivePicture(figures.coarse_to_fine)
    at = {"share": 0.5, "seed": 0, "surface": "both matter"}
    first, last = (live.draw({**at, "rounds": rounds}) for rounds in (1, 4))
    assert first.startswith("both matter: 8 trials, ")
    assert last.startswith("both matter: 32 trials, 0.051; medians of 50: coarse to fine 0.060")


_OTHERS = {
    "column": 3,
    "x": 0.1,
    "y": 0.1,
    "placed": 5,
    "place": 0.2,
    "middle": 0.4,
    "width": 0.2,
    "trials": 30,
    "knob": "units",
    "low": 0.4,
    "high": 0.6,
}
HELD = (
    [(figures.pairs, {"optimizer": "Adam", "other": "size", "column": c}) for c in (1, 5, 8)]
    + [
        (figures.points, {"method": "grid", "trials": 9, "surface": "both matter", "place": place})
        for place in (0.0, 0.63, 1.0)
    ]
    + [
        (
            lambda fig: figures.own(fig, searches.Board()),
            {"x": x, "y": y, "placed": placed, "against": "grid"},
        )
        for x, y, placed in ((0.0, 1.0, 0), (0.5, 0.5, 3), (1.0, 0.0, 9))
    ]
    + [
        (figures.valley, {"middle": middle, "width": width, "trials": 9, "seed": 0})
        for middle, width in ((0.63, 0.1), (0.0, 0.3), (1.0, 0.01))
    ]
    + [(figures.hits, {"width": 0.1, "trials": trials, "knobs": 2}) for trials in (1, 9, 100)]
    + [
        (figures.parallel, {"knob": knob, "low": low, "high": high})
        for knob, low, high in (("alpha", 0.0, 1.0), ("size", 0.5, 0.75), ("epsilon", 0.9, 0.2))
    ]
)


@pytest.mark.parametrize(("figure", "values"), HELD)
def test_every_handle_lies_on_what_it_moves(figure, values):
    assert off_target(figure, values, _OTHERS) == []
