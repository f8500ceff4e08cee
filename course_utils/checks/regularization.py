"""Checks of the exercises and the challenge about regularization."""

from functools import partial

import numpy as np

from course_utils.checks.engine.diagnosis import Case, Invariant, Mistake, Stub, made_in
from course_utils.checks.engine.exercise import Exercise
from course_utils.checks.engine.showing import against
from course_utils.checks.engine.verdict import Verdict
from course_utils.support.words import percent

# The L2 cost

_W1 = np.array([[1.0, -2.0, 0.5], [3.0, 0.0, -1.0]])
_W2 = np.array([[2.0, -0.5], [1.5, 1.0], [-1.0, 0.5], [0.5, -2.5]])
_W3 = np.array([[1.0, -0.5, 2.5, 0.5]])
_B1, _B2, _B3 = (
    np.array([[4.0], [-3.0]]),
    np.array([[1.0], [0.5], [-2.0], [2.0]]),
    np.array([[1.5]]),
)
_COST_CASES = (
    Case(([_W3], [_B3], 11.0, 4), says="one layer, λ = 11, m = 4"),
    Case(([_W1, _W2[:3]], [_B1, _B2[:3]], 0.7, 5), says="two layers, λ = 0.7, m = 5"),
    Case(([_W1, _W2, _W3], [_B1, _B2, _B3], 3.0, 8), says="three layers, λ = 3, m = 8"),
)


def _draw_cost(rng):
    widths = rng.integers(1, 5, rng.integers(5, 7))
    shapes = list(zip(widths[1:], widths[:-1], strict=True))
    weights = [rng.normal(size=shape).round(1) for shape in shapes]
    biases = [rng.normal(size=(n_out, 1)).round(1) for n_out, _ in shapes]
    return Case((weights, biases, _strength(rng), int(rng.integers(2, 20))), says=_JUST_NOW)


def _strength(rng):
    return float(rng.integers(2, 60)) / 10


_JUST_NOW = "numbers drawn just now"


def _cost_stub(weights, biases, lambda_, m):
    cost = 0.0
    return cost


def _cost(
    weights,
    biases,
    lambda_,
    m,
    *,
    half=0.5,
    strength=lambda lambda_: lambda_,
    share=lambda m: 1 / m,
    measure=lambda W: np.square(W).sum(),
    of=lambda weights, biases: weights,
    join=sum,
):
    """Compute the L2 term in exchangeable parts: the right ones by default."""
    return half * strength(lambda_) * share(m) * join([measure(W) for W in of(weights, biases)])


def _factor_in_every_round(weights, biases, lambda_, m):
    cost = 0.0
    for W in weights:
        cost = (cost + np.square(W).sum()) * lambda_ / (2 * m)
    return cost


