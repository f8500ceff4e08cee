"""Pictures of sampling scales: what they say and how they move."""

from functools import partial

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from matplotlib.patches import StepPatch

from course_utils.experiments import sampling_scales as experiments
from course_utils.experiments import tuning_process
from course_utils.figures import sampling_scales as figures
from course_utils.sampling_scales import Integer, Linear, Log, OneMinusLog
from course_utils.widgets.live_picture import LivePicture
from tests.figures.grips import off_target

ALPHA, BETA = (0.0001, 1), (0.9, 0.999)
NAMES = ("0.0001", "0.001", "0.01", "0.1", "1")


def rng(seed=0):
    return np.random.default_rng(seed)


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
    first, *others = (f"{100 * share:.1f} %" for share in linear)
    told = [f"linear: {first} from 0.0001 to 0.001"]
    told += [f"{share} to {mark}" for share, mark in zip(others, NAMES[2:], strict=True)]
    assert ", ".join(told) in readout
    drawn = Log(*ALPHA).sample(rng(5), 1000)
    assert axes[2].lines[0].get_xdata() == pytest.approx(Linear(*ALPHA).to_unit(drawn))
    assert [axes[row].texts[0].get_text() for row in (0, 2)] == ["", ""]


def test_a_bent_axis_goes_from_even_to_the_samplers_scale():
    for bend, scale in ((0.0, Linear(*ALPHA)), (1.0, Log(*ALPHA))):
        _, axes, _ = draw(figures.learning_rates, points=100, seed=5, bend=bend)
        drawn = Log(*ALPHA).sample(rng(5), 100)
        assert axes[2].lines[0].get_xdata() == pytest.approx(scale.to_unit(drawn))
        names = [text.get_text() for text in axes[2].texts[1:]]
        assert names == (["0.0001", "", "", "0.1", "1"] if bend == 0 else list(NAMES))


def test_S4_picture_of_momenta():
    readout, axes, _ = draw(figures.momenta, points=1000, seed=0)
    assert bars(axes[1])[0] == pytest.approx(0.909, abs=0.03)
    assert bars(axes[3]) == pytest.approx([0.5, 0.5], abs=0.05)
    assert readout.startswith("1000 draws; linear: 9")
    assert readout.count(" % from 0.9 to 0.99, ") == readout.count(" % to 0.999") == 2


