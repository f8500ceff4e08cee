"""Judge an answer by what it was seen doing, where right answers differ: chance is in them.

An exercise's ``watch(function, *args)`` runs the reader's function on a case and returns what it
saw, a run; None where nothing was returned. The symptoms are then tried in their order, on all runs
together or, with ``run_by_run``, on each before the next. The first that is found is told, so each
must be true of whatever shows it.
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
    hint : str
        What the answer does; ``{found.…}`` in it is taken from what `find` returned.
    find : callable
        ``find(runs)`` returns something true if these runs show the symptom.
    look : str
        Where to look; without it the hint stands first.
    """

    id: str
    hint: str
    find: Callable
    look: str = ""


def any_run(holds):
    """Return what finds the first run for which something holds."""
    return lambda runs: next((run for run in runs if holds(run)), None)


def watched(exercise, function):
    """Run a function on all cases of an exercise; return the verdict on what was seen."""
    runs = []

    @wraps(function, updated=())
    def watching(*args):
        runs.append(exercise.watch(function, *args))
        return None if runs[-1] is None else 0.0

    verdict = diagnose(
        watching if callable(function) and not isclass(function) else function,
        lambda *_: 0.0,
        exercise.cases,
        (),
        draw=exercise.draw,
        stub=exercise.stub,
        measure=float,
        seconds=exercise.seconds,
        judged=False,
    )
    came_back = verdict.passed or verdict.mistake in ("changes-its-input", "only-the-cases")
    together = [[run] for run in runs] if exercise.run_by_run else [runs]
    shown = (symptom for some in together for symptom in _shown(exercise.symptoms, some))
    return (came_back and next(shown, None)) or verdict


def _shown(symptoms, runs):
    for symptom in symptoms:
        if found := symptom.find(runs):
            yield Verdict(False, symptom.id, symptom.hint.format(found=found), symptom.look)
