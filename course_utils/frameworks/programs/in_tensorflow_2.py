"""The lecture's program in TensorFlow 2, eager: each line is computed when it is reached."""

import tensorflow as tf

w = tf.Variable(0.0)
optimizer = tf.keras.optimizers.SGD(0.01)


def step():
    """Take one step of gradient descent."""
    with tf.GradientTape() as tape:
        cost = w**2 - 10 * w + 25
    optimizer.apply_gradients([(tape.gradient(cost, w), w)])


def value():
    """Return w as a number."""
    return float(w)