_LAYERS = "Change the weights of one layer at a time: does the cost follow each of them?"
_SIZE = "Work out the cost of a single weight w = 3 with λ = 1 and m = 1, by hand and with yours."
_M = "Double m: what should become of the cost, and what does yours do?"
_EXAMPLES = "Look at the number that you divide by: where does it come from?"
_COST_MISTAKES = (
    Mistake(
        "biases-included",
        "The biases are in it. They say where a unit switches, not how steep it is, and are left "
        "out.",
        partial(_cost, of=lambda weights, biases: [*weights, *biases]),
        look="Look at which arrays you sum over.",
    ),
    Mistake(
        "biases-for-weights",
        "You sum over the biases. It is the weights that should stay small.",
        partial(_cost, of=lambda weights, biases: biases),
        look="Look at which arrays you sum over.",
    ),
    Mistake(
        "no-half",
        "There is a factor of 2 too much. What is the ½ in the formula good for?",
        partial(_cost, half=1.0),
        look=_SIZE,
    ),
    Mistake(
        "half-of-both",
        "There is a factor of ½ too much. Is the 2 counted twice?",
        partial(_cost, half=0.25),
        look=_SIZE,
    ),
    Mistake(
        "not-shared-by-m",
        "m is missing. The loss is a mean over the m examples, and L2's part is shared by them as "
        "well.",
        partial(_cost, share=lambda m: 1.0),
        look=_M,
    ),
    Mistake(
        "times-m",
        "Your cost grows with m. Do you multiply by it, as Python does in λ / 2 * m, since it goes "
        "from left to right?",
        partial(_cost, share=lambda m: m),
        look=_M,
    ),
    Mistake(
        "divided-by-m-twice",
        "You divide by m twice.",
        partial(_cost, share=lambda m: 1 / m**2),
        look=_M,
    ),
    Mistake(
        "no-lambda",
        "λ is missing. It says how much the weights count against the loss.",
        partial(_cost, strength=lambda lambda_: 1.0),
        look="Double λ: what should become of the cost, and what does yours do?",
    ),
    Mistake(
        "lambda-squared",
        "λ is squared. Only the weights are: it stands before their squares.",
        partial(_cost, strength=lambda lambda_: lambda_**2),
        look="Double λ: what should become of the cost, and what does yours do?",
    ),
    Mistake(
        "absolute-values",
        "You sum absolute values, which belong to L1. L2 squares.",
        partial(_cost, measure=lambda W: np.abs(W).sum()),
        look=_SIZE,
    ),
    Mistake(
        "norm-not-squared",
        "That is the norm ‖W‖, with a root. Its square is asked for.",
        partial(_cost, measure=np.linalg.norm),
        look=_SIZE,
    ),
    Mistake(
        "spectral-norm",
        "For a matrix, that is another norm: how far W can stretch a vector. The task asks for "
        "the sum of all its squares.",
        partial(_cost, measure=lambda W: np.linalg.norm(W, 2) ** 2),
        look="Try a single W with more than one row, and compare with the sum of its squares.",
    ),
    Mistake(
        "spectral-norm",
        "For a matrix, that is another norm: the largest column counts alone. The task asks for "
        "the sum of all its squares.",
        partial(_cost, measure=lambda W: np.linalg.norm(W, 1) ** 2),
        look="Try a single W with more than one row, and compare with the sum of its squares.",
    ),
    Mistake(
        "sum-squared",
        "You sum first and square then, so that weights of opposite sign cancel.",
        partial(_cost, measure=lambda W: W.sum() ** 2),
        look="Try W = [[1, −1]]: neither weight is 0, but what is your cost?",
    ),
    Mistake(
        "sum-squared",
        "You sum the norms first and square then. Each layer is squared by itself.",
        partial(_cost, measure=np.linalg.norm, join=lambda norms: sum(norms) ** 2),
        look="Try two layers of the same weights: is the cost twice that of one?",
    ),
    Mistake(
        "not-squared",
        "You add the entries as they are, so that opposite signs cancel. What makes each of them "
        "positive?",
        partial(_cost, measure=np.sum),
        look="Try W = [[1, −1]]: neither weight is 0, but what is your cost?",
    ),
    Mistake(
        "doubled-not-squared",
        "You add the entries as they are, with a factor of 2 too much. Were they doubled, or the ½ "
        "left out? It is their squares that count.",
        partial(_cost, measure=lambda W: 2 * W.sum()),
        look="Look at how a weight of 3 counts: it should count as 9.",
    ),
    Mistake(
        "matrix-product",
        "Your sum has products of different weights in it. Is there a product of matrices, or the "
        "square of a sum? Each weight should meet only itself.",
        partial(_cost, measure=lambda W: (W @ W.T).sum()),
        look="Try W = [[1], [−1]]: neither weight is 0, but what is your sum?",
    ),
    Mistake(
        "matrix-product",
        "Your sum has products of different weights in it. Is there a product of matrices, or the "
        "square of a sum? Each weight should meet only itself.",
        partial(_cost, measure=lambda W: (W.T @ W).sum()),
        look="Try W = [[1, −1]]: neither weight is 0, but what is your sum?",
    ),
    Mistake(
        "mean-of-squares",
        "You average the squares of a layer: then a wide layer is let off. Sum them.",
        partial(_cost, measure=lambda W: np.square(W).mean()),
        look="Try a wide layer of ones: does each weight count as much as in a narrow one?",
    ),
    Mistake(
        "units-for-m",
        "You divide by the number of rows of W, the units. m is the number of examples, and is "
        "passed in.",
        partial(_cost, measure=lambda W: np.square(W).sum() / len(W), share=lambda m: 1.0),
        look=_EXAMPLES,
    ),
    Mistake(
        "units-for-m",
        "You divide by the number of columns of W, the inputs. m is the number of examples, and is "
        "passed in.",
        partial(_cost, measure=lambda W: np.square(W).sum() / W.shape[1], share=lambda m: 1.0),
        look=_EXAMPLES,
    ),
    Mistake(
        "units-for-m",
        "You divide by the number of layers. m is the number of examples, and is passed in.",
        lambda weights, biases, lambda_, m: _cost(weights, biases, lambda_, len(weights)),
        look=_EXAMPLES,
    ),
    Mistake(
        "first-layer-only",
        "Only the first layer is in it. Is the return inside the loop?",
        partial(_cost, join=lambda sums: sums[0]),
        look=_LAYERS,
    ),
    Mistake(
        "last-layer-only",
        "Only the last layer is in it. Does each round of your loop forget the round before?",
        partial(_cost, join=lambda sums: sums[-1]),
        look=_LAYERS,
    ),
    Mistake(
        "last-layer-missing",
        "The last layer is not in it. How many rounds does your loop make?",
        partial(_cost, join=lambda sums: sum(sums[:-1])),
        look=_LAYERS,
    ),
    Mistake(
        "first-layer-missing",
        "The first layer is not in it. Where does your loop begin?",
        partial(_cost, join=lambda sums: sum(sums[1:])),
        look=_LAYERS,
    ),
    Mistake(
        "layers-between-missing",
        "Only the first and the last layer are in it. A network may have more than two.",
        partial(_cost, join=lambda sums: sum(sums if len(sums) < 2 else [sums[0], sums[-1]])),
        look=_LAYERS,
    ),
    Mistake(
        "root-of-the-sum",
        "You take a root. L2 in the cost has none.",
        partial(_cost, join=lambda sums: np.sqrt(sum(sums))),
        lambda weights, biases, lambda_, m: np.sqrt(_cost(weights, biases, lambda_, m)),
        look=_SIZE,
    ),
    Mistake(
        "mean-of-layers",
        "You average over the layers. Sum them.",
        partial(_cost, join=np.mean),
        look="Try two layers of the same weights: is the cost twice that of one?",
    ),
    Mistake(
        "product-of-layers",
        "You multiply the layers with each other. Sum them.",
        partial(_cost, join=np.prod),
        look="Try a network in which one layer is all zeros.",
    ),
    Mistake(
        "one-number-a-layer",
        "You return one cost for each layer. What L2 adds to the cost is their sum.",
        partial(_cost, join=np.array),
        look="Look at the shape of your answer: one number is asked for.",
    ),
    Mistake(
        "factor-on-last-layer",
        "The factor with λ and m reaches only the last layer, the others are added without it.",
        lambda weights, biases, lambda_, m: (
            _cost(weights[:-1], biases, 1.0, 0.5) + _cost(weights[-1:], biases, lambda_, m)
        ),
        look="Look at how often you multiply by λ and divide by m, and at what.",
    ),
    Mistake(
        "factor-in-every-round",
        "The factor with λ and m is applied in every round of the loop, so that it multiplies the "
        "first layers again and again.",
        _factor_in_every_round,
        look="Look at how often the squares of the first layer are multiplied by λ.",
    ),
    Mistake(
        "added-not-multiplied",
        "The factor with λ and m is added to the sum of squares. It should multiply it.",
        lambda weights, biases, lambda_, m: lambda_ / (2 * m) + _cost(weights, biases, 1.0, 0.5),
        look="Try weights that are all 0: what should the cost be?",
    ),
    Mistake(
        "fraction-lost",
        "The factor with λ and m comes out as a whole number. Which division loses the digits "
        "after the point?",
        lambda weights, biases, lambda_, m: lambda_ // (2 * m) * _cost(weights, biases, 1.0, 0.5),
        look="Print the factor that the sum of squares is multiplied by.",
    ),
)


