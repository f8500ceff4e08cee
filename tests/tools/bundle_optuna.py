"""Run the bundled Optuna studies of notebook 10; takes less than a minute on one core."""

from pathlib import Path

import numpy as np
import optuna

from course_utils.experiments import optuna_study
from tests.tools.bundle_pandas_vs_caviar import counts

FILE = Path(__file__).parents[2] / "course_utils" / "data" / "optuna.npz"
SEEDS, BUDGET, EPOCHS = 10, 108, 27


def spent(seed, budget=BUDGET):
    """Return the least error so far after each epoch that a study pays."""
    study = optuna.create_study(
        sampler=optuna.samplers.TPESampler(seed=seed),
        pruner=optuna.pruners.SuccessiveHalvingPruner(reduction_factor=3),
    )
    return optuna_study.spend(study, budget=budget, epochs=EPOCHS, seed=seed)


def main():
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    best = np.array([spent(seed) for seed in range(SEEDS)])
    np.savez_compressed(FILE, wrong=counts(best))


if __name__ == "__main__":
    main()
