"""The file of trials: whole lines and each once, whoever writes, whatever the disk does."""

import errno
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from course_utils.support import file_lock, trials
from course_utils.support.evaluation import evaluate
from course_utils.support.trial_log import Trial, TrialLog

ONE = Trial(0, {"x": 1.0}, 0.5)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "search.jsonl"


def quietly(objective, xs, file, **options):
    configurations = [{"x": x} for x in xs]
    return evaluate(objective, configurations, file=file, progress=False, **options)


def x_of(configuration, rng):
    return configuration["x"]


# --- texts


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\x85", "\x0b", "\x1c", "\r", "\ud800", "€"])
def test_any_character_comes_back(file, mark):
    def fails(configuration, rng):
        raise ValueError(f"first{mark}second")

    wanted = [{"name": f"a{mark}b"}]
    found = evaluate(fails, wanted, file=file, progress=False)
    assert evaluate(fails, wanted, file=file, progress=False) == found
    assert len(file.read_bytes().split(b"\n")) == 2
    assert [t.configuration for t in TrialLog(file).trials()] == wanted
    found[0].reason.encode(), repr(found).encode()  # a page takes nothing but UTF-8


def test_old_lines_with_such_characters_are_read(file):
    old = {
        "number": 0,
        "configuration": {"x": 1},
        "value": None,
        "seconds": 0.1,
        "seed": 0,
        "reason": "first\u2028second\x85third",
        "more": {},
    }
    file.write_text(json.dumps(old, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
    assert TrialLog(file).trials()[0].reason == "first\u2028second\x85third"


def test_line_ends_of_windows_and_empty_lines_are_read(file):
    quietly(x_of, [1, 2], file)
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n\r\n"))
    assert [t.value for t in TrialLog(file).trials()] == [1, 2]


# --- what is no trial

LINE = {
    "number": 0,
    "configuration": {"x": 1},
    "value": 0.5,
    "seconds": 0.1,
    "reason": "",
    "more": {},
    "seed": 0,
}
WRONG = [
    {"value": None},
    {"value": "0.5"},
    {"value": float("nan")},
    {"value": float("inf")},
    {"value": True},
    {"value": [1]},
    {"value": 10**400},
    {"reason": "failed"},
    {"reason": None},
    {"number": "0"},
    {"number": 0.5},
    {"configuration": []},
    {"configuration": None},
    {"more": 1},
    {"seed": None},
    {"seconds": "1"},
]


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_json_of_the_wrong_kind_is_refused_and_stays(file, wrong):
    lines = "".join(json.dumps(values) + "\n" for values in (LINE, {**LINE, **wrong}))
    file.write_text(lines)
    for _ in range(2):
        with pytest.raises(ValueError, match=r"but line 2 is none: name another file, or mend"):
            quietly(x_of, [1], file)
    assert file.read_text() == lines


@pytest.mark.parametrize("content", [b"\xff\xfe\n", b"[" * 100_000 + b"\n", b"\0\0\0\n", b"{}\n"])
def test_other_bytes_are_refused(file, content):
    file.write_bytes(content)
    with pytest.raises(ValueError, match="line 1 is none"):
        TrialLog(file).trials()


def test_a_value_that_is_no_number_does_not_count_as_finished():
    found = trials.Trials([Trial(0, {}, float("nan")), Trial(1, {}, 2.0)])
    assert found.best.number == 1
    assert [t.number for t in found.failed] == [0]


# --- objectives


def test_a_rewritten_objective_is_run_anew_and_that_is_said(file, capsys):
    assert quietly(lambda c, rng: 99.0, [1, 2], file).best.value == 99
    assert capsys.readouterr().err == ""
    assert quietly(lambda c, rng: 1.0, [1, 2], file).best.value == 1
    said = capsys.readouterr().err
    assert "holds 2 of these trials from another objective" in said
    assert "Name another file" in said
    assert quietly(lambda c, rng: 99.0, [1, 2], file).best.value == 99
    assert len(file.read_bytes().splitlines()) == 4, "both are kept, none is run again"


def test_a_file_from_before_there_were_fingerprints_is_read(file, capsys):
    file.write_text(json.dumps(LINE) + "\n")
    assert quietly(x_of, [1], file)[0].value == 0.5
    assert capsys.readouterr().err == ""


# --- places


def test_a_relative_path_stays_where_it_was(tmp_path, monkeypatch):
    def walks(configuration, rng):
        os.chdir(tmp_path / "elsewhere")
        return configuration["x"]

    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    quietly(walks, [1, 2, 3], "search.jsonl")
    assert len((tmp_path / "search.jsonl").read_bytes().splitlines()) == 3
    assert not list((tmp_path / "elsewhere").iterdir())


# --- disks


def failing(number):
    def fails(*arguments):
        raise OSError(number, os.strerror(number))

    return fails


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOSYS, errno.EPERM])
def test_a_disk_that_cannot_confirm_is_written_all_the_same(file, monkeypatch, number):
    monkeypatch.setattr(os, "fsync", failing(number))
    assert len(quietly(x_of, [1, 2], file)) == 2
    assert len(TrialLog(file).trials()) == 2


