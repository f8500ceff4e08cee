"""Whether `explore` was given what it needs; an error says what that is, what came, the cure."""

import inspect

from course_utils.support import validation
from course_utils.support.arrays import shown
from course_utils.widgets import pointing
from course_utils.widgets.controls import Control
from course_utils.widgets.prediction import Question


def require_figure(figure):
    """Refuse what does not draw on a figure."""
    if not callable(figure):
        raise TypeError(
            "explore needs a function that draws on a figure and returns its update, "
            f"but got {shown(figure)}"
        )


def require_update(update, figure):
    """Refuse a figure function that did not return its update."""
    if not callable(update):
        name = getattr(figure, "__name__", repr(figure))
        raise TypeError(
            f"{name} should return its update function, but returned {shown(update)}: "
            "end it with `return update`"
        )


def require_controls(controls):
    """Refuse a number, a scale or anything else that stands where a control belongs."""
    for name, control in controls.items():
        if not isinstance(control, Control):
            raise TypeError(
                f"{name} should be a control, but is {shown(control)}: make one, "
                f"such as {name}=controls.scale(Linear(0, 1), 0.5)"
            )


def require_keywords(update, values):
    """Refuse controls that are not the keywords which an update takes."""
    try:
        inspect.signature(update).bind(**values)
    except TypeError as error:
        wanted = ", ".join(inspect.signature(update).parameters)
        raise TypeError(f"{error}: the picture's update takes {wanted}") from None


def require_goal(goal):
    """Refuse a challenge that cannot be called."""
    if not (goal is None or callable(goal)):
        raise TypeError(
            f"goal should be a function of the values that returns a Verdict, but got {shown(goal)}"
        )


def require_question(after):
    """Refuse what is no prediction."""
    if not (after is None or isinstance(after, Question)):
        raise TypeError(
            f"after should be a prediction, such as guess = predict(...), but got {shown(after)}"
        )


def require_axes(question, figure):
    """Refuse a question whose answer belongs on axes that the picture does not have."""
    count = len(pointing.shown(figure))
    if question.at is not None and question.at[1] >= count:
        raise ValueError(f"the answer belongs at={question.at}, but the picture has {count} axes")


def require_verdict(verdict):
    """Refuse what a challenge returned if it is no verdict."""
    if not (hasattr(verdict, "passed") and hasattr(verdict, "hint")):
        raise TypeError(f"goal should return a Verdict, but returned {shown(verdict)}")


def require_film(film):
    """Refuse what is not a control's name with at least one value."""
    if film is None:
        return
    example = 'film=("beta", [0.5, 0.9]), say'
    if not (isinstance(film, tuple) and len(film) == 2 and isinstance(film[0], str)):
        raise TypeError(
            f"film should be a control's name and values, but got {shown(film)}: {example}"
        )
    values = film[1]
    try:
        several = validation.sequence("film", values)
    except TypeError:
        said = f"film should have a list of values, but got {shown(values)}: {example}"
        raise TypeError(said) from None
    if not several:
        raise ValueError(f"film should have at least one value, but got {shown(values)}: {example}")
