"""Which earlier cells of a notebook a cell needs, found from the names alone; nothing is run."""

import ast
import builtins
import symtable
from functools import lru_cache
from typing import NamedTuple


class Names(NamedTuple):
    """What a cell does to the notebook's names."""

    bound: frozenset
    imported: frozenset
    used: frozenset
    changed: frozenset


def needed(sources: dict[int, str], cell: int) -> list[int]:
    """Return the cells that have to run before a cell, in order.

    They are the last before it that bind a name it uses, whatever changed such a name since, and
    what those need in turn.

    Examples
    --------
    >>> needed({0: "a = []", 1: "b = 2", 2: "a[:] = [1]", 3: "print(a)"}, 3)
    [0, 2]
    """
    found, todo = set(), [cell]
    while todo:
        for before in set(_needed_by(sources, todo.pop())) - found:
            found.add(before)
            todo.append(before)
    return sorted(found - {cell})


def _needed_by(sources, cell):
    earlier = [number for number in sorted(sources, reverse=True) if number < cell]
    for name in names(sources[cell]).used:
        yield from _givers(name, {number: names(sources[number]) for number in earlier})


def _givers(name, earlier):
    """Return the last cell that binds a name, and the cells after it that change it."""
    changers = []
    for number, there in earlier.items():
        if name in there.bound:
            return [number] if name in there.imported else [number, *changers]
        if name in there.changed:
            changers.append(number)
    return changers


@lru_cache(maxsize=1024)
def names(source: str) -> Names:
    """Return the names a cell binds, uses and changes; none of what cannot be read."""
    try:
        tree, top = ast.parse(source), symtable.symtable(source, "cell", "exec")
    except SyntaxError:
        return Names(*[frozenset()] * 4)
    symbols = top.get_symbols()
    imported = {s.get_name() for s in symbols if s.is_imported()}
    bound = {s.get_name() for s in symbols if s.is_assigned() or s.is_namespace()} | imported
    used = set(_used(top)) - set(dir(builtins))
    return Names(*map(frozenset, (bound, imported, used, _changed(tree, used))))


def _used(top):
    yield from (s.get_name() for s in top.get_symbols() if s.is_referenced())
    todo = list(top.get_children())
    while todo:
        table = todo.pop()
        todo += table.get_children()
        yield from (s.get_name() for s in table.get_symbols() if s.is_global())


def _changed(tree, used):
    """Return names of things that a cell changes in place: it sets a part, or calls a method.

    Random numbers that were drawn are gone for the cells below.
    """
    changed = {"rng"} & used
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store):
            changed.add(_root(node))
    for statement in tree.body:
        call = statement.value if isinstance(statement, ast.Expr) else None
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
            changed.add(_root(call.func))
    return changed - {None}


def _root(node):
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None
