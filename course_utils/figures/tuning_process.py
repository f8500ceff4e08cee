"""Pictures of searches: where they look, how likely they find, what matters, what goes stale.

Each draws on an empty `fig` and returns the `update` that moves it and says what it shows.
"""

import numpy as np
from matplotlib.collections import LineCollection

from course_utils.experiments import searches, tuning_process
from course_utils.figures import style
from course_utils.sampling_scales import Integer
from course_utils.support import validation
from course_utils.support.formulas import Formula
from course_utils.support.handles import Handle
from course_utils.support.words import many, percent, typeset

NAMES = {
    "alpha": "α",
    "beta1": "β1",
    "beta2": "β2",
    "beta": "β",
    "epsilon": "ε",
    "units": "units",
    "size": "batch size",
    "layers": "layers",
    "decay": "decay",
}


MOMENTS = {
    "points": {
        "on a column": (
            {"method": "grid", "trials": 25, "surface": "only one matters", "place": 0.5},
            "The valley lies on a column of the grid: five trials hit it.",
        ),
        "between two": (
            {"method": "grid", "trials": 25, "surface": "only one matters", "place": 0.6},
            "It lies between two columns: all 25 trials miss it.",
        ),
        "both matter": (
            {"method": "grid", "trials": 16, "surface": "both matter", "place": 0.63},
            "Here an even spread pays: the grid of 16 is the best of the three.",
        ),
    },
    "valley": {
        "on a column": ({"middle": 0.5, "width": 0.1}, "Three trials of the grid hit, in one go."),
        "between": ({"middle": 0.63, "width": 0.1}, "The grid misses; two random trials hit."),
        "25 trials": ({"trials": 25, "width": 0.05}, "Half the width: the grid's bar is 0.25."),
    },
    "hits": {
        "the lecture's": (
            {"trials": 9, "knobs": 2},
            "Nine trials: the formulas say 0.30 and 0.613.",
        ),
        "a cube": ({"trials": 27, "knobs": 3}, "27 trials have only 3 values of each: 0.30."),
        "95 %": ({"trials": 29, "knobs": 3}, "29 random trials pass the dotted line."),
    },
    "fine": {
        "one valley": ({"surface": "both matter", "share": 0.5}, "45 of 50 seeds gain."),
        "two valleys": (
            {"surface": "two valleys", "share": 0.5, "seed": 1},
            "Most end in the wide one, as this does.",
        ),
        "all is good": ({"surface": "digits: α and ε", "share": 0.8}, "Nothing to be gained."),
    },
    "importance": {
        "all trials": ({"optimizer": "Adam", "narrow": False}, "α explains 68 %, units 6 %."),
        "good α": ({"optimizer": "Adam", "narrow": True}, "Now units explain 46 %, α only 16 %."),
        "momentum": ({"optimizer": "momentum", "narrow": False}, "β explains nothing here."),
    },
    "pairs": {
        "tiny α": ({"optimizer": "Adam", "other": "units", "column": 1}, "All are equally bad."),
        "good α": (
            {"optimizer": "Adam", "other": "units", "column": 6},
            "Seven units are too few.",
        ),
        "a slanting valley": (
            {"optimizer": "momentum", "other": "size", "column": 6},
            "Larger mini-batches want a larger α: the dark cells slant.",
        ),
    },
    "stale": {
        "pixels × 16": ({"change": "brighter images", "step": 3}, "The old best α only guesses."),
        "size 512": (
            {"change": "larger batches", "step": 3},
            "The mildest: 21 % against 15 %, and even that is the luck of five seeds.",
        ),
        "Adam": (
            {"change": "another optimizer", "step": 3},
            "Adam wants an α of a few hundredths, not 1.",
        ),
    },
}
"""Values of each picture that are worth a look, with what there is to see."""


def _surface(ax):
    """Draw a surface over the unit square; return what exchanges it."""
    image = ax.imshow(
        searches.everywhere("both matter"),
        origin="lower",
        extent=(0, 1, 0, 1),
        cmap="Blues_r",
        vmin=0,
        vmax=1.1,
        aspect="auto",
    )
    ax.set(xlabel="first hyperparameter", ylabel="second hyperparameter")
    return lambda name, **place: image.set_data(searches.everywhere(name, **place))


