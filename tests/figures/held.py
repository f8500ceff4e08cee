"""How far from an artist a handle lies, for tests of what can be held in a picture."""

import numpy as np


def pixels_apart(handle, values, artist):
    """Return how far a handle lies from the nearest point of a line or bar; it is in its axes."""
    point = handle.ax.transData.transform(handle.place(values))
    assert handle.ax.bbox.padded(1).contains(*point), f"{handle} is outside its axes at {values}"
    corners = artist.get_transform().transform_path(artist.get_path()).vertices
    start, way = corners[:-1], np.diff(corners, axis=0)
    length = np.maximum((way**2).sum(axis=1), 1e-12)
    along = np.clip(((point - start) * way).sum(axis=1) / length, 0, 1)
    nearest = np.concatenate([corners, start + along[:, None] * way])
    return np.nanmin(np.linalg.norm(nearest - point, axis=1))
