"""Time from a key press, and from a drag, to the new picture: every explorer of every notebook.

Beside each explorer an empty round trip is measured in the same page in turn: a slider to an HTML
label through the kernel. What is written down are ratios of the two.
"""

import argparse
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
TURNS = 7
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


def timed(page, kind, do):
    """Do something; return the milliseconds until what it moves is new, None if it never is."""
    page.evaluate(f"bench.{kind} = []")
    do()
    try:
        page.wait_for_function(f"bench.{kind}.length > 0", polling=5, timeout=3000)
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
        self.page.wait_for_timeout(120)  # the page scrolls there and is drawn
        return timed(self.page, kind, lambda: self.page.keyboard.press(self._key(node)))

    def _key(self, node):
        value, most = (node.get_attribute("aria-valuenow"), None)
        if value is None:
            value, most = node.input_value(), node.get_attribute("max")
        return "ArrowLeft" if most and int(value) > int(most) / 2 else "ArrowRight"

    def drag(self, explorer, turns):
        """Drag the first grip to and fro; return the times of moves that gave a new picture."""
        grip = explorer.locator(".cu-grip").first
        box = grip.bounding_box()
        x, y = box["x"] + 9, box["y"] + 9
        mouse, times = self.page.mouse, []
        mouse.move(x, y)
        mouse.down()
        for turn in range(turns):
            far = 24 * (1 + turn % 3)
            times.append(timed(self.page, "picture", lambda f=far: mouse.move(x + f, y - f)))
        mouse.up()
        return [time for time in times if time is not None]

    def ratios(self, explorer):
        """Return medians of a key press and of a drag, as multiples of the empty trip's."""
        explorer.scroll_into_view_if_needed()
        veil = explorer.locator(".cu-veil button")
        if veil.is_visible():
            veil.click()
        slider = explorer.locator("input[type=range]").first
        empty, pressed = [], []
        for turn in range(TURNS + 2):
            pair = self.press("empty", self.empty), self.press("picture", slider)
            if turn > 1 and None not in pair:  # the first two warm up
                empty.append(pair[0])
                pressed.append(pair[1])
        dragged = []
        if explorer.locator(".cu-grip").count():
            dragged = self.drag(explorer, TURNS)
        return [_quarter(t) / _quarter(empty) if t else None for t in (pressed, dragged)]


def _quarter(times):
    """Return what a quarter of the times stay below.

    Either trip now and then takes some 30 ms more, in a quarter to a half of its tries, whatever is
    drawn: a median would jump between the two.
    """
    return statistics.quantiles(times, n=4)[0] if len(times) > 1 else times[0]


def measure(browser, address, folder, path):
    """Yield number, ratio by key and ratio by drag of each explorer of a notebook."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(EMPTY + CELLS["empty"]))
    nbformat.write(notebook, folder / path.name)
    page = browser.new_page(viewport={"width": 1100, "height": 1400})
    opened = lab.NotebookPage(page).open(address(path.name))
    opened.run_all()
    bench = Bench(page)
    for number, explorer in enumerate(opened.explorers().all()):
        if explorer.locator("input[type=range]").count():
            yield number + 1, *bench.ratios(explorer)
    page.close()


def table(rows):
    """Return the results as Markdown, a notebook a row."""
    lines = ["| notebook | explorers | median, key | worst, key | median, drag | worst, drag |"]
    lines.append("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name in dict.fromkeys(name for name, *_ in rows):
        own = [row for row in rows if row[0] == name]
        lines.append(f"| {name} | {len(own)} | {_pair(own, 2)} | {_pair(own, 3)} |")
    lines.append(f"| **all** | {len(rows)} | {_pair(rows, 2)} | {_pair(rows, 3)} |")
    return "\n".join(lines)


def _pair(rows, column):
    values = [row[column] for row in rows if row[column] is not None]
    if not values:
        return "– | –"
    return f"{statistics.median(values):.2f} × | {max(values):.2f} ×"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("only", nargs="*", help="numbers of notebooks, such as 06 14")
    asked = parser.parse_args().only
    paths = [p for p in notebooks.PATHS if not asked or p.stem[:2] in asked]
    rows = []
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        with lab.jupyter_lab(folder, folder / "log") as address:
            browser = playwright.chromium.launch(
                executable_path=lab.find_chromium(), args=lab.FLAGS
            )
            for path in paths:
                found = list(measure(browser, address, folder, path))
                rows += [(path.stem, *row) for row in found]
                print(path.stem, *(f"{n}: {k} {d}" for n, k, d in found), sep="\n  ", flush=True)
            browser.close()
    text = (
        "# Speed of every explorer\n\n"
        "`make bench` writes this page. Time from a key press on the first slider, and from a drag "
        "of the first handle, to the\nnew picture, as multiples of an empty round trip measured in "
        f"turn on the same page:\nwhat a quarter of {TURNS} tries each stay below.\n\n"
        f"{table(rows)}\n"
    )
    print(text)
    if not asked:
        RESULTS.write_text(text)


if __name__ == "__main__":
    main()