l2_cost = Exercise(
    "``l2_cost(weights, biases, lambda_, m)``: what L2 adds to the cost",
    right=_cost,
    cases=_COST_CASES,
    mistakes=_COST_MISTAKES,
    draw=_draw_cost,
    stub=Stub(_cost_stub, "Which arrays does L2 keep small, and how does it measure them?"),
)


# The L2 gradient

_DW = np.array([[0.1, 0.2, -0.3], [0.0, 1.0, 0.5]])
_GRADIENT_CASES = (
    Case((_DW, _W1, 0.7, 5), says="λ = 0.7, m = 5"),
    Case((-2 * _DW.T, _W1[::-1].T, 3.0, 8), says="λ = 3, m = 8"),
    Case((_W1[:, :2], _W1[:, 1:], 7.0, 2), says="two by two weights, λ = 7, m = 2"),
)


def _draw_gradient(rng):
    dW, W = rng.normal(size=(2, *rng.integers(1, 4, 2))).round(1)
    return Case((dW, W, _strength(rng), int(rng.integers(2, 20))), says=_JUST_NOW)


def _gradient_stub(dW, W, lambda_, m):
    return dW


def _gradient(
    dW,
    W,
    lambda_,
    m,
    *,
    loss=lambda dW, m: dW,
    sign=1,
    times=1.0,
    strength=lambda lambda_: lambda_,
    share=lambda W, m: 1 / m,
    of=lambda W, dW: W,
):
    return loss(dW, m) + sign * times * strength(lambda_) * share(W, m) * of(W, dW)


