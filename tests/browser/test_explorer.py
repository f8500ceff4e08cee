"""What every explorer offers, tried on the start page's."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]


@pytest.fixture(scope="module")
def opened(notebook):
    page = notebook("00_start_here.ipynb")
    page.run_all()
    return page


@pytest.fixture
def explorer(opened):
    found = opened.explorers().first
    found.scroll_into_view_if_needed()
    found.get_by_role("button", name="Reset").click()
    found.page.wait_for_function(
        "node => node.innerText.startsWith('Example 1 ')",
        arg=found.locator(".cu-readout").element_handle(),
    )
    return found


def test_every_control_is_labelled_and_reached_by_tab(explorer):
    slider = explorer.get_by_role("slider", name="example")
    assert slider.get_attribute("aria-valuetext") == "1"
    slider.focus()
    names = []
    for _ in range(3):
        explorer.page.keyboard.press("Tab")
        names.append(explorer.page.evaluate(
            "document.activeElement.labels?.[0]?.textContent "
            "?? document.activeElement.getAttribute('aria-label') "
            "?? document.activeElement.textContent"
        ))  # fmt: skip
    assert names == ["hide grey below", "Play through example", "Reset"]


def test_picture_and_readout_speak_to_those_who_cannot_see(explorer):
    words = explorer.locator(".cu-readout")
    assert words.get_attribute("aria-live") == "polite"
    picture = explorer.get_by_role("img")
    assert picture.get_attribute("aria-label") == (
        "One handwritten digit beside the average of all digits with the same label. "
        + words.inner_text()
    )


def test_play_steps_to_the_end_and_pauses(explorer):
    explorer.get_by_role("button", name="Play through example").click()
    explorer.page.wait_for_timeout(1500)
    explorer.get_by_role("button", name="Play through example").click()
    slider = explorer.get_by_role("slider", name="example")
    reached = int(slider.input_value())
    assert 3 < reached < 60
    explorer.page.wait_for_timeout(400)
    assert int(slider.input_value()) == reached
    assert f"Example {reached} " in explorer.locator(".cu-readout").inner_text()


def test_the_page_follows_code(explorer):
    slider = explorer.get_by_role("slider", name="example")
    slider.press("End")
    explorer.page.wait_for_timeout(500)
    assert explorer.locator(".cu-readout").inner_text().startswith("Example 99 ")
    page = explorer.page
    page.locator(".jp-CodeCell", has_text="digit.set(example=8)").locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")
    page.wait_for_timeout(1000)
    assert slider.input_value() == "8"
    assert explorer.locator(".cu-readout").inner_text().startswith("Example 8 ")


def test_after_many_patches_the_page_shows_the_kernels_picture(explorer, opened):
    slider = explorer.get_by_role("slider", name="hide grey below")
    slider.focus()
    for _ in range(25):
        slider.press("ArrowRight")
    explorer.page.wait_for_timeout(800)
    patched = explorer.locator("canvas").evaluate("canvas => canvas.toDataURL()")
    showing_again = opened.cell("print(digit.readout)")
    opened.write(showing_again, "digit  # print(digit.readout)")
    opened.run_cell(showing_again)
    second = showing_again.locator(".cu-explorer canvas")
    second.wait_for()
    explorer.page.wait_for_timeout(500)
    assert second.evaluate("canvas => canvas.toDataURL()") == patched
    assert explorer.locator("canvas").evaluate("canvas => canvas.toDataURL()") == patched


def test_the_challenge_turns_when_it_is_reached(explorer):
    goal = explorer.locator(".cu-goal")
    assert goal.inner_text().startswith("◎ Challenge: find a 7")
    slider = explorer.get_by_role("slider", name="example")
    slider.focus()
    for _ in range(6):
        slider.press("ArrowRight")
    explorer.page.wait_for_timeout(600)
    assert goal.inner_text() == "✓ Reached: example 7 is a 7."


def test_a_held_key_never_builds_a_queue(explorer):
    slider = explorer.get_by_role("slider", name="example")
    slider.focus()
    for _ in range(80):
        explorer.page.keyboard.down("ArrowRight")
        explorer.page.wait_for_timeout(4)
    explorer.page.keyboard.up("ArrowRight")
    explorer.page.wait_for_timeout(400)
    assert (
        explorer.locator(".cu-readout").inner_text().startswith(f"Example {slider.input_value()} ")
    )


def test_a_prediction_is_answered(explorer):
    question = explorer.page.locator(".cu-prediction").first
    question.get_by_role("button", name="Answer").click()
    reply = question.locator(".cu-reply")
    assert "Pick one first" in reply.inner_text()
    for choice, says in (("an even grey", "→ Not quite. Some pixels"), ("a blurred 1", "✓ Yes.")):
        question.get_by_label(choice).check()
        question.get_by_role("button", name="Answer").click()
        explorer.page.wait_for_timeout(400)
        assert reply.inner_text().startswith(says)
