"""Softmax against the lecture's numbers, SciPy, scikit-learn, PyTorch and finite differences."""

from pathlib import Path

import numpy as np
import pytest
import scipy.special
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss

from course_utils import datasets
from course_utils import softmax as lecture
from course_utils.activations import sigmoid
from course_utils.experiments.softmax import linear_classifier

Z = np.array([5.0, 2.0, -1.0, 3.0])
ORACLE = Path(__file__).parent / "oracles" / "softmax.npz"
LOGITS = arrays(
    np.float64, array_shapes(min_dims=2, max_dims=2, max_side=6), elements=st.floats(-1e6, 1e6)
)


@pytest.fixture(scope="module")
def torch_arrays():
    with np.load(ORACLE, allow_pickle=False) as data:
        return dict(data)


def test_powers_and_shares_of_the_lecture_m1():
    t = np.exp(Z)
    assert np.round(t, 1).tolist() == [148.4, 7.4, 0.4, 20.1]
    assert round(t.sum(), 1) == 176.3
    assert lecture.softmax(Z).round(3).tolist() == [0.842, 0.042, 0.002, 0.114]
    assert lecture.softmax(Z[:, None]).round(3).ravel().tolist() == [0.842, 0.042, 0.002, 0.114]


def test_hard_max_and_the_two_ends_of_temperature_m2():
    assert lecture.hard_max(Z).tolist() == [1, 0, 0, 0]
    assert lecture.softmax(Z / 0.01) == pytest.approx(lecture.hard_max(Z), abs=1e-12)
    assert lecture.softmax(Z / 1e9) == pytest.approx(np.full(4, 1 / 4), abs=1e-8)


def test_two_classes_are_the_logistic_function_of_the_difference_m3():
    assert lecture.softmax([5, 2]).round(4).tolist() == [0.9526, 0.0474]
    assert sigmoid(3).round(3) == 0.953
    z = np.random.default_rng(0).normal(0, 10, (2, 500))
    assert lecture.softmax(z)[0] == pytest.approx(sigmoid(z[0] - z[1]), rel=1e-12)


def test_the_printed_pair_is_no_softmax_of_two_x4():
    assert lecture.softmax([5, 2]).round(3).tolist() == [0.953, 0.047]
    first = lecture.softmax(Z)[0]
    assert np.round([first, first - 1], 3).tolist() == [0.842, -0.158]


def test_a_pair_that_sums_to_one_has_the_wrong_odds_x19():
    printed = np.array([0.842, 0.158])
    right = lecture.softmax([5, 2])
    assert printed.sum() == pytest.approx(right.sum())
    assert right[0] / right[1] == pytest.approx(np.exp(3))
    assert round(printed[0] / printed[1], 1) == 5.3


@pytest.mark.parametrize("classes", [2, 3, 4, 5, 6])
@pytest.mark.parametrize("steps", [0, 60])
def test_boundaries_without_a_hidden_layer_are_straight_m4(classes, steps):
    """The class changes at most once between two points at which it is the same pair's turn.

    Along any line the leader of linear scores holds one unbroken stretch, which is what straight
    boundaries and convex regions mean.
    """
    W, b = _trained(classes, steps)
    rng = np.random.default_rng(classes)
    for _ in range(50):
        start, end = rng.uniform(-6, 6, (2, 2, 1))
        along = start + np.linspace(0, 1, 400) * (end - start)
        leader = (W @ along + b).argmax(axis=0)
        changes = np.count_nonzero(np.diff(leader))
        assert changes == len(np.unique(leader)) - 1


def test_loss_of_the_lecture_m5():
    y_hat, y = np.array([[0.3], [0.2], [0.1], [0.4]]), np.array([[0], [1], [0], [0]])
    assert lecture.cross_entropy(y_hat, y).round(4).tolist() == [1.6094]
    z = np.log(y_hat)
    assert lecture.cost(z, y) == pytest.approx(-np.log(0.2), rel=1e-12)
    right = lecture.one_hot([3], 4)
    both = lecture.cost(np.hstack([z, z]), np.hstack([y, right]))
    assert both == pytest.approx(-(np.log(0.2) + np.log(0.4)) / 2, rel=1e-12)


