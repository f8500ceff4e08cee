"""The bank of answers to the mini-batch exercises: none right refused, each wrong one named."""

from functools import partial

import numpy as np
import pytest

from course_utils import mini_batches as lecture
from course_utils.checks import mini_batches as checks
from course_utils.sampling_scales import Linear, Log
from course_utils.widgets import controls


def in_a_list(X, Y, size, rng):
    order = rng.permutation(X.shape[1])
    X, Y = X[:, order], Y[:, order]
    batches = []
    for start in range(0, X.shape[1], size):
        batches.append((X[:, start : start + size], Y[:, start : start + size]))
    return batches


def with_a_count_of_full_ones(X, Y, size, rng):
    m = X.shape[1]
    order = list(range(m))
    rng.shuffle(order)
    X, Y = X[:, order], Y[:, order]
    full, batches = m // size, []
    for k in range(full):
        batches.append((X[:, k * size : (k + 1) * size], Y[:, k * size : (k + 1) * size]))
    if m % size:
        batches.append((X[:, full * size :], Y[:, full * size :]))
    return batches


def by_sorting_random_numbers(X, Y, size, rng):
    order = np.argsort(rng.random(X.shape[1]))
    pieces = np.split(order, range(size, len(order), size))
    return tuple([X[:, piece], Y[:, piece]] for piece in pieces)


def stacked(X, Y, size, rng):
    both = rng.permutation(np.vstack([X, Y]), axis=1)
    for start in range(0, both.shape[1], size):
        yield both[: len(X), start : start + size], both[len(X) :, start : start + size]


def twice_the_same_state(X, Y, size, rng):
    twin = np.random.Generator(type(rng.bit_generator)())
    twin.bit_generator.state = rng.bit_generator.state
    return in_order(rng.permutation(X.T).T, twin.permutation(Y.T).T, size, rng)


def one_by_one(X, Y, size, rng, dtype=np.float32):
    left, batch = list(range(X.shape[1])), []
    while left:
        batch.append(left.pop(rng.integers(len(left))))
        if len(batch) == size or not left:
            yield X[:, batch].astype(dtype), Y[:, batch].astype(dtype)
            batch = []


RIGHT_CUTS = [
    lecture.mini_batches, in_a_list, with_a_count_of_full_ones, by_sorting_random_numbers, stacked,
    twice_the_same_state, one_by_one,
]  # fmt: skip


@pytest.mark.parametrize("right", RIGHT_CUTS)
def test_right_cut_passes(right):
    verdict = checks.mini_batches(right)
    assert verdict.passed, verdict


def in_order(X, Y, size, rng=None, first=0):
    m = X.shape[1]
    return [(X[:, k : k + size], Y[:, k : k + size]) for k in range(first, m, size)]


def shuffle(X, Y, rng):
    order = rng.permutation(X.shape[1])
    return X[:, order], Y[:, order]


def cut_at(starts, X, Y, size, rng):
    X, Y = shuffle(X, Y, rng)
    return [(X[:, k : k + size], Y[:, k : k + size]) for k in starts(X.shape[1], size)]


def into(X, Y, rng, count):
    pieces = np.array_split(rng.permutation(X.shape[1]), count)
    return [(X[:, piece], Y[:, piece]) for piece in pieces]


def padded(X, Y, size, rng, extra):
    m = X.shape[1]
    X, Y = shuffle(X, Y, rng)
    more = -m % size
    X, Y = (np.concatenate([a, extra(a, more)], axis=1) for a in (X, Y))
    return in_order(X, Y, size)


def drawn(X, Y, size, rng, steps):
    m = X.shape[1]
    left = m
    for _ in range(steps(m, size)):
        who = rng.integers(m, size=min(size, left))
        left -= size
        yield X[:, who], Y[:, who]


