"""Answers to the exercises of notebook 06."""

import numpy as np

from tests.checks.bank import right, right_ones, wrong, wrong_ones

kept = {"v": 0.0, "s": 0.0, "t": 0}


@right("optimizers.momentum_step")
def momentum_by_names(theta, v, g, alpha, beta):
    v_new = beta * v + (1 - beta) * g
    theta_new = theta - alpha * v_new
    return theta_new, v_new


@right("optimizers.momentum_step")
def momentum_difference_form(theta, v, g, alpha, beta):
    v = v + (1 - beta) * (g - v)
    return theta - alpha * v, v


@right("optimizers.momentum_step")
def momentum_on_copies(theta, v, g, alpha, beta):
    theta, v = theta.copy(), v.copy()
    v *= beta
    v += (1 - beta) * g
    theta -= alpha * v
    return theta, v


@right("optimizers.momentum_step")
def momentum_by_loop(theta, v, g, alpha, beta):
    theta, v = np.array(theta, float), np.array(v, float)
    for i in range(len(theta)):
        v[i] = beta * v[i] + (1 - beta) * g[i]
        theta[i] = theta[i] - alpha * v[i]
    return theta, v


@right("optimizers.momentum_step")
def momentum_one_line(theta, v, g, alpha, beta):
    return theta - alpha * (beta * v + (1 - beta) * g), beta * v + (1 - beta) * g


@right("optimizers.momentum_step")
def momentum_as_in_pytorch(theta, v, g, alpha, beta):
    u = beta * v / (1 - beta) + g  # without 1 - beta, and alpha made smaller for it
    return theta - alpha * (1 - beta) * u, (1 - beta) * u


@right("optimizers.momentum_step")
def momentum_list_of_two(theta, v, g, alpha, beta):
    v = np.average([v, g], axis=0, weights=[beta, 1 - beta])
    return [theta - alpha * v, v]


@wrong("optimizers.momentum_step", "1 - beta left out, as PyTorch does", named="sum-for-average")
def momentum_without_factor(theta, v, g, alpha, beta):
    v = beta * v + g
    return theta - alpha * v, v


@wrong("optimizers.momentum_step", "beta and 1 - beta exchanged", named="shares-swapped")
def momentum_exchanged(theta, v, g, alpha, beta):
    v = (1 - beta) * v + beta * g
    return theta - alpha * v, v


@wrong("optimizers.momentum_step", "uphill", named="uphill")
def momentum_uphill(theta, v, g, alpha, beta):
    v = beta * v + (1 - beta) * g
    return theta + alpha * v, v


@wrong("optimizers.momentum_step", "a minus before the gradient in v", named="minus-in-v")
def momentum_minus_g(theta, v, g, alpha, beta):
    v = beta * v - (1 - beta) * g
    return theta - alpha * v, v


@wrong("optimizers.momentum_step", "v counted downhill, as in CS231n", named="v-downhill")
def momentum_v_downhill(theta, v, g, alpha, beta):
    v = beta * v - (1 - beta) * g
    return theta + alpha * v, v


@wrong("optimizers.momentum_step", "alpha inside v, as in CS231n and Keras", named="alpha-inside-v")
def momentum_alpha_inside(theta, v, g, alpha, beta):
    v = beta * v - alpha * g
    return theta + v, v


@wrong("optimizers.momentum_step", "Nesterov", named="nesterov")
def momentum_nesterov(theta, v, g, alpha, beta):
    v = beta * v + (1 - beta) * g
    return theta - alpha * (beta * v + (1 - beta) * g), v


@wrong("optimizers.momentum_step", "the step follows the old v", named="steps-by-the-old-v")
def momentum_old_v(theta, v, g, alpha, beta):
    return theta - alpha * v, beta * v + (1 - beta) * g


@wrong("optimizers.momentum_step", "the step follows the gradient", named="steps-by-the-gradient")
def momentum_follows_g(theta, v, g, alpha, beta):
    return theta - alpha * g, beta * v + (1 - beta) * g


@wrong("optimizers.momentum_step", "v is not returned anew", named="v-not-returned")
def momentum_v_forgotten(theta, v, g, alpha, beta):
    return theta - alpha * (beta * v + (1 - beta) * g), v


@wrong("optimizers.momentum_step", "v and theta exchanged", named="order")
def momentum_order(theta, v, g, alpha, beta):
    v = beta * v + (1 - beta) * g
    return v, theta - alpha * v


@wrong("optimizers.momentum_step", "theta alone", named="theta-alone")
def momentum_theta_alone(theta, v, g, alpha, beta):
    v = beta * v + (1 - beta) * g
    return theta - alpha * v


@wrong("optimizers.momentum_step", "the step, not theta", named="returns-the-step")
def momentum_step_alone(theta, v, g, alpha, beta):
    v = beta * v + (1 - beta) * g
    return alpha * v, v


@wrong("optimizers.momentum_step", "bias correction of the first step", named="bias-corrected")
def momentum_corrected(theta, v, g, alpha, beta):
    v = beta * v + (1 - beta) * g
    return theta - alpha * v / (1 - beta), v


@wrong("optimizers.momentum_step", "the corrected v is kept, too", named="bias-corrected")
def momentum_corrected_kept(theta, v, g, alpha, beta):
    v = (beta * v + (1 - beta) * g) / (1 - beta)
    return theta - alpha * v, v


@wrong("optimizers.momentum_step", "1 - beta twice", named="one-minus-beta-twice")
def momentum_factor_twice(theta, v, g, alpha, beta):
    v = beta * v + (1 - beta) * g
    return theta - alpha * (1 - beta) * v, v


@wrong("optimizers.momentum_step", "no brackets: 1 - beta * g", named="brackets-missing")
def momentum_no_brackets(theta, v, g, alpha, beta):
    v = beta * v + 1 - beta * g
    return theta - alpha * v, v


@wrong("optimizers.momentum_step", "beta averages theta, not g", named="averages-theta")
def momentum_averages_theta(theta, v, g, alpha, beta):
    v = beta * v + (1 - beta) * theta
    return theta - alpha * v, v


@wrong("optimizers.momentum_step", "the gradient squared", named="squared-gradient")
def momentum_of_squares(theta, v, g, alpha, beta):
    v = beta * v + (1 - beta) * g**2
    return theta - alpha * v, v


@wrong("optimizers.momentum_step", "alpha and beta exchanged", named="alpha-and-beta-exchanged")
def momentum_alpha_for_beta(theta, v, g, alpha, beta):
    v = alpha * v + (1 - alpha) * g
    return theta - beta * v, v


@wrong("optimizers.momentum_step", "beta = 0.9 by heart", named="ignored")
def momentum_beta_by_heart(theta, v, g, alpha, beta):
    v = 0.9 * v + 0.1 * g
    return theta - alpha * v, v


@wrong("optimizers.momentum_step", "alpha left out", named="no-alpha")
def momentum_without_alpha(theta, v, g, alpha, beta):
    v = beta * v + (1 - beta) * g
    return theta - v, v


@wrong("optimizers.momentum_step", "one number for all", named="one-number-for-all")
def momentum_one_number(theta, v, g, alpha, beta):
    v = beta * np.mean(v) + (1 - beta) * np.mean(g)
    return theta - alpha * v, np.full(theta.shape, v)


@wrong("optimizers.momentum_step", "three parameters by heart", named="raises")
def momentum_three_parameters(theta, v, g, alpha, beta):
    theta, v = np.array(theta, float), np.array(v, float)
    for i in range(3):
        v[i] = beta * v[i] + (1 - beta) * g[i]
        theta[i] -= alpha * v[i]
    return theta, v


