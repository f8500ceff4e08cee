"""Answers to the exercises of notebook 16."""

import math
from functools import partial

import numpy as np
from scipy import special
from scipy.special import expit

from course_utils import graph
from tests.checks.bank import right, right_ones, wrong, wrong_ones

# computation_graphs.softplus_backward


@right("computation_graphs.softplus_backward")
def softplus_stable_where(d, y, x):
    t = np.exp(-np.abs(x))
    return d * np.where(x >= 0, 1 / (1 + t), t / (1 + t))


@right("computation_graphs.softplus_backward")
def softplus_expit(d, y, x):
    return d * special.expit(x)


@right("computation_graphs.softplus_backward")
def softplus_by_result(d, y, x):
    return d * np.exp(x - y)


@right("computation_graphs.softplus_backward")
def softplus_by_result_only(d, y, x):
    return -d * np.expm1(-y)


@right("computation_graphs.softplus_backward")
def softplus_tanh(d, y, x):
    return d * (0.5 + 0.5 * np.tanh(x / 2))


@right("computation_graphs.softplus_backward")
def softplus_logaddexp(d, y, x):
    return d * np.exp(-np.logaddexp(0.0, -x))


@right("computation_graphs.softplus_backward")
def softplus_loop(d, y, x):
    dx = np.zeros(x.shape)
    for at in np.ndindex(*x.shape):
        t = math.exp(-abs(x[at]))
        dx[at] = d[at] * (1 if x[at] > 0 else t) / (1 + t)
    return dx


@right("computation_graphs.softplus_backward")
def softplus_overflow_is_harmless(d, y, x):
    with np.errstate(over="ignore"):
        return d / (1 + np.exp(-x))


@wrong(
    "computation_graphs.softplus_backward",
    "exp(x) / (1 + exp(x)): ∞ / ∞ for large x",
    named="overflows",
)
def softplus_naive(d, y, x):
    return d * np.exp(x) / (1 + np.exp(x))


@wrong("computation_graphs.softplus_backward", "d forgotten", named="d-forgotten")
def softplus_no_d(d, y, x):
    return special.expit(x)


@wrong(
    "computation_graphs.softplus_backward",
    "1 / (1 + exp(x)): the sign of x",
    named="sigmoid-of-minus-x",
)
def softplus_sign(d, y, x):
    return d * special.expit(-x)


@wrong("computation_graphs.softplus_backward", "minus the gradient", named="turned-round")
def softplus_negative(d, y, x):
    return -d * special.expit(x)


@wrong(
    "computation_graphs.softplus_backward",
    "the derivative of the sigmoid",
    named="slope-of-the-sigmoid",
)
def softplus_sigmoid_derivative(d, y, x):
    return d * special.expit(x) * special.expit(-x)


@wrong("computation_graphs.softplus_backward", "the derivative of ReLU", named="slope-of-relu")
def softplus_relu(d, y, x):
    return d * (x > 0)


@wrong("computation_graphs.softplus_backward", "softplus itself", named="softplus-itself")
def softplus_forward(d, y, x):
    return np.logaddexp(0, x)


@wrong("computation_graphs.softplus_backward", "d times softplus", named="times-the-value")
def softplus_times_forward(d, y, x):
    return d * y


@wrong("computation_graphs.softplus_backward", "sigmoid of the result", named="sigmoid-of-y")
def softplus_sigmoid_of_result(d, y, x):
    return d * special.expit(y)


@wrong("computation_graphs.softplus_backward", "y (1 - y), as for a sigmoid", named="sigmoids-rule")
def softplus_as_sigmoid(d, y, x):
    return d * y * (1 - y)


@wrong("computation_graphs.softplus_backward", "1 - y², as for tanh", named="tanhs-rule")
def softplus_as_tanh(d, y, x):
    return d * (1 - y**2)


@wrong("computation_graphs.softplus_backward", "the amount of x", named="amount-of-x")
def softplus_amount(d, y, x):
    return d * special.expit(-np.abs(x))


