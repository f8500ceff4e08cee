"""Write the arrays that the tests compare with PyTorch; run once, kept for the record.

``python -m tests.tools.make_torch_oracles softmax`` writes ``tests/oracles/softmax.npz``. Needs
torch 2.13.0, which the project itself does not install. PyTorch keeps examples in rows; what is
stored has them in columns.
"""

import argparse
from pathlib import Path

import numpy as np
import torch

ORACLES = Path(__file__).parents[2] / "tests" / "oracles"


def softmax():
    """Cross-entropy from logits: value and gradient, for small and for large logits."""
    rng = np.random.default_rng(14)
    logits = 3 * rng.standard_normal((5, 8))
    labels = rng.integers(0, 5, 8)
    one_hot = np.eye(5)[:, labels]
    smooth = 0.9 * one_hot + 0.1 / 5
    result = {
        "logits": logits,
        "large_logits": 1000 * np.sign(logits) + logits,
        "one_hot": one_hot,
        "smooth": smooth,
    }
    for size in ("", "large_"):
        z = torch.tensor(result[f"{size}logits"].T)
        result[f"{size}probabilities"] = torch.softmax(z, dim=1).numpy().T
        result[f"{size}log_probabilities"] = torch.log_softmax(z, dim=1).numpy().T
        for kind in ("one_hot", "smooth"):
            for name, array in _cross_entropy(z, torch.tensor(result[kind].T)).items():
                result[f"{size}{kind}_{name}"] = array
    return result


def _cross_entropy(z, y):
    z = z.clone().requires_grad_()
    cost = torch.nn.functional.cross_entropy(z, y)
    cost.backward()
    loss = torch.nn.functional.cross_entropy(z.detach(), y, reduction="none")
    return {"loss": loss.numpy(), "cost": cost.detach().numpy(), "gradient": z.grad.numpy().T}


def batch_norm():
    """Three mini-batches through BatchNorm1d in training, then two examples in evaluation."""
    rng, batches, units, m = np.random.default_rng(11), 3, 4, 6
    z = rng.normal([[0], [3], [-50], [0]], [[1], [0.01], [20], [0]], (batches, units, m))
    d, z_test = rng.standard_normal(z.shape), rng.normal(0, 10, (units, 2))
    gamma, beta = rng.normal(1, 1, (units, 1)), rng.standard_normal((units, 1))
    layer = torch.nn.BatchNorm1d(units, eps=1e-5, momentum=0.1, dtype=torch.float64)
    layer.weight.data[:], layer.bias.data[:] = map(torch.tensor, (gamma[:, 0], beta[:, 0]))
    steps = [_batch_norm_step(layer, *pair) for pair in zip(z, d, strict=True)]
    result = {name: np.stack([step[name] for step in steps]) for name in steps[0]}
    mean, variance = (a.numpy()[:, None].copy() for a in (layer.running_mean, layer.running_var))
    start = 0.9**batches  # what is left of the variance 1 at which PyTorch starts
    return result | {
        "z": z,
        "d_z_tilde": d,
        "gamma": gamma,
        "beta": beta,
        "z_test": z_test,
        "running_mean": mean,
        "running_variance_unbiased": variance,
        "running_variance": start + (variance - start) * (m - 1) / m,
        "z_tilde_test": layer.eval()(torch.tensor(z_test.T)).detach().numpy().T,
    }


def _batch_norm_step(layer, z, d):
    layer.zero_grad()
    rows = torch.tensor(z.T, requires_grad=True)
    z_tilde = layer(rows)
    z_tilde.backward(torch.tensor(d.T))
    dgamma, dbeta = (p.grad.numpy()[:, None].copy() for p in (layer.weight, layer.bias))
    return {
        "z_tilde": z_tilde.detach().numpy().T,
        "dz": rows.grad.numpy().T,
        "dgamma": dgamma,
        "dbeta": dbeta,
    }


