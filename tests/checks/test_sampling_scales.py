"""The bank of answers to the exercises on scales: none right refused, each wrong one named."""

import numpy as np
import pytest
from scipy import stats

from course_utils.checks import sampling_scales as checks
from course_utils.sampling_scales import Choice, Integer, Linear, Log, OneMinusLog


def alpha_step_by_step(low, high, size, rng):
    a, b = np.log10(low), np.log10(high)
    r = a + (b - a) * rng.random(size)
    return 10**r


def alpha_in_a_loop(low, high, size, rng):
    draws = []
    for _ in range(size):
        draws.append(10 ** rng.uniform(np.log10(low), np.log10(high)))
    return draws


def alpha_decade_first(low, high, size, rng):
    """Halve the range again and again by coin flips: another use of the rng altogether."""
    bits = rng.integers(0, 2, size=(40, size))
    u = (bits * 0.5 ** np.arange(1, 41)[:, None]).sum(axis=0)
    return low * np.exp(u * np.log(high / low))


def alpha_float32(low, high, size, rng, dtype=np.float32):
    r = rng.random(size, dtype=dtype) * np.float32(np.log10(high / low))
    return np.float32(low) * 10**r


RIGHT_ALPHA = [
    alpha_step_by_step,
    alpha_in_a_loop,
    alpha_decade_first,
    alpha_float32,
    lambda low, high, size, rng: Log(low, high).sample(rng, size),
    lambda low, high, size, rng: 10 ** (np.log10(high) - np.log10(high / low) * rng.random(size)),
    lambda low, high, size, rng: np.exp(rng.uniform(np.log(low), np.log(high), size)),
    lambda low, high, size, rng: low * (high / low) ** (1 - rng.random(size)),
    lambda low, high, size, rng: 2 ** rng.uniform(np.log2(low), np.log2(high), size),
    lambda low, high, size, rng: np.geomspace(low, high, 10**6)[rng.integers(0, 10**6, size)],
    lambda low, high, size, rng: stats.loguniform(low, high).rvs(size, random_state=rng),
]


@pytest.mark.parametrize("right", RIGHT_ALPHA)
def test_right_sample_alpha_passes(right):
    verdict = checks.sample_alpha(right)
    assert verdict.passed, verdict


def test_no_seed_refuses_a_right_answer():
    for jump in range(60):

        def draws_from_elsewhere(low, high, size, rng, jump=jump):
            rng.bit_generator.advance(jump * 10**6)
            return alpha_step_by_step(low, high, size, rng)

        assert checks.sample_alpha(draws_from_elsewhere).passed
    assert 2 * np.exp(-2 * 9000 * checks._TOLERANCE**2) < 1e-12


def own_generator(low, high, size, rng):
    return alpha_step_by_step(low, high, size, np.random.default_rng())


def own_seed(low, high, size, rng):
    rng = np.random.default_rng(42)
    return alpha_step_by_step(low, high, size, rng)


def no_return(low, high, size, rng):
    alpha_step_by_step(low, high, size, rng)


