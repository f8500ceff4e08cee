"""Where code says the same twice: lines that are alike but for names, text and numbers as they are.

Docstrings, comments and imports do not count.
"""

import ast
import io
import keyword
import tokenize
from collections import defaultdict
from itertools import combinations

SILENT = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
}


def lines_of(node):
    return set(range(node.lineno, node.end_lineno + 1))


def docstrings_in(node):
    """Return the lines of all docstrings below a node, also those below a constant."""
    found = set()
    for inner in ast.walk(node):
        body = getattr(inner, "body", None)
        for statement in body if isinstance(body, list) else []:
            value = getattr(statement, "value", None)
            text = isinstance(statement, ast.Expr) and isinstance(value, ast.Constant)
            if text and isinstance(value.value, str):
                found |= lines_of(statement)
    return found


def code(text):
    """Return the lines of code, by number, with every name as ``_``."""
    tree = ast.parse(text)
    skipped = docstrings_in(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            skipped |= lines_of(node)
    lines = defaultdict(str)
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        named = token.type == tokenize.NAME and not keyword.iskeyword(token.string)
        if token.type not in SILENT and token.start[0] not in skipped:
            lines[token.start[0]] += "_ " if named else token.string + " "
    return sorted(lines.items())


def pairs(texts, length):
    """Yield places, as file and line, from which so many lines of code are alike.

    Parameters
    ----------
    texts : dict of str to str
        Source code by the file's name.
    length : int
        How many lines of code in a row.
    """
    places = defaultdict(list)
    for name, text in texts.items():
        lines = code(text)
        for start in range(len(lines) - length + 1):
            window = tuple(line for _, line in lines[start : start + length])
            places[window].append((name, start, lines[start][0]))
    for found in places.values():
        for (one, i, line), (other, j, other_line) in combinations(found, 2):
            if one != other or abs(i - j) >= length:
                yield f"{one}:{line}", f"{other}:{other_line}"
