"""Pictures of training softmax: the loss, its gradient, and a network that learns digits."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from course_utils import datasets, optimizers, training
from course_utils import softmax as lecture
from course_utils.figures import style
from course_utils.network import Network

OTHERS = np.array([0.3, 0.2, 0.1, 0.4])
"""The lecture's prediction for four classes."""


def loss(fig, gradient=lecture.cost_gradient):
    """Show one prediction, its loss, and the gradient y_hat - y."""
    bars, slope, curve = style.axes(fig, 1, 3, height=3.2, wspace=0.4)
    at = np.arange(4)
    shares = bars.bar(at, OTHERS, 0.6, color=style.SKY, label="ŷ")
    wanted = bars.bar(at, OTHERS, 0.8, fill=False, edgecolor=style.INK, lw=1.2, label="y")
    bars.set(ylim=(0, 1.25), title="prediction ŷ, label y")
    bars.legend(frameon=False, ncols=2, loc="upper right")
    slopes = slope.bar(at, OTHERS, 0.6, color=style.ORANGE)
    slope.axhline(0, color=style.INK, lw=0.8)
    slope.set(ylim=(-1.05, 1.05), title="∂L/∂z = ŷ − y")
    for ax in (bars, slope):
        ax.set_xticks(at, at + 1)
        ax.set_xlabel("class")
    p = np.linspace(0.005, 1, 300)
    curve.plot(p, -np.log(p), color=style.BLUE)
    (point,) = curve.plot([], [], "o", color=style.ORANGE, ms=9)
    curve.set(xlim=(0, 1), ylim=(0, 5), xlabel="ŷ of the right class", title="L = −log ŷ")

    def update(share, right):
        y_hat = _with_share(share, right - 1)
        y = np.eye(4)[:, [right - 1]]
        dz = np.ravel(gradient(np.log(y_hat)[:, None], y))
        for bar, height in zip(shares, y_hat, strict=True):
            bar.set_height(height)
        for bar, height in zip(wanted, y[:, 0], strict=True):
            bar.set_height(height)
        for bar, height in zip(slopes, np.clip(np.nan_to_num(dz), -5, 5), strict=True):
            bar.set_height(height)
        L = -np.log(share)
        point.set_data([share], [L])
        return f"ŷ = {style.row(y_hat, 2)}: L = {L:.3f}, gradient {style.row(dz, 2)}"

    return update


def _with_share(share, right):
    """Give one class its share; the others keep their proportions."""
    rest = np.delete(OTHERS, right)
    return np.insert((1 - share) * rest / rest.sum(), right, share)


def descent(fig, gradient=lecture.cost_gradient):
    """Show descent on the logits of one example, with the loss as it is or without its minus."""
    bars, path = style.axes(fig, 1, 2, height=3.2)
    at = np.arange(4)
    shares = bars.bar(at, OTHERS, 0.6, color=[style.SKY, style.ORANGE, style.SKY, style.SKY])
    bars.set(ylim=(0, 1.05), xlabel="class; the second is right", title="ŷ")
    bars.set_xticks(at, at + 1)
    (line,) = path.plot([], [], ".-", color=style.ORANGE)
    path.set(xlim=(0, 40), ylim=(0, 1.05), xlabel="step", title="ŷ of the right class")
    y = np.eye(4)[:, [1]]

    def update(step, alpha, sign):
        z, seen = np.log(OTHERS)[:, None], [OTHERS[1]]
        factor = 1 if sign == SIGNS[0] else -1
        for _ in range(step):
            z = z - alpha * factor * gradient(z, y)
            seen.append(lecture.softmax(z)[1, 0])
        y_hat = lecture.softmax(z)[:, 0]
        for bar, height in zip(shares, y_hat, strict=True):
            bar.set_height(height)
        line.set_data(np.arange(step + 1), seen)
        J = -factor * np.log(max(seen[-1], 1e-300))
        J = f"{J:.3f}".replace("-", "−")
        return f"step {step}, {sign}: 'loss' {J}, ŷ of the right class {seen[-1]:.3f}"

    return update


