"""Capstone: a budget that counts, a test set that remembers, luck against oracles, pictures."""

import json
import math
import pickle
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
import pytest
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st

from course_utils import datasets, halving, search
from course_utils.experiments import (
    capstone,
    digit_tuning,
    leaderboard,
    luck,
    paired,
    search_game,
    standings,
)
from course_utils.experiments import capstone as experiments
from course_utils.experiments.leaderboard import BudgetError, Leaderboard
from course_utils.sampling_scales import Choice, Integer, Linear, Log
from course_utils.support.long_runs import Interrupted, kept
from course_utils.support.trials import Trial
from tests.boards import DIVERGES, SHORT, copied, finished_in
from tests.thorough import once_a_week

OTHER = {**SHORT, "alpha": 0.02}


@pytest.fixture
def file(tmp_path):
    return tmp_path / "trials.jsonl"


@pytest.fixture
def board(file):
    return Leaderboard(file, budget=40)


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    return finished_in(tmp_path_factory.mktemp("board"))


def test_a_trial_pays_its_epochs_and_a_known_one_nothing(board):
    first = board.try_(SHORT)
    assert (board.spent, board.left) == (2, 38)
    again = board.try_(dict(reversed(list({**digit_tuning.DEFAULTS, **SHORT}.items()))))
    assert again.value == first.value
    assert board.spent == 2
    board.try_({**SHORT, "units": np.int64(8), "alpha": np.float64(0.01), "epochs": 2.0})
    assert board.spent == 2
    board.try_(SHORT, seed=1)
    assert board.spent == 4


def test_the_trial_is_the_objectives_own(board):
    trial = board.try_(SHORT, seed=7)
    said = digit_tuning.validation_error(SHORT, np.random.default_rng([7, 0]))
    assert trial.value == said["value"]
    assert trial.more["curve"] == said["curve"]


def test_a_configuration_twice_in_one_call_is_trained_once(board):
    trials = board.run([SHORT, SHORT, {**SHORT, "optimizer": "Adam"}])
    assert len(trials) == 3
    assert len({t.value for t in trials}) == 1
    assert board.spent == 2


def test_all_or_nothing_when_the_budget_is_too_small(board):
    board.try_(SHORT)
    message = "epochs <= 38 must hold, as 2 of 40 are spent, but got 20 new trials of 40 epochs"
    with pytest.raises(BudgetError, match=message):
        board.run([SHORT, OTHER], seeds=range(11, 21))
    assert (len(board.trials), board.spent) == (1, 2)
    board.run([SHORT], seeds=range(20))  # the first one is there: 38 epochs just fit
    assert board.left == 0
    with pytest.raises(BudgetError, match="epochs <= 0 must hold"):
        board.try_(OTHER)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"alhpa": 0.1}, "there is no hyperparameter 'alhpa'"),
        ({"epochs": 0}, "epochs >= 1 must hold, but got epochs=0"),
        ({"epochs": 2.5}, "epochs should be a whole number, but got epochs=2.5"),
        ({"keep_prob": 0.0}, "0 < keep_prob <= 1 must hold"),
        ({"optimizer": "Adma"}, "optimizer should be one of 'descent', .* but got 'Adma'"),
        ({"layers": -1}, "layers >= 0 must hold"),
        ({"units": 2.9}, "units should be a whole number, but got units=2.9"),
        ({"alpha": math.inf}, "alpha should be a finite number"),
        ({"decay": -1}, "decay >= 0 must hold"),
        ({"beta2": 1.0}, "0 <= beta2 < 1 must hold"),
        ({"batch_norm": True, "size": 1}, "leaves a mini-batch of a single example"),
    ],
)
def test_a_wrong_configuration_is_refused_before_anything_is_trained(board, wrong, message):
    with pytest.raises(ValueError, match=message):
        board.run([SHORT, {**SHORT, **wrong}])
    assert board.spent == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"batch_norm": "no"},
        {"alpha": "0.01"},
        {"units": None},
        {"epochs": True},
    ],
)
def test_a_value_of_another_kind_is_refused_untrained(board, wrong):
    with pytest.raises(TypeError, match=f"{next(iter(wrong))} should be"):
        board.try_({**SHORT, **wrong})
    assert board.spent == 0


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda board: board.run(SHORT), "configurations should be a list, but got {'epochs': 2"),
        (lambda board: board.run([SHORT], seeds=3), "seeds should be a list, but got 3"),
        (lambda board: board.run([SHORT], seeds=["0"]), "seeds should be a number"),
        (lambda board: board.run([None]), "configuration should be a dict, but got None"),
        (lambda board: board.run([SHORT], executor=2), "executor should be an Executor"),
        (lambda board: board.try_(SHORT, seed=None), "seed should be a number"),
        (lambda board: board.objective(SHORT, 0), "rng should be a numpy"),
        (lambda board: board.winner(seeds="3"), "seeds should be a number"),
        (lambda board: Leaderboard(3), "file should be a path, but got 3"),
    ],
)
def test_what_is_of_another_kind_is_named_untrained(board, call, says):
    with pytest.raises(TypeError, match=says):
        call(board)
    assert board.spent == 0


