"""The exercises on initialization: their stubs and mistakes; the challenge."""

import re

import numpy as np
import pytest

from course_utils import initialization
from course_utils.activations import relu, sigmoid, tanh
from course_utils.checks import Verdict
from course_utils.checks import initialization as checks
from course_utils.checks.engine import known
from course_utils.figures import initialization as figures
from course_utils.widgets.live_picture import LivePicture
from tests import notebooks
from tests.checks.stub_cells import stub_in
from tests.checks.told_apart import not_told_apart
from tests.thorough import once_a_week

EXERCISES = (
    (checks._he, (*checks.made_in(checks._he, checks._ALWAYS), *checks._HE_NORMAL)),
    (checks._he, (*checks.made_in(checks._he, checks._ALWAYS), *checks._HE_UNIFORM)),
    (checks._glorot, (*checks.made_in(checks._glorot, checks._ALWAYS), *checks._GLOROT_NORMAL)),
    (checks._glorot, (*checks.made_in(checks._glorot, checks._ALWAYS), *checks._GLOROT_UNIFORM)),
)


@pytest.mark.parametrize(("right", "mistakes"), EXERCISES)
def test_no_mistake_hides_another_and_each_has_two_steps(right, mistakes):
    assert (
        not_told_apart(
            right, checks._CASES, mistakes, measure=checks._spread, rtol=0, atol=checks._TOLERANCE
        )
        == []
    )
    for mistake in mistakes:
        assert mistake.look.endswith((".", "?"))
        assert mistake.hint.endswith((".", "?"))


@pytest.mark.parametrize("check", [checks.he, checks.glorot])
def test_the_notebooks_stub_is_known(check):
    assert check(stub_in("01_initialization", check.__name__)).mistake == "still-the-stub"


@pytest.mark.parametrize("check", [checks.he, checks.glorot])
def test_the_stubs_numbers_by_other_code_are_not_called_the_stub(check):
    assert check(lambda n_out, n_in, rng: [[0] * n_in] * n_out).mistake == "all-zero"


def advanced(scheme, jump):
    def draws_from_elsewhere(n_out, n_in, rng):
        rng.bit_generator.advance(jump * 10**7)
        return scheme(n_out, n_in, rng)

    return draws_from_elsewhere


def laplace(n_out, n_in, rng):
    return rng.laplace(0, np.sqrt(1 / n_in), (n_out, n_in))


@pytest.mark.parametrize(
    ("check", "scheme"),
    [
        (checks.he, initialization.he),
        (checks.he, laplace),  # of all right ones, the one whose variance jumps about most
        (checks.glorot, initialization.glorot),
    ],
)
def test_no_seed_refuses_a_right_answer(check, scheme):
    for jump in range(10):
        verdict = check(advanced(scheme, jump))
        assert verdict.passed, verdict


def test_the_kind_of_numbers_is_told_whatever_the_seed():
    for seed in range(100):
        rng = np.random.default_rng(seed)
        assert checks._kind(rng.normal(0, 0.1, (400, 100))) == "normal"
        assert checks._kind(rng.uniform(-3, 3, (400, 100))) == "uniform"
        assert checks._kind(np.clip(rng.normal(size=(400, 100)), -1.5, 1.5)) == ""
        assert checks._kind(rng.choice([-1.0, 1.0], (400, 100))) == ""


def test_the_hint_of_a_wrong_variance_says_by_how_much():
    hint = checks.he(lambda n_out, n_in, rng: rng.choice([-0.1, 0.1], (n_out, n_in))).hint
    assert hint == (
        "The variance is 0.01; the task asks for 0.02. Yours is 0.5 times that. The case: n_out "
        "= 400, n_in = 100."
    )


@pytest.mark.parametrize(("right", "mistakes"), EXERCISES)
def test_two_things_beside_a_wrong_shape_are_not_called_two_things_once_more(right, mistakes):
    told = [f"{pair.look} {pair.hint}" for pair in known._pairs(mistakes)]
    assert len(told) > 10
    assert {text.count("Two things at once") for text in told} == {1}
    assert [text for text in told if "W is (n_out, n_in)" in text] == []