_PENALTY = "Set dW to 0 and λ = m = 1: what is left should be W itself."
_SHARE = "Double m: what should become of the part that λ adds?"
_LOSS = "Set λ to 0: what is left should be dW."
_GRADIENT_MISTAKES = (
    Mistake(
        "loss-forgotten",
        "You return L2's part alone. The gradient of the loss, dW as it is, should be added.",
        partial(_gradient, loss=lambda dW, m: 0.0),
        look=_LOSS,
    ),
    Mistake(
        "loss-divided-too",
        "You divide dW by m. It is the gradient of a mean already: only λW has still to be "
        "divided.",
        partial(_gradient, loss=lambda dW, m: dW / m),
        look=_LOSS,
    ),
    Mistake(
        "half-too-much",
        "L2's part has a factor of ½ too much. What does the derivative of a square bring down?",
        partial(_gradient, times=0.5),
        look=_PENALTY,
    ),
    Mistake(
        "twice-too-much",
        "L2's part has a factor of 2 too much. The cost has a ½ before its squares: what becomes "
        "of the 2?",
        partial(_gradient, times=2.0),
        look=_PENALTY,
    ),
    Mistake(
        "not-shared-by-m",
        "L2's part lacks m. The cost has it there, and so has its derivative.",
        partial(_gradient, share=lambda W, m: 1.0),
        look=_SHARE,
    ),
    Mistake(
        "times-m",
        "L2's part grows with m. Did a division become a multiplication?",
        partial(_gradient, share=lambda W, m: m),
        look=_SHARE,
    ),
    Mistake(
        "width-for-m",
        "You divide by the number of columns of W, the inputs. m is the number of examples, and is "
        "passed in.",
        partial(_gradient, share=lambda W, m: 1 / W.shape[1]),
        look="Look at the number that you divide by: where does it come from?",
    ),
    Mistake(
        "width-for-m",
        "You divide by the number of rows of W, the units. m is the number of examples, and is "
        "passed in.",
        partial(_gradient, share=lambda W, m: 1 / len(W)),
        look="Look at the number that you divide by: where does it come from?",
    ),
    Mistake(
        "width-for-m",
        "You divide by the number of weights in W. m is the number of examples, and is passed in.",
        partial(_gradient, share=lambda W, m: 1 / W.size),
        look="Look at the number that you divide by: where does it come from?",
    ),
    Mistake(
        "no-lambda",
        "λ is missing. It says how much the weights count against the loss.",
        partial(_gradient, strength=lambda lambda_: 1.0),
        look="Double λ: what should become of the part that you add?",
    ),
    Mistake(
        "weights-grow",
        "You subtract L2's part: descent would make the weights grow.",
        partial(_gradient, sign=-1),
        look="Set dW to 0, and take a step of descent: do the weights shrink?",
    ),
    Mistake(
        "sign-only",
        "You take the sign of W, which belongs to |W|. What is the derivative of a square?",
        partial(_gradient, of=lambda W, dW: np.sign(W)),
        look=_PENALTY,
    ),
    Mistake(
        "absolute-value",
        "You take |W|, which pulls every weight the same way, whichever side of 0 it is on.",
        partial(_gradient, of=lambda W, dW: np.abs(W)),
        look="Look at a weight below 0: in which direction does L2 pull it?",
    ),
    Mistake(
        "squared",
        "You take W². That is in the cost; its derivative is asked for.",
        partial(_gradient, of=lambda W, dW: W**2),
        look=_PENALTY,
    ),
    Mistake(
        "one-number-for-all",
        "Every entry gets the same number, the sum of the weights. Each weight has a slope of its "
        "own.",
        partial(_gradient, of=lambda W, dW: W.sum()),
        look=_PENALTY,
    ),
    Mistake(
        "one-number-for-all",
        "Every entry gets the same number. Each weight has a slope of its own.",
        partial(_gradient, of=lambda W, dW: W.mean()),
        partial(_gradient, of=lambda W, dW: np.linalg.norm(W)),
        partial(_gradient, of=lambda W, dW: np.square(W).sum()),
        look=_PENALTY,
    ),
    Mistake(
        "cost-added",
        "Every entry gets the cost of L2 itself, one number. Its derivative is asked for: one "
        "number for each weight.",
        partial(_gradient, of=lambda W, dW: (W**2).sum(), times=0.5),
        look=_PENALTY,
    ),
    Mistake(
        "unit-length",
        "You divide W by its norm. That is the slope of ‖W‖; L2 has its square.",
        partial(_gradient, of=lambda W, dW: W / np.linalg.norm(W)),
        look=_PENALTY,
    ),
    Mistake(
        "dw-for-w",
        "You take dW for W. L2's part is made of the weights, whatever dW is.",
        partial(_gradient, of=lambda W, dW: dW),
        look=_PENALTY,
    ),
    Mistake(
        "dw-shrunk",
        "You shrink dW by the factor 1 − λ/m. In a step of descent it is W that shrinks, and its "
        "gradient gains a term for that.",
        lambda dW, W, lambda_, m: dW * (1 - lambda_ / m),
        look=_PENALTY,
    ),
    Mistake(
        "loss-scaled",
        "λ/m multiplies dW as well. Mind the brackets: it belongs to L2's part alone.",
        lambda dW, W, lambda_, m: lambda_ / m * (dW + W),
        look=_LOSS,
    ),
    Mistake(
        "exchanged",
        "dW and W have changed places: the factor λ/m belongs to the weights.",
        lambda dW, W, lambda_, m: W + lambda_ / m * dW,
        look=_LOSS,
    ),
    Mistake(
        "multiplied",
        "You multiply dW by L2's part. The gradient of a sum is the sum of the gradients.",
        lambda dW, W, lambda_, m: dW * lambda_ / m * W,
        look=_LOSS,
    ),
    Mistake(
        "step-taken",
        "That is the weight after a step of size 1. The task asks for the gradient alone.",
        lambda dW, W, lambda_, m: W - _gradient(dW, W, lambda_, m),
        look="Set dW and λ to 0: what is left should be 0.",
    ),
    Mistake(
        "step-taken",
        "The weight itself is added to the gradient. The task asks for the gradient alone.",
        lambda dW, W, lambda_, m: W + _gradient(dW, W, lambda_, m),
        look="Set dW and λ to 0: what is left should be 0.",
    ),
    Mistake(
        "not-added",
        "You return the two parts side by side. The task asks for one gradient.",
        lambda dW, W, lambda_, m: (dW, lambda_ / m * W),
        look="Look at how many arrays you return.",
    ),
    Mistake(
        "fraction-lost",
        "The factor λ/m comes out as a whole number. Which division loses the digits after the "
        "point?",
        lambda dW, W, lambda_, m: dW + lambda_ // m * W,
        look="Print the factor before W.",
    ),
    Mistake(
        "first-column-spared",
        "The first column is spared, as if it held the biases. Here all of W are weights.",
        lambda dW, W, lambda_, m: dW + lambda_ / m * np.hstack([0 * W[:, :1], W[:, 1:]]),
        look="Compare the columns with the right ones, one by one.",
    ),
)


l2_gradient = Exercise(
    "``l2_gradient(dW, W, lambda_, m)``: dW with L2's part added",
    right=_gradient,
    cases=_GRADIENT_CASES,
    mistakes=_GRADIENT_MISTAKES,
    draw=_draw_gradient,
    stub=Stub(
        _gradient_stub, "So far λ changes nothing: what is the slope of L2's part of the cost?"
    ),
)


# Dropout

