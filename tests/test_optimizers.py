"""The optimizers that notebook 11 writes out in a line each take the steps that PyTorch takes."""

from pathlib import Path

import numpy as np
import pytest

from tests import notebooks

NOTEBOOK = notebooks.FOLDER / "11_batch_norm.ipynb"
ORACLE = Path(__file__).parent / "oracles" / "optimizers.npz"


def rules():
    """Return what the notebook's cell with the rules defines."""
    source = next(s for s in notebooks.code_cells(NOTEBOOK) if s.startswith("rules = {"))
    namespace = {"np": np}
    exec(source, namespace)
    return namespace["rules"]


@pytest.mark.parametrize("name", ["Adam", "RMSprop"])
def test_fifty_steps_equal_pytorchs(name):
    alpha, beta_s, rule = rules()[name]
    with np.load(ORACLE, allow_pickle=False) as oracle:
        theta, expected = oracle["theta"], oracle[name.lower()]
        gradients = oracle["gradients"]
    v = s = 0
    for t, (g, torch_theta) in enumerate(zip(gradients, expected, strict=True), start=1):
        v, s = 0.9 * v + 0.1 * g, beta_s * s + (1 - beta_s) * g**2
        theta = theta - alpha * rule(g, v, s, t)
        np.testing.assert_allclose(theta, torch_theta, rtol=1e-10, atol=1e-12)
