"""Train one digit classifier and print what was measured, as one line of JSON after "measured:".

``python measure_digits.py digits_in_pytorch.py torch``, with the Python of an environment that has
the framework.
"""

import json
import statistics
import sys
import time
from importlib import metadata
from pathlib import Path

import digits_data
from measure import lines, load

EPOCHS = 40


def measure(path, distribution):
    """Return seconds of a median epoch and up to the end of the first, lines, wrong digits."""
    start = time.perf_counter()
    program, seconds = load(path), []
    loaded = time.perf_counter()
    for _ in range(EPOCHS):
        before = time.perf_counter()
        program.epoch()
        seconds.append(time.perf_counter() - before)
    return {
        "seconds": statistics.median(seconds[1:]),
        "start_seconds": loaded - start + seconds[0],
        "lines": lines(path.read_text(encoding="utf-8")),
        "wrong": int((program.predicted() != digits_data.labels_test).sum()),
        "version": metadata.version(distribution),
    }


if __name__ == "__main__":
    print("\nmeasured:", json.dumps(measure(Path(sys.argv[1]), sys.argv[2])))
