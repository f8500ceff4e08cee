"""The bank of answers to the exercises about batch norm at test time."""

import numpy as np
import pytest

from course_utils import batch_norm, softmax
from course_utils import batch_norm_at_test_time as lecture
from course_utils.checks import batch_norm_at_test_time as checks
from course_utils.network import Network


def rows(z, ddof=0):
    return z.mean(1)[:, None], z.var(1, ddof=ddof)[:, None]


# --- running_statistics -------------------------------------------------------------------------


def follow(batches, momentum):
    mean, variance = rows(batches[0])
    for z in batches[1:]:
        m, v = rows(z)
        mean = momentum * mean + (1 - momentum) * m
        variance = momentum * variance + (1 - momentum) * v
    return mean, variance


def follow_in_place(batches, momentum):
    mean, variance = rows(batches[0])
    for z in batches[1:]:
        mean += (1 - momentum) * (z.mean(axis=1, keepdims=True) - mean)
        variance += (1 - momentum) * (z.var(axis=1, keepdims=True) - variance)
    return mean, variance


def follow_by_none(batches, momentum):
    mean = None
    for z in batches:
        m, v = rows(z)
        if mean is None:
            mean, variance = m, v
        else:
            mean, variance = (momentum * a + (1 - momentum) * b
                              for a, b in ((mean, m), (variance, v)))  # fmt: skip
    return mean, variance


def follow_by_weights(batches, momentum):
    n = len(batches)
    weights = [momentum ** (n - 1)] + [(1 - momentum) * momentum ** (n - 1 - k)
                                       for k in range(1, n)]  # fmt: skip
    return tuple(sum(w * rows(z)[i] for w, z in zip(weights, batches, strict=True)) for i in (0, 1))


def follow_the_package(batches, momentum):
    running = batch_norm.RunningStatistics(*rows(batches[0]))
    for z in batches:  # the first once more changes nothing
        running = running.update(*rows(z), momentum=momentum)
    return running.mean, running.variance


def follow_in_loops(batches, momentum, verbose=False):
    means, variances = [], []
    for unit in range(len(batches[0])):
        mean, variance = np.mean(batches[0][unit]), np.var(batches[0][unit])
        for z in batches[1:]:
            mean = momentum * mean + (1 - momentum) * np.mean(z[unit])
            variance = momentum * variance + (1 - momentum) * np.var(z[unit])
        means.append([mean])
        variances.append([variance])
    return means, variances


@pytest.mark.parametrize("function", [
    follow, follow_in_place, follow_by_none, follow_by_weights, follow_the_package,
    follow_in_loops, lambda b, momentum: follow([z.astype(np.float32) for z in b], momentum),
])  # fmt: skip
def test_right_running_statistics_pass(function):
    verdict = checks.running_statistics(function)
    assert verdict.passed, verdict


def following(join=lambda old, new, k: k * old + (1 - k) * new, of=rows, start=None, finish=None):
    """A reader's loop with one thing done differently."""

    def running(batches, momentum):
        rest = batches if start else batches[1:]
        now = [np.full((len(batches[0]), 1), float(s)) for s in start] if start else of(batches[0])
        for z in rest:
            now = [join(old, new, momentum) for old, new in zip(now, of(z), strict=True)]
        return finish(now, batches, momentum) if finish else tuple(now)

    return running


def variance_of_the_means(batches, momentum):
    means = np.concatenate([z.mean(axis=1, keepdims=True) for z in batches], axis=1)
    return follow(batches, momentum)[0], means.var(axis=1, keepdims=True)


def squared_way_of_the_mean(batches, momentum):
    mean, variance = batches[0].mean(1, keepdims=True), np.zeros((len(batches[0]), 1))
    for z in batches[1:]:
        way = z.mean(1, keepdims=True) - mean
        mean, variance = momentum * mean + (1 - momentum) * (mean + way), (
            momentum * variance + (1 - momentum) * way**2)  # fmt: skip
    return mean, variance


