"""Why batch norm works: measures and an experiment for claims that are still argued about."""

from functools import cache, partial
from typing import NamedTuple

import numpy as np

from course_utils import batch_norm, datasets, layers, optimizers, softmax, training
from course_utils import initialization as schemes
from course_utils.activations import tanh
from course_utils.experiments import live
from course_utils.layers import Activate, BatchNorm, Layer
from course_utils.network import Network
from course_utils.support import validation


class ShiftingNoise(Layer):
    """Noise that gives every unit another mean and another spread at every step.

    ``z_noisy = s z + t`` with s and t drawn for each unit, anew at each training pass: the shift
    that batch norm takes away is put back behind it. At inference nothing is added. The paper lets
    s and t differ a little from example to example as well; that is left out.

    Parameters
    ----------
    strength : float
        In the paper's: s is uniform in 1 to 1 + strength / 4, t in +-strength / 2.

    References
    ----------
    .. [1] S. Santurkar, D. Tsipras, A. Ilyas and A. Madry (2018), "How does batch normalization
       help optimization?", section 2.1 and its appendix.
    """

    draws = True

    def __init__(self, strength):
        self.strength = validation.require("strength >= 0", strength=strength)

    def forward(self, z, rng):
        """Return z, scaled and shifted at random."""
        units, r = (len(z), 1), self.strength
        self._scale = 1 + rng.uniform(0, r / 4, units).astype(z.dtype)
        return self._scale * z + rng.uniform(-r / 2, r / 2, units).astype(z.dtype)

    def backward(self, dz):
        """Return the gradient through the same scale."""
        return self._scale * dz

    def inference(self, z):
        """Return z as it is."""
        return z


def add_noise(network, strength):
    """Put `ShiftingNoise` behind every batch norm of a network, in place; return the network.

    Parameters
    ----------
    network : Network
        With batch norm.
    strength : float
        See `ShiftingNoise`.

    Returns
    -------
    Network

    Raises
    ------
    ValueError
        If the network has no batch norm or ``strength >= 0`` does not hold.
    """
    layers.require_batch_norm(network)
    noisy = []
    for layer in network.layers:
        noisy.append(layer)
        if isinstance(layer, BatchNorm):
            noisy.append(ShiftingNoise(strength))
    network.layers = noisy
    return network


def before_activation(network, X, depth):
    """Return what hidden layer `depth` hands to its activation, in a pass without dropout.

    z, or z_tilde where there is batch norm.

    Parameters
    ----------
    network : Network
    X : ndarray, shape (n_x, m)
    depth : int
        1 for the first hidden layer.

    Returns
    -------
    ndarray, shape (n[depth], m)

    Examples
    --------
    >>> from course_utils.network import Network
    >>> network = Network([2, 3, 3, 1], np.random.default_rng(0), batch_norm=True)
    >>> z_tilde = before_activation(network, np.random.default_rng(1).normal(size=(2, 50)), 2)
    >>> bool(np.allclose(z_tilde.mean(axis=1), 0))
    True
    """
    a, hidden = layers.checked_network(network).inputs(X), len(network.widths) - 2
    depth = validation.whole(f"1 <= depth <= {hidden}", depth=depth)
    kept, passed = network.statistics.copy(), 0
    for layer in network.layers:
        if isinstance(layer, Activate):
            passed += 1
            if passed == depth:
                break
        a = layer.forward(a, None) if isinstance(layer, BatchNorm) else layer.inference(a)
    network.statistics[:] = kept  # looking on is not training
    return a


def drift(means, spreads):
    """How far a unit's values wander while it learns.

    ``sum_t |mean_{t+1} - mean_t| / spread_t``: the way its mean goes, in its own standard
    deviations.

    Parameters
    ----------
    means, spreads : array_like, shape (steps, units)
        Mean and standard deviation of each unit after each step.

    Returns
    -------
    ndarray, shape (units,)

    Raises
    ------
    ValueError
        If the shapes differ, or a number is NaN or infinite.

    Examples
    --------
    >>> drift([[0.0], [1.0], [3.0]], [[1.0], [2.0], [2.0]])
    array([2.])
    """
    means, spreads = validation.finite("means", means), validation.finite("spreads", spreads)
    validation.same_shape("means", means, "spreads", spreads)
    if means.ndim != 2 or len(means) < 2:
        raise ValueError(f"means should be (steps, units) of two steps or more, got {means.shape}")
    spreads = validation.require_all("spreads >= 0", spreads=spreads)
    return (np.abs(np.diff(means, axis=0)) / np.maximum(spreads[:-1], 1e-12)).sum(axis=0)


