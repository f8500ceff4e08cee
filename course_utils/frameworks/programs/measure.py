"""Run one program and print what was measured, as one line of JSON after "measured:".

``python measure.py in_pytorch.py``, with the Python of an environment that has the framework. It
needs nothing but the standard library, so it runs in all of them.
"""

import ast
import importlib.util
import json
import platform
import re
import sys
import time
from importlib import metadata
from pathlib import Path

STEPS = 1000


def load(path):
    """Run a program up to its first step, and return it as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def lines(source):
    """Count the lines that are not empty, no comment and no docstring."""
    described = (ast.Module, ast.ClassDef, ast.FunctionDef)
    texts = [n.body[0] for n in ast.walk(ast.parse(source)) if isinstance(n, described)]
    texts = [t for t in texts if isinstance(getattr(t, "value", None), ast.Constant)]
    inside = {k for t in texts for k in range(t.lineno, t.end_lineno + 1)}
    code = [t.strip() for k, t in enumerate(source.splitlines(), 1) if k not in inside]
    return sum(bool(text) and not text.startswith("#") for text in code)


def with_all_they_need(names):
    """Return the names of distributions and of everything installed that they require."""
    found, waiting = set(), list(names)
    while waiting:
        one = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        try:
            required = metadata.distribution(one).requires or []
        except metadata.PackageNotFoundError:
            continue
        if one not in found:
            found.add(one)
            always = [text for text in required if "extra ==" not in text]
            waiting += [re.match(r"[\w.-]+", text).group() for text in always]
    return found


def megabytes(names):
    """Return how much room distributions and what they need take on the disk."""
    files = (f for one in with_all_they_need(names) for f in metadata.files(one) or [])
    paths = {Path(f.locate()) for f in files}
    return sum(p.stat().st_size for p in paths if p.is_file()) / 1e6


def measure(path, distributions):
    """Return w after 0, 1 and 1001 steps, and what it took."""
    before = time.perf_counter()
    program = load(path)
    loaded = time.perf_counter()
    w = [program.value()]
    program.step()
    w.append(program.value())
    first = time.perf_counter()
    for _ in range(STEPS):
        program.step()
    w.append(program.value())  # some only now do what they were told
    return {
        "w": w,
        "import_seconds": loaded - before,
        "first_seconds": first - loaded,
        "seconds": time.perf_counter() - first,
        "lines": lines(path.read_text(encoding="utf-8")),
        "version": metadata.version(distributions[0]),
        "megabytes": megabytes(distributions),
        "python": platform.python_version(),
    }


if __name__ == "__main__":
    print("\nmeasured:", json.dumps(measure(Path(sys.argv[1]), sys.argv[2].split(","))))
