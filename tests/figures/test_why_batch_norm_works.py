"""Pictures of why batch norm works: what they say and how they move."""

import re
from functools import partial
from itertools import pairwise

import numpy as np
import pytest

from course_utils.experiments import why_batch_norm_works as why
from course_utils.figures import why_batch_norm_works as figures
from course_utils.widgets.live_picture import LivePicture
from tests.figures.grips import off_target


def test_normalising_mends_a_change_of_light_but_not_other_cats_b7():
    live = LivePicture(figures.cats)

    def right(what, normalised):
        words = live.draw({"shift": 3.0, "what": what, "normalised": normalised})
        return int(words.split(": ")[1].split("%")[0])

    assert right(figures.PLACES[1], True) > right(figures.PLACES[1], False) + 10
    assert right(figures.PLACES[1], True) >= 95
    assert right(figures.PLACES[0], True) < 60


def test_the_numbers_of_cats_that_the_text_quotes_b7():
    live = LivePicture(figures.cats)

    def right(shift, what, normalised):
        return live.draw({"shift": shift, "what": what, "normalised": normalised})[-10:]

    assert [right(3.0, figures.PLACES[0], n) for n in (False, True)] == ["20 % right", "39 % right"]
    assert [right(3.0, figures.PLACES[1], n) for n in (False, True)] == ["80 % right", "98 % right"]
    assert right(0.0, figures.PLACES[0], False) == "98 % right"


def test_the_true_border_moves_with_the_light_but_not_with_other_cats():
    live = LivePicture(figures.cats)

    def border(shift, what):
        live.draw({"shift": shift, "what": what, "normalised": False})
        return next(line for line in live.canvas.figure.axes[0].lines if "bord" in line.get_label())

    other, light = figures.PLACES
    (x0, y0), (x1, y1) = (border(shift, other).get_data() for shift in (0.0, 2.0))
    np.testing.assert_array_equal([x0, y0], [x1, y1])
    x2, y2 = border(2.0, light).get_data()
    np.testing.assert_allclose(x2 - x0, 2)
    np.testing.assert_array_equal(y2, y0)


def test_the_picture_of_the_race_says_the_spreads_of_its_settings():
    race = why.Race()
    live = LivePicture(partial(figures.experiment, race=race))
    live.draw({"step": 36, "alpha": 0.1, "start": "He"})
    words = live.draw({"step": 36, "alpha": 1.0, "start": "too small"})
    *_, (_, costs) = why.Race().reach(12, 1.0, "too small")
    assert words.startswith("step 36, α = 1, first weights too small: cost without batch norm ")
    for kind, of_seeds in zip(why.KINDS, costs[-1], strict=True):
        low, high = f"{of_seeds.min():.2f}", f"{of_seeds.max():.2f}"
        assert f"{kind} {low if low == high else f'{low} to {high}'}" in words


def test_the_stronger_the_shifting_noise_the_slower_is_what_has_it():
    live = LivePicture(partial(figures.experiment, race=why.Race()))
    at = {"step": 60, "alpha": 0.1, "start": "too small"}
    said = [live.draw({**at, "strength": strength}) for strength in (0.0, 4.0, 12.0)]
    noisy = [re.findall(r"\d+\.\d\d", words.rsplit(";", 1)[1]) for words in said]
    assert all(float(a[-1]) < float(b[0]) for a, b in pairwise(noisy))
    assert len({words.rsplit(";", 1)[0] for words in said}) == 1  # the others know of no noise


def test_values_that_leave_the_picture_of_drift_are_said_where_they_are_b7():
    live = LivePicture(figures.drift)

    def notes(**values):
        live.draw({"unit": 3, **values})
        return [text.get_text() for ax in live.canvas.figure.axes for text in ax.texts]

    assert notes(step=120, alpha=2.0) == ["outside the picture: half lie below −8.1", ""]
    assert notes(step=120, alpha=0.5) == ["", ""]


def test_the_bars_of_all_sizes_stand_for_as_many_mini_batches_b8():
    live = LivePicture(figures.noise)

    def heights(size):
        live.draw({"size": size})
        return np.array([bar.get_height() for bar in live.canvas.figure.axes[0].patches])

    small, large = heights(8.0), heights(512.0)
    assert small.sum() == pytest.approx(large.sum(), rel=0.01)
    assert large.max() == pytest.approx(1)
    assert small.max() < 0.3


_OTHERS = {"shift": 0.7, "step": 33, "size": 100.0}
HELD = (
    [
        (figures.cats, {"shift": shift, "what": what, "normalised": True})
        for shift in (0.0, 1.5, 3.0)
        for what in figures.PLACES
    ]
    + [(figures.drift, {"step": step, "unit": 3, "alpha": 2.0}) for step in (0, 60, why.STEPS)]
    + [(figures.noise, {"size": size}) for size in (8.0, 13.4, 64.0, 512.0)]
    + [
        (
            partial(figures.experiment, race=why.Race()),
            {"step": step, "alpha": 0.1, "start": "He"},
        )
        for step in (0, 47, 60)
    ]
)


@pytest.mark.parametrize(("figure", "values"), HELD)
def test_every_handle_lies_on_what_it_moves(figure, values):
    assert off_target(figure, values, _OTHERS) == []
