"""The bank of answers to the batch norm exercises."""

import numpy as np
import pytest

from course_utils import batch_norm
from course_utils.checks import batch_norm as checks


def two_pass(z, gamma, beta, epsilon):
    mu = np.mean(z, axis=1, keepdims=True)
    sigma2 = np.mean((z - mu) ** 2, axis=1, keepdims=True)
    return gamma * (z - mu) / np.sqrt(sigma2 + epsilon) + beta


def two_loops(z, gamma, beta, epsilon):
    z_tilde = np.empty_like(z)
    units, m = z.shape
    for i in range(units):
        mu = sum(z[i]) / m
        sigma2 = sum((value - mu) ** 2 for value in z[i]) / m
        for k in range(m):
            z_tilde[i, k] = gamma[i, 0] * (z[i, k] - mu) / (sigma2 + epsilon) ** 0.5 + beta[i, 0]
    return z_tilde


def in_place_on_a_copy(z, gamma, beta, epsilon):
    z = z.copy()
    z -= z.mean(axis=1)[:, None]
    z /= np.sqrt((z * z).mean(axis=1)[:, None] + epsilon)
    z *= gamma
    z += beta
    return z


def transposed(z, gamma, beta, epsilon):
    return (gamma.T * (z.T - z.T.mean(0)) / np.sqrt(z.T.var(0) + epsilon) + beta.T).T


def with_float32(z, gamma, beta, epsilon):
    z, gamma, beta = (a.astype(np.float32) for a in (z, gamma, beta))
    return two_pass(z, gamma, beta, np.float32(epsilon))


def with_an_extra_keyword(z, gamma, beta, epsilon, axis=1):
    return two_pass(z, gamma, beta, epsilon) if axis == 1 else None


def by_the_package(z, gamma, beta, epsilon):
    return batch_norm.forward(z, gamma, beta, epsilon=epsilon)[0]


@pytest.mark.parametrize(
    "right",
    [
        two_pass, two_loops, in_place_on_a_copy, transposed, with_float32, with_an_extra_keyword,
        by_the_package,
    ],
)  # fmt: skip
def test_right_forward_passes(right):
    assert checks.forward(right).passed


def mu(z):
    return np.mean(z, axis=1, keepdims=True)


def var(z):
    return np.var(z, axis=1, keepdims=True)


def in_place(z, gamma, beta, epsilon):
    z -= mu(z)
    return gamma * z / np.sqrt(mu(z * z) + epsilon) + beta


def bare(z):
    return z.mean(1)


