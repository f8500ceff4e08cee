"""Checks of the exercises and challenges about optimizers."""

from functools import partial

import numpy as np

from course_utils import convergence, surfaces
from course_utils import optimizers as lecture
from course_utils.checks.diagnosis import Case, Mistake, diagnose
from course_utils.checks.verdict import Verdict

_THETA = np.array([1.0, -2.0, 0.5])
_G = np.array([3.0, -0.01, -4.0])
_V = np.array([0.5, 1.0, -2.0])
_S = np.array([4.0, 0.25, 1.0])


def _momentum(
    theta, v, g, alpha, beta, *, average=lambda v, g, b: b * v + (1 - b) * g,
    move=lambda theta, v, g, alpha: theta - alpha * v,
):  # fmt: skip
    """Take a momentum step in exchangeable parts: the right ones by default."""
    v = average(v, g, beta)
    return move(theta, v, g, alpha), v


def _momentum_mistake(identity, hint, **parts):
    return Mistake(identity, partial(_momentum, **parts), hint)


_MOMENTUM_CASES = (
    Case((_THETA, _V, _G, 0.1, 0.9), says="three parameters, beta = 0.9"),
    Case((_THETA, np.zeros(3), _G, 0.5, 0.25), says="the first step, v = 0"),
)
_MOMENTUM_MISTAKES = (
    Mistake("still-the-stub", lambda theta, v, g, alpha, beta: (theta, v),
            "This is the stub as it came: nothing moved. Begin with the new v."),
    _momentum_mistake("shares-swapped", "β and 1 − β have changed places: with β = 0.9 the old "
                      "average should count for nine tenths.",
                      average=lambda v, g, b: (1 - b) * v + b * g),
    _momentum_mistake("sum-for-average", "Your v is β v + g, as PyTorch has it. That is another α: "
                      "the lecture's gradient has the factor 1 − β.",
                      average=lambda v, g, b: b * v + g),
    Mistake("steps-by-the-old-v", lambda theta, v, g, alpha, beta:
            (theta - alpha * v, beta * v + (1 - beta) * g),
            "The step is taken with the v from before. Which v does the second formula mean?"),
    _momentum_mistake("steps-by-the-gradient", "The average is right, but the step follows g "
                      "alone.", move=lambda theta, v, g, alpha: theta - alpha * g),
    _momentum_mistake("uphill", "You walk uphill: look at the sign of the step.",
                      move=lambda theta, v, g, alpha: theta + alpha * v),
    _momentum_mistake("no-alpha", "α is missing from the step.",
                      move=lambda theta, v, g, alpha: theta - v),
    _momentum_mistake("squared-gradient", "You average g². That is RMSprop's s.",
                      average=lambda v, g, b: b * v + (1 - b) * g**2),
    _momentum_mistake("adds-the-gradient", "The new v already holds g: the step is α v, without "
                      "another g.", move=lambda theta, v, g, alpha: theta - alpha * v - alpha * g),
    Mistake("only-v-moves", lambda theta, v, g, alpha, beta:
            (theta, _momentum(theta, v, g, alpha, beta)[1]),
            "The new v is right. θ is still where it was."),
    Mistake("returns-swapped", lambda *args: _momentum(*args)[::-1],
            "Both are right, but v comes first: return theta, then v."),
    Mistake("v-not-returned", lambda theta, v, g, alpha, beta:
            (_momentum(theta, v, g, alpha, beta)[0], v),
            "θ is right, but the old v is returned: the next step would start from it."),
)  # fmt: skip


def momentum_step(function):
    """Check ``momentum_step(theta, v, g, alpha, beta)``, which returns ``theta, v``."""
    return diagnose(function, _momentum, _MOMENTUM_CASES, _MOMENTUM_MISTAKES)


def _rmsprop(
    theta, s, g, alpha, beta, epsilon, *, average=lambda s, g, b: b * s + (1 - b) * g**2,
    root=lambda s, e: np.sqrt(s) + e, numerator=lambda g, s: g, sign=-1,
):  # fmt: skip
    """Take an RMSprop step in exchangeable parts: the right ones by default."""
    s = average(s, g, beta)
    return theta + sign * alpha * numerator(g, s) / root(s, epsilon), s


