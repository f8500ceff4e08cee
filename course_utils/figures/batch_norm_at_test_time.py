"""Pictures of batch norm at test time: the statistics that stay when there is no mini-batch."""

from functools import cache

import numpy as np

from course_utils import batch_norm, datasets, optimizers, softmax, training
from course_utils.experiments import batch_norm_at_test_time as experiments
from course_utils.figures import style
from course_utils.network import Network

_ONE, _ZERO, _EPSILON = np.ones((1, 1)), np.zeros((1, 1)), 1e-5
_WIDTHS = (64, 64, 32, 10)
_NO_NUMBERS = "no numbers: NaN or infinity"


def by_given_statistics(z, gamma, beta, mean, variance, epsilon):
    """Return `course_utils.batch_norm.inference`, mean and variance as arrays."""
    running = batch_norm.RunningStatistics(mean, variance)
    return batch_norm.inference(z, gamma, beta, running, epsilon=epsilon)


def company(fig, algorithm=by_given_statistics):
    """Show one example in changing company, normalised by its batch and by running statistics."""
    above, below = style.axes(fig, 2, 1, height=3.6, left=0.25, hspace=0.85)
    others = np.random.default_rng(4).normal(size=63)
    (mates,) = above.plot([], [], "|", color=style.GREY, ms=18, label="its company")
    (one,) = above.plot([], [], "o", color=style.ORANGE, ms=9, label="the example")
    (batch,) = below.plot([], [], "s", color=style.BLUE, ms=9, label="by its batch")
    (ring,) = below.plot(
        [], [], "o", mfc="none", color=style.INK, ms=15, mew=1.5, label="running, alone"
    )
    (running,) = below.plot([], [], "D", color=style.GREEN, ms=7, label="running, in the batch")
    message = below.text(0, -0.75, "", ha="center", color=style.ORANGE, clip_on=True)
    for ax, half, title in ((above, 12, "z"), (below, 6.5, "z̃ of the example")):
        ax.set(xlim=(-half, half), ylim=(-1, 1), yticks=[])
        ax.set_title(title, loc="left")
        ax.spines["left"].set_visible(False)
        ax.legend(ncols=3, fontsize=9, frameon=False, loc="lower right", bbox_to_anchor=(1, 1))

    def update(size, shift, z):
        values = np.append(z, 1 + shift + 2 * others[: size - 1])[None, :]
        kept = _ONE, 4 * _ONE, _EPSILON
        answers = [
            np.ravel(f)[0]
            for f in (
                batch_norm.forward_unchecked(values, _ONE, _ZERO, _EPSILON)[0],
                algorithm(values.copy(), _ONE, _ZERO, *kept),
                algorithm(values[:, :1].copy(), _ONE, _ZERO, *kept),
            )
        ]
        mates.set_data(values[0, 1:], np.zeros(size - 1))
        one.set_data([z], [0])
        for artist, x, y in zip((batch, running, ring), answers, (0.4, -0.3, -0.3), strict=True):
            artist.set_data([x], [y])
        message.set_text("" if np.isfinite(answers).all() else _NO_NUMBERS)
        own, inside, alone = (_short(x) for x in answers)
        return (
            f"{size} in the batch, company moved by {_short(shift)}: by its batch z̃ = {own}; "
            f"by running statistics {inside} in the batch, {alone} alone"
        )

    return update


STEPS = 200
SIZES = (4, 16, 64)
"""Mini-batches of a training, and the sizes that `statistics` knows."""


