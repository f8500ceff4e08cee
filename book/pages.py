"""A notebook as a page: Markdown for Sphinx, with every code cell as HTML of ours in between."""

from __future__ import annotations

import base64
import json
import re
from html import escape
from pathlib import Path

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from book import addresses, api, cells, static_widgets
from book.recording import Recorded, record

_LINK = re.compile(r"\]\((\d\d_\w+)\.ipynb")
_MOVE = re.compile(r"\[([^\]]+)\]\((#explorer=[^)\s]+)\)")
_HREF = re.compile(r'href="(\d\d_\w+)\.ipynb')
_TOOLS = (
    '<div class="cell-tools"><button type="button" class="cell-run" disabled>{}</button>'
    '<button type="button" class="cell-edit" disabled>Edit</button></div>'
)
_IMPORTED = re.compile(r'(?<=<span class="nn">course_utils</span>).*')
_IMPORTED_FROM = re.compile(r'<span class="nn">course_utils\.(\w+)</span>')
_NAME = re.compile(r'<span class="n">(\w+)</span>')
PICTURES = "_static/pictures"
NOT_HERE = "This needs {}, which a browser does not have: here is what it showed on a computer."


def write(path: Path, folder: Path, has: dict[str, bool]) -> None:
    """Write a notebook's page and its pictures into the folder of Sphinx's sources.

    The page is told what else the book has: Python for the browser, an editor for code.
    """
    found = cells.read(path)
    shows = [cell.number for cell in found if cell.kind in ("explorer", "question")]
    widgets = record(cells.sources(found), shows)
    cannot = cells.cannot_run(found)
    parts = [_front_matter(found, path.stem), _markdown(found[0].source), addresses.line(path.stem)]
    for cell in found[1:]:
        if cell.kind == "markdown":
            parts.append(_markdown(cell.source))
        else:
            why = cannot.get(cell.number, "")
            parts += _code_cell(cell, widgets.get(cell.number), folder, path.stem, why)
    parts.append(_raw(_data(path.stem, found, widgets, has)))
    (folder / f"{path.stem}.md").write_text("\n\n".join(parts), encoding="utf-8")


def _front_matter(found, stem):
    """Give search engines, and who makes a preview of a link, title, words and picture."""
    lines = found[0].source.splitlines()
    told = [line.strip("*_ ") for line in lines if line[:1] in "*_" and line]
    words = told[0] if told else ""
    meta = {
        "description": words,
        "property=og:title": lines[0].strip("# "),
        "property=og:description": words,
        "property=og:type": "article",
        "property=og:url": f"{addresses.BASE}{stem}.html",
        "twitter:card": "summary_large_image",
    }
    pictures = [cell.number for cell in found if cell.kind == "explorer"]
    if pictures:
        name = picture_name(stem, pictures[0])
        meta["property=og:image"] = f"{addresses.BASE}{PICTURES}/{name}.png"
    listed = [f"    {json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in meta.items()]
    return "\n".join(["---", "myst:", "  html_meta:", *listed, "---"])


def picture_name(stem, number):
    """Return the name of an explorer's picture."""
    return f"{stem}_{number}"


def _markdown(text):
    text = _MOVE.sub(r'<a href="\2">\1</a>', text)
    return _LINK.sub(r"](\1.md", text)


def _raw(html):
    return f"``````{{raw}} html\n{html}\n``````"


def _data(name, found, widgets, has):
    """Return what the page's script has to know, as JSON that cannot end its own element."""
    known = {
        number: {"kind": made.kind, "name": made.name, "state": made.state, "replies": made.replies}
        for number, made in widgets.items()
    }
    data = {
        "notebook": name,
        **has,
        "sources": cells.sources(found),
        "widgets": known,
        "files": any("CourseMap(" in cell.source for cell in found),
    }
    text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/json" id="notebook">{text}</script>'


def _code_cell(cell, made: Recorded | None, folder, stem, why):
    """Return the parts of a code cell's page, of which some may be Markdown."""
    kind = "code" if cell.kind in ("explorer", "question") and made is None else cell.kind
    name = f' data-name="{escape(made.name)}"' if made and made.name else ""
    still = " still" if why else ""
    begin = f'<div class="cell {kind}-cell{still}" data-cell="{cell.number}"{name}>'
    code = _code(cell, why)
    note = f'<p class="cell-note">{escape(NOT_HERE.format(why))}</p>' if why else ""
    if made is None:
        shown = [*_outputs(cell, folder, stem)]
        first, last = ("<details><summary>Solution</summary>", "</details>")
        if kind != "solution":
            first = last = ""
        opened = f'{begin}{first}{code}<div class="cell-output">'
        return [_raw(opened), *shown, _raw(f"</div>{last}{note}</div>")]
    view = (
        static_widgets.question(made) if kind == "question" else _explorer(cell, made, folder, stem)
    )
    folded = f'<details class="folded-code"><summary>Code</summary>{code}</details>'
    return [_raw(f'{begin}<div class="cell-output">{view}</div>{folded}{note}</div>')]


def _explorer(cell, made, folder, stem):
    return static_widgets.explorer(
        made, _picture(made.poster, picture_name(stem, cell.number), folder)
    )


def _picture(png, name, folder):
    (folder / PICTURES).mkdir(parents=True, exist_ok=True)
    (folder / PICTURES / f"{name}.png").write_bytes(png)
    return f"{PICTURES}/{name}.png"


def _code(cell, why):
    shown = _with_links(highlight(cell.source, PythonLexer(), HtmlFormatter()))
    run = "Check" if cell.kind == "exercise" else "Run"
    tools = "" if why else _TOOLS.format(run)
    return f'<div class="cell-code highlight-python notranslate">{shown}{tools}</div>'


def _with_links(code):
    """Have the modules of the lecture that a line imports lead to their pages."""
    code = _IMPORTED_FROM.sub(_module_link, code)
    return _IMPORTED.sub(lambda line: _NAME.sub(_module_link, line[0]), code)


def _module_link(name):
    known = name[1] in api.modules()
    return f'<a href="api/{name[1]}.html">{name[0]}</a>' if known else name[0]


def _outputs(cell, folder, stem):
    """Return what a cell showed when it was stored."""
    for k, output in enumerate(cell.outputs):
        data = output.get("data", {})
        joined = {kind: "".join(value) for kind, value in data.items()}
        if output["output_type"] == "stream":
            yield _raw(f"<pre>{escape(''.join(output['text']))}</pre>")
        elif "image/png" in joined:
            png = base64.b64decode(joined["image/png"])
            src = _picture(png, f"{stem}_{cell.number}_{k}", folder)
            alt = output["metadata"].get("image/png", {}).get("alt") or joined.get("text/plain", "")
            yield _raw(f'<img class="cu-picture" loading="lazy" src="{src}" alt="{escape(alt)}">')
        elif "text/html" in joined:
            yield _raw(_HREF.sub(r'href="\1.html', joined["text/html"]))
        elif "text/markdown" in joined:
            yield _markdown(joined["text/markdown"])
        else:
            yield _raw(f"<pre>{escape(joined.get('text/plain', ''))}</pre>")
