"""Run by Pyodide itself: put compiled modules into wheels, and leave out what a page never loads.

Compiling belongs to the Python that will run it, so that no browser has to do it at each start.
"""

import importlib._bootstrap_external as imports
import importlib.util
import re
import sysconfig
import zipfile
from pathlib import Path

LEFT_OUT = re.compile(
    r"(^|/)(tests|testing/jpl_units|sample_data|pdfcorefonts|afm|web_backend|qt_editor|f2py"
    r"|_pyinstaller|mpl-data/images|axisartist|dateutil-zoneinfo\.tar\.gz)(/|$)"
    r"|^(?!jedi/).*\.pyi$|\.a$|\.h$|\.pxd$|\.map$"
    r"|fonts/ttf/(?!DejaVuSans(-Bold|-Oblique)?\.ttf|DejaVuSansDisplay|LICENSE)"
    r"|matplotlib/backends/(_|backend_)(cairo|gtk|macosx|nbagg|pgf|qt|tk|webagg|wx)"
    r"|^PIL/(?!Png|Gif|Jpeg|Bmp|Ppm|Tiff|Mpo|WebP)\w+ImagePlugin\.py$"
)
"""What no page loads: tests, windows of a desktop, fonts and kinds of pictures nobody asks for.

Pillow takes a kind of picture that is not there for one it cannot read.
"""
OURS = "improving_deep_networks"
_LIBRARY = sysconfig.get_path("purelib")


def squeeze(folder: str) -> None:
    """Make each wheel of a folder anew, in place."""
    for path in sorted(Path(folder).glob("*.whl")):
        with zipfile.ZipFile(path) as old:
            files = {name: old.read(name) for name in old.namelist() if not name.endswith("/")}
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
            for name, data in sorted(_squeezed(files, path.name.startswith(OURS)).items()):
                new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, new.compression)


def _squeezed(files, readable):
    """Return the files of a wheel; a library's sources go, the course's are there to be read."""
    kept = {}
    for name, data in files.items():
        if LEFT_OUT.search(name):
            continue
        compiled = _compiled(name, data) if name.endswith(".py") else None
        if compiled is None or readable:
            kept[name] = data
        if compiled is not None:
            kept[importlib.util.cache_from_source(name) if readable else f"{name}c"] = compiled
    return kept


def _compiled(name, source):
    """Return a module's code as Python stores it, to be taken without a look at its source."""
    try:
        code = compile(source, f"{_LIBRARY}/{name}", "exec", dont_inherit=True)
    except SyntaxError:  # a template, say
        return None
    return imports._code_to_hash_pyc(code, importlib.util.source_hash(source), checked=False)
