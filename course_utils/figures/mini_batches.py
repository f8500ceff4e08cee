"""Pictures of mini-batches.

The pictures take ``algorithm(X, Y, size, rng)``, the mini-batches of one epoch, so that yours can
take the package's place.
"""

from functools import cache, partial
from itertools import islice

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgba

from course_utils import datasets, regression
from course_utils import mini_batches as lecture
from course_utils.experiments import mini_batches as experiments
from course_utils.experiments.mini_batches import DRAWS, EPOCHS, SIZES, drawn_gradients
from course_utils.figures import style
from course_utils.support.formulas import Formula
from course_utils.support.handles import Handle
from course_utils.support.words import many, typeset

_OWN = {"rate": "each its own α"}
MOMENTS = {
    "cut": {
        "stochastic": ({"m": 40, "size": 1}, "Forty steps an epoch, each on a single example."),
        "one left over": ({"m": 33, "size": 16}, "Two of 16, and the last one is a single digit."),
        "batch": ({"m": 40, "size": 40}, "One step an epoch. The order no longer matters."),
    },
    "paths": {
        "batch": ({"size": 365, "alpha": 0.1, "epochs": 4}, "Four exact steps: J = 0.56."),
        "larger α": ({"size": 365, "alpha": 1, "epochs": 4}, "A whole batch allows a larger α."),
        "single days": ({"size": 1, "alpha": 0.1, "epochs": 4}, "Down at once, then it wanders."),
        "too bold": (
            {"size": 1, "alpha": 1, "epochs": 1},
            "α = 1 throws w out again and again: in all ten orders J leaps above 9. A low J at "
            "the end is luck.",
        ),
    },
    "noise": {
        "one day": ({"size": 1, "way": 0}, "Some single days point uphill: the grey half."),
        "64 days": (
            {"size": 64, "way": 0},
            "64 times the work, an eighth of the error or a little less.",
        ),
        "nearly there": ({"size": 64, "way": 0.9}, "The true gradient has shrunk to a tenth."),
        "at the minimum": ({"size": 64, "way": 1}, "No true gradient is left: all is error."),
    },
    "race": {
        "365 examples": (
            {"copies": 1, "clock": 100, "a_step": 3, **_OWN},
            "Few examples: the whole batch is ahead.",
        ),
        "365 000": (
            {"copies": 1000, "clock": 100, "a_step": 3, **_OWN},
            "Many: it has not taken its first step.",
        ),
        "slow steps": (
            {"copies": 1000, "clock": 3000, "a_step": 100, **_OWN},
            "Steps of 100 µs: size 1 is far behind size 64.",
        ),
    },
}
"""Values of each picture that are worth a look, with what there is to see."""

_ROWS, _COLUMNS, _HIGH, _WIDE = 3, 16, 17, 14  # cells of a panel, and pixels of a cell
_GLYPHS = [
    np.array([int(bit) for bit in bits]).reshape(5, 3) > 0
    for bits in (
        "111101101101111",
        "010110010010111",
        "111001111100111",
        "111001011001111",
        "101101111001001",
        "111100111001111",
        "111100111101111",
        "111001010010010",
        "111101111101111",
        "111101111001111",
    )
]
_NONE, _WHITE, _INK, *_TINTS = (
    np.array([255 * part for part in to_rgba(c)], dtype=np.uint8)
    for c in ("#CCCCCC", "white", style.INK, style.BLUE, style.ORANGE, style.GREEN, style.PINK)
)
_GROUPS = 10


def cut(fig, algorithm=lecture.mini_batches):
    """Handwritten digits with their labels, and the mini-batches of one epoch that hold them."""
    panels = style.axes(
        fig, 2, 1, height=4.25, left=0.24, right=0.24, top=0.45, bottom=0.24, hspace=0.327
    )
    images = [_sheet(ax) for ax in panels]
    panels[0].set_title("the data with labels; above: the mini-batch each goes to", loc="left")
    panels[1].set_title("the epoch, mini-batch after mini-batch", loc="left")
    pixels, labels = datasets.digits()
    known = {pixels[:, k].tobytes(): k for k in range(_ROWS * _COLUMNS)}

    def update(m, size, epoch):
        X, Y = pixels[:, :m], labels[None, :m].astype(float)
        pieces = _epoch(algorithm, X, Y, size, epoch)
        cells = [
            (known.get(x[:, k].tobytes()), x[:, k], y[0, k], t)
            for t, (x, y) in enumerate(pieces, 1)
            for k in range(x.shape[1])
        ]
        taken = {who: t for who, _, _, t in cells}
        images[0].set_data(_painted((k, X[:, k], labels[k], taken.get(k)) for k in range(m)))
        images[1].set_data(_painted(cells, labels))
        return f"epoch {epoch}: {_pieces_in_words(pieces)}; {_fate(cells, labels, m)}"

    update.formula = _STEPS
    return update


