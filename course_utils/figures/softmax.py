"""Pictures of softmax."""

import numpy as np

from course_utils import softmax as lecture
from course_utils.activations import sigmoid
from course_utils.figures import style
from course_utils.support.formulas import Formula
from course_utils.support.handles import Handle
from course_utils.support.words import typeset

_SOFTMAX = Formula(
    r"a_1 = \frac{e^{z_1}}{\sum_j e^{z_j}} = \frac{\now{power}{t_1}}"
    r"{\now{total}{t_1 + t_2 + t_3 + t_4}} = \now{share}{a_1}",
    power=lambda z1, **_: np.exp(z1),
    total=lambda z1, z2=2.0, z3=-1.0, z4=3.0: np.exp([z1, z2, z3, z4]).sum(),
    share=lambda z1, z2=2.0, z3=-1.0, z4=3.0: lecture.softmax([z1, z2, z3, z4])[0],
)
_TEMPERED = Formula(
    r"a_1 = \frac{e^{z_1 / \now{temperature}{T}}}{\sum_j e^{z_j / \now{temperature}{T}}}"
    r" = \now{share}{a_1}",
    share=lambda temperature, z4=3.0: _tempered(temperature, z4)[0],
)
_TWO_CLASSES = Formula(
    r"a_1 = \frac{e^{z_1}}{e^{z_1} + e^{z_2}} = \frac{1}{1 + e^{-(\now{z1}{z_1} - \now{z2}{z_2})}}"
    r" = \now{share}{\sigma(z_1 - z_2)}",
    share=lambda z1, z2: float(sigmoid(z1 - z2)),
)
_DASHES = ("-", "--", "-.", ":")
_TEMPERATURES = np.geomspace(0.1, 100, 121)


def bars(fig, softmax=lecture.softmax):
    """Four logits, their exponentials, and the probabilities that softmax makes of them."""
    logits, powers, show_shares = _scores(fig, reach=10.5)
    logits[0].axes.set_title("logits z")
    t_bars = _bars(powers, [f"$t_{i}$" for i in range(1, 5)])
    numbers = [powers.text(i, 0, "", ha="center", clip_on=True) for i in range(4)]
    powers.set(title="exponentials t = exp(z)", ylim=(0, 1.15), yticks=[])

    def update(z1, z2=2.0, z3=-1.0, z4=3.0):
        z = np.array([z1, z2, z3, z4])
        t, a = _powers_and_shares(z, softmax)
        heights = t / t.max()  # the axis grows with the largest: exp runs away from any fixed one
        for bar, height in zip([*logits, *t_bars], [*z, *heights], strict=True):
            bar.set_height(height)
        for number, height, power in zip(numbers, heights, t, strict=True):
            size = 9.5 if 0.1 <= power < 100 else 8  # a longer one is wider than its bar
            number.set(text=_brief(power), y=height + 0.02, fontsize=size)
        return f"z = {style.row(z, 1)}; {_said(t)}; {show_shares(a, _why(t))}"

    held = enumerate(("z1", "z2", "z3", "z4"))
    update.handles = tuple(Handle(logits[0].axes, x=k, y=name) for k, name in held)
    update.formula = _SOFTMAX
    return update


def _shifted(softmax):
    """Return the formula of logits that a constant moves, with what a softmax makes of them."""

    def found(z1, c=0.0):
        return _powers_and_shares(_logits(z1, c), softmax)

    if _survives(softmax):
        return Formula(_CURED, **_SMALL, share=lambda **values: found(**values)[1][0])
    return Formula(
        r"a_1 = \frac{e^{z_1 + c}}{\sum_j e^{z_j + c}} = \frac{\now{power}{t_1}}"
        r"{\now{total}{t_1 + t_2 + t_3 + t_4}} = \now{share}{a_1}",
        power=lambda **values: found(**values)[0][0],
        total=lambda **values: _total(found(**values)[0]),
        share=lambda **values: found(**values)[1][0],
    )


def _survives(softmax):
    """Return whether a softmax is right where exp overflows or vanishes."""
    try:
        found = [_powers_and_shares(_logits(5.0, c), softmax)[1] for c in (800.0, -800.0)]
        return np.allclose(found, lecture.softmax(_logits(5.0, 0.0)))
    except Exception:  # a reader's: the picture says what is wrong
        return False


_CURED = (
    r"a_1 = \frac{e^{z_1 + c}}{\sum_j e^{z_j + c}} = \frac{\now{power}{e^{z_1 + c - M}}}"
    r"{\now{total}{\sum_j e^{z_j + c - M}}} = \now{share}{a_1}"
)
"""With the largest of the logits, M, taken off: ∞ / ∞ has no value."""


def _small(z1, c=0.0):
    z = _logits(z1, c)
    return np.exp(z - z.max())


_SMALL = {
    "power": lambda **values: _small(**values)[0],
    "total": lambda **values: _small(**values).sum(),
}


def _top_of_last(c, **_):
    return 3.0 + c


