"""Programs of the graph, run step by step: the lecture's descent, and a classifier of digits.

The state behind a frame is a session: the variables and what the optimizer remembers. Going on
from a frame is going on with a copy of its session.
"""

from copy import copy
from functools import cache
from typing import NamedTuple

import numpy as np

import course_utils.graph as tf
from course_utils import datasets, softmax
from course_utils.experiments import live
from course_utils.graph.operations import OPERATIONS, as_shaped

STEPS, STEPS_A_FRAME = 1100, 25  # of the lecture's program
PRECISIONS = {"float32": tf.float32, "float64": tf.float64}


def handed_on(node, gradients, values):
    """Return the gradients that a node hands on to its inputs, one each, on the way back."""
    inputs = [values[one] for one in node.inputs]
    back = OPERATIONS[node.operation].backward
    parts = back(gradients[node], values[node], *inputs, **node.settings)
    return [as_shaped(part, x) for part, x in zip(parts, inputs, strict=True)]


class _Descended(NamedTuple):
    session: tf.Session
    way: tuple  # w after each step of the frame


class Descent:
    """The lecture's program: w on its way to the minimum of ``w^2 + b w + 25``.

    Parameters
    ----------
    dtype : numpy dtype
        Of w.
    """

    def __init__(self, dtype):
        self._w, self._x = tf.Variable(0, dtype=dtype), tf.placeholder(dtype, [3, 1])
        cost = self._x[0][0] * self._w**2 + self._x[1][0] * self._w + self._x[2][0]
        self._train = cache(lambda alpha: tf.train.GradientDescentOptimizer(alpha).minimize(cost))
        self._runs = live.Runs(_Descended(_begun(), (0.0,)), self._advance)

    def reach(self, step, b, alpha):
        """Yield every w so far, from 0 on, after each frame on the way to a step."""
        for _, states in self._runs.reach(-(-step // STEPS_A_FRAME), (b, alpha)):
            yield np.array([w for state in states for w in state.way])[: step + 1]

    def way(self, step, b, alpha):
        """Return w after steps 0 to the one asked for."""
        *_, way = self.reach(step, b, alpha)
        return way

    def _advance(self, state, settings):
        b, alpha = settings
        session, fed, way = copy(state.session), {self._x: [[1.0], [b], [25.0]]}, []
        for _ in range(STEPS_A_FRAME):
            session.run(self._train(alpha), fed)
            way.append(float(session.run(self._w)))
        return _Descended(session, tuple(way))


@cache
def descent(precision):
    """Return the `Descent` of one of `PRECISIONS`, the same for pictures and checks."""
    return Descent(PRECISIONS[precision])


OPTIMIZERS = {
    "descent": tf.train.GradientDescentOptimizer,
    "momentum": tf.train.MomentumOptimizer,
    "RMSprop": tf.train.RMSPropOptimizer,
    "Adam": tf.train.AdamOptimizer,
}


class Learned(NamedTuple):
    """A classifier after some steps: its session, its weights, its accuracy on its own digits."""

    steps: int
    session: tf.Session
    W: np.ndarray
    accuracy: float


class Classifier:
    """Softmax on the digits as a graph that is fed mini-batches, for any settings.

    The settings are ``(alpha, size, optimizer)``. Every epoch shuffles the digits and feeds each
    of them once.
    """

    steps, steps_a_frame = 400, 10

    def __init__(self):
        X, labels = datasets.digits()
        self._X, self._Y = X.T, softmax.one_hot(labels, 10).T
        self._x, self._y = (tf.placeholder(tf.float32, [None, n]) for n in (64, 10))
        self._W, b = (tf.Variable(np.zeros(n), dtype=tf.float32) for n in ((64, 10), 10))
        self._z = self._x @ self._W + b
        losses = tf.nn.softmax_cross_entropy_with_logits(labels=self._y, logits=self._z)
        cost = tf.reduce_mean(losses)
        self._train = cache(lambda alpha, optimizer: OPTIMIZERS[optimizer](alpha).minimize(cost))
        self._runs = live.Runs(self._look(_begun()), self._advance)

    def reach(self, step, alpha, size, optimizer):
        """Yield all states so far after each frame on the way to a step."""
        frames = step // self.steps_a_frame
        for _, states in self._runs.reach(frames, (alpha, size, optimizer)):
            yield states

    def _advance(self, state, settings):
        alpha, size, optimizer = settings
        session, train = copy(state.session), self._train(alpha, optimizer)
        end = state.steps + self.steps_a_frame
        for step in range(state.steps, end):
            part = self._batch(step, size)
            session.run(train, {self._x: self._X[part], self._y: self._Y[part]})
        return self._look(session, end)

    def _batch(self, step, size):
        """Return which digits a step is fed."""
        m = len(self._X)
        epoch, place = divmod(step, -(-m // size))
        return np.random.default_rng(epoch).permutation(m)[place * size :][:size]

    def _look(self, session, steps=0):
        z, W = session.run([self._z, self._W], {self._x: self._X})
        right = z.argmax(axis=1) == self._Y.argmax(axis=1)
        return Learned(steps, session, W, float(right.mean()))


def _begun():
    """Return a session in which every variable made so far has its initial value."""
    session = tf.Session()
    session.run(tf.global_variables_initializer())
    return session
