"""Answers to the exercises of notebook 03."""

import numpy as np

from tests.checks.bank import right, wrong


@right("gradient_checking.numerical_gradient")
def slope_moved_and_put_back(f, theta, h):
    theta, gradient = theta.astype(float), np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        old = theta[i]
        theta[i] = old + h
        above = f(theta)
        theta[i] = old - h
        below = f(theta)
        theta[i] = old
        gradient[i] = (above - below) / (2 * h)
    return gradient


@right("gradient_checking.numerical_gradient")
def slope_with_unit_vectors(f, theta, h):
    directions = np.eye(theta.size).reshape(-1, *theta.shape)
    slopes = [(f(theta + h * d) - f(theta - h * d)) / (2 * h) for d in directions]
    return np.array(slopes).reshape(theta.shape)


@right("gradient_checking.numerical_gradient")
def slope_flattened(f, theta, h):
    flat = np.ravel(theta).astype(float)
    gradient = np.empty(flat.size)
    for i in range(flat.size):
        plus, minus = flat.copy(), flat.copy()
        plus[i], minus[i] = flat[i] + h, flat[i] - h
        gradient[i] = (f(plus.reshape(theta.shape)) - f(minus.reshape(theta.shape))) / 2 / h
    return gradient.reshape(theta.shape)


@right("gradient_checking.numerical_gradient")
def slope_with_nditer(f, theta, h):
    gradient = np.zeros(theta.shape)
    it = np.nditer(theta, flags=["multi_index"])
    for _ in it:
        e = np.zeros(theta.shape)
        e[it.multi_index] = h
        gradient[it.multi_index] = (f(theta + e) - f(theta - e)) / (h + h)
    return gradient


@right("gradient_checking.numerical_gradient")
def slope_with_enumerate(f, theta, h):
    gradient = np.zeros_like(theta, dtype=float)
    for i, value in np.ndenumerate(theta):
        plus, minus = np.array(theta, float), np.array(theta, float)
        plus[i] = value + h
        minus[i] = value - h
        gradient[i] = f(plus) - f(minus)
    return gradient / (2 * h)


@right("gradient_checking.numerical_gradient")
def slope_mean_of_both_sides(f, theta, h):
    gradient, here = np.zeros(theta.shape), f(theta)
    for i in np.ndindex(theta.shape):
        e = np.zeros(theta.shape)
        e[i] = h
        gradient[i] = ((f(theta + e) - here) / h + (here - f(theta - e)) / h) / 2
    return gradient


@right("gradient_checking.numerical_gradient")
def slope_steps_taken_back(f, theta, h):
    theta, gradient = theta.astype(float), np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        theta[i] += h
        above = f(theta)
        theta[i] -= 2 * h
        gradient[i] = (above - f(theta)) / 2 / h
        theta[i] += h
    return gradient


@right("gradient_checking.numerical_gradient")
def slope_as_a_list(f, theta, h, verbose=False):
    return slope_with_unit_vectors(f, theta, h).tolist()


def _slopes(f, theta, h, formula):
    """One formula of f and the step e, for each number."""
    theta, gradient = theta.astype(float), np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        e = np.zeros(theta.shape)
        e[i] = h
        gradient[i] = formula(f, theta, e, h)
    return gradient


@wrong("gradient_checking.numerical_gradient", "one-sided, forward", named="one-sided")
def slope_forward(f, theta, h):
    return _slopes(f, theta, h, lambda f, t, e, h: (f(t + e) - f(t)) / h)


@wrong("gradient_checking.numerical_gradient", "one-sided, backward", named="one-sided-backward")
def slope_backward(f, theta, h):
    return _slopes(f, theta, h, lambda f, t, e, h: (f(t) - f(t - e)) / h)


@wrong("gradient_checking.numerical_gradient", "one-sided, over 2h", named="one-side-over-both")
def slope_forward_over_two(f, theta, h):
    return _slopes(f, theta, h, lambda f, t, e, h: (f(t + e) - f(t)) / (2 * h))


@wrong("gradient_checking.numerical_gradient", "divided by h, not 2h", named="divided-by-h")
def slope_over_h(f, theta, h):
    return _slopes(f, theta, h, lambda f, t, e, h: (f(t + e) - f(t - e)) / h)


@wrong("gradient_checking.numerical_gradient", "precedence: / 2 * h", named="times-h")
def slope_precedence(f, theta, h):
    return _slopes(f, theta, h, lambda f, t, e, h: (f(t + e) - f(t - e)) / 2 * h)


@wrong(
    "gradient_checking.numerical_gradient",
    "precedence: no brackets round the difference",
    named="brackets-missing",
)
def slope_no_brackets(f, theta, h):
    return _slopes(f, theta, h, lambda f, t, e, h: f(t + e) - f(t - e) / (2 * h))


@wrong(
    "gradient_checking.numerical_gradient",
    "precedence: no brackets at all",
    named="brackets-missing",
)
def slope_no_brackets_at_all(f, theta, h):
    return _slopes(f, theta, h, lambda f, t, e, h: f(t + e) - f(t - e) / 2 * h)


@wrong("gradient_checking.numerical_gradient", "plus and minus exchanged", named="wrong-sign")
def slope_negative(f, theta, h):
    return _slopes(f, theta, h, lambda f, t, e, h: (f(t - e) - f(t + e)) / (2 * h))


