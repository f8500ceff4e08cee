"""Pictures of pandas vs caviar: what they say and how they move."""

import inspect
from functools import partial

import numpy as np
import optuna
import pytest
from matplotlib.patches import Polygon

from course_utils.checks import pandas_vs_caviar as checks
from course_utils.experiments import pandas_vs_caviar as caviar
from course_utils.experiments import population
from course_utils.figures import pandas_vs_caviar as figures
from course_utils.support import evaluation
from course_utils.support.words import percent
from course_utils.widgets.live_picture import LivePicture
from tests.figures.grips import off_target
from tests.figures.words import words_of

optuna.logging.set_verbosity(optuna.logging.ERROR)


FIRST = {"alpha": 0.001, "beta": 0.9}


@pytest.fixture
def life():
    return caviar.Panda()


@pytest.fixture
def live(life):
    return LivePicture(partial(figures.panda, life=life))


def test_every_epoch_is_paid_also_those_thrown_away_t7(life, live):
    assert "; 0 epochs paid." in live.draw({"epoch": 0, **FIRST})
    live.draw({"epoch": 5, "alpha": 1.0, "beta": 0.9})
    good = life.best
    live.draw({"epoch": 8, "alpha": 100.0, "beta": 0.9})
    assert life.paid == 8
    live.draw({"epoch": 5, "alpha": 0.5, "beta": 0.9})  # looks back: nothing is paid
    assert (life.paid, life.best) == (8, good)
    live.draw({"epoch": 5, "alpha": 0.5, "beta": 0.9})
    words = live.draw({"epoch": 6, "alpha": 0.5, "beta": 0.9})
    assert life.paid == 9
    assert words.startswith("epoch 6: cost ")
    assert words.endswith("; 9 epochs paid. Epochs 1–5: α = 1, β = 0.9; 6: α = 0.5")
    live.draw({"epoch": 0, **FIRST})
    assert life.paid == 9  # the first weights, but the same model


def test_the_pandas_moments_in_turn_pay_20_epochs_two_of_them_for_nothing_t7(life, live):
    live.draw({"epoch": 5, **FIRST})
    moments = list(figures.MOMENTS["panda"].values())
    words = [live.draw({**FIRST, **values}) for values, _ in moments]
    assert life.paid == 20
    assert "1 to 4 in turn: 20 epochs paid, two of them for nothing" in moments[3][1]
    assert ["lost: it only guesses" in said for said in words] == [False, True, False, False]
    good, back = (said.partition("; best")[0] for said in words[::2])
    assert good == back, "the checkpoint is as good as it was"
    assert moments[2][1].startswith("Right after 2, ")


def test_the_first_two_moments_of_a_panda_say_from_where_they_hold_t7(life, live):
    def error(values):
        live.draw({**FIRST, **values})
        return life.line.states[-1].wrong[1]

    (first, of_first), (second, of_second), *_ = figures.MOMENTS["panda"].values()
    error({"epoch": 40})
    assert error(first) > 0.7, "an old life is looked at: nothing has fallen"
    assert of_first.startswith("A new cub (press Reset)")
    life.begin()
    error({"epoch": 5})
    assert error(first) < 0.2
    error({"epoch": 18, "alpha": 1.0})
    assert error(second) < 0.1, "so is this one: it does not guess"
    assert of_second.startswith("Right after 1, ")
    error(first)
    assert error(second) > 0.8


def test_a_press_in_the_upper_panel_goes_to_that_epoch(life):
    handles = LivePicture(partial(figures.panda, life=life)).update.handles
    assert [(handle.controls, handle.pressed) for handle in handles] == [
        (("epoch",), True),
        (("alpha",), False),
        (("beta",), False),
    ]


def test_a_panda_says_which_epochs_were_made_with_what_and_what_comes(live):
    assert live.draw({"epoch": 0, **FIRST}).endswith(
        "Not trained yet; from the next epoch on α = 0.001, β = 0.9"
    )
    assert live.draw({"epoch": 3, **FIRST}).endswith("Epochs 1–3: α = 0.001, β = 0.9")
    words = live.draw({"epoch": 3, "alpha": 0.01, "beta": 0.9})
    assert words.endswith("Epochs 1–3: α = 0.001, β = 0.9; from the next epoch on α = 0.01")
    live.draw({"epoch": 5, "alpha": 0.01, "beta": 0.9})
    words = live.draw({"epoch": 6, "alpha": 0.01, "beta": 0.99})
    assert words.endswith("Epochs 1–3: α = 0.001, β = 0.9; 4–5: α = 0.01; 6: β = 0.99")
    assert live.draw({"epoch": 4, "alpha": 0.01, "beta": 0.9}).endswith("; 4: α = 0.01")
    live.draw({"epoch": figures.EPOCHS, "alpha": 0.01, "beta": 0.9})
    words = live.draw({"epoch": figures.EPOCHS, "alpha": 0.1, "beta": 0.9})
    assert words.endswith("; no epoch is left for α = 0.1")


