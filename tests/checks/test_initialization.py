"""The bank of answers on initialization: none right refused, each wrong one named."""

import numpy as np
import pytest

from course_utils import initialization
from course_utils.activations import relu, sigmoid, tanh
from course_utils.checks import initialization as checks
from tests import notebooks


def he_in_a_loop(n_out, n_in, rng):
    W = np.empty((n_out, n_in))
    for unit in range(n_out):
        W[unit] = rng.normal(0, np.sqrt(2 / n_in), n_in)
    return W


def he_in_place(n_out, n_in, rng):
    W = rng.standard_normal((n_out, n_in))
    W *= np.sqrt(2)
    W /= np.sqrt(n_in)
    return W


def he_orthogonal(n_out, n_in, rng):
    longer, shorter = max(n_out, n_in), min(n_out, n_in)
    Q, _ = np.linalg.qr(rng.standard_normal((longer, shorter)))
    Q = Q if n_out > n_in else Q.T
    return Q * np.sqrt(2 / n_in) * np.sqrt(longer)


def he_truncated(n_out, n_in, rng):
    W = rng.standard_normal((3 * n_out, n_in)).ravel()
    W = W[np.abs(W) < 2][: n_out * n_in].reshape(n_out, n_in)
    return W / 0.87962566 * np.sqrt(2 / n_in)


def he_extra_keyword(n_out, n_in, rng, dtype=np.float32):
    return (np.sqrt(2 / n_in) * rng.standard_normal((n_out, n_in))).astype(dtype)


RIGHT_HE = [
    initialization.he,
    he_in_a_loop,
    he_in_place,
    he_orthogonal,
    he_truncated,
    he_extra_keyword,
    lambda n_out, n_in, rng: rng.normal(0, np.sqrt(2 / n_in), (n_out, n_in)),
    lambda n_out, n_in, rng: rng.normal(0, (2 / n_in) ** 0.5, size=(n_out, n_in)),
    lambda n_out, n_in, rng: rng.normal(scale=np.sqrt(2 / n_in), size=n_out * n_in).reshape(
        n_out, n_in
    ),
    lambda n_out, n_in, rng: rng.standard_normal((n_in, n_out)).T * np.sqrt(2 / n_in),
    lambda n_out, n_in, rng: rng.uniform(-1, 1, (n_out, n_in)) * np.sqrt(6 / n_in),
    lambda n_out, n_in, rng: np.sqrt(6 / n_in) * (2 * rng.random((n_out, n_in)) - 1),
    lambda n_out, n_in, rng: np.sqrt(2 / n_in) * rng.choice([-1, 1], (n_out, n_in)),
    lambda n_out, n_in, rng: [
        [rng.normal(0, np.sqrt(2 / n_in)) for _ in range(n_in)] for _ in range(n_out)
    ],
    lambda n_out, n_in, rng: np.sqrt(2) * initialization.xavier(n_out, n_in, rng),
    lambda n_out, n_in, rng: (
        rng.standard_normal((n_out, n_in), np.float32) * np.float32(np.sqrt(2 / n_in))
    ),
]


@pytest.mark.parametrize("right", RIGHT_HE)
def test_right_he_passes(right):
    verdict = checks.he(right)
    assert verdict.passed, verdict


def advanced(scheme, jump):
    def draws_from_elsewhere(n_out, n_in, rng):
        rng.bit_generator.advance(jump * 10**7)
        return scheme(n_out, n_in, rng)

    return draws_from_elsewhere


def test_no_seed_refuses_a_right_answer():
    for jump in range(20):
        assert checks.he(advanced(initialization.he, jump)).passed
        assert checks.glorot(advanced(initialization.glorot, jump)).passed


def drawn(deviation, *, turned=False, uniform=False):
    """Return a scheme of normal or uniform weights with that standard deviation or limit."""

    def scheme(n_out, n_in, rng):
        shape, s = (n_in, n_out) if turned else (n_out, n_in), deviation(n_out, n_in)
        return rng.uniform(-s, s, shape) if uniform else rng.normal(0, s, shape)

    return scheme


def own_generator(n_out, n_in, rng):
    return initialization.he(n_out, n_in, np.random.default_rng())


def global_numbers(n_out, n_in, rng):
    return np.random.randn(n_out, n_in) * np.sqrt(2 / n_in)  # noqa: NPY002


def own_seed(n_out, n_in, rng):
    return initialization.he(n_out, n_in, np.random.default_rng(42))


