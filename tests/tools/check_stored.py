"""Say what a stored notebook carries and should not; `store_notebooks` would have left it out."""

import argparse
import copy
import re
import sys
from pathlib import Path

import nbformat

from tests.tools.store_notebooks import clean

LOCAL = re.compile(r"/(?:root|home|Users|tmp|work)/|[A-Z]:\\+Users")


def faults(text):
    """Return what is wrong with a notebook, given as the text of its file, in words."""
    notebook = nbformat.reads(text, as_version=4)
    found = []
    if clean(copy.deepcopy(notebook)) != notebook:
        found.append("it carries metadata, execution times or the state of widgets")
    found += [
        f"it names a path of one machine: {path}" for path in sorted(set(LOCAL.findall(text)))
    ]
    for cell in notebook.cells:
        if cell.cell_type == "code":
            found += [f"{fault}: {cell.source[:60]!r}" for fault in _faults_of(cell)]
    return found


def _faults_of(cell):
    if cell.source.strip() and not cell.execution_count:
        yield "a cell was never run"
    for output in cell.outputs:
        if output.output_type == "error":
            yield "a cell failed"
        elif not (output.get("text") or output.get("data")):
            yield "an output is empty"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("notebooks", nargs="+", type=Path)
    bad = False
    for path in parser.parse_args().notebooks:
        for fault in faults(path.read_text(encoding="utf-8")):
            bad = True
            print(f"{path}: {fault}")
    if bad:
        sys.exit("`make notebooks` runs them all and stores them clean")


if __name__ == "__main__":
    main()
