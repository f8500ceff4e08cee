"""A question to answer before the picture does."""

from __future__ import annotations

import traitlets

from course_utils.widgets import page


def predict(question: str, answers: dict[str, str], *, right: str) -> Prediction:
    """Ask the reader for a prediction; answer each choice with what to look for.

    Parameters
    ----------
    question : str
        One concrete question.
    answers : dict of str to str
        Each choice and what is said to whoever picks it.
    right : str
        The choice that is right.
    """
    _require_texts(question, answers)
    if right not in list(answers):
        raise ValueError(f"right={right!r} is not one of the choices {', '.join(answers)}")
    prediction = Prediction(question, answers, right)
    page.replace(prediction)
    return prediction


def _require_texts(question, answers):
    if not isinstance(question, str):
        raise TypeError(f"the question should be text, but got {question!r:.60}")
    if not question.strip():
        raise ValueError("the question is empty: ask one")
    texts = [*answers, *answers.values()] if isinstance(answers, dict) else [answers]
    wrong = [text for text in texts if not isinstance(text, str)]
    if wrong:
        raise TypeError(
            "answers should be a dict of each choice and its reply, both texts, "
            f"but got {wrong[0]!r:.60}"
        )


class Prediction(page.Page):
    """A question with choices; made by `predict`.

    Attributes
    ----------
    chosen : str
        What the reader picked; empty before.
    correct : bool or None
        Whether it is right; None before an answer.
    """

    _esm = page.read("page.js", "prediction.js")
    _css = page.read("page.css", "prediction.css")

    _question = traitlets.Unicode().tag(sync=True)
    _choices = traitlets.List().tag(sync=True)
    _reply = traitlets.Unicode().tag(sync=True)
    chosen = traitlets.Unicode().tag(sync=True)
    correct = traitlets.Bool(None, allow_none=True, read_only=True).tag(sync=True)

    def __init__(self, question, answers, right):
        super().__init__()
        self._answers, self._right = answers, right
        self._question, self._choices = question, list(answers)

    @traitlets.validate("chosen")
    def _one_of_the_choices(self, proposal):
        if proposal.value not in self._answers:
            choices = ", ".join(self._answers)
            raise traitlets.TraitError(f"{proposal.value!r} is not one of the choices {choices}")
        return proposal.value

    @traitlets.observe("chosen")
    def _answer(self, change):
        with self.hold_sync():
            self.set_trait("correct", self.chosen == self._right)
            self._reply = self._answers[self.chosen]

    def _hear(self, content):
        if content.get("choose") in self._choices:
            self.chosen = content["choose"]

    def _repr_mimebundle_(self, **kwargs) -> tuple[dict, dict]:
        """Give the live widget, and the question as text for pages without a kernel."""
        data, metadata = super()._repr_mimebundle_(**kwargs)
        text = "\n".join([f"Predict: {self._question}", *(f"( ) {c}" for c in self._choices)])
        return {**data, "text/plain": text}, metadata
