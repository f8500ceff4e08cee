"""How far gradients are off: numerical ones, backward passes, under dropout, where a ReLU bends."""

from functools import cache

import numpy as np

from course_utils import activations, datasets, optimizers
from course_utils import gradient_checking as lecture
from course_utils.experiments import backward_passes
from course_utils.network import Network
from course_utils.support import validation

FINE, WRONG = 1e-7, 1e-3
"""Relative differences below which a gradient is called right, and above which wrong."""

LAMBDA = 0.5


def examples():
    """Return the 30 points that all networks here look at: X ``(2, 30)`` and Y ``(1, 30)``."""
    X, Y = datasets.moons(40, np.random.default_rng(0))
    return X[:, 10:], Y[:, 10:]


def _bent(x):
    return 0.2 * x + np.maximum(x, 0)


CURVES = {
    "smooth": (lambda x: np.sin(2 * x) + x**2 / 4, lambda x: 2 * np.cos(2 * x) + x / 2),
    "parabola": (lambda x: x**2 / 2 - 1, lambda x: x),
    "kink at 0": (_bent, lambda x: 0.2 + (x > 0)),
}
"""Curves, with their slopes."""

KINKS = {"kink at 0": 0}
"""Where a curve has no slope, but one on each side: `CURVES` gives the left one."""

STEP_SIZES = np.geomspace(1e-14, 1, 43)


def _rounded_to(precision, f):
    """Return f of numbers of this precision, whatever real numbers an algorithm steps with."""

    def rounded(theta):
        return f(theta if np.iscomplexobj(theta) else np.asarray(theta, precision)).sum()

    return rounded


def network_cost(p, X, Y):
    """Return the cost as a function of the vector theta."""
    inside = lecture.flatten(p)
    views = lecture.unflatten(inside, p)  # cut once: a check asks for the cost again and again

    def cost(theta):
        inside[:] = theta
        return backward_passes.cost(views, X, Y, lambda_=LAMBDA)

    return cost


def subjects(precision):
    """Return for each subject the cost f, the place theta and the right gradient there."""
    X, Y = (a.astype(precision) for a in examples())
    drawn = backward_passes.start(np.random.default_rng(1), widths=(2, 3, 3, 1))
    p = {name: a.astype(precision) for name, a in drawn.items()}
    exact = {name: a.astype(np.float64) for name, a in p.items()}
    gradient = backward_passes.backward(exact, *map(np.float64, (X, Y)), lambda_=LAMBDA)
    one = np.array([1.1], precision)
    return {
        "cost of a network": (
            network_cost(p, X, Y),
            lecture.flatten(p),
            lecture.flatten(gradient),
        ),
        "sine": (_rounded_to(precision, np.sin), one, np.cos(one.astype(np.float64))),
        "square": (_rounded_to(precision, np.square), one, 2 * one.astype(np.float64)),
    }


SUBJECTS = tuple(subjects(np.float64))
"""What is differentiated."""


@cache
def errors(algorithm, subject, precision):
    """Return the relative difference from the right gradient for each h."""
    f, theta, right = subjects(precision)[subject]
    return np.array([difference(algorithm(f, theta, h=h), right) for h in STEP_SIZES])


def difference(a, b):
    """Return the relative difference, or NaN if there are no numbers to compare."""
    return lecture.relative_difference(a, b) if np.isfinite(a).all() else np.nan


def by_name(backward, p, X, Y, algorithm=lecture.numerical_gradient, h=1e-5):
    """Return the relative difference of each parameter's gradient, and of all together."""
    theta = lecture.flatten(p)
    slopes = algorithm(network_cost(p, X, Y), theta, h=h)
    gradient = {name: backward(p, X, Y, lambda_=LAMBDA)[name] for name in p}
    if not (np.isfinite(slopes).all() and all(np.isfinite(g).all() for g in gradient.values())):
        return dict.fromkeys([*p, "all"], np.nan)
    apart = {
        n: lecture.relative_difference(gradient[n], g)
        for n, g in lecture.unflatten(slopes, p).items()
    }
    return {**apart, "all": lecture.relative_difference(lecture.flatten(gradient), slopes)}


MASKS = ("a new one at each call", "the same at each call", "none")
"""Which mask the cost of a network with dropout uses."""


