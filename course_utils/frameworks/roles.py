"""What each line of the lecture's program does, in whatever framework it is written."""

import ast
import re
import textwrap

from course_utils.frameworks import catalogue

ROLES = (
    "the parameter w",
    "the cost",
    "the gradient",
    "the step",
    "building and running",
    "reading w",
)
"""What a line may do; imports and the heads of functions do nothing of it."""

_READ = r"def value|return float|\.item\(\)|asscalar"
_BUILD = (
    r"^@|Session\(\)|global_variables|disable_eager|run_eagerly|Sequential|model\.compile|"
    r"optimizer\.build|TRAINING|KERAS_BACKEND|loss=|x, y = "
)
_STEP = (
    r"optimizer\.step|trainer\.step|apply_gradients|run\(train\)|train_on_batch|updates|"
    r"w = w - |w = descend|return w - |sgd\(|SGD|Trainer|GradientDescentOptimizer"
)
_GRADIENT = r"grad\(|gradient|backward|Tape|record\("
_COST = r"cost = |\*\*2|def cost|def call"
_W = r"^w = |add_weight|w\.initialize|def build|class Parabola|^layer = "
_RULES = zip(
    (
        "reading w",
        "building and running",
        "the step",
        "the gradient",
        "the cost",
        "the parameter w",
    ),
    (_READ, _BUILD, _STEP, _GRADIENT, _COST, _W),
    strict=True,
)
_RULES = tuple((role, re.compile(pattern)) for role, pattern in _RULES)


def role_of(line):
    """Return what a line of a program does, one of `ROLES`; empty if it only imports or names.

    >>> role_of("w = tf.Variable(0.0)"), role_of("    cost.backward()"), role_of("import torch")
    ('the parameter w', 'the gradient', '')
    """
    line = line.strip()
    if re.match(r"(import|from|sys\.|theano\.tensor\.signal)", line):
        return ""
    return next((role for role, rule in _RULES if rule.search(line)), "")


def lines_of(program):
    """Return the lines of a program and what each does; no words about it, long lines wrapped.

    >>> program = next(p for p in catalogue.PROGRAMS if p.script == "in_numpy.py")
    >>> lines_of(program)[1]
    ('w = np.float32(0)', 'the parameter w')
    """
    found = []
    for line in _without_words(catalogue.source(program)):
        indent = " " * (len(line) - len(line.lstrip()) + 2)
        parts = textwrap.wrap(line, 57, subsequent_indent=indent, break_long_words=False)
        for part in parts:
            found.append((part, role_of(line)))
    return found


def count(program):
    """Return how many lines a program has; one that `lines_of` wraps counts once.

    >>> count(next(p for p in catalogue.PROGRAMS if p.script == "in_tensorflow_1.py"))
    11
    """
    return len(_without_words(catalogue.source(program)))


def _without_words(text):
    """Return the lines of a program without docstrings, comments and empty ones."""
    described = set()
    for node in ast.walk(ast.parse(text)):
        first = getattr(node, "body", [None])
        first = first[0] if isinstance(first, list) else None
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
            described |= set(range(first.lineno, first.end_lineno + 1))
    lines = enumerate(text.splitlines(), 1)
    code = [line.partition("  #")[0] for n, line in lines if n not in described]
    return [line for line in code if line.strip() and not line.strip().startswith("#")]
