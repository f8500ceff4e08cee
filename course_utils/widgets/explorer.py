"""The host: one picture, its controls, its readout and, if there is one, its challenge."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Sequence
from functools import cached_property, partial
from typing import NamedTuple

import numpy as np
import traitlets

from course_utils.support import looks, progress, protocols
from course_utils.support.arrays import shown
from course_utils.widgets import (
    arguments,
    formulas,
    handles,
    links,
    moments,
    page,
    patches,
    png,
    pointing,
)
from course_utils.widgets.controls import Control
from course_utils.widgets.knob import Knob
from course_utils.widgets.live_picture import FAILURES, LivePicture
from course_utils.widgets.prediction import Question

SLICE = 0.04
"""Seconds after which a picture that is still on its way is shown as far as it came."""

LIMIT = 60
"""The same for a picture that code asks for: code waits for it, but not for ever."""


class Frame(NamedTuple):
    """A picture at certain values, and what it says there."""

    values: dict
    pixels: np.ndarray
    readout: str


def explore(
    figure: protocols.Figure,
    *,
    film: tuple[str, Sequence] | None = None,
    moments: dict | None = None,
    goal: protocols.Goal | None = None,
    after: Question | None = None,
    **controls: Control,
) -> Explorer:
    """Tie controls to a picture that answers at once; what does not fit is refused in words.

    Parameters
    ----------
    figure : callable
        ``figure(fig) -> update``, and ``update(**values)`` moves the picture and returns its
        readout, one line of text. An update that takes long yields a readout after each frame on
        the way instead: the page is shown how far it came, and other moves are heard meanwhile.
        What can be held in the picture stands in ``update.handles``.
    film : tuple of (str, sequence), optional
        A control and the values at which a page without a kernel shows the picture:
        ``film=("beta", [0.5, 0.9, 0.98])``.
    moments : dict, optional
        Values worth a look, each a button, with or without a sentence on what is to be seen:
        ``moments={"ten days": ({"beta": 0.9}, "Smooth, and two days late.")}``. One with a sentence
        sets all other controls to their defaults. Without moments the film's values are the
        buttons, unless they are on a list already.
    goal : callable, optional
        ``goal(**values) -> Verdict``: a challenge, judged at every move.
    after : Question, optional
        A prediction that the picture answers: until the reader has answered, or asks for it, the
        picture lies under a veil.
    **controls : Control
        One a keyword of ``update``, made by `course_utils.widgets.controls`.
    """
    explorer = Explorer(
        figure, film=film, moments=moments, goal=goal, controls=controls, after=after
    )
    explorer.reset()
    page.replace(explorer)
    return explorer


class Explorer(page.Page):
    """A live picture with controls; made by `explore`.

    Attributes
    ----------
    values : dict
        The value of each control; `observe` it to hear of every move.
    readout : str
        What the picture shows, in one line.
    png : bytes
        The picture as it is now.
    verdict : Verdict or None
        What the challenge says of the present values.
    """

    _esm = page.read("page.js", "hands.js", "reading.js", "links.js", "explorer.js")
    _css = page.read("page.css", "explorer.css")

    _controls = traitlets.List().tag(sync=True)
    _positions = traitlets.Dict().tag(sync=True)
    _between = traitlets.Dict().tag(sync=True)  # texts of values between two positions
    _picture = traitlets.Bytes().tag(sync=True)  # a whole frame; patches lead on from it
    _patch = traitlets.Bytes().tag(sync=True)
    _alt_text = traitlets.Unicode().tag(sync=True)
    _sharpness = traitlets.Float(1.0).tag(sync=True)  # pixels of the picture in one of the page
    _moments = traitlets.List().tag(sync=True)  # names of values worth a look
    _sentence = traitlets.Unicode().tag(sync=True)  # what there is to see at the present one
    _link = traitlets.Dict().tag(sync=True)  # the present values as code and as a link
    _names = traitlets.List().tag(sync=True)  # what links in the text may call it
    _veil = traitlets.Unicode().tag(sync=True)  # the question that is still to be answered
    _guess = traitlets.Dict().tag(sync=True)  # the reader's answer, and its line in the picture
    _formula = traitlets.Unicode().tag(sync=True)
    _numbers = traitlets.Dict().tag(sync=True)  # what stands under the symbols of the formula
    _axes = traitlets.List().tag(sync=True)  # where the axes lie and what they count
    _curves = traitlets.List().tag(sync=True)  # the curves with names, while somebody points
    _tracks = traitlets.List().tag(sync=True)  # of each handle: its controls and their places
    _grips = traitlets.List().tag(sync=True)  # where the handles lie in the present picture
    _error = traitlets.Unicode().tag(sync=True)
    _goal = traitlets.Dict().tag(sync=True)
    _on_its_way = traitlets.Int(0).tag(sync=True)  # the frame after which to ask for more, or 0
    readout = traitlets.Unicode(read_only=True).tag(sync=True)

    values = traitlets.Dict(read_only=True)

    def __init__(self, figure, *, film, goal, controls, moments=None, after=None):
        arguments.require_figure(figure)
        arguments.require_controls(controls)
        arguments.require_goal(goal)
        arguments.require_film(film)
        arguments.require_question(after)
        super().__init__()
        self._figure = figure
        self._frame = _NOTHING  # the last good picture, as the page has it
        self._moves = 0
        self._somebody_points = False
        self._standing = {}  # of each control: its value, position and text
        self._placed_in = None  # the layout that the page knows the handles in
        self.controls = controls
        self.verdict = None
        self._knobs = {}
        self._judge = goal
        self._values = {name: control.default for name, control in controls.items()}
        arguments.require_keywords(self._live.update, self._values)
        self._take_from(self._live.update)
        self._film = film and (film[0], [self._value(film[0], value) for value in film[1]])
        self._take_moments(moments)
        self._live.find_moving_artists([self._values, *self._each_at_an_end()])
        self._alt_text = _first_line(figure)
        self._lie_under(after)
        self._controls = [_control_spec(name, control) for name, control in controls.items()]

    @cached_property
    def _live(self):
        live = LivePicture(self._figure)
        arguments.require_update(live.update, self._figure)
        live.draw_as_sharp_as(self._sharpness)
        return live

    def __repr__(self):
        return f"<Explorer: {self.readout}>"

    @property
    def png(self) -> bytes:
        """The present picture as PNG."""
        if self._frame is _NOTHING:
            self._redraw(self._live.draw, LIMIT)
        return png.encode(self._frame)

    @page.one_at_a_time
    def set(self, **values) -> None:
        """Move controls from code; if one cannot have its value, none is moved."""
        values = {name: self._value(name, value) for name, value in values.items()}
        self._move({**self._values, **values}, self._live.draw)

    def knob(self, name: str) -> Knob:
        """Return one control as a thing with a `value`, for `ipywidgets.link` and `observe`."""
        if not isinstance(name, str) or name not in self.controls:
            raise ValueError(_no_control(name, self.controls))
        if name not in self._knobs:
            self._knobs[name] = Knob(self, name)
        return self._knobs[name]

    @page.one_at_a_time
    def reset(self) -> None:
        """Move every control back to its default; a picture that has a history forgets it."""
        defaults = {name: control.default for name, control in self.controls.items()}
        self._move(defaults, self._live.draw_anew)

    def close(self) -> None:
        """Take it off the page and let go of the picture; used again, it is drawn anew."""
        super().close()
        vars(self).pop("_live", None)
        self._frame = _NOTHING

    def _value(self, name, value):
        if name not in self.controls:
            raise ValueError(_no_control(name, self.controls))
        try:
            return self.controls[name].value(value)
        except (TypeError, ValueError) as error:
            raise type(error)(f"{name}: {error}") from None

    def _move(self, values, draw):
        """Draw at `values` and tell the page everything that changed, in one message."""
        self._values, self._sentence = values, ""
        with self.hold_sync():
            self._redraw(draw, LIMIT)
            if not self._live.done:
                self._error = f"Still on its way after {LIMIT} s: this is how far it came."

    def _hear(self, content):
        if content.get("reset") or content.get("drop_guess"):
            self._guess_is_shown, self._guess = False, {}
        if content.get("reset"):
            self.reset()
        self._follow(content.get("move"))
        if content.get("lift_veil"):
            self._lift_veil()
        if type(content.get("pointing")) is bool:
            self._somebody_points = content["pointing"]
            self._curves = pointing.curves(self._live.canvas.figure) if content["pointing"] else []
        if content.get("link"):
            self._link = links.both(self)
        self._go_to_moment(content.get("moment"))
        self._follow_link(content.get("link_to"))
        self._draw_as_sharp_as(content.get("sharpness"))
        if content.get("new_view"):
            self._picture = patches.whole(self._frame, self._moves)
            self._names = links.names(self)
        if content.get("advance") and not self._live.done:
            self._render(lambda: self._live.advance(SLICE))

    def _lie_under(self, question):
        """Wait for the reader's answer, if there is a question and no answer yet."""
        self._question, self._guess_is_shown = question, False
        if question is None:
            return
        arguments.require_axes(question, self._live.canvas.figure)
        if question.correct is None:
            self._veil = question._question
            question.observe(self._lift_veil, "correct")
        if question.at is not None:
            self._guess_is_shown = question.correct is not None
            question.observe(self._show_guess, "_reply")

    def _show_guess(self, change):
        """Show in the picture what the reader has just answered."""
        if self.comm is not None:  # else it was closed
            self._guess_is_shown = True
            self._guess = self._guess_in_picture()

    def _guess_in_picture(self):
        if not self._guess_is_shown:
            return {}
        question = self._question
        line = pointing.line(self._live.canvas.figure, question.at, question.guess)
        return {"said": question.said, "line": line} if line else {}

    def _lift_veil(self, change=None):
        """Show the picture: the question is answered, or the reader would rather see."""
        self._veil = ""

    def _draw_as_sharp_as(self, sharpness):
        """Draw for a screen with that many pixels in one of the page's, 1 to 2."""
        if not isinstance(sharpness, int | float) or not 1 <= sharpness <= 2:
            return
        if sharpness != self._sharpness:
            self._sharpness = float(sharpness)
            self._live.draw_as_sharp_as(self._sharpness)
            self._send_frame(self._live.pixels.copy())

    def _follow(self, move):
        """Take the values at the positions that the page sent; positions there are not are left."""
        move = move if isinstance(move, dict) else {}
        moved = {
            name: self.controls[name].values[position]
            for name, position in move.items()
            if name in self.controls
            and self.controls[name].has(position)
            and position != self._positions[name]
        }
        if moved:
            self._values, self._sentence = {**self._values, **moved}, ""
            self._redraw(self._live.draw, SLICE)

    def _go_to_moment(self, number):
        """Go to the moment of this number and say what there is to see; others are left."""
        if type(number) is int and 0 <= number < len(self._all_moments):
            _, values, sentence = self._all_moments[number]
            self._values = {**self._values, **values}
            self._redraw(self._live.draw, SLICE)
            self._sentence = sentence

    def _follow_link(self, fragment):
        """Take the values that a link in the text asks for, all or none, and say if none."""
        if not isinstance(fragment, str):
            return
        try:
            _, asked = links.read(fragment, self.controls)
            values = {name: self._value(name, value) for name, value in asked.items()}
        except (TypeError, ValueError) as error:
            self._sentence = f"This link cannot be followed: {error}"
            return
        self._values, self._sentence = {**self._values, **values}, ""
        self._redraw(self._live.draw, SLICE)

    def _redraw(self, draw, seconds):
        """Show the picture at the present values."""
        self.set_trait("values", dict(self._values))
        for name, value in self._values.items():
            if name not in self._standing or self._standing[name][0] is not value:
                self._standing[name] = value, *self.controls[name].shown(value)
        self._positions = {name: place for name, (_, place, _) in self._standing.items()}
        on_steps = {name: self.controls[name].texts[i] for name, i in self._positions.items()}
        texts = {name: text for name, (_, _, text) in self._standing.items()}
        self._between = {n: text for n, text in texts.items() if text != on_steps[n]}
        self._render(lambda: draw(self._values, seconds))

    @looks.with_numpys_own()
    def _render(self, draw):
        """Show a picture, or as much of its way as there was time for.

        If drawing fails, the last good picture stays.
        """
        self._moves += 1
        self._on_its_way = 0
        try:
            readout = draw()
            beside = self._beside()
        except FAILURES as error:  # an update may fail in any way; the reader is told in words
            self._error = f"No picture for these values: {_in_words(error)}"
            return
        except KeyboardInterrupt:
            self._error = "Stopped: this is still the picture of other values."
            raise
        self._error = ""
        self.set_trait("readout", readout)
        self._placed_in = self._live.layout
        for trait, value in beside.items():
            setattr(self, trait, value)
        self._send_frame(self._live.pixels.copy())
        if self._live.done:
            self._judge_goal()
        else:  # a challenge is about the values: nothing to judge before the picture is there
            self.verdict, self._goal = None, {}
            self._on_its_way = self._moves

    def _beside(self):
        """Return what the page is told beside the picture: axes, handles, the formula's numbers."""
        figure, told = self._live.canvas.figure, {}
        if self._live.layout is not self._placed_in:
            told["_axes"] = pointing.axes(figure)
        told["_tracks"] = self._all_tracks.at(self._values, self._live.layout)
        told["_guess"] = self._guess_in_picture()
        told["_grips"] = handles.grips(self._handles, self._values)
        if self._somebody_points:
            told["_curves"] = pointing.curves(figure)
        if self._written:
            told["_numbers"] = formulas.numbers(self._written, self.controls, self._values)
        return told

    def _send_frame(self, frame):
        """Send what changed since the last frame, or all of it if that is a lot."""
        patch = None
        if frame.shape == self._frame.shape:
            patch = patches.patch(self._frame, frame, self._moves)
        self._frame = frame
        if patch is None:
            self._picture = patches.whole(frame, self._moves)
        else:
            self._patch = patch

    def _judge_goal(self):
        if self._judge is None:
            return
        try:
            verdict = self._judge(**self._values)
            arguments.require_verdict(verdict)
        except FAILURES as error:  # a goal may fail, too; the picture is there all the same
            self.verdict, self._goal = None, {}
            self._error = f"The challenge cannot be judged: {_in_words(error)}"
            return
        before, self.verdict = self.verdict, verdict
        if verdict.passed and not (before and before.passed):
            progress.record("challenge", links.name(self), True)
        self._goal = {"passed": bool(verdict.passed), "text": str(verdict.hint)}

    def _take_from(self, update):
        """Take what a picture offers beside itself: handles, and a formula."""
        self._handles = handles.offered(update, self.controls)
        self._all_tracks = handles.Tracks(self._handles, self.controls)
        self._written = formulas.offered(update, self.controls)
        self._formula = formulas.mathml(self._written) if self._written else ""

    def _take_moments(self, given):
        on_a_list = self._film and self.controls[self._film[0]].kind != "slider"
        film = None if on_a_list else self._film
        defaults = {name: control.default for name, control in self.controls.items()}
        self._all_moments = moments.listed(given, film, defaults, self._value, self._caption)
        self._moments = [name for name, _, _ in self._all_moments]

    def _caption(self, name, value):
        """Return what a control at a value is called: ``β = 0.9``."""
        control = self.controls[name]
        return f"{control.label or name} = {control.text(value)}"

    def _each_at_an_end(self):
        """Yield the values with one control after the other at an end of its range."""
        for name, control in self.controls.items():
            last, first = control.values[-1], control.values[0]
            yield {**self._values, name: first if control.default == last else last}

    @page.one_at_a_time
    def film(self) -> list[Frame]:
        """Return the frames that a page without a kernel shows: now, or along the film's control.

        Returns
        -------
        list of Frame
            Values, pixels and readout of each.
        """
        name, values = self._film or (None, ())
        along = [{**self._values, name: value} for value in values]
        return list(_drawn(self._figure, along or [self._values]))

    def _captions(self, frames):
        """Return what stands above each frame: where it is on the film, and what it says."""
        if self._film is None:
            return [frame.readout for frame in frames]
        name = self._film[0]
        return [f"{self._caption(name, f.values[name])}: {f.readout}" for f in frames]

    def _repr_mimebundle_(self, **kwargs) -> tuple[dict, dict]:
        """Give the live widget, a picture for pages without a kernel, and the readout as text.

        In a kernel that runs in the browser itself there is no picture: whoever is there sees the
        widget, and drawing a film takes long.
        """
        data, metadata = super()._repr_mimebundle_(**kwargs)
        data = {**data, "text/plain": self.readout}
        if sys.platform == "emscripten":
            return data, metadata
        frames = self.film()
        captions = self._captions(frames)
        data["image/png"] = png.strip([frame.pixels for frame in frames], captions)
        return data, {**metadata, "image/png": {"alt": " ".join([self._alt_text, *captions])}}


_NOTHING = np.empty((0, 0, 4), np.uint8)


def _drawn(figure, settings):
    """Yield a frame for each of the settings, all from one drawing of its own."""
    live = LivePicture(figure)
    for values in settings:
        try:
            readout = live.draw_anew(values, LIMIT)
        except FAILURES as error:  # as on the page: the reader is told in words
            live = LivePicture(figure)
            live.draw_all()
            readout = f"No picture for these values: {_in_words(error)}"
        still = "" if live.done else " (still on its way)"
        yield Frame(values, live.pixels.copy(), readout + still)


def _no_control(name, controls):
    return f"there is no control {shown(name)}; there are {', '.join(controls)}"


def _in_words(error):
    return str(error) or type(error).__name__


def _first_line(figure):
    """Return the first line of a figure function's docstring: what the picture is about."""
    while isinstance(figure, partial):
        figure = figure.func
    return (inspect.getdoc(figure) or "A picture").splitlines()[0]


def _control_spec(name, control):
    return {
        "name": name,
        "label": control.label or name,
        "kind": control.kind,
        "texts": list(control.texts),
        "default": control.position(control.default),
        "play": control.play,
        "rate": control.rate,
    }
