"""Moments: values worth a look, each a button that takes the picture there."""

from course_utils.support.arrays import shown


def listed(moments, film, defaults, value, caption) -> list[tuple[str, dict, str]]:
    """Return the moments of an explorer: those it was given, or else the frames of its film.

    A sentence is about a whole picture: its moment sets the controls that it does not name to their
    defaults. Without a sentence they stay where the reader left them.

    Parameters
    ----------
    moments : dict or None
        ``{"the lecture's": {"beta": 0.9}}``, or with a sentence on what to see there:
        ``{"the lecture's": ({"beta": 0.9}, "Ten days.")}``.
    film : tuple or None
        The name of a control and its values.
    defaults : dict
        Where each control stands at the start.
    value : callable
        ``value(name, value)``, as the control holds it; refuses what it cannot have.
    caption : callable
        ``caption(name, value)``, what a moment of the film is called.

    Returns
    -------
    list of tuple
        Name, values and sentence of each.
    """
    if moments is None:
        name, values = film or (None, ())
        return [(caption(name, each), {name: each}, "") for each in values]
    if not isinstance(moments, dict):
        raise TypeError(f"moments should be a dict of names and values, but got {shown(moments)}")
    parted = ((str(name), *_parted(name, moment, value)) for name, moment in moments.items())
    return [
        (name, {**defaults, **values} if sentence else values, sentence)
        for name, values, sentence in parted
    ]


def _parted(name, moment, value):
    """Return the values that a moment names, and its sentence."""
    values, sentence = moment if isinstance(moment, tuple) and len(moment) == 2 else (moment, "")
    if not isinstance(values, dict) or not isinstance(sentence, str):
        raise TypeError(
            f"the moment {name!r} should have values, such as {{'beta': 0.9}}, and perhaps a "
            f"sentence, but has {shown(moment)}"
        )
    return {each: value(each, v) for each, v in values.items()}, sentence
