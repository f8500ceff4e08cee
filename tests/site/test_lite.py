"""JupyterLite, which opens a notebook to be edited: its files, and three notebooks in Chromium."""

import hashlib
import json
import re

import pytest
from playwright.sync_api import expect

from book import cells
from tests import notebooks
from tests.browser.test_notebooks import (
    READOUT_CHANGED,
    expected_changes,
    move_by_key,
    readout,
    wait_until,
)
from tests.site.lite import LitePage

pytestmark = pytest.mark.site

NO_LITE = "the book has no JupyterLite: PYODIDE_DIR should hold micropip, see CONTRIBUTING.md"
MOST, MOST_IN_WHEELS = 30e6, 9e6
"""How many bytes a site may have more for it: in `lite/`, and of what only the kernel loads."""

OUTSIDE = re.compile(r"(https?|wss?):|^//")
EACH = pytest.mark.parametrize("path", notebooks.PATHS, ids=lambda path: path.stem)


@pytest.fixture(scope="module")
def lite(alive):
    """Return the folder of JupyterLite in a book that has it."""
    if not (alive / "lite").exists():
        pytest.skip(NO_LITE)
    return alive / "lite"


@pytest.fixture(scope="module")
def kernel(lite):
    """Return what the kernel is told: where Python is, what to load."""
    told = json.loads((lite / "jupyter-lite.json").read_text(encoding="utf-8"))
    [settings] = told["jupyter-config-data"]["litePluginSettings"].values()
    return settings


@pytest.fixture(scope="module")
def lock(lite, kernel):
    """Return the packages that the kernel can load."""
    path = lite / kernel["loadPyodideOptions"]["lockFileURL"]
    return json.loads(path.read_text(encoding="utf-8"))["packages"]


def texts(value):
    """Yield every text in what was read from JSON."""
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list):
        for part in value:
            yield from texts(part)
    elif isinstance(value, str):
        yield value


def test_there_is_no_source_map_and_no_second_python(lite, kernel):
    names = [path.name for path in lite.rglob("*")]
    assert [name for name in names if name.endswith(".map")] == []
    assert [name for name in names if name.startswith(("pyodide.", "python_stdlib"))] == []
    python = (lite / kernel["pyodideUrl"]).resolve()
    assert python == lite.parent / "_static" / "pyodide" / "pyodide.mjs"


def test_no_setting_holds_an_address_of_somebody_else(lite, kernel):
    settings = list(lite.rglob("jupyter-lite.json"))
    assert len(settings) == 4
    for path in settings:
        data = json.loads(path.read_text(encoding="utf-8"))["jupyter-config-data"]
        assert [text for text in texts(data) if OUTSIDE.search(text)] == [], path
    assert kernel["disablePyPIFallback"] is True


def test_what_the_kernel_loads_is_there_and_whole(lite, kernel, lock):
    folder = (lite / kernel["pyodideUrl"]).parent
    assert set(kernel["loadPyodideOptions"]["packages"]) <= set(lock)
    for name, entry in lock.items():
        wheel = (folder / entry["file_name"]).read_bytes()
        assert hashlib.sha256(wheel).hexdigest() == entry["sha256"], name
        assert set(entry["depends"]) <= set(lock), name


def test_a_page_of_the_book_loads_nothing_of_the_kernel(lite, lock):
    text = (lite.parent / "_static/pyodide/pyodide-lock.json").read_text(encoding="utf-8")
    assert not {"ipython", "ipywidgets", "micropip", "optuna"} & set(json.loads(text)["packages"])
    assert {"ipython", "ipywidgets", "micropip", "optuna"} <= set(lock)


@EACH
def test_whatever_a_notebook_imports_is_found_without_installing(lite, lock, path):
    found = {name for entry in lock.values() for name in entry["imports"]}
    cannot = cells.cannot_run(cells.read(path), (*cells.HERE, "optuna"))
    for cell in cells.read(path):
        if cell.kind != "markdown" and cell.number not in cannot:
            assert cells.imported(cell) <= found, cell.number


