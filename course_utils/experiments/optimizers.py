"""How many steps a surface costs each optimizer; for a long valley, by formula and counted.

The valley is `surfaces.quadratic`: its curvatures are 1 and kappa, so kappa is its condition
number. Errors along its two axes do not mix, which is why everything about it can be derived.
"""

import numpy as np

from course_utils import optimizers
from course_utils.optimizers import GradientDescent, Momentum
from course_utils.support import validation
from course_utils.surfaces import plateau, quadratic, ravine, saddle

TARGET = 1e-6
"""The share of the first distance at which a walk counts as arrived."""

_LOOK = 50

SURFACES = {
    "valley, κ = 10": quadratic(10.0),
    "valley, κ = 100": quadratic(100.0),
    "bent ravine": ravine(),
    "saddle": saddle(),
    "plateau": plateau(),
}
"""Where all four optimizers are compared."""

NEAR = 0.01
"""The share of the first distance at which an optimizer counts as there, if it stays."""

ALPHAS = tuple(float(f"{alpha:.3g}") for alpha in np.geomspace(1e-3, 10, 41))
BETAS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
"""Where the best alpha of every optimizer, and the best beta of momentum, were looked for."""


def best_descent(kappa):
    """Return descent with the best alpha for a valley: ``2 / (1 + kappa)``.

    A step multiplies the two errors by ``1 - alpha`` and ``1 - alpha kappa``. This alpha makes
    them equally large, ``(kappa - 1) / (kappa + 1)``; any other makes one of them larger.

    Parameters
    ----------
    kappa : float
        Condition number, at least 1.

    Returns
    -------
    GradientDescent

    Raises
    ------
    ValueError
        If ``kappa >= 1`` does not hold.

    Examples
    --------
    >>> best_descent(3)
    GradientDescent(alpha=0.5)
    """
    return GradientDescent(alpha=2 / (1 + _checked(kappa)))


def best_momentum(kappa):
    """Return momentum with the best alpha and beta for a valley [1]_.

    ``beta = ((sqrt(kappa) - 1) / (sqrt(kappa) + 1))^2`` and
    ``alpha = (2 / (1 + sqrt(kappa)))^2 / (1 - beta)``. In the long run every step multiplies both
    errors by ``sqrt(beta)``. The division by ``1 - beta`` is there because v is an average here.

    Parameters
    ----------
    kappa : float
        Condition number, at least 1.

    Returns
    -------
    Momentum

    Raises
    ------
    ValueError
        If ``kappa >= 1`` does not hold.

    Examples
    --------
    >>> best = best_momentum(100)
    >>> round(best.alpha, 4), round(best.beta, 4)
    (0.1, 0.6694)

    References
    ----------
    .. [1] B. T. Polyak (1964), "Some methods of speeding up the convergence of iteration methods".
    """
    root = np.sqrt(_checked(kappa))
    beta = float(((root - 1) / (root + 1)) ** 2)
    return Momentum(alpha=float((2 / (1 + root)) ** 2 / (1 - beta)), beta=beta)


def predicted_steps(kappa):
    """Return how many steps to `TARGET` descent and momentum need at their best, for large kappa.

    Descent multiplies the distance by ``(kappa - 1) / (kappa + 1) ~ exp(-2 / kappa)`` a step,
    momentum by ``(sqrt(kappa) - 1) / (sqrt(kappa) + 1) ~ exp(-2 / sqrt(kappa))``.

    Parameters
    ----------
    kappa : float or ndarray
        Condition number, at least 1.

    Returns
    -------
    tuple of two float or ndarray
        Steps of descent and of momentum.

    Examples
    --------
    >>> [round(float(steps)) for steps in predicted_steps(100)]
    [691, 69]
    """
    kappa = validation.require_all("kappa >= 1", kappa=kappa)[()]
    return np.log(1 / TARGET) * kappa / 2, np.log(1 / TARGET) * np.sqrt(kappa) / 2


def measured_steps(optimizer, kappa, starts, *, most=20_000):
    """Count the steps until the distance is below `TARGET` of the first one.

    Parameters
    ----------
    optimizer : GradientDescent, Momentum, RMSprop or Adam
        Any object with `init` and `step`.
    kappa : float
        Condition number of the valley.
    starts : array_like, shape (2, ...)
        One start or many; none of them the minimum.
    most : int
        Where to give up.

    Returns
    -------
    ndarray of int, shape ``starts.shape[1:]``
        The first step that is close enough; ``most + 1`` where none is.

    Raises
    ------
    ValueError
        If ``kappa >= 1`` does not hold, or a start holds NaN or infinity or is the minimum.

    Examples
    --------
    >>> int(measured_steps(best_descent(100), 100, [1.0, 1.0]))
    691
    """
    gradient, theta = quadratic(_checked(kappa)).gradient, validation.finite("starts", starts)
    optimizer, most = optimizers.checked(optimizer), validation.whole("most >= 1", most=most)
    if theta.shape[:1] != (2,):
        raise ValueError(f"starts should be (2,) or (2, starts), but got shape {theta.shape}")
    first, state = np.hypot(*theta), optimizer.init(theta)
    if not first.all():
        raise ValueError("starts should lie off the minimum, but one of them is (0, 0)")
    steps, points = np.full(first.shape, most + 1), []
    with np.errstate(over="ignore", invalid="ignore"):
        for t in range(1, most + 1):
            theta, state = optimizer.step(theta, gradient(theta), state)
            points.append(theta)
            if t % _LOOK == 0 or t == most:  # looking at every step costs more than the steps
                share = np.hypot(*np.stack(points, axis=1)) / first
                arrived = (share < TARGET).any(axis=0)
                at = t - len(points) + 1 + (share < TARGET).argmax(axis=0)
                steps = np.where(arrived & (steps > most), at, steps)
                if (steps <= most).all() or not (share[-1] < 1 / TARGET).any():  # there, or lost
                    break
                points = []
    return steps


