"""The checks about the tuning process name every mistake and refuse no right answer."""

import math
from functools import partial

import numpy as np
import pytest

from course_utils.checks import tuning_process as checks
from course_utils.figures import tuning_process as figures


def search(objective, n, rng, *, draw=None, pick=np.nanargmin, answer=lambda points, i: points[i]):
    points = rng.random((n, 2)) if draw is None else draw(n, rng)
    errors = [objective(x, y) for x, y in points]
    return answer(points, pick(errors))


def by_comparison(objective, n, rng):
    best, least = (0.0, 0.0), math.inf
    for _ in range(n):
        x, y = rng.uniform(), rng.uniform()
        error = objective(x, y)
        if error < least:
            best, least = (x, y), error
    return best


@pytest.mark.parametrize("right", [
    search, by_comparison,
    partial(search, draw=lambda n, rng: rng.uniform(size=(2, n)).T),
    partial(search, draw=lambda n, rng: np.column_stack([rng.random(n), rng.random(n)])),
    partial(search, answer=lambda points, i: list(map(float, points[i]))),
    lambda objective, n, rng: min(rng.random((n, 2)).tolist(), key=lambda p: (
        math.inf if math.isnan(error := objective(*p)) else error)),
])  # fmt: skip
def test_right_random_search_passes(right):
    assert checks.random_search(right).passed


def grid_points(n, rng):
    side = math.ceil(n**0.5)
    u = (np.arange(side) + 0.5) / side
    return np.stack(np.meshgrid(u, u), axis=-1).reshape(-1, 2)[:n]


def first_kept(objective, n, rng):
    points = rng.random((n, 2))
    [objective(x, y) for x, y in points]
    return points[0]


@pytest.mark.parametrize(("mistake", "wrong"), [
    ("not-a-function", 3),
    ("still-the-stub", lambda objective, n, rng: (0.0, 0.0)),
    ("nothing-tried", lambda objective, n, rng: rng.random(2)),
    ("returns-none", lambda objective, n, rng: [objective(*rng.random(2)) for _ in range(n)][1:0]
     or None),
    ("outside", partial(search, draw=lambda n, rng: rng.normal(size=(n, 2)))),
    ("outside", partial(search, draw=lambda n, rng: rng.uniform(0, 10, (n, 2)))),
    ("one-point", partial(search, draw=lambda n, rng: np.tile(rng.random(2), (n, 1)))),
    ("both-the-same", partial(search, draw=lambda n, rng: np.tile(rng.random((n, 1)), 2))),
    ("a-grid", partial(search, draw=grid_points)),
    ("wrong-count", lambda objective, n, rng: search(objective, n + 1, rng)),
    ("wrong-count", lambda objective, n, rng: min(rng.random((2 * n, 2)).tolist(),
                                                  key=lambda p: objective(*p))),
    ("returns-the-error", lambda objective, n, rng: np.nanmin(
        [objective(*p) for p in rng.random((n, 2))])),
    ("returns-the-place", partial(search, answer=lambda points, i: i)),
    ("not-a-point", partial(search, answer=lambda points, i: points)),
    ("nan-wins", partial(search, pick=np.argmin)),
    ("returns-the-worst", partial(search, pick=np.nanargmax)),
    ("not-tried", partial(search, answer=lambda points, i: points[i][::-1])),
    ("not-tried", partial(search, answer=lambda points, i: points[i] / 2)),
    ("returns-the-last", partial(search, pick=lambda errors: -1 if errors[-1] == errors[-1] else
                                 np.nanargmin(errors))),
    ("same-every-time", partial(search, draw=lambda n, rng: np.random.default_rng(0).random((n, 2)))
     ),
    ("not-from-rng", partial(search, draw=lambda n, rng: np.random.default_rng().random((n, 2)))),
    ("raises", lambda objective, n, rng: objective[0]),
    ("raises", lambda objective, n, rng: [objective(*rng.random(2)) for _ in range(n)][n]),
])  # fmt: skip
def test_wrong_random_search_is_named(mistake, wrong):
    assert checks.random_search(wrong).mistake == mistake


