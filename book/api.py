"""A page for each module of the lecture's mathematics, from its docstrings, with its source.

Also Sphinx's settings for them: docstrings write `code` in single backticks and number their notes
from 1, which on a page of many would stand for many.
"""

import re
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "course_utils"
_PAGE = """\
{name}
{line}

.. automodule:: course_utils.{name}
   :members:
   :member-order: bysource
"""
_INDEX = """\
# The code of the lecture

Each page is one module of `course_utils`: the lecture's mathematics in NumPy. *[source]*
beside a name shows the lines that do the work.

```{{toctree}}
:maxdepth: 1

{names}
```
"""
_NOTE = re.compile(r"(\.\. |)\[(\d+)\](_|(?= ))")


def modules() -> list[str]:
    """Return the modules of the lecture's floor."""
    return sorted(p.stem for p in PACKAGE.glob("*.py") if p.stem != "__init__")


def write(folder: Path) -> None:
    """Write the pages into the folder of Sphinx's sources."""
    pages = folder / "api"
    pages.mkdir()
    names = modules()
    for name in names:
        text = _PAGE.format(name=name, line="=" * len(name))
        (pages / f"{name}.rst").write_text(text, encoding="utf-8")
    index = _INDEX.format(names="\n".join(names))
    (pages / "index.md").write_text(index, encoding="utf-8")


def own_notes(app, what, name, obj, options, lines) -> None:
    """Have each docstring's notes under its own name: Sphinx numbers them by page."""
    label = name.replace(".", "-").lower()
    lines[:] = [_NOTE.sub(lambda found: _own(found, label), line) for line in lines]


def _own(found, label):
    begin, number, end = found.groups()
    return f"{begin}[#{label}-{number}]{end}" if begin or end else found[0]
