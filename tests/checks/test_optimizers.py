"""The bank of answers to the exercises about optimizers."""

import numpy as np
import pytest

from course_utils import optimizers
from course_utils.checks import optimizers as checks


def momentum(theta, v, g, alpha, beta):
    v = beta * v + (1 - beta) * g
    return theta - alpha * v, v


def momentum_by_loops(theta, v, g, alpha, beta):
    theta, v = list(theta), list(v)
    for i in range(len(theta)):
        v[i] = beta * v[i] + (1 - beta) * g[i]
        theta[i] -= alpha * v[i]
    return theta, v


def momentum_by_the_package(theta, v, g, alpha, beta):
    state = optimizers.MomentumState(v)
    theta, state = optimizers.Momentum(alpha=alpha, beta=beta).step(theta, g, state)
    return theta, state.v


@pytest.mark.parametrize("right", [
    momentum, momentum_by_loops, momentum_by_the_package,
    lambda theta, v, g, a, b: momentum(*(x.astype(np.float32) for x in (theta, v, g)), a, b),
])  # fmt: skip
def test_right_momentum_passes(right):
    assert checks.momentum_step(right).passed


def momentum_in_place(theta, v, g, alpha, beta):
    v *= beta
    v += (1 - beta) * g
    return theta - alpha * v, v


@pytest.mark.parametrize(("mistake", "wrong"), [
    ("still-the-stub", lambda th, v, g, a, b: (th, v)),
    ("shares-swapped", lambda th, v, g, a, b: (th - a * (w := (1 - b) * v + b * g), w)),
    ("sum-for-average", lambda th, v, g, a, b: (th - a * (w := b * v + g), w)),
    ("steps-by-the-old-v", lambda th, v, g, a, b: (th - a * v, b * v + (1 - b) * g)),
    ("steps-by-the-gradient", lambda th, v, g, a, b: (th - a * g, b * v + (1 - b) * g)),
    ("uphill", lambda th, v, g, a, b: (th + a * (w := b * v + (1 - b) * g), w)),
    ("no-alpha", lambda th, v, g, a, b: (th - (w := b * v + (1 - b) * g), w)),
    ("squared-gradient", lambda th, v, g, a, b: (th - a * (w := b * v + (1 - b) * g * g), w)),
    ("v-not-returned", lambda th, v, g, a, b: (th - a * (b * v + (1 - b) * g), v)),
    ("wrong-count", lambda th, v, g, a, b: th - a * (b * v + (1 - b) * g)),
    ("changes-its-input", momentum_in_place),
])  # fmt: skip
def test_wrong_momentum_is_named(mistake, wrong):
    assert checks.momentum_step(wrong).mistake == mistake


def rmsprop(theta, s, g, alpha, beta, epsilon):
    s = beta * s + (1 - beta) * g**2
    return theta - alpha * g / (np.sqrt(s) + epsilon), s


@pytest.mark.parametrize("right", [
    rmsprop,
    lambda th, s, g, a, b, e: (th - a * g / ((t := s + (1 - b) * (g * g - s)) ** 0.5 + e), t),
    lambda th, s, g, a, b, e: rmsprop(*(x.astype(np.float32) for x in (th, s, g)), a, b, e),
])  # fmt: skip
def test_right_rmsprop_passes(right):
    assert checks.rmsprop_step(right).passed


def with_s(average, root=lambda s, e: np.sqrt(s) + e, sign=-1):
    def step(theta, s, g, alpha, beta, epsilon):
        s = average(s, g, beta)
        return theta + sign * alpha * g / root(s, epsilon), s

    return step


def mean_square(s, g, b):
    return b * s + (1 - b) * g * g


@pytest.mark.parametrize(("mistake", "wrong"), [
    ("still-the-stub", lambda th, s, *_: (th, s)),
    ("epsilon-inside-root", with_s(mean_square, lambda s, e: (s + e) ** 0.5)),
    ("no-root", with_s(mean_square, lambda s, e: s + e)),
    ("no-epsilon", with_s(mean_square, lambda s, e: s**0.5)),
    ("absolute-for-square", with_s(lambda s, g, b: b * s + (1 - b) * abs(g))),
    ("shares-swapped", with_s(lambda s, g, b: (1 - b) * s + b * g**2)),
    ("sum-for-average", with_s(lambda s, g, b: b * s + g**2)),
    ("adagrad", with_s(lambda s, g, b: s + g * g)),
    ("uphill", with_s(mean_square, sign=1)),
    ("divides-by-the-old-s",
     lambda th, s, g, a, b, e: (th - a * g / (np.sqrt(s) + e), mean_square(s, g, b))),
    ("multiplies", with_s(mean_square, lambda s, e: 1 / (s**0.5 + e))),
    ("returns-none", lambda *_: None),
])  # fmt: skip
def test_wrong_rmsprop_is_named(mistake, wrong):
    assert checks.rmsprop_step(wrong).mistake == mistake


