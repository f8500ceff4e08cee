"""A formula of the lecture that can have the present numbers under its symbols."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, init=False)
class Formula:
    r"""A formula beside a picture: it stands on the update, ``update.formula = Formula(...)``.

    Parameters
    ----------
    latex : str
        The formula in LaTeX; ``\now{beta}{\beta}`` has the number of the term ``beta`` under β.
    **terms : callable
        ``term(**values)``, the number or text of each term that is not a control itself.

    Examples
    --------
    >>> Formula(r"\now{beta}{\beta} v_{t-1}", window=lambda beta, **_: 1 / (1 - beta)).latex
    '\\now{beta}{\\beta} v_{t-1}'
    """

    latex: str
    terms: dict[str, Callable]

    def __init__(self, latex, **terms):
        object.__setattr__(self, "latex", latex)
        object.__setattr__(self, "terms", terms)
