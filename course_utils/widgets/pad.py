"""A pad to draw on with the hand: 32 × 32 dots, and what a network says of them."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence

import numpy as np
import traitlets

from course_utils.support.arrays import shown
from course_utils.widgets import page

DOTS = 32
"""Dots of the pad along each side."""


def pad(answer: Callable, *, names: Sequence[str]) -> Pad:
    """Let the reader draw, and show at once what the network sees of it and says to it.

    Parameters
    ----------
    answer : callable
        ``answer(ink) -> (seen, probabilities)``: ink is a bool array of 32 × 32 dots, seen a square
        of numbers from 0 (white) to 1 (black), and there is a probability for each name.
    names : sequence of str
        What the classes are called.

    Examples
    --------
    >>> board = pad(lambda ink: (ink, [ink.mean(), 1 - ink.mean()]), names=["ink", "paper"])
    >>> board.draw(np.zeros((32, 32))).readout
    'paper 100 %, ink 0 %'
    """
    if not callable(answer):
        raise TypeError(f"answer should be a function of the ink, but got {shown(answer)}")
    made = Pad(answer, [str(name) for name in names])
    page.replace(made)
    return made


class Pad(page.Page):
    """A pad to draw on; made by `pad`.

    Attributes
    ----------
    probabilities : ndarray or None
        What is said of the drawing; None while there is none.
    readout : str
        The three likeliest classes.
    """

    _esm = page.read("page.js", "pad.js")
    _css = page.read("page.css", "pad.css")

    _names = traitlets.List().tag(sync=True)
    _ink = traitlets.Unicode().tag(sync=True)  # the drawing, 1 for a dot that is inked
    _seen = traitlets.List().tag(sync=True)  # rows of what the network sees
    _probabilities = traitlets.List().tag(sync=True)
    readout = traitlets.Unicode(read_only=True).tag(sync=True)

    def __init__(self, answer, names):
        super().__init__()
        self._answer, self._names, self.probabilities = answer, names, None
        self.set_trait("readout", "Nothing is drawn yet.")

    def draw(self, ink) -> Pad:
        """Take a drawing as the reader's: 32 × 32 dots, inked or not."""
        ink = np.asarray(ink, bool)
        if ink.shape != (DOTS, DOTS):
            raise ValueError(f"ink should be {DOTS} × {DOTS} dots, but got shape {ink.shape}")
        seen, probabilities = self._answer(ink)
        self.probabilities = shares = np.asarray(probabilities, float)
        with self.hold_sync():
            self._ink = "".join(ink.astype(int).ravel().astype(str))
            self._seen = np.asarray(seen, float).round(3).tolist()
            self._probabilities = shares.round(4).tolist()
            self.set_trait("readout", self._said(shares))
        return self

    def _said(self, shares):
        first = np.argsort(-shares, kind="stable")[:3]
        return ", ".join(f"{self._names[k]} {100 * shares[k]:.0f} %" for k in first)

    def _hear(self, content):
        """Take what a page sent as drawn; it may send anything."""
        ink = content.get("ink")
        if isinstance(ink, str) and len(ink) == DOTS**2 and set(ink) <= {"0", "1"}:
            self.draw(np.array(list(ink)).reshape(DOTS, DOTS) == "1")

    def __repr__(self):
        return f"<Pad: {self.readout}>"

    def _repr_mimebundle_(self, **kwargs) -> tuple[dict, dict]:
        """Give the live widget; for pages without a kernel, words that say what stands here."""
        data, metadata = super()._repr_mimebundle_(**kwargs)
        names = ", ".join(self._names)
        text = f"A pad to draw on, once this notebook runs; the answer is one of {names}."
        html_text = f"<p><em>{html.escape(text)}</em></p>"
        return {**data, "text/plain": f"{text} {self.readout}", "text/html": html_text}, metadata
