"""Pictures of batch norm at test time: the statistics that stay when there is no mini-batch."""

from functools import cache, partial

import numpy as np

from course_utils import batch_norm as lecture
from course_utils import datasets, optimizers, softmax, training
from course_utils.figures import style
from course_utils.network import Network

STEPS = 200


@cache
def batch_statistics(size, seed=0):
    """Train a network on the digits; return the statistics of its first hidden layer.

    Parameters
    ----------
    size : int
        Examples a mini-batch.
    seed : int
        Of first weights and shuffling.

    Returns
    -------
    means, variances : ndarray, shape (STEPS, 64)
        Of each unit, mini-batch by mini-batch.
    """
    X, labels = datasets.digits()
    rng = np.random.default_rng(seed)
    network = Network((64, 64, 32, 10), rng, batch_norm=True)
    run = training.Training(network, X, softmax.one_hot(labels, 10),
                            optimizers.Adam(alpha=0.003), rng)  # fmt: skip
    kept = []
    for _ in range(STEPS):
        chosen = rng.integers(0, X.shape[1], size)
        z = network.parameters["W1"] @ run.X[:, chosen]
        kept.append((z.mean(axis=1), z.var(axis=1)))
        run.step(run.X[:, chosen], run.Y[:, chosen])
    means, variances = zip(*kept, strict=True)
    return np.array(means), np.array(variances)


def running(means, variances, momentum, algorithm=lecture.RunningStatistics):
    """Return the running mean and variance after each mini-batch, for one unit."""
    columns = [np.reshape(a, (-1, 1, 1)) for a in (means, variances)]
    now = algorithm(columns[0][0], columns[1][0])
    kept = [now]
    for mean, variance in zip(columns[0][1:], columns[1][1:], strict=True):
        now = now.update(mean, variance, momentum=momentum)
        kept.append(now)
    return tuple(np.array([getattr(s, n)[0, 0] for s in kept]) for n in ("mean", "variance"))


SIZES = (8, 64, 512)
"""Mini-batch sizes that `statistics` knows."""


def statistics(fig):
    """Show a unit's mean and variance, mini-batch by mini-batch, and their running averages."""
    axes = style.axes(fig, 2, 1, height=4.6, hspace=0.2)
    rows = []
    for ax, name in zip(axes, ("μ", "σ²"), strict=True):
        (dots,) = ax.plot([], [], ".", color=style.SKY, ms=5, label="mini-batch")
        (line,) = ax.plot([], [], color=style.ORANGE, lw=2, label="running average")
        ax.set(xlim=(0, STEPS), ylabel=name)
        rows.append((dots, line))
    axes[0].set_ylim(-1.5, 1.5)
    axes[1].set_ylim(0, 1.5)
    axes[0].tick_params(labelbottom=False)
    axes[1].set_xlabel("mini-batch")
    fig.legend(*axes[0].get_legend_handles_labels(), ncols=2, frameon=False, loc="upper center")

    for size in SIZES:
        batch_statistics(size)

    def update(momentum, step, size, unit):
        series = [a[: step + 1, unit] for a in batch_statistics(size)]
        smooth = running(*series, momentum)
        for (dots, line), values, average in zip(rows, series, smooth, strict=True):
            dots.set_data(np.arange(step + 1), values)
            line.set_data(np.arange(step + 1), average)
        ends = [f"{name} {a[-1]:.2f} (this mini-batch {v[-1]:.2f})"
                for name, a, v in zip(("μ", "σ²"), smooth, series, strict=True)]  # fmt: skip
        return f"momentum {momentum:g}, mini-batch {step} of {size}: {'; '.join(ends)}"

    return update


def company(fig, algorithm=lecture.inference):
    """Show one example in changing company, normalised by its batch and by running statistics."""
    axes = style.axes(fig, 2, 1, height=3.4, hspace=0.75)
    titles = "z: the example, and its batch", "z̃ of the example"
    rng = np.random.default_rng(4)
    others = rng.normal(1.0, 2.0, 255)
    (mates,) = axes[0].plot([], [], "|", color=style.GREY, ms=16, label="its batch")
    (self_,) = axes[0].plot([], [], "o", color=style.ORANGE, ms=9, label="the example")
    (by_batch,) = axes[1].plot([], [], "s", color=style.BLUE, ms=10, label="by batch statistics")
    (by_running,) = axes[1].plot([], [], "D", color=style.GREEN, ms=7, label="by running ones")
    for ax, title in zip(axes, titles, strict=True):
        ax.set(ylim=(-1, 1), yticks=[], title=title)
        ax.legend(frameon=False, loc="upper right", fontsize=9)
    axes[0].set_xlim(-9, 20)
    axes[1].set_xlim(-4, 6)
    one, zero = np.ones((1, 1)), np.zeros((1, 1))
    kept = lecture.RunningStatistics([[1.0]], [[4.0]])

    def update(size, shift, z):
        batch = np.append(z, others[: size - 1] + shift)[None, :]
        alone = float(algorithm(np.array([[z]]), one, zero, kept)[0, 0])
        inside = float(algorithm(batch, one, zero, kept)[0, 0])
        mates.set_data(batch[0, 1:], np.zeros(size - 1))
        self_.set_data([z], [0])
        own = float(lecture.normalise(batch, one, zero, 1e-5)[0][0, 0])
        by_batch.set_data([np.clip(own, -3.9, 5.9)], [0.35])
        by_running.set_data([np.clip(inside, -3.9, 5.9)], [-0.35])
        words = f"{size - 1} companions, shifted by {shift:g}: by batch statistics z̃ = {own:.2f}"
        return f"{words}; by running ones {inside:.2f}, alone {alone:.2f}".replace("-", "−")

    return update


