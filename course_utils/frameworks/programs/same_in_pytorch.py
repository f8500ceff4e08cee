"""Compute in PyTorch what this course computes: ``python same_in_pytorch.py given.npz out.npz``.

PyTorch keeps examples in rows. What is given and what is returned has them in columns. Each
quantity is computed twice: given our numbers as they are ("plain"), and with PyTorch's conventions
set right ("right").
"""

import sys

import numpy as np
import torch
from torch.nn import functional


def batch_norm(given, **settings):
    """Return the mini-batch normalised, and the running mean and variance after it."""
    units = len(given["z"])
    layer = torch.nn.BatchNorm1d(units, dtype=torch.float64, **settings)
    layer.weight.data[:] = torch.tensor(given["gamma"][:, 0])
    layer.bias.data[:] = torch.tensor(given["beta"][:, 0])
    z_tilde = layer(torch.tensor(given["z"].T)).detach().numpy().T
    return z_tilde, layer.running_mean.numpy()[:, None], layer.running_var.numpy()[:, None]


def path(given, optimizer, **settings):
    """Return theta after steps along the given gradients."""
    theta = torch.nn.Parameter(torch.tensor(given["theta"]))
    optimizer = optimizer([theta], **settings)
    for gradient in given["gradients"]:
        theta.grad = torch.tensor(gradient)
        optimizer.step()
    return theta.detach().numpy()


def growth(given, rate):
    """Return by how much dropout multiplies what it keeps."""
    a = given["a"]
    dropped = functional.dropout(torch.tensor(a), rate).numpy()
    return np.unique((dropped / a)[dropped != 0].round(12))


def softmax_cost(z, given):
    """Return the mean cross-entropy of what is taken for logits."""
    return functional.cross_entropy(z, torch.tensor(given["y"].T)).numpy()


def compute(given):
    """Return all quantities, by name and convention."""
    alpha, momentum = given["alpha"].item(), given["momentum"].item()
    keep_prob, lambda_ = given["keep_prob"].item(), given["lambda"].item()
    m = given["z"].shape[1]
    plain = batch_norm(given, momentum=momentum)
    right = batch_norm(given, momentum=1 - momentum)
    sgd, adam, rmsprop = torch.optim.SGD, torch.optim.Adam, torch.optim.RMSprop
    z = torch.tensor(given["logits"].T)
    biased = (right[2] - momentum) * (m - 1) / m + momentum  # running variances start at 1
    return {
        "batch norm: a mini-batch": (plain[0], right[0]),
        "batch norm: running mean": (plain[1], right[1]),
        "batch norm: running variance": (plain[2], biased),
        "gradient descent with L2": (
            path(given, sgd, lr=alpha, weight_decay=lambda_),
            path(given, sgd, lr=alpha, weight_decay=lambda_ / given["examples"].item()),
        ),
        "momentum": (
            path(given, sgd, lr=alpha, momentum=momentum),
            path(given, sgd, lr=alpha * (1 - momentum), momentum=momentum),
        ),
        "RMSprop": (
            path(given, rmsprop, lr=alpha),
            path(given, rmsprop, lr=alpha, alpha=momentum),
        ),
        "Adam": (path(given, adam, lr=alpha),) * 2,
        "dropout": (growth(given, keep_prob), growth(given, 1 - keep_prob)),
        "softmax cost": (softmax_cost(torch.softmax(z, 1), given), softmax_cost(z, given)),
    }


if __name__ == "__main__":
    torch.manual_seed(0)
    found = compute(dict(np.load(sys.argv[1])))
    both = {
        f"{n}|{k}": x
        for n, pair in found.items()
        for k, x in zip(("plain", "right"), pair, strict=True)
    }
    np.savez(sys.argv[2], version=torch.__version__, **both)
