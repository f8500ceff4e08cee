"""The bank of answers to the exercises about optimizers."""

import numpy as np
import pytest

from course_utils import convergence, optimizers, surfaces
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


def momentum_on_own_copies(theta, v, g, alpha, beta, *, nesterov=False):
    theta, v = theta.copy(), v.copy()
    v += (1 - beta) * (g - v)
    theta -= alpha * v
    return theta, v


@pytest.mark.parametrize("right", [
    momentum, momentum_by_loops, momentum_by_the_package, momentum_on_own_copies,
    lambda theta, v, g, a, b: (theta - a * np.dot([b, 1 - b], [v, g]), np.dot([b, 1 - b], [v, g])),
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
    ("adds-the-gradient",
     lambda th, v, g, a, b: (th - a * ((w := b * v + (1 - b) * g) + g), w)),
    ("only-v-moves", lambda th, v, g, a, b: (th, momentum(th, v, g, a, b)[1])),
    ("returns-swapped", lambda th, v, g, a, b: momentum(th, v, g, a, b)[::-1]),
    ("shares-swapped", lambda th, v, g, a, b: momentum(th, v, g, a, 1 - b)),
    ("sum-for-average", lambda th, v, g, a, b: momentum(th, v, g / (1 - b), a, b)),
    ("uphill", lambda th, v, g, a, b: momentum(th, v, g, -a, b)),
    ("no-alpha", lambda th, v, g, a, b: momentum_by_the_package(th, v, g, 1.0, b)),
    ("squared-gradient", lambda th, v, g, a, b: momentum_by_loops(th, v, np.square(g), a, b)),
    ("wrong-count", lambda th, v, g, a, b: th - a * (b * v + (1 - b) * g)),
    ("changes-its-input", momentum_in_place),
])  # fmt: skip
def test_wrong_momentum_is_named(mistake, wrong):
    assert checks.momentum_step(wrong).mistake == mistake


def rmsprop(theta, s, g, alpha, beta, epsilon):
    s = beta * s + (1 - beta) * g**2
    return theta - alpha * g / (np.sqrt(s) + epsilon), s


def rmsprop_by_the_package(theta, s, g, alpha, beta, epsilon):
    made = optimizers.RMSprop(alpha=alpha, beta=beta, epsilon=epsilon)
    theta, state = made.step(theta, g, optimizers.RMSpropState(s))
    return theta, state.s


def rmsprop_by_loops(theta, s, g, alpha, beta, epsilon):
    pairs = [rmsprop(*one, alpha, beta, epsilon) for one in zip(theta, s, g, strict=True)]
    return tuple(map(list, zip(*pairs, strict=True)))


def rmsprop_in_place(theta, s, g, alpha, beta, epsilon):
    s[:] = beta * s + (1 - beta) * g**2
    return theta - alpha * g / (np.sqrt(s) + epsilon), s


