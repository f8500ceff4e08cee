"""Train the bundled networks of notebook 01, by first weights and alpha; takes four seconds."""

from pathlib import Path

import numpy as np

from course_utils.experiments import initialization_training as trainings

FILE = Path(__file__).parents[2] / "course_utils" / "data" / "initialization.npz"
LARGEST = 1e38  # what float32 can still hold of a training that diverges


def main():
    costs = [
        [
            [trainings.curves(start, alpha, kind) for start in trainings.FIRST_WEIGHTS.values()]
            for alpha in trainings.ALPHAS
        ]
        for kind in trainings.KINDS.values()
    ]
    np.savez_compressed(FILE, costs=np.float32(np.minimum(costs, LARGEST)))


if __name__ == "__main__":
    main()
