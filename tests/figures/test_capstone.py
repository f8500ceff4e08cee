"""Pictures of capstone: what they say and how they move."""

from functools import partial
from types import SimpleNamespace

import numpy as np
import pytest
from matplotlib import figure

from course_utils.experiments import capstone as experiments
from course_utils.experiments import digit_tuning, luck, paired, search_game
from course_utils.experiments.leaderboard import Leaderboard
from course_utils.experiments.watched import Frame
from course_utils.figures import capstone as figures
from course_utils.figures import capstone_search
from course_utils.support.words import many, percent
from course_utils.widgets.live_picture import LivePicture
from tests.boards import DIVERGES, SHORT, copied, finished_in
from tests.figures.grips import pixels_apart
from tests.figures.words import words_of


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
    assert f"in validation {percent(error, 1)} ({run.wrong(**TUNED)} of 360)" in words


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


@pytest.mark.parametrize("most", [2.5, 4.4, 40.0])
def test_the_costs_of_the_tuners_seat_stay_on_their_axis(most):
    frames = [Frame(None, costs, (0.9, 0.9), None) for costs in ((2.3, 2.4), (2.2, most))]
    run = SimpleNamespace(epochs=20, reach=lambda *values: [(1, frames)])
    live = LivePicture(partial(figures.tuner, run=run))
    live.draw({**TUNED, "epoch": 1})
    costs = live.canvas.figure.axes[0]
    assert costs.get_ylim()[1] > max(max(line.get_ydata()) for line in costs.lines[:2])


def test_the_dotted_line_is_the_challenge_of_the_tuners_seat_and_of_nothing_else(
    tuner, finished, tmp_path
):
    tuner.draw(TUNED)
    assert "wrong answers (dotted: 14 of 360)" in titles(tuner)
    board = copied(finished, tmp_path)
    opening = board.open_test_set()
    live = LivePicture(partial(figures.final, board=board))
    live.draw({"seed": opening.seeds[0], "digits": "test"})
    assert "wrong answers" in titles(live), "no goal, so none is dotted"
    assert not any(line.get_linestyle() == ":" for line in live.canvas.figure.axes[1].lines)


def titles(live):
    return [ax.get_title() for ax in live.canvas.figure.axes]


def test_growth_tells_the_boards_numbers(finished):
    live = LivePicture(partial(figures.growth, board=finished))
    assert live.draw({"trials_shown": 0}) == "no trial of 8 yet: 0 of 100 epochs spent"
    words = live.draw({"trials_shown": 8})
    assert "trial 8 of 8: 18 of 100 epochs spent" in words
    assert f"best single trial {percent(finished.trials.best.value)}" in words
    assert f"best mean of 3 seeds or more {percent(finished.winner().mean)}" in words
    assert "mean" not in live.draw({"trials_shown": 3})


def test_growth_has_a_key_to_the_size_of_its_discs(finished):
    live = LivePicture(partial(figures.growth, board=finished))
    live.draw({"trials_shown": 8})
    (ax,) = live.canvas.figure.axes
    discs = ax.collections[0].get_sizes()
    keys = {key.get_label(): key.get_sizes()[0] for key in ax.collections[1:]}
    assert keys == {"a trial of 2 epochs": discs.min(), "a trial of 4 epochs": discs.max()}


def test_growth_of_an_empty_and_of_a_failed_board(board):
    words_of(partial(figures.growth, board=board), {"trials_shown": 0})
    board.try_(DIVERGES)
    live = LivePicture(partial(figures.growth, board=board))
    assert "none finished yet" in live.draw({"trials_shown": 1})


def test_finalists_after_each_seed(finished):
    live = LivePicture(partial(figures.finalists, board=finished))
    assert live.draw({"seeds": 0}) == "no seed seen yet: all are equal"
    means = [s.mean for s in finished.standings if len(s.errors) == 3]
    words = live.draw({"seeds": 3})
    assert all(percent(mean) in words for mean in means)
    noise = luck.standard_error(means[0], 360)
    assert words.endswith(f"each has a standard error of about {many(round(100 * noise), 'point')}")


