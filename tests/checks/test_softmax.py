"""The bank of answers to the softmax exercises: none right refused, each wrong one named."""

import numpy as np
import pytest

from course_utils import softmax as lecture
from course_utils.activations import sigmoid
from course_utils.checks import softmax as checks


def loop_over_columns(z):
    result = np.empty_like(z)
    for k in range(z.shape[1]):
        t = np.exp(z[:, k] - z[:, k].max())
        result[:, k] = t / t.sum()
    return result


def in_place_on_a_copy(z):
    t = z.copy()
    t -= t.max(axis=0)
    np.exp(t, out=t)
    t /= t.sum(axis=0)
    return t


def by_logarithms(z):
    top = z.max(axis=0, keepdims=True)
    return np.exp(z - top - np.log(np.exp(z - top).sum(axis=0, keepdims=True)))


def by_differences(z):
    with np.errstate(over="ignore"):
        return 1 / np.exp(z[None] - z[:, None]).sum(axis=1)


def pure_python(z):
    columns = []
    for column in z.T:
        t = [np.exp(x - max(column)) for x in column]
        columns.append([x / sum(t) for x in t])
    return np.array(columns).T


def float32(z, axis=0):
    z = z.astype(np.float32)
    t = np.exp(z - z.max(axis=axis, keepdims=True))
    return t / t.sum(axis=axis, keepdims=True)


RIGHT_SOFTMAX = [
    lecture.softmax,
    loop_over_columns,
    in_place_on_a_copy,
    by_logarithms,
    by_differences,
    pure_python,
    float32,
    lambda z: np.apply_along_axis(lambda c: np.exp(c - c.max()) / np.exp(c - c.max()).sum(), 0, z),
    lambda z: lecture.softmax(z.T, axis=1).T,
    lambda z: lecture.softmax(z - 3.0),
]


@pytest.mark.parametrize("right", RIGHT_SOFTMAX)
def test_right_softmax_passes(right):
    verdict = checks.softmax(right)
    assert verdict.passed, verdict


def nan_to_zero(z):
    a = np.exp(z) / np.exp(z).sum(axis=0)
    a[np.isnan(a)] = 0
    return a


def nameless_steps(z):
    t = np.exp(z)
    total = np.sum(t, axis=0, keepdims=True)
    return np.divide(t, total)


def rowwise(z):
    return np.array([np.exp(r - r.max()) / np.exp(r - r.max()).sum() for r in z])


def writes_into_z(z):
    z -= z.max(axis=0)
    return np.exp(z) / np.exp(z).sum(axis=0)


def all_but_the_last_column(z):
    result = np.empty(z.shape)
    for k in range(z.shape[1] - 1):
        result[:, k] = lecture.softmax(z[:, k])
    return result