def test_a_failed_trial_pays_too_and_never_leads(board):
    assert "cost became" in board.try_(DIVERGES).reason
    board.try_(SHORT)
    assert board.spent == 4
    assert board.standings[-1].configuration["optimizer"] == "descent"
    assert board.standings[-1].in_words() == "failed"
    board.try_(DIVERGES)
    assert board.spent == 4


@pytest.mark.parametrize("budget", [0, -1, 1.5, math.nan])
def test_a_budget_is_a_whole_number(file, budget):
    with pytest.raises(
        ValueError, match=r"budget (>= 1 must hold|should be a (whole|finite) number)"
    ):
        Leaderboard(file, budget=budget)


def test_a_restart_finds_everything_and_pays_nothing_again(board, file):
    board.run([SHORT, OTHER], seeds=range(3))
    again = Leaderboard(file, budget=40)
    assert again.trials == board.trials
    assert again.spent == 12
    assert repr(again) == repr(board)
    again.run([SHORT, OTHER], seeds=range(3))
    assert again.spent == 12


def test_two_boards_on_one_file_share_the_budget(file):
    one, other = Leaderboard(file, budget=5), Leaderboard(file, budget=5)
    one.try_(SHORT)
    other.try_(OTHER)
    with pytest.raises(BudgetError, match="epochs <= 1 "):
        one.try_(SHORT, seed=3)


def test_a_line_that_a_crash_left_unfinished_is_no_trial(board, file):
    board.run([SHORT, OTHER])
    file.write_bytes(file.read_bytes()[:-20])
    assert len(board.trials) == 1
    board.try_(OTHER)
    assert len(Leaderboard(file).trials) == 2


@pytest.mark.parametrize("line", ["nothing", "[1]", '{"value": 0.1}', '{"a": 1, "value": 0}', "3"])
def test_a_file_of_anything_else_is_refused_at_once(file, line):
    file.write_text(line + "\n")
    with pytest.raises(
        ValueError, match=r"trials.jsonl should hold a trial in each line, but line 1 is none: name"
    ):
        Leaderboard(file)


def test_a_trial_of_another_objective_is_no_leaderboards(file):
    trial = {
        "number": 0,
        "configuration": {"x": 1},
        "value": 0.1,
        "seconds": 0.0,
        "reason": "",
        "more": {},
        "seed": 0,
    }
    file.write_text(json.dumps(trial) + "\n")
    with pytest.raises(ValueError, match="line 1 is none"):
        Leaderboard(file)


def test_every_search_pays_and_is_free_when_run_again(board):
    drawn = search.random({"alpha": Log(0.001, 0.1)}, 9, np.random.default_rng(0))
    drawn = [{**SHORT, **c} for c in drawn]

    def halve():
        options = {"smallest": 1, "largest": 3, "progress": False}
        return halving.successive_halving(board.objective, drawn, **options)

    found = halve()
    assert board.spent == 9 * 1 + 3 * 3
    assert halve() == found
    assert board.spent == 18
    seeds = {t.configuration["alpha"]: set() for t in board.trials}
    for trial in board.trials:
        seeds[trial.configuration["alpha"]].add(trial.seed)
    assert all(len(s) == 1 for s in seeds.values()), "the same seed on every rung"


def test_coarse_to_fine_pays_and_what_is_too_much_fails_untrained(board):
    space = {"alpha": Log(0.001, 0.1), "units": Integer(4, 8), "epochs": Integer(2, 3)}
    found = search.coarse_to_fine(
        board.objective, space, trials=30, rounds=2, rng=np.random.default_rng(0), progress=False
    )
    assert board.spent <= 40
    assert board.left < 3
    refused = [t.reason for t in found.failed]
    assert refused
    assert all("BudgetError: epochs <=" in reason for reason in refused)
    assert len(found.finished) == len(board.trials)


