"""Pictures of weighted averages: what they say and how they move."""

from functools import partial

import numpy as np
import pytest

from course_utils import datasets
from course_utils import weighted_averages as wa
from course_utils.figures import weighted_averages as figures
from course_utils.widgets.live_picture import LivePicture
from tests.figures.grips import off_target
from tests.figures.words import words_of

JULY = "2012-07-01"


def lines(live, axes=0):
    return [line.get_xydata() for line in live.canvas.figure.axes[axes].lines]


def test_year_shows_the_days_the_average_and_the_corrected():
    days, celsius = datasets.temperatures()
    theta = celsius[days < np.datetime64("2013-01-01")]
    live = LivePicture(figures.temperatures)
    readout = live.draw({"beta": 0.9, "correction": True, "year": 2012})
    points, plain, corrected = lines(live)
    assert np.array_equal(points[:, 1], theta)
    assert plain[:, 1] == pytest.approx(wa.ewa(theta, 0.9))
    assert corrected[:, 1] == pytest.approx(wa.ewa(theta, 0.9, bias_correction=True))
    assert readout.startswith("β = 0.9, window 10 days: ")
    assert "1 Jan reads 8.9 °C" in readout
    live.draw({"beta": 0.9, "correction": False, "year": 2014})
    assert len(lines(live)[2]) == 0
    assert len(lines(live)[0]) == 365


def test_e4_the_year_is_highest_later_for_a_larger_beta():
    live = LivePicture(figures.temperatures)
    at = {"correction": False, "year": 2012}
    assert "line is highest on 17 Aug, the points on 16 Aug" in live.draw({"beta": 0.9, **at})
    assert "line is highest on 19 Sep, the points on 16 Aug" in live.draw({"beta": 0.98, **at})


def test_e3_past_days_show_the_weights_and_their_share():
    live = LivePicture(figures.past_days)
    readout = live.draw({"beta": 0.9, "days": 10})
    older, newest = live.canvas.figure.axes[0].patches
    assert older.get_data().values == pytest.approx(0.9 ** np.arange(100))
    assert np.count_nonzero(newest.get_data().values) == 10
    assert lines(live, 1)[1][0] == pytest.approx([10, 1 - 0.9**10])
    assert lines(live, 1)[2][:, 0] == pytest.approx([10, 10])
    assert "weight of the newest 10: 0.651, of all older: 0.349; β^window = 0.349" in readout


@pytest.mark.parametrize(("beta", "day"), [(0.9, 44), (0.98, 228)])
def test_e4_start_up_picture_finds_the_day(beta, day):
    live = LivePicture(figures.start_up)
    readout = live.draw({"beta": beta, "first": JULY})
    assert f"below 1 % from day {day} on" in readout
    missing, below = lines(live, 1)[:2]
    assert missing[:60, 1] == pytest.approx(beta ** np.arange(1, 61), rel=1e-9)
    assert below.tolist() == [[day, 0.01]]


def test_the_bias_is_smaller_in_january_than_in_july():
    days, celsius = datasets.temperatures()
    bias = [
        wa.ewa(theta, 0.9, bias_correction=True) - wa.ewa(theta, 0.9)
        for theta in (celsius[days >= np.datetime64(first)][:44] for first in ("2012-01-01", JULY))
    ]
    assert (bias[0] < bias[1]).all()
    assert bias[0][0] == pytest.approx(8.0, abs=0.05), "which is not little"


def test_e4_trade_off_measures_lag_and_roughness():
    live = LivePicture(figures.trade_off)
    readout = live.draw({"beta": 0.9, "year": 2012})
    assert readout.endswith("9 days late; the line moves 0.209 °C from day to day")
    assert lines(live, 1)[0][0] == pytest.approx([9, 0.209], abs=5e-4)
    assert "1 day late" in live.draw({"beta": 0.5, "year": 2015})


def test_e1_e2_three_days_show_v_and_the_corrected():
    live = LivePicture(figures.three_days)
    readout = live.draw({"theta1": 40, "theta2": 49, "theta3": 45, "beta": 0.9})
    assert "v is [4.00, 8.50, 12.15]" in readout
    assert readout.endswith("corrected [40.00, 44.74, 44.83]")
    days, v, corrected = lines(live)
    assert days.tolist() == [[1, 40], [2, 49], [3, 45]]
    assert v[:, 1] == pytest.approx([0, 4, 8.5, 12.15])
    assert corrected[:, 1] == pytest.approx([40, 44.7368, 44.8339], abs=1e-4)
    assert "is not a number" in words_of(
        partial(figures.three_days, algorithm=broken(np.nan)),
        {"theta1": 40, "theta2": 49, "theta3": 45, "beta": 0.9},
    )


