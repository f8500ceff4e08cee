"""Pictures of training softmax: what they say and how they move."""

import re
from functools import partial

import numpy as np
import pytest
import scipy.optimize
from matplotlib import figure
from matplotlib.lines import Line2D

from course_utils import softmax
from course_utils.experiments import training_softmax as experiments
from course_utils.figures import training_softmax as figures
from course_utils.support.words import percent
from course_utils.widgets.live_picture import LivePicture
from tests.figures.grips import pixels_apart
from tests.figures.words import words_of


def test_loss_and_gradient_of_the_lecture_m5_m6():
    words = words_of(figures.loss, {"share": 0.2, "right": 2})
    assert words == ("ŷ = [0.30, 0.20, 0.10, 0.40]: L = 1.609; gradient [0.30, −0.80, 0.10, 0.40]")


@pytest.mark.parametrize("right", [1, 2, 3, 4])
def test_the_gradient_is_written_as_y_hat_less_y_to_the_last_digit(right):
    update = figures.loss(figure.Figure())
    for share in np.linspace(0.01, 0.99, 99):
        words = update(share=share, right=right)
        y_hat, dz = (re.findall(r"[−\d.]+", row) for row in re.findall(r"\[(.*?)\]", words))
        y_hat, dz = y_hat[: right - 1] + y_hat[right:], dz[: right - 1] + dz[right:]
        assert y_hat == dz, words


def test_label_smoothing_of_a_tenth_in_ten_classes_m8():
    gap = softmax.optimal_gap(0.1, 10)
    floor = figures.losses([gap], 0.1, 10)[0]
    assert (round(gap, 2), round(floor, 3)) == (4.51, 0.500)
    least = scipy.optimize.minimize_scalar(
        lambda gap: figures.losses([gap], 0.1, 10)[0], bounds=(0, 20), method="bounded"
    )
    assert least.x == pytest.approx(gap, abs=1e-3)
    y = softmax.smooth(np.eye(10)[:, :1], 0.1)[:, 0]
    assert floor == pytest.approx(-(y * np.log(y)).sum(), rel=1e-12)
    words = words_of(figures.smoothing, {"gap": 2.0, "smoothing": 0.1, "classes": 10})
    assert words == "C = 10, smoothing 0.1: L = 0.977 at gap 2.00; least, 0.500, at gap 4.51"


def test_hard_labels_have_no_best_gap_m8():
    assert softmax.optimal_gap(0, 10) == np.inf
    words = words_of(figures.smoothing, {"gap": 2.0, "smoothing": 0.0, "classes": 10})
    assert words.endswith("; no least: it falls towards 0")
    with pytest.raises(ValueError, match="classes=1"):
        softmax.optimal_gap(0.1, 1)


def test_without_its_minus_descent_makes_the_right_class_less_likely_x5():
    live = LivePicture(figures.descent)
    last = [
        float(live.draw({"step": 20, "alpha": 1.0, "sign": sign}).split()[-1]) for sign in (1, -1)
    ]
    assert last[0] > 0.9
    assert last[1] < 0.01
    said = live.draw({"step": 20, "alpha": 0.5, "sign": -1})
    assert "to −18.29;" in said


@pytest.mark.parametrize("alpha", [0.05, 0.5, 5.0])
@pytest.mark.parametrize("sign", [1, -1])
def test_the_loss_stays_on_its_axis_which_is_one_for_all_steps(alpha, sign):
    live, ends = LivePicture(figures.descent), set()
    for step in (0, 20, 40):
        live.draw({"step": step, "alpha": alpha, "sign": sign})
        panel = live.canvas.figure.axes[1]
        low, high = panel.get_ylim()
        assert all(low < loss < high for loss in panel.lines[0].get_ydata())
        ends.add((low, high))
    assert len(ends) == 1, "the axis moves with the step"


def test_the_star_is_listed_where_one_is_drawn():
    live = LivePicture(figures.smoothing)
    for smoothing in (0.0, 0.1, 0.0, 0.5):
        live.draw({"gap": 2.0, "smoothing": smoothing, "classes": 10})
        legend = live.canvas.figure.axes[1].get_legend()
        listed = [text.get_text() for text in legend.get_texts() if text.get_visible()]
        assert ("least loss" in listed) == (smoothing > 0)
        assert legend.legend_handles[-1].get_visible() == (smoothing > 0)


