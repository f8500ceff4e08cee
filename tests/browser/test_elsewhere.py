"""Hands, screens and settings that are not ours: what they may not do to what is on the page."""

import nbformat
import pytest
from ipywidgets import Widget
from nbformat.sign import NotebookNotary
from playwright.sync_api import expect

from course_utils.sampling_scales import Integer
from course_utils.widgets import controls, explore
from tests.browser.conftest import KERNEL
from tests.browser.test_explorer import RUN_AGAIN, settle
from tests.browser.test_hands import BOARD, CURVE, places, says, shown
from tests.browser.test_other_ways import AVERAGES, FIGURE, QUESTION
from tests.browser.test_pad import PAD

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]

MANY = """
many = explore(board, column=three, row=controls.scale(Integer(1, 3), 1, label="a long name"),
               moments={f"worth a look {i}": {"column": 1 + i % 3} for i in range(9)})
many
"""
SHEET = PAD.replace("board", "sheet")
AGAIN = "sheet"
INK = """canvas => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return data.filter((value, i) => i % 4 === 0 && value < 128).length;
}"""
LET_GO_ELSEWHERE = """node => {
  const box = node.getBoundingClientRect();
  const tell = (type, far, buttons) => node.dispatchEvent(new PointerEvent(type, {
    bubbles: true, pointerId: 1, isPrimary: true, buttons,
    clientX: box.left + far, clientY: box.top + far }));
  tell("pointerdown", 30, 1);
  tell("pointermove", 40, 1);
  tell("pointermove", 100, 0);
  tell("pointermove", 110, 0);
}"""
BEYOND = """widget => {
  const { right } = widget.getBoundingClientRect();
  const seen = [...widget.querySelectorAll("*")].filter((node) =>
    node.getClientRects().length && !node.closest(".cu-formula, .cu-heard"));
  return Math.max(...seen.map((node) => node.getBoundingClientRect().right)) - right;
}"""
BRIGHTNESS = """node => {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  context.fillStyle = getComputedStyle(node).color;
  context.fillRect(0, 0, 1, 1);
  return context.getImageData(0, 0, 1, 1).data.slice(0, 3).reduce((sum, part) => sum + part, 0) / 3;
}"""


@pytest.fixture(scope="module")
def opened(notebook):
    page = notebook([FIGURE, AVERAGES, QUESTION, CURVE, SHEET, BOARD, MANY, AGAIN])
    page.run_all()
    assert page.errors() == []
    return page


class Sheet:
    """A thing to draw on: where its places are, and how much is drawn."""

    def __init__(self, node, wipe, drawn):
        node.scroll_into_view_if_needed()
        self.node, self.drawn, self.page = node, drawn, node.page
        wipe.click()
        self.box = node.bounding_box()

    def at(self, across, down):
        return self.box["x"] + across * self.box["width"], self.box["y"] + down * self.box["height"]


@pytest.fixture(params=["pad", "sketch"])
def sheet(request, opened):
    kind = {"pad": ".cu-pad", "sketch": ".cu-prediction:has(.cu-board)"}[request.param]
    widget = opened.page.locator(kind).first
    wipe = widget.get_by_role("button", name="Wipe")
    if request.param == "pad":
        ink = widget.locator(".cu-pad-ink")
        return Sheet(ink, wipe, lambda: ink.evaluate(INK))
    curve = widget.locator(".cu-yours")
    return Sheet(widget.locator(".cu-paper"), wipe, lambda: len(curve.get_attribute("d") or ""))


