"""Checks about scales: how spreads are told apart, the picks, the challenges."""

import re

import numpy as np
import pytest

from course_utils.checks import sampling_scales as checks
from course_utils.figures import sampling_scales as figures
from course_utils.sampling_scales import Choice, Integer, Linear, Log, OneMinusLog
from course_utils.widgets import controls
from tests.checks import joined
from tests.notebooks import FOLDER, code_cells


def alpha_step_by_step(low, high, size, rng):
    a, b = np.log10(low), np.log10(high)
    r = a + (b - a) * rng.random(size)
    return 10**r


def test_no_seed_refuses_a_right_answer():
    for jump in range(60):

        def draws_from_elsewhere(low, high, size, rng, jump=jump):
            rng.bit_generator.advance(jump * 10**6)
            return alpha_step_by_step(low, high, size, rng)

        assert checks.sample_alpha(draws_from_elsewhere).passed
    assert 2 * np.exp(-2 * 9000 * checks._TOLERANCE**2) < 1e-12


@pytest.mark.parametrize(
    ("right", "scale", "cases"),
    [
        (checks._alpha, Log, checks._ALPHA_CASES),
        (checks._beta, OneMinusLog, checks._BETA_CASES),
        (checks._whole, Integer, checks._WHOLE_CASES),
    ],
)
def test_the_right_spread_is_that_of_the_lectures_scale(right, scale, cases):
    for case in cases:
        low, high, size, rng = case.args
        spread = scale(low, high).from_unit(checks._u(size))
        assert np.allclose(right(low, high, size, rng), spread, rtol=1e-12)


def test_the_hint_of_a_wrong_spread_says_where_it_is_widest():
    # sin² of an even angle is below x in 2 / π · arcsin(√x) of all cases: 79.5 % at x = 0.9.
    verdict = checks.sample_alpha(
        lambda low, high, size, rng: low * (high / low) ** np.sin(np.pi / 2 * rng.random(size)) ** 2
    )
    assert verdict.mistake == "wrong-spread"
    told = verdict.hint.split(" % ")
    share, mark = 2 / np.pi * np.arcsin(np.sqrt(0.9)), 1e-4 * 1e4**0.9
    assert float(told[0]) == pytest.approx(100 * share, abs=1.5)
    assert f"at most {mark:.3g}. On the right scale 90" in verdict.hint


def test_one_number_is_named_where_whole_numbers_come_up_unevenly():
    verdict = checks.sample_whole(
        lambda low, high, size, rng: low + rng.binomial(high - low, 0.5, size)
    )
    assert verdict.hint.startswith("The number 3 comes up in 50 % of your draws.")


def exponents(low, high):
    return np.log10(low), np.log10(high) - np.log10(low)


def without_start(low, high, size, rng):
    return exponents(low, high)[1] * rng.random(size)


def high_for_the_width(low, high, size, rng):
    return np.log10(low) + np.log10(high) * rng.random(size)


@pytest.mark.parametrize(
    ("answer", "mistake", "false"),
    [
        (without_start, "returns-the-exponent+starts-at-exponent-0", "power of ten is taken"),
        (high_for_the_width, "returns-the-exponent+no-difference", "one and the same number"),
        (
            lambda low, high, size, rng: (high - low) * rng.random(size),
            "linear+starts-at-exponent-0",
            "α starts at 1",
        ),
        (
            lambda low, high, size, rng: 10 ** (np.log10(high) * rng.random(size)),
            "one-draw",  # for high = 1
            "asked for are",
        ),
    ],
)
def test_of_two_mistakes_each_is_told_so_that_it_is_true_beside_the_other(answer, mistake, false):
    verdict = checks.sample_alpha(answer)
    assert verdict.mistake == mistake
    assert false not in verdict.hint


def between(a, b, rng, size):
    return a + (b - a) * rng.random(size)