@pytest.mark.parametrize("right", [
    rmsprop,
    lambda th, s, g, a, b, e: (th - a * g / ((t := s + (1 - b) * (g * g - s)) ** 0.5 + e), t),
    lambda th, s, g, a, b, e=1e-8, centered=False: rmsprop(th, s, g, a, b, e),
    rmsprop_by_the_package, rmsprop_by_loops,
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
    ("no-alpha", lambda th, s, g, a, b, e: rmsprop(th, s, g, 1.0, b, e)),
    ("s-not-returned", lambda th, s, g, a, b, e: (rmsprop(th, s, g, a, b, e)[0], s)),
    ("one-scale-for-all", with_s(lambda s, g, b: b * s + (1 - b) * (g @ g) / g.size)),
    ("epsilon-inside-root", with_s(mean_square, lambda s, e: np.hypot(s**0.5, e**0.5))),
    ("no-epsilon", lambda th, s, g, a, b, e: rmsprop(th, s, g, a, b, 0.0)),
    ("shares-swapped", lambda th, s, g, a, b, e: rmsprop(th, s, g, a, 1 - b, e)),
    ("uphill", lambda th, s, g, a, b, e: rmsprop(th, s, g, -a, b, e)),
    ("changes-its-input", rmsprop_in_place),
    ("wrong-count", lambda *args: rmsprop(*args)[0]),
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


def adam_with_one_factor(theta, v, s, g, t, alpha, b1, b2, epsilon, amsgrad=False):
    v = v + (1 - b1) * (g - v)
    s = s + (1 - b2) * (g * g - s)
    root = np.sqrt(1 - b2**t)
    return theta - alpha * root / (1 - b1**t) * v / (np.sqrt(s) + epsilon * root), v, s


def adam_on_own_copies(theta, v, s, g, t, alpha, b1, b2, epsilon):
    v, s, theta = v * b1, s * b2, theta.copy()
    v += (1 - b1) * g
    s += (1 - b2) * g**2
    theta -= alpha * (v / (1 - b1**t)) / (np.sqrt(s / (1 - b2**t)) + epsilon)
    return theta, v, s


def adam_in_place(theta, v, s, g, t, alpha, b1, b2, epsilon):
    v[...], s[...] = b1 * v + (1 - b1) * g, b2 * s + (1 - b2) * g**2
    return theta - alpha * v / (1 - b1**t) / (np.sqrt(s / (1 - b2**t)) + epsilon), v, s


@pytest.mark.parametrize("right", [
    adam, adam_by_the_package, adam_with_one_factor, adam_on_own_copies,
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


def adam_as_keras(theta, v, s, g, t, alpha, b1, b2, epsilon):
    v, s = b1 * v + (1 - b1) * g, b2 * s + (1 - b2) * g**2
    return theta - alpha * (1 - b2**t) ** 0.5 / (1 - b1**t) * v / (s**0.5 + epsilon), v, s


def adam_hats_of(theta, v, s, g, t, alpha, b1, b2, epsilon, *, swap=False, plain_sum=False):
    v_share, s_share = (1 - b1, 1 - b2) if not plain_sum else (1, 1)
    v, s = (v_share * v + b1 * g, s_share * s + b2 * g**2) if swap else (
        b1 * v + v_share * g, b2 * s + s_share * g**2)  # fmt: skip
    return theta - alpha * v / (1 - b1**t) / (np.sqrt(s / (1 - b2**t)) + epsilon), v, s


def adam_along_g(theta, v, s, g, t, alpha, b1, b2, epsilon):
    v, s = b1 * v + (1 - b1) * g, b2 * s + (1 - b2) * g**2
    return theta - alpha * g / (np.sqrt(s / (1 - b2**t)) + epsilon), v, s


def adam_corrected_at_once(theta, v, s, g, t, alpha, b1, b2, epsilon):
    v = (b1 * v + (1 - b1) * g) / (1 - b1**t)
    s = (b2 * s + (1 - b2) * g**2) / (1 - b2**t)
    return theta - alpha * v / (np.sqrt(s) + epsilon), v, s


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
    ("t-one-too-few", lambda th, v, s, g, t, *rest: adam(th, v, s, g, t - 1, *rest)),
    ("t-one-too-many", lambda th, v, s, g, t, *rest: adam(th, v, s, g, t + 1, *rest)),
    ("corrects-by-product", lambda *args: adam(*args, v_power=-1, s_power=-1)),
    ("epsilon-before-correction", adam_as_keras),
    ("shares-swapped",
     lambda th, v, s, g, t, a, b1, b2, e: adam_hats_of(th, v, s, g, t, a, b1, b2, e, swap=True)),
    ("sum-for-average", lambda *args: adam_hats_of(*args, plain_sum=True)),
    ("steps-by-the-gradient", adam_along_g),
    ("averages-not-returned", lambda th, v, s, *rest: (adam(th, v, s, *rest)[0], v, s)),
    ("no-alpha", lambda th, v, s, g, t, a, *rest: adam(th, v, s, g, t, 1.0, *rest)),
    ("corrected-stored-back", adam_corrected_at_once),
    ("no-correction", lambda th, v, s, g, t, *rest: adam(th, v, s, g, np.inf, *rest)),
    ("uphill", lambda th, v, s, g, t, a, *rest: adam(th, v, s, g, t, -a, *rest)),
    ("changes-its-input", adam_in_place),
    ("wrong-count", lambda *args: adam(*args)[0]),
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


@pytest.mark.parametrize(("check", "mistakes"), [
    (checks.momentum_step, checks._MOMENTUM_MISTAKES),
    (checks.rmsprop_step, checks._RMSPROP_MISTAKES),
    (checks.adam_step, checks._ADAM_MISTAKES),
])  # fmt: skip
def test_no_mistake_hides_another(check, mistakes):
    assert [check(m.wrong).mistake for m in mistakes] == [m.id for m in mistakes]


def test_the_challenge_wants_a_millionth_in_100_steps():
    best = convergence.best_momentum(100)
    assert not checks.goal_a_millionth(alpha=0.02, beta=0.5).passed  # where the sliders start
    assert checks.goal_a_millionth(alpha=best.alpha, beta=best.beta).passed
    assert checks.goal_a_millionth(alpha=0.1, beta=0.67).passed
    assert "more than a million" in checks.goal_a_millionth(alpha=5.0, beta=0.0).hint


def test_the_challenge_is_not_passed_just_outside():
    hill, seen = surfaces.quadratic(100), set()
    for beta in np.linspace(0.6, 0.8, 41):
        momentum = optimizers.Momentum(alpha=0.1, beta=beta)
        end = optimizers.path(momentum, hill.gradient, hill.start, 100)[-1]
        inside = bool(hill.distance(end) < 1e-6 * np.hypot(*hill.start))
        verdict = checks.goal_a_millionth(alpha=0.1, beta=beta)
        assert verdict.passed == inside
        seen.add(inside)
    assert seen == {True, False}


def test_one_suspect_is_frozen_and_the_others_differ():
    made = checks.suspects(0.1, 0.9)
    assert [name for name, adam in made.items() if isinstance(adam, checks.FrozenAdam)] == ["C"]
    ends = {tuple(optimizers.steps_along(adam, [1.0, -2.0, 3.0])) for adam in made.values()}
    assert len(ends) == 4