_A = np.array([[1.0, 2.0, -3.0, 4.0], [0.5, 0.0, 2.0, 1.0], [3.0, -1.0, 1.5, 2.0]])
_U = np.array([[0.1, 0.7, 0.4, 0.95], [0.55, 0.3, 0.85, 0.2], [0.88, 0.05, 0.9, 0.45]])
_TIES = np.array([[0.5, 0.1, 0.75], [0.9, 0.5, 0.25]])
_FORWARD_CASES = (
    Case((_A, _U, 0.8), says="three units, four examples, keep_prob = 0.8"),
    Case((_A[:2, :3], _U[:2, :3], 0.6), says="two units, three examples, keep_prob = 0.6"),
    Case((_A[::2, 1:], _TIES, 0.5), says="two entries of u that equal keep_prob"),
)


def _draw_forward(rng):
    """Draw u on a grid and keep_prob between two of its points: no entry sits on the edge."""
    shape = (rng.integers(2, 4), rng.integers(2, 5))
    u = rng.permutation(np.arange(1, 100))[: shape[0] * shape[1]].reshape(shape) / 100
    a = rng.choice([-1, 1], shape) * rng.integers(1, 40, shape) / 10
    return Case((a, u, rng.integers(30, 90) / 100 + 0.005), says=_JUST_NOW)


def _forward_stub(a, u, keep_prob):
    return a


def _masked(
    a,
    u,
    keep_prob,
    *,
    kept=lambda a, u, p: u < p,
    factor=lambda u, p: 1 / p,
    times=lambda a: a,
    finish=lambda out: out,
):
    return finish(times(a) * kept(a, u, keep_prob) * factor(u, keep_prob))


