"""Time from a key press, and from a drag, to the new picture: every explorer of every notebook.

Beside each explorer an empty round trip is measured in the same page in turn: a slider to an HTML
label through the kernel. What is written down are ratios of the two; so are the frames a second
while a key is held down, and during a drag.
"""

import argparse
import itertools
import math
import os
import platform
import statistics
import tempfile
from pathlib import Path

import nbformat
from playwright.sync_api import TimeoutError as NoPictureError
from playwright.sync_api import sync_playwright

from tests import notebooks
from tests.benchmarks.explorer_speed import CELLS
from tests.browser import lab

RESULTS = Path(__file__).with_name("every_explorer.md")
TURNS, HOLD_SECONDS, REST = 7, 1.5, 120  # the last in milliseconds
SHARP = ("05", "06", "11", "14")
"""Notebooks that are measured on a screen with two pixels for each of the page's, too."""
SLIDER = "input[type=range]"
EMPTY = "import ipywidgets\ndef slider():\n    return ipywidgets.FloatSlider(step=0.01)\n"

WATCH = """() => {
  window.bench = { empty: [], picture: [], moved: 0 };
  for (const event of ["keydown", "pointermove"])
    addEventListener(event, () => (bench.moved = performance.now()), true);
  const cell = [...document.querySelectorAll(".jp-CodeCell")].at(-1);
  new MutationObserver(() => bench.empty.push(performance.now())).observe(
    cell.querySelector(".widget-html-content"),
    { childList: true, characterData: true, subtree: true });
  const put = CanvasRenderingContext2D.prototype.putImageData;
  CanvasRenderingContext2D.prototype.putImageData = function (...args) {
    put.apply(this, args);
    bench.picture.push(performance.now());
  };
}"""


VALUES = """(explorer) =>
  [...explorer.querySelectorAll("[data-control]")].map((node) => node.value).join()"""


def timed(page, kind, do):
    """Do something; return the milliseconds until what it moves is new, None if it never is."""
    page.evaluate(f"bench.{kind} = []")
    do()
    try:
        page.wait_for_function(f"bench.{kind}.length > 0", polling=5, timeout=1000)
    except NoPictureError:
        return None
    page.wait_for_timeout(60)
    return page.evaluate(f"bench.{kind}.at(-1) - bench.moved")


class Bench:
    """One notebook in JupyterLab, with an empty round trip in its last cell."""

    def __init__(self, page):
        self.page = page
        page.evaluate(WATCH)
        self.empty = page.locator(".jp-CodeCell").last.locator(".noUi-handle")

    def press(self, kind, node):
        """Press a key on a slider; away from an end."""
        node.focus()
        self.page.wait_for_timeout(REST)  # the page scrolls there and is drawn
        return timed(self.page, kind, lambda: self.page.keyboard.press(self._key(node)))

    def _key(self, node):
        value, most = (node.get_attribute("aria-valuenow"), None)
        if value is None:
            value, most = node.input_value(), node.get_attribute("max")
        return "ArrowLeft" if most and int(value) > int(most) / 2 else "ArrowRight"

    def drag(self, explorer, turns):
        """Drag the first grip to and fro; return the times of moves that gave a new picture.

        As with a key, the page is at rest before each, and the first two warm up.
        """
        grip = explorer.locator(".cu-grip").first
        grip.scroll_into_view_if_needed()
        box = grip.bounding_box()
        x, y = box["x"] + 9, box["y"] + 9
        mouse, times = self.page.mouse, []
        mouse.move(x, y)
        mouse.down()
        for turn in range(turns + 2):
            far = 24 * (1 + turn % 3)
            self.page.wait_for_timeout(REST)
            times.append(timed(self.page, "picture", lambda f=far: mouse.move(x + f, y - f)))
        mouse.up()
        return [time for time in times[2:] if time is not None]

    def ratios(self, explorer):
        """Return the times of a key press and of a drag, as multiples of the empty trip's."""
        empty, pressed, dragged = [], [], []
        for turn in range(TURNS + 2):
            pair = self.press("empty", self.empty), self._press_first(explorer)
            if turn > 1 and pair[0] is not None:  # the first two warm up
                empty.append(pair[0])
                pressed.extend(time for time in pair[1:] if time is not None)
        if explorer.locator(".cu-grip").count():
            dragged = self.drag(explorer, TURNS)
        return [_quarter(t) / _quarter(empty) if t else None for t in (pressed, dragged)]

    def _press_first(self, explorer):
        slider = explorer.locator(SLIDER)
        return self.press("picture", slider.first) if slider.count() else None

    def frames(self, explorer):
        """Return the frames of a key held down and of a drag, as multiples of the empty trip's."""
        slider, grip = explorer.locator(SLIDER), explorer.locator(".cu-grip")
        empty, held, dragged = self._rate("empty", self._keys(self.empty), None), None, None
        if slider.count():
            held = self._rate("picture", self._keys(slider.first), explorer)
        if grip.count():
            dragged = self._rate("picture", self._circle(grip.first), explorer)
        self.page.mouse.up()
        return [rate / empty if rate else None for rate in (held, dragged)]

    def _rate(self, kind, moves, explorer):
        """Make a move every 33 ms; return the pictures for each move to another value.

        Each move of the empty trip is one.
        """
        next(moves)
        self.page.evaluate(f"bench.{kind} = []")
        values = []
        for number in range(int(30 * HOLD_SECONDS)):
            self.page.wait_for_timeout(33)
            next(moves)
            values.append(explorer.evaluate(VALUES) if explorer else number)
        changes = sum(before != after for before, after in itertools.pairwise(values))
        return self.page.evaluate(f"bench.{kind}.length") / changes if changes else None

    def _keys(self, node):
        """Press a key on a slider again and again, back from its ends."""
        node.focus()
        most = int(node.get_attribute("max") or 10_000)
        at, way = int(float(node.get_attribute("aria-valuenow") or node.input_value())), 1
        while True:
            way = -way if not 0 <= at + way <= most else way
            at += way
            self.page.keyboard.down("ArrowRight" if way > 0 else "ArrowLeft")
            yield

    def _circle(self, grip):
        """Take a grip and lead it round."""
        grip.scroll_into_view_if_needed()
        box = grip.bounding_box()
        self.page.mouse.move(box["x"] + 9, box["y"] + 9)
        self.page.mouse.down()
        for turn in range(10_000):
            across, up = 30 * math.sin(0.35 * turn), 30 * math.sin(0.2 * turn)
            self.page.mouse.move(box["x"] + 9 + across, box["y"] + 9 - up)
            yield


