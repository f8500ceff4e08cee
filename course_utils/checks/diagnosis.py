"""Name the mistake: compare what a reader's function does with what known mistakes do.

An exercise is a right function, cases, known mistakes and a few words::

    _CASES = (
        Case((np.array([[1.0, 2.0], [3.0, 5.0]]),), says="two rows, two columns"),
        Case((np.array([[1e6, -1e6, 0.5]]),), says="large numbers"),
    )
    _STUB = Stub(lambda X: np.zeros(X.shape[1]), "Which average is asked for?")
    _MISTAKES = (
        Mistake("sum", lambda X: X.sum(axis=0), "That is the sum. What makes a sum a mean?"),
        Mistake("wrong-axis", lambda X: X.mean(axis=1), "You averaged over the examples.",
                look="Which axis runs over the pixels of one example?"),
    )

    def _draw(rng):
        return Case((rng.normal(size=(3, 4)).round(2),))

    def mean_ink(function):
        return diagnose(function, right, _CASES, _MISTAKES, draw=_draw, stub=_STUB)

- **Cases** must tell the right answer from every mistake, and the mistakes from each other
  (`not_told_apart` in `tests/checks/told_apart.py` says which are not). They try only what the
  exercise's text promises. The last one is named when all are passed: let it be the most awkward.
- **draw(rng)** makes a fresh case, tried after the fixed ones: what holds remembered numbers fails.
  It stays away from ties and edges where two right answers may differ; numbers rounded to two
  digits read well.
- **Mistakes** are named only if their wrong code gives the reader's numbers on every case. `look`
  says where to look; `hint`, folded under it, says what the answer does. Without `look` the hint
  stands first. Neither gives the line away. ``named(id, hint, way, other_way, look=…)`` makes one
  mistake of several ways to write it. Mistakes made as ``partial(base, one=…)`` and
  ``partial(base, other=…)`` of the same base are tried two at once without further ado; several
  results are also looked at one by one.
- **stub** is recognised by its code, never by its numbers: write the body as in the notebook.
- **names** of several results, ``("dz", "dγ")``, let the verdict say which is right.
- **invariants**, ``Invariant("The sum of each column", lambda a, z: a.sum(axis=0), 1)``, put a
  number to what is broken.

Whatever is left is put to the probes (`probes.py`): an argument that changes nothing, results
exchanged, a sign, a factor, a transpose, one column only. They need no list. An answer that is
measured (`measure`) is not probed, since nobody returned what is compared.

The order: the stub, a mistake, two at once, what went wrong visibly (it raised, it returned None),
single results, probes, perhaps a mistake (all cases but some), that the numbers differ.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, partial
from inspect import isclass, signature
from itertools import combinations

import numpy as np

from course_utils.checks import probes
from course_utils.checks.code import same_code
from course_utils.checks.running import one_wait
from course_utils.checks.seen import Case, count, ours, theirs
from course_utils.checks.showing import beside, call_text
from course_utils.checks.verdict import Verdict

__all__ = ["Case", "Invariant", "Mistake", "Stub", "diagnose", "named"]
_FRESH = 3  # cases drawn anew in each check


@dataclass(frozen=True)
class Mistake:
    """A known mistake: its `id`, the `wrong` code that makes it, a `hint`, where to `look`."""

    id: str
    wrong: Callable
    hint: str
    look: str = ""


def named(identity, hint, *wrong, look=""):
    """Return one mistake written in several ways."""
    return [Mistake(identity, way, hint, look) for way in wrong]


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


def diagnose(
    function, right, cases, mistakes, *, draw=None, stub=None, names=(), invariants=(),
    measure=None, rtol=1e-4, atol=1e-6, seconds=5.0,
):  # fmt: skip
    """Compare a reader's function with the right one and with known mistakes.

    Parameters
    ----------
    function : callable
        The reader's function.
    right : callable
        The right one, called with the same arguments.
    cases : sequence of Case
        Calls to try.
    mistakes : sequence of Mistake
        Known mistakes; the first that explains every case is named.
    draw : callable, optional
        ``draw(rng) -> Case``: a fresh case.
    stub : Stub, optional
        The exercise as it comes.
    names : sequence of str
        Names of the results where there are several.
    invariants : sequence of Invariant
        Numbers that must hold, for an answer that nothing else explains.
    measure : callable, optional
        Turns a returned value into the numbers that are compared, for answers that are random.
    rtol, atol : float
        Tolerances; the default lets float32 answers pass.
    seconds : float
        How long all calls of the reader's function together may take.

    Returns
    -------
    Verdict
    """
    if unfit := _unfit(function, cases[0]):
        return unfit
    if stub is not None and same_code(function, stub.code):
        return _not_yet("still-the-stub", f"This is the stub as it came. {stub.begin}")
    trial = Trial(function, right, tuple(cases), tuple(mistakes), stub, tuple(names),
                  tuple(invariants), measure, rtol, atol)  # fmt: skip
    with one_wait(seconds):
        verdict = _judge(trial)
        if not verdict.passed:
            return verdict
        return _judge_fresh(trial, draw) if draw else verdict


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
    quiet: bool = False

    @cached_property
    def want(self):
        """What the right function did."""
        return [ours(self.right, case, self.measure) for case in self.cases]

    @cached_property
    def got(self):
        """What the reader's function did, up to a case that did not come back."""
        seen = []
        for case, want in zip(self.cases, self.want, strict=True):
            seen.append(theirs(self.function, case, want, self.measure, quiet=self.quiet))
            if seen[-1].outcome.endless:
                break
        return seen

    @cached_property
    def wrong(self):
        """The places of the cases in which the reader's function is not right."""
        return [i for i, seen in enumerate(self.got) if not self.equal(seen, self.want[i])]

    @property
    def smallest(self):
        """The place of the wrong case with the fewest numbers in its arguments."""
        return min(self.wrong, key=lambda i: count((self.cases[i].args, self.cases[i].kwargs)))

    @property
    def measured_as_returned(self):
        """Whether what is compared is what was returned."""
        return self.measure is None

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

    def explains(self, wrong):
        """Whether this code gives the reader's numbers on every case."""
        return all(self.equal(seen, ours(wrong, seen.case, self.measure)) for seen in self.got)