def global_seed(n_out, n_in, rng):
    old = np.random.RandomState(0)  # what np.random.seed(0) sets, without setting it
    return old.randn(n_out, n_in) * np.sqrt(2 / n_in)


def no_return(n_out, n_in, rng):
    initialization.he(n_out, n_in, rng)


def one_row_for_all(n_out, n_in, rng):
    return np.tile(rng.normal(0, np.sqrt(2 / n_in), n_in), (n_out, 1))


def one_row_broadcast(n_out, n_in, rng):
    W = np.zeros((n_out, n_in))
    W += rng.uniform(-1, 1, n_in) * np.sqrt(6 / n_in)
    return W


def first_layer_only(n_out, n_in, rng):
    return rng.normal(0, np.sqrt(2 / 100), (n_out, n_in))


WRONG_HE = [
    ("still-the-stub", initialization.zeros),
    ("still-the-stub", lambda n_out, n_in, rng: [[0] * n_in] * n_out),
    ("not-scaled", drawn(lambda n_out, n_in: 1)),
    ("not-scaled", lambda n_out, n_in, rng: rng.standard_normal((n_out, n_in))),
    ("fixed-scale", initialization.normal),
    ("fixed-scale", lambda n_out, n_in, rng: 0.01 * rng.standard_normal((n_out, n_in))),
    ("variance-for-standard-deviation", drawn(lambda n_out, n_in: 2 / n_in)),
    (
        "variance-for-standard-deviation",
        lambda n_out, n_in, rng: rng.standard_normal((n_out, n_in)) * 2 / n_in,
    ),
    ("n-out-for-n-in", drawn(lambda n_out, n_in: np.sqrt(2 / n_out))),
    ("n-out-for-n-in", lambda n_out, n_in, rng: initialization.he(n_in, n_out, rng).T),
    ("n-out-for-n-in", drawn(lambda n_out, n_in: 2 / n_out)),
    ("no-factor-2", initialization.xavier),
    ("no-factor-2", drawn(lambda n_out, n_in: np.sqrt(1 / n_in))),
    ("glorot-for-he", initialization.glorot),
    ("glorot-for-he", drawn(lambda n_out, n_in: np.sqrt(6 / (n_in + n_out)), uniform=True)),
    ("uniform-too-narrow", drawn(lambda n_out, n_in: np.sqrt(2 / n_in), uniform=True)),
    (
        "uniform-too-narrow",
        lambda n_out, n_in, rng: np.sqrt(2 / n_in) * (2 * rng.random((n_out, n_in)) - 1),
    ),
    ("limit-for-standard-deviation", drawn(lambda n_out, n_in: np.sqrt(6 / n_in))),
    (
        "limit-for-standard-deviation",
        lambda n_out, n_in, rng: rng.standard_normal((n_out, n_in)) / np.sqrt(n_in / 6),
    ),
    ("upside-down", drawn(lambda n_out, n_in: np.sqrt(n_in / 2))),
    (
        "upside-down",
        lambda n_out, n_in, rng: rng.standard_normal((n_out, n_in)) / np.sqrt(2 / n_in),
    ),
    ("upside-down", drawn(lambda n_out, n_in: np.sqrt(2 * n_in))),
    ("upside-down", drawn(lambda n_out, n_in: n_in / 2)),
    ("root-of-half", drawn(lambda n_out, n_in: np.sqrt(2) / n_in)),
    ("root-of-half", drawn(lambda n_out, n_in: 2 / np.sqrt(n_in))),
    ("transposed", drawn(lambda n_out, n_in: np.sqrt(2 / n_in), turned=True)),
    ("transposed", lambda n_out, n_in, rng: initialization.he(n_out, n_in, rng).T),
    ("transposed", lambda n_out, n_in, rng: initialization.he(n_in, n_out, rng)),
    ("not-from-rng", own_generator),
    ("not-from-rng", global_numbers),
    ("same-every-time", own_seed),
    ("same-every-time", global_seed),
    ("twins", one_row_for_all),
    ("twins", one_row_broadcast),
    (
        "one-number-a-unit",
        lambda n_out, n_in, rng: (
            np.sqrt(6 / n_in) * np.linspace(-1, 1, n_out)[:, None] * np.ones(n_in)
        ),
    ),
    ("mean-not-0", lambda n_out, n_in, rng: rng.random((n_out, n_in)) * np.sqrt(2 / n_in)),
    ("mean-not-0", lambda n_out, n_in, rng: np.abs(initialization.he(n_out, n_in, rng))),
    ("mean-not-0", lambda n_out, n_in, rng: initialization.he(n_out, n_in, rng) + 0.05),
    ("all-equal", lambda n_out, n_in, rng: np.full((n_out, n_in), np.sqrt(2 / n_in))),
    (
        "all-equal",
        lambda n_out, n_in, rng: rng.normal(0, np.sqrt(2 / n_in)) * np.ones((n_out, n_in)),
    ),
    ("wrong-variance", first_layer_only),
    ("wrong-variance", drawn(lambda n_out, n_in: np.sqrt(3 / n_in))),
    ("not-finite", lambda n_out, n_in, rng: initialization.he(n_out, n_in, rng) / 0),
    ("not-finite", lambda n_out, n_in, rng: np.sqrt(initialization.he(n_out, n_in, rng))),
    ("wrong-shape", lambda n_out, n_in, rng: rng.normal(0, np.sqrt(2 / n_in))),
    ("wrong-shape", lambda n_out, n_in, rng: rng.normal(0, np.sqrt(2 / n_in), n_out * n_in)),
    ("raises", lambda n_out, n_in, rng: rng.randn(n_out, n_in) * np.sqrt(2 / n_in)),
    (
        "wrong-parameters",
        lambda n_out, n_in: np.zeros((n_out, n_in)),
    ),
    ("returns-none", no_return),
    ("not-an-array", lambda n_out, n_in, rng: "small ones"),
    ("not-a-function", initialization.he(3, 4, np.random.default_rng(0))),
]