SIGNS = ("L = −Σ y log ŷ", "L = +Σ y log ŷ")
"""The loss, and as some notes print it."""


def smoothing(fig):
    """Show the loss against the lead of the right logit, with smoothed labels."""
    ax = style.axes(fig, height=3.2)
    gaps = np.linspace(-1, 10, 221)
    (hard,) = ax.plot(gaps, gaps, "--", color=style.GREY, label="hard labels")
    (soft,) = ax.plot(gaps, gaps, color=style.BLUE, label="smoothed labels")
    (least,) = ax.plot([], [], "*", ms=14, color=style.GREEN, label="least loss")
    (here,) = ax.plot([], [], "o", ms=9, color=style.ORANGE)
    ax.set(xlim=(-1, 10), ylim=(0, 4), xlabel="lead of the right logit over the others", ylabel="L")
    ax.legend(frameon=False, loc="upper right")

    def update(gap, share, classes):
        C = round(classes)
        hard.set_ydata(losses(gaps, 0.0, C))
        soft.set_ydata(losses(gaps, share, C))
        now = losses(np.array([gap]), share, C)[0]
        here.set_data([gap], [now])
        best = best_lead(share, C)
        least.set_data([best], [losses(np.array([best]), share, C)[0]] if best < 50 else [-1])
        said = f"least at lead {best:.2f}: {losses(np.array([best]), share, C)[0]:.3f}"
        said = said if best < 50 else "falls for ever"
        return f"C = {C}, smoothing {share:g}: L = {now:.3f} at lead {gap:.2f}; {said}"

    return update


def losses(gaps, share, classes):
    """Return the loss for each lead of the right one of C logits, the others being equal."""
    z = np.zeros((classes, len(gaps)))
    z[0] = gaps
    y = lecture.smooth(np.eye(classes)[:, [0]] * np.ones(len(gaps)), share)
    return -(y * lecture.log_softmax(z)).sum(axis=0)


def best_lead(share, classes):
    """Return the lead at which `losses` is least; 1000 for hard labels, where it is infinite."""
    low = share / classes
    return float(np.log((1 - share + low) / low)) if share > 0 else 1000.0


class _Frame(NamedTuple):
    """The state after an epoch: the training, its costs, and what it says of the test digits."""

    snapshot: training.Snapshot
    cost: float
    test_cost: float
    accuracy: float
    y_hat: np.ndarray


