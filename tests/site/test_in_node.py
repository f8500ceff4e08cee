"""Every notebook run by the site's own Python, in Node.js, against what is stored in it."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from book import cells
from tests import notebooks

pytestmark = pytest.mark.site

NOT_HERE = {("17_frameworks_side_by_side", "run.run("), ("00_start_here", "FloatSlider(")}
"""Parts of cells that a browser cannot run: one starts a program, one shows other widgets."""


@pytest.fixture(scope="module")
def said(alive):
    """Return what each notebook said, by its name."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("no Node.js to run the site's Python in")
    program = Path(__file__).with_name("run_notebooks.mjs")
    done = subprocess.run(
        [node, program, alive, *notebooks.PATHS], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return {run["name"]: run["said"] for run in map(json.loads, done.stdout.splitlines())}


def can_run(path):
    found = cells.read(path)
    cannot = cells.cannot_run(found)
    for cell in found:
        other = any(path.stem == stem and part in cell.source for stem, part in NOT_HERE)
        left_out = other or cell.number in cannot or "nbval-ignore-output" in cell.tags
        if cell.kind != "markdown" and not left_out:
            yield cell


@pytest.mark.parametrize("path", notebooks.PATHS, ids=lambda path: path.stem)
def test_every_cell_runs_and_prints_what_is_stored(said, path):
    told = said[path.stem]
    errors = {m["ended"]: m["error"] for m in told if m.get("error")}
    for cell in can_run(path):
        assert cell.number not in errors, errors[cell.number]
        printed = [m["text"] for m in told if m.get("cell") == cell.number and m.get("text")]
        assert "".join(printed).strip().startswith(_stored(cell, "stream").strip()), cell.number


@pytest.mark.parametrize("path", notebooks.PATHS, ids=lambda path: path.stem)
def test_every_picture_says_what_is_stored(said, path):
    readouts = _readouts(said[path.stem])
    for cell in can_run(path):
        if cell.kind == "explorer" and cell.number in readouts:
            assert readouts[cell.number] == _stored(cell, "data")


def _stored(cell, kind):
    """Return what a cell printed when it was stored, or the text that stands for its picture."""
    if kind == "stream":
        return "".join(t for o in cell.outputs if o.get("name") == "stdout" for t in o["text"])
    return "".join(t for o in cell.outputs for t in o.get("data", {}).get("text/plain", ""))


def _readouts(told):
    """Return the first readout of each cell that shows an explorer."""
    cell_of = {m["widget"]: m["shown"] for m in told if "shown" in m}
    found = {}
    for message in told:
        state = message.get("data", {}).get("state", {})
        if "readout" in state and message["widget"] in cell_of:
            found.setdefault(cell_of[message["widget"]], state["readout"])
    return found
