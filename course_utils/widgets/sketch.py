"""A prediction that is drawn: the curve a reader expects, and the true one over it."""

from __future__ import annotations

import numpy as np
import traitlets

from course_utils.support import validation
from course_utils.support.arrays import shown
from course_utils.widgets import page
from course_utils.widgets.prediction import Question, require_question

CLOSE = 0.1
"""How far the drawn curve may lie from the true one, on average, as a share of the height."""

MOST_PLACES = 64
"""Places along the axis at which the page keeps what is drawn."""


def sketch(question: str, x, y, *, reason: str, labels=("x", "y"), ylim=None) -> Sketch:
    """Ask the reader to draw a curve; then show the true one, and say where they part.

    Parameters
    ----------
    question : str
        What is to be drawn.
    x, y : array_like, shape (n,)
        The true curve, from left to right.
    reason : str
        Why it runs like that.
    labels : tuple of str
        What the two axes count.
    ylim : tuple of float, optional
        The ends of the upright axis; a little more than the curve if left out.

    Examples
    --------
    >>> falling = sketch("Draw 1/t.", [1, 2, 4], [1, 0.5, 0.25], reason="It is divided by t.")
    >>> falling.answer([1, 0.5, 0.3]).correct
    True
    """
    require_question(question)
    x, y = validation.finite("x", x), validation.finite("y", y)
    if x.ndim != 1 or x.shape != y.shape or len(x) < 2:
        raise ValueError(
            f"x and y should be rows of as many finite numbers, two or more, but got shapes "
            f"{x.shape} and {y.shape}"
        )
    if not (np.diff(x) > 0).all():
        raise ValueError("x should grow from each number to the next: sort the points")
    if not (isinstance(reason, str) and reason.strip()):
        raise TypeError(f"the reason should be text, but got {shown(reason)}")
    made = Sketch(question, x, y, reason, *_checked_axes(labels, ylim))
    page.replace(made)
    return made


def _checked_axes(labels, ylim):
    """Return what axes count and where the upright one ends; no ends where the curve says that."""
    names = [validation.text("labels", name) for name in validation.sequence("labels", labels)]
    ends = [] if ylim is None else list(validation.finite("ylim", ylim).ravel())
    if len(names) != 2 or not (ylim is None or (len(ends) == 2 and ends[0] < ends[1])):
        raise ValueError(f"labels and ylim should be two each, got {shown(labels)}, {shown(ylim)}")
    return names, ends


class Sketch(Question):
    """A curve to draw; made by `sketch`.

    Attributes
    ----------
    drawn : ndarray or None
        The reader's curve at the places of `x`; None before.
    """

    _esm = page.read("page.js", "question.js", "sketch.js")
    _css = page.read("page.css", "prediction.css")

    _labels = traitlets.List().tag(sync=True)
    _ends = traitlets.List().tag(sync=True)  # texts of both ends of both axes
    _places = traitlets.Int(MOST_PLACES).tag(sync=True)
    _shares = traitlets.List().tag(sync=True)  # the reader's curve, as shares of the height
    _true_shares = traitlets.List().tag(sync=True)  # told with the answer, not before

    def __init__(self, question, x, y, reason, labels, ylim):
        super().__init__(question)
        self._x, self._y, self._reason, self.drawn = x, y, reason, None
        room = 0.08 * (np.ptp(y) or 1)
        self._ylim = ylim or (min(0, y.min()), y.max() + room)
        self._labels = labels
        self._ends = [f"{end:.4g}".replace("-", "−") for end in (x[0], x[-1], *self._ylim)]

    def answer(self, values) -> Sketch:
        """Take a curve as the reader's: its heights at places evenly along the axis."""
        values = validation.finite("values", values)
        if values.ndim != 1 or len(values) < 2:
            raise ValueError("a drawn curve should be a row of finite numbers, two or more")
        x = np.linspace(self._x[0], self._x[-1], len(values))
        apart = np.interp(x, self._x, self._y) - values
        low, high = self._ylim
        k = int(np.abs(apart).argmax())
        correct = bool(np.abs(apart).mean() <= CLOSE * (high - low))
        at = f"at {self._labels[0]} = {x[k]:.3g}"
        words = f"you drew {values[k]:.3g} where it is {values[k] + apart[k]:.3g}"
        with self.hold_sync():
            self.drawn = np.interp(self._x, x, values)
            self._shares = self._as_shares(x, values)
            self._true_shares = self._as_shares(self._x, self._y)
            self._reply = f"You part most {at}: {words}. {self._reason}".replace(" -", " −")
            self.set_trait("correct", correct)
        return self

    def _tell(self):
        """Show the true curve to a reader who would rather see, or cannot draw."""
        with self.hold_sync():
            self._true_shares = self._as_shares(self._x, self._y)
            self._reply = self._reason
            self.set_trait("correct", False)

    def _as_shares(self, x, y):
        low, high = self._ylim
        places = np.linspace(self._x[0], self._x[-1], MOST_PLACES)
        return ((np.interp(places, x, y) - low) / (high - low)).round(4).tolist()

    def _hear(self, content):
        low, high = self._ylim
        shares = content.get("answer")
        if content.get("tell"):
            self._tell()
        elif _are_shares(shares):
            self.answer(low + np.array(shares) * (high - low))

    def _offered(self):
        return [f"(draw {self._labels[1]} against {self._labels[0]})"]

    def _answer_and_reason(self):
        first, last = (f"{end:.3g}".replace("-", "−") for end in self._y[[0, -1]])
        return f"From {first} to {last}.", self._reason


def _are_shares(shares):
    """Whether a page sent a curve; it may send anything."""
    return (
        isinstance(shares, list)
        and len(shares) == MOST_PLACES
        and all(isinstance(share, int | float) and abs(share) < 10 for share in shares)
    )
