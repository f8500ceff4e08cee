"""Pictures of training softmax: the loss, its gradient, and a network that learns digits."""

import numpy as np
from matplotlib.patches import FancyArrowPatch

from course_utils import softmax as lecture
from course_utils.experiments.training_softmax import Y_HAT, descended, taken
from course_utils.figures import style
from course_utils.support.formulas import Formula
from course_utils.support.handles import Handle
from course_utils.support.words import percent, typeset

SIGNS = {"L = −Σ y log ŷ": 1, "L = Σ y log ŷ": -1}
"""The loss, and as some notes print it."""

MOMENTS = {
    "loss": {
        "the lecture's": ({"share": 0.2, "right": 2}, "−log 0.2 = 1.609."),
        "almost sure": ({"share": 0.99}, "L = 0.010: there is hardly anything left to gain."),
        "almost ruled out": ({"share": 0.01}, "L = 4.605, and the push is almost a full 1."),
    },
    "triangle": {
        "in the middle": ({"first": 1 / 3, "second": 0.5}, "L = log 3 = 1.099."),
        "nearly there": ({"first": 0.96, "right": 1}, "Short arrow, small pushes."),
        "sure and wrong": (
            {"first": 0.02, "second": 0.98, "right": 1},
            "Class 2 has nearly all: it is pushed down almost as hard as class 1 is pushed up.",
        ),
    },
    "descent": {
        "as it should be": ({"sign": 1, "step": 40}, "L falls towards 0."),
        "as it was printed": ({"sign": -1, "step": 8}, "L is below 0 from the start: the alarm."),
    },
    "smoothing": {
        "hard labels": ({"smoothing": 0.0}, "The loss falls as far as you look: no star."),
        "at the star": (
            {"gap": 4.51, "smoothing": 0.1, "classes": 10},
            "No push is left, and the loss is 0.500.",
        ),
        "beyond it": (
            {"gap": 8.0, "smoothing": 0.1, "classes": 10},
            "The right class is pushed down now.",
        ),
    },
}
"""Values worth a look in each picture, with what there is to see there."""

_AT = np.arange(4)


_CROSS_ENTROPY = Formula(
    r"L(\hat{y}, y) = -\sum_{j=1}^{4} y_j \log \hat{y}_j = "
    r"-\log \now{share}{\hat{y}_{\text{true}}} = \now{loss}{L}",
    loss=lambda share, **_: -np.log(share),
)


def loss(fig, cost=lecture.cost, gradient=lecture.cost_gradient):
    """One prediction, the gradient of its loss, and the loss itself."""
    bars, pushes, curve = style.axes(fig, 1, 3, height=3.2, wspace=0.32)
    show_bars, show_pushes = _prediction(bars), _pushes(pushes, _AT, _AT + 1)
    pushes.set_xlabel("class")
    p = np.concatenate([[0.002, 0.005], np.linspace(0.01, 1, 50)[:-1], [0.999]])
    show_loss = _loss_curve(curve, p)

    def loss_at(share, right):
        y = lecture.one_hot([right - 1], 4)
        with np.errstate(all="ignore"):  # a reader's function may overflow: that is shown
            return float(cost(np.log(_with_share(share, right - 1))[:, None], y))

    def update(share, right):
        y, z = lecture.one_hot([right - 1], 4), np.log(_with_share(share, right - 1))[:, None]
        y_hat = lecture.softmax(z)[:, 0]  # of z, so that both are written with the same digits
        show_bars(y_hat, y[:, 0])
        with np.errstate(all="ignore"):
            dz = np.reshape(gradient(z, y), 4).astype(float)
        L = loss_at(share, right)
        show_loss([loss_at(q, right) for q in p], share, L)
        said = f"L = {L:.3f}".replace("-", "−") if np.isfinite(L) else f"L is {style.NOT_A_NUMBER}"
        return f"ŷ = {style.row(y_hat, 2)}: {said}; gradient {show_pushes(dz)}"

    update.formula = _CROSS_ENTROPY
    update.handles = (
        Handle(bars, x=lambda right, **_: right - 1, y="share"),
        Handle(curve, x="share", y=lambda **at: np.clip(np.nan_to_num(loss_at(**at)), -0.5, 5.2)),
    )
    return update