WRONG_FORWARD = [
    ("still-the-stub", lambda z, g, b, e: np.zeros_like(z)),
    ("still-the-stub", lambda z, g, b, e: 0 * z),
    ("statistics-over-units", lambda z, g, b, e: g * (z - z.mean(0)) / np.sqrt(z.var(0) + e) + b),
    ("statistics-over-units", lambda z, g, b, e: two_pass(z.T, g.T, b.T, e).T),
    ("mean-over-units", lambda z, g, b, e: g * (z - z.mean(0)) / np.sqrt(var(z) + e) + b),
    ("one-mean-for-all", lambda z, g, b, e: g * (z - z.mean()) / np.sqrt(z.var() + e) + b),
    ("one-mean-for-all",
     lambda z, g, b, e: g * (z - np.mean(z)) / (np.mean((z - np.mean(z)) ** 2) + e) ** 0.5 + b),
    ("missing-keepdims",
     lambda z, g, b, e: g * (z - z.mean(axis=1)) / np.sqrt(z.var(axis=1) + e) + b),
    ("missing-keepdims", lambda z, g, b, e: g * (z - bare(z)) / np.sqrt(var(z) + e) + b),
    ("missing-keepdims", lambda z, g, b, e: g * (z - mu(z)) / np.sqrt(z.var(axis=1) + e) + b),
    ("no-epsilon", lambda z, g, b, e: g * (z - mu(z)) / np.sqrt(var(z)) + b),
    ("no-epsilon", lambda z, g, b, e: g * (z - mu(z)) / z.std(axis=1, keepdims=True) + b),
    ("own-epsilon", lambda z, g, b, e: g * (z - mu(z)) / np.sqrt(var(z) + 1e-8) + b),
    ("epsilon-outside-root", lambda z, g, b, e: g * (z - mu(z)) / (np.sqrt(var(z)) + e) + b),
    ("epsilon-outside-root",
     lambda z, g, b, e: b + g * (z - mu(z)) / (e + z.std(axis=1, keepdims=True))),
    ("divides-by-variance", lambda z, g, b, e: g * (z - mu(z)) / (var(z) + e) + b),
    ("divides-by-variance", lambda z, g, b, e: g * (z - mu(z)) / var(z) + b),
    ("product-with-mean", lambda z, g, b, e: g * (z * mu(z)) / np.sqrt(var(z) + e) + b),
    ("product-with-mean", lambda z, g, b, e: g * z * mu(z) / np.sqrt(np.sqrt(var(z)) + e) + b),
    ("mean-added", lambda z, g, b, e: g * (z + mu(z)) / np.sqrt(var(z) + e) + b),
    ("mean-not-subtracted", lambda z, g, b, e: g * z / np.sqrt(var(z) + e) + b),
    ("divides-by-m-minus-1",
     lambda z, g, b, e: g * (z - mu(z)) / np.sqrt(z.var(1, ddof=1, keepdims=True) + e) + b),
    ("divides-by-m-minus-1",
     lambda z, g, b, e: g * (z - mu(z))
     / np.sqrt(((z - mu(z)) ** 2).sum(axis=1)[:, None] / (len(z[0]) - 1) + e) + b),
    ("sum-for-mean",
     lambda z, g, b, e: g * (z - mu(z))
     / np.sqrt(((z - mu(z)) ** 2).sum(axis=1, keepdims=True) + e) + b),
    ("variance-not-centred",
     lambda z, g, b, e: g * (z - mu(z)) / np.sqrt((z * z).mean(1, keepdims=True) + e) + b),
    ("std-for-variance",
     lambda z, g, b, e: g * (z - mu(z)) / np.sqrt(z.std(axis=1, keepdims=True) + e) + b),
    ("times-the-root", lambda z, g, b, e: g * (z - mu(z)) * np.sqrt(var(z) + e) + b),
    ("gamma-beta-swapped", lambda z, g, b, e: two_pass(z, b, g, e)),
    ("gamma-beta-swapped", lambda z, g, b, e: g + b * (z - mu(z)) / (var(z) + e) ** 0.5),
    ("beta-subtracted", lambda z, g, b, e: two_pass(z, g, -b, e)),
    ("no-gamma-beta", lambda z, g, b, e: (z - mu(z)) / np.sqrt(var(z) + e)),
    ("no-gamma", lambda z, g, b, e: two_pass(z, 1, b, e)),
    ("no-beta", lambda z, g, b, e: two_pass(z, g, 0, e)),
    ("gamma-times-beta", lambda z, g, b, e: g * two_pass(z, 1, b, e)),
    ("changes-its-input", in_place),
    ("wrong-count", lambda z, g, b, e: (two_pass(z, g, b, e), mu(z))),
    ("not-an-array", lambda z, g, b, e: batch_norm.forward(z, g, b, epsilon=e)),
    ("returns-none", lambda z, g, b, e: print(end="")),
    ("raises", lambda z, g, b, e: z.no_such_thing()),
]  # fmt: skip


@pytest.mark.parametrize(("mistake", "wrong"), WRONG_FORWARD)
def test_wrong_forward_is_named(mistake, wrong):
    verdict = checks.forward(wrong)
    assert not verdict.passed
    assert verdict.mistake == mistake


def lecture_backward(d, z, gamma, epsilon):
    return batch_norm.backward(d, batch_norm.forward(z, gamma, 0 * gamma, epsilon=epsilon)[1])


def by_the_chain_rule(d, z, gamma, epsilon):
    m = z.shape[1]
    centred = z - mu(z)
    root = np.sqrt(var(z) + epsilon)
    dz_norm = d * gamma
    dvar = np.sum(dz_norm * centred * -0.5 * root**-3, axis=1, keepdims=True)
    dmu = np.sum(-dz_norm / root, axis=1, keepdims=True)
    dmu = dmu + dvar * np.mean(-2 * centred, axis=1, keepdims=True)
    dz = dz_norm / root + dvar * 2 * centred / m + dmu / m
    dgamma = np.sum(d * centred / root, axis=1, keepdims=True)
    return dz, dgamma, np.sum(d, axis=1, keepdims=True)