@pytest.mark.parametrize("beta", [0.5, 0.9, 0.98])
def test_a_moved_day_lifts_the_average_by_its_weight_and_fades(beta):
    live = LivePicture(figures.moved_day)
    live.draw({"day": 20, "celsius": 30.0, "beta": beta})
    usual, window, line, points, mine = (xy[:, 1] for xy in lines(live))
    _, celsius = datasets.temperatures()
    true = celsius[182:244]  # July and August of a leap year
    assert np.delete(points, 19) == pytest.approx(np.delete(true, 19))
    assert mine.tolist() == [30.0]
    lift = (line - usual) / (30 - true[19])
    assert lift[:19] == pytest.approx(np.zeros(19))
    assert "−0.0" not in live.draw({"day": 20, "celsius": 10.0, "beta": beta})
    assert lift[19:] == pytest.approx(wa.weights(beta, 43))
    if beta < 0.98:  # whose window begins before July
        days = round(wa.window(beta))
        assert window[40] == pytest.approx(points[41 - days : 41].mean())


MOVES = {
    figures.temperatures: lambda rng: {
        "beta": 1 - 10 ** rng.uniform(-3, 0),
        "correction": bool(rng.integers(2)),
        "year": int(rng.integers(2012, 2016)),
    },
    figures.past_days: lambda rng: {
        "beta": 1 - 10 ** rng.uniform(-1.7, -0.3),
        "days": int(rng.integers(1, 101)),
    },
    figures.start_up: lambda rng: {
        "beta": 1 - 10 ** rng.uniform(-1.7, -0.3),
        "first": ("2012-01-01", JULY)[rng.integers(2)],
    },
    figures.trade_off: lambda rng: {
        "beta": 1 - 10 ** rng.uniform(-2, -0.3),
        "year": int(rng.integers(2012, 2016)),
    },
}


def broken(fill):
    return lambda values, beta, bias_correction=False: np.full(len(values), fill)


@pytest.mark.parametrize("picture", [figures.temperatures, figures.start_up, figures.trade_off])
@pytest.mark.parametrize(
    ("fill", "words"),
    [(np.nan, "is not a number"), (np.inf, "is not a number"), (1e6, "leaves the picture")],
)
def test_divergence_is_said_in_words(picture, fill, words):
    live = LivePicture(partial(picture, algorithm=broken(fill)))
    readout = live.draw(MOVES[picture](np.random.default_rng(0)) | {"beta": 0.9})
    assert f"the average {words}" in readout
    shown = [text.get_text() for text in live.canvas.figure.axes[0].texts]
    assert f"the average {words}" in shown
    assert "nan days late" not in readout


def test_an_average_far_outside_is_written_as_numbers_in_text_are():
    readout = words_of(partial(figures.temperatures, algorithm=broken(-3e31)), {"beta": 0.9})
    assert readout.endswith("it runs from −3e31 to −3e31 °C")


def test_a_weight_that_is_not_a_number_is_said_in_words():
    live = LivePicture(partial(figures.past_days, weights=lambda beta, n: np.full(n, np.nan)))
    assert "a weight is not a number" in live.draw({"beta": 0.9, "days": 10})


def test_a_wrong_shape_is_said_in_words():
    live = LivePicture(partial(figures.temperatures, algorithm=lambda values, beta: 3.0))
    with pytest.raises(ValueError, match=r"one number a day, shape \(366,\), .* shape \(\)"):
        live.draw({"beta": 0.9})


def test_an_algorithm_that_writes_into_its_input_harms_no_later_picture():
    def careless(values, beta, bias_correction=False):
        values[:] = wa.ewa(values, beta, bias_correction=bias_correction)
        return values

    live = LivePicture(partial(figures.trade_off, algorithm=careless))
    first = live.draw({"beta": 0.9, "year": 2012})
    assert live.draw({"beta": 0.9, "year": 2012}) == first