_STEPS = Formula(
    r"\now{steps}{\text{steps an epoch}} = \lceil \now{m}{m}\, /\, \now{size}{\text{size}} \rceil",
    steps=lambda m, size, **others: lecture.steps_per_epoch(m, size),
)


def paths(fig, algorithm=lecture.mini_batches):
    """Two weights walking down their cost by mini-batches, and the cost as examples are seen."""
    left, right = style.axes(fig, 1, 2, height=3.7, wspace=0.28, top=0.65)
    X, y = datasets.next_day()
    square = _bowl(left, X, y)
    path = left.plot([], [], ".-", color=style.BLUE, markersize=4, linewidth=1)[0]
    here = left.plot([], [], "o", color=style.ORANGE, markersize=8)[0]
    lowest = regression.linear_cost(regression.linear_minimum(X, y), X, y)[0]
    show_costs, say = _costs(right, lowest), _message(left)
    walk = cache(partial(experiments.walk, algorithm, X, y))

    def update(size, alpha, epochs=EPOCHS, seed=0, start_1=_START[0], start_2=_START[1]):
        at = walk(size, alpha, seed, (start_1, start_2))
        steps = int(np.searchsorted(at.epochs, epochs + 1e-9, "right")) - 1
        square.set_data([start_1], [start_2])
        path.set_data(*at.w[:, : steps + 1])
        here.set_data(at.w[:, [steps]])
        show_costs(at, steps, epochs)
        told = f"size {size}, α = {alpha:g}: {many(steps, 'step')} in {many(epochs, 'epoch')}"
        told += f"{_from_in_words(start_1, start_2)}; "
        trouble = _lost(at.w[:, steps], at.cost[steps])
        say(trouble)
        return told + (trouble or f"J = {at.cost[steps]:.4f}, the lowest is {lowest:.4f}")

    update.handles = (Handle(left, x="start_1", y="start_2"), Handle(right, x="epochs", y=3.0))
    return update


def _from_in_words(*start):
    return "" if start == _START else f" from w = {style.row(start, 1)}"


_START = tuple(regression.START.ravel())


def _costs(ax, lowest):
    """Draw the cost of all examples and of each mini-batch; return what moves them."""
    own = ax.plot([], [], ".", color=style.GREY, markersize=3, label="one mini-batch")[0]
    cost = ax.plot([], [], color=style.BLUE, linewidth=2, label="all examples")[0]
    end = ax.plot([], [], "o", color=style.ORANGE, markersize=8)[0]
    here = ax.axvline(0, color=style.GREY, linewidth=1, zorder=0)
    ax.axhline(lowest, color=style.INK, linestyle=":", label="lowest")
    ax.set(xlim=(-0.1, EPOCHS + 0.1), yscale="log", ylim=(0.02, 4), xlabel="epochs")
    ax.set_title("cost J", pad=30)
    style.ticks(ax.yaxis, [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 4])
    ax.legend(**_LEGEND)

    def show(at, steps, epochs):
        here.set_xdata([epochs, epochs])
        cost.set_data(at.epochs[: steps + 1], at.cost[: steps + 1])
        end.set_data(at.epochs[[steps]], at.cost[[steps]])
        own.set_data(at.epochs[1 : steps + 1], at.own[1 : steps + 1])

    return show