@wrong("optimizers.momentum_step", "the first entry only", named="only-the-first")
def momentum_first_entry(theta, v, g, alpha, beta):
    theta, v = theta.copy(), v.copy()
    v[0] = beta * v[0] + (1 - beta) * g[0]
    theta[0] -= alpha * v[0]
    return theta, v


@wrong("optimizers.momentum_step", "v of its own from call to call", named="remembers")
def momentum_global_state(theta, v, g, alpha, beta):
    kept["v"] = beta * kept["v"] + (1 - beta) * np.mean(g)
    return theta - alpha * kept["v"], kept["v"] * np.ones_like(v)


@wrong("optimizers.momentum_step", "v = 0 on the spot: no memory", named="starts-anew")
def momentum_forgets(theta, v, g, alpha, beta):
    v = np.zeros(theta.shape)
    v = beta * v + (1 - beta) * g
    return theta - alpha * v, v


@wrong("optimizers.momentum_step", "changes theta and v", named="changes-its-input")
def momentum_changes_inputs(theta, v, g, alpha, beta):
    v *= beta
    v += (1 - beta) * g
    theta -= alpha * v
    return theta, v


@wrong("optimizers.momentum_step", "changes g", named="changes-its-input")
def momentum_changes_g(theta, v, g, alpha, beta):
    g *= 1 - beta
    v = beta * v + g
    return theta - alpha * v, v


@wrong("optimizers.momentum_step", "no return", named="returns-none")
def momentum_none(theta, v, g, alpha, beta):
    v = beta * v + (1 - beta) * g
    theta = theta - alpha * v


@wrong("optimizers.momentum_step", "an outer product", named="wrong-shape")
def momentum_outer(theta, v, g, alpha, beta):
    v = beta * v[:, None] + (1 - beta) * g
    return theta - alpha * v, v


@wrong("optimizers.momentum_step", "g is called", named="raises")
def momentum_raises(theta, v, g, alpha, beta):
    v = beta * v + (1 - beta) * g(theta)
    return theta - alpha * v, v


@wrong(
    "optimizers.momentum_step",
    "uphill, 1 - beta left out (two mistakes)",
    named={"sum-for-average", "uphill"},
)
def momentum_uphill_without_factor(theta, v, g, alpha, beta):
    v = beta * v + g
    return theta + alpha * v, v


@wrong(
    "optimizers.momentum_step",
    "the old v, and results exchanged (two mistakes)",
    named={"steps-by-the-old-v", "order"},
)
def momentum_old_v_and_order(theta, v, g, alpha, beta):
    return beta * v + (1 - beta) * g, theta - alpha * v


@right("optimizers.rmsprop_step")
def rmsprop_by_names(theta, s, g, alpha, beta, epsilon):
    s_new = beta * s + (1 - beta) * np.square(g)
    return theta - alpha * g / (s_new**0.5 + epsilon), s_new


@right("optimizers.rmsprop_step")
def rmsprop_on_copies(theta, s, g, alpha, beta, epsilon):
    theta, s = theta.copy(), s.copy()
    s *= beta
    s += (1 - beta) * g * g
    theta -= alpha * g / (np.sqrt(s) + epsilon)
    return theta, s


@right("optimizers.rmsprop_step")
def rmsprop_by_loop(theta, s, g, alpha, beta, epsilon):
    new_theta, new_s = [], []
    for a, b, c in zip(theta, s, g, strict=True):
        new_s.append(beta * b + (1 - beta) * c**2)
        new_theta.append(a - alpha * c / (new_s[-1] ** 0.5 + epsilon))
    return np.array(new_theta), np.array(new_s)


@right("optimizers.rmsprop_step")
def rmsprop_rate_of_each(theta, s, g, alpha, beta, epsilon):
    s = s + (1 - beta) * (g**2 - s)
    rates = alpha / (np.sqrt(s) + epsilon)
    return theta - rates * g, s


@right("optimizers.rmsprop_step")
def rmsprop_addcmul(theta, s, g, alpha, beta, epsilon):
    s = np.add(np.multiply(s, beta), np.multiply(g, g) * (1 - beta))
    return np.subtract(theta, np.divide(alpha * g, np.add(np.sqrt(s), epsilon))), s


@wrong("optimizers.rmsprop_step", "epsilon inside the root", named="epsilon-inside-root")
def rmsprop_epsilon_inside(theta, s, g, alpha, beta, epsilon):
    s = beta * s + (1 - beta) * g**2
    return theta - alpha * g / np.sqrt(s + epsilon), s


@wrong("optimizers.rmsprop_step", "epsilon left out: 0 / 0 where g and s are 0", named="no-epsilon")
def rmsprop_without_epsilon(theta, s, g, alpha, beta, epsilon):
    s = beta * s + (1 - beta) * g**2
    with np.errstate(all="ignore"):
        return theta - alpha * g / np.sqrt(s), s


@wrong("optimizers.rmsprop_step", "precedence: / sqrt(s) + epsilon, as in d2l", named="precedence")
def rmsprop_precedence(theta, s, g, alpha, beta, epsilon):
    s = beta * s + (1 - beta) * g**2
    with np.errstate(all="ignore"):
        return theta - alpha * g / np.sqrt(s) + epsilon, s


@wrong("optimizers.rmsprop_step", "epsilon = 1e-8 by heart", named="epsilon-by-heart")
def rmsprop_epsilon_by_heart(theta, s, g, alpha, beta, epsilon):
    s = beta * s + (1 - beta) * g**2
    return theta - alpha * g / (np.sqrt(s) + 1e-8), s


@wrong("optimizers.rmsprop_step", "epsilon is kept in s", named="epsilon-kept-in-s")
def rmsprop_epsilon_in_s(theta, s, g, alpha, beta, epsilon):
    s = beta * s + (1 - beta) * g**2 + epsilon
    return theta - alpha * g / np.sqrt(s), s


@wrong("optimizers.rmsprop_step", "epsilon subtracted", named="epsilon-subtracted")
def rmsprop_epsilon_minus(theta, s, g, alpha, beta, epsilon):
    s = beta * s + (1 - beta) * g**2
    return theta - alpha * g / (np.sqrt(s) - epsilon), s


@wrong("optimizers.rmsprop_step", "the larger of root and epsilon", named="epsilon-as-a-limit")
def rmsprop_epsilon_maximum(theta, s, g, alpha, beta, epsilon):
    s = beta * s + (1 - beta) * g**2
    return theta - alpha * g / np.maximum(np.sqrt(s), epsilon), s


@wrong("optimizers.rmsprop_step", "epsilon in both places", named="epsilon-twice")
def rmsprop_epsilon_twice(theta, s, g, alpha, beta, epsilon):
    s = beta * s + (1 - beta) * g**2
    return theta - alpha * g / (np.sqrt(s + epsilon) + epsilon), s


@wrong("optimizers.rmsprop_step", "no root", named="no-root")
def rmsprop_without_root(theta, s, g, alpha, beta, epsilon):
    s = beta * s + (1 - beta) * g**2
    return theta - alpha * g / (s + epsilon), s


@wrong("optimizers.rmsprop_step", "the gradient is not squared", named="gradient-not-squared")
def rmsprop_not_squared(theta, s, g, alpha, beta, epsilon):
    s = beta * s + (1 - beta) * g
    with np.errstate(all="ignore"):
        return theta - alpha * g / (np.sqrt(s) + epsilon), s


@wrong("optimizers.rmsprop_step", "1 - beta squared, too", named="all-squared")
def rmsprop_all_squared(theta, s, g, alpha, beta, epsilon):
    s = beta * s + ((1 - beta) * g) ** 2
    return theta - alpha * g / (np.sqrt(s) + epsilon), s


