"""A real JupyterLab in a real Chromium, as a reader has it."""

import contextlib
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

from playwright.sync_api import expect

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HOW_TO_GET_ONE = (
    "no Chromium found: install it (Debian, Ubuntu: apt-get install chromium; "
    "macOS: brew install --cask chromium; Windows: winget install Hibbiki.Chromium) "
    "or set CHROMIUM to its path"
)


PATIENCE = 180
"""Seconds without any progress after which waiting ends: a slow machine is no fault."""


def find_chromium():
    """Return the path of a Chromium or Chrome, or None."""
    named = os.environ.get("CHROMIUM")
    places = [
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
        r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    ]
    found = [named, *map(shutil.which, BROWSERS), *(p for p in places if Path(p).exists())]
    return next((path for path in found if path), None)


@contextlib.contextmanager
def jupyter_lab(root, log):
    """Run JupyterLab on a free port of this machine; yield a function from path to address."""
    port, token = _free_port(), secrets.token_hex(16)
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        "--no-browser",
        "--allow-root",
        f"--port={port}",
        "--ip=127.0.0.1",
        f"--IdentityProvider.token={token}",
        f"--ServerApp.root_dir={root}",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.expose_app_in_browser=True",
    ]
    settings = log.parent / "lab-settings"
    _silence_news(settings)
    environment = {**os.environ, "JUPYTERLAB_SETTINGS_DIR": str(settings)}
    with log.open("w") as out:
        server = subprocess.Popen(command, stdout=out, stderr=out, env=environment)
        try:
            _wait_for(f"http://127.0.0.1:{port}/api?token={token}", server, log)
            yield lambda path: f"http://127.0.0.1:{port}/lab/tree/{path}?token={token}&reset"
        finally:
            server.terminate()
            server.wait(20)


def _silence_news(settings):
    """Answer JupyterLab's question about news, which would lie over the page."""
    file = settings / "@jupyterlab" / "apputils-extension" / "notification.jupyterlab-settings"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text('{"fetchNews": "false", "checkForUpdates": false}')


def _free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def _wait_for(address, server, log):
    def answers():
        if server.poll() is not None:
            raise RuntimeError(f"JupyterLab did not start:\n{log.read_text()[-3000:]}")
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=20):
            return True
        return False

    wait_while_it_moves(answers, lambda: log.stat().st_size, time.sleep)


def wait_while_it_moves(done, progress, sleep, patience=PATIENCE):
    """Wait until it is done, however long that takes, as long as there is progress."""
    seen, since = progress(), time.monotonic()
    while not done():
        if (now := progress()) != seen:
            seen, since = now, time.monotonic()
        if time.monotonic() - since > patience:
            raise TimeoutError(f"no progress for {patience} s at {seen}")
        sleep(0.1)


NO_MODEL = "Error displaying widget: model not found"
"""What ipywidgets says where the kernel did not tell it of a widget."""


class Words(str):
    """A cell of text among the sources of code cells."""


class NotebookPage:
    """One notebook open in the browser."""

    def __init__(self, page):
        self.page = page
        page.set_default_timeout(1000 * PATIENCE)

    def open(self, address):
        """Open a notebook and wait until its kernel is idle."""
        self.address = address
        self.page.goto(address)
        self.page.wait_for_selector(".jp-Notebook .jp-Cell")
        self._wait_idle()
        return self

    def open_next(self, address):
        """Open another notebook in the same JupyterLab, in place of the one that is open."""
        path = urllib.parse.urlparse(address).path.removeprefix("/lab/tree/")
        self.page.evaluate(_NEXT, path)
        self._wait_until(_STARTED)
        self._wait_idle()
        return self

    def open_again(self, address):
        """Open a notebook whose kernel runs and has its widgets.

        ipywidgets asks the kernel for them once and waits four seconds: on a busy machine a reader
        is told that there is no model, and loads the page anew.
        """
        for _ in range(5):
            self.open(address)
            shown = self.page.locator(".cu-explorer canvas").or_(self.page.get_by_text(NO_MODEL))
            shown.first.wait_for(state="attached")
            if self.page.get_by_text(NO_MODEL).count() == 0:
                break
        return self

    def run_all(self):
        """Run every cell from the menu, as a reader would, and wait for the last."""
        self.choose("Run", "runmenu:run-all")
        self._wait_until(_ALL_RUN)
        self._wait_idle()

    def restart_kernel(self):
        """Restart the kernel from the menu."""
        self.choose("Kernel", "kernelmenu:restart")
        self.page.locator(".jp-Dialog .jp-mod-accept").click()

    def choose(self, menu, command):
        """Choose a command from a menu."""
        self.page.get_by_role("menuitem", name=menu, exact=True).click()
        self.page.locator(f".lm-Menu [data-command='{command}']").click()

    def run_cell(self, cell):
        """Run one cell with Shift+Enter."""
        prompt = cell.locator(".jp-InputPrompt")
        before = prompt.inner_text()
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Shift+Enter")
        expect(prompt).not_to_have_text(before)
        self._wait_idle()

    def write(self, cell, source):
        """Replace a cell's code."""
        cell.locator(".cm-content").click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(source)

    def cell(self, containing):
        """Return the code cell whose source contains a text."""
        return (
            self.page.locator(".jp-CodeCell")
            .filter(has=self.page.locator(".jp-InputArea-editor", has_text=containing))
            .first
        )

    def explorers(self):
        """Return every live explorer of the page."""
        return self.page.locator(".cu-explorer")

    def errors(self):
        """Return the texts of all error outputs."""
        return self.page.locator(".jp-OutputArea-output[data-mime-type*='error']").all_inner_texts()

    def _wait_idle(self):
        """Wait until the kernel idles and no cell waits; twice, as it also idles between cells."""
        for _ in range(2):
            self._wait_until(_IDLE)
            self.page.wait_for_timeout(250)

    def _wait_until(self, condition):
        wait_while_it_moves(
            lambda: self.page.evaluate(condition),
            lambda: self.page.evaluate(PROGRESS),
            lambda seconds: self.page.wait_for_timeout(1000 * seconds),
        )


PROGRESS = """() => [".jp-InputPrompt", ".jp-OutputArea", "#jp-main-statusbar"].map((part) =>
  [...document.querySelectorAll(part)].map((node) => node.textContent).join()).join()"""
_IDLE = """() => {
  const status = document.querySelector("#jp-main-statusbar")?.textContent ?? "";
  const prompts = [...document.querySelectorAll(".jp-InputPrompt")].map((p) => p.textContent);
  return status.includes("| Idle") && !prompts.some((text) => text.includes("*"));
}"""
_NEXT = """async (path) => {
  const { commands, serviceManager, shell } = window.jupyterapp;
  for (const { context } of shell.widgets("main")) if (context) context.model.dirty = false;
  await commands.execute("application:close-all");
  await serviceManager.sessions.shutdownAll();
  await commands.execute("docmanager:open", { path });
}"""
_STARTED = """() => document.querySelectorAll(".jp-Notebook").length === 1
  && document.querySelector(".jp-Notebook .jp-Cell") !== null"""
_ALL_RUN = r"""() => [...document.querySelectorAll(".jp-InputPrompt")]
  .every((prompt) => !/\[[ *]\]/.test(prompt.textContent))"""