@wrong("gradient_checking.numerical_gradient", "a sum of both values", named="sum")
def slope_of_the_sum(f, theta, h):
    return _slopes(f, theta, h, lambda f, t, e, h: (f(t + e) + f(t - e)) / (2 * h))


@wrong("gradient_checking.numerical_gradient", "not divided", named="not-divided")
def slope_not_divided(f, theta, h):
    return _slopes(f, theta, h, lambda f, t, e, h: f(t + e) - f(t - e))


@wrong(
    "gradient_checking.numerical_gradient", "2h to both sides, divided by 2h", named="steps-doubled"
)
def slope_too_wide(f, theta, h):
    return _slopes(f, theta, h, lambda f, t, e, h: (f(t + 2 * e) - f(t - 2 * e)) / (2 * h))


@wrong(
    "gradient_checking.numerical_gradient",
    "half steps: not the slope with this h",
    named="half-the-step",
)
def slope_half_steps(f, theta, h):
    return _slopes(f, theta, h, lambda f, t, e, h: (f(t + e / 2) - f(t - e / 2)) / h)


@wrong("gradient_checking.numerical_gradient", "the second derivative", named="second-derivative")
def slope_second_derivative(f, theta, h):
    return _slopes(f, theta, h, lambda f, t, e, h: (f(t + e) - 2 * f(t) + f(t - e)) / h**2)


@wrong("gradient_checking.numerical_gradient", "absolute values", named="absolute")
def slope_absolute(f, theta, h):
    return _slopes(f, theta, h, lambda f, t, e, h: abs(f(t + e) - f(t - e)) / (2 * h))


@wrong(
    "gradient_checking.numerical_gradient",
    "from the origin, not from theta",
    named="from-the-origin",
)
def slope_at_zero(f, theta, h):
    return _slopes(f, theta, h, lambda f, t, e, h: (f(e) - f(-e)) / (2 * h))


@wrong(
    "gradient_checking.numerical_gradient",
    "h = 1e-7 by heart, as in the assignment",
    named="another-h",
)
def slope_fixed_h(f, theta, h):
    return _slopes(f, theta, 1e-7, lambda f, t, e, h: (f(t + e) - f(t - e)) / (2 * h))


@wrong("gradient_checking.numerical_gradient", "relative steps", named="relative-steps")
def slope_relative_steps(f, theta, h):
    return _slopes(f, theta, h, lambda f, t, e, h: (f(t * (1 + e)) - f(t * (1 - e))) / (2 * h))


@wrong("gradient_checking.numerical_gradient", "all numbers moved at once", named="all-at-once")
def slope_all_at_once(f, theta, h):
    return np.full(theta.shape, (f(theta + h) - f(theta - h)) / (2 * h))


@wrong(
    "gradient_checking.numerical_gradient", "all at once, one number returned", named="all-at-once"
)
def slope_one_number(f, theta, h):
    return (f(theta + h) - f(theta - h)) / (2 * h)


@wrong(
    "gradient_checking.numerical_gradient", "no copy: plus and minus are theta", named="all-zero"
)
def slope_without_copy(f, theta, h):
    gradient = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        plus = theta
        plus[i] += h
        minus = theta
        minus[i] -= h
        gradient[i] = (f(plus) - f(minus)) / (2 * h)
    return gradient


@wrong("gradient_checking.numerical_gradient", "moved and not put back", named="not-restored")
def slope_not_put_back(f, theta, h):
    theta, gradient = theta.astype(float), np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        theta[i] += h
        above = f(theta)
        theta[i] -= 2 * h
        gradient[i] = (above - f(theta)) / (2 * h)
    return gradient


@wrong(
    "gradient_checking.numerical_gradient",
    "copied once, before the loop: steps pile up",
    named="not-restored",
)
def slope_copied_once(f, theta, h):
    gradient, plus, minus = np.zeros(theta.shape), theta.copy(), theta.copy()
    for i in np.ndindex(theta.shape):
        plus[i] += h
        minus[i] -= h
        gradient[i] = (f(plus) - f(minus)) / (2 * h)
    return gradient


@wrong(
    "gradient_checking.numerical_gradient",
    "in place: whole numbers swallow the step",
    named="integer-theta",
)
def slope_in_place_and_restored(f, theta, h):
    gradient = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        old = theta[i]
        theta[i] = old + h
        above = f(theta)
        theta[i] = old - h
        below = f(theta)
        theta[i] = old
        gradient[i] = (above - below) / (2 * h)
    return gradient


@wrong("gradient_checking.numerical_gradient", "theta is left moved", named="not-restored")
def slope_changes_theta(f, theta, h):
    gradient = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        theta[i] += h
        above = f(theta)
        theta[i] -= 2 * h
        gradient[i] = (above - f(theta)) / (2 * h)
        theta[i] += 2 * h
    return gradient


@wrong(
    "gradient_checking.numerical_gradient",
    "vectors only: len(theta) rows are moved",
    named="rows-at-once",
)
def slope_of_rows(f, theta, h):
    gradient = np.zeros(theta.shape)
    for i in range(len(theta)):
        plus, minus = theta.astype(float), theta.astype(float)
        plus[i] += h
        minus[i] -= h
        gradient[i] = (f(plus) - f(minus)) / (2 * h)
    return gradient


