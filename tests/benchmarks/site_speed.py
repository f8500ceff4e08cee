"""How soon a page of the site can be read, is alive, and how fast each of its pictures moves.

Beside it JupyterLite on the same site, and `interact` in it. Times are of the machine at hand,
which the written page names with its load.
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
from tests.benchmarks import lite_speed
from tests.browser import lab
from tests.site.conftest import serve

RESULTS = Path(__file__).with_name("site.md")
TURNS = 7
FIRST_PAGE = "14_softmax.html"
NO_LITE = "JupyterLite is not on this site."
LONGEST = ("10_pandas_vs_caviar", "18_capstone")
"""Notebooks that train most, which are run from their first cell to their last."""

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
READY = "() => window.live?.kernel.state === 'ready'"
SEEN = "() => bench.pictures.length"
CHECK = """async (number) => {
  const begun = performance.now();
  await live.cells.get(number).runNow();
  return performance.now() - begun;
}"""
TO_THE_END = """async (kinds) => {
  const begun = performance.now();
  for (const cell of live.cells.values())
    if (!cell.still && cell.el.matches(kinds)) await cell.runNow();
  return (performance.now() - begun) / 1000;
}"""
ENDS = {
    "every picture and exercise": ".explorer-cell, .exercise-cell",  # and what these need
    "every cell": "*",
}
LONGEST_PLAY = """() => {
  const plays = (cell) => cell.stored?.state._controls?.filter(({ play }) => play) ?? [];
  const all = [...live.cells.values()].filter(({ still }) => !still);
  const found = all.flatMap((cell) => plays(cell).map(({ name, rate, texts }) =>
    ({ number: cell.number, name, rate, steps: texts.length })));
  return found.sort((a, b) => b.steps - a.steps)[0] ?? null;
}"""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument("--notebooks", nargs="*", help="numbers, such as 06; else all")
    given = parser.parse_args()
    load = os.getloadavg()[0]
    with serve(given.site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=lab.find_chromium(), args=lab.FLAGS)
        begun = [first_explorer(browser, address, idle) for idle in (False, True)]
        pages = every_page(browser, address, given.notebooks)
        ends = to_the_ends(browser, address)
        there = (given.site / "lite").exists()
        lite = lite_speed.table(*lite_speed.measure(browser, address)) if there else NO_LITE
        browser.close()
    text = written(given.site, address, begun, pages, ends, lite, load)
    RESULTS.write_text(text, encoding="utf-8")
    print(text)


def first_explorer(browser, address, idle):
    """Return when a fresh page can be read, and how long after the first key a picture moves.

    With `idle`, the reader lets Python start before; else the key is pressed at once. Then what the
    page asked for until then.
    """
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(1000 * lab.PATIENCE)
    asked = set()
    page.context.on("request", lambda request: asked.add(request.url))
    page.add_init_script(f"({WATCH})()")
    page.goto(address + FIRST_PAGE)
    until(page, READABLE)
    if idle:
        until(page, READY)
    node = page.locator(".explorer-cell:not(:has(.cu-covered)) input[type=range]:enabled").first
    page.locator(".explorer-cell:not(:has(.cu-covered))").first.scroll_into_view_if_needed()
    before = page.evaluate(SEEN)
    node.press("ArrowRight")
    until(page, f"() => bench.pictures.length > {before}")
    taken = page.evaluate("bench.pictures.at(-1) - bench.moved")
    readable = page.evaluate(READABLE)
    page.context.close()
    return readable, taken, asked


def until(page, condition):
    """Wait until a condition holds in the page, however slow the machine is."""
    sleep = lambda seconds: page.wait_for_timeout(1000 * seconds / 10)  # noqa: E731
    lab.wait_while_it_moves(lambda: page.evaluate(condition), page.content, sleep)


def every_page(browser, address, only):
    """Return, for each notebook, what was measured on its page."""
    found = {}
    for path in notebooks.LESSONS:
        if not only or path.stem[:2] in only:
            page = with_python(browser, address, path.stem)
            found[path.stem] = one_page(page)
            print(path.stem, found[path.stem], flush=True)
            page.close()
    return found


def with_python(browser, address, stem):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(1000 * lab.PATIENCE)
    page.add_init_script(f"({WATCH})()")
    page.goto(f"{address}{stem}.html")
    until(page, READY)
    return page


def one_page(page):
    """Return the medians of its explorers' moves and its checks, and the speed of Play."""
    cells = page.locator(".explorer-cell:not(.still)").all()
    moves = [took for cell in cells if (took := median_move(page, cell))]
    solutions = page.locator(".solution-cell:not(.still)").all()
    checks = [checked(page, int(cell.get_attribute("data-cell"))) for cell in solutions]
    return {
        "moves": moves,
        "play": played(page),
        "checks": checks,
    }


