"""Answers to the exercises of notebook 02."""

import numpy as np

from tests.checks.bank import right, wrong

rng = np.random.default_rng(5)
total_so_far = [0.0]


@right("regularization.l2_cost")
def cost_by_loop(weights, biases, lambda_, m):
    cost = 0.0
    for W in weights:
        cost += np.sum(np.square(W))
    return lambda_ * cost / (2 * m)


@right("regularization.l2_cost")
def cost_by_norm(weights, biases, lambda_, m):
    return sum(np.linalg.norm(W) ** 2 for W in weights) * lambda_ / 2 / m


@right("regularization.l2_cost")
def cost_by_einsum(weights, biases, lambda_, m):
    return 0.5 * lambda_ / m * sum(np.einsum("ij,ij", W, W) for W in weights)


@right("regularization.l2_cost")
def cost_by_trace(weights, biases, lambda_, m):
    return lambda_ / (2 * m) * sum(np.trace(W @ W.T) for W in weights)


@right("regularization.l2_cost")
def cost_flattened(weights, biases, lambda_, m):
    w = np.concatenate([W.ravel() for W in weights])
    return w @ w * lambda_ / (2 * m)


@right("regularization.l2_cost")
def cost_python_numbers(weights, biases, lambda_, m):
    squares = [w**2 for W in weights for row in W.tolist() for w in row]
    return float(lambda_ / (2 * m) * sum(squares))


@right("regularization.l2_cost")
def cost_zero_dimensional(weights, biases, lambda_, m):
    return np.array(lambda_ / (2 * m) * sum(np.vdot(W, W) for W in weights))


@right("regularization.l2_cost")
def cost_layer_by_index(weights, biases, lambda_, m):
    total = 0
    for i in range(len(weights)):
        total = total + (weights[i] * weights[i]).sum()
    return (1 / m) * (lambda_ / 2) * total


@wrong("regularization.l2_cost", "no 1/2", named="no-half")
def cost_without_half(weights, biases, lambda_, m):
    return lambda_ / m * sum((W**2).sum() for W in weights)


@wrong("regularization.l2_cost", "precedence: lambda / 2 * m", named="times-m")
def cost_times_m(weights, biases, lambda_, m):
    return lambda_ / 2 * m * sum((W**2).sum() for W in weights)


@wrong("regularization.l2_cost", "not divided by m", named="not-shared-by-m")
def cost_without_m(weights, biases, lambda_, m):
    return lambda_ / 2 * sum((W**2).sum() for W in weights)


@wrong("regularization.l2_cost", "no lambda", named="no-lambda")
def cost_without_lambda(weights, biases, lambda_, m):
    return sum((W**2).sum() for W in weights) / (2 * m)


@wrong("regularization.l2_cost", "biases counted too", named="biases-included")
def cost_with_biases(weights, biases, lambda_, m):
    return lambda_ / (2 * m) * sum((p**2).sum() for p in [*weights, *biases])


@wrong("regularization.l2_cost", "only the biases", named="biases-for-weights")
def cost_of_biases(weights, biases, lambda_, m):
    return lambda_ / (2 * m) * sum((b**2).sum() for b in biases)


@wrong("regularization.l2_cost", "absolute values: L1", named="absolute-values")
def cost_l1(weights, biases, lambda_, m):
    return lambda_ / (2 * m) * sum(np.abs(W).sum() for W in weights)


@wrong("regularization.l2_cost", "the norm, not its square", named="norm-not-squared")
def cost_norm_not_squared(weights, biases, lambda_, m):
    return lambda_ / (2 * m) * sum(np.linalg.norm(W) for W in weights)


@wrong("regularization.l2_cost", "the spectral norm", named="spectral-norm")
def cost_spectral_norm(weights, biases, lambda_, m):
    return lambda_ / (2 * m) * sum(np.linalg.norm(W, 2) ** 2 for W in weights)


@wrong("regularization.l2_cost", "the square of the sum", named="sum-squared")
def cost_square_of_sum(weights, biases, lambda_, m):
    return lambda_ / (2 * m) * sum(W.sum() ** 2 for W in weights)


@wrong("regularization.l2_cost", "the square of the sum of the norms", named="sum-squared")
def cost_square_of_norms(weights, biases, lambda_, m):
    return lambda_ / (2 * m) * sum(np.linalg.norm(W) for W in weights) ** 2


@wrong("regularization.l2_cost", "mean instead of sum", named="mean-of-squares")
def cost_mean(weights, biases, lambda_, m):
    return lambda_ / (2 * m) * sum((W**2).mean() for W in weights)


@wrong("regularization.l2_cost", "only the first layer", named="first-layer-only")
def cost_first_layer(weights, biases, lambda_, m):
    for W in weights:
        return lambda_ / (2 * m) * (W**2).sum()


@wrong("regularization.l2_cost", "only the last layer", named="last-layer-only")
def cost_last_layer(weights, biases, lambda_, m):
    cost = 0.0
    for W in weights:
        cost = lambda_ / (2 * m) * (W**2).sum()
    return cost


