"""The state of an explorer as text that brings it back: a line of code, and a link's fragment."""

import sys
from urllib.parse import quote, unquote


def both(explorer) -> dict:
    """Return ``race.set(alpha=0.1)`` and ``#explorer=race&alpha=0.1`` for the present values.

    A value that cannot be written, such as a function on a list, stands as the list's own text.
    """
    variable = name(explorer)
    written = {n: _literal(c, explorer.values[n]) for n, c in explorer.controls.items()}
    code = ", ".join(f"{n}={value!r}" for n, value in written.items())
    pairs = [f"{n}={_in_link(explorer.controls[n], value)}" for n, value in written.items()]
    return {
        "code": f"{variable}.set({code})",
        "fragment": "#" + "&".join([f"explorer={variable}", *pairs]),
    }


def _in_link(control, value):
    text = str(value)
    return quote(text if control.scale is None else text.removesuffix(".0"))


def _literal(control, value):
    return value if isinstance(value, bool | int | float | str) else control.text(value)


def read(fragment: str, controls: dict) -> tuple[str, dict]:
    """Return the explorer that a link names and the values it asks for; these may not be there.

    Examples
    --------
    >>> from course_utils.widgets import controls
    >>> read("#explorer=race&way=by%20hand", {"way": controls.choice(["by hand"], "by hand")})
    ('race', {'way': 'by hand'})
    """
    pairs = [pair.partition("=") for pair in fragment.removeprefix("#").split("&")]
    texts = {unquote(n): unquote(text) for n, _, text in pairs}
    return texts.pop("explorer", ""), values(texts, controls)


def values(texts: dict[str, str], controls: dict) -> dict:
    """Return what texts stand for on the controls of these names."""
    return {n: _value(n, text, controls.get(n)) for n, text in texts.items()}


def _value(name, text, control):
    """Return what a text stands for on a control; a text that is none stays what it is."""
    if control is None:
        return text
    if control.scale is None:
        return next((value for value in control.values if str(value) == text), text)
    try:
        return float(text)
    except ValueError:
        raise ValueError(f"{name}: {text!r} is no number") from None


def names(explorer) -> list[str]:
    """Return the names of the notebook's variables that hold an explorer."""
    ipython = sys.modules.get("IPython")
    shell = ipython and ipython.get_ipython()
    variables = dict(getattr(shell, "user_ns", {}))
    return [n for n, v in variables.items() if v is explorer and not n.startswith("_")]


def name(explorer) -> str:
    """Return the first of these names."""
    return next(iter(names(explorer)), "explorer")