def test_gradient_of_the_lecture_m6():
    z, y = np.log([[0.3], [0.2], [0.1], [0.4]]), np.array([[0], [1], [0], [0]])
    assert lecture.cost_gradient(z, y).ravel().round(12).tolist() == [0.3, -0.8, 0.1, 0.4]


@pytest.mark.parametrize("smoothing", [0.0, 0.1])
def test_gradient_equals_finite_differences_m6(smoothing):
    rng = np.random.default_rng(1)
    z = rng.normal(0, 2, (4, 7))
    y = (1 - smoothing) * lecture.one_hot(rng.integers(0, 4, 7), 4) + smoothing / 4
    numerical, h = np.empty_like(z), 1e-5
    for place in np.ndindex(z.shape):
        step = np.zeros_like(z)
        step[place] = h
        numerical[place] = (lecture.cost(z + step, y) - lecture.cost(z - step, y)) / (2 * h)
    gradient = lecture.cost_gradient(z, y)
    difference = np.linalg.norm(gradient - numerical)
    difference /= np.linalg.norm(gradient) + np.linalg.norm(numerical)
    assert difference <= 1e-7


def test_a_constant_changes_nothing_and_nothing_overflows_m7():
    assert np.array_equal(lecture.softmax(Z + 1000), lecture.softmax(Z))
    assert np.array_equal(lecture.softmax(Z - 1000), lecture.softmax(Z))
    assert lecture.softmax([1000, 999, -1000]).round(4).tolist() == [0.7311, 0.2689, 0]
    assert lecture.log_softmax([1000.0, 0.0]).tolist() == [0, -1000]
    assert lecture.cost([[0.0], [1000.0]], [[1], [0]]) == 1000


@pytest.mark.filterwarnings("ignore:(overflow|invalid value):RuntimeWarning")
@pytest.mark.parametrize("hidden", [False, True])
def test_a_nan_of_a_naive_softmax_is_in_all_weights_after_two_steps(hidden):
    """In one class at first: the others' shares are finite numbers divided by infinity."""
    rng = np.random.default_rng(0)
    X, Y = rng.uniform(0.5, 1, (3, 8)), lecture.one_hot(rng.integers(0, 4, 8), 4)
    W1, W2 = np.eye(3), rng.normal(size=(4, 3))
    W2[1] = 1000
    missing = []
    for _ in range(2):
        a = np.maximum(W1 @ X, 0) if hidden else X
        t = np.exp(W2 @ a)
        dz = (t / t.sum(axis=0) - Y) / X.shape[1]
        dW1 = W2.T @ dz * (a > 0) @ X.T
        W2 = W2 - 0.1 * dz @ a.T
        W1 = W1 - 0.1 * dW1 * hidden
        missing.append(np.isnan(W2))
    assert missing[0].any(axis=1).tolist() == [False, True, False, False]
    assert missing[1].all()
    assert np.isnan(W1).all() or not hidden


@given(LOGITS, st.floats(-1e3, 1e3))
def test_shares_sum_to_one_and_follow_the_order_of_the_logits(z, c):
    a = lecture.softmax(z)
    assert ((a >= 0) & (a <= 1)).all()
    assert a.sum(axis=0) == pytest.approx(1, abs=1e-12)
    assert lecture.softmax(z + c) == pytest.approx(a, abs=1e-8)
    order = z.argsort(axis=0)
    assert (np.diff(np.take_along_axis(a, order, axis=0), axis=0) >= 0).all()
    assert lecture.softmax(z[::-1]) == pytest.approx(a[::-1], abs=1e-12)


