"""Run a reader's function so that nothing it does can harm the notebook.

`call` runs one function once; inside ``with one_wait():`` (or under the decorator ``@one_wait()``)
all calls share one time budget, so that an answer that never ends costs one wait a check.

An endless loop is stopped by an exception raised between two of its bytecodes. What sits in a
compiled routine that lets other threads run (a sleep, a large matrix product) is left behind, and
the notebook goes on. A compiled routine that holds the interpreter, such as
``sum(range(10**12))``, cannot be stopped from inside: no other thread runs until it comes back, and
only then the check says that it took too long. If it never does, the kernel has to be restarted
(Kernel ▸ Restart Kernel); the stop button has no effect either.

Time in which a debugger or ``input`` waits for the reader does not count.
"""

import builtins
import contextlib
import ctypes
import io
import linecache
import random
import sys
import sysconfig
import threading
import time
import traceback
import warnings
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

import numpy as np

_OTHERS = (
    str(Path(__file__).parents[1]),
    sysconfig.get_path("stdlib"),
    sysconfig.get_path("purelib"),
)
_LOOK = 0.05  # seconds between two looks at the clock
_PROMPTS = {"input", "raw_input", "cmdloop", "do_wait_suspend", "_do_wait_suspend"}


@dataclass(frozen=True)
class Outcome:
    """What one call did: a `value`, or an `error` with the place `where` it happened."""

    value: object = None
    error: BaseException | None = None
    where: str = ""

    @property
    def endless(self):
        """Whether the call was stopped because it took too long."""
        return isinstance(self.error, TookTooLong)

    @property
    def said(self):
        """The text of the error; empty if the text itself raises."""
        said = call(lambda: str(self.error)).value
        return said if isinstance(said, str) else ""


class TookTooLong(BaseException):
    """Raised inside a reader's function that does not come back.

    Not an `Exception`, so that the reader's own ``except Exception`` does not catch it.
    """


@dataclass
class _Budget:
    left: float


_budget = ContextVar("budget", default=None)


@contextlib.contextmanager
def one_wait(seconds=5.0):
    """Let all calls in this block share `seconds`; a block inside another shares the outer's.

    Afterwards the random state and the warnings are what they were, whatever the reader's functions
    did to them, and ``exit()`` inside one has not stopped the kernel.
    """
    if _budget.get() is not None:
        yield _budget.get()
        return
    token = _budget.set(_Budget(seconds))
    try:
        with warnings.catch_warnings(), _random_state_kept(), _kernel_kept():
            warnings.simplefilter("ignore")
            yield _budget.get()
    finally:
        _budget.reset(token)


@contextlib.contextmanager
def _random_state_kept():
    ours, theirs = random.getstate(), np.random.get_state()  # noqa: NPY002 (the reader's, not ours)
    try:
        yield
    finally:
        random.setstate(ours)
        np.random.set_state(theirs)  # noqa: NPY002


@contextlib.contextmanager
def _kernel_kept():
    """Turn IPython's ``exit()``, which stops the kernel, into Python's, which raises."""
    shell = getattr(builtins, "get_ipython", lambda: None)()
    if shell is None:
        yield
        return
    shell.ask_exit = sys.exit
    try:
        yield
    finally:
        del shell.ask_exit


def call(function, *args, seconds=5.0, quiet=False, **kwargs):
    """Call a reader's function, catching whatever it raises and stopping it if it never ends.

    Parameters
    ----------
    function : callable
        The reader's function.
    *args, **kwargs
        Its arguments.
    seconds : float
        How long it may take, unless a block of `one_wait` says so already.
    quiet : bool
        Whether to swallow what it prints.

    Returns
    -------
    Outcome
        The value, or the error and the line in which it happened.

    Examples
    --------
    >>> call(lambda z: 1 / z, 0).error
    ZeroDivisionError('division by zero')
    """
    run = _in_this_thread if sys.platform == "emscripten" else _in_a_thread
    heard = contextlib.redirect_stdout(io.StringIO()) if quiet else contextlib.nullcontext()
    with one_wait(seconds) as budget, heard:
        if budget.left <= 0:
            return _too_long(seconds)
        return run(lambda: function(*args, **kwargs), budget)


