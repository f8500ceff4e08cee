"""A lock on a file: one thread of one process at a time, on any system.

The system gives it up with the process that held it, however that ended. File systems and
browsers that know no locks are used without.
"""

import contextlib
import errno
import os
import threading
import time
from functools import cache
from pathlib import Path

from course_utils.support import long_runs

with contextlib.suppress(ImportError):  # Windows has none
    import fcntl
with contextlib.suppress(ImportError):  # nor has anything else
    import msvcrt

_TAKEN = {errno.EAGAIN, errno.EACCES, errno.EDEADLK}
_FAR = 2**30  # Windows locks a range of bytes against reading, too: one that no file reaches


class FileLock:
    """To be used by ``with``; a thread that holds it may take it again. See `of`."""

    def __init__(self, path):
        self._path, self._thread, self._depth, self._file = path, threading.RLock(), 0, None

    def __enter__(self):
        self._thread.acquire()
        try:
            if not self._depth:
                self._file = _wait_for(self._path)
        except BaseException:
            self._thread.release()
            raise
        self._depth += 1
        return self

    def __exit__(self, *error):
        self._depth -= 1
        if not self._depth:
            with self._file, contextlib.suppress(OSError):
                _change(self._file, lock=False)
        self._thread.release()


@cache
def _of(path):
    return FileLock(path)


def of(path):
    """Return the one lock of a file in this process; locking creates the file if need be."""
    return _of(Path(path).resolve())


def _wait_for(path):
    """Return the file, open and locked; say so if that takes a while."""
    file, start, told = path.open("ab"), time.monotonic(), False
    try:
        while not _locked(file):
            time.sleep(0.02)
            if not told and time.monotonic() - start > 2:
                long_runs.say(f"waiting for another process, which uses {path}")
                told = True
    except BaseException:
        file.close()
        raise
    return file


def _locked(file):
    try:
        _change(file, lock=True)
    except OSError as error:
        return error.errno not in _TAKEN  # any other: this file system knows no locks
    return True


def _change(file, *, lock):
    if "fcntl" in globals():
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB if lock else fcntl.LOCK_UN)
    elif "msvcrt" in globals():
        os.lseek(file.fileno(), _FAR, os.SEEK_SET)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK if lock else msvcrt.LK_UNLCK, 1)
