"""Say what is wrong with an answer that no known mistake explains, without a list of mistakes.

A probe gets the trial, or the pairs (what came out, what is right) of one result on every case, and
returns ``(id, sentence)`` or None. It states only what holds on every case where it can be told.
"""

from dataclasses import replace
from itertools import permutations

import numpy as np

from course_utils.checks.engine.amounts import factor, offset
from course_utils.checks.engine.describing import count_of
from course_utils.checks.engine.ignored import ignored
from course_utils.checks.engine.seen import alike, is_poison


def probe(trial):
    """Return the first true statement on a trial, as ``(id, sentence)``, or None."""
    for look in (_exchanged, _list_of_arrays, _shape):
        if found := look(trial):
            return found
    if not same_shapes(trial):
        return None
    for look in (_never_filled, _remembers, _one_result):
        if found := look(trial):
            return found
    return ignored(trial) if _all_finite(trial) else None


def same_shapes(trial):
    """Whether everything that came out has the shape that is asked for."""
    return all(
        seen.arrays is not None and _shapes(seen) == _shapes(want)
        for seen, want in zip(trial.got, trial.want, strict=True)
    )


def _shapes(seen):
    return [a.shape for a in seen.arrays]


def _exchanged(trial):
    """Recognise results in another order."""
    count = len(trial.want[0].arrays)
    if not 2 <= count <= 5 or any(len(seen.arrays) != count for seen in trial.got):
        return None
    for order in list(permutations(range(count)))[1:]:
        turned = (replace(s, arrays=[s.arrays[k] for k in order]) for s in trial.got)
        if all(trial.equal(t, w) for t, w in zip(turned, trial.want, strict=True)):
            return "order", "The results are right, but they come in another order than asked for."
    return None


def _list_of_arrays(trial):
    """Recognise a list meant as several results, which NumPy makes one array of."""
    for seen, want in zip(trial.got, trial.want, strict=True):
        value = seen.outcome.value
        if _shapes(seen) != _shapes(want) and _holds_arrays(value):
            return "list-of-arrays", (
                f"It returned a list of {len(value)} arrays, which NumPy takes for one array of "
                f"shape {seen.arrays[0].shape}. The task asks for shape {want.arrays[0].shape}."
            )
    return None


def _holds_arrays(value):
    return isinstance(value, list) and any(isinstance(part, np.ndarray) for part in value)


def _shape(trial):
    """Recognise the right numbers in another shape."""
    if any(len(s.arrays) != len(w.arrays) for s, w in zip(trial.got, trial.want, strict=True)):
        return None
    for k in range(len(trial.want[0].arrays)):
        pairs = _pairs(trial, k)
        if all(g.shape == w.shape for g, w in pairs):
            continue
        for identity, text, turn in _SHAPES:
            if all(_turned(turn, g, w, trial) for g, w in pairs):
                odd = next((g, w) for g, w in pairs if g.shape != w.shape)
                shapes = f"{odd[0].shape} where {odd[1].shape} is asked for"
                return identity, f"{_named(trial, k)}{text}: shape {shapes}."
    return None


_SHAPES = (
    ("transposed", "The numbers are right, but rows and columns have changed places", np.transpose),
    (
        "kept-dimension",
        "The numbers are right, but there is one axis too many",
        lambda g, w: g.reshape(w.shape) if g.ndim > w.ndim or g.shape == w.shape else None,
    ),
    (
        "lost-dimension",
        "The numbers are right, but an axis is missing",
        lambda g, w: g.reshape(w.shape) if g.ndim < w.ndim or g.shape == w.shape else None,
    ),
)


def _turned(turn, g, w, trial):
    if g.size != w.size:
        return False
    turned = turn(g) if turn is np.transpose else turn(g, w)
    return turned is not None and alike(turned, w, trial.rtol, trial.atol)


def _never_filled(trial):
    """Recognise places of an array from `np.empty` that still hold what `poison` left."""
    for seen in trial.got:
        unfilled = sum(int(is_poison(a).sum()) for a in seen.arrays)
        if unfilled:
            return "never-filled", (
                f"{unfilled} of your {sum(a.size for a in seen.arrays)} numbers were never filled: "
                f"np.empty hands out memory with whatever was in it before."
            )
    return None


def _remembers(trial):
    """Recognise an answer that hangs on more than its arguments."""
    # Each case is tried: on a small one two draws may be alike by chance.
    if not any(_differs_next_time(trial, seen) for seen in trial.got):
        return None
    return "remembers", (
        "The very same call, made twice, gives two different answers. What does it use besides its "
        "arguments: something kept from an earlier call, or chance?"
    )


def _differs_next_time(trial, seen):
    again, _ = trial.again(seen.case)
    return again.arrays is not None and not trial.equal(again, seen)


def _pairs(trial, k):
    return [(s.arrays[k], w.arrays[k]) for s, w in zip(trial.got, trial.want, strict=True)]


def _named(trial, k):
    return f"{trial.names[k]}: " if k < len(trial.names) else ""


def _one_result(trial):
    """Probe the results that are wrong, one by one."""
    for k in range(len(trial.want[0].arrays)):
        pairs = _pairs(trial, k)
        if all(alike(g, w, trial.rtol, trial.atol) for g, w in pairs):
            continue
        if not all(_finite(g, w) for g, w in pairs):
            found = _one_line(pairs, trial)
            text = f"It returned NaN or infinity. {found[1]}" if found else ""
            return found and ("not-finite", _named(trial, k) + text)
        for look in (_input, _sign, factor, offset, _transposed, _turned_round, _whole, _one_line):
            if found := look(pairs, trial):
                return found[0], _named(trial, k) + found[1]
    return None


