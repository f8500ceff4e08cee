"""The host: one picture, its controls, its readout and, if there is one, its challenge."""

import inspect
import math
import threading
from functools import partial, wraps
from pathlib import Path
from typing import NamedTuple

import anywidget
import numpy as np
import traitlets

from course_utils.widgets import patches, png
from course_utils.widgets.live_picture import LivePicture

SLICE = 0.04
"""Seconds after which a picture that is still on its way is shown as far as it came."""


_LOCK = threading.RLock()


def _one_at_a_time(method):
    """Let no two explorers draw at once.

    JupyterLab has the kernel answer widgets in other threads than the one that runs the cells, and
    neither a figure nor a network that two pictures share can be in two hands.
    """

    @wraps(method)
    def locked(*args, **kwargs):
        with _LOCK:
            return method(*args, **kwargs)

    return locked


class Frame(NamedTuple):
    """A picture at certain values, and what it says there."""

    values: dict
    pixels: np.ndarray
    readout: str


def explore(figure, *, film=None, goal=None, **controls):
    """Tie controls to a picture that answers at once.

    Parameters
    ----------
    figure : callable
        ``figure(fig) -> update``, and ``update(**values)`` moves the picture and returns its
        readout, one line of text. An update that takes long yields a readout after each frame on
        the way instead: the page is shown how far it came, and other moves are heard meanwhile.
    film : tuple of (str, sequence), optional
        A control and the values at which a page without a kernel shows the picture:
        ``film=("beta", [0.5, 0.9, 0.98])``.
    goal : callable, optional
        ``goal(**values) -> Verdict``: a challenge, judged at every move.
    **controls : Control
        One a keyword of ``update``, made by `course_utils.widgets.controls`.

    Returns
    -------
    Explorer

    Raises
    ------
    TypeError
        If the controls are not the keywords that ``update`` takes.
    ValueError
        If the film asks for a control or a value that is not there.
    """
    explorer = Explorer(figure, film=film, goal=goal, controls=controls)
    explorer.reset()
    return explorer