def limits(fig, softmax=lecture.softmax):
    """The same four logits far from 0: their exponentials between the ends of float64."""
    logits, powers, show_shares = _scores(fig, reach=850)
    t_bars = _bars(powers, [f"$t_{i}$" for i in range(1, 5)])
    powers.axhline(0, color=style.INK, linewidth=0.8)
    for end, where, words in ((_LARGEST, 45, "∞ above"), (_LEAST, -45, "0 below")):
        powers.axhline(end, color=style.INK, linewidth=1, linestyle="--")
        white = {"facecolor": "white", "edgecolor": "none", "pad": 1}
        powers.text(-0.4, end + where, words, fontsize=9.5, va="center", bbox=white)
    powers.set(title="log₁₀ of t = exp(z + c)", ylim=(-410, 410))

    def update(z1, c=0.0):
        z = _logits(z1, c)
        t, a = _powers_and_shares(z, softmax)
        for bar, height in zip([*logits, *t_bars], [*z, *z / np.log(10)], strict=True):
            bar.set_height(height)
        return f"z + c = {style.row(z, 1)}; {_said(t)}; {show_shares(a, _why(t))}"

    update.handles = (Handle(logits[0].axes, x=3, y="c", to_y=_top_of_last),)
    update.formula = _shifted(softmax)
    return update


_LARGEST, _LEAST = np.log10(np.finfo(float).max), np.log10(np.finfo(float).smallest_subnormal)


def _scores(fig, reach):
    """Draw the panels of logits and probabilities; return what moves them, the bare one between."""
    left, middle, right = style.axes(
        fig, 1, 3, height=3.0, width_ratios=(4, 4, 5), bottom=0.4, wspace=0.42
    )
    z_bars = _bars(left, [f"$z_{i}$" for i in range(1, 5)])
    left.axhline(0, color=style.INK, linewidth=0.8)
    left.set(title="logits z + c", ylim=(-reach, reach))
    right.set_title("probabilities a = t / Σ t")
    return z_bars, middle, _shares(right, 4)


def _logits(z1, c):
    return np.array([z1, 2.0, -1.0, 3.0]) + c


def _powers_and_shares(z, softmax):
    with np.errstate(all="ignore"):  # exp and a reader's softmax may overflow: that is shown
        shares = softmax(z[:, None].copy())  # readers write it for (C, m), some of them in place
        return np.exp(z), np.asarray(shares)[:, 0]


def _total(t):
    with np.errstate(over="ignore"):
        return t.sum()


def _said(t):
    return f"t = [{', '.join(map(_short, t))}], Σ t = {_short(_total(t))}"


def _tempered(temperature, z4):
    return lecture.softmax(np.array([5.0, 2.0, -1.0, z4]) / temperature)


def temperature(fig, softmax=lecture.softmax):
    """Probabilities softmax(z / T), at one temperature and at all of them."""
    left, right = style.axes(fig, 1, 2, height=3.4, width_ratios=(2, 3), wspace=0.2)
    show = _shares(left, 4, low=-0.03)
    hard = left.plot(range(4), np.zeros(4), "_", color=style.INK, markersize=32)[0]
    looks = zip(style.CLASSES, _DASHES, strict=False)
    curves = [right.plot([], [], color=c, linestyle=d)[0] for c, d in looks]
    here = right.axvline(1.0, color=style.GREY, linewidth=1)
    dots = right.scatter(np.ones(4), np.zeros(4), color=style.CLASSES[:4], zorder=3)
    for ax in (left, right):
        ax.axhline(0.25, color=style.GREY, linestyle=":", linewidth=1)
    left.set(title="a = softmax(z / T)", xlabel="black: hard max,  dotted: 1/C")
    right.set(xscale="log", xlim=(0.085, 118), ylim=(-0.03, 1.15), xlabel="temperature T")
    right.set_title("the probabilities at every temperature")

    def update(temperature, z4=3.0):
        z = np.array([5.0, 2.0, -1.0, z4])
        with np.errstate(all="ignore"):
            a, everywhere = softmax(z / temperature), softmax(z[:, None] / _TEMPERATURES)
        for curve, shares in zip(curves, everywhere, strict=True):
            curve.set_data(_TEMPERATURES, shares)
        hard.set_ydata(winner := lecture.hard_max(z))
        here.set_xdata([temperature] * 2)
        dots.set_offsets(np.column_stack([np.full(4, temperature), a]))
        return f"T = {temperature:.4g}: {show(a)}; hard max {style.row(winner, 0)}"

    update.handles, update.formula = (Handle(right, x="temperature", y=1.08),), _TEMPERED
    return update


