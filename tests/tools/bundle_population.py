"""Grow the bundled populations of notebook 10; takes about ten seconds on one core."""

from pathlib import Path

import numpy as np

from course_utils.experiments import pandas_vs_caviar, population
from tests.tools.bundle_pandas_vs_caviar import counts

FILE = Path(__file__).parents[2] / "course_utils" / "data" / "population.npz"


def main():
    grown = [population.grow(number) for number in range(pandas_vs_caviar.DRAWS)]
    alpha, error, parent = map(np.array, zip(*grown, strict=True))
    np.savez_compressed(FILE, alpha=alpha, wrong=counts(error), parent=parent.astype(np.int8))


if __name__ == "__main__":
    main()
