"""What explorers and predictions share: the page asks by messages, and only the kernel answers."""

from __future__ import annotations

import sys
import threading
import weakref
from functools import wraps
from pathlib import Path

import anywidget
import traitlets

_MADE = {}  # for each cell of the notebook: the run that made widgets last, and those widgets


def read(*names: str) -> str:
    """Return the text of files beside this one, one after the other."""
    folder = Path(__file__).parent
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in names)


_LOCK = threading.RLock()


def one_at_a_time(method):
    """Let no two widgets be moved at once.

    JupyterLab has the kernel answer widgets in other threads than the one that runs the cells, and
    neither a figure nor a network that two pictures share can be in two hands.
    """

    @wraps(method)
    def locked(*args, **kwargs):
        with _LOCK:
            return method(*args, **kwargs)

    return locked


class Page(anywidget.AnyWidget):
    """A widget whose state only the kernel sets.

    A page sends messages, each with a ticket; with the answer the ticket comes back. So every view
    knows which of its own messages are still on their way, however many views there are.
    """

    _answered = traitlets.Unicode().tag(sync=True)

    def __init__(self):
        super().__init__()
        self._shown_in = set()
        self.on_msg(self._on_message)

    def close(self):
        """Take it off the page, and the layout that every widget brings along."""
        if self.comm is not None:
            self.layout.close()
        super().close()

    def set_state(self, sync_data):
        """Answer a page that tries to set something with what holds."""
        self.send_state([name for name in sync_data if name in self.keys])

    @one_at_a_time
    def _on_message(self, widget, content, buffers):
        if not isinstance(content, dict):
            return
        with self.hold_sync():
            try:
                self._hear(content)
            finally:  # the reader may have pressed the stop button: the page must not wait
                self._answered = str(content.get("ticket", self._answered))

    def _hear(self, content):
        """Do what the page asks for; what makes no sense is not done."""
        raise NotImplementedError

    def _repr_mimebundle_(self, **kwargs) -> tuple[dict, dict]:
        """Give the live widget, and remember which cell shows it."""
        self._shown_in.add(_running()[0])
        bundle = super()._repr_mimebundle_(**kwargs)
        return bundle if isinstance(bundle, tuple) else (bundle or {}, {})


def replace(widget: Page) -> None:
    """Close what the running cell made when it was run before, unless another cell shows it, too.

    A widget lives until it is closed; without this every run of a cell would leave one behind.
    """
    cell, run = _running()
    if cell is None:
        return
    before, widgets = _MADE.get(cell, (run, weakref.WeakSet()))
    if before != run:
        for old in widgets:
            if old._shown_in <= {cell}:
                old.close()
        widgets = weakref.WeakSet()
    widgets.add(widget)
    _MADE[cell] = run, widgets


def _running():
    """Return the cell that is running and the number of this run; None where there are no cells."""
    ipython = sys.modules.get("IPython")
    request = getattr(ipython and ipython.get_ipython(), "parent_header", {})
    cell = request.get("metadata", {}).get("cellId")
    return cell, request.get("header", {}).get("msg_id")
