"""The exercises about batch norm: their stubs and mistakes; the challenges."""

import re
from functools import partial

import numpy as np
import pytest

from course_utils.checks import batch_norm as checks
from course_utils.checks.engine import known
from tests.checks.stub_cells import stub_in


@pytest.mark.parametrize(
    ("check", "name"),
    [
        (checks.forward, "batch_norm_forward"),
        (checks.undo, "undo"),
        (checks.backward, "batch_norm_backward"),
    ],
)
def test_the_notebooks_stub_is_known(check, name):
    assert check(stub_in("11_batch_norm", name)).mistake == "still-the-stub"


@pytest.mark.parametrize(
    ("check", "answer"),
    [
        (checks.forward, lambda z, gamma, beta, epsilon: 0 * z),
        (checks.undo, lambda z, epsilon: (1 + 0 * z[:, :1], 0 * z[:, :1])),
        (checks.backward, lambda d, z, gamma, epsilon: (0 * z, 0 * gamma, 0 * gamma)),
    ],
)
def test_the_stubs_numbers_by_other_code_are_not_called_the_stub(check, answer):
    assert check(answer).mistake == "stubs-numbers"


def test_a_backward_without_a_known_mistake_says_which_result_differs():
    def odd(d, z, gamma, epsilon):
        dz, _, dbeta = checks._backward(d, z, gamma, epsilon)
        return dz, 3 * gamma, dbeta

    assert checks.backward(odd).hint.startswith("dγ is ")


def test_the_far_unit_defeats_the_short_cut_for_the_variance():
    z = checks._FAR[:1]
    assert not np.allclose(checks._short_cut(z), checks._variance(z), rtol=0.5)


@pytest.mark.parametrize(
    ("gamma", "beta", "passed"),
    [
        (1.0, 0.0, False),
        (0.5, 3.0, True),
        (-0.5, 3.0, True),
        (0.6, 3.0, False),
        (0.5, 3.1, False),
        (0.5, -3.0, False),
    ],
)
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
        (-2.0, 0.05, 0.0, -2.0, "not-there"),
        (0.0, 1.5, 1.5, 0.0, "nothing-to-undo"),
        (3.0, 1.0, 1.0, 3.0, "nothing-to-undo"),
    ],
)
def test_goal_undo_asks_for_the_way_back(mean, spread, gamma, beta, mistake):
    verdict = checks.goal_undo(mean=mean, spread=spread, gamma=gamma, beta=beta)
    assert (verdict.passed, verdict.mistake) == (mistake is None, mistake)


def test_who_undoes_without_epsilon_is_not_told_of_a_division_by_zero():
    def undo(z, epsilon):
        return z.std(axis=1, keepdims=True), z.mean(axis=1, keepdims=True)

    verdict = checks.undo(undo)
    assert verdict.mistake == "no-epsilon"
    assert "has divided by a root with epsilon in it" in verdict.hint
    assert "variance 0" not in verdict.hint


@pytest.mark.parametrize(("spread", "gamma", "apart"), [(0.001, 0.0, "0.001"), (0.5, 0.6, "0.10")])
def test_who_just_misses_the_way_back_reads_by_how_much(spread, gamma, apart):
    verdict = checks.goal_undo(mean=-3.0, spread=spread, gamma=gamma, beta=-3.0)
    assert not verdict.passed
    assert verdict.hint.endswith(f"Still {apart} apart.")


def _by_paths(
    d,
    z,
    gamma,
    epsilon,
    *,
    power=3,
    add=np.sum,
    to_mean=1.0,
    to_variance=1.0,
    parts=(1, 1, 1),
    centred=lambda z, mu, s: z - mu,
    last=lambda z, mu, s: z - mu,
):
    """Go back along the three paths in the notebook's own steps, one of which may be wrong."""
    along = {"axis": 1, "keepdims": True}
    mu, m = z.mean(**along), z.shape[1]
    s = np.sqrt(z.var(**along) + epsilon)
    in_sum, behind = centred(z, mu, s), last(z, mu, s)
    centred = z - mu
    d_sigma2 = -0.5 * add(gamma**to_variance * d * in_sum, **along) / s**power
    d_mu = -add(gamma**to_mean * d / s, **along)
    paths = gamma * d / s, d_mu / m, d_sigma2 * 2 * behind / m
    dz = sum(there * path for there, path in zip(parts, paths, strict=True)) + 0 * z
    return dz, np.sum(d * centred / s, **along), np.sum(d, **along)


