"""How soon a page of the site can be read, is alive, and how fast each of its pictures moves.

Times are in milliseconds of the machine at hand, which the written page names with its load.
"""

import argparse
import gzip
import os
import platform
import statistics
from pathlib import Path

from playwright.sync_api import TimeoutError as NoPictureError
from playwright.sync_api import sync_playwright

from tests import notebooks
from tests.browser import lab
from tests.site.conftest import serve

RESULTS = Path(__file__).with_name("site.md")
TURNS = 7
FIRST_PAGE = "14_softmax.html"

WATCH = """() => {
  window.bench = { pictures: [], moved: 0 };
  addEventListener("keydown", () => (bench.moved = performance.now()), true);
  const put = CanvasRenderingContext2D.prototype.putImageData;
  CanvasRenderingContext2D.prototype.putImageData = function (...args) {
    put.apply(this, args);
    bench.pictures.push(performance.now());
  };
}"""
READABLE = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
SEEN = "() => bench.pictures.length"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument("--notebooks", nargs="*", help="numbers, such as 06; else all")
    given = parser.parse_args()
    load = os.getloadavg()[0]
    with serve(given.site) as address, sync_playwright() as playwright:
        chromium = playwright.chromium
        browser = chromium.launch(executable_path=lab.find_chromium(), args=lab.FLAGS)
        begun = [first_explorer(browser, address, idle) for idle in (False, True)]
        moves = every_explorer(browser, address, given.notebooks)
        browser.close()
    RESULTS.write_text(written(given.site, begun, moves, load), encoding="utf-8")
    print(RESULTS.read_text(encoding="utf-8"))


def first_explorer(browser, address, idle):
    """Return when a fresh page can be read, and how long after the first key a picture moves.

    With `idle`, the reader lets Python start before; else the key is pressed at once.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(1000 * lab.PATIENCE)
    page.add_init_script(f"({WATCH})()")
    page.goto(address + FIRST_PAGE)
    lab.wait_while_it_moves(lambda: page.evaluate(READABLE), page.content, _sleeper(page))
    if idle:
        until(page, "() => window.live?.kernel.state === 'ready'")
    node = page.locator(".explorer-cell:not(:has(.cu-covered)) input[type=range]:enabled").first
    page.locator(".explorer-cell:not(:has(.cu-covered))").first.scroll_into_view_if_needed()
    before = page.evaluate(SEEN)
    node.press("ArrowRight")
    until(page, f"() => bench.pictures.length > {before}")
    taken = page.evaluate("bench.pictures.at(-1) - bench.moved")
    readable = page.evaluate(READABLE)
    context.close()
    return readable, taken


def until(page, condition):
    """Wait until a condition holds in the page, however slow the machine is."""
    lab.wait_while_it_moves(lambda: page.evaluate(condition), page.content, _sleeper(page))


def _sleeper(page):
    return lambda seconds: page.wait_for_timeout(1000 * seconds / 10)


def every_explorer(browser, address, only):
    """Return, for each notebook, the median milliseconds of a move of each explorer."""
    found = {}
    for path in notebooks.LESSONS:
        if only and path.stem[:2] not in only:
            continue
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(1000 * lab.PATIENCE)
        page.add_init_script(f"({WATCH})()")
        page.goto(f"{address}{path.stem}.html")
        until(page, "() => window.live?.kernel.state === 'ready'")
        cells = page.locator(".explorer-cell:not(.still)").all()
        found[path.stem] = [took for cell in cells if (took := median_move(page, cell))]
        print(path.stem, found[path.stem], flush=True)
        page.close()
    return found


def median_move(page, cell):
    """Return the median time from a key on the first slider to the new picture, if there is one."""
    cell.scroll_into_view_if_needed()
    number = cell.get_attribute("data-cell")
    until(
        page, f"() => document.querySelector('[data-cell=\"{number}\"]').dataset.state === 'live'"
    )
    if cell.locator(".cu-veil:visible").count():
        cell.locator(".cu-veil button").click()
    slider = cell.locator("input[type=range]").first
    if not slider.count():
        return None
    page.wait_for_timeout(300)
    times = []
    for turn in range(TURNS):
        page.evaluate("() => { bench.pictures = []; }")
        slider.press("ArrowLeft" if turn % 2 else "ArrowRight")
        try:
            page.wait_for_function("() => bench.pictures.length > 0", timeout=3000)
        except NoPictureError:
            continue  # a step that changes nothing
        times.append(page.evaluate("bench.pictures[0] - bench.moved"))
    return statistics.median(times) if times else None


def written(site, begun, moves, load):
    """Return the page with all numbers."""
    (readable, cold), (_, idle) = begun
    flat = sorted(time for times in moves.values() for time in times)
    to_read, everything = sizes(site)
    return f"""# Speed of the site

`python -m tests.benchmarks.site_speed site` writes this page. Milliseconds in Chromium on
{where()}, load {load:.1f} when it began; every page begins with an empty cache.

| | |
| --- | ---: |
| a page can be read after | {readable:.0f} |
| the first picture moves, after the first key, nothing loaded before | {cold:.0f} |
| the same where Python had started meanwhile | {idle:.0f} |
| median move of {len(flat)} explorers | {statistics.median(flat):.0f} |
| worst of their medians | {flat[-1]:.0f} |
| {FIRST_PAGE} with all it needs to be read, gzipped | {to_read / 1e6:.2f} MB |
| the whole site, gzipped | {everything / 1e6:.1f} MB |

| notebook | explorers | median move | worst |
| --- | ---: | ---: | ---: |
{_rows(moves)}
"""


def _rows(moves):
    return "\n".join(
        f"| {name} | {len(times)} | {statistics.median(times):.0f} | {max(times):.0f} |"
        for name, times in moves.items()
        if times
    )


def where():
    return f"{os.cpu_count()} processors ({platform.machine()}, {platform.system()})"


def sizes(site):
    """Return the gzipped bytes of what the first page reads, and of the whole site."""
    packed = {p: len(gzip.compress(p.read_bytes())) for p in site.rglob("*") if p.is_file()}
    later = ("pyodide", "codemirror.js", "notebooks", "in_worker.zip", "pictures")
    stem = FIRST_PAGE.removesuffix(".html")
    needed = [
        path
        for path in packed
        if path.name.startswith(stem)
        or ("_static" in path.parts and not any(part in path.as_posix() for part in later))
    ]
    return sum(packed[path] for path in needed), sum(packed.values())


if __name__ == "__main__":
    main()
