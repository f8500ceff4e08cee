"""The pad to draw on: what it asks, what it says, and what a page may send."""

import re
import sys
from pathlib import Path

import numpy as np
import pytest

from course_utils.widgets import pad
from course_utils.widgets.pad import DOTS

pad_module = sys.modules["course_utils.widgets.pad"]


def left_or_right(ink):
    """Say how much of the ink lies on either side."""
    halves = np.array([ink[:, :16].sum(), ink[:, 16:].sum()]) / max(ink.sum(), 1)
    return ink.reshape(8, 4, 8, 4).mean(axis=(1, 3)), halves


def a_pad():
    return pad(left_or_right, names=["left", "right"])


def drawn():
    ink = np.zeros((DOTS, DOTS), bool)
    ink[3:20, 4:6] = True
    return ink


def test_a_drawing_is_answered_and_shown_as_the_network_sees_it():
    board = a_pad()
    assert board.probabilities is None
    assert board.readout == "Nothing is drawn yet."
    board.draw(drawn())
    assert board.probabilities.tolist() == [1, 0]
    assert board.readout == "left 100 %, right 0 %"
    assert np.shape(board._seen) == (8, 8)
    assert board._probabilities == [1, 0]


def test_a_page_draws_by_sending_dots():
    board = a_pad()
    text = "".join("01"[int(dot)] for dot in drawn()[:, ::-1].ravel())
    board._on_message(board, {"ink": text, "ticket": "a 1"}, [])
    assert board.readout.startswith("right 100 %")
    assert board._answered == "a 1"
    assert board._ink == text, "another view shows the same drawing"


@pytest.mark.parametrize("ink", [None, 7, "", "01" * 511, "2" * 1024, ["0"] * 1024])
def test_what_is_no_drawing_changes_nothing(ink):
    board = a_pad().draw(drawn())
    board._on_message(board, {"ink": ink}, [])
    assert board.readout == "left 100 %, right 0 %"


def test_a_pad_reads_as_text_without_a_kernel():
    data, _ = a_pad()._repr_mimebundle_()
    assert data["text/plain"].startswith("A pad to draw on, once this notebook runs; ")
    assert "one of left, right" in data["text/html"]


def test_what_a_pad_cannot_use_is_refused_in_words():
    with pytest.raises(TypeError, match="answer should be a function of the ink, but got 3"):
        pad(3, names=["a"])
    with pytest.raises(ValueError, match="ink should be 32 × 32 dots, but got shape"):
        a_pad().draw(np.zeros((8, 8)))


def test_no_class_of_the_pad_is_one_of_an_explorers():
    folder = Path(pad_module.__file__).parent
    mine = set(re.findall(r"cu-[\w-]+", (folder / "pad.css").read_text(encoding="utf-8")))
    theirs = (folder / "explorer.js").read_text(encoding="utf-8")
    assert mine & set(re.findall(r"cu-[\w-]+", theirs)) == set()