@wrong("optimizers.rmsprop_step", "beta and 1 - beta exchanged", named="shares-swapped")
def rmsprop_exchanged(theta, s, g, alpha, beta, epsilon):
    s = (1 - beta) * s + beta * g**2
    return theta - alpha * g / (np.sqrt(s) + epsilon), s


@wrong("optimizers.rmsprop_step", "1 - beta left out", named="sum-for-average")
def rmsprop_without_factor(theta, s, g, alpha, beta, epsilon):
    s = beta * s + g**2
    return theta - alpha * g / (np.sqrt(s) + epsilon), s


@wrong("optimizers.rmsprop_step", "Adagrad: nothing is forgotten", named="adagrad")
def rmsprop_adagrad(theta, s, g, alpha, beta, epsilon):
    s = s + g**2
    return theta - alpha * g / (np.sqrt(s) + epsilon), s


@wrong("optimizers.rmsprop_step", "divided by the old s", named="divides-by-the-old-s")
def rmsprop_old_s(theta, s, g, alpha, beta, epsilon):
    return theta - alpha * g / (np.sqrt(s) + epsilon), beta * s + (1 - beta) * g**2


@wrong("optimizers.rmsprop_step", "divided by |g|: the sign alone", named="sign-alone")
def rmsprop_sign(theta, s, g, alpha, beta, epsilon):
    s = beta * s + (1 - beta) * g**2
    return theta - alpha * g / (np.abs(g) + epsilon), s


@wrong("optimizers.rmsprop_step", "one size for all: the norm", named="one-scale-for-all")
def rmsprop_one_norm(theta, s, g, alpha, beta, epsilon):
    s = beta * s + (1 - beta) * g**2
    return theta - alpha * g / (np.sqrt(s.sum()) + epsilon), s


@wrong("optimizers.rmsprop_step", "s is a sum of all squares", named="one-scale-for-all")
def rmsprop_s_summed(theta, s, g, alpha, beta, epsilon):
    s = beta * s + (1 - beta) * np.sum(g**2)
    return theta - alpha * g / (np.sqrt(s) + epsilon), s


@wrong("optimizers.rmsprop_step", "uphill", named="uphill")
def rmsprop_uphill(theta, s, g, alpha, beta, epsilon):
    s = beta * s + (1 - beta) * g**2
    return theta + alpha * g / (np.sqrt(s) + epsilon), s


@wrong("optimizers.rmsprop_step", "g left out of the step", named="no-gradient")
def rmsprop_without_g(theta, s, g, alpha, beta, epsilon):
    s = beta * s + (1 - beta) * g**2
    return theta - alpha / (np.sqrt(s) + epsilon), s


@wrong("optimizers.rmsprop_step", "multiplied by the root", named="multiplies")
def rmsprop_multiplied(theta, s, g, alpha, beta, epsilon):
    s = beta * s + (1 - beta) * g**2
    return theta - alpha * g * (np.sqrt(s) + epsilon), s


@wrong("optimizers.rmsprop_step", "s corrected, as Adam does", named="bias-corrected")
def rmsprop_corrected(theta, s, g, alpha, beta, epsilon):
    s = beta * s + (1 - beta) * g**2
    return theta - alpha * g / (np.sqrt(s / (1 - beta)) + epsilon), s


@wrong("optimizers.rmsprop_step", "the root is kept as s", named="root-kept")
def rmsprop_root_kept(theta, s, g, alpha, beta, epsilon):
    s = np.sqrt(beta * s + (1 - beta) * g**2)
    return theta - alpha * g / (s + epsilon), s


@wrong("optimizers.rmsprop_step", "the old s is returned", named="s-not-returned")
def rmsprop_s_forgotten(theta, s, g, alpha, beta, epsilon):
    return theta - alpha * g / (np.sqrt(beta * s + (1 - beta) * g**2) + epsilon), s


@wrong("optimizers.rmsprop_step", "s first", named="order")
def rmsprop_order(theta, s, g, alpha, beta, epsilon):
    s = beta * s + (1 - beta) * g**2
    return s, theta - alpha * g / (np.sqrt(s) + epsilon)


@wrong("optimizers.rmsprop_step", "s starts anew at each call", named="starts-anew")
def rmsprop_forgets(theta, s, g, alpha, beta, epsilon):
    s = (1 - beta) * g**2
    return theta - alpha * g / (np.sqrt(s) + epsilon), s


@wrong("optimizers.rmsprop_step", "changes theta and s", named="changes-its-input")
def rmsprop_changes_inputs(theta, s, g, alpha, beta, epsilon):
    s *= beta
    s += (1 - beta) * g**2
    theta -= alpha * g / (np.sqrt(s) + epsilon)
    return theta, s


@wrong("optimizers.rmsprop_step", "no return", named="returns-none")
def rmsprop_none(theta, s, g, alpha, beta, epsilon):
    s = beta * s + (1 - beta) * g**2
    theta = theta - alpha * g / (np.sqrt(s) + epsilon)


@wrong("optimizers.rmsprop_step", "a vector turned into one number", named="raises")
def rmsprop_raises(theta, s, g, alpha, beta, epsilon):
    s = beta * s + (1 - beta) * g**2
    return theta - alpha * g / (float(s) ** 0.5 + epsilon), s


@wrong(
    "optimizers.rmsprop_step",
    "epsilon inside, exchanged (two mistakes)",
    named={"epsilon-inside-root", "shares-swapped"},
)
def rmsprop_inside_exchanged(theta, s, g, alpha, beta, epsilon):
    s = (1 - beta) * s + beta * g**2
    return theta - alpha * g / np.sqrt(s + epsilon), s


@wrong(
    "optimizers.rmsprop_step",
    "old s, no root (two mistakes)",
    named={"no-root", "divides-by-the-old-s"},
)
def rmsprop_old_s_without_root(theta, s, g, alpha, beta, epsilon):
    return theta - alpha * g / (s + epsilon), beta * s + (1 - beta) * g**2


def _averages(v, s, g, beta1, beta2):
    return beta1 * v + (1 - beta1) * g, beta2 * s + (1 - beta2) * g**2


