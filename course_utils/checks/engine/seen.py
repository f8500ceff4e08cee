"""What one function does on one case: called safely, its value turned into arrays, compared."""

import copy
import inspect
import numbers
import re
from dataclasses import dataclass, field, is_dataclass, replace

import numpy as np

from course_utils.checks.engine.running import Outcome, call


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
        What this case tries, for the verdict: ``"one example with large logits"``.
    code : str
        The arguments as a reader can paste them, where they are too long to be written out:
        ``"datasets.digits()[0][:, :5]"``.
    """

    args: tuple
    kwargs: dict = field(default_factory=dict)
    says: str = ""
    code: str = ""


@dataclass(frozen=True)
class Seen:
    """What a function did on a case.

    `arrays` is its value as a list of arrays, or None; `trouble` then says why. `changed` says
    whether the arguments are no longer what they were.
    """

    case: Case
    outcome: Outcome
    arrays: list | None = None
    trouble: str = ""
    changed: bool = False

    def equals(self, other, rtol, atol):
        """Whether both gave the same numbers, or failed in the same way."""
        if self.arrays is None or other.arrays is None:
            return self.arrays is other.arrays and self._failed_like(other)
        return len(self.arrays) == len(other.arrays) and all(
            alike(a, b, rtol, atol) for a, b in zip(self.arrays, other.arrays, strict=True)
        )

    def result(self, k):
        """Return the same with result k alone, or with nothing if there is none."""
        return replace(self, arrays=None if self.arrays is None else self.arrays[k : k + 1])

    def _failed_like(self, other):
        mine, theirs = self.outcome.error, other.outcome.error
        if mine is None or theirs is None:
            return mine is theirs and type(self.outcome.value) is type(other.outcome.value)
        said = [re.sub(r"\d+", "#", outcome.message) for outcome in (self.outcome, other.outcome)]
        return type(mine) is type(theirs) and (said[0] == said[1] or "" in said)


def alike(a, b, rtol, atol):
    """Whether two arrays have the same shape and, but for rounding, the same numbers."""
    return a.shape == b.shape and np.allclose(a, b, rtol, atol, equal_nan=True)


def ours(function, case, measure=None):
    """See what our own code does: nothing in it needs to be guarded."""
    args, kwargs = copy.deepcopy((case.args, case.kwargs))
    try:
        with np.errstate(all="ignore"):
            value = function(*args, **kwargs)
            return Seen(case, Outcome(value=value), _arrays(value, measure))
    except Exception as error:  # a mistake may be one that raises
        return Seen(case, Outcome(error=error))


def theirs(function, case, right, measure=None, *, quiet=False):
    """See what the reader's function does; `right` is what the right one did."""
    args, kwargs = copy.deepcopy((case.args, case.kwargs))
    sizes = _sizes(right, case)

    def guarded(*args, **kwargs):
        poison(sizes)
        return function(*args, **kwargs)

    outcome = call(guarded, *args, quiet=quiet, **kwargs)
    changed = not same(args, case.args) or not same(kwargs, case.kwargs)
    if outcome.error is not None or outcome.value is None:
        return Seen(case, outcome, changed=changed)
    several = measure is None and isinstance(right.outcome.value, tuple)
    value = outcome.value if several else _as_list(outcome.value, right)
    if isinstance(value, tuple) and len(value) == 1 and not several:
        text = "It returned a tuple of one value: is there a comma after it?"
        return Seen(case, outcome, None, text, changed)
    turned = call(_arrays, value, measure, right.arrays if several else ())
    if turned.error is None:
        return Seen(case, outcome, turned.value, changed=changed)
    if turned.endless:
        return Seen(case, turned)
    said = turned.message if isinstance(turned.error, NotNumbersError) else ""
    return Seen(case, outcome, None, said or _of_a_kind(outcome.value), changed)


def _as_list(value, right):
    """Return a list for a tuple of numbers, or of rows of them, where one array is asked for."""
    if not isinstance(value, tuple) or any(isinstance(part, np.ndarray) for part in value):
        return value
    fits = right.arrays and right.arrays[0].ndim and len(value) == len(right.arrays[0])
    return list(value) if fits else value


def poison(sizes):
    """Fill memory that will be handed out next, so that an array never filled holds NaN.

    Without it `np.empty` returns what was freed last: perhaps the right answer.
    """
    blocks = [np.full(size, 0xFF, np.uint8) for size in sizes for _ in range(12)]
    del blocks


