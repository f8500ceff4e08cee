"""What batch norm buys a small network, each optimizer at its own best learning rate."""

import numpy as np
import pytest

from course_utils import batch_norm
from course_utils.experiments import batch_norm as experiments


@pytest.mark.parametrize(
    ("name", "scale", "normed", "factor"),
    [
        ("descent", 1, True, 3),
        ("momentum", 3, False, 0.1),
        ("RMSprop", 1, False, 1),
        ("Adam", 3, True, 1),
    ],
)
def test_bundled_costs_can_be_had_again(name, scale, normed, factor):
    again = experiments.trained_costs(name, scale, normed, factor, 2)
    bundled = experiments.costs(name, scale, normed)[experiments.FACTORS.index(factor), 2]
    assert again == pytest.approx(bundled, rel=0.01)


@pytest.mark.parametrize("name", experiments.OPTIMIZERS)
@pytest.mark.parametrize("scale", [1, 3])
def test_b6_each_at_its_best_alpha_every_optimizer_ends_lower_with_batch_norm(name, scale):
    (_, without), (_, with_norm) = (
        experiments.best(name, scale, normed) for normed in (False, True)
    )
    assert np.median(with_norm) < 0.6 * np.median(without)
    if name != "momentum":
        assert with_norm.max() < without.min()


@pytest.mark.parametrize("name", experiments.OPTIMIZERS)
def test_no_best_alpha_is_at_an_end_of_the_range(name):
    for scale in (1, 3):
        for normed in (False, True):
            factor, _ = experiments.best(name, scale, normed)
            assert experiments.FACTORS[0] < factor < experiments.FACTORS[-1]


def test_large_weights_and_a_small_alpha_are_where_batch_norm_loses():
    loses_by = {"descent": True, "momentum": True, "RMSprop": False, "Adam": False}
    for name, loses in loses_by.items():
        without, with_norm = (experiments.costs(name, 3, n)[0, :, -1] for n in (False, True))
        assert bool(np.median(with_norm) > np.median(without)) is loses


@pytest.mark.parametrize("name", ["descent", "momentum"])
def test_it_loses_from_all_five_first_weights_and_from_about_two_thirds_of_others(name):
    without, with_norm = (experiments.costs(name, 3, n)[0, :, -1] for n in (False, True))
    assert (with_norm > without).all()
    others = [
        [experiments.trained_costs(name, 3, n, 0.1, seed)[-1] for seed in range(5, 35)]
        for n in (False, True)
    ]
    assert 0.55 < np.mean(np.less(*others)) < 0.8


def test_weights_c_times_as_large_have_a_gradient_c_times_as_small():
    X, Y = experiments.digits()
    norms = []
    for c in (1, 3):
        network = experiments.network(0, normed=True)
        network.parameters["W1"][:] *= c
        network.cost_and_gradient(X, Y)
        norms.append(np.linalg.norm(network.gradients["W1"]))
    assert norms[0] / norms[1] == pytest.approx(3, rel=1e-3)


def test_training_does_not_go_back_to_what_was_normalised():
    network = experiments.network(0, normed=True)
    make, alpha = experiments.OPTIMIZERS["Adam"]
    experiments.train(network, make(alpha=alpha))
    z = network.parameters["W1"] @ experiments.digits()[0]
    gamma, beta = (network.parameters[name] for name in ("gamma1", "beta1"))
    assert np.abs(gamma - z.std(axis=1, keepdims=True)).min() > 0.1
    z_tilde, _ = batch_norm.forward(z, gamma, beta)
    np.testing.assert_allclose(z_tilde.mean(axis=1), beta[:, 0], atol=1e-9)


@pytest.mark.parametrize("seed", [0, 1, 4])
def test_a_long_training_does_not_go_back_either(seed):
    network = experiments.network(seed, normed=True)
    make, alpha = experiments.OPTIMIZERS["Adam"]
    experiments.train(network, make(alpha=alpha), steps=1000)
    z = network.parameters["W1"] @ experiments.digits()[0]
    mean, spread = z.mean(axis=1), z.std(axis=1)
    gamma, beta = (network.parameters[name][:, 0] for name in ("gamma1", "beta1"))
    assert gamma.min() > 1, "every gamma has grown"
    assert (gamma / spread).min() > 1.65
    assert np.median(np.abs(beta - mean) / spread) > 0.95


@pytest.mark.parametrize("seed", [0, 1, 4])
@pytest.mark.parametrize("scale", [1, 10])
def test_relu_decides_otherwise_on_many_values_whatever_the_scale_of_the_first_weights(scale, seed):
    network = experiments.network(seed, normed=True)
    network.parameters["W1"][:] *= scale
    make, alpha = experiments.OPTIMIZERS["Adam"]
    experiments.train(network, make(alpha=alpha), steps=1000)
    z = network.parameters["W1"] @ experiments.digits()[0]
    gamma, beta = (network.parameters[name] for name in ("gamma1", "beta1"))
    z_tilde, _ = batch_norm.forward(z, gamma, beta)
    assert 0.2 < np.mean((z_tilde > 0) != (z > 0)) < 0.4
    if scale == 10:  # so the sizes of gamma and of the spread alone say nothing
        assert np.median(gamma[:, 0] / z.std(axis=1)) < 1


