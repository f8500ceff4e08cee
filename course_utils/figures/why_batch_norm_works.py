"""Pictures of why batch norm works, as far as anybody knows."""

from functools import cache, partial

import numpy as np
from matplotlib.colors import to_rgb

from course_utils import batch_norm, datasets, optimizers, softmax, training
from course_utils import initialization as schemes
from course_utils import why_batch_norm_works as lecture
from course_utils.activations import tanh
from course_utils.experiments import live
from course_utils.figures import style
from course_utils.network import Network

_STILL, _MOVING = "the cats stay, the light changes", "other cats, the same border"
PLACES = (_MOVING, _STILL)
"""What may make the second data set differ from the first."""


def cats(fig):
    """Show a network that has learned from black cats other cats."""
    rng = np.random.default_rng(12)
    X, y = datasets.cats(300, rng, place=-1.5)
    network = _fitted(X, y)
    X_test, y_black = datasets.cats(300, rng, place=-1.5)
    ax = style.axes(fig, height=3.6, right=1.9)
    shown = (-3.2, 3.2, -2.6, 2.6)
    grid = _grid(shown, 120)
    ink = np.array([to_rgb(style.SKY), to_rgb(style.YELLOW)])
    says_cat = network.predict(grid)[0] > 0.5
    ground = (1 - 0.35 * (1 - ink[says_cat.astype(int)])).reshape(120, 120, 3)
    ax.imshow(ground, origin="lower", extent=shown, aspect="auto", zorder=0)
    x1 = np.linspace(*shown[:2], 200)
    ax.plot(x1, datasets.border(x1), color=style.INK, lw=1.5, label="true border")
    looks = ("o", style.ORANGE, "cat"), ("s", style.BLUE, "not a cat")
    dots = [ax.plot([], [], m, ms=4, color=c, mec="white", mew=0.3, label=label)[0]
            for m, c, label in looks]  # fmt: skip
    ax.set(xlim=shown[:2], ylim=shown[2:], xlabel="$x_1$, colour", ylabel="$x_2$")
    ax.legend(frameon=False, bbox_to_anchor=(1.0, 1.0), loc="upper left", fontsize=10)

    def update(shift, what, normalised):
        moved = X_test + np.array([[shift], [0.0]])
        truth = y_black[0] > 0.5 if what == _STILL else moved[1] > datasets.border(moved[0])
        seen = _to_statistics_of(X, moved) if normalised else moved
        for dot, chosen in zip(dots, (truth, ~truth), strict=True):
            dot.set_data(*seen[:, chosen])
        right = np.mean((network.predict(seen)[0] > 0.5) == truth)
        done = ", each set normalised" if normalised else ""
        return f"shift {shift:.1f} ({what}{done}): {right:.0%} right"

    return update


def _fitted(X, y):
    network = Network([2, 12, 12, 1], np.random.default_rng(3), activation=tanh)
    adam, rng = optimizers.Adam(alpha=0.02), np.random.default_rng(0)
    training.fit(network, X, y, adam, epochs=40, rng=rng, size=60, progress=False)
    return network


def _to_statistics_of(X, moved):
    """Give `moved` the mean and the spread of `X`."""
    z, _ = batch_norm.forward(
        moved, X.std(axis=1, keepdims=True), X.mean(axis=1, keepdims=True), epsilon=0
    )
    return z


def _grid(limits, points):
    left, right, bottom, top = limits
    x, y = np.linspace(left, right, points), np.linspace(bottom, top, points)
    return np.stack(np.meshgrid(x, y)).reshape(2, -1)


STEPS, DEPTH = 120, 3
RATES = (0.05, 0.5, 2.0)
"""Learning rates of `drift`."""


def digits():
    """Return the first 640 digits and their one-hot labels."""
    X, labels = datasets.digits()
    return X[:, :640], softmax.one_hot(labels[:640], 10)