WRONG_ALPHA = [
    ("still-the-stub", lambda low, high, size, rng: np.zeros(size)),
    ("still-the-stub", lambda low, high, size, rng: [0] * size),
    ("linear", lambda low, high, size, rng: rng.uniform(low, high, size)),
    ("linear", lambda low, high, size, rng: low + rng.random(size) * (high - low)),
    ("linear", lambda low, high, size, rng: Linear(low, high).sample(rng, size)),
    ("returns-the-exponent", lambda lo, hi, n, rng: rng.uniform(np.log10(lo), np.log10(hi), n)),
    ("returns-the-exponent", lambda lo, hi, n, rng: np.log10(alpha_step_by_step(lo, hi, n, rng))),
    ("sign-missing", lambda low, high, size, rng: 10 ** (4 * rng.random(size))),
    ("sign-missing", lambda low, high, size, rng: 10 ** rng.uniform(0, 4, size)),
    ("sign-missing", lambda lo, hi, n, rng: 10 ** (abs(np.log10(lo)) * rng.random(n))),
    ("sign-missing", lambda lo, hi, n, rng: 1 / alpha_step_by_step(lo, hi, n, rng)),
    ("sign-missing", lambda lo, hi, n, rng: 10 ** rng.uniform(-np.log10(hi), -np.log10(lo), n)),
    ("starts-at-exponent-0", lambda lo, hi, n, rng: 10 ** (np.log10(hi / lo) * rng.random(n))),
    ("starts-at-exponent-0", lambda lo, hi, n, rng: (hi / lo) ** rng.random(n)),
    ("forgets-an-end", lambda lo, hi, n, rng: 10 ** (np.log10(lo) * rng.random(n))),
    ("forgets-an-end", lambda lo, hi, n, rng: 10 ** (-4 * rng.random(n))),
    ("forgets-an-end", lambda lo, hi, n, rng: 10 ** rng.uniform(-4, 0, n)),
    ("no-logarithm", lambda lo, hi, n, rng: 10 ** rng.uniform(lo, hi, n)),
    ("no-logarithm", lambda lo, hi, n, rng: 10 ** (lo + (hi - lo) * rng.random(n))),
    ("mixed-bases", lambda lo, hi, n, rng: 10 ** rng.uniform(np.log(lo), np.log(hi), n)),
    ("mixed-bases", lambda lo, hi, n, rng: np.exp(rng.uniform(np.log10(lo), np.log10(hi), n))),
    ("logarithm-of-linear-draws", lambda lo, hi, n, rng: np.log10(rng.uniform(lo, hi, n))),
    ("logarithm-of-linear-draws", lambda lo, hi, n, rng: np.log10(lo + (hi - lo) * rng.random(n))),
    ("few-values", lambda lo, hi, n, rng: 10.0 ** rng.integers(-4, 1, n)),
    ("few-values", lambda lo, hi, n, rng: 10 ** np.round(np.log10(RIGHT_ALPHA[0](lo, hi, n, rng)))),
    ("few-values", lambda lo, hi, n, rng: rng.choice([0.0001, 0.001, 0.01, 0.1, 1], n)),
    ("raises", lambda lo, hi, n, rng: 10 ** rng.integers(-4, 1, n)),
    ("raises", lambda lo, hi, n, rng: 10 ** (4 * rng.rand(n))),
    ("wrong-parameters", lambda lo, hi: 10 ** (4 * np.random.default_rng(0).random())),
    ("one-draw", lambda lo, hi, n, rng: np.full(n, RIGHT_ALPHA[0](lo, hi, None, rng))),
    ("wrong-shape", lambda lo, hi, n, rng: RIGHT_ALPHA[0](lo, hi, None, rng)),
    ("wrong-shape", lambda lo, hi, n, rng: RIGHT_ALPHA[0](lo, hi, 10_000, rng)),
    ("wrong-shape", lambda lo, hi, n, rng: RIGHT_ALPHA[0](lo, hi, (1, n), rng)),
    ("not-finite", lambda lo, hi, n, rng: np.log(np.log10(rng.uniform(lo, hi, n)))),
    ("out-of-range", lambda lo, hi, n, rng: 10 ** rng.uniform(-6, 2, n)),
    (
        "out-of-range",
        lambda lo, hi, n, rng: 10 ** rng.uniform(np.log10(lo) - 0.03, np.log10(hi), n),
    ),
    ("wrong-spread", lambda lo, hi, n, rng: lo + (hi - lo) * rng.random(n) ** 2),
    ("wrong-spread", lambda lo, hi, n, rng: np.sort(rng.uniform(lo, hi, (2, n)), axis=0)[0]),
    ("not-from-rng", own_generator),
    ("same-every-time", own_seed),
    ("same-every-time", lambda lo, hi, n, rng: np.geomspace(lo, hi, n)),
    ("ends-swapped", lambda lo, hi, n, rng: 10 ** rng.uniform(np.log10(hi), np.log10(lo), n)),
    ("returns-none", no_return),
    ("not-an-array", lambda lo, hi, n, rng: "about 0.01"),
    ("not-a-function", RIGHT_ALPHA[0](1e-4, 1, 5, np.random.default_rng(0))),
]


@pytest.mark.parametrize(("mistake", "wrong"), WRONG_ALPHA)
def test_wrong_sample_alpha_is_named(mistake, wrong):
    verdict = checks.sample_alpha(wrong)
    assert verdict.mistake == mistake, verdict
    assert not verdict.passed