def by_loops(d, z, gamma, epsilon):
    dz, dgamma, dbeta = np.zeros_like(z), np.zeros_like(gamma), np.zeros_like(gamma)
    for i in range(len(z)):
        c = z[i] - z[i].mean()
        s = np.sqrt((c @ c) / len(c) + epsilon)
        dbeta[i], dgamma[i] = d[i].sum(), d[i] @ c / s
        jacobian = (np.eye(len(c)) - 1 / len(c) - np.outer(c, c) / (len(c) * s**2)) / s
        dz[i] = gamma[i] * (jacobian @ d[i])
    return dz, dgamma, dbeta


def backward_in_float32(d, z, gamma, epsilon):
    return by_the_chain_rule(*(a.astype(np.float32) for a in (d, z, gamma)), epsilon)


def backward_with_a_keyword(d, z, gamma, epsilon, check=False):
    return lecture_backward(d, z, gamma, epsilon)


@pytest.mark.parametrize(
    "right",
    [lecture_backward, by_the_chain_rule, by_loops, backward_in_float32, backward_with_a_keyword],
)
def test_right_backward_passes(right):
    assert checks.backward(right).passed


def parts(d, z, g, e):
    s = np.sqrt(var(z) + e)
    return (z - mu(z)) / s, s


def with_dz(rule):
    """Right dgamma and dbeta, with a dz from `rule(d, z_norm, s, g)`."""

    def wrong(d, z, g, e):
        return (rule(d, *parts(d, z, g, e), g), *by_the_chain_rule(d, z, g, e)[1:])

    return wrong


def with_dgamma(rule):
    def wrong(d, z, g, e):
        dz, _, dbeta = by_the_chain_rule(d, z, g, e)
        return dz, rule(d, z, parts(d, z, g, e)[0], g), dbeta

    return wrong


def with_dbeta(rule):
    return lambda d, z, g, e: (*by_the_chain_rule(d, z, g, e)[:2], rule(d, g))


def everything_over_units(d, z, g, e):
    n, s = parts(d, z, g, e)
    return g * d / s, np.sum(d * n, axis=0, keepdims=True), np.sum(d, axis=0, keepdims=True)


def backward_in_place(d, z, g, e):
    answer = by_the_chain_rule(d, z, g, e)
    d *= 2
    return answer


