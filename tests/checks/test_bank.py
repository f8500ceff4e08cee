"""Every answer in `tests/checks/bank`: right ones pass, wrong ones are rejected and well named."""

from collections import defaultdict
from dataclasses import replace
from importlib import import_module
from itertools import combinations
from pkgutil import iter_modules

import pytest

from course_utils.checks.engine.code import same_code
from tests.checks import bank

for _module in iter_modules(bank.__path__):
    import_module(f"{bank.__name__}.{_module.name}")

RIGHT = [answer for answer in bank.ANSWERS if answer.what is None]
WRONG = [answer for answer in bank.ANSWERS if answer.what is not None]


def verdict_on(answer):
    topic, exercise = answer.check.split(".")
    check = getattr(import_module(f"course_utils.checks.{topic}"), exercise)
    if "endless" in answer.named:
        check = replace(check, seconds=1.0)  # a reader's is given five times as long
    return check(*answer.arguments)


@pytest.mark.parametrize("answer", RIGHT, ids=str)
def test_a_right_answer_passes(answer):
    verdict = verdict_on(answer)
    assert verdict.passed, verdict


@pytest.mark.parametrize("answer", WRONG, ids=str)
def test_a_wrong_answer_is_rejected_and_well_named(answer):
    verdict = verdict_on(answer)
    assert not verdict.passed, answer.what
    ids = set(verdict.mistake.split("+"))  # two mistakes at once have both ids
    assert not answer.named or ids & answer.named, verdict


def twins(answers):
    """Return pairs of answers to one exercise that are the same code, and hold the same values."""
    alike = defaultdict(list)
    for answer in answers:
        code = getattr(answer.function, "__code__", None)
        if code is not None:
            held = [cell.cell_contents for cell in answer.function.__closure__ or ()]
            what = answer.check, len(code.co_code), code.co_names, repr(held)
            alike[what, repr(answer.function.__defaults__)].append(answer)
    pairs = (pair for group in alike.values() for pair in combinations(group, 2))
    return [f"{a}, {b}" for a, b in pairs if same_code(a.function, b.function)]


def test_no_answer_is_there_twice():
    assert twins(bank.ANSWERS) == []
    first = bank.ANSWERS[0]
    assert len(twins([*bank.ANSWERS, first])) == 1