def checked(page, number):
    """Return the median milliseconds in which a right answer is checked."""
    times = [page.evaluate(CHECK, number) for _ in range(TURNS + 1)]
    return statistics.median(times[1:])  # the first runs what the cell needs, too


def median_move(page, cell):
    """Return the median time from a key on the first slider to the new picture, if there is one."""
    show(page, cell)
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


def show(page, cell):
    """Bring an explorer into sight and to life, without its question."""
    cell.scroll_into_view_if_needed()
    number = cell.get_attribute("data-cell")
    state = f"document.querySelector('[data-cell=\"{number}\"]').dataset.state"
    until(page, f"() => {state} === 'live'")
    if cell.locator(".cu-veil:visible").count():
        cell.locator(".cu-veil button").click()


def played(page):
    """Return the pictures a second of the longest Play, as a share of those it asks for, if any."""
    play = page.evaluate(LONGEST_PLAY)
    if not play:
        return None
    cell = page.locator(f"[data-cell='{play['number']}']")
    show(page, cell)
    slider = cell.locator(f"[data-control={play['name']}]")
    slider.press("Home")
    page.wait_for_timeout(1000)
    page.evaluate("() => { bench.pictures = []; }")
    cell.locator("button:text('▶ Play')").first.click()
    page.wait_for_timeout(3000)
    times = page.evaluate("bench.pictures")
    return (len(times) - 1) / (times[-1] - times[0]) * 1000 / play["rate"]


def to_the_ends(browser, address):
    """Return the seconds in which the longest pages are run to their ends, with what is run."""
    found = {}
    for stem in LONGEST:
        for what, kinds in ENDS.items():
            page = with_python(browser, address, stem)
            found[f"{stem}, {what}"] = page.evaluate(TO_THE_END, kinds)
            page.close()
    return found


def written(site, address, begun, pages, ends, lite, load):
    """Return the page with all numbers."""
    (readable, cold, _), (_, idle, asked) = begun
    moves = sorted(took for page in pages.values() for took in page["moves"])
    checks = [took for page in pages.values() for took in page["checks"]]
    plays = [page["play"] for page in pages.values() if page["play"]]
    to_read, downloaded, everything = sizes(site, address, asked)
    return f"""# Speed of the site

`python -m tests.benchmarks.site_speed site` writes this page. Measured in Chromium on
{where()}, load {load:.1f} when it began; every page begins with an empty cache.

| | | aim |
| --- | ---: | ---: |
| a page can be read after | {readable:.0f} ms | 600 ms |
| the first picture moves, after the first key, nothing loaded before | {cold:.0f} ms | 6000 ms |
| the same where Python had started meanwhile | {idle:.0f} ms | 1000 ms |
| median move of {len(moves)} explorers | {statistics.median(moves):.0f} ms | 40 ms |
| worst of their medians | {moves[-1]:.0f} ms | 100 ms |
| Play, pictures a second as a share of those asked for: median, least | \
{statistics.median(plays):.2f}, {min(plays):.2f} | 1 |
| a right answer is checked: median and worst of {len(checks)} | \
{statistics.median(checks):.0f} ms, {max(checks):.0f} ms | 300 ms |
{_ends(ends)}
| {FIRST_PAGE} with all it needs to be read, gzipped | {to_read / 1e6:.1f} MB | 3 MB |
| the same with Python and a picture that moves | {downloaded / 1e6:.1f} MB | 20 MB |
| everything on the site, JupyterLite too | {everything / 1e6:.1f} MB | |

{lite}

| notebook | explorers | median move | worst | worst check |
| --- | ---: | ---: | ---: | ---: |
{_rows(pages)}
"""


def _ends(ends):
    return "\n".join(f"| {what} | {seconds:.0f} s | 30 s |" for what, seconds in ends.items())


def _rows(pages):
    return "\n".join(
        f"| {name} | {len(page['moves'])} | {statistics.median(page['moves']):.0f} "
        f"| {max(page['moves']):.0f} | {max(page['checks']):.0f} |"
        for name, page in pages.items()
        if page["moves"]
    )


def where():
    return f"{os.cpu_count()} processors ({platform.machine()}, {platform.system()})"


def sizes(site, address, asked):
    """Return the gzipped bytes of a page to be read, of all that it asked for, and of the site."""
    packed = {p: len(gzip.compress(p.read_bytes())) for p in site.rglob("*") if p.is_file()}
    files = {site / url.removeprefix(address).split("?")[0].split("#")[0] for url in asked}
    later = ("pyodide", "in_worker.zip")
    to_read = [path for path in files if not any(part in path.as_posix() for part in later)]
    return [sum(packed.get(path, 0) for path in paths) for paths in (to_read, files, packed)]


if __name__ == "__main__":
    main()
