"""What is wrong with a cut into mini-batches, told by where each of its numbers comes from.

How the examples are shuffled is chance, so a cut cannot be compared number by number. Instead the
examples are made so that every number tells its place: `examples` gives ``X[i, k] = 1000 (i + 1) +
k + ½``, and Y the same below zero. `SYMPTOMS` are tried in their order; the first that is seen is
told. Each of them is true of every cut that shows it.
"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property, wraps
from itertools import islice, pairwise

import numpy as np

_EPOCHS = 6  # so many that what stays in place in all of them does not stay by chance


def examples(inputs, labels, m):
    """Return X and Y in which every number tells its row and its column."""
    k = np.arange(m) + 0.5
    return 1000.0 * (1 + np.arange(inputs)[:, None]) + k, -1000.0 * (
        1 + np.arange(labels)[:, None]
    ) - k


def epochs_of(function):
    """Run a function as epochs follow each other, and the first again from the same seed."""

    @wraps(function)
    def run(X, Y, size, rng):
        shapes, fresh, twin = (X.shape, Y.shape), (X.copy(), Y.copy()), deepcopy(rng)
        epochs = [_collected(function(X, Y, size, rng)) for _ in range(_EPOCHS)]
        again = _collected(function(*fresh, size, twin))
        missing = any(epoch is None for epoch in (*epochs, again))
        return None if missing else Cut(*shapes, size, epochs, again)

    return run


def _collected(value):
    """Return the pieces as lists of float arrays, copied before a later epoch can change them."""
    if isinstance(value, Iterator):
        value = list(islice(value, 1000))
    try:
        return [[np.array(part, dtype=np.float64) for part in _parts(piece)] for piece in value]
    except (TypeError, ValueError):
        return None if value is None else [[]]


def _parts(piece):
    return [piece] if isinstance(piece, np.ndarray) and piece.ndim < 3 else piece


@dataclass(frozen=True)
class Cut:
    """What a reader's function made of one case, epoch by epoch."""

    x_shape: tuple
    y_shape: tuple
    size: int
    epochs: list
    again: list

    @property
    def m(self):
        """How many examples there are."""
        return self.x_shape[1]

    @property
    def first(self):
        """The mini-batches of the first epoch."""
        return self.epochs[0]

    @property
    def many(self):
        """Whether the right cut has several pieces of several examples."""
        return 1 < self.size < self.m

    @cached_property
    def pieces(self):
        """The numbers of the examples in each X_batch of the first epoch."""
        return [_columns(x) for x, _ in self.first]

    @cached_property
    def order(self):
        """The numbers of all examples of the first epoch, as they come."""
        return np.concatenate(self.pieces)

    def orders(self, which=0):
        """Return the order of the examples, epoch by epoch."""
        return [_order(epoch, which) for epoch in self.epochs]

    @property
    def sizes(self):
        """How many examples each mini-batch of the first epoch holds."""
        return [len(piece) for piece in self.pieces]

    @property
    def asked(self):
        """The sizes that are asked for."""
        return [min(self.size, self.m - k) for k in range(0, self.m, self.size)]

    @property
    def missing(self):
        """How many examples are in no mini-batch of the first epoch."""
        return self.m - len(set(self.order))

    @property
    def repeated(self):
        """How many examples come more than once."""
        return int(np.sum(np.unique(self.order, return_counts=True)[1] > 1))

    @cached_property
    def fixed(self):
        """How many of the first places hold the same examples in every epoch; 0 if none do."""
        return next((s for s in range(1, self.m) if _same_first(self.orders(), s)), 0)

    @property
    def fixed_places(self):
        """Say which places these are."""
        if self.fixed == 1:
            return "the same example comes first"
        return f"the first {self.fixed} places hold the same examples, in some order"


def _same_first(orders, s):
    return len({frozenset(order[:s].tolist()) for order in orders}) == 1


def _order(epoch, which):
    return np.concatenate([_columns(pair[which]) for pair in epoch])


def _columns(part):
    return (np.abs(part[:1]) % 1000).astype(int).ravel()