@wrong("gradient_checking.numerical_gradient", "a flat gradient for a matrix", named="flattened")
def slope_flat_result(f, theta, h):
    return _slopes(f, theta, h, lambda f, t, e, h: (f(t + e) - f(t - e)) / (2 * h)).ravel()


@wrong("gradient_checking.numerical_gradient", "a column, as in the assignment", named="flattened")
def slope_column(f, theta, h):
    return slope_with_unit_vectors(f, theta, h).reshape(-1, 1)


@wrong(
    "gradient_checking.numerical_gradient",
    "f gets a flat vector for a matrix",
    named="f-sees-a-flat-theta",
)
def slope_flat_for_f(f, theta, h):
    flat, gradient = theta.ravel(), np.zeros(theta.size)
    for i, e in enumerate(np.eye(theta.size) * h):
        gradient[i] = (f(flat + e) - f(flat - e)) / (2 * h)
    return gradient.reshape(theta.shape)


@wrong(
    "gradient_checking.numerical_gradient",
    "transposed on the way: column order",
    named="column-by-column",
)
def slope_column_order(f, theta, h):
    return slope_with_unit_vectors(f, theta, h).ravel().reshape(theta.shape, order="F")


@wrong("gradient_checking.numerical_gradient", "right for square matrices only", named="raises")
def slope_square_matrices(f, theta, h):
    if theta.ndim == 1:
        return slope_with_unit_vectors(f, theta, h)
    gradient = np.zeros(theta.shape)
    for i in range(len(theta)):
        for j in range(len(theta)):
            e = np.zeros(theta.shape)
            e[i, j] = h
            gradient[i, j] = (f(theta + e) - f(theta - e)) / (2 * h)
    return gradient


@wrong("gradient_checking.numerical_gradient", "the first number only", named="first-only")
def slope_first_only(f, theta, h):
    theta, gradient = theta.astype(float), np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        plus, minus = theta.copy(), theta.copy()
        plus[i] += h
        minus[i] -= h
        gradient[i] = (f(plus) - f(minus)) / (2 * h)
        return gradient


@wrong("gradient_checking.numerical_gradient", "the last number left out", named="last-missing")
def slope_last_missing(f, theta, h):
    gradient = slope_with_unit_vectors(f, theta, h)
    gradient.flat[-1] = 0
    return gradient


@wrong("gradient_checking.numerical_gradient", "in float32", named="rounding")
def slope_in_float32(f, theta, h):
    small = theta.astype(np.float32)
    gradient = np.zeros(theta.shape, np.float32)
    for i in np.ndindex(theta.shape):
        e = np.zeros(theta.shape, np.float32)
        e[i] = h
        gradient[i] = (np.float32(f(small + e)) - np.float32(f(small - e))) / (2 * h)
    return gradient


@wrong("gradient_checking.numerical_gradient", "np.gradient of theta", named="f-not-called")
def slope_np_gradient(f, theta, h):
    return np.gradient(theta.ravel(), h).reshape(theta.shape)


@wrong(
    "gradient_checking.numerical_gradient",
    "2 theta: the slope of a sum of squares, by heart",
    named="f-not-called",
)
def slope_of_squares(f, theta, h):
    return 2.0 * theta


@wrong("gradient_checking.numerical_gradient", "f of single numbers", named="raises")
def slope_raises(f, theta, h):
    gradient = np.zeros(theta.shape)
    for i in range(theta.size):
        gradient[i] = (f(theta[i] + h) - f(theta[i] - h)) / (2 * h)
    return gradient


@wrong("gradient_checking.numerical_gradient", "no return", named="returns-none")
def slope_none(f, theta, h):
    gradient = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        e = np.zeros(theta.shape)
        e[i] = h
        gradient[i] = (f(theta + e) - f(theta - e)) / (2 * h)


@wrong(
    "gradient_checking.numerical_gradient",
    "minus, and over h (two mistakes)",
    named={"divided-by-h", "wrong-sign"},
)
def slope_negative_over_h(f, theta, h):
    return _slopes(f, theta, h, lambda f, t, e, h: (f(t - e) - f(t + e)) / h)


@wrong(
    "gradient_checking.numerical_gradient",
    "one-sided, and not put back (two mistakes)",
    named={"one-sided", "not-restored"},
)
def slope_forward_not_put_back(f, theta, h):
    theta, gradient = theta.astype(float), np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        below = f(theta)
        theta[i] += h
        gradient[i] = (f(theta) - below) / h
    return gradient


@wrong("gradient_checking.numerical_gradient", "divided by 2 only", named="divided-by-2")
def slope_over_two(f, theta, h):
    return _slopes(f, theta, h, lambda f, t, e, h: (f(t + e) - f(t - e)) / 2)


@wrong("gradient_checking.numerical_gradient", "2h to both sides, over 4h", named="steps-doubled")
def slope_wide(f, theta, h):
    return _slopes(f, theta, h, lambda f, t, e, h: (f(t + 2 * e) - f(t - 2 * e)) / (4 * h))


@wrong("gradient_checking.numerical_gradient", "zeros: f is never asked", named="f-not-called")
def slope_zeros(f, theta, h):
    return 0.0 * theta


@wrong("gradient_checking.numerical_gradient", "the slopes summed up", named="wrong-shape")
def slope_summed(f, theta, h):
    return slope_with_unit_vectors(f, theta, h).sum()


