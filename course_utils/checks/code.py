"""Whether two functions are the same code, whatever their local names, comments and docstrings."""

import dis
import inspect
from types import CodeType


def same_code(function, other):
    """Whether two Python functions have the same instructions, names and constants.

    Local names may differ, as may what leaves no trace in the instructions: comments, docstrings,
    annotations, places in the file.

    Examples
    --------
    >>> same_code(lambda z: 0 * z, lambda x: 0 * x)
    True
    >>> same_code(lambda z: 0 * z, lambda z: z * 0)
    False
    """
    codes = [getattr(inspect.unwrap(f), "__code__", None) for f in (function, other)]
    return None not in codes and _essence(codes[0]) == _essence(codes[1])


def _essence(code):
    """Return the instructions with local names replaced by their numbers, arguments first."""
    names = {name: number for number, name in enumerate(code.co_varnames)}
    return code.co_argcount, [
        (step.opname, _argument(step, names))
        for step in dis.get_instructions(code)
        if step.opname not in ("RESUME", "NOP", "CACHE", "EXTENDED_ARG")
    ]


def _argument(step, names):
    value = step.argval
    if isinstance(value, CodeType):
        return _essence(value)
    if step.opcode in dis.haslocal or step.opcode in dis.hasfree:
        parts = value if isinstance(value, tuple) else (value,)
        return [names.setdefault(part, len(names)) for part in parts]
    return type(value), repr(value)
