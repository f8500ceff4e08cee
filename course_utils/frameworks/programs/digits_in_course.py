"""The digit classifier with this course's own network, in NumPy."""

import digits_data as data
import numpy as np

from course_utils import optimizers, softmax, training
from course_utils.network import Network

network = Network([64, 128, 10], data.rng, dtype=np.float32)
Y = softmax.one_hot(data.labels, 10)
adam = optimizers.Adam(alpha=0.01)
learning = training.Training(network, data.X.T, Y, adam, data.rng, size=64)


def epoch():
    """Train for one epoch."""
    learning.run_epoch()


def predicted():
    """Return the class of each test digit."""
    return network.predict(data.x_test.T).argmax(axis=0)
