"""An exercise, and what a reader's function and the right one did on each of its cases."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from inspect import signature

from course_utils.checks.engine.seen import count, ours, theirs
from course_utils.checks.engine.verdict import Verdict


@dataclass(frozen=True)
class Mistake:
    """A known mistake: its `id`, a `hint`, the `wrong` code that makes it, and where to `look`.

    Each of `wrong` is one way to make it: a function, or a dict of what is exchanged in another
    one, for `made_in`.
    """

    id: str
    hint: str
    wrong: tuple
    look: str = ""

    def __init__(self, id, hint, *wrong, look=""):
        for name, value in (("id", id), ("hint", hint), ("wrong", wrong), ("look", look)):
            object.__setattr__(self, name, value)

    def each(self):
        """Return the mistake once for each way to make it."""
        return [Mistake(self.id, self.hint, way, look=self.look) for way in self.wrong]


def made_in(base, mistakes, *, look=""):
    """Return mistakes as they are made in a function: each exchanges keyword arguments of it.

    Where to `look` is said once for all of them where their own words say nothing of it.
    """
    return tuple(
        Mistake(m.id, m.hint, *(partial(base, **parts) for parts in m.wrong), look=m.look or look)
        for m in mistakes
    )


@dataclass(frozen=True)
class Stub:
    """The exercise as it comes: a function with the stub's `code`, and where to `begin`."""

    code: Callable
    begin: str


@dataclass(frozen=True)
class Invariant:
    """A number that must hold: ``of(answer, *args)`` should be `value`; `what` names it."""

    what: str
    of: Callable
    value: float


@dataclass(frozen=True)
class Trial:
    """A reader's function and an exercise, and what both did on each case."""

    function: Callable
    right: Callable
    cases: tuple
    mistakes: tuple
    stub: Stub | None
    names: tuple
    invariants: tuple
    measure: Callable | None
    rtol: float
    atol: float
    spare: Mapping[int, str] = field(default_factory=dict)
    quiet: bool = False
    judged: bool = True  # else a case that came back is not yet right

    @cached_property
    def want(self):
        """What the right function did."""
        return [ours(self.right, case, self.measure) for case in self.cases]

    @cached_property
    def got(self):
        """What the reader's function did, up to a case that did not come back.

        What it prints is heard on the smallest case, and not once more for each of the others.
        """
        seen, heard = [], self._smallest_of(range(len(self.cases)))
        for place, (case, want) in enumerate(zip(self.cases, self.want, strict=True)):
            quiet = self.quiet or place != heard
            seen.append(theirs(self.function, case, want, self.measure, quiet=quiet))
            if seen[-1].outcome.endless:
                break
        return seen

    @cached_property
    def wrong(self):
        """The places of the cases in which the reader's function is not right."""
        return [i for i, seen in enumerate(self.got) if not self.equal(seen, self.want[i])]

    @property
    def told(self):
        """The place of the wrong case that a verdict names and shows.

        It has the fewest numbers in its arguments, of those that gave none back if there are any.
        """
        without = [i for i in self.wrong if self.got[i].arrays is None]
        return self._smallest_of(without or self.wrong)

    def _smallest_of(self, places):
        return min(places, key=lambda i: count((self.cases[i].args, self.cases[i].kwargs)))

    @cached_property
    def parameters(self):
        """The names of the positional arguments, as the reader has them."""
        names = []
        for function in (self.function, self.right):
            names = names or _parameters(function)
        count = len(self.cases[0].args)
        return (names + [f"argument {i + 1}" for i in range(len(names), count)])[:count]

    def equal(self, seen, other):
        """Whether two functions did the same."""
        return seen.equals(other, self.rtol, self.atol)

    def again(self, case):
        """See what the reader's function and the right one do on another case."""
        want = ours(self.right, case)
        return theirs(self.function, case, want, quiet=True), want

    @cached_property
    def ways(self):
        """Every way to make each of the mistakes, one by one."""
        return [way for mistake in self.mistakes for way in mistake.each()]

    def explains(self, wrong, result=None):
        """Whether this code gives the reader's numbers, or one of the results, on every case."""
        made = ((seen, ours(wrong, seen.case, self.measure)) for seen in self.got)
        if result is None:
            return all(self.equal(seen, other) for seen, other in made)
        return all(self.equal(seen.result(result), other.result(result)) for seen, other in made)

    def result_right(self, k):
        """Whether result k is right on every case."""
        pairs = zip(self.got, self.want, strict=True)
        return all(self.equal(seen.result(k), want.result(k)) for seen, want in pairs)

    def name(self, k):
        """Return how result k is called."""
        return self.names[k] if k < len(self.names) else f"result {k + 1}"


def _parameters(function):
    try:
        return list(signature(function).parameters)
    except (TypeError, ValueError):  # some built-in functions have none
        return []


def not_yet(mistake, hint):
    """Return a verdict that says its hint at once."""
    return Verdict(False, mistake, hint)
