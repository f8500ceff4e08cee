"""What notebooks 16 and 17 say of TensorFlow, held to TensorFlow where it is installed."""

import os
import re

import pytest

from course_utils.frameworks import catalogue, run
from tests import notebooks

GRAPHS, SIDE_BY_SIDE = (
    notebooks.FOLDER / f"{name}.ipynb"
    for name in ("16_computation_graphs", "17_frameworks_side_by_side")
)
IN_WORDS = "\n".join(
    cell.source
    for path in (GRAPHS, SIDE_BY_SIDE)
    for cell in notebooks.cells(path, "markdown")
    if "AttributeError" in cell.source
)
OLD_NAMES, NEW_FORM = re.findall(r"```python\n(import tensorflow.+?)```", IN_WORDS, re.DOTALL)
BUILD, RUN = (
    next(cell for cell in notebooks.code_cells(GRAPHS) if there in cell)
    for there in ("session = tf.Session()", "for _ in range(1000):")
)
OURS = 'print("cost is a", type(cost).__name__, "made by", cost.operation)\n'
MESSAGE = re.compile(r"module\s'[\w.]+'\shas\sno\sattribute\s'\w+'")


def printed_by(code, folder):
    """Run code where TensorFlow is, and return the lines that it printed."""
    if run.python_with("tensorflow") is None:
        if os.environ.get("FRAMEWORKS"):
            pytest.fail("tensorflow should be installed here")
        pytest.skip("tensorflow is not installed: make frameworks")
    file = folder / "as_told.py"
    file.write_text(code, encoding="utf-8")
    return run.execute(str(file), module="tensorflow").splitlines()


def code_of(script):
    """Return the lines of a program of the catalogue, without what it says of itself."""
    text = (catalogue.PROGRAMS_FOLDER / script).read_text(encoding="utf-8")
    return [line.strip() for line in re.sub(r'""".+?"""', "", text).splitlines() if line.strip()]


def test_the_program_in_words_has_the_lines_of_the_one_that_is_run():
    ran = code_of("in_tensorflow_2.py")
    in_words = [line.strip() for line in NEW_FORM.splitlines() if line.strip()]
    steps = [line for line in in_words if line != "for _ in range(1001):" and "print" not in line]
    assert steps == [line for line in ran if not line.startswith(("def ", "return "))]
    assert OLD_NAMES.splitlines()[0] == code_of("in_tensorflow_1.py")[0]


def test_the_program_in_words_arrives_where_the_lectures_does_in_tensorflow(tmp_path):
    (w,) = printed_by(NEW_FORM, tmp_path)
    assert f"{float(w):.6g}" == "4.99999"


def test_with_two_lines_in_the_place_of_the_import_the_lectures_program_runs(tmp_path):
    assert OURS in RUN
    code = "\n".join([OLD_NAMES, BUILD, RUN.replace(OURS, "")])
    assert printed_by(code, tmp_path) == ["0.0", "0.1", "4.99999"]


def test_tensorflow_2_says_what_is_quoted_of_it(tmp_path):
    quoted = {re.sub(r"\s", " ", message) for message in MESSAGE.findall(IN_WORDS)}
    names = ("placeholder", "Session", "global_variables_initializer")
    assert all(f"'{name}'" in IN_WORDS for name in names)
    asked = "".join(f"try:\n    tf.{n}\nexcept AttributeError as e:\n    print(e)\n" for n in names)
    whole = "".join(f"    {line}\n" for line in BUILD.splitlines())
    stops = f"try:\n{whole}except AttributeError as e:\n    print(e)\n"
    *said, stopped = printed_by(f"import tensorflow as tf\n{asked}{stops}", tmp_path)
    assert said == [f"module 'tensorflow' has no attribute '{name}'" for name in names]
    assert stopped.endswith("has no attribute 'GradientDescentOptimizer'")
    assert quoted <= {*said, stopped}
