"""Build the book: ``python -m book OUT [--pyodide FOLDER] [--notebooks NUMBER …]``."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from sphinx.cmd.build import main as sphinx

from book import (
    api,
    bundle,
    cells,
    finish,
    front_ends,
    kernel,
    lite,
    pages,
    runtime,
    wheels,
)

HERE = Path(__file__).parent
NOTEBOOKS = HERE.parent / "notebooks"


def build(out: Path, pyodide: Path | None, only: list[str]) -> None:
    """Build all of the book, or some of its notebooks, into a folder that is made anew."""
    edit = _can_edit(pyodide)
    paths = [p for p in sorted(NOTEBOOKS.glob("*.ipynb")) if not only or p.stem[:2] in only]
    with TemporaryDirectory() as folder:
        source = Path(folder)
        editor = _write_static(source / "_static", paths)
        api.write(source)
        _write_pages(source, paths, {"python": pyodide is not None, "codemirror": editor}, edit)
        for name in ("conf.py", "icon.svg"):
            shutil.copy(HERE / name, source)
        (source / "index.md").write_text(_index(paths, pyodide, edit), encoding="utf-8")
        shutil.rmtree(out, ignore_errors=True)
        strict = [] if only else ["-W", "--keep-going"]  # a part has links to what is not in it
        if sphinx(["-q", *strict, "-b", "html", str(source), str(out)]):
            raise SystemExit("Sphinx found faults: the book is not built")
    shutil.rmtree(out / ".doctrees", ignore_errors=True)
    if pyodide is not None:
        runtime.complete(pyodide, out / "_static" / "pyodide")
    if edit:
        lite.build(paths, out / "lite")
    finish.finish(out)


def _write_pages(source, paths, has, edit):
    """Write each notebook as a page, with a link to the notebook itself where it can be edited."""
    for path in paths:
        print(path.stem, flush=True)
        pages.write(path, source, has)
        if edit:
            lite.link(source / f"{path.stem}.md")


def _can_edit(pyodide):
    if pyodide is None or kernel.can_install(pyodide):
        return pyodide is not None
    print("Without JupyterLite: PYODIDE_DIR has no wheel of micropip", file=sys.stderr)
    return False


def _write_static(static, paths):
    """Write what every page loads: styles, scripts, Python's half of the widgets.

    Return whether there is an editor for code. The scripts' folder has their hash in its name: no
    browser takes an old one for one of them.
    """
    front_ends.write(static)
    live = static / "live"
    shutil.copytree(HERE / "page", live, ignore=shutil.ignore_patterns("*.css"))
    shutil.copy(HERE / "page" / "book.css", static)
    python = sorted((HERE / "in_worker").rglob("*.py"))
    names = {p.relative_to(HERE / "in_worker").as_posix(): p.read_bytes() for p in python}
    wheels.write_zip(live / "in_worker.zip", names)
    for path in paths:
        _slim(path, live / "notebooks")
    has_editor = bundle.codemirror(live / "codemirror.js")
    live.rename(static / f"live-{_digest(live)}")
    return has_editor


def _digest(folder):
    files = [p for p in sorted(folder.rglob("*")) if p.is_file()]
    return hashlib.sha256(b"".join(p.read_bytes() for p in files)).hexdigest()[:10]


def _slim(path, folder):
    """Write what the map of the course counts in a notebook, without outputs."""
    folder.mkdir(exist_ok=True)
    found = [
        {"cell_type": "code", "source": c.source, "metadata": {"tags": c.tags}}
        for c in cells.read(path)
        if c.kind != "markdown"
    ]
    (folder / path.name).write_text(json.dumps({"cells": found}), encoding="utf-8")


def _index(paths, pyodide, edit):
    """Return the first page: what this is, and all notebooks."""
    text = (HERE / "index.md").read_text(encoding="utf-8")
    names = ["alive.md" if pyodide else "still.md", *(["edit.md"] if edit else [])]
    alive = "\n\n".join((HERE / name).read_text(encoding="utf-8").strip() for name in names)
    listed = "\n".join(path.stem for path in paths)
    return text.replace("ALIVE", alive).replace("NOTEBOOKS", listed)


def main():
    """Read what is asked for, build it, and say how large it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--pyodide", default=os.environ.get("PYODIDE_DIR") or None, type=Path)
    parser.add_argument("--notebooks", nargs="*", default=[], help="numbers, such as 06; else all")
    given = parser.parse_args()
    build(given.out, given.pyodide, given.notebooks)
    size = sum(p.stat().st_size for p in given.out.rglob("*") if p.is_file())
    print(f"{given.out}: {size / 1e6:.1f} MB", file=sys.stderr)


if __name__ == "__main__":
    main()
