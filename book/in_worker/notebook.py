"""The cells of one page: run them after what they need, say what they print, show and raise."""

import ast
import contextlib
import io
import json
import linecache
import os
import traceback
from pathlib import Path

import anywidget
import IPython
from needs import names, needed

PROGRESS = Path("my_progress.jsonl")

_namespace = {"__name__": "__main__"}
IPython.get_ipython().user_ns = _namespace
_sources = {}  # what stands in each cell now
_left = {}  # for each cell that ran: its source then, and the names it bound
_runs = 0
_told = 0  # characters of the progress that the page knows


def tell(**message):
    """Send a message to the page; the worker puts its own `anywidget.post` in place."""
    anywidget.post(json.dumps(message), {})


def open_notebook(name, sources, progress, files):
    """Begin with a notebook's cells, what its reader did before, and the files beside it."""
    global _told
    os.environ["JPY_SESSION_NAME"] = f"{name}.ipynb"
    _sources.update({int(number): source for number, source in sources.items()})
    if progress:
        PROGRESS.write_text(progress, encoding="utf-8")
    _told = len(progress)
    for file, text in files.items():
        Path(file).write_text(text, encoding="utf-8")


def run(cell, source=None):
    """Run a cell after the cells it needs; return whether all of them went through.

    A need that has run already is not run again: its names get the values it gave them.
    """
    if source is not None:
        _sources[cell] = source
    for number in needed(_sources, cell):
        ran = _left.get(number)
        if ran and ran[0] == _sources[number]:
            _namespace.update(ran[1])
        elif not _run_one(number, asked_for=cell):
            return False
    return _run_one(cell, asked_for=cell)


def _run_one(cell, asked_for):
    global _runs
    source, _runs = _sources[cell], _runs + 1
    IPython.get_ipython().runs(cell, _runs, source)
    tell(begins=cell, asked_for=asked_for)
    out, err = _Stream(cell, "out"), _Stream(cell, "err")
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        error = _execute(cell, source)
    out.flush()
    err.flush()
    if error is None:
        _left[cell] = source, {n: _namespace[n] for n in names(source).bound if n in _namespace}
    tell(ended=cell, error=error and _in_words(error))
    _tell_progress()
    return error is None


def _execute(cell, source):
    """Run the statements and show the value of the last; return what was raised, if anything."""
    file = f"cell {cell}"
    linecache.cache[file] = len(source), None, source.splitlines(True), file
    try:
        body = ast.parse(source, file).body
        last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
        exec(compile(ast.Module(body, []), file, "exec"), _namespace)
        if last:
            value = eval(compile(ast.Expression(last.value), file, "eval"), _namespace)
            if value is not None and not source.rstrip().endswith(";"):
                show(value, cell)
    except BaseException as error:  # whatever a cell raises is told on the page
        return error


def show(value, cell=None):
    """Send the page what stands for a value: a widget, HTML, Markdown or text."""
    if cell is None:
        cell = int(IPython.get_ipython().parent_header["metadata"]["cellId"].split()[-1])
    if isinstance(value, anywidget.AnyWidget):
        value._repr_mimebundle_()  # it notes which cell shows it
        tell(shown=cell, kind=type(value).__name__, widget=value.model_id)
        value.send_state()
    elif hasattr(value, "_repr_html_"):
        tell(cell=cell, html=value._repr_html_())
    else:
        text = getattr(value, "_repr_markdown_", value.__repr__)()
        tell(cell=cell, text=f"{text}\n", stream="out")


class _Stream(io.TextIOBase):
    """What a cell prints, sent line by line."""

    def __init__(self, cell, name):
        self._cell, self._name, self._text = cell, name, ""

    def write(self, text):
        self._text += text
        if "\n" in text or "\r" in text:
            self.flush()
        return len(text)

    def flush(self):
        if self._text:
            tell(cell=self._cell, text=self._text, stream=self._name)
        self._text = ""


def _in_words(error):
    """Return what was raised, and the last line of the cells in which it happened."""
    frames = traceback.extract_tb(error.__traceback__)
    here = [f"{f.filename}, line {f.lineno}: {f.line}\n" for f in frames if _is_cell(f.filename)]
    return "".join([*here[-1:], *traceback.format_exception_only(error)]).strip()


def _is_cell(file):
    return file.startswith("cell ")


def _tell_progress():
    """Send the page the answers that it does not know yet."""
    global _told
    if PROGRESS.exists():
        text = PROGRESS.read_text(encoding="utf-8")
        if len(text) > _told:
            tell(progress=text[_told:])
        _told = len(text)


def hear(widget, data):
    """Give a widget what the page says to it; a widget that is gone hears nothing."""
    if widget in anywidget.widgets:
        anywidget.widgets[widget].hear(json.loads(data))
        _tell_progress()


def set_values(cell, texts):
    """Move the explorer of a cell to values that came as texts, or say in it why not."""
    from course_utils.widgets import links  # there is a picture only once it is loaded

    explorer = _shown_by(cell)
    if explorer is None:
        return
    try:
        explorer.set(**links.values(texts, explorer.controls))
    except (TypeError, ValueError) as error:
        explorer._error = f"The address asks for what this picture does not have: {error}"


def _shown_by(cell):
    """Return the open widget that a cell bound or shows."""
    shown = [w for w in anywidget.widgets.values() if f"cell {cell}" in getattr(w, "_shown_in", ())]
    return shown[-1] if shown else None