def _prediction(ax):
    """Draw a prediction inside its label; return what moves them."""
    wanted = ax.bar(_AT, Y_HAT, 0.84, fill=False, edgecolor=style.INK, lw=1.3, label="y")
    shares = ax.bar(_AT, Y_HAT, 0.6, color=style.SKY, label="ŷ")
    ax.set(ylim=(0, 1.25), title="prediction ŷ, label y", xlabel="class")
    ax.set_xticks(_AT, _AT + 1)
    ax.legend(frameon=False, ncols=2, loc="upper right")

    def show(y_hat, y):
        for bar, outline, a, b in zip(shares, wanted, y_hat, y, strict=True):
            bar.set_height(a)
            outline.set_height(b)

    return show


def _loss_curve(ax, p):
    """Draw the loss over the prediction of the right class; return what moves it."""
    (line,) = ax.plot(p, p, color=style.BLUE)
    (point,) = ax.plot([], [], "o", color=style.ORANGE, ms=9)
    note = style.note(ax, 0.5, 1.5, fontsize=11)
    ax.axhline(0, color=style.INK, lw=0.8)
    ax.set(xlim=(-0.04, 1.04), ylim=(-0.5, 5.2), xlabel="ŷ of the right class", title="loss L")

    def show(losses, share, L):
        line.set_ydata(np.clip(losses, -50, 50))
        point.set_data([share], [L if np.isfinite(L) else 99])
        note.set_text("" if np.isfinite(L) else style.NOT_A_NUMBER)

    return show


def _with_share(share, right):
    """Give one class its share; the others keep their proportions."""
    rest = np.delete(Y_HAT, right)
    return np.insert((1 - share) * rest / rest.sum(), right, share)


def _pushes(ax, places, names):
    """Draw bars of a gradient; return what moves them and says their numbers."""
    bars = ax.bar(places, np.zeros(len(places)), 0.6, color=style.ORANGE)
    note = style.note(ax, np.mean(places), 0.5, fontsize=11)
    ax.axhline(0, color=style.INK, lw=0.8)
    ax.set_xticks(places, names)
    ax.set(ylim=(-1.1, 1.1), title="gradient ŷ − y")

    def show(dz):
        well = bool(np.isfinite(dz).all())
        for bar, height in zip(bars, dz, strict=True):
            bar.set_height(np.clip(height, -9, 9) if well else 0)
        note.set_text("" if well else style.NOT_A_NUMBER)
        return style.row(dz, 2) if well else f"is {style.NOT_A_NUMBER}"

    return show


_CORNERS = np.array([[0.5, np.sqrt(0.75)], [1.0, 0.0], [0.0, 0.0]])
"""Where class 1, 2 or 3 has it all: above, right, left."""

_LOSSES = (0.25, 0.5, 1.0, 2.0)
"""Of the lines in the triangle."""


def triangle(fig):
    """A prediction for three classes as a point in a triangle, its loss and its gradient."""
    ax, pushes = style.axes(fig, 1, 2, height=3.9, width_ratios=(3, 2), left=0.1, wspace=0.2)
    show_lines, show_point, show_pushes = _field(ax), _point(ax), _pushes(pushes, _AT[:3], "123")
    pushes.set_xlabel("class")

    def update(first, second, right):
        y_hat, y = _of_three(first, second), np.eye(3)[right - 1]
        show_lines(right - 1)
        show_point(y_hat, y)
        L, said = -np.log(y_hat[right - 1]), show_pushes(y_hat - y)
        return f"ŷ = {style.row(y_hat, 2)}, class {right} is right: L = {L:.3f}; gradient {said}"

    update.handles = (Handle(ax, x="second", to_x=_across, y="first", to_y=_up, pressed=True),)
    return update


def _across(first, second, **_):
    return _of_three(first, second) @ _CORNERS[:, 0]


def _up(first, second, **_):
    return _of_three(first, second) @ _CORNERS[:, 1]


def _of_three(first, second):
    """Return a prediction: of what class 1 leaves, class 2 gets its share, class 3 the rest."""
    return np.array([first, (1 - first) * second, (1 - first) * (1 - second)])