def statistics(fig, algorithm=experiments.averages):
    """Show a unit's mean and variance while its network trains, and their running averages."""
    axes = style.axes(fig, 2, 1, height=4.6, top=0.45, hspace=0.15)
    rows = []
    for ax, name, limits in zip(axes, ("μ", "σ²"), ((-2.5, 2.5), (0, 1.5)), strict=True):
        ax.set(xlim=(0, STEPS), ylim=limits, ylabel=name)
        rows.append(
            [
                ax.plot([], [], ".", color=style.SKY, ms=6, label="of the mini-batch")[0],
                ax.plot([], [], "--", color=style.INK, lw=1.5, label="of all digits")[0],
                ax.plot([], [], color=style.GREEN, lw=2, label="running average")[0],
            ]
        )
    middle = {"ha": "center", "color": style.ORANGE, "clip_on": True}
    message = axes[0].text(STEPS / 2, -2, "", **middle)
    axes[0].tick_params(labelbottom=False)
    axes[1].set_xlabel("mini-batch")
    fig.legend(*axes[0].get_legend_handles_labels(), ncols=3, frameon=False, loc="upper center")
    for size in SIZES:
        learning(size)

    def update(momentum, step, size, unit):
        said, fine = [], True
        for name, row, (seen, of_all) in zip(("μ", "σ²"), rows, learning(size), strict=True):
            values, truth = seen[: step + 1, unit], of_all[: step + 1, unit]
            followed = np.asarray(algorithm(values, momentum=momentum))
            for artist, heights in zip(row, (values, truth, followed), strict=True):
                artist.set_data(np.arange(step + 1), heights)
            last, fine = _short(followed[-1]), fine and bool(np.isfinite(followed).all())
            said.append(f"{name}: running {last}, of all {truth[-1]:.2f}".replace("-", "−"))
        message.set_text("" if fine else _NO_NUMBERS)
        return (
            f"momentum {momentum:g}, mini-batch {step}, m = {size}, unit {unit}; {'; '.join(said)}"
        )

    return update


@cache
def learning(size, seed=0):
    """Return statistics of the first hidden layer's z while a network learns the digits.

    Parameters
    ----------
    size : int
        Examples a mini-batch.
    seed : int
        Of the first weights and the mini-batches.

    Returns
    -------
    means, variances : tuple of two ndarrays, each of shape (STEPS, 64)
        Of each unit, before each step: in the mini-batch, and over all digits.
    """
    X, labels = datasets.digits()
    rng = np.random.default_rng(seed)
    network = Network(_WIDTHS, rng, batch_norm=True)
    run = training.Training(network, X, softmax.one_hot(labels, 10), _adam(), rng)
    kept, first = [], network.parameters["W1"]
    of_all = X.mean(axis=1), np.cov(X, bias=True)
    for _ in range(STEPS):
        chosen = rng.integers(0, X.shape[1], size)
        z = first @ run.X[:, chosen]
        everywhere = first @ of_all[0], np.vecdot(first @ of_all[1], first)
        kept.append((z.mean(axis=1), everywhere[0], z.var(axis=1), everywhere[1]))
        run.step(run.X[:, chosen], run.Y[:, chosen])
    series = [np.array(s) for s in zip(*kept, strict=True)]
    return tuple(series[:2]), tuple(series[2:])


STARTS = "the first mini-batch", "zero"
"""Where the averages of `lag` may start."""

_CHANGE, _BEFORE, _AFTER = 60, 2.0, 4.0


def lag(fig, algorithm=experiments.averages):
    """Show how late a running average follows a mean that jumps, and how much it shakes."""
    ax = style.axes(fig, height=3.3, top=0.15)
    steps = np.arange(STEPS)
    truth = np.where(steps < _CHANGE, _BEFORE, _AFTER)
    noise = 2 * np.random.default_rng(3).standard_normal(STEPS)
    (dots,) = ax.plot([], [], ".", color=style.SKY, label="mean of a mini-batch")
    ax.step(steps, truth, "--", color=style.INK, lw=1.5, where="mid", label="mean of all")
    (line,) = ax.plot([], [], color=style.GREEN, lw=2, label="running average")
    (place,) = ax.plot([], [], "D", color=style.ORANGE, ms=8, label="90 % there")
    message = ax.text(STEPS / 2, 0, "", ha="center", color=style.ORANGE, clip_on=True)
    ax.set(xlim=(0, STEPS), ylim=(-1, 8.6), xlabel="mini-batch", ylabel="μ")
    ax.legend(frameon=False, ncols=4, loc="upper center", fontsize=9)
    impulse = (steps == 0).astype(float)

    def update(momentum, size, start):
        values, first = truth + noise / np.sqrt(round(size)), None if start == STARTS[0] else 0.0
        followed = np.asarray(algorithm(values, momentum=momentum, start=first))
        calm = np.asarray(algorithm(truth, momentum=momentum, start=_BEFORE))
        weights = np.asarray(algorithm(impulse, momentum=momentum, start=0.0))
        dots.set_data(steps, values)
        line.set_data(steps, followed)
        arrived = np.flatnonzero(calm >= _BEFORE + 0.9 * (_AFTER - _BEFORE) - 1e-9)[:1]
        place.set_data(arrived, calm[arrived])
        fine = bool(np.isfinite(followed).all())
        message.set_text("" if fine else _NO_NUMBERS)
        late = f"after {arrived[0] - _CHANGE + 1}" if len(arrived) else "later than the 140"
        shakes = 2 * np.sqrt(np.sum(weights**2) / round(size))
        return (
            f"momentum {momentum:g}, m = {round(size)}: shakes by {_short(shakes)}; "
            f"90 % of the jump {late} mini-batches; started at {start}, after 5 mini-batches it "
            f"reads {_short(followed[4])} for {_BEFORE:g}"
        )

    return update