_KEPT = "Look at an entry that is kept, and at what your function makes of it."
_DROPPED = "Look at an entry that is dropped, and at what your function makes of it."
_WHO = "Go through the entries of u one by one: which of them are kept, and which does yours keep?"
_BY_HEART = (
    Mistake(
        "factor-by-heart",
        "You divide by 0.8, whatever keep_prob is.",
        {"factor": lambda u, p: 1 / 0.8},
    ),
    Mistake(
        "factor-by-heart",
        "You divide by 0.5, whatever keep_prob is.",
        {"factor": lambda u, p: 2.0},
    ),
)
_U_ITSELF = (
    Mistake(
        "u-for-the-mask",
        "You multiply by u itself. u only decides who is kept; a mask holds 0 and 1.",
        {"kept": lambda a, u, p: u},
    ),
    Mistake(
        "u-kept-in-the-mask",
        "The entries that are kept are multiplied by u. u only decides who is kept; a mask holds 0 "
        "and 1.",
        {"kept": lambda a, u, p: u * (u < p)},
    ),
)
_WHOSE_MASK = (
    Mistake(
        "compares-a",
        "You compare a with keep_prob. It is u that decides.",
        {"kept": lambda a, u, p: a < p},
    ),
    Mistake(
        "same-mask-for-all",
        "All examples get the mask of the first one. Each entry of u decides for one unit of one "
        "example.",
        {"kept": lambda a, u, p: u[:, :1] < p},
    ),
    Mistake(
        "whole-examples-dropped",
        "All units get the mask of the first one, so that whole examples are dropped. Each entry "
        "of u decides for one unit of one example.",
        {"kept": lambda a, u, p: u[:1] < p},
    ),
)
_FORWARD_MISTAKES = (
    Mistake(
        "not-divided",
        "Nothing makes up for the dropped entries: on average, the next layer gets less than at "
        "test time.",
        partial(_masked, factor=lambda u, p: 1.0),
        look=_KEPT,
    ),
    Mistake(
        "multiplied",
        "You multiply by keep_prob, so the kept ones shrink. They should make up for the dropped "
        "ones.",
        partial(_masked, factor=lambda u, p: p),
        look=_KEPT,
    ),
    Mistake(
        "rest-for-keep-prob",
        "You divide by 1 − keep_prob, the probability of being dropped.",
        partial(_masked, factor=lambda u, p: 1 / (1 - p)),
        look=_KEPT,
    ),
    Mistake(
        "divided-by-the-root",
        "You divide by the root of keep_prob. That keeps the mean square; dropout is to keep the "
        "mean.",
        partial(_masked, factor=lambda u, p: 1 / np.sqrt(p)),
        look=_KEPT,
    ),
    Mistake(
        "divided-twice",
        "You divide by keep_prob twice, perhaps once in the mask.",
        partial(_masked, factor=lambda u, p: 1 / p**2),
        look=_KEPT,
    ),
    Mistake(
        "divided-by-the-share-kept",
        "You divide by the part that happened to be kept this time. Dropout divides by the "
        "probability, which is known.",
        partial(_masked, factor=lambda u, p: 1 / max(np.mean(u < p), 1e-300)),
        look=_KEPT,
    ),
    *made_in(_masked, _BY_HEART, look=_KEPT),
    Mistake(
        "drops-with-keep-prob",
        "Those that should be kept are dropped, and the others kept: with 0.8 only one in five is "
        "left.",
        partial(_masked, kept=lambda a, u, p: u >= p),
        look=_WHO,
    ),
    Mistake(
        "drops-with-keep-prob",
        "Those that should be kept are dropped, and the others kept: with 0.8 only one in five is "
        "left.",
        partial(_masked, kept=lambda a, u, p: u > p),
        look=_WHO,
    ),
    Mistake(
        "keeps-with-the-rest",
        "You compare u with 1 − keep_prob, so an entry is kept with the probability of being "
        "dropped.",
        partial(_masked, kept=lambda a, u, p: u < 1 - p),
        look=_WHO,
    ),
    Mistake(
        "keeps-the-upper-end",
        "You keep where u is above 1 − keep_prob: as many entries, but others than those asked "
        "for.",
        partial(_masked, kept=lambda a, u, p: u > 1 - p),
        look=_WHO,
    ),
    Mistake(
        "keeps-the-upper-end",
        "You keep where u is above 1 − keep_prob: as many entries, but others than those asked "
        "for.",
        partial(_masked, kept=lambda a, u, p: u >= 1 - p),
        look=_WHO,
    ),
    Mistake(
        "mask-by-heart",
        "You compare u with 0.8, whatever keep_prob is.",
        partial(_masked, kept=lambda a, u, p: u < 0.8),
        look=_WHO,
    ),
    Mistake(
        "mask-by-heart",
        "You compare u with 0.5, whatever keep_prob is.",
        partial(_masked, kept=lambda a, u, p: u < 0.5),
        look=_WHO,
    ),
    Mistake(
        "equals-kept",
        "Where u equals keep_prob you keep the entry: only where it is smaller should you.",
        partial(_masked, kept=lambda a, u, p: u <= p),
        look="Look at the entries of u that equal keep_prob.",
    ),
    Mistake(
        "takes-it-for-the-drop-rate",
        "You take keep_prob for the probability of being dropped, in the mask and in the factor.",
        partial(_masked, kept=lambda a, u, p: u >= p, factor=lambda u, p: 1 / (1 - p)),
        look="Read keep_prob aloud: is it the probability of being kept, or of being dropped?",
    ),
    Mistake(
        "takes-it-for-the-drop-rate",
        "You take keep_prob for the probability of being dropped, in the mask and in the factor.",
        partial(_masked, kept=lambda a, u, p: u < 1 - p, factor=lambda u, p: 1 / (1 - p)),
        look="Read keep_prob aloud: is it the probability of being kept, or of being dropped?",
    ),
    Mistake(
        "nothing-dropped",
        "Nothing is dropped: the entries that u should drop are still there.",
        partial(_masked, kept=lambda a, u, p: 1.0),
        look=_DROPPED,
    ),
    Mistake(
        "for-predictions",
        "Nothing is dropped, and everything is multiplied by keep_prob, as the original paper does "
        "for predictions. The task is a pass in training, with units dropped.",
        lambda a, u, p: a * p,
        look=_DROPPED,
    ),
    Mistake(
        "compares-a-product",
        "Python multiplies and divides before it compares: you compare a · u. Which two numbers "
        "decide who is kept? Mind the brackets.",
        lambda a, u, p: (a * u < p) / p,
        lambda a, u, p: a * u < p / p,
        look=_WHO,
    ),
    *made_in(_masked, _U_ITSELF, look=_KEPT),
    *made_in(_masked, _WHOSE_MASK, look=_WHO),
    Mistake(
        "relu-too",
        "Activations below 0 are gone. Dropout leaves their sign alone: it asks only u.",
        partial(_masked, times=lambda a: np.maximum(a, 0)),
        look="Look at an activation below 0.",
    ),
    Mistake(
        "mask-alone",
        "That is the mask. What should it do with a?",
        partial(_masked, times=np.ones_like),
        lambda a, u, p: 1.0 * (u < p),
        look="Change a: does your answer follow?",
    ),
    Mistake(
        "mask-too",
        "You return the mask as well. Only the activations are asked for.",
        partial(_masked, finish=lambda out: (out, out != 0)),
        look="Look at how many arrays you return.",
    ),
    Mistake(
        "mask-too",
        "You return the mask as well. Only the activations are asked for.",
        lambda a, u, keep_prob: (_masked(a, u, keep_prob), u < keep_prob),
        look="Look at how many arrays you return.",
    ),
    Mistake(
        "mask-too",
        "You return the mask as well. Only the activations are asked for.",
        lambda a, u, p: (_masked(a, u, p), (u < p) / p),
        look="Look at how many arrays you return.",
    ),
    Mistake(
        "dropped-stay",
        "Dropped entries keep their old value. A unit that is dropped passes nothing on.",
        lambda a, u, p: np.where(u < p, a / p, a),
        look=_DROPPED,
    ),
    Mistake(
        "dropped-removed",
        "The dropped entries are taken out, and the others come as one row. They should stay in "
        "their place, as 0.",
        lambda a, u, p: a[u < p] / p,
        look="Compare the shape of your answer with that of a.",
    ),
    Mistake(
        "dropped-removed",
        "The dropped entries are taken out, and the others come as one row. They should stay in "
        "their place, as 0; and the kept ones should be scaled.",
        lambda a, u, p: a[u < p],
        look="Compare the shape of your answer with that of a.",
    ),
)


def _kept_part(out, a, u, keep_prob):
    there = (u < keep_prob) & (a != 0)
    return out[there] * keep_prob / a[there]


_FORWARD_INVARIANTS = (
    Invariant("A dropped entry", lambda out, a, u, keep_prob: out[u >= keep_prob], 0.0),
    Invariant("A kept entry, as a multiple of a / keep_prob,", _kept_part, 1.0),
)


dropout_forward = Exercise(
    "``dropout_forward(a, u, keep_prob)``: the activations after inverted dropout",
    right=_masked,
    cases=_FORWARD_CASES,
    mistakes=_FORWARD_MISTAKES,
    draw=_draw_forward,
    stub=Stub(_forward_stub, "So far nothing is dropped: which entries of a does u keep?"),
    invariants=_FORWARD_INVARIANTS,
)


