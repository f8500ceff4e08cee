"""Pictures of mini batches: what they say and how they move."""

from functools import partial

import numpy as np
import pytest

from course_utils import datasets, regression
from course_utils import mini_batches as mb
from course_utils.experiments.mini_batches import drawn_gradients
from course_utils.figures import mini_batches as figures
from course_utils.learning_rate_decay import constant
from course_utils.widgets.live_picture import LivePicture
from tests.figures.words import words_of
from tests.test_mini_batches import walk


def line(live, axes, number):
    return live.canvas.figure.axes[axes].lines[number].get_xydata()


def test_o1_cut_says_how_often_each_example_came():
    live = LivePicture(figures.cut)
    readout = live.draw({"m": 40, "size": 16, "epoch": 1})
    assert readout == (
        "epoch 1: 3 mini-batches, 2 of 16 and 1 of 8; every example exactly once, with its label"
    )
    assert "1 mini-batch, 1 of 40" in live.draw({"m": 40, "size": 48, "epoch": 1})
    first, second = (
        live.draw({"m": 5, "size": 2, "epoch": e}) and live.pixels.copy() for e in (1, 2)
    )
    assert not np.array_equal(first, second)


def test_the_formula_of_an_epoch_has_its_steps_o1():
    formula = LivePicture(figures.cut).update.formula
    assert formula.terms["steps"](m=40, size=16, epoch=3) == 3
    assert formula.terms["steps"](m=40, size=40, epoch=1) == 1


def in_order(X, Y, size):
    return [(X[:, k : k + size], Y[:, k : k + size]) for k in range(0, X.shape[1], size)]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (
            lambda X, Y, size, rng: [(x, y) for x, y in mb.mini_batches(X, Y, size, rng)][:-1],
            "8 of 40 examples never, 0 more than once, with its label",
        ),
        (lambda X, Y, size, rng: in_order(X, np.roll(Y, 1, axis=1), size), "with a wrong label"),
        (
            lambda X, Y, size, rng: in_order(X, Y, size) + in_order(X, Y, size)[:1],
            "0 of 40 examples never, 16 more than once",
        ),
        (
            lambda X, Y, size, rng: [*in_order(X, Y, size), (np.zeros((64, 8)), np.zeros((1, 8)))],
            "8 that are no examples",
        ),
    ],
)
def test_cut_shows_what_a_readers_function_does(wrong, said):
    live = LivePicture(partial(figures.cut, algorithm=wrong))
    assert said in live.draw({"m": 40, "size": 16, "epoch": 1})


def test_a_mini_batch_of_a_wrong_shape_is_said_in_words():
    live = LivePicture(partial(figures.cut, algorithm=lambda X, Y, size, rng: [(X.T, Y.T)]))
    with pytest.raises(ValueError, match=r"a mini-batch should be \(64, n\) and \(1, n\), but"):
        live.draw({"m": 40, "size": 16, "epoch": 1})


def test_o1_paths_walk_the_packages_steps():
    X, y = datasets.next_day()
    live = LivePicture(figures.paths)
    readout = live.draw({"size": 16, "alpha": 0.1, "epochs": 1, "seed": 3})
    steps = list(walk(X, y, 16, epochs=1, seed=3))
    shown = line(live, 0, 2)
    assert shown == pytest.approx(np.hstack([regression.START, *(w for w, _, _ in steps)]).T)
    assert line(live, 1, 1)[-1] == pytest.approx([1, regression.linear_cost(steps[-1][0], X, y)[0]])
    own = [
        regression.linear_cost(w, *pair)[0]
        for w, pair in zip(
            [regression.START, *(w for w, _, _ in steps)], [s[1:] for s in steps], strict=False
        )
    ]
    assert line(live, 1, 0)[:, 1] == pytest.approx(own)
    assert readout.startswith("size 16, α = 0.1: 23 steps in 1 epoch; J = ")
    assert "4 steps in 4 epochs" in live.draw({"size": 365, "alpha": 0.1, "epochs": 4, "seed": 0})
    assert "0 steps in 0.9 epochs" in live.draw({"size": 365, "alpha": 0.1, "epochs": 0.9})