def test_a_setting_moved_while_the_frame_stands_moves_the_picture(live):
    live.draw({"epoch": 5, **FIRST})
    still = live.pixels.copy()
    for moved in ({"alpha": 0.03, "beta": 0.9}, {"alpha": 0.001, "beta": 0.95}):
        live.draw({"epoch": 5, **moved})
        assert not np.array_equal(live.pixels, still)
    live.draw({"epoch": 5, **FIRST})
    assert np.array_equal(live.pixels, still)


def test_forgetting_brings_the_first_picture_back(life, live):
    words = live.draw({"epoch": 5, **FIRST})
    first = live.pixels.copy()
    live.draw({"epoch": 7, "alpha": 3.0, "beta": 0.5})
    live.draw({"epoch": 5, "alpha": 3.0, "beta": 0.5})
    live.draw({"epoch": 6, "alpha": 1e30, "beta": 0.5})
    live.update.forget()
    assert life.paid == 0
    assert live.draw({"epoch": 5, **FIRST}) == words
    assert np.array_equal(live.pixels, first)


def test_pictures_of_a_life_show_the_same_life(life, live):
    live.draw({"epoch": 2, "alpha": 1.0, "beta": 0.9})
    words = live.draw({"epoch": 4, "alpha": 0.3, "beta": 0.9})
    other = LivePicture(partial(figures.panda, life=life))
    assert other.draw({"epoch": 4, "alpha": 0.3, "beta": 0.9}) == words
    assert np.array_equal(other.pixels, live.pixels)
    assert life.paid == 4


def test_a_lost_and_a_diverged_panda_say_so(live):
    live.draw({"epoch": 5, "alpha": 1.0, "beta": 0.9})
    assert "lost: it only guesses; roll back" in live.draw(
        {"epoch": 8, "alpha": 100.0, "beta": 0.9}
    )
    live.draw({"epoch": 5, "alpha": 0.3, "beta": 0.9})
    assert "lost" not in live.draw({"epoch": 7, "alpha": 0.3, "beta": 0.9})
    words = live.draw({"epoch": 9, "alpha": 1e30, "beta": 0.9})
    assert "epoch 9: diverged: α is too large; roll back; best " in words
    assert "8–9: α = 1e+30" in words
    live.draw({"epoch": 5, "alpha": 0.3, "beta": 0.9})
    assert "diverged" not in live.draw({"epoch": 6, "alpha": 0.3, "beta": 0.9})


def test_one_epoch_is_written_in_the_singular():
    for figure, values in (
        (figures.machines, {"way": "panda", "machines": 1, "time": 1, "draw": 0}),
        (figures.lives, {"paid": 1, "life": "left alone"}),
    ):
        assert "1 epoch paid" in words_of(figure, values)


def test_the_picture_of_lives_counts_what_was_thrown_away_t7():
    live = LivePicture(figures.lives)
    words = live.draw({"paid": 12, "life": "too far, rolled back"})
    assert words.startswith("too far, rolled back, 12 epochs paid, 2 of them thrown away: α from ")
    assert "α from 0.001 to 30, 30 at the end" in words
    words = live.draw({"paid": 10, "life": "too far, rolled back"})
    assert "10 epochs paid, 0 of them thrown away" in words


def test_caviar_grows_live_as_it_was_bundled():
    run = caviar.Caviar()
    live = LivePicture(partial(figures.caviar, run=run))
    words = live.draw({"epoch": 3, "draw": 0, "models": 5})
    assert words.endswith("; 15 epochs paid")
    curves = run.curves(3, 0, 5)
    assert curves == pytest.approx(caviar.bundled().curves[0, :5, :3], abs=0.03)
    assert f"best {percent(curves[:, -1].min())}" in words
    assert live.draw({"epoch": 1, "draw": 0, "models": 5}).startswith("draw 0, epoch 1: ")
    assert inspect.isgeneratorfunction(live.update)


def test_a_diverged_model_of_the_caviar_counts_as_useless(monkeypatch):
    monkeypatch.setattr(
        caviar, "draw", lambda n: [{"alpha": 1e30, "optimizer": "descent"}, {"alpha": 0.01}]
    )
    run = caviar.Caviar()
    live = LivePicture(partial(figures.caviar, run=run))
    words = live.draw({"epoch": 2, "draw": 0, "models": 2})
    assert np.isnan(run.curves(3, 0, 2)[0]).all()
    assert "at α = 0.01" in words