def _field(ax):
    """Draw the triangle and lines of equal loss; return what moves them to the right class."""
    ax.plot(*_CORNERS[[0, 1, 2, 0]].T, color=style.INK, lw=1)
    for k, (x, y) in enumerate(_CORNERS):
        y, va = (y + 0.04, "bottom") if y else (-0.04, "top")
        ax.text(x, y, f"class {k + 1}", ha="center", va=va, fontsize=11)
    lines = [ax.plot([], [], color=style.SKY, lw=1.5)[0] for _ in _LOSSES]
    look = {"color": style.BLUE, "ha": "center", "va": "center", "fontsize": 9.5, "clip_on": True}
    numbers = [ax.text(0, 0, f"{level:g}", **look) for level in _LOSSES]
    ax.set(xlim=(-0.11, 1.11), ylim=(-0.13, 0.97), aspect="equal")
    ax.set_title("lines: equal loss, arrow: y − ŷ, grey: descent")
    ax.set_axis_off()

    def show(right):
        corner, (one, other) = _CORNERS[right], np.delete(_CORNERS, right, axis=0)
        for line, number, share in zip(lines, numbers, np.exp(np.negative(_LOSSES)), strict=True):
            ends = share * corner + (1 - share) * np.array([one, other])
            line.set_data(*ends.T)
            number.set_position(ends[0] + 0.075 * (one - other))

    return show


def _point(ax):
    """Draw a prediction, what it lacks of its label, and its path; return what moves them."""
    look = {"arrowstyle": "-|>", "mutation_scale": 14, "lw": 1.8, "color": style.ORANGE}
    arrow = FancyArrowPatch((0, 0), (1, 1), shrinkA=0, shrinkB=0, clip_on=True, zorder=3, **look)
    ax.add_patch(arrow)
    (path,) = ax.plot([], [], color=style.GREY, lw=1.8, label="descent")
    (dot,) = ax.plot([], [], "o", color=style.ORANGE, ms=9, label="_prediction")

    def show(y_hat, y):
        here, there = y_hat @ _CORNERS, y @ _CORNERS
        path.set_data(*(taken(y_hat, y) @ _CORNERS).T)
        arrow.set_positions(here, there)
        dot.set_data(here[:1], here[1:])

    return show


_STEPS = 40
"""Of the longest descent that is shown: its axis holds whichever part of it is asked for."""


def descent(fig, gradient=lecture.cost_gradient):
    """Descent on the logits of one prediction, by the loss or without its minus."""
    bars, fall, path = style.axes(fig, 1, 3, height=3.2, wspace=0.36)
    shares = bars.bar(_AT, Y_HAT, 0.6, color=[style.SKY, style.ORANGE, style.SKY, style.SKY])
    bars.set(ylim=(0, 1.05), xlabel="class; 2 is right", title="prediction ŷ")
    bars.set_xticks(_AT, _AT + 1)
    (falling,) = fall.plot([], [], ".-", color=style.BLUE)
    fall.axhline(0, color=style.INK, lw=0.8)
    (line,) = path.plot([], [], ".-", color=style.ORANGE)
    path.set_ylim(-0.03, 1.05)
    for ax, title in ((fall, "the loss chosen"), (path, "ŷ of the right class")):
        ax.set(xlim=(-1, _STEPS + 1), xlabel="step", title=title)

    def update(step, alpha, sign):
        L, y_hat = descended(step, alpha, sign, gradient)
        for bar, height in zip(shares, y_hat[:, -1], strict=True):
            bar.set_height(height)
        falling.set_data(np.arange(step + 1), L)
        style.reach(fall, *_around(descended(_STEPS, alpha, sign, gradient)[0]))
        line.set_data(np.arange(step + 1), y_hat[1])
        name = next(text for text, value in SIGNS.items() if value == sign)
        said = f"L from {L[0]:.2f} to {L[-1]:.2f}".replace("-", "−")
        right = f"ŷ of the right class {y_hat[1, -1]:.3f}"
        return f"{name}, α = {alpha:g}, step {step}: {said}; {right}"

    def reached(step, alpha, sign):
        return np.nan_to_num(descended(step, alpha, sign, gradient)[1][1, -1])

    update.handles = (Handle(path, x="step", y=reached),)
    return update


def _around(losses):
    """Return the ends of an axis for losses, of which 0 is always seen."""
    return min(-0.5, 1.06 * min(losses)), max(2.2, 1.06 * max(losses))


