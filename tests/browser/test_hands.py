"""What a hand can do in a picture: hold, point, press a moment, keep where everything stands."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from matplotlib.figure import Figure
from playwright.sync_api import expect

from course_utils.widgets import Explorer, pointing
from tests.browser import lab
from tests.browser.test_explorer import settle
from tests.test_pointing import figure_of_all_kinds

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]

FIGURE = '''
from course_utils.sampling_scales import Linear, Log
from course_utils.support.handles import Handle
from course_utils.widgets import controls, estimate, explore, predict

def dot(fig):
    """A dot in the plane, and a line."""
    ax = fig.subplots()
    (point,) = ax.plot([1], [0], "o", label="dot")
    line = ax.axhline(0)
    ax.set(xscale="log", xlim=(0.1, 10), ylim=(-2, 2), xlabel="α", ylabel="β")
    def update(alpha, beta, level=0.0):
        point.set_data([alpha], [beta])
        line.set_ydata([level, level])
        return f"α = {alpha:.3g}, β = {beta:.2f}, level {level:.2f}"
    update.handles = Handle(ax, x="alpha", y="beta"), Handle(ax, x=0.12, y="level")
    return update
'''
EXPLORER = """
plane = explore(
    dot,
    moments={"up": ({"beta": 1.0, "alpha": 2.0}, "High."), "down": {"beta": -1.0}},
    alpha=controls.scale(Log(0.1, 10), 1.0),
    beta=controls.scale(Linear(-2, 2), 0.0),
    level=controls.scale(Linear(-2, 2), -1.0),
)
told = []
plane.observe(lambda change: told.append(len(change["new"])), "_curves")
plane
"""
TOLD = """
from itertools import groupby

print("curves", [length for length, _ in groupby(told)])
told.clear()
"""
BOARD = """
from course_utils.sampling_scales import Integer

def board(fig):
    \"\"\"A stone on a board of three by three.\"\"\"
    ax = fig.subplots()
    (stone,) = ax.plot([1], [1], "s")
    ax.set(xlim=(0.5, 3.5), ylim=(0.5, 3.5))
    def update(column, row):
        stone.set_data([column], [row])
        return f"column {column}, row {row}"
    update.handles = (Handle(ax, x="column", y="row", pressed=True),)
    return update

three = controls.scale(Integer(1, 3), 1)
stones = explore(board, column=three, row=controls.scale(Integer(1, 3), 1))
stones
"""
CORNERS = """
def corners(fig):
    \"\"\"Steps round the four corners of a board.\"\"\"
    ax = fig.subplots()
    (stone,) = ax.plot([1], [1], "s")
    ax.set(xlim=(0.5, 3.5), ylim=(0.5, 3.5))
    at = [(1, 1), (3, 1), (3, 3), (1, 3)]
    def update(step):
        stone.set_data(*[[x] for x in at[step]])
        return f"step {step}"
    update.handles = (
        Handle(ax, x="step", to_x=lambda step: at[step][0],
               y="step", to_y=lambda step: at[step][1], pressed=True),
    )
    return update

walk = explore(corners, step=controls.scale(Integer(0, 3), 0))
walk
"""
LATE = """
import time

def late(fig):
    \"\"\"A dot whose picture takes its time.\"\"\"
    ax = fig.subplots()
    (point,) = ax.plot([1], [1], "o")
    ax.set(xlim=(0, 10), ylim=(0, 2))
    def update(x):
        time.sleep(waiting)
        point.set_xdata([x])
        return f"at {x}"
    update.handles = (Handle(ax, x="x", y=1),)
    return update

waiting = 0
slow = explore(late, x=controls.scale(Integer(0, 10), 1))
waiting = 2
slow
"""
LINKED = """
import ipywidgets

own = ipywidgets.FloatSlider(min=-2, max=2, step=0.01)
linked = explore(dot, alpha=controls.scale(Log(0.1, 10), 1.0),
                 beta=controls.scale(Linear(-2, 2), 0.0))
