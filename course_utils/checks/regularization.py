"""Checks of the exercises and the challenge about regularization."""

from functools import partial

import numpy as np

from course_utils.checks.diagnosis import Case, Mistake, diagnose
from course_utils.checks.verdict import Verdict

_W1 = np.array([[1.0, -2.0, 0.5], [3.0, 0.0, -1.0]])
_W2 = np.array([[2.0, -0.5]])
_B1 = np.array([[4.0], [-3.0]])
_COST_CASES = (
    Case(([_W1, _W2], [_B1], 0.7, 5), says="two layers, lambda = 0.7, m = 5"),
    Case(([_W2], [np.array([[1.0]])], 3.0, 8), says="one layer, lambda = 3, m = 8"),
)


def _cost(weights, biases, lambda_, m, *, measure=lambda W: np.square(W).sum(), more=0.0,
          rate=lambda lambda_, m: lambda_ / (2 * m), pick=lambda sums: sum(sums)):  # fmt: skip
    """Compute the L2 term in exchangeable parts: the right ones by default."""
    sums = [measure(W) for W in weights]
    return rate(lambda_, m) * (pick(sums) + more * sum(measure(b) for b in biases))


def _cost_mistake(identity, hint, **parts):
    return Mistake(identity, partial(_cost, **parts), hint)


_COST_MISTAKES = (
    Mistake("still-the-stub", lambda *_: 0.0, "This is the stub as it came: 0."),
    _cost_mistake("biases-included", "The biases are in it. They say where a unit switches, not "
                  "how steep it is, and are left out.", more=1.0),
    _cost_mistake("no-half", "λ/m for λ/(2m): the 2 is there so that the gradient has none.",
                  rate=lambda lambda_, m: lambda_ / m),
    _cost_mistake("not-shared-by-m", "m is missing. The loss is divided by it, and so is this.",
                  rate=lambda lambda_, m: lambda_ / 2),
    _cost_mistake("half-of-both", "You divide by 2 and by 2m.",
                  rate=lambda lambda_, m: lambda_ / (4 * m)),
    _cost_mistake("absolute-values", "That is the sum of |W|, which is L1. L2 squares.",
                  measure=lambda W: np.abs(W).sum()),
    _cost_mistake("norm-not-squared", "That is ‖W‖, with a root. Its square is asked for.",
                  measure=np.linalg.norm),
    _cost_mistake("mean-of-squares", "You average the squares of a layer: then a wide layer is let "
                  "off. Sum them.", measure=lambda W: np.square(W).mean()),
    _cost_mistake("last-layer-only", "Only the last layer is in it. Sum over all of them.",
                  pick=lambda sums: sums[-1]),
    _cost_mistake("first-layer-only", "Only the first layer is in it. Sum over all of them.",
                  pick=lambda sums: sums[0]),
)  # fmt: skip


def l2_cost(function):
    """Check ``l2_cost(weights, biases, lambda_, m)``: what L2 adds to the cost."""
    return diagnose(function, _cost, _COST_CASES, _COST_MISTAKES)


_DW = np.array([[0.1, 0.2, -0.3], [0.0, 1.0, 0.5]])
_GRADIENT_CASES = (
    Case((_DW, _W1, 0.7, 5), says="lambda = 0.7, m = 5"),
    Case((-_DW, _W1[::-1], 3.0, 8), says="lambda = 3, m = 8"),
)


def _gradient(dW, W, lambda_, m, *, of=lambda W: W, rate=lambda lambda_, m: lambda_ / m, sign=1):
    return dW + sign * rate(lambda_, m) * of(W)


def _gradient_mistake(identity, hint, **parts):
    return Mistake(identity, partial(_gradient, **parts), hint)


_GRADIENT_MISTAKES = (
    Mistake("still-the-stub", lambda dW, *_: dW, "This is the stub as it came: λ changes nothing."),
    Mistake("loss-forgotten", lambda dW, W, lambda_, m: lambda_ / m * W, "That is L2's part alone. "
            "The gradient of the loss, dW, is gone."),
    _gradient_mistake("half-too-much", "You have λ/(2m). The square's derivative brings a 2 that "
                      "cancels it.", rate=lambda lambda_, m: lambda_ / (2 * m)),
    _gradient_mistake("not-shared-by-m", "m is missing.", rate=lambda lambda_, m: lambda_),
    _gradient_mistake("twice-too-much", "You have 2λ/m. The cost has a ½ that cancels the 2.",
                      rate=lambda lambda_, m: 2 * lambda_ / m),
    _gradient_mistake("weights-grow", "You subtract it: descent would make the weights grow.",
                      sign=-1),
    _gradient_mistake("sign-only", "You add the sign of W, which belongs to |W|. The derivative of "
                      "W² is 2W.", of=np.sign),
    _gradient_mistake("squared", "You add W². That is in the cost; its derivative is asked for.",
                      of=np.square),
)  # fmt: skip


def l2_gradient(function):
    """Check ``l2_gradient(dW, W, lambda_, m)``: dW with L2's part added."""
    return diagnose(function, _gradient, _GRADIENT_CASES, _GRADIENT_MISTAKES)


