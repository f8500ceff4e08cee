"""The book as files: complete, readable without a script, and nobody else's server in it."""

import base64
import gzip
import hashlib
import json
import os
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest

from book import addresses, api, cells, runtime
from tests import notebooks

pytestmark = pytest.mark.site

LOADED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}
NOT_PAGES = ("_static", "lite")
NOT_LOADED = {"canonical", "next", "prev", "search", "index", "author"}  # kinds of <link>


class Page(HTMLParser):
    """What a page loads, links to and names; the texts of some of its elements."""

    def __init__(self, path):
        super().__init__()
        self.path = path
        self.loads, self.links, self.ids, self.images = [], [], set(), []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if "id" in given:
            self.ids.add(given["id"])
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag == "img":
            self.images.append(given)
        kinds = set((given.get("rel") or "").split())
        if given.get(LOADED.get(tag)) and not kinds & NOT_LOADED:
            self.loads.append(given[LOADED[tag]])


@pytest.fixture(scope="module")
def pages(site):
    found = [p for p in site.rglob("*.html") if p.relative_to(site).parts[0] not in NOT_PAGES]
    return {path.relative_to(site).with_suffix("").as_posix(): Page(path) for path in found}


def cell_html(site, stem, number):
    """Return the HTML of one code cell: it ends where the next one or the page's data begins."""
    text = (site / f"{stem}.html").read_text(encoding="utf-8")
    start = re.search(rf'<div class="cell [a-z]+-cell[^"]*" data-cell="{number}"', text).start()
    return re.split(
        r'<div class="cell [a-z]+-cell[^"]*"|<script type="application/json"', text[start + 9 :]
    )[0]


def of_kind(kind):
    return [
        pytest.param(path.stem, cell, id=f"{path.stem}[{cell.number}]")
        for path in notebooks.PATHS
        for cell in cells.read(path)
        if cell.kind == kind
    ]


def test_every_notebook_is_a_page_and_the_first_page_leads_to_it(pages):
    for path in notebooks.PATHS:
        assert path.stem in pages
        assert f"{path.stem}.html" in pages["index"].links


@pytest.mark.parametrize("path", notebooks.PATHS, ids=lambda path: path.stem)
def test_every_code_cell_is_there(site, path):
    text = (site / f"{path.stem}.html").read_text(encoding="utf-8")
    there = re.findall(r'class="cell [a-z]+-cell[^"]*" data-cell="(\d+)"', text)
    assert list(map(int, there)) == [c.number for c in cells.read(path) if c.kind != "markdown"]


@pytest.mark.parametrize(("stem", "cell"), of_kind("explorer"))
def test_every_picture_stands_there_in_words_too(site, stem, cell):
    html = cell_html(site, stem, cell.number)
    [image] = re.findall(r'<img class="cu-picture"[^>]*>', html)
    assert len(re.search(r'alt="([^"]*)"', image)[1]) > 20
    src = re.search(r'src="([^"]+)"', image)[1]
    assert (site / src).read_bytes().startswith(b"\x89PNG")
    if "cu-explorer" in html:
        assert 'class="cu-controls"' in html
        assert re.search(r'<output class="cu-readout">[^<]+', html)


@pytest.mark.parametrize(("stem", "cell"), of_kind("question"))
def test_every_question_can_be_read_without_a_script(site, stem, cell):
    html = cell_html(site, stem, cell.number)
    assert re.search(r"<legend>Predict: [^<]+</legend>", html)
    assert re.search(r"<label><input type=.radio|type=.range|board-room", html)
    folded = r"<details class=.cu-answer.>.*<strong>[^<]+</strong> [^<]+</p></details>"
    assert re.search(folded, html)


@pytest.mark.parametrize(("stem", "cell"), of_kind("solution"))
def test_every_solution_is_folded(site, stem, cell):
    html = cell_html(site, stem, cell.number)
    assert re.search(r"<details><summary>Solution</summary>.*</details>", html, re.S)
    assert "<details open" not in html


def test_no_page_loads_anything_from_elsewhere(pages):
    for page in pages.values():
        assert [a for a in page.loads if re.match(r"(https?:)?//", a)] == []


def test_no_style_sheet_loads_anything_from_elsewhere(site):
    sheets = list(site.rglob("*.css"))
    assert len(sheets) > 5
    for sheet in sheets:
        text = sheet.read_text(encoding="utf-8")
        outside = re.findall(r"(?:url\(\s*['\"]?|@import\s+['\"])((?:https?:)?//[^)'\"]+)", text)
        assert outside == [], sheet


def test_what_a_page_loads_is_there(site, pages):
    for page in pages.values():
        for asked in page.loads:
            if not asked.startswith("data:"):
                file = page.path.parent / asked.partition("?")[0]
                assert file.exists(), (page.path.name, asked)


