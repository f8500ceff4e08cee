"""More answers to the exercises of regularization, written from their texts alone."""

import numpy as np

from tests.checks.bank import right, wrong


@wrong("regularization.l2_cost", "norm not squared", named="norm-not-squared")
def norm_not_squared(weights, biases, lambda_, m):
    return lambda_ / (2 * m) * sum(np.linalg.norm(W) for W in weights)


@wrong("regularization.l2_cost", "L1", named="absolute-values")
def l1(weights, biases, lambda_, m):
    return lambda_ / (2 * m) * sum(np.abs(W).sum() for W in weights)


@wrong("regularization.l2_cost", "biases too", named="biases-included")
def biases_too(weights, biases, lambda_, m):
    return lambda_ / (2 * m) * sum((p**2).sum() for p in [*weights, *biases])


@wrong("regularization.l2_cost", "last layer only", named="last-layer-only")
def last_layer(weights, biases, lambda_, m):
    for W in weights:
        cost = lambda_ / (2 * m) * (W**2).sum()
    return cost


@wrong("regularization.l2_cost", "precedence", named="times-m")
def divides_by_2_only(weights, biases, lambda_, m):
    return lambda_ / 2 * m * sum((W**2).sum() for W in weights)


@wrong("regularization.l2_cost", "spectral norm", named="spectral-norm")
def spectral(weights, biases, lambda_, m):
    return lambda_ / (2 * m) * sum(np.linalg.norm(W, 2) ** 2 for W in weights)


@wrong("regularization.l2_cost", "W times W as matrices", named="matrix-product")
def matrix_product(weights, biases, lambda_, m):
    return lambda_ / (2 * m) * sum((W @ W.T).sum() for W in weights)


@wrong("regularization.l2_cost", "without m", named="not-shared-by-m")
def without_m(weights, biases, lambda_, m):
    return lambda_ / 2 * sum((W**2).sum() for W in weights)


@right("regularization.l2_cost")
def by_traces(weights, biases, lambda_, m):
    return sum(lambda_ * np.trace(W.T @ W) for W in weights) / m / 2


@wrong("regularization.l2_gradient", "minus", named="weights-grow")
def minus(dW, W, lambda_, m):
    return dW - lambda_ / m * W


@wrong("regularization.l2_gradient", "2m", named="half-too-much")
def over_2m(dW, W, lambda_, m):
    return dW + lambda_ / (2 * m) * W


@wrong("regularization.l2_gradient", "sign of W", named="sign-only")
def sign_of_w(dW, W, lambda_, m):
    return dW + lambda_ / m * np.sign(W)


@wrong("regularization.l2_gradient", "all over m", named="loss-divided-too")
def all_over_m(dW, W, lambda_, m):
    return (dW + lambda_ * W) / m


@wrong("regularization.l2_gradient", "decays W")
def decays(dW, W, lambda_, m):
    return W - lambda_ / m * dW


@wrong("regularization.l2_gradient", "adds in place", named="changes-its-input")
def in_place(dW, W, lambda_, m):
    dW += lambda_ / m * W
    return dW


@wrong("regularization.l2_gradient", "W left out", named="ignored")
def w_left_out(dW, W, lambda_, m):
    return dW + lambda_ / m


@right("regularization.l2_gradient")
def added_up(dW, W, lambda_, m):
    return np.add(dW, W * lambda_ / m)


@wrong("regularization.dropout_forward", "not inverted", named="not-divided")
def not_inverted(a, u, keep_prob):
    return a * (u < keep_prob)


@wrong("regularization.dropout_forward", "wrong side", named="drops-with-keep-prob")
def wrong_side(a, u, keep_prob):
    return a * (u > keep_prob) / keep_prob


@wrong("regularization.dropout_forward", "drops with keep_prob", named="takes-it-for-the-drop-rate")
def as_drop_rate(a, u, keep_prob):
    return a * (u < 1 - keep_prob) / (1 - keep_prob)


@wrong("regularization.dropout_forward", "times", named="multiplied")
def times(a, u, keep_prob):
    return a * (u < keep_prob) * keep_prob


@wrong("regularization.dropout_forward", "own draw", named={"remembers"})
def own_draw(a, u, keep_prob):
    return a * (np.random.default_rng().random(a.shape) < keep_prob) / keep_prob


@wrong("regularization.dropout_forward", "measured share", named="divided-by-the-share-kept")
def measured_share(a, u, keep_prob):
    mask = u < keep_prob
    return a * mask / mask.mean()


@wrong("regularization.dropout_forward", "times u", named="u-for-the-mask")
def times_u(a, u, keep_prob):
    return a * u / keep_prob


@right("regularization.dropout_forward")
def with_where(a, u, keep_prob):
    return np.where(u < keep_prob, a / keep_prob, 0)


@wrong("regularization.dropout_backward", "mask from da", named="ignored")
def mask_from_a(da, a, u, keep_prob):
    return da * (a > 0) / keep_prob


@wrong("regularization.dropout_backward", "no scale", named="not-divided")
def no_scale(da, a, u, keep_prob):
    return da * (u < keep_prob)


@wrong("regularization.dropout_backward", "times a", named="times-the-activation")
def times_a(da, a, u, keep_prob):
    return da * a * (u < keep_prob) / keep_prob


@wrong("regularization.dropout_backward", "forward again", named="forward-again")
def forward_again(da, a, u, keep_prob):
    return a * (u < keep_prob) / keep_prob


@wrong("regularization.dropout_backward", "undoes the scale", named="multiplied")
def undone(da, a, u, keep_prob):
    return da * (u < keep_prob) * keep_prob


@wrong("regularization.dropout_backward", "ReLU too", named="relu-too")
def relu_too(da, a, u, keep_prob):
    return da * (u < keep_prob) * (a > 0) / keep_prob


@right("regularization.dropout_backward")
def by_assignment(da, a, u, keep_prob):
    g = np.zeros_like(da)
    g[u < keep_prob] = da[u < keep_prob] / keep_prob
    return g
