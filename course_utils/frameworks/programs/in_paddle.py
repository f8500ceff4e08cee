"""The lecture's program in PaddlePaddle."""

import paddle

w = paddle.create_parameter([], "float32", default_initializer=paddle.nn.initializer.Constant(0.0))
optimizer = paddle.optimizer.SGD(0.01, parameters=[w])


def step():
    """Take one step of gradient descent."""
    cost = w**2 - 10 * w + 25
    cost.backward()
    optimizer.step()
    optimizer.clear_grad()


def value():
    """Return w as a number."""
    return float(w)