def turned(network):
    """Return the share of the values that batch norm gives another sign."""
    z = network.parameters["W1"] @ experiments.digits()[0]
    z_tilde, _ = batch_norm.forward(z, *(network.parameters[n] for n in ("gamma1", "beta1")))
    return np.mean((z_tilde > 0) != (z > 0))


def test_relu_decides_otherwise_on_a_quarter_of_the_values_before_training_and_after():
    before, after = (experiments.network(0, normed=True) for _ in range(2))
    make, alpha = experiments.OPTIMIZERS["Adam"]
    experiments.train(after, make(alpha=alpha), steps=1000)
    for network in (before, after):
        assert turned(network) == pytest.approx(0.25, abs=0.02)


def test_from_most_first_weights_relu_decides_otherwise_a_little_less_often_after_training():
    make, alpha = experiments.OPTIMIZERS["Adam"]
    shares = []
    for seed in range(1, 13):
        network = experiments.network(seed, normed=True)
        shares.append(turned(network))
        experiments.train(network, make(alpha=alpha), steps=1000)
        shares.append(turned(network))
    before, after = np.reshape(shares, (12, 2)).T
    assert np.mean(after < before) > 0.6
    assert 0.01 < np.median(before - after) < 0.08, "a few points"
    assert 0.2 < after.min() < after.max() < 0.4


@pytest.mark.parametrize("name", ["descent", "momentum"])
def test_what_loses_with_large_weights_is_the_small_gradient_of_w1(name):
    make, usual = experiments.OPTIMIZERS[name]
    ends = []
    for seed in range(experiments.SEEDS):
        network, optimizer = experiments.network(seed, normed=True, scale=3), make(alpha=usual / 10)
        state = optimizer.init(network.theta)
        for _ in range(experiments.STEPS + 1):
            cost = network.cost_and_gradient(*experiments.digits())
            network.gradients["W1"][:] *= 9
            network.theta[:], state = optimizer.step(network.theta, network.gradient, state)
        ends.append(cost)
    assert max(ends) < experiments.costs(name, 3, False)[0, :, -1].min()


@pytest.mark.parametrize(
    ("rate", "round_bowl", "valley"),
    [(0.05, 66, 4930), (0.25, 10, 984), (0.5, 1, 491), (0.9, 31, 272)],
)
def test_b1_steps_in_a_round_bowl_and_in_a_valley(rate, round_bowl, valley):
    for hessian, steps in ((np.eye(2), round_bowl), (np.diag([1.0, 100.0]), valley)):
        assert len(experiments.descent_in_a_valley(hessian, rate)) - 1 == steps


def test_b1_the_round_bowl_is_the_quicker_one_at_every_stable_alpha_of_the_slider():
    for rate in np.arange(0.05, 0.99, 0.05):
        bowl, valley = (
            len(experiments.descent_in_a_valley(np.diag([1.0, steep]), rate)) for steep in (1, 100)
        )
        assert bowl < valley, rate


def test_a_tuned_network_with_batch_norm_ends_more_than_ten_times_lower():
    for name in experiments.OPTIMIZERS:
        (small, without), (large, with_norm) = (
            experiments.best(name, 1, normed) for normed in (False, True)
        )
        assert np.median(without) > 10 * np.median(with_norm)
        assert 3 <= large / small <= 10


@pytest.mark.parametrize("name", experiments.OPTIMIZERS)
def test_at_the_alpha_that_is_best_without_it_batch_norm_is_ahead_already(name):
    factor, without = experiments.best(name, 1, normed=False)
    with_norm = experiments.costs(name, 1, True)[experiments.FACTORS.index(factor), :, -1]
    assert 2 < np.median(without) / np.median(with_norm) < 20


@pytest.mark.parametrize("name", experiments.OPTIMIZERS)
def test_on_other_seeds_too_by_a_factor_from_about_two_to_some_tens(name):
    factor, _ = experiments.best(name, 1, normed=False)
    without, with_norm = (
        [experiments.trained_costs(name, 1, normed, factor, seed)[-1] for seed in range(5, 16)]
        for normed in (False, True)
    )
    assert 1.5 < np.median(without) / np.median(with_norm) < 100


@pytest.mark.parametrize("name", ["descent", "momentum", "Adam"])
def test_at_the_usual_alpha_the_cost_is_about_halved(name):
    usual = experiments.FACTORS.index(1)
    without, with_norm = (
        np.median(experiments.costs(name, 1, normed)[usual, :, -1]) for normed in (False, True)
    )
    assert 0.4 < with_norm / without < 0.6


def test_the_learning_rates_are_those_the_notebook_names():
    usual = {name: alpha for name, (_, alpha) in experiments.OPTIMIZERS.items()}
    assert usual == {"descent": 0.1, "momentum": 0.1, "RMSprop": 0.01, "Adam": 0.01}
    assert len(experiments.FACTORS) == 9
    assert (experiments.FACTORS[0], experiments.FACTORS[-1]) == (0.1, 1000)
