"""How much faster a search is on two workers, and what a trial costs beside its training.

Writes ``search.md``.
"""

import statistics
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from distributed import Client, LocalCluster

from course_utils import search
from course_utils.experiments import digit_tuning
from course_utils.support import evaluation

RESULTS = Path(__file__).with_name("search.md")
TRIALS, ROUNDS, MANY = 50, 5, 10_000


def configurations():
    drawn = search.random(digit_tuning.SPACE, TRIALS, np.random.default_rng(0))
    return [{**c, "epochs": 20} for c in drawn]


def nothing(configuration, rng):
    return configuration["x"]


def seconds(executor, objective, wanted, **options):
    start = time.perf_counter()
    found = evaluation.evaluate(objective, wanted, executor=executor, progress=False, **options)
    assert len(found) == len(wanted)
    assert not found.stopped
    return time.perf_counter() - start


def warm(executor, workers):
    """Let every worker load what it needs."""
    seconds(executor, digit_tuning.validation_error, [{"epochs": 3}] * 4 * workers)


def scaling():
    """Return medians of seconds by kind of executor and number of workers, taking turns."""
    with (
        ProcessPoolExecutor(1) as one,
        ProcessPoolExecutor(2) as two,
        LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as small,
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as large,
        Client(small) as dask_one,
        Client(large) as dask_two,
    ):
        executors = {
            ("in this process", 1): None,
            ("process pool", 1): one,
            ("process pool", 2): two,
            ("Dask cluster", 1): dask_one.get_executor(),
            ("Dask cluster", 2): dask_two.get_executor(),
        }
        for (_, workers), executor in executors.items():
            warm(executor, workers)
        times = {name: [] for name in executors}
        for _ in range(ROUNDS):
            for name, executor in executors.items():
                times[name].append(
                    seconds(executor, digit_tuning.validation_error, configurations())
                )
    return {name: statistics.median(values) for name, values in times.items()}


def overheads():
    """Return milliseconds a trial that trains nothing costs, by where it runs and is kept."""
    wanted = [{"x": x, "y": 0.5} for x in range(MANY)]
    with TemporaryDirectory() as folder, ProcessPoolExecutor(1) as pool:
        file = Path(folder) / "trials.jsonl"
        runs = {
            "in this process": lambda: seconds(None, nothing, wanted),
            "in this process, kept in a file": lambda: seconds(None, nothing, wanted, file=file),
            "read back from the file": lambda: seconds(None, nothing, wanted, file=file),
            "process pool": lambda: seconds(pool, nothing, wanted),
        }
        return {name: 1000 * run() / MANY for name, run in runs.items()}


def page(times, costs):
    rows = []
    for (kind, workers), value in times.items():
        faster = times.get((kind, 1), value) / value
        gain = f"**{faster:.2f} ×**" if workers == 2 else ""
        rows.append(f"| {kind} | {workers} | {value:.2f} | {gain} |")
    overhead = [f"| {name} | {cost:.3f} |" for name, cost in costs.items()]
    return "\n".join(
        [
            "# Speed of searches",
            "",
            f"`make bench` writes this page: seconds for {TRIALS} random trials of the digits' "
            f"network, 20 epochs each; medians of {ROUNDS} rounds, taking turns "
            "(target: two workers 1.8 × as fast as one).",
            "",
            "| where | workers | seconds | faster than one worker |",
            "| --- | ---: | ---: | ---: |",
            *rows,
            "",
            f"What a trial costs beside its training, over {MANY:,} trials that train nothing:",
            "",
            "| where | milliseconds a trial |",
            "| --- | ---: |",
            *overhead,
            "",
        ]
    )


def main():
    RESULTS.write_text(page(scaling(), overheads()), encoding="utf-8")
    print(RESULTS.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
