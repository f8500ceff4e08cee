"""A small program of ours under settings that are not ours, each in a process of its own."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.thorough import once_a_week

ROOT = Path(__file__).parents[1]
PROGRAM = """
import importlib, pkgutil, sys
import course_utils
for module in pkgutil.walk_packages(course_utils.__path__, "course_utils."):
    if ".frameworks." not in module.name:
        importlib.import_module(module.name)

import numpy as np
from course_utils import datasets, network, optimizers, softmax, training
from course_utils.support import evaluation
from course_utils.figures import softmax as pictures
from course_utils.widgets.live_picture import LivePicture
from course_utils.widgets import controls, explore
from course_utils.figures import start_here
from course_utils.sampling_scales import Integer, Linear

def holds(condition):  # not assert: it is left out where Python optimizes
    if not condition:
        raise ValueError("this should hold")

X, labels = datasets.blobs(3, 20, np.random.default_rng(0))
Y, small = softmax.one_hot(labels, 3), network.Network([2, 4, 3], np.random.default_rng(1))
history = training.fit(small, X, Y, optimizers.Adam(), epochs=3, rng=np.random.default_rng(2),
                       checkpoint="run.npz")
holds(history._repr_png_()[1:4] == b"PNG")

def objective(configuration, rng):
    if configuration["x"] == 2:
        raise ValueError("\\u00e9 \\u20ac \\u2028")
    return configuration["x"]

for _ in range(2):
    found = evaluation.evaluate(objective, [{"x": x} for x in range(3)], file="trials.jsonl")
holds("\\u00e9" in found[2].reason and len(found.failed) == 1)
found.to_csv("trials.csv")

explorer = explore(start_here.digit, example=controls.scale(Integer(0, 9), 1),
                   threshold=controls.scale(Linear(0, 1), 0.0))
holds(explorer._repr_mimebundle_())
print("all is well")
"""


def without(*names):
    return {k: v for k, v in os.environ.items() if k not in names}


def run(folder, variables, *options, code=PROGRAM, package=ROOT):
    """Run a program in a folder; return what it printed."""
    command = [sys.executable, *options, "-c", code]
    variables = {**variables, "PYTHONPATH": str(package)}
    done = subprocess.run(command, cwd=folder, env=variables, capture_output=True, check=False)
    errors = done.stderr.decode("utf-8", "replace")
    assert done.returncode == 0, errors[-3000:]
    return done.stdout.decode("utf-8", "replace"), errors


SETTINGS = {
    "optimized": ({"PYTHONHASHSEED": "7"}, ["-OO", "-B", "-s", "-P"]),
    "warnings are errors": ({}, ["-W", "error", "-X", "dev"]),
    "no locale": ({"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, []),
    "a backend that is not there": ({"MPLBACKEND": "module://nowhere_to_be_found"}, []),
    "a backend with windows": ({"MPLBACKEND": "TkAgg", "DISPLAY": ""}, []),
}


@pytest.mark.parametrize("name", SETTINGS)
def test_it_runs_whatever_python_was_told(name, tmp_path):
    variables, options = SETTINGS[name]
    if "PYTHONUTF8" in variables and not str(ROOT).isascii():
        pytest.skip("NumPy itself cannot be loaded from such a path then")
    said, errors = run(tmp_path, {**os.environ, **variables}, *options)
    assert said.strip() == "all is well"
    assert "Warning" not in errors


def test_it_runs_without_a_home(tmp_path):
    variables = without(
        "HOME",
        "USERPROFILE",
        "HOMEDRIVE",
        "HOMEPATH",
        "XDG_CONFIG_HOME",
        "XDG_CACHE_HOME",
        "MPLCONFIGDIR",
        "USER",
        "LOGNAME",
    )
    said, _ = run(tmp_path, {**variables, "HOME": str(tmp_path / "nowhere")})
    assert said.strip() == "all is well"


RC = "backend: TkAgg\ntext.usetex: True\nfont.family: no such font\nfigure.dpi: 37\n"


def test_it_runs_with_a_readers_matplotlibrc(tmp_path):
    (tmp_path / "matplotlibrc").write_text(RC)
    said, _ = run(tmp_path, dict(os.environ), code="import course_utils.widgets; print('well')")
    assert said.strip() == "well"


@pytest.fixture
def read_only(tmp_path):
    """Make a checkout in a path with spaces and letters, that nobody may write to."""
    checkout = tmp_path / "Übung mit Leerzeichen 'und' 中文"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "course_utils", checkout / "course_utils", ignore=ignored)
    folders = [p for p in (checkout, *checkout.rglob("*")) if p.is_dir()]
    for folder in folders:
        folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    yield checkout
    for folder in folders:
        folder.chmod(stat.S_IRWXU)


def test_it_runs_from_a_checkout_that_is_read_only_in_a_path_of_any_letters(read_only, tmp_path):
    before = sorted(read_only.rglob("*"))
    said, _ = run(tmp_path, {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}, package=read_only)
    assert said.strip() == "all is well"
    assert sorted(read_only.rglob("*")) == before, "nothing was written there"


NOTEBOOKS = """
import sys
import nbformat
from jupyter_client.manager import run_kernel
for path in sys.argv[1:]:
    cells = nbformat.read(path, as_version=4).cells
    with run_kernel(kernel_name="python3") as client:
        for code in [cell.source for cell in cells if cell.cell_type == "code"]:
            reply = client.execute_interactive(code, output_hook=lambda message: None, timeout=300)
            if reply["content"]["status"] != "ok":
                sys.exit("\\n".join(reply["content"]["traceback"]))
    print("ran")
"""


@once_a_week
def test_two_notebooks_run_under_all_of_them_together(tmp_path):
    variables = {
        **without("XDG_CONFIG_HOME"),
        "PYTHONOPTIMIZE": "2",
        "LC_ALL": "C",
        "LANG": "C",
        "MPLBACKEND": "TkAgg",
        "DISPLAY": "",
        "HOME": str(tmp_path / "nowhere"),
        "PYTHONPATH": str(ROOT),
    }
    paths = [str(ROOT / "notebooks" / name) for name in ("00_start_here.ipynb", "14_softmax.ipynb")]
    command = [sys.executable, "-c", NOTEBOOKS, *paths]
    done = subprocess.run(
        command, cwd=tmp_path, env=variables, capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["ran", "ran"], done.stderr[-3000:]
