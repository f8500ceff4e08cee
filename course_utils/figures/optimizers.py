"""Pictures of optimizers at work on surfaces of two parameters."""

import numpy as np

from course_utils import optimizers as lecture
from course_utils import surfaces
from course_utils.figures import style

SURFACES = {
    "valley, κ = 10": surfaces.quadratic(10.0),
    "valley, κ = 100": surfaces.quadratic(100.0),
    "bent ravine": surfaces.ravine(),
    "saddle": surfaces.saddle(),
    "plateau": surfaces.plateau(),
}
"""The surfaces of `race`."""

KINDS = ("descent", "momentum", "RMSprop", "Adam")
STEPS = 150
_COLOURS = (style.GREY, style.BLUE, style.GREEN, style.ORANGE)
_LOOKS = ("-", "-", "--", "-")


def four(alpha, beta, Adam=lecture.Adam):
    """Return the four optimizers of the lecture with the same alpha.

    Parameters
    ----------
    alpha, beta : float
        Learning rate, and the share kept of every average of gradients.
    Adam : callable
        What makes the Adam, so that another can take its place.
    """
    return dict(zip(KINDS, (
        lecture.GradientDescent(alpha=alpha),
        lecture.Momentum(alpha=alpha, beta=beta),
        lecture.RMSprop(alpha=alpha),
        Adam(alpha=alpha, beta1=beta),
    ), strict=True))  # fmt: skip


def race(fig, make=four):
    """Show the ways of four optimizers on a surface, and the distance left after each step."""
    left, right = style.axes(fig, 1, 2, height=3.9, top=0.75, wspace=0.3, width_ratios=[1.25, 1])
    drawn = {name: _contours(left, surface) for name, surface in SURFACES.items()}
    left.set(xticks=[], yticks=[], xlim=(0, 1), ylim=(0, 1))
    (star,) = left.plot([], [], "*", ms=13, color=style.INK)
    lines = {}
    for kind, colour, look in zip(make(0.1, 0.9), _COLOURS, _LOOKS, strict=True):
        (way,) = left.plot([], [], look, color=colour, lw=1.6, label=kind)
        (head,) = left.plot([], [], "o", color=colour, ms=6)
        (curve,) = right.semilogy([], [], look, color=colour, lw=1.6)
        lines[kind] = way, head, curve
    right.set(xlim=(0, STEPS), ylim=(1e-7, 30), xlabel="step", title="distance to the minimum")
    fig.legend(*left.get_legend_handles_labels(), ncols=4, frameon=False, loc="upper center")

    def update(step, alpha, beta, surface):
        for name, image in drawn.items():
            image.set_visible(name == surface)
        hill, said = SURFACES[surface], []
        star.set_data([_unit(hill.minimum, hill)[0]], [_unit(hill.minimum, hill)[1]])
        for kind, optimizer in make(alpha, beta).items():
            points = lecture.path(optimizer, hill.gradient, hill.start, step).T
            way, head, curve = lines[kind]
            inside = _unit(np.nan_to_num(points, nan=1e6, posinf=1e6, neginf=-1e6), hill)
            inside = np.clip(inside, -50, 50)
            way.set_data(*inside)
            head.set_data(*inside[:, -1:])
            away = _to_nearest_minimum(points, hill)
            curve.set_data(np.arange(step + 1), np.clip(np.nan_to_num(away, nan=1e9), 1e-9, 1e9))
            said.append(f"{kind} {_in_words(away[-1])}")
        return f"{surface}, α = {alpha:g}, step {step}: {', '.join(said)} away"

    return update


def _to_nearest_minimum(points, hill):
    """Return the distance to the minimum; the saddle has a second one, mirrored."""
    away = hill.distance(points)
    if hill.name != "saddle":
        return away
    return np.minimum(away, hill.distance(points * np.array([[1.0], [-1.0]])))


def _in_words(distance):
    if not np.isfinite(distance) or distance > 1e6:
        return "diverged"
    return f"{distance:.0e}" if distance < 1e-3 else f"{distance:.2f}"


def _unit(points, hill):
    """Return points in the unit square of the picture."""
    left, right, bottom, top = hill.limits
    points = np.asarray(points, float)
    return np.array([(points[0] - left) / (right - left), (points[1] - bottom) / (top - bottom)])


