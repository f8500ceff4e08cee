"""The data that come with the package: what they are is in ``course_utils/data/README.md``."""

from importlib.resources import files

import numpy as np

FOLDER = files("course_utils") / "data"


def arrays(name):
    """Return the arrays of a bundled file, by name.

    >>> {name: array.shape for name, array in arrays("digits").items()}
    {'pixels': (64, 1797), 'labels': (1797,)}
    """
    with (FOLDER / f"{name}.npz").open("rb") as file, np.load(file) as found:
        return dict(found)
