"""The bank of answers to the exercises about pandas and caviar."""

from functools import partial

import numpy as np
import pytest

from course_utils import halving
from course_utils.checks import pandas_vs_caviar as checks
from course_utils.experiments import pandas_vs_caviar as lecture
from course_utils.experiments.pandas_vs_caviar import Panda
from tests.checks.stub_cells import stub_in


@pytest.mark.parametrize("name", ["rungs", "survivors"])
def test_the_stub_is_known_by_its_code(name):
    stub = stub_in("10_pandas_vs_caviar", name)
    assert getattr(checks, name)(stub).mistake == "still-the-stub"


def rungs_loop(n, r, R, eta):
    found = []
    while n >= 1 and r <= R:
        found.append((n, r))
        n, r = n // eta, r * eta
    return found


def rungs_recursive(n, r, R, eta):
    return [] if n < 1 or r > R else [(n, r), *rungs_recursive(n // eta, r * eta, R, eta)]


@pytest.mark.parametrize(
    "right",
    [
        rungs_loop,
        rungs_recursive,
        lambda n, r, R, eta: tuple(rungs_loop(n, r, R, eta)),
        lambda n, r, R, eta, verbose=False: halving.rungs(n, r, R, eta=eta),
        lambda n, r, R, eta: np.array(rungs_loop(n, r, R, eta), np.float32),
        lambda n, r, R, eta: [
            [n // eta**i, r * eta**i] for i in range(20) if n // eta**i and r * eta**i <= R
        ],
    ],
)
def test_right_rungs_pass(right):
    assert checks.rungs(right).passed


def changed(n, r, R, eta, *, models=None, epochs=None, stop=None):
    """The rungs, each part of them exchangeable, and written from the formula."""
    models = models or (lambda n, i: n // eta**i)
    epochs = epochs or (lambda i: r * eta**i)
    stop = stop or (lambda m, e: m < 1 or e > R)
    found = []
    for i in range(20):
        m, e = models(n, i), epochs(i)
        if i and stop(m, e):
            break
        found.append((m, e))
    return found


def step_by_step(fewer):
    def rungs(n, r, R, eta):
        found = []
        while n >= 1 and r <= R and len(found) < 20:
            found.append((n, r))
            n, r = fewer(n, eta), r * eta
        return found

    return rungs


@pytest.mark.parametrize(
    ("mistake", "wrong"),
    [
        ("stubs-numbers", lambda n, r, R, eta: [(n, r)]),
        ("rounded-up", step_by_step(lambda n, eta: int(np.ceil(n / eta)) if n > 1 else 0)),
        ("rounded-to-nearest", step_by_step(lambda n, eta: int(np.rint(n / eta)))),
        ("part-of-a-model", step_by_step(lambda n, eta: n / eta)),
        (
            "part-of-a-model",
            lambda n, r, R, eta: changed(n, r, R, eta, models=lambda n, i: n / eta**i),
        ),
        ("no-models-left", lambda n, r, R, eta: changed(n, r, R, eta, stop=lambda m, e: e > R)),
        ("more-than-largest", lambda n, r, R, eta: changed(n, r, R, eta, stop=lambda m, e: m < 1)),
        (
            "last-rung-missing",
            lambda n, r, R, eta: changed(n, r, R, eta, stop=lambda m, e: m < 1 or e >= R),
        ),
        (
            "last-model-missing",
            lambda n, r, R, eta: changed(n, r, R, eta, stop=lambda m, e: m <= 1 or e > R),
        ),
        (
            "epochs-stay",
            lambda n, r, R, eta: changed(n, r, R, eta, epochs=lambda i: r, stop=lambda m, e: m < 1),
        ),
        ("epochs-added", lambda n, r, R, eta: changed(n, r, R, eta, epochs=lambda i: r * (i + 1))),
        ("one-dropped-each-time", step_by_step(lambda n, eta: n - eta)),
        ("drops-one-in-eta", step_by_step(lambda n, eta: n - n // eta)),
        ("eta-always-3", lambda n, r, R, eta: rungs_loop(n, r, R, 3)),
        ("eta-always-2", lambda n, r, R, eta: rungs_loop(n, r, R, 2)),
        ("epochs-first", lambda n, r, R, eta: [pair[::-1] for pair in rungs_loop(n, r, R, eta)]),
        ("first-rung-missing", lambda n, r, R, eta: rungs_loop(n // eta, r * eta, R, eta)),
        ("wrong-parameters", lambda n, r, R: []),
        ("returns-none", lambda n, r, R, eta: None),
    ],
)
def test_wrong_rungs_are_named(mistake, wrong):
    assert checks.rungs(wrong).mistake == mistake


def by_argsort(errors, eta):
    first = np.argsort(errors, kind="stable")[: len(errors) // eta]
    return np.sort(first[~np.isnan(errors[first])])


def by_loop(errors, eta):
    alive, going = [i for i in range(len(errors)) if errors[i] == errors[i]], []
    while alive and len(going) < len(errors) // eta:
        best = min(alive, key=lambda i: (errors[i], i))
        alive.remove(best)
        going.append(best)
    return sorted(going)


@pytest.mark.parametrize(
    "right",
    [
        by_argsort,
        by_loop,
        lambda errors, eta, copy=True: tuple(by_loop(errors, eta)),
        lambda errors, eta: by_argsort(errors.astype(np.float32), eta).astype(float),
        lambda errors, eta: np.flatnonzero(
            (np.lexsort((np.arange(len(errors)), errors)).argsort() < len(errors) // eta)
            & np.isfinite(errors)
        ),
    ],
)
def test_right_survivors_pass(right):
    assert checks.survivors(right).passed


def in_place(errors, eta):
    errors[np.isnan(errors)] = np.inf
    first = np.argsort(errors, kind="stable")[: len(errors) // eta]
    return np.sort(first[np.isfinite(errors[first])])


@pytest.mark.parametrize(
    ("mistake", "wrong"),
    [
        ("stubs-numbers", lambda e, eta: np.arange(len(e))),
        ("stubs-numbers", lambda e, eta: list(range(e.size))),
        ("keeps-the-worst", lambda e, eta: by_argsort(-e, eta)),
        ("failed-are-best", lambda e, eta: by_argsort(np.nan_to_num(e), eta)),
        ("failed-go-on", lambda e, eta: np.sort(np.argsort(e, kind="stable")[: len(e) // eta])),
        ("failed-go-on", lambda e, eta: by_argsort(np.where(np.isnan(e), 9.0, e), eta)),
        (
            "failed-not-counted",
            lambda e, eta: np.sort(np.argsort(e, kind="stable")[: np.isfinite(e).sum() // eta]),
        ),
        (
            "rounded-up",
            lambda e, eta: np.array(
                [
                    i
                    for i in np.sort(np.argsort(e, kind="stable")[: int(np.ceil(len(e) / eta))])
                    if np.isfinite(e[i])
                ]
            ),
        ),
        (
            "drops-one-in-eta",
            lambda e, eta: np.array(
                [
                    i
                    for i in np.sort(np.argsort(e, kind="stable")[: len(e) - len(e) // eta])
                    if np.isfinite(e[i])
                ]
            ),
        ),
        (
            "eta-models",
            lambda e, eta: np.array(
                [i for i in np.sort(np.argsort(e, kind="stable")[:eta]) if np.isfinite(e[i])]
            ),
        ),
        ("half", lambda e, eta: by_argsort(e, 2)),
        ("later-first", lambda e, eta: np.sort(len(e) - 1 - by_argsort(e[::-1], eta))),
        (
            "ties-all-go-on",
            lambda e, eta: np.flatnonzero(e <= np.sort(e)[max(len(e) // eta, 1) - 1]),
        ),
        (
            "ties-all-dropped",
            lambda e, eta: np.flatnonzero(e < np.sort(e)[max(len(e) // eta, 1) - 1]),
        ),
        (
            "best-first",
            lambda e, eta: np.array(
                [i for i in np.argsort(e, kind="stable")[: len(e) // eta] if np.isfinite(e[i])]
            ),
        ),
        ("errors-for-numbers", lambda e, eta: np.sort(e)[: len(e) // eta]),
        ("errors-for-numbers", lambda e, eta: e[by_argsort(e, eta)]),
        ("counts-from-1", lambda e, eta: 1 + by_argsort(e, eta)),
        ("mask", lambda e, eta: np.array([i in by_loop(e, eta) for i in range(len(e))])),
        ("changes-its-input", in_place),
        ("returns-none", lambda e, eta: None),
        ("raises", lambda e, eta: e[eta, eta]),
    ],
)
def test_wrong_survivors_are_named(mistake, wrong):
    assert checks.survivors(wrong).mistake == mistake


def test_survivors_are_those_of_successive_halving():
    curves = lecture.eighty_one(2)
    done = lecture.halve(curves, smallest=1, eta=3)
    assert by_argsort(curves[:, 0], 3).tolist() == np.flatnonzero(done.last > 1).tolist()


def live_on(life, epoch, alpha):
    for _ in life.line.reach(epoch, (alpha, 0.9)):
        pass


def test_the_panda_wants_4_percent_for_25_epochs():
    life = Panda()
    goal = partial(checks.goal_four_percent, life)
    live_on(life, 5, 0.001)
    assert goal(epoch=5, alpha=0.001, beta=0.9).mistake == "too-many-wrong"
    live_on(life, 25, 0.001)
    assert goal(epoch=25).mistake == "too-many-wrong"
    life.begin()
    live_on(life, 10, 3.0)
    live_on(life, 22, 1.0)
    assert life.best <= 0.04
    assert goal(epoch=22, alpha=1.0, beta=0.9).passed
    live_on(life, 18, 1.0)
    live_on(life, 22, 1.1)  # four epochs thrown away: 26 in all
    assert life.paid == 26
    assert goal(epoch=22, alpha=1.1, beta=0.9).mistake == "too-dear"


def test_the_pandas_goal_is_within_reach_after_the_five_epochs_it_opens_with():
    def passed(alpha):
        life = Panda()
        live_on(life, 5, 0.001)
        live_on(life, 25, alpha)
        return checks.goal_four_percent(life).passed

    assert any(passed(alpha) for alpha in (1.0, 1.5, 2.0, 3.0))


@pytest.mark.parametrize(
    ("values", "mistake"),
    [
        ({"eta": 3, "smallest": 1, "models": 81, "draw": 2}, "dropped"),
        ({"eta": 2, "smallest": 1, "models": 81, "draw": 2}, None),
        ({"eta": 9, "smallest": 3, "models": 81, "draw": 2}, None),
        ({"eta": 3, "smallest": 3, "models": 81, "draw": 2}, "too-dear"),
        ({"eta": 2, "smallest": 1, "models": 27, "draw": 2}, "other-models"),
        ({"eta": 2, "smallest": 1, "models": 81, "draw": 1}, "other-models"),
    ],
)
def test_halving_is_to_keep_the_best(values, mistake):
    verdict = checks.goal_keep_the_best(**values)
    assert (verdict.passed, verdict.mistake) == (mistake is None, mistake)
