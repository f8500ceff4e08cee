"""Population-based training: what is bundled, and what notebook 10 says of it."""

import numpy as np
import pytest

from course_utils.experiments import pandas_vs_caviar as caviar
from course_utils.experiments import population
from tests.thorough import once_a_week


def test_what_is_bundled_is_what_a_training_gives():
    grown, stored = population.grow(2, epochs=6), population.bundled()
    assert grown.alpha == pytest.approx(stored.alpha[2, :6])
    assert grown.error == pytest.approx(stored.error[2, :6], abs=0.03)


def test_copies_take_the_places_of_the_worst_with_another_alpha():
    stored = population.bundled()
    for alpha, error, parent in zip(*stored, strict=True):
        for epoch in range(1, population.EPOCHS):
            copied = np.flatnonzero(parent[epoch] != np.arange(population.MODELS))
            factor = alpha[epoch] / alpha[epoch - 1][parent[epoch]]
            assert len(copied) == (population.REPLACED if epoch % population.EVERY == 0 else 0)
            assert np.isin(factor[copied], [0.5, 2.0]).all()
            assert (np.delete(factor, copied) == 1).all()
            before = error[epoch - 1]
            assert (before[copied] >= before[parent[epoch][copied]]).all()


def test_all_become_one_family_and_none_is_useless():
    stored = population.bundled()
    assert all(len(set(population.founders(parent)[-1])) == 1 for parent in stored.parent)
    assert (stored.error[:, -1] <= 0.2).all()
    plain = caviar.bundled().curves[:, :9, :27]
    useless = (~(plain[:, :, -1] <= 0.2)).sum(axis=1)
    assert (useless.min(), useless.max()) == (3, 7)
    best = {
        "population": stored.error.min(axis=(1, 2)),
        "caviar": caviar.best_so_far(plain).min(axis=(1, 2)),
    }
    assert [np.median(b) for b in best.values()] == pytest.approx([0.0361, 0.0403], abs=5e-5)
    assert [b.max() for b in best.values()] == pytest.approx([0.044, 0.078], abs=5e-4)


def best_of_caviar(number, **changed):
    """Return the best error of as many plain models of a draw, and epochs, as a population has."""
    curves = [
        caviar.learning_curve(c | changed, np.random.default_rng([number, i]), epochs=27)
        for i, c in enumerate(caviar.draw(number)[: population.MODELS])
    ]
    return caviar.best_so_far(curves).min()


@once_a_week
def test_in_other_draws_two_families_may_be_left_and_the_best_of_a_population_is_better():
    numbers = range(10, 30)
    grown = [population.grow(number) for number in numbers]
    left = [len(set(population.founders(history.parent)[-1])) for history in grown]
    assert set(left) == {1, 2}
    assert left.count(1) >= 14
    best = np.array([history.error.min() for history in grown])
    plain = np.array([best_of_caviar(number) for number in numbers])
    assert (best < plain).sum() >= 15, "of forty in more than thirty"
    assert (best > plain).sum() <= 3
    without_decay = np.array([best_of_caviar(number, decay=0.0) for number in numbers])
    assert 10 <= (best < without_decay).sum() <= 17, "of forty in about 25"
    assert (best > without_decay).sum() <= 3


@once_a_week
def test_without_decay_plain_caviar_do_no_better_but_in_their_worst_draw():
    ends, best = [], []
    for number in range(caviar.DRAWS):
        curves = [
            caviar.learning_curve(c | {"decay": 0.0}, np.random.default_rng([number, i]), epochs=27)
            for i, c in enumerate(caviar.draw(number)[: population.MODELS])
        ]
        ends.append(np.array(curves)[:, -1])
        best.append(caviar.best_so_far(curves).min())
    assert ((~(np.array(ends) <= 0.2)).sum(axis=1) >= 2).all()
    assert np.median(best) >= 0.04
    assert max(best) < 0.075, "part of 7.8 %"
