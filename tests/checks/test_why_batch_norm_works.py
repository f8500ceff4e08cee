"""The exercises about why batch norm works: their stubs and mistakes; the challenge."""

import pytest

from course_utils.checks import why_batch_norm_works as checks
from course_utils.experiments import why_batch_norm_works as lecture
from tests.checks.stub_cells import stub_in
from tests.checks.told_apart import not_told_apart


@pytest.mark.parametrize(
    ("right", "cases", "mistakes"),
    [
        (lecture.drift, checks._DRIFT_CASES, checks._DRIFT_MISTAKES),
        (checks._noise, checks._NOISE_CASES, checks._NOISE_MISTAKES),
    ],
)
def test_no_mistake_hides_another_and_each_has_two_steps(right, cases, mistakes):
    assert not_told_apart(right, cases, mistakes) == []
    for mistake in mistakes:
        assert mistake.hint.endswith((".", "?"))
        assert mistake.look.endswith((".", "?"))
        assert "np." not in mistake.hint + mistake.look


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
    assert checks.goal_half_the_noise(size=200).mistake == "too-noisy"
    assert checks.goal_half_the_noise(size=320).mistake == "too-calm"
