"""The book in a real browser: at the first touch its pictures move, and nothing leaves the page."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests import notebooks
from tests.browser import lab

pytestmark = [pytest.mark.site, pytest.mark.browser]

RIGHT = """def momentum_step(theta, v, g, alpha, beta):
    print("this line comes while it runs")
    v = beta * v + (1 - beta) * g
    return theta - alpha * v, v


checks.momentum_step(momentum_step)"""

ENDLESS = """import time
for i in range(10**6):
    print("line", i)
    time.sleep(0.05)"""


@pytest.fixture
def optimizers(alive, open_page):
    return open_page("06_optimizers.html")


def cell(page, name):
    """Return an explorer's cell by the name of its variable."""
    return page.locator(f"[data-name={name}]").first


def wake(page, name):
    """Scroll to an explorer and wait until Python draws it."""
    found = cell(page, name)
    found.scroll_into_view_if_needed()
    expect(found).to_have_attribute("data-state", "live")
    expect(found.locator("canvas")).to_have_count(1)
    return found


def write(page, code_cell, text):
    code_cell.locator(".cell-edit").click()
    editor = code_cell.locator(".cm-content, textarea")
    editor.click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(text)
    page.keyboard.press("Shift+Enter")


def exercise(page):
    return page.locator(".exercise-cell").filter(has_text="momentum_step").first


def test_an_explorer_is_moved_by_keys_before_and_after_python_is_there(optimizers):
    page, tune = optimizers, cell(optimizers, "tune")
    tune.scroll_into_view_if_needed()
    slider = tune.locator("input[data-control=alpha]")
    readout = tune.locator(".cu-readout")
    before = readout.inner_text()
    slider.press("ArrowRight")
    expect(readout).not_to_have_text(before)
    first = readout.inner_text()
    slider.press("ArrowRight")
    expect(readout).not_to_have_text(first)
    expect(tune.locator("canvas")).to_be_visible()
    expect(tune.locator(".cu-stage img")).to_have_count(0)
    assert page.locator(".cu-error", has_text=re.compile(".")).count() == 0


def test_a_handle_is_dragged(optimizers):
    tune = wake(optimizers, "tune")
    readout = tune.locator(".cu-readout")
    before = readout.inner_text()
    grip = tune.locator(".cu-grip").first
    grip.scroll_into_view_if_needed()
    box = grip.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    optimizers.mouse.move(x, y)
    optimizers.mouse.down()
    optimizers.mouse.move(x + 60, y - 20, steps=5)
    optimizers.mouse.up()
    expect(readout).not_to_have_text(before)


@pytest.mark.parametrize(("nth", "correct"), [(0, False), (1, True)], ids=["wrong", "right"])
def test_a_question_is_answered_at_once_and_lifts_the_veil(optimizers, nth, correct):
    page = optimizers
    question = page.locator(".question-cell").first
    question.scroll_into_view_if_needed()
    number = int(question.get_attribute("data-cell"))
    replies = page.evaluate("n => window.live.cells.get(n).stored.replies", number)
    right, replies = replies["right"], replies["answers"]
    choice = right if correct else next(text for text in replies if text != right)
    expect(question.locator("input:enabled").first).to_be_visible()
    question.locator(f'input[value="{choice}"]').check()
    question.get_by_role("button", name="Answer").click()
    expect(question.locator(".cu-reply")).to_contain_text(replies[choice])
    assert question.locator(".cu-passed").count() == correct
    race = cell(page, "race")
    expect(race.locator(".cu-veil")).to_be_hidden()
    wake(page, "race")  # Python heard of the answer, too
    expect(race.locator(".cu-veil")).to_be_hidden()
    assert last_kept(page)["passed"] is correct


LAST_KEPT = """() => {
  const lines = (localStorage.getItem("my_progress.jsonl") ?? "").trim().split("\\n");
  return JSON.parse(lines.at(-1) || "null");
}"""


def last_kept(page):
    """Return the last answer that the browser keeps, once there is one."""
    lab.wait_while_it_moves(
        lambda: page.evaluate(LAST_KEPT), page.content, lambda s: page.wait_for_timeout(1000 * s)
    )
    return page.evaluate(LAST_KEPT)


def test_an_exercise_is_checked_wrong_and_right(optimizers):
    page, one = optimizers, exercise(optimizers)
    one.scroll_into_view_if_needed()
    one.locator(".cell-run").click()
    expect(one.locator(".cell-output")).to_contain_text("Not yet")
    write(page, one, RIGHT)
    expect(one.locator(".cell-output")).to_contain_text("Passed")
    expect(one.locator(".cell-output pre.out")).to_contain_text("this line comes while it runs")


def test_an_answer_that_never_ends_is_stopped_and_named(optimizers):
    page, one = optimizers, exercise(optimizers)
    write(page, one, RIGHT.replace('print("this line comes while it runs")', "while True: pass"))
    expect(one.locator(".cell-output")).to_contain_text("did not come back (line 2: while True")


def test_what_a_cell_prints_comes_while_it_runs_and_it_can_be_stopped(optimizers):
    page, one = optimizers, exercise(optimizers)
    write(page, one, ENDLESS)
    expect(one.locator(".cell-output pre.out")).to_contain_text("line 3")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#python-status")).to_contain_text("was stopped")
    assert page.evaluate("() => window.live.kernel.state") == "off"
    page.get_by_role("button", name="Restart").click()
    write(page, one, RIGHT)
    expect(one.locator(".cell-output")).to_contain_text("Passed")


