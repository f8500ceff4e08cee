"""Run the 600 random trials of the capstone's plane; takes half a minute.

``python -m tests.tools.bundle_capstone`` writes ``capstone_plane.csv`` in ``course_utils/data``.
"""

from pathlib import Path

import numpy as np

from course_utils import search
from course_utils.experiments import search_game

DATA = Path(__file__).parents[2] / "course_utils" / "data"


def main():
    space = {"alpha": search_game.ALPHA, "lambda_": search_game.LAMBDA}
    lines = ["alpha,lambda,wrong"]
    for k, drawn in enumerate(search.random(space, 600, np.random.default_rng(0))):
        alpha, lambda_ = (float(f"{drawn[name]:.4g}") for name in space)
        lines.append(f"{alpha:g},{lambda_:g},{search_game.wrong(alpha, lambda_, 1000 + k)}")
    (DATA / "capstone_plane.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
