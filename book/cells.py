"""The cells of a stored notebook, sorted by what they are to a reader."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

from book.in_worker.needs import needed

_CHECKS = re.compile(r"^checks\.\w+\(", re.M)
_IMPORTS = re.compile(r"^\s*(?:from (\w+)[\w.]* import|import (\w+))", re.M)
_PROCESSES = re.compile(r"\bprocesses\(|\bmultiprocessing\b|\bsubprocess\b")
HERE = ("IPython", "PIL", "course_utils", "ipywidgets", "matplotlib", "numpy", "tqdm", "traitlets")
"""What can be imported on a page, beside the standard library; ipywidgets says what it is not."""

_DEFINES = re.compile(r"^(def|class) ", re.M)


@dataclass
class Cell:
    """One cell: its number, its text, what it showed when it was stored."""

    number: int
    kind: str  # markdown, explorer, question, exercise, solution or code
    source: str
    tags: list[str] = field(default_factory=list)
    outputs: list[dict] = field(default_factory=list)


def read(path: Path) -> list[Cell]:
    """Return the cells of a notebook."""
    raw = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [_cell(number, cell) for number, cell in enumerate(raw)]


def sources(cells: list[Cell]) -> dict[int, str]:
    """Return the source of each code cell."""
    return {cell.number: cell.source for cell in cells if cell.kind != "markdown"}


def imported(cell: Cell) -> set[str]:
    """Return what a cell imports beside the standard library."""
    asked = {names[0] or names[1] for names in _IMPORTS.findall(cell.source)}
    return asked - sys.stdlib_module_names


def cannot_run(cells: list[Cell], here: tuple[str, ...] = HERE) -> dict[int, str]:
    """Return the cells that a browser cannot run, as they or what they need ask for, and why.

    A browser has no other processes, and on a page no other libraries than those that are `here`. A
    cell can also be told so by the tag ``needs-processes``.
    """
    written = sources(cells)
    own = {cell.number: _asks_for(cell, here) for cell in cells if cell.kind != "markdown"}
    return {
        number: why
        for number in written
        for why in [next(filter(None, map(own.get, [number, *needed(written, number)])), "")]
        if why
    }


def _asks_for(cell, here):
    if "needs-processes" in cell.tags or _PROCESSES.search(cell.source):
        return "other processes"
    return " and ".join(sorted(imported(cell) - {*here}))


def _cell(number, raw):
    source, tags = "".join(raw["source"]), raw["metadata"].get("tags", [])
    outputs = raw.get("outputs", [])
    return Cell(number, _kind(raw["cell_type"], source, tags, outputs), source, tags, outputs)


def _kind(cell_type, source, tags, outputs):
    if cell_type != "code":
        return "markdown"
    if "solution" in tags:
        return "solution"
    shown = {kind for output in outputs for kind in output.get("data", {})}
    if "image/png" in shown:
        return "explorer"
    if "text/html" in shown and _text(outputs).startswith("Predict:"):
        return "question"
    if _DEFINES.search(source) and _CHECKS.search(source):
        return "exercise"
    return "code"


def _text(outputs):
    return "".join(line for o in outputs for line in o.get("data", {}).get("text/plain", ""))
