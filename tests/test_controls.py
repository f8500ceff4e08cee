"""Sliders: texts tell neighbours apart, round values can be reached, nothing is clamped."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from course_utils.sampling_scales import Choice, Integer, Linear, Log, OneMinusLog
from course_utils.support.words import typeset
from course_utils.widgets import controls

ROUND = {
    OneMinusLog(0.5, 0.999): [0.5, 0.6, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999],
    OneMinusLog(0.5, 0.99): [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99],
    OneMinusLog(0.9, 0.999): [0.9, 0.92, 0.95, 0.98, 0.99, 0.995, 0.999],
    OneMinusLog(0, 0.9999): [0, 0.5, 0.9, 0.98, 0.99, 0.999, 0.9999],
    OneMinusLog(0.47, 0.9973): [0.5, 0.9, 0.98, 0.99, 0.995],
    Log(0.0001, 1): [0.0001, 0.0005, 0.001, 0.0015, 0.002, 0.0075, 0.01, 0.03, 0.05, 0.1, 0.5, 1],
    Log(0.00037, 4): [0.001, 0.01, 0.1, 1, 2, 3],
    Log(0.1, 10): [0.1, 0.15, 0.2, 0.25, 0.5, 1, 1.5, 2, 2.5, 5, 10],
    Log(1e-8, 1e-1): [1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1],
    Log(10, 1000): [10, 20, 50, 100, 200, 500, 1000],
    Linear(-2, 2): [-2, -1.5, -1, -0.2, 0, 0.1, 0.5, 1, 2],
    Linear(0, 1): [0, 0.01, 0.25, 0.5, 0.75, 0.99, 1],
    Linear(-1, 2): [-1, 0, 0.1, 0.5, 1, 1.5, 2],
    Linear(0, 0.7): [0, 0.1, 0.2, 0.3, 0.35, 0.5, 0.7],
}


@pytest.mark.parametrize("scale", ROUND, ids=repr)
def test_round_values_are_on_the_slider(scale):
    control = controls.scale(scale, scale.high)
    assert set(ROUND[scale]) <= set(control.values)
    for value in ROUND[scale]:
        said = control.texts[control.position(value)]
        assert said == typeset(f"{value:g}")


def test_the_lecture_s_betas_read_as_the_lecture_writes_them():
    control = controls.scale(OneMinusLog(0.5, 0.9999), 0.9)
    written = [control.text(beta) for beta in (0.5, 0.9, 0.98, 0.99, 0.999, 0.9995, 0.9999)]
    assert written == ["0.5", "0.9", "0.98", "0.99", "0.999", "0.9995", "0.9999"]


def test_a_round_number_at_the_edge_of_its_cell_is_not_lost():
    cell = 0.9150336, 0.9097684, 0.9199916
    assert controls._roundest(*cell) == 0.91
    assert controls._roundest(0.2, 0.04, 1.5) == 1.0
    assert controls._roundest(-0.9150336, -0.9199916, -0.9097684) == -0.91


def test_ends_are_kept_exactly():
    scale = Linear(0.0, 0.9999999999999999)
    assert controls.scale(scale, 0.5, points=11).values[-1] == 0.9999999999999999


def test_linear_steps_stay_even():
    for span, step in [(10, 0.2), (0.5, 0.01), (125, 2.5), (25, 0.5)]:
        values = controls.scale(Linear(-span, span), 0).values
        assert np.allclose(np.diff(values), step)
        assert len(values) == 101


@pytest.mark.parametrize("scale", [*ROUND, Linear(3, 777.7), OneMinusLog(-5, 0.3)], ids=repr)
@pytest.mark.parametrize("points", [11, 41, 101])
def test_steps_stay_near_an_even_spacing_of_the_scale(scale, points):
    u = scale.to_unit(np.array(controls.scale(scale, scale.low, points=points).values))
    assert len(u) == points
    assert np.abs(u * (points - 1) - np.arange(points)).max() <= 0.5 + 1e-9


@st.composite
def scales(draw):
    kind, number = draw(
        st.sampled_from(
            [
                (Linear, st.floats(-1e4, 1e4)),
                (Log, st.floats(1e-9, 1e9)),
                (OneMinusLog, st.floats(-10, 0.99999)),
            ]
        )
    )
    low, high = sorted(float(f"{draw(number):.9g}") for _ in range(2))
    assume(high - low > 1e-3 * max(abs(low), abs(high), 1e-3))
    assume(kind is not OneMinusLog or (high - low) / (1 - high) > 1e-2)
    return kind(low, high)


@given(scales(), st.floats(0, 1), st.integers(2, 150))
@settings(deadline=None)
def test_every_slider(scale, u, points):
    default = float(f"{scale.from_unit(u):.9g}")
    assume(scale.low <= default <= scale.high)
    control = controls.scale(scale, default, points=points)
    values = np.array(control.values, dtype=float)
    assert (values[0], values[-1]) == (scale.low, scale.high)
    assert np.all(np.diff(values) > 0)
    assert control.default in control.values, "the default is a step of the slider"
    assert len(set(control.texts)) == len(control.texts), "no two steps read the same"
    said = [float(text.replace("−", "-")) for text in control.texts]
    assert np.allclose(said, values, rtol=1e-10, atol=1e-11)
    for i in (0, len(values) // 2, len(values) - 1):
        assert control.position(control.values[i]) == i
        assert control.text(control.values[i]) == control.texts[i]


@given(scales(), st.floats(0, 1))
@settings(deadline=None)
def test_position_is_the_nearest_step_on_the_scale(scale, u):
    control = controls.scale(scale, scale.low, points=21)
    value = float(scale.from_unit(u))
    distances = np.abs(scale.to_unit(np.array(control.values, dtype=float)) - scale.to_unit(value))
    assert distances[control.position(value)] == pytest.approx(distances.min(), abs=1e-12)


@pytest.mark.parametrize("beta", [0.999, 0.9990001, 0.99999, 0.9999999, 1 - 1e-9])
def test_a_beta_below_1_never_reads_1(beta):
    control = controls.scale(OneMinusLog(0.5, 1 - 1e-10), 0.9)
    assert float(control.text(beta)) == pytest.approx(beta, rel=1e-11)
    assert float(control.text(beta)) < 1
    assert all(float(text) < 1 for text in control.texts)


def test_between_two_steps_the_text_is_the_value_itself():
    control = controls.scale(Log(0.0001, 1), 0.01)
    assert control.text(0.0123) == "0.0123"
    assert control.text(0.012345678) == "0.012345678"
    assert control.text(0.01) == "0.01"


@pytest.mark.parametrize(
    ("scale", "value", "message"),
    [
        (OneMinusLog(0.5, 0.999), 1.0, "0.5 <= x <= 0.999 must hold, but got 1"),
        (OneMinusLog(0.5, 0.999), 0.9990001, "must hold, but got 0.9990001"),
        (OneMinusLog(0.5, 0.999), 0.4999999, "must hold, but got 0.4999999"),
        (Log(0.0001, 1), 0, "0.0001 <= x <= 1 must hold, but got 0"),
        (Linear(-2, 2), -2.000001, "must hold, but got -2.000001"),
        (Linear(-2, 2), float("nan"), "x should be a finite number, but got x=nan"),
        (Linear(-2, 2), float("inf"), "x should be a finite number, but got x=inf"),
        (Integer(2, 4), 5, "2 <= x <= 4 must hold, but got 5"),
        (Integer(2, 4), 2.5, "x should be a whole number, but got x=2.5"),
    ],
)
def test_what_is_out_of_range_is_refused_and_never_clamped(scale, value, message):
    control = controls.scale(scale, scale.high)
    for ask in (control.position, control.text, lambda v: controls.scale(scale, v)):
        with pytest.raises(ValueError, match=message):
            ask(value)


def test_whole_numbers_have_a_step_each_and_no_decimals():
    control = controls.scale(Integer(50, 100), 64, points=3)
    assert control.values == tuple(range(50, 101))
    assert control.texts[control.position(64)] == "64"
    assert all(type(value) is int for value in control.values)


def test_zero_has_no_sign_and_small_numbers_stay_readable():
    assert "0" in controls.scale(Linear(-1, 1), 0.0).texts
    assert not {"-0", "−0"} & set(controls.scale(Linear(-1, 1), -0.0).texts)
    assert controls.scale(Linear(-1, 1), -0.0).text(-0.0) == "0"
    assert controls.scale(Log(1e-8, 1e-4), 1e-8).texts[0] == "1e−8"
    assert controls.scale(Linear(-0.3, 0.6), 0.0, points=4).texts == ("−0.3", "0", "0.3", "0.6")


def test_a_default_off_the_grid_is_added():
    control = controls.scale(OneMinusLog(0.9, 0.999), 0.93217)
    assert control.default == 0.93217
    assert control.texts[control.position(0.93217)] == "0.93217"
    assert len(control.values) == 102


@pytest.mark.parametrize(
    ("scale", "message"),
    [
        (Integer(1, 10**7), r"at most 10000 steps, but Integer\(1, 10000000\) has 10000000: take"),
        (Choice(("sgd", "adam")), r"use controls.choice\(\('sgd', 'adam'\), ...\)"),
        (0.5, r"a slider needs a scale, such as Linear\(0, 1\), but got 0.5"),
        (Linear, "a slider needs a scale"),
    ],
)
def test_what_no_slider_can_be_made_of_is_refused_with_a_cure(scale, message):
    with pytest.raises((TypeError, ValueError), match=message):
        controls.scale(scale, 1)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"points": 10**7}, "points"),
        ({"points": 1}, "points"),
        ({"points": "9"}, "points"),
        ({"rate": 0}, "rate > 0"),
        ({"rate": -1}, "rate > 0"),
        ({"rate": np.inf}, "rate should be a finite number"),
        ({"play": "no"}, "play should be True or False"),
        ({"label": 3}, "label should be a string"),
    ],
)
def test_steps_rates_and_words_that_cannot_be_are_refused(options, message):
    with pytest.raises((TypeError, ValueError), match=message):
        controls.scale(Linear(0, 1), 0.5, **options)


def test_a_number_too_large_for_the_machine_is_refused():
    with pytest.raises(ValueError, match="x should be a number below 1e308"):
        controls.scale(Linear(0, 1), 10**400)


class TestChoiceAndSwitch:
    def test_options_are_their_own_texts_or_have_some(self):
        assert controls.choice([0.5, "log"], "log").texts == ("0.5", "log")
        named = controls.choice({"on the log scale": Log, "linear": Linear}, Linear)
        assert named.texts == ("on the log scale", "linear")
        assert named.position(Linear) == 1
        assert named.text(Log) == "on the log scale"

    def test_what_is_no_option_is_refused(self):
        with pytest.raises(ValueError, match="'cubic' is not one of 'linear', 'log'"):
            controls.choice(["linear", "log"], "cubic")
        with pytest.raises(ValueError, match="3 is not one of 1, 2"):
            controls.choice([1, 2], 1).position(3)

    def test_a_text_is_not_taken_for_its_letters(self):
        with pytest.raises(TypeError, match=r"options should be several, but got 'log': use"):
            controls.choice("log", "l")

    def test_arrays_can_be_options(self):
        small, large = np.zeros(3), np.ones(4)
        control = controls.choice({"small": small, "large": large}, large)
        assert control.position(large) == 1
        assert control.text(small) == "small"

    def test_a_switch_is_off_or_on(self):
        assert controls.switch().default is False
        control = controls.switch(True, label="correction")
        assert (control.default, control.values, control.texts) == (
            True,
            (False, True),
            ("off", "on"),
        )
        assert control.text(False) == "off"
        with pytest.raises(ValueError, match="'yes' is not one of False, True"):
            control.position("yes")
        with pytest.raises(TypeError, match="default should be True or False, but got 'no'"):
            controls.switch("no")


class Foreign:
    def __repr__(self):
        raise RuntimeError


@pytest.mark.parametrize("options", [None, 3, np.array(0.5), Foreign()])
def test_options_that_cannot_be_listed_are_refused(options):
    with pytest.raises(TypeError, match="options should be a list or a dict, but got"):
        controls.choice(options, "a")


@pytest.mark.parametrize("value", [Foreign(), np.timedelta64(1, "D")])
def test_a_slider_refuses_what_is_no_number_and_may_not_show_itself(value):
    with pytest.raises(TypeError, match="x should be a number, but got"):
        controls.scale(Linear(0, 1), value)
