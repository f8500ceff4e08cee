"""Exponentially weighted averages against lecture, SciPy and closed form; their pictures."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.signal import lfilter

from course_utils import datasets
from course_utils import weighted_averages as wa
from tests.notebooks import FOLDER, code_cells

BETAS = st.floats(0, 0.999)
VALUES = st.floats(-1e3, 1e3, width=32)
SERIES = arrays(np.float64, st.integers(1, 60), elements=VALUES)


def closed_form(theta, beta):
    """(1 - beta) times the sum of beta^k theta_{t-k}, written out."""
    return np.array(
        [(1 - beta) * sum(beta**k * theta[t - k] for k in range(t + 1)) for t in range(len(theta))]
    )


def test_e1_three_days_by_hand():
    assert wa.ewa([40, 49, 45], 0.9) == pytest.approx([4, 8.5, 12.15], rel=1e-12)


def test_e2_corrected():
    corrected = wa.ewa([40, 49, 45], 0.9, bias_correction=True)
    assert corrected == pytest.approx([40, 44.7368, 44.8339], abs=5e-5)


def test_e2_correction_leaves_the_recursion_alone():
    theta = datasets.temperatures()[1]
    v = wa.ewa(theta, 0.98)
    shown = wa.ewa(theta, 0.98, bias_correction=True)
    assert shown * (1 - 0.98 ** np.arange(1, 1462)) == pytest.approx(v, rel=1e-12)


@pytest.mark.parametrize(
    ("beta", "days", "left"), [(0.5, 2, 0.25), (0.9, 10, 0.349), (0.98, 50, 0.364)]
)
def test_e3_window(beta, days, left):
    assert wa.window(beta) == pytest.approx(days)
    assert beta ** wa.window(beta) == pytest.approx(left, abs=5e-4)


def test_e3_the_window_holds_about_1_minus_1_over_e():
    for beta in (0.9, 0.98, 0.999):
        days = round(wa.window(beta))
        assert wa.weights(beta, days).sum() == pytest.approx(1 - np.exp(-1), abs=0.02)


@pytest.mark.parametrize(("beta", "steps"), [(0.9, 44), (0.98, 228), (0, 1), (0.1, 3)])
def test_e4_start_up(beta, steps):
    assert wa.startup_steps(beta) == steps


@given(BETAS)
def test_e4_start_up_is_the_first_step_below_one_percent(beta):
    steps = wa.startup_steps(beta)
    assert beta**steps < 0.01 * (1 + 1e-9)
    assert beta ** (steps - 1) >= 0.01 * (1 - 1e-9)


def test_e4_larger_beta_is_smoother_and_later():
    celsius = datasets.temperatures()[1]
    averages = [wa.ewa(celsius, beta, bias_correction=True) for beta in (0, 0.5, 0.9, 0.98)]
    assert [wa.lag(celsius, v) for v in averages] == [0, 1, 9, 38]
    rough = [wa.roughness(v) for v in averages]
    assert rough == pytest.approx([1.514, 0.824, 0.209, 0.076], abs=6e-4)


@pytest.mark.parametrize(("beta", "days"), [(0, 0), (0.5, 1), (0.9, 9), (0.98, 49)])
def test_e4_lag_on_a_steady_rise_is_the_mean_age_of_the_weights(beta, days):
    rise = np.arange(2000.0)
    assert rise[-1] - wa.ewa(rise, beta)[-1] == pytest.approx(days, abs=1e-9)
    assert wa.weights(beta, 2000) @ np.arange(2000) == pytest.approx(days, abs=1e-9)
    assert wa.lag(rise, wa.ewa(rise, beta)) == pytest.approx(days, abs=1)


def test_x7_fed_back_runs_away():
    v, shown = 0.0, []
    for t in range(1, 6):
        v = (0.9 * v + 0.1 * 10) / (1 - 0.9**t)
        shown.append(v)
    assert [int(x * 10) / 10 for x in shown[:2]] == [10, 52.6]
    assert [int(x) for x in shown[2:]] == [178, 470, 1035]
    assert wa.ewa([10] * 5, 0.9, bias_correction=True) == pytest.approx([10] * 5, rel=1e-12)


@given(SERIES, BETAS)
def test_equals_scipy(theta, beta):
    oracle = lfilter([1 - beta], [1, -beta], theta)
    assert np.allclose(wa.ewa(theta, beta), oracle, rtol=1e-9, atol=1e-9)


@given(SERIES, BETAS)
def test_equals_the_closed_form_and_its_weights(theta, beta):
    assert np.allclose(wa.ewa(theta, beta), closed_form(theta, beta), rtol=1e-9, atol=1e-9)
    weighed = wa.weights(beta, len(theta)) @ theta[::-1]
    assert np.allclose(wa.ewa(theta, beta)[-1], weighed, rtol=1e-9, atol=1e-9)


@given(SERIES, BETAS)
def test_corrected_equals_a_weighted_mean(theta, beta):
    w = beta ** np.arange(len(theta))[::-1]
    oracle = np.average(theta, weights=w)
    corrected = wa.ewa(theta, beta, bias_correction=True)[-1]
    assert np.allclose(corrected, oracle, rtol=1e-9, atol=1e-8)


@given(arrays(np.float64, (2, 20), elements=VALUES), BETAS, st.floats(-5, 5), st.booleans())
def test_linear_in_the_values(pair, beta, factor, on):
    both = wa.ewa(pair, beta, bias_correction=on)
    together = wa.ewa(pair[0] + factor * pair[1], beta, bias_correction=on)
    assert np.allclose(together, both[0] + factor * both[1], rtol=1e-9, atol=1e-7)


@given(VALUES, BETAS, st.integers(1, 50))
def test_corrected_constant_stays_constant(value, beta, days):
    corrected = wa.ewa(np.full(days, value), beta, bias_correction=True)
    assert np.allclose(corrected, value, rtol=1e-9, atol=1e-12)


@given(SERIES, BETAS)
def test_corrected_lies_between_the_extremes_so_far(theta, beta):
    corrected = wa.ewa(theta, beta, bias_correction=True)
    assert (corrected >= np.minimum.accumulate(theta) - 1e-8).all()
    assert (corrected <= np.maximum.accumulate(theta) + 1e-8).all()


@given(SERIES, st.booleans())
def test_beta_zero_returns_the_series(theta, on):
    assert np.array_equal(wa.ewa(theta, 0, bias_correction=on), theta)


@given(BETAS, st.integers(1, 300))
def test_weights_add_up_and_are_the_answer_to_a_single_one(beta, days):
    w = wa.weights(beta, days)
    assert w.sum() == pytest.approx(1 - beta**days, rel=1e-9, abs=1e-12)
    assert np.allclose(w, wa.ewa(np.eye(days)[0], beta), rtol=1e-9)


def test_time_is_the_last_axis():
    theta = np.random.default_rng(0).normal(size=(3, 4, 50))
    for on in (False, True):
        together = wa.ewa(theta, 0.9, bias_correction=on)
        assert together.shape == theta.shape
        alone = wa.ewa(theta[1, 2], 0.9, bias_correction=on)
        assert together[1, 2] == pytest.approx(alone, rel=1e-14)


@pytest.mark.parametrize("on", [False, True])
def test_float32_is_kept_and_the_input_left_alone(on):
    theta = np.array([40, 49, 45], dtype=np.float32)
    before = theta.copy()
    assert wa.ewa(theta, 0.9, bias_correction=on).dtype == np.float32
    assert wa.ewa([40, 49], np.float64(0.9), bias_correction=on).dtype == np.float64
    assert np.array_equal(theta, before)


def test_centred_mean():
    theta = np.random.default_rng(1).normal(size=40)
    middle = np.lib.stride_tricks.sliding_window_view(theta, 7).mean(axis=1)
    assert wa.centred_mean(theta, days=7)[3:-3] == pytest.approx(middle)
    assert wa.centred_mean(theta, days=7)[0] == pytest.approx(theta[:4].mean())
    assert wa.centred_mean(theta, days=7)[-1] == pytest.approx(theta[-4:].mean())
    assert wa.centred_mean(theta, days=1) == pytest.approx(theta)


@pytest.mark.parametrize("days", [0, 7, 40, 90])
def test_lag_finds_a_plain_shift(days):
    theta = np.sin(np.arange(500) / 60)
    season = wa.centred_mean(theta)
    assert wa.lag(theta, np.append(np.full(days, season[0]), season)[:500]) == days


@pytest.mark.parametrize("beta", [1.2, 1, -0.1, np.nan, np.inf])
@pytest.mark.parametrize(
    "function",
    [
        lambda beta: wa.ewa([1.0], beta),
        wa.window,
        lambda beta: wa.weights(beta, 3),
        wa.startup_steps,
    ],
)
def test_beta_outside(function, beta):
    with pytest.raises(ValueError, match=f"^0 <= beta < 1 must hold, but got beta={beta:g}$"):
        function(beta)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: wa.ewa([], 0.9), r"values should hold at least one value, .* shape \(0,\)"),
        (lambda: wa.ewa(np.zeros((2, 0)), 0.9), r"at least one value, .* shape \(2, 0\)"),
        (lambda: wa.ewa(3, 0.9), r"single number 3: use \[3\]"),
        (lambda: wa.ewa([1, np.nan], 0.9), r"values\[1\] is nan: 1 of 2 values are NaN"),
        (lambda: wa.weights(0.9, 0), "days >= 1 must hold, but got days=0"),
        (lambda: wa.centred_mean(np.zeros(40), days=4), "days should be odd"),
        (lambda: wa.centred_mean(np.zeros(9), days=31), "but got days=31"),
        (lambda: wa.centred_mean(np.zeros((2, 9))), r"one series \(T,\), .* shape \(2, 9\)"),
        (lambda: wa.lag(np.zeros(119), np.zeros(119)), "days >= 120 must hold, but got days=119"),
        (lambda: wa.lag(np.zeros(200), np.zeros(199)), "values and averages .* same shape"),
        (lambda: wa.lag(np.zeros(200), np.full(200, np.nan)), r"averages\[0\] is nan"),
        (lambda: wa.roughness([1.0]), "days >= 2 must hold, but got days=1"),
    ],
)
def test_errors_say_what_is_wrong(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_words_are_no_numbers():
    with pytest.raises(TypeError, match="values should be an array of numbers"):
        wa.ewa(["warm"], 0.9)
    with pytest.raises(TypeError, match="beta should be a number"):
        wa.ewa([1.0], "0.9x")


def test_x15_the_first_average_of_a_day_of_forty_is_eight_tenths():
    assert wa.ewa([40], 0.98)[0] == pytest.approx(0.8)


def test_the_averages_that_the_notebook_compares_all_start_at_the_first_day():
    cells = code_cells(FOLDER / "05_weighted_averages.ipynb")
    names = {"np": np, "datasets": datasets, "weighted_averages": wa}
    exec(next(cell for cell in cells if "mean of {n} days" in cell), names)
    for averages in (names["plain"], names["ewa"]):
        assert averages[0] == pytest.approx(names["celsius"][0])