def _quarter(times):
    """Return what a quarter of the times stay below.

    Either trip now and then takes some 30 ms more, in a quarter to a half of its tries, whatever is
    drawn: a median would jump between the two.
    """
    return statistics.quantiles(times, n=4)[0] if len(times) > 1 else times[0]


def lift_veil(explorer):
    """Bring an explorer into sight, without its question."""
    explorer.scroll_into_view_if_needed()
    veil = explorer.locator(".cu-veil button")
    if veil.is_visible():
        veil.click()


def measure(browser, address, folder, path, sharpness):
    """Yield, for each explorer of a notebook, its number and four ratios to the empty trip."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(EMPTY + CELLS["empty"]))
    nbformat.write(notebook, folder / path.name)
    window = {"width": 1100, "height": 1400}
    page = browser.new_page(viewport=window, device_scale_factor=sharpness)
    opened = lab.NotebookPage(page).open(address(path.name))
    opened.run_all()
    bench = Bench(page)
    for number, explorer in enumerate(opened.explorers().all()):
        if explorer.locator(f"{SLIDER}, .cu-grip").count():
            lift_veil(explorer)
            yield number + 1, *bench.ratios(explorer), *bench.frames(explorer)
    page.close()


def table(rows):
    """Return the results as Markdown, a notebook a row."""
    heads = ["median, key", "worst, key", "median, drag", "worst, drag", "frames, key, drag"]
    lines = [f"| notebook | explorers | {' | '.join(heads)} |", "| --- " + "| ---: " * 6 + "|"]
    for name in dict.fromkeys(name for name, *_ in rows):
        lines.append(_row(name, [row for row in rows if row[0] == name]))
    return "\n".join([*lines, _row("**all**", rows)])


def _row(name, rows):
    frames = " ".join(_median(rows, column) for column in (4, 5))
    return f"| {name} | {len(rows)} | {_pair(rows, 2)} | {_pair(rows, 3)} | {frames} |"


def _median(rows, column):
    values = [row[column] for row in rows if row[column] is not None]
    return f"{statistics.median(values):.2f} ×" if values else "–"


def _pair(rows, column):
    values = [row[column] for row in rows if row[column] is not None]
    if not values:
        return "– | –"
    return f"{statistics.median(values):.2f} × | {max(values):.2f} ×"


def measure_all(paths, sharpness=1):
    """Return a row of ratios for each explorer of these notebooks."""
    rows = []
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        with lab.jupyter_lab(folder, folder / "log") as address:
            browser = playwright.chromium.launch(
                executable_path=lab.find_chromium(), args=lab.FLAGS
            )
            for path in paths:
                found = list(measure(browser, address, folder, path, sharpness))
                rows += [(path.stem, *row) for row in found]
                print(path.stem, *found, sep="\n  ", flush=True)
            browser.close()
    return rows


def machine():
    """Return what the numbers were measured on, and how busy it was."""
    info = Path("/proc/cpuinfo")
    models = [line for line in info.read_text().splitlines() if "model name" in line]
    model = models[0].split(":")[1].strip() if models else platform.processor()
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    return f"{os.cpu_count()} cores of {model}, load {load}, Python {platform.python_version()}"


TEXT = """# Speed of every explorer

`make bench` writes this page. Time from a key press on the first slider, and from a drag of the
first handle, to the new picture, as multiples of an empty round trip measured in turn on the same
page: what a quarter of {turns} tries each stay below. Then the frames for each move to another
value, of a key held down at 30 repeats a second and of a drag as fast, as multiples of the empty
trip's. On {machine}.

{table}

On a screen with two pixels for each of the page's:

{sharp}
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("only", nargs="*", help="numbers of notebooks, such as 06 14")
    asked = parser.parse_args().only
    here = machine()
    rows = measure_all([p for p in notebooks.PATHS if not asked or p.stem[:2] in asked])
    sharp = measure_all([p for p in notebooks.PATHS if p.stem[:2] in (asked or SHARP)], 2)
    text = TEXT.format(turns=TURNS, machine=here, table=table(rows), sharp=table(sharp))
    print(text)
    if not asked:
        RESULTS.write_text(text)


if __name__ == "__main__":
    main()