def test_it_adds_little_to_the_book(lite, lock):
    assert sum(path.stat().st_size for path in lite.rglob("*")) < MOST
    folder = lite.parent / "_static" / "pyodide"
    pages = json.loads((folder / "pyodide-lock.json").read_text(encoding="utf-8"))["packages"]
    added = [folder / lock[name]["file_name"] for name in set(lock) - set(pages)]
    assert sum(path.stat().st_size for path in added) < MOST_IN_WHEELS


@EACH
def test_each_page_leads_to_its_notebook(lite, path):
    text = (lite.parent / f"{path.stem}.html").read_text(encoding="utf-8")
    link = f'<a href="lite/notebooks/index.html?path={path.name}">Edit this notebook</a>'
    assert text.count(link) == 1
    listed = json.loads((lite / "api/contents/all.json").read_text(encoding="utf-8"))["content"]
    assert path.name in [file["name"] for file in listed]


@EACH
def test_a_notebook_is_as_stored_but_for_what_a_browser_cannot_run(lite, path):
    stored = json.loads(path.read_text(encoding="utf-8"))["cells"]
    there = json.loads((lite / "files" / path.name).read_text(encoding="utf-8"))["cells"]
    assert len(there) == len(stored)
    for old, new in zip(stored, there, strict=True):
        source = "".join(old["source"])
        asks = re.search(r"experiments\.processes\(|run\.run\(", source)
        if old["cell_type"] == "code" and asks:
            assert new["cell_type"] == "markdown"
            assert "This needs other processes" in new["source"]
            assert source in new["source"]
            assert "".join(old["outputs"][0]["text"]).strip() in new["source"]
        else:
            assert new == old


def test_nothing_but_notebooks_is_there_to_be_opened(lite):
    assert {file.name for file in lite.glob("files/*")} == {path.name for path in notebooks.PATHS}


def test_each_of_its_pages_says_what_it_may_load(lite):
    for path in (lite / "index.html", *lite.glob("*/index.html")):
        text = path.read_text(encoding="utf-8")
        policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)[1]
        assert "default-src 'self'" in policy
        assert "connect-src 'self' data: blob:;" in policy
        assert not OUTSIDE.search(policy)


def answers(path):
    """Return a notebook's first exercise, as it is to be answered, and its solution."""
    found = cells.read(path)
    exercise = next(cell for cell in found if cell.kind == "exercise")
    solution = next(cell for cell in found[exercise.number :] if cell.kind == "solution")
    return exercise.source.splitlines()[0], solution.source


@pytest.mark.browser
@pytest.mark.parametrize("stem", ["00_start_here", "05_weighted_averages", "14_softmax"])
def test_a_notebook_is_opened_run_moved_answered_and_kept(lite, open_page, stem):
    [path] = [path for path in notebooks.PATHS if path.stem == stem]
    page = open_page(f"{stem}.html")
    page.get_by_role("link", name="Edit this notebook").click()
    notebook = LitePage(page).wait_for_kernel()
    assert_it_runs(notebook, path)
    assert_an_explorer_moves(notebook)
    kept = assert_an_exercise_is_answered(notebook, path)
    notebook.save()
    notebook.reload()
    expect(notebook.cell(kept)).to_contain_text("Passed")
    assert kept in "".join(texts(json.loads(notebook.download())))


def assert_it_runs(notebook, path):
    assert notebook.explorers().count() == 0
    notebook.run_all()
    assert notebook.errors() == []
    expect(notebook.explorers()).to_have_count(len(expected_changes(path)))


def assert_an_explorer_moves(notebook):
    explorer = notebook.explorers().filter(has_not=notebook.page.locator(".cu-veil:visible")).first
    explorer.scroll_into_view_if_needed()
    before = readout(explorer)
    move_by_key(explorer)
    wait_until(READOUT_CHANGED, explorer, None, before)
    assert "".join(explorer.locator(".cu-error").all_text_contents()) == ""


def assert_an_exercise_is_answered(notebook, path):
    """Answer the first exercise wrong and right; return the line that tells the right one."""
    begins, solution = answers(path)
    cell = notebook.cell(begins)
    expect(cell).to_contain_text("Not yet")
    notebook.write(cell, f"# by the reader\n{solution}")
    cell = notebook.cell("# by the reader")
    notebook.run_cell(cell)
    expect(cell).to_contain_text("Passed")
    return "# by the reader"
