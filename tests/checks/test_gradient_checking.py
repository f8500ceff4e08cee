"""The bank of answers to the exercises about gradient checking."""

import numpy as np
import pytest

from course_utils import backward_passes, datasets
from course_utils import gradient_checking as lecture
from course_utils.checks import gradient_checking as checks
from course_utils.figures import gradient_checking as figures


def by_unit_vectors(f, theta, h):
    theta = np.asarray(theta, float)
    gradient = np.zeros_like(theta)
    for i in np.ndindex(theta.shape):
        e = np.zeros_like(theta)
        e[i] = h
        gradient[i] = (f(theta + e) - f(theta - e)) / (2 * h)
    return gradient


def in_place_and_back(f, theta, h):
    gradient = np.zeros(theta.shape)
    theta = theta.astype(float)
    for i in np.ndindex(theta.shape):
        theta[i] += h
        high = f(theta)
        theta[i] -= 2 * h
        gradient[i] = (high - f(theta)) / 2 / h
        theta[i] += h
    return gradient


def on_the_flat_vector(f, theta, h):
    flat = theta.ravel().astype(np.float64)
    rows = np.eye(flat.size) * h
    slopes = [(f((flat + r).reshape(theta.shape)) - f((flat - r).reshape(theta.shape))) / (2 * h)
              for r in rows]  # fmt: skip
    return np.reshape(slopes, theta.shape)


def mean_of_both_sides(f, theta, h):
    forward = lecture.one_sided_gradient(f, theta, h=h)
    backward = -lecture.one_sided_gradient(
        lambda t: f(2 * np.asarray(theta, float) - t), theta, h=h
    )
    return (forward + backward) / 2


@pytest.mark.parametrize("right", [
    by_unit_vectors, in_place_and_back, on_the_flat_vector, mean_of_both_sides,
    lambda f, theta, h, verbose=False: lecture.numerical_gradient(f, theta, h=h),
    lambda f, theta, h: lecture.numerical_gradient(f, theta.astype(np.float32), h=h),
    lambda f, theta, h: by_unit_vectors(f, theta, h).tolist(),
])  # fmt: skip
def test_right_gradients_pass(right):
    verdict = checks.numerical_gradient(right)
    assert verdict.passed, verdict


def with_quotient(quotient):
    def gradient(f, theta, h):
        theta = theta * 1.0
        result = np.empty(theta.shape)
        for i in np.ndindex(theta.shape):
            plus, minus = theta.copy(), theta.copy()
            plus[i] += h
            minus[i] -= h
            result[i] = quotient(f, plus, theta, minus, h)
        return result

    return gradient


def two_names(f, theta, h):
    gradient = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        plus = minus = theta.astype(float)
        plus[i] += h
        minus[i] -= h
        gradient[i] = (f(plus) - f(minus)) / (2 * h)
    return gradient


def never_back(f, theta, h):
    theta, gradient = theta * 1.0, np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        theta[i] += h
        high = f(theta)
        theta[i] -= 2 * h
        gradient[i] = (high - f(theta)) / (2 * h)
    return gradient


def never_back_the_array_itself(f, theta, h):
    gradient = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        theta[i] = theta[i] + h
        high = f(theta)
        theta[i] = theta[i] - 2 * h
        gradient[i] = (high - f(theta)) / (2 * h)
    return gradient


def back_too_far(f, theta, h):
    theta, gradient = theta.astype(float), np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        theta[i] += h
        high = f(theta)
        theta[i] -= 2 * h
        low = f(theta)
        theta[i] += 2 * h
        gradient[i] = (high - low) / (2 * h)
    return gradient


def copied_once(f, theta, h):
    plus, minus, gradient = theta + 0.0, theta + 0.0, np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        plus[i] += h
        minus[i] -= h
        gradient[i] = (f(plus) - f(minus)) / (2 * h)
    return gradient


def everything_moves(f, theta, h):
    return np.full(theta.shape, (f(theta + h) - f(theta - h)) / (2 * h))