DRAWN = np.random.default_rng(0).permutation(1797)[:360]
LAST = np.arange(1437, 1797)


TESTS = {"drawn": DRAWN, "last": LAST}
CHOSEN = ((4, 0.003, "drawn"), (4, 0.0001, "drawn"), (4, 0.003, "last"), (2, 0.0001, "drawn"))


def test_the_picture_says_what_a_new_run_finds():
    live = LivePicture(partial(figures.digits, run=experiments.DigitsRun(TESTS)))
    for epoch, alpha, tests in CHOSEN:
        words = live.draw({"epoch": epoch, "alpha": alpha, "tests": tests})
        assert words.startswith(f"epoch {epoch}, α = {alpha:g}, test {tests}: cost ")
        accuracy = experiments.DigitsRun(TESTS).accuracy(epoch, alpha, tests)
        assert words.endswith(f"wrong, {percent(accuracy, 1)} right")


@pytest.mark.parametrize("alpha", [0.003, 0.01, 1.0])
def test_costs_stay_on_their_axis_at_every_alpha(alpha):
    run = experiments.DigitsRun(TESTS)
    live = LivePicture(partial(figures.digits, run=run))
    low, high = live.canvas.figure.axes[0].get_ylim()
    for test in TESTS:
        *_, (_, frames) = run.reach(30, alpha, test)
        costs = np.array([frame.costs for frame in frames])
        there = (low < costs) & (costs < high)
        assert there.mean() > 0.95, "at α = 1 a step may throw it anywhere"
        assert there.all() or alpha == 1


def test_a_diverged_run_says_so_and_leaves_others_alone():
    live = LivePicture(partial(figures.digits, run=experiments.DigitsRun({"drawn": DRAWN})))
    for epoch in (1, 3):
        words = live.draw({"epoch": epoch, "alpha": 1e30, "tests": "drawn"})
        assert words.endswith(": diverged: α is too large")
    assert "% right" in live.draw({"epoch": 1, "alpha": 0.001, "tests": "drawn"})


def test_only_wrong_answers_are_counted_by_digit_and_answer():
    fig = figure.Figure()
    ax = fig.subplots()
    figures.confusions(ax)(np.array([3, 3, 3, 8]), np.array([3, 5, 5, 1]))
    counts = ax.images[0].get_array()
    assert (counts[3, 3], counts[3, 5], counts[8, 1], counts.sum()) == (0, 2, 1, 3)


def test_the_live_table_has_its_counts_written_in_its_cells():
    live = LivePicture(partial(figures.digits, run=experiments.DigitsRun({"drawn": DRAWN})))
    for epoch in (1, 4):
        words = live.draw({"epoch": epoch, "alpha": 0.001, "tests": "drawn"})
        table = live.canvas.figure.axes[2]
        written = [text for text in table.texts if text.get_text()]
        assert f"; {sum(int(t.get_text()) for t in written)} of 360 wrong" in words
        shown = table.images[0].get_array()
        assert len(written) == np.count_nonzero(shown)
        assert all(
            shown[int(t.get_position()[1]), int(t.get_position()[0])] == int(t.get_text())
            for t in written
        )


def test_the_arrow_in_the_triangle_ends_in_the_corner_of_the_right_class():
    live = LivePicture(figures.triangle)
    for first, second, right in ((0.2, 0.5, 1), (0.02, 0.98, 3), (0.96, 0.02, 2)):
        words = live.draw({"first": first, "second": second, "right": right})
        y_hat = [first, (1 - first) * second, (1 - first) * (1 - second)]
        assert f"L = {-np.log(y_hat[right - 1]):.3f};" in words
        (arrow,) = live.canvas.figure.axes[0].patches
        assert np.allclose(
            arrow._posA_posB, [y_hat @ figures._CORNERS, figures._CORNERS[right - 1]]
        )


def test_the_prediction_does_not_move_along_the_arrow():
    y_hat, y, step = np.array([0.2, 0.6, 0.2]), np.array([1.0, 0.0, 0.0]), 0.01
    moved = experiments.taken(y_hat, y, alpha=step, steps=1)[1] - y_hat
    jacobian = np.diag(y_hat) - np.outer(y_hat, y_hat)
    assert moved == pytest.approx(step * jacobian @ (y - y_hat), abs=3e-5)
    assert (np.sign(moved) == [1, -1, 1]).all()  # even a wrong class gains
    push = y - y_hat
    assert y_hat @ push == pytest.approx(-0.24)
    assert moved == pytest.approx(step * y_hat * (push - y_hat @ push), abs=3e-5)