def test_the_hint_of_a_wrong_spread_says_by_how_much():
    squared = checks.sample_alpha(lambda lo, hi, n, rng: lo + (hi - lo) * rng.random(n) ** 2)
    # Of the squares of uniform draws, sqrt(0.01) = 10 % lie below 0.01, the middle on a log scale.
    assert squared.hint.startswith(
        "10 % of the draws are at most 0.01; on the right scale 50 % are."
    )


def beta_step_by_step(low, high, size, rng):
    a, b = np.log10(1 - low), np.log10(1 - high)
    r = a + (b - a) * rng.random(size)
    return 1 - 10**r


def beta_in_a_loop(low, high, size, rng):
    return [1 - (1 - low) * ((1 - high) / (1 - low)) ** rng.random() for _ in range(size)]


def beta_float32(low, high, size, rng, dtype="float32"):
    return beta_step_by_step(low, high, size, rng).astype(dtype)


def beta_in_place(low, high, size, rng):
    r = rng.random(size)
    r *= np.log(1 - high) - np.log(1 - low)
    r += np.log(1 - low)
    np.exp(r, out=r)
    return np.subtract(1, r, out=r)


RIGHT_BETA = [
    beta_step_by_step,
    beta_in_a_loop,
    beta_float32,
    beta_in_place,
    lambda lo, hi, n, rng: OneMinusLog(lo, hi).sample(rng, n),
    lambda lo, hi, n, rng: 1 - Log(1 - hi, 1 - lo).sample(rng, n),
    lambda lo, hi, n, rng: 1 - alpha_step_by_step(1 - hi, 1 - lo, n, rng),
    lambda lo, hi, n, rng: 1 - 10 ** rng.uniform(np.log10(1 - hi), np.log10(1 - lo), n),
    lambda lo, hi, n, rng: -np.expm1(rng.uniform(np.log1p(-hi), np.log1p(-lo), n)),
    lambda lo, hi, n, rng: 1 - 1 / (10 ** rng.uniform(-np.log10(1 - lo), -np.log10(1 - hi), n)),
]


@pytest.mark.parametrize("right", RIGHT_BETA)
def test_right_sample_beta_passes(right):
    verdict = checks.sample_beta(right)
    assert verdict.passed, verdict


WRONG_BETA = [
    ("still-the-stub", lambda lo, hi, n, rng: np.zeros(n)),
    ("linear", lambda lo, hi, n, rng: rng.uniform(lo, hi, n)),
    ("linear", lambda lo, hi, n, rng: 1 - rng.uniform(1 - hi, 1 - lo, n)),
    ("log-of-beta", lambda lo, hi, n, rng: alpha_step_by_step(lo, hi, n, rng)),
    ("log-of-beta", lambda lo, hi, n, rng: Log(lo, hi).sample(rng, n)),
    ("log-of-beta", lambda lo, hi, n, rng: 1 - alpha_step_by_step(lo, hi, n, rng)),
    ("returns-one-minus-beta", lambda lo, hi, n, rng: 1 - beta_step_by_step(lo, hi, n, rng)),
    ("returns-one-minus-beta", lambda lo, hi, n, rng: Log(1 - hi, 1 - lo).sample(rng, n)),
    ("returns-the-exponent", lambda lo, hi, n, rng: np.log10(1 - RIGHT_BETA[0](lo, hi, n, rng))),
    (
        "returns-the-exponent",
        lambda lo, hi, n, rng: rng.uniform(np.log10(1 - hi), np.log10(1 - lo), n),
    ),
    ("sign-missing", lambda lo, hi, n, rng: 1 - 1 / (1 - beta_step_by_step(lo, hi, n, rng))),
    ("sign-missing", lambda lo, hi, n, rng: 1 - 10 ** rng.uniform(1, 3, n)),
    ("sign-missing", lambda lo, hi, n, rng: 1 - 10 ** (2 * rng.random(n) + 1)),
    ("forgets-an-end", lambda lo, hi, n, rng: 1 - 10 ** rng.uniform(-3, -1, n)),
    ("forgets-an-end", lambda lo, hi, n, rng: 1 - 10 ** (-2 * rng.random(n) - 1)),
    ("forgets-an-end", lambda lo, hi, n, rng: 1 - (1 - hi) ** rng.random(n)),
    (
        "mixed-bases",
        lambda lo, hi, n, rng: 1 - 10 ** rng.uniform(np.log(1 - hi), np.log(1 - lo), n),
    ),
    (
        "mixed-bases",
        lambda lo, hi, n, rng: 1 - np.exp(rng.uniform(np.log10(1 - hi), np.log10(1 - lo), n)),
    ),
    ("few-values", lambda lo, hi, n, rng: 1 - 10.0 ** rng.integers(-3, 0, n)),
    ("few-values", lambda lo, hi, n, rng: rng.choice([0.9, 0.99, 0.999], n)),
    (
        "ends-swapped",
        lambda lo, hi, n, rng: 1 - 10 ** rng.uniform(np.log10(1 - lo), np.log10(1 - hi), n),
    ),
    ("one-draw", lambda lo, hi, n, rng: np.repeat(beta_step_by_step(lo, hi, 1, rng), n)),
    ("out-of-range", lambda lo, hi, n, rng: 1 - 10 ** rng.uniform(-4, -1, n)),
    ("wrong-shape", lambda lo, hi, n, rng: beta_step_by_step(lo, hi, None, rng)),
    ("not-from-rng", lambda lo, hi, n, rng: RIGHT_BETA[0](lo, hi, n, np.random.default_rng())),
    ("same-every-time", lambda lo, hi, n, rng: OneMinusLog(lo, hi).grid(n)),
    ("not-finite", lambda lo, hi, n, rng: 1 - 10 ** np.log10(lo - rng.uniform(lo, hi, n))),
]


