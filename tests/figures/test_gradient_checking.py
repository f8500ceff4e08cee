"""Pictures of gradient checking: what they say and how they move."""

import numpy as np
import pytest

from course_utils import activations
from course_utils import gradient_checking as lecture
from course_utils.experiments import backward_passes, gradient_errors
from course_utils.figures import gradient_checking as figures
from course_utils.widgets.live_picture import LivePicture
from tests.figures.words import words_of

X, Y = gradient_errors.examples()


SETTINGS = {
    figures.secants: {
        "here": (-1.5, -0.05, 0.6),
        "h": (0.001, 0.3, 1.0),
        "curve": gradient_errors.CURVES,
    },
    figures.v_curve: {
        "h": (1e-14, 1e-5, 1.0),
        "precision": ("float64", "float32"),
        "subject": gradient_errors.SUBJECTS,
    },
    figures.gallery: {
        "mistake": backward_passes.mistakes,
        "h": (1e-10, 1e-5, 0.1),
        "scale": (0.01, 1.0),
    },
    figures.dropped: {
        "keep_prob": (0.1, 0.8, 1.0),
        "mask": gradient_errors.MASKS,
        "h": (1e-8, 0.1),
    },
    figures.kinks: {
        "h": (1e-8, 1e-3, 0.1),
        "m": (2, 100),
        "shifted": (True, False),
        "activation": (activations.relu, activations.tanh),
    },
    figures.after_training: {
        "step": (0, 1, 25),
        "mistake": backward_passes.hiding,
        "scale": (0.01, 1.0),
    },
}


def said(figure, **values):
    return words_of(figure, values)


def test_readouts_say_what_the_pictures_show():
    assert "two-sided 1.0000 (off by 0)" in said(figures.secants, here=1.0, h=0.5, curve="parabola")
    kink = {"h": 0.5, "curve": "kink at 0"}
    assert "the slope left of the kink is 0.2000" in said(figures.secants, here=0.0, **kink)
    assert "the slope is 1.2000" in said(figures.secants, here=0.05, **kink)
    assert "two-sided is best near h = 1e−5" in said(figures.v_curve, h=0.01)
    assert "two-sided is best near h = 1e−2" in said(figures.v_curve, h=0.1, precision="float32")
    assert "wrong; above 1e−3: W1, b1" in said(figures.gallery, mistake="dZ1: W2 for W2ᵀ")
    assert "right; above 1e−3: none" in said(figures.gallery, mistake=backward_passes.right)
    for mask, word in zip(gradient_errors.MASKS, ("wrong", "right", "right"), strict=True):
        assert f", {word};" in said(figures.dropped, keep_prob=0.8, mask=mask)
    at_start, later = (
        said(figures.after_training, step=step, mistake="db: λ/m b added") for step in (0, 1)
    )
    assert ", right;" in at_start
    assert "wrong; above 1e−3: b1, b2, b3" in later


def test_all_that_fail_at_kinks_are_switched():
    for h, count in ((1e-5, 0), (1e-3, 4)):
        words = said(figures.kinks, h=h)
        assert f"{count} of 37 above 1e−3; a unit switches for {count} of these" in words
    assert "biases 0, h = 1e−6: 4 of 37" in said(figures.kinks, h=1e-6, shifted=False)
    assert "0 of 37" in said(figures.kinks, h=1e-6, shifted=False, activation=activations.tanh)


def no_numbers(f, theta, *, h):
    return np.full(np.shape(theta), np.nan)


def twice(f, theta, *, h):
    return 2 * lecture.numerical_gradient(f, theta, h=h)


def test_a_readers_function_shows_and_may_fail_in_words():
    values = {
        figure: {name: next(iter(options)) for name, options in SETTINGS[figure].items()}
        for figure in (figures.secants, figures.v_curve, figures.gallery)
    }
    for figure, chosen in values.items():
        broken = said(lambda fig, f=figure: f(fig, algorithm=no_numbers), **chosen)
        assert "not a number" in broken
        assert "nan" not in broken
        double = said(lambda fig, f=figure: f(fig, algorithm=twice), **chosen)
        assert double != said(figure, **chosen)
    assert "not a number" in said(
        lambda fig: figures.dropped(fig, algorithm=no_numbers), keep_prob=0.5
    )
    kinks = said(lambda fig: figures.kinks(fig, algorithm=no_numbers), h=1e-3)
    assert "not a number" in kinks


