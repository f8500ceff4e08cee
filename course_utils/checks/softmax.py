"""Checks of the softmax exercises."""

import numpy as np

from course_utils import softmax as lecture
from course_utils.checks.diagnosis import Case, Mistake, diagnose
from course_utils.checks.verdict import Verdict

_LOGITS = np.array([[5.0, 0.2, -3.0], [2.0, 1.0, 0.5], [-1.0, 3.0, 0.0], [3.0, -2.0, 2.5]])
_CASES = (
    Case((np.array([[5.0], [2.0], [-1.0], [3.0]]),), says="the lecture's z = [5, 2, -1, 3]"),
    Case((_LOGITS,), says="four classes, three examples"),
    Case((_LOGITS[:3, :3],), says="three classes, three examples"),
    Case((np.array([[1000.0, 0.0], [999.0, -1000.0]]),), says="logits of size 1000"),
)
