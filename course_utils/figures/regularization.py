"""Pictures of regularization: boundaries, weights that shrink, units that are dropped."""

from dataclasses import replace

import numpy as np
from matplotlib.colors import to_rgb

from course_utils import batch_norm, datasets, optimizers, training
from course_utils import regularization as lecture
from course_utils.experiments import live
from course_utils.figures import style
from course_utils.layers import Dropout
from course_utils.network import Network

LIMITS = (-1.9, 2.9, -1.5, 2.0)
_COLUMNS, _ROWS = 50, 38


class MoonsRun:
    """A network that learns two noisy moons while a reader turns the knobs.

    Parameters
    ----------
    seed : int
        Of the data, the first weights and the shuffling.

    Attributes
    ----------
    test_accuracy : float
        Of the frame shown, on 500 fresh examples.
    """

    frames, _steps_a_frame = 60, 10

    def __init__(self, seed=0):
        rng = np.random.default_rng(seed)
        self.X, self.y = datasets.moons(80, rng, spread=0.32)
        self.X_test, self.y_test = datasets.moons(500, rng, spread=0.32)
        self.network = Network([2, 32, 32, 1], rng, keep_prob=0.5)
        adam = optimizers.Adam(alpha=0.01)
        self._training = training.Training(self.network, self.X, self.y, adam, rng, size=80)
        self._line = live.Timeline(self._training.snapshot(), self._advance)

    @property
    def test_accuracy(self):
        """Share of 500 fresh examples that the frame shown gets right."""
        self._training.restore(self._line.states[-1])
        return self.network.accuracy(self.X_test, self.y_test)

    def reach(self, frame, lambda_=0.0, keep_prob=1.0, alpha=0.01):
        """Yield the number of each frame trained on the way; the network is then as it is there."""
        for number, snapshot in self._line.reach(frame, (lambda_, keep_prob, alpha)):
            self._training.restore(snapshot)
            yield number

    def _advance(self, snapshot, settings):
        run = self._training
        run.restore(snapshot)
        run.lambda_, keep_prob, alpha = settings
        run.optimizer = replace(run.optimizer, alpha=alpha)
        for layer in self.network.layers:
            if isinstance(layer, Dropout):
                layer.keep_prob = keep_prob
        for _ in range(self._steps_a_frame):
            run.step(run.X, run.Y)
        return run.snapshot()

    def boundary(self, fig):
        """Show the boundary a network draws between two moons while it learns."""
        left, right = style.axes(fig, 1, 2, height=3.7, width_ratios=[1.5, 1], wspace=0.3)
        empty = np.zeros((_ROWS, _COLUMNS, 3), np.uint8)
        ground = left.imshow(empty, origin="lower", extent=LIMITS, aspect="auto",
                             interpolation="nearest")  # fmt: skip
        for label, colour, marker in ((0, style.BLUE, "o"), (1, style.ORANGE, "s")):
            dots = self.X[:, self.y[0] == label]
            left.plot(*dots, marker, color=colour, ms=5, mec="white", mew=0.5)
        left.set(xlim=LIMITS[:2], ylim=LIMITS[2:], xlabel="$x_1$", ylabel="$x_2$")
        edges = np.linspace(-2, 2, 41)
        shares = right.stairs(np.zeros(40), edges, fill=True, color=style.SKY)
        right.set(xlim=(-2, 2), ylim=(0, 0.4), xlabel="weight", title="share of all weights")
        grid = np.stack(np.meshgrid(np.linspace(*LIMITS[:2], _COLUMNS),
                                    np.linspace(*LIMITS[2:], _ROWS))).reshape(2, -1)  # fmt: skip

        def update(frame, lambda_=0.0, keep_prob=1.0, alpha=0.01):
            for number in self.reach(frame, lambda_, keep_prob, alpha):
                ground.set_data(_mixed(self.network.predict(grid)[0]).reshape(_ROWS, _COLUMNS, 3))
                weights = np.concatenate([W.ravel() for W in self.network.weights])
                counts, _ = np.histogram(np.clip(weights, -1.99, 1.99), edges)
                shares.set_data(counts / len(weights))
                yield self._said(number, lambda_, keep_prob, alpha, weights)

        return update

    def _said(self, number, lambda_, keep_prob, alpha, weights):
        right = [self.network.accuracy(X, y) for X, y in
                 ((self.X, self.y), (self.X_test, self.y_test))]  # fmt: skip
        knobs = f"λ = {lambda_:g}, keep_prob = {keep_prob:g}, α = {alpha:g}"
        size = np.sqrt(np.square(weights).sum())
        return (
            f"step {number * self._steps_a_frame}, {knobs}: training {right[0]:.0%}, "
            f"test {right[1]:.1%} right, ‖W‖ = {size:.1f}"
        )