RACE = {"time": 27, "machines": 1, "models": 9, "start": "guessed"}
HALVING = {"eta": 3, "smallest": 1, "epoch": 81, "draw": 2}


def test_pictures_say_what_was_found_t7_t8():
    words = words_of(figures.race, RACE)
    assert words == (
        "panda guessed by hand; 9 models on 1 machine, time 27: median 4.6 % against 15.8 %;"
        " the panda is better in 10 of 10, worse in 0"
    )
    words = words_of(figures.halving, HALVING)
    assert words == (
        "η = 3: 81 at 1, 27 at 3, 9 at 9, 3 at 27, 1 at 81; 405 epochs of 6561 (6 %); the one"
        " found has 4.2 % after 81; the best of all, 3.3 % after 81, was dropped after 9; of the"
        " five best the slowest starter, 4.2 % after 81, was dropped after 3"
    )


def test_a_halving_that_ends_early_says_after_how_many_epochs_it_found():
    words = words_of(figures.halving, HALVING | {"eta": 4, "smallest": 27})
    assert "; the one found has 4.4 % after 27; the best of all, 3.3 % after 81, was kept" in words
    assert words_of(figures.halving, HALVING | {"eta": 4, "smallest": 27, "epoch": 27}) == words


def test_halving_can_be_watched_rung_by_rung_t8():
    words = [words_of(figures.halving, HALVING | {"epoch": epoch}) for epoch in (1, 8, 9, 80)]
    assert words == [
        "η = 3: 81 at 1; 81 epochs paid for these rungs; 27 of 81 still in, the best of all among"
        " them",
        "η = 3: 81 at 1, 27 at 3; 162 epochs paid for these rungs; 9 of 81 still in, the best of"
        " all among them",
        "η = 3: 81 at 1, 27 at 3, 9 at 9; 243 epochs paid for these rungs; 3 of 81 still in, the"
        " best of all not among them: it was dropped after 9",
        "η = 3: 81 at 1, 27 at 3, 9 at 9, 3 at 27; 324 epochs paid for these rungs; 1 of 81 still"
        " in, the best of all not among them: it was dropped after 9",
    ]
    words = words_of(figures.halving, HALVING | {"smallest": 9, "epoch": 8})
    assert words.startswith("η = 3: the first rung is not done yet; 81 of 81 still in")


def test_machines_by_epochs_as_a_chart_t7():
    live = LivePicture(figures.machines)
    at = {"way": "caviar", "machines": 1, "time": 27, "draw": 0}
    assert live.draw(at).startswith(
        "caviar on 1 machine, time 27: 27 epochs paid, 0 not used; best so far "
    )
    words = live.draw({**at, "way": "successive halving", "machines": 9, "time": 81})
    assert "time 81: 81 epochs paid, 648 not used" in words


def test_a_population_becomes_one_family():
    live = LivePicture(figures.population)
    assert live.draw({"epoch": 3, "draw": 0}).startswith("draw 0, epoch 3: 9 families left; best")
    words = live.draw({"epoch": 27, "draw": 0})
    assert words.startswith("draw 0, epoch 27: 1 family left; best 3.6 %, worst 5.6 %; α from 0.14")


def test_same_budget_shows_what_it_is_given():
    results = {"a": [[0.9, 0.1], [0.8, 0.3]], "b": [[0.5, 0.5], [0.4, 0.2]]}
    live = LivePicture(lambda fig: figures.same_budget(fig, results))
    words = live.draw({"paid": 2, "method": "a"})
    assert words == "after 2 epochs, a: median 20.0 %, 2 seeds from 10.0 % to 30.0 %"


def test_a_readers_halving_can_be_watched():
    def all_to_the_end(objective, configurations, *, smallest, largest, eta, progress):
        return evaluation.evaluate(
            objective, [{**c, "epochs": largest} for c in configurations], progress=progress
        )

    words = words_of(lambda fig: figures.halving(fig, all_to_the_end), HALVING)
    assert "81 at 81; 6561 epochs of 6561 (100 %)" in words