def test_pictures_of_a_young_board(board):
    assert words_of(partial(figures.finalists, board=board), {"seeds": 2}) == ("no finalist yet")
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
            assert words == f"seed {seed}, {digits} digits: {percent(errors[seed])} wrong"
            count = f"wrong: {round(360 * errors[seed])} of 360 {digits} digits"
            (table,) = (ax for ax in live.canvas.figure.axes if ax.get_title() == count)
            written = [int(t.get_text()) for t in table.texts if t.get_text()]
            assert sum(written) == round(360 * errors[seed]), "each cell says how many"


def test_final_shows_another_picture_for_the_other_digits(finished, tmp_path):
    board = copied(finished, tmp_path)
    board.open_test_set()
    live = LivePicture(partial(figures.final, board=board))
    live.draw({"seed": 0, "digits": "test"})
    upper = live.pixels[: live.pixels.shape[0] // 2].copy()
    live.draw({"seed": 0, "digits": "validation"})
    assert not np.array_equal(live.pixels[: len(upper)], upper)


def test_the_costs_of_the_judged_networks_stay_on_their_axis(finished, tmp_path):
    board = copied(finished, tmp_path)
    board.open_test_set()
    live = LivePicture(partial(figures.final, board=board))
    live.draw({"seed": 0, "digits": "test"})
    costs = live.canvas.figure.axes[0]
    low, high = costs.get_ylim()
    assert costs.get_yscale() == "log"
    assert all(low < cost < high for line in costs.lines for cost in line.get_ydata())


def test_divisions_as_far_apart_as_what_was_seen_are_marked():
    apart = luck.halves(np.arange(720)[None] % 20 == 0, np.random.default_rng(0))
    page = figures.divisions(apart, observed=4 / 360)
    assert repr(page) == "1000 divisions of the digits into two halves"
    assert page.words.endswith("lie 1.1 points apart")
    (ax,) = page.figure.axes
    less, further = (sum(bar.get_height() for bar in bars) for bars in ax.containers)
    assert further == (apart > 4 / 360 - 1e-9).sum()
    assert less + further == 1000


def test_the_report_has_picture_and_words(finished, tmp_path):
    board = copied(finished, tmp_path)
    board.open_test_set()
    board.open_test_set(SHORT)
    page = figures.report(board)
    assert page.words == board.report()
    assert repr(page) == "8 trials of 4 configurations: 18 of 100 epochs spent, 82 left"
    page.save(tmp_path / "report.svg")
    assert (tmp_path / "report.svg").stat().st_size > 1000


def test_discs_in_the_corners_of_the_game_are_whole():
    live = LivePicture(partial(capstone_search.game, game=search_game.Game()))
    for trials, corner in enumerate(((1e-4, 0.01), (1.0, 100.0)), 1):
        live.draw({"alpha": corner[0], "lambda_": corner[1], "trials": trials})
    ax = live.canvas.figure.axes[0]
    inside, discs = ax.get_window_extent(), ax.collections[-1]
    radius = np.sqrt(discs.get_sizes()[0]) / 2 * live.canvas.figure.dpi / 72
    middles = ax.transData.transform(discs.get_offsets())
    assert len(middles) == 2
    assert (middles - radius > inside.min).all()
    assert (middles + radius < inside.max).all()


def test_a_game_trains_what_is_placed_and_forgets_it_at_reset():
    live = LivePicture(partial(capstone_search.game, game=search_game.Game()))
    place = {"alpha": 0.03, "lambda_": 0.1, "reveal": False}
    said = live.draw({**place, "trials": 0})
    assert said.startswith("0 of 12 trials, 0 epochs: nothing trained yet")
    assert said.endswith("; the next one would be at α = 0.03, λ = 0.1")
    said = live.draw({**place, "trials": 1})
    count = search_game.wrong(0.03, 0.1, 0)
    assert f"{count} wrong; best {count}, better than" in said
    live.draw({**place, "alpha": 0.0001, "trials": 2})
    left, right = live.canvas.figure.axes
    assert [t.get_text() for t in left.texts[:3]] == [
        str(count),
        str(search_game.wrong(0.0001, 0.1, 0)),
        "",
    ]
    assert list(right.lines[-1].get_ydata()) == [count, count]
    live.draw({**place, "alpha": 0.0001, "trials": 3})
    twice = [search_game.wrong(0.0001, 0.1, seed) for seed in (0, 1)]
    assert [t.get_text() for t in left.texts[:3]] == [str(count), "", "\n".join(map(str, twice))]
    assert live.draw_anew({**place, "trials": 0}).startswith("0 of 12 trials")
    assert "the last at α = 0.1, λ = 0.1" in live.draw({**place, "alpha": 0.1, "trials": 1})


def test_two_finalists_digit_by_digit():
    rng = np.random.default_rng(0)
    wrong = [rng.random((3, 360)) < part for part in (0.03, 0.06)]
    live = LivePicture(partial(capstone_search.digit_by_digit, finalists=wrong))
    said = live.draw({"first": "A", "second": "B", "seeds": 2})
    found = paired.compare(wrong[0][:2], wrong[1][:2])
    assert said.endswith(f"about {round(200 * found.paired) / 2:.1f} on the same ones")
    shown = [float(t.get_text()) for t in live.canvas.figure.axes[0].texts]
    assert sum(shown) == pytest.approx(360, abs=0.3)
    assert "nothing to compare" in live.draw({"first": "A", "second": "A", "seeds": 2})


def test_standings_are_drawn_seed_by_seed(finished):
    page = figures.standings(finished)
    (ax,) = page.figure.axes
    seen = [line.get_xdata() for line in ax.lines if line.get_marker() == "o"]
    assert [list(x) for x in seen] == [
        list(s.errors.values()) for s in finished.standings if np.isfinite(s.mean)
    ]
    assert page.words == repr(finished)


def test_the_models_of_a_draw_fill_their_axis():
    live = LivePicture(figures.luck)
    for models in (1, 2, 50, 200, 10):
        live.draw({"models": models, "digits": 360, "draw": 1})
        low, high = live.canvas.figure.axes[0].get_xlim()
        assert low < 1 <= models < high
        assert models - 1 > 0.8 * (high - low) or models < 20
        assert all(float(x).is_integer() for x in live.canvas.figure.axes[0].get_xticks())


@pytest.mark.parametrize("digits", [50, 360])
def test_models_that_look_worse_than_there_is_room_for_are_counted(digits):
    for draw in range(1, 21):
        said = words_of(figures.luck, {"models": 200, "digits": digits, "draw": draw})
        above = (luck.equal_models(digits, draw) > 0.1).sum()
        assert said.endswith(f"; {above} of 200 look worse than 10 %") == bool(above)
        assert digits == 50 or not above, "a picture of 360 digits has room for all"


def test_luck_takes_the_readers_formula():
    said = words_of(figures.luck, {"models": 50, "digits": 360, "draw": 1})
    assert said.startswith("k = 50, 360 digits: the best looks 1.5 % on average")
    optimist = partial(figures.luck, best_of=lambda k, p, m: luck.Luck(0.0, 0.0, 0.0))
    assert "looks 0.0 %" in words_of(optimist, {"models": 5, "digits": 360, "draw": 1})


def dot(ax):
    return next(line for line in ax.lines if line.get_marker() == "o")


def labelled(words):
    return lambda ax: next(line for line in ax.lines if line.get_label() == words)


HELD = [
    ("tuner", labelled("_epoch asked for"), [{**TUNED, "epoch": epoch} for epoch in (0, 3)]),
    ("growth", labelled("_trial"), [{"trials_shown": n} for n in (1, 4, 8)]),
    (
        "game",
        lambda ax: ax.lines[0],
        [{"alpha": a, "lambda_": b, "trials": 0} for a, b in ((1e-4, 0.01), (0.01, 1), (1, 100))],
    ),
    (
        "luck",
        dot,
        [{"models": k, "digits": m, "draw": 1} for k in (1, 1.3, 50, 200.0) for m in (50.0, 5000)],
    ),
]


@pytest.mark.parametrize(("name", "find", "moves"), HELD)
def test_what_can_be_held_lies_on_what_it_moves(finished, name, find, moves):
    made_with = {"tuner": {"run": experiments.Tuner()}, "growth": {"board": finished}}
    made_with["game"] = {"game": search_game.Game()}
    figure = getattr(capstone_search if name == "game" else figures, name)
    live = LivePicture(partial(figure, **made_with.get(name, {})))
    for values in moves:
        live.draw(values)
        (handle,) = live.update.handles
        assert pixels_apart(handle, values, find(handle.ax)) < 1
