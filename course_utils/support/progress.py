"""What a reader has done, in a file beside the notebooks: theirs to read, to take along, to delete.

A line is the JSON of one answer. Lines are added under a lock, never changed, so that two notebooks
lose nothing of each other. Nothing is written unless a notebook is open in Jupyter, which tells its
kernel the notebook's name: tests and scripts leave no trace. Nothing leaves the machine.
"""

import contextlib
import json
import os
import sys
from collections import defaultdict
from datetime import datetime
from pathlib import Path

from course_utils.support import file_lock

FILE = "my_progress.jsonl"
"""In the notebooks' folder."""

KINDS = ("prediction", "exercise", "challenge")


def notebook() -> str:
    """Return the name of the notebook that this kernel runs, ``"14_softmax"``; empty if unknown."""
    return Path(os.environ.get("JPY_SESSION_NAME", "")).stem


def record(kind: str, what: str, passed: bool) -> None:
    """Note an answer, unless it is the same as the one before, or a file cannot be written.

    An exercise in a cell that speaks of a ``_solution`` is the notebook's own, and not noted.

    Parameters
    ----------
    kind : str
        One of `KINDS`.
    what : str
        The question, or the name of the exercise or the explorer.
    passed : bool
        Whether it was right.
    """
    if not notebook() or (kind == "exercise" and "_solution" in _running_cell()):
        return
    line = {"notebook": notebook(), "kind": kind, "what": what, "passed": bool(passed)}
    with contextlib.suppress(OSError), file_lock.of(Path(FILE)):
        if _last(line) == passed:
            return
        whole = json.dumps({"when": f"{datetime.now():%Y-%m-%d %H:%M}", **line}, ensure_ascii=False)
        with Path(FILE).open("r+b") as file:
            text = file.read()
            if text and not text.endswith(b"\n"):
                file.write(b"\n")
            file.write(f"{whole}\n".encode(errors="backslashreplace"))  # JSON reads it back


def _running_cell():
    """Return the source of the cell that is running; empty where there are no cells."""
    ipython = sys.modules.get("IPython")
    shell = ipython and ipython.get_ipython()
    cells = getattr(getattr(shell, "history_manager", None), "input_hist_parsed", None)
    return (cells or [""])[-1]  # not the variable In: it is the reader's to set


def _last(line):
    """Return how the same question was answered last; None if it was not."""
    same = [
        other["passed"]
        for other in answers()
        if all(other[key] == line[key] for key in ("notebook", "kind", "what"))
    ]
    return same[-1] if same else None


def answers(folder: str | Path = ".") -> list[dict]:
    """Return all answers, oldest first; what is no line of ours is left out."""
    try:
        text = (Path(folder) / FILE).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return [answer for answer in map(_read, text.split("\n")) if answer]


_TYPES = (("notebook", str), ("kind", str), ("what", str), ("passed", bool))


def _read(line):
    with contextlib.suppress(ValueError, RecursionError):
        answer = json.loads(line)
        if isinstance(answer, dict) and all(isinstance(answer.get(k), t) for k, t in _TYPES):
            return answer
    return None


def done(folder: str | Path = ".") -> dict[str, dict[str, int]]:
    """Return how many of each kind were answered, for each notebook.

    A prediction counts when it was answered, right or wrong; exercises and challenges when passed.
    """
    found = defaultdict(lambda: {kind: set() for kind in KINDS})
    for answer in answers(folder):
        if answer["kind"] in KINDS and (answer["passed"] or answer["kind"] == "prediction"):
            found[answer["notebook"]][answer["kind"]].add(answer["what"])
    return {name: {k: len(what) for k, what in kinds.items()} for name, kinds in found.items()}


def start_anew(folder: str | Path = ".") -> Path | None:
    """Begin without any answers; the file is kept under another name, which is returned."""
    file = Path(folder) / FILE
    if not file.exists():
        return None
    old = file.with_suffix(f".{datetime.now():%Y-%m-%d-%H%M%S}.jsonl")
    return file.rename(old)