WRONG_SOFTMAX = [
    ("still-the-stub", lambda z: np.zeros(z.shape)),
    ("stubs-numbers", lambda z: 0 * z),
    ("never-filled", np.empty_like),
    ("never-filled", all_but_the_last_column),
    ("max-not-subtracted", nameless_steps),
    ("max-not-subtracted", lambda z: np.exp(z) / sum(np.exp(z))),
    ("nan-hidden", nan_to_zero),
    ("nan-hidden", lambda z: np.nan_to_num(np.exp(z) / np.exp(z).sum(0), nan=0.0)),
    ("clipped", lambda z: lecture.softmax(z.clip(-700, 700))),
    ("clipped", lambda z: lecture.softmax(np.maximum(np.minimum(z, 50), -50))),
    ("wrong-constant", lambda z: (t := np.exp(z - np.min(z, axis=0))) / t.sum(axis=0)),
    ("wrong-constant", lambda z: (t := np.exp(z - np.mean(z, 0))) / np.sum(t, 0)),
    ("one-max-for-all", lambda z: (t := np.exp(z - np.max(z))) / t.sum(axis=0)),
    ("one-max-for-all", lambda z: (t := np.exp(z - z.ravel().max())) / t.sum(0, keepdims=True)),
    ("max-of-rows", lambda z: (t := np.exp(z - z.max(1)[:, None])) / t.sum(axis=0)),
    ("max-of-rows", lambda z: (t := np.exp((z.T - z.max(axis=1)).T)) / t.sum(axis=0)),
    ("wrong-axis", rowwise),
    ("wrong-axis", lambda z: np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)),
    ("wrong-axis", lambda z: (t := np.exp(z - z.max(axis=0))) / t.sum(axis=1)[:, None]),
    ("lost-axis", lambda z: np.exp(z) / np.sum(np.exp(z), axis=1)),
    ("lost-axis", lambda z: (t := np.exp(z - z.max(axis=0))) / t.sum(axis=-1)),
    ("lost-axis", lambda z: (t := np.exp(z - z.max(axis=1))) / t.sum(axis=0)),
    ("global-sum", lambda z: np.exp(z) / np.sum(np.exp(z))),
    ("global-sum", lambda z: (t := np.exp(z - z.max())) / t.sum()),
    ("global-sum", lambda z: (t := np.exp(z - z.max(axis=0))) / t.sum()),
    ("forgot-exp", lambda z: z / np.sum(z, axis=0)),
    ("forgot-exp", lambda z: (s := z - z.max(axis=0)) / s.sum(axis=0)),
    ("divided-by-the-max", lambda z: np.exp(z) / np.exp(z).max(axis=0, keepdims=True)),
    ("divided-by-the-max", lambda z: (t := np.exp(z - z.max(0))) / t.max(0)),
    ("not-divided", lambda z: np.e**z),
    ("not-divided", lambda z: np.exp(np.asarray(z))),
    ("max-after-exp", lambda z: (t := np.exp(z) - np.max(z, axis=0)) / t.sum(axis=0)),
    ("max-after-exp", lambda z: (np.exp(z) - z.max(0, keepdims=True)) / sum(np.exp(z))),
    ("max-after-exp", lambda z: (t := np.exp(z)) / t.sum(axis=0) - z.max(axis=0)),
    ("sign-reversed", lambda z: np.exp(-z) / np.sum(np.exp(-z), axis=0)),
    ("sign-reversed", lambda z: (t := np.exp(z.min(axis=0) - z)) / t.sum(axis=0)),
    ("sign-reversed", lambda z: (t := np.exp(-(z - z.max(axis=0)))) / t.sum(axis=0)),
    ("absolute-value", lambda z: lecture.softmax(abs(z))),
    ("absolute-value", lambda z: np.exp(abs(z)) / np.exp(abs(z)).sum(axis=0)),
    ("log-softmax", lambda z: (s := z - z.max(0)) - np.log(np.exp(s).sum(0))),
    ("log-softmax", lambda z: np.log(np.exp(z) / np.exp(z).sum(axis=0))),
    ("sigmoid", lambda z: 1 / (1 + np.exp(-z))),
    ("sigmoid", lambda z: 0.5 * (1 + np.tanh(z / 2))),
    ("hard-max", lambda z: np.eye(len(z))[:, z.argmax(axis=0)]),
    ("hard-max", lambda z: (np.arange(len(z))[:, None] == z.argmax(axis=0)) * 1.0),
    ("twice", lambda z: (t := np.exp(lecture.softmax(z))) / t.sum(axis=0)),
    ("twice", lambda z: (t := np.exp(nameless_steps(z))) / sum(t)),
    ("changes-its-input", writes_into_z),
    ("returns-none", lambda z: None),
    ("transposed", lambda z: lecture.softmax(z).T),
    ("raises", lambda z: z.exp()),
    ("not-a-function", np.ones(3)),
]


@pytest.mark.parametrize(("mistake", "wrong"), WRONG_SOFTMAX)
def test_wrong_softmax_is_named(mistake, wrong):
    assert checks.softmax(wrong).mistake == mistake