def optimizers():
    """A hundred steps of each optimizer from the same start along the same gradients."""
    rng = np.random.default_rng(6)
    theta, gradients = rng.standard_normal(5), rng.standard_normal((100, 5)) * [0, 1e-4, 1, 1, 100]
    makers = {
        "descent": lambda p: torch.optim.SGD(p, lr=0.01),
        "momentum": lambda p: torch.optim.SGD(p, lr=0.01 * (1 - 0.9), momentum=0.9),
        "adam": lambda p: torch.optim.Adam(p, lr=0.01, betas=(0.9, 0.999), eps=1e-8),
        "adamw": lambda p: torch.optim.AdamW(p, lr=0.01, weight_decay=0.1),
        "rmsprop": lambda p: torch.optim.RMSprop(p, lr=0.01, alpha=0.9, eps=1e-8),
    }
    paths = {name: _path(make, theta, gradients) for name, make in makers.items()}
    return {"theta": theta, "gradients": gradients, **paths}


def _path(make, theta, gradients):
    parameter, path = torch.nn.Parameter(torch.tensor(theta)), []
    optimizer = make([parameter])
    for gradient in gradients:
        parameter.grad = torch.tensor(gradient)
        optimizer.step()
        path.append(parameter.detach().numpy().copy())
    return np.stack(path)


def network():
    """A hundred steps of a network with batch norm, by three optimizers, then an evaluation."""
    torch.manual_seed(7)
    rng, steps, m = np.random.default_rng(7), 100, 16
    X, labels = rng.standard_normal((steps, 4, m)), rng.integers(0, 3, (steps, m))
    X_test = rng.standard_normal((4, 5))
    makers = {
        "Momentum": lambda p: torch.optim.SGD(p, lr=0.1 * (1 - 0.9), momentum=0.9),
        "RMSprop": lambda p: torch.optim.RMSprop(p, lr=0.01, alpha=0.9, eps=1e-8),
        "Adam": lambda p: torch.optim.Adam(p, lr=0.01),
    }
    result = {"X": X, "Y": np.eye(3)[:, labels].transpose(1, 0, 2), "X_test": X_test}
    start = _torch_network().state_dict()
    result |= _named(start, "start_")
    for name, make in makers.items():
        model = _torch_network()
        model.load_state_dict(start)
        optimizer, costs = make(model.parameters()), []
        for x, y in zip(X, labels, strict=True):
            optimizer.zero_grad()
            cost = torch.nn.functional.cross_entropy(model(torch.tensor(x.T)), torch.tensor(y))
            cost.backward()
            optimizer.step()
            costs.append(cost.item())
        result |= _named(model.state_dict(), f"{name}_") | {f"{name}_cost": np.array(costs)}
        logits = model.eval()(torch.tensor(X_test.T)).detach()
        result[f"{name}_probabilities"] = torch.softmax(logits, dim=1).numpy().T
    return result


def _torch_network():
    """Return 4-6-5-3 with batch norm and tanh, in float64."""
    nn = torch.nn
    return nn.Sequential(
        nn.Linear(4, 6, bias=False),
        nn.BatchNorm1d(6),
        nn.Tanh(),
        nn.Linear(6, 5, bias=False),
        nn.BatchNorm1d(5),
        nn.Tanh(),
        nn.Linear(5, 3),
    ).to(torch.float64)


def _named(state, prefix):
    """Return a model's arrays by the names they have here; vectors become columns."""
    ours = {
        "0.weight": "W1",
        "1.weight": "gamma1",
        "1.bias": "beta1",
        "3.weight": "W2",
        "4.weight": "gamma2",
        "4.bias": "beta2",
        "6.weight": "W3",
        "6.bias": "b3",
    }
    for depth, layer in ((1, 1), (2, 4)):
        ours[f"{layer}.running_mean"] = f"mean{depth}"
        ours[f"{layer}.running_var"] = f"variance{depth}"
    arrays = {ours[name]: a.numpy().copy() for name, a in state.items() if name in ours}
    return {prefix + n: a if a.ndim == 2 else a[:, None] for n, a in arrays.items()}


TOPICS = {f.__name__: f for f in (batch_norm, network, optimizers, softmax)}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("topics", nargs="+", choices=sorted(TOPICS))
    for topic in parser.parse_args().topics:
        ORACLES.mkdir(exist_ok=True)
        np.savez_compressed(ORACLES / f"{topic}.npz", **TOPICS[topic]())
        print(ORACLES / f"{topic}.npz")


if __name__ == "__main__":
    main()