def poisoned(kind, size):
    """Return an array of this kind of number filled as `poison` does."""
    return np.full(size * np.dtype(kind).itemsize, 0xFF, np.uint8).view(kind)


def is_poison(array):
    """Where an array of float64 holds what `poison` left, be it in float64 or in float32."""
    marks = [poisoned(kind, 1).astype(np.float64).view(np.int64) for kind in (float, np.float32)]
    return np.isin(array.view(np.int64), np.concatenate(marks))


def _sizes(right, case):
    """Return the sizes in bytes of all arrays that occur, in float64 and in float32."""
    arrays = [*(right.arrays or []), *(a for a in case.args if isinstance(a, np.ndarray))]
    counts = {a.size for a in arrays if 0 < a.nbytes <= 2**20}
    return sorted({count * width for count in counts for width in (1, 4, 8)})


class NotNumbersError(Exception):
    """A returned value cannot be compared; the text is a sentence for the reader."""


def _arrays(value, measure=None, several=()):
    """Return a value as a list of new arrays of float64; `several` were asked for."""
    if inspect.iscoroutine(value):
        value.close()
    if measure is not None:
        value = measure(value)
    if isinstance(value, tuple) and not several:
        return _parts(value)
    if isinstance(value, tuple) or (several and _can_be_unpacked(value, several)):
        return [_numbers(part) for part in value]
    return [_numbers(value)]


def _parts(values):
    """Return each of several values where one is asked for: some may be no numbers at all."""
    try:
        return [_numbers(part) for part in values]
    except NotNumbersError:
        text = f"It returned {len(values)} values; the task asks for 1."
        raise NotNumbersError(text) from None


def _can_be_unpacked(value, several):
    """Whether a list, or an array of one axis more, stands for the results asked for."""
    if isinstance(value, list) and any(isinstance(part, (list, np.ndarray)) for part in value):
        return True
    shapes = [a.shape for a in several]
    return isinstance(value, (list, np.ndarray)) and [np.shape(part) for part in value] == shapes


def _numbers(value):
    if np.ma.is_masked(value):
        raise NotNumbersError("It returned a masked array: which numbers hold where the mask is?")
    array = _as_array(value)
    kinds = {"c": "complex numbers", "U": "text", "S": "text", "M": "dates", "m": "times"}
    if array.dtype.kind == "c" or (array.dtype.kind in kinds and array.ndim):
        kind = kinds[array.dtype.kind]
        raise NotNumbersError(f"It returned {kind}; the task asks for real numbers.")
    if array.dtype.kind == "O" and not all(isinstance(x, numbers.Number) for x in array.flat):
        raise NotNumbersError(_of_a_kind(value))
    if array.dtype.kind not in "biufO":
        raise NotNumbersError(_of_a_kind(value))
    try:
        return array.astype(np.float64)
    except OverflowError:
        raise NotNumbersError("It returned a number too large to compare.") from None


def _as_array(value):
    try:
        return np.asarray(value)
    except ValueError as error:
        if isinstance(value, (list, tuple)):
            text = "It returned a list whose parts have different lengths: no array can hold it."
            raise NotNumbersError(text) from error
        raise


def _of_a_kind(value):
    kind = type(value).__name__
    if isinstance(value, (list, tuple, np.ndarray)):
        return f"It returned a {kind} that holds something else than numbers."
    if inspect.isgenerator(value):
        return "It returned a generator, which makes its numbers only when asked. Make an array."
    return f"It returned a {kind}, where the task asks for numbers."


def count(value):
    """Return how many numbers a nest of lists, tuples, dicts and arrays holds."""
    if isinstance(value, dict):
        value = list(value.values())
    return sum(map(count, value)) if isinstance(value, (list, tuple)) else np.size(value)


def same(a, b):
    """Whether two nests of tuples, lists, dicts, dataclasses, arrays and numbers are the same."""
    if type(a) is not type(b):
        return False
    if isinstance(a, (tuple, list)):
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
    if is_dataclass(a):
        return same(vars(a), vars(b))
    if isinstance(a, np.ndarray):
        return a.shape == b.shape and np.array_equal(a, b, equal_nan=a.dtype.kind in "fc")
    return a == b or a != a or not isinstance(a, (int, float, str))
