"""Whatever a reader's function does, the notebook goes on."""

import _thread
import builtins
import random
import signal
import sys
import threading
import time
import warnings
from types import SimpleNamespace

import numpy as np
import pytest

from course_utils.checks.engine import running
from course_utils.checks.engine.running import TookTooLong, call, one_wait

HERE = pytest.param(
    "emscripten",
    id="without-threads",
    marks=pytest.mark.skipif(
        sys.version_info < (3, 12), reason="sys.monitoring came with Python 3.12"
    ),
)


@pytest.fixture(params=[pytest.param(sys.platform, id="in-a-thread"), HERE])
def anywhere(request, monkeypatch):
    """Run in a thread, and as where there are none."""
    monkeypatch.setattr(running.sys, "platform", request.param)


def never_ends():
    z = 0
    while True:
        z = z + 1


def calls_for_ever():
    def step(n):
        return n + 1

    return max(iter(lambda: step(0), None))


def comprehends_for_ever():
    return [0 for _ in iter(int, 1)]


@pytest.mark.usefixtures("anywhere")
@pytest.mark.parametrize("endless", [never_ends, calls_for_ever, comprehends_for_ever])
def test_an_endless_loop_is_stopped(endless):
    started, threads = time.monotonic(), threading.active_count()
    outcome = call(endless, seconds=0.2)
    assert outcome.endless
    assert time.monotonic() - started < 60
    assert not outcome.runs_on
    assert threading.active_count() == threads


@pytest.mark.usefixtures("anywhere")
def test_a_loop_that_catches_everything_costs_no_more():
    started, ends = time.monotonic(), []

    def swallows_everything():
        while not ends:
            try:
                while True:
                    z = 0
                    z = z + 1 if not ends else 1 / 0
            except BaseException:
                continue

    outcome = call(swallows_everything, seconds=0.2)
    ends.append(True)  # the test leaves nothing behind
    assert outcome.endless
    assert time.monotonic() - started < 60
    assert outcome.runs_on == (sys.version_info < (3, 12))


@pytest.mark.usefixtures("anywhere")
def test_the_line_of_the_loop_is_named():
    assert call(never_ends, seconds=0.2).where.split(": ")[1] in ("z = z + 1", "while True:")


@pytest.mark.usefixtures("anywhere")
def test_a_call_inside_a_call_is_guarded_once(monkeypatch):
    class Shell:
        """Stands for IPython's, of which `ask_exit` is exchanged while a check runs."""

    shell = Shell()
    monkeypatch.setattr("builtins.get_ipython", lambda: shell, raising=False)
    inner = call(lambda: call(lambda: 1 / 0)).value
    assert isinstance(inner.error, ZeroDivisionError)
    outer = call(lambda: call(lambda: [0 for _ in iter(int, 1)]), seconds=0.3)
    assert outer.endless
    assert "iter(int, 1)" in outer.where


def test_one_wait_serves_all_calls_of_a_check():
    started = time.monotonic()
    with one_wait(0.3):
        outcomes = [call(never_ends, seconds=10) for _ in range(10)]
    assert all(outcome.endless for outcome in outcomes)
    assert time.monotonic() - started < 60


def test_a_block_inside_another_shares_its_patience():
    with one_wait(0.2):
        with one_wait(100):
            assert call(never_ends).endless
        assert call(lambda: 7).endless
    assert call(lambda: 7).value == 7


def test_many_slow_calls_are_not_one_that_never_ends():
    with one_wait(2.5):
        assert [call(lambda: time.sleep(0.7)).error for _ in range(4)] == [None] * 4


def test_what_sleeps_in_a_compiled_routine_is_left_behind():
    started = time.monotonic()
    assert call(time.sleep, 300, seconds=0.1).endless
    assert time.monotonic() - started < 60


def test_a_compiled_routine_that_holds_the_interpreter_took_too_long_once_it_is_back():
    calls = []

    def holds():
        calls.append(0)
        return sum(range(2 * 10**7))

    with one_wait(0.02):
        first = call(holds)
        assert first.endless
        assert first.held
        assert call(holds).endless
    assert len(calls) == 1


@pytest.mark.usefixtures("anywhere")
@pytest.mark.parametrize(
    ("stop", "kind"),
    [
        (lambda: sys.exit(), SystemExit),
        (lambda: (_ for _ in ()).throw(GeneratorExit), GeneratorExit),
        (lambda: 1 / 0, ZeroDivisionError),
        (lambda: int("x"), ValueError),
    ],
)
def test_what_is_raised_stays_inside(stop, kind):
    assert isinstance(call(stop).error, kind)


def recurses():
    return recurses()


@pytest.mark.usefixtures("anywhere")
def test_a_recursion_without_end_is_an_error():
    outcome = call(recurses)
    assert isinstance(outcome.error, RecursionError)
    assert "recurses()" in outcome.where


