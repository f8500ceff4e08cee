"""Pictures of regularization: boundaries, weights that shrink, units that are dropped."""

from functools import cache

import numpy as np
from matplotlib.collections import LineCollection

from course_utils import regularization as lecture
from course_utils.experiments import live
from course_utils.experiments.regularization import (
    BEST,
    CURVATURE,
    LAMBDAS,
    batch_norm_noise,
    cheapest,
    data_cost,
    dropout_noise,
    few_moons,
    fitted,
    thinned,
)
from course_utils.figures import planes, style
from course_utils.support.formulas import Formula
from course_utils.support.handles import Handle
from course_utils.support.words import percent

LIMITS = (-1.9, 2.9, -1.5, 2.0)

_ASTRAY = {"x": 1.0, "y": -0.5, "lambda_": 0.0, "added": 0}

MOMENTS = {
    "learning": {
        "step 90": (
            {"step": 90, "alpha": 0.01},
            "92 % of the development set are right, more than ever after. The boundary is smooth.",
        ),
        "step 600": (
            {"step": 600, "alpha": 0.01},
            "Every training point is right, and for some of them the boundary has grown fingers "
            "and an island.",
        ),
        "a smaller α": (
            {"step": 600, "alpha": 0.001},
            "Ten times slower: after 600 steps it has not come to overfit yet.",
        ),
    },
    "stray": {
        "λ = 0": (_ASTRAY, "One point of forty, and blue ground is made for it amid the orange."),
        "λ = 0.3": (
            {**_ASTRAY, "lambda_": 0.3},
            "The price of blue ground there is about what it brings.",
        ),
        "λ = 1": ({**_ASTRAY, "lambda_": 1.0}, "Not worth it any more: the point is given up."),
        "λ = 3": (
            {**_ASTRAY, "lambda_": 3.0},
            "Nearly a straight edge, and pale: high bias begins.",
        ),
    },
    "shrinking": {
        "decay": (
            {"lambda_": 5.0, "alpha": 0.1, "m": 10},
            "Each step keeps 0.95. Against the data, it comes to rest at 1 / (1 + 0.5).",
        ),
        "half is gone at once": (
            {"lambda_": 50.0, "alpha": 0.1, "m": 10},
            "αλ/m = 0.5: each step keeps one half.",
        ),
        "it swings": (
            {"lambda_": 50.0, "alpha": 0.3, "m": 10},
            "αλ/m = 1.5: each step turns the weight round and halves it.",
        ),
        "it diverges": (
            {"lambda_": 80.0, "alpha": 0.3, "m": 10},
            "αλ/m = 2.4: each step turns it round and makes it 1.4 times as large.",
        ),
    },
    "touching": {
        "a little L2": (
            {"rate": 0.1, "price": "L2"},
            "Along the valley, where the data care little, w₂ has lost a quarter already.",
        ),
        "much L2": ({"rate": 10.0, "price": "L2"}, "Both weights are small, and neither is 0."),
        "L1": ({"rate": 1.0, "price": "L1"}, "The ellipse touches a corner: w₂ is exactly 0."),
    },
    "masks": {
        "one mask": (
            {"keep_prob": 0.5, "draws": 1, "divided": True},
            "Both pictures show the same mask: some units are gone, the others twice as high.",
        ),
        "400 masks": (
            {"keep_prob": 0.5, "draws": 400, "divided": True},
            "The mean has come back to the grey outlines, which are the layer without dropout.",
        ),
        "400, not divided": (
            {"keep_prob": 0.5, "draws": 400, "divided": False},
            "The mean stands at half of the grey outlines, and there it stays.",
        ),
    },
    "noises": {
        "m = 16": ({"exponent": 4, "keep_prob": 0.8}, "Batch norm's mean still scatters by ¼."),
        "m = 512": ({"exponent": 9, "keep_prob": 0.8}, "32 times as many: 1/√32 of that noise."),
        "keep_prob = 0.5": (
            {"exponent": 6, "keep_prob": 0.5},
            "Dropout's noise is 1, twice as large as at 0.8, whatever m is.",
        ),
    },
}


