"""Pictures of regularization: boundaries, weights that shrink, units that are dropped."""

from functools import cache

import numpy as np
from matplotlib.colors import to_rgb

from course_utils import regularization as lecture
from course_utils.experiments.regularization import batch_norm_noise, dropout_noise
from course_utils.figures import style
from course_utils.support.formulas import Formula
from course_utils.support.handles import Handle

LIMITS = (-1.9, 2.9, -1.5, 2.0)
_COLUMNS, _ROWS = 50, 38


def boundary(fig, run):
    """Show the boundary a network draws between two moons while it learns."""
    left, right = style.axes(fig, 1, 2, height=3.7, width_ratios=[1.5, 1], wspace=0.3)
    show_answers, show_weights = _answers(left, run.X, run.y), _weights(right)

    def update(step, lambda_=0.0, keep_prob=1.0, alpha=0.01):
        settings = {"lambda_": lambda_, "keep_prob": keep_prob, "alpha": alpha}
        for number, network in run.reach(round(step) // run.steps_a_frame, **settings):
            show_answers(network)
            size = show_weights(network)
            said = _said(number * run.steps_a_frame, run.right(network), **settings)
            yield f"{said}, ‖W‖ = {size:.1f}"

    return update


def learning(fig, run):
    """Show the boundary while a network learns, and how many answers are right at every step."""
    left, right = style.axes(fig, 1, 2, height=3.9, top=0.65, width_ratios=[1.3, 1], wspace=0.3)
    show_answers, show_curves = _answers(left, run.X, run.y), _curves(right, run)

    def update(step, lambda_=0.0, keep_prob=1.0, alpha=0.01):
        settings = {"lambda_": lambda_, "keep_prob": keep_prob, "alpha": alpha}
        for number, network in run.reach(round(step) // run.steps_a_frame, **settings):
            show_answers(network)
            shares = run.curves(number, **settings)
            show_curves(shares, step)
            yield _said(number * run.steps_a_frame, shares[:, -1], **settings)

    update.handles = (Handle(right, x="step", y=1.05),)
    return update


def _said(step, right, lambda_, keep_prob, alpha):
    knobs = f"λ = {lambda_:g}, keep_prob = {keep_prob:g}, α = {alpha:g}"
    return f"step {step}, {knobs}: training {right[0]:.0%}, test {right[1]:.1%} right"


def _curves(ax, run):
    """Draw the shares that are right against the step; return what moves them."""
    training = ax.plot([], [], "--", color=style.GREEN, label="training")[0]
    test = ax.plot([], [], color=style.PINK, lw=2, label="test")[0]
    cursor = ax.axvline(0, color=style.INK, lw=0.8)
    ax.set(xlim=(0, run.frames * run.steps_a_frame), ylim=(0.4, 1.09), xlabel="step")
    ax.set_yticks(np.arange(0.4, 1.01, 0.1))
    style.percent(ax.yaxis)
    ax.set_title("right answers", pad=22)
    ax.legend(frameon=False, ncols=2, loc="lower center", bbox_to_anchor=(0.5, 0.98))

    def show(shares, step):
        steps = run.steps_a_frame * np.arange(shares.shape[1])
        for line, heights in zip((training, test), shares, strict=True):
            line.set_data(steps, heights)
        cursor.set_xdata([step, step])

    return show


def _answers(ax, X, y):
    """Draw examples over the colours of a network's answers; return what paints these."""
    empty = np.zeros((_ROWS, _COLUMNS, 3), np.uint8)
    ground = ax.imshow(empty, origin="lower", extent=LIMITS, aspect="auto", interpolation="nearest")
    for label, colour, marker in ((0, style.BLUE, "o"), (1, style.ORANGE, "s")):
        ax.plot(*X[:, y[0] == label], marker, color=colour, ms=5, mec="white", mew=0.5)
    ax.set(xlim=LIMITS[:2], ylim=LIMITS[2:], xlabel="$x_1$", ylabel="$x_2$")
    x1, x2 = np.linspace(*LIMITS[:2], _COLUMNS), np.linspace(*LIMITS[2:], _ROWS)
    grid = np.stack(np.meshgrid(x1, x2)).reshape(2, -1)

    def show(network):
        ground.set_data(_mixed(network.predict(grid)[0]).reshape(_ROWS, _COLUMNS, 3))

    return show


def _weights(ax):
    """Draw a histogram of weights; return what moves it and says their norm."""
    edges = np.linspace(-2, 2, 41)
    shares = ax.stairs(np.zeros(40), edges, fill=True, color=style.SKY)
    ax.set(xlim=(-2, 2), title="share of all weights")
    ax.set_xlabel("weight (end bars: all beyond ±2)")

    def show(network):
        weights = np.concatenate([W.ravel() for W in network.weights])
        counts, _ = np.histogram(np.clip(weights, -1.99, 1.99), edges)
        shares.set_data(counts / len(weights))
        ax.set_ylim(0, max(0.4, 1.05 * counts.max() / len(weights)))
        return np.linalg.norm(weights)

    return show


def _mixed(p):
    """Return the colours of a ground: blue where p is 0, orange where it is 1."""
    blue, orange = (255 * (0.55 + 0.45 * np.array(to_rgb(c))) for c in (style.BLUE, style.ORANGE))
    return ((1 - p[:, None]) * blue + p[:, None] * orange).astype(np.uint8)


_L2_STEP = Formula(
    r"W := \now{kept}{\left(1 - \frac{\now{alpha}{\alpha}\, \now{lambda_}{\lambda}}"
    r"{\now{m}{m}}\right)} W - \alpha\, \text{(the gradient of the data's cost)}",
    kept=lambda **at: _kept(**at),
)


def shrinking(fig):
    """Show one weight under descent with L2, when the data say nothing about it."""
    ax, right = style.axes(fig, 1, 2, height=3.3, width_ratios=(3, 2), wspace=0.25)
    steps, show_factor = np.arange(101), _factors(right)
    (line,) = ax.plot([], [], ".-", color=style.BLUE, label="W")
    (other,) = ax.plot([], [], "--", color=style.ORANGE, label="W, pulled to 1 by the data")
    ax.axhline(0, color=style.INK, lw=0.8)
    ax.set(xlim=(0, 100), ylim=(-1.3, 2.1), xlabel="step", title="weight")
    ax.legend(frameon=False, loc="upper right")

    def update(lambda_, alpha, m):
        factor = show_factor(lambda_, alpha, m)
        alone, pulled = [2.0], [2.0]
        for _ in steps[1:]:
            slope = float(lecture.l2_gradient(alone[-1], lambda_, m))
            alone.append(alone[-1] - alpha * slope)
            slope = float(lecture.l2_gradient(pulled[-1], lambda_, m)) + pulled[-1] - 1
            pulled.append(pulled[-1] - alpha * slope)
        line.set_data(steps, np.clip(alone, -9, 9))
        other.set_data(steps, np.clip(pulled, -9, 9))
        rest = 1 / (1 + lambda_ / m)
        words = f"{alone[-1]:.3f}" if abs(alone[-1]) < 100 else "far away"
        settles = f"where the data pull to 1 it settles at {rest:.3f}"
        return (
            f"each step keeps {factor:.3f} of W: of 2, {words} is left after 100 steps; {settles}"
        )

    update.handles, update.formula = (Handle(right, x="lambda_", y=_kept),), _L2_STEP
    return update


def _kept(lambda_, alpha, m):
    """Return which share of a weight each step of descent with L2 keeps."""
    return 1 - alpha * lambda_ / m


def _factors(ax):
    """Draw what each step keeps of W against λ; return what moves it and says it at one λ."""
    lambdas = np.array([0, 100])
    ax.axhspan(-5.5, -1, color=style.ORANGE, alpha=0.14, linewidth=0)
    ax.axhline(0, color=style.INK, lw=0.8)
    (line,) = ax.plot([], [], color=style.BLUE)
    (dot,) = ax.plot([], [], "o", color=style.BLUE, ms=9)
    ax.set(xlim=(-3, 103), ylim=(-5.5, 1.5), xlabel="λ (orange: W diverges)")
    ax.set_title("share kept by each step")

    def show(lambda_, alpha, m):
        line.set_data(lambdas, _kept(lambdas, alpha, m))
        dot.set_data([lambda_], [factor := _kept(lambda_, alpha, m)])
        return factor

    return show


def masks(fig, algorithm=lecture.dropout):
    """Show ten units of one layer under dropout, and their mean over many masks."""
    ax_kept, ax_now, ax_mean = style.axes(
        fig, 1, 3, height=3.2, width_ratios=(1, 7, 7), left=0.5, wspace=0.35
    )
    show_kept, a = _share_and_probability(ax_kept), np.linspace(0.2, 2.0, 10)
    now = _units(ax_now, a, style.ORANGE, "one mask")
    mean = _units(ax_mean, a, style.BLUE, "mean over masks")
    ax_now.legend(frameon=False, loc="upper left")

    def update(keep_prob, draws, divided):
        rng, factor = np.random.default_rng(0), 1.0 if divided else keep_prob
        drawn = [algorithm(a[:, None], keep_prob, rng)[0] for _ in range(draws)]
        many = factor * np.hstack(drawn)  # one mask more leaves those before it as they were
        for bars, heights in ((now, many[:, -1]), (mean, many.mean(axis=1))):
            for bar, height in zip(bars, heights, strict=True):
                bar.set_height(height)
        ratio = many.mean() / a.mean()
        kept = np.count_nonzero(many[:, -1])
        show_kept(np.count_nonzero(many) / many.size, keep_prob)
        how = "divided by keep_prob" if divided else "not divided"
        return (
            f"keep_prob {keep_prob:g}, {how}: {kept} of 10 kept; mean of {draws}: {ratio:.2f} of it"
        )

    update.handles = (Handle(ax_kept, x=0, y="keep_prob"),)
    return update


def _units(ax, a, colour, title):
    """Draw units without dropout; return the bars of those with it."""
    at = np.arange(len(a))
    ax.bar(at, a, 0.85, fill=False, edgecolor=style.GREY, label="without dropout")
    ax.set(ylim=(0, 4.2), xlabel="unit", title=title, xticks=at[::3])
    return ax.bar(at, a, 0.6, color=colour, label="with dropout")


def _share_and_probability(ax):
    """Draw the share of units that was kept, and keep_prob across it; return what moves them."""
    (bar,) = ax.bar([0], [0], 0.85, color=style.SKY)
    line = ax.axhline(0, color=style.INK, lw=2)
    ax.set(xlim=(-0.6, 0.6), ylim=(0, 1.05), xticks=[], title="kept", xlabel="line:\nkeep_prob")
    ax.xaxis.label.set_fontsize(9)

    def show(share, keep_prob):
        bar.set_height(share)
        line.set_ydata([keep_prob, keep_prob])

    return show


def noises(fig):
    """Show dropout's noise of a unit, and batch norm's, against the size of the mini-batch."""
    ax = style.axes(fig, height=3.3)
    sizes = 2 ** np.arange(2, 11)
    (drop,) = ax.loglog([], [], "o-", color=style.ORANGE, label="dropout: noise of one activation")
    (norm,) = ax.loglog([], [], "s--", color=style.BLUE, label="batch norm: noise of μ")
    marker = ax.axvline(64, color=style.GREY, lw=8, alpha=0.25)
    ax.set(xlim=(3.5, 1200), ylim=(0.02, 4), xlabel="mini-batch size m", ylabel="noise")
    ax.set_xticks(sizes, sizes)
    ax.minorticks_off()
    ax.legend(frameon=False, loc="lower left")
    known = {m: batch_norm_noise(m) for m in sizes}

    def update(exponent, keep_prob):
        dropped = [_noise_of_dropout(m, keep_prob) for m in sizes]
        drop.set_data(sizes, dropped)
        norm.set_data(sizes, list(known.values()))
        m = 2**exponent
        marker.set_xdata([m, m])
        formulas = np.sqrt((1 - keep_prob) / keep_prob), 1 / np.sqrt(m)
        said = f"dropout {dropped[exponent - 2]:.2f}, batch norm {known[m]:.3f}"
        return f"m = {m}: {said}; √((1 − p)/p) = {formulas[0]:.2f}, 1/√m = {formulas[1]:.3f}"

    update.handles = (
        Handle(ax, x="exponent", to_x=_size, y=lambda exponent, keep_prob: known[2**exponent]),
        Handle(ax, x=sizes[-1], y="keep_prob", to_y=_noise_in_large),
    )
    return update


def _size(exponent, keep_prob):
    return 2**exponent


def _noise_in_large(exponent, keep_prob):
    return _noise_of_dropout(2**10, keep_prob)


_noise_of_dropout = cache(dropout_noise)
