"""The bank of answers to the exercises and challenges about tuning on a budget."""

import itertools
import math
from functools import partial

import numpy as np
import pytest

from course_utils import capstone
from course_utils.checks import capstone as checks
from course_utils.experiments.capstone import Tuner
from course_utils.figures.capstone import GOAL

# --- split


def by_sets(m, rng):
    everyone = set(range(m))
    validation = set(rng.choice(m, m // 5, replace=False).tolist())
    rest = sorted(everyone - validation)
    test = set(rng.choice(rest, m // 5, replace=False).tolist())
    return [np.array(sorted(s)) for s in (everyone - validation - test, validation, test)]


def by_random_keys(m, rng):
    order = np.argsort(rng.random(m))
    return np.split(order, [m - 2 * (m // 5), m - m // 5])


def by_shuffle(m, rng):
    order = list(range(m))
    rng.shuffle(order)
    n = m // 5
    return order[2 * n :], order[n : 2 * n], order[:n]


def with_keyword(m, rng, share=0.2):
    order, n = rng.permutation(np.arange(m, dtype=np.int32)), int(share * m)
    return order[2 * n :].astype(float), order[:n], order[n : 2 * n]


def halves(m, rng):
    order, n = rng.permutation(m), m // 5
    rest, test = order[:-n], order[-n:]
    return rest[:-n], rest[-n:], test


@pytest.mark.parametrize("right", [
    by_sets, by_random_keys, by_shuffle, with_keyword, halves, capstone.split,
])  # fmt: skip
def test_right_splits_pass(right):
    assert checks.split(right).passed


def cut(order, m, *places):
    n = m // 5
    parts = {"training": order[2 * n :], "validation": order[:n], "test": order[n : 2 * n]}
    return tuple(parts[place] for place in places)


THREE = ("training", "validation", "test")


@pytest.mark.parametrize(("mistake", "wrong"), [
    ("still-the-stub", lambda m, rng: cut(np.zeros(m, dtype=int), m, *THREE)),
    ("not-shuffled", lambda m, rng: cut(np.arange(m), m, *THREE)),
    ("not-shuffled", lambda m, rng: np.split(np.arange(m), [m - 2 * (m // 5), m - m // 5])),
    ("not-shuffled", lambda m, rng: cut(np.arange(m)[::-1], m, *THREE)),
    ("shuffled-within-the-sets",
     lambda m, rng: [rng.permutation(p) for p in cut(np.arange(m), m, *THREE)]),
    ("shuffled-within-the-sets", lambda m, rng: [
        rng.permutation(p) for p in np.split(np.arange(m), [m - 2 * (m // 5), m - m // 5])]),
    ("with-replacement",
     lambda m, rng: [rng.integers(0, m, n) for n in (m - 2 * (m // 5), m // 5, m // 5)]),
    ("with-replacement", lambda m, rng: cut(rng.choice(m, m), m, *THREE)),
    ("overlapping", lambda m, rng: [
        rng.permutation(m)[:n] for n in (m - 2 * (m // 5), m // 5, m // 5)]),
    ("overlapping", lambda m, rng: [cut(rng.permutation(m), m, p)[0] for p in THREE]),
    ("test-set-used-twice",
     lambda m, rng: cut(rng.permutation(m), m, "training", "validation", "validation")),
    ("test-set-used-twice",
     lambda m, rng: cut(np.argsort(rng.random(m)), m, "training", "test", "test")),
    ("test-in-training", lambda m, rng: (lambda o: (o[: m - m // 5], o[m - m // 5 :],
                                                    o[: m // 5]))(rng.permutation(m))),
    ("all-in-training", lambda m, rng: (lambda o: (o, o[: m // 5], o[-(m // 5) :]))(
        rng.permutation(m))),
    ("loses-examples", lambda m, rng: (lambda o, n: (o[2 * n : 5 * n], o[:n], o[n : 2 * n]))(
        rng.permutation(m), m // 5)),
    ("rounded-up", lambda m, rng: (lambda o, n: (o[2 * n :], o[:n], o[n : 2 * n]))(
        rng.permutation(m), math.ceil(m / 5))),
    ("parts-exchanged", lambda m, rng: cut(rng.permutation(m), m, "validation", "test",
                                           "training")),
    ("parts-exchanged", lambda m, rng: cut(rng.permutation(m), m, "validation", "training",
                                           "test")),
    ("thirds", lambda m, rng: (lambda o, n: (o[2 * n :], o[:n], o[n : 2 * n]))(
        rng.permutation(m), m // 3)),
    ("tenths", lambda m, rng: (lambda o, n: (o[2 * n :], o[:n], o[n : 2 * n]))(
        rng.permutation(m), m // 10)),
    ("masks", lambda m, rng: tuple(np.isin(np.arange(m), p) for p in by_sets(m, rng))),
    ("seed-of-its-own", lambda m, rng: by_sets(m, np.random.default_rng(42))),
    ("seed-of-its-own", lambda m, rng: by_random_keys(m, np.random.default_rng(1))),
    ("not-repeatable", lambda m, rng: by_sets(m, np.random.default_rng())),
    ("not-repeatable", lambda m, rng: halves(m, np.random.default_rng())),
    ("returns-none", lambda m, rng: None),
    ("raises", lambda m, rng: rng.permutation(m, n=2)),
    ("not-an-array", lambda m, rng: "three sets"),
])  # fmt: skip
def test_wrong_splits_are_named(mistake, wrong):
    assert checks.split(wrong).mistake == mistake


def test_two_sets_are_not_three():
    assert checks.split(lambda m, rng: cut(rng.permutation(m), m, "training", "test")).mistake in {
        "wrong-shape", "raises", "not-an-array"}  # fmt: skip
    assert checks.split(capstone.split(10, np.random.default_rng(0))).mistake == "not-a-function"


# --- choose


def by_dict(trials):
    values, configurations = {}, {}
    for trial in trials:
        key = tuple(sorted(trial.configuration.items()))
        configurations[key] = trial.configuration
        values.setdefault(key, []).append(math.inf if trial.reason else trial.value)
    return configurations[min(values, key=lambda k: sum(values[k]) / len(values[k]))]


def by_groupby(trials):
    def alpha(trial):
        return trial.configuration["alpha"]

    found = []
    for value, group in itertools.groupby(sorted(trials, key=alpha), alpha):
        mean = np.mean([t.value for t in group])
        if not np.isnan(mean):
            found.append((mean, value))
    return {"alpha": min(found)[1]}


def by_arrays(trials, *, dtype=np.float32):
    alphas = np.array([t.configuration["alpha"] for t in trials])
    values = np.array([t.value for t in trials], dtype)
    names = np.unique(alphas)
    means = np.array([values[alphas == a].mean() for a in names])
    return {"alpha": names[np.nanargmin(means)]}


@pytest.mark.parametrize("right", [by_dict, by_groupby, by_arrays, capstone.choose])
def test_right_choices_pass(right):
    assert checks.choose(right).passed


def groups(trials, value=lambda t: t.value):
    found = {}
    for trial in trials:
        found.setdefault(trial.configuration["alpha"], []).append(value(trial))
    return {a: np.array(v, float) for a, v in found.items()}


def least(trials, score, **how):
    scores = {a: score(v) for a, v in groups(trials, **how).items()}
    scores = {a: s if s == s else math.inf for a, s in scores.items()}
    return {"alpha": min(scores, key=scores.get)}


def overwritten(trials):
    found = {}
    for trial in trials:
        if not trial.reason:
            found[trial.configuration["alpha"]] = trial.value
        else:
            found[trial.configuration["alpha"]] = math.inf
    return {"alpha": min(found, key=found.get)}


@pytest.mark.parametrize(("mistake", "wrong"), [
    ("still-the-stub", lambda trials: trials[0].configuration),
    ("best-single-seed", lambda trials: min(
        (t for t in trials if t.value == t.value), key=lambda t: t.value).configuration),
    ("best-single-seed", lambda trials: trials[int(np.nanargmin(
        [t.value for t in trials]))].configuration),
    ("first-seed-only", lambda trials: least(trials, lambda v: v[0] + 0 * v.sum())),
    ("last-seed-only", lambda trials: least(trials, lambda v: v[-1] + 0 * v.sum())),
    ("worst-seed", lambda trials: least(trials, np.max)),
    ("largest-mean", lambda trials: least(trials, lambda v: -v.mean())),
    ("median", lambda trials: least(trials, np.median)),
    ("sum", lambda trials: least(trials, sum)),
    ("failed-as-zero", lambda trials: least(trials, lambda v: np.nan_to_num(v).mean())),
    ("failed-as-zero", lambda trials: least(
        trials, np.mean, value=lambda t: 0 if t.reason else t.value)),
    ("failed-left-out", lambda trials: least(trials, np.nanmean)),
    ("failed-left-out", lambda trials: by_dict([t for t in trials if not t.reason])),
    ("nan-wins", lambda trials: {"alpha": list(groups(trials))[
        int(np.argmin([v.mean() for v in groups(trials).values()]))]}),
    ("nan-wins", lambda trials: {"alpha": min((np.mean(v), a) for a, v in groups(
        trials).items())[1]}),
    ("by-test-error", lambda trials: least(
        trials, np.mean, value=lambda t: math.nan if t.reason else t.more["test_error"])),
    ("by-training-error", lambda trials: least(
        trials, np.mean, value=lambda t: math.nan if t.reason else t.more["training_error"])),
    ("least-spread", lambda trials: least(trials, np.std)),
    ("most-seeds", lambda trials: {"alpha": max(
        groups(trials), key=lambda a: groups(trials)[a].size)}),
    ("a-trial", lambda trials: min((t for t in trials if not t.reason), key=lambda t: t.value)),
    ("the-error", lambda trials: min(v.mean() for v in groups(trials).values()
                                     if not np.isnan(v).any())),
    ("returns-none", lambda trials: None),
    ("raises", lambda trials: trials[0].configuration["beta"]),
])  # fmt: skip
def test_wrong_choices_are_named(mistake, wrong):
    assert checks.choose(wrong).mistake == mistake


def test_overwriting_in_a_dict_keeps_the_last_seed():
    assert not checks.choose(overwritten).passed


# --- the tuner's seat


def reach(run, epoch, **settings):
    return checks.goal_tuner(run, epoch=epoch, **settings)


def test_the_tuners_goal_wants_few_wrong_after_ten_epochs():
    default = {"alpha": 0.001, "units": 32, "keep_prob": 1.0}
    assert GOAL == checks.TUNER_WRONG
    run = Tuner()
    assert reach(run, 0, **default).mistake == "too-many-wrong"
    assert reach(run, 10, **default).mistake == "too-many-wrong"
    assert reach(run, 20, **default).mistake == "too-late"
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
    assert not goal(Wrong(0), epoch=0).passed


# --- the leaderboard judged

GOOD = {"alpha": 0.01, "units": 64, "batch_norm": True, "epochs": 12}
MIDDLING = {"alpha": 0.003, "units": 16, "epochs": 5}


@pytest.fixture
def board(tmp_path):
    return capstone.Leaderboard(tmp_path / "mine.jsonl", budget=800)


def test_a_board_is_told_what_is_missing_until_it_is_reached(board):
    assert checks.reached("my_trials.jsonl").mistake == "not-a-leaderboard"
    assert checks.reached(board).mistake == "nothing-tried"
    board.try_(MIDDLING)
    assert "It has 0 seeds" in checks.reached(board).hint
    board.run([checks.BASELINE], seeds=range(2))
    verdict = checks.reached(board)
    assert verdict.mistake == "no-baseline"
    assert "It has 2 seeds" in verdict.hint
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
    board.open_test_set()
    assert checks.reached(board).passed
    opened = board.file.read_bytes()
    board.try_({**MIDDLING, "epochs": 1})
    assert checks.reached(board).mistake == "trials-after-the-test"
    board.file.write_bytes(opened)
    board.open_test_set(checks.BASELINE)
    assert checks.reached(board).mistake == "test-set-opened-twice"


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
    base, good = (next(s for s in board.standings if s.configuration["units"] == units)
                  for units in (32, 64))  # fmt: skip
    assert base.mean - good.mean > checks.MARGIN
    assert good.mean > base.mean - checks.MARGIN - 0.03, "no present"