def whole_pieces(X, Y, size, rng):
    pieces = in_order(X, Y, size)
    if len(pieces[-1][0][0]) < size:
        return [pieces[k] for k in rng.permutation(len(pieces) - 1)] + pieces[-1:]
    return [pieces[k] for k in rng.permutation(len(pieces))]


def inside_pieces(X, Y, size, rng):
    return [shuffle(x, y, rng) for x, y in in_order(X, Y, size)]


def two_lists(X, Y, size, rng):
    batches = in_a_list(X, Y, size, rng)
    return [x for x, _ in batches], [y for _, y in batches]


def rows(X, Y, size, rng):
    X, Y = shuffle(X, Y, rng)
    return [(X[k : k + size], Y[k : k + size]) for k in range(0, X.shape[1], size)]


def merged(X, Y, size, rng):
    X, Y = shuffle(X, Y, rng)
    m = X.shape[1]
    ends = [*range(size, m - m % size, size), m]
    return [(X[:, a:b], Y[:, a:b]) for a, b in zip([0, *ends[:-1]], ends, strict=True)]


def fixed(X, Y, size, rng):
    return in_a_list(X, Y, size, np.random.default_rng(0))


def resting(X, Y, size, rng):
    order = np.random.RandomState(1).permutation(X.shape[1])
    return in_order(X[:, order], Y[:, order], size)


def own(X, Y, size, rng):
    return in_a_list(X, Y, size, np.random.default_rng())


def full_ones(X, Y, size, rng):
    X, Y = shuffle(X, Y, rng)
    full = X.shape[1] // size
    return in_order(X[:, : full * size], Y[:, : full * size], size)


