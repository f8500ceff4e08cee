"""The kinds of things that a page draws and answers, and a notebook in which a browser meets each.

What is the page's is one for all notebooks: a browser reads these at every run, all once a week.
What is a notebook's own is found sooner for each: that it runs (nbval), what its explorers answer
to every move and handle (`tests/test_explorers.py`), its exercises' hints (`tests/checks`) and its
stored pictures (`tests/test_stored_pictures.py`).
"""

from course_utils import widgets
from course_utils.widgets import Explorer

QUESTIONS_AND_PADS = ("predict", "estimate", "sketch", "pad")
MET_IN = {
    "slider": "05",
    "slider that plays": "05",
    "choice": "00",
    "switch": "05",
    "handle along x": "05",
    "handle along y": "15",
    "handle in the plane": "05",
    "handle on a curve": "05",
    "handle at places of its own": "05",
    "handle where its axes are pressed": "15",
    "formula": "05",
    "moments": "05",
    "challenge": "05",
    "veil": "05",
    "predict": "00",
    "estimate": "00",
    "sketch": "15",
    "pad": "15",
}


def held_by(variables):
    """Return the kinds that a notebook holds, given its variables."""
    asked = {name for name in QUESTIONS_AND_PADS if variables.get(name) is getattr(widgets, name)}
    explorers = [value for value in variables.values() if isinstance(value, Explorer)]
    return asked.union(*map(_of_explorer, explorers))


def _of_explorer(explorer):
    parts = {
        "formula": explorer._formula,
        "moments": explorer._all_moments,
        "challenge": explorer._goal,
        "veil": explorer._veil,
        "slider that plays": any(control.play for control in explorer.controls.values()),
    }
    kinds = {kind for kind, present in parts.items() if present}
    kinds |= {control.kind for control in explorer.controls.values()}
    return kinds.union(*map(_of_handle, explorer._handles))


def _of_handle(handle):
    held = "".join(axis for axis in "xy" if isinstance(getattr(handle, axis), str))
    parts = {
        "handle on a curve": callable(handle.x) or callable(handle.y),
        "handle at places of its own": handle.bends("x") or handle.bends("y"),
        "handle where its axes are pressed": handle.pressed,
    }
    way = "handle in the plane" if held == "xy" else f"handle along {held}"
    return {way} | {kind for kind, present in parts.items() if present}
