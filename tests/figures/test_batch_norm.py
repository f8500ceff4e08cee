"""Pictures of batch norm: what they say and how they move."""

import itertools
import re
from functools import partial

import numpy as np
import pytest

from course_utils import batch_norm
from course_utils.experiments import batch_norm as trainings
from course_utils.figures import batch_norm as figures
from course_utils.widgets.live_picture import LivePicture
from tests.figures.grips import off_target
from tests.figures.words import words_of

ONE, ZERO = np.ones((2, 1)), np.zeros((2, 1))


def reading(figure, **values):
    return words_of(figure, values)


VALLEY = {"ratio": 10, "offset": 0, "correlation": 0, "rate": 0.5}


def measured_steps(x, rate):
    """Descend on the least squares cost of x, until it is a millionth of its first value."""
    hessian = x @ x.T / x.shape[1]
    alpha = rate * 2 / np.linalg.norm(hessian, 2)
    e, steps = np.array([-1.4, 1.0]), 0
    target = 1e-6 * (e @ hessian @ e)
    while e @ hessian @ e > target:
        e, steps = e - alpha * hessian @ e, steps + 1
    return steps


@pytest.mark.parametrize("ratio", [2, 5, 10])
def test_b1_the_condition_number_is_the_squared_ratio_of_scales(ratio):
    x = np.diag([1, ratio]) @ figures._white(80)
    x_norm, _ = batch_norm.forward(x, ONE, ZERO)
    assert np.linalg.cond(x @ x.T) == pytest.approx(ratio**2)
    assert np.linalg.cond(x_norm @ x_norm.T) == pytest.approx(1, abs=1e-4)
    said = reading(figures.valleys, **{**VALLEY, "ratio": ratio})
    before = f"κ = {ratio**2:.{0 if ratio > 3 else 1}f}, {measured_steps(x, 0.5)} steps"
    assert said == f"as they come: {before}; normalised: κ = 1.0, 1 step"


def test_b1_an_offset_alone_makes_a_valley():
    said = reading(figures.valleys, **{**VALLEY, "ratio": 1, "offset": 2})
    low, high = np.linalg.eigvalsh([[1, 0], [0, 1 + 2**2]])
    assert f"as they come: κ = {high / low:.1f}," in said
    assert "normalised: κ = 1.0" in said


def test_b1_correlation_stays():
    said = reading(figures.valleys, **{**VALLEY, "correlation": 0.6})
    assert "normalised: κ = 4.0" in said  # (1 + 0.6) / (1 - 0.6)


def test_b1_normalising_lengthens_a_valley_whose_offset_had_hidden_the_correlation():
    said = reading(figures.valleys, **{**VALLEY, "ratio": 1, "offset": 2, "correlation": 0.9})
    low, high = np.linalg.eigvalsh([[1, 0.9], [0.9, 1 + 2**2]])
    assert f"as they come: κ = {high / low:.1f}," in said
    assert f"normalised: κ = {(1 + 0.9) / (1 - 0.9):.0f}," in said
    assert f"{high / low:.1f}" == "6.4", "which the notebook says"


@pytest.mark.parametrize("ratio", [1, 3, 10])
@pytest.mark.parametrize("offset", [0, 2])
@pytest.mark.parametrize("correlation", [0, 0.9])
def test_b1_every_cloud_is_inside_its_frame_and_none_is_a_speck(ratio, offset, correlation):
    live = LivePicture(figures.valleys)
    live.draw({**VALLEY, "ratio": ratio, "offset": offset, "correlation": correlation})
    for ax in live.canvas.figure.axes[:2]:
        x = np.transpose(ax.lines[0].get_xydata())
        shares = np.array(ax.transLimits.transform(x.T))
        assert (shares.min() > 0) & (shares.max() < 1)
        assert np.ptp(shares[:, 1]) > 0.15
    spreads = np.std(live.canvas.figure.axes[0].lines[0].get_xydata(), axis=0)
    assert spreads[1] / spreads[0] == pytest.approx(ratio)


def test_b1_too_large_a_rate_diverges_in_words():
    assert reading(figures.valleys, **{**VALLEY, "rate": 1.05}).count("diverged") == 2
    slow = reading(figures.valleys, ratio=10, offset=2, correlation=0.9, rate=0.05)
    assert "over 10000 steps" in slow


def test_x2_leaves_a_valley_just_as_long():
    def divided_by_variance(z, gamma, beta, epsilon):
        return (z - z.mean(axis=1, keepdims=True)) / z.var(axis=1, keepdims=True)

    figure = partial(figures.valleys, algorithm=divided_by_variance)
    said = reading(figure, **VALLEY)
    assert said.count("κ = 100") == 2


def test_b2_and_b3_in_the_picture():
    said = reading(figures.stages, mean=4, spread=2, gamma=1, beta=0)
    assert said == "z: mean 4, std 2 → z_norm: mean 0, std 1 → z̃: mean 0, std 1"
    undone = reading(figures.stages, mean=4, spread=2, gamma=2, beta=4)
    assert undone == "z: mean 4, std 2 → z_norm: mean 0, std 1 → z̃: mean 4, std 2"
    small = reading(figures.stages, mean=0, spread=0.003, gamma=1, beta=0)
    assert f"z_norm: mean 0, std {np.sqrt(9e-6 / (9e-6 + 1e-5)):.3f}" in small