@given(LOGITS, st.sampled_from([0, 1, -1]))
def test_softmax_and_its_logarithm_equal_scipy(z, axis):
    expected = scipy.special.softmax(z, axis=axis)
    assert lecture.softmax(z, axis) == pytest.approx(expected, rel=1e-12)
    expected = scipy.special.log_softmax(z, axis=axis)
    assert lecture.log_softmax(z, axis) == pytest.approx(expected, rel=1e-12, abs=1e-15)


@given(LOGITS)
def test_softmax_of_two_classes_is_sigmoid(z):
    pair = np.stack([z, np.zeros_like(z)])
    assert lecture.softmax(pair)[0] == pytest.approx(sigmoid(z), rel=1e-9)


@given(LOGITS, st.sampled_from([0, 1, -1]))
def test_hard_max_has_a_single_one_at_the_first_largest(z, axis):
    h = lecture.hard_max(z, axis)
    assert h.shape == z.shape
    assert np.array_equal(h.sum(axis=axis), np.ones(h.sum(axis=axis).shape))
    assert np.array_equal((h * z).sum(axis=axis), z.max(axis=axis))
    assert np.array_equal(h.argmax(axis=axis), z.argmax(axis=axis))


def test_hard_max_gives_a_tie_to_the_first():
    assert lecture.hard_max([1, 3, 3]).tolist() == [0, 1, 0]
    assert lecture.hard_max([[2, 0], [2, 0]]).tolist() == [[1, 1], [0, 0]]


@given(st.lists(st.integers(0, 4), min_size=1, max_size=8))
def test_one_hot_has_its_one_in_the_row_of_the_label(labels):
    y = lecture.one_hot(labels, 5)
    assert y.shape == (5, len(labels))
    assert y.argmax(axis=0).tolist() == labels
    assert (y.sum(axis=0) == 1).all()


def test_cost_equals_scikit_learn():
    rng = np.random.default_rng(2)
    z, labels = rng.normal(0, 3, (4, 50)), rng.integers(0, 4, 50)
    y = lecture.one_hot(labels, 4)
    expected = log_loss(labels, lecture.softmax(z).T, labels=range(4))
    assert lecture.cost(z, y) == pytest.approx(expected, rel=1e-9)
    losses = lecture.cross_entropy(lecture.softmax(z), y)
    assert losses.mean() == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("size", ["", "large_"])
@pytest.mark.parametrize("kind", ["one_hot", "smooth"])
def test_cost_and_gradient_equal_pytorch(torch_arrays, size, kind):
    z, y = torch_arrays[f"{size}logits"], torch_arrays[kind]
    expected = {n: torch_arrays[f"{size}{kind}_{n}"] for n in ("loss", "cost", "gradient")}
    assert lecture.cost(z, y) == pytest.approx(float(expected["cost"]), rel=1e-12)
    gradient = lecture.cost_gradient(z, y)
    assert gradient == pytest.approx(expected["gradient"], rel=1e-10, abs=1e-15)
    losses = [lecture.cost(z[:, [k]], y[:, [k]]) for k in range(z.shape[1])]
    assert losses == pytest.approx(expected["loss"], rel=1e-12)
    if not size:
        assert lecture.cross_entropy(lecture.softmax(z), y) == pytest.approx(expected["loss"])


@pytest.mark.parametrize("size", ["", "large_"])
def test_softmax_equals_pytorch(torch_arrays, size):
    z = torch_arrays[f"{size}logits"]
    expected = torch_arrays[f"{size}probabilities"]
    assert lecture.softmax(z) == pytest.approx(expected, rel=1e-10, abs=1e-300)
    expected = torch_arrays[f"{size}log_probabilities"]
    assert lecture.log_softmax(z) == pytest.approx(expected, rel=1e-12)


def test_the_oracle_really_holds_logits_of_size_1000(torch_arrays):
    assert np.abs(torch_arrays["large_logits"]).min() > 980
    assert np.isfinite(torch_arrays["large_one_hot_cost"])


