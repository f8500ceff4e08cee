"""More answers to the exercises of optimizers, written from their texts alone."""

import numpy as np

from tests.checks.bank import right, wrong


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
