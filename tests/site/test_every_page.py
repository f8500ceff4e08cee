"""Every page of the book in a real browser: pictures moved and dragged, questions, an exercise."""

import re

import pytest
from playwright.sync_api import expect

from tests import notebooks
from tests.browser.test_explorer import lift_veil
from tests.browser.test_hands import drag
from tests.browser.test_notebooks import (
    READOUT_CHANGED,
    WAYS,
    first_solution,
    move_by_key,
    settled,
    the_way_it_moves,
    wait_until,
)
from tests.site.test_live import write

pytestmark = [pytest.mark.site, pytest.mark.browser]

CELLS = """(kind) => [...live.cells.values()]
  .filter((cell) => !cell.still && cell.stored?.kind === kind)
  .map((cell) => cell.number)"""
REPLIES = "(number) => live.cells.get(number).stored.replies"


@pytest.mark.parametrize("path", notebooks.LESSONS, ids=lambda path: path.stem)
def test_a_page_is_answered_moved_dragged_and_written_in(alive, open_page, path):
    """One opening of the page for all of it: starting Python is what takes long."""
    page = open_page(f"{path.stem}.html")
    page.wait_for_function("() => window.live")
    assert_questions_reply(page)
    numbers = page.evaluate(CELLS, "Explorer")
    assert numbers
    for number in numbers:
        assert_a_picture_answers(page.locator(f"[data-cell='{number}']"))
    assert_an_exercise_is_checked(page, path)


def assert_questions_reply(page):
    """Answer the first question wrong and the next one right, of those with choices."""
    asked = [n for n in page.evaluate(CELLS, "Prediction") if page.evaluate(REPLIES, n)["answers"]]
    assert asked
    for number, is_right in zip(asked, (False, True), strict=False):
        question, replies = page.locator(f"[data-cell='{number}']"), page.evaluate(REPLIES, number)
        choice = next(c for c in replies["answers"] if (c == replies["right"]) == is_right)
        question.scroll_into_view_if_needed()
        question.locator(f'input[value="{choice}"]').check()
        question.get_by_role("button", name="Answer").click()
        expect(question.locator(".cu-reply")).to_contain_text(replies["answers"][choice])
        assert question.locator(".cu-passed").count() == is_right


def assert_a_picture_answers(cell):
    """Wake an explorer, move it by a key, and drag whatever can be held in it."""
    cell.scroll_into_view_if_needed()
    expect(cell).to_have_attribute("data-state", "live")
    explorer = cell.locator(".cu-explorer")
    lift_veil(explorer)
    _, before = settled(explorer)
    move_by_key(explorer)
    wait_until(READOUT_CHANGED, explorer, None, before)
    for grip in explorer.locator(".cu-grip").all():
        explorer.get_by_role("button", name="Reset").click()
        settled(explorer)
        stuck = f"{cell.get_attribute('data-name')}: a handle moves nothing"
        assert the_way_it_moves(explorer, grip, drag, WAYS), stuck
    settled(explorer)
    assert "".join(explorer.locator(".cu-error").all_text_contents()) == ""


def assert_an_exercise_is_checked(page, path):
    """Write the first exercise's answer without its result, then the whole."""
    stub, solution = first_solution(path)
    exercise = page.locator(".exercise-cell").filter(has_text=stub.splitlines()[0]).first
    exercise.scroll_into_view_if_needed()
    for source, says in (
        (re.sub(r"return .*", "return None", solution), "returned None"),
        (solution, "Passed"),
    ):
        write(page, exercise, source)
        expect(exercise.locator(".cell-output")).to_contain_text(says)
