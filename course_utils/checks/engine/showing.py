"""A call, and what it returned, as text that a reader can paste or compare."""

import numpy as np

from course_utils.support.words import typeset


def against(value, limit, form):
    """Write a number with as many digits as it takes not to read like the limit it is held against.

    >>> against(0.1007, 0.1, ".2f"), against(0.12, 0.1, ".2f")
    ('0.101', '0.12')
    >>> against(0.9004, 0.9, ".0%")
    '90.04 %'
    """
    least, kind = int(form[1:-1]), form[-1]
    texts = ((f"{value:.{n}{kind}}", f"{limit:.{n}{kind}}") for n in range(least, 17))
    found = next((text for text, other in texts if text != other), f"{value:{form}}")
    return typeset(found).replace("%", " %")


_LONG = 40  # numbers in an array that are still written out


def call_text(function, case):
    """Return the call of a case to paste into a cell; empty if its arguments are too long."""
    name = getattr(function, "__name__", "f")
    name = name if name.isidentifier() else "f"
    if case.code:
        return f"{name}({case.code})"
    written = [_literal(a) for a in case.args]
    written += [f"{key}={_literal(value)}" for key, value in case.kwargs.items()]
    return "" if any(_UNWRITTEN in text for text in written) else f"{name}({', '.join(written)})"


_UNWRITTEN = "…"


def _literal(value):
    """Return an argument as code."""
    if isinstance(value, np.ndarray):
        return _array_literal(value)
    if isinstance(value, np.generic):
        return _literal(value.item())
    if isinstance(value, (list, tuple)):
        inside = ", ".join(_literal(v) for v in value)
        if isinstance(value, list):
            return f"[{inside}]"
        return f"({inside},)" if len(value) == 1 else f"({inside})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_literal(k)}: {_literal(v)}" for k, v in value.items()) + "}"
    if isinstance(value, float) and not np.isfinite(value):
        return f"-np.{-value}" if value < 0 else f"np.{value}"
    known = value is None or isinstance(value, (bool, int, float, str))
    return repr(value) if known else _UNWRITTEN


def _array_literal(array):
    if array.size > _LONG or array.dtype.kind not in "biuf":
        return _UNWRITTEN
    if array.size == 0:
        return f"np.zeros({array.shape})"
    kinds = {"f8": "", "i8": "", "b1": ""}
    kind = kinds.get(array.dtype.str[1:], f", dtype=np.{array.dtype.name}")
    return f"np.array({_literal(array.tolist())}{kind})"


def beside(got, want, names=()):
    """Return what came out and what is right, one under the other."""
    lines = []
    for place, (a, b) in enumerate(zip(got, want, strict=False)):
        name = f"{names[place]}: " if place < len(names) else ""
        lines += [f"{name}yours {_brief(a)}", f"{name}right {_brief(b)}"]
    return "\n".join(lines)


def _brief(array):
    """Return up to a dozen numbers, four digits each, in one line."""
    finite = np.abs(array[np.isfinite(array)])
    array = np.where(np.abs(array) < 1e-12 * finite.max(initial=0), 0.0, array)  # rounding errors
    if array.size <= 12:
        return _digits(array.tolist())
    return f"{_digits(array.ravel()[:6].tolist())[:-1]} …], shape {array.shape}"


def _digits(value):
    if isinstance(value, list):
        return f"[{', '.join(map(_digits, value))}]"
    return f"{value + 0.0:.4g}".replace("-", "−")