def gradient_shift(network, X, Y, depth, *, alpha):
    """How much the layers below change what a layer is told to do.

    Take the gradient of ``W[depth]``; let descent move the layers below it one step; take the
    gradient again: ``1 - cos`` of the angle between the two. 0 if the step below changed nothing
    for this layer, 1 if its new direction has nothing to do with the old one.

    Parameters
    ----------
    network : Network
        Left as it is.
    X, Y : ndarray
        The examples of the cost.
    depth : int
        1 for the first layer, below which nothing moves.
    alpha : float
        Learning rate of the step below.

    Returns
    -------
    float
        From 0 to 2.

    References
    ----------
    .. [1] Santurkar and others (2018), definition 2.1.
    """
    X, Y = layers.checked_network(network).examples(X, Y)
    depth = validation.whole(f"1 <= depth <= {len(network.widths) - 1}", depth=depth)
    alpha = validation.require("alpha >= 0", alpha=alpha)
    theta, statistics = network.theta.copy(), network.statistics.copy()
    network.cost_and_gradient(X, Y)
    before, step = network.gradients[f"W{depth}"].copy(), network.gradient.copy()
    kept = {n: p.copy() for n, p in network.parameters.items() if int(n[-1]) >= depth}
    network.theta[:] = theta - alpha * step
    for other, p in kept.items():
        network.parameters[other][:] = p
    network.cost_and_gradient(X, Y)
    after = network.gradients[f"W{depth}"]
    sizes = np.linalg.norm(before) * np.linalg.norm(after)
    cosine = (before * after).sum() / max(sizes, 1e-300)
    network.theta[:], network.statistics[:] = theta, statistics
    return float(1 - cosine)


def roughness(network, X, Y, *, longest=0.4, points=9):
    """How much the cost varies along the line that descent is about to follow.

    The largest minus the smallest cost of `along_the_gradient` for t from 0 to `longest`.

    Parameters
    ----------
    network : Network
        Left as it is.
    X, Y : ndarray
        The examples of the cost.
    longest : float
        The longest step.
    points : int
        How many t, both ends included.

    Returns
    -------
    float

    References
    ----------
    .. [1] Santurkar and others (2018), figure 4a.
    """
    X, Y = layers.checked_network(network).examples(X, Y)
    longest = validation.require("longest > 0", longest=longest)
    points = validation.whole("2 <= points <= 1e6", points=points)
    return float(np.ptp(along_the_gradient(network, X, Y, np.linspace(0, longest, points))))


def along_the_gradient(network, X, Y, lengths):
    """Return the cost at ``theta - t g / ||g||`` for each length t; the network is left as it is.

    Examples
    --------
    >>> from course_utils.network import Network
    >>> network = Network([1, 1], np.random.default_rng(0))
    >>> costs = along_the_gradient(network, [[1.0, 1.0]], [[1.0, 1.0]], [0.0, 0.5])
    >>> bool(costs[1] < costs[0])
    True
    """
    theta, statistics = network.theta.copy(), network.statistics.copy()
    network.cost_and_gradient(X, Y)
    direction = network.gradient / max(np.linalg.norm(network.gradient), 1e-12)
    costs = []
    for t in lengths:
        network.theta[:] = theta - t * direction
        costs.append(network.cost_and_gradient(X, Y))
    network.theta[:], network.statistics[:] = theta, statistics
    return np.array(costs)


def noise_of_the_mean(values, size, draws, rng):
    """Spread of a mini-batch's mean around the mean of all.

    Parameters
    ----------
    values : array_like, shape (m,)
        One unit's value for every example.
    size : int
        Examples a mini-batch, drawn with replacement.
    draws : int
        How many mini-batches.
    rng : numpy.random.Generator
        Draws them.

    Returns
    -------
    float
        Standard deviation of the means, in standard deviations of the values: about
        ``1 / sqrt(size)``.

    Raises
    ------
    ValueError
        If there are no values, one is NaN or infinite, or ``size >= 1`` does not hold.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> round(noise_of_the_mean(rng.normal(size=500), 64, 4000, rng), 2)
    0.12
    """
    values = validation.finite("values", values)
    if values.ndim != 1 or len(values) < 2 or np.ptp(values) == 0:
        given = f"{validation.shown(values)} of shape {values.shape}"
        raise ValueError(f"values should be one unit's, at least two that differ, but got {given}")
    size = validation.whole("size >= 1", size=size)
    draws = validation.whole("draws >= 2", draws=draws)
    validation.room(draws=draws, size=size)
    means = validation.generator(rng).choice(values, (draws, size)).mean(axis=1)
    return float(means.std() / values.std())


def fit_cats(X, y):
    """Return a network that has learned which animals are cats."""
    network = Network([2, 12, 12, 1], np.random.default_rng(3), activation=tanh)
    adam, rng = optimizers.Adam(alpha=0.02), np.random.default_rng(0)
    training.fit(network, X, y, adam, epochs=40, rng=rng, size=60, progress=False)
    return network


def to_statistics_of(X, moved, points):
    """Move points as one moves `moved` to give it the mean and the spread of `X`."""
    (mean, spread), (before, wide) = (
        (x.mean(axis=1, keepdims=True), x.std(axis=1, keepdims=True)) for x in (X, moved)
    )
    return mean + spread * (points - before) / wide


@cache
def digits():
    """Return the first 640 digits and their one-hot labels."""
    X, labels = datasets.digits()
    return X[:, :640], softmax.one_hot(labels[:640], 10)


STEPS, DEPTH = 120, 3
RATES = (0.05, 0.5, 2.0)
"""Learning rates of the picture of drift."""


