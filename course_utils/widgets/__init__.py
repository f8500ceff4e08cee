"""Controls bound to pictures, and questions to answer before moving them.

`explore` is the only code that ties a control to a picture. It knows no topic.
"""

from course_utils.widgets import controls
from course_utils.widgets.course_map import CourseMap
from course_utils.widgets.explorer import Explorer, explore
from course_utils.widgets.pad import Pad, pad
from course_utils.widgets.prediction import Estimate, Prediction, estimate, predict
from course_utils.widgets.sketch import Sketch, sketch

__all__ = [
    "CourseMap",
    "Estimate",
    "Explorer",
    "Pad",
    "Prediction",
    "Sketch",
    "controls",
    "estimate",
    "explore",
    "pad",
    "predict",
    "sketch",
]
