"""What importing costs, and what it does not touch."""

import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GROUND = sorted(p.stem for p in (ROOT / "course_utils").glob("[!_]*.py"))
FIGURES = sorted(p.stem for p in (ROOT / "course_utils" / "figures").glob("[!_]*.py"))


@cache
def loaded_by(statement):
    code = f"import sys; {statement}; print(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "statement",
    [
        "import course_utils",
        *(f"import course_utils.{name}" for name in GROUND),
    ],
)
def test_the_ground_floor_loads_only_numpy(statement):
    tops = {name.partition(".")[0] for name in loaded_by(statement) - loaded_by("pass")}
    of_numpy = {name for name in tops if "cython" in name}
    assert tops - of_numpy - sys.stdlib_module_names <= {"course_utils", "numpy"}


def test_a_new_module_falls_under_the_contract_by_itself():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]
    assert layers["type"] == "layers"
    assert layers["exhaustive"] is True
    assert layers["containers"] == ["course_utils"]


def test_figures_leave_pyplot_and_the_global_settings_alone():
    figures = "; ".join(f"import course_utils.figures.{name}" for name in FIGURES)
    assert "matplotlib.pyplot" not in loaded_by(figures)
    code = (
        "import matplotlib as m, numpy as np; before = dict(m.rcParams), np.geterr(); "
        f"{figures}; import course_utils.widgets; assert (dict(m.rcParams), np.geterr()) == before"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)
