"""Name the mistake: compare what a reader's function does with what known mistakes do.

A `Mistake` is a small piece of *wrong code* with a hint. A reader's function that gives, on every
case, just what that wrong code gives has made that mistake. What no known mistake explains is
described as it is seen: it raised, it returned None, the shape is wrong, the numbers differ.
"""

import copy
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from course_utils.checks.running import call
from course_utils.checks.verdict import Verdict


@dataclass(frozen=True)
class Case:
    """One call of the reader's function.

    Parameters
    ----------
    args : tuple
        Positional arguments; each call gets fresh copies.
    kwargs : dict
        Keyword arguments.
    says : str
        What this case tries, for the hint: ``"one example with large logits"``.
    """

    args: tuple
    kwargs: dict = field(default_factory=dict)
    says: str = ""


@dataclass(frozen=True)
class Mistake:
    """A known mistake: its short `id`, the `wrong` code that makes it, and a `hint`."""

    id: str
    wrong: Callable
    hint: str


def diagnose(function, right, cases, mistakes, *, measure=None, rtol=1e-4, atol=1e-6, seconds=5.0):
    """Compare a reader's function with the right one and with known mistakes.

    Parameters
    ----------
    function : callable
        The reader's function.
    right : callable
        The right one, called with the same arguments.
    cases : sequence of Case
        Calls to try. They must tell the right answer from every mistake.
    mistakes : sequence of Mistake
        Known mistakes; the first that explains every case is named.
    measure : callable, optional
        Turns a returned value into the numbers that are compared, for answers that are random.
    rtol, atol : float
        Tolerances; the default lets float32 answers pass.
    seconds : float
        How long one call may take.

    Returns
    -------
    Verdict
    """
    if not callable(function):
        return Verdict(
            False, "not-a-function",
            f"Pass the function itself, without calling it: you passed {type(function).__name__}.",
        )  # fmt: skip
    seen = []
    for case in cases:
        seen.append(_Seen(function, case, measure, seconds))
        if seen[-1].outcome.endless:
            return _describe(seen[-1], None)
    expected = [_Seen(right, case, measure, seconds) for case in cases]
    wrong = [s for s, e in zip(seen, expected, strict=True) if not s.equals(e, rtol, atol)]
    if not wrong:
        return _passed_unless_changed(seen)
    for mistake in mistakes:
        made = (_Seen(mistake.wrong, case, measure, seconds) for case in cases)
        if all(s.equals(m, rtol, atol) for s, m in zip(seen, made, strict=True)):
            return Verdict(False, mistake.id, mistake.hint)
    return _describe(wrong[0], expected[seen.index(wrong[0])])


class _Seen:
    """What one function did on one case."""

    def __init__(self, function, case, measure, seconds):
        self.case = case
        args, kwargs = copy.deepcopy((case.args, case.kwargs))
        self.outcome = call(function, *args, seconds=seconds, **kwargs)
        self.changed = not _same((args, kwargs), (case.args, case.kwargs))
        self.arrays = self._arrays(measure)

    def _arrays(self, measure):
        """Return the value as a list of arrays; None where it is nothing of the kind."""
        if self.outcome.error is not None or self.outcome.value is None:
            return None
        value = self.outcome.value
        try:
            value = measure(value) if measure else value
            parts = value if isinstance(value, tuple) else (value,)
            return [np.asarray(part, dtype=np.float64) for part in parts]
        except Exception:  # the reader may return anything
            return None

    def equals(self, other, rtol, atol):
        if self.arrays is None or other.arrays is None:
            return self._kind() == other._kind()
        return len(self.arrays) == len(other.arrays) and all(
            a.shape == b.shape and np.allclose(a, b, rtol, atol, equal_nan=True)
            for a, b in zip(self.arrays, other.arrays, strict=True)
        )

    def _kind(self):
        return (type(self.outcome.error), type(self.outcome.value), self.arrays is None)


def _same(a, b):
    """Whether two nests of tuples, dicts and arrays hold the same numbers."""
    if isinstance(a, (tuple, list)):
        return len(a) == len(b) and all(_same(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(_same(a[k], b[k]) for k in a)
    if isinstance(a, np.ndarray):
        return a.shape == b.shape and np.array_equal(a, b, equal_nan=a.dtype.kind == "f")
    return True


def _passed_unless_changed(seen):
    changed = next((s for s in seen if s.changed), None)
    if changed is None:
        return Verdict(True, None, "Right on every case, also on the awkward ones.")
    return Verdict(
        False, "changes-its-input",
        "The numbers are right, but afterwards the array that was passed in is not what it was. "
        "Whoever calls your function still needs it: which of your lines writes into it?",
    )  # fmt: skip


def _describe(seen, expected):
    """Describe an answer that no known mistake explains."""
    tried = f" The case: {seen.case.says}." if seen.case.says else ""
    outcome = seen.outcome
    if outcome.endless:
        return Verdict(False, "endless", f"It did not come back and was stopped ({outcome.where}). "
                       f"Which condition should end the loop?{tried}")  # fmt: skip
    if outcome.error is not None:
        said = f"{type(outcome.error).__name__}: {outcome.error}"
        where = f" in {outcome.where}" if outcome.where else ""
        return Verdict(False, "raises", f"It raised {said}{where}.{tried}")
    if outcome.value is None:
        return Verdict(False, "returns-none", "It returned None: does its last line say return?")
    if seen.arrays is None:
        kind = type(outcome.value).__name__
        return Verdict(False, "not-an-array", f"It returned a {kind} that is no array.{tried}")
    return _describe_numbers(seen.arrays, expected.arrays, tried)


def _describe_numbers(got, want, tried):
    if len(got) != len(want):
        return Verdict(False, "wrong-count",
                       f"It returned {len(got)} value(s) where {len(want)} are asked for.{tried}")  # fmt: skip
    for a, b in zip(got, want, strict=True):
        if a.shape != b.shape:
            return Verdict(False, "wrong-shape",
                           f"It returned shape {a.shape}; asked for is {b.shape}.{tried}")  # fmt: skip
    if not all(np.isfinite(a).all() for a in got):
        return Verdict(False, "not-finite", f"It returned NaN or infinity.{tried}")
    a, b = next((a, b) for a, b in zip(got, want, strict=True) if not np.allclose(a, b, 1e-4, 1e-6))
    first = tuple(int(i) for i in np.argwhere(~np.isclose(a, b, 1e-4, 1e-6))[0])
    place = f" at index {first}" if first else ""
    return Verdict(False, "wrong-numbers",
                   f"The numbers differ: {a[first]:.6g} where {b[first]:.6g} is right{place}.{tried}")  # fmt: skip
