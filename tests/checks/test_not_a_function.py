"""Whatever is passed to a check in place of a function gets a clear verdict, never a raw error."""

from importlib import import_module
from inspect import Parameter, getmembers, isfunction, signature
from pkgutil import iter_modules

import numpy as np
import pytest

from course_utils import checks
from course_utils.checks import Verdict
from course_utils.checks.engine.exercise import Exercise


def exercises():
    """Yield the checks that take one function: public, documented as such, not a challenge."""
    for module in iter_modules(checks.__path__):
        topic = import_module(f"{checks.__name__}.{module.name}")
        for name, check in getmembers(topic, is_check):
            if check.__module__ in (topic.__name__, Exercise.__module__) and takes_one(check):
                yield pytest.param(check, id=f"{module.name}.{name}")


def is_check(value):
    judges = isinstance(value, Exercise) or isfunction(value)
    return judges and (value.__doc__ or "").startswith("Check ``")


def takes_one(check):
    return sum(p.default is Parameter.empty for p in signature(check).parameters.values()) == 1


EXERCISES = list(exercises())
JUNK = [None, 3, 2.5, "text", [1, 2], {}, np.ones(3), int, np.ndarray, len, Verdict(True, None, "")]


def test_all_exercises_are_found():
    assert len(EXERCISES) >= 40


@pytest.mark.parametrize("check", EXERCISES)
def test_whatever_is_passed_gets_a_verdict(check):
    for junk in (*JUNK, lambda: 1, lambda *a, **k: None, lambda a, b, c, d, e, f, g, h, i, j: a):
        verdict = check(junk)
        assert isinstance(verdict, Verdict)
        assert not verdict.passed
        assert verdict.hint