@wrong(
    "regularization.l2_cost",
    "the first and the last layer: right for two",
    named="layers-between-missing",
)
def cost_first_and_last(weights, biases, lambda_, m):
    ends = {0, len(weights) - 1}
    return lambda_ / (2 * m) * sum((weights[i] ** 2).sum() for i in ends)


@wrong("regularization.l2_cost", "the number of the layers' rows for m", named="units-for-m")
def cost_rows_for_m(weights, biases, lambda_, m):
    return lambda_ / 2 * sum((W**2).sum() / len(W) for W in weights)


@wrong("regularization.l2_cost", "text, not a number", named="not-an-array")
def cost_text(weights, biases, lambda_, m):
    return str(lambda_ / (2 * m) * sum((W**2).sum() for W in weights))


@wrong("regularization.l2_cost", "three layers by heart, as in the assignment", named="raises")
def cost_three_layers(weights, biases, lambda_, m):
    W1, W2, W3 = weights
    return lambda_ / (2 * m) * ((W1**2).sum() + (W2**2).sum() + (W3**2).sum())


@wrong("regularization.l2_cost", "the last layer left out", named="last-layer-missing")
def cost_without_last_layer(weights, biases, lambda_, m):
    return lambda_ / (2 * m) * sum((weights[i] ** 2).sum() for i in range(len(weights) - 1))


@wrong("regularization.l2_cost", "the factor on the last layer only", named="factor-on-last-layer")
def cost_factor_on_last(weights, biases, lambda_, m):
    squares = [(W**2).sum() for W in weights]
    return sum(squares[:-1]) + lambda_ / (2 * m) * squares[-1]


@wrong("regularization.l2_cost", "W times W.T summed, not the squares", named="matrix-product")
def cost_matrix_product(weights, biases, lambda_, m):
    return lambda_ / (2 * m) * sum((W @ W.T).sum() for W in weights)


@wrong("regularization.l2_cost", "doubled, not squared", named="doubled-not-squared")
def cost_doubled(weights, biases, lambda_, m):
    return lambda_ / (2 * m) * sum((W * 2).sum() for W in weights)


@wrong("regularization.l2_cost", "one cost a layer", named="one-number-a-layer")
def cost_of_each_layer(weights, biases, lambda_, m):
    return np.array([lambda_ / (2 * m) * (W**2).sum() for W in weights])


@wrong("regularization.l2_cost", "divided by the number of layers, too", named="mean-of-layers")
def cost_per_layer(weights, biases, lambda_, m):
    return lambda_ / (2 * m) * sum((W**2).sum() for W in weights) / len(weights)


@wrong("regularization.l2_cost", "divided by the units, not the examples", named="units-for-m")
def cost_units_for_m(weights, biases, lambda_, m):
    return lambda_ / 2 * sum((W**2).sum() / W.shape[1] for W in weights)


@wrong("regularization.l2_cost", "a minus before it", named="sign")
def cost_negative(weights, biases, lambda_, m):
    return -lambda_ / (2 * m) * sum((W**2).sum() for W in weights)


@wrong("regularization.l2_cost", "lambda squared by W * lambda", named="lambda-squared")
def cost_lambda_squared(weights, biases, lambda_, m):
    return sum(((lambda_ * W) ** 2).sum() for W in weights) / (2 * m)


@wrong("regularization.l2_cost", "integer division", named="fraction-lost")
def cost_integer_division(weights, biases, lambda_, m):
    return lambda_ // (2 * m) * sum((W**2).sum() for W in weights)


@wrong("regularization.l2_cost", "keeps adding from call to call", named="remembers")
def cost_global_state(weights, biases, lambda_, m):
    for W in weights:
        total_so_far[0] += (W**2).sum()
    return lambda_ / (2 * m) * total_so_far[0]


@wrong("regularization.l2_cost", "squares the weights in place", named="changes-its-input")
def cost_squares_in_place(weights, biases, lambda_, m):
    for W in weights:
        W *= W
    return lambda_ / (2 * m) * sum(W.sum() for W in weights)


@wrong("regularization.l2_cost", "weights treated as one array", named="raises")
def cost_raises(weights, biases, lambda_, m):
    return lambda_ / (2 * m) * (weights**2).sum()


@wrong("regularization.l2_cost", "no return", named="returns-none")
def cost_none(weights, biases, lambda_, m):
    cost = lambda_ / (2 * m) * sum((W**2).sum() for W in weights)
    print(cost)


@wrong(
    "regularization.l2_cost",
    "no 1/2, and biases counted (two mistakes)",
    named={"biases-included", "no-half"},
)
def cost_without_half_with_biases(weights, biases, lambda_, m):
    return lambda_ / m * sum((p**2).sum() for p in [*weights, *biases])


@wrong(
    "regularization.l2_cost",
    "L1, and not divided by m (two mistakes)",
    named={"not-shared-by-m", "absolute-values"},
)
def cost_l1_without_m(weights, biases, lambda_, m):
    return lambda_ / 2 * sum(np.abs(W).sum() for W in weights)


@right("regularization.l2_gradient")
def gradient_new_array(dW, W, lambda_, m):
    return np.add(dW, np.multiply(lambda_ / m, W))


