"""Searches on surfaces over the unit square: where they look, and what they find."""

from functools import cache

import numpy as np

from course_utils import search
from course_utils.experiments import live, tuning_process
from course_utils.sampling_scales import Linear
from course_utils.support import validation

UNIT = {"x": Linear(0.0, 1.0), "y": Linear(0.0, 1.0)}


def one_matters(points, place=0.63):
    """Return errors that depend on the first hyperparameter, and hardly on the second.

    `place` is where along the first the errors are lowest; `points` may be (..., n, 2).
    """
    x, y = np.moveaxis(np.asarray(points), -1, 0)
    return 0.9 - 0.85 * np.exp(-(((x - place) / 0.07) ** 2)) + 0.02 * np.sin(7 * y)


def both_matter(points, place=0.63, height=0.36):
    """Return errors that depend on both hyperparameters alike; `place` as in `one_matters`.

    `height` is where along the second the errors are lowest.
    """
    x, y = np.moveaxis(np.asarray(points), -1, 0)
    return 0.9 - 0.85 * np.exp(-((x - place) ** 2 + (y - height) ** 2) / 0.2**2)


def two_valleys(points):
    """Return errors with a wide valley, and a narrow one that goes deeper."""
    x, y = np.transpose(points)
    wide = 0.7 * np.exp(-((x - 0.3) ** 2 + (y - 0.6) ** 2) / 0.3**2)
    narrow = 0.85 * np.exp(-((x - 0.8) ** 2 + (y - 0.2) ** 2) / 0.08**2)
    return 0.9 - np.maximum(wide, narrow)


def digits(points):
    """Return measured errors of the digits' network: Adam's alpha and epsilon."""
    return tuning_process.digits_surface()(points)


SURFACES = {
    "digits: α and ε": digits,
    "only one matters": one_matters,
    "both matter": both_matter,
    "two valleys": two_valleys,
}


def grid(space, trials, rng):
    """Return the middles of about that many square cells; nothing is random about it.

    For values that may lie anywhere this is a grid's best: one with points at the ends of the range
    spends many of them where half of their surroundings is outside.
    """
    values = round(trials**0.5)
    u = (np.arange(values) + 0.5) / values
    return search.from_unit(space, np.transpose(np.meshgrid(u, u)).reshape(-1, 2))


METHODS = {"grid": grid, "random": search.random, "Sobol": search.sobol}


def looked_at(method, trials, seed, surface, **place):
    """Return where a search looks, shape (trials, 2), and the errors it finds there."""
    validation.function("method", method)
    validation.one_of("surface", surface, SURFACES)
    drawn = method(UNIT, trials, validation.seeded(seed))
    at = np.array([[c["x"], c["y"]] for c in drawn])
    return at, SURFACES[surface](at, **place)


@cache
def everywhere(surface, **place):
    """Return a surface's errors at 100 x 100 points, a row for each value of the second."""
    u = (np.arange(100) + 0.5) / 100
    points = np.transpose(np.meshgrid(u, u)).reshape(-1, 2)
    return SURFACES[surface](points, **place).reshape(100, 100).T


PLACES = np.arange(101) / 100
"""Where the valley of a surface that can be moved may lie."""

MOVABLE = ("only one matters", "both matter")
"""The surfaces whose valley can be moved."""

REPEATS = 40


@validation.plain_arguments
@cache
def over_all_places(method, trials, surface):
    """Return the least error found with the valley at each of `PLACES`: (repeats, places).

    Where both hyperparameters matter, the valley has another height in each repeat: at one height
    alone the rows of a grid may happen to lie well.
    """
    method = validation.one_of("method", method, METHODS)
    surface = validation.one_of("surface", surface, MOVABLE)
    trials = validation.whole("trials >= 1", trials=trials)
    rngs = [np.random.default_rng(seed) for seed in range(REPEATS)]
    drawn = [METHODS[method](UNIT, trials, rng) for rng in rngs]
    at = np.array([[[c["x"], c["y"]] for c in each] for each in drawn])
    heights = (np.arange(REPEATS)[:, None] + 0.5) / REPEATS
    moved = {"height": heights} if surface == "both matter" else {}
    errors = [SURFACES[surface](at, place, **moved).min(axis=1) for place in PLACES]
    return np.transpose(errors)


def hidden(points):
    """Return errors with a long valley across both hyperparameters, and a shallow one beside."""
    x, y = np.moveaxis(np.asarray(points), -1, 0)
    along, across = 0.8 * (x - 0.74) + 0.6 * (y - 0.66), 0.8 * (y - 0.66) - 0.6 * (x - 0.74)
    deep = 0.84 * np.exp(-((along / 0.4) ** 2) - (across / 0.16) ** 2)
    shallow = 0.45 * np.exp(-((x - 0.2) ** 2 + (y - 0.8) ** 2) / 0.25**2)
    return 0.9 - np.maximum(deep, shallow)


