"""Each exercise's cell, run as it stands in the notebook, is told that it is still the stub."""

import ast
from importlib import import_module

import numpy as np
import pytest

from tests import notebooks

TOPICS = (
    "05_weighted_averages",
    "06_optimizers",
    "07_learning_rate_decay",
    "09_sampling_scales",
    "18_capstone",
)


def stubs(notebook):
    cells = notebooks.code_cells(notebooks.FOLDER / f"{notebook}.ipynb")
    return [cell for cell in cells if "# your line" in cell]


@pytest.mark.parametrize("notebook", TOPICS)
def test_the_stub_is_recognised(notebook):
    checks = import_module(f"course_utils.checks.{notebook[3:]}")
    assert stubs(notebook)
    for cell in stubs(notebook):
        body = ast.parse(cell).body
        namespace = {"np": np, "checks": checks}
        exec(compile(ast.Module(body[:-1], []), notebook, "exec"), namespace)
        verdict = eval(ast.unparse(body[-1].value), namespace)
        assert verdict.mistake == "still-the-stub", cell