@pytest.mark.parametrize("place", figures.PLACES)
@pytest.mark.parametrize("b", [-5.0, 5.0])
def test_no_value_leaves_its_axis_at_the_largest_factor(place, b):
    live = LivePicture(figures.constants)
    live.draw({"b": b, "c": 2.0, "place": place})
    for ax in live.canvas.figure.axes:
        low, high = ax.get_xlim()
        drawn = np.concatenate([line.get_xdata() for line in ax.lines])
        assert low < drawn.min() <= drawn.max() < high


def test_no_formula_stands_beside_an_algorithm_that_does_something_else():
    def times_mean(z, gamma, beta, epsilon):
        return gamma * z * z.mean() + beta

    live = LivePicture(partial(figures.stages, algorithm=times_mean, formula=None))
    assert live.update.formula is None
    assert "\\mu" in LivePicture(figures.stages).update.formula.latex


def test_a_row_whose_values_have_all_left_the_picture_says_so():
    def times_mean(z, gamma, beta, epsilon):
        return gamma * z * z.mean(axis=1, keepdims=True) / np.sqrt(z.var() + epsilon) + beta

    live, said = LivePicture(partial(figures.stages, algorithm=times_mean)), []
    for mean in (-5.0, -1.0):
        live.draw({"mean": mean, "spread": 0.5, "gamma": 1.0, "beta": 0.0})
        said.append([text.get_text() for ax in live.canvas.figure.axes for text in ax.texts])
    assert said == [["", *["all are outside the picture"] * 2], ["", "", ""]]


def test_b4_and_b5_in_the_picture():
    said = {
        place: reading(figures.constants, b=3.0, c=1.0, place=place)
        for place in ("before ReLU", "after ReLU", "nowhere")
    }
    assert said["before ReLU"].endswith("what the next layer gets moves by 0 (below 1e−12)")
    assert said["after ReLU"].endswith("what the next layer gets moves by up to 0.292")
    assert "z moves by up to 3, what the next layer gets moves by up to 3" in said["nowhere"]
    cut = reading(figures.constants, b=-5.0, c=1.0, place="nowhere")  # ReLU leaves only zeros
    largest = 0.5 + figures._skewed(25).max()
    assert cut.endswith(f"what the next layer gets moves by up to {largest:.3f}")


def test_b4_after_relu_b_cancels_only_where_relu_cuts_nothing():
    live, seen = LivePicture(figures.constants), []
    for b in (-1.0, 0.0, 0.5, 0.6, 5.0):
        live.draw({"b": b, "c": 1.0, "place": "after ReLU"})
        seen.append(live.canvas.figure.axes[1].lines[2].get_xdata())
    moved = [np.abs(after - before).max() for before, after in itertools.pairwise(seen)]
    assert moved[0] > 0.5
    assert min(moved[1:3]) > 0.05
    assert moved[3] < 1e-12


def broken(z, gamma, beta, epsilon):
    return np.full_like(z, np.nan)


@pytest.mark.parametrize(
    ("figure", "values"),
    [
        (figures.stages, {"mean": 1, "spread": 1, "gamma": 1, "beta": 0}),
        (figures.constants, {"b": 1, "c": 1, "place": "before ReLU"}),
        (figures.valleys, VALLEY),
    ],
)
@pytest.mark.parametrize("algorithm", [broken, lambda z, g, b, e: np.zeros_like(z)])
def test_an_algorithm_that_fails_is_told_in_words(figure, values, algorithm):
    live = LivePicture(partial(figure, algorithm=algorithm))
    said = live.draw(values)
    texts = [t.get_text() for ax in live.canvas.figure.axes for t in ax.texts]
    if algorithm is broken:
        assert "NaN" in said
        assert any("NaN" in text for text in texts)
    assert "nan" not in said


BY_ALPHA = {"start": 1, "factor": 1, "step": 50}


@pytest.mark.parametrize("values", [BY_ALPHA, {"start": 3, "factor": 0.1, "step": 20}])
def test_b6_the_costs_are_read_at_the_alpha_and_step_shown(values):
    said = reading(figures.by_alpha, **values)
    assert said.startswith(f"usual α × {values['factor']:g}, median cost after {values['step']} ")
    for name in trainings.OPTIMIZERS:
        place = trainings.FACTORS.index(values["factor"])
        without, with_norm = (
            trainings.costs(name, values["start"], normed)[place, :, values["step"]]
            for normed in (False, True)
        )
        told = re.search(rf"{name} (\S+) → ([^\s,]+)", said)
        medians = np.median(without), np.median(with_norm)
        assert [float(cost) for cost in told.groups()] == pytest.approx(medians, rel=0.05)


