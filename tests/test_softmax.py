"""Softmax against the lecture's numbers, SciPy, scikit-learn, PyTorch and finite differences."""

from functools import partial
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
from course_utils.figures import softmax as figures
from course_utils.widgets.live_picture import LivePicture

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


def _naive(z):
    t = np.exp(z)
    return t / t.sum(axis=0)


def _diverged(X, Y, rng, *, alpha, steps):
    return np.full((len(Y), len(X)), np.nan), np.zeros((len(Y), 1))


PICTURES = {
    "bars": (figures.bars, [{"z1": 5.0, "c": 0.0}, {"z1": -10.0, "c": 20.0}]),
    "bars of a naive softmax": (
        partial(figures.limits, softmax=_naive),
        [{"z1": 5.0, "c": c} for c in (0.0, -800.0, 720.0)],
    ),
    "temperature": (
        figures.temperature,
        [{"temperature": 1.0}, {"temperature": 0.1, "z4": 5.0}, {"temperature": 100.0, "z4": 9.0}],
    ),
    "two classes": (figures.two_classes, [{"z1": 5.0, "z2": 2.0}, {"z1": -6.0, "z2": 6.0}]),
    "regions": (
        figures.regions,
        [{"classes": c, "steps": s, "cut": c / 2, "soft": s > 0} for c in (2, 6) for s in (0, 9)],
    ),
    "regions of a diverged classifier": (
        partial(figures.regions, classifier=_diverged),
        [{"classes": 3, "steps": 1}, {"classes": 4, "steps": 2}],
    ),
}


@pytest.mark.parametrize(("figure", "moves"), PICTURES.values(), ids=PICTURES)
def test_a_moved_picture_equals_a_fresh_one(figure, moves):
    live = LivePicture(figure)
    for values in [*moves, moves[0]]:
        fresh = LivePicture(figure)
        assert live.draw(values) == fresh.draw(values)
        assert np.array_equal(live.pixels, fresh.pixels)


def test_bars_show_the_lecture_m1():
    live = LivePicture(figures.bars)
    readout = live.draw({"z1": 5.0, "c": 0.0})
    assert readout == (
        "z + c = [5.0, 2.0, −1.0, 3.0]; t = [148.4, 7.389, 0.3679, 20.09], Σ t = 176.3; "
        "a = [0.842, 0.042, 0.002, 0.114]"
    )
    logits, powers, shares = ([p.get_height() for p in ax.patches] for ax in _axes(live))
    assert logits == [5, 2, -1, 3]
    assert powers == pytest.approx(np.exp(Z) / np.exp(5))
    assert [t.get_text() for t in _axes(live)[1].texts] == ["148.4", "7.389", "0.3679", "20.09"]
    assert shares == pytest.approx(lecture.softmax(Z))
    assert live.draw({"z1": 5.0, "c": 20.0}).endswith("a = [0.842, 0.042, 0.002, 0.114]")


def test_a_naive_softmax_breaks_in_words_m7():
    live = LivePicture(partial(figures.limits, softmax=_naive))
    readout = live.draw({"z1": 5.0, "c": 800.0})
    assert "t = [∞, ∞, ∞, ∞], Σ t = ∞" in readout
    assert readout.endswith("no shares: exp overflows: ∞ / ∞ is no number")
    assert "exp overflows:\n∞ / ∞ is no number" in [t.get_text() for t in _axes(live)[2].texts]
    readout = live.draw({"z1": 5.0, "c": -800.0})
    assert readout.endswith("every exp is 0: 0 / 0 is no number")
    sound = LivePicture(figures.limits)
    assert sound.draw({"z1": 5.0, "c": 800.0}).endswith("a = [0.842, 0.042, 0.002, 0.114]")


@pytest.mark.parametrize(("c", "above"), [(704.0, 0), (705.0, 1), (712.0, 4)])
def test_exponentials_cross_the_line_where_float64_ends(c, above):
    live = LivePicture(figures.limits)
    live.draw({"z1": 5.0, "c": c})
    powers = [bar.get_height() for bar in _axes(live)[1].patches]
    assert sum(height > np.log10(np.finfo(float).max) for height in powers) == above


def test_near_zero_a_naive_softmax_is_wrong_without_warning():
    live = LivePicture(partial(figures.limits, softmax=_naive))
    said = [live.draw({"z1": 5.0, "c": c}).split("; ")[-1] for c in (-745.0, -748.0, -750.0)]
    assert said == [
        "a = [0.850, 0.040, 0.000, 0.110]",
        "a = [0.800, 0.000, 0.000, 0.200]",
        "a = [1.000, 0.000, 0.000, 0.000]",
    ]
    assert "no shares" in live.draw({"z1": 5.0, "c": -751.0})


def test_shares_that_are_no_numbers_are_said_to_be_so():
    live = LivePicture(partial(figures.bars, softmax=lambda z: z * np.nan))
    assert live.draw({"z1": 5.0, "c": 0.0}).endswith("no shares: they are no numbers")


