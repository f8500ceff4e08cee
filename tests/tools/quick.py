"""Run what a change most likely breaks: ``python -m tests.tools.quick``.

What counts as changed is what is not committed yet and what the branch added to main; if that is
nothing, the last commit. Tests are found by name: those of ``softmax.py``, on whatever floor, are
all the files ``test_softmax.py``, the answers to its exercises and notebook 14. Whatever was
changed, the notebooks are looked at as they are stored, and the package as a whole. A change of
one or two topics takes under a minute; one of all of them is better served by ``make unit``.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
ALWAYS = (
    "tests/checks/test_bank.py",
    "tests/test_explorers.py",
    "tests/test_notebooks.py",
    "tests/test_package.py",
)
TOPICS = {path.stem[3:] for path in ROOT.glob("notebooks/*.ipynb")}
MANY = 2  # notebooks
RUN = ("test_every_cell", "test_links_to_explorers", "test_explorers")
"""What runs a notebook for its tests."""


def topic(path):
    """Return what a file is about: its name without what all of its kind have.

    What comes after the name of a notebook is a part of it: ``mini_batches_cuts``.
    """
    name = re.sub(r"^(test_|in_|same_in_|\d\d_)+", "", Path(path).stem)
    wholes = [whole for whole in TOPICS if name.startswith(f"{whole}_")]
    return name if name in TOPICS else max(wholes, key=len, default=name)


def choose(changed, tests):
    """Return the files to be tested, and pytest's expression for which of their tests.

    Of the bank's answers only those of the topics changed are taken. Of the notebooks the first is
    run and swept, and those of the topics changed unless there are many: that takes its time.
    """
    topics = {topic(path) for path in changed if path.endswith((".py", ".ipynb"))}
    named = {path for path in tests if topic(path) in topics or path in changed}
    notebooks = [path.stem for path in sorted(ROOT.glob("notebooks/*.ipynb"))]
    run = [name for name in notebooks if topic(name) in topics]
    run = [notebooks[0], *(run if len(run) <= MANY else [])]
    parts = [_only("test_bank", sorted(topics)), *(_only(tests, run) for tests in RUN)]
    parts += ["not browser"]
    return sorted({*ALWAYS, *named}), " and ".join(parts)


def _only(tests, names):
    """Say in pytest's words that of some tests only those with a name are wanted."""
    return f"({' or '.join([f'not {tests}', *names])})"


def changed():
    """Return the paths of the files that were changed."""
    since = _git("merge-base", "HEAD", _main())[0]
    new = _git("ls-files", "--others", "--exclude-standard")
    found = _git("diff", "--name-only", since) + new
    return found or _git("diff", "--name-only", "HEAD~1")


def _main():
    """Return the name under which this checkout knows main."""
    known = _git("for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/remotes/origin")
    return next((name for name in ("origin/main", "main") if name in known), "HEAD")


def _git(*arguments):
    command = ["git", "-c", "core.quotePath=false", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def main():
    """Run them; what is left out is for ``make test``."""
    tests = [path.relative_to(ROOT).as_posix() for path in ROOT.glob("tests/**/test_*.py")]
    tests = [path for path in tests if not path.startswith("tests/browser/")]
    files, which = choose(changed(), tests)
    print("== the tests of", *files, flush=True)
    command = [sys.executable, "-m", "pytest", "-q", "-n", "auto", "-k", which, *files]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