def _rmsprop_mistake(identity, hint, **parts):
    return Mistake(identity, partial(_rmsprop, **parts), hint)


_RMSPROP_CASES = (
    Case((_THETA, _S, _G, 0.1, 0.9, 1e-8), says="three parameters, beta = 0.9"),
    Case((_THETA, np.zeros(3), _G, 0.1, 0.75, 0.5), says="the first step, s = 0, a large epsilon"),
)
_RMSPROP_MISTAKES = (
    Mistake("still-the-stub", lambda theta, s, g, alpha, beta, epsilon: (theta, s),
            "This is the stub as it came: nothing moved. Begin with the new s."),
    _rmsprop_mistake("epsilon-inside-root", "ε stands inside the root, as in Keras. Here it stands "
                     "outside: with a large ε the two differ.", root=lambda s, e: np.sqrt(s + e)),
    _rmsprop_mistake("no-root", "You divide by s. A gradient twice as large should give the same "
                     "step: which power of s does that?", root=lambda s, e: s + e),
    _rmsprop_mistake("no-epsilon", "ε is missing: one parameter without a gradient would give 0/0.",
                     root=lambda s, e: np.sqrt(s)),
    _rmsprop_mistake("gradient-not-squared", "You average g, not g².",
                     average=lambda s, g, b: b * s + (1 - b) * g,
                     root=lambda s, e: np.sqrt(np.abs(s)) + e),
    _rmsprop_mistake("absolute-for-square", "You average |g|. s is the average of g².",
                     average=lambda s, g, b: b * s + (1 - b) * np.abs(g)),
    _rmsprop_mistake("shares-swapped", "β and 1 − β have changed places.",
                     average=lambda s, g, b: (1 - b) * s + b * g**2),
    _rmsprop_mistake("sum-for-average", "Your s is a sum that shrinks, not an average: g² has the "
                     "factor 1 − β.", average=lambda s, g, b: b * s + g**2),
    _rmsprop_mistake("adagrad", "You add up all g²: that is AdaGrad, whose steps only get smaller.",
                     average=lambda s, g, b: s + g**2),
    _rmsprop_mistake("uphill", "You walk uphill: look at the sign of the step.", sign=1),
    Mistake("divides-by-the-old-s", lambda theta, s, g, alpha, beta, epsilon:
            (theta - alpha * g / (np.sqrt(s) + epsilon), beta * s + (1 - beta) * g**2),
            "You divide by the s from before; at the first step that is 0."),
    Mistake("no-alpha", lambda theta, s, g, alpha, beta, epsilon:
            _rmsprop(theta, s, g, 1.0, beta, epsilon), "α is missing from the step."),
    _rmsprop_mistake("one-scale-for-all", "Every parameter has an s of its own: yours averages g² "
                     "over the parameters.",
                     average=lambda s, g, b: b * s + (1 - b) * np.mean(g**2)),
    Mistake("s-not-returned", lambda theta, s, *rest: (_rmsprop(theta, s, *rest)[0], s),
            "θ is right, but the old s is returned: the next step would start from it."),
    _rmsprop_mistake("multiplies", "You multiply by the root: large gradients get larger still.",
                     root=lambda s, e: 1 / (np.sqrt(s) + e)),
)  # fmt: skip


def rmsprop_step(function):
    """Check ``rmsprop_step(theta, s, g, alpha, beta, epsilon)``, which returns ``theta, s``."""
    return diagnose(function, _rmsprop, _RMSPROP_CASES, _RMSPROP_MISTAKES)


def _averages(v, s, g, beta1, beta2):
    return beta1 * v + (1 - beta1) * g, beta2 * s + (1 - beta2) * g**2


def _corrected(v, s, t, beta1, beta2):
    return v / (1 - beta1**t), s / (1 - beta2**t)


