"""Every notebook as a reader meets it: opened, run, turned, answered wrong, answered right."""

import re

import nbformat
import pytest
from playwright.sync_api import expect

from tests import notebooks
from tests.browser.test_explorer import lift_veil, settle
from tests.browser.test_hands import drag, drag_by_finger
from tests.kinds import MET_IN
from tests.thorough import THOROUGH

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]

READ = [path for path in notebooks.LESSONS if THOROUGH or path.stem[:2] in MET_IN.values()]
EACH = pytest.mark.parametrize("path", READ, ids=lambda path: path.stem)


PIXELS = """(canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return new Uint32Array(data.buffer).reduce((sum, pixel) => Math.imul(sum ^ pixel, 16777619), 1);
}"""
"""A number for what a canvas shows: made and sent sooner than a picture."""


def pixels(explorer):
    return explorer.locator("canvas").evaluate(PIXELS)


def readout(explorer):
    # Of what is out of sight JupyterLab has no inner text.
    return explorer.locator(".cu-readout").text_content()


READOUT_CHANGED = """([explorer, picture, readout]) =>
  explorer.querySelector(".cu-readout").textContent !== readout"""
BOTH_CHANGED = f"""{READOUT_CHANGED} &&
  ({PIXELS})(explorer.querySelector("canvas")) !== picture"""
PICTURE_CHANGED = f"""([explorer, picture]) =>
  ({PIXELS})(explorer.querySelector("canvas")) !== picture"""


def wait_until(condition, explorer, *seen):
    """Wait for a condition on an explorer; looking at every frame would keep the page busy."""
    arguments = [explorer.element_handle(), *seen]
    explorer.page.wait_for_function(condition, arg=arguments, polling=100)


def settled(explorer):
    """Return picture and readout once the answers to all earlier moves are there."""
    settle(explorer)
    return pixels(explorer), readout(explorer)


def assert_answer(explorers, move, changes):
    """Do something to each explorer, then look at all: picture and readout must have changed."""
    before = [settled(explorer) for explorer in explorers]
    for explorer in explorers:
        explorer.scroll_into_view_if_needed()
        move(explorer)
    for explorer, changed, seen in zip(explorers, changes, before, strict=True):
        wait_until(changed, explorer, *seen)
        assert "".join(explorer.locator(".cu-error").all_text_contents()) == ""


def expected_changes(path):
    """Say for each explorer what must change; the picture of an unwritten answer stays empty."""
    cells = nbformat.read(path, as_version=4).cells
    code = [c.source for c in cells if c.cell_type == "code"]
    shows = [source for source in code if "explore(" in source or "VBox([" in source]
    return [READOUT_CHANGED if "=my_" in source else BOTH_CHANGED for source in shows]


SLIDER = "input[type=range]"


def move_by_key(explorer):
    """Move the first slider; where there is none, choose another of a list."""
    slider = explorer.locator(SLIDER).first
    if slider.count() == 0:
        return choose_another(explorer.locator("select").first)
    slider.focus()
    at, end = int(slider.input_value()), int(slider.get_attribute("max"))
    slider.press("Home" if at > end / 2 else "End")


def move_by_mouse(explorer):
    slider = explorer.locator(SLIDER).first
    box = slider.bounding_box()
    at, end = int(slider.input_value()), int(slider.get_attribute("max"))
    target = 0.15 if at > end / 2 else 0.85
    slider.click(position={"x": box["width"] * target, "y": box["height"] / 2})


def choose_another(select):
    """Choose the end of a list that is farther away, with the keyboard."""
    at, last = int(select.input_value()), select.locator("option").count() - 1
    select.focus()
    for _ in range(last):
        select.press("ArrowUp" if at > last / 2 else "ArrowDown")


@EACH
def test_a_reader_opens_runs_turns_and_answers(path, next_notebook, keep_screenshot):
    """One kernel for all of it: starting one takes long."""
    page = next_notebook(path.name)
    assert_every_picture_is_there_before_it_is_run(path, page)
    page.run_all()
    assert page.errors() == []
    assert_every_explorer_answers(path, page, keep_screenshot)
    assert_an_exercise_is_diagnosed(path, page, keep_screenshot)