def noise(fig, algorithm=lecture.mini_batches):
    """Gradients of many mini-batches around the true one, and their error by mini-batch size."""
    left, right = style.axes(fig, 1, 2, height=3.95, wspace=0.28, top=0.8)
    gradients = drawn_gradients(algorithm)
    truth = gradients[SIZES[-1]][0, 0]
    (dots, arrow), show_errors = _dress_cloud(left, truth), _errors_by_size(right)

    def update(size, way):
        # exact: the gradient is linear in w
        clouds = {n: (1 - way) * g[0] + way * g[1] for n, g in gradients.items()}
        there = (1 - way) * truth
        errors = {n: np.linalg.norm(cloud - there, axis=1) for n, cloud in clouds.items()}
        dots.set_data(clouds[size].T)
        uphill, length = (clouds[size] @ truth < 0).mean(), (1 - way) * np.linalg.norm(truth)
        arrow.set_data(*np.outer(there, [0, 1]))
        now = show_errors(errors, length, size)
        told = f"size {size}: the error is {now + 0:.3f}, the true gradient {length:.3f} long; "
        if not length:
            return told + ("all is error" if size < SIZES[-1] else "neither is left")
        return told + f"{_in_percent(uphill)} of the draws lead uphill"

    tip = [lambda size, way, part=part: (1 - way) * part for part in truth]
    update.handles = Handle(left, x="way", to_x=tip[0], y=tip[1]), Handle(right, x="size", y=3.0)
    return update


def _errors_by_size(ax):
    """Draw errors of the gradient by size, with what theory says; return what moves them."""
    theory, rule, signal, spread, measured, here = _dress_noise(ax)
    m, drawn = SIZES[-1], SIZES[:-1]
    sizes = np.geomspace(1, m - 0.5, 200)

    def show(errors, length, size):
        groups = np.array([_rms(errors[n].reshape(_GROUPS, -1), 1) for n in drawn])
        one, now = _rms(errors[1], None), _rms(errors[size], None)
        rule.set_data(sizes, one / np.sqrt(sizes))
        theory.set_data(sizes, one / np.sqrt(sizes) * np.sqrt((m - sizes) / (m - 1)))
        signal.set_data([0.8, 500], [max(length, 1e-9)] * 2)
        ends = zip(drawn, groups.min(axis=1), groups.max(axis=1), strict=True)
        spread.set_segments([[(n, low), (n, high)] for n, low, high in ends])
        measured.set_data(drawn, np.median(groups, axis=1))
        here.set_xdata([size, size])
        return now

    return show


def settling(fig, places, best):
    """Where descent by mini-batches is after each epoch, for several orders and schedules.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        An empty figure.
    places : dict
        ``places[labels, size][schedule]``: weights, shape (orders, epochs + 1, 2).
    best : ndarray, shape (2,)
        Where the cost is lowest.
    """
    left, right = style.axes(fig, 1, 2, height=3.8, wspace=0.28, top=0.65)
    schedules = list(next(iter(places.values())))
    epochs = next(iter(places.values()))[schedules[0]].shape[1] - 1
    tracks = [_Track(left, right, *look) for look in zip(schedules, _LOOKS, strict=False)]
    note = _dress_places(left, best)
    right.set(xlim=(-1, epochs + 1), yscale="log", ylim=(1e-5, 4), xlabel="epochs")
    right.set_title("distance from the minimum", pad=30)
    here = right.axvline(epochs, color=style.GREY, linewidth=1, zorder=0)
    style.ticks(right.yaxis, [1, 0.1, 0.01, 0.001, 0.0001])
    left.legend(**_LEGEND)
    right.legend(**{**_LEGEND, "handlelength": 2.4, "columnspacing": 0.5})

    def update(size, labels, epoch):
        found = [
            f"{track.name}: {track.show(places[labels, size][track.name], best, epoch)}"
            for track in tracks
        ]
        here.set_xdata([epoch, epoch])
        now = np.array([places[labels, size][track.name][:, epoch] for track in tracks])
        seen = (np.abs(now - best) < _NEAR).all(axis=-1).any()
        note.set_text("" if seen else "all are outside the picture")
        return f"size {size}, epoch {epoch}: distance at {'; '.join(found)}"

    update.handles = (Handle(right, x="epoch", y=2.5),)
    return update