def learning(fig, run, wanted=None, thin=0):
    """The boundary while a network learns, and how many answers are right at every step.

    Where a share of the development set is `wanted`, a dotted line shows it; thin lines are the
    boundaries of as many thinned networks as are asked for.
    """
    left, right = style.axes(fig, 1, 2, height=3.9, top=0.65, width_ratios=[1.3, 1], wspace=0.3)
    show_answers, show_curves = _answers(left, run.X, run.y), _curves(right, run)
    show_thin = _thinned(left, thin)
    if wanted is not None:
        right.axhline(wanted, color=style.INK, lw=1, ls=":")

    def update(step, lambda_=0.0, keep_prob=1.0, alpha=0.01):
        settings = {"lambda_": lambda_, "keep_prob": keep_prob, "alpha": alpha}
        for number, network in run.reach(round(step) // run.steps_a_frame, **settings):
            show_answers(network)
            show_thin(network, keep_prob)
            shares = run.curves(number, **settings)
            best = show_curves(shares, step)
            said = _said(number * run.steps_a_frame, shares[:, -1], **settings)
            yield f"{said}; development was best at step {best}: {percent(shares[1].max(), 1)}"

    update.handles = (Handle(right, x="step", y=1.05),)
    return update


def _thinned(ax, count):
    """Draw the boundaries of some thinned networks; return what moves them."""
    show_boundaries = planes.boundaries(ax, LIMITS)
    if count:
        ax.set_title(f"lines: {count} thinned networks", pad=22)

    def show(network, keep_prob):
        rng = np.random.default_rng(0)  # the same masks at every step
        show_boundaries([thinned(network, keep_prob, rng) for _ in range(count)])

    return show


def _said(step, right, lambda_, keep_prob, alpha):
    knobs = f"λ = {lambda_:g}, keep_prob = {keep_prob:g}, α = {alpha:g}"
    said = f"training {percent(right[0])}, development {percent(right[1], 1)} right"
    return f"step {step}, {knobs}: {said}"


def _curves(ax, run):
    """Draw the shares that are right against the step; return what moves them."""
    training = ax.plot([], [], "--", color=style.GREEN, label="training")[0]
    dev = ax.plot([], [], color=style.PINK, lw=2, label="development")[0]
    best = ax.plot([], [], "o", color=style.PINK, ms=8, mec="white")[0]
    cursor = ax.axvline(0, color=style.INK, lw=0.8)
    ax.set(xlim=(0, run.frames * run.steps_a_frame), ylim=(0.4, 1.09))
    ax.set_xlabel("step  (dot: the best so far)")
    ax.set_yticks(np.arange(0.4, 1.01, 0.1))
    style.percent(ax.yaxis)
    ax.set_title("right answers", pad=22)
    ax.legend(frameon=False, ncols=2, loc="lower center", bbox_to_anchor=(0.5, 0.98), fontsize=9)

    def show(shares, step):
        """Move everything; return the step at which most of the development set was right."""
        steps = run.steps_a_frame * np.arange(shares.shape[1])
        for line, heights in zip((training, dev), shares, strict=True):
            line.set_data(steps, heights)
        at = int(shares[1].argmax())
        best.set_data(steps[[at]], shares[1, [at]])
        cursor.set_xdata([step, step])
        return steps[at]

    return show


def stray(fig):
    """What a network makes of one example that is moved, and of copies of it left behind."""
    left, right = style.axes(fig, 1, 2, height=3.7, width_ratios=[1.5, 1], wspace=0.3)
    X, y = few_moons()
    show_answers, show_weights = planes.ground(left, LIMITS), _weights(right)
    planes.points(left, X[:, 1:], y[:, 1:])
    show_points, copies = planes.moving_points(left), live.Scattered(planes.REACH)
    left.set_title("large dot: drag it")

    def update(x, y, lambda_, added):
        places, hand = copies.so_far(added, (x, y))
        del places[hand]
        behind = [(*place, 0) for place in places]
        network, orange, dev = fitted((x, y), lambda_, tuple(places))
        show_answers(network)
        size = show_weights(network)
        show_points((x, y, 0), behind)
        return (
            f"λ = {lambda_:g}: at the large dot, blue has the probability {1 - orange:.2f}; "
            f"{percent(dev)} of the development set right; ‖W‖ = {size:.0f}"
            f"{planes.in_words(behind)}"
        )

    update.forget = copies.begin
    update.handles = (Handle(left, x="x", y="y", pressed=True),)
    return update


def valley(fig, errors):
    """The development error against lambda, for some draws and in their median."""
    ax = style.axes(fig, height=3.5)
    lambdas = np.array(LAMBDAS)
    thin = LineCollection([], colors=style.SKY, linewidths=0.9)
    ax.add_collection(thin, autolim=False)
    median = ax.plot([], [], "o-", color=style.BLUE, lw=2.5, ms=5, label="median")[0]
    here = ax.axvline(1, color=style.INK, lw=0.8)
    ax.set(xscale="log", yscale="log", xlim=(0.008, 40), ylim=(0.07, 0.6), xlabel="λ")
    ax.set_title("error on the development set (thin: one line a draw)")
    style.ticks(ax.xaxis, lambdas)
    style.ticks(ax.yaxis, [0.1, 0.15, 0.2, 0.3, 0.5], ("10 %", "15 %", "20 %", "30 %", "50 %"))

    def update(lambda_, draws):
        shown, at = errors[:draws], LAMBDAS.index(lambda_)
        thin.set_segments([np.column_stack([lambdas, row]) for row in shown])
        medians = np.median(shown, axis=0)
        median.set_data(lambdas, medians)
        here.set_xdata([lambda_, lambda_])
        low, high = shown[:, at].min(), shown[:, at].max()
        least = LAMBDAS[int(medians.argmin())]
        of = f"{draws} draws ({percent(low)} to {percent(high)})" if draws > 1 else "1 draw"
        return (
            f"λ = {lambda_:g}: median error {percent(medians[at], 1)} of {of}; "
            f"the median is least at λ = {least:g}"
        )

    update.handles = (Handle(ax, x="lambda_", y=lambda **at: _median_error(errors, **at)),)
    return update


def _median_error(errors, lambda_, draws):
    return float(np.median(errors[:draws, LAMBDAS.index(lambda_)]))


def _answers(ax, X, y):
    """Draw examples over the colours of a network's answers; return what paints these."""
    show = planes.ground(ax, LIMITS)
    planes.points(ax, X, y)
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
        style.reach(ax, 0, max(0.4, 1.05 * counts.max() / len(weights)))
        return np.linalg.norm(weights)

    return show


_L2_STEP = Formula(
    r"W := \now{kept}{\left(1 - \frac{\now{alpha}{\alpha}\, \now{lambda_}{\lambda}}"
    r"{\now{m}{m}}\right)} W - \alpha\, \text{(the gradient of the data's cost)}",
    kept=lambda **at: _kept(**at),
)


def shrinking(fig):
    """Two weights under descent with L2: the data leave one alone and pull the other to 1."""
    ax, right = style.axes(fig, 1, 2, height=3.3, width_ratios=(3, 2), wspace=0.25)
    steps, show_factor = np.arange(101), _factors(right)
    (line,) = ax.plot([], [], ".-", color=style.BLUE, label="W")
    (other,) = ax.plot([], [], "--", color=style.ORANGE, label="W, pulled to 1 by the data")
    ax.axhline(0, color=style.INK, lw=0.8)
    ax.set(xlim=(0, 100), ylim=(-1.3, 2.1), xlabel="step", title="weight")
    ax.legend(loc="lower right", **style.GROUND)

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
        return (
            f"each step multiplies W by {factor:.3f}: 100 steps take it from 2 {_end(alone[-1])}; "
            f"where the data pull to 1 it {_settles(lambda_, alpha, m)}"
        ).replace("-", "−")

    update.handles, update.formula = (Handle(right, x="lambda_", y=_kept),), _L2_STEP
    return update


def _end(weight):
    if 0 < abs(weight) < 5e-4:
        return "to almost 0"
    return f"to {weight:.3f}" if abs(weight) < 100 else "far away"


def _settles(lambda_, alpha, m):
    """Say where a weight comes to rest that the data pull to 1 with a curvature of 1."""
    if abs(_kept(lambda_, alpha, m) - alpha) >= 1:
        return "does not settle"
    return f"settles at {1 / (1 + lambda_ / m):.3f}"


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
    ax.set_title("1 − αλ/m")

    def show(lambda_, alpha, m):
        line.set_data(lambdas, _kept(lambdas, alpha, m))
        dot.set_data([lambda_], [factor := _kept(lambda_, alpha, m)])
        return factor

    return show


_RATES = np.geomspace(0.01, 100, 81)


def touching(fig):
    """Where a price on two weights moves the minimum: lines of equal cost and price touch."""
    left, right = style.axes(fig, 1, 2, height=3.8, top=0.65, width_ratios=(1, 1.1), wspace=0.3)
    show_plane, (lines, cursor) = _valley_of_two(left), _two_weights(right)
    ways = {price: cheapest(_RATES, price) for price in ("L2", "L1")}

    def update(rate, price):
        (w,) = cheapest([rate], price).T
        show_plane(w, ways[price], price)
        for line, values in zip(lines, ways[price], strict=True):
            line.set_ydata(values)
        cursor.set_xdata([rate, rate])
        told = " and ".join(f"w{k} {_small(x)}" for k, x in zip("₁₂", w, strict=True))
        return f"{price}, λ/m = {rate:.3g}: {told}; the data's cost is {data_cost(w):.3f}"

    update.handles = (Handle(right, x="rate", y=_first_weight),)
    return update


def _first_weight(rate, price):
    return cheapest([rate], price)[0, 0]


def _small(x):
    return "is exactly 0" if x == 0 else f"= {x:.3f}"


def _two_weights(ax):
    """Draw two weights against λ/m; return their lines and the cursor."""
    looks = {"w₁": (style.PINK, "-"), "w₂": (style.GREEN, "--")}
    lines = [
        ax.plot(_RATES, _RATES, line, color=colour, lw=2, label=name)[0]
        for name, (colour, line) in looks.items()
    ]
    cursor = ax.axvline(1, color=style.INK, lw=0.8)
    ax.set(xscale="log", xlim=(0.01, 100), ylim=(-0.05, 1.6), xlabel="λ/m")
    style.ticks(ax.xaxis, [0.01, 0.1, 1, 10, 100])
    ax.set_title("the two weights", pad=22)
    ax.legend(frameon=False, ncols=2, loc="lower center", bbox_to_anchor=(0.5, 0.98), fontsize=9)
    return lines, cursor


def _valley_of_two(ax):
    """Draw the data's cost over two weights; return what moves the lines that touch on it."""
    w = np.array(np.meshgrid(np.linspace(-0.8, 2.3, 90), np.linspace(-0.8, 2.3, 90)))
    levels = 0.02 * 2.2 ** np.arange(8)
    ax.contour(*w, data_cost(w), levels=levels, colors="#C4C4C4", linewidths=0.9)
    ax.plot(*BEST, "*", color=style.INK, ms=13)
    ax.axhline(0, color=style.GREY, lw=0.6)
    ax.axvline(0, color=style.GREY, lw=0.6)
    (way,) = ax.plot([], [], ":", color=style.INK, lw=1.5)
    (equal_cost,) = ax.plot([], [], color=style.ORANGE, lw=2, label="equal cost")
    (equal_price,) = ax.plot([], [], "--", color=style.BLUE, lw=2, label="equal price")
    (here,) = ax.plot([], [], "o", color=style.INK, ms=8, mec="white")
    ax.set(xlim=(-0.8, 2.3), ylim=(-0.8, 2.3), xlabel="$w_1$", ylabel="$w_2$", aspect="equal")
    ax.set_title("star: the data's minimum", pad=22)
    ax.legend(frameon=False, ncols=2, loc="lower center", bbox_to_anchor=(0.5, 0.98), fontsize=9)

    def show(w, path, price):
        equal_cost.set_data(*_ellipse(data_cost(w)))
        equal_price.set_data(*_ring(w, price))
        way.set_data(*path)
        here.set_data(w[[0]], w[[1]])

    return show


_ROUND = np.stack([f(np.linspace(0, 2 * np.pi, 121)) for f in (np.cos, np.sin)])


def _ellipse(cost):
    """Return the places around `BEST` of one cost of the data."""
    values, directions = np.linalg.eigh(CURVATURE)
    return BEST[:, None] + directions @ (np.sqrt(2 * cost / values)[:, None] * _ROUND)


def _ring(w, price):
    """Return the places whose price is that of w: a circle, or a square on its corner."""
    if price == "L2":
        return np.linalg.norm(w) * _ROUND
    return np.abs(w).sum() * np.array([[1, 0, -1, 0, 1], [0, 1, 0, -1, 0]])


def masks(fig, algorithm=lecture.dropout):
    """Ten units of one layer under dropout, and their mean over many masks."""
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
        means = many.mean(axis=1)
        _raise(now, many[:, -1], most=2 * factor / keep_prob)
        _raise(mean, means, most=means.max())
        ratio = many.mean() / a.mean()
        kept = np.count_nonzero(many[:, -1])
        show_kept(np.count_nonzero(many) / many.size, keep_prob)
        how = "divided by keep_prob" if divided else "not divided"
        which = "the mask" if draws == 1 else "the last mask"
        return (
            f"keep_prob {keep_prob:g}, {how}: {which} keeps {kept} of 10; {_masks(draws)}: "
            f"{ratio:.2f} of the layer without dropout"
        )

    update.handles = (Handle(ax_kept, x=0, y="keep_prob"),)
    return update


def _masks(draws):
    return "this one mask" if draws == 1 else f"mean of {draws} masks"


def _units(ax, a, colour, title):
    """Draw units without dropout; return the bars of those with it."""
    at = np.arange(len(a))
    ax.bar(at, a, 0.85, fill=False, edgecolor=style.GREY, label="without dropout")
    ax.set(ylim=(0, 4.2), xlabel="unit", title=title, xticks=at[::3])
    return ax.bar(at, a, 0.6, color=colour, label="with dropout")


def _raise(bars, heights, most):
    """Give bars their heights, and the axes room for the highest."""
    for bar, height in zip(bars, heights, strict=True):
        bar.set_height(height)
    style.reach(bars[0].axes, 0, max(4.2, 1.05 * most))


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
    """Dropout's noise of a unit, and batch norm's, against the size of the mini-batch."""
    ax = style.axes(fig, height=3.3)
    sizes = 2 ** np.arange(2, 11)
    (drop,) = ax.loglog([], [], "o-", color=style.ORANGE, label="dropout: noise of one activation")
    (norm,) = ax.loglog([], [], "s--", color=style.BLUE, label="batch norm: noise of μ")
    marker = ax.axvline(64, color=style.GREY, lw=8, alpha=0.25)
    ax.set(xlim=(3.5, 1200), ylim=(0.02, 4), xlabel="mini-batch size m")
    ax.set_ylabel("noise: standard deviation")
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