def wander(X, Y, *, with_norm, alpha, seed):
    """Train for `STEPS` steps and watch what hidden layer 3 gives its activation.

    Returns
    -------
    values : ndarray, shape (STEPS + 1, units, 200)
        Of the first 200 examples, after each step.
    costs : ndarray, shape (STEPS,)
    """
    widths, rng = (len(X), 24, 24, 24, len(Y)), validation.seeded(seed)
    network = Network(
        widths, rng, activation=tanh, initialization=schemes.xavier, batch_norm=with_norm
    )
    descent = optimizers.GradientDescent(alpha=alpha)
    run = training.Training(network, X, Y, descent, np.random.default_rng(seed + 100))
    order = np.random.default_rng(seed).permutation(X.shape[1])
    values, costs = [before_activation(network, X[:, :200], DEPTH)], []
    for step in range(STEPS):
        chosen = np.take(order, np.arange(64 * step, 64 * step + 64), mode="wrap")
        costs.append(run.step(X[:, chosen], Y[:, chosen]))
        values.append(before_activation(network, X[:, :200], DEPTH))
    return np.array(values), np.array(costs)


@cache
def wandering(alpha, with_norm):
    """Return the values of `wander` for the digits and one seed."""
    X, Y = digits()
    return wander(X, Y, with_norm=with_norm, alpha=alpha, seed=1)[0]


def one_units_values():
    """Return one hidden unit's values for every digit, with mean 0 and spread 1."""
    X, _ = datasets.digits()
    z = schemes.he(1, 64, np.random.default_rng(5)) @ X
    return batch_norm.forward(z, [[1.0]], [[0.0]], epsilon=0)[0][0]


KINDS = ("without batch norm", "with batch norm", "with batch norm and shifting noise")
STARTS = {
    "He": schemes.he,
    "too small": partial(schemes.normal, scale=0.05),
    "large": partial(schemes.normal, scale=0.5),
}
"""With which weights the networks of the race may start."""

SEEDS = 5


def begin(kind, start, seed, *, alpha=0.1, strength=1.0):
    """Return the training of one network of the race, before its first step."""
    validation.one_of("kind", kind, KINDS)
    validation.one_of("start", start, STARTS)
    X, Y = digits()
    network = Network(
        (64, 32, 32, 32, 10),
        validation.seeded(seed),
        initialization=STARTS[start],
        batch_norm=kind != KINDS[0],
        dtype=np.float32,
    )
    if kind == KINDS[2]:
        add_noise(network, strength)
    descent = optimizers.GradientDescent(alpha=alpha)
    return training.Training(network, X, Y, descent, np.random.default_rng(seed + 50))


def take_step(run):
    """Take one step on 64 examples drawn at random; return their cost before it."""
    chosen = run.rng.integers(0, run.X.shape[1], 64)
    return run.step(run.X[:, chosen], run.Y[:, chosen])


class _State(NamedTuple):
    """Snapshots and smoothed costs of all networks after a frame."""

    snapshots: tuple
    costs: np.ndarray


class Race:
    """Fifteen networks that learn the digits side by side: five of each kind."""

    frames, steps_a_frame = 80, 3

    def __init__(self):
        self._trainings, self._runs = _line_up("He"), {}

    def reach(self, frame, alpha, start, strength=1.0):
        """Yield ``(number, costs)`` of each frame on the way to the one asked for.

        The costs of all frames so far: an array of shape (frames, kinds, seeds). The strength is
        that of the shifting noise.
        """
        for number, states in self._runs_from(start, strength).reach(frame, alpha):
            costs = np.array([state.costs for state in states])
            yield number, costs.reshape(-1, len(KINDS), SEEDS)

    def _runs_from(self, *where):
        if where not in self._runs:  # a run of fifteen networks is 20 MB: the last ones are kept
            while len(self._runs) >= len(STARTS):
                del self._runs[next(iter(self._runs))]
            first, advance = _first(_line_up(*where)), partial(self._advance, where[1])
            self._runs[where] = live.Runs(first, advance, kept=1)
        return self._runs[where]

    def _advance(self, strength, state, alpha):
        snapshots, costs = [], []
        for run, snapshot, before in zip(self._trainings, *state, strict=True):
            run.restore(snapshot)
            run.optimizer = optimizers.GradientDescent(alpha=alpha)
            _set_noise(run.network, strength)
            cost = np.mean([take_step(run) for _ in range(self.steps_a_frame)])
            costs.append(0.7 * before + 0.3 * cost if np.isfinite(cost) else before)
            snapshots.append(run.snapshot())
        return _State(tuple(snapshots), np.array(costs))


def _set_noise(network, strength):
    for layer in network.layers:
        if isinstance(layer, ShiftingNoise):
            layer.strength = strength


def _line_up(start, strength=1.0):
    return [begin(kind, start, seed, strength=strength) for kind in KINDS for seed in range(SEEDS)]


def _first(trainings):
    costs = [run.network.cost_and_gradient(run.X, run.Y, run.rng) for run in trainings]
    return _State(tuple(run.snapshot() for run in trainings), np.array(costs))
