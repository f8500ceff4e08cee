"""Train the bundled networks of notebook 11, by learning rate; takes ten seconds on one core."""

from itertools import product
from pathlib import Path

import numpy as np

from course_utils.experiments import batch_norm as experiments

FILE = Path(__file__).parents[2] / "course_utils" / "data" / "batch_norm.npz"
LARGEST = 1e38  # what float32 can still hold of a training that diverges


def main():
    runs = (
        experiments.OPTIMIZERS,
        experiments.SCALES,
        (False, True),
        experiments.FACTORS,
        range(experiments.SEEDS),
    )
    costs = [experiments.trained_costs(*run) for run in product(*runs)]
    shape = (*map(len, runs), experiments.STEPS + 1)
    np.savez_compressed(FILE, costs=np.float32(np.minimum(costs, LARGEST)).reshape(shape))


if __name__ == "__main__":
    main()
