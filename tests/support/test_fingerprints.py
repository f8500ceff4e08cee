"""Fingerprints: another one for other code, the same one for other words about it."""

import functools
import os
import subprocess
import sys

import numpy as np
import pytest

from course_utils.experiments import digit_tuning
from course_utils.support.fingerprints import differ, fingerprint

BASE = """
import numpy as np
EPOCHS = 10
LOG = []
def helper(x):
    return x * 2
def objective(configuration, rng, *, scale=1.0):
    "Say what it is."
    LOG.append(configuration["x"])
    def inner(x):
        return helper(x) + EPOCHS
    return scale * inner(configuration["x"]) if configuration["kind"] in {"a", "b"} else np.exp(1)
"""


def written(source, name="objective", module="mine"):
    """Return a function of a module that was written just now."""
    namespace = {"__name__": module}
    exec(compile(source, "mine.py", "exec"), namespace)
    return namespace[name]


SAME = {
    "a comment": BASE.replace("return x * 2", "return x * 2  # doubled"),
    "other lines": "\n\n" + BASE.replace("LOG = []", "LOG = []\n\n"),
    "the docstring": BASE.replace("Say what it is.", "Say it otherwise."),
    "another name": BASE.replace("def objective", "def objective_2") + "objective = objective_2",
    "what nobody uses": BASE + "OTHER = 3",
    "a list that fills": BASE.replace("LOG = []", "LOG = [1, 2]"),
}
OTHER = {
    "a constant": BASE.replace("np.exp(1)", "np.exp(2)"),
    "an operator": BASE.replace("scale * inner", "scale + inner"),
    "a set's member": BASE.replace('{"a", "b"}', '{"a", "c"}'),
    "a function called": BASE.replace("np.exp", "np.sin"),
    "a default": BASE.replace("scale=1.0", "scale=2.0"),
    "a number outside": BASE.replace("EPOCHS = 10", "EPOCHS = 20"),
    "its helper": BASE.replace("return x * 2", "return x * 3"),
    "a function within": BASE.replace("helper(x) + EPOCHS", "helper(x) - EPOCHS"),
}
OUTSIDE = """
from fractions import Fraction
import numpy as np
KEPT = {}
def objective(configuration, rng):
    return KEPT
"""


@pytest.mark.parametrize("case", SAME)
def test_words_about_code_do_not_count(case):
    assert fingerprint(written(SAME[case])) == fingerprint(written(BASE))


@pytest.mark.parametrize("case", OTHER)
def test_other_code_has_another_fingerprint(case):
    assert differ(fingerprint(written(OTHER[case])), fingerprint(written(BASE)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("np.int64(3)", "np.int64(4)"),
        ("np.float32(3)", "np.float32(4)"),
        ("range(3)", "range(4)"),
        ("slice(3)", "slice(4)"),
        ("Fraction(1, 3)", "Fraction(1, 4)"),
    ],
)
def test_every_kind_of_number_outside_counts(one, other):
    found = [fingerprint(written(OUTSIDE.format(value))) for value in (one, one, other)]
    assert found[0] == found[1]
    assert differ(found[0], found[2])


def test_it_stays_in_another_process():
    """Hashes of text, and so the order of sets, differ from process to process."""
    code = f"BASE = {BASE!r}\nfrom course_utils.support.fingerprints import fingerprint\n"
    code += (
        "space = {'__name__': 'mine'}\nexec(BASE, space)\nprint(fingerprint(space['objective']))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout.strip()
        for seed in ("1", "2", "3")
    }
    assert found == {fingerprint(written(BASE))}


def test_it_stays_while_the_function_runs():
    source = "calls = 0\ndef objective(c, rng):\n    global calls\n    calls += 1\n    return calls"
    objective = written(source)
    before = fingerprint(objective)
    for _ in range(5000):  # Python has specialized its bytecode by then
        objective({}, None)
    assert fingerprint(objective) == before


def test_numbers_that_a_function_closes_over_count():
    def of(power):
        return written(
            f"def make(power):\n    return lambda c, rng: c['x'] ** power\n"
            f"objective = make({power})"
        )

    assert differ(fingerprint(of(2)), fingerprint(of(3)))
    assert fingerprint(of(2)) == fingerprint(of(2))


CLASS = """
class Objective:
    def __init__(self, epochs):
        self.epochs = epochs
    def __call__(self, configuration, rng):
        return self.scaled(configuration["x"])
    def scaled(self, x):
        return x * self.epochs
objective = Objective(3)
method = Objective(3).scaled
"""


@pytest.mark.parametrize("name", ["objective", "method"])
def test_objects_are_their_classes_code_and_their_numbers(name):
    found = fingerprint(written(CLASS, name))
    assert found == fingerprint(written(CLASS, name))
    assert differ(found, fingerprint(written(CLASS.replace("Objective(3)", "Objective(4)"), name)))
    assert differ(found, fingerprint(written(CLASS.replace("x * self", "x + self"), name)))


def test_a_partial_is_its_function_and_its_arguments():
    two, three = (functools.partial(written(BASE), scale=s) for s in (2, 3))
    assert differ(fingerprint(two), fingerprint(three))
    changed = functools.partial(written(OTHER["an operator"]), scale=2)
    assert differ(fingerprint(two), fingerprint(changed))


def test_wrapped_functions_are_looked_into():
    cached = [functools.cache(written(text)) for text in (BASE, BASE, OTHER["a constant"])]
    first, same, other = map(fingerprint, cached)
    assert first == same
    assert differ(first, other)


PARTS = """
import functools
class Above:
    def inherited(self):
        return 1
class Parts(Above):
    @staticmethod
    def static():
        return 2
    @classmethod
    def of_class(cls):
        return 3
    @property
    def asked(self):
        return 4
def decorated(function):
    @functools.wraps(function)
    def around(*args):
        return function(*args) + 5
    return around
@decorated
def objective(configuration, rng):
    return Parts
"""


@pytest.mark.parametrize("number", "12345")
def test_a_part_of_a_class_and_a_decorator_count(number):
    changed = PARTS.replace(number, "6")
    assert fingerprint(written(PARTS)) == fingerprint(written(PARTS))
    assert differ(fingerprint(written(PARTS)), fingerprint(written(changed)))


@pytest.mark.parametrize(
    "known",
    [
        print,
        np.exp,
        np.sum,
        int,
        np.random.default_rng(0).normal,
        digit_tuning.validation_error,
    ],
)
def test_what_is_installed_is_known_by_its_name(known):
    assert fingerprint(known) == fingerprint(known)
    assert differ(fingerprint(known), fingerprint(len))


def test_a_new_version_of_the_course_is_no_other_objective():
    one, other = (
        written(text, module="course_utils.digits") for text in (BASE, OTHER["a default"])
    )
    assert fingerprint(one) == fingerprint(other)


def test_other_pythons_cannot_be_compared():
    assert not differ("cpython-311.0:aa", "cpython-312.0:bb")
    assert not differ("", "cpython-312.0:bb")
    assert differ("cpython-312.0:aa", "cpython-312.0:bb")


def test_recursion_ends():
    text = (
        "def even(n):\n    return n == 0 or odd(n - 1)\ndef odd(n):\n    return n and even(n - 1)"
    )
    assert fingerprint(written(text, "even")) == fingerprint(written(text, "even"))