ipywidgets.link((own, "value"), (linked.knob("beta"), "value"))
ipywidgets.Tab([ipywidgets.VBox([own, linked])], titles=["linked"])
"""
FIRST_TIMES = """(explorer) => {
  window.firstTimes = {};
  const watch = (name, node, options) => new MutationObserver(
    () => (firstTimes[name] ??= performance.now())).observe(node, options);
  watch("grip", explorer.querySelector(".cu-grip"), { attributeFilter: ["style"] });
  watch("slider", explorer.querySelector("output.cu-value"), { childList: true });
  watch("picture", explorer.querySelector(".cu-readout"), { childList: true });
}"""
QUESTION = """
guess = predict("Up or down?", {"up": "No.", "down": "Yes."}, right="down")
guess
"""
VEILED = """
veiled = explore(dot, after=guess, alpha=controls.scale(Log(0.1, 10), 1.0),
                 beta=controls.scale(Linear(-2, 2), 0.0))
veiled
"""
NUMBER = """
days = controls.scale(Log(1, 1000), 10)
window = estimate("How many days?", days, right=50, reason="That is 1 / (1 − β).")
window
"""

CURVE = """
from course_utils.widgets import sketch
sketch("Draw a falling line.", [0, 1], [1, 0], reason="It falls.", labels=("t", "α"), ylim=(0, 1))
"""
KEPT = """
from course_utils.support import progress
print(progress.notebook(), [answer["what"] for answer in progress.answers()])
"""


@pytest.fixture(scope="module")
def opened(notebook):
    cells = [FIGURE, EXPLORER, QUESTION, VEILED, NUMBER, CURVE, KEPT, TOLD, BOARD, CORNERS, LATE]
    cells.append(LINKED)
    page = notebook(cells)
    page.run_all()
    assert page.errors() == []
    return page


@pytest.fixture
def plane(opened):
    found = opened.explorers().first
    found.scroll_into_view_if_needed()
    found.get_by_role("button", name="Reset").click()
    says(found, "α = 1, β = 0.00, level -1.00")
    return found


def says(explorer, words):
    expect(explorer.locator(".cu-readout")).to_have_text(words)


def shown(explorer):
    return explorer.locator("canvas").evaluate("canvas => canvas.toDataURL()")


def middle(node):
    box = node.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page, grip, *steps):
    """Take a grip by the mouse and move it by some pixels, again and again."""
    x, y = middle(grip)
    page.mouse.move(x, y)
    page.mouse.down()
    for dx, dy in steps:
        x, y = x + dx, y + dy
        page.mouse.move(x, y)
    page.mouse.up()


def drag_by_finger(page, grip, *steps):
    """Take a grip by a finger and move it by some pixels, again and again."""
    (x, y), session = middle(grip), page.context.new_cdp_session(page)

    def touch(kind, *points):
        places = [{"x": a, "y": b} for a, b in points]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": places})

    touch("touchStart", (x, y))
    for dx, dy in steps:
        x, y = x + dx, y + dy
        touch("touchMove", (x, y))
    touch("touchEnd")
    session.detach()


def values(explorer):
    return [int(s.input_value()) for s in explorer.locator("input[type=range]").all()]


def serious_violations(page):
    """Return what axe-core finds in what we put on a page, and where."""
    ours = {"include": [[".cu-explorer"], [".cu-prediction"]]}
    ours["include"] = [part for part in ours["include"] if page.locator(part[0]).count()]
    found = Axe().run(page, context=ours).response
    assert len(found["passes"]) > 5, "it did look"
    return [
        (violation["id"], node["html"])
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]


def test_a_dot_is_dragged_in_both_directions_and_sliders_follow(plane):
    grip = plane.locator(".cu-grip").first
    before, start = values(plane), middle(grip)
    drag(plane.page, grip, (20, 0), (30, -20), (30, -20))
    settle(plane)
    after = values(plane)
    assert after[0] > before[0]
    assert after[1] > before[1]
    assert after[2] == before[2]
    now = middle(grip)
    assert now[0] - start[0] == pytest.approx(80, abs=6)
    assert now[1] - start[1] == pytest.approx(-40, abs=6)
    match = re.fullmatch(r"α = (\S+), β = (\S+), .*", plane.locator(".cu-readout").inner_text())
    assert float(match[1]) > 1
    assert float(match[2]) > 0


def test_a_grip_and_its_slider_do_not_wait_for_a_slow_picture(opened):
    slow = opened.explorers().nth(4)
    says(slow, "at 1")
    slow.scroll_into_view_if_needed()
    slow.evaluate(FIRST_TIMES)
    drag(slow.page, slow.locator(".cu-grip"), (120, 0))
    expect(slow.locator(".cu-readout")).not_to_have_text("at 1")
    times = slow.page.evaluate("firstTimes")
    for name in ("grip", "slider"):
        assert times["picture"] - times[name] > 500, f"the {name} waited for the picture"


def test_a_moved_slider_takes_its_grip_along_wherever_that_was_dragged_before(opened):
    board = opened.explorers().nth(2)
    place = places(board)
    board.page.mouse.click(*place(3, 1))
    says(board, "column 3, row 1")
    board.get_by_role("button", name="Reset").click()
    says(board, "column 1, row 1")
    seen = """(node) => {
      window.lefts = [];
      new MutationObserver(() => lefts.push(parseFloat(node.style.left)))
        .observe(node, { attributeFilter: ["style"] });
    }"""
    board.locator(".cu-grip").evaluate(seen)
    board.locator("input[type=range]").first.press("ArrowRight")
    says(board, "column 2, row 1")
    lefts = board.page.evaluate("lefts")
    assert lefts == pytest.approx([lefts[-1]] * len(lefts), abs=0.1), "it went there at once"
    board.get_by_role("button", name="Reset").click()
    says(board, "column 1, row 1")


def places(board):
    """Return a function that says where on the page a column and a row of a board lie."""
    board.scroll_into_view_if_needed()
    box = board.locator("canvas").bounding_box()
    sides = Figure().subplots().get_position()

    def place(column, row):
        x = sides.x0 + sides.width * (column - 0.5) / 3
        y = 1 - sides.y0 - sides.height * (row - 0.5) / 3
        return box["x"] + x * box["width"], box["y"] + y * box["height"]

    return place


def test_one_control_is_taken_to_the_nearest_of_its_places_in_the_plane(opened):
    walk = opened.explorers().nth(3)
    place, mouse = places(walk), walk.page.mouse
    says(walk, "step 0")
    mouse.move(*place(1.6, 2.4))  # from here the first three are farther, though not in each way
    mouse.down()
    says(walk, "step 3")
    for at, step in (((2.3, 2.6), 2), ((2.6, 1.5), 1), ((1.4, 1.9), 0)):
        mouse.move(*place(*at))
        says(walk, f"step {step}")
    mouse.up()


def test_a_press_takes_the_ring_there_and_holds_it(opened):
    board = opened.explorers().nth(2)
    place, mouse = places(board), board.page.mouse
    says(board, "column 1, row 1")
    mouse.move(*place(3.2, 1.8))
    mouse.down()
    says(board, "column 3, row 2")
    mouse.move(*place(2.1, 3.1))
    says(board, "column 2, row 3")
    mouse.up()
    mouse.move(*place(1, 1))
    mouse.click(*place(1, 3.65))  # above the board
    settle(board)
    says(board, "column 2, row 3")


def test_the_same_values_by_keyboard_show_the_same_picture(plane):
    drag(plane.page, plane.locator(".cu-grip").first, (20, 0), (40, -30))
    settle(plane)
    dragged, at, words = shown(plane), values(plane), plane.locator(".cu-readout").inner_text()
    plane.get_by_role("button", name="Reset").click()
    says(plane, "α = 1, β = 0.00, level -1.00")
    for slider, position in zip(plane.locator("input[type=range]").all(), at, strict=True):
        slider.focus()
        here = int(slider.input_value())
        for _ in range(abs(position - here)):
            slider.press("ArrowRight" if position > here else "ArrowLeft")
    says(plane, words)
    settle(plane)
    assert shown(plane) == dragged


def test_a_grip_beyond_the_end_stays_at_the_end(plane):
    drag(plane.page, plane.locator(".cu-grip").first, (100, 0), (700, 0), (100, 0))
    settle(plane)
    assert plane.locator(".cu-readout").inner_text().startswith("α = 10, β = 0.00")


def test_two_grips_do_not_disturb_each_other(plane):
    drag(plane.page, plane.locator(".cu-grip").nth(1), (0, -30), (0, -30))
    settle(plane)
    assert plane.locator(".cu-readout").inner_text().startswith("α = 1, β = 0.00, level -0.")


def test_a_finger_drags_as_the_mouse_does(plane):
    drag_by_finger(plane.page, plane.locator(".cu-grip").first, *[(10, 0)] * 8)
    settle(plane)
    assert float(plane.locator(".cu-readout").inner_text().split(",")[0].split("=")[1]) > 1.2


def test_a_moment_goes_there_and_says_what_there_is_to_see(plane):
    plane.get_by_role("button", name="up", exact=True).click()
    says(plane, "α = 2, β = 1.00, level -1.00")
    sentence = plane.locator(".cu-sentence")
    expect(sentence).to_have_text("High.")
    plane.get_by_role("button", name="down", exact=True).click()
    says(plane, "α = 2, β = -1.00, level -1.00")
    expect(sentence).to_be_hidden()


def test_where_everything_stands_can_be_kept_as_code(plane):
    plane.get_by_role("button", name="up", exact=True).click()
    says(plane, "α = 2, β = 1.00, level -1.00")
    plane.get_by_role("button", name="Keep").click()
    code, link = plane.locator(".cu-code").all()
    expect(code).to_have_value("plane.set(alpha=2.0, beta=1.0, level=-1.0)")
    expect(link).to_have_value("#explorer=plane&alpha=2&beta=1&level=-1")


def test_a_slider_of_the_readers_own_and_an_explorer_move_each_other(opened):
    """In a box on a tab, linked as any two widgets of ipywidgets are."""
    linked = opened.explorers().nth(5)
    linked.scroll_into_view_if_needed()
    own = opened.page.locator(".widget-slider")  # the only one: the others are not of ipywidgets
    own.locator(".noUi-handle").press("ArrowRight")
    says(linked, "α = 1, β = 0.01, level 0.00")
    linked.locator("input[type=range]").nth(1).press("End")
    says(linked, "α = 1, β = 2.00, level 0.00")
    expect(own.locator(".widget-readout")).to_have_text("2.00")


def test_a_veil_lies_over_the_answer_until_there_is_one(opened):
    question = opened.page.locator(".cu-prediction").first
    veiled = opened.explorers().nth(1)
    veiled.scroll_into_view_if_needed()
    veil, covered = veiled.locator(".cu-veil"), veiled.locator(".cu-seen")
    expect(veil).to_contain_text("This picture answers “Up or down?”")
    assert covered.evaluate("node => node.inert")
    question.get_by_label("up").check()
    question.get_by_role("button", name="Answer").click()
    expect(veil).to_be_hidden()
    assert not covered.evaluate("node => node.inert")
    told = question.locator("details")
    told.locator("summary").click()
    expect(told).to_contain_text("down Yes.")
    opened.run_cell(opened.cell("guess = predict"))
    opened.run_cell(opened.cell("veiled = explore"))
    expect(veil).to_be_visible()
    veiled.get_by_role("button", name="or just show me").click()
    expect(veil).to_be_hidden()


def test_a_number_is_answered_with_a_slider(opened):
    question = opened.page.locator(".cu-prediction").nth(1)
    question.scroll_into_view_if_needed()
    slider = question.get_by_role("slider")
    mark = question.locator(".cu-mark")
    expect(mark).to_be_hidden()
    slider.press("End")
    question.get_by_role("button", name="Answer").click()
    expect(question.locator(".cu-reply")).to_have_text(
        "→ You said 1000, it is 50: too high. That is 1 / (1 − β)."
    )
    expect(mark).to_be_visible()
    for _ in range(43):
        slider.press("ArrowLeft")
    question.get_by_role("button", name="Answer").click()
    expect(question.locator(".cu-reply")).to_contain_text("exactly right. That is")


def test_a_curve_is_drawn_by_hand_and_the_true_one_shown(opened):
    page, question = opened.page, opened.page.locator(".cu-prediction").nth(2)
    question.scroll_into_view_if_needed()
    paper, reply = question.locator(".cu-paper"), question.locator(".cu-reply")
    box = paper.bounding_box()
    question.get_by_role("button", name="Answer").click()
    expect(reply).to_contain_text("Draw from the left end")
    for rises, words in ((True, "→ You part most at t = "), (False, "✓ Close. You part most")):
        question.get_by_role("button", name="Wipe").click()
        page.mouse.move(box["x"] + 1, box["y"] + (box["height"] - 2 if rises else 2))
        page.mouse.down()
        for k in range(1, 11):
            across = box["x"] + box["width"] * k / 10 - 1
            share = 1 - k / 10 if rises else k / 10
            page.mouse.move(across, box["y"] + 2 + (box["height"] - 4) * share)
        page.mouse.up()
        question.get_by_role("button", name="Answer").click()
        expect(reply).to_contain_text(words)
        assert question.locator(".cu-true").get_attribute("d")
    question.get_by_role("button", name="Wipe").click()
    question.get_by_role("button", name="or just show me").click()
    expect(reply).to_have_text("→ It falls.")


def test_axe_finds_nothing_serious_in_what_we_put_on_the_page(opened):
    for name in ("up", "down"):
        opened.page.get_by_role("button", name=name, exact=True).first.click()
    assert serious_violations(opened.page) == []


def test_answers_are_kept_under_the_notebooks_name(opened):
    question = opened.page.locator(".cu-prediction").first
    question.scroll_into_view_if_needed()
    question.get_by_label("down").check()
    question.get_by_role("button", name="Answer").click()
    expect(question.locator(".cu-reply")).to_contain_text("Yes.")
    cell = opened.cell("from course_utils.support import progress")
    opened.run_cell(cell)
    expect(cell.locator(".jp-OutputArea-output")).to_contain_text(
        re.compile(r"^\d+-made \[.*'Up or down\?'")
    )


def test_the_pointer_reads_the_axes_and_nothing_stays_when_it_leaves(plane):
    page, canvas = plane.page, plane.locator("canvas")
    box = canvas.bounding_box()
    grip = plane.locator(".cu-grip").first.bounding_box()  # α = 1, β = 0: the middle of the axes
    label = plane.locator(".cu-at")
    page.mouse.move(grip["x"] + 9 + 40, grip["y"] + 9 - 40)
    expect(label).to_be_visible()
    match = re.fullmatch(r"α = (\S+), β = (\S+)", label.inner_text())
    assert 1.3 < float(match[1]) < 2
    assert 0.2 < float(match[2]) < 0.7
    page.mouse.move(box["x"] + 3, box["y"] + 3)
    expect(label).to_be_hidden()
    page.mouse.move(grip["x"] + 50, grip["y"] - 30)
    page.mouse.move(box["x"] + 10, box["y"] - 30)
    expect(label).to_be_hidden()


def test_the_kernel_sends_no_curves_while_a_hand_drags(plane, opened):
    cell = opened.cell(containing="told.clear()")
    opened.run_cell(cell)
    plane.scroll_into_view_if_needed()
    plane.locator(".cu-grip").first.hover()  # waits until JupyterLab has scrolled to the next cell
    drag(plane.page, plane.locator(".cu-grip").first, (30, 0), (20, -10), (10, -10), (5, 5))
    says(plane, re.compile(r".* β = 0\.1.*"))
    # It enters, takes hold, lets go, leaves. A move that was still on its way when it let go brings
    # the curves once more, so what was told is read without its repetitions.
    opened.run_cell(cell)
    assert cell.locator(".jp-OutputArea-output").inner_text().strip() == "curves [1, 0, 1, 0]"


READ = """(axes) => {
  const least = %s;
  const nearest = %s;
  const readAxis = %s;
  return axes.map(([axis, share]) => readAxis(axis, share));
}"""


def test_the_page_reads_every_kind_of_axis(opened):
    functions = [script_of(name) for name in ("least", "nearest", "readAxis")]
    linear, log, mapped, named = pointing.axes(figure_of_all_kinds())
    asked = [
        [linear["x"], 0.5],
        [linear["y"], 0.25],
        [log["x"], 0.25],
        [log["y"], 1.0],
        [mapped["x"], 1 / 3],
        [mapped["x"], 1.0],
        [named["x"], 0.6],
    ]
    assert opened.page.evaluate(READ % tuple(functions), asked) == [
        "x_1 = 1",
        "y = 25 %",
        "x = 0.01",
        "y = 2",
        "x = 0.99",
        "x = 0.9999",
        "x = Feb",
    ]


def script_of(name):
    """Return a function of the page's script."""
    return re.search(rf"function {name}\(.*?\n}}", Explorer._esm, re.S)[0]


@pytest.mark.parametrize("sharpness", [1.5, 2])
def test_the_picture_is_as_sharp_as_the_screen(opened, browser, sharpness):
    context = browser.new_context(device_scale_factor=sharpness)
    window = context.new_page()
    opened.page.keyboard.press("ControlOrMeta+s")
    lab.NotebookPage(window).open_again(opened.address)
    canvas = window.locator(".cu-explorer canvas").first
    expect(canvas).to_be_visible()
    window.wait_for_function(
        "([canvas, sharp]) => canvas.width >= sharp * canvas.clientWidth - 2",
        arg=[canvas.element_handle(), sharpness],
    )
    grip = window.locator(".cu-grip").first
    grip.scroll_into_view_if_needed()
    drag(window, grip, (40, 0), (20, 0))
    settle(window.locator(".cu-explorer").first)
    assert "α = 1," not in window.locator(".cu-readout").first.inner_text()
    context.close()