def wander(X, Y, *, with_norm, alpha, seed):
    """Train for `STEPS` steps and watch what hidden layer 3 gives its activation.

    Returns
    -------
    values : ndarray, shape (STEPS + 1, units, 200)
        Of the first 200 examples, after each step.
    costs : ndarray, shape (STEPS,)
    """
    widths, rng = (len(X), 24, 24, 24, len(Y)), np.random.default_rng(seed)
    network = Network(widths, rng, activation=tanh, initialization=schemes.xavier,
                      batch_norm=with_norm)  # fmt: skip
    descent = optimizers.GradientDescent(alpha=alpha)
    run = training.Training(network, X, Y, descent, np.random.default_rng(seed + 100))
    order = np.random.default_rng(seed).permutation(X.shape[1])
    values, costs = [lecture.before_activation(network, X[:, :200], DEPTH)], []
    for step in range(STEPS):
        chosen = np.take(order, np.arange(64 * step, 64 * step + 64), mode="wrap")
        costs.append(run.step(X[:, chosen], Y[:, chosen]))
        values.append(lecture.before_activation(network, X[:, :200], DEPTH))
    return np.array(values), np.array(costs)


@cache
def _wandering(alpha, with_norm):
    X, Y = digits()
    return wander(X, Y, with_norm=with_norm, alpha=alpha, seed=1)[0]


def drift(fig):
    """Values of one unit of the third hidden layer while the network learns."""
    ax_plain, ax_norm = style.axes(fig, 1, 2, height=3.3, wspace=0.12)
    panels = []
    for ax, title in ((ax_plain, "without batch norm: z"), (ax_norm, "with batch norm: z̃")):
        ax.set(xlim=(0, STEPS), ylim=(-4, 4), xlabel="step", title=title)
        lines = [ax.plot([], [], color=style.BLUE, lw=w)[0] for w in (1, 2.5, 1)]
        panels.append((lines, ax.axvline(0, color=style.GREY, lw=1)))
    ax_plain.set_ylabel("15 %, 50 %, 85 % of its values")
    ax_norm.tick_params(labelleft=False)
    runs = {(alpha, with_norm): _wandering(alpha, with_norm)
            for alpha in RATES for with_norm in (False, True)}  # fmt: skip

    def update(step, unit, alpha):
        said = []
        for (lines, marker), with_norm in zip(panels, (False, True), strict=True):
            z = runs[alpha, with_norm][:, unit]
            for line, q in zip(lines, np.quantile(z, (0.15, 0.5, 0.85), axis=1), strict=True):
                line.set_data(np.arange(STEPS + 1), np.clip(q, -50, 50))
            marker.set_xdata([step, step])
            said.append(f"mean {z[step].mean():.2f}, spread {z[step].std():.2f}")
        return f"α = {alpha:g}, unit {unit}, step {step}: {said[0]}; with batch norm {said[1]}"

    return update


def noise(fig):
    """How far the mean of a mini-batch lies from the mean of all, by its size."""
    values = _one_units_values()
    left, right = style.axes(fig, 1, 2, height=3.2, wspace=0.35)
    draws = np.random.default_rng(8).choice(values, (400, 512))
    sums = draws.cumsum(axis=1)
    edges = np.linspace(-1, 1, 41)
    bars = left.bar(edges[:-1], np.zeros(40), np.diff(edges), align="edge", color=style.SKY)
    left.set(xlim=(-1, 1), ylim=(0, 1), xlabel="mean of a mini-batch", yticks=[])
    left.set_title("400 mini-batches")
    sizes = 2 ** np.arange(3, 10)
    measured = [_spread_of_means(sums, m) for m in sizes]
    right.loglog(sizes, 1 / np.sqrt(sizes), color=style.GREY, label="1 / √m")
    right.loglog(sizes, measured, "o", color=style.BLUE, label="measured")
    (ring,) = right.plot([], [], "o", ms=13, mfc="none", mec=style.ORANGE, mew=2)
    right.set(xlabel="mini-batch size m", ylabel="noise of the mean, in σ")
    right.set_xticks(sizes, [str(m) for m in sizes])
    right.minorticks_off()
    right.set_yticks([0.05, 0.1, 0.2, 0.4], ["0.05", "0.1", "0.2", "0.4"])
    right.legend(frameon=False)

    def update(size):
        size = round(size)
        counts, _ = np.histogram(sums[:, size - 1] / size, edges)
        for bar, count in zip(bars, counts / max(counts.max(), 1), strict=True):
            bar.set_height(0.95 * count)
        here = _spread_of_means(sums, size)
        ring.set_data([size], [here])
        return f"m = {size}: the mean is off by {here:.3f} σ; 1/√m = {1 / np.sqrt(size):.3f}"

    return update


