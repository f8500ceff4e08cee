"""Pictures of batch norm at test time: what they say and how they move."""

import re
from functools import partial

import numpy as np
import pytest

from course_utils import batch_norm
from course_utils.experiments import small_mini_batches as small
from course_utils.figures import batch_norm_at_test_time as figures
from course_utils.widgets.live_picture import LivePicture
from tests.figures.grips import pixels_apart
from tests.figures.words import words_of


def drawn(figure, **values):
    return words_of(figure, values)


@pytest.mark.parametrize("size", [1, 2, 32, 64])
def test_b9_in_the_picture_the_answer_is_the_examples_own(size):
    words = drawn(figures.company, size=size, shift=3.0, z=4.0)
    assert words.endswith("by running statistics 1.50 in the batch, 1.50 alone")


def test_x13_in_the_picture_one_alone_is_beta():
    words = drawn(figures.company, size=1, shift=0.0, z=-8.0)
    assert "by its batch z̃ = 0.00" in words
    assert drawn(figures.company, size=1, shift=5.0, z=-8.0) == words  # no others move


def test_one_of_a_pair_is_plus_one_and_the_other_minus_one_unless_they_all_but_meet():
    for z, said in ((-8.0, "−1.00"), (8.0, "1.00"), (2.5, "0.49")):
        words = drawn(figures.company, size=2, shift=2.8, z=z)
        assert f"by its batch z̃ = {said};" in words


def by_the_batch(z, gamma, beta, mean, variance, epsilon):
    return batch_norm.forward_unchecked(z, gamma, beta, epsilon)[0]


def test_a_readers_mistake_shows_in_the_picture():
    words = drawn(partial(figures.company, algorithm=by_the_batch), size=32, shift=5.0, z=4.0)
    assert words.endswith("by running statistics −0.76 in the batch, 0.00 alone")


def nothing(*args, **kwargs):
    return np.full_like(args[0], np.nan)


@pytest.mark.parametrize(
    ("figure", "values"),
    [
        (figures.company, {"size": 3, "shift": 0.0, "z": 1.0}),
        (figures.lag, {"momentum": 0.9, "size": 16, "start": "zero"}),
        (figures.statistics, {"momentum": 0.9, "step": 20, "size": 4, "unit": 0}),
    ],
)
def test_an_algorithm_that_fails_is_told_in_words(figure, values):
    live = LivePicture(partial(figure, algorithm=nothing))
    assert "not a number" in live.draw(values)
    texts = [t.get_text() for ax in live.canvas.figure.axes for t in ax.texts]
    assert "not a number: NaN or infinity" in texts


@pytest.mark.parametrize(
    ("momentum", "late"),
    [
        (0.1, "after 1 mini-batch;"),
        (0.5, "after 4 mini-batches;"),
        (0.9, "after 22 mini-batches"),
        (0.99, "90 % of the jump after more than the 140 mini-batches seen here;"),
    ],
)
def test_the_picture_says_how_late_an_average_is(momentum, late):
    assert late in drawn(figures.lag, momentum=momentum, size=512, start="zero")


def test_the_picture_shows_the_bias_of_a_start_at_zero():
    at_zero = drawn(figures.lag, momentum=0.9, size=512, start="zero")
    assert float(at_zero.split("reads ")[1].split()[0]) == pytest.approx(0.41 * 2, abs=0.05)
    at_first = drawn(figures.lag, momentum=0.9, size=512, start="the first mini-batch")
    assert float(at_first.split("reads ")[1].split()[0]) == pytest.approx(2, abs=0.2)


def test_the_picture_says_how_much_an_average_shakes():
    words = drawn(figures.lag, momentum=0.8, size=64, start="zero")
    assert "shakes by 0.08;" in words  # 2 / 8 * sqrt(0.2 / 1.8)


def test_the_picture_of_the_wrong_mode_is_read_at_the_size_chosen():
    words = drawn(figures.evaluation, size=32, order="sorted by digit")
    (_, running, _), (_, _, batch) = _medians_and_ranges(words)
    assert running > 95
    assert batch < 100 / 3


@pytest.mark.parametrize("size", [1, 8, 64, 256])
def test_no_median_of_the_wrong_mode_is_said_to_lie_outside_its_range(size):
    for middle, low, high in _medians_and_ranges(
        drawn(figures.evaluation, size=size, order="mixed")
    ):
        assert low <= middle <= high


def _medians_and_ranges(words):
    found = re.findall(r"(\d+) % \((\d+) to (\d+)\)", words)
    assert len(found) == 2
    return [[float(percent) for percent in three] for three in found]