_DA = np.array([[1.0, -1.0, 2.0, 0.5], [3.0, 1.0, -2.0, 1.0], [0.5, 2.0, 1.0, -1.0]])
_BACKWARD_CASES = tuple(
    Case((da, *case.args), says=case.says)
    for da, case in zip((_DA, _DA[1:, 1:], _DA[:2, :3]), _FORWARD_CASES, strict=True)
)


def _draw_backward(rng):
    case = _draw_forward(rng)
    da = rng.choice([-1, 1], case.args[0].shape) * rng.integers(1, 40, case.args[0].shape) / 10
    return Case((da, *case.args), says=_JUST_NOW)


def _backward_stub(da, a, u, keep_prob):
    return da


def _backward(
    da,
    a,
    u,
    keep_prob,
    *,
    kept=lambda a, u, p: u < p,
    factor=lambda u, p: 1 / p,
    times=lambda da, a: da,
    finish=lambda out: out,
):
    return finish(times(da, a) * kept(a, u, keep_prob) * factor(u, keep_prob))


_SLOPE = (
    "Look at an entry that is kept: move it a little in your dropout_forward. By how much does the "
    "result move?"
)
_NO_SLOPE = (
    "Look at an entry that is dropped: move it a little in your dropout_forward. Does anything "
    "change?"
)
_SAME = "Compare the mask with that of the forward pass, entry by entry."
_BACKWARD_MISTAKES = (
    Mistake(
        "not-divided",
        "The factor of the forward pass is left out. It scales the kept entries; what does that do "
        "to the slope?",
        partial(_backward, factor=lambda u, p: 1.0),
        look=_SLOPE,
    ),
    Mistake(
        "multiplied",
        "You multiply by keep_prob, as if the forward pass were to be undone. A factor in a "
        "product is a factor in its slope, too.",
        partial(_backward, factor=lambda u, p: p),
        look=_SLOPE,
    ),
    Mistake(
        "divided-twice",
        "You divide by keep_prob twice, perhaps once in the mask.",
        partial(_backward, factor=lambda u, p: 1 / p**2),
        look=_SLOPE,
    ),
    Mistake(
        "rest-for-keep-prob",
        "You divide by 1 − keep_prob, the probability of being dropped.",
        partial(_backward, factor=lambda u, p: 1 / (1 - p)),
        look=_SLOPE,
    ),
    Mistake(
        "divided-by-the-share-kept",
        "You divide by the part that happened to be kept this time. The forward pass divides by "
        "the probability.",
        partial(_backward, factor=lambda u, p: 1 / max(np.mean(u < p), 1e-300)),
        look=_SLOPE,
    ),
    Mistake(
        "averaged",
        "You divide by the number of examples, too. If a mean is in the cost, da has it already.",
        partial(_backward, factor=lambda u, p: 1 / p / u.shape[1]),
        look=_SLOPE,
    ),
    *made_in(_backward, _BY_HEART, look=_SLOPE),
    Mistake(
        "nothing-dropped",
        "Dropped units get a gradient as well. They did nothing for the cost.",
        partial(_backward, kept=lambda a, u, p: 1.0),
        look=_NO_SLOPE,
    ),
    Mistake(
        "mask-inverted",
        "Your mask is turned round: the dropped units get a gradient, and the kept ones none.",
        partial(_backward, kept=lambda a, u, p: u >= p),
        look=_SAME,
    ),
    Mistake(
        "mask-inverted",
        "Your mask is turned round: the dropped units get a gradient, and the kept ones none.",
        partial(_backward, kept=lambda a, u, p: u > p),
        look=_SAME,
    ),
    Mistake(
        "keeps-with-the-rest",
        "You compare u with 1 − keep_prob. That is another mask than the forward pass had.",
        partial(_backward, kept=lambda a, u, p: u < 1 - p),
        look=_SAME,
    ),
    Mistake(
        "keeps-the-upper-end",
        "You keep where u is above 1 − keep_prob. That is another mask than the forward pass had.",
        partial(_backward, kept=lambda a, u, p: u > 1 - p),
        look=_SAME,
    ),
    Mistake(
        "keeps-the-upper-end",
        "You keep where u is above 1 − keep_prob. That is another mask than the forward pass had.",
        partial(_backward, kept=lambda a, u, p: u >= 1 - p),
        look=_SAME,
    ),
    Mistake(
        "takes-it-for-the-drop-rate",
        "You take keep_prob for the probability of being dropped, in the mask and in the factor.",
        partial(_backward, kept=lambda a, u, p: u >= p, factor=lambda u, p: 1 / (1 - p)),
        look=_SAME,
    ),
    Mistake(
        "takes-it-for-the-drop-rate",
        "You take keep_prob for the probability of being dropped, in the mask and in the factor.",
        partial(_backward, kept=lambda a, u, p: u < 1 - p, factor=lambda u, p: 1 / (1 - p)),
        look=_SAME,
    ),
    Mistake(
        "equals-kept",
        "Where u equals keep_prob the forward pass drops the entry, and you keep it.",
        partial(_backward, kept=lambda a, u, p: u <= p),
        look="Look at the entries of u that equal keep_prob.",
    ),
    Mistake(
        "compares-a-product",
        "Python multiplies and divides before it compares: you compare da · u. Which two numbers "
        "decide who is kept? Mind the brackets.",
        lambda da, a, u, p: (da * u < p) / p,
        lambda da, a, u, p: da * u < p / p,
        look=_SAME,
    ),
    *made_in(_backward, _U_ITSELF, look=_SAME),
    Mistake(
        "mask-from-a",
        "You look for the mask in a. a is what came before dropout, and a unit can be 0 without "
        "being dropped: it is u that knows.",
        partial(_backward, kept=lambda a, u, p: a != 0),
        look="Look at an activation of 0: was it dropped?",
    ),
    Mistake(
        "mask-from-a",
        "Where a is 0 you return 0. But a unit can be 0 without being dropped, and its slope is "
        "that of any other.",
        partial(_backward, kept=lambda a, u, p: (u < p) & (a != 0)),
        look="Look at an activation of 0 that was kept: does your slope depend on it?",
    ),
    Mistake(
        "relu-too",
        "Where a is not above 0 you return 0. That is the slope of ReLU, not of dropout.",
        partial(_backward, kept=lambda a, u, p: (u < p) & (a > 0)),
        look="Look at an activation below 0 that was kept.",
    ),
    Mistake(
        "relu-too",
        "Where a is below 0 you return 0. That is the slope of ReLU, not of dropout.",
        partial(_backward, kept=lambda a, u, p: (u < p) & (a >= 0)),
        look="Look at an activation of 0 or below that was kept.",
    ),
    *made_in(_backward, _WHOSE_MASK, look=_SAME),
    Mistake(
        "times-the-activation",
        "You multiply by a. a times a number has that number as its slope: a itself does not come "
        "into it.",
        partial(_backward, times=lambda da, a: da * a),
        look=_SLOPE,
    ),
    Mistake(
        "forward-again",
        "That is the forward pass again. What should be masked and scaled here is da.",
        partial(_backward, times=lambda da, a: a),
        look="Change da: does your answer follow?",
    ),
    Mistake(
        "mask-alone",
        "That is the slope of dropout alone. The chain rule brings in da, too.",
        partial(_backward, times=lambda da, a: np.ones_like(da)),
        look="Change da: does your answer follow?",
    ),
    Mistake(
        "mask-alone",
        "That is the mask. Where is da, and what does the forward pass do to an entry it keeps?",
        lambda da, a, u, p: 1.0 * (u < p),
        look="Change da: does your answer follow?",
    ),
    Mistake(
        "compares-da",
        "You compare da with keep_prob. It is u that decides.",
        lambda da, a, u, p: da * (da < p) / p,
        look=_SAME,
    ),
    Mistake(
        "dropped-stay",
        "Dropped units get da as it came. They did nothing for the cost.",
        lambda da, a, u, p: np.where(u < p, da / p, da),
        look=_NO_SLOPE,
    ),
    Mistake(
        "mask-too",
        "You return the mask as well. Only the gradient is asked for.",
        lambda da, a, u, p: (_backward(da, a, u, p), u < p),
        look="Look at how many arrays you return.",
    ),
    Mistake(
        "mask-too",
        "You return the mask as well. Only the gradient is asked for.",
        lambda da, a, u, p: (_backward(da, a, u, p), (u < p) / p),
        look="Look at how many arrays you return.",
    ),
    Mistake(
        "matrix-product",
        "A product of matrices mixes the examples. Each entry of da has an entry of the mask of "
        "its own.",
        lambda da, a, u, p: da @ (u < p).T / p,
        look="Compare the shape of your answer with that of da.",
    ),
    Mistake(
        "matrix-product",
        "A product of matrices mixes the units. Each entry of da has an entry of the mask of its "
        "own.",
        lambda da, a, u, p: (u < p).T @ da / p,
        look="Compare the shape of your answer with that of da.",
    ),
)


