"""A small network's two passes, taken apart: every value, every gradient, what flows on each edge.

The network has two inputs, three hidden units with ReLU and one logistic output, and looks at four
examples. Its columns are always the same six, see `COLUMNS`: where batch norm or dropout is off,
that column hands on what it gets. Gradients are those of J, the mean loss of the four.
"""

from functools import cache
from typing import NamedTuple

import numpy as np

from course_utils import outputs
from course_utils.layers import Activate, BatchNorm, Dense, Dropout
from course_utils.network import Network

COLUMNS = ("x", "z", "z̃", "a", "a′", "z[2]")
"""Inputs, z, z after batch norm, activations, activations after dropout, the output's z."""

KINDS = {
    "plain": (False, 1.0),
    "batch norm": (True, 1.0),
    "dropout": (False, 0.5),
    "batch norm and dropout": (True, 0.5),
}
"""What is switched on: whether there is batch norm, and keep_prob."""

X = np.array([[1.0, -1.0, 2.0, 0.5], [-2.0, 1.0, 1.0, -1.0]])
Y = np.array([[0.0, 1.0, 1.0, 0.0]])
EXAMPLE = 0  # whose values are looked at
_W1 = np.array([[0.5, -0.5], [0.75, 0.25], [-0.5, 0.5]])
_W2 = np.array([[1.0, -0.5, 0.8]])
_SEED = 2  # of the mask: it drops the first example's unit 2, and no other of its units


class Passed(NamedTuple):
    """A network after both passes: what each of `COLUMNS` holds, and its gradient."""

    network: Network
    values: list
    gradients: list
    mask: np.ndarray
    cost: float


def network(kind, rng=None):
    """Return the network of one of `KINDS`, at its weights."""
    normed, keep_prob = KINDS[kind]
    made = Network([2, 3, 1], np.random.default_rng(0), batch_norm=normed, keep_prob=keep_prob)
    made.parameters["W1"][:], made.parameters["W2"][:] = _W1, _W2
    made.parameters["b2"][:] = -0.25
    if normed:
        made.parameters["beta1"][:] = 0.25
    else:
        made.parameters["b1"][:] = np.array([[0.25], [0.25], [0.25]])
    return made


def mask_source():
    """Return what the dropout masks are drawn from: the same ones every time."""
    return np.random.default_rng(_SEED)


@cache
def passed(kind):
    """Return the network of one of `KINDS` after a forward and a backward pass."""
    made = network(kind)
    rng, forward = mask_source(), [X]
    for layer in made.layers:
        forward.append(layer.forward(forward[-1], rng))
    cost, d = outputs.LOGISTIC.cost_and_gradient(forward[-1], Y)
    backward = [d]
    for layer in reversed(made.layers):
        backward.append(layer.backward(backward[-1]))
    mask = next((layer._mask for layer in made.layers if isinstance(layer, Dropout)), np.ones(1))
    values, gradients = (_by_column(made, a) for a in (forward, backward[::-1]))
    return Passed(made, values, gradients, np.broadcast_to(mask, (3, X.shape[1])), cost)


def _by_column(made, arrays):
    """Return what each column holds; where a layer is missing, that of the column before."""
    found, columns = {0: arrays[0]}, {BatchNorm: 2, Activate: 3, Dropout: 4}
    for number, (layer, array) in enumerate(zip(made.layers, arrays[1:], strict=True)):
        dense = 1 if number == 0 else 5
        found[dense if isinstance(layer, Dense) else columns[type(layer)]] = array
    for column in (2, 4):
        found.setdefault(column, found[column - 1])
    return [found[column] for column in range(len(COLUMNS))]


def edges():
    """Return every edge of the graph as ``(column, from, to)``: into the next column."""
    dense = [(0, i, j) for j in range(3) for i in range(2)]
    straight = [(column, i, i) for column in (1, 2, 3) for i in range(3)]
    return [*dense, *straight, *((4, i, 0) for i in range(3))]


def local(kind, edge):
    """Return the local derivative along an edge, or None where all examples take part in it."""
    column, start, end = edge
    seen = passed(kind)
    if column in (0, 4):
        return float(seen.network.parameters["W1" if column == 0 else "W2"][end, start])
    if column == 1:
        return None if KINDS[kind][0] else 1.0
    if column == 2:
        return float(seen.values[2][start, EXAMPLE] > 0)
    return float(seen.mask[start, EXAMPLE])


def carried(kind, edge):
    """Return what an edge carries on both ways: into its end, and back into its start."""
    column, start, end = edge
    seen, slope = passed(kind), local(kind, edge)
    before, after = (
        seen.values[k][row, EXAMPLE] for k, row in ((column, start), (column + 1, end))
    )
    back = seen.gradients[column + 1][end, EXAMPLE]
    if slope is None:
        return float(after), float(seen.gradients[column][start, EXAMPLE])
    return float(slope * before), float(slope * back)


class Paths(NamedTuple):
    """What comes back to each z of a mini-batch through batch norm, by three paths.

    ``direct`` from its own z_norm; ``mean`` and ``variance`` through μ and σ², which all z_norm
    push: what each of them pushes stands in ``to_mean`` and ``to_variance``.
    """

    z: np.ndarray
    z_norm: np.ndarray
    d: np.ndarray
    direct: np.ndarray
    mean: np.ndarray
    variance: np.ndarray
    to_mean: np.ndarray
    to_variance: np.ndarray
    slope: float  # gamma / root


def three_paths(z, d, *, gamma=1.0, epsilon=1e-5):
    """Return the `Paths` of one unit, its z and the gradients d of the cost by z_tilde.

    >>> paths = three_paths(np.array([1.0, 2.0, 3.0, 6.0]), np.array([1.0, 0, 0, 0]), gamma=2.0)
    >>> (paths.direct + paths.mean + paths.variance).round(3)
    array([ 0.496, -0.42 , -0.267,  0.191])
    """
    m, centred = len(z), z - z.mean()
    root = np.sqrt(np.square(centred).mean() + epsilon)
    d_norm = gamma * d
    to_mean, to_variance = -d_norm / root, -d_norm * centred / (2 * root**3)
    mean = np.full(m, to_mean.sum() / m)
    variance = to_variance.sum() * 2 / m * centred
    direct = d_norm / root
    return Paths(z, centred / root, d, direct, mean, variance, to_mean, to_variance, gamma / root)


def unit(kind, number, d=None):
    """Return the `Paths` of a hidden unit: for the cost's gradients by z̃, or for others."""
    seen = passed(kind)
    return three_paths(seen.values[1][number], seen.gradients[2][number] if d is None else d)


def pushes():
    """Return gradients that may come back to the z̃ of hidden unit 1, by what they are."""
    mine = unit("batch norm", 0)
    return {
        "the cost's own": mine.d,
        "1 from example 1": np.eye(len(mine.z))[0],
        "1 from all": np.ones(len(mine.z)),
        "equal to z_norm": mine.z_norm,
    }