def _parameters(function):
    try:
        return list(signature(function).parameters)
    except (TypeError, ValueError):  # some built-in functions have none
        return []


def _unfit(function, case):
    """Say so if this is no function, or one that cannot be called with these arguments."""
    if not callable(function) or isclass(function):
        what = f"the class {function.__name__}" if isclass(function) else type(function).__name__
        hint = f"Pass the function itself, without calling it: you passed {what}."
        return _not_yet("not-a-function", hint)
    try:
        takes = signature(function)
    except (TypeError, ValueError):
        return None
    try:
        takes.bind(*case.args, **case.kwargs)
    except TypeError as error:
        counted = f"{len(case.args) + len(case.kwargs)} argument(s)"
        hint = f"It is called with {counted}, but yours is written for {takes}: {error}."
        return _not_yet("wrong-parameters", hint)
    return None


def _judge(trial):
    if trial.got[-1].outcome.endless:
        return _endless(trial)
    if not trial.wrong:
        return _passed_unless_changed(trial)
    return _with_details(trial, _explain(trial))


def _explain(trial):
    """Return the most specific true verdict on a wrong answer."""
    steps = [_known, _same_as_stub, _two_at_once, _visible]
    if trial.measured_as_returned:
        steps += [_result_by_result, _probed, _perhaps]
    return next(filter(None, (step(trial) for step in steps)), None) or _numbers(trial)


def _judge_fresh(trial, draw):
    """Try cases that nobody can know."""
    rng = np.random.default_rng()
    drawn = replace(trial, cases=tuple(draw(rng) for _ in range(_FRESH)), quiet=True)
    if drawn.got[-1].outcome.endless:
        return _endless(drawn)
    if not drawn.wrong:
        return _passed_unless_changed(drawn, fixed=trial)
    both = replace(trial, cases=trial.cases + drawn.cases, quiet=True)
    if both.got[-1].outcome.endless or not both.wrong:
        return _only_the_cases(trial, drawn)
    known = _known(both) or _two_at_once(both)
    return _with_details(both, known) if known else _only_the_cases(trial, drawn)


def _only_the_cases(trial, drawn):
    says = _count(len(trial.cases), "case that is", "cases that are")
    hint = (
        f"Right on the {says} always tried, but not on others, drawn just now. What in your code "
        "holds for those cases only?"
    )
    visible = _visible(drawn)
    hint += f" {visible.hint}" if visible else ""
    return _with_details(drawn, _not_yet("only-the-cases", hint))


def _known(trial):
    for mistake in trial.mistakes:
        if trial.explains(mistake.wrong):
            return _made(mistake)
    return None


