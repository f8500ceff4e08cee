"""Pictures of what goes on step by step, such as a training: the states behind their frames.

A picture is a function of its values. `Runs` keeps that for what is made with the same settings
from its first frame to its last: other settings are another run, from the start. `Timeline` is for
what a reader steers on the way: there the settings each frame was made with belong to the frame.

``advance(state, settings) -> state`` makes the next frame's state and leaves the old one as it is;
if it raises, nothing has happened.
"""

import math

from course_utils.support import validation


class Runs:
    """Runs from one and the same start, one for each choice of settings.

    Parameters
    ----------
    start : object
        The state of frame 0.
    advance : callable
        ``advance(state, settings) -> state`` of the next frame.
    kept : int
        How many runs are kept; the one that was not asked for longest is forgotten first, and made
        again when it is asked for.

    Examples
    --------
    >>> runs = Runs(0, lambda state, settings: state + settings)
    >>> list(runs.reach(2, 10))
    [(0, [0]), (1, [0, 10]), (2, [0, 10, 20])]
    >>> list(runs.reach(1, 10)), runs.states(3, 1)
    ([(1, [0, 10])], [0, 1, 2, 3])
    """

    def __init__(self, start, advance, *, kept=8):
        self._start, self._advance, self._kept, self._runs = start, advance, kept, {}

    def reach(self, frame, settings):
        """Go to a frame; yield ``(number, states up to it)`` of each frame that is made for it.

        The last one yielded is always the frame asked for.
        """
        frame = validation.whole("frame >= 0", frame=frame)
        run = self._runs[settings] = self._runs.pop(settings, None) or [self._start]
        while len(self._runs) > self._kept:
            del self._runs[next(iter(self._runs))]
        while len(run) <= frame:
            yield len(run) - 1, run[:]
            run.append(self._advance(run[-1], settings))
        yield frame, run[: frame + 1]

    def states(self, frame, settings):
        """Return the states of frames 0 to the one asked for."""
        *_, (_, states) = self.reach(frame, settings)
        return states


class Timeline:
    """The frames of something that a reader steers on the way.

    Going back looks at what was. Going forward lives it with the settings as they now are: frames
    that were made with the same settings are kept, from the first that was not on they are made
    anew. A setting moved while the frame stands still holds from the next frame on: `settings`
    says what each frame was made with.

    Parameters
    ----------
    start : object
        The state of frame 0. States are kept, so `advance` must not change them.
    advance : callable
        ``advance(state, settings) -> state`` of the next frame.

    Examples
    --------
    >>> line = Timeline(0, lambda state, settings: state + settings)
    >>> [state for _, state in line.reach(3, 1)], [state for _, state in line.reach(5, 10)]
    ([1, 2, 3], [13, 23])
    >>> [state for _, state in line.reach(1, 10)], [state for _, state in line.reach(2, 10)]
    ([1], [11])
    """

    def __init__(self, start, advance):
        self._states, self._settings, self._advance = [start], [None], advance
        self.shown = 0

    @property
    def states(self):
        """The states of frames 0 to the one shown."""
        return self._states[: self.shown + 1]

    @property
    def settings(self):
        """The settings that made frames 1 to the one shown."""
        return self._settings[1 : self.shown + 1]

    def reach(self, frame, settings):
        """Go to a frame; yield ``(number, state)`` of each one on the way that has to be made.

        The last one yielded is always the frame asked for.
        """
        frame = validation.whole("frame >= 0", frame=frame)
        self.shown = min(frame, self.shown)
        while self.shown < frame:
            made = self._next(settings)
            if made and self.shown < frame:
                yield self.shown, self._states[self.shown]
        yield frame, self._states[frame]

    def _next(self, settings):
        """Go one frame on; say whether it had to be made."""
        following = self.shown + 1
        kept = self._settings[following : following + 1] == [settings]
        if not kept:
            made = self._advance(self._states[self.shown], settings)  # if it fails, nothing moved
            self._states[following:], self._settings[following:] = [made], [settings]
        self.shown = following
        return not kept


class Placed:
    """What a reader places one after the other, each as the settings are at that moment.

    Examples
    --------
    >>> placed = Placed()
    >>> placed.so_far(2, "here"), placed.so_far(3, "there"), placed.so_far(1, "there")
    (('here', 'here'), ('here', 'here', 'there'), ('here',))
    """

    def __init__(self):
        self.begin()

    def begin(self):
        """Take everything away."""
        self.line = Timeline((), lambda placed, one: (*placed, one))

    def so_far(self, number, one):
        """Return the first so many; those that are not there yet are placed now."""
        *_, (_, placed) = self.line.reach(number, one)
        return placed


class Scattered:
    """Points that a reader leaves behind one after the other, and takes up again.

    Whoever jumps to where one was left has that one in the hand: the other stays where it was. What
    is led there step by step is laid upon it.

    Parameters
    ----------
    reach : float
        How near a jump has to end.

    Examples
    --------
    >>> points = Scattered(reach=0.1)
    >>> points.so_far(1, (0.0, 0.0)), points.so_far(1, (2.0, 0.0))
    (([(0.0, 0.0), (0.0, 0.0)], 1), ([(0.0, 0.0), (2.0, 0.0)], 1))
    >>> points.so_far(1, (0.05, 0.0)), points.so_far(1, (0.0, 3.0))
    (([(0.05, 0.0), (2.0, 0.0)], 0), ([(0.0, 3.0), (2.0, 0.0)], 0))
    """

    def __init__(self, reach):
        self._reach = reach
        self.begin()

    def begin(self):
        """Take everything away."""
        self._places, self._hand = [], 0

    def so_far(self, left, here):
        """Return the places of all points, in their order, and which of them is in the hand, here.

        So many are `left` behind. One more stays here; with one less the last goes.
        """
        left = validation.whole("left >= 0", left=left)
        self._places = self._places[: left + 1] or [here]
        self._hand = min(self._hand, left)
        self._take_up(here)
        while len(self._places) <= left:
            self._places[self._hand] = here
            self._hand = len(self._places)
            self._places.append(here)
        self._places[self._hand] = here
        return list(self._places), self._hand

    def _take_up(self, here):
        """Hold the point that lies here, if the hand comes from afar."""
        far = [math.dist(place, here) for place in self._places]
        if far[self._hand] > _AFAR * self._reach and min(far) < self._reach:
            self._hand = far.index(min(far))


_AFAR = 5
"""How many reaches away a hand has to come from: what is dragged moves less at a time."""
