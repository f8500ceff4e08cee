"""Scales: the lecture's shares, exact ends, no value outside, and the pictures of them."""

from functools import partial

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from matplotlib.patches import StepPatch
from scipy import stats

from course_utils import weighted_averages
from course_utils.figures import sampling_scales as figures
from course_utils.sampling_scales import Choice, Integer, Linear, Log, OneMinusLog
from course_utils.widgets.live_picture import LivePicture

ALPHA, BETA = (0.0001, 1), (0.9, 0.999)


def rng(seed=0):
    return np.random.default_rng(seed)


# The lecture's numbers


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


# Against SciPy


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


# Invariants

number = st.floats(-1e6, 1e6)
positive = st.floats(1e-12, 1e12)
below_one = st.floats(-1e3, 0.999999)
unit = st.floats(0, 1)


@st.composite
def continuous(draw):
    kind, ends = draw(
        st.sampled_from([(Linear, number), (Log, positive), (OneMinusLog, below_one)])
    )
    low, high = sorted((draw(ends), draw(ends)))
    assume(high - low > 1e-6 * max(abs(low), abs(high), 1e-9))
    if kind is OneMinusLog:
        assume((high - low) / (1 - high) > 1e-6)
    return kind(low, high)


@given(continuous(), unit)
@settings(deadline=None)
def test_there_and_back_again(scale, u):
    x = scale.from_unit(u)
    assert scale.low <= x <= scale.high
    back = scale.to_unit(x)
    assert back == pytest.approx(u, abs=1e-8)
    assert scale.from_unit(back) == pytest.approx(x, rel=1e-9, abs=1e-9)


@given(continuous())
@settings(deadline=None)
def test_ends_are_exact(scale):
    assert scale.from_unit(0) == scale.low
    assert scale.from_unit(1) == scale.high
    assert scale.to_unit(scale.low) == 0
    assert scale.to_unit(scale.high) == 1
    grid = scale.grid(5)
    assert (grid[0], grid[-1]) == (scale.low, scale.high)


@given(continuous(), st.lists(unit, min_size=2))
@settings(deadline=None)
def test_monotone(scale, u):
    assert np.all(np.diff(scale.from_unit(np.sort(u))) >= 0)
    x = np.sort(scale.from_unit(u))
    assert np.all(np.diff(scale.to_unit(x)) >= 0)


@given(continuous(), st.integers(0, 2**32))
@settings(deadline=None)
def test_samples_stay_inside(scale, seed):
    x = scale.sample(rng(seed), 100)
    assert np.all((x >= scale.low) & (x <= scale.high))
    assert np.array_equal(x, scale.sample(rng(seed), 100)), "the rng alone decides"


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


# Errors

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


# Pictures


whole = figures.sampler(Integer)


def rounded(low, high, size, rng):
    return np.round(Linear(low, high).sample(rng, size))


def draw(figure, **values):
    live = LivePicture(figure)
    return live.draw(values), live.canvas.figure.axes, live


def bars(ax, which=0):
    steps = [patch for patch in ax.patches if isinstance(patch, StepPatch)]
    return steps[which].get_data().values


def said(fig):
    return " ".join(text.get_text() for ax in fig for text in ax.texts)


def test_S2_S3_picture_of_learning_rates():
    readout, axes, _ = draw(figures.learning_rates, points=1000, seed=5)
    linear, log = bars(axes[1]), bars(axes[3])
    assert linear[-1] == pytest.approx(0.90, abs=0.03)
    assert log == pytest.approx([0.25] * 4, abs=0.05)
    assert linear.sum() == pytest.approx(1)
    assert "linear " + ", ".join(f"{100 * share:.1f} %" for share in linear) in readout
    assert np.array_equal(axes[2].lines[0].get_xdata(), Log(*ALPHA).sample(rng(5), 1000))
    assert said(axes).strip() == ""


def test_S4_picture_of_momenta():
    readout, axes, _ = draw(figures.momenta, points=1000, seed=0)
    assert bars(axes[1])[0] == pytest.approx(0.909, abs=0.03)
    assert bars(axes[3]) == pytest.approx([0.5, 0.5], abs=0.05)
    assert readout.startswith("1000 draws, shares between 0.9 | 0.99 | 0.999: linear 9")


