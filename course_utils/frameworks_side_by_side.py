"""The lecture's program in each framework: which there are, and what each run measured.

The programs lie in ``course_utils/frameworks``. Each runs in a process of its own, with the Python
of the environment that has the framework, so that no crash or clash reaches another. What was
measured last is kept in ``data/frameworks.json``.
"""

import contextlib
import importlib.util
import json
import os
import signal
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import NamedTuple

from course_utils import validation

PROGRAMS_FOLDER = Path(__file__).parent / "frameworks"
DATA = Path(__file__).parent / "data"
SECONDS = 180
"""How long a program may take before it is given up."""


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
    Program("TensorFlow", "compiled", "in_tensorflow_2_compiled.py", "tensorflow-cpu",
            "tensorflow"),
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
)  # fmt: skip
"""Every program, the two without a framework first."""


class Result(NamedTuple):
    """What a program gave: the numbers measured, or the reason why there are none."""

    program: Program
    measured: dict
    reason: str = ""


@cache
def python_with(module):
    """Find a Python that has a module: this one, or one of an environment beside the package.

    Parameters
    ----------
    module : str

    Returns
    -------
    str or None
    """
    if importlib.util.find_spec(module):
        return sys.executable
    here = Path(__file__).parents[1]
    for environment in sorted(here.glob(".venv-*")):
        for packages in ("lib/python*/site-packages", "Lib/site-packages"):
            if any(environment.glob(f"{packages}/{module}")):
                folder = environment / ("Scripts" if os.name == "nt" else "bin")
                return str(folder / "python")
    return None


def execute(script, *arguments, module, name=None, python=None, seconds=SECONDS):
    """Run a file of ``course_utils/frameworks`` in a process of its own.

    Parameters
    ----------
    script : str
        The file's name.
    *arguments : str
        What it is called with.
    module : str
        The module that it needs.
    name : str, optional
        What an error calls it; the file's name if not given.
    python : str, optional
        The Python that runs it; by default one that has the module.
    seconds : float
        How long it may take.

    Returns
    -------
    str
        What it printed.

    Raises
    ------
    RuntimeError
        If no environment has the module, or the program failed, crashed or took too long.
    """
    name, python = name or script, python or python_with(module)
    if python is None:
        raise RuntimeError(f"{module} is not installed here: make frameworks installs it")
    command = [python, str(PROGRAMS_FOLDER / script), *arguments]
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complained:
        code = _code(command, said, complained, name, seconds)
        texts = [_text(file) for file in (said, complained)]
    if code:
        last = (texts[1].strip() or "no message").splitlines()[-1]
        raise RuntimeError(f"{name} {_ended(code)}: {last}")
    return texts[0]


def _code(command, said, complained, name, seconds):
    """Run a command and return its exit code; whatever it started ends with it.

    It writes into files: a pipe would stay open as long as a process that it left behind.
    """
    lead = {"start_new_session": True} if os.name != "nt" else {}
    try:
        process = subprocess.Popen(command, env=_environment(), stdin=subprocess.DEVNULL,
                                   stdout=said, stderr=complained, **lead)  # fmt: skip
    except OSError as error:
        reason = f"{command[0]} cannot be started, make frameworks makes it anew: {error}"
        raise RuntimeError(reason) from None
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise RuntimeError(f"{name} took longer than {seconds:g} s and was stopped") from None
    finally:
        _end(process)


def _environment():
    """Return this process's variables, without those that belong to this Python alone."""
    own = {"PYTHONHOME", "PYTHONWARNINGS", "PYTHONOPTIMIZE"}
    return {**{k: v for k, v in os.environ.items() if k not in own},
            "THEANO_FLAGS": "blas.ldflags=", "TF_CPP_MIN_LOG_LEVEL": "3",
            "PYTHONPATH": str(Path(__file__).parents[1])}  # fmt: skip


def _end(process):
    """End a process, if it still runs, with all that it has started."""
    if os.name != "nt":
        with contextlib.suppress(OSError):  # all of them have ended
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        tree = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
        subprocess.run(tree, capture_output=True, check=False)
    process.wait()


def _text(file):
    file.seek(0)
    return file.read().decode("utf-8", "replace")


def _ended(code):
    """Return in words how a process ended that did not end well."""
    if code < 0:
        return f"crashed ({(signal.strsignal(-code) or f'signal {-code}').lower()})"
    if code >= 0xC0000000:  # Windows tells a crash so
        return f"crashed (code {code:#x})"
    return f"ended with code {code}"


def run(program, *, seconds=SECONDS):
    """Run a program and measure it.

    Parameters
    ----------
    program : Program
    seconds : float
        How long it may take.

    Returns
    -------
    Result
        ``measured`` has w after 0, 1 and 1001 steps, ``import_seconds`` (with all that is built
        before the first step), ``first_seconds`` (of the first step: some compile then),
        ``seconds`` of 1000 more steps, ``lines`` of the program, ``version``, and ``megabytes`` on
        the disk with everything it needs. A program that fails has a ``reason`` instead.
    """
    validation.offers("program", program, "one of PROGRAMS", "script", "module", "distribution")
    seconds = validation.require("seconds > 0", seconds=seconds)
    script = str(PROGRAMS_FOLDER / program.script)
    try:
        said = execute("measure.py", script, program.distribution, module=program.module,
                       name=program.script, seconds=seconds)  # fmt: skip
        return Result(program, _measured(said, program.script))
    except RuntimeError as error:
        return Result(program, {}, str(error))


def _measured(said, name):
    """Find the measurements among what a program and its framework printed."""
    found = [line for line in said.splitlines() if line.startswith(_MARK)]
    if not found:
        raise RuntimeError(f"{name} ended before it was measured, without a message")
    return json.loads(found[-1].removeprefix(_MARK))


_MARK = "measured: "


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
        ``..._source``, read on the day ``read``.
    """
    return json.loads((DATA / "frameworks_facts.json").read_text(encoding="utf-8"))


def installed(*, everywhere=False):
    """Return the programs whose framework is installed beside this notebook.

    Parameters
    ----------
    everywhere : bool
        Look into the environments that ``make frameworks`` made, too.

    Returns
    -------
    list of Program
    """
    pythons = {program: python_with(program.module) for program in PROGRAMS}
    return [
        p for p, python in pythons.items() if python and (everywhere or python == sys.executable)
    ]


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
