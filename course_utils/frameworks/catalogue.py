"""The lecture's program in each framework: which there are, and what each run measured.

The programs lie in ``course_utils/frameworks/programs``. What was measured last is kept in
``data/frameworks.json``.
"""

import json
from pathlib import Path
from typing import NamedTuple

import numpy as np

PROGRAMS_FOLDER = Path(__file__).parent / "programs"
DATA = Path(__file__).parents[1] / "data"


class Program(NamedTuple):
    """One program: its framework, how that runs it, its file, distributions and module."""

    framework: str
    way: str
    script: str
    distribution: str
    module: str


PROGRAMS = (
    Program("NumPy by hand", "eager", "in_numpy.py", "numpy", "numpy"),
    Program("this course's graph", "graph", "in_graph.py", "numpy", "course_utils"),
    Program("TensorFlow", "graph", "in_tensorflow_1.py", "tensorflow-cpu", "tensorflow"),
    Program("TensorFlow", "eager", "in_tensorflow_2.py", "tensorflow-cpu", "tensorflow"),
    Program(
        "TensorFlow", "compiled", "in_tensorflow_2_compiled.py", "tensorflow-cpu", "tensorflow"
    ),
    Program("Keras", "eager", "in_keras.py", "keras,tensorflow-cpu", "keras"),
    Program("Keras", "compiled", "in_keras_compiled.py", "keras,tensorflow-cpu", "keras"),
    Program("PyTorch", "eager", "in_pytorch.py", "torch", "torch"),
    Program("PyTorch", "compiled", "in_pytorch_compiled.py", "torch", "torch"),
    Program("PaddlePaddle", "eager", "in_paddle.py", "paddlepaddle", "paddle"),
    Program("Theano", "graph", "in_theano.py", "Theano", "theano"),
    Program("Lasagne", "graph", "in_lasagne.py", "Lasagne,Theano", "lasagne"),
    Program("MXNet", "eager", "in_mxnet.py", "mxnet", "mxnet"),
    Program("JAX", "eager", "in_jax.py", "jax", "jax"),
    Program("JAX", "compiled", "in_jax_compiled.py", "jax", "jax"),
    Program("PyTensor", "graph", "in_pytensor.py", "pytensor", "pytensor"),
    Program("autograd", "eager", "in_autograd.py", "autograd", "autograd"),
    Program("tinygrad", "eager", "in_tinygrad.py", "tinygrad", "tinygrad"),
)
"""Every program, the two without a framework first."""


class Result(NamedTuple):
    """What a program gave: the numbers measured, or the reason why there are none."""

    program: Program
    measured: dict
    reason: str = ""


def stored(path=DATA / "frameworks.json"):
    """Read what was measured last.

    Parameters
    ----------
    path : path-like, optional

    Returns
    -------
    results : list of Result
    about : dict of str to str
        ``date`` and ``machine``.
    """
    kept = json.loads(Path(path).read_text(encoding="utf-8"))
    by_script = {program.script: program for program in PROGRAMS}
    rows = [Result(by_script[r["script"]], r["measured"], r["reason"]) for r in kept["results"]]
    return rows, {name: kept[name] for name in ("date", "machine")}


def store(results, about, path=DATA / "frameworks.json"):
    """Write what was measured, one program a line.

    Parameters
    ----------
    results : list of Result
    about : dict of str to str
        ``date`` and ``machine``.
    path : path-like, optional
    """
    rows = [
        json.dumps({"script": r.program.script, "measured": r.measured, "reason": r.reason})
        for r in results
    ]
    head = "".join(f'"{name}": {json.dumps(text)},\n' for name, text in about.items())
    text = "{" + head + '"results": [\n' + ",\n".join(rows) + "\n]}\n"
    Path(path).write_text(text, encoding="utf-8")


def facts():
    """Return what is known of each framework, with the page on which it was read.

    Returns
    -------
    list of dict of str to str
        ``name``, ``in_lecture``, ``licence``, ``governance``, ``last_release``, ``released``,
        ``became``, ``heir``, ``cannot_run`` (why not, if so); most with the page in
        ``..._source``, read on the day ``read``. The page at ``release_source`` of one that has no
        release says so.
    """
    return json.loads((DATA / "frameworks_facts.json").read_text(encoding="utf-8"))


def family():
    """Return the family of frameworks in the order of their years, as a list of dicts.

    ``name``, ``lecture`` (whether the lecture names it), ``began`` and ``ended`` (years with
    decimals; "" while it is still released), ``parents``, ``who``, ``became`` and ``source``.
    """
    return json.loads((DATA / "frameworks_family.json").read_text(encoding="utf-8"))


