"""The look all pictures share: sizes, colours that colour-blind readers tell apart, plain axes."""

import math

import numpy as np

from course_utils.support.words import typeset

BLUE, ORANGE, GREEN, PINK = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
YELLOW, SKY, GREY, INK = "#E69F00", "#56B4E9", "#8A8A8A", "#222222"
CLASSES = (BLUE, ORANGE, GREEN, PINK, YELLOW, SKY)
"""Colours after Okabe and Ito (2008), in the order in which a picture takes them."""

NOT_A_NUMBER, DIVERGED = "not a number", "diverged"
NO_NUMBERS, TOO_LARGE = f"{NOT_A_NUMBER}: NaN or infinity", f"{DIVERGED}: α is too large"
"""What every picture says in the place of a number, and where there is nothing to be seen."""

GROUND = {"facecolor": "white", "edgecolor": "none", "framealpha": 0.85}
"""The look of a legend under which lines may pass."""

WIDTH = 7.2
"""Width of every picture in inches; at 100 dots an inch it fits a notebook's column."""


def axes(fig, rows=1, columns=1, *, height=3.2, width_ratios=None, **edges):
    """Return plain axes on a figure of the house size, with margins that do not move.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        An empty figure.
    rows, columns : int
        The grid of axes.
    height : float
        Height of the figure in inches.
    width_ratios : sequence of float, optional
        Widths of the columns.
    **edges : float
        ``left``, ``right``, ``top``, ``bottom`` in inches from that edge, and ``wspace`` or
        ``hspace`` as fractions of an axes, where the defaults do not fit.

    Returns
    -------
    Axes or ndarray of Axes
        As ``fig.subplots`` returns them.
    """
    fig.set_size_inches(WIDTH, height)
    grid = {
        "left": edges.get("left", 0.7) / WIDTH,
        "right": 1 - edges.get("right", 0.15) / WIDTH,
        "bottom": edges.get("bottom", 0.55) / height,
        "top": 1 - edges.get("top", 0.4) / height,
        "wspace": edges.get("wspace", 0.3),
        "hspace": edges.get("hspace", 0.4),
    }
    result = fig.subplots(rows, columns, gridspec_kw={**grid, "width_ratios": width_ratios})
    for ax in fig.axes:
        ax.set_axisbelow(True)
        ax.spines[["top", "right"]].set_visible(False)
        ax.spines[:].set_zorder(0.6)  # under what moves: then they are not drawn at every move
        ax.tick_params(labelsize=10)
        ax.title.set_fontsize(11)
    return result


def here(ax, x):
    """Return a thin line at the place of a control, over the curves and under what has zorder 3.

    Under them it would have the curves that stand still drawn again at every move.
    """
    return ax.axvline(x, color=GREY, lw=1, zorder=2.5)


def note(ax, x, y, fontsize=12):
    """Return an empty text that says what cannot be seen, in the middle of a place in the data."""
    return ax.text(x, y, "", ha="center", va="center", fontsize=fontsize, clip_on=True)


def ticks(axis, places, names=None):
    """Write plain numbers, or names, at places of a logarithmic axis, and nothing between them.

    Plain text is drawn several times as fast as the formulas that powers of ten are set in.
    """
    axis.set_ticks(places, names or [f"{place:g}" for place in places])
    axis.set_ticks([], minor=True)


def reach(ax, low, high):
    """Have the vertical axis reach from `low` to `high`; one that does is not drawn again."""
    if ax.get_ylim() != (low, high):
        ax.set_ylim(low, high)


def reach_across(ax, left, right):
    """Have the horizontal axis reach from `left` to `right`, as `reach` does the vertical one."""
    if ax.get_xlim() != (left, right):
        ax.set_xlim(left, right)


def percent(axis):
    """Write the shares on an axis in percent."""
    axis.set_major_formatter(lambda share, _: f"{100 * share:.3g} %")


def row(values, digits):
    """Write numbers for a readout: ``[0.842, 0.042]``, with a true minus sign.

    Examples
    --------
    >>> row([5, -1], 1)
    '[5.0, −1.0]'
    """
    return "[" + ", ".join(f"{v:.{digits}f}" for v in values).replace("-", "−") + "]"


def short(x):
    """Write a number that may be very small to two digits.

    Examples
    --------
    >>> short(1e-8), short(0.126), short(1.0)
    ('1e−8', '0.13', '1')
    """
    return typeset(f"{x:.2g}")


def rounded(x):
    """Write a number with up to three decimals, and with a true minus sign.

    Examples
    --------
    >>> rounded(-0.25), rounded(-0.0001), rounded(2)
    ('−0.25', '0', '2')
    """
    return f"{round(float(x), 3) + 0.0:g}".replace("-", "−")


def in_two_digits(x):
    """Write a number so that the larger of two is never written as the smaller one.

    >>> in_two_digits(1.232), in_two_digits(0.0000291)
    ('1.2', '0.000029')
    """
    return np.format_float_positional(x, 2, unique=False, fractional=False, trim="-")


def typical(runs):
    """Write the median of some runs, to as many digits as their spread leaves it.

    The next run, with another seed, would change the digits that are left out: the unit of rounding
    is the largest of 1, 2 and 5 times a power of ten within the spread.
    One significant digit is always left, and never more than two.

    Examples
    --------
    >>> typical([0.468, 0.44, 0.479, 0.521]), typical([9.7, 12.0, 14.2])
    ('0.45', '12')
    >>> typical([2.3041, 2.3041])
    '2.3'
    """
    low, middle, high = np.min(runs), np.median(runs), np.max(runs)
    one_digit = _power_below(middle)
    unit = np.clip(_round_below(high - low), one_digit / 10, one_digit)
    digits = max(0, -math.floor(math.log10(unit)))
    return f"{round(middle / unit) * unit:.{digits}f}".replace("-", "−")


def _round_below(x):
    """Return the largest of 1, 2 and 5 times a power of ten that is not above a number."""
    return max((n * _power_below(x) for n in (1, 2, 5) if n * _power_below(x) <= x), default=0)


def _power_below(x):
    return 10.0 ** math.floor(math.log10(abs(x))) if x else 1.0