def row_by_row(f, theta, h):
    theta = theta.astype(float)
    gradient = np.zeros_like(theta)
    for i in range(len(theta)):
        plus, minus = theta.copy(), theta.copy()
        plus[i] += h
        minus[i] -= h
        gradient[i] = (f(plus) - f(minus)) / (2 * h)
    return gradient


def integer_copies(f, theta, h):
    gradient = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        plus, minus = theta.copy(), theta.copy()
        plus[i] = plus[i] + h
        minus[i] = minus[i] - h
        gradient[i] = (f(plus) - f(minus)) / (2 * h)
    return gradient


def integer_everything(f, theta, h):
    gradient = np.zeros_like(theta)
    for i in np.ndindex(theta.shape):
        plus, minus = np.array(theta), np.array(theta)
        plus[i] = plus[i] + h
        minus[i] = minus[i] - h
        gradient[i] = (f(plus) - f(minus)) / (2 * h)
    return gradient


def integer_result(f, theta, h):
    gradient = np.zeros_like(theta)
    gradient[...] = by_unit_vectors(f, theta, h)
    return gradient


def integer_steps(f, theta, h):
    gradient = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        e = np.zeros_like(theta)
        e[i] = h
        gradient[i] = (f(theta + e) - f(theta - e)) / (2 * h)
    return gradient


def integer_in_place(f, theta, h):
    gradient = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        theta[i] += h
        high = f(theta)
        theta[i] -= 2 * h
        gradient[i] = (high - f(theta)) / (2 * h)
        theta[i] += h
    return gradient


def integer_refused(f, theta, h):
    gradient = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        plus, minus = theta.copy(), theta.copy()
        plus += h * np.eye(1, theta.size, np.ravel_multi_index(i, theta.shape)).reshape(theta.shape)
        minus -= plus - minus
        gradient[i] = (f(plus) - f(minus)) / (2 * h)
    return gradient


def of_its_own_array(f, theta, h):
    right = by_unit_vectors(f, theta, h)
    theta += 1
    return right


@pytest.mark.parametrize(("mistake", "wrong"), [
    ("still-the-stub", lambda f, theta, h: np.zeros(theta.shape)),
    ("still-the-stub", two_names),
    ("one-sided", with_quotient(lambda f, p, c, m, h: (f(p) - f(c)) / h)),
    ("one-sided", lambda f, theta, h: lecture.one_sided_gradient(f, theta, h=h)),
    ("one-sided-backward", with_quotient(lambda f, p, c, m, h: (f(c) - f(m)) / h)),
    ("one-sided-backward", lambda f, theta, h: -lecture.one_sided_gradient(
        lambda t: f(2.0 * theta - t), theta, h=h)),
    ("divided-by-h", with_quotient(lambda f, p, c, m, h: (f(p) - f(m)) / h)),
    ("divided-by-h", lambda f, theta, h: 2 * by_unit_vectors(f, theta, h)),
    ("one-side-over-both", with_quotient(lambda f, p, c, m, h: (f(p) - f(c)) / (2 * h))),
    ("one-side-over-both", lambda f, theta, h: lecture.one_sided_gradient(f, theta, h=h) / 2),
    ("times-h", with_quotient(lambda f, p, c, m, h: (f(p) - f(m)) / 2 * h)),
    ("times-h", lambda f, theta, h: by_unit_vectors(f, theta, h) * h * h),
    ("brackets-missing", with_quotient(lambda f, p, c, m, h: f(p) - f(m) / (2 * h))),
    ("sum", with_quotient(lambda f, p, c, m, h: (f(p) + f(m)) / (2 * h))),
    ("wrong-sign", with_quotient(lambda f, p, c, m, h: (f(m) - f(p)) / (2 * h))),
    ("wrong-sign", lambda f, theta, h: -by_unit_vectors(f, theta, h)),
    ("wrong-sign", lambda f, theta, h: by_unit_vectors(lambda t: -f(t), theta, h)),
    ("not-divided", with_quotient(lambda f, p, c, m, h: f(p) - f(m))),
    ("not-divided", lambda f, theta, h: 2 * h * by_unit_vectors(f, theta, h)),
    ("half-the-step", lambda f, theta, h: by_unit_vectors(f, theta, h / 2)),
    ("all-at-once", everything_moves),
    ("all-at-once", lambda f, theta, h: np.ones(theta.shape) * by_unit_vectors(
        lambda s: f(theta + s), np.array(0.0), h)),
    ("rows-at-once", row_by_row),
    ("flattened", lambda f, theta, h: by_unit_vectors(f, theta, h).ravel()),
    ("flattened", lambda f, theta, h: list(by_unit_vectors(f, theta, h).flat)),
    ("not-restored", never_back),
    ("not-restored", never_back_the_array_itself),
    ("not-restored", back_too_far),
    ("not-restored", copied_once),
    ("integer-theta", integer_copies),
    ("integer-theta", integer_everything),
    ("integer-theta", integer_result),
    ("integer-theta", integer_steps),
    ("integer-theta", integer_in_place),
    ("integer-theta", integer_refused),
    ("changes-its-input", of_its_own_array),
    ("returns-none", lambda f, theta, h: None),
    ("wrong-shape", lambda f, theta, h: by_unit_vectors(f, theta, h).sum()),
    ("raises", lambda f, theta, h: f[0]),
    ("not-a-function", 0.0),
])  # fmt: skip
def test_wrong_gradients_are_named(mistake, wrong):
    verdict = checks.numerical_gradient(wrong)
    assert verdict.mistake == mistake, verdict