def hard_max_by_loops(z):
    result = np.zeros(z.shape)
    for k in range(z.shape[1]):
        best = 0
        for i in range(1, len(z)):
            if z[i, k] > z[best, k]:
                best = i
        result[best, k] = 1
    return result


def hard_max_by_indexing(z, axis=0):
    result = np.zeros(z.shape, dtype=np.float32)
    result[np.argmax(z, axis=axis), np.arange(z.shape[1])] = 1
    return result


def first_of_the_equals(z):
    leads = z == z.max(axis=0)
    return leads & (np.cumsum(leads, axis=0) == 1)


RIGHT_HARD_MAX = [
    lecture.hard_max,
    hard_max_by_loops,
    hard_max_by_indexing,
    first_of_the_equals,
    lambda z: np.eye(len(z))[:, z.argmax(axis=0)],
    lambda z: np.eye(len(z))[z.argmax(axis=0)].T,
    lambda z: np.arange(len(z))[:, None] == z.argmax(axis=0),
    lambda z: np.array([[int(i == np.argmax(c)) for i in range(len(c))] for c in z.T]).T,
]


@pytest.mark.parametrize("right", RIGHT_HARD_MAX)
def test_right_hard_max_passes(right):
    verdict = checks.hard_max(right)
    assert verdict.passed, verdict


def last_wins(z):
    result = np.zeros(z.shape)
    for k, column in enumerate(z.T):
        result[np.flatnonzero(column == column.max())[-1], k] = 1
    return result


def one_for_the_array(z):
    result = np.zeros(z.shape)
    result[np.unravel_index(np.argmax(z), z.shape)] = 1
    return result


def flat_index(z):
    result = np.zeros(z.shape)
    result.reshape(-1)[z.argmax(axis=0)] = 1
    return result


WRONG_HARD_MAX = [
    ("still-the-stub", lambda z: np.zeros(z.shape)),
    ("stubs-numbers", np.zeros_like),
    ("returns-the-row", lambda z: np.argmax(z, axis=0)),
    ("returns-the-row", lambda z: [column.tolist().index(max(column)) for column in z.T]),
    ("returns-the-row", lambda z: np.argmax(z, axis=0, keepdims=True)),
    ("returns-the-largest", lambda z: np.max(z, axis=0)),
    ("returns-the-largest", lambda z: np.where(z == z.max(axis=0), z, 0)),
    ("returns-the-largest", lambda z: np.where(lecture.hard_max(z) == 1, z, 0)),
    ("several-ones", lambda z: (z >= np.max(z, axis=0)).astype(int)),
    ("several-ones", lambda z: np.where(z == z.max(axis=0, keepdims=True), 1, 0)),
    ("lead-shared", lambda z: (w := z == z.max(axis=0)) / w.sum(axis=0)),
    ("cold-softmax", lambda z: lecture.softmax(1e5 * z)),
    ("last-of-equals", last_wins),
    ("last-of-equals", lambda z: np.eye(len(z))[:, len(z) - 1 - z[::-1].argmax(axis=0)]),
    ("wrong-axis", lambda z: np.eye(z.shape[1])[z.argmax(axis=1)]),
    ("wrong-axis", lambda z: (z == z.max(axis=1)[:, None]) * 1.0),
    ("lost-axis", lambda z: (z == np.max(z, axis=1)).astype(float)),
    ("lost-axis", lambda z: np.equal(z, z.max(axis=-1))),
    ("one-winner-for-all", lambda z: (z == np.max(z)) * 1),
    ("one-winner-for-all", one_for_the_array),
    ("one-winner-for-all", flat_index),
    ("transposed", lambda z: np.eye(len(z))[z.argmax(axis=0)]),
    ("transposed", lambda z: np.array([hard_max_by_loops(c[:, None]).ravel() for c in z.T])),
    ("winner-below-half", lambda z: lecture.softmax(z).round()),
    ("winner-below-half", lambda z: (lecture.softmax(z) >= 0.5) * 1.0),
    ("above-zero", lambda z: (z > 0).astype(float)),
    ("above-zero", lambda z: np.heaviside(z, 1.0)),
    ("smallest-wins", lambda z: np.eye(len(z))[:, z.argmin(axis=0)]),
    ("smallest-wins", lambda z: (z == np.min(z, axis=0)) * 1.0),
    ("still-soft", loop_over_columns),
    ("still-soft", in_place_on_a_copy),
    ("nearly-equal", lambda z: lecture.hard_max(z.round())),
    ("returns-none", lambda z: None),
]