@pytest.mark.parametrize(
    ("check", "answer", "hint"),
    [
        (
            checks.sample_alpha,
            lambda low, high, size, rng: 10 ** ((high - low) * rng.random(size)),
            "What you make of u starts at 0, as u does. Where should it start? Your r is made of "
            "low and high themselves, and not of their exponents.",
        ),
        (
            checks.sample_alpha,
            lambda low, high, size, rng: low + (high - low) * rng.random(size) ** 3,
            "You draw on the scale of α itself, where the uppermost decade is most of the range. "
            "You draw from one end too often, as after a power or a root of u: u has to stay even "
            "until it is used.",
        ),
        (
            checks.sample_beta,
            lambda low, high, size, rng: (
                -np.log10(1 - low) - (np.log10(1 - high) - np.log10(1 - low)) * rng.random(size)
            ),
            "These are the exponents r. Two steps are missing: to 1 − β, then to β. A minus is "
            "missing, or one too many: what you make of u has the wrong sign.",
        ),
        (
            checks.sample_beta,
            lambda low, high, size, rng: (
                1 + 10 ** between(np.log10(low), np.log10(high), rng, size)
                if low > 0
                else np.full(size, np.nan)
            ),
            "You take the logarithm of β itself. The window depends on the distance of β from 1. "
            "Your last step goes up from 1, and β lies below it.",
        ),
        (
            checks.sample_whole,
            lambda low, high, size, rng: between(low - 1, high + 1, rng, size).astype(int),
            "low − 1 belongs to your range, too. Which number does it begin at? The decimals are "
            "cut off. Below 0 that moves a number up instead of down, so that one number comes up "
            "too often.",
        ),
    ],
)
def test_the_whole_text_of_two_mistakes_is_true(check, answer, hint):
    assert check(answer).hint == hint


@pytest.mark.parametrize("back", [np.exp, np.exp2])
def test_who_knows_one_base_alone_is_not_told_to_mix_two(back):
    def powers_of_linear(low, high, size, rng):
        return back(low + (high - low) * rng.random(size))

    def logarithms(low, high, size, rng):
        log = np.log2 if back is np.exp2 else np.log
        return log(low) + log(high / low) * rng.random(size)

    assert checks.sample_alpha(powers_of_linear).mistake == "no-logarithm"
    assert checks.sample_alpha(logarithms).mistake == "returns-the-exponent"


_OF_ALL = re.compile(
    r"(most|nearly all|9 % of the) draws|evenly(,| between| and)|right width|fits the|ends of r|"
    r"runs from low|[Tt]he middle of the range|end of the range comes|10\^r is|before them|"
    r"way back you|lie above 1|comes? up too\.|All your numbers|too rarely"
)


@pytest.mark.parametrize("check", [checks.sample_alpha, checks.sample_beta, checks.sample_whole])
def test_no_mistake_that_is_told_beside_another_speaks_of_the_whole_answer(check):
    assert joined.saying(_OF_ALL, [way for m in check.mistakes for way in m.each()]) == []


def test_an_end_of_zero_is_no_stray():
    case = checks._case(0, 0.9, 9000, "draws from 0 to 0.9")
    assert checks._stray(np.append(-1e-17, checks._beta(*case.args)), checks._beta, case) is None


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
        ("keep-prob-oneminuslog", {"keep_prob": OneMinusLog(0.5, 0.999)}),
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


class Nameless:
    def __repr__(self):
        raise RuntimeError("no text")


@pytest.mark.parametrize(
    "picks",
    [
        None,
        3,
        dict,
        [],
        "Linear",
        {},
        np.zeros(3),
        {**PICKS, "beta": Nameless()},
        {**PICKS, "layers": Choice((np.zeros(2), np.zeros(3)))},
        {**PICKS, "keep_prob": len},
    ],
)
def test_no_picks_break_the_check(picks):
    verdict = checks.pick_scales(picks)
    assert not verdict.passed
    assert verdict.hint


@pytest.mark.parametrize(
    ("passed", "factor", "start"),
    [
        (False, 4, 0),  # X3, the default
        (True, -4, 0),
        (True, 4, -4),
        (False, 4.5, -4.5),  # 1 / 4.5 = 22 % a decade, and 11 % outside
        (False, 5, -4.5),
        (False, 5.5, -4.5),
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
    at_the_end = checks.goal_every_decade(factor=0, start=0).hint  # as in the picture
    assert at_the_end.endswith("get 0 %, 0 %, 0 %, 100 %.")


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


def test_from_every_beta_a_step_of_the_slider_doubles_the_window():
    cells = code_cells(FOLDER / "09_sampling_scales.ipynb")
    source = next(cell for cell in cells if "goal_double_the_window" in cell)
    names = {"Log": Log, "OneMinusLog": OneMinusLog, "controls": controls}
    names |= {"checks": checks, "figures": figures, "explore": lambda figure, **given: given}
    exec(source.removesuffix("double"), names)
    goal, betas, steps = (names["double"][name] for name in ("goal", "beta", "step"))
    reached = {b: [s for s in steps.values if goal(beta=b, step=s).passed] for b in betas.values}
    assert [b for b, found in reached.items() if b <= 0.99 and not found] == []


def test_goal_double_the_window_says_where_one_stands():
    assert checks.goal_double_the_window(beta=0.99, step=0.001).hint.endswith("it grows × 1.111.")
    assert "50 % of the way to 1" in checks.goal_double_the_window(beta=0.9, step=0.05).hint