def _with_squared_average(v, s, g, beta1, beta2):
    v, _ = _averages(v, s, g, beta1, beta2)
    return v, beta2 * s + (1 - beta2) * v**2


def _adam(
    theta, v, s, g, t, alpha, beta1, beta2, epsilon, *, averages=_averages, hats=_corrected,
    root=lambda s, e: np.sqrt(s) + e, keep=lambda v, s, v_hat, s_hat: (v, s), sign=-1,
):  # fmt: skip
    """Take an Adam step in exchangeable parts: the right ones by default."""
    v, s = averages(v, s, g, beta1, beta2)
    v_hat, s_hat = hats(v, s, t, beta1, beta2)
    theta = theta + sign * alpha * v_hat / root(s_hat, epsilon)
    return theta, *keep(v, s, v_hat, s_hat)


def _adam_mistake(identity, hint, **parts):
    return Mistake(identity, partial(_adam, **parts), hint)


_HYPER = (0.9, 0.99)
_ADAM_CASES = (
    Case((_THETA, np.zeros(3), np.zeros(3), _G, 1, 0.1, *_HYPER, 1e-8), says="the first step"),
    Case((_THETA, _V, _S, _G, 3, 0.1, *_HYPER, 0.5), says="step 3, a large epsilon"),
)
_ADAM_MISTAKES = (
    Mistake("still-the-stub", lambda theta, v, s, *_: (theta, v, s),
            "This is the stub as it came: nothing moved. Begin with the new v and s."),
    _adam_mistake("corrected-stored-back", "The step is right, but you return the corrected "
                  "averages. The next step corrects them again: soon Adam freezes.",
                  keep=lambda v, s, v_hat, s_hat: (v_hat, s_hat)),
    _adam_mistake("no-correction", "The averages start at 0 and are too small at first. Divide "
                  "them by 1 − β^t.", hats=lambda v, s, t, b1, b2: (v, s)),
    _adam_mistake("only-v-corrected", "v is corrected, s is not.",
                  hats=lambda v, s, t, b1, b2: (v / (1 - b1**t), s)),
    _adam_mistake("only-s-corrected", "s is corrected, v is not.",
                  hats=lambda v, s, t, b1, b2: (v, s / (1 - b2**t))),
    _adam_mistake("corrected-without-t", "You divide by 1 − β at every step. The power t is "
                  "missing.", hats=lambda v, s, t, b1, b2: (v / (1 - b1), s / (1 - b2))),
    _adam_mistake("t-one-too-few", "Your power is one too small, as if t began at 0. At the first "
                  "step that divides by 1 − β⁰ = 0.",
                  hats=lambda v, s, t, b1, b2: _corrected(v, s, t - 1, b1, b2)),
    _adam_mistake("t-one-too-many", "Your power is one too large. t is 1 at the first step "
                  "already.", hats=lambda v, s, t, b1, b2: _corrected(v, s, t + 1, b1, b2)),
    _adam_mistake("corrects-by-product", "You multiply by 1 − β^t, and small averages get smaller "
                  "still.", hats=lambda v, s, t, b1, b2: (v * (1 - b1**t), s * (1 - b2**t))),
    _adam_mistake("epsilon-before-correction", "ε joins the root of the uncorrected s, as in "
                  "Keras. Here it joins the root of the corrected one: with a large ε they differ.",
                  hats=lambda v, s, t, b1, b2: (v * np.sqrt(1 - b2**t) / (1 - b1**t), s)),
    _adam_mistake("betas-swapped", "β1 and β2 have changed places: β1 is v's.",
                  averages=lambda v, s, g, b1, b2: _averages(v, s, g, b2, b1),
                  hats=lambda v, s, t, b1, b2: _corrected(v, s, t, b2, b1)),
    _adam_mistake("epsilon-inside-root", "ε stands inside the root. In Adam it stands outside.",
                  root=lambda s, e: np.sqrt(s + e)),
    _adam_mistake("no-epsilon", "ε is missing.", root=lambda s, e: np.sqrt(s)),
    _adam_mistake("no-root", "You divide by s. Which power of it has the size of a gradient?",
                  root=lambda s, e: s + e),
    _adam_mistake("gradient-not-squared", "Your s averages g, not g².",
                  averages=lambda v, s, g, b1, b2: (b1 * v + (1 - b1) * g, b2 * s + (1 - b2) * g),
                  root=lambda s, e: np.sqrt(np.abs(s)) + e),
    _adam_mistake("sum-for-average", "v and s are sums here: g has the factor 1 − β1, g² the "
                  "factor 1 − β2.",
                  averages=lambda v, s, g, b1, b2: (b1 * v + g, b2 * s + g**2)),
    _adam_mistake("shares-swapped", "β and 1 − β have changed places in v and s.",
                  averages=lambda v, s, g, b1, b2: _averages(v, s, g, 1 - b1, 1 - b2)),
    Mistake("steps-by-the-gradient", lambda theta, v, s, g, t, alpha, b1, b2, epsilon:
            (_adam(theta, 0 * v, s, g, t, alpha, 0.0, b2, epsilon)[0], *_averages(v, s, g, b1, b2)),
            "The averages are right, but above the line stands g. That is RMSprop: where is v?"),
    Mistake("averages-not-returned", lambda theta, v, s, *rest:
            (_adam(theta, v, s, *rest)[0], v, s),
            "θ is right, but the old v and s are returned: the next step would start from them."),
    Mistake("no-alpha", lambda theta, v, s, g, t, alpha, *rest:
            _adam(theta, v, s, g, t, 1.0, *rest), "α is missing from the step."),
    _adam_mistake("square-of-v", "Your s averages v², the square of the average. It averages g².",
                  averages=_with_squared_average),
    _adam_mistake("uphill", "You walk uphill: look at the sign of the step.", sign=1),
)  # fmt: skip


