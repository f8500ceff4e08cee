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
    """Return the instructions with local names and targets of jumps replaced by numbers."""
    names = {name: number for number, name in enumerate(code.co_varnames)}  # arguments first
    steps = list(dis.get_instructions(code))
    kept = [step for step in steps if step.opname not in _NOTHING]
    places = {step.offset: sum(k.offset < step.offset for k in kept) for step in steps}
    return code.co_argcount, [
        (_SAME.get(step.opname, step.opname), _argument(code, step, names, places)) for step in kept
    ]


# Python compiles `np.zeros` in another way in a module that imports np than in a notebook's cell.
_NOTHING = {"RESUME", "NOP", "CACHE", "EXTENDED_ARG", "PUSH_NULL"}
_SAME = {"LOAD_METHOD": "LOAD_ATTR"}


def _argument(code, step, names, places):
    value = code.co_consts[step.arg] if step.opname == "KW_NAMES" else step.argval  # 3.11: unknown
    if isinstance(value, CodeType):
        return _essence(value)
    if step.opcode in dis.haslocal or step.opcode in dis.hasfree:
        parts = value if isinstance(value, tuple) else (value,)
        return [names.setdefault(part, len(names)) for part in parts]
    if step.opcode in dis.hasjrel or step.opcode in dis.hasjabs:
        return places[value]
    return type(value), repr(value)
