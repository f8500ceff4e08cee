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
        kind = type(function).__name__
        hint = f"Pass the function itself, without calling it: you passed {kind}."
        return _not_yet("not-a-function", hint)
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
            return _not_yet(mistake.id, mistake.hint)
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
    if not any(s.changed for s in seen):
        return Verdict(True, None, "Right on every case, also on the awkward ones.")
    return _not_yet(
        "changes-its-input",
        "The numbers are right, but afterwards the array that was passed in is not what it was. "
        "Whoever calls your function still needs it: which of your lines writes into it?",
    )


def _describe(seen, expected):
    """Describe an answer that no known mistake explains."""
    tried = f" The case: {seen.case.says}." if seen.case.says else ""
    outcome = seen.outcome
    if outcome.endless:
        ends = "Which condition should end the loop?"
        return _not_yet("endless", f"It did not come back ({outcome.where}). {ends}{tried}")
    if outcome.error is not None:
        said = f"{type(outcome.error).__name__}: {outcome.error}"
        where = f" in {outcome.where}" if outcome.where else ""
        return _not_yet("raises", f"It raised {said}{where}.{tried}")
    if outcome.value is None:
        return _not_yet("returns-none", "It returned None: does its last line say return?")
    if seen.arrays is None:
        kind = type(outcome.value).__name__
        return _not_yet("not-an-array", f"It returned a {kind} that is no array.{tried}")
    return _describe_numbers(seen.arrays, expected.arrays, tried)


def _describe_numbers(got, want, tried):
    if len(got) != len(want):
        counts = f"It returned {len(got)} value(s) where {len(want)} are asked for."
        return _not_yet("wrong-count", counts + tried)
    pairs = list(zip(got, want, strict=True))
    for a, b in pairs:
        if a.shape != b.shape:
            shapes = f"It returned shape {a.shape}; asked for is {b.shape}."
            return _not_yet("wrong-shape", shapes + tried)
    if not all(np.isfinite(a).all() for a in got):
        return _not_yet("not-finite", f"It returned NaN or infinity.{tried}")
    a, b = max(pairs, key=lambda pair: np.abs(pair[0] - pair[1]).max(initial=0))
    worst = np.unravel_index(np.abs(a - b).argmax(), a.shape)
    place = f" at index {tuple(map(int, worst))}" if worst else ""
    numbers = f"The numbers differ: {a[worst]:.6g} where {b[worst]:.6g} is right{place}."
    return _not_yet("wrong-numbers", numbers + tried)


def _not_yet(mistake, hint):
    return Verdict(False, mistake, hint)
