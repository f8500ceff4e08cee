"""One JupyterLab and one Chromium for all browser tests."""

import os
import shutil
from pathlib import Path

import pytest

from tests.browser import lab

ARTIFACTS = Path(__file__).parents[2] / "artifacts"


@pytest.fixture(scope="session")
def browser():
    executable = lab.find_chromium()
    if executable is None:
        if os.environ.get("CI") == "true":
            pytest.fail(lab.HOW_TO_GET_ONE)
        pytest.skip(lab.HOW_TO_GET_ONE)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=lab.FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def address(browser, tmp_path_factory):
    """Serve copies of the notebooks; nothing that a test types gets into the real ones."""
    folder = tmp_path_factory.mktemp("reader")
    shutil.copytree(Path(__file__).parents[2] / "notebooks", folder / "notebooks")
    logs = tmp_path_factory.mktemp("log")
    with lab.jupyter_lab(folder, logs / "jupyter.log") as address:
        yield address


@pytest.fixture(scope="module")
def notebook(browser, address):
    """Open a notebook in a new window; complain about anything the page's console reports."""
    pages, complaints = [], []

    def open_notebook(name):
        page = browser.new_page(viewport={"width": 1100, "height": 1000})
        page.on("pageerror", lambda error: complaints.append(str(error)))
        pages.append(page)
        return lab.NotebookPage(page).open(address(f"notebooks/{name}"))

    yield open_notebook
    for page in pages:
        page.close()
    assert not complaints


@pytest.fixture
def keep_screenshot():
    ARTIFACTS.mkdir(exist_ok=True)

    def keep(locator, name):
        locator.screenshot(path=ARTIFACTS / f"{name}.png")

    return keep
