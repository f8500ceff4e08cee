"""The book, built once, and a server for it that counts what a page asks of others."""

import contextlib
import functools
import http.server
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.browser import lab
from tests.browser.conftest import browser  # noqa: F401 (the same Chromium)

ROOT = Path(__file__).parents[2]
NO_SITE = "no book to look at: make site-test builds it, in an environment of its own"
NO_PYTHON = "the book has no Python for the browser: set PYODIDE_DIR, see CONTRIBUTING.md"


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Return the folder of the built book: the one that SITE names, or one made for these tests."""
    if os.environ.get("SITE"):
        return Path(os.environ["SITE"]).resolve()
    python = os.environ.get("SITE_PYTHON")
    if not python:
        pytest.skip(NO_SITE)
    folder = tmp_path_factory.mktemp("site") / "site"
    subprocess.run([python, "-m", "book", str(folder)], cwd=ROOT, check=True, stdout=sys.stderr)
    return folder


@pytest.fixture(scope="session")
def alive(site):
    """Return the folder of the book if its pages can run Python."""
    if not (site / "_static" / "pyodide" / "pyodide-lock.json").exists():
        pytest.skip(NO_PYTHON)
    return site


class _Handler(http.server.SimpleHTTPRequestHandler):
    extensions_map = {  # noqa: RUF012 (as the class it is of)
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
    }

    def log_message(self, *args):
        """Say nothing."""


@contextlib.contextmanager
def serve(folder):
    handler = functools.partial(_Handler, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def address(site):
    with serve(site) as base:
        yield base


@pytest.fixture
def open_page(browser, address):  # noqa: F811
    """Open pages of the book; what they ask of anybody else is refused, and is a fault."""
    contexts, faults = [], []

    def open_one(path, **settings):
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **settings})
        contexts.append(context)
        context.route(lambda url: not url.startswith((address, "data:", "blob:")), refuse)
        page = context.new_page()
        page.set_default_timeout(1000 * lab.PATIENCE)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: said.type == "error" and faults.append(said.text))
        page.goto(address + path)
        return page

    def refuse(route):
        faults.append(f"asked for {route.request.url}")
        route.abort()

    yield open_one
    for context in contexts:
        context.close()
    assert not faults