def assert_every_picture_is_there_before_it_is_run(path, page):
    cells = [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
    stored = sum("image/png" in o.get("data", {}) for c in cells for o in c.outputs)
    assert stored > 0
    images = page.page.locator(".jp-OutputArea-output img")
    for cell in page.page.locator(".jp-CodeCell").all():
        cell.scroll_into_view_if_needed()  # JupyterLab renders a cell when it comes near
    expect(images).to_have_count(stored)
    sizes = images.evaluate_all("images => images.map((image) => image.naturalWidth)")
    assert all(width > 500 for width in sizes)
    assert page.errors() == []


def assert_every_explorer_answers(path, page, keep_screenshot):
    """Every explorer answers to a key and to the mouse."""
    explorers, changes = page.explorers().all(), expected_changes(path)
    assert len(explorers) == len(changes)
    for explorer in explorers:
        explorer.scroll_into_view_if_needed()
        lift_veil(explorer)
    assert_answer(explorers, move_by_key, changes)
    with_slider = [i for i, one in enumerate(explorers) if one.locator(SLIDER).count()]
    own_changes = [changes[i] for i in with_slider]
    assert_answer([explorers[i] for i in with_slider], move_by_mouse, own_changes)
    for i, explorer in enumerate(explorers):
        explorer.get_by_role("button", name="Reset").click()
        at_first = settled(explorer)
        assert not re.search(r"\d %", readout(explorer)), "no line begins with a percent sign"
        assert_every_handle_can_be_dragged(explorer, f"{path.stem}, explorer {i + 1}")
        explorer.get_by_role("button", name="Reset").click()
        assert settled(explorer) == at_first
        keep_screenshot(explorer, f"{path.stem}-explorer-{i + 1}")


def positions(explorer):
    """Return where every slider, list and box stands, once the page has had a frame for it."""
    return explorer.evaluate(POSITIONS)


POSITIONS = """async (explorer) => {
  await new Promise(requestAnimationFrame);
  const nodes = [...explorer.querySelectorAll("[data-control]")];
  return nodes.map((node) => (node.type === "checkbox" ? node.checked : node.value));
}"""


WAYS = (100, -60), (-200, 120), (200, 120), (-200, -120)
"""Pixels to the right and down, again and again."""


def assert_every_handle_can_be_dragged(explorer, name):
    """Take each handle by the mouse, then by a finger: controls and picture must follow."""
    for number, grip in enumerate(explorer.locator(".cu-grip").all()):
        explorer.get_by_role("button", name="Reset").click()
        ways = WAYS
        for dragged in (drag, drag_by_finger):
            picture, _ = settled(explorer)
            way = the_way_it_moves(explorer, grip, dragged, ways)
            assert way, f"{name}: handle {number + 1} moves nothing by {dragged.__name__}"
            wait_until(PICTURE_CHANGED, explorer, picture)
            assert "".join(explorer.locator(".cu-error").all_text_contents()) == ""
            ways = [(-way[0], -way[1]), *WAYS]  # back, where there is room for certain
        if name.startswith(BY_KEYS):
            assert_keys_lead_where_the_hand_did(explorer, f"{name}: handle {number + 1}")


def the_way_it_moves(explorer, grip, dragged, ways):
    """Drag a grip one way after the other until a control has moved; return the way that did it."""
    grip.scroll_into_view_if_needed()
    before = positions(explorer)
    for way in ways:
        dragged(explorer.page, grip, *[way] * 3)
        positions(explorer)  # once the page has had a frame, what was asked is on its way
        settle(explorer)
        if positions(explorer) != before:
            return way
    return None


BY_KEYS = "15_training_softmax"
"""A notebook with handles in the plane, along both axes, on curves, where pressed."""


def assert_keys_lead_where_the_hand_did(explorer, name):
    """Move every slider to both its ends and back by keys: all must be as by hand."""
    dragged = settled(explorer), positions(explorer)
    for slider in explorer.locator(SLIDER).all():
        at, end = int(slider.input_value()), int(slider.get_attribute("max"))
        slider.focus()
        for key in ("Home", "End") if at > end / 2 else ("End", "Home"):
            slider.press(key)
        for _ in range(min(at, end - at)):
            slider.press("ArrowLeft" if at > end / 2 else "ArrowRight")
    assert (settled(explorer), positions(explorer)) == dragged, f"{name}: keys do not lead there"


def first_solution(path):
    """Return the cell in which a reader writes, and the solution that stands folded below."""
    cells = [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
    folded = next(i for i, c in enumerate(cells) if "solution" in c.metadata.get("tags", []))
    stub = next(c.source for c in reversed(cells[:folded]) if c.source.startswith("def "))
    return stub, cells[folded].source


def assert_an_exercise_is_diagnosed(path, page, keep_screenshot):
    stub, solution = first_solution(path)
    cell = page.cell(stub.splitlines()[0])
    wrong = re.sub(r"return .*", "return None", solution)
    for source, says in ((wrong, ["Not yet", "returned None"]), (solution, ["Passed"])):
        page.write(cell, source)
        cell = page.cell(source.splitlines()[0])
        page.run_cell(cell)
        for words in says:
            cell.locator(".jp-OutputArea-output", has_text=words).first.wait_for()
        keep_screenshot(cell, f"{path.stem}-{says[0].lower().replace(' ', '-')}")
