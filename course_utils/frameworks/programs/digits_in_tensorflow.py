"""The digit classifier in TensorFlow 2, its step compiled."""

import digits_data as data
import tensorflow as tf

W1 = tf.Variable(tf.random.normal((64, 128), stddev=(2 / 64) ** 0.5))
W2 = tf.Variable(tf.random.normal((128, 10), stddev=(2 / 128) ** 0.5))
b1, b2 = tf.Variable(tf.zeros(128)), tf.Variable(tf.zeros(10))
theta = [W1, b1, W2, b2]
optimizer = tf.keras.optimizers.Adam(0.01)
optimizer.build(theta)


def scores(X):
    """Return the logits."""
    return tf.nn.relu(X @ W1 + b1) @ W2 + b2


@tf.function
def step(X, labels):
    """Take one step."""
    with tf.GradientTape() as tape:
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, scores(X))
        cost = tf.reduce_mean(losses)
    optimizer.apply_gradients(zip(tape.gradient(cost, theta), theta, strict=True))


def epoch():
    """Train for one epoch."""
    for part in data.batches(data.rng):
        step(tf.constant(data.X[part]), tf.constant(data.labels[part]))


def predicted():
    """Return the class of each test digit."""
    return scores(data.x_test).numpy().argmax(axis=1)
