"""One JupyterLab and one Chromium for all browser tests."""

import itertools
import os
import shutil
from pathlib import Path

import nbformat
import pytest

from tests.browser import lab

ROOT = Path(__file__).parents[2]
ARTIFACTS, NOTEBOOKS = ROOT / "artifacts", ROOT / "notebooks"
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}


@pytest.fixture(scope="session")
def browser():
    executable = lab.find_chromium()
    if executable is None:
        if os.environ.get("CI") == "true":
            pytest.fail(lab.HOW_TO_GET_ONE)
        pytest.skip(lab.HOW_TO_GET_ONE)
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=1000 * lab.PATIENCE)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=lab.FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def fresh_copy(browser, tmp_path_factory):
    """Serve a new copy of a notebook each time: JupyterLab saves what a test types and runs."""
    folder, logs = tmp_path_factory.mktemp("reader"), tmp_path_factory.mktemp("log")
    number = itertools.count()

    with lab.jupyter_lab(folder, logs / "jupyter.log") as address:

        def make(name):
            """Copy one of the notebooks; or write one, given it or the sources of its cells."""
            if isinstance(name, str):
                copy = f"{next(number)}-{name}"
                shutil.copy(NOTEBOOKS / name, folder / copy)
            else:
                copy = f"{next(number)}-made.ipynb"
                whole = isinstance(name, nbformat.NotebookNode)
                nbformat.write(name if whole else _notebook(name), folder / copy)
            return address(copy)

        yield make


def _notebook(sources):
    v4 = nbformat.v4
    cells = [
        v4.new_markdown_cell(s) if isinstance(s, lab.Words) else v4.new_code_cell(s)
        for s in sources
    ]
    return v4.new_notebook(cells=cells, metadata=KERNEL)


@pytest.fixture(scope="module")
def notebook(browser, fresh_copy):
    """Open a notebook in a new window, closing the last; complain about errors in the page."""
    pages, complaints = [], []

    def open_notebook(name):
        while pages:
            pages.pop().close()
        pages.append(browser.new_page(viewport={"width": 1100, "height": 1000}))
        pages[0].on("pageerror", lambda error: complaints.append(str(error)))
        return lab.NotebookPage(pages[0]).open(fresh_copy(name))

    yield open_notebook
    while pages:
        pages.pop().close()
    assert not complaints


@pytest.fixture(scope="module")
def next_notebook(notebook, fresh_copy):
    """Go from one notebook to the next in one window, as readers do: starting it takes long."""
    opened = []

    def open_next(name):
        if not opened:
            opened.append(notebook(name))
            return opened[0]
        return opened[0].open_next(fresh_copy(name))

    return open_next


@pytest.fixture
def keep_screenshot():
    """Keep pictures of what a test saw, if SCREENSHOTS is set: taking them is slow."""
    ARTIFACTS.mkdir(exist_ok=True)

    def keep(locator, name):
        if os.environ.get("SCREENSHOTS"):
            locator.page.wait_for_timeout(300)
            locator.screenshot(path=ARTIFACTS / f"{name}.png")

    return keep
