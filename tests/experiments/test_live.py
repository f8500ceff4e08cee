"""Frames of what goes on: the same settings give the same frame; the past says how it was made."""

import pytest

from course_utils.experiments.live import Runs, Scattered, Timeline


def counting():
    """A timeline of (frame, settings of each frame) that counts how often it was made."""
    made = []

    def advance(past, settings):
        made.append(settings)
        return (*past, settings)

    return Timeline((), advance), made


def reach(line, frame, settings):
    return list(line.reach(frame, settings))


def test_timeline_yields_each_frame_it_makes_and_last_the_one_asked_for():
    line, _ = counting()
    assert reach(line, 3, "a") == [(1, ("a",)), (2, ("a", "a")), (3, ("a", "a", "a"))]
    assert reach(line, 1, "a") == [(1, ("a",))]
    assert reach(line, 3, "a") == [(3, ("a", "a", "a"))]
    assert line.states == [(), ("a",), ("a", "a"), ("a", "a", "a")]


def test_timeline_keeps_the_past_and_lives_the_future_with_new_settings():
    line, made = counting()
    reach(line, 4, "a")
    assert reach(line, 4, "b")[-1] == (4, ("a",) * 4)
    assert reach(line, 5, "b")[-1] == (5, ("a",) * 4 + ("b",))
    assert reach(line, 2, "b")[-1] == (2, ("a", "a"))
    assert reach(line, 3, "b")[-1] == (3, ("a", "a", "b"))
    assert reach(line, 0, "a")[-1] == (0, ())
    assert reach(line, 3, "a")[-1] == (3, ("a",) * 3)
    assert made == ["a"] * 4 + ["b", "b", "a"]


def test_timeline_left_on_its_way_goes_on_from_where_it_came_to():
    line, made = counting()
    way = line.reach(10, "a")
    next(way), next(way)
    assert line.shown == 2
    assert reach(line, 3, "b")[-1] == (3, ("a", "a", "b"))
    assert made == ["a", "a", "b"]


def test_timeline_says_what_each_frame_was_made_with():
    line, _ = counting()
    reach(line, 2, "a"), reach(line, 2, "b")
    assert line.settings == ["a", "a"]
    reach(line, 3, "b")
    assert line.settings == ["a", "a", "b"]
    reach(line, 1, "b")
    assert line.settings == ["a"]


def numbered_runs(**options):
    """Runs whose states are the settings of each frame, and a list of all that were made."""
    made = []

    def advance(past, settings):
        made.append(settings)
        return (*past, settings)

    return Runs((), advance, **options), made


def test_a_run_is_a_function_of_frame_and_settings():
    runs, _ = numbered_runs()
    for settings in "abca":
        for frame in (4, 0, 2, 2, 5):
            assert list(runs.reach(frame, settings))[-1][1][-1] == (settings,) * frame


def test_a_run_makes_each_frame_once_and_yields_the_ones_on_its_way():
    runs, made = numbered_runs()
    assert [number for number, _ in runs.reach(3, "a")] == [0, 1, 2, 3]
    assert [number for number, _ in runs.reach(3, "a")] == [3]
    assert [number for number, _ in runs.reach(5, "a")] == [3, 4, 5]
    assert made == ["a"] * 5


def test_a_run_left_on_its_way_is_gone_on_with():
    runs, made = numbered_runs()
    way = runs.reach(9, "a")
    next(way), next(way), next(way)
    assert runs.states(4, "a")[-1] == ("a",) * 4
    assert made == ["a"] * 4


def test_only_so_many_runs_are_kept_and_a_forgotten_one_comes_back_the_same():
    runs, made = numbered_runs(kept=2)
    first = runs.states(2, "a")
    runs.states(2, "b"), runs.states(2, "a"), runs.states(2, "c")
    assert runs.states(2, "a") == first
    assert made == list("aabbcc")
    assert runs.states(2, "b")[-1] == ("b", "b")
    assert made == list("aabbccbb")


def test_a_run_that_fails_keeps_what_it_had():
    def advance(state, settings):
        if state == settings:
            raise ArithmeticError("diverged")
        return state + 1

    runs = Runs(0, advance)
    with pytest.raises(ArithmeticError):
        runs.states(5, 2)
    assert runs.states(2, 2) == [0, 1, 2]


HOME, AWAY, ELSEWHERE = (0.0, 0.0), (1.0, 0.0), (0.0, 1.0)


def scattered(*moves):
    points = Scattered(reach=0.1)
    return [points.so_far(*move) for move in moves][-1]


def test_points_stay_where_they_are_left_and_the_last_go_first():
    moves = [(0, HOME), (1, HOME), (1, AWAY), (3, AWAY), (3, ELSEWHERE)]
    assert scattered(*moves) == ([HOME, AWAY, AWAY, ELSEWHERE], 3)
    assert scattered(*moves, (1, ELSEWHERE)) == ([HOME, ELSEWHERE], 1)
    assert scattered(*moves, (0, ELSEWHERE)) == ([ELSEWHERE], 0)


@pytest.mark.parametrize("onto", [(0.0, 0.0), (0.07, -0.06)])
def test_a_jump_onto_a_point_takes_it_up_and_the_other_stays(onto):
    moves = [(1, HOME), (1, AWAY), (1, onto)]
    assert scattered(*moves) == ([onto, AWAY], 0)
    assert scattered(*moves, (1, ELSEWHERE)) == ([ELSEWHERE, AWAY], 0)
    assert scattered(*moves, (1, AWAY)) == ([onto, AWAY], 1)
    assert scattered(*moves, (2, onto)) == ([onto, AWAY, onto], 2)
    assert scattered(*moves, (0, onto)) == ([onto], 0)


def test_what_is_led_onto_a_point_or_falls_beside_it_is_laid_down():
    led = [(1, HOME), (1, (0.9, 0.0)), (1, (0.45, 0.0)), (1, HOME)]
    assert scattered(*led) == ([HOME, HOME], 1)
    assert scattered((1, HOME), (1, AWAY), (1, (0.11, 0.0))) == ([HOME, (0.11, 0.0)], 1)


def test_of_two_points_in_reach_the_nearer_is_taken_up():
    near = [(1, HOME), (1, (0.15, 0.0)), (2, (0.15, 0.0)), (2, AWAY)]
    assert scattered(*near, (2, (0.09, 0.0)))[1] == 1
    assert scattered(*near, (2, (0.06, 0.0)))[1] == 0