class Explorer(anywidget.AnyWidget):
    """A live picture with controls; made by `explore`.

    Attributes
    ----------
    values : dict
        The value of each control.
    readout : str
        What the picture shows, in one line.
    png : bytes
        The picture as it is now.
    verdict : Verdict or None
        What the challenge says of the present values.
    """

    _esm = Path(__file__).with_name("explorer.js")
    _css = Path(__file__).with_name("explorer.css")

    _controls = traitlets.List().tag(sync=True)
    _positions = traitlets.Dict().tag(sync=True, echo_update=False)
    _between = traitlets.Dict().tag(sync=True)  # texts of values between two positions
    _picture = traitlets.Bytes().tag(sync=True)  # a whole frame; patches lead on from it
    _patch = traitlets.Bytes().tag(sync=True)
    _about = traitlets.Unicode().tag(sync=True)
    _alarm = traitlets.Unicode().tag(sync=True)
    _goal = traitlets.Dict().tag(sync=True)
    _moves = traitlets.Int(0).tag(sync=True)
    _on_its_way = traitlets.Int(0).tag(sync=True)  # changes when the page should ask for more
    readout = traitlets.Unicode(read_only=True).tag(sync=True)

    def __init__(self, figure, *, film, goal, controls):
        super().__init__()
        self._figure = figure
        self._live = LivePicture(figure)
        self._frame = np.empty((0, 0, 4), np.uint8)  # the last good picture, as the page has it
        self.controls = controls
        self.verdict = None
        self._judge = goal
        self._values = {name: control.default for name, control in controls.items()}
        self._refuse_unknown_names()
        self._film = self._checked_film(film)
        self._live.rehearse([self._values, *self._each_at_an_end()])
        self._about = _first_line(figure)
        self._controls = [_for_page(name, control) for name, control in controls.items()]
        self.observe(self._on_page_moved, "_positions")
        self.on_msg(self._on_page_said)

    @property
    def values(self):
        """The value of each control, by name."""
        return dict(self._values)

    @property
    def png(self):
        """The present picture as PNG."""
        return png.encode(self._frame)

    @_one_at_a_time
    def set(self, **values):
        """Move controls from code.

        Raises
        ------
        ValueError
            If there is no such control or it cannot have that value; nothing is moved then.
        """
        for name, value in values.items():
            self._position(name, value)
        self._move({**self._values, **values})

    @_one_at_a_time
    def reset(self):
        """Move every control back to its default."""
        self._move({name: control.default for name, control in self.controls.items()})

    def _position(self, name, value):
        if name not in self.controls:
            raise ValueError(f"there is no control {name!r}; there are {', '.join(self.controls)}")
        try:
            return self.controls[name].position(value)
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from None

    def _move(self, values):
        """Draw at `values` and tell the page everything that changed, in one message."""
        self._values = values
        with self.hold_sync():
            self._positions = {name: self._position(name, x) for name, x in values.items()}
            self._answer()

    @_one_at_a_time
    def _on_page_moved(self, change):
        """Take the values at the positions that the page sent."""
        at = {name: self.controls[name].values[i] for name, i in change.new.items()}
        asked = {n: x for n, x in at.items() if change.new[n] != self._position(n, self._values[n])}
        if asked:
            self._values = {**self._values, **asked}
            with self.hold_sync():
                self._answer(SLICE)

    @_one_at_a_time
    def _on_page_said(self, widget, content, buffers):
        if content.get("reset"):
            self.reset()
        if content.get("step"):
            with self.hold_sync():
                self._positions = {**self._positions, **content["step"]}
        if content.get("new_view"):
            self._picture = png.encode(self._frame)
        if content.get("go_on") and not self._live.arrived:
            with self.hold_sync():
                self._show(lambda: self._live.go_on(SLICE))

    def _answer(self, seconds=math.inf):
        """Show the picture at the present values."""
        between = {n: x for n, x in self._values.items() if x not in self.controls[n].values}
        self._between = {name: self.controls[name].text(x) for name, x in between.items()}
        self._show(lambda: self._live.draw(self._values, seconds))

    def _show(self, draw):
        """Show a picture, or as much of its way as there was time for.

        If drawing fails, the last good picture stays.
        """
        self._moves += 1
        try:
            readout = draw()
        except Exception as error:  # an update may fail in any way; the reader is told in words
            self._alarm = f"No picture for these values: {error or type(error).__name__}"
            return
        self._alarm = ""
        self.set_trait("readout", readout)
        self._send_frame(self._live.pixels.copy())
        self._judge_goal()
        if not self._live.arrived:
            self._on_its_way += 1

    def _send_frame(self, frame):
        """Send what changed since the last frame, or all of it if that is a lot."""
        patch = None
        if frame.shape == self._frame.shape:
            patch = patches.patch(self._frame, frame, self._moves)
        self._frame = frame
        if patch is None:
            self._picture = png.encode(frame)
        else:
            self._patch = patch

    def _judge_goal(self):
        if self._judge is not None:
            self.verdict = self._judge(**self._values)
            self._goal = {"passed": self.verdict.passed, "text": self.verdict.hint}

    def _refuse_unknown_names(self):
        try:
            inspect.signature(self._live.update).bind(**self._values)
        except TypeError as error:
            wanted = ", ".join(inspect.signature(self._live.update).parameters)
            raise TypeError(f"{error}: the picture's update takes {wanted}") from None

    def _each_at_an_end(self):
        """Yield the values with one control after the other at an end of its range."""
        for name, control in self.controls.items():
            last, first = control.values[-1], control.values[0]
            yield {**self._values, name: first if control.default == last else last}

    def _checked_film(self, film):
        if film is None:
            return None
        name, values = film
        for value in values:
            self._position(name, value)
        return film

    @_one_at_a_time
    def film(self):
        """Return the frames that a page without a kernel shows: now, or along the film's control.

        Returns
        -------
        list of Frame
            Values, pixels and readout of each.
        """
        if self._film is None:
            return [_fresh(self._figure, self._values)]
        name, values = self._film
        return [_fresh(self._figure, {**self._values, name: value}) for value in values]

    def _still(self):
        """Return the picture for a page without a kernel: now, or the film's strip."""
        frames, captions = self.film(), [""]
        if self._film is not None:
            name, values = self._film
            control = self.controls[name]
            captions = [f"{control.label or name} = {control.text(value)}" for value in values]
        return png.strip([frame.pixels for frame in frames], captions)

    def _repr_mimebundle_(self, **kwargs):
        """Give the live widget, a picture for pages without a kernel, and the readout as text."""
        bundle = super()._repr_mimebundle_(**kwargs)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        return {**data, "image/png": self._still(), "text/plain": self.readout}, metadata


def _fresh(figure, values):
    live = LivePicture(figure)
    readout = live.draw(values)
    return Frame(values, live.pixels, readout)


def _first_line(figure):
    """Return the first line of a figure function's docstring: what the picture is about."""
    while isinstance(figure, partial):
        figure = figure.func
    return (inspect.getdoc(figure) or "A picture").splitlines()[0]


def _for_page(name, control):
    return {
        "name": name,
        "label": control.label or name,
        "kind": control.kind,
        "texts": list(control.texts),
        "default": control.position(control.default),
        "play": control.play,
        "rate": control.rate,
    }
