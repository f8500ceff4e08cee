"""Pictures of capstone: what they say and how they move."""

from functools import partial

import numpy as np
import pytest
from matplotlib import figure

from course_utils.experiments import capstone as experiments
from course_utils.experiments import digit_tuning, luck
from course_utils.experiments.leaderboard import Leaderboard
from course_utils.figures import capstone as figures
from course_utils.widgets.live_picture import LivePicture
from tests.boards import DIVERGES, SHORT, copied, finished_in
from tests.figures.grips import pixels_apart


@pytest.fixture
def file(tmp_path):
    return tmp_path / "trials.jsonl"


@pytest.fixture
def board(file):
    return Leaderboard(file, budget=40)


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    return finished_in(tmp_path_factory.mktemp("board"))


TUNED = {"epoch": 3, "alpha": 0.01, "units": 16, "keep_prob": 0.8}


@pytest.fixture
def tuner():
    return LivePicture(partial(figures.tuner, run=experiments.Tuner()))


def test_the_tuner_trains_what_digit_tuning_trains():
    run = experiments.Tuner(seed=2)
    live = LivePicture(partial(figures.tuner, run=run))
    words = live.draw(TUNED)
    asked = {"alpha": 0.01, "units": 16, "keep_prob": 0.8, "epochs": 3}
    error = digit_tuning.validation_error(asked, np.random.default_rng([2, 0]))["value"]
    assert run.wrong(**TUNED) == round(360 * error)
    assert f"in validation {error:.1%} ({run.wrong(**TUNED)} of 360)" in words


def test_the_tuners_picture_is_a_function_of_its_values(tuner):
    words, first = tuner.draw(TUNED), tuner.pixels.copy()
    for moved in ({"alpha": 0.1}, {"units": 8}, {"keep_prob": 1.0}, {"epoch": 2}, {"epoch": 5}):
        assert tuner.draw({**TUNED, **moved}) != words
        assert not np.array_equal(tuner.pixels, first), moved
    for units in range(10, 16):  # more than are kept
        tuner.draw({**TUNED, "units": units})
    assert tuner.draw(TUNED) == words
    assert np.array_equal(tuner.pixels, first)


def test_the_tuner_says_divergence_and_comes_back(tuner):
    assert "not trained yet" in tuner.draw({**TUNED, "epoch": 0})
    words = tuner.draw({**TUNED, "epoch": 4, "alpha": 1e38})
    assert words.endswith("diverged: α is too large")
    assert experiments.Tuner().wrong(4, 1e38, 16, 0.8) == 360
    assert "wrong in training" in tuner.draw({**TUNED, "epoch": 1})


def test_growth_tells_the_boards_numbers(finished):
    live = LivePicture(partial(figures.growth, board=finished))
    assert live.draw({"trials_shown": 0}) == "no trial of 8 yet: 0 of 100 epochs spent"
    words = live.draw({"trials_shown": 8})
    assert "trial 8 of 8: 18 of 100 epochs spent" in words
    assert f"best single trial {finished.trials.best.value:.0%}" in words
    assert f"best mean of 3 seeds or more {finished.winner().mean:.0%}" in words
    assert "mean" not in live.draw({"trials_shown": 3})


def test_growth_of_an_empty_and_of_a_failed_board(board):
    LivePicture(partial(figures.growth, board=board)).draw({"trials_shown": 0})
    board.try_(DIVERGES)
    live = LivePicture(partial(figures.growth, board=board))
    assert "none finished yet" in live.draw({"trials_shown": 1})


def test_finalists_after_each_seed(finished):
    live = LivePicture(partial(figures.finalists, board=finished))
    assert live.draw({"seeds": 0}) == "no seed seen yet: all are equal"
    means = [s.mean for s in finished.standings if len(s.errors) == 3]
    words = live.draw({"seeds": 3})
    assert all(f"{mean:.0%}" in words for mean in means)
    noise = luck.standard_error(means[0], 360)
    more = "more" if means[1] - means[0] > noise else "less"
    assert f"the first leads by {more} than one standard error ({100 * noise:.0f} point)" in words