def race(fig):
    """Three mini-batch sizes on their way down, all by one clock."""
    left, right = style.axes(fig, 1, 2, height=3.8, right=0.35, wspace=0.28, top=0.65)
    _bowl(left, *datasets.next_day())
    racers = [_Racer(left, right, *look) for look in _RACERS]
    here = right.axvline(1, color=style.GREY, linewidth=1.5, zorder=0)
    right.set(xscale="log", yscale="log", xlim=(_FIRST, 12_000), ylim=(2e-7, 4))
    right.set(xlabel="microseconds on the clock")
    right.set_title("cost J above the lowest", pad=30)
    style.ticks(right.xaxis, [10, 100, 1000, 10_000], ["10", "100", "1000", "10 000"])
    style.ticks(right.yaxis, [1e-6, 1e-4, 0.01, 1], ["1e−6", "1e−4", "0.01", "1"])
    right.legend(**_LEGEND)

    def update(clock, copies, rate, a_step):
        runs = experiments.race(copies, rate, a_step)
        said = [racer.show(run, clock) for racer, run in zip(racers, runs, strict=True)]
        here.set_xdata([clock, clock])
        m = f"{365 * copies:,}".replace(",", " ")
        return f"{clock:g} µs, {m} examples, {rate}; {'; '.join(said)}"

    update.handles = (Handle(right, x="clock", y=2.2),)
    return update


_FIRST = 2.5  # microseconds, where the axis begins
_RACERS = (
    ("size 1", style.BLUE, "o"),
    ("size 64", style.ORANGE, "s"),
    ("all", style.GREEN, "^"),
)


class _Racer:
    """One size: its path over the bowl, and its cost by the clock."""

    def __init__(self, left, right, name, colour, marker):
        self._name = name
        self._path = left.plot([], [], color=colour, linewidth=1)[0]
        self._cost = right.step([], [], where="post", color=colour, lw=1, label=name)[0]
        self._now = [
            ax.plot([], [], marker, color=colour, ms=9, mec="white")[0] for ax in (left, right)
        ]

    def show(self, run, clock):
        """Move everything to a time and say how far it came."""
        steps = int(np.searchsorted(run.time, clock * (1 + 1e-9), "right")) - 1
        times = [_FIRST, *run.time[1 : steps + 1], clock]
        excess = np.clip(run.excess[[*range(steps + 1), steps]], 3e-7, None)
        self._path.set_data(*run.w[:, : steps + 1])
        self._cost.set_data(times, excess)
        self._now[0].set_data(run.w[:, [steps]])
        self._now[1].set_data([clock], excess[[-1]])
        above = _short(run.excess[steps])
        return f"{self._name}: {many(steps, 'step')}, {above} above the lowest cost"


def _dress_places(ax, best):
    ax.plot(*best, "*", color=style.GREY, markersize=17, zorder=1)
    ax.set(xlim=best[0] + _NEAR * np.array([-1, 1]), ylim=best[1] + _NEAR * np.array([-1, 1]))
    ax.set(xlabel="$w_1$", ylabel="$w_2$")
    ax.set_title("where each order is; star: minimum", pad=30)
    return style.note(ax, best[0], best[1] + _NEAR / 2, fontsize=10)


_NEAR = 0.28  # how far from the minimum the places are in the picture


def times(fig, measured, examples):
    """Seconds an epoch takes, and seconds until the cost is low, measured here, by size.

    ``measured[rates][size]`` are runs, each rows of (seconds, steps, cost); there are so many
    examples.
    """
    left, right = style.axes(fig, 1, 2, height=3.7, wspace=0.3, top=0.65)
    panels, m = [_Times(left, style.BLUE), _Times(right, style.BLUE)], examples
    sizes = np.array(list(next(iter(measured.values()))))
    epoch_ms = {r: [_epoch_ms(runs[n], n, m) for n in sizes] for r, runs in measured.items()}
    ends = [1e3 * run[[0, -1], 0] for runs in measured.values() for n in sizes for run in runs[n]]
    _dress_times(left, "an epoch", m, list(epoch_ms.values()))
    _dress_times(right, "until the cost is J", m, ends)
    left.legend(*panels[0].sizes, **_LEGEND)
    right.legend(*panels[1].marks, **_LEGEND)

    def update(size, target, rate):
        reached = [[_until(run, target) for run in measured[rate][n]] for n in sizes]
        panels[0].show(sizes, epoch_ms[rate], size)
        panels[1].show(sizes, [[1e3 * s for s, _ in each] for each in reached], size)
        steps = np.array([k for _, k in reached[list(sizes).index(size)]])
        told = f"size {size}, {rate}: {many(lecture.steps_per_epoch(m, size), 'step')} an epoch; "
        return told + f"J = {target:g} {_steps_in_words(steps)}; the times are in the picture"

    def height(size, target, rate):
        return np.median(epoch_ms[rate][list(sizes).index(size)])

    update.handles = (Handle(left, x="size", y=height),)
    return update