def points(fig, methods=searches.METHODS):
    """Where a search looks, its shadows, and what it finds wherever the valley lies.

    `methods` are functions ``method(space, trials, rng)``: the grid, and two that draw.
    """
    left, right = style.axes(fig, 1, 2, height=3.8, wspace=0.28, top=0.65)
    show, show_shadows, show_found = _surface(left), _shadows(left), _found_by_place(right, methods)
    valley = left.axvline(0, color=style.YELLOW, lw=1.5)

    def update(method, trials, surface, place):
        at, errors = searches.looked_at(methods[method], trials, 0, surface, place=place)
        show(surface, place=place)
        valley.set_xdata([place, place])
        show_shadows(at)
        found = {m: searches.over_all_places(m, trials, surface) for m in methods}
        show_found(found, method, place, errors.min())
        x, y = (len(np.unique(column.round(9))) for column in at.T)
        medians = ", ".join(f"{m} {np.median(f):.2f}" for m, f in found.items())
        return (
            f"{method}, {len(at)} trials: {x} values of the first, {y} of the second; best error"
            f" {errors.min():.2f} with the valley at {place:g}; median over all places: {medians}"
        )

    update.handles = Handle(left, x="place", y=1.0), Handle(right, x="place", y=1.05)
    return update


def _shadows(ax):
    """Draw trials and what they look like from below and from the side; return what moves them."""
    (dots,) = ax.plot([], [], "o", color=style.ORANGE, mec="white", ms=7)
    (below,) = ax.plot([], [], "|", color=style.ORANGE, ms=10, mew=1.5)
    (beside,) = ax.plot([], [], "_", color=style.ORANGE, ms=10, mew=1.5)
    ax.set(xlim=(-0.1, 1.03), ylim=(-0.1, 1.03))
    ax.set_title("trials, and their shadows", pad=12)

    def show(at):
        edge = np.full(len(at), -0.05)
        dots.set_data(*at.T)
        below.set_data(at[:, 0], edge)
        beside.set_data(edge, at[:, 1])

    return show


def _found_by_place(ax, methods):
    """Draw the best error by the place of the valley, for each method; return what moves it."""
    lines = {
        m: ax.plot(searches.PLACES, searches.PLACES, color=_LOOKS[m][0], label=m)[0]
        for m in methods
    }
    ends = [ax.plot(searches.PLACES, searches.PLACES, ":", lw=1)[0] for _ in "ab"]
    (here,) = ax.plot([], [], "o", color=style.ORANGE, mec="white", ms=9)
    now = ax.axvline(0, color=style.YELLOW, lw=1.5, zorder=0)
    ax.set(xlim=(-0.03, 1.03), ylim=(0, 1.1), xlabel="place of the valley")
    ax.set_title("best error found, by place", pad=30)
    ax.legend(**_ABOVE)

    def show(found, method, place, best):
        for m, line in lines.items():
            line.set_ydata(np.median(found[m], axis=0))
            line.set_linewidth(2.5 if m == method else 1)
        for end, share in zip(ends, (0.1, 0.9), strict=True):
            end.set_ydata(np.quantile(found[method], share, axis=0))
            end.set_color(_LOOKS[method][0])
        here.set_data([place], [best])
        now.set_xdata([place, place])

    return show


_ABOVE = {"loc": "lower center", "bbox_to_anchor": (0.5, 0.99), "ncols": 3, "frameon": False}


def own(fig, board):
    """Trials that a reader places on a hidden surface, and what nine of a method find there.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
    board : experiments.searches.Board
        Where the reader's trials lie.
    """
    left, right = style.axes(fig, 1, 2, height=3.9, wspace=0.28, top=0.65)
    show_surface, show_placed, show_race = _hidden(left), _placed(left), _so_far(right)

    def update(x, y, placed, against):
        board.so_far(placed, (x, y))
        errors = searches.hidden(board.points)
        show_surface(against)
        show_placed(board.points, errors, (x, y))
        show_race(np.minimum.accumulate(errors), against)
        following = f"; next at ({x:g}, {y:g})" if placed < searches.NINE else ""
        told = _placed_in_words(board.points, errors) + following
        return told + _against_in_words(errors, against)

    update.forget = board.begin
    update.handles = Handle(left, x="x", y="y", pressed=True), Handle(right, x="placed", y=1.05)
    return update


