"""Train the bundled networks of notebook 13 with small mini-batches; takes a minute and a half."""

from pathlib import Path

import numpy as np

from course_utils.experiments import small_mini_batches as small

FILE = Path(__file__).parents[2] / "course_utils" / "data" / "small_mini_batches.npz"


def main():
    found = [[small.accuracies(m, seed) for m in small.SIZES] for seed in range(small.SEEDS)]
    accuracies = [
        [[at_size[which] for at_size in of_seed] for of_seed in found] for which in found[0][0]
    ]
    np.savez_compressed(FILE, accuracies=np.float32(accuracies))


if __name__ == "__main__":
    main()