class SilentError(Exception):
    def __str__(self):
        raise RuntimeError("no text")


class EndlessError(Exception):
    def __str__(self):
        never_ends()


def throws(error):
    raise error


def test_the_text_of_an_error_may_raise_or_never_end():
    assert call(throws, SilentError()).message == ""
    with one_wait(0.3):
        assert call(throws, EndlessError()).message == ""


def test_the_line_named_is_the_readers_own_not_a_librarys():
    def adds():
        return np.concatenate([np.zeros(2), 3])

    assert call(adds).where.endswith("return np.concatenate([np.zeros(2), 3])")
    assert call(lambda: random.Random(0).choice([])).where.startswith("line ")
    assert "choice([])" in call(lambda: random.Random(0).choice([])).where


@pytest.fixture
def _button_heard():
    """Hear the stop button: what a shell starts in the background may have been told not to."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("anywhere", "_button_heard")
def test_the_stop_button_stops_the_function_and_the_check():
    threads = threading.active_count()
    button = threading.Timer(0.3, _thread.interrupt_main)
    button.start()
    with pytest.raises(KeyboardInterrupt):
        call(never_ends, seconds=30)
    button.join()
    assert threading.active_count() == threads


def test_a_prompt_waits_for_its_reader():
    def cmdloop():  # what pdb is in while it waits
        time.sleep(0.8)

    def raw_input():  # what ipykernel is in while it waits
        time.sleep(0.8)

    with one_wait(0.7):
        assert call(cmdloop).error is None
        assert call(raw_input).error is None


def unsettles():
    np.seterr(all="raise")
    np.random.seed(3)  # noqa: NPY002 (what a reader may do)
    random.seed(3)
    warnings.simplefilter("error")
    warnings.warn("a warning", UserWarning, stacklevel=1)


@pytest.mark.usefixtures("anywhere")
def test_global_states_are_what_they_were():
    before = np.geterr(), np.random.get_state()[1].tolist(), random.getstate()  # noqa: NPY002
    filters = list(warnings.filters)
    call(unsettles)
    after = np.geterr(), np.random.get_state()[1].tolist(), random.getstate()  # noqa: NPY002
    assert before == after
    assert filters == warnings.filters


def test_inside_a_check_the_random_state_goes_on():
    with one_wait():
        draws = [call(np.random.random).value for _ in range(2)]
    assert draws[0] != draws[1]


@pytest.mark.usefixtures("anywhere")
def test_warnings_and_floating_point_trouble_are_no_errors():
    assert call(lambda: np.log(np.zeros(2)) - np.float64(1) / np.zeros(2)).error is None
    assert call(lambda: warnings.warn("old", DeprecationWarning, stacklevel=1)).error is None


def test_exit_in_a_notebook_does_not_stop_the_kernel(monkeypatch):
    class Shell(SimpleNamespace):
        def ask_exit(self):
            stopped.append(True)

    stopped, shell = [], Shell()
    monkeypatch.setattr(builtins, "get_ipython", lambda: shell, raising=False)
    assert isinstance(call(lambda: shell.ask_exit()).error, SystemExit)
    assert stopped == []
    shell.ask_exit()
    assert stopped == [True]


def test_what_is_printed_is_heard_unless_it_should_not(capsys):
    call(print, "heard")
    call(print, "not heard", quiet=True)
    assert capsys.readouterr().out == "heard\n"


@pytest.mark.skipif(sys.version_info < (3, 12), reason="sys.monitoring came with Python 3.12")
def test_without_threads_calls_may_be_nested_and_leave_no_tool_behind(monkeypatch):
    monkeypatch.setattr(running.sys, "platform", "emscripten")
    taken = [sys.monitoring.get_tool(tool) for tool in range(6)]
    assert call(lambda: call(lambda: call(lambda: 7).value).value).value == 7
    assert [sys.monitoring.get_tool(tool) for tool in range(6)] == taken


@pytest.mark.skipif(sys.version_info < (3, 12), reason="sys.monitoring came with Python 3.12")
def test_without_threads_a_debugger_may_hold_other_places(monkeypatch):
    monkeypatch.setattr(running.sys, "platform", "emscripten")
    free = [tool for tool in range(6) if sys.monitoring.get_tool(tool) is None]
    for tool in free[1:]:
        sys.monitoring.use_tool_id(tool, "a debugger")
    try:
        assert call(never_ends, seconds=0.1).endless
    finally:
        for tool in free[1:]:
            sys.monitoring.free_tool_id(tool)


def test_a_stopped_call_is_no_exception_that_a_reader_catches():
    assert issubclass(TookTooLong, BaseException)
    assert not issubclass(TookTooLong, Exception)
