"""Pictures of softmax."""

import numpy as np

from course_utils import datasets
from course_utils import softmax as lecture
from course_utils.activations import sigmoid
from course_utils.experiments.softmax import linear_classifier
from course_utils.figures import style
from course_utils.support.formulas import Formula
from course_utils.support.handles import Handle

_SOFTMAX = Formula(
    r"a_1 = \frac{e^{z_1 + c}}{\sum_j e^{z_j + c}} = \frac{\now{power}{t_1}}"
    r"{\now{total}{t_1 + t_2 + t_3 + t_4}} = \now{share}{a_1}",
    power=lambda z1, c=0.0: _powers(z1, c)[0],
    total=lambda z1, c=0.0: _powers(z1, c).sum(),
    share=lambda z1, c=0.0: lecture.softmax(_logits(z1, c))[0],
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
_MARKERS = "os^DvP"
_TEMPERATURES = np.geomspace(0.1, 100, 121)
_X1, _X2 = (np.linspace(-side, side, cells) for side, cells in ((4.2, 106), (3.4, 86)))
_PLANE = np.array(np.meshgrid(_X1, _X2)).reshape(2, -1)
_PALE = np.array([[255 - 0.45 * (255 - x) for x in bytes.fromhex(c[1:])] for c in style.CLASSES])


def bars(fig, softmax=lecture.softmax):
    """Four logits, their exponentials, and the shares that softmax makes of them."""
    logits, powers, show_shares = _scores(fig, reach=25)
    t_bars = _bars(powers, [f"$t_{i}$" for i in range(1, 5)])
    numbers = [powers.text(i, 0, "", ha="center", fontsize=9.5, clip_on=True) for i in range(4)]
    powers.set(title="powers t = exp(z + c)", ylim=(0, 1.15), yticks=[])

    def update(z1, c=0.0):
        z, t, a = _all_three(z1, c, softmax)
        heights = t / t.max()  # the axis grows with the largest: exp runs away from any fixed one
        for bar, height in zip([*logits, *t_bars], [*z, *heights], strict=True):
            bar.set_height(height)
        for number, height, power in zip(numbers, heights, t, strict=True):
            number.set(text=_brief(power), y=height + 0.02)
        return f"{_said(z, t)}; {show_shares(a, _why(t))}"

    update.handles, update.formula = (Handle(logits[0].axes, x=0, y="z1", to_y=_top),), _SOFTMAX
    return update


def _top(z1, c=0.0):
    return z1 + c


def _top_of_last(c, **_):
    return 3.0 + c


def limits(fig, softmax=lecture.softmax):
    """Show the same four logits far from 0: their exponentials between the ends of float64."""
    logits, powers, show_shares = _scores(fig, reach=850)
    t_bars = _bars(powers, [f"$t_{i}$" for i in range(1, 5)])
    powers.axhline(0, color=style.INK, linewidth=0.8)
    for end, where, words in ((_LARGEST, 25, "∞ above"), (_LEAST, -45, "0 below")):
        powers.axhline(end, color=style.INK, linewidth=1, linestyle="--")
        powers.text(-0.4, end + where, words, fontsize=9.5, va="center")
    powers.set(title="log₁₀ of t = exp(z + c)", ylim=(-410, 410))

    def update(z1, c=0.0):
        z, t, a = _all_three(z1, c, softmax)
        for bar, height in zip([*logits, *t_bars], [*z, *z / np.log(10)], strict=True):
            bar.set_height(height)
        return f"{_said(z, t)}; {show_shares(a, _why(t))}"

    update.handles, update.formula = (
        (Handle(logits[0].axes, x=3, y="c", to_y=_top_of_last),),
        _SOFTMAX,
    )
    return update


_LARGEST, _LEAST = np.log10(np.finfo(float).max), np.log10(np.finfo(float).smallest_subnormal)


def _scores(fig, reach):
    """Draw the panels of logits and shares; return what moves them, the bare one between."""
    left, middle, right = style.axes(
        fig, 1, 3, height=3.0, width_ratios=(4, 4, 5), bottom=0.4, wspace=0.42
    )
    z_bars = _bars(left, [f"$z_{i}$" for i in range(1, 5)])
    left.axhline(0, color=style.INK, linewidth=0.8)
    left.set(title="logits z + c", ylim=(-reach, reach))
    right.set_title("shares a = t / Σ t")
    return z_bars, middle, _shares(right, 4)


def _logits(z1, c):
    return np.array([z1, 2.0, -1.0, 3.0]) + c


def _powers(z1, c):
    with np.errstate(over="ignore", under="ignore"):
        return np.exp(_logits(z1, c))


def _all_three(z1, c, softmax):
    z = _logits(z1, c)
    with np.errstate(all="ignore"):  # exp and a reader's softmax may overflow: that is shown
        return z, np.exp(z), softmax(z)


def _said(z, t):
    with np.errstate(over="ignore"):
        total = t.sum()
    return f"z + c = {style.row(z, 1)}; t = [{', '.join(map(_short, t))}], Σ t = {_short(total)}"


def _tempered(temperature, z4):
    return lecture.softmax(np.array([5.0, 2.0, -1.0, z4]) / temperature)


def temperature(fig, softmax=lecture.softmax):
    """Shares of softmax(z / T), at one temperature and at all of them."""
    left, right = style.axes(fig, 1, 2, height=3.4, width_ratios=(2, 3), wspace=0.2)
    show = _shares(left, 4, low=-0.03)
    hard = left.plot(range(4), np.zeros(4), "_", color=style.INK, markersize=32)[0]
    looks = zip(style.CLASSES, _DASHES, strict=False)
    curves = [right.plot([], [], color=c, linestyle=d)[0] for c, d in looks]
    here = right.axvline(1.0, color=style.GREY, linewidth=1)
    dots = right.scatter(np.ones(4), np.zeros(4), color=style.CLASSES[:4], zorder=3)
    for ax in (left, right):
        ax.axhline(0.25, color=style.GREY, linestyle=":", linewidth=1)
    left.set(title="shares a = softmax(z / T)", xlabel="black: hard max,  dotted: 1/C")
    right.set(xscale="log", xlim=(0.085, 118), ylim=(-0.03, 1.15), xlabel="temperature T")
    right.set_title("the shares at every temperature")

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
    left.set(xlim=(-12, 12), ylim=(-0.3, 1.15), xlabel="difference d = z₁ − z₂")
    left.set_title("lines: the logistic curve,  dots: softmax")
    left.legend(loc="center left", frameon=False)
    right.axhline(0, color=style.INK, linewidth=0.8)
    show = _shares(right, 2, low=-0.3)
    right.set_title("shares a")

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


def regions(fig, classifier=linear_classifier):
    """Regions of the most likely class in the plane, and the scores along a cut through it."""
    left, right = style.axes(fig, 1, 2, height=3.8, width_ratios=(3, 2), wspace=0.25)
    show_plane, show_cut = _plane(left), _cut(left, right)
    left.set(xlabel="$x_1$", ylabel="$x_2$", title="colour: the most likely class")

    def update(classes, steps, cut=0.0, soft=False):
        X, labels = datasets.blobs(classes, 40, np.random.default_rng(1))
        Y = lecture.one_hot(labels, classes)
        with np.errstate(all="ignore"):  # a reader's classifier may diverge: that is shown
            W, b = classifier(X, Y, np.random.default_rng(7), alpha=0.3, steps=steps)
        well = bool(np.isfinite(W).all() and np.isfinite(b).all())
        W, b = (W, b) if well else (np.zeros((classes, 2)), np.zeros((classes, 1)))
        show_cut(cut, W @ [_X1, np.full(len(_X1), cut)] + b)
        show_plane(X, labels, W, b, lecture.softmax if soft else lecture.hard_max, well)
        judged = _judged(W @ X + b, Y) if well else style.DIVERGED
        return f"C = {classes}, step {steps}: {judged}"

    update.handles = (Handle(left, x=_X1[0], y="cut"),)
    return update


def _cut(plane, scores):
    """Draw a dashed cut through the plane, and the scores along it; return what moves them."""
    dashed = plane.plot(_X1[[0, -1]], [0, 0], "--", color=style.INK, linewidth=1)[0]
    lead = scores.plot(_X1, _X1, color="#C9C9C9", linewidth=7)[0]
    lines = [scores.plot([], [], color=c, linewidth=1.8)[0] for c in style.CLASSES]
    scores.set(xlabel="$x_1$", title="scores z on the dashed cut", ylim=(-12, 12))
    scores.set_xlim(_X1[[0, -1]])

    def show(cut, z):
        for k, line in enumerate(lines):
            line.set_data(_X1, z[k]) if k < len(z) else line.set_data([], [])
        lead.set_ydata(z.max(axis=0))
        dashed.set_ydata([cut, cut])

    return show


def _plane(ax):
    """Draw regions, borders and points; return what moves them."""
    half = (_X1[1] - _X1[0]) / 2
    sides = (_X1[0] - half, _X1[-1] + half, _X2[0] - half, _X2[-1] + half)
    image = ax.imshow(_mixed(np.ones((6, _PLANE.shape[1])) / 6), extent=sides, origin="lower")
    borders = ax.plot([], [], color=style.INK, linewidth=1.6)[0]
    look = {"markersize": 5.5, "markeredgecolor": style.INK, "markeredgewidth": 0.6}
    clouds = [
        ax.plot([], [], m, color=c, **look)[0] for m, c in zip(_MARKERS, style.CLASSES, strict=True)
    ]
    note = style.note(ax, 0, 0)
    ax.set(aspect="auto", xlim=_X1[[0, -1]], ylim=_X2[[0, -1]])

    def show(X, labels, W, b, winner, well):
        for k, cloud in enumerate(clouds):
            cloud.set_data(*X[:, labels == k])
        image.set_data(_mixed(winner(W @ _PLANE + b)))
        borders.set_data(*_borders(W, b))
        note.set_text("" if well else style.DIVERGED)

    return show


def _bars(ax, names):
    places = np.arange(len(names))
    ax.set_xticks(places, names, fontsize=12)
    return ax.bar(places, 1.0, color=style.CLASSES[: len(names)])


def _shares(ax, classes, low=0.0):
    """Draw bars of shares; return what moves them, or says why they are not numbers."""
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
        return f"a = {style.row(a, 3)}" if well else "no shares: " + why.replace("\n", " ")

    return show


def _why(t):
    if np.isinf(t).any():
        return "exp overflows:\n∞ / ∞ is not a number"
    return style.NOT_A_NUMBER if t.any() else "every exp is 0:\n0 / 0 is not a number"


def _short(x):
    return "∞" if np.isinf(x) else f"{x:.4g}".replace("e-", "e−")


def _brief(x):
    """Write a number so short that it fits over its bar."""
    if 0.1 <= x < 1000:
        return f"{x:.1f}"
    return _short(float(f"{x:.2g}")).replace("e+0", "e").replace("e+", "e").replace("e−0", "e−")


def _judged(z, Y):
    right = (lecture.hard_max(z) * Y).sum() / Y.shape[1]
    return f"cost {lecture.cost(z, Y):.3f}, {100 * right:.1f} % of the points in their region"


def _mixed(shares):
    """Mix the colours of the classes by their shares in each cell."""
    return (shares.T @ _PALE[: len(shares)]).astype(np.uint8).reshape(len(_X2), len(_X1), 3)


def _borders(W, b):
    """Return, as one broken line, where two classes are level and no third is ahead of them."""
    i, j = np.triu_indices(len(W), 1)
    normal, offset = W[i] - W[j], b[i] - b[j]
    along = np.linspace(-6, 6, 301)  # from the foot of the line, far enough for every corner
    with np.errstate(all="ignore"):  # two equal rows of W have no line between them
        length = np.linalg.norm(normal, axis=1, keepdims=True)
        foot = -offset * normal / length**2
        turned = normal[:, ::-1] * (-1, 1) / length
        points = foot[:, :, None] + turned[:, :, None] * along
        z = W @ points + b
        behind = ~(z[np.arange(len(i)), i] >= z.max(axis=1) - 1e-9)
    points[..., -1] = np.nan  # lifts the pen between two lines
    return np.where(behind[:, None], np.nan, points).transpose(1, 0, 2).reshape(2, -1)
