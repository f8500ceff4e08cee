"""Pictures of why batch norm works: what they say and how they move."""

from functools import partial

from course_utils.experiments import why_batch_norm_works as why
from course_utils.figures import why_batch_norm_works as figures
from course_utils.widgets.live_picture import LivePicture


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