@right("regularization.l2_gradient")
def gradient_copy_in_place(dW, W, lambda_, m):
    dW = dW.copy()
    dW += W * lambda_ / m
    return dW


@right("regularization.l2_gradient")
def gradient_one_by_one(dW, W, lambda_, m):
    out = np.zeros_like(dW)
    for index in np.ndindex(dW.shape):
        out[index] = dW[index] + lambda_ / m * W[index]
    return out


@right("regularization.l2_gradient")
def gradient_list(dW, W, lambda_, m):
    rows = zip(dW, W, strict=True)
    return [[d + lambda_ / m * w for d, w in zip(*pair, strict=True)] for pair in rows]


@right("regularization.l2_gradient")
def gradient_from_the_cost(dW, W, lambda_, m):
    half = lambda_ / (2 * m)
    return dW + half * 2 * W


@right("regularization.l2_gradient")
def gradient_common_divisor(dW, W, lambda_, m):
    return (m * dW + lambda_ * W) / m


@wrong("regularization.l2_gradient", "1/2 left in", named="half-too-much")
def gradient_half(dW, W, lambda_, m):
    return dW + lambda_ / (2 * m) * W


@wrong("regularization.l2_gradient", "a factor 2 too much", named="twice-too-much")
def gradient_twice(dW, W, lambda_, m):
    return dW + 2 * lambda_ / m * W


@wrong("regularization.l2_gradient", "a minus", named="weights-grow")
def gradient_minus(dW, W, lambda_, m):
    return dW - lambda_ / m * W


@wrong("regularization.l2_gradient", "not divided by m", named="not-shared-by-m")
def gradient_without_m(dW, W, lambda_, m):
    return dW + lambda_ * W


@wrong("regularization.l2_gradient", "no lambda", named="no-lambda")
def gradient_without_lambda(dW, W, lambda_, m):
    return dW + W / m


@wrong("regularization.l2_gradient", "L2's part alone", named="loss-forgotten")
def gradient_penalty_alone(dW, W, lambda_, m):
    return lambda_ / m * W


@wrong("regularization.l2_gradient", "L2's part left out", named="still-the-stub")
def gradient_unchanged(dW, W, lambda_, m):
    return dW


@wrong("regularization.l2_gradient", "dW divided by m once more", named="loss-divided-too")
def gradient_all_divided(dW, W, lambda_, m):
    return (dW + lambda_ * W) / m


@wrong("regularization.l2_gradient", "the squares of the weights", named="squared")
def gradient_of_squares(dW, W, lambda_, m):
    return dW + lambda_ / m * W**2


@wrong("regularization.l2_gradient", "the sum of the weights", named="one-number-for-all")
def gradient_of_sum(dW, W, lambda_, m):
    return dW + lambda_ / m * W.sum()


@wrong("regularization.l2_gradient", "the cost added to the gradient", named="cost-added")
def gradient_plus_cost(dW, W, lambda_, m):
    return dW + lambda_ / (2 * m) * (W**2).sum()


@wrong("regularization.l2_gradient", "the sign: L1", named="sign-only")
def gradient_l1(dW, W, lambda_, m):
    return dW + lambda_ / m * np.sign(W)


@wrong("regularization.l2_gradient", "the norm's gradient, W / |W|", named="unit-length")
def gradient_unit_length(dW, W, lambda_, m):
    return dW + lambda_ / m * W / np.linalg.norm(W)


@wrong("regularization.l2_gradient", "dW and W exchanged", named="exchanged")
def gradient_exchanged(dW, W, lambda_, m):
    return W + lambda_ / m * dW


@wrong("regularization.l2_gradient", "dW doubled", named="dw-for-w")
def gradient_of_itself(dW, W, lambda_, m):
    return dW + lambda_ / m * dW


@wrong("regularization.l2_gradient", "the weight after a step of 1", named="step-taken")
def gradient_updates_the_weight(dW, W, lambda_, m):
    return W - (dW + lambda_ / m * W)


@wrong("regularization.l2_gradient", "the columns of W for m", named="width-for-m")
def gradient_width_for_m(dW, W, lambda_, m):
    return dW + lambda_ / W.shape[1] * W


@wrong(
    "regularization.l2_gradient",
    "absolute weights: shrinks positive ones only",
    named="absolute-value",
)
def gradient_of_absolute(dW, W, lambda_, m):
    return dW + lambda_ / m * np.abs(W)


@wrong(
    "regularization.l2_gradient",
    "the first column spared, as if it held the bias",
    named="first-column-spared",
)
def gradient_first_column_spared(dW, W, lambda_, m):
    penalty = lambda_ / m * W
    penalty[:, 0] = 0
    return dW + penalty


@wrong("regularization.l2_gradient", "dW is changed in place", named="changes-its-input")
def gradient_changes_dw(dW, W, lambda_, m):
    dW += lambda_ / m * W
    return dW


@wrong("regularization.l2_gradient", "W is changed in place", named="changes-its-input")
def gradient_changes_w(dW, W, lambda_, m):
    W *= lambda_ / m
    return dW + W