class DigitsRun:
    """One network that learns the digits, and its picture.

    Parameters
    ----------
    seed : int
        Of first weights and shuffling; the 360 test digits are the same for every seed.

    Attributes
    ----------
    accuracy : float
        Share of the test digits that the frame shown gets right.
    """

    epochs = 30

    def __init__(self, seed=0):
        X, labels = datasets.digits()
        Y, order = lecture.one_hot(labels, 10), np.random.default_rng(0).permutation(len(labels))
        test, rest = order[:360], order[360:]
        self.X, self.Y, self.labels = X[:, test], Y[:, test], labels[test]
        network = Network((64, 64, 32, 10), np.random.default_rng(seed), batch_norm=True,
                          dtype=np.float32)  # fmt: skip
        adam, rng = optimizers.Adam(alpha=0.001), np.random.default_rng(seed + 1)
        self._training = training.Training(network, X[:, rest], Y[:, rest], adam, rng)
        first = network.cost(X[:, rest], Y[:, rest])
        self._line = training.Timeline(self._look(first), self._advance)

    @property
    def accuracy(self):
        """Share of the test digits that the frame shown gets right."""
        return self._line.states[-1].accuracy

    def reach(self, epoch, alpha):
        """Train, or go back, to an epoch without drawing."""
        for _ in self._line.reach(epoch, alpha):
            pass

    def _advance(self, frame, alpha):
        run = self._training
        run.restore(frame.snapshot)
        run.optimizer = replace(run.optimizer, alpha=alpha)
        try:
            cost, _ = run.run_epoch()
        except training.DivergenceError:
            run.restore(frame.snapshot)
            cost = frame.cost
        return self._look(cost)

    def _look(self, cost):
        network = self._training.network
        y_hat = network.predict(self.X)
        right = np.mean(y_hat.argmax(axis=0) == self.labels)
        J = float(np.mean(-np.log(np.maximum((y_hat * self.Y).sum(axis=0), 1e-30))))
        return _Frame(self._training.snapshot(), cost, J, float(right), y_hat)

    def picture(self, fig):
        """Show a network that learns the digits: cost, confusions, and its worst mistakes."""
        curves, table, worst = style.axes(
            fig, 1, 3, height=3.5, wspace=0.28, width_ratios=[1.25, 1, 0.9], right=0.1
        )
        lines = [curves.plot([], [], look, color=colour, label=label)[0] for look, colour, label in
                 (("-", style.BLUE, "training"), ("--", style.ORANGE, "test"))]  # fmt: skip
        curves.set(xlim=(0, self.epochs), ylim=(0, 2.6), xlabel="epoch", ylabel="cost J")
        curves.legend(frameon=False, ncols=2, loc="lower left", bbox_to_anchor=(-0.05, 1.0))
        counts = table.imshow(np.zeros((10, 10)), cmap="Blues", vmin=0, vmax=6)
        table.set(xlabel="answer", ylabel="digit", title="test digits")
        table.set_xticks(range(10))
        table.set_yticks(range(10))
        mosaic = worst.imshow(np.zeros((36, 28)), cmap="Greys", vmin=0, vmax=1)
        worst.set_axis_off()
        worst.set_title("worst: digit → answer", fontsize=11)
        words = [worst.text(13.5, y, "", ha="center", va="center", fontsize=9, clip_on=True)
                 for y in (9.5, 21.5, 33.5)]  # fmt: skip

        def update(epoch, alpha):
            for number, frame in self._line.reach(epoch, alpha):
                seen = self._line.states
                for line, name in zip(lines, ("cost", "test_cost"), strict=True):
                    line.set_data(np.arange(len(seen)), [getattr(state, name) for state in seen])
                answers = frame.y_hat.argmax(axis=0)
                counts.set_data(_confusion(self.labels, answers))
                self._show_worst(mosaic, words, frame.y_hat)
                wrong = np.count_nonzero(answers != self.labels)
                said = f"cost {frame.cost:.3f}, test {frame.accuracy:.1%} right"
                yield f"epoch {number}, α = {alpha:g}: {said}, {wrong} of 360 wrong"

        return update

    def _show_worst(self, mosaic, words, y_hat):
        """Draw the six test digits that were answered worst, two a row."""
        p = y_hat[self.labels, np.arange(len(self.labels))]
        answers, order = y_hat.argmax(axis=0), np.argsort(p)
        wrong = [i for i in order[:6] if answers[i] != self.labels[i]]
        picture, said = np.zeros((36, 28)), [[], [], []]
        for place, i in enumerate(wrong):
            row, column = divmod(place, 2)
            top, left = 12 * row, 4 + 12 * column
            picture[top : top + 8, left : left + 8] = self.X[:, i].reshape(8, 8)
            said[row].append(f"{self.labels[i]} → {answers[i]}")
        mosaic.set_data(picture)
        for text, parts in zip(words, said, strict=True):
            text.set_text((" " * 9).join(parts))


def _confusion(labels, answers):
    """Return how often each digit (row) got each wrong answer (column)."""
    counts = np.zeros((10, 10))
    np.add.at(counts, (labels, answers), 1)
    np.fill_diagonal(counts, 0)
    return counts