def _kept_slope(out, da, a, u, keep_prob):
    return _kept_part(out, da, u, keep_prob)


_BACKWARD_INVARIANTS = (
    Invariant(
        "The gradient of a dropped entry", lambda out, da, a, u, keep_prob: out[u >= keep_prob], 0.0
    ),
    Invariant("The gradient of a kept entry, as a multiple of da / keep_prob,", _kept_slope, 1.0),
)


dropout_backward = Exercise(
    "``dropout_backward(da, a, u, keep_prob)``: the gradient before dropout",
    right=_backward,
    cases=_BACKWARD_CASES,
    mistakes=_BACKWARD_MISTAKES,
    draw=_draw_backward,
    stub=Stub(
        _backward_stub,
        "Dropped units get a gradient as well: did they do anything for the cost?",
    ),
    invariants=_BACKWARD_INVARIANTS,
)


WANTED = 0.87
"""The share of the development set that the challenge asks for."""


def goal_by_lambda_alone(run, *, step, lambda_):
    """Judge the challenge: enough of the development set right at the end, by lambda alone."""
    frame = round(step) // run.steps_a_frame
    _, accuracy = run.accuracies(frame, lambda_=lambda_)
    now = f"{against(accuracy, WANTED, '.1%')} of the development set are right"
    if frame < run.frames:
        return Verdict(False, "not-trained", f"train to the last step. Now {now}.")
    if accuracy >= WANTED:
        share = percent(run.test(lambda_=lambda_), 1)
        unseen = (
            f"Of the test set {share} are. Only the first look at it is honest: go on to choose λ "
            "by this number, and you choose it by the test set."
        )
        return Verdict(True, None, f"{now} at λ = {lambda_:g}. {unseen}")
    return Verdict(
        False, "too-few", f"get {percent(WANTED)} right after the last step, by λ alone. Now {now}."
    )