def touch(page, *strokes):
    """Put fingers down, one more a time or all moved, and take them all away."""
    session = page.context.new_cdp_session(page)
    down = 0
    for fingers in strokes:
        kind = "touchStart" if len(fingers) > down else "touchMove"
        down = len(fingers)
        points = [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(fingers)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    session.detach()


def test_the_button_for_menus_draws_nothing(sheet):
    sheet.page.mouse.move(*sheet.at(0.4, 0.4))
    sheet.page.mouse.down(button="right")
    sheet.page.mouse.up(button="right")
    sheet.page.keyboard.press("Escape")
    assert sheet.drawn() == 0


def test_a_second_finger_draws_no_line_from_the_first(sheet):
    first, second = sheet.at(0.1, 0.2), sheet.at(0.9, 0.9)
    touch(sheet.page, [first])
    alone = sheet.drawn()
    touch(sheet.page, [first], [first, second], [first, sheet.at(0.9, 0.8)])
    assert 0 < sheet.drawn() <= alone


def test_a_button_that_was_let_go_elsewhere_draws_no_more(sheet):
    sheet.node.evaluate("node => node.setPointerCapture = () => {}")  # of a pointer there is not
    sheet.node.evaluate(LET_GO_ELSEWHERE)
    assert 0 < sheet.drawn() < 40


def test_another_view_of_a_pad_shows_the_same_drawing(opened):
    pad = opened.page.locator(".cu-pad").first
    pad.get_by_role("button", name="Wipe").click()
    pad.scroll_into_view_if_needed()
    pad.locator(".cu-pad-ink").click(position={"x": 200, "y": 60})
    expect(pad.locator(".cu-readout")).to_contain_text("right 100 %")
    opened.run_cell(opened.page.locator(".jp-CodeCell").last)
    inks = opened.page.locator(".cu-pad-ink")
    expect(inks).to_have_count(2)
    inked = [ink.evaluate(INK) for ink in inks.all()]
    assert inked[0] == inked[1] > 0


def test_a_finger_that_scrolls_moves_nothing_and_one_that_taps_does(opened):
    board = opened.explorers().nth(1)
    board.scroll_into_view_if_needed()
    place = places(board)
    says(board, "column 1, row 1")
    x, y = place(3, 2)
    touch(board.page, [(x, y)], *([(x, y - 15 * k)] for k in range(1, 8)))
    settle(board)
    says(board, "column 1, row 1")
    board.scroll_into_view_if_needed()
    touch(board.page, [places(board)(3, 2)])
    says(board, "column 3, row 2")


def test_pixels_that_a_browser_threw_away_come_back(opened):
    averages = opened.explorers().first
    averages.scroll_into_view_if_needed()
    settle(averages)
    before = shown(averages)
    averages.locator("canvas").evaluate("""canvas => {
      canvas.getContext("2d").clearRect(0, 0, canvas.width, canvas.height);
      canvas.dispatchEvent(new Event("contextrestored"));
    }""")
    assert shown(averages) == before


def test_what_lights_up_can_be_read_in_the_dark(opened):
    formula = opened.explorers().first.locator(".cu-formula")
    formula.evaluate("node => node.style.color = 'white'")
    symbol, number = formula.locator("munder").first, formula.locator(".cu-now").first
    assert number.evaluate(BRIGHTNESS) > 170
    symbol.evaluate("node => node.classList.add('cu-meant')")
    assert symbol.evaluate(BRIGHTNESS) < 60
    assert number.evaluate(BRIGHTNESS) < 120
    symbol.evaluate("node => node.classList.remove('cu-meant')")
    formula.evaluate("node => node.style.color = ''")


def test_a_page_from_right_to_left_turns_no_slider_round(opened):
    root = opened.page.locator("html")
    root.evaluate("node => node.dir = 'rtl'")
    for slider in opened.page.locator("input[type=range]").all():
        assert slider.evaluate("node => getComputedStyle(node).direction") == "ltr"
    root.evaluate("node => node.dir = ''")


def test_bars_are_seen_where_the_reader_forces_colours(opened):
    opened.page.emulate_media(forced_colors="active")
    bar = opened.page.locator(".cu-pad-says div").first
    colours = "node => [node, document.body].map((n) => getComputedStyle(n).backgroundColor)"
    of_bar, of_page = bar.evaluate(colours)
    opened.page.emulate_media(forced_colors="none")
    assert of_bar != of_page


def test_nothing_reaches_beyond_a_narrow_window(opened):
    widgets = opened.page.locator(".cu-explorer, .cu-prediction").all()
    for width in (700, 620):
        opened.page.set_viewport_size({"width": width, "height": 1000})
        opened.page.wait_for_timeout(300)
        assert all(widget.evaluate(BEYOND) <= 1 for widget in widgets), width
    opened.page.set_viewport_size({"width": 1100, "height": 1000})


def dot(fig):
    """A dot."""
    ax = fig.subplots()
    (artist,) = ax.plot([0], [0], "o")
    ax.set(xlim=(0, 9), ylim=(0, 9))

    def update(x):
        artist.set_data([x], [x])
        return f"x = {x}"

    return update


def test_a_state_that_was_saved_shows_its_picture_as_an_old_one(notebook):
    saved = explore(dot, x=controls.scale(Integer(0, 9), 1))
    for x in (4, 7):
        saved._on_message(saved, {"move": {"x": x}}, [])
    shows = {"application/vnd.jupyter.widget-view+json": {"model_id": saved.model_id}}
    cell = nbformat.v4.new_code_cell("", outputs=[nbformat.v4.new_output("display_data", shows)])
    made = nbformat.v4.new_notebook(cells=[cell], metadata=KERNEL)
    state = Widget.get_manager_state(widgets=[saved, saved.layout])
    made.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": state}
    saved.close()
    NotebookNotary().sign(made)  # else JupyterLab shows no widget
    explorer = notebook(made).explorers().first
    says(explorer, "x = 7")
    expect(explorer.locator("canvas.cu-old")).to_have_count(1)
    expect(explorer.get_by_role("alert").last).to_have_text(RUN_AGAIN)