@wrong("computation_graphs.softplus_backward", "d added", named="d-added")
def softplus_added(d, y, x):
    return d + special.expit(x)


@wrong("computation_graphs.softplus_backward", "divided by d", named="divides-by-d")
def softplus_divided(d, y, x):
    return special.expit(x) / d


@wrong("computation_graphs.softplus_backward", "d inside the sigmoid", named="d-inside")
def softplus_d_inside(d, y, x):
    return special.expit(d * x)


@wrong(
    "computation_graphs.softplus_backward",
    "exp(x): the outer derivative forgotten",
    named="outer-slope-forgotten",
)
def softplus_no_outer(d, y, x):
    return d * np.exp(np.minimum(x, 700))


@wrong("computation_graphs.softplus_backward", "summed to one number", named="summed")
def softplus_summed(d, y, x):
    return (d * special.expit(x)).sum()


@wrong(
    "computation_graphs.softplus_backward",
    "a tuple, as the table of operations has it",
    named="not-an-array",
)
def softplus_tuple(d, y, x):
    return (d * special.expit(x),)


@wrong("computation_graphs.softplus_backward", "x clipped at 5", named="x-cut")
def softplus_clipped(d, y, x):
    return d * special.expit(np.clip(x, -5, 5))


@wrong("computation_graphs.softplus_backward", "the first entry only", named="first-entry-only")
def softplus_first(d, y, x):
    dx = np.zeros_like(x)
    dx.flat[0] = d.flat[0] * special.expit(x.flat[0])
    return dx


@wrong("computation_graphs.softplus_backward", "flat", named="flat")
def softplus_flat(d, y, x):
    return (d * special.expit(x)).ravel()


@wrong("computation_graphs.softplus_backward", "writes into d", named="changes-its-input")
def softplus_changes_d(d, y, x):
    d *= special.expit(x)
    return d


@wrong("computation_graphs.softplus_backward", "writes into x", named="changes-its-input")
def softplus_changes_x(d, y, x):
    x[...] = special.expit(x)
    return d * x


@wrong("computation_graphs.softplus_backward", "powers of 2", named="base-two")
def softplus_base_two(d, y, x):
    return d / (1 + 2.0 ** np.minimum(-x, 700))


@wrong(
    "computation_graphs.softplus_backward", "precedence: 1 / 1 + exp(-x)", named="brackets-missing"
)
def softplus_precedence(d, y, x):
    return d * (1 / 1 + np.exp(np.minimum(-x, 700)))


@wrong(
    "computation_graphs.softplus_backward",
    "times 1 + exp(-x), not over it",
    named="brackets-missing",
)
def softplus_upside_down(d, y, x):
    return d * (1 + np.exp(-x))


@wrong(
    "computation_graphs.softplus_backward", "precedence: d / 1 + exp(-x)", named="brackets-missing"
)
def softplus_precedence_of_d(d, y, x):
    return d * 1 / 1 + np.exp(-x)


@wrong("computation_graphs.softplus_backward", "a step, ½ at 0", named="slope-of-relu")
def softplus_step(d, y, x):
    return d * np.heaviside(x, 0.5)


@wrong("computation_graphs.softplus_backward", "the sign of x", named="wrong-numbers")
def softplus_sign_of_x(d, y, x):
    return d * np.sign(x)


@wrong("computation_graphs.softplus_backward", "by the result, times it", named="ignored")
def softplus_by_result_times_it(d, y, x):
    return d * y * (1 - np.exp(-y))


@wrong(
    "computation_graphs.softplus_backward",
    "NaN of the naive formula turned into 0",
    named="nan-hidden",
)
def softplus_nan_to_num(d, y, x):
    return d * np.nan_to_num(np.exp(x) / (1 + np.exp(x)))