@wrong("regularization.l2_gradient", "transposed", named="transposed")
def gradient_transposed(dW, W, lambda_, m):
    return (dW + lambda_ / m * W).T


@wrong("regularization.l2_gradient", "matrix product with W", named="raises")
def gradient_matrix_product(dW, W, lambda_, m):
    return dW + lambda_ / m * (W @ W.T)


@wrong("regularization.l2_gradient", "m = 5 from the notebook's cell", named="ignored")
def gradient_m_by_heart(dW, W, lambda_, m):
    return dW + lambda_ / 5 * W


@wrong("regularization.l2_gradient", "lambda = 0.7 from the notebook's cell", named="ignored")
def gradient_lambda_by_heart(dW, W, lambda_, m):
    return dW + 0.7 / m * W


@wrong("regularization.l2_gradient", "integer division", named="fraction-lost")
def gradient_integer_division(dW, W, lambda_, m):
    return dW + lambda_ // m * W


@wrong("regularization.l2_gradient", "a pair is returned", named="not-added")
def gradient_pair(dW, W, lambda_, m):
    return dW, lambda_ / m * W


@wrong("regularization.l2_gradient", "no return", named="returns-none")
def gradient_none(dW, W, lambda_, m):
    dW = dW + lambda_ / m * W


@wrong("regularization.l2_gradient", "lambda misspelt", named="raises")
def gradient_raises(dW, W, lambda_, m):
    return dW + lambd / m * W  # noqa: F821


@wrong(
    "regularization.l2_gradient",
    "a minus, and 1/2 left in (two mistakes)",
    named={"half-too-much", "weights-grow"},
)
def gradient_minus_half(dW, W, lambda_, m):
    return dW - lambda_ / (2 * m) * W


@wrong(
    "regularization.l2_gradient",
    "L2's part alone, not divided by m (two mistakes)",
    named={"loss-forgotten", "not-shared-by-m"},
)
def gradient_alone_without_m(dW, W, lambda_, m):
    return lambda_ * W


@right("regularization.dropout_forward")
def forward_where(a, u, keep_prob):
    return np.where(u < keep_prob, a / keep_prob, 0.0)


@right("regularization.dropout_forward")
def forward_as_in_the_assignment(a, u, keep_prob):
    D = (u < keep_prob).astype(int)
    A = a * D
    A = A / keep_prob
    return A


@right("regularization.dropout_forward")
def forward_masked_copy(a, u, keep_prob):
    out = a.astype(float) / keep_prob
    out[u >= keep_prob] = 0
    return out


@right("regularization.dropout_forward")
def forward_scaled_mask(a, u, keep_prob):
    mask = np.less(u, keep_prob) / keep_prob
    return np.einsum("ij,ij->ij", a, mask)


@right("regularization.dropout_forward")
def forward_by_loop(a, u, keep_prob):
    out = np.zeros(a.shape)
    for i in np.ndindex(a.shape):
        if u[i] < keep_prob:
            out[i] = a[i] / keep_prob
    return out


@right("regularization.dropout_forward")
def forward_negated(a, u, keep_prob):
    return a * ~(u >= keep_prob) * (1 / keep_prob)


@right("regularization.dropout_forward")
def forward_select(a, u, keep_prob):
    out = np.zeros_like(a, dtype=float)
    kept = u < keep_prob
    out[kept] = a[kept] / keep_prob
    return out


@wrong("regularization.dropout_forward", "not divided", named="not-divided")
def forward_not_divided(a, u, keep_prob):
    return a * (u < keep_prob)


@wrong("regularization.dropout_forward", "the dropped ones kept", named="drops-with-keep-prob")
def forward_mask_inverted(a, u, keep_prob):
    return a * (u > keep_prob) / keep_prob


@wrong(
    "regularization.dropout_forward",
    "kept with probability 1 - keep_prob",
    named="keeps-with-the-rest",
)
def forward_drop_probability(a, u, keep_prob):
    return a * (u < 1 - keep_prob) / keep_prob


@wrong(
    "regularization.dropout_forward",
    "keep_prob taken for the drop rate throughout",
    named="takes-it-for-the-drop-rate",
)
def forward_rate(a, u, keep_prob):
    return a * (u >= keep_prob) / (1 - keep_prob)


@wrong("regularization.dropout_forward", "u = keep_prob kept, too", named="equals-kept")
def forward_equal_kept(a, u, keep_prob):
    return a * (u <= keep_prob) / keep_prob


@wrong("regularization.dropout_forward", "divided by 1 - keep_prob", named="rest-for-keep-prob")
def forward_divided_by_drop(a, u, keep_prob):
    return a * (u < keep_prob) / (1 - keep_prob)


@wrong(
    "regularization.dropout_forward",
    "divided by the root of keep_prob",
    named="divided-by-the-root",
)
def forward_root(a, u, keep_prob):
    return a * (u < keep_prob) / np.sqrt(keep_prob)


@wrong("regularization.dropout_forward", "divided twice", named="divided-twice")
def forward_divided_twice(a, u, keep_prob):
    mask = (u < keep_prob) / keep_prob
    return a * mask / keep_prob


