"""Formulas beside pictures: MathML once, numbers at every move."""

import xml.etree.ElementTree as ET

import pytest

from course_utils.sampling_scales import Linear, OneMinusLog
from course_utils.support.formulas import Formula
from course_utils.widgets import controls, explore, formulas
from tests.test_explorer import page_moves

AVERAGE = Formula(
    r"v_t = \now{beta}{\beta}\, v_{t-1} + (1 - \now{beta}{\beta})\, \theta_t, \quad"
    r"\now{window}{\frac{1}{1 - \beta}}\ \text{days}",
    window=lambda beta, **_: 1 / (1 - beta),
)
BETA = controls.scale(OneMinusLog(0.5, 0.99), 0.9)


def average(fig):
    """A picture with a formula."""
    ax = fig.subplots()
    (line,) = ax.plot([0, 1], [0, 1])

    def update(beta):
        line.set_ydata([0, beta])
        return f"β = {beta:g}"

    update.formula = AVERAGE
    return update


def test_a_formula_is_mathml_with_a_place_under_each_symbol():
    root = ET.fromstring(formulas.mathml(AVERAGE))
    names = [node.get("data-term") for node in root.iter() if node.get("data-term")]
    assert names == ["beta", "beta", "window"]
    over = [node for node in root.iter() if node.tag.endswith("munder")]
    assert len(over) == 3
    assert "frac" in "".join(node.tag for node in over[2].iter()), "braces within braces"


@pytest.mark.parametrize("latex", [r"\theta := \theta - g", r"W := \now{beta}{\beta} W"])
def test_an_assignment_is_one_sign(latex):
    assert "<mo>:=</mo>" in formulas.mathml(Formula(latex))


def test_the_numbers_follow_the_values():
    explorer = explore(average, beta=BETA)
    assert explorer._formula.startswith("<math")
    assert explorer._numbers == {"beta": "0.9", "window": "10"}
    page_moves(explorer, beta=0)
    assert explorer._numbers == {"beta": "0.5", "window": "2"}
    explorer.set(beta=0.985)
    assert explorer._numbers == {"beta": "0.985", "window": "66.67"}


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (-2, "−2"),
        (1234567.0, "1.235·10⁶"),
        (1.5e-5, "1.5·10⁻⁵"),
        ("∞", "∞"),
        (float("nan"), "not a number"),
    ],
)
def test_numbers_are_written_as_the_readouts_write_them(number, text):
    formula = Formula(r"\now{x}{x}", x=lambda **_: number)
    assert formulas.numbers(formula, {}, {"beta": 1})["x"] == text


def test_a_command_that_latex_does_not_know_is_refused_in_words():
    with pytest.raises(ValueError, match=r"has \\quadz, which is no LaTeX command"):
        formulas.mathml(Formula(r"\now{beta}{\beta}, \quadz"))


def test_a_formula_without_its_controls_is_left_out():
    def update():
        """Stand for a picture."""

    update.formula = AVERAGE
    assert formulas.offered(update, {"alpha": controls.scale(Linear(0, 1), 0)}) is None
    assert formulas.offered(update, {"beta": BETA}) is AVERAGE


def test_what_is_no_formula_is_refused_in_words():
    def update():
        """Stand for a picture."""

    update.formula = r"\beta"
    with pytest.raises(TypeError, match=r"update\.formula should be a Formula, but is "):
        formulas.offered(update, {})
