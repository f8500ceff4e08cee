"""Other ways to what sliders and pointers do: links in the text, keys in the picture, a pen."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.lab import Words
from tests.browser.test_explorer import settle
from tests.browser.test_hands import middle, says, serious_violations

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]

TEXT = Words("""
[set β = 0.98](#explorer=averages&beta=0.98&way=by%20hand), [a second](#explorer=second&beta=0.5),
[too far](#explorer=averages&beta=7), [unknown](#explorer=averages&bet=0.9),
[not there](#explorer=nobody&beta=0.9), [a heading](#Nothing)
""")
FIGURE = '''
import numpy as np
from course_utils.sampling_scales import Linear
from course_utils.support.formulas import Formula
from course_utils.support.handles import Handle
from course_utils.widgets import controls, estimate, explore

def decay(fig):
    """Weights that fall."""
    ax, below = fig.subplots(2)
    t = np.arange(21)
    (weights,) = ax.plot(t, 0.9**t, label="weights")
    ax.plot(t, t / 20, label="days")
    ax.set(xlim=(0, 20), ylim=(0, 1), xlabel="t", ylabel="w")
    below.set(xscale="log", xlim=(1, 100), ylim=(0, 1), xlabel="window", ylabel="share")
    def update(beta, level=0.5, way="by rule"):
        weights.set_ydata(beta**t)
        return f"β = {beta:.2f}, level {level:.2f}, {way}"
    update.handles = Handle(ax, x=10, y="beta"), Handle(below, x=10, y="level")
    update.formula = Formula(r"w_t = \\now{beta}{\\beta}^t \\now{level}{l}")
    return update
'''
AVERAGES = """
averages = explore(
    decay,
    beta=controls.scale(Linear(0, 0.99), 0.9, points=100, label="β"),
    level=controls.scale(Linear(0, 1), 0.5, label="level"),
    way=controls.choice(["by rule", "by hand"], "by rule"),
)
averages
"""
SECOND = """
second = explore(decay, beta=controls.scale(Linear(0, 0.99), 0.9, points=100, label="β"))
second
"""
QUESTION = """
days = controls.scale(Linear(0, 20), 10, points=21)
guess = estimate("After how many days?", days, right=7, reason="0.9 ** 7 is 0.48.", at="x")
guess
"""
ANSWERED = """
answered = explore(decay, after=guess, beta=controls.scale(Linear(0, 0.99), 0.9, points=100))
answered
"""
NOTE_POINTERS = """() => {
  window.pointers = new Set();
  for (const event of ["pointerdown", "pointermove"])
    addEventListener(event, ({ pointerType }) => pointers.add(pointerType), true);
}"""


@pytest.fixture(scope="module")
def opened(notebook):
    page = notebook([TEXT, FIGURE, AVERAGES, SECOND, QUESTION, ANSWERED])
    link(page, "set β = 0.98").click()  # before anything is alive: nothing happens
    page.run_all()
    assert page.errors() == []
    return page


@pytest.fixture
def averages(opened):
    found = opened.explorers().first
    found.scroll_into_view_if_needed()
    found.get_by_role("button", name="Reset").click()
    says(found, "β = 0.90, level 0.50, by rule")
    return found


def link(opened, words):
    return opened.page.get_by_role("link", name=words, exact=True)


def test_a_link_in_the_text_moves_the_explorer_it_names(averages, opened):
    address = opened.page.url
    link(opened, "set β = 0.98").click()
    says(averages, "β = 0.98, level 0.50, by hand")
    expect(averages).to_be_in_viewport()
    expect(averages.get_by_role("slider", name="β")).to_have_attribute("aria-valuetext", "0.98")
    link(opened, "a second").press("Enter")
    second = opened.explorers().nth(1)
    says(second, "β = 0.50, level 0.50, by rule")
    expect(second).to_be_in_viewport()
    says(averages, "β = 0.98, level 0.50, by hand")
    assert opened.page.url == address, "the browser went nowhere"


@pytest.mark.parametrize(
    ("words", "told"),
    [("too far", "cannot be followed: beta: .*7"), ("unknown", "there is no control 'bet'")],
)
def test_a_link_that_cannot_be_followed_says_why(averages, opened, words, told):
    link(opened, words).click()
    expect(averages.locator(".cu-sentence")).to_have_text(re.compile(told))
    says(averages, "β = 0.90, level 0.50, by rule")


def test_a_link_to_what_is_not_there_says_so_and_other_links_are_left_alone(averages, opened):
    link(opened, "not there").click()
    beside = opened.page.get_by_role("status").filter(has_text="not there yet")
    expect(beside).to_have_text("(“nobody” is not there yet: run its cell first)")
    link(opened, "a heading").click()
    says(averages, "β = 0.90, level 0.50, by rule")


def is_lit(*nodes, by="cu-lit"):
    for node in nodes:
        expect(node).to_have_class(re.compile(rf"\b{by}\b"))


def is_dark(*nodes, by="cu-lit"):
    for node in nodes:
        expect(node).not_to_have_class(re.compile(rf"\b{by}\b"))


def test_what_a_control_moves_is_lit_in_formula_and_picture(averages):
    symbols, grips = averages.locator("math munder").all(), averages.locator(".cu-grip").all()
    is_dark(*symbols, *grips)
    slider = averages.get_by_role("slider", name="β")
    slider.press("ArrowLeft")
    is_lit(symbols[0], grips[0])
    is_dark(symbols[1], grips[1])
    is_dark(symbols[0], grips[0])


def test_a_symbol_pointed_at_or_focused_lights_its_grip(averages):
    symbols, grips = averages.locator("math munder").all(), averages.locator(".cu-grip").all()
    averages.page.mouse.move(1, 1)
    for reach in (symbols[1].hover, symbols[1].focus):
        is_dark(*symbols, *grips, by="cu-meant")
        reach()
        is_lit(symbols[1], grips[1], by="cu-meant")
        is_dark(symbols[0], grips[0], by="cu-meant")
        averages.page.mouse.move(1, 1)
    averages.get_by_role("button", name="Reset").focus()
    is_dark(*symbols, *grips, by="cu-meant")


def heard(explorer, words):
    """Wait until a screen reader is told these words and the label in the picture shows them."""
    expect(explorer.locator(".cu-heard")).to_have_text(words)
    expect(explorer.locator(".cu-at")).to_have_text(words)


def test_values_are_read_by_keys(averages):
    picture = averages.get_by_role("application", name="arrow keys read its values")
    label, dot = averages.locator(".cu-at"), averages.locator(".cu-dot")
    picture.focus()
    expect(label).to_be_hidden()
    for key, words in (
        ("ArrowRight", "weights: t = 10, w = 0.349"),
        ("ArrowRight", "weights: t = 11, w = 0.314"),
        ("ArrowLeft", "weights: t = 10, w = 0.349"),
        ("ArrowDown", "days: t = 10, w = 0.5"),
        ("ArrowUp", "weights: t = 10, w = 0.349"),
        ("Home", "weights: t = 0, w = 1"),
        ("End", "weights: t = 20, w = 0.122"),
        ("PageDown", "window = 10, share = 0.5"),
        ("ArrowDown", "window = 10, share = 0.48"),
        ("Home", "window = 1, share = 0.48"),
        ("PageUp", "weights: t = 10, w = 0.349"),
    ):
        picture.press(key)
        heard(averages, words)
    expect(dot).to_be_visible()
    says(averages, "β = 0.90, level 0.50, by rule")
    picture.press("Escape")
    expect(picture).not_to_be_focused()
    for node in (label, dot):
        expect(node).to_be_hidden()
    expect(averages.locator(".cu-heard")).to_have_text("")


def test_what_is_read_follows_the_values(averages, opened):
    picture = averages.get_by_role("application")
    picture.focus()
    picture.press("End")
    heard(averages, "weights: t = 10, w = 0.349")
    opened.page.evaluate("document.querySelector('a[href*=\"beta=0.98\"]').click()")
    expect(averages.locator(".cu-at")).to_have_text("weights: t = 10, w = 0.817")
    expect(averages.locator(".cu-heard")).to_have_text("weights: t = 10, w = 0.349")


def test_keys_read_what_the_pointer_reads(averages):
    picture = averages.get_by_role("application")
    picture.focus()
    picture.press("ArrowRight")
    heard(averages, "weights: t = 10, w = 0.349")
    box = averages.locator(".cu-dot").bounding_box()
    picture.press("Escape")
    averages.page.mouse.move(box["x"] + 5, box["y"] + 3)
    expect(averages.locator(".cu-at")).to_have_text("weights: t = 10, w = 0.349")
    averages.page.mouse.move(1, 1)
    expect(averages.locator(".cu-at")).to_be_hidden()


def test_axe_finds_nothing_serious_while_values_are_read(averages):
    averages.get_by_role("application").press("ArrowRight")
    heard(averages, "weights: t = 10, w = 0.349")
    assert serious_violations(averages.page) == []


def test_the_number_that_was_answered_is_shown_in_the_picture(opened):
    question, answered = opened.page.locator(".cu-prediction"), opened.explorers().nth(2)
    guess = answered.locator(".cu-guess")
    question.scroll_into_view_if_needed()
    expect(guess).to_be_hidden()
    question.get_by_role("slider").press("ArrowLeft")
    question.get_by_role("button", name="Answer").click()
    button = answered.get_by_role("button", name="you said 9: take it out of the picture")
    expect(button).to_be_visible()
    answered.scroll_into_view_if_needed()
    grip = answered.locator(".cu-grip").bounding_box()  # at 10 of 20 days
    axes, width = answered.locator("canvas").bounding_box(), guess.bounding_box()
    assert axes["x"] < width["x"] < grip["x"] + grip["width"] / 2
    slider = answered.get_by_role("slider", name="beta")
    slider.press("Home")
    says(answered, "β = 0.00, level 0.50, by rule")
    expect(button).to_be_visible()
    button.click()
    expect(guess).to_be_hidden()


def test_a_pen_drags_and_points_as_the_mouse_does(averages):
    page, grip = averages.page, averages.locator(".cu-grip").nth(1)
    session = page.context.new_cdp_session(page)
    x, y = middle(grip)

    def pen(kind, up=0, pressed=True):
        button = {"button": "left", "buttons": int(pressed), "clickCount": 1}
        place = {"x": x, "y": y - up, "pointerType": "pen", **(button if pressed else {})}
        session.send("Input.dispatchMouseEvent", {"type": kind, **place})

    page.evaluate(NOTE_POINTERS)
    pen("mouseMoved", pressed=False)
    pen("mousePressed")
    for up in (10, 20, 40):
        pen("mouseMoved", up)
    pen("mouseReleased", 40)
    settle(averages)
    level = float(re.search(r"level (\S+),", averages.locator(".cu-readout").inner_text())[1])
    assert 0.6 < level < 0.9
    assert middle(grip)[1] == pytest.approx(y - 40, abs=3)
    pen("mouseMoved", 60, pressed=False)
    expect(averages.locator(".cu-at")).to_have_text(re.compile("^window = 10, share = 0"))
    assert page.evaluate("[...pointers]") == ["pen"]
    page.mouse.move(1, 1)