def test_a_lead_of_less_than_a_standard_error_is_called_so(finished, tmp_path):
    board = copied(finished, tmp_path)
    board.run([{**SHORT, "alpha": 0.0501}], seeds=range(3))
    words = LivePicture(partial(figures.finalists, board=board)).draw({"seeds": 3})
    assert "the first leads by less than one standard error" in words


def test_pictures_of_a_young_board(board):
    assert LivePicture(partial(figures.finalists, board=board)).draw({"seeds": 2}) == (
        "no finalist yet"
    )
    for page in (figures.report(board), figures.standings(board)):
        assert page._repr_png_().startswith(b"\x89PNG")
    with pytest.raises(ValueError, match="the test set is closed"):
        figures.final(figure.Figure(), board=board)


def test_final_shows_test_and_validation(finished, tmp_path):
    board = copied(finished, tmp_path)
    opening = board.open_test_set()
    live = LivePicture(partial(figures.final, board=board))
    for seed in opening.seeds:
        for digits, errors in (("test", opening.errors), ("validation", opening.validation)):
            words = live.draw({"seed": seed, "digits": digits})
            assert words == f"seed {seed}, {digits} digits: {errors[seed]:.0%} wrong"
            count = f"wrong: {round(360 * errors[seed])} of 360 {digits} digits"
            assert count in [ax.get_title() for ax in live.canvas.figure.axes]


def test_final_shows_another_picture_for_the_other_digits(finished, tmp_path):
    board = copied(finished, tmp_path)
    board.open_test_set()
    live = LivePicture(partial(figures.final, board=board))
    live.draw({"seed": 0, "digits": "test"})
    upper = live.pixels[: live.pixels.shape[0] // 2].copy()
    live.draw({"seed": 0, "digits": "validation"})
    assert not np.array_equal(live.pixels[: len(upper)], upper)


def test_the_report_has_picture_and_words(finished, tmp_path):
    board = copied(finished, tmp_path)
    board.open_test_set()
    board.open_test_set(SHORT)
    page = figures.report(board)
    assert page.words == board.report()
    assert repr(page) == "8 trials of 4 configurations: 18 of 100 epochs spent, 82 left"
    page.save(tmp_path / "report.svg")
    assert (tmp_path / "report.svg").stat().st_size > 1000


def test_standings_are_drawn_seed_by_seed(finished):
    page = figures.standings(finished)
    (ax,) = page.figure.axes
    seen = [line.get_xdata() for line in ax.lines if line.get_marker() == "o"]
    assert [list(x) for x in seen] == [
        list(s.errors.values()) for s in finished.standings if np.isfinite(s.mean)
    ]
    assert page.words == repr(finished)


def test_luck_takes_the_readers_formula():
    said = LivePicture(figures.luck).draw({"models": 50, "digits": 360, "draw": 1})
    assert said.startswith("k = 50, 360 digits: the best looks 1.5% on average")
    optimist = partial(figures.luck, best_of=lambda k, p, m: luck.Luck(0.0, 0.0, 0.0))
    assert "looks 0.0%" in LivePicture(optimist).draw({"models": 5, "digits": 360, "draw": 1})


def dot(ax):
    return next(line for line in ax.lines if line.get_marker() == "o")


def labelled(words):
    return lambda ax: next(line for line in ax.lines if line.get_label() == words)


HELD = [
    ("tuner", labelled("_epoch asked for"), [{**TUNED, "epoch": epoch} for epoch in (0, 3)]),
    ("growth", labelled("_trial"), [{"trials_shown": n} for n in (1, 4, 8)]),
    (
        "luck",
        dot,
        [{"models": k, "digits": m, "draw": 1} for k in (1, 1.3, 50, 200.0) for m in (50.0, 5000)],
    ),
]


@pytest.mark.parametrize(("name", "find", "moves"), HELD)
def test_what_can_be_held_lies_on_what_it_moves(finished, name, find, moves):
    made_with = {"tuner": {"run": experiments.Tuner()}, "growth": {"board": finished}}
    live = LivePicture(partial(getattr(figures, name), **made_with.get(name, {})))
    for values in moves:
        live.draw(values)
        (handle,) = live.update.handles
        assert pixels_apart(handle, values, find(handle.ax)) < 1
