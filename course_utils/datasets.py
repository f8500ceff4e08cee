"""Real data that comes with the package, and small made-up data.

Columns are examples: `X` is ``(n_x, m)``, `y` is ``(1, m)``, class numbers `labels` are ``(m,)``.
Made-up data are drawn from `rng`, a `numpy.random.Generator`, as many as `examples` (of each class
for `blobs`), with noise of standard deviation `spread`. Whatever cannot be drawn is a ValueError.
Sources and licences are in ``course_utils/data/README.md``.
"""

import numpy as np

from course_utils.support import data_files, validation


def temperatures():
    """Return the mean temperature of each day of 2012 to 2015 in Seattle, in degrees Celsius.

    The mean of a day is that of its lowest and highest temperature.

    >>> days, celsius = temperatures()
    >>> str(days[0]), celsius[0].round(1), celsius.shape
    ('2012-01-01', np.float64(8.9), (1461,))
    """
    with (data_files.FOLDER / "seattle_temperatures.csv").open() as file:
        rows = [line.strip().split(",") for line in file][1:]
    days = np.array([row[0] for row in rows], dtype="datetime64[D]")
    return days, np.array([row[1:] for row in rows], dtype=np.float64).mean(axis=1)


def next_day():
    """Return, for 365 days of Seattle, what is known of a day and how warm the next one was.

    A day's `X` is its temperature and the rise since the day before. Temperatures count from the
    mean of these days, in units of their standard deviation, 5.7 °C.

    >>> X, y = next_day()
    >>> X.shape, y.shape, bool(X[0, 1] == y[0, 0])
    ((2, 365), (1, 365), True)
    """
    celsius = temperatures()[1][:367]
    days = (celsius - celsius.mean()) / celsius.std()
    return np.array([days[1:-1], np.diff(days)[:-1]]), days[None, 2:]


def digits():
    """Return 1797 handwritten digits, 8 × 8 pixels from 0 (white) to 1 (black), and their labels.

    >>> X, labels = digits()
    >>> X.shape, labels[:5]
    ((64, 1797), array([0, 1, 2, 3, 4]))
    """
    data = data_files.arrays("digits")
    return data["pixels"] / 16, data["labels"].astype(int)


def blobs(classes, examples, rng, *, spread=0.5):
    """Make round clouds of points in the plane, one a class, their centres on a circle of radius 2.

    >>> X, labels = blobs(3, 10, np.random.default_rng(0))
    >>> X.shape, np.unique(labels)
    ((2, 30), array([0, 1, 2]))
    """
    classes = validation.whole("classes >= 1", classes=classes)
    examples, spread, rng = _asked("examples >= 1", examples, spread, rng)
    validation.room(classes=classes, examples=examples)
    labels = np.repeat(np.arange(classes), examples)
    angles = 2 * np.pi * labels / classes + 0.5
    centres = 2 * np.array([np.cos(angles), np.sin(angles)])
    return centres + spread * rng.standard_normal(centres.shape), labels


def moons(examples, rng, *, spread=0.2):
    """Make two half circles of radius 1 that reach into each other, with noise.

    Half of the points, rounded down, belong to the lower moon: there y is 1.

    >>> X, y = moons(5, np.random.default_rng(0))
    >>> X.shape, y
    ((2, 5), array([[0., 0., 0., 1., 1.]]))
    """
    examples, spread, rng = _asked("examples >= 2", examples, spread, rng)
    lower = np.arange(examples) >= examples - examples // 2
    angles = rng.uniform(0, np.pi, examples)
    X = np.where(
        lower, [1 - np.cos(angles), 0.5 - np.sin(angles)], [np.cos(angles), np.sin(angles)]
    )
    return X + spread * rng.standard_normal(X.shape), lower.astype(float)[None]


def cats(examples, rng, *, place=0.0):
    """Make pictures of cats and others, two numbers each, around one place of the colour scale.

    y is 1 for a cat: where ``x_2 > border(x_1)``, a curved border that is the same everywhere.
    x_1 has mean `place` and standard deviation 0.5: black cats live at -1.5, coloured ones at 1.5.

    >>> X, y = cats(5, np.random.default_rng(0), place=-1.5)
    >>> X.shape, y.shape
    ((2, 5), (1, 5))
    """
    examples, _, rng = _asked("examples >= 1", examples, 0, rng)
    place = validation.number("place", place)
    X = rng.normal([[place], [0.0]], [[0.5], [1.0]], (2, examples))
    return X, (X[1] > border(X[0])).astype(float)[None]


def border(x1):
    """Height of the border between cats and others: ``1.2 sin(1.3 x_1)``."""
    return 1.2 * np.sin(1.3 * validation.finite("x1", x1))


def _asked(condition, examples, spread, rng):
    examples = validation.whole(condition, examples=examples)
    validation.room(examples=examples)
    spread = validation.require("spread >= 0", spread=spread)
    return examples, spread, validation.generator(rng)