@wrong(
    "gradient_checking.numerical_gradient", "a new generator each time: noise", named={"remembers"}
)
def slope_noisy(f, theta, h):
    return slope_with_unit_vectors(f, theta, h) + np.random.default_rng().normal(size=theta.shape)


@wrong(
    "gradient_checking.numerical_gradient",
    "whole numbers are cut off in the result",
    named="integer-theta",
)
def slope_of_thetas_kind(f, theta, h):
    gradient = np.zeros_like(theta)
    gradient[...] = slope_with_unit_vectors(f, theta, h)
    return gradient


@wrong(
    "gradient_checking.numerical_gradient",
    "whole numbers are cut off in the step",
    named="integer-theta",
)
def slope_with_whole_steps(f, theta, h):
    gradient = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        e = np.zeros_like(theta)
        e[i] = h
        gradient[i] = (f(theta + e) - f(theta - e)) / (2 * h)
    return gradient


@wrong(
    "gradient_checking.numerical_gradient", "theta is spoilt afterwards", named="changes-its-input"
)
def slope_spoils_theta(f, theta, h):
    gradient = slope_with_unit_vectors(f, theta, h)
    theta += 1
    return gradient


def _norm(a):
    return np.sqrt(np.sum(np.square(np.asarray(a, float))))


@right("gradient_checking.relative_difference")
def difference_by_hand(a, b):
    size = _norm(a) + _norm(b)
    if size == 0:
        return 0.0
    return _norm(a - b) / size


@right("gradient_checking.relative_difference")
def difference_by_loop(a, b):
    d = sa = sb = 0.0
    for x, y in zip(np.ravel(a), np.ravel(b), strict=True):
        d += (x - y) ** 2
        sa += x**2
        sb += y**2
    size = sa**0.5 + sb**0.5
    return d**0.5 / size if size else 0


@right("gradient_checking.relative_difference")
def difference_zero_first(a, b):
    if not (np.any(a) or np.any(b)):
        return 0
    return np.linalg.norm(b - a) / (np.linalg.norm(b) + np.linalg.norm(a))


@right("gradient_checking.relative_difference")
def difference_by_dot(a, b):
    a, b = np.ravel(a), np.ravel(b)
    size = np.sqrt(a @ a) + np.sqrt(b @ b)
    return np.sqrt((a - b) @ (a - b)) / size if size > 0 else 0.0


@right("gradient_checking.relative_difference")
def difference_with_where(a, b):
    size = np.linalg.norm(a) + np.linalg.norm(b)
    return np.divide(np.linalg.norm(a - b), size, out=np.zeros(()), where=size > 0)


@right("gradient_checking.relative_difference")
def difference_never_divides_by_zero(a, b):
    return float(_norm(a - b) / max(_norm(a) + _norm(b), np.finfo(float).tiny))


@right("gradient_checking.relative_difference")
def difference_equal_first(a, b):
    if np.array_equal(a, b):
        return 0.0
    return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))


@right("gradient_checking.relative_difference")
def difference_by_frobenius(a, b):
    d, p, q = (np.hypot.reduce(np.ravel(x)) for x in (a - b, a, b))
    return d / (p + q) if p + q != 0 else 0.0


@right("gradient_checking.relative_difference")
def difference_with_a_very_small_number(a, b):
    return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b) + 1e-12)


@right("gradient_checking.relative_difference")
def difference_in_float32(a, b, axis=None):
    return difference_by_dot(a.astype(np.float32), b.astype(np.float32))


@wrong("gradient_checking.relative_difference", "not divided", named="absolute-difference")
def difference_absolute(a, b):
    return np.linalg.norm(a - b)


@wrong(
    "gradient_checking.relative_difference", "divided by the norm of a alone", named="divided-by-a"
)
def difference_over_a(a, b):
    return np.linalg.norm(a - b) / np.linalg.norm(a) if np.any(a) else 0.0


@wrong(
    "gradient_checking.relative_difference", "divided by the norm of b alone", named="divided-by-b"
)
def difference_over_b(a, b):
    return np.linalg.norm(a - b) / np.linalg.norm(b) if np.any(b) else 0.0


@wrong(
    "gradient_checking.relative_difference",
    "divided by the larger norm",
    named="divided-by-the-larger",
)
def difference_over_larger(a, b):
    size = max(np.linalg.norm(a), np.linalg.norm(b))
    return np.linalg.norm(a - b) / size if size else 0.0


@wrong(
    "gradient_checking.relative_difference",
    "divided by the norm of the sum",
    named="norm-of-the-sum",
)
def difference_norm_of_sum(a, b):
    size = np.linalg.norm(a + b)
    return np.linalg.norm(a - b) / size if size else 0.0


@wrong(
    "gradient_checking.relative_difference",
    "divided by the mean norm: twice as large",
    named="mean-of-norms",
)
def difference_mean_norm(a, b):
    size = (np.linalg.norm(a) + np.linalg.norm(b)) / 2
    return np.linalg.norm(a - b) / size if size else 0.0


@wrong("gradient_checking.relative_difference", "divided by the product", named="product")
def difference_product(a, b):
    size = np.linalg.norm(a) * np.linalg.norm(b)
    return np.linalg.norm(a - b) / size if size else 0.0


@wrong("gradient_checking.relative_difference", "no root", named="squared")
def difference_squares(a, b):
    size = np.sum(a**2) + np.sum(b**2)
    return np.sum((a - b) ** 2) / size if size else 0.0


