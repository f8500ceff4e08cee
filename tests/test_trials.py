"""Trials: the same results wherever they run, whatever fails, however often they are begun."""

import json
import math
import os
import re
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from concurrent.futures import ThreadPoolExecutor as Threads

import numpy as np
import pytest

from course_utils.support import evaluation, long_runs, trials
from course_utils.support.evaluation import evaluate, stream
from course_utils.support.long_runs import Interrupted, kept
from course_utils.support.trials import Trial, Trials

CONFIGURATIONS = [{"x": float(x), "name": "a"} for x in range(12)]


def parabola(configuration, rng):
    return (configuration["x"] - 4.2) ** 2 + 0.01 * rng.normal()


def slow_when_small(configuration, rng):
    time.sleep(0.02 * (3 - configuration["x"] % 4))
    return parabola(configuration, rng)


def sometimes_fails(configuration, rng):
    x = configuration["x"]
    if x == 1:
        raise ArithmeticError("cost became NaN in epoch 3")
    return {2: math.nan, 3: math.inf}.get(x, x)


def quietly(objective, configurations=CONFIGURATIONS, **options):
    return evaluate(objective, configurations, progress=False, **options)


class Backwards(Executor):
    """Runs what it was sent when asked for results, the last one first."""

    def __init__(self):
        self._waiting = []

    def submit(self, function, *args, **kwargs):
        future = Future()
        self._waiting.append((future, function, args))
        if len(self._waiting) == len(CONFIGURATIONS):
            threading.Timer(0.05, self._run).start()
        return future

    def _run(self):
        for future, function, args in reversed(self._waiting):
            future.set_result(function(*args))


def test_same_seed_same_trials_whatever_the_executor():
    here = quietly(slow_when_small, seed=3)
    with Threads(4) as threads, ProcessPoolExecutor(2) as processes:
        for executor in (threads, processes, Backwards()):
            assert quietly(slow_when_small, seed=3, executor=executor) == here
    assert quietly(slow_when_small, seed=4) != here
    assert [t.number for t in here] == list(range(12))


def test_results_come_as_they_come():
    """The first trial ends only after another's result was seen."""
    seen = threading.Event()

    def objective(configuration, rng):
        if configuration["x"] == 0:
            assert seen.wait(30)
        return configuration["x"]

    with Threads(2) as threads:
        arriving = stream(objective, CONFIGURATIONS, executor=threads)
        first = next(arriving)
        seen.set()
        rest = list(arriving)
    assert first.number != 0
    assert sorted(t.number for t in [first, *rest]) == list(range(12))
    assert not [t.reason for t in rest if t.reason]


def test_failed_trials_are_kept_with_their_reason():
    found = quietly(sometimes_fails)
    assert [t.number for t in found.failed] == [1, 2, 3]
    assert found[1].reason == "ArithmeticError: cost became NaN in epoch 3"
    assert found[2].reason == "its value is nan"
    assert all(math.isnan(t.value) for t in found.failed)
    assert found.best.number == 0
    assert "3 failed: ArithmeticError" in repr(found)


def test_no_best_of_failures_alone():
    with pytest.raises(ValueError, match=r"no best of 1 trials, as none finished.*NaN in epoch 3"):
        quietly(sometimes_fails, [{"x": 1}]).best  # noqa: B018


@pytest.mark.parametrize("executor", [None, Threads(1)])
def test_an_interrupt_ends_the_search_and_keeps_what_is_done(executor):
    def stop_at_five(configuration, rng):
        if configuration["x"] == 5:
            raise KeyboardInterrupt
        return configuration["x"]

    with pytest.raises(Interrupted, match="interrupted after 5 of 12 trials") as caught:
        quietly(stop_at_five, executor=executor)
    assert [t.value for t in caught.value.kept] == [0, 1, 2, 3, 4]
    assert kept() is caught.value.kept
    assert kept().stopped == "interrupted after 5 of 12 trials"


def test_a_search_begun_again_runs_only_what_is_missing(tmp_path):
    ran, file = [], tmp_path / "search.jsonl"

    def counted(configuration, rng):
        ran.append(configuration["x"])
        return sometimes_fails(configuration, rng)

    first = quietly(counted, CONFIGURATIONS[:7], file=file)
    again = quietly(counted, file=file)
    assert ran == [float(x) for x in range(12)]
    assert again == quietly(sometimes_fails)
    assert first == again[:7]
    quietly(counted, [{"x": 0.5, "name": "a"}], file=file)
    quietly(counted, CONFIGURATIONS[:1], file=file, seed=1)
    assert ran[12:] == [0.5, 0.0]


