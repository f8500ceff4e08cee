"""Train the bundled curves of pandas and caviar; takes about two minutes on one core."""

from pathlib import Path

import numpy as np

from course_utils.experiments import digit_tuning
from course_utils.experiments import pandas_vs_caviar as caviar

FILE = Path(__file__).parents[2] / "course_utils" / "data" / "pandas_vs_caviar.npz"


def counts(errors):
    """Return how many validation digits are wrong: whole numbers, -1 for NaN."""
    m = digit_tuning.sets().validation[0].shape[1]
    return np.where(np.isnan(errors), -1, np.rint(np.nan_to_num(errors) * m)).astype(np.int16)


def watched(configuration, draw):
    rng = np.random.default_rng([draw, 0])
    return [look.error for look in caviar.babysit(configuration, rng, epochs=caviar.WATCHED)]


def main():
    draws = [caviar.draw(number) for number in range(caviar.DRAWS)]
    curves = [
        [
            caviar.learning_curve(c, np.random.default_rng([d, i]), epochs=caviar.EPOCHS)
            for i, c in enumerate(configurations)
        ]
        for d, configurations in enumerate(draws)
    ]
    drawn = [watched(configurations[0], d) for d, configurations in enumerate(draws)]
    guessed = [watched(caviar.GUESS, d) for d in range(caviar.DRAWS)]
    np.savez_compressed(FILE, curves=counts(curves), drawn=counts(drawn), guessed=counts(guessed))


if __name__ == "__main__":
    main()