@pytest.mark.parametrize(("mistake", "wrong"), WRONG_HARD_MAX)
def test_wrong_hard_max_is_named(mistake, wrong):
    assert checks.hard_max(wrong).mistake == mistake


def sigma(x):
    return 1 / (1 + np.exp(-x))


def filled_row_by_row(z1, z2):
    a = np.zeros((2, len(z1)), dtype=np.float32)
    a[0] = sigma(z1 - z2)
    a[1] = 1 - a[0]
    return a


def looped(z1, z2, out=None):
    pairs = [(sigma(x - y), sigma(y - x)) for x, y in zip(z1, z2, strict=True)]
    return np.array(pairs).T


RIGHT_TWO_CLASS = [
    filled_row_by_row,
    looped,
    lambda z1, z2: np.stack([sigmoid(z1 - z2), sigmoid(z2 - z1)]),
    lambda z1, z2: np.vstack([p := sigmoid(z1 - z2), 1 - p]),
    lambda z1, z2: [sigmoid(z1 - z2), 1 - sigmoid(z1 - z2)],
    lambda z1, z2: lecture.softmax(np.array([z1, z2])),
    lambda z1, z2: 0.5 + 0.5 * np.tanh(np.outer([1, -1], z1 - z2) / 2),
]


@pytest.mark.parametrize("right", RIGHT_TWO_CLASS)
def test_right_two_class_passes(right):
    verdict = checks.two_class(right)
    assert verdict.passed, verdict


WRONG_TWO_CLASS = [
    ("still-the-stub", lambda z1, z2: np.zeros((2, len(z1)))),
    ("stubs-numbers", lambda z1, z2: 0 * np.stack([z1, z2])),
    ("each-by-itself", lambda z1, z2: np.stack([sigma(z1), sigma(z2)])),
    ("each-by-itself", lambda z1, z2: sigma(np.array([z1, z2]))),
    ("rows-swapped", lambda z1, z2: np.stack([sigma(z2 - z1), sigma(z1 - z2)])),
    ("rows-swapped", lambda z1, z2: np.stack([1 - sigma(z1 - z2), sigma(z1 - z2)])),
    ("rows-swapped", lambda z1, z2: np.stack([p := 1 / (1 + np.exp(z1 - z2)), 1 - p])),
    ("below-zero", lambda z1, z2: np.stack([p := sigma(z1 - z2), p - 1])),
    ("below-zero", lambda z1, z2: np.stack([p := sigma(z1 - z2), -p])),
    ("below-zero", lambda z1, z2: np.outer([1, -1], sigma(z1 - z2))),
    ("twice-the-same", lambda z1, z2: np.tile(sigma(z1 - z2), (2, 1))),
    ("twice-the-same", lambda z1, z2: np.stack([sigma(z1 - z2)] * 2)),
    ("sum-for-difference", lambda z1, z2: np.stack([p := sigma(z1 + z2), 1 - p])),
    ("sum-for-difference", lambda z1, z2: np.stack([sigma(z1 + z2), sigma(-z1 - z2)])),
    ("ratio-for-difference", lambda z1, z2: np.stack([p := sigma(z1 / z2), 1 - p])),
    ("ratio-for-difference", lambda z1, z2: np.stack([sigma(z1 / z2), sigma(-z1 / z2)])),
    ("one-logit-forgotten", lambda z1, z2: np.stack([sigma(z1), sigma(-z1)])),
    ("one-logit-forgotten", lambda z1, z2: np.stack([p := 1 - sigma(z2), 1 - p])),
    ("no-sigmoid", lambda z1, z2: np.stack([z1 - z2, -(z1 - z2)])),
    ("no-sigmoid", lambda z1, z2: np.stack([d := z1 - z2, 1 - d])),
    ("one-row", lambda z1, z2: sigma(z1 - z2)),
    ("one-row", lambda z1, z2: sigma(z1 - z2).reshape(1, -1)),
    ("two-values", lambda z1, z2: (sigma(z1 - z2), 1 - sigma(z1 - z2))),
    ("two-values", lambda z1, z2: (sigma(z1 - z2), sigma(z2 - z1))),
    ("transposed", lambda z1, z2: np.stack([sigma(z1 - z2), sigma(z2 - z1)], axis=1)),
    ("transposed", lambda z1, z2: np.column_stack([p := sigma(z1 - z2), 1 - p])),
    ("overflows", lambda z1, z2: (t := np.exp([z1, z2])) / t.sum(axis=0)),
    ("overflows", lambda z1, z2: np.stack([p := (t := np.exp(z1 - z2)) / (1 + t), 1 - p])),
    ("overflows", lambda z1, z2: np.stack([(t := np.exp(z1 - z2)) / (t + 1), 1 / (t + 1)])),
    ("returns-none", lambda z1, z2: None),
]