@pytest.mark.parametrize("left", [1, 20, 60])
def test_a_line_cut_off_by_a_crash_is_run_again(tmp_path, left):
    file, ran = tmp_path / "search.jsonl", []

    def counted(configuration, rng):
        ran.append(configuration["x"])
        return parabola(configuration, rng)

    whole = quietly(counted, file=file)
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(lines[:-1]) + lines[-1][:left])
    assert quietly(counted, file=file) == whole
    assert ran[12:] == [11.0]
    assert [json.loads(line)["number"] for line in file.read_text().splitlines()] == list(range(12))


KILLED = """
import sys, time
from course_utils.support.evaluation import evaluate

def objective(configuration, rng):
    print(configuration["x"], flush=True)
    if configuration["x"] == 3 and sys.argv[2] == "sleep":
        time.sleep(60)
    return configuration["x"] + rng.normal()

evaluate(objective, [{"x": x} for x in range(5)], file=sys.argv[1], progress=False)
"""


def test_a_killed_process_loses_only_the_trial_that_was_running(tmp_path):
    command = [sys.executable, "-c", KILLED, str(tmp_path / "search.jsonl")]
    with subprocess.Popen([*command, "sleep"], stdout=subprocess.PIPE, text=True) as process:
        while process.stdout.readline() != "3\n":
            pass
        process.kill()
    again = subprocess.run([*command, "go on"], capture_output=True, text=True, check=True)
    assert again.stdout == "3\n4\n"


def test_a_file_of_something_else_is_refused_and_stays(tmp_path):
    file = tmp_path / "notes.txt"
    file.write_text("dear diary\n")
    with pytest.raises(ValueError, match=r"line 1 is none: name another file"):
        quietly(parabola, file=file)
    assert file.read_text() == "dear diary\n"


def dies(configuration, rng):
    if configuration["x"] == 3:
        os._exit(1)
    time.sleep(0.05)
    return configuration["x"]


def test_a_broken_pool_keeps_what_is_done_and_the_file_goes_on(tmp_path):
    file = tmp_path / "search.jsonl"
    with ProcessPoolExecutor(1) as pool:
        found = quietly(dies, executor=pool, file=file)
    assert found.stopped.startswith("the executor broke after ")
    assert "__main__" not in found.stopped or not len(found), "a cure only where nothing ran"
    assert {t.number for t in found} <= {0, 1, 2}
    whole = quietly(parabola_of_x, file=file)
    assert len(whole) == 12
    assert not whole.failed


def parabola_of_x(configuration, rng):
    return configuration["x"]


def test_a_broken_pool_with_nothing_done_says_why_and_how_to_mend_it():
    """A new process looks for the objective in a module `__main__` of its own."""
    code = (
        "from concurrent.futures import ProcessPoolExecutor as Pool\n"
        "from multiprocessing import get_context\n"
        "from course_utils.support.evaluation import evaluate\n"
        "def objective(c, rng): return 1.0\n"
        "with Pool(1, mp_context=get_context('spawn')) as pool:\n"
        "    print(evaluate(objective, [{'x': 1}], executor=pool, progress=False))\n"
    )
    notebook = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert notebook.stdout.startswith("0 trials; the executor broke after 0 of 1 trials: ")
    assert "put it into a file of its own, objective.py say, and import it" in notebook.stdout