def norm(a):
    return np.sqrt((a * a).sum())


def guarded(a, b):
    total = norm(a) + norm(b)
    return norm(a - b) / total if total else 0.0


@pytest.mark.parametrize("right", [
    lecture.relative_difference,
    guarded,
    lambda a, b: np.linalg.norm(a - b) / max(np.linalg.norm(a) + np.linalg.norm(b), 1e-300),
    lambda a, b: np.linalg.norm(b - a) / (np.linalg.norm(b) + np.linalg.norm(a) + 1e-12),
    lambda a, b: guarded(a.ravel().astype(np.float32), b.ravel().astype(np.float32)),
    lambda a, b, axis=None: np.float64(guarded(a, b)),
])  # fmt: skip
def test_right_differences_pass(right):
    verdict = checks.relative_difference(right)
    assert verdict.passed, verdict


@pytest.mark.parametrize(("mistake", "wrong"), [
    ("still-the-stub", lambda a, b: 0.0),
    ("absolute-difference", lambda a, b: norm(a - b)),
    ("difference-of-norms", lambda a, b: abs(norm(a) - norm(b)) / (norm(a) + norm(b))),
    ("divided-by-a", lambda a, b: norm(a - b) / norm(a)),
    ("divided-by-b", lambda a, b: norm(a - b) / norm(b)),
    ("divided-by-the-larger", lambda a, b: norm(a - b) / max(norm(a), norm(b))),
    ("squared", lambda a, b: ((a - b) ** 2).sum() / ((a**2).sum() + (b**2).sum())),
    ("squared-above", lambda a, b: ((a - b) ** 2).sum() / (norm(a) + norm(b))),
    ("norm-of-the-sum", lambda a, b: norm(a - b) / norm(a + b)),
    ("product", lambda a, b: norm(a - b) / norm(a) / norm(b)),
    ("brackets-missing", lambda a, b: norm(a - b) / norm(a) + norm(b)),
    ("sums-of-sizes", lambda a, b: abs(a - b).sum() / (abs(a) + abs(b)).sum()),
    ("largest-entry", lambda a, b: abs(a - b).max() / (abs(a).max() + abs(b).max())),
    ("spectral-norm", lambda a, b: np.linalg.norm(a - b, 2)
     / (np.linalg.norm(a, ord=2) + np.linalg.norm(b, ord=2))),
    ("sum-above", lambda a, b: norm(a + b) / (norm(a) + norm(b))),
    ("upside-down", lambda a, b: (norm(a) + norm(b)) / norm(a - b)),
    ("each-entry", lambda a, b: abs(a - b) / (abs(a) + abs(b))),
    ("mean-of-entries", lambda a, b: (abs(a - b) / (abs(a) + abs(b))).mean()),
    ("two-zeros", lambda a, b: norm(a - b) / (norm(a) + norm(b))),
    ("two-zeros", lambda a, b: float(norm(a - b)) / float(norm(a) + norm(b))),
    ("returns-none", lambda a, b: None),
    ("raises", lambda a, b: a[9, 9]),
])  # fmt: skip
def test_wrong_differences_are_named(mistake, wrong):
    if mistake in ("each-entry", "mean-of-entries"):  # 0/0 where both entries are 0
        a_case = checks._DIFFERENCE_CASES[2].args
        with np.errstate(invalid="ignore"):
            assert not np.isfinite(wrong(*a_case)).all()
    verdict = checks.relative_difference(wrong)
    assert verdict.mistake == mistake, verdict