@pytest.mark.parametrize(
    ("size", "momentum", "words"),
    [
        (2, 0.0, "by running statistics 23 % (11 to 37); by statistics taken once more 66 % (59 "),
        (4, 0.0, "by running statistics 86 % (62 to 89); by statistics taken once more 96 % (94 "),
        (64, 0.99, "by running statistics 94 % (89 to 98); by statistics taken once more 98 % (96"),
    ],
)
def test_the_picture_of_failing_statistics_says_median_and_range(size, momentum, words):
    assert words in drawn(figures.failing, size=size, momentum=momentum)


def test_the_unit_that_is_shown_first_has_a_typical_running_variance():
    words = drawn(figures.statistics, momentum=0.9, step=199, size=4, unit=36)
    running, of_all = (float(x) for x in re.findall(r"σ²: running (\S+), of all (\S+)", words)[0])
    assert running / of_all == pytest.approx(3 / 4, abs=0.05)


def test_all_z_lie_inside_an_axis_that_is_hardly_wider():
    live, drawn_at = LivePicture(figures.company), []
    for shift, z in ((0.0, -8.0), (5.0, 8.0)):
        live.draw({"size": 64, "shift": shift, "z": z})
        above = live.canvas.figure.axes[0]
        drawn_at += [line.get_xdata() for line in above.lines]
    drawn_at = np.concatenate(drawn_at)
    low, high = above.get_xlim()
    assert low < drawn_at.min() < drawn_at.max() < high
    assert np.ptp(drawn_at) > 0.85 * (high - low)


@pytest.mark.parametrize(("size", "unit"), [(4, 36), (64, 3)])
def test_the_picture_says_of_which_unit_and_mini_batches_it_is(size, unit):
    live = LivePicture(figures.statistics)
    live.draw({"momentum": 0.9, "step": 20, "size": size, "unit": unit})
    title = live.canvas.figure.axes[0].get_title()
    assert title == f"z of unit {unit} in layer 1, mini-batches of {size}"


LAGS = [{"momentum": k, "size": 16.0, "start": "zero"} for k in (0.1, 0.5, 0.9, 0.965, 0.99)]
FOLLOWED = {"momentum": 0.9, "size": 4, "unit": 3}
HELD = [
    *(
        (figures.company, number, label, {"size": size, "shift": shift, "z": z})
        for number, label in ((0, "drawn around"), (1, "the example"))
        for size, shift, z in ((32, 0.0, 4.0), (1, 5.0, -8.0), (64, 5.0, 8.0))
    ),
    *((figures.statistics, 0, "mini-batch chosen", FOLLOWED | {"step": t}) for t in (1, 199)),
    *((figures.lag, 0, "90 % there (hollow: later)", values) for values in LAGS),
    *((figures.evaluation, 0, "size chosen", {"size": m, "order": "mixed"}) for m in (1, 32, 256)),
    *((figures.failing, 0, "size chosen", {"size": m, "momentum": 0.9}) for m in (2, 64)),
]


@pytest.mark.parametrize(("figure", "number", "label", "values"), HELD)
def test_what_can_be_held_lies_on_what_it_moves(figure, number, label, values):
    live = LivePicture(figure)
    live.draw(values)
    handle = live.update.handles[number]
    (line,) = (line for line in handle.ax.lines if line.get_label().lstrip("_") == label)
    assert pixels_apart(handle, values, line) < 1


def test_a_drag_of_60_pixels_reaches_the_next_size_of_training():
    live = LivePicture(figures.failing)
    live.draw({"size": 64, "momentum": 0.9})
    (handle,) = live.update.handles
    places = handle.along("x", small.SIZES, {"momentum": 0.9})
    pixels = handle.ax.transData.transform([(place, 0.0) for place in places])[:, 0]
    assert np.diff(pixels).max() / 2 < 60  # a grip goes to the place that is nearest


@pytest.mark.parametrize(
    ("number", "written"), [(-0.004, "0.00"), (-0.0, "0.00"), (-0.006, "−0.01"), (1.5, "1.50")]
)
def test_a_number_that_is_0_to_two_digits_has_no_minus_sign(number, written):
    assert figures._short(number) == written


def test_no_statistic_that_is_nearly_0_is_said_to_be_below_it():
    live = LivePicture(figures.statistics)
    for unit in range(64):
        assert "−0.00" not in live.draw({"momentum": 0.1, "step": 1, "size": 4, "unit": unit})
