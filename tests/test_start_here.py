"""The start page's picture and the bundled data behind it."""

import numpy as np
import pytest
from sklearn.datasets import load_digits

from course_utils import datasets


def test_digits_are_those_of_scikit_learn():
    X, labels = datasets.digits()
    original = load_digits()
    assert np.array_equal(X * 16, original.data.T)
    assert np.array_equal(labels, original.target)


def test_temperatures_are_every_day_of_four_years():
    days, celsius = datasets.temperatures()
    assert np.array_equal(np.diff(days).astype(int), np.ones(1460))
    assert (str(days[0]), str(days[-1])) == ("2012-01-01", "2015-12-31")
    assert celsius[0] == pytest.approx((5.0 + 12.8) / 2)
    assert -15 < celsius.min() < 0 < 25 < celsius.max() < 35


def test_blobs_are_clouds_around_a_circle():
    X, labels = datasets.blobs(4, 5000, np.random.default_rng(0), spread=0.3)
    for k in range(4):
        cloud = X[:, labels == k]
        assert np.hypot(*cloud.mean(axis=1)) == pytest.approx(2, abs=0.02)
        assert cloud.std(axis=1) == pytest.approx([0.3, 0.3], abs=0.02)
    with pytest.raises(ValueError, match="classes >= 1 must hold, but got classes=0"):
        datasets.blobs(0, 5, np.random.default_rng(0))
    with pytest.raises(ValueError, match="examples >= 1 must hold"):
        datasets.blobs(2, 0, np.random.default_rng(0))
