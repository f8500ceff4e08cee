"""The words of the notebooks, documents and program texts: spelled right, and the field's own."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import notebooks
from tests.alike import docstrings_in

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
PROGRAMS = [p for p in sorted((ROOT / "course_utils").rglob("*")) if p.suffix in (".py", ".js")]
# Words of nobody else's, or that say something else to a reader, beside those of the field.
PRIVATE = {
    r"\bis an? 8\b(?<!an 8)": "an 8",
    r"\babout 1 steps\b": "about 1 step",
    r"\bafter \{(?-i:[a-z])\w*\} (?:epochs|steps)\b": "after {many(epoch, 'epoch')}",
    r"\bexamples? rest\b": "left over",
    r"\basked for is\b": "the task asks for",
    r"\bwith you[.:]": "in your code",
    r"\b(?:every|each|no|the) \w+ of yours\b": "each of your …",
}


def texts():
    """Return all that is read, by where it stands: prose and programs of each notebook, files."""
    found = {_name(path): path.read_text(encoding="utf-8") for path in DOCUMENTS + PROGRAMS}
    for path in notebooks.PATHS:
        found[path.stem] = "\n".join(cell.source for cell in notebooks.cells(path))
    return found


def _name(path):
    return path.relative_to(ROOT).as_posix().replace("/", ".")


def test_every_word_is_spelled_as_in_a_dictionary_of_usual_slips(tmp_path):
    for name, text in texts().items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    spelled = subprocess.run(
        [sys.executable, "-m", "codespell_lib", "--ignore-words-list", "ans,fro", str(tmp_path)],
        capture_output=True,
        encoding="utf-8",
        env={"PYTHONUTF8": "1"},
    )
    assert not spelled.stdout, spelled.stdout.replace(str(tmp_path), "")
    assert not spelled.returncode, spelled.stderr


@pytest.mark.parametrize("private", PRIVATE)
def test_no_private_word_stands_where_the_field_has_one(private):
    found = {
        name: match[0]
        for name, text in texts().items()
        if (match := re.search(private, text, re.IGNORECASE))
    }
    assert not found, f"say {PRIVATE[private]!r}: {found}"


def _stored(path):
    """Return what readers of a stored notebook are told of its pictures, questions and checks."""
    outputs = [output for cell in notebooks.cells(path, "code") for output in cell.outputs]
    said = [
        text for o in outputs for kind, text in o.get("data", {}).items() if kind[:5] == "text/"
    ]
    return "\n".join([*said, *(str(o.get("metadata", "")) for o in outputs)])


def test_a_blank_stands_before_every_percent_sign():
    """As on the axes of all pictures; `words.percent` and `against` write it so."""
    told = texts()
    for path in notebooks.PATHS:
        prose = [cell.source for cell in notebooks.cells(path, "markdown")]
        told[f"{path.stem}, text and pictures"] = "\n".join([*prose, _stored(path)])
    tight = re.compile(r"\d%(?=[\s.,;:)}])")
    found = {name: match[0] for name, text in told.items() if (match := tight.search(text))}
    assert not found


def _strings(source):
    """Return the text in a program that is no docstring."""
    tree = ast.parse(source)
    described = docstrings_in(tree)
    constants = [node for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return [c.value for c in constants if isinstance(c.value, str) and c.lineno not in described]


STRESSED = re.compile(r"(?<![\w*])\*(?=[^\W\d_])[^*\n]{1,40}?(?<=\w)\*(?![\w*])")


def test_no_stars_stand_round_a_word_that_is_shown_as_it_is():
    """Replies, hints and readouts are plain text, unlike a cell of Markdown."""
    told = {_name(p): p.read_text(encoding="utf-8") for p in PROGRAMS if p.suffix == ".py"}
    told |= {path.stem: "\n".join(notebooks.code_cells(path)) for path in notebooks.PATHS}
    found = {
        name: match[0]
        for name, program in told.items()
        for text in _strings(program)
        if (match := STRESSED.search(text))
    }
    assert not found
