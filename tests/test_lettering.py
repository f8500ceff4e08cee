"""Texts that are stamped look as matplotlib draws them, and are set only once."""

import itertools

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure

from course_utils.support.looks import in_house_looks
from course_utils.widgets import lettering

TEXTS = ("J = 0.123, fgy", "$\\hat{y}^{(i)} − \\sqrt{s_{dW}^2}$", "Å|j_\nβ₂")
ANGLES = (0, 90, 37, -120)


@in_house_looks
def drawn(canvas_class, text, *, sharpness=1, **looks):
    """Return the pixels of a text that begins at a whole pixel, in the middle of a figure."""
    figure = Figure((3, 3), dpi=100 * sharpness)
    canvas = canvas_class(figure)
    figure.text(0.5, 0.5, text, va="baseline", **looks)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba()).astype(int)


@pytest.mark.parametrize("text", TEXTS)
def test_a_stamp_is_what_matplotlib_draws_at_whole_pixels(text):
    for angle, sharpness in itertools.product(ANGLES, (1, 2)):
        looks = {"rotation": angle, "rotation_mode": "anchor", "color": "#2266aa", "alpha": 0.6}
        ours, theirs = (
            drawn(canvas, text, sharpness=sharpness, **looks)
            for canvas in (lettering.Canvas, FigureCanvasAgg)
        )
        whole_pixels = "\n" not in text
        assert (ours < 250).any()
        if whole_pixels:
            assert abs(ours - theirs).max() <= 12, f"turned by {angle}"  # letters overlap
        else:  # other lines of a text begin between pixels
            assert abs(ours.sum() - theirs.sum()) <= 0.02 * (255 * ours.size - theirs.sum())


@pytest.mark.parametrize("text", TEXTS[:2])
@pytest.mark.parametrize("angle", ANGLES)
def test_no_letter_reaches_beyond_its_stamp(text, angle):
    figure = Figure(dpi=100)
    prop = figure.text(0, 0, text, size=20, style="italic").get_fontproperties()
    stamp, *_ = lettering._stamp(text, prop, angle, "$" in text, 100)
    edges = np.concatenate([stamp[0], stamp[-1], stamp[:, 0], stamp[:, -1]])
    assert stamp.max() == 255
    assert not edges.any()


def test_a_text_is_set_once_wherever_it_goes(monkeypatch):
    lettering._stamp.cache_clear()
    texts = []
    draw_text = RendererAgg.draw_text
    monkeypatch.setattr(
        RendererAgg,
        "draw_text",
        lambda self, gc, x, y, s, *others: (texts.append(s), draw_text(self, gc, x, y, s, *others)),
    )
    figure = Figure()
    canvas = lettering.Canvas(figure)
    words = figure.text(0.1, 0.1, "J = 0.5")
    for x in (0.1, 0.234, 0.5):
        words.set_x(x)
        canvas.draw()
    assert texts == ["J = 0.5"]
    words.set_text("J = 0.6")
    canvas.draw()
    figure.set_dpi(200)
    canvas.draw()
    words.set_fontweight("bold")
    canvas.draw()
    assert texts[1:] == 3 * ["J = 0.6"]


def test_letters_with_hard_edges_stay_so():
    ours = drawn(lettering.Canvas, TEXTS[0], antialiased=False)
    assert np.array_equal(ours, drawn(FigureCanvasAgg, TEXTS[0], antialiased=False))
    assert set(np.unique(ours[..., 0])) == {0, 255}


def test_a_font_feature_that_matplotlib_knows_is_kept():
    try:
        theirs = drawn(FigureCanvasAgg, "fi 0.5", fontfeatures=["-kern", "zero"])
    except AttributeError:
        pytest.skip("this matplotlib knows no font features")
    ours = drawn(lettering.Canvas, "fi 0.5", fontfeatures=["-kern", "zero"])
    assert np.array_equal(ours, theirs)