@pytest.mark.parametrize(("mistake", "wrong"), WRONG_HE)
def test_wrong_he_is_named(mistake, wrong):
    verdict = checks.he(wrong)
    assert verdict.mistake == mistake, verdict
    assert not verdict.passed
    assert verdict.hint


def test_the_hint_of_a_wrong_variance_says_by_how_much():
    hint = checks.he(lambda n_out, n_in, rng: rng.choice([-0.1, 0.1], (n_out, n_in))).hint
    assert hint == (
        "The variance is 0.01, that is 1 / n_in; asked for is 0.02. The case: n_out = 300, "
        "n_in = 100."
    )


RIGHT_GLOROT = [
    initialization.glorot,
    lambda n_out, n_in, rng: rng.normal(0, np.sqrt(2 / (n_in + n_out)), (n_out, n_in)),
    lambda n_out, n_in, rng: rng.standard_normal((n_out, n_in)) / np.sqrt((n_in + n_out) / 2),
    lambda n_out, n_in, rng: rng.uniform(-1, 1, (n_out, n_in)) * np.sqrt(6 / (n_in + n_out)),
    lambda n_out, n_in, rng: (
        np.float32(np.sqrt(2 / (n_in + n_out))) * rng.standard_normal((n_out, n_in), np.float32)
    ),
    lambda n_out, n_in, rng, gain=1.0: gain * initialization.glorot(n_out, n_in, rng),
    lambda n_out, n_in, rng: np.array(
        [rng.normal(0, np.mean([n_in, n_out]) ** -0.5, n_in) for _ in range(n_out)]
    ),
]


@pytest.mark.parametrize("right", RIGHT_GLOROT)
def test_right_glorot_passes(right):
    verdict = checks.glorot(right)
    assert verdict.passed, verdict