def test_the_first_one_kept_is_no_best():
    assert checks.random_search(first_kept).mistake in {"returns-the-first", "nan-wins"}
    assert checks.random_search(partial(search, pick=lambda errors: np.nanargmin(errors) // 2)
                                ).mistake in {"not-the-best", "nan-wins"}  # fmt: skip


def test_an_endless_search_is_stopped(monkeypatch):
    monkeypatch.setattr(checks, "call", partial(checks.call, seconds=0.2))

    def endless(objective, n, rng):
        while True:
            pass

    assert checks.random_search(endless).mistake == "endless"


def edge(x, low, high):
    u = (np.log10(x) - np.log10(low)) / (np.log10(high) - np.log10(low))
    return int(u > 0.95) - int(u < 0.05)


@pytest.mark.parametrize("right", [
    edge, lambda x, low, high: float(edge(x, low, high)),
    lambda x, low, high: np.sign(round((math.log(x / low) / math.log(high / low) - 0.5) / 0.9)),
])  # fmt: skip
def test_right_edge_passes(right):
    assert checks.on_edge(right).passed


@pytest.mark.parametrize(("mistake", "wrong"), [
    ("still-the-stub", lambda x, low, high: 0),
    ("measured-linearly", lambda x, low, high: int(x > high - 0.05 * (high - low))
     - int(x < low + 0.05 * (high - low))),
    ("only-the-end-itself", lambda x, low, high: int(x >= high) - int(x <= low)),
    ("only-the-low-end", lambda x, low, high: min(edge(x, low, high), 0)),
    ("only-the-high-end", lambda x, low, high: max(edge(x, low, high), 0)),
    ("ends-swapped", lambda x, low, high: -edge(x, low, high)),
    ("five-percent-of-the-value", lambda x, low, high: int(x > high * 0.95) - int(x < low * 1.05)),
    ("not-divided-by-the-way", lambda x, low, high: int(np.log10(high) - np.log10(x) < 0.05)
     - int(np.log10(x) - np.log10(low) < 0.05)),
    ("returns-the-position", lambda x, low, high: np.log(x / low) / np.log(high / low)),
    ("nearer-end", lambda x, low, high: 1 if x >= (low * high) ** 0.5 else -1),
    ("ten-percent", lambda x, low, high: int(np.log(x / low) > 0.9 * np.log(high / low))
     - int(np.log(x / low) < 0.1 * np.log(high / low))),
    ("returns-none", lambda x, low, high: None),
])  # fmt: skip
def test_wrong_edge_is_named(mistake, wrong):
    assert checks.on_edge(wrong).mistake == mistake


def counted(share, probability):
    n, missed = 0, 1.0
    while 1 - missed < probability - 1e-12:
        n, missed = n + 1, missed * (1 - share)
    return n


@pytest.mark.parametrize("right", [
    counted, lambda share, p: int(np.ceil(np.log1p(-p) / np.log1p(-share))),
    lambda s, probability: math.ceil(math.log(1 - probability, 1 - s)),
])  # fmt: skip
def test_right_number_of_trials_passes(right):
    assert checks.trials_needed(right).passed


@pytest.mark.parametrize(("mistake", "wrong"), [
    ("still-the-stub", lambda share, p: 0),
    ("rounded-down", lambda share, p: int(np.log(1 - p) / np.log(1 - share))),
    ("rounded-down", lambda share, p: round(math.log10(1 - p) / math.log10(1 - share))),
    ("not-rounded", lambda share, p: np.log(1 - p) / np.log(1 - share)),
    ("one-over-share", lambda share, p: round(1 / share + 0.49)),
    ("probability-over-share", lambda share, p: int(np.ceil(round(p / share, 9)))),
    ("log-of-p", lambda share, p: math.ceil(math.log(p, 1 - share))),
    ("log-of-share", lambda share, p: math.ceil(math.log(1 - p, share))),
    ("one-too-many", lambda share, p: counted(share, p) + 1),
    ("arguments-swapped", lambda share, p: counted(p, share)),
    ("raises", lambda share, p: math.log(1 - p) / 0),
])  # fmt: skip
def test_wrong_number_of_trials_is_named(mistake, wrong):
    assert checks.trials_needed(wrong).mistake == mistake


def test_the_challenge_to_beat_the_grid():
    goal = partial(checks.goal_beat_the_grid, figures.best_of)
    matters = "only one matters"
    assert goal(method="grid", trials=16, seed=0, surface=matters).mistake == "a-grid"
    assert not goal(method="random", trials=64, seed=0, surface=matters).passed
    assert (
        goal(method="random", trials=16, seed=0, surface="both matter").mistake == "other-surface"
    )
    passed = [goal(method="random", trials=16, seed=s, surface=matters).passed for s in range(10)]
    assert 5 <= sum(passed) < 10


def test_the_challenge_to_find_the_knob():
    goal = checks.goal_find_the_knob
    assert goal(knob="alpha", low=0.0, high=1.0).mistake == "not-yet"
    assert goal(knob="alpha", low=0.48, high=0.8).passed
    assert not goal(knob="alpha", low=0.0, high=0.3).passed
    ends = np.linspace(0, 1, 41)
    for knob in ("beta1", "layers", "decay", "beta2", "epsilon", "units", "size"):
        assert not any(goal(knob=knob, low=low, high=low + 0.34).passed for low in ends[:27])