def test_a_reader_sees_their_own_sampler_and_where_it_goes_wrong():
    zeros = partial(figures.learning_rates, log=lambda low, high, size, rng: np.zeros(size))
    readout, axes, _ = draw(zeros, points=50, seed=0)
    assert "log 0.0 %, 0.0 %, 0.0 %, 0.0 % (50 of 50 are out of range)" in readout
    assert "50 of 50 are out of range" in said(axes)
    x3 = partial(figures.learning_rates, log=lambda lo, hi, n, rng: 10 ** (4 * rng.random(n)))
    assert "(50 of 50 are out of range)" in draw(x3, points=50, seed=0)[0]
    gone = partial(figures.momenta, one_minus=lambda lo, hi, n, rng: np.full(n, np.nan))
    assert "(50 of 50 are out of range)" in draw(gone, points=50, seed=0)[0]
    half = partial(figures.momenta, one_minus=lambda lo, hi, n, rng: [0.95, np.nan] * (n // 2))
    assert "1 − β 50.0 %, 0.0 % (25 of 50" in draw(half, points=50, seed=0)[0]
    listed = partial(figures.momenta, one_minus=lambda lo, hi, n, rng: [0.95] * n)
    assert "1 − β 100.0 %, 0.0 %" in draw(listed, points=50, seed=0)[0]


def test_X3_picture_of_the_line_with_and_without_its_sign():
    readout, axes, _ = draw(figures.exponents, factor=4, start=0)
    assert "r = 4 · u + 0: α runs from 1 to 10000" in readout
    assert readout.endswith("lie 0.0 %, 0.0 %, 0.0 %, 0.0 %")
    assert bars(axes[0]) == pytest.approx([0] * 6 + [0.25] * 4 + [0] * 2)
    for factor, start, line in [(-4, 0, "−4 · u + 0"), (4, -4, "4 · u − 4")]:
        readout, axes, _ = draw(figures.exponents, factor=factor, start=start)
        assert readout.startswith(f"r = {line}: α runs from 0.0001 to 1;")
        assert readout.endswith("lie 25.0 %, 25.0 %, 25.0 %, 25.0 %")
        assert bars(axes[0]) == pytest.approx([0] * 2 + [0.25] * 4 + [0] * 6)


def test_a_line_that_leaves_the_picture_says_so():
    readout, axes, _ = draw(figures.exponents, factor=6, start=4)
    assert said(axes) == "667 of 1000 are outside the picture"
    assert "α runs from 10000 to 1e+10" in readout
    natural = partial(figures.exponents, power=np.exp)
    assert "α runs from 0.0183 to 1" in draw(natural, factor=-4, start=0)[0]


def test_S6_picture_of_the_window():
    assert "from 10.00 to 10.05 steps, × 1.005" in draw(figures.windows, beta=0.9, step=0.0005)[0]
    readout, axes, _ = draw(figures.windows, beta=0.999, step=0.0005)
    assert readout == "β from 0.999 to 0.9995: the window goes from 1000 to 2000 steps, × 2"
    stair = axes[1].lines[1]
    assert stair.get_xdata() == pytest.approx([3, 3.30103, 3.30103], rel=1e-5)
    assert stair.get_ydata() == pytest.approx([1000, 1000, 2000])
    x9 = draw(figures.windows, beta=0.999, step=0.0009)[0]
    assert x9.endswith("from 0.999 to 0.9999: the window goes from 1000 to 10000 steps, × 10")


@pytest.mark.parametrize("step", [0.1, 0.01, 0.02])
def test_a_step_to_1_or_beyond_is_told_in_words(step):
    readout, axes, _ = draw(figures.windows, beta=0.99, step=step)
    assert readout.endswith("to none, because β has to stay below 1")
    assert "no window" in said(axes)
    assert len(axes[0].lines[3].get_xdata()) == 0


def test_S1_picture_of_whole_numbers():
    readout, axes, _ = draw(figures.whole_numbers, sampler=whole, points=20_000)
    assert bars(axes[0]) == pytest.approx([1 / 3] * 3, abs=0.01)
    assert bars(axes[1]) == pytest.approx([1 / 51] * 51, abs=0.005)
    assert readout.startswith("20000 draws: 2, 3 and 4 layers 32.5 %, 33.8 %, 33.6 %;")
    readout, axes, _ = draw(figures.whole_numbers, sampler=rounded, points=20_000)
    assert bars(axes[0]) == pytest.approx([0.25, 0.5, 0.25], abs=0.01)
    assert bars(axes[0], 1) == pytest.approx([0.25, 0, 0.25], abs=0.01)
    assert bars(axes[1])[[0, -1]] == pytest.approx([0.01, 0.01], abs=0.003)
    assert said(axes).strip() == ""


def test_numbers_that_are_not_whole_or_not_in_range_are_told():
    linear = partial(draw, figures.whole_numbers, points=1000)
    _, axes, _ = linear(sampler=lambda lo, hi, n, rng: rng.uniform(lo, hi, n))
    assert said(axes).count("100 % not whole or") == 2
    _, axes, _ = linear(sampler=lambda lo, hi, n, rng: rng.integers(lo, hi + 2, n))
    assert said(axes).startswith("26 % not whole or")


random_values = {
    figures.learning_rates: lambda g: {"points": g.integers(10, 1000), "seed": g.integers(20)},
    figures.momenta: lambda g: {"points": g.integers(10, 1000), "seed": g.integers(20)},
    figures.exponents: lambda g: {
        "factor": g.integers(-12, 13) / 2,
        "start": g.integers(-12, 13) / 2,
    },
    figures.windows: lambda g: {
        "beta": OneMinusLog(0.9, 0.999).sample(g),
        "step": Log(1e-4, 0.1).sample(g),
    },
    figures.whole_numbers: lambda g: {
        "sampler": whole if g.random() < 0.5 else rounded,
        "points": g.integers(1000, 20_000),
    },
}


@pytest.mark.parametrize("figure", random_values, ids=lambda figure: figure.__name__)
def test_live_frames_equal_fresh_drawings(figure):
    g, live = rng(2), LivePicture(figure)
    for _ in range(3):
        values = random_values[figure](g)
        live.draw(values)
        fresh = LivePicture(figure)
        fresh.update(**values)
        fresh.canvas.draw()
        assert np.array_equal(live.pixels, fresh.pixels), values