_RUN = caviar.Caviar()
_OTHERS = {
    "epoch": 3,
    "alpha": 0.5,
    "beta": 0.7,
    "paid": 7,
    "time": 9,
    "machines": 3,
    "smallest": 9,
    "models": 27,
}
HELD = {
    **{
        f"panda in epoch {epoch}": (
            lambda fig: figures.panda(fig, caviar.Panda()),
            {"epoch": epoch, "alpha": alpha, "beta": beta},
        )
        for epoch, alpha, beta in ((0, 1e-4, 0.999), (5, 0.001, 0.9), (figures.EPOCHS, 100, 0.5))
    },
    **{
        f"lives, {paid} paid": (figures.lives, {"paid": paid, "life": "left alone"})
        for paid in (1, caviar.LIVED)
    },
    **{
        f"caviar in epoch {epoch}": (
            partial(figures.caviar, run=_RUN),
            {"epoch": epoch, "draw": 0, "models": 5},
        )
        for epoch in (1, _RUN.epochs)
    },
    **{
        f"{way} on {machines} at {time}": (
            figures.machines,
            {"way": way, "machines": machines, "time": time, "draw": 0},
        )
        for way, machines, time in (("panda", 1, 1), ("caviar", 9, 40), ("Hyperband", 27, 81))
    },
    **{
        f"population in epoch {epoch}": (figures.population, {"epoch": epoch, "draw": 3})
        for epoch in (1, 14, 27)
    },
    **{
        f"race at {time}": (
            figures.race,
            {"time": time, "machines": 1, "models": 9, "start": "guessed"},
        )
        for time in (1, 27, caviar.WATCHED)
    },
    **{
        f"halved from {smallest}, seen to {epoch}": (
            figures.halving,
            {"eta": 3, "smallest": smallest, "epoch": epoch, "draw": 2},
        )
        for smallest, epoch in ((1, 81), (27, 1))
    },
    **{
        f"same budget, {paid} paid": (
            partial(figures.same_budget, results={"random": np.full((2, 20), 0.3)}),
            {"paid": paid, "method": "random"},
        )
        for paid in (1, 20)
    },
}


@pytest.mark.parametrize(("figure", "values"), HELD.values(), ids=HELD)
def test_every_handle_lies_on_what_it_moves(figure, values):
    assert off_target(figure, values, _OTHERS) == []


def test_no_button_of_the_halving_answers_its_challenge():
    moments = figures.MOMENTS["halving"]
    passed = [checks.goal_keep_the_best(**values).passed for values, _ in moments.values()]
    assert not any(passed)
    words = words_of(figures.halving, moments["another draw"][0])
    assert "; 405 epochs of 6561" in words
    assert "the best of all, 3.1 % after 81, was kept to the last rung" in words


def test_one_setting_finds_the_best_among_all_81_for_600_epochs():
    reached = [
        (eta, smallest)
        for eta in (2, 3, 4, 9)
        for smallest in (1, 3, 9, 27)
        if checks.goal_keep_the_best(eta=eta, smallest=smallest, draw=2).passed
    ]
    assert reached == [(2, 1)]


BANDED = {
    "caviar": (
        partial(figures.caviar, run=_RUN),
        {"epoch": 3, "draw": 0, "models": 5},
        lambda: [min(_RUN.curves(3, 0, 5), key=lambda curve: curve[-1])],
    ),
    "race": (
        figures.race,
        RACE,
        lambda: [np.median(errors, axis=0) for errors in (_watched(), _drawn())],
    ),
    "machines": (
        figures.machines,
        {"way": "Hyperband", "machines": 9, "time": 30, "draw": 1},
        lambda: [caviar.plan("Hyperband", 9, 1).best[:30]],
    ),
    "population": (
        figures.population,
        {"epoch": 9, "draw": 3},
        lambda: [population.bundled().error[3, :9].min(axis=1)],
    ),
    "same budget": (
        partial(figures.same_budget, results={"a": [[0.9, 0.1], [0.8, 0.3]], "b": [[0.5, 0.4]]}),
        {"paid": 2, "method": "a"},
        lambda: [np.array([0.85, 0.2]), np.array([0.2, 0.2]), np.array([0.4, 0.4])],
    ),
}


def _watched():
    return caviar.best_so_far(caviar.bundled().guessed)


def _drawn():
    curves = caviar.bundled().curves[:, :9]
    return np.array([caviar.in_parallel(c, machines=1, time=caviar.WATCHED) for c in curves])


@pytest.mark.parametrize(("figure", "values", "errors"), BANDED.values(), ids=BANDED)
def test_a_band_reaches_one_standard_error_of_360_digits_to_either_side(figure, values, errors):
    live = LivePicture(figure)
    live.draw(values)
    patches = [patch for ax in live.canvas.figure.axes for patch in ax.patches]
    outlines = [patch.get_xy() for patch in patches if isinstance(patch, Polygon)]
    bands = [outline[:-1, 1] for outline in outlines if len(outline) > 1]  # not a legend's
    assert len(bands) == len(errors())
    for heights, e in zip(bands, errors(), strict=True):
        low, high = heights[: len(e)], heights[len(e) :][::-1]
        off = np.sqrt(e * (1 - e) / 360)
        assert low == pytest.approx(e - off)
        assert high == pytest.approx(e + off)