@wrong("gradient_checking.relative_difference", "one root over all squares", named="one-root")
def difference_one_root(a, b):
    size = np.sqrt(np.sum(a**2) + np.sum(b**2))
    return np.linalg.norm(a - b) / size if size else 0.0


@wrong("gradient_checking.relative_difference", "sums of absolute values", named="sums-of-sizes")
def difference_one_norm(a, b):
    size = np.abs(a).sum() + np.abs(b).sum()
    return np.abs(a - b).sum() / size if size else 0.0


@wrong("gradient_checking.relative_difference", "largest entries", named="largest-entry")
def difference_max_norm(a, b):
    size = np.abs(a).max() + np.abs(b).max()
    return np.abs(a - b).max() / size if size else 0.0


@wrong(
    "gradient_checking.relative_difference",
    "the largest relative error of an entry, as in CS231n",
    named="entry-by-entry",
)
def difference_cs231n(a, b):
    return np.max(np.abs(a - b) / np.maximum(1e-8, np.abs(a) + np.abs(b)))


@wrong("gradient_checking.relative_difference", "spectral norms of matrices", named="spectral-norm")
def difference_spectral(a, b):
    order = 2 if np.ndim(a) == 2 else None
    size = np.linalg.norm(a, order) + np.linalg.norm(b, order)
    return np.linalg.norm(a - b, order) / size if size else 0.0


@wrong(
    "gradient_checking.relative_difference", "norms of rows, not of the whole", named="row-by-row"
)
def difference_by_rows(a, b):
    d, p, q = (np.linalg.norm(x, axis=-1) for x in (a - b, a, b))
    return np.mean(d / np.maximum(p + q, 1e-300))


@wrong(
    "gradient_checking.relative_difference", "difference of the norms", named="difference-of-norms"
)
def difference_of_norms(a, b):
    p, q = np.linalg.norm(a), np.linalg.norm(b)
    return abs(p - q) / (p + q) if p + q else 0.0


@wrong(
    "gradient_checking.relative_difference",
    "the sum of the differences, with signs",
    named="signs-above",
)
def difference_signed(a, b):
    size = np.linalg.norm(a) + np.linalg.norm(b)
    return np.sum(a - b) / size if size else 0.0


@wrong("gradient_checking.relative_difference", "zeros: 0 / 0", named="two-zeros")
def difference_zero_over_zero(a, b):
    with np.errstate(invalid="ignore"):
        return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))


@wrong(
    "gradient_checking.relative_difference", "zeros are called unequal: 1", named="zeros-unequal"
)
def difference_one_for_zeros(a, b):
    size = np.linalg.norm(a) + np.linalg.norm(b)
    return np.linalg.norm(a - b) / size if size > 0 else 1.0


@wrong(
    "gradient_checking.relative_difference",
    "0 if only one of them is zero",
    named="one-zero-is-enough",
)
def difference_zero_if_one_is(a, b):
    p, q = np.linalg.norm(a), np.linalg.norm(b)
    return np.linalg.norm(a - b) / (p + q) if p > 0 and q > 0 else 0.0


@wrong(
    "gradient_checking.relative_difference",
    "1e-8 in the denominator: small gradients shrink",
    named="added-below",
)
def difference_epsilon(a, b):
    return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b) + 1e-8)


@wrong(
    "gradient_checking.relative_difference", "at least 1 in the denominator", named="at-least-one"
)
def difference_at_least_one(a, b):
    return np.linalg.norm(a - b) / max(np.linalg.norm(a) + np.linalg.norm(b), 1.0)


@wrong(
    "gradient_checking.relative_difference",
    "small gradients taken for zeros",
    named="small-is-zero",
)
def difference_small_is_zero(a, b):
    size = np.linalg.norm(a) + np.linalg.norm(b)
    return np.linalg.norm(a - b) / size if size > 1e-3 else 0.0


@wrong(
    "gradient_checking.relative_difference",
    "precedence: no brackets round the sum",
    named="brackets-missing",
)
def difference_precedence(a, b):
    return np.linalg.norm(a - b) / np.linalg.norm(a) + np.linalg.norm(b) if np.any(a) else 0.0


@wrong("gradient_checking.relative_difference", "a + b over the norms", named="plus-above")
def difference_plus(a, b):
    size = np.linalg.norm(a) + np.linalg.norm(b)
    return np.linalg.norm(a + b) / size if size else 0.0


@wrong("gradient_checking.relative_difference", "a single True or False", named="true-or-false")
def difference_verdict(a, b):
    return np.allclose(a, b)


@wrong("gradient_checking.relative_difference", "entry by entry", named="each-entry")
def difference_of_entries(a, b):
    return np.abs(a - b) / (np.linalg.norm(a) + np.linalg.norm(b) or 1)


@wrong("gradient_checking.relative_difference", "1 minus the cosine", named="cosine")
def difference_cosine(a, b):
    size = np.linalg.norm(a) * np.linalg.norm(b)
    return 1 - np.vdot(a, b) / size if size else 0.0


@wrong("gradient_checking.relative_difference", "changes a", named="changes-its-input")
def difference_changes_a(a, b):
    size = np.linalg.norm(a) + np.linalg.norm(b)
    a -= b
    return np.linalg.norm(a) / size if size else 0.0