def two_classes(fig, softmax=lecture.softmax):
    """Softmax of two logits, on the logistic curve of their difference."""
    left, right = style.axes(fig, 1, 2, height=3.3, width_ratios=(3, 1), wspace=0.2)
    d = np.linspace(-12, 12, 241)
    left.plot(d, sigmoid(d), color=style.BLUE, label="σ(d)")
    left.plot(d, sigmoid(-d), "--", color=style.ORANGE, label="1 − σ(d)")
    here = left.axvline(0.0, color=style.GREY, linewidth=1)
    dots = left.scatter([0, 0], [0, 0], s=60, color=style.CLASSES[:2], edgecolor="white", zorder=3)
    left.set(xlim=(-12, 12), ylim=(-0.03, 1.15), xlabel="difference d = z₁ − z₂")
    left.set_title("lines: the logistic curve,  dots: softmax")
    left.legend(loc="center left", **style.GROUND)
    right.axhline(0, color=style.INK, linewidth=0.8)
    show = _shares(right, 2, low=-0.03)
    right.set_title("probabilities a")

    def update(z1, z2):
        with np.errstate(all="ignore"):
            a = softmax(np.array([z1, z2]))
        here.set_xdata([z1 - z2] * 2)
        dots.set_offsets(np.column_stack([np.full(2, z1 - z2), a]))
        curve = float(sigmoid(z1 - z2))
        return f"z₁ − z₂ = {z1 - z2:.1f}: {show(a)}; σ(z₁ − z₂) = {curve:.3f}".replace("-", "−")

    update.formula = _TWO_CLASSES
    update.handles = (
        Handle(left, x="z1", to_x=_difference, y=lambda z1, z2: sigmoid(z1 - z2)),
        Handle(left, x="z2", to_x=_difference, y=lambda z1, z2: sigmoid(z2 - z1)),
    )
    return update


def _difference(z1, z2):
    return z1 - z2


def _bars(ax, names):
    places = np.arange(len(names))
    ax.set_xticks(places, names, fontsize=12)
    return ax.bar(places, 1.0, color=style.CLASSES[: len(names)])


def _shares(ax, classes, low=0.0):
    """Draw bars of probabilities; return what moves them, or says why they are no numbers."""
    rectangles = _bars(ax, [f"$a_{i + 1}$" for i in range(classes)])
    numbers = [ax.text(i, 0, "", ha="center", fontsize=9.5, clip_on=True) for i in range(classes)]
    note = style.note(ax, (classes - 1) / 2, 0.56)
    ax.set_ylim(low, 1.15)

    def show(a, why=style.NOT_A_NUMBER):
        well = np.isfinite(a).all()
        for rectangle, number, share in zip(rectangles, numbers, a, strict=True):
            rectangle.set_height(share if well else 0)
            number.set(text=f"{share:.3f}" if well else "", y=max(share, 0) + 0.02 if well else 0)
        note.set_text("" if well else why)
        return f"a = {style.row(a, 3)}" if well else "no probabilities: " + why.replace("\n", " ")

    return show


def _why(t):
    if np.isinf(t).any():
        return "exp overflows:\n∞ / ∞ is not a number"
    return style.NOT_A_NUMBER if t.any() else "every exp is 0:\n0 / 0 is not a number"


def _short(x):
    return "∞" if np.isinf(x) else typeset(f"{x:.4g}")


def _brief(x):
    """Write a number so short that it fits over its bar."""
    if 0.1 <= x < 1000:
        return f"{x:.1f}"
    if x >= 1000:
        return typeset(f"{x:.1e}")
    return typeset(f"{x:.0e}")


MOMENTS = {
    "bars": {
        "the lecture's": (
            {"z1": 5, "z2": 2, "z3": -1, "z4": 3},
            "A lead of 2 over z₄ is a factor of e² = 7.4.",
        ),
        "all + 4": (
            {"z1": 9, "z2": 6, "z3": 3, "z4": 7},
            "All exponentials are 54.6 times as large; the probabilities are the same.",
        ),
        "a tie": (
            {"z1": 3, "z2": 2, "z3": -1, "z4": 3},
            "Equal logits have equal probabilities, here 0.419 each.",
        ),
    },
    "limits": {
        "c = 700": (
            {"z1": 5, "c": 700},
            "All exponentials still fit, and the probabilities are right.",
        ),
        "c = 705": (
            {"z1": 5, "c": 705},
            "exp(z₁ + c) = exp(710) overflows, and naive gets ∞ / ∞, which is not a number.",
        ),
        "c = −748": (
            {"z1": 5, "c": -748},
            "naive gives four probabilities with the sum 1, and every one is wrong.",
        ),
        "c = −751": (
            {"z1": 5, "c": -751},
            "Every exponential is rounded to 0, and naive gets 0 / 0, which is not a number.",
        ),
    },
    "temperature": {
        "T = 0.1": ({"temperature": 0.1, "z4": 3}, "To three digits this is the hard max."),
        "T = 100": ({"temperature": 100, "z4": 3}, "All four probabilities are close to 1/4."),
        "a tie": ({"temperature": 0.1, "z4": 5}, "Two equal leaders keep 0.5 each, however cold."),
    },
    "two_classes": {
        "[5, 2]": ({"z1": 5, "z2": 2}, "A difference of 3: 0.953, and the odds are e³ = 20 to 1."),
        "[3, 0]": ({"z1": 3, "z2": 0}, "Both logits are 2 lower, and the answer is the same."),
        "99 %": ({"z1": 4.6, "z2": 0}, "ln 99 = 4.6: the odds are 99 to 1."),
    },
}
"""Values of the pictures' controls at which there is something to see, and what it is."""
