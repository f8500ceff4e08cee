"""Name the mistake: compare what a reader's function does with what known mistakes do.

`exercise` shows how an exercise is written down. Of its parts:

- **Cases** must tell the right answer from every mistake, and the mistakes from each other
  (`tests/checks/test_exercises.py` says which are not). They try only what the
  exercise's text promises. The last one is named when all are passed: let it be the most awkward.
- **draw(rng)** makes a fresh case, tried after the fixed ones: what holds remembered numbers fails.
  It stays away from ties and edges where two right answers may differ; numbers rounded to two
  digits read well.
- **Mistakes** are named only if their wrong code gives the reader's numbers on every case. `look`
  says where to look; `hint`, folded under it, says what the answer does. Without `look` the hint
  stands first. Neither gives the line away. A mistake has as many ``wrong`` ways as it takes.
  Ways written as ``partial(base, one=…)`` and ``partial(base, other=…)`` of the same base are tried
  two at once without further ado; several results are also looked at one by one. ``made_in(base,
  mistakes)`` makes the same mistakes, written as ``{"one": …}``, in another base.
- **stub** is recognised by its code, never by its numbers: write the body as in the notebook.
- **names** of several results, ``("dz", "dγ")``, let the verdict say which is right.
- **spare**, ``{2: "Nor need it, if …"}``, names arguments that a right answer may do without.
- **invariants**, ``Invariant("The sum of each column", lambda a, z: a.sum(axis=0), 1)``, put a
  number to what is broken.

Whatever is left is put to the probes (`probes.py`): an argument that changes nothing, results
exchanged, a sign, a factor, a transpose, one column only. They need no list. An answer that is
measured (`measure`) is not probed, since nobody returned what is compared.

What no case tells is looked at by the exercise's ``after``. Calls of the reader's function there go
through `running.call`; all of an exercise's calls together cost one wait if an answer never ends.

The order: the stub, a mistake, two at once, what went wrong visibly (it raised, it returned None),
single results, probes, perhaps a mistake (all cases but one), that the numbers differ. The ids that
no exercise chooses: still-the-stub, stubs-numbers, ``a+b`` for two at once, ``perhaps-a``,
only-the-cases, not-a-function, wrong-parameters, changes-its-input; raises, endless, returns-none,
not-an-array; order, list-of-arrays, transposed, kept-dimension, lost-dimension, never-filled,
remembers, returns-its-input, sign, some-signs, factor, offset, reversed, permuted, rounded,
one-wrong, one-right, ignored, constant; wrong-count, wrong-shape, not-finite, invariant,
wrong-numbers.
"""

from dataclasses import replace
from inspect import isclass, signature
from types import MappingProxyType

import numpy as np

from course_utils.checks.engine import describing, known
from course_utils.checks.engine.code import same_code
from course_utils.checks.engine.probes import probe
from course_utils.checks.engine.running import one_wait
from course_utils.checks.engine.seen import Case
from course_utils.checks.engine.showing import beside, call_text
from course_utils.checks.engine.trial import Invariant, Mistake, Stub, Trial, made_in, not_yet

__all__ = ["Case", "Invariant", "Mistake", "Stub", "diagnose", "made_in"]
_FRESH = 3  # cases drawn anew in each check


def diagnose(
    function,
    right,
    cases,
    mistakes,
    *,
    draw=None,
    stub=None,
    names=(),
    invariants=(),
    measure=None,
    spare=MappingProxyType({}),
    rtol=1e-4,
    atol=1e-6,
    seconds=5.0,
    judged=True,
):
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
    spare : mapping of int to str
        Arguments, by place, that a right answer may do without, and what is said of one that
        changes nothing.
    rtol, atol : float
        Tolerances; the default lets float32 answers pass.
    seconds : float
        How long a call of the reader's function may take; after one that takes longer there is no
        other.
    judged : bool
        Whether what equals the right answer is right; if not, it only came back.

    Returns
    -------
    Verdict
    """
    if trouble := unfit(function, cases[0]):
        return trouble
    if stub is not None and same_code(function, stub.code):
        return not_yet("still-the-stub", stub.begin)
    trial = Trial(
        function,
        right,
        tuple(cases),
        tuple(mistakes),
        stub,
        tuple(names),
        tuple(invariants),
        measure,
        rtol,
        atol,
        spare,
        judged=judged,
    )
    with one_wait(seconds):
        verdict = _judge(trial)
        if not verdict.passed:
            return verdict
        return _judge_fresh(trial, draw) if draw else verdict


def unfit(function, case):
    """Say so if this is no function, or one that cannot be called with these arguments."""
    if not callable(function) or isclass(function):
        what = f"the class {function.__name__}" if isclass(function) else type(function).__name__
        hint = f"Pass the function itself, without calling it: you passed {what}."
        return not_yet("not-a-function", hint)
    try:
        takes = signature(function)
    except (TypeError, ValueError):
        return None
    try:
        takes.bind(*case.args, **case.kwargs)
    except TypeError as error:
        counted = describing.count_of(len(case.args) + len(case.kwargs), "argument", "arguments")
        hint = f"It is called with {counted}, but yours is written for {takes}: {error}."
        return not_yet("wrong-parameters", hint)
    return None


def _judge(trial):
    if trial.got[-1].outcome.endless:
        return describing.endless(trial)
    if not trial.wrong:
        return describing.passed(trial)
    return _with_details(trial, describing.also_changed(trial, _explain(trial)))


def _explain(trial):
    """Return the most specific true verdict on a wrong answer."""
    steps = [known.one_mistake, known.stubs_numbers, known.two_mistakes, describing.failed]
    if trial.measure is None:
        steps += [known.by_result, _probed, known.perhaps]
    return next(filter(None, (step(trial) for step in steps)), None) or describing.differing(trial)


def _probed(trial):
    found = probe(trial)
    return not_yet(*found) if found else None


def _judge_fresh(trial, draw):
    """Try cases that nobody can know."""
    rng = np.random.default_rng()
    drawn = replace(trial, cases=tuple(draw(rng) for _ in range(_FRESH)), quiet=True)
    if drawn.got[-1].outcome.endless:
        return describing.endless(drawn)
    if not drawn.wrong:
        return describing.passed(trial, drawn)
    return _with_details(drawn, describing.only_the_cases(trial, drawn))


def _with_details(trial, verdict):
    """Add a small call that goes wrong, and what came out beside what is right."""
    if trial.measure is not None:
        return verdict
    place = trial.told
    got, want = trial.got[place].arrays, trial.want[place].arrays
    lines = [call_text(trial.function, trial.cases[place])]
    lines += [beside(got, want, trial.names)] if got and want else []
    return replace(verdict, details="\n".join(filter(None, lines)))