def _rows(part):
    return (np.abs(part) // 1000).astype(int) - 1


def _known(part, sign, shape):
    """Where a number is one of X (sign 1) or of Y (sign −1)."""
    size = np.abs(part)
    there = (size % 1 == 0.5) & (size % 1000 < shape[1]) & (size // 1000 <= shape[0])
    return there & (size > 1000) & (np.sign(part) == sign)


def _both(e):
    """Yield each part of the first epoch, with the sign and the shape of what it is cut of."""
    for x, y in e.first:
        yield x, 1, e.x_shape
        yield y, -1, e.y_shape


# The form of what came back


def _grows(e):
    """Whether each epoch brings those before it along."""
    return all(0 < len(a) < len(b) and all(map(_equal, a, b)) for a, b in pairwise(e.epochs))


def _equal(piece, other):
    return len(piece) == len(other) and all(map(np.array_equal, piece, other))


def _two_lists(e):
    signs = [{float(s) for part in piece for s in np.sign(part).flat} for piece in e.first]
    return signs == [{1.0}, {-1.0}]


def _one_pair(e):
    return _two_lists(e) and e.size < e.m and [len(piece) for piece in e.first] == [1, 1]


def _inputs_only(e):
    return len(e.first) > 0 and all(
        len(p) == 1 and p[0].ndim == 2 and p[0].size and (p[0] > 0).all() for p in e.first
    )


def _flat(e):
    return any(len(piece) == 2 and any(p.ndim == 1 for p in piece) for piece in e.first)


def _not_pairs(e):
    return not all(e.epochs) or any(
        len(piece) != 2 or any(p.ndim != 2 for p in piece) for epoch in e.epochs for piece in epoch
    )


def _exchanged(e):
    return all((x < 0).all() and (y > 0).all() and x.size and y.size for x, y in e.first)


def _turned(e):
    inputs = np.arange(e.x_shape[0])
    return (
        len(inputs) > 1
        and not _foreign(e)
        and any(
            x.size and x.shape[1] == len(inputs) and (_rows(x) == inputs).all() for x, _ in e.first
        )
    )


# The numbers in it


def _padded_with_zeros(e):
    zeros = [(p == 0).all(axis=0) for p, *_ in _both(e)]
    return any(z.any() for z in zeros) and all(
        (_known(p, *of) | (p == 0)).all() for p, *of in _both(e)
    )


def _rounded(e):
    return any(p.size and (p % 1 == 0).all() and (p != 0).any() for p, *_ in _both(e))


def _foreign(e):
    return not all(_known(p, *of).all() for p, *of in _both(e))


def _rows_cut(e):
    return not _foreign(e) and any(len(p) != shape[0] for p, _, shape in _both(e))


def _rows_moved(e):
    """Whether every column is an example, but with its rows in another order."""
    return any(not _rows_in_place(p) for p, *_ in _both(e)) and all(
        _one_example_a_column(p) for p, *_ in _both(e)
    )


def _rows_apart(e):
    return all(_rows_in_place(p) for p, *_ in _both(e)) and _mixed(e)


def _mixed(e):
    return not all(_one_example_a_column(p) and _rows_in_place(p) for p, *_ in _both(e))


def _rows_in_place(part):
    return (_rows(part) == np.arange(len(part))[:, None]).all()


def _one_example_a_column(part):
    columns = np.abs(part) % 1000
    return (columns == columns[:1]).all()


# How many examples, and which


def _uneven(e):
    return any(x.shape[1] != y.shape[1] for x, y in e.first)


def _not_cut(e):
    return len(e.sizes) == 1 and e.sizes[0] == e.m > e.size


def _one_piece(e):
    return len(e.sizes) == 1 and e.sizes[0] == e.size < e.m


def _as_count(e):
    even = [len(part) for part in np.array_split(np.arange(e.m), e.size)]
    return e.sizes == even != e.asked


def _made_equal(e):
    alike = sum(e.sizes) == e.m and max(e.sizes) - min(e.sizes) <= 1
    return len(e.sizes) == len(e.asked) and alike and e.sizes != e.asked


def _off_by(by):
    def seen(e):
        return len(e.sizes) > 1 and e.size > 1 and set(e.sizes[:-1]) == {e.size + by}

    return seen


def _piece_twice(e):
    pieces = [tuple(piece) for piece in e.pieces]
    return len(set(pieces)) < len(pieces)


def _padded(e):
    whole = np.array_equal(np.sort(e.order[: e.m]), np.arange(e.m))
    return whole and len(e.order) > e.m and set(e.sizes) == {e.size}


def _overlap(e):
    return any(
        any(np.array_equal(a[-t:], b[:t]) for t in range(1, min(len(a), len(b)) + 1))
        for a, b in pairwise(e.pieces)
    )


def _rest_in_order(e):
    rest = np.arange(e.m - e.m % e.size, e.m)
    return (
        0 < len(rest) < e.m
        and all(epoch and np.array_equal(_columns(epoch[-1][0]), rest) for epoch in e.epochs)
        and not _neighbours_kept(e)
    )


def _rows_for_examples(e):
    return len(e.order) == e.x_shape[0] < e.m and set(e.order) == set(range(e.x_shape[0]))


def _rest_dropped(e):
    return e.missing == e.m % e.size > 0 and set(e.sizes) <= {e.size}


def _merged(e):
    return sum(e.sizes) == e.m and e.sizes[-1] > e.size and set(e.sizes[:-1]) <= {e.size}


# Their order


def _apart(e):
    return not np.array_equal(*(_order(e.first, which) for which in (0, 1)))


def _only_shuffled(which):
    def seen(e):
        in_order = all(np.array_equal(o, np.arange(e.m)) for o in e.orders(1 - which))
        return in_order and _apart(e)

    return seen


def _always(order):
    return lambda e: e.many and all(np.array_equal(o, order(e.m)) for o in e.orders())


def _same_each_epoch(e):
    return e.many and all(np.array_equal(o, e.order) for o in e.orders())


def _not_from_rng(e):
    return e.many and not all(map(_equal, e.first, e.again))


def _neighbours_kept(e):
    steps = np.abs(np.diff(e.order))
    return e.many and np.mean((steps == 1) | (steps == e.m - 1)) > 0.5


def _old_cut(e):
    return [list(range(k, min(k + e.size, e.m))) for k in range(0, e.m, e.size)]


def _pieces_moved(e):
    pieces = [piece.tolist() for piece in e.pieces]
    return e.many and pieces != _old_cut(e) == sorted(pieces)


def _shuffled_within(e):
    return e.many and sorted(sorted(piece.tolist()) for piece in e.pieces) == _old_cut(e)


@dataclass(frozen=True)
class Symptom:
    """What a cut shows: where to `look`, a `hint`, and whether it is `seen`."""

    id: str
    look: str
    hint: str
    seen: Callable


def first_symptom(e):
    """Return the first symptom that a cut shows, or None."""
    return next((symptom for symptom in SYMPTOMS if symptom.seen(e)), None)


_SHAPES = "Print the shapes of your first pair."
_COUNT = "Add up the columns of your mini-batches, and compare with m."
_COLUMN = "Print X, and the first column of your first X_batch: which example is it?"
_SIZES = "Print how many columns each of your mini-batches has."
_LABELS = "Look at one column: its label should be that of the same example."
_LABELS_LOST = "How can X and Y be put into the same new order?"
_ORDER = "Number the examples, and print the order in which they come in two epochs."
_NUMBERS = "Look for the numbers of your mini-batches in X and in Y."
SYMPTOMS = (
    Symptom(
        "grows-from-call-to-call",
        "Call your function twice: how many mini-batches are there then?",
        "What you return still holds the mini-batches of the call before. Where is your list made?",
        _grows,
    ),
    Symptom(
        "not-cut",
        _SHAPES,
        "X and Y come back in one piece. Asked for is a list of pairs, "
        "each with a few of the columns.",
        _one_pair,
    ),
    Symptom(
        "two-lists",
        _SHAPES,
        "You return all pieces of X, and then all pieces of Y. Asked for "
        "are pairs: each X_batch beside its Y_batch.",
        _two_lists,
    ),
    Symptom(
        "inputs-only",
        _SHAPES,
        "You return pieces of X alone. Each needs its labels beside it.",
        _inputs_only,
    ),
    Symptom(
        "label-row-lost",
        _SHAPES,
        "X_batch or Y_batch has lost a dimension. A piece of a "
        "matrix is a matrix, even if it has one row: which index would keep it?",
        _flat,
    ),
    Symptom(
        "not-pairs",
        _SHAPES,
        "Each mini-batch should be a pair (X_batch, Y_batch) of matrices.",
        _not_pairs,
    ),
    Symptom("y-first", _SHAPES, "Y_batch comes first in your pairs. X_batch should.", _exchanged),
    Symptom(
        "transposed",
        _SHAPES,
        "Your mini-batches have examples as rows. In this course "
        "columns are examples, inside a mini-batch, too.",
        _turned,
    ),
    Symptom(
        "rows-cut",
        _SHAPES,
        "You cut rows, so that an example lost some of its numbers. Which "
        "axis runs over the examples?",
        _rows_cut,
    ),
    Symptom(
        "last-padded",
        _COUNT,
        "There are columns of zeros in your mini-batches: the last one "
        "was filled up. It may stay smaller.",
        _padded_with_zeros,
    ),
    Symptom(
        "decimals-lost",
        _NUMBERS,
        "The digits after the point are gone. Which of your arrays holds whole numbers only?",
        _rounded,
    ),
    Symptom(
        "foreign-numbers",
        _NUMBERS,
        "Your mini-batches hold numbers that are not in X or not in Y.",
        _foreign,
    ),
    Symptom(
        "rows-shuffled",
        _COLUMN,
        "The numbers of an example have changed their order: you "
        "shuffle rows. Which axis runs over the examples?",
        _rows_moved,
    ),
    Symptom(
        "each-row-by-itself",
        _COLUMN,
        "A column of yours holds numbers of several examples: "
        "each row got an order of its own. An example moves as a whole.",
        _rows_apart,
    ),
    Symptom(
        "examples-mixed",
        _COLUMN,
        "A column of yours holds numbers of several examples. An "
        "example moves as a whole; reshaping an array does not cut it along its columns.",
        _mixed,
    ),
    Symptom(
        "x-and-y-cut-differently",
        _SHAPES,
        "An X_batch has not as many columns as its Y_batch. Cut both at the same places.",
        _uneven,
    ),
    Symptom(
        "not-cut",
        _SIZES,
        "All {e.m} examples are in one mini-batch, although size is {e.size}.",
        _not_cut,
    ),
    Symptom(
        "one-piece-only",
        _SIZES,
        "There is one mini-batch only, and the other examples are in "
        "none. Is the return inside the loop?",
        _one_piece,
    ),
    Symptom(
        "empty-piece",
        _SIZES,
        "One of your mini-batches is empty. If size divides m, nothing "
        "is left for a last one: how many are there then?",
        lambda e: 0 in e.sizes,
    ),
    Symptom(
        "size-as-count",
        _SIZES,
        "There are {e.size} mini-batches. size is how many examples "
        "are in each, not how many mini-batches there are.",
        _as_count,
    ),
    Symptom(
        "pieces-made-equal",
        _SIZES,
        "The number of mini-batches is right, but you made them "
        "as equal as can be. All but the last hold just size examples.",
        _made_equal,
    ),
    Symptom(
        "off-by-one",
        _SIZES,
        "Your mini-batches hold one example too many. Where should one "
        "end, and where should the next begin?",
        _off_by(1),
    ),
    Symptom(
        "off-by-one",
        _SIZES,
        "Your mini-batches hold one example too few. A slice a:b ends "
        "before b: where should one end, and where should the next begin?",
        _off_by(-1),
    ),
    Symptom("piece-twice", _COUNT, "One of your mini-batches comes twice.", _piece_twice),
    Symptom(
        "last-padded",
        _COUNT,
        "There are more columns than examples: the last mini-batch was "
        "filled up with examples that had come before. It may stay smaller.",
        _padded,
    ),
    Symptom(
        "overlap",
        _COUNT,
        "The end of one mini-batch is also the beginning of the next. Where "
        "should the next one begin?",
        _overlap,
    ),
    Symptom(
        "rest-not-shuffled",
        _ORDER,
        "The last, smaller mini-batch is cut from the examples in "
        "their old order. The rest, too, is a rest of the shuffled ones.",
        _rest_in_order,
    ),
    Symptom(
        "rows-for-examples",
        _COUNT,
        "You take as many examples as X has rows, {e.x_shape[0]}. "
        "Which entry of X.shape counts the examples?",
        _rows_for_examples,
    ),
    Symptom(
        "with-replacement",
        _ORDER,
        "{e.repeated} of the {e.m} examples come more than once in "
        "an epoch, and {e.missing} never. Each should come just once.",
        lambda e: e.repeated > 0,
    ),
    Symptom(
        "last-dropped",
        _COUNT,
        "{e.missing} of the {e.m} examples are in no mini-batch, just "
        "as many as are left over when m is divided by size. They make a smaller mini-batch of "
        "their own.",
        _rest_dropped,
    ),
    Symptom(
        "examples-missing",
        _COUNT,
        "{e.missing} of the {e.m} examples are in no mini-batch. "
        "Look at the end, at the beginning, and between two mini-batches.",
        lambda e: e.missing > 0,
    ),
    Symptom(
        "last-merged",
        _SIZES,
        "The last mini-batch holds more than size examples. What is "
        "left over makes a mini-batch of its own.",
        _merged,
    ),
    Symptom(
        "only-pieces-shuffled",
        _ORDER,
        "Each of your mini-batches holds neighbours of the old "
        "order: you move whole pieces. Every example should move by itself.",
        _pieces_moved,
    ),
    Symptom(
        "smaller-one-not-last",
        _SIZES,
        "The smaller mini-batch should be the last one.",
        lambda e: sorted(e.sizes) == sorted(e.asked) and e.sizes != e.asked,
    ),
    Symptom(
        "wrong-sizes",
        _SIZES,
        "All mini-batches but the last should hold size examples, the last one what is left.",
        lambda e: e.sizes != e.asked,
    ),
    Symptom(
        "only-x-shuffled",
        _LABELS,
        "X is shuffled and Y is not: the examples have lost their labels. " + _LABELS_LOST,
        _only_shuffled(0),
    ),
    Symptom(
        "only-y-shuffled",
        _LABELS,
        "Y is shuffled and X is not: the examples have lost their labels. " + _LABELS_LOST,
        _only_shuffled(1),
    ),
    Symptom(
        "shuffled-apart",
        _LABELS,
        "X and Y come in two different orders: the examples have "
        "lost their labels. " + _LABELS_LOST,
        _apart,
    ),
    Symptom(
        "not-shuffled",
        _ORDER,
        "The examples are in their old order in every epoch. What if the data are sorted by class?",
        _always(np.arange),
    ),
    Symptom(
        "turned-round",
        _ORDER,
        "The examples come backwards, in every epoch the same. What if "
        "the data are sorted by class?",
        _always(lambda m: np.arange(m)[::-1]),
    ),
    Symptom(
        "same-order-each-epoch",
        _ORDER,
        "Every epoch has the same order. Where does a new "
        "order come from? A generator made inside your function starts again at every call.",
        _same_each_epoch,
    ),
    Symptom(
        "not-from-rng",
        "Call your function twice, with two generators of one seed: is the order the same?",
        "Two generators of one seed gave two orders: yours does not come "
        "from the rng that is passed, and nobody could run your training again.",
        _not_from_rng,
    ),
    Symptom(
        "only-pieces-shuffled",
        _ORDER,
        "Neighbours stay neighbours: the examples are moved "
        "in whole stretches, or turned round. Every example should move by itself.",
        _neighbours_kept,
    ),
    Symptom(
        "shuffled-within-pieces",
        _ORDER,
        "The same examples meet in a mini-batch in every "
        "epoch: you cut first and shuffle then. What if it is done the other way round?",
        _shuffled_within,
    ),
    Symptom(
        "partly-shuffled",
        _ORDER,
        "In every epoch, {e.fixed_places}. Every example should be able to come to every place.",
        lambda e: e.many and e.fixed > 0,
    ),
)
