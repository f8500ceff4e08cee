"""Python's half of anywidget where there is no Jupyter: the same names, the same behaviour.

Taken over from ipywidgets is what our widgets and a reader's own rely on: traits tagged ``sync`` go
to the page as they change, in one message while held; what the page set is not sent back to it
unless it was changed on the way; custom messages go both ways. A message is JSON, and bytes, which
may stand as a value of the state but not deeper, travel beside it.
"""

import contextlib
import itertools
import json

import traitlets

__version__ = "0.9"

_numbers = itertools.count(1)
widgets = {}
"""The widgets that are open, by the number that the page knows them by."""


def post(text, buffers):
    """Send a message to the page; the worker puts its own in this place."""


class _Line:
    """The line to the page, which `close` cuts."""

    kernel = True

    def __init__(self):
        self.comm_id = f"widget {next(_numbers)}"

    def send(self, data):
        state = data.get("state", {})
        buffers = {name: value for name, value in state.items() if isinstance(value, bytes)}
        if "state" in data:
            plain = {name: value for name, value in state.items() if name not in buffers}
            data = {**data, "state": plain}
        post(json.dumps({"widget": self.comm_id, "data": data}), buffers)


class _Layout:
    def close(self):
        """Do nothing: the page lays out by itself."""


class AnyWidget(traitlets.HasTraits):
    """A widget whose state the page follows."""

    def __init__(self, **values):
        self.comm, self.layout = None, _Layout()
        self._listeners, self._locked, self._held, self._holding = [], {}, {}, False
        super().__init__(**values)
        self.keys = self.trait_names(sync=True)
        self.comm = _Line()
        widgets[self.model_id] = self

    @property
    def model_id(self):
        """The number that the page knows it by."""
        return self.comm.comm_id

    def close(self):
        """Take it off the page."""
        if self.comm is not None:
            self.comm.send({"method": "close"})
            widgets.pop(self.model_id, None)
            self.comm = None

    def get_state(self, key=None):
        """Return what is synced, all of it or what is named."""
        keys = self.keys if key is None else [key] if isinstance(key, str) else key
        return {name: getattr(self, name) for name in keys}

    def send_state(self, key=None):
        """Send the page what is synced, all of it or what is named."""
        state = self.get_state(key)
        self._locked.update({name: state[name] for name in self._locked if name in state})
        if state and self.comm is not None:
            self.comm.send({"method": "update", "state": state})

    def set_state(self, sync_data):
        """Take what the page set, and echo it; send back only what came out otherwise."""
        known = {name: value for name, value in sync_data.items() if name in self.keys}
        if known and self.comm is not None:
            self.comm.send({"method": "echo_update", "state": known})
        self._locked = known
        try:
            with self.hold_trait_notifications():
                for name, value in known.items():
                    self.set_trait(name, value)
        finally:
            self._locked = {}

    def notify_change(self, change):
        """Send the page a change before anybody in Python hears of it."""
        name = change["name"]
        if self.comm is not None and name in self.keys:
            self._send_or_hold(name, getattr(self, name))
        super().notify_change(change)

    def _send_or_hold(self, name, value):
        if name in self._locked and _alike(self._locked[name], value):
            self._held.pop(name, None)
        elif self._holding:
            self._held[name] = True
        else:
            self.send_state(name)

    @contextlib.contextmanager
    def hold_sync(self):
        """Send what changes in this block at its end, in one message."""
        if self._holding:
            yield
            return
        try:
            self._holding = True
            yield
        finally:
            self._holding = False
            self._send_held()

    def _send_held(self):
        held, self._held = list(self._held), {}
        if held:
            self.send_state(held)

    def send(self, content, buffers=None):
        """Send the page a message of its own kind."""
        if buffers:
            raise ValueError("buffers cannot be sent on this page: put bytes into the state")
        if self.comm is not None:
            self.comm.send({"method": "custom", "content": content})

    def on_msg(self, callback, remove=False):
        """Have a callback called as ``callback(widget, content, buffers)``, or no more."""
        if remove:
            self._listeners.remove(callback)
        elif callback not in self._listeners:
            self._listeners.append(callback)

    def hear(self, data):
        """Take a message from the page: ``update`` or ``custom``."""
        if data.get("method") == "update":
            self.set_state(data.get("state", {}))
        elif data.get("method") == "custom":
            for listener in list(self._listeners):
                listener(self, data.get("content"), [])

    def _repr_mimebundle_(self, **kwargs):
        view = {"version_major": 2, "version_minor": 0, "model_id": self.model_id}
        data = {"text/plain": repr(self), "application/vnd.jupyter.widget-view+json": view}
        return data, {}


def _alike(a, b):
    """Whether two values are the same to the page, to which a tuple is a list."""
    if isinstance(a, bytes) or isinstance(b, bytes):
        return a == b
    return json.dumps(a, default=repr) == json.dumps(b, default=repr)