@right("optimizers.adam_step")
def adam_by_names(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v_new = beta1 * v + (1 - beta1) * g
    s_new = beta2 * s + (1 - beta2) * np.square(g)
    v_corrected = v_new / (1 - np.power(beta1, t))
    s_corrected = s_new / (1 - np.power(beta2, t))
    return theta - alpha * v_corrected / (np.sqrt(s_corrected) + epsilon), v_new, s_new


@right("optimizers.adam_step")
def adam_on_copies(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    theta, v, s = theta.copy(), v.copy(), s.copy()
    v += (1 - beta1) * (g - v)
    s += (1 - beta2) * (g * g - s)
    theta -= alpha * (v / (1 - beta1**t)) / (np.sqrt(s / (1 - beta2**t)) + epsilon)
    return theta, v, s


@right("optimizers.adam_step")
def adam_by_loop(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    theta, v, s = (np.array(a, dtype=float) for a in (theta, v, s))
    for i in range(len(theta)):
        v[i], s[i] = _averages(v[i], s[i], g[i], beta1, beta2)
        root = (s[i] / (1 - beta2**t)) ** 0.5
        theta[i] -= alpha * v[i] / (1 - beta1**t) / (root + epsilon)
    return theta, v, s


@right("optimizers.adam_step")
def adam_as_in_pytorch(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v, s = _averages(v, s, g, beta1, beta2)
    bias1, bias2 = 1 - beta1**t, 1 - beta2**t
    denominator = np.sqrt(s) / np.sqrt(bias2) + epsilon
    return theta - alpha / bias1 * v / denominator, v, s


@right("optimizers.adam_step")
def adam_scaled_epsilon(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v, s = _averages(v, s, g, beta1, beta2)
    root = np.sqrt(1 - beta2**t)
    rate = alpha * root / (1 - beta1**t)
    return theta - rate * v / (np.sqrt(s) + epsilon * root), v, s


@right("optimizers.adam_step")
def adam_list_of_three(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v = np.average([v, g], axis=0, weights=[beta1, 1 - beta1])
    s = np.average([s, g**2], axis=0, weights=[beta2, 1 - beta2])
    step = v / (1 - beta1**t) / ((s / (1 - beta2**t)) ** 0.5 + epsilon)
    return [theta - alpha * step, v, s]


@wrong("optimizers.adam_step", "no correction", named="no-correction")
def adam_not_corrected(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v, s = _averages(v, s, g, beta1, beta2)
    return theta - alpha * v / (np.sqrt(s) + epsilon), v, s


@wrong("optimizers.adam_step", "only v is corrected", named="only-v-corrected")
def adam_s_not_corrected(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v, s = _averages(v, s, g, beta1, beta2)
    return theta - alpha * v / (1 - beta1**t) / (np.sqrt(s) + epsilon), v, s


@wrong("optimizers.adam_step", "only s is corrected", named="only-s-corrected")
def adam_v_not_corrected(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v, s = _averages(v, s, g, beta1, beta2)
    return theta - alpha * v / (np.sqrt(s / (1 - beta2**t)) + epsilon), v, s


@wrong("optimizers.adam_step", "the corrected averages are kept", named="corrected-stored-back")
def adam_stored_back(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v, s = _averages(v, s, g, beta1, beta2)
    v, s = v / (1 - beta1**t), s / (1 - beta2**t)
    return theta - alpha * v / (np.sqrt(s) + epsilon), v, s


@wrong("optimizers.adam_step", "the corrected s alone is kept", named="corrected-s-stored-back")
def adam_s_stored_back(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v, s = _averages(v, s, g, beta1, beta2)
    s = s / (1 - beta2**t)
    return theta - alpha * v / (1 - beta1**t) / (np.sqrt(s) + epsilon), v, s


@wrong("optimizers.adam_step", "the corrected v alone is kept", named="corrected-v-stored-back")
def adam_v_stored_back(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v, s = _averages(v, s, g, beta1, beta2)
    v = v / (1 - beta1**t)
    return theta - alpha * v / (np.sqrt(s / (1 - beta2**t)) + epsilon), v, s


@wrong("optimizers.adam_step", "t + 1: as if t began at 0", named="t-one-too-many")
def adam_t_plus_one(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    return adam_by_names(theta, v, s, g, t + 1, alpha, beta1, beta2, epsilon)


@wrong("optimizers.adam_step", "t - 1: the first step divides by 0", named="t-one-too-few")
def adam_t_minus_one(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    with np.errstate(all="ignore"):
        return adam_by_names(theta, v, s, g, np.float64(t - 1), alpha, beta1, beta2, epsilon)


@wrong("optimizers.adam_step", "the power t forgotten: 1 - beta", named="corrected-without-t")
def adam_power_forgotten(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v, s = _averages(v, s, g, beta1, beta2)
    step = v / (1 - beta1) / (np.sqrt(s / (1 - beta2)) + epsilon)
    return theta - alpha * step, v, s


@wrong("optimizers.adam_step", "t counted by itself from call to call", named="remembers")
def adam_own_t(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    kept["t"] += 1
    return adam_by_names(theta, v, s, g, kept["t"], alpha, beta1, beta2, epsilon)


@wrong("optimizers.adam_step", "beta1 for s, beta2 for v", named="betas-swapped")
def adam_betas_exchanged(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    return adam_by_names(theta, v, s, g, t, alpha, beta2, beta1, epsilon)


@wrong("optimizers.adam_step", "beta1 for both averages", named="beta1-for-both")
def adam_beta1_for_both(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    return adam_by_names(theta, v, s, g, t, alpha, beta1, beta1, epsilon)


@wrong("optimizers.adam_step", "both corrected with beta1", named="both-corrected-by-beta1")
def adam_corrected_with_beta1(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v, s = _averages(v, s, g, beta1, beta2)
    bias = 1 - beta1**t
    return theta - alpha * v / bias / (np.sqrt(s / bias) + epsilon), v, s


@wrong("optimizers.adam_step", "corrections exchanged", named="corrections-exchanged")
def adam_corrections_exchanged(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v, s = _averages(v, s, g, beta1, beta2)
    step = v / (1 - beta2**t) / (np.sqrt(s / (1 - beta1**t)) + epsilon)
    return theta - alpha * step, v, s


@wrong(
    "optimizers.adam_step", "the correction outside the root", named="correction-outside-the-root"
)
def adam_correction_outside(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v, s = _averages(v, s, g, beta1, beta2)
    step = v / (1 - beta1**t) / (np.sqrt(s) / (1 - beta2**t) + epsilon)
    return theta - alpha * step, v, s


@wrong("optimizers.adam_step", "1 - beta exchanged with beta in v", named="v-shares-swapped")
def adam_v_exchanged(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v, s = (1 - beta1) * v + beta1 * g, beta2 * s + (1 - beta2) * g**2
    step = v / (1 - beta1**t) / (np.sqrt(s / (1 - beta2**t)) + epsilon)
    return theta - alpha * step, v, s


@wrong("optimizers.adam_step", "1 - beta1 left out", named="v-is-a-sum")
def adam_without_factor(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v, s = beta1 * v + g, beta2 * s + (1 - beta2) * g**2
    step = v / (1 - beta1**t) / (np.sqrt(s / (1 - beta2**t)) + epsilon)
    return theta - alpha * step, v, s


@wrong("optimizers.adam_step", "absolute g for its square", named="absolute-for-square")
def adam_not_squared(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v, s = beta1 * v + (1 - beta1) * g, beta2 * s + (1 - beta2) * np.abs(g)
    step = v / (1 - beta1**t) / (np.sqrt(s / (1 - beta2**t)) + epsilon)
    return theta - alpha * step, v, s


@wrong("optimizers.adam_step", "divides by the average of |g|", named="absolute-for-square")
def adam_by_the_average_size(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v, s = beta1 * v + (1 - beta1) * g, beta2 * s + (1 - beta2) * np.abs(g)
    step = v / (1 - beta1**t) / (s / (1 - beta2**t) + epsilon)
    return theta - alpha * step, v, s


@wrong("optimizers.rmsprop_step", "divides by the average of |g|", named="absolute-for-square")
def rmsprop_by_the_average_size(theta, s, g, alpha, beta, epsilon):
    s = beta * s + (1 - beta) * np.abs(g)
    return theta - alpha * g / (s + epsilon), s


@wrong("optimizers.rmsprop_step", "divides by the average of g", named="gradient-not-squared")
def rmsprop_by_the_average(theta, s, g, alpha, beta, epsilon):
    s = beta * s + (1 - beta) * g
    return theta - alpha * g / (s + epsilon), s


@wrong("optimizers.adam_step", "divides by the average of g", named="gradient-not-squared")
def adam_by_the_average(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v, s = beta1 * v + (1 - beta1) * g, beta2 * s + (1 - beta2) * g
    step = v / (1 - beta1**t) / (s / (1 - beta2**t) + epsilon)
    return theta - alpha * step, v, s


@wrong("optimizers.adam_step", "v squared for s, not g", named="square-of-v")
def adam_s_of_v(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v = beta1 * v + (1 - beta1) * g
    s = beta2 * s + (1 - beta2) * v**2
    step = v / (1 - beta1**t) / (np.sqrt(s / (1 - beta2**t)) + epsilon)
    return theta - alpha * step, v, s


@wrong("optimizers.adam_step", "AdaBelief: the square of g - v", named="square-of-the-difference")
def adam_belief(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v = beta1 * v + (1 - beta1) * g
    s = beta2 * s + (1 - beta2) * (g - v) ** 2
    step = v / (1 - beta1**t) / (np.sqrt(s / (1 - beta2**t)) + epsilon)
    return theta - alpha * step, v, s


@wrong("optimizers.adam_step", "no root", named="no-root")
def adam_without_root(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v, s = _averages(v, s, g, beta1, beta2)
    return theta - alpha * v / (1 - beta1**t) / (s / (1 - beta2**t) + epsilon), v, s


@wrong(
    "optimizers.adam_step",
    "epsilon inside the root, as the assignment once had it",
    named="epsilon-inside-root",
)
def adam_epsilon_inside(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v, s = _averages(v, s, g, beta1, beta2)
    return theta - alpha * v / (1 - beta1**t) / np.sqrt(s / (1 - beta2**t) + epsilon), v, s


@wrong(
    "optimizers.adam_step",
    "epsilon before the correction, as in TensorFlow",
    named="epsilon-before-correction",
)
def adam_epsilon_hat(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v, s = _averages(v, s, g, beta1, beta2)
    rate = alpha * np.sqrt(1 - beta2**t) / (1 - beta1**t)
    return theta - rate * v / (np.sqrt(s) + epsilon), v, s


@wrong("optimizers.adam_step", "precedence: / sqrt(s) + epsilon, as in d2l", named="precedence")
def adam_precedence(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v, s = _averages(v, s, g, beta1, beta2)
    with np.errstate(all="ignore"):
        step = v / (1 - beta1**t) / np.sqrt(s / (1 - beta2**t)) + epsilon
    return theta - alpha * step, v, s


@wrong("optimizers.adam_step", "epsilon left out", named="no-epsilon")
def adam_without_epsilon(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    with np.errstate(all="ignore"):
        return adam_by_names(theta, v, s, g, t, alpha, beta1, beta2, 0.0)


@wrong("optimizers.adam_step", "the usual values by heart", named="betas-by-heart")
def adam_values_by_heart(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    return adam_by_names(theta, v, s, g, t, alpha, 0.9, 0.999, 1e-8)


@wrong("optimizers.adam_step", "g, not v, in the step", named="steps-by-the-gradient")
def adam_follows_g(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v, s = _averages(v, s, g, beta1, beta2)
    return theta - alpha * g / (np.sqrt(s / (1 - beta2**t)) + epsilon), v, s


@wrong("optimizers.adam_step", "the old averages are corrected and used", named="old-averages-used")
def adam_old_averages(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    step = v / (1 - beta1**t) / (np.sqrt(s / (1 - beta2**t)) + epsilon)
    return theta - alpha * step, *_averages(v, s, g, beta1, beta2)


@wrong("optimizers.adam_step", "NAdam's look ahead", named="nesterov")
def adam_nesterov(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v, s = _averages(v, s, g, beta1, beta2)
    ahead = (beta1 * v + (1 - beta1) * g) / (1 - beta1**t)
    return theta - alpha * ahead / (np.sqrt(s / (1 - beta2**t)) + epsilon), v, s


@wrong("optimizers.adam_step", "AMSGrad: s never falls", named="largest-s")
def adam_amsgrad(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    new_v, new_s = _averages(v, s, g, beta1, beta2)
    s = np.maximum(s, new_s)
    step = new_v / (1 - beta1**t) / (np.sqrt(s / (1 - beta2**t)) + epsilon)
    return theta - alpha * step, new_v, s


@wrong("optimizers.adam_step", "alpha falls with the root of t", named="alpha-decays")
def adam_alpha_decays(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    return adam_by_names(theta, v, s, g, t, alpha / t**0.5, beta1, beta2, epsilon)


@wrong("optimizers.adam_step", "uphill", named="uphill")
def adam_uphill(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    return adam_by_names(theta, v, s, g, t, -alpha, beta1, beta2, epsilon)


@wrong("optimizers.adam_step", "s before v", named="order")
def adam_order(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    theta, v, s = adam_by_names(theta, v, s, g, t, alpha, beta1, beta2, epsilon)
    return theta, s, v


@wrong("optimizers.adam_step", "theta alone", named="theta-alone")
def adam_theta_alone(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    return adam_by_names(theta, v, s, g, t, alpha, beta1, beta2, epsilon)[0]


@wrong("optimizers.adam_step", "t + 1 as a fourth result", named="t-returned")
def adam_four_results(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    return *adam_by_names(theta, v, s, g, t, alpha, beta1, beta2, epsilon), t + 1


@wrong("optimizers.adam_step", "the averages passed in are returned", named="averages-not-returned")
def adam_averages_forgotten(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    return adam_by_names(theta, v, s, g, t, alpha, beta1, beta2, epsilon)[0], v, s


@wrong("optimizers.adam_step", "changes v and s", named="changes-its-input")
def adam_changes_inputs(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v[:], s[:] = _averages(v, s, g, beta1, beta2)
    step = v / (1 - beta1**t) / (np.sqrt(s / (1 - beta2**t)) + epsilon)
    return theta - alpha * step, v, s


@wrong("optimizers.adam_step", "no return", named="returns-none")
def adam_none(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    theta, v, s = adam_by_names(theta, v, s, g, t, alpha, beta1, beta2, epsilon)


@wrong("optimizers.adam_step", "the assignment's dictionaries", named="raises")
def adam_raises(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    for layer in range(1, len(theta) // 2 + 1):
        v["dW" + str(layer)] = beta1 * v["dW" + str(layer)] + (1 - beta1) * g["dW" + str(layer)]
    return theta, v, s


@wrong(
    "optimizers.adam_step",
    "stored back, epsilon inside (two mistakes)",
    named={"corrected-stored-back", "epsilon-inside-root"},
)
def adam_stored_back_inside(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v, s = _averages(v, s, g, beta1, beta2)
    v, s = v / (1 - beta1**t), s / (1 - beta2**t)
    return theta - alpha * v / np.sqrt(s + epsilon), v, s


@wrong(
    "optimizers.adam_step",
    "not corrected, betas exchanged (two mistakes)",
    named={"no-correction", "betas-swapped"},
)
def adam_exchanged_not_corrected(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v, s = _averages(v, s, g, beta2, beta1)
    return theta - alpha * v / (np.sqrt(s) + epsilon), v, s


@wrong("optimizers.momentum_step", "the stub", named="still-the-stub")
def momentum_stub(theta, v, g, alpha, beta):
    # your lines
    return theta, v


@wrong("optimizers.momentum_step", "the stub's numbers by another way", named="stubs-numbers")
def momentum_stub_by_another_way(theta, v, g, alpha, beta):
    new_v = v.copy()
    return theta.copy(), new_v


@wrong("optimizers.momentum_step", "beta in the step, too", named="beta-in-the-step")
def momentum_beta_in_step(theta, v, g, alpha, beta):
    v = beta * v + (1 - beta) * g
    return theta - alpha * beta * v, v


@wrong("optimizers.momentum_step", "alpha twice", named="averages-the-step")
def momentum_alpha_twice(theta, v, g, alpha, beta):
    v = beta * v + (1 - beta) * alpha * g
    return theta - alpha * v, v


@wrong("optimizers.momentum_step", "beta weighs both", named="beta-for-both")
def momentum_beta_for_both(theta, v, g, alpha, beta):
    v = beta * v + beta * g
    return theta - alpha * v, v


@wrong(
    "optimizers.momentum_step",
    "uphill, old v returned (two mistakes)",
    named={"uphill", "v-not-returned"},
)
def momentum_uphill_old_v_kept(theta, v, g, alpha, beta):
    return theta + alpha * (beta * v + (1 - beta) * g), v


@wrong("optimizers.momentum_step", "the heavy ball of the textbooks", named="heavy-ball")
def momentum_heavy_ball(theta, v, g, alpha, beta):
    return theta - alpha * g - beta * v, beta * v + (1 - beta) * g


@right("optimizers.momentum_step")
def momentum_one_array(theta, v, g, alpha, beta):
    v = beta * v + (1 - beta) * g
    return np.array([theta - alpha * v, v])


@right("optimizers.momentum_step")
def momentum_lists(theta, v, g, alpha, beta):
    v = [beta * old + (1 - beta) * new for old, new in zip(v, g, strict=True)]
    return [a - alpha * b for a, b in zip(theta, v, strict=True)], v


@right("optimizers.momentum_step")
def momentum_single(theta, v, g, alpha, beta):
    theta, v, g = (np.asarray(a, np.float32) for a in (theta, v, g))
    v = np.float32(beta) * v + np.float32(1 - beta) * g
    return theta - np.float32(alpha) * v, v


@wrong("optimizers.rmsprop_step", "the stub", named="still-the-stub")
def rmsprop_stub(theta, s, g, alpha, beta, epsilon):
    # your lines
    return theta, s


@wrong("optimizers.rmsprop_step", "no brackets: 1 - beta * g ** 2", named="brackets-missing")
def rmsprop_no_brackets(theta, s, g, alpha, beta, epsilon):
    s = beta * s + 1 - beta * g**2
    return theta - alpha * g / (np.sqrt(s) + epsilon), s


@wrong(
    "optimizers.rmsprop_step",
    "precedence: (g / sqrt(s)) + epsilon inside the step",
    named="precedence",
)
def rmsprop_precedence_in_step(theta, s, g, alpha, beta, epsilon):
    s = beta * s + (1 - beta) * g**2
    return theta - alpha * (g / np.sqrt(s) + epsilon), s


@wrong(
    "optimizers.rmsprop_step", "alpha left out, uphill (two mistakes)", named={"uphill", "no-alpha"}
)
def rmsprop_uphill_without_alpha(theta, s, g, alpha, beta, epsilon):
    s = beta * s + (1 - beta) * g**2
    return theta + g / (np.sqrt(s) + epsilon), s


@wrong("optimizers.rmsprop_step", "theta alone", named="theta-alone")
def rmsprop_theta_alone(theta, s, g, alpha, beta, epsilon):
    s = beta * s + (1 - beta) * g**2
    return theta - alpha * g / (np.sqrt(s) + epsilon)


@wrong(
    "optimizers.rmsprop_step",
    "the square of g above the line",
    named="squared-gradient-in-the-step",
)
def rmsprop_squared_above(theta, s, g, alpha, beta, epsilon):
    s = beta * s + (1 - beta) * g**2
    return theta - alpha * g**2 / (np.sqrt(s) + epsilon), s


@right("optimizers.rmsprop_step")
def rmsprop_list_of_two(theta, s, g, alpha, beta, epsilon):
    s = beta * s + (1 - beta) * g**2
    return [theta - alpha * g / (np.sqrt(s) + epsilon), s]


@wrong("optimizers.adam_step", "the stub", named="still-the-stub")
def adam_stub(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    # your lines
    return theta, v, s


@wrong("optimizers.adam_step", "1 - beta ** 2 for 1 - beta ** t", named="two-for-t")
def adam_two_for_t(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v, s = _averages(v, s, g, beta1, beta2)
    step = v / (1 - beta1**2) / (np.sqrt(s / (1 - beta2**2)) + epsilon)
    return theta - alpha * step, v, s


@wrong("optimizers.adam_step", "beta * t", named="times-for-power")
def adam_times_for_power(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v, s = _averages(v, s, g, beta1, beta2)
    with np.errstate(all="ignore"):
        step = v / (1 - beta1 * t) / (np.sqrt(s / (1 - beta2 * t)) + epsilon)
    return theta - alpha * step, v, s


@wrong("optimizers.adam_step", "beta ^ t", named="caret-for-power")
def adam_caret(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v, s = _averages(v, s, g, beta1, beta2)
    step = v / (1 - beta1 ^ t) / (np.sqrt(s / (1 - beta2 ^ t)) + epsilon)
    return theta - alpha * step, v, s


@wrong("optimizers.adam_step", "(1 - beta) ** t", named="power-outside")
def adam_power_outside(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v, s = _averages(v, s, g, beta1, beta2)
    step = v / (1 - beta1) ** t / (np.sqrt(s / (1 - beta2) ** t) + epsilon)
    return theta - alpha * step, v, s


@wrong(
    "optimizers.adam_step",
    "the averages with beta1 only, corrections right",
    named="averages-by-one-beta",
)
def adam_averages_by_beta1(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v, s = _averages(v, s, g, beta1, beta1)
    step = v / (1 - beta1**t) / (np.sqrt(s / (1 - beta2**t)) + epsilon)
    return theta - alpha * step, v, s


@wrong("optimizers.adam_step", "uphill, s before v (two mistakes)", named={"uphill", "order"})
def adam_uphill_and_order(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    theta, v, s = adam_by_names(theta, v, s, g, t, -alpha, beta1, beta2, epsilon)
    return theta, s, v


@wrong("optimizers.adam_step", "the old s alone is returned", named="averages-not-returned")
def adam_s_forgotten(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    theta, v, _ = adam_by_names(theta, v, s, g, t, alpha, beta1, beta2, epsilon)
    return theta, v, s


@wrong("optimizers.adam_step", "corrected twice", named="corrected-twice")
def adam_corrected_twice(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v, s = _averages(v, s, g, beta1, beta2)
    step = v / (1 - beta1**t) ** 2 / (np.sqrt(s / (1 - beta2**t) ** 2) + epsilon)
    return theta - alpha * step, v, s


@wrong("optimizers.momentum_step", "divided by alpha", named="divides-by-alpha")
def momentum_divided(theta, v, g, alpha, beta):
    v = beta * v + (1 - beta) * g
    return theta - v / alpha, v


@wrong("optimizers.momentum_step", "a dot product for a product", named="one-step-for-all")
def momentum_summed(theta, v, g, alpha, beta):
    v = beta * v + (1 - beta) * g
    return theta - alpha * np.sum(v), v


@wrong("optimizers.momentum_step", "downhill twice", named={"uphill", "v-downhill"})
def momentum_downhill_twice(theta, v, g, alpha, beta):
    v = beta * v + (1 - beta) * g
    return theta + alpha * v, -v


@wrong("optimizers.rmsprop_step", "theta in the brackets", named="theta-divided")
def rmsprop_theta_divided(theta, s, g, alpha, beta, epsilon):
    s = beta * s + (1 - beta) * g**2
    return (theta - alpha * g) / (np.sqrt(s) + epsilon), s


@wrong("optimizers.rmsprop_step", "the root of g ** 2 above", named={"sign-lost"})
def rmsprop_sign_lost(theta, s, g, alpha, beta, epsilon):
    s = beta * s + (1 - beta) * g**2
    return theta - alpha * np.sqrt(g**2) / (np.sqrt(s) + epsilon), s


@wrong("optimizers.rmsprop_step", "the norm of g", named="one-scale-for-all")
def rmsprop_norm_of_g(theta, s, g, alpha, beta, epsilon):
    s = beta * s + (1 - beta) * g**2
    return theta - alpha * g / (np.linalg.norm(g) + epsilon), s


@wrong("optimizers.adam_step", "only the first step corrected", named="only-the-first-step")
def adam_first_step_only(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v, s = _averages(v, s, g, beta1, beta2)
    v_hat, s_hat = (v / (1 - beta1), s / (1 - beta2)) if t == 1 else (v, s)
    return theta - alpha * v_hat / (np.sqrt(s_hat) + epsilon), v, s


@wrong("optimizers.adam_step", "v multiplied", named="corrects-by-product")
def adam_v_multiplied(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v, s = _averages(v, s, g, beta1, beta2)
    step = v * (1 - beta1**t) / (np.sqrt(s / (1 - beta2**t)) + epsilon)
    return theta - alpha * step, v, s


@wrong("optimizers.adam_step", "v and s exchanged", named="v-and-s-exchanged")
def adam_v_and_s_exchanged(theta, s, v, g, t, alpha, beta1, beta2, epsilon):
    v, s = _averages(v, s, g, beta1, beta2)
    step = v / (1 - beta1**t) / (np.sqrt(s / (1 - beta2**t)) + epsilon)
    return theta - alpha * step, v, s


@wrong("optimizers.rmsprop_step", "d2l's precedence, no alpha", named={"precedence", "no-alpha"})
def rmsprop_precedence_without_alpha(theta, s, g, alpha, beta, epsilon):
    s = beta * s + (1 - beta) * g**2
    with np.errstate(all="ignore"):
        return theta - (g / np.sqrt(s) + epsilon), s


@wrong("optimizers.momentum_step", "no 1 − beta", named="sum-for-average")
def as_pytorch(theta, v, g, alpha, beta):
    v = beta * v + g
    theta = theta - alpha * v
    return theta, v


@wrong("optimizers.momentum_step", "exchanged", named="order")
def exchanged(theta, v, g, alpha, beta):
    v = beta * v + (1 - beta) * g
    theta = theta - alpha * v
    return v, theta


@wrong("optimizers.momentum_step", "step with g", named="steps-by-the-gradient")
def step_with_g(theta, v, g, alpha, beta):
    v = beta * v + (1 - beta) * g
    theta = theta - alpha * g
    return theta, v


@wrong("optimizers.momentum_step", "alpha inside v", named="alpha-inside-v")
def alpha_inside(theta, v, g, alpha, beta):
    v = beta * v - alpha * g
    theta = theta + v
    return theta, v


@wrong("optimizers.momentum_step", "uphill", named="uphill")
def uphill(theta, v, g, alpha, beta):
    v = beta * v + (1 - beta) * g
    theta = theta + alpha * v
    return theta, v


@wrong("optimizers.momentum_step", "Nesterov", named="nesterov")
def nesterov(theta, v, g, alpha, beta):
    v = beta * v + (1 - beta) * g
    theta = theta - alpha * (beta * v + (1 - beta) * g)
    return theta, v


@wrong("optimizers.momentum_step", "weights swapped", named="shares-swapped")
def swapped(theta, v, g, alpha, beta):
    v = (1 - beta) * v + beta * g
    theta = theta - alpha * v
    return theta, v


@right("optimizers.momentum_step")
def as_a_pull(theta, v, g, alpha, beta):
    v = v + (1 - beta) * (g - v)
    theta = theta - alpha * v
    return [theta, v]


@wrong("optimizers.rmsprop_step", "eps inside", named="epsilon-inside-root")
def eps_inside(theta, s, g, alpha, beta, epsilon):
    s = beta * s + (1 - beta) * g**2
    theta = theta - alpha * g / np.sqrt(s + epsilon)
    return theta, s


@wrong("optimizers.rmsprop_step", "no root", named="no-root")
def no_root(theta, s, g, alpha, beta, epsilon):
    s = beta * s + (1 - beta) * g**2
    theta = theta - alpha * g / (s + epsilon)
    return theta, s


@wrong("optimizers.rmsprop_step", "g not squared", named="gradient-not-squared")
def g_not_squared(theta, s, g, alpha, beta, epsilon):
    s = beta * s + (1 - beta) * g
    theta = theta - alpha * g / (np.sqrt(np.abs(s)) + epsilon)
    return theta, s


@wrong("optimizers.rmsprop_step", "AdaGrad", named="adagrad")
def adagrad(theta, s, g, alpha, beta, epsilon):
    s = s + g**2
    theta = theta - alpha * g / (np.sqrt(s) + epsilon)
    return theta, s


@wrong("optimizers.rmsprop_step", "squared weight", named="all-squared")
def weight_squared(theta, s, g, alpha, beta, epsilon):
    s = beta * s + ((1 - beta) * g) ** 2
    theta = theta - alpha * g / (np.sqrt(s) + epsilon)
    return theta, s


@wrong("optimizers.rmsprop_step", "no epsilon", named="no-epsilon")
def no_epsilon(theta, s, g, alpha, beta, epsilon):
    s = beta * s + (1 - beta) * g**2
    theta = theta - alpha * g / np.sqrt(s)
    return theta, s


@wrong("optimizers.rmsprop_step", "brackets", named="precedence")
def brackets(theta, s, g, alpha, beta, epsilon):
    s = beta * s + (1 - beta) * g**2
    theta = theta - alpha * g / np.sqrt(s) + epsilon
    return theta, s


@right("optimizers.rmsprop_step")
def by_root_power(theta, s, g, alpha, beta, epsilon):
    s = beta * s + (1 - beta) * g**2
    theta = theta - g / (s**0.5 + epsilon) * alpha
    return theta, s


@wrong("optimizers.adam_step", "returns hats", named="corrected-stored-back")
def returns_hats(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v = beta1 * v + (1 - beta1) * g
    s = beta2 * s + (1 - beta2) * g**2
    v_hat, s_hat = v / (1 - beta1**t), s / (1 - beta2**t)
    theta = theta - alpha * v_hat / (np.sqrt(s_hat) + epsilon)
    return theta, v_hat, s_hat


@wrong("optimizers.adam_step", "one beta", named="averages-by-one-beta")
def one_beta(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v = beta1 * v + (1 - beta1) * g
    s = beta1 * s + (1 - beta1) * g**2
    v_hat, s_hat = v / (1 - beta1**t), s / (1 - beta2**t)
    theta = theta - alpha * v_hat / (np.sqrt(s_hat) + epsilon)
    return theta, v, s


@wrong("optimizers.adam_step", "v uncorrected", named="only-s-corrected")
def v_uncorrected(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v = beta1 * v + (1 - beta1) * g
    s = beta2 * s + (1 - beta2) * g**2
    v_hat, s_hat = v, s / (1 - beta2**t)
    theta = theta - alpha * v_hat / (np.sqrt(s_hat) + epsilon)
    return theta, v, s


@wrong("optimizers.adam_step", "s uncorrected", named="only-v-corrected")
def s_uncorrected(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v = beta1 * v + (1 - beta1) * g
    s = beta2 * s + (1 - beta2) * g**2
    v_hat, s_hat = v / (1 - beta1**t), s
    theta = theta - alpha * v_hat / (np.sqrt(s_hat) + epsilon)
    return theta, v, s


@wrong("optimizers.adam_step", "beta1 in both corrections", named="both-corrected-by-beta1")
def one_correction(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v = beta1 * v + (1 - beta1) * g
    s = beta2 * s + (1 - beta2) * g**2
    v_hat, s_hat = v / (1 - beta1**t), s / (1 - beta1**t)
    theta = theta - alpha * v_hat / (np.sqrt(s_hat) + epsilon)
    return theta, v, s


@wrong("optimizers.adam_step", "eps inside", named="epsilon-inside-root")
def eps_in_root(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v = beta1 * v + (1 - beta1) * g
    s = beta2 * s + (1 - beta2) * g**2
    v_hat, s_hat = v / (1 - beta1**t), s / (1 - beta2**t)
    theta = theta - alpha * v_hat / np.sqrt(s_hat + epsilon)
    return theta, v, s


@wrong("optimizers.adam_step", "g for v_hat", named="steps-by-the-gradient")
def g_for_v(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v = beta1 * v + (1 - beta1) * g
    s = beta2 * s + (1 - beta2) * g**2
    s_hat = s / (1 - beta2**t)
    theta = theta - alpha * g / (np.sqrt(s_hat) + epsilon)
    return theta, v, s


@wrong("optimizers.adam_step", "t counted from 0", named="t-one-too-many")
def t_plus_1(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v = beta1 * v + (1 - beta1) * g
    s = beta2 * s + (1 - beta2) * g**2
    v_hat, s_hat = v / (1 - beta1 ** (t + 1)), s / (1 - beta2 ** (t + 1))
    theta = theta - alpha * v_hat / (np.sqrt(s_hat) + epsilon)
    return theta, v, s


@wrong("optimizers.adam_step", "order of returns", named="order")
def exchanged_averages(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v = beta1 * v + (1 - beta1) * g
    s = beta2 * s + (1 - beta2) * g**2
    v_hat, s_hat = v / (1 - beta1**t), s / (1 - beta2**t)
    theta = theta - alpha * v_hat / (np.sqrt(s_hat) + epsilon)
    return theta, s, v


@right("optimizers.adam_step")
def with_one_rate(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v = beta1 * v + (1 - beta1) * g
    s = beta2 * s + (1 - beta2) * g**2
    theta = theta - alpha * v / (1 - beta1**t) / ((s / (1 - beta2**t)) ** 0.5 + epsilon)
    return theta, v, s


def _mean(old, new, beta):
    return beta * old + (1 - beta) * new


def _means(v, s, g, b1, b2):
    return _mean(v, g, b1), _mean(s, g**2, b2)


def _hats(v, s, t, b1, b2):
    return v / (1 - b1**t), s / (1 - b2**t)


def epsilon_where_the_root_is_zero(theta, s, g, alpha, beta, epsilon):
    s = _mean(s, g**2, beta)
    root = np.sqrt(s)
    return theta - alpha * g / np.where(root == 0, epsilon, root), s


def half_of_s_hat(theta, v, s, g, t, alpha, b1, b2, epsilon):
    v, s = _means(v, s, g, b1, b2)
    v_hat, s_hat = _hats(v, s, t, b1, b2)
    return theta - alpha * v_hat / (s_hat**1 / 2 + epsilon), v, s


def new_parts_corrected(theta, v, s, g, t, alpha, b1, b2, epsilon):
    v = b1 * v + (1 - b1) * g / (1 - b1**t)
    s = b2 * s + (1 - b2) * g**2 / (1 - b2**t)
    return theta - alpha * v / (np.sqrt(s) + epsilon), v, s


def power_of_s_outside(theta, v, s, g, t, alpha, b1, b2, epsilon):
    v, s = _means(v, s, g, b1, b2)
    return theta - alpha * v / (1 - b1**t) / (np.sqrt(s / (1 - b2) ** t) + epsilon), v, s


def epsilon_in_s(theta, v, s, g, t, alpha, b1, b2, epsilon):
    v, s = _mean(v, g, b1), _mean(s, g**2, b2) + epsilon
    v_hat, s_hat = _hats(v, s, t, b1, b2)
    return theta - alpha * v_hat / np.sqrt(s_hat), v, s


def only_momentum(theta, v, s, g, t, alpha, b1, b2, epsilon):
    v, s = _means(v, s, g, b1, b2)
    return theta - alpha * v / (1 - b1**t), v, s


def times_the_root(theta, v, s, g, t, alpha, b1, b2, epsilon):
    v, s = _means(v, s, g, b1, b2)
    v_hat, s_hat = _hats(v, s, t, b1, b2)
    return theta - alpha * v_hat * (np.sqrt(s_hat) + epsilon), v, s


def weights_added_up(theta, v, s, g, t, alpha, b1, b2, epsilon):
    v, s = _means(v, s, g, b1, b2)
    v_hat = v / ((1 - b1) * sum(b1**k for k in range(t)))
    s_hat = s / ((1 - b2) * sum(b2**k for k in range(t)))
    return theta - alpha * v_hat / (s_hat**0.5 + epsilon), v, s


wrong_ones(
    "optimizers.momentum_step",
    [
        ("another-v", lambda th, v, g, a, b: (th - (1 - b) * a * (b * v + g), b * v + g)),
        ("v-is-the-gradient", lambda th, v, g, a, b: (th - a * g, 1 * g)),
        ("returns-the-gradient", lambda th, v, g, a, b: (th - a * (b * v + (1 - b) * g), +g)),
        ("old-subtracted", lambda th, v, g, a, b: (th - a * (w := (1 - b) * g - v * b), w)),
        (
            "averaged-twice",
            lambda th, v, g, a, b: (th - a * (w := b**2 * v + (1 - b**2) * g), w),
        ),
    ],
)


wrong_ones(
    "optimizers.rmsprop_step",
    [
        ("epsilon-by-heart", epsilon_where_the_root_is_zero),
        (
            "precedence",
            lambda th, s, g, a, b, e: (th - (a / np.sqrt(w := _mean(s, g**2, b)) + e) * g, w),
        ),
        (
            "half-for-root",
            lambda th, s, g, a, b, e: (th - a * g / ((w := _mean(s, g**2, b)) ** 1 / 2 + e), w),
        ),
        (
            "epsilon-kept-in-s",
            lambda th, s, g, a, b, e: (th - a * g / np.sqrt(w := _mean(s, g**2 + e, b)), w),
        ),
        (
            "averages-g-in-the-step",
            lambda th, s, g, a, b, e: (th - a * (w := _mean(s, g**2, b)) / (w**0.5 + e), w),
        ),
        (
            "one-scale-for-all",
            lambda th, s, g, a, b, e: (
                th - a * g / (np.linalg.norm(w := _mean(s, g**2, b)) + e),
                w,
            ),
        ),
        (
            "returns-the-step",
            lambda th, s, g, a, b, e: (-a * g / (np.sqrt(w := _mean(s, g**2, b)) + e), w),
        ),
    ],
)


wrong_ones(
    "optimizers.adam_step",
    [
        ("half-for-root", half_of_s_hat),
        ("only-the-new-part-corrected", new_parts_corrected),
        ("power-outside", power_of_s_outside),
        ("epsilon-kept-in-s", epsilon_in_s),
        ("no-division", only_momentum),
        ("multiplies", times_the_root),
    ],
)


right_ones("optimizers.adam_step", [weights_added_up])
right_ones(
    "optimizers.momentum_step",
    [
        lambda th, v, g, a, b: (
            th - a * (w := np.einsum("i,ij->j", [b, 1 - b], [v, g])),
            w,
        )
    ],
)


@wrong("optimizers.rmsprop_step", "g * 2 for g ** 2", named="twice-for-square")
def rmsprop_twice_the_gradient(theta, s, g, alpha, beta, epsilon):
    s = beta * s + (1 - beta) * g * 2
    return theta - alpha * g / (np.sqrt(s) + epsilon), s


@wrong("optimizers.adam_step", "g * 2 for g ** 2", named="twice-for-square")
def adam_twice_the_gradient(theta, v, s, g, t, alpha, beta1, beta2, epsilon):
    v = beta1 * v + (1 - beta1) * g
    s = beta2 * s + (1 - beta2) * g * 2
    v_hat, s_hat = v / (1 - beta1**t), s / (1 - beta2**t)
    return theta - alpha * v_hat / (np.sqrt(s_hat) + epsilon), v, s
