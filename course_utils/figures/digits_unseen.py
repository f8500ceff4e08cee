"""Pictures of digits that a network has not seen: where it errs, and how sure it is."""

from functools import cache

import numpy as np

from course_utils import datasets, softmax
from course_utils.experiments import digits_unseen as experiments
from course_utils.figures import style
from course_utils.support.handles import Handle
from course_utils.support.words import percent

_DRAWN, _FILE = experiments.ORDERS
MOMENTS = {
    "mistakes": {
        "8 or 1?": (
            {"digit": 8, "answer": 1, "order": _DRAWN},
            "The most frequent mistake: each of these six eights has lost a hole, or both.",
        ),
        "3 or 8?": (
            {"digit": 3, "answer": 8, "order": _FILE},
            "Fourteen threes; ten stand close together in the file.",
        ),
        "hardly right": (
            {"digit": 8, "answer": 8, "order": _DRAWN},
            "Read rightly: of these 164, twelve have a ŷ below 0.7 for the 8.",
        ),
    },
}
"""Cells worth a look, with what there is to see there."""

_ROWS, _COLUMNS = 3, 4
_CELL = np.array([10, 11])
"""How many digits of a cell are shown, and how many pixels each takes across and down."""


def mistakes(fig):
    """How often each digit gets each answer, a cell's digits, the ten probabilities of one."""
    table, gallery = style.axes(fig, 1, 2, height=4.9, wspace=0.12, bottom=0.6, top=0.5)
    show_table, frame = _table(table), _frame(table)
    gallery.set_position(_ABOVE)
    show_digits, show_ten = _gallery(gallery), _ten(fig.add_axes(_BELOW))
    X, _ = datasets.digits()

    def update(digit, answer, order, which=1):
        found = experiments.confusions(order)
        show_table(found)
        frame.set_data([answer], [digit])
        chosen = found[digit, answer]
        y_hat = softmax.softmax(experiments.logits(order))[:, chosen]
        ringed = _ringed(digit, answer, order, which)
        show_digits(X[:, chosen], y_hat[digit], ringed)
        show_ten(y_hat[:, ringed : ringed + 1], digit, answer)
        of_digit = sum(len(found[digit, other]) for other in range(10))
        said = f"{order}: digit {digit}, answer {answer}: {len(chosen)} of {of_digit}"
        return f"{said}{_least_and_ringed(y_hat, digit, ringed)}" if len(chosen) else said

    update.handles = (
        Handle(table, x="answer", y="digit", pressed=True),
        Handle(gallery, x="which", y="which", to_x=_across, to_y=_down, pressed=True),
    )
    return update


_ABOVE, _BELOW = (0.56, 0.4, 0.42, 0.5), (0.6, 0.6 / 4.9, 0.37, 0.17)
"""Where the digits of a cell are shown, and the ten probabilities of one of them."""


def _ringed(digit, answer, order, which):
    """Return the place of the digit that is ringed: the last one where there are not as many."""
    there = min(len(experiments.confusions(order)[digit, answer]), _ROWS * _COLUMNS)
    return min(which, max(there, 1)) - 1


def _across(digit, answer, order, which=1):
    return _CELL[0] * (_ringed(digit, answer, order, which) % _COLUMNS) + _MIDDLE[0]


