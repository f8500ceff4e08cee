"""The lecture's program in PyTorch, compiled: a function from w to the next w."""

import torch

w = torch.tensor(0.0)


def cost(w):
    """Return (w − 5)²."""
    return w**2 - 10 * w + 25


@torch.compile
def descend(w):
    """Return w after one step of gradient descent."""
    return w - 0.01 * torch.func.grad(cost)(w)


def step():
    """Take one step of gradient descent."""
    global w
    w = descend(w)


def value():
    """Return w as a number."""
    return w.item()