FIRST_THREE = (0.2, 0.2), (0.5, 0.5), (0.2, 0.8)
"""The trials that lie on the board when a reader comes."""


class Board(live.Placed):
    """Trials that a reader places by hand on the hidden surface, one after the other."""

    def begin(self):
        """Take the reader's trials off the board; the first three stay."""
        super().begin()
        for number, at in enumerate(FIRST_THREE, 1):
            self.so_far(number, at)

    @property
    def points(self):
        """The trials placed so far, shape (n, 2)."""
        return np.reshape(self.line.states[-1], (-1, 2))


NINE, BOARDS = 9, 100


@validation.plain_arguments
@cache
def nine_trials(method):
    """Return 9 trials of a method on the hidden surface, 100 times: points and least error so far.

    They come in a random order: a grid has none of its own.
    """
    validation.one_of("method", method, METHODS)
    points = []
    for seed in range(BOARDS):
        rng = np.random.default_rng(seed)
        drawn = METHODS[method](UNIT, NINE, rng)
        drawn = [drawn[k] for k in rng.permutation(NINE)]
        points.append([[c["x"], c["y"]] for c in drawn])
    points = np.array(points)
    return points, np.minimum.accumulate(hidden(points), axis=1)


BANDS = 2000
"""Of how many bands `hits` counts how many are hit."""


def hits(width, trials, knobs):
    """Count, for each method, the share of bands of a width that one of its trials falls into."""
    low = np.random.default_rng(0).random(BANDS) * (1 - width)
    values = grid_values(trials, knobs)
    places = {
        "grid": (np.arange(values) + 0.5) / values,
        "random": np.random.default_rng(1).random((BANDS, trials)),
        "Sobol": _sobol(knobs)[:, :trials],
    }
    return {
        name: ((x > low[:, None]) & (x < low[:, None] + width)).any(axis=1).mean()
        for name, x in places.items()
    }


def grid_values(trials, knobs):
    """Return how many values of each hyperparameter a grid of at most so many trials has."""
    # 100 ** (1 / 2) may come out below 10: a little is added before it is cut off
    return np.floor(trials ** (1 / knobs) + 1e-9)


@cache
def _sobol(knobs):
    """Return the first coordinates of Sobol sequences, one for each band."""
    spaces = {f"x{i}": Linear(0.0, 1.0) for i in range(knobs)}
    first = []
    for seed in range(40):
        drawn = search.sobol(spaces, 100, np.random.default_rng(seed))
        first.append([c["x0"] for c in drawn])
    shifts = np.random.default_rng(2).random(BANDS // 40)
    shifted = (np.array(first)[:, None] + shifts[:, None]) % 1.0
    return shifted.reshape(BANDS, 100)


ROUNDS, TRIALS, SEEDS = 4, 32, 50
SHARES = (0.5, 0.8)
TO_ZOOM = ("digits: α and ε", "both matter", "two valleys")
"""Boxes and surfaces of `zoomed`."""

TYPICAL = 20_000
"""The first seed of the random searches; those from here on win about as often as a thousand do."""


@cache
def zoomed(surface, share, seed):
    """Search coarse to fine; return its trials."""
    return search.coarse_to_fine(
        lambda c, rng: float(SURFACES[surface]([[c["x"], c["y"]]])[0]),
        UNIT,
        trials=TRIALS,
        rounds=ROUNDS,
        share=share,
        rng=np.random.default_rng(seed),
        progress=False,
    )


def places(found):
    """Return where trials lie in the unit square."""
    return search.to_unit(UNIT, [trial.configuration for trial in found])


def box(found, share, k):
    """Return the ends ``(low, high)`` in x and in y of the box in which round k looked."""
    before, space = [trial for trial in found if trial.more["round"] < k], UNIT
    if before:
        best = min(before, key=lambda trial: trial.value).configuration
        space = search.zoom(UNIT, best, share**k)
    return [(scale.low, scale.high) for scale in space.values()]


@validation.plain_arguments
@cache
def ends(surface, share, rounds=ROUNDS):
    """Return the least errors of coarse to fine and of random search, for each of 50 seeds.

    Both have as many trials: those of so many rounds.
    """
    surface = validation.one_of("surface", surface, SURFACES)
    rounds = validation.whole(f"1 <= rounds <= {ROUNDS}", rounds=rounds)
    trials = TRIALS * rounds // ROUNDS
    fine = [
        min(t.value for t in zoomed(surface, share, seed) if t.more["round"] < rounds)
        for seed in range(SEEDS)
    ]
    plain = [
        looked_at(search.random, TRIALS, seed, surface)[1][:trials].min()
        for seed in range(TYPICAL, TYPICAL + SEEDS)
    ]
    return np.array(fine), np.array(plain)
