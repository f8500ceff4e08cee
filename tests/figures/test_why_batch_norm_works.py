"""Pictures of why batch norm works: what they say and how they move."""

from functools import partial
from itertools import pairwise

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


def test_the_picture_of_the_race_says_the_spreads_of_its_settings():
    race = why.Race()
    live = LivePicture(partial(figures.experiment, race=race))
    live.draw({"step": 36, "alpha": 0.1, "start": "He"})
    words = live.draw({"step": 36, "alpha": 1.0, "start": "too small"})
    *_, (_, costs) = why.Race().reach(12, 1.0, "too small")
    assert words.startswith("step 36, α = 1, start too small: cost without batch norm ")
    for kind, of_seeds in zip(why.KINDS, costs[-1], strict=True):
        assert f"{kind} {of_seeds.min():.1f}…{of_seeds.max():.1f}" in words


def test_the_stronger_the_shifting_noise_the_slower_is_what_has_it():
    live = LivePicture(partial(figures.experiment, race=why.Race()))
    at = {"step": 60, "alpha": 0.1, "start": "too small"}
    said = [live.draw({**at, "strength": strength}) for strength in (0.0, 1.0, 3.0)]
    noisy = [words.rsplit(" ", 1)[1].split("…") for words in said]
    assert all(float(a[1]) < float(b[0]) for a, b in pairwise(noisy))
    assert len({words.rsplit(";", 1)[0] for words in said}) == 1  # the others know of no noise


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