ORDERS = "mixed", "sorted by digit"
TEST_SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256)
MODES = "running statistics", "batch statistics"
"""How `accuracies` evaluates."""


@cache
def accuracies(seeds=5):
    """Accuracy on 360 test digits, evaluated in batches, by either kind of statistics.

    Returns
    -------
    dict
        ``[mode, order]``: shape (seeds, sizes), with `MODES`, `ORDERS` and `TEST_SIZES`.
    """
    networks = [trained(seed) for seed in range(seeds)]
    X, labels = datasets.digits()
    test = np.random.default_rng(0).permutation(len(labels))[:360]
    result = {}
    for order in ORDERS:
        chosen = test if order == ORDERS[0] else test[np.argsort(labels[test], kind="stable")]
        for mode in MODES:
            right = partial(_accuracy, X=X[:, chosen], labels=labels[chosen], mode=mode)
            result[mode, order] = np.array(
                [[right(network, size=size) for size in TEST_SIZES] for network in networks]
            )
    return result


def trained(seed):
    """Return a network with batch norm that has learned the digits but for 360 test digits."""
    X, labels = datasets.digits()
    rest = np.random.default_rng(0).permutation(len(labels))[360:]
    rng = np.random.default_rng(seed)
    network = Network((64, 64, 32, 10), rng, batch_norm=True)
    training.fit(network, X[:, rest], softmax.one_hot(labels[rest], 10),
                 optimizers.Adam(alpha=0.003), epochs=12, rng=rng, progress=False)  # fmt: skip
    return network


def _accuracy(network, *, X, labels, size, mode):
    """Return the share that is right if the digits come in batches of `size`."""
    answers = []
    for start in range(0, X.shape[1], size):
        batch = X[:, start : start + size]
        z = network.inference(batch) if mode == MODES[0] else by_batch_statistics(network, batch)
        answers.append(z.argmax(axis=0))
    return float(np.mean(np.concatenate(answers) == labels))


def by_batch_statistics(network, X):
    """Return the last layer's z as training would compute it, leaving the network as it is."""
    kept = network.statistics.copy()
    z = network.forward(X)
    network.statistics[:] = kept
    return z


def evaluation(fig):
    """Show test accuracy by the size of the batches in which the test digits come."""
    ax = style.axes(fig, height=3.4)
    known = accuracies()
    at = np.arange(len(TEST_SIZES))
    lines = {}
    for mode, colour, look in zip(MODES, (style.GREEN, style.BLUE), ("-", "--"), strict=True):
        band = [ax.plot([], [], look, color=colour, lw=lw, alpha=a)[0]
                for lw, a in ((1, 0.5), (2.5, 1.0), (1, 0.5))]  # fmt: skip
        lines[mode] = band
    ring = ax.axvline(0, color=style.GREY, lw=8, alpha=0.25)
    ax.set(xlim=(-0.3, 8.3), ylim=(0, 1.03), xlabel="batch size at test time", ylabel="accuracy")
    ax.set_xticks(at, TEST_SIZES)
    ax.legend([band[1] for band in lines.values()], MODES, frameon=False, loc="lower right")

    def update(place, order):
        said = []
        for mode, band in lines.items():
            values = np.sort(known[mode, order], axis=0)
            for line, row in zip(band, (values[0], np.median(values, axis=0), values[-1]),
                                 strict=True):  # fmt: skip
                line.set_data(at, row)
            least, most = values[0, place], values[-1, place]
            said.append(f"{mode} {least:.0%} to {most:.0%}")
        ring.set_xdata([place, place])
        return f"batches of {TEST_SIZES[place]}, {order}: {'; '.join(said)} right, five networks"

    return update


def lag(fig):
    """Show how running averages of different momentum follow a change, and how they shake."""
    ax = style.axes(fig, height=3.2)
    rng = np.random.default_rng(3)
    truth = np.where(np.arange(STEPS) < 60, 0.0, 2.0)
    noise = rng.standard_normal(STEPS)
    (dots,) = ax.plot([], [], ".", color=style.SKY, label="mean of a mini-batch")
    ax.plot(truth, color=style.GREY, lw=1.5, label="mean of all")
    (line,) = ax.plot([], [], color=style.ORANGE, lw=2, label="running average")
    ax.set(xlim=(0, STEPS), ylim=(-2, 5), xlabel="mini-batch", ylabel="μ")
    ax.legend(frameon=False, ncols=3, loc="upper center", fontsize=9)

    def update(momentum, size, start):
        values = truth + 2 * noise / np.sqrt(round(size))
        first = values if start == STARTS[0] else np.append(0.0, values)
        average = running(first, np.ones(len(first)), momentum)[0][-STEPS:]
        dots.set_data(np.arange(STEPS), values)
        line.set_data(np.arange(STEPS), average)
        late = np.flatnonzero(average[60:] > 1.8)
        arrived = f"{late[0] + 1} mini-batches after the change" if len(late) else "not in time"
        shakes = f"shakes by {average[40:60].std():.2f}"
        return f"momentum {momentum:g}, m = {round(size)}: {shakes}, is 90 % there {arrived}"

    return update


STARTS = "the first mini-batch", "zero"
"""Where the averages of `lag` start."""