def test_a_wrong_layer_a_root_that_is_missing_and_a_shape_turned_round_are_all_told():
    verdict = checks.he(lambda n_out, n_in, rng: rng.normal(0, 2 / n_out, (n_in, n_out)))
    assert verdict.hint == (
        "W should be (n_out, n_in), one row for each unit of this layer: then W @ a fits. 2/n_out "
        "looks at the wrong layer, and it is your standard deviation, not your variance. "
        "rng.normal takes a standard deviation, and a factor before standard_normal is one: what "
        "lies between the two?"
    )


def test_units_without_weights_are_counted():
    def without_the_last(n_out, n_in, rng):
        W = initialization.he(n_out, n_in, rng)
        W[-1] = 0
        return W

    hint = checks.he(without_the_last).hint
    assert hint.startswith("Of the 400 units, 1 has equal weights throughout, all of them 0.")


def spoilt(returned, after):
    """Return a scheme that is right for some calls and then returns something else."""
    calls = []

    def scheme(n_out, n_in, rng):
        calls.append(n_out)
        return initialization.he(n_out, n_in, rng) if len(calls) <= after else returned

    return scheme


@pytest.mark.parametrize("after", range(10))
@pytest.mark.parametrize("returned", [None, "text", 3.0, np.zeros(4), [[1], [2, 3]], object()])
def test_whatever_comes_back_later_gets_a_verdict(returned, after):
    verdict = checks.he(spoilt(returned, after))
    assert isinstance(verdict, Verdict)
    assert not verdict.passed or after > 6  # then all that is compared came in time


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


@once_a_week
@pytest.mark.parametrize("activation", [relu, tanh, sigmoid], ids=lambda g: g.name)
def test_the_notebooks_challenge_can_be_reached_with_every_activation(activation):
    challenge = notebooks.explorers(notebooks.FOLDER / "01_initialization.ipynb")["alive"]
    factors = challenge.controls["factor"].values
    verdicts = [checks.goal_alive(factor=f, activation=activation, width=256) for f in factors]
    assert sum(verdict.passed for verdict in verdicts) >= 2  # found without luck
    passed = [f for f, verdict in zip(factors, verdicts, strict=True) if verdict.passed]
    first, least, most = {
        "ReLU": (1.9, 2.2, 2.2),
        "tanh": (1.0, 2.0, 2.0),
        "sigmoid": (90, 125, 135),
    }[activation.name]
    assert passed[0] == first
    assert least <= passed[-1] <= most


def test_goal_alive_says_that_numbers_ended():
    verdict = checks.goal_alive(factor=400.0, activation=tanh, width=256)
    assert verdict.mistake == "da-too-large"
    assert "beyond float32 in layer" in verdict.hint


@pytest.mark.parametrize("activation", [relu, tanh, sigmoid], ids=lambda g: g.name)
@pytest.mark.parametrize("factor", [0.95, 1.2, 1.85, 1.9, 2.1, 2.3, 25.0, 60.0, 100.0])
def test_goal_alive_judges_the_thick_lines_of_the_picture(factor, activation):
    values = {"factor": factor, "activation": activation, "layer": 50, "width": 256}
    live, verdict = LivePicture(figures.signals), checks.goal_alive(**values)
    live.draw(values)
    thick = [line for line in live.canvas.figure.axes[1].lines if line.get_linewidth() == 2.4]
    heights = {line.get_label().split(",")[0]: line.get_ydata() for line in thick}
    assert list(heights) == ["a", "da"]
    assert verdict.passed == all(((y >= 0.1) & (y <= 10)).all() for y in heights.values())
    if not verdict.passed:
        what, size, layer = re.search(
            r"that of (a|da) is (\S+) in layer (\d+)", verdict.hint
        ).groups()
        drawn = heights[what][int(layer) - 1]
        assert float(size.replace("−", "-")) == pytest.approx(drawn, rel=0.35)


def test_who_has_passed_goal_alive_is_not_sent_to_what_may_be_done_already():
    for factor, activation in ((2.0, relu), (1.5, tanh), (100.0, sigmoid)):
        said = str(checks.goal_alive(factor=factor, activation=activation, width=256))
        assert [g.name for g in (relu, tanh, sigmoid) if g.name in said] == [activation.name]
