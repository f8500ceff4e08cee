"""Every test of a check leaves the check's own cases as they were."""

import copy
from importlib import import_module
from pkgutil import iter_modules

import pytest

from course_utils import checks
from course_utils.checks.engine.diagnosis import Case
from course_utils.checks.engine.seen import same


def _cases():
    """Yield each check's cases that all its calls share, with the name they are held by."""
    for found in iter_modules(checks.__path__):
        module = import_module(f"{checks.__name__}.{found.name}")
        for held, value in vars(module).items():
            cases = value if isinstance(value, (list, tuple)) else [value]
            yield from ((f"{found.name}.{held}", c) for c in cases if isinstance(c, Case))


@pytest.fixture(scope="module", autouse=True)
def _cases_stay_as_they_are():
    before = {id(case): copy.deepcopy((case.args, case.kwargs)) for _, case in _cases()}
    yield
    for held, case in _cases():
        if id(case) in before:
            assert same((case.args, case.kwargs), before[id(case)]), f"an answer wrote into {held}"
