"""What a verdict shows of numbers."""

from types import SimpleNamespace

import numpy as np
import pytest

from course_utils.checks import batch_norm_at_test_time, softmax, tuning_process, weighted_averages
from course_utils.checks.engine.showing import against


def trials_at(*points):
    return SimpleNamespace(points=np.array(points))


@pytest.mark.parametrize(
    ("value", "limit", "form", "text"),
    [
        (0.1007, 0.1, ".2f", "0.101"),
        (0.12, 0.1, ".2f", "0.12"),
        (0.1, 0.1, ".2f", "0.10"),
        (0.8996, 0.9, ".0%", "89.96 %"),
        (1.00049e-6, 1e-6, ".2g", "1.0005e−6"),
        (np.nan, 0.1, ".2f", "nan"),
    ],
)
def test_a_number_does_not_read_like_the_limit_it_misses(value, limit, form, text):
    assert against(value, limit, form) == text


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (tuning_process.goal_nine_trials(trials_at((0.68, 0.6))), "0.1 or less with at most"),
        (tuning_process.goal_nine_trials(trials_at((0.68, 0.6))), "Now 0.101 with 1."),
        (weighted_averages.goal_month(beta=1 - 1 / 32.02), "Now the window is 32.02 days."),
        (softmax.goal_half(temperature=2.828), "It is 0.5105: raise T."),
        (
            batch_norm_at_test_time.goal_calm_and_quick(momentum=0.9, size=21),
            "Yours shakes by 0.1001 and takes",
        ),
    ],
)
def test_whoever_just_misses_a_goal_is_shown_by_how_much(verdict, said):
    assert not verdict.passed
    assert said in verdict.hint