@pytest.mark.parametrize("beta", [0.5, 0.9, 0.95, 0.98])
def test_handles_lie_on_what_they_move(beta):
    for figure, more in (
        (figures.past_days, {"days": 1}),
        (figures.past_days, {"days": 100}),
        (figures.start_up, {"first": JULY}),
        (figures.trade_off, {"year": 2012}),
    ):
        live = LivePicture(figure)
        values = {"beta": beta, **more}
        live.draw(values)
        for handle in live.update.handles:
            x, y = handle.place(values)
            drawn = [line.get_xydata() for line in handle.ax.lines]
            if handle.ax.get_title() == "weight ÷ today's weight":  # on the line of the window
                assert drawn[0][:, 0].tolist() == [x, x]
            else:
                off = np.abs(np.vstack(drawn) - (x, y)).max(axis=1)
                assert off.min() < 1e-9


@pytest.mark.parametrize(("day", "beta"), [(1, 0.98), (229, 0.9), (366, 0.8)])
def test_weights_hang_from_the_days_and_make_the_average(day, beta):
    live = LivePicture(figures.hanging)
    values = {"day": day, "beta": beta}
    live.draw(values)
    (hung,) = live.canvas.figure.axes[1].patches
    theta, dot = lines(live)[0][:, 1], lines(live)[2][0]
    assert hung.get_data().values @ theta == pytest.approx(dot[1])
    on_line, on_bar = (handle.place(values) for handle in live.update.handles)
    assert on_line == pytest.approx(tuple(dot))
    assert on_bar == pytest.approx((day - 1, hung.get_data().values[day - 1]))


@pytest.mark.parametrize("beta", [0.5, 0.9, 0.98])
@pytest.mark.parametrize(("day", "celsius"), [(1, 5.0), (40, 22.0), (62, 38.0)])
def test_days_are_held_where_they_lie(beta, day, celsius):
    values = {"day": day, "celsius": celsius, "beta": beta}
    assert off_target(figures.moved_day, values, {"day": 30, "celsius": 11.0}) == []
    values = {"theta1": celsius, "theta2": -10.0, "theta3": 60.0, "beta": beta}
    others = {"theta1": 1.0, "theta2": 2.0, "theta3": 3.0}
    assert off_target(figures.three_days, values, others) == []


def test_the_moments_say_what_the_pictures_show():
    def said(figure, moment, **others):
        values, _ = moment
        return words_of(figure, {**others, **values})

    year, today = figures.MOMENTS["year"], figures.MOMENTS["today"]
    at = {"correction": True, "year": 2015}
    assert "highest on 17 Aug, the points on 16 Aug" in said(
        figures.temperatures, year["β = 0.9"], **at
    )
    assert "highest on 19 Sep" in said(figures.temperatures, year["β = 0.98"], **at)
    assert "add up to 0.878" in said(figures.hanging, today["20 January"])
    assert "16 Aug had 26.4 °C" in said(figures.hanging, today["16 August"])
    assert "v is 21.2 °C" in said(figures.hanging, today["16 August"])
    for name, share in (("ten days", "0.651"), ("fifty days", "0.636")):
        assert share in said(figures.past_days, figures.MOMENTS["past"][name])
    for (name, moment), rough in zip(
        figures.MOMENTS["autumn"].items(), (0.82, 0.21, 0.08), strict=True
    ):
        words = said(figures.trade_off, moment, year=2012)
        assert f"{rough:.2f}" in f"{float(words.split('moves ')[1].split()[0]):.2f}", name
    assert "38 days late" in words


def test_against_plain_means_of_ten_and_of_nineteen_days():
    """A mean of 19 days is as late as β = 0.9 and a little smoother; one of ten is neither."""
    _, celsius = datasets.temperatures()
    ewa = wa.ewa(celsius, 0.9, bias_correction=True)
    means = {n: np.convolve(celsius, np.ones(n) / n)[: celsius.size] for n in (10, 19)}
    lags = [wa.lag(celsius, v) for v in (ewa, means[10], means[19])]
    rough = [wa.roughness(v) for v in (ewa, means[10][10:], means[19][19:])]
    assert lags == [9, 4, 9]
    assert rough == pytest.approx([0.209, 0.30, 0.175], abs=0.005)
    noise_left = [(weights**2).sum() for weights in (wa.weights(0.9, 500), np.ones(19) / 19)]
    assert noise_left == pytest.approx([1 / 19, 1 / 19])
