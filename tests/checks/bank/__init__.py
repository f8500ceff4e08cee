"""Answers to the exercises: right ones and wrong ones, each with the name of its check.

    @right("softmax.softmax")
    def with_a_loop(z): ...

    @wrong("softmax.softmax", "maximum over the whole array", named="one-max-for-all")
    def one_maximum(z): ...

A check that takes something else than one function gets its arguments from a function that is
called for them:

    @wrong("sampling_scales.pick_scales", "beta on a linear scale", call=True)
    def picks():
        return ("linear", "log")
"""

from collections.abc import Callable
from typing import NamedTuple


class Answer(NamedTuple):
    """One answer; `what` is wrong with it (None if it is right), `named` are fitting ids."""

    check: str
    function: Callable
    what: str | None
    named: frozenset
    call: bool

    @property
    def arguments(self):
        """What the check is called with."""
        return self.function() if self.call else (self.function,)

    def __str__(self):
        name = getattr(self.function, "__name__", type(self.function).__name__)
        return (
            f"{self.check}: {self.what or 'right'}"
            if name == "<lambda>"
            else f"{self.check}: {name}"
        )


ANSWERS: list[Answer] = []


def right(check, *, call=False):
    """Register a right answer for the check of this name."""
    return _register(check, None, frozenset(), call)


def wrong(check, what, named=None, *, call=False):
    """Register a wrong answer; `named` is the id, or the set of ids, the verdict may give."""
    ids = {named} if isinstance(named, str) else set(named or ())
    return _register(check, what, frozenset(ids), call)


def right_ones(check, functions):
    """Register right answers that need no name."""
    for function in functions:
        right(check)(function)


def wrong_ones(check, pairs):
    """Register wrong answers, ``(id, function)`` each."""
    for mistake, function in pairs:
        wrong(check, mistake, named=mistake)(function)


def _register(check, what, named, call):
    def keep(function):
        ANSWERS.append(Answer(check, function, what, named, call))
        return function

    return keep