def test_other_random_numbers_are_another_seed(board):
    for seed in (0, 1, 0):
        board.objective(SHORT, np.random.default_rng(seed))
    assert len(board.trials) == 2
    assert len(board.standings) == 1


def test_the_objective_hands_failure_on(board):
    with pytest.raises(ArithmeticError, match="cost became"):
        board.objective(DIVERGES, np.random.default_rng(0))
    with pytest.raises(TypeError, match="rng should be a numpy"):
        board.objective(SHORT, 0)


def test_an_executor_trains_and_the_board_counts(board, file):
    here = Leaderboard(file.with_name("here.jsonl"), budget=40).run([SHORT, OTHER], seeds=range(2))
    with ThreadPoolExecutor(2) as threads:
        assert board.run([SHORT, OTHER], seeds=range(2), executor=threads) == here
    assert board.spent == 8
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(partial(board.try_, SHORT), range(2, 6)))
    assert board.spent == 16


def test_processes_may_train_but_not_count(board):
    with pytest.raises(TypeError, match=r"use board.run\(configurations, executor="):
        pickle.dumps(board)


def test_standings_are_means_over_seeds(finished):
    by_hand = {}
    for trial in finished.trials.finished:
        by_hand.setdefault(str(trial.configuration), []).append(trial.value)
    means = sorted(np.mean(v) for v in by_hand.values())
    np.testing.assert_allclose([s.mean for s in finished.standings[:-1]], means)
    assert finished.standings[-1].mean == math.inf


def test_one_lucky_seed_is_marked_and_cannot_win(finished):
    assert len(finished.standings[0].errors) == 1, "four epochs beat two"
    assert "(luck?)" in repr(finished).splitlines()[2]
    assert len(finished.winner().errors) == 3
    assert any("cannot win" in caveat for caveat in finished.caveats())
    assert finished.winner(seeds=1) == finished.standings[0]


def test_no_winner_without_seeds(board):
    with pytest.raises(ValueError, match=r"a winner needs 3 seeds, but the most .* is 0"):
        board.winner()
    board.run([SHORT], seeds=range(2))
    with pytest.raises(ValueError, match=r"is 2: use board.run\(\[configuration\], seeds=range"):
        board.winner()
    with pytest.raises(ValueError, match="a winner needs 3 seeds"):
        board.open_test_set()
    assert "No winner yet" in board.report()
    board.run([DIVERGES], seeds=range(3))
    with pytest.raises(ValueError, match="without a failed trial was tried with is 2"):
        board.winner()


def test_texts_hold_no_timings_and_html_is_safe(finished):
    assert "second" not in repr(finished).replace("second number", "")
    html = finished._repr_html_()
    assert html.count("<tr>") == 1 + len(finished.standings)
    assert "<p>8 trials of 4 configurations" in html
    lines = repr(finished).splitlines()
    assert lines[0] == "8 trials of 4 configurations: 18 of 100 epochs spent, 82 left"
    assert "α = 0.05, 8 units, mini-batches of 256" in repr(finished)


def test_an_empty_board_says_so(board):
    assert repr(board).startswith("0 trials of 0 configurations: 0 of 40 epochs spent, 40 left")
    assert "<table>" in board._repr_html_()
    assert board.caveats() == []


def test_the_words_of_a_configuration():
    assert standings.in_words(digit_tuning.completed({"epochs": 99})) == "the defaults"
    assert standings.in_words({"alpha": 0.01, "units": 8, "beta1": 0.9}) == "α = 0.01, 8 units"
    every = dict.fromkeys(digit_tuning.DEFAULTS, 3) | {"batch_norm": True, "optimizer": "Adma"}
    words = standings.in_words(every)
    assert not any(f"{name}=" in words for name in every), "words instead of a program's names"
    assert words.count(", ") == len(every) - 2, "all but the epochs"


def test_the_test_set_opens_once_and_costs_nothing(finished, tmp_path):
    board = copied(finished, tmp_path)
    opening = board.open_test_set()
    assert (opening.place, opening.seeds, opening.trials) == (1, (0, 1, 2), 8)
    assert board.spent == finished.spent
    winner = board.winner()
    np.testing.assert_allclose(opening.validation, [winner.errors[s] for s in range(3)])
    X, Y = digit_tuning.sets().test
    network = leaderboard.trained(winner.configuration, 0)
    assert opening.errors[0] == pytest.approx(1 - network.accuracy(X, Y))
    assert board.open_test_set() == opening
    assert board.open_test_set(winner.configuration) == opening
    assert len(board.openings) == 1
    assert not any("opened" in caveat for caveat in board.caveats())