def _same_as_stub(trial):
    if trial.stub is None or not trial.explains(trial.stub.code):
        return None
    hint = "It gives the same numbers as the unwritten stub. Does it return what your lines made?"
    return _not_yet("stubs-numbers", hint)


def _two_at_once(trial):
    """Name two mistakes made together, if one pair alone explains every case."""
    found = [pair for pair in _pairs(trial.mistakes) if trial.explains(pair.wrong)]
    return _made(found[0]) if len({pair.id for pair in found}) == 1 else None


def _pairs(mistakes):
    for a, b in combinations(mistakes, 2):
        if a.id != b.id and _composable(a.wrong, b.wrong):
            both = partial(a.wrong.func, **a.wrong.keywords, **b.wrong.keywords)
            yield _together(a, b, both)


def _composable(a, b):
    return (
        isinstance(a, partial) and isinstance(b, partial) and a.func is b.func
        and not a.args and not b.args and not a.keywords.keys() & b.keywords.keys()
    )  # fmt: skip


def _together(a, b, wrong=None):
    look = f"Two things at once. {a.look or a.hint} {b.look or b.hint}"
    more = f"{a.hint} {b.hint}" if a.look or b.look else ""
    return Mistake(f"{a.id}+{b.id}", wrong, more or look, look if more else "")


def _visible(trial):
    """Describe what went wrong before there were numbers to compare."""
    for place in trial.wrong:
        seen, tried = trial.got[place], _tried(trial, place)
        outcome = seen.outcome
        if outcome.error is not None:
            return _raised(outcome, tried)
        if outcome.value is None:
            return _not_yet("returns-none", "It returned None: does its last line say return?")
        if seen.arrays is None:
            return _not_yet("not-an-array", seen.trouble + tried)
    return None


def _raised(outcome, tried):
    where = f" in {outcome.where}" if outcome.where else ""
    said = " ".join(outcome.said.split())
    said = f": {said[:300]}" if said else ""
    ends = " That would end the whole program." if isinstance(outcome.error, SystemExit) else ""
    return _not_yet(
        "raises", f"It raised {type(outcome.error).__name__}{said}{where}.{ends}{tried}"
    )


def _endless(trial):
    place = len(trial.got) - 1
    outcome = trial.got[place].outcome
    where = f" ({outcome.where})" if outcome.where else ""
    hint = f"It did not come back{where}. Which condition should end the loop?"
    return _not_yet("endless", hint + _tried(trial, place))


def _result_by_result(trial):
    """Look at several results one by one for mistakes that explain a single one."""
    count = len(trial.want[0].arrays)
    if count == 1 or any(len(seen.arrays) != count for seen in trial.got):
        return None
    wrong = [k for k in range(count) if not _part_right(trial, k)]
    made = [_part_explained(trial, k) for k in wrong]
    known = list({mistake.id: mistake for mistake in made if mistake}.values())
    if not known:
        return None
    first = known[0] if len(known) == 1 else _together(*known[:2])
    rest = [_name(trial, k) for k, mistake in zip(wrong, made, strict=True) if not mistake]
    more = f" {' and '.join(rest)} differ{'s' * (len(rest) == 1)}, too." if rest else ""
    return _made(replace(first, hint=first.hint + more))


def _part_right(trial, k):
    pairs = zip(trial.got, trial.want, strict=True)
    return all(trial.equal(_only(seen, k), _only(want, k)) for seen, want in pairs)


def _only(seen, k):
    return replace(seen, arrays=None if seen.arrays is None else seen.arrays[k : k + 1])


def _part_explained(trial, k):
    """Return the one mistake that makes result k what it is; None if there is none, or several."""
    found = [m for m in trial.mistakes if _explains_part(trial, m.wrong, k)]
    return found[0] if len({m.id for m in found}) == 1 else None


def _explains_part(trial, wrong, k):
    made = [ours(wrong, case) for case in trial.cases]
    if any(m.arrays is None or len(m.arrays) <= k for m in made):
        return False
    return all(trial.equal(_only(s, k), _only(m, k)) for s, m in zip(trial.got, made, strict=True))


def _probed(trial):
    found = probes.probe(trial)
    return _not_yet(*found) if found else None


def _perhaps(trial):
    """Name a mistake that explains all wrong cases but one as a possibility, if it is the only."""
    near = {m.id: m for m in trial.mistakes if _nearly_explains(trial, m.wrong)}
    if len(near) != 1:
        return None
    mistake = next(iter(near.values()))
    hint = f"Perhaps, since all cases but one look like it: {mistake.hint}"
    return _not_yet(f"perhaps-{mistake.id}", hint)