def test_a_page_and_all_that_moves_its_pictures_take_twenty_megabytes_at_most(alive, pages):
    folder = alive / "_static" / "pyodide"
    packages = json.loads((folder / runtime.LOCK).read_text(encoding="utf-8"))["packages"]
    files = {folder / name for name in runtime.FILES}
    files |= {folder / entry["file_name"] for entry in packages.values()}
    page = pages["14_softmax"]
    loads = [a.partition("?")[0] for a in page.loads if not a.startswith("data:")]
    files |= {page.path, *((page.path.parent / asked).resolve() for asked in loads)}
    megabytes = sum(len(gzip.compress(file.read_bytes())) for file in files) / 1e6
    assert 10 < megabytes < 19.5, f"{megabytes:.1f} MB"  # the rest is for pictures and scripts


def test_every_link_between_pages_leads_somewhere(site, pages):
    for name, page in pages.items():
        for link in page.links:
            target, anchor = urldefrag(unquote(link).partition("?")[0])
            if ":" in target or target.startswith("//") or anchor.startswith("explorer="):
                continue
            assert not target.endswith(".ipynb"), (page.path.name, link)
            there = os.path.normpath(Path(name).parent / target)
            assert not target or (site / there).exists(), (page.path.name, link)
            if anchor and target.endswith(".html"):
                assert anchor in pages[there.removesuffix(".html")].ids, (page.path.name, link)
            elif anchor:
                assert anchor in page.ids or target, (page.path.name, link)


def test_each_notebook_can_be_opened_elsewhere(pages):
    for path in notebooks.PATHS:
        asked = {addresses.binder(path.stem), addresses.colab(path.stem), addresses.CODESPACES}
        assert asked <= set(pages[path.stem].links), path.stem


@pytest.mark.parametrize("path", notebooks.LESSONS, ids=lambda path: path.stem)
def test_who_makes_a_preview_finds_title_words_and_picture(site, path):
    text = (site / f"{path.stem}.html").read_text(encoding="utf-8")
    told = dict(re.findall(r'<meta content="([^"]*)" property="og:(\w+)"', text))
    told = {kind: words for words, kind in told.items()}
    assert told["title"].startswith(path.stem[:2])
    assert len(told["description"]) > 30
    assert told["url"] == f"{addresses.BASE}{path.stem}.html"
    picture = site / told["image"].removeprefix(addresses.BASE)
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_each_module_of_the_lecture_has_a_page_to_which_its_imports_lead(site, pages):
    shown = "".join(page.path.read_text(encoding="utf-8") for page in pages.values())
    for name in api.modules():
        text = (site / "api" / f"{name}.html").read_text(encoding="utf-8")
        assert f"course_utils.{name}." in text, "a function or class is described"
        assert f"_modules/course_utils/{name}.html" in text, "and its source can be read"
        link = rf'<a href="api/{name}.html"><span class="n{{1,2}}">'  # not in the sidebar
        assert bool(re.search(link, shown)) == (name in imported_somewhere()), name


def imported_somewhere():
    """Return the modules of the lecture that a cell of a notebook imports."""
    code = "\n".join(c for path in notebooks.PATHS for c in notebooks.code_cells(path))
    lists = re.findall(r"^from course_utils import (\([^)]*\)|.*)", code, re.M)
    return {*re.findall(r"^from course_utils\.(\w+)", code, re.M), *re.findall(r"\w+", str(lists))}


def test_scripts_have_their_contents_in_their_address(site):
    [folder] = (site / "_static").glob("live-*")
    assert re.fullmatch(r"live-[0-9a-f]{10}", folder.name)
    text = (site / "06_optimizers.html").read_text(encoding="utf-8")
    assert f'src="_static/{folder.name}/live.js' in text


def test_formulas_are_mathml_and_none_is_left_as_it_was_typed(site):
    text = (site / "14_softmax.html").read_text(encoding="utf-8")
    assert text.count("<math") > 10
    assert "MathJax" not in text
    typed = re.compile(r">[^<]*\\(?:frac|sqrt|hat|text|sum|beta|alpha)\b[^<]*<")
    for path in site.glob("[0-9]*.html"):
        text = path.read_text(encoding="utf-8")
        assert typed.findall(re.sub(r"<(script|pre)\b.*?</\1>", "", text, flags=re.S)) == [], path


def test_each_page_says_what_it_may_load_and_names_its_own_scripts(pages):
    for page in pages.values():
        text = page.path.read_text(encoding="utf-8")
        policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)[1]
        assert "default-src 'self'" in policy
        assert not re.search(r"https?:|unsafe-eval|script-src[^;]*unsafe-inline", policy)
        for more, body in re.findall(r"<script([^>]*)>(.*?)</script>", text, re.S):
            if "src=" not in more:
                digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
                assert f"'sha256-{digest}'" in policy


def test_what_the_page_keeps_for_its_script_cannot_end_its_element(site):
    element = re.compile(r'<script type="application/json" id="notebook">(.*?)</script>')
    for path in site.glob("[0-9]*.html"):
        [data] = element.findall(path.read_text(encoding="utf-8"))
        assert "<" not in data
