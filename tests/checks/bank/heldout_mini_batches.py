"""More answers to the exercises of mini_batches, written from their texts alone."""

from tests.checks.bank import right, wrong


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
def two_lists(X, Y, size, rng):
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


@wrong("mini_batches.epoch", "first size for all", named="divides-by-first-size")
def first_size(w, batches, alpha):
    n = batches[0][0].shape[1]
    for x, y in batches:
        w = w - alpha * x @ (w.T @ x - y).T / n
    return w


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