def test_a_true_class_without_a_share_costs_infinity_and_a_sure_one_nothing():
    losses = lecture.cross_entropy([[0, 1], [1, 0]], [[1, 1], [0, 0]])
    assert losses.tolist() == [np.inf, 0]
    assert str(losses[1]) == str(lecture.cost([[1000], [0]], [[1], [0]])) == "0.0"


def test_float32_is_kept():
    z = np.array([[5, 2], [-1, 3]], np.float32)
    y = lecture.one_hot([0, 1], 2)
    for f in (lecture.softmax, lecture.log_softmax, lecture.hard_max):
        assert f(z).dtype == np.float32
        assert f(z.astype(int)).dtype == np.float64
    assert lecture.cost_gradient(z, y).dtype == np.float32
    assert lecture.cross_entropy(lecture.softmax(z), y).dtype == np.float32
    assert lecture.cost_gradient(z.astype(float), y.astype(np.float32)).dtype == np.float64


def test_arguments_are_left_as_they_were():
    z, y = np.random.default_rng(3).normal(size=(3, 4)), lecture.one_hot([0, 1, 2, 0], 3)
    kept = z.copy(), y.copy()
    for f in (lecture.softmax, lecture.log_softmax, lecture.hard_max):
        f(z)
    lecture.cost(z, y), lecture.cost_gradient(z, y), lecture.cross_entropy(lecture.softmax(z), y)
    assert np.array_equal(z, kept[0])
    assert np.array_equal(y, kept[1])


@pytest.mark.parametrize("f", [lecture.softmax, lecture.log_softmax, lecture.hard_max])
def test_logits_must_be_finite_numbers(f):
    with pytest.raises(ValueError, match=r"z should hold at least one logit, but got shape \(\)"):
        f(5.0)
    with pytest.raises(ValueError, match=r"at least one logit, but got shape \(0, 3\)"):
        f(np.empty((0, 3)))
    with pytest.raises(ValueError, match=r"z\[1\] is nan: 1 of 2 values"):
        f([1.0, np.nan])
    with pytest.raises(TypeError, match="z should be an array of numbers"):
        f("cat")


@pytest.mark.parametrize(
    ("labels", "classes", "message"),
    [
        ([0, 3], 3, "whole numbers from 0 to 2 for 3 classes, but got 3: number the classes"),
        ([-1], 3, "but got -1"),
        ([0.5], 3, "but got 0.5"),
        ([[0, 1]], 3, r"labels should be 1-d, one per example, but got shape \(1, 2\)"),
        ([0], 0, "classes >= 1 must hold, but got classes=0"),
        ([0], 2.5, "classes should be a whole number, but got classes=2.5"),
    ],
)
def test_one_hot_refuses_what_is_no_label(labels, classes, message):
    with pytest.raises(ValueError, match=message):
        lecture.one_hot(labels, classes)


@pytest.mark.parametrize("f", [lecture.cost, lecture.cost_gradient])
def test_cost_says_what_is_wrong_with_its_arguments(f):
    z = np.zeros((2, 3))
    with pytest.raises(ValueError, match=r"z and y should have the same shape, but got \(2, 3\)"):
        f(z, np.eye(2))
    with pytest.raises(ValueError, match=r"one_hot\(y, classes\) for class numbers"):
        f(z, [0, 1, 1])
    with pytest.raises(ValueError, match=r"z should be \(classes, examples\).*use z\[:, None\]"):
        f([1, 2], [[1], [0]])
    with pytest.raises(ValueError, match=r"shares that sum to 1, but column 1 is \[1. 1.\]"):
        f(z, [[1, 1, 0], [0, 1, 1]])
    with pytest.raises(ValueError, match=r"but column 0 is \[ 2. -1.\]: use one_hot"):
        f(z, [[2, 1, 0], [-1, 0, 1]])