_A = np.array([[1.0, 2.0, -3.0, 4.0], [0.5, 0.0, 2.0, 1.0], [3.0, -1.0, 1.5, 2.0]])
_U = np.array([[0.1, 0.7, 0.4, 0.95], [0.55, 0.3, 0.85, 0.2], [0.65, 0.05, 0.9, 0.45]])
_FORWARD_CASES = (
    Case((_A, _U, 0.8), says="three units, four examples, keep_prob = 0.8"),
    Case((_A[:2], _U[:2], 0.5), says="two units, four examples, keep_prob = 0.5"),
)


def _forward(a, u, keep_prob, *, kept=lambda u, p: u < p, factor=lambda p: 1 / p):
    return a * kept(u, keep_prob) * factor(keep_prob)


def _forward_mistake(identity, hint, **parts):
    return Mistake(identity, partial(_forward, **parts), hint)


_FORWARD_MISTAKES = (
    Mistake("still-the-stub", lambda a, u, keep_prob: a, "This is the stub as it came: nothing is "
            "dropped."),
    _forward_mistake("not-divided", "Right units, but not divided by keep_prob: on average the "
                     "next layer gets less than at test time.", factor=lambda p: 1.0),
    _forward_mistake("multiplied", "You multiply by keep_prob. What is left should be larger.",
                     factor=lambda p: p),
    _forward_mistake("drops-with-keep-prob", "You drop a unit with probability keep_prob: with "
                     "0.8 only one in five is left.", kept=lambda u, p: u >= p),
    _forward_mistake("drops-and-divides-by-the-rest", "You keep with probability 1 − keep_prob and "
                     "divide by it. keep_prob is the share that is kept.",
                     kept=lambda u, p: u >= p, factor=lambda p: 1 / (1 - p)),
    _forward_mistake("divided-by-the-rest", "You divide by 1 − keep_prob, what is dropped.",
                     factor=lambda p: 1 / (1 - p)),
    _forward_mistake("same-mask-for-all", "All examples get the same mask. Each entry of u decides "
                     "for one unit of one example.", kept=lambda u, p: u[:, :1] < p),
    _forward_mistake("whole-examples-dropped", "You drop whole examples. Units are to be dropped.",
                     kept=lambda u, p: u[:1] < p),
    Mistake("mask-alone", lambda a, u, keep_prob: (u < keep_prob) / keep_prob, "That is the mask. "
            "Multiply a by it."),
)  # fmt: skip


def dropout_forward(function):
    """Check ``dropout_forward(a, u, keep_prob)``: the activations after inverted dropout."""
    return diagnose(function, _forward, _FORWARD_CASES, _FORWARD_MISTAKES)


def _backward(da, a, u, keep_prob):
    return da * (u < keep_prob) / keep_prob


_DA = np.array([[1.0, -1.0, 2.0, 0.5], [3.0, 1.0, -2.0, 1.0], [0.5, 2.0, 1.0, -1.0]])
_BACKWARD_CASES = (
    Case((_DA, _A, _U, 0.8), says="three units, four examples, keep_prob = 0.8"),
    Case((_DA[:2], _A[:2], _U[:2], 0.5), says="two units, four examples, keep_prob = 0.5"),
)
_BACKWARD_MISTAKES = (
    Mistake("still-the-stub", lambda da, a, u, keep_prob: da, "This is the stub: dropped units get "
            "a gradient, too."),
    Mistake("not-divided", lambda da, a, u, keep_prob: da * (u < keep_prob), "The forward pass "
            "divides by keep_prob; so must its derivative."),
    Mistake("divided-only", lambda da, a, u, keep_prob: da / keep_prob, "Dropped units did nothing "
            "for the cost: their gradient is 0."),
    Mistake("another-mask", lambda da, a, u, keep_prob: da * (u >= keep_prob) / keep_prob, "You "
            "turned the mask round: the units that were kept have the gradient."),
    Mistake("mask-from-the-values", lambda da, a, u, keep_prob:
            da * (a * (u < keep_prob) != 0) / keep_prob, "You find the mask where the activation "
            "is not 0. A unit can be 0 without having been dropped."),
    Mistake("times-the-activation", lambda da, a, u, keep_prob: a * _backward(da, a, u, keep_prob),
            "The activation does not belong here: a · mask has the derivative mask."),
    Mistake("divided-twice", lambda da, a, u, keep_prob: da * (u < keep_prob) / keep_prob**2,
            "You divide by keep_prob twice."),
)  # fmt: skip


def dropout_backward(function):
    """Check ``dropout_backward(da, a, u, keep_prob)``: the gradient before dropout."""
    return diagnose(function, _backward, _BACKWARD_CASES, _BACKWARD_MISTAKES)


def goal_by_lambda_alone(run, *, frame, lambda_):
    """Judge the challenge: 87 % of the test examples right after the last step, by lambda alone."""
    _, accuracy = run.accuracies(frame, lambda_=lambda_)
    now = f"{accuracy:.1%} of the test examples are right"
    if frame < run.frames:
        return Verdict(False, "not-trained", f"train to the last step. Now {now}.")
    if accuracy >= 0.87:
        return Verdict(True, None, f"{now} at λ = {lambda_:g}.")
    return Verdict(False, "too-few", f"get 87 % right after the last step, by λ alone. Now {now}.")