def _checked(kappa):
    return validation.require("kappa >= 1", kappa=kappa)


CREEPS, SWINGS, DIVERGES = range(3)


def regimes(alpha, beta, kappa):
    """Say how momentum moves in a valley in the long run, by the root that shrinks least.

    An error at curvature c goes as r^t with ``r^2 - (1 + beta - a c) r + beta = 0`` and
    ``a = alpha (1 - beta)``. Where a real root is the longest, an error creeps; where all roots are
    complex, both errors swing and shrink by ``sqrt(beta)``; where a root is longer than 1, one
    diverges.

    >>> [int(regimes(alpha, beta, 100)) for alpha, beta in ((0.01, 0), (0.1, 0.8), (0.1, 0.6))]
    [0, 1, 2]
    """
    longest, kind = np.zeros(np.broadcast(alpha, beta).shape), CREEPS
    for curvature in (1.0, kappa):
        middle = (1 + beta - alpha * (1 - beta) * curvature) / 2
        swings = middle**2 < beta
        real = np.abs(middle) + np.sqrt(np.maximum(middle**2 - beta, 0))
        size = np.where(swings, np.sqrt(beta), real)
        kind = np.where(size > longest, np.where(swings, SWINGS, CREEPS), kind)
        longest = np.maximum(size, longest)
    return np.where(longest > 1, DIVERGES, kind)


def borders(alpha, kappa):
    """Return the beta above which momentum swings in a valley, and the one below which it diverges.

    All roots of `regimes` are complex if ``beta > ((1 - alpha c) / (1 + alpha c))^2`` for both
    curvatures c, and one is longer than 1 if ``beta < (alpha kappa - 2) / (alpha kappa + 2)``.

    >>> [round(float(beta), 3) for beta in borders(0.1, 100)]  # the lowest beta that swings
    [0.669, 0.667]
    """
    across = alpha * kappa
    swings = np.maximum((1 - alpha) / (1 + alpha), np.abs(1 - across) / (1 + across)) ** 2
    return swings, (across - 2) / (across + 2)


def noisy_distances(optimizer, hill, noises):
    """Return the distance after each step and for each seed, shape ``(steps + 1, seeds)``."""
    draws = iter(noises)
    start = np.repeat(np.array(hill.start)[:, None], noises.shape[2], axis=1)
    points = optimizers.path(
        optimizer, lambda theta: hill.gradient(theta) + next(draws), start, len(noises)
    )
    return hill.distance(points.transpose(1, 0, 2))


def minima(hill):
    """Return where a surface is lowest, a column each; the saddle has a second place, mirrored."""
    one = np.array(hill.minimum)[:, None]
    return one * np.array([[1.0, 1.0], [1.0, -1.0]]) if hill.name == "saddle" else one


def distance_left(points, hill):
    """Return the distance to the nearest minimum."""
    x, y = minima(hill)[:, :, None]
    return np.hypot(points[0] - x, points[1] - y).min(axis=0)


def steps_to_stay(optimizer, hill, starts, *, most=1000):
    """Count the steps until at most `NEAR` of the first distance is left, and stays left.

    Returns
    -------
    ndarray of int, shape (starts,)
        ``most + 1`` where it is not so by then.
    """
    points = optimizers.path(optimizer, hill.gradient, starts, most)
    away = distance_left(points.transpose(1, 0, 2).reshape(2, -1), hill).reshape(most + 1, -1)
    far = ~(away <= NEAR * away[0])  # NaN is far
    return np.where(far.any(axis=0), most + 1 - far[::-1].argmax(axis=0), 0)


_BEST = {  # alphas of descent, momentum, RMSprop and Adam; alpha and beta of momentum
    "valley, κ = 10": (0.158, 0.126, 0.0501, 0.316, (0.316, 0.4)),
    "valley, κ = 100": (0.0158, 0.126, 0.0501, 0.316, (0.1, 0.7)),
    "bent ravine": (0.02, 0.126, 0.0126, 0.501, (0.1, 0.7)),
    "saddle": (0.794, 2.0, 0.0316, 0.1, (1.58, 0.3)),
    "plateau": (1.58, 6.31, 0.02, 0.794, (3.16, 0.3)),
}


def at_their_best(surface, factor=1.0):
    """Return optimizers by name, each with the alpha that takes the fewest `steps_to_stay`.

    The alphas are the best of `ALPHAS` from the surface's own start, times the factor; momentum is
    there twice, with the usual beta and with the best of `BETAS`. RMSprop's beta is 0.9, Adam's are
    0.9 and 0.999.
    """
    factor = validation.require("factor > 0", factor=factor)
    *alphas, (alpha, beta) = _BEST[validation.one_of("surface", surface, list(SURFACES))]
    descent, momentum, rmsprop, adam = (factor * alpha for alpha in alphas)
    return {
        "descent": GradientDescent(alpha=descent),
        "momentum (β = 0.9)": Momentum(alpha=momentum),
        "momentum (best β)": Momentum(alpha=factor * alpha, beta=beta),
        "RMSprop": optimizers.RMSprop(alpha=rmsprop),
        "Adam": optimizers.Adam(alpha=adam),
    }
