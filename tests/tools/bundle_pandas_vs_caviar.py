"""Train the bundled curves of pandas and caviar; takes about two minutes on one core."""

from pathlib import Path

import numpy as np

from course_utils import digit_tuning
from course_utils import pandas_vs_caviar as lecture

FILE = Path(__file__).parents[2] / "course_utils" / "data" / "pandas_vs_caviar.npz"


def counts(errors):
    """Return how many validation digits are wrong: whole numbers, -1 for NaN."""
    m = digit_tuning.sets().validation[0].shape[1]
    return np.where(np.isnan(errors), -1, np.rint(np.nan_to_num(errors) * m)).astype(np.int16)


def watched(configuration, draw):
    rng = np.random.default_rng([draw, 0])
    return [look.error for look in lecture.babysit(configuration, rng, epochs=lecture.WATCHED)]


def main():
    draws = [lecture.draw(number) for number in range(lecture.DRAWS)]
    curves = [
        [
            lecture.learning_curve(c, np.random.default_rng([d, i]), epochs=lecture.EPOCHS)
            for i, c in enumerate(configurations)
        ]
        for d, configurations in enumerate(draws)
    ]
    drawn = [watched(configurations[0], d) for d, configurations in enumerate(draws)]
    guessed = [watched(lecture.GUESS, d) for d in range(lecture.DRAWS)]
    np.savez_compressed(FILE, curves=counts(curves), drawn=counts(drawn), guessed=counts(guessed))


if __name__ == "__main__":
    main()