def _dress_times(ax, what, m, values):
    ax.set(xscale="log", yscale="log", xlim=(0.7, 2.2 * m), xlabel="mini-batch size")
    ax.set_title(f"milliseconds {what}", pad=30)
    style.ticks(ax.xaxis, [1, 4, 16, 64, 256, m])
    ax.set_ylim(*_around(values))
    low, high = ax.get_ylim()
    style.ticks(ax.yaxis, [t for t in 10.0 ** np.arange(-4, 7) if low <= t <= high])


_LEGEND = {
    "loc": "lower center",
    "bbox_to_anchor": (0.46, 1.03),
    "borderaxespad": 0.3,
    "frameon": False,
    "fontsize": 9,
    "handlelength": 1.5,
    "columnspacing": 0.9,
    "handletextpad": 0.4,
    "ncols": 3,
}
_LOOKS = ((style.ORANGE, "o", "-"), (style.BLUE, "s", "--"), (style.GREEN, "^", "-."))


def _sheet(ax):
    """Prepare an axes for a sheet of cells, three screen pixels to each of its own."""
    ax.set_axis_off()
    return ax.imshow(_painted([]), interpolation="nearest", aspect="auto")


def _painted(cells, labels=None):
    """Paint cells of (who, picture, label, mini-batch); a label that is not who's is orange."""
    sheet = np.full((_ROWS * _HIGH, _COLUMNS * _WIDE, 4), 255, np.uint8)
    for place, (who, picture, label, t) in enumerate(islice(cells, _ROWS * _COLUMNS)):
        row, column = divmod(place, _COLUMNS)
        cell = sheet[row * _HIGH : (row + 1) * _HIGH, column * _WIDE : (column + 1) * _WIDE]
        cell[:7, :-1] = _NONE if t is None else _TINTS[(t - 1) % len(_TINTS)]
        for k, digit in enumerate("" if t is None else str(t)[-2:]):
            cell[1:6, 1 + 4 * k : 4 + 4 * k][_GLYPHS[int(digit)]] = _WHITE
        grey = 255 * (1 - np.clip(np.reshape(picture, (8, 8)), 0, 1))
        cell[8:16, 0:8, :3] = grey[:, :, None]
        fits = labels is None or (who is not None and labels[who] == label)
        if label in range(10):
            cell[10:15, 9:12][_GLYPHS[int(label)]] = _INK if fits else _TINTS[1]
    return sheet


def _epoch(algorithm, X, Y, size, epoch):
    """Return the mini-batches of one epoch; the generator first lives through those before it."""
    rng = np.random.default_rng(0)
    for _ in range(epoch):
        pieces = [
            tuple(np.array(part, dtype=float) for part in pair)
            for pair in islice(algorithm(X.copy(), Y.copy(), size, rng), 200)
        ]
    for pair in pieces:
        shapes = [part.shape for part in pair]
        if len(pair) != 2 or shapes != [(64, shapes[0][-1]), (1, shapes[0][-1])]:
            raise ValueError(f"a mini-batch should be (64, n) and (1, n), but it was {shapes}")
    return pieces


def _pieces_in_words(pieces):
    sizes = [x.shape[1] for x, _ in pieces]
    groups = [(sizes.count(n), n) for n in dict.fromkeys(sizes)]
    return f"{many(len(sizes), 'mini-batch')}, " + " and ".join(f"{k} of {n}" for k, n in groups)


