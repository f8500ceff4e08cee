"""Run a reader's function so that nothing it does can harm the notebook.

`call` runs one function once; inside ``with one_wait():`` (or under the decorator ``@one_wait()``)
no call is begun after one that did not come back: an answer that never ends costs one wait a check.

An endless loop is stopped by an exception raised between two of its bytecodes. What sits in a
compiled routine that lets other threads run (a sleep, a large matrix product), or catches every
exception (before Python 3.12), is left behind, and the notebook goes on. A compiled routine that
holds the interpreter, such as ``sum(range(10**12))``, cannot be stopped from inside: no other
thread runs until it comes back, and only then the check says that it took too long. If it never
does, the kernel has to be restarted (Kernel ▸ Restart Kernel): the stop button has no effect.

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
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

_OTHERS = (
    str(Path(__file__).parents[2]),
    sysconfig.get_path("stdlib"),
    str(Path(threading.__file__).parent),  # in a browser the library lies in an archive
    sysconfig.get_path("purelib"),
)
_LOOK = 0.05  # seconds between two looks at the clock
_PROMPTS = {"input", "raw_input", "cmdloop", "do_wait_suspend", "_do_wait_suspend"}


@dataclass(frozen=True)
class Outcome:
    """What one call did: a `value`, or an `error` with the place `where` it happened.

    `runs_on` says that it could not be stopped and goes on in the background; `held` that it came
    back late, from a routine that held the interpreter.
    """

    value: object = None
    error: BaseException | None = None
    where: str = ""
    runs_on: bool = False
    held: bool = False

    @property
    def endless(self):
        """Whether the call was stopped because it took too long."""
        return isinstance(self.error, TookTooLong)

    @property
    def message(self):
        """The text of the error; empty if the text itself raises."""
        message = call(lambda: str(self.error)).value
        return message if isinstance(message, str) else ""


class TookTooLong(BaseException):
    """Raised inside a reader's function that does not come back.

    Not an `Exception`, so that the reader's own ``except Exception`` does not catch it.
    """


@dataclass
class _Patience:
    seconds: float
    lost: bool = False


_patience = ContextVar("patience", default=None)
_guarded = ContextVar("guarded", default=False)


@contextlib.contextmanager
def one_wait(seconds=5.0):
    """Wait once only: each call in this block may take `seconds`, but none follows an endless one.

    A block inside another shares its patience. Afterwards the random state and the warnings are
    what they were, whatever the reader's functions did to them, and ``exit()`` inside one has not
    stopped the kernel.
    """
    if _patience.get() is not None:
        yield _patience.get()
        return
    token = _patience.set(_Patience(seconds))
    try:
        with warnings.catch_warnings(), _random_state_kept(), _kernel_kept():
            warnings.simplefilter("ignore")
            yield _patience.get()
    finally:
        _patience.reset(token)


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
    if _guarded.get():  # what calls is itself called here, and not waited for twice
        return _outcome(*_caught(lambda: function(*args, **kwargs)))
    run = _in_this_thread if sys.platform == "emscripten" else _in_a_thread
    heard = contextlib.redirect_stdout(io.StringIO()) if quiet else contextlib.nullcontext()
    with one_wait(seconds) as patience, heard:
        if patience.lost:
            return _too_long(patience.seconds)
        outcome = run(lambda: function(*args, **kwargs), patience.seconds)
        patience.lost = outcome.endless
        return outcome


def _too_long(seconds, where=""):
    return Outcome(error=TookTooLong(f"stopped after {seconds:.3g} s"), where=where)


def _catch(work, box, done):
    """Put what `work` does into the box."""
    token = _guarded.set(True)
    box.append(_caught(work))
    _guarded.reset(token)
    done.set()


def _caught(work):
    """Return a value, or an error: whatever the reader's code raises is an answer."""
    try:
        with np.errstate(all="ignore"):
            return work(), None
    except BaseException as error:
        return None, error


def _outcome(value, error):
    return Outcome(value, error, _where_raised(error) if error is not None else "")


def _in_a_thread(work, seconds):
    box, done = [], threading.Event()
    start = time.monotonic()
    thread = threading.Thread(target=_catch, args=(work, box, done), daemon=True)
    thread.start()
    try:
        in_time = _wait(thread, done, seconds, start)
    except BaseException:  # the stop button: it stops the reader's function, too
        _stop(thread, done)
        raise
    if in_time:
        return _outcome(*box[0])
    where = _where(sys._current_frames().get(thread.ident))
    if done.wait(_LOOK):
        return replace(_too_long(seconds), held=True)
    return replace(_too_long(seconds, where), runs_on=not _stop(thread, done))


def _wait(thread, done, seconds, start):
    """Wait in short steps: Windows lets the stop button through only between two of them."""
    while seconds > 0:
        done.wait(min(_LOOK, seconds))
        now = time.monotonic()
        if not _waits_for_the_reader(sys._current_frames().get(thread.ident)):
            seconds -= now - start
        if done.is_set():
            break
        start = now
    return seconds > 0


def _waits_for_the_reader(frame):
    while frame is not None and frame.f_code.co_name not in _PROMPTS:
        frame = frame.f_back
    return frame is not None


def _stop(thread, done):
    """Raise `TookTooLong` in the thread until it ends; return whether it does."""
    for _ in range(6):
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(thread.ident), ctypes.py_object(TookTooLong)
        )
        if done.wait(_LOOK):
            return True
    return sys.version_info >= (3, 12) and _stop_by_events(thread.ident, done)


def _stop_by_events(ident, done):
    """Raise at every jump and line, also in an ``except`` that catches everything."""

    def look(code, *_):
        if threading.get_ident() == ident and not _foreign(code.co_filename):
            raise TookTooLong

    tool = _watch(look, sys.monitoring.events.JUMP | sys.monitoring.events.LINE)
    done.wait(0.5)
    _watch_no_more(tool)
    return done.wait(_LOOK)


def _in_this_thread(work, seconds):
    """Call where there are no threads: `sys.monitoring` looks at the clock at jumps and calls."""
    start, stopped, box = time.monotonic(), [], []
    events = sys.monitoring.events

    def look(code, *_):
        if time.monotonic() - start < seconds or _foreign(code.co_filename):
            return
        stopped.append(_where(sys._getframe(1)))
        sys.monitoring.set_events(tool, events.JUMP | events.LINE)  # an ``except`` may go on
        raise TookTooLong

    tool = _watch(look, events.JUMP | events.PY_START)
    try:
        _catch(work, box, threading.Event())
    finally:
        _watch_no_more(tool)
    value, error = box[0]
    if isinstance(error, KeyboardInterrupt):
        raise error
    return _too_long(seconds, stopped[0]) if stopped else _outcome(value, error)


def _watch(look, kinds):
    """Let `look` be called at events of these kinds; return the number of the tool that does it."""
    monitoring = sys.monitoring
    events = monitoring.events
    tool = max(tool for tool in range(6) if monitoring.get_tool(tool) is None)
    monitoring.use_tool_id(tool, __name__)
    for event in (events.JUMP, events.PY_START, events.LINE):
        monitoring.register_callback(tool, event, look)
    monitoring.set_events(tool, kinds)
    return tool


def _watch_no_more(tool):
    sys.monitoring.set_events(tool, 0)
    sys.monitoring.free_tool_id(tool)


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
