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
    path = notebooks.FOLDER / f"{request.param}.ipynb"
    films = [explorer.film() for explorer in notebooks.explorers(path).values()]
    return [(frames, stored(frames)) for frames in films]


def stored(frames):
    data = png.strip([frame.pixels for frame in frames], [frame.readout for frame in frames])
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))


def colours(*pictures):
    pixels = np.concatenate([picture[..., :3].reshape(-1, 3) for picture in pictures])
    return np.unique(pixels, axis=0).astype(int)


def bytes_of(colour):
    return np.round(255 * np.array(to_rgb(colour))).astype(int)


@pytest.mark.parametrize("colour", [*style.CLASSES, *GREYS])
def test_every_house_colour_is_stored_as_it_is(films, colour):
    """Edges of letters have hundreds of greys: one that looks the same will do."""
    wanted, off = bytes_of(colour), 3 if colour in GREYS else 0
    for frames, strip in films:
        if (colours(*[frame.pixels for frame in frames]) == wanted).all(axis=1).any():
            assert np.abs(colours(strip) - wanted).max(axis=1).min() <= off


def test_no_pixel_changes_so_that_one_could_see_it(films):
    for frames, strip in films:
        bottom = frames[-1].pixels[..., :3].astype(int)
        assert np.abs(strip[-len(bottom) :] - bottom).max() < 40
