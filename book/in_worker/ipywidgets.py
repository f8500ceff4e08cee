"""ipywidgets is not on this page: whoever uses something of it is told so, and the cell goes on."""

SENTENCE = (
    "{} is one of ipywidgets, which this page does not carry: open the notebook in JupyterLab to "
    "see it. Explorers and questions work here."
)


class _Absent:
    """What stands where a widget of theirs would."""

    def __init__(self, name):
        self._words = SENTENCE.format(name)

    def __repr__(self):
        return self._words


def __getattr__(name):
    if name.startswith("_"):
        raise AttributeError(name)

    def stand_in(*args, **kwargs):
        print(SENTENCE.format(name))
        return _Absent(name)

    return stand_in
