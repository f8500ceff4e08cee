"""What is wrong with a cut into mini-batches, told by where each of its numbers comes from.

How the examples are shuffled is chance, so a cut cannot be compared number by number. Instead the
examples are made so that every number tells its place: `examples` gives ``X[i, k] = 1000 (i + 1) +
k + ½``, and Y the same below zero.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice, pairwise

import numpy as np

from course_utils.checks.engine.symptoms import Symptom, any_run

_EPOCHS = 6  # so many that what stays in place in all of them does not stay by chance


def examples(inputs, labels, m):
    """Return X and Y in which every number tells its row and its column."""
    k = np.arange(m) + 0.5
    return 1000.0 * (1 + np.arange(inputs)[:, None]) + k, -1000.0 * (
        1 + np.arange(labels)[:, None]
    ) - k


def watch(function, X, Y, size, rng):
    """Run a function as epochs follow each other, and the first again from the same seed."""
    shapes, fresh, twin = (X.shape, Y.shape), (X.copy(), Y.copy()), deepcopy(rng)
    epochs = [_collected(function(X, Y, size, rng)) for _ in range(_EPOCHS)]
    again = _collected(function(*fresh, size, twin))
    missing = any(epoch is None for epoch in (*epochs, again))
    return None if missing else Cut(*shapes, size, epochs, again)


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

    @property
    def missing_examples(self):
        """Say how many are missing: 1 of the 52 examples is."""
        return f"{self.missing} of the {self.m} examples {'is' if self.missing == 1 else 'are'}"

    @property
    def repeated_examples(self):
        """Say how many are repeated: 1 of the 52 examples comes."""
        come = "comes" if self.repeated == 1 else "come"
        return f"{self.repeated} of the {self.m} examples {come}"

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


def _part_of_one_pair(e):
    return _one_pair(e) and e.first[0][0].size < np.prod(e.x_shape)


def _inputs_only(e):
    return len(e.first) > 0 and all(
        len(p) == 1 and p[0].ndim == 2 and p[0].size and (p[0] > 0).all() for p in e.first
    )


def _flat(e):
    return any(len(piece) == 2 and any(p.ndim == 1 for p in piece) for piece in e.first)


def _third_axis(e):
    return any(len(piece) == 2 and any(p.ndim > 2 for p in piece) for piece in e.first)


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
    zeros = [(x == 0).all(axis=0) for x, _ in e.first]
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


def _one_empty(e):
    return e.m % e.size == 0 and e.sizes == [*e.asked, 0]


def _runs_on(e):
    return 0 in e.sizes and [n for n in e.sizes if n] == e.asked


def _whole_first(e):
    return len(e.sizes) > 1 and e.sizes[0] == e.m > e.size


def _last_piece(e):
    return len(e.asked) > 1 and e.sizes == e.asked[-1:]


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
    """Whether pieces share an end: one example in each pair, or several in one: no chance."""
    shared = [_shared_end(a, b) for a, b in pairwise(e.pieces)]
    return max(shared, default=0) > 1 or (len(shared) > 1 and min(shared) > 0)


def _shared_end(a, b):
    lengths = range(1, min(len(a), len(b)) + 1)
    return max((t for t in lengths if np.array_equal(a[-t:], b[:t])), default=0)


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
    kept = e.many and np.mean((steps == 1) | (steps == e.m - 1)) > 0.5
    return kept and not _drawn_and_sorted(e)


def _drawn_and_sorted(e):
    """Whether each mini-batch is a random choice in ascending order: as good as any order."""
    ascending = all((np.diff(piece) > 0).all() for piece in e.pieces)
    return ascending and any(
        piece.size and piece[-1] - piece[0] >= len(piece) for piece in e.pieces
    )


def _old_cut(e):
    return [list(range(k, min(k + e.size, e.m))) for k in range(0, e.m, e.size)]


def _pieces_moved(e):
    pieces = [piece.tolist() for piece in e.pieces]
    return e.many and pieces != _old_cut(e) == sorted(pieces)


def _shuffled_within(e):
    return e.many and sorted(sorted(piece.tolist()) for piece in e.pieces) == _old_cut(e)


_SHAPES = "Print the shapes of your first pair."
_COUNT = "Add up the columns of your mini-batches, and compare with m."
_COLUMN = "Print X, and the first column of your first X_batch: which example is it?"
_SIZES = "Print how many columns each of your mini-batches has."
_LABELS = "Look at one column: its label should be that of the same example."
_LABELS_LOST = "How can X and Y be put into the same new order?"
_ORDER = "Number the examples, and print the order in which they come in two epochs."
_NUMBERS = "Look for the numbers of your mini-batches in X and in Y."
_CASE = " The case: {found.m} examples, size {found.size}."
_SYMPTOMS = (
    Symptom(
        "grows-from-call-to-call",
        "What you return still holds the mini-batches of the call before. Where is your list made?",
        any_run(_grows),
        look="Call your function twice: how many mini-batches are there then?",
    ),
    Symptom(
        "one-pair-alone",
        "You return a single pair, X_batch and Y_batch. The task asks for a list of such pairs, "
        "one for each mini-batch.",
        any_run(_part_of_one_pair),
        look=_SHAPES,
    ),
    Symptom(
        "not-cut",
        "X and Y come back in one piece. The task asks for a list of pairs, "
        "each with a few of the columns.",
        any_run(_one_pair),
        look=_SHAPES,
    ),
    Symptom(
        "two-lists",
        "You return all pieces of X, and then all pieces of Y. Asked for "
        "are pairs: each X_batch beside its Y_batch.",
        any_run(_two_lists),
        look=_SHAPES,
    ),
    Symptom(
        "inputs-only",
        "You return pieces of X alone. Each needs its labels beside it.",
        any_run(_inputs_only),
        look=_SHAPES,
    ),
    Symptom(
        "label-row-lost",
        "X_batch or Y_batch has lost a dimension. A piece of a "
        "matrix is a matrix, even if it has one row: which index would keep it?",
        any_run(_flat),
        look=_SHAPES,
    ),
    Symptom(
        "third-axis",
        "X_batch or Y_batch has three dimensions; a matrix has two. An index of None adds one: "
        "does your order hold numbers? What shuffles an array in place returns None.",
        any_run(_third_axis),
        look=_SHAPES,
    ),
    Symptom(
        "not-pairs",
        "Each mini-batch should be a pair (X_batch, Y_batch) of matrices.",
        any_run(_not_pairs),
        look=_SHAPES,
    ),
    Symptom(
        "y-first",
        "Y_batch comes first in your pairs. X_batch should.",
        any_run(_exchanged),
        look=_SHAPES,
    ),
    Symptom(
        "transposed",
        "Your mini-batches have examples as rows. In this course "
        "columns are examples, inside a mini-batch, too.",
        any_run(_turned),
        look=_SHAPES,
    ),
    Symptom(
        "rows-cut",
        "You cut rows, so that an example lost some of its numbers. Which "
        "axis runs over the examples?",
        any_run(_rows_cut),
        look=_SHAPES,
    ),
    Symptom(
        "last-padded",
        "There are columns of zeros in your mini-batches: the last one "
        "was filled up. It may stay smaller.",
        any_run(_padded_with_zeros),
        look=_COUNT,
    ),
    Symptom(
        "decimals-lost",
        "The digits after the point are gone. Which of your arrays holds whole numbers only?",
        any_run(_rounded),
        look=_NUMBERS,
    ),
    Symptom(
        "foreign-numbers",
        "Your mini-batches hold numbers that are not in X or not in Y.",
        any_run(_foreign),
        look=_NUMBERS,
    ),
    Symptom(
        "rows-shuffled",
        "The numbers of an example have changed their order: you "
        "shuffle rows. Which axis runs over the examples?",
        any_run(_rows_moved),
        look=_COLUMN,
    ),
    Symptom(
        "each-row-by-itself",
        "One of your columns holds numbers of several examples: "
        "each row got an order of its own. An example moves as a whole.",
        any_run(_rows_apart),
        look=_COLUMN,
    ),
    Symptom(
        "examples-mixed",
        "One of your columns holds numbers of several examples. An "
        "example moves as a whole; reshaping an array does not cut it along its columns.",
        any_run(_mixed),
        look=_COLUMN,
    ),
    Symptom(
        "x-and-y-cut-differently",
        "An X_batch has not as many columns as its Y_batch. Cut both at the same places.",
        any_run(_uneven),
        look=_SHAPES,
    ),
    Symptom(
        "not-cut",
        "All {found.m} examples are in one mini-batch, although size is {found.size}.",
        any_run(_not_cut),
        look=_SIZES,
    ),
    Symptom(
        "one-piece-only",
        "There is one mini-batch only, and the other examples are in "
        "none. How often does your loop run?",
        any_run(_one_piece),
        look=_SIZES,
    ),
    Symptom(
        "empty-piece",
        "One of your mini-batches is empty. If size divides m, nothing "
        "is left for a last one: how many are there then?",
        any_run(_one_empty),
        look=_SIZES,
    ),
    Symptom(
        "runs-on",
        "Some of your mini-batches are empty: you go on cutting after the last example. How many "
        "mini-batches does it take?",
        any_run(_runs_on),
        look=_SIZES,
    ),
    Symptom(
        "slices-empty",
        "Some of your mini-batches are empty. A slice a:b ends before b, counted from the first "
        "column of all: where does the second mini-batch begin, and where does it end?",
        any_run(lambda e: 0 in e.sizes),
        look=_SIZES,
    ),
    Symptom(
        "whole-first",
        "The first of your mini-batches is all of X and Y, as in the stub. What should your list "
        "hold before the cutting begins?",
        any_run(_whole_first),
        look=_SIZES,
    ),
    Symptom(
        "last-piece-only",
        "There is one mini-batch only, the last one, and the other examples are in none. Does each "
        "new one join those before it, or take their place?",
        any_run(_last_piece),
        look=_SIZES,
    ),
    Symptom(
        "size-as-count",
        "There are {found.size} mini-batches. size is how many examples "
        "are in each, not how many mini-batches there are.",
        any_run(_as_count),
        look=_SIZES,
    ),
    Symptom(
        "pieces-made-equal",
        "The number of mini-batches is right, but you made them "
        "as equal as can be. All but the last hold just size examples.",
        any_run(_made_equal),
        look=_SIZES,
    ),
    Symptom(
        "off-by-one",
        "Your mini-batches hold one example too many. Where should one "
        "end, and where should the next begin?",
        any_run(_off_by(1)),
        look=_SIZES,
    ),
    Symptom(
        "off-by-one",
        "Your mini-batches hold one example too few. A slice a:b ends "
        "before b: where should one end, and where should the next begin?",
        any_run(_off_by(-1)),
        look=_SIZES,
    ),
    Symptom(
        "piece-twice", "One of your mini-batches comes twice.", any_run(_piece_twice), look=_COUNT
    ),
    Symptom(
        "last-padded",
        "There are more columns than examples: the last mini-batch was "
        "filled up with examples that had come before. It may stay smaller.",
        any_run(_padded),
        look=_COUNT,
    ),
    Symptom(
        "overlap",
        "The end of one mini-batch is also the beginning of the next. Where "
        "should the next one begin?",
        any_run(_overlap),
        look=_COUNT,
    ),
    Symptom(
        "rest-not-shuffled",
        "The last, smaller mini-batch is cut from the examples in "
        "their old order. What is left over should come from the new order, too.",
        any_run(_rest_in_order),
        look=_ORDER,
    ),
    Symptom(
        "rows-for-examples",
        "You take as many examples as X has rows, {found.x_shape[0]}. "
        "Which entry of X.shape counts the examples?",
        any_run(_rows_for_examples),
        look=_COUNT,
    ),
    Symptom(
        "with-replacement",
        "{found.repeated_examples} more than once in an epoch, and {found.missing} never. Each "
        "should come just once.",
        any_run(lambda e: e.repeated > 0),
        look=_ORDER,
    ),
    Symptom(
        "last-dropped",
        "{found.missing_examples} in no mini-batch, just as many as are left over when m is "
        "divided by size. What is left over makes a smaller mini-batch of its own.",
        any_run(_rest_dropped),
        look=_COUNT,
    ),
    Symptom(
        "examples-missing",
        "{found.missing_examples} in no mini-batch. "
        "Look at the end, at the beginning, and between two mini-batches.",
        any_run(lambda e: e.missing > 0),
        look=_COUNT,
    ),
    Symptom(
        "last-merged",
        "The last mini-batch holds more than size examples. What is "
        "left over makes a mini-batch of its own.",
        any_run(_merged),
        look=_SIZES,
    ),
    Symptom(
        "only-pieces-shuffled",
        "Each of your mini-batches holds neighbours of the old "
        "order: you move whole pieces. Every example should move by itself.",
        any_run(_pieces_moved),
        look=_ORDER,
    ),
    Symptom(
        "smaller-one-not-last",
        "The smaller mini-batch should be the last one.",
        any_run(lambda e: sorted(e.sizes) == sorted(e.asked) and e.sizes != e.asked),
        look=_SIZES,
    ),
    Symptom(
        "wrong-sizes",
        "All mini-batches but the last should hold size examples, the last one what is left.",
        any_run(lambda e: e.sizes != e.asked),
        look=_SIZES,
    ),
    Symptom(
        "only-x-shuffled",
        "X is shuffled and Y is not: the examples have lost their labels. " + _LABELS_LOST,
        any_run(_only_shuffled(0)),
        look=_LABELS,
    ),
    Symptom(
        "only-y-shuffled",
        "Y is shuffled and X is not: the examples have lost their labels. " + _LABELS_LOST,
        any_run(_only_shuffled(1)),
        look=_LABELS,
    ),
    Symptom(
        "shuffled-apart",
        "X and Y come in two different orders: the examples have "
        "lost their labels. " + _LABELS_LOST,
        any_run(_apart),
        look=_LABELS,
    ),
    Symptom(
        "not-shuffled",
        "The examples are in their old order in every epoch. What if the data are sorted by class?",
        any_run(_always(np.arange)),
        look=_ORDER,
    ),
    Symptom(
        "turned-round",
        "The examples come backwards, in every epoch the same. What if "
        "the data are sorted by class?",
        any_run(_always(lambda m: np.arange(m)[::-1])),
        look=_ORDER,
    ),
    Symptom(
        "same-order-each-epoch",
        "Every epoch has the same order. Where does a new "
        "order come from? A generator made inside your function starts again at every call.",
        any_run(_same_each_epoch),
        look=_ORDER,
    ),
    Symptom(
        "not-from-rng",
        "Two generators of one seed gave two orders: yours does not come "
        "from the rng that is passed, and nobody could run your training again.",
        any_run(_not_from_rng),
        look="Call your function twice, with two generators of one seed: is the order the same?",
    ),
    Symptom(
        "only-pieces-shuffled",
        "Neighbours stay neighbours: the examples are moved "
        "in whole stretches, or turned round. Every example should move by itself.",
        any_run(_neighbours_kept),
        look=_ORDER,
    ),
    Symptom(
        "shuffled-within-pieces",
        "The same examples meet in a mini-batch in every "
        "epoch: you cut first and shuffle then. What if it is done the other way round?",
        any_run(_shuffled_within),
        look=_ORDER,
    ),
    Symptom(
        "partly-shuffled",
        "In every epoch, {found.fixed_places}. Every example should be able to come to every "
        "place.",
        any_run(lambda e: e.many and e.fixed > 0 and not _drawn_and_sorted(e)),
        look=_ORDER,
    ),
)
SYMPTOMS = tuple(replace(symptom, hint=symptom.hint + _CASE) for symptom in _SYMPTOMS)
