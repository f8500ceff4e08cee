"""How the notebooks are stored, linked and built, and that every cell can be run twice."""

import base64
import dis
import importlib
import io
import pkgutil
import re
from collections import Counter
from functools import cache

import nbformat
import numpy as np
import pytest
from nbconvert import HTMLExporter, PythonExporter
from PIL import Image

import course_utils.figures
from course_utils.sampling_scales import Linear
from course_utils.widgets import controls, explore, links
from tests import notebooks
from tests.notebooks import cells
from tests.test_explorer import line
from tests.tools import store_notebooks

EACH = pytest.mark.parametrize("path", notebooks.PATHS, ids=lambda path: path.stem)
EACH_LESSON = pytest.mark.parametrize("path", notebooks.LESSONS, ids=lambda path: path.stem)


@EACH
def test_every_cell_run_twice_in_a_row_says_the_same_from_any_folder(path):
    _, shown = notebooks.run_twice(path)
    for number, (first, second) in enumerate(shown):
        assert first == second, f"code cell {number} differs when run again"


@EACH
def test_every_cell_says_what_is_stored(path):
    """On this processor; ``make nbval`` runs the notebooks as on another, in a real kernel.

    What ``interact`` shows needs a page; the map of the course needs the notebooks beside it.
    """
    _, shown = notebooks.run_twice(path)
    for number, (cell, (first, _)) in enumerate(zip(cells(path, "code"), shown, strict=True)):
        in_a_kernel = "CourseMap(" in cell.source
        if "nbval-ignore-output" not in cell.metadata.get("tags", []) and not in_a_kernel:
            assert first == notebooks.stored(cell), f"code cell {number} differs from its output"


SETTING = [
    path
    for path in notebooks.LESSONS[1:]  # on the start page it goes on from where the reader is
    if any(".readout" in source for source in notebooks.code_cells(path))
]


@pytest.mark.parametrize("path", SETTING, ids=lambda path: path.stem)
def test_every_cell_that_sets_a_picture_says_the_same_wherever_its_reader_left_it(path):
    namespace, shown = notebooks.run_twice(path)
    for cell, (first, _) in zip(cells(path, "code"), shown, strict=True):
        if ".readout" in cell.source:
            for name, explorer in notebooks.explorers(path).items():
                if f"{name}." in cell.source:
                    explorer.set(**{k: _elsewhere(c) for k, c in explorer.controls.items()})
            assert notebooks._run_cell(cell.source, "moved", namespace) == first


@EACH
def test_a_picture_that_is_run_again_waits_for_its_own_question(path):
    cells = "\n".join(notebooks.code_cells(path))
    made = Counter(re.findall(r"^(\w+) = \w+\(", cells, re.M))
    waiting = re.findall(r"\bafter=(\w+)", cells)
    assert [(name, made[name]) for name in waiting if made[name] != 1] == []


@EACH
def test_a_cell_that_is_run_again_finds_its_names_as_the_cells_above_have_set_them(path):
    names = [_reads_and_sets(source) for source in notebooks.code_cells(path)]
    found = set()
    for k, (read, _) in enumerate(names):
        above, below = (set().union(*(ours for _, ours in some)) for some in (names[:k], names[k:]))
        found |= {(k, name) for name in read & above & below}
    excepted = {"16_computation_graphs": {"cost", "session", "train", "w"}}  # the lecture's names
    assert {name for _, name in found} <= excepted.get(path.stem, set()), found


def _reads_and_sets(source):
    """Return the names that a cell reads before it has set them, and those that it sets."""
    read, ours, codes = set(), set(), [compile(source.rstrip("; \n"), "cell", "exec")]
    for code in codes:  # the cell itself, then its functions
        codes += [constant for constant in code.co_consts if hasattr(constant, "co_code")]
        for step in dis.get_instructions(code):
            if step.opname in {"LOAD_NAME", "LOAD_GLOBAL"} and step.argval not in ours:
                read.add(step.argval)
            elif step.opname in {"STORE_NAME", "STORE_GLOBAL"}:
                ours.add(step.argval)
    return read, ours


def test_names_that_a_cell_reads_are_told_from_those_it_sets():
    source = "a = b\nc = [a + d for _ in e]\ndef f(x):\n    return x + g + a\n"
    assert _reads_and_sets(source) == ({"b", "d", "e", "g"}, {"a", "c", "f"})


def _elsewhere(control):
    return next(value for value in control.values[::-1] if value != control.default)


@EACH
def test_stored_with_outputs_and_nothing_else(path):
    text = path.read_text(encoding="utf-8")
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert notebook.metadata.language_info.file_extension == ".py", "nbconvert names its program"
    assert "widget-view" not in text
    assert not re.search(r"/(root|home|Users|tmp|work)/|execution\"|Warning", text)
    for cell in cells(path, "code"):
        assert cell.execution_count, f"never run: {cell.source[:60]}"
        assert all(o.output_type != "error" for o in cell.outputs), cell.source
        assert set(cell.metadata) <= {"tags", "jupyter"}