def test_more_seeds_of_what_was_judged_open_nothing_again(finished, tmp_path):
    board = copied(finished, tmp_path)
    opening = board.open_test_set()
    board.run([opening.configuration], seeds=range(4))
    assert board.open_test_set(opening.configuration) == opening
    assert len(board.openings) == 1


def test_a_second_opening_is_told_for_ever(finished, tmp_path):
    board = copied(finished, tmp_path)
    first = board.open_test_set()
    second = board.open_test_set(SHORT)
    said = "The test set was opened twice: the second number is no longer honest."
    assert board.caveats()[0] == said
    assert "no longer honest" in repr(second)
    assert "honest" not in repr(first)
    again = Leaderboard(board.file, budget=100)
    assert again.caveats()[0] == said
    assert said in again.report()
    assert said in repr(again)
    assert said in again._repr_html_()
    again.run([OTHER], seeds=range(3))
    again.open_test_set(OTHER)
    assert "opened 3 times: all but the first are no longer honest" in again.caveats()[0]
    assert "Trials run after the test set was opened: 3" in again.caveats()[1]


@pytest.mark.parametrize(
    ("configuration", "message"),
    [
        (OTHER, "was tried with 0: the test set stays closed"),
        (DIVERGES, "was tried with 1: the test set stays closed"),
        ({"beta3": 1}, "there is no hyperparameter"),
    ],
)
def test_what_was_not_tried_is_not_judged(finished, configuration, message):
    with pytest.raises(ValueError, match=message):
        finished.open_test_set(configuration)
    assert finished.openings == []


def test_training_again_gives_the_same_weights():
    full = {**SHORT, "decay": 0.5, "keep_prob": 0.8, "batch_norm": True, "epochs": 3}
    last = [error for _, error in digit_tuning.epochs(full, np.random.default_rng([5, 0]))][-1]
    network = leaderboard.trained(full, 5)
    assert 1 - network.accuracy(*digit_tuning.sets().validation) == last
    frames, says = experiments.judged(digit_tuning.completed(full), 5)
    assert len(frames) == 1 + full["epochs"]
    assert frames[-1].wrong[1] == last
    np.testing.assert_array_equal(says["test"], network.predict(digit_tuning.sets().test[0]))


def test_test_and_validation_differ_by_the_noise_of_the_networks_mean(finished, tmp_path):
    board = copied(finished, tmp_path)
    opening = board.open_test_set()
    errors = np.array([opening.error, np.mean(opening.validation)])
    of_one = np.hypot(*luck.standard_error(errors, 360))
    asked = opening.configuration, opening.seeds
    parts = [paired.wrong_digits(*asked, name).mean(axis=0) for name in ("test", "validation")]
    oracle = np.hypot(*(scipy.stats.sem(part) for part in parts))
    assert oracle < 0.95 * of_one, "three networks scatter less than one"
    assert opening.against_chance().endswith(f"standard error of that is {100 * oracle:.1f}.")


def test_a_tie_is_called_one(finished, tmp_path, monkeypatch):
    board = copied(finished, tmp_path)
    assert not any("a tie" in caveat for caveat in board.caveats())
    board.run([{**SHORT, "alpha": 0.0501}], seeds=range(3))
    assert any("a tie" in caveat for caveat in board.caveats())


def test_the_standard_error_of_paired_digits_is_that_of_their_differences():
    rng = np.random.default_rng(0)
    hard = rng.random(360) < 0.05
    first, second = (np.tile(hard, (4, 1)) ^ (rng.random((4, 360)) < 0.01) for _ in range(2))
    found = paired.compare(first, second)
    oracle = scipy.stats.ttest_rel(first.mean(axis=0), second.mean(axis=0))
    assert found.difference / found.paired == pytest.approx(oracle.statistic)
    apart = scipy.stats.ttest_ind(first.mean(axis=0), second.mean(axis=0))
    assert found.difference / found.unpaired == pytest.approx(apart.statistic)
    assert found.paired < 0.6 * found.unpaired, "both stumble over the same digits"
    by_seed = scipy.stats.ttest_ind(first.mean(axis=1), second.mean(axis=1))
    assert found.difference / found.seeds == pytest.approx(by_seed.statistic)
    assert found.total == pytest.approx(np.hypot(found.paired, found.seeds))
    alone = paired.compare(first[:1], second[:1])
    assert alone.total == alone.paired, "one seed says nothing of the others"
    assert paired.table(first, second).sum() == pytest.approx(360)


