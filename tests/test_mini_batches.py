"""Mini-batches: every example once an epoch, the lecture's claims measured, and the pictures."""

import itertools
import time
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LinearRegression

from course_utils import datasets, gradient_checking, regression
from course_utils import mini_batches as mb
from course_utils.experiments import mini_batches as experiments
from course_utils.learning_rate_decay import constant, exponential, inverse_time

SIZES = st.integers(1, 40)
TENTH = constant(0.1)


def data(m, dtype=np.float64):
    k = np.arange(m)
    return np.array([k, 10.0 * k]).astype(dtype), np.array([k + 0.5]).astype(dtype)


def cut(m, size, seed=0):
    return list(mb.mini_batches(*data(m), size, np.random.default_rng(seed)))


def joined(pieces):
    return tuple(np.concatenate(parts, axis=1) for parts in zip(*pieces, strict=True))


@given(st.integers(1, 60), SIZES, st.integers(0, 5))
def test_o1_every_example_exactly_once_an_epoch(m, size, seed):
    x, y = joined(cut(m, size, seed))
    assert sorted(x[0]) == list(range(m))
    assert np.array_equal(x[1], 10 * x[0])
    assert np.array_equal(y[0], x[0] + 0.5)


@given(st.integers(1, 60), SIZES)
def test_o1_only_the_last_mini_batch_may_be_smaller(m, size):
    sizes = [x.shape[1] for x, _ in cut(m, size)]
    assert all(n == min(size, m) for n in sizes[:-1])
    assert 1 <= sizes[-1] <= size
    assert sum(sizes) == m
    assert len(sizes) == mb.steps_per_epoch(m, size) == -(-m // size)


def test_o1_size_m_is_batch_and_1_is_stochastic():
    assert [x.shape for x, _ in cut(20, 20)] == [(2, 20)]
    assert [x.shape for x, _ in cut(20, 99)] == [(2, 20)]
    assert [x.shape for x, _ in cut(20, 1)] == [(2, 1)] * 20
    assert [y.shape for _, y in cut(40, 16)] == [(1, 16), (1, 16), (1, 8)]


def test_o1_shuffled_anew_each_epoch():
    rng = np.random.default_rng(0)
    epochs = [joined(mb.mini_batches(*data(50), 16, rng))[0][0] for _ in range(5)]
    assert len({tuple(order) for order in epochs}) == 5
    assert list(range(50)) not in [list(order) for order in epochs]


def test_o1_every_place_is_equally_likely():
    places = np.zeros((6, 6))
    rng = np.random.default_rng(0)
    for _ in range(6000):
        order = joined(mb.mini_batches(*data(6), 4, rng))[0][0].astype(int)
        places[order, np.arange(6)] += 1
    assert places == pytest.approx(np.full((6, 6), 1000), abs=130)  # over four standard deviations


def test_o1_more_steps_come_further_in_one_epoch():
    X, y = datasets.next_day()
    costs = [cost_after(X, y, size, epochs=1) for size in (365, 64, 16, 4)]
    assert costs == sorted(costs, reverse=True)


def test_o1_batch_descent_falls_at_every_step_and_a_mini_batch_does_not():
    X, y = datasets.next_day()
    falls = {}
    for size in (365, 16):
        w = np.hstack([w for w, _, _ in walk(X, y, size, epochs=20)])
        falls[size] = (np.diff(regression.linear_cost(w, X, y)) < 0).mean()
    assert falls[365] == 1
    assert 0.5 < falls[16] < 0.95


def walk(X, y, size, *, epochs, schedule=TENTH, seed=0, **options):
    rng = np.random.default_rng(seed)
    return mb.descent(
        regression.START,
        X,
        y,
        regression.linear_gradient,
        size=size,
        schedule=schedule,
        epochs=epochs,
        rng=rng,
        **options,
    )


def cost_after(X, y, size, **settings):
    *_, (w, _, _) = walk(X, y, size, **settings)
    return regression.linear_cost(w, X, y)[0]


def settled(y_of, schedule, size=1):
    """Mean distance from the minimum over the last ten of 30 epochs, for six orders."""
    X, y = (values[:, ::5] for values in datasets.next_day())
    best = regression.linear_minimum(X, y)
    distances = []
    for seed in range(6):
        w = [
            w for w, *_ in walk(X, y_of(X, y, best), size, epochs=30, schedule=schedule, seed=seed)
        ]
        ends = np.array(w)[mb.steps_per_epoch(73, size) - 1 :: mb.steps_per_epoch(73, size)]
        distances.append(np.linalg.norm(ends[-10:] - best, axis=1).mean())
    return np.array(distances)


def measured(X, y, best):
    return y


def noiseless(X, y, best):
    return best.T @ X


def test_x12_with_a_constant_alpha_it_hovers_and_with_decay_it_converges():
    hovers = settled(measured, constant(0.2))
    converges = settled(measured, inverse_time(0.2, decay_rate=0.5))
    assert hovers.min() > 0.08
    assert converges.max() < 0.015


def test_x12_a_larger_mini_batch_hovers_closer():
    assert settled(measured, constant(0.2), 8).max() < settled(measured, constant(0.2)).min()


def test_x12_where_examples_agree_even_a_constant_alpha_converges():
    assert settled(noiseless, constant(0.2)).max() < 1e-6


def test_x12_halving_each_epoch_stops_short():
    for labels in (measured, noiseless):
        assert settled(labels, exponential(0.2, base=0.5)).min() > 0.02


def test_the_linear_model_against_scikit_learn_and_finite_differences():
    X, y = datasets.next_day()
    fitted = LinearRegression(fit_intercept=False).fit(X.T, y[0])
    best = regression.linear_minimum(X, y)
    assert best[:, 0] == pytest.approx(fitted.coef_, rel=1e-10)
    error = ((fitted.predict(X.T) - y[0]) ** 2).mean() / 2
    assert regression.linear_cost(best, X, y) == pytest.approx([error], rel=1e-12)
    assert np.abs(regression.linear_gradient(best, X, y)).max() < 1e-14
    numerical = gradient_checking.numerical_gradient(
        lambda w: regression.linear_cost(w.reshape(2, 1), X, y)[0], regression.START.ravel()
    )
    assert regression.linear_gradient(regression.START, X, y).ravel() == pytest.approx(
        numerical, rel=1e-7
    )


def test_linear_cost_of_several_models_at_once():
    X, y = datasets.next_day()
    w = np.random.default_rng(0).normal(size=(2, 5))
    alone = [regression.linear_cost(w[:, [k]], X, y)[0] for k in range(5)]
    assert regression.linear_cost(w, X, y) == pytest.approx(alone, rel=1e-12)


def test_descent_on_everything_is_batch_descent():
    X, y = datasets.next_day()
    w = regression.START
    for stepped, x_batch, _ in walk(X, y, 365, epochs=4):
        w = w - 0.1 * regression.linear_gradient(w, X, y)
        assert stepped == pytest.approx(w, rel=1e-12)
        assert x_batch.shape == (2, 365)


def test_descent_takes_each_epochs_alpha_and_any_batches():
    X, y = data(4)
    asked = []
    steps = mb.descent(
        [[0.0], [0.0]],
        X,
        y,
        lambda w, x, y: np.ones((2, 1)),
        size=2,
        epochs=3,
        schedule=lambda epoch: asked.append(epoch) or 10.0**-epoch,
        rng=None,
        batches=lambda X, Y, size, rng: [(X, Y)] * 2,
    )
    assert [w[0, 0] for w, _, _ in steps] == pytest.approx([-1, -2, -2.1, -2.2, -2.21, -2.22])
    assert asked == [0, 1, 2]


@pytest.mark.parametrize("size", [1, 4, 10, 15, 29, 30])
def test_o1_the_error_of_the_gradient_is_that_of_draws_without_replacement(size):
    rng = np.random.default_rng(size)
    X, y = rng.normal(size=(2, 30)), rng.normal(size=(1, 30))
    each = X * (regression.START.T @ X - y)
    truth = each.mean(axis=1, keepdims=True)
    epochs = [list(mb.mini_batches(X, y, size, rng))[: 30 // size] for _ in range(300)]
    off = [
        regression.linear_gradient(regression.START, *pair) - truth
        for epoch in epochs
        for pair in epoch
    ]
    variance = ((each - truth) ** 2).sum(axis=0).mean() / size * (30 - size) / 29
    assert np.mean(np.sum(np.square(off), axis=1)) == pytest.approx(variance, rel=0.35, abs=1e-12)


def test_float32_is_kept_and_the_input_left_alone():
    X, Y = data(10, np.float32)
    before = X.copy(), Y.copy()
    for x, y in mb.mini_batches(X, Y, 3, np.random.default_rng(0)):
        assert x.dtype == y.dtype == np.float32
        x += 1
    assert np.array_equal(X, before[0])
    assert np.array_equal(Y, before[1])
    w = np.zeros((2, 1), np.float32)
    options = {"size": 3, "schedule": constant(0.01), "epochs": 2}
    rng = np.random.default_rng(0)
    *_, (w, _, _) = mb.descent(w, X / 50, Y, regression.linear_gradient, rng=rng, **options)
    assert w.dtype == np.float32


def test_the_same_seed_gives_the_same_mini_batches():
    for (x, y), (x_again, y_again) in zip(cut(37, 8, 5), cut(37, 8, 5), strict=True):
        assert np.array_equal(x, x_again)
        assert np.array_equal(y, y_again)


def test_next_day_is_next_day():
    X, y = datasets.next_day()
    celsius = datasets.temperatures()[1][:367]
    scaled = (celsius - celsius.mean()) / celsius.std()
    assert np.array_equal(X[0, 1:], y[0, :-1])
    assert X[0] - X[1] == pytest.approx(scaled[:365], abs=1e-12)
    assert y[0, -1] == pytest.approx(scaled[-1])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: cut(5, 0), "size >= 1 must hold, but got size=0"),
        (lambda: cut(5, 2.5), "size should be a whole number, but got size=2.5"),
        (lambda: cut(5, np.nan), "size >= 1 must hold, but got size=nan"),
        (
            lambda: mb.mini_batches([[1, 2]], [[1]], 1, np.random.default_rng(0)),
            r"same examples as columns, but got \(1, 2\) and \(1, 1\)",
        ),
        (
            lambda: mb.mini_batches([1, 2], [[1, 2]], 1, np.random.default_rng(0)),
            r"X should be \(inputs, examples\), got a 1-d array .*: use X\[:, None\]",
        ),
        (
            lambda: mb.mini_batches([[1, np.nan]], [[1, 2]], 1, np.random.default_rng(0)),
            r"X\[0, 1\] is nan",
        ),
        (
            lambda: mb.mini_batches(
                np.zeros((2, 0)), np.zeros((1, 0)), 1, np.random.default_rng(0)
            ),
            "at least one example",
        ),
        (lambda: mb.steps_per_epoch(0, 4), "m >= 1 must hold, but got m=0"),
        (lambda: mb.steps_per_epoch(10, -4), "size >= 1 must hold, but got size=-4"),
        (lambda: regression.linear_minimum([[1, 2]], [[1]]), "same examples as columns"),
        (lambda: walk(*data(5), 2, epochs=0), "epochs >= 1 must hold, but got epochs=0"),
        (
            lambda: mb.descent(
                [[np.inf]], *data(5), None, size=1, schedule=None, epochs=1, rng=None
            ),
            r"w\[0, 0\] is inf",
        ),
    ],
)
def test_errors_say_what_is_wrong(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_errors_of_types():
    with pytest.raises(TypeError, match=r"rng should be .*: use np.random.default_rng\(3\)"):
        mb.mini_batches(*data(5), 2, 3)
    with pytest.raises(TypeError, match="size should be a number, but got 'two'"):
        cut(5, "two")


def test_a_hiccup_of_the_computer_does_not_turn_the_times_of_the_notebook_round(monkeypatch):
    monkeypatch.setattr(experiments, "time", SimpleNamespace(perf_counter=often_late(0.013)))
    measured = experiments.seconds({"any": {60: 5, 64: 5, 1600: 5}}, seeds=1)["any"]
    a_step = {size: runs[0][-1, 0] / runs[0][-1, 1] for size, runs in measured.items()}
    assert 0.3 < a_step[60] / a_step[64] < 3
    assert a_step[1600] > a_step[64]


def often_late(seconds):
    """Return a clock for which every second measurement takes longer, as on a busy computer."""
    late = itertools.accumulate(itertools.cycle([0, 0, 0, seconds]))  # begin, end; begin, end
    return lambda: time.perf_counter() + next(late)