@wrong("gradient_checking.relative_difference", "prints only", named="returns-none")
def difference_printed(a, b):
    print(np.linalg.norm(a - b))


@wrong("gradient_checking.relative_difference", "vectors only", named="raises")
def difference_vectors_only(a, b):
    size = sum(x**2 for x in a) ** 0.5 + sum(x**2 for x in b) ** 0.5
    return sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) ** 0.5 / size if size else 0.0


@wrong("gradient_checking.relative_difference", "norm of a pair", named="raises")
def difference_raises(a, b):
    return np.linalg.norm(a, b) / (np.linalg.norm(a) + np.linalg.norm(b))


@wrong(
    "gradient_checking.relative_difference",
    "over a alone, zeros fail (two mistakes)",
    named="divided-by-a",
)
def difference_over_a_zeros(a, b):
    with np.errstate(all="ignore"):
        return np.linalg.norm(a - b) / np.linalg.norm(a)


@wrong(
    "gradient_checking.relative_difference",
    "no root, and 1e-8 below (two mistakes)",
    named={"squared", "added-below"},
)
def difference_squares_epsilon(a, b):
    return np.sum((a - b) ** 2) / (np.sum(a**2) + np.sum(b**2) + 1e-8)


@wrong(
    "gradient_checking.relative_difference",
    "the mean relative error of the entries",
    named="entry-by-entry",
)
def difference_mean_of_entries(a, b):
    return np.mean(np.abs(a - b) / np.maximum(np.abs(a) + np.abs(b), 1e-12))


@wrong("gradient_checking.relative_difference", "upside down", named="upside-down")
def difference_upside_down(a, b):
    with np.errstate(all="ignore"):
        return (np.linalg.norm(a) + np.linalg.norm(b)) / np.linalg.norm(a - b)


@wrong("gradient_checking.relative_difference", "in percent", named="factor")
def difference_in_percent(a, b):
    return 100 * difference_by_hand(a, b)


@wrong("gradient_checking.relative_difference", "rounded", named="rounded")
def difference_rounded(a, b):
    return round(difference_by_hand(a, b), 2)


@wrong("gradient_checking.relative_difference", "the square above only", named="root-missing-above")
def difference_square_above(a, b):
    size = np.linalg.norm(a) + np.linalg.norm(b)
    return np.sum((a - b) ** 2) / size if size else 0.0


@wrong("gradient_checking.relative_difference", "zeros raise", named="two-zeros")
def difference_of_plain_numbers(a, b):
    return float(np.linalg.norm(a - b)) / float(np.linalg.norm(a) + np.linalg.norm(b))


def _culprit(decorate, *answers):
    """Register one answer for each tuple of arguments."""
    for answer in answers:

        def given(answer=answer):
            return answer

        given.__name__ = "culprit_" + "_".join(map(str, answer))
        decorate(given)


_culprit(right("gradient_checking.culprit", call=True), ("b", "b2"))
_culprit(
    wrong("gradient_checking.culprit", "a right pass", "accused-a-right-pass", call=True),
    ("a", "W1"),
    ("a", "b2"),
    ("c", "b1"),
    ("c", "b2"),
    ("d", "W3"),
    ("d", "b3"),
)
_culprit(
    wrong("gradient_checking.culprit", "the wrong parameter", "wrong-parameter", call=True),
    ("b", "b1"),
    ("b", "b3"),
    ("b", "W1"),
    ("b", "W2"),
    ("b", "W3"),
)
_culprit(
    wrong(
        "gradient_checking.culprit",
        "no such pass or parameter",
        {"no-such-pass", "no-such-parameter"},
        call=True,
    ),
    ("e", "b2"),
    ("b", "b4"),
    ("b", "c2"),
    ("b2", "b"),
    ("b", 2),
    (1, "b2"),
    ("none", "none"),
    ("", ""),
    ("b", "b2 and W2"),
)


@wrong(
    "gradient_checking.relative_difference",
    "the geometric mean of the norms",
    named="geometric-mean",
)
def difference_geometric(a, b):
    size = np.sqrt(np.linalg.norm(a) * np.linalg.norm(b))
    return np.linalg.norm(a - b) / size if size else 0.0


@wrong("gradient_checking.relative_difference", "the sum below squared", named="sum-squared-below")
def difference_sum_squared(a, b):
    size = (np.linalg.norm(a) + np.linalg.norm(b)) ** 2
    return np.linalg.norm(a - b) / size if size else 0.0


@wrong("gradient_checking.relative_difference", "the fraction squared", named="fraction-squared")
def difference_fraction_squared(a, b):
    return difference_by_hand(a, b) ** 2


@wrong(
    "gradient_checking.numerical_gradient",
    "four points: exact beyond what is asked for",
    named="another-h",
)
def slope_four_points(f, theta, h):
    return _slopes(
        f,
        theta,
        h,
        lambda f, t, e, h: (8 * f(t + e) - 8 * f(t - e) - f(t + 2 * e) + f(t - 2 * e)) / (12 * h),
    )


@wrong("gradient_checking.numerical_gradient", "one-sided", named="one-sided")
def one_sided(f, theta, h):
    theta = theta.astype(float)
    gradient = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        p, q = theta.copy(), theta.copy()
        p[i] += h
        q[i] -= h
        gradient[i] = (f(p) - f(theta)) / h
    return gradient