UNSEEN = "nothing yet"
"""As long as the reader's own trials are compared with nothing, the surface is hidden."""


def _hidden(ax):
    """Draw the hidden surface and the trials of a method; return what uncovers them."""
    u = (np.arange(100) + 0.5) / 100
    errors = searches.hidden(np.stack(np.meshgrid(u, u), axis=-1))
    image = ax.imshow(
        errors, origin="lower", extent=(0, 1, 0, 1), cmap="Blues_r", vmin=0, vmax=1.1, aspect="auto"
    )
    (others,) = ax.plot([], [], "s", color=style.GREEN, mec="white", ms=7)
    ax.set(xlim=(0, 1), ylim=(0, 1), xlabel="first hyperparameter")
    ax.set(ylabel="second hyperparameter", facecolor="#EEEEEE")
    ax.set_title("your trials with their errors", pad=12)

    def show(against):
        image.set_visible(against != UNSEEN)
        others.set_data(*([], []) if against == UNSEEN else searches.nine_trials(against)[0][0].T)

    return show


def _placed(ax):
    """Draw the reader's trials, each with its error, and the next one; return what moves them."""
    (dots,) = ax.plot([], [], "o", color=style.ORANGE, mec="white", ms=9)
    (following,) = ax.plot([], [], "o", mfc="none", mec=style.INK, ms=13, mew=2)
    ground = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 0.8}
    words = [
        ax.text(0, 0, "", ha="center", va="bottom", fontsize=9, bbox=ground, clip_on=True)
        for _ in range(searches.NINE)
    ]

    def show(at, errors, coming):
        dots.set_data(*at.T)
        following.set_data([coming[0]], [coming[1]])
        for k, text in enumerate(words):
            text.set_text(f"{errors[k]:.2f}" if k < len(at) else "")
            x, y = at[k] if k < len(at) else (0, 0)
            text.set_position((np.clip(x, 0.07, 0.93), y + 0.035 if y < 0.9 else y - 0.1))

    return show


def _so_far(ax):
    """Draw the least error by the number of trials; return what moves it."""
    n = np.arange(1, searches.NINE + 1)
    (median,) = ax.plot([], [], color=style.GREEN, lw=2, label="100 searches")
    ends = [ax.plot([], [], ":", color=style.GREEN, lw=1)[0] for _ in "ab"]
    (yours,) = ax.plot([], [], "o-", color=style.ORANGE, lw=2, label="you")
    now = ax.axvline(0, color=style.GREY, lw=1, zorder=0)
    ax.set(xlim=(0, searches.NINE + 0.5), ylim=(0, 1.1), xlabel="trials placed")
    ax.set_title("best error so far", pad=30)
    ax.legend(**_ABOVE)

    def show(so_far, against):
        yours.set_data(n[: len(so_far)], so_far)
        now.set_xdata([len(so_far), len(so_far)])
        for line, share in zip((median, *ends), (0.5, 0.1, 0.9), strict=True):
            if against == UNSEEN:
                line.set_data([], [])
            else:
                line.set_data(n, np.quantile(searches.nine_trials(against)[1], share, axis=0))

    return show


def _placed_in_words(at, errors):
    if not len(at):
        return "no trial placed yet"
    each = "; ".join(f"({x:g}, {y:g}) {e:.2f}" for (x, y), e in zip(at, errors, strict=True))
    return f"{len(at)} of 9 placed: {each}; best {errors.min():.2f}"


def _against_in_words(errors, against):
    if against == UNSEEN:
        return ""
    found = searches.nine_trials(against)[1][:, -1]
    told = f"; {against}, 9 trials, 100 times: median {np.median(found):.2f}"
    if not len(errors):
        return told
    return f"{told}; yours is better in {(errors.min() < found).sum()} of 100"