@wrong(
    "regularization.dropout_forward",
    "divided by the share that happened to be kept",
    named="divided-by-the-share-kept",
)
def forward_empirical(a, u, keep_prob):
    mask = u < keep_prob
    return a * mask / mask.mean()


@wrong("regularization.dropout_forward", "only divided, nothing dropped", named="nothing-dropped")
def forward_nothing_dropped(a, u, keep_prob):
    return a / keep_prob


@wrong("regularization.dropout_forward", "u itself is the mask", named="u-for-the-mask")
def forward_u_as_mask(a, u, keep_prob):
    return a * u / keep_prob


@wrong("regularization.dropout_forward", "returns the mask", named="mask-alone")
def forward_returns_mask(a, u, keep_prob):
    return (u < keep_prob) / keep_prob


@wrong("regularization.dropout_forward", "returns activation and mask", named="mask-too")
def forward_pair(a, u, keep_prob):
    mask = u < keep_prob
    return a * mask / keep_prob, mask


@wrong(
    "regularization.dropout_forward",
    "the draw of the first example for all",
    named="same-mask-for-all",
)
def forward_mask_of_first_example(a, u, keep_prob):
    return a * (u[:, :1] < keep_prob) / keep_prob


@wrong(
    "regularization.dropout_forward",
    "the draw of the first unit for all",
    named="whole-examples-dropped",
)
def forward_mask_of_first_unit(a, u, keep_prob):
    return a * (u[:1] < keep_prob) / keep_prob


@wrong("regularization.dropout_forward", "draws its own numbers", named="remembers")
def forward_own_draw(a, u, keep_prob):
    return a * (rng.random(a.shape) < keep_prob) / keep_prob


@wrong("regularization.dropout_forward", "kept where a, not u, is small", named="compares-a")
def forward_compares_a(a, u, keep_prob):
    return a * (a < keep_prob) / keep_prob


@wrong(
    "regularization.dropout_forward",
    "divided by 0.8 by heart, as in the lecture",
    named="factor-by-heart",
)
def forward_eight_tenths_by_heart(a, u, keep_prob):
    return a * (u < keep_prob) / 0.8


@wrong(
    "regularization.dropout_forward",
    "keep_prob = 0.5 by heart",
    named={"factor-by-heart", "mask-by-heart"},
)
def forward_half_by_heart(a, u, keep_prob):
    return a * (u < 0.5) / 0.5


@wrong("regularization.dropout_forward", "dropped entries become -1", named="invariant")
def forward_dropped_to_minus_one(a, u, keep_prob):
    return np.where(u < keep_prob, a / keep_prob, -1.0)


@wrong(
    "regularization.dropout_forward", "dropped entries are left as they were", named="dropped-stay"
)
def forward_dropped_pass(a, u, keep_prob):
    return np.where(u < keep_prob, a / keep_prob, a)


@wrong("regularization.dropout_forward", "dropped entries are NaN", named="not-finite")
def forward_garbage(a, u, keep_prob):
    out, kept = np.full(a.shape, np.nan), u < keep_prob
    out[kept] = a[kept] / keep_prob
    return out


@wrong(
    "regularization.dropout_forward", "dropped entries removed: a vector", named="dropped-removed"
)
def forward_vector(a, u, keep_prob):
    return a[u < keep_prob] / keep_prob


@wrong("regularization.dropout_forward", "changes a", named="changes-its-input")
def forward_changes_a(a, u, keep_prob):
    a *= u < keep_prob
    a /= keep_prob
    return a


@wrong("regularization.dropout_forward", "changes u", named="changes-its-input")
def forward_changes_u(a, u, keep_prob):
    u[:] = u < keep_prob
    return a * u / keep_prob


@wrong("regularization.dropout_forward", "the mean restored by shifting", named="invariant")
def forward_shifted(a, u, keep_prob):
    return a * (u < keep_prob) + a * (1 - keep_prob)


@wrong("regularization.dropout_forward", "a ReLU on top: negatives lost", named="relu-too")
def forward_relu(a, u, keep_prob):
    return np.maximum(a * (u < keep_prob) / keep_prob, 0)


@wrong("regularization.dropout_forward", "u taken for a scalar", named="raises")
def forward_raises(a, u, keep_prob):
    return a / keep_prob if u < keep_prob else 0 * a


@wrong("regularization.dropout_forward", "no return", named="returns-none")
def forward_none(a, u, keep_prob):
    a = a * (u < keep_prob) / keep_prob


@wrong(
    "regularization.dropout_forward",
    "mask inverted, not divided (two mistakes)",
    named={"not-divided", "drops-with-keep-prob"},
)
def forward_inverted_not_divided(a, u, keep_prob):
    return a * (u > keep_prob)


@wrong(
    "regularization.dropout_forward",
    "drop probability, and multiplied (two mistakes)",
    named={"multiplied", "keeps-with-the-rest"},
)
def forward_drop_multiplied(a, u, keep_prob):
    return a * (u < 1 - keep_prob) * keep_prob


@right("regularization.dropout_backward")
def backward_where(da, a, u, keep_prob):
    return np.where(u < keep_prob, da / keep_prob, 0)