@pytest.mark.parametrize(
    ("alpha", "words"), [(2, "diverged: α is too large"), (0.9, "left the picture")]
)
def test_divergence_is_said_in_words(alpha, words):
    live = LivePicture(figures.paths)
    said = [
        live.draw({"size": 1, "alpha": alpha, "epochs": e, "seed": s})
        for e in np.arange(0.2, 4, 0.4)
        for s in range(2)
    ]
    assert any(words in readout for readout in said)
    assert not any("nan" in readout or "e+" in readout for readout in said)


def test_o1_noise_halves_with_four_times_the_size():
    live = LivePicture(figures.noise)
    error = {}
    for size in (1, 4, 16, 64, 365):
        readout = live.draw({"size": size, "way": 0.0})
        error[size] = float(readout.split("error is ")[1].split(",")[0])
    for size in (1, 4, 16):  # 200 draws tell the error to about a tenth
        assert error[size] / error[4 * size] == pytest.approx(2, rel=0.2)
    assert error[365] == 0


def test_64_days_have_an_eighth_of_a_single_days_error_or_a_little_less():
    gradients = drawn_gradients(mb.mini_batches)
    off = [np.square(gradients[n][0] - gradients[365][0]).sum(axis=1).mean() for n in (1, 64)]
    assert 8 < np.sqrt(off[0] / off[1]) < 9.5
    assert np.sqrt((64 * 364) / (365 - 64)) == pytest.approx(8.8, abs=0.05), "what theory says"


def test_a_bold_alpha_throws_w_out_and_ends_low_by_luck():
    X, y = datasets.next_day()
    values, said = figures.MOMENTS["paths"]["too bold"]
    assert LivePicture(figures.paths).draw(values).endswith("J = 0.0573, the lowest is 0.0572")
    costs = [
        regression.linear_cost(np.hstack([w for w, _, _ in steps]), X, y)
        for steps in (walk(X, y, 1, epochs=1, schedule=constant(1), seed=s) for s in range(10))
    ]
    assert "in all ten orders J leaps above 9." in said, "whichever order is chosen"
    assert 9 < min(cost.max() for cost in costs) < 10
    assert np.median([cost[-1] for cost in costs]) > 0.1, "no other order ends so low"
    assert min(cost[-1] for cost in costs[1:]) > 0.0573


def test_a_single_draw_that_leads_uphill_is_not_none():
    live, gradients = LivePicture(figures.noise), drawn_gradients(mb.mini_batches)
    there = 0.3 * gradients[8][0] + 0.7 * gradients[8][1]
    assert (there @ gradients[365][0, 0] < 0).sum() == 1
    assert live.draw({"size": 8, "way": 0.7}).endswith("0.5 % of the draws lead uphill")
    assert live.draw({"size": 8, "way": 0.0}).endswith("; 0 % of the draws lead uphill")


def test_one_step_is_one_step():
    at_once = {"own": {1600: [np.array([(0.001, 1, 0.3)])]}}
    live = LivePicture(partial(figures.times, measured=at_once, examples=1600))
    said = live.draw({"size": 1600, "target": 1.5, "rate": "own"})
    assert "1 step an epoch; J = 1.5 after about 1 step; " in said


def test_noise_is_all_that_is_left_at_the_minimum():
    live = LivePicture(figures.noise)
    assert live.draw({"size": 64, "way": 1.0}).endswith(
        "the true gradient 0.000 long; all is error"
    )
    assert live.draw({"size": 365, "way": 1.0}).endswith(
        "the error is 0.000, the true gradient 0.000 long; neither is left"
    )
    X, y = datasets.next_day()
    best = regression.linear_minimum(X, y)
    length = np.sqrt(((X * (best.T @ X - y)) ** 2).sum(axis=0).mean())
    assert line(live, 1, 0)[0, 1] == pytest.approx(length, rel=0.15)


def test_noise_refuses_an_algorithm_without_such_mini_batches():
    with pytest.raises(ValueError, match="mini-batches of 2 examples, but none was"):
        LivePicture(
            partial(figures.noise, algorithm=lambda X, y, size, rng: [(X[:, :1], y[:, :1])])
        )