def test_a_full_disk_ends_the_search_and_what_is_done_is_kept(file, monkeypatch):
    from course_utils.support.long_runs import kept

    def fills(configuration, rng):
        if configuration["x"] == 3:
            monkeypatch.setattr(os, "fsync", failing(errno.ENOSPC))
        return configuration["x"]

    with pytest.raises(OSError, match="space") as caught:
        quietly(fills, [1, 2, 3, 4], file)
    assert [t.value for t in kept()] == [1, 2]
    assert "kept()" in caught.value.__notes__[0]
    monkeypatch.undo()
    assert len(quietly(fills, [1, 2], file)) == 2


def test_a_file_system_without_locks_is_used_without(file, monkeypatch):
    monkeypatch.setattr(file_lock, "_change", lambda file, lock: failing(errno.ENOLCK)())
    assert len(quietly(x_of, [1, 2], file)) == 2


# --- several processes

WRITER = """
import sys
from course_utils.support.evaluation import evaluate

def objective(configuration, rng):
    return {"value": configuration["x"], "long": ["x" * 100] * 100}

evaluate(objective, [{"x": x} for x in range(int(sys.argv[2]))], file=sys.argv[1], progress=False)
"""


def started(code, *arguments):
    return subprocess.Popen([sys.executable, "-c", code, *map(str, arguments)])


def test_many_processes_write_whole_lines_and_each_once(file):
    for process in [started(WRITER, file, 60) for _ in range(3)]:
        assert process.wait(120) == 0
    numbers = [json.loads(line)["number"] for line in file.read_bytes().splitlines()]
    assert sorted(numbers) == list(range(60))


def test_who_opens_while_another_writes_cuts_nothing(file):
    """Between writing a line and its end a second search begins."""
    log, other, half = TrialLog(file), TrialLog(file), b'{"number": 0, "more": ' + b"1" * 1000
    with log.lock:
        file.write_bytes(half)
        waits = threading.Thread(target=other.add, args=(Trial(7, {}, 0.1), "a"))
        waits.start()
        time.sleep(0.1)
        assert file.read_bytes() == half
    waits.join(30)
    assert [t.number for t in TrialLog(file).trials()] == [7]
    assert file.read_bytes().endswith(b"}\n"), "nothing is left of the half line"


HOLDER = """
import sys, time
from course_utils.support.trial_log import TrialLog
with TrialLog(sys.argv[1]).lock:
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def holding(file, seconds):
    command = [sys.executable, "-c", HOLDER, str(file), str(seconds)]
    holder = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert holder.stdout.readline() == b"held" + os.linesep.encode()
    return holder


def test_a_process_waits_for_another_and_says_so(file, capsys):
    with holding(file, 3) as holder:
        TrialLog(file).add(ONE, "a")
        assert holder.wait(30) == 0
    assert "waiting for another process, which uses" in capsys.readouterr().err
    assert TrialLog(file).trials() == [ONE]


def test_a_killed_process_leaves_no_lock(file):
    with holding(file, 100) as holder:
        holder.kill()
    start = time.monotonic()
    TrialLog(file).add(ONE, "a")
    assert time.monotonic() - start < 20


def test_a_thread_may_lock_twice_and_another_waits(tmp_path):
    lock, order = file_lock.of(tmp_path / "a"), []
    assert lock is file_lock.of(Path(tmp_path / "b" / ".." / "a"))

    def waits():
        with lock:
            order.append("second")

    with lock, lock:
        other = threading.Thread(target=waits)
        other.start()
        time.sleep(0.1)
        order.append("first")
    other.join(30)
    assert order == ["first", "second"]


SPENDER = """
import sys
from course_utils.experiments.leaderboard import BudgetError, Leaderboard
board = Leaderboard(sys.argv[1], budget=10)
for seed in range(int(sys.argv[2]), int(sys.argv[2]) + 6):
    try:
        board.try_({"epochs": 2, "units": 4}, seed)
    except BudgetError:
        pass
"""


def test_two_processes_do_not_spend_more_than_the_budget(file):
    for process in [started(SPENDER, file, first) for first in (0, 100)]:
        assert process.wait(120) == 0
    assert len(file.read_bytes().splitlines()) == 5