def _too_long(seconds, where=""):
    return Outcome(error=TookTooLong(f"stopped after {seconds:.3g} s"), where=where)


def _catch(work, box):
    """Put what `work` does into the box; whatever the reader's code raises is an answer."""
    try:
        with np.errstate(all="ignore"):
            box.append(Outcome(value=work()))
    except BaseException as error:
        box.append(Outcome(error=error, where=_where_raised(error)))


def _in_a_thread(work, budget):
    box, allowed = [], budget.left
    thread = threading.Thread(target=_catch, args=(work, box), daemon=True)
    thread.start()
    try:
        _wait(thread, budget)
    except BaseException:  # the stop button: it stops the reader's function, too
        _stop(thread)
        raise
    if budget.left > 0:
        return box[0]
    where = _where(sys._current_frames().get(thread.ident))
    _stop(thread)
    return _too_long(allowed, where)


def _wait(thread, budget):
    """Wait in short steps: Windows lets the stop button through only between two of them."""
    while thread.is_alive() and budget.left > 0:
        start = time.monotonic()
        thread.join(min(_LOOK, budget.left))
        if not _waits_for_the_reader(sys._current_frames().get(thread.ident)):
            budget.left -= time.monotonic() - start


def _waits_for_the_reader(frame):
    while frame is not None and frame.f_code.co_name not in _PROMPTS:
        frame = frame.f_back
    return frame is not None


def _stop(thread, tries=40):
    """Raise `TookTooLong` in the thread until it ends, however often its code swallows it."""
    for _ in range(tries):
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(thread.ident), ctypes.py_object(TookTooLong)
        )
        thread.join(_LOOK)
        if not thread.is_alive():
            return


def _in_this_thread(work, budget):
    """Call where there are no threads: `sys.monitoring` looks at the clock at jumps and calls."""
    start, allowed, stopped, box = time.monotonic(), budget.left, [], []

    def look(*_):
        if time.monotonic() - start > allowed:
            stopped.append(_where(sys._getframe(1)))
            raise TookTooLong

    with _monitored(look):
        _catch(work, box)
    budget.left -= time.monotonic() - start
    if isinstance(box[0].error, KeyboardInterrupt):
        raise box[0].error
    return _too_long(allowed, stopped[0]) if stopped else box[0]


@contextlib.contextmanager
def _monitored(look):
    """Call `look` at each jump and each start of a function, as long as a tool's place is free."""
    monitoring = sys.monitoring
    free = [tool for tool in range(6) if monitoring.get_tool(tool) is None]
    if not free:
        yield
        return
    tool, events = free[-1], (monitoring.events.JUMP, monitoring.events.PY_START)
    monitoring.use_tool_id(tool, __name__)
    try:
        for event in events:
            monitoring.register_callback(tool, event, look)
        monitoring.set_events(tool, sum(events))
        yield
    finally:
        monitoring.set_events(tool, 0)
        for event in events:
            monitoring.register_callback(tool, event, None)
        monitoring.free_tool_id(tool)


def _foreign(filename):
    return filename.startswith(_OTHERS) or "site-packages" in filename


def _where_raised(error):
    """Name the deepest line that is the reader's own, not a library's."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if not _foreign(f.filename) and f.line]
    return f"line {own[-1].lineno}: {own[-1].line}" if own else ""


def _where(frame):
    while frame is not None and _foreign(frame.f_code.co_filename):
        frame = frame.f_back
    if frame is None:
        return ""
    line = linecache.getline(frame.f_code.co_filename, frame.f_lineno).strip()
    return f"line {frame.f_lineno}: {line}" if line else ""
