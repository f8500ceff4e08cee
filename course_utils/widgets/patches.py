"""What changed between two frames, small enough to send raw and quick to put in place.

A page unpacks a whole frame on the side and waits for it; a patch it applies at once.
"""

import zlib

import numpy as np

LARGEST = 120_000
"""Bytes above which a patch is not worth it: then the whole frame travels, packed."""


def whole(frame: np.ndarray, number: int) -> bytes:
    """Pack a frame: uint32 words for a number, its width and height, then its RGBA, deflated.

    A page unpacks that without an image decoder, so the pixels it goes on from are the kernel's.
    The number of the move makes it another value each time: else a frame that comes back after
    patches would be held for the one that the page has, and not be sent.
    """
    height, width, _ = frame.shape
    packed = zlib.compress(np.ascontiguousarray(frame), 1)
    return np.array([number, width, height], np.uint32).tobytes() + packed


def patch(old: np.ndarray, new: np.ndarray, number: int) -> bytes | None:
    """Describe how one frame becomes the next, as runs of changed pixels.

    Where much is of one colour, such as the squares of a digit, runs of a colour each are shorter:
    then one pixel stands for its run, which a page sees by their number.

    Parameters
    ----------
    old, new : ndarray of uint8, shape (height, width, 4)
        RGBA frames of the same shape.
    number : int
        The number of the move; it makes every patch different from the one before.

    Returns
    -------
    bytes or None
        uint32 words: the number, how many runs, their starts, their lengths, then the new pixels.
        A start counts pixels from the top left. None if that would be larger than `LARGEST`.

    Examples
    --------
    >>> old = np.zeros((1, 4, 4), np.uint8)
    >>> new = old.copy()
    >>> new[0, 1:3] = 255
    >>> np.frombuffer(patch(old, new, number=7), np.uint32)[:4]
    array([7, 1, 1, 2], dtype=uint32)
    """
    old, new = (np.ascontiguousarray(a).view(np.uint32).ravel() for a in (old, new))
    changed = np.flatnonzero(old != new)
    pixels = new[changed]
    apart = np.diff(changed) > 1
    first, first_of_colour = (
        np.flatnonzero(np.append(True, breaks)[: changed.size])
        for breaks in (apart, apart | (pixels[1:] != pixels[:-1]))
    )
    if 3 * first_of_colour.size < 2 * first.size + changed.size:
        first, pixels = first_of_colour, pixels[first_of_colour]
    if 4 * (2 + 2 * first.size + pixels.size) > LARGEST:
        return None
    lengths = np.diff(np.append(first, changed.size))
    words = ([number, first.size], changed[first], lengths, pixels)
    return np.concatenate(words).astype(np.uint32).tobytes()