def test_wrong_digits_are_the_trials(board):
    (trial,) = board.run([SHORT], seeds=[3])
    assert paired.wrong_digits(trial.configuration, [3]).mean() == pytest.approx(trial.value)


WINNER = {
    "alpha": 0.0125,
    "units": 55,
    "layers": 2,
    "batch_norm": True,
    "keep_prob": 0.946,
    "size": 128,
    "epochs": 20,
}
THIRD = WINNER | {"alpha": 0.0345, "units": 58, "keep_prob": 0.97, "size": 64}


def test_strangers_are_twice_as_hard_on_the_very_same_digits():
    known, strangers = (
        np.array([capstone.unseen(WINNER, seed, mixed=mixed) for seed in range(3)])
        for mixed in (True, False)
    )
    assert known.shape == strangers.shape == (3, 1797)
    assert 1.6 < strangers.mean() / known.mean() < 3.2, "about twice"
    fifths = [np.array_split(one.mean(axis=0), 5) for one in (known, strangers)]
    by_fifth = np.array([[part.mean() for part in one] for one in fifths])
    assert (by_fifth[1] > by_fifth[0]).all(), "harder in each fifth"
    assert by_fifth[0, 4] > by_fifth[0].mean(), (
        "the last fifth is hard also for who knows its hands"
    )


def test_every_digit_is_read_by_a_network_that_has_not_learned_it(monkeypatch):
    learned = []

    def spy(configuration, rng, examples):
        learned.append(each(examples[0]))
        return train(configuration, rng, examples)

    def each(X):
        return {column.tobytes() for column in X.T.astype(np.float32)}

    train = digit_tuning.stages
    monkeypatch.setattr(digit_tuning, "stages", spy)
    capstone.unseen({**SHORT, "epochs": 1}, 0, mixed=False)
    assert [len(known) for known in learned] == [1077] * 5
    for known, fifth in zip(learned, np.array_split(datasets.digits()[0], 5, axis=1), strict=True):
        assert not each(fifth) & known


def fine():
    """Return the notebook's 18 configurations around the winner of its coarse search."""
    space = {
        "alpha": Log(1e-4, 0.3),
        "units": Integer(8, 64),
        "layers": Integer(1, 2),
        "batch_norm": Choice((False, True)),
        "keep_prob": Linear(0.7, 1.0),
        "size": Choice((64, 128)),
    }
    centre = search.random(space, 14, np.random.default_rng(5))[4]
    return search.random(search.zoom(space, centre, 0.5), 18, np.random.default_rng(105))


@pytest.fixture(scope="module")
def shaken():
    """Return what A, B and C get wrong with other last digits of the first weights, three times."""
    begin, sets = digit_tuning.start, digit_tuning.sets()
    finalists = [{**fine()[k], "epochs": 20} for k in (5, 2, 3)]

    def start(configuration, rng, examples=None):
        run = begin(configuration, rng, examples)
        run.network.theta *= 1 + 3e-7 * noise.standard_normal(run.network.theta.shape).astype("f")
        return run

    def wrong(configuration, digits):
        X, Y = getattr(sets, digits)
        says = [network.predict(X).argmax(axis=0) for network in networks[configuration]]
        return np.array(says) != Y.argmax(axis=0)

    found = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(digit_tuning, "start", start)
        for number in (1, 2, 3):
            noise = np.random.default_rng(number)
            networks = [[leaderboard.trained(c, seed) for seed in range(5)] for c in finalists]
            found.append([{d: wrong(c, d) for d in ("validation", "test")} for c in range(3)])
    return found


def test_what_is_said_of_the_finalists_holds_whatever_the_last_digits(shaken):
    A, B, C = ([one[k]["validation"] for one in shaken] for k in range(3))
    halves = [360 * paired.compare(*pair).difference for pair in zip(A, B, strict=True)]
    assert np.median(halves) == pytest.approx(-2, abs=0.5), "A and B: about two digits"
    compared = [paired.compare(*pair) for pair in zip(A, C, strict=True)]
    paired_error, unpaired = np.median([(d.paired, d.unpaired) for d in compared], axis=0)
    assert paired_error == pytest.approx(0.004, abs=0.001), "about 0.4 points"
    assert paired_error < 0.5 * unpaired, "to less than half"
    ends = [
        (d.difference, *(d.difference + 2 * e for e in (d.paired, d.total, d.unpaired)))
        for d in compared
    ]
    difference, blue, green, orange = np.median(ends, axis=0)
    assert -0.0165 < difference < -0.0065, "about one point"
    assert blue < 0, "it hardly could be 0"
    assert abs(green) < 0.006, "close to 0"
    assert orange > 0.006, "it could well be 0"
    of_five = [one.mean(axis=0).std(ddof=1) / np.sqrt(360) for one in (*A, *B, *C)]
    assert np.mean(of_five) == pytest.approx(0.008, abs=0.0007), "about 0.8 points instead of one"