@EACH
def test_nothing_is_printed_as_true_or_false_where_a_number_could_stand(path):
    for cell in cells(path, "code"):
        printed, texts = notebooks.stored(cell)
        for text in (printed, texts.get("text/plain", "")):
            assert not re.search(r"\b(True|False)\b", text), cell.source


@EACH
def test_every_explorer_and_question_is_there_before_it_is_run(path):
    for cell in cells(path, "code"):
        last = cell.source.strip().splitlines()[-1]
        data = [o.data for o in cell.outputs if o.output_type == "execute_result"]
        if "explore(" in cell.source and last.isidentifier():
            image = Image.open(io.BytesIO(base64.b64decode(data[0]["image/png"])))
            assert np.asarray(image).std() > 5, "an empty picture"
            assert data[0]["text/plain"].strip()
            assert data[0]["text/plain"].strip() in description(cell) or "film=" in cell.source
        if re.match(r"(\w+ = )?(predict|estimate|sketch)\(", cell.source):
            assert data[0]["text/plain"].startswith("Predict: ")


def description(cell):
    """Return what is said of a cell's picture to those who cannot see it."""
    found = [o.metadata for o in cell.outputs if "image/png" in o.get("data", {})]
    return found[0]["image/png"]["alt"]


def test_what_is_stored_keeps_descriptions_and_nothing_else_of_a_run():
    data = {"image/png": "AAAA", "text/plain": "x", "application/vnd.jupyter.widget-view+json": {}}
    metadata = {"image/png": {"alt": "A line.", "width": 9}, "needs_background": "light"}
    v4 = nbformat.v4
    outputs = [
        v4.new_output("execute_result", data=data, metadata=metadata, execution_count=1),
        v4.new_output("display_data", data={"text/plain": "y"}, metadata={"a": 1}),
    ]
    cell = v4.new_code_cell("1", outputs=outputs, metadata={"tags": ["a"], "execution": {}})
    stored = store_notebooks.clean(v4.new_notebook(cells=[cell], metadata={"widgets": {}}))
    assert [o.metadata for o in stored.cells[0].outputs] == [{"image/png": {"alt": "A line."}}, {}]
    assert set(stored.cells[0].outputs[0].data) == {"image/png", "text/plain"}
    assert stored.cells[0].metadata == {"tags": ["a"]}
    assert set(stored.metadata) == {"kernelspec", "language_info"}
    _, resources = PythonExporter().from_notebook_node(stored)
    assert resources["output_extension"] == ".py"
    page, _ = HTMLExporter(template_name="classic").from_notebook_node(stored)
    assert 'alt="A line."' in page


@EACH
def test_form(path):
    everything, code = cells(path), cells(path, "code")
    assert len(everything) - len(code) > len(code), "text carries a notebook"
    assert all(cell.source.strip() for cell in everything)
    longest = max(code, key=lambda cell: len(cell.source.splitlines()))
    assert len(longest.source.splitlines()) <= 12, longest.source
    first, last = everything[0].source, everything[-1].source
    assert first.startswith(f"# {path.stem[:2]} · ")
    assert "You will see" in first
    assert "What you have seen" in last
    assert "Where it comes from" in last
    source = "\n".join(cell.source for cell in code)
    for word in ("import *", "sys.path", "!pip", "%", "np.random.seed"):
        hits = [line for line in source.splitlines() if line.strip().startswith(word)]
        assert not hits, hits


@EACH
def test_formulas_need_no_stretched_braces(path):
    """A browser without a font for mathematics draws them as a tiny hook in the middle."""
    for cell in cells(path, "markdown"):
        assert not re.search(r"\\(under|over)brace|\\[bB]igg?[lr]?\b", cell.source), cell.source


@EACH_LESSON
def test_solutions_are_folded_and_pass(path):
    solutions = [c for c in cells(path, "code") if "solution" in c.metadata.get("tags", [])]
    assert solutions
    for cell in solutions:
        assert cell.metadata.jupyter.source_hidden
        texts = [o.data["text/plain"] for o in cell.outputs if o.output_type == "execute_result"]
        assert texts, cell.source
        assert texts[-1].startswith("Passed."), texts
        prints = any(o.output_type == "stream" for o in cell.outputs)
        if prints or not texts[-1].startswith("Passed. Right on"):
            assert cell.metadata.jupyter.get("outputs_hidden"), f"it tells the answer: {texts}"


NUMBER_WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


@EACH_LESSON
def test_the_list_of_what_you_will_see_tells_no_number_that_is_asked_for(path):
    listed = cells(path)[0].source.split("You will see")[1].split("About")[0]
    top = set(re.findall(r"[\d.]*\d|[a-z]+", listed.lower()))
    for source in notebooks.code_cells(path):
        for call in re.findall(r"= estimate\(.*?\n\)", source, re.DOTALL):
            right = re.search(r"right=([\d.e-]+)", call)[1]
            words = {right, *(w for n, w in enumerate(NUMBER_WORDS) if right == str(n))}
            assert not top & words, call


