"""The lecture's program in TensorFlow, by the names of TensorFlow 1 that it still keeps."""

import tensorflow.compat.v1 as tf

tf.disable_eager_execution()
w = tf.Variable(0, dtype=tf.float32)
cost = tf.add(tf.add(w**2, tf.multiply(-10.0, w)), 25)
train = tf.train.GradientDescentOptimizer(0.01).minimize(cost)
session = tf.Session()
session.run(tf.global_variables_initializer())


def step():
    """Take one step of gradient descent."""
    session.run(train)


def value():
    """Return w as a number."""
    return float(session.run(w))