@wrong("computation_graphs.softplus_backward", "a matrix product with d", named="matrix-product")
def softplus_matrix_product(d, y, x):
    return d @ special.expit(x).T


@wrong(
    "computation_graphs.softplus_backward",
    "differences with a step of 0.1",
    named="finite-difference",
)
def softplus_numerical(d, y, x):
    return d * (np.logaddexp(0, x + 0.1) - y) / 0.1


@wrong("computation_graphs.softplus_backward", "rounded", named="rounded")
def softplus_rounded(d, y, x):
    return np.round(d * special.expit(x), 3)


@wrong(
    "computation_graphs.softplus_backward",
    "d forgotten, and the sign of x",
    named={"d-forgotten", "sigmoid-of-minus-x"},
)
def softplus_two_mistakes(d, y, x):
    return special.expit(-x)


@wrong(
    "computation_graphs.softplus_backward", "minus, and naive", named={"turned-round", "overflows"}
)
def softplus_two_others(d, y, x):
    return -d * np.exp(x) / (1 + np.exp(x))


@wrong(
    "computation_graphs.softplus_backward",
    "d forgotten, and naive",
    named={"d-forgotten", "overflows"},
)
def softplus_naive_without_d(d, y, x):
    return np.exp(x) / (1 + np.exp(x))


@right("computation_graphs.softplus_backward")
def softplus_where_both(d, y, x):
    with np.errstate(all="ignore"):
        return d * np.where(x > 0, 1 / (1 + np.exp(-x)), np.exp(x) / (1 + np.exp(x)))


@wrong("computation_graphs.softplus_backward", "1 above a threshold of 5", named="threshold")
def softplus_threshold(d, y, x):
    return d * np.where(x > 5, 1.0, special.expit(x))


@wrong("computation_graphs.softplus_backward", "0 below a threshold of -5", named="threshold")
def softplus_lower_threshold(d, y, x):
    return d * np.where(x < -5, 0.0, special.expit(x))


# computation_graphs.one_epoch


@right("computation_graphs.one_epoch")
def epoch_while(session, train, x, y, X, Y, size):
    start = 0
    while start < len(X):
        session.run(train, {x: X[start : start + size], y: Y[start : start + size]})
        start += size


@right("computation_graphs.one_epoch")
def epoch_array_split(session, train, x, y, X, Y, size):
    cuts = range(size, len(X), size)
    for some, their in zip(np.split(X, cuts), np.split(Y, cuts), strict=True):
        session.run(train, feed_dict={x: some, y: their})


@right("computation_graphs.one_epoch")
def epoch_counted(session, train, x, y, X, Y, size):
    for k in range(math.ceil(X.shape[0] / size)):
        rows = np.arange(k * size, min((k + 1) * size, X.shape[0]))
        session.run(train, feed_dict={y: Y[rows], x: X[rows]})


@right("computation_graphs.one_epoch")
def epoch_remainder_apart(session, train, x, y, X, Y, size):
    whole = len(X) // size * size
    for k in range(0, whole, size):
        session.run(train, {x: X[k : k + size], y: Y[k : k + size]})
    if whole < len(X):
        session.run(train, {x: X[whole:], y: Y[whole:]})


@right("computation_graphs.one_epoch")
def epoch_list_of_nodes(session, train, x, y, X, Y, size):
    for k in range(0, len(Y), size):
        session.run([train], {x: X[k : k + size].copy(), y: Y[k : k + size].copy()})


@right("computation_graphs.one_epoch")
def epoch_returns_steps(session, train, x, y, X, Y, size):
    feeds = [{x: X[k : k + size], y: Y[k : k + size]} for k in range(0, len(X), size)]
    return [session.run(train, feed_dict=feed) for feed in feeds]


@wrong("computation_graphs.one_epoch", "in random order", named="not-in-order")
def epoch_shuffled(session, train, x, y, X, Y, size):
    order = np.random.default_rng(0).permutation(len(X))
    epoch_while(session, train, x, y, X[order], Y[order], size)


