"""Questions to answer before the picture does: a choice, or a number."""

from __future__ import annotations

import hashlib
import html

import traitlets

from course_utils.support import progress
from course_utils.support.arrays import shown
from course_utils.widgets import page
from course_utils.widgets.controls import Control


def predict(question: str, answers: dict[str, str], *, right: str) -> Prediction:
    """Ask the reader for a prediction; answer each choice with what to look for.

    The choices come in an order that has nothing to do with which is right, the same for everybody.

    Parameters
    ----------
    question : str
        One concrete question.
    answers : dict of str to str
        Each choice and what is said to whoever picks it.
    right : str
        The choice that is right; what is said to it is the reason.
    """
    require_question(question)
    _require_texts(answers)
    if right not in list(answers):
        raise ValueError(f"right={right!r} is not one of the choices {', '.join(answers)}")
    prediction = Prediction(question, answers, right)
    page.replace(prediction)
    return prediction


def estimate(
    question: str,
    scale: Control,
    *,
    right: float,
    reason: str,
    close: float = 0.05,
    at: str | tuple[str, int] | None = None,
) -> Estimate:
    """Ask the reader for a number, and say how far it is from what is right.

    Parameters
    ----------
    question : str
        One concrete question.
    scale : Control
        The slider to answer with, made by `controls.scale`.
    right : float
        The number that is right; within the slider's range.
    reason : str
        Why it is that number.
    close : float
        How much of the slider's length an answer may lie away and be called close.
    at : {"x", "y"} or tuple, optional
        The axis of the picture which comes ``after`` this question on which the reader's number is
        then shown; ``("y", 1)`` is the y-axis of the second axes.

    Examples
    --------
    >>> from course_utils.sampling_scales import Log
    >>> from course_utils.widgets import controls
    >>> days = controls.scale(Log(1, 1000), 10)
    >>> window = estimate("β = 0.98: how many days?", days, right=50, reason="1 / (1 − β).")
    >>> window.answer(45).correct
    True
    """
    require_question(question)
    if not (isinstance(scale, Control) and scale.scale is not None):
        raise TypeError(f"scale should be a slider made by controls.scale, but got {shown(scale)}")
    if not (isinstance(reason, str) and reason.strip()):
        raise TypeError(f"the reason should be text, but got {shown(reason)}")
    if not 0 < close < 1:
        raise ValueError(f"close should be a share of the slider, 0 < close < 1, but got {close!r}")
    made = Estimate(question, scale, scale.value(right), reason, close, _axis(at))
    page.replace(made)
    return made


def _axis(at):
    """Return the letter of an axis and the number of its axes; refuse what is none."""
    letter, number = at if isinstance(at, tuple) and len(at) == 2 else (at, 0)
    if at is not None and not (letter in ("x", "y") and type(number) is int and number >= 0):
        raise ValueError(f'at should be an axis, such as "x" or ("y", 1), but got {shown(at)}')
    return None if at is None else (letter, number)


def require_question(question):
    """Refuse what is no text that asks something."""
    if not isinstance(question, str):
        raise TypeError(f"the question should be text, but got {shown(question)}")
    if not question.strip():
        raise ValueError("the question is empty: ask one")


def _require_texts(answers):
    texts = [*answers, *answers.values()] if isinstance(answers, dict) else [answers]
    wrong = [text for text in texts if not isinstance(text, str)]
    if wrong:
        raise TypeError(
            "answers should be a dict of each choice and its reply, both texts, "
            f"but got {shown(wrong[0])}"
        )


class Question(page.Page):
    """What predictions of every kind share.

    Attributes
    ----------
    correct : bool or None
        Whether the answer is right; None before one.
    at : tuple of (str, int) or None
        The axis on which the picture shows the answer, and the number of its axes.
    """

    at: tuple[str, int] | None = None

    _question = traitlets.Unicode().tag(sync=True)
    _reply = traitlets.Unicode().tag(sync=True)
    correct = traitlets.Bool(None, allow_none=True, read_only=True).tag(sync=True)

    def __init__(self, question):
        super().__init__()
        self._question = question
        self.observe(self._note, "correct")

    def _note(self, change):
        progress.record("prediction", self._question, change.new)

    def __repr__(self):
        return f"<{type(self).__name__}: {self._question}>"

    def _repr_mimebundle_(self, **kwargs) -> tuple[dict, dict]:
        """Give the live widget; for pages without a kernel the question, the answer folded."""
        data, metadata = super()._repr_mimebundle_(**kwargs)
        text = "\n".join([f"Predict: {self._question}", *self._offered()])
        return {**data, "text/plain": text, "text/html": self._folded()}, metadata

    def _folded(self):
        answer, reason = self._answer_and_reason()
        lines = "".join(f"<br>{html.escape(line)}" for line in self._offered())
        return (
            f"<p><strong>Predict: {html.escape(self._question)}</strong>{lines}</p>"
            f"<details><summary>Answer</summary><p><strong>{html.escape(answer)}</strong> "
            f"{html.escape(reason)}</p></details>"
        )

    def _offered(self):
        """Return a line of text for each answer that is offered."""
        raise NotImplementedError

    def _answer_and_reason(self):
        """Return what is right, and why."""
        raise NotImplementedError