def test_arrow_and_path_agree_where_the_wrong_classes_are_equal():
    equal = experiments.taken([0.2, 0.4, 0.4], np.array([1.0, 0.0, 0.0]))
    assert equal[:, 1] == pytest.approx(equal[:, 2])
    other = experiments.taken([0.2, 0.6, 0.2], np.array([1.0, 0.0, 0.0]))
    on_arrow = 0.6 / 0.8 * (1 - other[:, 0])  # of what class 1 leaves, class 2 would keep its part
    assert np.abs(other[:, 1] - on_arrow).max() > 0.03


@pytest.mark.parametrize("right", [1, 2, 3])
def test_the_grey_path_goes_from_the_prediction_towards_the_corner_and_the_loss_falls(right):
    live = LivePicture(figures.triangle)
    live.draw({"first": 0.02, "second": 0.02, "right": right})
    (path,) = (a for a in live.canvas.figure.axes[0].lines if a.get_label() == "descent")
    x, y = path.get_data()
    shares = np.linalg.solve(np.vstack([figures._CORNERS.T, [1, 1, 1]]), [x, y, np.ones(len(x))])
    assert shares[:, 0] == pytest.approx([0.02, 0.98 * 0.02, 0.98 * 0.98])
    assert (np.diff(shares[right - 1]) > 0).all()
    assert shares[right - 1, -1] > 0.95


def test_lines_in_the_triangle_are_of_equal_loss():
    live = LivePicture(figures.triangle)
    for right in (1, 2, 3):
        live.draw({"first": 0.2, "second": 0.5, "right": right})
        for line, loss in zip(live.canvas.figure.axes[0].lines[1:], figures._LOSSES, strict=False):
            ends = np.vstack([line.get_data(), [1, 1]])
            shares = np.linalg.solve(np.vstack([figures._CORNERS.T, [1, 1, 1]]), ends)
            assert -np.log(shares[right - 1]) == pytest.approx([loss, loss])
            assert shares.min() == pytest.approx(0, abs=1e-12)  # it ends on the sides


def bar(ax, right, **_):
    return ax.patches[3 + right]  # the first four are outlines


def dot(ax, **_):
    return next(line for line in ax.lines if line.get_marker() == "o")


def end(ax, **_):
    (line,) = ax.lines
    assert line.get_xdata()[-1] == len(line.get_xdata()) - 1
    return Line2D(*(data[-1:] for data in line.get_data()), transform=ax.transData)


def cursor(ax, **_):
    return next(line for line in ax.lines if "asked for" in line.get_label())


HELD = [
    (figures.loss, 0, bar, [{"share": s, "right": k} for s, k in ((0.01, 1), (0.2, 2), (0.99, 4))]),
    (figures.loss, 1, dot, [{"share": s, "right": 2} for s in (0.01, 0.2, 0.99)]),
    (
        figures.triangle,
        0,
        dot,
        [
            {"first": first, "second": second, "right": 1}
            for first, second in ((0.2, 0.5), (0.02, 0.02), (0.96, 0.98))
        ],
    ),
    (
        figures.descent,
        0,
        end,
        [{"step": t, "alpha": 5.0, "sign": sign} for t in (0, 20, 40) for sign in (1, -1)],
    ),
    (
        figures.smoothing,
        0,
        dot,
        [
            {"gap": gap, "smoothing": s, "classes": 20}
            for gap, s in ((-1.0, 0.0), (2.0, 0.1), (10.0, 0.5))
        ],
    ),
    (
        partial(figures.digits, run=experiments.DigitsRun({"drawn": DRAWN})),
        0,
        cursor,
        [{"epoch": epoch, "alpha": 0.001, "tests": "drawn"} for epoch in (0, 2)],
    ),
]


@pytest.mark.parametrize(("figure", "number", "find", "moves"), HELD)
def test_what_can_be_held_lies_on_what_it_moves(figure, number, find, moves):
    live = LivePicture(figure)
    for values in moves:
        live.draw(values)
        handle = live.update.handles[number]
        assert pixels_apart(handle, values, find(handle.ax, **values)) < 1