@pytest.mark.parametrize(("mistake", "wrong"), WRONG_TWO_CLASS)
def test_wrong_two_class_is_named(mistake, wrong):
    assert checks.two_class(wrong).mistake == mistake


def test_the_printed_pair_of_two_classes_is_named_x4():
    """[0.842, -0.158]: the four-class share of z = 5, and 1 taken off it."""
    first = lecture.softmax([5, 2, -1, 3])[0]
    assert np.round([first, first - 1], 3).tolist() == [0.842, -0.158]
    verdict = checks.two_class(lambda z1, z2: np.stack([p := sigma(z1 - z2), p - 1]))
    assert verdict.mistake == "below-zero"
    assert "below zero" in verdict.hint


@pytest.mark.parametrize(("t", "share"), [(2.9, "0.504"), (3.0, "0.496")])
def test_half_is_reached_near_temperature_three(t, share):
    verdict = checks.goal_half(temperature=t)
    assert verdict.passed
    assert verdict.hint == f"at T = {t:.4g} the winner holds {share}."


@pytest.mark.parametrize(
    ("t", "mistake"), [(1.0, "too-cold"), (2.7, "too-cold"), (3.3, "too-warm"), (100, "too-warm")]
)
def test_half_is_missed_elsewhere(t, mistake):
    verdict = checks.goal_half(temperature=t)
    assert (verdict.passed, verdict.mistake) == (False, mistake)
    assert "give or take 0.01" in verdict.hint


def test_the_edges_of_half_are_one_hundredth_away():
    """The winner's share is known exactly for a lead shared out by the other three."""

    def share(t):
        return 1 / (1 + np.exp(-3 / t) + np.exp(-6 / t) + np.exp(-2 / t))

    ts = np.linspace(2.5, 3.5, 2001)
    passed = np.array([checks.goal_half(temperature=t).passed for t in ts])
    assert np.array_equal(passed, np.abs(share(ts) - 0.5) <= 0.01)


def test_sure_is_reached_by_the_smallest_logit_of_the_slider():
    reached = [z1 for z1 in np.arange(-50, 51) / 5 if checks.goal_sure(z1=z1).passed]
    assert reached == [8.0]
    assert checks.goal_sure(z1=8.0, c=-20).hint.endswith("gives a₁ = 0.9907.")
    assert checks.goal_sure(z1=5.0).mistake == "too-small"
    assert checks.goal_sure(z1=7.8).mistake == "too-small"
    assert checks.goal_sure(z1=8.2).mistake == "too-large"
