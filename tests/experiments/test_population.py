"""Population-based training: what is bundled, and what notebook 10 says of it."""

import contextlib

import numpy as np
import pytest

from course_utils import training
from course_utils.experiments import digit_tuning, population
from course_utils.experiments import pandas_vs_caviar as caviar
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


def errors_now(model):
    """Return the validation error of a model in training, and its error on the test digits."""
    sets = digit_tuning.sets()
    return tuple(1 - model.network.accuracy(*part) for part in (sets.validation, sets.test))


def chosen_of_caviar(number, **changed):
    """Return both errors of the best of as many plain models, and epochs, as a population has."""
    looks, epochs = [], population.EPOCHS
    for i, c in enumerate(caviar.draw(number)[: population.MODELS]):
        with contextlib.suppress(training.DivergenceError):
            rng = np.random.default_rng([number, i])
            going = digit_tuning.stages(c | changed | {"epochs": epochs}, rng)
            looks += [errors_now(model) for model, _ in going]
    return min(looks, key=lambda look: look[0])


def grown_and_chosen(number, monkeypatch):
    """Return the families that are left of a population, and both errors of its best model."""
    looks, run_epoch = [], caviar.run_epoch

    def noting(model):
        found = run_epoch(model)
        looks.append(errors_now(model))
        return found

    with monkeypatch.context() as patched:
        patched.setattr(caviar, "run_epoch", noting)
        history = population.grow(number)
    left = len(set(population.founders(history.parent)[-1]))
    return left, min(looks, key=lambda look: look[0])


@once_a_week
def test_in_other_draws_two_families_may_be_left_and_the_best_is_in_part_lucky(
    monkeypatch,
):
    numbers = range(10, 30)
    left, best = zip(*(grown_and_chosen(number, monkeypatch) for number in numbers), strict=True)
    assert set(left) == {1, 2}
    assert left.count(1) >= 14
    best, test = np.transpose(best)
    plain, plain_test = np.transpose([chosen_of_caviar(number) for number in numbers])
    assert (best < plain).sum() >= 15, "of forty in more than thirty"
    assert (best > plain).sum() <= 3
    assert 9 <= (test < plain_test).sum() <= 16, "in little more than half: the winner's curse"
    assert 3 <= (test > plain_test).sum() <= 9, "in a third"
    plain, plain_test = np.transpose([chosen_of_caviar(number, decay=0.0) for number in numbers])
    assert 10 <= (best < plain).sum() <= 17, "of forty in about 25"
    assert (best > plain).sum() <= 3
    assert (test > plain_test).sum() >= 3, "in a third: perhaps chance"


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
