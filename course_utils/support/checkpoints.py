"""Checkpoints: arrays and words in one file, which is always whole.

The new one is written beside the old one and then takes its place.
"""

import contextlib
import hashlib
import io
import json
import zipfile
import zlib

import numpy as np


def write(path, arrays, words):
    """Write named arrays, and words that JSON can hold."""
    beside = path.with_name(path.name + ".new")
    try:
        with beside.open("wb") as file:
            np.savez(file, words=json.dumps(words), **arrays)
        beside.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise


_BROKEN = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    EOFError,
    zipfile.BadZipFile,
    zlib.error,
    RuntimeError,
)


def read(path):
    """Return the arrays, by name, and the words of a checkpoint; refuse a file that is none."""
    file = io.BytesIO(path.read_bytes())  # what fails from here on is the content's fault
    try:
        with np.load(file, allow_pickle=False) as content:
            arrays = dict(content)
        return arrays, dict(json.loads(str(arrays.pop("words"))))
    except _BROKEN:
        raise damaged(path) from None


def damaged(path):
    """Return the error that says that a file is no whole checkpoint."""
    return ValueError(
        f"{path} is not a whole checkpoint: it was cut, or is a file of something else. Name "
        "another file, or delete this one to start anew"
    )


def digest(*arrays):
    """Return a hash of arrays: of their numbers, types and shapes.

    Examples
    --------
    >>> digest(np.zeros(2)) == digest(np.zeros(2)), digest(np.zeros(2)) == digest(np.zeros((2, 1)))
    (True, False)
    """
    found = hashlib.sha256()
    for array in arrays:
        found.update(f"{array.dtype.str}{array.shape}".encode())
        found.update(np.ascontiguousarray(array).data)
    return found.hexdigest()[:16]
