"""A scrambled Sobol sequence: points of the unit cube that are random, but evenly spread.

Each coordinate of a point is a fraction in binary, 0.x1 x2 x3..., of 30 digits. For point number i
they are the digits of i (as a Gray code, in which neighbours differ in one digit) times a matrix of
zeros and ones, all modulo 2. Each dimension has a matrix of its own, made from the direction
numbers of Joe and Kuo [1]_, such that every block of 2^k points has one in each slice of width
2^-k. To scramble, the digits are multiplied by a random lower-triangular matrix and some are
flipped [2]_: each point is then uniform, and the slices are still shared out evenly.

.. [1] S. Joe and F. Y. Kuo (2008), "Constructing Sobol sequences with better two-dimensional
   projections", SIAM J. Sci. Comput. 30: the first lines of their table new-joe-kuo-6.
.. [2] J. Matoušek (1998), "On the L2-discrepancy for anchored boxes", J. Complexity 14.
"""

import numpy as np

from course_utils.support import validation

_DIGITS = 30
# For dimensions 2, 3, ...: the inner coefficients of a primitive polynomial modulo 2 as a number,
# and the first direction numbers, as many as its degree.
_JOE_KUO = (
    (0, (1,)),
    (1, (1, 3)),
    (1, (1, 3, 1)),
    (2, (1, 1, 1)),
    (1, (1, 1, 3, 3)),
    (4, (1, 3, 5, 13)),
    (2, (1, 1, 5, 5, 17)),
    (4, (1, 1, 5, 5, 5)),
    (7, (1, 1, 7, 11, 19)),
)
DIMENSIONS = 1 + len(_JOE_KUO)


def points(count, dimensions, rng=None):
    """Return the first points, shape ``(count, dimensions)``; `rng` scrambles them.

    A `count` that is a power of 2 is spread best. At most 10 dimensions.

    >>> points(4, 2)
    array([[0.  , 0.  ],
           [0.5 , 0.5 ],
           [0.75, 0.25],
           [0.25, 0.75]])
    """
    count = validation.whole("count >= 1", count=count)
    dimensions = validation.whole(f"1 <= dimensions <= {DIMENSIONS}", dimensions=dimensions)
    validation.room(count=count, dimensions=dimensions, digits=_DIGITS)
    matrices = np.array([_matrix(dimension) for dimension in range(dimensions)])
    flips = np.zeros((dimensions, _DIGITS), dtype=int)
    if rng is not None:
        matrices, flips = _scrambled(matrices, validation.generator(rng))
    number = np.arange(count)
    gray = _digits(number ^ (number >> 1))[:, ::-1]  # the least significant digit first
    digits = (np.einsum("dpk,ik->idp", matrices, gray) + flips) % 2
    return digits @ 0.5 ** np.arange(1, _DIGITS + 1)


def _matrix(dimension):
    """Column k holds the binary digits of direction number k."""
    if dimension == 0:
        return np.eye(_DIGITS, dtype=int)
    coefficients, numbers = _JOE_KUO[dimension - 1]
    degree, m = len(numbers), list(numbers)
    inner = [coefficients >> (degree - 1 - i) & 1 for i in range(1, degree)]
    while len(m) < _DIGITS:
        new = m[-degree] ^ (m[-degree] << degree)
        for i, coefficient in enumerate(inner, start=1):
            new ^= coefficient * (m[-i] << i)
        m.append(new)
    fractions = np.array([number << (_DIGITS - k) for k, number in enumerate(m, start=1)])
    return _digits(fractions).T


def _digits(numbers):
    """Return the binary digits of whole numbers, the most significant first, in a last axis."""
    return numbers[..., None] >> np.arange(_DIGITS)[::-1] & 1


def _scrambled(matrices, rng):
    """Multiply by random lower-triangular matrices with ones on the diagonal; draw the flips."""
    (rng,) = rng.spawn(1)  # as SciPy does, so that the points are the same
    flips = rng.integers(2, size=matrices.shape[:2], dtype=np.uint32)[:, ::-1].astype(int)
    drawn = rng.integers(2, size=matrices.shape, dtype=np.uint32).astype(int)
    lower = np.tril(drawn, -1) + np.eye(_DIGITS, dtype=int)
    return lower @ matrices % 2, flips
