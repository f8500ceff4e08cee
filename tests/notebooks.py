"""Run a notebook's code in this process and hand over the explorers it makes."""

import ast
import contextlib
import copy
import io
import os
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from IPython.core.formatters import DisplayFormatter
from ipywidgets import Widget

from course_utils.widgets import Explorer

FOLDER = Path(__file__).parents[1] / "notebooks"
PATHS = sorted(FOLDER.glob("*.ipynb"))
SYMBOLS = FOLDER / "19_symbols_and_glossary.ipynb"
LESSONS = [path for path in PATHS if path != SYMBOLS]


def code_cells(path):
    """Return the sources of a notebook's code cells."""
    return [cell.source for cell in cells(path, "code")]


def cells(path, kind=None):
    """Return a notebook's cells, all or those of a kind."""
    found = nbformat.read(path, as_version=4).cells
    return [cell for cell in found if kind in (None, cell.cell_type)]


@lru_cache(maxsize=1)  # the tests of a notebook come one after the other
def run_twice(path):
    """Run each cell twice in a row; return its variables and what each run of a cell showed."""
    Widget.close_all()  # those of the notebook before
    namespace, shown = {"__name__": "__main__"}, []
    with TemporaryDirectory() as folder, _working_in(folder), _explorers_that_remember():
        for number, source in enumerate(code_cells(path)):
            shown.append([_run_cell(source, f"{path.stem}[{number}]", namespace) for _ in "12"])
    return namespace, shown


def explorers(path):
    """Return the explorers a notebook leaves in its variables, by name."""
    namespace, _ = run_twice(path)
    return {name: value for name, value in namespace.items() if isinstance(value, Explorer)}


@contextlib.contextmanager
def _explorers_that_remember():
    """Give each explorer a copy of its figure and goal as they were before it drew anything.

    It also remembers what it showed first.
    """
    make, reset = Explorer.__init__, Explorer.reset

    def made(self, figure, *, goal, **others):
        self.made_of, self.opened_with = copied(figure, goal), None
        make(self, figure, goal=goal, **others)

    def opened(self):
        reset(self)
        self.opened_with = self.opened_with or shown(self)

    Explorer.__init__, Explorer.reset = made, opened
    try:
        yield
    finally:
        Explorer.__init__, Explorer.reset = make, reset


def shown(explorer):
    """Return everything a reader sees of an explorer but the controls."""
    return explorer._frame.tobytes(), explorer.readout, explorer.verdict


def copied(*made_of):
    """Copy a figure and its goal with all they hold; what refuses to be copied is shared."""
    try:
        return copy.deepcopy(made_of)
    except TypeError:  # a leaderboard: it counts in one place
        return made_of


@contextlib.contextmanager
def _working_in(folder):
    """Work in another folder: a notebook may not count on the one it lies in."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def _run_cell(source, name, namespace):
    """Run one cell; return what it printed and its last expression in every form but a picture."""
    tree = ast.parse(source, name)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        exec(compile(tree, name, "exec"), namespace)
        value = eval(compile(ast.Expression(last.value), name, "eval"), namespace) if last else None
    return printed.getvalue(), _texts(value)


def _texts(value):
    """Return what a page shows of a value besides pictures, by kind, as IPython makes it.

    An explorer is not asked for its film, which takes longer to draw than all the rest.
    """
    if value is None:
        return {}
    if isinstance(value, Explorer):
        return {"text/plain": value.readout}
    texts, _ = DisplayFormatter().format(value)
    return {kind: text for kind, text in texts.items() if kind.startswith("text/")}


def stored(cell):
    """Return the same of what is stored with a cell."""
    printed = "".join(o.text for o in cell.outputs if o.output_type == "stream")
    texts = {}
    for output in cell.outputs:
        texts |= {k: t for k, t in output.get("data", {}).items() if k.startswith("text/")}
    return printed, texts