WRONG_GLOROT = [
    ("still-the-stub", initialization.zeros),
    ("not-scaled", drawn(lambda n_out, n_in: 1)),
    ("fixed-scale", initialization.normal),
    ("he-for-glorot", initialization.he),  # X11
    ("he-for-glorot", lambda n_out, n_in, rng: rng.normal(0, np.sqrt(2 / n_in), (n_out, n_in))),
    ("he-for-glorot", drawn(lambda n_out, n_in: np.sqrt(2 / n_out))),
    ("xavier-for-glorot", initialization.xavier),
    ("xavier-for-glorot", drawn(lambda n_out, n_in: np.sqrt(3 / n_in), uniform=True)),
    ("backward-alone", drawn(lambda n_out, n_in: np.sqrt(1 / n_out))),
    ("backward-alone", lambda n_out, n_in, rng: initialization.xavier(n_in, n_out, rng).T),
    ("sum-for-mean", drawn(lambda n_out, n_in: np.sqrt(1 / (n_in + n_out)))),
    ("sum-for-mean", drawn(lambda n_out, n_in: np.sqrt(3 / (n_in + n_out)), uniform=True)),
    ("mean-of-variances", drawn(lambda n_out, n_in: np.sqrt((1 / n_in + 1 / n_out) / 2))),
    (
        "mean-of-variances",
        lambda n_out, n_in, rng: (
            rng.standard_normal((n_out, n_in)) * np.sqrt(np.mean([1 / n_in, 1 / n_out]))
        ),
    ),
    ("variance-for-standard-deviation", drawn(lambda n_out, n_in: 2 / (n_in + n_out))),
    (
        "variance-for-standard-deviation",
        lambda n_out, n_in, rng: rng.standard_normal((n_out, n_in)) * 2 / (n_in + n_out),
    ),
    ("uniform-too-narrow", drawn(lambda n_out, n_in: np.sqrt(2 / (n_in + n_out)), uniform=True)),
    ("limit-for-standard-deviation", drawn(lambda n_out, n_in: np.sqrt(6 / (n_in + n_out)))),
    ("upside-down", drawn(lambda n_out, n_in: np.sqrt((n_in + n_out) / 2))),
    (
        "upside-down",
        lambda n_out, n_in, rng: initialization.glorot(n_out, n_in, rng) * (n_in + n_out),
    ),
    ("root-of-half", drawn(lambda n_out, n_in: np.sqrt(2) / (n_in + n_out))),
    ("root-of-half", drawn(lambda n_out, n_in: 2 / np.sqrt(n_in + n_out))),
    ("transposed", lambda n_out, n_in, rng: initialization.glorot(n_in, n_out, rng)),
    ("transposed", lambda n_out, n_in, rng: initialization.glorot(n_out, n_in, rng).T),
    ("mean-not-0", lambda n_out, n_in, rng: rng.random((n_out, n_in)) / np.sqrt(n_in + n_out)),
    ("wrong-variance", drawn(lambda n_out, n_in: np.sqrt(2 / 400))),
    (
        "not-from-rng",
        lambda n_out, n_in, rng: initialization.glorot(n_out, n_in, np.random.default_rng()),
    ),
    (
        "same-every-time",
        lambda n_out, n_in, rng: initialization.glorot(n_out, n_in, np.random.default_rng(1)),
    ),
]


@pytest.mark.parametrize(("mistake", "wrong"), WRONG_GLOROT)
def test_wrong_glorot_is_named(mistake, wrong):
    verdict = checks.glorot(wrong)
    assert verdict.mistake == mistake, verdict
    assert not verdict.passed


@pytest.mark.parametrize(
    ("factor", "activation"), [(2.0, relu), (2.1, relu), (1.2, tanh), (1.5, tanh)]
)
def test_goal_alive_is_passed(factor, activation):
    verdict = checks.goal_alive(factor=factor, activation=activation, layer=50, width=256)
    assert verdict.passed, verdict


@pytest.mark.parametrize(
    ("mistake", "factor", "activation"),
    [
        ("a-too-small", 1.0, relu),  # where the challenge starts
        ("a-too-small", 1.75, relu),
        ("a-too-large", 2.4, relu),
        ("a-too-small", 0.9, tanh),
        ("da-too-large", 2.5, tanh),
        ("da-too-large", 25.0, tanh),
        ("da-too-small", 1.0, sigmoid),
        ("da-too-small", 25.0, sigmoid),
    ],
)
def test_goal_alive_says_where_the_reader_stands(mistake, factor, activation):
    verdict = checks.goal_alive(factor=factor, activation=activation, layer=1, width=256)
    assert verdict.mistake == mistake, verdict
    assert not verdict.passed
    assert f"with {activation.name}" in verdict.hint


def test_goal_alive_asks_for_wide_layers():
    verdict = checks.goal_alive(factor=2.0, activation=relu, layer=50, width=32)
    assert verdict.mistake == "width"
    assert "Now the width is 32" in verdict.hint


@pytest.mark.parametrize("activation", [relu, tanh, sigmoid], ids=lambda g: g.name)
def test_the_notebooks_challenge_can_be_reached_with_every_activation(activation):
    challenge = notebooks.explorers(notebooks.FOLDER / "01_initialization.ipynb")["alive"]
    factors = challenge.controls["factor"].values
    verdicts = [checks.goal_alive(factor=f, activation=activation, width=256) for f in factors]
    assert sum(verdict.passed for verdict in verdicts) >= 2  # found without luck


def test_goal_alive_says_that_numbers_ended():
    verdict = checks.goal_alive(factor=400.0, activation=relu, width=256)
    assert verdict.mistake == "a-too-large"
    assert "beyond float32 in layer" in verdict.hint
