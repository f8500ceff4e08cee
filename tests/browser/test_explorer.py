"""What every explorer offers, tried on the start page's."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import lab

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]

RUN_AGAIN = re.compile("run this cell again")
NOISE = """() => {
  const read = CanvasRenderingContext2D.prototype.getImageData;
  CanvasRenderingContext2D.prototype.getImageData = function (...args) {
    const image = read.apply(this, args);
    crypto.getRandomValues(image.data.subarray(0, 65536));
    return image;
  };
}"""
COUNT_DRAWINGS = """() => {
  window.drawings = 0;
  const put = CanvasRenderingContext2D.prototype.putImageData;
  CanvasRenderingContext2D.prototype.putImageData = function (...args) {
    window.drawings += 1;
    return put.apply(this, args);
  };
}"""


SPARE = "mean_by_digit"
"""Stands in a cell of the start page that tests write into."""


@pytest.fixture(scope="module")
def opened(notebook):
    page = notebook("00_start_here.ipynb")
    page.run_all()
    return page


def digit_of(page):
    """Return the second explorer of the start page, which shows a digit."""
    return page.explorers().nth(2)


@pytest.fixture
def explorer(opened):
    found = digit_of(opened)
    found.scroll_into_view_if_needed()
    lift_veil(found)
    found.get_by_role("button", name="Reset").click()
    says(found, 1)
    return found


def lift_veil(explorer):
    """Have the picture shown without an answer to its question."""
    button = explorer.locator(".cu-veil button")
    if button.is_visible():
        button.click()
        expect(button).to_be_hidden()


def says(explorer, example):
    """Wait until the readout speaks of an example."""
    expect(explorer.locator(".cu-readout")).to_have_text(re.compile(f"^Example {example} "))


def settle(explorer):
    """Wait until every answer is there and shown."""
    expect(explorer.locator("[aria-busy=true]")).to_have_count(0)


def save(page):
    """Save the notebook by its shortcut, wherever the focus is."""
    with page.expect_response(lambda r: r.request.method == "PUT" and "/api/contents/" in r.url):
        page.keyboard.press("ControlOrMeta+s")


def shown(explorer):
    return explorer.locator("canvas").evaluate("canvas => canvas.toDataURL()")


def example_slider(explorer):
    return explorer.get_by_role("slider", name="example")


def test_every_control_is_labelled_and_reached_by_tab(explorer):
    slider = example_slider(explorer)
    assert slider.get_attribute("aria-valuetext") == "1"
    slider.focus()
    names = []
    for _ in range(3):
        explorer.page.keyboard.press("Tab")
        names.append(
            explorer.page.evaluate(
                "document.activeElement.labels?.[0]?.textContent "
                "?? document.activeElement.getAttribute('aria-label') "
                "?? document.activeElement.textContent"
            )
        )
    assert names == ["hide grey below", "Play through example", "Reset"]


def test_picture_and_readout_speak_to_those_who_cannot_see(explorer):
    words = explorer.locator(".cu-readout")
    assert words.get_attribute("aria-live") == "polite"
    picture = explorer.get_by_role("img")
    assert picture.get_attribute("aria-label") == (
        "One handwritten digit beside the average of all digits with the same label. "
        + words.inner_text()
    )


MOVE = """(slider) => {
  slider.value = 30;
  slider.dispatchEvent(new Event("input"));
  return slider.closest("[aria-busy]").getAttribute("aria-busy");
}"""


def test_whoever_listens_is_told_that_an_answer_is_on_its_way(explorer):
    assert example_slider(explorer).evaluate(MOVE) == "true"
    settle(explorer)
    assert explorer.locator(".cu-readout").inner_text().startswith("Example 30 ")


HURRY = """(slider) => {
  for (const position of [10, 20, 30, 40]) {
    slider.value = position;
    slider.dispatchEvent(new Event("input"));
  }
  const buttons = [...slider.closest(".cu-explorer").querySelectorAll("button")];
  buttons.find((button) => button.textContent === "Reset").click();
}"""


def test_a_reset_is_not_undone_by_moves_that_were_still_waiting(explorer):
    example_slider(explorer).evaluate(HURRY)
    settle(explorer)
    says(explorer, 1)


def test_play_steps_on_and_pauses(explorer):
    button = explorer.get_by_role("button", name="Play through example")
    slider = example_slider(explorer)
    button.click()
    explorer.page.wait_for_function("slider => slider.value >= 4", arg=slider.element_handle())
    button.click()
    expect(button).to_have_text("▶ Play")
    settle(explorer)
    reached = int(slider.input_value())
    assert 4 <= reached < 99
    says(explorer, reached)


def test_the_page_follows_code(explorer, opened):
    slider = example_slider(explorer)
    slider.press("End")
    says(explorer, 99)
    cell = opened.cell(SPARE)
    opened.write(cell, f"digit.set(example=8)  # {SPARE}")
    opened.run_cell(cell)
    says(explorer, 8)
    expect(slider).to_have_value("8")


def test_after_many_patches_the_page_shows_the_kernels_picture(explorer, opened):
    """Also where the browser gives noise for a canvas that is read back."""
    opened.page.evaluate(NOISE)
    showing_again = opened.cell(SPARE)
    opened.write(showing_again, f"digit  # {SPARE}")
    opened.run_cell(showing_again)
    explorers = [explorer, showing_again.locator(".cu-explorer")]
    slider = explorer.get_by_role("slider", name="hide grey below")
    slider.focus()
    for _ in range(25):
        slider.press("ArrowRight")
    for one in explorers:
        expect(one.get_by_role("slider", name="hide grey below")).to_have_value("25")
        settle(one)
    patched = shown(explorer)
    assert shown(explorers[1]) == patched, "two views of one explorer show the same"
    opened.run_cell(showing_again)
    expect(showing_again.locator("canvas")).to_be_visible()
    shows_it = "([canvas, picture]) => canvas.toDataURL() === picture"
    seen = [showing_again.locator("canvas").element_handle(), patched]
    explorer.page.wait_for_function(shows_it, arg=seen)


def test_the_challenge_turns_when_it_is_reached(explorer):
    goal = explorer.locator(".cu-goal")
    assert goal.inner_text().startswith("◎ Challenge: find a 7")
    slider = example_slider(explorer)
    slider.focus()
    for _ in range(6):
        slider.press("ArrowRight")
    expect(goal).to_have_text("✓ Reached: example 7 is a 7.")


def test_a_held_key_never_builds_a_queue(explorer):
    page, slider = explorer.page, example_slider(explorer)
    page.evaluate(COUNT_DRAWINGS)
    slider.focus()
    for _ in range(80):
        page.keyboard.down("ArrowRight")
    before = page.evaluate("drawings")
    page.keyboard.up("ArrowRight")
    says(explorer, slider.input_value())
    settle(explorer)
    views = page.locator(".cu-explorer").count()
    assert page.evaluate("drawings") - before <= 3 * views, "two under way, one with all the rest"


@pytest.mark.parametrize("control", ["slider", "radio"])
def test_jupyterlabs_shortcuts_work_with_the_focus_on_a_control(explorer, control):
    page = explorer.page
    kind, number = {"slider": (".cu-explorer", 1), "radio": (".cu-prediction", 0)}[control]
    where = page.locator(kind).nth(number)
    node = where.get_by_role(control).first
    node.scroll_into_view_if_needed()
    node.focus()
    save(page)
    cell = page.locator(".jp-CodeCell").filter(has=page.locator(kind)).nth(number)
    prompt = cell.locator(".jp-InputPrompt")
    before = prompt.inner_text()
    page.keyboard.press("Shift+Enter")
    expect(prompt).not_to_have_text(before)
    expect(where.get_by_role(control).first).to_be_visible()


def test_the_arrows_belong_to_the_slider(explorer):
    page, slider = explorer.page, example_slider(explorer)
    slider.click()
    active = page.locator(".jp-Cell.jp-mod-active")
    before = active.inner_text()
    slider.press("Home")
    slider.press("ArrowUp")
    says(explorer, 1)
    slider.press("ArrowDown")
    says(explorer, 0)
    assert active.locator(".cu-explorer").count() == 1, before


def test_a_prediction_is_answered(explorer):
    question = explorer.page.locator(".cu-prediction").first
    question.get_by_role("button", name="Answer").click()
    reply = question.locator(".cu-reply")
    expect(reply).to_contain_text("Pick one first")
    wrong, right = "neither, about ½", "blue: the boundary bends around it"
    for choice, words in ((wrong, "→ Not quite."), (right, "✓ Yes.")):
        question.get_by_label(choice).check()
        question.get_by_role("button", name="Answer").click()
        expect(reply).to_have_text(re.compile(f"^{re.escape(words)}"))


def test_two_windows_on_one_notebook_stay_in_step(explorer, opened, browser):
    save(explorer.page)
    window = browser.new_page(viewport={"width": 1100, "height": 1000})
    other = digit_of(lab.NotebookPage(window).open_again(opened.address))
    other.scroll_into_view_if_needed()
    says(other, 1)
    example_slider(explorer).press("End")
    says(other, 99)
    expect(example_slider(other)).to_have_value("99")
    other.get_by_role("slider", name="hide grey below").press("ArrowRight")
    expect(explorer.get_by_role("slider", name="hide grey below")).to_have_value("1")
    for one in (explorer, other):
        says(one, 99)
        expect(example_slider(one)).to_have_value("99")
    assert shown(other) == shown(explorer)
    window.close()


def test_a_page_loaded_anew_shows_where_the_kernel_is(explorer, opened):
    example_slider(explorer).press("End")
    says(explorer, 99)
    save(explorer.page)
    opened.open_again(opened.address)
    again = digit_of(opened)
    again.scroll_into_view_if_needed()
    says(again, 99)
    example_slider(again).press("ArrowLeft")
    says(again, 98)


def test_after_a_restart_the_reader_is_told_to_run_the_cell_again(explorer, opened):
    button = explorer.get_by_role("button", name="Play through example")
    button.click()
    opened.restart_kernel()
    expect(explorer.locator(".cu-error").filter(has_text=RUN_AGAIN)).to_be_visible()
    expect(button).to_have_text("▶ Play")
    example_slider(explorer).press("ArrowRight")
    button.click()
    expect(button).to_have_text("▶ Play")
    question = explorer.page.locator(".cu-prediction").first
    question.get_by_role("radio").first.check()
    question.get_by_role("button", name="Answer").click()
    expect(question.locator(".cu-error")).to_have_text(RUN_AGAIN)
    opened.run_all()
    says(digit_of(opened), 1)
