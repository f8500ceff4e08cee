"""A question to answer before the picture does."""

from pathlib import Path

import anywidget
import traitlets


def predict(question, answers, *, right):
    """Ask the reader for a prediction; answer each choice with what to look for.

    Parameters
    ----------
    question : str
        One concrete question.
    answers : dict of str to str
        Each choice and what is said to whoever picks it.
    right : str
        The choice that is right.

    Returns
    -------
    Prediction

    Raises
    ------
    ValueError
        If `right` is not one of the choices.
    """
    if right not in answers:
        raise ValueError(f"right={right!r} is not one of the choices {', '.join(answers)}")
    return Prediction(question, answers, right)


class Prediction(anywidget.AnyWidget):
    """A question with choices; made by `predict`.

    Attributes
    ----------
    chosen : str
        What the reader picked; empty before.
    correct : bool or None
        Whether it is right; None before an answer.
    """

    _esm = Path(__file__).with_name("prediction.js")
    _css = Path(__file__).with_name("prediction.css")

    _question = traitlets.Unicode().tag(sync=True)
    _choices = traitlets.List().tag(sync=True)
    _reply = traitlets.Unicode().tag(sync=True)
    chosen = traitlets.Unicode().tag(sync=True)
    correct = traitlets.Bool(None, allow_none=True).tag(sync=True)

    def __init__(self, question, answers, right):
        super().__init__()
        self._answers, self._right = answers, right
        self._question, self._choices = question, list(answers)

    @traitlets.observe("chosen")
    def _answer(self, change):
        with self.hold_sync():
            self.correct = self.chosen == self._right
            self._reply = self._answers[self.chosen]

    def _repr_mimebundle_(self, **kwargs):
        """Give the live widget, and the question as text for pages without a kernel."""
        bundle = super()._repr_mimebundle_(**kwargs)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        text = "\n".join([f"Predict: {self._question}", *(f"( ) {c}" for c in self._choices)])
        return {**data, "text/plain": text}, metadata
