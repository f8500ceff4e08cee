"""Where else a notebook can be opened: addresses made from the project's own in pyproject.toml.

The one place that holds the repository and the book's address is ``[project.urls]``.
"""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
_URLS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["urls"]
REPOSITORY = _URLS["Repository"].rstrip("/")
BASE = _URLS["Documentation"].rstrip("/") + "/"
"""Where the book is published."""

SLUG = REPOSITORY.removeprefix("https://github.com/")
COLAB_BRANCH = "colab"
"""Holds the notebooks with a first cell that installs the package, see `book.colab`."""


def binder(stem: str) -> str:
    """Return the address that opens a notebook on Binder."""
    return f"https://mybinder.org/v2/gh/{SLUG}/HEAD?urlpath=lab%2Ftree%2Fnotebooks%2F{stem}.ipynb"


def colab(stem: str) -> str:
    """Return the address that opens a notebook in Colab."""
    return f"https://colab.research.google.com/github/{SLUG}/blob/{COLAB_BRANCH}/{stem}.ipynb"


CODESPACES = f"https://codespaces.new/{SLUG}?quickstart=1"


def line(stem: str) -> str:
    """Return the line that stands below a notebook's first cell, in Markdown."""
    links = {"Binder": binder(stem), "Colab": colab(stem), "Codespaces": CODESPACES}
    listed = [f"[{name}]({address})" for name, address in links.items()]
    kept = "Binder keeps nothing: there, File → Download saves what you have written."
    return f"*Open this notebook elsewhere: {' · '.join(listed)}. {kept}*"
