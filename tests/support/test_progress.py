"""What a reader has done: kept in a readable file, written safely, and only in Jupyter."""

import contextlib
import json
import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest

from course_utils.checks import start_here as checks
from course_utils.support import progress
from course_utils.widgets import CourseMap, predict
from tests import notebooks

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder in which a notebook is open in Jupyter."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JPY_SESSION_NAME", "some/where/14_softmax.ipynb")
    return tmp_path


def lines(folder):
    return (folder / progress.FILE).read_text(encoding="utf-8").splitlines()


def test_an_answer_is_one_readable_line(folder):
    progress.record("prediction", "Up, or ↓?", True)
    (line,) = lines(folder)
    answer = json.loads(line)
    assert answer.pop("when")[:2] == "20"
    assert answer == {
        "notebook": "14_softmax",
        "kind": "prediction",
        "what": "Up, or ↓?",
        "passed": True,
    }
    assert "↓" in line


def test_the_same_answer_again_is_not_written_again(folder):
    for passed in (False, False, True, True, False):
        progress.record("exercise", "softmax", passed)
    assert [json.loads(line)["passed"] for line in lines(folder)] == [False, True, False]


def test_without_a_notebook_in_jupyter_nothing_is_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    progress.record("exercise", "softmax", True)
    predict("Up or down?", {"up": "No.", "down": "Yes."}, right="down").chosen = "down"
    assert list(tmp_path.iterdir()) == []


def test_two_kernels_at_once_lose_nothing(folder):
    code = (
        "import sys; from course_utils.support import progress\n"
        "for k in range(60): progress.record('exercise', f'{sys.argv[1]} {k}', True)"
    )
    command = [sys.executable, "-c", code]

    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    runs = [subprocess.Popen([*command, name], env=environment) for name in "ab"]
    assert [run.wait() for run in runs] == [0, 0]
    found = [answer["what"] for answer in progress.answers()]
    assert sorted(found) == sorted(f"{name} {k}" for name in "ab" for k in range(60))


def test_a_broken_line_is_left_out_and_the_next_one_begins_anew(folder):
    (folder / progress.FILE).write_bytes(b'{"half": \nnot json\n3\n{"notebook": "a"}\n{"cut off')
    progress.record("exercise", "softmax", True)
    assert [answer["what"] for answer in progress.answers()] == ["softmax"]
    assert lines(folder)[-2] == '{"cut off', "what stood there stays"


def test_a_folder_that_cannot_be_written_is_no_trouble(folder, monkeypatch):
    asked = []

    def refuse(*args, **kwargs):
        asked.append(args)
        raise OSError("read-only file system")

    monkeypatch.setattr(Path, "open", refuse)
    progress.record("exercise", "softmax", True)
    assert asked


def test_predictions_count_when_answered_the_rest_when_passed(folder):
    progress.record("prediction", "one?", False)
    progress.record("prediction", "two?", True)
    progress.record("exercise", "softmax", False)
    progress.record("challenge", "half", True)
    progress.record("exercise", "hard_max", True)
    progress.record("exercise", "hard_max", False)
    assert progress.done() == {"14_softmax": {"prediction": 2, "exercise": 1, "challenge": 1}}


@pytest.fixture
def cell(monkeypatch):
    """Have a cell with some source run."""
    cells = ["", ""]
    past = SimpleNamespace(input_hist_parsed=cells)
    shell = SimpleNamespace(history_manager=past, user_ns={"In": 64}, parent_header={})
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    return cells.append


def test_questions_and_exercises_are_noted_but_not_the_folded_solutions(folder, cell):
    question = predict("Up or down?", {"up": "No.", "down": "Yes."}, right="down")
    question.chosen = "up"
    question.chosen = "down"

    cell("def mean_ink_solution(X): ...\nchecks.mean_ink(mean_ink_solution)")
    checks.mean_ink(lambda X: X.mean(axis=0))
    assert [a["passed"] for a in progress.answers()] == [False, True]
    cell("checks.mean_ink(mean_ink)")
    checks.mean_ink(lambda X: X.mean(axis=0))
    assert progress.answers()[-1]["what"] == "mean_ink"


def test_to_start_anew_keeps_the_old_file(folder):
    assert progress.start_anew() is None
    progress.record("exercise", "softmax", True)
    old = progress.start_anew()
    assert progress.done() == {}
    assert "softmax" in old.read_text(encoding="utf-8")


# --- the map


@pytest.fixture
def course(folder):
    """Three notebooks beside the answers."""
    cell = '{"cell_type": "code", "metadata": {"tags": [%s]}, "source": [%s]}'
    for name, sources in {
        "00_start_here": [('"x"', '"predict(1)"')],
        "14_softmax": [("", '"predict(1)\\n", "estimate(2)"'), ('"solution"', '"def f(): 1"')],
        "15_training_softmax": [("", '"explore(x, goal=g)"')],
    }.items():
        cells = ", ".join(cell % pair for pair in sources)
        (folder / f"{name}.ipynb").write_text(f'{{"cells": [{cells}]}}', encoding="utf-8")
    return CourseMap()