def _nearly_explains(trial, wrong):
    made = [ours(wrong, case, trial.measure) for case in trial.cases]
    alike = [i for i, m in enumerate(made) if trial.equal(trial.got[i], m)]
    told = set(alike) & set(trial.wrong)
    return len(alike) == len(made) - 1 and len(told) >= 2


def _numbers(trial):
    """Describe numbers that nothing explains."""
    place = trial.smallest
    got, want = trial.got[place].arrays, trial.want[place].arrays
    if len(got) != len(want):
        counts = f"It returned {len(got)} value(s) where {len(want)} are asked for."
        return _not_yet("wrong-count", counts + _tried(trial, place))
    for a, b in zip(got, want, strict=True):
        if a.shape != b.shape:
            shapes = f"It returned shape {a.shape}; asked for is {b.shape}."
            return _not_yet("wrong-shape", shapes + _tried(trial, place))
    if not all(np.isfinite(a).all() for a in got):
        return _not_yet("not-finite", f"It returned NaN or infinity.{_tried(trial, place)}")
    if broken := _broken(trial, place):
        return _not_yet("invariant", broken + _tried(trial, place))
    return _not_yet("wrong-numbers", _how_far(trial, place) + _tried(trial, place))


def _broken(trial, place):
    """Say which invariant is broken, with its numbers."""
    for invariant in trial.invariants:
        values = np.asarray(invariant.of(*trial.got[place].arrays, *trial.cases[place].args))
        if not np.allclose(values, invariant.value, trial.rtol, trial.atol):
            low, high = f"{values.min():.3g}", f"{values.max():.3g}"
            now = low if low == high else f"{low} to {high}"
            return f"{invariant.what} should be {invariant.value:g}. With you it is {now}."
    return ""


def _how_far(trial, place):
    got, want = trial.got[place].arrays, trial.want[place].arrays
    if len(want) == 1:
        return f"The numbers differ, {_off(got[0], want[0])}."
    right = [_name(trial, k) for k in range(len(want)) if _part_right(trial, k)]
    told = [
        f"{_name(trial, k)} is {_off(got[k], want[k])}"
        for k in range(len(want)) if not _part_right(trial, k)
    ]  # fmt: skip
    told += [f"{' and '.join(right)} {'is' if len(right) == 1 else 'are'} right"] if right else []
    return f"{'; '.join(told)}."


def _off(a, b):
    share = np.linalg.norm(a - b) / max(np.linalg.norm(b), 1e-300)
    if 0.001 < share < 10:
        return f"off by {100 * share:.2g} %"
    return "far off" if share > 1 else "a little off"


def _name(trial, k):
    return trial.names[k] if k < len(trial.names) else f"result {k + 1}"


def _tried(trial, place):
    right = len(trial.cases) - len(trial.wrong)
    says = f" The case: {trial.cases[place].says}." if trial.cases[place].says else ""
    if right and not trial.got[-1].outcome.endless:
        says += f" ({_count(right, 'case is', 'cases are')} right.)"
    return says


def _count(n, one, many):
    return f"{n} {one if n == 1 else many}"


def _passed_unless_changed(trial, fixed=None):
    if any(seen.changed for seen in trial.got):
        return _not_yet(
            "changes-its-input",
            "The numbers are right, but afterwards the array that was passed in is not what it "
            "was. Whoever calls your function still needs it: which of your lines writes into it?",
        )  # fmt: skip
    cases = (fixed or trial).cases
    tried = "the one case" if len(cases) == 1 else f"all {len(cases)} cases"
    among = f", among them {cases[-1].says}" if cases[-1].says and len(cases) > 1 else ""
    fresh = f", and on {len(trial.cases)} drawn just now" if fixed else ""
    return Verdict(True, None, f"Right on {tried}{among}{fresh}.")


def _made(mistake):
    return Verdict(False, mistake.id, mistake.hint, mistake.look)


def _not_yet(mistake, hint):
    return Verdict(False, mistake, hint)


def _with_details(trial, verdict):
    """Add the smallest call that goes wrong, and what came out beside what is right."""
    if not trial.measured_as_returned:
        return verdict
    place = trial.smallest
    got, want = trial.got[place].arrays, trial.want[place].arrays
    lines = [call_text(trial.function, trial.cases[place])]
    lines += [beside(got, want, trial.names)] if got and want else []
    return replace(verdict, details="\n".join(filter(None, lines)))
