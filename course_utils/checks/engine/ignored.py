"""Recognise arguments that change nothing in an answer, although they should."""

from dataclasses import replace

import numpy as np

from course_utils.checks.engine.seen import same


def ignored(trial):
    """Recognise an argument that changes nothing, although it should."""
    idle = [place for place in range(len(trial.parameters)) if _is_idle(trial, place)]
    moving = [p for p in range(len(trial.parameters)) if p not in idle]
    if not idle:
        return None
    if not moving:
        return "constant", "Whatever numbers are passed in, the same come out."
    needed = [place for place in idle if place not in trial.spare]
    if not needed:
        return "ignored", f"{_change_nothing(trial, idle)}. {trial.spare[idle[0]]}"
    return "ignored", f"{_change_nothing(trial, needed)}, and should."


def _change_nothing(trial, places):
    names = " and ".join(trial.parameters[place] for place in places)
    return f"{names} {'changes' if len(places) == 1 else 'change'} nothing in your answer"


def _is_idle(trial, place):
    """Whether the right answer follows a change of this argument, and the reader's never does."""
    told = 0
    for i, case in enumerate(trial.cases):
        for changed in _changes(trial.cases, case, place):
            got, want = trial.again(changed)
            if got.arrays is None or not trial.equal(got, trial.got[i]):
                return False
            told += want.arrays is not None and not trial.equal(want, trial.want[i])
    return told > 0


def _changes(cases, case, place):
    """Yield the case with one argument changed: taken from another case, or moved."""
    value = case.args[place]
    others = [c.args[place] for c in cases if _fits(c.args[place], value)]
    for new in (*others[:2], *_moved(value)):
        yield replace(case, args=(*case.args[:place], new, *case.args[place + 1 :]))


def _fits(other, value):
    return _layout(other) == _layout(value) and not same(other, value)


def _layout(value):
    """Return the kinds and shapes in a nest of lists, tuples and arrays."""
    if isinstance(value, (list, tuple)):
        return type(value), [_layout(v) for v in value]
    return type(value), np.shape(value)


def _moved(value):
    """Return other values: near ones, and far ones for what answers in steps, such as argmax.

    An array's numbers move apart, since scale or mean may cancel.
    """
    if isinstance(value, list) and all(isinstance(v, np.ndarray) for v in value):
        return ([moved for v in value for moved in _moved(v)],)
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        apart = value * np.linspace(0.9, 0.8, value.size).reshape(value.shape)
        return apart, np.flip(value), -value
    if isinstance(value, float):
        return 0.9 * value, value + 1
    whole = isinstance(value, np.ndarray) and value.dtype.kind == "i"
    return (value + 1,) if whole or type(value) is int else ()
