"""Python for the browser: a folder with Pyodide and its wheels, completed by the course's own.

The folder given (`PYODIDE_DIR`) holds Pyodide's files, its `pyodide-lock.json`, and the wheels of
NumPy, matplotlib and what they need. The course's package is added with its contents' hash in the
version, so that no browser takes an old one for it; and what is pure Python and installed here
anyway, so that nothing is fetched.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

from book import kernel, wheels

HERE = Path(__file__).parent
PACKAGES = ("numpy", "matplotlib", "pillow", "traitlets", "tqdm", "latex2mathml")
NEVER_LOADED = ("fonttools", "pytz")
FILES = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
LOCK = "pyodide-lock.json"


def complete(given: Path, out: Path) -> None:
    """Copy the folder's files that are needed, add the course's wheel, and write the locks.

    A second lock is for JupyterLite, whose kernel loads more than a page does.
    """
    missing = [name for name in (*FILES, LOCK) if not (given / name).exists()]
    if missing:
        raise SystemExit(f"PYODIDE_DIR={given} should hold {', '.join(missing)}, but does not")
    out.mkdir(parents=True)
    for name in FILES:
        shutil.copyfile(given / name, out / name)
    lock = json.loads((given / LOCK).read_text(encoding="utf-8"))
    known = lock["packages"]
    if "latex2mathml" not in known:
        known["latex2mathml"] = wheels.add(wheels.installed("latex2mathml"), "latex2mathml", out)
    lock["packages"] = _copied(PACKAGES, known, given, out)
    lock["packages"][wheels.OURS] = wheels.add(wheels.course(), wheels.OURS, out, PACKAGES)
    locks = {LOCK: lock}
    if kernel.can_install(given):
        micropip = _copied(["micropip"], known, given, out)
        packages = kernel.packages({**lock["packages"], **micropip}, out)
        locks[kernel.LOCK] = {**lock, "packages": packages}
    _write_locks(locks, out)
    if _squeeze(out):
        _write_locks(locks, out)


def _copied(names, known, given, out):
    """Copy the wheels of these packages and of what they need; return their entries."""
    found = {name: known[name] for name in sorted(_closure(names, known))}
    for name, entry in found.items():
        entry["depends"] = _depends(name, known)
        if not (out / entry["file_name"]).exists():
            shutil.copyfile(given / entry["file_name"], out / entry["file_name"])
    return found


def _write_locks(locks, out):
    """Write the locks, with the hash that each wheel has now."""
    for name, lock in locks.items():
        for entry in lock["packages"].values():
            wheel = (out / entry["file_name"]).read_bytes()
            entry["sha256"] = hashlib.sha256(wheel).hexdigest()
        (out / name).write_text(json.dumps(lock), encoding="utf-8")


def _squeeze(out):
    """Have the wheels compiled, which Node.js has to run: a page then starts in half the time."""
    node = shutil.which("node")
    if node is None:
        print("Without Node.js the wheels stay as they are: a page starts slowly", file=sys.stderr)
        return False
    subprocess.run([node, HERE / "squeeze.mjs", out], check=True)
    return True


def _closure(names, known):
    found, todo = set(), list(names)
    while todo:
        name = todo.pop()
        if name not in known:
            raise SystemExit(f"PYODIDE_DIR has no {name}: its pyodide-lock.json does not know it")
        if name not in found:
            found.add(name)
            todo += _depends(name, known)
    return found


def _depends(name, known):
    """Return what a package needs, without what only saves or reads files of other kinds."""
    return [other for other in known[name]["depends"] if other not in NEVER_LOADED]
