"""Run the bundled studies of the digits' network; takes about half an hour on two cores.

- ``tuning_surface.npz``: validation errors over a grid of alpha and epsilon, five seeds each.
- ``tuning_adam.csv``, ``tuning_momentum.csv``: random trials with all hyperparameters drawn.
- ``tuning_stale.npz``: errors by alpha, for brighter images, larger batches, other optimizers.
"""

import os
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

from course_utils import search, training
from course_utils.experiments import digit_tuning
from course_utils.experiments.tuning_process import MOMENTUM_SPACE
from course_utils.sampling_scales import Log
from course_utils.support import evaluation

DATA = Path(__file__).parents[2] / "course_utils" / "data"
SEEDS = 5


def surface(executor):
    space = {name: digit_tuning.SPACE[name] for name in ("alpha", "epsilon")}
    points = {"alpha": 41, "epsilon": 13}
    grid = search.grid(space, points)
    configurations = [c for c in grid for _ in range(SEEDS)]
    found = evaluation.evaluate(digit_tuning.validation_error, configurations, executor=executor)
    errors = found.column("value").reshape(*points.values(), SEEDS)
    np.savez_compressed(
        DATA / "tuning_surface.npz",
        alpha=space["alpha"].grid(points["alpha"]),
        epsilon=space["epsilon"].grid(points["epsilon"]),
        errors=errors.astype(np.float32),  # NaN where a training diverged
    )


def study(executor, name, space, fixed, count=1000):
    drawn = search.random(space, count, np.random.default_rng(0))
    rounded = [{key: _rounded(value) for key, value in c.items()} for c in drawn]
    configurations = [{**c, **fixed} for c in rounded]
    found = evaluation.evaluate(digit_tuning.validation_error, configurations, executor=executor)
    lines = [",".join([*space, "error"])]
    for trial, c in zip(found, rounded, strict=True):
        lines.append(",".join(map(str, [*c.values(), f"{trial.value:.4f}"])))
    (DATA / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


CHANGES = {
    "brightness": (1, 2, 4, 16),
    "size": (16, 64, 256, 512),
    "optimizer": ("descent", "momentum", "RMSprop", "Adam"),
}


def stale_error(configuration, rng):
    """Train on images of some brightness; return the validation error on equally bright ones."""
    bright = np.float32(configuration.pop("brightness", 1))
    started = digit_tuning.start({"optimizer": "descent", **configuration}, rng)
    run = training.Training(
        started.network, bright * started.X, started.Y, started.optimizer, rng, size=started.size
    )
    for _ in range(10):
        run.run_epoch()
    X, Y = digit_tuning.sets().validation
    return 1 - started.network.accuracy(bright * X, Y)


def stale(executor):
    alphas, kept = Log(1e-4, 10.0).grid(26), {}
    for name, values in CHANGES.items():
        configurations = [
            {"alpha": float(alpha), name: value}
            for value in values
            for alpha in alphas
            for _ in range(SEEDS)
        ]
        found = evaluation.evaluate(stale_error, configurations, executor=executor)
        errors = found.column("value").reshape(len(values), len(alphas), SEEDS)
        kept |= {name: errors.astype(np.float32), f"{name}_values": np.array(values)}
    np.savez_compressed(DATA / "tuning_stale.npz", alpha=alphas, **kept)


def _rounded(value):
    return float(f"{value:.4g}") if isinstance(value, float) else value


def main():
    with ProcessPoolExecutor(os.cpu_count()) as executor:
        surface(executor)
        study(executor, "tuning_adam", digit_tuning.SPACE, {})
        stale(executor)
        study(executor, "tuning_momentum", MOMENTUM_SPACE, {"optimizer": "momentum"})


if __name__ == "__main__":
    main()
