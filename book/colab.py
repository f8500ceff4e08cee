"""The notebooks for Colab: ``python -m book.colab SITE OUT``.

Colab opens a notebook from GitHub without what lies beside it. Each copy begins with a cell that
installs the package from the wheel that lies in the site, and lets Colab show widgets of others.
"""

import argparse
from pathlib import Path

import nbformat

from book import addresses

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
_INSTALL = """\
%pip install --quiet "improving-deep-networks[search] @ {wheel}"
from google.colab import output

output.enable_custom_widget_manager()"""


def with_install(notebook: nbformat.NotebookNode, wheel: str) -> nbformat.NotebookNode:
    """Return the notebook with a first cell that installs the wheel at this address."""
    cell = nbformat.v4.new_code_cell(_INSTALL.format(wheel=wheel), id="install")
    return nbformat.from_dict({**notebook, "cells": [cell, *notebook.cells]})


def write(site: Path, out: Path) -> None:
    """Write a copy of every notebook into a folder; the site holds one wheel in ``wheels/``."""
    (wheel,) = (site / "wheels").glob("*.whl")
    address = f"{addresses.BASE}wheels/{wheel.name}"
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        nbformat.write(with_install(nbformat.read(path, as_version=4), address), out / path.name)


def main():
    """Read where the site is and where to write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    write(given.site, given.out)


if __name__ == "__main__":
    main()