def test_an_average_of_g_under_the_root_is_named():
    wrong = with_s(lambda s, g, b: b * s + (1 - b) * g, lambda s, e: np.sqrt(np.abs(s)) + e)
    assert checks.rmsprop_step(wrong).mistake == "gradient-not-squared"


def adam(theta, v, s, g, t, alpha, b1, b2, epsilon, *, v_power=1, s_power=1, keep=False):
    v, s = b1 * v + (1 - b1) * g, b2 * s + (1 - b2) * g**2
    v_hat, s_hat = v / (1 - b1**t) ** v_power, s / (1 - b2**t) ** s_power
    theta = theta - alpha * v_hat / (np.sqrt(s_hat) + epsilon)
    return (theta, v_hat, s_hat) if keep else (theta, v, s)


def adam_by_the_package(theta, v, s, g, t, alpha, b1, b2, epsilon):
    made = optimizers.Adam(alpha=alpha, beta1=b1, beta2=b2, epsilon=epsilon)
    theta, state = made.step(theta, g, optimizers.AdamState(v, s, t - 1))
    return theta, state.v, state.s


@pytest.mark.parametrize("right", [
    adam, adam_by_the_package,
    lambda th, v, s, g, *rest: adam(*(x.astype(np.float32) for x in (th, v, s, g)), *rest),
])  # fmt: skip
def test_right_adam_passes(right):
    assert checks.adam_step(right).passed


def adam_with(averages=None, root=lambda s, e: np.sqrt(s) + e, sign=-1, powers=True, swap=False):
    def step(theta, v, s, g, t, alpha, b1, b2, epsilon):
        if swap:
            b1, b2 = b2, b1
        old = v
        v, s = b1 * v + (1 - b1) * g, b2 * s + (1 - b2) * g**2
        if averages:
            v, s = averages(old, v, s, g, b2)
        t = t if powers else 1
        move = alpha * v / (1 - b1**t) / root(s / (1 - b2**t), epsilon)
        return theta + sign * move, v, s

    return step


@pytest.mark.parametrize(("mistake", "wrong"), [
    ("still-the-stub", lambda th, v, s, *_: (th, v, s)),
    ("corrected-stored-back", lambda *args: adam(*args, keep=True)),
    ("no-correction", lambda *args: adam(*args, v_power=0, s_power=0)),
    ("only-v-corrected", lambda *args: adam(*args, s_power=0)),
    ("only-s-corrected", lambda *args: adam(*args, v_power=0)),
    ("corrected-without-t", adam_with(powers=False)),
    ("betas-swapped", adam_with(swap=True)),
    ("epsilon-inside-root", adam_with(root=lambda s, e: np.sqrt(s + e))),
    ("no-epsilon", adam_with(root=lambda s, e: np.sqrt(s))),
    ("no-root", adam_with(root=lambda s, e: s + e)),
    ("uphill", adam_with(sign=1)),
    ("raises", lambda th, v, s, g, t, a, b1, b2, e: th[10]),
])  # fmt: skip
def test_wrong_adam_is_named(mistake, wrong):
    assert checks.adam_step(wrong).mistake == mistake


def test_averages_of_the_wrong_thing_are_named():
    def of_v(theta, v, s, g, t, alpha, b1, b2, epsilon):
        v = b1 * v + (1 - b1) * g
        s = b2 * s + (1 - b2) * v * v
        return theta - alpha * v / (1 - b1**t) / (np.sqrt(s / (1 - b2**t)) + epsilon), v, s

    def of_g(theta, v, s, g, t, alpha, b1, b2, epsilon):
        v, s = b1 * v + (1 - b1) * g, b2 * s + (1 - b2) * g
        root = np.sqrt(np.abs(s / (1 - b2**t))) + epsilon
        return theta - alpha * v / (1 - b1**t) / root, v, s

    assert checks.adam_step(of_v).mistake == "square-of-v"
    assert checks.adam_step(of_g).mistake == "gradient-not-squared"


def test_the_challenge_wants_a_millionth_in_100_steps():
    root, beta = 10, (9 / 11) ** 2
    best = (2 / (1 + root)) ** 2 / (1 - beta)
    assert not checks.goal_a_millionth(alpha=0.01, beta=0.9).passed
    assert checks.goal_a_millionth(alpha=best, beta=beta).passed
    assert "more than a million" in checks.goal_a_millionth(alpha=5.0, beta=0.0).hint