@pytest.mark.parametrize("start", trainings.SCALES)
@pytest.mark.parametrize("factor", trainings.FACTORS)
def test_the_side_that_is_said_to_be_ahead_is_ahead(start, factor):
    live, place = LivePicture(figures.by_alpha), trainings.FACTORS.index(factor)
    for step in (5, 20, 35, 50):
        said = live.update(start=start, factor=factor, step=step)
        for name in trainings.OPTIMIZERS:
            told = re.search(rf"{name} (?:above )?(\S+) → (?:above )?([^\s,]+)", said).groups()
            without, with_norm = map(float, told)
            medians = [
                np.median(trainings.costs(name, start, normed)[place, :, step])
                for normed in (False, True)
            ]
            assert (without - with_norm) * (medians[0] - medians[1]) >= 0, (name, step)


@pytest.mark.parametrize("start", trainings.SCALES)
@pytest.mark.parametrize("step", [1, 5, 50])
def test_of_a_cost_above_the_picture_it_is_said_that_it_is_above(start, step):
    said = reading(figures.by_alpha, start=start, factor=1000, step=step)
    assert f"after {step} step{'s' if step > 1 else ''}, " in said
    for name in trainings.OPTIMIZERS:
        told = re.search(rf"{name} (.+?) → ([^,]+)", said).groups()
        for normed, cost in zip((False, True), told, strict=True):
            median = np.median(trainings.costs(name, start, normed)[-1, :, step])
            assert (cost == "above 12") == (median >= 12)
            assert median >= 12 or float(cost) == pytest.approx(median, rel=0.05)


@pytest.mark.parametrize("name", trainings.OPTIMIZERS)
def test_no_cost_lies_below_the_picture(name):
    live = LivePicture(figures.by_alpha)
    live.draw(BY_ALPHA)
    (ax,) = (ax for ax in live.canvas.figure.axes if ax.get_title() == name)
    for start, normed in itertools.product(trainings.SCALES, (False, True)):
        assert trainings.costs(name, start, normed).min() > ax.get_ylim()[0]


@pytest.mark.parametrize("m", [5, 25, 100])
@pytest.mark.parametrize("value", [-7.0, 3.0, 7.0])
def test_one_example_far_off_moves_the_others_the_other_way_and_together(m, value):
    live = LivePicture(figures.one_example)
    said, others = [], []
    for place in (0.0, value):
        said.append(live.draw({"value": place, "m": m}))
        dots = live.canvas.figure.axes[1].lines[2].get_xdata()
        others.append(np.delete(dots, -4))
    assert said[0].endswith("moves by 0 (below 1e−12)")
    assert (others[1].mean() - others[0].mean()) * value < 0
    assert others[1].std() < others[0].std()


def test_the_fewer_the_more_one_example_moves_the_others_and_some_move_along_with_it():
    live, moved = LivePicture(figures.one_example), []
    for m in (5, 25, 100):
        at = []
        for place in (0.0, 7.0):
            live.draw({"value": place, "m": m})
            at.append(np.delete(live.canvas.figure.axes[1].lines[2].get_xdata(), -4))
        moved.append(np.abs(at[1] - at[0]).mean())
        assert 0.2 < (at[1] > at[0]).mean() < 0.5
    assert moved[0] > 1.5 * moved[1] > 2 * moved[2]


def _doubled(z, gamma, beta, epsilon):
    return 2 * figures.z_tilde(z, gamma, beta, epsilon) + 1


_DOUBLED = partial(figures.stages, algorithm=_doubled)
_OTHERS = {"ratio": 4, "offset": 1, "mean": 1, "spread": 1.5, "gamma": 0.5, "beta": 2, "b": 1}
_OTHERS |= {"c": 0.5, "value": 2, "factor": 10}
HELD = (
    [
        (figures.valleys, {**VALLEY, "ratio": ratio, "offset": offset})
        for ratio, offset in ((10, 0), (10, 2), (1, 0))
    ]
    + [
        (stages, {"mean": mean, "spread": spread, "gamma": gamma, "beta": beta})
        for stages in (figures.stages, _DOUBLED)
        for mean, spread, gamma, beta in ((4, 2, 1, 0), (-5, 0.001, -2.5, 5), (5, 2.5, 0, -4))
    ]
    + [
        (figures.constants, {"b": b, "c": c, "place": "nowhere"})
        for b, c in ((3, 1), (5, 2), (-5, 0.001))
    ]
    + [(figures.one_example, {"value": value, "m": m}) for value, m in ((0, 25), (7, 5), (-7, 100))]
    + [
        (figures.by_alpha, {"start": start, "factor": factor, "step": 50})
        for start, factor in ((1, 1), (3, 0.1), (1, 300))
    ]
)


@pytest.mark.parametrize(("figure", "values"), HELD)
def test_every_handle_lies_on_what_it_moves(figure, values):
    assert off_target(figure, values, _OTHERS) == []


def test_handles_have_a_place_where_an_algorithm_gives_no_numbers():
    live = LivePicture(partial(figures.stages, algorithm=lambda z, *_: z * np.nan))
    values = {"mean": 4.0, "spread": 2.0, "gamma": 1.0, "beta": 0.0}
    live.draw(values)
    assert np.isfinite([handle.place(values) for handle in live.update.handles]).all()