def told_of_its_stubs(path):
    """Return what each exercise of a notebook says of the stub, as it is stored."""
    return [
        [o.data["text/plain"] for o in cell.outputs if o.output_type == "execute_result"][-1]
        for cell in cells(path, "code")
        if "# your line" in cell.source
    ]


@EACH_LESSON
def test_stubs_are_told_what_is_missing(path):
    told = told_of_its_stubs(path)
    assert told
    assert all(re.match(r"Not yet\. \S.*[.?]$", text, re.DOTALL) for text in told), told


def test_no_two_stubs_are_told_the_same_but_of_one_notebook():
    told = {path.stem: set(told_of_its_stubs(path)) for path in notebooks.LESSONS}
    counted = Counter(re.split(r"(?<=[.?]) ", t)[1] for texts in told.values() for t in texts)
    assert max(counted.values()) == 1, counted.most_common(1)


@EACH
def test_links_lead_somewhere(path):
    for cell in cells(path, "markdown"):
        text = re.sub(r"\$[^$]*\$", "", cell.source)
        for target in re.findall(r"\]\(([^)#]+)\)", text):
            assert target.startswith("http") or (path.parent / target).exists(), target


TO_AN_EXPLORER = re.compile(r"\]\((#explorer=[^)]*)\)")


def dead_links(text, explorers):
    """Return what is wrong with each link to an explorer that cannot be followed."""
    return [f"{f}: {why}" for f in TO_AN_EXPLORER.findall(text) if (why := _wrong(f, explorers))]


def _wrong(fragment, explorers):
    variable = fragment.removeprefix("#explorer=").split("&")[0]
    if variable not in explorers:
        return f"no explorer is called {variable!r}"
    try:
        _, values = links.read(fragment, explorers[variable].controls)
        for name, value in values.items():
            explorers[variable]._value(name, value)
    except (TypeError, ValueError) as error:
        return str(error)


@EACH
def test_links_to_explorers_name_one_that_is_there_and_values_it_has(path):
    source = "\n".join(cell.source for cell in cells(path, "markdown"))
    assert dead_links(source, notebooks.explorers(path)) == []


def test_dead_links_to_explorers_are_found():
    slope = controls.scale(Linear(-2, 2), 0.0)
    explorers = {"tilt": explore(line, slope=slope)}
    text = "[a](#explorer=tilt&slope=1) [b](#explorer=tilt&slop=1) [c](#explorer=lean&slope=1)"
    assert dead_links(f"{text} [d](#explorer=tilt&slope=3) [e](#heading)", explorers) == [
        "#explorer=tilt&slop=1: there is no control 'slop'; there are slope",
        "#explorer=lean&slope=1: no explorer is called 'lean'",
        "#explorer=tilt&slope=3: slope: -2 <= x <= 2 must hold, but got 3",
    ]


def test_the_start_page_leads_to_every_notebook():
    start = (notebooks.FOLDER / "00_start_here.ipynb").read_text(encoding="utf-8")
    for path in notebooks.PATHS[1:]:
        assert f"({path.name})" in start


def test_a_picture_has_its_buttons_above_and_its_challenge_below_as_the_text_says():
    page = (notebooks.FOLDER.parent / "course_utils/widgets/explorer.js").read_text("utf-8")
    (parts,) = re.findall(r'className: "cu-seen" \}, (.*)\);', page)
    parts = parts.split(", ")
    places = [parts.index(part) for part in ("panel", "buttons", "moments", "stage", "goal")]
    assert places == sorted(places)
    wrong = r"(?:button|slider)s?\s+(?:below|under)\s+the\s+picture|box\s+above\s+(?:the|this)"
    for path in notebooks.PATHS:
        for cell in cells(path, "markdown"):
            assert not re.search(wrong, cell.source), cell.source


FIGURES = [
    importlib.import_module(f"course_utils.figures.{module.name}")
    for module in pkgutil.iter_modules(course_utils.figures.__path__)
]


@cache
def _all_code():
    return "\n".join(cell.source for path in notebooks.PATHS for cell in cells(path, "code"))


def _told(values):
    """Return the sentences in nested dicts of moments; each is ``(values, sentence)``."""
    if isinstance(values, dict):
        return [one for value in values.values() for one in _told(value)]
    return [values[1]] if isinstance(values, tuple) and isinstance(values[0], dict) else []


@pytest.mark.parametrize("module", FIGURES, ids=lambda module: module.__name__.split(".")[-1])
def test_moments_lie_under_one_name_by_the_picture_that_has_them(module):
    assert {name for name, value in vars(module).items() if _told(value)} <= {"MOMENTS"}
    for picture, moments in getattr(module, "MOMENTS", {}).items():
        assert f'.MOMENTS["{picture}"]' in _all_code()
        assert len(_told(moments)) == len(moments), f"each moment of {picture} has a sentence"
