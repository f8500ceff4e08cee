"""Search: which configurations are tried, and what looking at results on the way is worth."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kstest

from course_utils import halving, search
from course_utils.sampling_scales import Choice, Integer, Linear, Log, OneMinusLog

SPACE = {
    "alpha": Log(1e-4, 1.0),
    "beta": OneMinusLog(0.9, 0.999),
    "units": Integer(2, 64),
    "activation": Choice(("relu", "tanh")),
}
UNIT = {"x": Linear(0.0, 1.0), "y": Linear(0.0, 1.0)}


def bowl(configuration, rng):
    return (configuration["x"] - 0.3) ** 2 + 0.01 * (configuration["y"] - 0.6) ** 2


def test_a_grid_of_25_tries_5_values_of_each_random_25_t2():
    tried = {
        name: len({c["x"] for c in configurations})
        for name, configurations in {
            "grid": search.grid(UNIT, 5),
            "random": search.random(UNIT, 25, np.random.default_rng(0)),
        }.items()
    }
    assert tried == {"grid": 5, "random": 25}
    cube = {**UNIT, "z": Linear(0.0, 1.0)}
    assert len(search.grid(cube, 3)) == 27
    assert len({c["z"] for c in search.grid(cube, 3)}) == 3


def test_a_grid_may_have_other_points_for_each_and_no_value_twice():
    found = search.grid(SPACE, {"alpha": 5, "beta": 3, "units": 2, "activation": 7})
    assert len(found) == 5 * 3 * 2 * 2
    assert [c["alpha"] for c in found[::12]] == pytest.approx([1e-4, 1e-3, 1e-2, 0.1, 1])
    assert len({tuple(c.values()) for c in found}) == len(found)


@pytest.mark.parametrize("draw", [search.random, search.sobol])
def test_drawn_on_their_scales(draw):
    found = draw(SPACE, 512, np.random.default_rng(0))
    u = search.to_unit(SPACE, found)
    for column in u.T[:2]:
        assert kstest(column, "uniform").pvalue > 0.01
    assert {type(value) for value in found[0].values()} == {float, int, str}
    assert {c["activation"] for c in found} == {"relu", "tanh"}
    assert found == draw(SPACE, 512, np.random.default_rng(0))
    assert found != draw(SPACE, 512, np.random.default_rng(1))


def hits(draw, dimensions, side, seeds):
    """Return how often 128 points hit a cube of volume 1 % that lies anywhere."""
    space = {f"x{i}": Linear(0.0, 1.0) for i in range(dimensions)}
    found = []
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        points = search.to_unit(space, draw(space, 128, rng))
        corner = rng.random((40, 1, dimensions)) * (1 - side)
        inside = ((points > corner) & (points < corner + side)).all(axis=2).any(axis=1)
        found.append(inside.mean())
    return np.mean(found)


@pytest.mark.parametrize(("dimensions", "even"), [(2, 0.86), (4, 0.79)])
def test_even_points_hit_more_often_t9(dimensions, even):
    side = 0.01 ** (1 / dimensions)
    assert hits(search.random, dimensions, side, 60) == pytest.approx(0.73, abs=0.04)
    assert hits(search.sobol, dimensions, side, 60) == pytest.approx(even, abs=0.04)


def test_to_unit_undoes_from_unit():
    u = np.random.default_rng(0).random((50, 2))
    there = {"alpha": SPACE["alpha"], "beta": SPACE["beta"]}
    np.testing.assert_allclose(search.to_unit(there, search.from_unit(there, u)), u, rtol=1e-9)


@given(st.floats(0, 1), st.floats(0.01, 1))
def test_zooming_keeps_the_middle_inside_and_has_the_asked_width(u, share):
    space = {"alpha": Log(1e-4, 1.0), "units": Integer(2, 64), "activation": Choice(("a", "b"))}
    middle = {name: scale.from_unit(u) for name, scale in space.items()}
    smaller = search.zoom(space, middle, share)
    ends = space["alpha"].to_unit(np.array([smaller["alpha"].low, smaller["alpha"].high]))
    assert ends[1] - ends[0] == pytest.approx(share, abs=1e-6)
    assert ends[0] - 1e-9 <= space["alpha"].to_unit(middle["alpha"]) <= ends[1] + 1e-9
    assert 2 <= smaller["units"].low <= middle["units"] <= smaller["units"].high <= 64
    assert smaller["units"].low < smaller["units"].high
    assert smaller["activation"] == space["activation"]


def test_coarse_to_fine_looks_closer_round_by_round_t5():
    found = search.coarse_to_fine(
        bowl, UNIT, trials=32, rounds=3, share=0.4, rng=np.random.default_rng(0), progress=False
    )
    rounds = np.array([t.more["round"] for t in found])
    assert np.bincount(rounds).tolist() == [12, 10, 10]
    spreads = [np.ptp(found.column("x")[rounds == k]) for k in range(3)]
    assert spreads[1] < 0.41
    assert spreads[2] < 0.17
    assert [t.number for t in found] == list(range(32))


def test_coarse_to_fine_beats_random_on_a_bowl_and_not_always_t5():
    ends = []
    for seed in range(50):
        rng = np.random.default_rng(seed)
        fine = search.coarse_to_fine(bowl, UNIT, trials=30, rounds=3, rng=rng, progress=False)
        plain = min(bowl(c, rng) for c in search.random(UNIT, 30, rng))
        ends.append((fine.best.value, plain))
    fine, plain = np.transpose(ends)
    assert np.median(fine) < 0.7 * np.median(plain)
    assert 0.6 < (fine < plain).mean() < 1


def test_coarse_to_fine_goes_on_where_all_fail():
    def fails(configuration, rng):
        raise ArithmeticError("no")

    found = search.coarse_to_fine(
        fails, UNIT, trials=6, rounds=2, rng=np.random.default_rng(0), progress=False
    )
    assert len(found.failed) == 6


HYPERBAND_81 = {
    4: [(81, 1), (27, 3), (9, 9), (3, 27), (1, 81)],
    3: [(34, 3), (11, 9), (3, 27), (1, 81)],
    2: [(15, 9), (5, 27), (1, 81)],
    1: [(8, 27), (2, 81)],
    0: [(5, 81)],
}


def test_the_brackets_of_the_paper_t8():
    found = {s: [tuple(rung) for rung in rungs] for s, rungs in halving.brackets(81).items()}
    assert found == HYPERBAND_81


def test_a_power_of_eta_gets_all_its_brackets():
    """3^5 = 243, and log(243, 3) rounds to 4.99..."""
    assert [len(rungs) for rungs in halving.brackets(243).values()] == [6, 5, 4, 3, 2, 1]
    assert halving.rungs(5, 1, 100, eta=2) == [(5, 1), (2, 2), (1, 4)]


def slow_starter(configuration, rng):
    """Number 0 is best in the end, but worst at first."""
    x, epochs = configuration["x"], configuration["epochs"]
    return {0: 100.0 / epochs}.get(x, 1.0 + x)


def test_halving_keeps_the_better_third_and_their_numbers_t8():
    seen = []

    def objective(configuration, rng):
        seen.append((configuration["x"], configuration["epochs"], rng.random()))
        return slow_starter(configuration, rng)

    found = halving.successive_halving(
        objective, [{"x": x} for x in range(9)], smallest=1, largest=9, progress=False
    )
    rungs = [[t.number for t in found if t.configuration["epochs"] == e] for e in (1, 3, 9)]
    assert rungs == [list(range(9)), [1, 2, 3], [1]]
    randoms = {x: {r for number, _, r in seen if number == x} for x in range(9)}
    assert all(len(r) == 1 for r in randoms.values())


def test_hyperband_gives_a_slow_starter_its_time_t8():
    """Halving drops it on the first rung; the last brackets do not ask so early."""
    space, best = {"x": Integer(0, 2)}, []
    for seed in range(20):
        found = halving.hyperband(
            slow_starter, space, largest=81, progress=False, rng=np.random.default_rng(seed)
        )
        best.append((found.best.configuration["x"], found.best.more["bracket"]))
    of_slow = [bracket for x, bracket in best if x == 0]
    assert len(of_slow) > 12
    assert max(of_slow) <= 1
    counts = {s: sum(t.more["bracket"] == s for t in found) for s in range(5)}
    assert counts == {s: sum(n for n, _ in rungs) for s, rungs in HYPERBAND_81.items()}


def test_halving_drops_what_fails_and_stops_when_nothing_is_left():
    def fails(configuration, rng):
        if configuration["x"] % 2 == 0 or configuration["epochs"] == 3:
            raise ArithmeticError("no")
        return configuration["x"]

    found = halving.successive_halving(
        fails, [{"x": x} for x in range(9)], smallest=1, largest=9, progress=False
    )
    assert sorted(t.number for t in found if t.configuration["epochs"] == 3) == [1, 3, 5]
    assert len(found) == 12


def test_halving_resumes_from_its_file(tmp_path):
    ran = []

    def objective(configuration, rng):
        ran.append(1)
        return configuration["x"] + rng.normal() / configuration["epochs"]

    options = {"smallest": 1, "largest": 9, "file": tmp_path / "s.jsonl", "progress": False}
    configurations = [{"x": x} for x in range(9)]
    first = halving.successive_halving(objective, configurations, **options)
    assert len(ran) == 13
    assert halving.successive_halving(objective, configurations, **options) == first
    assert len(ran) == 13


def test_on_the_edge():
    assert search.on_edge(
        SPACE, {"alpha": 1e-4, "beta": 0.99, "units": 64, "activation": "relu"}
    ) == ["alpha", "units"]


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: search.grid(UNIT, 1), "points >= 2 must hold, but got points=1"),
        (lambda: search.random(UNIT, 0, np.random.default_rng(0)), "trials >= 1 .*trials=0"),
        (lambda: search.zoom(UNIT, {"x": 0.5, "y": 0.5}, 0), "0 < share <= 1 must hold"),
        (lambda: search.zoom(UNIT, {"x": 1.5, "y": 0.5}, 0.5), "1.5"),
        (lambda: halving.rungs(9, 5, 3), "largest >= 5 must hold, but got largest=3"),
        (lambda: halving.brackets(81, eta=1), "eta >= 2 must hold, but got eta=1"),
        (
            lambda: search.coarse_to_fine(
                bowl, UNIT, trials=2, rounds=3, rng=np.random.default_rng(0)
            ),
            "each round needs a trial, but got trials=2 for rounds=3",
        ),
        (lambda: search.grid(UNIT, {"x": 3}), "points should have x, y, but there is no .y."),
        (lambda: search.zoom(UNIT, {"x": 0.5}, 0.5), "configuration should have x, y, but there"),
        (lambda: search.on_edge(UNIT, {"x": 0.5}), "configuration should have x, y, but there"),
        (
            lambda: search.on_edge(UNIT, {"x": 0.5, "y": 0.5}, share=0.6),
            "0 < share < 0.5 must hold",
        ),
        (lambda: search.to_unit(UNIT, [{"x": 0.5}]), "configurations should have x, y, but there"),
        (lambda: search.from_unit(UNIT, [[0.5]]), r"2 columns, one for each .* got shape \(1, 1\)"),
        (lambda: search.from_unit(UNIT, [[0.5, math.nan]]), r"points\[0, 1\] is nan"),
        (lambda: search.random(UNIT, 2.5, np.random.default_rng(0)), "should be a whole number"),
        (
            lambda: halving.successive_halving(
                bowl, [{"x": 1, "y": 1}] * 2, smallest=1, largest=3, numbers=[1, 1]
            ),
            "numbers should differ",
        ),
    ],
)
def test_bad_input_is_named(call, says):
    with pytest.raises(ValueError, match=says):
        call()


@pytest.mark.parametrize("space", [{}, None, {"x": (0, 1)}, ["x"], {"x": Linear}])
def test_what_is_no_space_is_named(space):
    with pytest.raises(TypeError, match=r"space(\['x'\])? should be a"):
        search.random(space, 3, np.random.default_rng(0))


def test_a_seed_for_a_generator_is_named():
    with pytest.raises(TypeError, match=r"np\.random\.default_rng\(3\)"):
        search.random(UNIT, 5, 3)
    assert math.isfinite(search.random(UNIT, 1, np.random.default_rng(3))[0]["x"])