def smoothing(fig):
    """The loss over the lead of the right logit, and its gradient, with smoothed labels."""
    pushes, ax = style.axes(fig, 1, 2, height=3.3, width_ratios=(2, 3), wspace=0.22)
    show_pushes = _pushes(pushes, [0, 1], ["right class", "all others"])
    show_losses, show_least = _hard_and_smoothed(ax), _least_loss(ax)

    def update(gap, smoothing, classes):
        now = show_losses(gap, smoothing, classes)
        best = lecture.optimal_gap(smoothing, classes)
        floor = losses([best], smoothing, classes)[0] if np.isfinite(best) else 0
        show_least(best, floor)
        z, y = _logits([gap], classes)
        dz = lecture.cost_gradient(z, lecture.smooth(y, smoothing))[:, 0]
        show_pushes(np.array([dz[0], dz[1:].sum()]))
        said = f"least, {floor:.3f}, at gap {best:.2f}" if floor else "no least: it falls towards 0"
        now = f"L = {now:.3f} at gap {gap:.2f}".replace("-", "−")
        return f"C = {classes}, smoothing {smoothing:g}: {now}; {said}"

    update.handles = (Handle(ax, x="gap", y=lambda gap, **label: losses([gap], **label)[0]),)
    return update


def _hard_and_smoothed(ax):
    """Draw the loss by the lead, with hard labels and smoothed ones; return what moves them."""
    gaps = np.linspace(-1, 10, 221)
    (hard,) = ax.plot(gaps, gaps, "--", color=style.INK, lw=1.2, zorder=2.1, label="hard labels")
    (soft,) = ax.plot(gaps, gaps, color=style.BLUE, lw=2.8, label="smoothed labels")
    (here,) = ax.plot([], [], "o", ms=8, color=style.ORANGE, zorder=2.3, label="gap chosen")
    ax.set(xlim=(-1.4, 10.4), ylim=(0, 6.4), xlabel="gap: lead of the right logit", title="loss L")

    def show(gap, smoothing, classes):
        hard.set_ydata(losses(gaps, 0.0, classes))
        soft.set_ydata(losses(gaps, smoothing, classes))
        now = losses([gap], smoothing, classes)[0]
        here.set_data([gap], [now])
        return now

    return show


def _least_loss(ax):
    """Draw a star and the legend; return what moves the star, or lists none if there is none."""
    (star,) = ax.plot([], [], "*", ms=15, color=style.GREEN, zorder=2.2, label="least loss")
    legend = ax.legend(frameon=False, loc="upper right", ncols=2)

    def show(gap, loss):
        star.set_data([gap], [loss]) if loss else star.set_data([], [])
        for listed in (legend.legend_handles[-1], legend.get_texts()[-1]):
            listed.set_visible(loss > 0)

    return show


def losses(gaps, smoothing, classes):
    """Return the loss for each lead of the right one of C logits, the others being equal."""
    z, y = _logits(gaps, classes)
    return lecture.cross_entropy(lecture.softmax(z), lecture.smooth(y, smoothing))


def _logits(gaps, classes):
    y = lecture.one_hot(np.zeros(len(gaps)), classes)
    return y * gaps, y


def digits(fig, run):
    """A network that learns: cost, wrong answers, confusions, worst mistakes."""
    (costs, wrong), (table, worst) = style.axes(
        fig, 2, 2, height=5.0, hspace=0.55, wspace=0.3, bottom=0.5
    )
    show_curves = curves(costs, wrong, run.epochs)
    costs.set(yscale="log", ylim=(5e-5, 50))
    style.ticks(costs.yaxis, [0.001, 0.01, 0.1, 1, 10])
    show_table, show_worst = confusions(table), worst_mistakes(worst)
    move_cursor, handle = epoch_cursor(costs, wrong)

    def update(epoch, alpha, tests):
        move_cursor(epoch)
        X, labels = run.test_digits(tests)
        for number, frames in run.reach(epoch, alpha, tests):
            y_hat = frames[-1].y_hat
            answers = y_hat.argmax(axis=0)
            show_curves(frames)
            show_table(labels, answers)
            show_worst(X, labels, y_hat)
            at = typeset(f"{alpha:g}")
            yield f"epoch {number}, α = {at}, test {tests}: {_said(frames[-1], answers)}"

    update.handles = (handle,)
    return update


def _said(frame, answers):
    if frame.failed:
        return style.TOO_LARGE
    (J, J_test), (_, wrong) = frame.costs, frame.wrong
    missed = f"{round(wrong * len(answers))} of {len(answers)} wrong, {percent(1 - wrong, 1)} right"
    return f"cost {J:.3f}, on test digits {J_test:.3f}; {missed}"