@wrong("gradient_checking.numerical_gradient", "backward", named="one-sided-backward")
def backward(f, theta, h):
    theta = theta.astype(float)
    gradient = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        p, q = theta.copy(), theta.copy()
        p[i] += h
        q[i] -= h
        gradient[i] = (f(theta) - f(q)) / h
    return gradient


@wrong("gradient_checking.numerical_gradient", "over h", named="divided-by-h")
def over_h(f, theta, h):
    theta = theta.astype(float)
    gradient = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        p, q = theta.copy(), theta.copy()
        p[i] += h
        q[i] -= h
        gradient[i] = (f(p) - f(q)) / h
    return gradient


@wrong("gradient_checking.numerical_gradient", "precedence", named="times-h")
def precedence(f, theta, h):
    theta = theta.astype(float)
    gradient = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        p, q = theta.copy(), theta.copy()
        p[i] += h
        q[i] -= h
        gradient[i] = (f(p) - f(q)) / 2 * h
    return gradient


@wrong("gradient_checking.numerical_gradient", "exchanged")
def exchanged(f, theta, h):
    theta = theta.astype(float)
    gradient = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        p, q = theta.copy(), theta.copy()
        p[i] += h
        q[i] -= h
        gradient[i] = (f(q) - f(p)) / (2 * h)
    return gradient


@wrong("gradient_checking.numerical_gradient", "own h", named="another-h")
def own_h(f, theta, h):
    theta, h = theta.astype(float), 1e-3
    gradient = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        p, q = theta.copy(), theta.copy()
        p[i] += h
        q[i] -= h
        gradient[i] = (f(p) - f(q)) / (2 * h)
    return gradient


@wrong("gradient_checking.numerical_gradient", "sum, not difference", named="sum")
def added(f, theta, h):
    theta = theta.astype(float)
    gradient = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        p, q = theta.copy(), theta.copy()
        p[i] += h
        q[i] -= h
        gradient[i] = (f(p) + f(q)) / (2 * h)
    return gradient


@wrong("gradient_checking.numerical_gradient", "returns a flat vector", named="flattened")
def flat(f, theta, h):
    theta = theta.astype(float)
    gradient = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        p, q = theta.copy(), theta.copy()
        p[i] += h
        q[i] -= h
        gradient[i] = (f(p) - f(q)) / (2 * h)
    return gradient.ravel()


@right("gradient_checking.numerical_gradient")
def with_a_unit(f, theta, h):
    g = np.empty(theta.size)
    for i, e in enumerate(np.eye(theta.size)):
        e = h * e.reshape(theta.shape)
        g[i] = (f(theta + e) - f(theta - e)) / 2 / h
    return g.reshape(theta.shape)


@wrong("gradient_checking.relative_difference", "squares", named="squared")
def squared(a, b):
    n = np.linalg.norm
    return n(a - b) ** 2 / (n(a) ** 2 + n(b) ** 2) if a.any() or b.any() else 0.0


@wrong("gradient_checking.relative_difference", "NaN at zeros", named="two-zeros")
def nan_at_zeros(a, b):
    return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))


@wrong("gradient_checking.relative_difference", "zero if one is zero", named="one-zero-is-enough")
def zero_if_one_is(a, b):
    n = np.linalg.norm
    return n(a - b) / (n(a) + n(b)) if a.any() and b.any() else 0.0


@wrong("gradient_checking.relative_difference", "precedence", named="brackets-missing")
def divides_once(a, b):
    n = np.linalg.norm
    return n(a - b) / n(a) + n(b) if a.any() else 0.0


@right("gradient_checking.relative_difference")
def by_roots(a, b):
    size = np.sqrt((a**2).sum()) + np.sqrt((b**2).sum())
    return np.sqrt(((a - b) ** 2).sum()) / size if size else 0


@wrong("gradient_checking.numerical_gradient", "copies made before the loop", named="not-restored")
def slope_copies_before_the_loop(f, theta, h):
    gradient, plus, minus = np.zeros(theta.shape), theta.astype(float), theta.astype(float)
    for i in np.ndindex(theta.shape):
        plus[i] += h
        minus[i] -= h
        gradient[i] = (f(plus) - f(minus)) / (2 * h)
    return gradient


@wrong(
    "gradient_checking.numerical_gradient", "h in the place of the number", named="step-for-number"
)
def slope_step_for_the_number(f, theta, h):
    gradient = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        plus, minus = theta.copy(), theta.copy()
        plus[i] = h
        minus[i] = -h
        gradient[i] = (f(plus) - f(minus)) / (2 * h)
    return gradient


@wrong("gradient_checking.numerical_gradient", "=+ for +=", named="step-for-number")
def slope_plus_after_equals(f, theta, h):
    gradient = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        plus, minus = theta.copy(), theta.copy()
        plus[i] = +h
        minus[i] -= h
        gradient[i] = (f(plus) - f(minus)) / (2 * h)
    return gradient


@wrong("gradient_checking.numerical_gradient", "one up, all down", named="one-and-all")
def slope_one_up_all_down(f, theta, h):
    gradient = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        plus = theta.copy()
        plus[i] += h
        gradient[i] = (f(plus) - f(theta - h)) / (2 * h)
    return gradient


@wrong("gradient_checking.numerical_gradient", "all up, one down", named="one-and-all")
def slope_all_up_one_down(f, theta, h):
    gradient = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        minus = theta.copy()
        minus[i] -= h
        gradient[i] = (f(theta + h) - f(minus)) / (2 * h)
    return gradient


