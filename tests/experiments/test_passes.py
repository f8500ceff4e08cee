"""What the pictures of the two passes show is what the network computes."""

import numpy as np
import pytest

from course_utils import batch_norm, outputs
from course_utils.experiments import passes
from course_utils.gradient_checking import check, numerical_gradient
from course_utils.layers import Activate, BatchNorm, Dense, Dropout

KIND = pytest.mark.parametrize("kind", passes.KINDS)


def cost_from(kind, column, values):
    """Return the cost if a column holds other values: the rest of the network runs as before."""
    network, rng = passes.network(kind), passes.mask_source()
    first = {0: 0, 1: 1, 2: 1, 3: 2, 4: 3, 5: len(network.layers)}[column]
    first += column > 2 and any(isinstance(layer, BatchNorm) for layer in network.layers)
    first += column == 2 and isinstance(network.layers[1], BatchNorm)
    first -= column == 4 and not any(isinstance(layer, Dropout) for layer in network.layers)
    for layer in network.layers[: min(first, len(network.layers))]:
        if isinstance(layer, Dropout):
            layer.forward(np.zeros((3, 4)), rng)
    for layer in network.layers[first:]:
        values = layer.forward(values, rng)
    return outputs.LOGISTIC.cost_and_gradient(values, passes.Y)[0]


@KIND
@pytest.mark.parametrize("column", range(len(passes.COLUMNS)))
def test_gradients_of_every_column_are_slopes(kind, column):
    seen = passes.passed(kind)
    found = numerical_gradient(lambda a: cost_from(kind, column, a), seen.values[column])
    np.testing.assert_allclose(seen.gradients[column], found, atol=1e-9)


@KIND
def test_gradients_of_the_parameters_are_slopes(kind):
    network = passes.network(kind)

    def cost(theta):
        network.theta[:] = theta
        return network.cost_and_gradient(passes.X, passes.Y, passes.mask_source())

    theta = network.theta.copy()
    assert cost(theta) == pytest.approx(passes.passed(kind).cost)
    assert check(cost, network.gradient.copy(), theta) < 1e-7
    np.testing.assert_array_equal(passes.passed(kind).network.theta, theta)


@KIND
def test_what_edges_carry_adds_up_at_both_ends(kind):
    seen = passes.passed(kind)
    for column in range(5):
        edges = [edge for edge in passes.edges() if edge[0] == column]
        for row in range(len(seen.values[column])):
            back = sum(passes.carried(kind, e)[1] for e in edges if e[1] == row)
            assert back == pytest.approx(seen.gradients[column][row, passes.EXAMPLE])
        biases = {0: seen.network.parameters.get("b1"), 4: seen.network.parameters["b2"]}
        for row in range(len(seen.values[column + 1])):
            there = sum(passes.carried(kind, e)[0] for e in edges if e[2] == row)
            b = biases.get(column)
            there += 0 if b is None else b[row, 0]
            assert there == pytest.approx(seen.values[column + 1][row, passes.EXAMPLE])


@KIND
def test_examples_add_what_arrives_at_z_times_the_value_before_to_the_gradient_of_a_weight(kind):
    seen, network = passes.passed(kind), passes.network(kind)
    network.cost_and_gradient(passes.X, passes.Y, passes.mask_source())
    for name, arrives, before in (("W1", 1, 0), ("W2", 5, 4)):  # an x, an a′
        found = seen.gradients[arrives] @ seen.values[before].T
        np.testing.assert_allclose(found, network.gradients[name], atol=1e-12)


@KIND
def test_what_is_switched_off_hands_on_what_it_gets(kind):
    seen, (normed, keep_prob) = passes.passed(kind), passes.KINDS[kind]
    for off, column in ((not normed, 2), (keep_prob == 1, 4)):
        for numbers in (seen.values, seen.gradients):
            assert np.array_equal(numbers[column - 1], numbers[column]) == off


def test_the_example_has_a_unit_that_is_open_one_that_is_dropped_and_one_below_zero():
    seen = passes.passed("batch norm and dropout")
    assert list(seen.mask[:, passes.EXAMPLE]) == [2, 0, 2]
    assert list(seen.values[2][:, passes.EXAMPLE] > 0) == [True, True, False]


def test_the_unit_below_zero_learns_nothing_from_the_example():
    """None of its three weights does: what comes back to its z is 0, and so is its a."""
    seen = passes.passed("plain")
    assert seen.gradients[1][2, passes.EXAMPLE] == 0
    assert seen.values[4][2, passes.EXAMPLE] == 0
    assert seen.gradients[3][2, passes.EXAMPLE] != 0


@KIND
def test_columns_are_those_of_the_layers(kind):
    normed, keep_prob = passes.KINDS[kind]
    expected = [Dense, *[BatchNorm] * normed, Activate, *[Dropout] * (keep_prob < 1), Dense]
    assert [type(layer) for layer in passes.network(kind).layers] == expected


@pytest.mark.parametrize("gamma", [1.0, -0.5])
def test_three_paths_add_up_to_batch_norms_backward_pass(gamma):
    z, d = np.array([[1.5, -1.0, 0.5, 0.75]]), np.array([[0.2, 0.0, -0.3, 0.1]])
    _, cache = batch_norm.forward(z, [[gamma]], [[0.25]])
    dz, _, _ = batch_norm.backward(d, cache)
    found = passes.three_paths(z[0], d[0], gamma=gamma)
    np.testing.assert_allclose(found.direct + found.mean + found.variance, dz[0], atol=1e-12)


def test_a_push_that_all_share_or_that_is_like_z_norm_comes_to_nothing():
    pushes = passes.pushes()
    for push, most in (("1 from all", 1e-12), ("equal to z_norm", 1e-4)):
        found = passes.unit("batch norm", 0, pushes[push])
        assert np.abs(found.direct).max() > 0.3
        assert np.abs(found.direct + found.mean + found.variance).max() < most