def test_a_script_without_a_main_guard_is_told_so(tmp_path):
    script = tmp_path / "exported.py"
    script.write_text(
        "from course_utils.experiments import pandas_vs_caviar\n"
        "from course_utils.support.evaluation import evaluate\n"
        "with pandas_vs_caviar.processes(1) as pool:\n"
        "    found = evaluate(pandas_vs_caviar.objective, [{'alpha': 0.01}], executor=pool,\n"
        "                     progress=False)\n"
        "    print(found.stopped)\n"
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    assert 'below `if __name__ == "__main__":`' in done.stdout


class Refuses(Executor):
    def submit(self, function, *args, **kwargs):
        future = Future()
        future.set_exception(TypeError("cannot pickle this"))
        return future


def test_what_never_ran_is_said_but_not_written(tmp_path):
    file = tmp_path / "search.jsonl"
    found = quietly(parabola, executor=Refuses(), file=file)
    assert found[0].reason.startswith("could not be run: TypeError: cannot pickle this; other")
    assert "put it into a file of its own" in found[0].reason
    assert not file.read_text()


def test_an_abandoned_stream_cancels_the_rest():
    ran = []

    def counted(configuration, rng):
        ran.append(1)
        time.sleep(0.01)
        return 0.0

    with Threads(1) as threads:
        arriving = stream(counted, CONFIGURATIONS * 20, executor=threads)
        next(arriving)
        arriving.close()
    assert len(ran) < 20


def test_numpy_values_become_plain_and_objects_are_refused(tmp_path):
    file = tmp_path / "search.jsonl"
    configurations = [{"x": np.float64(0.1), "n": np.int64(3), "on": np.bool_(True)}]
    found = quietly(parabola, configurations, file=file)
    assert found[0].configuration == {"x": 0.1, "n": 3, "on": True}
    assert type(found[0].configuration["n"]) is int
    assert quietly(parabola, configurations, file=file) == found
    with pytest.raises(ValueError, match="should hold numbers, words and lists by name"):
        quietly(parabola, [{"x": object()}])


def test_an_objective_may_return_more(tmp_path):
    def with_curve(configuration, rng):
        return {"value": configuration["x"], "curve": np.arange(3)}

    found = quietly(with_curve, file=tmp_path / "s.jsonl")
    assert found[2].more == {"curve": [0, 1, 2]}
    assert found.column("curve").shape == (12, 3)
    assert quietly(with_curve, file=tmp_path / "s.jsonl") == found


def test_an_objective_cannot_spoil_the_configuration():
    def spoils(configuration, rng):
        configuration.clear()
        return 1.0

    assert quietly(spoils, [{"x": 1}])[0].configuration == {"x": 1}


def test_the_table(tmp_path):
    pandas = pytest.importorskip("pandas")
    found = quietly(sometimes_fails)
    found.to_csv(tmp_path / "t.csv")
    frame = found.to_frame()
    assert frame.columns.tolist() == ["number", "x", "name", "value", "seconds", "reason"]
    read = pandas.read_csv(tmp_path / "t.csv", keep_default_na=False, na_values={"value": ["nan"]})
    pandas.testing.assert_frame_equal(read, frame, check_dtype=False)
    assert found.column("x").tolist() == list(range(12))
    with pytest.raises(KeyError, match=r"trial 0 has no 'beta': it has x, name"):
        found.column("beta")


def test_a_frame_without_pandas_says_what_to_do(monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match="pip install pandas, or use to_csv"):
        Trials().to_frame()


def test_best_so_far_passes_over_failures():
    found = Trials([Trial(2, {}, 1.0), Trial(0, {}, math.nan, reason="x"), Trial(1, {}, 3.0)])
    assert found.best_so_far().tolist() == [math.inf, 3.0, 1.0]


def test_numbers_and_seeds_are_checked():
    with pytest.raises(
        ValueError, match="numbers should be as many as the 12 configurations, but got 1"
    ):
        quietly(parabola, numbers=[0])
    with pytest.raises(ValueError, match="seed >= 0 must hold, but got seed=-1"):
        quietly(parabola, seed=-1)


class SilentError(Exception):
    def __str__(self):
        raise RuntimeError("no words")


def raises(error):
    def objective(configuration, rng):
        raise error

    return objective


@pytest.mark.parametrize(
    ("objective", "reason"),
    [
        (lambda c, rng: None, "returned None: is its return missing?"),
        (lambda c, rng: "0.5", "should return a number, but returned '0.5'"),
        (lambda c, rng: np.zeros(1), "should return a number, but returned array"),
        (lambda c, rng: 1j, "should return a number, but returned 1j"),
        (lambda c, rng: np.complex128(1), "should return a number"),
        (lambda c, rng: {"curve": [1]}, "returned None"),
        (lambda c, rng: {"value": 1, "model": object()}, "what is returned should hold numbers"),
        (lambda c, rng: 10**400, "its value is inf"),
        (raises(SystemExit(1)), "SystemExit: 1"),
        (raises(GeneratorExit()), "GeneratorExit: "),
        (raises(SilentError()), "SilentError, which cannot say why"),
        (raises(ValueError("\ud800")), r"ValueError: \ud800"),
    ],
)
def test_whatever_an_objective_does_is_a_trial_with_a_reason(objective, reason):
    found = quietly(objective, [{"x": 1}, {"x": 2}])
    assert len(found.failed) == 2
    assert reason in found[0].reason
    repr(found).encode()


@pytest.mark.parametrize("value", [1, np.float32(1), np.array(1.0), np.int64(1), True])
def test_any_number_is_a_value(value):
    assert quietly(lambda c, rng: value, [{"x": 1}])[0].value == 1.0


def test_an_objective_cannot_spoil_what_lies_deeper():
    def spoils(configuration, rng):
        configuration["widths"].append(1)
        return 1.0

    assert quietly(spoils, [{"widths": [3]}])[0].configuration == {"widths": [3]}


@pytest.mark.parametrize(
    ("arguments", "options", "says"),
    [
        ((3, CONFIGURATIONS), {}, "objective should be a function"),
        ((parabola, {"x": 1}), {}, r"should be a list, but got {'x': 1}: use \[...\]"),
        ((parabola, ({"x": i} for i in range(3))), {}, r"should be a list, .*or list\(...\)"),
        ((parabola, CONFIGURATIONS), {"executor": 4}, "executor should be an Executor such as"),
    ],
)
def test_what_cannot_be_run_is_said_before(arguments, options, says):
    with pytest.raises(TypeError, match=says):
        quietly(*arguments, **options)


def test_the_bar_shows_the_best_and_does_not_look_at_all_again(capsys):
    class Costly(float):
        """A value that counts how often it is compared."""

        compared = 0

        def __lt__(self, other):
            Costly.compared += 1
            return float(self) < other

    evaluate(lambda c, rng: time.sleep(0.05) or sometimes_fails(c, rng), CONFIGURATIONS)
    assert "best 0, 3 failed" in capsys.readouterr().err
    arriving = (Trial(i, {}, Costly(i)) for i in range(300))
    with long_runs.bar(300, "trial", show=False) as bar:
        assert len(list(evaluation._shown(arriving, bar))) == 300
    assert Costly.compared < 1000


def test_ten_thousand_trials_are_kept_quickly(tmp_path):
    configurations = [{"x": x, "y": 0.5} for x in range(10_000)]
    start = time.process_time()
    quietly(parabola, configurations)
    quietly(parabola, configurations[:2000], file=tmp_path / "s.jsonl")
    again = time.process_time()
    quietly(parabola, configurations[:2000], file=tmp_path / "s.jsonl")
    assert again - start < 60
    assert time.process_time() - again < 10


def where(configuration, rng):
    return {"value": rng.normal(), "pid": os.getpid()}


def slowly_where(configuration, rng):
    time.sleep(0.1)
    return where(configuration, rng)


def test_a_dask_cluster_that_loses_a_worker_loses_no_trial():
    distributed = pytest.importorskip("distributed")
    configurations = [{"x": x} for x in range(40)]
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        arriving, found = stream(slowly_where, configurations, executor=client.get_executor()), []
        for trial in arriving:
            found.append(trial)
            if len(found) == 5:
                os.kill(trial.more["pid"], getattr(signal, "SIGKILL", signal.SIGTERM))
    assert not [t.reason for t in found if t.reason]
    pids = {t.more["pid"] for t in found}
    assert len(pids) >= 2
    assert os.getpid() not in pids
    here = {t.number: t.value for t in quietly(where, configurations)}
    assert {t.number: t.value for t in found} == here


def test_on_ipyparallel():
    ipyparallel = pytest.importorskip("ipyparallel")
    with ipyparallel.Cluster(n=2, log_level=40) as client:
        found = quietly(where, executor=client.executor())
    assert [t.value for t in found] == [t.value for t in quietly(where)]
    assert os.getpid() not in found.column("pid")


def test_a_broken_executor_is_told_apart_from_the_objectives_own_error():
    def raises(configuration, rng):
        raise BrokenExecutor("mine")

    assert quietly(raises, CONFIGURATIONS[:1])[0].reason == "BrokenExecutor: mine"
    assert trials.described({"alpha": 0.0123456, "n": 3}) == "alpha=0.0123, n=3"


def test_where_nothing_can_be_written_is_said_before_the_first_trial(tmp_path):
    tried = []
    objective = lambda configuration, rng: tried.append(1) or 1.0  # noqa: E731
    for nowhere in (tmp_path, tmp_path / "missing" / "trials.jsonl"):
        with pytest.raises(OSError, match=re.escape(str(nowhere))):
            evaluate(objective, [{"x": 1}], file=nowhere, progress=False)
    assert not tried
