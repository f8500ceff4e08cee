"""How soon JupyterLite on the same site is there, and how fast a picture moves in it.

It is what the book is measured beside: the same figure by `interact` and as an explorer.
"""

import statistics

import nbformat
from playwright.sync_api import expect

from tests.benchmarks import explorer_speed
from tests.browser import lab
from tests.site.lite import LitePage

WAYS = ("empty", "interact", "explorer")
TURNS = 3
STANDS_IN = "05_weighted_averages.ipynb"
"""A notebook of the site; the one with the ways is opened under its name."""


def measure(browser, address):
    """Return seconds until Python is there and until an explorer is, and the ways' times in ms."""
    context = browser.new_context(viewport={"width": 1280, "height": 2600})
    page = context.new_page()
    page.set_default_timeout(1000 * lab.PATIENCE)
    text = nbformat.writes(explorer_speed.notebook(WAYS))
    context.route(f"**/files/{STANDS_IN}", lambda route: route.fulfill(body=text))
    notebook = LitePage(page)
    page.goto(f"{address}lite/notebooks/index.html?path={STANDS_IN}")
    notebook.wait_for_kernel()
    ready = page.evaluate("performance.now()")
    notebook.run_all()
    expect(notebook.explorers()).to_have_count(1)
    alive = page.evaluate("performance.now()")
    page.wait_for_timeout(2000)
    times = explorer_speed.Bench(page, WAYS).in_turn(TURNS)
    context.close()
    return ready / 1000, alive / 1000, times


def table(ready, alive, times):
    """Return what was measured as Markdown."""
    median = {way: statistics.median(values) for way, values in times.items()}
    return f"""| JupyterLite on the same site | |
| --- | ---: |
| Python is there after | {ready:.1f} s |
| all cells have run, an explorer is there after | {alive:.1f} s |
| a move: slider to a label, nothing drawn | {median["empty"]:.0f} ms |
| a move: an explorer | {median["explorer"]:.0f} ms |
| a move: the same figure by `interact` | {median["interact"]:.0f} ms |"""