WRONG_BACKWARD = [
    ("still-the-stub", lambda d, z, g, e: (np.zeros_like(z), np.zeros_like(g), np.zeros_like(g))),
    ("results-swapped", lambda *a: (by_loops(*a)[0], by_loops(*a)[2], by_loops(*a)[1])),
    ("sums-over-units", with_dbeta(lambda d, g: d.sum(0)[None, :])),
    ("statistics-constant+sums-over-units", everything_over_units),
    ("one-sum-for-all", with_dbeta(lambda d, g: np.sum(d))),
    ("missing-keepdims", with_dbeta(lambda d, g: d.sum(axis=1))),
    ("mean-for-sum", with_dbeta(lambda d, g: d.mean(axis=1, keepdims=True))),
    ("mean-for-sum", lambda d, z, g, e: (d, g, mu(d))),
    ("gamma-in-dbeta", with_dbeta(lambda d, g: g * d.sum(axis=1, keepdims=True))),
    ("sign", with_dbeta(lambda d, g: -d.sum(axis=1, keepdims=True))),
    ("not-summed", with_dbeta(lambda d, g: d)),
    ("sums-over-units", with_dgamma(lambda d, z, n, g: (d * n).sum(0, keepdims=True))),
    ("one-sum-for-all", with_dgamma(lambda d, z, n, g: (d * n).sum())),
    ("missing-keepdims", with_dgamma(lambda d, z, n, g: np.einsum("ij,ij->i", d, n))),
    ("mean-for-sum", with_dgamma(lambda d, z, n, g: mu(d * n))),
    ("z-for-z-norm", with_dgamma(lambda d, z, n, g: (d * z).sum(1, keepdims=True))),
    ("z-for-z-norm", with_dgamma(lambda d, z, n, g: (d * (z - mu(z))).sum(1, keepdims=True))),
    ("gamma-in-dgamma", with_dgamma(lambda d, z, n, g: (d * g * n).sum(1, keepdims=True))),
    ("z-norm-forgotten", with_dgamma(lambda d, z, n, g: d.sum(1, keepdims=True))),
    ("sign", with_dgamma(lambda d, z, n, g: (-d * n).sum(1, keepdims=True))),
    ("not-summed", with_dgamma(lambda d, z, n, g: d * n)),
    ("statistics-constant", with_dz(lambda d, n, s, g: g * d / s)),
    ("statistics-constant", with_dz(lambda d, n, s, g: d * (g / s))),
    ("no-gamma", with_dz(lambda d, n, s, g: (d - mu(d) - n * mu(d * n)) / s)),
    ("only-mean-differentiated", with_dz(lambda d, n, s, g: g * (d - mu(d)) / s)),
    ("only-mean-differentiated", with_dz(lambda d, n, s, g: g * d / s - mu(g * d / s))),
    ("only-variance-differentiated", with_dz(lambda d, n, s, g: g * (d - n * mu(d * n)) / s)),
    ("missing-1-over-m",
     with_dz(lambda d, n, s, g: g / s * (d - np.sum(d, 1, keepdims=True)
                                         - n * np.sum(d * n, 1, keepdims=True)))),
    ("missing-1-over-m",
     with_dz(lambda d, n, s, g: g / s * d.shape[1] * (d - mu(d) - n * mu(d * n)))),
    ("sign", with_dz(lambda d, n, s, g: g / s * (d - mu(d) + n * mu(d * n)))),
    ("sign", with_dz(lambda d, n, s, g: g / s * (d + mu(d) + n * mu(d * n)))),
    ("sign", with_dz(lambda d, n, s, g: g / s * (d + mu(d) - n * mu(d * n)))),
    ("sign", with_dz(lambda d, n, s, g: g / s * (mu(d) + n * mu(d * n) - d))),
    ("divides-by-variance", with_dz(lambda d, n, s, g: g * (d - mu(d) - n * mu(d * n)) / s**2)),
    ("times-the-root", with_dz(lambda d, n, s, g: g * (d - mu(d) - n * mu(d * n)) * s)),
    ("z-norm-missing", with_dz(lambda d, n, s, g: g / s * (d - mu(d) - mu(d * n)))),
    ("means-over-units",
     with_dz(lambda d, n, s, g: g / s * (d - d.mean(0) - n * (d * n).mean(0)))),
    ("one-mean-for-all", with_dz(lambda d, n, s, g: g / s * (d - d.mean() - n * (d * n).mean()))),
    ("returns-its-input", with_dz(lambda d, n, s, g: d)),
    ("wrong-count", lambda *a: by_loops(*a)[:2]),
    ("wrong-count", lambda *a: by_loops(*a)[0]),
    ("changes-its-input", backward_in_place),
    ("returns-none", lambda *a: None),
]  # fmt: skip


@pytest.mark.parametrize(("mistake", "wrong"), WRONG_BACKWARD)
def test_wrong_backward_is_named(mistake, wrong):
    verdict = checks.backward(wrong)
    assert not verdict.passed
    assert verdict.mistake == mistake


def test_a_backward_without_a_known_mistake_says_which_result_differs():
    assert checks.backward(with_dz(lambda d, n, s, g: d)).hint.startswith("dz: ")
    assert checks.backward(with_dgamma(lambda d, z, n, g: 3 * g)).hint.startswith("dγ is ")


@pytest.mark.parametrize(
    "right",
    [
        lambda z, e: (np.sqrt(var(z) + e), mu(z)),
        lambda z, e: ((((z - mu(z)) ** 2).mean(1)[:, None] + e) ** 0.5, z.mean(1)[:, None]),
        lambda z, e: (np.array([[np.sqrt(np.var(row) + e)] for row in z]),
                      np.array([[sum(row) / len(row)] for row in z])),
        lambda z, e: tuple(a.astype(np.float32) for a in (np.sqrt(var(z) + e), mu(z))),
        lambda z, epsilon, axis=1: (np.hypot(z.std(axis)[:, None], epsilon**0.5), mu(z)),
    ],
)  # fmt: skip
def test_right_undo_passes(right):
    assert checks.undo(right).passed