@pytest.mark.parametrize(("mistake", "answer"), [
    ("still-the-stub", ()),
    ("still-the-stub", ("b",)),
    ("no-such-pass", ("e", "W1")),
    ("no-such-pass", ("B", "b2")),
    ("no-such-parameter", ("b", "W4")),
    *(("accused-a-right-pass", (name, "b2")) for name in "acd"),
    *(("wrong-parameter", ("b", name)) for name in ("W1", "b1", "W2", "W3", "b3")),
    (None, ("b", "b2")),
])  # fmt: skip
def test_culprits(mistake, answer):
    verdict = checks.culprit(*answer)
    assert (verdict.mistake, verdict.passed) == (mistake, mistake is None)


def test_the_culprit_is_the_one_that_the_check_finds_after_training_only():
    X, Y = datasets.moons(30, np.random.default_rng(0))
    first = backward_passes.start(np.random.default_rng(1))
    moved = {name: p + 0.1 for name, p in first.items()}
    for p, wrong in ((first, set()), (moved, {("b", "b2")})):
        slopes = lecture.unflatten(lecture.numerical_gradient(
            lambda t, p=p: backward_passes.cost(lecture.unflatten(t, p), X, Y, lambda_=0.5),
            lecture.flatten(p)), p)  # fmt: skip
        found = {(name, parameter) for name, backward in backward_passes.suspects.items()
                 for parameter, g in backward(p, X, Y, lambda_=0.5).items()
                 if lecture.relative_difference(g, slopes[parameter]) > 1e-3}  # fmt: skip
        assert found == wrong


def wins(here, h, curve):
    return checks.goal_one_sided_wins(figures.CURVES, here=here, h=h, curve=curve)


def test_one_sided_wins_beside_the_kink_only():
    assert not wins(0.6, 0.5, "smooth").passed
    assert not wins(1.0, 0.5, "parabola").passed
    assert wins(0.1, 0.5, "kink at 0").passed
    assert not wins(0.6, 0.5, "kink at 0").passed  # far from the kink both are exact
    assert not wins(-0.1, 0.5, "kink at 0").passed  # on the other side both are off
    assert not wins(0.5, 0.6, "kink at 0").passed  # the kink is visited, but off by less than 0.1
    assert wins(0.4, 0.6, "kink at 0").passed


def digits(h, precision="float64", subject="sine"):
    return checks.goal_ten_digits(h=h, precision=precision, subject=subject)


def test_ten_digits_need_the_right_h():
    assert digits(0.01, subject="cost of a network").mistake == "other-subject"
    assert digits(0.01).mistake == "too-far"
    assert digits(1e-5).passed
    assert digits(2e-5).passed
    assert not digits(5e-5).passed  # h² is too large
    assert not digits(1e-9).passed  # rounding
    assert not digits(0.01, "float32").passed
    assert not any(digits(h, "float32").passed for h in np.geomspace(1e-8, 1, 200))
