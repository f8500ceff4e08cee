"""The page of symbols and the glossary say what the notebooks and the package say."""

import re
from itertools import pairwise

import numpy as np
import pytest

from course_utils.batch_norm import forward
from course_utils.gradient_checking import numerical_gradient
from course_utils.layers import BatchNorm
from course_utils.network import Network
from course_utils.optimizers import Adam, GradientDescent, Momentum, RMSprop
from course_utils.training import Training
from tests import notebooks

PAGE = "\n".join(cell.source for cell in notebooks.cells(notebooks.SYMBOLS, "markdown"))
TERM = re.compile(
    r"^\| \*\*(?P<term>[^*]+)\*\* \| (?P<meaning>.+) \| \[\d\d\]\((?P<where>[\w.]+)\) \|$"
)
TERMS = [found for line in PAGE.splitlines() if (found := TERM.match(line))]


def prose(name):
    """Return all text of a notebook in lower case on one line."""
    found = notebooks.cells(notebooks.FOLDER / name)
    return re.sub(r"\W+", " ", "\n".join(cell.source for cell in found)).lower()


@pytest.mark.parametrize("found", TERMS, ids=[found["term"] for found in TERMS])
def test_a_term_stands_in_the_notebook_that_is_said_to_explain_it(found):
    assert re.sub(r"\W+", " ", found["term"]).lower() in prose(found["where"])


def test_terms_are_in_order_and_each_stands_once():
    terms = [found["term"].lower() for found in TERMS]
    assert len(terms) == PAGE.count("\n| **") > 50
    assert all(first < second for first, second in pairwise(terms))


def test_each_lesson_has_a_term():
    without = {path.name for path in notebooks.LESSONS} - {found["where"] for found in TERMS}
    assert without <= {"00_start_here.ipynb"}


def test_other_small_numbers_called_epsilon_stand_where_they_are_said_to():
    aside = PAGE.split("the letter stands for other small numbers")[1].split("\n\n")[0]
    where = re.findall(r"\((\d\d\w+\.ipynb)\)", aside)
    assert [name[:2] for name in where] == ["03", "05", "01"]
    for name in where:
        text = "\n".join(
            cell.source for cell in notebooks.cells(notebooks.FOLDER / name, "markdown")
        )
        assert "ε" in text
    rounding = re.search(r"rounding, (\S+) in float64", aside)[1]
    assert float(rounding) == pytest.approx(np.finfo(float).eps, rel=0.15)


def row(heading, start):
    """Return the cells of the table row that starts so, below a heading."""
    part = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
    line = next(line for line in part.splitlines() if line.startswith(f"| {start}"))
    return [cell.strip() for cell in line.strip("|").split(" | ")]


def test_the_usual_values_of_beta_are_those_of_the_package():
    assert row("Which β is it?", "[weighted average]")[3] == str(Momentum().beta)
    assert Momentum().beta == Adam().beta1
    values = f"{RMSprop().beta} in RMSprop, {Adam().beta2} in Adam"
    assert row("Which β is it?", "[RMSprop")[3] == values
    assert row("Which β is it?", "[batch norm's")[3] == str(BatchNorm(1).momentum)
    assert BatchNorm(3).shapes["beta"] == (3, 1)


@pytest.mark.parametrize(
    ("start", "value"),
    [
        ("[gradient checking]", numerical_gradient.__kwdefaults__["h"]),
        ("[RMSprop", Adam().epsilon),
        ("[RMSprop", RMSprop().epsilon),
        ("[batch norm]", forward.__kwdefaults__["epsilon"]),
    ],
)
def test_the_usual_values_of_epsilon_are_those_of_the_package(start, value):
    exponent = int(re.findall(r"10\^\{(-\d+)\}", " ".join(row("Which ε is it?", start)))[-1])
    assert 10.0**exponent == pytest.approx(value)


def turned(optimizer, scale):
    """Return how far a step of an optimizer turns weights before batch norm, of this scale."""
    rng = np.random.default_rng(0)
    X, labels = rng.normal(size=(5, 30)), rng.integers(2, size=(1, 30))
    network = Network([5, 4, 1], np.random.default_rng(1), batch_norm=True)
    W = network.parameters["W1"]
    W *= scale
    before = W / np.linalg.norm(W, axis=1, keepdims=True)
    Training(network, X, labels, optimizer, rng, size=30).run_epoch()
    after = W / np.linalg.norm(W, axis=1, keepdims=True)
    return np.linalg.norm(after - before)


@pytest.mark.parametrize(
    ("optimizer", "power"), [(GradientDescent(alpha=1e-3), 2), (Adam(alpha=1e-4), 1)]
)
def test_the_effective_learning_rate_is_that_of_plain_descent(optimizer, power):
    """A step of Adam is about alpha long, whatever the gradient: it turns by alpha / norm."""
    assert turned(optimizer, 3) / turned(optimizer, 12) == pytest.approx(4**power, rel=0.02)
    (found,) = (found for found in TERMS if found["term"] == "effective learning rate")
    assert "a step of plain descent turns it" in found["meaning"]
