"""Optimizers: how a gradient becomes a step.

An optimizer is its hyperparameters. All parameters are one flat vector `theta`, the same three
lines for a bowl in the plane as for a network: ``state = optimizer.init(theta)``, then
``theta, state = optimizer.step(theta, gradient, state)`` again and again. Nothing is changed in
place; float32 stays float32. A step refuses another optimizer's state and arrays of another shape;
it takes a gradient that has diverged to infinity or NaN.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from course_utils.support import validation


@dataclass(frozen=True, kw_only=True)
class GradientDescent:
    """``theta -= alpha g``.

    Parameters
    ----------
    alpha : float
        Learning rate.

    Raises
    ------
    ValueError
        If ``alpha > 0`` does not hold.

    Examples
    --------
    >>> descent = GradientDescent(alpha=0.1)
    >>> theta, state = descent.step(np.array([1.0]), np.array([2.0]), descent.init([1.0]))
    >>> theta
    array([0.8])
    """

    alpha: float = 0.01

    def __post_init__(self):
        _clean(self, "alpha > 0")

    def init(self, theta):
        """Return the state before the first step: descent remembers nothing."""
        validation.reals("theta", theta)
        return ()

    def step(self, theta, gradient, state=()):
        """Return the next ``(theta, state)``."""
        theta, gradient = _arrays(theta, gradient)
        validation.instance("state", state, tuple)
        return theta - self.alpha * gradient, state


class MomentumState(NamedTuple):
    """The average of the gradients so far, `v`, of the shape of theta."""

    v: np.ndarray


@dataclass(frozen=True, kw_only=True)
class Momentum:
    """``v = beta v + (1 - beta) g; theta -= alpha v``.

    Parameters
    ----------
    alpha : float
        Learning rate.
    beta : float
        Share of the old average that is kept.

    Raises
    ------
    ValueError
        If ``alpha > 0`` or ``0 <= beta < 1`` does not hold.

    Notes
    -----
    As in the lecture, v is an exponentially weighted average. PyTorch's ``SGD(momentum=beta)``
    leaves the factor ``1 - beta`` out: its learning rate is ``(1 - beta)`` times this alpha, and
    then the paths are the same. Keras leaves it out too and keeps ``-alpha v`` instead of v, which
    differs as soon as alpha changes on the way.

    Examples
    --------
    >>> momentum = Momentum(alpha=0.1, beta=0.9)
    >>> theta, state = momentum.step(np.array([1.0]), np.array([2.0]), momentum.init([1.0]))
    >>> theta, state.v.round(2)
    (array([0.98]), array([0.2]))

    References
    ----------
    .. [1] B. T. Polyak (1964), "Some methods of speeding up the convergence of iteration methods".
    """

    alpha: float = 0.01
    beta: float = 0.9

    def __post_init__(self):
        _clean(self, "alpha > 0", "0 <= beta < 1")

    def init(self, theta):
        """Return the state before the first step."""
        return MomentumState(_zeros(theta))

    def step(self, theta, gradient, state):
        """Return the next ``(theta, state)``."""
        theta, gradient, v = _arrays(theta, gradient, state, MomentumState)
        v = self.beta * v + (1 - self.beta) * gradient
        return theta - self.alpha * v, MomentumState(v)


class RMSpropState(NamedTuple):
    """The average of the squared gradients so far, `s`, of the shape of theta."""

    s: np.ndarray


@dataclass(frozen=True, kw_only=True)
class RMSprop:
    """``s = beta s + (1 - beta) g^2; theta -= alpha g / (sqrt(s) + epsilon)``.

    Parameters
    ----------
    alpha : float
        Learning rate.
    beta : float
        Share of the old average that is kept.
    epsilon : float
        Keeps the quotient finite. It stands outside the root, as in PyTorch and Adam; Keras takes
        ``sqrt(s + epsilon)``, which at the same epsilon = 1e-8 acts on gradients 10 000 times
        larger. Their other defaults differ, too: PyTorch's beta is 0.99, Keras' epsilon 1e-7.

    Raises
    ------
    ValueError
        If ``alpha > 0``, ``0 <= beta < 1`` or ``epsilon >= 0`` does not hold.

    Examples
    --------
    >>> rmsprop = RMSprop(alpha=0.1, beta=0.75)
    >>> theta, state = rmsprop.step(np.array([1.0]), np.array([4.0]), rmsprop.init([1.0]))
    >>> theta.round(6), state.s
    (array([0.8]), array([4.]))

    References
    ----------
    .. [1] T. Tieleman and G. Hinton (2012), "Lecture 6.5: RMSprop".
    """

    alpha: float = 0.001
    beta: float = 0.9
    epsilon: float = 1e-8

    def __post_init__(self):
        _clean(self, "alpha > 0", "0 <= beta < 1", "epsilon >= 0")

    def init(self, theta):
        """Return the state before the first step."""
        return RMSpropState(_zeros(theta))

    def step(self, theta, gradient, state):
        """Return the next ``(theta, state)``."""
        theta, gradient, s = _arrays(theta, gradient, state, RMSpropState)
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

    Parameters
    ----------
    alpha : float
        Learning rate; the first step is alpha in every parameter, whatever the gradient.
    beta1, beta2 : float
        Shares of the old averages that are kept.
    epsilon : float
        Keeps the quotient finite; outside the root, as in [1]_ and PyTorch. Keras and TensorFlow
        add theirs, 1e-7, to the *uncorrected* root: "epsilon hat" in section 2 of [1]_.
    bias_correction : bool
        False divides by nothing: the first steps then are too long (try it).
    weight_decay : float
        Before the step, theta shrinks by ``alpha * weight_decay`` of itself, apart from the
        gradient ("decoupled", AdamW [2]_). It acts on the whole vector, biases too. PyTorch's
        ``AdamW`` does the same, by default with 0.01.

    Raises
    ------
    ValueError
        If ``alpha > 0``, ``0 <= beta < 1``, ``epsilon >= 0`` or ``weight_decay >= 0`` does not
        hold.

    Examples
    --------
    >>> adam = Adam(alpha=0.1)
    >>> theta, state = adam.step(np.array([1.0]), np.array([123.0]), adam.init([1.0]))
    >>> theta.round(6), state.t
    (array([0.9]), 1)

    References
    ----------
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
        _clean(self, "alpha > 0", "0 <= beta1 < 1", "0 <= beta2 < 1")
        _clean(self, "epsilon >= 0", "weight_decay >= 0")
        validation.flag("bias_correction", self.bias_correction)

    def init(self, theta):
        """Return the state before the first step."""
        return AdamState(_zeros(theta), _zeros(theta), 0)

    def step(self, theta, gradient, state):
        """Return the next ``(theta, state)``."""
        theta, gradient, v, s = _arrays(theta, gradient, state, AdamState)
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
    """Follow an optimizer from a start.

    Parameters
    ----------
    optimizer : GradientDescent, Momentum, RMSprop or Adam
        Any object with `init` and `step`.
    gradient : callable
        ``gradient(theta)``, of the shape of theta.
    theta : array_like, shape (n,)
        The start.
    steps : int
        How many steps.

    Returns
    -------
    ndarray, shape (steps + 1, n)
        The start and where each step led; after a divergence infinity or NaN.

    Raises
    ------
    ValueError
        If ``steps >= 0`` does not hold or the start holds NaN or infinity.

    Examples
    --------
    >>> path(GradientDescent(alpha=0.25), lambda theta: 2 * theta, [4.0], 3).ravel()
    array([4. , 2. , 1. , 0.5])
    """
    theta, steps = validation.finite("theta", theta), validation.whole("steps >= 0", steps=steps)
    optimizer, gradient = checked(optimizer), validation.function("gradient", gradient)
    validation.room(steps=steps + 1, parameters=theta.size)
    points, state = [theta], optimizer.init(theta)
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(steps):
            theta, state = optimizer.step(theta, gradient(theta), state)
            points.append(theta)
    return np.array(points)


def steps_along(optimizer, gradients):
    """Return the steps that an optimizer takes for given gradients, wherever they come from.

    Parameters
    ----------
    optimizer : GradientDescent, Momentum, RMSprop or Adam
        Any object with `init` and `step`. With alpha = 1 the steps are in units of alpha.
    gradients : array_like, shape (steps, ...)
        The gradient of each step.

    Returns
    -------
    ndarray, shape (steps, ...)
        How far each step goes downhill: ``theta_old - theta_new``.

    Raises
    ------
    ValueError
        If a gradient is NaN or infinite.

    Examples
    --------
    >>> steps_along(Adam(alpha=1.0, bias_correction=False), [1.0, 1.0, 1.0]).round(2)
    array([3.16, 4.25, 4.95])
    """
    optimizer, gradients = checked(optimizer), validation.finite("gradients", gradients)
    if not gradients.ndim:
        raise ValueError(f"gradients should be one a step, got the single number {gradients:g}")
    # Every step starts at 0, where the difference keeps all its digits.
    here = np.zeros(gradients.shape[1:], gradients.dtype)
    state, steps = optimizer.init(here), []
    for gradient in gradients:
        moved, state = optimizer.step(here, gradient, state)
        steps.append(here - moved)
    return np.array(steps)


def checked(optimizer):
    """Return an optimizer, anything with `init` and `step`; refuse what is none."""
    return validation.offers("optimizer", optimizer, "an optimizer such as Adam()", "init", "step")


def _zeros(theta):
    return np.zeros_like(validation.reals("theta", theta))


def _arrays(theta, gradient, state=None, kind=None):
    """Return theta, the gradient and a state's averages as arrays of one shape."""
    arrays = [validation.reals("theta", theta), validation.reals("gradient", gradient)]
    if kind:
        averages = validation.instance("state", state, kind)[:2]  # without Adam's t
        arrays += [validation.reals("state", average) for average in averages]
    for name, a in zip(("gradient", "state", "state"), arrays[1:], strict=False):
        if a.shape != arrays[0].shape:
            validation.same_shape("theta", arrays[0], name, a)
    return arrays


def _clean(optimizer, *conditions):
    """Put checked numbers in the place of an optimizer's fields."""
    for condition in conditions:
        name = next(word for word in condition.split() if word.isidentifier())
        number = validation.require(condition, **{name: getattr(optimizer, name)})
        object.__setattr__(optimizer, name, number)