@pytest.mark.parametrize(("mistake", "wrong"), WRONG_BETA)
def test_wrong_sample_beta_is_named(mistake, wrong):
    verdict = checks.sample_beta(wrong)
    assert verdict.mistake == mistake, verdict


RIGHT_WHOLE = [
    lambda lo, hi, n, rng: rng.integers(lo, hi + 1, n),
    lambda lo, hi, n, rng: rng.integers(lo, hi, n, endpoint=True),
    lambda lo, hi, n, rng: Integer(lo, hi).sample(rng, n),
    lambda lo, hi, n, rng: np.floor(lo + (hi - lo + 1) * rng.random(n)).astype(np.int32),
    lambda lo, hi, n, rng: np.round(rng.uniform(lo - 0.5, hi + 0.5, n)),
    lambda lo, hi, n, rng: lo + (rng.random(n) * (hi - lo + 1)).astype(int),
    lambda lo, hi, n, rng: rng.choice(np.arange(lo, hi + 1), size=n),
    lambda lo, hi, n, rng: [int(rng.integers(lo, hi + 1)) for _ in range(n)],
    lambda lo, hi, n, rng: rng.integers(lo, hi + 1, n).astype(np.float32),
    lambda lo, hi, n, rng: np.ceil(rng.uniform(lo - 1, hi, n)),
]


@pytest.mark.parametrize("right", RIGHT_WHOLE)
def test_right_sample_whole_passes(right):
    verdict = checks.sample_whole(right)
    assert verdict.passed, verdict