def adam_step(function):
    """Check ``adam_step(theta, v, s, g, t, alpha, beta1, beta2, epsilon)``: ``theta, v, s``."""
    return diagnose(function, _adam, _ADAM_CASES, _ADAM_MISTAKES)


def goal_a_millionth(*, alpha, beta, **_):
    """Judge the challenge: a millionth of the distance after 100 steps at kappa = 100."""
    hill = surfaces.quadratic(100.0)
    momentum = lecture.Momentum(alpha=alpha, beta=beta)
    points = lecture.path(momentum, hill.gradient, hill.start, 100).T
    share = hill.distance(points[:, -1]) / hill.distance(points[:, 0])
    if share < convergence.TARGET:
        return Verdict(True, None, f"{share:.0e} of the distance is left.".replace("e-", "e−"))
    now = f"{share:.0e}".replace("e-", "e−") if share < 1e6 else "more than a million times"
    hint = f"bring the distance below a millionth in 100 steps. Left now: {now}."
    return Verdict(False, "too-far", hint)


class FrozenAdam(lecture.Adam):
    """Adam with a mistake that notes of this lecture carry: it keeps the corrected averages."""

    def step(self, theta, gradient, state):
        """Return the next ``(theta, state)``, with corrected averages in the state."""
        corrected_stored_back = partial(_adam, keep=lambda v, s, v_hat, s_hat: (v_hat, s_hat))
        v, s, t = state.v, state.s, state.t + 1
        theta, v, s = corrected_stored_back(
            theta, v, s, gradient, t, self.alpha, self.beta1, self.beta2, self.epsilon
        )
        return theta, lecture.AdamState(v, s, t)


def suspects(alpha, beta):
    """Return four Adams for a race; one of them is a `FrozenAdam`."""
    return {
        "A": lecture.Adam(alpha=alpha, beta1=beta),
        "B": lecture.Adam(alpha=alpha, beta1=beta, bias_correction=False),
        "C": FrozenAdam(alpha=alpha, beta1=beta),
        "D": lecture.Adam(alpha=alpha, beta1=0.5 * beta),
    }