@right("regularization.dropout_backward")
def backward_scaled_mask(da, a, u, keep_prob):
    mask = (u < keep_prob).astype(float) / keep_prob
    return mask * da


@right("regularization.dropout_backward")
def backward_masked_copy(da, a, u, keep_prob):
    da = da / keep_prob
    da[~(u < keep_prob)] = 0.0
    return da


@right("regularization.dropout_backward")
def backward_by_loop(da, a, u, keep_prob):
    out = np.zeros(da.shape)
    for i in np.ndindex(da.shape):
        out[i] = da[i] / keep_prob if u[i] < keep_prob else 0.0
    return out


@right("regularization.dropout_backward")
def backward_through_ones(da, a, u, keep_prob):
    slope = np.where(u < keep_prob, np.ones_like(da), np.zeros_like(da)) / keep_prob
    return slope * da


@right("regularization.dropout_backward")
def backward_list(da, a, u, keep_prob):
    return [
        [d / keep_prob if v < keep_prob else 0.0 for d, v in zip(*rows, strict=True)]
        for rows in zip(da, u, strict=True)
    ]


@wrong("regularization.dropout_backward", "not divided", named="not-divided")
def backward_not_divided(da, a, u, keep_prob):
    return da * (u < keep_prob)


@wrong("regularization.dropout_backward", "passed through unchanged", named="still-the-stub")
def backward_unchanged(da, a, u, keep_prob):
    return da


@wrong("regularization.dropout_backward", "only divided", named="nothing-dropped")
def backward_no_mask(da, a, u, keep_prob):
    return da / keep_prob


@wrong("regularization.dropout_backward", "mask inverted", named="mask-inverted")
def backward_mask_inverted(da, a, u, keep_prob):
    return da * (u >= keep_prob) / keep_prob


@wrong(
    "regularization.dropout_backward",
    "multiplied by keep_prob: undone, not derived",
    named="multiplied",
)
def backward_multiplied(da, a, u, keep_prob):
    return da * (u < keep_prob) * keep_prob


@wrong("regularization.dropout_backward", "multiplied by a", named="times-the-activation")
def backward_times_a(da, a, u, keep_prob):
    return da * a * (u < keep_prob) / keep_prob


@wrong("regularization.dropout_backward", "the forward pass again", named="forward-again")
def backward_forward_again(da, a, u, keep_prob):
    return a * (u < keep_prob) / keep_prob


@wrong(
    "regularization.dropout_backward",
    "the mask read from a != 0: wrong where a is 0 or kept",
    named="mask-from-a",
)
def backward_mask_from_a(da, a, u, keep_prob):
    return da * (a != 0) / keep_prob


@wrong("regularization.dropout_backward", "a ReLU's mask, too", named="relu-too")
def backward_relu_too(da, a, u, keep_prob):
    return da * (u < keep_prob) * (a > 0) / keep_prob


@wrong("regularization.dropout_backward", "a new mask", named="remembers")
def backward_new_mask(da, a, u, keep_prob):
    return da * (rng.random(da.shape) < keep_prob) / keep_prob


@wrong("regularization.dropout_backward", "divided by keep_prob squared", named="divided-twice")
def backward_divided_twice(da, a, u, keep_prob):
    return da * (u < keep_prob) / keep_prob**2


@wrong("regularization.dropout_backward", "divided by 1 - keep_prob", named="rest-for-keep-prob")
def backward_divided_by_drop(da, a, u, keep_prob):
    return da * (u < keep_prob) / (1 - keep_prob)


@wrong(
    "regularization.dropout_backward",
    "kept with probability 1 - keep_prob",
    named="keeps-with-the-rest",
)
def backward_drop_probability(da, a, u, keep_prob):
    return da * (u < 1 - keep_prob) / keep_prob


@wrong("regularization.dropout_backward", "compares da with keep_prob", named="compares-da")
def backward_compares_da(da, a, u, keep_prob):
    return da * (da < keep_prob) / keep_prob


@wrong("regularization.dropout_backward", "compares a with keep_prob", named="compares-a")
def backward_compares_a(da, a, u, keep_prob):
    return da * (a < keep_prob) / keep_prob


@wrong("regularization.dropout_backward", "averaged over the examples", named="averaged")
def backward_divided_by_m(da, a, u, keep_prob):
    return da * (u < keep_prob) / keep_prob / da.shape[1]


@wrong("regularization.dropout_backward", "a minus", named="sign")
def backward_minus(da, a, u, keep_prob):
    return -da * (u < keep_prob) / keep_prob


@wrong(
    "regularization.dropout_backward", "the first example's mask for all", named="same-mask-for-all"
)
def backward_mask_of_first_example(da, a, u, keep_prob):
    return da * (u[:, [0]] < keep_prob) / keep_prob


@wrong("regularization.dropout_backward", "where a is 0 no gradient", named="mask-from-a")
def backward_dead_where_zero(da, a, u, keep_prob):
    return np.divide(a * (u < keep_prob) / keep_prob * da, a, out=np.zeros_like(da), where=a != 0)


