"""The bank of answers to the exercises about why batch norm works."""

import numpy as np
import pytest

from course_utils.checks import why_batch_norm_works as checks


def by_loops(means, spreads):
    way = np.zeros(means.shape[1])
    for t in range(len(means) - 1):
        way += abs(means[t + 1] - means[t]) / spreads[t]
    return way


@pytest.mark.parametrize("right", [
    by_loops,
    lambda means, spreads: (np.abs(means[1:] - means[:-1]) / spreads[:-1]).sum(0),
    lambda means, spreads: [sum(abs(np.diff(m)) / s[:-1]) for m, s in zip(means.T, spreads.T)],  # noqa: B905
    lambda means, spreads: by_loops(means.astype(np.float32), spreads.astype(np.float32)),
])  # fmt: skip
def test_right_drift_passes(right):
    assert checks.drift(right).passed


def in_place(means, spreads):
    means[1:] -= means[:-1].copy()
    return np.abs(means[1:] / spreads[:-1]).sum(axis=0)


@pytest.mark.parametrize(("mistake", "wrong"), [
    ("still-the-stub", lambda m, s: np.zeros(m.shape[1])),
    ("to-and-fro-cancels", lambda m, s: ((m[1:] - m[:-1]) / s[:-1]).sum(axis=0)),
    ("to-and-fro-cancels", lambda m, s: abs(sum(np.diff(m, axis=0) / s[:-1]))),
    ("not-in-spreads", lambda m, s: np.abs(np.diff(m, axis=0)).sum(axis=0)),
    ("spread-after-the-step", lambda m, s: (np.abs(m[1:] - m[:-1]) / s[1:]).sum(axis=0)),
    ("times-the-spread", lambda m, s: (np.abs(m[1:] - m[:-1]) * s[:-1]).sum(axis=0)),
    ("variance-for-spread", lambda m, s: (np.abs(m[1:] - m[:-1]) / s[:-1] ** 2).sum(axis=0)),
    ("squared-steps", lambda m, s: (np.diff(m, axis=0) ** 2 / s[:-1]).sum(axis=0)),
    ("mean-for-sum", lambda m, s: (np.abs(np.diff(m, axis=0)) / s[:-1]).mean(axis=0)),
    ("all-units-together", lambda m, s: (np.abs(np.diff(m, axis=0)) / s[:-1]).sum()),
    ("over-units", lambda m, s: (np.abs(np.diff(m, axis=0)) / s[:-1]).sum(axis=1)),
    ("only-first-and-last", lambda m, s: np.abs(m[-1] - m[0]) / s[0]),
    ("changes-its-input", in_place),
    ("raises", lambda m, s: np.diff(m, axis=0) / s),
    ("returns-none", lambda m, s: print(end="")),
])  # fmt: skip
def test_wrong_drift_is_named(mistake, wrong):
    assert checks.drift(wrong).mistake == mistake


@pytest.mark.parametrize("right", [
    lambda sigma, m: sigma / np.sqrt(m),
    lambda sigma, m: sigma * m**-0.5,
    lambda sigma, m: (sigma**2 / m) ** 0.5,
    lambda sigma, m: np.float32(sigma) / np.float32(m) ** np.float32(0.5),
])  # fmt: skip
def test_right_noise_passes(right):
    assert checks.noise_of_the_mean(right).passed


@pytest.mark.parametrize(("mistake", "wrong"), [
    ("still-the-stub", lambda sigma, m: 0.0),
    ("variance", lambda sigma, m: sigma * sigma / m),
    ("no-root", lambda sigma, m: sigma / m),
    ("noise-grows", lambda sigma, m: sigma * m**0.5),
    ("sum", lambda sigma, m: m * sigma),
    ("no-sigma", lambda sigma, m: m**-0.5),
    ("m-minus-1", lambda sigma, m: sigma / (m - 1) ** 0.5),
    ("no-dependence-on-m", lambda sigma, m: sigma),
    ("factor", lambda sigma, m: 2 * sigma / m**0.5),
])  # fmt: skip
def test_wrong_noise_is_named(mistake, wrong):
    assert checks.noise_of_the_mean(wrong).mistake == mistake


def test_the_challenge_wants_256():
    assert not checks.goal_half_the_noise(size=64).passed
    assert checks.goal_half_the_noise(size=256).passed
    assert checks.goal_half_the_noise(size=200).mistake == "too-noisy"
    assert checks.goal_half_the_noise(size=320).mistake == "too-calm"
