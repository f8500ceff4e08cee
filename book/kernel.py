"""What JupyterLite's kernel loads beside what a page does: IPython, real widgets, Optuna.

The kernel looks a cell's imports up in its lock, so that no notebook has to install anything.
"""

from __future__ import annotations

import importlib.metadata
import json
import shutil
import sys
import zipfile
from pathlib import Path

from packaging.requirements import Requirement

from book import wheels

LOCK = "kernel-lock.json"
ROOTS = ("anywidget", "comm", "ipython", "ipywidgets", "jedi", "optuna")
NEVER_LOADED = (
    *("alembic", "pyyaml", "sqlalchemy"),  # by Optuna, for studies in a database
    *("jupyterlab-widgets", "widgetsnbextension"),  # the page's half, which JupyterLite has
)
SHIPPED = {"ipykernel": (), "piplite": ("micropip",), "pyodide-kernel": ("comm", "ipython", "jedi")}
"""The kernel's own wheels, which come with its front end, and what they need."""

FRONT_END = Path(sys.prefix, "share/jupyter/labextensions/@jupyterlite/pyodide-kernel-extension")
LOADED_FIRST = ("micropip", *SHIPPED, "comm", "ipython", "jedi", wheels.OURS)
_BROWSER = {"sys_platform": "emscripten", "python_version": "3.14", "extra": ""}


def can_install(given: Path) -> bool:
    """Return whether a folder with Pyodide has its installer, without which no kernel starts."""
    lock = given / "pyodide-lock.json"
    known = json.loads(lock.read_text(encoding="utf-8"))["packages"] if lock.exists() else {}
    return "micropip" in known and (given / known["micropip"]["file_name"]).exists()


def packages(known: dict[str, dict], out: Path) -> dict[str, dict]:
    """Return the kernel's lock: what is known already, and what is added to the folder here."""
    found, todo = dict(known), list(ROOTS)
    while todo:
        name = todo.pop()
        if name not in found:
            needs = list(_needs(name))
            version = importlib.metadata.version(name)
            found[name] = wheels.add(wheels.installed(name), name, out, needs, version)
            todo += needs
    found |= {name: _shipped(name, needs, out) for name, needs in SHIPPED.items()}
    ours = known[wheels.OURS]
    return {**found, wheels.OURS: {**ours, "depends": [*ours["depends"], "anywidget"]}}


def _needs(name):
    """Yield what an installed package needs in a browser."""
    for text in importlib.metadata.requires(name) or ():
        asked = Requirement(text)
        other = asked.name.lower().replace("_", "-")
        if other not in NEVER_LOADED and (not asked.marker or asked.marker.evaluate(_BROWSER)):
            yield other


def _shipped(name, needs, out):
    """Copy a wheel of the kernel's own, and return its entry in the lock."""
    [wheel] = (FRONT_END / "static" / "pypi").glob(f"{name.replace('-', '_')}-*.whl")
    shutil.copyfile(wheel, out / wheel.name)
    with zipfile.ZipFile(wheel) as archive:
        tops = {file.partition("/")[0].removesuffix(".py") for file in archive.namelist()}
    imports = sorted(top for top in tops if not top.endswith((".dist-info", ".data")))
    return wheels.entry(name, wheel.name.split("-")[1], wheel.name, imports, needs)