@wrong("regularization.dropout_backward", "dropped entries keep da", named="dropped-stay")
def backward_dropped_pass(da, a, u, keep_prob):
    return np.where(u < keep_prob, da / keep_prob, da)


@wrong("regularization.dropout_backward", "changes da", named="changes-its-input")
def backward_changes_da(da, a, u, keep_prob):
    da *= (u < keep_prob) / keep_prob
    return da


@wrong("regularization.dropout_backward", "changes u", named="changes-its-input")
def backward_changes_u(da, a, u, keep_prob):
    u[u < keep_prob] = 1
    u[u < 1] = 0
    return da * u / keep_prob


@wrong("regularization.dropout_backward", "two results", named="mask-too")
def backward_pair(da, a, u, keep_prob):
    mask = u < keep_prob
    return da * mask / keep_prob, mask


@wrong("regularization.dropout_backward", "matrix product with the mask", named="matrix-product")
def backward_matrix_product(da, a, u, keep_prob):
    return da @ (u < keep_prob).T / keep_prob


@wrong("regularization.dropout_backward", "no return", named="returns-none")
def backward_none(da, a, u, keep_prob):
    mask = u < keep_prob
    da = mask * da / keep_prob


@wrong("regularization.dropout_backward", "the cache of the assignment, not there", named="raises")
def backward_raises(da, a, u, keep_prob):
    return da * cache["D"] / keep_prob  # noqa: F821


@wrong(
    "regularization.dropout_backward",
    "times a, not divided (two mistakes)",
    named={"not-divided", "times-the-activation"},
)
def backward_times_a_not_divided(da, a, u, keep_prob):
    return da * a * (u < keep_prob)


@wrong(
    "regularization.dropout_backward",
    "mask inverted, not divided (two mistakes)",
    named={"not-divided", "mask-inverted"},
)
def backward_inverted_not_divided(da, a, u, keep_prob):
    return da * (u > keep_prob)


@wrong("regularization.dropout_forward", "kept at the upper end of u", named="keeps-the-upper-end")
def forward_upper_end(a, u, keep_prob):
    return a * (u > 1 - keep_prob) / keep_prob


@wrong("regularization.dropout_backward", "kept at the upper end of u", named="keeps-the-upper-end")
def backward_upper_end(da, a, u, keep_prob):
    return da * (u > 1 - keep_prob) / keep_prob


@wrong("regularization.l2_cost", "the root of all squares", named="root-of-the-sum")
def cost_root_of_all(weights, biases, lambda_, m):
    return lambda_ / (2 * m) * np.sqrt(sum((W**2).sum() for W in weights))


@wrong("regularization.l2_cost", "added, not multiplied", named="added-not-multiplied")
def cost_added(weights, biases, lambda_, m):
    return lambda_ / (2 * m) + sum((W**2).sum() for W in weights)


@wrong("regularization.l2_gradient", "multiplied, not added", named="multiplied")
def gradient_multiplied(dW, W, lambda_, m):
    return dW * (lambda_ / m * W)


@wrong("regularization.l2_cost", "the number of layers for m", named="units-for-m")
def cost_layers_for_m(weights, biases, lambda_, m):
    return lambda_ / (2 * len(weights)) * sum((W**2).sum() for W in weights)


@wrong("regularization.l2_cost", "NumPy's 1-norm", named="spectral-norm")
def cost_norm_of_columns(weights, biases, lambda_, m):
    return lambda_ / (2 * m) * sum(np.linalg.norm(W, 1) ** 2 for W in weights)


@wrong("regularization.l2_cost", "last layer only", named="last-layer-only")
def last_layer(weights, biases, lambda_, m):
    for W in weights:
        cost = lambda_ / (2 * m) * (W**2).sum()
    return cost


@right("regularization.l2_cost")
def by_traces(weights, biases, lambda_, m):
    return sum(lambda_ * np.trace(W.T @ W) for W in weights) / m / 2


@wrong("regularization.l2_gradient", "decays W")
def decays(dW, W, lambda_, m):
    return W - lambda_ / m * dW


@wrong("regularization.l2_gradient", "W left out", named="ignored")
def w_left_out(dW, W, lambda_, m):
    return dW + lambda_ / m


@right("regularization.l2_gradient")
def added_up(dW, W, lambda_, m):
    return np.add(dW, W * lambda_ / m)


@wrong("regularization.dropout_forward", "drops with keep_prob", named="takes-it-for-the-drop-rate")
def as_drop_rate(a, u, keep_prob):
    return a * (u < 1 - keep_prob) / (1 - keep_prob)


@wrong("regularization.dropout_forward", "times", named="multiplied")
def times(a, u, keep_prob):
    return a * (u < keep_prob) * keep_prob


@wrong("regularization.dropout_forward", "own draw", named={"remembers"})
def own_draw(a, u, keep_prob):
    return a * (np.random.default_rng().random(a.shape) < keep_prob) / keep_prob


@right("regularization.dropout_forward")
def with_where(a, u, keep_prob):
    return np.where(u < keep_prob, a / keep_prob, 0)


@wrong("regularization.dropout_backward", "mask from da", named="ignored")
def mask_from_a(da, a, u, keep_prob):
    return da * (a > 0) / keep_prob


