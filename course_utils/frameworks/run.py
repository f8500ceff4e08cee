"""The programs of the catalogue, run: each in a process of its own.

It has the Python of the environment that has the framework, so that no crash or clash reaches
another.
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

from course_utils.frameworks.catalogue import PROGRAMS, PROGRAMS_FOLDER, Result
from course_utils.support import validation

SECONDS = 180
"""How long a program may take before it is given up."""

_REPOSITORY = Path(__file__).parents[2]
_MARK = "measured: "


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
    for environment in sorted(_REPOSITORY.glob(".venv-*")):
        for packages in ("lib/python*/site-packages", "Lib/site-packages"):
            if any(environment.glob(f"{packages}/{module}")):
                folder = environment / ("Scripts" if os.name == "nt" else "bin")
                return str(folder / "python")
    return None


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
        said = execute(
            "measure.py",
            script,
            program.distribution,
            module=program.module,
            name=program.script,
            seconds=seconds,
        )
        return Result(program, _measured(said, program.script))
    except RuntimeError as error:
        return Result(program, {}, str(error))


def _measured(said, name):
    """Find the measurements among what a program and its framework printed."""
    found = [line for line in said.splitlines() if line.startswith(_MARK)]
    if not found:
        raise RuntimeError(f"{name} ended before it was measured, without a message")
    return json.loads(found[-1].removeprefix(_MARK))


def execute(script, *arguments, module, name=None, python=None, seconds=SECONDS):
    """Run a file of ``course_utils/frameworks/programs`` in a process of its own.

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
        process = subprocess.Popen(
            command,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=complained,
            **lead,
        )
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
    return {
        **{k: v for k, v in os.environ.items() if k not in own},
        "THEANO_FLAGS": "blas.ldflags=",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "PYTHONPATH": str(_REPOSITORY),
    }


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