def _contours(ax, hill):
    """Return an image of a surface, lighter where it is higher, in 12 stairs."""
    left, right, bottom, top = hill.limits
    x, y = np.linspace(left, right, 180), np.linspace(bottom, top, 140)
    J = hill.value(np.stack(np.meshgrid(x, y)))
    depth = np.log10(J - J.min() + 0.01)
    stairs = np.floor(12 * (depth - depth.min()) / np.ptp(depth))
    return ax.imshow(stairs, cmap="Greys_r", vmin=-14, vmax=12, extent=(0, 1, 0, 1), aspect="auto",
                     origin="lower", visible=False)  # fmt: skip


GRADIENTS = {
    "constant": np.ones(60),
    "noisy": 1 + 2 * np.random.default_rng(6).standard_normal(60),
    "turns round at step 20": np.where(np.arange(60) < 20, 1.0, -1.0),
}
"""Gradients of `first_steps`."""


def first_steps(fig):
    """Show the size of Adam's first steps, with and without bias correction."""
    ax = style.axes(fig, height=3.3)
    looks = (style.ORANGE, "without correction"), (style.BLUE, "with correction")
    lines = [ax.plot([], [], ".-", color=colour, label=label)[0] for colour, label in looks]
    marker = ax.axvline(1, color=style.GREY, lw=1)
    ax.set(xlim=(0, 50), ylim=(-7.5, 8.5), xlabel="step t", ylabel="step ÷ α")
    ax.legend(frameon=False, ncols=2, loc="lower left")

    def update(t, beta1, beta2, gradient):
        said = []
        for line, corrected in zip(lines, (False, True), strict=True):
            steps = adam_steps(GRADIENTS[gradient][:50], beta1, beta2, bias_correction=corrected)
            line.set_data(np.arange(1, 51), steps)
            said.append(steps[t - 1])
        marker.set_xdata([t, t])
        return f"step {t}: {said[0]:.3f} α without, {said[1]:.3f} α with correction"

    return update


def adam_steps(gradients, beta1=0.9, beta2=0.999, *, bias_correction=True):
    """Return Adam's steps downhill, in units of alpha, for a row of gradients of one parameter."""
    adam = lecture.Adam(alpha=1.0, beta1=beta1, beta2=beta2, bias_correction=bias_correction)
    theta, state, steps = np.zeros(1), adam.init([0.0]), []
    for g in gradients:
        moved, state = adam.step(theta, np.array([g]), state)
        steps.append(float((theta - moved)[0]))
        theta = moved
    return np.array(steps)


TARGET = 1e-6


def best_parameters(kappa):
    """Return the best alpha of descent, and the best alpha and beta of momentum, on a valley.

    Curvatures are 1 and kappa. Descent: ``alpha = 2 / (1 + kappa)``. Momentum written as an
    average: ``beta = ((sqrt(kappa) - 1) / (sqrt(kappa) + 1))^2`` and
    ``alpha = (2 / (1 + sqrt(kappa)))^2 / (1 - beta)``.

    References
    ----------
    .. [1] B. T. Polyak (1964).
    """
    root = np.sqrt(kappa)
    beta = ((root - 1) / (root + 1)) ** 2
    return 2 / (1 + kappa), (2 / (1 + root)) ** 2 / (1 - beta), beta


def predicted_steps(kappa):
    """Return how many steps to `TARGET` descent and momentum need, asymptotically.

    Descent shrinks the distance by ``(kappa - 1) / (kappa + 1) ~ exp(-2 / kappa)`` a step, momentum
    by ``(sqrt(kappa) - 1) / (sqrt(kappa) + 1) ~ exp(-2 / sqrt(kappa))``.
    """
    return np.log(1 / TARGET) * kappa / 2, np.log(1 / TARGET) * np.sqrt(kappa) / 2


def measured_steps(optimizer, kappa, start, most=20_000):
    """Return the step from which on the distance, relative to the start's, is below `TARGET`."""
    curvatures, theta = np.array([1.0, kappa]), np.asarray(start, float)
    first, state = np.linalg.norm(theta), optimizer.init(theta)
    for t in range(1, most + 1):
        theta, state = optimizer.step(theta, curvatures * theta, state)
        left = np.linalg.norm(theta) / first
        if left < TARGET:
            return t
        if left > 1 / TARGET:  # it diverges
            break
    return most