def _fate(cells, labels, m):
    """Say how often each example came, and whether its label came along."""
    times = np.bincount([who for who, *_ in cells if who is not None], minlength=m)
    strange = sum(who is None for who, *_ in cells)
    if (times == 1).all() and not strange:
        said = "every example exactly once"
    else:
        said = f"{(times == 0).sum()} of {m} examples never, {(times > 1).sum()} more than once"
        said += f", {strange} that are no examples" if strange else ""
    apart = sum(who is not None and labels[who] != label for who, _, label, _ in cells)
    return said + (f"; {apart} with a wrong label" if apart else ", with its label")


def _bowl(ax, X, y):
    """Draw lines of equal cost over the two weights, the minimum and the start; return this."""
    w1, w2 = np.linspace(-1.3, 2.3, 73), np.linspace(-1.3, 2.3, 73)
    grid = np.array(np.meshgrid(w1, w2))
    J = regression.linear_cost(grid.reshape(2, -1), X, y).reshape(grid.shape[1:])
    ax.contour(w1, w2, J, levels=0.06 * 1.7 ** np.arange(12), colors="#C4C4C4", linewidths=0.9)
    ax.plot(*regression.linear_minimum(X, y), "*", color=style.INK, markersize=13, zorder=5)
    square = ax.plot(*regression.START, "s", color=style.INK, markersize=6)[0]
    ax.set(xlabel="$w_1$: today's warmth", ylabel="$w_2$: today's rise")
    ax.set_title("from the square to the minimum", pad=12)
    return square


def _message(ax):
    text = ax.text(
        0.5,
        0.06,
        "",
        transform=ax.transAxes,
        ha="center",
        fontsize=11,
        color=style.ORANGE,
        fontweight="bold",
        clip_on=True,
    )
    return text.set_text


def _lost(w, cost):
    """Say in words why a place cannot be seen; nothing if it can."""
    if not np.isfinite(cost):
        return style.TOO_LARGE
    return f"left the picture, J = {typeset(f'{cost:.3g}')}" if np.abs(w - 0.5).max() > 1.8 else ""


def _in_percent(share):
    digits = 1 if 0 < share < 0.01 else 0  # a single draw is not 0 %
    return f"{100 * share:.{digits}f} %"


def _rms(errors, axis):
    return np.sqrt(np.mean(errors**2, axis=axis))


def _dress_cloud(ax, truth):
    """Draw the plane of gradients, its uphill half shaded; return what moves."""
    across = np.array([-truth[1], truth[0]]) / np.linalg.norm(truth)
    away = -truth / np.linalg.norm(truth)
    corners = [20 * across, 20 * across + 20 * away, -20 * across + 20 * away, -20 * across]
    ax.fill(*np.transpose(corners), color="#EFEFEF", zorder=0)
    dots = ax.plot([], [], ".", color=style.BLUE, markersize=4, alpha=0.6)[0]
    arrow = ax.plot([], [], "-", color=style.ORANGE, linewidth=3, marker="D", markevery=[1])[0]
    ax.plot(0, 0, "+", color=style.INK, markersize=12, zorder=4)
    ax.set(xlim=(-4.2, 2.4), ylim=(-3.3, 3.3), xlabel="gradient along $w_1$", ylabel="along $w_2$")
    ax.set_title(f"{DRAWS} mini-batches; grey: uphill", pad=12)
    return dots, arrow


def _dress_noise(ax):
    """Draw the axes of the error by size; return what moves."""
    theory = ax.plot([], [], color=style.BLUE, linewidth=1.5, label="theory")[0]
    rule = ax.plot([], [], ":", color=style.INK, label="1/√size")[0]
    signal = ax.plot([], [], "--", color=style.ORANGE, linewidth=2, label="true gradient")[0]
    spread = ax.add_collection(LineCollection([], colors=style.SKY, linewidths=5))
    measured = ax.plot([], [], "o", color=style.BLUE, markersize=5)[0]
    here = ax.axvline(1, color=style.GREY, linewidth=1, zorder=0)
    ax.set(xscale="log", yscale="log", xlim=(0.8, 500), ylim=(0.008, 4))
    ax.set_xlabel("mini-batch size")
    style.ticks(ax.xaxis, [1, 4, 16, 64, 365])
    style.ticks(ax.yaxis, [0.01, 0.03, 0.1, 0.3, 1, 3])
    ax.set_title("error of the gradient", pad=44)
    drawn = f"{_GROUPS} × {DRAWS // _GROUPS} draws: median, range"
    lines = {line: line.get_label() for line in (theory, rule, signal)} | {
        (spread, measured): drawn
    }
    ax.legend(lines, lines.values(), **{**_LEGEND, "ncols": 2})
    return theory, rule, signal, spread, measured, here


