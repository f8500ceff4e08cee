"""The bank of answers to the exercises and challenges about tuning on a budget."""

import math
import re
from functools import partial

import numpy as np
import pytest

from course_utils.checks import capstone as checks
from course_utils.checks import capstone_splits
from course_utils.checks.engine import known
from course_utils.experiments import capstone, digit_tuning, leaderboard, search_game
from course_utils.experiments.capstone import Tuner
from course_utils.support.trial_log import Trial, TrialLog

# --- split


def test_no_symptom_is_seen_in_a_right_split():
    rng = np.random.default_rng(0)
    cases = [checks._draw_split(rng) for _ in range(50)]
    runs = [capstone_splits.watch(capstone.split, *case.args) for case in cases]
    assert [symptom.id for symptom in capstone_splits.SYMPTOMS if symptom.find(runs)] == []


def test_what_came_back_is_not_called_right_before_it_is_looked_at():
    def not_shuffled_and_raises(m, rng):
        numbers = np.arange(m if m != 57 else np.zeros(57)[m])
        return np.split(numbers, [m - 2 * (m // 5), m - m // 5])

    verdict = checks.split(not_shuffled_and_raises)
    assert verdict.mistake == "raises"
    assert "right" not in verdict.hint


def test_only_who_cuts_the_file_in_stretches_is_told_of_handwriting():
    fifths = {
        "in stretches": lambda m, rng: np.split(np.arange(m), [m - 2 * (m // 5), m - m // 5]),
        "every fifth": lambda m, rng: every_fifth(m),
    }
    said = {name: checks.split(function) for name, function in fifths.items()}
    assert {verdict.mistake for verdict in said.values()} == {"not-shuffled"}
    assert "handwriting" in said["in stretches"].hint
    assert "handwriting" not in said["every fifth"].hint


def every_fifth(m):
    taken = np.arange(5 * (m // 5)).reshape(-1, 5)[:, :2].T
    return np.setdiff1d(np.arange(m), taken), *taken


# --- choose


def test_the_right_choice_is_the_packages_choice():
    rng = np.random.default_rng(0)
    for _ in range(100):
        trials = checks._draw_choice(rng).args[0]
        assert checks._pick(trials) == capstone.choose(trials)
    assert checks.choose(capstone.choose).passed


def test_a_configuration_counts_once_however_its_names_are_ordered():
    def turned(trials):
        return dict(reversed(capstone.choose(trials).items()))

    assert checks.choose(turned).passed


def test_a_choice_that_nothing_explains_is_shown_beside_the_right_one():
    def mean_of_squares(trials):
        groups = checks._grouped(trials)
        squares = [np.mean([t.value**2 for t in group]) for group in groups]
        return groups[int(np.nanargmin(squares))][0].configuration

    verdict = checks.choose(mean_of_squares)
    assert verdict.mistake == "another-configuration"
    assert "Better is {'alpha'" in verdict.hint


_TRUE_ALONE_ONLY = re.compile(
    r"worse|steadiest|looks (better|good)|lucky once|(least|largest|its) mean|mean of what"
    r"|rewards overfitting|(most|least) often"
)


def test_what_is_said_of_a_choice_is_true_beside_another_mistake():
    told = {pair.hint for pair in known._pairs(checks.choose.mistakes)}
    assert len(told) > 100
    assert [hint for hint in told if _TRUE_ALONE_ONLY.search(hint)] == []
    largest_sum = checks.choose(partial(checks._pick, of=np.sum, sign=-1))
    assert largest_sum.mistake == "largest-mean+sum"
    assert "has a larger number in yours" in largest_sum.hint


# --- the tuner's seat


def reach(run, epoch, **settings):
    return checks.goal_tuner(run, epoch=epoch, **settings)


def test_the_tuners_goal_wants_few_wrong_after_ten_epochs():
    default = {"alpha": 0.001, "units": 32, "keep_prob": 1.0}
    run = Tuner()
    assert reach(run, 0, **default).mistake == "too-many-wrong"
    assert reach(run, 10, **default).mistake == "too-many-wrong"
    assert reach(run, 20, **default).mistake == "too-late"
    assert reach(run, 20, **default).hint.endswith("had not got there, so tune.")
    good = {"alpha": 0.03, "units": 64, "keep_prob": 1.0}
    reached = [reach(run, epoch, **good) for epoch in range(11)]
    passed = [v.passed for v in reached]
    assert any(passed)
    assert not passed[0]
    assert reach(run, 11, **good).mistake == "too-late"


def test_the_tuners_goal_is_neither_given_nor_out_of_reach():
    hits = tries = 0
    for alpha in (0.001, 0.01, 0.03, 0.1):
        for units in (8, 32, 64):
            run = Tuner()
            settings = {"alpha": alpha, "units": units, "keep_prob": 1.0}
            tries += 1
            hits += any(reach(run, epoch, **settings).passed for epoch in range(5, 11))
    assert 1 <= hits <= tries / 2


def test_the_tuners_goal_is_a_function_of_its_values():
    run, good = Tuner(), {"alpha": 0.03, "units": 64, "keep_prob": 1.0}
    verdicts = [reach(run, epoch, **good) for epoch in range(5, 11)]
    slow = reach(run, 10, alpha=0.001, units=64, keep_prob=1.0)
    assert slow.mistake == "too-many-wrong"
    assert slow.hint not in {verdict.hint for verdict in verdicts}
    reach(run, 20, alpha=0.03, units=8, keep_prob=0.5)
    assert [reach(run, epoch, **good) for epoch in range(5, 11)] == verdicts
    assert [reach(Tuner(), epoch, **good) for epoch in range(5, 11)] == verdicts


class Wrong:
    def __init__(self, wrong):
        self.wrong = lambda *settings: wrong


def test_the_tuners_goal_just_outside():
    goal = partial(checks.goal_tuner, alpha=0.01, units=8, keep_prob=1.0)
    assert goal(Wrong(14), epoch=10).passed
    assert goal(Wrong(15), epoch=10).mistake == "too-many-wrong"
    assert goal(Wrong(14), epoch=11).mistake == "too-late"
    assert goal(Wrong(14), epoch=11).hint.endswith("That is past epoch 10: go back.")
    assert not goal(Wrong(0), epoch=0).passed


# --- the leaderboard judged

GOOD = {"alpha": 0.01, "units": 64, "batch_norm": True, "epochs": 12}
MIDDLING = {"alpha": 0.003, "units": 16, "epochs": 5}


@pytest.fixture
def board(tmp_path):
    return leaderboard.Leaderboard(tmp_path / "mine.jsonl", budget=800)


def test_a_board_is_told_what_is_missing_until_it_is_reached(board):
    assert checks.reached("my_trials.jsonl").mistake == "not-a-leaderboard"
    assert checks.reached(board).mistake == "nothing-tried"
    board.try_(MIDDLING)
    assert "has 0 seeds so far" in checks.reached(board).hint
    board.run([checks.BASELINE], seeds=range(2))
    verdict = checks.reached(board)
    assert verdict.mistake == "no-baseline"
    assert "has 2 seeds so far" in verdict.hint
    board.run([checks.BASELINE], seeds=range(3))
    assert checks.reached(board).mistake == "not-yet-better"
    board.run([GOOD], seeds=range(2))
    verdict = checks.reached(board)
    assert verdict.mistake == "too-few-seeds"
    assert "2 of 3 seeds" in verdict.hint
    board.run([GOOD], seeds=range(3))
    verdict = checks.reached(board)
    assert verdict.passed
    assert "mean of 3 seeds" in verdict.hint
    assert "Now open the test set, once" in verdict.hint
    board.open_test_set()
    verdict = checks.reached(board)
    assert verdict.passed
    assert "has been opened: leave it at that" in verdict.hint
    assert "Now open" not in verdict.hint, "a second look would spoil it"
    opened = board.file.read_bytes()
    board.try_({**MIDDLING, "epochs": 1})
    verdict = checks.reached(board)
    assert verdict.mistake == "trials-after-the-test"
    assert verdict.hint.endswith("The report says so; leave it at that.")
    assert any("Trials run after the test set was opened" in said for said in board.caveats())
    board.file.write_bytes(opened)
    board.open_test_set(checks.BASELINE)
    verdict = checks.reached(board)
    assert verdict.mistake == "test-set-opened-twice"
    said = "was opened twice: the second number is no longer honest. Report the first."
    assert verdict.hint.endswith(said)
    short = {**MIDDLING, "epochs": 1}
    board.run([short], seeds=range(3))
    board.open_test_set(short)
    assert "opened 3 times: all but the first are no longer honest" in checks.reached(board).hint


def judged_with(file, budget, *trials):
    """Judge a board of made-up trials, each a configuration, a seed and a validation error."""
    board = leaderboard.Leaderboard(file, budget=budget)
    log = TrialLog(board.file)
    for configuration, seed, error in trials:
        log.add(Trial(0, digit_tuning.completed(configuration), error, seed=seed), "")
    return checks.reached(board)


def test_nobody_is_sent_to_trials_that_the_budget_cannot_pay(tmp_path):
    base = [(checks.BASELINE, seed, 0.11) for seed in range(3)]
    long = {"alpha": 0.01, "epochs": 200}
    verdict = judged_with(tmp_path / "a.jsonl", 600, *base, (long, 0, 0.03))
    assert verdict.mistake == "too-few-seeds"
    assert "too little for the others. Begin again in a new file." in verdict.hint
    verdict = judged_with(tmp_path / "b.jsonl", 600, *base, (long, 0, 0.03), (GOOD, 0, 0.035))
    assert verdict.hint.endswith("1 of 3 seeds: try it with the others, it may have been lucky.")
    verdict = judged_with(
        tmp_path / "c.jsonl", 600, (long, 0, 0.03), (long, 1, 0.03), (long, 2, 0.03)
    )
    assert verdict.mistake == "no-baseline"
    assert "0 seeds so far, and what is left of the budget is too little for 3." in verdict.hint
    other = [(checks.BASELINE, seed, 0.11) for seed in (7, 8)]
    verdict = judged_with(tmp_path / "f.jsonl", 60, *other)
    assert verdict.hint.endswith("seeds=[7, 8, 0])."), "20 epochs are left, enough for one"
    verdict = judged_with(tmp_path / "d.jsonl", 60, *base)
    assert verdict.hint.endswith("; 0 epochs left. Begin again in a new file.")
    verdict = judged_with(tmp_path / "e.jsonl", 600, *base)
    assert verdict.hint.endswith("; 540 epochs left.")


def test_more_than_the_budget_is_not_judged(board):
    board.try_({"epochs": 400, "units": 4, "size": 512})
    board.try_({"epochs": 201, "units": 4, "size": 512})
    assert checks.reached(board).mistake == "over-budget"


def test_a_failed_baseline_neighbour_does_not_count(board):
    board.run([checks.BASELINE], seeds=range(3))
    board.run([{"optimizer": "descent", "alpha": 1e30, "epochs": 1}], seeds=range(3))
    assert checks.reached(board).mistake == "not-yet-better"


def test_the_margin_is_about_seven_points_and_can_be_had(board):
    board.run([checks.BASELINE, GOOD], seeds=range(5))
    base, good = (
        next(s for s in board.standings if s.configuration["units"] == units) for units in (32, 64)
    )
    assert base.mean - good.mean > checks.MARGIN
    assert good.mean > base.mean - checks.MARGIN - 0.03, "no present"


@pytest.mark.parametrize(
    "anything",
    [
        None,
        3,
        "mine.jsonl",
        leaderboard.Leaderboard,
        [],
        {},
        np.zeros(3),
        object(),
        print,
    ],
)
def test_anything_but_a_board_is_named(anything):
    assert checks.reached(anything).mistake == "not-a-leaderboard"


def test_a_board_whose_file_was_spoiled_is_told(board):
    board.file.write_text("no trial\n")
    verdict = checks.reached(board)
    assert verdict.mistake == "file-not-readable"
    assert "line 1 is none" in verdict.hint


def test_a_baseline_that_failed_is_nothing_to_beat(board):
    full = digit_tuning.completed(checks.BASELINE)
    log = TrialLog(board.file)
    for seed in range(3):
        log.add(
            Trial(0, full, math.nan if seed else 0.1, reason="diverged" * bool(seed), seed=seed), ""
        )
    assert checks.reached(board).mistake == "baseline-failed"


def test_the_challenge_of_the_game_counts_twelve_trials():
    played = search_game.Game()
    judge = partial(checks.goal_game, played, search_game.beaten)
    assert judge(trials=0).hint == "place 12 more trials."
    played.trials = [(0.01, 1.0, 0, 16)] * 12
    assert judge(trials=12).passed
    back = "1 of your trials is hidden: move the slider trials to the right."
    assert (judge(trials=11).passed, judge(trials=11).hint) == (False, back)
    assert judge(trials=9).hint.startswith("3 of your trials are hidden: move")
    played.trials = [(0.01, 1.0, 0, 16)] * 11
    assert judge(trials=11).hint == "place 1 more trial."
    played.trials = [(0.01, 1.0, 0, 40)] * 12
    assert judge(trials=12).mistake == "too-many"