def _all_finite(trial):
    return all(_finite(g, w) for k in range(len(trial.want[0].arrays)) for g, w in _pairs(trial, k))


def _finite(g, w):
    return np.isfinite(g).all() or not np.isfinite(w).all()


def _input(pairs, trial):
    for place, name in enumerate(trial.parameters):
        given = [case.args[place] for case in trial.cases]
        if all(isinstance(a, (np.ndarray, list, int, float)) for a in given) and all(
            same_numbers(g, a) for (g, _), a in zip(pairs, given, strict=True)
        ):
            return "returns-its-input", f"It returns {name} as it came in."
    return None


def same_numbers(g, given):
    """Whether an argument holds just these numbers."""
    try:
        return np.array_equal(g, np.asarray(given, dtype=np.float64))
    except (TypeError, ValueError):
        return False


def _sign(pairs, trial):
    if not all(alike(np.abs(g), np.abs(w), trial.rtol, trial.atol) for g, w in pairs):
        return None
    if all(alike(-g, w, trial.rtol, trial.atol) for g, w in pairs):
        return "sign", "The numbers are right but for their sign: plus and minus are exchanged."
    return "some-signs", "The sizes of the numbers are right, but some have the wrong sign."


def _transposed(pairs, trial):
    square = [(g, w) for g, w in pairs if w.ndim == 2]
    if len(square) < len(pairs) or not all(g.T.shape == w.shape for g, w in square):
        return None
    if all(alike(g.T, w, trial.rtol, trial.atol) for g, w in square):
        return "transposed", "The numbers are right, but rows and columns have changed places."
    return None


def _turned_round(pairs, trial):
    """Recognise the right numbers in another order along an axis."""
    for axis in range(min(w.ndim for _, w in pairs)):
        along = _along(axis, pairs)
        if all(alike(np.flip(g, axis), w, trial.rtol, trial.atol) for g, w in pairs):
            return "reversed", f"The numbers are right, but in reverse order along {along}."
        if _orders_differ(pairs, axis, trial):
            return "permuted", f"These are the right numbers in another order along {along}."
    return None


def _along(axis, pairs):
    if max(w.ndim for _, w in pairs) == 1:
        return "the array"
    return ("the rows (axis 0)", "the columns (axis 1)")[axis] if axis < 2 else f"axis {axis}"


def _orders_differ(pairs, axis, trial):
    return any(w.shape[axis] > 1 for _, w in pairs) and all(
        alike(np.sort(g, axis), np.sort(w, axis), trial.rtol, trial.atol) for g, w in pairs
    )


def _whole(pairs, trial):
    """Recognise the right numbers, rounded."""
    ways = (
        ("rounded down", np.floor),
        ("rounded up", np.ceil),
        ("rounded", np.rint),
        ("cut off at the decimal point", np.trunc),
    )
    for word, way in ways:
        if all(alike(g, way(w), 0, 1e-9) for g, w in pairs):
            return "rounded", f"The numbers have lost their decimals: they are {word}."
    for digits in range(1, 5):
        if all(alike(g, np.round(w, digits), 0, 1e-9) for g, w in pairs):
            decimals = count_of(digits, "decimal", "decimals")
            return "rounded", f"The numbers are rounded to {decimals}."
    return None


def _one_line(pairs, trial):
    """Recognise one row, column or place that alone is wrong, or right, in every case."""
    for axis in range(min(w.ndim for _, w in pairs)):
        lines = [_wrong_lines(g, w, axis, trial) for g, w in pairs]
        told = [wrong for wrong in lines if wrong.any()]
        if all(wrong.size < 2 for wrong in told):
            continue
        what = _line(axis, pairs)
        if place := _common(told):
            return "one-wrong", f"Only the {place} {what} is wrong."
        if any(wrong.size < 3 for wrong in told) or any(~w.any() and w.size > 1 for w in lines):
            continue  # where all is right, a place is not the only one
        if place := _common([~wrong for wrong in lines]):
            return "one-right", f"Only the {place} {what} is right."
    return None


def _wrong_lines(g, w, axis, trial):
    """Return which lines across an axis hold a wrong number."""
    wrong = ~np.isclose(g, w, trial.rtol, trial.atol, equal_nan=True)
    return wrong.any(axis=tuple(a for a in range(w.ndim) if a != axis))


def _line(axis, pairs):
    return ("row", "column")[axis] if pairs[0][1].ndim == 2 else "number"


def _common(marks):
    """Return the name of the place that is marked, alone, in every one of these."""
    places = [np.flatnonzero(mark) for mark in marks]
    if any(len(place) != 1 for place in places):
        return None
    if all(place[0] == 0 for place in places):
        return "first"
    if all(place[0] == len(mark) - 1 for place, mark in zip(places, marks, strict=True)):
        return "last"
    same_place = len({int(place[0]) for place in places}) == 1
    return f"{_ORDINALS[places[0][0] - 1]}" if same_place and places[0][0] <= 4 else None


_ORDINALS = ("second", "third", "fourth", "fifth")