MODES = "running statistics", "batch statistics"
ORDERS = "mixed", "sorted by digit"
TEST_SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256)
"""How `evaluation` evaluates: by which statistics, in which order, how many digits at a time."""


def evaluation(fig):
    """Show the test accuracy of five networks by how many digits come at a time."""
    ax = style.axes(fig, height=3.4)
    known, at = accuracies(), np.arange(len(TEST_SIZES))
    bands = [
        _Band(ax, *look)
        for look in ((style.GREEN, "-", "o", MODES[0]), (style.BLUE, "--", "s", MODES[1]))
    ]
    chosen = ax.axvline(0, color=style.GREY, lw=9, alpha=0.25)
    ax.set(xlim=(-0.3, 8.3), ylim=(0, 1.03), ylabel="share right")
    ax.set_xlabel("digits in a batch at test time (lowest, middle, highest of five networks)")
    ax.set_xticks(at, TEST_SIZES)
    fig.legend(*ax.get_legend_handles_labels(), frameon=False, ncols=2, loc="upper center")

    def update(size, order):
        here = TEST_SIZES.index(size)
        said = [
            f"{mode} {band.show(at, known[mode, order], here)}"
            for band, mode in zip(bands, MODES, strict=True)
        ]
        chosen.set_xdata([here, here])
        return f"batches of {size}, {order}: {'; '.join(said)} right"

    return update


def split():
    """Return digits as pixels and one-hot labels: 1437 to train with, 360 to test with."""
    X, labels = datasets.digits()
    order = np.random.default_rng(0).permutation(len(labels))
    Y, test, rest = softmax.one_hot(labels, 10), order[:360], order[360:]
    return (X[:, rest], Y[:, rest]), (X[:, test], Y[:, test])


def trained(seed):
    """Return a network with batch norm that has learned the training digits of `split`."""
    (X, Y), _ = split()
    rng = np.random.default_rng(seed)
    network = Network(_WIDTHS, rng, batch_norm=True)
    training.fit(network, X, Y, _adam(), epochs=8, rng=rng, progress=False)
    return network


@cache
def accuracies(seeds=5):
    """Return the share of the test digits that is right, by statistics and order.

    By running statistics an answer does not depend on the batch: they are asked once.

    Returns
    -------
    dict
        ``[mode, order]``: shape (seeds, sizes), with `MODES`, `ORDERS` and `TEST_SIZES`.
    """
    networks = [trained(seed) for seed in range(seeds)]
    X, Y = split()[1]
    by_digit = np.argsort(Y.argmax(axis=0), kind="stable")
    result = {}
    for order, chosen in zip(ORDERS, (np.arange(len(by_digit)), by_digit), strict=True):
        x, y = X[:, chosen], Y[:, chosen]
        result[MODES[0], order] = np.array(
            [[network.accuracy(x, y)] * len(TEST_SIZES) for network in networks]
        )
        result[MODES[1], order] = np.array(
            [
                [_right(n, experiments.by_batch_statistics(n, x, size=m), y) for m in TEST_SIZES]
                for n in networks
            ]
        )
    return result