PLACES = {
    (labels, size): {
        s: np.random.default_rng(size).normal(0.05 * k, 0.1, (6, 9, 2))
        for k, s in enumerate(("a", "b", "c"))
    }
    for labels in ("as measured", "without noise")
    for size in (1, 73)
}
RUNS = {
    name: {
        n: [np.array([(0.001 * k * s, k, 2 / k) for k in range(1, 9)]) for s in (1, 2)]
        for n in (1, 60, 64, 1600)
    }
    for name in ("own", "all")
}


settling = partial(figures.settling, places=PLACES, best=np.zeros(2))


times = partial(figures.times, measured=RUNS, examples=1600)


def test_x12_settling_shows_where_each_order_is():
    live = LivePicture(settling)
    readout = live.draw({"size": 73, "labels": "as measured", "epoch": 5})
    w = PLACES["as measured", 73]["b"]
    assert line(live, 0, 1) == pytest.approx(w[:, 5])
    distance = np.linalg.norm(w, axis=2)
    assert line(live, 1, 1)[:, 1] == pytest.approx(np.median(distance, axis=0)[:6])
    assert f"b: {np.median(distance[:, 5]):.2g} ({distance[:, 5].min():.2g} to" in readout


def _names(legend):
    return [text.get_text() for text in legend.get_texts()]


def test_settling_names_its_marks_at_the_left_and_its_lines_at_the_right():
    axes = LivePicture(settling).canvas.figure.axes
    assert [_names(ax.get_legend()) for ax in axes] == [["a", "b", "c"]] * 2
    marks, lines = (ax.get_legend().legend_handles for ax in axes)
    assert [mark.get_marker() for mark in marks] == ["o", "s", "^"]
    assert len({line.get_linestyle() for line in lines}) == 3


def test_settling_says_that_all_are_still_outside_the_picture():
    far = {key: {s: w + 2 for s, w in of.items()} for key, of in PLACES.items()}
    for places, said in ((far, "all are outside the picture"), (PLACES, "")):
        live = LivePicture(partial(figures.settling, places=places, best=np.zeros(2)))
        live.draw({"size": 1, "labels": "as measured", "epoch": 0})
        assert live.canvas.figure.axes[0].texts[0].get_text() == said


def test_all_that_is_drawn_of_noise_is_named_inside_the_picture():
    figure = LivePicture(figures.noise).canvas.figure
    legend = figure.axes[1].get_legend()
    groups = "10 × 20 draws: median, range"
    assert _names(legend) == ["theory", "1/√size", "true gradient", groups]
    assert figure.bbox.y1 >= legend.get_window_extent().y1
    assert figure.bbox.x1 >= legend.get_window_extent().x1


def test_the_square_of_60_leaves_the_dot_of_64_to_be_seen():
    axes = LivePicture(times).canvas.figure.axes
    for ax in axes:
        marks = [line for line in ax.lines if line.get_marker() in {"s", "o"}]
        assert [mark.get_marker() for mark in marks] == ["s", "o", "o"]  # the later lies above
        square, dot, _ = marks
        assert square.get_markerfacecolor() == "none"
        assert square.get_markersize() > dot.get_markersize()
    said = [_names(ax.get_legend()) for ax in axes]
    assert said == [["a power of two", "another size"], ["range of the runs", "size chosen"]]


def test_settling_says_that_it_diverged():
    broken = {key: {s: w * np.inf for s, w in of.items()} for key, of in PLACES.items()}
    live = LivePicture(partial(figures.settling, places=broken, best=np.zeros(2)))
    assert "diverged" in live.draw({"size": 1, "labels": "as measured", "epoch": 5})


def test_times_reads_the_clock_but_prints_no_time():
    live = LivePicture(times)
    readout = live.draw({"size": 64, "target": 0.5, "rate": "own"})
    assert readout == (
        "size 64, own: 25 steps an epoch; J = 0.5 after about 4 steps; the times are in the picture"
    )
    texts = [ax.texts[0].get_text() for ax in live.canvas.figure.axes]
    assert texts == ["size 64: 37.5 ms", "size 64: 6 ms"]
    assert "J = 0.2 is not reached" in live.draw({"size": 64, "target": 0.2, "rate": "own"})
    assert live.canvas.figure.axes[1].texts[0].get_text() == "size 64: never"


