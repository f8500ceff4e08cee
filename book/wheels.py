"""Wheels for the browser: of the course's package, and of pure packages that are installed here."""

from __future__ import annotations

import hashlib
import importlib.metadata
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
OURS = "improving-deep-networks"
_KEPT = (".py", ".txt", ".json")
_OF_INSTALLERS = ("INSTALLER", "RECORD", "REQUESTED", "WHEEL", "direct_url.json")
_DATE = (1980, 1, 1, 0, 0, 0)


def course() -> dict[str, bytes]:
    """Return the package's files, by their names in a wheel."""
    folder = ROOT / "course_utils"
    files = [p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    return {str(p.relative_to(ROOT).as_posix()): p.read_bytes() for p in sorted(files)}


def installed(name: str) -> dict[str, bytes]:
    """Return a pure package that is installed here: its modules, what they read, its licence."""
    files = importlib.metadata.files(name) or ()
    return {f.as_posix(): f.read_binary() for f in files if _belongs(f)}


def _belongs(file):
    """Say whether a package needs a file in the browser; jedi reads the library's types."""
    if file.parts[0].endswith(".dist-info"):
        return file.name not in _OF_INSTALLERS
    types = file.suffix == ".pyi" and "/typeshed/stdlib/" in file.as_posix()
    return file.parts[0] != ".." and (file.suffix in _KEPT or types)


def add(files: dict[str, bytes], name: str, out: Path, depends=(), version="") -> dict:
    """Write a wheel of these files and return its entry in a lock.

    The name of the wheel, or where it has none of its own its version, holds the contents' hash, so
    that no browser takes an old one for it.
    """
    digest = hashlib.sha256(b"".join(k.encode() + v for k, v in files.items())).hexdigest()[:12]
    stem, version = name.replace("-", "_"), version or f"0+{digest}"
    tops = sorted({file.partition("/")[0].removesuffix(".py") for file in files})
    info = next((t for t in tops if t.endswith(".dist-info")), f"{stem}-{version}.dist-info")
    about = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    tag = "Wheel-Version: 1.0\nGenerator: book\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    files = {f"{info}/METADATA": about.encode(), **files, f"{info}/WHEEL": tag.encode()}
    file = f"{stem}-{version.partition('+')[0]}+{digest}-py3-none-any.whl"
    write_zip(out / file, files)
    return entry(name, version, file, [top for top in tops if top != info], depends)


def entry(name: str, version: str, file: str, imports: list[str], depends=()) -> dict:
    """Return what a lock says of a wheel; its hash is written with the lock."""
    return {
        "name": name,
        "version": version,
        "file_name": file,
        "install_dir": "site",
        "package_type": "package",
        "imports": imports,
        "depends": list(depends),
        "unvendored_tests": False,
    }


def write_zip(path: Path, files: dict[str, bytes]) -> None:
    """Write an archive that is the same byte for byte whenever its files are."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, _DATE), data, zipfile.ZIP_DEFLATED)
