"""Train the bundled networks of notebook 07, by schedule and alpha; takes five seconds."""

import csv
from itertools import chain, product
from pathlib import Path

from course_utils.experiments import learning_rate_decay as experiments

FILE = Path(__file__).parents[2] / "course_utils" / "data" / "learning_rate_decay.csv"
ALPHAS, SEEDS = (0.003, 0.01, 0.03, 0.1), range(5)
TRIED = ("schedule", "alpha0", "seed", "optimizer", "size")


def main():
    runs = chain(
        product(["constant", "cosine"], ALPHAS, SEEDS, ["Adam"], [16]),
        product(experiments.SCHEDULES, [0.6], SEEDS, ["descent"], [8]),
    )
    with FILE.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*TRIED, *experiments.Score._fields])
        for run in runs:
            cost, validation_cost, wrong = experiments.trained_on_digits(*run)
            writer.writerow([*run, f"{cost:.8g}", f"{validation_cost:.8g}", wrong])


if __name__ == "__main__":
    main()
