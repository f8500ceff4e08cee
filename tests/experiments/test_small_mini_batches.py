"""Batch norm with small mini-batches, at an equal number of digits, and without it."""

import numpy as np
import pytest

from course_utils.experiments import small_mini_batches as small

KNOWN = small.by_training_size()


def test_statistics_taken_once_more_mend_noise_and_lag_but_not_tiny_mini_batches():
    later = KNOWN[small.LATER]
    assert later.shape == (small.SEEDS, len(small.SIZES))
    assert (later[:, 1] - KNOWN[0.0][:, 1]).min() > 0.05  # noise, at m = 4
    assert (later[:, 3] - KNOWN[0.99][:, 3]).min() > 0  # lag, at m = 64
    assert later[:, 0].max() < 0.8 < later[:, 2].min()  # m = 2 stays poor
    assert KNOWN[0.9][:, 3].min() > 0.95


def medians(which):
    return np.median(100 * KNOWN[which], axis=0).round().tolist()


def test_only_pairs_ruin_a_training_that_has_seen_as_many_digits():
    assert medians(small.PLAIN) == [96, 98, 98, 97]
    assert medians(small.LATER) == [61, 96, 98, 98]
    assert medians(0.9) == [63, 96, 98, 98]
    assert medians(0.99)[-1] == 96
    assert medians(0.0)[:2] == [12, 81]


def test_bundled_accuracies_can_be_had_again():
    again = small.accuracies(64, 1)
    for which, share in again.items():
        assert share == pytest.approx(KNOWN[which][1, 3], abs=0.02), which


def test_pairs_stay_poor_at_a_better_alpha_too():
    right = [small.once_more(2, seed, alpha=0.001) for seed in range(2)]
    assert KNOWN[small.LATER][:2, 0].max() < min(right)
    assert 0.65 < min(right) < max(right) < 0.85