@right("regularization.dropout_backward")
def by_assignment(da, a, u, keep_prob):
    g = np.zeros_like(da)
    g[u < keep_prob] = da[u < keep_prob] / keep_prob
    return g


@wrong("regularization.l2_cost", "the sum itself, and no 1/2", named="doubled-not-squared")
def sum_without_half(weights, biases, lambda_, m):
    return lambda_ / m * sum(W.sum() for W in weights)


@wrong("regularization.l2_cost", "the sum of each row, squared", named="matrix-product")
def rows_summed_then_squared(weights, biases, lambda_, m):
    return lambda_ / (2 * m) * sum((W.sum(axis=1) ** 2).sum() for W in weights)


@wrong("regularization.l2_cost", "the factor inside the loop", named="factor-in-every-round")
def factor_inside_the_loop(weights, biases, lambda_, m):
    cost = 0.0
    for W in weights:
        cost += (W**2).sum()
        cost *= lambda_ / (2 * m)
    return cost


@wrong("regularization.l2_cost", "times m", named="times-m")
def times_m_over_2(weights, biases, lambda_, m):
    return lambda_ * m / 2 * sum((W**2).sum() for W in weights)


@wrong("regularization.l2_cost", "the root of it all", named="root-of-the-sum")
def root_of_it_all(weights, biases, lambda_, m):
    return (lambda_ / (2 * m) * sum((W**2).sum() for W in weights)) ** 0.5


@right("regularization.l2_cost")
def by_singular_values(weights, biases, lambda_, m):
    return lambda_ / (2 * m) * sum((np.linalg.svd(W, compute_uv=False) ** 2).sum() for W in weights)


@wrong("regularization.l2_gradient", "dW shrunk for W", named="dw-shrunk")
def shrinks_dw(dW, W, lambda_, m):
    return (1 - lambda_ / m) * dW


@wrong("regularization.l2_gradient", "the number of weights for m", named="width-for-m")
def size_for_m(dW, W, lambda_, m):
    return dW + lambda_ / W.size * W


@wrong("regularization.l2_gradient", "the mean weight", named="one-number-for-all")
def mean_weight(dW, W, lambda_, m):
    return dW + lambda_ / m * np.mean(W)


@wrong("regularization.l2_gradient", "the norm", named="one-number-for-all")
def norm_added(dW, W, lambda_, m):
    return dW + lambda_ / m * np.linalg.norm(W)


@wrong("regularization.l2_gradient", "the squared norm", named="one-number-for-all")
def squared_norm_added(dW, W, lambda_, m):
    return dW + lambda_ / m * np.sum(W**2)


@wrong("regularization.l2_gradient", "brackets around both", named="loss-scaled")
def both_in_brackets(dW, W, lambda_, m):
    return lambda_ / m * (dW + W)


@right("regularization.l2_gradient")
def gradient_by_einsum(dW, W, lambda_, m):
    return np.einsum("k,kij->ij", [1, lambda_ / m], [dW, W])


@wrong("regularization.dropout_forward", "brackets: a * u compared", named="compares-a-product")
def product_compared(a, u, keep_prob):
    return (a * u < keep_prob) / keep_prob


@wrong("regularization.dropout_forward", "no brackets at all", named="compares-a-product")
def no_brackets(a, u, keep_prob):
    return a * u < keep_prob / keep_prob


@wrong("regularization.dropout_forward", "the mask of 0 and 1", named="mask-alone")
def mask_of_0_and_1(a, u, keep_prob):
    return u < keep_prob


@wrong("regularization.dropout_forward", "the original's predictions", named="for-predictions")
def predictions_of_the_original(a, u, keep_prob):
    return a * keep_prob


@right("regularization.dropout_forward")
def by_a_masked_array(a, u, keep_prob):
    return np.ma.array(a, mask=u >= keep_prob).filled(0) / keep_prob


@wrong("regularization.dropout_backward", "brackets: da * u compared", named="compares-a-product")
def gradient_product_compared(da, a, u, keep_prob):
    return (da * u < keep_prob) / keep_prob


@wrong("regularization.dropout_backward", "no brackets at all", named="compares-a-product")
def gradient_no_brackets(da, a, u, keep_prob):
    return da * u < keep_prob / keep_prob


@wrong("regularization.dropout_backward", "the mask, not the gradient", named="mask-alone")
def mask_for_the_gradient(da, a, u, keep_prob):
    return (u < keep_prob).astype(float)


@wrong("regularization.l2_cost", "of three layers at most", named="only-the-cases")
def cost_of_three_layers(weights, biases, lambda_, m):
    return lambda_ / (2 * m) * sum((W**2).sum() for W in weights[:3])


@wrong("regularization.l2_cost", "L1 without the half", named="no-half")
def cost_of_sizes_without_half(weights, biases, lambda_, m):
    return lambda_ / m * sum(np.abs(W).sum() for W in weights)


@wrong("regularization.dropout_forward", "one decision for all entries", named="invariant")
def forward_by_the_mean_draw(a, u, keep_prob):
    return a * (u.mean() < keep_prob) / keep_prob