WRONG_WHOLE = [
    ("still-the-stub", lambda lo, hi, n, rng: np.zeros(n, dtype=int)),
    ("never-the-highest", lambda lo, hi, n, rng: rng.integers(lo, hi, n)),
    ("never-the-highest", lambda lo, hi, n, rng: rng.uniform(lo, hi, n).astype(int)),
    ("never-the-highest", lambda lo, hi, n, rng: lo + (rng.random(n) * (hi - lo)).astype(int)),
    ("ends-half-as-often", lambda lo, hi, n, rng: np.round(rng.uniform(lo, hi, n))),
    ("ends-half-as-often", lambda lo, hi, n, rng: np.rint(lo + (hi - lo) * rng.random(n))),
    ("never-the-lowest", lambda lo, hi, n, rng: np.ceil(rng.uniform(lo, hi, n))),
    ("never-the-lowest", lambda lo, hi, n, rng: rng.integers(lo + 1, hi + 1, n)),
    ("not-whole", lambda lo, hi, n, rng: rng.uniform(lo, hi, n)),
    ("not-whole", lambda lo, hi, n, rng: lo + (hi + 1 - lo) * rng.random(n)),
    ("one-too-many", lambda lo, hi, n, rng: rng.integers(lo, hi + 2, n)),
    ("one-too-many", lambda lo, hi, n, rng: rng.integers(lo, hi + 1, n, endpoint=True)),
    ("starts-at-0", lambda lo, hi, n, rng: rng.integers(hi - lo + 1, size=n)),
    ("starts-at-0", lambda lo, hi, n, rng: rng.integers(0, hi + 1, size=n)),
    ("starts-at-0", lambda lo, hi, n, rng: rng.integers(hi, size=n)),
    ("forgets-an-end", lambda lo, hi, n, rng: rng.integers(2, 5, n)),
    ("forgets-an-end", lambda lo, hi, n, rng: rng.choice([2, 3, 4], n)),
    ("one-draw", lambda lo, hi, n, rng: np.full(n, rng.integers(lo, hi + 1))),
    ("wrong-shape", lambda lo, hi, n, rng: rng.integers(lo, hi + 1)),
    ("wrong-spread", lambda lo, hi, n, rng: np.sort(rng.integers(lo, hi + 1, (2, n)), axis=0)[0]),
    ("not-from-rng", lambda lo, hi, n, rng: np.random.default_rng().integers(lo, hi + 1, n)),
    ("same-every-time", lambda lo, hi, n, rng: lo + np.arange(n) % (hi - lo + 1)),
]


@pytest.mark.parametrize(("mistake", "wrong"), WRONG_WHOLE)
def test_wrong_sample_whole_is_named(mistake, wrong):
    verdict = checks.sample_whole(wrong)
    assert verdict.mistake == mistake, verdict


BANKS = [
    (checks._ALPHA_CASES, checks._ALPHA_MISTAKES, Log),
    (checks._BETA_CASES, checks._BETA_MISTAKES, OneMinusLog),
    (checks._WHOLE_CASES, checks._WHOLE_MISTAKES, Integer),
]


@pytest.mark.parametrize(("cases", "mistakes", "scale"), BANKS)
def test_spreads_are_too_far_apart_to_be_taken_for_each_other(cases, mistakes, scale):
    """Right answers and mistakes with different names differ by twice the tolerance."""
    right = checks._evenly(lambda low, high, u: scale(low, high).from_unit(u))
    known = [("right", right), *((m.id, m.wrong) for m in mistakes)]
    spreads = [(id, [checks._spread(f(*case.args))[1] for case in cases]) for id, f in known]
    for i, (id, spread) in enumerate(spreads):
        for other, another in spreads[:i]:
            gap = max(np.abs(a - b).max() for a, b in zip(spread, another, strict=True))
            assert id == other or gap > 2 * checks._TOLERANCE, (id, other, gap)


PICKS = {
    "hidden units": Integer(50, 100),
    "layers": Integer(2, 4),
    "learning rate": Log(0.0001, 1),
    "beta": OneMinusLog(0.9, 0.999),
    "mini-batch size": Log(16, 1024),
    "keep_prob": Linear(0.5, 1),
}


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"layers": Choice((2, 3, 4))},
        {"hidden units": Choice(tuple(range(50, 101)))},
        {"mini-batch size": Choice((16, 32, 64, 128, 256, 512, 1024))},
        {"layers": Integer(2.0, 4.0), "learning rate": Log(1e-4, 1.0)},
        {"a name of my own": 3},
    ],
)
def test_right_picks_pass(other):
    verdict = checks.pick_scales({**PICKS, **other})
    assert verdict.passed, verdict


ALL_LINEAR = {name: Linear(scale.low, scale.high) for name, scale in PICKS.items()}