@pytest.mark.parametrize(
    ("wrong", "mistake", "says"),
    [
        ({}, None, "Right"),
        ({"to_mean": 0.0}, "dz-gamma-off-one-path", "γ is missing on the path through μ."),
        ({"to_variance": 0.0}, "dz-gamma-off-one-path", "γ is missing on the path through σ²."),
        ({"add": np.mean}, "dz-1-over-m-twice", "a 1/m is in it twice"),
        ({"power": 1.5}, "dz-power-of-the-root", "the wrong power"),
        ({"power": -3}, "dz-power-of-the-root", "the wrong power"),
        ({"parts": (0, 1, 1)}, "dz-no-direct", "the direct path is not"),
        ({"parts": (1, 0, 1)}, "dz-only-variance", "the path through μ is not"),
        ({"parts": (1, 1, 0)}, "dz-only-mean", "the path through σ² is not"),
        ({"parts": (0, 1, 0)}, "dz-no-direct", "only the path through μ is there"),
        ({"parts": (0, 0, 1)}, "dz-no-direct", "only the path through σ² is there"),
        ({"parts": (1, 0, 0)}, "dz-statistics-constant", "Two terms are missing"),
        ({"centred": lambda z, mu, s: z}, "dz-z-for-centred", "in ∂J/∂σ² you have z"),
        ({"last": lambda z, mu, s: z}, "dz-z-for-centred", "derivative of"),
        (
            {"centred": lambda z, mu, s: z, "last": lambda z, mu, s: z},
            "dz-z-for-centred",
            "belongs, twice",
        ),
        ({"centred": lambda z, mu, s: (z - mu) / s}, "dz-z-norm-for-centred", "a root too many"),
        ({"power": 4}, "dz-z-norm-for-centred", "a root too many"),
        (
            {
                "centred": lambda z, mu, s: (z - mu) / s,
                "last": lambda z, mu, s: (z - mu) / s,
            },
            "dz-z-norm-for-centred",
            "two roots too many",
        ),
    ],
)
def test_a_slip_in_one_line_of_the_three_paths_is_named(wrong, mistake, says):
    verdict = checks.backward(partial(_by_paths, **wrong))
    assert verdict.mistake == mistake
    assert says in verdict.hint


def mean(z):
    return z.mean(axis=1, keepdims=True)


def root(z, epsilon):
    return np.sqrt(z.var(axis=1, keepdims=True) + epsilon)


def of_no_z_norm(d, z, gamma, epsilon):
    dz, _, dbeta = checks._backward(d, z, gamma, epsilon)
    return dz, dbeta, mean(d)


def m_times_without_epsilon(d, z, gamma, epsilon):
    dz, dgamma, dbeta = checks._backward(d, z, gamma, 0 * epsilon + 1e-8)
    return d.shape[1] * dz, dgamma, dbeta


@pytest.mark.parametrize(
    ("check", "answer", "told"),
    [
        (
            checks.forward,
            lambda z, g, b, e: z - mean(z),
            "The division by the root is missing. γ and β make no difference. One line is missing: "
            "z̃.",
        ),
        (
            checks.forward,
            lambda z, g, b, e: g * (mean(z) - z) + b,
            "The division by the root is missing. You have μ − z for z − μ: that reverses every "
            "sign.",
        ),
        (
            checks.forward,
            lambda z, g, b, e: g * z * root(z, e) + b,
            "You multiply by the root. A wide unit should get narrower. The mean of z is not "
            "subtracted.",
        ),
        (
            checks.forward,
            lambda z, g, b, e: g * (z + z.sum(axis=1, keepdims=True)) / root(z, e) + b,
            "You added μ. What brings a mean to 0? Your μ is the sum of each row. What makes a sum "
            "a mean?",
        ),
        (
            checks.undo,
            lambda z, e: (root(z, 2 * e) ** 2, mean(z)),
            "Epsilon counts twice. A root is missing in your γ.",
        ),
        (
            checks.undo,
            lambda z, e: (-(root(z, 0) ** 2), mean(z)),
            "Neither a root nor epsilon is in your γ. Your γ is below zero: it turns each unit "
            "over.",
        ),
        (
            checks.backward,
            of_no_z_norm,
            "dβ: you took the mean. β enters every example's z̃ whole: do their parts add up or "
            "average? dγ: z_norm makes no difference to it. What does γ multiply?",
        ),
        (
            checks.backward,
            m_times_without_epsilon,
            "dz: there is a factor of m too much. Where does the 1/m stand? The epsilon that is "
            "passed is not the one you use: yours is another, or is not used everywhere.",
        ),
    ],
)
def test_of_two_mistakes_each_is_told_so_that_it_is_true_beside_the_other(check, answer, told):
    verdict = check(answer)
    assert verdict.look.startswith("Two things at once. ")
    assert verdict.hint == told


_OF_ALL = re.compile(
    r"is not divided by|z is divided|is z_norm:|You subtract the|largest z gets|your root:|"
    r"under your root|γ has no root|γ is σ²|dγ: this is|dz: (the root is missing|it is m times)|"
    r"Epsilon is in it|(?<=\? )It is added"
)


@pytest.mark.parametrize("check", [checks.forward, checks.undo, checks.backward])
def test_no_mistake_that_is_told_beside_another_quotes_the_whole_answer(check):
    told = {pair.hint for pair in known._pairs(check.mistakes)}
    assert told
    assert [
        hint for hint in told if _OF_ALL.search(hint.replace("dz: γ is in it twice.", ""))
    ] == []


@pytest.mark.parametrize(
    "beta", [lambda z: z.mean(axis=0, keepdims=True), np.mean, lambda z: z.mean(axis=1)]
)
def test_what_is_wrong_with_beta_alone_is_not_said_of_gamma(beta):
    hint = checks.undo(lambda z, epsilon: (root(z, epsilon), beta(z))).hint
    assert hint.endswith("That is said of β; γ is right.")
    assert "variance" not in hint
    assert hint.count("γ") == 1


def test_who_takes_the_mean_size_of_deviations_for_the_variance_is_told_that_alone():
    def answer(z, gamma, beta, epsilon):
        deviation = z - mean(z)
        return gamma * deviation / np.sqrt(mean(np.abs(deviation)) + epsilon) + beta

    assert checks.forward(answer).mistake == "mean-deviation"


def test_one_mean_for_all_in_both_places_is_one_mistake():
    def answer(z, gamma, beta, epsilon):
        deviation = z - z.mean()
        return gamma * deviation / np.sqrt(mean(deviation**2) + epsilon) + beta

    assert checks.forward(answer).mistake == "one-mean-for-all"
