"""Answers to the exercises of notebook 04."""

import math

import numpy as np

from tests.checks.bank import right, wrong

cut_before, orders = [], {}


def _cut(X, Y, size):
    """The columns in their order, cut."""
    starts = range(0, X.shape[1], size)
    return [(X[:, k : k + size], Y[:, k : k + size]) for k in starts]


@right("mini_batches.mini_batches")
def cut_the_order(X, Y, size, rng):
    m = X.shape[1]
    order = rng.permutation(m)
    return [(X[:, i], Y[:, i]) for i in (order[k : k + size] for k in range(0, m, size))]


@right("mini_batches.mini_batches")
def shuffled_in_place(X, Y, size, rng):
    order = np.arange(X.shape[1])
    rng.shuffle(order)
    return _cut(X[:, order], Y[:, order], size)


@right("mini_batches.mini_batches")
def as_in_the_assignment(X, Y, size, rng):
    m, mini_batches = X.shape[1], []
    permutation = list(rng.permutation(m))
    X, Y = X[:, permutation], Y[:, permutation]
    complete = math.floor(m / size)
    for k in range(complete):
        mini_batches.append((X[:, k * size : (k + 1) * size], Y[:, k * size : (k + 1) * size]))
    if m % size != 0:
        mini_batches.append((X[:, complete * size :], Y[:, complete * size :]))
    return mini_batches


@right("mini_batches.mini_batches")
def split_at_places(X, Y, size, rng):
    order = rng.permutation(X.shape[1])
    places = range(size, X.shape[1], size)
    pieces = np.split(X[:, order], places, axis=1), np.split(Y[:, order], places, axis=1)
    return list(zip(*pieces, strict=True))


@right("mini_batches.mini_batches")
def sorted_random_numbers(X, Y, size, rng):
    order = np.argsort(rng.random(X.shape[1]))
    return _cut(X[:, order], Y[:, order], size)


@right("mini_batches.mini_batches")
def drawn_without_replacement(X, Y, size, rng):
    order = rng.choice(X.shape[1], X.shape[1], replace=False)
    return _cut(X.take(order, axis=1), Y.take(order, axis=1), size)


@right("mini_batches.mini_batches")
def shuffled_together(X, Y, size, rng):
    both = rng.permutation(np.vstack([X, Y]), axis=1)
    return _cut(both[: len(X)], both[len(X) :], size)


@right("mini_batches.mini_batches")
def taken_from_a_pile(X, Y, size, rng):
    pile, batches = rng.permutation(X.shape[1]), []
    while len(pile):
        now, pile = pile[:size], pile[size:]
        batches.append((X[:, now], Y[:, now]))
    return batches


@right("mini_batches.mini_batches")
def number_of_batches_rounded_up(X, Y, size, rng):
    m = X.shape[1]
    order, batches = rng.permutation(m), []
    for k in range(math.ceil(m / size)):
        i = order[k * size : min((k + 1) * size, m)]
        batches += [(X[:, i], Y[:, i])]
    return batches


@right("mini_batches.mini_batches")
def transposed_and_back(X, Y, size, rng):
    order = rng.permutation(X.shape[1])
    x, y = X.T[order], Y.T[order]
    return [(x[k : k + size].T, y[k : k + size].T) for k in range(0, len(x), size)]


@wrong("mini_batches.mini_batches", "one batch with all", named="not-cut")
def not_cut(X, Y, size, rng):
    order = rng.permutation(X.shape[1])
    return [(X[:, order], Y[:, order])]


@wrong("mini_batches.mini_batches", "not shuffled", named="not-shuffled")
def not_shuffled(X, Y, size, rng):
    return _cut(X, Y, size)


@wrong("mini_batches.mini_batches", "X and Y shuffled apart", named="shuffled-apart")
def shuffled_apart(X, Y, size, rng):
    m = X.shape[1]
    return _cut(X[:, rng.permutation(m)], Y[:, rng.permutation(m)], size)


@wrong("mini_batches.mini_batches", "only X shuffled", named="only-x-shuffled")
def only_x_shuffled(X, Y, size, rng):
    return _cut(X[:, rng.permutation(X.shape[1])], Y, size)


@wrong("mini_batches.mini_batches", "rows shuffled", named="rows-shuffled")
def rows_shuffled(X, Y, size, rng):
    return _cut(rng.permutation(X), Y, size)


@wrong("mini_batches.mini_batches", "each row shuffled on its own", named="each-row-by-itself")
def each_row_shuffled(X, Y, size, rng):
    return _cut(rng.permuted(X, axis=1), rng.permuted(Y, axis=1), size)


@wrong("mini_batches.mini_batches", "the smaller last one dropped", named="last-dropped")
def last_dropped(X, Y, size, rng):
    order = rng.permutation(X.shape[1])
    return [b for b in _cut(X[:, order], Y[:, order], size) if b[0].shape[1] == size]


@wrong("mini_batches.mini_batches", "the last one dropped always", named="last-dropped")
def last_dropped_always(X, Y, size, rng):
    order = rng.permutation(X.shape[1])
    X, Y = X[:, order], Y[:, order]
    return [(X[:, k : k + size], Y[:, k : k + size]) for k in range(0, X.shape[1] - size, size)]