def _distances(orders=2, epochs=30):
    return {("as measured", 1): {"α": np.ones((orders, epochs + 1, 2))}}


def _runs(size):
    return [np.array([[0.01 * size, 5, 1.0], [0.1 * size, 50, 0.3]])]


RACE = {"clock": 100.0, "copies": 1000, "rate": "each its own α", "a_step": 3.0}


def test_o1_on_one_clock_a_whole_batch_of_many_examples_has_not_stepped_yet():
    live = LivePicture(figures.race)
    words = live.draw(RACE)
    assert words.startswith(
        "100 µs, 365 000 examples, each its own α; size 1: 33 steps, 0.13 above"
    )
    assert "size 64: 31 steps, 0.002 above the lowest cost" in words
    assert words.endswith("all: 0 steps, 1 above the lowest cost")
    few = live.draw({**RACE, "copies": 1})
    assert "100 µs, 365 examples" in few
    assert few.endswith("all: 26 steps, under 0.0001 above the lowest cost")


def test_the_moments_of_the_race_hold_wherever_the_controls_stand():
    others = {"clock": 3.0, "copies": 1, "rate": "α = 0.04 for all", "a_step": 100.0}
    said = {
        name: words_of(figures.race, {**others, **values})
        for name, (values, _) in figures.MOMENTS["race"].items()
    }
    assert said["365 examples"].endswith("all: 26 steps, under 0.0001 above the lowest cost")
    assert said["365 000"].endswith("all: 0 steps, 1 above the lowest cost")
    above = [float(part.split(", ")[1].split()[0]) for part in said["slow steps"].split("; ")[1:]]
    assert above[0] > 50 * above[1]


SETTLING = partial(figures.settling, places=_distances(), best=np.zeros(2))
TIMES = partial(figures.times, measured={"α": {n: _runs(n) for n in (1, 64, 1600)}}, examples=1600)
HELD = [
    (figures.race, {**RACE, "clock": 3.0}),
    (figures.race, {**RACE, "clock": 10_000.0, "copies": 1}),
    (figures.paths, {"size": 16, "alpha": 0.1, "epochs": 1.0, "start_1": 0.5, "start_2": -1.2}),
    (figures.paths, {"size": 1, "alpha": 2.0, "epochs": 4.0, "start_1": 2.2, "start_2": 2.2}),
    (figures.noise, {"size": 1, "way": 0.0}),
    (figures.noise, {"size": 365, "way": 1.0}),
    (SETTLING, {"size": 1, "labels": "as measured", "epoch": 0}),
    (SETTLING, {"size": 1, "labels": "as measured", "epoch": 30}),
    (TIMES, {"size": 1, "target": 0.35, "rate": "α"}),
    (TIMES, {"size": 1600, "target": 1.5, "rate": "α"}),
]


@pytest.mark.parametrize(("figure", "values"), HELD)
def test_handles_lie_on_points_or_on_upright_lines(figure, values):
    live = LivePicture(figure)
    live.draw(values)
    for handle in live.update.handles:
        x, y = handle.place(values)
        low, high = handle.ax.get_ylim()
        assert low < y < high
        drawn = [one.get_xydata() for one in handle.ax.lines if one.get_xydata().size]
        upright = [one for one in drawn if len(one) == 2 and (one[:, 0] == x).all()]
        off = [np.abs(one - (x, y)).max(axis=1).min() for one in drawn if np.isfinite(one).all()]
        assert upright or min(off) < 1e-9


@pytest.mark.parametrize("start", [(-1.2, -1.2), (-1.2, 2.2), (2.2, -1.2), (2.2, 2.2)])
def test_from_every_start_the_path_ends_at_the_star(start):
    live = LivePicture(figures.paths)
    live.draw({"size": 16, "alpha": 0.5, "start_1": start[0], "start_2": start[1]})
    left = live.canvas.figure.axes[0]
    star, square, path = (left.lines[k].get_xydata() for k in range(3))
    assert square.tolist() == [list(start)] == path[:1].tolist()
    assert np.linalg.norm(path[-1] - star[0]) < 0.1