def valley(fig):
    """Which trials of a grid and of a random search fall into a band that can be dragged."""
    axes = style.axes(fig, 1, 2, height=3.7, left=0.4, wspace=0.12)
    panels = {name: _Band(ax, name) for ax, name in zip(axes, ("grid", "random"), strict=True)}

    def update(middle, width, trials, seed):
        drawn = {"grid": _cells(trials), "random": np.random.default_rng(seed).random((trials, 2))}
        said = []
        for name, panel in panels.items():
            inside, share = panel.show(drawn[name], middle, width)
            said.append(f"{name} {inside} of {trials} in it, bar {share:.2f}")
        return f"band {width:g} wide around {middle:g}: {'; '.join(said)}"

    update.handles = tuple(handle for panel in panels.values() for handle in panel.handles)
    return update


def _cells(trials):
    """Return the middles of as many square cells, shape (trials, 2)."""
    values = searches.grid_values(trials, 2)
    u = (np.arange(values) + 0.5) / values
    return np.transpose(np.meshgrid(u, u)).reshape(-1, 2)


_MIDDLES = (np.arange(2000) + 0.5) / 2000


class _Band:
    """The trials of one search, a band over them, and a bar of the places where it is hit."""

    def __init__(self, ax, title):
        self._band = ax.axvspan(0, 1, color=style.YELLOW, alpha=0.35, linewidth=0)
        self._floor = ax.axvline(0, color=style.YELLOW, linewidth=1.5)
        (self._bar,) = ax.plot([], [], color=style.GREEN, lw=6, solid_capstyle="butt")
        ax.plot([0, 1, 1, 0, 0], [0, 0, 1, 1, 0], color=style.GREY, lw=0.8)
        (self._dots,) = ax.plot([], [], "o", color=style.GREY, ms=6)
        (self._hits,) = ax.plot([], [], "o", color=style.ORANGE, ms=8)
        ax.set(xlim=(-0.18, 1.18), ylim=(-0.2, 1.05), title=title, yticks=[])
        ax.set(xlabel="first hyperparameter", xticks=[0, 0.5, 1])
        ax.spines["left"].set_visible(False)
        self.handles = (
            Handle(ax, x="middle", y=_BAR),
            Handle(ax, x="width", to_x=_right_end, y=0.88),
        )

    def show(self, at, middle, width):
        """Move everything; return how many trials are inside, and the length of the bar."""
        inside = np.abs(at[:, 0] - middle) <= width / 2
        hit = (np.abs(_MIDDLES[:, None] - at[:, 0]) <= width / 2).any(axis=1)
        self._band.set_x(middle - width / 2)
        self._band.set_width(width)
        self._floor.set_xdata([middle, middle])
        self._bar.set_data(_MIDDLES, np.where(hit, _BAR, np.nan))
        self._dots.set_data(*at[~inside].T)
        self._hits.set_data(*at[inside].T)
        return int(inside.sum()), hit.mean()


_BAR = -0.1


def _right_end(middle, width, **others):
    return middle + width / 2


_LOOKS = {"grid": (style.GREY, "s"), "random": (style.BLUE, "o"), "Sobol": (style.GREEN, "D")}


def hits(fig, random_hit=tuning_process.random_hit, grid_hit=tuning_process.grid_hit):
    """How likely a search hits a band of good values of one hyperparameter."""
    ax = style.axes(fig, height=3.7, top=0.85)
    lines, dots, n = *_formulas_and_counts(ax), np.arange(1, 101)
    here = ax.axvline(1, color=style.GREY, lw=1, zorder=1)

    def update(width, trials, knobs):
        values = searches.grid_values(n, knobs)
        lines["grid"].set_data(n, grid_hit(width, values))
        lines["random"].set_data(n, random_hit(width, n))
        counted = searches.hits(width, trials, knobs)
        for name, share in counted.items():
            dots[name].set_data([trials], [share])
        here.set_xdata([trials, trials])
        shares = ", ".join(f"{name} {share:.2f}" for name, share in counted.items())
        formulas = f"{grid_hit(width, values[trials - 1]):.3f}, {random_hit(width, trials):.3f}"
        searched = f"{many(trials, 'trial')}, {many(knobs, 'hyperparameter')}"
        return f"width {width:g}, {searched}: {shares}; formulas {formulas}"

    update.handles = (Handle(ax, x="trials", y=1.1),)
    update.formula = _HIT
    return update