def test_one_division_of_five_is_as_far_apart_whatever_the_last_digits(shaken):
    for winner, *_ in shaken:
        apart = luck.halves(np.hstack(list(winner.values())), np.random.default_rng(0))
        means = [wrong.mean() for wrong in winner.values()]
        assert means[1] < means[0], "fewer of the test digits are wrong"
        assert np.mean(apart > means[0] - means[1] - 1e-9) == pytest.approx(0.2, abs=0.05)


def test_after_nine_epochs_two_are_level_behind_the_two_that_go_on(tmp_path):
    """The notebook's halving."""
    drawn = fine()
    objective = Leaderboard(tmp_path / "trials.jsonl", budget=108).objective
    halved = halving.successive_halving(objective, drawn, smallest=3, largest=9, progress=False)
    nine = [t.value for t in halved.finished if t.configuration["epochs"] == 9]
    first, second, third, fourth, *_ = 360 * np.sort(nine)
    assert (third, fourth) == pytest.approx((16, 16), abs=1.1), "by a digit, on some processors"
    assert first <= second < third


@once_a_week
def test_with_thirty_more_seeds_the_first_is_three_quarters_of_a_point_better_than_the_third():
    seeds = range(5, 35)
    found, elsewhere = (
        paired.compare(*(paired.wrong_digits(one, seeds, digits) for one in (WINNER, THIRD)))
        for digits in ("validation", "test")
    )
    assert -0.01 < found.difference < -0.005, "about three quarters of a point"
    assert found.difference < elsewhere.difference, "by less on digits that chose neither"
    assert abs(found.difference) > 2 * found.total
    assert found.total == pytest.approx(0.003, abs=0.0006), "about 0.3 points"
    with_five = found.seeds * np.sqrt(30 / 5)
    assert with_five > 1.3 * found.paired, "what remains with five is mostly the luck of the seeds"


def test_the_stored_plane_is_what_its_trials_give():
    alpha, lambda_, wrong = search_game.plane()
    assert len(alpha) == 600
    for k in (0, 77, 599):
        assert abs(search_game.wrong(alpha[k], lambda_[k], 1000 + k) - wrong[k]) <= 8
    searches = search_game.random_searches()
    assert searches.shape == (2000, search_game.TRIALS)
    assert (np.diff(searches, axis=1) <= 0).all()
    assert np.median(searches[:, -1]) == 18, "the notebook's median"
    assert search_game.beaten(13, 12) == 1
    assert search_game.beaten(360, 12) < 0.01


def test_the_plane_is_as_the_notebook_tells():
    alpha, lambda_, wrong = search_game.plane()
    good = (alpha > 0.005) & (alpha < 0.1) & (lambda_ < 5)
    assert 0.2 < good.mean() < 0.25, "about a fifth"
    assert np.median(wrong[good]) == 20
    valley = (alpha > 0.01) & (alpha < 0.05)
    by_lambda = [
        np.median(wrong[valley & (lambda_ > low) & (lambda_ < high)])
        for low, high in ((0.01, 0.1), (0.1, 1), (1, 5), (5, 100))
    ]
    assert by_lambda == [19, 19, 20, 36], "small lambda does next to nothing"
    assert search_game.beaten(16, 12) > 0.7 > search_game.beaten(17, 12)


def test_a_trial_of_the_game_that_diverges_has_all_digits_wrong():
    assert search_game.wrong(1e30, 1.0, 0) == search_game.DIGITS


