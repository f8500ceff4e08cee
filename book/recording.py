"""Run a notebook as far as its widgets need, and keep how each of them looks at first.

The posters and the state of the page's controls come from here: what a reader sees before Python
has started in their browser is what it will then show.
"""

from __future__ import annotations

import ast
import contextlib
import io
import linecache
import os
from dataclasses import dataclass
from tempfile import TemporaryDirectory

import anywidget

from book.in_worker.needs import needed
from course_utils.widgets import Explorer, Prediction, png
from course_utils.widgets.prediction import Question

LEFT_OUT = ("_esm", "_css", "_picture", "_patch", "_model", "_view", "_dom", "layout", "tabbable")
"""Beginnings of what the page brings itself, or has no use for."""


@dataclass
class Recorded:
    """A widget as a cell shows it."""

    kind: str
    state: dict
    name: str = ""
    poster: bytes = b""
    size: tuple = (0, 0)
    replies: dict | None = None


def record(sources: dict[int, str], shows: list[int]) -> dict[int, Recorded]:
    """Return what each of the cells `shows` shows, if that is a widget of ours."""
    wanted = sorted({cell for number in shows for cell in [*needed(sources, number), number]})
    namespace, found = {"__name__": "__main__"}, {}
    with TemporaryDirectory() as folder, contextlib.chdir(folder), _quiet():
        for cell in wanted:
            value = _run(sources[cell], f"cell {cell}", namespace)
            if cell in shows and isinstance(value, anywidget.AnyWidget):
                found[cell] = _recorded(value, namespace)
    return found


@contextlib.contextmanager
def _quiet():
    kept = os.environ.pop("JPY_SESSION_NAME", None)
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            yield
    finally:
        if kept:
            os.environ["JPY_SESSION_NAME"] = kept


def _run(source, file, namespace):
    """Run a cell and return the value of its last expression."""
    linecache.cache[file] = len(source), None, source.splitlines(True), file
    body = ast.parse(source, file).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, []), file, "exec"), namespace)
    return last and eval(compile(ast.Expression(last.value), file, "eval"), namespace)


def _recorded(widget, namespace):
    state = {k: v for k, v in widget.get_state().items() if not k.startswith(LEFT_OUT)}
    made = Recorded(type(widget).__name__, state)
    if isinstance(widget, Explorer):
        pixels = widget._frame.copy()
        made.poster, made.size = png.strip([pixels], [""]), pixels.shape[1::-1]
        made.name = next((name for name, value in namespace.items() if value is widget), "")
    if isinstance(widget, Question):
        right, reason = widget._answer_and_reason()
        made.replies = {"right": right, "reason": reason}
    if isinstance(widget, Prediction):
        made.replies["answers"] = widget._answers
    return made