def condition(fig):
    """Show how many steps to a millionth of the distance descent and momentum need, by kappa."""
    ax = style.axes(fig, height=3.4, left=0.85)
    kappas = np.geomspace(2, 1000, 40)
    predicted = np.array([predicted_steps(k) for k in kappas])
    looks = (style.GREY, "descent"), (style.BLUE, "momentum")
    heads = []
    for (colour, name), steps in zip(looks, predicted.T, strict=True):
        ax.loglog(kappas, steps, color=colour, label=f"{name}, formula")
        heads.append(ax.loglog([], [], "o", color=colour, ms=9, label=f"{name}, measured")[0])
    ax.set(xlabel="condition number κ", ylabel="steps", xlim=(1.8, 1200), ylim=(5, 2e4))
    ax.legend(frameon=False, loc="upper left")

    def update(kappa, factor, angle):
        alpha, alpha_momentum, beta = best_parameters(kappa)
        start = np.cos(np.radians(angle)), np.sin(np.radians(angle))
        runs = (lecture.GradientDescent(alpha=factor * alpha),
                lecture.Momentum(alpha=factor * alpha_momentum, beta=beta))  # fmt: skip
        steps = [measured_steps(run, kappa, start, most=3000) for run in runs]
        for head, count in zip(heads, steps, strict=True):
            head.set_data([kappa], [count])
        counts = ["over 3000" if n == 3000 else n for n in steps]
        formula = "formulas {:.0f} and {:.0f}".format(*predicted_steps(kappa))
        said = f"descent {counts[0]}, momentum {counts[1]} steps; {formula}"
        return f"κ = {kappa:g}, α {factor:g} × the best: {said}"

    return update


def tune(fig):
    """Show momentum on a valley of condition 100, and the distance left after each step."""
    left, right = style.axes(fig, 1, 2, height=3.5, wspace=0.3)
    hill = surfaces.quadratic(100.0)
    _contours(left, hill).set_visible(True)
    left.set(xticks=[], yticks=[], xlim=(0, 1), ylim=(0, 1))
    (way,) = left.plot([], [], ".-", color=style.BLUE, lw=1, ms=3)
    (curve,) = right.semilogy([], [], color=style.BLUE)
    right.axhline(TARGET, color=style.GREEN, ls="--")
    right.set(xlim=(0, 100), ylim=(1e-9, 100), xlabel="step", title="distance ÷ first distance")

    def update(alpha, beta):
        momentum = lecture.Momentum(alpha=alpha, beta=beta)
        points = lecture.path(momentum, hill.gradient, hill.start, 100).T
        away = hill.distance(points) / hill.distance(points[:, 0])
        way.set_data(*np.clip(_unit(np.nan_to_num(points, nan=1e6), hill), -50, 50))
        curve.set_data(np.arange(101), np.clip(np.nan_to_num(away, nan=1e9), 1e-12, 1e9))
        return f"α = {alpha:g}, β = {beta:g}: after 100 steps {_in_words(away[-1])} of the distance"

    return update


def adams(alpha, beta):
    """Return four Adams, one of which freezes."""
    return {
        "A": lecture.Adam(alpha=alpha, beta1=beta),
        "B": lecture.Adam(alpha=alpha, beta1=beta, bias_correction=False),
        "C": FrozenAdam(alpha=alpha, beta1=beta),
        "D": lecture.Adam(alpha=alpha, beta1=0.5 * beta),
    }


class FrozenAdam(lecture.Adam):
    """Adam with a mistake: it keeps the corrected averages for the next step."""

    def step(self, theta, gradient, state):
        """Return the next ``(theta, state)``, with corrected moments stored back."""
        t = state.t + 1
        v = (self.beta1 * state.v + (1 - self.beta1) * gradient) / (1 - self.beta1**t)
        s = (self.beta2 * state.s + (1 - self.beta2) * gradient**2) / (1 - self.beta2**t)
        theta = theta - self.alpha * v / (np.sqrt(s) + self.epsilon)
        return theta, lecture.AdamState(v, s, t)