def test_cross_entropy_says_what_is_wrong_with_its_arguments():
    with pytest.raises(ValueError, match=r"\[0, 1\], but they run from -1 to 2: pass logits thro"):
        lecture.cross_entropy([[2], [-1]], [[1], [0]])
    with pytest.raises(ValueError, match="y_hat and y should have the same shape"):
        lecture.cross_entropy([[0.5], [0.5]], np.eye(2))
    with pytest.raises(ValueError, match="at least one example"):
        lecture.cross_entropy(np.empty((2, 0)), np.empty((2, 0)))
    with pytest.raises(ValueError, match="one_hot"):
        lecture.cross_entropy([[0.5], [0.5]], [1])


def test_descent_of_the_linear_classifier_follows_the_gradient_of_the_cost():
    X, labels = datasets.blobs(3, 10, np.random.default_rng(0))
    Y = lecture.one_hot(labels, 3)
    W0, b0 = linear_classifier(X, Y, np.random.default_rng(5), alpha=0.3, steps=0)
    W1, b1 = linear_classifier(X, Y, np.random.default_rng(5), alpha=0.3, steps=1)

    def cost(theta):
        return lecture.cost(theta[:, :2] @ X + theta[:, 2:], Y)

    theta, h = np.hstack([W0, b0]), 1e-5
    for place in np.ndindex(theta.shape):
        step = np.zeros_like(theta)
        step[place] = h
        slope = (cost(theta + step) - cost(theta - step)) / (2 * h)
        moved = np.hstack([W1, b1])[place] - theta[place]
        assert moved == pytest.approx(-0.3 * slope, rel=1e-6, abs=1e-9)


def test_linear_classifier_ends_where_scikit_learn_ends():
    """Blobs that overlap have one best set of shares, whatever the start."""
    X, labels = datasets.blobs(3, 60, np.random.default_rng(0), spread=1.5)
    W, b = linear_classifier(
        X, lecture.one_hot(labels, 3), np.random.default_rng(5), alpha=0.5, steps=3000
    )
    expected = LogisticRegression(C=np.inf, tol=1e-10, max_iter=5000).fit(X.T, labels)
    a = lecture.softmax(W @ X + b)
    assert a == pytest.approx(expected.predict_proba(X.T).T, abs=1e-6)


def test_linear_classifier_draws_its_start_from_rng_alone():
    X, Y = np.ones((2, 4)), lecture.one_hot([0, 1, 2, 0], 3)
    W, b = linear_classifier(X, Y, np.random.default_rng(9), alpha=1.0, steps=0)
    assert np.array_equal(W, np.random.default_rng(9).standard_normal((3, 2)))
    assert np.array_equal(b, np.zeros((3, 1)))


@pytest.mark.parametrize(
    ("X", "options", "message"),
    [
        (np.ones((2, 4)), {}, r"same examples as columns, but got \(2, 4\) and \(2, 2\)"),
        (np.ones((2, 2)), {"alpha": 0}, "alpha > 0 must hold, but got alpha=0"),
        (np.ones((2, 2)), {"steps": -1}, "steps >= 0 must hold, but got steps=-1"),
        (np.ones((2, 2)), {"steps": 1.5}, "but got steps=1.5"),
        (np.ones((2, 2)), {"Y": np.ones((2, 2))}, "shares that sum to 1, but column 0"),
        (np.ones(2), {}, r"X should be \(inputs, examples\)"),
    ],
)
def test_linear_classifier_says_what_is_wrong(X, options, message):
    options = {"Y": np.eye(2), "alpha": 0.1, "steps": 1, **options}
    with pytest.raises(ValueError, match=message):
        linear_classifier(X, rng=np.random.default_rng(0), **options)


def _trained(classes, steps):
    X, labels = datasets.blobs(classes, 40, np.random.default_rng(1))
    Y = lecture.one_hot(labels, classes)
    return linear_classifier(X, Y, np.random.default_rng(7), alpha=0.3, steps=steps)
