"""The digits that every classifier learns: rows are examples, as most frameworks have it."""

from pathlib import Path

import numpy as np

with np.load(Path(__file__).parents[2] / "data" / "digits.npz") as _file:
    _X, _labels = _file["pixels"].T, _file["labels"]

_order = np.random.default_rng(0).permutation(len(_labels))
X, x_test = (np.float32(_X[part]) / 16 for part in (_order[:1408], _order[-360:]))
labels, labels_test = (np.int64(_labels[part]) for part in (_order[:1408], _order[-360:]))


def batches(rng):
    """Return the numbers of the examples in 22 mini-batches of 64, shuffled."""
    return rng.permutation(len(X)).reshape(22, 64)


rng = np.random.default_rng(1)
