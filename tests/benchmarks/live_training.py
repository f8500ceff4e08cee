"""Frames a second of networks that train while one watches, and how long a move holds the kernel.

Opens the notebooks in JupyterLab in Chromium, presses Play on every explorer whose picture goes on
while a network trains, and counts the pictures that arrive. Writes ``live.md``.
"""

import contextlib
import gc
import inspect
import shutil
import statistics
import tempfile
import time
from pathlib import Path

import numpy as np
from playwright.sync_api import sync_playwright

from tests import notebooks
from tests.browser import lab

RESULTS = Path(__file__).with_name("live.md")
SECONDS, MOVES = 2.0, 40
COUNT = """explorer => {
  window.pictures = [];
  const watcher = new MutationObserver(() => window.pictures.push(performance.now()));
  watcher.observe(explorer.querySelector(".cu-readout"),
    { childList: true, characterData: true, subtree: true });
}"""


def is_training(explorer):
    return inspect.isgeneratorfunction(explorer._live.update)


def longest_hold(explorer):
    """Return the median and the longest time that a random move from the page holds the kernel."""
    rng, times = np.random.default_rng(0), []
    gc.collect()
    gc.freeze()  # the explorers of all other notebooks lie here, too; a reader has those of one
    for _ in range(MOVES):
        new = {n: int(rng.integers(len(c.values))) for n, c in explorer.controls.items()}
        start = time.perf_counter()
        explorer._on_message(explorer, {"move": new}, [])
        times.append(1000 * (time.perf_counter() - start))
    gc.unfreeze()
    return statistics.median(times), max(times)


def aimed_at(explorer):
    """Return how many frames a second Play asks for."""
    return max(control.rate for control in explorer.controls.values() if control.play)


def frames_a_second(page, index):
    """Press Play on one explorer and count the pictures that arrive."""
    explorer = page.explorers().nth(index)
    explorer.scroll_into_view_if_needed()
    page.page.evaluate(COUNT, explorer.element_handle())
    explorer.locator(".cu-buttons button").first.click()
    page.page.wait_for_timeout(1000 * SECONDS)
    with contextlib.suppress(Exception):
        explorer.get_by_role("button", name="Reset").click(timeout=2000)
    times = page.page.evaluate("window.pictures")
    times = [t for t in times if t <= times[0] + 1000 * SECONDS]
    return (len(times) - 1) / (times[-1] - times[0]) * 1000


def measure(browser, address, folder):
    rows = []
    for path in notebooks.PATHS:
        explorers = notebooks.explorers(path)
        training = [i for i, e in enumerate(explorers.values()) if is_training(e)]
        holds = [longest_hold(e) for e in explorers.values()]
        rates = {}
        if training:
            shutil.copy(path, folder / path.name)
            page = lab.NotebookPage(browser.new_page(viewport={"width": 1100, "height": 1000}))
            page.open(address(path.name)).run_all()
            rates = {list(explorers)[i]: frames_a_second(page, i) for i in training}
            page.page.close()
        for name, (median, longest) in zip(explorers, holds, strict=True):
            aim = aimed_at(explorers[name]) if name in rates else None
            rows.append((path.stem, name, median, longest, rates.get(name), aim))
            print(rows[-1], flush=True)
    return rows


def page_text(rows):
    rates = [row[4] for row in rows if row[4] and row[5] > 20]
    lines = [
        "# Pictures that train",
        "",
        "`make bench` writes this page. Play was pressed in JupyterLab in headless Chromium on "
        f"each explorer in which a network trains. Where Play aims at 25 frames a second ("
        f"{len(rates)} explorers), {min(rates):.0f} to {max(rates):.0f} arrive (target: 20); the "
        f"others are slow so that one can look at each frame. A random move of any slider held the "
        f"kernel for {max(row[2] for row in rows):.0f} ms at most in the median, "
        f"{max(row[3] for row in rows):.0f} ms at the worst (target: 100).",
        "",
        "| notebook | explorer | median ms a move | longest | frames a second | aimed at |",
        "| --- | --- | ---: | ---: | ---: | ---: |",
    ]
    for stem, name, median, longest, rate, aim in rows:
        shown = f"{rate:.1f} | {aim:.0f}" if rate else "|"
        lines.append(f"| {stem} | {name} | {median:.1f} | {longest:.1f} | {shown} |")
    return "\n".join(lines) + "\n"


def main():
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        (folder / "pages").mkdir()
        browser = playwright.chromium.launch(executable_path=lab.find_chromium(), args=lab.FLAGS)
        with lab.jupyter_lab(folder / "pages", folder / "log") as address:
            rows = measure(browser, address, folder / "pages")
        browser.close()
    RESULTS.write_text(page_text(rows), encoding="utf-8")
    print(RESULTS.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