def test_a_pass_without_numbers_is_said_in_words():
    def broken(p, X, Y, lambda_):
        return {name: a * np.nan for name, a in p.items()}

    words = said(lambda fig: figures.gallery(fig, passes={"mine": broken}), mistake="mine")
    assert "not a number" in words


HELD = [
    (figures.secants, {"here": 0.6, "h": 0.5, "curve": "smooth"}),
    (figures.secants, {"here": 1.5, "h": 1.0, "curve": "kink at 0"}),
    (figures.secants, {"here": -1.5, "h": 0.001, "curve": "parabola"}),
    *((figures.v_curve, {"h": h, "precision": "float64"}) for h in (1e-14, 0.01, 1.0)),
    (figures.after_training, {"step": 0, "mistake": "db: λ/m b added", "scale": 0.01}),
    (figures.after_training, {"step": 25, "mistake": "db: λ/m b added", "scale": 1.0}),
]


@pytest.mark.parametrize(("figure", "values"), HELD)
def test_handles_lie_on_points_of_lines_inside_the_axes(figure, values):
    live = LivePicture(figure)
    live.draw(values)
    for handle in live.update.handles:
        x, y = handle.place(values)
        ax = handle.ax
        drawn = np.vstack([line.get_xydata() for line in ax.lines])
        if figure is figures.v_curve:  # there it lies on the line that marks h, not at its ends
            drawn = drawn[:, :1]
        off = np.abs(drawn - (x, y)[: drawn.shape[1]]).max(axis=1)
        assert off.min() < 1e-12
        assert ax.get_xlim()[0] <= x <= ax.get_xlim()[1]
        assert ax.get_ylim()[0] <= y <= ax.get_ylim()[1]


def test_the_line_that_is_broken_is_shown_and_can_be_held():
    live = LivePicture(figures.gallery)
    live.draw({"mistake": backward_passes.right})
    handle = live.update.handles[0]
    whole = [text.get_text() for text in handle.ax.texts][: len(figures._PROGRAM)]
    assert tuple(whole) == figures._PROGRAM
    for mistake in backward_passes.mistakes:
        live.draw({"mistake": mistake})
        now = [text.get_text() for text in handle.ax.texts][: len(figures._PROGRAM)]
        changed = [number for number, line in enumerate(whole) if line != now[number]]
        place = handle.place({"mistake": mistake})[1]
        assert changed == ([] if mistake == backward_passes.right else [round(place)])
        assert all(mistake.startswith(whole[number].split(" ")[0]) for number in changed)
        assert handle.ax.lines[0].get_ydata()[0] == place


@pytest.mark.parametrize("mistake", backward_passes.mistakes)
def test_no_line_of_the_program_is_cut_off(mistake):
    live = LivePicture(figures.gallery)
    live.draw({"mistake": mistake})
    ax = live.update.handles[0].ax
    assert all(text.get_window_extent().x1 < ax.bbox.x1 for text in ax.texts)


@pytest.mark.parametrize("mask", gradient_errors.MASKS)
def test_the_costs_under_dropout_lie_inside_their_axes(mask):
    live = LivePicture(figures.dropped)
    live.draw({"keep_prob": 0.5, "mask": mask, "h": 1e-5})
    ax = live.canvas.figure.axes[0]
    low, high = ax.get_ylim()
    costs = ax.lines[0].get_ydata()
    assert low < min(costs) <= max(costs) < high


def test_a_readers_own_pass_is_pinned_below_the_program():
    live = LivePicture(
        lambda fig: figures.gallery(fig, passes={"my_backward": backward_passes.backward})
    )
    live.draw({"mistake": "my_backward"})
    assert live.update.handles[0].place({"mistake": "my_backward"})[1] == len(figures._PROGRAM)
