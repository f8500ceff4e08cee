"""Fingerprints of functions: the same as long as the code is, whatever is written about it.

Results that were kept in a file are worth nothing once the objective that gave them is another.
"""

import dis
import functools
import hashlib
import numbers
import sys
from types import CodeType, FunctionType, MethodType, ModuleType

_PLAIN = (numbers.Number, str, bytes, slice, range, type(None), type(...))
_PACKAGE = __name__.partition(".")[0]


def fingerprint(function):
    """Return a word that is another once a function's code is.

    Looked at are its bytecode, constants and defaults, the numbers and words that it takes from
    outside, and the functions of its own module that it calls. Comments, line numbers and the
    docstring do not count. What code can change on its way (lists, dicts, arrays, attributes of
    other objects) is not looked at; and the functions of this package, as of any other, are known
    by their names: a new version is no other objective.

    Parameters
    ----------
    function : callable

    Returns
    -------
    str
        The Python that compiled it, and a hash.

    Examples
    --------
    >>> texts = ("c['x'] + 1", "c['x'] + 1  # one more", "c['x'] + 2")
    >>> one, same, other = (fingerprint(eval(f"lambda c, rng: {t}", {})) for t in texts)
    >>> one == same, one == other
    (True, False)
    """
    told = repr(_Reading(_module(_root(function))).told(function))
    digest = hashlib.sha256(told.encode("utf-8", "backslashreplace")).hexdigest()[:16]
    return f"{sys.implementation.cache_tag}.{sys.flags.optimize}:{digest}"


def differ(one, other):
    """Tell whether two fingerprints are surely of different functions.

    Those of two versions of Python cannot be compared, nor can an empty one, as of an old file.
    """
    comparable = one.partition(":")[0] == other.partition(":")[0]
    return comparable and one != other


def _root(function):
    """Return what a partial or a method calls in the end."""
    while isinstance(function, functools.partial | MethodType):
        function = function.func if isinstance(function, functools.partial) else function.__func__
    return function


class _Reading:
    """Tells values by lists and words, each function once."""

    def __init__(self, home):
        self._home, self._seen = home, set()

    def told(self, value):
        """Return what a function, or something that it uses, is."""
        if isinstance(value, _PLAIN):
            return repr(value)
        if isinstance(value, tuple | frozenset):
            parts = [self.told(part) for part in value]
            return parts if isinstance(value, tuple) else sorted(map(repr, parts))
        if isinstance(value, CodeType):
            return [value.co_code, value.co_names, self.told(value.co_consts)]
        if isinstance(value, functools.partial):
            return [self.told(p) for p in (value.func, value.args, *sorted(value.keywords.items()))]
        if isinstance(value, MethodType):
            return [self.told(value.__func__), self.told(value.__self__)]
        return self._named(value)

    def _named(self, value):
        """Return the name of a function, class or object; with its code if it is of this module."""
        of_kind = getattr(value, "__name__", type(value).__qualname__)
        name = f"{_module(value)}.{getattr(value, '__qualname__', of_kind)}"
        own = _module(value) == self._home and self._home.partition(".")[0] != _PACKAGE
        if not own or isinstance(value, ModuleType) or id(value) in self._seen:
            return name
        self._seen.add(id(value))
        if isinstance(value, FunctionType) and value.__globals__.get("__name__", "") == self._home:
            return self._function(value)
        if hasattr(value, "__wrapped__"):
            return [name, self.told(value.__wrapped__)]
        return [name, self._attributes(value)]

    def _function(self, function):
        code, doc = function.__code__, function.__doc__
        consts = code.co_consts
        if doc is not None and consts[:1] == (doc,):
            consts = (None, *consts[1:])
        loaded, stored = _names(code)
        cells = zip(code.co_freevars, function.__closure__ or (), strict=True)
        around = {**function.__globals__, **{n: c.cell_contents for n, c in cells if _filled(c)}}
        used = sorted((loaded | set(code.co_freevars)) & set(around) - stored)
        defaults = function.__defaults__, tuple(sorted((function.__kwdefaults__ or {}).items()))
        parts = (consts, *defaults, *((name, around[name]) for name in used))
        return [code.co_code, code.co_names, *(self.told(part) for part in parts)]

    def _attributes(self, value):
        """Return a class's bases and functions; of an object its class and its numbers, words."""
        kinds = _PLAIN if not isinstance(value, type) else (*_PLAIN, FunctionType)
        held = {n: _behind(v) for n, v in getattr(value, "__dict__", {}).items()}
        mine = {n: v for n, v in held.items() if isinstance(v, kinds)}
        mine = [(n, self.told(v)) for n, v in sorted(mine.items()) if n[:2] != "__" or callable(v)]
        above = value.__bases__ if isinstance(value, type) else (type(value),)
        return [self.told(above), mine]


def _behind(member):
    """Return the function of a property, a static method or a class method."""
    return getattr(member, "fget", getattr(member, "__func__", member))


def _module(value):
    return getattr(value, "__module__", None) or ""


def _filled(cell):
    try:
        return cell.cell_contents is not cell
    except ValueError:
        return False


def _names(code):
    """Return the outer names that code loads, and those that it stores."""
    loaded, stored = set(), set()
    for step in dis.get_instructions(code):
        if step.opname in {"LOAD_GLOBAL", "LOAD_NAME"}:
            loaded.add(step.argval)
        if step.opname in {"STORE_GLOBAL", "STORE_DEREF"}:
            stored.add(step.argval)
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            more = _names(inner)
            loaded, stored = loaded | more[0], stored | more[1]
    return loaded, stored
