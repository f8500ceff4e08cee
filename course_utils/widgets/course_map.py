"""The map of the course: what there is in each notebook, what is done, and what comes next."""

from __future__ import annotations

import html
import json
import os
import re
import sys
from pathlib import Path

from course_utils.support import progress

_COLOURS = {"prediction": "#56B4E9", "exercise": "#0072B2", "challenge": "#D55E00"}
_SIGNS = {
    "prediction": re.compile(r"(?<![.\w])(?:predict|estimate|sketch)\("),
    "challenge": re.compile(r"\bgoal="),
}
_WIDTH, _ROW, _LEFT, _STEP = 720, 26, 330, 18


class CourseMap:
    """The map, drawn from the notebooks in a folder and the answers beside them.

    Parameters
    ----------
    folder : str or Path
        Where the notebooks lie.
    """

    def __init__(self, folder="."):
        self._folder = Path(folder)

    def there(self) -> dict[str, dict[str, int]]:
        """Return how many predictions, exercises and challenges each notebook has."""
        return {
            path.stem: _counted(path) for path in sorted(self._folder.glob("[0-9][0-9]_*.ipynb"))
        }

    def done(self) -> dict[str, dict[str, int]]:
        """Return how many of them are done; none where no notebook is open in Jupyter."""
        known = progress.done(self._folder) if progress.notebook() else {}
        there = self.there()
        return {
            name: {k: min(known.get(name, {}).get(k, 0), n) for k, n in kinds.items()}
            for name, kinds in there.items()
        }

    def next(self) -> str:
        """Return the first notebook in which something is left to do; empty if there is none."""
        there, done = self.there(), self.done()
        return next((name for name in there if done[name] != there[name]), "")

    def start_anew(self) -> CourseMap:
        """Begin without any answers; the old file is kept under another name."""
        old = progress.start_anew(self._folder)
        print(f"Your answers are kept in {old.name}." if old else "There are no answers yet.")
        return self

    def __repr__(self):
        there, done = self.there(), self.done()
        if not there:
            return "no notebooks in this folder"
        lines = [f"{name}: {_in_words(there[name], done[name])}" for name in there]
        return "\n".join([*lines, f"next: {self.next() or 'you are through'}"])

    def _repr_html_(self):
        if not self.there():
            return "<p>There are no notebooks in this folder to draw a map of.</p>"
        there, done, coming = self.there(), self.done(), self.next()
        rows = [
            _row(i, name, there[name], done[name], name == coming) for i, name in enumerate(there)
        ]
        height = _ROW * (len(rows) + 1) + 8
        drawing = (
            f'<svg viewBox="0 0 {_WIDTH} {height}" style="max-width:{_WIDTH}px;width:100%" '
            f'font-family="sans-serif" font-size="13">{_legend()}{"".join(rows)}</svg>'
        )
        return f'<div style="background:white;color:#222">{drawing}</div>{_where_it_is_kept()}'


def _counted(path):
    cells = [
        c for c in json.loads(path.read_text(encoding="utf-8"))["cells"] if c["cell_type"] == "code"
    ]
    counted = {
        kind: sum(len(sign.findall("".join(cell["source"]))) for cell in cells)
        for kind, sign in _SIGNS.items()
    }
    solutions = sum("solution" in cell["metadata"].get("tags", []) for cell in cells)
    return {kind: solutions if kind == "exercise" else counted[kind] for kind in progress.KINDS}


def _in_words(there, done):
    parts = [f"{done[kind]} of {n} {kind}{'s' if n != 1 else ''}" for kind, n in there.items() if n]
    return ", ".join(parts)


def _row(i, name, there, done, coming):
    """Draw a notebook: its name, a dot for each thing in it, full where it is done."""
    y = _ROW * (i + 1) + 18
    title = html.escape(f"{name[:2]} {name[3:].replace('_', ' ').capitalize()}")
    dots, x = [], _LEFT
    for kind, count in there.items():
        for k in range(count):
            fill = _COLOURS[kind] if k < done[kind] else "white"
            dots.append(
                f'<circle cx="{x}" cy="{y - 4}" r="6" fill="{fill}" stroke="{_COLOURS[kind]}" '
                'stroke-width="2"/>'
            )
            x += _STEP
        x += 8 * bool(count)
    here = f'<text x="0" y="{y}" fill="#D55E00">next →</text>' if coming else ""
    words = html.escape(_in_words(there, done))
    link = f'<a href="{name}.ipynb"><text x="54" y="{y}" fill="#0072B2">{title}</text></a>'
    return f"<g>{here}{link}{''.join(dots)}<title>{words}</title></g>"


def _legend():
    places = zip((_LEFT, _LEFT + 115, _LEFT + 215), _COLOURS.items(), strict=True)
    return "".join(
        f'<circle cx="{x}" cy="14" r="6" fill="{colour}"/><text x="{x + 12}" y="18">{kind}s</text>'
        for x, (kind, colour) in places
    )


def _where_it_is_kept():
    """Say where the answers are, and that on Binder nothing lasts."""
    file = progress.FILE
    if not progress.notebook():
        return f"<p>Your answers will be kept in <code>{file}</code>, beside the notebooks.</p>"
    link = f'<a href="{file}" download>{file}</a>'
    if sys.platform == "emscripten":
        return f"<p>Your answers are kept in this browser and nowhere else. To keep: {link}.</p>"
    if os.environ.get("BINDER_LAUNCH_HOST") or os.environ.get("BINDER_SERVICE_HOST"):
        return (
            f"<p><strong>Binder forgets everything when you leave.</strong> Download {link}, and "
            "put it back beside the notebooks next time. A notebook in which you have written is "
            "kept by File → Download.</p>"
        )
    return f"<p>Your answers are kept in {link}, beside the notebooks, and nowhere else.</p>"
