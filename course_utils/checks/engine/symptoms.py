"""Judge an answer by what it was seen doing, where right answers differ: chance is in them.

The function is run on every case by a `watch`, which returns what it saw. The symptoms are then
tried in their order; the first that is found is told, so each must be true of whatever shows it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from inspect import isclass

from course_utils.checks.engine.diagnosis import diagnose
from course_utils.checks.engine.verdict import Verdict


@dataclass(frozen=True)
class Symptom:
    """A mistake by what it looks like.

    Parameters
    ----------
    id : str
        For tests.
    find : callable
        ``find(runs)`` returns something true if all runs together show the symptom.
    hint : str
        What the answer does; ``{found.…}`` in it is taken from what `find` returned.
    look : str
        Where to look.
    """

    id: str
    find: Callable
    hint: str
    look: str = ""


def watched(function, watch, cases, symptoms, *, stub):
    """Run a function on all cases; return the verdict on what ``watch(function, *args)`` saw."""
    runs = []

    @wraps(function, updated=())
    def watching(*args):
        runs.append(watch(function, *args))
        return 0.0

    fit = callable(function) and not isclass(function)
    verdict = diagnose(watching if fit else function, lambda *_: 0.0, cases, (), stub=stub)
    return (_told(symptoms, runs) or verdict) if verdict.passed else verdict


def any_run(holds):
    """Return what finds the first run for which something holds."""
    return lambda runs: next((run for run in runs if holds(run)), None)


def _told(symptoms, runs):
    for symptom in symptoms:
        if found := symptom.find(runs):
            return Verdict(False, symptom.id, symptom.hint.format(found=found), symptom.look)
    return None
