"""Long runs: the bar while they go on, and what they leave when they are stopped.

The stop button ends the cell, and the cells that wait behind it: a search that was cut short must
not be taken for a whole one. What was done by then is not lost: `kept` hands it over.
"""

import sys

_last = []


class Interrupted(KeyboardInterrupt):
    """The reader stopped a search or a training.

    Attributes
    ----------
    kept : Trials or History
        What was done by then.
    """

    def __init__(self, words, kept):
        super().__init__(words, kept)
        self.kept = keep(kept)

    def __str__(self):
        return f"{self.args[0]}. {HOW}"

    def _render_traceback_(self):
        """Tell IPython to show this sentence alone: whoever pressed stop wants no traceback."""
        return [str(self)]


HOW = (
    "What is done is kept:\n    from course_utils.support.long_runs import kept\n    done = kept()"
)


def keep(result):
    """Hold a result that its run can no longer return, for `kept`; return it."""
    _last[:] = [result]
    return result


def kept():
    """Return what the last run that was stopped, or failed, had done by then.

    Examples
    --------
    >>> keep([1, 2])
    [1, 2]
    >>> kept()
    [1, 2]
    """
    if not _last:
        raise LookupError("no search and no training was stopped here: there is nothing to return")
    return _last[0]


def note(error, result):
    """Keep a result, and let the error that ended its run say so."""
    keep(result)
    error.add_note(HOW)


def say(words):
    """Tell the reader something while a run goes on, where the bar is shown."""
    print(words, file=sys.stderr, flush=True)


def bar(total, unit, *, done=0, show=True):
    """Return tqdm's progress bar, in the page or in the terminal."""
    from tqdm.auto import tqdm  # loads what draws the bar, which `import course_utils` should not

    if sys.platform == "emscripten":
        tqdm.monitor_interval = 0  # its monitor is a thread, and a browser has none
    return tqdm(total=total, initial=done, unit=unit, leave=False, disable=not show)