def around_the_running_mean(batches, momentum):
    mean, variance = rows(batches[0])
    for z in batches[1:]:
        mean = mean + (1 - momentum) * (rows(z)[0] - mean)
        own = np.mean(np.square(z - mean), axis=1)[:, None]
        variance = variance + (1 - momentum) * (own - variance)
    return mean, variance


def adds_into_its_input(batches, momentum):
    answer = follow(batches, momentum)
    for z in batches:
        z -= z.mean(axis=1, keepdims=True)
    return answer


def bias_corrected(batches, momentum):
    mean, variance = following(start=(0, 0))(batches, momentum)
    return mean / (1 - momentum ** len(batches)), variance / (1 - momentum ** len(batches))


def divided_needlessly(batches, momentum):
    return tuple(a / (1 - momentum ** len(batches)) for a in follow(batches, momentum))


def first_and_zero_one(batches, momentum):
    mean = np.zeros((len(batches[0]), 1))
    variance = np.ones((len(batches[0]), 1))
    for z in batches:
        mean += (1 - momentum) * (rows(z)[0] - mean)
        variance += (1 - momentum) * (rows(z)[1] - variance)
    return mean, variance


@pytest.mark.parametrize(("mistake", "wrong"), [
    ("still-the-stub", lambda b, k: (np.zeros((len(b[0]), 1)), np.ones((len(b[0]), 1)))),
    ("momentum-the-wrong-way-round", following(lambda old, new, k: (1 - k) * old + k * new)),
    ("momentum-the-wrong-way-round", lambda b, k: follow(b, 1 - k)),
    ("sum", following(lambda old, new, k: k * old + new)),
    ("sum", following(lambda old, new, k: old + (1 - k) * new)),
    ("sum", following(lambda old, new, k: new + old)),
    ("starts-from-zero", following(start=(0, 0))),
    ("starts-from-zero", first_and_zero_one),
    ("bias-corrected", bias_corrected),
    ("bias-corrected", divided_needlessly),
    ("variance-of-means", variance_of_the_means),
    ("variance-of-means", squared_way_of_the_mean),
    ("around-the-running-mean", around_the_running_mean),
    ("unbiased", following(of=lambda z: rows(z, ddof=1))),
    ("unbiased", following(of=lambda z: (rows(z)[0], rows(z)[1] * z.shape[1] / (z.shape[1] - 1)))),
    ("standard-deviation", following(of=lambda z: (rows(z)[0], rows(z)[1] ** 0.5))),
    ("standard-deviation", lambda b, k: (follow(b, k)[0], np.sqrt(follow(b, k)[1]))),
    ("plain-mean", lambda b, k: tuple(sum(r) / len(b) for r in zip(*map(rows, b), strict=True))),
    ("plain-mean", lambda b, k: rows(np.concatenate(b, axis=1))),
    ("only-the-last", lambda b, k: rows(b[-1])),
    ("only-the-first", lambda b, k: rows(b[0])),
    ("only-the-mean", lambda b, k: (follow(b, k)[0], rows(b[-1])[1])),
    ("only-the-mean", lambda b, k: (follow(b, k)[0], rows(b[0])[1])),
    ("swapped", lambda b, k: follow(b, k)[::-1]),
    ("changes-its-input", adds_into_its_input),
    ("lost-dimension", lambda b, k: tuple(a[:, 0] for a in follow(b, k))),
    ("wrong-count", lambda b, k: follow(b, k)[0]),
    ("returns-none", lambda b, k: None),
    ("raises", lambda b, k: follow(b[5], k)),
])  # fmt: skip
def test_wrong_running_statistics_are_named(mistake, wrong):
    verdict = checks.running_statistics(wrong)
    assert verdict.mistake == mistake, verdict


# --- inference ----------------------------------------------------------------------------------


def right(z, gamma, beta, mean, variance, epsilon):
    return gamma * (z - mean) / np.sqrt(variance + epsilon) + beta


