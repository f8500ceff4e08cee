"""The cells of a stored notebook, sorted by what they are to a reader."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

_CHECKS = re.compile(r"^checks\.\w+\(", re.M)
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