_HIT = Formula(  # the phantom makes room for the exponent
    r"\vphantom{\frac{\sum}{1}}\now{hit}{P(\text{a hit})}\; \text{in}\; \now{trials}{n}\;"
    r"\text{random trials} = 1 - \left(1 - \now{width}{w}\right)^n",
    hit=lambda width, trials, **others: tuning_process.random_hit(width, trials),
)


def _formulas_and_counts(ax):
    lines, dots = {}, {}
    for name, (colour, marker) in _LOOKS.items():
        if name != "Sobol":
            stairs = {"lw": 1.5, "label": f"{name}, formula", "drawstyle": "steps-post"}
            (lines[name],) = ax.plot([], [], color=colour, **stairs)
        (dots[name],) = ax.plot([], [], marker, color=colour, ms=9, label=f"{name}, counted")
    ax.axhline(0.95, color=style.INK, lw=0.8, ls=":")
    ax.set(xlim=(-1, 103), ylim=(0, 1.15), xlabel="trials", ylabel="probability")
    ax.set_title("a trial falls into the band (dotted: 95 %)", pad=42)
    ax.legend(frameon=False, loc="lower center", bbox_to_anchor=(0.5, 1), ncols=3)
    return lines, dots


def coarse_to_fine(fig):
    """A search that zooms in round by round, and what 50 of them found."""
    left, right = style.axes(fig, 1, 2, height=3.8, wspace=0.28, top=0.65)
    show, show_rounds, show_pairs = _surface(left), _rounds(left), _pairs(right)
    for surface in searches.TO_ZOOM:  # ahead of time: no move should have to wait
        for share in searches.SHARES:
            for rounds in range(1, searches.ROUNDS + 1):
                searches.ends(surface, share, rounds)

    def update(rounds, share, seed, surface):
        found = searches.zoomed(surface, share, seed)
        fine, plain = searches.ends(surface, share, rounds)
        show(surface)
        show_rounds(found, rounds, share)
        show_pairs(fine, plain, seed)
        so_far = min(t.value for t in found if t.more["round"] < rounds)
        return (
            f"{surface}: {8 * rounds} trials, {so_far:.3f}; medians of 50: coarse to fine "
            f"{np.median(fine):.3f}, random {np.median(plain):.3f}; "
            f"better for {np.count_nonzero(fine < plain)} of 50"
        )

    return update


def _rounds(ax):
    """Draw trials round by round, each with the box it looked in; return what moves them."""
    ax.set(xlim=(0, 1), ylim=(0, 1))
    ax.set_title("the rounds so far", pad=26)
    colours = (style.INK, style.YELLOW, style.PINK, style.ORANGE)
    dots = [
        ax.plot([], [], "o", color=c, mec="white", ms=7, label=f"{k}")[0]
        for k, c in enumerate(colours, 1)
    ]
    ax.legend(**{**_ABOVE, "ncols": 4, "handletextpad": 0})
    boxes = [ax.plot([], [], "-", color=c, lw=1.5)[0] for c in colours]

    def show(found, rounds, share):
        at, round_of = searches.places(found), found.column("round")
        for k, (dot, box) in enumerate(zip(dots, boxes, strict=True)):
            dot.set_data(*at[(round_of == k) & (k < rounds)].T)
            box.set_data(*_outline(*searches.box(found, share, k)) if k < rounds else ([], []))

    return show


def _outline(x, y):
    return [x[0], x[1], x[1], x[0], x[0]], [y[0], y[0], y[1], y[1], y[0]]


def _pairs(ax):
    """Draw what both searches found with each seed; return what moves it."""
    ax.loglog([0.02, 1], [0.02, 1], ":", color=style.GREY)
    (pairs,) = ax.plot([], [], "o", color=style.SKY, mec=style.BLUE, ms=6)
    (this,) = ax.plot([], [], "*", color=style.ORANGE, ms=15)
    ax.set(xlim=(0.03, 1), ylim=(0.03, 1), xlabel="error of random search")
    for axis in (ax.xaxis, ax.yaxis):
        style.ticks(axis, [0.05, 0.1, 0.2, 0.5, 1])
    ax.set_title("error of coarse to fine, 50 seeds", pad=26)

    def show(fine, plain, seed):
        pairs.set_data(plain, fine)
        this.set_data([plain[seed]], [fine[seed]])

    return show