def test_a_reader_sees_their_own_sampler_and_where_it_goes_wrong():
    zeros = partial(figures.learning_rates, log=lambda low, high, size, rng: np.zeros(size))
    readout, axes, _ = draw(zeros, points=50, seed=0)
    assert "0.0 % to 0.01, 0.0 % to 0.1, 0.0 % to 1 (50 of 50 are out of range)" in readout
    assert "50 of 50 are out of range" in said(axes)
    x3 = partial(figures.learning_rates, log=lambda lo, hi, n, rng: 10 ** (4 * rng.random(n)))
    assert "(50 of 50 are out of range)" in draw(x3, points=50, seed=0)[0]
    gone = partial(figures.momenta, one_minus=lambda lo, hi, n, rng: np.full(n, np.nan))
    assert "(50 of 50 are out of range)" in draw(gone, points=50, seed=0)[0]
    half = partial(figures.momenta, one_minus=lambda lo, hi, n, rng: [0.95, np.nan] * (n // 2))
    assert (
        "1 − β: 50.0 % from 0.9 to 0.99, 0.0 % to 0.999 (25 of 50"
        in draw(half, points=50, seed=0)[0]
    )
    listed = partial(figures.momenta, one_minus=lambda lo, hi, n, rng: [0.95] * n)
    assert "1 − β: 100.0 % from 0.9 to 0.99, 0.0 % to 0.999" in draw(listed, points=50, seed=0)[0]


def test_X3_picture_of_the_line_with_and_without_its_sign():
    readout, axes, _ = draw(figures.exponents, factor=4, start=0)
    assert "r = 4 · u + 0: α runs from 1 to 10000" in readout
    nothing = "0.0 % from 0.0001 to 0.001, 0.0 % to 0.01, 0.0 % to 0.1, 0.0 % to 1"
    assert readout.endswith(f"draws: {nothing}")
    assert bars(axes[0]) == pytest.approx([0] * 6 + [0.25] * 4 + [0] * 2)
    for factor, start, line in [(-4, 0, "−4 · u + 0"), (4, -4, "4 · u − 4")]:
        readout, axes, _ = draw(figures.exponents, factor=factor, start=start)
        assert readout.startswith(f"r = {line}: α runs from 0.0001 to 1;")
        assert readout.endswith(f"draws: {nothing.replace('0.0 %', '25.0 %')}")
        assert bars(axes[0]) == pytest.approx([0] * 2 + [0.25] * 4 + [0] * 6)


def test_a_line_that_leaves_the_picture_says_so():
    readout, axes, _ = draw(figures.exponents, factor=6, start=4)
    assert said(axes) == "667 of 1000 are outside the picture"
    assert "α runs from 10000 to 1e10" in readout
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


@pytest.mark.parametrize("beta", [0.9, 0.97, 0.999])
def test_the_weights_have_fallen_to_about_0_37_where_k_is_the_window(beta):
    _, (*_, past), _ = draw(figures.windows, beta=beta, step=(1 - beta) / 2)
    before, after = past.lines
    for line, window in ((before, 1 / (1 - beta)), (after, 2 / (1 - beta))):
        k, weight = line.get_data()
        assert np.interp(window, k, weight) == pytest.approx(0.37, abs=0.025)
    there = np.interp(before.get_ydata()[::60], after.get_ydata()[::-1], after.get_xdata()[::-1])
    moved = there / before.get_xdata()[::60]
    assert moved[before.get_ydata()[::60] > 0.01] == pytest.approx(2, rel=0.06), "as a whole"


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


def test_what_the_scale_costs_a_search_of_the_digits():
    alphas = np.geomspace(1e-4, 1, 100_001)
    good = np.mean(experiments.error_at(alphas) < figures.GOOD)
    even = np.mean(experiments.error_at(np.linspace(1e-4, 1, 100_001)) < figures.GOOD)
    assert (100 * good, 100 * even) == pytest.approx((22.1, 5.63), abs=0.05)
    found = alphas[experiments.error_at(alphas) < figures.GOOD]
    assert (found.min(), found.max()) == pytest.approx((0.0085, 0.065), rel=0.01)
    said = draw(figures.found, draws=20)[0]
    of_the = "% of the searches from"
    assert f"even scale: median 5.4 %, 80 {of_the} 4.9 % to 8.0 %, a good α in 69 %" in said
    assert f"log scale: median 5.2 %, 80 {of_the} 4.8 % to 5.4 %, a good α in 99 %" in said
    for share, hit in ((even, 0.69), (good, 0.99)):
        assert 1 - (1 - share) ** 20 == pytest.approx(hit, abs=0.005)


def test_how_many_draws_a_good_alpha_takes():
    needed = [np.log(0.01) / np.log(1 - share) for share in (0.221, 0.0563)]
    assert np.ceil(needed).tolist() == [19, 80]
    said = draw(figures.found, **figures.MOMENTS["costs"]["5 draws"][0])[0]
    assert "even scale: median 9.2 %" in said
    assert "log scale: median 5.5 %" in said


def test_what_alphas_without_the_lost_sign_are_worth():
    trials = tuning_process.study("momentum")
    alphas = np.array([trial.configuration["alpha"] for trial in trials])
    errors = np.nan_to_num([trial.value for trial in trials], nan=tuning_process.CHANCE)
    learned = [
        np.mean(errors[(alphas >= low) & (alphas < high)] < 0.1)
        for low, high in ((0.01, 0.1), (0.1, 1), (1, 10))
    ]
    assert learned == pytest.approx([0.08, 0.45, 0.26], abs=0.005)


def test_on_a_bent_axis_the_even_draws_crowd_at_the_right():
    _, axes, _ = draw(figures.learning_rates, points=1000, seed=0, bend=1.0)
    assert np.mean(axes[0].lines[0].get_xdata() > 0.75) == pytest.approx(0.9, abs=0.03)
    _, axes, _ = draw(figures.learning_rates, points=1000, seed=0, bend=0.0)
    assert np.mean(axes[2].lines[0].get_xdata() < 0.1) == pytest.approx(0.75, abs=0.04)


_OTHERS = {"bend": 0.3, "factor": 1.5, "start": -2.0, "beta": 0.95, "step": 0.002, "draws": 50}
HELD = (
    [
        (figure, {"points": 100, "seed": 1, "bend": bend})
        for figure in (figures.learning_rates, figures.momenta)
        for bend in (0.0, 0.5, 1.0)
    ]
    + [
        (figures.exponents, {"factor": factor, "start": start})
        for factor, start in ((4, 0), (-4, 0), (0, -6), (-6, 6))
    ]
    + [(figures.found, {"draws": draws}) for draws in (1, 7, 100)]
    + [
        (figures.windows, {"beta": beta, "step": step})
        for beta, step in ((0.9, 0.0005), (0.9, 0.0999), (0.999, 0.0005), (0.99, 0.009))
    ]
)


@pytest.mark.parametrize(("figure", "values"), HELD)
def test_every_handle_lies_on_what_it_moves(figure, values):
    assert off_target(figure, values, _OTHERS) == []
