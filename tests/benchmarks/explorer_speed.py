"""Time from a key press on a slider to the new picture, beside three other ways to draw it.

All four run in one JupyterLab in one Chromium on the same figure: an empty round trip (slider to
an HTML label through the kernel), ``interact`` with ``plt.show()``, ipympl with ``draw_idle``, and
an explorer. The ways take turns, so that whatever else the machine does meets them all alike.
"""

import argparse
import os
import platform
import statistics
import tempfile
from pathlib import Path

import nbformat
from playwright.sync_api import sync_playwright

from tests.browser import lab

RESULTS = Path(__file__).with_name("results.md")
PRESSES_A_TURN, TURNS, HOLD_SECONDS = 10, 8, 4

COMMON = """
import ipywidgets, numpy as np, matplotlib.pyplot as plt
x = np.linspace(0, 10, 400)
def wave(fig):
    '''A wave.'''
    fig.set_size_inches(7.2, 3.2)
    ax = fig.subplots()
    (line,) = ax.plot(x, np.sin(x))
    ax.set(xlim=(0, 10), ylim=(-1.2, 1.2), title="a wave", xlabel="x", ylabel="sin")
    def update(phase):
        line.set_ydata(np.sin(x + phase))
        return f"phase {phase:.2f}"
    return update
def slider():
    return ipywidgets.FloatSlider(min=0, max=10, step=0.01, description="phase")
"""
CELLS = {
    "empty": """
s, label = slider(), ipywidgets.HTML()
s.observe(lambda change: setattr(label, "value", f"phase {change.new:.2f}"), "value")
ipywidgets.VBox([s, label])""",
    "interact": """
plt.rcParams["figure.dpi"] = 100
def show(phase):
    fig = plt.figure()
    wave(fig)(phase)
    plt.show()
_ = ipywidgets.interact(show, phase=slider())""",
    "ipympl": """
%matplotlib widget
with plt.ioff():
    fig = plt.figure()
update, s2 = wave(fig), slider()
def move(change):
    update(change.new)
    fig.canvas.draw_idle()
s2.observe(move, "value")
ipywidgets.VBox([s2, fig.canvas])""",
    "explorer": """
from course_utils.sampling_scales import Linear
from course_utils.widgets import controls, explore
e = explore(wave, phase=controls.scale(Linear(0, 10), 0.0, points=1001))
e""",
}
NAMES = {
    "empty": "(a) empty round trip, slider to HTML label",
    "interact": "(b) `interact` with `plt.show()`",
    "ipympl": "(c) ipympl with `draw_idle`",
    "explorer": "(d) an explorer",
}
# A picture is new when the label's text changes, an image has been decoded, or a canvas is drawn.
WATCH = r"""() => {
  const cells = [...document.querySelectorAll(".jp-CodeCell")].slice(1);
  window.bench = { names: %s, pictures: {}, pressed: 0 };
  const seen = (name) => (window.bench.pictures[name] ??= []).push(performance.now());
  const nameOf = (node) => window.bench.names[cells.findIndex((cell) => cell.contains(node))];
  addEventListener("keydown", () => (window.bench.pressed = performance.now()), true);
  new MutationObserver(() => seen("empty")).observe(
    cells[0].querySelector(".widget-html-content"),
    { childList: true, characterData: true, subtree: true });
  new MutationObserver((changes) => {
    const added = changes.flatMap((change) => [...change.addedNodes]);
    for (const image of added.flatMap((node) => [...(node.querySelectorAll?.("img") ?? [])]))
      image.decode().then(() => seen("interact"), () => {});
  }).observe(cells[1], { childList: true, subtree: true });
  for (const method of ["drawImage", "putImageData"]) {
    const draw = CanvasRenderingContext2D.prototype[method];
    CanvasRenderingContext2D.prototype[method] = function (...args) {
      const result = draw.apply(this, args);
      const name = this.canvas.isConnected && nameOf(this.canvas);
      if (name) seen(name);
      return result;
    };
  }
}"""


def notebook(ways=tuple(CELLS)):
    """Return a notebook with a cell for each of these ways."""
    sources = [COMMON, *(CELLS[way] for way in ways)]
    cells = [nbformat.v4.new_code_cell(source.strip()) for source in sources]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return nbformat.v4.new_notebook(cells=cells, metadata=metadata)