def by_loops(z, gamma, beta, mean, variance, epsilon):
    out = np.empty_like(z)
    for i in range(len(z)):
        for k in range(z.shape[1]):
            out[i, k] = right(z[i, k], gamma[i, 0], beta[i, 0], mean[i, 0], variance[i, 0], epsilon)
    return out


def as_a_line(z, gamma, beta, mean, variance, epsilon):
    slope = gamma / np.sqrt(variance + epsilon)
    return slope * z + (beta - slope * mean)


def on_a_copy(z, gamma, beta, mean, variance, epsilon, extra=None):
    z = z.copy()
    z -= mean
    z *= gamma * (variance + epsilon) ** -0.5
    z += beta
    return z


def by_the_package(z, gamma, beta, mean, variance, epsilon):
    running = batch_norm.RunningStatistics(mean, variance)
    return batch_norm.inference(z, gamma, beta, running, epsilon=epsilon)


@pytest.mark.parametrize("function", [
    right, by_loops, as_a_line, on_a_copy, by_the_package,
    lambda *args: right(*(np.asarray(a, np.float32) for a in args)),
])  # fmt: skip
def test_right_inference_passes(function):
    verdict = checks.inference(function)
    assert verdict.passed, verdict


def in_place(z, gamma, beta, mean, variance, epsilon):
    z -= mean
    return gamma * z / np.sqrt(variance + epsilon) + beta


def updates_the_running_mean(z, gamma, beta, mean, variance, epsilon):
    mean = 0.9 * mean + 0.1 * z.mean(axis=1, keepdims=True)
    variance = 0.9 * variance + 0.1 * z.var(axis=1, keepdims=True)
    return right(z, gamma, beta, mean, variance, epsilon)


def updates_by_pytorchs_share(z, gamma, beta, mean, variance, epsilon):
    m, v = rows(z)
    return right(z, gamma, beta, mean + 0.01 * (m - mean), variance + 0.01 * (v - variance),
                 epsilon)  # fmt: skip


@pytest.mark.parametrize(("mistake", "wrong"), [
    ("still-the-stub", lambda z, *_: 0 * z),
    ("batch-statistics", lambda z, g, b, m, v, e: right(z, g, b, *rows(z), e)),
    ("batch-statistics", lambda z, g, b, m, v, e: batch_norm.forward_unchecked(z, g, b, e)[0]),
    ("batch-mean", lambda z, g, b, m, v, e: right(z, g, b, rows(z)[0], v, e)),
    ("batch-variance", lambda z, g, b, m, v, e: right(z, g, b, m, rows(z)[1], e)),
    ("over-units", lambda z, g, b, m, v, e: right(z, g, b, z.mean(0), z.var(0), e)),
    ("updated-at-test-time", updates_the_running_mean),
    ("updated-at-test-time", updates_by_pytorchs_share),
    ("divides-by-variance", lambda z, g, b, m, v, e: g * (z - m) / (v + e) + b),
    ("std-under-root", lambda z, g, b, m, v, e: right(z, g, b, m, v**0.5, e)),
    ("std-under-root", lambda z, g, b, m, v, e: g * (z - m) / (v + e) ** 0.25 + b),
    ("variance-squared", lambda z, g, b, m, v, e: right(z, g, b, m, v * v, e)),
    ("no-epsilon", lambda z, g, b, m, v, e: right(z, g, b, m, v, 0)),
    ("no-epsilon", lambda z, g, b, m, v, e: right(z, g, b, m, v, 1e-8)),
    ("no-epsilon", lambda z, g, b, m, v, e: right(z, g, b, m, v, 1e-5)),
    ("epsilon-outside-root", lambda z, g, b, m, v, e: g * (z - m) / (v**0.5 + e) + b),
    ("no-gamma-beta", lambda z, g, b, m, v, e: right(z, 1, 0, m, v, e)),
    ("no-beta", lambda z, g, b, m, v, e: right(z, g, 0, m, v, e)),
    ("no-gamma", lambda z, g, b, m, v, e: right(z, 1, b, m, v, e)),
    ("gamma-beta-swapped", lambda z, g, b, m, v, e: right(z, b, g, m, v, e)),
    ("brackets", lambda z, g, b, m, v, e: g * ((z - m) / np.sqrt(v + e) + b)),
    ("not-centred", lambda z, g, b, m, v, e: g * z / np.sqrt(v + e) + b),
    ("only-the-mean-divided", lambda z, g, b, m, v, e: g * (z - m / np.sqrt(v + e)) + b),
    ("changes-its-input", in_place),
    ("wrong-shape", lambda z, g, b, m, v, e: right(z, g, b, m, v, e)[0]),
    ("returns-none", lambda *args: None),
    ("raises", lambda z, g, b, m, v, e: z[99]),
])  # fmt: skip
def test_wrong_inference_is_named(mistake, wrong):
    verdict = checks.inference(wrong)
    assert verdict.mistake == mistake, verdict


