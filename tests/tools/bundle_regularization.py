"""Make the bundled comparison of notebook 02; takes a minute on one core."""

from pathlib import Path

import numpy as np

from course_utils.experiments import regularization

FILE = Path(__file__).parents[2] / "course_utils" / "data" / "regularization.npz"
SEEDS = 36


def main():
    found = zip(*map(regularization.choose, range(SEEDS)), strict=True)
    np.savez_compressed(FILE, **dict(zip(regularization.Compared._fields, found, strict=True)))


if __name__ == "__main__":
    main()
