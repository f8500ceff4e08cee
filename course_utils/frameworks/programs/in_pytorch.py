"""The lecture's program in PyTorch."""

import torch

w = torch.tensor(0.0, requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.01)


def step():
    """Take one step of gradient descent."""
    optimizer.zero_grad()
    cost = w**2 - 10 * w + 25
    cost.backward()
    optimizer.step()


def value():
    """Return w as a number."""
    return w.item()
