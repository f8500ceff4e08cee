"""Optimizers: how a gradient becomes a step.

An optimizer is its hyperparameters: `alpha` is the learning rate, `beta` the fraction of an old
average that is kept, `epsilon` keeps a quotient finite. All parameters are one flat vector `theta`,
the same three lines for a bowl in the plane as for a network: ``state = optimizer.init(theta)``,
then ``theta, state = optimizer.step(theta, gradient, state)`` again and again. Nothing is changed
in place; float32 stays float32. A number out of its range, another optimizer's state and arrays of
another shape are refused; a gradient that has diverged to infinity or NaN is taken.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from course_utils.support import validation


@dataclass(frozen=True, kw_only=True)
class GradientDescent:
    """``theta -= alpha g``.

    >>> descent = GradientDescent(alpha=0.1)
    >>> theta, state = descent.step(np.array([1.0]), np.array([2.0]), descent.init([1.0]))
    >>> theta
    array([0.8])
    """

    alpha: float = 0.01

    def __post_init__(self):
        _require(self, alpha="alpha > 0")

    def init(self, theta):
        """Return the state before the first step: descent remembers nothing."""
        validation.reals("theta", theta)
        return ()

    def step(self, theta, gradient, state=()):
        """Return the next ``(theta, state)``."""
        validation.instance("state", state, tuple)
        theta, gradient = _arrays(theta, gradient)
        return theta - self.alpha * gradient, state


class MomentumState(NamedTuple):
    """The average of the gradients so far, `v`, of the shape of theta."""

    v: np.ndarray


@dataclass(frozen=True, kw_only=True)
class Momentum:
    """``v = beta v + (1 - beta) g; theta -= alpha v``.

    As in the lecture, v is an exponentially weighted average. PyTorch's ``SGD(momentum=beta)``
    leaves the factor ``1 - beta`` out: its learning rate is ``(1 - beta)`` times this alpha, and
    then the paths are the same. Keras leaves it out too and keeps ``-alpha v`` instead of v, which
    differs as soon as alpha changes on the way.

    >>> momentum = Momentum(alpha=0.1, beta=0.9)
    >>> theta, state = momentum.step(np.array([1.0]), np.array([2.0]), momentum.init([1.0]))
    >>> theta, state.v.round(2)
    (array([0.98]), array([0.2]))

    .. [1] B. T. Polyak (1964), "Some methods of speeding up the convergence of iteration methods".
    """

    alpha: float = 0.01
    beta: float = 0.9

    def __post_init__(self):
        _require(self, alpha="alpha > 0", beta="0 <= beta < 1")

    def init(self, theta):
        """Return the state before the first step."""
        return MomentumState(_zeros(theta))

    def step(self, theta, gradient, state):
        """Return the next ``(theta, state)``."""
        validation.instance("state", state, MomentumState)
        theta, gradient, v = _arrays(theta, gradient, state.v)
        v = self.beta * v + (1 - self.beta) * gradient
        return theta - self.alpha * v, MomentumState(v)


class RMSpropState(NamedTuple):
    """The average of the squared gradients so far, `s`, of the shape of theta."""

    s: np.ndarray


@dataclass(frozen=True, kw_only=True)
class RMSprop:
    """``s = beta s + (1 - beta) g^2; theta -= alpha g / (sqrt(s) + epsilon)``.

    Epsilon stands outside the root, as in PyTorch and Adam; Keras takes ``sqrt(s + epsilon)``,
    which at the same epsilon = 1e-8 acts on gradients 10 000 times larger. Their other defaults
    differ, too: PyTorch's beta is 0.99, Keras' epsilon 1e-7.

    >>> rmsprop = RMSprop(alpha=0.1, beta=0.75)
    >>> theta, state = rmsprop.step(np.array([1.0]), np.array([4.0]), rmsprop.init([1.0]))
    >>> theta.round(6), state.s
    (array([0.8]), array([4.]))

    .. [1] T. Tieleman and G. Hinton (2012), "Lecture 6.5: RMSprop".
    """

    alpha: float = 0.001
    beta: float = 0.9
    epsilon: float = 1e-8

    def __post_init__(self):
        _require(self, alpha="alpha > 0", beta="0 <= beta < 1", epsilon="epsilon >= 0")

    def init(self, theta):
        """Return the state before the first step."""
        return RMSpropState(_zeros(theta))

    def step(self, theta, gradient, state):
        """Return the next ``(theta, state)``."""
        validation.instance("state", state, RMSpropState)
        theta, gradient, s = _arrays(theta, gradient, state.s)
        s = self.beta * s + (1 - self.beta) * gradient**2
        return theta - self.alpha * gradient / (np.sqrt(s) + self.epsilon), RMSpropState(s)


class AdamState(NamedTuple):
    """Averages of the gradients, `v`, and of their squares, `s`, uncorrected, after `t` steps."""

    v: np.ndarray
    s: np.ndarray
    t: int


@dataclass(frozen=True, kw_only=True)
class Adam:
    """Momentum over RMSprop, both corrected for their start at 0.

    ``v = beta1 v + (1 - beta1) g; s = beta2 s + (1 - beta2) g^2``;
    ``theta -= alpha v_hat / (sqrt(s_hat) + epsilon)`` with ``v_hat = v / (1 - beta1^t)`` and
    ``s_hat = s / (1 - beta2^t)``. What is kept for the next step is v and s, not the corrected.
    The first step is alpha in every parameter, whatever the gradient; without `bias_correction`
    the first steps are too long (try it). Epsilon stands outside the root, as in [1]_ and PyTorch;
    Keras and TensorFlow add theirs, 1e-7, to the *uncorrected* root: "epsilon hat" in section 2 of
    [1]_. With `weight_decay`, theta shrinks before the step by ``alpha * weight_decay`` of itself,
    apart from the gradient ("decoupled", AdamW [2]_). It acts on the whole vector, biases too.
    PyTorch's ``AdamW`` does the same, by default with 0.01.

    >>> adam = Adam(alpha=0.1)
    >>> theta, state = adam.step(np.array([1.0]), np.array([123.0]), adam.init([1.0]))
    >>> theta.round(6), state.t
    (array([0.9]), 1)

    .. [1] D. P. Kingma and J. Ba (2015), "Adam: a method for stochastic optimization".
    .. [2] I. Loshchilov and F. Hutter (2019), "Decoupled weight decay regularization".
    """

    alpha: float = 0.001
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8
    bias_correction: bool = True
    weight_decay: float = 0.0

    def __post_init__(self):
        _require(self, alpha="alpha > 0", beta1="0 <= beta1 < 1", beta2="0 <= beta2 < 1")
        _require(self, epsilon="epsilon >= 0", weight_decay="weight_decay >= 0")
        validation.flag("bias_correction", self.bias_correction)

    def init(self, theta):
        """Return the state before the first step."""
        return AdamState(_zeros(theta), _zeros(theta), 0)

    def step(self, theta, gradient, state):
        """Return the next ``(theta, state)``."""
        validation.instance("state", state, AdamState)
        theta, gradient, v, s = _arrays(theta, gradient, state.v, state.s)
        t = state.t + 1
        v = self.beta1 * v + (1 - self.beta1) * gradient
        s = self.beta2 * s + (1 - self.beta2) * gradient**2
        v_hat, s_hat = v, s
        if self.bias_correction:
            v_hat, s_hat = v / (1 - self.beta1**t), s / (1 - self.beta2**t)
        if self.weight_decay:
            theta = theta * (1 - self.alpha * self.weight_decay)
        return theta - self.alpha * v_hat / (np.sqrt(s_hat) + self.epsilon), AdamState(v, s, t)


def path(optimizer, gradient, theta, steps):
    """Follow ``gradient(theta)`` from a start; return it and where each step led, a row each.

    >>> path(GradientDescent(alpha=0.25), lambda theta: 2 * theta, [4.0], 3).ravel()
    array([4. , 2. , 1. , 0.5])
    """
    theta, steps = validation.finite("theta", theta), validation.whole("steps >= 0", steps=steps)
    optimizer, gradient = checked(optimizer), validation.function("gradient", gradient)
    validation.room(steps=steps + 1, parameters=theta.size)
    points, state = [theta], optimizer.init(theta)
    with np.errstate(over="ignore", invalid="ignore"):  # a divergence ends at infinity or NaN
        for _ in range(steps):
            theta, state = optimizer.step(theta, gradient(theta), state)
            points.append(theta)
    return np.array(points)


def steps_along(optimizer, gradients):
    """Return the steps downhill, ``theta_old - theta_new``, for given gradients, a row each.

    With alpha = 1 they are in units of alpha.

    >>> steps_along(Adam(alpha=1.0, bias_correction=False), [1.0, 1.0, 1.0]).round(2)
    array([3.16, 4.25, 4.95])
    """
    optimizer, gradients = checked(optimizer), validation.finite("gradients", gradients)
    if gradients.ndim == 0:
        raise ValueError(f"gradients should be one a step, got the single number {gradients:g}")
    # Every step starts at 0, where the difference keeps all its digits.
    start = np.zeros(gradients.shape[1:], gradients.dtype)
    state, steps = optimizer.init(start), []
    for gradient in gradients:
        moved, state = optimizer.step(start, gradient, state)
        steps.append(start - moved)
    return np.array(steps)


def checked(optimizer):
    """Return an optimizer, anything with `init` and `step`; refuse what is none."""
    return validation.offers("optimizer", optimizer, "an optimizer such as Adam()", "init", "step")


def _zeros(theta):
    return np.zeros_like(validation.reals("theta", theta))


def _arrays(theta, gradient, *averages):
    """Return theta, the gradient and a state's averages as arrays of one shape."""
    theta, gradient = validation.reals("theta", theta), validation.reals("gradient", gradient)
    validation.same_shape("theta", theta, "gradient", gradient)
    averages = [validation.reals("state", average) for average in averages]
    for average in averages:
        validation.same_shape("theta", theta, "state", average)
    return theta, gradient, *averages


def _require(optimizer, **conditions):
    """Put checked numbers in the place of fields, although the dataclass is frozen."""
    for name, condition in conditions.items():
        number = validation.require(condition, **{name: getattr(optimizer, name)})
        object.__setattr__(optimizer, name, number)
