"""Pictures of frameworks side by side: what they say and how they move."""

from course_utils.figures import frameworks_side_by_side as figures
from course_utils.widgets.live_picture import LivePicture


def test_no_weight_no_winner():
    picture = LivePicture(figures.choose)
    assert "nobody wins" in picture.update(ease=0, speed=0, room=0, alive=0)


def test_the_picture_of_the_crossover_says_what_is_faster():
    picture = LivePicture(figures.crossover)
    assert "NumPy is" in picture.update(k=4, threads=1, norm=True)
    assert "PyTorch is" in picture.update(k=9, threads=2, norm=True)