def _one_units_values():
    """Return one hidden unit's values for every digit, with mean 0 and spread 1."""
    X, _ = datasets.digits()
    z = schemes.he(1, 64, np.random.default_rng(5)) @ X
    return batch_norm.forward(z, [[1.0]], [[0.0]], epsilon=0)[0][0]


def _spread_of_means(sums, size):
    return float((sums[:, size - 1] / size).std())


KINDS = ("without batch norm", "with batch norm", "with batch norm and shifting noise")
STARTS = {
    "He": schemes.he,
    "too small": partial(schemes.normal, scale=0.05),
    "large": partial(schemes.normal, scale=0.5),
}
"""With which weights the networks of `experiment` may start."""

SEEDS = 5
FRAMES, STEPS_A_FRAME = 80, 3
"""Of `experiment`."""


def experiment(fig):
    """Fifteen networks learn the digits: five without batch norm, five with, five with noise."""
    X, Y = digits()
    ax = style.axes(fig, height=3.5, right=0.2)
    ax.set(xlim=(0, FRAMES * STEPS_A_FRAME), ylim=(0, 3.2), xlabel="step", ylabel="cost J")
    looks = zip(KINDS, (style.ORANGE, style.BLUE, style.GREEN), ("-", "-", "--"), strict=True)
    lines = [ax.plot([], [], look, color=colour, lw=1, alpha=0.8)[0] for _, colour, look in looks]
    fig.legend(lines, KINDS, frameon=False, ncols=3, loc="upper center")
    lives = {start: _Race(X, Y, start) for start in STARTS}

    def update(frame, alpha, start):
        for number, _ in lives[start].line.reach(frame, alpha):
            states = lives[start].line.states
            costs = np.minimum([state.costs for state in states], 50)
            gaps = np.vstack([costs, np.full(costs.shape[1], np.nan)])  # five curves in one line
            at = np.tile(np.arange(len(gaps)) * STEPS_A_FRAME, SEEDS)
            for k, line in enumerate(lines):
                line.set_data(at, gaps[:, k * SEEDS : (k + 1) * SEEDS].T.ravel())
            yield _said(number, alpha, start, states[-1].costs.reshape(len(KINDS), SEEDS))

    return update


def _said(frame, alpha, start, costs):
    spreads = [f"{np.min(c):.2f}…{np.max(c):.2f}" for c in np.minimum(costs, 1e6)]
    named = "; ".join(f"{kind} {spread}" for kind, spread in zip(KINDS, spreads, strict=True))
    return f"step {frame * STEPS_A_FRAME}, α = {alpha:g}, start {start}: cost {named}"


class _State:
    """Snapshots and smoothed costs of all networks after a frame."""

    def __init__(self, snapshots, costs):
        self.snapshots, self.costs = snapshots, costs


class _Race:
    """Networks that learn side by side, a few steps a frame."""

    def __init__(self, X, Y, start):
        self.runs = [
            _run(X, Y, kind, STARTS[start], seed) for kind in KINDS for seed in range(SEEDS)
        ]
        costs = [run.network.cost_and_gradient(run.X, run.Y, run.rng) for run in self.runs]
        first = _State([run.snapshot() for run in self.runs], np.array(costs))
        self.line = live.Timeline(first, self.advance)

    def advance(self, state, alpha):
        snapshots, costs = [], []
        for run, snapshot, before in zip(self.runs, state.snapshots, state.costs, strict=True):
            run.restore(snapshot)
            run.optimizer = optimizers.GradientDescent(alpha=alpha)
            seen = [run.step(*_batch(run)) for _ in range(STEPS_A_FRAME)]
            cost = np.mean(seen)
            costs.append(0.7 * before + 0.3 * cost if np.isfinite(cost) else before)
            snapshots.append(run.snapshot())
        return _State(snapshots, np.array(costs))


def _batch(run):
    chosen = run.rng.integers(0, run.X.shape[1], 64)
    return run.X[:, chosen], run.Y[:, chosen]


def _run(X, Y, kind, scheme, seed):
    network = Network((64, 32, 32, 32, 10), np.random.default_rng(seed), initialization=scheme,
                      batch_norm=kind != KINDS[0], dtype=np.float32)  # fmt: skip
    if kind == KINDS[2]:
        lecture.add_noise(network, 1.0)
    descent = optimizers.GradientDescent(alpha=0.1)
    return training.Training(network, X, Y, descent, np.random.default_rng(seed + 50))
