"""The Sobol points: SciPy's, digit by digit, and as evenly spread as the theory says."""

import numpy as np
import pytest
from scipy.stats import qmc

from course_utils import sobol


@pytest.mark.parametrize("dimensions", range(1, sobol.DIMENSIONS + 1))
def test_points_are_those_of_scipy(dimensions):
    plain = qmc.Sobol(dimensions, scramble=False).random_base2(9)
    assert sobol.points(512, dimensions).tolist() == plain.tolist()
    for seed in range(5):
        theirs = qmc.Sobol(dimensions, rng=np.random.default_rng(seed)).random_base2(6)
        ours = sobol.points(64, dimensions, np.random.default_rng(seed))
        assert ours.tolist() == theirs.tolist()


@pytest.mark.parametrize("seed", [None, 0, 1])
@pytest.mark.parametrize("k", [1, 4, 7])
def test_each_slice_holds_one_of_2_to_the_k_points_in_each_dimension(k, seed):
    rng = None if seed is None else np.random.default_rng(seed)
    points = sobol.points(2**k, sobol.DIMENSIONS, rng)
    for coordinate in points.T:
        assert sorted((coordinate * 2**k).astype(int)) == list(range(2**k))


def test_scrambled_points_are_uniform_each_by_itself():
    first = [sobol.points(1, 2, np.random.default_rng(seed))[0] for seed in range(400)]
    assert np.mean(first, axis=0) == pytest.approx([0.5, 0.5], abs=0.05)
    assert np.std(first, axis=0) == pytest.approx(np.full(2, 12**-0.5), abs=0.03)


def test_the_same_generator_gives_other_points_the_second_time():
    rng = np.random.default_rng(0)
    assert (sobol.points(4, 2, rng) != sobol.points(4, 2, rng)).all()


@pytest.mark.parametrize(
    ("count", "dimensions", "said"),
    [
        (0, 2, "count >= 1 must hold, but got count=0"),
        (4, 11, r"1 <= dimensions <= 10 must hold, but got dimensions=11"),
        (4, 0, r"1 <= dimensions <= 10 must hold"),
    ],
)
def test_what_it_cannot_do_is_said(count, dimensions, said):
    with pytest.raises(ValueError, match=said):
        sobol.points(count, dimensions)