def last_empty(X, Y, size, rng):
    X, Y = shuffle(X, Y, rng)
    starts = range(0, size * (X.shape[1] // size + 1), size)
    return [(X[:, k : k + size], Y[:, k : k + size]) for k in starts]


def uneven(X, Y, size, rng):
    X, Y = shuffle(X, Y, rng)
    return [(x, Y) for x, _ in in_order(X, Y, size)]


def too_short(X, Y, size, rng):
    X, Y = shuffle(X, Y, rng)
    return [(X[:, k : k + size - 1], Y[:, k : k + size - 1]) for k in range(0, X.shape[1], size)]


def too_long(X, Y, size, rng):
    X, Y = shuffle(X, Y, rng)
    return [(X[:, k : k + size + 1], Y[:, k : k + size + 1]) for k in range(0, X.shape[1], size)]


def in_place(X, Y, size, rng):
    order = rng.permutation(X.shape[1])
    X[:], Y[:] = X[:, order], Y[:, order]
    return in_order(X, Y, size)


def separately(X, Y, size, rng):
    return in_order(rng.permutation(X, axis=1), rng.permutation(Y, axis=1), size)


def separately_by_order(X, Y, size, rng):
    return [(x, y) for (x, _), (_, y) in
            zip(in_a_list(X, Y, size, rng), in_a_list(X, Y, size, rng), strict=True)]  # fmt: skip


WRONG_CUTS = [
    ("still-the-stub", lambda X, Y, size, rng: [(X, Y)]),
    ("still-the-stub", lambda X, Y, size, rng: iter([[X.copy(), Y.copy()]])),
    ("two-lists", two_lists),
    ("two-lists", lambda *a: list(two_lists(*a))),
    ("label-row-lost", lambda *a: [(x, y[0]) for x, y in in_a_list(*a)]),
    ("label-row-lost", lambda *a: [(x, y.ravel()) for x, y in in_a_list(*a)]),
    ("not-pairs", lambda *a: [x for x, _ in in_a_list(*a)]),
    ("not-pairs", lambda *a: [(x, y, 1) for x, y in in_a_list(*a)]),
    ("not-pairs", lambda *a: 3),
    ("transposed", lambda *a: [(x.T, y.T) for x, y in in_a_list(*a)]),
    ("transposed", lambda X, Y, size, rng: [(x.T, y.T) for x, y in stacked(X, Y, size, rng)]),
    ("rows-cut", rows),
    ("rows-cut", lambda X, Y, size, rng: [(X[k : k + size], Y[k : k + size])
                                          for k in range(0, len(X), size)]),
    ("x-and-y-cut-differently", uneven),
    ("last-dropped", full_ones),
    ("last-dropped", partial(cut_at, lambda m, size: range(0, m - size + 1, size))),
    ("last-dropped", partial(cut_at, lambda m, size: range(0, m - size, size))),
    ("last-dropped", partial(cut_at, lambda m, size: range(0, m - 1, size))),
    ("last-padded", partial(padded, extra=lambda a, n: np.zeros((len(a), n)))),
    ("last-padded", partial(padded, extra=lambda a, n: np.tile(a, 9)[:, :n])),
    ("last-merged", merged),
    ("size-as-count", lambda X, Y, size, rng: into(X, Y, rng, size)),
    ("pieces-made-equal",
     lambda X, Y, size, rng: into(X, Y, rng, int(np.ceil(X.shape[1] / size)))),
    ("empty-piece", last_empty),
    ("off-by-one", too_short),
    ("off-by-one", too_long),
    ("off-by-one", partial(cut_at, lambda m, size: range(0, m, size + 1))),
    ("off-by-one", partial(cut_at, lambda m, size: range(1, m, size))),
    ("overlap", partial(cut_at, lambda m, size: range(0, m, max(1, size - 1)))),
    ("overlap", partial(cut_at, lambda m, size: range(0, m, -(-size // 2)))),
    ("wrong-sizes", lambda *a: in_a_list(*a)[::-1]),
    ("with-replacement", partial(drawn, steps=lecture.steps_per_epoch)),
    ("with-replacement", lambda X, Y, size, rng: [
        (X[:, k], Y[:, k])
        for k in np.split(rng.choice(X.shape[1], X.shape[1]), range(size, X.shape[1], size))]),
    ("only-x-shuffled",
     lambda X, Y, size, rng: in_order(rng.permutation(X, axis=1), Y, size)),
    ("only-y-shuffled",
     lambda X, Y, size, rng: in_order(X, rng.permutation(Y, axis=1), size)),
    ("shuffled-apart", separately),
    ("shuffled-apart", separately_by_order),
    ("not-shuffled", in_order),
    ("not-shuffled", lambda X, Y, size, rng: iter(in_order(X, Y, size))),
    ("same-order-each-epoch", fixed),
    ("same-order-each-epoch", resting),
    ("not-from-rng", own),
    ("not-from-rng", lambda X, Y, size, rng: stacked(X, Y, size, np.random.default_rng())),
    ("shuffled-within-pieces", inside_pieces),
    ("only-pieces-shuffled", whole_pieces),
    ("only-pieces-shuffled", lambda X, Y, size, rng: in_order(
        *(np.roll(a, shift, axis=1) for shift in [rng.integers(1, X.shape[1])] for a in (X, Y)),
        size)),
    ("changes-its-input", in_place),
    ("returns-none", lambda *a: None),
    ("raises", lambda *a: 1 / 0),
    ("raises", lambda X, Y, size, rng: (pair for pair in [1 / 0])),
]  # fmt: skip


@pytest.mark.parametrize(("mistake", "wrong"), WRONG_CUTS)
def test_wrong_cut_is_named(mistake, wrong):
    verdict = checks.mini_batches(wrong)
    assert not verdict.passed
    assert verdict.mistake == mistake, verdict


def test_every_symptom_is_in_the_bank():
    named = {mistake for mistake, _ in WRONG_CUTS}
    assert {mistake for mistake, *_ in checks._SYMPTOMS} <= named


def test_the_package_has_no_symptom():
    run = checks._epochs_of(lecture.mini_batches)
    assert [checks._first_symptom(run(*case.args)) for case in checks._CUTS] == [0] * 6


def test_two_mistakes_at_once_are_named_one_after_the_other():
    assert checks.mini_batches(lambda X, Y, size, rng: [
        (X[:, k : k + size], Y[:, k : k + size]) for k in range(0, X.shape[1] - size + 1, size)
    ]).mistake == "last-dropped"  # fmt: skip


def test_not_a_function():
    assert checks.mini_batches([]).mistake == "not-a-function"


def test_a_generator_without_end_is_stopped():
    def endless(X, Y, size, rng):
        while True:
            yield X, Y

    assert not checks.mini_batches(endless).passed


def test_no_seed_refuses_a_right_cut(monkeypatch):
    for seed in range(12):
        for case in checks._CUTS:
            case.args[3].bit_generator.state = np.random.default_rng(seed).bit_generator.state
        assert checks.mini_batches(in_a_list).passed


# One epoch


def gradient(w, x, y):
    return x @ (w.T @ x - y).T / x.shape[1]


def plain(w, batches, alpha):
    for x, y in batches:
        w = w - alpha * gradient(w, x, y)
    return w


def on_a_copy(w, batches, alpha):
    w = w.copy()
    for x, y in batches:
        w -= alpha * np.mean((w.T @ x - y) * x, axis=1, keepdims=True)
    return w


def loops(w, batches, alpha):
    w = [float(value) for value in w[:, 0]]
    for x, y in batches:
        n = x.shape[1]
        errors = [sum(w[i] * x[i, k] for i in range(len(w))) - y[0, k] for k in range(n)]
        w = [w[i] - alpha / n * sum(errors[k] * x[i, k] for k in range(n)) for i in range(len(w))]
    return np.array(w)[:, None]


def single(w, batches, alpha, dtype=np.float32):
    return plain(w.astype(dtype), [(x.astype(dtype), y.astype(dtype)) for x, y in batches], alpha)


def by_the_package(w, batches, alpha):
    for x, y in batches:
        w = w - alpha * lecture.linear_gradient(w, x, y)
    return w


@pytest.mark.parametrize("right", [plain, on_a_copy, loops, single, by_the_package])
def test_right_epoch_passes(right):
    verdict = checks.epoch(right)
    assert verdict.passed, verdict


def first_only(w, batches, alpha):
    for x, y in batches:
        return w - alpha * gradient(w, x, y)


def anew(w, batches, alpha):
    for x, y in batches:
        new = w - alpha * gradient(w, x, y)
    return new


def accumulated(w, batches, alpha):
    total = 0
    for x, y in batches:
        total = total + gradient(w, x, y)
    return w - alpha * total


def joined(w, batches, alpha):
    x, y = (np.hstack([pair[i] for pair in batches]) for i in (0, 1))
    return w - alpha * gradient(w, x, y)


def with_gradient(rule):
    def wrong(w, batches, alpha):
        for x, y in batches:
            w = w - alpha * rule(w, x, y, batches)
        return w

    return wrong


def writes_into_w(w, batches, alpha):
    for x, y in batches:
        w -= alpha * gradient(w, x, y)
    return w


WRONG_EPOCHS = [
    ("still-the-stub", lambda w, batches, alpha: w),
    ("still-the-stub", lambda w, batches, alpha: w.copy()),
    ("first-batch-only", first_only),
    ("first-batch-only", lambda w, b, alpha: w - alpha * gradient(w, *b[0])),
    ("last-batch-missing", lambda w, b, alpha: plain(w, b[:-1], alpha)),
    ("starts-anew", anew),
    ("one-step-an-epoch", accumulated),
    ("one-step-an-epoch", joined),
    ("one-step-an-epoch",
     lambda w, b, alpha: w - alpha * np.mean([gradient(w, *pair) for pair in b], axis=0)),
    ("uphill", lambda w, b, alpha: plain(w, b, -alpha)),
    ("uphill", with_gradient(lambda w, x, y, b: x @ (y - w.T @ x).T / x.shape[1])),
    ("sum-for-mean", with_gradient(lambda w, x, y, b: x @ (w.T @ x - y).T)),
    ("sum-for-mean",
     with_gradient(lambda w, x, y, b: ((w.T @ x - y) * x).sum(axis=1, keepdims=True))),
    ("divides-by-all", with_gradient(
        lambda w, x, y, b: x @ (w.T @ x - y).T / sum(pair[0].shape[1] for pair in b))),
    ("divides-by-first-size",
     with_gradient(lambda w, x, y, b: x @ (w.T @ x - y).T / b[0][1].size)),
    ("divides-by-inputs", with_gradient(lambda w, x, y, b: x @ (w.T @ x - y).T / len(x))),
    ("divides-by-inputs", with_gradient(lambda w, x, y, b: x @ (w.T @ x - y).T / w.size)),
    ("factor-two", with_gradient(lambda w, x, y, b: 2 * gradient(w, x, y))),
    ("no-error", with_gradient(lambda w, x, y, b: gradient(w, x, 0 * y))),
    ("no-alpha", lambda w, b, alpha: plain(w, b, 1)),
    ("order-reversed", lambda w, b, alpha: plain(w, reversed(b), alpha)),
    ("twice-through", lambda w, b, alpha: plain(w, b + b, alpha)),
    ("wrong-shape", lambda w, b, alpha: plain(w, b, alpha)[:, 0]),
    ("changes-its-input", writes_into_w),
    ("returns-none", lambda w, b, alpha: None),
    ("raises", lambda w, b, alpha: plain(w.T, b, alpha)),
]  # fmt: skip


@pytest.mark.parametrize(("mistake", "wrong"), WRONG_EPOCHS)
def test_wrong_epoch_is_named(mistake, wrong):
    verdict = checks.epoch(wrong)
    assert not verdict.passed
    assert verdict.mistake == mistake, verdict


def test_every_mistake_of_an_epoch_is_in_the_bank():
    assert {m.id for m in checks._EPOCH_MISTAKES} <= {mistake for mistake, _ in WRONG_EPOCHS}


# The challenge


@pytest.mark.parametrize(
    ("size", "alpha", "epochs", "mistake"),
    [
        (365, 0.1, 0, "cost-too-high"),
        (365, 1.9, 2, "cost-too-high"),
        (365, 0.5, 5, "too-late"),
        (64, 1.0, 2, "cost-too-high"),
        (16, 0.4, 2, "cost-too-high"),
        (16, 0.7, 2, None),
        (16, 0.7, 2.05, "too-late"),
        (16, 0.7, 1, "cost-too-high"),
        (16, 1.5, 2, "cost-too-high"),
        (4, 0.15, 2, None),
        (1, 0.04, 2, None),
        (1, 0.02, 2, "cost-too-high"),
        (1, 0.1, 2, "cost-too-high"),
        (1, 2.0, 2, "cost-too-high"),
    ],
)
def test_goal_two_epochs(size, alpha, epochs, mistake):
    verdict = checks.goal_two_epochs(size=size, alpha=alpha, epochs=epochs)
    assert (verdict.passed, verdict.mistake) == (mistake is None, mistake), verdict
    assert "nan" not in verdict.hint
    assert "inf" not in verdict.hint


@pytest.mark.parametrize("size", [1, 4, 16])
def test_several_steps_of_the_slider_reach_the_goal(size):
    alphas = controls.scale(Log(0.01, 2), 0.1, points=41).values
    assert 2 in controls.scale(Linear(0, 4), 0, points=81).values
    near = [a for a in alphas if 0.02 < a / size**0.9 < 0.1]
    reached = [a for a in near if checks.goal_two_epochs(size=size, alpha=a, epochs=2).passed]
    assert len(reached) >= 2