def _named(network, gradient, slopes):
    """Return the relative difference in each parameter of a `Network`, and in all."""
    a, b = (lecture.unflatten(g, network.parameters) for g in (gradient, slopes))
    apart = {name: difference(b[name], a[name]) for name in a}
    return {**apart, "all": difference(slopes, gradient)}


def one_by_one(network, X, Y, algorithm, h):
    """Return for each parameter how far it is off, and whether a ReLU switches within h."""
    gradient, theta = network.gradient.copy(), network.theta.copy()

    def cost(theta):
        network.theta[:] = theta
        return network.cost_and_gradient(X, Y)

    def pattern(theta):
        network.theta[:] = theta
        a, active = X, []
        for layer in network.layers[:-1]:
            a = layer.inference(a)
            active.append(a > 0)
        return np.concatenate(active[1::2])

    slopes = algorithm(cost, theta, h=h)
    steps = h * np.eye(len(theta))
    switched = np.array([(pattern(theta + s) != pattern(theta - s)).any() for s in steps])
    bent = network.layers[1].activation is activations.relu
    apart = np.array([difference([b], [a]) for a, b in zip(gradient, slopes, strict=True)])
    return apart, switched & bent


STEPS = 25
"""How many steps a backward pass trains."""


@cache
def trained(backward, scale):
    """Return the differences after each step of Adam with a backward pass."""
    X, Y = examples()
    p = backward_passes.start(np.random.default_rng(1), scale=scale)
    adam = optimizers.Adam(alpha=0.04)

    def gradient(theta):
        return lecture.flatten(backward(lecture.unflatten(theta, p), X, Y, lambda_=LAMBDA))

    way = optimizers.path(adam, gradient, lecture.flatten(p), STEPS)
    return [by_name(backward, lecture.unflatten(theta, p), X, Y) for theta in way]


class Dropped:
    """The cost of a small network with dropout along one of its weights, and its gradients."""

    def __init__(self, keep_prob, mask):
        self._mask = validation.one_of("mask", mask, MASKS)
        self._rng = np.random.default_rng(5)
        keep_prob = validation.require("0 < keep_prob <= 1", keep_prob=keep_prob)
        kept = 1.0 if mask == "none" else keep_prob
        widths, tanh = [2, 4, 4, 1], activations.tanh
        self._network = Network(widths, self._rng, activation=tanh, keep_prob=kept)
        self._theta = self._network.theta.copy()

    def cost(self, theta):
        """Return the cost at other parameters; it leaves its gradient in the network."""
        theta = validation.finite("theta", theta)
        validation.same_shape("theta", theta, "its own", self._theta)
        self._network.theta[:] = theta
        masks = self._rng if self._mask == MASKS[0] else np.random.default_rng(6)
        return self._network.cost_and_gradient(*examples(), masks)

    def again(self, times):
        """Return the cost at the same parameters, asked for again and again."""
        times = validation.whole("times >= 0", times=times)
        return [self.cost(self._theta) for _ in range(times)]

    def along(self, shifts):
        """Return cost, slope and gradient, and the costs at shifts of a weight of W3."""
        here = self.cost(self._theta)
        gradient = self._network.gradient.copy()
        way = np.eye(len(self._theta))[-3]
        return here, gradient, [self.cost(self._theta + s * way) for s in shifts]

    def apart(self, gradient, algorithm, h):
        """Return the relative difference in each parameter, and in all."""
        return _named(self._network, gradient, algorithm(self.cost, self._theta, h=h))


def parameters_of_dropped():
    """Return the names of the parameters of a `Dropped` network."""
    return list(Network([2, 4, 4, 1], np.random.default_rng(4)).parameters)


def network_with_kinks(activation, m, shifted):
    """Return a network whose gradient is known, and its examples; biases are drawn or 0."""
    X, Y = datasets.moons(m, np.random.default_rng(2))
    network = Network([2, 4, 4, 1], np.random.default_rng(3), activation=activation)
    if shifted:
        for name in ("b1", "b2", "b3"):
            b = network.parameters[name]
            b[:] = 0.3 * np.random.default_rng(7).standard_normal(b.shape)
    network.cost_and_gradient(X, Y)
    return network, X, Y