_SHOWN = 250


def parallel(fig):
    """Trials as lines through all their hyperparameters, and brush some of them."""
    grid = {"left": 0.2, "right": 0.5, "top": 0.55, "wspace": 0.1, "width_ratios": (4, 1)}
    ax, errors = style.axes(fig, 1, 2, height=4.0, **grid)
    space = list(tuning_process.SPACE)
    u, value = (part[:_SHOWN] for part in tuning_process.in_unit_cube("Adam"))
    show_lines, show_errors = _brushed_lines(ax, u, value, space), _brushed_errors(errors, value)
    best = tuning_process.best_share(value, 0.1)

    def update(knob, low, high):
        at = space.index(knob)
        inside = tuning_process.brush(u, at, low, high)
        show_lines(inside, at, low, high)
        show_errors(inside)
        middle = f"median error {np.median(value[inside]):.3f}" if inside.any() else "none there"
        kept = f"{(inside & best).sum()} of the best {best.sum()}"
        gate = _gate(tuning_process.SPACE[knob], *sorted((low, high)))
        return f"{NAMES[knob]}{gate}: {inside.sum()} of {len(u)} trials, {middle}; {kept}"

    def on_axis(knob, **ends):
        return space.index(knob)

    update.handles = tuple(Handle(ax, x="knob", to_x=on_axis, y=end) for end in ("low", "high"))
    return update


def _brushed_lines(ax, u, value, space):
    """Draw a line a trial, and a gate; return what brushes those inside."""
    knobs = np.arange(len(space))
    lines = np.stack([np.broadcast_to(knobs, u.shape), u], axis=2)
    ax.add_collection(LineCollection(lines, colors=style.GREY, linewidths=0.3, alpha=0.4))
    brushed = LineCollection([], cmap="viridis", linewidths=0.9)
    brushed.set_clim(0, 0.9)
    ax.add_collection(brushed)
    (gate,) = ax.plot([], [], color=style.ORANGE, lw=7, alpha=0.8, solid_capstyle="butt")
    ax.set(xlim=(-0.3, len(space) - 0.7), ylim=(-0.03, 1.03), yticks=[])
    ax.set_xticks(knobs, [NAMES[name].replace(" ", "\n") for name in space], fontsize=11)
    ax.set_title("each line a trial, dark: a low error; ends of each range", pad=20)
    for knob, name in enumerate(space):
        for end, across, place in ((0.0, "top", -0.04), (1.0, "bottom", 1.03)):
            words = _end(tuning_process.SPACE[name], end)
            ax.text(knob, place, words, ha="center", va=across, fontsize=8, color=style.GREY)
    ax.tick_params(axis="x", pad=12, length=0)
    ax.spines["left"].set_visible(False)

    def show(inside, at, low, high):
        brushed.set_segments(list(lines[inside]))
        brushed.set_array(value[inside])
        gate.set_data([at, at], [min(low, high), max(low, high)])

    return show


def _brushed_errors(ax, value):
    """Draw the trials' errors; return what marks those inside."""
    jitter = np.random.default_rng(0).uniform(-0.3, 0.3, len(value))
    ax.plot(jitter, value, ".", color=style.GREY, ms=3, alpha=0.5)
    chosen = ax.scatter([], [], s=16, c=[], cmap="viridis", vmin=0, vmax=0.9)
    ax.set(xlim=(-0.5, 0.5), ylim=(0, 1), xticks=[])
    ax.set_title("error", pad=20)
    ax.yaxis.tick_right()
    ax.spines[["left", "right"]].set_visible(False)

    def show(inside):
        chosen.set_offsets(np.column_stack([jitter[inside], value[inside]]))
        chosen.set_array(value[inside])

    return show


def _gate(scale, low, high):
    """Say what a gate lets pass: of whole numbers and lists, those whose place lies in it."""
    values = getattr(scale, "options", None)
    if isinstance(scale, Integer):
        values = range(scale.low, scale.high + 1)
    if values is None:
        return f" from {_end(scale, low)} to {_end(scale, high)}"
    passing = [x for x in values if low <= scale.to_unit(x) <= high]
    if len(passing) < 2:
        return f" {passing[0]}" if passing else ", no value in the gate"
    return f" from {passing[0]} to {passing[-1]}"