class _Track:
    """One schedule: where its orders are, and how far from the minimum they were."""

    def __init__(self, left, right, name, look):
        self.name, (colour, marker, line) = name, look
        look = {"color": colour, "markersize": 6, "alpha": 0.8, "label": name}
        self._places = left.plot([], [], marker, **look)[0]
        self._each = right.add_collection(LineCollection([], colors=colour, lw=0.6, alpha=0.6))
        self._middle = right.plot([], [], line, color=colour, linewidth=2.2, label=name)[0]

    def show(self, w, best, epoch):
        """Move everything and return the distances in words."""
        with np.errstate(all="ignore"):
            distance = np.linalg.norm(w[:, : epoch + 1] - best, axis=2)
            low, middle, high = np.quantile(distance[:, -1], [0, 0.5, 1])
        x = np.arange(epoch + 1)
        self._places.set_data(w[:, epoch].T)
        self._each.set_segments([np.column_stack([x, d]) for d in distance])
        self._middle.set_data(x, np.median(distance, axis=0))
        return f"{_short(middle)} ({_short(low)} to {_short(high)})"


def _short(x):
    if not np.isfinite(x):
        return style.DIVERGED
    return f"{x:.2g}" if x >= 0.0001 else "under 0.0001"


class _Times:
    """Measured times by size: powers of two as dots, others as squares, with their spread.

    The squares are hollow and drawn first: that of 60 stands around the dot of 64.
    """

    def __init__(self, ax, colour):
        self._spread = ax.add_collection(LineCollection([], colors=style.SKY, linewidths=4))
        self._line = ax.plot([], [], color=style.GREY, linewidth=1)[0]
        square = {"mec": style.ORANGE, "markersize": 9, "mew": 1.8}
        self._others = ax.plot([], [], "s", mfc="none", **square)[0]
        self._powers = ax.plot([], [], "o", color=colour, markersize=6)[0]
        self._here = ax.plot([], [], "o", mfc="none", mec=style.INK, markersize=15, mew=2)[0]
        self.sizes = [self._powers, self._others], ["a power of two", "another size"]
        self.marks = [self._spread, self._here], ["range of the runs", "size chosen"]
        self._text = ax.text(
            0.97, 0.93, "", transform=ax.transAxes, ha="right", fontsize=11, clip_on=True
        )

    def show(self, sizes, times, size):
        """Move everything."""
        middle = np.array([np.median(each) for each in times])
        power = (sizes & (sizes - 1)) == 0
        seen = np.isfinite(middle)
        self._spread.set_segments(
            [
                [(n, min(each)), (n, max(each))]
                for n, each, fine in zip(sizes, times, seen, strict=True)
                if fine
            ]
        )
        self._line.set_data(sizes[seen], middle[seen])
        self._powers.set_data(sizes[power & seen], middle[power & seen])
        self._others.set_data(sizes[~power & seen], middle[~power & seen])
        self._here.set_data([size], middle[sizes == size])
        now = middle[sizes == size][0]
        self._text.set_text(f"size {size}: " + (f"{now:.3g} ms" if np.isfinite(now) else "never"))


def _epoch_ms(runs, size, m):
    return [1e3 * run[-1, 0] / run[-1, 1] * lecture.steps_per_epoch(m, size) for run in runs]


def _until(run, target):
    """Return the seconds and the steps until the cost was at most `target`; infinite if never."""
    low = np.flatnonzero(run[:, 2] <= target)
    return tuple(run[low[0], :2]) if low.size else (np.inf, np.inf)


def _steps_in_words(steps):
    reached = np.isfinite(steps)
    if not reached.any():
        return "is not reached"
    middle = float(f"{np.median(steps[reached]):.2g}")  # two digits hold on every machine
    said = f"after about {many(middle, 'step')}"
    return said if reached.all() else f"{said} in {reached.sum()} of {len(steps)} runs"


def _around(values):
    values = np.ravel(values)
    return values.min() / 2, values.max() * 4
