"""The bank of answers to the exercises about batch norm at test time."""

import numpy as np
import pytest

from course_utils import batch_norm, datasets
from course_utils.checks import batch_norm_at_test_time as checks
from course_utils.figures import batch_norm_at_test_time as figures


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


def by_the_package(z, gamma, beta, mean, variance, epsilon):
    running = batch_norm.RunningStatistics(mean, variance)
    return batch_norm.inference(z, gamma, beta, running, epsilon=epsilon)


@pytest.mark.parametrize("function", [
    right, by_loops, as_a_line, by_the_package,
    lambda *args: right(*(np.asarray(a, np.float32) for a in args)),
])  # fmt: skip
def test_right_inference_passes(function):
    assert checks.inference(function).passed


def rows(z):
    return z.mean(1)[:, None], z.var(1)[:, None]


def in_place(z, gamma, beta, mean, variance, epsilon):
    z -= mean
    return gamma * z / np.sqrt(variance + epsilon) + beta


@pytest.mark.parametrize(("mistake", "wrong"), [
    ("still-the-stub", lambda z, *_: 0 * z),
    ("batch-statistics", lambda z, g, b, m, v, e: right(z, g, b, *rows(z), e)),
    ("batch-mean", lambda z, g, b, m, v, e: right(z, g, b, rows(z)[0], v, e)),
    ("batch-variance", lambda z, g, b, m, v, e: right(z, g, b, m, rows(z)[1], e)),
    ("mixed-with-the-batch", lambda z, g, b, m, v, e: right(
        z, g, b, 0.9 * m + 0.1 * rows(z)[0], 0.9 * v + 0.1 * rows(z)[1], e)),
    ("divides-by-variance", lambda z, g, b, m, v, e: g * (z - m) / (v + e) + b),
    ("no-epsilon", lambda z, g, b, m, v, e: right(z, g, b, m, v, 0)),
    ("no-epsilon", lambda z, g, b, m, v, e: right(z, g, b, m, v, 1e-8)),
    ("epsilon-outside-root", lambda z, g, b, m, v, e: g * (z - m) / (v**0.5 + e) + b),
    ("no-gamma-beta", lambda z, g, b, m, v, e: right(z, 1, 0, m, v, e)),
    ("no-beta", lambda z, g, b, m, v, e: right(z, g, 0, m, v, e)),
    ("gamma-beta-swapped", lambda z, g, b, m, v, e: right(z, b, g, m, v, e)),
    ("not-centred", lambda z, g, b, m, v, e: g * z / np.sqrt(v + e) + b),
    ("changes-its-input", in_place),
    ("raises", lambda z, g, b, m, v, e: right(z, g, b, m[:, :0] @ z, v, e)[5]),
])  # fmt: skip
def test_wrong_inference_is_named(mistake, wrong):
    assert checks.inference(wrong).mistake == mistake


@pytest.mark.parametrize("function", [
    lambda running, batch, momentum: momentum * running + (1 - momentum) * batch,
    lambda running, batch, momentum: running + (1 - momentum) * (batch - running),
    lambda running, batch, momentum: np.average([running, batch], axis=0,
                                                weights=[momentum, 1 - momentum]),
    lambda r, b, momentum: [[momentum * x + (1 - momentum) * y] for x, y in zip(r[:, 0], b[:, 0])],  # noqa: B905
])  # fmt: skip
def test_right_update_passes(function):
    assert checks.update(function).passed


@pytest.mark.parametrize(("mistake", "wrong"), [
    ("still-the-stub", lambda r, b, momentum: r.copy()),
    ("momentum-the-wrong-way-round", lambda r, b, momentum: r + momentum * (b - r)),
    ("sum", lambda r, b, momentum: r * momentum + b),
    ("plain-mean", lambda r, b, momentum: 0.5 * r + 0.5 * b),
    ("only-the-last", lambda r, b, momentum: b),
    ("both-added", lambda r, b, momentum: r + b * (1 - momentum)),
    ("returns-none", lambda r, b, momentum: None),
    ("wrong-shape", lambda r, b, momentum: (momentum * r + (1 - momentum) * b).ravel()),
])  # fmt: skip
def test_wrong_update_is_named(mistake, wrong):
    assert checks.update(wrong).mistake == mistake


def test_bias_correction_is_named():
    def corrected(r, b, momentum):
        return (momentum * r + (1 - momentum) * b) / (1 - momentum)

    assert checks.update(corrected).mistake == "bias-corrected"


@pytest.mark.parametrize(("named", "mistake"), [
    (("b", "c"), None),
    (("c", "b"), None),
    ((), "still-the-stub"),
    (("b",), "missed-c"),
    (("c",), "missed-b"),
    (("a", "b", "c"), "accused-a"),
    (("b", "c", "d"), "accused-d"),
    (("x",), "no-such-way"),
])  # fmt: skip
def test_the_mistaken_ways_are_b_and_c(named, mistake):
    assert checks.mode_mistakes(*named).mistake == mistake


def test_the_four_ways_do_what_the_check_says_of_them():
    network, X = figures.trained(0), datasets.digits()[0][:, :12]
    start = network.statistics.copy()
    for name, way in checks.evaluations.items():
        network.statistics[:] = start
        together, changed = way(network, X)[:, :1], not np.array_equal(network.statistics, start)
        network.statistics[:] = start
        alone = way(network, X[:, :2])[:, :1]
        mistaken = changed or not np.allclose(alone, together)
        assert mistaken == (name in "bc"), name
        assert changed == (name == "c")


def test_the_challenge():
    def goal(momentum, size):
        return checks.goal_steady_and_quick(momentum=momentum, size=size, start="zero")

    assert goal(0.9, 8).mistake == "shakes"
    assert goal(0.9, 64).passed
    assert goal(0.99, 64).mistake == "too-late"
    assert goal(0.0, 64).mistake == "shakes"
