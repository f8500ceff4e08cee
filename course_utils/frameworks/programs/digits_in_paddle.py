"""The digit classifier in PaddlePaddle."""

import digits_data as data
import paddle
from paddle import nn

network = nn.Sequential(nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 10))
optimizer = paddle.optimizer.Adam(0.01, parameters=network.parameters())
loss = nn.CrossEntropyLoss()


def epoch():
    """Train for one epoch."""
    for part in data.batches(data.rng):
        X, labels = paddle.to_tensor(data.X[part]), paddle.to_tensor(data.labels[part])
        loss(network(X), labels).backward()
        optimizer.step()
        optimizer.clear_grad()


def predicted():
    """Return the class of each test digit."""
    return network(paddle.to_tensor(data.x_test)).numpy().argmax(axis=1)