class Bench:
    """The page with these ways, the empty trip and `interact` first."""

    def __init__(self, page, ways=tuple(CELLS)):
        self.page = page
        page.evaluate(WATCH % str(list(ways)))
        cells = page.locator(".jp-CodeCell")
        self.handles = {
            way: cells.nth(i + 1).locator(".noUi-handle, input[type=range]").first
            for i, way in enumerate(ways)
        }

    def in_turn(self, turns):
        """Return for each way the times of its presses; the ways take turns."""
        times = {way: [] for way in self.handles}
        for turn in range(turns + 1):
            for way, handle in self.handles.items():
                handle.focus()
                presses = [self.press(way) for _ in range(PRESSES_A_TURN)]
                times[way] += presses if turn else []  # the first turn warms up
        return times

    def press(self, name):
        """Press a key once; return milliseconds until the picture is new."""
        self.page.evaluate(f"bench.pictures[{name!r}] = []")
        self.page.keyboard.press("ArrowRight")
        self.page.wait_for_function(f"bench.pictures[{name!r}].length > 0", polling=5, timeout=5000)
        self.page.wait_for_timeout(60)
        return self.page.evaluate(f"bench.pictures[{name!r}].at(-1) - bench.pressed")

    def hold(self, name, seconds):
        """Hold the key at 30 repeats a second; return frames a second and lag of the last frame."""
        self.handles[name].focus()
        self.page.evaluate(f"bench.pictures[{name!r}] = []")
        for _ in range(int(seconds * 30)):
            self.page.keyboard.down("ArrowRight")
            self.page.wait_for_timeout(33)
        self.page.keyboard.up("ArrowRight")
        self.page.wait_for_timeout(2500)
        count, lag = self.page.evaluate(
            f"[bench.pictures[{name!r}].length, bench.pictures[{name!r}].at(-1) - bench.pressed]"
        )
        return count / seconds, lag


def measure():
    """Return for each way the times of its presses, and what holding the key gives."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        nbformat.write(notebook(), folder / "bench.ipynb")
        with lab.jupyter_lab(folder, folder / "log") as address:
            browser = playwright.chromium.launch(
                executable_path=lab.find_chromium(), args=lab.FLAGS
            )
            page = browser.new_page(viewport={"width": 1100, "height": 2600})
            opened = lab.NotebookPage(page).open(address("bench.ipynb"))
            opened.run_all()
            page.wait_for_timeout(2000)
            bench = Bench(page)
            times = bench.in_turn(TURNS)
            held = {way: bench.hold(way, HOLD_SECONDS) for way in CELLS}
            browser.close()
    return times, held


def table(times, held):
    """Return the results as a Markdown table."""
    empty = statistics.median(times["empty"])
    rows = [
        "| way | median ms | 90 % within ms | × empty | held: frames/s | held: lag of last, ms |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for way, values in times.items():
        median, late = statistics.median(values), statistics.quantiles(values, n=10)[-1]
        rate, lag = held[way]
        rows.append(
            f"| {NAMES[way]} | {median:.1f} | {late:.1f} | {median / empty:.2f} "
            f"| {rate:.1f} | {lag:.0f} |"
        )
    return "\n".join(rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.parse_args()
    times, held = measure()
    median = {way: statistics.median(values) for way, values in times.items()}
    verdict = (
        f"An explorer takes {median['explorer'] / median['empty']:.2f} × the empty round trip "
        f"(target: at most 1.25) and is {median['interact'] / median['explorer']:.1f} × faster "
        f"than `interact` (target: at least 4)."
    )
    presses = len(times["empty"])
    text = (
        "# Speed of an explorer\n\n"
        "`make bench` writes this page. Time from a key press on a slider to the new picture, in "
        "JupyterLab in headless\nChromium, the four ways taking turns on the same figure "
        f"({presses} presses each); then the key held down at\n30 repeats a second for "
        f"{HOLD_SECONDS} seconds. Measured on {os.cpu_count()} cores, Python "
        f"{platform.python_version()}.\n\n{table(times, held)}\n\n{verdict}\n"
    )
    RESULTS.write_text(text)
    print(text)


if __name__ == "__main__":
    main()
