"""Cost surfaces over two parameters: where an optimizer can be watched.

`theta` is ``(2,)``, or ``(2, ...)`` for many points at once: a path, or the grid of a picture.
Another shape and a number out of its range are a ValueError.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from course_utils.support import validation


@dataclass(frozen=True)
class Surface:
    """A cost of two parameters, with its gradient.

    ``value(theta)`` is J, of shape ``theta.shape[1:]``, ``gradient(theta)`` dJ/dtheta, of the shape
    of theta. `minimum` is where J is least (one such place if there are several), `start` a place
    from which the path is instructive, and `limits`, ``(left, right, bottom, top)``, a picture that
    holds both.
    """

    name: str
    value: Callable = field(repr=False)
    gradient: Callable = field(repr=False)
    minimum: tuple
    start: tuple
    limits: tuple

    def __post_init__(self):
        validation.text("name", self.name)
        validation.function("value", self.value)
        validation.function("gradient", self.gradient)
        for name, count in (("minimum", 2), ("start", 2), ("limits", 4)):
            numbers = validation.finite(name, getattr(self, name))
            if numbers.shape != (count,):
                raise ValueError(f"{name} should be {count} numbers, but got {numbers.shape}")

    def distance(self, theta):
        """Return how far each point is from `minimum`."""
        theta = validation.reals("theta", theta)
        if theta.shape[:1] != (2,):
            raise ValueError(f"theta should be (2,) or (2, points), but got shape {theta.shape}")
        x, y = np.asarray(self.minimum, float)
        return np.hypot(theta[0] - x, theta[1] - y)


def quadratic(kappa=10.0):
    """Make a long valley: ``J = (theta_1^2 + kappa theta_2^2) / 2``.

    Its curvatures are 1 and kappa, so kappa is its condition number. Descent needs
    ``alpha < 2 / kappa``; ``alpha = 2 / (1 + kappa)`` is fastest and shrinks the distance by
    ``(kappa - 1) / (kappa + 1)`` a step.

    >>> bowl = quadratic(10)
    >>> bowl.value(np.array([1.0, 1.0])), bowl.gradient(np.array([1.0, 1.0]))
    (np.float64(5.5), array([ 1., 10.]))
    """
    kappa = validation.require("kappa >= 1", kappa=kappa)

    def value(theta):
        return (theta[0] ** 2 + kappa * theta[1] ** 2) / 2

    def gradient(theta):
        return np.array([theta[0], kappa * theta[1]])

    return Surface(
        f"valley, κ = {kappa:g}",
        value,
        gradient,
        minimum=(0.0, 0.0),
        start=(-4.0, 1.5),
        limits=(-5.0, 5.0, -2.5, 2.5),
    )


def ravine(steepness=10.0):
    """Make a bent valley: ``J = (1 - theta_1)^2 + steepness (theta_2 - theta_1^2)^2``.

    `steepness` is that of its walls; Rosenbrock [1]_ took 100.

    >>> ravine().gradient(np.array([1.0, 1.0]))
    array([-0.,  0.])

    .. [1] H. H. Rosenbrock (1960), "An automatic method for finding the greatest or least value of
       a function".
    """
    steepness = validation.require("steepness > 0", steepness=steepness)

    def value(theta):
        return (1 - theta[0]) ** 2 + steepness * (theta[1] - theta[0] ** 2) ** 2

    def gradient(theta):
        off = theta[1] - theta[0] ** 2
        return np.array([-2 * (1 - theta[0]) - 4 * steepness * off * theta[0], 2 * steepness * off])

    return Surface(
        "bent ravine",
        value,
        gradient,
        minimum=(1.0, 1.0),
        start=(-1.2, 1.0),
        limits=(-2.0, 2.0, -0.8, 2.4),
    )


def saddle():
    """Make a pass between two valleys: ``J = theta_1^2 / 2 - theta_2^2 / 2 + theta_2^4 / 4``.

    At the origin the gradient is 0, but it is no minimum: J falls along theta_2, to -1/4 at
    ``theta_2 = -1`` and 1.

    >>> saddle().value(np.array([[0.0, 0.0], [0.0, 1.0]]))
    array([ 0.  , -0.25])

    .. [1] Y. Dauphin and others (2014), "Identifying and attacking the saddle point problem in
       high-dimensional non-convex optimization".
    """

    def value(theta):
        return theta[0] ** 2 / 2 - theta[1] ** 2 / 2 + theta[1] ** 4 / 4

    def gradient(theta):
        return np.array([theta[0], theta[1] ** 3 - theta[1]])

    return Surface(
        "saddle",
        value,
        gradient,
        minimum=(0.0, 1.0),
        start=(-1.8, 0.001),
        limits=(-2.0, 2.0, -1.6, 1.6),
    )


def plateau():
    """Make a round pit in a wide plain: ``J = 1 - exp(-||theta||^2 / 2)``.

    Far out the gradient almost vanishes, and with it the steps of descent; those of RMSprop and
    Adam, which divide by its size, do not.

    >>> plateau().gradient(np.array([-3.5, 1.5])).round(4)
    array([-0.0025,  0.0011])
    """

    def bell(theta):
        return np.exp(-(theta[0] ** 2 + theta[1] ** 2) / 2)

    def value(theta):
        return 1 - bell(theta)

    def gradient(theta):
        return theta * bell(theta)

    return Surface(
        "plateau",
        value,
        gradient,
        minimum=(0.0, 0.0),
        start=(-3.0, 1.5),
        limits=(-4.5, 4.5, -3.0, 3.0),
    )