def test_the_map_counts_what_there_is_and_what_is_done(course):
    assert course.there()["14_softmax"] == {"prediction": 2, "exercise": 1, "challenge": 0}
    progress.record("prediction", "one?", False)
    progress.record("exercise", "f", True)
    assert course.done()["14_softmax"] == {"prediction": 1, "exercise": 1, "challenge": 0}
    assert "14_softmax: 1 of 2 predictions, 1 of 1 exercise" in repr(course)
    picture = course._repr_html_()
    assert picture.count("<circle") == 3 + 1 + 3 + 1
    assert picture.count('fill="white" stroke') == 1 + 1 + 1
    assert '<a href="14_softmax.ipynb">' in picture
    assert f'<a href="{progress.FILE}" download>' in picture


def test_without_notebooks_there_is_no_map(folder):
    assert repr(CourseMap()) == "no notebooks in this folder"
    assert "no notebooks in this folder" in CourseMap()._repr_html_()


def test_the_map_says_what_comes_next(course, monkeypatch):
    assert course.next() == "00_start_here"
    for name, kind, what in (
        ("00_start_here", "prediction", "a"),
        ("14_softmax", "prediction", "b"),
        ("14_softmax", "prediction", "c"),
        ("14_softmax", "exercise", "f"),
    ):
        monkeypatch.setenv("JPY_SESSION_NAME", f"{name}.ipynb")
        progress.record(kind, what, True)
    assert course.next() == "15_training_softmax"
    assert "next: 15_training_softmax" in repr(course)
    monkeypatch.setenv("JPY_SESSION_NAME", "15_training_softmax.ipynb")
    progress.record("challenge", "g", True)
    assert repr(course).endswith("next: you are through")


def test_where_nothing_lasts_the_map_says_so(course, monkeypatch):
    monkeypatch.setenv("BINDER_LAUNCH_HOST", "somewhere")
    assert "Binder forgets everything" in course._repr_html_()


def test_a_stored_map_shows_nobodys_answers(course, monkeypatch):
    progress.record("prediction", "one?", True)
    monkeypatch.delenv("JPY_SESSION_NAME")
    assert course.done()["14_softmax"]["prediction"] == 0
    assert "will be kept in" in course._repr_html_()


@pytest.mark.parametrize("path", notebooks.LESSONS, ids=lambda path: path.stem)
def test_everything_in_a_notebook_can_be_done(path, folder, cell, monkeypatch):
    """Each exercise is noted, by a name of its own, unless it is the folded solution's."""
    monkeypatch.setenv("JPY_SESSION_NAME", str(path))
    cells = [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
    solutions = [c.source for c in cells if "solution" in c.metadata.get("tags", [])]
    assert all("_solution" in source for source in solutions)
    topic = import_module(f"course_utils.checks.{path.stem[3:]}")
    asked = [re.findall(r"checks\.(\w+)\(", source)[-1] for source in solutions]
    for name in asked:
        check = getattr(topic, name)
        cell("the reader's")
        arguments = {"mode_mistakes": ([], {}, None, None)}.get(name, (None,))
        with contextlib.suppress(AttributeError, TypeError, ValueError):
            check(*arguments)
    there = CourseMap(path.parent).there()[path.stem]
    noted = {a["what"] for a in progress.answers() if a["kind"] == "exercise"}
    assert len(noted) == there["exercise"]
    questions = re.findall(r'(?<![.\w])(?:predict|estimate|sketch)\(\s*"(.*?)"', joined(cells))
    assert len(set(questions)) == there["prediction"]


def joined(cells):
    return "\n".join(cell.source for cell in cells)


def test_the_map_of_this_course_has_all_its_notebooks():
    there = CourseMap(ROOT / "notebooks").there()
    lessons = [there[path.stem] for path in notebooks.LESSONS]
    assert len(there) == len(lessons) + 1, "and the page of symbols"
    assert all(kinds["prediction"] and kinds["exercise"] for kinds in lessons)


def test_starting_anew_is_said(course, capsys):
    course.start_anew()
    assert "no answers yet" in capsys.readouterr().out
    progress.record("exercise", "f", True)
    course.start_anew()
    assert "Your answers are kept in my_progress." in capsys.readouterr().out
    assert course.done()["14_softmax"]["exercise"] == 0


@pytest.mark.parametrize("odd", ["a\u2028b", "a\x85b", "a\ud800b"])
def test_no_letter_of_a_question_loses_its_line(tmp_path, monkeypatch, odd):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JPY_SESSION_NAME", "14_softmax.ipynb")
    for _ in range(2):
        progress.record("prediction", odd, True)
    assert [answer["what"] for answer in progress.answers()] == [odd]


@pytest.mark.parametrize("key", ["notebook", "kind", "what", "passed"])
def test_a_line_with_wrong_types_is_left_out(tmp_path, key):
    line = {"notebook": "14_softmax", "kind": "exercise", "what": "x", "passed": True}
    (tmp_path / progress.FILE).write_text(json.dumps({**line, key: ["x"]}) + "\n")
    assert progress.done(tmp_path) == {}