def source(program):
    """Return the text of a program.

    Parameters
    ----------
    program : Program

    Returns
    -------
    str
    """
    return (PROGRAMS_FOLDER / program.script).read_text(encoding="utf-8")


def rows(results):
    """Return a row for each program, and one for each of the lecture's ten that cannot run.

    Parameters
    ----------
    results : list of Result

    Returns
    -------
    list of dict of str to str
        ``framework``, ``version``, ``way`` and ``w`` after 0, 1 and 1001 steps, or why there is
        none.
    """
    found = [
        {
            "framework": program.framework,
            "version": measured.get("version", ""),
            "way": program.way,
            "w": ", ".join(f"{x:.6g}" for x in measured.get("w", ())) or reason,
        }
        for program, measured, reason in results
    ]
    for fact in facts():
        if fact["cannot_run"]:
            heir = f"; {fact['heir']} is its heir" if fact["heir"] else ""
            why = f"does not run here: {fact['cannot_run']}{heir}"
            found.append({"framework": fact["name"], "version": "", "way": "", "w": why})
    return found


def table(rows, columns):
    """Write rows as a Markdown table.

    Parameters
    ----------
    rows : list of dict
    columns : dict of str to str
        The key in a row, and what stands above it.

    Returns
    -------
    str

    Examples
    --------
    >>> print(table([{"w": 5, "name": ""}], {"name": "framework", "w": "w"}))
    | framework | w |
    | --- | --- |
    | — | 5 |
    """
    lines = [list(columns.values()), ["---"] * len(columns)]
    lines += [[str(row[key]) or "—" for key in columns] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


class Classifier(NamedTuple):
    """The program of the digit classifier in one framework, and who stands behind that."""

    script: str
    distribution: str
    module: str
    governed: str


FOUNDATION, INDIVIDUALS, COMPANY = "a foundation", "a few individuals", "one company"
CLASSIFIERS = {
    "PyTorch": Classifier("digits_in_pytorch.py", "torch", "torch", FOUNDATION),
    "TensorFlow": Classifier("digits_in_tensorflow.py", "tensorflow-cpu", "tensorflow", COMPANY),
    "Keras": Classifier("digits_in_keras.py", "keras", "keras", COMPANY),
    "JAX": Classifier("digits_in_jax.py", "jax", "jax", COMPANY),
    "PaddlePaddle": Classifier("digits_in_paddle.py", "paddlepaddle", "paddle", COMPANY),
    "PyTensor": Classifier("digits_in_pytensor.py", "pytensor", "pytensor", FOUNDATION),
    "autograd": Classifier("digits_in_autograd.py", "autograd", "autograd", INDIVIDUALS),
}
"""Frameworks that are still released and ran the digit classifier."""

OPEN = {FOUNDATION: 1.0, INDIVIDUALS: 0.5, COMPANY: 0.0}
"""Points for who stands behind it: what one company opened, one company can close."""


def classifiers():
    """Return what the digit classifier took in each framework, a dict by name.

    ``lines`` of its program, ``seconds`` of a median epoch, ``start_seconds``, until the first
    one is over, imports included, ``wrong`` of 360 test digits after 40 epochs, and the
    ``version``.
    """
    kept = json.loads((DATA / "frameworks_digits.json").read_text(encoding="utf-8"))
    return kept["results"]


_COSTS = ("lines", "seconds", "start_seconds")


def points():
    """Return the frameworks of a choice, and points from 0 to 1 for each of four criteria.

    On the log scale, 1 is the best and 0 the worst: fewest lines of the digit classifier, shortest
    epoch, shortest start; then the points for who stands behind it, as in `OPEN`.
    """
    found = classifiers()
    names = list(CLASSIFIERS)
    costs = np.log([[found[name][key] for name in names] for key in _COSTS])
    low, high = costs.min(axis=1, keepdims=True), costs.max(axis=1, keepdims=True)
    governed = [OPEN[CLASSIFIERS[name].governed] for name in names]
    return names, np.vstack([(high - costs) / (high - low), governed])


def chosen(ease, speed, wait, openness):
    """Return the frameworks and what each criterion adds to their points, for a reader's weights.

    The four rows add up to at most 1.
    """
    names, each = points()
    weights = np.array([ease, speed, wait, openness], float)
    return names, weights[:, None] * each / max(weights.sum(), 1e-9)
