"""What a check says: passed or not, where to look, and, folded, what happened."""

from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Verdict:
    """The answer of a check.

    Parameters
    ----------
    passed : bool
        Whether the answer is right.
    mistake : str or None
        A short id such as ``"max-not-subtracted"``, for tests; readers do not see it. None when
        passed. Two mistakes at once are joined by ``+``.
    hint : str
        What the answer does and what to ask oneself. It never contains the solution.
    look : str
        Where to look, said first; `hint` is then folded. Empty: `hint` is said first.
    details : str
        The failing call, what it gave and what is right, folded.

    Examples
    --------
    >>> Verdict(False, "wrong-axis", "Which axis runs over the classes?")
    Not yet. Which axis runs over the classes?
    """

    passed: bool
    mistake: str | None
    hint: str
    look: str = ""
    details: str = ""

    def __repr__(self):
        """Return what a terminal and a screen reader get: one plain sentence first."""
        more = [f"More: {self.hint}"] if self.look else []
        return "\n".join([self._headline(), *more, *filter(None, [self.details])])

    def _repr_html_(self):
        colour, sign = ("#0072b2", "✓") if self.passed else ("#b54a00", "→")
        word, said = escape(self._headline()).split(". ", 1)
        folded = [("What it does", self.hint, "")] if self.look else []
        if self.details:
            folded.append(("A call to try", self.details, ";font-family:monospace"))
        return (
            f'<div role="status" style="border-left:4px solid {colour};padding:.3em .8em;'
            f'max-width:46em"><strong>{sign} {word}.</strong> '
            f'<span style="white-space:pre-wrap">{said}</span>'
            + "".join(_folded(*part) for part in folded)
            + "</div>"
        )

    def _headline(self):
        return f"{'Passed' if self.passed else 'Not yet'}. {self.look or self.hint}"


def _folded(summary, text, style):
    return (
        f"<details><summary>{summary}</summary>"
        f'<div style="white-space:pre-wrap{style}">{escape(text)}</div></details>'
    )
