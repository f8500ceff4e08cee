"""Write the bundled data from the packages that carry it; run once, kept for the record.

Needs vega_datasets 0.9.0 and scikit-learn, which the project itself does not install for readers.
"""

import csv
from pathlib import Path

import numpy as np

DATA = Path(__file__).parents[2] / "course_utils" / "data"


def temperatures():
    import vega_datasets

    source = Path(vega_datasets.__file__).parent / "_data" / "seattle-weather.csv"
    with source.open() as rows, (DATA / "seattle_temperatures.csv").open("w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["date", "low_celsius", "high_celsius"])
        for row in csv.DictReader(rows):
            day = row["date"].replace("/", "-")
            writer.writerow([day, row["temp_min"], row["temp_max"]])


def digits():
    from sklearn.datasets import load_digits

    loaded = load_digits()
    np.savez_compressed(
        DATA / "digits.npz",
        pixels=loaded.data.T.astype(np.uint8),
        labels=loaded.target.astype(np.uint8),
    )


if __name__ == "__main__":
    temperatures()
    digits()
