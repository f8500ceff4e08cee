"""A stored picture has the colours of the live one, over the films of real notebooks."""

import io

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from PIL import Image

from course_utils.figures import style
from course_utils.widgets import png
from tests import notebooks

NAMES = ("00_start_here", "14_softmax")
GREYS = (style.GREY, style.INK)


@pytest.fixture(scope="module", params=NAMES)
def films(request):
    """Return each film's frames and the strip of them as it is stored."""
    path = notebooks.FOLDER / f"{request.param}.ipynb"
    films = [explorer.film() for explorer in notebooks.explorers(path).values()]
    return [([frame.pixels for frame in frames], stored(frames)) for frames in films]


@pytest.fixture(scope="module")
def colours_of(films):
    """Return the colours of each film's frames and those of its strip."""
    return [(colours(*pictures), colours(strip)) for pictures, strip in films]


def stored(frames):
    data = png.strip([frame.pixels for frame in frames], [frame.readout for frame in frames])
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))


def colours(*pictures):
    """Return each colour once. Sorting whole numbers is ten times faster than sorting rows."""
    red, green, blue = np.concatenate([p[..., :3].reshape(-1, 3) for p in pictures]).T.astype(int)
    found = np.unique(red << 16 | green << 8 | blue)
    return np.stack([found >> 16, found >> 8 & 255, found & 255], axis=1)


def bytes_of(colour):
    return np.round(255 * np.array(to_rgb(colour))).astype(int)


def test_colours_are_found_in_pictures():
    picture = np.array([[[1, 2, 3, 255], [250, 0, 9, 255]], [[1, 2, 3, 255], [0, 0, 9, 255]]])
    assert colours(picture.astype(np.uint8)).tolist() == [[0, 0, 9], [1, 2, 3], [250, 0, 9]]


@pytest.mark.parametrize("colour", [*style.CLASSES, *GREYS])
def test_every_house_colour_is_stored_as_it_is(colours_of, colour):
    """Edges of letters have hundreds of greys: one that looks the same will do."""
    wanted, off = bytes_of(colour), 3 if colour in GREYS else 0
    for live, strip in colours_of:
        if (live == wanted).all(axis=1).any():
            assert np.abs(strip - wanted).max(axis=1).min() <= off


def test_no_pixel_changes_so_that_one_could_see_it(films):
    for pictures, strip in films:
        bottom = pictures[-1][..., :3].astype(int)
        assert np.abs(strip[-len(bottom) :] - bottom).max() < 40
