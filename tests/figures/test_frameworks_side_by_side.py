"""Pictures of frameworks side by side: what they say and how they move."""

import pytest

from course_utils.figures import frameworks_side_by_side as figures
from course_utils.widgets.live_picture import LivePicture
from tests.figures.grips import pixels_apart


def test_no_weight_no_winner():
    picture = LivePicture(figures.choose)
    assert "nobody wins" in picture.update(ease=0, speed=0, room=0, alive=0)


def test_the_picture_of_the_crossover_says_what_is_faster():
    picture = LivePicture(figures.crossover)
    assert "NumPy is" in picture.update(k=4, threads=1, norm=True)
    assert "PyTorch is" in picture.update(k=9, threads=2, norm=True)


WIDTH = {"threads": 1, "norm": True}
CHOICES = [dict.fromkeys(("ease", "speed", "room", "alive"), weight) for weight in (0, 1, 5)]
ADAMS = [{"epsilon": e, "size": s} for e, s in ((1e-10, 1e-6), (1e-8, 1.0), (1.0, 10.0))]
HELD = [
    (figures.crossover, 0, lambda ax: ax.lines[-1], [WIDTH | {"k": k} for k in (4, 6, 9)]),
    *((figures.choose, k, lambda ax, k=k: ax.patches[k], CHOICES) for k in range(4)),
    (figures.conventions, 0, lambda ax: ax.lines[1], ADAMS),
    (figures.conventions, 1, lambda ax: ax.lines[0], ADAMS),
]


@pytest.mark.parametrize(("figure", "number", "find", "moves"), HELD)
def test_what_can_be_held_lies_on_what_it_moves(figure, number, find, moves):
    live = LivePicture(figure)
    for values in moves:
        live.draw(values)
        handle = live.update.handles[number]
        assert pixels_apart(handle, values, find(handle.ax)) < 1
