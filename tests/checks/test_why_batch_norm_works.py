"""The exercises about why batch norm works: their stubs and mistakes; the challenge."""

import re

import numpy as np
import pytest

from course_utils.checks import why_batch_norm_works as checks
from tests.checks import joined
from tests.checks.stub_cells import stub_in


@pytest.mark.parametrize(
    ("check", "name"),
    [(checks.drift, "my_drift"), (checks.noise_of_the_mean, "noise_of_the_mean")],
)
def test_the_notebooks_stub_is_known(check, name):
    verdict = check(stub_in("12_why_batch_norm_works", name))
    assert verdict.mistake == "still-the-stub"
    assert "np." not in verdict.hint


@pytest.mark.parametrize(
    ("check", "answer"),
    [
        (checks.drift, lambda means, spreads: 0 * means[0]),
        (checks.noise_of_the_mean, lambda sigma, m: 0 * sigma),
    ],
)
def test_the_stubs_numbers_by_other_code_are_not_called_the_stub(check, answer):
    assert check(answer).mistake == "stubs-numbers"


def test_the_challenge_wants_256():
    assert not checks.goal_half_the_noise(size=64).passed
    assert checks.goal_half_the_noise(size=256).passed
    said = "m = 256 is 4 times 64, and its mean is 0.50 times as noisy."
    assert checks.goal_half_the_noise(size=256.0).hint == said
    assert checks.goal_half_the_noise(size=274).hint.startswith("m = 274 is 4.3 times 64, ")
    assert checks.goal_half_the_noise(size=200).mistake == "too-noisy"
    assert checks.goal_half_the_noise(size=320).mistake == "too-calm"


def steps(means, spreads):
    return np.diff(means, axis=0) / spreads[:-1]


@pytest.mark.parametrize(
    ("check", "answer", "told"),
    [
        (
            checks.drift,
            lambda means, spreads: steps(means, spreads)[-1],
            "A mean that goes up by 1 and down by 1 has drifted by 2; in yours a step down is "
            "negative. What makes every step count? You take the last entry alone. Do your steps "
            "add up, or does each replace the one before?",
        ),
        (
            checks.drift,
            lambda means, spreads: np.abs(steps(means, spreads)).mean(axis=1),
            "You take an average. The drift is how far the mean has gone in all. Your axis is "
            "that of the units. Steps run along the first axis.",
        ),
        (
            checks.drift,
            lambda means, spreads: np.abs(steps(means, spreads)).mean(),
            "You take an average. The drift is how far the mean has gone in all. You take all "
            "units together: each of them needs a number of its own.",
        ),
        (
            checks.noise_of_the_mean,
            lambda sigma, m: sigma / (m - 1),
            "No root is taken. Four times as many examples halve the noise: which power of m is "
            "that? You have m − 1. That belongs to estimating a variance; here σ is known.",
        ),
    ],
)
def test_of_two_mistakes_each_is_told_so_that_it_is_true_beside_the_other(check, answer, told):
    verdict = check(answer)
    assert verdict.look.startswith("Two things at once. ")
    assert verdict.hint == told


_OF_ALL = re.compile(
    r"steps cancel|every step by the|average the steps|step alone|median step|These are the|"
    r"add up the units|to a quarter|variance of the mean"
)


@pytest.mark.parametrize("check", [checks.drift, checks.noise_of_the_mean])
def test_no_mistake_that_is_told_beside_another_quotes_the_whole_answer(check):
    assert joined.saying(_OF_ALL, check.mistakes) == []