def test_what_is_raised_is_told_with_its_line(optimizers):
    write(optimizers, exercise(optimizers), "a = 1\na / 0")
    error = exercise(optimizers).locator("pre.error")
    expect(error).to_contain_text("line 2: a / 0")
    expect(error).to_contain_text("ZeroDivisionError")


def test_an_address_opens_a_picture_as_it_was_left(alive, open_page):
    page = open_page("06_optimizers.html#explorer=tune&alpha=0.1&beta=0.8")
    tune = cell(page, "tune")
    expect(tune.locator(".cu-readout")).to_contain_text("α = 0.1, β = 0.8")
    tune.locator("input[data-control=alpha]").press("ArrowLeft")
    expect(tune.locator(".cu-readout")).not_to_contain_text("α = 0.1,")
    tune.get_by_role("button", name="Copy link").click()
    expect(page).to_have_url(
        re.compile(r"#explorer=tune&alpha=0\.\d+&beta=0\.8&kappa=100&start=1\.5$")
    )


def test_who_teaches_hides_the_readout_and_the_controls(alive, open_page):
    page = open_page("06_optimizers.html?hide=controls,readout#explorer=tune&alpha=0.1")
    tune = cell(page, "tune")
    expect(tune.locator("canvas")).to_be_visible()
    for part in (".cu-readout", ".cu-controls"):
        expect(tune.locator(part)).to_be_hidden()
    expect(page.locator(".address-error")).to_have_count(0)


def test_what_cannot_be_hidden_is_refused_in_words(open_page):
    page = open_page("06_optimizers.html?hide=readout,<b>all</b>")
    words = page.locator(".address-error")
    expect(words).to_contain_text("asks to hide “<b>all</b>”; what can be hidden is controls,")
    expect(cell(page, "tune").locator(".cu-readout")).to_be_hidden()


@pytest.mark.parametrize("stem", ["index", *(path.stem for path in notebooks.PATHS)])
def test_axe_finds_no_serious_fault_on_any_page(open_page, stem):
    page = open_page(f"{stem}.html")
    found = Axe().run(page, options={"preload": False}).response  # else it asks for style sheets
    assert len(found["passes"]) > 10, "it did look"
    assert serious(found) == []


def serious(found):
    return [
        (fault["id"], node["html"])
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("wrong", ["alpha=abc", "alpha=9999", "nothing=1", "alpha=exit()"])
def test_an_address_that_asks_for_what_is_not_there_is_refused_in_words(alive, open_page, wrong):
    page = open_page(f"06_optimizers.html#explorer=tune&{wrong}")
    expect(cell(page, "tune").locator(".cu-error").first).to_contain_text("The address asks for")


def test_a_page_whose_worker_fails_stays_readable(alive, open_page):
    page = open_page("index.html")
    page.context.route("**/pyodide.mjs", lambda route: route.fulfill(body="throw new Error('no')"))
    page.goto(page.url.replace("index", "06_optimizers"))
    expect(page.locator("#python-status")).to_contain_text("does not run in this page")
    tune = cell(page, "tune")
    tune.scroll_into_view_if_needed()
    expect(tune.locator("img.cu-picture")).to_be_visible()
    expect(tune.locator(".cu-readout")).to_contain_text("α = ")
    question = page.locator(".question-cell").first
    question.scroll_into_view_if_needed()
    question.locator("input:enabled").first.check()
    question.get_by_role("button", name="Answer").click()
    expect(question.locator(".cu-reply")).not_to_be_empty()


def test_without_scripts_everything_can_be_read(open_page):
    page = open_page("06_optimizers.html", java_script_enabled=False)
    race = cell(page, "race")
    expect(race.locator("img.cu-picture")).to_be_visible()
    assert race.locator(".cu-seen").evaluate("e => getComputedStyle(e).filter") == "none"
    assert race.locator(".cu-controls").is_hidden()
    question = page.locator(".question-cell").first
    question.locator("summary").first.click()
    expect(question.locator(".cu-answer p")).to_be_visible()


@pytest.mark.parametrize("stem", ["index", *(path.stem for path in notebooks.PATHS)])
def test_no_page_is_wider_than_a_phone(open_page, stem):
    page = open_page(f"{stem}.html", viewport={"width": 390, "height": 844}, color_scheme="dark")
    assert page.evaluate("() => document.documentElement.dataset.theme") == "dark"
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_nothing_is_wider_than_the_screen_and_nothing_jumps(alive, open_page, scheme):
    page = open_page(
        "07_learning_rate_decay.html", viewport={"width": 390, "height": 844}, color_scheme=scheme
    )
    assert page.evaluate("() => document.documentElement.dataset.theme") == scheme
    height = page.evaluate("() => document.documentElement.scrollHeight")
    by_hand = wake(page, "by_hand")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    assert abs(page.evaluate("() => document.documentElement.scrollHeight") - height) < 60
    ground = by_hand.locator("canvas").evaluate("e => getComputedStyle(e).backgroundColor")
    assert ground == "rgb(255, 255, 255)"
    words = by_hand.locator(".cu-readout").evaluate("e => getComputedStyle(e).color")
    assert (sum(map(int, re.findall(r"\d+", words)[:3])) > 384) is (scheme == "dark")


def test_a_curve_is_drawn_and_a_number_is_guessed(alive, open_page):
    page = open_page("07_learning_rate_decay.html")
    board = page.locator(".question-cell").filter(has=page.locator(".board-room, .cu-board")).first
    board.scroll_into_view_if_needed()
    board.get_by_role("button", name="or just show me").click()
    expect(board.locator(".cu-reply")).not_to_be_empty()