@pytest.mark.parametrize(("check", "mistakes"), [
    (checks.running_statistics, checks._RUNNING_MISTAKES),
    (checks.inference, checks._INFERENCE_MISTAKES),
])  # fmt: skip
def test_every_known_mistake_is_told_apart_and_explained(check, mistakes):
    for mistake in mistakes:
        assert check(mistake.wrong).mistake == mistake.id
        assert mistake.hint.endswith((".", "?"))


# --- the wrong mode -----------------------------------------------------------------------------


def one_by_one(network, X):
    return np.hstack([network.predict(x[:, None]) for x in X.T])


def by_the_batch(network, X):
    return softmax.softmax(lecture.by_batch_statistics(network, X))


def after_a_look(network, X):
    network.forward(X)
    return network.predict(X)


WAYS = {"a": one_by_one, "b": by_the_batch, "c": after_a_look, "d": Network.predict}


@pytest.fixture(scope="module")
def network():
    made = Network([3, 5, 4, 2], np.random.default_rng(0), batch_norm=True)
    made.forward(np.random.default_rng(1).normal(size=(3, 40)))
    return made


X = np.random.default_rng(2).normal(size=(3, 10))


@pytest.mark.parametrize(("named", "mistake"), [
    (["b", "c"], None),
    (("c", "b", "b"), None),
    ([], "still-the-stub"),
    (["b"], "missed-changed"),
    (["c"], "missed-company"),
    (["a", "b", "c"], "accused"),
    (["d"], "accused"),
    (["x"], "no-such-way"),
    ("bc", None),
])  # fmt: skip
def test_the_mistaken_ways_are_told_from_the_right_ones(network, named, mistake):
    before = network.statistics.copy()
    verdict = checks.mode_mistakes(named, WAYS, network, X)
    assert verdict.mistake == mistake
    assert verdict.passed == (mistake is None)
    np.testing.assert_array_equal(network.statistics, before)


def test_a_training_pass_is_mistaken_whether_or_not_it_cleans_up(network):
    ways = {"a": lambda n, x: softmax.softmax(n.forward(x)), "b": by_the_batch}
    assert checks.mode_mistakes(["a", "b"], ways, network, X).passed
    assert checks.mode_mistakes(["b"], ways, network, X).mistake == "missed-changed"


# --- the challenge ------------------------------------------------------------------------------


@pytest.mark.parametrize(("momentum", "size", "mistake"), [
    (0.5, 16, "shakes"),  # where the sliders start
    (0.85, 34, None),
    (0.85, 32, "shakes"),
    (0.857, 64, None),
    (0.859, 64, "late"),
    (0.99, 512, "late"),
    (0.0, 512, None),
    (0.0, 64, "shakes"),
])  # fmt: skip
def test_the_challenge(momentum, size, mistake):
    verdict = checks.goal_calm_and_quick(momentum=momentum, size=size, start="zero")
    assert verdict.mistake == mistake
    assert "0.1" in verdict.hint or verdict.passed
