"""The pad in a real browser: drawn on by hand and by keyboard, and wiped."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]

PAD = """
from course_utils.widgets import pad

def halves(ink):
    total = max(ink.sum(), 1)
    return ink[::4, ::4], [ink[:, :16].sum() / total, ink[:, 16:].sum() / total]

board = pad(halves, names=["left", "right"])
board
"""


@pytest.fixture(scope="module")
def opened(notebook):
    page = notebook([PAD])
    page.run_all()
    assert page.errors() == []
    return page


def test_a_stroke_by_hand_is_answered_and_wiped(opened):
    page, board = opened.page, opened.page.locator(".cu-pad")
    readout, sheet = board.locator(".cu-readout"), board.locator(".cu-pad-ink")
    expect(readout).to_have_text("Nothing is drawn yet.")
    sheet.scroll_into_view_if_needed()
    box = sheet.bounding_box()
    page.mouse.move(box["x"] + 0.8 * box["width"], box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.8 * box["width"], box["y"] + 200, steps=5)
    page.mouse.up()
    expect(readout).to_have_text("right 100 %, left 0 %")
    board.get_by_role("button", name="Wipe").click()
    expect(readout).to_have_text("left 0 %, right 0 %")


def test_the_keyboard_draws_the_same(opened):
    board = opened.page.locator(".cu-pad")
    board.get_by_role("button", name="Wipe").click()
    sheet = board.locator(".cu-pad-ink")
    sheet.focus()
    for key in ["ArrowLeft"] * 12 + [" "] + ["ArrowDown"] * 3:
        sheet.press(key)
    expect(board.locator(".cu-readout")).to_have_text("left 100 %, right 0 %")