@given(m=st.integers(5, 3000), seed=st.integers(0, 99))
def test_a_split_keeps_each_example_once(m, seed):
    parts = capstone.split(m, np.random.default_rng(seed))
    assert [len(p) for p in parts] == [m - 2 * (m // 5), m // 5, m // 5]
    assert sorted(np.concatenate(parts)) == list(range(m))


@pytest.mark.parametrize("m", [4, 5.5, -1])
def test_a_split_needs_five_examples(m):
    with pytest.raises(ValueError, match=r"m (>= 5 must hold|should be a whole number)"):
        capstone.split(m, np.random.default_rng(0))


@given(st.permutations(range(9)))
def test_the_choice_does_not_depend_on_the_order(order):
    errors = [0.1, 0.5, 0.2, 0.3, 0.3, 0.3, math.nan, 0.0, 0.0]
    trials = [
        Trial(i, {"alpha": i // 3}, e, reason="failed" if math.isnan(e) else "", seed=i % 3)
        for i, e in enumerate(errors)
    ]
    assert capstone.choose([trials[i] for i in order]) == {"alpha": 0}


def test_nothing_to_choose():
    with pytest.raises(ValueError, match="nothing to choose: all of 1 configurations failed"):
        capstone.choose([Trial(0, {"alpha": 1}, math.nan, reason="NaN")])


@given(st.integers(1, 300), st.floats(0.005, 0.6), st.integers(1, 800))
@settings(max_examples=60, deadline=None)
def test_the_best_of_equal_models_against_scipy(models, error, digits):
    one = scipy.stats.binom(digits, error)
    exact = (one.sf(np.arange(digits)) ** models).sum() / digits
    found = luck.best_of(models, error, digits)
    assert found.mean == pytest.approx(exact, rel=1e-8, abs=1e-12)
    assert found.low <= found.high
    for quantile, q in ((found.low, 0.1), (found.high, 0.9)):
        j = round(quantile * digits)
        assert 1 - one.sf(j) ** models >= q - 1e-9
        assert j == 0 or 1 - one.sf(j - 1) ** models < q + 1e-9


def test_one_model_is_not_biased_and_more_models_look_better():
    assert luck.best_of(1, 0.035, 360).mean == pytest.approx(0.035)
    means = [luck.best_of(k, 0.035, 360).mean for k in (1, 2, 10, 50, 200)]
    assert (np.diff(means) < 0).all()
    assert round(means[3], 3) == 0.015, "the notebook's 1.5 %"
    biases = [0.035 - luck.best_of(50, 0.035, m).mean for m in (360, 4 * 360)]
    assert biases[0] / biases[1] == pytest.approx(2, rel=0.1), "1 / sqrt(m)"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0, 0.1, 10), "models >= 1"),
        ((1, 0.0, 10), "0 < error < 1"),
        ((1, 1.0, 10), "0 < error < 1"),
        ((2, 0.1, 2.5), "digits should be a whole number"),
    ],
)
def test_best_of_refuses(arguments, message):
    with pytest.raises(ValueError, match=message):
        luck.best_of(*arguments)


def test_the_standard_error_of_360_digits():
    assert luck.standard_error(0.02, 360) == pytest.approx(0.0074, abs=5e-5)
    one = scipy.stats.binom(360, 0.035)
    assert luck.standard_error(0.035, 360) == pytest.approx(one.std() / 360)
    assert luck.standard_error(np.array([0.0, 0.5]), 100).tolist() == [0, 0.05]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((-0.1, 360), "0 <= error <= 1 must hold, but got error=-0.1"),
        (([0.5, 1.5], 360), "0 <= error <= 1 must hold"),
        ((0.1, 0), "digits >= 1 must hold"),
        ((0.1, math.nan), "digits should be a finite number"),
    ],
)
def test_the_standard_error_refuses(arguments, message):
    with pytest.raises(ValueError, match=message):
        luck.standard_error(*arguments)


def test_a_test_set_that_could_not_be_judged_stays_closed(finished, tmp_path, monkeypatch):
    board = copied(finished, tmp_path)
    monkeypatch.setattr(leaderboard, "judge", lambda job, rng=None: 1 / 0)
    with pytest.raises(ArithmeticError, match="the test set could not be opened: ZeroDivision"):
        board.open_test_set()
    assert board.openings == []
    assert "The test set is closed." in board.report()


@pytest.mark.parametrize(
    "configuration",
    [
        {"epochs": "two"},
        {"epochs": 0},
        {"epochs": 2, "alhpa": 1},
        {"test_set": 1, "seeds": [0]},
        {"test_set": {}, "seeds": 3},
        {"test_set": {}, "seeds": [0]},
    ],
)
def test_json_of_the_wrong_kind_is_no_leaderboards(file, configuration):
    trial = {
        "number": 0,
        "configuration": configuration,
        "value": 0.1,
        "seconds": 0.0,
        "reason": "",
        "more": {},
        "seed": 0,
    }
    file.write_text(json.dumps(trial) + "\n")
    with pytest.raises(ValueError, match="line 1 is none"):
        Leaderboard(file)