@wrong("computation_graphs.one_epoch", "mini-batches in random order", named="not-in-order")
def epoch_shuffled_batches(session, train, x, y, X, Y, size):
    starts = np.random.default_rng(0).permutation(np.arange(0, len(X), size))
    for k in starts:
        session.run(train, {x: X[k : k + size], y: Y[k : k + size]})


@wrong("computation_graphs.one_epoch", "backwards", named="backwards")
def epoch_backwards(session, train, x, y, X, Y, size):
    for k in reversed(range(0, len(X), size)):
        session.run(train, {x: X[k : k + size], y: Y[k : k + size]})


@wrong("computation_graphs.one_epoch", "the smaller last one is left out", named="last-left-out")
def epoch_no_remainder(session, train, x, y, X, Y, size):
    for k in range(len(X) // size):
        part = slice(k * size, (k + 1) * size)
        session.run(train, {x: X[part], y: Y[part]})


@wrong(
    "computation_graphs.one_epoch", "the last mini-batch is always left out", named="last-left-out"
)
def epoch_last_left_out(session, train, x, y, X, Y, size):
    for k in range(0, len(X) - size, size):
        session.run(train, {x: X[k : k + size], y: Y[k : k + size]})


@wrong("computation_graphs.one_epoch", "the first mini-batch is left out", named="first-left-out")
def epoch_first_left_out(session, train, x, y, X, Y, size):
    for k in range(size, len(X), size):
        session.run(train, {x: X[k : k + size], y: Y[k : k + size]})


@wrong("computation_graphs.one_epoch", "only the first mini-batch", named="only-the-first")
def epoch_first_only(session, train, x, y, X, Y, size):
    session.run(train, {x: X[:size], y: Y[:size]})


@wrong("computation_graphs.one_epoch", "the first mini-batch again and again", named="same-again")
def epoch_same_batch(session, train, x, y, X, Y, size):
    for _ in range(0, len(X), size):
        session.run(train, {x: X[:size], y: Y[:size]})


@wrong("computation_graphs.one_epoch", "all rows at once", named="all-at-once")
def epoch_all_at_once(session, train, x, y, X, Y, size):
    session.run(train, {x: X, y: Y})


@wrong("computation_graphs.one_epoch", "all rows in each step", named="all-at-once")
def epoch_all_each_step(session, train, x, y, X, Y, size):
    for _ in range(0, len(X), size):
        session.run(train, {x: X, y: Y})


@wrong("computation_graphs.one_epoch", "row by row", named="row-by-row")
def epoch_row_by_row(session, train, x, y, X, Y, size):
    for k in range(len(X)):
        session.run(train, {x: X[k : k + 1], y: Y[k : k + 1]})


@wrong("computation_graphs.one_epoch", "the window moves by one row", named="sliding")
def epoch_sliding(session, train, x, y, X, Y, size):
    for k in range(len(X) - size + 1):
        session.run(train, {x: X[k : k + size], y: Y[k : k + size]})


@wrong("computation_graphs.one_epoch", "one row is in two mini-batches", named="too-large")
def epoch_overlapping(session, train, x, y, X, Y, size):
    for k in range(0, len(X), size):
        session.run(train, {x: X[k : k + size + 1], y: Y[k : k + size + 1]})


@wrong("computation_graphs.one_epoch", "one row of each mini-batch is lost", named="some-left-out")
def epoch_gaps(session, train, x, y, X, Y, size):
    for k in range(0, len(X), size):
        session.run(train, {x: X[k : k + size - 1], y: Y[k : k + size - 1]})


@wrong(
    "computation_graphs.one_epoch",
    "the last one is filled up from the beginning",
    named="fed-twice",
)
def epoch_filled_up(session, train, x, y, X, Y, size):
    for k in range(0, len(X), size):
        rows = np.arange(k, k + size) % len(X)
        session.run(train, {x: X[rows], y: Y[rows]})


@wrong("computation_graphs.one_epoch", "the last one reaches back", named="fed-twice")
def epoch_reaches_back(session, train, x, y, X, Y, size):
    for k in range(0, len(X), size):
        start = min(k, len(X) - size)
        session.run(train, {x: X[start : start + size], y: Y[start : start + size]})


@wrong(
    "computation_graphs.one_epoch", "size mini-batches, not mini-batches of size", named="size-many"
)
def epoch_size_many(session, train, x, y, X, Y, size):
    for some, their in zip(np.array_split(X, size), np.array_split(Y, size), strict=True):
        session.run(train, {x: some, y: their})


@wrong("computation_graphs.one_epoch", "array_split evens the sizes out", named="too-small")
def epoch_evened_out(session, train, x, y, X, Y, size):
    n = math.ceil(len(X) / size)
    for some, their in zip(np.array_split(X, n), np.array_split(Y, n), strict=True):
        session.run(train, {x: some, y: their})


@wrong("computation_graphs.one_epoch", "every k-th row", named="not-in-order")
def epoch_strided(session, train, x, y, X, Y, size):
    n = math.ceil(len(X) / size)
    for k in range(n):
        session.run(train, {x: X[k::n], y: Y[k::n]})


@wrong("computation_graphs.one_epoch", "64 rows, whatever size is", named="all-at-once")
def epoch_sixty_four(session, train, x, y, X, Y, size):
    epoch_while(session, train, x, y, X, Y, 64)


@wrong("computation_graphs.one_epoch", "two epochs", named="two-epochs")
def epoch_twice(session, train, x, y, X, Y, size):
    epoch_while(session, train, x, y, X, Y, size)
    epoch_while(session, train, x, y, X, Y, size)


@wrong(
    "computation_graphs.one_epoch",
    "an empty mini-batch at the end where size divides the rows",
    named="empty",
)
def epoch_empty_last(session, train, x, y, X, Y, size):
    for k in range(len(X) // size + 1):
        part = slice(k * size, (k + 1) * size)
        session.run(train, {x: X[part], y: Y[part]})


@wrong("computation_graphs.one_epoch", "each mini-batch twice", named="each-twice")
def epoch_each_twice(session, train, x, y, X, Y, size):
    for k in range(0, len(X), size):
        for _ in range(2):
            session.run(train, {x: X[k : k + size], y: Y[k : k + size]})


@wrong("computation_graphs.one_epoch", "labels are not sliced", named="labels-not-cut")
def epoch_all_labels(session, train, x, y, X, Y, size):
    for k in range(0, len(X), size):
        session.run(train, {x: X[k : k + size], y: Y})


@wrong("computation_graphs.one_epoch", "examples are not sliced", named="examples-not-cut")
def epoch_all_examples(session, train, x, y, X, Y, size):
    for k in range(0, len(X), size):
        session.run(train, {x: X, y: Y[k : k + size]})


@wrong("computation_graphs.one_epoch", "initializes first", named="initializes")
def epoch_initializes(session, train, x, y, X, Y, size):
    session.run(graph.global_variables_initializer())
    epoch_while(session, train, x, y, X, Y, size)


@wrong("computation_graphs.one_epoch", "feeds a list", named="not-a-dictionary")
def epoch_feeds_a_list(session, train, x, y, X, Y, size):
    for k in range(0, len(X), size):
        session.run(train, [X[k : k + size], Y[k : k + size]])


@wrong("computation_graphs.one_epoch", "runs after the loop", named="only-the-last")
def epoch_runs_after_the_loop(session, train, x, y, X, Y, size):
    for k in range(0, len(X), size):
        feed = {x: X[k : k + size], y: Y[k : k + size]}
    session.run(train, feed)


@wrong("computation_graphs.one_epoch", "one mini-batch too many, evened out", named="too-small")
def epoch_one_too_many(session, train, x, y, X, Y, size):
    n = len(X) // size + 1
    for some, their in zip(np.array_split(X, n), np.array_split(Y, n), strict=True):
        session.run(train, {x: some, y: their})


@wrong("computation_graphs.one_epoch", "in a session of its own", named="never-runs")
def epoch_own_session(session, train, x, y, X, Y, size):
    with graph.Session() as own:
        own.run(graph.global_variables_initializer())
        epoch_while(own, train, x, y, X, Y, size)


@wrong("computation_graphs.one_epoch", "labels of the first mini-batch", named="labels-of-others")
def epoch_first_labels(session, train, x, y, X, Y, size):
    for k in range(0, len(X), size):
        part = X[k : k + size]
        session.run(train, {x: part, y: Y[: len(part)]})


@wrong("computation_graphs.one_epoch", "labels one row off", named="labels-of-others")
def epoch_labels_off(session, train, x, y, X, Y, size):
    epoch_while(session, train, x, y, X, np.roll(Y, 1, axis=0), size)


@wrong("computation_graphs.one_epoch", "x and y exchanged", named="exchanged")
def epoch_exchanged(session, train, x, y, X, Y, size):
    for k in range(0, len(X), size):
        session.run(train, {y: X[k : k + size], x: Y[k : k + size]})


@wrong("computation_graphs.one_epoch", "slices columns", named="wrong-shape")
def epoch_columns(session, train, x, y, X, Y, size):
    for k in range(0, X.shape[1], size):
        session.run(train, {x: X[:, k : k + size], y: Y[:, k : k + size]})


@wrong(
    "computation_graphs.one_epoch",
    "as many mini-batches as there are columns",
    named="last-left-out",
)
def epoch_counts_columns(session, train, x, y, X, Y, size):
    for k in range(0, X.shape[1], size):
        session.run(train, {x: X[k : k + size], y: Y[k : k + size]})


@wrong("computation_graphs.one_epoch", "y is not fed", named="not-both-fed")
def epoch_no_labels(session, train, x, y, X, Y, size):
    for k in range(0, len(X), size):
        session.run(train, {x: X[k : k + size]})


@wrong("computation_graphs.one_epoch", "fed by name", named="fed-by-name")
def epoch_by_name(session, train, x, y, X, Y, size):
    for k in range(0, len(X), size):
        session.run(train, {"x": X[k : k + size], "y": Y[k : k + size]})


@wrong("computation_graphs.one_epoch", "closes the session", named="closes")
def epoch_closes(session, train, x, y, X, Y, size):
    with session:
        epoch_while(session, train, x, y, X, Y, size)


@wrong("computation_graphs.one_epoch", "a generator: nothing runs", named="generator")
def epoch_generator(session, train, x, y, X, Y, size):
    for k in range(0, len(X), size):
        yield session.run(train, {x: X[k : k + size], y: Y[k : k + size]})


@wrong("computation_graphs.one_epoch", "return within the loop", named="only-the-first")
def epoch_returns_early(session, train, x, y, X, Y, size):
    for k in range(0, len(X), size):
        return session.run(train, {x: X[k : k + size], y: Y[k : k + size]})


@wrong("computation_graphs.one_epoch", "builds the feeds and runs nothing", named="never-runs")
def epoch_never_runs(session, train, x, y, X, Y, size):
    return [{x: X[k : k + size], y: Y[k : k + size]} for k in range(0, len(X), size)]


@wrong(
    "computation_graphs.one_epoch", "leaves the caller's rows reversed", named="changes-its-input"
)
def epoch_changes_X(session, train, x, y, X, Y, size):
    epoch_while(session, train, x, y, X.copy(), Y, size)
    X[:] = X[::-1].copy()


@wrong("computation_graphs.one_epoch", "scales the rows first", named="other-numbers")
def epoch_scales(session, train, x, y, X, Y, size):
    epoch_while(session, train, x, y, X / 2, Y, size)


@wrong(
    "computation_graphs.one_epoch",
    "backwards, without the smaller last one",
    named={"backwards", "last-left-out", "some-left-out"},
)
def epoch_two_mistakes(session, train, x, y, X, Y, size):
    for k in reversed(range(len(X) // size)):
        part = slice(k * size, (k + 1) * size)
        session.run(train, {x: X[part], y: Y[part]})


@wrong(
    "computation_graphs.one_epoch", "sliding, in random order", named={"fed-twice", "not-in-order"}
)
def epoch_two_others(session, train, x, y, X, Y, size):
    for k in np.random.default_rng(0).permutation(len(X) - size + 1):
        session.run(train, {x: X[k : k + size], y: Y[k : k + size]})


@wrong(
    "computation_graphs.one_epoch", "the rows of each mini-batch backwards", named="rows-backwards"
)
def epoch_rows_backwards(session, train, x, y, X, Y, size):
    for k in range(0, len(X), size):
        session.run(train, {x: X[k : k + size][::-1], y: Y[k : k + size][::-1]})


@wrong(
    "computation_graphs.one_epoch",
    "two steps with each mini-batch: train twice in the list",
    named="train-twice",
)
def epoch_train_twice_in_list(session, train, x, y, X, Y, size):
    for k in range(0, len(X), size):
        session.run([train, train], {x: X[k : k + size], y: Y[k : k + size]})


@wrong("computation_graphs.one_epoch", "x and y are run, train is not", named="not-the-train-node")
def epoch_runs_placeholders(session, train, x, y, X, Y, size):
    for k in range(0, len(X), size):
        session.run([x, y], {x: X[k : k + size], y: Y[k : k + size]})


@wrong(
    "computation_graphs.one_epoch",
    "the labels of each mini-batch backwards",
    named="labels-reordered",
)
def epoch_labels_backwards(session, train, x, y, X, Y, size):
    for k in range(0, len(X), size):
        session.run(train, {x: X[k : k + size], y: Y[k : k + size][::-1]})


@wrong("computation_graphs.one_epoch", "the beginning never moves on", named={"endless", "raises"})
def epoch_for_ever(session, train, x, y, X, Y, size):
    start = 0
    while start < len(X):
        pass


@wrong("computation_graphs.one_epoch", "a name that is nowhere", named="raises")
def epoch_without_a_batch(session, train, x, y, X, Y, size):
    for k in range(0, len(X), size):
        session.run(train, feed_dict={x: X[k : k + size], y: Y[k : k + size]})
    return batch  # noqa: F821


# In a line each


def overflowing(d, y, x):
    with np.errstate(all="ignore"):
        return np.exp(x) / (np.exp(x) + 1) * d


def in_place(d, y, x):
    d *= expit(x)
    return d


def epoch(session, train, x, y, X, Y, size, *, shift=0, stop=None, fetch=None, ends=None):
    for start in range(0, stop or len(X), size):
        part, other = slice(start, start + size), slice(start + shift, start + size + shift)
        session.run(fetch or train, feed_dict={x: X[part], y: Y[other]})


def by_indices(session, train, x, y, X, Y, size):
    order = np.random.default_rng(0).permutation(len(X))
    for part in np.split(order, range(size, len(X), size)):
        session.run([train], {x: X[part], y: Y[part]})


def by_while(session, train, x, y, X, Y, size):
    done = 0
    while done < len(X):
        session.run(train, feed_dict={y: Y[done : done + size].tolist(), x: X[done : done + size]})
        done += size


def columns(session, train, x, y, X, Y, size):
    for start in range(0, len(X), size):
        session.run(train, feed_dict={x: X[start], y: Y[start]})


def only_x(session, train, x, y, X, Y, size):
    for start in range(0, len(X), size):
        session.run(train, feed_dict={x: X[start : start + size]})


def whole(session, train, x, y, X, Y, size):
    for _ in range(0, len(X), size):
        session.run(train, feed_dict={x: X, y: Y})


def overlapping(session, train, x, y, X, Y, size):
    for start in range(0, len(X) - 1, size - 1):
        session.run(train, feed_dict={x: X[start : start + size], y: Y[start : start + size]})


def first(session, train, x, y, X, Y, size):
    session.run(train, feed_dict={x: X[:size], y: Y[:size]})


def last_left_out(session, train, x, y, X, Y, size):
    for k in range(len(X) // size):
        part = slice(k * size, (k + 1) * size)
        session.run(train, feed_dict={x: X[part], y: Y[part]})


def remainder_first(session, train, x, y, X, Y, size):
    for part in np.array_split(np.arange(len(X)), -(-len(X) // size)):
        session.run(train, feed_dict={x: X[part], y: Y[part]})


right_ones(
    "computation_graphs.softplus_backward",
    [
        lambda d, y, x: d * expit(x),
        lambda d, y, x: d * np.exp(-np.logaddexp(0, -x)),
        lambda d, y, x: d * (1 - np.exp(-y)),
        lambda d, y, x: d / (1 + np.exp(np.minimum(-x, 700))),
        lambda d, y, x: (d * expit(x)).astype(np.float32),
        lambda d, y, x: 0.5 * d * (1 + np.tanh(x / 2)),
    ],
)


wrong_ones(
    "computation_graphs.softplus_backward",
    [
        ("stubs-numbers", lambda d, y, x: 0 * x),
        ("d-forgotten", lambda d, y, x: expit(x)),
        ("d-added", lambda d, y, x: expit(x) + d),
        ("times-the-value", lambda d, y, x: np.logaddexp(0, x) * d),
        ("d-passed-on", lambda d, y, x: d.copy()),
        ("slope-of-the-sigmoid", lambda d, y, x: d * expit(x) * expit(-x)),
        ("sigmoid-of-y", lambda d, y, x: d * expit(y)),
        ("sigmoid-of-minus-x", lambda d, y, x: d * (1 - expit(x))),
        ("turned-round", lambda d, y, x: d * (expit(-x) - 1)),
        ("slope-of-relu", lambda d, y, x: np.where(x > 0, d, 0)),
        ("overflows", overflowing),
        ("changes-its-input", in_place),
        ("returns-none", lambda d, y, x: None),
        ("wrong-shape", lambda d, y, x: (d * expit(x)).ravel()[:1]),
        ("raises", lambda d, y, x: d @ "x"),
    ],
)


right_ones("computation_graphs.one_epoch", [epoch, by_while])


wrong_ones(
    "computation_graphs.one_epoch",
    [
        ("not-a-function", 3),
        ("never-runs", lambda *args: None),
        ("not-in-order", by_indices),
        ("not-the-train-node", lambda s, train, x, y, X, Y, size: epoch(s, x, x, y, X, Y, size)),
        ("not-both-fed", only_x),
        ("not-both-fed", lambda s, train, x, y, X, Y, size: s.run(train)),
        ("wrong-shape", columns),
        ("all-at-once", whole),
        ("all-at-once", lambda s, train, x, y, X, Y, size: s.run(train, {x: X, y: Y})),
        ("labels-of-others", partial(epoch, shift=1)),
        ("too-large", lambda s, train, x, y, X, Y, size: epoch(s, train, x, y, X, Y, size + 1)),
        ("fed-twice", overlapping),
        ("two-epochs", lambda *args: (epoch(*args), epoch(*args))),
        ("only-the-first", first),
        ("last-left-out", last_left_out),
        ("too-small", remainder_first),
        ("row-by-row", lambda s, train, x, y, X, Y, size: epoch(s, train, x, y, X, Y, 1)),
        ("raises", lambda s, train, x, y, X, Y, size: X[size]["a"]),
        ("other-numbers", lambda s, t, x, y, X, Y, n: epoch(s, t, x, y, X.astype(str), Y, n)),
    ],
)