def _right(network, z, Y):
    return float(network.right_unchecked(z, Y).mean())


TRAIN_SIZES = (2, 4, 16, 64)
MOMENTA = (0.0, 0.5, 0.9, 0.99)
LATER = "once more, after training"
"""What `failing` compares: sizes in training, and momenta or statistics taken after it."""


def failing(fig):
    """Show the test accuracy of networks that were trained with mini-batches of different size."""
    ax = style.axes(fig, height=3.4)
    at = np.arange(len(TRAIN_SIZES))
    bands = [
        _Band(ax, *look)
        for look in ((style.GREEN, "-", "o", MODES[0]), (style.ORANGE, "--", "s", LATER))
    ]
    chosen = ax.axvline(0, color=style.GREY, lw=9, alpha=0.25)
    ax.set(xlim=(-0.3, 3.3), ylim=(0, 1.03), ylabel="share right")
    ax.set_xlabel("examples in a mini-batch of training (lowest, middle, highest of five networks)")
    ax.set_xticks(at, TRAIN_SIZES)
    fig.legend(*ax.get_legend_handles_labels(), frameon=False, ncols=2, loc="upper center")
    known = by_training_size()

    def update(size, momentum):
        here = TRAIN_SIZES.index(size)
        said = [
            f"{name} {band.show(at, known[which], here)}"
            for name, band, which in zip(
                ("by running statistics", "by statistics taken once more"),
                bands,
                (momentum, LATER),
                strict=True,
            )
        ]
        chosen.set_xdata([here, here])
        return f"trained with m = {size}, momentum {momentum:g}: {'; '.join(said)} right"

    return update


@cache
def by_training_size(seeds=5, steps=150):
    """Return the share of the test digits that is right after a short training.

    Returns
    -------
    dict
        By each of `MOMENTA`, and by `LATER`: shape (seeds, sizes), with `TRAIN_SIZES`.
    """
    result = {which: np.zeros((seeds, len(TRAIN_SIZES))) for which in (*MOMENTA, LATER)}
    (X, Y), test = split()
    for seed in range(seeds):
        for k, size in enumerate(TRAIN_SIZES):
            network, seen = _after_few_steps(X, Y, size, seed, steps)
            for momentum in MOMENTA:
                network.statistics[:] = experiments.averages(seen, momentum=momentum)[-1]
                result[momentum][seed, k] = network.accuracy(*test)
            result[LATER][seed, k] = experiments.re_estimate(network, X).accuracy(*test)
    return result


def _after_few_steps(X, Y, size, seed, steps):
    """Return a network after a few steps, and the statistics of each of its mini-batches."""
    rng = np.random.default_rng(seed)
    network = Network(_WIDTHS, rng, batch_norm=True, momentum=0.0)
    run, seen = training.Training(network, X, Y, _adam(), rng), []
    for _ in range(steps):
        chosen = rng.integers(0, X.shape[1], size)
        run.step(X[:, chosen], Y[:, chosen])
        seen.append(network.statistics.copy())
    return network, np.array(seen)


def _adam():
    return optimizers.Adam(alpha=0.01)


class _Band:
    """Five networks' curves as three: the lowest, the middle, the highest at each place."""

    def __init__(self, ax, colour, line, marker, label):
        thin = {"color": colour, "lw": 1, "alpha": 0.6}
        self._lines = [
            ax.plot([], [], line, **thin)[0],
            ax.plot([], [], line + marker, color=colour, lw=2.5, ms=5, label=label)[0],
            ax.plot([], [], line, **thin)[0],
        ]

    def show(self, at, values, here):
        """Move the curves and return the numbers at one place in words."""
        levels = np.min(values, axis=0), np.median(values, axis=0), np.max(values, axis=0)
        for line, heights in zip(self._lines, levels, strict=True):
            line.set_data(at, heights)
        return f"about {style.typical(100 * np.asarray(values)[:, here])} %"


def _short(x):
    return f"{x + 0.0:.2f}".replace("-", "−") if np.isfinite(x) else "not a number"