def _end(scale, u):
    x = scale.from_unit(float(u))
    return typeset(f"{x:.4g}") if isinstance(x, float) else f"{x}"


_PLACES = {
    "Adam": {
        "alpha": "1st",
        "units": "2nd",
        "size": "2nd",
        "layers": "3rd",
        "decay": "3rd",
        "beta1": "almost never",
        "beta2": "almost never",
        "epsilon": "almost never",
    },
    "momentum": {
        "alpha": "1st",
        "beta": "2nd",
        "units": "2nd",
        "size": "2nd",
        "layers": "3rd",
        "decay": "3rd",
    },
}
_SHADES = {"1st": style.BLUE, "2nd": style.GREEN, "3rd": style.YELLOW, "almost never": style.GREY}


def importance(fig):
    """Which share of the variance of the error each hyperparameter explains by itself."""
    show = _share_bars(style.axes(fig, height=3.6))

    def update(optimizer, trials, narrow):
        found = tuning_process.study(optimizer)[: round(trials)]
        if narrow:
            found = tuning_process.with_good_alpha(optimizer, found)
        shares = tuning_process.spreads(optimizer, tuple(t.number for t in found))
        show(optimizer, shares)
        order = sorted(shares, key=lambda knob: -shares[knob][0])[:3]
        most = ", ".join(f"{NAMES[knob]} {percent(shares[knob][0])}" for knob in order)
        which = f", α from {low_high(optimizer)}" if narrow else ""
        return f"{optimizer}, {len(found)} trials{which}: most explain {most}"

    return update


def _share_bars(ax):
    """Draw a bar for each hyperparameter, with its spread; return what moves them."""
    bars = ax.bar(np.arange(8), np.zeros(8), 0.6)
    spread = ax.errorbar(np.arange(8), np.zeros(8), np.zeros(8), fmt="none", ecolor=style.INK)
    names = [ax.text(k, -0.06, "", ha="center", va="top", fontsize=11) for k in range(8)]
    for label, colour in _SHADES.items():
        ax.bar([0], [0], color=colour, label=label)
    ax.legend(title="the lecture's order", loc="upper right", **style.GROUND)
    ax.axhline(0, color=style.INK, lw=0.8)
    ax.set(xlim=(-0.6, 7.6), ylim=(-0.05, 0.85), xticks=[], title="share of variance explained")

    def show(optimizer, shares):
        segments, places = [], list(_PLACES[optimizer].items())
        places += [("", "almost never")] * (len(bars) - len(places))
        for k, (knob, place) in enumerate(places):
            mean, low, high = shares.get(knob, (0, 0, 0))
            bars[k].set_height(mean)
            bars[k].set_color(_SHADES[place])
            names[k].set_text(NAMES.get(knob, ""))
            segments.append([[k, low], [k, high]])
        spread[2][0].set_segments(segments)

    return show


OTHERS = {"units": "units", "batch size": "size", "layers": "layers", "decay": "decay"}
"""What `pairs` shows beside α."""


def pairs(fig):
    """The error over α and another hyperparameter, and along the latter at one α."""
    left, right = style.axes(fig, 1, 2, height=3.7, left=0.95, wspace=0.25)
    left.set_zorder(1)  # what moves beside it lies over nothing then
    show_cells, show_profile = _cells_of_pairs(left), _profile_of_pairs(right)

    def update(optimizer, other, column):
        pair = tuning_process.pair(optimizer, other)
        show_cells(pair, column)
        show_profile(pair, column)
        errors, (alpha, alone) = pair.errors[:, column - 1], pair.alone
        return (
            f"{optimizer}: at α about {style.short(pair.alpha[column - 1])} the error is from"
            f" {errors.min():.2f} to {errors.max():.2f} along {NAMES[other]}; α alone explains"
            f" {percent(alpha)} of the variance, {NAMES[other]} alone {percent(max(alone, 0))},"
            f" together {percent(pair.together)}"
        )

    update.handles = (Handle(left, x="column", to_x=lambda column, **_: column - 0.5, y=0.97),)
    return update