@wrong("gradient_checking.numerical_gradient", "both steps go up", named="all-zero")
def slope_both_up(f, theta, h):
    gradient = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        plus, minus = theta.copy(), theta.copy()
        plus[i] += h
        minus[i] += h
        gradient[i] = (f(plus) - f(minus)) / (2 * h)
    return gradient


@right("gradient_checking.numerical_gradient")
def slope_by_einsum(f, theta, h):
    units = np.eye(theta.size).reshape(-1, *theta.shape)
    slopes = [(f(theta + h * u) - f(theta - h * u)) / (2 * h) for u in units]
    return np.einsum("k,k...->...", slopes, units)


@wrong("gradient_checking.relative_difference", "a counts twice", named="one-twice-below")
def difference_a_twice(a, b):
    below = np.linalg.norm(a) + np.linalg.norm(a)
    return np.linalg.norm(a - b) / below if below else 0.0


@wrong("gradient_checking.relative_difference", "b counts twice", named="one-twice-below")
def difference_b_twice(a, b):
    below = np.linalg.norm(b) + np.linalg.norm(b)
    return np.linalg.norm(a - b) / below if below else 0.0


@wrong("gradient_checking.relative_difference", "the square of the sum", named="signs-in-the-norm")
def difference_square_of_the_sum(a, b):
    def norm(x):
        return np.sqrt(np.sum(x) ** 2)

    below = norm(a) + norm(b)
    return norm(a - b) / below if below else 0.0


@wrong(
    "gradient_checking.relative_difference",
    "norms compared, with their sign",
    named="difference-of-norms",
)
def difference_of_norms_with_sign(a, b):
    below = np.linalg.norm(a) + np.linalg.norm(b)
    return (np.linalg.norm(a) - np.linalg.norm(b)) / below if below else 0.0


@wrong("gradient_checking.relative_difference", "how alike they are", named="one-minus")
def difference_how_alike(a, b):
    below = np.linalg.norm(a) + np.linalg.norm(b)
    return 1 - (np.linalg.norm(a - b) / below if below else 0.0)


@wrong(
    "gradient_checking.relative_difference", "absolute values below", named="sums-of-sizes-below"
)
def difference_sizes_below(a, b):
    below = np.abs(a).sum() + np.abs(b).sum()
    return np.linalg.norm(a - b) / below if below else 0.0


@right("gradient_checking.relative_difference")
def difference_norm_of_the_fraction(a, b):
    below = np.linalg.norm(a) + np.linalg.norm(b)
    return np.linalg.norm((a - b) / below) if below else 0.0


@wrong("gradient_checking.numerical_gradient", "2h to one side", named="two-steps-to-one-side")
def slope_two_steps_forward(f, theta, h):
    gradient = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        plus = theta.copy()
        plus[i] += 2 * h
        gradient[i] = (f(plus) - f(theta)) / (2 * h)
    return gradient


@wrong("gradient_checking.numerical_gradient", "columns into rows", named="column-by-column")
def slope_columns_into_rows(f, theta, h):
    flat = theta.flatten(order="F")
    gradient = np.zeros(flat.size)
    for k in range(flat.size):
        step = np.zeros(flat.size)
        step[k] = h
        high, low = ((flat + s).reshape(theta.shape, order="F") for s in (step, -step))
        gradient[k] = (f(high) - f(low)) / (2 * h)
    return gradient.reshape(theta.shape)


@wrong("gradient_checking.relative_difference", "mean square", named="mean-difference")
def difference_mean_square(a, b):
    return np.mean((a - b) ** 2)


@wrong("gradient_checking.relative_difference", "mean absolute value", named="mean-difference")
def difference_mean_absolute(a, b):
    return np.mean(np.abs(a - b))


@wrong(
    "gradient_checking.numerical_gradient",
    "to one side, not divided (two mistakes)",
    named={"one-side-over-both", "not-divided"},
)
def slope_one_side_not_divided(f, theta, h):
    gradient = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        plus = theta.copy()
        plus[i] += h
        gradient[i] = f(plus) - f(theta)
    return gradient


@wrong("gradient_checking.relative_difference", "0 for what is close", named="near-is-equal")
def difference_none_if_close(a, b):
    return 0.0 if np.allclose(a, b) else _norm(a - b) / (_norm(a) + _norm(b))


@wrong("gradient_checking.relative_difference", "0 for a small distance", named="near-is-equal")
def difference_none_if_short(a, b):
    distance = _norm(a - b)
    if distance < 1e-7:
        return 0.0
    return distance / (_norm(a) + _norm(b))


@wrong("gradient_checking.relative_difference", "0 below a threshold", named="near-is-equal")
def difference_none_below_a_threshold(a, b):
    if not (np.any(a) or np.any(b)):
        return 0.0
    difference = _norm(a - b) / (_norm(a) + _norm(b))
    return difference if difference > 1e-3 else 0.0


@wrong("gradient_checking.numerical_gradient", "f of one number", named="one-number-for-theta")
def slope_of_one_number(f, theta, h):
    grad = np.zeros_like(theta, dtype=float)
    for i in np.ndindex(theta.shape):
        up, down = f(theta[i] + h), f(theta[i] - h)
        grad[i] = (up - down) / (2 * h)
    return grad
