"""What ``make quick`` chooses: tests by the names of the files changed."""

import ast
import re

import pytest

from tests import notebooks
from tests.tools import quick

TESTS = [
    "tests/test_softmax.py",
    "tests/test_package.py",
    "tests/test_notebooks.py",
    "tests/figures/test_softmax.py",
    "tests/checks/test_bank.py",
    "tests/checks/test_softmax.py",
    "tests/test_optimizers.py",
]
SOFTMAX = {
    "tests/test_softmax.py",
    "tests/figures/test_softmax.py",
    "tests/checks/test_softmax.py",
}


@pytest.mark.parametrize(
    "path",
    [
        "course_utils/softmax.py",
        "course_utils/figures/softmax.py",
        "course_utils/checks/softmax.py",
        "tests/checks/bank/softmax.py",
        "notebooks/14_softmax.ipynb",
        "tests/figures/test_softmax.py",
    ],
)
def test_a_topic_has_its_tests_on_every_floor(path):
    files, _ = quick.choose([path], TESTS)
    assert set(files) == set(quick.ALWAYS) | SOFTMAX


def test_of_the_bank_and_the_notebooks_only_those_of_the_topics_are_taken():
    _, which = quick.choose(["course_utils/softmax.py", "README.md"], TESTS)
    assert "(not test_bank or softmax)" in which
    assert "(not test_every_cell or 00_start_here or 14_softmax)" in which
    assert "(not test_explorers or 00_start_here or 14_softmax)" in which
    _, which = quick.choose(["README.md"], TESTS)
    assert "(not test_bank)" in which
    assert "(not test_every_cell or 00_start_here)" in which


def test_a_change_of_many_topics_runs_the_first_notebook_alone():
    _, which = quick.choose([path.as_posix() for path in notebooks.PATHS], TESTS)
    assert "(not test_every_cell or 00_start_here)" in which


def test_what_is_no_code_has_only_the_tests_of_every_time():
    files, _ = quick.choose(["README.md", "course_utils/data/softmax.npz"], TESTS)
    assert set(files) == set(quick.ALWAYS)


@pytest.mark.parametrize(
    ("path", "topic"),
    [
        ("course_utils/checks/mini_batches_cuts.py", "mini_batches"),
        ("course_utils/experiments/batch_norm_by_alpha.py", "batch_norm"),
        ("course_utils/checks/batch_norm_at_test_time.py", "batch_norm_at_test_time"),
        ("course_utils/support/checkpoints.py", "checkpoints"),
    ],
)
def test_a_part_of_a_notebook_is_of_its_topic(path, topic):
    assert quick.topic(path) == topic


def test_whatever_runs_a_notebook_is_left_to_those_that_changed():
    tree = ast.parse((quick.ROOT / "tests" / "test_notebooks.py").read_text(encoding="utf-8"))
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    runs = re.compile(r"notebooks\.(run_twice|explorers)\(")
    found = {f.name for f in functions if runs.search(ast.unparse(f))}
    assert found
    assert all(name.startswith(quick.RUN) for name in found), found
