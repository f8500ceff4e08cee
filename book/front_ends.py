"""The page's halves of our widgets: the very files that JupyterLab gets, one module a class."""

import ast
from pathlib import Path

WIDGETS = Path(__file__).parents[1] / "course_utils" / "widgets"


def write(folder: Path) -> None:
    """Write one module for each class of widget, and one style sheet for all of them."""
    (folder / "widgets").mkdir(parents=True)
    sheets = {}
    for name, parts in _read_by_classes():
        if "_esm" in parts:
            (folder / "widgets" / f"{name}.js").write_text(_joined(parts["_esm"]), encoding="utf-8")
        sheets.update(dict.fromkeys(parts.get("_css", ())))
    (folder / "widgets.css").write_text(_joined(sheets), encoding="utf-8")


def _joined(names):
    return "\n".join((WIDGETS / name).read_text(encoding="utf-8") for name in names)


def _read_by_classes():
    """Yield each class and the names of the files in its ``_esm = page.read(...)``."""
    for path in sorted(WIDGETS.glob("*.py")):
        for made in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(made, ast.ClassDef):
                yield made.name, {t: files for node in made.body for t, files in _files(node)}


def _files(node):
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
        names = [arg.value for arg in node.value.args if isinstance(arg, ast.Constant)]
        yield from ((t.id, names) for t in node.targets if t.id in ("_esm", "_css"))
