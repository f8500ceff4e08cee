"""The house: how large its rooms may grow, and what may not be said twice."""

import ast
from pathlib import Path

import pytest

from tests import alike
from tests.alike import docstrings_in

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "course_utils"
FLAT = sorted(PACKAGE.glob("[!_]*.py"))
ALL = sorted(p for p in PACKAGE.rglob("*.py") if "programs" not in p.parts)


def code_and_docstrings(path):
    """Return how many lines of code and of docstrings a file has; comments are neither."""
    text = path.read_text(encoding="utf-8")
    described = docstrings_in(ast.parse(text))
    code = [line.strip() for n, line in enumerate(text.splitlines(), 1) if n not in described]
    return sum(bool(line) and not line.startswith("#") for line in code), len(described)


def functions():
    for path in ALL:
        text = path.read_text(encoding="utf-8")
        lines = text.splitlines()
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                body = set(range(node.body[0].lineno, node.end_lineno + 1)) - docstrings_in(node)
                size = sum(bool(lines[n - 1].strip()) for n in body)
                yield f"{path.relative_to(PACKAGE)}: {node.name}", size


def test_a_newcomer_meets_about_twenty_files():
    assert 15 <= len(FLAT) <= 25


@pytest.mark.parametrize("path", FLAT, ids=lambda path: path.stem)
def test_a_file_of_the_lecture_is_read_in_minutes(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 250


def test_the_lectures_floor_has_less_docstring_than_code():
    code, docstrings = map(sum, zip(*map(code_and_docstrings, FLAT), strict=True))
    assert docstrings <= 0.9 * code


def test_no_function_is_longer_than_25_lines():
    assert [(name, size) for name, size in functions() if size > 25] == []


def test_the_formatter_is_obeyed():
    folders = [PACKAGE, ROOT / "tests"]
    mark = "# fmt: " + "skip"
    overruled = [
        path.name
        for folder in folders
        for path in folder.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if mark in line
    ]
    assert len(overruled) < 20


def test_nothing_is_said_twice_in_ten_lines():
    """The frameworks' programs apart: each stands for itself."""
    files = [*ALL, *(ROOT / "tests").rglob("*.py"), *(ROOT / "book").rglob("*.py")]
    texts = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in files}
    assert list(alike.pairs(texts, 10)) == []


def test_it_is_seen_under_other_names_but_not_with_other_numbers():
    once = "\n".join(f"total += weights[{i}] * {i}" for i in range(10))
    renamed = once.replace("total", "sum_").replace("weights", "w")
    assert list(alike.pairs({"a": once, "b": renamed}, 10)) == [("a:1", "b:1")]
    assert list(alike.pairs({"a": once, "b": renamed.replace("9", "8")}, 10)) == []
    assert list(alike.pairs({"a": f"{once}\n\ndef f():\n    ...\n\n{renamed}"}, 10)) == [
        ("a:1", "a:15")
    ]
