"""The lecture's program in Keras, eager: a layer holds w, and the coefficients are its data."""

import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
import keras
import numpy as np


class Parabola(keras.layers.Layer):
    """Computes a w² + b w + c from the coefficients."""

    def build(self, input_shape):
        """Make w."""
        self.w = self.add_weight(shape=(), initializer="zeros")

    def call(self, x):
        """Return the cost."""
        return x[:, 0] * self.w**2 + x[:, 1] * self.w + x[:, 2]


layer = Parabola()
model = keras.Sequential([keras.Input([3]), layer])
model.compile(
    optimizer=keras.optimizers.SGD(0.01),
    loss=lambda _, cost: cost,
    run_eagerly=True,
)
x, y = np.array([[1.0, -10.0, 25.0]], np.float32), np.zeros(1, np.float32)


def step():
    """Take one step of gradient descent."""
    model.train_on_batch(x, y)


def value():
    """Return w as a number."""
    return float(layer.w.numpy())