@pytest.mark.parametrize(
    ("mistake", "other"),
    [
        ("still-the-stub", ALL_LINEAR),
        ("hidden-units-linear", {"hidden units": Linear(50, 100)}),
        ("hidden-units-log", {"hidden units": Log(50, 100)}),
        ("layers-linear", {"layers": Linear(2, 4)}),
        ("layers-log", {"layers": Log(2, 4)}),
        ("learning-rate-linear", {"learning rate": Linear(0.0001, 1)}),
        ("beta-linear", {"beta": Linear(0.9, 0.999)}),
        ("beta-log", {"beta": Log(0.9, 0.999)}),
        ("mini-batch-size-linear", {"mini-batch size": Linear(16, 1024)}),
        ("mini-batch-size-integer", {"mini-batch size": Integer(16, 1024)}),
        ("keep-prob-log", {"keep_prob": Log(0.5, 1)}),
        ("wrong-ends", {"learning rate": Log(0.001, 1)}),
        ("wrong-ends", {"layers": Integer(2, 5)}),
        ("wrong-ends", {"keep_prob": OneMinusLog(0.5, 0.999)}),
        ("no-range", {"beta": OneMinusLog}),
        ("no-scale", {"beta": "1 - beta"}),
        ("no-scale", {"layers": [2, 3, 4]}),
        ("unfit-choice", {"learning rate": Choice((0.0001, 0.001, 0.01, 0.1, 1))}),
        ("unfit-choice", {"layers": Choice((2, 4))}),
    ],
)
def test_wrong_picks_are_named(mistake, other):
    verdict = checks.pick_scales({**PICKS, **other})
    assert verdict.mistake == mistake, verdict
    assert mistake == "still-the-stub" or verdict.hint.startswith(next(iter(other)))


def test_the_first_wrong_pick_is_the_one_named():
    picks = {**PICKS, "layers": Linear(2, 4), "beta": Linear(0.9, 0.999)}
    assert checks.pick_scales(picks).mistake == "layers-linear"
    del picks["hidden units"]
    assert checks.pick_scales(picks).mistake == "missing"
    assert checks.pick_scales(list(PICKS.values())).mistake == "not-a-dict"


@pytest.mark.parametrize(("name", "low_share"), [("linear", 0.048), ("integer", 0.048)])
def test_numbers_in_the_hints_are_right(name, low_share):
    scale = {"linear": Linear(16, 1024), "integer": Integer(16, 1024)}[name]
    assert scale.to_unit(520) == pytest.approx(0.5, abs=0.001)
    assert scale.to_unit(64) == pytest.approx(low_share, abs=0.001)


@pytest.mark.parametrize(
    ("passed", "factor", "start"),
    [
        (False, 4, 0),  # X3, the default
        (True, -4, 0),
        (True, 4, -4),
        (True, 4.5, -4.5),
        (True, 5, -4.5),
        (False, 5.5, -4.5),  # 1 / 5.5 = 18 % a decade
        (False, 3, -3.5),
        (False, 3, -4),
        (False, 4, -3.5),
        (False, 0, -2),
        (False, -4, -4),
    ],
)
def test_goal_every_decade(passed, factor, start):
    assert checks.goal_every_decade(factor=factor, start=start).passed == passed


def test_goal_every_decade_says_where_one_stands():
    hint = checks.goal_every_decade(factor=4, start=-3).hint
    assert hint.endswith("Now they get 0 %, 25 %, 25 %, 25 %.")
    assert checks.goal_every_decade(factor=0, start=-2).hint.endswith("get 0 %, 0 %, 100 %, 0 %.")


@pytest.mark.parametrize(
    ("passed", "beta", "step"),
    [
        (False, 0.9, 0.0005),  # the default
        (True, 0.9, 0.05),
        (True, 0.98, 0.01),
        (True, 0.99, 0.005),
        (True, 0.99, 0.0048),
        (False, 0.99, 0.0047),
        (False, 0.99, 0.0053),
        (False, 0.9905, 0.0045),
        (False, 0.999, 0.0005),  # S6 itself does not count
        (False, 0.99, 0.01),
        (False, 0.98, 0.05),
    ],
)
def test_goal_double_the_window(passed, beta, step):
    assert checks.goal_double_the_window(beta=beta, step=step).passed == passed


def test_goal_double_the_window_says_where_one_stands():
    assert checks.goal_double_the_window(beta=0.99, step=0.001).hint.endswith("it grows × 1.111.")
    assert "50 % of the way to 1" in checks.goal_double_the_window(beta=0.9, step=0.05).hint
