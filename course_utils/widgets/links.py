"""The state of an explorer as text that brings it back: a line of code, and a link's fragment."""

import sys
from urllib.parse import quote


def both(explorer) -> dict:
    """Return ``race.set(alpha=0.1)`` and ``#explorer=race&alpha=0.1`` for the present values.

    A value that cannot be written, such as a function on a list, stands as the list's own text.
    """
    variable = name(explorer)
    values = {n: (c, explorer.values[n]) for n, c in explorer.controls.items()}
    written = {n: _literal(control, value) for n, (control, value) in values.items()}
    code = ", ".join(f"{n}={value!r}" for n, value in written.items())
    pairs = [f"{n}={quote(str(value))}" for n, value in written.items()]
    return {
        "code": f"{variable}.set({code})",
        "fragment": "#" + "&".join([f"explorer={variable}", *pairs]),
    }


def _literal(control, value):
    return value if isinstance(value, bool | int | float | str) else control.text(value)


def name(explorer):
    """Return the name of the notebook's variable that holds an explorer."""
    ipython = sys.modules.get("IPython")
    shell = ipython and ipython.get_ipython()
    names = [n for n, v in getattr(shell, "user_ns", {}).items() if v is explorer]
    return next((name for name in names if not name.startswith("_")), "explorer")
