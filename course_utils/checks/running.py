"""Run a reader's function so that nothing it does can harm the notebook."""

import ctypes
import linecache
import sys
import threading
import traceback
import warnings
from dataclasses import dataclass

import numpy as np


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


class TookTooLong(BaseException):
    """Raised inside a reader's function that does not come back.

    Not an `Exception`, so that the reader's own ``except Exception`` does not catch it.
    """


def call(function, *args, seconds=5.0, **kwargs):
    """Call a reader's function, catching whatever it raises and stopping it if it never ends.

    The call runs in a thread of its own. After `seconds` the thread is asked to stop by an
    exception raised between two of its bytecodes; if it sits in a compiled routine that does not
    come back, it is left behind and the notebook goes on.

    Parameters
    ----------
    function : callable
        The reader's function.
    *args, **kwargs
        Its arguments.
    seconds : float
        How long it may take.

    Returns
    -------
    Outcome
        The value, or the error and the line in which it happened.

    Examples
    --------
    >>> call(lambda z: 1 / z, 0).error
    ZeroDivisionError('division by zero')
    """
    box = []
    thread = threading.Thread(target=_target, args=(box, function, args, kwargs), daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        where = _where_now(thread)
        _stop(thread)
        return Outcome(error=TookTooLong(f"stopped after {seconds:g} s"), where=where)
    return box[0]


def _target(box, function, args, kwargs):
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            box.append(Outcome(value=function(*args, **kwargs)))
    except BaseException as error:  # whatever the reader's code raises is an answer
        frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename != __file__]
        box.append(Outcome(error=error, where=_last_readable(frames)))


def _last_readable(frames):
    """Name the deepest line that is the reader's own, not a library's."""
    own = [f for f in frames if "site-packages" not in f.filename and f.line]
    return f"line {own[-1].lineno}: {own[-1].line}" if own else ""


def _where_now(thread):
    frame = sys._current_frames().get(thread.ident)
    while frame is not None and "site-packages" in frame.f_code.co_filename:
        frame = frame.f_back
    if frame is None or frame.f_code.co_filename == __file__:
        return ""
    line = linecache.getline(frame.f_code.co_filename, frame.f_lineno).strip()
    return f"line {frame.f_lineno}: {line}"


def _stop(thread, tries=20):
    """Raise `TookTooLong` in the thread until it ends, however often its code swallows it."""
    for _ in range(tries):
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(thread.ident), ctypes.py_object(TookTooLong)
        )
        thread.join(0.05)
        if not thread.is_alive():
            return