class Prediction(Question):
    """A question with choices; made by `predict`.

    Attributes
    ----------
    chosen : str
        What the reader picked; empty before.
    """

    _esm = page.read("page.js", "question.js", "prediction.js")
    _css = page.read("page.css", "prediction.css")

    _choices = traitlets.List().tag(sync=True)
    _answer = traitlets.List().tag(sync=True)  # the right choice and its reason, once one is made
    chosen = traitlets.Unicode().tag(sync=True)

    def __init__(self, question, answers, right):
        super().__init__(question)
        self._answers, self._right = answers, right
        self._choices = sorted(answers, key=lambda choice: _shuffled(question, choice))

    @traitlets.validate("chosen")
    def _one_of_the_choices(self, proposal):
        if proposal.value not in self._answers:
            choices = ", ".join(self._answers)
            raise traitlets.TraitError(f"{proposal.value!r} is not one of the choices {choices}")
        return proposal.value

    @traitlets.observe("chosen")
    def _reply_to(self, change):
        with self.hold_sync():
            self._reply = self._answers[self.chosen]
            self._answer = list(self._answer_and_reason())
            self.set_trait("correct", self.chosen == self._right)

    def _hear(self, content):
        if content.get("choose") in self._choices:
            self.chosen = content["choose"]

    def _offered(self):
        return [f"( ) {choice}" for choice in self._choices]

    def _answer_and_reason(self):
        return self._right, self._answers[self._right]


def _shuffled(question, choice):
    """Return where a choice comes in an order that only looks like chance."""
    return hashlib.sha256(f"{question} {choice}".encode()).digest()


class Estimate(Question):
    """A question for a number; made by `estimate`.

    Attributes
    ----------
    guess : float or None
        The reader's number; None before.
    """

    _esm = page.read("page.js", "question.js", "estimate.js")
    _css = page.read("page.css", "prediction.css")

    _texts = traitlets.List().tag(sync=True)
    _position = traitlets.Int().tag(sync=True)
    _right_position = traitlets.Int(-1).tag(sync=True)  # told with the answer, not before

    def __init__(self, question, scale, right, reason, close, at=None):
        super().__init__(question)
        self.at = at
        self._scale, self._right, self._reason, self._close = scale, right, reason, close
        self._texts = list(scale.texts)
        self._position = scale.position(scale.default)
        self.guess = None

    def answer(self, guess: float) -> Estimate:
        """Take a number as the reader's, and judge it by its distance on the slider."""
        value = self._scale.value(guess)
        to_unit = self._scale.scale.to_unit
        off = float(to_unit(value)) - float(to_unit(self._right))
        correct = abs(off) <= self._close
        said, right = self._scale.text(value), self._scale.text(self._right)
        far = "close" if correct else "too high" if off > 0 else "too low"
        judged = "exactly right" if said == right else f"it is {right}: {far}"
        with self.hold_sync():
            self.guess = value
            self._position = self._scale.position(value)
            self._right_position = self._scale.position(self._right)
            self._reply = f"You said {said}, {judged}. {self._reason}"
            self.set_trait("correct", correct)
        return self

    @property
    def said(self) -> str:
        """The reader's number as text."""
        return "" if self.guess is None else self._scale.text(self.guess)

    def _hear(self, content):
        if self._scale.has(content.get("answer")):
            self.answer(self._scale.values[content["answer"]])

    def _offered(self):
        return [f"(a number from {self._texts[0]} to {self._texts[-1]})"]

    def _answer_and_reason(self):
        return self._scale.text(self._right), self._reason