def curves(costs, wrong, epochs, *, other="test", goal=0.03):
    """Draw cost and wrong answers over the epochs; return what moves them by their frames.

    A `goal` is dotted among the wrong answers; None draws none.
    """
    lines, floor = [], 5e-4
    for ax in (costs, wrong):
        for look, colour, label in ((".-", style.BLUE, "training"), (".--", style.ORANGE, other)):
            lines.extend(ax.plot([], [], look, ms=4, color=colour, label=label))
        ax.set(xlim=(-0.5, epochs + 0.5), xlabel="epoch")
    costs.set(ylim=(0, 3))
    costs.set_title("cost J", loc="left")
    beside_the_title = {"loc": "lower right", "bbox_to_anchor": (1.03, 0.98), "borderpad": 0.2}
    costs.legend(**beside_the_title, ncols=2, columnspacing=1, fontsize=9, frameon=False)
    wrong.set(yscale="log", ylim=(0.8 * floor, 1.3), title="wrong answers")
    if goal is not None:
        wrong.axhline(goal, color=style.GREY, lw=1, ls=":")
        wrong.set_title(f"wrong answers (dotted: {100 * goal:.2g} %)")
    wrong.set_yticks([floor, 0.001, 0.01, 0.1, 1], ["0", "0.1 %", "1 %", "10 %", "100 %"])
    wrong.minorticks_off()
    note = style.note(costs, epochs / 2, 1.5, fontsize=11)

    def show(frames):
        values = [*zip(*(f.costs for f in frames), strict=True)]
        values += [np.maximum(w, floor) for w in zip(*(f.wrong for f in frames), strict=True)]
        for line, seen in zip(lines, values, strict=True):
            line.set_data(np.arange(len(frames)), np.minimum(seen, 99))
        note.set_text(style.TOO_LARGE if frames[-1].failed else "")

    return show


def epoch_cursor(costs, wrong):
    """Draw a line at the epoch that is asked for; return what moves it, and its handle."""
    look = {"color": style.GREY, "lw": 1, "zorder": 0.6, "label": "_epoch asked for"}
    lines = [ax.axvline(0, **look) for ax in (costs, wrong)]

    def show(epoch):
        for line in lines:
            line.set_xdata([epoch, epoch])

    return show, Handle(costs, x="epoch", y=1.9)


def confusions(ax):
    """Draw a table of wrong answers; return what fills it by labels and answers."""
    image = ax.imshow(np.zeros((10, 10)), cmap="Blues", vmin=0, vmax=6)
    ax.set(xlabel="answer (darkest: 6 or more)", ylabel="digit", title="wrong answers, test digits")
    ax.set_xticks(range(10))
    ax.set_yticks(range(10))
    ax.tick_params(labelsize=9)
    look = {"ha": "center", "va": "center", "fontsize": 7.5, "clip_on": True}
    texts = [[ax.text(a, d, "", **look) for a in range(10)] for d in range(10)]

    def show(labels, answers):
        counts = _confused(labels, answers)
        image.set_data(counts)
        for d, a in np.ndindex(10, 10):
            texts[d][a].set_text(str(counts[d, a] or ""))
            texts[d][a].set_color("white" if counts[d, a] > 3 else style.INK)

    return show


def _confused(labels, answers):
    """Return how often each digit, a row, was taken for each other, a column."""
    counts = np.zeros((10, 10), int)
    np.add.at(counts, (labels, answers), 1)
    np.fill_diagonal(counts, 0)
    return counts


def worst_mistakes(ax):
    """Draw the eight wrong answers with the least ŷ of the right class; return what moves them."""
    image = ax.imshow(np.zeros((27, 45)), cmap="Greys", vmin=0, vmax=1)
    ax.set_axis_off()
    ax.set_title("worst mistakes: digit → answer")
    inches = ax.get_position().width * style.WIDTH
    look = {"family": "DejaVu Sans Mono", "fontsize": inches * 72 * 12 / 45 / (10 * 0.602)}
    texts = [ax.text(0, y, "", va="center", clip_on=True, **look) for y in (10.5, 24.5)]

    def show(X, labels, y_hat):
        answers, p = y_hat.argmax(axis=0), y_hat[labels, np.arange(len(labels))]
        worst = [i for i in np.argsort(p, kind="stable") if answers[i] != labels[i]][:8]
        picture, said = np.zeros((27, 45)), ["", ""]
        for place, i in enumerate(worst):
            row, column = divmod(place, 4)
            picture[14 * row :, 12 * column :][:8, :8] = X[:, i].reshape(8, 8)
            said[row] += f"{labels[i]} → {answers[i]}".ljust(10)
        image.set_data(picture)
        for text, words in zip(texts, said, strict=True):
            text.set_text(words.rstrip())

    return show