def test_temperature_shows_both_ends_m2():
    live = LivePicture(figures.temperature)
    cold, warm = (live.draw({"temperature": t, "z4": 3.0}) for t in (0.1, 100.0))
    assert cold == "T = 0.1: a = [1.000, 0.000, 0.000, 0.000]; hard max [1, 0, 0, 0]"
    assert warm == "T = 100: a = [0.257, 0.249, 0.242, 0.252]; hard max [1, 0, 0, 0]"
    tie = live.draw({"temperature": 0.1, "z4": 5.0})
    assert tie == "T = 0.1: a = [0.500, 0.000, 0.000, 0.500]; hard max [1, 0, 0, 0]"


def test_dots_of_temperature_lie_on_the_curves_m2():
    live = LivePicture(figures.temperature)
    live.draw({"temperature": 2.8})
    right = _axes(live)[1]
    for curve, (x, y) in zip(right.lines, right.collections[0].get_offsets(), strict=False):
        assert np.interp(x, *curve.get_data()) == pytest.approx(y, abs=1e-3)


def test_two_classes_show_a_point_on_the_logistic_curve_m3():
    live = LivePicture(figures.two_classes)
    assert live.draw({"z1": 5.0, "z2": 2.0}) == (
        "z₁ − z₂ = 3.0: a = [0.953, 0.047]; σ(z₁ − z₂) = 0.953"
    )
    dots = _axes(live)[0].collections[0].get_offsets()
    assert np.asarray(dots) == pytest.approx(np.array([[3, 0.95257], [3, 0.04743]]), abs=1e-5)
    published = partial(figures.two_classes, softmax=lambda z: np.array([0.842, -0.158]))
    assert "a = [0.842, −0.158]" in LivePicture(published).draw({"z1": 5.0, "z2": 2.0})


@pytest.mark.parametrize("classes", [2, 3, 4, 5, 6])
def test_regions_are_cut_by_straight_lines_at_equal_scores_m4(classes):
    """Every drawn stretch of border is straight, and just there two classes share the lead."""
    live = LivePicture(figures.regions)
    live.draw({"classes": classes, "steps": 40})
    W, b = _trained(classes, 40)
    borders = next(line for line in _axes(live)[0].lines if line.get_linewidth() == 1.6)
    x, y = borders.get_data()
    drawn = ~np.isnan(x)
    z = np.sort(W @ [x[drawn], y[drawn]] + b, axis=0)
    assert np.abs(z[-1] - z[-2]).max() < 1e-8
    pieces = np.split(np.array([x, y]), np.flatnonzero(~drawn), axis=1)
    lengths = []
    for piece in pieces:
        points = piece[:, ~np.isnan(piece[0])]
        if points.shape[1] >= 3:
            turned = np.linalg.svd(points - points.mean(axis=1, keepdims=True))[1]
            assert turned[1] < 1e-9 * turned[0]
            lengths.append(turned[0])
    assert len(lengths) >= (1 if classes == 2 else classes)


@pytest.mark.parametrize("soft", [False, True])
def test_colours_of_regions_are_those_of_the_most_likely_class_m4(soft):
    live = LivePicture(figures.regions)
    live.draw({"classes": 4, "steps": 40, "soft": soft})
    W, b = _trained(4, 40)
    shown = _axes(live)[0].images[0].get_array().reshape(-1, 3).astype(float)
    winner = (W @ figures._PLANE + b).argmax(axis=0)
    sure = lecture.softmax(W @ figures._PLANE + b).max(axis=0) > (0.9 if soft else 0)
    nearest = np.linalg.norm(shown[:, None] - figures._PALE[:4], axis=2).argmin(axis=1)
    assert np.array_equal(nearest[sure], winner[sure])


def test_regions_read_out_cost_and_points_in_their_region_m4():
    live = LivePicture(figures.regions)
    X, labels = datasets.blobs(4, 40, np.random.default_rng(1))
    W, b = _trained(4, 40)
    z = W @ X + b
    share = 100 * (z.argmax(axis=0) == labels).mean()
    cost = log_loss(labels, scipy.special.softmax(z.T, axis=1))
    assert live.draw({"classes": 4, "steps": 40}) == (
        f"C = 4, step 40: cost {cost:.3f}, {share:.1f} % of the points in their region"
    )


def test_scores_on_the_cut_are_straight_lines_m4():
    live = LivePicture(figures.regions)
    live.draw({"classes": 5, "steps": 20, "cut": -1.5})
    W, b = _trained(5, 20)
    lead, *lines = _axes(live)[1].lines
    for k, line in enumerate(lines[:5]):
        x1, z = line.get_data()
        assert z == pytest.approx(W[k, 0] * x1 - 1.5 * W[k, 1] + b[k])
    assert len(lines[5].get_xdata()) == 0
    expected = np.max([line.get_ydata() for line in lines[:5]], axis=0)
    assert np.array_equal(lead.get_ydata(), expected)


def test_a_classifier_that_diverged_is_said_to_have_done_so():
    live = LivePicture(partial(figures.regions, classifier=_diverged))
    assert live.draw({"classes": 3, "steps": 2}) == "C = 3, step 2: the weights are no numbers"
    assert "the weights are no numbers" in [t.get_text() for t in _axes(live)[0].texts]


def _axes(live):
    return live.canvas.figure.axes
