"""What a check says: passed or not, the mistake by name, and where to look."""

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
        A short id such as ``"max-not-subtracted"``; None when passed.
    hint : str
        What to look at next. It never contains the solution.

    Examples
    --------
    >>> Verdict(False, "wrong-axis", "Which axis runs over the classes?")
    Not yet (wrong-axis). Which axis runs over the classes?
    """

    passed: bool
    mistake: str | None
    hint: str

    def __repr__(self):
        """One line of text: what a terminal and a test see."""
        return f"{self._headline()}. {self.hint}"

    def _repr_html_(self):
        colour, sign = ("#0072b2", "✓") if self.passed else ("#b54a00", "→")
        return (
            f'<div role="status" style="border-left:4px solid {colour};padding:.3em .8em;'
            f'max-width:46em"><strong>{sign} {escape(self._headline())}.</strong> '
            f'<span style="white-space:pre-wrap">{escape(self.hint)}</span></div>'
        )

    def _headline(self):
        return "Passed" if self.passed else f"Not yet ({self.mistake})"
