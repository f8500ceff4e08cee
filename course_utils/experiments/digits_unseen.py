"""What the digits' network says of digits it was not trained on: of all 1797, by five networks.

Each fifth of the digits is read by a network that has learned the other four. Whether the fifths
are drawn at random or are five stretches of the file, which goes from writer to writer, decides
whether a network knows the hands it reads. What they said is bundled, so that it is the same on
every computer.
"""

from functools import cache
from itertools import product
from types import MappingProxyType

import numpy as np

from course_utils import datasets, optimizers, softmax, training
from course_utils.network import Network
from course_utils.support import data_files, validation

ORDERS = ("drawn at random", "in the order of the file")
"""Which digits are kept apart together."""

SMOOTHINGS = (0.0, 0.1)
"""How much label smoothing the networks were trained with."""

EPOCHS, ALPHA, FIFTHS = 20, 0.003, 5


def network(rng):
    """Return the network of notebook 15 before its first step."""
    return Network([64, 64, 32, 10], rng, batch_norm=True, dtype=np.float32)


def trained(examples, seed, smoothing=0.0):
    """Return the network after it has learned these examples, by number."""
    (X, labels), rng = datasets.digits(), validation.seeded(seed)
    Y = softmax.smooth(softmax.one_hot(labels, 10), smoothing)
    made, adam = network(rng), optimizers.Adam(alpha=ALPHA)
    examples = _places(examples, len(labels))
    Xs, Ys = X[:, examples], Y[:, examples]
    training.fit(made, Xs, Ys, adam, epochs=EPOCHS, rng=rng, progress=False)
    return made


def _places(examples, m):
    """Return the places of examples among m, refusing what cannot be any."""
    places = validation.require_all(f"-{m} <= examples < {m}", examples=examples)
    if places.ndim != 1 or not places.size or (places % 1).any():
        raise ValueError("examples should be a row of whole numbers, one at least")
    return places.astype(int)


def ask(order, smoothing):
    """Train the five networks; return z of every digit, from the one that has not seen it."""
    X, labels = datasets.digits()
    every = np.arange(len(labels))
    row = np.random.default_rng(0).permutation(every) if order == ORDERS[0] else every
    z = np.empty((10, len(labels)))
    for seed, fifth in enumerate(np.array_split(row, FIFTHS)):
        z[:, fifth] = trained(np.setdiff1d(every, fifth), seed, smoothing).inference(X[:, fifth])
    return z


@cache
def logits(order, smoothing=0.0):
    """Return z of every digit as `ask` has found it, from the bundle.

    >>> logits("drawn at random").shape
    (10, 1797)
    """
    stored = data_files.arrays("digits_unseen")["z"]
    z = stored[ORDERS.index(order), SMOOTHINGS.index(smoothing)].astype(float)
    z.flags.writeable = False
    return z


@cache
def confusions(order):
    """Return the numbers of the digits of each label and answer, as a mapping to arrays.

    Those with the least probability of the right class come first.

    >>> sum(len(found) for found in confusions("drawn at random").values())
    1797
    """
    labels, y_hat = datasets.digits()[1], softmax.softmax(logits(order))
    answers, right = y_hat.argmax(axis=0), y_hat[labels, np.arange(len(labels))]
    row = np.argsort(right, kind="stable")
    found = {}
    for digit, answer in product(range(10), repeat=2):
        found[digit, answer] = row[(labels[row] == digit) & (answers[row] == answer)]
        found[digit, answer].flags.writeable = False
    return MappingProxyType(found)


BINS = 10


def reliability(y_hat, labels):
    """Return for each tenth of certainty how sure the answers are, how many are right, and count.

    Certainty is the largest probability. The gap between the first two, averaged over all answers,
    is the expected calibration error.

    Returns
    -------
    sure, right, count : ndarray, shape (BINS,)
        NaN where there is no answer.

    Examples
    --------
    >>> y_hat, labels = np.array([[0.9, 0.2], [0.1, 0.8]]), np.array([0, 0])
    >>> sure, right, count = reliability(y_hat, labels)
    >>> sure[7:9], right[7:9], count.sum()
    (array([0.8, 0.9]), array([0., 1.]), np.int64(2))

    References
    ----------
    .. [1] C. Guo, G. Pleiss, Y. Sun and K. Weinberger (2017), "On calibration of modern neural
       networks".
    """
    certainty, correct = y_hat.max(axis=0), y_hat.argmax(axis=0) == labels
    bins = np.clip(np.ceil(certainty * BINS).astype(int) - 1, 0, BINS - 1)
    count = np.bincount(bins, minlength=BINS)
    some = np.where(count, count, np.nan)
    sure = np.bincount(bins, certainty, BINS) / some
    return sure, np.bincount(bins, correct, BINS) / some, count


def calibration_error(y_hat, labels):
    """Return the expected calibration error, see `reliability`."""
    sure, right, count = reliability(y_hat, labels)
    return float(np.nansum(count * np.abs(sure - right)) / count.sum())


def reduced(ink):
    """Return a drawing of 32 × 32 dots as the digits were made: 64 pixels from 0 to 1.

    What is drawn is cut out, made as tall as the square (or as wide, if it is wider than tall) and
    put into the middle; a pixel is the number of inked dots in a block of 4 × 4, divided by 16.

    Parameters
    ----------
    ink : array_like of bool, shape (32, 32)

    Examples
    --------
    >>> ink = np.zeros((32, 32), bool)
    >>> ink[4:20, 10:14] = True
    >>> reduced(ink).reshape(8, 8)[0]
    array([0., 0., 0., 1., 1., 0., 0., 0.])
    """
    ink = np.asarray(ink, bool)
    if ink.shape != (32, 32):
        raise ValueError(f"ink should be 32 × 32 dots, but got shape {ink.shape}")
    if not ink.any():
        return np.zeros(64)
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    cut = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    size = max(cut.shape)
    square = np.zeros((size, size), bool)
    top, left = (size - np.array(cut.shape)) // 2
    square[top : top + cut.shape[0], left : left + cut.shape[1]] = cut
    at = (np.arange(32) * size) // 32
    return square[np.ix_(at, at)].reshape(8, 4, 8, 4).mean(axis=(1, 3)).ravel()
