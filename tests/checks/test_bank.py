"""Every answer in `tests/checks/bank`: right ones pass, wrong ones are rejected and well named."""

from importlib import import_module
from pkgutil import iter_modules

import pytest

from tests.checks import bank

for _module in iter_modules(bank.__path__):
    import_module(f"{bank.__name__}.{_module.name}")

RIGHT = [answer for answer in bank.ANSWERS if answer.what is None]
WRONG = [answer for answer in bank.ANSWERS if answer.what is not None]


def verdict_on(answer):
    topic, exercise = answer.check.split(".")
    check = getattr(import_module(f"course_utils.checks.{topic}"), exercise)
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
