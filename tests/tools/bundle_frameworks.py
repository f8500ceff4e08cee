"""Run every program of notebook 17 that is installed here, and keep what was measured.

``python -m tests.tools.bundle_frameworks`` writes ``frameworks.json``, ``frameworks_digits.json``,
``frameworks_same.npz`` and ``training_speed.json`` in ``course_utils/data``. ``make frameworks``
makes the environments first.
"""

import datetime
import json
import os
import platform
import tempfile
from pathlib import Path

import numpy as np

from course_utils.frameworks import catalogue, run
from course_utils.frameworks import conventions as same
from tests.benchmarks import training_speed


def results():
    """Run all programs, one after the other."""
    for program in catalogue.PROGRAMS:
        run.run(program)  # once unmeasured: files come from the disk only the first time
        result = run.run(program)
        said = result.reason or f"{result.measured['w']}, {result.measured['seconds']:.4f} s"
        print(f"{program.framework}, {program.way}: {said}", flush=True)
        yield result


def answers():
    """Ask each library what it makes of the same numbers."""
    kept = {}
    with tempfile.TemporaryDirectory() as folder:
        given, out = Path(folder) / "given.npz", Path(folder) / "out.npz"
        np.savez(given, **same.given())
        for library, (script, module) in same.LIBRARIES.items():
            run.execute(script, str(given), str(out), module=module)
            with np.load(out) as found:
                kept |= {f"{library}|{name}": found[name] for name in found}
    return kept


def crossover():
    """Measure a training epoch here and in PyTorch, with one thread and with two."""
    python = run.python_with("torch")
    measured = [training_speed.run_worker(python, threads) for threads in (1, 2)]
    return {"threads": [one["rows"] for one in measured], "torch": measured[0]["torch"]}


def classifiers():
    """Train the digit classifier in each framework, and here; keep the quickest of three runs."""
    ours = {"this course": ("digits_in_course.py", "numpy", "numpy")}
    ours |= {"NumPy by hand": ("digits_in_numpy.py", "numpy", "numpy")}
    theirs = {name: one[:3] for name, one in catalogue.CLASSIFIERS.items()}
    os.environ |= {f"{one}_NUM_THREADS": "1" for one in ("OMP", "OPENBLAS", "MKL")}  # small work
    found = {}
    for name, (script, distribution, module) in (theirs | ours).items():
        path = str(catalogue.PROGRAMS_FOLDER / script)
        said = [
            run.execute("measure_digits.py", path, distribution, module=module) for _ in range(3)
        ]
        runs = [json.loads(text.rpartition("measured: ")[2]) for text in said]
        found[name] = min(runs, key=lambda one: one["seconds"])
        print(name, found[name], flush=True)
    return found


def main():
    machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    about = {"date": datetime.date.today().isoformat(), "machine": machine}
    catalogue.store(list(results()), about)
    text = json.dumps(about | {"results": classifiers()}, indent=1)
    (catalogue.DATA / "frameworks_digits.json").write_text(text + "\n", encoding="utf-8")
    np.savez_compressed(same.FILE, **answers())
    text = json.dumps(crossover() | about, indent=1)
    (catalogue.DATA / "training_speed.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