def _down(digit, answer, order, which=1):
    return _CELL[1] * (_ringed(digit, answer, order, which) // _COLUMNS) + _MIDDLE[1]


def _least_and_ringed(y_hat, digit, ringed):
    """Say how sure of the right class the network is, and what it says of the digit ringed."""
    certainty, ten = y_hat[digit], y_hat[:, ringed]
    first, second = np.argsort(-ten, kind="stable")[:2]
    likeliest = f"{ten[first]:.2f} for {first}, {ten[second]:.2f} for {second}"
    return (
        f"; ŷ of the right class from {certainty[0]:.2f} to {certainty[-1]:.2f}; "
        f"in the ring, place {ringed + 1}: {likeliest}"
    )


def _ten(ax):
    """Draw the ten probabilities of a digit; return what moves them."""
    bars = ax.bar(range(10), np.zeros(10), 0.7, color=style.SKY)
    ax.set(xlim=(-0.6, 9.6), ylim=(0, 1.05), xticks=range(10), yticks=(0, 0.5, 1))
    ax.set_xlabel("class (blue: right, orange: answer)", fontsize=9)
    ax.set_title("ŷ of the digit ringed", fontsize=9.5)
    ax.spines[["top", "right"]].set_visible(False)
    ax.tick_params(labelsize=9)
    note = style.note(ax, 4.5, 0.5, fontsize=10)

    def show(y_hat, digit, answer):
        note.set_text("" if y_hat.size else "no digit in this cell")
        heights = y_hat[:, 0] if y_hat.size else np.zeros(10)
        colours = {answer: style.ORANGE, digit: style.BLUE}
        for k, (bar, height) in enumerate(zip(bars, heights, strict=True)):
            bar.set(height=height, color=colours.get(k, style.SKY))

    return show


def _table(ax):
    """Draw the table of digits and answers; return what fills it."""
    image = ax.imshow(np.zeros((10, 10)), cmap="Blues", vmin=0, vmax=12)
    look = {"ha": "center", "va": "center", "fontsize": 8.5, "clip_on": True}
    texts = [[ax.text(a, d, "", **look) for a in range(10)] for d in range(10)]
    ax.set(xlabel="answer", ylabel="digit", title="how often (diagonal: right)")
    ax.set_xticks(range(10))
    ax.set_yticks(range(10))
    ax.tick_params(labelsize=9)

    def show(found):
        counts = np.array([[len(found[d, a]) for a in range(10)] for d in range(10)])
        for d, a in np.ndindex(10, 10):
            texts[d][a].set_text(str(counts[d, a]) if counts[d, a] else "")
            texts[d][a].set_color("white" if d != a and counts[d, a] > 7 else style.INK)
        image.set_data(counts * (1 - np.eye(10)))

    return show


def _frame(ax):
    """Draw the frame around one cell."""
    look = {"ms": 21, "mfc": "none", "mec": style.ORANGE, "mew": 2.5}
    (frame,) = ax.plot([0], [0], "s", **look, label="_cell")
    ax.set(xlim=(-0.5, 9.5), ylim=(9.5, -0.5))
    return frame


_MIDDLE = np.array([3.5, 5.6])
"""Of a digit, in the pixels that it takes."""


def _gallery(ax):
    """Draw the first digits of a cell; return what fills it."""
    size = _ROWS * _CELL[1], _COLUMNS * _CELL[0]
    image = ax.imshow(np.zeros(size), cmap="Greys", vmin=0, vmax=1)
    places = [divmod(k, _COLUMNS) for k in range(_ROWS * _COLUMNS)]
    look = {"ha": "center", "va": "top", "fontsize": 9, "clip_on": True, "color": style.BLUE}
    texts = [ax.text(*_CELL * (c, r) + (3.5, -0.5), "", **look) for r, c in places]
    (ring,) = ax.plot([], [], "s", ms=42, mfc="none", mec=style.ORANGE, mew=2, label="_ringed")
    ax.set_title("its digits, the least ŷ of the right class first")
    ax.title.set_fontsize(9.5)
    ax.set(xlim=(-1.5, 39.5), ylim=(33.5, -1.5))
    ax.set_axis_off()

    def show(X, certainty, ringed):
        middle = _CELL * divmod(ringed, _COLUMNS)[::-1] + _MIDDLE
        ring.set_data(*middle[:, None] if len(certainty) else ([], []))
        picture = np.zeros(size)
        for k, (r, c) in enumerate(places):
            there = k < len(certainty)
            texts[k].set_text(f"{certainty[k]:.2f}" if there else "")
            if there:
                picture[_CELL[1] * r + 2 :, _CELL[0] * c :][:8, :8] = X[:, k].reshape(8, 8)
        image.set_data(picture)

    return show


_TEMPERATURES = np.geomspace(0.25, 4, 61)


def reliability(fig):
    """How often answers are right by how sure they are, and the loss by temperature."""
    left, right = style.axes(fig, 1, 2, height=3.5, wspace=0.28)
    _, labels = datasets.digits()
    show_bins, (line, dot) = _bins(left), _loss_by_temperature(right)

    def update(temperature, smoothing, order):
        z = experiments.logits(order, smoothing)
        y_hat = softmax.softmax(z / temperature)
        show_bins(*experiments.reliability(y_hat, labels))
        J = _loss(z, labels, temperature)
        line.set_ydata(_losses(order, smoothing))
        dot.set_data([temperature], [J])
        correct, certain = np.mean(y_hat.argmax(axis=0) == labels), y_hat.max(axis=0).mean()
        error = experiments.calibration_error(y_hat, labels)
        return (
            f"T = {temperature:.3g}, s = {smoothing:g}, {order}: {percent(correct, 1)} right, sure "
            f"of {percent(certain, 1)} on average; calibration error {error:.3f}, loss {J:.3f}"
        )

    def height(temperature, smoothing, order):
        return _loss(experiments.logits(order, smoothing), labels, temperature)

    update.handles = (Handle(right, x="temperature", y=height),)
    return update


def _loss_by_temperature(ax):
    """Draw a curve of the loss and a dot on it; return both."""
    (line,) = ax.plot(_TEMPERATURES, _TEMPERATURES, color=style.BLUE, label="loss")
    (dot,) = ax.plot([], [], "o", color=style.ORANGE, ms=9, label="_temperature chosen")
    ax.set(xscale="log", yscale="log", xlim=(0.23, 4.4), ylim=(0.04, 2), xlabel="temperature T")
    ax.set_title("mean loss on unseen digits")
    style.ticks(ax.xaxis, [0.25, 0.5, 1, 2, 4])
    style.ticks(ax.yaxis, [0.05, 0.1, 0.2, 0.5, 1])
    return line, dot


def _loss(z, labels, temperature):
    y_hat = softmax.softmax(z / temperature)
    return -np.log(np.maximum(y_hat[labels, np.arange(len(labels))], 1e-30)).mean()


@cache
def _losses(order, smoothing):
    z, labels = experiments.logits(order, smoothing), datasets.digits()[1]
    return np.array([_loss(z, labels, temperature) for temperature in _TEMPERATURES])


def _bins(ax):
    """Draw how many answers are right in each tenth of certainty; return what moves them."""
    ax.plot([0, 1], [0, 1], color=style.GREY, lw=1, label="as sure as right")
    at = np.arange(experiments.BINS)
    (line,) = ax.plot(at, at, "-", color=style.BLUE, lw=1.5, label="these answers")
    dots = [ax.plot([], [], "o", color=style.BLUE, label="_tenth")[0] for _ in at]
    ax.set(xlim=(-0.02, 1.04), ylim=(-0.02, 1.06), xlabel="how sure (largest ŷ)")
    ax.set_title("how many are right (larger dot: more answers)")
    ax.title.set_fontsize(10)
    ax.legend(frameon=False, loc="lower right")

    def show(sure, right, count):
        some = count > 0
        line.set_data(sure[some], right[some])
        for dot, x, y, n in zip(dots, sure, right, count, strict=True):
            dot.set_data([x], [y])
            dot.set_markersize(2 + 14 * np.sqrt(n / 1797))

    return show
