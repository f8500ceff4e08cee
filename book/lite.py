"""The notebooks to edit: JupyterLite in `lite/`, which runs the Python that the pages run.

Nothing in it comes from elsewhere: the kernel takes its packages from the lock beside the site's
Pyodide, and asks no index for others.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from book import cells, kernel
from book.pages import NOT_HERE

RUNTIME = "../_static/pyodide"
APPS = ("notebooks", "tree", "lab")
EXTENSIONS = (
    "@jupyter-widgets/jupyterlab-manager",
    "@jupyterlite/pyodide-kernel-extension",
    "anywidget",
)
IMPORTS = (*cells.HERE, "optuna")
_KERNEL = {"display_name": "Python (in this browser)", "language": "python", "name": "python"}
_COMMAND = (sys.executable, "-m", "jupyterlite_core", "build")
_ICON = '    <link rel="icon" href="../../_static/icon.svg">'
_TITLE = re.compile(r"^# .+$", re.M)
_PLUGIN = "@jupyterlite/pyodide-kernel-extension:kernel"


def build(paths: list[Path], out: Path) -> None:
    """Build JupyterLite with these notebooks, in a site that has the kernel's lock."""
    with TemporaryDirectory() as folder:
        source = Path(folder)
        (source / "files").mkdir()
        for path in paths:
            (source / "files" / path.name).write_text(_notebook(path), encoding="utf-8")
        for name, what in (("jupyter-lite", _settings()), ("jupyter_lite_config", _options(out))):
            (source / f"{name}.json").write_text(json.dumps(what), encoding="utf-8")
        done = subprocess.run(_COMMAND, cwd=source, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"JupyterLite is not built:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    _tidy(out)
    _add_icons(out)


def link(page: Path) -> None:
    """Put a link to the notebook below the title of its page, as Markdown that Sphinx will read."""
    address = f"lite/notebooks/index.html?path={page.stem}.ipynb"
    shown = f'<p class="edit-notebook"><a href="{address}">Edit this notebook</a></p>'
    text = page.read_text(encoding="utf-8")
    page.write_text(_TITLE.sub(rf"\g<0>\n\n{shown}\n", text, count=1), encoding="utf-8")


def _options(out):
    """Return how JupyterLite is built: without what the notebooks do not use."""
    folder = kernel.FRONT_END.parents[1]
    options = {
        "apps": APPS,
        "federated_extensions": [str(folder / name) for name in EXTENSIONS],
        "ignore_sys_prefix": True,
        "no_sourcemaps": True,
        "no_unused_shared_packages": True,
        "output_dir": str(out.absolute()),
    }
    return {"LiteBuildConfig": options}


def _settings():
    """Return where the kernel finds Python, as seen from `lite/`."""
    options = {"lockFileURL": f"{RUNTIME}/{kernel.LOCK}", "packages": kernel.LOADED_FIRST}
    found = {
        "pyodideUrl": f"./{RUNTIME}/pyodide.mjs",
        "disablePyPIFallback": True,
        "loadPyodideOptions": options,
    }
    data = {"appName": "Improving deep neural networks", "litePluginSettings": {_PLUGIN: found}}
    return {"jupyter-lite-schema-version": 0, "jupyter-config-data": data}


def _tidy(out):
    """Leave out fonts in forms that only browsers without WebAssembly ask for."""
    for file in (*out.rglob("*.eot"), *out.rglob("fa-*.svg"), *out.rglob("fa-*.ttf")):
        file.unlink()


def _add_icons(out):
    icons = out / "static" / "favicons"  # where JupyterLite asks for them, and has none
    icons.mkdir(parents=True)
    for name in ("favicon-busy-1.ico", "favicon-notebook.ico"):
        shutil.copyfile(out / "notebooks" / "favicon.ico", icons / name)
    for name in APPS:
        page = out / name / "index.html"
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace("<head>", f"<head>\n{_ICON}", 1), encoding="utf-8")


def _notebook(path):
    """Return a notebook for the browser's kernel: cells that cannot run there are text."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["metadata"]["kernelspec"] = _KERNEL
    for number, why in cells.cannot_run(cells.read(path), IMPORTS).items():
        cell = notebook["cells"][number]
        told = {"cell_type": "markdown", "metadata": {}, "source": _told(cell, why)}
        notebook["cells"][number] = {"id": cell["id"], **told}
    return json.dumps(notebook, ensure_ascii=False)


def _told(cell, why):
    """Tell in Markdown what a cell holds and what it printed."""
    printed = "".join(line for output in cell["outputs"] for line in output.get("text", ()))
    blocks = [("python", "".join(cell["source"])), ("text", printed.rstrip())]
    shown = [f"~~~{name}\n{text}\n~~~" for name, text in blocks if text]
    return "\n\n".join([f"*{NOT_HERE.format(why)}*", *shown])
