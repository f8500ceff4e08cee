"""Python for the browser: a folder with Pyodide and its wheels, completed by the course's own.

The folder given (`PYODIDE_DIR`) holds Pyodide's files, its `pyodide-lock.json`, and the wheels of
NumPy, matplotlib and what they need. The course's package is added with its contents' hash in the
version, so that no browser takes an old one for it; and what is pure Python and installed here
anyway, so that nothing is fetched.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
PACKAGES = ("numpy", "matplotlib", "pillow", "traitlets", "tqdm", "latex2mathml")
NEVER_LOADED = ("fonttools", "pytz")
FILES = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
OURS = "improving-deep-networks"
_DATE = (1980, 1, 1, 0, 0, 0)


def complete(given: Path, out: Path) -> None:
    """Copy the folder's files that are needed, add the course's wheel, and write the lock."""
    missing = [name for name in (*FILES, "pyodide-lock.json") if not (given / name).exists()]
    if missing:
        raise SystemExit(f"PYODIDE_DIR={given} should hold {', '.join(missing)}, but does not")
    out.mkdir(parents=True)
    for name in FILES:
        shutil.copyfile(given / name, out / name)
    lock = json.loads((given / "pyodide-lock.json").read_text(encoding="utf-8"))
    known = lock["packages"]
    if "latex2mathml" not in known:
        known["latex2mathml"] = _add(_installed("latex2mathml"), "latex2mathml", out)
    lock["packages"] = {name: known[name] for name in sorted(_closure(PACKAGES, known))}
    for name, entry in lock["packages"].items():
        entry["depends"] = _depends(name, known)
        if not (out / entry["file_name"]).exists():
            shutil.copyfile(given / entry["file_name"], out / entry["file_name"])
    lock["packages"][OURS] = _add(_course(), OURS, out, PACKAGES, "course_utils")
    _write_lock(lock, out)
    _squeeze(lock, out)


def _write_lock(lock, out):
    for entry in lock["packages"].values():
        entry["sha256"] = hashlib.sha256((out / entry["file_name"]).read_bytes()).hexdigest()
    (out / "pyodide-lock.json").write_text(json.dumps(lock), encoding="utf-8")


def _squeeze(lock, out):
    """Have the wheels compiled, which Node.js has to run: a page then starts in half the time."""
    node = shutil.which("node")
    if node is None:
        print("Without Node.js the wheels stay as they are: a page starts slowly", file=sys.stderr)
        return
    subprocess.run([node, HERE / "squeeze.mjs", out], check=True)
    _write_lock(lock, out)


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


def _course():
    """Return the package's files, by their names in a wheel."""
    folder = ROOT / "course_utils"
    files = [p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    return {str(p.relative_to(ROOT).as_posix()): p.read_bytes() for p in sorted(files)}


def _installed(name):
    """Return the files of a pure package that is installed here."""
    files = importlib.metadata.files(name) or ()
    kept = [f for f in files if f.suffix in (".py", ".txt", ".json") and f.parts[0] == name]
    return {f.as_posix(): f.read_binary() for f in kept}


def _add(files, name, out, depends=(), module=None):
    """Write a wheel of these files and return its entry in the lock."""
    digest = hashlib.sha256(b"".join(k.encode() + v for k, v in files.items())).hexdigest()[:12]
    module, version = module or name, f"0+{digest}"
    info = f"{name.replace('-', '_')}-{version}.dist-info"
    about = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    tag = "Wheel-Version: 1.0\nGenerator: book\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    files = {**files, f"{info}/METADATA": about.encode(), f"{info}/WHEEL": tag.encode()}
    file = out / f"{name.replace('-', '_')}-{version}-py3-none-any.whl"
    write_zip(file, files)
    return {
        "name": name,
        "version": version,
        "file_name": file.name,
        "install_dir": "site",
        "package_type": "package",
        "imports": [module],
        "depends": list(depends),
        "unvendored_tests": False,
    }


def write_zip(path: Path, files: dict[str, bytes]) -> None:
    """Write an archive that is the same byte for byte whenever its files are."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, _DATE), data, zipfile.ZIP_DEFLATED)