@wrong("mini_batches.mini_batches", "an empty last batch where size divides m", named="empty-piece")
def empty_remainder(X, Y, size, rng):
    m = X.shape[1]
    order = rng.permutation(m)
    pieces = [order[k * size : (k + 1) * size] for k in range(m // size + 1)]
    return [(X[:, i], Y[:, i]) for i in pieces]


@wrong(
    "mini_batches.mini_batches",
    "the rest begins at m - m // size, as in a public solution",
    named={"overlap", "examples-missing"},
)
def wrong_remainder(X, Y, size, rng):
    m, batches = X.shape[1], []
    order, complete = rng.permutation(m), m // size
    for k in range(complete):
        i = order[k * size : (k + 1) * size]
        batches.append((X[:, i], Y[:, i]))
    if m % size:
        i = order[m - m // size :]
        batches.append((X[:, i], Y[:, i]))
    return batches


@wrong(
    "mini_batches.mini_batches",
    "the rest is cut from unshuffled examples",
    named="rest-not-shuffled",
)
def remainder_not_shuffled(X, Y, size, rng):
    m = X.shape[1]
    order, whole = rng.permutation(m), m // size * size
    batches = [(X[:, i], Y[:, i]) for i in order[:whole].reshape(-1, size)]
    if whole < m:
        batches.append((X[:, whole:], Y[:, whole:]))
    return batches


@wrong(
    "mini_batches.mini_batches",
    "the last filled up from the front: examples twice",
    named="last-padded",
)
def last_filled_up(X, Y, size, rng):
    m = X.shape[1]
    order = np.resize(rng.permutation(m), -(-m // size) * size)
    return _cut(X[:, order], Y[:, order], size)


@wrong("mini_batches.mini_batches", "the last filled up with zeros", named="last-padded")
def last_padded(X, Y, size, rng):
    order = rng.permutation(X.shape[1])
    missing = ((0, 0), (0, -X.shape[1] % size))
    return _cut(np.pad(X[:, order], missing), np.pad(Y[:, order], missing), size)


@wrong(
    "mini_batches.mini_batches", "even pieces, the rest spread over them", named="pieces-made-equal"
)
def even_pieces(X, Y, size, rng):
    pieces = np.array_split(rng.permutation(X.shape[1]), math.ceil(X.shape[1] / size))
    return [(X[:, i], Y[:, i]) for i in pieces]


@wrong("mini_batches.mini_batches", "size taken for the number of batches", named="size-as-count")
def size_as_number(X, Y, size, rng):
    pieces = np.array_split(rng.permutation(X.shape[1]), size)
    return [(X[:, i], Y[:, i]) for i in pieces]


@wrong("mini_batches.mini_batches", "drawn with replacement", named="with-replacement")
def with_replacement(X, Y, size, rng):
    order = rng.integers(X.shape[1], size=X.shape[1])
    return _cut(X[:, order], Y[:, order], size)


@wrong(
    "mini_batches.mini_batches",
    "each batch drawn anew: some examples never come",
    named="with-replacement",
)
def each_batch_drawn_anew(X, Y, size, rng):
    m, batches = X.shape[1], []
    for start in range(0, m, size):
        i = rng.choice(m, min(size, m - start), replace=False)
        batches.append((X[:, i], Y[:, i]))
    return batches


@wrong("mini_batches.mini_batches", "windows that overlap: step 1", named="overlap")
def overlapping_windows(X, Y, size, rng):
    order = rng.permutation(X.shape[1])
    X, Y = X[:, order], Y[:, order]
    return [(X[:, k : k + size], Y[:, k : k + size]) for k in range(X.shape[1] - size + 1)]


@wrong("mini_batches.mini_batches", "one column too many in each", named="off-by-one")
def one_too_many(X, Y, size, rng):
    order = rng.permutation(X.shape[1])
    X, Y = X[:, order], Y[:, order]
    starts = range(0, X.shape[1], size)
    return [(X[:, k : k + size + 1], Y[:, k : k + size + 1]) for k in starts]


@wrong(
    "mini_batches.mini_batches",
    "one column too few in each, as if the end counted",
    named="off-by-one",
)
def one_too_few(X, Y, size, rng):
    order = rng.permutation(X.shape[1])
    X, Y = X[:, order], Y[:, order]
    return [(X[:, k : k + size - 1], Y[:, k : k + size - 1]) for k in range(0, X.shape[1], size)]


@wrong(
    "mini_batches.mini_batches",
    "only the batches are shuffled, not the examples",
    named="only-pieces-shuffled",
)
def only_batches_shuffled(X, Y, size, rng):
    batches = _cut(X, Y, size)
    return [batches[i] for i in rng.permutation(len(batches))]


@wrong(
    "mini_batches.mini_batches", "shuffled within each batch only", named="shuffled-within-pieces"
)
def shuffled_within(X, Y, size, rng):
    batches = []
    for x, y in _cut(X, Y, size):
        i = rng.permutation(x.shape[1])
        batches.append((x[:, i], y[:, i]))
    return batches


@wrong("mini_batches.mini_batches", "the first example always comes first", named="partly-shuffled")
def first_stays(X, Y, size, rng):
    order = np.append(0, 1 + rng.permutation(X.shape[1] - 1))
    return _cut(X[:, order], Y[:, order], size)


@wrong(
    "mini_batches.mini_batches", "the first half shuffled, and the second", named="partly-shuffled"
)
def halves_shuffled(X, Y, size, rng):
    m = X.shape[1]
    order = np.append(rng.permutation(m // 2), m // 2 + rng.permutation(m - m // 2))
    return _cut(X[:, order], Y[:, order], size)


@wrong("mini_batches.mini_batches", "inputs cut down to whole numbers", named="decimals-lost")
def whole_numbers(X, Y, size, rng):
    order = rng.permutation(X.shape[1])
    return _cut(X[:, order].astype(int), Y[:, order].astype(int), size)


@wrong("mini_batches.mini_batches", "rotated, not shuffled", named="only-pieces-shuffled")
def rotated(X, Y, size, rng):
    shift = rng.integers(1, X.shape[1])
    return _cut(np.roll(X, shift, axis=1), np.roll(Y, shift, axis=1), size)


@wrong("mini_batches.mini_batches", "backwards: always the same order", named="turned-round")
def backwards(X, Y, size, rng):
    return _cut(X[:, ::-1], Y[:, ::-1], size)


@wrong(
    "mini_batches.mini_batches",
    "a seed of its own: every epoch alike",
    named="same-order-each-epoch",
)
def own_seed(X, Y, size, rng):
    order = np.random.default_rng(0).permutation(X.shape[1])
    return _cut(X[:, order], Y[:, order], size)


@wrong("mini_batches.mini_batches", "NumPy's global random state", named="not-from-rng")
def global_random_state(X, Y, size, rng):
    order = np.random.permutation(X.shape[1])  # noqa: NPY002
    return _cut(X[:, order], Y[:, order], size)


@wrong("mini_batches.mini_batches", "size 64 by heart, as in the assignment", named="not-cut")
def size_by_heart(X, Y, size, rng):
    order = rng.permutation(X.shape[1])
    return _cut(X[:, order], Y[:, order], 64)


@wrong("mini_batches.mini_batches", "cut along the rows", named="rows-cut")
def cut_along_rows(X, Y, size, rng):
    order = rng.permutation(X.shape[1])
    X, Y = X[:, order], Y[:, order]
    return [(X[k : k + size], Y[k : k + size]) for k in range(0, X.shape[1], size)]


@wrong("mini_batches.mini_batches", "m taken from the rows", named="rows-for-examples")
def rows_as_examples(X, Y, size, rng):
    order = rng.permutation(len(X))
    return _cut(X[:, order], Y[:, order], size)


@wrong("mini_batches.mini_batches", "batches transposed", named="transposed")
def batches_transposed(X, Y, size, rng):
    order = rng.permutation(X.shape[1])
    return [(x.T, y.T) for x, y in _cut(X[:, order], Y[:, order], size)]


@wrong(
    "mini_batches.mini_batches",
    "reshaped: pixels of several examples mixed",
    named="examples-mixed",
)
def reshaped_batches(X, Y, size, rng):
    order = rng.permutation(X.shape[1])
    X, Y, whole = X[:, order], Y[:, order], X.shape[1] // size * size
    x, y = (A[:, :whole].reshape(-1, len(A), size) for A in (X, Y))
    rest = [(X[:, whole:], Y[:, whole:])] if whole < X.shape[1] else []
    return [*zip(x, y, strict=True), *rest]


@wrong("mini_batches.mini_batches", "Y loses its rows: shape (size,)", named="label-row-lost")
def labels_flat(X, Y, size, rng):
    order = rng.permutation(X.shape[1])
    return [(x, y[0]) for x, y in _cut(X[:, order], Y[:, order], size)]


@wrong("mini_batches.mini_batches", "Y first", named="y-first")
def y_first(X, Y, size, rng):
    order = rng.permutation(X.shape[1])
    return [(y, x) for x, y in _cut(X[:, order], Y[:, order], size)]


@wrong("mini_batches.mini_batches", "two lists, not a list of pairs", named="two-lists")
def two_lists(X, Y, size, rng):
    order = rng.permutation(X.shape[1])
    xs, ys = zip(*_cut(X[:, order], Y[:, order], size), strict=True)
    return list(xs), list(ys)


@wrong("mini_batches.mini_batches", "the inputs only", named="inputs-only")
def inputs_only(X, Y, size, rng):
    order = rng.permutation(X.shape[1])
    return [x for x, _ in _cut(X[:, order], Y[:, order], size)]


@wrong("mini_batches.mini_batches", "the last batch comes twice", named="piece-twice")
def last_twice(X, Y, size, rng):
    order = rng.permutation(X.shape[1])
    batches = _cut(X[:, order], Y[:, order], size)
    return [*batches, batches[-1]]


@wrong("mini_batches.mini_batches", "the first batch is lost", named="examples-missing")
def first_lost(X, Y, size, rng):
    order = rng.permutation(X.shape[1])
    return _cut(X[:, order], Y[:, order], size)[1:]


@wrong(
    "mini_batches.mini_batches",
    "right only for size >= m or a divisor: raises otherwise",
    named="raises",
)
def divisors_only(X, Y, size, rng):
    order = rng.permutation(X.shape[1]).reshape(-1, min(size, X.shape[1]))
    return [(X[:, i], Y[:, i]) for i in order]


@wrong("mini_batches.mini_batches", "returned inside the loop", named="one-piece-only")
def returned_inside(X, Y, size, rng):
    order, batches = rng.permutation(X.shape[1]), []
    for k in range(0, X.shape[1], size):
        i = order[k : k + size]
        batches.append((X[:, i], Y[:, i]))
        return batches


@wrong(
    "mini_batches.mini_batches",
    "a list that grows from call to call",
    named="grows-from-call-to-call",
)
def grows_over_calls(X, Y, size, rng):
    order = rng.permutation(X.shape[1])
    cut_before.extend(_cut(X[:, order], Y[:, order], size))
    return cut_before


@wrong("mini_batches.mini_batches", "changes X and Y in place", named="changes-its-input")
def changes_its_inputs(X, Y, size, rng):
    order = rng.permutation(X.shape[1])
    X[:], Y[:] = X[:, order], Y[:, order]
    return _cut(X.copy(), Y.copy(), size)


@wrong("mini_batches.mini_batches", "no return", named="returns-none")
def batches_none(X, Y, size, rng):
    order = rng.permutation(X.shape[1])
    _cut(X[:, order], Y[:, order], size)


@wrong("mini_batches.mini_batches", "a permutation called", named="raises")
def batches_raise(X, Y, size, rng):
    order = rng.permutation(X.shape[1])
    return _cut(X(order), Y(order), size)


@wrong(
    "mini_batches.mini_batches",
    "shuffled apart, the last dropped (two mistakes)",
    named="last-dropped",
)
def apart_and_dropped(X, Y, size, rng):
    m = X.shape[1]
    batches = _cut(X[:, rng.permutation(m)], Y[:, rng.permutation(m)], size)
    return [b for b in batches if b[0].shape[1] == size]


@wrong(
    "mini_batches.mini_batches",
    "not shuffled, an empty last one (two mistakes)",
    named="not-shuffled",
)
def unshuffled_and_empty(X, Y, size, rng):
    starts = [k * size for k in range(X.shape[1] // size + 1)]
    return [(X[:, k : k + size], Y[:, k : k + size]) for k in starts]


@right("mini_batches.mini_batches")
def one_by_one_in_float32(X, Y, size, rng, dtype=np.float32):
    left, batch = list(range(X.shape[1])), []
    while left:
        batch.append(left.pop(rng.integers(len(left))))
        if len(batch) == size or not left:
            yield [X[:, batch].astype(dtype), Y[:, batch].astype(dtype)]
            batch = []


@right("mini_batches.mini_batches")
def two_generators_of_one_state(X, Y, size, rng):
    twin = np.random.Generator(type(rng.bit_generator)())
    twin.bit_generator.state = rng.bit_generator.state
    return tuple(_cut(rng.permutation(X.T).T, twin.permutation(Y.T).T, size))


@wrong("mini_batches.mini_batches", "the labels not cut", named="x-and-y-cut-differently")
def labels_not_cut(X, Y, size, rng):
    order = rng.permutation(X.shape[1])
    return [(x, Y[:, order]) for x, _ in _cut(X[:, order], Y[:, order], size)]


@wrong("mini_batches.mini_batches", "the rest added to the last whole one", named="last-merged")
def rest_merged(X, Y, size, rng):
    order, m = rng.permutation(X.shape[1]), X.shape[1]
    places = range(size, m - m % size, size)
    pieces = (np.split(A[:, order], places, axis=1) for A in (X, Y))
    return list(zip(*pieces, strict=True))


@wrong("mini_batches.mini_batches", "begins at 1", named="examples-missing")
def begins_at_one(X, Y, size, rng):
    order = rng.permutation(X.shape[1])
    return _cut(X[:, order[1:]], Y[:, order[1:]], size)


@wrong("mini_batches.mini_batches", "one column lost between two batches", named="examples-missing")
def gaps(X, Y, size, rng):
    order = rng.permutation(X.shape[1])
    starts = range(0, X.shape[1], size + 1)
    return [(X[:, order[k : k + size]], Y[:, order[k : k + size]]) for k in starts]


@wrong("mini_batches.mini_batches", "the smaller one first", named="smaller-one-not-last")
def smaller_one_first(X, Y, size, rng):
    order = rng.permutation(X.shape[1])
    return _cut(X[:, order], Y[:, order], size)[::-1]


@wrong("mini_batches.mini_batches", "triples", named="not-pairs")
def triples(X, Y, size, rng):
    return [(x, y, size) for x, y in cut_the_order(X, Y, size, rng)]


@wrong("mini_batches.mini_batches", "a number", named="not-pairs")
def number_of_batches(X, Y, size, rng):
    return -(-X.shape[1] // size)


@wrong("mini_batches.mini_batches", "shuffled, but neither cut nor in a list", named="not-cut")
def shuffled_pair(X, Y, size, rng):
    order = rng.permutation(X.shape[1])
    return X[:, order], Y[:, order]


@wrong("mini_batches.mini_batches", "the last pair alone", named="one-pair-alone")
def last_pair(X, Y, size, rng):
    order = rng.permutation(X.shape[1])
    for k in range(0, X.shape[1], size):
        x, y = X[:, order[k : k + size]], Y[:, order[k : k + size]]
    return x, y


@wrong("mini_batches.mini_batches", "the first pair alone", named="one-pair-alone")
def first_pair(X, Y, size, rng):
    order = rng.permutation(X.shape[1])[:size]
    return X[:, order], Y[:, order]


@wrong("mini_batches.mini_batches", "only Y shuffled", named="only-y-shuffled")
def only_y_shuffled(X, Y, size, rng):
    return _cut(X, Y[:, rng.permutation(X.shape[1])], size)


@wrong("mini_batches.mini_batches", "the labels backwards", named="only-y-shuffled")
def labels_backwards(X, Y, size, rng):
    return _cut(X, Y[:, ::-1], size)


@wrong(
    "mini_batches.mini_batches", "an order kept from the first call", named="same-order-each-epoch"
)
def order_kept(X, Y, size, rng):
    m = X.shape[1]
    if m not in orders:
        orders[m] = rng.permutation(m)
    return _cut(X[:, orders[m]], Y[:, orders[m]], size)


@wrong(
    "mini_batches.mini_batches",
    "pieces cut, then their columns and the pieces shuffled",
    named={"only-pieces-shuffled", "shuffled-within-pieces", "smaller-one-not-last"},
)
def shuffled_twice_within(X, Y, size, rng):
    batches = shuffled_within(X, Y, size, rng)
    return [batches[i] for i in rng.permutation(len(batches))]


@wrong(
    "mini_batches.mini_batches",
    "two columns exchanged, the rest in order",
    named="only-pieces-shuffled",
)
def two_exchanged(X, Y, size, rng):
    order = np.arange(X.shape[1])
    i, j = rng.choice(X.shape[1], 2, replace=False)
    order[i], order[j] = j, i
    return _cut(X[:, order], Y[:, order], size)


@wrong("mini_batches.mini_batches", "all columns standardized", named={"foreign-numbers"})
def standardized(X, Y, size, rng):
    order = rng.permutation(X.shape[1])
    return _cut((X[:, order] - X.mean()) / X.std(), Y[:, order], size)


@wrong(
    "mini_batches.mini_batches",
    "size taken for the number, the rest in the last",
    named={"last-merged", "size-as-count", "wrong-sizes"},
)
def size_as_number_rest_last(X, Y, size, rng):
    m = X.shape[1]
    order, each = rng.permutation(m), max(m // size, 1)
    places = [k * each for k in range(1, min(size, m))]
    pieces = (np.split(A[:, order], places, axis=1) for A in (X, Y))
    return list(zip(*pieces, strict=True))


@wrong("mini_batches.mini_batches", "labels of one row by heart", named="raises")
def labels_reshaped(X, Y, size, rng):
    order = rng.permutation(X.shape[1])
    return _cut(X[:, order], Y[:, order].reshape(1, X.shape[1]), size)


def _gradient(w, x, y):
    return x @ (w.T @ x - y).T / x.shape[1]


@right("mini_batches.epoch")
def steps_in_place_on_a_copy(w, batches, alpha):
    w = w.copy()
    for x, y in batches:
        w -= alpha / x.shape[1] * x @ (w.T @ x - y).T
    return w


@right("mini_batches.epoch")
def steps_by_einsum(w, batches, alpha):
    for x, y in batches:
        error = np.einsum("ik,ij->kj", w, x) - y
        w = w - alpha * np.einsum("ij,kj->ik", x, error) / y.shape[1]
    return w


@right("mini_batches.epoch")
def steps_by_example(w, batches, alpha):
    for x, y in batches:
        size, gradient = x.shape[1], np.zeros(w.shape)
        for k in range(size):
            gradient[:, 0] += x[:, k] * (w[:, 0] @ x[:, k] - y[0, k])
        w = w - alpha * gradient / size
    return w


@right("mini_batches.epoch")
def steps_by_index(w, batches, alpha):
    for k in range(len(batches)):
        x, y = batches[k][0], batches[k][1]
        w = w - alpha * np.mean(x * (w.T @ x - y), axis=1, keepdims=True)
    return w


@right("mini_batches.epoch")
def steps_by_dot(w, batches, alpha):
    for x, y in batches:
        a = np.dot(w.T, x)
        w = w - (alpha / x.shape[1]) * np.dot(x, (a - y).T)
    return w


@right("mini_batches.epoch")
def steps_of_plain_numbers(w, batches, alpha):
    v = [float(row[0]) for row in w]
    for x, y in batches:
        errors = [sum(a * b for a, b in zip(v, c, strict=True)) for c in x.T] - y[0]
        v = [a - alpha * sum(errors * r) / len(errors) for a, r in zip(v, x, strict=True)]
    return np.array(v)[:, None]


@right("mini_batches.epoch")
def steps_recursive(w, batches, alpha):
    if not len(batches):
        return w
    return steps_recursive(w - alpha * _gradient(w, *batches[0]), batches[1:], alpha)


@right("mini_batches.epoch")
def steps_towards_the_labels(w, batches, alpha):
    for x, y in batches:
        w = w + alpha * x @ (y - w.T @ x).T / x.shape[1]
    return w


@wrong("mini_batches.epoch", "alpha squared", named="alpha-squared")
def steps_alpha_squared(w, batches, alpha):
    for x, y in batches:
        w = w - alpha**2 * _gradient(w, x, y)
    return w


@wrong("mini_batches.epoch", "the error squared", named="error-squared")
def steps_error_squared(w, batches, alpha):
    for x, y in batches:
        w = w - alpha * x @ ((w.T @ x - y) ** 2).T / x.shape[1]
    return w


@wrong("mini_batches.epoch", "the first batch left out", named="first-batch-missing")
def steps_without_first(w, batches, alpha):
    for x, y in batches[1:]:
        w = w - alpha * _gradient(w, x, y)
    return w


@wrong("mini_batches.epoch", "plus y", named="plus-label")
def steps_plus_label(w, batches, alpha):
    for x, y in batches:
        w = w - alpha * x @ (w.T @ x + y).T / x.shape[1]
    return w


@wrong("mini_batches.epoch", "how far w has moved", named="returns-the-change")
def steps_change_alone(w, batches, alpha):
    return steps_by_dot(w, batches, alpha) - w


@wrong("mini_batches.epoch", "divided by the size twice", named="divides-twice")
def steps_divided_twice(w, batches, alpha):
    for x, y in batches:
        w = w - alpha * _gradient(w, x, y) / x.shape[1]
    return w


@wrong("mini_batches.epoch", "w not transposed", named="shapes-do-not-fit")
def steps_not_transposed(w, batches, alpha):
    for x, y in batches:
        w = w - alpha * x @ (w @ x - y).T / x.shape[1]
    return w


@wrong("mini_batches.epoch", "y not needed: w comes back", named="stubs-numbers")
def steps_nowhere(w, batches, alpha):
    for x, y in batches:
        _gradient(w, x, y)
    return w + 0


@wrong("mini_batches.epoch", "not divided by size", named="sum-for-mean")
def steps_summed(w, batches, alpha):
    for x, y in batches:
        w = w - alpha * x @ (w.T @ x - y).T
    return w


@wrong("mini_batches.epoch", "divided by all examples", named="divides-by-all")
def steps_divided_by_m(w, batches, alpha):
    m = sum(x.shape[1] for x, _ in batches)
    for x, y in batches:
        w = w - alpha * x @ (w.T @ x - y).T / m
    return w


@wrong(
    "mini_batches.epoch",
    "the first batch's size for all: wrong for a smaller last one",
    named="divides-by-first-size",
)
def steps_first_size(w, batches, alpha):
    size = batches[0][0].shape[1]
    for x, y in batches:
        w = w - alpha * x @ (w.T @ x - y).T / size
    return w


@wrong("mini_batches.epoch", "divided by the number of rows", named="divides-by-inputs")
def steps_divided_by_rows(w, batches, alpha):
    for x, y in batches:
        w = w - alpha * x @ (w.T @ x - y).T / len(x)
    return w


@wrong("mini_batches.epoch", "divided by the number of batches", named="divides-by-batches")
def steps_divided_by_batches(w, batches, alpha):
    for x, y in batches:
        w = w - alpha * x @ (w.T @ x - y).T / len(batches)
    return w


@wrong("mini_batches.epoch", "divided by 2 size, as the cost is", named="half-too-much")
def steps_half(w, batches, alpha):
    for x, y in batches:
        w = w - alpha * _gradient(w, x, y) / 2
    return w


@wrong("mini_batches.epoch", "a factor 2", named="factor-two")
def steps_twice(w, batches, alpha):
    for x, y in batches:
        w = w - alpha * 2 * _gradient(w, x, y)
    return w


@wrong("mini_batches.epoch", "uphill", named="uphill")
def steps_uphill(w, batches, alpha):
    for x, y in batches:
        w = w + alpha * _gradient(w, x, y)
    return w


@wrong("mini_batches.epoch", "no label: y ignored", named="no-label")
def steps_without_labels(w, batches, alpha):
    for x, _ in batches:
        w = w - alpha * x @ (w.T @ x).T / x.shape[1]
    return w


@wrong("mini_batches.epoch", "all gradients at the first w", named="all-at-the-first-w")
def steps_from_the_start(w, batches, alpha):
    new = w.copy()
    for x, y in batches:
        new = new - alpha * _gradient(w, x, y)
    return new


@wrong(
    "mini_batches.epoch",
    "only the last batch counts: each step from the first w",
    named="starts-anew",
)
def steps_forget(w, batches, alpha):
    new = w
    for x, y in batches:
        new = w - alpha * _gradient(w, x, y)
    return new


@wrong("mini_batches.epoch", "returned after the first batch", named="first-batch-only")
def steps_first_batch(w, batches, alpha):
    for x, y in batches:
        w = w - alpha * _gradient(w, x, y)
        return w


@wrong("mini_batches.epoch", "the last batch is left out", named="last-batch-missing")
def steps_without_last(w, batches, alpha):
    for x, y in batches[:-1]:
        w = w - alpha * _gradient(w, x, y)
    return w


@wrong("mini_batches.epoch", "smaller batches are skipped", named="smaller-batches-skipped")
def steps_skip_smaller(w, batches, alpha):
    for x, y in batches:
        if x.shape[1] == batches[0][0].shape[1]:
            w = w - alpha * _gradient(w, x, y)
    return w


@wrong("mini_batches.epoch", "the gradients of all batches in one step", named="one-mean-step")
def steps_one_mean_step(w, batches, alpha):
    return w - alpha * np.mean([_gradient(w, x, y) for x, y in batches], axis=0)


@wrong("mini_batches.epoch", "batch descent: all examples joined", named="batch-descent")
def steps_joined(w, batches, alpha):
    x, y = (np.concatenate(parts, axis=1) for parts in zip(*batches, strict=True))
    return w - alpha * _gradient(w, x, y)


@wrong("mini_batches.epoch", "one step for each example", named="one-step-an-example")
def steps_for_each_example(w, batches, alpha):
    for x, y in batches:
        for k in range(x.shape[1]):
            w = w - alpha * _gradient(w, x[:, [k]], y[:, [k]])
    return w


@wrong("mini_batches.epoch", "only the first example of a batch", named="one-example-a-batch")
def steps_first_example(w, batches, alpha):
    for x, y in batches:
        w = w - alpha * _gradient(w, x[:, :1], y[:, :1])
    return w


@wrong("mini_batches.epoch", "the batches backwards", named="order-reversed")
def steps_backwards(w, batches, alpha):
    for x, y in reversed(batches):
        w = w - alpha * _gradient(w, x, y)
    return w


@wrong("mini_batches.epoch", "two epochs", named="twice-through")
def steps_two_epochs(w, batches, alpha):
    for x, y in [*batches, *batches]:
        w = w - alpha * _gradient(w, x, y)
    return w


@wrong("mini_batches.epoch", "alpha left out", named="no-alpha")
def steps_without_alpha(w, batches, alpha):
    for x, y in batches:
        w = w - _gradient(w, x, y)
    return w


@wrong("mini_batches.epoch", "alpha = 0.1 by heart", named="ignored")
def steps_alpha_by_heart(w, batches, alpha):
    for x, y in batches:
        w = w - 0.1 * _gradient(w, x, y)
    return w


@wrong("mini_batches.epoch", "alpha halved from step to step", named="alpha-decays")
def steps_decay(w, batches, alpha):
    for x, y in batches:
        w = w - alpha * _gradient(w, x, y)
        alpha = alpha / 2
    return w


@wrong("mini_batches.epoch", "the mean error for every input: x left out", named="x-left-out")
def steps_without_x(w, batches, alpha):
    for x, y in batches:
        w = w - alpha * np.mean(w.T @ x - y)
    return w


@wrong(
    "mini_batches.epoch",
    "mean over everything: one number for all weights",
    named="one-slope-for-all",
)
def steps_mean_over_all(w, batches, alpha):
    for x, y in batches:
        w = w - alpha * np.mean(x * (w.T @ x - y))
    return w


@wrong("mini_batches.epoch", "the sign of the gradient", named="sign-only")
def steps_of_sign(w, batches, alpha):
    for x, y in batches:
        w = w - alpha * np.sign(_gradient(w, x, y))
    return w


@wrong("mini_batches.epoch", "broadcast to (n_x, size): no transpose", named="raises")
def steps_broadcast(w, batches, alpha):
    for x, y in batches:
        w = w - alpha * x * (w.T @ x - y) / x.shape[1]
    return w[:, :1]


@wrong("mini_batches.epoch", "changes w", named="changes-its-input")
def steps_change_w(w, batches, alpha):
    for x, y in batches:
        w -= alpha * _gradient(w, x, y)
    return w


@wrong("mini_batches.epoch", "changes the batches", named="changes-its-input")
def steps_change_batches(w, batches, alpha):
    for x, y in batches:
        y -= w.T @ x
        w = w + alpha * x @ y.T / x.shape[1]
    return w


@wrong("mini_batches.epoch", "all w in a list", named="whole-path")
def steps_in_a_list(w, batches, alpha):
    path = [w]
    for x, y in batches:
        path.append(path[-1] - alpha * _gradient(path[-1], x, y))
    return path


@wrong("mini_batches.epoch", "the mean of all w", named="mean-of-the-path")
def steps_averaged(w, batches, alpha):
    path = []
    for x, y in batches:
        w = w - alpha * _gradient(w, x, y)
        path.append(w)
    return np.mean(path, axis=0)


@wrong("mini_batches.epoch", "shape (n_x,)", named="lost-dimension")
def steps_flat(w, batches, alpha):
    for x, y in batches:
        w = w - alpha * _gradient(w, x, y)
    return w[:, 0]


@wrong("mini_batches.epoch", "shape (1, n_x)", named="transposed")
def steps_as_row(w, batches, alpha):
    for x, y in batches:
        w = w - alpha * _gradient(w, x, y)
    return w.T


@wrong("mini_batches.epoch", "the last gradient is returned", named="returns-the-gradient")
def steps_return_gradient(w, batches, alpha):
    for x, y in batches:
        gradient = _gradient(w, x, y)
        w = w - alpha * gradient
    return gradient


@wrong("mini_batches.epoch", "x and y exchanged in the pair", named="shapes-do-not-fit")
def steps_raise(w, batches, alpha):
    for y, x in batches:
        w = w - alpha * _gradient(w, x, y)
    return w


@wrong("mini_batches.epoch", "no return", named="returns-none")
def steps_none(w, batches, alpha):
    for x, y in batches:
        w = w - alpha * _gradient(w, x, y)


@wrong("mini_batches.epoch", "at most three batches", named="three-batches-at-most")
def steps_three_batches(w, batches, alpha):
    for x, y in batches[:3]:
        w = w - alpha * _gradient(w, x, y)
    return w


@wrong("mini_batches.epoch", "two inputs by heart", named="raises")
def steps_two_inputs(w, batches, alpha):
    w1, w2 = w.ravel()
    for x, y in batches:
        error = w1 * x[0] + w2 * x[1] - y[0]
        w1, w2 = w1 - alpha * np.mean(error * x[0]), w2 - alpha * np.mean(error * x[1])
    return np.array([[w1], [w2]])


@wrong("mini_batches.epoch", "w2's step sees the new w1", named="weight-by-weight")
def steps_one_weight_at_a_time(w, batches, alpha):
    w = w.copy()
    for x, y in batches:
        for i in range(len(w)):
            w[i] -= alpha * np.mean(x[i] * (w.T @ x - y))
    return w


@wrong(
    "mini_batches.epoch", "uphill, and not divided (two mistakes)", named={"uphill", "sum-for-mean"}
)
def steps_uphill_summed(w, batches, alpha):
    for x, y in batches:
        w = w + alpha * x @ (w.T @ x - y).T
    return w


@wrong(
    "mini_batches.epoch",
    "at the first w, divided by the first size (two mistakes)",
    named={"all-at-the-first-w", "divides-by-first-size"},
)
def steps_from_the_start_first_size(w, batches, alpha):
    new, size = w.copy(), batches[0][0].shape[1]
    for x, y in batches:
        new = new - alpha * x @ (w.T @ x - y).T / size
    return new


@wrong("mini_batches.epoch", "one sum for all weights", named="one-slope-for-all")
def steps_sum_over_all(w, batches, alpha):
    for x, y in batches:
        w = w - alpha / x.shape[1] * np.sum((w.T @ x - y) * x)
    return w


@wrong("mini_batches.epoch", "momentum", named="momentum")
def steps_with_momentum(w, batches, alpha):
    v = 0
    for x, y in batches:
        v = 0.9 * v + _gradient(w, x, y)
        w = w - alpha * v
    return w


@wrong("mini_batches.epoch", "the cost for the gradient", named="cost-for-gradient")
def steps_by_the_cost(w, batches, alpha):
    for x, y in batches:
        w = w - alpha * np.mean((w.T @ x - y) ** 2) / 2
    return w


@wrong("mini_batches.mini_batches", "no shuffle", named="not-shuffled")
def in_order(X, Y, size, rng):
    return [(X[:, i : i + size], Y[:, i : i + size]) for i in range(0, X.shape[1], size)]


@wrong("mini_batches.mini_batches", "X alone shuffled", named="only-x-shuffled")
def x_alone(X, Y, size, rng):
    X = X[:, rng.permutation(X.shape[1])]
    return [(X[:, i : i + size], Y[:, i : i + size]) for i in range(0, X.shape[1], size)]


@wrong("mini_batches.mini_batches", "two orders", named="shuffled-apart")
def two_orders(X, Y, size, rng):
    X, Y = X[:, rng.permutation(X.shape[1])], Y[:, rng.permutation(X.shape[1])]
    return [(X[:, i : i + size], Y[:, i : i + size]) for i in range(0, X.shape[1], size)]


@wrong("mini_batches.mini_batches", "last one lost", named="last-dropped")
def last_lost(X, Y, size, rng):
    order = rng.permutation(X.shape[1])
    X, Y = X[:, order], Y[:, order]
    return [(X[:, i : i + size], Y[:, i : i + size]) for i in range(0, X.shape[1] - size + 1, size)]


@wrong("mini_batches.mini_batches", "with replacement", named="with-replacement")
def drawn_again(X, Y, size, rng):
    order = rng.integers(0, X.shape[1], X.shape[1])
    X, Y = X[:, order], Y[:, order]
    return [(X[:, i : i + size], Y[:, i : i + size]) for i in range(0, X.shape[1], size)]


@wrong("mini_batches.mini_batches", "rows shuffled", named="rows-shuffled")
def rows(X, Y, size, rng):
    X, Y = X[rng.permutation(X.shape[0])], Y[rng.permutation(Y.shape[0])]
    return [(X[:, i : i + size], Y[:, i : i + size]) for i in range(0, X.shape[1], size)]


@wrong("mini_batches.mini_batches", "empty last batch", named="empty-piece")
def empty_last(X, Y, size, rng):
    order = rng.permutation(X.shape[1])
    X, Y = X[:, order], Y[:, order]
    return [(X[:, i : i + size], Y[:, i : i + size]) for i in range(0, X.shape[1] + 1, size)]


@wrong("mini_batches.mini_batches", "batches shuffled only", named="only-pieces-shuffled")
def shuffled_batches(X, Y, size, rng):
    batches = [(X[:, i : i + size], Y[:, i : i + size]) for i in range(0, X.shape[1], size)]
    rng.shuffle(batches)
    return batches


@wrong("mini_batches.mini_batches", "lists of X and Y", named="two-lists")
def two_lists_too(X, Y, size, rng):
    order = rng.permutation(X.shape[1])
    starts = range(0, X.shape[1], size)
    return [X[:, order[i : i + size]] for i in starts], [Y[:, order[i : i + size]] for i in starts]


@right("mini_batches.mini_batches")
def index_parts(X, Y, size, rng):
    order = rng.permutation(X.shape[1])
    parts = [order[i : i + size] for i in range(0, len(order), size)]
    return [(X[:, p], Y[:, p]) for p in parts]


@wrong("mini_batches.epoch", "returns after the first", named="first-batch-only")
def first_only(w, batches, alpha):
    for x, y in batches:
        w = w - alpha * x @ (w.T @ x - y).T / x.shape[1]
        return w


@wrong("mini_batches.epoch", "old w", named="all-at-the-first-w")
def old_w(w, batches, alpha):
    new = w.copy()
    for x, y in batches:
        new = new - alpha * x @ (w.T @ x - y).T / x.shape[1]
    return new


@wrong("mini_batches.epoch", "uphill", named="uphill")
def uphill(w, batches, alpha):
    for x, y in batches:
        w = w + alpha * x @ (w.T @ x - y).T / x.shape[1]
    return w


@wrong("mini_batches.epoch", "rows", named="divides-by-inputs")
def over_rows(w, batches, alpha):
    for x, y in batches:
        w = w - alpha * x @ (w.T @ x - y).T / x.shape[0]
    return w


@wrong("mini_batches.epoch", "in place", named="changes-its-input")
def in_place(w, batches, alpha):
    for x, y in batches:
        w -= alpha * x @ (w.T @ x - y).T / x.shape[1]
    return w


@wrong("mini_batches.epoch", "last batch skipped", named="last-batch-missing")
def last_skipped(w, batches, alpha):
    for x, y in batches[:-1]:
        w = w - alpha * x @ (w.T @ x - y).T / x.shape[1]
    return w


@right("mini_batches.epoch")
def by_mean(w, batches, alpha):
    for x, y in batches:
        w = w - alpha * (x * (w.T @ x - y)).mean(axis=1, keepdims=True)
    return w


def _shuffled(X, Y, rng):
    order = rng.permutation(X.shape[1])
    return X[:, order], Y[:, order]


@wrong("mini_batches.mini_batches", "a slice that ends at size", named="slices-empty")
def ends_at_size(X, Y, size, rng):
    X, Y = _shuffled(X, Y, rng)
    return [(X[:, k:size], Y[:, k:size]) for k in range(0, X.shape[1], size)]


@wrong("mini_batches.mini_batches", "size pieces of size", named="runs-on")
def size_times(X, Y, size, rng):
    X, Y = _shuffled(X, Y, rng)
    return [(X[:, t * size : (t + 1) * size], Y[:, t * size : (t + 1) * size]) for t in range(size)]


@wrong("mini_batches.mini_batches", "a new list in each round", named="last-piece-only")
def list_made_anew(X, Y, size, rng):
    X, Y = _shuffled(X, Y, rng)
    for k in range(0, X.shape[1], size):
        batches = [(X[:, k : k + size], Y[:, k : k + size])]
    return batches


@wrong("mini_batches.mini_batches", "what a shuffle in place returns", named="third-axis")
def order_is_none(X, Y, size, rng):
    order = rng.shuffle(np.arange(X.shape[1]))
    return _cut(X[:, order], Y[:, order], size)


@wrong("mini_batches.mini_batches", "appended to the stub's list", named="whole-first")
def after_the_stubs_pair(X, Y, size, rng):
    return [(X, Y), *_cut(*_shuffled(X, Y, rng), size)]


@wrong(
    "mini_batches.mini_batches", "an order for each mini-batch, cut off", named="with-replacement"
)
def order_for_each(X, Y, size, rng):
    m = X.shape[1]
    drawn = [rng.permutation(m)[:size] for _ in range(math.ceil(m / size))]
    return [(X[:, i], Y[:, i]) for i in drawn]


@right("mini_batches.mini_batches")
def numbers_of_mini_batches_shuffled(X, Y, size, rng):
    number = rng.permutation(X.shape[1]) // size
    return [(X[:, number == t], Y[:, number == t]) for t in range(number.max() + 1)]


@wrong("mini_batches.epoch", "a row for a gradient", named="on-its-side")
def gradient_as_row(w, batches, alpha):
    for x, y in batches:
        w = w - alpha * (w.T @ x - y) @ x.T / x.shape[1]
    return w


@wrong("mini_batches.epoch", "a mean without its axis", named="on-its-side")
def gradient_flat(w, batches, alpha):
    for x, y in batches:
        w = w - alpha * np.mean(x * (w.T @ x - y), axis=1)
    return w


@wrong("mini_batches.epoch", "alpha shared among the mini-batches", named="divides-by-batches-too")
def alpha_shared(w, batches, alpha):
    for x, y in batches:
        w = w - alpha / len(batches) * x @ (w.T @ x - y).T / x.shape[1]
    return w


@wrong("mini_batches.epoch", "all gradients so far", named="momentum")
def gradients_pile_up(w, batches, alpha):
    pile = 0
    for x, y in batches:
        pile = pile + x @ (w.T @ x - y).T / x.shape[1]
        w = w - alpha * pile
    return w


@wrong("mini_batches.epoch", "the lecture's momentum", named="momentum")
def lectures_momentum(w, batches, alpha):
    v = 0
    for x, y in batches:
        v = 0.9 * v + 0.1 * x @ (w.T @ x - y).T / x.shape[1]
        w = w - alpha * v
    return w


@wrong("mini_batches.epoch", "a sigmoid", named="sigmoid")
def through_a_sigmoid(w, batches, alpha):
    for x, y in batches:
        w = w - alpha * x @ (1 / (1 + np.exp(-w.T @ x)) - y).T / x.shape[1]
    return w


@wrong("mini_batches.epoch", "16 by heart", named="size-by-heart")
def sixteen(w, batches, alpha):
    for x, y in batches:
        w = w - alpha * x @ (w.T @ x - y).T / 16
    return w


@wrong("mini_batches.epoch", "times the size", named="times-size")
def times_the_size(w, batches, alpha):
    for x, y in batches:
        w = w - alpha * x.shape[1] * x @ (w.T @ x - y).T
    return w


@wrong("mini_batches.epoch", "divided by the rows of y", named="sum-for-mean")
def over_rows_of_y(w, batches, alpha):
    for x, y in batches:
        w = w - alpha * x @ (w.T @ x - y).T / len(y)
    return w


@wrong("mini_batches.mini_batches", "classes for one-hot labels", named="foreign-numbers")
def classes_for_labels(X, Y, size, rng):
    m = X.shape[1]
    order = rng.permutation(m)
    pieces = [order[k : k + size] for k in range(0, m, size)]
    return [(X[:, p], Y[:, p].argmax(axis=0, keepdims=True)) for p in pieces]


@wrong("mini_batches.epoch", "the error is not turned", named="shapes-do-not-fit")
def steps_of_a_row(w, batches, alpha):
    for x, y in batches:
        w = w - alpha * (1 / x.shape[1]) * x @ (w.T @ x - y)
    return w
