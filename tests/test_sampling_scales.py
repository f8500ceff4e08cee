"""Scales: the lecture's shares, exact ends, no value outside, and the pictures of them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from course_utils import weighted_averages
from course_utils.sampling_scales import Choice, Integer, Linear, Log, OneMinusLog

ALPHA, BETA = (0.0001, 1), (0.9, 0.999)


def rng(seed=0):
    return np.random.default_rng(seed)


def test_S1_each_number_of_layers_has_a_third():
    layers = Integer(2, 4)
    just_below = np.nextafter([1 / 3, 2 / 3, 1], 0)
    assert layers.from_unit(just_below).tolist() == [2, 3, 4]
    assert layers.from_unit([0, 1 / 3, 2 / 3, 1]).tolist() == [2, 3, 4, 4]
    counts = np.bincount(layers.sample(rng(), 30_000))[2:]
    assert stats.chisquare(counts).pvalue > 0.01
    assert counts / 30_000 == pytest.approx([1 / 3] * 3, abs=0.01)


def test_S1_hidden_units_from_50_to_100_include_both_ends():
    units = Integer(50, 100)
    even = units.from_unit((np.arange(51_000) + 0.5) / 51_000)
    assert np.bincount(even)[50:].tolist() == [1000] * 51
    draws = units.sample(rng(), 51_000)
    assert (draws.min(), draws.max()) == (50, 100)
    assert stats.chisquare(np.bincount(draws)[50:]).pvalue > 1e-4


def test_S2_linear_puts_nine_tenths_of_alpha_above_a_tenth():
    assert 1 - Linear(*ALPHA).to_unit(0.1) == pytest.approx(0.90009, abs=5e-6)
    draws = Linear(*ALPHA).sample(rng(), 100_000)
    assert np.mean(draws >= 0.1) == pytest.approx(0.90009, abs=0.003)


def test_S3_the_log_scale_gives_each_decade_a_quarter():
    decades = [1e-4, 1e-3, 1e-2, 1e-1, 1]
    assert np.diff(Log(*ALPHA).to_unit(decades)) == pytest.approx([0.25] * 4, abs=1e-15)
    counts, _ = np.histogram(Log(*ALPHA).sample(rng(), 100_000), decades)
    assert counts / 100_000 == pytest.approx([0.25] * 4, abs=0.005)


def test_S3_it_is_ten_to_the_uniform_r():
    r = rng(3).uniform(np.log10(0.0001), np.log10(1), 1000)
    assert np.allclose(Log(*ALPHA).sample(rng(3), 1000), 10**r, rtol=1e-12)


def test_S4_linear_puts_91_percent_of_beta_below_099_and_one_minus_beta_half():
    assert Linear(*BETA).to_unit(0.99) == pytest.approx(0.909, abs=1e-4)
    assert OneMinusLog(*BETA).to_unit(0.99) == pytest.approx(0.5, abs=1e-13)
    r = -1 - 2 * rng(4).random(1000)
    assert np.allclose(OneMinusLog(*BETA).sample(rng(4), 1000), 1 - 10**r, rtol=1e-12)


def test_S5_beta_from_09_to_099_is_r_from_minus_2_to_minus_1():
    scale = OneMinusLog(0.9, 0.99)
    assert (scale.from_unit(0), scale.from_unit(1)) == (0.9, 0.99)
    assert (scale.to_unit(0.9), scale.to_unit(0.99)) == (0, 1)
    assert scale.from_unit(0.5) == pytest.approx(1 - 10**-1.5, rel=1e-14)


def test_S6_the_same_step_moves_the_window_by_little_or_doubles_it():
    betas = [0.9000, 0.9005, 0.999, 0.9995, 0.9999]
    windows = [weighted_averages.window(beta) for beta in betas]
    assert windows == pytest.approx([10, 10.05, 1000, 2000, 10_000], rel=1e-4)


def test_X3_the_missing_sign_sends_alpha_from_1_to_10_000():
    alpha = 10 ** (4 * rng().random(10_000))
    assert 1 <= alpha.min() < 1.01
    assert 9900 < alpha.max() <= 10_000
    assert not np.any(alpha < ALPHA[1])


def test_X9_to_09999_the_window_grows_tenfold_not_twofold():
    ratio = weighted_averages.window(0.9999) / weighted_averages.window(0.999)
    assert ratio == pytest.approx(10, rel=1e-9)


@pytest.mark.parametrize(
    ("scale", "cdf"),
    [
        (Linear(-3, 8), stats.uniform(-3, 11).cdf),
        (Log(*ALPHA), stats.loguniform(*ALPHA).cdf),
        (Log(0.03, 70), stats.loguniform(0.03, 70).cdf),
        (OneMinusLog(*BETA), lambda b: stats.loguniform(0.001, 0.1).sf(1 - b)),
        (OneMinusLog(-4, 0.5), lambda b: stats.loguniform(0.5, 5).sf(1 - b)),
    ],
)
def test_samples_and_shares_are_those_of_scipy(scale, cdf):
    assert stats.kstest(scale.sample(rng(1), 20_000), cdf).pvalue > 0.01
    x = scale.grid(7)
    assert np.allclose(scale.to_unit(x), cdf(x), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("scale", [Log(0.07, 0.3), Log(3e-4, 0.7), OneMinusLog(0.3, 0.7)])
def test_rounding_next_to_an_end_does_not_leave_the_range(scale):
    beside = np.concatenate([np.arange(50) * 2.0**-53, 1 - np.arange(50) * 2.0**-53])
    x = scale.from_unit(beside)
    assert np.all((x >= scale.low) & (x <= scale.high))
    assert np.all(np.diff(np.sort(x)) >= 0)


@given(st.integers(-50, 50), st.integers(1, 60), st.integers(2, 80))
@settings(deadline=None)
def test_integers_are_whole_distinct_and_reach_both_ends(low, width, points):
    scale = Integer(low, low + width)
    everything = np.arange(low, low + width + 1)
    assert np.array_equal(scale.from_unit(scale.to_unit(everything)), everything)
    grid = scale.grid(points)
    assert len(grid) == min(points, width + 1)
    assert np.all(np.diff(grid) >= 1)
    assert (grid[0], grid[-1]) == (low, low + width)
    assert grid.dtype.kind == "i"


def test_integers_are_evenly_gridded():
    assert Integer(50, 100).grid(6).tolist() == [50, 60, 70, 80, 90, 100]
    assert Integer(2, 4).grid(100).tolist() == [2, 3, 4]
    assert Integer(2.0, 4.0).grid(3).dtype.kind == "i"


SCALES = [
    Linear(0, 5),
    Log(*ALPHA),
    OneMinusLog(*BETA),
    Integer(2, 9),
    Choice(("sgd", "adam", (3, 4), None)),
]


@pytest.mark.parametrize("scale", SCALES)
def test_sizes(scale):
    one = scale.sample(rng())
    assert not isinstance(one, (np.ndarray, list))
    assert scale.sample(rng(), 7).shape == (7,)
    assert scale.sample(rng(), 1).shape == (1,)
    assert scale.sample(rng(), 0).shape == (0,)
    assert scale.sample(rng(), (2, 3)).shape == (2, 3)
    assert scale.sample(rng(), (2, 3)).ravel().tolist() == scale.sample(rng(), 6).tolist()
    assert scale.sample(rng(), 1)[0] == one


@pytest.mark.parametrize("scale", SCALES)
def test_scalars_arrays_and_lists_agree(scale):
    u = [0, 0.2, 0.5, 1]
    values = [scale.from_unit(x) for x in u]
    assert list(scale.from_unit(u)) == values
    assert list(scale.from_unit(np.array(u))) == values


@pytest.mark.parametrize("scale", SCALES[:3])
def test_float32_is_kept(scale):
    u = np.linspace(0, 1, 9, dtype=np.float32)
    x = scale.from_unit(u)
    assert x.dtype == np.float32
    assert np.allclose(x, scale.from_unit(u.astype(np.float64)), rtol=1e-6)
    assert scale.to_unit(x).dtype == np.float32
    assert scale.to_unit(x) == pytest.approx(u, abs=1e-4)
    assert scale.from_unit(u.astype(np.float64)).dtype == np.float64


def test_float32_ends_are_ends():
    assert OneMinusLog(0.9, 0.999).to_unit(np.float32([0.9, 0.999])).tolist() == [0, 1]
    # As float32, 0.7 lies below 0.7 and 1.1 above 1.1.
    assert Log(np.float64(0.7), np.float64(1.1)).to_unit(np.float32([0.7, 1.1])).tolist() == [0, 1]


def test_each_option_has_the_same_share():
    options = Choice(("sgd", "momentum", "adam"))
    drawn = options.sample(rng(), 9000)
    counts = [np.sum(drawn == option) for option in options.options]
    assert stats.chisquare(counts).pvalue > 0.01
    assert [options.from_unit(options.to_unit(o)) for o in options.options] == [*options.options]
    assert options.grid(3).tolist() == ["sgd", "momentum", "adam"]
    assert options.grid(9).tolist() == ["sgd", "momentum", "adam"]
    assert Choice(("relu",)).grid(2).tolist() == ["relu"]
    assert Choice([1, 2]).from_unit(1) == 2


def test_scales_are_values():
    assert Log(1e-4, 1) == Log(0.0001, 1.0)
    assert Linear(2, 4) != Integer(2, 4)
    assert len({Log(1e-4, 1), Log(1e-4, 1), Choice(("a",))}) == 2
    with pytest.raises(AttributeError):
        Log(1e-4, 1).low = 2


NAN, INF = float("nan"), float("inf")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Linear(1, 0), "low < high must hold, but got low=1 and high=0"),
        (lambda: Linear(1, 1), "low < high must hold, but got low=1 and high=1"),
        (lambda: Linear(NAN, 1), "low should be a finite number, but got low=nan"),
        (lambda: Linear(0, INF), "high should be a finite number, but got high=inf"),
        (lambda: Linear(-INF, 0), "low should be a finite number, but got low=-inf"),
        (lambda: Linear(-1e308, 1.7e308), "too wide"),
        (lambda: Log(0, 1), "low > 0 must hold on a log scale, but got low=0"),
        (lambda: Log(-1, 1), "low > 0 must hold on a log scale, but got low=-1"),
        (lambda: Log(NAN, 1), "low should be a finite number, but got low=nan"),
        (lambda: Log(1, 0.1), "low < high must hold, but got low=1 and high=0.1"),
        (lambda: Log(0.1, INF), "high should be a finite number, but got high=inf"),
        (lambda: OneMinusLog(0.9, 1), "high < 1 must hold on a 1 - beta scale, but got high=1"),
        (lambda: OneMinusLog(0.9, NAN), "high should be a finite number, but got high=nan"),
        (lambda: OneMinusLog(0.99, 0.9), "low < high must hold, but got low=0.99 and high=0.9"),
        (lambda: OneMinusLog(-INF, 0.9), "low should be a finite number"),
        (lambda: OneMinusLog(1e-20, 2e-20), "from low=1e-20 to high=2e-20 is too narrow"),
        (lambda: Integer(4, 2), "low < high must hold, but got low=4 and high=2"),
        (lambda: Integer(2.5, 4), "low should be a whole number, but got low=2.5"),
        (lambda: Integer(2, 4.5), "high should be a whole number, but got high=4.5"),
        (lambda: Integer(2, INF), "high <= 1e15 must hold, but got high=inf"),
        (lambda: Choice(()), "a Choice needs at least one option"),
        (lambda: Linear(0, 1).from_unit(1.5), "0 <= u <= 1 must hold, but got 1.5"),
        (lambda: Linear(0, 1).from_unit([0, -0.1]), "0 <= u <= 1 must hold, but got -0.1"),
        (lambda: Linear(0, 1).from_unit(NAN), "u should be a finite number, but got u=nan"),
        (lambda: Integer(2, 4).from_unit(1.1), "0 <= u <= 1 must hold"),
        (lambda: Choice(["ab"]).from_unit(2), "0 <= u <= 1 must hold"),
        (lambda: Log(*ALPHA).to_unit(2), "0.0001 <= x <= 1 must hold, but got 2"),
        (lambda: Log(*ALPHA).to_unit([0.1, NAN]), r"x\[1\] is nan: 1 of 2 values"),
        (lambda: OneMinusLog(*BETA).to_unit(0.9990001), "x <= 0.999 must hold, but got 0.9990001"),
        (lambda: Integer(2, 4).to_unit(5), "2 <= x <= 4 must hold, but got 5"),
        (lambda: Integer(2, 4).to_unit([2, 2.5]), "x should be a whole number, but got x=2.5"),
        (lambda: Choice(("a", "b")).to_unit("c"), r"x should be one of \('a', 'b'\), but got 'c'"),
        (lambda: Linear(0, 1).grid(1), "points >= 2 must hold, but got points=1"),
        (lambda: Linear(0, 1).grid(2.5), "points should be a whole number, but got points=2.5"),
    ],
)
def test_value_errors_say_what_must_hold(make, message):
    with pytest.raises(ValueError, match=message):
        make()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Linear("a", 1), "low should be a number, but got 'a'"),
        (lambda: Log(1e-4, "b"), "high should be a number, but got 'b'"),
        (lambda: Linear(0, 1).grid("three"), "points should be a number"),
        (lambda: Choice("adam"), r"got the string 'adam': use \('adam',\)"),
        (lambda: Linear(0, 1).to_unit("a"), "x should be an array of numbers"),
        (lambda: Log(*ALPHA).sample(3), r"but got 3: use np.random.default_rng\(3\)"),
        (lambda: Log(*ALPHA).sample(100, rng()), r"but got 100: use np.random.default_rng\(100\)"),
        (lambda: Integer(2, 4).sample(np.random), r"use np.random.default_rng\(seed\)"),
    ],
)
def test_type_errors_say_what_to_pass(make, message):
    with pytest.raises(TypeError, match=message):
        make()