WRONG_UNDO = [
    ("still-the-stub", lambda z, e: (np.ones((len(z), 1)), np.zeros((len(z), 1)))),
    ("gamma-beta-swapped", lambda z, e: (mu(z), np.sqrt(var(z) + e))),
    ("gamma-without-epsilon", lambda z, e: (np.sqrt(var(z)), mu(z))),
    ("gamma-without-epsilon", lambda z, e: (z.std(axis=1, keepdims=True), mu(z))),
    ("gamma-variance", lambda z, e: (var(z), mu(z))),
    ("gamma-variance", lambda z, e: (var(z) + e, mu(z))),
    ("epsilon-outside-root", lambda z, e: (np.sqrt(var(z)) + e, mu(z))),
    ("gamma-inverse", lambda z, e: (1 / np.sqrt(var(z) + e), mu(z))),
    ("gamma-inverse", lambda z, e: ((var(z) + e) ** -0.5, mu(z))),
    ("beta-negative", lambda z, e: (np.sqrt(var(z) + e), -mu(z))),
    ("beta-missing", lambda z, e: (np.sqrt(var(z) + e), np.zeros((len(z), 1)))),
    ("gamma-missing", lambda z, e: (np.ones((len(z), 1)), mu(z))),
    ("normalises-again", lambda z, e: ((var(z) + e) ** -0.5, -mu(z) * (var(z) + e) ** -0.5)),
    ("beta-divided", lambda z, e: (np.sqrt(var(z) + e), mu(z) / np.sqrt(var(z) + e))),
    ("statistics-over-units",
     lambda z, e: (np.sqrt(z.var(0) + e)[None, :], z.mean(0)[None, :])),
    ("one-mean-for-all", lambda z, e: (np.sqrt(np.var(z) + e), np.mean(z))),
    ("missing-keepdims", lambda z, e: (np.sqrt(z.var(1) + e), z.mean(1))),
    ("divides-by-m-minus-1", lambda z, e: (np.sqrt(z.var(1, ddof=1)[:, None] + e), mu(z))),
    ("wrong-count", lambda z, e: np.sqrt(var(z) + e)),
]  # fmt: skip


@pytest.mark.parametrize(("mistake", "wrong"), WRONG_UNDO)
def test_wrong_undo_is_named(mistake, wrong):
    verdict = checks.undo(wrong)
    assert not verdict.passed
    assert verdict.mistake == mistake


def test_no_hint_holds_the_answer():
    for check, bank in (
        (checks.forward, WRONG_FORWARD), (checks.backward, WRONG_BACKWARD),
        (checks.undo, WRONG_UNDO),
    ):  # fmt: skip
        for _, wrong in bank:
            hint = check(wrong).hint
            assert len(hint) > 24
            assert "np." not in hint
            assert "axis=1" not in hint


@pytest.mark.parametrize(
    ("gamma", "beta", "passed"),
    [(1.0, 0.0, False), (0.5, 3.0, True), (-0.5, 3.0, True), (0.6, 3.0, False), (0.5, 3.1, False),
     (0.5, -3.0, False)],
)  # fmt: skip
def test_goal_mean_and_spread_asks_for_gamma_and_beta(gamma, beta, passed):
    for mean, spread in ((4.0, 2.0), (-1.0, 0.5)):
        verdict = checks.goal_mean_and_spread(mean=mean, spread=spread, gamma=gamma, beta=beta)
        assert verdict.passed is passed


def test_goal_mean_and_spread_sees_epsilon():
    """With a spread of 0.001 the root is made of epsilon: gamma 0.5 is too little."""
    assert not checks.goal_mean_and_spread(mean=0, spread=0.001, gamma=0.5, beta=3).passed


@pytest.mark.parametrize(
    ("mean", "spread", "gamma", "beta", "mistake"),
    [
        (-2.0, 1.5, 1.0, 0.0, "not-there"),
        (-2.0, 1.5, 1.5, -2.0, None),
        (4.0, 2.0, 2.0, 4.0, None),
        (-2.0, 1.5, 1.6, -2.0, "not-there"),
        (-2.0, 1.5, 1.5, -1.9, "not-there"),
        (-2.0, 1.5, -1.5, -2.0, "not-there"),
        (0.0, 1.5, 1.5, 0.0, "nothing-to-undo"),
        (3.0, 1.0, 1.0, 3.0, "nothing-to-undo"),
    ],
)
def test_goal_undo_asks_for_the_way_back(mean, spread, gamma, beta, mistake):
    verdict = checks.goal_undo(mean=mean, spread=spread, gamma=gamma, beta=beta)
    assert (verdict.passed, verdict.mistake) == (mistake is None, mistake)