def _cells_of_pairs(ax):
    """Draw mean errors in cells, and a line at one α; return what moves them."""
    image = ax.imshow(
        np.zeros((8, 8)),
        origin="lower",
        extent=(0, 8, 0, 1),
        cmap="viridis",
        vmin=0,
        vmax=0.9,
        aspect="auto",
        interpolation="nearest",
    )
    here = ax.axvline(0, color=style.ORANGE, lw=2)
    names = [ax.text(-0.15, 0, "", ha="right", va="center", fontsize=9) for _ in range(8)]
    alphas = [ax.text(k + 0.5, -0.03, "", ha="center", va="top", fontsize=8) for k in range(8)]
    ax.set(xlim=(0, 8), ylim=(0, 1), xticks=[], yticks=[])
    ax.set_xlabel("α, in eighths of the trials", labelpad=16)
    ax.set_title("mean error (dark: low)")

    def show(pair, column):
        image.set_data(pair.errors)
        here.set_xdata([column - 0.5, column - 0.5])
        for text, alpha in zip(alphas, pair.alpha, strict=True):
            text.set_text(typeset(f"{alpha:{'.0e' if alpha < 0.001 else '.1g'}}"))
        for k, text in enumerate(names):
            text.set_text(f"{pair.other[k]:.3g}" if k < len(pair.other) else "")
            text.set_y((k + 0.5) / len(pair.other))

    return show


def _profile_of_pairs(ax):
    """Draw the error along the other hyperparameter at one α; return what moves it."""
    (profile,) = ax.plot([], [], "o-", color=style.ORANGE, lw=2)
    ax.set(xlim=(0, 1), ylim=(0, 1), xticks=[], xlabel="the other hyperparameter: low to high")
    ax.set_title("error at this α")

    def show(pair, column):
        n = len(pair.other)
        profile.set_data((np.arange(n) + 0.5) / n, pair.errors[:, column - 1])

    return show


def low_high(optimizer):
    """Return the good range of alpha in words."""
    optimizer = validation.one_of("optimizer", optimizer, tuning_process.GOOD_ALPHA)
    return " to ".join(f"{x:g}" for x in tuning_process.GOOD_ALPHA[optimizer])


CHANGES = {
    "brighter images": ("brightness", "pixels × {}"),
    "larger batches": ("size", "mini-batches of {}"),
    "another optimizer": ("optimizer", "{}"),
}
"""What may change: the data, the hardware, the algorithm."""


def stale(fig):
    """The error by alpha before and after something changed, and what the old best loses."""
    measured = tuning_process.stale_settings()
    alphas, show = measured.alpha, _before_and_after(fig, measured.alpha)

    def update(change, step):
        name, says = CHANGES[change]
        errors, values = measured.errors[name], measured.values[name]
        before, after = errors[0].mean(axis=1), errors[step].mean(axis=1)
        kept, best = before.argmin(), after.argmin()
        show(before, after, errors[step].T, kept, best)
        was, now = (says.format(values[i]) for i in (0, step))
        return (
            f"{was} → {now}: best α was {alphas[kept]:.2g}, and gives {after[kept]:.3f} now; "
            f"the new best, {alphas[best]:.2g}, gives {after[best]:.3f}"
        )

    return update


def _before_and_after(fig, alphas):
    """Draw both curves, the second's seeds and both best alphas; return what moves them."""
    ax = style.axes(fig, height=3.5, right=1.95)
    looks = (("before", style.GREY, "--"), ("after", style.BLUE, "-"))
    lines = [ax.plot(alphas, alphas, look, color=c, label=label)[0] for label, c, look in looks]
    seeds = [ax.plot(alphas, alphas, ".", color=style.SKY, ms=3)[0] for _ in range(5)]
    (old,) = ax.plot([], [], "o", color=style.ORANGE, ms=9, label="the old best α, now")
    (new,) = ax.plot([], [], "*", color=style.GREEN, ms=14, label="the new best α")
    ax.set(xscale="log", xlim=(8e-5, 12), ylim=(0, 1), xlabel="α", title="error")
    ax.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))

    def show(before, after, each_seed, kept, best):
        for line, curve in zip([*lines, *seeds], [before, after, *each_seed], strict=True):
            line.set_ydata(curve)
        old.set_data([alphas[kept]], [after[kept]])
        new.set_data([alphas[best]], [after[best]])

    return show
