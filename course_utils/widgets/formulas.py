"""The formula beside a picture as MathML, and the numbers that go under its symbols."""

import math
import re

from latex2mathml import converter

from course_utils.support.arrays import shown
from course_utils.support.formulas import Formula

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_NOW = re.compile(r"\\now\{(\w+)\}\{")


def offered(update, controls: dict) -> Formula | None:
    """Return a picture's formula, if it has one; refuse one that has terms without numbers."""
    formula = getattr(update, "formula", None)
    if formula is None:
        return None
    if not isinstance(formula, Formula):
        raise TypeError(f"update.formula should be a Formula, but is {shown(formula)}")
    without = set(_NOW.findall(formula.latex)) - {*formula.terms, *controls}
    return None if without else formula


def from_latex(latex: str, display: str) -> str:
    """Return LaTeX as MathML, ``"block"`` or ``"inline"``; an assignment := is one sign."""
    made = converter.convert(latex, display=display)
    return made.replace("<mi>:</mi><mo>&#x0003D;</mo>", "<mo>:=</mo>")


def mathml(formula: Formula) -> str:
    """Return a formula as MathML, with an empty place under each symbol that has a number."""
    latex = _NOW.sub(r"\\underset{\\text{@\1}}{", formula.latex)
    made = from_latex(latex, "block")
    if unknown := re.search(r"\\\w+", made):
        raise ValueError(
            f"the formula has {unknown[0]}, which is no LaTeX command: {formula.latex}"
        )
    return re.sub(r"<mtext>@(\w+)</mtext>", r'<mtext class="cu-now" data-term="\1"></mtext>', made)


def numbers(formula: Formula, controls: dict, values: dict) -> dict[str, str]:
    """Return the text of each term at these values."""
    return {
        name: _text(formula.terms[name](**values))
        if name in formula.terms
        else controls[name].text(values[name])
        for name in dict.fromkeys(_NOW.findall(formula.latex))
    }


def _text(number):
    if isinstance(number, str):
        return number
    if not math.isfinite(number):
        return "not a number" if math.isnan(number) else ("−∞" if number < 0 else "∞")
    mantissa, _, power = f"{number:.4g}".partition("e")
    raised = str(int(power)).translate(_RAISED) if power else ""
    return (f"{mantissa}·10{raised}" if power else mantissa).replace("-", "−")