def _mixed(p):
    """Return the colours of a ground: blue where p is 0, orange where it is 1."""
    blue, orange = (255 * (0.55 + 0.45 * np.array(to_rgb(c))) for c in (style.BLUE, style.ORANGE))
    return ((1 - p[:, None]) * blue + p[:, None] * orange).astype(np.uint8)


def shrinking(fig):
    """Show one weight under descent with L2, when the data say nothing about it."""
    ax = style.axes(fig, height=3.1)
    steps = np.arange(101)
    (line,) = ax.plot([], [], ".-", color=style.BLUE, label="W")
    (other,) = ax.plot([], [], "--", color=style.ORANGE, label="W, pulled to 1 by the data")
    ax.axhline(0, color=style.INK, lw=0.8)
    ax.set(xlim=(0, 100), ylim=(-1.3, 2.1), xlabel="step", ylabel="weight")
    ax.legend(frameon=False, loc="upper right")

    def update(lambda_, alpha, m):
        factor = 1 - alpha * lambda_ / m
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
        return f"each step keeps {factor:.3f} of W: after 100 steps {words} is left; {settles}"

    return update


def masks(fig, algorithm=lecture.dropout):
    """Show ten units of one layer under dropout, and their mean over many masks."""
    ax_now, ax_mean = style.axes(fig, 1, 2, height=3.2)
    a = np.linspace(0.2, 2.0, 10)
    at = np.arange(10)
    for ax, title in ((ax_now, "one mask"), (ax_mean, "mean over masks")):
        ax.bar(at, a, 0.85, fill=False, edgecolor=style.GREY, label="without dropout")
        ax.set(ylim=(0, 4.2), xlabel="unit", title=title)
    now = ax_now.bar(at, a, 0.6, color=style.ORANGE, label="with dropout")
    mean = ax_mean.bar(at, a, 0.6, color=style.BLUE)
    ax_now.legend(frameon=False, loc="upper left")

    def update(keep_prob, draws, divided):
        rng, factor = np.random.default_rng(draws), 1.0 if divided else keep_prob
        many, _ = algorithm(np.repeat(a[:, None], draws, axis=1), keep_prob, rng)
        many = factor * many
        for bars, heights in ((now, many[:, -1]), (mean, many.mean(axis=1))):
            for bar, height in zip(bars, heights, strict=True):
                bar.set_height(height)
        ratio = many.mean() / a.mean()
        kept = np.count_nonzero(many[:, -1])
        how = "divided by keep_prob" if divided else "not divided"
        return (
            f"keep_prob {keep_prob:g}, {how}: {kept} of 10 kept; mean of {draws}: {ratio:.2f} of it"
        )

    return update


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
        dropped = [dropout_noise(m, keep_prob) for m in sizes]
        drop.set_data(sizes, dropped)
        norm.set_data(sizes, list(known.values()))
        m = 2**exponent
        marker.set_xdata([m, m])
        formulas = np.sqrt((1 - keep_prob) / keep_prob), 1 / np.sqrt(m)
        said = f"dropout {dropped[exponent - 2]:.2f}, batch norm {known[m]:.3f}"
        return f"m = {m}: {said}; √((1 − p)/p) = {formulas[0]:.2f}, 1/√m = {formulas[1]:.3f}"

    return update


def dropout_noise(m, keep_prob, draws=4096, seed=0):
    """Return the standard deviation of an activation of 1 under dropout, in mini-batches of m."""
    rng = np.random.default_rng(seed)
    a, _ = lecture.dropout(np.ones((max(draws // m, 1), m)), keep_prob, rng)
    return float(a.std())


def batch_norm_noise(m, draws=400, seed=0):
    """Return the standard deviation of a mini-batch's mean of values with spread 1."""
    z = np.random.default_rng(seed).standard_normal((draws, m))
    one, zero = np.ones((draws, 1)), np.zeros((draws, 1))
    return float(batch_norm.forward(z, one, zero)[1].mean.std())
