"""Train the bundled networks of notebook 12, by learning rate; takes five minutes on one core."""

from pathlib import Path

import numpy as np

from course_utils.experiments import batch_norm_by_alpha as by_alpha
from course_utils.experiments import ghost_batches
from course_utils.experiments.why_batch_norm_works import KINDS, SEEDS, STARTS

FILE = Path(__file__).parents[2] / "course_utils" / "data" / "why_batch_norm_works.npz"


def main():
    costs = [
        [
            [
                [by_alpha.final_cost(kind, start, a, s) for s in range(SEEDS)]
                for a in by_alpha.ALPHAS
            ]
            for kind in KINDS
        ]
        for start in STARTS
    ]
    shifts = [
        [
            [by_alpha.typical_shift(a, s, with_norm=with_norm) for s in range(SEEDS)]
            for a in by_alpha.SHIFT_ALPHAS
        ]
        for with_norm in (False, True)
    ]
    errors = [
        [
            ghost_batches.test_error(group, split, alpha=ghost_batches.ALPHA)
            for split in range(ghost_batches.SPLITS)
        ]
        for group in ghost_batches.GROUPS
    ]
    arrays = {"costs": costs, "shifts": shifts, "test_errors": errors}
    np.savez_compressed(FILE, **{name: np.float32(array) for name, array in arrays.items()})


if __name__ == "__main__":
    main()
