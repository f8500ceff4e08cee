"""The exercises about why batch norm works: their stubs and mistakes; the challenge."""

import pytest

from course_utils.checks import why_batch_norm_works as checks
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
