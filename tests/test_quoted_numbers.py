"""Every number that a sentence of a notebook gives is made in a cell, asserted, or worked out here.

Those of three digits or more: smaller ones stand everywhere. What a cell prints or writes counts as
made, and so does what the tests of a topic that it imports name. All others are worked out below,
or are none of ours: given by a lecture or a paper, or a size that was chosen.
"""

import math
import re
from pathlib import Path

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_utils import datasets, softmax
from course_utils.experiments import digits_unseen
from course_utils.figures import frameworks_side_by_side
from tests import notebooks

TESTS = [path for path in Path(__file__).parent.rglob("test_*.py") if path != Path(__file__)]
GIVEN = {
    "04_mini_batches": {"1024", "8192"},  # the lecture's rule; Goyal and others
    "08_tuning_process": {"512"},  # a mini-batch
    "09_sampling_scales": {"0.901", "0.9990"},  # examples
    "10_pandas_vs_caviar": {"8786"},  # a port
    "12_why_batch_norm_works": {"1.25"},  # Santurkar and others
    "17_frameworks_side_by_side": {"128"},  # units
}
_NUMBER = re.compile(r"(?<![\w.])\d+(?:[ ,]\d{3})*(?:\.\d+)?(?!\w)")


def _three_in_the_file():
    """Return the numbers in the file between which ten of the threes taken for an eight stand."""
    _, labels = datasets.digits()
    answers = digits_unseen.logits(digits_unseen.ORDERS[1]).argmax(axis=0)
    wrong = np.flatnonzero((labels == 3) & (answers == 8))
    start = np.argmin(wrong[9:] - wrong[:-9])
    return f"{wrong[start]}", f"{wrong[start + 9]}"


def _tiny_gradients():
    """Return how far θ comes in the lecture's form and in Keras's."""
    update = frameworks_side_by_side.conventions(Figure())
    return re.findall(r"(?:PyTorch|Keras) (\S+)(?=,)", update(epsilon=1e-8, size=1e-6))


def _first_without_numbers(largest):
    """Return the whole constant from which on all four exponentials of the lecture vanish."""
    return f"{next(c for c in range(700, 800) if np.exp(largest - c) == 0)}"


def _plausible_until():
    z = np.array([5.0, 2.0, -1.0, 3.0])
    naive = np.exp(z - 745) / np.exp(z - 745).sum()
    right = softmax.softmax(z)
    assert naive.round(3).tolist() == [0.85, 0.04, 0, 0.11]
    assert np.abs(naive - right).max() < 0.01
    return "745"


WORKED_OUT = {
    "01_initialization": lambda: [f"{50 / 8:.2f}"],
    "02_regularization": lambda: [f"{3 / 0.8:.2f}"],
    "04_mini_batches": lambda: [f"{math.sqrt(16 / 13):.2f}"],
    "06_optimizers": lambda: [f"{10**0.2:.2f}"],
    "08_tuning_process": lambda: [f"{math.log(0.05) / math.log(0.95):.1f}"],
    "09_sampling_scales": lambda: [f"{100 * 0.09 / 0.099:.1f}"],
    "10_pandas_vs_caviar": lambda: [f"{1797 - 2 * 360}"],
    "12_why_batch_norm_works": lambda: [f"{1797 - 512}"],
    "14_softmax": lambda: [
        f"{2 * math.log(9):.2f}",
        f"{np.finfo(float).smallest_subnormal:.0e}".partition("-")[2],
        _plausible_until(),
        _first_without_numbers(5.0),
    ],
    "15_training_softmax": _three_in_the_file,
    "16_computation_graphs": lambda: [f"{-math.log(0.98):.4f}"],
    "17_frameworks_side_by_side": _tiny_gradients,
    "18_capstone": lambda: [f"{1797 - 2 * 360}"],
}


def _numbers(text):
    """Return the numbers in a text that have three digits or more, without years and round ones."""
    text = re.sub(r"\]\([^)]*\)|https?://\S+", " ", text)
    found = {re.sub("[ ,]", "", number) for number in _NUMBER.findall(text)}
    return {n for n in found if len(n.replace(".", "").strip("0")) > 2 and not _is_year(n)}


def _is_year(number):
    return re.fullmatch(r"(1[6-9]|20)\d\d", number) is not None


def _made(path):
    """Return all that cells and the tests of a topic write."""
    texts = []
    for cell in notebooks.cells(path, "code"):
        printed, shown = notebooks.stored(cell)
        texts += [cell.source, printed, *shown.values()]
    of_it = [test for test in TESTS if re.search(rf"\b{test.stem[5:]}\b", "\n".join(texts))]
    return "\n".join([*texts, *(test.read_text(encoding="utf-8") for test in of_it)])


@pytest.mark.parametrize("path", notebooks.LESSONS, ids=lambda path: path.stem)
def test_every_number_that_a_sentence_gives_is_accounted_for(path):
    text = "\n".join(cell.source for cell in notebooks.cells(path, "markdown"))
    text = text.partition("**Where it comes from")[0]
    quoted, made = _numbers(text), _numbers(_made(path))
    elsewhere = GIVEN.get(path.stem, set()) | set(WORKED_OUT.get(path.stem, list)())
    assert quoted - made - elsewhere == set()
    assert elsewhere <= quoted, "what no sentence gives any more need not be listed"