def test_the_stop_button_keeps_what_is_paid(board, monkeypatch):
    train, seen = digit_tuning.validation_error, []

    def stops(configuration, rng):
        seen.append(1)
        if len(seen) == 3:
            raise KeyboardInterrupt
        return train(configuration, rng)

    monkeypatch.setattr(digit_tuning, "validation_error", stops)
    with pytest.raises(Interrupted, match="interrupted after"):
        board.run([SHORT, OTHER], seeds=range(3))
    assert (len(kept()), board.spent) == (2, 4)
    monkeypatch.undo()
    assert len(board.run([SHORT, OTHER], seeds=range(3))) == 6


def test_optimism_of_equal_independent_models_is_the_formulas():
    wrong = np.random.default_rng(0).random((50, 720)) < 0.05
    seen = luck.optimism(wrong, np.random.default_rng(1), halvings=200)
    assert seen.average == pytest.approx(wrong.mean())
    assert seen.chosen_by == pytest.approx(luck.best_of(50, 0.05, 360).mean, abs=0.004)
    assert seen.on_others > 0.04
    same = luck.optimism(np.tile(wrong[:1], (50, 1)), np.random.default_rng(1))
    assert same.chosen_by == pytest.approx(same.on_others, abs=0.002), "equal models: no choice"


def optimism_of_seeds(first):
    """Return the optimism of sixteen seeds of the notebook's configuration."""
    (X, Y), asked = digit_tuning.sets().validation, {"alpha": 0.01, "units": 64, "epochs": 10}
    networks = [
        leaderboard.trained({**asked, "batch_norm": True}, seed)
        for seed in range(first, first + 16)
    ]
    wrong = [network.predict(X).argmax(axis=0) != Y.argmax(axis=0) for network in networks]
    return luck.optimism(np.array(wrong), np.random.default_rng(0))


@pytest.mark.parametrize("first", [0, 16, 80])
def test_most_of_the_lead_of_the_chosen_seed_is_luck(first):
    seen = optimism_of_seeds(first)
    lead = seen.average - seen.chosen_by
    assert 0.007 < lead < 0.014, "a full point"
    assert -0.2 * lead < seen.average - seen.on_others < 0.6 * lead, "a third, or less"
    assert seen.average - luck.best_of(16, seen.average, 180).mean > 1.6 * lead


def test_with_other_seeds_more_of_the_lead_is_left_or_nothing():
    nothing, more = map(optimism_of_seeds, (116, 180))
    assert nothing.on_others > nothing.average
    assert more.average - more.on_others > (more.average - more.chosen_by) / 3


@once_a_week
def test_of_twenty_groups_more_have_nothing_left_of_the_lead_than_more_than_a_third():
    left = []
    for first in range(0, 320, 16):
        seen = optimism_of_seeds(first)
        left.append((seen.average - seen.on_others) / (seen.average - seen.chosen_by))
    nothing, more = (np.array(left) < 0.1).sum(), (np.array(left) > 1 / 3).sum()
    assert nothing > more >= 2


def test_two_halves_differ_as_the_formula_says():
    wrong = np.random.default_rng(0).random((4, 720)) < 0.03
    apart = luck.halves(wrong, np.random.default_rng(1), divisions=4000)
    parts = wrong.mean(axis=0)
    assert np.sqrt((apart**2).mean()) == pytest.approx(2 * parts.std() / np.sqrt(720), rel=0.03)
    with pytest.raises(ValueError, match="divisions >= 1"):
        luck.halves(wrong, np.random.default_rng(1), divisions=0)


def test_optimism_refuses():
    with pytest.raises(ValueError, match=r"wrong should be \(models, examples\)"):
        luck.optimism([True, False], np.random.default_rng(0))
    with pytest.raises(ValueError, match="halvings >= 1"):
        luck.optimism([[True, False]], np.random.default_rng(0), halvings=0)


@once_a_week
@pytest.mark.parametrize(("units", "least", "most"), [(48, 14, 22), (64, 12, 21)])
def test_which_width_passes_at_the_tuners_seat_is_mostly_luck_x19(units, least, most):
    wrong = [capstone.Tuner(seed).wrong(10, 0.01, units, 1.0) for seed in range(10)]
    assert min(wrong) == pytest.approx(least, abs=3)
    assert max(wrong) == pytest.approx(most, abs=4)
    assert np.ptp(wrong) > 5
